//! The macros of mdoc(7) that stand within a line: what a word is, what encloses it, where no space is.

use super::{Page, system};
use crate::{
    formats::man::escape::{Font, plain},
    text,
};

/// Macros that mark words: their font.
const FONTS: &[(&str, Font)] = &[
    ("Ad", Font::Italic),
    ("An", Font::Roman),
    ("Ar", Font::Italic),
    ("Cd", Font::Bold),
    ("Cm", Font::Bold),
    ("Dv", Font::Mono),
    ("Em", Font::Italic),
    ("Er", Font::Mono),
    ("Ev", Font::Mono),
    ("Fa", Font::Italic),
    ("Fd", Font::Bold),
    ("Fl", Font::Bold),
    ("Fn", Font::Bold),
    ("Fo", Font::Bold),
    ("Fr", Font::Roman),
    ("Ft", Font::Italic),
    ("Ic", Font::Bold),
    ("In", Font::Bold),
    ("Lb", Font::Roman),
    ("Li", Font::Mono),
    ("Lk", Font::Roman),
    ("Ms", Font::Bold),
    ("Mt", Font::Roman),
    ("Nm", Font::Bold),
    ("No", Font::Roman),
    ("Ot", Font::Italic),
    ("Pa", Font::Italic),
    ("Sx", Font::Italic),
    ("Sy", Font::Bold),
    ("Tn", Font::Roman),
    ("Va", Font::Italic),
    ("Vt", Font::Italic),
    ("Xr", Font::Roman),
];

/// Macros that enclose the rest of their line.
const ENCLOSURES: &[(&str, &str, &str)] = &[
    ("Op", "[", "]"),
    ("Bq", "[", "]"),
    ("Brq", "{", "}"),
    ("Pq", "(", ")"),
    ("Aq", "<", ">"),
    ("Dq", "“", "”"),
    ("Sq", "‘", "’"),
    ("Ql", "‘", "’"),
    ("Qq", "\"", "\""),
    ("Oo", "[", ""),
    ("Bo", "[", ""),
    ("Bro", "{", ""),
    ("Po", "(", ""),
    ("Ao", "<", ""),
    ("Do", "“", ""),
    ("So", "‘", ""),
    ("Qo", "\"", ""),
    ("Eo", "", ""),
    ("Xo", "", ""),
    ("Bf", "", ""),
];

/// Macros that end what another line began.
const CLOSERS: &[(&str, &str)] = &[
    ("Oc", "]"),
    ("Bc", "]"),
    ("Brc", "}"),
    ("Pc", ")"),
    ("Ac", ">"),
    ("Dc", "”"),
    ("Sc", "’"),
    ("Qc", "\""),
    ("Ec", ""),
    ("Xc", ""),
    ("Ef", ""),
    ("Fc", ")"),
];

/// Whether a word is a macro that may stand within a line.
pub fn is_macro(word: &str) -> bool {
    FONTS.iter().any(|(name, _)| *name == word)
        || ENCLOSURES.iter().any(|(name, ..)| *name == word)
        || CLOSERS.iter().any(|(name, _)| *name == word)
        || matches!(word, "Ns" | "Ap" | "Pf" | "Ta" | "St")
        || system::name(word, "").is_some()
}

/// Whether a word is a sign that stands against the word before it.
pub fn is_closing(word: &str) -> bool {
    matches!(word, "." | "," | ":" | ";" | ")" | "]" | "?" | "!")
}

impl Page {
    /// Sets the words of a line; the macros among them are carried out.
    pub(super) fn words(&mut self, words: &[String]) {
        self.begin_line();
        let outer = self.closing.len();
        let trailing = words.len() - words.iter().rev().take_while(|w| is_closing(w)).count();
        let mut at = 0;
        while at < trailing {
            let Some(word) = words.get(at) else { break };
            at += 1;
            if is_macro(word) {
                let end =
                    words.iter().skip(at).take(trailing - at).position(|w| is_macro(w)).map_or(trailing, |n| at + n);
                let arguments = words.get(at..end).unwrap_or_default();
                self.one(word, arguments);
                at = end;
            } else {
                self.word(Font::Roman, word);
            }
        }
        while self.closing.len() > outer {
            let sign = self.closing.pop().unwrap_or_default();
            self.sign(sign);
        }
        for sign in words.iter().skip(trailing) {
            self.sign(sign);
        }
        self.line_end();
    }

    /// Nothing stands between this line and the one before, if that one said so.
    pub(super) fn begin_line(&mut self) {
        if self.spacing.begin_line() {
            self.build.prose.unbreak();
        }
    }

