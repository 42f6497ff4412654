//! How wide the columns of a table are, and what is seen of columns that are too wide together.

use super::{BETWEEN, fill};
use crate::{
    doc::{Block, Table},
    layout::{Row, Setting, window},
    text,
};

/// How far a column may be narrowed at the cost of its long words: each is tried in turn.
const FLOORS: [usize; 4] = [usize::MAX, 24, 16, 12];
/// No column that is moved sideways, or would have to be, has fewer, unless it is that narrow: three letters in a row are
/// no text.
const READABLE: usize = 12;
/// Columns that a table is moved in are at most so wide.
const MOVED: usize = 32;
/// In a narrower pane a table is not moved: too little of it would be seen at once.
const MOVES: usize = 60;

/// The columns that each column of a table gets.
pub(super) struct Widths {
    /// From left to right.
    pub columns: Vec<usize>,
    /// The columns that are seen, where there are more.
    window: Option<std::ops::Range<usize>>,
}

impl Widths {
    /// Finds them; `None` when they don't fit, nor are to be moved. The text column is kept to as long as words stay
    /// whole there; what is free beside it is taken before words are broken.
    pub fn of(block: &Block, table: &Table, room: usize, setting: &Setting) -> Option<Widths> {
        let mut extents = extents(block, table)?;
        let between = BETWEEN * extents.len().saturating_sub(1);
        let moves = setting.moves && !setting.wrap;
        let wide = if moves { room.saturating_add(setting.beyond) } else { room };
        let moves = moves && wide >= MOVES;
        if moves {
            extents.iter_mut().for_each(|(line, word)| *word = (*word).max(READABLE.min(*line)));
        }
        let fitting = FLOORS.iter().find_map(|floor| {
            let rooms = [room, wide];
            rooms.into_iter().find_map(|room| narrow(&extents, *floor, room.checked_sub(between)?))
        });
        if let Some(columns) = fitting {
            return Some(Widths { columns, window: None });
        }
        moves.then(|| {
            let columns: Vec<usize> = extents.iter().map(|(line, _)| (*line).min(MOVED)).collect();
            // Not further than to the last column.
            let all = columns.iter().sum::<usize>() + between;
            let left = setting.sideways.min(all.saturating_sub(wide));
            Widths { columns, window: Some(left..left + wide) }
        })
    }

    /// Leaves of a row, after its margin, what is seen.
    pub fn crop(&self, row: &mut Row, margin: usize, text: &str) {
        if let Some(seen) = &self.window {
            window::crop(row, margin, seen, text);
        }
    }
}

/// The widest line and the widest word of each column.
fn extents(block: &Block, table: &Table) -> Option<Vec<(usize, usize)>> {
    let shape = table.shape.as_ref().map_or(&[][..], |shape| &shape.widths);
    let columns = table.rows.iter().map(Vec::len).chain([table.align.len(), shape.len()]).max()?;
    // The parts of a table that was cut must agree: what is in this one plays no part.
    let mut extents: Vec<(usize, usize)> = shape.iter().map(|width| (*width.max(&1), *width.max(&1))).collect();
    let known = extents.len();
    extents.resize(columns, (1, 1));
    for cells in &table.rows {
        for (cell, most) in cells.iter().zip(&mut extents).skip(known) {
            let (line, word) = fill::extent(text::slice(&block.text, cell.clone()));
            *most = (most.0.max(line), most.1.max(word));
        }
    }
    Some(extents)
}

/// Narrows the widest columns until all of them take `free` columns, none of them below its longest word, or `floor`.
fn narrow(extents: &[(usize, usize)], floor: usize, free: usize) -> Option<Vec<usize>> {
    let at_most = |cap: usize| extents.iter().map(move |(line, word)| (*line).min(cap).max(*word.min(&floor)));
    if at_most(0).sum::<usize>() > free {
        return None;
    }
    let widest = extents.iter().map(|(line, _)| *line).max().unwrap_or(0);
    let caps: Vec<usize> = (0..=widest.min(free)).collect();
    let cap = caps.partition_point(|cap| at_most(*cap).sum::<usize>() <= free).saturating_sub(1);
    let mut widths: Vec<usize> = at_most(cap).collect();
    let mut left = free - widths.iter().sum::<usize>();
    for (width, (line, _)) in widths.iter_mut().zip(extents) {
        if *width < *line && left > 0 {
            *width += 1;
            left -= 1;
        }
    }
    Some(widths)
}
