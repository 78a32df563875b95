//! From what a text says to what a corpus holds: instrument, version on a day, provision.

mod named;
mod narrow;
mod number;
mod own;
mod titled;
mod version;

use super::find::noted;
use super::mention::{Base, Locator, Mention, Place, Role, Target, Unit, VersionNote};
use super::names::{Known, Names};
use super::shape::Shape;
use crate::law::{Access, Kind, ValidityStatus, level};
use jiff::civil::Date;
pub use narrow::{cited_title, narrow};
use serde::{Deserialize, Serialize};
use std::ops::Range;
pub(super) use titled::standing_edition;
pub(super) use version::{
    of_number, pending, standing_in, version_before, version_before_change, version_of_year, version_on,
};

/// Provisions that one range may name.
const RANGE_MAX: usize = 500;

/// Where and when a text cites.
#[derive(Debug, Clone, Default)]
pub struct Here<'a> {
    /// The instrument (or case) that cites, if it is one.
    pub group: &'a str,
    /// Its version.
    pub version: &'a str,
    /// The shape of its text, for 本法第三条 and 前款.
    pub shape: Option<&'a Shape>,
    /// The provision in which the words stand.
    pub provision: &'a str,
    /// The part of it: `p2/s3`; empty where it is undivided.
    pub part: &'a str,
    /// Its region, by which namesakes are told apart.
    pub region: Option<&'a str>,
    /// Its issuer.
    pub issuer: Option<&'a str>,
    /// The day on which the citation is read; `None` if nobody knows.
    pub on: Option<Date>,
    /// The day of its making, before which a decision found what it amends.
    pub dated: Option<Date>,
    /// What whoever asks may see.
    pub access: Access,
}

/// How far a citation could be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// To everything that it names.
    Resolved,
    /// Several instruments fit and nothing decides.
    Ambiguous,
    /// Not, or not to the end; the reason says why.
    Unknown,
}

/// Why a citation was not resolved to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No instrument of the corpus bears the title or number.
    NotInCorpus,
    /// Several instruments bear it.
    SeveralInstruments,
    /// The instrument is known, but no version that stood on that day or in the year named.
    NoVersionOfThatDay,
    /// An order is named that no text of the collection bears, and the instrument has had several texts.
    UnknownNumber,
    /// The text before or after a change is meant (修改前的《…》), and which change nobody can know.
    SeveralChanges,
    /// The text that cites tells no day, and the instrument has had several texts.
    NoDay,
    /// That version has no such article.
    NoSuchArticle,
    /// The text that is held has no such article, and seems to lack what stands there: it stops before its end or has a gap.
    IncompleteText,
    /// The article has no such 款, 项 or 目.
    NoSuchPart,
    /// The article is not in the 编 named (民法典物权编第三条): a code counts its articles through.
    NotInBook,
    /// 前款 in a first paragraph, 前条 in a first article.
    NothingBefore,
    /// The text does not say which instrument is meant.
    Nameless,
    /// 第二款 may be of the article in which it stands or of the one named before, and both have such a part.
    SeveralPlaces,
    /// The text speaks of a law that was still to be made then; what bears its name now was made later, or nobody knows when.
    Planned,
    /// 前款 in the new words of an article whose new number the decision does not tell.
    Unnumbered,
}

impl Reason {
    /// In Chinese, for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::NotInCorpus => "库中没有这个名称或文号",
            Self::SeveralInstruments => "库中有几件同名，文中未指明是哪一件",
            Self::NoVersionOfThatDay => "库中没有它当时的文本",
            Self::UnknownNumber => "库中没有这个文号，不能确定所引的是哪一次的文本",
            Self::SeveralChanges => "文中说的是修改前、修改后或某一时的文本，不能确定是哪一个",
            Self::NoDay => "引用它的文件没有日期，不知所引是哪一版本",
            Self::NoSuchArticle => "当时的文本没有这一条",
            Self::IncompleteText => "库中文本似不完整，没有这一条",
            Self::NoSuchPart => "库中文本的该条没有分出这一款、项或目",
            Self::NotInBook => "这一条不在所说的编中（各编条文连续编号）",
            Self::NothingBefore => "前面没有可指的条、款或项",
            Self::Nameless => "文中未指明是哪一件",
            Self::SeveralPlaces => "可指本条，也可指前文所引的条，文中未指明",
            Self::Planned => "文中说的是拟制定的文件，未必就是库中同名的这一件",
            Self::Unnumbered => "文中未写明这一条修改后的序号",
        }
    }
}

/// A mention with what it was resolved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Bytes of the text, as in the mention.
    pub span: Range<usize>,
    /// How far.
    pub outcome: Outcome,
    /// Why not further.
    pub reason: Option<Reason>,
    /// Instruments (or cases): one if it is known, several if ambiguous. Ids.
    pub instruments: Vec<String>,
    /// The version that stood on the day: `{instrument}@{version}`. With [`Reason::NoVersionOfThatDay`] there is none.
    pub version: Option<String>,
    /// Whether that version stood on the day, had ended before, or had not begun.
    pub status: Option<ValidityStatus>,
    /// Canonical keys of the provisions named (`a33/p2`), several for a range or 前两款; empty for a whole instrument.
    pub places: Vec<String>,
}

