//! Lists of what is repealed whose titles stand without book brackets: numbered lines or rows of title and number below 废止…目录. Read
//! only in documents that are nothing else, and taken only for what bears just that title.

use super::{Relation, RelationKind};
use crate::citation::names::title_key;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest heading of a list, and longest row, in bytes.
const HEADING_BYTES_MAX: usize = 240;
const ROW_BYTES_MAX: usize = 600;
/// Characters of the shortest title that is taken.
const TITLE_CHARS_MIN: usize = 6;
/// How titles of instruments end.
const KINDS: [&str; 16] = [
    "办法", "规定", "细则", "规则", "条例", "意见", "通知", "通告", "公告", "决定", "方案", "措施", "制度", "批复",
    "标准", "纪要",
];

/// 1. , 一、, （二）, 第3项 before a row.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    // 1 云桥县渡口办法: a blank behind a digit.
    Regex::new(r"^[\s　]*(?:[（(]?[0-9０-９]{1,3}[）)、.．,，]|[（(]?[一二三四五六七八九十百]{1,5}[）)、.．]|[0-9０-９]{1,3}[\s　])[\s　]*")
        .expect("a fixed pattern")
});
/// A number in the bracket at the end, and what only a number, a day or a remark fills.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("{YEAR}|{ORDER}")).expect("a fixed pattern"));
/// A year in brackets and a number, and the number of an order; digits may be wide.
const YEAR: &str = r"[〔\[［【﹝（(][12１２][0-9０-９]{3}[〕\]］】﹞）)]\s*第?\s*[0-9０-９]{1,5}\s*号";
const ORDER: &str = r"令\s*第?\s*[0-9０-９〇一二三四五六七八九十百]{1,6}\s*号";
/// A number that stands before the title, and one behind it with what follows, a blank or a comma between.
static BESIDE: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let number = format!("(?:[一-龥]{{1,20}}{YEAR}|[一-龥]{{1,20}}{ORDER})");
    [format!(r"^{number}[\s　,，、:：]*"), format!(r"[\s　,，、]+{number}")]
        .map(|pattern| Regex::new(&pattern).expect("a fixed pattern"))
});

/// Whether a title is that of a list of what is repealed, or of a decision that has one.
fn is_repealing(title: &str) -> bool {
    let kinds = ["决定", "公告", "通知", "通告", "目录", "清单"];
    let undone = ["拟废止", "拟宣布", "征求意见", "建议", "办法", "规定"].iter().any(|word| title.contains(word));
    // 关于公布规范性文件清理结果的通知 has a list of what is repealed beside that of what stays.
    let is_result = title.contains("清理结果") || title.contains("清理情况");
    (says_repealed(title) || is_result) && kinds.iter().any(|kind| title.contains(kind)) && !undone
}

fn says_repealed(words: &str) -> bool {
    ["废止", "宣布失效", "失效的", "停止执行", "不再执行"].iter().any(|over| words.contains(over))
}

/// Whether a title speaks of nothing but repeals, so that any list below is one of them.
fn only_repeals(title: &str) -> bool {
    let other = ["修改", "保留", "继续有效", "结果", "情况", "修订", "公布"];
    says_repealed(title) && !other.iter().any(|word| title.contains(word))
}

/// What a line says of the rows below it: that they are repealed, that they are not; nothing.
fn heading(line: &str, only_repeals: bool) -> Option<bool> {
    let leads = line.ends_with(['：', ':'])
        || ["目录", "清单", "一览表", "附表", "名单", "文件", "规章", "）", ")"].iter().any(|end| line.ends_with(end));
    let other =
        ["继续有效", "保留", "修改", "修订", "拟废止", "拟修", "部分失效"].iter().any(|word| line.contains(word));
    match () {
        () if line.len() > HEADING_BYTES_MAX || NUMBER.is_match(line) || !leads => None,
        () if other => Some(false),
        () if says_repealed(line) => Some(true),
        // 决定废止的文件见附件。附件：规范性文件目录.
        () if only_repeals && ["目录", "清单", "一览表"].iter().any(|end| line.ends_with(end)) => Some(true),
        () => None,
    }
}

