//! YAML front matter of Markdown files.

use serde_json::{Map, Value};

/// A line of the front matter that says that the text below it stands as it is, without any mark of Markdown.
const VERBATIM: &str = "# 正文：原样，其中的星号、井号等都是文字";

/// A document as front matter (without its field `text`) and text, from which reading makes the same document. The remarks
/// are for people: they stand as comments, and are not read.
pub fn written(remarks: &[(&str, &str)], fields: &Map<String, Value>, text: &str) -> String {
    let mut out = String::from("---\n");
    for (name, said) in remarks {
        // YAML knows no way of writing such a character in a comment.
        out.push_str(&format!("# {name}：{}\n", said.replace(|c| !is_plain(c), " ")));
    }
    out.push_str(VERBATIM);
    out.push('\n');
    for (field, value) in fields.iter().filter(|(field, _)| field.as_str() != "text") {
        out.push_str(&format!("{field}: {}\n", quoted(value)));
    }
    out.push_str("---\n");
    out.push_str(text);
    out.push('\n');
    out
}

/// JSON of a value, which is YAML once the characters that YAML does not know in strings are written as numbers.
fn quoted(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        if is_plain(c) { out.push(c) } else { out.push_str(&format!("\\u{:04x}", u32::from(c))) }
    }
    out
}

/// Whether YAML takes a character as it is, and not for a line end either. All that it does not have four digits.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text with this front matter stands as it is.
pub fn is_verbatim(yaml: &str) -> bool {
    yaml.lines().any(|line| line == VERBATIM)
}

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

    #[test]
    fn what_is_written_is_yaml_whatever_it_says() {
        let title = "云桥县\u{1}渡\u{85}口\u{2028}\u{7f}\u{feff}“😀”\n# 办法";
        let Value::Object(stated) = serde_json::json!({ "title": title, "history": ["a: b"], "text": "x" }) else {
            panic!()
        };
        let file = written(&[("引用", title)], &stated, "正文\n---\n");
        let (yaml, text) = split(&file).unwrap();
        assert!(is_verbatim(yaml) && !is_verbatim("title: 甲"));
        assert_eq!(text, "正文\n---\n\n");
        let read = fields(yaml).unwrap();
        assert_eq!((read["title"].as_str(), read["history"][0].as_str(), read.len()), (Some(title), Some("a: b"), 2));
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
