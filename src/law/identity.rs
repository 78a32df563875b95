//! Deterministic identities (contract: Identity).

use super::document::Document;
use super::event::Event;
use super::history::acts;
use super::kind::{AuthorityLevel, Kind};
use super::level::normalise_issuer;
use crate::text::fold::fold_str;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

id_type!(
    /// An instrument: a digest of kind, folded title and authority key.
    InstrumentId
);
id_type!(
    /// A version of an instrument: its promulgation date, else adoption date, else `u-` and a digest; `-2` for a second
    /// version of one day.
    VersionKey
);
id_type!(
    /// A document as received: `{instrument}@{version}`, or the id of a case.
    DocumentId
);
id_type!(
    /// A provision: `{instrument}@{version}/a10-1`, optionally followed by `/p2/s3/i1`.
    ProvisionId
);

/// Shortest title of a text that a notice carries, in characters: shorter ones are no names.
const CARRIED_CHARS_MIN: usize = 6;

/// Hexadecimal digits of an instrument's or a case's digest.
const ID_DIGITS: usize = 16;
/// Hexadecimal digits of the digest that stands for a version without any date.
const UNDATED_DIGITS: usize = 12;
/// The name of the state, which titles bear or not as the source likes.
const STATE: &str = "中华人民共和国";
/// What is written for an authority or region that neither document nor source states.
const NOT_STATED: &str = "?";

/// The instrument that a document is a text of: a digest of kind, folded title and authority key.
///
/// Two documents have the same id only if they agree in all three. `relate … same_as` joins what this cannot see.
pub fn instrument_id(document: &Document) -> InstrumentId {
    let title = folded_title(&document.title);
    let title = match document.level {
        Some(AuthorityLevel::JudicialInterpretation) => without_organs(&title),
        _ => &title,
    };
    let parts = [kind_name(document.kind), title, &authority_key(document)];
    InstrumentId(digest(&parts.join("\n"), ID_DIGITS))
}

/// What distinguishes instruments of one title: nothing for national ones, the region for local legislation, the issuer for
/// departmental rules and normative documents; `?` where it is not stated.
pub fn authority_key(document: &Document) -> String {
    let stated = |value: Option<String>| value.filter(|key| !key.is_empty()).unwrap_or_else(|| NOT_STATED.to_string());
    match document.level {
        Some(level) if level.is_local() => stated(document.region.clone()),
        None | Some(AuthorityLevel::DepartmentalRule | AuthorityLevel::NormativeDocument) => {
            stated(document.issuer.as_deref().map(|issuer| fold_str(&normalise_issuer(issuer))))
        }
        Some(_) => String::new(),
    }
}

/// A title by which texts of one instrument are recognised: folded, without the name of the state, without book brackets,
/// quotation marks and commas, without a version note at its end.
///
/// （2019年修正）, （修订）, （2018修正本） and （已废止） say which version it is and in what state, so they do not belong to the
/// title. （试行）, （暂行） and （2021年版） do: what comes without them, or with another year, is another instrument.
pub fn folded_title(title: &str) -> String {
    let folded = fold_str(title);
    let bare: String = folded.chars().filter_map(bracket).collect();
    let mut bare = bare.replace(STATE, "");
    while let Some(start) = version_note(&bare) {
        bare.truncate(start);
    }
    if bare.is_empty() { folded } else { bare }
}

/// The title under which namesakes are looked for: folded, without marks, and of interpretations from 关于 on, whatever their
/// level is believed to be.
pub fn namesake_title(title: &str) -> String {
    without_marks(without_organs(&folded_title(title)))
}

/// A folded title without the marks that sources and quotations set or leave out (偷税、抗税 and 偷税抗税), and without 的
/// (实施水法若干规定 and 实施水法的若干规定). No two instruments differ in them alone; ids are made of the title with them, since
/// ids stay.
pub fn without_marks(title: &str) -> String {
    title.chars().filter(|c| !is_mark(*c) && *c != '的').collect()
}

/// The words of a title, folded: from 关于 on if it is an interpretation, without marks.
pub fn title_words(title: &str) -> String {
    without_organs(&folded_title(title)).chars().filter(|c| !is_mark(*c)).collect()
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "、,，·;；".contains(c)
}

/// The title of a judicial interpretation from 关于 on. Collections leave out the courts and ministries before it or join
/// them in different ways (最高人民法院、最高人民检察院关于…), and its text is one whoever is named.
pub fn without_organs(title: &str) -> &str {
    const ORGANS: [&str; 7] = [
        "最高人民法院",
        "最高人民检察院",
        "公安部",
        "国家安全部",
        "司法部",
        "海关总署",
        "全国人大常委会法制工作委员会",
    ];
    let mut rest = title;
    while let Some(behind) = ORGANS.iter().find_map(|organ| rest.strip_prefix(organ)) {
        rest = behind.trim_start_matches(['、', ',', '和', '与', ' ']);
    }
    if rest.starts_with("关于") { rest } else { title }
}

