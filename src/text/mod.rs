//! Pure: characters, folding, numerals, words, highlights. Knows no law.
//!
//! | module | what it does |
//! |---|---|
//! | [`excerpt`] | where spans of a text stand in a longer one, of which lines are left out |
//! | [`fold`] | makes two ways of writing one text equal, with a map back to the text as received |
//! | [`pairs`] | neighbouring characters of folded text: what phrases are found by |
//! | [`words`] | Chinese words of folded text: what ranks |
//! | [`numerals`] | Chinese and Arabic numerals to numbers and back |
//! | [`pinyin`] | initials of pinyin, as names are typed |
//! | [`readings`] | how characters are read aloud: pinyin in full or begun, what sounds alike |
//! | [`lines`] | many short texts, found by any piece of them, by pinyin and by near misses |
//! | [`pile`] | many short texts one behind the other, looked through as a whole |
//! | [`mark`] | HTML with the matched places marked |
//! | [`json`] | JSON that people wrote: no name twice, faults told in Chinese |
//! | [`table`] | tables of text with merged cells, whatever they were read from |
//! | [`points`] | byte offsets (inside the program) and code points (outside) |

pub mod excerpt;
pub mod fold;
pub mod json;
#[cfg(test)]
pub mod linear;
pub mod lines;
pub mod mark;
pub mod numerals;
pub mod pairs;
pub mod pile;
pub mod pinyin;
pub mod points;
pub mod readings;
pub mod table;
pub mod words;
