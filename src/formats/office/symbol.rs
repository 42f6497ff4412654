//! Letters of symbol fonts as the characters that they look like. The tables have what documents hold: Greek and signs
//! of Symbol, ticks, arrows and bullets of the Wingdings.

/// What the code `code` of the font `font` looks like; `None` when the font is a font of letters.
pub fn symbol(font: &str, code: u32) -> Option<char> {
    let font = font.to_ascii_lowercase();
    let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let byte = u8::try_from(code).ok()?;
    if font.starts_with("symbol") {
        Some(from_symbol(byte))
    } else if font.contains("dings") {
        Some(from_dings(byte))
    } else {
        None
    }
}

/// What a character of the private area, where symbol fonts keep their letters, is as the sign before an item.
pub fn bullet(text: &str, font: &str) -> String {
    let Some(first) = text.trim().chars().next() else { return String::new() };
    let code = u32::from(first);
    let private = (0xF000..=0xF0FF).contains(&code);
    if let Some(sign) =
        symbol(font, code).filter(|_| private || (font.to_ascii_lowercase().contains("dings") && code < 256))
    {
        return sign.to_string();
    }
    match first {
        'o' if text.trim().len() == 1 => "◦".to_owned(),
        '\u{F0B7}' | '·' | '●' => "•".to_owned(),
        '\u{F0A7}' => "▪".to_owned(),
        '\u{F0FC}' => "✓".to_owned(),
        '\u{F0D8}' | '\u{F0E0}' => "→".to_owned(),
        '\u{E000}'..='\u{F8FF}' => "•".to_owned(),
        _ => text.trim().to_owned(),
    }
}

fn from_symbol(byte: u8) -> char {
    const UPPER: [char; 26] = [
        'Α', 'Β', 'Χ', 'Δ', 'Ε', 'Φ', 'Γ', 'Η', 'Ι', 'ϑ', 'Κ', 'Λ', 'Μ', 'Ν', 'Ο', 'Π', 'Θ', 'Ρ', 'Σ', 'Τ', 'Υ', 'ς',
        'Ω', 'Ξ', 'Ψ', 'Ζ',
    ];
    const LOWER: [char; 26] = [
        'α', 'β', 'χ', 'δ', 'ε', 'φ', 'γ', 'η', 'ι', 'ϕ', 'κ', 'λ', 'μ', 'ν', 'ο', 'π', 'θ', 'ρ', 'σ', 'τ', 'υ', 'ϖ',
        'ω', 'ξ', 'ψ', 'ζ',
    ];
    const SIGNS: &[(u8, char)] = &[
        (0x22, '∀'),
        (0x24, '∃'),
        (0x27, '∋'),
        (0x2A, '∗'),
        (0x2D, '−'),
        (0x40, '≅'),
        (0x5C, '∴'),
        (0x5E, '⊥'),
        (0x7E, '∼'),
        (0xA2, '′'),
        (0xA3, '≤'),
        (0xA4, '⁄'),
        (0xA5, '∞'),
        (0xA7, '♣'),
        (0xA8, '♦'),
        (0xA9, '♥'),
        (0xAA, '♠'),
        (0xAB, '↔'),
        (0xAC, '←'),
        (0xAD, '↑'),
        (0xAE, '→'),
        (0xAF, '↓'),
        (0xB0, '°'),
        (0xB1, '±'),
        (0xB2, '″'),
        (0xB3, '≥'),
        (0xB4, '×'),
        (0xB5, '∝'),
        (0xB6, '∂'),
        (0xB7, '•'),
        (0xB8, '÷'),
        (0xB9, '≠'),
        (0xBA, '≡'),
        (0xBB, '≈'),
        (0xBC, '…'),
        (0xC5, '⊕'),
        (0xC6, '∅'),
        (0xC7, '∩'),
        (0xC8, '∪'),
        (0xC9, '⊃'),
        (0xCC, '⊂'),
        (0xCE, '∈'),
        (0xCF, '∉'),
        (0xD0, '∠'),
        (0xD1, '∇'),
        (0xD2, '®'),
        (0xD3, '©'),
        (0xD4, '™'),
        (0xD5, '∏'),
        (0xD6, '√'),
        (0xD7, '⋅'),
        (0xD8, '¬'),
        (0xD9, '∧'),
        (0xDA, '∨'),
        (0xDB, '⇔'),
        (0xDC, '⇐'),
        (0xDD, '⇑'),
        (0xDE, '⇒'),
        (0xDF, '⇓'),
        (0xE5, '∑'),
        (0xF2, '∫'),
    ];
    match byte {
        b'A'..=b'Z' => UPPER.get(usize::from(byte - b'A')).copied().unwrap_or('□'),
        b'a'..=b'z' => LOWER.get(usize::from(byte - b'a')).copied().unwrap_or('□'),
        _ => match SIGNS.iter().find(|(code, _)| *code == byte) {
            Some((_, sign)) => *sign,
            None if byte.is_ascii_graphic() || byte == b' ' => char::from(byte),
            None => '□',
        },
    }
}

fn from_dings(byte: u8) -> char {
    match byte {
        0x20 => ' ',
        b'J' => '☺',
        b'K' => '😐',
        b'L' => '☹',
        0x28..=0x2A => '☎',
        0x6C => '●',
        0x6E => '■',
        0x6F | 0xA8 | 0x71 | 0x72 => '☐',
        0x76 => '❖',
        0x9F | 0xB7 => '•',
        0xA7 => '▪',
        0xA1 => '○',
        0xAB => '★',
        0xD8 | 0xC4 => '➢',
        0xDF | 0xE7 | 0xEF => '←',
        0xE0 | 0xE8 | 0xF0 => '→',
        0xE1 | 0xE9 | 0xF1 => '↑',
        0xE2 | 0xEA | 0xF2 => '↓',
        0xF3 => '↔',
        0xFB | 0x4F | 0x53 => '✗',
        0xFC | 0x50 => '✓',
        0x51 | 0xFD | 0x54 => '☒',
        0x52 | 0xFE => '☑',
        _ => '□',
    }
}
