//! `faju precedents`: what was imposed in the cases that a search finds.

use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::parameters::{PRECEDENTS, SEARCH};
use crate::app::precedents::{about, yuan};
use crate::app::view::precedents::{Bar, PrecedentsPage};
use crate::http::new_request_id;
use clap::{Arg, ArgMatches, Command};
use std::time::{Duration, Instant};

/// Widest bar in characters.
const BAR_CHARS: u64 = 24;
/// Rows of a list.
const ROWS_SHOWN: usize = 12;

pub fn declare() -> Command {
    let mut command = Command::new("precedents")
        .about("处罚情况：检索到的全部案例怎样处罚，数额的中位数和分布，各年、各地、各条文多少件")
        .arg(Arg::new("query").value_name("QUERY").num_args(0..).help("检索式，同 faju search；不写则为全部案例"))
        .after_help("例：\n  faju precedents --applied 食品安全法124条\n  faju precedents 占道经营 --region 210000");
    for parameter in SEARCH.iter().filter(|parameter| PRECEDENTS.contains(&parameter.name)) {
        let flag = parameter.name.replace('_', "-");
        command = command.arg(Arg::new(parameter.name).long(flag).value_name(parameter.value).help(parameter.help));
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let flag = |name: &&str| Some((name.to_string(), given.get_one::<String>(name)?.clone()));
    let mut parameters: Vec<(String, String)> = PRECEDENTS.iter().filter_map(flag).collect();
    let words: Vec<&String> = given.get_many::<String>("query").into_iter().flatten().collect();
    let query = words.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    parameters.push(("q".to_string(), query));
    let app = context.open(Duration::ZERO)?;
    let began = Instant::now();
    let mut page = app.precedents(&parameters, &context.asker())?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id = new_request_id();
    context.answer(&page, |style| shown(&page, style))?;
    Ok(Outcome::Done)
}

fn shown(page: &PrecedentsPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    out.push_str(&format!("{} 件案例，{} 件读到罚款数额\n", page.cases, page.fined));
    if let Some(fines) = &page.fines {
        let [least, lower, median] = [fines.least, fines.lower_quartile, fines.median].map(yuan);
        let ([upper, most], sum) = ([fines.upper_quartile, fines.most].map(yuan), about(fines.sum));
        out.push_str(&format!(
            "罚款：中位数 {median}，半数在 {lower} 至 {upper} 之间，最低 {least}，最高 {most}，合计 {sum}\n"
        ));
    }
    for (title, bars) in page.lists() {
        out.push_str(&format!("\n{}\n", style.strong(title)));
        let most = bars.iter().map(|bar| bar.cases).max().unwrap_or(1).max(1);
        bars.iter().take(ROWS_SHOWN).for_each(|bar| out.push_str(&row(bar, most, style)));
        if bars.len() > ROWS_SHOWN {
            out.push_str(&format!("  …… 共 {} 项；加 --json 可看全部\n", bars.len()));
        }
    }
    out
}

fn row(bar: &Bar, most: u64, style: Style) -> String {
    let length = (bar.cases * BAR_CHARS).div_ceil(most) as usize;
    let median = bar.fines.map(|fines| format!("  中位数 {}", yuan(fines.median))).unwrap_or_default();
    format!("  {} {} 件{}  {}\n", style.mark(&"█".repeat(length)), bar.cases, style.faint(&median), bar.label)
}
