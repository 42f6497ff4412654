//! `@name`: a query that was given a name, as a part of another one. It stands for its groups, joined with the rest as if
//! they stood between brackets, which the language has none of: what is asked for comes out as a query without names, so
//! that nobody else knows of them.
//!
//! Invariant: a name that nobody gave is plain words, and a query without names is left as it was typed.

use std::borrow::Cow;

use super::{Group, Phrase, Query, Term, folded};

/// Groups that a name may come to between bars or behind a minus; beyond, it is plain words. Nobody types so many.
const GROUPS: usize = 500;
/// Characters of a name.
const LONGEST: usize = 40;
/// Words that a name is made of when nobody has chosen one.
const WORDS: usize = 3;

/// What a query asks for: with the queries that `named` knows in place of their names.
pub fn expand<'t, 'n>(typed: &'t str, named: impl Fn(&str) -> Option<&'n str>) -> Cow<'t, str> {
    if !typed.contains('@') {
        return Cow::Borrowed(typed);
    }
    let known = |term: &Term| {
        let query = Query::parse(named(term.typed.strip_prefix('@')?)?);
        if term.excluded { without(&query.groups) } else { Some(query.groups) }.filter(|groups| !groups.is_empty())
    };
    let query = Query::parse(typed);
    if query.terms().all(|term| known(term).is_none()) {
        return Cow::Borrowed(typed);
    }
    let mut groups: Vec<Group> = Vec::new();
    for group in query.groups {
        let alternative = |term: &Term| known(term).unwrap_or_else(|| vec![Group { any: vec![term.clone()] }]);
        let joined = group.any.iter().map(|term| Some(alternative(term))).reduce(|a, b| either(&a?, &b?)).flatten();
        groups.extend(joined.unwrap_or_else(|| vec![group]));
    }
    Cow::Owned(written(&groups))
}

/// A name as it can be typed behind `@`, from what was typed for it; `None` if there is no word in it.
pub fn name(typed: &str) -> Option<String> {
    let separates = |c: char| c.is_whitespace() || c.is_control() || "\"“”„|:@".contains(c);
    let parts: Vec<&str> = typed.split(separates).filter(|part| !part.is_empty()).collect();
    let name: String = parts.join("-").trim_start_matches('-').chars().take(LONGEST).collect();
    Phrase::new(&name, false).map(|_| name)
}

/// A name for a query that nobody has chosen one for: its first words.
pub fn suggested_name(typed: &str) -> String {
    let query = Query::parse(typed);
    let wanted = query.terms().filter(|term| !term.excluded).filter_map(Term::text);
    let words: Vec<&str> = wanted.flat_map(|(_, phrase)| &phrase.words).map(String::as_str).take(WORDS).collect();
    // Without any there are at least those of its fields: `is:unread`.
    if words.is_empty() { folded(typed).into_iter().take(WORDS).collect::<Vec<_>>().join("-") } else { words.join("-") }
}

/// What satisfies one or the other; `None` if that takes too many groups to say.
fn either(one: &[Group], other: &[Group]) -> Option<Vec<Group>> {
    let both = |a: &Group, b: &Group| Group { any: a.any.iter().chain(&b.any).cloned().collect() };
    (one.len() * other.len() <= GROUPS)
        .then(|| one.iter().flat_map(|a| other.iter().map(move |b| both(a, b))).collect())
}

/// What does not satisfy all of these groups: nothing of one of them.
fn without(groups: &[Group]) -> Option<Vec<Group>> {
    let opposite = |term: &Term| Group { any: vec![Term { excluded: !term.excluded, ..term.clone() }] };
    let nothing_of = |group: &Group| group.any.iter().map(opposite).collect::<Vec<_>>();
    groups.iter().map(|group| Some(nothing_of(group))).reduce(|a, b| either(&a?, &b?)).flatten()
}

/// The groups as they would be typed.
fn written(groups: &[Group]) -> String {
    let mut out = String::new();
    let mut open = false;
    for group in groups {
        for (at, term) in group.any.iter().enumerate() {
            out.push_str(if open { "\"" } else { "" });
            out.push_str(if at > 0 { " | " } else { " " });
            out.push_str(if term.excluded { "-" } else { "" });
            out.push_str(&term.typed);
            open = is_open(term);
        }
    }
    out.trim_start().to_owned()
}

/// Whether a quote is still open at its end, so that a word after it would be part of it.
fn is_open(term: &Term) -> bool {
    Query::parse(&format!("{} x", term.typed)).groups.len() < 2
}
