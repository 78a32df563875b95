//! Names that fill a whole field: behind 姓名：, as a party's entry, as one of a list.

use super::super::persons::POINTS;
use super::super::reading::is_han;
use super::super::words::WORDS;
use super::candidate::{Finder, Trust};
use super::cues;
use super::form::{self, Form};
use crate::text::words::Segmenter;

/// Longest name with points or in Latin letters, in characters.
const FOREIGN_MAX: usize = 48;
/// Shortest and longest name written by its sound.
const SOUNDS_MIN: usize = 3;
const SOUNDS_MAX: usize = 6;
/// Longest part of a name with points.
const PART_MAX: usize = 8;

/// The end of the name that begins behind a label.
pub(super) fn name(finder: &Finder<'_>, at: usize, label: &str) -> Option<usize> {
    let reading = finder.reading;
    if finder.masked(at).is_some() {
        return None;
    }
    let end = (at..at + 8).find(|place| !is_han(reading.at(*place)) || reading.at(*place) == '某').unwrap_or(at + 8);
    let run = reading.str(at..end);
    let closes = !matches!(reading.at(end), '某' | '×' | '*' | '·' | '•') && !reading.at(end).is_ascii_alphanumeric();
    if !closes || cues::NO_NAMES.contains(&run) {
        return finder.forward(at, Trust::Weak);
    }
    if is_whole(finder, at, end) || end - at == 3 && finder.is_given_name(at, 3) && !names_firm(run) {
        return Some(end);
    }
    // 联系人：国宝, 授权委托人：虞美人: what fills a field that is said to hold a person is one although it is a word.
    let first = reading.at(at);
    // 法定代表人：成龙: a rare surname does where the field holds nothing else and no word.
    let sure = !WORDS.is_doubtful(first) || WORDS.is_popular(first);
    let said = cues::names_persons(label);
    // 法定代表人：成功: a word that people are called is a name where nothing but one stands.
    let surname = WORDS.is_surname(first) && (sure || cues::NAMES_ONLY.contains(&label) && !is_word(run) || said);
    // 举报人：平安: of a county and a word of the language people are called too.
    let other = if is_plain_word(run) || said && end - at == 2 { is_thing(run) } else { is_other(run) };
    let filled = reading.slice(at..end).iter().all(|c| !WORDS.is_barred(*c)) && !other && !finder.is_firm(end);
    if said && surname && (2..=3).contains(&(end - at)) && filled && finder.is_closed(end) {
        return Some(end);
    }
    let unusual = (cues::NAMES_ONLY.contains(&label) || said) && (2..=5).contains(&(end - at));
    if unusual && !has_words(finder, at, end) {
        return Some(end);
    }
    // 经营者：过大江: behind such a label nothing else can fill the field.
    let whole = || form::of(finder, at, end) > Form::Word && finder.is_closed(end);
    if (cues::NAMES_ONLY.contains(&label) || said) && whole() {
        return Some(end);
    }
    // What fills the field and is longer is a firm, unless a name is followed by what is said of it.
    finder.forward(at, Trust::Weak).filter(|end| finder.ending(*end) > 1)
}

/// Longest line that is nothing but a label, in characters.
const LABEL_MAX: usize = 12;

/// Where the name begins that alone fills the line below a label: 被处罚人姓名\n张三. The label begins at a place and ends at `end`.
pub(super) fn below(finder: &Finder<'_>, start: usize, end: usize) -> Option<usize> {
    let reading = finder.reading;
    let begin = (start.saturating_sub(LABEL_MAX)..=start).rev().find(|place| reading.before(*place) == '\n')?;
    let at = end + 1;
    let stop = (at..=at + PART_MAX).find(|place| !is_han(reading.at(*place)))?;
    let alone = matches!(reading.at(stop), '\n' | '\r') && stop > at + 1;
    // 当事人\n时间\n地点: another caption.
    let caption = cues::NO_NAMES.contains(&reading.str(at..stop));
    (reading.at(end) == '\n' && end > begin && end <= begin + LABEL_MAX && alone && !caption).then_some(at)
}

