//! The macros of mdoc(7), which say what a word is rather than how it looks: those of whole lines here, those within a line
//! in [`words`].

mod nest;
mod reference;
mod spacing;
mod system;
mod words;

use super::{
    Heading,
    escape::plain,
    inline::Inline,
    interpolate::arguments,
    roff::{Line, Roff},
    tbl,
};
use crate::{
    doc::{Document, Kind},
    formats::build::Builder,
};
use nest::{List, Open};
use reference::Reference;
use spacing::Spacing;

/// Reads a page.
pub fn read(text: &str) -> Document {
    let mut roff = Roff::new(text, "Sh Ss Pp Nm Nd Fl Ar Op It Bl El Bd Ed Xr Dd Dt Os Em Sy Li Pa Ev TS TE");
    let mut page = Page::default();
    while let Some(line) = roff.next() {
        if page.build.is_full() {
            break;
        }
        match line {
            Line::Text(text) => page.text(&text),
            Line::Call(name, _) if name == "TS" || name == "EQ" => page.picture(&name, &mut roff),
            Line::Call(name, rest) => page.call(&name, &rest),
        }
    }
    page.finish()
}

#[derive(Debug, Default)]
struct Page {
    build: Builder,
    inline: Inline,
    heading: Heading,
    open: Vec<Open>,
    /// The name that `.Nm` stands for.
    name: String,
    section: String,
    /// Lines are kept.
    kept: Option<bool>,
    /// What closes the enclosures of a line, and of several.
    closing: Vec<&'static str>,
    spacing: Spacing,
    /// A reference that is being given.
    reference: Option<Reference>,
    /// A function whose arguments come.
    function: Option<usize>,
    /// An explicit term of a list goes on.
    term: bool,
}

impl Page {
    fn text(&mut self, line: &str) {
        if self.kept.is_some() {
            self.inline.text(&mut self.build, line);
            return self.line_end();
        }
        if line.trim().is_empty() {
            return self.paragraph_end();
        }
        self.begin_line();
        if line.starts_with([' ', '\t']) {
            self.build.prose.hard_break();
        }
        self.inline.text(&mut self.build, line.trim_end());
        self.line_end();
    }

    fn line_end(&mut self) {
        if self.term {
            return;
        }
        match self.kept {
            Some(_) if !self.inline.take_joined() => self.build.prose.push("\n"),
            Some(_) => {}
            None => self.inline.line_end(&mut self.build),
        }
    }

    fn paragraph_end(&mut self) {
        self.inline.end(&mut self.build);
        if matches!(self.open.last(), Some(Open::List { list: List::Table, .. })) {
            return;
        }
        match self.kept {
            Some(code) => self.build.kept(if code { Kind::Code { language: None } } else { Kind::Preformatted }),
            None => self.build.flush(),
        }
    }

