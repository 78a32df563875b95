//! Puts clauses together to tiers.

use super::clauses::{self, Clause, Stop};
use super::condition::{self, Condition};
use super::measure::{self, Kind};
use super::{Addressee, Order, Penalty, PenaltyKind, Sanction, addressee, standard};
use crate::law::amount::{Found, Numbers};
use std::ops::Range;

/// Most tiers of a lead that are repeated for its 项, most orders and conditions that one tier carries: so that
/// no text makes the result much longer than itself.
const CARRIED_MAX: usize = 8;

/// The tiers of a text.
pub(super) fn read(text: &str, numbers: &Numbers) -> Vec<Sanction> {
    let clauses = clauses::clauses(text, numbers);
    let mut found = Vec::new();
    let mut at = 0;
    let mut act: Option<Range<usize>> = None;
    while at < clauses.len() {
        let end = sentence_end(text, &clauses, at);
        // 情节严重的，… behind a full stop goes on with the act before it.
        let goes_on = !clauses[at].begins_line || condition::is_pure(&text[clauses[at].span.clone()]);
        let known = act.take().filter(|_| goes_on);
        let tiers = sentence(text, &clauses[at..end], numbers, &Known { lead: None, act: known });
        act = tiers.act.clone();
        let list = clauses[end - 1].stop == Stop::Colon && clauses.get(end).is_some_and(|next| is_item(text, next));
        if list {
            let lead = lead_act(&clauses[at..end], &tiers);
            let close = list_end(text, &clauses, end);
            items(text, &clauses[end..close], numbers, &Lead { act: lead, tiers }, &mut found);
            at = close;
        } else {
            found.extend(tiers.out);
            at = end;
        }
    }
    found
}

fn is_item(text: &str, clause: &Clause) -> bool {
    clauses::list_number(&text[clause.span.clone()]).is_some()
}

/// Where the sentence ends that begins at `at`: behind a full stop, or behind the colon in front of a list.
fn sentence_end(text: &str, clauses: &[Clause], at: usize) -> usize {
    let mut end = at;
    while let Some(clause) = clauses.get(end) {
        end += 1;
        let next = clauses.get(end);
        let list = clause.stop == Stop::Colon && next.is_some_and(|next| is_item(text, next));
        if clause.stop == Stop::Full || list || next.is_some_and(|next| next.begins_line) {
            break;
        }
    }
    end
}

/// Where the list ends whose first item is at `at`: before a line that begins without a number.
fn list_end(text: &str, clauses: &[Clause], at: usize) -> usize {
    let more = clauses[at + 1..].iter().take_while(|clause| !clause.begins_line || is_item(text, clause)).count();
    at + 1 + more
}

/// What stands before the items of a list.
struct Lead {
    act: Option<Range<usize>>,
    tiers: Tiers,
}

/// The tiers of one sentence, and what did not come to a tier.
#[derive(Default)]
struct Tiers {
    out: Vec<Sanction>,
    /// Whether any of them punishes.
    punishes: bool,
    act: Option<Range<usize>>,
}

impl Tiers {
    /// What a sentence orders that does not punish.
    fn orders(&self) -> &[Order] {
        match self.out.as_slice() {
            [only] if !self.punishes => &only.orders,
            _ => &[],
        }
    }
}

fn lead_act(clauses: &[Clause], tiers: &Tiers) -> Option<Range<usize>> {
    let all = || Some(clauses.first()?.span.start..clauses.last()?.span.end);
    tiers.act.clone().or_else(|| if tiers.out.is_empty() { all() } else { None })
}

/// One record for every item: with its own penalties, or with those of the lead.
fn items(text: &str, clauses: &[Clause], numbers: &Numbers, lead: &Lead, found: &mut Vec<Sanction>) {
    let mut at = 0;
    let mut used = false;
    let before = found.len();
    while at < clauses.len() {
        let next = clauses[at + 1..]
            .iter()
            .position(|clause| is_item(text, clause))
            .map_or(clauses.len(), |more| at + 1 + more);
        let own = &clauses[at..next];
        at = next;
        let (Some(head), Some(tail)) = (own.first(), own.last()) else { continue };
        let span = head.span.start..tail.span.end;
        let tiers = sentence(text, own, numbers, &Known { lead: lead.act.clone(), act: None });
        if tiers.punishes {
            // 责令改正，按照下列规定处罚：the order of the lead holds for every item.
            let orders = lead.tiers.orders();
            used |= !lead.tiers.punishes;
            found.extend(tiers.out.into_iter().map(|tier| {
                let all = orders.iter().chain(&tier.orders).take(CARRIED_MAX).cloned().collect();
                Sanction { item: Some(span.clone()), orders: all, ..tier }
            }));
            continue;
        }
        used |= !lead.tiers.out.is_empty();
        for tier in lead.tiers.out.iter().take(CARRIED_MAX) {
            let number = clauses::list_number(&text[head.span.clone()]).unwrap_or(0);
            let act = lead.act.iter().cloned().chain(std::iter::once(span.start + number..span.end)).collect();
            found.push(Sanction { act, item: Some(span.clone()), ..tier.clone() });
        }
    }
    // 依照下列规定处以罚款：announces what the items say.
    let punished = found.len() > before;
    let announces = |tier: &Sanction| {
        tier.penalties.iter().all(|penalty| penalty.kind == PenaltyKind::Fine && penalty.amounts.is_empty())
    };
    let bare = punished && lead.tiers.out.iter().all(announces);
    if !used && !bare {
        found.splice(before..before, lead.tiers.out.iter().cloned());
    }
}

