//! Names of natural persons. Words beside them tell them (被告人, ，男，, 的证言), a list tells its neighbours, and what is known
//! once is known everywhere in the record.

mod aliases;
mod behind;
mod called;
mod candidate;
mod cues;
mod firms;
mod form;
mod imposed;
mod labels;
mod lists;
mod peoples;
mod standing;
mod wordy;

use super::edits::{Edit, Pieces};
use super::persons::{Part, Persons};
use super::reading::{Reading, is_han};
use super::words::{self, WORDS};
use candidate::{Finder, Trust};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest bracket between a cue and the name: 原告（反诉被告）张三.
const BRACKET_MAX: usize = 16;
/// What stands before the name of whom a letter speaks to: 大桥村三组张勇, 致张勇.
const ADDRESS_ENDS: &str = "村组区号户室栋楼致";
/// So much of a bracket behind a party is read, in characters.
const POST_MAX: usize = 60;
/// Words between a cue and the name that say nothing.
const FILLERS: &[&str] =
    &["自报姓名", "自报", "自称", "名叫", "名为", "姓名", "之一", "兼", "暨", "即", "系", "是", "为", "另一"];

/// A surname and one given name apart, as official documents set names of two characters beside those of three: 张 伟.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(?:^|[：:、，,；;（(|\t\s]|人员|法官|审判员|负责人|当事人|人|关于|对|给予)([\p{Han}][ \u{3000}]{1,4}[\p{Han}])(?:$|[、，,；;。）)（(|\t\n\r]|[ \u{3000}]{2,}|[ \u{3000}](?:\p{Han}[ \u{3000}]\p{Han}|[^\p{Han}]))")
        .expect("a constant pattern")
});
/// Captions that hold a person, with what fills them, either of which may be spaced out: 经 营 者：战 北 野; 法定代表人：慕容 雪.
static SPACED_OUT: LazyLock<Regex> = LazyLock::new(|| {
    let labels = ["姓名", "经营者", "当事人", "法定代表人", "负责人", "被处罚人", "联系人", "投资人", "驾驶人"];
    let spaced = |label: &str| label.chars().map(String::from).collect::<Vec<_>>().join(r"[ \u{3000}]*");
    let labels = labels.map(spaced).join("|");
    let name = r"\p{Han}(?:[ \u{3000}]{1,2}\p{Han}){1,3}|\p{Han}{2}[ \u{3000}]{1,2}\p{Han}{1,2}|\p{Han}{2,4}";
    Regex::new(&format!(
        r"(?m)((?:{labels})[ \u{{3000}}]*)[：:|][ \u{{3000}}]*({name})[ \u{{3000}}]*(?:$|[，,。；;|（(\r])"
    ))
    .expect("a constant pattern")
});
/// Words before a name, longest first.
static CUES: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<&str> = cues::PERSONS.iter().chain(cues::OFFICES.iter()).copied().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    // 其弟弟 is never 其弟 with what follows.
    let kin = cues::KIN.iter().map(|word| format!("其{word}|")).collect::<String>();
    // 当 事 人: labels are set with blanks.
    let spread = |word: &&str| word.chars().map(String::from).collect::<Vec<_>>().join(r"[ \u{3000}]{1,4}");
    let spread = cues::NAMES_ONLY.iter().map(|word| format!("|{}", spread(word))).collect::<String>();
    Regex::new(&(kin + &words.join("|") + &spread)).expect("a constant pattern")
});
static BEHIND_PERSONS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(cues::BEHIND_PERSONS).expect("a constant pattern"));
static BEHIND_NAMES: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::BEHIND_NAMES).expect("a constant pattern"));
/// Who sues at the begin of a line.
static LITIGANTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[#\s一二三四五六七八九十0-9、.]{0,8}([\p{Han}]{2,4}?)(?:等)?(?:诉|与某|与[\p{Han}]{2,24}纠纷)")
        .expect("a constant pattern")
});

