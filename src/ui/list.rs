//! The rows of the list: `▌●★ title  2009  3m  4`, and while a filter stands the best passage of each under it.

use ratatui::style::{Modifier, Style};

use super::canvas::{Canvas, Sign};
use crate::{
    search::Glance,
    state::{Area, Focus, Geometry, ListRow, ReadState, State},
    text::Safe,
};

/// Columns before the title: cursor, state, star, air.
const LEAD: usize = 4;
/// Columns of the date, of the minutes and of the hits, each with the air before it.
const DATE: usize = 5;
const MINUTES: usize = 5;
const HITS: usize = 5;
/// A title keeps at least this many columns; what stands beside it gives way first.
const TITLE: usize = 21;
/// Beside its hits it may have fewer: they are what was asked for.
const FOUND: usize = 10;

pub(super) fn draw(state: &State, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let area = shown.list;
    if area.height == 0 {
        return;
    }
    if shown.pane.width > 0 {
        let divider = Area { x: area.x + area.width, width: 1, ..area };
        let (sign, style) = (canvas.sign(Sign::Divider), canvas.theme.dim);
        for row in 0..area.height {
            canvas.print(divider, 0, row, &sign, style);
        }
    }
    if state.list.ids.is_empty() {
        return empty(state, area, canvas);
    }
    let draw_row = if state.view.linear { plain_row } else { draw_row };
    for (row, entry) in state.list.rows.iter().enumerate().take(area.height.div_ceil(shown.lines)) {
        let above = row * shown.lines;
        let area = Area { y: area.y + above, height: shown.lines.min(area.height - above), ..area };
        draw_row(state, area, entry, state.list.top + row == state.list.cursor, canvas);
    }
}

fn draw_row(state: &State, area: Area, row: &ListRow, selected: bool, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let focused = state.focus == Focus::List || state.filter.line.is_some();
    let (state_sign, state_style) = match (&row.error, row.state) {
        (Some(_), _) => (Sign::Broken, theme.failure),
        (None, ReadState::Unread) => (Sign::Unread, theme.accent),
        (None, ReadState::Begun) => (Sign::Begun, theme.accent),
        (None, ReadState::Finished) => (Sign::Finished, theme.dim),
    };
    if selected {
        match focused {
            true => canvas.bar(area),
            false => canvas.fill(area, theme.selected.1),
        }
        let sign = canvas.sign(Sign::Cursor);
        for line in 0..area.height {
            canvas.print(area, 0, line, &sign, theme.accent);
        }
    }
    let sign = canvas.sign(state_sign);
    canvas.print(area, 1, 0, &sign, state_style);
    if row.starred {
        let sign = canvas.sign(Sign::Star);
        canvas.print(area, 2, 0, &sign, theme.accent);
    }
    let mut right = area.width;
    if state.list.explained.wanted() && right >= LEAD + FOUND + HITS {
        let hits = row.why.as_ref().map(hits).unwrap_or_default();
        canvas.print_right(Area { width: right, ..area }, 1, 0, &Safe::from(hits), theme.accent);
        right -= HITS;
    }
    if right >= LEAD + TITLE + MINUTES {
        if let Some(minutes) = row.minutes {
            let time = Safe::from(time(minutes)).fit(MINUTES - 1);
            canvas.print_right(Area { width: right, ..area }, 1, 0, &time, theme.dim);
        }
        right -= MINUTES;
        if right >= LEAD + TITLE + DATE {
            right -= DATE;
            canvas.print(area, right + 1, 0, &row.date, theme.dim);
        }
    }
    let room = right.saturating_sub(LEAD);
    let title = if row.error.is_some() { theme.dim } else { theme.text };
    // On a reversed row a hit that was only reversed would not be seen.
    // Black on a named colour is grey when it is bold.
    let weight = if theme.hit.0.bg.is_some() { Modifier::empty() } else { Modifier::BOLD };
    let mark = theme.hit.0.add_modifier(weight | Modifier::UNDERLINED).remove_modifier(Modifier::DIM);
    let mut at = canvas.print_marked(area, LEAD, 0, &row.title.fit(room, canvas.ellipsis()), (title, mark));
    let copies = Safe::from(format!("{} copies", super::header::number(row.copies)));
    if row.copies > 1 && at + 2 + copies.width() <= right {
        at = canvas.print(area, at + 2, 0, &copies, theme.dim);
    }
    if let Some(folder) = &row.folder {
        let left = right.saturating_sub(at + 2);
        if left > 3 {
            canvas.print(area, at + 2, 0, &canvas.fit(folder, left), theme.dim);
        }
    }
    why(row, Area { x: area.x + LEAD, width: area.width.saturating_sub(LEAD + 1), ..area }, mark, canvas);
}

