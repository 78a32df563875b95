//! New editions: a text given as a whole that repeals what bore its title before. What it follows is repealed and not amended.

use super::{CardVersion, Text};
use crate::citation::relations;
use crate::law::event::EventSource;
use crate::law::history;
use crate::law::versions::Proof;
use crate::law::{EndedBy, Kind, identity};

/// What a version says of the one that it follows.
pub struct Edition {
    /// The sentence by which it repeals what bore its own title, the id of the provision, and the numbers that it names.
    repeals: Option<(String, String, Vec<String>)>,
    /// The same sentence without its white space, even in a text that is not given as a whole.
    closing: Option<String>,
    /// Its number, if it is a normative document given as a whole.
    number: Option<String>,
}

impl Edition {
    /// What a version says.
    pub fn of(texts: &[Text], version: &CardVersion, members: &[usize]) -> Edition {
        // The closing provisions of a text amended article by article still speak of its first promulgation.
        let is_whole =
            history::acts(&version.events).last().is_some_and(|last| last.is_whole_text() && !last.is_change());
        let Some(document) = members.first().map(|at| &texts[*at].put.document) else {
            return Edition { repeals: None, closing: None, number: None };
        };
        let own = identity::folded_title(&document.title);
        // 《渡口办法》同时废止 in a notice that carries a new one, too.
        let bare = |title: &str| identity::without_marks(identity::promulgated(title).unwrap_or(title));
        let of_own = |title: &str| bare(title) == bare(&own);
        let repeals =
            version.repeals.iter().find(|act| of_own(&act.title)).map(|act| {
                (act.quote.clone(), act.said_in(&version.id), relations::numbers_named(&act.title, &act.quote))
            });
        let closing = repeals.as_ref().map(|(quote, ..)| quote.split_whitespace().collect());
        let number = document.document_number.clone().filter(|_| is_whole && document.kind == Kind::Normative);
        Edition { repeals: repeals.filter(|_| is_whole), closing, number }
    }
}

/// Says of a version that ends with the first day of the next how that follows it; `own` is what the version itself says.
pub fn follow(version: &mut CardVersion, numbers: &[String], own: &Edition, next: &Edition) {
    let (Some(on), Some(EndedBy::Amendment)) = (version.interval.ended_on, version.interval.ended_by) else { return };
    // A sentence that stands in both texts ended what was before them.
    let is_new = own.closing.is_none() || own.closing != next.closing;
    match (next.repeals.as_ref().filter(|_| is_new), &next.number) {
        (Some((quote, said_in, named)), _) if !relations::is_of_other_number(named, numbers) => {
            version.interval.ended_by = Some(EndedBy::Repeal);
            version.proofs.to = Some(Proof::repealed(on, EventSource::Text, quote.clone(), Some(said_in.clone())));
        }
        // Yearly decisions bear one title: nobody says that the one ends the other.
        (_, Some(number)) if relations::is_of_other_number(std::slice::from_ref(number), numbers) => {
            version.remarks.push(format!(
                "后一文本标题相同而文号不同（{number}），未见其载明修改或废止本件，暂以其施行之日{on}为止，请核对"
            ));
        }
        _ => {}
    }
}
