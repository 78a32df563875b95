//! Where a text quotes what it cites: behind the citation (第三条规定：“…”), later in its sentence (根据第三条，…的，“…”), or before
//! it (“…”（《…》第三条））.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest quotation, in characters: beyond it a mark that is not closed is a slip.
const QUOTE_CHARS_MAX: usize = 6000;
/// Longest words in quotation marks that are no quotation but a term, behind 规定的 and without 的 before them; behind a
/// colon all are a quotation.
const TERM_CHARS_MAX: (usize, usize) = (9, 4);

/// What is quoted beside a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Bytes of the words, without quotation marks.
    pub words: Range<usize>,
    /// Whether they stand in quotation marks.
    pub marked: bool,
    /// How it is bound to the citation.
    pub bond: Bond,
}

/// How words in quotation marks are bound to a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// Nothing but 规定： and the like stands between: they are said to be its words.
    Beside,
    /// They stand later in its sentence, and may come from elsewhere.
    Later,
    /// The same, so short that they may be a term.
    Term,
    /// They stand beside it and may be a name that people have for what it says: “一事不再罚”原则.
    Name,
    /// They stand behind its colon without quotation marks, and may be what the writer says himself.
    Bare,
    /// The same behind 违反… or without 规定 before the colon, or as a list: facts, decisions, items of the writer's own.
    Own,
}

/// What may stand between a citation and its quotation: 的规定：, 明确规定，, 中有关.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let words = "之?规定|内容|条款|条文|原文|全文|表述|要求|载明|指出|写道|写明|明文|明确|作出|作了|具体|如下|其中|有关|关于|\
                 应当|所|已|均|也|即|则|是|为|称|的|之|中|对|就";
    let remark = r"(?:[（(][^（）()\n]{0,60}[）)])?";
    Regex::new(&format!(r"^{remark}[ \u{{3000}}]{{0,4}}(?:[。；，]其(?:具体)?)?(?:{words}){{0,8}}[ \u{{3000}}]{{0,4}}([：:，,]?)\s{{0,4}}"))
        .expect("a fixed pattern")
});

/// Opening quotation marks with the closing ones.
const MARKS: [(char, char); 6] = [('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’'), ('"', '"'), ('＂', '＂')];

/// What may stand between two quotations of one citation: “…”、“…”; “…”，并规定：“…”.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    let blank = r"[ \u{3000}]{0,4}";
    let part = "(?:[（(]第[^（）()]{1,8}[款项目][）)])?";
    let joins = "(?:和|与|及|以及|并且|并|又|还|也|且|再|另|同时|其中|另外|此外|接着|而且){0,2}";
    let says = "(?:作出|作了)?(?:规定|明确|要求|指出|写明|载明|提出|强调)?了?";
    Regex::new(&format!(r"^{blank}{part}{blank}[、，；。,;]?\s{{0,6}}{joins}{says}[：:，,]?\s{{0,6}}"))
        .expect("a fixed pattern")
});
/// So many quotations of one citation are looked at.
const QUOTED_MAX: usize = 50;

/// What is said of a law by another text whose title begins with its name: 刑法第三百一十三条的解释中规定的.
static OF_ANOTHER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^的?(?:立法|司法|适用)?(?:解释|批复|答复|复函|说明)").expect("a fixed pattern"));

/// The quotations that follow a citation which ends at `end`: “…” behind it or behind 规定：, one or several (“…”“…”, or paragraphs of
/// which each opens and only the last closes), or what stands behind 规定： up to the end of the paragraph.
pub fn following(text: &str, end: usize) -> Vec<Quoted> {
    first_following(text, end).unwrap_or_default()
}

