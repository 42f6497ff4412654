//! By what a document is known again after it was moved, renamed or edited. Plain data: the library computes it, the
//! memory of what the reader did compares it.

/// The way in which texts are normalised and sketched. It is part of every text hash and of every stored sketch, so that
/// what another version computed is never mistaken for a difference in the text.
pub const VERSION: u8 = 1;

/// The sets of shingles that a [`Sketch`] samples.
pub const BINS: usize = 64;

/// What is compared to tell whether two documents are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Hash of the file. Of a document among others in one file: of its entry id and its text.
    pub file: [u8; 32],
    /// Hash of the normalised text; `None` under 50 words, which many documents may share.
    pub text: Option<[u8; 32]>,
    /// A sample of the text's shingles.
    pub sketch: Sketch,
}

/// A sample of the shingles (runs of a few words) of a text, from which the part that two texts share is estimated.
///
/// One permutation hashing (Li, Owen and Zhang, 2012): every shingle falls into one of 64 bins by its hash, and a bin
/// keeps the low 16 bits of its least hash. With half of the shingles shared the standard error is about 6 %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// The least hash of each bin, [`EMPTY`] where none fell.
    pub bins: [u16; BINS],
    /// About how many different shingles there are.
    pub shingles: u32,
}

/// The value of a bin into which nothing fell.
pub const EMPTY: u16 = u16::MAX;

impl Default for Sketch {
    fn default() -> Sketch {
        Sketch { bins: [EMPTY; BINS], shingles: 0 }
    }
}

impl Sketch {
    /// Whether half of the shingles of the shorter of two texts stand in the other one too: text added to a document or
    /// cut from it leaves it the same document. Never true of a text without words.
    pub fn agrees(&self, other: &Sketch) -> bool {
        let shorter = f64::from(self.shingles.min(other.shingles));
        shorter > 0.0 && self.shared(other) >= 0.5 * shorter
    }

    /// About how many different shingles two texts share: from the estimate of their resemblance, shared / (all of both).
    fn shared(&self, other: &Sketch) -> f64 {
        let pairs = self.bins.iter().zip(&other.bins).filter(|(a, b)| **a != EMPTY || **b != EMPTY);
        let (equal, used) = pairs.fold((0u32, 0u32), |(equal, used), (a, b)| (equal + u32::from(a == b), used + 1));
        let resemblance = f64::from(equal) / f64::from(used.max(1));
        resemblance * (f64::from(self.shingles) + f64::from(other.shingles)) / (1.0 + resemblance)
    }

    /// The form in which it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(self.shingles.to_le_bytes());
        bytes.extend(self.bins.iter().flat_map(|bin| bin.to_le_bytes()));
        bytes
    }

    /// Reads the stored form; `None` when another version wrote it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (version, rest) = bytes.split_first()?;
        let (shingles, rest) = rest.split_first_chunk::<4>()?;
        if *version != VERSION || rest.len() != 2 * BINS {
            return None;
        }
        let mut sketch = Sketch { shingles: u32::from_le_bytes(*shingles), ..Sketch::default() };
        for (bin, pair) in sketch.bins.iter_mut().zip(rest.chunks_exact(2)) {
            *bin = u16::from_le_bytes(pair.try_into().ok()?);
        }
        Some(sketch)
    }
}
