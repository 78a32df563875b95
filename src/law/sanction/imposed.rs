//! What a decision imposes (处罚决定内容): 对甲公司罚款人民币30万元。对乙某警告并罚款5万元。

mod brackets;
mod rated;
mod sums;
mod words;

use super::clauses::{self, Clause, Stop};
use super::measure::{self, Hit, Kind};
use super::{Penalty, PenaltyKind, boxes, heads, proposed, spaced};
use crate::law::amount::{self, Found, Numbers, Per, Period};
use serde::{Deserialize, Serialize};
use std::ops::Range;
pub use sums::{fines_alone_fen, fines_fen};
pub(in crate::law) use words::is_elsewhere;
pub(in crate::law) use words::is_spared;
use words::{banned, is_conditional, is_daily, is_name, is_waived, named_at, party, sums_up};

/// Most characters of the name of a party in front of a colon.
const PARTY_CHARS_MAX: usize = 40;

/// One penalty that a decision imposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imposed {
    /// Its kind.
    pub kind: PenaltyKind,
    /// Bytes of the word that names it, and of its amount.
    pub span: Range<usize>,
    /// Its sum in fen, if it has one.
    pub amount_fen: Option<u64>,
    /// Its period, if it has one.
    pub period: Option<Period>,
    /// 终身.
    pub lifelong: bool,
    /// Whether the sum repeats sums named before (对甲罚款一万元，对乙罚款二万元，合计罚款三万元).
    pub repeats: bool,
    /// On how many persons the sum falls, each in full (对甲、乙分别罚款一万元); 1 otherwise.
    pub heads: u32,
    /// Whether its sum hangs on what is not told (处单位罚款数额百分之五以上的罚款), so that the fines together are not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub untold: bool,
    /// Which of the parties that the text names, counted from 0 (对甲…；对乙…); `None` if it names none.
    pub party: Option<usize>,
    /// Bytes of the words that name the party.
    pub party_span: Option<Range<usize>>,
}

/// What a decision imposes, in the order of its text.
pub fn imposed(text: &str) -> Vec<Imposed> {
    imposed_on(text, 1)
}

/// The same of a decision whose parties stand beside it, so many: 各罚款100元 falls on each of them.
pub fn imposed_on(text: &str, beside: u32) -> Vec<Imposed> {
    let chosen = boxes::chosen(text);
    let text = chosen.as_deref().unwrap_or(text);
    let Some((tidy, runs)) = spaced::closed(text) else { return read(text, beside) };
    let mut found = read(&tidy, beside);
    for one in &mut found {
        spaced::widen(&mut one.span, &runs);
        one.party_span.iter_mut().for_each(|span| spaced::widen(span, &runs));
    }
    found
}

fn read(text: &str, beside: u32) -> Vec<Imposed> {
    let numbers = amount::numbers(text);
    let mut reader = Reader {
        text,
        beside,
        proposals: proposed::proposals(text),
        numbers: &numbers,
        party: None,
        parties: 0,
        parts: false,
        fines_fen: 0,
        gains_fen: 0,
        whole: None,
        merged: false,
        each: 1,
        quoted: Vec::new(),
        rated: Vec::new(),
        quotations: rated::quotations(text),
        found: Vec::new(),
    };
    for clause in clauses::clauses(text, &numbers) {
        reader.take(&clause);
    }
    reader.settle();
    let quoted = reader.quoted;
    let mut at = 0..;
    // What the law allows (处五千元以上五万元以下的罚款) is quoted by a decision, not imposed, unless its sum is told behind it.
    reader.found.retain(|one| {
        at.next().is_none_or(|at| one.amount_fen.is_some() || one.untold || quoted.binary_search(&at).is_err())
    });
    // 罚没款于十五日内缴纳 only says how what is imposed before is paid.
    let several = reader.found.len() > 1;
    let paid = |one: &Imposed| several && one.kind == PenaltyKind::FineAndConfiscation && one.amount_fen.is_none();
    reader.found.retain(|one| !paid(one));
    reader.found
}

