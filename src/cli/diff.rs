//! `faju diff`: two versions of an instrument, or two instruments, article by article.

use super::output::{Stop, Style, complain, facts};
use super::{Context, Outcome};
use crate::app::view::comparison::{ComparedHeading, ComparedRow, ComparedText, ComparisonView};
use crate::app::{AppError, ComparisonRequest, ErrorCode, Found, RowKind, SegmentKind};
use crate::http::query_string::date;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::time::Duration;

/// Ids that lead on to another, followed at most.
const HOPS_MAX: usize = 4;

pub fn declare() -> Command {
    let version =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("KEY|YYYY-MM-DD").help(help);
    Command::new("diff")
        .about("逐条对照一件法律文件的两个版本，或两件文件")
        .arg(Arg::new("id").value_name("ID").required(true).help("文件或版本的编号；单独写时与其前一版本对照"))
        .arg(Arg::new("with").value_name("ID2").help("另一文件或版本的编号，作为新的一边"))
        .arg(version("from", "旧的一边：版本，或该版本有效的某一天"))
        .arg(version("to", "新的一边：版本，或该版本有效的某一天（缺省为今天有效的）"))
        .arg(Arg::new("as_of").long("as-of").value_name("YYYY-MM-DD").help("按哪一天判断时效（缺省为今天）"))
        .arg(Arg::new("only_changes").long("only-changes").action(ArgAction::SetTrue).help("不列出未变的条"))
        .after_help(
            "例：\n  faju diff ID                                   今天有效的版本与其前一版本\n  \
             faju diff ID --from 2015-03-15 --to 2023-03-13 --only-changes\n  faju diff ID ID2\n\
             不是终端时，删去的写作 [-…-]，增加的写作 {+…+}，只因条号顺延而改的写作 旧→新。",
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let text = |name: &str| given.get_one::<String>(name).cloned();
    let as_of = text("as_of").map(|value| date("as_of", &value)).transpose()?;
    let mut asked = ComparisonRequest {
        id: text("id").unwrap_or_default(),
        with: text("with"),
        from: text("from"),
        to: text("to"),
        only_changes: given.get_flag("only_changes"),
    };
    let app = context.open(Duration::ZERO)?;
    for _ in 0..HOPS_MAX {
        match app.compare(&asked, as_of, &context.asker())? {
            Found::Here(view) => {
                context.answer(&view, |style| shown(&view, style))?;
                return Ok(Outcome::Done);
            }
            Found::Moved(to) => {
                complain(&format!("faju: {} 现为 {to}", asked.id));
                asked.id = to;
            }
        }
    }
    Err(AppError::new(ErrorCode::Conflict, format!("编号 {} 互相指来指去；请运行 faju verify", asked.id)).into())
}

fn shown(view: &ComparisonView, style: Style) -> String {
    let mut out = if view.sample { style.sample() } else { String::new() };
    out.push_str(&format!("{}\n{}\n", side("旧", &view.old, style), side("新", &view.new, style)));
    let counts = RowKind::ALL.iter().filter_map(|(_, name, chinese)| {
        let count = view.counts.get(name).filter(|count| **count > 0)?;
        Some(format!("{chinese} {count}"))
    });
    out.push_str(&format!("{}\n", counts.collect::<Vec<_>>().join(" · ")));
    for warning in &view.warnings {
        out.push_str(&format!("{}\n", style.faint(warning)));
    }
    for (at, row) in view.rows.iter().enumerate() {
        for heading in view.headings.iter().filter(|heading| heading.before_row == at) {
            out.push_str(&format!("\n{}\n", heading_shown(heading, style)));
        }
        out.push_str(&row_shown(row, style));
    }
    for heading in view.headings.iter().filter(|heading| heading.before_row >= view.rows.len()) {
        out.push_str(&format!("\n{}\n", heading_shown(heading, style)));
    }
    out
}

fn side(name: &str, text: &ComparedText, style: Style) -> String {
    let version = text.version.as_ref();
    let status = version.map(|version| style.status(version.status)).unwrap_or_default();
    let title = style.strong(&text.instrument.title);
    format!(
        "{name}  {title} {status}\n    {}\n    {}",
        style.faint(&facts(&text.instrument, version)),
        style.faint(&text.id)
    )
}

fn heading_shown(heading: &ComparedHeading, style: Style) -> String {
    let (old, new) = (heading.old.as_deref().unwrap_or(""), heading.new.as_deref().unwrap_or(""));
    match heading.kind {
        RowKind::Kept => style.strong(new),
        RowKind::Added => style.inserted(new),
        RowKind::Removed => style.deleted(old),
        _ => format!("{} {}", style.strong(new), style.faint(&format!("（原 {old}）"))),
    }
}

fn row_shown(row: &ComparedRow, style: Style) -> String {
    let labels = |provisions: &[crate::app::view::comparison::ComparedProvision]| -> String {
        provisions.iter().map(|provision| provision.label.as_str()).collect::<Vec<_>>().join("、")
    };
    let (old, new) = (labels(&row.old), labels(&row.new));
    let within = row.stands_within();
    let place = match row.kind {
        RowKind::Kept | RowKind::Changed | RowKind::Added => new,
        RowKind::Removed => old,
        _ => format!("{old} → {}", within.as_deref().unwrap_or(&new)),
    };
    let moved = if row.reordered { "，位置调整" } else { "" };
    let doubt = if row.doubtful { "，对应存疑" } else { "" };
    let parts: String = row.moved_parts.iter().map(|part| format!("；{}", part.says())).collect();
    let near = row.says_nearest().map(|near| format!("；{near}")).unwrap_or_default();
    let what = format!("{}{moved}{doubt}{parts}{near}", row.kind.chinese());
    let head = format!("{}  {}", style.strong(&place), style.faint(&what));
    // What moved into others is not gone: it is shown as it was.
    let text: String = match within {
        Some(_) => row.old.iter().map(|provision| provision.text.as_str()).collect(),
        None => row.segments.iter().map(|segment| segment_shown(segment, row, style)).collect(),
    };
    format!("\n{head}\n{}\n", text.trim())
}

fn segment_shown(segment: &crate::app::view::comparison::ComparedSegment, row: &ComparedRow, style: Style) -> String {
    let (old, new) = (segment.old_text(row), segment.new_text(row));
    // The numbers in front stand in the line above.
    let begins =
        |place: Option<crate::app::view::comparison::ComparedPlace>| place.is_some_and(|place| place.start == 0);
    match segment.kind {
        SegmentKind::Same => new,
        SegmentKind::Renumbered if begins(segment.old) && new.is_empty() => format!("\n{old}"),
        SegmentKind::Renumbered if begins(segment.new) && old.is_empty() => format!("\n{new}"),
        SegmentKind::Renumbered if begins(segment.new) && begins(segment.old) => new,
        SegmentKind::Renumbered => style.faint(&format!("{old}→{new}")),
        SegmentKind::Deleted => around(&old, |text| style.deleted(text)),
        SegmentKind::Inserted => around(&new, |text| style.inserted(text)),
    }
}

/// Marks text line by line, so that no colour runs over the end of a line and no mark stands alone on one.
fn around(text: &str, mark: impl Fn(&str) -> String) -> String {
    let lines = text.split('\n').map(|line| if line.trim().is_empty() { line.to_string() } else { mark(line) });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_line_by_line() {
        let style = Style::plain();
        assert_eq!(around("甲\n\n乙", |text| style.deleted(text)), "[-甲-]\n\n[-乙-]");
        assert_eq!(around("甲", |text| style.inserted(text)), "{+甲+}");
    }
}
