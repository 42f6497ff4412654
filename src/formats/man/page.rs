//! The macros of man(7), with the additions of groff, onto blocks.

use super::{
    Heading,
    escape::{Font, plain},
    frame::{Frame, is_marker},
    inline::Inline,
    interpolate::arguments,
    roff::{Line, Roff},
    tbl,
};
use crate::{
    doc::{Document, Kind},
    formats::build::Builder,
};

/// What a page may not define anew.
const KEPT: &str = "TH SH SS PP P LP TP TQ IP HP RS RE B I R BR BI IB IR RB RI SM SB UR UE MT ME URL MTO EX EE SY YS OP MR TS TE EQ EN \
    br sp nf fi in ti ft ce ad na nh hy PD DT";

/// Reads a page.
pub fn read(text: &str) -> Document {
    let mut roff = Roff::new(text, KEPT);
    let mut page = Page::default();
    page.frames.push(Frame::default());
    while let Some(line) = roff.next() {
        if page.build.is_full() {
            break;
        }
        match line {
            Line::Text(text) => page.text(&text),
            Line::Call(name, rest) if name == "TS" || name == "EQ" => page.picture(&name, &rest, &mut roff),
            Line::Call(name, rest) => page.call(&name, &rest),
        }
    }
    page.finish()
}

/// What a line of text that comes next is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Awaited {
    #[default]
    Nothing,
    Tag,
    Heading(u8),
    Font(Font),
}

/// A page in the making.
#[derive(Debug, Default)]
pub struct Page {
    /// Its blocks.
    pub(super) build: Builder,
    /// The font of its text.
    pub(super) inline: Inline,
    heading: Heading,
    /// The indented parts that are open.
    pub(super) frames: Vec<Frame>,
    awaited: Awaited,
    /// Lines are kept; whether as code.
    kept: Option<bool>,
    /// Where a link leads that is open, and how much text there was at its start.
    link: Option<(String, usize)>,
    section: String,
    sections: usize,
    /// Parameters of a synopsis.
    synopsis: bool,
}

impl Page {
    fn text(&mut self, line: &str) {
        if self.kept.is_some() {
            self.begin();
            self.inline.text(&mut self.build, line);
            if !self.inline.take_joined() {
                self.build.prose.push("\n");
            }
            return;
        }
        if line.trim().is_empty() && self.awaited == Awaited::Nothing {
            return self.paragraph_end();
        }
        match self.awaited {
            Awaited::Nothing => {
                if let Some((marker, rest)) = docbook_item(line) {
                    self.item(&marker);
                    return self.text(&rest);
                }
                self.begin();
                if line.starts_with([' ', '\t']) {
                    self.build.prose.hard_break();
                }
                self.inline.text(&mut self.build, line.trim_end());
                self.inline.line_end(&mut self.build);
            }
            Awaited::Font(font) => {
                self.awaited = Awaited::Nothing;
                self.begin();
                self.inline.styled(&mut self.build, font, line);
                self.inline.line_end(&mut self.build);
            }
            Awaited::Tag | Awaited::Heading(_) => {
                let bare = plain(line);
                if self.awaited == Awaited::Tag && self.build.prose.is_empty() && is_marker(bare.trim()) {
                    self.awaited = Awaited::Nothing;
                    return self.item(bare.trim());
                }
                if self.awaited == Awaited::Tag {
                    self.begin();
                }
                self.inline.text(&mut self.build, line.trim());
                self.awaited_came();
            }
        }
    }

    /// The tag or heading that a macro waited for has come, unless it goes on.
    fn awaited_came(&mut self) {
        match self.awaited {
            Awaited::Tag if self.inline.take_joined() => {}
            Awaited::Tag => {
                self.awaited = Awaited::Nothing;
                self.tag();
            }
            Awaited::Heading(level) => {
                self.awaited = Awaited::Nothing;
                self.inline.reset(&mut self.build);
                self.section = self.build.prose.text.trim().to_owned();
                self.build.heading(level);
            }
            _ => self.inline.line_end(&mut self.build),
        }
    }

    /// Ends the paragraph, or the lines that are kept.
    pub(super) fn paragraph_end(&mut self) {
        self.inline.end(&mut self.build);
        match self.kept {
            Some(code) => self.build.kept(if code { Kind::Code { language: None } } else { Kind::Preformatted }),
            None => self.build.flush(),
        }
    }

    fn keep(&mut self, kept: Option<bool>) {
        self.paragraph_end();
        self.kept = kept;
        if kept.is_none() {
            self.inline.reset(&mut self.build);
        }
    }

