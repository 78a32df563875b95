//! What is said of a penalty, in Chinese.

use super::{Article, PenaltyRequest, RULE};
use crate::app::precedents::yuan;
use crate::app::view::penalty::{LighterView, Proposed};
use crate::law::amount::{Amount, BaseKind};
use crate::law::case_fields::Listed;
use crate::law::penalty::{Fits, Lighter, Weighed, fits, own_tiers, ranges};
use crate::law::sanction::{Addressee, Obstacle, PenaltyKind, Sanction};
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) fn proposed(fen: u64, law: &Article, asked: &PenaltyRequest) -> Proposed {
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
pub(super) fn proposed_for_both(fen: u64, act: &Article, decision: &Article, asked: &PenaltyRequest) -> Proposed {
    let (of_act, of_decision) = (proposed(fen, act, asked), proposed(fen, decision, asked));
    let fits = if of_act.fits == of_decision.fits { of_act.fits } else { Fits::Untold };
    let message = format!(
        "不能确定适用哪一个文本，对照两个文本：行为时，{}；作出决定时，{}",
        of_act.message, of_decision.message
    );
    Proposed { fits, message, ..of_decision }
}

/// The words of an article outside its sums, without its number and signs: what must be fulfilled, and what excepts from it.
pub(super) fn elements(law: &Article) -> String {
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

pub(super) fn lighter(weighed: &Weighed, changed: bool) -> LighterView {
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
pub(super) fn obstacle(obstacle: &Obstacle, tier: &Sanction, text: &str) -> String {
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
