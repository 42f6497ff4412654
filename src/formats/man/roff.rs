//! Lines of a page, with troff's definitions and conditions carried out: what remains is text, and calls of macros that
//! nothing here defines.
//!
//! Invariant: the lines that macros expand to are bounded in number, and so are the definitions within definitions.

use std::{collections::HashMap, rc::Rc};

use super::{
    condition::{self, Known},
    interpolate::{accent, arguments, with_arguments},
};
use crate::text;

/// A line of a page.
#[derive(Debug, PartialEq)]
pub enum Line {
    /// Text.
    Text(String),
    /// A macro or a request, and what follows its name.
    Call(String, String),
}

/// Lines that macros may expand to, in all.
const EXPANDED: usize = 200_000;
/// Macros within macros.
const DEPTH: usize = 32;
/// A line with its strings put in is no longer than this.
pub const LONG: usize = 64 * 1024;

/// Reads a page.
#[derive(Debug)]
pub struct Roff<'t> {
    rest: &'t str,
    /// Macros that are being expanded, the innermost last.
    pub(super) calls: Vec<Call>,
    macros: HashMap<String, Rc<[String]>>,
    /// Strings by their names.
    pub(super) strings: HashMap<String, String>,
    /// Numbers by their names.
    pub(super) registers: HashMap<String, i64>,
    /// For each `.ie` whether its `.el` holds.
    otherwise: Vec<bool>,
    expanded: usize,
    /// Macros that a page may not define anew, since what they mean is known.
    kept: &'static str,
}

/// A macro that is expanded.
#[derive(Debug)]
pub struct Call {
    lines: Rc<[String]>,
    at: usize,
    /// What stands for `\\$1` and so on.
    pub arguments: Vec<String>,
}

impl Known for Roff<'_> {
    fn is_defined(&self, name: &str) -> bool {
        self.macros.contains_key(name) || self.strings.contains_key(name) || self.kept.split(' ').any(|k| k == name)
    }

    fn is_register(&self, name: &str) -> bool {
        self.registers.contains_key(name)
    }
}

