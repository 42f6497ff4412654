//! What is put into a line before it is read: the arguments of a macro, strings, numbers.

use super::{
    escape,
    roff::{LONG, Roff},
};
use crate::text;

impl Roff<'_> {
    /// A line with strings and registers put in.
    pub(super) fn interpolated(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for _ in 0..4 {
            if !line.contains("\\*") && !line.contains("\\n") || line.len() > LONG {
                break;
            }
            let mut out = String::with_capacity(line.len());
            let mut rest = line.as_str();
            while let Some((before, after)) = rest.split_once('\\') {
                out.push_str(before);
                rest = match after.chars().next() {
                    Some('*') => {
                        let (name, rest) = escape::name(text::tail(after, 1));
                        let name = name.split(' ').next().unwrap_or_default();
                        out.push_str(self.strings.get(name).map_or_else(|| predefined(name), String::as_str));
                        rest
                    }
                    Some('n') => {
                        let after = text::tail(after, 1);
                        let (name, rest) = escape::name(after.strip_prefix(['+', '-']).unwrap_or(after));
                        let arguments = self.calls.last().map_or(0, |call| call.arguments.len());
                        let value = match name {
                            ".$" => i64::try_from(arguments).unwrap_or(0),
                            // This is groff.
                            ".g" => 1,
                            _ => self.registers.get(name).copied().unwrap_or(0),
                        };
                        out.push_str(&value.to_string());
                        rest
                    }
                    Some(other) => {
                        out.push('\\');
                        out.push(other);
                        text::tail(after, other.len_utf8())
                    }
                    None => "",
                };
                if out.len() > LONG {
                    break;
                }
            }
            out.push_str(rest);
            line = out;
        }
        line
    }
}

/// The arguments of a macro: words, or what stands in quotation marks, in which two are one.
pub fn arguments(rest: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut chars = rest.chars().peekable();
    while chars.peek().is_some() {
        while chars.next_if(|c| *c == ' ').is_some() {}
        let Some(first) = chars.peek().copied() else { break };
        let mut word = String::new();
        if first == '"' {
            chars.next();
            while let Some(c) = chars.next() {
                if c == '"' && chars.next_if_eq(&'"').is_none() {
                    break;
                }
                word.push(c);
            }
        } else {
            while let Some(c) = chars.next_if(|c| *c != ' ') {
                word.push(c);
                if c == '\\' {
                    word.extend(chars.next());
                }
            }
        }
        all.push(word);
    }
    all
}

/// A line of a macro with its arguments put in.
pub fn with_arguments(line: &str, arguments: &[String]) -> String {
    if !line.contains("\\$") {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\$") {
        out.push_str(before);
        let (name, after) = escape::name(after);
        match name {
            "*" => out.push_str(&arguments.join(" ")),
            "@" => out.push_str(&arguments.iter().map(|a| format!("\"{a}\"")).collect::<Vec<_>>().join(" ")),
            number => {
                let argument = number.parse::<usize>().ok().and_then(|n| arguments.get(n.checked_sub(1)?));
                out.push_str(argument.map_or("", String::as_str));
            }
        }
        rest = after;
        if out.len() > LONG {
            return out;
        }
    }
    out.push_str(rest);
    out
}

/// The combining mark that an accent of the old pages of Perl puts over the letter before it.
pub fn accent(name: &str) -> Option<&'static str> {
    Some(match name {
        "'" => "\u{301}",
        "`" => "\u{300}",
        "^" => "\u{302}",
        "~" => "\u{303}",
        ":" => "\u{308}",
        "," => "\u{327}",
        "v" => "\u{30C}",
        "o" => "\u{30A}",
        _ => return None,
    })
}

/// The strings that the macro packages define.
fn predefined(name: &str) -> &'static str {
    match name {
        "lq" | "Lq" => "“",
        "rq" | "Rq" => "”",
        "R" => "®",
        "Tm" => "™",
        "q" => "\"",
        "Aq" => "'",
        "Ba" => "|",
        "Ge" => "≥",
        "Le" => "≤",
        "Gt" => ">",
        "Lt" => "<",
        "Ne" => "≠",
        "Pm" => "±",
        "Am" => "&",
        "Pi" => "π",
        "If" => "∞",
        "Na" => "NaN",
        "ua" => "↑",
        "ga" => "`",
        "aa" => "´",
        _ => "",
    }
}
