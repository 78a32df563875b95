//! LawRefBook trees: `# title`, history lines, `<!-- INFO END -->`, body; `db.sqlite3` beside them.

mod catalogue;

use super::header;
use super::merge::order_of;
use super::outcome::{Extracted, Outcome, PartOf, Refusal};
use super::plain::{classify, heading};
use crate::law::level;
use crate::law::{Access, AuthorityLevel, CaseKind, Document, Kind};
pub use catalogue::{Catalogue, Row};

/// The line that ends the header.
pub const MARK: &str = "<!-- INFO END -->";

/// What is known of a file from where it lies.
pub struct Place<'a> {
    /// Path below the root of the tree that its `db.sqlite3` describes, for example `行政法/某法(2020-01-01).md`.
    pub path: &'a str,
    /// Its row in `db.sqlite3`.
    pub row: Option<&'a Row>,
    /// Whether the tree around it was recognised.
    pub in_pack: bool,
    /// Path of the folder in the whole tree: parts of one code lie in one folder.
    pub folder: &'a str,
}

/// Reads one file.
pub fn read(place: &Place<'_>, text: &str) -> Outcome {
    let name = header::name(place.path);
    if name == "_index.md" || name == "README.md" || text.starts_with("---\nbookHidden") {
        return Outcome::skipped("汇编的说明或目录页，不是法律文件");
    }
    let Some((head, body)) = text.split_once(MARK) else {
        return Refusal::bad_record("缺少 <!-- INFO END --> 标记，分不清文首与正文").into();
    };
    if head.contains("出自") && head.contains("](http") {
        return Outcome::skipped("转载的文章，不是法律文件");
    }
    document(place, head, body).map(Outcome::one).into()
}

fn document(place: &Place<'_>, head: &str, body: &str) -> Result<Extracted, Refusal> {
    let (title, rest) = heading(head).ok_or_else(|| Refusal::bad_record("第一行不是“# 标题”").at_line(1))?;
    let (subtitle, rest) = heading(rest).map_or((None, rest), |(subtitle, rest)| (Some(subtitle), rest));
    let body = clean(body);
    if body.is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    let mut document = Document::new(Kind::Legislation, title, body);
    if place.in_pack {
        document.access = Some(Access::Public);
    }
    let (_, date) = header::split_name_date(header::stem(place.path));
    document.source_date = date;
    if is_case(place) {
        read_case(&mut document, rest);
    } else {
        read_history(&mut document, rest);
        if document.history.is_empty() {
            let (history, text) = header::take_notice(&document.text);
            (document.history, document.text) = (history, text.to_string());
        }
        read_row(&mut document, place);
        state_level(&mut document, place);
    }
    if !place.in_pack && document.level.is_some_and(|level| level.kind() == Kind::Legislation) {
        document.access = Some(Access::Public);
    }
    let part = subtitle.map(|subtitle| {
        let order = order_of(&document.text);
        document.text = format!("# {subtitle}\n\n{}", document.text);
        document.source_date = None;
        PartOf { key: format!("{}/{}", place.folder, document.title), order }
    });
    Ok(Extracted { part, ..Extracted::from(document) })
}

/// The body without the comments that steer the collection's own reader and without lines of invisible characters.
pub fn clean(body: &str) -> String {
    let invisible = |c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}';
    let lines = body.split('\n').filter(|line| {
        let bare = line.trim();
        !(bare.starts_with("<!--") && bare.ends_with("-->"))
    });
    let lines = lines.map(|line| if line.chars().all(invisible) { "" } else { line });
    lines.collect::<Vec<_>>().join("\n").trim_matches(invisible).to_string()
}

fn is_case(place: &Place<'_>) -> bool {
    place.row.is_some_and(|row| row.level == "案例") || place.path.starts_with("案例/")
}

