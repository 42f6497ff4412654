//! The characters that troff has names for (groff_char(7)).

use unicode_normalization::UnicodeNormalization as _;

/// Name and character in turn, the common ones first.
const GLYPHS: &str = "aq ' bu • em — en – dq \" lq “ rq ” oq ‘ cq ’ ha ^ ti ~ hy - mi − ga ` rs \\ \
    co © rg ® tm ™ Fo « Fc » fo ‹ fc › Bq „ bq ‚ bv | br | ba | or | ul _ ru _ sl / \
    -> → <- ← <> ↔ ua ↑ da ↓ va ↕ rA ⇒ lA ⇐ hA ⇔ uA ⇑ dA ⇓ CR ↵ rh ☞ lh ☜ \
    ss ß ae æ AE Æ oe œ OE Œ o/ ø O/ Ø oa å aa ´ Sd ð -D Ð Tp þ TP Þ /l ł /L Ł .i ı .j ȷ IJ Ĳ ij ĳ \
    Ao Å Cs ¤ Do $ Po £ Ye ¥ ct ¢ Eu € eu € Fn ƒ r! ¡ r? ¿ at @ sh # sq ■ sc § ps ¶ dg † dd ‡ de ° lz ◊ ci ○ \
    Of ª Om º S1 ¹ S2 ² S3 ³ 12 ½ 14 ¼ 34 ¾ 18 ⅛ 38 ⅜ 58 ⅝ 78 ⅞ fm ′ sd ″ .k … \
    pl + eq = mu × tmu × di ÷ tdi ÷ +- ± t+- ± -+ ∓ ** ∗ <= ≤ >= ≥ << ≪ >> ≫ != ≠ == ≡ ne ≢ =~ ≅ |= ≃ ap ∼ ~~ ≈ ~= ≈ pt ∝ \
    es ∅ mo ∈ nm ∉ sb ⊂ nb ⊄ sp ⊃ nc ⊅ ib ⊆ ip ⊇ ca ∩ cu ∪ /_ ∠ pp ⊥ is ∫ integral ∫ sum ∑ product ∏ coproduct ∐ gr ∇ \
    sr √ sqrt √ lc ⌈ rc ⌉ lf ⌊ rf ⌋ if ∞ Ah ℵ Im ℑ Re ℜ wp ℘ pd ∂ -h ℏ hbar ℏ AN ∧ OR ∨ no ¬ tno ¬ te ∃ fa ∀ st ∋ 3d ∴ tf ∴ \
    md ⋅ pc · a. · c* ⊗ c+ ⊕ la ⟨ ra ⟩ lB [ rB ] lC { rC } lb ⎩ rb ⎭ lt ⎧ rt ⎫ lk ⎨ rk ⎬ \
    *A Α *B Β *G Γ *D Δ *E Ε *Z Ζ *Y Η *H Θ *I Ι *K Κ *L Λ *M Μ *N Ν *C Ξ *O Ο *P Π *R Ρ *S Σ *T Τ *U Υ *F Φ *X Χ *Q Ψ *W Ω \
    *a α *b β *g γ *d δ *e ε *z ζ *y η *h θ *i ι *k κ *l λ *m μ *n ν *c ξ *o ο *p π *r ρ *s σ *t τ *u υ *f ϕ *x χ *q ψ *w ω \
    ts ς +e ϵ +f φ +h ϑ +p ϖ CL ♣ SP ♠ HE ♥ DI ♦ OK ✓ ff ff fi fi fl fl Fi ffi Fl ffl \
    a\" ˝ a- ¯ a^ ^ ab ˘ ac ¸ ad ¨ ah ˇ ao ˚ a~ ~ ho ˛ vS š vs š vZ ž vz ž";

/// The accents of names such as `'e`.
const ACCENTS: &[(char, char)] = &[
    ('\'', '\u{301}'),
    ('`', '\u{300}'),
    ('^', '\u{302}'),
    ('~', '\u{303}'),
    (':', '\u{308}'),
    ('"', '\u{30B}'),
    (',', '\u{327}'),
    ('v', '\u{30C}'),
];

/// The character of a name; `None` when there is none.
pub fn glyph(name: &str) -> Option<String> {
    let mut words = GLYPHS.split(' ').filter(|w| !w.is_empty());
    while let (Some(known), Some(character)) = (words.next(), words.next()) {
        if known == name {
            return Some(character.to_owned());
        }
    }
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    if let Some(digits) = name.strip_prefix('u').filter(|d| d.len() >= 4) {
        let all: Option<String> = digits.split('_').map(|d| code(d, 16)).collect();
        return all.map(|s| s.nfc().collect());
    }
    if let Some(c) = name.strip_prefix("char").and_then(|d| code(d, 10)) {
        return Some(c.to_string());
    }
    let mut chars = name.chars();
    let (first, second) = (chars.next()?, chars.next());
    let Some(second) = second else { return Some(first.to_string()) };
    let (_, mark) = ACCENTS.iter().find(|(accent, _)| *accent == first)?;
    (chars.next().is_none() && second.is_alphabetic()).then(|| [second, *mark].into_iter().nfc().collect())
}
