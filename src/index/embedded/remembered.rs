//! What was found lately in one generation, to be given again: a generation never changes.

use super::lock;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// Answers by what was asked, the latest last.
pub struct Remembered<K, V> {
    most: usize,
    answers: Mutex<VecDeque<(K, Arc<V>)>>,
}

impl<K: PartialEq, V> Remembered<K, V> {
    /// Room for so many.
    pub fn new(most: usize) -> Remembered<K, V> {
        Remembered { most, answers: Mutex::new(VecDeque::new()) }
    }

    /// The answer to what was asked, if it is still known; else what `made` answers. Two that ask the same at once may both
    /// make it.
    pub fn get<E>(&self, key: K, made: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(answer) = self.known(&key) {
            return Ok(answer);
        }
        let answer = Arc::new(made()?);
        let mut answers = lock(&self.answers);
        answers.retain(|(known, _)| *known != key);
        answers.push_back((key, answer.clone()));
        if answers.len() > self.most {
            answers.pop_front();
        }
        Ok(answer)
    }

    /// Forgets all answers.
    pub fn forget(&self) {
        lock(&self.answers).clear();
    }

    fn known(&self, key: &K) -> Option<Arc<V>> {
        let mut answers = lock(&self.answers);
        let place = answers.iter().rposition(|(known, _)| known == key)?;
        let found = answers.remove(place)?;
        let answer = found.1.clone();
        answers.push_back(found);
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn the_latest_are_known_and_the_oldest_is_forgotten() {
        let remembered = Remembered::new(2);
        let mut made = 0;
        for (asked, makes) in [(1, 1), (2, 2), (1, 2), (3, 3), (1, 3), (2, 4)] {
            let answer = remembered.get(asked, || {
                made += 1;
                Ok::<i32, Infallible>(10 * asked)
            });
            assert_eq!((*answer.unwrap(), made), (10 * asked, makes), "{asked}");
        }
        remembered.forget();
        assert_eq!(*remembered.get(1, || Ok::<i32, Infallible>(11)).unwrap(), 11);
        assert_eq!(remembered.get(4, || Err("nothing")).err(), Some("nothing"));
    }
}
