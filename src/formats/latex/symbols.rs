//! Signs that TeX has commands for, and accents.

/// The text of a command that stands for a sign.
#[rustfmt::skip]
pub fn symbol(name: &str) -> Option<&'static str> {
    Some(match name {
        "&" | "%" | "$" | "#" | "_" | "{" | "}" => return SIGNS.iter().find(|s| **s == name).copied(),
        "ss" => "ß", "SS" => "ẞ", "o" => "ø", "O" => "Ø", "ae" => "æ", "AE" => "Æ", "oe" => "œ", "OE" => "Œ",
        "aa" => "å", "AA" => "Å", "l" => "ł", "L" => "Ł", "i" => "ı", "j" => "ȷ", "dh" => "ð", "DH" => "Ð",
        "th" => "þ", "TH" => "Þ", "dj" => "đ", "DJ" => "Đ", "ng" => "ŋ", "NG" => "Ŋ",
        "ldots" | "dots" | "textellipsis" => "…",
        "LaTeX" => "LaTeX", "TeX" => "TeX", "LaTeXe" => "LaTeX2ε", "XeLaTeX" => "XeLaTeX", "LuaLaTeX" => "LuaLaTeX",
        "BibTeX" => "BibTeX", "XeTeX" => "XeTeX", "LuaTeX" => "LuaTeX", "pdfLaTeX" => "pdfLaTeX", "MF" => "METAFONT",
        "S" | "textsection" => "§", "P" | "textparagraph" => "¶", "copyright" | "textcopyright" => "©",
        "textregistered" => "®", "texttrademark" => "™", "pounds" | "textsterling" => "£", "euro" | "texteuro" | "EUR" => "€",
        "textyen" => "¥", "textcent" => "¢", "dag" | "textdagger" => "†", "ddag" | "textdaggerdbl" => "‡",
        "textbackslash" | "backslash" => "\\", "textasciitilde" => "~", "textasciicircum" => "^", "textbar" => "|",
        "textless" => "<", "textgreater" => ">", "textunderscore" => "_", "textbraceleft" | "lbrace" => "{",
        "textbraceright" | "rbrace" => "}", "textdollar" => "$", "textquotedbl" => "\"", "textquotesingle" => "'",
        "textasciigrave" => "`", "textemdash" | "emdash" => "—", "textendash" | "endash" => "–",
        "textquotedblleft" | "lq@@" => "“", "textquotedblright" => "”", "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’", "guillemotleft" | "og" | "guillemetleft" => "«", "guillemotright" | "guillemetright" => "»",
        "guilsinglleft" => "‹", "guilsinglright" => "›", "quotedblbase" | "glqq" => "„", "grqq" => "“", "quotesinglbase" => "‚",
        "flqq" => "«", "frqq" => "»", "fg" => "»",
        "textbullet" => "•", "textdegree" | "degree" => "°", "textperiodcentered" => "·", "textmu" => "µ",
        "texttimes" => "×", "textpm" => "±", "textonehalf" => "½", "textrightarrow" => "→", "textleftarrow" => "←",
        "textordfeminine" => "ª", "textordmasculine" => "º", "textexclamdown" => "¡", "textquestiondown" => "¿",
        "checkmark" => "✓", "slash" => "/", "textvisiblespace" => "␣",
        "quad" | "qquad" | "enspace" | "enskip" | " " | "\n" | "\t" | "space" | ":" | ";" | "thickspace" | "hfill" | "hfil" | "dotfill" => " ",
        "," | "thinspace" | "nobreakspace" => "\u{a0}",
        _ => return None,
    })
}

const SIGNS: [&str; 7] = ["&", "%", "$", "#", "_", "{", "}"];

/// The combining character of an accent's command.
pub fn accent(name: &str) -> Option<char> {
    Some(match name {
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "\"" => '\u{308}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "u" => '\u{306}',
        "v" => '\u{30c}',
        "H" => '\u{30b}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// Running text with the signs that TeX makes of several: dashes and quotation marks.
pub fn ligatures(text: &str) -> String {
    let pairs = [
        ("---", "—"),
        ("--", "–"),
        ("``", "“"),
        ("''", "”"),
        (",,", "„"),
        ("?`", "¿"),
        ("!`", "¡"),
        ("`", "‘"),
        ("'", "’"),
    ];
    let mut out = text.replace('~', "\u{a0}");
    for (written, sign) in pairs {
        if out.contains(written) {
            out = out.replace(written, sign);
        }
    }
    out
}

/// The signs that babel makes of `"` in German.
pub fn german(text: &str) -> String {
    const PAIRS: [(&str, &str); 14] = [
        ("\"a", "ä"),
        ("\"o", "ö"),
        ("\"u", "ü"),
        ("\"A", "Ä"),
        ("\"O", "Ö"),
        ("\"U", "Ü"),
        ("\"s", "ß"),
        ("\"`", "„"),
        ("\"'", "“"),
        ("\"-", ""),
        ("\"=", "-"),
        ("\"~", "-"),
        ("\"|", ""),
        ("\"\"", ""),
    ];
    PAIRS.iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}
