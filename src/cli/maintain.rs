//! `faju verify`, `faju rebuild`, `faju export`.

use super::import::{Bar, wait, wait_argument};
use super::output::{Stop, Style, complain};
use super::{Context, Outcome};
use crate::app::view::{Exported, MaintenanceReport, VerifyReport};
use crate::app::{AppError, ErrorCode, Faju, Hashed, Hashing, Manifest, manifest_path};
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Level of compression of an export whose name ends in `.zst`.
const EXPORT_LEVEL: i32 = 10;

/// So many links are followed, as the system does.
const LINKS_MAX: usize = 40;

pub fn declare_verify() -> Command {
    Command::new("verify").about("逐帧检查库，逐个检查索引文件：校验摘要，打印计数")
}

pub fn verify(_: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let report = Faju::verify_journal(&context.settings(Duration::ZERO)?)?;
    context.answer(&report, |style| verified(&report, style))?;
    let damage = [&report.damage, &report.index_damage, &report.originals_damage];
    Ok(Outcome::of(damage.iter().all(|damage| damage.is_empty())))
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
        out.push_str("库没有损坏\n");
    } else {
        out.push_str(&format!("{}\n", style.strong("库有损坏")));
        report.damage.iter().for_each(|damage| out.push_str(&format!("  {damage}\n")));
    }
    if !report.index_damage.is_empty() {
        out.push_str(&format!("{}\n", style.strong("索引有损坏，请运行 faju rebuild")));
        report.index_damage.iter().for_each(|damage| out.push_str(&format!("  {damage}\n")));
    }
    if report.originals > 0 {
        out.push_str(&format!("留存的原件 {} 份，摘要相符\n", report.originals));
    }
    if !report.originals_damage.is_empty() {
        out.push_str(&format!("{}\n", style.strong("原件有损坏，请从备份恢复")));
        report.originals_damage.iter().for_each(|damage| out.push_str(&format!("  {damage}\n")));
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
    context.answer(&report, |_| rebuilt(&report))?;
    Ok(Outcome::of(report.damage.is_empty()))
}

/// What a maintenance did, for people.
pub fn maintained(report: &MaintenanceReport) -> String {
    let mut out = format!("已完成：库中文件 {} 件，写入索引 {} 条\n", report.documents, report.provisions);
    out.push_str(&damaged(&report.damage));
    report.warnings.iter().for_each(|warning| out.push_str(&format!("{warning}\n")));
    out
}

/// The same of a rebuild, which may have kept the index it was to replace.
fn rebuilt(report: &MaintenanceReport) -> String {
    if report.damage.is_empty() || report.provisions > 0 {
        return maintained(report);
    }
    format!("没有更换索引\n{}{}\n", damaged(&report.damage), report.warnings.join("\n"))
}

/// The damages of the journal, for people; empty if there are none.
pub fn damaged(damage: &[String]) -> String {
    let mut out = String::new();
    if !damage.is_empty() {
        out.push_str("库有损坏，下列各处的记录不能读取；请从备份恢复 corpus/ 后运行 faju rebuild：\n");
    }
    damage.iter().for_each(|damage| out.push_str(&format!("  {damage}\n")));
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
        let written = app.export(&mut out).and_then(|exported| out.flush().map_err(cannot_write).map(|()| exported));
        if out.closed {
            return Err(Stop::PipeClosed);
        }
        let exported = written?;
        lacking(&exported).iter().for_each(|remark| complain(&format!("faju: {remark}")));
        return Ok(Outcome::of(exported.unreadable == 0));
    };
    let (exported, manifest) = to_file(&app, path, context)?;
    let Exported { documents, acts, unreadable, damage, .. } = &exported;
    let out = path.display().to_string();
    let report = json!({
        "documents": documents, "acts": acts, "unreadable": unreadable, "damage": damage, "out": out,
        "manifest": manifest.as_ref().map(|path| path.display().to_string()),
    });
    context.answer(&report, |_| {
        let written = format!("写出 {documents} 件到 {out}");
        let beside = manifest.iter().map(|path| format!("清单 {}：导入时会据以核对", path.display()));
        std::iter::once(written).chain(beside).chain(lacking(&exported)).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Outcome::of(exported.unreadable == 0))
}

