//! Formulas, those that stand alone on lines of their own. What can't be said in Unicode is as it is written, between its
//! dollars.

use super::reader::Reader;
use crate::formats::{bounds, build::collapsed, formula};

/// Environments of formulas that stand alone.
const DISPLAYED: &str =
    "equation|align|gather|multline|eqnarray|displaymath|flalign|alignat|dmath|subequations@|IEEEeqnarray";

/// Whether an environment is a formula that stands alone.
pub fn is_display(name: &str) -> bool {
    let name = name.trim_end_matches('*');
    DISPLAYED.split('|').any(|known| known == name)
}

impl Reader {
    /// A dollar, or two.
    pub fn dollars(&mut self) {
        let display = self.input.take("$");
        let end = if display { "$$" } else { "$" };
        match self.formula(end) {
            Some(math) if display => self.display(&math),
            Some(math) => self.inline(&math),
            None => self.literal(end),
        }
    }

    /// A formula up to its end; one with a blank line in it has none.
    fn formula(&mut self, end: &str) -> Option<String> {
        let rest = crate::text::head(self.input.rest(), bounds::AHEAD);
        let limit = rest.find("\n\n").unwrap_or(rest.len());
        let mut from = 0;
        let found = loop {
            let at = from + crate::text::slice(rest, from..limit).find(end)?;
            // `\$` within it, and the `\\` before a dollar.
            let slashes = crate::text::head(rest, at).bytes().rev().take_while(|b| *b == b'\\').count();
            if slashes % 2 == 0 || end != "$" {
                break at;
            }
            from = at + 1;
        };
        let math = crate::text::head(rest, found).to_owned();
        self.input.skip(found + end.len());
        Some(math)
    }

    /// A formula in the text.
    pub fn inline(&mut self, math: &str) {
        let math = collapsed(&without_comments(math));
        if !math.is_empty() {
            self.literal(&formula::inline(&math, "$"));
        }
    }

    /// One that stands alone.
    pub fn display(&mut self, math: &str) {
        let math = self.without_labels(&without_comments(math));
        if self.build.in_table() {
            return self.inline(&math);
        }
        let lines: Vec<String> = math.split("\\\\").map(collapsed).filter(|line| !line.is_empty()).collect();
        self.flush();
        if !lines.is_empty() {
            let text = formula::unicode(&math).unwrap_or_else(|| format!("$${}$$", lines.join(" \\\\\n")));
            self.build.prose.push(&text);
            self.flush();
        }
    }

    /// An environment that is a formula, up to its end.
    pub fn display_environment(&mut self, name: &str) {
        let math = self.raw_environment(name);
        let base = name.trim_end_matches('*');
        let math = match base {
            "alignat" | "IEEEeqnarray" => math.split_once('}').map_or(math.clone(), |(_, m)| m.to_owned()),
            _ => math,
        };
        let aligned =
            matches!(base, "align" | "eqnarray" | "flalign" | "alignat" | "IEEEeqnarray") && !math.contains("\\begin{");
        self.display(&if aligned { math.replace("\\&", "\\@").replace('&', " ").replace("\\@", "\\&") } else { math });
    }

    /// All up to the end of an environment, which may come from one of the author's macros.
    pub fn raw_environment(&mut self, name: &str) -> String {
        let end = format!("\\end{{{name}}}");
        if let Some(found) = self.input.until(&end) {
            return found;
        }
        let mut out = String::new();
        while let Some(next) = self.input.peek() {
            if self.input.take(&end) {
                break;
            }
            if next == '\\' {
                let rest = crate::text::tail(self.input.rest(), 1);
                let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let command = crate::text::head(rest, length).to_owned();
                if self.macros.body(&command).is_some_and(|body| body.contains(&end)) {
                    self.input.skip(length + 1);
                    let body = self.macros.body(&command).unwrap_or_default().to_owned();
                    self.input.push(&body);
                    continue;
                }
            }
            out.push(next);
            self.input.skip(next.len_utf8());
        }
        out
    }

    /// A formula without its labels, to which links now lead, and without what says that it has no number.
    fn without_labels(&mut self, math: &str) -> String {
        let mut out = String::new();
        let mut rest = math;
        while let Some((before, after)) = rest.split_once("\\label{") {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            self.build.name_next(name.to_owned());
            rest = after;
        }
        out.push_str(rest);
        out.replace("\\nonumber", "").replace("\\notag", "")
    }
}

/// Comments within a formula.
fn without_comments(math: &str) -> String {
    if !math.contains('%') {
        return math.to_owned();
    }
    let line = |line: &str| {
        let mut escaped = false;
        let end = line.find(|c: char| {
            let comment = c == '%' && !escaped;
            escaped = c == '\\' && !escaped;
            comment
        });
        crate::text::head(line, end.unwrap_or(line.len())).to_owned()
    };
    math.lines().map(line).collect::<Vec<_>>().join("\n")
}
