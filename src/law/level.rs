//! Authority level, issuer and region where a title or its history say them without doubt; otherwise nothing is guessed.

use super::kind::AuthorityLevel;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A regular expression made once from a constant of this file; a wrong one fails every test.
macro_rules! constant_pattern {
    ($name:ident, $source:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($source).expect("a constant pattern"));
    };
}

constant_pattern!(CONSTITUTION, r"^(?:中华人民共和国)?宪法(?:修正案.*)?$");
constant_pattern!(
    NATIONAL_CONGRESS,
    r"第[一二三四五六七八九十]+届全国人民代表大会|全国人民代表大会(?:常务委员会)?第[一二三四五六七八九十\d]+次"
);
constant_pattern!(
    LOCAL_CONGRESS,
    r"([\p{Han}]{2,20}?(?:省|自治区|市|自治州|自治县|旗|经济特区))(?:第[一二三四五六七八九十\d]+届)?人民代表大会(?:常务委员会)?"
);
constant_pattern!(
    GOVERNMENT_ORDER,
    r"([\p{Han}]{1,20}?(?:省|自治区|市|自治州))(?:革命委员会|人民政府)(?:令|第\s*\d+\s*号)"
);
constant_pattern!(
    STATE_COUNCIL_ORDER,
    r"国务院(?:令|第\s*[\d一二三四五六七八九十百]+\s*号令|、(?:中华人民共和国)?中央军(?:事委员会|委)令)"
);
constant_pattern!(STATE_COUNCIL_ACT, r"国务院(?:[\p{Han}\d第]{0,12})?(?:公布|发布|批准|颁布|通过|修订)");
constant_pattern!(COUNCIL_APPROVED, r"(?:19\d{2}|200[01])\s*年[\s\d月日]{0,14}(?:经)?国务院批准");
constant_pattern!(REGULATIONS_CHANGED, r"《国务院关于[^《》]{0,40}行政法规的决定》[第一二三四五六七八九十次]*修[订正]");
constant_pattern!(STATE_COUNCIL_NUMBER, r"国(?:办)?(?:发|函|办函|发明电)\s*[〔\[［（(﹝〖]\s*(?:19|20)\d{2}");
constant_pattern!(
    MINISTRY_ORDER,
    r"((?:国家|中国|中华人民共和国)?[\p{Han}、]{1,40}?(?:部|总局|局|署|委员会|委|人民银行|会|办公室|院|厅))(?:第?\s*[\d〇一二三四五六七八九十百]+\s*号)?令"
);
constant_pattern!(AUTONOMOUS_COUNTY, r"^[\p{Han}]{2,20}自治[县旗]");
constant_pattern!(
    CONGRESS_ISSUER,
    r"([\p{Han}]{2,20}?(?:省|自治区|市|自治州|自治县|旗|区|县))(?:第[一二三四五六七八九十]+届)?(人民代表大会(?:常务委员会)?)第?[一二三四五六七八九十\d]*次?"
);
constant_pattern!(NATIONAL_ISSUER, r"全国人民代表大会(?:常务委员会)?");
constant_pattern!(NATIONAL_TITLE, r"^(?:第[一二三四五六七八九十]+届)?全国人民代表大会");
constant_pattern!(JUDICIAL, r"最高人民(?:法院|检察院)");
constant_pattern!(JUDICIAL_NUMBER, r"(?:法释|高检发释字)\s*[〔\[［（(﹝〖]");
constant_pattern!(
    DOCUMENT_NUMBER,
    r"[\p{Han}]{1,14}(?:发|函|字|规|办|通|办发|规发|公告)?\s*[〔\[［﹝〖]\s*(?:19|20)\d{2}\s*[〕\]］﹞〗]\s*\d+\s*号"
);
constant_pattern!(
    ORDER_ISSUER,
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:经)?([\p{Han}、，\s　]{2,120}?)(?:令|公告|第\s*\d+\s*号|\d{4}\s*年第|发布|公布|颁布|印发)"
);

