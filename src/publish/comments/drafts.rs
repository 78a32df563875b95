//! The comments while the main part is scanned: what of each has found its place.

/// A comment that looks for its place.
#[derive(Debug, Clone, Copy, Default)]
struct Draft {
    start: Option<usize>,
    /// The cell (单元格) in which it begins, by the place of its tag.
    cell: Option<usize>,
    end: Option<usize>,
    reference: Option<usize>,
    /// Where the paragraph ends in which it begins.
    clip: Option<usize>,
}

/// Where the marks of a comment stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its beginning.
    pub(super) start: usize,
    /// Its end.
    pub(super) end: usize,
    /// The reference to it, by which it is shown.
    pub(super) reference: usize,
}

/// All comments.
#[derive(Debug)]
pub(super) struct Drafts {
    drafts: Vec<Draft>,
    /// Those that begin in the open paragraph.
    begun: Vec<usize>,
    /// Those that have ended in it, but not where a reference may stand.
    unreferred: Vec<usize>,
}

impl Drafts {
    /// So many comments without a place.
    pub(super) fn new(count: usize) -> Self {
        Drafts { drafts: vec![Draft::default(); count], begun: Vec::new(), unreferred: Vec::new() }
    }

    /// A comment begins there.
    pub(super) fn start(&mut self, comment: usize, at: usize, cell: Option<usize>) {
        if let Some(draft) = self.drafts.get_mut(comment) {
            (draft.start, draft.cell) = (Some(at), cell);
            self.begun.push(comment);
        }
    }

    /// A comment ends there. One that began in another cell ends with the paragraph in which it began: a range over cells
    /// would take in whole rows.
    pub(super) fn end(&mut self, comment: usize, at: usize, cell: Option<usize>, is_free: bool) {
        let Some(draft) = self.drafts.get_mut(comment) else { return };
        let clip = draft.clip.filter(|_| draft.cell != cell);
        draft.end = Some(clip.unwrap_or(at));
        if clip.is_some() || is_free {
            draft.reference = draft.end;
        } else {
            self.unreferred.push(comment);
        }
    }

    /// References may stand there.
    pub(super) fn refer(&mut self, at: usize) {
        for comment in self.unreferred.drain(..) {
            if let Some(draft) = self.drafts.get_mut(comment) {
                draft.reference = Some(at);
            }
        }
    }

    /// A paragraph ends there.
    pub(super) fn end_paragraph(&mut self, at: usize) {
        self.refer(at);
        for comment in self.begun.drain(..) {
            if let Some(draft) = self.drafts.get_mut(comment) {
                draft.clip = Some(at);
            }
        }
    }

    /// The places; `rest` is that of comments that have found none.
    pub(super) fn spots(self, rest: usize) -> Vec<Spot> {
        let spot = |draft: Draft| {
            let start = draft.start.or(draft.end).unwrap_or(rest);
            let end = draft.end.or(draft.clip).unwrap_or(start).max(start);
            Spot { start, end, reference: draft.reference.unwrap_or(end) }
        };
        self.drafts.into_iter().map(spot).collect()
    }
}
