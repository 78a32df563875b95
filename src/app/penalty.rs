//! The journey of whoever decides on a penalty: what the law of the day of the act and that of the day of the decision allow,
//! which is the lighter, and what was imposed in earlier cases.

mod words;

use super::citations::{Graph, label_of, version_view};
use super::error::{AppError, ErrorCode};
use super::faju::Found;
use super::precedents::{fines_of, spread};
use super::search;
use super::view::penalty::{Compared, LawOfDay, NearCase, PenaltyPage, TierView};
use crate::citation::{Role, typed};
use crate::law::case_fields::PartyKind;
use crate::law::penalty::{Lighter, of_part, once_a_list, ranges, weighed};
use crate::law::sanction::{Addressee, Bases, PenaltyKind, Sanction, sanctions};
use crate::law::{Kind, ValidityStatus};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use words::{elements, lighter, obstacle, proposed, proposed_for_both};

/// Cases that are named.
const NEAREST: usize = 10;
/// The rule by which the law is chosen, as it is told.
const RULE: &str = "《中华人民共和国行政处罚法》（2021年修订）第三十七条";

/// What is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PenaltyRequest {
    /// The article, or a 款 or 项 of it: an id, or a citation as people type it.
    pub article: String,
    /// The proposed fine, in fen.
    pub amount: Option<u64>,
    /// The day of the act.
    pub act_on: Option<Date>,
    /// What multiples are taken of.
    pub bases: Bases,
    /// Who is to be punished.
    pub party: Option<PartyKind>,
    /// Beginning of the region codes of the cases that are compared.
    pub region: Option<String>,
    /// The case that is asked about, which is not compared with itself.
    pub case: Option<String>,
}

/// An article in a version, with its tiers.
struct Article {
    view: LawOfDay,
    version: String,
    key: String,
    /// The 款 or 项 that is asked about, by its key below the article; its tiers alone are held.
    part: Option<String>,
    tiers: Vec<Sanction>,
}

/// The places of an article in every version, under whatever number it then had: version and key, with the 款 or 项 asked
/// about as far as it is known there.
type Meant = BTreeMap<(String, String), Option<String>>;

