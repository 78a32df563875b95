//! Marks that a source put to a title or to a line at head or end of a text: （已废止）, 【已失效】, 备注：本文件已废止.

use super::metadata;
use crate::law::{Document, Kind, ValidityStatus};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Non-empty lines at the head and at the end of a text that may bear a mark.
const LINES: usize = 5;
/// Bytes of the longest label.
const LABEL_BYTES_MAX: usize = 60;
/// The note on a text that was made of a table.
pub const OF_TABLE: &str = "正文由表格逐行转换而成";

/// A bracket at the end or the beginning of a title that says nothing but that its text is over.
static IN_TITLE: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let words = "[^（()）【】\\[\\]《》，。]{0,24}已(?:经|被)?";
    let says = format!("[（(【\\[［〔](?:(?:{words})?(废止|失效)|{words}(修改))[）)】\\]］〕]");
    [format!(r"\s*{says}$"), format!(r"^{says}\s*")].map(|pattern| Regex::new(&pattern).expect("a constant pattern"))
});
/// A line that says it of this document, or is a bracket alone.
static IN_LINE: LazyLock<Regex> = LazyLock::new(|| {
    let kind = "(?:文件|办法|规定|通知|意见|细则|规则|方案|条例|公告|通告|决定|规范性文件)";
    let day = "(?:[于自][^，。；《》]{0,20}[日起])?";
    let how = "(?:有效期(?:限)?(?:届满|已满|满)|期满|届满|到期)?[，,]?(?:自动|自行|即行|正式)?";
    Regex::new(&format!(
        "^[（(【\\[［]?(?:(?:备注|注|说明|提示|温馨提示)[:：])?(?:(?:本|该|此){kind}{day}(?:现)?已(?:经|被)?{day}{how}|已(?:经|被)?{how})(废止|失效)[。！]?[）)】\\]］]?$"
    ))
    .expect("a constant pattern")
});

/// A record as its source gives it, the mark taken out of its title.
pub fn marked(mut document: Document) -> Document {
    take(&mut document);
    document
}

/// Takes the mark out of the title, and states what it or a line says; the line stays in the text.
pub fn take(document: &mut Document) {
    if document.kind == Kind::Case {
        return;
    }
    for pattern in &*IN_TITLE {
        let title = document.title.trim();
        let Some(found) =
            pattern.captures(title).and_then(|found| Some((found.get(0)?, found.get(1).or(found.get(2))?.as_str())))
        else {
            continue;
        };
        let (mark, status) = (found.0.as_str().trim().to_string(), status(found.1));
        let rest = format!("{}{}", &title[..found.0.start()], &title[found.0.end()..]);
        if rest.trim().is_empty() {
            continue;
        }
        document.title = rest.trim().to_string();
        state(document, status, format!("标题注明“{mark}”"));
    }
    let lines: Vec<String> = document.text.lines().map(bare).filter(|line| !line.is_empty()).collect();
    let labelled = |line: &str| labelled(line).filter(|_| !is_list(document, &lines));
    let ends = lines.iter().take(LINES).chain(lines.iter().rev().take(LINES));
    let marked = |line: &str| Some(status(IN_LINE.captures(line)?.get(1)?.as_str()));
    let marked = ends.filter_map(|line| Some((line.clone(), marked(line).or_else(|| labelled(line))?))).next();
    if let Some((line, status)) = marked {
        state(document, status, format!("文中注明“{line}”"));
    }
}

/// Whether a text lists documents, so that a label is that of one of them and not its own: a table, or one label several times.
fn is_list(document: &Document, lines: &[String]) -> bool {
    let mut seen = HashSet::new();
    document.notes.iter().any(|note| note == OF_TABLE)
        || lines.iter().filter_map(|line| label(line)).any(|(label, _)| !seen.insert(label))
}

/// A label of status at the beginning of a line, and what is behind it.
fn label(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start_matches(['【', '[', '［', '（', '(']);
    let (label, value) = bare.split_once(['：', ':', '】'])?;
    let is_short = label.len() <= LABEL_BYTES_MAX;
    let is_status = is_short && metadata::field(label) == Some("asserted_status") && !metadata::is_weak_status(label);
    is_status.then_some((label, value))
}

