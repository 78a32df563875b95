//! Whoever stands right behind a word like 证人, and in a list behind it, whatever surname he bears: 证人折可存证实, 职工麻花、盖叫天.
//! There a false mask costs less than a name in clear, so the form of a name may be weak if what follows is said of persons.

use super::super::persons::{Part, Persons};
use super::super::reading::is_han;
use super::super::words::WORDS;
use super::candidate::Finder;
use super::form::{self, Form, NAME_MAX, boundary, of};
use super::{cues, labels, lists, peoples, wordy};
use regex::Regex;
use std::sync::LazyLock;

/// Longest member of a list that is looked at, in characters.
const MEMBER_MAX: usize = 12;
/// Most members of a list.
const MEMBERS_MAX: usize = 40;
/// Words behind which nothing but a name stands.
const NAME_CUES: &[&str] = &[
    "曾用名",
    "中文名",
    "中文姓名",
    "绰号",
    "外号",
    "诨号",
    "化名",
    "真名",
    "真实姓名",
    "又名",
    "艺名",
    "小名",
    "乳名",
    "本名",
    "原名",
];
/// Words of persons that name none: what follows them is as often a thing.
const LOOSE_CUES: &[&str] = &[
    "名称",
    "字号",
    "商户",
    "会员",
    "人员",
    "反映",
    "本人",
    "名为",
    "监理",
    "公民",
    "儿童",
    "未成年人",
    "群众",
    "助理",
    "主管",
    "文书",
    "财务",
    "自然人",
    "法人",
];

/// Words behind which somebody or something stands: 财务李某, 财务报表.
static LOOSE: LazyLock<Regex> = LazyLock::new(|| Regex::new("财务|自然人|法人").expect("a constant pattern"));

/// Notes those who stand behind words that tell persons less surely, and the members of lists behind words like 从业人员, of whom one
/// tells the others.
pub(super) fn find(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for cue in LOOSE.find_iter(reading.text) {
        let at = reading.place(cue.end());
        let end = person(finder, at, cue.as_str());
        end.into_iter().for_each(|end| persons.note(reading.str(at..end), Part::Person));
    }
    for cue in super::CUES.find_iter(reading.text).filter(|cue| !cues::OFFICES.contains(&cue.as_str())) {
        let place = reading.place(cue.end());
        let (at, labelled) = super::after(reading, place);
        // 居民楼、院坝: the word goes on.
        if labelled || at > place || !labels::goes_on(cue.as_str(), reading.at(at)) {
            list(finder, persons, at, &cues::closed(cue.as_str()), labelled);
        }
    }
}

/// The end of the name that stands at a place behind a word that persons are told by.
pub(super) fn person(finder: &Finder<'_>, at: usize, cue: &str) -> Option<usize> {
    if wordy::cue_begins(finder, at) {
        return None;
    }
    let loose = LOOSE_CUES.contains(&cue);
    best(finder, at).filter(|end| {
        let (name, tail) = (of(finder, at, *end), boundary(finder, *end));
        let first = finder.reading.at(at);
        let usual = || WORDS.is_usual(first) || WORDS.is_compound(first, finder.reading.at(at + 1));
        if loose {
            let told = usual() || tail > 2 || ["财务", "自然人", "法人"].contains(&cue);
            return name == Form::Clear && told && !["名称", "字号", "名为"].contains(&cue);
        }
        // 折可存看见: of three characters it is hardly anything else.
        let clean = !form::has_word(finder.reading.slice(at..*end));
        let long = *end == at + 3 && name == Form::Odd && clean;
        let sure = clean && tail > 2 || wordy::acts(finder, *end);
        // 绰号黑娃: what fills the place of a name is one.
        let brand = "牌商品标".contains(finder.reading.at(end + 1));
        let quoted = !brand && matches!(finder.reading.before(at), '“' | '"' | '‘');
        let filled = tail > 2 && (NAME_CUES.contains(&cue) || quoted && clean);
        filled || name == Form::Clear || name == Form::Odd && !form::is_function(first) && (long || sure)
    })
}