/// The level that a title, its issuer and its history lines say without doubt; `None` leaves it unknown.
pub fn infer_level(title: &str, issuer: Option<&str>, history: &[String]) -> Option<AuthorityLevel> {
    use AuthorityLevel as Level;
    let title = title.trim();
    if CONSTITUTION.is_match(title) {
        return Some(Level::Constitution);
    }
    let story = history.join("\n");
    let issuer = issuer.unwrap_or("");
    if NATIONAL_TITLE.is_match(title) {
        return Some(Level::Law);
    }
    if JUDICIAL_NUMBER.is_match(&story) || (JUDICIAL.is_match(issuer) && is_judicial_form(title)) {
        return Some(Level::JudicialInterpretation);
    }
    if JUDICIAL.is_match(title) && is_judicial_form(title) && title.starts_with("最高人民") {
        return Some(Level::JudicialInterpretation);
    }
    let first = history.first().map(String::as_str).unwrap_or("");
    if is_of_state_council(&story) {
        return Some(Level::AdministrativeRegulation);
    }
    first_act(title, first).or_else(|| later_act(title, issuer, &story)).or_else(|| national_law(title))
}

/// Whether a history tells that the text is a regulation of the State Council although a ministry issued it: before the
/// Legislation Law a ministry did so with its approval, and only its own regulations does it change by a decision on
/// 行政法规.
fn is_of_state_council(story: &str) -> bool {
    let issued = story.contains("发布") || story.contains("公布");
    (COUNCIL_APPROVED.is_match(story) && issued || REGULATIONS_CHANGED.is_match(story)) && !story.contains("人民政府")
}

/// 中华人民共和国…法 can be nothing but a law; a rule would be called 办法.
fn national_law(title: &str) -> Option<AuthorityLevel> {
    let law =
        title.ends_with("法典") || (title.ends_with('法') && !title.ends_with("办法") && !title.ends_with("方法"));
    (law && title.starts_with("中华人民共和国")).then_some(AuthorityLevel::Law)
}

fn is_judicial_form(title: &str) -> bool {
    ["解释", "规定", "批复", "规则", "决定"].iter().any(|form| title.contains(form))
}

/// What the first history line says: who adopted or promulgated the text.
fn first_act(title: &str, first: &str) -> Option<AuthorityLevel> {
    use AuthorityLevel as Level;
    let head = first.split(['《', '〈', '<']).next().unwrap_or(first);
    if GOVERNMENT_ORDER.is_match(head) {
        return Some(Level::LocalGovernmentRule);
    }
    if NATIONAL_CONGRESS.is_match(head) {
        return Some(Level::Law);
    }
    if LOCAL_CONGRESS.is_match(head) && !head.contains("全国人民代表大会") {
        return Some(local_congress_level(title));
    }
    if STATE_COUNCIL_ORDER.is_match(head) {
        return Some(Level::AdministrativeRegulation);
    }
    if head.contains("国家监察委员会") && title.ends_with("条例") {
        return Some(Level::SupervisionRegulation);
    }
    if STATE_COUNCIL_ACT.is_match(head) && title.ends_with("条例") {
        return Some(Level::AdministrativeRegulation);
    }
    if STATE_COUNCIL_NUMBER.is_match(first) {
        return Some(Level::NormativeDocument);
    }
    if MINISTRY_ORDER.is_match(head) && !JUDICIAL.is_match(head) {
        return Some(Level::DepartmentalRule);
    }
    None
}

