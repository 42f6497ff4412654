//! What lights up: the places in a text where a query's terms stand.
//!
//! A hit covers whole words: for a prefix all of the word that begins with it, for a phrase everything from its first word
//! to its last. A regular expression's hit is what it found, wherever in a word. Excluded
//! terms never light up, and `title:` terms light up in titles only.

use std::{ops::Range, sync::Arc};

use regex::Regex;

use super::{Ask, Phrase, Query, Zone};
use crate::text::{
    self,
    stem::{Forms, Stemmer},
    words,
};

/// Finds a query's words in a text. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    needles: Arc<[Needle]>,
    /// The other forms of each needle's word, once the language is known.
    forms: Arc<[Option<Forms>]>,
}

/// A place to light up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Which of [`Query::terms`] stands here.
    pub term: usize,
}

/// One place where one term stands. Marks of several terms may overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes, and the term.
    pub hit: Hit,
    /// Its words, counted from the beginning of the text.
    pub words: Range<usize>,
}

/// A term as it is compared.
#[derive(Debug)]
struct Needle {
    term: usize,
    place: Place,
    what: What,
}

/// Where a needle is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Any,
    Title,
    Author,
    Tag,
    Note,
    Text,
}

impl Place {
    /// Whether other forms of a word count there: what the reader wrote has no language of its own.
    fn is_inflected(self) -> bool {
        !matches!(self, Place::Tag | Place::Note)
    }
}

#[derive(Debug)]
enum What {
    Words(Phrase),
    Pattern(Regex),
}

impl Needle {
    /// What lights up for a term, if anything does.
    fn new(term: usize, ask: &Ask) -> Option<Needle> {
        let (place, what) = match ask {
            Ask::Text(Zone::Any, phrase) => (Place::Any, What::Words(phrase.clone())),
            Ask::Text(Zone::Title, phrase) => (Place::Title, What::Words(phrase.clone())),
            Ask::Text(Zone::Author, phrase) => (Place::Author, What::Words(phrase.clone())),
            Ask::Tag(phrase) => (Place::Tag, What::Words(phrase.clone())),
            Ask::Note(phrase) => (Place::Note, What::Words(phrase.clone())),
            Ask::Pattern(pattern) => (Place::Text, What::Pattern(pattern.compile().ok()?)),
            Ask::Fact(_) | Ask::Like(_) | Ask::Wrong(_) => return None,
        };
        Some(Needle { term, place, what })
    }

    fn is_for(&self, place: Place) -> bool {
        self.place == Place::Any || self.place == place
    }
}

impl Matcher {
    pub(super) fn new(query: &Query) -> Matcher {
        let positive = query.terms().enumerate().filter(|(_, term)| !term.excluded);
        let needles = positive.filter_map(|(index, term)| Needle::new(index, &term.ask)).collect();
        Matcher { needles, forms: Arc::default() }
    }

    /// The same for a document in this language, which the forms of words depend on.
    #[must_use]
    pub fn in_language(&self, tag: Option<&str>) -> Matcher {
        let forms = tag.and_then(Stemmer::of).map(|stemmer| {
            let of = |needle: &Needle| match &needle.what {
                What::Words(phrase) => phrase.forms(stemmer),
                What::Pattern(_) => None,
            };
            self.needles.iter().map(of).collect()
        });
        Matcher { needles: Arc::clone(&self.needles), forms: forms.unwrap_or_default() }
    }

    /// Whether it lights up nothing at all.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// The hits in a text of the document, sorted and merged where they overlap. No phrase reaches from one of the
    /// `passages` into the next: see [`Block::passages`](crate::doc::Block::passages).
    pub fn hits(&self, text: &str, passages: &[Range<usize>]) -> Vec<Hit> {
        merged(self.marks(text, passages).into_iter().map(|mark| mark.hit))
    }

    /// The hits in the document's title.
    pub fn title_hits(&self, title: &str) -> Vec<Range<usize>> {
        self.hits_of(Place::Title, title)
    }

    /// The hits in the author's name.
    pub fn author_hits(&self, author: &str) -> Vec<Range<usize>> {
        self.hits_of(Place::Author, author)
    }

    /// The hits in a tag.
    pub fn tag_hits(&self, tag: &str) -> Vec<Range<usize>> {
        self.hits_of(Place::Tag, tag)
    }

    /// The hits in a note.
    pub fn note_hits(&self, note: &str) -> Vec<Range<usize>> {
        self.hits_of(Place::Note, note)
    }

