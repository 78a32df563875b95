//! Addresses of natural persons: region and county stay, what is below is masked.

use super::MaskKind;
use super::edits::Edit;
use super::reading::is_han;
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands for the address below the county.
const MASK: &str = "某处";
/// So many bytes before an address are asked whose it is.
const SUBJECT_BYTES: usize = 480;
/// Longest address below the county, in characters.
const DETAIL_MAX: usize = 60;
/// By so many characters known addresses are looked up.
const KEY_CHARS: usize = 4;
/// Most addresses that begin alike.
const SAME_KEY_MAX: usize = 8;
/// Longest name of a region.
const REGION_MAX: usize = 12;

/// Where an address begins. The second group is said of persons and firms alike.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:[，,；;。：:、\s（(]?(?:(其住所|其住处|其住址|其家|家庭住址|现住址|身份证住址|住址|户籍所在地|户籍地址|户籍地|户籍|户口所在地|经常居住地|居住地址|居住地|现居住地|现居住|",
        r"居住|暂住地址|暂住地|暂住证地址|暂住|家住|现住|原住|租住|住处|出生地|籍贯|家中)|(住所地|住所|坐落于|坐落在|座落于|通讯地址|通信地址|联系地址|送达地址|地址))|",
        r"((?:^|[，,；;。：:、\s（(])住|其住))(?:址)?[：:为系是|\t ]{0,3}的?(?:均?位于|坐落[于在]|座落于|在|于)?"
    ))
    .expect("a constant pattern")
});
/// An address down to the room, without a word before it.
static ROOM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[\p{Han}0-9A-Za-z]{0,24}(?:路|街|道|巷|弄|里|村|庄|园|苑|城|府|寓|厦|社区|小区|胡同)[\p{Han}0-9A-Za-z\-—]{0,16}",
        r"[0-9A-Za-z一二三四五六七八九十]+(?:号|弄|幢|栋|座|单元|号楼|楼|#)[\p{Han}0-9A-Za-z\-—]{0,10}[0-9]{2,5}(?:号房|室|房|户)",
        r"|[\p{Han}0-9A-Za-z]{0,24}(?:路|街|道|巷|弄|村|庄|园|苑|社区|小区|胡同)[\p{Han}0-9A-Za-z\-—]{0,10}[0-9]+号[0-9]{1,2}楼"
    ))
    .expect("a constant pattern")
});

/// An address before a word that says that somebody lives there: …横塘53号暂住处.
static LIVED_IN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"([\p{Han}0-9A-Za-z\-—×＊*]{4,48}?[0-9A-Za-z×＊*一二三四五六七八九十](?:号|室|组|户|楼))(?:的|其)?",
        r"(?:暂住处|暂住地|暂住房|租住处|租住房|租住的|住处|住所|住宅|家中|家里|家门口|出租房|出租屋|租房|租赁房)",
        r"|位于([\p{Han}0-9A-Za-z\-—×＊*]{4,40}?)(?:的|其)?(?:暂住处|租住处|住处|住宅|家中|家里)"
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
/// A day or a year in running words.
static DAY: LazyLock<Regex> = LazyLock::new(|| Regex::new("(?:19|20)[0-9]{2}年").expect("a constant pattern"));
/// The line with the number of a decision.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)[〔［\[（(](?:19|20)[0-9]{2}[〕］\]）)][^\n]{0,16}号\s*$").expect("a constant pattern")
});
/// What stands in addresses of other kinds.
const NO_ADDRESS: &[&str] = &["http", "www", "@", ".com", ".cn"];
/// What stands in running words and in no address.
const NO_PLACE: &[&str] = &["原告", "被告", "编号", "核发", "护理费", "签订", "院医疗"];
/// How parts of an address end that is no more than a place in running words.
const ENDS: &[char] = &[
    '号', '室', '房', '户', '组', '楼', '幢', '栋', '座', '层', '屯', '队', '弄', '村', '路', '街', '镇', '乡', '道',
    '巷', '庄', '园', '苑', '内', '区',
];

/// What may stand behind the last part of an address and be part of it.
const BESIDE: &[&str] =
    &["桥头", "路口", "村口", "街口", "巷口", "附近", "旁边", "中户", "东户", "西户", "南户", "北户", "左户", "右户"];

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
    for found in LIVED_IN.captures_iter(text).filter_map(|found| found.get(1).or_else(|| found.get(2))) {
        if let Some(begin) = lived_in_begin(found.as_str()).filter(|begin| *begin < found.len()) {
            edits.push(edit(found.start() + begin..found.end()));
        }
    }
    for edit in &mut edits {
        edit.range.end += room_behind(&text[edit.range.end..]);
        edit.range.end += number_behind(text, edit.range.end);
    }
    edits.extend(rests(text));
    edits.retain(|edit| !is_hidden(&text[edit.range.clone()]));
    repeated(text, &mut edits);
    edits
}

