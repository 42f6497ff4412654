//! The top line, which says where we are and how many documents there are, and the line of the filter under it.

use super::{Theme, canvas::Canvas};
use crate::{
    layout,
    state::{Area, Focus, State},
    text::{
        Safe,
        bidi::{self, Direction},
        width,
    },
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

/// `37 of 1,204 · best first · 61 % indexed`
fn counts(state: &State) -> String {
    let progress = &state.library.progress;
    // Copies share a row, and what is counted are rows.
    let total = progress.total.saturating_sub(state.list.copies.spared()).max(state.list.ids.len());
    // What each part says, and how soon it is left out where the screen is narrow: first what changes no number, last how
    // much of the library the numbers are of.
    let mut parts: Vec<(u8, String)> = Vec::new();
    if state.view.single {
        return String::new();
    }
    if state.filter.shown() && !state.filter.standing.is_empty() {
        parts.push((0, format!("{} of {}", number(state.list.ids.len()), number(total))));
        parts.push((3, state.order().name().to_owned()));
    } else if progress.scanning && total == 0 {
        parts.push((0, "looking for documents".to_owned()));
    } else {
        parts.push((0, documents(total)));
    }
    let percent = progress.indexed * 100 / progress.total.max(1);
    if progress.waiting.is_some() && percent == 0 {
        parts.push((1, "titles only".to_owned()));
    } else if progress.indexed < progress.total {
        parts.push((1, format!("{percent} % indexed")));
    }
    if progress.unreadable > 0 {
        parts.push((2, format!("{} can't be read", number(progress.unreadable))));
    }
    let said = |parts: &[(u8, String)]| parts.iter().map(|(_, part)| part.as_str()).collect::<Vec<_>>().join(" · ");
    while parts.len() > 1 && said(&parts).chars().count() + 8 > state.size.0 {
        let last = parts.iter().map(|(soon, _)| *soon).max();
        parts.retain(|(soon, _)| Some(*soon) != last);
    }
    said(&parts)
}

pub(super) fn draw_filter(state: &State, area: Area, canvas: &mut Canvas<'_>) -> Option<(usize, usize)> {
    let theme = canvas.theme;
    let editing = state.filter.line.as_ref();
    let prompt = if editing.is_some() { theme.accent } else { theme.dim };
    let at = canvas.print(area, 1, 0, &Safe::from("/ "), prompt);
    let (remark, color) = remark(state);
    let remark = canvas.fit(&canvas.own(&remark), area.width.saturating_sub(at + REMARK));
    canvas.print_right(area, 1, 0, &remark, color(theme));
    let area = Area { width: area.width.saturating_sub(remark.width() + usize::from(remark.width() > 0)), ..area };
    let style = if editing.is_some() || state.focus == Focus::List { theme.text } else { theme.dim };
    let area = Area { x: area.x + at, width: area.width.saturating_sub(at + 1), ..area };
    if let (None, Some(likeness)) = (editing, state.filter.answer.likenesses.first()) {
        let at = canvas.print(area, 0, 0, &canvas.fit(&Safe::line(&state.filter.told()), area.width), style);
        let words = canvas.own(&format!(" · {}", likeness.words.join(" ")));
        canvas.print(area, at, 0, &canvas.fit(&words, area.width.saturating_sub(at)), theme.dim);
        return None;
    }
    draw_line(canvas, area, state.filter.text(), editing.map(|e| e.line.cursor()), style)
}

/// Columns that a line keeps, whatever is said beside it.
const REMARK: usize = 24;

/// What is said of the filter beside it: how far a search through the texts is, or what makes no sense.
fn remark(state: &State) -> (String, fn(&Theme) -> ratatui::style::Style) {
    let filter = &state.filter;
    match (filter.pending.scanning, filter.answer.wrong.first()) {
        (Some(percent), _) => (format!("re: {percent} %"), |theme| theme.accent),
        // An empty list says it with more room.
        (None, Some(wrong)) if !state.list.ids.is_empty() => (wrong.clone(), |theme| theme.failure),
        (None, None) if filter.answer.unscanned && filter.line.is_some() => {
            ("⏎ looks for re:".to_owned(), |theme| theme.dim)
        }
        _ => (String::new(), |theme| theme.dim),
    }
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
    let shown = Safe::line(shown);
    if canvas.is_bidi() && bidi::has_right(&shown) {
        // What is typed is a command, which is read from the left, whatever its words are.
        let (head, _) = width::cut(&shown, area.width);
        let line = layout::line(&Safe::from(head), Direction::Left);
        for drawn in line.drawn() {
            canvas.put(area, drawn.column, 0, &drawn.text, style);
        }
        let byte = width::cut(&shown, column).0.len();
        column = line.column_of(byte).unwrap_or(column);
    } else {
        canvas.put(area, 0, 0, &shown, style);
    }
    cursor.map(|_| (area.x + column, area.y))
}

/// `1 document`, `1,204 documents`.
pub(super) fn documents(count: usize) -> String {
    format!("{} document{}", number(count), if count == 1 { "" } else { "s" })
}

/// `1 word`, `1,204 words`.
pub fn words(count: usize) -> String {
    format!("{} word{}", number(count), if count == 1 { "" } else { "s" })
}

/// `7.2 GB`
pub fn size(bytes: u64) -> String {
    let units = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match units.into_iter().find(|(_, of)| bytes >= *of) {
        Some((unit, of)) => format!("{}.{} {unit}", bytes / of, bytes % of * 10 / of),
        None => format!("{bytes} bytes"),
    }
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