    fn call(&mut self, name: &str, rest: &str) {
        if let Some(fonts) = fonts(name) {
            return self.fonts(name, fonts, rest);
        }
        match name {
            "TH" => self.title(&arguments(rest)),
            "SH" | "SS" => {
                self.end_all();
                self.awaited = Awaited::Heading(if name == "SH" { 1 } else { 2 });
                self.sections += usize::from(name == "SH");
                if !rest.trim().is_empty() {
                    self.text(&arguments(rest).join(" "));
                }
            }
            "PP" | "P" | "LP" | "HP" => {
                self.end_item();
                self.inline.reset(&mut self.build);
            }
            "TP" => {
                self.end_item();
                self.inline.reset(&mut self.build);
                self.awaited = Awaited::Tag;
            }
            "TQ" => {
                self.paragraph_end();
                self.awaited = Awaited::Tag;
            }
            "IP" => self.indented(rest),
            "RS" => self.enter(),
            "RE" => {
                let levels = arguments(rest).first().and_then(|n| n.parse::<usize>().ok());
                self.leave_to(levels.map_or(self.frames.len().saturating_sub(1), |n| n.max(1)).max(1));
            }
            "EX" => self.keep(Some(true)),
            "nf" => self.keep(Some(false)),
            "EE" | "fi" => self.keep(None),
            "br" | "ti" | "ce" if self.kept.is_none() => self.build.prose.hard_break(),
            "sp" | "in" if self.kept.is_none() => self.paragraph_end(),
            "sp" => self.build.prose.push("\n"),
            "ft" => self.inline.font(&mut self.build, Font::named(rest.split_whitespace().next().unwrap_or_default())),
            "SM" if rest.is_empty() => {}
            "UR" | "MT" => self.link_start(if name == "MT" { "mailto:" } else { "" }, &arguments(rest)),
            "URL" | "MTO" => {
                let arguments = arguments(rest);
                self.link_start(if name == "MTO" { "mailto:" } else { "" }, &arguments);
                self.inline.text(&mut self.build, arguments.get(1).map_or("", String::as_str));
                self.link_end(arguments.get(2..).unwrap_or_default());
            }
            "UE" | "ME" => self.link_end(&arguments(rest)),
            "SY" => {
                self.paragraph_end();
                self.synopsis = true;
                self.words(Font::Bold, &arguments(rest));
            }
            "YS" => {
                self.synopsis = false;
                self.paragraph_end();
            }
            "OP" => self.option(&arguments(rest)),
            "so" => {
                let page = rest.trim().rsplit('/').next().unwrap_or_default();
                self.text(&format!("This is another name of {page}."));
                self.heading.name = Some(page.to_owned());
            }
            "AT" | "UC" | "PD" | "DT" | "IX" | "sp1" => {}
            _ => self.unknown(name, rest),
        }
    }

    /// A macro that nobody has defined: what it was to set is shown. Requests of troff set nothing, and are of small letters.
    fn unknown(&mut self, name: &str, rest: &str) {
        if name.starts_with(|c: char| c.is_ascii_uppercase()) && !rest.trim().is_empty() {
            let words = arguments(rest).join(" ");
            self.text(&words);
        }
    }

    fn title(&mut self, arguments: &[String]) {
        let argument = |at: usize| arguments.get(at).map(|a| plain(a).trim().to_owned()).filter(|a| !a.is_empty());
        self.heading.name = argument(0).map(|name| match argument(1) {
            Some(section) => format!("{name}({section})"),
            None => name,
        });
        self.heading.date = argument(2);
    }

    fn fonts(&mut self, name: &str, fonts: [Font; 2], rest: &str) {
        let arguments = arguments(rest);
        if !matches!(self.awaited, Awaited::Heading(_)) {
            self.begin();
        }
        if self.awaited == Awaited::Nothing && arguments.is_empty() {
            self.awaited = Awaited::Font(fonts[0]);
            return;
        }
        if name.len() == 1 || name.starts_with('S') {
            self.words(fonts[0], &arguments);
            return;
        }
        for (at, argument) in arguments.iter().enumerate() {
            self.inline.styled(&mut self.build, fonts[at % 2], argument);
        }
        self.macro_end();
    }

    fn words(&mut self, font: Font, arguments: &[String]) {
        let words = arguments.join(" ");
        self.inline.styled(&mut self.build, font, &words);
        self.macro_end();
    }

