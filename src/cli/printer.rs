//! Standard output. Styles are printed on a terminal and left out of a pipe; text is printed only once it is [`Safe`].

use std::{
    env,
    io::{self, BufWriter, IsTerminal as _, StdoutLock, Write},
};

use anyhow::{Context as _, Result};
use ratatui::style::Style;
use serde::Serialize;
use serde_json::ser::Formatter;

use super::style::{RESET, hyperlink, sgr};
use crate::{
    app::{self, Config},
    doc::{Document, Link},
    layout::{Leads, Row},
    text::Safe,
    ui::{Depth, Theme},
};

/// Prints answers.
pub(super) struct Printer {
    out: BufWriter<StdoutLock<'static>>,
    /// The styles; `None` where there is no terminal to show them.
    theme: Option<Theme>,
    columns: Option<usize>,
}

impl Printer {
    /// A printer with the colours of the settings, as far as they fit any ground: the terminal is not asked for its own.
    pub fn new(config: &Config) -> Printer {
        let terminal = io::stdout().is_terminal();
        let depth = Depth::from_environment(|name| env::var(name).ok());
        let styled = terminal && env::var_os("TERM").is_none_or(|term| term != "dumb");
        Printer {
            out: BufWriter::new(io::stdout().lock()),
            theme: styled.then(|| Theme::new(&config.themes.in_print(&config.theme), depth)),
            columns: terminal.then(|| app::columns().unwrap_or(80)),
        }
    }

    /// A printer of program text: completions, the manual page.
    pub fn plain() -> Printer {
        Printer { out: BufWriter::new(io::stdout().lock()), theme: None, columns: None }
    }

    /// The columns of the terminal; `None` in a pipe.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Whether styles are printed.
    pub fn is_styled(&self) -> bool {
        self.theme.is_some()
    }

    /// Prints a text, in a style where there are styles.
    pub fn text(&mut self, text: &Safe, style: impl FnOnce(&Theme) -> Style) -> Result<()> {
        match self.theme.as_ref().map(|theme| sgr(style(theme))).filter(|sgr| !sgr.is_empty()) {
            Some(sgr) => self.raw(&format!("{sgr}{text}{RESET}")),
            None => self.raw(text),
        }
    }

    /// Prints a row of set text, with its links, and ends the line.
    pub fn row(&mut self, row: &Row, links: &[Link]) -> Result<()> {
        let Some(theme) = &self.theme else {
            return self.raw(&row.text()).and_then(|()| self.end_line());
        };
        let mut line = String::new();
        for run in &row.runs {
            let link = match run.face.leads {
                Some(Leads::Link(link)) => links.get(link),
                _ => None,
            };
            let target = link.map(|link| link.target.as_str());
            let text = target.map_or_else(|| run.text.to_string(), |target| hyperlink(target, &run.text));
            match sgr(theme.face(&run.face)) {
                sgr if sgr.is_empty() => line.push_str(&text),
                sgr => line.extend([sgr.as_str(), &text, RESET]),
            }
        }
        self.raw(&line).and_then(|()| self.end_line())
    }

    /// Prints a line of fields with tabs between them.
    pub fn fields(&mut self, fields: &[Safe]) -> Result<()> {
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.raw("\t")?;
            }
            self.raw(field)?;
        }
        self.end_line()
    }

    /// Prints the words of a document alone.
    pub fn words(&mut self, document: &Document) -> Result<()> {
        app::write_words(document, &mut self.out).context(STDOUT)
    }

    /// Ends the line.
    pub fn end_line(&mut self) -> Result<()> {
        self.raw("\n")
    }

    /// Prints an object on a line of its own.
    pub fn json(&mut self, object: &impl Serialize) -> Result<()> {
        let mut serializer = serde_json::Serializer::with_formatter(&mut self.out, Harmless);
        object.serialize(&mut serializer).map_err(io::Error::from).context(STDOUT)?;
        self.end_line()
    }

    /// Prints what this program has written itself.
    pub fn program_text(&mut self, text: &[u8]) -> Result<()> {
        self.out.write_all(text).context(STDOUT)
    }

    /// Sends what was printed on its way, so that it is seen before the next is found.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().context(STDOUT)
    }

    fn raw(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).context(STDOUT)
    }
}

/// JSON on one line, in which everything that [`Safe`] would change is an escape: JSON itself has only C0 escaped (RFC
/// 8259, 7), and a terminal obeys C1 and bidi controls too. What a program reads is the same.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        if *Safe::line(fragment) == *fragment {
            return to.write_all(fragment.as_bytes());
        }
        let mut utf8 = [0; 4];
        for c in fragment.chars() {
            let one = &*c.encode_utf8(&mut utf8);
            if *Safe::line(one) == *one {
                to.write_all(one.as_bytes())?;
            } else {
                c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(to, "\\u{unit:04x}"))?;
            }
        }
        Ok(())
    }
}

const STDOUT: &str = "standard output";