/// What an export leaves out.
fn lacking(exported: &Exported) -> Vec<String> {
    let Exported { acts, unreadable, damage, .. } = exported;
    let of_acts = format!("另有 {acts} 条更正、关系、撤回记录不在其中：交换格式只有文件本身；完整备份请复制 corpus/");
    let of_damage = format!("{unreadable} 件因库损坏不能读取，不在其中：{}", damage.join("；"));
    let told = [(*acts, of_acts), (*unreadable, of_damage)];
    told.into_iter().filter(|(count, _)| *count > 0).map(|(_, remark)| remark).collect()
}

/// Writes beside the file and moves it there when it is whole, so that nobody takes half an export for one. A link stays one:
/// what it leads to is written. What is no file (a pipe, a device) is written to as it is, without a manifest.
fn to_file(app: &Faju, path: &Path, context: &Context) -> Result<(Exported, Option<PathBuf>), AppError> {
    let packed = path.extension().is_some_and(|end| end == "zst");
    let path = led_to(path).map_err(cannot_write)?;
    if fs::metadata(&path).is_ok_and(|meta| !meta.is_file()) {
        let mut file = OpenOptions::new().write(true).open(&path).map_err(cannot_write)?;
        return Ok((written(app, &mut file, packed)?.0, None));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = beside(&path, folder).map_err(cannot_write)?;
    let (exported, digests) = written(app, &mut file, packed)?;
    file.as_file().sync_all().map_err(cannot_write)?;
    let manifest = manifest_path(&path);
    // In this order: between the steps the new file has no manifest, never that of another.
    match fs::remove_file(&manifest) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot_write(error)),
        _ => {}
    }
    file.persist(&path).map_err(|error| cannot_write(error.error))?;
    let said = Manifest::of(&path, &exported, digests, (&context.node, context.asker().today));
    let mut file = beside(&manifest, folder).map_err(cannot_write)?;
    serde_json::to_writer_pretty(&mut file, &said).map_err(|error| cannot_write(error.into()))?;
    file.write_all(b"\n").and_then(|()| file.as_file().sync_all()).map_err(cannot_write)?;
    file.persist(&manifest).map_err(|error| cannot_write(error.error))?;
    Ok((exported, Some(manifest)))
}

/// Where a path leads: a link to what does not exist yet leads there.
fn led_to(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS_MAX {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("符号链接绕成一圈"))
}

/// A file to be moved to a path; who may read it is as for any new file, or as for the one that is replaced.
#[cfg(unix)]
fn beside(path: &Path, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let file = tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)?;
    if let Ok(replaced) = fs::metadata(path) {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    Ok(file)
}

#[cfg(not(unix))]
fn beside(_: &Path, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

/// Writes an export; answers the digests of the file and of its lines.
fn written(app: &Faju, file: impl Write, packed: bool) -> Result<(Exported, [Hashed; 2]), AppError> {
    let out = Hashing::new(BufWriter::new(file));
    if !packed {
        let mut out = out;
        let exported = app.export(&mut out)?;
        out.flush().map_err(cannot_write)?;
        let lines = out.finish().0;
        return Ok((exported, [lines.clone(), lines]));
    }
    let mut lines = Hashing::new(zstd::Encoder::new(out, EXPORT_LEVEL).map_err(cannot_write)?);
    let exported = app.export(&mut lines)?;
    let (lines, packer) = lines.finish();
    let mut out = packer.finish().map_err(cannot_write)?;
    out.flush().map_err(cannot_write)?;
    Ok((exported, [out.finish().0, lines]))
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
