//! The author's own commands and environments: what they were defined as, and a call with its arguments put in.

use std::collections::HashMap;

use super::input::Input;

/// Definitions so far.
#[derive(Clone, Debug, Default)]
pub struct Macros {
    commands: HashMap<String, Macro>,
    environments: HashMap<String, (Macro, String)>,
    /// Environments that number their kind: `\newtheorem{thm}{Theorem}`.
    pub theorems: HashMap<String, String>,
}

#[derive(Clone, Debug, Default)]
struct Macro {
    arguments: usize,
    /// What the first argument is when it is not given in brackets.
    default: Option<String>,
    body: String,
}

/// More definitions than any author writes.
const MOST: usize = 20_000;

impl Macros {
    /// Reads a definition whose command was read. Those of what is understood anyhow are passed over.
    pub fn define(&mut self, command: &str, input: &mut Input, is_known: fn(&str) -> bool) {
        input.take("*");
        if matches!(command, "def" | "gdef" | "edef" | "xdef") {
            return self.define_plain(input, is_known);
        }
        let Some(name) = input.argument() else { return };
        let count = input.optional().and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(0).min(9);
        let default = input.optional();
        let body = input.argument().unwrap_or_default();
        let is_environment = command.ends_with("environment");
        let end = if is_environment { input.argument().unwrap_or_default() } else { String::new() };
        let found = Macro { arguments: count, default, body };
        let name = name.trim().trim_start_matches('\\').to_owned();
        if self.commands.len() + self.environments.len() >= MOST || is_known(&name) {
            return;
        }
        match command {
            _ if is_environment => drop(self.environments.insert(name, (found, end))),
            "providecommand" if self.commands.contains_key(&name) => {}
            _ => drop(self.commands.insert(name, found)),
        }
    }

    /// `\def\name#1#2{…}`
    fn define_plain(&mut self, input: &mut Input, is_known: fn(&str) -> bool) {
        let Some(name) = input.argument() else { return };
        let rest = input.rest();
        let Some(open) = rest.find('{').filter(|open| *open < 200) else { return };
        let pattern = crate::text::head(rest, open).trim().to_owned();
        input.skip(open);
        let Some(body) = input.argument() else { return };
        let numbers = |c: char| c == '#' || c.is_ascii_digit();
        // Arguments between signs of one's own are beyond this.
        let simple = pattern.chars().all(numbers);
        let name = name.trim_start_matches('\\').to_owned();
        if simple && self.commands.len() < MOST && !is_known(&name) {
            let arguments = pattern.matches('#').count().min(9);
            self.commands.insert(name, Macro { arguments, default: None, body });
        }
    }

    /// Puts what a command stands for before what follows; whether it is one of the author's.
    pub fn expand(&self, name: &str, input: &mut Input) -> bool {
        let Some(found) = self.commands.get(name) else { return false };
        let body = found.call(input);
        input.push(&body);
        true
    }

    /// The same for the beginning of an environment.
    pub fn begin(&self, name: &str, input: &mut Input) -> bool {
        let Some((begin, _)) = self.environments.get(name) else { return false };
        let body = begin.call(input);
        input.push(&body);
        true
    }

    /// And for its end.
    pub fn end(&self, name: &str, input: &mut Input) -> bool {
        let Some((_, end)) = self.environments.get(name) else { return false };
        input.push(end);
        true
    }

    /// What a command without arguments stands for.
    pub fn body(&self, name: &str) -> Option<&str> {
        self.commands.get(name).filter(|m| m.arguments == 0).map(|m| m.body.as_str())
    }
}

impl Macro {
    fn call(&self, input: &mut Input) -> String {
        let mut arguments = Vec::new();
        if let Some(default) = &self.default {
            arguments.push(input.optional().unwrap_or_else(|| default.clone()));
        }
        while arguments.len() < self.arguments {
            arguments.push(input.argument().unwrap_or_default());
        }
        let mut out = String::new();
        let mut chars = self.body.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek().copied()) {
                ('#', Some('#')) => {
                    chars.next();
                    out.push('#');
                }
                ('#', Some(digit)) if digit.is_ascii_digit() => {
                    chars.next();
                    let number = digit.to_digit(10).and_then(|d| usize::try_from(d).ok()).unwrap_or(0);
                    out.push_str(arguments.get(number.wrapping_sub(1)).map_or("", String::as_str));
                }
                _ => out.push(c),
            }
            // An argument that stands in its body many times over: what comes out is bounded, and so is this.
            if out.len() > 1024 * 1024 {
                break;
            }
        }
        out
    }
}