/// Every name to be masked. `persons` keeps who is known from round to round.
pub(super) fn find(pieces: &Pieces, persons: &mut Persons) -> Vec<Edit> {
    let reading = Reading::new(pieces.text());
    let finder = Finder::new(&reading);
    let spaced = spaced_out(&finder, persons);
    apart(&finder, &spaced, persons);
    beside_cues(&finder, persons);
    before_words(&finder, persons);
    imposed::find(&finder, persons);
    called::find(&finder, persons);
    alone(&finder, pieces, persons);
    litigants(&finder, persons);
    // Lists first: who stands beside a prosecutor is one too and not just anybody.
    lists::extend(&finder, persons);
    peoples::find(&finder, persons);
    standing::find(&finder, persons);
    behind::find(&finder, persons);
    lists::extend(&finder, persons);
    aliases::find(&finder, persons);
    let (found, used) = occurrences(&finder, persons);
    persons.edits(&reading, &found, &used)
}

/// Whether a word of the dictionary is what people are called.
pub(super) fn are_called(word: &str) -> bool {
    form::is_known(word) || peoples::is_part(word)
}

/// Names in fields of which the caption or the name is spaced out; answers where they stand.
fn spaced_out(finder: &Finder<'_>, persons: &mut Persons) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for captures in SPACED_OUT.captures_iter(finder.reading.text) {
        let (Some(label), Some(words)) = (captures.get(1), captures.get(2)) else { continue };
        let is_spaced = |words: &str| words.trim_end().contains([' ', '\u{3000}']);
        let name: String = words.as_str().chars().filter(|c| is_han(*c)).collect();
        let chars: Vec<char> = name.chars().collect();
        let begins = match chars.as_slice() {
            [first, second, ..] => WORDS.is_surname(*first) || WORDS.is_compound(*first, *second),
            _ => false,
        };
        // 负责人：高兴 电话: a caption follows.
        let mut parts = words.as_str().split([' ', '\u{3000}']).filter(|part| !part.is_empty());
        let captioned = parts.next().is_some_and(|first| first.chars().count() == 2)
            && parts.next().is_some_and(|second| second.chars().count() == 2)
            && !(chars.len() == 4 && WORDS.is_compound(chars[0], chars[1]));
        let plain = !captioned && !chars.contains(&'某') && !labels::is_word(&name) && !labels::is_other(&name);
        if (is_spaced(words.as_str()) || is_spaced(label.as_str())) && begins && plain {
            persons.note(&name, Part::Person);
            persons.note(words.as_str(), Part::Person);
            found.push(words.range());
        }
    }
    found
}

/// Names whose two characters stand apart, and the same without the blank. What is a word together (单 位, 时 间) is a caption.
fn apart(finder: &Finder<'_>, spaced: &[Range<usize>], persons: &mut Persons) {
    let reading = finder.reading;
    let mut from = 0;
    while let Some(found) = APART.captures_at(reading.text, from).and_then(|found| found.get(1)) {
        // The sign behind one may be that before the next.
        from = found.end();
        let longer = spaced.get(spaced.partition_point(|one| one.end < found.end()));
        if longer.is_some_and(|longer| longer.start <= found.start()) {
            continue;
        }
        let chars: Vec<char> = found.as_str().chars().filter(|c| is_han(*c)).collect();
        let [surname, given] = chars[..] else { continue };
        let name: String = chars.iter().collect();
        let formed = WORDS.is_surname(surname) && WORDS.is_given(given) && !WORDS.is_never(given);
        if formed && !labels::is_word(&name) && !labels::is_other(&name) && !WORDS.is_word(surname, given) {
            persons.note(&name, Part::Person);
            persons.note(found.as_str(), Part::Person);
        }
    }
}

