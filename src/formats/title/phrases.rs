//! Lists of phrases, each written as one string in which `|` parts them, and taken apart by the compiler: every line of
//! every text is held against some hundreds of them.

/// The phrases of a list: `phrases!("one|another one")`.
macro_rules! phrases {
    ($list:expr) => {{
        const LIST: &str = $list;
        const ALL: [&str; $crate::formats::title::phrases::count(LIST)] = $crate::formats::title::phrases::split(LIST);
        &ALL
    }};
}
pub(super) use phrases;

/// How many phrases a list holds.
pub(super) const fn count(list: &str) -> usize {
    let (mut rest, mut count) = (list.as_bytes(), 1);
    while let [first, after @ ..] = rest {
        count += (*first == b'|') as usize;
        rest = after;
    }
    count
}

/// The phrases of a list of `N`.
pub(super) const fn split<const N: usize>(list: &'static str) -> [&'static str; N] {
    let (mut all, mut found, mut rest, mut at) = ([""; N], 0, list, 0);
    while at < rest.len() {
        if rest.as_bytes()[at] == b'|' {
            let (phrase, after) = rest.split_at(at);
            all[found] = phrase;
            (_, rest) = after.split_at(1);
            (found, at) = (found + 1, 0);
        } else {
            at += 1;
        }
    }
    all[found] = rest;
    all
}

/// The longest phrase of a list with which `line` begins.
pub(super) fn leading(list: &[&'static str], line: &str) -> Option<&'static str> {
    let first = line.as_bytes().first();
    let begun = list.iter().filter(|phrase| phrase.as_bytes().first() == first && line.starts_with(**phrase));
    begun.copied().max_by_key(|phrase| phrase.len())
}
