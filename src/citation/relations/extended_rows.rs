//! Tables of documents whose validity is extended: a row for each, with a column that tells until when.

use super::{Relation, RelationKind, catalogue};
use crate::citation::names::title_key;
use crate::law::history;
use std::ops::Range;

/// Longest row, in bytes.
const ROW_BYTES_MAX: usize = 600;

/// Whether a title is that of a notice that extends the validity of documents, or tells which stay in force.
fn is_extending(title: &str) -> bool {
    let kinds = ["决定", "公告", "通知", "通告", "目录", "清单"];
    let says = title.contains("继续有效")
        || title.contains("有效期") && ["延长", "延续", "顺延", "延期", "调整"].iter().any(|verb| title.contains(verb));
    let undone = ["拟", "征求意见", "建议", "办法", "规定"].iter().any(|word| title.contains(word));
    says && !undone && kinds.iter().any(|kind| title.contains(kind))
}

/// What the rows of tables extend.
pub(super) fn extended(title: &str, text: &str) -> Vec<Relation> {
    let mut found = Vec::new();
    if !is_extending(title) {
        return found;
    }
    let mut headings: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split('\n') {
        let span = at..at + line.len();
        at += line.len() + 1;
        if !line.trim_start().starts_with('|') {
            headings = headings.filter(|_| line.trim().is_empty());
            continue;
        }
        if line.len() <= ROW_BYTES_MAX && history::names_new_end(line) {
            headings = Some(span);
            continue;
        }
        let Some(lead) = headings.clone() else { continue };
        let words = format!("{}……{line}", text.get(lead.clone()).unwrap_or_default());
        let is_told = history::cell_of_new_end(&words).is_some_and(|cell| cell.chars().any(|c| c.is_ascii_digit()));
        let Some(mention) = catalogue::row(text, &span).filter(|_| is_told) else { continue };
        let title = text.get(mention.clone()).map(title_key).unwrap_or_default();
        found.push(Relation { kind: RelationKind::Extends, title, mention, sentence: span, lead: Some(lead) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(title: &str, text: &str) -> Vec<(String, Option<String>)> {
        let day = |relation: &Relation| {
            let quote = format!("{}……{}", &text[relation.lead.clone().unwrap()], &text[relation.sentence.clone()]);
            let words = super::super::extending_words(&relation.title, &quote);
            history::extended_to(words, Some(date(2023, 10, 1)), Some(date(2021, 10, 1))).map(|day| day.to_string())
        };
        extended(title, text).into_iter().map(|relation| (relation.title.clone(), day(&relation))).collect()
    }

    #[test]
    fn each_row_tells_its_own_end() {
        let title = "云桥县人民政府关于延长部分规范性文件有效期的通知";
        let table = "| 序号 | 文件名称 | 文号 | 原有效期至 | 有效期延长至 |\n\
                     | 1 | 《云桥县渡口管理办法》 | 云政发〔2020〕5号 | 2023年9月30日 | 2028年9月30日 |\n\
                     | 2 | 云桥县航道管理办法 | 云政发〔2021〕6号 | 2023-09-30 | 2026-12-31 |\n\
                     | 3 | 云桥县码头收费规定 | 云政发〔2021〕7号 | 2023年9月30日 | 不再延长 |\n\
                     | 4 | 云桥县船只登记办法 | 云政发〔2021〕8号 | 2023年9月30日 | 另行公布2次 |";
        let told = |title: &str, day: Option<&str>| (title.to_string(), day.map(str::to_string));
        assert_eq!(
            read(title, table),
            [
                told("云桥县渡口管理办法", Some("2028-10-01")),
                told("云桥县航道管理办法", Some("2027-01-01")),
                told("云桥县船只登记办法", None),
            ]
        );
        let years = "| 序号 | 文件名称 | 文号 | 延长期限 |\n| 1 | 云桥县渡口管理办法 | 云政发〔2020〕5号 | 2年 |";
        assert_eq!(read(title, years), [told("云桥县渡口管理办法", Some("2025-10-01"))]);
        let kept = "云桥县人民政府关于公布继续有效的规范性文件目录的通知";
        let list = "| 序号 | 文件名称 | 文号 | 有效期至 |\n| 1 | 云桥县渡口管理办法 | 云政发〔2020〕5号 | 2028.9.30 |";
        assert_eq!(read(kept, list), [told("云桥县渡口管理办法", Some("2028-10-01"))]);
        for other in ["云桥县人民政府关于拟延长部分规范性文件有效期的公告", "云桥县规范性文件清理情况的通知"]
        {
            assert_eq!(read(other, table), [], "{other}");
        }
    }
}