/// Names behind words like 被告人.
fn beside_cues(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for cue in CUES.find_iter(reading.text) {
        let closed = cues::closed(cue.as_str());
        let word = closed.as_ref();
        let part = if cues::OFFICES.contains(&word) { Part::Office } else { Part::Person };
        let (at, labelled) = after(reading, reading.place(cue.end()));
        let below = labels::below(finder, reading.place(cue.start()), at).filter(|_| !labelled);
        let (at, labelled) = below.map_or((at, labelled), |at| (at, true));
        // 居民楼院坝: the word goes on.
        let goes_on = !labelled && at == reading.place(cue.end()) && labels::goes_on(word, reading.at(at));
        if goes_on || labelled && labels::is_office(finder, at) {
            continue;
        }
        if let Some(end) = defendant(finder, at, word) {
            wordy::sure(finder, persons, at, end, part);
            continue;
        }
        let labelled_name = if labelled { labels::name(finder, at, word) } else { None };
        // 吉乃各胡 is longer than what its first character would begin as a surname.
        let sounds = labels::by_sound(finder, at, word);
        let end = peoples::pointed_from(finder, at)
            .or_else(|| peoples::several(finder, at))
            .or(labelled_name)
            .or_else(|| sounds.filter(|end| *end > at + 3))
            .or_else(|| finder.forward(at, Trust::Weak))
            .or_else(|| finder.is_member(at, 3).then_some(at + 3))
            .or_else(|| labels::foreign(finder, at, word, labelled))
            .or(sounds)
            .or_else(|| peoples::told(finder, at))
            .or_else(|| labels::enclosed(finder, at, word))
            .or_else(|| {
                // 确保安全: the word begins within another.
                let start = reading.place(cue.start());
                let behind = at == reading.place(cue.end()) && WORDS.is_word(reading.before(at), reading.at(at));
                let within = behind || WORDS.is_word(reading.before(start), reading.at(start));
                (part == Part::Person && !within).then(|| behind::person(finder, at, word))?
            });
        let filled = labelled_name.is_some() && end == labelled_name && part == Part::Person;
        let is_word = |name: &str| labels::is_word(name) || words::is_common(name, name.chars().count());
        match end {
            // A word that fills a field: where it stands elsewhere as a word it stays.
            Some(end) if filled && is_word(reading.str(at..end)) => persons.also(reading.str(at..end), None),
            Some(end) if part == Part::Person && called::behind_cue(finder, at, word) == Some(end) => {
                wordy::sure(finder, persons, at, end, part);
            }
            // 万梓良, 买买提: what the dictionary has as a name of anything is one here and stays where it is none.
            Some(end) if part == Part::Person && form::is_named(finder, at, end) => {
                persons.also(reading.str(at..end), None);
            }
            Some(end) => persons.note(reading.str(at..end), part),
            None if part == Part::Person => {
                let name = wordy::behind_cue(finder, at, word);
                let name = name.or_else(|| called::behind_cue(finder, at, word));
                name.into_iter().for_each(|end| persons.also(reading.str(at..end), None));
            }
            None => {}
        }
        if let Some(end) = end.or_else(|| finder.masked(at)).filter(|_| labelled && part == Part::Person) {
            listed_behind(finder, persons, end, word);
        }
    }
}

/// The further members of a list that fills a field: 联系人：张某、程序.
fn listed_behind(finder: &Finder<'_>, persons: &mut Persons, mut end: usize, cue: &str) {
    let reading = finder.reading;
    loop {
        // 执法人员：何某（执法证号990001）、高兴.
        let next = lists::over_bracket(reading, end);
        if reading.at(next) != '、' {
            return;
        }
        let at = next + 1;
        if let Some(masked) = finder.masked(at) {
            end = masked;
            continue;
        }
        let closed = |end: &usize| finder.is_closed(*end);
        let Some(next) = labels::name(finder, at, cue).filter(closed) else { return };
        wordy::sure(finder, persons, at, next, Part::Person);
        end = next;
    }
}