    /// One macro and the words up to the next one.
    fn one(&mut self, name: &str, arguments: &[String]) {
        if let Some((_, open, close)) = ENCLOSURES.iter().find(|(n, ..)| *n == name) {
            if !open.is_empty() {
                self.space();
                self.sign(open);
                self.spacing.close_up();
            }
            if !close.is_empty() {
                self.closing.push(close);
            }
            if name == "Bf" {
                return;
            }
            return self.plain_words(Font::Roman, arguments);
        }
        if let Some((_, sign)) = CLOSERS.iter().find(|(n, _)| *n == name) {
            self.spacing.loosen();
            self.function = None;
            self.build.prose.unbreak();
            self.sign(sign);
            self.spacing.set();
            return self.plain_words(Font::Roman, arguments);
        }
        if let Some(system) = system::name(name, arguments.first().map_or("", String::as_str)) {
            self.word(Font::Roman, &system);
            let rest = arguments.get(1..).unwrap_or_default();
            return self.plain_words(Font::Roman, rest);
        }
        match name {
            "Ns" => {
                self.build.prose.unbreak();
                self.spacing.close_up();
                self.plain_words(Font::Roman, arguments);
            }
            "Ap" => {
                self.build.prose.unbreak();
                self.sign("'");
                self.spacing.close_up();
                self.plain_words(Font::Roman, arguments);
            }
            "Pf" => {
                self.plain_words(Font::Roman, arguments);
                self.spacing.close_up();
            }
            "Fl" => self.flags(arguments),
            "Xr" => {
                let section = arguments.get(1).filter(|s| !is_closing(s));
                let name = arguments.first().map_or("", String::as_str);
                let shown = section.map_or_else(|| format!("\\fB{name}\\fR"), |s| format!("\\fB{name}\\fR({s})"));
                self.word(Font::Roman, &shown);
                self.plain_words(Font::Roman, arguments.get(1 + usize::from(section.is_some())..).unwrap_or_default());
            }
            "Nm" | "Ar" | "Pa" if arguments.first().is_none_or(|a| is_closing(a)) => {
                let usual = match name {
                    "Nm" => self.name.clone(),
                    "Ar" => "file ...".to_owned(),
                    _ => "~".to_owned(),
                };
                self.word(FONTS.iter().find(|(n, _)| *n == name).map_or(Font::Roman, |(_, f)| *f), &usual);
                self.plain_words(Font::Roman, arguments);
            }
            "Nm" => {
                if self.name.is_empty() {
                    self.name = plain(&arguments.join(" ")).trim_end_matches([',', ' ']).to_owned();
                }
                self.plain_words(Font::Bold, arguments);
            }
            "In" => {
                let file = arguments.join(" ");
                self.word(Font::Bold, &format!("#include <{file}>"));
            }
            "Lk" | "Mt" => self.link(name, arguments),
            "Fn" => {
                let (function, parameters) = arguments.split_first().map_or(("", &[][..]), |(f, p)| (f.as_str(), p));
                let parameters: Vec<String> = parameters.iter().map(|p| format!("\\fI{p}\\fR")).collect();
                self.word(Font::Roman, &format!("\\fB{function}\\fR({})", parameters.join(", ")));
            }
            "Fo" => {
                self.plain_words(Font::Bold, arguments);
                self.sign("(");
                self.spacing.tighten();
                self.function = Some(0);
            }
            "Fa" => {
                if let Some(count) = &mut self.function {
                    *count += 1;
                    if *count > 1 {
                        self.build.prose.unbreak();
                        self.sign(",");
                        self.spacing.set();
                    }
                }
                self.plain_words(Font::Italic, arguments);
            }
            "St" => {
                let standard = arguments.first().map_or("", String::as_str);
                self.word(Font::Roman, &system::standard(standard));
                self.plain_words(Font::Roman, arguments.get(1..).unwrap_or_default());
            }
            "An" if arguments.first().is_some_and(|a| a == "-nosplit" || a == "-split") => {}
            _ => {
                let font = FONTS.iter().find(|(n, _)| *n == name).map_or(Font::Roman, |(_, font)| *font);
                self.plain_words(font, arguments);
            }
        }
    }

    fn plain_words(&mut self, font: Font, words: &[String]) {
        // Words that stand together are one span.
        let sign = |word: &String| is_closing(word) || matches!(word.as_str(), "(" | "[" | "|");
        for group in words.chunk_by(|a, b| !sign(a) && !sign(b)) {
            self.word(font, &group.join(" "));
        }
    }

    fn flags(&mut self, arguments: &[String]) {
        if arguments.is_empty() {
            self.word(Font::Bold, "\\-");
            self.spacing.close_up();
            return;
        }
        for word in arguments {
            if is_closing(word) || matches!(word.as_str(), "|" | "(" | "[") {
                self.word(Font::Roman, word);
            } else {
                self.word(Font::Bold, &format!("\\-{word}"));
            }
        }
    }

    fn link(&mut self, name: &str, arguments: &[String]) {
        let Some((target, words)) = arguments.split_first() else { return };
        let target = plain(target);
        let said = plain(&words.iter().filter(|w| !is_closing(w)).cloned().collect::<Vec<_>>().join(" "));
        self.space();
        let kind = self.build.link(if name == "Mt" { format!("mailto:{target}") } else { target.clone() });
        self.build.prose.span(kind, if said.is_empty() || name == "Mt" { &target } else { &said });
        self.spacing.set();
        for sign in words.iter().filter(|w| is_closing(w)) {
            self.sign(sign);
        }
    }

    fn word(&mut self, font: Font, word: &str) {
        if is_closing(word) {
            self.build.prose.unbreak();
            self.spacing.loosen();
            return self.sign(word);
        }
        self.space();
        if word == "|" {
            return self.sign(word);
        }
        self.inline.styled(&mut self.build, font, word);
        if matches!(word, "(" | "[") {
            self.spacing.tighten();
        }
    }

    /// The space before a word, unless something said that there is none.
    fn space(&mut self) {
        if self.spacing.take() {
            self.inline.end(&mut self.build);
            self.build.prose.space();
        }
    }

    fn sign(&mut self, sign: &str) {
        if !sign.is_empty() {
            self.inline.text(&mut self.build, text::head(sign, sign.len()));
        }
    }
}
