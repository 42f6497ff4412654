//! The menu of the marks: the letter, how far in the text, and what stands there.

use super::{canvas::Canvas, overlay::frame};
use crate::{
    state::{Area, Geometry, Marks},
    text::Safe,
};

/// Columns of the menu, where the screen has so many.
const WIDTH: usize = 68;
/// The column at which the text begins.
const TEXT: usize = 11;

pub(super) fn draw(marks: &Marks, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let rows = marks.rows.as_deref().unwrap_or_default();
    let inner = frame(shown, WIDTH, rows.len().max(1), "marks", canvas);
    let theme = canvas.theme;
    if rows.is_empty() {
        canvas.print(inner, 1, 0, &Safe::from("none yet: m and a letter marks a place"), theme.dim);
        return;
    }
    let top = (marks.cursor + 1).saturating_sub(inner.height);
    for (at, row) in rows.iter().enumerate().skip(top).take(inner.height) {
        let on = at == marks.cursor;
        let line = Area { y: inner.y + at - top, height: 1, ..inner };
        if on {
            canvas.bar(line);
        }
        let style = |style| if on { theme.selected.0 } else { style };
        canvas.print(line, 1, 0, &Safe::from(row.letter.to_string()), style(theme.accent));
        let whereabouts =
            row.percent.map_or_else(|| Safe::from("other"), |percent| Safe::from(format!("{percent:>3} %")));
        canvas.print(line, 4, 0, &whereabouts, style(theme.dim));
        let about = canvas.fit(&row.about, line.width.saturating_sub(TEXT + 1));
        canvas.print(line, TEXT, 0, &about, style(theme.text));
    }
}
