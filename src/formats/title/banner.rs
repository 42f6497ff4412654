//! What stands before a title without being it: the leavings of a web page, advertisements, licences, ornaments, and
//! headings that name a part every text may have.

use crate::text::{self, words};

/// How a line of a web page's frame begins, in lower case. Only short lines are judged by these.
const FRAME: &[&str] = &[
    "skip to",
    "skip navigation",
    "jump to",
    "toggle navigation",
    "you are here",
    "back to",
    "go to",
    "return to",
    "posted in",
    "filed under",
    "filed in",
    "categories:",
    "category:",
    "tags:",
    "tagged",
    "topics:",
    "share this",
    "share on",
    "share:",
    "share",
    "tweet",
    "like this",
    "advertisement",
    "advertise",
    "sponsored",
    "promoted",
    "click here",
    "follow us",
    "follow me",
    "leave a comment",
    "leave a reply",
    "add a comment",
    "print this",
    "email this",
    "permalink",
    "related:",
    "related posts",
    "« ",
    "next »",
    "previous",
    "loading",
    "please enable javascript",
    "enable javascript",
    "read more",
    "read this",
    "read the",
    "continue reading",
    "learn more",
    "subscribe",
    "sign up",
    "sign in",
    "log in",
    "login",
    "register",
    "join our",
    "join the newsletter",
    "get our newsletter",
    "get the newsletter",
    "brought to you by",
    "powered by",
    "originally published",
    "originally posted",
    "originally appeared",
    "first published",
    "reprinted",
    "this article originally",
    "this article first",
    "this article was",
    "this post originally",
    "this post was",
    "this essay was",
    "this story originally",
    "this story was",
    "translated from",
    "photo by",
    "photo:",
    "photo credit",
    "image:",
    "image credit",
    "credit:",
    "credits:",
    "source:",
    "url:",
    "link:",
    "via:",
    "via ",
    "download pdf",
    "open menu",
    "close menu",
    "main menu",
    "menu",
    "search",
    "estimated reading",
    "reading time",
    "accept cookies",
    "accept all",
    "cookie",
    "privacy policy",
    "-*-",
    "vim:",
    "<!--",
    "für den newsletter",
    "newsletter",
    "weiterlesen",
    "teilen",
    "anzeige",
    "werbung",
    "publicité",
    "partager",
    "publicidad",
    "compartir",
    "saltar al",
    "aller au contenu",
    "zum inhalt",
    "direkt zum",
    "inhalt überspringen",
    "广告",
    "分享",
    "上一篇",
    "下一篇",
];

/// Whole lines of that frame, in lower case without punctuation.
const WHOLE: &[&str] = &[
    "home",
    "blog",
    "archive",
    "archives",
    "about",
    "contact",
    "news",
    "rss",
    "top",
    "comments",
    "no comments",
    "print",
    "email",
    "more",
    "close",
    "next",
    "ad",
    "ads",
    "startseite",
    "accueil",
    "inicio",
    "首页",
    "ホーム",
];

/// How notices begin that are paragraphs of any length.
const NOTICES: &[&str] = &[
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "our site uses cookies",
    "our website uses cookies",
    "by continuing to",
    "by using this",
    "wir verwenden cookies",
    "diese website verwendet cookies",
    "diese seite verwendet",
    "ce site utilise",
    "nous utilisons des cookies",
    "este sitio utiliza",
    "javascript is disabled",
    "you need to enable javascript",
    "your browser",
    "this is an archived",
    "this page is archived",
];

/// How licences begin, in lower case, without the sign of a comment.
const LICENCES: &[&str] = &[
    "copyright",
    "(c)",
    "©",
    "spdx-",
    "permission is hereby granted",
    "permission is granted",
    "licensed under",
    "licensed to the",
    "this program is free software",
    "this file is part of",
    "all rights reserved",
    "redistribution and use",
    "this document is licensed",
    "this work is licensed",
    "this text is licensed",
    "license:",
    "licence:",
    "the contents of this file",
    "you may obtain a copy",
    "this documentation is free",
    "this file is licensed",
    "this software is",
];

/// What an advertisement tells the reader to do.
const URGES: &[&str] = &[
    "read",
    "visit",
    "see",
    "check",
    "subscribe",
    "sign",
    "join",
    "follow",
    "get",
    "try",
    "download",
    "buy",
    "support",
    "donate",
    "find",
    "shop",
    "for",
    "more",
    "go",
    "come",
    "hosted",
    "available",
    "also",
];

/// Headings of parts, folded.
const PARTS: &[&str] = &[
    "contents",
    "table of contents",
    "toc",
    "abstract",
    "introduction",
    "intro",
    "preface",
    "foreword",
    "overview",
    "summary",
    "index",
    "readme",
    "read me",
    "license",
    "licence",
    "copyright",
    "copyright notice",
    "status of this memo",
    "acknowledgements",
    "acknowledgments",
    "about this document",
    "notes",
    "note",
    "name",
    "synopsis",
    "description",
    "prologue",
    "dedication",
    "disclaimer",
    "navigation",
    "menu",
    "inhalt",
    "inhaltsverzeichnis",
    "einleitung",
    "vorwort",
    "zusammenfassung",
    "sommaire",
    "table des matieres",
    "resume",
    "avant propos",
    "indice",
    "introduccion",
    "resumen",
    "prologo",
    "indice general",
    "sommario",
    "introduzione",
    "inhoud",
    "inleiding",
    "目录",
    "目次",
    "摘要",
    "前言",
    "序",
];

