//! The journal as its users see it: what is acknowledged stays, whatever happens to the last bytes of the files.

#[path = "journal/child.rs"]
mod child;
#[path = "journal/damage.rs"]
mod damage;
#[path = "journal/erase.rs"]
mod erase;
#[path = "journal/fixture.rs"]
mod fixture;
#[path = "journal/kill.rs"]
mod kill;
#[path = "journal/properties.rs"]
mod properties;
#[path = "journal/reading.rs"]
mod reading;
#[path = "support/skip.rs"]
mod skip;
