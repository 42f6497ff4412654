//! The conditions of `.if`, `.ie` and `.while`. Output is to a terminal, by groff: `n` holds and `t` does not.

use crate::text;

/// What a condition may ask for.
pub trait Known {
    /// Whether a macro, a string or a request has this name.
    fn is_defined(&self, name: &str) -> bool;
    /// Whether there is a register of this name.
    fn is_register(&self, name: &str) -> bool;
}

/// Parentheses deeper than this are taken for nothing.
const DEPTH: usize = 16;

/// Whether the condition at the start of `text` holds, and what comes after it.
pub fn holds<'t>(text: &'t str, known: &dyn Known) -> (bool, &'t str) {
    let text = text.trim_start_matches([' ', '\t']);
    if let Some(rest) = text.strip_prefix('!') {
        let (held, rest) = holds_plain(rest.trim_start_matches(' '), known);
        return (!held, rest);
    }
    holds_plain(text, known)
}

fn holds_plain<'t>(text: &'t str, known: &dyn Known) -> (bool, &'t str) {
    let Some(first) = text.chars().next() else { return (false, "") };
    let rest = text::tail(text, first.len_utf8());
    let word = || {
        let rest = rest.trim_start_matches(' ');
        rest.split_at(rest.find([' ', '\t']).unwrap_or(rest.len()))
    };
    match first {
        'n' | 'o' => (true, rest),
        't' | 'e' | 'v' => (false, rest),
        'd' => {
            let (name, rest) = word();
            (known.is_defined(name), rest)
        }
        'r' => {
            let (name, rest) = word();
            (known.is_register(name), rest)
        }
        'c' | 'F' | 'S' | 'm' => (true, word().1),
        '0'..='9' | '(' | '-' | '+' | '.' | '\\' => {
            let mut rest = text;
            let value = expression(&mut rest, 0);
            (value > 0.0, rest)
        }
        sign => {
            let Some((left, after)) = rest.split_once(sign) else { return (false, "") };
            let Some((right, after)) = after.split_once(sign) else { return (false, "") };
            (left == right, after)
        }
    }
}

/// From left to right, as troff does; units count for nothing.
fn expression(rest: &mut &str, depth: usize) -> f64 {
    let mut value = operand(rest, depth);
    loop {
        let Some(operator) = ["<=", ">=", "==", "<?", ">?", "<", ">", "=", "&", ":", "+", "-", "*", "/", "%"]
            .iter()
            .find(|operator| rest.starts_with(**operator))
        else {
            return value;
        };
        *rest = text::tail(rest, operator.len());
        let right = operand(rest, depth);
        let truth = |held: bool| if held { 1.0 } else { 0.0 };
        value = match *operator {
            "<=" => truth(value <= right),
            ">=" => truth(value >= right),
            "==" | "=" => truth((value - right).abs() < f64::EPSILON),
            "<" => truth(value < right),
            ">" => truth(value > right),
            "&" => truth(value > 0.0 && right > 0.0),
            ":" => truth(value > 0.0 || right > 0.0),
            "+" => value + right,
            "-" => value - right,
            "*" => value * right,
            "/" if right != 0.0 => value / right,
            "%" if right != 0.0 => value % right,
            "<?" => value.min(right),
            ">?" => value.max(right),
            _ => 0.0,
        };
    }
}

fn operand(rest: &mut &str, depth: usize) -> f64 {
    let mut sign = 1.0;
    while let Some(first) = rest.chars().next().filter(|c| matches!(c, '-' | '+' | '!')) {
        sign = if first == '-' { -sign } else { sign };
        *rest = text::tail(rest, 1);
    }
    if let Some(inner) = rest.strip_prefix('(').filter(|_| depth < DEPTH) {
        *rest = inner;
        let value = expression(rest, depth + 1);
        *rest = rest.strip_prefix(')').unwrap_or(rest);
        return sign * value;
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let value: f64 = text::head(rest, end).parse().unwrap_or(0.0);
    *rest = text::tail(rest, end);
    *rest = rest.strip_prefix(['u', 'i', 'c', 'p', 'P', 'm', 'n', 'v', 'M', 's', 'z', 'f']).unwrap_or(rest);
    sign * value
}