impl<'t> Roff<'t> {
    /// Reads `text`, in which the macros named in `kept` mean what they always mean.
    pub fn new(text: &'t str, kept: &'static str) -> Roff<'t> {
        Roff {
            rest: text.trim_start_matches('\u{FEFF}'),
            calls: Vec::new(),
            macros: HashMap::new(),
            strings: HashMap::new(),
            registers: HashMap::new(),
            otherwise: Vec::new(),
            expanded: 0,
            kept,
        }
    }

    /// A line as it stands; the lines of a table are read so.
    pub fn raw(&mut self) -> Option<String> {
        let line = self.physical()?;
        Some(self.interpolated(&line))
    }

    /// A line of text or a call, `None` at the end.
    pub fn next(&mut self) -> Option<Line> {
        loop {
            let mut line = self.physical()?;
            while ends_in_backslash(&line) && line.len() < LONG {
                line.pop();
                line.push_str(&self.physical().unwrap_or_default());
            }
            if let Some(line) = self.take(line) {
                return Some(line);
            }
        }
    }

    /// Carries a line out; what it leaves.
    fn take(&mut self, mut line: String) -> Option<Line> {
        for _ in 0..DEPTH {
            uncomment(&mut line);
            let Some(request) = line.strip_prefix(['.', '\'']) else {
                let line = self.interpolated(&line);
                return Some(Line::Text(line));
            };
            let request = request.trim_start_matches([' ', '\t']);
            let (name, rest) = request.split_at(request.find([' ', '\t']).unwrap_or(request.len()));
            // `.if n\{` and `.el\{` have no space.
            let (name, rest) = match name.find('\\').filter(|at| *at > 0) {
                Some(at) => request.split_at(at),
                None => (name, rest),
            };
            let rest = rest.trim_start_matches([' ', '\t']);
            match name {
                "" => return None,
                "if" | "ie" | "while" => {
                    let rest = self.interpolated(rest);
                    let (held, body) = condition::holds(&rest, self);
                    if name == "ie" && self.otherwise.len() < DEPTH {
                        self.otherwise.push(!held);
                    }
                    line = self.branch(held, body)?;
                }
                "el" => {
                    let held = self.otherwise.pop().unwrap_or(false);
                    let rest = rest.to_owned();
                    line = self.branch(held, &rest)?;
                }
                "nop" | "do" => {
                    line = if name == "do" { format!(".{rest}") } else { rest.to_owned() };
                }
                _ if name.starts_with('\\') => return None,
                _ => return self.request(name, rest),
            }
        }
        None
    }

    /// The line after a condition, if it holds; what stands between braces is skipped if it doesn't.
    fn branch(&mut self, held: bool, body: &str) -> Option<String> {
        let body = body.trim_start_matches([' ', '\t']);
        if held {
            let body = body.strip_prefix("\\{").unwrap_or(body).trim_start_matches([' ', '\t']);
            return (!body.is_empty() && body != "\\").then(|| body.replace("\\}", ""));
        }
        let depth = |line: &str| (line.matches("\\{").count(), line.matches("\\}").count());
        let (mut open, closed) = depth(body);
        open = open.saturating_sub(closed);
        while open > 0 {
            let line = self.physical()?;
            let (opens, closes) = depth(&line);
            open = (open + opens).saturating_sub(closes);
        }
        None
    }

    fn request(&mut self, name: &str, rest: &str) -> Option<Line> {
        let mut words = rest.split_whitespace();
        match name {
            "de" | "de1" | "am" | "am1" | "ig" | "dei" => {
                let defined = if name == "ig" { "" } else { words.next().unwrap_or_default() };
                let (defined, end) = (defined.to_owned(), words.next().unwrap_or(".").to_owned());
                let mut body = self.body(&end);
                if name.starts_with("am")
                    && let Some(before) = self.macros.get(&defined)
                {
                    body.splice(0..0, before.iter().cloned());
                }
                if name != "ig" && !self.kept.split(' ').any(|k| k == defined) {
                    self.macros.insert(defined, body.into());
                }
                None
            }
            "ds" | "ds1" | "as" | "as1" => {
                let (string, value) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
                let value = value.trim_start_matches(' ');
                let value = value.strip_prefix('"').unwrap_or(value);
                // The accents that pages of Perl build from moves, and leave out on a terminal; and the dash.
                let built = value.contains("\\k") || matches!(value, "\\&" | "~" | "^");
                let value = accent(string).filter(|_| built).unwrap_or(value);
                let value = if string == "--" && value == "\\(*W-" { "--" } else { value };
                let value = self.interpolated(&value.replace("\\\\", "\\"));
                let before = if name.starts_with('a') { self.strings.remove(string) } else { None };
                let mut whole = before.unwrap_or_default();
                if whole.len() + value.len() < LONG {
                    whole.push_str(&value);
                }
                self.strings.insert(string.to_owned(), whole);
                None
            }
            "nr" => {
                let (register, value) = (words.next().unwrap_or_default().to_owned(), self.interpolated(rest));
                let value = value.split_whitespace().nth(1).unwrap_or_default().to_owned();
                let number = value.trim_start_matches(['+', '-']).trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let number: i64 = number.parse().unwrap_or(0);
                let before = self.registers.get(&register).copied().unwrap_or(0);
                let after = match value.chars().next() {
                    Some('+') => before.saturating_add(number),
                    Some('-') => before.saturating_sub(number),
                    _ => number,
                };
                self.registers.insert(register, after);
                None
            }
            "rm" | "rr" => {
                for word in words {
                    self.macros.remove(word);
                    self.strings.remove(word);
                }
                None
            }
            "rn" | "als" => {
                let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                let (from, to) = if name == "rn" { (first, second) } else { (second, first) };
                if let Some(body) = self.macros.get(from).cloned() {
                    self.macros.insert(to.to_owned(), body);
                }
                None
            }
            _ => {
                let rest = self.interpolated(rest);
                let Some(lines) = self.macros.get(name).cloned() else {
                    return Some(Line::Call(name.to_owned(), rest));
                };
                if self.calls.len() < DEPTH && self.expanded < EXPANDED {
                    self.calls.push(Call { lines, at: 0, arguments: arguments(&rest) });
                }
                None
            }
        }
    }

    /// The lines of a definition, up to the one that ends it.
    fn body(&mut self, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(line) = self.physical() {
            let ended = line.strip_prefix(['.', '\'']).map(|l| l.trim_start_matches([' ', '\t']));
            if ended
                .is_some_and(|l| l.strip_prefix(end).is_some_and(|l| l.is_empty() || l.starts_with([' ', '\t', '\\'])))
            {
                break;
            }
            if lines.len() < EXPANDED {
                lines.push(line.replace("\\\\", "\\"));
            }
        }
        lines
    }

    /// The next line of the macro that is expanded, or of the page.
    fn physical(&mut self) -> Option<String> {
        while let Some(call) = self.calls.last_mut() {
            let Some(line) = call.lines.get(call.at).filter(|_| self.expanded < EXPANDED) else {
                self.calls.pop();
                continue;
            };
            call.at += 1;
            self.expanded += 1;
            return Some(with_arguments(line, &call.arguments));
        }
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(line.to_owned())
    }
}

/// Cuts a comment off.
fn uncomment(line: &mut String) {
    let mut at = 0;
    while let Some(found) = text::tail(line, at).find('\\') {
        let here = at + found;
        match line.as_bytes().get(here + 1) {
            Some(b'"' | b'#') => {
                line.truncate(here);
                // The space before a comment at the end of a request is no argument.
                if line.starts_with(['.', '\'']) {
                    line.truncate(line.trim_end().len());
                }
                return;
            }
            _ => at = here + 2,
        }
    }
}

/// Whether the line goes on in the next one.
fn ends_in_backslash(line: &str) -> bool {
    line.ends_with('\\') && line.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 && !line.contains("\\\"")
}
