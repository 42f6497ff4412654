//! Running text in changing fonts, onto the blocks in the making.

use super::escape::{Font, Piece, pieces};
use crate::{doc::SpanKind, formats::build::Builder};

/// The font that text is set in now.
#[derive(Debug, Default)]
pub struct Inline {
    font: Font,
    before: Font,
    /// Whether a span of this font is open.
    open: bool,
    /// The next line goes on without a space.
    joined: bool,
}

impl Inline {
    /// Sets a line of text.
    pub fn text(&mut self, build: &mut Builder, line: &str) {
        pieces(line, &mut |piece| match piece {
            Piece::Text(text) => self.push(build, text),
            Piece::Glyph(text) => self.push(build, &text),
            Piece::Font(font) => self.font(build, font),
            Piece::Joined => self.joined = true,
        });
    }

    /// Sets text in a font, and goes back to the one before.
    pub fn styled(&mut self, build: &mut Builder, font: Font, line: &str) {
        let (outer, before) = (self.font, self.before);
        self.font(build, font);
        self.text(build, line);
        self.font(build, outer);
        self.before = before;
    }

    /// What comes next is in this font.
    pub fn font(&mut self, build: &mut Builder, font: Font) {
        let next = if font == Font::Previous { self.before } else { font };
        self.before = self.font;
        if next != self.font {
            self.end(build);
            self.font = next;
        }
    }

    /// A line ended: a space, unless it said otherwise.
    pub fn line_end(&mut self, build: &mut Builder) {
        if !std::mem::take(&mut self.joined) {
            build.prose.soft_break();
        }
    }

    /// Whether the line said that the next one goes on without a space; forgotten by asking.
    pub fn take_joined(&mut self) -> bool {
        std::mem::take(&mut self.joined)
    }

    /// A block ended: text is upright again.
    pub fn reset(&mut self, build: &mut Builder) {
        self.end(build);
        *self = Inline::default();
    }

    /// Ends the span, because the block that it stands in ends.
    pub fn end(&mut self, build: &mut Builder) {
        if std::mem::take(&mut self.open) {
            build.prose.close();
        }
    }

    fn push(&mut self, build: &mut Builder, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.open
            && let Some(kind) = span(self.font)
        {
            build.prose.open(kind);
            self.open = true;
        }
        build.prose.push(text);
    }
}

fn span(font: Font) -> Option<SpanKind> {
    match font {
        Font::Roman | Font::Previous => None,
        Font::Bold => Some(SpanKind::Strong),
        Font::Italic => Some(SpanKind::Emphasis),
        Font::Mono => Some(SpanKind::Code),
    }
}
