//! The contents: a tree of headings, the section that is being read marked, and the line that narrows them.

use super::{
    canvas::{Canvas, Sign},
    header::draw_line,
    overlay::frame,
};
use crate::{
    state::{Area, Contents, Geometry, State, percent, section_at},
    text::Safe,
};

/// Columns of the contents, where the screen has so many.
const WIDTH: usize = 68;
/// Columns that a section stands to the right of the one it is in.
const STEP: usize = 2;

pub(super) fn draw(
    state: &State,
    contents: &Contents,
    shown: &Geometry,
    canvas: &mut Canvas<'_>,
) -> Option<(usize, usize)> {
    let document = state.reader.shown()?.document.as_ref().ok()?;
    let sections = contents.sections(document);
    let here = section_at(document, state.reader.top.anchor);
    // The height stays while the contents are narrowed: nothing jumps.
    let above = if shown.framed { 2 } else { 0 };
    let inner = frame(shown, WIDTH, document.outline.len() + above, "contents", canvas);
    let search = Area { y: if above == 0 { shown.screen.y } else { inner.y }, height: 1, ..inner };
    canvas.fill(search, ratatui::style::Style::new());
    let at = canvas.print(search, 0, 0, &Safe::from("/ "), canvas.theme.accent);
    let rest = Area { x: search.x + at, width: search.width.saturating_sub(at), ..search };
    if contents.line.text().is_empty() {
        canvas.print(rest, 1, 0, &Safe::from("type a word of a title"), canvas.theme.dim);
    }
    let cursor = draw_line(canvas, rest, contents.line.text(), Some(contents.line.cursor()), canvas.theme.text);
    let body = Area { y: inner.y + above, height: inner.height.saturating_sub(above), ..inner };
    if sections.is_empty() {
        canvas.print(body, 1, 0, &Safe::from("no such section"), canvas.theme.dim);
    }
    let highest = document.outline.iter().map(|item| item.level).min().unwrap_or(1);
    // The cursor stays in the middle of what is seen, but at the ends.
    let top = contents.cursor.saturating_sub(body.height / 2).min(sections.len().saturating_sub(body.height));
    for (at, (number, item)) in sections.iter().enumerate().skip(top).take(body.height) {
        let row = at - top;
        let style = if at == contents.cursor { canvas.theme.selected.0 } else { canvas.theme.text };
        if at == contents.cursor {
            canvas.bar(Area { y: body.y + row, height: 1, ..body });
        }
        if here == Some(*number) {
            let sign = canvas.sign(Sign::Here);
            canvas.print(body, 0, row, &sign, if at == contents.cursor { style } else { canvas.theme.accent });
        }
        let indent = 2 + STEP * usize::from(item.level - highest.min(item.level));
        let far = percent(document.body.position(item.anchor.block), document.body.len());
        let far = Safe::from(format!("{far} %"));
        let dim = if at == contents.cursor { style } else { canvas.theme.dim };
        let end = canvas.print_right(body, 0, row, &far, dim);
        let title = canvas.fit(&Safe::line(&item.title), end.saturating_sub(indent + 1));
        canvas.print(body, indent, row, &title, style);
    }
    cursor
}
