//! What keeps a provision out of a search, in words.

use crate::app::card::{Card, CardVersion};
use crate::app::view::standing::{StandingCode, StandingReason};
use crate::index::standing::{LeftOut, Sieve, Unmet, UnmetWhy};
use crate::law::{AuthorityLevel, ValidityStatus};
use crate::query::{DateRange, Query, StatusFilter};
use jiff::civil::Date;

/// So many words are named in a sentence.
const WORDS_SAID: usize = 12;
/// Characters of a clause in a sentence.
const CLAUSE_CHARS: usize = 60;

/// A provision that was left out, and by what.
pub struct Judged<'a> {
    /// What the engine says.
    pub left: &'a LeftOut,
    /// The card of its instrument, with what the asker may see.
    pub card: &'a Card,
    /// The search.
    pub query: &'a Query,
}

/// Everything that keeps it out.
pub fn reasons(judged: &Judged<'_>) -> Vec<StandingReason> {
    let LeftOut { filters, unmet, could_be_added, .. } = judged.left;
    let mut said: Vec<StandingReason> = filters.iter().map(|sieve| judged.filter(*sieve)).collect();
    said.extend(unmet.iter().map(clause));
    if *could_be_added && !unmet.is_empty() {
        let message = "词义联想只补充含义最近的至多 200 条，它不在其中";
        said.push(reason(StandingCode::NotNear, message.to_string()));
    }
    said
}

fn reason(code: StandingCode, message: String) -> StandingReason {
    StandingReason { code, message, clause: None, words: Vec::new(), branches: Vec::new() }
}

impl Judged<'_> {
    fn filter(&self, sieve: Sieve) -> StandingReason {
        let (group, version) = (&self.left.entry.group, &self.left.entry.version);
        let filters = &self.query.filters;
        let unknown = || "不详".to_string();
        match sieve {
            Sieve::Status => reason(StandingCode::Status, self.status()),
            Sieve::Kind => {
                let wanted: Vec<&str> = filters.kinds.iter().map(|kind| kind.chinese()).collect();
                reason(StandingCode::Kind, outside("类别", group.kind.chinese(), &wanted))
            }
            Sieve::Level => {
                let wanted: Vec<&str> = filters.levels.iter().map(|level| level.chinese()).collect();
                let own = group.level.map_or("不详", AuthorityLevel::chinese);
                reason(StandingCode::Level, outside("效力位阶", own, &wanted))
            }
            Sieve::Issuer => {
                let wanted: Vec<&str> = filters.issuers.iter().map(String::as_str).collect();
                let own = group.issuer.as_deref().unwrap_or("不详");
                reason(StandingCode::Issuer, outside("制定机关", own, &wanted))
            }
            Sieve::Region => {
                let wanted: Vec<&str> = filters.regions.iter().map(String::as_str).collect();
                let own = group.region.as_deref().unwrap_or("无");
                reason(StandingCode::Region, outside("行政区划代码", own, &wanted))
            }
            Sieve::Instrument => {
                let message = format!("它属于《{}》（{}），不在所选的文件之内", group.title, group.id);
                reason(StandingCode::Instrument, message)
            }
            Sieve::Promulgated => {
                let own = version.dated.map_or_else(unknown, |day| day.to_string());
                reason(StandingCode::Promulgated, beyond("公布日期", &own, &filters.promulgated))
            }
            Sieve::Effective => {
                let own = version.interval.effective_from.map_or_else(unknown, |day| day.to_string());
                reason(StandingCode::Effective, beyond("施行日期", &own, &filters.effective))
            }
            Sieve::DecidedLater => {
                let own = version.dated.map_or_else(unknown, |day| day.to_string());
                reason(StandingCode::AsOf, format!("案例作出于 {own}，晚于所问的 {}", self.query.as_of))
            }
            Sieve::CaseFacts if group.case.is_none() => {
                reason(StandingCode::CaseFacts, "它不是案例，而所选的筛选只及于案例".to_string())
            }
            Sieve::CaseFacts => {
                let message = "它的领域、案由、处罚种类、裁量档次、当事人、结果或罚款数额不在所选之内";
                reason(StandingCode::CaseFacts, message.to_string())
            }
            Sieve::Section => reason(StandingCode::Section, "它不是案例中所选的部分".to_string()),
            Sieve::CaseArticles => {
                reason(StandingCode::CaseArticles, "它不是适用（认定违反）所选条文的案例".to_string())
            }
        }
    }

    fn status(&self) -> String {
        let on = self.query.as_of;
        if self.left.entry.group.kind == crate::law::Kind::Case {
            return "案例没有时效，按所选时效不列入".to_string();
        }
        let status = self.left.entry.version.interval.status(on);
        let why = self.why(status).map(|why| format!("（{why}）")).unwrap_or_default();
        let wanted = match &self.query.filters.status {
            StatusFilter::Only(wanted) => {
                let wanted: Vec<&str> = wanted.iter().map(|status| status.chinese()).collect();
                format!("所选时效是{}", wanted.join("、"))
            }
            _ => "没有指定时效时只列现行有效和时效未知的，status=all 列出全部".to_string(),
        };
        format!("在 {on} 它{}{why}；{wanted}", status.chinese())
    }

    /// What made the status: since when, by which version or by whose words.
    fn why(&self, status: ValidityStatus) -> Option<String> {
        let id = &self.left.entry.version.id;
        let own = self.card.versions.iter().find(|version| version.id == *id)?;
        let interval = self.left.entry.version.interval;
        let mut said = Vec::new();
        match status {
            ValidityStatus::NotYetEffective => said.push(format!("{} 起施行", interval.effective_from?)),
            ValidityStatus::Amended => {
                let on = interval.ended_on?;
                match self.next(on) {
                    Some(next) => said.push(format!("{on} 起由 {} 的版本取代", next.key)),
                    None => said.push(format!("{on} 起由后来的版本取代")),
                }
            }
            ValidityStatus::Repealed => said.push(format!("{} 起废止", interval.ended_on?)),
            ValidityStatus::Expired if interval.end_is_latest => {
                said.push(format!("至迟 {} 已失效", interval.ended_on?));
            }
            ValidityStatus::Expired => said.push(format!("{} 起失效", interval.ended_on?)),
            ValidityStatus::InForce => said.extend(interval.effective_from.map(|from| format!("{from} 起施行"))),
            ValidityStatus::Unknown => {}
        }
        let proof = own.proofs.to.as_ref().filter(|_| interval.ended_on.is_some());
        let quote = proof.map(|proof| proof.quote.trim()).filter(|quote| !quote.is_empty());
        if let (Some(quote), ValidityStatus::Repealed | ValidityStatus::Expired) = (quote, status) {
            said.push(format!("依据：“{}”", shortened(quote)));
        }
        (!said.is_empty()).then(|| said.join("，"))
    }

    /// The version that begins on a day.
    fn next(&self, on: Date) -> Option<&CardVersion> {
        self.card.versions.iter().find(|version| version.interval.effective_from == Some(on))
    }
}

