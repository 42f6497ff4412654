//! Styles of OpenDocument: of paragraphs and of runs, with those that they go back to; those of lists are in `lists`.

use std::collections::{HashMap, HashSet};

use super::lists::Levels;
use crate::{
    doc::Align,
    formats::office::{Ns, Role, Run, Tag, Xml, role::role, run::is_mono, xml::Node},
};

/// All styles.
#[derive(Debug, Default)]
pub struct Styles {
    /// By family and name: a paragraph's and a run's may have the same.
    by_name: HashMap<(Family, String), Style>,
    /// What runs are by default.
    defaults: Run,
    /// Fonts whose letters are all as wide.
    mono: HashSet<String>,
    /// Lists, by name.
    pub lists: HashMap<String, Levels>,
    /// The numbers of headings.
    pub outline: Levels,
}

/// What a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// A paragraph.
    Paragraph,
    /// A run of text.
    Text,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    run: Run,
    align: Option<Align>,
    outline: Option<i64>,
}

/// Chains of styles longer than this are circles.
const CHAIN: usize = 32;

impl Styles {
    /// Reads the styles of a part, up to where its text begins.
    pub fn read(&mut self, part: &str) {
        let mut xml = Xml::new(part);
        let mut open: Option<(Option<Family>, String, Style)> = None;
        let mut default = false;
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) => match (tag.ns, tag.local) {
                    (Ns::Office, "body" | "master-styles" | "settings" | "scripts" | "meta") => {
                        if tag.local == "body" {
                            return;
                        }
                        xml.skip();
                    }
                    (Ns::Style, "font-face" | "font-decl") => {
                        let fixed = tag.get("font-pitch").is_some_and(|pitch| pitch == "fixed");
                        let name = tag.get("name").unwrap_or_default().into_owned();
                        let family = tag.get("font-family").unwrap_or_default();
                        if fixed || is_mono(&name) || is_mono(&family) {
                            self.mono.insert(name);
                        }
                    }
                    (Ns::Style, "style") => {
                        let family = match tag.get("family").as_deref() {
                            Some("paragraph") => Some(Family::Paragraph),
                            Some("text") => Some(Family::Text),
                            _ => None,
                        };
                        let id = tag.get_as("style:name").unwrap_or_default().into_owned();
                        let name = tag.get("display-name").unwrap_or_else(|| plain(&id).into()).to_lowercase();
                        let parent = tag.get("parent-style-name").map(|p| p.into_owned());
                        let outline = tag.number("default-outline-level");
                        open = Some((family, id, Style { name, parent, outline, ..Style::default() }));
                    }
                    (Ns::Style, "default-style") => {
                        default = tag.get("family").is_some_and(|family| family == "paragraph");
                    }
                    (Ns::Style, "text-properties" | "properties" | "paragraph-properties") => {
                        if let Some((_, _, style)) = &mut open {
                            take(&mut style.run, &tag, &self.mono);
                            if let Some(align) = tag.get("text-align") {
                                style.align = Some(match align.as_ref() {
                                    "end" | "right" => Align::Right,
                                    "center" => Align::Center,
                                    _ => Align::Left,
                                });
                            }
                        } else if default {
                            take(&mut self.defaults, &tag, &self.mono);
                        }
                    }
                    (Ns::Text, "list-style") => {
                        let name = tag.get_as("style:name").unwrap_or_default().into_owned();
                        let levels = Levels::read(&mut xml);
                        self.lists.insert(name, levels);
                    }
                    (Ns::Text, "outline-style") => self.outline = Levels::read(&mut xml),
                    _ => {}
                },
                Node::End(Ns::Style, "style") => {
                    if let Some((Some(family), id, style)) = open.take() {
                        self.by_name.insert((family, id), style);
                    }
                    open = None;
                }
                Node::End(Ns::Style, "default-style") => default = false,
                _ => {}
            }
        }
    }

    fn chain<'s>(&'s self, family: Family, name: Option<&str>) -> impl Iterator<Item = &'s Style> {
        let mut next = name.map(str::to_owned);
        (0..CHAIN).map_while(move |_| {
            let style = self.by_name.get(&(family, next.take()?))?;
            next.clone_from(&style.parent);
            Some(style)
        })
    }

    /// What a run of the style is; with the defaults if it is a paragraph's.
    pub fn run(&self, family: Family, name: Option<&str>) -> Run {
        let run = self.chain(family, name).fold(Run::default(), |run, style| run.over(&style.run));
        if family == Family::Paragraph { run.over(&self.defaults) } else { run }
    }

    /// Whether every letter of the document is as wide as the other by default.
    pub fn is_mono(&self) -> bool {
        self.defaults.mono == Some(true) || self.run(Family::Paragraph, Some("Standard")).mono == Some(true)
    }

    /// What a paragraph of the style is.
    pub fn role(&self, name: Option<&str>) -> Role {
        let roles = self.chain(Family::Paragraph, name).map(|style| match (role(&style.name), style.outline) {
            (Role::Text, Some(level @ 1..=10)) => Role::Heading(u8::try_from(level).unwrap_or(6)),
            (role, _) => role,
        });
        let found = roles.into_iter().find(|role| *role != Role::Text);
        found.or_else(|| name.map(|name| role(&plain(name).to_lowercase()))).unwrap_or_default()
    }

    /// How a paragraph of the style is aligned.
    pub fn align(&self, name: Option<&str>) -> Align {
        self.chain(Family::Paragraph, name).find_map(|style| style.align).unwrap_or_default()
    }
}

/// The name that a person sees: `Heading_20_1` is `Heading 1`.
fn plain(name: &str) -> String {
    name.replace("_20_", " ")
}

fn take(run: &mut Run, tag: &Tag<'_>, mono: &HashSet<String>) {
    if let Some(weight) = tag.get_as("fo:font-weight") {
        let heavy = weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600);
        run.bold = Some(heavy);
    }
    if let Some(style) = tag.get_as("fo:font-style") {
        run.italic = Some(style == "italic" || style == "oblique");
    }
    if let Some(line) = tag.get("text-line-through-style").or_else(|| tag.get("text-crossing-out")) {
        run.strike = Some(line != "none");
    }
    if let Some(line) = tag.get("text-underline-style").or_else(|| tag.get("text-underline")) {
        run.underline = Some(line != "none");
    }
    if let Some(display) = tag.get_as("text:display") {
        run.hidden = Some(display == "none");
    }
    if let Some(position) = tag.get("text-position") {
        let first = position.split(' ').next().unwrap_or_default();
        run.raised = Some(first == "super" || first.trim_end_matches('%').parse::<i32>().is_ok_and(|by| by > 10));
    }
    let font = tag.get_as("style:font-name").or_else(|| tag.get_as("fo:font-family"));
    if let Some(font) = font {
        run.mono = Some(mono.contains(font.as_ref()) || is_mono(&font));
        run.font = Some(font.into_owned());
    }
}
