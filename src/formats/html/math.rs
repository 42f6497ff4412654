//! Formulas: MathML in a line, TeX as it is written.

use dom_query::{NodeData, NodeRef};

use crate::formats::formula::parts::{self, fraction, lowered, raised, root};

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
    let Some((name, children)) = open.pop() else { return };
    let part = |at: usize| children.get(at).map(|part| part.trim()).unwrap_or_default();
    let joined = match name.as_str() {
        "msup" => format!("{}{}", part(0), raised(part(1))),
        "msub" => format!("{}{}", part(0), lowered(part(1))),
        "msubsup" => format!("{}{}{}", part(0), lowered(part(1)), raised(part(2))),
        "munder" => format!("{}{} ", part(0), lowered(part(1))),
        "mover" => match accent(part(1)).and_then(|mark| parts::accented(part(0), mark)) {
            Some(accented) => accented,
            None => format!("{}{}", part(0), raised(part(1))),
        },
        "munderover" => format!("{}{}{} ", part(0), lowered(part(1)), raised(part(2))),
        "mfrac" => fraction(part(0), part(1)),
        "msqrt" => root("", &children.concat()),
        "mroot" => root(part(1), part(0)),
        "mtd" => format!("{} ", children.concat().trim()),
        "mtr" | "mlabeledtr" => format!("{}; ", children.concat().trim()),
        "mtable" => children.concat().trim().trim_end_matches(';').to_owned(),
        "mfenced" => format!("({})", children.iter().map(|p| p.trim()).collect::<Vec<_>>().join(", ")),
        "semantics" => children.into_iter().next().unwrap_or_default(),
        _ => children.concat(),
    };
    push(open, joined);
}

/// The combining character of a sign that stands over something.
fn accent(sign: &str) -> Option<char> {
    Some(match sign {
        "→" | "⇀" => '\u{20d7}',
        "^" | "ˆ" => '\u{302}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "~" | "˜" => '\u{303}',
        "¯" | "‾" => '\u{305}',
        _ => return None,
    })
}
