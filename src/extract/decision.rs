//! Files that hold a decision of an authority or a court (行政处罚决定书, 判决书): cases, whose personal data is masked.

mod fields;
mod story;

use super::case_list;
use super::outcome::{Extracted, Outcome};
use crate::law::{CaseKind, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

/// Lines at the head of a text among which its name may stand.
const HEAD_LINES: usize = 8;
/// Longest heading of a part of a typical case, in characters.
const HEADING_CHARS: usize = 20;

/// A line, or a title, without its blanks, that names the kind of a decision at its end; its number may stand behind it.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^#{0,3}[\p{Han}（）()〔〕\d\-—_]{0,60}?(?:",
        r"(?P<penalty>(?:不予)?(?:行政|简易程序|当场)?处罚(?:事先|听证|意见)?(?:决定书|告知书)(?:送达公告)?|(?:行政处罚)?(?:听证|陈述申辩)(?:权利)?告知书|关于(?:对|给予)[^关第《]{1,40}处罚的?(?:决定|公告|通报|通告|决定的公告)|行政处罚(?:决定书?|案件|结果)?(?:信息|情况|内容|结果)?(?:公开|公示)(?:信息|内容)?表)",
        r"|(?P<review>行政复议[^关第《]{0,12}(?:决定书|告知书|通知书|意见书|终止书))",
        r"|(?P<coercion>(?:行政强制(?:措施|执行)?|强制执行|强制拆除|限期拆除|查封|扣押|冻结|加处罚款|代履行|先行登记保存(?:证据|物品)?)[^关第《]{0,16}(?:决定书|通知书|公告)|[^关第《]{0,12}(?:催告|催缴(?:通知)?)书)",
        r"|(?P<record>(?:现场|检查|勘验|勘查|询问|调查|听证|讯问|约谈|抽样|陈述|申辩)[^关第《]{0,16}笔录|送达回证)",
        r"|(?P<order>责令[^关第《]{0,24}(?:通知书|决定书|指令书|告知书)|(?:限期)?(?:整改|改正|整治|治理)(?:指令|通知|决定|意见)书|(?:监督|监察)(?:意见|指令)书|(?:不予|撤销|终止|中止|延期|分期)[^关第《]{0,16}(?:处罚|立案|受理|调查|罚款|案件)(?:决定书|告知书|通知书)|(?:投诉|举报)[^关第《]{0,16}(?:告知书|答复书|决定书)|(?:询问|约谈|协助调查|接受调查|听证)[^关第《]{0,8}通知书|案件移送(?:函|书)|立案(?:审批表|登记表|告知书|决定书)|结案(?:审批表|报告)|(?:案件)?调查终结报告|(?:案件)?处理意见(?:书|审批表)|[^关第《]{0,20}送达公告)",
        r"|(?P<court>(?:刑事|民事|行政|执行|刑事附带民事|行政赔偿|国家赔偿)?(?:判决书|裁定书|调解书)|(?:劳动|人事|劳动人事)?(?:争议)?仲裁(?:裁决|调解)书|(?:不)?起诉(?:决定)?书)",
        r")(?:[（(〔\[].{0,40}|[12][0-9]{3}年[0-9一二三四五六七八九十年月日度季上下半第批期次号份至、.~～—-]{0,16}(?:公示|公开)?|第[0-9一二三四五六七八九十]{1,4}[批期次][^，。；]{0,10}|[—_|–-]{1,2}[^，。；]{0,40}|(?:编号[：:]?)?[\p{Han}（）()]{1,20}[〔\[（(［【][12][0-9]{3}[〕\]）)］】].{1,24}号)?$"
    ))
    .expect("a constant pattern")
});
/// A title that says on whom or on what a penalty is put: 云桥县水利局关于某某非法采砂的行政处罚决定.
static ON_SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    let behind = "的?(?:决定书?|决定的(?:公告|通报|通告)|公告|通报|通告)";
    Regex::new(&format!(
        r"^#{{0,3}}[^。；：]{{0,60}}?关于(?P<matter>[^。；：]{{2,80}}?)(?:(?P<penalty>处罚){behind}|(?P<other>(?:处分|处理|措施)(?:的决定书?|决定书)))(?:[（(〔\[].{{0,40}})?$"
    ))
    .expect("a constant pattern")
});
/// A title that takes back or changes a penalty: 云桥县水利局关于撤销云水罚〔2024〕3号行政处罚决定的决定, 行政处罚决定变更通知书.
static REDONE: LazyLock<Regex> = LazyLock::new(|| {
    let does = "(?:部分)?(?:撤销|撤回|收回|变更|纠正|更正|补正)";
    let paper = "(?:决定书?|通知书?|公告|通告|告知书)";
    Regex::new(&format!(
        r"^#{{0,3}}[^。；：，]{{0,60}}?(?:{does}[^。；：]{{0,60}}?处罚决定书?》?(?:[（(][^（）()]{{1,40}}[）)])?的?{paper}|处罚决定书?的?{does}{paper})(?:[（(〔\[].{{0,40}})?$"
    ))
    .expect("a constant pattern")
});
/// How a title goes on behind 关于 that is about penalties and puts none: it makes, changes or hands over rules and powers.
const RULES: [&str; 52] = [
    "修改",
    "修订",
    "修正",
    "废止",
    "公布",
    "印发",
    "发布",
    "转发",
    "批转",
    "规范",
    "加强",
    "做好",
    "进一步",
    "实施",
    "施行",
    "推行",
    "推进",
    "开展",
    "建立",
    "健全",
    "完善",
    "明确",
    "统一",
    "调整",
    "委托",
    "授权",
    "授予",
    "赋予",
    "下放",
    "集中",
    "相对集中",
    "取消",
    "停止",
    "暂停",
    "清理",
    "贯彻",
    "执行",
    "落实",
    "设定",
    "制定",
    "组织",
    "由",
    "在",
    "将",
    "部分",
    "确定",
    "划转",
    "承接",
    "严惩",
    "惩治",
    "依法",
    "深化",
];
/// What is said in such a title of all who do something and of nobody: 轻微违法行为不予行政处罚, 行政处罚权.
const OF_ALL: [&str; 5] = ["事项", "权限", "裁量", "标准", "各类"];
/// All who do something.
const ALL_WHO: [&str; 5] = ["轻微违法", "首次违法", "首违", "轻微", "初次违法"];
/// How the body of a decision tells what was found, or how one may go against it.
const FOUND: [&str; 9] = ["经查", "查明", "查实", "立案", "违法事实", "违规事实", "申请行政复议", "如不服", "经调查"];

