//! The comparison page (新旧对照): two texts side by side, changed words marked.

use super::{Badge, Frame, kept, rendered, span_of};
use crate::app::view::comparison::{
    ComparedHeading, ComparedPlace, ComparedProvision, ComparedRow, ComparedSegment, ComparedText, ComparisonView,
};
use crate::app::{Faju, Found, RowKind, SegmentKind};
use crate::http::api::{as_of, comparison, moved};
use crate::http::query_string::{encode, encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    title: String,
    sides: [SideHead; 2],
    counts: Vec<Count>,
    warnings: Vec<String>,
    only_changes: bool,
    all_href: String,
    changes_href: String,
    entries: Vec<Entry>,
    json_href: String,
}

/// One of the two texts, above its column.
struct SideHead {
    name: &'static str,
    title: Option<String>,
    href: String,
    dated: String,
    badge: Option<Badge>,
    span: String,
    choices: Vec<Choice>,
}

/// Another version to take instead.
struct Choice {
    href: String,
    name: String,
    chosen: bool,
}

struct Count {
    class: &'static str,
    name: &'static str,
    count: u64,
}

enum Entry {
    Heading { class: &'static str, was: Option<String>, is: Option<String> },
    Row(Pair),
}

/// A row with its two cells.
struct Pair {
    anchor: String,
    class: &'static str,
    /// 第四条 → 第五条.
    place: String,
    what: &'static str,
    reordered: bool,
    remarks: Vec<String>,
    /// Empty if the newer text says the same: one is enough.
    was: Vec<Line>,
    is: Vec<Line>,
}

/// A paragraph.
#[derive(Debug, PartialEq, Eq)]
struct Line(Vec<Piece>);

impl Line {
    /// Whether a provision begins with it.
    fn begins(&self) -> bool {
        self.0.first().is_some_and(|piece| piece.class == "number")
    }
}

/// A run of text in a paragraph.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    class: &'static str,
    text: String,
    /// What it was called, or is called now.
    other: String,
}

/// `GET /compare/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let view = match app.compare(&comparison(asked)?, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => return Ok(moved("/compare/", &id, asked)),
        Found::Here(view) => view,
    };
    let html = rendered(&ComparePage::of(&view, asked))?;
    Ok(kept(html, server, asked))
}

impl ComparePage {
    fn of(view: &ComparisonView, asked: &Asked) -> Self {
        let day = value(&asked.parameters, "as_of");
        let links = Links { old: &view.old, new: &view.new, day };
        let two = view.old.instrument.id != view.new.instrument.id;
        let (old, new) = (&view.old.instrument.title, &view.new.instrument.title);
        let counts = RowKind::ALL.iter().filter_map(|(_, name, chinese)| {
            let count = *view.counts.get(name)?;
            (count > 0).then_some(Count { class: name, name: chinese, count })
        });
        ComparePage {
            frame: Frame::of(view.sample, asked),
            title: if two { format!("{old} → {new}") } else { new.clone() },
            sides: [links.head(view, true, two), links.head(view, false, two)],
            counts: counts.collect(),
            warnings: view.warnings.clone(),
            only_changes: view.only_changes,
            all_href: links.to("/compare/", None, None, false),
            changes_href: links.to("/compare/", None, None, true),
            entries: entries(view),
            json_href: links.to("/api/v1/diff/", None, None, view.only_changes),
        }
    }
}

/// Addresses of comparisons like this one.
struct Links<'a> {
    old: &'a ComparedText,
    new: &'a ComparedText,
    day: Option<&'a str>,
}

impl Links<'_> {
    /// The same comparison, of other versions where they are given.
    fn to(&self, base: &str, from: Option<&str>, to: Option<&str>, only_changes: bool) -> String {
        let key = |text: &ComparedText| text.version.as_ref().map(|version| version.key.clone());
        let with = (self.old.instrument.id != self.new.instrument.id).then(|| self.new.instrument.id.clone());
        let parameters = [
            ("with", with),
            ("from", from.map(str::to_string).or_else(|| key(self.old))),
            ("to", to.map(str::to_string).or_else(|| key(self.new))),
            ("as_of", self.day.map(str::to_string)),
            ("only_changes", only_changes.then(|| "true".to_string())),
        ];
        let given = parameters.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(&value?, "@"))));
        let given = given.collect::<Vec<_>>().join("&");
        let id = encode_id(&self.old.instrument.id);
        if given.is_empty() { format!("{base}{id}") } else { format!("{base}{id}?{given}") }
    }

    fn head(&self, view: &ComparisonView, is_old: bool, two: bool) -> SideHead {
        let (text, other) = if is_old { (self.old, self.new) } else { (self.new, self.old) };
        let shown = text.version.as_ref();
        let taken = |key: &str| !two && other.version.as_ref().is_some_and(|version| version.key == key);
        let choices = text.versions.iter().filter(|version| !taken(&version.key)).map(|version| {
            let (from, to) =
                if is_old { (Some(version.key.as_str()), None) } else { (None, Some(version.key.as_str())) };
            Choice {
                href: self.to("/compare/", from, to, view.only_changes),
                name: version.dated.map_or_else(|| version.key.clone(), |dated| dated.to_string()),
                chosen: shown.is_some_and(|shown| shown.key == version.key),
            }
        });
        let choices: Vec<Choice> = choices.collect();
        let dated = shown.map(|version| version.dated.map_or("日期不详".to_string(), |dated| dated.to_string()));
        SideHead {
            name: if is_old { "旧" } else { "新" },
            title: two.then(|| text.instrument.title.clone()),
            href: format!("/i/{}", encode_id(&text.id)),
            dated: dated.unwrap_or_else(|| text.instrument.title.clone()),
            badge: shown.map(|version| Badge::of(version.status)),
            span: shown.map(span_of).unwrap_or_default(),
            choices: if choices.len() > 1 { choices } else { Vec::new() },
        }
    }
}

