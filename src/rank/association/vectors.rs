//! The vectors of many provisions in one block of bytes, as they lie in a file.
//!
//! ```text
//! "FAJUVECT"   8 bytes
//! dimension    u32, little endian as all numbers
//! count        u32
//! scales       f32 a vector
//! components   i8, dimension × count
//! ```

use super::vector::dot_bytes;
use super::{DIMENSION_MAX, Unreadable, Vector};
use std::ops::Deref;

const MAGIC: &[u8; 8] = b"FAJUVECT";
const HEAD_BYTES: usize = 16;
const SCALE_BYTES: usize = 4;

/// Vectors by number, read where they lie.
#[derive(Debug, Clone)]
pub struct Vectors<B> {
    bytes: B,
    dimension: usize,
    count: usize,
}

impl<B: Deref<Target = [u8]>> Vectors<B> {
    /// Takes bytes that [`VectorsWriter::finish`] made.
    ///
    /// # Errors
    /// [`Unreadable`] if they are none, or not whole.
    pub fn read(bytes: B) -> Result<Vectors<B>, Unreadable> {
        let head = bytes.get(..HEAD_BYTES).ok_or(Unreadable::Damaged("不完整"))?;
        let (magic, numbers) = head.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(Unreadable::NoModel);
        }
        let mut numbers = numbers.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number) as usize);
        let (dimension, count) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        let whole = dimension
            .checked_add(SCALE_BYTES)
            .and_then(|each| each.checked_mul(count))
            .and_then(|all| all.checked_add(HEAD_BYTES));
        if dimension > DIMENSION_MAX || whole != Some(bytes.len()) {
            return Err(Unreadable::Damaged("向量文件的长度不符"));
        }
        Ok(Vectors { bytes, dimension, count })
    }

    /// How many vectors there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The cosine between a vector and one of these; 0 if there is no such one.
    #[inline]
    pub fn cosine(&self, question: &Vector, at: usize) -> f32 {
        let Some((scale, components)) = self.get(at) else { return 0.0 };
        dot_bytes(question.components(), components) as f32 * question.scale() * scale
    }

    /// Scale and components of one vector.
    #[inline]
    fn get(&self, at: usize) -> Option<(f32, &[u8])> {
        let scales = &self.bytes[HEAD_BYTES..];
        let scale = scales.get(at * SCALE_BYTES..)?.first_chunk::<SCALE_BYTES>()?;
        let first = self.count * SCALE_BYTES + at * self.dimension;
        Some((f32::from_le_bytes(*scale), scales.get(first..first + self.dimension)?)).filter(|_| at < self.count)
    }
}

/// Puts vectors into one block.
#[derive(Debug)]
pub struct VectorsWriter {
    bytes: Vec<u8>,
    dimension: usize,
    count: usize,
}

impl VectorsWriter {
    /// Room for so many vectors; those that are not put in have length 0.
    pub fn new(dimension: usize, count: usize) -> VectorsWriter {
        let whole = HEAD_BYTES + count * (dimension + SCALE_BYTES);
        let mut bytes = Vec::with_capacity(whole);
        bytes.extend(MAGIC);
        bytes.extend((dimension as u32).to_le_bytes());
        bytes.extend((count as u32).to_le_bytes());
        bytes.resize(whole, 0);
        VectorsWriter { bytes, dimension, count }
    }

    /// Puts a vector in its place. One of another dimension, or beyond the last place, is left out.
    pub fn put(&mut self, at: usize, vector: &Vector) {
        if at >= self.count || vector.components().len() != self.dimension {
            return;
        }
        let scale = HEAD_BYTES + at * SCALE_BYTES;
        self.bytes[scale..scale + SCALE_BYTES].copy_from_slice(&vector.scale().to_le_bytes());
        let first = HEAD_BYTES + self.count * SCALE_BYTES + at * self.dimension;
        let place = &mut self.bytes[first..first + self.dimension];
        place.iter_mut().zip(vector.components()).for_each(|(byte, component)| *byte = component.cast_unsigned());
    }

    /// Takes a vector over from another block.
    pub fn copy<B: Deref<Target = [u8]>>(&mut self, at: usize, from: &Vectors<B>, place: usize) {
        let Some((scale, components)) = from.get(place).filter(|_| at < self.count && from.dimension == self.dimension)
        else {
            return;
        };
        let own = HEAD_BYTES + at * SCALE_BYTES;
        self.bytes[own..own + SCALE_BYTES].copy_from_slice(&scale.to_le_bytes());
        let first = HEAD_BYTES + self.count * SCALE_BYTES + at * self.dimension;
        self.bytes[first..first + self.dimension].copy_from_slice(components);
    }

    /// The block.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}
