//! The question journey: a query answered by the engine, as a page.

use super::cited::{AskNames, Cited, cited};
use super::citing;
use super::error::{AppError, ErrorCode};
use super::foremost::foremost;
use super::shelf;
use super::view::{
    CorpusView, ExpansionView, FacetValue, GroupView, InstrumentHead, Item, ProvisionHit, PullView, QueryView, Range,
    Reasons, SearchPage, SingleView, VersionView,
};
use crate::index::{Answer, Engine, EngineError, GroupHead, Hit, HitGroup, IndexState, VersionHead, Via, Why};
use crate::law::Kind;
use crate::query::{self, Expansion, Query};
use crate::rank::association::Pull;
use crate::rank::fusion::SIGNALS;
use crate::text::mark;
use jiff::civil::Date;

/// A query as it is asked of the engine.
pub struct Prepared {
    /// With what comes first, and with the provisions that cite what was asked for.
    pub query: Query,
    /// What it cites.
    pub cited: Option<Cited>,
    /// What is doubtful about the provisions that cite what was asked for, in Chinese.
    pub doubts: Option<String>,
}

/// Completes a query by what it cites and by what comes first; `names` is asked only if it may cite anything.
pub fn prepared(engine: &dyn Engine, mut query: Query, names: &AskNames<'_>) -> Result<Prepared, AppError> {
    let mut doubts = None;
    if citing::is_asked(&query.node) {
        doubts = citing::doubts(&query.node, &*names()?, &query);
        let node = std::mem::replace(&mut query.node, query::Node::All);
        query.node = citing::answered(node, &*names()?, &query)?;
    }
    let cases = &query.filters.cases;
    if cases.applied.is_some() || cases.violated.is_some() {
        let ids = citing::cases(&*names()?, &query)?;
        query.filters.cases.ids = Some(ids);
    }
    let cited = cited(engine, &query, names)?;
    query.first = match &cited {
        Some(cited) => cited.first.clone(),
        None => foremost(engine, &query, names)?,
    };
    Ok(Prepared { query, cited, doubts })
}

/// Answers a query. What it cites comes first.
pub fn search(engine: &dyn Engine, query: Query, names: &AskNames<'_>, sample: bool) -> Result<SearchPage, AppError> {
    let Prepared { mut query, cited, doubts } = prepared(engine, query, names)?;
    let unknown = inside(engine, &mut query)?;
    let query = &query;
    let answer = engine.search(query)?;
    let mut warnings = warnings(&answer, query, sample);
    warnings.extend(unknown);
    warnings.extend(doubts);
    warnings.extend(cited.as_ref().and_then(|cited| cited.warning.clone()));
    let items = if query.grouped { groups(answer.groups, query) } else { singles(answer.groups, query) };
    let facets = answer
        .facets
        .into_iter()
        .map(|(name, values)| (name, values.into_iter().map(|(value, count)| FacetValue { value, count }).collect()));
    Ok(SearchPage {
        query: viewed(query),
        citation: cited.map(|cited| cited.view),
        did_you_mean: None,
        warnings,
        items,
        facets: facets.collect(),
        next: answer.next,
        corpus: CorpusView { cursor: answer.state.cursor, as_of: query.as_of },
        total: answer.total,
        sample,
        took_ms: 0.0,
        request_id: String::new(),
    })
}

/// What was asked and understood.
pub fn viewed(query: &Query) -> QueryView {
    let view = |one: &Expansion| ExpansionView { word: one.word.clone(), terms: one.terms.clone() };
    QueryView {
        raw: query.raw.clone(),
        interpreted: query::interpreted(&query.node, query.matching),
        expanded: query.expanded.iter().map(view).collect(),
    }
}

/// Makes the instrument that is searched inside the one that its id leads to (an old id, that of a version); what to say if
/// there is none that the asker may see.
fn inside(engine: &dyn Engine, query: &mut Query) -> Result<Option<String>, AppError> {
    let Some(id) = query.filters.instrument.clone() else { return Ok(None) };
    for text in engine.cards(&id)? {
        let card = shelf::card(&text)?;
        if let Some(card) = card.seen_by(query.scope.clone()).filter(|card| card.is_called(&id)) {
            query.filters.instrument = Some(card.group);
            return Ok(None);
        }
    }
    Ok(Some(format!("没有编号为“{id}”的文件，因此没有结果；编号见检索结果或 faju show")))
}

fn warnings(answer: &Answer, query: &Query, sample: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    if sample {
        warnings.push("示例数据（虚构）：尚未导入任何文件".to_string());
    }
    warnings.extend(damaged(&answer.state));
    if answer.total.hidden > 0 {
        let hidden = answer.total.hidden;
        warnings.push(format!("另有 {hidden} 条因在 {} 已失效、已被修改或尚未施行而未列出", query.as_of));
    }
    if answer.total.relation == "gte" {
        warnings.push("总数是下限；要准确的总数请加 total=exact".to_string());
    }
    warnings
}

