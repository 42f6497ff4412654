//! The text: its page, the line over it, the mark where the old page ended, and the scroll bar.

use super::canvas::{Canvas, Sign};
use crate::{
    doc::Anchor,
    layout::Row,
    state::{Area, Focus, Geometry, Links, Mark, Opened, ReadState, State, ratio, section_end, sections_around},
    text::Safe,
};

/// Columns of a line that has room for more than one number.
const ROOMY: usize = 56;
/// Over a text of so few rows no heading stands.
const LOW: usize = 3;

pub(super) fn draw(state: &State, shown: &Geometry, canvas: &mut Canvas<'_>) {
    if shown.pane.height == 0 {
        return;
    }
    let Some(opened) = state.reader.shown() else { return };
    if shown.title.height > 0 {
        title(state, opened, shown.title, canvas);
    }
    match &opened.document {
        Err(why) => unreadable(why, shown.text, canvas),
        Ok(_) => {
            page(state, shown, canvas);
            pictures(state, shown, canvas);
            head(state, shown, canvas);
            if !state.view.linear {
                scroll_bar(state, shown, canvas);
            }
        }
    }
}

/// `Title   author · 2009 · 3 min · begun`, and further on in the text `Part › Chapter      2 min left here · 12 in all`.
fn title(state: &State, opened: &Opened, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let left = canvas.own(&left(state, opened, area.width));
    let end = if left.width() == 0 { area.width } else { canvas.print_right(area, 0, 0, &left, theme.dim) };
    let area = Area { width: if left.width() == 0 { end } else { end.saturating_sub(2) }, ..area };
    let mut sections = sections(state, opened);
    // Beside the list, and under a top line that names it, the title is seen there; what is said besides has the line to
    // itself when both don't fit.
    let alone = state.geometry().list.width == 0 && !state.view.single;
    let between = canvas.own(if sections.is_empty() { " · " } else { " › " });
    if alone && !sections.is_empty() {
        sections.insert(0, &opened.row.title);
    }
    let room = |at: usize| area.width.saturating_sub(at);
    let mut said = facts(opened).iter().map(|fact| canvas.own(fact)).collect::<Vec<_>>();
    let mut at = 0;
    if !sections.is_empty() {
        said = trail(&sections, area.width, &between);
    } else if alone && room(joined(&said, &between) + 2) > 12 {
        let title = canvas.fit(&Safe::line(&opened.row.title), room(joined(&said, &between) + 2));
        at = canvas.print(area, 0, 0, &title, theme.accent) + 2;
    }
    canvas.print_joined(area, at, &said, &between, theme.dim);
}

/// Columns of things beside each other.
fn joined(said: &[Safe], between: &Safe) -> usize {
    (said.iter().map(|said| said.width() + between.width()).sum::<usize>()).saturating_sub(between.width())
}

/// The titles of the sections that the page begins in, without the document's own; none where it begins with the text.
fn sections<'o>(state: &State, opened: &'o Opened) -> Vec<&'o str> {
    let page = &state.reader.page;
    let Some(document) = opened.document.as_ref().ok().filter(|_| !page.at_start) else { return Vec::new() };
    let around = sections_around(document, page.top.anchor).into_iter().map(|item| item.title.as_str());
    around.filter(|title| *title != opened.row.title).collect()
}

/// `Part › Chapter › Section`, without the outermost ones where there is no room for all.
fn trail(sections: &[&str], room: usize, between: &Safe) -> Vec<Safe> {
    let mut trail: Vec<Safe> = sections.iter().map(|title| Safe::line(title)).collect();
    while trail.len() > 1 && joined(&trail, between) > room {
        trail.remove(0);
    }
    trail
}

/// `2 min left here · 12 in all`: how long what is left of the section, and of the text, takes to read.
fn left(state: &State, opened: &Opened, width: usize) -> String {
    let page = &state.reader.page;
    let Some(document) = opened.document.as_ref().ok().filter(|_| !page.at_start && !page.at_end) else {
        return String::new();
    };
    if opened.row.words == 0 {
        return String::new();
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an estimate for the eye"
    )]
    let until =
        |end: u64| (opened.row.words as f64 * ratio(end.saturating_sub(page.bytes.end), page.of)).round() as u64;
    let all = until(page.of);
    let section = section_end(document, page.top.anchor);
    if width < ROOMY || section == page.of || section <= page.bytes.end {
        return format!("{} left", duration(all));
    }
    format!("{} left here · {} in all", duration(until(section)), duration(all))
}

