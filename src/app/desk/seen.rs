//! What people keep of documents that they see no more, because these were withdrawn or because it is no longer theirs to see
//! them: that something was kept stays, its words do not.

use crate::app::asker::Asker;
use crate::app::error::AppError;
use crate::app::faju::Faju;
use crate::people::{Notice, Watch};
use std::collections::HashMap;

/// What stands for the words of a document that is seen no more.
pub const UNSEEN: &str = "（已经撤下，或者本账户不再能看到）";

/// Takes the words of what is seen no more out of watches and notices.
///
/// # Errors
/// An index that cannot be read just now: nothing is known then of what is seen.
pub(super) fn hide(app: &Faju, asker: &Asker, watches: &mut [Watch], notices: &mut [Notice]) -> Result<(), AppError> {
    let mut seen: HashMap<String, bool> = HashMap::new();
    let mut sees = |target: &str| match seen.get(target) {
        Some(known) => Ok(*known),
        None => app.sees(target, asker).inspect(|sees| {
            seen.insert(target.to_string(), *sees);
        }),
    };
    for watch in watches {
        if !sees(&watch.target)? {
            watch.title = UNSEEN.to_string();
        }
    }
    for notice in notices {
        if !sees(&notice.target)? {
            (notice.title, notice.text) = (UNSEEN.to_string(), UNSEEN.to_string());
        }
    }
    Ok(())
}
