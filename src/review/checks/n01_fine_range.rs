//! N01 罚款幅度超出上位法：同一行为的罚款数额越出上位法的幅度。
//!
//! # 检查什么
//!
//! 写明依照某条处罚的，与该条的罚则比较。没有写明的，按行为检索上位法的罚则，行为相同、对象相同、档次相同的逐档比较：上限高于、下限低于上位法的报出；只写上限而上位法有下限的，也报。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第十一条
//! - 《中华人民共和国行政处罚法》第十二条
//! - 《中华人民共和国行政处罚法》第十三条
//! - 《中华人民共和国行政处罚法》第十四条
//!
//! # 应报
//!
//! - `未根据林业主管部门制定的计划使用林木良种的，责令限期改正；逾期未改正的，处五万元以上十万元以下罚款。`
//! - `转让、伪造或者变造检疫证明、检疫标志或者畜禽标识的，没收违法所得，处三千元以上三万元以下罚款。`
//! - `未取得建设工程规划许可证进行建设的，依照《中华人民共和国城乡规划法》第六十四条，处建设工程造价百分之五以上百分之二十以下的罚款。`
//!
//! # 不应报
//!
//! - `由县城市管理部门依照《城市市容和环境卫生管理条例》第三十四条的规定处罚。`
//! - `转让、伪造或者变造检疫证明、检疫标志或者畜禽标识的，没收违法所得，处五千元以上五万元以下罚款。`
//!
//! # 例外
//!
//! - 行为只是相近的，只提示核对。
//! - 上位法没有载明数额的，不比较。

use super::Check;
use crate::law::sanction::{Bases, FineRange, Sanction, legal_range};
use crate::review::aligned::{self, Clause, Like, SAME_ACT};
use crate::review::beyond::{Beside, Beyond, beside_cited};
use crate::review::desk::Desk;
use crate::review::draft::Draft;
use crate::review::finding::{Confidence, Found, Severity};
use crate::review::question::Question;

/// The check.
pub static CHECK: Check = Check {
    code: "N01",
    name: "罚款幅度超出上位法",
    severity: Severity::High,
    basis: aligned::BASIS,
    manual: include_str!("n01_fine_range.rs"),
    questions: |draft, settings| aligned::questions(draft, settings).into_iter().chain([Question::Citations]).collect(),
    judge,
};

/// From here on two acts are said to be the same, where the draft cites the superior text: 发生较大事故的 stands in many.
const CERTAIN_ACT: f64 = 0.8;
const SUGGESTION: &str = "在上位法规定的行为、种类和幅度内规定。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for clause in aligned::clauses(desk.draft) {
        if !desk.budget.spend(clause.act.len()) {
            break;
        }
        match beside_cited(&clause, desk.answers.citations()) {
            Beside::Beyond(beyond) => {
                found.push(beyond_cited(&clause, beyond));
                continue;
            }
            // What the very article allows no other one forbids.
            Beside::Within => continue,
            Beside::Nothing => {}
        }
        let Ok(own) = legal_range(&clause.tier, &Bases::default()) else { continue };
        let mut alike = aligned::alike(&clause, desk.answers);
        alike.retain(|like| clause.may_rest_on(&like.evidence.title) && !is_left_to_provinces(&clause, like));
        let ranges: Vec<(&Like, FineRange)> =
            alike.iter().filter_map(|like| Some((like, legal_range(&like.tier, &Bases::default()).ok()?))).collect();
        // Within any tier on the same act there is nothing to say.
        if ranges.iter().any(|(_, range)| is_within(own, *range)) {
            continue;
        }
        if let Some((like, range)) = ranges.first() {
            let one = deviates(desk.draft, &clause, like, (own, *range));
            let is_said = |said: &Found| said.span == one.span && said.message == one.message;
            if !found.iter().any(is_said) {
                found.push(one);
            }
        }
    }
    found
}

fn beyond_cited(clause: &Clause, Beyond { evidence, how }: Beyond) -> Found {
    let (words, title, article) = (clause.words(), &evidence.title, &evidence.article);
    Found {
        span: clause.span.clone(),
        severity: None,
        confidence: Confidence::High,
        certain: false,
        message: format!("“{words}”的{how}所引《{title}》{article}规定的罚款，请核对。"),
        suggestion: SUGGESTION,
        evidence: vec![evidence],
    }
}

/// 食品生产加工小作坊和食品摊贩等的违法行为的处罚 is left to the provinces: 食品安全法（2021年修正）第一百二十七条.
fn is_left_to_provinces(clause: &Clause, like: &Like) -> bool {
    let small = ["小作坊", "摊贩", "小餐饮", "小食杂"];
    like.evidence.title.ends_with("食品安全法") && small.iter().any(|word| clause.is_about(word))
}

fn is_within(own: FineRange, superior: FineRange) -> bool {
    let max_is_within = superior.max_fen.is_none_or(|max| own.max_fen.is_some_and(|own| own <= max));
    own.min_fen >= superior.min_fen && max_is_within
}

fn deviates(draft: &Draft, clause: &Clause, like: &Like, (own, superior): (FineRange, FineRange)) -> Found {
    let above = match (own.max_fen, superior.max_fen) {
        (Some(own), Some(max)) => own > max,
        (None, Some(_)) => true,
        _ => false,
    };
    let how = match (above, own.min_fen < superior.min_fen) {
        (true, true) => "上限高于、下限低于",
        (true, false) => "上限高于",
        _ => "下限低于",
    };
    let (title, article) = (&like.evidence.title, &like.evidence.article);
    let (words, superior) = (clause.words(), like.words());
    let covers = |tier: &Sanction| legal_range(tier, &Bases::default()).is_ok_and(|range| is_within(own, range));
    let certain = like.likeness >= CERTAIN_ACT
        && draft.text.contains(title.trim_start_matches("中华人民共和国"))
        && clause.is_surely(like, covers);
    let message = match certain {
        true => format!("“{words}”的{how}上位法《{title}》{article}对同一行为规定的“{superior}”。"),
        false => format!(
            "涉嫌：“{words}”的{how}上位法《{title}》{article}对相近行为规定的“{superior}”，请核对是否同一行为。"
        ),
    };
    Found {
        span: clause.span.clone(),
        severity: None,
        confidence: if like.likeness >= SAME_ACT { Confidence::High } else { Confidence::Low },
        certain,
        message,
        suggestion: SUGGESTION,
        evidence: vec![like.evidence.clone()],
    }
}
