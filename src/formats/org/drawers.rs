//! Drawers: `:NAME:`, lines that are hidden, `:END:`. (Org's manual, 2.7.) Without its end, or with a heading or another
//! drawer in it, one is text.

use crate::formats::bounds;

/// Of lines that begin with one that may begin a drawer, the number of the one that ends it.
pub(super) fn end(lines: &[&str], first: &str) -> Option<usize> {
    let name = name(first)?;
    // A property without a value looks like the beginning of a drawer.
    let others = !name.eq_ignore_ascii_case("PROPERTIES");
    let begins = |line: &str| line == first || (others && self::name(line).is_some());
    for (at, line) in lines.iter().enumerate().take(bounds::DRAWER).skip(1) {
        let bare = line.trim();
        if bare.eq_ignore_ascii_case(":END:") {
            return Some(at);
        }
        if line.starts_with("* ") || begins(bare) {
            return None;
        }
    }
    None
}

/// The name of the drawer that a line begins.
fn name(line: &str) -> Option<&str> {
    let name = line.strip_prefix(':')?.strip_suffix(':')?;
    let named = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    named.then_some(name)
}
