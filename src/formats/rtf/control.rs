//! What the control words mean. Those that nobody needs are passed over; an unknown destination that says so itself (`\*`) is
//! skipped with all that is in it.

use encoding_rs::{IBM866, MACINTOSH};

use super::{
    encoding,
    group::{Destination, Property},
    paragraph::Paragraph,
    reader::{Later, Reader},
    token::Tokens,
};
use crate::{
    doc::{Align, SpanKind},
    formats::office::{Run, number},
};

/// Text boxes within text boxes.
const BOXES: usize = 4;

impl Reader<'_> {
    /// A control symbol.
    pub(super) fn symbol(&mut self, sign: u8) {
        match sign {
            b'*' => self.group.starred = true,
            b'\\' | b'{' | b'}' => {
                self.flush();
                self.text(&char::from(sign).to_string());
            }
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
        match self.group.to {
            Destination::Text => {
                if self.paragraph.in_table {
                    self.settle();
                } else if self.in_rows {
                    self.end_rows();
                }
                self.end_paragraph();
                self.boxes();
            }
            Destination::Marker | Destination::Info(_) => self.aside.push(' '),
            _ => {}
        }
    }

    /// A control word.
    pub(super) fn word(&mut self, word: &str, value: Option<i32>, tokens: &mut Tokens<'_>) {
        if self.destination(word, tokens) {
            return;
        }
        if std::mem::take(&mut self.group.starred) {
            // A destination that nobody here knows.
            self.group.to = Destination::Skip;
            return;
        }
        if let Some(text) = character(word) {
            return self.text(text);
        }
        let on = value != Some(0);
        match word {
            "par" | "sect" | "page" => self.paragraph_end(),
            "line" | "softline" if self.group.to == Destination::Text => {
                self.settle();
                self.build.prose.hard_break();
            }
            "tab" => self.text("\t"),
            "pard" if self.group.to == Destination::Text => {
                let level = self.paragraph.level;
                self.paragraph =
                    Paragraph { level: if self.marker.is_some() { level } else { 0 }, ..Paragraph::default() };
            }
            "plain" => {
                self.group.run = Run::default();
                (self.group.font, self.group.deleted) = (self.default_font, false);
            }
            "uc" => self.group.unicode = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.page = Some(encoding::page(value.unwrap_or(1252))),
            "mac" => self.page = Some(MACINTOSH),
            "pc" | "pca" => self.page = Some(if word == "pc" { encoding::page(1252) } else { IBM866 }),
            "deff" => {
                self.default_font = value.unwrap_or(0);
                self.group.font = self.default_font;
            }
            "f" => self.font(value.unwrap_or(0)),
            "fcharset" | "cpg" | "fmodern" | "fprq" | "ftech" => self.of_font(word, value.unwrap_or(0)),
            "s" if self.group.to == Destination::Styles => self.entry.0 = value.unwrap_or(0),
            // Styles of other kinds count apart.
            "cs" | "ds" | "ts" if self.group.to == Destination::Styles => self.entry.0 = -1,
            "outlinelevel" if self.group.to == Destination::Styles => self.entry.2 = value,
            "outlinelevel" => self.paragraph.outline = value,
            "s" => self.paragraph.style = value,
            "ilvl" => {
                self.paragraph.level = usize::try_from(value.unwrap_or(0)).unwrap_or(0).min(8);
                if let Some((_, level)) = &mut self.marker {
                    *level = self.paragraph.level;
                }
            }
            "li" | "lin" => self.paragraph.indent = value.unwrap_or(0),
            "fi" => self.paragraph.first = value.unwrap_or(0),
            "qr" => self.paragraph.align = Align::Right,
            "qc" => self.paragraph.align = Align::Center,
            "ql" | "qj" => self.paragraph.align = Align::Left,
            "yr" | "mo" | "dy" => self.created(word, value),
            _ => self.look(word, on, value),
        }
        self.rows(word, value);
    }

    fn look(&mut self, word: &str, on: bool, value: Option<i32>) {
        let run = &mut self.group.run;
        match word {
            "b" => run.bold = Some(on),
            "i" => run.italic = Some(on),
            "strike" | "striked" => run.strike = Some(on),
            "ul" | "uld" | "uldb" | "ulw" | "uldash" | "ulth" | "ulwave" => run.underline = Some(on),
            "ulnone" => run.underline = Some(false),
            "v" => run.hidden = Some(on),
            "super" => run.raised = Some(on),
            "up" => run.raised = Some(value.unwrap_or(6) > 0),
            "sub" | "dn" | "nosupersub" => run.raised = Some(false),
            "deleted" => self.group.deleted = on,
            _ => {}
        }
    }

    fn rows(&mut self, word: &str, value: Option<i32>) {
        if self.group.to != Destination::Text {
            return;
        }
        match word {
            "trowd" => (self.defined, self.heading_row) = (0, false),
            "cellx" => self.defined = self.defined.saturating_add(1),
            "trhdr" => self.heading_row = true,
            "intbl" => self.paragraph.in_table = true,
            "itap" => {
                self.paragraph.depth = value.unwrap_or(0);
                self.paragraph.in_table |= self.paragraph.depth > 0;
            }
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "nestcell" => self.text(" | "),
            "nestrow" => self.text(" / "),
            _ => {}
        }
    }

    fn font(&mut self, number: i32) {
        if self.group.to == Destination::Fonts {
            self.entry.0 = number;
            self.fonts.entry(number).or_default();
        } else {
            self.group.font = number;
        }
    }

    fn of_font(&mut self, word: &str, value: i32) {
        let Some(font) = self.fonts.get_mut(&self.entry.0).filter(|_| self.group.to == Destination::Fonts) else {
            return;
        };
        match word {
            "fcharset" => font.encoding = encoding::charset(value).or(font.encoding),
            "cpg" => font.encoding = Some(encoding::page(value)),
            "fmodern" => font.mono = true,
            "fprq" => font.mono = value == 1,
            _ => {}
        }
    }

    fn created(&mut self, word: &str, value: Option<i32>) {
        if self.group.to == Destination::Info(Property::Created) {
            let [year, month, day] = &mut self.date;
            match word {
                "yr" => *year = value,
                "mo" => *month = value,
                _ => *day = value,
            }
        }
    }

    /// Words that say where the text of their group goes. `false` when it is none of them.
    fn destination(&mut self, word: &str, tokens: &mut Tokens<'_>) -> bool {
        let within = self.group.to;
        let to = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::Info(Property::Other),
            "title" if matches!(within, Destination::Info(_)) => Destination::Info(Property::Title),
            "author" if matches!(within, Destination::Info(_)) => Destination::Info(Property::Author),
            "keywords" if matches!(within, Destination::Info(_)) => Destination::Info(Property::Keywords),
            "creatim" => Destination::Info(Property::Created),
            "subject" | "operator" | "company" | "doccomm" | "comment" | "manager" | "category" | "revtim"
            | "printim" | "buptim" | "hlinkbase"
                if matches!(within, Destination::Info(_)) =>
            {
                Destination::Skip
            }
            "fldinst" => Destination::Instruction,
            "listtext" | "pntext" => Destination::Marker,
            "bkmkstart" => Destination::Bookmark,
            "atnauthor" => Destination::Commenter,
            "pict" => Destination::Picture,
            "sn" => Destination::PropertyName,
            "sv" => Destination::PropertyValue,
            "falt" | "panose" | "fontemb" | "colortbl" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc"
            | "aftncn" | "xe" | "tc" | "tcn" | "nonshppict" | "shprslt" | "objdata" | "objclass" | "atnid"
            | "atnref" | "atntime" | "atndate" | "atnparent" | "nonesttables" | "bkmkend" | "template" | "pntxta"
            | "pntxtb" | "filetbl" | "revtbl" | "upr" | "fldtype" | "datafield" | "background" | "formfield" => {
                Destination::Skip
            }
            // These are known, and their text is the document's.
            "shppict" | "shpinst" | "picprop" | "sp" | "do" | "result" | "shp" | "field" => {
                self.group.starred = false;
                return true;
            }
            // What older readers have in place of it is skipped: it goes to where that would go.
            "ud" => {
                let around = self.groups.iter().rev().map(|group| group.to);
                around.into_iter().find(|to| *to != Destination::Skip).unwrap_or(Destination::Text)
            }
            "fldrslt" => {
                self.group.starred = false;
                self.group.link = self.link.take().or(self.group.link);
                return true;
            }
            "footnote" | "annotation" => {
                self.later(word, tokens);
                return true;
            }
            "shptxt" | "dptxbxtext" => {
                if within == Destination::Text && self.boxed < BOXES {
                    let from = tokens.place();
                    self.boxes.push(from..tokens.clone().pass());
                }
                Destination::Skip
            }
            _ => return false,
        };
        self.group.starred = false;
        // What is skipped stays so, but for the Unicode that stands in it for older readers.
        if within != Destination::Skip || word == "ud" {
            if to != Destination::Skip && to != within {
                self.aside.clear();
            }
            self.group.to = to;
        }
        true
    }

    /// A note or a comment begins: it is named here, and read later.
    fn later(&mut self, word: &str, tokens: &mut Tokens<'_>) {
        self.group.starred = false;
        if self.group.to != Destination::Text {
            self.group.to = Destination::Skip;
            return;
        }
        let from = tokens.place();
        let end = tokens.clone().pass();
        let inner = self.bytes.get(from..end).unwrap_or_default();
        let head = inner.get(..64).unwrap_or(inner);
        let [foot, last, comments] = &mut self.counts;
        let (kind, label) = if word == "annotation" {
            *comments += 1;
            (2, format!("c{comments}"))
        } else if head.windows(8).any(|part| part == b"\\ftnalt\\" || part == b"\\ftnalt ") {
            *last += 1;
            (1, number::roman(*last, false))
        } else {
            *foot += 1;
            (0, foot.to_string())
        };
        self.group.to = Destination::Skip;
        if self.noted {
            return;
        }
        self.settle();
        self.marks.end(&mut self.build.prose);
        self.build.prose.span(SpanKind::FootnoteRef(label.clone()), &format!("[{label}]"));
        let author = if kind == 2 { std::mem::take(&mut self.commenter) } else { String::new() };
        self.notes.push(Later { label, author, range: from..end, kind });
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
