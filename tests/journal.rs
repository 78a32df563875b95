//! The journal as its users see it: what is acknowledged stays, whatever happens to the last bytes of the files.

#[path = "journal/fixture.rs"]
mod fixture;
#[path = "journal/reading.rs"]
mod reading;
