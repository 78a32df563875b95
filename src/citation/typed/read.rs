//! Takes apart what was typed.

use super::super::find::is_han;
use super::super::names::title_key;
use super::name::is_name_of_law;
use super::place::{self, TypedPlace, Written};
use super::{Named, Typed, number};
use crate::law::level::begins_with_region;
use crate::text::fold::fold_str;
use crate::text::numerals;
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Longest query that may be a citation, in characters: the longest titles have 90.
const QUERY_CHARS_MAX: usize = 120;
/// Fewer letters without a place are no initials of a name.
const LETTERS_MIN: usize = 3;

/// What is asked about a citation, behind it.
const ASKING: [&str; 28] = [
    "是什么意思",
    "什么意思",
    "是啥意思",
    "怎么理解",
    "如何理解",
    "怎么解释",
    "是怎么规定",
    "是如何规定",
    "怎么规定",
    "如何规定",
    "规定了什么",
    "规定了哪些",
    "规定的是什么",
    "的规定是什么",
    "规定是什么",
    "的内容是什么",
    "内容是什么",
    "是什么内容",
    "有哪些内容",
    "是什么",
    "是啥",
    "讲什么",
    "说什么",
    "具体内容",
    "内容",
    "全文",
    "原文",
    "条文",
];
/// What is written behind a place and says nothing; behind a name it may belong to it.
const IDLE: [&str; 3] = ["之规定", "规定", "之"];
/// A year before or behind a name: 公司法(2018), 公司法2018年修正, 2018年版公司法.
static YEAR_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>.*[^0-9( ]) ?\(?(?P<year>(?:19|20)[0-9]{2}) ?年?(?:版|本|修[正订改][版本]?)?\)?$")
        .expect("a fixed pattern")
});
static YEAR_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<year>(?:19|20)[0-9]{2}) ?年?(?:版|修[正订改][版本]?)?的? ?(?P<name>[^0-9年月].*)$")
        .expect("a fixed pattern")
});

/// Two digits of the year: 97刑法, 96年行政处罚法.
static SHORT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<year>[0-9]{2}) ?年?(?:版|修[正订改][版本]?)?的?(?P<name>\p{Han}.*)$").expect("a fixed pattern")
});
/// Years of two digits from here on are of the last century: the oldest law that is cited is of 1949.
const CENTURY: u16 = 49;

/// A word for the version in brackets behind its name: 商标法(新)10条.
static ERA_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>[^()]+)\((?P<era>新|旧|原|最新|现行|修[订改正][前后])\)(?P<place>.*)$")
        .expect("a fixed pattern")
});

/// The number of an instrument behind its title: 机动车登记规定(公安部令第102号).
static NUMBER_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>[^()]*[^() ]) ?\((?P<number>[^()]*(?:\([0-9]{4}\)[^()]*)?号(?:令|公告)?)\)(?P<place>.*)$")
        .expect("a fixed pattern")
});

/// The year of the version behind a place: 处罚法33条(2021修订).
static YEAR_NOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<cited>.*[条款项目0-9]) ?\((?P<year>(?:19|20)[0-9]{2}) ?年?(?:版|本|修[正订改][版本]?)?\)$")
        .expect("a fixed pattern")
});
/// The number of an order with blanks around its digits: 国务院令 第 722 号.
static SPACED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?P<word>令|公告) ?第 ?(?P<n>[0-9]{1,4}) ?号").expect("a fixed pattern"));
/// A number with its thousands parted: 第1,043条 are not two.
static GROUPED: LazyLock<Regex> = LazyLock::new(|| Regex::new("第 ?([1-9]),([0-9]{3}) ?条").expect("a fixed pattern"));
/// Words in brackets behind a place: 刑法133条之一(危险驾驶罪).
static WORDS_NOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<cited>.*[条款项目之一二三四五六七八九十]) ?[\(\[【][^0-9()\[\]【】第条款项目一二三四五六七八九十]{2,40}[\)\]】]$")
        .expect("a fixed pattern")
});

/// A place in brackets behind its name: 食品安全法(124条).
static BRACKETED_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>.*[法典例定则释]》?) ?[\(\[【](?P<place>第?[0-9零一二三四五六七八九十百千]+条[^()\[\]【】]{0,12})[\)\]】]$")
        .expect("a fixed pattern")
});

