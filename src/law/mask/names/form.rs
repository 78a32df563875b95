//! How much a stretch looks like a name where names stand: behind a word like 证人, in a list of persons, in front of 的询问笔录.

use super::super::reading::is_han;
use super::super::words::{self, WORDS};
use super::candidate::Finder;
use super::{called, cues, labels, peoples, wordy};
use crate::text::words::Segmenter;

/// Longest name without points, in characters.
pub(super) const NAME_MAX: usize = 4;
/// Shortest and longest name that is written by its sound alone.
const SOUNDS: std::ops::RangeInclusive<usize> = 3..=8;
/// Single characters that stand behind names and make no other word with them.
const LINKS: &str = "对在于与和及将被未系有因向为是持的均";
/// What begins so many other words that it is a surname only where nothing else can be.
const FUNCTION: &str = "于向从由经过来回时当为到所属原自往沿在离未和同与对别各每应能有许全都已以因则并且但而后再又还将可须需会要被把给让请使按照据依随连干解转提支付收取开关查修生首指任成明计公盖年曾那扶未后尚自均负管占养归承缴储续展求充乘拜化保扬";
/// What ends no name of three characters: 陈述案, 范围内.
const NO_LAST: &str = "内外上下前后以其等间案费籍起止日月年户";
/// Places and organs that end no name of three characters.
const PLACES: &str = "省市区县镇乡村路街旗局厅院厂店馆庄站寨屯沟";
/// What follows what begins the name of a firm or troop.
const TROOPS: [&str; 10] =
    ["会计师事务所", "律师事务所", "公司", "劳务队", "工程队", "施工队", "集团", "银行", "保险", "合作社"];

/// How much a stretch looks like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// It is none: a word, a firm, a place.
    No,
    /// A word of the language that begins with a surname.
    Word,
    /// What could be given names, without a surname.
    Bare,
    /// No word, and what it begins with is hardly a surname.
    Odd,
    /// A surname and what is no word with it, or the sounds of another language.
    Clear,
}

/// Whether a character begins so many other words that it is hardly a surname.
pub(super) fn is_function(c: char) -> bool {
    FUNCTION.contains(c)
}

/// The form of a stretch.
pub(super) fn of(finder: &Finder<'_>, start: usize, end: usize) -> Form {
    let reading = finder.reading;
    let (chars, name) = (reading.slice(start..end), reading.str(start..end));
    let [first, second, rest @ ..] = chars else { return Form::No };
    if labels::is_pointed(name) {
        return Form::Clear;
    }
    if is_other(finder, start, end) {
        return Form::No;
    }
    let sounds = chars.iter().all(|c| peoples::is_sound(*c)) && SOUNDS.contains(&chars.len());
    if peoples::told(finder, start) == Some(end) || sounds && !has_word(chars) && !labels::is_word(name) {
        return Form::Clear;
    }
    let last = chars.last().copied().unwrap_or(' ');
    let place = chars.len() > 2 && (cues::FIRM_ENDS.contains(last) || PLACES.contains(last));
    if chars.len() > NAME_MAX || place {
        return Form::No;
    }
    let given = |c: &char| WORDS.is_given(*c);
    if WORDS.is_compound(*first, *second) && !rest.is_empty() {
        return if rest.iter().all(given) || !has_word(&chars[1..]) { Form::Clear } else { Form::Odd };
    }
    if is_foreign(finder, start, end) {
        return Form::Odd;
    }
    if is_known(name) {
        return Form::Clear;
    }
    if labels::is_word(name) {
        let surname = WORDS.is_surname(*first) || WORDS.is_rare(*first);
        return if surname && chars.len() == 2 { Form::Word } else { Form::No };
    }
    if chars.len() == NAME_MAX { Form::No } else { by_surname(chars) }
}

/// Whether the dictionary has a name as that of a thing, but with a surname that many bear: 金正日, 邱淑贞.
pub(super) fn is_known(name: &str) -> bool {
    let usual = name.chars().next().is_some_and(|first| WORDS.is_usual(first));
    usual && name.chars().count() == 3 && Segmenter::shared().class(name).is_some_and(|class| class == "nz")
}

/// Whether a stretch is no name by its own words, or by what follows it.
fn is_other(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    let (chars, name) = (reading.slice(start..end), reading.str(start..end));
    let barred = |c: &char| WORDS.is_barred(*c) && !"则我".contains(*c);
    let head: String = chars.iter().take(2).collect();
    let rest: String = chars.iter().skip(1).collect();
    let troop = TROOPS.iter().any(|word| (end..end + 4).any(|place| reading.has(place, word)));
    let broken = reading.slice(end..end + 4).iter().any(|c| "的在与和及系，、。".contains(*c));
    !chars.iter().all(|c| is_han(*c) && *c != '某')
        || chars.iter().skip(1).any(barred)
        || [name, &head, &rest].iter().any(|word| wordy::is_manner_word(word))
        || labels::is_thing(name)
        || cues::PERSONS.contains(&name)
        || cues::OFFICES.contains(&name)
        || cues::NO_BEGINS.iter().any(|word| name.starts_with(word))
        || finder.is_firm(end)
        || troop && !broken
        || chars.len() > 2 && WORDS.is_region(name)
}

