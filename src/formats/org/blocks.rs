//! The lines of an Org file to blocks (the syntax of orgmode.org/worg/org-syntax.html).

use super::{Reader, drawers, lists};
use crate::{
    doc::SpanKind,
    formats::{
        markup::{dedented, indent},
        title,
    },
    text,
};

/// Blocks within blocks and items within items. What is deeper is text.
pub const DEPTH: usize = 48;

impl Reader {
    /// A reader that knows what the keywords of the file say.
    pub(super) fn gather(lines: &[&str]) -> Reader {
        let mut reader = Reader::default();
        for line in lines {
            let Some((key, value)) = keyword(line) else { continue };
            reader.about(&key, value);
        }
        if reader.states.is_empty() {
            reader.states = ["TODO", "NEXT", "WAITING", "HOLD", "STARTED", "SOMEDAY"].map(str::to_owned).to_vec();
            reader.done = ["DONE", "CANCELLED", "CANCELED"].map(str::to_owned).to_vec();
        }
        reader
    }

    fn about(&mut self, key: &str, value: &str) {
        let text = || Some(title::clean(&super::inline::plain(value))).filter(|v| !v.is_empty());
        match key {
            "TITLE" => {
                let more = text();
                self.meta.title = match (self.meta.title.take(), more) {
                    (Some(title), Some(more)) => Some(format!("{title} {more}")),
                    (title, more) => title.or(more),
                };
            }
            "AUTHOR" => self.meta.author = self.meta.author.take().or_else(text),
            "DATE" if self.meta.date.is_none() => {
                let bare = value.trim_matches(['<', '>', '[', ']']);
                // `2024-03-05 Tue 10:00`
                let day = bare.split(' ').next().unwrap_or(bare);
                self.meta.date = title::date(bare).or_else(|| title::date(day));
            }
            "LANGUAGE" => self.meta.language = Some(value.to_owned()).filter(|v| !v.is_empty() && v.len() <= 12),
            "FILETAGS" | "KEYWORDS" | "TAGS" if key != "TAGS" => {
                let tags = value.split([':', ',']).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
                self.meta.tags.extend(tags);
            }
            "TODO" | "SEQ_TODO" | "TYP_TODO" => {
                let (open, done) = value.split_once('|').unwrap_or((value, ""));
                let words = |part: &str| -> Vec<String> {
                    part.split_whitespace().map(|w| w.split('(').next().unwrap_or(w).to_owned()).collect()
                };
                self.states.extend(words(open));
                self.done.extend(words(done));
            }
            "LINK" => {
                if let Some((name, target)) = value.split_once(' ') {
                    self.abbreviations.push((name.to_owned(), target.trim().to_owned()));
                }
            }
            _ => {}
        }
    }