/// What a clause says of all its penalties.
#[derive(Clone, Copy)]
struct Said {
    /// Whether it takes the place of what was named before (减免200元，实际罚款300元).
    replaces: bool,
    /// Whether it gives a total and names no party of its own.
    total: bool,
    /// 终身.
    lifelong: bool,
    /// On how many persons its sums fall.
    heads: u32,
    /// Whether it adds up (合计, 总额).
    whole: bool,
    /// 每人: what one costs is the sum of each.
    each_person: bool,
}

struct Reader<'a> {
    text: &'a str,
    /// How many parties stand beside the text.
    beside: u32,
    /// Where it only proposes.
    proposals: Vec<Range<usize>>,
    numbers: &'a Numbers,
    party: Option<(usize, Range<usize>)>,
    parties: usize,
    /// Whether what is read are parts of a sum named before (其中).
    parts: bool,
    /// Fines so far, those that repeat others left out.
    fines_fen: u64,
    /// Confiscated gains and other money so far.
    gains_fen: u64,
    /// Where the last 罚没 in one sum stands in `found`.
    whole: Option<usize>,
    /// Whether what is read sums up what was named before (合并执行：警告，罚款15000元).
    merged: bool,
    /// On how many persons the last fine falls whose sum is not told yet (各处百分之五的罚款，即各2568元).
    each: u32,
    /// Which of `found` have bounds of a fine, not its sum.
    quoted: Vec<usize>,
    /// Which of `found` are fines told by a rate.
    rated: Vec<rated::Rated>,
    /// What stands in quotation marks.
    quotations: Vec<Range<usize>>,
    found: Vec<Imposed>,
}

