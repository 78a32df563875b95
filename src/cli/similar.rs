//! `faju similar`: cases like some facts, or like a case, each with its reasons.

use super::matching::text;
use super::output::{Stop, Style, facts};
use super::{Context, Outcome};
use crate::app::parameters::{SEARCH, SIMILAR};
use crate::app::view::similar::SimilarPage;
use crate::app::{AppError, Found, Likes};
use crate::http::excerpt::around;
use crate::http::new_request_id;
use clap::{Arg, ArgMatches, Command};
use std::time::{Duration, Instant};

/// Code points of a passage that are shown.
const EXCERPT: usize = 120;

pub fn declare() -> Command {
    let mut command = Command::new("similar")
        .about("由事实或案例查找相似案例，逐件说明理由：相同的条文、相同的词语")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required_unless_present("case")
                .conflicts_with("case")
                .help("事实的文本文件；- 从标准输入读"),
        )
        .arg(Arg::new("case").long("case").value_name("ID").help("与这件案例相似的"))
        .after_help("例：\n  faju similar 案情.txt --limit 10\n  faju similar --case ID");
    for parameter in SEARCH.iter().filter(|parameter| SIMILAR.contains(&parameter.name)) {
        let help = match parameter.name {
            "limit" => "最多列出多少件（1 到 100，缺省 20）",
            _ => parameter.help,
        };
        let flag = parameter.name.replace('_', "-");
        command = command.arg(Arg::new(parameter.name).long(flag).value_name(parameter.value).help(help));
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let flag = |name: &&str| Some((name.to_string(), given.get_one::<String>(name)?.clone()));
    let parameters: Vec<(String, String)> = SIMILAR.iter().filter_map(flag).collect();
    let case = given.get_one::<String>("case");
    let text = match case {
        Some(_) => String::new(),
        None => text(given.get_one::<String>("file").map_or("-", String::as_str))?,
    };
    let app = context.open(Duration::ZERO)?;
    let began = Instant::now();
    let asked = |id: &str| app.similar(&Likes::Case(id), &parameters, &context.asker());
    let found = match case {
        None => app.similar(&Likes::Text(&text), &parameters, &context.asker())?,
        Some(id) => match asked(id)? {
            Found::Moved(to) => asked(&to)?,
            here => here,
        },
    };
    let mut page = match found {
        Found::Here(page) => page,
        Found::Moved(to) => return Err(AppError::not_found(&to).into()),
    };
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id = new_request_id();
    context.answer(&page, |style| shown(&page, style))?;
    Ok(Outcome::Done)
}

fn shown(page: &SimilarPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    out.push_str(&format!("{} 件案例有相同之处\n", page.found));
    for article in &page.articles {
        let doubt = if article.cited { "" } else { "，可能适用" };
        let (title, label, cases) = (&article.title, &article.label, article.cases);
        out.push_str(&style.faint(&format!("  《{title}》{label}（{cases} 件案例引用{doubt}）")));
        out.push('\n');
    }
    for (at, case) in page.items.iter().enumerate() {
        let day = case.decided_on.map(|day| format!(" {day}")).unwrap_or_default();
        let told = style.faint(&format!("{}{day} {}", facts(&case.instrument, None), case.instrument.id));
        out.push_str(&format!("\n{:>4}  {}\n      {told}\n", at + 1, style.strong(&case.instrument.title)));
        case.reasons.sentences.iter().for_each(|reason| out.push_str(&format!("      → {reason}\n")));
        if let Some(passage) = &case.passage {
            let pieces = around(&passage.provision.text, &passage.provision.highlights, EXCERPT);
            let marked = |piece: &crate::http::excerpt::Piece| {
                if piece.hit { style.mark(&piece.text) } else { piece.text.clone() }
            };
            out.push_str(&format!("      {}\n", pieces.iter().map(marked).collect::<String>()));
        }
    }
    out
}
