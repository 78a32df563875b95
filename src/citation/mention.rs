//! What a text says when it cites, before anybody asks whether it exists.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One reference to one target, as written. A series (第三条、第五条第一款) gives one for each member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text: from the name to the end of the place; of a further member of a series its own words only.
    /// For [`Target::Named`] and [`Target::Numbered`] it begins where the words begin; resolving narrows it.
    pub span: Range<usize>,
    /// Bytes of the name inside `span`; empty at its start when there is none.
    pub name: Range<usize>,
    /// Which instrument or case.
    pub target: Target,
    /// Which provision of it; `None` for the whole.
    pub place: Option<Place>,
    /// Which version it says it means.
    pub note: Option<VersionNote>,
    /// Of which text a decision speaks that amends it.
    pub change: Option<Change>,
    /// What the sentence does with it.
    pub role: Role,
    /// What is said beside the number of an order, and the number beside a title.
    pub beside: Option<Beside>,
}

/// What stands beside the number of an order, or beside a title. Orders are counted anew every year or with every reform of who gives them, so
/// that the number alone may be that of another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Beside {
    /// Folded title in book brackets before or behind it.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Number in brackets behind a title, in the form of [`super::names::number_key`]: it tells which text is meant.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The year in which it is said to be given.
    #[serde(rename = "y", default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
}

/// Which text of an instrument a decision means that changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The one before: 将第八条修改为.
    Before,
    /// The one after: 增加一条，作为第九条, and the new words in quotation marks.
    After,
}

/// What is cited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A title in book brackets, or a short name that the text defines for one: its folded title
    /// ([`crate::law::identity::folded_title`]).
    Titled(String),
    /// Words that end in a name without book brackets (依照行政处罚法): the longest known name at their end is meant. Folded.
    Named(String),
    /// Words that end in the number of a document (根据国办发〔2018〕37号), in the form of [`super::names::number_key`].
    Numbered(String),
    /// The text itself: 本法第三条, 前款, 第五条 alone.
    Own,
    /// A place whose instrument the text does not name (in a case).
    Nameless,
}

/// A level of division below the instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 条.
    Article,
    /// 款.
    Paragraph,
    /// 项.
    Item,
    /// 目.
    Subitem,
}

/// From where a place is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// The instrument: the place names an article.
    Instrument,
    /// The article (or numbered unit) in which the words stand: 本条第二款, 第二款 alone.
    ThisArticle,
    /// The paragraph in which the words stand: 本款第三项.
    ThisParagraph,
    /// So many units before: 前款, 前两条.
    Before(Unit, u32),
    /// The unit after: 下条.
    After(Unit),
    /// The article named before, to which the words lead back: 违反第四项 behind 违反本条例第三条第一项. The place has its number.
    Carried,
    /// The article named before or the one in which the words stand: whichever has such a part, and nobody knows where both do.
    Either,
    /// The article in which the words stand, else the one named before.
    HereElse,
}

/// A place inside an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// From where it is counted.
    pub base: Base,
    /// The numbers.
    pub at: Locator,
    /// The last place of a range (第三条至第五条).
    pub to: Option<Locator>,
}

/// Numbers of 条款项目, each where given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Locator {
    /// 第X条之Y: number and insertion, 0 for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<(u32, u32)>,
    /// 第X款.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// 第X项.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// 第X目.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subitem: Option<u32>,
}

impl Locator {
    /// The deepest unit named.
    pub fn unit(&self) -> Option<Unit> {
        [
            (self.subitem.is_some(), Unit::Subitem),
            (self.item.is_some(), Unit::Item),
            (self.paragraph.is_some(), Unit::Paragraph),
            (self.article.is_some(), Unit::Article),
        ]
        .into_iter()
        .find_map(|(named, unit)| named.then_some(unit))
    }

    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.unit().is_none()
    }

    /// The key of the article: `a10-1`.
    pub fn article_key(&self) -> Option<String> {
        let (number, insertion) = self.article?;
        Some(if insertion > 0 { format!("a{number}-{insertion}") } else { format!("a{number}") })
    }

    /// What stands below the article: `p2/s3/i1`, `s3`; empty when nothing does.
    pub fn part_key(&self) -> String {
        let parts = [self.paragraph.map(|n| format!("p{n}")), self.item.map(|n| format!("s{n}"))];
        let parts = parts.into_iter().chain([self.subitem.map(|n| format!("i{n}"))]);
        parts.flatten().collect::<Vec<_>>().join("/")
    }

    /// The numbers of a key: `a10-1/p2` is 第十条之一第二款; `n3` of a text without articles is its third unit.
    pub fn of_key(key: &str) -> Locator {
        let mut at = Locator::default();
        for part in key.split('/') {
            let number = part.get(1..).unwrap_or_default();
            // Of several articles of one number the later ones are told apart: a6~4.
            let number = number.split('~').next().unwrap_or(number);
            let (number, insertion) = number.split_once('-').unwrap_or((number, ""));
            let Ok(number) = number.parse::<u32>() else { continue };
            match part.chars().next() {
                Some('a' | 'n') => at.article = Some((number, insertion.parse().unwrap_or(0))),
                Some('p') => at.paragraph = Some(number),
                Some('s') => at.item = Some(number),
                Some('i') => at.subitem = Some(number),
                _ => {}
            }
        }
        at
    }

    /// As law writes it: 第十条之一第二款第三项.
    pub fn label(&self) -> String {
        let chinese = |number: u32| crate::text::numerals::chinese(number.into());
        let mut label = String::new();
        if let Some((number, insertion)) = self.article {
            label = format!("第{}条", chinese(number));
            if insertion > 0 {
                label += &format!("之{}", chinese(insertion));
            }
        }
        for (number, unit) in [(self.paragraph, '款'), (self.item, '项'), (self.subitem, '目')] {
            if let Some(number) = number {
                label += &format!("第{}{unit}", chinese(number));
            }
        }
        label
    }
}

/// What is said of the version meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionNote {
    /// Its year: （2017年修正）, 2018年《…》.
    Year(u16),
    /// A year alone: （2021年）. That of its making, of its first day, or one in which it stood.
    InYear(u16),
    /// The one before a change, or the last of what is over: 原《…》, 旧《…》.
    Former,
    /// The one before a change, also of what is over: 修改前的《…》.
    BeforeChange,
    /// The one since a change: 修改后的《…》.
    Since,
    /// The one before the change of a year: 2012年修正前的《…》.
    BeforeYear(u16),
    /// The one whose first day this is: 2015年1月1日起施行的《…》.
    FirstDay(Date),
    /// One that stood at some time: 当时有效的《…》.
    Unclear,
}

/// What a sentence does with what it cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 根据、依据、依照、按照、适用.
    Basis,
    /// 违反.
    Violation,
    /// 同时废止, 废止《…》.
    Repeal,
    /// 修改《…》.
    Amendment,
    /// 原《…》, 《…》施行前: of the past.
    Historic,
    /// 推动制定《…法》: of something that is still to be made.
    Planned,
    /// Anything else.
    #[default]
    Other,
}
