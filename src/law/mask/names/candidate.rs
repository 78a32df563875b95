//! Whether a name stands at a place of the text, and how long it is.

use super::super::reading::{Reading, is_han};
use super::super::words::WORDS;
use super::{cues, labels};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How much speaks for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// A word like 被告人 or 的证言 beside it.
    Weak,
    /// A label with a colon, or ，男， behind it.
    Firm,
}

/// How clearly a place ends a name, or begins one.
const NOTHING: u8 = 0;
const CHARACTER: u8 = 1;
const WORD: u8 = 2;
const EDGE: u8 = 3;

/// Longest middle of a document number, in characters.
const NUMBER_MAX: usize = 8;

pub(super) static FOLLOWERS: LazyLock<HashSet<[char; 2]>> =
    LazyLock::new(|| pairs(&cues::FOLLOWERS).chain(pairs(&cues::PERSONS)).collect());
static FOLLOWING: LazyLock<HashSet<char>> = LazyLock::new(|| cues::FOLLOWING.chars().collect());
static PRECEDING: LazyLock<HashSet<char>> = LazyLock::new(|| cues::PRECEDING.chars().collect());
static PRECEDERS: LazyLock<HashSet<[char; 2]>> = LazyLock::new(|| {
    let ends = cues::PERSONS.iter().filter_map(|word| {
        let mut chars = word.chars().rev();
        let last = chars.next()?;
        Some([chars.next()?, last])
    });
    ends.chain(pairs(&cues::PRECEDERS)).collect()
});
static PLACES: LazyLock<HashSet<char>> = LazyLock::new(|| cues::PLACES.chars().collect());

fn pairs(words: &'static [&'static str]) -> impl Iterator<Item = [char; 2]> {
    words.iter().filter_map(|word| {
        let mut chars = word.chars();
        Some([chars.next()?, chars.next()?])
    })
}

/// What follows something in all the text.
#[derive(Clone, Copy)]
struct Followers {
    first: char,
    count: u32,
    mixed: bool,
}

/// A text in which names are looked for.
pub(super) struct Finder<'t> {
    /// The text.
    pub reading: &'t Reading<'t>,
    pairs: HashMap<[char; 2], Followers>,
    triples: HashMap<[char; 3], Followers>,
    /// Whether somebody is called 甲: 敖丙 is a name where nobody is.
    counts: bool,
}

