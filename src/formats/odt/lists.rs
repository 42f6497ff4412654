//! What stands before the items of lists and before headings: the levels of a style, and how far each list has counted.

use std::collections::HashMap;

use super::text::Reader;
use crate::formats::office::{Ns, Tag, Xml, number, symbol, xml::Node};

/// How deep lists go.
pub const LEVELS: usize = 10;

/// The levels of a list style.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    levels: [Level; LEVELS],
}

#[derive(Clone, Debug, Default)]
struct Level {
    bullet: Option<String>,
    format: String,
    prefix: String,
    suffix: String,
    /// How many levels its number shows.
    shown: usize,
    start: Option<i64>,
}

/// How far a list has counted, level by level.
pub type Counts = [Option<i64>; LEVELS];

impl Levels {
    /// Reads the style that just began.
    pub fn read(xml: &mut Xml<'_>) -> Levels {
        let mut all = Levels::default();
        let mut at = 0;
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) => {
                    let style = matches!(
                        tag.local,
                        "list-level-style-bullet"
                            | "list-level-style-number"
                            | "list-level-style-image"
                            | "outline-level-style"
                    );
                    if style {
                        at = place(tag.number("level").unwrap_or(1));
                        let said = |name: &str| tag.get(name).unwrap_or_default().into_owned();
                        let bullet = match tag.local {
                            "list-level-style-bullet" => Some(said("bullet-char")),
                            "list-level-style-image" => Some("•".to_owned()),
                            _ => None,
                        };
                        if let Some(level) = all.levels.get_mut(at) {
                            *level = Level {
                                bullet,
                                format: said("num-format"),
                                prefix: said("num-prefix"),
                                suffix: said("num-suffix"),
                                shown: usize::try_from(tag.number("display-levels").unwrap_or(1)).unwrap_or(1),
                                start: tag.number("start-value"),
                            };
                        }
                    } else if let Some(bullet) = all.levels.get_mut(at).and_then(|level| level.bullet.as_mut()) {
                        let font = tag.get("font-name").or_else(|| tag.get("font-family"));
                        if let Some(font) = font {
                            *bullet = symbol::bullet(bullet, &font);
                        }
                    }
                }
                Node::End(Ns::Text, "list-style" | "outline-style") => break,
                _ => {}
            }
        }
        all
    }

    /// Counts one at `level`, from 0, and says what stands before it.
    pub fn next(&self, level: usize, counts: &mut Counts, anew: Option<i64>) -> String {
        let level = level.min(LEVELS - 1);
        let Some(own) = self.levels.get(level) else { return String::new() };
        if let Some(count) = counts.get_mut(level) {
            let start = own.start.unwrap_or(1);
            *count = Some(anew.unwrap_or_else(|| count.map_or(start, |count| count.saturating_add(1))));
        }
        counts.iter_mut().skip(level + 1).for_each(|deeper| *deeper = None);
        if let Some(bullet) = &own.bullet {
            return symbol::bullet(bullet, "");
        }
        if own.format.is_empty() {
            return String::new();
        }
        let first = (level + 1).saturating_sub(own.shown.max(1));
        let numbers: Vec<String> = (first..=level)
            .filter_map(|at| {
                let style = self.levels.get(at)?;
                let count = counts.get(at).copied().flatten().or(style.start).unwrap_or(1);
                (!style.format.is_empty()).then(|| formatted(count, &style.format))
            })
            .collect();
        format!("{}{}{}", own.prefix, numbers.join("."), own.suffix).trim().to_owned()
    }
}

fn place(level: i64) -> usize {
    usize::try_from(level - 1).unwrap_or(0).min(LEVELS - 1)
}

fn formatted(count: i64, format: &str) -> String {
    match format {
        "a" => number::letters(count, false),
        "A" => number::letters(count, true),
        "i" => number::roman(count, false),
        "I" => number::roman(count, true),
        "一, 二, 三, ..." => number::chinese(count),
        _ => count.to_string(),
    }
}

/// The lists that are open, and how far those counted that others go on with.
#[derive(Debug, Default)]
pub struct Lists {
    open: Vec<List>,
    /// How far those have counted that are open.
    counts: Counts,
    /// By name of the style, and by id.
    ended: HashMap<String, Counts>,
}

#[derive(Debug, Default)]
struct List {
    style: Option<String>,
    id: Option<String>,
    item: Item,
}

#[derive(Clone, Copy, Debug, Default)]
struct Item {
    /// Its first paragraph has not come yet.
    fresh: bool,
    start: Option<i64>,
}

/// What a paragraph is to the list that it stands in.
#[derive(Debug, PartialEq)]
pub enum Place {
    /// It stands in no list.
    Outside,
    /// It begins an item, with this before it.
    Begins(usize, String),
    /// It goes on within an item.
    Within(usize),
}

impl Lists {
    /// A list begins. Lists deeper than levels go are counted as the last level.
    pub fn enter(&mut self, style: Option<String>, id: Option<String>, goes_on: Option<&str>) {
        let style = style.or_else(|| self.open.last().and_then(|list| list.style.clone()));
        if self.open.is_empty() {
            let before = goes_on.and_then(|key| {
                let key = if key.is_empty() { style.as_deref().unwrap_or_default() } else { key };
                self.ended.get(key)
            });
            self.counts = before.copied().unwrap_or_default();
        }
        self.open.push(List { style, id, item: Item::default() });
    }

    /// The innermost list ends.
    pub fn leave(&mut self) {
        if let Some(list) = self.open.pop()
            && self.open.is_empty()
        {
            for key in [list.style, list.id].into_iter().flatten() {
                self.ended.insert(key, self.counts);
            }
        }
    }

    /// An item begins; a heading of a list is none.
    pub fn item(&mut self, start: Option<i64>, heading: bool) {
        if let Some(list) = self.open.last_mut() {
            list.item = Item { fresh: !heading, start };
        }
    }

    /// What the paragraph that ends is; it is counted.
    pub fn place(&mut self, styles: &HashMap<String, Levels>) -> Place {
        let Some(level) = self.open.len().checked_sub(1) else { return Place::Outside };
        let Some(list) = self.open.last_mut() else { return Place::Outside };
        if !std::mem::take(&mut list.item.fresh) {
            return Place::Within(level);
        }
        let marker = match list.style.as_ref().and_then(|style| styles.get(style)) {
            Some(levels) => levels.next(level, &mut self.counts, list.item.start),
            None => "•".to_owned(),
        };
        Place::Begins(level, marker)
    }

    /// All of them end.
    pub fn end(&mut self) {
        while !self.open.is_empty() {
            self.leave();
        }
    }
}

impl Reader<'_> {
    pub(super) fn start_list(&mut self, tag: &Tag<'_>) {
        let style = tag.get("style-name").map(|s| s.into_owned());
        let id = tag.get_as("xml:id").map(|id| id.into_owned());
        let on = tag.get("continue-list").map(|id| id.into_owned());
        let on = on.or_else(|| tag.get("continue-numbering").filter(|c| c == "true").map(|_| String::new()));
        self.lists.enter(style, id, on.as_deref());
    }
}
