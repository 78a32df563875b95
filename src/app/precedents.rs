//! The journey of the adviser who asks what is usually imposed: numbers over all cases that a search finds.

use super::citations::label_of;
use super::cited::{AskNames, in_book_brackets};
use super::error::AppError;
use super::links::Links;
use super::links::applied::Article;
use super::request::UNKNOWN_DATE;
use super::search::{Prepared, damaged, prepared, viewed};
use super::view::CorpusView;
use super::view::precedents::{Bar, PrecedentsPage, Spread};
use crate::index::{Engine, GroupHead};
use crate::law::case_fields::Listed;
use crate::law::{Kind, level};
use crate::query::{Query, Total};
use crate::text::fold::fold_str;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Articles that are listed.
const ARTICLES_SHOWN: usize = 30;
/// Authorities and causes that are listed.
const WORDS_SHOWN: usize = 30;
/// Where the classes of fines begin, in fen: 0, 1,000 yuan, 5,000, 10,000, 50,000, 100,000, 500,000, 1,000,000.
const CLASSES: [u64; 8] = [0, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000];

/// A case of the answer.
type Case = (GroupHead, Option<Date>);

/// The numbers of the cases that a query finds.
pub fn precedents(
    engine: &dyn Engine,
    mut query: Query,
    names: &AskNames<'_>,
    sample: bool,
) -> Result<PrecedentsPage, AppError> {
    query.filters.kinds = vec![Kind::Case];
    query = Query { heads: true, limit: 0, total: Total::Exact, facets: Vec::new(), ..query };
    let Prepared { query, .. } = prepared(engine, query, names)?;
    // What is asked for by name is none of the cases that the words find.
    let query = Query { first: Vec::new(), ..query };
    let answer = engine.search(&query)?;
    let cases = answer.heads;
    let fined = cases.iter().filter(|case| fine(case).is_some()).count();
    let fines = fines_of(cases.iter().map(|case| &case.0));
    let joined = fined - fines.len();
    let facts = |case: &Case| case.0.case.clone().unwrap_or_default();
    let mut warnings: Vec<String> = damaged(&answer.state).into_iter().collect();
    if sample {
        warnings.push("示例数据（虚构）：尚未导入任何文件".to_string());
    }
    if joined > 0 {
        warnings.push(joined_rows(joined));
    }
    let links = names()?;
    let mut page = PrecedentsPage {
        query: viewed(&query),
        cases: cases.len() as u64,
        fined: fined as u64,
        fines: spread(fines),
        by_year: by_year(&cases),
        by_region: by_region(&cases, &query),
        by_amount: by_amount(&cases),
        by_penalty: listed(&cases, "penalty", |case| {
            facts(case).penalties.iter().map(|kind| (kind.name(), kind.chinese())).collect()
        }),
        by_outcome: listed(&cases, "outcome", |case| named(&facts(case).outcomes)),
        by_domain: listed(&cases, "domain", |case| named(facts(case).domain.as_slice())),
        by_article: by_article(&cases, &links, "applied", |place| links.applied.applied_by(place).collect()),
        by_violated: by_article(&cases, &links, "violated", |place| links.applied.violated_in(place).collect()),
        by_tier: listed(&cases, "tier", |case| named(&facts(case).tiers)),
        by_party: listed(&cases, "party", |case| named(&facts(case).parties)),
        by_issuer: worded(&cases, "issuer", |case| case.0.issuer.as_deref()),
        by_cause: worded(&cases, "cause", |case| case.0.case.as_ref()?.cause.as_deref()),
        corpus: CorpusView { cursor: answer.state.cursor, as_of: query.as_of },
        sample,
        warnings,
        took_ms: 0.0,
        request_id: String::new(),
    };
    for bars in page.every_list() {
        bars.iter_mut().for_each(|bar| inside(bar, &query));
    }
    Ok(page)
}