/// Whether what fills a field is a word and what an office is called: 联系人：管理科.
pub(super) fn is_office(finder: &Finder<'_>, at: usize) -> bool {
    let reading = finder.reading;
    let word = labels_word(reading.at(at), reading.at(at + 1));
    word && "科股室组处办站台".contains(reading.at(at + 2)) && finder.is_closed(at + 3)
}

fn labels_word(first: char, second: char) -> bool {
    WORDS.is_word(first, second) || is_word(&[first, second].iter().collect::<String>())
}

/// Whether a member of a list of parties is a person: what begins with a surname and is no word.
pub(super) fn is_listed(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let chars = finder.reading.slice(start..end);
    let surname = match chars {
        [a, _] | [a, _, _] => WORDS.is_surname(*a),
        [a, b, _, _] => WORDS.is_compound(*a, *b),
        _ => false,
    };
    let free = chars.iter().all(|c| is_han(*c) && !WORDS.is_never(*c));
    let known = Segmenter::shared().class(finder.reading.str(start..end));
    let word = known.is_some_and(|class| !class.starts_with("nr") && !class.starts_with("ns"));
    surname && free && !word && finder.masked(start).is_none()
}

/// Whether a stretch is a name from its first character to its last.
pub(super) fn is_whole(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    if finder.masked(start).is_some() || end <= start {
        return false;
    }
    let chars = reading.slice(start..end);
    let free = |c: &char| is_han(*c) && !WORDS.is_never(*c);
    let formed = match chars {
        [a, b] => WORDS.is_surname(*a) && free(b) && !WORDS.is_word(*a, *b),
        [a, b, c] if WORDS.is_compound(*a, *b) => free(c),
        [a, b, c] => {
            WORDS.is_surname(*a)
                && free(b)
                && free(c)
                && !(WORDS.is_word(*a, *b) && (WORDS.is_doubtful(*a) || !WORDS.is_given(*b)))
                && !(WORDS.is_doubtful(*a) && WORDS.is_word(*b, *c))
        }
        [a, b, c, d] => WORDS.is_compound(*a, *b) && free(c) && free(d) && !WORDS.is_word(*c, *d),
        _ => false,
    };
    let firm = chars.last().is_some_and(|c| {
        cues::FIRM_ENDS.contains(*c) || cues::PLACES.contains(*c) && chars.len() > 2 && !WORDS.is_given(*c)
    });
    let named = reading.str(start..end);
    formed && !firm && !finder.is_firm(end) && !names_firm(named)
}

fn names_firm(run: &str) -> bool {
    cues::NO_ENDS.iter().any(|word| run.ends_with(word)) || WORDS.is_region(run)
}

/// Whether a stretch is a word of the dictionary that is no name of a person.
pub(super) fn is_word(name: &str) -> bool {
    Segmenter::shared().class(name).is_some_and(|class| !class.starts_with("nr"))
}

/// Whether a stretch is a verb of the dictionary.
pub(super) fn is_verb(word: &str) -> bool {
    Segmenter::shared().class(word).is_some_and(|class| class.starts_with('v'))
}

/// As [`is_word`], but places and brands are none.
pub(super) fn is_plain_word(name: &str) -> bool {
    Segmenter::shared().class(name).is_some_and(|class| !class.starts_with("nr") && class != "ns" && class != "nz")
}

/// Whether a word makes another one with the character behind it: 居民楼, 会计师.
pub(super) fn goes_on(word: &str, next: char) -> bool {
    let longer: String = word.chars().chain([next]).collect();
    // 养护工程: 工 belongs to what follows.
    let labour = word.ends_with('工') && WORDS.is_word('工', next);
    is_han(next) && (labour || is_word(&longer))
}

/// Whether a stretch says by its own words that it is no person.
pub(super) fn is_other(name: &str) -> bool {
    is_thing(name) || WORDS.is_region(name)
}

/// As [`is_other`], but for what the names of regions are.
pub(super) fn is_thing(name: &str) -> bool {
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    cues::NO_NAMES.contains(&name) || ends(&cues::NO_ENDS) || ends(cues::THING_ENDS)
}