/// The line under a row: why its document can't be read, or why it was found.
fn why(row: &ListRow, area: Area, mark: Style, canvas: &mut Canvas<'_>) {
    let dim = canvas.theme.dim;
    if let Some(why) = &row.error {
        canvas.print(area, 0, 1, &canvas.fit(why, area.width), dim);
    } else if let Some(why) = &row.why {
        canvas.print_marked(area, 0, 1, &why.line.around(area.width, canvas.ellipsis()), (dim, mark));
    }
}

/// A row for who listens: the title first, then in words what the signs say.
fn plain_row(state: &State, area: Area, row: &ListRow, selected: bool, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    if selected && (state.focus == Focus::List || state.filter.line.is_some()) {
        canvas.bar(area);
    }
    let mut said = Vec::new();
    said.extend(row.folder.as_ref().map(|folder| folder.to_string()));
    said.extend(row.error.is_some().then(|| "can't be read".to_owned()));
    said.extend(row.starred.then(|| "starred".to_owned()));
    said.push(super::reader::reading(row.state).to_owned());
    said.extend((row.copies > 1).then(|| format!("{} copies", row.copies)));
    said.extend(row.minutes.map(|minutes| format!("{minutes} min")));
    said.extend(Some(row.date.to_string()).filter(|date| !date.is_empty()));
    let hits = row.why.as_ref().map(|why| why.hits).filter(|hits| *hits > 0);
    said.extend(hits.map(|hits| format!("{hits} hits")));
    let said = Safe::line(&format!(", {}", said.join(", ")));
    let room = area.width.saturating_sub(said.width()).max(area.width / 2);
    let at = canvas.print_marked(area, 0, 0, &row.title.fit(room, canvas.ellipsis()), (theme.text, theme.hit.0));
    canvas.print(area, at, 0, &canvas.fit(&said, area.width.saturating_sub(at)), theme.dim);
    why(row, area, theme.hit.0, canvas);
}

/// `4`, `1.2k`; with a plus when only a part of the text was looked at; nothing when the words stand elsewhere.
fn hits(why: &Glance) -> String {
    let more = if why.complete { "" } else { "+" };
    match why.hits {
        0 => String::new(),
        hits @ 1..1_000 => format!("{hits}{more}"),
        hits @ 1_000..10_000 if why.complete => format!("{}.{}k", hits / 1_000, hits % 1_000 / 100),
        hits => format!("{}k{more}", hits.min(999_999) / 1_000),
    }
}

/// `3m`; from a hundred minutes on in hours, so that it fits its column.
fn time(minutes: u64) -> String {
    if minutes < 100 { format!("{minutes}m") } else { format!("{}h", (minutes + 30) / 60) }
}

/// What an empty list says.
fn empty(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let progress = &state.library.progress;
    let mut lines = Vec::new();
    if !state.filter.standing.is_empty() {
        match state.filter.answer.wrong.as_slice() {
            [] => lines.push("No document holds all of this.".to_owned()),
            wrong => lines.extend_from_slice(wrong),
        }
        if progress.waiting.is_some() {
            lines.push("Only titles were searched: the words are not indexed.".to_owned());
        } else if progress.indexed < progress.total {
            lines.push("The index is still being built.".to_owned());
        }
        for (word, count) in &state.filter.answer.alone {
            lines.push(format!("{word}: {}", super::header::documents(*count)));
        }
    } else if progress.scanning {
        lines.push("Looking for documents…".to_owned());
    } else {
        lines.push("No documents here.".to_owned());
    }
    let area = Area { x: area.x + LEAD, width: area.width.saturating_sub(LEAD + 1), ..area };
    let mut row = 0;
    for (at, line) in lines.iter().enumerate() {
        row = canvas.wrap(area, row, &canvas.own(line), theme.dim);
        if let Some(nearest) = state.filter.offered().filter(|_| at == 0) {
            let key = canvas.own("→ takes it");
            row = canvas.wrap(area, row, &format!("Did you mean {nearest}? {key}"), theme.accent);
        }
    }
}
