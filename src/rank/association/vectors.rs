//! The vectors of many provisions in one block of bytes, as they lie in a file.
//!
//! A component takes four bits: of 256 of them the errors even out, and half of the bytes need not be read. The first half of
//! the components stands in the lower bits, the second half in the upper ones, so that both are taken apart by the same
//! instructions.
//!
//! To find the nearest without reading everything, each vector has a signature: one bit a component, set where it is not
//! negative. The nearest are among those whose signatures differ least.
//!
//! ```text
//! "FAJUVEC5"   8 bytes
//! dimension    u32, little endian as all numbers
//! count        u32
//! signatures   a bit a component, in whole u64
//! scales       f32 a vector
//! components   dimension / 2 bytes a vector
//! ```

use super::{DIMENSION_MAX, Unreadable, Vector};
use std::ops::Deref;

const MAGIC: &[u8; 8] = b"FAJUVEC5";
const HEAD_BYTES: usize = 16;
const SCALE_BYTES: usize = 4;
const WORD_BYTES: usize = 8;
/// More vectors than any segment has provisions, and few enough to reckon with.
const COUNT_MAX: usize = 1 << 31;
/// The largest component; in four bits it stands above [`MIDDLE`].
const LARGEST: i16 = 7;
/// What stands for 0.
const MIDDLE: i16 = 8;

/// A vector that many are compared with.
#[derive(Debug, Clone)]
pub struct Probe {
    components: Vec<i16>,
    /// [`MIDDLE`] times their sum: what packed components count too much.
    surplus: i32,
    scale: f32,
    signature: Vec<u8>,
}

impl Probe {
    /// Of a vector.
    pub fn of(vector: &Vector) -> Probe {
        let components = vector.components();
        Probe {
            surplus: i32::from(MIDDLE) * components.iter().copied().map(i32::from).sum::<i32>(),
            components: components.iter().copied().map(i16::from).collect(),
            scale: vector.scale(),
            signature: signature(components.iter().map(|component| *component >= 0)),
        }
    }
}

/// Vectors by number, read where they lie.
#[derive(Debug, Clone)]
pub struct Vectors<B> {
    bytes: B,
    layout: Layout,
}

/// Where everything of a block lies.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Layout {
    dimension: usize,
    count: usize,
}

impl Layout {
    /// Bytes of the components of a vector.
    fn half(self) -> usize {
        self.dimension / 2
    }

    /// Bytes of a signature.
    fn signature(self) -> usize {
        self.dimension.div_ceil(8 * WORD_BYTES) * WORD_BYTES
    }

    fn first_scale(self) -> usize {
        HEAD_BYTES + self.count * self.signature()
    }

    fn first_component(self) -> usize {
        self.first_scale() + self.count * SCALE_BYTES
    }

    /// Bytes of the block.
    fn whole(self) -> usize {
        self.first_component() + self.count * self.half()
    }

    /// Whether a block of such numbers can be.
    fn is_sound(self) -> bool {
        self.dimension <= DIMENSION_MAX && self.dimension.is_multiple_of(2) && self.count <= COUNT_MAX
    }
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
        let layout = Layout { dimension, count };
        if !layout.is_sound() || layout.whole() != bytes.len() {
            return Err(Unreadable::Damaged("向量文件的长度不符"));
        }
        Ok(Vectors { bytes, layout })
    }

    /// How many vectors there are.
    pub fn count(&self) -> usize {
        self.layout.count
    }

    /// In how many bits the signature of each differs from that of a question, in their order; none if the question is of
    /// another dimension. Written so that the compiler makes vector instructions of it.
    pub fn distances(&self, question: &Probe) -> Vec<u16> {
        let Layout { count, dimension } = self.layout;
        if question.components.len() != dimension {
            return Vec::new();
        }
        let signatures = &self.bytes[HEAD_BYTES..HEAD_BYTES + count * self.layout.signature()];
        match question.signature.as_chunks::<WORD_BYTES>().0 {
            [a, b, c, d] => differing(signatures.as_chunks::<{ 4 * WORD_BYTES }>().0, [a, b, c, d].map(word)),
            [a, b] => differing(signatures.as_chunks::<{ 2 * WORD_BYTES }>().0, [a, b].map(word)),
            words => {
                let one = |own: &[u8]| differing_bits(own.as_chunks::<WORD_BYTES>().0, words.iter().map(word)) as u16;
                signatures.chunks_exact(self.layout.signature().max(1)).map(one).collect()
            }
        }
    }

    /// The cosine between a question and one of these; 0 if there is no such one, or of another dimension.
    #[inline]
    pub fn cosine(&self, question: &Probe, at: usize) -> f32 {
        let Some((scale, packed)) = self.get(at) else { return 0.0 };
        if question.components.len() != self.layout.dimension {
            return 0.0;
        }
        let (first, second) = question.components.split_at(self.layout.half());
        (dot_packed(first, second, packed) - question.surplus) as f32 * question.scale * scale
    }

    /// Scale and packed components of one vector.
    #[inline]
    fn get(&self, at: usize) -> Option<(f32, &[u8])> {
        let (layout, half) = (self.layout, self.layout.half());
        let scale = self.bytes.get(layout.first_scale() + at * SCALE_BYTES..)?.first_chunk::<SCALE_BYTES>()?;
        let first = layout.first_component() + at * half;
        Some((f32::from_le_bytes(*scale), self.bytes.get(first..first + half)?)).filter(|_| at < layout.count)
    }
}

