//! `faju verify`, `faju rebuild`, `faju export`.

use super::import::{Bar, wait, wait_argument};
use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::view::{MaintenanceReport, VerifyReport};
use crate::app::{AppError, ErrorCode, Faju};
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Level of compression of an export whose name ends in `.zst`.
const EXPORT_LEVEL: i32 = 10;

pub fn declare_verify() -> Command {
    Command::new("verify").about("逐帧检查库：校验摘要，打印计数")
}

pub fn verify(_: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let report = Faju::verify_journal(&context.settings(Duration::ZERO)?)?;
    context.answer(&report, |style| verified(&report, style))?;
    Ok(Outcome::of(report.damage.is_empty()))
}

fn verified(report: &VerifyReport, style: Style) -> String {
    let mut out = format!(
        "{} 段，{} 帧，{} 字节；现有文件 {} 件\n",
        report.segments, report.frames, report.bytes, report.documents
    );
    for (kind, count) in &report.records {
        out.push_str(&format!("  {kind} {count}\n"));
    }
    if report.torn_tail_bytes > 0 {
        out.push_str(&format!("末尾有 {} 字节没有写完、也没有确认过，下次写入时会截去\n", report.torn_tail_bytes));
    }
    if report.damage.is_empty() {
        out.push_str("没有损坏\n");
    } else {
        out.push_str(&format!("{}\n", style.strong("损坏")));
        report.damage.iter().for_each(|damage| out.push_str(&format!("  {damage}\n")));
    }
    out
}

pub fn declare_rebuild() -> Command {
    Command::new("rebuild").about("从库重新生成索引").arg(wait_argument())
}

pub fn rebuild(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let bar = Bar::new();
    let report = Faju::rebuild_index(&context.settings(wait(given))?, &bar);
    bar.finish();
    let report = report?;
    context.answer(&report, |_| maintained(&report))?;
    Ok(Outcome::Done)
}

/// What a maintenance did, for people.
pub fn maintained(report: &MaintenanceReport) -> String {
    let mut out = format!("已完成：库中文件 {} 件，写入索引 {} 条\n", report.documents, report.provisions);
    report.warnings.iter().for_each(|warning| out.push_str(&format!("{warning}\n")));
    out
}

pub fn declare_export() -> Command {
    Command::new("export").about("把全部文件写成交换格式，每行一条").arg(
        Arg::new("out")
            .long("out")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("写到这个文件（名称以 .zst 结尾则压缩）；不写则写到标准输出"),
    )
}

pub fn export(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let out = given.get_one::<PathBuf>("out");
    if context.json && out.is_none() {
        let message = "标准输出要留给结果，请用 --out 指定文件";
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "json", message).into());
    }
    let app = context.open(Duration::ZERO)?;
    let Some(path) = out else {
        let mut out = Watched { inner: BufWriter::new(io::stdout().lock()), closed: false };
        let written = app.export(&mut out).map(|_| ()).and_then(|()| out.flush().map_err(cannot_write));
        return if out.closed { Err(Stop::PipeClosed) } else { written.map(|()| Outcome::Done).map_err(Stop::from) };
    };
    let documents = to_file(&app, path)?;
    let report = json!({"documents": documents, "out": path.display().to_string()});
    context.answer(&report, |_| format!("写出 {documents} 件到 {}", path.display()))?;
    Ok(Outcome::Done)
}

/// Writes beside the file and moves it there when it is whole, so that nobody takes half an export for one.
fn to_file(app: &Faju, path: &Path) -> Result<u64, AppError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(cannot_write)?;
    let documents = if path.extension().is_some_and(|end| end == "zst") {
        let mut out = zstd::Encoder::new(BufWriter::new(&mut file), EXPORT_LEVEL).map_err(cannot_write)?;
        let documents = app.export(&mut out)?;
        out.finish().and_then(|mut out| out.flush()).map_err(cannot_write)?;
        documents
    } else {
        let mut out = BufWriter::new(&mut file);
        let documents = app.export(&mut out)?;
        out.flush().map_err(cannot_write)?;
        documents
    };
    file.as_file().sync_all().map_err(cannot_write)?;
    file.persist(path).map_err(|error| cannot_write(error.error))?;
    Ok(documents)
}

fn cannot_write(error: io::Error) -> AppError {
    AppError::new(ErrorCode::ReadOnly, format!("不能写出：{error}；请检查权限和磁盘空间"))
}

/// Notices that the reader of standard output has left: then whatever `app` makes of the error is no failure.
struct Watched<W: Write> {
    inner: W,
    closed: bool,
}

impl<W: Write> Watched<W> {
    fn noticed<T>(&mut self, written: io::Result<T>) -> io::Result<T> {
        self.closed |= written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        written
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes);
        self.noticed(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.inner.flush();
        self.noticed(flushed)
    }
}