/// The begin of the name that stands alone between an edge, or a word like 证人, and what is said of persons: 折可存的询问笔录.
pub(super) fn before(finder: &Finder<'_>, end: usize) -> Option<usize> {
    let reading = finder.reading;
    let begins = |start: &usize| {
        let c = reading.before(*start);
        // 当事人：折可存 fills a field, so that it is told already; a letter or a point goes on.
        let edge = !is_han(c) && !c.is_alphanumeric() && !labels::is_point(c) && !matches!(c, '×' | '*' | '＊');
        edge || wordy::cue_ends(finder, *start)
    };
    let starts = [3, 2, 4, 5, 6, 7, 8].into_iter().filter_map(|length| end.checked_sub(length));
    let mut judged = starts.filter(begins).filter(|start| finder.masked(*start).is_none());
    // 东郭先生: a surname alone.
    let surname = |start: usize| start + 2 == end && WORDS.is_compound(reading.at(start), reading.at(start + 1));
    judged.find(|start| {
        !surname(*start)
            && match of(finder, *start, end) {
                Form::Clear => true,
                Form::Odd => {
                    let (first, long) = (reading.at(*start), *start + 3 == end);
                    // 母大成女士: nobody but a person is called so.
                    let called = long && is_title(finder, end) && (WORDS.is_surname(first) || WORDS.is_rare(first));
                    !form::is_function(first) && (called || !form::has_word(reading.slice(*start..end)))
                }
                _ => false,
            }
    })
}

/// Whether what follows is how people are called: 先生.
fn is_title(finder: &Finder<'_>, end: usize) -> bool {
    ["先生", "女士", "小姐"].iter().any(|word| finder.reading.has(end, word))
}

/// The end of a further member of a list, behind 、.
pub(super) fn member(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let end = best(finder, at)?;
    (!wordy::cue_begins(finder, at) && of(finder, at, end) == Form::Clear).then_some(end)
}

/// The end of what looks most like a name among the stretches that begin at a place and end where names end.
fn best(finder: &Finder<'_>, at: usize) -> Option<usize> {
    if finder.masked(at).is_some() || !is_han(finder.reading.at(at)) {
        return None;
    }
    if let Some(end) = peoples::pointed_from(finder, at) {
        return Some(end);
    }
    let run = (at..at + MEMBER_MAX).take_while(|place| is_han(finder.reading.at(*place))).count();
    let lengths = [3, 2, 4, 5, 6, 7, 8].into_iter().filter(|length| *length <= run);
    let judged = lengths.map(|length| {
        let end = at + length;
        (boundary(finder, end), of(finder, at, end), length)
    });
    // Of two that end alike the longer name counts, unless its last character is none of names: 周明说.
    judged
        .filter(|(tail, name, _)| *tail > 1 && *name > Form::Word)
        .max_by_key(|(tail, name, length)| {
            let given = WORDS.is_given(finder.reading.before(at + length));
            (*name, given, *tail, *length)
        })
        .map(|(.., length)| at + length)
}

/// Notes the members of a list that begins behind a word like 从业人员. One who is known as a person tells the others.
fn list(finder: &Finder<'_>, persons: &mut Persons, at: usize, cue: &str, labelled: bool) {
    let reading = finder.reading;
    if ["名称", "字号", "反映", "名为"].contains(&cue) {
        return;
    }
    let members = members(finder, persons, at);
    if let Some(last) = members.last().filter(|_| labelled && cues::names_persons(cue)) {
        parties(finder, persons, last.end);
    }
    if members.len() < 2 {
        return;
    }
    let count = |wanted: &dyn Fn(&Member) -> bool| members.iter().filter(|member| wanted(member)).count();
    let known = count(&|member| member.known);
    let clear = count(&|member| !member.known && member.form == Form::Clear);
    let others = count(&|member| !member.known && member.form == Form::No);
    let end = members.last().map_or(at, |member| member.end);
    let told = wordy::ends_persons(finder, end);
    let loose = LOOSE_CUES.contains(&cue);
    let persons_alone = others == 0 && (known + clear > 0 && !(loose && known == 0) || told && members.len() > 1);
    for member in members.iter().filter(|member| !member.known) {
        let name = reading.str(member.start..member.end);
        match member.form {
            Form::Clear if persons_alone || known + clear > 1 => persons.note(name, Part::Person),
            Form::Bare if persons_alone && known > 0 => persons.note(name, Part::Person),
            Form::Odd if persons_alone && !form::is_function(reading.at(member.start)) => {
                persons.note(name, Part::Person)
            }
            Form::Word if persons_alone && !form::is_function(reading.at(member.start)) => persons.also(name, None),
            _ => {}
        }
    }
}

