//! The fragment by which a link names a heading, as GitHub makes it: lower case, white space to hyphens, punctuation
//! dropped, a number added to those that come again.

use std::collections::HashMap;

/// Gives out slugs and remembers them.
#[derive(Debug, Default)]
pub struct Slugs {
    given: HashMap<String, usize>,
}

impl Slugs {
    /// The slug of the next heading, whose text is `heading`.
    pub fn next(&mut self, heading: &str) -> String {
        let slug = of(heading);
        let again = self.given.entry(slug.clone()).or_default();
        let number = *again;
        *again += 1;
        if number == 0 { slug } else { format!("{slug}-{number}") }
    }
}

fn of(heading: &str) -> String {
    let kept = heading.trim().chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        ' ' | '\n' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() || crate::text::fold::is_kept_mark(c) => Some(c),
        _ => None,
    });
    kept.collect()
}
