//! Forms of a word: `customers` and `customer` have one stem. Stems are those of Snowball (Porter, "Snowball: A language
//! for stemming algorithms", 2001), made from folded words, in the language of the document that the word stands in.
//!
//! The index looks for forms in its dictionary and the highlighter in a text; both ask the same [`Forms`], so that what is
//! found is what lights up.

use std::borrow::Cow;

/// Shorter words have no forms: their stems say nothing.
const SHORTEST: usize = 3;

/// How the words of one language are reduced to their stems.
#[derive(Clone, Copy)]
pub struct Stemmer(frostem::Stemmer);

/// A word's other forms in one language.
#[derive(Clone)]
pub struct Forms {
    stemmer: Stemmer,
    stem: String,
}

impl Stemmer {
    /// The one for a language by its tag, as in BCP 47; `None` where there is none.
    pub fn of(tag: &str) -> Option<Stemmer> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        // Norwegian is written in two ways, and has one stemmer.
        let primary = if matches!(primary, "nb" | "nn") { "no" } else { primary };
        frostem::Stemmer::try_from_name(primary).ok().map(Stemmer)
    }

    /// The other forms of a folded word. `None` where its stem is the word itself: what begins with it is found anyway.
    pub fn forms(self, word: &str) -> Option<Forms> {
        let stem = self.stem(word)?;
        (stem != word && stem.chars().count() >= SHORTEST).then(|| Forms { stemmer: self, stem: stem.into_owned() })
    }

    fn stem(self, word: &str) -> Option<Cow<'_, str>> {
        let is_word = word.chars().all(char::is_alphabetic) && word.chars().nth(SHORTEST - 1).is_some();
        is_word.then(|| self.0.stem(word))
    }
}

impl Forms {
    /// How every form begins. Endings reach into a stem by two letters at most (`happy` has the stem `happi`), and never
    /// into its first three.
    pub fn root(&self) -> &str {
        let letters = self.stem.chars().count().saturating_sub(2).max(SHORTEST);
        let end = self.stem.char_indices().nth(letters).map_or(self.stem.len(), |(at, _)| at);
        super::head(&self.stem, end)
    }

    /// Whether a folded word is one of them.
    pub fn hold(&self, word: &str) -> bool {
        word.starts_with(self.root()) && self.stemmer.stem(word).is_some_and(|stem| stem == self.stem)
    }
}

impl std::fmt::Debug for Forms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Forms({})", self.stem)
    }
}