impl Resolution {
    fn new(span: Range<usize>) -> Resolution {
        Resolution {
            span,
            outcome: Outcome::Unknown,
            reason: None,
            instruments: Vec::new(),
            version: None,
            status: None,
            places: Vec::new(),
        }
    }

    fn because(mut self, outcome: Outcome, reason: Reason) -> Resolution {
        (self.outcome, self.reason) = (outcome, Some(reason));
        self
    }
}

/// Resolves one mention. `None` for words that only looked like a name (a name without brackets and without a place that
/// nobody knows). The span is that of the mention; [`narrow`] cuts it to the name.
pub fn resolve(mention: &Mention, names: &Names, here: &Here<'_>) -> Option<Resolution> {
    let answer = Resolution::new(mention.span.clone());
    let mut note = mention.note;
    let candidates = match &mention.target {
        Target::Own => return Some(own::own(answer, mention, here)),
        Target::Nameless => return Some(answer.because(Outcome::Unknown, Reason::Nameless)),
        Target::Titled(key) => {
            let (bearers, of_version) = titled::bearers(key, mention, names, here);
            note = of_version;
            bearers
        }
        Target::Named(words) => match named::known(words, mention.place.is_some(), !here.group.is_empty(), names) {
            Some((name, bearers)) => {
                note = note.or_else(|| noted::before(words.strip_suffix(name)?));
                bearers
            }
            None if mention.place.is_none() => return None,
            None => Vec::new(),
        },
        Target::Numbered(words) => match number::bearers(words, mention.beside.as_ref(), names, here) {
            // Whose number it is says the text: 《…》（国务院令第746号).
            bearers if bearers.is_empty() => number::title_beside(mention.beside.as_ref(), names),
            bearers => bearers,
        },
    };
    // Every National People's Congress counts its orders anew: without a title or a year nobody knows whose 主席令第55号 is.
    if let Target::Numbered(words) = &mention.target
        && words.contains("主席令")
        && here.group.is_empty()
        && !candidates.is_empty()
        && mention.beside.as_ref().is_none_or(|beside| beside.title.is_none() && beside.year.is_none())
    {
        return Some(answer.because(Outcome::Unknown, Reason::Nameless));
    }
    let seen: Vec<&Known> =
        candidates.into_iter().filter(|known| known.versions.iter().any(|v| v.access <= here.access)).collect();
    let chosen = choose(&seen, here);
    Some(match chosen.as_slice() {
        [] => answer.because(Outcome::Unknown, Reason::NotInCorpus),
        [known] => in_instrument(answer, mention, known, note, here, names),
        several => {
            let mut answer = answer.because(Outcome::Ambiguous, Reason::SeveralInstruments);
            answer.instruments = several.iter().map(|known| known.id.clone()).collect();
            answer
        }
    })
}

/// Which of several bearers of a title a text means: those nearest to it. Local instruments of elsewhere are meant by texts
/// of a region only when their title says the region.
fn choose<'k>(bearers: &[&'k Known], here: &Here<'_>) -> Vec<&'k Known> {
    let is_here = |known: &&Known| known.region.is_some() && known.region.as_deref() == here.region;
    let of_issuer = |known: &&Known| known.issuer.is_some() && known.issuer.as_deref() == here.issuer;
    let above = |known: &&Known, digits: usize, zeros: &str| match (known.region.as_deref(), here.region) {
        (Some(region), Some(own)) => region.ends_with(zeros) && region.get(..digits) == own.get(..digits),
        _ => false,
    };
    let of_city = |known: &&Known| above(known, 4, "00");
    let of_province = |known: &&Known| above(known, 2, "0000");
    let national = |known: &&Known| known.region.is_none() && !known.level.is_some_and(|level| level.is_local());
    let says_place = |known: &&Known| match known.region.as_deref() {
        Some(region) => level::names_region(&known.title, region),
        None => level::region_of(&known.title).is_some(),
    };
    let says = |known: &&Known| here.region.is_none() || says_place(known) || known.kind == Kind::Case;
    let tiers: [&dyn Fn(&&Known) -> bool; 6] = [&of_issuer, &is_here, &of_city, &of_province, &national, &says];
    for tier in tiers {
        let chosen: Vec<&Known> = bearers.iter().copied().filter(|known| tier(known)).collect();
        if !chosen.is_empty() {
            return chosen;
        }
    }
    Vec::new()
}

