//! `faju catalogue`: its flags are the parameters of the API.

use super::output::{Stop, Style, WRITES, complain, output_flag, saved};
use super::{Context, Outcome};
use crate::app::parameters::CATALOGUE;
use crate::app::view::catalogue::CataloguePage;
use crate::app::{Access, AppError, Asker, CatalogueFormat, ErrorCode, Faju};
use clap::{Arg, ArgGroup, ArgMatches, Command};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The format that is a folder and no file.
const SITE: &str = "html";

pub fn declare() -> Command {
    let formats = CatalogueFormat::ALL.map(|(_, name)| name).into_iter().chain([SITE]);
    let mut command = Command::new("catalogue")
        .about("规范性文件年度目录：现行有效的逐件编号，列明与上年相比新增、修改、废止、失效的")
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(formats.collect::<Vec<_>>())
                .conflicts_with("json")
                .help("存为文件：xlsx、csv、docx；html 为一个文件夹的网页，附全文，可放在共享目录中直接打开"),
        )
        .arg(output_flag())
        .group(ArgGroup::new(WRITES).arg("format"))
        .arg(
            Arg::new("access")
                .long("access")
                .value_name("ACCESS")
                .value_parser(["public", "internal", "restricted"])
                .default_value("public")
                .help("列入公开范围到此为止的文件"),
        );
    for parameter in CATALOGUE {
        command =
            command.arg(Arg::new(parameter.name).long(parameter.name).value_name(parameter.value).help(parameter.help));
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let flags = CATALOGUE.iter();
    let parameters: Vec<(String, String)> = flags
        .filter_map(|parameter| Some((parameter.name.to_string(), given.get_one::<String>(parameter.name)?.clone())))
        .collect();
    let app = context.open(Duration::ZERO)?;
    let asker = Asker { access: access(given), ..context.asker() };
    left_out(&app, &parameters, &asker, context)?;
    let output = given.get_one::<PathBuf>("output");
    match given.get_one::<String>("format").map(String::as_str) {
        Some(SITE) => {
            let folder = output.cloned().unwrap_or_else(|| PathBuf::from("目录"));
            site(&folder, app.catalogue_site(&parameters, &asker)?)
        }
        Some(name) => {
            let format = CatalogueFormat::of(name).unwrap_or(CatalogueFormat::Xlsx);
            saved(output, &app.catalogue_file(&parameters, format, &asker)?)
        }
        None => {
            let page = app.catalogue(&parameters, &asker)?;
            context.answer(&page, |style| shown(&page, style))?;
            Ok(Outcome::Done)
        }
    }
}

fn access(given: &ArgMatches) -> Access {
    match given.get_one::<String>("access").map(String::as_str) {
        Some("internal") => Access::Internal,
        Some("restricted") => Access::Restricted,
        _ => Access::Public,
    }
}

/// Says how many documents are not public enough for the catalogue.
fn left_out(app: &Faju, parameters: &[(String, String)], asker: &Asker, context: &Context) -> Result<(), Stop> {
    let count = |asker: &Asker| -> Result<usize, AppError> {
        Ok(app.catalogue(parameters, asker)?.lists.iter().map(|list| list.entries.len()).sum())
    };
    let left = count(&context.asker())?.saturating_sub(count(asker)?);
    if left > 0 {
        complain(&format!("faju: 另有 {left} 件不在这一公开范围内，没有列入（--access internal 列入内部文件）"));
    }
    Ok(())
}

/// Writes a site into a folder that is not there yet, or is empty: all of it, or an error that says where.
fn site(folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<Outcome, Stop> {
    let refused = |path: &Path, error: &io::Error| {
        let detail = format!("不能写 {}：{error}", path.display());
        AppError::parameter(ErrorCode::InvalidParameter, "output", detail)
    };
    fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    if fs::read_dir(folder).map_err(|error| refused(folder, &error))?.next().is_some() {
        let detail = format!("文件夹 {} 不是空的，没有覆盖；请用 --output 另写一个", folder.display());
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "output", detail).into());
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| refused(parent, &error))?;
        }
        fs::write(&path, bytes).map_err(|error| refused(&path, &error))?;
    }
    complain(&format!("faju: 已写 {}，打开其中的 index.html", folder.display()));
    Ok(Outcome::Done)
}

fn shown(page: &CataloguePage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    out.push_str(&format!(
        "{}年规范性文件目录（按 {} 的情形，与 {} 比较）\n",
        page.year, page.as_of, page.compared_with
    ));
    for warning in &page.warnings {
        out.push_str(&format!("{warning}\n"));
    }
    if page.lists.is_empty() {
        out.push_str("没有文件\n");
    }
    for list in &page.lists {
        out.push_str(&format!("\n{}\n", style.strong(&format!("{}（{} 件）", list.name, list.entries.len()))));
        for (number, entry) in (1..).zip(&list.entries) {
            let change = entry.change.map(|change| format!("［{}］", change.chinese())).unwrap_or_default();
            let number_of = entry.instrument.document_number.as_deref().unwrap_or("无文号");
            let issuer = entry.instrument.issuer.as_deref().unwrap_or("机关不详");
            let dated = entry.version.dated.map_or("日期不详".to_string(), |day| day.to_string());
            out.push_str(&format!("{number:>4}  {}{change}\n", entry.instrument.title));
            let ended = entry.version.ended().map(|ended| format!(" · {ended}")).unwrap_or_default();
            out.push_str(&format!("      {}\n", style.faint(&format!("{number_of} · {issuer} · {dated}{ended}"))));
        }
    }
    out
}
