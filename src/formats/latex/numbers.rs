//! The numbers that references show: sections, figures, tables, formulas, theorems and items are counted as LaTeX's own
//! classes count them, in a pass over the source before it is read. What packages and macros of the author's own number is
//! not known, and a reference to it shows its key.

use std::collections::HashMap;

use crate::{formats::bounds, text};

/// What a label names.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// What kind of thing, in lower case: `figure`.
    pub kind: String,
    /// `2.1`
    pub number: String,
}

impl Number {
    /// As a command that refers to it shows it. Some name its kind as well.
    pub fn shown(&self, command: &str) -> String {
        let number = match command {
            _ if self.kind != "equation" => self.number.clone(),
            "eqref" | "cref" | "Cref" => format!("({})", self.number),
            _ => self.number.clone(),
        };
        let section = SECTIONS.contains(&self.kind.as_str());
        let capital = command == "Cref" || (command == "autoref" && !section);
        match command {
            "autoref" | "cref" | "Cref" => {
                let mut letters = self.kind.chars();
                let first = letters.next().filter(|_| capital).map(|first| first.to_uppercase().to_string());
                let kind = first.map_or_else(|| self.kind.clone(), |first| first + letters.as_str());
                format!("{kind}\u{a0}{number}")
            }
            _ => number,
        }
    }
}

/// Sectioning commands, from the one that the others stand in.
const SECTIONS: [&str; 4] = ["chapter", "section", "subsection", "subsubsection"];

/// Environments of formulas whose lines each have a number.
const LINES: [&str; 5] = ["align", "gather", "eqnarray", "flalign", "alignat"];

/// Environments in which no command means anything.
const RAW: [&str; 5] = ["verbatim", "lstlisting", "minted", "comment", "filecontents"];

/// Environments within environments; deeper ones have no numbers.
const DEPTH: usize = 64;

/// Counts over a source.
#[derive(Debug, Default)]
struct Counting {
    found: HashMap<String, Number>,
    counts: HashMap<String, usize>,
    /// Counters that start anew with a section, and which.
    within: HashMap<String, String>,
    /// The counters of theorems, and what these are called.
    theorems: HashMap<String, (String, String)>,
    chapters: bool,
    appendix: bool,
    /// What a label would name outside all environments.
    section: Option<Number>,
    open: Vec<Open>,
}

/// An environment.
#[derive(Debug)]
struct Open {
    name: String,
    /// What a label in it would name; what the one around it names until it has a number of its own.
    number: Option<Number>,
    items: usize,
}

/// The labels of a source that have a number.
pub fn numbers(source: &str) -> HashMap<String, Number> {
    let mut counting = Counting { chapters: source.contains("\\chapter"), ..Counting::default() };
    if counting.chapters {
        counting.within = ["figure", "table", "equation"].map(|of| (of.to_owned(), "chapter".to_owned())).into();
    }
    let mut rest = source;
    while let Some(at) = rest.find(['\\', '%']) {
        let after = text::tail(rest, at + 1);
        if text::tail(rest, at).starts_with('%') {
            rest = after.split_once('\n').map_or("", |(_, next)| next);
            continue;
        }
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let end = if end == 0 { after.chars().next().map_or(0, char::len_utf8) } else { end };
        let name = text::head(after, end);
        rest = counting.command(name, text::tail(after, end));
    }
    counting.found
}

/// What braces hold, and what follows them.
fn argument(rest: &str) -> Option<(&str, &str)> {
    until(rest.trim_start().strip_prefix('{')?, '}')
}

/// What brackets hold.
fn optional(rest: &str) -> Option<(&str, &str)> {
    until(rest.trim_start().strip_prefix('[')?, ']')
}

/// What stands before a sign that is near, and what stands after it: looked for in all the rest by every command that lacks
/// it, it would cost the square of a source's length.
fn until(rest: &str, sign: char) -> Option<(&str, &str)> {
    let at = text::head(rest, bounds::AHEAD).find(sign)?;
    Some((text::head(rest, at), text::tail(rest, at + sign.len_utf8())))
}

/// Up to the first letters of the alphabet, as LaTeX's `\Alph` counts.
fn letter(count: usize, first: u8) -> String {
    let at = u8::try_from(count.saturating_sub(1)).unwrap_or(u8::MAX).min(25);
    char::from(first + at).to_string()
}