fn in_instrument(
    mut answer: Resolution,
    mention: &Mention,
    known: &Known,
    note: Option<VersionNote>,
    here: &Here<'_>,
    names: &Names,
) -> Resolution {
    answer.instruments = vec![known.id.clone()];
    // Of a text from outside the day on which it is asked about is not that on which it was written.
    let written = here.on.filter(|_| !here.group.is_empty());
    if mention.role == Role::Planned && written.is_none_or(|on| version_on(known, Some(on), here.access).is_none()) {
        return answer.because(Outcome::Unknown, Reason::Planned);
    }
    let version = match version::meant(known, mention, note, here, names) {
        Ok(version) => version,
        Err(reason) => {
            // Which day is meant nobody knows, nor which of several texts (《…》施行前), but the instrument is.
            let unsaid = here.on.is_none() || reason == Reason::UnknownNumber;
            let open = unsaid || mention.role == Role::Historic;
            if open && mention.place.is_none() && note.is_none() {
                answer.outcome = Outcome::Resolved;
                return answer;
            }
            return answer.because(Outcome::Unknown, reason);
        }
    };
    answer.version = Some(version.id.clone());
    answer.status = here.on.filter(|_| known.kind != Kind::Case).map(|on| version.interval.status(on));
    match &mention.place {
        None => answer.outcome = Outcome::Resolved,
        Some(place) => match counted(place, &version.shape) {
            Ok(places) => (answer.outcome, answer.places) = (Outcome::Resolved, places),
            // What 修改后 names lacks in the text of the day is in the text of another change.
            Err(_) if matches!(note, Some(VersionNote::Since | VersionNote::Former | VersionNote::BeforeChange)) => {
                (answer.version, answer.status) = (None, None);
                return answer.because(Outcome::Unknown, Reason::SeveralChanges);
            }
            Err(reason) => return answer.because(Outcome::Unknown, reason),
        },
    }
    answer
}

/// The places of another instrument. 前条 counts from an article that is told; what counts from none is not known.
fn counted(place: &Place, shape: &Shape) -> Result<Vec<String>, Reason> {
    match place.base {
        Base::Instrument => places(place, shape),
        Base::Carried => own::carried(place, shape),
        Base::Before(Unit::Article, 1) => {
            let article = place.at.article_key().ok_or(Reason::Unnumbered)?;
            let key = shape.beside(&article, -1).ok_or(Reason::NothingBefore)?;
            own::beside(key, &Locator { article: None, ..place.at }, place.to, shape, None)
        }
        _ => Err(Reason::Unnumbered),
    }
}

/// The places of another instrument.
pub(super) fn places(place: &Place, shape: &Shape) -> Result<Vec<String>, Reason> {
    let provision = provision(&place.at, shape).ok_or_else(|| absent(&place.at, shape))?;
    let first = shape.place(&provision, &place.at).ok_or(Reason::NoSuchPart)?;
    let Some(to) = place.to else { return Ok(vec![first]) };
    let last_provision = self::provision(&to, shape).ok_or_else(|| absent(&to, shape))?;
    let last = shape.place(&last_provision, &to).ok_or(Reason::NoSuchPart)?;
    Ok(range(&first, &last, shape))
}

/// Why a text has no article of a number.
fn absent(at: &Locator, shape: &Shape) -> Reason {
    if shape.seems_to_lack(at) { Reason::IncompleteText } else { Reason::NoSuchArticle }
}

/// The key of the provision of an article number. In a text without articles 第三条 is its third numbered unit, and 第35条 the one
/// of that number below whatever part it stands in, if the numbers go through all parts.
fn provision(at: &Locator, shape: &Shape) -> Option<String> {
    let key = at.article_key()?;
    if shape.division(&key).is_some() {
        return Some(key);
    }
    if shape.has_articles() {
        return None;
    }
    let number = key.strip_prefix('a')?;
    let unit = format!("n{number}");
    if shape.division(&unit).is_some() {
        return Some(unit);
    }
    let ends = |key: &&str| key.starts_with('n') && key.rsplit_once('.').is_some_and(|(_, last)| last == number);
    let mut below = shape.keys().filter(ends);
    below.next().filter(|_| below.next().is_none()).map(str::to_string)
}

/// All keys from one place to another: articles between articles, parts of one article between parts.
fn range(first: &str, last: &str, shape: &Shape) -> Vec<String> {
    let both = || vec![first.to_string(), last.to_string()];
    if !first.contains('/') && !last.contains('/') {
        let keys: Vec<&str> = shape.keys().collect();
        let place = |key: &str| keys.iter().position(|known| *known == key);
        return match (place(first), place(last)) {
            (Some(from), Some(to)) if from <= to => {
                keys[from..=to].iter().take(RANGE_MAX).map(|key| key.to_string()).collect()
            }
            _ => both(),
        };
    }
    let split = |key: &str| {
        let (head, tail) = key.rsplit_once('/')?;
        let number: usize = tail.get(1..)?.parse().ok()?;
        Some((head.to_string(), tail.get(..1)?.to_string(), number))
    };
    match (split(first), split(last)) {
        (Some((head, unit, from)), Some((same, other, to))) if head == same && unit == other && from <= to => {
            let keys = (from..=to).take(RANGE_MAX).map(|number| format!("{head}/{unit}{number}"));
            keys.filter(|key| shape.has(key)).collect()
        }
        _ => both(),
    }
}

#[cfg(test)]
mod tests;
