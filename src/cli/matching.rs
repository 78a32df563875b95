//! `faju match`: which provisions fit facts or a draft clause.

use super::output::{Stop, Style, facts};
use super::{Context, Outcome};
use crate::app::parameters::{MATCH, SEARCH};
use crate::app::view::matching::{MatchPage, MatchedView, Partner};
use crate::app::{AppError, ErrorCode, TEXT_POINTS_MAX};
use crate::http::excerpt::around;
use crate::http::new_request_id;
use clap::{Arg, ArgMatches, Command};
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

/// Code points of a text that a result shows.
const EXCERPT: usize = 120;
/// Bytes that a character takes at most in UTF-8.
const BYTES_OF_POINT: u64 = 4;

pub fn declare() -> Command {
    let mut command = Command::new("match")
        .about("由事实或草案条文查找规定：义务、禁止、罚则、程序分别列出，违则与罚则配对")
        .arg(Arg::new("file").value_name("FILE").required(true).help("事实或条文的文本文件；- 从标准输入读"))
        .after_help("例：\n  faju match 案情.txt --as-of 2024-01-31\n  faju match - --level law --limit 10 < 案情.txt");
    for parameter in SEARCH.iter().filter(|parameter| MATCH.contains(&parameter.name)) {
        let flag = parameter.name.replace('_', "-");
        let help = match parameter.name {
            "limit" => "最多找多少条（1 到 100，缺省 20）",
            "kind" => "文件类别，可用逗号并列；不写时不含案例",
            _ => parameter.help,
        };
        command = command.arg(Arg::new(parameter.name).long(flag).value_name(parameter.value).help(help));
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let file = given.get_one::<String>("file").map_or("-", String::as_str);
    let text = text(file)?;
    let flag = |name: &&str| Some((name.to_string(), given.get_one::<String>(name)?.clone()));
    let parameters: Vec<(String, String)> = MATCH.iter().filter_map(flag).collect();
    let app = context.open(Duration::ZERO)?;
    let began = Instant::now();
    let mut page = app.matching(&text, &parameters, &context.asker())?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id = new_request_id();
    context.answer(&page, |style| shown(&page, style))?;
    Ok(Outcome::Done)
}

/// The text of a file; of one that is too long no more than is needed to say so.
pub(super) fn text(file: &str) -> Result<String, AppError> {
    let most = (TEXT_POINTS_MAX as u64 + 1) * BYTES_OF_POINT;
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin().take(most).read_to_end(&mut bytes),
        path => std::fs::File::open(Path::new(path)).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    read.map_err(|error| AppError::new(ErrorCode::NotFound, format!("不能读 {file}：{error}；请检查路径和权限")))?;
    let cut = bytes.len() as u64 == most;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        // The end may cut a character in two.
        Err(error) if cut => {
            let end = error.utf8_error().valid_up_to();
            Ok(String::from_utf8_lossy(error.as_bytes().get(..end).unwrap_or_default()).into_owned())
        }
        Err(_) => Err(AppError::new(ErrorCode::NotText, format!("{file} 不是 UTF-8 文字；请另存为 UTF-8"))),
    }
}

fn shown(page: &MatchPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    out.push_str(&format!("找到 {} 条", page.found));
    if page.groups.is_empty() {
        out.push_str("；请换成法条里会用的说法，或放宽筛选");
    }
    out.push('\n');
    for group in &page.groups {
        out.push_str(&format!("\n{}\n", style.strong(group.norm.chinese())));
        for provision in &group.provisions {
            out.push_str(&provision_shown(provision, page, style));
        }
    }
    out
}

fn provision_shown(matched: &MatchedView, page: &MatchPage, style: Style) -> String {
    let (hit, version) = (&matched.hit.provision, matched.hit.version.as_ref());
    let rank = matched.rank.map_or("  配对".to_string(), |rank| format!("{rank:>4}"));
    let status = version.map(|version| style.status(version.status)).unwrap_or_default();
    let title = style.strong(&format!("{} {}", matched.hit.instrument.title, hit.label));
    let pieces = around(&hit.text, &hit.highlights, EXCERPT);
    let text: String =
        pieces.iter().map(|piece| if piece.hit { style.mark(&piece.text) } else { piece.text.clone() }).collect();
    let facts = style.faint(&format!("{} {}", facts(&matched.hit.instrument, version), hit.id));
    let mut out = format!("{rank}  {title} {status}\n      {facts}\n      {text}\n");
    for Partner { what, label, by, .. } in page.partners(&hit.id) {
        out.push_str(&format!("      → {what}：{label}（{by}）\n"));
    }
    out
}
