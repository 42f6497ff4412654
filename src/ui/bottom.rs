//! The bottom line: the five keys that matter now, or a message, or an input line; and where we are in the text.

use super::{
    Keys,
    canvas::Canvas,
    header::{draw_line, number, size},
};
use crate::{
    state::{Area, Completion, Geometry, InputKind, Overlay, State},
    text::Safe,
};

pub(super) fn draw(state: &State, keys: &Keys, shown: &Geometry, canvas: &mut Canvas<'_>) -> Option<(usize, usize)> {
    let (theme, area) = (canvas.theme, shown.bottom);
    let right = whereabouts(state, shown);
    let column = canvas.print_right(area, 1, 0, &right, theme.dim);
    let area = Area { width: column.saturating_sub(1), ..area };
    if let Some(Overlay::Input { kind, line, .. }) = &state.overlay {
        let prompt = match kind {
            InputKind::Find => "find: ",
            InputKind::GoTo => "go to % or section: ",
            InputKind::Pipe => "pipe through: ",
            InputKind::Name => "save the filter as @",
        };
        let at = canvas.print(area, 1, 0, &Safe::from(prompt), theme.accent);
        let rest = Area { x: area.x + at, width: area.width.saturating_sub(at), ..area };
        return draw_line(canvas, rest, line.text(), Some(line.cursor()), theme.text);
    }
    if let Some((question, no)) = question(state) {
        let mut at = canvas.print(area, 1, 0, &question, theme.text) + 2;
        for (key, meaning) in [("y", "yes"), ("n", no)] {
            at = canvas.print(area, at, 0, &Safe::from(key), theme.accent) + 1;
            at = canvas.print(area, at, 0, &Safe::from(meaning), theme.dim) + 2;
        }
        return None;
    }
    if matches!(state.overlay, Some(Overlay::NewMark)) {
        canvas.print(area, 1, 0, &Safe::from("mark this page with a letter: "), theme.accent);
        return None;
    }
    if let Some((message, _)) = &state.message {
        let style = if message.failure { theme.failure } else { theme.text };
        canvas.print(area, 1, 0, &canvas.fit(&message.text, area.width.saturating_sub(1)), style);
        return None;
    }
    if let Some(completion) = state.filter.line.as_ref().and_then(|editing| editing.completion.as_ref()) {
        draw_candidates(completion, area, canvas);
        return None;
    }
    let mut at = 1;
    for (key, meaning) in &keys.hints {
        let key = &canvas.own(key);
        if at + key.width() + 1 + meaning.width() > area.width {
            break;
        }
        at = canvas.print(area, at, 0, key, theme.accent) + 1;
        at = canvas.print(area, at, 0, meaning, theme.dim) + 2;
    }
    None
}

/// What is asked, and what a no means.
fn question(state: &State) -> Option<(Safe, &'static str)> {
    if let Some(Overlay::Question { bytes }) = &state.overlay {
        return Some((Safe::from(format!("index {} of text?", size(*bytes))), "not now"));
    }
    state.removing().map(|filter| (Safe::line(&format!("remove @{}?", filter.name)), "no"))
}

/// What Tab goes through, from so far on that the one in the line is seen.
fn draw_candidates(completion: &Completion, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let candidates: Vec<Safe> = completion.candidates.iter().map(|candidate| Safe::line(candidate)).collect();
    let room = area.width.saturating_sub(3);
    let mut first = completion.at.unwrap_or(0).min(candidates.len());
    let mut taken = candidates.get(first).map_or(0, Safe::width);
    while let Some(before) = first.checked_sub(1)
        && let Some(width) = candidates.get(before).map(|candidate| candidate.width() + 2)
        && taken + width <= room
    {
        (first, taken) = (before, taken + width);
    }
    let mut at = 1;
    for (number, candidate) in candidates.iter().enumerate().skip(first) {
        if at + candidate.width() > area.width && at > 1 {
            let more = canvas.own(&Safe::from("…"));
            canvas.print(area, at.min(area.width.saturating_sub(1)), 0, &more, theme.dim);
            break;
        }
        let style = if completion.at == Some(number) { theme.selected.0 } else { theme.text };
        at = canvas.print(area, at, 0, &canvas.fit(candidate, room), style) + 2;
    }
}

/// `5…   hit 1/4   12 %`
fn whereabouts(state: &State, shown: &Geometry) -> Safe {
    let mut parts = Vec::new();
    parts.extend(state.count.map(|count| count.to_string()));
    // Where only the list is seen, a place in the text says nothing.
    if shown.text.height == 0 {
        return Safe::from(parts.join("   "));
    }
    parts.extend(state.reader.found().and_then(|hits| hits.searched).map(|percent| format!("searched {percent} %")));
    let (current, hits) = state.reader.hit_of();
    // As in the rows: a plus says that only a part of the text was looked through.
    let more = if state.reader.found().is_none_or(|hits| hits.complete) { "" } else { "+" };
    match current {
        Some(at) if hits > 0 => parts.push(format!("hit {}/{}{more}", number(at), number(hits))),
        None if hits == 1 && more.is_empty() => parts.push("1 hit".to_owned()),
        None if hits > 0 => parts.push(format!("{}{more} hits", number(hits))),
        _ => {}
    }
    if state.reader.shown().is_some_and(|o| o.document.is_ok()) {
        parts.push(format!("{} %", state.reader.percent()));
    }
    Safe::from(parts.join("   "))
}