impl Reader<'_> {
    fn take(&mut self, clause: &Clause) {
        let words = &self.text[clause.span.clone()];
        self.parts |= words.starts_with("其中") && !self.found.is_empty();
        self.merged |= clause.stop == Stop::Colon && sums_up(words) && !self.found.is_empty();
        let before = self.found.len();
        self.measures(words, clause);
        self.brackets(clause, before);
        self.parts &= !matches!(clause.stop, Stop::Full | Stop::Semicolon);
        self.merged &= clause.stop != Stop::Full;
    }

    fn measures(&mut self, words: &str, clause: &Clause) {
        let Some(mut hits) = self.meant(clause) else { return };
        self.settle_before(clause);
        self.fine_without_name(clause, &mut hits);
        let Some(hit) = hits.first().cloned() else {
            if clause.stop == Stop::Colon && words.chars().count() <= PARTY_CHARS_MAX && is_name(words) {
                self.name(clause.span.clone());
            } else if words.starts_with('对') {
                self.name(party(words, clause.span.start, words.len()));
            }
            self.restate(clause);
            return;
        };
        let first = hit.span.start - clause.span.start;
        let parties = self.parties;
        if let Some(at) = named_at(&words[..first]) {
            self.name(party(&words[at..], clause.span.start + at, first - at));
        }
        if let Some(span) = banned(self.text, &hit) {
            self.name(span);
        }
        // 分别警告并罚款共计三万元: one sum for all.
        let whole = ["合计", "共计", "总计"].iter().any(|word| words.contains(word));
        let each = !whole && (words.contains("分别") || words.contains('各') || words.contains("每人"));
        let heads = match &self.party {
            Some((_, span)) if each => heads::of(&self.text[span.clone()]),
            None if each => heads::before_each(&words[..first]).unwrap_or(self.beside.max(1)),
            _ => 1,
        };
        let said = Said {
            whole: whole || words.contains("总额"),
            replaces: ["实际", "最终"].iter().any(|word| words.contains(word)),
            total: self.merged
                || ["合计", "共计", "总计", "累计", "以上", "合并"].iter().any(|word| words.contains(word))
                    && self.parties == parties,
            lifelong: words.contains("终身") || words.contains("终生"),
            heads,
            each_person: words.contains("每人"),
        };
        self.tell(words, &hits);
        let mut done = 0;
        for penalty in measure::penalties(self.text, &clause.span, &hits, self.numbers) {
            // 分别罚款2万元、罚款3万元: the second sum was counted with the first.
            if penalty.amounts.first().is_some_and(|found| found.span.end <= done) {
                continue;
            }
            let sums = if each { self.sums(&penalty, clause) } else { Vec::new() };
            match sums.as_slice() {
                [] | [_] => self.add(&penalty, &said),
                [.., last] => {
                    done = last.amounts.first().map_or(done, |found| found.span.end);
                    self.add_each(&sums, &Said { heads: 1, ..said });
                }
            }
        }
        self.restate(clause);
    }

    /// The penalties of a clause that are imposed; `None` if it has some and spares all of them.
    fn meant(&self, clause: &Clause) -> Option<Vec<Hit>> {
        let mut hits = measure::hits(self.text, clause.span.clone());
        hits.retain(|hit| matches!(hit.kind, Kind::Penalty(_)));
        let any = !hits.is_empty();
        hits.retain(|hit| {
            let before = self.text.get(clause.span.start..hit.span.start).unwrap_or_default();
            let behind = self.text.get(hit.span.end..clause.span.end).unwrap_or_default();
            !is_spared(before)
                && !is_waived(behind)
                && !is_elsewhere(before, behind)
                && (!is_conditional(before) || hit.kind == Kind::Penalty(PenaltyKind::Fine))
                && !proposed::is_in(&self.proposals, hit.span.start)
        });
        (!any || !hits.is_empty()).then_some(hits)
    }

    /// A fine told by a rate is the one whose sum this clause names: 处造价百分之十的罚款，造价21600元，计罚款2160元.
    fn tell(&mut self, words: &str, hits: &[Hit]) {
        let fine = |hit: &Hit| hit.kind == Kind::Penalty(PenaltyKind::Fine);
        let restates = RESTATES
            .iter()
            .any(|word| words.starts_with(word) || words.ends_with("元") && words.contains(&format!("{word}罚款")))
            || ["罚款金额", "罚款数额", "罚款计"].iter().any(|word| words.starts_with(word))
            || ["罚款总额", "处罚合计", "处罚共计"].iter().any(|word| words.contains(word));
        let untold = |one: &Imposed| one.kind == PenaltyKind::Fine && one.amount_fen.is_none();
        if restates && hits.iter().any(fine) && self.found.last().is_some_and(untold) {
            self.found.pop();
            self.rated.pop_if(|rated| rated.is_of(self.found.len()));
            self.quoted.pop_if(|at| *at >= self.found.len());
        }
    }

    /// Sums of several persons, in the order in which they are named.
    fn add_each(&mut self, sums: &[Penalty], said: &Said) {
        let all = self.party.clone();
        let members = all.as_ref().map(|(_, span)| heads::members(self.text, span)).unwrap_or_default();
        for (at, penalty) in sums.iter().enumerate() {
            if let Some(member) = members.get(at).filter(|_| members.len() == sums.len()) {
                self.name(member.clone());
            }
            self.add(penalty, said);
        }
        self.party = all;
    }

    /// A fine and those of others beside it: 分别罚款2万元、3万元; 分别处以30万元、20万元罚款.
    fn sums(&self, penalty: &Penalty, clause: &Clause) -> Vec<Penalty> {
        let Some(first) = penalty.amounts.first().filter(|_| penalty.kind == PenaltyKind::Fine) else {
            return Vec::new();
        };
        let amounts = &self.numbers.amounts;
        let own = amounts.partition_point(|found| found.span.start < first.span.start);
        let joins = |one: usize, other: usize| {
            let (Some(one), Some(other)) = (amounts.get(one), amounts.get(other)) else { return false };
            let between = self.text.get(one.span.end..other.span.start).unwrap_or("-");
            let joined = ["、", "和", "及", "与", "、罚款", "和罚款", "元、", "元和", "、人民币", "和人民币"]
                .contains(&between.trim());
            let inside = one.span.start >= clause.span.start && other.span.end <= clause.span.end;
            joined && inside && one.amount.is_money() && other.amount.is_money()
        };
        let (mut from, mut to) = (own, own);
        while from > 0 && joins(from - 1, from) {
            from -= 1;
        }
        while joins(to, to + 1) {
            to += 1;
        }
        let sum = |found: &Found| {
            let span = if found.span == first.span { penalty.span.clone() } else { found.span.clone() };
            Penalty { amounts: vec![found.clone()], span, ..penalty.clone() }
        };
        let mut all: Vec<Found> = amounts.get(from..=to).unwrap_or_default().to_vec();
        if let [one] = all.as_slice() {
            let bare = heads::without_unit(self.text, clause.span.start, one);
            all.splice(0..0, bare);
        }
        all.iter().map(sum).collect()
    }

    /// The sum of a fine that was told by a multiple or per unit: 十五倍的罚款，计54000元; 每平方米50元，合计6000元.
    fn restate(&mut self, clause: &Clause) {
        let Some(last) =
            self.found.last_mut().filter(|last| last.kind == PenaltyKind::Fine && last.amount_fen.is_none())
        else {
            return;
        };
        let amounts = &self.numbers.amounts;
        let first = amounts.partition_point(|found| found.span.start < clause.span.start.max(last.span.start));
        // 货值金额15倍罚款30000元: the sum stands right behind the fine.
        let end = last.span.end;
        let behind = |found: &Found| {
            let gap = self.text.get(end..found.span.start).unwrap_or("-");
            let gap = gap.trim_matches([' ', '：', ':', '（', '(', '，']);
            let apart = found.amount.per.is_none() && !self.text[found.span.end..].starts_with(['/', '／', '每']);
            apart && end > clause.span.start && matches!(gap, "" | "人民币" | "金额" | "金额为" | "人民币：")
        };
        let is_restated = |found: &&Found| {
            let before = self.text.get(clause.span.start..found.span.start).unwrap_or_default().trim_end();
            found.span.end <= clause.span.end
                && found.amount.is_money()
                && (behind(found) || RESTATES.iter().any(|word| before_sum(before).ends_with(word)))
        };
        let found = amounts.get(first..).unwrap_or_default().iter().take(RESTATED_MAX).find(is_restated);
        let Some((sum, at)) = found.and_then(|found| Some((found.amount.fixed()?, found.span.start))) else { return };
        let before = self.text.get(clause.span.start..at).unwrap_or_default();
        // 共计 is what all of them pay.
        let all = ["共计", "合计", "总计"].iter().any(|word| before.contains(word));
        last.heads = if all { 1 } else { self.each };
        last.amount_fen = Some(sum);
        self.fines_fen = self.fines_fen.saturating_add(sum.saturating_mul(last.heads.into()));
    }

    fn add(&mut self, penalty: &Penalty, said: &Said) {
        // 每平方米50元, 300元/只: what one costs is no sum; what all the days of 按日连续处罚 come to is one.
        let per_unit = |found: &Found| {
            let behind = self.text.get(found.span.end..).unwrap_or_default();
            let apart = |per: &Per| per.span.end < found.span.start.saturating_sub(PER_BYTES);
            let whole = said.whole && found.amount.per.as_ref().is_some_and(apart);
            found.amount.per.is_some() && !said.each_person && !whole || behind.starts_with(['/', '／', '每'])
        };
        let amount = penalty.amounts.first().filter(|found| found.amount.is_money() && !per_unit(found));
        let amount_fen = amount.and_then(|found| found.amount.fixed());
        let span = amount.map_or(penalty.span.clone(), |found| {
            penalty.span.start.min(found.span.start)..penalty.span.end.max(found.span.end)
        });
        if said.replaces && penalty.kind == PenaltyKind::Fine && amount_fen.is_some() {
            let party = self.party.as_ref().map(|(index, _)| *index);
            let before = self.found.iter_mut().filter(|one| one.kind == PenaltyKind::Fine && one.party == party);
            before.for_each(|one| one.repeats = true);
            self.fines_fen = 0;
        }
        let divides = self.divides(penalty.kind, amount_fen);
        let repeats = !divides && self.repeats(penalty.kind, amount_fen, said);
        // What has no sum falls on everybody anyway.
        let heads = if amount_fen.is_some() { said.heads } else { 1 };
        let sum = amount_fen.unwrap_or(0).saturating_mul(heads.into());
        match penalty.kind {
            PenaltyKind::Fine if !repeats => self.fines_fen = self.fines_fen.saturating_add(sum),
            PenaltyKind::ConfiscateGains | PenaltyKind::ConfiscateGoods if !repeats => {
                self.gains_fen = self.gains_fen.saturating_add(sum)
            }
            _ => {}
        }
        if penalty.kind == PenaltyKind::FineAndConfiscation {
            self.whole = Some(self.found.len());
        }
        let bounds = penalty.amounts.iter().all(|found| found.amount.fixed().is_none());
        if penalty.kind == PenaltyKind::Fine && amount_fen.is_none() {
            self.each = said.heads;
            self.quoted.extend((bounds && !penalty.amounts.is_empty()).then_some(self.found.len()));
        }
        self.rate(penalty, amount_fen, said.heads);
        let ban = matches!(penalty.kind, PenaltyKind::RestrictPractice | PenaltyKind::Disqualification);
        self.found.push(Imposed {
            kind: penalty.kind,
            repeats,
            span,
            amount_fen,
            period: penalty.period.as_ref().map(|found| found.period.clone()),
            lifelong: ban && said.lifelong,
            heads,
            untold: false,
            party: self.party.as_ref().map(|(index, _)| *index),
            party_span: self.party.as_ref().map(|(_, span)| span.clone()),
        });
    }

    /// Whether a sum is that of sums named before, or a part of one.
    fn repeats(&self, kind: PenaltyKind, amount_fen: Option<u64>, said: &Said) -> bool {
        let Some(sum) = amount_fen else { return false };
        let fine = matches!(kind, PenaltyKind::Fine | PenaltyKind::FineAndConfiscation);
        let all = self.fines_fen > 0 && (sum == self.fines_fen || sum == self.fines_fen.saturating_add(self.gains_fen));
        self.parts || (said.total && fine && all)
    }

    /// Whether a sum is the part of 罚没 in one sum that is a fine (罚没合计5.5万元，其中罚款5万元，没收0.5万元): then the parts count and the
    /// whole repeats them.
    fn divides(&mut self, kind: PenaltyKind, amount_fen: Option<u64>) -> bool {
        let is_part = self.parts && matches!(kind, PenaltyKind::Fine | PenaltyKind::ConfiscateGains);
        let Some(whole) = self.whole.filter(|_| is_part && amount_fen.is_some()) else { return false };
        if let Some(whole) = self.found.get_mut(whole) {
            whole.repeats |= kind == PenaltyKind::Fine;
        }
        true
    }

    fn name(&mut self, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        self.party = Some((self.parties, span));
        self.parties += 1;
    }

    /// 警告并处6万元: a fine that the text does not name.
    fn fine_without_name(&self, clause: &Clause, hits: &mut Vec<Hit>) {
        if hits
            .iter()
            .any(|hit| matches!(hit.kind, Kind::Penalty(PenaltyKind::Fine | PenaltyKind::FineAndConfiscation)))
        {
            return;
        }
        let amounts = &self.numbers.amounts;
        let first = amounts.partition_point(|found| found.span.start < clause.span.start);
        let is_fine = |found: &&Found| {
            let before = self.text.get(clause.span.start..found.span.start).unwrap_or_default().trim_end();
            found.span.end <= clause.span.end
                && found.amount.is_money()
                && !is_spared(before)
                && !proposed::is_in(&self.proposals, found.span.start)
                && (["并", "并处", "处", "处以", "并处以", "罚"].iter().any(|word| before.ends_with(word))
                    || is_daily(before))
        };
        let Some(found) = amounts.get(first..).and_then(|rest| rest.first()).filter(is_fine) else { return };
        let at = found.span.end;
        hits.push(Hit { kind: Kind::Penalty(PenaltyKind::Fine), span: at..at });
    }
}

/// Words before a sum that is told by other means already.
const RESTATES: [&str; 7] = ["即", "共计", "合计", "总计", "计", "折合", "也就是"];
/// Words between these and their sum.
const FILLERS: [&str; 8] = ["人民币", "罚款", "分别", "各", "每人", "为", "的", "金额"];

/// Words before a sum without those that only fill: 即各, 共计罚款人民币.
fn before_sum(mut before: &str) -> &str {
    for _ in 0..FILLERS_MAX {
        let shorter = FILLERS.iter().find_map(|word| before.strip_suffix(word));
        before = shorter.unwrap_or(before).trim_end();
    }
    before
}
/// So far from its sum a unit may stand that is not that of the sum, in bytes.
const PER_BYTES: usize = 6;
/// So many of them stand in a row.
const FILLERS_MAX: usize = 4;
/// So many sums of a clause are looked at for one that restates.
const RESTATED_MAX: usize = 8;
