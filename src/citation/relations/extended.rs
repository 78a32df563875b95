//! What extends the period of validity of another: 《…》（云民发〔2023〕6号）有效期延长至2028年9月30日, 继续有效，有效期至….

use super::sentence::unwrapped;
use super::{Relation, RelationKind, SERIES, is_instrument, list_lead};
use crate::citation::mention::{Mention, Role};
use crate::citation::names::{number_key, title_key};
use crate::law::history;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// From behind a title to what extends it, over further members of its series, days and what it is called again. Whatever only
/// may be extended (可以延长, 需要延长的) has other words between.
static EXTENDED: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"自[^，。；《]{0,30}起|于[^，。；《]{0,24}日";
    let called = r"等[^，。；《可需应]{0,24}|[该本上述]{1,2}(?:办法|规定|文件|通知|意见|细则|规则|方案|条例)|其|的|有效期限?|(?:施行|实施|执行|试行|适用)期限?|期限";
    let words = r"将|已|现|决定|同意|届满|到期|期满|后|再|并|予以|统一|均|一律|自动|相应|[因经][^，。；《]{0,40}[，,]|(?:确|仍|尚)?[需须](?:要)?(?:继续|延续)?(?:实施|执行|施行|适用|有效)[，,]";
    let verb = "(?:延长|延续|顺延|延期|续期|展期|继续有效|继续执行|继续施行|继续实施|继续适用|重新计算)";
    let moved = "(?:有效期限?|失效(?:日期|时间))(?:由[^，。；《]{1,16})?(?:推迟|调整|变更|缩短|修改|改|延长)";
    Regex::new(&format!("^(?:{SERIES}|{day}|{called}|{words})*(?:{verb}|{moved})")).expect("a fixed pattern")
});

/// 关于延长《…》有效期的通知, 关于《…》继续有效的公告.
static BY_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    let kind = "的?(?:通知|公告|通告|决定|批复)$";
    let own = "关于(?:延长|延续|顺延)(.+?)的?(?:有效期|施行期|实施期|执行期|试行期)限?";
    let named = "关于《([^》]+)》[^《》]*(?:延长|延续|顺延|继续有效|继续执行|继续施行|继续实施)[^《》]{0,12}";
    Regex::new(&format!("{own}{kind}|{named}{kind}")).expect("a fixed pattern")
});

/// 有效期延长2年的，…: only says what follows if it is.
static IF_EXTENDED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:延长|延续|顺延|延期|续期|展期|继续)[^，。；《]{0,24}的[，,]").expect("a fixed pattern")
});

/// Words that speak of validity; 《…》延长至 alone may be of the matter itself.
const OF_VALIDITY: [&str; 6] = ["有效", "期限", "执行", "施行", "实施", "试行"];

/// Whether a text extends what it mentions: by its sentence, or in a list, of which the line that leads it is answered.
pub(super) fn listed(text: &str, mention: &Mention, sentence: &Range<usize>) -> Option<Option<Range<usize>>> {
    // 根据《…》，《…》有效期延长: only what stands directly behind 根据 is a basis.
    let apart = || text.get(..mention.span.start).is_some_and(|before| before.trim_end().ends_with(['，', ',']));
    if mention.role == Role::Historic || mention.role == Role::Basis && !apart() {
        return None;
    }
    // 建议将《…》有效期延长: asked for, not done.
    let before = unwrapped(text.get(sentence.start..mention.span.start).unwrap_or(""));
    if ["建议", "拟", "申请", "请求", "恳请", "是否"].iter().any(|word| before.contains(word)) {
        return None;
    }
    let behind = unwrapped(text.get(mention.span.end..sentence.end).unwrap_or(""));
    if EXTENDED.is_match(&behind) && extends(&behind) && !IF_EXTENDED.is_match(&behind) {
        return Some(None);
    }
    // 决定延长《…》的有效期至…, 决定继续执行《…》，有效期五年.
    if let Some(verb) = VERB_BEFORE.captures(&before).and_then(|found| found.get(1))
        && PERIOD_BEHIND.is_match(&behind)
    {
        let words = format!("{}{}", verb.as_str(), unwrapped(text.get(mention.span.start..sentence.end).unwrap_or("")));
        if extends(&words) && !IF_EXTENDED.is_match(&words) {
            return Some(None);
        }
    }
    list_lead(text, mention, extends).map(Some)
}