/// Whether a paragraph belongs to the frame of a page and not to the text.
pub fn is_banner(line: &str) -> bool {
    let lower = line.trim().to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if NOTICES.iter().any(|n| bare.starts_with(n)) || is_address(&lower) || WHOLE.contains(&bare) {
        return true;
    }
    let count = lower.split_whitespace().count();
    count <= 20 && (begins_frame(&lower, count) || is_navigation(&lower) || is_advertisement(&lower) || is_count(bare))
}

/// `read more` begins a banner; `Reading the Room` and `Share of the World` begin a title, which ends the phrase elsewhere.
fn begins_frame(lower: &str, count: usize) -> bool {
    let Some(start) = FRAME.iter().filter(|start| lower.starts_with(**start)).max_by_key(|start| start.len()) else {
        return false;
    };
    let after = text::tail(lower, start.len());
    let ends = start.ends_with(|c: char| !c.is_alphanumeric()) || !after.starts_with(|c: char| c.is_alphanumeric());
    // A single word, such as `share`, is a banner only by itself or before its list; `Search for Meaning` is a title.
    let single = !start.contains(' ') && start.chars().all(char::is_alphabetic) && start.is_ascii();
    let said = after.trim_start_matches([':', '!', '.', ' ']).is_empty() || after.starts_with(':');
    let urged =
        ["subscribe", "tagged", "sponsored", "promoted", "advertisement", "cookie"].contains(start) && count <= 12;
    let phrase =
        !single && (count <= 8 || lower.ends_with(['!', '.', '»', '…', ':']) || has_address(lower) || start.len() > 12);
    ends && (phrase || said || urged)
}

/// An address and nothing else.
fn is_address(lower: &str) -> bool {
    let bare = lower.trim_matches(['<', '>', '(', ')', '[', ']']);
    !bare.contains(char::is_whitespace)
        && (bare.contains("://") || bare.starts_with("www.") || bare.starts_with("mailto:") || is_domain(bare))
}

/// Whether a word of it is an address.
fn has_address(lower: &str) -> bool {
    lower
        .split_whitespace()
        .any(|w| is_address(w.trim_end_matches(['!', '.', ',', ':', ';', ')'])) || w.contains("://"))
}

/// `example.com`, `blog.example.org/2008`, `jane@example.com`.
fn is_domain(word: &str) -> bool {
    let host = word.split(['/', '?']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
    let tld = [
        "com", "org", "net", "edu", "gov", "io", "de", "fr", "uk", "ch", "at", "eu", "info", "co", "me", "dev", "blog",
    ];
    host.rsplit_once('.').is_some_and(|(name, end)| name.len() > 1 && tld.contains(&end))
}

/// `Home | About | Contact`, `Home > Articles > X`.
fn is_navigation(lower: &str) -> bool {
    let signs = [" | ", "|", " · ", " • ", " » ", " › ", " > ", ">>", " / ", " :: ", " → ", " - ", "\t"];
    signs.iter().any(|sign| {
        let parts: Vec<&str> = lower.split(sign).map(str::trim).filter(|p| !p.is_empty()).collect();
        let first = parts.first().copied().unwrap_or_default();
        let home =
            WHOLE.contains(&first.trim_matches(|c: char| !c.is_alphanumeric())) && first != "about" && first != "news";
        let short = parts.iter().all(|p| p.split_whitespace().count() <= 3);
        match *sign {
            " - " => home && parts.len() >= 3,
            " / " => home && parts.len() >= 2,
            "\t" | "|" | " | " | " · " | " • " => (parts.len() >= 3 && short) || (parts.len() >= 2 && home),
            _ => (parts.len() >= 3 && short) || (parts.len() >= 2 && home),
        }
    })
}

/// `Read more at example.com!`, `Visit www.example.org for the full story`.
fn is_advertisement(lower: &str) -> bool {
    let first = lower.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
    has_address(lower) && (URGES.contains(&first) || lower.split_whitespace().count() <= 3)
}

/// `12 comments`, `5 min read`, `Page 3 of 7`.
fn is_count(bare: &str) -> bool {
    let words: Vec<&str> = bare.split_whitespace().collect();
    let number = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        [n, rest @ ..] if number(n) && !rest.is_empty() => {
            let units = [
                "comments",
                "comment",
                "min",
                "mins",
                "minute",
                "minutes",
                "views",
                "shares",
                "likes",
                "replies",
                "responses",
                "words",
            ];
            rest.len() <= 3 && rest.first().is_some_and(|w| units.contains(w))
        }
        ["page", n, ..] => words.len() <= 4 && number(n),
        _ => false,
    }
}

/// Whether a paragraph is the head of a licence.
pub fn is_licence(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '#' | '/' | '*' | ';' | '%' | '-' | '.' | '"' | '\\')
    });
    let lower = text::head(bare, 64).to_lowercase();
    LICENCES.iter().any(|l| lower.strip_prefix(l).is_some_and(|after| !after.starts_with(char::is_alphabetic) || l.ends_with('-')))
        // `Copyright and Its Discontents` is a title: a notice names a year or a holder.
        && (!lower.starts_with("copyright") || bare.contains(|c: char| c.is_ascii_digit() || c == '©') || lower.contains("(c)") || lower.contains("reserved"))
}

/// Whether a line is drawn and not written: figlet letters, rulers, boxes.
pub fn is_ornament(line: &str) -> bool {
    let (mut letters, mut signs) = (0usize, 0usize);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        if c.is_alphanumeric() { letters += 1 } else { signs += 1 }
    }
    letters == 0 || (signs > letters && signs > 6) || line.contains("__  ") || line.contains("  __")
}

/// Whether a heading names a part that any text may have.
pub fn is_part(heading: &str) -> bool {
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
