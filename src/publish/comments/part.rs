//! The part that holds the texts of comments, and how the package leads to it.

use super::anchor::{Anchors, SPACES};
use super::package::{Package, Part, normal};
use super::{Comment, CommentError, attribute};
use crate::publish::xml::{escaped, push_escaped};
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::ops::Range;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// Namespace of relations between parts.
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Kinds of the relation to comments: transitional and strict, as [`SPACES`].
const KINDS: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
];
/// Word reads numbers of comments with a sign.
const ID_MAX: u32 = i32::MAX as u32;

/// Where comments stand or will stand.
pub(super) struct Place {
    /// Name of the part.
    pub(super) name: String,
    /// The part, if there is one.
    part: Option<Part>,
    /// The relations of the document, if there are any.
    relations: Option<Part>,
    /// Their name.
    relations_name: String,
    /// The relation that is to be added: its name and kind.
    relation: Option<(String, &'static str)>,
    /// Numbers that are taken.
    ids: BTreeSet<u32>,
}

/// Looks where the comments of a document stand or can stand.
pub(super) fn place(package: &mut Package, main: &str, space: &str) -> Result<Place, CommentError> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relations_name = joined(folder, &format!("_rels/{file}.rels"));
    let relations = package.part(&relations_name)?;
    let mut names = BTreeSet::new();
    let mut target = None;
    let damaged = || CommentError::part(&relations_name);
    each(relations.as_ref().map_or("", |part| &part.text), |tag| {
        names.extend(attribute(tag, "Id"));
        let is_comments = attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/comments"));
        let is_external = attribute(tag, "TargetMode").is_some_and(|mode| mode == "External");
        if is_comments && !is_external && target.is_none() {
            target = attribute(tag, "Target");
        }
    })
    .ok_or_else(damaged)?;
    let free = |index: usize| joined(folder, &format!("comments{}.xml", suffix(index)));
    let known = target.is_some();
    let name = match target {
        Some(target) => resolved(folder, &target),
        None => (0..).map(free).find(|name| !package.has(name)).unwrap_or_default(),
    };
    let kind = KINDS[usize::from(space == SPACES[1])];
    let id = (1..).map(|index: usize| format!("rIdComments{index}")).find(|id| !names.contains(id));
    let part = package.part(&name)?;
    let mut ids = BTreeSet::new();
    each(part.as_ref().map_or("", |part| &part.text), |tag| {
        if tag.local_name().into_inner() == "comment" {
            ids.extend(attribute(tag, "id").and_then(|id| id.trim().parse::<u32>().ok()));
        }
    })
    .ok_or_else(|| CommentError::part(&name))?;
    let relation = if known { None } else { id.map(|id| (id, kind)) };
    Ok(Place { name, part, relations, relations_name, relation, ids })
}

fn suffix(index: usize) -> String {
    if index == 0 { String::new() } else { index.to_string() }
}

/// Numbers for so many new comments: on from the highest that is taken, or else such as are free. `None` if there are not
/// as many.
pub(super) fn ids(place: &Place, seen: &BTreeSet<u32>, count: usize) -> Option<Vec<u32>> {
    let last = place.ids.last().max(seen.last()).copied();
    let next = last.map_or(0, |last| last.saturating_add(1));
    let fits = u32::try_from(count).ok().and_then(|count| next.checked_add(count)).is_some_and(|end| end <= ID_MAX);
    let free = (0..ID_MAX).filter(|id| !place.ids.contains(id) && !seen.contains(id));
    let ids: Vec<u32> = if fits { (next..).take(count).collect() } else { free.take(count).collect() };
    (ids.len() == count).then_some(ids)
}

/// Writes the comments and leads the package to them.
pub(super) fn write(
    package: &mut Package,
    place: Place,
    anchors: &Anchors,
    comments: &[Comment],
    ids: &[u32],
) -> Result<(), CommentError> {
    let Place { name, part, relations, relations_name, relation, .. } = place;
    let bound = format!(" xmlns:w=\"{}\"", anchors.space);
    let all = |bound: &str| comments.iter().zip(ids).map(|(comment, &id)| written(comment, id, bound)).collect();
    match part {
        None => package.add(name.clone(), whole("w:comments", &bound, all(""))),
        Some(part) => {
            // Bound at each comment too unless the part surely binds it: older comments may have another prefix.
            let is_bound =
                part.text.matches("xmlns:w=").count() == 1 && part.text.contains(&format!("<w:comments{bound}"));
            let bound = if is_bound { "" } else { &bound };
            let text = added(&part.text, |_| all(bound)).ok_or_else(|| CommentError::part(&name))?;
            package.replace(part, text);
        }
    }
    if let Some((id, kind)) = relation {
        // Both parts lie in one folder.
        let target = escaped(name.rsplit('/').next().unwrap_or(&name));
        let inside = |prefix: &str| format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
        match relations {
            None => package.add(relations_name, whole("Relationships", &format!(" xmlns=\"{RELATIONS}\""), inside(""))),
            Some(part) => {
                let text = added(&part.text, inside).ok_or_else(|| CommentError::part(&relations_name))?;
                package.replace(part, text);
            }
        }
    }
    state_type(package, &name)
}

