//! `faju`: parse arguments, load settings, call a face; nothing else.

fn main() {}
