//! Names of firms that begin with what looks like the name of a person: 张三丰面馆, 云桥投资有限公司.

use super::super::reading::is_han;
use super::super::words::WORDS;
use super::candidate::{FOLLOWERS, Finder};
use super::cues;

/// Longest name of a firm behind the name of a person, in characters.
const FIRM_MAX: usize = 16;

impl Finder<'_> {
    /// Whether the words behind a name make it the name of a firm.
    pub(super) fn is_firm(&self, end: usize) -> bool {
        let behind = self.reading.slice(end..end + FIRM_MAX);
        let run = behind.iter().take_while(|c| is_han(**c)).count();
        // 云桥投资有限公司: what persons do too is the trade of a firm there.
        let trade = |step: usize| cues::FIRM_TRADES.iter().any(|word| self.reading.has(end + step, word));
        let breaks = |step: usize, c: char| cues::FIRM_BREAKS.contains(c) && !trade(step);
        let broken = behind.iter().take(run).enumerate().any(|(step, c)| breaks(step, *c));
        if !broken && self.reading.str(end..end + run).ends_with("公司") {
            return true;
        }
        for (step, c) in behind.iter().enumerate() {
            if !is_han(*c) {
                return step == 0 && self.is_bracketed_firm(end);
            }
            let trade = cues::TRADES.iter().find(|word| self.reading.has(end + step, word));
            // 宁|银理财 is read from 银 on too, so the first character of a trade may be part of what looks like a name.
            if let Some(trade) = trade.filter(|_| step <= 2) {
                let next = self.reading.at(end + step + trade.chars().count());
                // 李建国理财被骗: what persons do too must end there as the name of a firm does.
                let named = "有公股深分及等、（(\n".contains(next);
                return named || *trade != "理财" && !cues::TRADED.contains(next);
            }
            let word = cues::FIRM_WORDS.iter().find(|word| self.reading.has(end + step, word));
            if let Some(word) = word {
                // 张三银行卡 is no bank.
                let held = "卡账帐存流".contains(self.reading.at(end + step + word.chars().count()));
                return !(*word == "银行" && held);
            }
            if cues::FIRM_ENDS.contains(*c) && step <= 6 {
                return true;
            }
            let follows = || FOLLOWERS.contains(&[*c, self.reading.at(end + step + 1)]);
            if breaks(step, *c) || step > 8 || follows() {
                return false;
            }
        }
        false
    }

    /// Whether a place in brackets and the rest of the name of a firm follow: 东方大地（武汉）保险经纪有限公司.
    fn is_bracketed_firm(&self, end: usize) -> bool {
        if !matches!(self.reading.at(end), '（' | '(') {
            return false;
        }
        let close = (end + 2..end + 8).find(|place| !is_han(self.reading.at(*place)));
        let Some(close) = close.filter(|place| matches!(self.reading.at(*place), '）' | ')')) else { return false };
        // 张三（均另案处理）在甲公司: only a place makes it one name.
        let place = self.reading.str(end + 1..close);
        if !WORDS.is_region(place) && place != "中国" {
            return false;
        }
        let rest = self.reading.slice(close + 1..close + 1 + FIRM_MAX);
        let run = rest.iter().take_while(|c| is_han(**c)).count();
        let rest = self.reading.str(close + 1..close + 1 + run);
        ["公司", "银行", "集团", "合伙企业"].iter().any(|word| rest.contains(word))
    }
}
