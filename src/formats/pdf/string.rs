//! Text strings outside of the content of pages (ISO 32000-1, section 7.9.2.2): UTF-16, UTF-8 or PDFDocEncoding.

/// What PDFDocEncoding has where Latin-1 has control characters (annex D.2).
const LOW: [char; 8] = ['\u{2d8}', '\u{2c7}', '\u{2c6}', '\u{2d9}', '\u{2dd}', '\u{2db}', '\u{2da}', '\u{2dc}'];
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// The text of such a string.
pub fn decode(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        without_language(&char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>())
    };
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(rest).into_owned();
    }
    // UTF-8 without its mark is common, and PDFDocEncoding that happens to be UTF-8 is not.
    if !bytes.is_ascii()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.to_owned();
    }
    bytes.iter().map(|byte| char_of(*byte)).collect()
}

fn char_of(byte: u8) -> char {
    let from = |table: &[char], first: u8| table.get(usize::from(byte - first)).copied().unwrap_or('\u{fffd}');
    match byte {
        0x18..=0x1f => from(&LOW, 0x18),
        0x80..=0xa0 => from(&HIGH, 0x80),
        _ => char::from(byte),
    }
}

/// UTF-16 text may hold language codes between escape characters.
fn without_language(text: &str) -> String {
    if !text.contains('\u{1b}') {
        return text.to_owned();
    }
    text.split('\u{1b}').step_by(2).collect()
}

/// The lines of a title as one.
pub fn titled(lines: &[&str]) -> String {
    let mut title = String::new();
    for line in lines {
        let divided = title.ends_with('-') && line.starts_with(char::is_lowercase);
        if divided {
            title.pop();
        } else if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(line.trim());
    }
    title.trim_matches(|c: char| c.is_whitespace() || "¹²³*∗†‡".contains(c)).to_owned()
}