/// Whether a text speaks of any extension at all: most do not.
pub(super) fn is_spoken_of(text: &str) -> bool {
    ["延", "续期", "展期", "继续", "推迟", "重新计算"].iter().any(|word| text.contains(word))
        || text.contains("有效期") && ["调整", "变更", "缩短", "修改", "改为"].iter().any(|word| text.contains(word))
}

/// Whether words extend a validity and tell for how long.
fn extends(words: &str) -> bool {
    OF_VALIDITY.iter().any(|word| words.contains(word)) && history::tells_extension(words)
}

/// A number with the letters of its organ and what extends it: 云政发〔2021〕6号文件有效期延长至…, 延长云政发〔2021〕6号文件的有效期至….
static NUMBERED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let number =
        r"(?P<number>[一-龥]{2,10}[〔\[［【﹝][12１２][0-9０-９]{3}[〕\]］】﹞]第?[0-9０-９]{1,5}号)(?:文件?|通知)?";
    let how = "(?:的|其|有效期限?|施行期限|执行期限|届满后|到期后|期满后|现|予以|继续)*";
    let verb = "(?:延长|延续|顺延|延期|续期|展期|继续有效|继续执行|继续实施|继续施行)";
    let behind = format!(r"(?:^|[，。；：\s]|决定将|现将|将)(?:原)?{number}{how}{verb}[^。；\n]{{0,80}}");
    let led = format!(r"(?:^|[，。；：\s]|决定|现|同意|予以)(?:延长|延续|顺延){number}的?有效期限?[^。；\n]{{0,80}}");
    [behind, led].map(|pattern| Regex::new(&pattern).expect("a fixed pattern"))
});
/// Longest line in which a number is looked for, in bytes.
const NUMBERED_LINE_BYTES_MAX: usize = 4_000;

/// What a text extends by number alone. The number, as [`number_key`], stands for the title that nobody tells.
pub(super) fn by_number(text: &str) -> Vec<Relation> {
    let mut found: Vec<Relation> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        let may_say = line.len() <= NUMBERED_LINE_BYTES_MAX && line.contains('号') && is_spoken_of(line);
        if !may_say || ["建议", "拟", "申请", "请求", "恳请", "是否"].iter().any(|word| line.contains(word))
        {
            continue;
        }
        for found_here in NUMBERED.iter().flat_map(|pattern| pattern.captures_iter(line)) {
            let (Some(whole), Some(number)) = (found_here.get(0), found_here.name("number")) else { continue };
            let words = whole.as_str();
            if !extends(words) || IF_EXTENDED.is_match(words) {
                continue;
            }
            // 现将云政发〔2021〕6号, 决定延长云政发〔2021〕6号.
            let bare = super::numbered::behind_verb(number.as_str());
            // 将云民发, but 将政发 is of 将乐: behind a place stands an organ.
            let led = bare.strip_prefix('将').filter(|own| !own.starts_with(['政', '委', '府', '办']));
            let bare = led.unwrap_or(bare);
            if bare.starts_with(['依', '按', '根', '违', '〔', '[']) {
                continue;
            }
            let mention = start + number.end() - bare.len()..start + number.end();
            let (title, sentence) = (number_key(bare), start + whole.start()..start + whole.end());
            found.push(Relation { kind: RelationKind::Extends, title, mention, sentence, lead: None });
        }
    }
    found
}

/// What a document extends by its own title, and the first sentence of its text that says for how long, else nothing of it.
pub(super) fn by_title(title: &str, text: &str) -> Option<(String, Range<usize>)> {
    let found = BY_TITLE.captures(title.trim())?;
    let named = found.get(1).or(found.get(2))?.as_str().trim_matches(|c| "《》〈〉".contains(c));
    let several = ["》、", "》和", "》等", "〉、", "等"].iter().any(|sign| named.contains(sign));
    let key = Some(title_key(named)).filter(|key| !several && !key.is_empty() && is_instrument(key))?;
    let mut at = 0;
    let mut sentences = text.split_inclusive(['。', '；', '\n']).map(|words| {
        at += words.len();
        at - words.len()..at
    });
    let told = sentences.find(|span| text.get(span.clone()).is_some_and(extends));
    Some((key, told.unwrap_or(0..0)))
}