/// What the rest of the history says when its first line is silent.
fn later_act(title: &str, issuer: &str, story: &str) -> Option<AuthorityLevel> {
    use AuthorityLevel as Level;
    if STATE_COUNCIL_NUMBER.is_match(story) {
        return Some(Level::NormativeDocument);
    }
    if STATE_COUNCIL_ORDER.is_match(story) && !story.contains("人民政府令") {
        return Some(Level::AdministrativeRegulation);
    }
    if DOCUMENT_NUMBER.is_match(story) && !story.contains('令') {
        return Some(Level::NormativeDocument);
    }
    let notice = ["的通知", "的意见", "的公告", "的通告", "的复函", "的函"].iter().any(|end| title.ends_with(end));
    let administration = ["国务院", "人民政府", "办公厅", "办公室", "部", "总局", "局", "委员会"];
    let by_administration = administration.iter().any(|end| issuer.ends_with(end)) || title.starts_with("国务院");
    (notice && by_administration && !issuer.contains("人民代表大会")).then_some(Level::NormativeDocument)
}

/// The level of what a local people's congress or its standing committee made, by its title.
pub fn local_congress_level(title: &str) -> AuthorityLevel {
    if title.ends_with("自治条例") || title.contains("自治条例（") {
        AuthorityLevel::AutonomousRegulation
    } else if AUTONOMOUS_COUNTY.is_match(title) {
        AuthorityLevel::SeparateRegulation
    } else if title.contains("经济特区") {
        AuthorityLevel::SpecialEconomicZoneRegulation
    } else {
        AuthorityLevel::LocalRegulation
    }
}

/// The organ that first promulgated or adopted the text, as its history writes it, normalised by [`normalise_issuer`].
pub fn issuer_of(history: &[String]) -> Option<String> {
    history.iter().find_map(|line| {
        let head = line.split(['《', '〈']).next().unwrap_or(line);
        let order = line.trim().strip_suffix('令').map(normalise_issuer).filter(|organ| is_organ(organ));
        order.or_else(|| adopted_by(head)).or_else(|| {
            let organ = normalise_issuer(ORDER_ISSUER.captures(head)?.get(1)?.as_str());
            is_organ(&organ).then_some(organ)
        })
    })
}

/// The congress or court that adopted the text, without the number of its term and session.
fn adopted_by(head: &str) -> Option<String> {
    if !head.contains("通过") {
        return None;
    }
    if let Some(found) = NATIONAL_ISSUER.find(head) {
        return Some(found.as_str().to_string());
    }
    match (head.contains("最高人民法院审判委员会"), head.contains("最高人民检察院")) {
        (true, true) => return Some("最高人民法院、最高人民检察院".to_string()),
        (true, false) => return Some("最高人民法院".to_string()),
        (false, true) => return Some("最高人民检察院".to_string()),
        (false, false) => {}
    }
    let found = CONGRESS_ISSUER.captures(head)?;
    let place = after_particles(found.get(1)?.as_str());
    Some(format!("{place}{}", found.get(2)?.as_str()))
}

/// A name without what a history line puts before it: the day, 经, 由. The city 日照 keeps its name.
fn after_particles(name: &str) -> &str {
    let cuts = |at: usize, c: char| match c {
        '日' => !name.get(at..).is_some_and(|rest| rest.starts_with("日照")),
        _ => matches!(c, '经' | '由' | ' ' | '\u{3000}'),
    };
    let last = name.char_indices().rev().find(|(at, c)| cuts(*at, *c));
    last.and_then(|(at, c)| name.get(at + c.len_utf8()..)).unwrap_or(name)
}

/// Whether a name ends as names of organs do.
fn is_organ(name: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["部", "局", "署", "委员会", "委", "人民银行", "会", "办公室", "办公厅", "国务院", "人民政府", "院"];
    ENDINGS.iter().any(|ending| name.ends_with(ending)) && name.chars().count() <= 100
}

/// An issuer without the name of the state before it and without white space: 中华人民共和国交通运输部 → 交通运输部.
pub fn normalise_issuer(issuer: &str) -> String {
    let joined: String = issuer
        .split(|c: char| c.is_whitespace() || c == '、' || c == '，' || c == ',')
        .map(|name| name.strip_prefix("中华人民共和国").filter(|rest| !rest.is_empty()).unwrap_or(name))
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join("、");
    joined
}