/// The status that a line states by its label: 有效性：失效, 【时效性】已废止.
fn labelled(line: &str) -> Option<ValidityStatus> {
    let (label, value) = label(line)?;
    let value = value.trim_matches(|c: char| "：:】]］）)。".contains(c));
    let told = metadata::value(label, value).ok()??;
    ValidityStatus::ALL.iter().find(|(_, name, _)| Some(*name) == told.as_str()).map(|(status, ..)| *status)
}

fn bare(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}

fn status(word: &str) -> ValidityStatus {
    match word {
        "废止" => ValidityStatus::Repealed,
        "修改" => ValidityStatus::Amended,
        _ => ValidityStatus::Expired,
    }
}

/// What the source stated in a field stays; the mark is remarked in any case.
fn state(document: &mut Document, status: ValidityStatus, said: String) {
    if !document.notes.contains(&said) {
        document.notes.push(said);
    }
    document.asserted_status.get_or_insert_with(|| status.name().to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str, text: &str) -> (String, Option<String>) {
        let mut document = Document::new(Kind::Normative, title, text);
        take(&mut document);
        (document.title, document.asserted_status)
    }

    #[test]
    fn a_mark_at_a_title_is_its_status() {
        for (title, status) in [
            ("云桥县渡口办法（已废止）", "repealed"),
            ("云桥县渡口办法 【本文件已废止】", "repealed"),
            ("【已失效】云桥县渡口办法", "expired"),
            ("云桥县渡口办法[已废止]", "repealed"),
            ("云桥县渡口办法（失效）", "expired"),
            ("云桥县渡口办法[已修改]", "amended"),
            ("云桥县渡口办法（已被修改）", "amended"),
        ] {
            assert_eq!(read(title, "一、渡口。"), ("云桥县渡口办法".to_string(), Some(status.to_string())), "{title}");
        }
        for other in [
            "云桥县渡口办法（试行）",
            "关于废止《云桥县渡口办法》的决定",
            "云桥县渡口许可（废止）办法",
            "渡口办法（未废止）",
            "云桥县渡口办法（修改）",
            "云桥县渡口办法（2020年修改）",
        ] {
            assert_eq!(read(other, "一、渡口。"), (other.to_string(), None), "{other}");
        }
    }

    #[test]
    fn a_label_in_a_list_of_documents_is_of_one_of_them() {
        let one = "渡口办法\n时效性：已废止\n";
        assert_eq!(read("规范性文件目录", one).1.as_deref(), Some("repealed"));
        for list in [
            "渡口办法\n时效性：已废止\n航道办法\n时效性：现行有效\n",
            "时效性：已废止\n1\n2\n3\n4\n5\n6\n时效性：已废止",
        ] {
            assert_eq!(read("规范性文件目录", list).1, None, "{list}");
        }
        let mut table = Document::new(Kind::Normative, "规范性文件目录", one);
        table.notes.push(OF_TABLE.to_string());
        take(&mut table);
        assert_eq!(table.asserted_status, None);
    }

    #[test]
    fn a_mark_on_a_line_of_its_own_is_its_status() {
        for line in [
            "备注：本文件已废止",
            "（本办法已于2020年1月1日废止）",
            "【已废止】",
            "该文件已被废止。",
            "（本办法已于2020年1月1日自动废止）",
            "时效性：已废止",
            "【有效性】废止",
        ] {
            for text in [format!("{line}\n一、渡口。"), format!("一、渡口。\n{line}")] {
                assert_eq!(read("云桥县渡口办法", &text).1.as_deref(), Some("repealed"), "{text}");
            }
        }
        for line in
            ["本办法已于2020年1月1日自动失效。", "本文件已于2020年1月1日到期失效", "有效性：失效", "是否有效：否"]
        {
            assert_eq!(read("云桥县渡口办法", &format!("{line}\n一、渡口。")).1.as_deref(), Some("expired"), "{line}");
        }
        for line in [
            "时效：三年",
            "效力：失效的合同不予支持",
            "状态：失效",
            "有效性：由县政府判断",
            "本办法已自动失效的条款不再执行。",
            "《云桥县航道办法》已废止。",
            "本办法已废止的条款不再执行。",
            "文件已废止的，应当公布。",
            "原办法同时废止。",
        ] {
            assert_eq!(read("云桥县渡口办法", &format!("一、渡口。\n{line}")).1, None, "{line}");
        }
    }
}