/// Bytes of the number of a room that goes on behind an address: …12号3-201, …C3栋1-702.
fn room_behind(rest: &str) -> usize {
    static ROOM_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^(?:(?:[栋幢座楼号]?[\-—－#]?[A-Z]?[0-9]{1,3}(?:[\-—－][0-9]{1,4}){1,2}|[\-—－][0-9]{1,4}(?:[\-—－][0-9]{1,4})?)(?:号|室)?",
            // 3号|楼5单元502: the parts of a house go on.
            r"|(?:楼|院|号楼)?(?:[0-9一二三四五六七八九十东西南北中]{1,3}(?:号楼|单元|门|楼|层|栋|幢|座))+(?:[东西中南北]户|[0-9]{1,4}(?:号房|号|室|户)?)?)"
        ))
            .expect("a constant pattern")
    });
    let found = ROOM_BEHIND.find(rest).map_or(0, |found| found.end());
    // 12号2024-05-06: a day is no room.
    if rest[found..].starts_with(|c: char| c.is_ascii_digit() || c == '-' || "元年月日时".contains(c)) {
        0
    } else {
        found
    }
}

/// Bytes of the number of a room right behind its stair or house: 3单元|502.
fn number_behind(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_house = ["单元", "号楼", "栋", "幢"].iter().any(|word| text[..end].ends_with(word));
    let other = rest[digits..].starts_with(['元', '年', '月', '日', '时', '.', '-']);
    if is_house && (2..=4).contains(&digits) && !other {
        let room = ["号房", "号", "室", "户", "房"].iter().find(|word| rest[digits..].starts_with(**word));
        return digits + room.map_or(0, |room| room.len());
    }
    0
}

/// What is left of a room behind a masked address.
fn rests(text: &str) -> impl Iterator<Item = Edit> {
    let places = text.match_indices(MASK).map(|(at, mask)| (at, at + mask.len()));
    places.filter_map(|(at, end)| {
        let room = room_behind(&text[end..]);
        (room > 0).then(|| edit(at..end + room))
    })
}

