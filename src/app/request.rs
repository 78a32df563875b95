//! From parameters as users write them to a [`Query`]; the one place where scope and day are put in.

use super::error::{AppError, ErrorCode, ErrorItem};
use super::faju::Asker;
use super::parameters::{CATALOGUE, MATCH, PENALTY, PRECEDENTS, SEARCH, SIMILAR};
use super::penalty::PenaltyRequest;
use crate::index::GroupHead;
use crate::law::amount::{self, BaseKind};
use crate::law::case_fields::Listed;
use crate::law::sanction::{Bases, PenaltyKind};
use crate::law::{AuthorityLevel, Kind, ValidityStatus};
use crate::query::{
    self, CaseFilters, DateRange, Explain, Facet, Filters, Matching, Query, Rank, Sort, StatusFilter, Thesaurus, Total,
};
use crate::text::points;
use jiff::civil::Date;

/// Most items on a page.
pub const LIMIT_MAX: usize = 1000;
/// Items on a page when nothing is said.
const LIMIT_DEFAULT: usize = 10;
/// Provisions that fit a text when nothing is said, and at most.
const MATCH_DEFAULT: usize = 20;
const MATCH_MAX: usize = 100;
/// Longest query, in code points.
pub const QUERY_POINTS_MAX: usize = 20_000;

/// The parameters of one search, looked up by name.
struct Given<'a>(&'a [(String, String)]);

impl<'a> Given<'a> {
    fn of(parameters: &'a [(String, String)]) -> Result<Self, AppError> {
        for (place, (name, _)) in parameters.iter().enumerate() {
            if name != "q" && !SEARCH.iter().any(|known| known.name == name) {
                let names: Vec<&str> = std::iter::once("q").chain(SEARCH.iter().map(|known| known.name)).collect();
                return Err(unknown(name, &names));
            }
            if parameters.iter().take(place).any(|(earlier, _)| earlier == name) {
                return Err(invalid(name, "同一参数只能写一次；多个值用逗号并列"));
            }
        }
        Ok(Given(parameters))
    }

    /// The value of a parameter; one that is empty counts as not given.
    fn value(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(given, _)| given == name)?;
        Some(value.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// The values of a list, separated by commas.
    fn list(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.value(name).unwrap_or_default().split([',', '，']).map(str::trim).filter(|value| !value.is_empty())
    }

    fn date(&self, name: &str) -> Result<Option<Date>, AppError> {
        self.value(name).map(|value| date(name, value)).transpose()
    }

    fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, AppError> {
        let Some(value) = self.value(name) else { return Ok(default) };
        match value.trim().parse::<usize>() {
            Ok(number) if number <= most => Ok(number),
            _ => Err(invalid(name, format!("“{value}”不是 0 到 {most} 的整数"))),
        }
    }

    /// One of several words, the first when nothing is given.
    fn choice<T: Copy>(&self, name: &str, choices: &[(&str, T)]) -> Result<T, AppError> {
        let (_, first) = choices[0];
        self.value(name).map_or(Ok(first), |value| one_of(name, value.trim(), choices))
    }
}

fn invalid(name: &str, message: impl Into<String>) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, name, message)
}

/// Whether all parameters are among those that are taken.
fn only(parameters: &[(String, String)], names: &[&str]) -> Result<(), AppError> {
    match parameters.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        Some((name, _)) => Err(unknown(name, names)),
        None => Ok(()),
    }
}

fn unknown(name: &str, names: &[&str]) -> AppError {
    AppError::parameter(ErrorCode::UnknownParameter, name, format!("没有这个参数；可用的有 {}", names.join("、")))
}

fn one_of<T: Copy>(name: &str, value: &str, choices: &[(&str, T)]) -> Result<T, AppError> {
    choices.iter().find(|(word, _)| *word == value).map(|(_, choice)| *choice).ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        invalid(name, format!("“{value}”不在可用的值之中：{}", words.join("、")))
    })
}

/// A date as the API takes it (ISO 8601, `2024-01-31`).
pub fn date(name: &str, value: &str) -> Result<Date, AppError> {
    let value = value.trim();
    let shaped = value.len() == 10;
    value.parse().ok().filter(|_| shaped).ok_or_else(|| invalid(name, format!("“{value}”不是日期，应写作 2024-01-31")))
}

const KINDS: [(&str, Kind); 3] =
    [("legislation", Kind::Legislation), ("normative", Kind::Normative), ("case", Kind::Case)];
