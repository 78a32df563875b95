//! What the title of an administrative suit tells: 甲公司诉云桥县市场监督管理局行政处罚案.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static SUIT: LazyLock<Regex> = LazyLock::new(|| {
    let organ = "局|委员会|政府|厅|支队|大队|总队|海关|办事处|派出所|管委会|税务所|管理所|管理处|部|署";
    Regex::new(&format!(
        r"^[\s　#“《]*(?:案例[0-9一二三四五六七八九十]*[：:、.．]?|[（(]?[0-9一二三四五六七八九十]{{1,3}}[）)]?[、.．])?[\s　]*(?P<plaintiff>[^诉，。；：\n]{{1,40}}?)(?:不服|诉|（[^（）]{{1,12}}）诉)(?P<organ>[\p{{Han}}]{{2,30}}?(?:{organ}))(?P<more>(?:、[\p{{Han}}]{{2,30}}?(?:{organ}))*)(?:（[^（）]{{1,12}}）)?(?:确认|不履行|撤销|要求|请求)?(?P<cause>[\p{{Han}}、“”]{{2,30}}?)(?:一)?案(?:件)?[”》。]?$"
    ))
    .expect("a constant pattern")
});

/// The places in a title, in bytes.
pub(super) struct Suit {
    /// Who sues.
    pub plaintiff: Range<usize>,
    /// Which office is sued.
    pub organ: Range<usize>,
    /// What is fought about.
    pub cause: Range<usize>,
}

/// The suit against an office that a title names.
pub(super) fn read(title: &str) -> Option<Suit> {
    let found = SUIT.captures(title)?;
    let part = |name| found.name(name).map(|part| part.range());
    let suit = Suit { plaintiff: part("plaintiff")?, organ: part("organ")?, cause: part("cause")? };
    // 消费者投诉某局: the word goes on.
    let goes_on = title
        .get(suit.plaintiff.clone())?
        .ends_with(['投', '起', '上', '申', '公', '控', '反', '胜', '败', '撤', '自', '应']);
    (!goes_on).then_some(suit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_suit_names_who_sues_whom_for_what() {
        for (title, told) in [
            ("张某诉云桥县市场监督管理局行政处罚案", Some(("张某", "云桥县市场监督管理局", "行政处罚"))),
            ("云桥饮品有限公司诉云桥市人民政府行政复议案", Some(("云桥饮品有限公司", "云桥市人民政府", "行政复议"))),
            (
                "案例三：李某某诉云桥县公安局、云桥县人民政府治安处罚及行政复议案",
                Some(("李某某", "云桥县公安局", "治安处罚及行政复议")),
            ),
            ("消费者投诉云桥县市场监督管理局处理案", None),
            ("张某诉李某买卖合同纠纷案", None),
            ("云桥县公安局行政处罚案", None),
        ] {
            let read = read(title).map(|suit| (&title[suit.plaintiff], &title[suit.organ], &title[suit.cause]));
            assert_eq!(read, told, "{title}");
        }
    }
}