/// What a query could cite; `None` if its form alone says that it cites nothing.
pub fn read(query: &str) -> Option<Typed> {
    let query = query.trim();
    if query.chars().nth(QUERY_CHARS_MAX).is_some() {
        return None;
    }
    let query = &*SPACED.replace(query, "${word}第${n}号");
    let folded = GROUPED.replace(&fold_str(query), "第$1$2条").into_owned();
    let folded = numbered(folded.trim());
    let folded = folded.as_ref();
    if let Some(turned) = turned(folded) {
        return read(&turned).map(|typed| Typed { title: title_key(folded), ..typed });
    }
    if let Some(found) = ERA_BEHIND.captures(folded) {
        let era =
            if found["era"].ends_with('后') { format!("{}的", &found["era"]) } else { found["era"].to_string() };
        return read(&format!("{era}{}{}", found["name"].trim(), &found["place"]));
    }
    if let Some(found) = NUMBER_BEHIND.captures(folded)
        && let Some(number) = number::read(&found["number"]).filter(|number| number.sure)
        && let Some(typed) = read(&format!("{}{}", &found["name"], &found["place"]))
    {
        return Some(Typed { number: None, beside: Some(number), behind: None, ..typed });
    }
    if folded.chars().nth(1).is_none() || folded.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        return None;
    }
    // What is noted behind a place is read without it: 刑法133条之一(危险驾驶罪), 处罚法33条(2021修订), 处罚法33条 首违不罚.
    if let Some(typed) = noted(query, folded) {
        return Some(Typed { title: title_key(folded), ..typed });
    }
    let (asked, bare) = (without_question(folded, &[]), without_question(folded, &IDLE));
    // 《行政处罚法第三十三条》: the place stands inside the brackets.
    let inner = bare.strip_suffix('》').and_then(place::split).filter(|(name, ..)| !name.contains('》'));
    let placed = inner.or_else(|| place::split(bare));
    // 国办发〔2018〕37号第三条 has a number and a place.
    let number = match &placed {
        Some((name, _, Written::Unit)) => number::read(name).filter(|number| number.sure),
        _ => number::read(asked),
    };
    if placed.is_none() && number.is_none() && !may_be_name(asked) {
        return may_be_title(folded).then(|| title_alone(folded));
    }
    let (name, places, written) = placed.unwrap_or((asked, Vec::new(), Written::Nothing));
    let named = named(name, places, written).map(|named| Named { alone: !names_several(query), ..named });
    Some(Typed { title: title_key(folded), number, beside: None, named, behind: behind(query).map(Box::new) })
}

/// 刑法修正案11 as its title has it: 刑法修正案(十一).
fn numbered(folded: &str) -> Cow<'_, str> {
    static AMENDMENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"刑法修正案 ?\(?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)?(?P<behind>$|[ ,第])")
            .expect("a fixed pattern")
    });
    AMENDMENT.replace(folded, |found: &Captures<'_>| {
        let number = numerals::parse_lenient(&found["number"]).map_or(0, |number| number.value);
        format!("刑法修正案({}){}", numerals::chinese(number), &found["behind"])
    })
}

/// 第20条 个人所得税法 and 个人所得税法(20条) in the usual order: the name of a law, then nothing but a place.
fn turned(folded: &str) -> Option<String> {
    if let Some(found) = BRACKETED_PLACE.captures(folded) {
        return Some(format!("{}{}", &found["name"], &found["place"]));
    }
    let at = folded.char_indices().rfind(|(_, c)| "条款项".contains(*c)).map(|(at, c)| at + c.len_utf8())?;
    let (place, name) = folded.split_at_checked(at)?;
    let name = name.trim_start_matches([' ', ',', '《']).trim_end_matches('》');
    let placed = place.starts_with(|c| c == '第' || place::is_digit(c)) && place::is_place(place);
    (placed && is_name_of_law(name) && !name.contains(char::is_whitespace)).then(|| format!("{name}{place}"))
}