const MATCHINGS: [(&str, Matching); 3] = [("any", Matching::Any), ("all", Matching::All), ("exact", Matching::Exact)];
const SORTS: [(&str, Sort); 6] = [
    ("relevance", Sort::Relevance),
    ("date", Sort::DateDesc),
    ("date_asc", Sort::DateAsc),
    ("authority", Sort::Authority),
    ("fines", Sort::FinesDesc),
    ("fines_asc", Sort::FinesAsc),
];
const EXPLAIN: [(&str, Explain); 3] =
    [("false", Explain::Nothing), ("true", Explain::Everything), ("signals", Explain::Signals)];
const FACETS: [(&str, Facet); 12] = [
    ("kind", Facet::Kind),
    ("level", Facet::Level),
    ("status", Facet::Status),
    ("issuer", Facet::Issuer),
    ("region", Facet::Region),
    ("year", Facet::Year),
    ("domain", Facet::Domain),
    ("cause", Facet::Cause),
    ("penalty", Facet::Penalty),
    ("tier", Facet::Tier),
    ("party", Facet::Party),
    ("outcome", Facet::Outcome),
];

/// The query that a search means, its scope and day put in.
pub fn query(parameters: &[(String, String)], thesaurus: &Thesaurus, asker: &Asker) -> Result<Query, AppError> {
    let given = Given::of(parameters)?;
    let raw = given.0.iter().find(|(name, _)| name == "q").map_or("", |(_, value)| value.as_str());
    if raw.chars().count() > QUERY_POINTS_MAX {
        return Err(AppError::parameter(ErrorCode::TooLarge, "q", format!("检索式超过 {QUERY_POINTS_MAX} 字，请缩短")));
    }
    let matching = given.choice("match", &MATCHINGS)?;
    let node = query::parse(raw, matching).map_err(|error| syntax(raw, &error))?;
    let node = match given.value("cites") {
        Some(cited) => node.and_cites(cited.trim()),
        None => node,
    };
    let total = match given.value("total") {
        None if query::is_exact_total_default(&node, raw) => Total::Exact,
        None => Total::Fast,
        Some(_) => given.choice("total", &[("exact", Total::Exact), ("fast", Total::Fast)])?,
    };
    let as_of = given.date("as_of")?;
    let mut query = Query {
        raw: raw.to_string(),
        node,
        matching,
        filters: filters(&given)?,
        scope: asker.scope(),
        as_of: as_of.unwrap_or(asker.today),
        as_of_asked: as_of.is_some(),
        sort: given.choice("sort", &SORTS)?,
        first: Vec::new(),
        expanded: Vec::new(),
        grouped: given.choice("group", &[("instrument", true), ("none", false)])?,
        limit: given.number("limit", LIMIT_DEFAULT, LIMIT_MAX)?,
        offset: given.number("offset", 0, usize::MAX)?,
        cursor: given.value("cursor").map(|cursor| cursor.trim().to_string()),
        total,
        facets: given.list("facets").map(|name| one_of("facets", name, &FACETS)).collect::<Result<_, _>>()?,
        heads: false,
        highlight: given.choice("highlight", &[("true", true), ("false", false)])?,
        rank: given.choice("rank", &[("learned", Rank::Learned), ("lexical", Rank::Lexical)])?,
        explain: given.choice("explain", &EXPLAIN)?,
    };
    let expanding = given.choice("expand", &[("true", true), ("false", false)])?;
    query.expanded = query.open_words().filter(|_| expanding).map(|words| thesaurus.expand(words)).unwrap_or_default();
    Ok(query)
}

/// Filters, scope, day and limit of a search for what fits a text.
pub fn matching(parameters: &[(String, String)], asker: &Asker) -> Result<Query, AppError> {
    only(parameters, MATCH)?;
    // Facts are asked piece by piece, each with its own terms of the thesaurus.
    let mut query = query(parameters, &Thesaurus::default(), asker)?;
    let given = Given(parameters);
    query.limit = given.number("limit", MATCH_DEFAULT, MATCH_MAX)?;
    if query.limit == 0 {
        return Err(invalid("limit", format!("须为 1 到 {MATCH_MAX} 的整数")));
    }
    if query.filters.kinds.is_empty() {
        query.filters.kinds = vec![Kind::Legislation, Kind::Normative];
    }
    Ok(query)
}

