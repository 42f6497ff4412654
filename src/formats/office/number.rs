//! Numbers as lists and notes write them.

/// `number` in letters, as after `z` comes `aa`, then `bb` (Word) .
pub fn letters(number: i64, upper: bool) -> String {
    let Ok(at) = u32::try_from(number - 1) else { return number.to_string() };
    let letter = char::from_u32(u32::from(if upper { 'A' } else { 'a' }) + at % 26).unwrap_or('a');
    let times = usize::try_from(at / 26).unwrap_or(0).min(8) + 1;
    letter.to_string().repeat(times)
}

/// `number` in Roman numerals.
pub fn roman(number: i64, upper: bool) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    if upper { out.to_uppercase() } else { out }
}

/// `number` in Chinese numerals.
pub fn chinese(number: i64) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: i64| usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).copied().unwrap_or_default();
    match number {
        0..=9 => digit(number).to_owned(),
        10..=99 => {
            let (tens, ones) = (number / 10, number % 10);
            let tens = if tens == 1 { "" } else { digit(tens) };
            format!("{tens}十{}", if ones == 0 { "" } else { digit(ones) })
        }
        _ => number.to_string(),
    }
}

/// Digits and signs raised, where all of `text` can be: the 2 of a square is no factor of it.
pub fn raised(text: &str) -> Option<String> {
    let one = |c: char| {
        Some(match c {
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' => '⁰',
            '4'..='9' => char::from_u32(0x2070 + u32::from(c) - 0x30)?,
            '+' => '⁺',
            '-' | '−' | '–' => '⁻',
            '(' => '⁽',
            ')' => '⁾',
            'n' => 'ⁿ',
            _ => return None,
        })
    };
    text.chars().map(one).collect()
}
