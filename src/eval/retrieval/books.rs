//! The provisions that a search without words finds: what labels are looked up in, and what plain BM25 ranks.

use crate::app::view::{Item, SingleView};
use crate::app::{AppError, Asker, Faju};
use crate::law::AuthorityLevel;
use std::collections::HashMap;

/// Provisions asked for at once.
const PAGE: &str = "1000";
/// What titles of national laws begin with and labels leave out.
const COUNTRY: &str = "中华人民共和国";

/// A provision that may be found.
#[derive(Debug, Clone)]
pub struct Page {
    /// Provision id.
    pub id: String,
    /// Title of its instrument.
    pub title: String,
    /// Headings above it.
    pub path: Vec<String>,
    /// Its number as it stands before the text.
    pub label: String,
    /// Verbatim text.
    pub text: String,
    /// Level of its instrument.
    pub level: Option<AuthorityLevel>,
}

/// Every provision that may be found, and ways to them.
#[derive(Debug, Default)]
pub struct Books {
    /// All of them.
    pub pages: Vec<Page>,
    by_id: HashMap<String, usize>,
    by_article: HashMap<(String, String), Vec<usize>>,
    instruments: HashMap<String, Vec<String>>,
}

impl Books {
    /// Reads what a search with these parameters may find.
    pub fn read(faju: &Faju, parameters: &[(String, String)], asker: &Asker) -> Result<Books, AppError> {
        let mut books = Books::default();
        let mut cursor: Option<String> = None;
        loop {
            let fixed = [("group", "none"), ("highlight", "false"), ("limit", PAGE)];
            let mut asked: Vec<(String, String)> =
                fixed.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect();
            asked.extend(cursor.take().map(|cursor| ("cursor".to_string(), cursor)));
            asked.extend(parameters.iter().cloned());
            let page = faju.search(&asked, asker)?;
            page.items.into_iter().filter_map(single).for_each(|single| books.add(single));
            cursor = page.next;
            if cursor.is_none() {
                return Ok(books);
            }
        }
    }

    fn add(&mut self, single: SingleView) {
        let place = self.pages.len();
        let SingleView { instrument, provision, .. } = single;
        let bare = bare(&instrument.title);
        let key = provision.id.rsplit('/').next().unwrap_or_default().to_string();
        self.by_id.insert(provision.id.clone(), place);
        self.by_article.entry((bare.clone(), key)).or_default().push(place);
        let instruments = self.instruments.entry(bare).or_default();
        if !instruments.contains(&instrument.id) {
            instruments.push(instrument.id);
        }
        self.pages.push(Page {
            id: provision.id,
            title: instrument.title,
            path: provision.path,
            label: provision.label,
            text: provision.text,
            level: instrument.level,
        });
    }

    /// Provisions with a key of the instruments of a title.
    pub fn articles(&self, title: &str, key: &str) -> impl Iterator<Item = &Page> {
        let places = self.by_article.get(&(bare(title), key.to_string()));
        places.into_iter().flatten().map(|place| &self.pages[*place])
    }

    /// The place of a provision in the list of all.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// A provision by its id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.by_id.get(id).map(|place| &self.pages[*place])
    }

    /// The instruments of a title.
    pub fn instruments(&self, title: &str) -> &[String] {
        self.instruments.get(&bare(title)).map_or(&[], Vec::as_slice)
    }

    /// Title and key of a provision.
    pub fn label(&self, id: &str) -> String {
        let key = id.rsplit('/').next().unwrap_or_default();
        self.page(id).map_or_else(|| id.to_string(), |page| format!("{} {key}", page.title))
    }
}

/// A title as labels write it.
fn bare(title: &str) -> String {
    let title = title.trim().trim_start_matches('《').trim_end_matches('》');
    title.strip_prefix(COUNTRY).unwrap_or(title).to_string()
}

fn single(item: Item) -> Option<SingleView> {
    match item {
        Item::Single(single) => Some(*single),
        Item::Group(_) => None,
    }
}

/// The id of a provision that was found.
pub fn provision_id(item: Item) -> Option<String> {
    single(item).map(|single| single.provision.id)
}
