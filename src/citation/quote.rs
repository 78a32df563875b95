//! Whether a quotation is what the law says (引文核对): verbatim, incomplete, altered, of another article or version.
//!
//! [`following`], [`later`] and [`preceding`] find what a text quotes beside a citation; [`check`] compares it with the provision cited and with the
//! others of that version; what does not stand there is asked for in other versions with [`stands`]. [`locate`] answers
//! which article a sentence belongs to. Texts come in as values ([`Source`]).
//!
//! Compared is the folded text ([`crate::text::fold`]): width, traditional characters, quotation marks and white space make
//! no difference, nor how a number is written; a comma does. Every difference has its place in the quotation and in the source as received.

mod align;
mod beside;
mod differ;
mod locate;
mod member;
mod number;
mod plain;
mod skipped;

use crate::text::fold::fold_str;
pub use beside::{Bond, Quoted, following, later, preceding, states_facts};
pub use differ::DifferenceKind;
pub use locate::{Located, locate};
use plain::Plain;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;

/// Share of the pairs of characters of a quotation that a provision must have to be what the quotation was made from.
const SIMILAR: f64 = 0.55;
/// So much more of them in another provision tells that the quotation is of that one.
const CLEARLY_NEARER: f64 = 0.2;
/// Places in one provision that are tried for one quotation.
const TRIES_MAX: usize = 64;

/// A version of a text, prepared for comparing.
#[derive(Debug, Clone, Default)]
pub struct Source {
    provisions: Vec<Prepared>,
}

#[derive(Debug, Clone)]
struct Prepared {
    key: String,
    plain: Plain,
    parts: Vec<(String, Range<usize>)>,
}

impl Source {
    /// The version without any provision.
    pub fn new() -> Source {
        Source::default()
    }

    /// Adds a provision: its key (`a33`), its text as received, and the keys and bytes of its 款项目 (`p1/s2`).
    pub fn push(&mut self, key: &str, text: &str, parts: impl IntoIterator<Item = (String, Range<usize>)>) {
        let plain = Plain::of_provision(text);
        self.provisions.push(Prepared { key: key.to_string(), plain, parts: parts.into_iter().collect() });
    }

    fn get(&self, key: &str) -> Option<&Prepared> {
        self.provisions.iter().find(|provision| provision.key == key)
    }
}

/// What a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It stands so in the provision cited.
    Verbatim,
    /// Its words stand so in the provision cited, but it leaves some out or ends a sentence before its end.
    Incomplete,
    /// It is made from the provision cited, with other words.
    Altered,
    /// It stands so in another provision of that version.
    Elsewhere,
    /// It is the text of a version that has ended.
    Outdated,
    /// It is the text of a version that has not begun.
    Premature,
    /// The version has no such article.
    NoSuchArticle,
    /// It stands nowhere in that instrument.
    NotFound,
    /// Nobody knows: what is cited is not in the corpus.
    Unchecked,
}

impl Verdict {
    /// In Chinese, for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Verbatim => "与原文一致",
            Self::Incomplete => "引文不完整",
            Self::Altered => "引文与原文不一致",
            Self::Elsewhere => "引文属于另一条",
            Self::Outdated => "引文是已失效的文本",
            Self::Premature => "引文是尚未施行的文本",
            Self::NoSuchArticle => "没有这一条",
            Self::NotFound => "原文中没有这段文字",
            Self::Unchecked => "无从核对：库中没有所引的文本",
        }
    }

    /// Whether what the quotation says stands in the provision cited on the day.
    pub fn stands(self) -> bool {
        matches!(self, Self::Verbatim | Self::Incomplete)
    }
}

/// Where a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The deepest part that holds it: `a33/p2`.
    pub key: String,
    /// Bytes of the text of the provision.
    pub span: Range<usize>,
}

/// A stretch in which a quotation differs from its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind of words.
    pub kind: DifferenceKind,
    /// Bytes of the quotation as given; empty where words are missing.
    pub quote: Range<usize>,
    /// Bytes of the text of the provision; empty where words were added.
    pub source: Range<usize>,
}

