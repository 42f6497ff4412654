//! What Tab makes of a query that is being typed: the names of fields, the values that they have in this library, and the
//! names of saved filters. As in a shell: first what all candidates have in common, then one candidate after the other.

use crate::{
    memory::SavedFilter,
    query::{FIELDS, Field, FieldKind, HAS, IS},
    text::{self, fold::fold},
};

/// What the fields of a query can ask for in a library; each list in order, each value once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Folders, named from the root of the library on, with `/` between.
    pub folders: Vec<String>,
    /// Formats and extensions.
    pub types: Vec<String>,
    /// Languages: their names in lower case, else their tags.
    pub languages: Vec<String>,
    /// Who wrote something.
    pub authors: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
}

/// A completion that goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What may be put in, as the query writes it.
    pub candidates: Vec<String>,
    /// Which of them stands in the line; none while it is only what they have in common.
    pub at: Option<usize>,
    /// What stands before it, and after it.
    before: String,
    after: String,
}

impl Completion {
    /// Completes what stands in `line` before the cursor, which is counted in characters. With it the text that stands
    /// before the cursor now. `None` when there is nothing to complete.
    pub fn begin(
        line: &str,
        cursor: usize,
        values: &Values,
        saved: &[SavedFilter],
        back: bool,
    ) -> Option<(Completion, String, String)> {
        let at = line.char_indices().nth(cursor).map_or(line.len(), |(at, _)| at);
        let (typed, after) = (text::head(line, at), text::tail(line, at));
        let begun = Begun::of(typed)?;
        let candidates = begun.candidates(values, saved);
        let longer = |common: &&str| common.chars().count() > begun.value.chars().count();
        let begins = |common: &&str| fold(common).starts_with(&fold(begun.value));
        let common = common(&candidates).filter(longer).filter(begins).map(str::to_owned);
        let before = text::head(typed, begun.start).to_owned();
        let mut completion = Completion { candidates, at: None, before, after: after.to_owned() };
        match (completion.candidates.as_slice(), common) {
            ([], _) => return None,
            ([only], _) if fold(only) == fold(begun.value) => return None,
            // Typed on from here, it is completed as something new.
            ([_], _) => {
                let (head, after) = completion.step(back);
                return Some((Completion::default(), head, after));
            }
            (_, Some(common)) if !back => {
                let open = if begun.quoted || needs_quotes(&common) { "\"" } else { "" };
                let head = format!("{}{open}{common}", completion.before);
                return Some((completion, head, after.to_owned()));
            }
            _ => {}
        }
        let (head, after) = completion.step(back);
        Some((completion, head, after))
    }

    /// The next candidate, or the one before: what stands in the line before the cursor then, and after it.
    pub fn step(&mut self, back: bool) -> (String, String) {
        let count = self.candidates.len().max(1);
        let at = match (self.at, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.at = Some(at);
        let candidate = self.candidates.get(at).map(String::as_str).unwrap_or_default();
        (format!("{}{}", self.before, written(candidate)), self.after.clone())
    }
}

/// What stands before the cursor and is not finished.
struct Begun<'t> {
    /// The field, where a value is typed.
    field: Option<&'static Field>,
    /// Where it starts.
    start: usize,
    /// As far as it is typed, without a quote before it.
    value: &'t str,
    quoted: bool,
}

