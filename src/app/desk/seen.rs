//! What people keep of documents that they see no more, because these were withdrawn or because it is no longer theirs to see
//! them: that something was kept stays, its words do not.

use crate::app::asker::{Asker, follow};
use crate::app::faju::Faju;
use crate::people::{Notice, Watch};
use std::collections::HashMap;

/// What stands for the words of a document that is seen no more.
pub const UNSEEN: &str = "（已经撤下，或者本账户不再能看到）";

/// Takes the words of what is seen no more out of watches and notices.
pub(super) fn hide(app: &Faju, asker: &Asker, watches: &mut [Watch], notices: &mut [Notice]) {
    let mut seen: HashMap<String, bool> = HashMap::new();
    let mut sees = |target: &str| *seen.entry(target.to_string()).or_insert_with(|| sees(app, target, asker));
    for watch in watches {
        if !sees(&watch.target) {
            watch.title = UNSEEN.to_string();
        }
    }
    for notice in notices {
        if !sees(&notice.target) {
            (notice.title, notice.text) = (UNSEEN.to_string(), UNSEEN.to_string());
        }
    }
}

/// Whether it is seen. What cannot be looked at just now is not.
fn sees(app: &Faju, target: &str, asker: &Asker) -> bool {
    follow(target, |id| app.instrument(id, None, asker)).is_ok()
}