/// The answer of [`check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub verdict: Verdict,
    /// Whether it says that it leaves words out (……, （略）).
    pub omitted: bool,
    /// Whether it leaves out the end of a sentence: its parts are of several.
    pub spliced: bool,
    /// Bytes of the text of the first place in `found_in`, from the beginning of the sentence to where the quotation begins in the
    /// middle of it; `None` where it begins with a sentence or a member of a list.
    pub unquoted: Option<Range<usize>>,
    /// Bytes of the same text from where the quotation ends in the middle of a sentence to the end of that; `None` where it ends
    /// with a sentence, with a member of a list, or with a mark of omission.
    pub goes_on: Option<Range<usize>>,
    /// Where it stands in that version, the provision cited first.
    pub found_in: Vec<Standing>,
    /// Key of the provision with which it was compared where it does not stand.
    pub compared_with: Option<String>,
    /// What differs from that.
    pub differences: Vec<Difference>,
}

/// A way in which a quotation stands in a provision.
#[derive(Debug, Clone)]
struct Stand {
    /// Bytes of the plain text from the first to the last word.
    range: Range<usize>,
    /// Ends a sentence where the source goes on, or begins behind what prohibits it.
    cut: bool,
    /// Begins just behind 不, 不得 and the like.
    denied: bool,
    /// Leaves out the end of a sentence between two of its parts.
    spliced: bool,
}

/// Compares a quotation with the provisions cited (canonical keys, `a33/p2`; none for the whole instrument) in the version
/// that stood on the day.
pub fn check(quote: &str, cited: &[String], source: &Source) -> Finding {
    let (parts, omitted) = Plain::of_quotation(quote);
    let mut finding = Finding {
        verdict: Verdict::NotFound,
        omitted,
        spliced: false,
        unquoted: None,
        goes_on: None,
        found_in: vec![],
        compared_with: None,
        differences: vec![],
    };
    if parts.is_empty() {
        return finding;
    }
    let known = cited.is_empty() || cited.iter().any(|key| source.get(base(key)).is_some());
    let mut standing = standing(&parts, cited, source);
    if let ([whole], true) = (parts.as_slice(), standing.is_empty()) {
        standing = member::standing(whole.as_str(), cited, source);
    }
    if cited.is_empty() {
        locate::prefer_whole(&parts, &mut standing, source);
    }
    if let Some((_, stand, true)) = standing.first() {
        finding.verdict = if omitted || stand.cut { Verdict::Incomplete } else { Verdict::Verbatim };
    } else if !known {
        finding.verdict = Verdict::NoSuchArticle;
    } else if !standing.is_empty() {
        finding.verdict = Verdict::Elsewhere;
    }
    if let Some((place, stand, _)) = standing.first() {
        finding.spliced = stand.spliced;
        let provision = source.get(base(&place.key));
        finding.unquoted = provision.and_then(|provision| provision.begun(stand.range.start));
        let closed = parts.last().and_then(|part| part.as_str().trim_end_matches('"').chars().next_back());
        let whole = provision.filter(|_| !omitted);
        finding.goes_on = whole.and_then(|provision| {
            provision.goes_on(stand.range.end, closed).or_else(|| provision.excepted_behind(&stand.range))
        });
    }
    finding.found_in = standing.into_iter().map(|(place, _, _)| place).collect();
    if finding.found_in.is_empty() {
        // Of a whole instrument only the one article that nothing else comes near may be meant.
        let nearest = cited.is_empty().then(|| locate::nearest(&parts, source));
        match nearest {
            Some(Located::Nearest { key, .. }) => compare(&mut finding, &parts, &[key], source),
            Some(_) => {}
            None => compare(&mut finding, &parts, cited, source),
        }
    }
    finding
}

/// Where a quotation stands in a version, the provisions cited first; empty if it does not.
pub fn stands(quote: &str, cited: &[String], source: &Source) -> Vec<Standing> {
    let (parts, _) = Plain::of_quotation(quote);
    standing(&parts, cited, source).into_iter().map(|(place, _, _)| place).collect()
}

