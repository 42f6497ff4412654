//! Blocks between two lines that are alike, and rules.

use super::{
    reader::{Frame, Reader, admonition, is_code},
    style::Style,
    table,
};
use crate::formats::bounds;

impl Reader<'_> {
    /// Whether a line begins or ends a block.
    pub fn is_delimiter(&self, line: &str) -> bool {
        let ends = |frame: &Frame| matches!(frame, Frame::Block { delimiter, .. } if delimiter == line);
        Delimiter::of(line).is_some() || self.frames.iter().any(ends)
    }

    /// A block between two lines that are alike begins or ends.
    pub fn delimited(&mut self, line: &str) -> bool {
        let ends = |frame: &Frame| matches!(frame, Frame::Block { delimiter, .. } if delimiter == line);
        if let Some(at) = self.frames.iter().rposition(ends) {
            self.close(at);
            return true;
        }
        let Some(delimiter) = Delimiter::of(line) else { return self.rule(line) };
        let name = self.style.name().to_owned();
        match delimiter {
            Delimiter::Comment => drop(self.raw(line)),
            _ if name == "comment" => {
                self.style = Style::default();
                drop(self.raw(line));
            }
            Delimiter::Table => {
                let text = self.raw(line);
                table::read(self, line, &text);
            }
            Delimiter::Fence => {
                let text = self.raw("```");
                let language = line.trim_start_matches('`').split([',', ' ']).next().unwrap_or_default().to_owned();
                self.begin();
                self.build.code(Some(language).filter(|l| !l.is_empty()), &text);
            }
            Delimiter::Listing | Delimiter::Literal | Delimiter::Open if is_code(&name) => self.code(line),
            Delimiter::Listing => self.code(line),
            Delimiter::Literal | Delimiter::Pass => {
                let text = self.raw(line);
                self.begin();
                self.build.preformatted(&text);
            }
            Delimiter::Quote if name == "verse" => {
                let text = self.raw(line);
                let credit = self.enter_quote();
                self.said(&text, true);
                self.leave_quote(credit);
            }
            _ if self.frames.len() >= bounds::DEPTH => return false,
            Delimiter::Quote => self.open(line, true),
            Delimiter::Example | Delimiter::Open | Delimiter::Sidebar => {
                self.open(line, name == "quote" || delimiter == Delimiter::Sidebar);
            }
        }
        true
    }

    fn open(&mut self, line: &str, quote: bool) {
        let name = self.style.name().to_owned();
        let admonition = admonition(&name).is_some();
        let credit = match (admonition, quote) {
            (true, _) => {
                self.admonish(&name);
                None
            }
            (false, true) => self.enter_quote(),
            (false, false) => {
                self.begin();
                None
            }
        };
        self.frames.push(Frame::Block { delimiter: line.to_owned(), quote: quote || admonition, credit });
    }

    fn code(&mut self, line: &str) {
        let language = self.language();
        let text = self.raw(line);
        let expands = self.style.get("subs").is_some_and(|subs| subs.contains("attributes") || subs == "normal");
        let text = if expands { self.attributes.expand(&text) } else { text };
        self.begin();
        self.build.code(language, &text);
    }

    /// The lines up to one like this.
    fn raw(&mut self, delimiter: &str) -> String {
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let count = rest.iter().position(|line| *line == delimiter).unwrap_or(rest.len());
        let text = rest.get(..count).unwrap_or_default().join("\n");
        self.at += count + 1;
        text
    }

    fn rule(&mut self, line: &str) -> bool {
        let rule = ["'''", "<<<", "---", "***", "- - -", "* * *"].contains(&line)
            || (line.len() > 3 && (line.chars().all(|c| c == '\'') || line.chars().all(|c| c == '<')));
        if rule {
            self.begin();
            self.build.rule();
        }
        rule
    }
}

/// What a line that delimits a block opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Delimiter {
    Comment,
    Example,
    Fence,
    Listing,
    Literal,
    Open,
    Pass,
    Quote,
    Sidebar,
    Table,
}

impl Delimiter {
    fn of(line: &str) -> Option<Delimiter> {
        let first = line.chars().next()?;
        if line == "--" {
            return Some(Delimiter::Open);
        }
        if line.starts_with("```") && !line.trim_start_matches('`').contains('`') {
            return Some(Delimiter::Fence);
        }
        if table::SIGNS.contains(&first) && line.len() > 3 && line.bytes().skip(1).all(|b| b == b'=') {
            return Some(Delimiter::Table);
        }
        if line.len() < 4 || line.contains(|c| c != first) {
            return None;
        }
        Some(match first {
            '/' => Delimiter::Comment,
            '=' => Delimiter::Example,
            '-' => Delimiter::Listing,
            '.' => Delimiter::Literal,
            '+' => Delimiter::Pass,
            '_' => Delimiter::Quote,
            '*' => Delimiter::Sidebar,
            _ => return None,
        })
    }
}
