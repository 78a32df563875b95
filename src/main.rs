//! `faju`: parse arguments, load settings, call a face; nothing else.

use std::process::ExitCode;

/// Importing and serving allocate from many threads at once; the allocator of the C library costs a twentieth of an import.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(faju::cli::run(std::env::args_os()))
}
