//! Front matter: the YAML or TOML before the text. It is cut off only when it plainly is front matter; a text that merely
//! begins with a line of dashes is left whole. Hostile YAML costs no more than its length: it is read as a stream of
//! events, aliases are not followed, and depth and count are bounded.

use yaml_rust2::{
    parser::{Event, Parser},
    scanner::TScalarStyle,
};

use crate::{doc::Meta, formats::title, text};

/// A text and what stood before it.
#[derive(Debug, Default)]
pub struct Front<'t> {
    /// What the front matter says.
    pub meta: Meta,
    /// Why it could not be read.
    pub warning: Option<String>,
    /// The text after it.
    pub rest: &'t str,
    /// Whether there was any.
    pub is_front: bool,
}

/// Longer front matter is text.
const MAX_FRONT: usize = 64 * 1024;
/// Nothing of use is nested deeper than `authors: [{name: …}]`; what is goes unread.
const MAX_DEPTH: usize = 16;

/// A value of either notation, as far as metadata goes.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Cuts front matter off.
pub fn split(markdown: &str) -> Front<'_> {
    let whole = Front { rest: markdown, ..Front::default() };
    let start = markdown.trim_start_matches('\u{FEFF}');
    let Some((fence, after)) = ["---", "+++"].into_iter().find_map(|f| Some((f, line(start.strip_prefix(f)?)?))) else {
        return whole;
    };
    let Some((inner, rest)) = until_close(after, fence) else { return whole };
    let parsed = if fence == "---" { yaml(inner) } else { toml(inner) };
    match parsed {
        Ok(Value::Map(map)) if !map.is_empty() => Front { meta: meta(&map), warning: None, rest, is_front: true },
        Err(reason) if is_plain(inner) => Front {
            meta: meta(&salvage(inner)),
            warning: Some(format!("front matter: {reason}")),
            rest,
            is_front: true,
        },
        _ => whole,
    }
}

/// What follows if nothing but a line end comes first.
fn line(text: &str) -> Option<&str> {
    let (line, rest) = text.split_once('\n')?;
    line.trim().is_empty().then_some(rest)
}

fn until_close<'t>(after: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let mut at = 0;
    for line in text::head(after, MAX_FRONT).split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            return Some((text::head(after, at), text::tail(after, at + line.len())));
        }
        at += line.len();
    }
    None
}

fn meta(map: &[(String, Value)]) -> Meta {
    let find = |keys: &[&str]| {
        keys.iter().find_map(|key| map.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)).map(|(_, value)| value))
    };
    Meta {
        title: find(&["title", "name"]).map(|v| title::clean(&words(v, " "))).filter(|t| !t.is_empty()),
        author: find(&["author", "authors", "by", "creator"])
            .map(|v| title::clean(&words(v, ", ")))
            .filter(|a| !a.is_empty()),
        date: ["date", "published", "pubdate", "publishdate", "created", "updated", "modified", "lastmod"]
            .iter()
            .find_map(|key| title::date(&words(find(&[key])?, " "))),
        language: find(&["lang", "language", "locale"]).map(|v| words(v, " ")).filter(|l| !l.is_empty()),
        tags: ["tags", "keywords", "categories", "category"].iter().filter_map(|key| find(&[key])).fold(
            Vec::new(),
            |mut all, value| {
                for tag in tags(value) {
                    if !all.contains(&tag) {
                        all.push(tag);
                    }
                }
                all
            },
        ),
        ..Meta::default()
    }
}

/// A value as one string; of a map the name that it has.
fn words(value: &Value, between: &str) -> String {
    match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::List(list) => {
            list.iter().map(|v| words(v, between)).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(between)
        }
        Value::Map(map) => {
            let named = ["name", "full", "title"].iter().find_map(|key| map.iter().find(|(k, _)| k == key));
            let given = map.iter().find(|(k, _)| k == "given").map(|(_, v)| words(v, " "));
            let family = map.iter().find(|(k, _)| k == "family").map(|(_, v)| words(v, " "));
            match (named, given, family) {
                (Some((_, name)), ..) => words(name, " "),
                (None, given, family) => [given, family].into_iter().flatten().collect::<Vec<_>>().join(" "),
            }
        }
    }
}

