//! A passage as a quotation that names its source, in Markdown.

use crate::{
    doc::{Anchor, Document},
    library::Row,
    state::section_at,
};

/// The passage as a quotation, and under it `— Author, *Title* (2009), “Section”`.
pub(super) fn quotation(passage: &str, document: &Document, row: &Row, at: Anchor) -> String {
    let mut out = String::new();
    for line in passage.lines() {
        out.push_str(if line.is_empty() { ">" } else { "> " });
        out.push_str(line);
        out.push('\n');
    }
    let section = section_at(document, at).and_then(|number| document.outline.get(number));
    let section = section.map(|item| item.title.as_str()).filter(|title| *title != row.title);
    let date = row.date.map(|date| format!(" ({})", date.year())).unwrap_or_default();
    let title = format!("*{}*{date}", row.title);
    let parts = [row.author.clone(), Some(title), section.map(|title| format!("“{title}”"))];
    out.push_str(">\n> — ");
    out.push_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    out.push('\n');
    out
}