/// What the rows of a document repeal that is a list of repeals.
pub(super) fn repealed(title: &str, text: &str) -> Vec<Relation> {
    let mut found = Vec::new();
    if !is_repealing(title) {
        return found;
    }
    let is_list =
        says_repealed(title) && ["目录", "清单"].iter().any(|kind| title.ends_with(kind)) && !title.contains("修改");
    let mut lead: Option<Range<usize>> = is_list.then_some(0..0);
    let (mut at, mut is_judged) = (0, false);
    for line in text.split('\n') {
        let span = at..at + line.len();
        at += line.len() + 1;
        match heading(line.trim_matches(|c: char| c == '|' || c.is_whitespace()), only_repeals(title)) {
            Some(true) => lead = Some(span),
            Some(false) => lead = None,
            None => {
                let said = verdict(line);
                is_judged |= judges(line, title);
                let own = said == Some(true) && is_judged;
                let Some(lead) = lead.clone().or(own.then_some(0..0)).filter(|_| said != Some(false)) else { continue };
                let Some(mention) = row(text, &span) else { continue };
                let title = text.get(mention.clone()).map(title_key).unwrap_or_default();
                let lead = Some(lead).filter(|lead| !lead.is_empty());
                found.push(Relation { kind: RelationKind::Repeals, title, mention, sentence: span, lead });
            }
        }
    }
    found
}

/// Whether a row of headings has a column that says what became of each document; what is only proposed decides nothing, and an opinion
/// (清理意见) only where the title says that it was decided or is the result.
fn judges(line: &str, title: &str) -> bool {
    let is_decided = ["决定", "公布", "清理结果"].iter().any(|word| title.contains(word));
    let judges = |cell: &&str| match *cell {
        "清理结果" | "清理结论" => true,
        "清理意见" | "处理意见" => is_decided,
        _ => false,
    };
    line.starts_with('|') && cells(line).iter().any(judges)
}

/// What a cell of a row says of its document: that it is over, that it is not.
fn verdict(line: &str) -> Option<bool> {
    const OVER: [&str; 6] = ["废止", "予以废止", "已废止", "失效", "宣布失效", "已失效"];
    const OTHER: [&str; 10] =
        ["继续有效", "有效", "保留", "修改", "修订", "拟修改", "拟修订", "拟废止", "暂停执行", "部分失效"];
    let cells = if line.starts_with('|') { cells(line) } else { Vec::new() };
    let says = |words: &[&str]| cells.iter().any(|cell| words.contains(cell));
    if says(&OTHER) { Some(false) } else { says(&OVER).then_some(true) }
}

