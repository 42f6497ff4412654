//! Styles as the escape sequences that a terminal takes: SGR (ECMA-48, 8.3.117) for letters and OSC 8 for links.

use std::fmt::Write as _;

use ratatui::style::{Color, Modifier, Style};

/// Ends whatever [`sgr`] began.
pub(super) const RESET: &str = "\x1b[0m";

/// The sequence that sets a style; empty for none.
pub(super) fn sgr(style: Style) -> String {
    let mut codes: Vec<String> = Vec::new();
    let modifiers = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ];
    let set = modifiers.iter().filter(|(modifier, _)| style.add_modifier.contains(*modifier));
    codes.extend(set.map(|(_, code)| code.to_string()));
    codes.extend(style.fg.and_then(|color| color_code(color, 30)));
    codes.extend(style.bg.and_then(|color| color_code(color, 40)));
    if codes.is_empty() { String::new() } else { format!("\x1b[{}m", codes.join(";")) }
}

/// Text that leads to an address; the text alone where the address is not one that a terminal may be given.
pub(super) fn hyperlink(target: &str, text: &str) -> String {
    match address(target) {
        Some(address) => format!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"),
        None => text.to_owned(),
    }
}

/// An address of the web or of mail in printable ASCII; whatever else is in it is written in percents (RFC 3986, 2.1).
fn address(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    if !["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let mut out = String::with_capacity(target.len());
    for byte in target.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").ok()?,
        }
    }
    Some(out)
}

/// The code of a colour; `base` is 30 for letters and 40 for what is behind them.
fn color_code(color: Color, base: u8) -> Option<String> {
    const SIXTEEN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match color {
        Color::Reset => None,
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
        named => {
            let at = SIXTEEN.iter().position(|color| *color == named)?;
            let code = if at < 8 { usize::from(base) + at } else { usize::from(base) + 60 + at - 8 };
            Some(code.to_string())
        }
    }
}
