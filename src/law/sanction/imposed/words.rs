//! How the clauses of a decision speak: whom they name, what they spare, what they sum up.

use super::Hit;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// So far before a penalty words are looked for that spare it, in characters.
const SPARED_CHARS: usize = 40;

/// What says that the penalty right behind it is not imposed: 不予, 决定不并处, 不再处以5000元, 免予警告和, 何必予以.
static SPARING: LazyLock<Regex> = LazyLock::new(|| {
    let not = "不|免予|免于|免除|暂缓|何必|何须|无须|无需|毋须|毋需";
    let still = "再|应|必|宜|予|能|得|须|需|单|另|另行|重复";
    let verb = "予以|给予|作出|做出|施以|科以|并处以|并处|处以|处|并|予|追加|合并|进行";
    let beside = "(?:罚款|警告|通报批评|没收[^、，和及或]{0,10}|吊销[^、，和及或]{0,10}|拘留)(?:、|和|及|以及|或者|或)";
    let sum = "(?:人民币)?[0-9０-９,，.．〇零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+元整?的?";
    Regex::new(&format!("(?:{not})(?:{still}){{0,2}}(?:其|当事人)?(?:{verb}){{0,2}}(?:{beside}){{0,4}}(?:{sum})?$"))
        .expect("a constant pattern")
});

/// Whether the words of a clause before a penalty say that it is not imposed: 不予罚款, 拟罚款, 撤销原罚款5000元的决定.
pub(in crate::law) fn is_spared(before: &str) -> bool {
    let near = before.char_indices().rev().take(SPARED_CHARS).last().map_or(0, |(at, _)| at);
    let before = before[near..].trim_end();
    SPARING.is_match(before)
        || ["拟", "拟处以", "拟处", "原"].iter().any(|word| before.ends_with(word))
        || ["拟对", "拟给予", "拟作出", "拟决定", "撤销"].iter().any(|word| before.contains(word))
}

/// How the words before a penalty say that another decision, or somebody else's, will tell it: 移送公安机关处以行政拘留, 建议发证机关吊销许可证.
static HANDED: LazyLock<Regex> = LazyLock::new(|| {
    let organ = "机关|部门|法院|检察院|公安局|公安分局|委员会|管理局|监管局|监委|纪委|派出所";
    // 未报请主管部门批准的行为: what somebody failed to do hands nothing over.
    let hands = "(?:^|[^未不没应须当])(?:移送|移交|转交|转送|移转|提请|报请|交由|函告|商请|建议)";
    let later = "另行(?:作出|做出|处理|立案|下达|决定|研究)|另案(?:处理|处罚|查处|调查|作出|办理)|另(?:作|做)(?:处理|处罚|决定)";
    Regex::new(&format!("{hands}[^，。；的]{{0,24}}?(?:{organ})[^，。；的]{{0,20}}$|{later}"))
        .expect("a constant pattern")
});
/// Who does it instead, and has not done it yet: 由公安机关处以行政拘留.
static BY_OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("由(?:[^，。；的]{0,8}公安(?:机关|部门|局)|(?:原)?(?:发证|登记|颁证|审批|许可|司法)机关|有关(?:主管)?(?:机关|部门)|有权机关)[^，。；的]{0,20}$")
        .expect("a constant pattern")
});
/// How long somebody is detained, so that it is decided: 行政拘留五日.
static TIMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[0-9一二三四五六七八九十]+(?:日|天|个月|年)").expect("a constant pattern"));
/// What follows behind a penalty and says that another decision will tell it: 没收违法所得的处罚另行作出.
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    // 没收卷烟5条另行处理: what is done with the things is no decision.
    let later = "另行(?:作出|做出|立案|下达|决定|研究|依法)|另案(?:处理|处罚|查处|调查|作出|办理)|另(?:作|做)(?:处理|处罚|决定)";
    let other =
        "(?:移送|移交|转交|交由|提请|报请|由)[^，。；]{0,24}?(?:机关|部门|公安局|公安分局)(?:依法)?(?:另行|作出|决定)";
    Regex::new(&format!("{later}|{other}")).expect("a constant pattern")
});
/// The sum of a penalty right behind it: 罚款人民币2万元.
static SUM: LazyLock<Regex> = LazyLock::new(|| {
    let digits = "[0-9０-９,，.．〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]";
    Regex::new(&format!("^(?:为|计|共计|合计|各)?(?:人民币)?[￥¥]?{digits}+余?元")).expect("a constant pattern")
});

/// Whether a penalty has its sum right beside it, so that it is decided: 罚款2万元, 2万元的罚款. A span of sums decides nothing.
fn has_sum(before: &str, behind: &str) -> bool {
    let spans = |rest: &str| ["以上", "以下", "至"].iter().any(|word| rest.trim_start_matches('整').starts_with(word));
    let of_behind = SUM.find(behind).is_some_and(|sum| !spans(&behind[sum.end()..]));
    of_behind || before.trim_end_matches('的').ends_with('元')
}

/// The last words of a clause without its brackets, which tell of others: 对伙同丁某（另案处理）采砂的仇某. One that stays open is kept, and of
/// one that began before these words nothing is.
fn without_brackets(words: &str) -> String {
    static BRACKET: LazyLock<Regex> = LazyLock::new(|| Regex::new("[（(][^（）()]*[）)]").expect("a constant pattern"));
    let near = words.char_indices().rev().take(2 * ELSEWHERE_CHARS).last().map_or(0, |(at, _)| at);
    let plain = BRACKET.replace_all(&words[near..], "");
    plain.rsplit(['）', ')']).next().unwrap_or_default().to_string()
}

