//! The loop over the source: text into the paragraph in the making, and what is open around it.

use super::{
    input::{Input, Token},
    levels::Levels,
    macros::Macros,
    preamble::Front,
    references::References,
    spans::Spans,
    symbols,
};
use crate::{
    doc::{Document, SpanKind},
    formats::{bounds, build::Builder, title},
};

/// The document of a source.
pub fn read(source: &str) -> Document {
    let source = source.replace("\r\n", "\n");
    let mut reader = Reader::new(Input::new(&source), Macros::default());
    reader.hidden = source.contains("\\documentclass")
        || source.contains("\\begin{document}")
        || source.contains("\\documentstyle");
    reader.levels = Levels::of(&source);
    reader.references = References::of(&source);
    reader.run();
    reader.read_notes();
    let meta = reader.meta();
    reader.build.finish().document(meta)
}

/// What is read so far.
#[derive(Debug)]
pub struct Reader {
    pub input: Input,
    pub build: Builder,
    pub macros: Macros,
    pub front: Front,
    /// What is open, the innermost last.
    pub open: Vec<Open>,
    pub spans: Spans,
    /// Before the document begins.
    pub hidden: bool,
    pub ended: bool,
    pub levels: Levels,
    pub references: References,
    /// Footnotes, which are read when the text has ended.
    pub notes: Vec<(String, String)>,
    pub table: super::table::State,
}

/// Something that ends.
#[derive(Debug)]
pub struct Open {
    /// The environment; `None` for braces.
    pub environment: Option<String>,
    pub close: Close,
    /// Spans that commands such as `\bf` opened in it.
    pub spans: usize,
}

/// What to do at its end.
#[derive(Debug, PartialEq)]
pub enum Close {
    Nothing,
    Span,
    Heading(u8),
    Paragraph,
    Quote,
    Verse,
    /// Whether an item is open.
    List {
        item: bool,
        described: bool,
    },
    Term,
    Table,
    /// Text that follows.
    Text(&'static str),
}

impl Reader {
    /// A reader of one source.
    pub fn new(input: Input, macros: Macros) -> Reader {
        Reader {
            input,
            build: Builder::default(),
            macros,
            front: Front::default(),
            open: Vec::new(),
            spans: Spans::default(),
            hidden: false,
            ended: false,
            levels: Levels::default(),
            references: References::default(),
            notes: Vec::new(),
            table: super::table::State::default(),
        }
    }

    /// Reads to the end.
    pub fn run(&mut self) {
        while !self.ended && !self.build.is_full() {
            let Some(token) = self.input.next() else { break };
            self.token(token);
        }
        while let Some(open) = self.open.pop() {
            self.end(open);
        }
        self.flush();
    }

    fn token(&mut self, token: Token) {
        match token {
            Token::Command(name) if self.hidden => self.preamble(&name),
            Token::Command(name) => self.command(&name),
            _ if self.hidden => {}
            Token::Text(text) => self.text(&text),
            Token::Open => self.begin(None, Close::Nothing),
            Token::Close => {
                if let Some(open) = self.open.pop_if(|open| open.environment.is_none()) {
                    self.end(open);
                }
            }
            Token::Math => self.dollars(),
            Token::Cell if self.build.in_table() => self.next_cell(),
            Token::Cell => self.literal(" "),
            Token::Paragraph => self.paragraph(),
        }
    }

    /// Footnotes come after the text; one may hold another.
    pub fn read_notes(&mut self) {
        let mut at = 0;
        while let Some((label, text)) = self.notes.get(at).cloned() {
            if self.build.is_full() || at >= bounds::PARTS {
                break;
            }
            at += 1;
            self.build.enter_footnote(&label);
            self.ended = false;
            self.spans.clear();
            self.input.restart(&text);
            self.run();
            self.build.leave();
        }
    }

    /// Something begins.
    pub fn begin(&mut self, environment: Option<String>, close: Close) {
        self.open.push(Open { environment, close, spans: 0 });
    }

