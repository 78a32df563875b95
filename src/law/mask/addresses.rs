//! Addresses of natural persons: region and county stay, what is below is masked.

use super::MaskKind;
use super::edits::Edit;
use super::reading::is_han;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands for the address below the county.
const MASK: &str = "某处";
/// So many bytes before an address are asked whose it is.
const SUBJECT_BYTES: usize = 480;
/// Longest address below the county, in characters.
const DETAIL_MAX: usize = 60;
/// Longest name of a region.
const REGION_MAX: usize = 12;

/// Where an address begins. The second group is said of persons and firms alike.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:[，,；;。：:、\s（(]?(?:(其住所|其家|家庭住址|现住址|身份证住址|住址|户籍所在地|户籍地址|户籍地|户籍|户口所在地|经常居住地|居住地址|居住地|现居住地|现居住|",
        r"居住|暂住地址|暂住地|暂住证地址|暂住|家住|现住|原住|租住|住处|出生地|籍贯|家中)|(住所地|住所|通讯地址|通信地址|联系地址|送达地址|地址))|",
        r"([，,；;。：:、\s（(]住))(?:址)?[：:为系是|\t ]{0,3}(?:均?位于|在|于)?"
    ))
    .expect("a constant pattern")
});
/// An address down to the room, without a word before it.
static ROOM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[\p{Han}0-9A-Za-z]{0,24}(?:路|街|道|巷|弄|里|村|庄|园|苑|城|府|寓|厦|社区|小区|胡同)[\p{Han}0-9A-Za-z\-—]{0,16}",
        r"[0-9A-Za-z一二三四五六七八九十]+(?:号|弄|幢|栋|座|单元|号楼|楼|#)[\p{Han}0-9A-Za-z\-—]{0,10}[0-9]{2,5}(?:号房|室|房|户)"
    ))
    .expect("a constant pattern")
});

/// What belongs to a firm or an office in the words before an address, and what to a person.
const OF_FIRMS: &[&str] = &[
    "公司",
    "厂",
    "店",
    "商行",
    "经营部",
    "中心",
    "合作社",
    "支行",
    "分行",
    "营业部",
    "局",
    "法院",
    "检察院",
    "委员会",
    "政府",
    "信用代码",
    "法定代表人",
    "营业执照",
    "注册号",
    "负责人",
    "经营场所",
    "有限",
    "事务所",
    "医院",
    "学校",
    "馆",
    "超市",
    "企业",
    "单位",
    "机关",
    "银行",
    "注册地",
];
const OF_PERSONS: &[&str] = &[
    "男，",
    "女，",
    "男,",
    "女,",
    "族，",
    "族,",
    "身份证",
    "身份号码",
    "出生",
    "姓名",
    "性别",
    "文化",
    "职业",
    "无业",
    "农民",
    "经营者",
    "个体工商户",
    "某，",
    "某,",
    "某某",
    "被告人",
    "公民",
    "户籍",
];
/// How parts of an address end that is no more than a place in running words.
const ENDS: &[char] = &[
    '号', '室', '房', '户', '组', '楼', '幢', '栋', '座', '层', '屯', '队', '弄', '村', '路', '街', '镇', '乡', '道',
    '巷', '庄', '园', '苑', '内', '区',
];

/// Every address to be masked.
pub(super) fn find(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for found in CUE.captures_iter(text) {
        let Some(cue) = found.get(0) else { continue };
        let shared = found.get(2).is_some();
        let told = cue.as_str().ends_with(['：', ':', '|', '\t']);
        if shared && is_of_firm(text, cue.start()) {
            continue;
        }
        let weak = found.get(3).is_some();
        edits.extend(detail(text, cue.end(), told, weak).map(edit));
    }
    for found in ROOM.find_iter(text) {
        let range = found.start() + room_begin(found.as_str())..found.end();
        if !range.is_empty() && !is_of_firm(text, found.start()) && !names_firm(text, found.end()) {
            edits.push(edit(range));
        }
    }
    edits
}

fn edit(range: Range<usize>) -> Edit {
    Edit { range, mask: MASK.to_string(), kind: MaskKind::Address }
}

/// Where in a stretch of running words that ends in a room its address begins: behind the last region, else behind the last
/// word that leads to a place.
fn room_begin(stretch: &str) -> usize {
    let numbers = stretch.find(|c: char| c.is_ascii_digit()).unwrap_or(stretch.len());
    let head = &stretch[..numbers];
    let (county, found) = region(head);
    let inner = |at: usize| head[..at].ends_with(['小', '社', '园', '厂', '校', '库', '居', '住', '生', '新']);
    let last = head.char_indices().rfind(|(at, c)| "市区县旗".contains(*c) && !inner(*at));
    let led = || head.char_indices().rfind(|(_, c)| "于在至到从用".contains(*c));
    let begin = last.or_else(led).map_or(0, |(at, c)| at + c.len_utf8());
    if found { county.max(begin) } else { begin }
}

