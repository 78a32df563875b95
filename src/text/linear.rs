//! For tests: that time grows no faster than the text.

#[cfg(test)]
pub use measured::assert_linear;

#[cfg(test)]
mod measured {
    use std::time::Instant;

    /// So often a measurement is repeated: a machine that stalls says nothing of the program.
    const TRIES: usize = 4;

    /// Asserts that `long` takes at most 32 times as long as `short` (and half a second for a machine that does other things).
    pub fn assert_linear(name: &str, run: impl Fn(usize), short: usize, long: usize) {
        let seconds = |size: usize| {
            let begin = Instant::now();
            run(size);
            begin.elapsed().as_secs_f64()
        };
        let mut seen = Vec::new();
        for _ in 0..TRIES {
            let (one, other) = (seconds(short), seconds(long));
            if other < 32.0 * one + 0.5 {
                return;
            }
            seen.push((one, other));
        }
        panic!("{name}: seconds of {short} and {long}: {seen:?}");
    }
}
