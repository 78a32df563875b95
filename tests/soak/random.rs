//! Chance that is the same in every run.

/// A small deterministic generator (xorshift).
pub struct Random(u64);

impl Random {
    /// Begins with a seed; two seeds give two sequences.
    pub fn new(seed: u64) -> Random {
        // The generator needs a state that is not zero, and small seeds are too much alike.
        Random((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// One of several, of which there must be one.
    pub fn one_of<'a, T>(&mut self, these: &'a [T]) -> &'a T {
        &these[self.below(these.len())]
    }

    /// Brings them into another order.
    pub fn shuffle<T>(&mut self, these: &mut [T]) {
        for at in (1..these.len()).rev() {
            these.swap(at, self.below(at + 1));
        }
    }
}