/// Makes the search of a bar one inside the search whose cases are counted: what it asks must not take the place of what is asked
/// already. Where no search finds just these (two penalties of one case), there is none.
fn inside(bar: &mut Bar, query: &Query) {
    let (days, cases) = (&query.filters.promulgated, &query.filters.cases);
    let mut is_one = true;
    for (name, value) in &mut bar.parameters {
        let among = |asked: Vec<&'static str>| asked.is_empty() || asked.contains(&value.as_str());
        match name.as_str() {
            "penalty" => is_one &= among(cases.penalties.iter().map(|kind| kind.name()).collect()),
            "outcome" => is_one &= among(cases.outcomes.iter().map(|outcome| outcome.name()).collect()),
            "tier" => is_one &= among(cases.tiers.iter().map(|tier| tier.name()).collect()),
            "party" => is_one &= among(cases.parties.iter().map(|party| party.name()).collect()),
            "issuer" => is_one &= query.filters.issuers.is_empty() || query.filters.issuers.contains(value),
            "cause" => is_one &= cases.causes.is_empty() || cases.causes.contains(value),
            "violated" => is_one &= cases.violated.as_ref().is_none_or(|asked| asked == value),
            "domain" => is_one &= among(cases.domains.iter().map(|domain| domain.name()).collect()),
            "applied" => is_one &= cases.applied.as_ref().is_none_or(|asked| asked == value),
            "region" => {
                let of = |asked: &String| level::lies_in(value, asked);
                is_one &= query.filters.regions.is_empty() || query.filters.regions.iter().any(of);
            }
            "promulgated_from" if value.as_str() == UNKNOWN_DATE => {}
            "promulgated_from" => {
                let asked = days.from.map(|day| day.to_string());
                *value = asked.into_iter().chain([value.clone()]).max().unwrap_or_default();
            }
            "promulgated_to" => {
                let asked = days.to.map(|day| day.to_string());
                *value = asked.into_iter().chain([value.clone()]).min().unwrap_or_default();
            }
            "fines_from" => *value = bound(value, cases.fines.0, u64::max),
            "fines_to" => *value = bound(value, cases.fines.1, u64::min),
            _ => {}
        }
    }
    if !is_one {
        bar.parameters.clear();
    }
}

/// The narrower of two bounds.
fn bound(value: &str, asked: Option<u64>, narrower: fn(u64, u64) -> u64) -> String {
    let own: Option<u64> = value.parse().ok();
    own.into_iter().chain(asked).reduce(narrower).map_or_else(String::new, |bound| bound.to_string())
}

fn named<T: Listed>(values: &[T]) -> Vec<(&'static str, &'static str)> {
    values.iter().map(|value| (value.name(), value.chinese())).collect()
}

fn fine(case: &Case) -> Option<u64> {
    case.0.case.as_ref()?.fines_fen
}

/// The fines of cases, that of one decision once: a source may publish it for every party in a row of its own.
pub(super) fn fines_of<'a>(heads: impl Iterator<Item = &'a GroupHead>) -> Vec<u64> {
    let mut known = HashSet::new();
    let facts = heads.filter_map(|head| head.case.as_ref());
    let once = facts
        .filter(|facts| facts.fines_fen.is_some())
        .filter(|facts| facts.decision.is_none_or(|one| known.insert(one)));
    once.filter_map(|facts| facts.fines_fen).collect()
}

/// What is said of rows that repeat a decision.
pub(super) fn joined_rows(joined: usize) -> String {
    format!("有 {joined} 件与另一件文号、处罚内容相同（同一决定按当事人分行公布），金额只计一次")
}

/// How sums lie.
pub(super) fn spread(mut sums: Vec<u64>) -> Option<Spread> {
    sums.sort_unstable();
    let (least, most) = (*sums.first()?, *sums.last()?);
    let quarter = |quarters: usize| {
        let place = quarters * (sums.len() - 1);
        let (below, part) = (sums[place / 4], (place % 4) as u128);
        let above = sums.get(place / 4 + 1).copied().unwrap_or(below);
        below + (u128::from(above - below) * part / 4) as u64
    };
    Some(Spread {
        least,
        lower_quartile: quarter(1),
        median: quarter(2),
        upper_quartile: quarter(3),
        most,
        sum: sums.iter().fold(0, |all, sum| all.saturating_add(*sum)),
    })
}

/// A bar of some cases.
fn bar(value: String, label: String, cases: &[&Case], parameters: &[(&str, String)]) -> Bar {
    Bar {
        value,
        label,
        cases: cases.len() as u64,
        fines: spread(fines_of(cases.iter().map(|case| &case.0))),
        parameters: parameters.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
    }
}