fn facts(opened: &Opened) -> Vec<String> {
    let row = &opened.row;
    let mut facts = Vec::new();
    facts.extend(row.author.clone());
    facts.extend(row.date.map(|date| date.year().to_string()));
    if row.words > 0 {
        facts.push(duration(row.words));
    }
    // What came through a pipe is not remembered.
    if !row.path.as_os_str().is_empty() {
        facts.push(reading(opened.reading).to_owned());
    }
    facts
}

/// A reader's minutes: 230 words a minute, from one up (Brysbaert 2019 measures 238 for non-fiction).
pub fn minutes(words: u64) -> u64 {
    words.div_ceil(230).max(1)
}

/// `12 min`, and hours from two on.
pub(super) fn duration(words: u64) -> String {
    match minutes(words) {
        minutes @ 0..120 => format!("{minutes} min"),
        minutes => format!("{} h", super::header::number(usize::try_from((minutes + 30) / 60).unwrap_or(usize::MAX))),
    }
}

/// The state of a document in words.
pub(super) fn reading(state: ReadState) -> &'static str {
    match state {
        ReadState::Unread => "not read yet",
        ReadState::Begun => "begun",
        ReadState::Finished => "finished",
    }
}

fn unreadable(why: &str, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.print(area, 0, 0, &Safe::from("This document can't be read:"), theme.text);
    canvas.wrap(area, 2, why, theme.failure);
}

fn page(state: &State, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let area = shown.text;
    let turned = state.reader.turned;
    let marks = state.reader.shown().map_or(&[][..], |opened| &opened.marks);
    let mut marked = false;
    for (at, row) in state.reader.page.rows.iter().enumerate().take(area.height) {
        let width = area.width + shown.beyond();
        draw_row(row, Area { y: area.y + at, height: 1, width, ..area }, canvas);
        if state.focus == Focus::Text && is_spot(state, at, row) {
            canvas.spot = Some((area.x, area.y + at));
        }
        if state.view.linear {
            continue;
        }
        let beside = Area { x: area.x.saturating_sub(2), y: area.y + at, width: 1, height: 1 };
        let holds = |mark: &&Mark| mark.at.block == row.block && row.range.contains(&mark.at.byte);
        if let Some(mark) = marks.iter().find(holds).filter(|_| !row.gap) {
            canvas.print(beside, 0, 0, &Safe::from(mark.letter.to_string()), canvas.theme.dim);
        }
        // The first row after the old page's end; at the very top there is nothing to tell apart.
        let new = turned.is_some_and(|t| (row.block, row.range.start) >= (t.block, t.byte));
        if new && !marked && !row.gap {
            marked = true;
            if at > 0 {
                let (sign, style) = (canvas.sign(Sign::Turned), canvas.theme.accent);
                canvas.print(beside, 0, 0, &sign, style);
            }
        }
    }
}

/// The images on the page. Under what is drawn over the text are none of pixels: they would stand over it, or be sent where
/// it covers them, and never again.
fn pictures(state: &State, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let Some(opened) = state.reader.shown() else { return };
    let rows = state.reader.page.rows.iter().enumerate().take(shown.text.height);
    let mut drawn = rows.filter_map(|(at, row)| Some((at, row, row.picture?))).peekable();
    while let Some((at, row, above)) = drawn.next() {
        let mut height = 1;
        while drawn.next_if(|(_, next, _)| next.block == row.block).is_some() {
            height += 1;
        }
        let Some(picture) =
            opened.pictures.of(row.block).filter(|picture| state.overlay.is_none() || picture.is_blocks())
        else {
            continue;
        };
        let (indent, text) = (row.width(), shown.text);
        let width = text.width.saturating_sub(indent).min(picture.extent.0);
        canvas.picture(Area { x: text.x + indent, y: text.y + at, width, height }, picture, above);
    }
}

/// Whether a row is the one that the keys have moved to: what is selected, the current hit, the first row after the old
/// page, else the first one.
fn is_spot(state: &State, at: usize, row: &Row) -> bool {
    let reader = &state.reader;
    let moved =
        reader.selection.as_ref().map(|selection| selection.moving.start).or(reader.seek.current).or(reader.turned);
    let holds = |anchor: Anchor| row.block == anchor.block && row.range.contains(&anchor.byte);
    at == 0 || (!row.gap && moved.is_some_and(holds))
}

