//! A run while the main part is scanned: where comments begin and end in it, and where it may be parted.

use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes of the start tag and the properties of a run that is parted: they are written again for each half.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// White space at the ends of a text that does not say it counts.
const WHITE: [char; 4] = [' ', '\t', '\r', '\n'];

/// What stands around the marks where a run is parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// Ends the first half.
    pub(super) close: String,
    /// Begins the second.
    pub(super) open: String,
}

/// Something directly in a run.
#[derive(Debug, Clone)]
pub(super) struct Child {
    /// Where it begins.
    pub(super) start: usize,
    /// Where its text begins, if it is a text element that may be parted, and the name of its tag.
    pub(super) text: Option<(usize, Range<usize>)>,
    /// Whether white space at the ends of its text counts.
    pub(super) preserves: bool,
    /// What it does to fields.
    pub(super) field: Option<FieldMark>,
}

/// A mark of a field (域).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldMark {
    Begin,
    Separate,
    End,
}

/// Where a comment begins or ends in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// In front of a child, which is the first, second, …
    Before(usize, usize),
    /// Behind it.
    After(usize, usize),
    /// In a text: the name of its tag, and whether white space counts at the ends of the second half.
    Inside { at: usize, name: (usize, usize), preserves: bool },
}

/// An end or a beginning of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Which comment.
    pub(super) comment: usize,
    /// Whether it begins here.
    pub(super) begins: bool,
    /// Whether a reference to it may stand here too, as far as fields go.
    pub(super) is_free: bool,
}

/// An open run.
#[derive(Debug)]
pub(super) struct Run {
    /// Its start tag.
    pub(super) tag: Range<usize>,
    /// The name in its tag.
    pub(super) name: Range<usize>,
    /// Its properties.
    pub(super) properties: Option<Range<usize>>,
    /// How many children it has had.
    pub(super) children: usize,
    cuts: Vec<(Cut, Wanted)>,
}

impl Run {
    /// Begins a run.
    pub(super) fn new(tag: Range<usize>, name: Range<usize>) -> Self {
        Run { tag, name, properties: None, children: 0, cuts: Vec::new() }
    }

    /// A comment begins or ends at `at`, in or around the last child, which ends at `end` (its end tag is `tail`).
    pub(super) fn cut(&mut self, text: &str, child: &Child, at: usize, tail: &Range<usize>, wanted: Wanted) {
        let inside = inside(text, child, at, tail.start);
        let cut = match (inside, &child.text) {
            (Some((at, preserves)), Some((_, name))) => Cut::Inside { at, name: (name.start, name.end), preserves },
            _ if wanted.begins => Cut::Before(child.start, self.children),
            _ => Cut::After(tail.end, self.children),
        };
        self.cuts.push((cut, wanted));
    }

    /// The places of all ends and beginnings, when the run ends at `end`. Adds where it is parted.
    pub(super) fn places(&self, text: &str, end: usize, splits: &mut BTreeMap<usize, Split>) -> Vec<(usize, Wanted)> {
        let whole = |wanted: &Wanted| if wanted.begins { self.tag.start } else { end };
        let mut head: Option<Option<String>> = None;
        let mut place = |(cut, wanted): &(Cut, Wanted)| {
            let at = match *cut {
                Cut::Before(_, 1) => self.tag.start,
                Cut::After(_, child) if child == self.children => end,
                Cut::Before(at, _) | Cut::After(at, _) | Cut::Inside { at, .. } => {
                    let Some(head) = head.get_or_insert_with(|| self.head(text)) else {
                        return (whole(wanted), *wanted);
                    };
                    splits.entry(at).or_insert_with(|| self.split(text, head, *cut));
                    at
                }
            };
            (at, *wanted)
        };
        self.cuts.iter().map(&mut place).collect()
    }

    fn split(&self, text: &str, head: &str, cut: Cut) -> Split {
        let run = text.get(self.name.clone()).unwrap_or_default();
        match cut {
            Cut::Inside { name, preserves, .. } => {
                let name = text.get(name.0..name.1).unwrap_or_default();
                let space = if preserves { " xml:space=\"preserve\"" } else { "" };
                Split { close: format!("</{name}></{run}>"), open: format!("{head}<{name}{space}>") }
            }
            Cut::Before(..) | Cut::After(..) => Split { close: format!("</{run}>"), open: head.to_string() },
        }
    }

    /// What begins a second half; `None` if the run must stay whole: a tracked change of its format must not be doubled.
    fn head(&self, text: &str) -> Option<String> {
        let tag = text.get(self.tag.clone())?;
        let properties = self.properties.clone().map_or(Some(""), |range| text.get(range))?;
        let fits = tag.len() + properties.len() <= HEAD_BYTES_MAX && !properties.contains("rPrChange");
        fits.then(|| format!("{tag}{properties}"))
    }
}

/// Where a text may be parted so that `at` lies at the border, and whether white space then counts at the ends of the second
/// half; `None` if it cannot be parted there. White space at a border goes to the second half: in the first it would be
/// lost, as that at the ends of a text is that does not say it counts.
fn inside(text: &str, child: &Child, at: usize, end: usize) -> Option<(usize, bool)> {
    let (begin, _) = child.text.as_ref()?;
    let before = text.get(*begin..at).filter(|before| !before.is_empty())?;
    text.get(at..end).filter(|behind| !behind.is_empty())?;
    if child.preserves {
        return Some((at, true));
    }
    let kept = before.trim_end_matches(WHITE).len();
    let behind = text.get(begin + kept..end)?;
    let (begins_white, ends_white) = (behind.starts_with(WHITE), behind.ends_with(WHITE));
    (kept > 0 && !(begins_white && ends_white)).then_some((begin + kept, begins_white))
}
