//! Models as bytes.
//!
//! ```text
//! "FAJUASSO"            8 bytes
//! version               u32, little endian as all numbers
//! length of the header  u32
//! header                JSON: About
//! length of the words   u32
//! words                 UTF-8, one a line, sorted
//! pairs                 two u32 code points each, sorted
//! question weights      f32 a row
//! provision weights     f32 a row
//! rows                  i8, dimension × rows
//! digest                SHA-256 of everything before it
//! ```

use super::{DIMENSION_MAX, Ids, Model, ROWS_MAX, Rows, Unreadable};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Version of the format.
pub const VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"FAJUASSO";
/// Bytes of the digest.
pub(super) const DIGEST_BYTES: usize = 32;
const NUMBER_BYTES: usize = 4;

/// Where a model comes from: its header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Who made it of what, as a sentence.
    pub provenance: String,
    /// The labelled sets it was trained with.
    pub sets: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// Provisions of the corpus it was trained with.
    pub provisions: u64,
    /// Labelled questions it was trained with.
    pub questions: u64,
    /// Fingerprint of the dictionary that cut the texts.
    pub segmenter: String,
    /// Components of a vector.
    pub dimension: u32,
    /// Words that have a row.
    pub words: u32,
    /// Pairs of characters that have a row.
    pub pairs: u32,
    /// By how much the training multiplied the cosine.
    pub scale: f32,
}

impl Model {
    /// The model as bytes; the same model gives the same bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = self.content();
        bytes.extend(self.digest);
        bytes
    }

    pub(super) fn digest_of_content(&self) -> [u8; DIGEST_BYTES] {
        Sha256::digest(self.content()).into()
    }

    fn content(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        // A struct of strings and numbers is always JSON.
        let header = serde_json::to_vec(&self.about).unwrap_or_default();
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header);
        let words = self.words.join("\n");
        bytes.extend((words.len() as u32).to_le_bytes());
        bytes.extend(words.as_bytes());
        for character in self.pairs.iter().flatten() {
            bytes.extend(u32::from(*character).to_le_bytes());
        }
        for weight in self.rows.question.iter().chain(&self.rows.provision) {
            bytes.extend(weight.to_le_bytes());
        }
        bytes.extend(self.rows.components.iter().map(|component| component.cast_unsigned()));
        bytes
    }

    /// Reads a model. Whatever the bytes are, it is a model or a reason.
    pub fn read(bytes: &[u8]) -> Result<Model, Unreadable> {
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or(Unreadable::NoModel)?;
        let mut rest = Rest(rest);
        let version = rest.number()?;
        if version != VERSION {
            return Err(Unreadable::Version(version));
        }
        let kept = rest.0.len().checked_sub(DIGEST_BYTES).ok_or(Unreadable::Damaged("不完整"))?;
        let (content, stated) = rest.0.split_at(kept);
        let digest: [u8; DIGEST_BYTES] = Sha256::digest(&bytes[..bytes.len() - DIGEST_BYTES]).into();
        if digest != stated {
            return Err(Unreadable::Damaged("校验和不符"));
        }
        rest = Rest(content);
        let length = rest.number()?;
        let about: About =
            serde_json::from_slice(rest.take(length as usize)?).map_err(|_| Unreadable::Damaged("文件头有误"))?;
        let model = body(about, &mut rest, digest)?;
        if rest.0.is_empty() { Ok(model) } else { Err(Unreadable::Damaged("末尾有多余内容")) }
    }
}

/// What stands behind the header.
fn body(about: About, rest: &mut Rest<'_>, digest: [u8; DIGEST_BYTES]) -> Result<Model, Unreadable> {
    let (dimension, words, pairs) = (about.dimension as usize, about.words as usize, about.pairs as usize);
    let count = words.saturating_add(pairs);
    if dimension == 0 || dimension > DIMENSION_MAX || count > ROWS_MAX || !about.scale.is_finite() {
        return Err(Unreadable::Damaged("文件头中的大小有误"));
    }
    let length = rest.number()? as usize;
    let text = std::str::from_utf8(rest.take(length)?).map_err(|_| Unreadable::Damaged("词表不是 UTF-8"))?;
    let known: Vec<String> = if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_string).collect() };
    if known.len() != words || !known.is_sorted_by(|one, other| one < other) {
        return Err(Unreadable::Damaged("词表有误"));
    }
    let characters = rest.numbers(2 * pairs)?;
    let characters: Option<Vec<char>> = characters.map(|number| char::from_u32(u32::from_le_bytes(number))).collect();
    let characters = characters.ok_or(Unreadable::Damaged("字对有误"))?;
    let pairs: Vec<[char; 2]> = characters.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
    if !pairs.is_sorted_by(|one, other| one < other) {
        return Err(Unreadable::Damaged("字对有误"));
    }
    let mut weights = || -> Result<Vec<f32>, Unreadable> {
        let weights: Vec<f32> = rest.numbers(count)?.map(f32::from_le_bytes).collect();
        let sound = weights.iter().all(|weight| weight.is_finite());
        sound.then_some(weights).ok_or(Unreadable::Damaged("权重有误"))
    };
    let (question, provision) = (weights()?, weights()?);
    let components = rest.take(count * dimension)?.iter().map(|byte| byte.cast_signed()).collect();
    let ids = Ids::new(&known, &pairs);
    Ok(Model { about, words: known, pairs, rows: Rows { question, provision, components }, ids, digest })
}

/// The bytes that are not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Unreadable::Damaged("不完整"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Unreadable> {
        let mut numbers = self.numbers(1)?;
        numbers.next().map(u32::from_le_bytes).ok_or(Unreadable::Damaged("不完整"))
    }

    fn numbers(&mut self, count: usize) -> Result<impl Iterator<Item = [u8; NUMBER_BYTES]> + use<'a>, Unreadable> {
        let (numbers, _) = self.take(count.saturating_mul(NUMBER_BYTES))?.as_chunks::<NUMBER_BYTES>();
        Ok(numbers.iter().copied())
    }
}
