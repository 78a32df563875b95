//! The question "why is it not there": where one provision stands in a search, or everything that keeps it out. It goes the
//! way of the search itself, so that both tell the same.

mod reasons;

use super::cited::{AskNames, BY_WORDS, cited};
use super::error::{AppError, ErrorCode};
use super::faju::Found;
use super::read::Reader;
use super::search::{self, Prepared};
use super::view::standing::{StandingOutcome, StandingPage, WithinView};
use super::view::{CitedTarget, CorpusView, TotalCount};
use crate::index::standing::{LeftOut, Ranked};
use crate::index::{Hit, Standing, Via};
use crate::law::identity;
use crate::query::{self, Explain, Filters, Matching, Query, Sort};
use reasons::{Judged, reasons};

/// So many steps from an old id to the canonical one.
const MOVES_MAX: usize = 8;

/// What a person named.
enum Named {
    /// A provision that is there.
    Provision(String),
    /// Nothing that is there: why, in Chinese.
    Nothing(String),
}

/// Where a provision stands in a search.
pub fn standing(
    reader: &Reader<'_>,
    query: Query,
    asked: &str,
    names: &AskNames<'_>,
) -> Result<StandingPage, AppError> {
    let engine = reader.engine;
    let named = named(reader, &query, asked.trim(), names)?;
    let Prepared { query, .. } = search::prepared(engine, query, names)?;
    let query = Query { explain: Explain::Everything, ..query };
    let mut page = StandingPage {
        query: search::viewed(&query),
        asked: asked.trim().to_string(),
        outcome: StandingOutcome::NotInCorpus,
        message: String::new(),
        rank: None,
        within: None,
        total: None,
        item: None,
        reasons: Vec::new(),
        corpus: CorpusView { cursor: engine.state()?.cursor, as_of: query.as_of },
        sample: reader.sample,
        took_ms: 0.0,
        request_id: String::new(),
    };
    let id = match named {
        Named::Provision(id) => id,
        Named::Nothing(why) => {
            page.message = why;
            return Ok(page);
        }
    };
    match engine.standing(&query, &id)? {
        Standing::Absent => page.message = nothing(asked),
        Standing::Found(ranked) => found(&mut page, *ranked, &query),
        Standing::LeftOut(left) => left_out(&mut page, *left, &query, reader)?,
    }
    Ok(page)
}

fn found(page: &mut StandingPage, ranked: Ranked, query: &Query) {
    let Ranked { hit, rank, within, total } = ranked;
    let item = search::single(hit, query);
    let name = name(&item.instrument.title, &item.provision.label);
    let mut message = place_said(&name, rank, within.is_some(), &total);
    let within = within.map(|within| WithinView { place: within.place, matched: within.matched, shown: within.shown });
    if let Some(within) = within {
        message += &within_said(&within);
    }
    if item.provision.via.is_some() {
        message += "；它不含所查的词，因同义词或含义相近列出";
    }
    page.outcome = StandingOutcome::Found;
    page.message = message;
    (page.rank, page.within, page.total, page.item) = (Some(rank), within, Some(total), Some(item));
}

fn place_said(name: &str, rank: u64, grouped: bool, total: &TotalCount) -> String {
    let about = if total.relation == "gte" { "至少" } else { "" };
    match grouped {
        // What association adds is not counted among the instruments.
        true if rank > total.groups => format!("{name}在结果中：所在文件排第 {rank}"),
        true => format!("{name}在结果中：所在文件排第 {rank}，共{about} {} 件", total.groups),
        false => {
            format!("{name}在结果中：排第 {rank}，共{about} {} 条", total.value + total.expanded + total.associated)
        }
    }
}

fn within_said(within: &WithinView) -> String {
    let WithinView { place, matched, shown } = within;
    match (place, shown) {
        (Some(place), true) => format!("；在本文件找到的 {matched} 条中排第 {place}"),
        (Some(place), false) => format!("；在本文件找到的 {matched} 条中排第 {place}，归并显示时没有列出"),
        (None, _) => "；本文件因其他条文列出，这一条没有显示".to_string(),
    }
}