    /// Something ends.
    pub fn end(&mut self, open: Open) {
        for _ in 0..open.spans {
            self.spans.close(&mut self.build.prose);
        }
        match open.close {
            Close::Nothing => {}
            Close::Span => self.spans.close(&mut self.build.prose),
            Close::Heading(level) => {
                self.name_heading();
                self.build.heading(level);
                self.spans.interrupt();
            }
            Close::Paragraph => self.paragraph(),
            Close::Term => {
                self.build.term();
                self.spans.interrupt();
                self.build.enter_marked(String::new());
            }
            Close::Quote | Close::Verse => {
                self.flush();
                self.build.leave();
            }
            Close::List { item, .. } => {
                self.flush();
                if item {
                    self.build.leave();
                }
                self.build.leave();
            }
            Close::Table => self.end_table(),
            Close::Text(text) => self.literal(text),
        }
    }

    /// The next argument is read as text, and then something is done.
    pub fn stream(&mut self, close: Close) {
        self.input.skip_space();
        if !self.input.take("{") {
            let Some(argument) = self.input.argument() else {
                return self.end(Open { environment: None, close, spans: 0 });
            };
            self.input.push(&format!("{argument}}}"));
        }
        self.begin(None, close);
    }

    /// The next argument, marked.
    pub fn stream_span(&mut self, kind: SpanKind) {
        if self.spans.open(&mut self.build.prose, kind) {
            self.stream(Close::Span);
        }
    }

    /// Text of the source.
    pub fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.build.prose.push_collapsed(text);
            return;
        }
        let text = if self.spans.are_code() {
            text.replace('~', "\u{a0}")
        } else if self.front.german && text.contains('"') {
            symbols::ligatures(&symbols::german(text))
        } else {
            symbols::ligatures(text)
        };
        self.spans.resume(&mut self.build.prose);
        self.build.prose.push_collapsed(&text);
    }

    /// Text as it is to be shown.
    pub fn literal(&mut self, text: &str) {
        if text == " " {
            return self.build.prose.space();
        }
        self.spans.resume(&mut self.build.prose);
        self.build.prose.push(text);
    }

    /// A blank line, or what stands for one.
    pub fn paragraph(&mut self) {
        if self.build.in_table() {
            return self.build.prose.space();
        }
        self.flush();
    }

    /// Ends the paragraph in the making, unless it is a cell.
    pub fn flush(&mut self) {
        if !self.build.in_table() {
            self.build.flush();
            self.spans.interrupt();
        }
    }

    /// The innermost environment for which this holds, no deeper than a document goes.
    pub fn innermost(&self, is: impl Fn(&Open) -> bool) -> Option<usize> {
        let from = self.open.len().saturating_sub(bounds::DEPTH);
        self.open.iter().enumerate().skip(from).rev().find(|(_, open)| is(open)).map(|(at, _)| at)
    }

    /// Ends what is open from there on.
    pub fn end_from(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            self.end(open);
        }
    }

    /// A piece of the source as plain text, read by itself.
    pub fn plain(&self, source: &str) -> String {
        let mut reader = Reader::new(Input::new(source), self.macros.clone());
        reader.front.german = self.front.german;
        reader.run();
        let document = reader.build.finish().document_as(crate::doc::Meta::default());
        let texts: Vec<String> = document.blocks().map(|(_, block)| block.text.clone()).collect();
        crate::formats::build::collapsed(&texts.join(" "))
    }

    fn meta(&self) -> crate::doc::Meta {
        let plain = |source: &Option<String>| source.as_ref().map(|s| self.plain(s)).filter(|s| !s.is_empty());
        crate::doc::Meta {
            title: plain(&self.front.title),
            author: self.authors(),
            date: plain(&self.front.date).and_then(|date| title::date(&date)),
            language: self.front.language.clone(),
            ..crate::doc::Meta::default()
        }
    }
}
