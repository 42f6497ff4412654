//! What the instruction of a field says, as Word writes it in all its formats.

/// Where an instruction leads: `HYPERLINK "url" \l "place"`, `REF place \h`.
pub fn target(instruction: &str) -> Option<String> {
    let mut words = words(instruction).into_iter();
    let name = words.next()?;
    if name.eq_ignore_ascii_case("REF") || name.eq_ignore_ascii_case("PAGEREF") {
        let place = words.next()?;
        return words.any(|w| w == "\\h").then(|| format!("#{place}"));
    }
    if !name.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let (mut url, mut place) = (None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" | "\\L" => place = words.next(),
            "\\o" | "\\O" | "\\t" | "\\T" => drop(words.next()),
            word if word.starts_with('\\') && word.len() == 2 => {}
            _ => url = url.or(Some(word)),
        }
    }
    match (url, place) {
        (Some(url), Some(place)) => Some(format!("{url}#{place}")),
        (Some(url), None) => Some(url),
        (None, place) => place.map(|place| format!("#{place}")),
    }
}

/// The words of an instruction: quoted ones whole, a doubled backslash in them one.
fn words(instruction: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut any) = (false, false);
    let mut signs = instruction.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' | '“' | '”' => {
                quoted = !quoted;
                any = true;
            }
            '\\' if quoted && matches!(signs.peek(), Some('\\' | '"')) => word.extend(signs.next()),
            sign if sign.is_whitespace() && !quoted => {
                if any {
                    all.push(std::mem::take(&mut word));
                }
                any = false;
            }
            sign => {
                word.push(sign);
                any = true;
            }
        }
    }
    if any {
        all.push(word);
    }
    all
}