/// The end of what stands between a word like 被告人 and the sex: whatever word it is, it is a name (被告人王位，男，).
fn defendant(finder: &Finder<'_>, at: usize, cue: &str) -> Option<usize> {
    let reading = finder.reading;
    if !cues::NAMES_ONLY.contains(&cue) && !cue.ends_with("被告人") || finder.masked(at).is_some() {
        return None;
    }
    let end = (at..at + 5).find(|place| !is_han(reading.at(*place)))?;
    let sexed = ["，男，", "，女，", ",男,", ",女,", "，男,", "，女,", "，男。", "，女。"];
    let plain = reading.slice(at..end).iter().all(|c| is_han(*c) && *c != '某');
    ((2..=4).contains(&(end - at)) && plain && sexed.iter().any(|sex| reading.has(end, sex))).then_some(end)
}

/// Where the name begins behind a cue, and whether a colon or a column stands between.
fn after(reading: &Reading<'_>, mut at: usize) -> (usize, bool) {
    let mut labelled = false;
    for _ in 0..4 {
        match reading.at(at) {
            '（' | '(' => {
                let close = (at + 1..at + BRACKET_MAX).find(|place| matches!(reading.at(*place), '）' | ')' | '\n'));
                match close.filter(|place| reading.at(*place) != '\n') {
                    Some(close) => at = close + 1,
                    None => return (at, labelled),
                }
            }
            '：' | ':' | '|' | '\t' => {
                labelled = true;
                at += 1;
            }
            // 法人（姓名）：
            '）' | ')' if matches!(reading.at(at + 1), '：' | ':' | '|') => at += 1,
            '】' if reading.at(at + 1) == '\n' => {
                labelled = true;
                at += 2;
            }
            ' ' | '\u{3000}' | '“' | '"' | '*' if !is_mask(reading, at) => at += 1,
            _ => match FILLERS.iter().find(|word| reading.has(at, word)) {
                Some(word) => at += word.chars().count(),
                None => break,
            },
        }
    }
    while matches!(reading.at(at), ' ' | '\u{3000}') {
        at += 1;
    }
    (at, labelled)
}

/// Whether stars are a masked name and no mark of emphasis.
fn is_mask(reading: &Reading<'_>, at: usize) -> bool {
    reading.at(at) == '*' && !is_han(reading.at(at + 1)) && reading.at(at + 1) != '*'
}

/// Names before words like ，男， and 的证言.
fn before_words(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for (pattern, trust) in [(&BEHIND_PERSONS, Trust::Firm), (&BEHIND_NAMES, Trust::Weak)] {
        for found in pattern.find_iter(reading.text) {
            let end = reading.place(found.start());
            if persons.at_end(reading, end) {
                continue;
            }
            let start = finder
                .backward(end, trust)
                .or_else(|| (trust == Trust::Firm).then(|| labels::dotted_before(finder, end))?)
                .or_else(|| (trust == Trust::Firm).then(|| called::before(finder, end))?)
                .or_else(|| {
                    (trust == Trust::Firm || behind::is_said(found.as_str())).then(|| behind::before(finder, end))?
                });
            // 缴款方式：\n请你…: whom a letter speaks to fills the line.
            let letter = found.as_str().starts_with(['：', ':']);
            let start = start.filter(|start| !letter || is_addressed(finder, *start));
            // 方圆等12名劳动者: what follows is said of persons alone.
            let said = ["等", "的证言", "的陈述", "的供述", "的询问", "签字", "签名"];
            let told = said.iter().any(|word| found.as_str().starts_with(word));
            let word = end.checked_sub(2).filter(|start| told && called::is_one(finder, *start, end));
            // 有向阳的询问笔录: 有 is no surname before a name.
            let led = |start: Option<usize>| start.is_none_or(|start| start + 3 == end && reading.at(start) == '有');
            match start {
                _ if word.is_some() && led(start) => {
                    word.into_iter().for_each(|start| persons.also(reading.str(start..end), None))
                }
                Some(start) if trust == Trust::Firm && called::before(finder, end) == Some(start) => {
                    wordy::sure(finder, persons, start, end, Part::Person)
                }
                Some(start) => wordy::note(finder, persons, start, end, Part::Person),
                None => {}
            }
        }
    }
}

