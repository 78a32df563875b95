//! Standard output and standard error: one JSON value or calm text, and a reader who may leave at any moment.

use super::{Context, Outcome};
use crate::app::view::{InstrumentHead, VersionView};
use crate::app::{AppError, ErrorCode, FileWritten, ValidityStatus};
use clap::{Arg, value_parser};
use serde::Serialize;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Why a command ends early.
#[derive(Debug)]
pub enum Stop {
    /// It failed.
    Failed(AppError),
    /// Whoever read its output has left (`| head`); nothing is wrong.
    PipeClosed,
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        Stop::Failed(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Stop::PipeClosed;
        }
        Stop::Failed(AppError::new(ErrorCode::Internal, format!("不能写出：{error}")))
    }
}

/// Prints text with a line end on standard output.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Says something on standard error. Nobody is left to tell if it is gone.
pub fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(format!("{text}\n").as_bytes());
}

impl Context {
    /// Prints an answer: as JSON if that was asked for, else as text for people.
    pub fn answer<T: Serialize>(&self, value: &T, for_people: impl FnOnce(Style) -> String) -> Result<(), Stop> {
        let text = if self.json {
            serde_json::to_string(value).map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?
        } else {
            for_people(self.style).trim_end().to_string()
        };
        Ok(print(&text)?)
    }
}

/// How text is set off: with colours on a terminal, otherwise not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    coloured: bool,
}

impl Style {
    /// What standard output can show (`NO_COLOR` is respected).
    pub fn of_terminal() -> Style {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Style { coloured: io::stdout().is_terminal() && !refused }
    }

    /// Text without colours.
    #[cfg(test)]
    pub fn plain() -> Style {
        Style { coloured: false }
    }

    fn set(self, code: &str, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_string() }
    }

    /// A title.
    pub fn strong(self, text: &str) -> String {
        self.set("1", text)
    }

    /// What stands in the background.
    pub fn faint(self, text: &str) -> String {
        self.set("2", text)
    }

    /// A match.
    pub fn mark(self, text: &str) -> String {
        self.set("1;33", text)
    }

    /// Text that is gone: struck out in red, or `[-…-]` where there are no colours.
    pub fn deleted(self, text: &str) -> String {
        if self.coloured { self.set("9;31", text) } else { format!("[-{text}-]") }
    }

    /// Text that is new: underlined in green, or `{+…+}`.
    pub fn inserted(self, text: &str) -> String {
        if self.coloured { self.set("4;32", text) } else { format!("{{+{text}+}}") }
    }

    /// A status in brackets.
    pub fn status(self, status: ValidityStatus) -> String {
        let code = match status {
            ValidityStatus::InForce => "32",
            ValidityStatus::NotYetEffective => "36",
            ValidityStatus::Unknown => "33",
            ValidityStatus::Amended | ValidityStatus::Repealed | ValidityStatus::Expired => "31",
        };
        self.set(code, &format!("〔{}〕", status.chinese()))
    }

    /// The first line of an answer from the sample.
    pub fn sample(self) -> String {
        format!("{}\n\n", self.set("33", "示例数据（虚构）"))
    }
}

/// Level, issuer, number and dates on one line.
pub fn facts(instrument: &InstrumentHead, version: Option<&VersionView>) -> String {
    let mut facts = vec![instrument.sort().to_string()];
    facts.extend(instrument.issuer.clone());
    facts.extend(instrument.document_number.clone());
    if let Some(version) = version {
        let assumed = version.first_day_assumed().map(|why| format!("（{why}）")).unwrap_or_default();
        facts.push(version.effective_from.map_or("施行日期不详".to_string(), |from| format!("{from} 施行{assumed}")));
        facts.extend(version.ended());
    }
    facts.join(" · ")
}

/// The group of the flags that make a command write a file.
pub const WRITES: &str = "writes";

/// The flag that names the file which a command writes; only beside one of [`WRITES`].
pub fn output_flag() -> Arg {
    Arg::new("output")
        .long("output")
        .short('o')
        .value_name("FILE")
        .requires(WRITES)
        .value_parser(value_parser!(PathBuf))
        .help("写到哪个文件（缺省以标题为名，写在当前目录；- 为标准输出）；已有的不覆盖")
}

/// Writes a file that is not there yet, under its own name if nobody says another; `-` is standard output.
pub fn saved(path: Option<&PathBuf>, file: &FileWritten) -> Result<Outcome, Stop> {
    let path = path.cloned().unwrap_or_else(|| PathBuf::from(&file.name));
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        out.write_all(&file.bytes)?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let refused = |error: io::Error| {
        let detail = match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{} 已经存在，没有覆盖；请用 --output 另写文件名", path.display()),
            _ => format!("不能写 {}：{error}", path.display()),
        };
        AppError::parameter(ErrorCode::InvalidParameter, "output", detail)
    };
    let mut out = File::create_new(&path).map_err(refused)?;
    out.write_all(&file.bytes).map_err(refused)?;
    complain(&format!("faju: 已写 {}", path.display()));
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_who_leaves_is_no_failure() {
        assert!(matches!(Stop::from(io::Error::from(io::ErrorKind::BrokenPipe)), Stop::PipeClosed));
        assert!(matches!(Stop::from(io::Error::from(io::ErrorKind::StorageFull)), Stop::Failed(_)));
    }
}
