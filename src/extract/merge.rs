//! Joins the parts of an instrument that its source keeps in several files.

use super::outcome::Extracted;
use crate::law::Document;

/// One document from all the parts with one key: metadata of the first part that has a history (else of the first),
/// texts in order with an empty line between them. `None` if there is no part or no text.
pub fn merge(mut parts: Vec<Extracted>) -> Option<Document> {
    parts.sort_by_key(|part| part.part.as_ref().map_or(0, |part| part.order));
    let head = parts.iter().position(|part| !part.document.history.is_empty()).unwrap_or(0);
    let texts = parts.iter().map(|part| part.document.text.trim_matches('\n')).filter(|text| !text.is_empty());
    let text = texts.collect::<Vec<_>>().join("\n\n");
    let mut document = parts.into_iter().nth(head)?.document;
    document.text = text;
    (!document.text.trim().is_empty()).then_some(document)
}

/// Place of a part among the others: the number of its first article, 0 if it has none.
pub(super) fn order_of(text: &str) -> u32 {
    let mut lines = text.lines().map(|line| line.trim_start_matches(['*', '#', ' ', '\u{3000}']));
    lines.find_map(article_number).unwrap_or(0)
}

fn article_number(line: &str) -> Option<u32> {
    let (number, _) = line.strip_prefix('第')?.split_once('条')?;
    let mut total = 0u32;
    let mut digit = 0u32;
    for c in number.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let place = "零一二三四五六七八九".chars().position(|known| known == c)?;
                digit = u32::try_from(place).ok()?;
                continue;
            }
        };
        total = total.checked_add(digit.max(1).checked_mul(unit)?)?;
        digit = 0;
    }
    total.checked_add(digit)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::PartOf;
    use super::*;
    use crate::law::Kind;
    use proptest::prelude::*;

    fn part(order: u32, text: &str, history: &[&str]) -> Extracted {
        let mut document = Document::new(Kind::Legislation, "云法典", text);
        document.history = history.iter().map(|line| line.to_string()).collect();
        Extracted { part: Some(PartOf { key: "k".to_string(), order }), ..Extracted::from(document) }
    }

    #[test]
    fn parts_are_joined_in_order() {
        let parts =
            vec![part(21, "第二十一条　丙。\n", &[]), part(0, "", &["2020年1月1日通过"]), part(1, "第一条　甲。", &[])];
        let document = merge(parts).unwrap();
        assert_eq!(document.text, "第一条　甲。\n\n第二十一条　丙。");
        assert_eq!(document.history.len(), 1);
        assert_eq!(merge(Vec::new()), None);
        assert_eq!(merge(vec![part(0, "", &[])]), None);
    }

    #[test]
    fn the_first_article_orders_parts() {
        assert_eq!(order_of("# 编\n\n**第一千二百零五条**　甲"), 1205);
        assert_eq!(order_of("第十条 甲"), 10);
        assert_eq!(order_of("序言"), 0);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[第条零一二九十百千#* \n甲]{0,60}") {
            let _ = order_of(&text);
        }
    }
}