/// The key of the article of a place.
fn base(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

/// Every provision in which all parts stand in order, those cited first; `true` for these.
fn standing(parts: &[Plain], cited: &[String], source: &Source) -> Vec<(Standing, Stand, bool)> {
    let mut found = Vec::new();
    if parts.is_empty() {
        return found;
    }
    for provision in &source.provisions {
        let named: Vec<&str> = cited.iter().map(String::as_str).filter(|key| base(key) == provision.key).collect();
        let fits = |range: &Range<usize>| {
            let span = provision.plain.original(range.clone());
            named.iter().any(|key| provision.touches(key, &span))
        };
        let here = (!named.is_empty()).then(|| stand(parts, &provision.plain, fits)).flatten();
        let meant = here.is_some() || cited.is_empty();
        let Some(mut stand) = here.or_else(|| stand(parts, &provision.plain, |_| true)) else { continue };
        stand.cut |= provision.excepted_behind(&stand.range).is_some();
        if !stand.denied {
            found.push((provision.standing(&stand.range), stand, meant));
        }
    }
    found.sort_by_key(|(_, stand, meant)| (!meant, stand.cut));
    found
}

impl Prepared {
    /// Whether a span lies, at least partly, in a part of this provision; a key without parts is the whole.
    fn touches(&self, key: &str, span: &Range<usize>) -> bool {
        let Some((_, part)) = key.split_once('/') else { return true };
        let Some((_, range)) = self.parts.iter().find(|(known, _)| known == part) else { return true };
        let overlaps = |range: &Range<usize>| range.start < span.end && span.start < range.end;
        // What leads a list is said of each of its members.
        let leads = |paragraph: &str| {
            let inside = format!("{paragraph}/");
            let whole = self.parts.iter().find(|(known, _)| known == paragraph).map(|(_, whole)| whole);
            let is_in_list = self.parts.iter().any(|(known, member)| known.starts_with(&inside) && overlaps(member));
            whole.is_some_and(|whole| whole.start <= span.start && span.end <= whole.end) && !is_in_list
        };
        overlaps(range) || part.split_once('/').is_some_and(|(paragraph, _)| leads(paragraph))
    }

    /// The next words of the same 款, where they except from what was said: 但是，……的除外; 法律另有规定的，依照其规定.
    fn excepted_behind(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let text = self.plain.as_str();
        let rest = text.get(range.end..).unwrap_or_default();
        let behind = rest.trim_start_matches(|c| ENDS.contains(&c) || c == '"' || c == ',');
        // Behind a comma the exception is the next clause: ……罚款，法律另有规定的除外.
        let ends = if rest.starts_with(',') { &['.', ';', ','][..] } else { &['.', ';'] };
        let clause = behind.split(ends).next().unwrap_or_default();
        let excepts = clause.starts_with('但')
            || clause.ends_with("除外") && !clause.contains('但')
            || clause.contains("另有规定的");
        if behind.len() == rest.len() || !excepts {
            return None;
        }
        let start = range.end + rest.len() - behind.len();
        let (last, next) = (self.plain.original(range.clone()), self.plain.original(start..start + clause.len()));
        let is_paragraph =
            |part: &&(String, Range<usize>)| !part.0.contains('/') && part.1.contains(&(last.end.saturating_sub(1)));
        let here = self.parts.iter().find(is_paragraph).is_none_or(|(_, paragraph)| next.start < paragraph.end);
        here.then_some(next)
    }

    /// What stands in a sentence, or in a member of a list, before a place of the plain text; `None` at its beginning.
    fn begun(&self, at: usize) -> Option<Range<usize>> {
        let before = self.plain.as_str().get(..at)?;
        let start = before.rfind(ENDS).map_or(0, |end| end + 1);
        let skipped = before.get(start..)?;
        let is_number = |c: char| !c.is_alphanumeric() || c.is_ascii_digit();
        let lead = skipped.len() - skipped.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(').len();
        (!skipped.chars().all(is_number)).then(|| self.plain.original(start + lead..at))
    }

    /// How a sentence, or a member of a list, goes on behind a place of the plain text; `None` at its end. At a ； it goes on unless
    /// that closes the quotation too, at a ： only where a full stop does.
    fn goes_on(&self, at: usize, closed: Option<char>) -> Option<Range<usize>> {
        let text = self.plain.as_str();
        let rest = text.get(at..)?;
        let lead = rest.len() - rest.trim_start_matches('"').len();
        let mark = rest.get(lead..)?.chars().next()?;
        let said = match mark {
            '.' | '!' | '?' => true,
            ';' => closed == Some(';'),
            ':' => closed != Some('.'),
            _ => false,
        };
        if said {
            return None;
        }
        let from = at + lead + if mark.is_alphanumeric() { 0 } else { mark.len_utf8() };
        let words = text.get(from..)?.split(ENDS).next()?;
        let last = self.plain.original(at.checked_sub(1)?..at).start;
        let deepest = self.parts.iter().filter(|(_, part)| part.contains(&last)).min_by_key(|(_, part)| part.len());
        let span = self.plain.original(from..from + words.len());
        let end = deepest.map_or(span.end, |(_, part)| span.end.min(part.end));
        let has_words = words.chars().any(char::is_alphanumeric) && span.start < end;
        has_words.then_some(span.start..end)
    }

    fn standing(&self, range: &Range<usize>) -> Standing {
        let span = self.plain.original(range.clone());
        let holds = |part: &&(String, Range<usize>)| part.1.start <= span.start && span.end <= part.1.end;
        let deepest = self.parts.iter().filter(holds).min_by_key(|(_, range)| range.len());
        let key = deepest.map_or_else(|| self.key.clone(), |(part, _)| format!("{}/{part}", self.key));
        Standing { key, span }
    }
}

/// How the parts stand in a text, in order, at a place that fits: the best of the ways tried.
fn stand(parts: &[Plain], plain: &Plain, fits: impl Fn(&Range<usize>) -> bool) -> Option<Stand> {
    let text = plain.as_str();
    let first = parts.first()?.as_str();
    let whole = ways(first, text, parts.len() == 1).take(TRIES_MAX);
    let mut best: Option<Stand> = None;
    for way in whole {
        let mut way = way;
        let complete = parts.iter().enumerate().skip(1).all(|(at, part)| {
            let rest = text.get(way.range.end..).unwrap_or("");
            let Some(next) = ways(part.as_str(), rest, at + 1 == parts.len()).find(|next| !next.denied) else {
                return false;
            };
            way.spliced |= rest.get(..next.range.start).is_some_and(|gap| gap.contains(['.', '!', '?']));
            way.range.end += next.range.end;
            way.cut |= next.cut;
            true
        });
        if !complete || !fits(&way.range) {
            continue;
        }
        let rank = |way: &Stand| (way.denied, way.cut);
        if best.as_ref().is_none_or(|known| rank(&way) < rank(known)) {
            best = Some(way);
        }
        if best.as_ref().is_some_and(|best| rank(best) == (false, false)) {
            break;
        }
    }
    best
}

/// Marks that end a sentence or a member of a list.
const ENDS: [char; 5] = ['.', ';', ':', '!', '?'];

/// The places of words in a text. `last` words may end in another mark than the source.
fn ways<'t>(words: &'t str, text: &'t str, last: bool) -> impl Iterator<Item = Stand> + 't {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric() && !"()《》".contains(c) && !differ::is_share(c));
    // A mark that only sets the words off may be another one; without any the words are looked for as they are.
    let lead = words.find(bare).unwrap_or(0);
    let tail = words.get(lead + bare.len()..).unwrap_or("");
    // 二年 does not stand in 十二年.
    let digit = |text: Option<char>| text.is_some_and(|c| c.is_ascii_digit());
    let (first, final_) = (digit(bare.chars().next()), digit(bare.chars().next_back()));
    let is_whole = move |start: usize, end: usize| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let mut behind = text.get(end..).unwrap_or_default().chars();
        let next = behind.next();
        // Nor does 3 stand in 3%, or 1 in 1.5.
        // A stop is the same sign: only with a sign of a share behind it is it surely a decimal.
        let mut decimal = || behind.find(|c| !c.is_ascii_digit()).is_some_and(differ::is_share);
        let goes_on = digit(next) || next.is_some_and(differ::is_share) || next == Some('.') && decimal();
        !(first && digit(before) || final_ && goes_on)
    };
    let found = text
        .match_indices(bare)
        .filter(move |(start, found)| !found.is_empty() && is_whole(*start, start + found.len()));
    found.map(move |(start, found)| {
        let range = start..start + found.len();
        let before = text.get(..start).unwrap_or_default();
        // 不|得擅自停渡 says the opposite, and so does “擅自停渡。” behind 不得, which is made a sentence; without its stop it is the act
        // that is forbidden, and how the sentence begins is told.
        let denying = differ::denying(before);
        let is_sentence = last && tail.contains('.');
        let denied = denying.is_some_and(|word| is_sentence || word.chars().count() == 1);
        let rest = text.get(range.end..).unwrap_or("");
        let goes_on = rest.chars().find(|c| *c != '"').is_some_and(|c| !ENDS.contains(&c));
        let goes_on = goes_on && !rest.starts_with(tail);
        // A list with what leads to it ends with its last member: 具备下列条件：（一）……；（二）…… is not all of the conditions. Of
        // 下列情形之一 one may be quoted alone; numbers are digits here.
        let lead = found.split_once(':').map(|(lead, _)| lead);
        let listed = lead.is_some_and(|lead| !lead.contains("之1")) && tail.contains('.') && rest.starts_with(';');
        let cut = last && tail.contains(ENDS) && (goes_on || listed) || denying.is_some() || differ::prohibits(before);
        Stand { range, cut, denied, spliced: false }
    })
}

