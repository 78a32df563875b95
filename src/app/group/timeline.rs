//! When each version of a group is in force, and which words of which provision say so.

use super::renewed::{self, Edition};
use super::{Acts, CardVersion, Text, Told, ToldExtension, impossible};
use crate::app::corrections::said_on;
use crate::citation::{numbers_said, relations};
use crate::law::event::EventSource;
use crate::law::versions::{self, Decided, Extended, Placement, Proof, VersionInput, end_by};
use crate::law::{Access, EndedBy, EventKind, ValidityStatus, identity};

/// Bytes of a line before the words of a proof up to which the whole line is quoted: 第八十六条 and its subject.
const LINE_START_BYTES_MAX: usize = 160;

/// Gives the versions of an instrument their intervals with proofs and remarks. Cases have none.
pub fn place(texts: &[Text], versions: &mut [(CardVersion, Vec<usize>)], acts: &Acts, group: &str) {
    if versions.iter().any(|(version, _)| version.key == "-") {
        return;
    }
    let computed: Vec<Placement> = (0..versions.len()).map(|at| placement(texts, versions, acts, at)).collect();
    let begun: Vec<Option<Proof>> = versions
        .iter()
        .zip(&computed)
        .map(|((version, members), found)| Some(located(found.proofs.from.clone()?, texts, version, members)))
        .collect();
    let strangers = impossible::strangers(texts, versions, acts);
    let oldest = versions.len().saturating_sub(1);
    let editions: Vec<Edition> =
        versions.iter().map(|(version, members)| Edition::of(texts, version, members)).collect();
    let ids: Vec<String> = versions.iter().map(|(version, _)| version.id.clone()).collect();
    for (at, mut found) in computed.into_iter().enumerate() {
        let (version, members) = &mut versions[at];
        found.proofs.from = begun[at].clone();
        found.proofs.to = found.proofs.to.map(|proof| match found.next {
            Some(next) => {
                let told = begun[next].as_ref().filter(|told| told.date == proof.date && told.event == proof.event);
                let told = told.cloned().unwrap_or(proof);
                Proof { document: told.document.or_else(|| ids.get(next).cloned()), ..told }
            }
            None => {
                let proof = located(proof, texts, version, members);
                let teller = found.teller.and_then(|teller| ids.get(teller).cloned());
                Proof { document: proof.document.or(teller), ..proof }
            }
        });
        version.interval = found.interval;
        version.proofs = found.proofs;
        version.remarks.extend(found.remarks);
        if let Some(next) = found.next {
            renewed::follow(version, &numbers(texts, version, members), &editions[at], &editions[next]);
        }
        amend(version, acts, group);
        repeal(version, acts, group);
        told(version, acts, &numbers(texts, version, members));
        remark_other_extensions(texts, version, members, acts);
        remark_suspensions(version, acts, &numbers(texts, version, members));
        impossible::remark(version, acts, group, at == oldest);
        version.remarks.extend(strangers[at].clone());
        version.remarks.extend(members.first().and_then(|first| impossible::other_text(&texts[*first])));
    }
}

/// The placement of one version beside those that its own readers see; `next` counts among all of the group.
fn placement(texts: &[Text], versions: &[(CardVersion, Vec<usize>)], acts: &Acts, at: usize) -> Placement {
    let access = versions[at].0.access;
    let seen: Vec<usize> = (0..versions.len()).filter(|other| versions[*other].0.access <= access).collect();
    let told = acts.outside.decided.iter().filter(|told| told.access <= access);
    let decided: Vec<Decided> = told.map(|told| told.decided.clone()).collect();
    let with = |other: &usize| VersionInput {
        decided: decided.clone(),
        extended: extending(texts, versions, &seen, *other, acts),
        ..input(texts, &versions[*other].1, access)
    };
    let inputs: Vec<VersionInput<'_>> = seen.iter().map(with).collect();
    let place = seen.iter().position(|other| *other == at).unwrap_or(0);
    let mut found = versions::intervals(&inputs).swap_remove(place);
    found.next = found.next.and_then(|next| seen.get(next).copied());
    found.teller = found.teller.and_then(|teller| seen.get(teller).copied());
    found
}

/// What extends the validity of a version, as far as its readers see it: a notice means the newest text that was made before it,
/// and if it names a number, only what bears that.
fn extending(
    texts: &[Text],
    versions: &[(CardVersion, Vec<usize>)],
    seen: &[usize],
    at: usize,
    acts: &Acts,
) -> Vec<Extended> {
    let access = versions[at].0.access;
    let own = own_numbers(texts, &versions[at].1, access);
    let means = |told: &&ToldExtension| {
        let is_older = |other: &&usize| {
            let dates = versions[**other].0.dated.zip(told.made);
            dates.is_none_or(|(dated, made)| dated < made)
        };
        told.access <= access && seen.iter().find(is_older) == Some(&at) && !is_of_other(told, &own)
    };
    acts.outside.extended.iter().filter(means).map(|told| told.extended.clone()).collect()
}