/// A typical case: header lines name who published it and when.
fn read_case(document: &mut Document, head: &str) {
    document.kind = Kind::Case;
    document.case_kind = Some(CaseKind::TypicalCase);
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(date) = header::numeric_date(line) {
            document.promulgation_date = Some(date);
        } else if let Some(issuer) = line.strip_suffix("发布") {
            document.issuer = Some(issuer.to_string());
        }
        document.history.push(line.to_string());
    }
}

/// Sorts header lines into history and what belongs to the text; lines that only repeat the title are dropped.
fn read_history(document: &mut Document, head: &str) {
    let title: String = document.title.chars().filter(|c| !c.is_whitespace()).collect();
    let lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !title.contains(*line));
    let mut stray = Vec::new();
    for line in header::join_wrapped(lines) {
        let tells = header::is_history(&line) || header::begins_with_date(&line) || line.contains("之日施行");
        if tells || header::document_number(&line).is_some() || line.chars().count() < 40 && stray.is_empty() {
            document.history.push(line);
        } else {
            stray.push(line);
        }
    }
    if !stray.is_empty() {
        document.text = format!("{}\n\n{}", stray.join("\n\n"), document.text);
    }
}

/// What `db.sqlite3` says: `valid_from` is the day of effect, `publish` a date of unknown kind, `expired` an assertion.
fn read_row(document: &mut Document, place: &Place<'_>) {
    let Some(row) = place.row else { return };
    document.effective_date = row.valid_from;
    document.source_date = document.source_date.or(row.publish);
    if row.expired {
        document.asserted_status = Some("expired".to_string());
        document.asserted_on = row.stated_on;
    }
}

/// Level and region: what the catalogue says, made precise by title and history.
fn state_level(document: &mut Document, place: &Place<'_>) {
    use AuthorityLevel as Level;
    let shelf = place.path.split('/').next().unwrap_or("");
    // The shelf 其他 holds standards, which the database calls laws.
    let stated = if shelf == "其他" { shelf } else { place.row.map_or(shelf, |row| row.level.as_str()) };
    let inferred = level::infer_level(&document.title, None, &document.history);
    document.level = match stated {
        "法律"
        | "宪法"
        | "宪法相关法"
        | "民法典"
        | "民法商法"
        | "行政法"
        | "经济法"
        | "社会法"
        | "刑法"
        | "诉讼与非诉讼程序法" => inferred.filter(|level| *level == Level::Constitution).or(Some(Level::Law)),
        "行政法规" => inferred.filter(|level| is_other_rule(*level)).or(Some(Level::AdministrativeRegulation)),
        "司法解释" => Some(Level::JudicialInterpretation),
        "部门规章" => inferred.filter(|level| *level == Level::NormativeDocument).or(Some(Level::DepartmentalRule)),
        "地方性法规" => {
            let order = inferred.filter(|level| *level == Level::LocalGovernmentRule);
            order.or_else(|| Some(level::local_congress_level(&document.title)))
        }
        _ => inferred,
    };
    document.kind = document.level.map_or(Kind::Normative, |level| level.kind());
    classify(document);
    if document.level == Some(Level::DepartmentalRule) && document.issuer.is_none() {
        let folder = header::name(header::folder(place.path));
        document.issuer = (folder != shelf).then(|| ministry(folder));
    }
    if document.level.is_some_and(|level| !level.is_local()) {
        document.region = None;
    }
    if document.level.is_some_and(|level| level.is_local()) && document.region.is_none() {
        let province = header::name(header::folder(place.path));
        document.region = level::province_by_short_name(province).map(str::to_string);
    }
}

/// What the collection keeps among administrative regulations although its own header says otherwise.
fn is_other_rule(level: AuthorityLevel) -> bool {
    matches!(level, AuthorityLevel::NormativeDocument | AuthorityLevel::Law | AuthorityLevel::SupervisionRegulation)
}

/// The full name of the ministry that a folder of departmental rules names.
fn ministry(folder: &str) -> String {
    if folder.starts_with("市场监督") { format!("国家{folder}") } else { folder.to_string() }
}

#[cfg(test)]
mod tests;
