//! Turning pages. A new page begins with the last row of the old one, or with some rows more, so that neither page is torn
//! where nobody would tear it: no page ends with a heading alone or with the first line of a paragraph (an orphan), and none
//! begins with the last line of one (a widow), as printers have it; an image that the old page has cut is on the new one as a
//! whole. Every page is full; rows come again, and none is skipped.
//! The first page and the last are where they are.
//!
//! Turning back leads to the page from which one came, and turning on again returns, until something else moves the page.

use super::{
    Setting,
    kept::Manner,
    viewport::{At, Place, Viewport},
};

/// A lower page is turned by its height alone.
const LOWEST: usize = 10;
/// Pages that are known in each direction.
const KNOWN: usize = 1_000;

/// The pages from which one came, the latest last, and those from which one turned back.
#[derive(Default)]
pub(super) struct Turns {
    before: Vec<Place>,
    after: Vec<Place>,
    /// The page that stands between them.
    here: Option<(Place, usize)>,
}

impl Turns {
    /// Forgets the way when the page at hand isn't the one to which it led.
    fn arrive(&mut self, here: Place, height: usize) {
        if self.here != Some((here, height)) {
            *self = Turns::default();
        }
    }
}

impl Viewport {
    /// `top` turned by so many pages, on when positive, up to the last or the first page.
    pub fn turn(&mut self, top: Place, pages: isize, height: usize, setting: &Setting) -> Place {
        self.lay_for(setting);
        let mut top = top;
        for _ in 0..pages.unsigned_abs().min(KNOWN) {
            let back = pages < 0;
            let mut turns = std::mem::take(&mut self.turns);
            turns.arrive(top, height);
            let (from, to) =
                if back { (&mut turns.before, &mut turns.after) } else { (&mut turns.after, &mut turns.before) };
            let next = from.pop().unwrap_or_else(|| self.next_page(top, back, height, setting));
            if next != top {
                to.push(top);
                if to.len() > KNOWN {
                    to.remove(0);
                }
            }
            turns.here = Some((next, height));
            self.turns = turns;
            if next == top {
                break;
            }
            top = next;
        }
        top
    }

    /// The page after one that nobody has turned yet, or the one before it.
    fn next_page(&mut self, top: Place, back: bool, height: usize, setting: &Setting) -> Place {
        let by = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
        let usual = self.scroll(top, if back { -by } else { by }, height, setting);
        if !back
            && let Some(whole) = self.image_begins(usual, setting)
            && self.is_after(whole, top, setting)
        {
            return whole;
        }
        if height < LOWEST || self.is_outermost(usual, back, height, setting) {
            return usual;
        }
        // What is shown twice is at most a third of a page.
        let mut whole = None;
        for more in 0..=height / 3 {
            let more = isize::try_from(more).unwrap_or(0);
            let place = self.scroll(top, if back { more - by } else { by - more }, height, setting);
            let (ends, begins) = self.seams(place, height, setting);
            if ends && begins {
                return place;
            }
            if ends && whole.is_none() {
                whole = Some(place);
            }
        }
        whole.unwrap_or(usual)
    }

    /// Where the image begins in which a page does: what the old page has cut is seen whole.
    fn image_begins(&mut self, top: Place, setting: &Setting) -> Option<Place> {
        let first = self.find(top, setting)?;
        let above = self.rows(first.block, setting)?.get(first.row)?.picture.filter(|above| *above > 0)?;
        Some(self.place(At { row: first.row.checked_sub(above)?, ..first }, setting))
    }

    fn is_after(&mut self, place: Place, other: Place, setting: &Setting) -> bool {
        let order = |at: Option<At>| at.map(|at| (at.block, at.row));
        order(self.find(place, setting)) > order(self.find(other, setting))
    }

    /// Whether nothing comes before a page, or after it.
    fn is_outermost(&mut self, top: Place, back: bool, height: usize, setting: &Setting) -> bool {
        let Some(first) = self.find(top, setting) else { return true };
        let beyond = if back { self.back(first, 1, setting) } else { self.forward(first, height, setting) };
        beyond.1 < if back { 1 } else { height }
    }

    /// Whether a page ends where it may, and whether it begins where it may.
    fn seams(&mut self, top: Place, height: usize, setting: &Setting) -> (bool, bool) {
        let Some(first) = self.find(top, setting) else { return (true, true) };
        let (mut last, there) = self.forward(first, height - 1, setting);
        let (_, more) = self.forward(last, 1, setting);
        let ends = there < height - 1 || more == 0 || {
            while self.is_gap(last, setting) && last != first {
                last = self.back(last, 1, setting).0;
            }
            self.kept.manner(last.block) != Manner::Heading && !self.is_first_of_several(last, setting)
        };
        let (_, before) = self.back(first, 1, setting);
        (ends, before == 0 || !self.is_last_of_several(first, setting))
    }

    fn is_gap(&mut self, at: At, setting: &Setting) -> bool {
        self.rows(at.block, setting).and_then(|rows| rows.get(at.row).map(|row| row.gap)).unwrap_or(false)
    }

    /// Whether the row is the first of a text of several lines that isn't a continuation.
    fn is_first_of_several(&mut self, at: At, setting: &Setting) -> bool {
        let Some(rows) = self.rows(at.block, setting) else { return false };
        let first = rows.iter().take_while(|row| row.gap).count();
        self.kept.manner(at.block) == Manner::Flows { continues: false } && at.row == first && first + 1 < rows.len()
    }

    /// Whether the row is the last of a text of several lines.
    fn is_last_of_several(&mut self, at: At, setting: &Setting) -> bool {
        let Some(rows) = self.rows(at.block, setting) else { return false };
        let first = rows.iter().take_while(|row| row.gap).count();
        matches!(self.kept.manner(at.block), Manner::Flows { .. }) && at.row > first && at.row + 1 == rows.len()
    }
}