/// Whom a decision speaks to in a line of its own: 云桥铸造有限公司：.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s　]*[\p{Han}（）()·A-Za-z0-9]{2,40}(?:[（(][^（）()\n]{2,60}[）)])?[：:][\s　]*(?:[（(][^（）()\n]{2,60}[）)][\s　]*)?$").expect("a constant pattern")
});
/// A line that begins an article: what has articles is a rule about decisions.
static ARTICLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[\s　#*]*第[一1]条[\s　*]").expect("a constant pattern"));
/// What the body of a decision says whose parties no word names: it punishes or speaks to somebody.
const SPEAKS: [&str; 9] =
    ["姓名", "你公司", "你单位", "你（单位）", "你厂", "你店", "统一社会信用代码", "法定代表人", "身份证"];
/// What stands in the text of every such decision.
const PARTIES: [&str; 17] = [
    "被询问人",
    "被检查人",
    "被检查单位",
    "受送达人",
    "当事人",
    "被处罚人",
    "被处罚单位",
    "违法行为人",
    "被告人",
    "原告",
    "上诉人",
    "申请人",
    "公诉机关",
    "罪犯",
    "申请执行人",
    "再审申请人",
    "赔偿请求人",
];

/// Makes a case of every document that is one by its name and its words, unless it says itself what it is.
pub(super) fn recognise(outcome: &mut Outcome) {
    let Outcome::Documents { documents, .. } = outcome else { return };
    let read = std::mem::take(documents);
    for mut extracted in read {
        if extracted.document.kind == Kind::Case {
            // It says itself what it is.
        } else if let Some(cases) = headed_cases(&extracted.document) {
            documents.extend(cases);
            continue;
        } else if is_typical(&extracted.document) || story::is_one(&extracted.document) {
            to_case(&mut extracted.document, Some(CaseKind::TypicalCase));
        } else if let Some(paper) = paper_of(&extracted.document) {
            to_case(&mut extracted.document, paper.kind());
        } else if extracted.document.kind == Kind::Normative
            && let Some(cases) = case_list::split(&extracted.document)
        {
            documents.extend(cases);
            continue;
        }
        documents.push(extracted);
    }
}

/// The cases of a list that heads each: its captions are not those of one case.
fn headed_cases(document: &Document) -> Option<Vec<Extracted>> {
    let told = document.kind == Kind::Normative && !ARTICLE.is_match(&document.text);
    if told && case_list::is_headed(document) { case_list::split(document) } else { None }
}

/// Whether a text tells one typical case: 濮某非法采砂案, 基本案情 and 处理结果 below it.
fn is_typical(document: &Document) -> bool {
    let title = document.title.trim_end_matches(['。', '》', '”']);
    let named = title.ends_with('案') || title.contains("典型案例");
    // 基本案情　2024年3月5日…: the caption leads its paragraph.
    let leads = |line: &str, words: &str| {
        let rest = line
            .trim_start_matches(|c: char| c.is_whitespace() || "*#【[一二三四五六七八九十、".contains(c))
            .strip_prefix(words);
        rest.is_some_and(|rest| rest.starts_with(['：', ':', ' ', '\u{3000}', '】', ']', '*']))
    };
    let is_head =
        |line: &str, words: &str| line.chars().count() <= HEADING_CHARS && line.contains(words) || leads(line, words);
    let heads = |words: &str| document.text.lines().any(|line| is_head(line, words));
    named
        && ["基本案情", "案情简介", "简要案情", "案情回顾"].iter().any(|words| heads(words))
        && !ARTICLE.is_match(&document.text)
}

/// What papers of a case are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paper {
    /// 行政处罚决定书、告知书.
    Penalty,
    /// 行政复议决定书.
    Review,
    /// 行政强制决定书、催告书.
    Coercion,
    /// 笔录.
    Record,
    /// 责令改正通知书 and other papers, for which there is no kind of its own.
    Order,
    /// 判决书.
    Court,
}

