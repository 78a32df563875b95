//! YAML front matter of Markdown files.

use serde_json::{Map, Value};

/// Splits a text into its front matter (between two lines `---`) and its body; `None` if it has none.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("---\n")?;
    if let Some(body) = inside.strip_prefix("---\n") {
        return Some(("", body));
    }
    let end = inside.find("\n---\n").or_else(|| inside.ends_with("\n---").then(|| inside.len() - 4))?;
    Some((inside.get(..end)?, inside.get(end + 5..).unwrap_or("")))
}

/// The keys and values, dates as text. The error is a Chinese message and the line in the file, from 1.
pub fn fields(yaml: &str) -> Result<Map<String, Value>, (String, usize)> {
    if yaml.trim().is_empty() {
        return Ok(Map::new());
    }
    match serde_norway::from_str::<Value>(yaml) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(("文首的 YAML 不是“键: 值”的形式".to_string(), 2)),
        Err(error) => {
            let line = error.location().map_or(2, |place| place.line() + 1);
            Err(("文首的 YAML 无法读懂，请检查缩进、冒号和引号".to_string(), line))
        }
    }
}

/// Line of the file where a key stands, from 1; the first line of the front matter if it is not found.
pub fn line_of(yaml: &str, key: &str) -> usize {
    let found = yaml.split('\n').position(|line| {
        let name = line.split_once(':').map_or("", |(name, _)| name.trim().trim_matches(['"', '\'']));
        name == key
    });
    found.map_or(2, |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn front_matter_is_split_and_read() {
        let (yaml, body) = split("---\ntitle: 甲\nfiled_on: 2020-01-02\n---\n正文").unwrap();
        assert_eq!(body, "正文");
        assert_eq!(fields(yaml).unwrap()["filed_on"], "2020-01-02");
        assert_eq!(line_of(yaml, "filed_on"), 3);
        assert!(split("正文").is_none());
        assert!(split("---\n正文").is_none());
        assert_eq!(split("---\na: 1\n---"), Some(("a: 1", "")));
        assert!(fields("a: [").unwrap_err().1 > 0);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-\na-z: \\[\\{\"第]{0,60}") {
            if let Some((yaml, _)) = split(&text) {
                let _ = fields(yaml);
                let _ = line_of(yaml, "a");
            }
        }
    }
}