    /// Lines that begin at their column.
    pub(super) fn lines(&mut self, lines: &[&str], depth: usize) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if self.build.is_full() {
                return;
            }
            let rest = lines.get(at..).unwrap_or_default();
            at += if line.trim().is_empty() { self.end() } else { self.block(rest, depth) }.max(1);
        }
        self.end();
    }

    /// Ends the paragraph, and sets the footnotes that were defined in it.
    pub(super) fn end(&mut self) -> usize {
        self.build.flush();
        for (label, text) in std::mem::take(&mut self.notes) {
            self.build.enter_footnote(&label);
            self.inline(&text);
            // Those within it are text.
            self.notes.clear();
            self.build.leave();
        }
        1
    }

    /// The block at the start of `lines`; how many lines it takes.
    fn block(&mut self, lines: &[&str], depth: usize) -> usize {
        let line = lines.first().copied().unwrap_or_default();
        let bare = line.trim_start();
        if depth == 0
            && line.starts_with('*')
            && let Some(rest) = line.trim_start_matches('*').strip_prefix(' ')
        {
            self.end();
            let stars = line.len() - line.trim_start_matches('*').len();
            return self.heading(stars, rest.trim(), lines);
        }
        if let Some(taken) = self.special(lines, bare, depth) {
            return taken;
        }
        if bare.starts_with('|') {
            self.end();
            return self.table(lines);
        }
        if let Some(taken) = self.footnote(lines, depth) {
            return taken;
        }
        if depth < DEPTH && lists::item(line, depth > 0).is_some() {
            self.end();
            return self.list(lines, depth);
        }
        if bare.len() >= 5 && bare.bytes().all(|b| b == b'-') {
            self.build.rule();
            return 1;
        }
        if !self.build.prose.is_empty() {
            self.build.prose.soft_break();
        }
        // A paragraph whole, since markup goes over its lines.
        let taken = lines.iter().enumerate().take_while(|(at, l)| *at == 0 || !is_other(l)).count();
        let text: Vec<&str> = lines.iter().take(taken).map(|l| l.trim_start()).collect();
        self.inline(&text.join("\n"));
        taken
    }

    /// What begins with `#`, with a colon, or with a keyword of planning.
    fn special(&mut self, lines: &[&str], bare: &str, depth: usize) -> Option<usize> {
        if bare == "#" || bare.starts_with("# ") {
            return Some(1);
        }
        if bare == ":" || bare.starts_with(": ") {
            self.end();
            let taken = lines.iter().take_while(|l| l.trim() == ":" || l.trim_start().starts_with(": ")).count();
            let strip = |l: &&str| text::tail(l.trim_start(), 1).strip_prefix(' ').unwrap_or_default().to_owned();
            let text: Vec<String> = lines.iter().take(taken).map(strip).collect();
            self.build.preformatted(&text.join("\n"));
            return Some(taken);
        }
        if let Some(end) = drawers::end(lines, bare) {
            let inside = lines.get(1..end)?;
            for line in inside {
                if let Some(id) = line.trim().strip_prefix(":CUSTOM_ID:").or_else(|| line.trim().strip_prefix(":ID:")) {
                    self.build.name_next(id.trim().to_owned());
                }
            }
            return Some(end + 1);
        }
        if ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].iter().any(|word| bare.starts_with(word)) {
            self.end();
            self.inline(bare);
            self.end();
            return Some(1);
        }
        let (key, value) = keyword(bare)?;
        self.end();
        if let Some(name) = key.strip_prefix("BEGIN_") {
            return Some(self.begin(name, value, lines, depth));
        }
        match key.as_str() {
            "CAPTION" => {
                let value = value.to_owned();
                self.inline(&value);
                self.build.term();
            }
            "INCLUDE" => {
                let file = value.split('"').nth(1).unwrap_or(value);
                let kind = self.build.link(file.to_owned());
                self.build.prose.span(kind, file);
                self.end();
            }
            "SUBTITLE" | "DESCRIPTION" => {
                self.inline(value);
                self.end();
            }
            "NAME" => self.build.name_next(value.to_owned()),
            "BEGIN" => {
                // A dynamic block: what it holds is text.
            }
            _ => {}
        }
        Some(1)
    }

    /// `#+BEGIN_NAME` up to its end.
    fn begin(&mut self, name: &str, value: &str, lines: &[&str], depth: usize) -> usize {
        let end = format!("#+end_{name}");
        let close = lines.iter().position(|l| l.trim().eq_ignore_ascii_case(&end)).unwrap_or(lines.len());
        let inside = lines.get(1..close).unwrap_or_default();
        let least = inside.iter().filter(|l| !l.trim().is_empty()).map(|l| indent(l)).min().unwrap_or(0);
        let inside: Vec<&str> = inside.iter().map(|l| dedented(l, least)).collect();
        // A comma hides what would be markup of Org.
        let code = || {
            let escaped = |l: &&str| match l.trim_start().strip_prefix(',') {
                Some(rest) if rest.starts_with(['*', ',']) || rest.starts_with("#+") => l.replacen(',', "", 1),
                _ => (*l).to_owned(),
            };
            inside.iter().map(escaped).collect::<Vec<_>>().join("\n")
        };
        match name.to_lowercase().as_str() {
            "src" => {
                let language = value.split_whitespace().next().filter(|l| !l.starts_with(['-', '+', ':']));
                let language = language.map(|l| match l {
                    "emacs-lisp" | "elisp" => "lisp".to_owned(),
                    "shell" | "sh" => "bash".to_owned(),
                    l => l.to_lowercase(),
                });
                self.build.code(language, &code());
            }
            "example" => self.build.code(None, &code()),
            "export" if !matches!(value.to_lowercase().as_str(), "ascii" | "md" | "markdown" | "org") => {}
            "export" => self.build.preformatted(&code()),
            "comment" => {}
            "verse" => {
                for (at, line) in inside.iter().enumerate() {
                    if at > 0 {
                        self.build.prose.hard_break();
                    }
                    self.build.prose.push(&"\u{A0}".repeat(indent(line).min(40)));
                    self.inline(line.trim_start());
                }
                self.end();
            }
            "quote" if depth < DEPTH => {
                self.build.enter_quote();
                self.lines(&inside, depth + 1);
                self.build.leave();
            }
            "note" | "tip" | "warning" | "important" | "caution" | "info" if depth < DEPTH => {
                self.build.enter_quote();
                let mut letters = name.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                self.build.prose.span(SpanKind::Strong, &format!("{first}{}", letters.as_str().to_lowercase()));
                self.build.flush();
                self.lines(&inside, depth + 1);
                self.build.leave();
            }
            _ if depth < DEPTH => self.lines(&inside, depth + 1),
            _ => self.build.preformatted(&inside.join("\n")),
        }
        close + 1
    }

    fn heading(&mut self, stars: usize, rest: &str, lines: &[&str]) -> usize {
        let (mut rest, mut tags) = (rest, "");
        if let Some((before, after)) = rest.rsplit_once(' ').filter(|(_, t)| is_tags(t)) {
            (rest, tags) = (before.trim_end(), after);
        } else if is_tags(rest) {
            (rest, tags) = ("", rest);
        }
        // The anchors in the drawer that follows belong to the heading.
        let drawer = lines.iter().skip(1).take_while(|l| !l.starts_with('*')).take(40);
        for line in drawer.map(|l| l.trim()).take_while(|l| {
            l.starts_with(':') || l.contains("DEADLINE") || l.contains("SCHEDULED") || l.contains("CLOSED")
        }) {
            if let Some(id) = line.strip_prefix(":CUSTOM_ID:").or_else(|| line.strip_prefix(":ID:")) {
                self.build.name_next(id.trim().to_owned());
            }
        }
        let word = rest.split(' ').next().unwrap_or_default();
        let done = self.done.iter().any(|d| d == word);
        let mut marked = String::new();
        if done || self.states.iter().any(|s| s == word) {
            let kind = if done { SpanKind::Dim } else { SpanKind::Strong };
            self.build.prose.span(kind, word);
            self.build.prose.space();
            marked = format!("{word} ");
            rest = text::tail(rest, word.len()).trim_start();
        }
        if let Some(priority) = rest.strip_prefix("[#").and_then(|r| r.split_once(']')).filter(|(p, _)| p.len() <= 2) {
            self.build.prose.push(&format!("[{}] ", priority.0));
            marked.push_str(&format!("[{}] ", priority.0));
            rest = priority.1.trim_start();
        }
        let rest = rest.strip_prefix("COMMENT ").unwrap_or(rest);
        let bare = title::clean(&super::inline::plain(rest));
        if self.bare.len() < title::BLOCKS && !bare.is_empty() {
            self.bare.push((title::clean(&format!("{marked}{bare} {tags}")), bare));
        }
        self.build.name_next(super::inline::fragment(&super::inline::plain(rest)));
        self.inline(rest);
        if !tags.is_empty() {
            self.build.prose.space();
            self.build.prose.span(SpanKind::Dim, tags);
        }
        self.build.heading(u8::try_from(stars).unwrap_or(6));
        self.end();
        1
    }

    fn table(&mut self, lines: &[&str]) -> usize {
        let taken = lines.iter().take_while(|l| l.trim_start().starts_with('|')).count();
        let lines: Vec<&str> = lines.iter().take(taken).map(|l| l.trim()).collect();
        let rule = |l: &str| l.starts_with("|-");
        let first_rule = lines.iter().position(|l| rule(l)).filter(|at| *at > 0 && *at + 1 < lines.len());
        self.build.start_table(Vec::new());
        for (at, line) in lines.iter().enumerate() {
            if rule(line) {
                if Some(at) == first_rule {
                    self.build.end_head();
                }
                continue;
            }
            let inner = line.strip_prefix('|').unwrap_or(line);
            let cells: Vec<&str> = inner.strip_suffix('|').unwrap_or(inner).split('|').map(str::trim).collect();
            // `<l>` and `<10>` say how columns are set, `/` what groups of them there are.
            let is_set = |c: &&str| c.is_empty() || c.starts_with('<') && c.ends_with('>') && c.len() <= 5;
            if cells.iter().all(is_set) && cells.iter().any(|c| !c.is_empty()) {
                continue;
            }
            self.build.start_row();
            for cell in cells {
                self.inline(&cell.replace("\\vert{}", "|").replace("\\vert", "|"));
                self.build.cell();
            }
        }
        self.build.end_table();
        lines.len()
    }

    /// `[fn:label] text`, up to two blank lines or the next one.
    fn footnote(&mut self, lines: &[&str], depth: usize) -> Option<usize> {
        let line = lines.first()?;
        let (label, first) = line.strip_prefix("[fn:")?.split_once(']')?;
        if label.is_empty() || label.contains([' ', ':']) {
            return None;
        }
        self.end();
        let mut taken = 1;
        let mut blanks = 0;
        for line in lines.iter().skip(1) {
            if line.starts_with("[fn:") || line.starts_with("* ") || line.starts_with("** ") || blanks >= 2 {
                break;
            }
            blanks = if line.is_empty() { blanks + 1 } else { 0 };
            taken += 1;
        }
        let mut inside = vec![first.trim_start()];
        inside.extend(lines.get(1..taken)?);
        self.build.enter_footnote(label);
        self.lines(&inside, depth + 1);
        self.build.leave();
        Some(taken)
    }
}

