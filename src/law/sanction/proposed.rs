//! What is only proposed (拟处罚款): a notice before a decision tells it, nobody has imposed it yet.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How a proposal begins. 拟 alone says more: 拟上市, 模拟, 拟对外投资 propose no penalty.
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    let near = "(?:处|罚|没收|吊销|暂扣|责令|警告)以?(?:罚|警告|没收|金额|人民币|[0-9￥¥一二三四五六七八九十壹贰叁肆伍])|罚款|罚没|没收|吊销|暂扣|警告|处罚";
    let far = "(?:处|给予|予以|作出|做出|决定|责令|从[轻重]|减轻|并处|对|将|按|依)[^。；，：\n]{0,60}?(?:罚|警告|没收|吊销|暂扣|拘留|停产|停业|责令|禁止|如下|以下)";
    Regex::new(&format!("(?:^|[^模虚草比])(拟(?:依法|当场|合并)?(?:{near}|{far}))")).expect("a constant pattern")
});
/// What may end one: its sentence, or what is decided behind it.
static STOPS: LazyLock<Regex> = LazyLock::new(|| {
    let who = "(?:现|故|但|最终|后|经[^，。；\n]{1,12}[，,]?)?(?:本局|我局|本机关|我机关|本委|本厅)?(?:现|最终|依法)?";
    Regex::new(&format!("。|\n|[，,；;]{who}决定")).expect("a constant pattern")
});
/// How an entry of a list begins.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[）)、.．]").expect("a constant pattern")
});

/// Where a text only proposes, in bytes. A proposal lasts to the end of its sentence; one that leads a list (拟作出如下处罚：1.…) as
/// long as the list.
pub(in crate::law) fn proposals(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(begin) = BEGINS.captures_at(text, from).and_then(|found| found.get(1)) {
        let end = end(text, begin.end());
        found.push(begin.start()..end);
        from = end;
    }
    found
}

fn end(text: &str, from: usize) -> usize {
    for stop in STOPS.find_iter(&text[from..]) {
        let (at, behind) = (from + stop.start(), &text[from + stop.end()..]);
        let leads = text[..at].trim_end_matches([' ', '\u{3000}', '\r']).ends_with(['：', ':']);
        let goes_on = match stop.as_str() {
            "\n" => leads || ENTRY.is_match(behind),
            "。" => ENTRY.is_match(behind),
            _ => false,
        };
        if !goes_on {
            return at;
        }
    }
    text.len()
}

/// Whether what stands at a place is proposed. `proposals` are those of the text, in order.
pub(in crate::law) fn is_in(proposals: &[Range<usize>], at: usize) -> bool {
    let next = proposals.partition_point(|one| one.start <= at);
    next.checked_sub(1).and_then(|last| proposals.get(last)).is_some_and(|last| at < last.end)
}

#[cfg(test)]
mod tests {
    use crate::law::sanction::{fines_fen, imposed};

    #[test]
    fn a_proposal_is_never_imposed() {
        for (text, fine) in [
            ("拟处罚款5000元", None),
            ("拟处5000元罚款", None),
            ("拟给予警告，并处罚款5000元", None),
            ("拟作出如下处罚：\n1.警告；\n2.罚款5000元。", None),
            ("拟作出以下处罚决定：1.警告。2.罚款5000元。\n经复核，现决定：罚款4000元。", Some(400_000)),
            ("我局拟对你单位处以罚款2万元，并没收违法所得3000元；经听证，决定罚款1万元", Some(1_000_000)),
            ("拟罚款金额：5000元\n罚款3000元", Some(300_000)),
            // Look-alikes.
            ("拟对外投资未披露，罚款5000元", Some(500_000)),
            ("模拟处罚情形，罚款5000元", Some(500_000)),
            ("对拟建项目未批先建，处以罚款5000元", Some(500_000)),
            ("虚拟货币交易，罚款5000元", Some(500_000)),
        ] {
            assert_eq!(fines_fen(&imposed(text)), fine, "{text}");
        }
    }
}
