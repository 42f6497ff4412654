//! What stands over the panes: the keys, the orders, the details.

use super::{Keys, canvas::Canvas, header::draw_line};
use crate::{
    state::{Area, Geometry, Order, Overlay, State},
    text::{Safe, fold::fold},
};

/// Rows of the line that narrows the help, with one of air.
const SEARCH: usize = 2;

pub(super) fn draw(state: &State, keys: &Keys, shown: &Geometry, canvas: &mut Canvas<'_>) -> Option<(usize, usize)> {
    match state.overlay.as_ref()? {
        Overlay::Help { line, typing, top } => {
            let rows = help_rows(keys, line.text());
            let above = if shown.framed { SEARCH } else { 0 };
            let inner = frame(shown, 64, rows.len() + above, "keys", canvas);
            // Where there is no row for it, it stands in place of the title.
            let search = Area { y: if above == 0 { shown.screen.y } else { inner.y }, height: 1, ..inner };
            canvas.fill(search, ratatui::style::Style::new());
            let at = canvas.print(search, 0, 0, &Safe::from("/ "), canvas.theme.accent);
            let rest = Area { x: search.x + at, width: search.width.saturating_sub(at), ..search };
            if line.text().is_empty() && !typing {
                canvas.print(rest, 0, 0, &Safe::from("narrows these keys"), canvas.theme.dim);
            }
            let cursor = draw_line(canvas, rest, line.text(), typing.then(|| line.cursor()), canvas.theme.text);
            let body = Area { y: inner.y + above, height: inner.height.saturating_sub(above), ..inner };
            let top = (*top).min(rows.len().saturating_sub(body.height));
            for (at, row) in rows.iter().skip(top).take(body.height).enumerate() {
                help_row(row, body, at, canvas);
            }
            cursor
        }
        Overlay::Orders { cursor } => {
            let names: Vec<&str> = Order::ALL.iter().map(|order| order.name()).collect();
            menu("order of the list", &names, *cursor, state.order().name(), shown, canvas);
            None
        }
        Overlay::Themes { cursor, before } => {
            let names: Vec<&str> = state.view.theme.all.iter().map(String::as_str).collect();
            menu("themes", &names, *cursor, before, shown, canvas);
            None
        }
        Overlay::Saved { cursor, .. } => {
            super::saved::draw(&state.filter.saved, *cursor, shown, canvas);
            None
        }
        Overlay::Outside { target } => {
            let rows = target.chars().count().div_ceil(60) + 1;
            let inner = frame(shown, 64, rows, "this leads out of recto", canvas);
            let mut rest = target.as_str();
            for row in 0..inner.height {
                let (line, after) =
                    rest.split_at(rest.char_indices().nth(inner.width).map_or(rest.len(), |(at, _)| at));
                canvas.print(inner, 0, row, &Safe::line(line), canvas.theme.text);
                rest = after;
            }
            None
        }
        Overlay::Note(note) => {
            let rows = &note.rows.1;
            let inner = frame(shown, state.note_width(), rows.len().max(1), &format!("note {}", note.label), canvas);
            let top = note.top.min(rows.len().saturating_sub(inner.height));
            for (at, row) in rows.iter().skip(top).take(inner.height).enumerate() {
                super::reader::draw_row(row, Area { y: inner.y + at, height: 1, ..inner }, canvas);
            }
            None
        }
        Overlay::Marks(marks) => {
            super::marks::draw(marks, shown, canvas);
            None
        }
        Overlay::Links(links) => {
            super::reader::number_links(links, shown, canvas);
            None
        }
        Overlay::Contents(contents) => super::contents::draw(state, contents, shown, canvas),
        Overlay::Details { top } => {
            let rows = details(state);
            let inner = frame(shown, 76, rows.len(), "details", canvas);
            let top = (*top).min(rows.len().saturating_sub(inner.height));
            for (at, (name, value)) in rows.iter().skip(top).take(inner.height).enumerate() {
                canvas.print(inner, 0, at, name, canvas.theme.dim);
                canvas.print(inner, 10, at, value, canvas.theme.text);
            }
            None
        }
        Overlay::Input { .. } | Overlay::Question { .. } | Overlay::NewMark => None,
    }
}

/// Names to choose from, with a sign before the one that holds.
fn menu(title: &str, names: &[&str], cursor: usize, holds: &str, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let inner = frame(shown, 30, names.len(), title, canvas);
    let top = (cursor + 1).saturating_sub(inner.height);
    for (at, name) in names.iter().enumerate().skip(top).take(inner.height) {
        let row = at - top;
        let style = if at == cursor { canvas.theme.selected.0 } else { canvas.theme.text };
        if at == cursor {
            canvas.bar(Area { y: inner.y + row, height: 1, ..inner });
        }
        let sign = if *name == holds { "* " } else { "  " };
        canvas.print(
            inner,
            1,
            row,
            &canvas.fit(&Safe::line(&format!("{sign}{name}")), inner.width.saturating_sub(1)),
            style,
        );
    }
}

/// The first row of the help or the details when their last one is shown.
pub(super) fn last_top(state: &State, keys: &Keys) -> usize {
    let shown = state.geometry();
    let (rows, above) = match &state.overlay {
        Some(Overlay::Help { line, .. }) if !shown.framed => (help_rows(keys, line.text()).len(), 0),
        Some(Overlay::Help { line, .. }) => (help_rows(keys, line.text()).len(), SEARCH),
        Some(Overlay::Details { .. }) => (details(state).len(), 0),
        Some(Overlay::Note(note)) => (note.rows.1.len(), 0),
        _ => return 0,
    };
    rows.saturating_sub(inside_height(&shown, rows + above).saturating_sub(above))
}

