//! Many short texts, one behind the other in one text that is walked as a whole: a walk of a million characters takes a
//! thousandth of a second, needs no further structure, and is as quick for what is not there.

use memchr::memmem::{self, Finder};

/// Stands between two texts; folded text never has it.
const BETWEEN: char = '\n';

/// Texts in their order.
#[derive(Debug, Default)]
pub struct Pile {
    text: String,
    /// First byte of each.
    starts: Vec<u32>,
}

impl Pile {
    /// Adds a folded text. Beyond 4 GB there is no room: then it is left off, and the answer is false.
    pub fn push(&mut self, text: &str) -> bool {
        let Ok(start) = u32::try_from(self.text.len()) else { return false };
        self.starts.push(start);
        self.text.extend(text.chars().map(|c| if c == BETWEEN { ' ' } else { c }));
        self.text.push(BETWEEN);
        true
    }

    /// Gives back memory that is not needed.
    pub fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.text.capacity() + 4 * self.starts.capacity()
    }

    /// A text; empty beyond the last.
    pub fn get(&self, at: usize) -> &str {
        let end =
            self.starts.get(at + 1).map_or(self.text.len(), |next| *next as usize).saturating_sub(BETWEEN.len_utf8());
        self.starts.get(at).and_then(|start| self.text.get(*start as usize..end)).unwrap_or_default()
    }

    /// Whether one of them has a folded text in it.
    pub fn has(&self, part: &str) -> bool {
        memmem::find(self.text.as_bytes(), part.as_bytes()).is_some()
    }

    /// Those that have a folded text in them, in order, each with the byte where it first stands there.
    pub fn with<'p>(&'p self, part: &'p str) -> impl Iterator<Item = (usize, usize)> + 'p {
        let finder = Finder::new(part);
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.text.as_bytes().get(from..).filter(|rest| !rest.is_empty())?;
            let at = from + finder.find(rest)?;
            let text = self.starts.partition_point(|start| *start as usize <= at).checked_sub(1)?;
            from = self.starts.get(text + 1).map_or(self.text.len(), |next| *next as usize);
            Some((text, at - self.starts[text] as usize))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_text_in_it_is_found_once() {
        let mut pile = Pile::default();
        assert!(["总则", "罚则和罚则", "附则", ""].iter().all(|text| pile.push(text)));
        assert_eq!(pile.with("则").collect::<Vec<_>>(), [(0, 3), (1, 3), (2, 3)]);
        assert_eq!(pile.with("罚则").collect::<Vec<_>>(), [(1, 0)]);
        assert!(pile.has("附则") && !pile.has("则罚") && pile.with("则罚").next().is_none());
        assert_eq!((pile.len(), pile.get(2), pile.get(3), pile.get(9)), (4, "附则", "", ""));
        assert_eq!(pile.with("").count(), 4, "nothing stands in all");
        assert!(Pile::default().is_empty() && Pile::default().with("则").next().is_none());
    }
}