/// The title in a row, which bears a label or has a number beside it.
pub(super) fn row(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let line = text.get(span.clone()).filter(|line| line.len() <= ROW_BYTES_MAX)?;
    // What stands in book brackets by itself is read as any other mention.
    let body = line.trim().trim_start_matches('|').trim_start();
    let labelled = LABEL.find(body).map_or(0, |label| label.end());
    let is_marked = labelled > 0 || NUMBER.is_match(line);
    let cells = cells(line);
    let is_numbered = cells.len() > 1 && cells.iter().any(|cell| cell.chars().all(|c| c.is_ascii_digit()));
    if !(is_marked || is_numbered) {
        return None;
    }
    let in_table = line.trim_start().starts_with('|');
    let titles = cells.iter().filter_map(|cell| in_brackets(cell).filter(|_| in_table).or_else(|| title(cell)));
    let only = titles.max_by_key(|title| title.len())?;
    let start = span.start + (only.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    Some(start..start + only.len())
}

/// The title in book brackets with which a cell of a table begins.
fn in_brackets(cell: &str) -> Option<&str> {
    cell.strip_prefix('《')?.rsplit_once('》').map(|(title, _)| title).filter(|title| !title.contains('》'))
}

/// The cells of a row: between bars, tabs or wide gaps.
fn cells(line: &str) -> Vec<&str> {
    static GAP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\||\t|[ 　]{2,}").expect("a fixed pattern"));
    GAP.split(line).map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

/// The title that a cell is, without its label and the number behind it.
fn title(cell: &str) -> Option<&str> {
    let bare = cell.get(LABEL.find(cell).map_or(0, |label| label.end())..)?;
    let bare =
        ["文件名称：", "文件名：", "标题：", "名称："].iter().find_map(|name| bare.strip_prefix(name)).unwrap_or(bare);
    let bare = bare.trim_end_matches(['。', '；', ';', ' ', '　']);
    let [before, behind] = &*BESIDE;
    let bare = before.find(bare).and_then(|number| bare.get(number.end()..)).unwrap_or(bare);
    let bare = behind.find(bare).and_then(|number| bare.get(..number.start())).unwrap_or(bare);
    // 渡口办法（云政发〔2010〕5号）, 渡口办法（试行）（云政发〔2010〕5号）.
    let bracket = bare.strip_suffix(['）', ')']).and_then(|head| {
        let found = NUMBER.find_iter(head).last()?;
        head.get(..found.start())?.rfind(['（', '(']).filter(|at| !closes(head.get(*at..found.start()).unwrap_or("")))
    });
    let bare = bracket.and_then(|at| bare.get(..at)).unwrap_or(bare).trim();
    let kind = bare
        .trim_end_matches(['）', ')'])
        .trim_end_matches("试行")
        .trim_end_matches("暂行")
        .trim_end_matches(['（', '(']);
    let is_title = KINDS.iter().any(|word| kind.ends_with(word)) && bare.chars().count() >= TITLE_CHARS_MIN;
    (is_title && !bare.starts_with('《') && !bare.contains(['。', '；', '，', '：']) && !NUMBER.is_match(bare))
        .then_some(bare)
}

fn closes(words: &str) -> bool {
    words.contains(['）', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str, text: &str) -> Vec<String> {
        repealed(title, text).into_iter().map(|relation| text[relation.mention].to_string()).collect()
    }

    #[test]
    fn rows_of_a_list_of_repeals_are_read() {
        let title = "云桥县人民政府关于废止部分规范性文件的决定";
        let text = "县政府决定废止下列文件。\n附件\n废止的规范性文件目录\n1. 云桥县渡口管理办法（云政发〔2010〕5号）\n\
                    2、关于印发《云桥县船只登记规定》的通知（云政发〔2011〕6号）\n| 3 | 云桥县航道办法（试行） | 云政发〔2012〕7号 |\n\
                    4　　云桥县码头收费规定　　县政府令第8号\n本决定自公布之日起施行。";
        assert_eq!(
            read(title, text),
            [
                "云桥县渡口管理办法",
                "关于印发《云桥县船只登记规定》的通知",
                "云桥县航道办法（试行）",
                "云桥县码头收费规定"
            ]
        );
        let found = &repealed(title, text)[0];
        assert_eq!(text[found.lead.clone().unwrap()], *"废止的规范性文件目录");
        assert_eq!(text[found.sentence.clone()], *"1. 云桥县渡口管理办法（云政发〔2010〕5号）");
        assert_eq!(read("云桥县废止的规范性文件目录", "1. 云桥县渡口管理办法"), ["云桥县渡口管理办法"]);
    }

    #[test]
    fn rows_with_one_blank_and_wide_digits_are_read() {
        let title = "云桥县人民政府关于废止部分规范性文件的决定";
        for row in [
            "1 云桥县渡口管理办法 云政发〔2010〕5号",
            "１．云桥县渡口管理办法（云政发［２０１０］５号）",
            "| 1 | 云桥县渡口管理办法 云政发﹝2010﹞5号 |",
            "2 云政发〔2011〕6号 云桥县渡口管理办法",
            "2\t云政发〔2011〕6号\t云桥县渡口管理办法",
            "（2）云桥县渡口管理办法 县政府令第8号 2010年3月1日",
            "2、云桥县渡口管理办法，云政发〔2011〕6号",
        ] {
            assert_eq!(read(title, &format!("废止的规范性文件目录\n{row}")), ["云桥县渡口管理办法"], "{row}");
        }
        let named = "1. 云政发〔2015〕3号 关于印发《云桥县渡口办法》的通知";
        assert_eq!(read(title, &format!("废止的文件目录：\n{named}")), ["关于印发《云桥县渡口办法》的通知"]);
        let result = "云桥县人民政府关于公布规范性文件清理结果的通知";
        let lists = "附件1\n继续有效的规范性文件目录\n1 云桥县航道管理办法 云政发〔2010〕4号\n附件2\n废止的规范性文件目录\n\
                     1 云桥县渡口管理办法 云政发〔2010〕5号";
        assert_eq!(read(result, lists), ["云桥县渡口管理办法"]);
        for row in ["1 云桥县渡口管理办法", "2010 年度云桥县渡口工作意见"] {
            assert_eq!(read(result, &format!("继续有效的文件目录\n{row}")), [""; 0], "{row}");
        }
        assert_eq!(read("云桥县规范性文件清理结果的报告", lists), [""; 0]);
    }

    #[test]
    fn tables_with_book_brackets_and_a_column_of_results_are_read() {
        let title = "云桥县人民政府关于公布规范性文件清理结果的通知";
        let table = "附表\n| 序号 | 文件名称 | 文号 | 清理结果 |\n| 1 | 《云桥县渡口管理办法》 | 云政发〔2010〕5号 | 废止 |\n\
                     | 2 | 《云桥县航道管理办法》 | 云政发〔2011〕6号 | 继续有效 |\n| 3 | 云桥县码头收费规定 | 云政发〔2012〕7号 | 失效 |\n\
                     | 4 | 《云桥县船只登记办法》 | 云政发〔2013〕8号 | 修改 |";
        assert_eq!(read(title, table), ["云桥县渡口管理办法", "云桥县码头收费规定"]);
        let proposed = table.replace("清理结果", "清理建议");
        assert_eq!(read(title, &proposed), [""; 0], "what is only proposed is not decided");
        let sections = "| 一、废止的文件 |\n| 1 | 《云桥县渡口管理办法》 | 云政发〔2010〕5号 |\n| 二、继续有效的文件 |\n\
                        | 2 | 《云桥县航道管理办法》 | 云政发〔2011〕6号 |";
        assert_eq!(read(title, sections), ["云桥县渡口管理办法"]);
    }

    #[test]
    fn lists_of_what_is_no_longer_applied_are_read() {
        let row = "1. 云桥县渡口管理办法（云政发〔2010〕5号）";
        let list = |heading: &str| format!("附件所列文件自公布之日起停止执行。\n附件\n{heading}\n{row}");
        for (title, heading) in [
            ("云桥县人民政府关于宣布失效一批规范性文件的决定", "宣布失效的文件目录"),
            ("云桥县人民政府关于停止执行部分规范性文件的通知", "停止执行的文件目录"),
            ("云桥县人民政府关于废止部分规范性文件的决定", "规范性文件目录"),
        ] {
            assert_eq!(read(title, &list(heading)), ["云桥县渡口管理办法"], "{title}");
        }
        for (title, heading) in [
            ("云桥县人民政府关于暂停执行部分规范性文件的通知", "暂停执行的文件目录"),
            ("云桥县人民政府关于废止和修改部分规范性文件的决定", "规范性文件目录"),
            ("云桥县人民政府关于废止部分规范性文件的决定", "继续有效的规范性文件目录"),
        ] {
            assert_eq!(read(title, &list(heading)), [""; 0], "{title}");
        }
    }

    #[test]
    fn an_opinion_decides_only_where_the_title_says_so() {
        let table = "| 序号 | 文件名称 | 文号 | 清理意见 |\n| 1 | 云桥县渡口管理办法 | 云政发〔2010〕5号 | 废止 |";
        assert_eq!(read("云桥县人民政府关于公布规范性文件清理结果的通知", table), ["云桥县渡口管理办法"]);
        assert_eq!(read("云桥县司法局关于规范性文件清理情况的通知", table), [""; 0]);
    }

    #[test]
    fn other_lists_repeal_nothing() {
        let rows = "1. 云桥县渡口管理办法（云政发〔2010〕5号）";
        let list = format!("废止的规范性文件目录\n{rows}");
        assert_eq!(read("云桥县渡口办法", &list), [""; 0], "no list of repeals");
        assert_eq!(read("云桥县规范性文件废止办法", &list), [""; 0]);
        assert_eq!(read("云桥县拟废止的规范性文件目录", &list), [""; 0]);
        let title = "云桥县人民政府关于规范性文件清理结果（保留、修改、废止）的通知";
        let kept = format!(
            "一、继续有效的文件目录\n{rows}\n二、修改的文件目录\n{rows}\n三、废止的文件目录\n2. 云桥县航道办法"
        );
        assert_eq!(read(title, &kept), ["云桥县航道办法"]);
        assert_eq!(read(title, rows), [""; 0], "below no heading");
        let words = "废止的文件目录\n1. 各部门应当做好衔接。\n2. 《云桥县渡口办法》\n云桥县航道办法";
        assert_eq!(read(title, words), [""; 0], "sentences, titles in brackets, no label");
    }
}
