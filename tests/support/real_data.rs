//! Where tests find the real data pack.

#[path = "skip.rs"]
mod skip;

use std::path::PathBuf;

/// The folder that `FAJU_REAL_DATA` names. Without the variable the test says that it was skipped and gets `None`; a
/// variable that names something else is a mistake and fails the test.
pub fn real_data(test: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("FAJU_REAL_DATA").filter(|name| !name.is_empty()).map(PathBuf::from) else {
        skip::skipped(test, "FAJU_REAL_DATA is not set");
        return None;
    };
    assert!(folder.join("laws").is_dir(), "FAJU_REAL_DATA={} is no data pack: no laws/ in it", folder.display());
    Some(folder)
}

/// A file or folder of the specification of legality review, beside the real data pack; without it the test says that it was
/// skipped.
#[allow(dead_code, reason = "only the suite on the real corpus asks for it")]
pub fn review_specification(test: &str, name: &str) -> Option<PathBuf> {
    let path = real_data(test)?.join("../design/review").join(name);
    if !path.exists() {
        skip::skipped(test, "the specification of legality review is not there");
        return None;
    }
    Some(path)
}