/// What a query cites behind the words with which it begins: 违建 城乡规划法64条, 无废城市 国办发〔2018〕128号. A region there is no
/// word beside the name but part of it (云桥县 养犬管理条例3条), unless it is that of a law, which no region makes.
fn behind(query: &str) -> Option<Typed> {
    let cuts = query.char_indices().filter(|(_, c)| c.is_whitespace());
    let parts = cuts.filter_map(|(at, _)| Some((query.get(..at)?, query.get(at..)?.trim_start())));
    let are_words = |words: &str| {
        let bare = !words.contains(|c: char| c.is_ascii_alphanumeric() || "第《".contains(c));
        bare && !is_name_of_law(&fold_str(words))
    };
    let of_law = |words: &str| words.ends_with('法') && !words.ends_with("办法");
    let is_cited = |words: &str, text: &str| {
        let local = words.split_whitespace().any(begins_with_region);
        let folded = fold_str(text);
        number::read(&folded).is_some_and(|number| number.sure)
            || place::split(&folded).is_some_and(|(name, places, written)| {
                let named = named(name, places, written).filter(|named| is_name_of_law(&named.words));
                // 刑法264 needs no unit, as a name of law ends where its number begins.
                let bare = written == Written::Number && of_law(name) && text.ends_with(|c: char| c.is_ascii_digit());
                (written == Written::Unit || bare) && named.is_some_and(|named| !local || of_law(&named.words))
            })
    };
    let mut cited = parts.filter(|(words, text)| are_words(words) && is_cited(words, text));
    let typed = cited.find_map(|(_, text)| read(text))?;
    let named = typed.named.map(|named| Named { alone: false, ..named });
    Some(Typed { named, ..typed })
}

/// What a query cites whose place has a note behind it: a year or words in brackets, or words behind white space.
fn noted(query: &str, folded: &str) -> Option<Typed> {
    if let Some(found) = YEAR_NOTED.captures(folded) {
        let (cited, year) = (found.name("cited")?.as_str(), found.name("year")?.as_str().parse().ok()?);
        let alone = !found.get(0)?.as_str().get(cited.len()..)?.contains(['修', '版', '本']);
        place::split(cited)?;
        let typed = read(cited)?;
        let named = typed.named.map(|named| Named { year: named.year.or(Some((year, alone))), ..named });
        return Some(Typed { number: None, named, ..typed });
    }
    let bracketed = WORDS_NOTED.captures(folded).and_then(|found| Some(found.name("cited")?.as_str().to_string()));
    // The longest beginning, up to white space, whose end is a place; another number, or another name, is more than a note.
    let is_note = |behind: &str| {
        let words = behind.chars().all(|c| !c.is_ascii_digit() && c != '第' && c != '《');
        // 59条 （一）项 goes on.
        let words = words && !fold_str(behind).trim_start().starts_with(|c| c == '(' || place::is_digit(c));
        words
            && !without_question(fold_str(behind).trim(), &IDLE).is_empty()
            && !behind.split_whitespace().any(begins_with_law)
    };
    let is_placed = |cited: &str| matches!(place::split(&fold_str(cited)), Some((_, _, Written::Unit)));
    let parted = || {
        let cuts = query.trim().char_indices().filter(|(_, c)| c.is_whitespace());
        let parts = cuts.filter_map(|(at, _)| Some((query.trim().get(..at)?, query.trim().get(at..)?)));
        // White space inside a number (第 三 十 三 条) does not end it.
        let goes_on = |cited: &str, behind: &str| {
            cited.trim_end().ends_with(place::is_digit)
                && behind.trim_start().starts_with(|c| place::is_digit(c) || "条款项目之".contains(c))
        };
        let mut noted = parts.filter(|(cited, behind)| is_note(behind) && !goes_on(cited, behind) && is_placed(cited));
        noted.next_back().map(|(cited, _)| cited.to_string())
    };
    let cited = bracketed.or_else(parted).or_else(|| glued(query.trim()).map(str::to_string))?;
    let (_, _, written) = place::split(&fold_str(&cited))?;
    let typed = (written == Written::Unit).then(|| read(&cited))??;
    let named = typed.named.map(|named| Named { alone: false, ..named });
    Some(Typed { number: None, named, ..typed })
}