    /// Every place where a term stands, by start; what [`Matcher::hits`] merges.
    pub fn marks(&self, text: &str, passages: &[Range<usize>]) -> Vec<Mark> {
        let (mut marks, mut folded, mut counted) = (Vec::new(), Folded::default(), 0);
        let mut ends = Vec::new();
        for passage in passages {
            folded.fill(text, passage.clone());
            self.find(Place::Text, &folded, counted, &mut marks);
            counted += folded.words.len();
            if self.has_patterns() {
                ends.extend(folded.words.iter().map(|(range, _)| range.end));
            }
        }
        if self.has_patterns() {
            self.find_patterns(text, &ends, &mut marks);
            marks.sort_by_key(|mark| mark.hit.range.start);
        }
        marks
    }

    fn has_patterns(&self) -> bool {
        self.needles.iter().any(|needle| matches!(needle.what, What::Pattern(_)))
    }

    /// Appends what the regular expressions find. `ends` is where each word of the text ends.
    fn find_patterns(&self, text: &str, ends: &[usize], marks: &mut Vec<Mark>) {
        for needle in self.needles.iter() {
            let What::Pattern(pattern) = &needle.what else { continue };
            // What is empty stands everywhere, and nowhere to be seen.
            for found in pattern.find_iter(text).filter(|found| !found.is_empty()) {
                let first = ends.partition_point(|end| *end <= found.start());
                let last = ends.partition_point(|end| *end < found.end());
                let words = first..(last + 1).min(ends.len()).max(first + 1);
                marks.push(Mark { hit: Hit { range: found.range(), term: needle.term }, words });
            }
        }
    }

    fn hits_of(&self, place: Place, text: &str) -> Vec<Range<usize>> {
        let (mut marks, mut folded) = (Vec::new(), Folded::default());
        folded.fill(text, 0..text.len());
        self.find(place, &folded, 0, &mut marks);
        merged(marks.into_iter().map(|mark| mark.hit)).into_iter().map(|hit| hit.range).collect()
    }

    /// Appends the marks in one passage, whose words are counted from `counted`.
    fn find(&self, place: Place, folded: &Folded, counted: usize, marks: &mut Vec<Mark>) {
        for start in 0..folded.words.len() {
            for (at, needle) in self.needles.iter().enumerate().filter(|(_, needle)| needle.is_for(place)) {
                let What::Words(phrase) = &needle.what else { continue };
                let forms = self.forms.get(at).and_then(Option::as_ref).filter(|_| place.is_inflected());
                if let Some(range) = folded.stands(phrase, start).or_else(|| folded.is_form(forms?, start)) {
                    let words = counted + start..counted + start + phrase.words.len();
                    marks.push(Mark { hit: Hit { range, term: needle.term }, words });
                }
            }
        }
    }
}

/// The words of a passage, folded one after another into one string.
#[derive(Default)]
struct Folded {
    letters: String,
    /// Where each word stands in the text, and where its folded form stands in `letters`.
    words: Vec<(Range<usize>, Range<usize>)>,
}

impl Folded {
    /// Holds the words of this passage instead of those of the last.
    fn fill(&mut self, text: &str, passage: Range<usize>) {
        self.letters.clear();
        self.words.clear();
        let offset = passage.start;
        words::folded(text::slice(text, passage), |word, form| {
            let start = self.letters.len();
            self.letters.push_str(form);
            let range = offset + word.range.start..offset + word.range.end;
            self.words.push((range, start..self.letters.len()));
        });
    }

    /// The bytes of the text that `phrase` covers if it stands at the word `start`.
    fn stands(&self, phrase: &Phrase, start: usize) -> Option<Range<usize>> {
        let here = self.words.get(start..start + phrase.words.len())?;
        let (last_wanted, wanted) = phrase.words.split_last()?;
        let (last, before) = here.split_last()?;
        let letters = self.letters.as_bytes();
        let equal =
            |(word, at): (&String, &(Range<usize>, Range<usize>))| letters.get(at.1.clone()) == Some(word.as_bytes());
        if !wanted.iter().zip(before).all(equal) {
            return None;
        }
        let ending = letters.get(last.1.clone())?;
        let stands =
            if phrase.prefix { ending.starts_with(last_wanted.as_bytes()) } else { ending == last_wanted.as_bytes() };
        stands.then(|| here.first().map_or(0, |first| first.0.start)..last.0.end)
    }

    /// The bytes of the text that the word `start` covers if it is one of these forms.
    fn is_form(&self, forms: &Forms, start: usize) -> Option<Range<usize>> {
        let (range, letters) = self.words.get(start)?;
        forms.hold(text::slice(&self.letters, letters.clone())).then(|| range.clone())
    }
}

/// Hits sorted by start, those that overlap made one, which counts for the term of its first.
pub fn merged(hits: impl Iterator<Item = Hit>) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    for hit in hits {
        match out.last_mut().filter(|last| hit.range.start < last.range.end) {
            Some(last) => last.range.end = last.range.end.max(hit.range.end),
            None => out.push(hit),
        }
    }
    out
}
