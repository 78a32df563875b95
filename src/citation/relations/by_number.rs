//! Repeals that name a document by its number alone: 决定废止云政发〔2015〕3号, 云政发〔2015〕3号文件同时废止. The number, in the form of
//! [`number_key`], stands for the title that nobody tells.

use super::{Relation, RelationKind, dated, sentence::sentence};
use crate::citation::names::number_key;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A number with the letters of its organ, and further ones.
const NUMBER: &str = r"[一-龥]{1,12}[〔\[［【﹝][12１２][0-9０-９]{3}[〕\]］】﹞]第?[0-9０-９]{1,5}号";
/// What ends a document for good; 暂停执行 does not.
const OVER: &str = "(?:废止|失效|作废|(?:停止|不再|终止)(?:执行|施行|实施|适用|使用))";
/// From 废止 over numbers, and from numbers to 废止.
static NAMED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let list =
        format!("(?P<list>{NUMBER}(?:(?:文件?)?[、，和及与]{NUMBER})*)(?:等[^，。；《》]{{0,8}})?(?:文件?|通知)?");
    let led = format!(r"(?:决定|现|即行|予以|同意|^|[，：:\n])(?:废止|撤销)(?:了|原)?{list}(?:$|[，。；\s])");
    let how = "(?:同时|即行|均|一并|也|即|相应|予以|自行|随之|全部|一律|[自从][^，。；《》]{0,16}起)*";
    let behind = format!(r"(?:^|[，。；：\s]|\n)(?:原)?{list}{how}{OVER}(?:$|[，。；\s])");
    [led, behind].map(|pattern| Regex::new(&pattern).expect("a fixed pattern"))
});
/// One number of a list.
static ONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(NUMBER).expect("a fixed pattern"));
/// Longest line that is read, in bytes.
const LINE_BYTES_MAX: usize = 4_000;
/// Characters of the longest letters of an organ: 云桥县人社局办发.
const LETTERS_MAX: usize = 10;
/// With what words begin that only speak of the document, and what stands in a sentence that only proposes.
const OTHER: [&str; 9] = ["依照", "根据", "按照", "依据", "违反", "由", "经", "以", "被"];
const PROPOSED: [&str; 5] = ["建议", "拟", "征求", "申请", "是否"];

/// The repeals of a text by number alone.
pub(super) fn repealed(text: &str) -> Vec<Relation> {
    let mut found: Vec<Relation> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        let may_say = line.contains('号') && line.len() <= LINE_BYTES_MAX;
        if !may_say
            || !["废止", "撤销", "失效", "作废", "执行", "施行", "实施", "适用", "使用"]
                .iter()
                .any(|verb| line.contains(verb))
        {
            continue;
        }
        // Both patterns may find one number; each line has few.
        let known = found.len();
        for list in NAMED.iter().flat_map(|pattern| pattern.captures_iter(line)).filter_map(|found| found.name("list"))
        {
            for one in ONE.find_iter(list.as_str()) {
                let span = start + list.start() + one.start()..start + list.start() + one.end();
                let of_line = found.get(known..).unwrap_or_default();
                let new = relation(text, span).filter(|new| of_line.iter().all(|old| old.mention != new.mention));
                found.extend(new);
            }
        }
    }
    found
}

/// The repeal of the number at a place.
fn relation(text: &str, span: Range<usize>) -> Option<Relation> {
    let own = sentence(text, &span);
    let words = text.get(own.clone())?;
    let number = text.get(span.clone())?.trim_start_matches(['、', '和', '及', '与', '原']);
    // 县政府印发的云政发〔2015〕3号.
    // 决定对云政发〔2015〕3号文件予以废止.
    let bare = number.rsplit_once(['的', '对', '将', '把']).map_or(number, |(_, number)| number);
    let letters = bare.chars().take_while(|c| !"〔[［【﹝".contains(*c)).count();
    let is_other = OTHER.iter().any(|word| bare.starts_with(word)) || PROPOSED.iter().any(|word| words.contains(word));
    if is_other || !(2..=LETTERS_MAX).contains(&letters) {
        return None;
    }
    let (sentence, lead) = dated::proof(text, own, None);
    let mention = span.end - bare.len()..span.end;
    Some(Relation { kind: RelationKind::Repeals, title: number_key(bare), mention, sentence, lead })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        repealed(text).into_iter().map(|relation| text[relation.mention].to_string()).collect()
    }

    #[test]
    fn a_number_alone_is_repealed() {
        for text in [
            "县政府决定废止云政发〔2015〕3号。",
            "决定对云政发〔2015〕3号文件予以废止，自2025年2月1日起不再执行。",
            "云政发〔2015〕3号文件从2023年5月1日起废止。",
            "本办法自2020年1月1日起施行，云政发〔2015〕3号文件同时废止。",
            "本办法自2020年1月1日起施行。原云政发〔2015〕3号文同时废止。",
            "云政发〔2015〕3号自本办法施行之日起停止执行。",
        ] {
            assert_eq!(read(text), ["云政发〔2015〕3号"], "{text}");
        }
        let both = ["云政发〔2015〕3号", "云政办发〔2016〕4号"];
        assert_eq!(read("决定废止云政发〔2015〕3号、云政办发〔2016〕4号文件。"), both);
        assert_eq!(read("本办法自公布之日起施行，云政发〔2015〕3号和云政办发〔2016〕4号同时废止。"), both);
        assert_eq!(repealed("决定废止云政发〔2015〕3号。")[0].title, "云政发(2015)3号");
    }

    #[test]
    fn numbers_without_end_take_linear_time() {
        let text = "决定废止云政发〔2015〕3号。\n".repeat(20_000);
        let began = std::time::Instant::now();
        assert_eq!(repealed(&text).len(), 20_000);
        assert!(began.elapsed() < std::time::Duration::from_secs(30), "{:?}", began.elapsed());
    }

    #[test]
    fn a_number_beside_a_title_or_of_something_else_is_not() {
        for text in [
            "《渡口办法》（云政发〔2015〕3号）同时废止。",
            "《渡口办法》云政发〔2015〕3号同时废止。",
            "决定废止云政发〔2015〕3号《渡口办法》。",
            "决定废止云政发〔2015〕3号文件第三条。",
            "云政发〔2015〕3号文件第三条同时废止。",
            "云政发〔2015〕3号自2020年1月1日起暂停执行。",
            "建议废止云政发〔2015〕3号。",
            "拟废止云政发〔2015〕3号。",
            "依照云政发〔2015〕3号文件停止执行。",
            "云政发〔2015〕3号文件不再执行的，由县政府公布。",
            "云政发〔2015〕3号与本办法不一致的，停止执行。",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }
}
