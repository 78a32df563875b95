//! Parameters of a request: decoded strictly, because an unreadable one must not become another question.

use crate::app::{AppError, ErrorCode};
use jiff::civil::Date;

/// Parameters in order.
pub type Parameters = Vec<(String, String)>;

/// Decodes `a=1&b=2`. A broken percent sign, text that is no UTF-8 and a repeated name are errors.
pub fn decode(raw: &str) -> Result<Parameters, AppError> {
    let mut parameters: Parameters = Vec::new();
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name, "?")?;
        let value = decoded(value, &name)?;
        if parameters.iter().any(|(known, _)| *known == name) {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, &name, "写了不止一次；多个值用逗号并列"));
        }
        parameters.push((name, value));
    }
    Ok(parameters)
}

fn decoded(text: &str, name: &str) -> Result<String, AppError> {
    let broken = || AppError::parameter(ErrorCode::InvalidParameter, name, "百分号编码有误，须为 UTF-8");
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let digits = text.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|d| d.is_ascii_hexdigit()));
                out.push(digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).ok_or_else(broken)?);
                at += 2;
            }
            other => out.push(*other),
        }
        at += 1;
    }
    String::from_utf8(out).map_err(|_| broken())
}

/// Encodes text for a query string or, with `/` and `@` kept, for the path of an id.
pub fn encode(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// An id as part of a path.
pub fn encode_id(id: &str) -> String {
    encode(id, "/@")
}

/// A date written `2024-01-31` and nothing else.
pub fn date(name: &str, value: &str) -> Result<Date, AppError> {
    let written = value.len() == 10;
    value
        .parse()
        .ok()
        .filter(|_| written)
        .ok_or_else(|| AppError::parameter(ErrorCode::InvalidParameter, name, "须为实有的日期，写作 2024-01-31"))
}

/// The value of a parameter, if it is there.
pub fn value<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn broken_encodings_and_repetitions_are_errors() {
        for raw in ["q=%", "q=%4", "q=%zz", "q=%ff", "q=%+1", "q=a&q=b", "%E5=1", "q=%4\u{6cd5}"] {
            assert_eq!(decode(raw).map_err(|error| error.code), Err(ErrorCode::InvalidParameter), "{raw}");
        }
        assert_eq!(decode("a=%E6%B3%95+b&&c").unwrap(), [("a".into(), "法 b".into()), ("c".into(), "".into())]);
    }

    #[test]
    fn a_date_has_one_form() {
        assert!(date("as_of", "2024-02-29").is_ok());
        for wrong in ["2023-02-29", "20240229", "2024-2-29", "2024-02-29T00:00", "今天", ""] {
            assert!(date("as_of", wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(name in "[a-z]{1,5}", value in any::<String>(), any in any::<String>()) {
            prop_assert_eq!(decode(&format!("{name}={}", encode(&value, ""))).unwrap(), [(name, value)]);
            let _ = decode(&any);
        }
    }
}
