//! TeX's formulas, as far as they are written in practice (The TeXbook, chapters 16 to 18, and the packages amsmath and
//! amssymb).

use super::{
    line::Line,
    parts,
    signs::{self, Class},
};
use crate::text;

/// Groups within groups.
const DEPTH: usize = 40;
/// Longer ones are no formulas that anybody reads on a line.
const LONGEST: usize = 16 * 1024;

/// Reads a formula; `None` if there is something in it that is not known.
pub fn read(tex: &str) -> Option<String> {
    let mut reader = Reader { rest: tex, depth: 0 };
    if tex.len() > LONGEST {
        return None;
    }
    let mut rows = Vec::new();
    loop {
        rows.push(reader.row()?.join(" "));
        if !reader.take("\\\\") {
            break;
        }
        reader.optional();
    }
    reader.rest.is_empty().then(|| rows.join("\n"))
}

/// A part of a formula with what surrounds it.
struct Atom {
    text: String,
    class: Class,
    /// It was written in braces.
    group: bool,
}

impl Atom {
    fn new(text: impl Into<String>, class: Class) -> Atom {
        Atom { text: text.into(), class, group: false }
    }
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Reader<'t> {
    /// The cells of a row: up to what ends it.
    fn row(&mut self) -> Option<Vec<String>> {
        let mut cells = vec![self.sequence()?];
        while self.take("&") {
            cells.push(self.sequence()?);
        }
        Some(cells)
    }