/// The part of an address below the county that begins at a place.
fn detail(text: &str, at: usize, told: bool, weak: bool) -> Option<Range<usize>> {
    let rest = &text[at..];
    let stop = |c: char| "，,。；;：:\n\t|（）()、“”\"".contains(c) || c == '某' && !told;
    let end = rest.char_indices().take(DETAIL_MAX).find(|(_, c)| stop(*c)).map(|(end, _)| end);
    let end = end.unwrap_or_else(|| rest.char_indices().nth(DETAIL_MAX).map_or(rest.len(), |(end, _)| end));
    let line = rest[..end].trim_end();
    let (from, found) = region(line);
    let below = &line[from..];
    // A blank divides fields in a line of labels.
    let below = below.split([' ', '\u{3000}']).next().unwrap_or(below);
    // In running words the address ends where somebody goes on: 其家中开车到.
    let going =
        ["开车", "沿屋", "爬", "到", "至", "将", "被"].iter().filter_map(|word| below.find(word)).filter(|at| *at > 0);
    let moves = if told { None } else { going.min() };
    let below = &below[..moves.unwrap_or(below.len())];
    let exact = if told { below } else { &below[..address_end(below)] };
    let numbered = ["号", "室", "组", "户", "幢", "栋"].iter().any(|end| exact.ends_with(end));
    let whole = numbered && exact.contains(|c: char| c.is_ascii_digit());
    let running = (weak || !told) && !found && !whole;
    if exact.chars().count() < 2 || exact == MASK || running {
        return None;
    }
    if exact.starts_with(['某', '×', '*']) && !exact.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let start = at + from;
    Some(start..start + exact.len())
}

/// Where the last part that names a place ends; 0 if none does.
fn address_end(below: &str) -> usize {
    let mut ends = below.char_indices().filter(|(_, c)| ENDS.contains(c));
    let mut strong = ends.clone().filter(|(at, c)| {
        let before = below[..*at].chars().next_back();
        "号室房户组幢栋座层".contains(*c)
            && before.is_some_and(|c| c.is_ascii_digit() || "×XxＸ*某一二三四五六七八九十".contains(c))
    });
    strong.next_back().or_else(|| ends.next_back()).map_or(0, |(at, c)| at + c.len_utf8())
}

/// How many bytes of an address are province, city and county, and whether there is any.
fn region(address: &str) -> (usize, bool) {
    const LEVELS: [&[&str]; 3] =
        [&["省", "自治区", "特别行政区"], &["市", "自治州", "地区", "盟"], &["自治县", "新区", "区", "县", "旗", "市"]];
    let mut from = 0;
    for suffixes in LEVELS {
        let rest = &address[from..];
        let head: String = rest.chars().take(REGION_MAX).collect();
        let ends = suffixes.iter().filter_map(|suffix| Some((head.find(suffix)?, *suffix)));
        let Some((at, suffix)) = ends.min_by_key(|(at, _)| *at) else { continue };
        let name = &head[..at];
        let single = ["本", "该", "我"].contains(&name);
        let other = name.ends_with([
            '小', '社', '园', '校', '厂', '矿', '库', '营', '宿', '景', '辖', '夜', '超', '发', '该', '同',
        ]);
        let below = name.contains(['村', '路', '街', '镇', '乡', '号', '区', '县', '道', '巷']);
        if (name.chars().count() >= 2 || single || name.chars().count() == 1 && suffix == "县")
            && name.chars().all(is_han)
            && !(other && matches!(suffix, "区" | "市"))
            && !below
        {
            from += at + suffix.len();
            // 辉县市: a city that is called a county.
            if suffix == "县" && address[from..].starts_with('市') {
                from += '市'.len_utf8();
            }
        }
    }
    (from, from > 0)
}

/// Whether the words before an address speak of a firm or an office last.
fn is_of_firm(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(SUBJECT_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    let before = before.rsplit("\n\n").next().unwrap_or(before);
    let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
    match (last(OF_FIRMS), last(OF_PERSONS)) {
        (Some(firm), Some(person)) => firm > person,
        (firm, _) => firm.is_some(),
    }
}

/// Whether what follows an address makes it one of a firm.
fn names_firm(text: &str, at: usize) -> bool {
    let rest: String = text[at..].chars().take(20).take_while(|c| is_han(*c)).collect();
    ["公司", "店", "厂", "办公", "商行", "经营部", "中心"].iter().any(|word| rest.contains(word))
}
