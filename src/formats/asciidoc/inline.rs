//! Marks within running text. A mark that does not end is text; that one has no end is looked up once for each text, and
//! marks within marks are bounded, so that the work is no more than the text is long.

use super::{macros, reader::Reader, style};
use crate::{doc::SpanKind, formats::markdown, text};

/// Marks within marks.
const DEPTH: usize = 12;

/// What stands for what in running text.
const REPLACED: [(&str, &str); 9] = [
    ("(C)", "©"),
    ("(R)", "®"),
    ("(TM)", "™"),
    (" -- ", " — "),
    ("...", "…"),
    ("->", "→"),
    ("=>", "⇒"),
    ("<-", "←"),
    ("<=", "⇐"),
];

/// What begins at a place.
pub enum What<'t> {
    /// Marked text.
    Mark(Option<SpanKind>, &'t str),
    /// Text in which nothing is a mark.
    Raw(Option<SpanKind>, &'t str),
    /// A macro.
    Macro(&'t str, &'t str, &'t str),
    /// The name of a place.
    Anchor(&'t str),
    /// A reference to one, and what it shows.
    Reference(&'t str, &'t str),
    /// Quotation marks about text.
    Quoted(char, &'t str, char),
    /// What is left out.
    Nothing,
}

/// Where something begins and ends, and what it is.
pub struct Piece<'t> {
    pub start: usize,
    pub end: usize,
    pub what: What<'t>,
}

/// Ends that a text does not have from some place on.
#[derive(Default)]
pub struct Ends(Vec<(&'static str, bool)>);

impl Ends {
    /// Where `sign` is from `from` on, and is the end of a mark if it has to be one.
    pub fn find(&mut self, text: &str, from: usize, sign: &'static str, constrained: bool) -> Option<usize> {
        if self.0.contains(&(sign, constrained)) {
            return None;
        }
        let ends = |at: &usize| {
            let before = text::head(text, *at).chars().next_back();
            let after = text::tail(text, at + sign.len()).chars().next();
            *at > from
                && !before.is_some_and(|c| c.is_whitespace() || c == '\\')
                && !after.is_some_and(|c| is_word(c) || sign.starts_with(c))
        };
        let rest = text.get(from..)?;
        let mut places = rest.match_indices(sign).map(|(at, _)| from + at);
        let found = if constrained { places.find(ends) } else { places.next() };
        if found.is_none() {
            self.0.push((sign, constrained));
        }
        found
    }
}

impl Reader<'_> {
    /// Appends running text with its attributes put in and its marks read.
    pub fn inline(&mut self, text: &str) {
        let text = self.attributes.expand(text);
        self.marks(&text, 0);
    }

    pub(super) fn marks(&mut self, text: &str, depth: usize) {
        let mut ends = Ends::default();
        let (mut plain, mut at) = (0, 0);
        let special = |b: &u8| b"\\*_`#^~+[<(\"'\n:$".contains(b);
        while let Some(found) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(special)) {
            at += found;
            let here = text::tail(text, at);
            if here.starts_with('\n') {
                self.line_end(text::slice(text, plain..at));
                at += 1;
                plain = at;
            } else if here.starts_with('\\') {
                let escaped = here.get(1..).and_then(|rest| rest.chars().next());
                let escapes = escaped.is_some_and(|c| "*_`#^~+[<({\"'".contains(c)) || starts_macro(here);
                if escapes {
                    self.plain(text::slice(text, plain..at));
                    plain = at + 1;
                }
                at += if escapes { 2 } else { 1 };
                if escapes && starts_macro(here) {
                    at += here.find([':', ' ']).unwrap_or(0);
                }
            } else if let Some(piece) = (depth < DEPTH).then(|| piece(text, at, plain, &mut ends)).flatten() {
                self.plain(text::slice(text, plain..piece.start));
                self.show(&piece.what, depth);
                at = piece.end;
                plain = at;
            } else {
                // Signs that stand together are no mark's end for each other.
                let first = here.chars().next().unwrap_or(' ');
                let run = here.len() - here.trim_start_matches(first).len();
                at += run.max(1);
            }
        }
        let rest = text::tail(text, plain);
        match rest.strip_suffix(" +") {
            Some(rest) => self.plain(rest),
            None => self.plain(rest),
        }
    }

    fn line_end(&mut self, line: &str) {
        match line.strip_suffix(" +") {
            Some(line) => {
                self.plain(line);
                self.build.prose.hard_break();
            }
            None => {
                self.plain(line);
                self.build.prose.soft_break();
            }
        }
    }

    fn plain(&mut self, text: &str) {
        let mut text = markdown::entities(text);
        for (from, to) in REPLACED {
            if text.contains(from) {
                text = text.replace(from, to).into();
            }
        }
        self.build.prose.push_text(&text);
    }

    fn show(&mut self, what: &What<'_>, depth: usize) {
        match what {
            What::Mark(Some(kind), inner) => {
                self.build.prose.open(kind.clone());
                self.marks(inner, depth + 1);
                self.build.prose.close();
            }
            What::Mark(None, inner) => self.marks(inner, depth + 1),
            What::Raw(Some(kind), inner) => self.build.prose.span(kind.clone(), inner),
            What::Raw(None, inner) => self.build.prose.push(inner),
            What::Macro(name, target, list) => self.run_macro(name, target, list, depth),
            What::Anchor(id) => self.build.name_next((*id).to_owned()),
            What::Reference(id, shown) => self.reference(id, shown, depth),
            What::Quoted(open, inner, close) => {
                self.build.prose.push(&open.to_string());
                self.marks(inner, depth + 1);
                self.build.prose.push(&close.to_string());
            }
            What::Nothing => {}
        }
    }
}

/// What begins at `at`. Of a macro, the name is before it, from `plain` on.
fn piece<'t>(text: &'t str, at: usize, plain: usize, ends: &mut Ends) -> Option<Piece<'t>> {
    let here = text::tail(text, at);
    let between = |open: usize, end: usize| text::slice(text, at + open..end);
    let piece = |end: usize, what| Some(Piece { start: at, end, what });
    match here.chars().next()? {
        ':' => macros::find(text, at, plain, ends),
        '+' if here.starts_with("+++") => {
            let end = ends.find(text, at + 3, "+++", false)?;
            piece(end + 3, What::Raw(None, between(3, end)))
        }
        '+' if here.starts_with("++") => {
            let end = ends.find(text, at + 2, "++", false)?;
            piece(end + 2, What::Raw(None, between(2, end)))
        }
        '$' if here.starts_with("$$") => {
            let end = ends.find(text, at + 2, "$$", false)?;
            piece(end + 2, What::Raw(None, between(2, end)))
        }
        '+' if opens(text, at) => {
            let end = ends.find(text, at + 1, "+", true)?;
            piece(end + 1, What::Raw(None, between(1, end)))
        }
        '[' if here.starts_with("[[") => {
            let end = ends.find(text, at + 2, "]]", false)?;
            let id = between(2, end).split(',').next().unwrap_or_default();
            let named = !id.is_empty() && id.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'));
            (named && !id.contains(char::is_whitespace)).then_some(())?;
            piece(end + 2, What::Anchor(id))
        }
        '[' => {
            let end = text::head(here, 80).find(']')?;
            let sign = at + end + 1;
            let roles = between(1, at + end);
            text::tail(text, sign).starts_with(['#', '*', '_', '`', '^', '~']).then_some(())?;
            let marked = mark(text, sign, true, roles, ends)?;
            piece(marked.end, marked.what)
        }
        '<' if here.starts_with("<<") => {
            let end = ends.find(text, at + 2, ">>", false)?;
            let inner = between(2, end);
            let (id, shown) = inner.split_once(',').unwrap_or((inner, ""));
            (!id.is_empty() && !id.starts_with([' ', '<'])).then_some(())?;
            piece(end + 2, What::Reference(id.trim(), shown.trim()))
        }
        '<' => {
            let url = text::slice(here, 1..2048).split(['>', '\n', ' ']).next()?;
            let is_url = ["https://", "http://", "ftp://", "mailto:"].iter().any(|s| url.starts_with(s));
            let end = at + 1 + url.len();
            (is_url && text::tail(text, end).starts_with('>')).then_some(())?;
            piece(end + 1, What::Mark(None, between(1, end)))
        }
        '(' if here.starts_with("(((") => {
            let end = ends.find(text, at + 3, ")))", false)?;
            piece(end + 3, What::Nothing)
        }
        '(' if here.starts_with("((") => {
            let end = ends.find(text, at + 2, "))", false)?;
            piece(end + 2, What::Mark(None, between(2, end)))
        }
        '"' if here.starts_with("\"`") => {
            let end = ends.find(text, at + 2, "`\"", false)?;
            piece(end + 2, What::Quoted('“', between(2, end), '”'))
        }
        '\'' if here.starts_with("'`") => {
            let end = ends.find(text, at + 2, "`'", false)?;
            piece(end + 2, What::Quoted('‘', between(2, end), '’'))
        }
        '`' if here.starts_with("`+") && opens(text, at) => {
            let end = ends.find(text, at + 2, "+`", false)?;
            piece(end + 2, What::Raw(Some(SpanKind::Code), between(2, end)))
        }
        '*' | '_' | '`' | '#' | '^' | '~' => mark(text, at, false, "", ends),
        _ => None,
    }
}

/// Text between two signs. After `[role]`, a sign may stand where it likes.
fn mark<'t>(text: &'t str, at: usize, free: bool, roles: &str, ends: &mut Ends) -> Option<Piece<'t>> {
    let here = text::tail(text, at);
    let (double, single) = match here.chars().next()? {
        '*' => ("**", "*"),
        '_' => ("__", "_"),
        '`' => ("``", "`"),
        '#' => ("##", "#"),
        '^' => ("", "^"),
        '~' => ("", "~"),
        _ => return None,
    };
    let kind = match single {
        "*" => Some(SpanKind::Strong),
        "`" => Some(SpanKind::Code),
        "#" if roles.is_empty() => Some(SpanKind::Emphasis),
        "#" => {
            let (positional, _) = style::parse(roles);
            let has = |role: &str| positional.iter().any(|p| p.split('.').any(|r| r == role));
            match () {
                () if has("line-through") => Some(SpanKind::Strikethrough),
                () if has("underline") => Some(SpanKind::Underline),
                () => None,
            }
        }
        _ => Some(SpanKind::Emphasis),
    };
    let inner = |open: usize, end: usize| What::Mark(kind.clone(), text::slice(text, at + open..end));
    if double.is_empty() {
        let end = ends.find(text, at + 1, single, false).filter(|end| *end > at + 1)?;
        (!text::slice(text, at + 1..end).contains(char::is_whitespace)).then_some(())?;
        return Some(Piece { start: at, end: end + 1, what: inner(1, end) });
    }
    if here.starts_with(double) {
        let end = ends.find(text, at + 2, double, false).filter(|end| *end > at + 2)?;
        return Some(Piece { start: at, end: end + 2, what: inner(2, end) });
    }
    if !(opens(text, at) || (free && !text::tail(text, at + 1).starts_with(char::is_whitespace))) {
        return None;
    }
    let end = ends.find(text, at + 1, single, true)?;
    Some(Piece { start: at, end: end + 1, what: inner(1, end) })
}

/// Whether a sign stands where a word begins.
fn opens(text: &str, at: usize) -> bool {
    let before = text::head(text, at).chars().next_back();
    let after = text::tail(text, at + 1).chars().next();
    !before.is_some_and(|c| is_word(c) || matches!(c, ':' | ';' | '}')) && after.is_some_and(|c| !c.is_whitespace())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn starts_macro(here: &str) -> bool {
    let rest = here.trim_start_matches('\\');
    macros::NAMES.iter().any(|name| rest.strip_prefix(name).is_some_and(|r| r.starts_with(':')))
        || rest.starts_with("http")
}
