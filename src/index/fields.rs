//! The one table of fields, from which every engine's schema is made.