/// Codes and names, provinces first; counties whose name is not unique are found only behind their city or province.
struct Regions {
    /// Name → codes that bear it, ascending.
    by_name: HashMap<&'static str, Vec<&'static str>>,
    /// Code → name.
    by_code: HashMap<&'static str, &'static str>,
    /// Longest name in characters.
    longest: usize,
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
    let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut by_code: HashMap<&str, &str> = HashMap::new();
    let mut longest = 0;
    for line in include_str!("regions.tsv").lines().filter(|line| !line.starts_with('#')) {
        if let Some((code, name)) = line.split_once('\t') {
            by_name.entry(name).or_default().push(code);
            by_code.insert(code, name);
            longest = longest.max(name.chars().count());
        }
    }
    Regions { by_name, by_code, longest }
});

/// Code of the region whose full name begins a title or an issuer (云州省…, 省市县 in sequence): the deepest one named.
///
/// A county name that several counties bear counts only behind the name of its city or province.
pub fn region_of(text: &str) -> Option<&'static str> {
    let mut rest = text.trim_start_matches("中华人民共和国");
    let mut found: Option<&'static str> = None;
    while let Some((code, name)) = leading_region(rest, found) {
        found = Some(code);
        rest = rest.get(name..).unwrap_or("");
    }
    found
}

/// How a name of a region goes on where it is given in short.
const REGION_ENDS: [&str; 9] = ["", "市", "省", "县", "区", "州", "自治县", "自治州", "自治区"];

/// Whether a text begins with the name of any region, whole or short.
pub fn begins_with_region(text: &str) -> bool {
    beginnings(text)
        .any(|name| REGION_ENDS.iter().any(|end| REGIONS.by_name.contains_key(format!("{name}{end}").as_str())))
}

/// The whole name of a region with which a text ends: 依据云州省.
pub fn region_at_end(text: &str) -> Option<&str> {
    let starts = text.char_indices().rev().map(|(at, _)| at).take(REGIONS.longest);
    let names = starts.filter_map(|at| text.get(at..)).filter(|name| REGIONS.by_name.contains_key(*name));
    names.last()
}

/// A title that begins with a region in short, with its whole names: 云州渡口条例 → 云州省渡口条例, 云州市渡口条例.
pub fn with_whole_region(title: &str) -> impl Iterator<Item = String> + '_ {
    beginnings(title).flat_map(move |short| {
        let ends = REGION_ENDS.iter().filter(|end| !end.is_empty());
        let whole = ends.map(move |end| format!("{short}{end}"));
        let rest = title.get(short.len()..).unwrap_or_default();
        whole.filter(|name| REGIONS.by_name.contains_key(name.as_str())).map(move |name| format!("{name}{rest}"))
    })
}

/// What a title says behind the name of its region, and the code of that: 云州省渡口条例.
pub fn behind_region(title: &str) -> Option<(&'static str, &str)> {
    let (code, length) = leading_region(title, None)?;
    Some((code, title.get(length..)?))
}

/// Name of a region by its code; `None` if the table does not have it.
pub fn region_name(code: &str) -> Option<&'static str> {
    REGIONS.by_code.get(code).copied()
}

/// The beginnings of a text that may be names of regions, of two characters at least.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(REGIONS.longest).skip(1);
    ends.filter_map(|end| text.get(..end))
}

/// Whether a title begins with the name of a region or of one inside it, whole or short: 绍兴古城保护利用条例, 义乌…条例 for its
/// province. The code tells which region is meant, so that a short name cannot mislead.
pub fn names_region(title: &str, code: &str) -> bool {
    let fits = |name: &str| {
        let codes = REGIONS.by_name.get(name);
        codes.is_some_and(|codes| codes.iter().any(|known| *known == code || is_inside(known, code)))
    };
    let title = title.trim_start_matches("中华人民共和国");
    region_of(title).is_some()
        || beginnings(title).any(|name| REGION_ENDS.iter().any(|end| fits(&format!("{name}{end}"))))
}

