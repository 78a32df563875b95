//! Whether committed expectations are to be rewritten.

/// `FAJU_BLESS=1`: what is found becomes what is expected. Look at the differences before you commit them.
pub fn blessed() -> bool {
    std::env::var_os("FAJU_BLESS").is_some_and(|value| value == "1")
}
