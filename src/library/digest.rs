//! The identity of a file and of a text: hashes and a sketch, computed in one pass over text of any length in little
//! memory. What is computed here is stored for years; a change of any of it needs a new [`VERSION`].

use anyhow::Result;

use crate::{
    doc::{
        Identity, Sketch,
        identity::{BINS, EMPTY, VERSION},
    },
    formats::Source,
    text::words::Word,
};

/// Up to this size a file is hashed as a whole.
const WHOLE: u64 = 8 * 1024 * 1024;

/// Above it: so many samples, the first and the last bytes among them, of so many bytes each.
const SAMPLES: u64 = 64;
const SAMPLE: usize = 64 * 1024;

/// Texts of fewer words have no text hash: "see the other file" is written in more than one place.
const TELLING_WORDS: u64 = 50;

/// So many bytes of words are hashed at once.
const BUFFER: usize = 4096;

/// Words in a shingle.
const SHINGLE: usize = 3;

/// By what a file is known again that is not read to its end.
pub fn identify(source: &Source) -> Result<Identity> {
    Ok(Identity { file: file_hash(source)?, ..Identity::default() })
}

/// The hash of a file's bytes; above 8 MB of its size and of samples spread evenly over it.
pub(super) fn file_hash(source: &Source) -> Result<[u8; 32]> {
    let size = source.size();
    let mut hasher = blake3::Hasher::new();
    if size <= WHOLE {
        let mut at = 0;
        loop {
            let chunk = source.read(at, SAMPLE)?;
            hasher.update(&chunk);
            at += chunk.len() as u64;
            if chunk.len() < SAMPLE {
                break;
            }
        }
    } else {
        hasher.update(&size.to_le_bytes());
        let (last, gaps) = (size - SAMPLE as u64, SAMPLES - 1);
        for n in 0..SAMPLES {
            hasher.update(&source.read(last / gaps * n + last % gaps * n / gaps, SAMPLE)?);
        }
    }
    Ok(*hasher.finalize().as_bytes())
}

/// Takes in a text word by word.
pub(super) struct Digest {
    /// The id of an entry and its text as it is: its file does not tell it from others.
    exact: Option<(String, blake3::Hasher)>,
    normalised: blake3::Hasher,
    /// Words that are still to be hashed, each with a space after it.
    buffer: String,
    /// The hashes of the last words, the newest last.
    window: [u64; SHINGLE],
    least: [u64; BINS],
    spaced: u64,
    unspaced: u64,
    shingles: u64,
}

impl Digest {
    /// Of the one document of a file, or of an entry of many.
    pub(super) fn new(entry: Option<&str>) -> Digest {
        let mut normalised = blake3::Hasher::new();
        normalised.update(&[VERSION]);
        Digest {
            exact: entry.map(|id| (id.to_owned(), blake3::Hasher::new())),
            normalised,
            buffer: String::new(),
            window: [0; SHINGLE],
            least: [u64::MAX; BINS],
            spaced: 0,
            unspaced: 0,
            shingles: 0,
        }
    }

    /// Takes in the text of a block, whose words come one by one.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, exact)) = &mut self.exact {
            exact.update(text.as_bytes()).update(&[0]);
        }
    }

    /// Takes in the next word.
    pub(super) fn word(&mut self, word: &Word, folded: &str) {
        if word.unspaced {
            self.unspaced += 1
        } else {
            self.spaced += 1
        }
        self.buffer.push_str(folded);
        self.buffer.push(' ');
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
        let [_, before, last] = self.window;
        self.window = [before, last, word_hash(folded.as_bytes())];
        if self.spaced + self.unspaced >= SHINGLE as u64 {
            self.shingle();
        }
    }

    fn flush(&mut self) {
        self.normalised.update(self.buffer.as_bytes());
        self.buffer.clear();
    }

    /// Puts the shingle that ends at the last word into its bin.
    fn shingle(&mut self) {
        let hash = mix(self.window.iter().fold(0u64, |hash, word| mix(hash).wrapping_add(*word)));
        let bin = usize::try_from(hash % BINS as u64).unwrap_or_default();
        if let Some(least) = self.least.get_mut(bin) {
            *least = (*least).min(hash / BINS as u64);
        }
        self.shingles += 1;
    }

    /// Words as a person counts them: two characters of a script without spaces are one.
    pub(super) fn words(&self) -> u64 {
        self.spaced + self.unspaced / 2
    }

    /// The identity of the document that was taken in: `file` is the hash of its file.
    pub(super) fn finish(mut self, file: [u8; 32]) -> Identity {
        if self.shingles == 0 && self.words() > 0 {
            self.shingle(); // A text too short for one is a shingle as a whole.
        }
        self.flush();
        let file = self.exact.as_ref().map_or(file, |(id, exact)| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(id.as_bytes()).update(&[0]).update(exact.finalize().as_bytes());
            *hasher.finalize().as_bytes()
        });
        let telling = self.words() >= TELLING_WORDS;
        let text = telling.then(|| *self.normalised.finalize().as_bytes());
        Identity { file, text, sketch: self.sketch() }
    }

    fn sketch(&self) -> Sketch {
        let mut sketch = Sketch::default();
        for (bin, least) in sketch.bins.iter_mut().zip(&self.least) {
            if *least != u64::MAX {
                *bin = u16::try_from(least & 0xFFFF).unwrap_or(EMPTY).min(EMPTY - 1);
            }
        }
        sketch.shingles = u32::try_from(self.shingles.min(self.different())).unwrap_or(u32::MAX);
        sketch
    }

    /// About how many different shingles there are: while some bins are empty, by how many throws fill so many bins on
    /// average (the coupon collector's sum); then by how small the least of each bin is.
    fn different(&self) -> u64 {
        let bins = BINS as u64;
        let empty = self.least.iter().filter(|least| **least == u64::MAX).count() as u64;
        if empty > 0 {
            return (empty + 1..=bins).map(|left| 1000 * bins / left).sum::<u64>().div_ceil(1000);
        }
        let sum: u128 = self.least.iter().map(|least| u128::from(*least)).sum();
        u64::try_from(u128::from(bins) * u128::from(u64::MAX) / sum.max(1)).unwrap_or(u64::MAX)
    }
}

/// FNV-1a, 64 bits: short, and the same on every machine and in every release.
fn word_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