fn entries(view: &ComparisonView) -> Vec<Entry> {
    let mut made = Vec::with_capacity(view.rows.len() + view.headings.len());
    let mut headings = view.headings.iter().peekable();
    for (at, row) in view.rows.iter().enumerate() {
        while let Some(heading) = headings.next_if(|heading| heading.before_row <= at) {
            made.push(heading_entry(heading));
        }
        made.push(Entry::Row(pair(row)));
    }
    made.extend(headings.map(heading_entry));
    made
}

fn heading_entry(heading: &ComparedHeading) -> Entry {
    let changed = heading.kind != RowKind::Kept;
    let was = heading.old.clone().filter(|_| changed);
    Entry::Heading { class: heading.kind.name(), was, is: heading.new.clone() }
}

fn pair(row: &ComparedRow) -> Pair {
    let labels = |provisions: &[ComparedProvision]| -> String {
        provisions.iter().map(|provision| provision.label.as_str()).collect::<Vec<_>>().join("、")
    };
    let place = match row.kind {
        RowKind::Kept | RowKind::Changed | RowKind::Added => labels(&row.new),
        RowKind::Removed => labels(&row.old),
        _ => format!("原{} → {}", labels(&row.old), row.stands_within().unwrap_or_else(|| labels(&row.new))),
    };
    let anchor = match (row.new.first(), row.old.first()) {
        (Some(new), _) => new.key.clone(),
        (None, Some(old)) => format!("old-{}", old.key),
        (None, None) => String::new(),
    };
    let same = matches!(row.kind, RowKind::Kept | RowKind::Moved) && !row.new.is_empty();
    Pair {
        anchor,
        class: row.kind.name(),
        place,
        what: if row.kind == RowKind::Moved { "移动，文字未变" } else { row.kind.chinese() },
        reordered: row.reordered,
        remarks: row
            .moved_parts
            .iter()
            .map(|part| part.says())
            .chain(row.doubtful.then(|| "对应存疑".to_string()))
            .chain(row.says_nearest())
            .collect(),
        was: if same { Vec::new() } else { lines(row, &row.old, |segment| segment.old, ComparedSegment::new_text) },
        is: lines(row, &row.new, |segment| segment.new, ComparedSegment::old_text),
    }
}

/// One side of a row as paragraphs.
fn lines(
    row: &ComparedRow,
    side: &[ComparedProvision],
    place: impl Fn(&ComparedSegment) -> Option<ComparedPlace>,
    other: impl Fn(&ComparedSegment, &ComparedRow) -> String,
) -> Vec<Line> {
    let mut lines = vec![Line(Vec::new())];
    // What is wholly new or gone is said once, by its row.
    let one_sided = row.old.is_empty() || row.new.is_empty();
    for segment in &row.segments {
        let Some(place) = place(segment) else { continue };
        let Some(provision) = side.get(place.provision) else { continue };
        let points = provision.text.chars().skip(place.start).take(place.end.saturating_sub(place.start));
        let text: String = points.collect();
        let (mut number, mut words) = ("", text.as_str());
        if place.start == 0 {
            lines.push(Line(Vec::new()));
            (number, words) = text.split_at_checked(number_length(&text, &provision.label)).unwrap_or(("", &text));
        }
        let class = match segment.kind {
            SegmentKind::Same => "same",
            SegmentKind::Renumbered => "renumbered",
            _ if one_sided => "same",
            SegmentKind::Deleted => "deleted",
            SegmentKind::Inserted => "inserted",
        };
        push(&mut lines, "number", number, "");
        push(&mut lines, class, words, if class == "renumbered" { other(segment, row) } else { String::new() }.trim());
    }
    lines.retain(|line| line.0.iter().any(|piece| !piece.text.trim().is_empty()));
    lines
}

/// Bytes of the number in front of a text, with the white space behind it.
fn number_length(text: &str, label: &str) -> usize {
    let behind = text.strip_prefix(label).map(|rest| rest.len() - rest.trim_start().len());
    behind.map_or(0, |space| label.len() + space)
}

fn push(lines: &mut Vec<Line>, class: &'static str, text: &str, other: &str) {
    for (at, text) in text.split('\n').enumerate() {
        if at > 0 {
            lines.push(Line(Vec::new()));
        }
        if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
            line.0.push(Piece { class, text: text.to_string(), other: other.to_string() });
        }
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