impl Paper {
    fn kind(self) -> Option<CaseKind> {
        match self {
            Paper::Penalty => Some(CaseKind::PenaltyDecision),
            Paper::Review => Some(CaseKind::ReconsiderationDecision),
            Paper::Coercion => Some(CaseKind::CoercionDecision),
            Paper::Record => Some(CaseKind::InspectionRecord),
            Paper::Order => None,
            Paper::Court => Some(CaseKind::Judgment),
        }
    }
}

fn paper_of(document: &Document) -> Option<Paper> {
    let text = document.text.as_str();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES);
    // 行 政 处 罚 决 定 书, 当 事 人：: titles and labels are set with blanks.
    let folded = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let lines: Vec<String> = std::iter::once(document.title.as_str()).chain(lines).map(folded).collect();
    let told = || PARTIES.iter().any(|word| text.contains(word)) || fields::names_party(text);
    // Papers in the layout of letters name no party by a word.
    let letter = || SPEAKS.iter().any(|word| text.contains(word)) || ADDRESSED.is_match(text);
    let is_one = |named: &Paper| match named {
        Paper::Penalty => told() || letter() && !ARTICLE.is_match(text),
        Paper::Court => told(),
        Paper::Review | Paper::Coercion | Paper::Record | Paper::Order => {
            (told() || letter()) && !ARTICLE.is_match(text)
        }
    };
    let named = lines.iter().filter(|line| !is_rule(line)).find_map(|line| paper(line)).filter(is_one);
    let heads = || lines.iter().take(1 + NAME_LINES);
    named
        .or_else(|| heads().find_map(|line| on_somebody(line, text)))
        .or_else(|| heads().find_map(|line| redone(line, text)))
        .or_else(|| {
            (!ARTICLE.is_match(text) && fields::is_decision(&document.title, &lines, text)).then_some(Paper::Penalty)
        })
}

/// The paper whose title takes back or changes a penalty; what only mends its words (更正, 补正) imposes nothing.
fn redone(line: &str, text: &str) -> Option<Paper> {
    let told = [&PARTIES[..], &SPEAKS, &FOUND].iter().any(|words| words.iter().any(|word| text.contains(word)));
    let is_one = REDONE.is_match(line) && !is_rule_on(line) && !is_form(line);
    let mends = ["更正", "补正"].iter().any(|word| line.contains(word));
    let paper = if mends { Paper::Order } else { Paper::Penalty };
    (is_one && (told || ADDRESSED.is_match(text)) && !ARTICLE.is_match(text)).then_some(paper)
}

/// Whether a title goes on behind 关于 with what rules do: 关于规范变更行政处罚决定的通知.
fn is_rule_on(line: &str) -> bool {
    let matter = line.split_once("关于").map(|(_, matter)| matter.strip_prefix("部分").unwrap_or(matter));
    matter.is_some_and(|matter| RULES.iter().any(|word| matter.starts_with(word)))
}

