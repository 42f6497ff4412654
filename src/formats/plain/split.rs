//! Groups of lines between blank ones to blocks: what each run of lines within a group is. Running text is told apart in
//! `prose`.
//!
//! Invariant: no word is lost and none changes its place.

mod items;

use super::{
    chunk::Piece,
    code, fill, heading, inline,
    line::Line,
    list::{self},
    profile::Profile,
};
use crate::{
    doc::{Block, Kind, Nest},
    text::{self},
};

/// Code that follows code goes on in the same block up to this many bytes.
const PART: usize = 4 * 1024;

/// A fence that is not closed within so many lines is none.
const FENCED: usize = 1000;

/// How many lines of a group are looked at to tell what it is, so that the work grows with the text and not with its square.
const SEEN: usize = 64;

/// Lists within lists that are told apart.
const DEEPEST: usize = 10;

/// Directives of reStructuredText and of Sphinx whose body is no text.
const LITERAL: &[&str] = &[
    "code",
    "code-block",
    "csv-table",
    "doctest",
    "highlight",
    "ipython",
    "kernel-doc",
    "list-table",
    "math",
    "parsed-literal",
    "productionlist",
    "prompt",
    "raw",
    "sourcecode",
    "table",
    "testcode",
    "testoutput",
    "testsetup",
    "toctree",
];

/// A list item that may still go on.
pub struct Open {
    /// The column of its marker.
    column: usize,
    /// The column of its text.
    pub text: usize,
    /// What it adds to the nest.
    nest: Nest,
}

/// Where in their group some lines are.
#[derive(Clone, Copy)]
struct Place {
    /// They are all of it.
    whole: bool,
    /// They start it, or follow a heading or a rule: what they are is not known yet.
    fresh: bool,
}

/// Takes lines and hands out blocks.
pub struct Splitter<'p> {
    /// What is known of the document.
    pub profile: &'p Profile,
    /// Whether the lines start the whole text.
    at_start: bool,
    /// The blocks so far.
    pub out: Vec<Piece>,
    /// The list items that the next line may belong to, outermost first.
    pub items: Vec<Open>,
    /// The quotations that the lines stand in.
    outer: Vec<Nest>,
    /// The indent of a paragraph that ended in `::`; what is deeper is literal.
    literal: Option<usize>,
}

