//! `faju impact`: what a change or a repeal leaves pointing at nothing, at moved or at altered text.

use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::view::citations::ProvisionRef;
use crate::app::view::impact::{ImpactFilter, ImpactPage};
use crate::app::{AppError, Found};
use crate::http::citations::state;
use crate::http::query_string::date;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::time::Duration;

/// Places printed when nothing is said.
const LIMIT_DEFAULT: usize = 50;

pub fn declare() -> Command {
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    Command::new("impact")
        .about("一件或一条修改、废止之后，列出仍引用其旧文的各处（清理用）")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .help("文件、版本或条文编号；库中没有的文件写名称，如 合同法 或 合同法/a52"),
        )
        .arg(Arg::new("as_of").long("as-of").value_name("YYYY-MM-DD").help("按哪一天判断（缺省为今天）"))
        .arg(
            Arg::new("state")
                .long("state")
                .value_name("STATE")
                .value_delimiter(',')
                .help("只要这几种情形：repealed、gone、moved_altered、moved、altered、unverifiable"),
        )
        .arg(flag("all", "也列已失效文件中的引用"))
        .arg(flag("cases", "也列案例中的引用"))
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(clap::value_parser!(u64).range(1..=100_000))
                .help("最多列多少处（缺省 50）"),
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let as_of = given.get_one::<String>("as_of").map(|value| date("as_of", value)).transpose()?;
    let states = given.get_many::<String>("state").unwrap_or_default();
    let limit = given.get_one::<u64>("limit").and_then(|limit| usize::try_from(*limit).ok());
    let filter = ImpactFilter {
        states: states.map(|name| state(name)).collect::<Result<_, AppError>>()?,
        all: given.get_flag("all"),
        cases: given.get_flag("cases"),
        limit: limit.unwrap_or(LIMIT_DEFAULT),
        offset: 0,
    };
    let app = context.open(Duration::ZERO)?;
    let mut id = given.get_one::<String>("id").cloned().unwrap_or_default();
    loop {
        match app.impact(&id, &filter, as_of, &context.asker())? {
            Found::Moved(to) => id = to,
            Found::Here(page) => {
                context.answer(&page, |style| told(&page, style))?;
                return Ok(Outcome::Done);
            }
        }
    }
}

fn told(page: &ImpactPage, style: Style) -> String {
    let status = page.version.as_ref().map(|version| style.status(version.status)).unwrap_or_default();
    let known = page.known_to.map(|day| format!("，库内文件截至 {day}")).unwrap_or_default();
    let mut out = format!("{} {status}\n", style.strong(&page.instrument.title));
    let summary = format!("按 {} 判断{known}：{} 处引用受影响", page.as_of, page.total);
    out.push_str(&format!("{}\n", style.faint(&summary)));
    if let Some(assumed) = page.version.as_ref().and_then(|version| version.assumed.as_deref()) {
        out.push_str(&format!("{}\n", style.faint(assumed)));
    }
    if let Some(unheld) = &page.unheld {
        out.push_str(&format!("{unheld}\n"));
    }
    if let Some(successor) = &page.successor {
        let why = format!("（{}：{}）", successor.why, successor.quote);
        out.push_str(&format!("由《{}》接替{}\n", successor.instrument.title, style.faint(&why)));
    }
    for item in &page.items {
        let citation = &item.citation;
        let heading = format!("{} {}", citation.instrument.title, citation.provision.label);
        let now = places("，现为", &item.now) + &places("，最相近的是", &item.nearest);
        out.push_str(&format!(
            "\n{} {}{now}\n  {}\n",
            style.strong(&heading),
            style.mark(&item.message),
            citation.quote
        ));
        if let Some(assumed) = &citation.cited_assumed {
            out.push_str(&format!("  {}\n", style.faint(&format!("所引文本：{assumed}"))));
        }
    }
    out
}

/// Names provisions; nothing for none.
fn places(what: &str, places: &[ProvisionRef]) -> String {
    let labels: Vec<&str> = places.iter().map(|place| place.label.as_str()).collect();
    if labels.is_empty() { String::new() } else { format!("{what}{}", labels.join("、")) }
}
