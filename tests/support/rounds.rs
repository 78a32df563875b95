//! How long a test of broken files tries.

/// The number that `FAJU_FUZZ` says; `usual` without it.
pub fn rounds(usual: u64) -> u64 {
    std::env::var("FAJU_FUZZ").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}