/// What is asked of a penalty, and the day of the decision.
pub fn penalty(parameters: &[(String, String)]) -> Result<(PenaltyRequest, Option<Date>), AppError> {
    only(parameters, &PENALTY.iter().map(|known| known.name).collect::<Vec<_>>())?;
    let given = Given(parameters);
    let article = given.value("article").ok_or_else(|| match given.value("case") {
        Some(_) => invalid("article", "案例所依据的条文没有读到，或者库中没有；请写明罚则，例如 食品安全法124条"),
        None => invalid("article", "须写明罚则，例如 食品安全法124条"),
    })?;
    let (act_on, as_of) = (given.date("act_date")?, given.date("as_of")?);
    if let (Some(act), Some(decision)) = (act_on, as_of)
        && act > decision
    {
        return Err(invalid("act_date", "行为发生之日晚于作出决定之日"));
    }
    let bases = [(BaseKind::IllegalGains, "illegal_gains"), (BaseKind::GoodsValue, "goods_value")];
    let mut known = Bases::default();
    for (kind, name) in bases {
        known.0.extend(fines(&given, name)?.map(|fen| (kind, fen)));
    }
    let region = region(&given)?;
    let asked = PenaltyRequest {
        article: article.to_string(),
        amount: fines(&given, "amount")?,
        act_on,
        bases: known,
        party: listed(&given, "party")?.into_iter().next(),
        region,
        case: given.value("case").and_then(|id| id.split('/').next()).map(str::to_string),
    };
    Ok((asked, as_of))
}

/// What a catalogue is to list.
pub struct CatalogueRequest {
    /// The year.
    pub year: i16,
    issuers: Vec<String>,
    subjects: Vec<String>,
    /// First digits of the region's code.
    region: Option<String>,
    kind: Kind,
}

impl CatalogueRequest {
    /// The last day of the year that is not to come.
    pub fn last_day(&self, today: Date) -> Date {
        Date::new(self.year, 12, 31).map_or(today, |last| last.min(today))
    }

    /// What it lists, in Chinese.
    pub fn lists(&self) -> &'static str {
        if self.kind == Kind::Legislation { "法律法规规章" } else { "规范性文件" }
    }

    /// Whether a document is one of those asked for.
    pub fn admits(&self, head: &GroupHead) -> bool {
        let within = |wanted: &String| head.region.as_ref().is_some_and(|own| own.starts_with(wanted));
        head.kind == self.kind
            && (self.issuers.is_empty() || head.issuer.as_ref().is_some_and(|own| self.issuers.contains(own)))
            && (self.subjects.is_empty()
                || subject_of(head).is_some_and(|own| self.subjects.iter().any(|one| one == own)))
            && self.region.as_ref().is_none_or(within)
    }
}

/// The first level of the subject that a document states: 工业、交通 of 工业、交通\\公路.
pub fn subject_of(head: &GroupHead) -> Option<&str> {
    let subject = head.subject.as_deref()?.split(['\\', '/', '>', '＞']).next()?.trim();
    (!subject.is_empty()).then_some(subject)
}

/// A catalogue.
pub fn catalogue(parameters: &[(String, String)], today: Date) -> Result<CatalogueRequest, AppError> {
    only(parameters, &CATALOGUE.iter().map(|known| known.name).collect::<Vec<_>>())?;
    let given = Given(parameters);
    let year = match given.value("year").map(str::trim) {
        None => today.year(),
        Some(year) => year
            .parse()
            .ok()
            .filter(|year| (1950..=today.year()).contains(year))
            .ok_or_else(|| invalid("year", format!("“{year}”须为 1950 到 {} 的年份", today.year())))?,
    };
    let kind = match given.value("kind") {
        None | Some("normative") => Kind::Normative,
        Some("legislation") => Kind::Legislation,
        Some(other) => return Err(invalid("kind", format!("“{other}”须为 normative 或 legislation"))),
    };
    Ok(CatalogueRequest {
        year,
        issuers: given.list("issuer").map(str::to_string).collect(),
        subjects: given.list("subject").map(str::to_string).collect(),
        region: region(&given)?,
        kind,
    })
}

/// Whether it has the form of the code of a region (GB/T 2260).
pub(super) fn is_region_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first digits of the one region that is asked for.
fn region(given: &Given<'_>) -> Result<Option<String>, AppError> {
    let region = given.value("region").map(str::trim);
    if let Some(wrong) = region.filter(|code| !is_region_code(code)) {
        return Err(invalid("region", format!("“{wrong}”不是六位行政区划代码")));
    }
    Ok(region.map(|code| code.trim_end_matches("00").to_string()))
}

