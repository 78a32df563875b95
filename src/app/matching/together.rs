//! The same work on several things at once.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Does it with each, on as many threads as there are cores; the results in the order of the things, or the first error.
///
/// Not on the threads of the pool: a search may wait for what another one makes with the pool, and a pool whose threads all
/// wait makes nothing.
pub fn each<T: Sync, R: Send, E: Send>(things: &[T], work: impl Fn(&T) -> Result<R, E> + Sync) -> Result<Vec<R>, E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let chunks = things.chunks(things.len().div_ceil(cores).max(1));
    let of_one = |chunk: &[T]| chunk.iter().map(&work).collect::<Result<Vec<R>, E>>();
    let of_one = &of_one;
    let done: Vec<Result<Vec<R>, E>> = thread::scope(|scope| {
        let running: Vec<_> = chunks.map(|chunk| scope.spawn(move || of_one(chunk))).collect();
        running.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let mut all = Vec::with_capacity(things.len());
    for part in done {
        all.extend(part?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_stand_in_the_order_of_the_things() {
        let things: Vec<u32> = (0..100).collect();
        assert_eq!(each(&things, |thing| Ok::<u32, ()>(thing * 2)), Ok((0..100).map(|thing| thing * 2).collect()));
        assert!(each(&things, |thing| if *thing >= 40 { Err(*thing) } else { Ok(()) }).is_err());
        assert_eq!(each(&[] as &[u32], |_| Ok::<(), ()>(())), Ok(Vec::new()));
    }
}
