//! The top line, which says where we are and how many documents there are, and the line of the filter under it.

use super::canvas::Canvas;
use crate::{
    state::{Area, Focus, State},
    text::Safe,
};

pub(super) fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let right = canvas.own(&counts(state));
    let room = area.width.saturating_sub(right.width() + 3);
    let at = canvas.print(area, 1, 0, &Safe::from("recto"), theme.accent);
    if at + 4 < room {
        canvas.print(area, at + 2, 0, &canvas.fit(&state.library.name, room - at - 2), theme.text);
    }
    canvas.print_right(area, 1, 0, &right, theme.dim);
}

/// `37 of 1,204 · best first`, or how far the index is.
fn counts(state: &State) -> String {
    let progress = &state.library.progress;
    let total = progress.total.max(state.list.ids.len());
    let mut parts = Vec::new();
    if state.view.single {
        return String::new();
    }
    if state.filter.shown() && !state.filter.standing.is_empty() {
        parts.push(format!("{} of {}", number(state.list.ids.len()), number(total)));
        parts.push(state.order().name().to_owned());
    } else if progress.scanning && total == 0 {
        parts.push("looking for documents".to_owned());
    } else {
        parts.push(documents(total));
    }
    if progress.indexed < progress.total {
        parts.push(format!("{} % indexed", progress.indexed * 100 / progress.total.max(1)));
    }
    if progress.unreadable > 0 {
        parts.push(format!("{} can't be read", number(progress.unreadable)));
    }
    // The narrower the screen, the less is said, the numbers last.
    while parts.len() > 1 && parts.join(" · ").chars().count() + 8 > state.size.0 {
        parts.pop();
    }
    parts.join(" · ")
}

pub(super) fn draw_filter(state: &State, area: Area, canvas: &mut Canvas<'_>) -> Option<(usize, usize)> {
    let theme = canvas.theme;
    let editing = state.filter.line.as_ref();
    let prompt = if editing.is_some() { theme.accent } else { theme.dim };
    let at = canvas.print(area, 1, 0, &Safe::from("/ "), prompt);
    let style = if editing.is_some() || state.focus == Focus::List { theme.text } else { theme.dim };
    draw_line(
        canvas,
        Area { x: area.x + at, width: area.width.saturating_sub(at + 1), ..area },
        state.filter.text(),
        editing.map(|e| e.line.cursor()),
        style,
    )
}

/// A line with its cursor; a long one is moved to the left so that the cursor is seen.
pub(super) fn draw_line(
    canvas: &mut Canvas<'_>,
    area: Area,
    text: &str,
    cursor: Option<usize>,
    style: ratatui::style::Style,
) -> Option<(usize, usize)> {
    let before: String = text.chars().take(cursor.unwrap_or(0)).collect();
    let mut shown = text;
    let mut column = Safe::line(&before).width();
    while column >= area.width && !shown.is_empty() {
        let first = shown.chars().next().map_or(0, char::len_utf8);
        column = column.saturating_sub(Safe::line(crate::text::head(shown, first)).width());
        shown = crate::text::tail(shown, first);
    }
    canvas.print(area, 0, 0, &Safe::line(shown), style);
    cursor.map(|_| (area.x + column, area.y))
}

/// `1 document`, `1,204 documents`.
pub(super) fn documents(count: usize) -> String {
    format!("{} document{}", number(count), if count == 1 { "" } else { "s" })
}

/// `1,204`
pub(super) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
