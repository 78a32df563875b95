//! `faju search`: its flags are the search parameters of the API.

use super::output::{Stop, Style, WRITES, facts, output_flag, saved};
use super::{Context, Outcome};
use crate::app::ListFormat;
use crate::app::parameters::{PROVISION, SEARCH};
use crate::app::view::standing::StandingPage;
use crate::app::view::{Item, ProvisionHit, SearchPage, TypedCitation, TypedOutcome};
use crate::http::excerpt::around;
use crate::http::new_request_id;
use clap::{Arg, ArgGroup, ArgMatches, Command};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Code points of a text that a result shows.
const EXCERPT: usize = 120;

pub fn declare() -> Command {
    let mut command = Command::new("search")
        .about("检索条文")
        .arg(
            Arg::new("query")
                .value_name("QUERY")
                .num_args(0..)
                .help("检索式：词语、\"整句\"、-排除、AND OR NOT ( )、标题: 正文: 文号: 发布机关:，或引用（处罚法33条）；不写则只按筛选列出"),
        )
        .after_help(
            "例：\n  faju search '违法建设 罚款'\n  faju search '\"责令限期改正\" -听证' --level local_regulation\n  \
             faju search 处罚法33条\n  faju search --status all --as-of 2020-01-01 商标\n以 - 开头的检索式写在 -- 之后。",
        );
    command = command.arg(
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(ListFormat::ALL.map(|(_, name)| name))
            .conflicts_with_all(["json", PROVISION.name, "limit", "offset", "cursor"])
            .help("把结果存为表格：xlsx、csv，最多 5000 行；每行一件，--group none 时每行一条"),
    );
    command = command.arg(output_flag()).group(ArgGroup::new(WRITES).arg("format"));
    command = command.arg(Arg::new(PROVISION.name).long("why-not").value_name(PROVISION.value).help(PROVISION.help));
    for parameter in SEARCH {
        let flag = parameter.name.replace('_', "-");
        command = command.arg(Arg::new(parameter.name).long(flag).value_name(parameter.value).help(parameter.help));
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let words: Vec<&str> = given.get_many::<String>("query").into_iter().flatten().map(String::as_str).collect();
    let flags = SEARCH
        .iter()
        .filter_map(|parameter| Some((parameter.name.to_string(), given.get_one::<String>(parameter.name)?.clone())));
    let parameters: Vec<(String, String)> = std::iter::once(("q".to_string(), words.join(" "))).chain(flags).collect();
    let app = context.open(Duration::ZERO)?;
    if let Some(format) = given.get_one::<String>("format").and_then(|name| ListFormat::of(name)) {
        return saved(given.get_one::<PathBuf>("output"), &app.listed(&parameters, format, &context.asker())?);
    }
    let began = Instant::now();
    if let Some(provision) = given.get_one::<String>(PROVISION.name) {
        let mut page = app.standing(&parameters, provision, &context.asker())?;
        page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
        page.request_id = new_request_id();
        context.answer(&page, |style| standing_shown(&page, style))?;
        return Ok(Outcome::Done);
    }
    let mut page = app.search(&parameters, &context.asker())?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id = new_request_id();
    context.answer(&page, |style| shown(&page, style))?;
    Ok(Outcome::Done)
}

fn standing_shown(page: &StandingPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    out.push_str(&format!("{}\n", page.message));
    if let Some(item) = &page.item {
        out.push_str(&format!("     {}\n", style.faint(&item.provision.id)));
    }
    out
}

/// Sample, hidden and "at least" are said here with the flag that changes them; the warnings say the same.
fn shown(page: &SearchPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    let about = if page.total.relation == "gte" { "至少 " } else { "" };
    if let Some(meant) = &page.did_you_mean {
        out.push_str(&format!("{}\n", style.strong(&meant.message)));
    }
    if let Some(citation) = &page.citation {
        out.push_str(&cited_shown(citation, style));
    }
    out.push_str(&format!("找到 {about}{} 条，在 {} 件文件中", page.total.value, page.total.groups));
    if page.total.hidden > 0 {
        let hidden = format!("（另有 {} 条尚未施行或已不再有效；--status all 可列出）", page.total.hidden);
        out.push_str(&style.faint(&hidden));
    }
    out.push('\n');
    let expanded = page.query.expanded.iter().map(|one| format!("{} → {}", one.word, one.terms.join("、")));
    let expanded: Vec<String> = expanded.collect();
    if !expanded.is_empty() {
        let said = format!("同时查找：{}（--expand false 可去掉）", expanded.join("；"));
        out.push_str(&format!("{}\n", style.faint(&said)));
    }
    for (place, item) in page.items.iter().enumerate() {
        out.push_str(&format!("\n{:>3}  {}", place + 1, item_shown(item, style)));
    }
    for (facet, values) in &page.facets {
        let values: Vec<String> = values.iter().map(|value| format!("{} {}", value.value, value.count)).collect();
        out.push_str(&format!("\n{}  {}", style.strong(facet), values.join("，")));
    }
    if let Some(next) = &page.next {
        out.push_str(&format!("\n{}", style.faint(&format!("下一页：--cursor {next}"))));
    }
    out
}

/// What the query was recognised as citing: one line, and what can be meant if it is not clear.
fn cited_shown(citation: &TypedCitation, style: Style) -> String {
    let mut out = format!("{}\n", style.strong(&citation.message));
    for target in citation.targets.iter() {
        let id = target.provision.clone().or_else(|| {
            let version = target.version.as_ref()?;
            Some(format!("{}@{}", target.instrument.id, version.key))
        });
        let id = style.faint(id.as_deref().unwrap_or(&target.instrument.id));
        match citation.outcome {
            TypedOutcome::Resolved => out.push_str(&format!("     {id}\n")),
            _ => {
                let assumed =
                    target.assumed().map(|assumed| style.faint(&format!("（{assumed}）"))).unwrap_or_default();
                out.push_str(&format!("     {}{assumed}  {id}\n", target.said()));
            }
        }
    }
    out.push('\n');
    out
}

fn item_shown(item: &Item, style: Style) -> String {
    let (instrument, version, left, hits) = match item {
        Item::Group(group) => {
            let left = group.matched.saturating_sub(group.provisions.len() as u64);
            (&group.instrument, &group.version, left, group.provisions.iter().collect())
        }
        Item::Single(single) => (&single.instrument, &single.version, 0, vec![&single.provision]),
    };
    let status = version.as_ref().map(|version| style.status(version.status)).unwrap_or_default();
    let mut out = format!("{} {status}\n", style.strong(&instrument.title));
    out.push_str(&format!("     {}\n", style.faint(&facts(instrument, version.as_ref()))));
    for hit in hits {
        let other = version.as_ref().is_some_and(|version| version.key != hit.version_key);
        out.push_str(&hit_shown(hit, other, style));
    }
    if left > 0 {
        let more = format!("本文件中另有 {left} 条：--instrument {} --group none", instrument.id);
        out.push_str(&format!("     {}\n", style.faint(&more)));
    }
    out
}

fn hit_shown(hit: &ProvisionHit, other_version: bool, style: Style) -> String {
    let pieces = around(&hit.text, &hit.highlights, EXCERPT);
    let text: String =
        pieces.iter().map(|piece| if piece.hit { style.mark(&piece.text) } else { piece.text.clone() }).collect();
    let other = if other_version { style.faint("〔另一版本〕 ") } else { String::new() };
    let via = match hit.via {
        Some("thesaurus") => style.faint("〔同义词〕 "),
        Some(_) => style.faint("〔含义相近〕 "),
        None => String::new(),
    };
    format!("     {}  {other}{via}{}\n       {text}\n", hit.label, style.faint(&hit.id))
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
