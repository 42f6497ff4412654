//! Environments: lists, quotations, code, tables, formulas and what only places its text.

use super::{
    math,
    reader::{Close, Reader},
};
use crate::doc::SpanKind;

/// Environments whose text is no TeX.
const RAW: &str = "verbatim Verbatim BVerbatim LVerbatim lstlisting minted alltt comment filecontents tikzpicture pgfpicture \
    picture asy sagesilent pspicture circuitikz luacode";

/// Kinds of theorems that classes bring along.
const THEOREMS: &str = "theorem lemma corollary proposition definition remark example proof conjecture claim exercise problem \
    solution note axiom";

/// Environments that begin with arguments that are no text, and how many.
const ARGUMENTS: &[(usize, &str)] = &[
    (
        1,
        "minipage multicols multicols* subfigure@ adjustbox thebibliography columns@ column spacing adjustwidth@ otherlanguage \
        otherlanguage* tcolorbox@ addmargin savenotes@ subtable",
    ),
    (2, "wrapfigure wraptable adjustwidth list"),
];

fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}

/// Whether an environment is taken as it stands.
pub fn is_raw(name: &str) -> bool {
    has(RAW, name.trim_end_matches('*'))
}

impl Reader {
    /// `\begin`
    pub fn begin_environment(&mut self) {
        let Some(name) = self.input.argument() else { return };
        let name = name.trim().to_owned();
        if self.macros.begin(&name, &mut self.input) {
            return;
        }
        if math::is_display(&name) {
            return self.display_environment(&name);
        }
        if is_raw(&name) {
            return self.raw(&name);
        }
        if name == "math" {
            let math = self.raw_environment(&name);
            return self.inline(&math);
        }
        let base = name.trim_end_matches('*').to_owned();
        if matches!(
            base.as_str(),
            "tabular" | "tabularx" | "longtable" | "tabulary" | "tabu" | "longtabu" | "supertabular" | "array"
        ) {
            return self.begin_table(&name);
        }
        // In a cell everything is a line.
        if self.build.in_table() {
            self.input.optional();
            self.arguments(&name);
            return self.begin(Some(name), Close::Nothing);
        }
        self.flush();
        let close = match base.as_str() {
            "itemize" | "compactitem" | "trivlist" | "list" | "inparaitem" => self.list(&name, None, false),
            "enumerate" | "compactenum" | "inparaenum" => self.list(&name, Some(1), false),
            "description" | "compactdesc" | "labeling" => self.list(&name, None, true),
            "thebibliography" => {
                self.arguments(&name);
                let title = self.front.language.as_deref().map_or("References", bibliography_title);
                let title = if self.levels.chapters {
                    format!("\\chapter*{{{title}}}")
                } else {
                    format!("\\section*{{{title}}}")
                };
                self.input.push(&format!("{title}\\begin{{rectobibliography}}"));
                return;
            }
            "rectobibliography" => {
                self.build.enter_list(None);
                return self.begin(Some("thebibliography".to_owned()), Close::List { item: false, described: false });
            }
            "quote" | "quotation" | "displayquote" | "verse" => {
                self.input.optional();
                self.build.enter_quote();
                if base == "verse" { Close::Verse } else { Close::Quote }
            }
            "abstract" => {
                self.heading("Abstract");
                Close::Paragraph
            }
            "frame" => {
                self.slide();
                Close::Paragraph
            }
            "block" | "alertblock" | "exampleblock" => {
                self.begin(Some(name), Close::Paragraph);
                return self.stream_title();
            }
            "document" => Close::Nothing,
            _ if has(THEOREMS, &base) || self.macros.theorems.contains_key(&base) => {
                self.theorem(&base);
                Close::Paragraph
            }
            _ => {
                if self.input.rest().starts_with('[') {
                    self.input.optional();
                }
                self.arguments(&name);
                Close::Paragraph
            }
        };
        self.begin(Some(name), close);
    }

    /// `\end`
    pub fn end_environment(&mut self) {
        let Some(name) = self.input.argument() else { return };
        let name = name.trim();
        if name == "document" {
            self.ended = true;
            return;
        }
        if self.macros.end(name, &mut self.input) {
            return;
        }
        if let Some(at) = self.innermost(|open| open.environment.as_deref() == Some(name)) {
            self.end_from(at);
        }
    }