/// Whether a name may begin at a place in the line that says whom a letter speaks to: it fills the line, or stands behind an address.
fn is_addressed(finder: &Finder<'_>, start: usize) -> bool {
    let before = finder.reading.before(start);
    !is_han(before) || finder.beginning(start) > 0 || ADDRESS_ENDS.contains(before)
}

/// Names that are a party's whole entry, or begin a title: 张三诉李四合同纠纷案.
fn alone(finder: &Finder<'_>, pieces: &Pieces, persons: &mut Persons) {
    let reading = finder.reading;
    for party in pieces.parties() {
        let at = reading.place(party.start);
        if let Some(end) = labels::name(finder, at, "姓名") {
            wordy::sure(finder, persons, at, end, Part::Person);
        }
        if let Some(end) = spaced(finder, at, reading.place(party.end)) {
            persons.note(reading.str(at..end), Part::Person);
            continue;
        }
        let members = members(reading, at, reading.place(party.end));
        let listed = members.iter().any(|(start, end)| labels::is_listed(finder, *start, *end));
        for (start, end) in members {
            let told = imposed::Told { beside: listed || is_post(reading, end), put: false };
            let region = WORDS.is_region(reading.str(start..end));
            if labels::is_listed(finder, start, end)
                || !region && imposed::is_one(finder, start, end, told)
                || is_post(reading, end) && imposed::is_holder(finder, start, end)
            {
                imposed::note(finder, persons, start, end);
            }
        }
    }
    for title in pieces.titles() {
        let (mut at, close) = (reading.place(title.start), reading.place(title.end));
        for lead in ["关于对", "关于", "对", "被告人", "行政处罚决定书"] {
            at += if reading.has(at, lead) { lead.chars().count() } else { 0 };
        }
        while matches!(reading.at(at), '-' | '_' | ' ' | '（' | '(' | '：') {
            at += 1;
        }
        let end = finder.forward(at, Trust::Weak).filter(|end| *end <= close && finder.ending(*end) > 1);
        match end {
            Some(end) => persons.note(reading.str(at..end), Part::Person),
            None => {
                let word = called::titled(finder, at, close);
                word.into_iter().for_each(|end| persons.also(reading.str(at..end), None));
            }
        }
    }
}

/// The end of a name whose characters stand apart, as in tables: 王 强（时任行长）.
fn spaced(finder: &Finder<'_>, start: usize, close: usize) -> Option<usize> {
    let reading = finder.reading;
    let is_blank = |c: char| matches!(c, ' ' | '\u{3000}');
    let end =
        (start..close).find(|place| !is_han(reading.at(*place)) && !is_blank(reading.at(*place))).unwrap_or(close);
    let end = (start..end).rev().find(|place| is_han(reading.at(*place)))? + 1;
    let chars: Vec<char> = reading.slice(start..end).iter().copied().filter(|c| !is_blank(*c)).collect();
    let apart = (start + 1..end).all(|place| !is_han(reading.at(place)) || is_blank(reading.before(place)));
    let formed = WORDS.is_surname(*chars.first()?) && !chars.iter().any(|c| WORDS.is_barred(*c) || *c == '某');
    let name: String = chars.iter().collect();
    (apart && formed && (2..=3).contains(&chars.len()) && !labels::is_other(&name)).then_some(end)
}

/// Whether a bracket behind a party says what post somebody holds or with whom.
fn is_post(reading: &Reading<'_>, open: usize) -> bool {
    if !matches!(reading.at(open), '（' | '(' | '[' | '［' | '〔') {
        return false;
    }
    let end = (open..open + POST_MAX).find(|place| reading.at(*place) == '\n').unwrap_or(open + POST_MAX);
    let post = reading.str(open + 1..end);
    cues::POSTS.iter().any(|word| post.contains(word))
        || ["公司）", "银行）", "支行）", "分行）", "联社）"].iter().any(|word| post.ends_with(word))
}

