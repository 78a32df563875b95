//! What people keep at their desk: searches, dossiers, reviews, what they watch and where they are told of it; and the
//! proposals of the public.

mod delivery;
mod dossier;
mod proposals;
mod reviews;
mod seen;
mod watching;

use super::asker::Asker;
use super::error::{AppError, ErrorCode};
use super::faju::Faju;
use super::outward::Address;
use super::redact::{REMOVED, Removed};
use super::service::{Service, own};
use super::who::Who;
pub use crate::people::{
    Dossier, DossierEntry, Hook, KeptReview, KeptVerdict, Notice, Proposal, ProposalState, Proposed, SavedSearch, Watch,
};
use crate::people::{NOTICES_KEPT, Token};
pub use dossier::{DossierPage, EntryShown};
pub use proposals::{ANSWER_MAX, QUEUE_PAGE, REASON_MAX};
use serde::Serialize;
pub use watching::Round;

/// Characters of a name or title at most.
const NAME_MAX: usize = 120;

/// Characters of a note at most.
pub const NOTE_MAX: usize = 2000;

/// Bytes of the parameters of a search at most.
const QUERY_BYTES_MAX: usize = 8 << 10;

/// Everything that somebody keeps; what is long is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Desk {
    /// Searches, the latest first.
    pub searches: Vec<SavedSearch>,
    /// Dossiers, the last changed first.
    pub dossiers: Vec<Dossier>,
    /// Reviews, the last changed first.
    pub reviews: Vec<KeptReview>,
    /// What is watched, the latest first.
    pub watches: Vec<Watch>,
    /// What was noticed, the latest first.
    pub notices: Vec<Notice>,
    /// Where notices are sent.
    pub hooks: Vec<Hook>,
}

/// A text that somebody typed: without white space around it, not too long, and not empty where it must not be.
fn typed(name: &str, text: &str, most: usize, needed: bool) -> Result<String, AppError> {
    let text = text.trim().replace("\r\n", "\n");
    let wrong = |message: String| Err(AppError::parameter(ErrorCode::InvalidParameter, name, message));
    if text.is_empty() && needed {
        return wrong("不能为空".to_string());
    }
    let count = text.chars().count();
    if count > most {
        return wrong(format!("最多 {most} 个字，现有 {count} 个"));
    }
    if text.chars().any(|char| char.is_control() && !matches!(char, '\n' | '\t') || turns(char)) {
        return wrong("含有控制字符".to_string());
    }
    Ok(text)
}

/// Characters that turn the direction of what follows: by them a text shows as something that it is not.
fn turns(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Service {
    /// Takes what was redacted of a document out of what people keep of it.
    pub fn erase(&self, id: &str, removed: &Removed) -> Result<(), AppError> {
        let Some(people) = self.people()? else { return Ok(()) };
        match removed {
            Removed::Words(words) => people.erase_words(words, REMOVED)?,
            Removed::Whole => people.erase_document(id)?,
        }
        Ok(())
    }

    /// Everything that somebody keeps, without the words of documents that he sees no more.
    pub fn desk(&self, app: &Faju, asker: &Asker, who: &Who) -> Result<Desk, AppError> {
        let (people, account) = (self.some_people()?, own(who)?.number);
        let mut desk = Desk {
            searches: people.searches(account)?,
            dossiers: people.dossiers(account)?,
            reviews: people.reviews(account)?,
            watches: people.watches(account)?,
            notices: people.notices(account, 0, NOTICES_KEPT)?.into_iter().rev().collect(),
            hooks: people.hooks(account)?,
        };
        seen::hide(app, asker, &mut desk.watches, &mut desk.notices)?;
        Ok(desk)
    }

    /// The dossiers of somebody.
    pub fn dossiers(&self, who: &Who) -> Result<Vec<Dossier>, AppError> {
        Ok(self.some_people()?.dossiers(own(who)?.number)?)
    }

    /// The last things noticed, at most so many, without the words of documents that he sees no more.
    pub fn notices(&self, app: &Faju, most: usize, asker: &Asker, who: &Who) -> Result<Vec<Notice>, AppError> {
        let all = self.some_people()?.notices(own(who)?.number, 0, NOTICES_KEPT)?;
        let mut last: Vec<Notice> = all.into_iter().rev().take(most).collect();
        seen::hide(app, asker, &mut [], &mut last)?;
        Ok(last)
    }

    /// Keeps a search; `query` are its parameters as in an address.
    pub fn save_search(&self, name: &str, query: &str, who: &Who, now: i64) -> Result<i64, AppError> {
        let name = typed("name", name, NAME_MAX, true)?;
        if query.len() > QUERY_BYTES_MAX || query.contains(['#', ' ', '\n', '\r']) {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "query", "不是检索页地址中的参数"));
        }
        Ok(self.some_people()?.save_search(own(who)?.number, &name, query, now)?)
    }

    /// Forgets a search.
    pub fn forget_search(&self, id: i64, who: &Who) -> Result<(), AppError> {
        Ok(self.some_people()?.forget_search(own(who)?.number, id)?)
    }

    /// No longer watches.
    pub fn unwatch(&self, id: i64, who: &Who) -> Result<(), AppError> {
        Ok(self.some_people()?.remove_watch(own(who)?.number, id)?)
    }

    /// Sends notices to an address that begins with one of those allowed; the secret with which they are signed.
    pub fn add_hook(&self, url: &str, allowed: &[Address], who: &Who, now: i64) -> Result<Token, AppError> {
        let address = Address::read(url.trim())?;
        delivery::check(&address, allowed)?;
        let (people, account) = (self.some_people()?, own(who)?.number);
        self.acted(who, ("hook_add", "", address.as_str()), || Ok(people.add_hook(account, address.as_str(), now)?))
    }

    /// Tries a webhook again at once.
    pub fn retry_hook(&self, id: i64, who: &Who, now: i64) -> Result<(), AppError> {
        Ok(self.some_people()?.retry_hook(own(who)?.number, id, now)?)
    }

    /// No longer sends notices there.
    pub fn remove_hook(&self, id: i64, who: &Who) -> Result<(), AppError> {
        let (people, account) = (self.some_people()?, own(who)?.number);
        self.acted(who, ("hook_remove", &id.to_string(), ""), || Ok(people.remove_hook(account, id)?))
    }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn what_is_typed_is_neither_empty_nor_too_long() {
        assert_eq!(typed("name", "  流动摊贩\r\n占道 ", 10, true).unwrap(), "流动摊贩\n占道");
        assert_eq!(typed("note", "  ", 10, false).unwrap(), "");
        for wrong in ["", " \n", "一二三四五六七八九十一", "a\0b", "a\u{202e}b"] {
            assert!(typed("name", wrong, 10, true).is_err(), "{wrong:?}");
        }
    }
}