/// The longest region name with which the text begins that lies inside `above`, with its length in bytes.
fn leading_region(text: &str, above: Option<&str>) -> Option<(&'static str, usize)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(REGIONS.longest).collect();
    ends.into_iter().rev().find_map(|end| {
        let codes = REGIONS.by_name.get(text.get(..end)?)?;
        let inside: Vec<&'static str> =
            codes.iter().copied().filter(|code| above.is_none_or(|above| is_inside(code, above))).collect();
        match inside.as_slice() {
            [code] => Some((*code, end)),
            _ => None,
        }
    })
}

fn is_inside(code: &str, above: &str) -> bool {
    code != above && lies_in(code, above)
}

/// Whether the region of a code is another one or lies in it, by the codes of GB/T 2260: 441301 in 440000.
pub fn lies_in(code: &str, above: &str) -> bool {
    code.starts_with(above.trim_end_matches("00"))
}

/// Code of a province by its short name as collections name folders (上海, 内蒙古); `None` if no province begins so.
pub fn province_by_short_name(name: &str) -> Option<&'static str> {
    if name.chars().count() < 2 {
        return None;
    }
    let provinces = REGIONS.by_name.iter().filter(|(full, codes)| full.starts_with(name) && codes.len() == 1);
    let mut codes = provinces.flat_map(|(_, codes)| codes.iter().copied()).filter(|code| code.ends_with("0000"));
    match (codes.next(), codes.next()) {
        (Some(code), None) => Some(code),
        _ => None,
    }
}

