//! Bytes → text: UTF-8 only, byte order mark removed, line ends normalised to `\n`.

use super::FILE_BYTES_MAX;
use super::outcome::{Refusal, RefusalCode};

/// The text of a file. Refuses what is too large, binary or not UTF-8, with the byte where it goes wrong.
pub fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.len() > FILE_BYTES_MAX {
        let message = format!("文件超过 {} MB，请拆分后再导入", FILE_BYTES_MAX >> 20);
        return Err(Refusal::new(RefusalCode::TooLarge, message));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = "文件不是 UTF-8 文本，请另存为 UTF-8 编码后再导入";
        not_text(error.valid_up_to(), message)
    })?;
    if let Some(place) = text.find('\0') {
        return Err(not_text(place, "文件含有空字符，是二进制文件，不是文本"));
    }
    let text = text.trim_start_matches('\u{feff}');
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_string() })
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
        assert_eq!(text_of(b"a\0b").unwrap_err().code, RefusalCode::NotText);
        assert_eq!(text_of(&vec![b'a'; FILE_BYTES_MAX + 1]).unwrap_err().code, RefusalCode::TooLarge);
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
