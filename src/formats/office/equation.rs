//! Equations of Office (OMML, ECMA-376 part 1, section 22.1) as a line that can be read: `(a+b)/c`, `√(x)`, `x^2`. Read with a
//! stack of its own, so that depth never costs the program's.

use super::xml::{Node, Xml};
use crate::formats::bounds;

/// An element that is open: its parts by the names of the elements that held them.
#[derive(Default)]
struct Frame<'x> {
    name: &'x str,
    text: String,
    parts: Vec<(&'x str, String)>,
    /// Signs that its properties name: `chr`, `begChr`, `endChr`, `sepChr`.
    signs: Vec<(&'x str, String)>,
}

/// Reads the equation that just began, up to its end.
pub fn read(xml: &mut Xml<'_>) -> String {
    let mut stack = vec![Frame::default()];
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) if stack.len() >= bounds::DEPTH || matches!(tag.local, "rPr" | "ctrlPr") => xml.skip(),
            Node::Start(tag) => {
                if let Some(top) = stack.iter_mut().rev().find(|frame| !frame.name.ends_with("Pr"))
                    && matches!(tag.local, "chr" | "begChr" | "endChr" | "sepChr")
                {
                    top.signs.push((tag.local, tag.get("val").unwrap_or_default().into_owned()));
                }
                stack.push(Frame { name: tag.local, ..Frame::default() });
            }
            Node::Text(text) => {
                let top = stack.last_mut();
                if let Some(top) = top.filter(|top| top.name == "t") {
                    top.text.push_str(&text);
                }
            }
            Node::End(..) => {
                let Some(done) = stack.pop() else { break };
                let Some(outer) = stack.last_mut() else {
                    return done.text;
                };
                let name = done.name;
                let text = written(done);
                match name {
                    "num" | "den" | "e" | "sup" | "sub" | "deg" | "fName" | "lim" | "mr" => {
                        outer.parts.push((name, text))
                    }
                    _ => outer.text.push_str(&text),
                }
            }
        }
    }
    stack.into_iter().next().map(|frame| frame.text).unwrap_or_default()
}

/// An element as a line.
fn written(frame: Frame<'_>) -> String {
    let part =
        |name: &str| frame.parts.iter().find(|(n, _)| *n == name).map(|(_, text)| text.as_str()).unwrap_or_default();
    let sign = |name: &str| frame.signs.iter().find(|(n, _)| *n == name).map(|(_, sign)| sign.as_str());
    let all = |between: &str| frame.parts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(between);
    let scripts = || {
        let mut out = String::new();
        for (before, name) in [("_", "sub"), ("^", "sup")] {
            if !part(name).is_empty() {
                out.push_str(before);
                out.push_str(&grouped(part(name)));
            }
        }
        out
    };
    match frame.name {
        "f" => format!("{}/{}", grouped(part("num")), grouped(part("den"))),
        "sSup" | "sSub" | "sSubSup" => format!("{}{}", grouped(part("e")), scripts()),
        "sPre" => format!("{}{}", scripts(), part("e")),
        "rad" => {
            let degree = match part("deg") {
                "" | "2" => "√".to_owned(),
                "3" => "∛".to_owned(),
                "4" => "∜".to_owned(),
                degree => format!("√[{degree}]"),
            };
            format!("{degree}({})", part("e"))
        }
        "nary" => format!("{}{} {}", sign("chr").unwrap_or("∫"), scripts(), part("e")),
        "d" => {
            let (begin, end) = (sign("begChr").unwrap_or("("), sign("endChr").unwrap_or(")"));
            format!("{begin}{}{end}", all(sign("sepChr").unwrap_or("|")))
        }
        "func" => format!("{} {}", part("fName"), part("e")),
        "limLow" => format!("{}_{}", part("e"), grouped(part("lim"))),
        "limUpp" => format!("{}^{}", part("e"), grouped(part("lim"))),
        "acc" => format!("{}{}", part("e"), sign("chr").unwrap_or("\u{302}")),
        "bar" => format!("{}\u{305}", part("e")),
        "groupChr" | "box" | "borderBox" | "phant" => all(""),
        "eqArr" => all("; "),
        "m" => format!("[{}]", all("; ")),
        "mr" => all(", "),
        _ => format!("{}{}", frame.text, all("")),
    }
}

/// In parentheses when it is more than one sign or number.
fn grouped(text: &str) -> String {
    let plain = text.chars().count() <= 1 || text.chars().all(char::is_numeric);
    let closed = text.starts_with('(') && text.ends_with(')') && text.matches('(').count() == 1;
    if plain || closed { text.to_owned() } else { format!("({text})") }
}