    /// A macro that sets text ends the line.
    fn macro_end(&mut self) {
        match self.awaited {
            Awaited::Tag | Awaited::Heading(_) => self.awaited_came(),
            _ if self.kept.is_some() => {
                if !self.inline.take_joined() {
                    self.build.prose.push("\n");
                }
            }
            _ => self.inline.line_end(&mut self.build),
        }
    }

    /// `.OP -o file`: an option of a synopsis.
    fn option(&mut self, arguments: &[String]) {
        self.inline.text(&mut self.build, "[");
        for (at, argument) in arguments.iter().enumerate() {
            if at > 0 {
                self.build.prose.space();
            }
            self.inline.styled(&mut self.build, if at == 0 { Font::Bold } else { Font::Italic }, argument);
        }
        self.inline.text(&mut self.build, "]");
        self.inline.line_end(&mut self.build);
    }

    fn end_all(&mut self) {
        self.keep(None);
        self.leave_to(1);
        self.end_item();
        self.link = None;
        if self.sections == 1 && self.heading.line.is_none() {
            self.heading.line = self.build.last_text().filter(|t| has_dash(t));
        }
        if matches!(self.section.to_uppercase().as_str(), "AUTHOR" | "AUTHORS") && self.heading.authors.is_empty() {
            self.heading.authors.extend(self.build.last_text().and_then(|text| author(&text)));
        }
    }

    fn link_start(&mut self, scheme: &str, arguments: &[String]) {
        self.begin();
        let target = plain(arguments.first().map_or("", String::as_str));
        self.inline.end(&mut self.build);
        let kind = self.build.link(format!("{scheme}{target}"));
        self.build.prose.open(kind);
        self.link = Some((target, self.build.prose.text.len()));
    }

    fn link_end(&mut self, arguments: &[String]) {
        let Some((target, at)) = self.link.take() else { return };
        self.inline.end(&mut self.build);
        if self.build.prose.text.len() <= at {
            self.build.prose.push(&target);
        }
        self.build.prose.close();
        if let Some(after) = arguments.first() {
            self.build.prose.unbreak();
            self.inline.text(&mut self.build, after);
        }
        self.inline.line_end(&mut self.build);
    }

    /// A table, or a formula, which is shown as it was written.
    fn picture(&mut self, name: &str, _rest: &str, roff: &mut Roff<'_>) {
        self.begin();
        let kept = self.kept;
        self.keep(None);
        let end = if name == "TS" { ".TE" } else { ".EN" };
        let mut lines = Vec::new();
        while let Some(line) = roff.raw() {
            if line.starts_with(end) {
                break;
            }
            lines.push(line);
        }
        if name == "EQ" || !tbl::read(&lines, &mut self.build, &mut self.inline) {
            self.build.preformatted(&plain(&lines.join("\n")));
        }
        self.keep(kept);
    }

    fn finish(mut self) -> Document {
        self.end_all();
        self.build.finish().document(self.heading.meta())
    }
}

fn fonts(name: &str) -> Option<[Font; 2]> {
    use Font::{Bold, Italic, Roman};
    Some(match name {
        "B" | "SB" => [Bold; 2],
        "I" => [Italic; 2],
        "R" | "SM" => [Roman; 2],
        "BI" => [Bold, Italic],
        "BR" | "MR" => [Bold, Roman],
        "IB" => [Italic, Bold],
        "IR" => [Italic, Roman],
        "RB" => [Roman, Bold],
        "RI" => [Roman, Italic],
        _ => return None,
    })
}

/// `\h'-04'\(bu\h'+03'…`: an item as DocBook's stylesheets write it for a terminal.
fn docbook_item(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("\\h'-0")?;
    let (_, rest) = rest.split_once('\'')?;
    let (marker, rest) = rest.split_once("\\h'+0")?;
    let (_, rest) = rest.split_once('\'')?;
    Some((plain(marker).trim().to_owned(), rest.trim_start_matches("\\c").to_owned()))
}

fn has_dash(text: &str) -> bool {
    [" - ", " – ", " — ", " -- ", " − "].iter().any(|sign| text.contains(sign))
}

/// The names in `Written by Ann Weaver and Ben Low.`, if the line is nothing else.
fn author(text: &str) -> Option<String> {
    let named = text.strip_prefix("Written by ").unwrap_or(text).trim_end_matches('.');
    let named = named.split(['<', '(']).next()?.trim().trim_end_matches(',');
    let name =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "von" | "van" | "de" | "der");
    let good = named.len() <= 80 && !named.contains(['\n', '@', ':', '/']) && named.split_whitespace().count() >= 2;
    (good && named.split_whitespace().all(name)).then(|| named.to_owned())
}
