//! Decisions that are published as fields (行政处罚信息公示表): a label and its value in a line, in cells, or below one another, be they in one line
//! with the name of the paper.

use super::{NAME_LINES, is_form};
use regex::Regex;
use std::sync::LazyLock;

/// What a label may be set with: blanks between its characters, what it names of whom in brackets.
const BETWEEN: &str = r"[ \t\u{3000}]{0,4}";
/// Labels of whom a penalty is put on.
const PARTIES: &str = "当事人|被处罚人|被处罚单位|被处罚者|被处罚对象|被处罚当事人|受处罚人|受处罚单位|处罚对象|违法行为人|违法当事人|违法主体|违法单位|违法企业|行政相对人|相对人";
/// Labels of what is decided.
const RESULTS: &str = "处罚结果|处罚内容|处罚决定内容|处罚决定|处罚种类|处罚的种类和依据|处罚种类和依据|处罚的种类|处罚的履行方式和期限|处罚类别|处罚情况|处罚措施|处理结果|罚款金额|罚款数额|罚款";
/// Labels of why.
const GROUNDS: &str = "违法事实|违法行为|违法违规事实|违法行为类型|违法情况|案由|处罚事由|处罚依据|处罚法律依据|法律依据|违法依据|案件名称";

/// A label of a group, whatever stands before it in its line; its value behind a sign, in the next cell or in the next line.
fn label(words: &str, begin: &str) -> String {
    let spread = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(BETWEEN);
    let words = words.split('|').map(spread).collect::<Vec<_>>().join("|");
    let name = ["姓名", "名称", "姓名或名称", "名称或姓名"].map(spread).join("|");
    let bracket = r"(?:[（(][^（）()\n]{1,24}[）)])?";
    format!(
        r"(?m){begin}[ \t\u{{3000}}|*#]*(?:[0-9一二三四五六七八九十]{{1,2}}[、.．])?(?:行政|主要|作出|所受){{0,2}}(?:{words}){BETWEEN}{bracket}(?:{name})?{bracket}[ \t\u{{3000}}*]*(?:[：:|\t]|$)[ \t\u{{3000}}|*]*\n?[ \t\u{{3000}}|*]*([^\n]{{0,40}})"
    )
}

fn pattern(words: &str, begin: &str) -> Regex {
    Regex::new(&label(words, begin)).expect("a constant pattern")
}

/// Where a field begins: in a line of its own, or behind another field or the name of the paper.
const BEGIN: &str = r"(?:^|[ \t\u{3000}；;。，,|])";
static PARTY: LazyLock<Regex> = LazyLock::new(|| pattern(PARTIES, BEGIN));
static RESULT: LazyLock<Regex> = LazyLock::new(|| pattern(RESULTS, BEGIN));
static GROUND: LazyLock<Regex> = LazyLock::new(|| pattern(GROUNDS, BEGIN));
/// The name of a paper that begins a line which goes on: 行政处罚决定书 云水罚〔2024〕3号 当事人：….
static RUNS_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^#{0,3}[\p{Han}（）()\d\-—_]{0,40}?(?:不予)?(?:行政|当场|简易程序)处罚(?:决定书?|(?:事先|听证)?告知书|结果|信息|案件)(?:信息|情况)?(?:公示|公开)?(?:信息)?表?[^，。；对]{0,60}?(?:当事人|被处罚|受处罚|违法行为人|相对人)[^，。；：:]{0,20}[：:]",
    )
    .expect("a constant pattern")
});

/// Whether the value of a field says how it is to be filled in: 必填项，填写公民名称. 未填写台账 tells what somebody failed to do.
fn tells_how(value: &str) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| value.contains(word));
    any(&["必填", "选填", "应填"]) || any(&["填写", "应当"]) && !any(&["未", "不", "没", "违", "虚"])
}

/// Whether a title is that of a rule about decisions, not of one: 行政处罚信息公示标准. 未按规定处置建筑垃圾 says what somebody did.
fn is_of_rule(title: &str) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
    let about = title.contains("关于") && !ends(&["公示", "公告"]);
    let rules = about || any(&["办法", "规定", "标准", "制度", "规范", "要求"]);
    ends(&["通知", "意见", "方案"]) || rules && !any(&["违反", "违规", "未", "不符合", "不按"])
}

/// Whether a text has a field of a kind that is filled in: with no line to write on, and not with the next label.
fn has(field: &Regex, text: &str) -> bool {
    field.captures_iter(text).filter_map(|found| found.get(1)).any(|value| {
        let value = value.as_str().trim();
        let other =
            [&*PARTY, &*RESULT, &*GROUND].iter().any(|label| label.find(value).is_some_and(|at| at.start() == 0));
        !value.is_empty()
            && !value.starts_with(['_', '＿', '：', ':', '|', '×', '…'])
            && !value.ends_with(['：', ':'])
            && !other
            && !tells_how(value)
    })
}

/// Whether a text has a field that names on whom a penalty is put, be its label set with blanks.
pub(super) fn names_party(text: &str) -> bool {
    has(&PARTY, text)
}

/// Whether a text publishes a decision as fields below a title that says so, or has its name, number and party in one line. `lines` are
/// its title and first lines without blanks.
pub(super) fn is_decision(title: &str, lines: &[String], text: &str) -> bool {
    let heads = || lines.iter().take(1 + NAME_LINES);
    let said = |line: &String| {
        let published =
            ["公示", "公开", "公告", "决定", "信息", "结果", "通报", "曝光"].iter().any(|word| line.contains(word));
        line.contains("处罚") && published && !line.contains(['：', ':']) && !is_of_rule(line)
    };
    // 违法事实：销售未附说明书的农药: only the title, and a bracket below it, name a form.
    let name = lines.first().and_then(|line| line.split(['：', ':']).next()).unwrap_or_default();
    if is_form(name) || heads().any(|line| line.starts_with(['（', '(']) && is_form(line)) || is_of_rule(title.trim())
    {
        return false;
    }
    let fields = || has(&PARTY, text) && has(&RESULT, text) && has(&GROUND, text);
    let runs_on = |line: &String| RUNS_ON.is_match(line) && !line.contains("关于");
    heads().any(said) && fields() || lines.iter().any(runs_on) && (has(&PARTY, text) || has(&PARTY, title))
}