/// What is an address once is one everywhere in the record, as far as it has a number.
fn repeated(text: &str, edits: &mut Vec<Edit>) {
    let mut known: HashMap<&str, Vec<&str>> = HashMap::new();
    for range in edits.iter().map(|edit| edit.range.clone()) {
        let address = &text[range];
        let Some((key, _)) = address.char_indices().nth(KEY_CHARS).map(|(at, _)| address.split_at(at)) else {
            continue;
        };
        let same = known.entry(key).or_default();
        if address.contains(|c: char| c.is_ascii_digit()) && !same.contains(&address) && same.len() < SAME_KEY_MAX {
            same.push(address);
        }
    }
    if known.is_empty() {
        return;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    for window in starts.windows(KEY_CHARS + 1) {
        let (Some(from), Some(to)) = (window.first(), window.last()) else { continue };
        let Some(same) = known.get(&text[*from..*to]) else { continue };
        let longest =
            same.iter().filter(|address| text[*from..].starts_with(**address)).max_by_key(|address| address.len());
        edits.extend(longest.map(|address| edit(*from..*from + address.len())));
    }
}

fn edit(range: Range<usize>) -> Edit {
    Edit { range, mask: MASK.to_string(), kind: MaskKind::Address }
}

/// Where in a stretch of running words that ends in a room its address begins: behind the last region, else behind the last
/// word that leads to a place.
fn room_begin(stretch: &str) -> usize {
    let inner = |at: usize| stretch[..at].ends_with(['小', '社', '园', '厂', '校', '库', '居', '住', '生', '新', '宿']);
    let (mut begin, mut led) = (0, 0);
    for (at, c) in stretch.char_indices() {
        let end = at + c.len_utf8();
        let below =
            || stretch[begin..at].contains(['路', '街', '道', '巷', '弄', '村', '号', '幢', '栋', '苑', '镇', '乡']);
        if LEADING.iter().any(|word| stretch[..end].ends_with(word)) {
            (begin, led) = (end, end);
        } else if "市区县旗".contains(c) && !inner(at) && !below() {
            begin = end;
        }
    }
    let (county, found) = region(&stretch[led..]);
    if found { begin.max(led + county) } else { begin }
}

/// Words that lead to an address and stand in none.
const LEADING: &[&str] =
    &["于", "在", "至", "到", "从", "用", "租下", "进入", "入住", "登记为", "现为", "促成", "转租", "购买的", "名下的"];

/// Where in a stretch that ends in a house somebody lives in its address begins: behind the region that follows the last word
/// that leads to a place.
fn lived_in_begin(stretch: &str) -> Option<usize> {
    let leads = ["位于", "于", "在", "至", "到", "从", "居住的", "租住的", "租住", "租赁", "住处", "暂住地", "居住地"];
    let led = leads.iter().filter_map(|word| Some(stretch.rfind(word)? + word.len())).max();
    let begin = led.unwrap_or(0);
    let (county, found) = region(&stretch[begin..]);
    let address = &stretch[begin + county..];
    let other = ["被告人", "被害人", "公司", "某"].iter().any(|word| address.contains(word));
    let told = address.chars().count() > 2;
    (!other && told && (found || led.is_some())).then_some(begin + county)
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
    // A day is no part of an address: 一里95号2016年起居住在.
    let below = &below[..DAY.find(below).map_or(below.len(), |day| day.start())];
    // In running words the address ends where somebody goes on: 其家中开车到.
    let going =
        ["开车", "沿屋", "爬", "到", "至", "将", "被"].iter().filter_map(|word| below.find(word)).filter(|at| *at > 0);
    let moves = if told { None } else { going.min() };
    let below = &below[..moves.unwrap_or(below.len())];
    let exact = if told { below } else { &below[..address_end(below)] };
    // 现住址阳光花园12-3-401: a house by its numbers alone.
    let dashed = if told || !exact.ends_with(['园', '苑', '区', '庄', '城', '府', '里']) {
        0
    } else {
        dashed(&below[exact.len()..])
    };
    let exact = &below[..exact.len() + dashed];
    let ends = ["号", "室", "组", "户", "幢", "栋", "楼", "座", "层", "单元"];
    let numbered = dashed > 0 || ends.iter().any(|end| exact.ends_with(end));
    let whole = numbered && exact.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    // 住富家镇下河村: town and village without a region.
    let village = weak && exact.contains(['镇', '乡', '街']) && exact.ends_with(['村', '屯', '组', '社', '区', '队']);
    let running = (weak || !told) && !found && !whole && !village;
    let other = |word: &&str| exact.contains(*word);
    if NO_ADDRESS.iter().any(other) || !told && NO_PLACE.iter().any(other) {
        return None;
    }
    // 住院部5楼, 其住宅3楼: another word begins.
    let other_word = weak && exact.starts_with(['院', '宅', '宿', '房', '户', '建']);
    if exact.chars().count() < 2 || exact == MASK || running || other_word {
        return None;
    }
    if exact.starts_with(['某', '×', '*']) && !exact.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let start = at + from;
    Some(start..start + exact.len())
}

/// Bytes of the number of a house and its rooms: 12-3-401.
fn dashed(rest: &str) -> usize {
    static DASHED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[A-Z]?[0-9]{1,3}(?:[\-—－][0-9]{1,4}){1,3}(?:号|室)?").expect("a constant pattern")
    });
    let found = DASHED.find(rest).map_or(0, |found| found.end());
    if rest[found..].starts_with(|c: char| c.is_ascii_digit() || "年月日".contains(c)) { 0 } else { found }
}

/// Whether every name and number of an address is hidden already: XX镇XX村XX组.
fn is_hidden(address: &str) -> bool {
    let sign = |c: char| matches!(c, 'X' | 'x' | '×' | '*' | '＊' | '某');
    address.contains(sign) && address.chars().all(|c| sign(c) || ENDS.contains(&c))
}

/// Where the last part that names a place ends; 0 if none does.
fn address_end(below: &str) -> usize {
    // 桥头房屋: what the address is of is no part of it.
    let of_house = |at: usize| below[at..].starts_with("房屋") || below[at..].starts_with("房间");
    // 三社 is a part of a village, 信用社 is none.
    let numeral = |at: usize| below[..at].ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let unit = |at: usize, c: char| c == '元' && below[..at].ends_with('单');
    let is_end = |at: usize, c: char| ENDS.contains(&c) || c == '社' && numeral(at) || unit(at, c);
    let mut ends = below.char_indices().filter(|(at, c)| is_end(*at, *c) && !of_house(*at));
    let mut strong = ends.clone().filter(|(at, c)| {
        let before = below[..*at].chars().next_back();
        unit(*at, *c)
            || "号室房户组幢栋座层社楼".contains(*c)
                && before.is_some_and(|c| c.is_ascii_digit() || "×XxＸ*某一二三四五六七八九十".contains(c))
    });
    let end = strong.next_back().or_else(|| ends.next_back()).map_or(0, |(at, c)| at + c.len_utf8());
    let beside = BESIDE.iter().find(|word| below[end..].starts_with(**word)).filter(|_| end > 0);
    end + beside.map_or(0, |word| word.len())
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
    // The head of a decision names who decided, not who lives there: what stands up to its number says nothing.
    let before = HEAD.find_iter(before).last().map_or(before, |head| &before[head.end()..]);
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