/// States what the part holds, unless that is stated.
fn state_type(package: &mut Package, name: &str) -> Result<(), CommentError> {
    let damaged = || CommentError::part(CONTENT_TYPES);
    let types = package.part(CONTENT_TYPES)?.ok_or_else(damaged)?;
    let mut is_stated = false;
    each(&types.text, |tag| {
        is_stated |= attribute(tag, "PartName").is_some_and(|stated| normal(&stated) == normal(name));
    })
    .ok_or_else(damaged)?;
    if !is_stated {
        let target = escaped(&format!("/{name}"));
        let inside = |prefix: &str| format!("<{prefix}Override PartName=\"{target}\" ContentType=\"{CONTENT_TYPE}\"/>");
        let text = added(&types.text, inside).ok_or_else(damaged)?;
        package.replace(types, text);
    }
    Ok(())
}

fn whole(root: &str, names: &str, inside: String) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{root}{names}>{inside}</{root}>")
}

/// A comment as Word writes one.
fn written(comment: &Comment, id: u32, bound: &str) -> String {
    let Comment { author, initials, day, paragraphs, .. } = comment;
    let (author, initials) = (escaped(author), escaped(initials));
    let mut out = format!(
        "<w:comment{bound} w:id=\"{id}\" w:author=\"{author}\" w:date=\"{day}T00:00:00Z\" w:initials=\"{initials}\">"
    );
    // A comment without a paragraph is against the format.
    let empty = [String::new()];
    let paragraphs = if paragraphs.is_empty() { empty.as_slice() } else { paragraphs };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        out.push_str("<w:p>");
        if index == 0 {
            out.push_str("<w:r><w:annotationRef/></w:r>");
        }
        for (index, line) in paragraph.lines().enumerate() {
            out.push_str(if index > 0 { "<w:r><w:br/>" } else { "<w:r>" });
            out.push_str("<w:t xml:space=\"preserve\">");
            push_escaped(&mut out, line);
            out.push_str("</w:t></w:r>");
        }
        out.push_str("</w:p>");
    }
    out.push_str("</w:comment>");
    out
}

/// Calls for every start tag; `None` if the text is no whole XML.
fn each(text: &str, mut call: impl FnMut(&BytesStart)) -> Option<()> {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => call(&tag),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// The root element: its start tag and whether it ends at once, its name, and where its end tag begins.
struct Root {
    tag: Range<usize>,
    name: String,
    end: Option<usize>,
}

fn root(text: &str) -> Option<Root> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut from, mut depth, mut root) = (0, 0_usize, None);
    loop {
        let event = reader.read_event().ok()?;
        let range = from..usize::try_from(reader.buffer_position()).ok()?;
        from = range.end;
        match event {
            Event::Start(tag) => {
                let name = tag.name().into_inner();
                root.get_or_insert_with(|| Root { tag: range, name: name.to_string(), end: None });
                depth += 1;
            }
            Event::Empty(tag) if root.is_none() => {
                return Some(Root { tag: range, name: tag.name().into_inner().to_string(), end: None });
            }
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return root.map(|root| Root { end: Some(range.start), ..root });
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The text with something added as the last thing in its root element, whose prefix (`x:`, or none) it may use.
fn added(text: &str, inside: impl Fn(&str) -> String) -> Option<String> {
    let Root { tag, name, end } = root(text)?;
    let prefix = name.rsplit_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    let inside = inside(&prefix);
    Some(match end {
        Some(end) => format!("{}{inside}{}", text.get(..end)?, text.get(end..)?),
        None => {
            let open = text.get(..tag.end)?.strip_suffix("/>")?;
            format!("{open}>{inside}</{name}>{}", text.get(tag.end..)?)
        }
    })
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

/// The name of a target of a relation of a part that lies in `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let path = if target.starts_with('/') { target } else { joined(folder, &target) };
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
