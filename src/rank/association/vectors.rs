//! The vectors of many provisions in one block of bytes, as they lie in a file.
//!
//! A component takes four bits: of 256 of them the errors even out, and half of the bytes need not be read. The first half of
//! the components stands in the lower bits, the second half in the upper ones, so that both are taken apart by the same
//! instructions.
//!
//! ```text
//! "FAJUVEC4"   8 bytes
//! dimension    u32, little endian as all numbers
//! count        u32
//! scales       f32 a vector
//! components   dimension / 2 bytes a vector
//! ```

use super::{DIMENSION_MAX, Unreadable, Vector};
use std::ops::Deref;

const MAGIC: &[u8; 8] = b"FAJUVEC4";
const HEAD_BYTES: usize = 16;
const SCALE_BYTES: usize = 4;
/// The largest component; in four bits it stands above [`MIDDLE`].
const LARGEST: i16 = 7;
/// What stands for 0.
const MIDDLE: i16 = 8;

/// A vector that many are compared with.
#[derive(Debug, Clone)]
pub struct Probe {
    components: Vec<i16>,
    scale: f32,
}

impl Probe {
    /// Of a vector.
    pub fn of(vector: &Vector) -> Probe {
        Probe { components: vector.components().iter().copied().map(i16::from).collect(), scale: vector.scale() }
    }
}

/// Vectors by number, read where they lie.
#[derive(Debug, Clone)]
pub struct Vectors<B> {
    bytes: B,
    dimension: usize,
    /// Bytes of the components of a vector.
    half: usize,
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
        let half = dimension / 2;
        let whole = half
            .checked_add(SCALE_BYTES)
            .and_then(|each| each.checked_mul(count))
            .and_then(|all| all.checked_add(HEAD_BYTES));
        if dimension > DIMENSION_MAX || dimension % 2 != 0 || whole != Some(bytes.len()) {
            return Err(Unreadable::Damaged("向量文件的长度不符"));
        }
        Ok(Vectors { bytes, dimension, half, count })
    }

    /// How many vectors there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The cosine between a question and one of these; 0 if there is no such one, or of another dimension.
    #[inline]
    pub fn cosine(&self, question: &Probe, at: usize) -> f32 {
        let Some((scale, packed)) = self.get(at) else { return 0.0 };
        if question.components.len() != self.dimension {
            return 0.0;
        }
        let (first, second) = question.components.split_at(self.half);
        dot_packed(first, second, packed) as f32 * question.scale * scale
    }

    /// Adds a vector to a sum.
    pub fn add(&self, at: usize, sum: &mut [f32]) {
        if let Some((scale, packed)) = self.get(at) {
            let parts =
                packed.iter().map(|byte| i16::from(byte & 15)).chain(packed.iter().map(|byte| i16::from(byte >> 4)));
            sum.iter_mut().zip(parts).for_each(|(sum, part)| *sum += f32::from(part - MIDDLE) * scale);
        }
    }

    /// Scale and packed components of one vector.
    #[inline]
    fn get(&self, at: usize) -> Option<(f32, &[u8])> {
        let scales = &self.bytes[HEAD_BYTES..];
        let scale = scales.get(at * SCALE_BYTES..)?.first_chunk::<SCALE_BYTES>()?;
        let first = self.count * SCALE_BYTES + at * self.half;
        Some((f32::from_le_bytes(*scale), scales.get(first..first + self.half)?)).filter(|_| at < self.count)
    }
}

/// Puts vectors into one block.
#[derive(Debug)]
pub struct VectorsWriter {
    bytes: Vec<u8>,
    dimension: usize,
    half: usize,
    count: usize,
}

impl VectorsWriter {
    /// Room for so many vectors; those that are not put in have length 0. The dimension is even.
    pub fn new(dimension: usize, count: usize) -> VectorsWriter {
        let half = dimension / 2;
        let whole = HEAD_BYTES + count * (half + SCALE_BYTES);
        let mut bytes = Vec::with_capacity(whole);
        bytes.extend(MAGIC);
        bytes.extend((2 * half as u32).to_le_bytes());
        bytes.extend((count as u32).to_le_bytes());
        bytes.resize(whole, 0);
        VectorsWriter { bytes, dimension: 2 * half, half, count }
    }

    /// Puts a vector in its place. One of another dimension, or beyond the last place, is left out.
    pub fn put(&mut self, at: usize, vector: &Vector) {
        let components = vector.components();
        if components.len() != self.dimension {
            return;
        }
        let scale = vector.scale() * f32::from(i8::MAX) / f32::from(LARGEST);
        let (first, second) = components.split_at(self.half);
        let packed = first.iter().zip(second).map(|(first, second)| nibble(*first) | nibble(*second) << 4);
        self.place(at, scale, packed);
    }