/// The members of a list of parties, what stands in brackets behind them left out: 甲银行、张三（时任行长）、李四.
fn members(reading: &Reading<'_>, start: usize, end: usize) -> Vec<(usize, usize)> {
    let (mut found, mut from, mut to, mut depth) = (Vec::new(), start, None, 0usize);
    for at in start..=end {
        let c = if at == end { '、' } else { reading.at(at) };
        match c {
            '（' | '(' | '[' | '［' | '〔' => {
                to.get_or_insert(at);
                depth += 1;
            }
            '）' | ')' | ']' | '］' | '〕' => depth = depth.saturating_sub(1),
            '、' | '，' | '\n' | ' ' if depth == 0 || at == end => {
                found.push((from, to.take().unwrap_or(at)));
                from = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|(from, to)| from < to);
    found
}

/// Names that begin a heading: 张三诉李四合同纠纷案.
fn litigants(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for found in LITIGANTS.captures_iter(reading.text).filter_map(|found| found.get(1)) {
        let (start, end) = (reading.place(found.start()), reading.place(found.end()));
        // 关于上诉人: the word goes on.
        if reading.at(end) == '诉' && "上起申公自反控投应胜败撤".contains(reading.before(end)) {
            continue;
        }
        if labels::is_whole(finder, start, end) || end - start == 3 && finder.is_given_name(start, 3) {
            persons.note(reading.str(start..end), Part::Person);
        }
    }
}

/// Where persons are named, and the masks that the text has already.
fn occurrences(finder: &Finder<'_>, persons: &Persons) -> (Vec<(usize, usize)>, HashSet<String>) {
    let reading = finder.reading;
    let (mut found, mut used) = (Vec::new(), HashSet::new());
    let mut at = 0;
    while at < reading.len() {
        if let Some((long, part)) = persons.at(reading, at) {
            // 李军醉酒: where 李军 is known too, what follows him is not part of him.
            let shorter = long > at + 2
                && persons.knows(reading.str(at..long - 1))
                && (finder.ending(long - 1) > 1 || finder.is_firm(long));
            let end = if shorter { long - 1 } else { long };
            if part == Part::Person && !finder.is_firm(end) {
                found.push((at, end));
            }
            at = end;
        } else if let Some(end) = persons.alias_at(reading, at).filter(|end| stands_alone(finder, persons, at, *end)) {
            found.push((at, end));
            at = end;
        } else if let Some(end) = finder.masked(at) {
            used.insert(reading.str(at..end).to_string());
            at = end;
        } else {
            at += 1;
        }
    }
    (found, used)
}

/// Whether what somebody is called also stands where names stand, and is part of nothing else.
fn stands_alone(finder: &Finder<'_>, persons: &Persons, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    let place = cues::PLACES.contains(finder.reading.at(end));
    // The title that a row of a table is given: 成功行政处罚案.
    let word = called::is_one(finder, start, end);
    let adverb = word
        && (called::goes_on(finder, end)
            || called::leads(finder, start, end)
            || ("对为给向".contains(reading.before(start)) || wordy::cue_ends(finder, start))
                && called::does(finder, start, end));
    let ends = finder.ending(end) > 0 || finder.reading.has(end, "行政") || adverb;
    // 对方圆: 对方 is a word, but no part of a name that is known.
    let owns = finder.reading.before(start) == '有' && wordy::is_own(finder, end);
    let begins = finder.beginning(start) > 0 || word && (finder.reading.before(start) == '对' || owns);
    let alone = begins && ends && !place && !finder.is_firm(end);
    alone && (!labels::is_word(finder.reading.str(start..end)) || wordy::stands(finder, persons, start, end))
}
