//! Which lines stand in the journal already: by their digest, so that the same one is never appended twice.

use crate::app::error::AppError;
use crate::app::opened::Session;
use crate::app::shelf::Shelf;
use crate::corpus::{CorpusError, Cursor, Line, line_digest};
use rayon::prelude::*;
use std::collections::HashSet;

/// Frames that are read together.
const ROUND_FRAMES: usize = 8;

/// The lines seen. Made when first asked for; goes on from where it was when asked again.
#[derive(Default)]
pub struct Seen {
    lines: HashSet<[u8; 32]>,
    upto: Option<Cursor>,
    journal: Option<String>,
}

impl Seen {
    /// Whether a line stands in the journal.
    pub fn has(&mut self, line: &Line, session: &Session<'_>) -> Result<bool, AppError> {
        self.follow(session)?;
        Ok(self.lines.contains(&line_digest(line.text())))
    }

    /// Takes in what was appended since, by whomever.
    fn follow(&mut self, session: &Session<'_>) -> Result<(), AppError> {
        let Shelf::Journal(journal) = session.shelf else { return Ok(()) };
        if self.journal != journal.identity() {
            *self = Seen { journal: journal.identity(), ..Seen::default() };
        }
        let end = journal.end();
        if self.upto.is_some_and(|upto| upto >= end) {
            return Ok(());
        }
        let mut frames = Vec::new();
        for frame in journal.scan_frames(self.upto)? {
            match frame {
                Ok(frame) => frames.push(frame),
                // What is damaged was told when the index followed the journal.
                Err(CorpusError::Damaged(_)) => {}
                Err(error) => return Err(error.into()),
            }
            if frames.len() == ROUND_FRAMES {
                self.take(&frames);
                frames.clear();
            }
        }
        self.take(&frames);
        self.upto = Some(end);
        Ok(())
    }

    fn take(&mut self, frames: &[crate::corpus::Frame]) {
        let lines: Vec<Vec<[u8; 32]>> =
            frames.par_iter().map(|frame| frame.lines().map(|(_, line)| line_digest(line)).collect()).collect();
        self.lines.extend(lines.into_iter().flatten());
    }
}