/// Fills in what differs from the provision that the quotation was made from.
fn compare(finding: &mut Finding, parts: &[Plain], cited: &[String], source: &Source) {
    let pairs: HashSet<(char, char)> = parts.iter().flat_map(|part| pairs(part.as_str())).collect();
    let share = |provision: &Prepared| share(&pairs, provision.plain.as_str());
    let meant = |provision: &&Prepared| cited.iter().any(|key| base(key) == provision.key);
    let best = |all: &mut dyn Iterator<Item = &Prepared>| {
        let scored = all.map(|provision| (share(provision), provision.key.clone()));
        scored.fold(None, |best: Option<(f64, String)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
    };
    let own = best(&mut source.provisions.iter().filter(meant));
    let any = best(&mut source.provisions.iter());
    let Some(any) = any.filter(|(share, _)| *share >= SIMILAR) else { return };
    let own = own.filter(|(share, _)| *share >= SIMILAR && any.0 - *share < CLEARLY_NEARER);
    let is_own = own.is_some();
    let Some(provision) = source.get(&own.unwrap_or(any).1) else { return };
    let Some(differences) = differences(parts, &provision.plain) else { return };
    finding.compared_with = Some(provision.key.clone());
    finding.differences = differences;
    if is_own && finding.verdict == Verdict::NotFound {
        finding.verdict = Verdict::Altered;
    }
}

/// Pairs of neighbouring letters and digits.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> + '_ {
    let chars = || text.chars().filter(|c| c.is_alphanumeric());
    chars().zip(chars().skip(1))
}