/// Whether a name has a point between two parts: 阿不都·热西提.
pub(super) fn is_pointed(name: &str) -> bool {
    let parts: Vec<&str> = name.split(is_point).collect();
    let part = |part: &&str| (1..=PART_MAX).contains(&part.chars().count()) && part.chars().all(is_han);
    parts.len() > 1 && parts.iter().all(part) && !names_firm(name)
}

/// The end of the name behind a word like 收银员, or in a list, of which only the surname and that nothing else stands there speak:
/// 易水寒、.
pub(super) fn enclosed(finder: &Finder<'_>, at: usize, label: &str) -> Option<usize> {
    let reading = finder.reading;
    let [a, b] = [reading.at(at), reading.at(at + 1)];
    if finder.masked(at).is_some() {
        return None;
    }
    let lengths: &[usize] = if WORDS.is_compound(a, b) { &[4, 3, 2] } else { &[3, 2, 4] };
    lengths.iter().map(|length| at + length).find(|end| is_enclosed(finder, at, *end, label))
}

fn is_enclosed(finder: &Finder<'_>, at: usize, end: usize, label: &str) -> bool {
    let chars = finder.reading.slice(at..end);
    let [first, second, rest @ ..] = chars else { return false };
    let named = |pair: &[char]| WORDS.is_word(pair[0], pair[1]) || is_word(&pair.iter().collect::<String>());
    let given = chars.iter().skip(1).all(|c| WORDS.is_given(*c));
    let compound = WORDS.is_compound(*first, *second);
    let clear = !WORDS.is_doubtful(*first) || WORDS.is_popular(*first);
    let length = if compound { rest.len() + 1 } else { chars.len() };
    let formed = match length {
        2 => clear,
        3 => clear || given || ["被告人", "被害人", "证人"].contains(&label),
        // 金城武雄: of four characters a name has no word.
        4 => clear && given && (label.is_empty() || finder.is_closed(end)),
        _ => compound,
    };
    let last = chars.last().copied().unwrap_or(' ');
    let unlikely = (cues::UNLIKELY_ENDS.contains(last) || cues::PLACES.contains(last)) && !WORDS.is_given(last);
    let ends = finder.is_closed(end) || finder.ending(end) > 1 && (given || compound || length == 2);
    ends && formed
        && (compound || WORDS.is_surname(*first) && !chars.windows(2).any(named))
        && !unlikely
        && chars.iter().all(|c| is_han(*c))
        && !chars.iter().skip(1).any(|c| WORDS.is_never(*c))
        && !is_word(finder.reading.str(at..end))
        && !finder.is_other(at, end, Trust::Weak)
}

/// Whether a short stretch without surname is made of words: then it is no name.
fn has_words(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let chars = finder.reading.slice(start..end);
    chars.iter().any(|c| WORDS.is_never(*c) || "本不无未有人方司店厂局院会员".contains(*c) || cues::PLACES.contains(*c))
        || chars.windows(2).any(|pair| WORDS.is_word(pair[0], pair[1]))
}

/// The end of a name with points or in Latin letters that begins at a place.
pub(super) fn foreign(finder: &Finder<'_>, at: usize, label: &str, labelled: bool) -> Option<usize> {
    let reading = finder.reading;
    if finder.masked(at).is_some() {
        return None;
    }
    if is_han(reading.at(at)) {
        return dotted(finder, at);
    }
    if !reading.at(at).is_ascii_uppercase() || ["名称", "字号", "会员", "商户"].contains(&label) {
        return None;
    }
    latin(finder, at, labelled || cues::NAMES_ONLY.contains(&label))
}

/// The end of a further name in Latin letters in a list: it has several parts.
pub(super) fn foreign_member(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let begins = finder.reading.at(at).is_ascii_uppercase();
    begins.then(|| latin(finder, at, false)).flatten()
}

