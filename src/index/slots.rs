//! A set of documents, a bit for each. At 100,000 documents it is 12 KB, and joining two takes some microseconds.

/// A set of slots: places in the ascending list of a snapshot's documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slots {
    bits: Vec<u64>,
    size: usize,
}

impl Slots {
    /// None of `size` slots.
    pub fn none(size: usize) -> Slots {
        Slots { bits: vec![0; size.div_ceil(64)], size }
    }

    /// All of `size` slots.
    pub fn all(size: usize) -> Slots {
        let mut all = Slots { bits: vec![u64::MAX; size.div_ceil(64)], size };
        if let Some(last) = all.bits.last_mut().filter(|_| !size.is_multiple_of(64)) {
            *last = (1 << (size % 64)) - 1;
        }
        all
    }

    /// The same ones, of more slots.
    #[must_use]
    pub fn widened(mut self, size: usize) -> Slots {
        self.size = self.size.max(size);
        self.bits.resize(self.size.div_ceil(64), 0);
        self
    }

    /// Puts a slot in; one that there isn't is left out.
    #[inline]
    pub fn insert(&mut self, slot: u32) {
        if let Some(word) = self.bits.get_mut(slot as usize / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    /// Takes a slot out.
    pub fn remove(&mut self, slot: u32) {
        if let Some(word) = self.bits.get_mut(slot as usize / 64) {
            *word &= !(1 << (slot % 64));
        }
    }

    /// Whether a slot is in it.
    #[inline]
    pub fn contains(&self, slot: u32) -> bool {
        self.bits.get(slot as usize / 64).is_some_and(|word| word & (1 << (slot % 64)) != 0)
    }

    /// Keeps those that are in `other` too.
    pub fn intersect(&mut self, other: &Slots) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= b);
    }

    /// Adds those of `other`.
    pub fn unite(&mut self, other: &Slots) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a |= b);
    }

    /// Takes those of `other` out.
    pub fn subtract(&mut self, other: &Slots) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= !b);
    }

    /// How many are in it.
    pub fn count(&self) -> usize {
        self.bits.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many there are to be in it.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Those in it, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.bits.iter().zip((0u32..).step_by(64)).flat_map(|(word, base)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left = left.checked_sub(1).map(|less| left & less)?;
                Some(base + bit)
            })
        })
    }
}
