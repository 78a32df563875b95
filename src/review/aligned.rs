//! Penalty clauses of a draft beside those of superior law on the same act (罚则对照): what is asked, and which tiers are alike.

use super::draft::Draft;
use super::finding::{Basis, Evidence};
use super::question::{Answer, Answers, Question};
use super::settings::Settings;
use super::theme::Theme;
use crate::law::sanction::{Addressee, Sanction, sanctions};
use crate::text::fold::fold_str;
use regex::Regex;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// On what the checks rest that compare penalties: within superior law only details may be set.
pub const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十一条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十二条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十三条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十四条" },
];
/// The law by which a penalty is imposed: 依照《…》.
static BY_LAW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:依照|按照|依据|根据)《([^《》]{2,60})》").expect("a constant pattern"));

/// What a provision names.
static TITLES: LazyLock<Regex> = LazyLock::new(|| Regex::new("《[^《》]{2,60}》").expect("a constant pattern"));

/// Provisions of superior law that are looked at for one clause.
const CANDIDATES: usize = 10;
/// Clauses that are compared at most: a code of penalties has fewer.
const CLAUSES_MAX: usize = 400;
/// Longest act that is asked for, in characters.
const ACT_CHARS_MAX: usize = 300;
/// From here on two acts are believed to be the same.
pub const SAME_ACT: f64 = 0.75;
/// From here on they may be.
pub const LIKE_ACT: f64 = 0.55;
/// A tier of whose act so much stands in another act is on that too.
const COVERED: f64 = 0.5;
/// What is so much less alike than the most alike is another act: 持有伪造的证明 beside 伪造证明.
const NEARLY: f64 = 0.08;

/// A tier of a penalty clause of a draft.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Bytes of the draft.
    pub span: Range<usize>,
    /// The words of the provision.
    text: String,
    /// What is imposed.
    pub tier: Sanction,
    /// The words of the act.
    pub act: String,
}

impl Clause {
    /// The words of the tier.
    pub fn words(&self) -> &str {
        self.text.get(self.tier.span.clone()).unwrap_or_default()
    }

    /// The words of its provision.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether its provision names a law that sets the penalty: 依照《…》第三条的规定.
    pub fn names_law(&self) -> bool {
        BY_LAW.is_match(&self.text)
    }

    /// Whether a text may be what its penalty rests on: its sentence, or what leads its list, names no other as that.
    pub fn may_rest_on(&self, title: &str) -> bool {
        let bare = |title: &str| title.trim_start_matches("中华人民共和国").to_string();
        let ends = ['。', '\n'];
        let start = match self.tier.item {
            Some(_) => 0,
            None => self.text.get(..self.tier.span.start).and_then(|before| before.rfind(ends)).unwrap_or(0),
        };
        let behind = self.text.get(self.tier.span.end..).and_then(|behind| behind.find(ends));
        let end = behind.map_or(self.text.len(), |at| self.tier.span.end + at);
        let sentence = self.text.get(start..end).unwrap_or_default();
        let mut named = BY_LAW.captures_iter(sentence).map(|found| bare(&found[1])).peekable();
        named.peek().is_none() || named.any(|named| named == bare(title))
    }

    /// Whether its provision speaks of something.
    pub fn is_about(&self, word: &str) -> bool {
        self.text.contains(word)
    }

    /// Whether it strikes persons: 个人占用疏散通道的; 违反本条例规定，个人有下列行为之一的.
    fn is_of_person(&self) -> bool {
        let begins = ["个人", "公民", "自然人"].iter().any(|word| self.act.starts_with(word));
        begins || self.tier.addressee == Addressee::Individual || self.text.contains("，个人有下列")
    }

    /// Whether it strikes organisations: 单位弄虚作假的.
    fn is_of_unit(&self) -> bool {
        self.act.starts_with("单位") || self.tier.addressee == Addressee::Organisation
    }

    /// Whether a tier of superior law is surely on the same act: one law at most is named, no word of it is denied in one of them
    /// alone (非人员密集场所), whom it strikes by name stands there too, and no other tier of that provision covers it.
    pub fn is_surely(&self, like: &Like, within: impl Fn(&Sanction) -> bool) -> bool {
        let laws: BTreeSet<&str> = TITLES.find_iter(&self.text).map(|title| title.as_str()).collect();
        let denied = |act: &str| act.matches('非').count();
        let struck = self.tier.addressee_span.clone().and_then(|span| self.text.get(span)).unwrap_or_default();
        let own = Theme::around(&self.act);
        let covers = |tier: &Sanction| {
            let act = Theme::around(&act_of(&like.evidence.text, tier));
            within(tier) && conditions(tier) == conditions(&self.tier) && act.share_in(&self.act) >= COVERED
        };
        own.says_enough()
            && laws.len() <= 1
            && denied(&self.act) == denied(&act_of(&like.evidence.text, &like.tier))
            && (struck.is_empty() || like.evidence.text.contains(struck))
            && !sanctions(&like.evidence.text).iter().any(covers)
    }

