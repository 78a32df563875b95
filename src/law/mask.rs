//! De-identification (去标识化) before a record is written: names of natural persons, identity numbers, phones, addresses,
//! plates and bank accounts of cases; in laws and normative documents identity cards, bank cards and mobile numbers alone.
//!
//! Who acts in an office of the court or the procuratorate stays in clear by design: judges, assessors, clerks and the
//! prosecutors who plead (审判员, 书记员, 检察员). Their names are part of the public act, as in the judgments that the courts
//! publish; officers who inspect and policemen are masked.
//!
//! What is masked is told by place and kind, its value is kept nowhere. All that a record holds is read as one text, so that
//! one person bears one mask in all of it. Masking is done until nothing is found any more: what is masked once stays as it is.

mod addresses;
mod edits;
mod names;
mod numbers;
mod persons;
mod plates;
mod reading;
mod sources;
mod words;

use super::document::Document;
use super::kind::Kind;
use edits::{Edit, Pieces};
use persons::Persons;
use serde::{Deserialize, Serialize};

/// So often the masked text is read again for what its masks give away. Two rounds are the rule; hostile texts need more.
const ROUNDS_MAX: usize = 12;

/// What is masked in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Cases: all kinds of personal data of natural persons. Who acts in an office of the court stays (see `names::cues`).
    Case,
    /// Laws and normative documents: identity cards, bank cards and mobile numbers; never office holders, offices, addresses.
    Norm,
}

impl Profile {
    /// That of documents of a family.
    pub fn of(kind: Kind) -> Profile {
        if kind == Kind::Case { Profile::Case } else { Profile::Norm }
    }
}

/// What kind of personal data was masked (个人信息种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaskKind {
    /// 姓名.
    Name,
    /// 身份证件号码: identity cards, passports and the like.
    IdentityNumber,
    /// 电话号码.
    Phone,
    /// 住址, below the county.
    Address,
    /// 机动车号牌.
    Plate,
    /// 银行账号、卡号.
    BankAccount,
    /// 电子邮箱, and accounts of messengers that are named as such.
    Email,
}

/// The field of a document in which something was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaskField {
    /// The body.
    Text,
    /// 标题.
    Title,
    /// 案由.
    Cause,
    /// 主题.
    Subject,
    /// One of the parties.
    Parties,
    /// One of the lines of history.
    History,
    /// One of the notes.
    Notes,
}

/// A masked stretch of a field: place and kind, never the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedSpan {
    /// The field.
    pub field: MaskField,
    /// Which entry of it, for lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// First byte in the masked text of the field.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What stood there.
    pub kind: MaskKind,
}

/// A document without personal data, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The document with masks.
    pub document: Document,
    /// Where they are, in the order of fields and places.
    pub spans: Vec<MaskedSpan>,
}

/// A masked stretch of a text that is no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSpan {
    /// First byte in the masked text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What stood there.
    pub kind: MaskKind,
}

/// A text without personal data, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedText {
    /// The text with masks.
    pub text: String,
    /// Where they are, in order.
    pub spans: Vec<TextSpan>,
}

/// Masks the personal data of a document. Linear in its length; masking what is masked changes nothing.
pub fn mask(document: &Document) -> Masked {
    mask_beside(document, &[]).0
}

