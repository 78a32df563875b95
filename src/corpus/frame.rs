//! Frames as bytes: packing lines, unpacking them again, and finding where a frame ends. No file is touched here.

use super::error::Flaw;
use super::mark::{self, Mark};
use std::io;
use zstd::zstd_safe::{self, CParameter};

/// Longest line, in bytes.
pub const LINE_BYTES_MAX: usize = 64 << 20;

/// Largest content of a frame, in bytes. A frame that claims more is refused before anything is allocated.
pub const FRAME_BYTES_MAX: usize = LINE_BYTES_MAX + (8 << 20);

/// Most that a writer may be told to put into one frame. It puts in up to twice as much and then one more line, and that
/// must stay below [`FRAME_BYTES_MAX`].
pub(super) const FRAME_TARGET_MAX: usize = 3 << 20;

/// Level of compression, measured on the whole of LawRefBook (docs/journal.md).
const LEVEL: i32 = 5;

/// First bytes of a frame, in the order of the file.
pub(super) const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// The bit of the frame header that says that a checksum follows.
const CHECKSUM_BIT: u8 = 0b100;

/// What zstd answers when a frame goes on after the end of the bytes: its error numbers are negated.
const TOO_FEW_BYTES: usize = (zstd_safe::zstd_sys::ZSTD_ErrorCode::ZSTD_error_srcSize_wrong as usize).wrapping_neg();

/// One frame or mark, unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Whole lines.
    Lines(String),
    /// A mark.
    Mark(Mark),
}

/// Packs whole lines into one frame with content size and checksum.
pub(super) fn pack(lines: &[u8]) -> io::Result<Vec<u8>> {
    pack_at(LEVEL, lines)
}

/// The same at another level.
pub(super) fn pack_at(level: i32, lines: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(level)?;
    compressor.set_parameter(CParameter::ChecksumFlag(true))?;
    compressor.set_parameter(CParameter::ContentSizeFlag(true))?;
    compressor.compress(lines)
}

/// How many bytes the frame at the start of `bytes` takes.
///
/// [`Flaw::Truncated`] if it goes on after the end of `bytes`, so that more of them may help.
pub(super) fn length(bytes: &[u8]) -> Result<usize, Flaw> {
    let magic = bytes.get(..4).ok_or(Flaw::Truncated)?;
    if magic == mark::MAGIC {
        return mark_length(bytes);
    }
    if magic != MAGIC {
        return Err(Flaw::NoFrame);
    }
    match zstd_safe::find_frame_compressed_size(bytes) {
        Ok(length) => Ok(length),
        Err(code) if code == TOO_FEW_BYTES => Err(Flaw::Truncated),
        Err(_) => Err(Flaw::NoFrame),
    }
}

fn mark_length(bytes: &[u8]) -> Result<usize, Flaw> {
    let stated = bytes.get(4..mark::PREFIX_BYTES).and_then(|size| size.try_into().ok()).ok_or(Flaw::Truncated)?;
    let content = u32::from_le_bytes(stated) as usize;
    if content > mark::CONTENT_BYTES_MAX {
        return Err(Flaw::TooLarge(content as u64));
    }
    let length = mark::PREFIX_BYTES + content;
    if bytes.len() < length { Err(Flaw::Truncated) } else { Ok(length) }
}

/// Unpacks exactly one frame or mark and proves its checksum.
pub(super) fn unpack(frame: &[u8]) -> Result<Content, Flaw> {
    if frame.starts_with(&mark::MAGIC) {
        let content = frame.get(mark::PREFIX_BYTES..).ok_or(Flaw::Truncated)?;
        return Mark::read(content).map(Content::Mark).ok_or(Flaw::Unexpected);
    }
    let size = claimed_size(frame)?;
    let mut unpacker = zstd::bulk::Decompressor::new().map_err(|_| Flaw::Checksum)?;
    let lines = unpacker.decompress(frame, size).map_err(|_| Flaw::Checksum)?;
    if lines.len() != size {
        return Err(Flaw::Checksum);
    }
    let lines = String::from_utf8(lines).map_err(|_| Flaw::NotLines)?;
    if lines.ends_with('\n') { Ok(Content::Lines(lines)) } else { Err(Flaw::NotLines) }
}

/// The content size that the header claims, if it may be believed.
fn claimed_size(frame: &[u8]) -> Result<usize, Flaw> {
    if !frame.starts_with(&MAGIC) {
        return Err(Flaw::NoFrame);
    }
    let descriptor = *frame.get(4).ok_or(Flaw::Truncated)?;
    let size = zstd_safe::get_frame_content_size(frame).map_err(|_| Flaw::NoFrame)?.ok_or(Flaw::Unguarded)?;
    if descriptor & CHECKSUM_BIT == 0 {
        return Err(Flaw::Unguarded);
    }
    let believed = usize::try_from(size).ok().filter(|size| *size <= FRAME_BYTES_MAX);
    believed.ok_or(Flaw::TooLarge(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_lines_come_back() {
        let lines = "{\"a\":\"条\"}\n".repeat(1000);
        let frame = pack(lines.as_bytes()).unwrap();
        assert_eq!(length(&frame).unwrap(), frame.len());
        assert_eq!(unpack(&frame).unwrap(), Content::Lines(lines));
    }

    #[test]
    fn every_shorter_frame_is_truncated() {
        let frame = pack(b"{\"a\":1}\n").unwrap();
        for cut in 0..frame.len() {
            assert_eq!(length(&frame[..cut]), Err(Flaw::Truncated), "{cut}");
            assert!(unpack(&frame[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_huge_claim_is_refused() {
        // Single segment, content size of eight bytes: 2^62.
        let mut frame = MAGIC.to_vec();
        frame.push(0b1110_0100);
        frame.extend_from_slice(&(1u64 << 62).to_le_bytes());
        frame.extend_from_slice(&[1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(unpack(&frame), Err(Flaw::TooLarge(1 << 62)));
        let mut mark = mark::MAGIC.to_vec();
        mark.extend_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(length(&mark), Err(Flaw::TooLarge(u64::from(u32::MAX))));
    }

    #[test]
    fn a_frame_without_guards_is_refused() {
        let plain = zstd::bulk::compress(b"{}\n", 3).unwrap();
        assert_eq!(unpack(&plain), Err(Flaw::Unguarded));
        let streamed = zstd::stream::encode_all(&b"{}\n"[..], 3).unwrap();
        assert_eq!(unpack(&streamed), Err(Flaw::Unguarded));
        assert_eq!(unpack(&pack(b"{}").unwrap()), Err(Flaw::NotLines));
        assert_eq!(unpack(&pack(b"\xff\n").unwrap()), Err(Flaw::NotLines));
    }
}