impl Graph<'_> {
    /// What law and cases say of a penalty; the day asked is that of the decision.
    pub fn penalty(&self, asked: &PenaltyRequest) -> Result<PenaltyPage, AppError> {
        let (place, key) = self.article(&asked.article)?;
        let on = self.reader.as_of;
        let mut warnings = Vec::new();
        let mut decision = self.law_of(place, &key, on, &asked.bases)?;
        let mut act = match asked.act_on {
            Some(day) => self.law_of_act(place, &decision, day, &asked.bases, &mut warnings)?,
            None => None,
        };
        if let (Some(part), Some(whole)) = (&decision.part, act.as_ref().filter(|act| act.part.is_none())) {
            let label = label_of(&format!("{key}/{part}", key = decision.key));
            warnings.push(format!("行为时的{}中没有与{label}文字相同的款项，两个文本都列出全条", whole.view.label));
            decision = self.law_of(place, &decision.key.clone(), on, &asked.bases)?;
            act = self.law_of_act(place, &decision, whole.view.on, &asked.bases, &mut warnings)?;
        }
        warnings.extend(std::iter::once(&decision).chain(&act).filter_map(doubt));
        let weighed = act.as_ref().map(|act| weighed(&act.tiers, &decision.tiers, &asked.bases));
        let changed = act.as_ref().is_some_and(|act| elements(act) != elements(&decision));
        let lighter = weighed.as_ref().map(|weighed| lighter(weighed, changed));
        let applies = match (&lighter, asked.act_on) {
            (None, Some(_)) if !warnings.is_empty() => None,
            (None, _) => Some("decision"),
            (Some(view), _) => match view.lighter {
                // Of equal fines what must be fulfilled decides, and that people must compare.
                Lighter::Same if changed => None,
                Lighter::Act | Lighter::Same => Some("act"),
                Lighter::Decision => Some("decision"),
                Lighter::ByTier | Lighter::Untold => None,
            },
        };
        let proposed = asked.amount.map(|fen| match (&act, applies) {
            (Some(act), None) => proposed_for_both(fen, act, &decision, asked),
            (Some(act), Some("act")) => proposed(fen, act, asked),
            _ => proposed(fen, &decision, asked),
        });
        if decision.tiers.iter().all(|tier| tier.penalties.is_empty()) {
            warnings.push(format!("{}没有读到处罚，可能不是罚则", decision.view.label));
        }
        let meant = self.meant(place, &decision)?;
        let is_meant = |version: Option<&str>, places: &[String]| {
            version.is_some_and(|version| places.iter().any(|place| names(&meant, version, place)))
        };
        let precedents = self.compared(place, &decision, &is_meant, asked);
        let benchmarks = self.benchmarks((place, &decision.key), &is_meant, asked)?;
        Ok(PenaltyPage {
            instrument: search::instrument(&self.links.groups[place].head),
            proposed,
            lighter,
            applies,
            benchmarks,
            precedents,
            case: asked.case.as_deref().and_then(|id| self.head(id)),
            act: act.map(|act| act.view),
            decision: decision.view,
            sample: self.reader.sample,
            warnings,
        })
    }

    /// What a case states of its penalty as parameters of [`super::parameters::PENALTY`]: of the provisions that it applies, the
    /// first that sets a fine, else the first.
    pub fn penalty_of_case(&self, id: &str) -> Result<Vec<(String, String)>, AppError> {
        let wrong = |message: &str| AppError::parameter(ErrorCode::InvalidParameter, "case", message);
        // A provision of a case is one of the case.
        let page = match self.case(id.split('/').next().unwrap_or(id))? {
            Found::Here(page) => page,
            Found::Moved(to) => return Err(wrong(&format!("{id} 现为 {to}"))),
        };
        let applied: Vec<&str> = page
            .provisions
            .iter()
            .filter(|provision| provision.role == Role::Basis)
            .flat_map(|provision| provision.cited.iter().map(|cited| cited.id.as_str()))
            .collect();
        let fines = |id: &&&str| {
            let text = id.split_once('/').and_then(|(version, key)| self.reader.provision_text(version, key).ok());
            let tiers = text.map(|(_, text)| sanctions(&text)).unwrap_or_default();
            tiers.iter().flat_map(|tier| &tier.penalties).any(|penalty| penalty.kind == PenaltyKind::Fine)
        };
        let article = applied.iter().find(fines).or(applied.first());
        let record = &page.record;
        let mut parties: Vec<PartyKind> = record.fields.parties.iter().map(|party| party.value.kind).collect();
        parties.dedup();
        let party = Some(parties.as_slice()).and_then(|parties| match parties {
            [only] if *only != PartyKind::Unknown => Some(*only),
            _ => None,
        });
        let decided = record.fields.decided_on.as_ref().map(|read| read.value);
        let stated = [
            ("article", article.map(|id| (*id).to_string())),
            ("amount", record.fines_fen.map(|fen| fen.to_string())),
            ("as_of", decided.map(|day| day.to_string())),
            ("party", party.and_then(|kind| Some(serde_json::to_value(kind).ok()?.as_str()?.to_string()))),
        ];
        Ok(stated.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))).collect())
    }

    /// The instrument and the key of the article, or of the part of it, that is asked about, on the day of the decision.
    fn article(&self, text: &str) -> Result<(usize, String), AppError> {
        let wrong = |message: String| AppError::parameter(ErrorCode::InvalidParameter, "article", message);
        let text = text.trim();
        if let Some((head, key)) = text.split_once('/')
            && let Some(place) = self.links.place(head.split('@').next().unwrap_or(head))
        {
            return Ok((place, key.to_string()));
        }
        let answer = typed::read(text)
            .and_then(|typed| typed::look_up(&typed, &self.links.names, self.reader.as_of, self.asker().access));
        let target = answer.filter(|answer| answer.is_one()).and_then(|answer| answer.targets.into_iter().next());
        let target =
            target.ok_or_else(|| wrong(format!("“{text}”不是库中一条规定的编号或引用，例如 食品安全法124条")))?;
        match (target.reason, target.provision, self.links.place(&target.instrument)) {
            (None, Some(key), Some(place)) => Ok((place, key)),
            (Some(reason), ..) => Err(wrong(format!("《{}》{}：{}", target.title, target.label, reason.chinese()))),
            _ => Err(wrong(format!("请写明条：《{}》第几条", target.title))),
        }
    }

    /// An article, or a part of it, of the text that was in force on a day.
    fn law_of(&self, place: usize, key: &str, on: Date, bases: &Bases) -> Result<Article, AppError> {
        let group = &self.links.groups[place];
        let version = group.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::InForce);
        let version = version
            .or_else(|| group.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::Unknown));
        let Some(version) = version else {
            let message = format!("库中没有《{}》在 {on} 施行的文本", group.head.title);
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "as_of", message));
        };
        let (key, part) = key.split_once('/').map_or((key, None), |(key, part)| (key, Some(part)));
        let (label, text) = self.reader.provision_text(&version.id, key)?;
        let span = match part {
            Some(part) => {
                let span = self.reader.part_of(&version.id, key, part)?;
                Some(span.ok_or_else(|| AppError::not_found(&format!("{}/{key}/{part}", version.id)))?)
            }
            None => None,
        };
        let tiers = sanctions(&text);
        let tiers = once_a_list(if let Some(span) = &span { of_part(tiers, span) } else { tiers });
        let Some(shown) = version_view(group, version, on) else { return Err(AppError::not_found(&version.id)) };
        let fines = ranges(&tiers, bases);
        let views = tiers.iter().zip(&fines).map(|(tier, fines)| {
            let words = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default().to_string();
            TierView {
                words: words(&tier.span),
                act: tier.act.iter().map(words).collect::<Vec<_>>().join("……"),
                conditions: tier.conditions.iter().map(|condition| words(&condition.span)).collect(),
                addressee: tier.addressee,
                penalties: tier.penalties.iter().map(|penalty| penalty.kind.chinese()).collect(),
                fines: fines.as_ref().ok().copied(),
                obstacle: fines.as_ref().err().map(|why| obstacle(why, tier, &text)),
            }
        });
        let view = LawOfDay {
            on,
            version: shown,
            provision: part.map_or(format!("{}/{key}", version.id), |part| format!("{}/{key}/{part}", version.id)),
            label: part.map_or(label, |part| label_of(&format!("{key}/{part}"))),
            tiers: views.collect(),
            text,
        };
        Ok(Article { view, version: version.id.clone(), key: key.to_string(), part: part.map(str::to_string), tiers })
    }

    /// The article as it stood on the day of the act, if the text was another one.
    fn law_of_act(
        &self,
        place: usize,
        decision: &Article,
        day: Date,
        bases: &Bases,
        warnings: &mut Vec<String>,
    ) -> Result<Option<Article>, AppError> {
        let group = &self.links.groups[place];
        let version = group.versions.iter().find(|version| version.interval.status(day) == ValidityStatus::InForce);
        let Some(version) = version else {
            warnings.push(format!(
                "库中没有行为时（{day}）施行的文本，不能比较；{RULE}要求适用行为时的规定，除非新的规定较轻"
            ));
            return Ok(None);
        };
        if version.id == decision.version {
            return Ok(None);
        }
        match self.counterparts(&version.id, decision)?.as_slice() {
            [key] => {
                let part = self.part_then(&version.id, key, decision)?;
                let key = part.map_or(key.clone(), |part| format!("{key}/{part}"));
                Ok(Some(self.law_of(place, &key, day, bases)?))
            }
            keys => {
                let found = if keys.is_empty() { "没有找到" } else { "有几条" };
                warnings.push(format!(
                    "行为时（{day}）的文本中{found}与{}对应的条文，不能比较；请对照两个文本",
                    decision.view.label
                ));
                Ok(None)
            }
        }
    }

    /// The articles of another version that became the one of the day of the decision.
    fn counterparts(&self, version: &str, decision: &Article) -> Result<Vec<String>, AppError> {
        if version == decision.version {
            return Ok(vec![decision.key.clone()]);
        }
        Ok(self.fates(version, &decision.version)?.sources(&decision.key))
    }

    /// The article in every version, under whatever number it then had: version and key.
    fn meant(&self, place: usize, decision: &Article) -> Result<Meant, AppError> {
        let mut meant = Meant::new();
        for version in &self.links.groups[place].versions {
            for key in self.counterparts(&version.id, decision)? {
                let part = self.part_then(&version.id, &key, decision)?;
                meant.insert((version.id.clone(), key), part);
            }
        }
        Ok(meant)
    }

    /// The 款 or 项 asked about in the article of another version, by its key below that: the one of the same words.
    fn part_then(&self, version: &str, key: &str, decision: &Article) -> Result<Option<String>, AppError> {
        match &decision.part {
            Some(part) if version != decision.version => {
                let to = format!("{}/{part}", decision.key);
                Ok(self.fates(version, &decision.version)?.part_before(key, &to))
            }
            part => Ok(part.clone()),
        }
    }

    /// The fines of the cases that applied the article.
    fn compared(
        &self,
        place: usize,
        decision: &Article,
        is_meant: &dyn Fn(Option<&str>, &[String]) -> bool,
        asked: &PenaltyRequest,
    ) -> Compared {
        let mut cases: BTreeSet<usize> = BTreeSet::new();
        for link in self.links.incoming(place) {
            let citing = &self.links.groups[link.group];
            let cite = &citing.versions[link.version].cites[link.cite];
            let resolution = &link.resolution;
            if citing.head.kind == Kind::Case
                && cite.role == Role::Basis
                && is_meant(resolution.version.as_deref(), &resolution.places)
                && asked.admits(&citing.head)
                && asked.case.as_ref() != Some(&citing.head.id)
            {
                cases.insert(link.group);
            }
        }
        self.summed(cases, asked, decision)
    }

    fn summed(&self, cases: BTreeSet<usize>, asked: &PenaltyRequest, decision: &Article) -> Compared {
        let fine = |case: &usize| self.links.groups[*case].head.case.as_ref()?.fines_fen;
        let fined: Vec<(usize, u64)> = cases.iter().filter_map(|case| Some((*case, fine(case)?))).collect();
        let count = |order: std::cmp::Ordering| {
            asked.amount.map_or(0, |fen| fined.iter().filter(|(_, own)| own.cmp(&fen) == order).count() as u64)
        };
        let mut nearest = fined.clone();
        let decided = |case: usize| self.links.groups[case].versions.first().and_then(|version| version.dated);
        nearest.sort_by_key(|(case, own)| {
            (asked.amount.map_or(0, |fen| own.abs_diff(fen)), std::cmp::Reverse(decided(*case)), *case)
        });
        let near = |(case, own): &(usize, u64)| NearCase {
            instrument: search::instrument(&self.links.groups[*case].head),
            decided_on: decided(*case),
            fines_fen: *own,
        };
        Compared {
            article: label_of(&decision.key),
            cases: cases.len() as u64,
            fined: fined.len() as u64,
            fines: spread(fines_of(cases.iter().map(|case| &self.links.groups[*case].head))),
            lower: count(std::cmp::Ordering::Less),
            equal: count(std::cmp::Ordering::Equal),
            higher: count(std::cmp::Ordering::Greater),
            nearest: nearest.iter().take(NEAREST).map(near).collect(),
        }
    }
}

