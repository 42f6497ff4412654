//! Lines made as wide as the room. What a line lacks is shared among the spaces between its words, and, where these would
//! be doubled and more, among the places between Chinese and Japanese characters at which it could end. A line that would have
//! to be torn wide open stays as it is, and so does the last one of a paragraph.

use super::{
    chances::chances,
    fill::{self, Line},
};
use crate::text;

/// Blanks that one place takes at most. Where the only word of the next line is an address, a line of three words would
/// else have them at both ends and in the middle.
const MOST: usize = 3;

/// Where blanks are put into a line, as the byte before which they stand, and how many. The places that get one more than
/// others are spread evenly, from the other end in every second line, so that no river runs down a page (as in troff).
pub(super) fn blanks(text: &str, line: &Line, room: usize, second: bool) -> Vec<(usize, usize)> {
    if line.last {
        return Vec::new();
    }
    let shown = text::slice(text, line.shown.clone());
    let columns = fill::columns_of(shown) + usize::from(line.end.hyphen());
    let slack = room.saturating_sub(columns);
    let places = places(shown);
    let gaps: Vec<usize> = places.iter().filter(|(_, gap)| *gap).map(|(at, _)| *at).collect();
    let places = if slack <= gaps.len() { gaps } else { places.into_iter().map(|(at, _)| at).collect() };
    let count = places.len();
    if slack == 0 || slack > count * MOST {
        return Vec::new();
    }
    let share = |nth: usize| {
        let nth = if second { count - 1 - nth } else { nth };
        (nth + 1) * slack / count - nth * slack / count
    };
    let all = places.iter().enumerate().map(|(nth, at)| (line.shown.start + at, share(nth)));
    all.filter(|(_, blanks)| *blanks > 0).collect()
}

/// The places that can be made wider: after the spaces between two words, and between wide characters.
fn places(shown: &str) -> Vec<(usize, bool)> {
    let (mut places, mut ink, mut blank, mut wide) = (Vec::new(), false, false, false);
    let mut chances = chances(shown).map(|(at, _)| at).peekable();
    for cell in fill::cells(shown) {
        while chances.next_if(|at| *at < cell.at).is_some() {}
        let chance = chances.next_if_eq(&cell.at).is_some();
        if fill::is_space(cell.text) {
            blank = true;
        } else {
            if std::mem::take(&mut blank) {
                places.extend(ink.then_some((cell.at, true)));
            } else if chance && (wide || cell.width == 2) {
                places.push((cell.at, false));
            }
            ink = true;
        }
        wide = cell.width == 2;
    }
    places
}