/// Whose decision is told here.
const OWN: [&str; 8] = ["本机关", "本局", "我局", "我机关", "本部门", "本大队", "本委", "本行政机关"];

/// Whether a clause says that a penalty in it is decided elsewhere or later; `before` and `behind` are its words around the penalty.
/// What others decided already (已由公安机关行政拘留五日, 罚款500元) is told with its period or sum.
pub(in crate::law) fn is_elsewhere(before: &str, behind: &str) -> bool {
    let plain = without_brackets(before);
    let near = plain.char_indices().rev().take(ELSEWHERE_CHARS).last().map_or(0, |(at, _)| at);
    let before = &plain[near..];
    let far = behind.char_indices().nth(ELSEWHERE_CHARS).map_or(behind.len(), |(at, _)| at);
    // 罚款2万元（同案人丁某另案处理）: the bracket tells of somebody else.
    let behind = behind[..far].split(['（', '(']).next().unwrap_or_default();
    let of_others = |pattern: &Regex, words: &str| {
        pattern.find(words).is_some_and(|found| !OWN.iter().any(|word| found.as_str().contains(word)))
    };
    let decided = has_sum(before, behind);
    behind.starts_with("的建议")
        || of_others(&HANDED, before)
        || !decided
            && (of_others(&LATER, behind)
                || of_others(&BY_OTHERS, before) && !TIMED.is_match(behind) && !TIMED.is_match(before))
}

/// So far around a penalty words are looked for that hand it to somebody else, in characters.
const ELSEWHERE_CHARS: usize = 60;

/// Whether the words of a clause before a penalty say that it follows only if an order is not obeyed: 逾期不退的予以没收.
pub(super) fn is_conditional(before: &str) -> bool {
    static LATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "(?:逾期|到期|拒)(?:不|未|仍不|仍未|拒不)?[^，。；]{0,12}的(?:，|将|由|依法|予以|可以|本局|我局|本机关)*$",
        )
        .expect("a constant pattern")
    });
    let near = before.char_indices().rev().take(SPARED_CHARS).last().map_or(0, |(at, _)| at);
    LATE.is_match(&before[near..])
}

/// Whether the words of a clause behind a penalty say that it is not imposed: 可以并处的罚款不予并处.
pub(super) fn is_waived(behind: &str) -> bool {
    ["不予并处", "不予处罚", "不予执行", "不再并处", "不再处罚", "不再执行", "予以免除", "予以免予", "不并处"]
        .iter()
        .any(|word| behind.starts_with(word))
}

/// Whether the words before a sum say that it is what daily fines come to: 按日连续处罚合计60万元.
pub(super) fn is_daily(before: &str) -> bool {
    let before = before.trim_end_matches("人民币").trim_end_matches('为');
    let adds = ["合计", "共计", "总计", "总额", "金额"].iter().any(|word| before.ends_with(word));
    adds && before.contains("按日连续处罚")
}

/// Whom a ban names between its verb and its field: 禁止丙某终身从事.
pub(super) fn banned(text: &str, hit: &Hit) -> Option<Range<usize>> {
    let begin = hit.span.start + "禁止".len();
    let inner = text.get(hit.span.clone())?.strip_prefix("禁止")?;
    let ends = ["终身", "从事", "进入", "担任", "在", "终生"];
    let end = ends.iter().filter_map(|word| inner.find(word)).chain(inner.find(|c: char| c.is_ascii_digit())).min()?;
    let name = &inner[..end];
    let names = name.chars().count() >= 2 && !name.starts_with(['其', '一', '二', '三', '五', '十', '责']);
    names.then(|| begin..begin + end)
}

/// Where the words that name a party begin: 对 in front of the first penalty.
pub(super) fn named_at(before: &str) -> Option<usize> {
    before.find('对')
}

/// The words of a party, from 对 to the verb in front of its penalty, without both.
pub(super) fn party(words: &str, offset: usize, until: usize) -> Range<usize> {
    let start = '对'.len_utf8().min(until);
    let mut name = &words[start..until];
    for _ in 0..4 {
        name = name.trim_end_matches(' ');
        for word in ["予以", "给予", "处以", "并处", "处", "分别", "各", "作出", "合计", "的", "并", "没收违法所得"]
        {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        // An amount in front of its fine: 对甲处以三万元罚款.
        if let Some(at) = ["处以", "处", "予以", "给予", "合计"].iter().filter_map(|verb| name.rfind(verb)).min()
            && (name[at..].contains(['元', '倍', '%', '％']) || name[at..].contains("百分之"))
        {
            name = &name[..at];
        }
    }
    offset + start..offset + start + name.len()
}

/// Whether words in front of a colon say that what follows sums up what was imposed: 合并执行：.
pub(super) fn sums_up(words: &str) -> bool {
    ["合并", "合计", "共计", "总计", "以上"].iter().any(|word| words.contains(word))
}

/// Whether words in front of a colon name a party, not the decision: 决定如下：, 处罚内容：.
pub(super) fn is_name(words: &str) -> bool {
    let verbs = ["现予以", "予以", "给予", "现给予", "处以", "并处"];
    !sums_up(words)
        && !verbs.contains(&words.trim())
        && !["决定", "如下", "内容", "处罚", "依据", "根据", "规定"].iter().any(|word| words.contains(word))
}
