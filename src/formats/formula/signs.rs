//! The commands of TeX that stand for a sign, a word or an accent.

/// What surrounds a sign in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter, a digit: nothing.
    Ordinary,
    /// Between two others: blanks on both sides.
    Binary,
    /// A big one before what it is of: a blank after it and its bounds.
    Large,
    /// A word: a blank between it and another letter.
    Word,
}

/// A sign's command, without its backslash.
#[rustfmt::skip]
pub fn sign(name: &str) -> Option<(&'static str, Class)> {
    let ordinary = match name {
        "alpha" => "α", "beta" => "β", "gamma" => "γ", "delta" => "δ", "epsilon" => "ϵ", "varepsilon" => "ε", "zeta" => "ζ",
        "eta" => "η", "theta" => "θ", "vartheta" => "ϑ", "iota" => "ι", "kappa" => "κ", "lambda" => "λ", "mu" => "μ",
        "nu" => "ν", "xi" => "ξ", "omicron" => "ο", "pi" => "π", "varpi" => "ϖ", "rho" => "ρ", "varrho" => "ϱ",
        "sigma" => "σ", "varsigma" => "ς", "tau" => "τ", "upsilon" => "υ", "phi" => "ϕ", "varphi" => "φ", "chi" => "χ",
        "psi" => "ψ", "omega" => "ω", "Gamma" => "Γ", "Delta" => "Δ", "Theta" => "Θ", "Lambda" => "Λ", "Xi" => "Ξ",
        "Pi" => "Π", "Sigma" => "Σ", "Upsilon" => "Υ", "Phi" => "Φ", "Psi" => "Ψ", "Omega" => "Ω",
        "infty" => "∞", "partial" => "∂", "nabla" => "∇", "forall" => "∀", "exists" => "∃", "nexists" => "∄",
        "emptyset" | "varnothing" => "∅", "neg" | "lnot" => "¬", "hbar" => "ℏ", "ell" => "ℓ", "Re" => "ℜ", "Im" => "ℑ",
        "aleph" => "ℵ", "wp" => "℘", "imath" => "ı", "jmath" => "ȷ", "angle" => "∠", "triangle" => "△", "square" | "Box" => "□",
        "top" => "⊤", "bot" => "⊥", "prime" => "′", "degree" => "°", "dagger" | "dag" => "†", "ddagger" => "‡", "ldots" | "dots" | "dotsc" => "…",
        "cdots" | "dotsb" => "⋯", "vdots" => "⋮", "ddots" => "⋱", "circ" => "∘", "bullet" => "•", "star" => "⋆", "ast" => "∗",
        "langle" => "⟨", "rangle" => "⟩", "lfloor" => "⌊", "rfloor" => "⌋", "lceil" => "⌈", "rceil" => "⌉",
        "lbrace" | "{" => "{", "rbrace" | "}" => "}", "lbrack" => "[", "rbrack" => "]", "vert" | "lvert" | "rvert" => "|",
        "Vert" | "lVert" | "rVert" | "|" => "‖", "backslash" => "\\", "%" => "%", "$" => "$", "&" => "&", "#" => "#", "_" => "_",
        "checkmark" => "✓", "blacksquare" | "qed" => "■", "surd" => "√", "sharp" => "♯", "flat" => "♭", "natural" => "♮", "S" => "§",
        _ => "",
    };
    if !ordinary.is_empty() {
        return Some((ordinary, Class::Ordinary));
    }
    let binary = match name {
        "pm" => "±", "mp" => "∓", "times" => "×", "div" => "÷", "cdot" => "·", "cap" => "∩", "cup" => "∪", "uplus" => "⊎",
        "setminus" | "smallsetminus" => "∖", "wedge" | "land" => "∧", "vee" | "lor" => "∨", "oplus" => "⊕", "ominus" => "⊖",
        "otimes" => "⊗", "odot" => "⊙", "le" | "leq" | "leqslant" => "≤", "ge" | "geq" | "geqslant" => "≥", "ne" | "neq" => "≠",
        "ll" => "≪", "gg" => "≫", "approx" => "≈", "equiv" => "≡", "sim" => "∼", "simeq" => "≃", "cong" => "≅",
        "propto" => "∝", "in" => "∈", "notin" => "∉", "ni" => "∋", "subset" => "⊂", "supset" => "⊃", "subseteq" => "⊆",
        "supseteq" => "⊇", "subsetneq" => "⊊", "perp" => "⊥", "parallel" => "∥", "mid" => "∣", "vdash" => "⊢", "models" => "⊨",
        "prec" => "≺", "succ" => "≻", "preceq" => "≼", "succeq" => "≽", "asymp" => "≍", "doteq" => "≐", "coloneqq" => "≔",
        "triangleq" => "≜", "lesssim" => "≲", "gtrsim" => "≳", "bowtie" => "⋈", "gets" | "leftarrow" => "←",
        "to" | "rightarrow" | "longrightarrow" => "→", "leftrightarrow" => "↔", "Leftarrow" | "impliedby" => "⇐",
        "Rightarrow" | "implies" | "Longrightarrow" => "⇒", "Leftrightarrow" | "iff" | "Longleftrightarrow" => "⇔",
        "mapsto" | "longmapsto" => "↦", "uparrow" => "↑", "downarrow" => "↓", "hookrightarrow" => "↪", "leadsto" => "⇝",
        "rightharpoonup" => "⇀", "rightleftharpoons" => "⇌", "nearrow" => "↗", "searrow" => "↘", "therefore" => "∴",
        "because" => "∵", "colon" => ":", "lt" => "<", "gt" => ">", "bmod" => "mod",
        _ => "",
    };
    if !binary.is_empty() {
        return Some((binary, Class::Binary));
    }
    let large = match name {
        "sum" => "∑", "prod" => "∏", "coprod" => "∐", "int" => "∫", "iint" => "∬", "iiint" => "∭", "oint" => "∮", "bigcap" => "⋂",
        "bigcup" => "⋃", "bigvee" => "⋁", "bigwedge" => "⋀", "bigoplus" => "⨁", "bigotimes" => "⨂",
        _ => "",
    };
    if !large.is_empty() {
        return Some((large, Class::Large));
    }
    WORDS.iter().find(|word| **word == name).map(|word| (*word, Class::Word))
}

/// Words that are commands of their own.
const WORDS: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "log",
    "ln", "lg", "exp", "lim", "limsup", "liminf", "max", "min", "sup", "inf", "arg", "argmax", "argmin", "det", "dim",
    "ker", "deg", "gcd", "hom", "Pr", "mod",
];

/// The combining character of an accent.
pub fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" | "widehat" => '\u{302}',
        "bar" => '\u{304}',
        "overline" => '\u{305}',
        "underline" => '\u{332}',
        "tilde" | "widetilde" => '\u{303}',
        "vec" | "overrightarrow" => '\u{20d7}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "check" => '\u{30c}',
        "breve" => '\u{306}',
        "mathring" => '\u{30a}',
        _ => return None,
    })
}

/// The letters that are drawn double, where Unicode has had them longest and fonts have them.
pub fn doubled(text: &str) -> Option<&'static str> {
    let pairs = [
        ("R", "ℝ"),
        ("N", "ℕ"),
        ("Z", "ℤ"),
        ("Q", "ℚ"),
        ("C", "ℂ"),
        ("P", "ℙ"),
        ("H", "ℍ"),
        ("E", "𝔼"),
        ("F", "𝔽"),
        ("1", "𝟙"),
    ];
    pairs.iter().find(|(plain, _)| *plain == text.trim()).map(|(_, doubled)| *doubled)
}
