//! P01 没有处罚依据：没有写明处罚依据，只写违反的规定，或者所引规定没有处罚。
//!
//! # 检查什么
//!
//! 作出处罚而没有写“依据《…》第…条”的决定；只写“违反《…》”的；只引用行政处罚法而没有引用规定该处罚的法律、法规、规章的；所引条文都没有规定处罚的。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第四条
//! - 《中华人民共和国行政处罚法》第三十八条
//! - 《中华人民共和国行政处罚法》第五十九条
//! - 《中华人民共和国行政处罚法》（2017年修正）
//!
//! # 应报
//!
//! - 依据：`当事人的行为违反了《云桥渡口管理条例》第五条的规定，`
//! - 依据：`当事人的行为违反了《云桥渡口管理条例》第五条的规定。依据《中华人民共和国行政处罚法》第二十八条第一款的规定，`
//! - 依据：`当事人的行为违反了《云桥渡口管理条例》第五条的规定。依据《云桥渡口管理条例》第五条的规定，`
//!
//! # 不应报
//!
//! - 依据：`当事人的行为违反了《云桥渡口管理条例》第五条的规定。依据《云桥渡口管理条例》第二十条的规定，`
//! - 依据：`根据《云桥渡口管理条例》第二十条第一款、《中华人民共和国行政处罚法》第三十二条的规定，`
//!
//! # 例外
//!
//! - 公示表中的一行、案例摘要不载依据，不报。
//! - 有的规定未入库或者未能确定的，不判断“没有规定处罚”。

use super::answers::{Purpose, is_whole};
use super::era::Rule;
use super::penal::punishes;
use super::{DecisionCheck, Desk, OLD_PENALTY_LAW, PENALTY_LAW, likely, questions, shown};
use crate::review::finding::{Basis, Confidence, Found, Severity};

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P01",
    name: "没有处罚依据",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("p01_basis.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第四条" },
    Basis::Provision { title: PENALTY_LAW, place: "第三十八条" },
    Basis::Provision { title: PENALTY_LAW, place: "第五十九条" },
    OLD_PENALTY_LAW,
];

const SUGGESTION: &str = "写明规定该项处罚的法律、法规、规章的名称和条、款、项。";

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    let decision = desk.decision;
    if !is_whole(decision) {
        return Vec::new();
    }
    let asked = questions(decision);
    let of = |purpose, procedural| asked.iter().any(|one| one.purpose == purpose && one.procedural == procedural);
    let cite = decision.era.cite(Rule::Grounds);
    let fields = &decision.record.fields;
    // What the reader takes for a basis though it names no law is left to people.
    let told = of(Purpose::Basis, false) || !fields.basis.is_empty() && !of(Purpose::Basis, true);
    if !told {
        let what = match (of(Purpose::Basis, true), of(Purpose::Violated, false)) {
            (true, _) => "只引用了行政处罚法等程序规定，没有引用规定该项处罚的法律、法规、规章",
            (false, true) => "只写明违反的规定，没有写明处罚依据",
            (false, false) => "没有写明处罚依据",
        };
        let message = format!("涉嫌：决定{what}；没有依据的处罚无效（{cite}），请核对。");
        return vec![Found { confidence: Confidence::High, ..likely(decision.ordered(), message, SUGGESTION) }];
    }
    let basis: Vec<_> = desk.answers.of(Purpose::Basis).collect();
    let found = || basis.iter().filter_map(|(_, law)| law.held()?.found());
    if !desk.is_all_known() || found().any(|evidence| punishes(&evidence.text)) {
        return Vec::new();
    }
    let places: Vec<String> = found().map(|one| format!("《{}》{}", one.title, one.article)).collect();
    let message = format!("涉嫌：所引的{}没有规定处罚，不能作为处罚依据（{cite}），请核对。", places.join("、"));
    let span = basis.first().map_or_else(|| decision.ordered(), |(asked, _)| asked.span.clone());
    vec![shown(likely(span, message, SUGGESTION), found().cloned())]
}