/// The numbers that the texts of a version state, as far as readers of an access see them.
fn own_numbers(texts: &[Text], members: &[usize], access: Access) -> Vec<String> {
    let seen = members.iter().map(|at| &texts[*at]).filter(|text| text.access() <= access);
    seen.filter_map(|text| text.put.document.document_number.clone()).collect()
}

/// Whether a notice names another number than a text bears.
fn is_of_other(told: &ToldExtension, own: &[String]) -> bool {
    told.number.as_ref().is_some_and(|number| relations::is_of_other_number(std::slice::from_ref(number), own))
}

/// Says of notices that extend a document of the same title under another number that they were not applied.
fn remark_other_extensions(texts: &[Text], version: &mut CardVersion, members: &[usize], acts: &Acts) {
    let own = own_numbers(texts, members, version.access);
    for told in acts.outside.extended.iter().filter(|told| told.access <= version.access && is_of_other(told, &own)) {
        version.remarks.push(format!(
            "另一文件《{}》延长同名文件的有效期，所注文号（{}）与本文本的文号（{}）不同，未据以延长，请核对：{}",
            told.extended.by,
            told.number.as_deref().unwrap_or_default(),
            own.join("、"),
            told.extended.proof.quote
        ));
    }
}

/// Says who suspended a version: when it goes on, nobody tells.
fn remark_suspensions(version: &mut CardVersion, acts: &Acts, numbers: &[String]) {
    let since = version.dated.or(version.interval.effective_from);
    let of_this = acts.outside.suspended.iter().filter(|told| {
        let is_older = since.zip(told.made).is_none_or(|(since, made)| since < made);
        let is_over = version.interval.ended_on.zip(told.made).is_some_and(|(ended, made)| ended <= made);
        told.access <= version.access && is_older && !is_over && !relations::is_of_other_number(&told.numbers, numbers)
    });
    let said = of_this.map(|told| format!("《{}》载明暂停执行本件，是否恢复、何时恢复请核对：{}", told.by, told.quote));
    version.remarks.extend(said.collect::<Vec<_>>());
}

/// What the texts of one version say of its validity, as far as readers of an access see them.
pub(super) fn input<'a>(texts: &'a [Text], members: &[usize], access: Access) -> VersionInput<'a> {
    let seen = members.iter().map(|at| &texts[*at]).filter(|text| text.access() <= access);
    let seen: Vec<&Text> = seen.collect();
    let mut input = VersionInput::of(seen.iter().map(|text| (&text.put.document, text.events.as_slice())));
    // Who says 失效 without a day said so at the latest when it was recorded: nothing tells since when.
    let stated = seen.iter().filter(|text| text.put.document.asserted_status.is_some());
    for (asserted, text) in input.asserted.iter_mut().zip(stated) {
        let over = [ValidityStatus::Repealed, ValidityStatus::Expired, ValidityStatus::Amended];
        if over.contains(&asserted.status) {
            asserted.on = asserted.on.or_else(|| Some(said_on(text.put.at)));
        }
    }
    input
}

/// Amendments that people registered end the versions that stood before them, as far as nothing tells that they have them
/// already.
fn amend(version: &mut CardVersion, acts: &Acts, group: &str) {
    for (id, on, words, by, _) in acts.amendments.iter().filter(|act| act.4 <= version.access) {
        let Some(day) = *on else { continue };
        if *id != version.id && !version.aliases.contains(id) && id != group {
            continue;
        }
        let told = version.events.iter().any(|event| event.kind.makes_text() && event.date >= day);
        let begun = version.interval.effective_from.or(version.dated).is_none_or(|from| from >= day);
        if told || begun {
            continue;
        }
        let (source, quote) = (EventSource::Correction, words.clone());
        let proof =
            Proof { event: EventKind::Amended, date: day, source, quote, document: Some(by.clone()), assumed: None };
        end_by(&mut version.interval, &mut version.proofs, day, EndedBy::Amendment, proof);
        version.remarks.push(format!("人工登记的修改（自{day}起）：{words}"));
    }
}