fn first_following(text: &str, end: usize) -> Option<Vec<Quoted>> {
    let rest = text.get(end..).filter(|rest| !OF_ANOTHER.is_match(rest))?;
    let link = LINK.captures(rest)?;
    let said = link.get(0)?.as_str();
    let colon = link.get(1).is_some_and(|mark| matches!(mark.as_str(), "：" | ":"));
    let at = end + said.len();
    let behind = text.get(at..)?;
    if let Some(marks) = MARKS.iter().find(|(open, _)| behind.starts_with(*open)) {
        let (pieces, end) = inside(text, at, *marks)?;
        let (chars, sentence) = measured(text, pieces.first()?);
        let term = if said.trim_end().ends_with('的') { TERM_CHARS_MAX.0 } else { TERM_CHARS_MAX.1 };
        let enough = if colon { chars > 0 } else { chars > term || sentence };
        return enough.then(|| {
            // 所称“…” explains a term of the law.
            let bond = match () {
                () if said.contains("所称") && !sentence => Bond::Term,
                () if !colon && !sentence && chars <= TERM_CHARS_MAX.0 && is_name(text, pieces.first(), end) => {
                    Bond::Name
                }
                () => Bond::Beside,
            };
            let beside = pieces.into_iter().map(|words| Quoted { words, marked: true, bond });
            beside.chain(further(text, end, *marks)).take(QUOTED_MAX).collect()
        });
    }
    let announced = ["规定", "内容", "原文", "全文", "载明", "条文", "如下"].iter().any(|word| said.contains(word));
    // Behind a comma (第三十三条规定，…) decisions follow as often as words of the law.
    if !colon {
        return None;
    }
    let words = at..at + paragraph_len(behind);
    let has_words = text.get(words.clone())?.chars().any(char::is_alphanumeric);
    let is_own = !announced || behind.starts_with(['（', '(']) || DECIDES.is_match(behind);
    let bond = if is_own { Bond::Own } else { Bond::Bare };
    has_words.then(|| vec![Quoted { words, marked: false, bond }])
}

/// How the words of a decision begin behind the article that it applies.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:现|本机关|本局|我局|我委|经研究)?(?:决定|责令(?:当事人|你|该)|对(?:当事人|你|该)|给予(?:当事人|你|该)|当事人|你(?:单位|公司|店|厂)?|该(?:单位|公司|店|厂))")
        .expect("a fixed pattern")
});

/// What stands behind a name that people have for what an article says.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^的?(?:原则|规则|制度|条款|规定|精神|情形|权利|义务|程序|机制|要件)").expect("a fixed pattern")
});

/// Whether a few words in quotation marks, closed before `end`, may be such a name: “无限防卫权”的规定, “公序良俗原则”.
fn is_name(text: &str, words: Option<&Range<usize>>, end: usize) -> bool {
    let inside = words.and_then(|words| text.get(words.clone())).unwrap_or_default();
    let ends = ["原则", "规则", "制度", "条款", "权", "机制"].iter().any(|word| inside.ends_with(word));
    ends || text.get(end..).is_some_and(|behind| NAMED.is_match(behind))
}

/// Whether what a text says before a citation that begins at `start` lets no words of the law follow: facts follow 违反, and 不适用…的规定
/// leads a list of its own.
pub fn states_facts(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    ["违反", "违反了", "触犯", "触犯了", "不适用", "符合", "不符合"].iter().any(|word| before.ends_with(word))
}

/// Fewest letters and digits of a quotation later in the sentence, with a mark of a sentence and without; shorter ones may be terms.
const LATER_CHARS_MIN: (usize, usize) = (6, 13);
/// Fewest of what may be more than a term.
const SAYS_CHARS_MIN: usize = 5;