impl<'t> Finder<'t> {
    /// Counts what follows whatever could begin a name.
    pub(super) fn new(reading: &'t Reading<'t>) -> Finder<'t> {
        let (mut pairs, mut triples, mut counts) = (HashMap::new(), HashMap::new(), false);
        for place in 0..reading.len().saturating_sub(1) {
            let [a, b, c] = [reading.at(place), reading.at(place + 1), reading.at(place + 2)];
            if !WORDS.is_surname(a) || !is_han(b) {
                continue;
            }
            counts |= b == '甲';
            let note = |known: Option<Followers>, next: char| match known {
                None => Followers { first: next, count: 1, mixed: false },
                Some(known) => Followers { count: known.count + 1, mixed: known.mixed || known.first != next, ..known },
            };
            let pair = note(pairs.get(&[a, b]).copied(), c);
            pairs.insert([a, b], pair);
            if is_han(c) {
                let triple = note(triples.get(&[a, b, c]).copied(), reading.at(place + 3));
                triples.insert([a, b, c], triple);
            }
        }
        Finder { reading, pairs, triples, counts }
    }

    /// The end of the name that begins at a place.
    pub(super) fn forward(&self, at: usize, trust: Trust) -> Option<usize> {
        if self.masked(at).is_some() {
            return None;
        }
        let [a, b, c, d] = [0, 1, 2, 3].map(|step| self.reading.at(at + step));
        // 当事人于收到本决定书之日起: the word, no surname.
        if a == '于' && cues::BEHIND_AT.iter().any(|word| self.reading.has(at + 1, word)) {
            return None;
        }
        if WORDS.is_compound(a, b) && is_han(c) && !WORDS.is_never(c) {
            let goes_on = is_han(d) && !WORDS.is_never(d) && self.ending(at + 3) < WORD;
            let long =
                goes_on && (self.ending(at + 4) > NOTHING || self.ending(at + 3) == NOTHING && WORDS.is_given(d));
            let end = at + if long { 4 } else { 3 };
            // 诸葛前守 is never 诸 with 葛前, so nothing else is tried.
            // 东方 begins the names of firms more often than those of persons.
            let likely =
                [a, b] != ['东', '方'] || trust == Trust::Firm || self.ending(end) > NOTHING || WORDS.is_given(c);
            return (likely && !self.is_other(at, end, trust)).then_some(end);
        }
        if !WORDS.is_surname(a) || !is_han(b) || WORDS.is_never(b) {
            return None;
        }
        // 从王1某: a word before a masked name.
        if WORDS.is_doubtful(a) && self.masked(at + 1).is_some() {
            return None;
        }
        let end = at + if self.is_long(at, [a, b, c]) { 3 } else { 2 };
        let accepted = !self.is_other(at, end, trust) && (trust == Trust::Firm || self.is_likely(at, end));
        accepted.then_some(end)
    }

    /// Whether the name that begins with `a` and `b` goes on with `c`.
    fn is_long(&self, at: usize, [a, b, c]: [char; 3]) -> bool {
        if c == '男' {
            return self.is_man(at);
        }
        if !is_han(c) || WORDS.is_never(c) {
            return false;
        }
        let verb = || labels::is_verb(self.reading.str(at + 2..at + 4));
        // 高海劝说: a verb follows.
        if !WORDS.is_given(c) && verb() {
            return false;
        }
        let (short, long) = (self.ending(at + 2), self.ending(at + 3));
        let triple = self.triples.get(&[a, b, c]).copied();
        let repeated = triple.is_some_and(|triple| triple.count > 1 && triple.mixed);
        let pair_mixed = self.pairs.get(&[a, b]).is_some_and(|pair| pair.mixed);
        if cues::PREPOSITIONS.contains(c) {
            return self.is_stopped(at + 3) && !pair_mixed;
        }
        match (short, long) {
            (WORD, EDGE) => repeated && WORDS.is_given(c) && !pair_mixed,
            (WORD, _) => repeated && !pair_mixed,
            (CHARACTER, EDGE) => !pair_mixed || repeated,
            (CHARACTER, WORD) => repeated || !pair_mixed && WORDS.is_given(c),
            (CHARACTER, _) => repeated && !pair_mixed,
            (_, NOTHING) => {
                repeated
                    || !pair_mixed && WORDS.is_given(c) && !(self.beginning(at) > NOTHING && verb())
                    || WORDS.is_given(c) && !WORDS.is_word(c, self.reading.at(at + 3))
            }
            _ => true,
        }
    }

    /// Whether the third character of what begins at a place is the last of a name and no sex: 刘胜男（时任, 刘胜男，女.
    fn is_man(&self, at: usize) -> bool {
        let alone = matches!(self.reading.at(at + 3), '（' | '(' | '、' | '〔' | '［' | '[' | '。' | '；');
        let woman = ["，女", ",女", "、女"].iter().any(|word| self.reading.has(at + 3, word));
        WORDS.is_given(self.reading.at(at + 1)) && (alone || woman || self.ending(at + 3) == WORD)
    }

    /// Whether words of running text are a name: what is a word itself, or ends nowhere, is none.
    fn is_likely(&self, at: usize, end: usize) -> bool {
        let [a, b, c] = [0, 1, 2].map(|step| self.reading.at(at + step));
        let ending = self.ending(end);
        let doubtful = WORDS.is_doubtful(a);
        if end - at == 2 {
            let pair = self.pairs.get(&[a, b]).copied();
            let again = pair.is_some_and(|pair| pair.count > 1);
            let often = pair.is_some_and(|pair| pair.count > 2 && pair.mixed);
            return !WORDS.is_word(a, b)
                && (ending > NOTHING || often && !doubtful)
                // 来|大同镇: the region begins within.
                && !(doubtful && WORDS.is_region(self.reading.str(at + 1..at + 3)))
                && (!doubtful || WORDS.is_given(b) && (ending > CHARACTER || again || WORDS.is_popular(a)));
        }
        let given = WORDS.is_given(b) && WORDS.is_given(c);
        let repeated = self.triples.get(&[a, b, c]).is_some_and(|triple| triple.count > 1 && triple.mixed);
        if given && repeated && ending > NOTHING && !WORDS.is_word(a, b) && !(doubtful && b != c && WORDS.is_word(b, c))
        {
            return true;
        }
        if WORDS.is_word(a, b) {
            return given && ending >= WORD && !doubtful && !WORDS.is_word(b, c);
        }
        // 未中标: a word of the dictionary too, if hardly anybody bears the surname.
        let rare = || b != c && !WORDS.is_popular(a) && labels::is_word(self.reading.str(at + 1..end));
        let inner = || WORDS.is_word(b, c) || rare();
        // 车主单德兴将: many a given name is that of a county too; behind a word like 由 it is the county.
        let county = || {
            !cues::LEADS.contains(a)
                && WORDS.is_region(self.reading.str(at + 1..end))
                && !labels::is_plain_word(self.reading.str(at + 1..end))
        };
        if doubtful && (inner() && !county() || !given || ending == NOTHING) {
            return false;
        }
        // 会计曹操作账: a verb that goes on is no given name.
        if ending == NOTHING && !repeated && WORDS.is_word(b, c) && labels::is_verb(self.reading.str(at + 1..end)) {
            return false;
        }
        let middle = cues::FIRM_MIDDLES.iter().any(|word| self.reading.has(end - 1, word));
        ending > NOTHING || given && !middle
    }

    /// Whether a stretch has the form of a name so clearly that nothing beside it must say so.
    pub(super) fn is_formed(&self, start: usize, end: usize) -> bool {
        let chars = self.reading.slice(start..end);
        let given = |chars: &[char]| chars.iter().all(|c| WORDS.is_given(*c));
        match chars {
            // 东方润安: firms are called so more often than persons.
            ['东', '方', ..] => false,
            [a, b, c] | [a, b, c, _] if WORDS.is_compound(*a, *b) => WORDS.is_given(*c),
            [a, rest @ ..] => {
                let words = chars.windows(2).any(|pair| WORDS.is_word(pair[0], pair[1]));
                // 毛竹|山: a word leads.
                let leads = WORDS.is_doubtful(*a)
                    && chars.get(..2).is_some_and(|pair| labels::is_plain_word(&pair.iter().collect::<String>()));
                let unlikely = leads || chars.last().is_some_and(|c| cues::UNLIKELY_ENDS.contains(*c));
                let numbered = rest.iter().any(|c| "在一二三四五六七八九十人至以往与和及下上相".contains(*c));
                !unlikely
                    && !numbered
                    && given(rest)
                    && !words
                    && (!WORDS.is_doubtful(*a) || rest.len() == 2 && WORDS.is_popular(*a))
            }
            [] => false,
        }
    }

    /// The begin of the name that ends at a place.
    pub(super) fn backward(&self, end: usize, trust: Trust) -> Option<usize> {
        // 陈述与辨认笔录: a word and what joins it are no name.
        let joins = end > 2 && matches!(self.reading.before(end), '与' | '及');
        if self.masked_before(end) || joins && WORDS.is_word(self.reading.at(end - 3), self.reading.at(end - 2)) {
            return None;
        }
        let lengths = [4, 3, 2].map(|length| (length, end.checked_sub(length)));
        let fits = lengths.into_iter().filter_map(|(length, start)| {
            let start = start?;
            let fitting = (self.fits(start, length) || trust == Trust::Firm && self.is_given_name(start, length))
                && !self.is_other(start, end, trust);
            let beginning = self.beginning(start);
            (fitting && (beginning > NOTHING || trust == Trust::Firm)).then_some((beginning, length, start))
        });
        let (_, _, start) =
            fits.max_by_key(|(beginning, length, _)| (*beginning > NOTHING, *length == 3, *beginning))?;
        Some(start)
    }

    /// Whether a stretch is a surname and one or two characters of given names, be they words or not.
    pub(super) fn is_given_name(&self, start: usize, length: usize) -> bool {
        let [a, b, c] = [0, 1, 2].map(|step| self.reading.at(start + step));
        let given = |c: char| WORDS.is_given(c) && !WORDS.is_never(c);
        let formed = WORDS.is_surname(a) && given(b) && (length == 2 || length == 3 && given(c));
        let name = self.reading.str(start..start + length);
        formed && !cues::NO_ENDS.iter().any(|word| name.ends_with(word))
    }

    /// Whether a stretch has the form of a name and, in its parts, that of no word.
    fn fits(&self, start: usize, length: usize) -> bool {
        let [a, b, c, d] = [0, 1, 2, 3].map(|step| self.reading.at(start + step));
        let free = |c: char| is_han(c) && !WORDS.is_never(c);
        match length {
            2 => {
                let doubtful = WORDS.is_doubtful(a) && (WORDS.is_surname(b) || !WORDS.is_given(b));
                WORDS.is_surname(a) && free(b) && !WORDS.is_word(a, b) && !doubtful
            }
            3 if WORDS.is_compound(a, b) => free(c),
            3 => {
                let given = WORDS.is_given(b) && WORDS.is_given(c);
                let (begins, ends, doubtful) = (WORDS.is_word(a, b), WORDS.is_word(b, c), WORDS.is_doubtful(a));
                // A word in a name is borne by those whose surname is one and whose other characters are given ones.
                let clear = if doubtful { given && !begins && !ends } else { given || !begins && !ends };
                WORDS.is_surname(a) && free(b) && free(c) && clear
            }
            _ => WORDS.is_compound(a, b) && free(c) && free(d),
        }
    }

    /// What is no person although it has the form of a name: a firm, a place, an organ, who is known to all.
    pub(super) fn is_other(&self, start: usize, end: usize, trust: Trust) -> bool {
        let next = self.reading.at(end);
        if next == '某' || self.is_firm(end) || self.is_public(start, end) || self.is_number(end) {
            return true;
        }
        let name = self.reading.str(start..end);
        // 高兴地: how something is done.
        if trust == Trust::Weak
            && end == start + 3
            && name.ends_with('地')
            && WORDS.is_word(self.reading.at(start), self.reading.at(start + 1))
        {
            return true;
        }
        // 杭州一: what leads is a place by its own last character.
        let place = self.reading.at(start + 1) == '州' && WORDS.is_region(self.reading.str(start..start + 2));
        if trust == Trust::Weak && (WORDS.is_region(name) || place || self.goes_on(end)) {
            return true;
        }
        cues::NO_ENDS.iter().any(|word| name.ends_with(word))
            || trust == Trust::Weak && cues::NO_BEGINS.iter().any(|word| name.starts_with(word))
            || trust == Trust::Weak && PLACES.contains(&next)
    }

    /// Whether a stretch ends in what goes on behind it: 双方于2014年, 洪凝派出所.
    fn goes_on(&self, end: usize) -> bool {
        let links = cues::PREPOSITIONS.contains(self.reading.before(end)) && !self.is_stopped(end);
        links || cues::GOES_ON.iter().any(|word| self.reading.has(end, word))
    }

    /// Whether a sign that is neither letter nor digit stands at a place, or nothing.
    pub(super) fn is_closed(&self, place: usize) -> bool {
        self.ending(place) == EDGE && !self.reading.at(place).is_alphanumeric()
    }

    /// The same, but nothing opens there: 负责人高兴在《现场笔录》上签字 goes on.
    fn is_stopped(&self, place: usize) -> bool {
        self.is_closed(place) && !matches!(self.reading.at(place), '《' | '“' | '"' | '〈')
    }

    /// Whether what goes on is the number of a document: 云市监罚〔2024〕12号.
    pub(super) fn is_number(&self, end: usize) -> bool {
        let open = (end..end + NUMBER_MAX).find(|place| !is_han(self.reading.at(*place))).unwrap_or(end);
        let year = matches!(self.reading.str(open + 1..open + 3), "19" | "20");
        year && "〔［[（(【".contains(self.reading.at(open)) && "〕］]）)】".contains(self.reading.at(open + 5))
    }

    /// Whether the name at a place may be taken for one although its characters are words: nothing but 、 and a clear end is
    /// around it.
    pub(super) fn is_member(&self, at: usize, length: usize) -> bool {
        let end = at + length;
        let first = self.reading.at(at);
        let popular = !WORDS.is_doubtful(first) || WORDS.is_popular(first);
        length == 3
            && popular
            && self.masked(at).is_none()
            && self.is_given_name(at, length)
            && self.ending(end) >= WORD
            && !self.is_other(at, end, Trust::Weak)
    }

    fn is_public(&self, start: usize, end: usize) -> bool {
        let known = cues::PUBLIC.iter().any(|name| self.reading.has(start, name));
        known && cues::PUBLIC_BEHIND.iter().any(|word| self.reading.has(end, word))
    }

    /// How clearly a name may end at a place.
    pub(super) fn ending(&self, place: usize) -> u8 {
        let c = self.reading.at(place);
        if !is_han(c) {
            return if matches!(c, '×' | '*' | '＊' | '·') { NOTHING } else { EDGE };
        }
        if FOLLOWERS.contains(&[c, self.reading.at(place + 1)]) {
            return WORD;
        }
        if FOLLOWING.contains(&c) { CHARACTER } else { NOTHING }
    }

    /// How clearly a name may begin at a place.
    pub(super) fn beginning(&self, place: usize) -> u8 {
        let c = self.reading.before(place);
        if !is_han(c) {
            return EDGE;
        }
        // 人寿, 从严: the character before makes a word with what looks like a surname.
        if WORDS.is_word(c, self.reading.at(place)) {
            return NOTHING;
        }
        if place > 1 && PRECEDERS.contains(&[self.reading.at(place - 2), c]) {
            return WORD;
        }
        if PRECEDING.contains(&c) { CHARACTER } else { NOTHING }
    }

    /// The end of the masked name that begins at a place: 张某, 欧阳某1, 李××, 王3, 朱林某, XXX.
    pub(super) fn masked(&self, at: usize) -> Option<usize> {
        let first = self.reading.at(at);
        if matches!(first, 'X' | '×' | '*' | 'x') {
            let end = (at..at + 4).find(|place| self.reading.at(*place) != first)?;
            return (end - at >= 2 && !self.reading.at(end).is_alphanumeric()).then_some(end);
        }
        if !(WORDS.is_surname(first) || first.is_alphanumeric() && self.reading.at(at + 1) == '某') {
            return None;
        }
        let mut from = at + 1;
        if WORDS.is_compound(first, self.reading.at(from)) {
            from += 1;
        }
        let is_sign = |c: char| matches!(c, '某' | '×' | '＊' | '*' | 'x' | 'X');
        if !is_sign(self.reading.at(from))
            && is_sign(self.reading.at(from + 1))
            && WORDS.is_given(self.reading.at(from))
        {
            from += 1;
        }
        let mut end = from;
        while end < from + 4 && is_sign(self.reading.at(end)) {
            end += 1;
        }
        let signs = end - from;
        // 张甲, 李乙.
        let sign = self.reading.at(end);
        let counts = sign == '甲' || self.counts || WORDS.is_usual(first);
        if signs == 0 && from == end && counts && "甲乙丙丁戊己".contains(sign) && !WORDS.is_doubtful(first) {
            // 彭丁涛（: the sign is the middle of a name.
            let next = self.reading.at(end + 1);
            let middle = is_han(next)
                && WORDS.is_given(next)
                && self.ending(end + 1) == NOTHING
                && self.ending(end + 2) == EDGE
                && !self.pairs.get(&[first, self.reading.at(end)]).is_some_and(|pair| pair.mixed);
            return (!middle).then_some(end + 1);
        }
        let counted = self.counted(end);
        // 王1某.
        if signs == 0 && counted > end && self.reading.at(counted) == '某' {
            return Some(counted + 1);
        }
        if signs == 0 && (counted == end || WORDS.is_doubtful(first) || !self.reading.at(end).is_ascii_digit()) {
            return None;
        }
        Some(counted)
    }

    /// The end of the number behind a mask: 张某甲, 张某12.
    fn counted(&self, place: usize) -> usize {
        let c = self.reading.at(place);
        if "甲乙丙丁戊己庚辛壬癸".contains(c) {
            return place + 1;
        }
        let mut end = place;
        while end < place + 3 && self.reading.at(end).is_ascii_digit() {
            end += 1;
        }
        let unit = "万元亿年月日号时分岁个.".contains(self.reading.at(end));
        if end - place > 2 || unit { place } else { end }
    }

    /// Whether a masked name ends at a place.
    pub(super) fn masked_before(&self, end: usize) -> bool {
        (2..=6).any(|length| end.checked_sub(length).is_some_and(|start| self.masked(start) == Some(end)))
    }
}