/// The title of the text that a notice only carries: 个人所得税专项附加扣除暂行办法 of 国务院关于印发个人所得税专项附加扣除暂行办法的
/// 通知. `title` is folded.
pub fn promulgated(title: &str) -> Option<&str> {
    const CARRIES: [&str; 5] = ["关于印发", "关于发布", "关于公布", "关于颁布", "关于颁发"];
    let whole = ["的通知", "的公告", "的决定", "的命令", "的函"].iter().find_map(|end| title.strip_suffix(end))?;
    let carried = CARRIES.iter().find_map(|verb| whole.split_once(verb)).map(|(_, carried)| carried)?;
    (carried.chars().count() >= CARRIED_CHARS_MIN).then_some(carried)
}

/// Brackets of every kind as `(` and `)`; book brackets, quotation marks and commas vanish.
fn bracket(c: char) -> Option<char> {
    match c {
        '《' | '》' | '〈' | '〉' | '<' | '>' | '«' | '»' | '‹' | '›' | '“' | '”' | '"' | '「' | '」' | '『' | '』'
        | '‘' | '’' | '\'' | '＜' | '＞' => None,
        '（' | '〔' | '[' | '［' | '【' | '{' | '｛' | '〖' | '﹝' => Some('('),
        '）' | '〕' | ']' | '］' | '】' | '}' | '｝' | '〗' | '﹞' => Some(')'),
        other => Some(other),
    }
}

/// Where a version note begins with which a folded title ends.
fn version_note(title: &str) -> Option<usize> {
    let inner = title.strip_suffix(')')?;
    let start = inner.rfind('(').filter(|start| *start > 0)?;
    let note = inner.get(start + 1..)?;
    let states = ["失效", "已失效", "已废止", "废止", "现行有效", "已修改", "已被修改", "尚未生效", "尚未施行"];
    let bare = note.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "年月日".contains(c) || "〇零一二三四五六七八九".contains(c)
    });
    let bare = bare.trim_start_matches(|c: char| "第次一二三四五六七八九十".contains(c));
    let bare = bare.strip_suffix(['本', '版']).unwrap_or(bare);
    let is_change = ["修正", "修订", "修改", "最新修正", "最新修订"].contains(&bare);
    (is_change || states.contains(&note)).then_some(start)
}

/// The version that a document is: the day on which its text was last made or changed was promulgated, else adopted.
///
/// What history lines tell comes first, then stated metadata (for a normative document its 成文日期), then the signature.
/// A date from a file name is of unknown kind (adoption, promulgation and effect all occur), so it names no version: a
/// document that says nothing else is named `u-` by its text, and the same text from two files is one version.
pub fn version_key(document: &Document, events: &[Event]) -> VersionKey {
    match acts(events).last() {
        Some(act) => VersionKey(act.key_date().to_string()),
        None => VersionKey(format!("u-{}", digest(&fold_str(&document.text), UNDATED_DIGITS))),
    }
}

/// The id of a case: authority, number and row inside the notice; without a row the source's own row id, because one number
/// often stands for a whole table (16-18号); then the number alone, the address, and last the text.
///
/// Always computed from the masked document. Cases are never joined because titles or texts agree. Row ids of two sources
/// are kept apart by the source's name in `origin` (the node's name before it does not count), so set it before.
pub fn case_id(document: &Document) -> DocumentId {
    let issuer = fold_str(&document.issuer.as_deref().map(normalise_issuer).unwrap_or_default());
    let stated = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let number = stated(&document.case_number).or_else(|| stated(&document.document_number));
    let number = number.map(|number| fold_str(&number).chars().filter_map(bracket).collect::<String>());
    let source = document.origin.as_deref().and_then(|origin| origin.rsplit('/').next()).unwrap_or("").to_string();
    let parts = match (number, document.row_number, stated(&document.source_id), stated(&document.source_url)) {
        (Some(number), Some(row), _, _) => vec!["number".to_string(), issuer, number, row.to_string()],
        (_, _, Some(id), _) => vec!["id".to_string(), issuer, source, id],
        (Some(number), None, None, _) => vec!["number".to_string(), issuer, number],
        (None, row, None, Some(url)) => {
            vec!["url".to_string(), url, row.map(|row| row.to_string()).unwrap_or_default()]
        }
        (None, row, None, None) => {
            let own = row.map(|row| row.to_string());
            let words = ["text".to_string(), issuer, fold_str(&document.title), fold_str(&document.text)];
            words.into_iter().chain(own).collect()
        }
    };
    DocumentId(format!("c-{}", digest(&parts.join("\n"), ID_DIGITS)))
}

/// The id of a provision from its version (`{instrument}@{version}`, or a case id) and its key, which may be a path.
pub fn provision_id(version_id: &str, key: &str) -> ProvisionId {
    ProvisionId(format!("{version_id}/{key}"))
}

/// A provision id as version id and key path: `x@2020-01-01/a10/p2/s3` → (`x@2020-01-01`, `a10/p2/s3`).
pub fn split_provision_id(id: &str) -> Option<(&str, &str)> {
    id.split_once('/').filter(|(version, key)| !version.is_empty() && !key.is_empty())
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Legislation => "legislation",
        Kind::Normative => "normative",
        Kind::Case => "case",
    }
}

/// The first hexadecimal digits of the SHA-256 of a text.
pub(super) fn digest(text: &str, digits: usize) -> String {
    let mut hex = String::with_capacity(digits + 1);
    for byte in Sha256::digest(text.as_bytes()).iter().take(digits.div_ceil(2)) {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex.truncate(digits);
    hex
}

#[cfg(test)]
mod tests;
