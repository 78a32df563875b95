//! Random numbers that are the same on every machine (SplitMix64).

/// The generator; its state is the seed.
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `limit` − 1; 0 if there is nothing to choose from.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.any() % limit.max(1) as u64) as usize
    }

    /// One of them; `None` if there is none.
    pub fn choose<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    fn unit(&mut self) -> f32 {
        (self.any() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Of the normal distribution.
    pub fn normal(&mut self) -> f32 {
        let (radius, angle) = (self.unit().max(1e-7), self.unit());
        (-2.0 * radius.ln()).sqrt() * (std::f32::consts::TAU * angle).cos()
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
