//! The law of procedure of a day: where the same rule stands in the versions of 行政处罚法 and its neighbours.
//!
//! 行政处罚法 (version of 2021-01-22) applies from 2021-07-15 (article 86); before it the versions of 2017-09-01 and
//! 2009-08-27 with other numbers. 行政复议法 (2023-09-01) applies from 2024-01-01; 行政诉讼法 gives six months since 2015-05-01 (before: three).

use jiff::civil::{Date, date};

/// First day of 行政处罚法 (2021-01-22).
const PENALTIES: Date = date(2021, 7, 15);
/// First day of the version of 2017-09-01, whose numbers are those of 2009-08-27.
const PENALTIES_2017: Date = date(2018, 1, 1);
/// First day of 行政复议法 (2023-09-01).
const RECONSIDERATION: Date = date(2024, 1, 1);
/// First day of the six months of 行政诉讼法 (2014-11-01), article 46.
const SIX_MONTHS: Date = date(2015, 5, 1);

/// The rules of procedure of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Era {
    day: Option<Date>,
}

/// Rules whose article has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// 决定书载明的事项.
    Contents,
    /// 告知.
    Notice,
    /// 听证的范围.
    Hearing,
    /// 听证的申请期限.
    HearingPeriod,
    /// 追责时效.
    Limitation,
    /// 送达.
    Service,
    /// 缴款.
    Payment,
    /// 加处罚款.
    Surcharge,
    /// 没收违法所得.
    Gains,
    /// 一事不再罚.
    Once,
    /// 减轻处罚.
    Reduced,
    /// 有依据.
    Grounds,
}

impl Era {
    /// The rules of the day of a decision; those of today where it tells none.
    pub fn of(day: Option<Date>) -> Era {
        Era { day }
    }

    /// Whether the version of 2021 applies.
    pub fn is_new(self) -> bool {
        self.day.is_none_or(|day| day >= PENALTIES)
    }

    /// Whether reconsideration is with the governments (行政复议法 2023, article 24).
    pub fn is_with_governments(self) -> bool {
        self.day.is_none_or(|day| day >= RECONSIDERATION)
    }

    /// Months within which an action may be brought.
    pub fn months_to_sue(self) -> u64 {
        if self.day.is_none_or(|day| day >= SIX_MONTHS) { 6 } else { 3 }
    }

    /// The rule as people cite it.
    pub fn cite(self, rule: Rule) -> String {
        let (new, old) = match rule {
            Rule::Contents => ("第五十九条第一款", "第三十九条第一款"),
            Rule::Notice => ("第四十四条", "第三十一条"),
            Rule::Hearing => ("第六十三条第一款", "第四十二条第一款"),
            Rule::HearingPeriod => ("第六十四条第一项", "第四十二条第一款第一项"),
            Rule::Limitation => ("第三十六条", "第二十九条"),
            Rule::Service => ("第六十一条第一款", "第四十条"),
            Rule::Payment => ("第六十七条第三款", "第四十六条第三款"),
            Rule::Surcharge => ("第七十二条第一款第一项", "第五十一条第一项"),
            Rule::Gains => ("第二十八条第二款", "第八条第三项"),
            Rule::Once => ("第二十九条", "第二十四条"),
            Rule::Reduced => ("第三十二条", "第二十七条"),
            Rule::Grounds => ("第三十八条第一款", "第三条第二款"),
        };
        self.penalty_law(if self.is_new() { new } else { old })
    }

    /// An article of 行政处罚法 in the version of the day.
    pub fn penalty_law(self, place: &str) -> String {
        let version = match self.day {
            Some(day) if day < PENALTIES_2017 => "2009年修正",
            Some(day) if day < PENALTIES => "2017年修正",
            _ => "2021年修订",
        };
        format!("《中华人民共和国行政处罚法》（{version}）{place}")
    }

    /// The period of reconsideration as people cite it.
    pub fn cite_reconsideration(self) -> &'static str {
        if self.is_with_governments() {
            "《中华人民共和国行政复议法》（2023年修订）第二十条第一款"
        } else {
            "《中华人民共和国行政复议法》（2017年修正）第九条第一款"
        }
    }

    /// The period of an action as people cite it.
    pub fn cite_action(self) -> &'static str {
        if self.months_to_sue() == 6 {
            "《中华人民共和国行政诉讼法》第四十六条第一款"
        } else {
            "《中华人民共和国行政诉讼法》（1989年）第三十九条"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_those_of_the_day() {
        let (old, new) = (Era::of(Some(date(2021, 7, 14))), Era::of(Some(date(2021, 7, 15))));
        assert!(!old.is_new() && new.is_new() && Era::of(None).is_new());
        assert!(old.cite(Rule::Contents).ends_with("（2017年修正）第三十九条第一款"));
        assert!(new.cite(Rule::Contents).ends_with("（2021年修订）第五十九条第一款"));
        assert_eq!((Era::of(Some(date(2015, 4, 30))).months_to_sue(), old.months_to_sue()), (3, 6));
        assert!(Era::of(Some(date(2017, 12, 31))).cite(Rule::Once).ends_with("（2009年修正）第二十四条"));
        assert!(!Era::of(Some(date(2023, 12, 31))).is_with_governments());
    }
}
