//! Vectors of whole numbers: small to store and fast to compare.

/// Bytes of the scale in front of the components.
const SCALE_BYTES: usize = 4;
/// The largest component.
const LARGEST: f32 = 127.0;

/// A vector of length 1 (or 0), as whole numbers with one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    scale: f32,
    components: Vec<i8>,
}

impl Vector {
    /// The direction of some values.
    pub fn of(values: &[f32]) -> Vector {
        let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        let (largest, components) = rounded(values);
        let scale = if length > 0.0 && length.is_finite() { largest / length } else { 0.0 };
        Vector { scale, components }
    }

    /// The cosine between two vectors; 0 if one of them has length 0 or another dimension.
    pub fn cosine(&self, other: &Vector) -> f32 {
        if self.components.len() != other.components.len() {
            return 0.0;
        }
        dot(&self.components, &other.components) as f32 * self.scale * other.scale
    }

    /// Value of one unit of the components.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The components.
    pub fn components(&self) -> &[i8] {
        &self.components
    }

    /// As stored: the scale (little endian), then one byte a component.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SCALE_BYTES + self.components.len());
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(self.components.iter().map(|component| component.cast_unsigned()));
        bytes
    }

    /// From stored bytes; `None` if they are none of a vector.
    pub fn from_bytes(bytes: &[u8]) -> Option<Vector> {
        let (scale, components) = bytes.split_first_chunk::<SCALE_BYTES>()?;
        let scale = f32::from_le_bytes(*scale);
        let sound = scale.is_finite() && scale >= 0.0;
        sound.then(|| Vector { scale, components: components.iter().map(|byte| byte.cast_signed()).collect() })
    }
}

/// Values as whole numbers, with the value of one unit.
pub(in crate::rank) fn rounded(values: &[f32]) -> (f32, Vec<i8>) {
    let largest = values.iter().fold(0f32, |largest, value| largest.max(value.abs()));
    if largest <= 0.0 || !largest.is_finite() {
        return (0.0, vec![0; values.len()]);
    }
    let unit = largest / LARGEST;
    (unit, values.iter().map(|value| (value / unit).round().clamp(-LARGEST, LARGEST) as i8).collect())
}

/// The sum of products; of the shorter length. Written so that the compiler makes vector instructions of it.
pub fn dot(one: &[i8], other: &[i8]) -> i32 {
    const LANES: usize = 32;
    let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: i32 = product(ones.remainder(), others.remainder());
    rest + ones.zip(others).map(|(one, other)| product(one, other)).sum::<i32>()
}

#[inline]
fn product(one: &[i8], other: &[i8]) -> i32 {
    one.iter().zip(other).map(|(one, other)| i32::from(*one) * i32::from(*other)).sum()
}
