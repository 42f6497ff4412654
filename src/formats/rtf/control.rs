//! What the control words and symbols mean. Those that nobody needs are passed over.

use super::{
    destination::{Destination, Property},
    reader::Reader,
    token::Tokens,
};

impl Reader<'_> {
    /// A control symbol.
    pub(super) fn symbol(&mut self, sign: u8) {
        match sign {
            b'*' => self.groups.now.starred = true,
            b'\\' | b'{' | b'}' => self.word_text(&char::from(sign).to_string()),
            b'~' => self.word_text("\u{A0}"),
            b'_' => self.word_text("\u{2011}"),
            b'-' => self.word_text("\u{AD}"),
            b'\n' | b'\r' => {
                self.flush();
                self.paragraph_end();
            }
            b'\t' => self.word_text("\t"),
            _ => {}
        }
    }

    fn word_text(&mut self, text: &str) {
        self.flush();
        self.text(text);
    }

    fn paragraph_end(&mut self) {
        match self.groups.now.to {
            Destination::Text => {
                self.settle();
                self.end_paragraph();
                self.read_boxes();
            }
            Destination::Marker | Destination::Info(_) => self.groups.aside.push(' '),
            _ => {}
        }
    }

    /// A control word.
    pub(super) fn word(&mut self, word: &str, value: Option<i32>, tokens: &Tokens<'_>) {
        if self.destination(word, tokens) {
            return;
        }
        if std::mem::take(&mut self.groups.now.starred) {
            // A destination that nobody here knows.
            self.groups.now.to = Destination::Skip;
            return;
        }
        if let Some(text) = character(word) {
            return self.text(text);
        }
        let to = self.groups.now.to;
        if self.head.word(to, word, value) || (to == Destination::Text && self.text_word(word, value)) {
            return;
        }
        match word {
            "par" | "sect" | "page" => self.paragraph_end(),
            "tab" => self.text("\t"),
            "plain" => self.groups.now.plain(self.head.default_font),
            "ansicpg" | "mac" | "pc" | "pca" => self.letters.page(word, value),
            "deff" => {
                self.head.default_font = value.unwrap_or(0);
                self.groups.now.font = self.head.default_font;
            }
            "yr" | "mo" | "dy" if to == Destination::Info(Property::Created) => self.info.made(word, value),
            _ => {
                self.groups.now.look(word, value);
                self.paragraph.look(word, value);
            }
        }
    }

    /// Words that mean something in the text of the document alone. `false` when it is none of them.
    fn text_word(&mut self, word: &str, value: Option<i32>) -> bool {
        match word {
            "line" | "softline" => {
                self.settle();
                self.flow.build.prose.hard_break();
            }
            "pard" => self.paragraph.reset(),
            "intbl" => self.paragraph.in_table = true,
            "itap" => self.paragraph.in_table |= value.unwrap_or(0) > 0,
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "nestcell" => self.text(" | "),
            "nestrow" => self.text(" / "),
            _ => return self.rows.word(word),
        }
        true
    }
}

/// Words that are a character.
fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "bullet" => "•",
        "endash" => "–",
        "emdash" => "—",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        "zwbo" => "\u{200B}",
        _ => return None,
    })
}