fn tags(value: &Value) -> Vec<String> {
    let list: Vec<String> = match value {
        Value::Text(text) if text.contains([',', ';']) => text.split([',', ';']).map(str::to_owned).collect(),
        // `rust terminal` are two tags to Jekyll, and one to everyone else: it stays what it is.
        Value::Text(text) => vec![text.clone()],
        Value::List(list) => list.iter().map(|v| words(v, " ")).collect(),
        Value::Map(_) => Vec::new(),
    };
    list.iter().map(|tag| tag.trim().trim_start_matches('#').to_owned()).filter(|tag| !tag.is_empty()).collect()
}

fn toml(inner: &str) -> Result<Value, String> {
    let table: toml::Table = inner.parse().map_err(|e: toml::de::Error| e.message().to_owned())?;
    Ok(Value::Map(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()))
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(list) => Value::List(list.into_iter().map(from_toml).collect()),
        toml::Value::Table(map) => Value::Map(map.into_iter().map(|(key, value)| (key, from_toml(value))).collect()),
        other => Value::Text(other.to_string()),
    }
}

fn yaml(inner: &str) -> Result<Value, String> {
    let mut parser = Parser::new_from_str(inner);
    let mut stack: Vec<Value> = Vec::new();
    let mut keys: Vec<Option<String>> = Vec::new();
    let mut below = 0usize;
    let mut root = None;
    loop {
        let (event, _) = parser.next_token().map_err(|e| e.to_string())?;
        let done = match event {
            Event::StreamEnd | Event::DocumentEnd => return root.ok_or_else(|| "nothing in it".to_owned()),
            Event::SequenceStart(..) | Event::MappingStart(..) if stack.len() >= MAX_DEPTH => {
                below += 1;
                if below > 256 {
                    return Err("nested too deeply".to_owned());
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd if below > 0 => {
                below -= 1;
                continue;
            }
            _ if below > 0 => continue,
            Event::SequenceStart(..) => {
                stack.push(Value::List(Vec::new()));
                keys.push(None);
                continue;
            }
            Event::MappingStart(..) => {
                stack.push(Value::Map(Vec::new()));
                keys.push(None);
                continue;
            }
            Event::Scalar(text, style, ..) => {
                let null = style == TScalarStyle::Plain && matches!(text.as_str(), "~" | "null" | "Null" | "NULL");
                Value::Text(if null { String::new() } else { text })
            }
            Event::Alias(_) => Value::Text(String::new()),
            Event::SequenceEnd | Event::MappingEnd => {
                keys.pop();
                stack.pop().ok_or("unbalanced")?
            }
            _ => continue,
        };
        match (stack.last_mut(), keys.last_mut()) {
            (Some(Value::List(list)), _) => list.push(done),
            (Some(Value::Map(map)), Some(key)) => match key.take() {
                None => *key = Some(words(&done, " ")),
                Some(name) => map.push((name, done)),
            },
            _ => root = Some(done),
        }
    }
}

/// Whether nearly every line that stands at the margin reads `key: value` or `key = value`.
fn is_plain(inner: &str) -> bool {
    let margin = |l: &&str| !l.trim().is_empty() && !l.starts_with([' ', '\t', '#', '-', '[', ']', '}']);
    let lines: Vec<&str> = inner.lines().filter(margin).collect();
    let keyed = lines.iter().filter(|l| pair(l).is_some()).count();
    keyed > 0 && keyed * 5 >= lines.len() * 4
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '='])?;
    let (key, value) = line.split_at(at);
    let key = key.trim().trim_matches('"');
    let word =
        key.chars().next()?.is_alphabetic() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let value = text::tail(value, 1);
    (word && (value.is_empty() || value.starts_with(char::is_whitespace) || line.contains('=')))
        .then(|| (key, value.trim()))
}

/// The plain `key: value` lines of front matter that is not well formed, such as `title: A: B`.
fn salvage(inner: &str) -> Vec<(String, Value)> {
    let pairs = inner.lines().filter(|l| !l.starts_with(char::is_whitespace)).filter_map(pair);
    pairs
        .filter(|(_, value)| !value.is_empty() && !value.starts_with(['[', '{', '|', '>', '&', '*']))
        .map(|(key, value)| (key.to_owned(), Value::Text(value.trim_matches(['"', '\'']).to_owned())))
        .collect()
}