    /// Takes a vector over from another block.
    pub fn copy<B: Deref<Target = [u8]>>(&mut self, at: usize, from: &Vectors<B>, place: usize) {
        if let Some((scale, packed)) = from.get(place).filter(|_| from.dimension == self.dimension) {
            self.place(at, scale, packed.iter().copied());
        }
    }

    fn place(&mut self, at: usize, scale: f32, packed: impl Iterator<Item = u8>) {
        if at >= self.count {
            return;
        }
        let own = HEAD_BYTES + at * SCALE_BYTES;
        self.bytes[own..own + SCALE_BYTES].copy_from_slice(&scale.to_le_bytes());
        let first = HEAD_BYTES + self.count * SCALE_BYTES + at * self.half;
        self.bytes[first..first + self.half].iter_mut().zip(packed).for_each(|(byte, packed)| *byte = packed);
    }

    /// The block.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A component in four bits.
fn nibble(component: i8) -> u8 {
    let level = (f32::from(component) * f32::from(LARGEST) / f32::from(i8::MAX)).round() as i16;
    (level + MIDDLE) as u8
}

/// The sum of products of two halves of a question with packed components. Written so that the compiler makes vector
/// instructions of it: numbers of 16 bits, of whose products most processors add up several at once, in short stretches.
#[inline]
fn dot_packed(first: &[i16], second: &[i16], packed: &[u8]) -> i32 {
    const LANES: usize = 32;
    let product = |one: i16, level: u8| i32::from(one) * i32::from(i16::from(level) - MIDDLE);
    let part = |first: &[i16], second: &[i16], packed: &[u8]| -> i32 {
        let lower: i32 = first.iter().zip(packed).map(|(one, byte)| product(*one, byte & 15)).sum();
        let upper: i32 = second.iter().zip(packed).map(|(one, byte)| product(*one, byte >> 4)).sum();
        lower + upper
    };
    let (firsts, seconds, bytes) = (first.chunks_exact(LANES), second.chunks_exact(LANES), packed.chunks_exact(LANES));
    let rest = part(firsts.remainder(), seconds.remainder(), bytes.remainder());
    rest + firsts.zip(seconds).zip(bytes).map(|((first, second), bytes)| part(first, second, bytes)).sum::<i32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::random::Random;

    fn vectors(count: usize) -> Vec<Vector> {
        let mut random = Random(7);
        let mut vector = || Vector::of(&(0..256).map(|_| random.below(2000) as f32 - 1000.0).collect::<Vec<_>>());
        (0..count).map(|_| vector()).collect()
    }

    #[test]
    fn four_bits_keep_the_cosine() {
        let vectors = vectors(40);
        let mut writer = VectorsWriter::new(256, 41);
        vectors.iter().enumerate().for_each(|(at, vector)| writer.put(at, vector));
        let packed = Vectors::read(writer.finish()).unwrap();
        assert_eq!(packed.count(), 41);
        for (at, one) in vectors.iter().enumerate() {
            assert!((packed.cosine(&Probe::of(one), at) - 1.0).abs() < 0.02);
            for (place, other) in vectors.iter().enumerate() {
                let (told, exact) = (packed.cosine(&Probe::of(one), place), one.cosine(other));
                assert!((told - exact).abs() < 0.03, "{told} {exact}");
            }
            assert_eq!(
                (packed.cosine(&Probe::of(one), 40), packed.cosine(&Probe::of(one), 41)),
                (0.0, 0.0),
                "empty, and none"
            );
        }
        let mut copy = VectorsWriter::new(256, 1);
        copy.copy(0, &packed, 3);
        assert_eq!(
            Vectors::read(copy.finish()).unwrap().cosine(&Probe::of(&vectors[3]), 0),
            packed.cosine(&Probe::of(&vectors[3]), 3)
        );
        let mut sum = vec![0.0; 256];
        packed.add(3, &mut sum);
        assert!(Vector::of(&sum).cosine(&vectors[3]) > 0.99);
    }

    #[test]
    fn what_is_no_block_is_refused() {
        let mut writer = VectorsWriter::new(256, 2);
        vectors(2).iter().enumerate().for_each(|(at, vector)| writer.put(at, vector));
        writer.put(0, &Vector::of(&[1.0, 2.0]));
        let bytes = writer.finish();
        for end in 0..bytes.len() {
            assert!(Vectors::read(&bytes[..end]).is_err());
        }
        assert_eq!(Vectors::read(&[0u8; 16][..]).err(), Some(Unreadable::NoModel));
    }
}
