//! The text of a chunk to blocks, and what happens at its edges: a paragraph, a line or a program that goes on in the next
//! chunk must flow together with it again.

use super::{
    code::Nature,
    cut::Edge,
    fill,
    line::{Line, is_cjk, lines},
    list,
    profile::Profile,
    split::Splitter,
    terminal,
};
use crate::{
    doc::{Block, Kind, Span},
    text,
};

/// Code and logs are handed out in blocks of about this many bytes.
const PART: usize = 4 * 1024;

/// A block and the byte of its chunk's text at which it starts.
#[derive(Debug)]
pub struct Piece {
    /// The block.
    pub block: Block,
    /// Where it starts.
    pub at: usize,
}

/// What stands around a chunk.
pub struct Edges<'e> {
    /// Before it.
    pub before: Edge,
    /// After it.
    pub after: Edge,
    /// The end of the text before it.
    pub earlier: &'e str,
}

/// The blocks of a chunk's text.
pub fn blocks(text: &str, profile: &Profile, edges: &Edges<'_>) -> Vec<Piece> {
    let plain = terminal::plain(text);
    let text = plain.as_ref();
    let mut all = lines(text);
    let mut out = Vec::new();
    if profile.nature != Nature::Prose {
        kept(&all, profile, edges, &mut out);
        return out;
    }
    // A form feed right after a cut within a line counts as a line, but is the beginning of that one.
    if let (Edge::Inside, [feed, first, ..]) = (edges.before, all.as_mut_slice())
        && !text::slice(text, feed.at..first.at).contains(['\n', '\r'])
    {
        first.at = feed.at;
        all.remove(0);
    }
    // The first and the last part of a line that was cut are paragraphs on either side, so that they flow together.
    let part = |line: &Line<'_>| Piece { block: Block::new(Kind::Paragraph, whole(text, line)), at: line.at };
    let last = (edges.after == Edge::Inside).then(|| all.pop()).flatten();
    if edges.before == Edge::Inside && !all.is_empty() {
        out.push(part(&all.remove(0)));
    }
    if let Some(furniture) = &profile.furniture {
        all = furniture.remove(all);
    }
    let mut splitter = Splitter::new(profile, edges.before == Edge::Blank && edges.earlier.is_empty(), out);
    splitter.lines(&all);
    let mut out = splitter.out;
    if edges.after == Edge::Line
        && let Some(piece) = out.last_mut().filter(|p| !p.block.keeps_lines() && !p.block.text.ends_with(is_cjk))
    {
        piece.block.text.push(' ');
    }
    out.extend(last.iter().map(part));
    if let Some(first) = out.first_mut() {
        first.block.continues = match edges.before {
            Edge::Blank => false,
            Edge::Inside => true,
            Edge::Line => first.block.keeps_lines() || goes_on(&all, profile, edges.earlier),
        };
    }
    out
}

/// Cuts a piece in two at a byte of its text.
pub fn cut(piece: &mut Piece, at: usize) -> Piece {
    let block = &mut piece.block;
    let tail = block.text.split_off(block.text.floor_char_boundary(at));
    let at = block.text.len();
    let mut after = Vec::new();
    for span in &mut block.spans {
        if span.range.end > at {
            let range = span.range.start.saturating_sub(at)..span.range.end - at;
            after.push(Span { range, kind: span.kind.clone() });
            span.range.end = at;
        }
    }
    block.spans.retain(|s| s.range.start < s.range.end);
    let rest = Block { kind: block.kind.clone(), text: tail, spans: after, nest: block.nest.clone(), continues: true };
    Piece { block: rest, at: piece.at + at }
}

/// A line with the blanks at its ends, which count where it was cut.
fn whole<'t>(text: &'t str, line: &Line<'t>) -> &'t str {
    text::tail(text, line.at).split(['\n', '\r']).next().unwrap_or(line.raw)
}

/// Whether the first line of a chunk is in the paragraph that the chunk before it ended with.
fn goes_on(all: &[Line<'_>], profile: &Profile, earlier: &str) -> bool {
    let before = lines(earlier);
    let (Some(last), Some(first)) = (before.last(), all.first()) else { return false };
    profile.wrapped
        && first.indent <= profile.base
        && list::marker(first.body).is_none()
        && fill::is_full(last, first, profile)
}

/// Text whose lines are all kept, in parts.
fn kept(all: &[Line<'_>], profile: &Profile, edges: &Edges<'_>, out: &mut Vec<Piece>) {
    let kind = match &profile.nature {
        Nature::Code(language) => Kind::Code { language: language.clone() },
        _ => Kind::Preformatted,
    };
    let mut open: Option<Piece> = None;
    for line in all {
        let long = open.as_ref().map_or(0, |p| p.block.text.len());
        let mut continues = edges.before != Edge::Blank && out.is_empty();
        let least = if profile.nature == Nature::Lines { 1 } else { PART / 2 };
        if (line.is_blank() && long >= least) || long >= 2 * PART {
            out.extend(open.take());
            continues = !line.is_blank();
        }
        if open.is_none() && line.is_blank() {
            continue;
        }
        let piece = open.get_or_insert_with(|| {
            let block = Block { continues, ..Block::new(kind.clone(), String::new()) };
            Piece { block, at: line.at }
        });
        piece.block.text.push_str(line.raw);
        piece.block.text.push('\n');
    }
    if let Some(mut piece) = open {
        let trimmed = piece.block.text.trim_end_matches('\n').len();
        piece.block.text.truncate(trimmed);
        if edges.after != Edge::Inside {
            piece.block.text.push('\n');
        }
        out.push(piece);
    }
}
