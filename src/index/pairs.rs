//! Which words are indexed together with the one after them, and what a position says of the word after it. Both are told
//! by the folded words alone, so that text and query always agree.
//!
//! Words that stand nearly everywhere are found side by side only by reading millions of positions. Two of a kind that are
//! neighbours are therefore a term of their own, a pair: characters of a script written without spaces, and the commonest
//! words of the large languages. A pair is written with a space, which no word contains, and is made whenever two neighbours
//! are [`joined`]: a query relies on that.
//!
//! Of any other neighbours a position says how the second one begins, so that a phrase looks further only where its next
//! word may follow.

/// The lower bits of a position are for the initial of the next word.
const INITIAL_BITS: u32 = 5;

/// The words that stand nearly everywhere in a text of their language, of at most four letters.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    // English
    "the", "of", "and", "to", "a", "in", "that", "it", "is", "was", "he", "for", "on", "are", "with", "as", "his", "they",
    "be", "at", "this", "by", "or", "from", "an",
    // German
    "der", "die", "und", "den", "von", "zu", "das", "mit", "sich", "des", "auf", "fur", "ist", "im", "dem", "ein", "eine",
    // French, Italian, Portuguese, Spanish, Dutch
    "de", "la", "le", "les", "et", "en", "un", "une", "du", "est", "que", "di", "il", "che", "e", "o", "do", "da", "em",
    "el", "los", "las", "y", "se", "del", "por", "con", "una", "het", "een", "van",
];

/// The same as numbers, each in its slot or the next that was free: every word of a text is looked for among them.
const PACKED: [u32; 256] = {
    let (mut packed, mut at) = ([0; 256], 0);
    while at < COMMON.len() {
        let word = pack(COMMON[at]);
        assert!(word != 0, "a word of more than four letters");
        let mut free = slot(word);
        while packed[free] != 0 {
            free = (free + 1) % packed.len();
        }
        packed[free] = word;
        at += 1;
    }
    packed
};

/// Where a number is looked for first: by the upper byte of its product (Knuth, "Sorting and Searching", 6.4).
const fn slot(packed: u32) -> usize {
    (packed.wrapping_mul(0x9E37_79B1) >> 24) as usize
}

/// The words that make a pair with others of their kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character of a script written without spaces.
    Unspaced,
    /// A word that stands nearly everywhere.
    Common,
}

impl Kind {
    /// That of a folded word; most have none.
    pub(super) fn of(word: &str) -> Option<Kind> {
        if is_common(word) {
            Some(Kind::Common)
        } else if unspaced(word) {
            Some(Kind::Unspaced)
        } else {
            None
        }
    }
}

/// Whether two neighbours are a term of their own.
pub(super) fn joined(first: &str, second: &str) -> bool {
    Kind::of(first).is_some_and(|kind| Kind::of(second) == Some(kind))
}

/// What stands between the words of a pair: in no word.
pub(super) const BETWEEN: char = ' ';

/// The term of two neighbours.
pub(super) fn pair(first: &str, second: &str) -> String {
    format!("{first}{BETWEEN}{second}")
}

/// Whether a term is one of two words.
pub(super) fn is_pair(term: &[u8]) -> bool {
    memchr::memchr(b' ', term).is_some()
}

/// Whether a folded word is a character of a script written without spaces.
pub(super) fn unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(crate::text::words::is_unspaced)
}

/// Whether a folded word stands nearly everywhere.
pub(super) fn is_common(word: &str) -> bool {
    let packed = pack(word);
    // Most words are longer.
    if packed == 0 {
        return false;
    }
    let mut at = slot(packed);
    loop {
        match PACKED[at % PACKED.len()] {
            0 => return false,
            found if found == packed => return true,
            _ => at += 1,
        }
    }
}

/// The bytes of a word as a number; 0 if they are more than four.
const fn pack(word: &str) -> u32 {
    u32::from_le_bytes(match *word.as_bytes() {
        [a] => [a, 0, 0, 0],
        [a, b] => [a, b, 0, 0],
        [a, b, c] => [a, b, c, 0],
        [a, b, c, d] => [a, b, c, d],
        _ => [0; 4],
    })
}

/// How a word begins, in few bits: each letter of ASCII has a number of its own, others share some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Initial(u32);

impl Initial {
    /// Where no word follows.
    pub(super) const NONE: Initial = Initial(0);

    /// That of a word; of a text, that of its first word.
    pub(super) fn of(word: &str) -> Initial {
        const OTHERS: u32 = 27;
        Initial(match word.chars().next() {
            Some(letter @ 'a'..='z') => u32::from(letter) - u32::from('a') + 1,
            Some(other) if other >= ' ' => OTHERS + u32::from(other) % ((1 << INITIAL_BITS) - OTHERS),
            _ => OTHERS,
        })
    }

    /// Whether no word that has it begins in another way than this beginning of one.
    pub(super) fn says_all(beginning: &str) -> bool {
        matches!(beginning.as_bytes(), [b'a'..=b'z'])
    }
}

/// What is indexed as the position of a word: its number in the text, and how the word after it begins.
pub(super) fn position(number: usize, next: Initial) -> usize {
    number << INITIAL_BITS | next.0 as usize
}

/// The number of the word of a position.
pub(super) fn number(position: u32) -> u32 {
    position >> INITIAL_BITS
}

/// How the word after that of a position begins.
pub(super) fn next(position: u32) -> Initial {
    Initial(position & ((1 << INITIAL_BITS) - 1))
}