/// The region whose congress or government acted, as a history line names it.
pub fn region_of_history(history: &[String]) -> Option<&'static str> {
    history.iter().find_map(|line| {
        let head = line.split(['《', '〈']).next().unwrap_or(line);
        let organ = LOCAL_CONGRESS.captures(head).or_else(|| GOVERNMENT_ORDER.captures(head))?.get(1)?.as_str();
        let start = organ
            .rfind(['日', ' ', '\u{3000}', '经', '由'])
            .map_or(0, |at| at + organ.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
        region_of(organ.get(start..)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level(title: &str, history: &[&str]) -> Option<AuthorityLevel> {
        infer_level(title, None, &history.iter().map(|line| line.to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn a_title_may_name_its_region_shortly() {
        for (title, code, names) in [
            ("绍兴古城云条例", "330600", true),
            ("义乌云条例", "330000", true),
            ("北京云条例", "110000", true),
            ("浙江省云条例", "330000", true),
            ("绍兴古城云条例", "320000", false),
            ("关于市人民政府报告云的规定", "330100", false),
            ("云条例", "330000", false),
        ] {
            assert_eq!(names_region(title, code), names, "{title} {code}");
        }
    }

    #[test]
    fn levels_come_from_who_acted() {
        use AuthorityLevel as Level;
        let cases = [
            ("中华人民共和国宪法", vec![], Some(Level::Constitution)),
            ("中华人民共和国云法", vec!["2020年5月1日第十三届全国人民代表大会第三次会议通过"], Some(Level::Law)),
            ("云条例", vec!["2020年5月1日中华人民共和国国务院令第900号公布"], Some(Level::AdministrativeRegulation)),
            (
                "云办法",
                vec!["（2020年5月1日国家市场监督管理总局令第9号公布 自2020年6月1日起施行）"],
                Some(Level::DepartmentalRule),
            ),
            ("浙江省云办法", vec!["2020年5月1日浙江省人民政府令第9号公布"], Some(Level::LocalGovernmentRule)),
            (
                "浙江省云条例",
                vec!["2020年5月1日浙江省第十三届人民代表大会常务委员会第三次会议通过"],
                Some(Level::LocalRegulation),
            ),
            ("国务院关于云的意见", vec!["国发〔2020〕5号"], Some(Level::NormativeDocument)),
            ("最高人民法院关于云的解释", vec!["法释〔2020〕5号"], Some(Level::JudicialInterpretation)),
            ("云工作方案", vec![], None),
            ("中华人民共和国云法", vec![], Some(Level::Law)),
            ("中华人民共和国云办法", vec![], None),
            (
                "云细则",
                vec!["（1987年8月25日国务院批准　国函〔1987〕5号　1987年9月10日云业部令第1号发布）"],
                Some(Level::AdministrativeRegulation),
            ),
            (
                "云办法",
                vec!["1990年1月6日云业部令第2号发布", "根据2018年9月8日《国务院关于修改部分行政法规的决定》修订"],
                Some(Level::AdministrativeRegulation),
            ),
            ("云办法", vec!["2008年8月25日国务院批准　2008年9月10日云业部令第1号发布"], Some(Level::DepartmentalRule)),
            ("云细则", vec!["1987年8月25日国务院批准　1987年9月10日云业部发布"], Some(Level::AdministrativeRegulation)),
            ("全国人民代表大会常务委员会关于云的决定", vec![], Some(Level::Law)),
        ];
        for (title, history, expected) in cases {
            assert_eq!(level(title, &history), expected, "{title}");
        }
    }

    #[test]
    fn regions_are_read_in_sequence() {
        assert_eq!(region_of("浙江省云条例"), Some("330000"));
        assert_eq!(region_of("浙江省杭州市西湖区人民政府"), Some("330106"));
        assert_eq!(region_of("杭州市云办法"), Some("330100"));
        assert_eq!(region_of("台安县人民政府"), Some("210321"));
        assert_eq!(region_of("鼓楼区人民政府"), None, "several districts bear the name");
        assert_eq!(region_of("云条例"), None);
        assert_eq!(province_by_short_name("上海"), Some("310000"));
        assert_eq!(province_by_short_name("山"), None);
    }

    #[test]
    fn issuers_lose_the_name_of_the_state() {
        assert_eq!(normalise_issuer("中华人民共和国交通运输部"), "交通运输部");
        assert_eq!(normalise_issuer("中华人民共和国公安部　司法部"), "公安部、司法部");
        let history = ["（2005年6月16日交通部令第3号公布）".to_string()];
        assert_eq!(issuer_of(&history).as_deref(), Some("交通部"));
        assert_eq!(issuer_of(&["2020年5月1日云法第三次会议通过".to_string()]), None);
        assert_eq!(issuer_of(&["中华人民共和国交通运输部令".to_string(), "第5号".to_string()]).unwrap(), "交通运输部");
        let adopted = |line: &str| issuer_of(&[line.to_string()]).unwrap_or_default();
        assert_eq!(
            adopted("2020年5月1日 浙江省第十三届人民代表大会常务委员会第三次会议通过"),
            "浙江省人民代表大会常务委员会"
        );
        assert_eq!(adopted("2020年5月1日日照市第十三届人民代表大会第三次会议通过"), "日照市人民代表大会");
        assert_eq!(adopted("（2020年5月1日第十三届全国人民代表大会第三次会议通过）"), "全国人民代表大会");
        assert_eq!(adopted("2020年5月1日 由最高人民法院审判委员会第1823次会议通过"), "最高人民法院");
        assert_eq!(local_congress_level("云州自治县水条例"), AuthorityLevel::SeparateRegulation);
        assert_eq!(local_congress_level("云市区县（自治县）工作条例"), AuthorityLevel::LocalRegulation);
    }

    proptest! {
        #[test]
        fn never_panics(title in "\\PC{0,30}", line in "\\PC{0,60}") {
            let history = [line];
            let _ = infer_level(&title, Some(&title), &history);
            let _ = (issuer_of(&history), region_of(&title), region_of_history(&history), province_by_short_name(&title));
        }
    }
}
