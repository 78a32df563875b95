//! Recognises rows of published tables of penalties whose columns have slipped (错列).
//!
//! Tables of decisions (行政处罚信息公开表) are read by position; where a notice has one column more or fewer than its
//! neighbours, every value stands under the wrong head. Nothing but the texts is needed to see it: a decision that is a date
//! or the name of an authority is none.

use crate::law::sanction;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The texts of one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct CaseColumns<'a> {
    /// 当事人.
    pub party: &'a str,
    /// 主要违法违规事实.
    pub facts: &'a str,
    /// 行政处罚依据.
    pub basis: &'a str,
    /// 行政处罚内容.
    pub decision: &'a str,
    /// 作出决定机关.
    pub authority: &'a str,
}

/// A sign that a value stands in the wrong column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// The decision is a date, perhaps behind the name of an authority.
    DecisionIsDate,
    /// The decision is the name of an authority.
    DecisionIsAuthority,
    /// The decision is the head of a column.
    DecisionIsHead,
    /// The decision cites a law and imposes nothing.
    DecisionIsBasis,
    /// The facts are a decision.
    FactsAreDecision,
    /// The facts cite a law and say nothing else.
    FactsAreBasis,
    /// The basis is a decision.
    BasisIsDecision,
    /// The authority is a date or a decision.
    AuthorityIsOther,
}

/// Every sign that the columns of a row have slipped; none if the row is in order. An empty field is no sign.
pub fn shifts(row: &CaseColumns<'_>) -> Vec<Shift> {
    let decision = row.decision.trim();
    let mut found = Vec::new();
    let mut note = |said: bool, shift: Shift| {
        if said {
            found.push(shift);
        }
    };
    // 不予处罚 is a decision too.
    let spares = ["不予", "免予", "免除", "减轻", "撤销", "维持", "终止"].iter().any(|word| decision.contains(word));
    let imposes = spares || !sanction::imposed(decision).is_empty();
    note(!imposes && ends_as_date(decision), Shift::DecisionIsDate);
    note(!imposes && is_authority(decision), Shift::DecisionIsAuthority);
    note(!imposes && is_head(decision), Shift::DecisionIsHead);
    note(!imposes && is_basis(decision), Shift::DecisionIsBasis);
    note(is_decision(row.facts), Shift::FactsAreDecision);
    note(is_basis(row.facts), Shift::FactsAreBasis);
    note(is_decision(row.basis), Shift::BasisIsDecision);
    note(ends_as_date(row.authority.trim()) || is_decision(row.authority), Shift::AuthorityIsOther);
    found
}

/// A date, alone or behind the name of an authority.
fn ends_as_date(text: &str) -> bool {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        let date = r"(?:[0-9]{4} *年 *[0-9]{1,2} *月 *[0-9]{1,2} *日|[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)";
        Regex::new(&format!(r"^[^，。；、]{{0,40}}?{date}$")).expect("a constant pattern")
    });
    DATE.is_match(text)
}

/// The name of an authority and nothing else.
fn is_authority(text: &str) -> bool {
    static AUTHORITY: LazyLock<Regex> = LazyLock::new(|| {
        let pattern =
            r"^[^，。；、对]{2,40}(?:监管局|监管分局|监管支局|管理局|管理总局|委员会|总局|分局|执法局|执法支队)$";
        Regex::new(pattern).expect("a constant pattern")
    });
    // 移送县监察委员会 is what was decided.
    let is_act = ["移送", "移交", "报送", "责成", "建议", "由", "向"].iter().any(|verb| text.starts_with(verb));
    AUTHORITY.is_match(text) && !is_act
}

/// The head of a column.
fn is_head(text: &str) -> bool {
    let heads = [
        "主要违法违规事实",
        "行政处罚依据",
        "行政处罚决定",
        "行政处罚内容",
        "作出处罚决定",
        "作出决定机关",
        "当事人名称",
        "处罚决定文号",
    ];
    let text: String = text.split_whitespace().collect();
    let rests = ["的", "书", "文号", "名称", "日期", "机关", "（", "(", "及", "和", "或", "：", ":"];
    let is = |head: &&str| {
        let rest = text.split_once(*head).filter(|(before, _)| before.chars().count() <= 2).map(|(_, rest)| rest);
        rest.is_some_and(|rest| rest.is_empty() || rests.iter().any(|word| rest.starts_with(word)))
    };
    text.chars().count() <= 24 && heads.iter().any(is)
}

/// A citation of laws and nothing else.
fn is_basis(text: &str) -> bool {
    static BASIS: LazyLock<Regex> = LazyLock::new(|| {
        // What stands behind the citation is nothing, its words, or another one: 《…》第三条 超载 tells facts.
        let article = r"第?[0-9零〇一二三四五六七八九十百、，,和及至（）()第之]{1,40}[条款项目]";
        let cited = format!(r"《[^》]{{2,60}}》(?:（[^）]{{1,30}}）|\([^)]{{1,30}}\))?\s*(?:{article}\s*)+");
        Regex::new(&format!(r"^(?:根据|依据|依照)?(?:{cited}[、，,；;和及与以]*)+(?:[之的等]?规定)?(?:$|[。：:“])"))
            .expect("a constant pattern")
    });
    let text = text.trim();
    BASIS.is_match(text) && !text.contains("违反")
}

/// A decision: it begins with a penalty or with whom it strikes, and is short.
fn is_decision(text: &str) -> bool {
    static DECISION: LazyLock<Regex> = LazyLock::new(|| {
        let penalty = "(?:给予|处以|予以|并处|处)?(?:警告|罚款|没收违法所得|责令改正|吊销)";
        Regex::new(&format!("^(?:对[^，。；]{{2,40}}?)?{penalty}(?:[，、。；并处以给予和 0-9]|人民币|合计|共计|$)"))
            .expect("a constant pattern")
    });
    let text = text.trim();
    text.chars().count() <= 120 && DECISION.is_match(text)
}

#[cfg(test)]
mod tests;
