//! Styles: what paragraphs and runs look like that do not say it themselves.

use super::container::Part;
use super::properties::{self, ParagraphProperties, RunProperties};
use super::xml::{Mark, Marks, SHORT_BYTES_MAX, Space, Tag};
use super::{DocxError, Limits};
use std::collections::HashMap;
use std::rc::Rc;

/// A style, with what it takes over from the style that it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// For its paragraphs.
    pub(super) paragraph: ParagraphProperties,
    /// For their text.
    pub(super) run: RunProperties,
    /// The style that states the list of `paragraph`: its level may be found by that name.
    pub(super) list_stated_by: Option<Rc<str>>,
}

/// A style as the part states it.
#[derive(Default)]
struct Stated {
    style: Style,
    based_on: Option<String>,
    is_resolved: bool,
}

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// Of paragraphs that name none.
    usual: Option<String>,
    defaults: Style,
}

impl Styles {
    /// Reads the part.
    pub(super) fn read(part: &Part, limits: &Limits) -> Result<Self, DocxError> {
        let mut marks = Marks::new(&part.text, &part.name, limits);
        let mut styles = Styles::default();
        let mut stated = HashMap::new();
        // The open style and its id, and where in it the reader is.
        let mut open: Option<(String, Stated)> = None;
        let mut place = Vec::new();
        while let Some(mark) = marks.next()? {
            match mark {
                Mark::Start(tag) => {
                    let outer = place.last().copied().unwrap_or(Place::Outside);
                    let inside = outer.inside(&tag);
                    if (outer, inside) == (Place::Outside, Place::Style) {
                        if tag.attribute("type").as_deref() == Some("paragraph")
                            && tag.attribute("default").is_some_and(|value| value == "1" || value == "true")
                        {
                            styles.usual = tag.attribute("styleId").filter(|id| id.len() <= SHORT_BYTES_MAX);
                        }
                        open = Some((tag.attribute("styleId").unwrap_or_default(), Stated::default()));
                    }
                    match &mut open {
                        Some((id, stated)) => stated.take(id, &tag, inside),
                        None => take(&mut styles.defaults, &tag, inside),
                    }
                    place.push(inside);
                }
                Mark::End => {
                    if place.pop() == Some(Place::Style)
                        && place.last() != Some(&Place::Style)
                        && let Some((id, style)) = open.take()
                    {
                        stated.insert(id, style);
                        if stated.len() > limits.definitions_max {
                            return Err(DocxError::TooLarge { what: "样式数", max: limits.definitions_max as u64 });
                        }
                    }
                }
                Mark::Text(_) => {}
            }
        }
        resolve(&mut stated);
        styles.by_id = stated.into_iter().map(|(id, stated)| (id, stated.style)).collect();
        Ok(styles)
    }

    /// A style by its id.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }

    /// The style of a paragraph: the one that it names, or the usual one.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Option<&Style> {
        self.get(id.or(self.usual.as_deref())?)
    }

    /// What holds where no style says anything.
    pub(super) fn defaults(&self) -> &Style {
        &self.defaults
    }
}

/// Where in the part an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Outside styles and defaults.
    Outside,
    /// In a style.
    Style,
    /// In the properties of its paragraphs.
    Paragraph,
    /// In their list.
    List,
    /// In the properties of its text.
    Run,
    /// In what does not matter.
    Ignored,
}

impl Place {
    /// The place within an element that stands here.
    fn inside(self, tag: &Tag) -> Self {
        match (self, tag.name()) {
            _ if tag.space != Space::Word => Self::Ignored,
            (Self::Outside, "style") => Self::Style,
            (Self::Outside, "styles" | "docDefaults" | "pPrDefault" | "rPrDefault") => Self::Outside,
            (Self::Outside | Self::Style, "pPr") => Self::Paragraph,
            (Self::Outside | Self::Style, "rPr") => Self::Run,
            (Self::Paragraph, "numPr") => Self::List,
            // What styles of tables say of their first rows and so on is of no use here.
            (Self::Style, "tblStylePr") => Self::Ignored,
            (Self::Paragraph, "rPr" | "pPrChange") | (Self::Run, "rPrChange") => Self::Ignored,
            (Self::Style | Self::Paragraph | Self::List | Self::Run, _) => self,
            _ => Self::Ignored,
        }
    }
}

fn take(style: &mut Style, tag: &Tag, place: Place) {
    match place {
        Place::Paragraph | Place::List => properties::paragraph(tag, &mut style.paragraph),
        Place::Run => properties::run(tag, &mut style.run),
        Place::Outside | Place::Style | Place::Ignored => {}
    }
}

impl Stated {
    fn take(&mut self, id: &str, tag: &Tag, place: Place) {
        match (place, tag.name()) {
            (Place::Style, "basedOn") => self.based_on = tag.short_val(),
            // Headings are headings by their name too, where the level of the outline is not written.
            (Place::Style, "name") if self.style.paragraph.outline.is_none() => {
                let name = tag.val().unwrap_or_default().to_ascii_lowercase();
                let level = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
                self.style.paragraph.outline = level.filter(|level| (1..=9).contains(level));
            }
            _ => {
                take(&mut self.style, tag, place);
                if self.style.paragraph.list.is_some() && self.style.list_stated_by.is_none() {
                    self.style.list_stated_by = Some(Rc::from(id));
                }
            }
        }
    }
}

/// Lets every style take over what it does not state from the one that it is based on. Each is visited once; one that is
/// based on itself in a circle takes over nothing more.
fn resolve(stated: &mut HashMap<String, Stated>) {
    let ids: Vec<String> = stated.keys().cloned().collect();
    for id in ids {
        let mut chain = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(one) = stated.get_mut(&id).filter(|one| !one.is_resolved) else {
                chain.push(id);
                break;
            };
            one.is_resolved = true;
            next = one.based_on.clone();
            chain.push(id);
        }
        let mut base: Option<Style> = None;
        for id in chain.into_iter().rev() {
            let Some(one) = stated.get_mut(&id) else { continue };
            if let Some(base) = &base {
                inherit(&mut one.style, base);
            }
            base = Some(one.style.clone());
        }
    }
}

fn inherit(style: &mut Style, base: &Style) {
    if style.paragraph.list.is_none() {
        style.list_stated_by.clone_from(&base.list_stated_by);
    }
    style.paragraph = style.paragraph.over(&base.paragraph);
    style.run = style.run.over(&base.run);
}