/// The citation in front of words that follow its place without white space: 食品安全法148条惩罚性赔偿.
fn glued(query: &str) -> Option<&str> {
    let is_words = |words: &str| {
        words.chars().nth(1).is_some()
            && words.chars().all(is_han)
            && !words.starts_with(|c| "例款项件文目之至到和与及或的是第".contains(c))
            && !without_question(words, &IDLE).is_empty()
            && !is_name_of_law(words)
    };
    let is_placed = |cited: &str| matches!(place::split(&fold_str(cited)), Some((_, _, Written::Unit)));
    // 三十三条二款 is a place to its end.
    if is_placed(query) {
        return None;
    }
    let units = query.char_indices().rev().filter(|(_, c)| "条款项目".contains(*c));
    let mut parts = units.filter_map(|(at, c)| query.split_at_checked(at + c.len_utf8()));
    parts.find(|(cited, words)| is_words(words) && is_placed(cited) && begins_with_law(cited)).map(|(cited, _)| cited)
}

/// So many citations are read in one query.
const PIECES_MAX: usize = 6;

/// The citations that a query has side by side (处罚法33条 许可法12条, 处罚法33条和许可法12条); the query whole if it is one. A piece
/// that names no law goes on with the one before (处罚法33条、34条 许可法12条).
pub fn pieces(query: &str) -> Vec<&str> {
    if query.chars().nth(QUERY_CHARS_MAX).is_some() {
        return vec![query];
    }
    let mut starts: Vec<usize> = vec![0];
    let mut before = None;
    for (at, c) in query.char_indices() {
        let behind_place = before.is_some_and(|c: char| c.is_ascii_digit() || "条款项目》".contains(c));
        let parts = c.is_whitespace() || "、，,；;".contains(c) || behind_place && "和与及".contains(c);
        let rest = query.get(at + c.len_utf8()..).unwrap_or_default();
        if parts && begins_with_law(rest) {
            starts.push(at + c.len_utf8());
        } else if behind_place && c == '《' && query.get(at..).is_some_and(begins_with_law) {
            starts.push(at);
        }
        before = Some(c);
    }
    let ends = starts.iter().skip(1).copied().chain([query.len()]);
    let pieces = starts.iter().zip(ends).filter_map(|(start, end)| query.get(*start..end));
    let is_sign = |c: char| c.is_whitespace() || "、，,；;".contains(c);
    let pieces: Vec<&str> = pieces
        .map(|piece| piece.trim_matches(is_sign).trim_end_matches(['和', '与', '及']).trim_matches(is_sign))
        .collect();
    let all = pieces.len() <= PIECES_MAX && pieces.iter().all(|piece| begins_with_law(piece));
    if all { pieces } else { vec![query] }
}

/// Whether the first piece of a text, up to the next white space or sign, is a name of law, perhaps with a place.
fn begins_with_law(text: &str) -> bool {
    let text = text.trim_start();
    let end = text.find(|c: char| c.is_whitespace() || "、，,；;".contains(c)).unwrap_or(text.len());
    let folded = fold_str(text.get(..end).unwrap_or_default());
    let name = place::split(&folded).map_or(folded.as_str(), |(name, ..)| name);
    // 33条和许可法12条 ends in a name, but does not begin with one.
    let named = name.trim_matches(['《', '》']);
    is_name_of_law(named) && !named.starts_with(|c: char| c.is_ascii_digit() || c == '第')
}

/// Whether white space, which folding takes away between Chinese characters, parts names of law.
fn names_several(query: &str) -> bool {
    let is_name = |piece: &&str| {
        let folded = fold_str(piece);
        is_name_of_law(place::split(&folded).map_or(folded.as_str(), |(name, ..)| name))
    };
    query.split_whitespace().filter(is_name).nth(1).is_some()
}

/// Whether words behind others go on with a citation: the place behind its name (公司法2018 20条), a part behind its article,
/// the number of a document behind its year.
pub fn goes_on(before: &str, word: &str) -> bool {
    if before.len().max(word.len()) > QUERY_CHARS_MAX * 4 {
        return false;
    }
    let (before, word) = (fold_str(before), fold_str(word));
    let numbered = || {
        let digits = word.strip_suffix('号').map(|rest| rest.trim_start_matches('第'));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
            && before.ends_with(|c: char| c.is_ascii_digit() || c == ')' || c == '年')
    };
    let places = |text: &str| place::split(text).map(|(name, ..)| name.len());
    numbered() || places(&format!("{before} {word}")).is_some_and(|name| name <= before.len())
}

