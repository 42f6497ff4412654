//! Lines that belong to the text and yet are not its title: licences, ornaments, the names and numbers of parts.

use super::phrases::phrases;
use crate::text::{self, words};

/// How licences begin, in lower case, without the sign of a comment.
const LICENCES: &[&str] = phrases!(
    "copyright|(c)|©|spdx-|permission is hereby granted|permission is granted|licensed under|licensed to the|\
    this program is free software|this file is part of|all rights reserved|redistribution and use|\
    this document is licensed|this work is licensed|this text is licensed|license:|licence:|\
    the contents of this file|you may obtain a copy|the above copyright notice|the software is provided|\
    this documentation is free|this file is licensed|this software is"
);

/// Headings of parts, folded.
const PARTS: &[&str] = phrases!(
    "contents|table of contents|toc|abstract|introduction|intro|preface|foreword|overview|summary|index|readme|\
    read me|license|licence|copyright|copyright notice|status of this memo|acknowledgements|acknowledgments|\
    about this document|notes|note|prologue|dedication|disclaimer|navigation|menu|\
    inhalt|inhaltsverzeichnis|einleitung|vorwort|zusammenfassung|sommaire|table des matieres|resume|\
    avant propos|indice|introduccion|resumen|prologo|indice general|sommario|introduzione|inhoud|inleiding|目录|\
    目次|摘要|前言|序"
);

/// Lines that call for attention, as they are written: `On Warning Labels` is a title.
const SHOUTS: [&str; 8] =
    ["IMPORTANT", "WARNING", "ATTENTION", "CAUTION", "NOTICE", "PLEASE NOTE", "PLEASE READ", "ACHTUNG"];

/// Whether a paragraph is the head of a licence.
pub fn is_licence(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '#' | '/' | '*' | ';' | '%' | '-' | '.' | '"' | '\\')
    });
    let lower = text::head(bare, 64).to_lowercase();
    LICENCES.iter().any(|l| lower.strip_prefix(*l).is_some_and(|after| !after.starts_with(char::is_alphabetic) || l.ends_with('-')))
        // `Copyright and Its Discontents` is a title: a notice names a year or a holder.
        && (!lower.starts_with("copyright") || bare.contains(|c: char| c.is_ascii_digit() || c == '©') || lower.contains("(c)") || lower.contains("reserved"))
}

/// Whether a line is drawn and not written: figlet letters, rulers, boxes.
pub fn is_ornament(line: &str) -> bool {
    // A word among the signs is meant to be read: `Anyhow ¯\\_(ツ)_/¯`.
    if line.split(|c: char| !c.is_alphabetic()).any(|run| run.len() >= 4) {
        return false;
    }
    let (mut letters, mut signs) = (0usize, 0usize);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        if c.is_alphanumeric() { letters += 1 } else { signs += 1 }
    }
    letters == 0 || (signs > letters && signs > 6) || line.contains("__  ") || line.contains("  __")
}

/// Whether a line is one word of hexadecimal digits, as checksums and revisions are.
pub fn is_hash(line: &str) -> bool {
    let word = line.trim();
    word.len() >= 7 && word.bytes().all(|b| b.is_ascii_hexdigit()) && word.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a heading names a part that any text may have.
pub fn is_part(heading: &str) -> bool {
    if SHOUTS.contains(&heading.trim_matches(|c: char| !c.is_alphanumeric())) {
        return true;
    }
    let mut name = String::new();
    words::folded(heading, |word, folded| {
        if !name.is_empty() && !word.unspaced {
            name.push(' ');
        }
        name.push_str(folded);
    });
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    PARTS.contains(&name)
}

/// `1`, `IV.`, `Chapter 1`, `第一章`: the number of a part, which is only half a title.
pub fn is_number(line: &str) -> bool {
    let bare = line.trim().trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
    let mut words = bare.split_whitespace();
    let (first, second, third) = (words.next().unwrap_or_default(), words.next(), words.next());
    let numeral = |w: &str| {
        w.bytes().all(|b| b.is_ascii_digit())
            || (w.len() <= 7 && w.bytes().all(|b| b"IVXLC".contains(&b)))
            || ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
                .contains(&w.to_lowercase().as_str())
    };
    let part = [
        "chapter",
        "part",
        "book",
        "section",
        "kapitel",
        "teil",
        "chapitre",
        "partie",
        "capitulo",
        "capítulo",
        "capitolo",
        "hoofdstuk",
    ];
    match (second, third) {
        (None, None) => {
            !first.is_empty() && first.len() <= 7 && first.bytes().all(|b| b.is_ascii_digit() || b"IVXLC".contains(&b))
                || (first.starts_with('第')
                    && first.ends_with(['章', '回', '节', '部', '話'])
                    && first.chars().count() <= 6)
        }
        (Some(number), None) => part.contains(&first.to_lowercase().as_str()) && numeral(number),
        _ => false,
    }
}