/// The quotations later in the sentence of a citation that ends at `end`, none of which opens behind `until`, where the next
/// citation begins: 根据《…》第三条，……的，“责令……，处……罚款”. Words with which that sentence ends may be of anything else.
pub fn later(text: &str, end: usize, until: usize) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut at = end;
    if text.get(end..).is_some_and(|rest| OF_ANOTHER.is_match(rest)) {
        return found;
    }
    while found.len() < QUOTED_MAX {
        let Some(sentence) = text.get(at..until).and_then(|rest| rest.split(['。', '！', '？', '\n']).next()) else {
            break;
        };
        let opens = |c: char| MARKS.iter().find(|(open, _)| *open == c);
        let Some((open, marks)) = sentence.char_indices().find_map(|(open, c)| Some((at + open, opens(c)?))) else {
            break;
        };
        let Some((pieces, closed)) = inside(text, open, *marks) else { break };
        // 将第五十条修改为：“…” is the wording that another text gives it.
        let before = text.get(at..open).unwrap_or_default().trim_end_matches(['：', ':', ' ']);
        if ["修改为", "改为", "增加", "删去", "删除", "作为"].iter().any(|word| before.ends_with(word)) {
            break;
        }
        let quoted = |words: Range<usize>| {
            let (chars, sentence) = measured(text, &words);
            let is_long = chars >= if sentence { LATER_CHARS_MIN.0 } else { LATER_CHARS_MIN.1 };
            let bond = if is_long { Bond::Later } else { Bond::Term };
            (chars >= SAYS_CHARS_MIN).then_some(Quoted { words, marked: true, bond })
        };
        found.extend(pieces.into_iter().filter_map(quoted));
        at = closed;
    }
    found
}

/// The quotations that go on behind one that is closed at `end`.
fn further(text: &str, mut end: usize, marks: (char, char)) -> Vec<Quoted> {
    let mut found = Vec::new();
    while found.len() < QUOTED_MAX {
        let behind = text.get(end..).unwrap_or_default();
        let open = end + BETWEEN.find(behind).map_or(0, |between| between.end());
        let Some((pieces, closed)) =
            text.get(open..).filter(|rest| rest.starts_with(marks.0)).and_then(|_| inside(text, open, marks))
        else {
            break;
        };
        let Some((chars, sentence)) = pieces.first().map(|first| measured(text, first)) else { break };
        let bond = match chars > TERM_CHARS_MAX.0 || sentence && chars > 0 {
            true => Bond::Beside,
            false if chars >= SAYS_CHARS_MIN => Bond::Term,
            false => break,
        };
        found.extend(pieces.into_iter().map(|words| Quoted { words, marked: true, bond }));
        end = closed;
    }
    found
}

/// Letters and digits of words, and whether they have a mark of a sentence.
fn measured(text: &str, words: &Range<usize>) -> (usize, bool) {
    let words = text.get(words.clone()).unwrap_or_default();
    (words.chars().filter(|c| c.is_alphanumeric()).count(), words.contains(['，', '。', '；', ',', ';']))
}

/// What may stand between a quotation and the citation behind it: the closing mark, a bracket, 参见.
static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    let words = "参见|详见|见|引自|出自|载于|依据|根据";
    let is_of = "[，,。]?(?:这是|此为|此系|系|引自|出自|载于|语出)";
    Regex::new(&format!(
        r"([”」』’])[ \u{{3000}}]{{0,4}}(?:(?:[（(]|——)(?:{words})?|(?P<is>{is_of}))[ \u{{3000}}]{{0,4}}$"
    ))
    .expect("a fixed pattern")
});
/// Characters before a citation in which that is looked for.
const SOURCE_CHARS_MAX: usize = 20;

/// The quotation before a citation that gives its source: “…”（《…》第三条）. `span` is of the citation, or of a series.
pub fn preceding(text: &str, span: Range<usize>) -> Option<Quoted> {
    let before = text.get(..span.start)?;
    let from = before.char_indices().rev().take(SOURCE_CHARS_MAX).last().map_or(0, |(at, _)| at);
    let near = before.get(from..)?;
    let link = SOURCE.captures(near)?;
    let closed = text.get(span.end..)?.trim_start_matches([' ', '\u{3000}']);
    if !link.get(0)?.as_str().contains("——") && link.name("is").is_none() && !closed.starts_with(['）', ')']) {
        return None;
    }
    let (mark, end) = (link.get(1)?.as_str(), span.start - near.len() + link.get(1)?.start());
    let (open, close) = MARKS.into_iter().find(|(_, close)| mark.starts_with(*close))?;
    let words = opened(text, end, open, close)?..end;
    let quoted = text.get(words.clone())?;
    let chars = quoted.chars().filter(|c| c.is_alphanumeric()).count();
    let sentence = quoted.contains(['，', '。', '；', ',', ';']);
    (chars > TERM_CHARS_MAX.0 || sentence && chars > 0).then_some(Quoted { words, marked: true, bond: Bond::Beside })
}

