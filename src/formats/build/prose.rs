//! Running text while it is gathered: the string and its spans. The spans come out ordered by start, outer before inner,
//! and nest or stand apart, however crookedly HTML tags close among other marks.

use crate::{
    doc::{Span, SpanKind},
    text::words::is_unspaced,
};

/// The text of a block in the making.
#[derive(Debug, Default)]
pub struct Prose {
    /// The text so far.
    pub text: String,
    /// The spans so far; those still open end where they start.
    pub spans: Vec<Span>,
    open: Vec<Open>,
    /// A line of the source ended here: a space, unless both neighbours are of a script written without.
    soft: bool,
}

/// A span that has not ended: its index, and the HTML element that opened it, if one did.
#[derive(Debug)]
struct Open {
    span: usize,
    element: Option<String>,
    /// The element has ended, but a span that began in it has not.
    ended: bool,
}

/// Spans deeper than this are left out: nobody can see them, and each costs every later step.
const MAX_OPEN: usize = 64;

impl Prose {
    /// Appends text.
    pub fn push(&mut self, text: &str) {
        let Some(first) = text.chars().next() else { return };
        if std::mem::take(&mut self.soft) {
            let joined = self.text.chars().next_back().is_some_and(joins) && joins(first);
            if !joined {
                self.space();
            }
        }
        self.text.push_str(text);
    }

    /// Appends text. Where something invisible stood between two spaces, there is one.
    pub fn push_text(&mut self, text: &str) {
        let seam = !self.soft && self.text.ends_with([' ', '\n']);
        self.push(if seam { text.trim_start_matches(' ') } else { text });
    }

    /// A line end of the source.
    pub fn soft_break(&mut self) {
        self.soft = !self.text.is_empty();
    }

    /// The line end of the source that came last is no space.
    pub fn unbreak(&mut self) {
        self.soft = false;
    }

    /// A line end that the author wants.
    pub fn hard_break(&mut self) {
        self.unspace();
        self.text.push('\n');
    }

    /// Takes back the space at the end, where what follows stands close.
    pub fn unspace(&mut self) {
        self.soft = false;
        while self.text.ends_with(' ') && self.spans.iter().rev().take(8).all(|s| s.range.end < self.text.len()) {
            self.text.pop();
        }
    }

    /// One space, unless there is one or nothing before it.
    pub fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
            self.text.push(' ');
        }
    }

    /// Appends text of HTML, where white space collapses; a line end of the source is none between Han and kana.
    pub fn push_collapsed(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let blank = first.is_ascii_whitespace();
            let end = rest.find(|c: char| c.is_ascii_whitespace() != blank).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            match run {
                _ if !blank => self.push(run),
                _ if run.contains('\n') => self.soft_break(),
                _ => self.space(),
            }
        }
    }

    /// Opens a span that [`Prose::close`] ends.
    pub fn open(&mut self, kind: SpanKind) {
        self.open_as(kind, None);
    }

    /// Opens a span that the HTML element `name` closes.
    pub fn open_element(&mut self, kind: SpanKind, name: &str) {
        if self.open.len() < MAX_OPEN {
            self.open_as(kind, Some(name.to_owned()));
        }
    }

    fn open_as(&mut self, kind: SpanKind, element: Option<String>) {
        if std::mem::take(&mut self.soft) {
            self.space();
        }
        let at = self.text.len();
        // A span too deep is remembered, so that its end finds it, and dropped for being empty.
        self.open.push(Open {
            span: if self.open.len() < MAX_OPEN { self.spans.len() } else { usize::MAX },
            element,
            ended: false,
        });
        if self.open.len() <= MAX_OPEN {
            self.spans.push(Span { range: at..at, kind });
        }
    }

    /// Closes the innermost such span, and what HTML left open in it.
    pub fn close(&mut self) {
        while let Some(open) = self.open.pop() {
            self.end(open.span);
            if open.element.is_none() {
                break;
            }
        }
        while let Some(open) = self.open.pop_if(|o| o.ended) {
            self.end(open.span);
        }
    }

    /// Closes the innermost element `name`, and what is open in it; at once, or when the span ends that would
    /// be torn by it.
    pub fn close_element(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|o| !o.ended && o.element.as_deref() == Some(name)) else { return };
        let torn = self.open.iter().skip(at).any(|o| o.element.is_none());
        if torn {
            if let Some(open) = self.open.get_mut(at) {
                open.ended = true;
            }
            return;
        }
        for open in self.open.drain(at..).collect::<Vec<_>>() {
            self.end(open.span);
        }
    }

    /// A span over `text`, which is appended.
    pub fn span(&mut self, kind: SpanKind, text: &str) {
        self.open(kind);
        self.push(text);
        self.close();
    }

    /// A span over everything so far, in which what is open ends.
    pub fn enclose(&mut self, kind: SpanKind) {
        self.close_all();
        // What is open knows its span by its place among the spans, so nothing is while one comes before them.
        self.spans.insert(0, Span { range: 0..self.text.len(), kind });
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.text.trim().is_empty()
    }

    /// The text without white space around it, and its spans; empty spans are left out unless they are images.
    pub fn finish(self) -> (String, Vec<Span>) {
        let lead = self.text.len() - self.text.trim_start_matches(is_blank).len();
        self.finish_at(lead)
    }

    /// The same of text whose lines are kept: only whole blank lines before it are left out.
    pub fn finish_lines(self) -> (String, Vec<Span>) {
        let blank = self.text.len() - self.text.trim_start_matches(is_blank).len();
        let lead = crate::text::head(&self.text, blank).rfind('\n').map_or(0, |at| at + 1);
        self.finish_at(lead)
    }

    /// Without the first `lead` bytes.
    fn finish_at(mut self, lead: usize) -> (String, Vec<Span>) {
        self.close_all();
        let trimmed = self.text.trim_end_matches(is_blank).len();
        self.text.truncate(trimmed);
        let lead = lead.min(trimmed);
        self.text.drain(..lead);
        let end = self.text.len();
        for span in &mut self.spans {
            span.range = span.range.start.saturating_sub(lead).min(end)..span.range.end.saturating_sub(lead).min(end);
        }
        self.spans.retain(|s| !s.range.is_empty() || matches!(s.kind, SpanKind::Image(_)));
        (self.text, self.spans)
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn end(&mut self, span: usize) {
        let end = self.text.len();
        if let Some(span) = self.spans.get_mut(span) {
            span.range.end = end;
        }
    }
}

/// Space that has no place at the edge of a paragraph; a no-break space is the author's.
fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// Characters between which a line end is no space: Han, kana and their punctuation.
fn joins(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}')
        || (is_unspaced(c) && c >= '\u{3000}')
}
