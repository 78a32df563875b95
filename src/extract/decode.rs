//! Bytes → text: UTF-8, UTF-16 and UTF-32 with their marks, GB18030 (with GBK and GB2312 in it), and for web pages what they declare. Byte order
//! marks go, line ends become `\n`.

use super::FILE_BYTES_MAX;
use super::outcome::{Refusal, RefusalCode};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Bytes of a page in which it declares its encoding.
const DECLARED_WITHIN: usize = 2_048;
/// Of the characters that are not ASCII this share must be Chinese if bytes that are no UTF-8 are taken for GB18030.
const CHINESE_MIN: f64 = 0.8;

/// The text of a file. Refuses what is too large, binary or in no known encoding, with the byte where it goes wrong.
pub fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.len() > FILE_BYTES_MAX {
        let message = format!("文件超过 {} MB，请拆分后再导入", FILE_BYTES_MAX >> 20);
        return Err(Refusal::new(RefusalCode::TooLarge, message));
    }
    let text = match marked(bytes)? {
        Some(text) => text,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => chinese(bytes).ok_or_else(|| {
                let message = "文件不是 UTF-8、UTF-16、UTF-32 或 GB18030（GBK）编码的文本；请另存为 UTF-8 编码后再导入";
                not_text(error.valid_up_to(), message)
            })?,
        },
    };
    if let Some(place) = text.find('\0') {
        return Err(not_text(place, "文件含有空字符，是二进制文件，不是文本"));
    }
    Ok(plain(&text))
}

/// The text of bytes whose mark says UTF-16 or UTF-32; `None` without such a mark.
fn marked(bytes: &[u8]) -> Result<Option<Cow<'_, str>>, Refusal> {
    const MARK: usize = 4;
    // The mark of UTF-32 begins as that of UTF-16 does.
    let to_code = match bytes.first_chunk::<MARK>() {
        Some(b"\xFF\xFE\0\0") => Some(u32::from_le_bytes as fn([u8; 4]) -> u32),
        Some(b"\0\0\xFE\xFF") => Some(u32::from_be_bytes as fn([u8; 4]) -> u32),
        _ => None,
    };
    if let Some(to_code) = to_code {
        let (codes, rest) = bytes.get(MARK..).unwrap_or_default().as_chunks::<4>();
        let text = codes.iter().map(|code| char::from_u32(to_code(*code))).collect::<Option<String>>();
        return match text.filter(|_| rest.is_empty()) {
            Some(text) => Ok(Some(Cow::Owned(text))),
            None => Err(not_text(MARK, "文件标明是 UTF-32，但其中有不能解码的字节；请另存为 UTF-8 编码后再导入")),
        };
    }
    let wide = Encoding::for_bom(bytes).filter(|(encoding, _)| [UTF_16LE, UTF_16BE].contains(encoding));
    let Some((encoding, mark)) = wide else { return Ok(None) };
    let rest = bytes.get(mark..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
    let message = "文件标明是 UTF-16，但其中有不能解码的字节；请另存为 UTF-8 编码后再导入";
    text.map(Some).ok_or_else(|| not_text(mark, message))
}

/// The text of bytes that may be a web page, in the encoding that it declares; `None` if they are no text.
pub fn page_of(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARED_WITHIN).unwrap_or(bytes)).to_ascii_lowercase();
    let label = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).next());
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|encoding| *encoding != UTF_8);
    match declared {
        // A page of GB2312 has characters of GBK.
        Some(encoding) if std::str::from_utf8(bytes).is_err() => {
            let (text, _, bad) = encoding.decode(bytes);
            (!bad && !text.contains('\0')).then(|| plain(&text))
        }
        _ => text_of(bytes).ok(),
    }
}

/// Bytes as GB18030, if what comes out is Chinese.
fn chinese(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    let wide = || text.chars().filter(|c| !c.is_ascii());
    let is_chinese = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2027}');
    let own = wide().filter(is_chinese).count() as f64;
    let control = text.chars().any(|c| c.is_ascii_control() && !"\t\n\r\u{c}".contains(c));
    (!control && own >= CHINESE_MIN * wide().count() as f64).then_some(text)
}

/// Without byte order mark, with one kind of line ends.
fn plain(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_string() }
}

fn not_text(byte: usize, message: &str) -> Refusal {
    Refusal { code: RefusalCode::NotText, place: Some(format!("第{}字节", byte + 1)), message: message.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_and_the_mark_are_normalised() {
        assert_eq!(text_of("\u{feff}甲\r\n乙\r丙\n".as_bytes()).unwrap(), "甲\n乙\n丙\n");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        let refusal = text_of(b"ab\xff").unwrap_err();
        assert_eq!((refusal.code, refusal.place.as_deref()), (RefusalCode::NotText, Some("第3字节")));
        for binary in [b"a\0b".as_slice(), b"\xff\xfea\0\0\0b\0", b"\xff\xfe\0\0a\0\0\0\0\0\0\0"] {
            assert_eq!(text_of(binary).unwrap_err().code, RefusalCode::NotText, "{binary:?}");
        }
        assert_eq!(text_of(&vec![b'a'; FILE_BYTES_MAX + 1]).unwrap_err().code, RefusalCode::TooLarge);
    }

    #[test]
    fn chinese_encodings_are_read() {
        let text = "第一条　为了加强渡口管理，制定本办法。\n";
        let (gbk, _, _) = GB18030.encode(text);
        assert_eq!(text_of(&gbk).unwrap(), text);
        let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&wide).unwrap(), text);
        assert_eq!(text_of(&wide[..wide.len() - 1]).unwrap_err().code, RefusalCode::NotText);
        for to_bytes in [u32::to_le_bytes, u32::to_be_bytes] {
            let long = ['\u{feff}'].into_iter().chain(text.chars());
            let long: Vec<u8> = long.flat_map(|c| to_bytes(u32::from(c))).collect();
            assert_eq!(text_of(&long).unwrap(), text);
            assert_eq!(text_of(&long[..long.len() - 1]).unwrap_err().code, RefusalCode::NotText);
        }
        let page = [b"<html><meta charset=\"gb2312\"><p>".as_slice(), &gbk].concat();
        assert_eq!(page_of(&page).unwrap(), format!("<html><meta charset=\"gb2312\"><p>{text}"));
        assert_eq!(text_of(b"caf\xe9 cr\xe8me").unwrap_err().code, RefusalCode::NotText, "no Chinese");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(text) = text_of(&bytes) {
                prop_assert!(!text.contains('\r') && !text.contains('\0'));
            }
        }
    }
}
