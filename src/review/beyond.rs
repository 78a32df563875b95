//! A penalty beside the very article by which it says it is imposed (依照《…》第六十四条，处…罚款): no likeness need be weighed.

use super::aligned::Clause;
use super::cited::{Cited, Target};
use super::finding::Evidence;
use crate::law::amount::{Amount, BaseKind, Measure, PerUnit};
use crate::law::sanction::{Addressee, PenaltyKind, Sanction, sanctions};
use std::ops::Range;

/// A fine that the article it rests on does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// The article.
    pub evidence: Evidence,
    /// 上限高于, 下限低于.
    pub how: &'static str,
}

/// How a tier stands beside the articles by which it says it is imposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// It goes beyond them.
    Beyond(Beyond),
    /// They set fines of the same kind, and allow all of its own.
    Within,
    /// It cites none, or none that can be compared with it.
    Nothing,
}

/// What amounts must share to be compared: what they count, of which base, per what.
type Kind = (Measure, Option<BaseKind>, Option<PerUnit>);

fn kind(amount: &Amount) -> Kind {
    (amount.measure, amount.base.as_ref().map(|base| base.kind), amount.per.as_ref().map(|per| per.unit))
}

/// How a tier goes beyond the articles that its sentence, or the lead of its list, cites before its fine. Nothing is said where one
/// of them is not held, where another kind of amount is set, or where an article leaves an end open.
pub fn beside_cited(clause: &Clause, citations: &[Cited]) -> Beside {
    let amounts = clause.tier.penalties.iter().flat_map(|one| &one.amounts);
    let cited = amounts.map(|found| found.span.start).min().and_then(|place| rests_on(clause, place, citations));
    cited.map_or(Beside::Nothing, |cited| compared(clause, cited))
}

fn compared(clause: &Clause, cited: Vec<&Evidence>) -> Beside {
    let own: Vec<&Amount> = fines(&clause.tier).collect();
    let tiers: Vec<(&Evidence, Sanction)> =
        cited.into_iter().flat_map(|one| sanctions(&one.text).into_iter().map(move |tier| (one, tier))).collect();
    let of_same = |tier: &Sanction| tier.addressee == clause.tier.addressee;
    let apart = clause.tier.addressee != Addressee::Any && tiers.iter().any(|(_, tier)| of_same(tier));
    let meant: Vec<(&Evidence, &Amount)> = tiers
        .iter()
        .filter(|(_, tier)| !apart || of_same(tier))
        .flat_map(|(evidence, tier)| fines(tier).map(|amount| (*evidence, amount)))
        .collect();
    let mut within = !own.is_empty();
    for amount in own {
        let same = || meant.iter().filter(|(_, other)| kind(other) == kind(amount)).map(|(_, other)| *other);
        let Some((evidence, _)) = meant.iter().find(|(_, other)| kind(other) == kind(amount)) else {
            within = false;
            continue;
        };
        let evidence = (*evidence).clone();
        if same().any(|other| other.cap.is_some()) {
            within = false;
            continue;
        }
        let highest = same().map(|other| other.hi.map(|bound| bound.value)).collect::<Option<Vec<u64>>>();
        let highest = highest.and_then(|all| all.into_iter().max());
        if amount.hi.zip(highest).is_some_and(|(hi, highest)| hi.value > highest) {
            return Beside::Beyond(Beyond { evidence, how: "上限高于" });
        }
        let lowest = same().map(|other| other.lo.map(|bound| bound.value)).collect::<Option<Vec<u64>>>();
        let lowest = lowest.and_then(|all| all.into_iter().min());
        let own_lowest = amount.lo.map_or(0, |bound| bound.value);
        if lowest.is_some_and(|lowest| own_lowest < lowest) {
            return Beside::Beyond(Beyond { evidence, how: "下限低于" });
        }
    }
    if within { Beside::Within } else { Beside::Nothing }
}

/// Whether the articles by which a tier says it is imposed name every kind of penalty that it has.
pub fn names_all_kinds(clause: &Clause, citations: &[Cited]) -> bool {
    let place = clause.tier.penalties.iter().map(|penalty| penalty.span.start).min();
    let Some(cited) = place.and_then(|place| rests_on(clause, place, citations)) else { return false };
    let names = |kind: PenaltyKind| cited.iter().any(|one| one.text.contains(kind.chinese()));
    clause.tier.penalties.iter().all(|penalty| names(penalty.kind))
}

