//! What stands before the items of lists and before numbered headings (ECMA-376 part 1, section 17.9): abstract definitions,
//! their instances, and the count of each as the text goes on.

use std::collections::HashMap;

use crate::formats::office::{
    number, symbol,
    xml::{Node, Xml},
};

/// The definitions, and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    abstracts: HashMap<String, Abstract>,
    instances: HashMap<String, Instance>,
    /// How far the text of the last item is set in.
    indent: Option<i64>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// The numbers reached.
    counts: [Option<i64>; LEVELS],
    /// The style whose list it is, when it only says so.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct Instance {
    of: String,
    /// Numbers to start from anew.
    starts: [Option<i64>; LEVELS],
    overrides: HashMap<usize, Level>,
}

#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: String,
    text: String,
    font: String,
    legal: bool,
    indent: Option<i64>,
}

impl Default for Level {
    fn default() -> Level {
        let decimal = "decimal".to_owned();
        Level { start: 1, format: decimal, text: String::new(), font: String::new(), legal: false, indent: None }
    }
}

/// How deep lists go.
const LEVELS: usize = 9;

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// The text: `•`, `2.`, `1.3`; empty for nothing.
    pub text: String,
    /// How deep, from 0.
    pub level: usize,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(numbering: &str) -> Numbering {
        let mut all = Numbering::default();
        let mut xml = Xml::new(numbering);
        // Which definition is open, and which of its levels.
        let (mut definition, mut instance) = (None::<String>, None::<String>);
        let mut at = 0;
        let mut level: Option<Level> = None;
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) => match tag.local {
                    "abstractNum" => {
                        let id = tag.get("abstractNumId").unwrap_or_default().into_owned();
                        all.abstracts.insert(id.clone(), Abstract::default());
                        (definition, instance) = (Some(id), None);
                    }
                    "num" => {
                        let id = tag.get("numId").unwrap_or_default().into_owned();
                        all.instances.insert(id.clone(), Instance::default());
                        (definition, instance) = (None, Some(id));
                    }
                    "abstractNumId" => {
                        if let Some(instance) = instance.as_ref().and_then(|id| all.instances.get_mut(id)) {
                            instance.of = tag.get("val").unwrap_or_default().into_owned();
                        }
                    }
                    "lvlOverride" => at = place(tag.number("ilvl")),
                    "startOverride" => {
                        let instance = instance.as_ref().and_then(|id| all.instances.get_mut(id));
                        if let Some(start) = instance.and_then(|i| i.starts.get_mut(at)) {
                            *start = tag.number("val");
                        }
                    }
                    "lvl" => {
                        at = place(tag.number("ilvl"));
                        level = Some(Level::default());
                    }
                    "numStyleLink" => {
                        if let Some(definition) = definition.as_ref().and_then(|id| all.abstracts.get_mut(id)) {
                            definition.link = tag.get("val").map(|v| v.into_owned());
                        }
                    }
                    _ => {
                        if let Some(level) = &mut level {
                            let value = || tag.get("val").unwrap_or_default().into_owned();
                            match tag.local {
                                "start" => level.start = tag.number("val").unwrap_or(1),
                                "numFmt" => level.format = value(),
                                "lvlText" => level.text = value(),
                                "ind" => level.indent = tag.number("left").or_else(|| tag.number("start")),
                                "isLgl" => level.legal = tag.on(),
                                "rFonts" => level.font = tag.get("ascii").unwrap_or_default().into_owned(),
                                _ => {}
                            }
                        }
                    }
                },
                Node::End(_, "lvl") => {
                    let Some(level) = level.take() else { continue };
                    if let Some(definition) = definition.as_ref().and_then(|id| all.abstracts.get_mut(id)) {
                        if let Some(to) = definition.levels.get_mut(at) {
                            *to = level;
                        }
                    } else if let Some(instance) = instance.as_ref().and_then(|id| all.instances.get_mut(id)) {
                        instance.overrides.insert(at, level);
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// The style by which the list `id` is really defined.
    pub fn link(&self, id: &str) -> Option<&str> {
        self.abstracts.get(&self.instances.get(id)?.of)?.link.as_deref()
    }

    /// Counts a paragraph of the list `id` at `level`. `None` when there is no such list.
    pub fn next(&mut self, id: &str, level: i64) -> Option<Marker> {
        let level = place(Some(level));
        let instance = self.instances.get_mut(id)?;
        let definition = self.abstracts.get_mut(&instance.of)?;
        let get = |at: usize| instance.overrides.get(&at).or_else(|| definition.levels.get(at));
        let start = get(level)?.start;
        // An instance that starts anew does so once.
        if let Some(count) = definition.counts.get_mut(level) {
            let anew = instance.starts.get_mut(level).and_then(Option::take);
            *count = Some(anew.unwrap_or_else(|| count.map_or(start, |count| count.saturating_add(1))));
        }
        for deeper in definition.counts.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let own = get(level)?;
        self.indent = own.indent;
        if own.format == "bullet" {
            return Some(Marker { text: symbol::bullet(&own.text, &own.font), level });
        }
        if own.format == "none" && !own.text.contains(|c: char| c.is_alphanumeric()) {
            return Some(Marker { text: String::new(), level });
        }
        let mut text = String::new();
        let mut signs = own.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let digit = signs.peek().and_then(|c| c.to_digit(10)).filter(|d| sign == '%' && *d > 0);
            let Some(digit) = digit else {
                text.push(sign);
                continue;
            };
            signs.next();
            let at = place(Some(i64::from(digit) - 1));
            let Some(other) = get(at) else { continue };
            let count = definition.counts.get(at).copied().flatten().unwrap_or(other.start);
            text.push_str(&formatted(count, if own.legal && at < level { "decimal" } else { &other.format }));
        }
        Some(Marker { text: text.trim().to_owned(), level })
    }

    /// Whether a paragraph that is set in so far stands below the last item, as far in as the text of that.
    pub fn is_below(&self, indent: Option<i64>) -> bool {
        indent.is_some_and(|indent| indent > 0) && indent == self.indent
    }
}

fn place(level: Option<i64>) -> usize {
    usize::try_from(level.unwrap_or(0)).unwrap_or(0).min(LEVELS - 1)
}

fn formatted(count: i64, format: &str) -> String {
    match format {
        "lowerLetter" => number::letters(count, false),
        "upperLetter" => number::letters(count, true),
        "lowerRoman" => number::roman(count, false),
        "upperRoman" => number::roman(count, true),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        "ordinal" => ordinal(count),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "koreanDigital2"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => number::chinese(count),
        _ => count.to_string(),
    }
}

fn ordinal(count: i64) -> String {
    let end = match (count % 10, count % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{count}{end}")
}
