//! What the environment says about tests under load.

#[path = "skip.rs"]
#[allow(clippy::duplicate_mod, reason = "each of these files stands alone")]
mod skip;

use std::path::PathBuf;
use std::time::Duration;

/// How long the mixed load lasts when nobody says it.
const SOAK: Duration = Duration::from_secs(600);

/// What a server is sent at a fixed rate.
pub struct OpenLoop {
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// Requests per second.
    pub rate: f64,
    /// How long.
    pub duration: Duration,
    /// A file with one target (path and query) a line.
    pub targets: PathBuf,
}

fn value(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A positive number; anything else under this name is a mistake and fails the test.
fn number(name: &str) -> Option<f64> {
    let text = value(name)?;
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    Some(number.unwrap_or_else(|| panic!("{name}={text} is no positive number")))
}

/// How long the mixed load lasts: `FAJU_SOAK_SECONDS`, else ten minutes.
pub fn soak() -> Duration {
    number("FAJU_SOAK_SECONDS").map_or(SOAK, Duration::from_secs_f64)
}

/// What `tests/load.sh` asks for. Without its variables the test says that it was skipped and gets `None`.
pub fn open_loop(test: &str) -> Option<OpenLoop> {
    let asked = || {
        let targets = PathBuf::from(value("FAJU_LOAD_TARGETS")?);
        let duration = Duration::from_secs_f64(number("FAJU_LOAD_SECONDS")?);
        Some(OpenLoop { address: value("FAJU_LOAD_ADDRESS")?, rate: number("FAJU_LOAD_RATE")?, duration, targets })
    };
    let asked = asked();
    if asked.is_none() {
        skip::skipped(test, "no server is named; bash tests/load.sh starts one");
    }
    asked
}
