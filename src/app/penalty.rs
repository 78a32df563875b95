//! The journey of whoever decides on a penalty: what the law of the day of the act and that of the day of the decision allow,
//! which is the lighter, and what was imposed in earlier cases.

use super::citations::{Graph, label_of, version_view};
use super::error::{AppError, ErrorCode};
use super::faju::Found;
use super::precedents::{fines_of, spread, yuan};
use super::search;
use super::view::penalty::{Compared, LawOfDay, LighterView, NearCase, PenaltyPage, Proposed, TierView};
use crate::citation::{Role, typed};
use crate::law::amount::{Amount, BaseKind};
use crate::law::case_fields::{Listed, PartyKind};
use crate::law::penalty::{Fits, Lighter, Weighed, fits, own_tiers, ranges, weighed};
use crate::law::sanction::{Addressee, Bases, Obstacle, PenaltyKind, Sanction, sanctions};
use crate::law::{Kind, ValidityStatus};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// Cases that are named.
const NEAREST: usize = 10;
/// The rule by which the law is chosen, as it is told.
const RULE: &str = "《中华人民共和国行政处罚法》（2021年修订）第三十七条";

/// What is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PenaltyRequest {
    /// The article: an id, or a citation as people type it.
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
    tiers: Vec<Sanction>,
}