/// Masks a document and texts beside it that may name the same persons, such as its file name.
pub fn mask_beside(document: &Document, beside: &[&str]) -> (Masked, Vec<MaskedText>) {
    let fields = fields(document);
    // In other families who is named in an address signed an act of law.
    let own = document.kind == Kind::Case;
    let speaks = |text: &str| own && !text.is_ascii();
    let url = document.source_url.as_deref().map(sources::readable).filter(|url| speaks(url)).unwrap_or_default();
    let id = document.source_id.as_deref().filter(|id| speaks(id)).unwrap_or_default();
    let texts = fields.iter().map(|(.., text)| *text).chain(beside.iter().copied()).chain([url.as_str(), id]);
    let parties = |at: usize| fields.get(at).is_some_and(|(field, ..)| *field == MaskField::Parties);
    let titles = |at: usize| fields.get(at).is_none_or(|(field, ..)| *field == MaskField::Title);
    let mut pieces = Pieces::new(texts, parties, titles);
    run(&mut pieces, Profile::of(document.kind));
    let mut masked = Masked { document: document.clone(), spans: Vec::new() };
    let mut parts = pieces.into_parts().into_iter();
    for ((field, index, _), part) in fields.iter().zip(parts.by_ref()) {
        if part.spans.is_empty() {
            continue;
        }
        let span = |span: TextSpan| {
            let TextSpan { start, end, kind } = span;
            MaskedSpan { field: *field, index: *index, start, end, kind }
        };
        masked.spans.extend(part.spans.into_iter().map(span));
        put(&mut masked.document, *field, *index, part.text);
    }
    let mut parts: Vec<MaskedText> = parts.collect();
    let (id, url) = (parts.pop(), parts.pop());
    if own {
        url.iter().for_each(|url| sources::leave_url_out(&mut masked.document, url));
        id.iter().for_each(|id| sources::mask_id(&mut masked.document, id));
    }
    (masked, parts)
}

/// Masks the personal data of a text that stands alone: a file name, a remark.
pub fn mask_text(text: &str, profile: Profile) -> MaskedText {
    let mut pieces = Pieces::new(std::iter::once(text), |_| false, |_| true);
    run(&mut pieces, profile);
    pieces.into_parts().into_iter().next().unwrap_or(MaskedText { text: text.to_string(), spans: Vec::new() })
}

/// Masks until nothing is found.
fn run(pieces: &mut Pieces, profile: Profile) {
    let mut persons = Persons::default();
    for _ in 0..ROUNDS_MAX {
        let edits = find(pieces, profile, &mut persons);
        if edits.is_empty() {
            return;
        }
        pieces.apply(edits);
    }
}

/// What is to be masked in the text as it is now.
fn find(pieces: &Pieces, profile: Profile, persons: &mut Persons) -> Vec<Edit> {
    let mut edits = numbers::find(pieces.text(), profile);
    if profile == Profile::Case {
        edits.extend(addresses::find(pieces.text()));
        edits.extend(names::find(pieces, persons));
    }
    edits
}

/// The texts of a document that may hold personal data, with their field and place in it.
fn fields(document: &Document) -> Vec<(MaskField, Option<u32>, &str)> {
    let mut fields = vec![(MaskField::Text, None, document.text.as_str()), (MaskField::Title, None, &document.title)];
    fields.extend(document.cause.as_deref().map(|text| (MaskField::Cause, None, text)));
    fields.extend(document.subject.as_deref().map(|text| (MaskField::Subject, None, text)));
    let lists = [
        (MaskField::Parties, &document.parties),
        (MaskField::History, &document.history),
        (MaskField::Notes, &document.notes),
    ];
    for (field, texts) in lists {
        fields.extend((0u32..).zip(texts).map(|(index, text)| (field, Some(index), text.as_str())));
    }
    fields
}

/// The text of a field in which something may be masked.
pub fn text_of(document: &Document, field: MaskField, index: Option<u32>) -> Option<&str> {
    fields(document).into_iter().find(|(own, place, _)| (*own, *place) == (field, index)).map(|(.., text)| text)
}

/// Puts a masked text where it came from.
fn put(document: &mut Document, field: MaskField, index: Option<u32>, text: String) {
    let entry = |list: &mut Vec<String>, text: String| {
        if let Some(place) = index.and_then(|index| list.get_mut(index as usize)) {
            *place = text;
        }
    };
    match field {
        MaskField::Text => document.text = text,
        MaskField::Title => document.title = text,
        MaskField::Cause => document.cause = Some(text),
        MaskField::Subject => document.subject = Some(text),
        MaskField::Parties => entry(&mut document.parties, text),
        MaskField::History => entry(&mut document.history, text),
        MaskField::Notes => entry(&mut document.notes, text),
    }
}

#[cfg(test)]
mod behind_tests;
#[cfg(test)]
mod called_tests;
#[cfg(test)]
mod labels_tests;
#[cfg(test)]
mod sentence_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;
