//! Styles: what a paragraph or a run is by the name that its author gave it. Word keeps the English names of its
//! own styles whatever its language; other programs translate them.

use std::collections::HashMap;

use super::run;
use crate::formats::office::{Ns, Role, Run, Tag, Xml, role::role, xml::Node};

/// All styles.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// What every run is unless something else is said.
    pub defaults: Run,
    /// The paragraph style of a paragraph that names none.
    normal: Option<String>,
}

/// A style.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Its name in lower case.
    pub name: String,
    /// What its runs are.
    pub run: Run,
    /// The level in the outline, from 0.
    pub outline: Option<i64>,
    /// The list that it stands in, and how deep.
    pub list: (Option<String>, Option<i64>),
    based_on: Option<String>,
}

/// Chains of styles longer than this are circles.
const CHAIN: usize = 32;

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(styles: &str) -> Styles {
        let mut all = Styles::default();
        let mut xml = Xml::new(styles);
        let mut open: Option<(String, Style)> = None;
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) if tag.local == "style" => {
                    let id = tag.get("styleId").unwrap_or_default().into_owned();
                    let paragraph = tag.get("type").is_none_or(|kind| kind == "paragraph");
                    if paragraph && tag.get("default").is_some_and(|d| matches!(d.as_ref(), "1" | "true" | "on")) {
                        all.normal = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Node::End(_, "style") => {
                    if let Some((id, style)) = open.take() {
                        all.by_id.insert(id, style);
                    }
                }
                Node::Start(tag) => match &mut open {
                    // What holds for the rows of a table says nothing about runs.
                    Some(_) if matches!(tag.local, "tblStylePr" | "tblPr" | "trPr" | "tcPr") => xml.skip(),
                    Some((_, style)) => style.take(&tag),
                    None if matches!(tag.local, "latentStyles") => xml.skip(),
                    None => run::take(&mut all.defaults, &tag),
                },
                _ => {}
            }
        }
        all
    }

    /// The styles from `id` to the one that it goes back to, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let mut next = id;
        (0..CHAIN).map_while(move |_| {
            let style = self.by_id.get(next?)?;
            next = style.based_on.as_deref();
            Some(style)
        })
    }

    /// What a run of the style is; with the document's defaults if it is a paragraph's.
    pub fn run(&self, id: Option<&str>, paragraph: bool) -> Run {
        let id = id.or(self.normal.as_deref().filter(|_| paragraph));
        let mut run = self.chain(id).fold(Run::default(), |run, style| run.over(&style.run));
        if paragraph {
            run = run.over(&self.defaults);
        }
        run
    }

    /// What a paragraph of the style is.
    pub fn role(&self, id: Option<&str>) -> Role {
        // The nearest that says anything.
        let mut roles = self.chain(id).map(|style| style.role()).filter(|role| *role != Role::Text);
        roles.next().or_else(|| id.map(|id| role(&id.to_lowercase()))).unwrap_or_default()
    }

    /// How deep a list of this style stands by its name alone: `List Bullet 2` is the second level.
    pub fn depth(&self, id: Option<&str>) -> Option<usize> {
        let name = &self.chain(id).next()?.name;
        let rest = name.strip_prefix("list bullet").or(name.strip_prefix("list number"))?;
        rest.trim().parse::<usize>().ok().filter(|n| (2..=5).contains(n)).map(|n| n - 1)
    }

    /// The list of a style, and the depth in it.
    pub fn list(&self, id: Option<&str>) -> (Option<String>, Option<i64>) {
        let list = self.chain(id).find_map(|style| style.list.0.clone());
        (list, self.chain(id).find_map(|style| style.list.1))
    }
}

impl Style {
    fn take(&mut self, tag: &Tag<'_>) {
        if tag.ns != Ns::W {
            return;
        }
        match tag.local {
            "name" => self.name = tag.get("val").unwrap_or_default().to_lowercase(),
            "basedOn" => self.based_on = tag.get("val").map(|v| v.into_owned()),
            "outlineLvl" => self.outline = tag.number("val"),
            "numId" => self.list.0 = tag.get("val").map(|v| v.into_owned()),
            "ilvl" => self.list.1 = tag.number("val"),
            _ => run::take(&mut self.run, tag),
        }
    }

    fn role(&self) -> Role {
        match (role(&self.name), self.outline) {
            (Role::Text, Some(level @ 0..=8)) => Role::Heading(u8::try_from(level + 1).unwrap_or(6)),
            (role, _) => role,
        }
    }
}