fn fines(tier: &Sanction) -> impl Iterator<Item = &Amount> {
    let of_money = tier.penalties.iter().filter(|penalty| penalty.kind == PenaltyKind::Fine);
    of_money.flat_map(|penalty| penalty.amounts.iter().map(|found| &found.amount))
}

/// The articles cited before a place of the provision in the same sentence; before the items of a list in its lead too. `None` if
/// there are none, or if one of them cannot be shown.
fn rests_on<'a>(clause: &Clause, place: usize, citations: &'a [Cited]) -> Option<Vec<&'a Evidence>> {
    let begins = clause.span.start.checked_sub(clause.tier.span.start)?;
    let before = clause.text().get(..place)?;
    let sentence = if clause.tier.item.is_some() { 0 } else { before.rfind(['。', '\n']).unwrap_or(0) };
    let within: Range<usize> = begins + sentence..begins + place;
    let cited = citations.iter().filter(|one| within.start <= one.span.start && one.span.end <= within.end);
    let mut articles = Vec::new();
    let mut is_by = false;
    for one in cited {
        is_by |= before.get(..one.span.start - begins).is_some_and(is_basis);
        match &one.target {
            Target::Own(_) => {}
            Target::Held(held) if !held.places.is_empty() && held.places.iter().all(|place| !place.older_draft) => {
                articles.extend(held.places.iter().map(|place| &place.now));
            }
            _ => return None,
        }
    }
    (is_by && !articles.is_empty()).then_some(articles)
}

fn is_basis(before: &str) -> bool {
    ["依照", "按照", "依据", "根据", "适用"].iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::aligned::clauses;
    use super::super::cited::{Held, PlaceCited};
    use super::super::draft::{Draft, Given};
    use super::*;
    use crate::citation::Role;

    const LAW: &str = "违反本条例规定，在渡口吸烟的，处警告或者五百元以下罚款；单位有前款行为的，处五千元以上二万元以下罚款。\
                       擅自架设浮桥的，处工程造价百分之五以上百分之十以下的罚款。";

    /// How the fines of a draft go beyond the article that it cites.
    fn told(text: &str) -> Vec<&'static str> {
        let draft = Draft::read(text, &Given::default());
        let at = text.find("《渡口条例》第九条").expect("the citation");
        let now = Evidence {
            title: "渡口条例".to_string(),
            version: "2020-01-01".to_string(),
            article: "第九条".to_string(),
            text: LAW.to_string(),
        };
        let place = PlaceCited { label: "第九条".to_string(), now, before: None, older_draft: false, nearest: None };
        let held = Held {
            title: "渡口条例".to_string(),
            status: None,
            begins: None,
            ended: None,
            noted: None,
            number: None,
            places: vec![place],
            missing: None,
        };
        let span = at..at + "《渡口条例》第九条".len();
        let cited = [Cited { span, role: Role::Basis, target: Target::Held(Box::new(held)) }];
        let how = |clause: &Clause| match beside_cited(clause, &cited) {
            Beside::Beyond(beyond) => Some(beyond.how),
            Beside::Within | Beside::Nothing => None,
        };
        clauses(&draft).iter().filter_map(how).collect()
    }

    #[test]
    fn a_fine_is_held_against_the_article_cited() {
        for (text, found) in [
            ("第一条　在渡口候船室内吸烟的，依照《渡口条例》第九条，处二千元罚款。", vec![]),
            ("第一条　个人在渡口候船室内吸烟的，依照《渡口条例》第九条，处三万元罚款。", vec!["上限高于"]),
            (
                "第一条　擅自架设浮桥妨碍通行的，依照《渡口条例》第九条，处工程造价百分之五以上百分之二十以下的罚款。",
                vec!["上限高于"],
            ),
            (
                "第一条　擅自架设浮桥妨碍通行的，依照《渡口条例》第九条，处工程造价百分之二以上百分之十以下的罚款。",
                vec!["下限低于"],
            ),
            (
                "第一条　擅自架设浮桥妨碍通行的，依照《渡口条例》第九条，处工程造价百分之五以上百分之十以下的罚款。",
                vec![],
            ),
            ("第一条　渡口管理依照《渡口条例》第九条执行。擅自抢占候船位置的，处三万元罚款。", vec![]),
        ] {
            assert_eq!(told(text), found, "{text}");
        }
    }
}