/// What an answer says where the journal is damaged: it may lack something.
pub fn damaged(state: &IndexState) -> Option<String> {
    let count = state.damage.len();
    (count > 0)
        .then(|| format!("库有 {count} 处损坏，结果可能不全；请管理员运行 faju verify，从备份恢复后运行 faju rebuild"))
}

fn groups(groups: Vec<HitGroup>, query: &Query) -> Vec<Item> {
    let view = |group: HitGroup| {
        let best = group.hits.first()?;
        Some(Item::Group(Box::new(GroupView {
            instrument: instrument(&best.entry.group),
            version: version(&best.entry.group, &best.entry.version, query.as_of),
            matched: group.matched,
            provisions: group.hits.into_iter().map(provision).collect(),
        })))
    };
    groups.into_iter().filter_map(view).collect()
}

fn singles(groups: Vec<HitGroup>, query: &Query) -> Vec<Item> {
    groups.into_iter().flat_map(|group| group.hits).map(|hit| Item::Single(Box::new(single(hit, query)))).collect()
}

/// A hit with its instrument and version.
pub fn single(hit: Hit, query: &Query) -> SingleView {
    SingleView {
        instrument: instrument(&hit.entry.group),
        version: version(&hit.entry.group, &hit.entry.version, query.as_of),
        provision: provision(hit),
    }
}

/// The head of an instrument or case as faces show it.
pub fn instrument(head: &GroupHead) -> InstrumentHead {
    InstrumentHead {
        id: head.id.clone(),
        title: head.title.clone(),
        kind: head.kind,
        level: head.level,
        case_kind: head.case_kind,
        issuer: head.issuer.clone(),
        region: head.region.clone(),
        document_number: head.document_number.clone(),
    }
}

/// A version with its status on a day; cases have none.
pub fn version(group: &GroupHead, head: &VersionHead, on: Date) -> Option<VersionView> {
    (group.kind != Kind::Case).then(|| VersionView {
        key: head.key.clone(),
        effective_from: head.interval.effective_from,
        ended_on: head.interval.ended_on,
        ended_by: head.interval.ended_by,
        status: head.interval.status(on),
        dated: head.dated,
        origins: head.origins.clone(),
        proof: None,
        assumed: None,
    })
}

fn provision(hit: Hit) -> ProvisionHit {
    let entry = hit.entry;
    ProvisionHit {
        id: entry.id,
        kind: entry.kind,
        label: entry.label,
        path: entry.path,
        marked: mark::marked(&entry.text, &hit.highlights),
        text: entry.text,
        highlights: hit.highlights.iter().map(|&(start, end)| Range { start, end }).collect(),
        score: hit.score,
        version_key: entry.version.key,
        via: via(hit.via),
        why: hit.why.map(reasons),
    }
}

fn via(via: Via) -> Option<&'static str> {
    match via {
        Via::Words => None,
        Via::Thesaurus => Some("thesaurus"),
        Via::Association => Some("association"),
    }
}

fn reasons(why: Why) -> Reasons {
    let signals = why.weighed.iter().flat_map(|weighed| SIGNALS.into_iter().zip(weighed.evidence.signals()));
    let pull = |pull: Pull| PullView { from: pull.question, to: pull.provision, share: pull.share };
    Reasons {
        words: why.words,
        expanded: why.expanded,
        all_words: why.weighed.is_some_and(|weighed| weighed.all_words),
        score: why.weighed.map(|weighed| weighed.score),
        signals: signals.collect(),
        pulls: why.pulls.into_iter().map(pull).collect(),
    }
}

impl From<EngineError> for AppError {
    fn from(error: EngineError) -> Self {
        let code = match &error {
            EngineError::CursorExpired => ErrorCode::CursorExpired,
            EngineError::CursorInvalid => {
                return AppError::parameter(ErrorCode::InvalidParameter, "cursor", "不是本系统给出的翻页游标");
            }
            EngineError::CursorOfAnother => {
                let message = "翻页游标属于另一次搜索：检索式或筛选条件变了，请从第一页重新搜索";
                return AppError::parameter(ErrorCode::InvalidParameter, "cursor", message);
            }
            EngineError::Busy => ErrorCode::Locked,
            EngineError::Unusable(_) | EngineError::OtherProgram => ErrorCode::Corrupt,
            EngineError::Storage(_) => ErrorCode::Internal,
        };
        AppError::new(code, error.to_string())
    }
}