/// Repeals that people registered end the versions they name, or all that stood.
fn repeal(version: &mut CardVersion, acts: &Acts, group: &str) {
    for (id, on, words, ..) in acts.repeals.iter().filter(|act| act.4 <= version.access) {
        if *id != version.id && !version.aliases.contains(id) && id != group {
            continue;
        }
        if let Some(day) = *on {
            let proof = Proof::repealed(day, EventSource::Correction, words.clone(), None);
            end_by(&mut version.interval, &mut version.proofs, day, EndedBy::Repeal, proof);
        }
        version.remarks.push(format!("人工登记的废止：{words}"));
    }
}

/// The numbers that a version bears: those of its texts, and of the orders that its history tells of.
fn numbers(texts: &[Text], version: &CardVersion, members: &[usize]) -> Vec<String> {
    let seen = members.iter().map(|at| &texts[*at]).filter(|text| text.access() <= version.access);
    let stated = seen.filter_map(|text| text.put.document.document_number.clone());
    stated.chain(version.events.iter().flat_map(|event| numbers_said(&event.quote))).collect()
}

/// Repeals that other instruments state end the versions that were made before; those that name another number end nothing.
fn told(version: &mut CardVersion, acts: &Acts, numbers: &[String]) {
    let access = version.access;
    for told in acts.outside.told.iter().filter(|told| told.access <= access) {
        if relations::is_of_other_number(&told.numbers, numbers) {
            version.remarks.push(format!(
                "另一文件（{}）载明自{}起废止同名文件，所注文号（{}）与本文本的文号（{}）不同，未据以认定废止，请核对：{}",
                told.provision,
                told.on.map_or_else(|| "其施行之日".to_string(), |on| on.to_string()),
                told.numbers.join("、"),
                numbers.join("、"),
                told.quote
            ));
            continue;
        }
        let first = version.dated.or(version.interval.effective_from);
        let since = told.on.into_iter().chain(told.made).min();
        let young = first.map_or(told.namesake, |first| since.is_some_and(|since| first >= since));
        if young {
            // What was made between the text that repeals it and the day of the repeal contradicts it.
            if let Some(on) = told.on.filter(|on| !told.namesake && first.is_some_and(|first| first <= *on)) {
                version.remarks.push(format!(
                    "与另一文件所载相矛盾：{}（{}）载明自{on}起废止本件，而本文本的日期不早于它，标题或日期可能有误",
                    told.quote, told.provision
                ));
            }
            continue;
        }
        let Some(on) = told.on else {
            doubt(version, told);
            continue;
        };
        let proof = Proof::repealed(on, EventSource::Text, told.quote.clone(), Some(told.provision.clone()));
        end_by(&mut version.interval, &mut version.proofs, on, EndedBy::Repeal, proof);
    }
}

/// Of what another text repeals from a day that nobody can count, nobody knows whether it is in force.
fn doubt(version: &mut CardVersion, told: &Told) {
    version.interval.end_is_latest |= version.interval.ended_on.is_none();
    let (quote, provision) = (&told.quote, &told.provision);
    version.remarks.push(format!("时效待核：另一文件（{provision}）载明废止本件，自何日起未能推算：{quote}"));
}

/// A proof out of a text of the version, with the provision that has its words and, as far as it is short, the whole line.
fn located(mut proof: Proof, texts: &[Text], version: &CardVersion, members: &[usize]) -> Proof {
    if proof.source != EventSource::Text || proof.document.is_some() {
        return proof;
    }
    let seen = members.iter().map(|at| &texts[*at]).filter(|text| text.access() <= version.access);
    for (rank, text) in seen.enumerate() {
        let body = &text.put.document.text;
        let mut provisions: Vec<_> = text.structure.provisions().collect();
        // The words stand near the end, and 本法自…起施行 may be quoted before.
        provisions.reverse();
        let found = provisions.into_iter().find_map(|(provision, span)| {
            let words = body.get(span.clone())?;
            Some((provision, sentence(words, words.find(&proof.quote)?, proof.quote.len())?))
        });
        if let Some((provision, words)) = found {
            let id =
                if rank == 0 { identity::provision_id(&version.id, &provision.key).0 } else { text.put.id.0.clone() };
            proof.quote = words.to_string();
            proof.document = Some(id);
            return proof;
        }
    }
    proof
}

/// The sentence with the words at `at`, from the beginning of its line if that is near.
fn sentence(text: &str, at: usize, len: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let line = before.rfind('\n').map_or(0, |line| line + 1);
    let start = if at - line <= LINE_START_BYTES_MAX { line } else { at };
    let rest = text.get(at + len..)?;
    let end = rest.find(['。', '\n', '；']).map_or(rest.len(), |end| {
        if rest.get(end..).is_some_and(|rest| rest.starts_with('\n')) { end } else { end + '。'.len_utf8() }
    });
    text.get(start..at + len + end).map(str::trim)
}
