//! What an instrument that amends gives another to say of its own validity: 第二十条修改为：“本办法自2024年1月1日起施行，有效期至2028年12月31日。”
//! The end of what it amends is then this one.

use super::{Relation, RelationKind, amended};
use crate::citation::names::title_key;
use crate::law::history;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Words in quotation marks that an article, or a place in it, is changed to; perhaps behind the title of what it is of.
static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    let title = "(?:《(?P<title>[^《》]{2,80})》(?:[（(][^（）()]{0,60}[）)])?)?";
    let place = r"第[一二三四五六七八九十百零〇0-9]{1,6}[条款项](?:第[一二三四五六七八九十0-9（）()]{1,5}[款项])*";
    Regex::new(&format!(
        r"{title}(?:将|中的?|的)?{place}(?:[^，。；《“”\n]{{0,12}})?(?:修改|修订|调整|变更|修正|改)为[：:]?\s*[“「][^”」]{{4,600}}[”」]"
    ))
    .expect("a fixed pattern")
});

/// The new ends that a text gives what it amends, by its title or by the title beside the place.
pub(super) fn extended(title: &str, text: &str) -> Vec<Relation> {
    if !text.contains("有效期") && !text.contains("施行期限") {
        return Vec::new();
    }
    let own = amended(title).filter(|_| !title.contains("修正案"));
    let told = |found: regex::Captures<'_>| {
        let key = found.name("title").map(|named| title_key(named.as_str())).or_else(|| own.clone())?;
        let whole = found.get(0)?;
        let sentence: Range<usize> = whole.start()..whole.end();
        let mention = found.name("title").map_or(sentence.clone(), |named| named.start()..named.end());
        history::tells_new_clause(whole.as_str()).then_some(Relation {
            kind: RelationKind::Extends,
            title: key,
            mention,
            sentence,
            lead: None,
        })
    };
    CHANGED.captures_iter(text).filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::relations::extending_words;
    use jiff::civil::date;

    fn read(title: &str, text: &str) -> Vec<(String, Option<String>)> {
        let day = |relation: &Relation| {
            let words = extending_words(&relation.title, &text[relation.sentence.clone()]);
            history::extended_to(words, Some(date(2023, 10, 1)), Some(date(2021, 10, 1))).map(|day| day.to_string())
        };
        extended(title, text).iter().map(|relation| (relation.title.clone(), day(relation))).collect()
    }

    #[test]
    fn a_new_clause_of_validity_is_the_end_of_what_is_amended() {
        let told = |day: &str| vec![("云桥县渡口办法".to_string(), Some(day.to_string()))];
        let title = "云桥县人民政府关于修改《云桥县渡口办法》的决定";
        for (text, day) in [
            ("将第二十条修改为：“本办法自2024年1月1日起施行，有效期至2028年12月31日。”", "2029-01-01"),
            ("三、第二十条修改为：“第二十条　本办法自2024年1月1日起施行，有效期5年。”", "2029-01-01"),
            ("第二十条第二款修改为：“本办法有效期至2028年12月31日。”", "2029-01-01"),
            ("第二十条修改为：“渡船证有效期为三年。本办法自2024年1月1日起施行，有效期5年。”", "2029-01-01"),
            ("第二十条修改为“本办法自2024年1月1日起施行。\n有效期为本办法施行之日起五年”", ""),
        ] {
            let expected = if day.is_empty() { Vec::new() } else { told(day) };
            assert_eq!(read(title, text), expected, "{text}");
        }
        let named = "将《云桥县渡口办法》（云政发〔2021〕6号）第二十条修改为：“本办法自2024年1月1日起施行，有效期至2028年12月31日。”";
        assert_eq!(read("云桥县人民政府关于调整部分文件的通知", named), told("2029-01-01"));
        for other in [
            "第五条修改为：“渡船证自2024年1月1日起施行，有效期至2028年12月31日。”",
            "第五条修改为：“渡船证有效期为三年。”",
            "将第五条修改为：“本县渡口备案有效期为三年，期满应当重新备案。”",
            "第六条修改为：“成本监审结论有效期为三年。”",
            "第七条修改为：“检测报告自出具之日起生效，有效期为一年。”",
            "第八条修改为：“依照本办法发放的渡船证有效期延长2年。”",
            "第二十条修改为：“本办法自2024年1月1日起施行。”",
            "第二十条“本办法自2024年1月1日起施行，有效期至2028年12月31日”删去。",
        ] {
            assert_eq!(read(title, other), [], "{other}");
        }
        assert_eq!(read("云桥县渡口办法", "第二十条修改为：“本办法自2024年1月1日起施行，有效期五年。”"), []);
    }
}
