//! Following links: those on the page get numbers, a number leads into the text, to another document of the library, or out
//! of recto, which is asked first. Footnotes are links too.

use std::path::{Path, PathBuf};

use super::{Arrive, Effect, Goal, Overlay, State};
use crate::{
    doc::{Anchor, DocId},
    layout::{Leads, Row, Run},
};

/// The links of the page while they have numbers, from 1 in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Where each of them is on the page, and where it leads.
    pub ways: Vec<Way>,
    /// The digits so far.
    pub typed: String,
}

/// A link on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The row of the page that it begins in.
    pub row: usize,
    /// The column of the text that it begins in.
    pub column: usize,
    /// It is read from there to the left.
    pub right: bool,
    /// Where it leads.
    pub to: Leads,
}

impl Links {
    /// The numbers that what was typed may become, each with its link.
    pub fn matching(&self) -> impl Iterator<Item = (usize, &Way)> {
        let numbered = self.ways.iter().enumerate().map(|(at, way)| (at + 1, way));
        numbered.filter(|(number, _)| number.to_string().starts_with(&self.typed))
    }
}

impl State {
    /// Gives the links of the page numbers.
    pub(crate) fn open_links(&mut self) {
        let mut ways: Vec<Way> = Vec::new();
        let mut last = None;
        for (at, row) in self.reader.page.rows.iter().enumerate() {
            for run in &row.runs {
                let to = run.face.leads.clone();
                // A link that goes on, in other letters or on the next row, is one.
                if to.is_some() && to != last {
                    ways.extend(to.clone().map(|to| Way {
                        row: at,
                        column: begins(row, run),
                        right: run.is_turned(),
                        to,
                    }));
                }
                if run.source.is_some() {
                    last = to;
                }
            }
        }
        match ways.len() {
            0 => self.say("no links on this page"),
            _ => self.overlay = Some(Overlay::Links(Links { ways, typed: String::new() })),
        }
    }

    /// Takes a digit of a number; the link is followed as soon as no other one is meant.
    pub(crate) fn type_link(&mut self, digit: char) -> Vec<Effect> {
        let Some(Overlay::Links(links)) = &mut self.overlay else { return Vec::new() };
        links.typed.push(digit);
        match links.matching().take(2).count() {
            0 => {
                links.typed.pop();
                Vec::new()
            }
            1 => self.accept(),
            _ => Vec::new(),
        }
    }

    /// Follows the link whose number was typed.
    pub(crate) fn follow_link(&mut self, links: &Links) -> Vec<Effect> {
        let number = links.typed.parse::<usize>().ok();
        let only = links.ways.first().filter(|_| links.ways.len() == 1 && links.typed.is_empty());
        let way = number.and_then(|number| links.ways.get(number.checked_sub(1)?)).or(only);
        let Some(way) = way else { return Vec::new() };
        match &way.to {
            Leads::Note(label) => {
                self.show_note(label);
                Vec::new()
            }
            Leads::Link(link) => {
                let target = self.document().and_then(|document| document.links.get(*link));
                target.map(|link| link.target.clone()).map_or_else(Vec::new, |target| self.follow_target(&target))
            }
        }
    }

    fn follow_target(&mut self, target: &str) -> Vec<Effect> {
        if target.starts_with('#') {
            self.go_to_target(target);
            return Vec::new();
        }
        let Some(here) = self.reader.shown().map(|opened| opened.row.path.clone()) else { return Vec::new() };
        if let Some(name) = message(target) {
            return vec![Effect::Follow { to: Goal::Named { name, from: here }, fragment: None }];
        }
        if is_url(target) {
            self.overlay = Some(Overlay::Outside { target: target.to_owned() });
            return Vec::new();
        }
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let path = decoded(path.split_once('?').map_or(path, |(path, _)| path));
        let Some(folder) = here.parent() else { return Vec::new() };
        let fragment = Some(fragment).filter(|fragment| !fragment.is_empty()).map(|fragment| format!("#{fragment}"));
        vec![Effect::Follow { to: Goal::Path(joined(folder, &path)), fragment }]
    }

    /// To a place of this text that has a name.
    fn go_to_target(&mut self, name: &str) {
        let anchor = self.document().and_then(|document| target(document, name));
        match anchor {
            Some(anchor) => self.leap(anchor),
            None => self.complain(format!("the place that this leads to is not in the text: {name}")),
        }
    }

    /// What was followed leads to this document of the library, and in it to a place of this name or to its mark.
    pub fn arrive(&mut self, id: DocId, to: &Goal, fragment: Option<String>) -> Vec<Effect> {
        self.mark_trail();
        self.reader.request.fragment = fragment;
        let arrive = if let Goal::Mark(letter) = to { Arrive::Mark(*letter) } else { Arrive::Start };
        let mut effects = self.visit(id, arrive);
        effects.extend(self.follow());
        effects
    }

    /// A link leads to what is no document here.
    pub fn leads_out(&mut self, to: &Goal, exists: bool) {
        match to {
            Goal::Path(path) if exists => {
                self.overlay = Some(Overlay::Outside { target: path.display().to_string() });
            }
            Goal::Path(path) => self.complain(format!("no such file: {}", path.display())),
            Goal::Mark(letter) => self.complain(format!("no mark {letter} in this library")),
            Goal::Named { name, .. } => self.complain(format!("no such message here: {name}")),
        }
    }
}

/// The column in which a run of a row begins.
fn begins(row: &Row, run: &Run) -> usize {
    let drawn = row.drawn().find(|drawn| std::ptr::eq(drawn.run, run));
    drawn.map_or(0, |drawn| drawn.column + if run.is_turned() { run.text.width().saturating_sub(1) } else { 0 })
}

/// The place of a name, as it is written or with its `%XX` decoded.
pub(super) fn target(document: &crate::doc::Document, name: &str) -> Option<Anchor> {
    let find = |name: &str| document.targets.get(name).copied();
    find(name).or_else(|| find(&decoded(name))).or_else(|| find(&decoded(name).to_lowercase()))
}

/// The Message-ID of the message that a URL leads to (RFC 2392), or to a part of it.
fn message(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once(':')?;
    let id = rest.split('/').next().map(decoded).unwrap_or_default();
    (scheme.eq_ignore_ascii_case("mid") && !id.is_empty()).then_some(id)
}

/// Whether a target begins with a scheme (RFC 3986, section 3.1). One letter is a drive.
fn is_url(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return target.starts_with("//") };
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.len() > 1 && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letter)
}

/// Percent-encoding undone (RFC 3986, section 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A relative path from a folder, with its `.` and `..` worked out.
fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut joined = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            std::path::Component::ParentDir => drop(joined.pop()),
            std::path::Component::CurDir => {}
            part => joined.push(part),
        }
    }
    joined
}