/// The words of a sentence that tell for how long it extends a title: those behind it, as the others of a sentence may have ends
/// of their own; else, and below the line that leads a list, all.
pub fn extending_words<'a>(key: &str, sentence: &'a str) -> &'a str {
    let own = || behind(key, sentence).filter(|words| history::tells_extension(words));
    // 延长《甲办法》的有效期至…，延长《乙办法》的有效期至….
    let led = || {
        let at = sentence.match_indices('《').find(|(at, _)| behind_at(key, sentence, *at).is_some())?.0;
        let (verb, len) =
            VERBS_BEFORE.iter().filter_map(|verb| Some((sentence.get(..at)?.rfind(verb)?, verb.len()))).max()?;
        let between = sentence.get(verb + len..at)?;
        let is_series =
            between.is_empty() || between.ends_with(['、', '和', '及', '与']) && !between.contains(['，', '；']);
        sentence.get(verb..).filter(|words| is_series && history::tells_extension(words))
    };
    led().or_else(own).unwrap_or(sentence)
}

/// What stands before the title that it extends.
const VERBS_BEFORE: [&str; 9] =
    ["延长", "延续", "顺延", "续延", "继续执行", "继续施行", "继续实施", "继续适用", "展期"];

/// To the verb that extends the title behind it, over titles before that: 决定延长《…》（…）、.
static VERB_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let verb = "(延长|延续|顺延|展期|继续(?:执行|施行|实施|适用))";
    Regex::new(&format!("(?:^|决定|现|将|同意|批准|予以|研究|一步|[，,、：:]){verb}(?:{SERIES})*$"))
        .expect("a fixed pattern")
});
/// From the title to its new period: 的有效期至….
static PERIOD_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    let term = "(?:有效|施行|实施|执行|试行|适用)(?:期限|期|时间)";
    Regex::new(&format!("^(?:{SERIES}|等[^，。；《]{{0,12}}|的)*{term}限?(?:延长)?[至到为0-9一二三四五六七八九十两]"))
        .expect("a fixed pattern")
});

/// What stands behind a title in book brackets.
fn behind<'a>(key: &str, sentence: &'a str) -> Option<&'a str> {
    beside(key, sentence).map(|(_, behind)| behind)
}

/// What stands before a title in book brackets, and what behind it.
pub(super) fn beside<'a>(key: &str, sentence: &'a str) -> Option<(&'a str, &'a str)> {
    sentence.match_indices('《').find_map(|(at, _)| Some((sentence.get(..at)?, behind_at(key, sentence, at)?)))
}

/// The same of the one that begins at a byte.
fn behind_at<'a>(key: &str, sentence: &'a str, at: usize) -> Option<&'a str> {
    let (inner, behind) = sentence.get(at..)?.strip_prefix('《')?.split_once('》')?;
    (title_key(inner) == key).then_some(behind)
}

/// The number with which words name a title: 《…》（云民发〔2023〕6号), 云民发〔2023〕6号《…》; that of a register is none.
pub fn number_behind(key: &str, sentence: &str) -> Option<String> {
    let named = beside(key, sentence).is_some();
    let number = super::numbered::numbers_named(key, sentence).into_iter().next();
    number.filter(|number| named && number.chars().count() <= NUMBER_CHARS_MAX)
}

/// Characters of the longest number of a document.
const NUMBER_CHARS_MAX: usize = 30;

#[cfg(test)]
mod tests {
    use super::super::relations;
    use super::*;
    use crate::citation::{Bare, find};
    use jiff::civil::date;

    fn extended(title: &str, text: &str) -> Vec<(String, Option<String>)> {
        let found = relations(title, text, &find(text, &Bare::Own)).into_iter();
        let found = found.filter(|relation| relation.kind == RelationKind::Extends);
        let before = (Some(date(2023, 10, 1)), Some(date(2021, 10, 1)));
        found
            .map(|relation| {
                let lead = relation.lead.map(|lead| text[lead].to_string()).unwrap_or_default();
                let quote = format!("{lead}{}", &text[relation.sentence]);
                let day = history::extended_to(extending_words(&relation.title, &quote), before.0, before.1);
                (relation.title, day.map(|day| day.to_string()))
            })
            .collect()
    }

