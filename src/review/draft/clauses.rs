//! The clause of each sentence, as people name it.

use super::sentences::Sentence;
use crate::law::provision::{Provision, ProvisionKind, Structure};
use std::ops::Range;

/// Names the clause of every sentence: its provision, and the deepest part of it in which the sentence begins.
pub(super) fn assign(structure: &Structure, sentences: &mut [Sentence]) {
    let provisions: Vec<(&Provision, &Range<usize>)> = structure.provisions().collect();
    for sentence in sentences {
        let after = provisions.partition_point(|(_, span)| span.start <= sentence.span.start);
        let Some((provision, span)) = after.checked_sub(1).and_then(|at| provisions.get(at)) else { continue };
        if sentence.span.start < span.end {
            sentence.clause = label(provision, sentence.span.start);
        }
    }
}

fn label(provision: &Provision, byte: usize) -> String {
    let part = provision.parts.iter().rfind(|part| part.span.contains(&byte));
    let part = part.map_or("", |part| part.label.as_str());
    match provision.kind {
        ProvisionKind::Preamble | ProvisionKind::Signature => String::new(),
        _ => format!("{}{part}", provision.label),
    }
}