/// What is known of the act before a sentence is read.
struct Known {
    /// The act of the lead of a list.
    lead: Option<Range<usize>>,
    /// The act of the sentence before, until another one is named.
    act: Option<Range<usize>>,
}

/// Reads one sentence (or one item of a list).
fn sentence(text: &str, clauses: &[Clause], numbers: &Numbers, known: &Known) -> Tiers {
    let mut reader = Reader::new(text, numbers);
    reader.lead = known.lead.clone();
    reader.act_ends = known.act.is_some();
    reader.act = known.act.clone();
    for clause in clauses {
        reader.take(clause);
    }
    reader.finish()
}

/// The tier that is being read, and what holds for the whole sentence.
struct Reader<'a> {
    text: &'a str,
    numbers: &'a Numbers,
    /// The act of the lead of a list.
    lead: Option<Range<usize>>,
    act: Option<Range<usize>>,
    /// Whether the next act replaces the one that is known.
    act_ends: bool,
    /// Whether a 的 has ended the act of this tier: what follows without measures is no part of it.
    act_closed: bool,
    addressee: (Addressee, Option<Range<usize>>),
    /// The addressee of the act, to which a new tier returns.
    subject: (Addressee, Option<Range<usize>>),
    conditions: Vec<Condition>,
    /// Orders of the sentence so far.
    carried: Vec<Order>,
    orders: Vec<Order>,
    penalties: Vec<Penalty>,
    span: Option<Range<usize>>,
    /// The clause before, if it tells the standard of a fine (按照每人100元以上500元以下的标准计算，处以罚款).
    standard: Option<Range<usize>>,
    tiers: Tiers,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, numbers: &'a Numbers) -> Reader<'a> {
        Reader {
            text,
            numbers,
            lead: None,
            act: None,
            act_ends: false,
            act_closed: false,
            addressee: (Addressee::Any, None),
            subject: (Addressee::Any, None),
            conditions: Vec::new(),
            carried: Vec::new(),
            orders: Vec::new(),
            penalties: Vec::new(),
            span: None,
            standard: None,
            tiers: Tiers::default(),
        }
    }

    fn take(&mut self, clause: &Clause) {
        let words = &self.text[clause.span.clone()];
        let skipped = clauses::list_number(words).unwrap_or(0);
        let span = clause.span.start + skipped..clause.span.end;
        let words = &self.text[span.clone()];
        if condition::is_conditional(words) {
            self.condition(words, span);
        } else {
            let hits = measure::hits(self.text, span.clone());
            if hits.is_empty() {
                self.prose(words, span);
            } else {
                self.measures(words, span, &hits);
            }
        }
        if clause.stop == Stop::Semicolon {
            self.flush();
            self.begin_tier();
            self.act_ends = true;
            self.act_closed = false;
        }
    }

    /// Forgets what belongs to one tier only.
    fn begin_tier(&mut self) {
        self.conditions.clear();
        self.addressee = self.subject.clone();
    }

    /// A clause that orders nothing: a part of the act, or the addressee in front of its measure.
    fn prose(&mut self, words: &str, span: Range<usize>) {
        if words.contains("标准") && !self.numbers_in(&span).is_empty() {
            self.standard = Some(span.clone());
        }
        // 对直接负责的主管人员，没收违法所得，处…: whom the measures behind the comma strike.
        if words.trim_start_matches(['并', '同', '时']).starts_with('对')
            && let Some((addressee, place)) = addressee::of_measure(words, span.start)
        {
            if addressee != self.addressee.0 && !self.penalties.is_empty() {
                self.flush();
            }
            self.addressee = (addressee, Some(place));
            return;
        }
        // 单位违反本法规定，有下列行为之一的: the subject of the sentence is whom it strikes.
        let begins = self.act.is_none() || self.act_ends;
        if begins
            && self.penalties.is_empty()
            && let Some((addressee, place)) = addressee::of_condition(words, span.start)
        {
            self.subject = (addressee, Some(place));
            self.addressee = self.subject.clone();
        }
        let instruction = self.act_closed || words.starts_with(['由', '但', '依', '按', '并', '对']);
        if self.penalties.is_empty() && self.orders.is_empty() && !instruction {
            self.extend_act(span);
        }
    }

    /// The amounts that lie in a span.
    fn numbers_in(&self, span: &Range<usize>) -> &'a [Found] {
        let amounts = &self.numbers.amounts;
        let first = amounts.partition_point(|found| found.span.start < span.start);
        let last = amounts.partition_point(|found| found.span.start < span.end);
        amounts.get(first..last).unwrap_or_default()
    }

    fn extend_act(&mut self, span: Range<usize>) {
        let known = if self.act_ends { None } else { self.act.take() };
        if self.act_ends {
            // A new act: nothing of the one before holds for it.
            self.carried.clear();
        }
        self.act_ends = false;
        self.act = Some(known.map_or(span.clone(), |act| act.start..span.end));
    }

    fn condition(&mut self, words: &str, span: Range<usize>) {
        let found = condition::conditions(self.text, span.clone(), self.numbers);
        let subject = addressee::of_condition(words, span.start);
        // …食品货值金额不足一万元的: the clause ends with the sum, whatever stands before it.
        let by_sum = found
            .last()
            .and_then(|last| last.threshold.as_ref())
            .is_some_and(|sum| span.end <= sum.span.end + "的".len());
        let named = !(found.is_empty() && subject.is_none());
        let pure = named && (condition::is_pure(words) || (by_sum && found.last().is_some_and(Condition::is_of_base)));
        if !self.penalties.is_empty() {
            // 情节严重的，处广告费用三倍的罚款，广告费用无法计算的，处十万元的罚款: the second fine is of the serious case too.
            let nested = pure && !found.is_empty() && found.iter().all(Condition::is_of_multiple);
            let mut still = if nested { self.conditions.clone() } else { Vec::new() };
            still.retain(|known| !known.is_of_multiple());
            self.flush();
            self.begin_tier();
            self.conditions = still;
            self.act_ends = true;
        } else if pure && !self.orders.is_empty() {
            // 责令改正，拒不改正的，处…: the order holds for what follows.
            self.flush();
        }
        let names_only = subject.is_some() && words.chars().count() <= 8;
        if !pure && !names_only {
            self.extend_act(span.clone());
        }
        self.act_closed = true;
        if let Some((addressee, place)) = subject {
            self.addressee = (addressee, Some(place));
        }
        if !found.is_empty() || pure {
            self.widen(span);
        }
        let room = CARRIED_MAX.saturating_sub(self.conditions.len());
        self.conditions.extend(found.into_iter().take(room));
    }

    fn measures(&mut self, words: &str, span: Range<usize>, hits: &[measure::Hit]) {
        let first = hits.first().map_or(0, |hit| hit.span.start.max(span.start) - span.start);
        if let Some((addressee, place)) = addressee::of_measure(&words[..first], span.start) {
            if addressee != self.addressee.0 && !self.penalties.is_empty() {
                self.flush();
            }
            self.addressee = (addressee, Some(place));
        }
        self.widen(span.clone());
        for hit in hits {
            if let Kind::Order(kind) = hit.kind
                && self.orders.len() < CARRIED_MAX
            {
                self.orders.push(Order { kind, span: hit.span.clone() });
            }
        }
        let mut penalties = measure::penalties(self.text, &span, hits, self.numbers);
        if let Some(standard) = self.standard.take() {
            standard::give(&self.text[standard.clone()], self.numbers_in(&standard), &mut penalties);
            self.widen(standard.start..span.end);
        }
        self.penalties.extend(penalties);
        // 处一万元以上三万元以下，… 罚款 stands in no clause of its own; nothing to do for it here.
        self.act_ends = true;
    }

    fn widen(&mut self, span: Range<usize>) {
        self.span = Some(self.span.take().map_or(span.clone(), |known| known.start.min(span.start)..span.end));
    }

    /// Ends the tier. What only orders is kept for the tiers behind it.
    fn flush(&mut self) {
        let orders = std::mem::take(&mut self.orders);
        let penalties = std::mem::take(&mut self.penalties);
        let span = self.span.take();
        if penalties.is_empty() {
            let room = CARRIED_MAX.saturating_sub(self.carried.len());
            self.carried.extend(orders.into_iter().take(room));
            return;
        }
        let Some(span) = span else { return };
        let orders = self.carried.iter().cloned().chain(orders).collect();
        self.tiers.punishes = true;
        let tier = self.tier(span, orders, penalties);
        self.tiers.out.push(tier);
    }

    fn tier(&self, span: Range<usize>, orders: Vec<Order>, penalties: Vec<Penalty>) -> Sanction {
        Sanction {
            floors: Vec::new(),
            span,
            act: self.lead.iter().chain(&self.act).cloned().collect(),
            item: None,
            addressee: self.addressee.0,
            addressee_span: self.addressee.1.clone(),
            conditions: self.conditions.clone(),
            orders,
            penalties,
        }
    }

    fn finish(mut self) -> Tiers {
        self.flush();
        if self.tiers.out.is_empty()
            && let (Some(first), Some(last)) = (self.carried.first(), self.carried.last())
        {
            let span = first.span.start..last.span.end;
            let tier = self.tier(span, self.carried.clone(), Vec::new());
            self.tiers.out.push(tier);
        }
        self.tiers.act = self.act;
        self.tiers
    }
}