    #[test]
    fn what_a_sentence_extends_and_until_when() {
        let told = |title: &str, day: &str| (title.to_string(), Some(day.to_string()));
        for (text, expected) in [
            ("《渡口办法》（云民发〔2023〕6号）有效期延长至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("现决定将《渡口办法》的有效期延长2年。", vec![told("渡口办法", "2025-10-01")]),
            ("《渡口办法》有效期延长为5年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》继续有效，有效期至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》继续执行至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》有效期推迟至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》有效期延期至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》有效期顺延2年。", vec![told("渡口办法", "2025-10-01")]),
            ("《渡口办法》有效期调整至2022年12月31日。", vec![told("渡口办法", "2023-01-01")]),
            ("《渡口办法》有效期缩短至2022年12月31日。", vec![told("渡口办法", "2023-01-01")]),
            ("《渡口办法》自2023年10月1日起继续有效，有效期5年。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》继续有效，有效期2年。", vec![("渡口办法".to_string(), None)]),
            ("《渡口办法》施行时间推迟至2028年9月30日。", vec![]),
            ("《渡口办法》继续有效，有效期2年的许可证照旧。", vec![]),
            (
                "《渡口办法》（云民发〔2021〕6号）将于2023年9月30日到期，经评估，决定将其有效期延长至2028年9月30日。",
                vec![told("渡口办法", "2028-10-01")],
            ),
            (
                "《甲办法》有效期延长至2025年1月1日，《乙办法》有效期延长至2026年1月1日。",
                vec![told("甲办法", "2025-01-02"), told("乙办法", "2026-01-02")],
            ),
            (
                "下列文件有效期延长至2025年12月31日：\n1.《甲办法》\n2.《乙办法》\n",
                vec![told("甲办法", "2026-01-01"), told("乙办法", "2026-01-01")],
            ),
            ("根据《渡口法》，《甲办法》有效期延长至2025年1月1日。", vec![told("甲办法", "2025-01-02")]),
            (
                "《渡口办法》（云民发〔2021〕6号）延期执行两年，至2025年9月30日止。",
                vec![told("渡口办法", "2025-10-01")],
            ),
            (
                "《渡口办法》（云民发〔2021〕6号）有效期届满，经评估，需继续实施，现将有效期延长至2027年12月31日。",
                vec![told("渡口办法", "2028-01-01")],
            ),
            ("《渡口办法》仍需继续执行，有效期延长至2027年12月31日。", vec![told("渡口办法", "2028-01-01")]),
            ("云民发〔2021〕6号《渡口办法》有效期延长至2027年12月31日。", vec![told("渡口办法", "2028-01-01")]),
            ("《甲办法》需要继续实施，《乙办法》有效期延长至2026年1月1日。", vec![told("乙办法", "2026-01-02")]),
            ("《渡口办法》需继续实施的，现将有效期延长至2027年12月31日。", vec![]),
            ("《渡口办法》延期执行两年。", vec![told("渡口办法", "2025-10-01")]),
            ("《渡口办法》延期至2025年9月30日，继续执行。", vec![told("渡口办法", "2025-10-01")]),
            ("《渡口办法》延长有效期至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("现决定延长《渡口办法》的有效期至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            (
                "延长《甲办法》（云民发〔2021〕6号）有效期至2025年1月1日，延长《乙办法》有效期至2026年1月1日。",
                vec![told("甲办法", "2025-01-02"), told("乙办法", "2026-01-02")],
            ),
            (
                "决定延长《甲办法》、《乙办法》的有效期两年。",
                vec![told("甲办法", "2025-10-01"), told("乙办法", "2025-10-01")],
            ),
            ("不再延长《渡口办法》的有效期至2028年9月30日。", vec![]),
            ("《渡口办法》有效期不再延长。", vec![]),
            ("《渡口办法》有效期届满，经县政府批准可以延长2年。", vec![]),
            ("《渡口办法》有效期延长2年的，由县政府公布。", vec![]),
            ("《渡口办法》有效期需要延长2年的，由县政府决定。", vec![]),
            ("《渡船许可证》有效期延长2年。", vec![]),
            ("依照《渡口办法》作出的决定继续有效，有效期至2028年9月30日。", vec![]),
            ("《渡口办法》第三条的期限延长2年。", vec![]),
        ] {
            assert_eq!(extended("云桥县通知", text), expected, "{text}");
        }
    }

    #[test]
    fn other_words_and_numbers_extend_too() {
        let told = |title: &str, day: &str| (title.to_string(), Some(day.to_string()));
        for (text, expected) in [
            ("《渡口办法》有效期到期后顺延2年。", vec![told("渡口办法", "2025-10-01")]),
            ("《渡口办法》有效期展期至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》有效期展期3年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》有效期自2023年10月1日起重新计算，有效期5年。", vec![told("渡口办法", "2028-10-01")]),
            ("《渡口办法》有效期自2023年10月1日起重新计算。", vec![("渡口办法".to_string(), None)]),
            ("《渡口办法》有效期调整为5年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》的有效期限修改为5年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》有效期由2年调整为5年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》有效期由2年延长至5年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》有效期由2年改为5年。", vec![told("渡口办法", "2026-10-01")]),
            ("《渡口办法》决定继续执行，有效期五年。", vec![("渡口办法".to_string(), None)]),
            (
                "经评估，决定继续执行《渡口办法》（云民发〔2021〕6号），有效期五年。",
                vec![("渡口办法".to_string(), None)],
            ),
            ("决定继续执行《渡口办法》，有效期至2028年9月30日。", vec![told("渡口办法", "2028-10-01")]),
            ("应当继续执行《渡口办法》，有效期五年的许可证照旧。", vec![]),
            ("《渡口办法》收费标准由2元调整为5元。", vec![]),
            ("云民发〔2021〕6号文件有效期延长至2028年9月30日。", vec![told("云民发(2021)6号", "2028-10-01")]),
            ("现将云民发〔2021〕6号有效期延长2年。", vec![told("云民发(2021)6号", "2025-10-01")]),
            ("决定延长云民发〔2021〕6号文件的有效期至2028年9月30日。", vec![told("云民发(2021)6号", "2028-10-01")]),
            ("长政发〔2021〕6号有效期延长至2028年9月30日。", vec![told("长政发(2021)6号", "2028-10-01")]),
            ("将政发〔2021〕6号有效期延长至2028年9月30日。", vec![told("将政发(2021)6号", "2028-10-01")]),
            ("和政发〔2021〕6号有效期延长至2028年9月30日。", vec![told("和政发(2021)6号", "2028-10-01")]),
            ("决定将长政发〔2021〕6号有效期延长2年。", vec![told("长政发(2021)6号", "2025-10-01")]),
            ("经评估，将云民发〔2021〕6号有效期延长2年。", vec![told("云民发(2021)6号", "2025-10-01")]),
            ("我局印发的云民发〔2021〕6号有效期延长2年。", vec![told("云民发(2021)6号", "2025-10-01")]),
            ("建议将云民发〔2021〕6号有效期延长2年。", vec![]),
            ("依照云民发〔2021〕6号文件的规定，合同期限延长2年。", vec![]),
        ] {
            assert_eq!(extended("云桥县通知", text), expected, "{text}");
        }
    }

    #[test]
    fn the_number_of_what_is_extended_is_that_of_its_issue() {
        let number = |sentence: &str| number_behind("渡口办法", sentence);
        let told = Some("云民发〔2021〕6号".to_string());
        assert_eq!(number("《渡口办法》（云民发〔2021〕6号）有效期延长2年。"), told);
        assert_eq!(number("现将云民发〔2021〕6号《渡口办法》有效期延长2年。"), told);
        assert_eq!(number("《渡口办法》（云民发〔2021〕6号，登记号：YQ-2021-8号）有效期延长2年。"), told);
        assert_eq!(number("《渡口办法》（登记号：YQ-2021-8号）有效期延长2年。"), None);
        assert_eq!(number("《航道办法》（云民发〔2021〕6号）有效期延长2年。"), None);
    }

    #[test]
    fn what_a_title_extends() {
        let told = |day: Option<&str>| vec![("渡口办法".to_string(), day.map(str::to_string))];
        let title = "云桥县民政局关于延长《渡口办法》有效期的通知";
        assert_eq!(extended(title, "经评估，该办法有效期延长至2028年9月30日。"), told(Some("2028-10-01")));
        assert_eq!(extended(title, "该办法继续沿用。"), told(None));
        assert_eq!(extended("关于《渡口办法》继续有效的公告", "有效期延长1年。"), told(Some("2024-10-01")));
        assert_eq!(extended("关于延长《渡船许可证》有效期的通知", "延长1年。"), []);
    }
}