/// The search over whose cases numbers are wanted.
pub fn precedents(parameters: &[(String, String)], asker: &Asker) -> Result<Query, AppError> {
    only(parameters, &[&["q"], PRECEDENTS].concat())?;
    query(parameters, &Thesaurus::default(), asker)
}

/// Filters, scope, day and limit of a search for similar cases.
pub fn similar(parameters: &[(String, String)], asker: &Asker) -> Result<Query, AppError> {
    only(parameters, SIMILAR)?;
    let mut query = query(parameters, &Thesaurus::default(), asker)?;
    query.limit = Given(parameters).number("limit", MATCH_DEFAULT, MATCH_MAX)?;
    if query.limit == 0 {
        return Err(invalid("limit", format!("须为 1 到 {MATCH_MAX} 的整数")));
    }
    query.filters.kinds = vec![Kind::Case];
    Ok(query)
}

fn filters(given: &Given<'_>) -> Result<Filters, AppError> {
    let levels: Vec<(&str, AuthorityLevel)> = AuthorityLevel::ALL.iter().map(|row| (row.1, row.0)).collect();
    let regions: Vec<String> = given.list("region").map(str::to_string).collect();
    if let Some(wrong) = regions.iter().find(|code| code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(invalid("region", format!("“{wrong}”不是六位行政区划代码")));
    }
    Ok(Filters {
        kinds: given.list("kind").map(|name| one_of("kind", name, &KINDS)).collect::<Result<_, _>>()?,
        levels: given.list("level").map(|name| one_of("level", name, &levels)).collect::<Result<_, _>>()?,
        status: status(given)?,
        issuers: given.list("issuer").map(str::to_string).collect(),
        regions,
        instrument: given.value("instrument").map(|id| id.trim().to_string()),
        promulgated: range(given, "promulgated_from", "promulgated_to")?,
        effective: range(given, "effective_from", "effective_to")?,
        cases: cases(given)?,
    })
}

/// Filters on what cases state and order.
fn cases(given: &Given<'_>) -> Result<CaseFilters, AppError> {
    let penalties: Vec<(&str, PenaltyKind)> = PenaltyKind::ALL.iter().map(|row| (row.1, row.0)).collect();
    let penalty = |name: &str| one_of("penalty", name, &penalties);
    let fines = (fines(given, "fines_from")?, fines(given, "fines_to")?);
    if let (Some(least), Some(most)) = fines
        && least > most
    {
        return Err(invalid("fines_to", "少于 fines_from，范围为空"));
    }
    let text = |name: &str| given.value(name).map(|value| value.trim().to_string());
    Ok(CaseFilters {
        domains: listed(given, "domain")?,
        causes: given.list("cause").map(str::to_string).collect(),
        penalties: given.list("penalty").map(penalty).collect::<Result<_, _>>()?,
        tiers: listed(given, "tier")?,
        parties: listed(given, "party")?,
        outcomes: listed(given, "outcome")?,
        sections: listed(given, "section")?,
        fines,
        applied: text("applied"),
        violated: text("violated"),
        ids: None,
    })
}

/// Values of a closed list.
fn listed<T: Listed>(given: &Given<'_>, name: &str) -> Result<Vec<T>, AppError> {
    let known: Vec<(&str, T)> = T::ALL.iter().map(|row| (row.1, row.0)).collect();
    given.list(name).map(|value| one_of(name, value, &known)).collect()
}

/// A sum: digits alone are fen, what people write has its unit (5000元, 3万元).
fn fines(given: &Given<'_>, name: &str) -> Result<Option<u64>, AppError> {
    let Some(value) = given.value(name).map(str::trim) else { return Ok(None) };
    if let Ok(fen) = value.parse::<u64>() {
        return Ok(Some(fen));
    }
    let read = match amount::amounts(value).as_slice() {
        [only] if only.span == (0..value.len()) && only.amount.is_money() => only.amount.fixed(),
        _ => None,
    };
    read.map(Some).ok_or_else(|| invalid(name, format!("“{value}”不是金额，应写作 5000元、3万元，或以分计的整数")))
}

fn status(given: &Given<'_>) -> Result<StatusFilter, AppError> {
    let names: Vec<&str> = given.list("status").collect();
    if names.is_empty() {
        return Ok(StatusFilter::Default);
    }
    if names.contains(&"all") {
        return Ok(StatusFilter::All);
    }
    let mut known: Vec<(&str, ValidityStatus)> = ValidityStatus::ALL.iter().map(|row| (row.1, row.0)).collect();
    // Listed among the choices of the message; taken above.
    known.push(("all", ValidityStatus::Unknown));
    let statuses = names.into_iter().map(|name| one_of("status", name, &known));
    Ok(StatusFilter::Only(statuses.collect::<Result<_, _>>()?))
}