/// Notes those who stand in the line of a field behind a comma and alone: 当事人：张某，折可存.
fn parties(finder: &Finder<'_>, persons: &mut Persons, mut end: usize) {
    let reading = finder.reading;
    while matches!(reading.at(end), '，' | ',') {
        let start = end + 1;
        let Some(stop) = (start..=start + NAME_MAX).find(|place| !is_han(reading.at(*place))) else { return };
        let alone = matches!(reading.at(stop), '\n' | '，' | ',' | '、' | '。' | '；');
        if !alone || stop < start + 2 || of(finder, start, stop) != Form::Clear {
            return;
        }
        persons.note(reading.str(start..stop), Part::Person);
        end = stop;
    }
}

/// One of a list.
struct Member {
    start: usize,
    end: usize,
    known: bool,
    form: Form,
}

/// The members of the list that begins at a place.
fn members(finder: &Finder<'_>, persons: &Persons, mut at: usize) -> Vec<Member> {
    let reading = finder.reading;
    let mut found = Vec::new();
    while found.len() < MEMBERS_MAX && !wordy::cue_begins(finder, at) {
        let known = finder.masked(at).or_else(|| persons.at(reading, at).map(|(end, _)| end));
        let known = known.filter(|end| boundary(finder, *end) > 0 && !finder.is_firm(*end));
        let Some(end) = known.or_else(|| member_end(finder, at)) else { break };
        let form = if known.is_some() { Form::Clear } else { of(finder, at, end) };
        found.push(Member { start: at, end, known: known.is_some(), form });
        let next = lists::over_bracket(reading, end);
        match reading.at(next) {
            '、' | '和' | '与' | '及' => at = next + 1,
            _ => break,
        }
    }
    found
}

/// Where a member of a list ends that is not known: before a sign, before what joins, or where names end.
fn member_end(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let reading = finder.reading;
    let in_name = |c: char| is_han(c) || labels::is_point(c);
    let stop = (at..at + MEMBER_MAX + 1).find(|place| !in_name(reading.at(*place)));
    if let Some(stop) = stop.filter(|stop| matches!(reading.at(*stop), '、' | '（' | '(')) {
        return (stop > at + 1).then_some(stop);
    }
    let counted =
        (at + 2..=at + 8).find(|place| reading.at(*place) == '等' && (at..*place).all(|one| in_name(reading.at(one))));
    let joined =
        || (at + 2..=at + 4).find(|place| "和与及".contains(reading.at(*place)) && is_han(reading.at(place + 1)));
    let whole = || stop.filter(|stop| (at + 2..=at + 3).contains(stop));
    counted.or_else(|| best(finder, at)).or_else(joined).or_else(whole).or_else(|| word_end(finder, at))
}

/// The end of a word of two characters before what only persons do.
fn word_end(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let end = at + 2;
    let told = wordy::ends_persons(finder, end) || wordy::acts(finder, end);
    (told && of(finder, at, end) == Form::Word).then_some(end)
}

/// Whether words are said of persons alone: 的询问笔录, 目睹.
pub(super) fn is_said(words: &str) -> bool {
    let said = [
        "证言",
        "陈述",
        "供述",
        "辩解",
        "询问笔录",
        "讯问笔录",
        "谈话笔录",
        "供称",
        "辩称",
        "诉称",
        "述称",
        "目睹",
        "亲眼",
        "身亡",
        "先生",
        "女士",
        "小姐",
    ];
    said.contains(&words.trim_start_matches('的'))
}