/// Where the words begin that the mark at `close_at` closes.
fn opened(text: &str, close_at: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 1usize;
    for (at, c) in text.get(..close_at)?.char_indices().rev().take(QUOTE_CHARS_MAX) {
        if c == open {
            depth -= 1;
        } else if c == close {
            depth += 1;
        }
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// What stands between the mark at `open` and the one that closes it, and where that ends. Of paragraphs each opens and only the
/// last closes: each is a piece.
fn inside(text: &str, open: usize, (mark, close): (char, char)) -> Option<(Vec<Range<usize>>, usize)> {
    let mut pieces = Vec::new();
    let mut start = open + mark.len_utf8();
    let mut depth = 1usize;
    for (at, c) in text.get(start..)?.char_indices().take(QUOTE_CHARS_MAX) {
        let at = open + mark.len_utf8() + at;
        let before = text.get(start..at).unwrap_or_default();
        let begins_line = || before.trim_end_matches([' ', '\u{3000}', '\t', '\r']).ends_with('\n');
        if c == close {
            depth -= 1;
        } else if c == mark && depth == 1 && begins_line() {
            pieces.push(start..start + before.trim_end().len());
            start = at + c.len_utf8();
        } else if c == mark {
            depth += 1;
        }
        if depth == 0 {
            pieces.push(start..at);
            return Some((pieces, at + c.len_utf8()));
        }
    }
    None
}

/// How long a quotation without marks is: to the end of its line, and on over lines that are members of its list.
fn paragraph_len(text: &str) -> usize {
    let mut len = 0;
    for line in text.split_inclusive('\n') {
        let so_far = text.get(..len).unwrap_or("").trim_end();
        let goes_on = so_far.ends_with(['：', '；', ':', ';']) && line.trim_start().starts_with(['（', '(']);
        if len > 0 && !goes_on {
            break;
        }
        len += line.len();
    }
    let words = text.get(..len).unwrap_or("");
    let cut = words.char_indices().nth(QUOTE_CHARS_MAX).map_or(words.len(), |(at, _)| at);
    words.get(..cut).unwrap_or("").trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_before_citations() {
        for (text, words) in [
            ("称“渡口夜间停渡。”（|《渡口法》第三条|）。", Some("渡口夜间停渡。")),
            ("称“渡口应当公示“票价”和班次” (参见|《渡口法》第三条|)", Some("渡口应当公示“票价”和班次")),
            ("“渡口夜间应当停渡两小时”，这是|《渡口法》第三条|的规定", Some("渡口夜间应当停渡两小时")),
            ("「渡口夜间停渡，」——|《渡口法》第三条|\n", Some("渡口夜间停渡，")),
            ("称“渡口”（|《渡口法》第三条|）", None),
            ("称“渡口夜间停渡。”（|《渡口法》第三条|规定的）", None),
            ("称“渡口夜间停渡。”依照|《渡口法》第三条|）", None),
            ("渡口夜间停渡。”（|《渡口法》第三条|）", None),
            ("（|《渡口法》第三条|）", None),
        ] {
            let (start, end) = (text.find('|').unwrap() + 1, text.rfind('|').unwrap());
            // The bars stand inside what is looked at, so they are taken out first.
            let plain = text.replace('|', "");
            let found = preceding(&plain, start - 1..end - 1);
            assert_eq!(found.map(|quoted| plain[quoted.words].to_string()).as_deref(), words, "{text}");
        }
    }

    fn quoted(text: &str) -> Option<(&str, bool)> {
        let end = text.find('|').unwrap();
        following(text, end + 1).into_iter().next().map(|quoted| (&text[quoted.words], quoted.marked))
    }

    #[test]
    fn several_quotations_of_one_citation() {
        let all = |text: &str| -> Vec<String> {
            let end = text.find('|').unwrap();
            following(text, end + 1).into_iter().map(|quoted| text[quoted.words].to_string()).collect()
        };
        let both = ["渡口应当公示票价。", "不得擅自停渡。"];
        let further = [
            "，并规定",
            "；同时规定",
            "。",
            "；还规定：",
            "，同时明确：",
            "，其中",
            "，又规定：",
            "；以及：",
            "（第一款）、",
        ];
        for between in ["", "、", "和", "；", "，", " ", "\n"].into_iter().chain(further) {
            let text = format!("《渡口法》第三条|规定：“渡口应当公示票价。”{between}“不得擅自停渡。”其他");
            assert_eq!(all(&text), both, "{text}");
        }
        assert_eq!(all("《渡口法》第三条|规定：\n“渡口应当公示票价。\n　　“不得擅自停渡。”"), both);
        assert_eq!(all("《渡口法》第三条|规定：“渡口应当公示票价。”称为“渡口”，“不得擅自停渡。”"), both[..1]);
        assert_eq!(all("《渡口法》第三条|规定：“渡口应当公示票价。”、“渡口”"), both[..1]);
    }

    #[test]
    fn quotations_later_in_the_sentence() {
        let all = |text: &str| -> Vec<String> {
            let end = text.find('|').unwrap() + 1;
            let until = text.get(end..).and_then(|rest| rest.find('|')).map_or(text.len(), |until| end + until);
            later(text, end, until).into_iter().map(|quoted| text[quoted.words].to_string()).collect()
        };
        for (text, words) in [
            ("根据《渡口法》第三条|，擅自停渡的，“责令改正，处三百元罚款。”其他", &["责令改正，处三百元罚款。"][..]),
            (
                "《渡口法》第三条|称“渡口”的，“责令改正，处三百元罚款”，“可以暂扣其渡船运行的许可证件”",
                &["责令改正，处三百元罚款", "可以暂扣其渡船运行的许可证件"],
            ),
            ("《渡口法》第三条|，见|《桥梁法》第二条“责令改正，处三百元罚款”", &[]),
            ("依照《渡口法》第三条|处罚。称“责令改正，处三百元罚款”", &[]),
            ("《渡口法》第三条|，“责令改正，处三百元罚款", &[]),
            ("《渡口法》第三条|所称“放管服”", &[]),
            ("《渡口法》第三条|的解释中规定的“擅自停渡的，处三百元罚款”", &[]),
            ("《渡口法》第三条|，当事人“三年内未发现”的，不再处罚", &["三年内未发现"]),
        ] {
            assert_eq!(all(text), words, "{text}");
        }
    }

    #[test]
    fn quotations_behind_citations() {
        for (text, words) in [
            ("《渡口法》第三条|规定：“渡口停渡。”其他", Some(("渡口停渡。", true))),
            ("《渡口法》第三条|：“渡口”", Some(("渡口", true))),
            ("《渡口法》第三条|的规定：渡口停渡。\n其他", Some(("渡口停渡。", false))),
            (
                "《渡口法》第三条|规定：下列情形：\n（一）甲；\n（二）乙。\n其他",
                Some(("下列情形：\n（一）甲；\n（二）乙。", false)),
            ),
            ("《渡口法》|中有关「渡口夜间停渡。」的规定", Some(("渡口夜间停渡。", true))),
            ("《渡口法》第三条|明确规定，“渡口经营者应当公示票价和班次”", Some(("渡口经营者应当公示票价和班次", true))),
            ("《渡口法》第三条|规定“外层“内层”外层，”", Some(("外层“内层”外层，", true))),
            ("《渡口法》第三条|规定的“渡口”是指", None),
            ("《渡口法》第三条|的规定，渡口停渡。", None),
            // Whether that quotes anything, comparing it shows.
            ("《渡口法》第三条|：渡口", Some(("渡口", false))),
            ("《渡口法》第三条|规定：“没有关上", None),
            ("《渡口法》第三条|", None),
        ] {
            assert_eq!(quoted(text), words, "{text}");
        }
    }
}