fn by_year(cases: &[Case]) -> Vec<Bar> {
    let mut years: BTreeMap<Option<i16>, Vec<&Case>> = BTreeMap::new();
    cases.iter().for_each(|case| years.entry(case.1.map(Date::year)).or_default().push(case));
    let undated = years.remove(&None);
    let mut bars: Vec<Bar> = Vec::new();
    for (year, cases) in years {
        let year = year.unwrap_or_default();
        let within = [("promulgated_from", format!("{year}-01-01")), ("promulgated_to", format!("{year}-12-31"))];
        bars.push(bar(year.to_string(), format!("{year}年"), &cases, &within));
    }
    bars.extend(undated.map(|cases| {
        bar(String::new(), "日期不详".to_string(), &cases, &[("promulgated_from", UNKNOWN_DATE.to_string())])
    }));
    bars
}

/// By province; inside the regions asked for by what lies below them.
fn by_region(cases: &[Case], query: &Query) -> Vec<Bar> {
    let asked = query.filters.regions.iter().map(|code| code.trim_end_matches("00").len()).max().unwrap_or(0);
    let length = (asked + 2).min(6);
    let mut regions: BTreeMap<Option<String>, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        let code = case.0.region.as_deref().and_then(|code| code.get(..length));
        regions.entry(code.map(|stem| format!("{stem:0<6}"))).or_default().push(case);
    }
    let unknown = regions.remove(&None);
    let mut bars: Vec<Bar> = Vec::new();
    for (code, cases) in regions {
        let code = code.unwrap_or_default();
        let name = level::region_name(&code).unwrap_or(&code);
        // What asks for a province asks for what lies in it too: no search finds those of its own organs alone.
        if code.trim_end_matches("00").len() < length {
            bars.push(bar(code.clone(), format!("{name}（本级）"), &cases, &[]));
        } else {
            bars.push(bar(code.clone(), name.to_string(), &cases, &[("region", code.clone())]));
        }
    }
    bars.sort_by(|one, other| other.cases.cmp(&one.cases).then_with(|| one.value.cmp(&other.value)));
    bars.extend(unknown.map(|cases| bar(String::new(), "地区不详".to_string(), &cases, &[])));
    bars
}

fn by_amount(cases: &[Case]) -> Vec<Bar> {
    let ends = CLASSES.iter().skip(1).map(|end| Some(*end)).chain([None]);
    let class = |(from, end): (u64, Option<u64>)| {
        let inside = |fen: u64| from <= fen && end.is_none_or(|end| fen < end);
        let own: Vec<&Case> = cases.iter().filter(|case| fine(case).is_some_and(inside)).collect();
        let label = match end {
            Some(end) if from == 0 => format!("不满{}", yuan(end)),
            Some(end) => format!("{}以上不满{}", yuan(from), yuan(end)),
            None => format!("{}以上", yuan(from)),
        };
        let mut parameters = vec![("fines_from", from.to_string())];
        parameters.extend(end.map(|end| ("fines_to", (end - 1).to_string())));
        bar(from.to_string(), label, &own, &parameters)
    };
    let mut bars: Vec<Bar> = CLASSES.iter().copied().zip(ends).map(class).collect();
    // Empty classes between others are a part of the picture, those outside are not.
    let keep = |bar: &Bar| bar.cases > 0;
    let from = bars.iter().position(keep).unwrap_or(bars.len());
    let to = bars.iter().rposition(keep).map_or(from, |last| last + 1);
    bars.drain(from..to).collect()
}

/// A sum for people: 5000元, 3万元.
pub fn yuan(fen: u64) -> String {
    const WAN: u64 = 1_000_000;
    let decimals = |whole: u64, rest: u64, digits: usize| {
        let told = format!("{whole}.{rest:0digits$}");
        told.trim_end_matches('0').trim_end_matches('.').to_string()
    };
    match fen {
        0..WAN => format!("{}元", decimals(fen / 100, fen % 100, 2)),
        _ => format!("{}万元", decimals(fen / WAN, fen % WAN, 6)),
    }
}