    /// Provisions that punish are wanted, not those that forbid.
    fn question(&self) -> Question {
        Question::Nearest { words: format!("{}，处罚款", self.act), most: CANDIDATES }
    }
}

/// A tier of superior law on the act of a clause.
#[derive(Debug, Clone)]
pub struct Like {
    /// The provision.
    pub evidence: Evidence,
    /// Its tier.
    pub tier: Sanction,
    /// How alike the acts are, from 0 to 1.
    pub likeness: f64,
}

impl Like {
    /// The words of the tier.
    pub fn words(&self) -> &str {
        self.evidence.text.get(self.tier.span.clone()).unwrap_or_default()
    }
}

/// The penalty clauses of a draft whose act is told.
pub fn clauses(draft: &Draft) -> Vec<Clause> {
    let mut found = Vec::new();
    for (_, span) in draft.structure.provisions() {
        let text = draft.quote(span);
        if !text.contains('罚') {
            continue;
        }
        for tier in sanctions(text).into_iter().filter(|tier| !tier.penalties.is_empty()) {
            let act = act_of(text, &tier);
            if Theme::around(&act).says_enough() && found.len() < CLAUSES_MAX {
                let span = span.start + tier.span.start..span.start + tier.span.end;
                found.push(Clause { span, text: text.to_string(), tier, act });
            }
        }
    }
    found
}

/// What must be known of superior law to compare the clauses of a draft.
pub fn questions(draft: &Draft, _: &Settings) -> Vec<Question> {
    clauses(draft).iter().map(Clause::question).collect()
}

/// The tiers of superior law that are like a clause, most alike first: the same class of addressee, the same conditions.
pub fn alike(clause: &Clause, answers: &Answers) -> Vec<Like> {
    let Answer::Provisions(provisions) = answers.to(&clause.question()) else { return Vec::new() };
    let theme = Theme::around(&clause.act);
    let mut found: Vec<Like> = Vec::new();
    for evidence in provisions {
        let tiers = sanctions(&evidence.text);
        // 个人有前款行为的: what the law imposes on persons stands in another tier, whose act it does not repeat.
        let of_persons =
            tiers.iter().any(|tier| tier.addressee == Addressee::Individual) || evidence.text.contains("个人有");
        let of_responsible = tiers.iter().any(|tier| tier.addressee == Addressee::ResponsiblePerson);
        for tier in tiers {
            let of_units = ["单位违反", "单位有下列", "单位有前款"].iter().any(|words| evidence.text.contains(words));
            if (of_persons || of_units) && clause.is_of_person() && tier.addressee != Addressee::Individual {
                continue;
            }
            // 单位有前款行为的: its own tier does not repeat the act.
            if of_units && clause.is_of_unit() && tier.addressee == Addressee::Any {
                continue;
            }
            let act = act_of(&evidence.text, &tier);
            let likeness = theme.likeness(&Theme::around(&act));
            // 对责任者处 is whoever acted where superior law has no tier for those responsible.
            let same = (is_same_addressee(&clause.tier, &tier) || !of_responsible && tier.addressee == Addressee::Any)
                && conditions(&clause.tier) == conditions(&tier);
            if likeness >= LIKE_ACT && same && !tier.penalties.is_empty() {
                found.push(Like { evidence: evidence.clone(), tier, likeness });
            }
        }
    }
    found.sort_by(|one, other| other.likeness.total_cmp(&one.likeness));
    let best = found.first().map_or(0.0, |like| like.likeness);
    found.retain(|like| like.likeness >= best - NEARLY);
    found
}

/// 对单位 and 对个人 are never compared; where the text makes no difference either may be meant. What superior law imposes on those
/// who are responsible beside the organisation is no measure for the organisation.
fn is_same_addressee(own: &Sanction, superior: &Sanction) -> bool {
    let of_responsible = |tier: &Sanction| tier.addressee == Addressee::ResponsiblePerson;
    let either = own.addressee == Addressee::Any || superior.addressee == Addressee::Any;
    own.addressee == superior.addressee || either && !of_responsible(own) && !of_responsible(superior)
}

/// The kinds of the conditions, in order: 情节严重, 拒不改正, 货值金额不足.
fn conditions(tier: &Sanction) -> Vec<String> {
    let mut kinds: Vec<String> = tier.conditions.iter().map(|condition| format!("{:?}", condition.kind)).collect();
    kinds.sort();
    kinds
}

/// The act of a tier without what it refers to: 违反本条例第五条规定.
fn act_of(text: &str, tier: &Sanction) -> String {
    let words: Vec<&str> = tier.act.iter().filter_map(|span| text.get(span.clone())).collect();
    fold_str(&words.join("，")).chars().take(ACT_CHARS_MAX).collect()
}
