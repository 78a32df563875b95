//! Pure: references in a text to instruments, provisions, documents and cases (引用). Find → resolve → annotate.
//!
//! - [`find()`] reads what a text says, without knowing any corpus: titles in book brackets, names without them, numbers,
//!   places (条款项目), series and ranges. What can only be decided with a corpus stays open: words before a place are kept
//!   as words.
//! - [`Names`] is what a corpus knows: instruments with their titles, numbers, versions and shapes.
//! - [`resolve()`] joins the two on a day: [`Outcome`] is never a guess.
//! - [`typed`] reads citations as users type them and finds what they lead to.
//! - [`quote`] tells whether what is quoted behind a citation is what the law says.
//! - [`annotate`](annotate::html) puts the result back into the text.
//!
//! Time is linear in the length of the text: every reader looks at a bounded number of characters around its trigger.

pub mod annotate;
pub mod find;
pub mod formal;
pub mod mention;
pub mod names;
pub mod quote;
pub mod relations;
pub mod resolve;
pub mod shape;
pub mod typed;

pub use find::{Bare, find, unbroken};
pub use mention::{Base, Beside, Change, Locator, Mention, Place, Role, Target, Unit, VersionNote};
pub use names::{Known, KnownVersion, Names};
pub use resolve::{Here, Outcome, Reason, Resolution, cited_title, narrow, resolve};
pub use shape::Shape;
pub use typed::{Typed, TypedAnswer, TypedTarget, Why, look_up, number_alone, numbers_in, numbers_said, unknown};
