//! `faju penalty`: what law and earlier cases say of a penalty.

use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::parameters::PENALTY;
use crate::app::precedents::yuan;
use crate::app::view::penalty::{BenchmarkView, LawOfDay, PenaltyPage, TierView};
use clap::{Arg, ArgMatches, Command};
use std::time::Duration;

pub fn declare() -> Command {
    let mut command = Command::new("penalty")
        .about("一项处罚：行为时和决定时的规定、何者较轻、数额是否在法定幅度之内、裁量基准和以往案例怎样处罚")
        .after_help(
            "例：\n  faju penalty --article 食品安全法124条 --amount 5万元 --goods-value 8000元\n  \
             faju penalty --article 行政处罚法第76条 --act-date 2020-05-01 --as-of 2021-08-01\n  \
             faju penalty --case 案例的编号",
        );
    for parameter in PENALTY {
        let flag = parameter.name.replace('_', "-");
        let argument = Arg::new(parameter.name).long(flag).value_name(parameter.value).help(parameter.help);
        command = command.arg(match parameter.name {
            "article" => argument.required_unless_present("case"),
            _ => argument,
        });
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let flag = |name: &str| Some((name.to_string(), given.get_one::<String>(name)?.clone()));
    let parameters: Vec<(String, String)> = PENALTY.iter().filter_map(|parameter| flag(parameter.name)).collect();
    let app = context.open(Duration::ZERO)?;
    let page = app.penalty(&parameters, &context.asker())?;
    context.answer(&page, |style| shown(&page, style))?;
    Ok(Outcome::Done)
}

fn shown(page: &PenaltyPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    page.case.iter().for_each(|case| out.push_str(&format!("案例 {}\n", case.title)));
    out.push_str(&format!("{}\n", style.strong(&page.instrument.title)));
    page.act.iter().for_each(|law| out.push_str(&told("行为时", law, style)));
    out.push_str(&told("决定时", &page.decision, style));
    page.lighter.iter().for_each(|view| out.push_str(&format!("\n{}\n", view.message)));
    page.proposed.iter().for_each(|proposed| out.push_str(&format!("\n{}\n", proposed.message)));
    page.benchmarks.iter().for_each(|one| out.push_str(&benchmark(one, style)));
    let cases = &page.precedents;
    out.push_str(&format!("\n适用{}的案例 {} 件，{} 件读到罚款数额", cases.article, cases.cases, cases.fined));
    if let Some(fines) = &cases.fines {
        let [lower, median, upper] = [fines.lower_quartile, fines.median, fines.upper_quartile].map(yuan);
        out.push_str(&format!("：中位数 {median}，半数在 {lower} 至 {upper} 之间"));
    }
    out.push('\n');
    if page.proposed.is_some() && cases.fined > 0 {
        out.push_str(&format!(
            "其中罚得更轻的 {} 件，相同的 {} 件，更重的 {} 件\n",
            cases.lower, cases.equal, cases.higher
        ));
    }
    for case in &cases.nearest {
        let day = case.decided_on.map(|day| format!(" {day}")).unwrap_or_default();
        let told = style.faint(&case.instrument.id);
        out.push_str(&format!("  {}{day} {} {told}\n", yuan(case.fines_fen), case.instrument.title));
    }
    page.warnings.iter().for_each(|warning| out.push_str(&format!("\n{warning}\n")));
    out
}

fn told(name: &str, law: &LawOfDay, style: Style) -> String {
    let head = format!("{name}（{}）{}", law.on, law.label);
    let mut out = format!("\n{}\n{}\n", style.strong(&head), law.text);
    for (at, tier) in law.tiers.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| law.tiers.get(before));
        out.push_str(&format!("  {}. {}\n", at + 1, tier_told(tier, before)));
    }
    out
}

/// A violation of a discretion benchmark with its tiers; `→` marks those in which the proposed fine lies.
fn benchmark(one: &BenchmarkView, style: Style) -> String {
    let head = format!("裁量基准 {} {}", one.instrument.title, one.label);
    let mut out = format!("\n{} {}\n{}\n", style.strong(&head), style.faint(&one.provision), one.violation);
    one.remark.iter().for_each(|remark| out.push_str(&format!("  {remark}\n")));
    for tier in &one.tiers {
        let mark = if tier.allows == Some(true) { "→" } else { " " };
        let level = tier.level.as_deref().map(|level| format!("{level}：")).unwrap_or_default();
        let circumstances: Vec<&str> = tier.circumstances.iter().map(|one| one.value.as_str()).collect();
        let outcomes: Vec<&str> = tier.outcomes.iter().map(|one| one.text.as_str()).collect();
        let outcome = if tier.exempt { "不予处罚".to_string() } else { outcomes.join("；") };
        out.push_str(&format!(" {mark} {level}{}：{outcome}\n", circumstances.join("，")));
    }
    if one.shares > 0 {
        out.push_str(&format!("  按权重相加计算（{} 项权重，见原文）\n", one.shares));
    }
    out
}

/// Longest act that is shown in front of a tier, in characters.
const ACT_CHARS: usize = 30;

/// A tier with its act where that is another one than that of the tier before.
fn tier_told(tier: &TierView, before: Option<&TierView>) -> String {
    let range = match (&tier.fines, &tier.obstacle) {
        (Some(range), _) => {
            let max = range.max_fen.map_or("不限".to_string(), yuan);
            let optional = if range.optional { "，可以不罚款" } else { "" };
            format!("罚款 {} 至 {max}{optional}", yuan(range.min_fen))
        }
        (None, why) => why.clone().unwrap_or_default(),
    };
    let conditions =
        if tier.conditions.is_empty() { String::new() } else { format!("（{}）", tier.conditions.join("，")) };
    let is_other = before.is_some_and(|before| before.act != tier.act) && !tier.act.is_empty();
    // Of a list the item, not its lead.
    let own = tier.act.rsplit("……").next().filter(|_| is_other).map(str::trim);
    let act = own.map_or(String::new(), |own| {
        let shown: String = own.chars().take(ACT_CHARS).collect();
        format!("［{shown}{}］", if shown.len() < own.len() { "……" } else { "" })
    });
    format!("{act}{}{conditions}：{range}", tier.penalties.join("、"))
}