/// Whether a stretch begins as a name of another people and goes on with no word: 才旺瑙乳.
fn is_foreign(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let (stem, parts) = peoples::parts(finder, start);
    let further = |from: usize| !has_word(finder.reading.slice(from..end));
    let short = end <= start + 5 && !(3..end - start).any(|length| boundary(finder, start + length) > 1);
    parts > 0 && stem < end && short && further(stem) && further(stem - 1)
}

/// The form of two or three characters that are no word.
fn by_surname(chars: &[char]) -> Form {
    let [first, rest @ ..] = chars else { return Form::No };
    let last = chars.last().copied().unwrap_or(' ');
    let given = rest.iter().all(|c| WORDS.is_given(*c));
    let class = |pair: &[char]| Segmenter::shared().class(&pair.iter().collect::<String>()).unwrap_or_default();
    let long = chars.len() == 3;
    let (head, tail) = if long { (class(&chars[..2]), class(rest)) } else { Default::default() };
    // 曾因犯罪, 陈述案: what leads on is no given name.
    let inside = long && is_function(*first) && cues::PREPOSITIONS.contains(rest[0]);
    if cues::PREPOSITIONS.contains(last) || inside || long && NO_LAST.contains(last) || last == '地' && !head.is_empty()
    {
        return Form::No;
    }
    let surname = WORDS.is_surname(*first);
    let usual = WORDS.is_usual(*first);
    // 申请听, 韩国籍: a word and what goes on with it; 看见人: a word behind.
    let leads = !head.is_empty() && !head.starts_with("nr") && head != "m";
    let says = head.starts_with(['v', 'a', 'd', 'r', 'p', 'c']);
    // 江苏太: a region leads.
    let region = long && WORDS.is_region(&chars[..2].iter().collect::<String>());
    if says || region && leads || leads && !(given && usual) || tail.starts_with('v') && !given {
        return Form::No;
    }
    let doubtful = WORDS.is_doubtful(*first) && !WORDS.is_popular(*first) || FUNCTION.contains(*first);
    let whole = !has_word(chars) && !chars.iter().any(|c| "本不无未有人方司会员其此该上下前后再".contains(*c));
    if surname && !doubtful {
        return if given || !WORDS.is_doubtful(*first) { Form::Clear } else { Form::Odd };
    }
    match (surname || WORDS.is_rare(*first), given, whole) {
        // 曾国强, 线国安.
        (true, true, true) if long && surname && (usual || !is_function(*first)) => Form::Clear,
        (true, true, _) | (true, _, true) => Form::Odd,
        (false, true, true) if WORDS.is_given(*first) => Form::Bare,
        _ => Form::No,
    }
}

/// Whether a name is one that the dictionary has as that of something else: persons are called so too.
pub(super) fn is_named(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let name = finder.reading.str(start..end);
    let of_names = || {
        let class = Segmenter::shared().class(name).unwrap_or_default();
        ["nr", "nz", "ns", "nt"].iter().any(|named| class.starts_with(named)) || peoples::parts(finder, start).0 == end
    };
    // 管仲承认: in front of what only persons do.
    let told = end > start + 2 || peoples::is_part(name) || wordy::acts(finder, end);
    words::is_common(name, end - start) && !wordy::is_manner_word(name) && told && of_names()
}

pub(super) fn has_word(chars: &[char]) -> bool {
    let plain = |pair: &[char]| labels::is_plain_word(&pair.iter().collect::<String>());
    chars.windows(2).any(|pair| WORDS.is_word(pair[0], pair[1]) || plain(pair))
}

/// How clearly a name ends at a place, words of the dictionary that tell what somebody does counted: 2 by a word, 3 by a sign.
pub(super) fn boundary(finder: &Finder<'_>, end: usize) -> u8 {
    let reading = finder.reading;
    let c = reading.at(end);
    if !is_han(c) {
        // An opening quotation goes on: 将被告土名“茅山”的土地.
        let letter = matches!(c, '“' | '《' | '「' | '‘')
            || c.is_alphabetic()
            || labels::is_point(c)
            || matches!(c, '×' | '*' | '＊');
        return if letter {
            0
        } else if c.is_ascii_digit() {
            2
        } else {
            3
        };
    }
    let ending = finder.ending(end);
    if c == '等' {
        let next = reading.at(end + 1);
        return if !is_han(next) || "人一二三四五六七八九十两多".contains(next) { 2 } else { 0 };
    }
    // 犯盗窃罪, but not 犯罪.
    let convicted = c == '犯' && (end + 2..end + 12).any(|place| reading.at(place) == '罪');
    if ending >= 2 || convicted || LINKS.contains(c) || wordy::acts(finder, end) || called::has_deed(finder, end) {
        return ending.max(2);
    }
    let word = |length: usize| Segmenter::shared().class(reading.str(end..end + length));
    let tells = |class: String| class.starts_with(['v', 'd', 'p', 'c', 't', 'r']);
    if word(2).is_some_and(tells) { 2 } else { ending.min(1) }
}
