//! Texts as weighted tokens.

/// Tokens with what they count, each once, in the order of their ids.
pub type Bag = Vec<(u32, f32)>;

/// What words of title and headings count beside those of the text.
const AROUND: f32 = 0.5;

/// Tokens with how often they occur, in the order of their ids.
pub(super) fn counted(mut tokens: Vec<u32>) -> Vec<(u32, u32)> {
    tokens.sort_unstable();
    let mut counted: Vec<(u32, u32)> = Vec::new();
    for token in tokens {
        match counted.last_mut() {
            Some((last, count)) if *last == token => *count += 1,
            _ => counted.push((token, 1)),
        }
    }
    counted
}

/// A token that occurs ten times counts about three times as much as one that occurs once.
fn damped(count: u32) -> f32 {
    1.0 + (count as f32).ln()
}

/// The bag of a question, or of any text that stands alone.
pub(in crate::rank) fn question_bag(tokens: Vec<u32>) -> Bag {
    counted(tokens).into_iter().map(|(token, count)| (token, damped(count))).collect()
}

/// The bag of a provision from the counted tokens of its text, and of its title and headings.
pub(in crate::rank) fn weighed(text: &[(u32, u32)], around: &[(u32, u32)]) -> Bag {
    let inside = text.iter().map(|(token, count)| (*token, damped(*count)));
    let outside = around.iter().map(|(token, count)| (*token, AROUND * damped(*count)));
    let mut bag: Bag = inside.chain(outside).collect();
    // Stable: what the text adds comes before what stands around it.
    bag.sort_by_key(|(token, _)| *token);
    bag.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    bag
}
