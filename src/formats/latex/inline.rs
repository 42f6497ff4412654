//! Commands within a line: signs and accents, emphasis, links, notes, references, code.

use unicode_normalization::UnicodeNormalization as _;

use super::{
    reader::{Close, Reader},
    symbols,
};
use crate::{doc::SpanKind, formats::bounds, text};

impl Reader {
    /// A command within a line; whether it is one.
    pub fn mark(&mut self, name: &str) -> bool {
        if let Some(combining) = symbols::accent(name) {
            self.accent(combining);
            return true;
        }
        if let Some(sign) = symbols::symbol(name) {
            // `\LaTeX{}`
            self.input.take("{}");
            if name == "og" {
                self.literal("«\u{a0}");
            } else if name == "fg" {
                self.literal("\u{a0}»");
            } else {
                self.literal(sign);
            }
            return true;
        }
        match name {
            "emph" | "textit" | "textsl" | "alert" | "mkbibemph" => self.stream_span(SpanKind::Emphasis),
            "textbf" | "mkbibbold" => self.stream_span(SpanKind::Strong),
            "texttt" | "lstinline@" | "code" => self.stream_span(SpanKind::Code),
            "underline" | "uline" | "ul" => self.stream_span(SpanKind::Underline),
            "sout" | "st" => self.stream_span(SpanKind::Strikethrough),
            "bf" | "bfseries" => self.declare(SpanKind::Strong),
            "it" | "itshape" | "em" | "sl" | "slshape" => self.declare(SpanKind::Emphasis),
            "tt" | "ttfamily" => self.declare(SpanKind::Code),
            "enquote" => {
                self.input.take("*");
                self.literal(if self.front.german { "„" } else { "“" });
                self.stream(Close::Text(if self.front.german { "“" } else { "”" }));
            }
            "textcolor" | "colorbox" | "raisebox" | "parbox" | "makebox" | "framebox" | "scalebox" | "rotatebox"
            | "foreignlanguage" | "adjustbox" | "fcolorbox" | "textlang" => {
                self.input.optional();
                if !matches!(name, "makebox" | "framebox") {
                    self.input.argument();
                }
                if name == "fcolorbox" {
                    self.input.argument();
                }
                self.input.optional();
                self.input.optional();
            }
            "href" => {
                self.input.optional();
                let target = address(&self.input.raw_argument().unwrap_or_default());
                let link = self.build.link(target);
                self.stream_span(link);
            }
            "url" | "nolinkurl" | "path" => self.url(name),
            "verb" => self.verbatim(),
            "lstinline" | "mintinline" => {
                self.input.optional();
                if name == "mintinline" {
                    self.input.argument();
                }
                self.verbatim();
            }
            "footnote" | "footnotetext" | "footnotemark" | "endnote" | "sidenote" | "marginpar" => self.footnote(name),
            "label" => {
                if let Some(name) = self.input.argument() {
                    self.build.name_next(name.trim().to_owned());
                }
            }
            "hyperref" | "hyperlink" | "hypertarget" => self.hyper(name),
            "includegraphics" | "includesvg" => {
                self.input.take("*");
                self.image();
            }
            "(" => match self.input.until("\\)") {
                Some(math) => self.inline(&math),
                None => self.literal("("),
            },
            "[" => match self.input.until("\\]") {
                Some(math) => self.display(&math),
                None => self.literal("["),
            },
            "ensuremath" => {
                let math = self.input.argument().unwrap_or_default();
                self.inline(&math);
            }
            "ref" | "eqref" | "pageref" | "autoref" | "cref" | "Cref" | "nameref" | "vref" | "Ref" | "subref" => {
                self.input.take("*");
                let keys = self.input.argument().unwrap_or_default();
                self.numbered(name, &keys);
            }
            "textsuperscript" | "textsubscript" | "textsc" | "textrm" | "textsf" | "textup" | "textmd" | "text"
            | "mbox" | "hbox" | "fbox" => {}
            "-" | "/" | "!" | "@" | "null" | "leavevmode" | "" | "xspace" => {}
            _ if is_citation(name) => self.citation(),
            _ => return false,
        }
        true
    }

    /// A declaration, which holds to the end of its group.
    fn declare(&mut self, kind: SpanKind) {
        if self.open.is_empty() {
            return;
        }
        if self.spans.open(&mut self.build.prose, kind)
            && let Some(open) = self.open.last_mut()
        {
            open.spans += 1;
        }
    }

