//! The frames read last, so that several records of one frame are unpacked once.

use super::scan::Frame;
use std::sync::Arc;

/// A frame with the places of its lines.
pub(super) struct Lines {
    frame: Frame,
    /// Byte offset of every line, and of the end.
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(frame: Frame) -> Lines {
        let ends = frame.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Lines { frame, starts }
    }

    /// A line without its line end.
    pub(super) fn line(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let (start, end) = (*self.starts.get(number)?, *self.starts.get(number + 1)?);
        self.frame.text().get(start..end - 1)
    }

    fn bytes(&self) -> usize {
        self.frame.text().len() + self.starts.len() * size_of::<usize>()
    }
}

/// Frames by their place, the least recently used dropped first. There are few, so that a list is enough.
pub(super) struct Cache {
    bytes_max: usize,
    bytes: usize,
    /// Least recently used first.
    frames: Vec<Arc<Lines>>,
}

impl Cache {
    pub(super) fn new(bytes_max: usize) -> Cache {
        Cache { bytes_max, bytes: 0, frames: Vec::new() }
    }

    /// The frame that begins there.
    pub(super) fn get(&mut self, segment: u32, offset: u64) -> Option<Arc<Lines>> {
        let found = self.frames.iter().position(|lines| {
            let at = lines.frame.at();
            (at.segment, at.offset) == (segment, offset)
        })?;
        let lines = self.frames.remove(found);
        self.frames.push(Arc::clone(&lines));
        Some(lines)
    }

    /// Keeps a frame, unless it alone is more than the cache may hold.
    pub(super) fn put(&mut self, lines: &Arc<Lines>) {
        if lines.bytes() > self.bytes_max {
            return;
        }
        self.bytes += lines.bytes();
        self.frames.push(Arc::clone(lines));
        while self.bytes > self.bytes_max {
            self.bytes -= self.frames.remove(0).bytes();
        }
    }

    /// Forgets everything: the journal is another one.
    pub(super) fn clear(&mut self) {
        self.frames.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::Cursor;
    use super::*;

    fn frame(offset: u64) -> Arc<Lines> {
        let (at, end) = (Cursor { segment: 1, offset }, Cursor { segment: 1, offset: offset + 1 });
        Arc::new(Lines::of(Frame::new(at, end, "一\n\n二\n".into())))
    }

    #[test]
    fn lines_by_number() {
        let lines = frame(0);
        let found: Vec<Option<&str>> = (0..4).map(|number| lines.line(number)).collect();
        assert_eq!(found, [Some("一"), Some(""), Some("二"), None]);
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut cache = Cache::new(3 * frame(0).bytes());
        for offset in 0..3 {
            cache.put(&frame(offset));
        }
        assert!(cache.get(1, 0).is_some());
        cache.put(&frame(3));
        let held: Vec<bool> = (0..4).map(|offset| cache.get(1, offset).is_some()).collect();
        assert_eq!(held, [true, false, true, true]);
        assert!(cache.bytes <= cache.bytes_max);
    }
}