/// Whether a line ends the paragraph before it.
fn is_other(line: &str) -> bool {
    let bare = line.trim_start();
    bare.is_empty()
        || line.starts_with('*') && line.trim_start_matches('*').starts_with(' ')
        || bare.starts_with('|')
        || bare.starts_with("#+") && keyword(bare).is_some()
        || bare.starts_with("# ")
        || bare.starts_with(": ")
        || line.starts_with("[fn:")
        || lists::item(line, false).is_some()
        || bare.len() >= 5 && bare.bytes().all(|b| b == b'-')
        || bare.starts_with(':') && bare.ends_with(':') && bare.len() > 2 && !bare.contains(' ')
}

/// The name in capitals and the value of `#+NAME: value`, or `#+begin_name value`.
pub fn keyword(line: &str) -> Option<(String, &str)> {
    let rest = line.trim_start().strip_prefix("#+")?;
    let end = rest.find([':', ' ']).unwrap_or(rest.len());
    let name = text::head(rest, end);
    // `#+CAPTION[short]: long`
    let name = name.split('[').next().unwrap_or(name).to_uppercase();
    let after = text::tail(rest, end);
    match after.strip_prefix(':') {
        Some(value) => Some((name, value.trim())),
        None if name.starts_with("BEGIN") || name.starts_with("END") => Some((name, after.trim())),
        None => None,
    }
}

fn is_tags(word: &str) -> bool {
    word.len() > 2
        && word.starts_with(':')
        && word.ends_with(':')
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '@' | '#' | '%'))
}