impl PenaltyRequest {
    /// Whether a case is compared.
    fn admits(&self, head: &crate::index::GroupHead) -> bool {
        let region = |stem: &String| head.region.as_ref().is_some_and(|code| code.starts_with(stem.as_str()));
        // A sum that falls on a firm and on its people is that of neither.
        let party = |kind: PartyKind| {
            head.case.as_ref().is_some_and(|case| {
                case.parties.contains(&kind)
                    && case.parties.iter().all(|own| *own == kind || *own == PartyKind::Unknown)
            })
        };
        self.region.as_ref().is_none_or(region) && self.party.is_none_or(party)
    }

    fn addressee(&self) -> Option<Addressee> {
        match self.party? {
            PartyKind::Organisation => Some(Addressee::Organisation),
            PartyKind::Individual => Some(Addressee::Individual),
            PartyKind::IndividualBusiness | PartyKind::Unknown => None,
        }
    }
}

/// Whether a place of a version is what is asked about, or holds it or lies in it; of an article whose parts cannot be told
/// apart, any.
fn names(meant: &Meant, version: &str, place: &str) -> bool {
    let (article, own) = place.split_once('/').map_or((place, None), |(article, part)| (article, Some(part)));
    let Some(part) = meant.get(&(version.to_string(), article.to_string())) else { return false };
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match (part, own) {
        (Some(part), Some(own)) => within(own, part) || within(part, own),
        _ => true,
    }
}

/// That the text chosen by a day may not have been the one in force on it, in Chinese.
fn doubt(law: &Article) -> Option<String> {
    let why = law.view.version.assumed.as_deref()?;
    Some(format!("{}（{}的文本）：{why}", law.view.label, law.view.on))
}