/// What stands for a first day where only what has no date is wanted.
pub(super) const UNKNOWN_DATE: &str = "unknown";

fn range(given: &Given<'_>, from: &str, to: &str) -> Result<DateRange, AppError> {
    // The bar of cases without a date leads to them alone.
    if given.value(from) == Some(UNKNOWN_DATE) {
        return Ok(DateRange { unknown: true, ..DateRange::default() });
    }
    let range = DateRange { from: given.date(from)?, to: given.date(to)?, unknown: false };
    match (range.from, range.to) {
        (Some(first), Some(last)) if first > last => Err(invalid(to, format!("早于 {from}，范围为空"))),
        _ => Ok(range),
    }
}

fn syntax(raw: &str, error: &query::SyntaxError) -> AppError {
    let position = points::point_of(raw, error.span.start);
    AppError::new(ErrorCode::InvalidQuery, format!("检索式第 {} 字处：{}", position + 1, error.message)).at(ErrorItem {
        parameter: Some("q".to_string()),
        position: Some(position),
        message: error.message.clone(),
        ..ErrorItem::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Access;

    fn asker() -> Asker {
        Asker::of(Access::Public, jiff::civil::date(2026, 11, 24))
    }

    fn of(parameters: &[(&str, &str)]) -> Result<Query, AppError> {
        let owned: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        query(&owned, &Thesaurus::read("摆摊 => 占用道路").unwrap(), &asker())
    }

    #[test]
    fn every_parameter_of_the_table_is_understood() {
        for parameter in SEARCH {
            assert!(of(&[(parameter.name, "")]).is_ok(), "{}", parameter.name);
        }
        let query =
            of(&[("q", "桥"), ("status", "in_force,unknown"), ("as_of", "2020-01-02"), ("limit", "0")]).unwrap();
        assert_eq!(query.filters.status, StatusFilter::Only(vec![ValidityStatus::InForce, ValidityStatus::Unknown]));
        assert_eq!((query.as_of, query.as_of_asked, query.limit), (jiff::civil::date(2020, 1, 2), true, 0));
        assert_eq!(query.scope, crate::query::Scope::public());
        let undated = of(&[("promulgated_from", "unknown")]).unwrap().filters.promulgated;
        assert_eq!((undated.unknown, undated.from), (true, None));
    }

    #[test]
    fn the_thesaurus_is_asked_for_plain_words_alone() {
        let terms = |parameters: &[(&str, &str)]| of(parameters).unwrap().expanded.len();
        assert_eq!(terms(&[("q", "摆摊 罚款")]), 1);
        for more in [("expand", "false"), ("rank", "lexical"), ("match", "all"), ("match", "exact"), ("sort", "date")] {
            assert_eq!(terms(&[("q", "摆摊 罚款"), more]), 0, "{more:?}");
        }
        for query in ["\"摆摊\"", "摆摊 -罚款", "摆摊 AND 罚款", "标题:摆摊", ""] {
            assert_eq!(terms(&[("q", query)]), 0, "{query}");
        }
    }

    #[test]
    fn the_unknown_and_the_wrong_are_named() {
        let code = |parameters: &[(&str, &str)]| of(parameters).unwrap_err().code;
        assert_eq!(code(&[("colour", "red")]), ErrorCode::UnknownParameter);
        for wrong in [
            ("kind", "law"),
            ("status", "valid"),
            ("level", "法律"),
            ("as_of", "2020-1-2"),
            ("limit", "1001"),
            ("limit", "-1"),
            ("region", "99"),
            ("sort", "best"),
            ("facets", "kind,colour"),
            ("total", "some"),
        ] {
            let error = of(&[wrong]).unwrap_err();
            assert_eq!(error.code, ErrorCode::InvalidParameter, "{wrong:?}");
            assert_eq!(error.errors[0].parameter.as_deref(), Some(wrong.0));
        }
        assert_eq!(code(&[("kind", "case"), ("kind", "normative")]), ErrorCode::InvalidParameter);
        assert_eq!(
            code(&[("effective_from", "2020-02-01"), ("effective_to", "2020-01-01")]),
            ErrorCode::InvalidParameter
        );
        let error = of(&[("q", "桥 \"未闭合")]).unwrap_err();
        assert_eq!((error.code, error.errors[0].position), (ErrorCode::InvalidQuery, Some(2)));
    }
}