    fn call(&mut self, name: &str, rest: &str) {
        let arguments = arguments(rest);
        match name {
            "Dd" => self.heading.date = Some(rest.trim().replace("$Mdocdate:", "").replace('$', "").trim().to_owned()),
            "Dt" => {
                let words: Vec<String> = arguments.iter().map(|a| plain(a)).collect();
                self.heading.name = match words.as_slice() {
                    [name, section, ..] => Some(format!("{name}({section})")),
                    words => words.first().cloned(),
                };
            }
            "Os" | "Bk" | "Ek" | "Tg" | "Db" | "Hf" | "so" => {}
            "Sh" | "Ss" => self.section(name, &arguments),
            "Pp" | "Lp" => self.paragraph_end(),
            "sp" if self.kept.is_none() => self.paragraph_end(),
            "br" if self.kept.is_none() => self.build.prose.hard_break(),
            "Nd" => {
                let said = plain(&arguments.join(" "));
                self.heading.line.get_or_insert_with(|| format!("{} – {said}", self.name));
                self.words(&[format!("– {said}")]);
            }
            "Bl" => self.list(&arguments),
            "El" => self.list_end(),
            "It" => self.item(&arguments),
            "Bd" => self.display(&arguments),
            "Ed" => self.display_end(),
            "D1" | "Dl" => {
                self.paragraph_end();
                self.build.enter_list(None);
                self.build.enter_marked(String::new());
                self.words(&arguments);
                self.paragraph_end();
                self.build.leave();
                self.build.leave();
            }
            "Rs" => self.reference = Some(Reference::default()),
            "Re" => self.reference_end(),
            _ if name.starts_with('%') => {
                if let Some(reference) = &mut self.reference {
                    reference.field(name, &plain(&arguments.join(" ")));
                }
            }
            "Sm" => self.spacing.switch(rest.trim() != "off"),
            "Nm" | "Cd" | "In" | "Fd" | "Vt" | "Ft" | "Fn" | "Fo" if self.section == "SYNOPSIS" => {
                // Each begins a line of the synopsis; the type of a function stands over it.
                let named = name != "Nm" || !arguments.is_empty();
                if self.kept.is_none() && self.closing.is_empty() && (named || !self.build.prose.is_empty()) {
                    self.inline.end(&mut self.build);
                    self.build.prose.hard_break();
                }
                self.line(name, &arguments);
            }
            "An" if !arguments.is_empty() => {
                if self.section.starts_with("AUTHOR") && !arguments.iter().any(|a| a.starts_with('-')) {
                    let words = arguments.iter().take_while(|a| !words::is_macro(a) && !words::is_closing(a));
                    self.heading.authors.push(plain(&words.cloned().collect::<Vec<_>>().join(" ")));
                }
                self.line(name, &arguments);
            }
            _ if words::is_macro(name) => self.line(name, &arguments),
            _ if system::sentence(name, "", "").is_some() => {
                let said = system::sentence(name, &arguments.join(", "), &self.name).unwrap_or_default();
                self.words(&[said]);
            }
            _ if name.starts_with(|c: char| c.is_ascii_uppercase()) => self.words(&arguments),
            _ => {}
        }
    }

    /// A line that is a macro and its arguments.
    fn line(&mut self, name: &str, arguments: &[String]) {
        let mut all = vec![name.to_owned()];
        all.extend_from_slice(arguments);
        self.words(&all);
    }

    fn section(&mut self, name: &str, arguments: &[String]) {
        self.end_all();
        let level = if name == "Sh" { 1 } else { 2 };
        self.term = true;
        self.words(arguments);
        self.term = false;
        self.inline.reset(&mut self.build);
        if level == 1 {
            self.section = self.build.prose.text.trim().to_uppercase();
        }
        self.build.heading(level);
    }

    fn end_all(&mut self) {
        while let Some(open) = self.open.last() {
            match open {
                Open::List { .. } => self.list_end(),
                Open::Display { .. } => self.display_end(),
            }
        }
        self.closing.clear();
        self.kept = None;
        self.paragraph_end();
        self.inline.reset(&mut self.build);
    }

    fn reference_end(&mut self) {
        let Some(reference) = self.reference.take() else { return };
        if self.section.starts_with("SEE ALSO") {
            self.paragraph_end();
        }
        self.text(&reference.sentence());
    }

    fn picture(&mut self, name: &str, roff: &mut Roff<'_>) {
        self.paragraph_end();
        let end = if name == "TS" { ".TE" } else { ".EN" };
        let mut lines = Vec::new();
        while let Some(line) = roff.raw() {
            if line.starts_with(end) {
                break;
            }
            lines.push(line);
        }
        let nested = self.build.in_table();
        if nested || name == "EQ" || !tbl::read(&lines, &mut self.build, &mut self.inline) {
            self.build.preformatted(&plain(&lines.join("\n")));
        }
    }

    fn finish(mut self) -> Document {
        self.end_all();
        self.build.finish().document(self.heading.meta())
    }
}