/// Whether a title with the form of a decision makes, changes or hands over rules, or speaks of all who do something.
fn is_rule(line: &str) -> bool {
    let Some(found) = ON_SOMEBODY.captures(line) else { return false };
    let matter = &found["matter"];
    let whom = matter.strip_prefix('对').unwrap_or(matter);
    RULES.iter().any(|word| matter.starts_with(word))
        || ALL_WHO.iter().any(|word| whom.starts_with(word))
        || OF_ALL.iter().any(|word| matter.contains(word))
}

/// The paper whose title says on whom or on what a penalty is put; its text tells the same.
fn on_somebody(line: &str, text: &str) -> Option<Paper> {
    let found = ON_SOMEBODY.captures(line)?;
    let matter = &found["matter"];
    let of_text = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let told = of_text(&PARTIES) || of_text(&SPEAKS) || of_text(&FOUND) || ADDRESSED.is_match(text);
    let paper = if found.name("penalty").is_some() { Paper::Penalty } else { Paper::Order };
    // 关于机构改革有关问题处理的决定: what is no penalty is put on somebody whom the title names so.
    let is_put = paper == Paper::Penalty || ["对", "给予"].iter().any(|word| matter.starts_with(word));
    (!is_rule(line) && told && is_put && !ARTICLE.is_match(text)).then_some(paper)
}

/// The paper that a line names; that of a form to be filled in (式样) is none.
fn paper(line: &str) -> Option<Paper> {
    let found = NAMED.captures(line)?;
    // 行政处罚决定书——文书制作规范: what stands behind the name says that it is a rule about the paper.
    let end = (1..found.len()).find_map(|group| found.get(group))?.end();
    if ABOUT.iter().any(|word| line[end..].ends_with(word)) {
        return None;
    }
    let groups = [
        ("penalty", Paper::Penalty),
        ("review", Paper::Review),
        ("coercion", Paper::Coercion),
        ("record", Paper::Record),
        ("order", Paper::Order),
        ("court", Paper::Court),
    ];
    groups.into_iter().find(|(group, _)| !is_form(line) && found.name(group).is_some()).map(|(_, paper)| paper)
}

/// What the title of a paper about papers ends in behind their name.
const ABOUT: [&str; 9] = ["通报", "通知", "规范", "标准", "要求", "办法", "制度", "规定", "意见"];

/// Whether a line names a form to be filled in.
fn is_form(line: &str) -> bool {
    // 指南针公司行政处罚决定书: what firms and things are called too says so only behind the name of the paper.
    let ends = ["书", "表", "录"].iter().filter_map(|end| line.rfind(end)).max().or_else(|| line.rfind("处罚"));
    let behind = ends.map_or(line, |at| &line[at..]);
    ["式样", "样式", "格式", "范本", "模板", "样本", "示范", "参考"].iter().any(|word| line.contains(word))
        || ["说明", "指南", "填写"].iter().any(|word| behind.contains(word))
}

/// Lines below the office that is taken for the title among which the name of the paper stands.
const NAME_LINES: usize = 2;

/// The office alone in a line, as stands above the name of a paper.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{Han}（）()]{2,40}(?:局|委员会|政府|厅|院|队|办公室|办事处|海关|派出所|管理所|税务所|监管所|管理中心|管理处|公司)$")
        .expect("a constant pattern")
});

/// Gives a paper whose first line is the office the name that stands below it: 云桥县城市管理局行政处罚决定书.
fn entitle(document: &mut Document) {
    let folded = |line: &str| line.chars().filter(|c| !c.is_whitespace() && *c != '#').collect::<String>();
    let office = folded(&document.title);
    if !OFFICE.is_match(&office) {
        return;
    }
    let lines = document.text.lines().map(folded).filter(|line| !line.is_empty()).take(NAME_LINES);
    let Some(name) = lines.into_iter().find_map(|line| paper_name(&line).map(str::to_string)) else { return };
    document.title = if name.starts_with(&office) { name } else { office + &name };
}

/// The name of the paper with which a line ends, without the number behind it.
fn paper_name(line: &str) -> Option<&str> {
    if ON_SOMEBODY.is_match(line) {
        return Some(line);
    }
    paper(line)?;
    let found = NAMED.captures(line)?;
    let end = (1..found.len()).find_map(|group| found.get(group))?.end();
    line.get(..end)
}

fn to_case(document: &mut Document, kind: Option<CaseKind>) {
    if kind != Some(CaseKind::TypicalCase) {
        entitle(document);
    }
    document.kind = Kind::Case;
    document.case_kind = kind;
    document.level = None;
    let number = document.document_number.take();
    if document.case_number.is_none() {
        document.case_number = number;
    }
}

#[cfg(test)]
mod redone_tests;
#[cfg(test)]
mod tests;
