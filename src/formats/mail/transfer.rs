//! From the bytes of a mail to text: transfer encodings (RFC 2045, section 6) and charsets, both as lenient as can be. A
//! body whose encoding is broken shows what can be read of it, and a charset that the bytes contradict is not believed.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::charsets::map::charset_decoder;

use crate::text::decode;

/// Decodes base64. Lines that hold anything else are none of it: the footer that a list puts below.
pub fn base64(data: &[u8]) -> Vec<u8> {
    let is_sign = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_');
    let lines = || data.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let clean = |line: &&[u8]| line.iter().all(is_sign);
    if lines().any(|line| !clean(&line)) && lines().any(|line| !line.is_empty() && clean(&line)) {
        return signs(&lines().filter(clean).collect::<Vec<_>>().concat());
    }
    signs(data)
}

/// The bytes that the signs of base64 among these stand for.
fn signs(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u32);
    for byte in data {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // Another encoded text may follow the padding.
            b'=' => {
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.extend(u8::try_from(bits >> count & 0xFF));
            bits &= (1 << count) - 1;
        }
    }
    out
}

/// Decodes quoted-printable. What is no escape stays as it is.
pub fn quoted_printable(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'=' {
            out.push(*byte);
            continue;
        }
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            out.extend(u8::try_from(high * 16 + low));
            rest = after.get(2..).unwrap_or_default();
            continue;
        }
        // A soft line break, with blanks that were added on the way.
        let blanks = after.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        match after.get(blanks) {
            Some(b'\n') => rest = after.get(blanks + 1..).unwrap_or_default(),
            None => rest = &[],
            Some(_) => out.push(*byte),
        }
    }
    out
}

/// Decodes the text that says it is in `charset`.
pub fn text(bytes: &[u8], charset: Option<&str>) -> String {
    let named = charset.and_then(encoding);
    match named {
        _ if Encoding::for_bom(bytes).is_some() => decode::decode_all(bytes),
        Some(named) if named == UTF_8 || !is_ascii_superset(named) => match std::str::from_utf8(bytes) {
            Ok(text) if named == UTF_8 => text.to_owned(),
            Err(_) if named == UTF_8 => decode::decode_all(bytes),
            _ => decode::decode(bytes, named),
        },
        // Text in UTF-8 is hardly ever sensible text in anything else.
        Some(named) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => decode::decode(bytes, named),
        },
        // UTF-7, and code pages of DOS.
        None => {
            match charset.filter(|name| !is_unsaid(name)).and_then(|name| charset_decoder(name.trim().as_bytes())) {
                Some(decode) => decode(bytes),
                None => decode::decode_all(bytes),
            }
        }
    }
}

/// Whether a charset is what programs name that do not know. ASCII is one of those.
fn is_unsaid(name: &str) -> bool {
    const NAMES: [&str; 9] =
        ["us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "default", "binary", "8bit", "7bit"];
    NAMES.iter().any(|unsaid| name.trim().eq_ignore_ascii_case(unsaid))
}

/// The encoding of a name, as mail programs write it.
fn encoding(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().trim_matches(['"', '\'']);
    if is_unsaid(name) {
        return None;
    }
    let alias = |name: &str| Encoding::for_label(name.as_bytes());
    alias(name).or_else(|| {
        let lower = name.to_ascii_lowercase();
        let bare = lower.trim_start_matches("x-").replace('_', "-");
        match bare.as_str() {
            "utf" | "utf-8-mac" | "unicode-1-1-utf-8" | "utf8mb4" => Some(UTF_8),
            "cp932" | "ms932" | "windows-932" => alias("shift_jis"),
            "cp936" | "ms936" | "windows-936" | "gb18030-2000" => alias("gb18030"),
            "cp949" | "ms949" | "uhc" => alias("euc-kr"),
            "cp950" | "ms950" => alias("big5"),
            "iso-2022-jp-ms" | "cp50221" | "cp50220" | "iso-2022-jp-1" | "iso-2022-jp-2" => alias("iso-2022-jp"),
            "ansi" | "iso8859" | "latin-1" => alias("windows-1252"),
            other => {
                let number = other.strip_prefix("cp").or_else(|| other.strip_prefix("windows"))?;
                alias(&format!("windows-{}", number.trim_start_matches('-'))).or_else(|| alias(&bare))
            }
        }
    })
}

fn is_ascii_superset(encoding: &'static Encoding) -> bool {
    encoding.is_ascii_compatible() && encoding != encoding_rs::ISO_2022_JP
}
