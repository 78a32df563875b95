//! What people keep of documents that they see no more, because these were withdrawn or because it is no longer theirs to see
//! them: that something was kept stays, its words do not.

use crate::app::asker::Asker;
use crate::app::error::{AppError, ErrorCode};
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
    let mut known = |target: &str| match seen.get(target) {
        Some(sees) => Ok(*sees),
        None => sees(app, target, asker).inspect(|sees| {
            seen.insert(target.to_string(), *sees);
        }),
    };
    for watch in watches {
        if !known(&watch.target)? {
            watch.title = UNSEEN.to_string();
        }
    }
    for notice in notices {
        if !known(&notice.target)? {
            (notice.title, notice.text) = (UNSEEN.to_string(), UNSEEN.to_string());
        }
    }
    Ok(())
}

/// Whether an id names something that the asker sees.
fn sees(app: &Faju, id: &str, asker: &Asker) -> Result<bool, AppError> {
    match app.read(None, asker, |reader| reader.card(id).map(drop)) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Gone) => Ok(false),
        Err(error) => Err(error),
    }
}