/// Puts vectors into one block.
#[derive(Debug)]
pub struct VectorsWriter {
    bytes: Vec<u8>,
    layout: Layout,
}

impl VectorsWriter {
    /// Room for so many vectors; those that are not put in have length 0. The dimension is even.
    pub fn new(dimension: usize, count: usize) -> VectorsWriter {
        let layout = Layout { dimension: dimension / 2 * 2, count };
        let mut bytes = Vec::with_capacity(layout.whole());
        bytes.extend(MAGIC);
        bytes.extend((layout.dimension as u32).to_le_bytes());
        bytes.extend((count as u32).to_le_bytes());
        bytes.resize(layout.whole(), 0);
        VectorsWriter { bytes, layout }
    }

    /// Puts a vector in its place. One of another dimension, or beyond the last place, is left out.
    pub fn put(&mut self, at: usize, vector: &Vector) {
        let components = vector.components();
        if components.len() != self.layout.dimension {
            return;
        }
        let scale = vector.scale() * f32::from(i8::MAX) / f32::from(LARGEST);
        let (first, second) = components.split_at(self.layout.half());
        let packed = first.iter().zip(second).map(|(first, second)| nibble(*first) | nibble(*second) << 4);
        self.place(at, scale, &packed.collect::<Vec<_>>());
    }

    /// Takes a vector over from another block.
    pub fn copy<B: Deref<Target = [u8]>>(&mut self, at: usize, from: &Vectors<B>, place: usize) {
        if let Some((scale, packed)) = from.get(place).filter(|_| from.layout.dimension == self.layout.dimension) {
            self.place(at, scale, packed);
        }
    }

    fn place(&mut self, at: usize, scale: f32, packed: &[u8]) {
        let layout = self.layout;
        if at >= layout.count {
            return;
        }
        let is_positive = |level: u8| i16::from(level) >= MIDDLE;
        let lower = packed.iter().map(|byte| is_positive(byte & 15));
        let signature = signature(lower.chain(packed.iter().map(|byte| is_positive(byte >> 4))));
        let mut put = |first: usize, bytes: &[u8]| self.bytes[first..first + bytes.len()].copy_from_slice(bytes);
        put(HEAD_BYTES + at * layout.signature(), &signature);
        put(layout.first_scale() + at * SCALE_BYTES, &scale.to_le_bytes());
        put(layout.first_component() + at * layout.half(), packed);
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

/// One bit a component, in whole words.
fn signature(positive: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (place, is_positive) in positive.enumerate() {
        if place % (8 * WORD_BYTES) == 0 {
            bytes.resize(bytes.len() + WORD_BYTES, 0);
        }
        bytes[place / 8] |= u8::from(is_positive) << (place % 8);
    }
    bytes
}

fn word(bytes: &[u8; WORD_BYTES]) -> u64 {
    u64::from_le_bytes(*bytes)
}

/// In how many bits words differ.
#[inline]
fn differing_bits(own: &[[u8; WORD_BYTES]], others: impl Iterator<Item = u64>) -> u32 {
    own.iter().zip(others).map(|(own, other)| (word(own) ^ other).count_ones()).sum()
}

/// In how many bits each signature differs from one.
fn differing<const BYTES: usize, const WORDS: usize>(signatures: &[[u8; BYTES]], one: [u64; WORDS]) -> Vec<u16> {
    signatures.iter().map(|own| differing_bits(own.as_chunks::<WORD_BYTES>().0, one.into_iter()) as u16).collect()
}

/// The sum of products of two halves of a question with packed components as they stand, [`MIDDLE`] too much each. Written
/// so that the compiler makes vector instructions of it: numbers of 16 bits, of whose products most processors add up several
/// at once, in short stretches.
#[inline]
fn dot_packed(first: &[i16], second: &[i16], packed: &[u8]) -> i32 {
    const LANES: usize = 32;
    let product = |one: i16, level: u8| i32::from(one) * i32::from(i16::from(level));
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
        let question = Probe::of(&vectors[3]);
        let distances = packed.distances(&question);
        assert_eq!((distances.len(), distances[3] <= 8), (41, true), "small negative components are rounded to 0");
        assert!(distances.iter().enumerate().all(|(at, distance)| at == 3 || *distance > 64));
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