    fn accent(&mut self, combining: char) {
        let Some(letter) = self.input.argument() else { return };
        let bare = letter.trim().trim_start_matches('{').trim_end_matches('}');
        let letter = match bare {
            "\\i" | "\\i{}" => "i".to_owned(),
            "\\j" => "j".to_owned(),
            plain if plain.starts_with('\\') => {
                symbols::symbol(plain.trim_start_matches('\\')).map_or_else(|| self.plain(plain), str::to_owned)
            }
            plain => plain.to_owned(),
        };
        let mut chars = letter.chars();
        match chars.next() {
            Some(first) => {
                let composed: String = [first, combining].into_iter().nfc().chain(chars).collect();
                self.literal(&composed);
            }
            None => self.literal(match combining {
                '\u{303}' => "~",
                '\u{302}' => "^",
                '\u{308}' => "¨",
                _ => "",
            }),
        }
    }

    fn url(&mut self, name: &str) {
        self.input.skip_space();
        let written = if self.input.rest().starts_with('{') { self.input.raw_argument() } else { self.between_signs() };
        let target = address(&written.unwrap_or_default());
        if target.is_empty() {
        } else if name == "path" {
            self.literal("");
            self.build.prose.span(SpanKind::Code, &target);
        } else {
            let full = if target.contains(':') || !target.starts_with("www.") {
                target.clone()
            } else {
                format!("http://{target}")
            };
            let link = self.build.link(full);
            self.literal("");
            self.build.prose.span(link, &target);
        }
    }

    /// `\verb|…|`
    fn verbatim(&mut self) {
        self.input.take("*");
        let code = if self.input.rest().starts_with('{') { self.input.raw_argument() } else { self.between_signs() };
        if let Some(code) = code.filter(|code| !code.is_empty()) {
            self.literal("");
            self.build.prose.span(SpanKind::Code, &code);
        }
    }

    /// What stands between a sign and the next one like it, on one line and not far.
    fn between_signs(&mut self) -> Option<String> {
        let sign = self.input.peek()?;
        let line = text::head(self.input.rest(), bounds::AHEAD).lines().next().unwrap_or_default();
        let after = text::tail(line, sign.len_utf8());
        let code = text::head(after, after.find(sign)?).to_owned();
        self.input.skip(code.len() + 2 * sign.len_utf8());
        Some(code)
    }

    fn footnote(&mut self, name: &str) {
        let number = self.input.optional();
        let text = if name == "footnotemark" { None } else { Some(self.input.argument().unwrap_or_default()) };
        let marked = self.notes.len() + 1;
        if name == "footnotemark" {
            // Its text comes with `\footnotetext`, as the next note.
            self.note_mark(&number.unwrap_or_else(|| marked.to_string()));
            return;
        }
        let label = number.filter(|n| name == "footnotetext" && n.len() < 8).unwrap_or_else(|| marked.to_string());
        if name != "footnotetext" {
            self.note_mark(&label);
        }
        self.notes.push((label, text.unwrap_or_default()));
    }

    fn note_mark(&mut self, label: &str) {
        self.build.prose.unspace();
        self.literal("");
        self.build.prose.span(SpanKind::FootnoteRef(label.to_owned()), &format!("[{label}]"));
    }

    /// `\hyperref[label]{text}`, `\hyperlink{name}{text}`, `\hypertarget{name}{text}`
    fn hyper(&mut self, name: &str) {
        let option = self.input.optional();
        let place = if name == "hyperref" { option } else { self.input.argument() };
        let Some(place) = place else { return };
        if name == "hypertarget" {
            return self.build.name_next(place);
        }
        let link = self.build.link(format!("#{}", place.trim()));
        self.stream_span(link);
    }

    fn citation(&mut self) {
        self.input.take("*");
        let first = self.input.optional();
        let second = self.input.optional();
        let Some(keys) = self.input.argument() else { return };
        // Of two notes the first stands before the citation.
        let (before, after) = match (first, second) {
            (Some(before), Some(after)) => (before, after),
            (after, _) => (String::new(), after.unwrap_or_default()),
        };
        if !before.trim().is_empty() {
            let before = self.plain(&before);
            self.literal(&format!("{before} "));
        }
        let after = if after.is_empty() { after } else { self.plain(&after) };
        self.reference(&keys, &after);
    }
}

/// The commands of LaTeX, natbib and biblatex that cite.
fn is_citation(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(
        name.as_str(),
        "cite"
            | "citep"
            | "citet"
            | "citealt"
            | "citealp"
            | "citeauthor"
            | "citeyear"
            | "citeyearpar"
            | "parencite"
            | "textcite"
            | "footcite"
            | "autocite"
            | "supercite"
            | "fullcite"
            | "citetitle"
            | "onlinecite"
            | "smartcite"
            | "citenum"
            | "shortcite"
            | "footfullcite"
            | "citeasnoun"
    )
}

/// An address without TeX's signs.
fn address(written: &str) -> String {
    let mut out = String::new();
    let mut chars = written.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if c == '\\' && next.is_some_and(|n| "_%#&~{}$".contains(n)) {
            continue;
        }
        if !c.is_whitespace() {
            out.push(c);
        }
    }
    out
}
