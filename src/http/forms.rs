//! Forms of pages: their fields, and where they lead.

use super::problem::Failure;
use super::query_string::{Parameters, decode};
use super::routes::{Answer, Asked};
use crate::app::{AppError, ErrorCode};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::tz::offset;

/// The fields of a form that was sent, only such as it has.
pub fn form(asked: &Asked, known: &[&str]) -> Result<Parameters, Failure> {
    let text =
        std::str::from_utf8(&asked.body).map_err(|_| AppError::new(ErrorCode::NotText, "表单不是 UTF-8 文字"))?;
    let fields = joined(text)?;
    match fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(Failure::unknown_parameter(name, known)),
        None => Ok(fields),
    }
}

/// Boxes of one name that are ticked come as one field each: they become one, with commas.
fn joined(text: &str) -> Result<Parameters, AppError> {
    let mut fields = Parameters::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        for (name, value) in decode(pair)? {
            match fields.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) => *values = format!("{values},{value}"),
                None => fields.push((name, value)),
            }
        }
    }
    Ok(fields)
}

/// A page that is fetched after a form was sent, so that looking again sends nothing twice.
pub fn see_other(place: &str) -> Answer {
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place.to_string())]).into_response())
}

/// A moment in Beijing, to the minute.
pub fn moment(seconds: i64) -> String {
    let Ok(moment) = jiff::Timestamp::from_second(seconds) else { return String::new() };
    let at = offset(8).to_datetime(moment);
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_boxes_become_one_field() {
        let fields = joined("right=read&name=%E8%84%9A%E6%9C%AC&right=review").unwrap();
        assert_eq!(fields, [("right".into(), "read,review".into()), ("name".into(), "脚本".into())]);
    }

    #[test]
    fn moments_are_those_of_beijing() {
        assert_eq!(moment(0), "1970-01-01 08:00");
    }
}
