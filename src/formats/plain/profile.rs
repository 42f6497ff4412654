//! What kind of text a document is, measured once on its beginning and its middle and then used for every chunk, so that
//! two chunks of one document are read in the same way.

use std::collections::HashMap;

use super::{
    code::{self, Nature},
    heading,
    line::{Line, lines},
    list,
    pages::{self, Furniture},
    piped, terminal,
};

/// The measure that is assumed where nothing shows it.
const USUAL: usize = 72;

/// What is true of a whole document.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Whether it is prose or something whose lines are all kept.
    pub nature: Nature,
    /// The column at which its prose is wrapped.
    pub width: usize,
    /// The column at which most of its prose starts.
    pub base: usize,
    /// Whether it is wrapped at all; otherwise a long line is a paragraph.
    pub wrapped: bool,
    /// Whether blanks were put into its lines to make them equally wide.
    pub justified: bool,
    /// Whether it is written in capitals, which then mean nothing.
    pub shouts: bool,
    /// Whether its sections carry numbers such as `1.2.`.
    pub numbered: bool,
    /// The ways in which its headings are drawn, from the highest.
    pub drawn: Vec<heading::Drawn>,
    /// Whether `o` before one blank marks the items of its lists.
    pub round: bool,
    /// Whether prose to the right of its text is rare in it, so that it may be what somebody else said.
    pub quotes: bool,
    /// Whether it is a mail.
    pub mail: bool,
    /// What stands between the pages of an RFC; `None` when it has no pages.
    pub furniture: Option<Furniture>,
}

impl Profile {
    /// Measures samples of a document with the given extension. The lines of what a program wrote for a terminal are kept
    /// unless they are plainly prose.
    pub fn measure(samples: &[String], extension: &str, terminal: bool) -> Profile {
        let all: Vec<Line<'_>> = samples.iter().flat_map(|s| lines(s)).collect();
        let furniture = pages::furniture(&all);
        let nature = if furniture.is_some() { Nature::Prose } else { code::nature(&all, extension) };
        let wrapping = wrapping(&all);
        let full: Vec<&Line<'_>> = all.iter().filter(|l| l.end + 1 >= wrapping.width && !l.has_columns()).collect();
        let gapped = full.iter().filter(|l| l.has_gap()).count();
        let exact = full.iter().filter(|l| l.end == full.first().map_or(0, |f| f.end)).count();
        let (mut upper, mut lower) = (0usize, 0usize);
        for sample in samples {
            if sample.is_ascii() {
                upper += sample.bytes().filter(u8::is_ascii_uppercase).count();
                lower += sample.bytes().filter(u8::is_ascii_lowercase).count();
                continue;
            }
            for c in sample.chars() {
                upper += usize::from(c.is_uppercase());
                lower += usize::from(c.is_lowercase());
            }
        }
        let deep =
            all.iter().filter(|l| l.indent <= 4 && !l.has_columns() && heading::section(l.body) >= Some(3)).count();
        let base = base(&all);
        let mut profile = Profile {
            nature,
            width: wrapping.width,
            base,
            wrapped: wrapping.wrapped,
            justified: full.len() > 10 && gapped * 2 > full.len() && exact * 10 > full.len() * 6,
            shouts: upper > lower,
            numbered: furniture.is_some() || deep >= 2,
            drawn: heading::drawn(&all),
            round: has_round_bullets(&all),
            quotes: is_rarely_indented(&all, base),
            mail: all.iter().take(40).filter(|l| code::is_mail_field(l.raw)).count() >= 2,
            furniture,
        };
        let text = || samples.iter().all(|s| !terminal::is_styled(s)) && piped::is_text(&all, &profile);
        if terminal && profile.nature == Nature::Prose && !text() {
            profile.nature = Nature::Lines;
        }
        profile
    }
}

struct Wrapping {
    width: usize,
    wrapped: bool,
}

/// Looks at lines that are followed by another at about the same indent: where prose is wrapped, most of them end near
/// one column, with no room left for the next word.
fn wrapping(all: &[Line<'_>]) -> Wrapping {
    let pairs: Vec<(&Line<'_>, &Line<'_>)> = all
        .iter()
        .zip(all.iter().skip(1))
        .filter(|(a, b)| !a.is_blank() && !b.is_blank() && a.indent.abs_diff(b.indent) <= 8)
        .filter(|(a, _)| !a.has_columns() && !a.is_drawn() && (30..=120).contains(&a.end))
        .collect();
    let mut ends: Vec<usize> = pairs.iter().map(|(a, _)| a.end).collect();
    ends.sort_unstable();
    let width = ends.get(ends.len() * 95 / 100).copied().unwrap_or(USUAL);
    let full = pairs.iter().filter(|(a, b)| a.end + 1 + b.first_word() + 2 > width).count();
    let wrapped = pairs.len() >= 4 && full * 2 > pairs.len();
    let long: usize = all.iter().filter(|l| l.end > 120).map(|l| l.body.len()).sum();
    let text: usize = all.iter().map(|l| l.body.len()).sum();
    Wrapping { width: if wrapped { width } else { USUAL.max(width.min(80)) }, wrapped: wrapped && long * 2 < text }
}

/// The commonest indent of lines that go on like the line before them.
fn base(all: &[Line<'_>]) -> usize {
    let mut seen: HashMap<usize, usize> = HashMap::new();
    for (a, b) in all.iter().zip(all.iter().skip(1)) {
        if a.end >= 50 && a.indent == b.indent && !b.is_blank() && !b.has_columns() {
            *seen.entry(b.indent).or_default() += 1;
        }
    }
    seen.into_iter().max_by_key(|(indent, count)| (*count, usize::MAX - indent)).map_or(0, |(indent, _)| indent)
}

/// Whether lines that stand to the right, after a blank one, start with `o` and one blank: two of them are no chance.
fn has_round_bullets(all: &[Line<'_>]) -> bool {
    let pairs = all.iter().zip(all.iter().skip(1));
    pairs.filter(|(a, b)| a.is_blank() && b.indent >= 2 && list::round(b.body).is_some()).count() >= 2
}

/// Whether at most one line in six of the prose, or a line or two, is four columns or more to the right of `base`.
fn is_rarely_indented(all: &[Line<'_>], base: usize) -> bool {
    let pairs = all.iter().zip(all.iter().skip(1));
    let prose = pairs.filter(|(a, b)| a.end >= 50 && a.indent == b.indent && !b.has_columns());
    let (mut deep, mut total) = (0usize, 0usize);
    for (line, _) in prose {
        total += 1;
        deep += usize::from(line.indent >= base + 4);
    }
    deep <= 3 || deep * 6 <= total
}