/// The heading of a table in whose records the page begins: in the row of air over the text, or over its first row where
/// there is none.
fn head(state: &State, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let Some(row) = state.reader.page.head.as_ref().filter(|_| shown.text.height > LOW) else { return };
    let y = shown.text.y - usize::from(shown.title.height > 0);
    let area = Area { y, height: 1, width: shown.text.width + shown.beyond(), ..shown.text };
    canvas.fill(area, ratatui::style::Style::new());
    draw_row(row, area, canvas);
}

/// The numbers of the links, over the first letters of each.
pub(super) fn number_links(links: &Links, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let style = canvas.theme.selected.0;
    for (number, way) in links.matching().filter(|(_, way)| way.row < shown.text.height) {
        let (label, text) = (Safe::from(format!(" {number} ")), shown.text);
        let first = if way.right { (way.column + 1).saturating_sub(label.width()) } else { way.column };
        let column = first.min(text.width.saturating_sub(label.width()));
        canvas.print(Area { y: text.y + way.row, height: 1, ..text }, column, 0, &label, style);
    }
}

pub(super) fn draw_row(row: &Row, area: Area, canvas: &mut Canvas<'_>) {
    for drawn in row.drawn() {
        let style = canvas.theme.face(&drawn.run.face);
        canvas.put(area, drawn.column, 0, &drawn.text, style);
    }
    let dim = canvas.theme.dim;
    let beside = |x| Area { x, width: 1, ..area };
    if row.clipped.0 {
        canvas.print(beside(area.x.saturating_sub(1)), 0, 0, &canvas.own("‹"), dim);
    }
    if row.clipped.1 {
        canvas.print(beside(area.x + area.width), 0, 0, &canvas.own("›"), dim);
    }
}

/// A thumb as long as the part that is seen, ticks where hits are and where chapters begin, and the letters of marks;
/// nothing when all of the text is seen.
fn scroll_bar(state: &State, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let page = &state.reader.page;
    if (page.at_start && page.at_end) || page.of == 0 {
        return;
    }
    let track = Area { x: shown.pane.x + shown.pane.width - 1, width: 1, ..shown.text };
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a row of the screen from a fraction"
    )]
    let row = |position: u64| (ratio(position, page.of) * track.height as f64) as usize;
    let last = track.height.saturating_sub(1);
    let start =
        if page.at_end { row(page.bytes.start).min(last) } else { row(page.bytes.start).min(last.saturating_sub(1)) };
    let end = if page.at_end { track.height } else { row(page.bytes.end).clamp(start + 1, last.max(start + 1)) };
    let mut signs = vec![None; track.height];
    let mut draw = |row, sign: &dyn Fn(Option<Sign>) -> Sign| {
        if let Some(drawn) = signs.get_mut(row) {
            *drawn = Some(sign(*drawn));
        }
    };
    let opened = state.reader.shown();
    // So many chapters that every other row would have a tick tell nothing.
    let chapters = opened.map_or(&[][..], |opened| &opened.chapters);
    if chapters.len() > 2 && chapters.len() * 2 <= track.height {
        chapters.iter().for_each(|position| draw(row(*position).min(last), &|_| Sign::Chapter));
    }
    (start..end).for_each(|row| draw(row, &|_| Sign::Thumb));
    let positions = state.reader.found().map_or(&[][..], |hits| &hits.positions);
    for position in positions {
        draw(row(*position).min(last), &|under| match under {
            Some(Sign::Thumb | Sign::TickOnThumb) => Sign::TickOnThumb,
            _ => Sign::Tick,
        });
    }
    if let Some(current) = state.reader.hit_of().0.and_then(|number| positions.get(number.checked_sub(1)?)) {
        draw(row(*current).min(last), &|_| Sign::CurrentTick);
    }
    for (row, sign) in signs.into_iter().enumerate().filter_map(|(row, sign)| Some((row, sign?))) {
        let style = if matches!(sign, Sign::Thumb | Sign::Chapter) { canvas.theme.dim } else { canvas.theme.accent };
        let sign = canvas.sign(sign);
        canvas.print(track, 0, row, &sign, style);
    }
    for mark in opened.map_or(&[][..], |opened| &opened.marks) {
        let letter = Safe::from(mark.letter.to_string());
        canvas.print(track, 0, row(mark.position).min(last), &letter, canvas.theme.accent);
    }
}
