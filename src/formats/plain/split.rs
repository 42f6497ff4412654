//! The text of a chunk to blocks: groups of lines between blank ones, and within a group what each run of lines is.
//!
//! Invariant: no word is lost and none changes its place, but for what stands between the pages of an RFC.

use super::{
    code::{self, Nature},
    cut::Edge,
    fill, heading, inline,
    line::{Line, is_cjk, lines},
    list::{self, Family, Marker},
    profile::Profile,
};
use crate::{
    doc::{Block, Kind, Nest, Span},
    text::{self, width::width},
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
    let mut all = lines(text);
    let mut out = Vec::new();
    if profile.nature != Nature::Prose {
        kept(&all, profile, edges, &mut out);
        return out;
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
    let mut splitter = Splitter { profile, out, items: Vec::new(), outer: Vec::new(), literal: None };
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
        if (line.is_blank() && long >= PART / 2) || long >= 2 * PART {
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

/// A list item that may still go on.
struct Open {
    /// The column of its marker.
    column: usize,
    /// The column of its text.
    text: usize,
    /// What it adds to the nest.
    nest: Nest,
}

struct Splitter<'p> {
    profile: &'p Profile,
    out: Vec<Piece>,
    items: Vec<Open>,
    /// The quotations that the lines stand in.
    outer: Vec<Nest>,
    /// The indent of a paragraph that ended in `::`; what is deeper is literal.
    literal: Option<usize>,
}

impl Splitter<'_> {
    fn lines(&mut self, all: &[Line<'_>]) {
        let mut rest = all;
        while let Some(first) = rest.first() {
            let used = if first.is_blank() {
                1
            } else if is_separator(first) {
                self.items.clear();
                self.push(Block::new(Kind::Rule, ""), first.at);
                1
            } else if let Some(fenced) = self.fenced(rest) {
                fenced
            } else {
                let end = rest.iter().position(|l| l.is_blank() || is_separator(l)).unwrap_or(rest.len());
                self.group(rest.get(..end).unwrap_or_default());
                end
            };
            rest = rest.get(used.max(1)..).unwrap_or_default();
        }
    }

    /// Code between fences, in text that borrows them from Markdown.
    fn fenced(&mut self, rest: &[Line<'_>]) -> Option<usize> {
        let first = rest.first()?;
        let fence = ["```", "~~~"].into_iter().find(|f| first.body.starts_with(f))?;
        let info = first.body.trim_start_matches(['`', '~']);
        if !info.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'+') {
            return None;
        }
        let end = rest
            .iter()
            .skip(1)
            .position(|l| l.body.starts_with(fence) && l.body.bytes().all(|b| fence.as_bytes().contains(&b)))?;
        let language = (!info.is_empty()).then(|| info.to_owned());
        self.keep(rest.get(1..=end).unwrap_or_default(), Kind::Code { language });
        Some(end + 2)
    }

    fn group(&mut self, group: &[Line<'_>]) {
        let mut rest = group;
        while let Some(first) = rest.first() {
            let used = self.run(first, rest, rest.len() == group.len());
            rest = rest.get(used.max(1)..).unwrap_or_default();
        }
    }

    /// Takes what the lines begin with; how many lines that was. `whole` when they are all of their group.
    fn run(&mut self, first: &Line<'_>, rest: &[Line<'_>], whole: bool) -> usize {
        if let Some(indent) = self.literal.take()
            && first.indent > indent
        {
            self.keep(rest, Kind::Code { language: None });
            self.literal = Some(indent);
            return rest.len();
        }
        if first.body.starts_with('>') {
            return self.quote(rest);
        }
        if first.raw == "--" {
            self.keep(rest, Kind::Preformatted);
            return rest.len();
        }
        if let Some(used) = self.heading(first, rest, whole) {
            return used;
        }
        let rule = heading::is_rule(first.body);
        if let Some(kind) = self.lines_kept(rest).filter(|_| !rule || rest.len() > 1) {
            self.keep(rest, kind);
            return rest.len();
        }
        if rule {
            self.close_items(first.indent);
            self.push(Block::new(Kind::Rule, ""), first.at);
            return 1;
        }
        if let Some(marker) = list::marker(first.body) {
            return self.item(first, rest, marker);
        }
        let end = self.run_end(rest);
        let run = rest.get(..end).unwrap_or(rest);
        self.close_items(first.indent);
        self.text(first, run);
        end
    }

    fn quote(&mut self, rest: &[Line<'_>]) -> usize {
        let end = rest.iter().position(|l| !l.body.starts_with('>')).unwrap_or(rest.len());
        let run = rest.get(..end).unwrap_or(rest);
        if !self.profile.mail && run.first().is_some_and(|l| l.body.starts_with(">>> ")) {
            self.keep(rest, Kind::Code { language: Some("python".to_owned()) });
            return rest.len();
        }
        let inner: Vec<Line<'_>> = run
            .iter()
            .map(|l| {
                let mark = l.raw.len() - l.body.len() + 1;
                l.skip(mark + usize::from(text::tail(l.raw, mark).starts_with(' ')))
            })
            .collect();
        let items = std::mem::take(&mut self.items);
        self.outer.push(Nest::Quote);
        // Depth is bounded: a line of a million `>` must not recurse a million times.
        if self.outer.len() < 16 {
            self.lines(&inner);
        } else {
            self.keep(&inner, Kind::Preformatted);
        }
        self.outer.pop();
        self.items = items;
        end
    }

    fn heading(&mut self, first: &Line<'_>, rest: &[Line<'_>], whole: bool) -> Option<usize> {
        let second = rest.get(1);
        if let (Some(under), Some(third)) = (second, rest.get(2))
            && heading::is_rule(first.body)
            && first.body == third.body
            && let Some(drawn) = heading::underlined(under, third, true)
        {
            self.push_heading(heading::level(drawn, self.profile), [under.body], under.at);
            return Some(3);
        }
        if let Some(drawn) = second.and_then(|under| heading::underlined(first, under, false)) {
            self.push_heading(heading::level(drawn, self.profile), [first.body], first.at);
            return Some(2);
        }
        // A man page's heading stands right on its text.
        let on_text = second.is_some_and(|s| first.indent == 0 && s.indent >= 3) && !first.body.ends_with(':');
        if !whole || self.outer.contains(&Nest::Quote) {
            return None;
        }
        if rest.len() == 1 || on_text && heading::section(first.body).is_none() {
            let level = heading::alone(first, self.profile)?;
            self.push_heading(level, [first.body], first.at);
            return Some(1);
        }
        if first.indent >= 8 && rest.len() <= 4 && rest.get(1).is_some_and(|s| s.indent > first.indent) {
            let level = heading::alone(first, self.profile)?;
            self.push_heading(level, [first.body], first.at);
            return Some(1);
        }
        let level = heading::chapter(first.body)?;
        let short = rest.iter().all(|l| {
            l.end - l.indent <= 60 && !l.has_columns() && !l.body.ends_with([',', ';', '.']) || std::ptr::eq(l, first)
        });
        let other = rest.iter().skip(1).all(|l| heading::chapter(l.body).is_none() && list::marker(l.body).is_none());
        if !(rest.len() <= 3 && short && other) {
            return None;
        }
        self.push_heading(level, rest.iter().map(|l| l.body), first.at);
        Some(rest.len())
    }

    /// What a group is whose lines are all kept.
    fn lines_kept(&self, rest: &[Line<'_>]) -> Option<Kind> {
        if code::is_mail_header(rest) || code::is_log(rest) {
            return Some(Kind::Preformatted);
        }
        if code::is_program(rest) {
            return Some(Kind::Code { language: None });
        }
        let in_columns = |l: &&Line<'_>| match list::marker(l.body) {
            Some(marker) => l.skip(l.raw.len() - l.body.len() + marker.skip).has_columns(),
            None => l.has_columns(),
        };
        let columns = rest.iter().filter(in_columns).count();
        let drawn = rest.iter().filter(|l| l.is_drawn() && !heading::is_rule(l.body)).count();
        let tabular = columns * 2 >= rest.len() && columns > 0 || columns >= 3 && columns * 3 >= rest.len();
        let tabular = tabular && !(self.profile.justified && fill::is_prose(rest, self.profile));
        (tabular || drawn * 3 >= rest.len() && drawn > 0).then_some(Kind::Preformatted)
    }

    /// Where the text that starts a group ends: before a quotation, a list, or a heading drawn with a line.
    fn run_end(&self, rest: &[Line<'_>]) -> usize {
        let ends = |(i, line): (usize, &Line<'_>)| {
            line.body.starts_with('>')
                || line.raw == "--"
                || rest.first().is_some_and(|first| is_attribution(line, first.indent))
                || heading::is_rule(line.body)
                || self.starts_list(rest, i)
                || rest.get(i + 1).is_some_and(|under| heading::underlined(line, under, false).is_some())
        };
        rest.iter().enumerate().skip(1).find(|l| ends(*l)).map_or(rest.len(), |(i, _)| i)
    }

    /// Whether line `i` starts an item, and is not the line of a paragraph that happens to start with a number or a dash:
    /// it has brothers, or the line before it had room for its first word.
    fn starts_list(&self, rest: &[Line<'_>], i: usize) -> bool {
        let Some(line) = rest.get(i) else { return false };
        let Some(marker) = list::marker(line.body) else { return false };
        let Some(before) = i.checked_sub(1).and_then(|b| rest.get(b)) else { return true };
        let brother =
            |l: &Line<'_>| l.indent == line.indent && list::marker(l.body).is_some_and(|m| m.family == marker.family);
        let brothers = rest.iter().filter(|l| brother(l)).count() > 1;
        before.body.ends_with(':')
            || brothers
            || (!fill::is_full(before, line, self.profile) && marker.family != Family::Letter('.'))
    }

    fn item(&mut self, first: &Line<'_>, rest: &[Line<'_>], marker: Marker) -> usize {
        let column = first.indent;
        while self.items.last().is_some_and(|open| open.column >= column) {
            self.items.pop();
        }
        let lead = first.raw.len() - first.body.len();
        let text = first.skip(lead + marker.skip);
        let starts = column + width(text::head(first.body, marker.skip));
        let mut end = 1;
        while let (Some(line), Some(before)) = (rest.get(end), rest.get(end - 1)) {
            let ends = line.body.starts_with('>')
                || self.starts_list(rest, end)
                || heading::is_rule(line.body)
                || is_attribution(line, column);
            let lazy = fill::is_full(before, line, self.profile) || !before.body.ends_with(['.', '?', '!', ':', ';']);
            if ends || (line.indent <= column && !lazy) {
                break;
            }
            end += 1;
        }
        let shown = width(&marker.shown) + 1;
        let step = u8::try_from((starts - column).clamp(shown, shown.max(8))).unwrap_or(8);
        self.items.push(Open { column, text: starts, nest: Nest::Item(step) });
        let body: Vec<Line<'_>> = std::iter::once(text).chain(rest.iter().take(end).skip(1).copied()).collect();
        let columns = body.len() > 1 && body.iter().any(|l| l.has_columns() || l.is_drawn());
        let (text, spans) = if columns {
            (body.iter().map(|l| l.body).collect::<Vec<_>>().join("\n"), Vec::new())
        } else {
            inline::emphasis(&fill::join(body.iter().map(|l| l.body)))
        };
        let kind = Kind::Item { marker: marker.shown, task: None };
        self.note_literal(&text, column);
        self.push(Block { spans, ..Block::new(kind, text) }, first.at);
        end
    }

    /// Running text, or lines that are kept.
    fn text(&mut self, first: &Line<'_>, run: &[Line<'_>]) {
        let profile = self.profile;
        let limit = if profile.wrapped { (profile.width * 14 / 10).max(100) } else { 100 };
        let apart = run.iter().any(|l| l.end > limit) || run.iter().all(|l| l.raw.starts_with('\u{3000}'));
        if apart || self.is_line_paragraphs(run) {
            for line in run {
                self.paragraph(std::slice::from_ref(line));
            }
            return;
        }
        if let [line] = run {
            let sentence = line.body.ends_with(['.', '?', '!', '"', ':', '”', '’', '\'', ';', ',']);
            let inside = line.indent <= profile.base + 3 || !self.items.is_empty();
            if inside && !line.has_columns() && !line.is_drawn()
                || sentence && line.starts_upper() == Some(true) && !line.is_drawn()
            {
                self.paragraph(run);
            } else if code::is_code(line) {
                self.keep(run, Kind::Code { language: None });
            } else {
                self.keep(run, Kind::Preformatted);
            }
            return;
        }
        let inner = run.iter().skip(1).map(|l| l.indent).min().unwrap_or(0);
        let even = run.iter().skip(1).all(|l| l.indent == inner);
        if even && first.indent >= inner && first.indent <= inner + 10 && fill::is_prose(run, profile) {
            self.paragraph(run);
        } else if let Some(starts) = self.indented_starts(run) {
            let ends = starts.iter().skip(1).copied().chain([run.len()]);
            for (start, end) in starts.iter().zip(ends) {
                self.paragraph(run.get(*start..end).unwrap_or_default());
            }
        } else if even && first.indent < inner {
            self.hanging(first, run);
        } else {
            self.keep(run, Kind::Preformatted);
        }
    }

    /// Lines of a text that is not wrapped, each of which ends a sentence.
    fn is_line_paragraphs(&self, run: &[Line<'_>]) -> bool {
        let closed = run.iter().filter(|l| l.body.ends_with(['。', '！', '？', '」', '』', '”', '…'])).count();
        let cjk = run.iter().filter(|l| l.body.chars().any(is_cjk)).count();
        !self.profile.wrapped
            && run.len() > 1
            && cjk == run.len()
            && closed == run.len()
            && run.iter().any(|l| l.end > 60)
    }

    /// Where the paragraphs start in text that has no blank lines between them but indents their first lines.
    fn indented_starts(&self, run: &[Line<'_>]) -> Option<Vec<usize>> {
        let least = run.iter().map(|l| l.indent).min()?;
        let starts: Vec<usize> =
            run.iter().enumerate().filter(|(i, l)| *i == 0 || l.indent > least).map(|(i, _)| i).collect();
        let ends = starts.iter().skip(1).copied().chain([run.len()]);
        let (mut prose, mut other) = (0usize, 0usize);
        for (start, end) in starts.iter().zip(ends) {
            match run.get(*start..end)? {
                part @ [_, _, ..] if fill::is_prose(part, self.profile) => prose += part.len(),
                part @ [_, _, ..] => other += part.len(),
                [line] if line.has_columns() || line.is_drawn() || line.indent > least + 12 => other += 2,
                _ => {}
            }
        }
        (self.profile.wrapped && prose > 0 && other * 5 <= prose && prose * 3 >= run.len()).then_some(starts)
    }

    /// A first line that stands out to the left: a bibliography's entry, or a term above its definition.
    fn hanging(&mut self, first: &Line<'_>, run: &[Line<'_>]) {
        let rest = run.get(1..).unwrap_or_default();
        let full = rest.first().is_some_and(|next| fill::is_full(first, next, self.profile));
        if full && fill::is_prose(run, self.profile) {
            self.paragraph(run);
        } else if first.end * 10 <= self.profile.width * 7 && fill::is_prose(rest, self.profile) && !first.has_columns()
        {
            self.paragraph(std::slice::from_ref(first));
            self.indented(rest, Some(Nest::Item(4)));
        } else {
            self.keep(run, Kind::Preformatted);
        }
    }

    /// Ends the items that a line at this indent does not belong to.
    fn close_items(&mut self, indent: usize) {
        while self.items.last().is_some_and(|open| indent + 1 < open.text) {
            self.items.pop();
        }
    }

    fn paragraph(&mut self, run: &[Line<'_>]) {
        let indent = run.iter().map(|l| l.indent).min().unwrap_or(0);
        let inside = self.items.last().map_or(self.profile.base, |open| open.text);
        self.indented(run, (run.len() > 1 && indent >= inside + 4).then_some(Nest::Quote));
    }

    /// A paragraph within one more nest.
    fn indented(&mut self, run: &[Line<'_>], nest: Option<Nest>) {
        let Some(first) = run.first() else { return };
        let (text, spans) = inline::emphasis(&fill::join(run.iter().map(|l| l.body)));
        self.note_literal(&text, first.indent);
        let nest = nest.into_iter().collect();
        self.push(Block { spans, nest, ..Block::new(Kind::Paragraph, text) }, first.at);
    }

    fn note_literal(&mut self, text: &str, indent: usize) {
        self.literal = text.ends_with("::").then_some(indent);
    }

    fn push_heading<'t>(&mut self, level: u8, lines: impl IntoIterator<Item = &'t str>, at: usize) {
        self.items.clear();
        let (text, spans) = inline::emphasis(&fill::join(lines));
        self.push(Block { spans, ..Block::new(Kind::Heading { level }, text) }, at);
    }

    /// Keeps the lines as they are; code that follows code goes on in the same block.
    fn keep(&mut self, lines: &[Line<'_>], kind: Kind) {
        let Some(first) = lines.first() else { return };
        let least = lines.iter().filter(|l| !l.is_blank()).map(|l| l.indent).min().unwrap_or(0);
        self.close_items(least);
        let taken = self.items.last().map_or(0, |open| open.text.min(least));
        let mut text = String::new();
        for line in lines {
            dedent(line, taken, &mut text);
            text.push('\n');
        }
        let nest = self.nest();
        if let (Kind::Code { .. }, Some(last)) = (&kind, self.out.last_mut())
            && last.block.kind == kind
            && last.block.nest == nest
            && last.block.text.len() < PART
        {
            last.block.text.push('\n');
            last.block.text.push_str(&text);
            return;
        }
        self.push(Block::new(kind, text), first.at);
    }

    fn nest(&self) -> Vec<Nest> {
        self.outer.iter().copied().chain(self.items.iter().map(|open| open.nest)).collect()
    }

    /// Adds a block; what it nests in by itself comes innermost.
    fn push(&mut self, mut block: Block, at: usize) {
        let own = std::mem::replace(&mut block.nest, self.nest());
        block.nest.extend(own);
        self.out.push(Piece { block, at });
    }
}

/// `-- Name` far to the right, under what was said.
fn is_attribution(line: &Line<'_>, indent: usize) -> bool {
    line.body.starts_with("-- ") && line.indent > indent + 4
}

/// The line between two texts of a file for fortune(6).
fn is_separator(line: &Line<'_>) -> bool {
    line.raw == "%"
}

/// A line less `taken` columns of its indent.
fn dedent(line: &Line<'_>, taken: usize, out: &mut String) {
    if taken == 0 {
        out.push_str(line.raw);
        return;
    }
    out.extend(std::iter::repeat_n(' ', line.indent.saturating_sub(taken)));
    out.push_str(line.body);
}