/// A framed area in the middle of the screen, blank inside; answers the inside. Without a frame the screen is covered as a
/// whole, under a line with the title.
pub(super) fn frame(shown: &Geometry, width: usize, height: usize, title: &str, canvas: &mut Canvas<'_>) -> Area {
    let (screen, inside_height) = (shown.screen, inside_height(shown, height));
    if !shown.framed {
        canvas.fill(screen, ratatui::style::Style::new());
        canvas.print(screen, 1, 0, &Safe::from(title), canvas.theme.accent);
        return Area { x: 1, y: 1, width: screen.width.saturating_sub(2), height: inside_height };
    }
    let (width, height) = ((width + 4).min(screen.width), inside_height + 2);
    let area = Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height };
    canvas.fill(area, ratatui::style::Style::new());
    let style = canvas.theme.dim;
    let inside = width.saturating_sub(2);
    let [corners, bar] = if canvas.is_ascii() {
        [["+", "+", "+", "+", "-"], ["|"; 5]]
    } else {
        [["╭", "╮", "╰", "╯", "─"], ["│"; 5]]
    };
    let [upper_left, upper_right, lower_left, lower_right, line] = corners;
    canvas.print(area, 0, 0, &Safe::from(format!("{upper_left}{}{upper_right}", line.repeat(inside))), style);
    canvas.print(area, 0, height - 1, &Safe::from(format!("{lower_left}{}{lower_right}", line.repeat(inside))), style);
    for row in 1..height - 1 {
        canvas.print(area, 0, row, &Safe::from(bar[0]), style);
        canvas.print(area, width - 1, row, &Safe::from(bar[0]), style);
    }
    canvas.print(
        area,
        2,
        0,
        &canvas.fit(&Safe::from(format!(" {title} ")), width.saturating_sub(4)),
        canvas.theme.accent,
    );
    Area { x: area.x + 2, y: area.y + 1, width: width.saturating_sub(4), height: inside_height }
}

/// The rows inside a frame that would hold `height` rows.
fn inside_height(shown: &Geometry, height: usize) -> usize {
    // The frame leaves a row of the panes above and below it.
    if shown.framed { height.min(shown.screen.height - 4) } else { shown.screen.height.saturating_sub(1) }
}

/// A row of the help: the name of a group, or a key and what it does.
enum HelpRow<'a> {
    Group(&'static str),
    Key(&'a Safe, &'a Safe),
    Blank,
}

fn help_rows<'a>(keys: &'a Keys, words: &str) -> Vec<HelpRow<'a>> {
    let words: Vec<String> = words.split_whitespace().map(fold).collect();
    let mut rows = Vec::new();
    let mut group = "";
    for (name, chords, about) in &keys.all {
        // A key is found by its own name as well as by any word of what it does.
        let text = fold_phrase(&format!("{name} {about}"));
        let found = words.iter().all(|w| text.contains(w.as_str()) || w.is_empty())
            || chords.split_whitespace().any(|c| words.iter().any(|w| fold(c) == *w));
        if !found {
            continue;
        }
        if *name != group {
            if !rows.is_empty() {
                rows.push(HelpRow::Blank);
            }
            rows.push(HelpRow::Group(name));
            group = name;
        }
        rows.push(HelpRow::Key(chords, about));
    }
    rows
}

fn fold_phrase(text: &str) -> String {
    text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}

fn help_row(row: &HelpRow<'_>, area: Area, at: usize, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    match row {
        HelpRow::Blank => {}
        HelpRow::Group(name) => {
            canvas.print(area, 0, at, &Safe::from(*name), theme.accent);
        }
        HelpRow::Key(chords, about) => {
            let width = 22.min(area.width * 2 / 5);
            canvas.print(Area { width: width.saturating_sub(1), ..area }, 2, at, chords, theme.text);
            canvas.print(area, width, at, about, theme.dim);
        }
    }
}

fn details(state: &State) -> Vec<(Safe, Safe)> {
    let Some(opened) = state.reader.shown() else { return Vec::new() };
    let row = &opened.row;
    let mut details: Vec<(&str, String)> = vec![("title", row.title.clone())];
    let mut add = |name, value: Option<String>| details.extend(value.map(|v| (name, v)));
    add("author", row.author.clone());
    add("date", row.date.map(|d| d.to_string()));
    add("language", row.language.clone());
    add("path", Some(row.path.display().to_string()).filter(|p| !p.is_empty()));
    add("entry", row.entry.clone());
    for (number, path) in opened.around.copies.iter().enumerate() {
        add(if number == 0 { "copies" } else { "" }, Some(path.display().to_string()));
    }
    add("format", Some(row.format.clone()));
    add(
        "words",
        Some(format!(
            "{} ({})",
            super::header::number(usize::try_from(row.words).unwrap_or(0)),
            super::reader::duration(row.words)
        )),
    );
    add("size", Some(format!("{} bytes", super::header::number(usize::try_from(row.size).unwrap_or(0)))));
    add("state", Some(super::reader::reading(opened.reading).to_owned()));
    let answers = opened.document.as_ref().ok().and_then(|document| document.meta.answers.last());
    add("reply to", opened.around.answered.clone().or_else(|| Some(format!("not here: {}", answers?))));
    match &opened.document {
        Err(why) => add("error", Some(why.clone())),
        Ok(document) => document.warnings.iter().for_each(|w| add("warning", Some(w.clone()))),
    }
    details.into_iter().map(|(name, value)| (Safe::from(name), Safe::line(&value))).collect()
}