impl<'t> Begun<'t> {
    /// The last word of what is typed, or the value in it. `None` where words are typed that nobody can complete.
    fn of(typed: &'t str) -> Option<Begun<'t>> {
        let (mut start, mut quote) = (0, None);
        for (at, c) in typed.char_indices() {
            match c {
                '"' => quote = if quote.is_some() { None } else { Some(at) },
                '|' if quote.is_none() => start = at + 1,
                c if c.is_whitespace() && quote.is_none() => start = at + c.len_utf8(),
                _ => {}
            }
        }
        let word = text::tail(typed, start);
        let word = word.strip_prefix('-').unwrap_or(word);
        start = typed.len() - word.len();
        let Some((name, value)) = word.split_once(':') else {
            return (!word.contains('"')).then_some(Begun { field: None, start, value: word, quoted: false });
        };
        let field = Field::named(name)?;
        let open = value.strip_prefix('"').filter(|_| quote.is_some());
        // Behind a quote that closes a value it is finished.
        let value = open.or((!value.contains('"')).then_some(value))?;
        let start = start + name.len() + 1;
        Some(Begun { field: Some(field), start, value, quoted: open.is_some() })
    }

    fn candidates(&self, values: &Values, saved: &[SavedFilter]) -> Vec<String> {
        let value = fold(self.value);
        let names = |values: &[String], inside: bool| -> Vec<String> {
            let begins = |name: &&String| {
                let name = fold(name);
                name.starts_with(&value) || inside && name.split_whitespace().any(|word| word.starts_with(&value))
            };
            values.iter().filter(begins).map(|name| name.replace('"', " ")).collect()
        };
        let fixed = |values: Vec<&str>| names(&values.into_iter().map(str::to_owned).collect::<Vec<_>>(), false);
        match self.field.map(|field| field.kind) {
            None if self.value.starts_with('@') => {
                names(&saved.iter().map(|filter| format!("@{}", filter.name)).collect::<Vec<_>>(), false)
            }
            None => fixed(FIELDS.iter().map(|field| field.name).collect()).into_iter().map(|name| name + ":").collect(),
            Some(FieldKind::Is) => fixed(IS.iter().map(|(name, _)| *name).collect()),
            Some(FieldKind::Has) => fixed(HAS.iter().map(|(name, _)| *name).collect()),
            Some(FieldKind::Type) => names(&values.types, false),
            Some(FieldKind::Language) => names(&values.languages, false),
            Some(FieldKind::Tag) => names(&values.tags, true),
            Some(FieldKind::Text(crate::query::Zone::Author)) => names(&values.authors, true),
            Some(FieldKind::Folder) => folders(self.value, &values.folders),
            Some(_) => Vec::new(),
        }
    }
}

/// Folders as a shell completes them, one level at a time; where none in the root begins so, those further down by their
/// own names.
fn folders(typed: &str, folders: &[String]) -> Vec<String> {
    let (root, value) = typed.strip_prefix('/').map_or(("", typed), |rest| ("/", rest));
    let level = |path: &str| path.matches('/').count();
    let below = |begun: &str| -> Vec<String> {
        let wanted = fold(begun);
        let begins = |path: &&String| level(path) == level(begun) && fold(path).starts_with(&wanted);
        folders.iter().filter(begins).map(|path| format!("{root}{path}")).collect()
    };
    let found = below(value);
    if let [only] = found.as_slice()
        && fold(only) == fold(typed)
    {
        let inside = below(&format!("{value}/"));
        return if inside.is_empty() { found } else { inside };
    }
    if !found.is_empty() || !root.is_empty() || value.contains('/') {
        return found;
    }
    let names = folders.iter().filter_map(|path| path.rsplit('/').next());
    let mut names: Vec<String> = names.filter(|name| fold(name).starts_with(&fold(value))).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

/// What all candidates begin with.
fn common(candidates: &[String]) -> Option<&str> {
    let (first, rest) = candidates.split_first()?;
    let shared = |other: &String| {
        let pairs = first.char_indices().zip(other.chars());
        pairs
            .take_while(|((_, a), b)| a.to_lowercase().eq(b.to_lowercase()))
            .last()
            .map_or(0, |((at, c), _)| at + c.len_utf8())
    };
    let end = rest.iter().map(shared).min().unwrap_or(first.len());
    Some(text::head(first, end))
}

fn needs_quotes(value: &str) -> bool {
    value.contains(|c: char| c.is_whitespace() || c == '|')
}

/// A value as a query writes it.
fn written(value: &str) -> String {
    if needs_quotes(value) { format!("\"{value}\"") } else { value.to_owned() }
}