    /// All up to what ends a group, a cell, a row or an environment.
    fn sequence(&mut self) -> Option<String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut line = Line::new();
        loop {
            self.rest = self.rest.trim_start();
            const ENDS: [&str; 5] = ["}", "&", "\\\\", "\\right", "\\end"];
            if self.rest.is_empty() || ENDS.iter().any(|end| self.rest.starts_with(end) && self.is_whole(end)) {
                break;
            }
            if let Some(sign) = self.rest.chars().next().filter(|c| matches!(c, ',' | ';')) {
                self.skip(sign.len_utf8());
                line.punctuate(sign);
                continue;
            }
            if self.space() {
                line.blank();
                continue;
            }
            if let Some(atom) = self.atom()? {
                let atom = self.scripts(atom)?;
                line.push(&atom.text, atom.class);
            }
        }
        self.depth -= 1;
        Some(line.into_text())
    }

    /// Whether a command is not only the beginning of a longer one.
    fn is_whole(&self, command: &str) -> bool {
        let after = text::tail(self.rest, command.len()).chars().next();
        !command.ends_with(|c: char| c.is_ascii_alphabetic()) || !after.is_some_and(|c| c.is_ascii_alphabetic())
    }

    /// A blank that is asked for.
    fn space(&mut self) -> bool {
        ["~", "\\,", "\\;", "\\:", "\\>", "\\ ", "\\qquad", "\\quad"].iter().any(|space| self.take(space))
    }

    /// The next sign or group; nothing for what only says how it is drawn.
    fn atom(&mut self) -> Option<Option<Atom>> {
        let c = self.rest.chars().next()?;
        if c == '\\' {
            return self.command();
        }
        if c == '{' {
            let text = self.group()?;
            return Some(Some(Atom { group: true, ..Atom::new(text, Class::Ordinary) }));
        }
        // What a script or a prime belongs to may be nothing.
        if matches!(c, '^' | '_' | '\'') {
            return Some(Some(Atom::new("", Class::Ordinary)));
        }
        self.skip(c.len_utf8());
        Some(Some(match c {
            '-' => Atom::new("−", Class::Binary),
            '+' | '=' | '<' | '>' | '≤' | '≥' | '≠' | '≈' | '→' | '∈' | '±' | '×' | '·' => {
                Atom::new(c.to_string(), Class::Binary)
            }
            '*' => Atom::new("∗", Class::Binary),
            '%' | '#' | '$' => return None,
            _ => Atom::new(c.to_string(), Class::Ordinary),
        }))
    }

    /// What stands below and above an atom.
    fn scripts(&mut self, mut atom: Atom) -> Option<Atom> {
        let (mut below, mut above, mut primes) = (String::new(), String::new(), String::new());
        loop {
            self.rest = self.rest.trim_start();
            if self.take("'") {
                primes.push('′');
            } else if self.take("_") {
                below.push_str(&self.argument()?);
            } else if self.take("^") {
                above.push_str(&self.argument()?);
            } else if !(self.take("\\limits") || self.take("\\nolimits")) {
                break;
            }
        }
        if below.is_empty() && above.is_empty() && primes.is_empty() {
            return Some(atom);
        }
        if atom.group && !atom.text.trim().is_empty() {
            atom.text = parts::grouped(&atom.text);
        }
        atom.text.push_str(&primes);
        if !below.trim().is_empty() {
            atom.text.push_str(&parts::lowered(&below));
        }
        if !above.trim().is_empty() {
            atom.text.push_str(&parts::raised(&above));
        }
        Some(atom)
    }

    fn command(&mut self) -> Option<Option<Atom>> {
        let name = self.name()?;
        if let Some((sign, class)) = signs::sign(name) {
            return Some(Some(Atom::new(sign, class)));
        }
        if let Some(mark) = signs::accent(name) {
            let text = self.argument()?;
            return Some(Some(Atom::new(parts::accented(&text, mark)?, Class::Ordinary)));
        }
        let atom = match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => {
                let (above, below) = (self.argument()?, self.argument()?);
                Atom::new(parts::fraction(&above, &below), Class::Ordinary)
            }
            "binom" | "dbinom" | "tbinom" => {
                let (of, some) = (self.argument()?, self.argument()?);
                Atom::new(format!("C({}, {})", of.trim(), some.trim()), Class::Ordinary)
            }
            "sqrt" => {
                let degree = self.optional().map_or(Some(String::new()), |degree| self.within(degree))?;
                Atom::new(parts::root(&degree, &self.argument()?), Class::Ordinary)
            }
            "text" | "textrm" | "textit" | "textbf" | "textnormal" | "mbox" => {
                Atom::new(self.words()?, Class::Ordinary)
            }
            "operatorname" | "mathrm" => {
                self.take("*");
                let words = self.words()?;
                let class = if words.trim().chars().count() > 1 { Class::Word } else { Class::Ordinary };
                Atom::new(words, class)
            }
            "mathbf" | "boldsymbol" | "bm" | "mathit" | "mathsf" | "mathtt" | "mathcal" | "mathscr" | "mathfrak"
            | "underbrace" | "overbrace" | "boxed" => Atom::new(self.argument()?, Class::Ordinary),
            "mathbb" => {
                let letter = self.argument()?;
                Atom::new(signs::doubled(&letter).map_or(letter, str::to_owned), Class::Ordinary)
            }
            "overset" | "stackrel" => {
                let (above, base) = (self.argument()?, self.argument()?);
                Atom::new(base.trim().to_owned() + &parts::raised(&above), Class::Binary)
            }
            "underset" => {
                let (below, base) = (self.argument()?, self.argument()?);
                Atom::new(base.trim().to_owned() + &parts::lowered(&below), Class::Large)
            }
            "pmod" => Atom::new(format!(" (mod {})", self.argument()?.trim()), Class::Ordinary),
            "tag" => Atom::new(format!("  ({})", self.words()?.trim()), Class::Ordinary),
            "not" => {
                let mut atom = self.atom()??;
                atom.text.push('\u{338}');
                atom
            }
            "left" => self.between()?,
            "middle" => Atom::new(self.delimiter()?, Class::Ordinary),
            "begin" => self.environment()?,
            "label" | "phantom" | "hspace" | "vspace" => {
                self.take("*");
                self.words()?;
                return Some(None);
            }
            "!" | "displaystyle" | "textstyle" | "scriptstyle" | "limits" | "nolimits" | "nonumber" | "notag"
            | "big" | "Big" | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr" | "biggl" | "biggr" | "Biggl"
            | "Biggr" | "bigm" | "allowbreak" => return Some(None),
            _ => return None,
        };
        Some(Some(atom))
    }

    /// The name of a command: letters, or one other sign.
    fn name(&mut self) -> Option<&'t str> {
        let rest = text::tail(self.rest, 1);
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { rest.chars().next()?.len_utf8() };
        self.skip(1 + length);
        Some(text::head(rest, length))
    }

    /// What a command is about: a group, or one sign.
    fn argument(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '{' => self.group(),
            '}' | '&' => None,
            _ => self.atom()?.map(|atom| atom.text),
        }
    }

    fn group(&mut self) -> Option<String> {
        self.skip(1);
        let text = self.sequence()?;
        self.take("}").then_some(text)
    }

    /// The text of a group as it stands.
    fn words(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let (words, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
        self.rest = rest;
        (!words.contains(['\\', '$', '{'])).then(|| words.replace('~', " "))
    }

    /// What stands in square brackets after a command.
    fn optional(&mut self) -> Option<&'t str> {
        let (optional, rest) = self.rest.strip_prefix('[')?.split_once(']')?;
        self.rest = rest;
        Some(optional)
    }

    /// A part that was cut out.
    fn within(&self, part: &str) -> Option<String> {
        let mut reader = Reader { rest: part, depth: self.depth };
        let text = reader.sequence()?;
        reader.rest.is_empty().then_some(text)
    }

    /// `\left(` to `\right)`.
    fn between(&mut self) -> Option<Atom> {
        let left = self.delimiter()?;
        let inner = self.sequence()?;
        if !self.take("\\right") {
            return None;
        }
        let right = self.delimiter()?;
        Some(Atom::new(format!("{left}{}{right}", inner.trim()), Class::Ordinary))
    }

    /// A bracket; a dot is none.
    fn delimiter(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '\\' => signs::sign(self.name()?).map(|(sign, _)| sign.to_owned()),
            c => {
                self.skip(c.len_utf8());
                Some(if c == '.' { String::new() } else { c.to_string() })
            }
        }
    }

    /// Rows and cells in brackets, or one row below the other.
    fn environment(&mut self) -> Option<Atom> {
        let name = self.words()?;
        let (left, right, rows) = match name.trim_end_matches('*') {
            "matrix" | "smallmatrix" | "array" => ("", "", "; "),
            "pmatrix" => ("(", ")", "; "),
            "bmatrix" => ("[", "]", "; "),
            "Bmatrix" => ("{", "}", "; "),
            "vmatrix" => ("|", "|", "; "),
            "Vmatrix" => ("‖", "‖", "; "),
            "cases" | "dcases" => ("{ ", "", "; "),
            "aligned" | "align" | "split" | "gathered" | "gather" | "equation" | "alignedat" | "alignat" => {
                ("", "", "\n")
            }
            _ => return None,
        };
        self.optional();
        if matches!(name.as_str(), "array" | "alignedat" | "alignat" | "alignat*") {
            self.words()?;
        }
        let mut all = Vec::new();
        loop {
            let cells = self.row()?;
            let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            all.extend((!cells.is_empty()).then(|| cells.join(" ")));
            if !self.take("\\\\") {
                break;
            }
            self.optional();
        }
        if !self.take("\\end") || self.words()? != name {
            return None;
        }
        Some(Atom::new(format!("{left}{}{right}", all.join(rows)), Class::Ordinary))
    }

    /// Takes it if it comes next, a command only if it is whole.
    fn take(&mut self, what: &str) -> bool {
        let taken = self.rest.starts_with(what) && (!what.starts_with('\\') || self.is_whole(what));
        if taken {
            self.skip(what.len());
        }
        taken
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = text::tail(self.rest, bytes);
    }
}