fn left_out(page: &mut StandingPage, left: LeftOut, query: &Query, reader: &Reader<'_>) -> Result<(), AppError> {
    let card = reader.card(&left.entry.version.id)?;
    let said = reasons(&Judged { left: &left, card: &card, query });
    let hit = Hit { entry: left.entry, score: 0.0, highlights: Vec::new(), via: Via::Words, why: None };
    let item = search::single(hit, query);
    let list: Vec<&str> = said.iter().map(|reason| reason.message.as_str()).collect();
    let name = name(&item.instrument.title, &item.provision.label);
    page.outcome = StandingOutcome::LeftOut;
    page.message = format!("{name}不在结果中：{}", list.join("；"));
    (page.item, page.reasons) = (Some(item), said);
    Ok(())
}

fn name(title: &str, label: &str) -> String {
    format!("{}{label}", super::cited::in_book_brackets(title))
}

/// What is said of an id that leads nowhere and of one that the asker may not see.
fn nothing(asked: &str) -> String {
    format!("库中没有“{}”；请检查编号，或写作如 行政处罚法第33条", asked.trim())
}

fn named(reader: &Reader<'_>, query: &Query, asked: &str, names: &AskNames<'_>) -> Result<Named, AppError> {
    if asked.is_empty() {
        return Err(wrong("请写条文编号，或如 行政处罚法第33条"));
    }
    if let Some(id) = by_id(reader, asked)? {
        return Ok(Named::Provision(id));
    }
    // The citation by itself, on the day of the search and whatever its filters.
    let alone = Query {
        raw: asked.to_string(),
        node: query::parse(asked, Matching::Any).unwrap_or(query::Node::All),
        matching: Matching::Any,
        filters: Filters::default(),
        as_of_asked: false,
        sort: Sort::Relevance,
        cursor: None,
        ..query.clone()
    };
    let Some(cited) = cited(reader.engine, &alone, names)? else {
        if let Ok(card) = reader.card(asked) {
            return Err(wrong(&format!("{}要写到条，例如 {asked}/a1", super::cited::in_book_brackets(&card.title))));
        }
        return Ok(Named::Nothing(nothing(asked)));
    };
    let is_there = |target: &&CitedTarget| target.problem.is_none();
    match cited.view.targets.as_slice() {
        [] => Ok(Named::Nothing(cited.view.message.trim_end_matches(BY_WORDS).to_string())),
        [only] if is_there(&only) => match only.provision.as_deref().and_then(identity::split_provision_id) {
            Some((version, key)) => Ok(Named::Provision(provision_of(version, key))),
            None => Err(wrong(&format!("{}要写到条，例如 {asked}第一条", only.name()))),
        },
        several if several.iter().filter(is_there).count() > 0 => {
            Err(wrong(&format!("一次只能问一条；{}", cited.view.message)))
        }
        _ => Ok(Named::Nothing(cited.view.message)),
    }
}

/// The canonical id of the provision that an id leads to, or in which the part lies that it leads to.
fn by_id(reader: &Reader<'_>, asked: &str) -> Result<Option<String>, AppError> {
    let mut id = asked.to_string();
    for _ in 0..MOVES_MAX {
        if identity::split_provision_id(&id).is_none() {
            return Ok(None);
        }
        match reader.provision(&id) {
            Ok(Found::Moved(to)) => id = to,
            Ok(Found::Here(view)) => {
                let (version, key) = identity::split_provision_id(&view.id).unwrap_or((&view.id, ""));
                return Ok(Some(provision_of(version, key)));
            }
            Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Gone) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// The provision of a part of it: that is what searches find.
fn provision_of(version: &str, key: &str) -> String {
    identity::provision_id(version, key.split('/').next().unwrap_or(key)).0
}

fn wrong(message: &str) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, super::parameters::PROVISION.name, message)
}