/// A query without what is asked about what it cites (怎么规定, 全文, ?).
fn without_question<'q>(query: &'q str, idle: &[&str]) -> &'q str {
    let mut rest = query;
    loop {
        let trimmed = rest.trim_end_matches([' ', '?', '!', '.', '吗', '呢', '的']);
        let phrases = ASKING.iter().chain(idle);
        match phrases.filter_map(|phrase| trimmed.strip_suffix(phrase)).find(|shorter| !shorter.is_empty()) {
            Some(shorter) => rest = shorter,
            None => return trimmed,
        }
    }
}

/// Whether a query without place and number may be a name: it ends as one, or is of letters. What it ends in is asked first,
/// so that ordinary words never need a table of names.
fn may_be_name(query: &str) -> bool {
    const ENDINGS: &str = "法典例定则释知见复议函范准程录)";
    let letters = query.bytes().all(|byte| byte.is_ascii_lowercase());
    let year = YEAR_BEHIND.captures(query).and_then(|found| found.name("name"));
    let name = year.map_or(query, |name| name.as_str()).trim_end_matches('》');
    letters || name.ends_with(|c| ENDINGS.contains(c))
}

/// Whether a query that is no name may be a whole title: it stands in book brackets, or ends as a few titles do.
fn may_be_title(folded: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "修正案",
        "安排",
        "名录",
        "目录",
        "纲要",
        "清单",
        "指引",
        "指南",
        "程序",
        "规划",
        "方案",
        "解答",
        "纪要",
        "通报",
        "命令",
        "公告",
    ];
    let bracketed = folded.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    bracketed.is_some_and(|inner| !inner.is_empty() && !inner.contains(['《', '》']))
        || ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// A query that can only be a whole title: 无废城市试点工作方案 is otherwise words.
fn title_alone(folded: &str) -> Typed {
    Typed { title: title_key(folded), number: None, beside: None, named: None, behind: None }
}

/// A query that quotes words inside a title (保障“最多跑一次”改革规定): as a whole title, or words and phrases.
pub fn title_with_quotes(query: &str) -> Option<Typed> {
    const QUOTES: [char; 3] = ['"', '“', '”'];
    let query = query.trim();
    let inside = query.contains(QUOTES) && !query.starts_with(QUOTES) && query.chars().nth(QUERY_CHARS_MAX).is_none();
    let folded = inside.then(|| fold_str(query))?;
    (may_be_title(&folded) || may_be_name(&folded)).then(|| title_alone(&folded))
}

/// The name without its year and its signs; `None` if nothing is left that could be a name.
fn named(name: &str, places: Vec<TypedPlace>, written: Written) -> Option<Named> {
    let of = |found: Captures<'_>| {
        let year = found.name("year")?.as_str().parse::<u16>().ok()?;
        let name = found.name("name")?;
        let whole = found.get(0)?.as_str();
        let beside = [whole.get(..name.start()), whole.get(name.end()..)].map(Option::unwrap_or_default);
        let alone = !beside.iter().any(|words| words.contains(['修', '版', '本']));
        Some((name.as_str().to_string(), Some((year, alone))))
    };
    let behind = YEAR_BEHIND.captures(name).and_then(of);
    let short = || {
        let (name, year) = of(SHORT_YEAR.captures(name).filter(|found| is_name_of_law(&found["name"]))?)?;
        let century = |(year, alone)| (if year < CENTURY { 2000 } else { 1900 } + year, alone);
        Some((name, year.map(century)))
    };
    let year = behind.or_else(|| YEAR_BEFORE.captures(name).and_then(of)).or_else(short);
    let (name, year) = year.unwrap_or_else(|| (name.to_string(), None));
    let words = title_key(name.trim());
    let is_letters = words.bytes().all(|byte| byte.is_ascii_lowercase());
    let of_text = ["本", "该", "此", "前", "上述", "第"];
    let bare_letters = is_letters && written == Written::Nothing;
    let long_enough = words.chars().count() >= if bare_letters { LETTERS_MIN } else { 2 };
    let usable = long_enough && !of_text.iter().any(|start| words.starts_with(start));
    usable.then_some(Named { words, year, places, written, alone: true })
}

impl Named {
    /// Whether the words are initials of pinyin.
    pub(super) fn is_letters(&self) -> bool {
        self.words.bytes().all(|byte| byte.is_ascii_lowercase())
    }
}