/// The end of a name in Latin letters: several words with capitals (Nguyen Van Thanh), one word only where it must be a name.
fn latin(finder: &Finder<'_>, at: usize, one: bool) -> Option<usize> {
    let reading = finder.reading;
    let part_of = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '.' | '·' | '\'' | '-');
    let mut end = (at..at + FOREIGN_MAX).find(|place| !part_of(reading.at(*place)))?;
    while matches!(reading.before(end), ' ' | '.' | '-') {
        end -= 1;
    }
    let name = reading.str(at..end);
    let letters = name.bytes().filter(u8::is_ascii_lowercase).count();
    let is_several = name.contains([' ', '·']);
    // A firm's letters (LG公司) or a placeholder (XXX) are no name.
    let first = name.chars().next()?;
    let placeholder = name.chars().all(|c| c == first);
    let closes = !is_han(reading.at(end)) || finder.ending(end) > 0;
    let firm = ["Co", "Ltd", "Inc", "LLC", "GmbH", "CO.", "LTD"].iter().any(|word| name.contains(word))
        || name.split([' ', '-']).any(|word| FIRM_PARTS.contains(&word.to_ascii_lowercase().as_str()));
    let capital = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
    let told = if one {
        is_several || letters >= 2
    } else {
        is_several && name.split([' ', '·']).filter(|part| !part.is_empty()).all(capital) && name.len() >= 6
    };
    (!placeholder && closes && !firm && name.len() >= 3 && told).then_some(end)
}

/// The end of a name without Chinese surname that begins behind a cue like 被害人: three to six characters that write sounds.
pub(super) fn by_sound(finder: &Finder<'_>, at: usize, label: &str) -> Option<usize> {
    let reading = finder.reading;
    if !cues::NAMES_ONLY.contains(&label) || finder.masked(at).is_some() {
        return None;
    }
    let run = reading.slice(at..at + SOUNDS_MAX + 1).iter().take_while(|c| cues::BY_SOUND.contains(**c)).count();
    let fits = |length: &usize| {
        let end = at + length;
        // 次仁多1某 is masked already.
        let masked = reading.at(end).is_ascii_digit() && reading.at(end + 1) == '某';
        let pairs = reading.slice(at..end).windows(2).filter(|pair| WORDS.is_word(pair[0], pair[1])).count();
        finder.ending(end) > 0 && !masked && pairs + SOUNDS_MIN <= *length
    };
    (SOUNDS_MIN..=run.min(SOUNDS_MAX)).rev().find(fits).map(|length| at + length)
}

/// The end of a name of parts with points between: 阿不都·热西提.
fn dotted(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let reading = finder.reading;
    let mut end = at;
    let mut points = 0;
    loop {
        let stop = (end..end + PART_MAX + 1).find(|place| !is_han(reading.at(*place)))?;
        if stop == end {
            return None;
        }
        if is_point(reading.at(stop)) && is_han(reading.at(stop + 1)) {
            points += 1;
            end = stop + 1;
            continue;
        }
        if points == 0 {
            return None;
        }
        // In running text the last part ends where words begin that follow names.
        let running = (end + 2..=stop).find(|place| finder.ending(*place) > 0);
        return Some(running.unwrap_or(stop));
    }
}

/// The begin of a name with points that ends at a place.
pub(super) fn dotted_before(finder: &Finder<'_>, end: usize) -> Option<usize> {
    let reading = finder.reading;
    let mut start = end;
    let mut points = 0;
    let from = end.saturating_sub(FOREIGN_MAX);
    while start > from {
        let c = reading.before(start);
        if is_point(c) {
            points += 1;
        } else if !is_han(c)
            || c == '某'
            || points > 0 && finder.beginning(start) > 0 && !is_point(reading.at(start)) && reading.at(start) != c
        {
            break;
        }
        start -= 1;
    }
    let named = reading.slice(start..end);
    let whole = points > 0 && named.len() >= 4 && !named.first().is_some_and(|c| is_point(*c));
    whole.then_some(start)
}

/// Words in Latin letters that name a firm or a thing.
const FIRM_PARTS: &[&str] = &[
    "store",
    "shop",
    "cafe",
    "coffee",
    "bar",
    "hotel",
    "group",
    "company",
    "school",
    "center",
    "centre",
    "international",
    "restaurant",
    "club",
    "studio",
    "technology",
    "trading",
    "limited",
    "bank",
    "market",
    "mall",
    "house",
    "card",
    "pay",
    "pro",
    "plus",
    "max",
    "mini",
    "model",
    "no",
    "type",
    "vin",
    "wifi",
    "app",
    "the",
];

pub(super) fn is_point(c: char) -> bool {
    POINTS.contains(&c)
}
