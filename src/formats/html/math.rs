//! Formulas: MathML in a line, TeX as it is written.

use dom_query::{NodeData, NodeRef};

use super::script;

/// How many nodes of one formula are read.
const NODES: usize = 20_000;

/// MathML as a line of text: `x² + √(a/b)`.
pub fn linear(math: &NodeRef<'_>) -> String {
    // What a group wrote, to be joined when it ends: by its element, its parts one after the other.
    let mut open: Vec<(String, Vec<String>)> = vec![("math".to_owned(), Vec::new())];
    let mut next = math.first_child();
    let mut count = 0;
    while let Some(node) = next {
        count += 1;
        if count > NODES {
            break;
        }
        let name = node.node_name().map(|name| name.to_string());
        match &name {
            None => text(&node, &mut open),
            Some(name) if matches!(name.as_str(), "annotation" | "annotation-xml" | "mspace" | "mphantom") => {
                if name == "mspace" {
                    push(&mut open, " ".to_owned());
                }
            }
            Some(name) => {
                if let Some(child) = node.first_child() {
                    open.push((name.clone(), Vec::new()));
                    next = Some(child);
                    continue;
                }
                push(&mut open, String::new());
            }
        }
        let mut at = node;
        next = loop {
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            let Some(parent) = at.parent().filter(|parent| parent.id != math.id) else { break None };
            close(&mut open);
            at = parent;
        };
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let parts = open.pop().map(|(_, parts)| parts.concat()).unwrap_or_default();
    parts.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The TeX that a formula was made of, where it says.
pub fn tex(math: &NodeRef<'_>) -> Option<String> {
    let is_tex = |node: &NodeRef<'_>| {
        node.has_name("annotation")
            && node.attr("encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"))
    };
    let annotation = math.descendants_it().take(NODES).find(is_tex).map(|node| node.text().to_string());
    annotation
        .or_else(|| math.attr("alttext").map(|alt| alt.to_string()))
        .map(|tex| tex.trim().to_owned())
        .filter(|tex| !tex.is_empty())
}

fn push(open: &mut [(String, Vec<String>)], part: String) {
    if let Some((_, parts)) = open.last_mut() {
        parts.push(part);
    }
}

fn text(node: &NodeRef<'_>, open: &mut [(String, Vec<String>)]) {
    let Some((name, parts)) = open.last_mut() else { return };
    let written = node.query_or(String::new(), |node| match &node.data {
        NodeData::Text { contents } => contents.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    });
    let sign = |c: char| {
        matches!(
            c,
            '=' | '+'
                | '−'
                | '<'
                | '>'
                | '≤'
                | '≥'
                | '≠'
                | '≈'
                | '→'
                | '∈'
                | '∪'
                | '∩'
                | '±'
                | '×'
                | '∼'
                | '≡'
                | '⇒'
                | '⇔'
                | '↦'
                | '⊂'
                | '⊆'
        )
    };
    let first = parts.iter().all(|part| part.trim().is_empty());
    match name.as_str() {
        // Between elements there is nothing but the lines of the source.
        _ if written.is_empty() => {}
        "mo" if matches!(written.as_str(), "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}") => {
            parts.push(String::new())
        }
        "mo" if matches!(written.as_str(), "-" | "−") && first => parts.push("−".to_owned()),
        "mo" if written == "-" => parts.push(" − ".to_owned()),
        "mo" if written.chars().all(sign) => parts.push(format!(" {written} ")),
        "mo" if written == "," => parts.push(", ".to_owned()),
        _ => parts.push(written),
    }
}

fn close(open: &mut Vec<(String, Vec<String>)>) {
    let Some((name, parts)) = open.pop() else { return };
    let part = |at: usize| parts.get(at).map(|part| part.trim()).unwrap_or_default();
    let joined = match name.as_str() {
        "msup" => format!("{}{}", part(0), raised(part(1))),
        "msub" => format!("{}{}", part(0), lowered(part(1))),
        "msubsup" => format!("{}{}{}", part(0), lowered(part(1)), raised(part(2))),
        "munder" => format!("{}{} ", part(0), lowered(part(1))),
        "mover" if matches!(part(1), "¯" | "‾" | "→" | "^" | "˙" | "~" | "˜" | "⇀") => {
            part(0).to_owned() + accent(part(1))
        }
        "mover" => format!("{}{}", part(0), raised(part(1))),
        "munderover" => format!("{}{}{} ", part(0), lowered(part(1)), raised(part(2))),
        "mfrac" => format!("{}/{}", grouped(part(0)), grouped(part(1))),
        "msqrt" => format!("√{}", grouped(parts.concat().trim())),
        "mroot" => format!("{}√{}", script::raised(part(1)), grouped(part(0))),
        "mtd" => format!("{} ", parts.concat().trim()),
        "mtr" | "mlabeledtr" => format!("{}; ", parts.concat().trim()),
        "mtable" => parts.concat().trim().trim_end_matches(';').to_owned(),
        "mfenced" => format!("({})", parts.iter().map(|p| p.trim()).collect::<Vec<_>>().join(", ")),
        "semantics" => parts.into_iter().next().unwrap_or_default(),
        _ => parts.concat(),
    };
    push(open, joined);
}

fn accent(sign: &str) -> &'static str {
    match sign {
        "→" | "⇀" => "\u{20d7}",
        "^" => "\u{302}",
        "˙" => "\u{307}",
        "~" | "˜" => "\u{303}",
        _ => "\u{304}",
    }
}

fn raised(text: &str) -> String {
    let text = &text.replace(' ', "");
    if matches!(text.as_str(), "′" | "″" | "∗" | "*" | "†") {
        return text.to_owned();
    }
    scripted(text, '^', script::raised(text))
}

fn lowered(text: &str) -> String {
    let text = &text.replace(' ', "");
    scripted(text, '_', script::lowered(text))
}

/// In a formula a raised word is no end of a word.
fn scripted(text: &str, sign: char, written: String) -> String {
    match text.chars().count() {
        0 => String::new(),
        1 if written == text => format!("{sign}{text}"),
        _ if written == text => format!("{sign}({text})"),
        _ => written,
    }
}

/// More than one sign is put in brackets.
fn grouped(text: &str) -> String {
    let plain = text.chars().all(char::is_alphanumeric)
        || (text.starts_with('(') && text.ends_with(')') && text.matches('(').count() == 1);
    if plain { text.to_owned() } else { format!("({text})") }
}
