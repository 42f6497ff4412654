//! How the parts of a formula are put on a line: `x²`, `(a + b)/c`, `√x`, `x̂`. What Unicode has no sign for is written with
//! `^`, `_` and brackets, as TeX and programs do.

/// Signs that can be raised, each before its raised one.
const RAISED: &str =
    "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻTᵀβᵝγᵞδᵟθᶿ∗*′′″″*∗†††";
/// Signs that can be lowered, each before its lowered one.
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";

/// What stands above a base to its right.
pub fn raised(text: &str) -> String {
    match text.trim() {
        "′" | "″" | "‴" | "∗" | "*" | "†" => text.trim().to_owned(),
        "∘" | "°" => "°".to_owned(),
        text => scripted(text, '^', RAISED),
    }
}

/// What stands below a base to its right.
pub fn lowered(text: &str) -> String {
    scripted(text, '_', LOWERED)
}

/// All of a text in raised signs, if there are such.
pub fn superscript(text: &str) -> Option<String> {
    in_signs(text, RAISED)
}

/// All of a text in lowered signs, if there are such.
pub fn subscript(text: &str) -> Option<String> {
    in_signs(text, LOWERED)
}

fn in_signs(text: &str, table: &str) -> Option<String> {
    let one = |c: char| {
        let mut signs = table.chars();
        while let (Some(plain), Some(script)) = (signs.next(), signs.next()) {
            if plain == c {
                return Some(script);
            }
        }
        None
    };
    text.chars().map(one).collect()
}

fn scripted(text: &str, sign: char, table: &str) -> String {
    let bare: String = text.split_whitespace().collect();
    if let Some(signs) = in_signs(&bare, table) {
        return signs;
    }
    if bare.chars().count() == 1 { format!("{sign}{bare}") } else { format!("{sign}({})", text.trim()) }
}

/// One over the other.
pub fn fraction(above: &str, below: &str) -> String {
    let product = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || is_script(c, RAISED));
    let above = if product(above.trim()) { above.trim().to_owned() } else { grouped(above) };
    // `a/b²` can't be misread, as `√b²` can.
    let base = below.trim().trim_end_matches(|c| is_script(c, RAISED));
    let below = if is_one(base) { below.trim().to_owned() } else { grouped(below) };
    format!("{above}/{below}")
}

/// A root; `degree` is empty for a square root.
pub fn root(degree: &str, of: &str) -> String {
    match degree.trim() {
        "" | "2" => format!("√{}", grouped(of)),
        "3" => format!("∛{}", grouped(of)),
        "4" => format!("∜{}", grouped(of)),
        degree => format!("{}√{}", raised(degree), grouped(of)),
    }
}

/// A sign over a letter, or over each of several where it is a line; `None` where several can't share it.
pub fn accented(text: &str, mark: char) -> Option<String> {
    let text = text.trim();
    let line = matches!(mark, '\u{304}' | '\u{305}' | '\u{332}');
    let one = text.chars().filter(|c| !is_mark(*c)).count() == 1;
    let mark = if one && mark == '\u{305}' { '\u{304}' } else { mark };
    (one || line).then(|| text.chars().flat_map(|c| [Some(c), (!is_mark(c)).then_some(mark)]).flatten().collect())
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20f0}')
}

/// More than one number or letter is put in brackets.
pub fn grouped(text: &str) -> String {
    let text = text.trim();
    if is_one(text) || is_bracketed(text) { text.to_owned() } else { format!("({text})") }
}

/// Whether it is a number, or one letter with what is below it.
fn is_one(text: &str) -> bool {
    let number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let mut signs = text.chars().filter(|c| !is_mark(*c) && *c != '′' && !is_script(*c, LOWERED));
    number || (signs.next().is_some() && signs.next().is_none())
}

/// Whether it is a sign that a table raises or lowers others to.
fn is_script(c: char, table: &str) -> bool {
    table.chars().skip(1).step_by(2).any(|script| script == c)
}

/// Whether a pair of brackets is around all of it.
fn is_bracketed(text: &str) -> bool {
    let mut depth = 0usize;
    let last = text.chars().count().saturating_sub(1);
    for (at, c) in text.chars().enumerate() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at > 0 && at == last;
        }
    }
    false
}
