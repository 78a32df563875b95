//! What is held, up to which day, from where, how good the answers are, and what is known to be wrong.

use super::search::grouped;
use super::{Frame, html_head, rendered};
use crate::app::{Faju, Sort, Stock, ValidityStatus};
use crate::http::problem::Failure;
use crate::http::query_string::encode;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// Measured with `faju eval` on labelled questions of others (DESIGN.md, What does each stage earn): what is asked, this engine,
/// words alone.
const QUALITY: [(&str, &str, &str); 5] = [
    ("STARD：普通人的法律咨询，找出所依据的条文（MRR@10）", "0.541", "0.337"),
    ("LawBench 3-2：由案情找罪名条文（MRR@10）", "0.519", "0.415"),
    ("LawBench 3-8：法律咨询（MRR@10）", "0.245", "0.025"),
    ("EQUALS：日常问题（MRR@10）", "0.356", "0.089"),
    ("广告执法问题（MRR@10）", "0.838", "0.799"),
];

/// The day on which that was measured.
const MEASURED: &str = "2026-11-26";

/// What everybody who relies on it must know.
const DEFECTS: [&str; 6] = [
    "库中没有的文件查不到，也不会出现在引用、被引和对照中；引用了而库中没有的，标明“库中没有”，不猜。",
    "截至日以后公布、修改或废止的，这里不知道；时效以有权机关公布的为准。",
    "文本来自公开的法规集，不是公报的标准文本；几个来源不一致时，阅读页末尾列出不同之处。",
    "施行日期、废止日期由文本读出，每一处都列出原句；读不出的标明“时效未知”或“日期不详”。",
    "案例中的个人信息在收入时遮盖，机器遮盖不能保证没有遗漏；发现时请告诉管理员。",
    "审查草案的结论分“确定”和“请核对”；后者只是提示，不能代替合法性审核人员的判断。",
];

#[derive(Template)]
#[template(path = "about.html")]
struct Page {
    frame: Frame,
    says: String,
    warning: Option<String>,
    sorts: Vec<Row>,
    total: [String; 3],
    statuses: Vec<(&'static str, String, String)>,
    origins: Vec<[String; 4]>,
    quality: [(&'static str, &'static str, &'static str); 5],
    measured: &'static str,
    defects: [&'static str; 6],
    cursor: String,
}

struct Row {
    name: &'static str,
    href: String,
    instruments: String,
    versions: String,
    undated: String,
    newest: String,
}

/// `GET /about`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let state = app.state()?;
    let stock = server.stock(app, &server.asker(&asked.who))?;
    let sum = |of: fn(&Sort) -> u64| grouped(stock.sorts.iter().map(of).sum());
    // Everything is counted among what the asker may see.
    let known = match stock.sorts.iter().filter_map(|sort| sort.newest).max() {
        Some(day) => format!("库中最新的文本为 {day} 的；此后公布、修改、废止的，这里不知道。"),
        None => "没有一件文件有日期。".to_string(),
    };
    let page = Page {
        frame: Frame::of(app.is_sample(), asked),
        says: format!(
            "共收文件和案例 {} 件，{} 个版本，原始记录 {} 份。{known}",
            sum(|sort| sort.instruments),
            sum(|sort| sort.versions),
            grouped(stock.origins.values().map(|origin| origin.documents).sum::<u64>())
        ),
        warning: (!state.damage.is_empty()).then(|| {
            format!("底账有 {} 处损坏，有关的记录可能不全；请告诉管理员（faju verify）。", state.damage.len())
        }),
        sorts: stock.sorts.iter().map(row).collect(),
        total: [sum(|sort| sort.instruments), sum(|sort| sort.versions), sum(|sort| sort.undated)],
        statuses: statuses(&stock),
        origins: origins(&stock),
        quality: QUALITY,
        measured: MEASURED,
        defects: DEFECTS,
        cursor: app.place(&server.asker(&asked.who))?,
    };
    let html: Result<String, Failure> = rendered(&page);
    Ok((html_head(), html?).into_response())
}

fn row(sort: &Sort) -> Row {
    let by = match sort.level.filter(|_| sort.kind == "legislation") {
        Some(level) => format!("level={}", encode(level, "")),
        None => format!("kind={}", sort.kind),
    };
    Row {
        name: sort.name,
        href: format!("/?{by}&status=all&sort=date"),
        instruments: grouped(sort.instruments),
        versions: grouped(sort.versions),
        undated: if sort.kind == "case" { "—".to_string() } else { grouped(sort.undated) },
        newest: sort.newest.map_or_else(|| "不详".to_string(), |day| day.to_string()),
    }
}

fn statuses(stock: &Stock) -> Vec<(&'static str, String, String)> {
    let counted = ValidityStatus::ALL.iter().filter_map(|(_, name, chinese)| {
        let count = stock.statuses.get(chinese)?;
        Some((*chinese, grouped(*count), format!("/?status={name}&sort=date")))
    });
    counted.collect()
}

fn origins(stock: &Stock) -> Vec<[String; 4]> {
    let row = |(name, origin): (&String, &crate::app::Origin)| {
        let newest = origin.newest.map_or_else(|| "不详".to_string(), |day| day.to_string());
        [name.clone(), grouped(origin.documents), grouped(origin.differing), newest]
    };
    stock.origins.iter().map(row).collect()
}