/// The share of pairs that a text has.
fn share(wanted: &HashSet<(char, char)>, text: &str) -> f64 {
    if wanted.is_empty() {
        return 0.0;
    }
    let found: HashSet<(char, char)> = pairs(text).filter(|pair| wanted.contains(pair)).collect();
    found.len() as f64 / wanted.len() as f64
}

/// What differs between each part and a text; `None` if one of them cannot be aligned with it.
fn differences(parts: &[Plain], plain: &Plain) -> Option<Vec<Difference>> {
    let source: Vec<char> = plain.as_str().chars().collect();
    let mut found = Vec::new();
    for part in parts {
        if let Some(left_out) = skipped::skipped(part.as_str(), plain.as_str()) {
            found.extend(left_out.into_iter().map(|clause| Difference {
                kind: differ::left_out(plain.as_str().get(clause.source.clone()).unwrap_or_default()),
                quote: part.original(clause.at..clause.at),
                source: plain.original(clause.source),
            }));
            continue;
        }
        let quote: Vec<char> = part.as_str().chars().collect();
        let aligned = align::align(&quote, &source)?;
        for (kind, edit) in differ::told(&aligned, &quote, &source) {
            found.push(Difference {
                kind,
                quote: part.original(differ::bytes(&quote, &edit.quote)),
                source: plain.original(differ::bytes(&source, &edit.source)),
            });
        }
    }
    Some(found)
}

/// Whether two texts say the same, whatever their punctuation: for comparing a label with a text.
pub fn same_words(one: &str, other: &str) -> bool {
    let words =
        |text: &str| Plain::of_provision(text).as_str().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    words(one) == words(other)
}

/// The share of neighbouring characters that one text has of another.
pub fn overlap(of: &str, text: &str) -> f64 {
    let wanted: HashSet<(char, char)> = pairs(&fold_str(of)).collect();
    share(&wanted, &fold_str(text))
}

#[cfg(test)]
mod tests;