impl Graph<'_> {
    /// What law and cases say of a penalty; the day asked is that of the decision.
    pub fn penalty(&self, asked: &PenaltyRequest) -> Result<PenaltyPage, AppError> {
        let (place, key) = self.article(&asked.article)?;
        let on = self.reader.as_of;
        let mut warnings = Vec::new();
        let decision = self.law_of(place, &key, on, &asked.bases)?;
        let act = match asked.act_on {
            Some(day) => self.law_of_act(place, &decision, day, &asked.bases, &mut warnings)?,
            None => None,
        };
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
            let article = |place: &String| place.split('/').next().unwrap_or(place).to_string();
            version.is_some_and(|version| {
                places.iter().any(|place| meant.contains(&(version.to_string(), article(place))))
            })
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

    /// The instrument and the key of the article that is asked about, on the day of the decision.
    fn article(&self, text: &str) -> Result<(usize, String), AppError> {
        let wrong = |message: String| AppError::parameter(ErrorCode::InvalidParameter, "article", message);
        let text = text.trim();
        if let Some((head, key)) = text.split_once('/')
            && let Some(place) = self.links.place(head.split('@').next().unwrap_or(head))
        {
            return Ok((place, key.split('/').next().unwrap_or(key).to_string()));
        }
        let answer = typed::read(text)
            .and_then(|typed| typed::look_up(&typed, &self.links.names, self.reader.as_of, self.asker().access));
        let target = answer.filter(|answer| answer.is_one()).and_then(|answer| answer.targets.into_iter().next());
        let target =
            target.ok_or_else(|| wrong(format!("“{text}”不是库中一条规定的编号或引用，例如 食品安全法124条")))?;
        match (target.reason, target.provision, self.links.place(&target.instrument)) {
            (None, Some(key), Some(place)) => Ok((place, key.split('/').next().unwrap_or(&key).to_string())),
            (Some(reason), ..) => Err(wrong(format!("《{}》{}：{}", target.title, target.label, reason.chinese()))),
            _ => Err(wrong(format!("请写明条：《{}》第几条", target.title))),
        }
    }

    /// An article of the text that was in force on a day.
    fn law_of(&self, place: usize, key: &str, on: Date, bases: &Bases) -> Result<Article, AppError> {
        let group = &self.links.groups[place];
        let version = group.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::InForce);
        let version = version
            .or_else(|| group.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::Unknown));
        let Some(version) = version else {
            let message = format!("库中没有《{}》在 {on} 施行的文本", group.head.title);
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "as_of", message));
        };
        let (label, text) = self.reader.provision_text(&version.id, key)?;
        let tiers = sanctions(&text);
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
            provision: format!("{}/{key}", version.id),
            label,
            tiers: views.collect(),
            text,
        };
        Ok(Article { view, version: version.id.clone(), key: key.to_string(), tiers })
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
            [key] => Ok(Some(self.law_of(place, key, day, bases)?)),
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
    fn meant(&self, place: usize, decision: &Article) -> Result<BTreeSet<(String, String)>, AppError> {
        let mut meant = BTreeSet::new();
        for version in &self.links.groups[place].versions {
            let keys = self.counterparts(&version.id, decision)?;
            meant.extend(keys.into_iter().map(|key| (version.id.clone(), key)));
        }
        Ok(meant)
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

fn proposed(fen: u64, law: &Article, asked: &PenaltyRequest) -> Proposed {
    let addressee = asked.addressee();
    let (outcome, tiers) = fits(&law.tiers, &ranges(&law.tiers, &asked.bases), fen, addressee);
    let own = own_tiers(&law.tiers, addressee);
    let (sum, label, on) = (yuan(fen), &law.view.label, law.view.on);
    let whose = match asked.party {
        Some(kind) if own.contains(&false) => format!("（只看处罚{}的档次）", kind.chinese()),
        _ => String::new(),
    };
    let message = match outcome {
        Fits::Within => {
            let mut words: Vec<String> = tiers.iter().map(|at| format!("“{}”", law.view.tiers[*at].words)).collect();
            words.dedup();
            format!(
                "罚款{sum}在{label}（{on}的文本）的法定幅度之内{whose}：{}{}",
                words.join("，"),
                mixed(law, &tiers, asked)
            )
        }
        Fits::Outside => format!("罚款{sum}超出{label}（{on}的文本）各档的法定幅度{whose}"),
        Fits::Untold => {
            let views = law.view.tiers.iter().zip(&own).filter(|(_, own)| **own);
            let mut why: Vec<&str> = views.filter_map(|(tier, _)| tier.obstacle.as_deref()).collect();
            why.dedup();
            format!("罚款{sum}不在已能算出的幅度之内，其余各档不能判断{whose}：{}", why.join("；"))
        }
        Fits::NoFine => format!("{label}（{on}的文本）没有规定罚款{whose}"),
    };
    Proposed { amount_fen: fen, fits: outcome, tiers, message }
}

/// What is said where a fine is that of some addressees alone, and who is punished is not said.
fn mixed(law: &Article, tiers: &[usize], asked: &PenaltyRequest) -> String {
    let whom = |tier: &Sanction| match tier.addressee {
        Addressee::Organisation => Some("单位"),
        Addressee::Individual => Some("个人"),
        Addressee::ResponsiblePerson => Some("直接责任人员"),
        Addressee::Any => None,
    };
    let fines = |tier: &&Sanction| tier.penalties.iter().any(|penalty| penalty.kind == PenaltyKind::Fine);
    let all: BTreeSet<Option<&str>> = law.tiers.iter().filter(fines).map(whom).collect();
    let own: BTreeSet<Option<&str>> = tiers.iter().filter_map(|at| law.tiers.get(*at)).map(whom).collect();
    let told: Vec<&str> = own.iter().copied().flatten().collect();
    if asked.party.is_some() || all.len() < 2 || own == all || told.is_empty() || own.contains(&None) {
        return String::new();
    }
    format!("；这是处罚{}的档次，处罚对象（party）没有写明，处罚其他对象的不能适用", told.join("、"))
}

/// A fine beside both texts, where it cannot be told which of them applies. Places of tiers are those of the day of the decision.
fn proposed_for_both(fen: u64, act: &Article, decision: &Article, asked: &PenaltyRequest) -> Proposed {
    let (of_act, of_decision) = (proposed(fen, act, asked), proposed(fen, decision, asked));
    let fits = if of_act.fits == of_decision.fits { of_act.fits } else { Fits::Untold };
    let message = format!(
        "不能确定适用哪一个文本，对照两个文本：行为时，{}；作出决定时，{}",
        of_act.message, of_decision.message
    );
    Proposed { fits, message, ..of_decision }
}

/// The words of an article outside its sums, without its number and signs: what must be fulfilled, and what excepts from it.
fn elements(law: &Article) -> String {
    let text = &law.view.text;
    let sums = law.tiers.iter().flat_map(|tier| &tier.penalties).flat_map(|penalty| &penalty.amounts);
    let mut spans: Vec<std::ops::Range<usize>> = sums.map(|found| found.span.clone()).collect();
    spans.sort_by_key(|span| span.start);
    let (mut words, mut from) = (String::new(), 0);
    for span in spans.into_iter().chain(std::iter::once(text.len()..text.len())) {
        words.push_str(text.get(from..span.start).unwrap_or_default());
        from = from.max(span.end);
    }
    let bare = words.trim_start().strip_prefix(law.view.label.as_str()).unwrap_or(&words);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn lighter(weighed: &Weighed, changed: bool) -> LighterView {
    let mut message = match weighed.lighter {
        Lighter::Act => format!("行为时的规定处罚较轻，适用行为时的规定（{RULE}）"),
        Lighter::Decision => format!("作出决定时的规定处罚较轻，适用新的规定（{RULE}）"),
        Lighter::Same if changed => {
            format!(
                "两个文本处罚的幅度相同，但幅度以外的文字（构成要件、例外）有变动：请对照两个文本，看哪一个对当事人较轻（{RULE}）"
            )
        }
        Lighter::Same => format!("两个文本处罚相同，适用行为时的规定（{RULE}）"),
        Lighter::ByTier => "各档轻重不一：请按所适用的档次比较".to_string(),
        Lighter::Untold if !weighed.complete => "两个文本的档次不能逐一对应，不能由程序比较；请人工比较".to_string(),
        Lighter::Untold => "幅度不能算出（倍数的基数不详等），不能由程序比较；请写明基数或人工比较".to_string(),
    };
    if changed && matches!(weighed.lighter, Lighter::Act | Lighter::Decision) {
        message.push_str("；幅度以外的文字（构成要件、例外）也有变动，请一并对照");
    }
    LighterView { lighter: weighed.lighter, message }
}

/// The amounts of a tier with what they are counted per or taken of: 每平方米100元以上1000元以下, 上一年度销售额百分之一以上.
fn amounts(tier: &Sanction, text: &str, beside: impl Fn(&Amount) -> Option<&Range<usize>>) -> String {
    let amounts = tier.penalties.iter().flat_map(|penalty| &penalty.amounts);
    let words = amounts.filter_map(|found| {
        let span = beside(&found.amount)?;
        text.get(span.start.min(found.span.start)..span.end.max(found.span.end))
    });
    words.collect::<Vec<&str>>().join("、")
}

/// Why the fine of a tier cannot be told, in Chinese.
fn obstacle(obstacle: &Obstacle, tier: &Sanction, text: &str) -> String {
    match obstacle {
        Obstacle::NotMet => "所给的货值金额或者违法所得不属于这一档".to_string(),
        Obstacle::NoFine => "没有罚款".to_string(),
        Obstacle::NoAmount => "没有载明数额".to_string(),
        Obstacle::BaseMissing(BaseKind::IllegalGains) => "须写明违法所得（illegal_gains）".to_string(),
        Obstacle::BaseMissing(BaseKind::GoodsValue) => "须写明货值金额（goods_value）".to_string(),
        Obstacle::BaseMissing(BaseKind::FineAmount) => "按另一档罚款数额的倍数计算，请先确定那一档的数额".to_string(),
        Obstacle::BaseMissing(_) => {
            let told = amounts(tier, text, |amount| amount.base.as_ref().map(|base| &base.span));
            format!("罚款按倍数或者比例计算（{told}），须先确定基数")
        }
        Obstacle::BaseUnnamed => "没有载明倍数的基数".to_string(),
        Obstacle::PerUnit(_) => {
            let told = amounts(tier, text, |amount| amount.per.as_ref().map(|per| &per.span));
            format!("罚款按单位计算（{told}），须先确定数量")
        }
        Obstacle::SeveralFloors => "不足最低数额时按几种数额之一计算，适用哪一种取决于行为，请核对条文".to_string(),
        Obstacle::TooLarge => "数额过大".to_string(),
    }
}