    fn arguments(&mut self, name: &str) {
        let count = ARGUMENTS.iter().find(|(_, names)| has(names, name)).map_or(0, |(count, _)| *count);
        for _ in 0..count {
            self.input.optional();
            self.input.argument();
        }
    }

    fn list(&mut self, name: &str, first: Option<u64>, described: bool) -> Close {
        let options = self.input.optional().unwrap_or_default();
        self.arguments(name);
        let start = options.split_once("start=").map(|(_, n)| n.trim_start_matches('{'));
        let start = start.and_then(|n| n.split([',', '}']).next()?.trim().parse().ok());
        self.build.enter_list(first.map(|first| start.unwrap_or(first)));
        Close::List { item: false, described }
    }

    /// A theorem by the name of its kind, and its own.
    fn theorem(&mut self, name: &str) {
        let kind = match self.macros.theorems.get(name) {
            Some(title) => self.plain(title),
            None => {
                let mut chars = name.chars();
                chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
            }
        };
        let own = self.input.optional().map(|own| self.plain(&own)).filter(|own| !own.is_empty());
        let title = own.map_or_else(|| format!("{kind}."), |own| format!("{kind} ({own})."));
        self.build.prose.span(SpanKind::Strong, &title);
        self.build.prose.space();
    }

    /// A slide begins; its title may stand in braces.
    fn slide(&mut self) {
        while self.input.rest().starts_with(['[', '<']) {
            if self.input.take("<") {
                self.input.until(">");
            } else if self.input.optional().is_none() {
                break;
            }
        }
        self.input.skip_space();
        if self.input.rest().starts_with('{') {
            self.input.push("\\frametitle");
        }
    }

    /// The title of a box, in bold, as a paragraph.
    fn stream_title(&mut self) {
        let Some(title) = self.input.argument() else { return };
        let title = self.plain(&title);
        self.build.prose.span(SpanKind::Strong, &title);
        self.flush();
    }

    /// An environment that is taken as it stands.
    fn raw(&mut self, name: &str) {
        let base = name.trim_end_matches('*');
        let options = self.input.optional().unwrap_or_default();
        let language = match base {
            "minted" => self.input.argument(),
            "lstlisting" => option(&options, "language"),
            _ => None,
        };
        let text = self.raw_environment(name);
        if let Some(caption) = option(&options, "caption") {
            self.flush();
            let caption = self.plain(&caption);
            self.build.prose.push(&caption);
            self.flush();
        }
        match base {
            "comment" | "filecontents" | "luacode" | "sagesilent" => {}
            "tikzpicture" | "pgfpicture" | "picture" | "asy" | "pspicture" | "circuitikz" => self.literal("[picture]"),
            _ if self.build.in_table() => self.build.prose.span(SpanKind::Code, text.trim()),
            "alltt" => {
                let text = text.replace("\\{", "{").replace("\\}", "}").replace("\\textbackslash", "\\");
                self.code(None, &text);
            }
            _ => {
                // The line of the beginning may go on with options that were not understood.
                let text =
                    text.split_once('\n').filter(|(first, _)| first.trim().is_empty()).map_or(&*text, |(_, t)| t);
                self.code(language.map(|l| l.to_lowercase()), text);
            }
        }
    }

    fn code(&mut self, language: Option<String>, text: &str) {
        self.flush();
        self.build.code(language.filter(|l| !l.is_empty() && l != "text"), text);
    }
}

/// The value of a key among options.
fn option(options: &str, key: &str) -> Option<String> {
    let (_, after) = options.split_once(&format!("{key}="))?;
    let value = match after.trim_start().strip_prefix('{') {
        Some(braced) => braced.split('}').next(),
        None => after.split(',').next(),
    };
    let value = value?.trim();
    // `[LaTeX]TeX`: a dialect.
    Some(value.rsplit(']').next().unwrap_or(value).to_owned())
}

/// What classes call the list of references.
fn bibliography_title(language: &str) -> &'static str {
    match language.get(..2) {
        Some("de") => "Literatur",
        Some("fr") => "Références",
        Some("es") => "Referencias",
        Some("it") => "Riferimenti bibliografici",
        _ => "References",
    }
}
