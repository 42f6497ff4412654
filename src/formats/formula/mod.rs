//! Formulas on a line of text: `x = (−b ± √(b² − 4ac))/(2a)`. TeX and MathML end in the same signs, so that they are read,
//! and found, in the same way.
//!
//! Only what can be said whole is said so: a formula with a command that is not known stays as it is written.

mod line;
pub mod parts;
mod signs;
mod tex;

use std::borrow::Cow;

/// A formula of TeX, without the dollars around it, as a line of text, or as several. `None` when it has to stay as it is.
pub fn unicode(tex: &str) -> Option<String> {
    let text = tex::read(tex)?;
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A text with formulas between `\(` and `\)`, `\[` and `\]` or two dollars, as pages hold them for a script to draw. A single
/// dollar is a price.
pub fn within(text: &str) -> Cow<'_, str> {
    const MARKS: [(&str, &str); 3] = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];
    let mut out = String::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(at) = crate::text::tail(rest, from).find(['\\', '$']).map(|at| from + at) {
        let here = crate::text::tail(rest, at);
        let Some((inner, close)) =
            MARKS.iter().find_map(|(open, close)| here.strip_prefix(open).map(|inner| (inner, close)))
        else {
            from = at + 1;
            continue;
        };
        let Some((tex, after)) = inner.split_once(close) else { break };
        out.push_str(crate::text::head(rest, at));
        match unicode(tex) {
            Some(text) => out.push_str(&text),
            None => out.push_str(crate::text::head(here, here.len() - after.len())),
        }
        (rest, from) = (after, 0);
    }
    if out.is_empty() {
        return text.into();
    }
    (out + rest).into()
}

/// A formula of TeX, or itself between what marks it.
pub fn inline(tex: &str, mark: &str) -> String {
    unicode(tex).unwrap_or_else(|| format!("{mark}{tex}{mark}"))
}