impl Counting {
    /// Counts what a command does; what is to be read after it.
    fn command<'s>(&mut self, name: &str, rest: &'s str) -> &'s str {
        match name {
            "begin" => {
                let Some((name, after)) = argument(rest) else { return rest };
                return self.begin(name, after);
            }
            "end" => {
                let Some((name, after)) = argument(rest) else { return rest };
                if self.open.last().is_some_and(|open| open.name == name) {
                    self.open.pop();
                }
                return after;
            }
            "label" => {
                let Some((key, after)) = argument(rest) else { return rest };
                let number = self.open.last().map_or(&self.section, |open| &open.number);
                if let Some(number) = number {
                    self.found.entry(key.trim().to_owned()).or_insert_with(|| number.clone());
                }
                return after;
            }
            "appendix" => {
                self.appendix = true;
                self.counts.insert(self.highest().to_owned(), 0);
            }
            "verb" => {
                let sign = rest.chars().next().unwrap_or_default();
                return until(text::tail(rest, sign.len_utf8()), sign).map_or(rest, |(_, after)| after);
            }
            "caption" if !rest.starts_with('*') => {
                if let Some(kind) = self.open.iter().rev().find_map(|open| float(&open.name)) {
                    let number = self.step(kind);
                    self.name(kind, number);
                }
            }
            "item" => self.item(),
            // The last line may end with it too.
            "\\" if self.in_lines() && !rest.trim_start().starts_with("\\end") => {
                let number = self.step("equation");
                self.name("equation", number);
            }
            "nonumber" | "notag" if self.in_lines() => {
                if let Some(count) = self.counts.get_mut("equation") {
                    *count = count.saturating_sub(1);
                }
            }
            "numberwithin" | "counterwithin" => {
                let Some((counter, after)) = argument(rest) else { return rest };
                let Some((within, after)) = argument(after) else { return rest };
                self.within.insert(counter.to_owned(), within.to_owned());
                return after;
            }
            "newtheorem" => return self.newtheorem(rest).unwrap_or(rest),
            _ if SECTIONS.contains(&name) && !rest.starts_with('*') => self.begin_section(name),
            _ => {}
        }
        rest
    }

    fn begin<'s>(&mut self, name: &str, rest: &'s str) -> &'s str {
        if RAW.contains(&name.trim_end_matches('*')) {
            let end = format!("\\end{{{name}}}");
            return rest.split_once(&end).map_or("", |(_, after)| after);
        }
        if self.open.len() >= DEPTH {
            return rest;
        }
        let around = self.open.last().map_or(&self.section, |open| &open.number).clone();
        self.open.push(Open { name: name.to_owned(), number: around, items: 0 });
        if is_lines(name) || matches!(name, "equation" | "multline") {
            let number = self.step("equation");
            self.name("equation", number);
        } else if let Some((counter, kind)) = self.theorems.get(name).cloned() {
            let number = self.step(&counter);
            self.name(&kind, number);
        }
        rest
    }

    fn begin_section(&mut self, name: &str) {
        // A class with chapters doesn't number what is below subsections.
        if self.chapters && name == "subsubsection" {
            return;
        }
        let number = self.step(name);
        let kind = if self.appendix && name == self.highest() { "appendix" } else { name };
        self.section = Some(Number { kind: kind.to_owned(), number });
        // The document is an environment as well.
        for open in &mut self.open {
            open.number.clone_from(&self.section);
        }
        let below: Vec<&str> = SECTIONS.iter().skip_while(|section| **section != name).copied().collect();
        let anew = |counter: &str| self.within.get(counter).is_some_and(|of| below.contains(&of.as_str()));
        self.counts.retain(|counter, _| *counter == name || !(below.contains(&counter.as_str()) || anew(counter)));
    }

    /// Items of enumerations have numbers, those within them letters.
    fn item(&mut self) {
        let depth = self.open.iter().filter(|open| open.name == "enumerate").count();
        let above: String = self
            .open
            .iter()
            .rev()
            .skip(1)
            .find(|open| open.name == "enumerate")
            .map_or(0, |open| open.items)
            .to_string();
        let Some(open) = self.open.last_mut().filter(|open| open.name == "enumerate") else { return };
        open.items += 1;
        open.number = match depth {
            1 => Some(open.items.to_string()),
            2 => Some(above + &letter(open.items, b'a')),
            _ => None,
        }
        .map(|number| Number { kind: "item".to_owned(), number });
    }

    /// `\newtheorem{name}[counter]{Title}[within]`
    fn newtheorem<'s>(&mut self, rest: &'s str) -> Option<&'s str> {
        let (name, after) = argument(rest)?;
        let (shared, after) = optional(after).map_or((None, after), |(shared, after)| (Some(shared), after));
        let (title, after) = argument(after)?;
        if let Some((within, _)) = optional(after) {
            self.within.insert(name.to_owned(), within.to_owned());
        }
        let counter = shared.map_or(name, |shared| self.theorems.get(shared).map_or(shared, |(counter, _)| counter));
        self.theorems.insert(name.to_owned(), (counter.to_owned(), title.to_lowercase()));
        Some(after)
    }

    fn name(&mut self, kind: &str, number: String) {
        if let Some(open) = self.open.last_mut() {
            open.number = Some(Number { kind: kind.to_owned(), number });
        }
    }

    /// Counts one more; its number, behind that of what it is counted in.
    fn step(&mut self, counter: &str) -> String {
        *self.counts.entry(counter.to_owned()).or_default() += 1;
        self.shown(counter)
    }

    fn shown(&self, counter: &str) -> String {
        let count = self.counts.get(counter).copied().unwrap_or_default();
        let section = SECTIONS.iter().position(|section| *section == counter);
        let above = match section {
            Some(_) if counter == self.highest() => None,
            Some(at) => at.checked_sub(1).and_then(|above| SECTIONS.get(above).copied()),
            None => self.within.get(counter).map(String::as_str).filter(|of| SECTIONS.contains(of)),
        };
        let own = if self.appendix && counter == self.highest() { letter(count, b'A') } else { count.to_string() };
        above.map_or_else(|| own.clone(), |above| format!("{}.{own}", self.shown(above)))
    }

    /// Whether each line has a number here.
    fn in_lines(&self) -> bool {
        self.open.last().is_some_and(|open| is_lines(&open.name))
    }

    fn highest(&self) -> &'static str {
        if self.chapters { "chapter" } else { "section" }
    }
}

/// What kind of float an environment is.
fn float(name: &str) -> Option<&'static str> {
    match name.trim_end_matches('*') {
        "figure" | "wrapfigure" | "SCfigure" | "sidewaysfigure" => Some("figure"),
        "table" | "wraptable" | "longtable" | "sidewaystable" => Some("table"),
        _ => None,
    }
}

fn is_lines(name: &str) -> bool {
    LINES.contains(&name)
}

/// What a key says to a reader: `sec:first-steps` is about first steps.
pub fn readable(key: &str) -> String {
    let own = key.split_once(':').filter(|(kind, own)| kind.len() <= 8 && !own.is_empty()).map_or(key, |(_, own)| own);
    own.replace(['-', '_'], " ")
}