impl<'p> Splitter<'p> {
    /// Starts after the blocks `out`, or at the start of the whole text.
    pub fn new(profile: &'p Profile, at_start: bool, out: Vec<Piece>) -> Splitter<'p> {
        Splitter { profile, at_start, out, items: Vec::new(), outer: Vec::new(), literal: None }
    }

    /// Adds the blocks of some lines.
    pub fn lines(&mut self, all: &[Line<'_>]) {
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
            .take(FENCED)
            .skip(1)
            .position(|l| l.body.starts_with(fence) && l.body.bytes().all(|b| fence.as_bytes().contains(&b)))?;
        let language = (!info.is_empty()).then(|| info.to_owned());
        self.keep(rest.get(1..=end).unwrap_or_default(), Kind::Code { language });
        Some(end + 2)
    }

    fn group(&mut self, group: &[Line<'_>]) {
        let (mut rest, mut fresh) = (group, true);
        while let Some(first) = rest.first() {
            let blocks = self.out.len();
            let used = self.run(first, rest, Place { whole: rest.len() == group.len(), fresh });
            let last = self.out.get(blocks..).and_then(<[_]>::last);
            fresh = last.is_some_and(|p| matches!(p.block.kind, Kind::Heading { .. } | Kind::Rule));
            rest = rest.get(used.max(1)..).unwrap_or_default();
        }
    }

    /// Takes what the lines begin with; how many lines that was.
    fn run(&mut self, first: &Line<'_>, rest: &[Line<'_>], place: Place) -> usize {
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
        if is_directive(first) {
            return self.directive(first, rest);
        }
        if let Some(used) = self.heading(first, rest, place.whole) {
            return used;
        }
        let rule = heading::is_rule(first.body);
        let seen = rest.get(..SEEN).unwrap_or(rest);
        if place.fresh
            && !(rule && rest.len() == 1)
            && let Some(kind) = self.lines_kept(seen)
        {
            self.keep(rest, kind);
            return rest.len();
        }
        if rule {
            self.close_items(first.indent);
            self.push(Block::new(Kind::Rule, ""), first.at);
            return 1;
        }
        if let Some(marker) = self.marker(first) {
            return self.item(first, rest, marker);
        }
        let end = self.run_end(rest);
        let run = rest.get(..end).unwrap_or(rest);
        self.close_items(first.indent);
        self.text(first, run);
        end
    }

    /// A directive, comment or target of reStructuredText with the lines right under it, which are kept. What follows after a
    /// blank line is its body: literal where the directive says so, else text within it.
    fn directive(&mut self, first: &Line<'_>, rest: &[Line<'_>]) -> usize {
        let deeper = |l: &&Line<'_>| l.indent > first.indent;
        let end = 1 + rest.iter().skip(1).take_while(deeper).count();
        self.close_items(first.indent);
        self.keep(rest.get(..end).unwrap_or(rest), Kind::Preformatted);
        let name = text::tail(first.body, 3).split("::").next().unwrap_or_default();
        if !first.body.contains("::") || LITERAL.contains(&name) {
            self.literal = Some(first.indent);
        } else {
            while self.items.last().is_some_and(|open| open.column >= first.indent) || self.items.len() >= DEEPEST {
                self.items.pop();
            }
            self.items.push(Open { column: first.indent, text: first.indent + 3, nest: Nest::Item(3) });
        }
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
            && (heading::is_rule(first.body) || matches!(first.body, "==" | "--"))
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
        if self.at_start && self.out.is_empty() && second.is_some_and(|s| heading::is_title(first, s, self.profile)) {
            self.push_heading(1, [first.body], first.at);
            return Some(1);
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
        // A chapter's number and, on the next lines, its name.
        let level = heading::chapter(first.body).filter(|_| rest.len() <= 3)?;
        let name = |l: &Line<'_>| {
            let short = l.end - l.indent <= 60 && !l.has_columns() && !l.body.ends_with([',', ';', '.']);
            short && heading::chapter(l.body).is_none() && list::marker(l.body).is_none()
        };
        if !rest.iter().skip(1).all(name) {
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
        let justified = || self.profile.justified || fill::is_justified(rest, self.profile);
        let tabular = tabular && !(justified() && fill::is_prose(rest, self.profile));
        (tabular || drawn * 3 >= rest.len() && drawn > 0).then_some(Kind::Preformatted)
    }

    /// Where the text that starts a group ends: before a quotation, a list, or a heading drawn with a line.
    fn run_end(&self, rest: &[Line<'_>]) -> usize {
        let ends = |(i, line): (usize, &Line<'_>)| {
            line.body.starts_with('>')
                || line.raw == "--"
                || is_directive(line)
                || rest.first().is_some_and(|first| is_attribution(line, first.indent))
                || heading::is_rule(line.body)
                || self.starts_list(rest, i)
                || rest.get(i + 1).is_some_and(|under| heading::underlined(line, under, false).is_some())
        };
        rest.iter().enumerate().skip(1).find(|l| ends(*l)).map_or(rest.len(), |(i, _)| i)
    }

    fn push_heading<'t>(&mut self, level: u8, lines: impl IntoIterator<Item = &'t str>, at: usize) {
        self.items.clear();
        let (text, spans) = inline::emphasis(&fill::join(lines));
        self.push(Block { spans, ..Block::new(Kind::Heading { level }, text) }, at);
    }

    /// Keeps the lines as they are; code that follows code goes on in the same block.
    pub fn keep(&mut self, lines: &[Line<'_>], kind: Kind) {
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

    /// How many nests the lines stand in.
    pub fn depth(&self) -> usize {
        self.outer.len() + self.items.len()
    }

    fn nest(&self) -> Vec<Nest> {
        self.outer.iter().copied().chain(self.items.iter().map(|open| open.nest)).collect()
    }

    /// Adds a block; what it nests in by itself comes innermost.
    pub fn push(&mut self, mut block: Block, at: usize) {
        let own = std::mem::replace(&mut block.nest, self.nest());
        block.nest.extend(own);
        self.out.push(Piece { block, at });
    }
}

/// `-- Name` far to the right, under what was said.
fn is_attribution(line: &Line<'_>, indent: usize) -> bool {
    line.body.starts_with("-- ") && line.indent > indent + 4
}

/// `.. name:: …`, `.. _target: …`, `.. comment`.
fn is_directive(line: &Line<'_>) -> bool {
    line.body.strip_prefix(".. ").is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != '.'))
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