fn outside(what: &str, own: &str, wanted: &[&str]) -> String {
    format!("{what}是“{own}”，不在所选的“{}”之内", wanted.join("、"))
}

fn beyond(what: &str, own: &str, range: &DateRange) -> String {
    let bound = |day: Option<Date>| day.map_or_else(|| "不限".to_string(), |day| day.to_string());
    format!("{what}是 {own}，不在所选的 {} 至 {} 之内", bound(range.from), bound(range.to))
}

fn clause(unmet: &Unmet) -> StandingReason {
    let shown = shortened(&unmet.clause);
    let words = &unmet.words;
    let (code, message) = match unmet.why {
        UnmetWhy::Missing => (StandingCode::MissingWords, format!("不满足 {shown}：没有{}", quoted(words))),
        UnmetWhy::Forbidden if words.is_empty() => {
            (StandingCode::ForbiddenWords, format!("检索式排除 {shown}，而它正是这样"))
        }
        UnmetWhy::Forbidden => (StandingCode::ForbiddenWords, format!("检索式排除 {shown}，而它有{}", quoted(words))),
        UnmetWhy::NoBranch => (StandingCode::NoBranch, format!("{shown} 的各项都不满足")),
        UnmetWhy::NotCiting => (StandingCode::NotCiting, format!("不满足 {shown}：没有引用它")),
    };
    StandingReason {
        code,
        message,
        clause: Some(unmet.clause.clone()),
        words: words.clone(),
        branches: unmet.branches.iter().map(clause).collect(),
    }
}

fn quoted(words: &[String]) -> String {
    let shown: Vec<String> = words.iter().take(WORDS_SAID).map(|word| format!("“{word}”")).collect();
    match words.len() {
        0 => "所查的内容".to_string(),
        all if all > WORDS_SAID => format!("{}等 {all} 个词", shown.concat()),
        _ => shown.concat(),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(CLAUSE_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_string(),
    }
}