/// A great sum for people, to a hundredth of 亿元; a smaller one as it is.
pub fn about(fen: u64) -> String {
    const HUNDREDTH: u64 = 100_000_000;
    match fen / HUNDREDTH {
        0..100 => yuan(fen),
        hundredths => format!("约{}.{:02}亿元", hundredths / 100, hundredths % 100),
    }
}

/// Cases under each of their values of a closed list.
fn listed(cases: &[Case], parameter: &str, values: impl Fn(&Case) -> Vec<(&'static str, &'static str)>) -> Vec<Bar> {
    let mut found: BTreeMap<(&'static str, &'static str), Vec<&Case>> = BTreeMap::new();
    for case in cases {
        values(case).into_iter().for_each(|value| found.entry(value).or_default().push(case));
    }
    let of_value = |((name, chinese), cases): ((&'static str, &'static str), Vec<&Case>)| {
        bar(name.to_string(), chinese.to_string(), &cases, &[(parameter, name.to_string())])
    };
    let mut bars: Vec<Bar> = found.into_iter().map(of_value).collect();
    bars.sort_by(|one, other| other.cases.cmp(&one.cases).then_with(|| one.value.cmp(&other.value)));
    bars
}

/// Cases under their words, which no list closes: the most frequent. What a parameter would take for several has no search.
fn worded<'c>(cases: &'c [Case], parameter: &str, words: impl Fn(&'c Case) -> Option<&'c str>) -> Vec<Bar> {
    let mut found: BTreeMap<String, (&str, Vec<&Case>)> = BTreeMap::new();
    for case in cases {
        let Some(own) = words(case) else { continue };
        found.entry(fold_str(own)).or_insert((own, Vec::new())).1.push(case);
    }
    let of_words = |(words, cases): (&str, Vec<&Case>)| {
        let search = [(parameter, words.to_string())];
        bar(words.to_string(), words.to_string(), &cases, if words.contains([',', '，']) { &[] } else { &search })
    };
    let mut bars: Vec<Bar> = found.into_values().map(of_words).collect();
    bars.sort_by(|one, other| other.cases.cmp(&one.cases).then_with(|| one.value.cmp(&other.value)));
    bars.truncate(WORDS_SHOWN);
    bars
}

/// The articles that most cases apply, or say to be violated.
fn by_article<'l>(
    cases: &[Case],
    links: &'l Links,
    parameter: &str,
    articles: impl Fn(usize) -> Vec<&'l Article>,
) -> Vec<Bar> {
    let mut found: HashMap<&Article, Vec<&Case>> = HashMap::new();
    for case in cases {
        let own = links.place(&case.0.id).into_iter().flat_map(&articles);
        own.for_each(|article| found.entry(article).or_default().push(case));
    }
    let mut articles: Vec<_> = found.into_iter().collect();
    articles.sort_by(|one, other| other.1.len().cmp(&one.1.len()).then_with(|| one.0.cmp(other.0)));
    let of_article = |((place, key), cases): (&Article, Vec<&Case>)| {
        let head = &links.groups[*place].head;
        let id = format!("{}/{key}", head.id);
        bar(id.clone(), format!("{}{}", in_book_brackets(&head.title), label_of(key)), &cases, &[(parameter, id)])
    };
    articles.into_iter().take(ARTICLES_SHOWN).map(of_article).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_spreadsheets() {
        assert_eq!(spread(vec![]), None);
        let four = spread(vec![400, 100, 200, 300]).unwrap();
        assert_eq!((four.lower_quartile, four.median, four.upper_quartile), (175, 250, 325));
        assert_eq!((four.least, four.most, four.sum), (100, 400, 1000));
        let one = spread(vec![7]).unwrap();
        assert_eq!((one.lower_quartile, one.median, one.upper_quartile), (7, 7, 7));
        assert_eq!(spread(vec![u64::MAX, u64::MAX]).unwrap().sum, u64::MAX);
    }

    #[test]
    fn sums_are_told_as_people_write_them() {
        for (fen, told) in [
            (0, "0元"),
            (50, "0.5元"),
            (500_000, "5000元"),
            (1_000_000, "1万元"),
            (3_050_000, "3.05万元"),
            (100_000_000, "100万元"),
        ] {
            assert_eq!(yuan(fen), told);
        }
        assert_eq!(about(12_857_278_256_200), "约1285.72亿元");
        assert_eq!(about(100_000_000), "100万元");
    }
}
