//! What folding promises, on examples and on any text.

use super::*;
use proptest::prelude::*;

#[test]
fn variants_of_one_text_are_one() {
    let cases = [
        ("第１２条　罚款ＡＢＣ", "第12条罚款abc"),
        ("中華人民共和國行政處罰法", "中华人民共和国行政处罚法"),
        ("「責令改正」", "\"责令改正\""),
        ("国发〔2019〕5号", "国发(2019)5号"),
        ("国发［２０１９］５号", "国发(2019)5号"),
        ("《关于〈某法〉的决定》", "《关于《某法》的决定》"),
        ("㈠及㎡", "(一)及m2"),
        ("〇○零", "〇〇零"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("改正；。", "改正;."),
        ("3.5", "3.5"),
        ("许\u{200B}可", "许可"),
        ("⼈⺠", "人民"),
        ("\u{E004}", "\u{E004}"),
        ("", ""),
    ];
    for (text, folded) in cases {
        assert_eq!(fold_str(text), folded, "{text}");
        assert_eq!(fold(text).as_str(), folded, "{text}");
    }
}

#[test]
fn white_space_stays_only_between_ascii_words() {
    let cases = [
        ("第 一 条\n　　为了", "第一条为了"),
        ("GB  2312", "gb 2312"),
        ("ＧＢ\r\n２３１２", "gb 2312"),
        ("a \u{200B} b", "a b"),
        ("a\u{200B}b", "ab"),
        (" 12 条 ", "12条"),
        ("a ,b", "a,b"),
        ("12 \u{2460}", "12 1"),
        ("  ", ""),
    ];
    for (text, folded) in cases {
        assert_eq!(fold_str(text), folded, "{text:?}");
    }
}

#[test]
fn the_way_back_names_whole_characters() {
    let text = "（㈠）責令\n改正 A  B";
    let folded = fold(text);
    assert_eq!(folded.as_str(), "((一))责令改正a b");
    let original = |part: &str| {
        let at = folded.as_str().find(part).unwrap();
        &text[folded.original(at..at + part.len())]
    };
    assert_eq!(original("一"), "㈠");
    assert_eq!(original("(一)"), "㈠");
    assert_eq!(original("责令"), "責令");
    assert_eq!(original("令改"), "令\n改");
    assert_eq!(original("令"), "令");
    assert_eq!(original("a b"), "A  B");
    assert_eq!(original(" "), "  ");
    assert_eq!(folded.original(0..usize::MAX), 0..text.len());
    assert_eq!(folded.original(500..600), text.len()..text.len());
    assert_eq!(fold("").original(0..0), 0..0);
}

#[test]
fn a_buffer_takes_texts_that_stand_alone() {
    let mut buffer = String::from("a");
    fold_into(" b", &mut buffer);
    assert_eq!(buffer, "ab");
}

/// Texts full of what folding changes.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[一-龥]{1,3}",
        2 => "[a-cA-C0-9]{1,2}",
        2 => "[ \t\n\u{3000}\u{A0}\u{200B}\u{FEFF}]{1,3}",
        2 => "[（）〔〕【】“”「」《〈，。、；：—～…·㈠①Ⅳ№℃㎡]{1,2}",
        1 => "[國處罰責臺後於㑮]",
        1 => "\\PC",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A text and two places in it, in order.
fn text_and_piece() -> impl Strategy<Value = (String, Range<usize>)> {
    (text(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(text, one, other)| {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (one, other) = (places[one.index(places.len())], places[other.index(places.len())]);
        (text, one.min(other)..one.max(other))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn folding_twice_is_folding_once(text in text()) {
        let once = fold_str(&text);
        prop_assert_eq!(fold_str(&once), once);
    }

    #[test]
    fn with_and_without_map_are_one(text in text()) {
        prop_assert_eq!(fold(&text).into_string(), fold_str(&text));
    }

    #[test]
    fn a_piece_folds_to_a_piece((text, range) in text_and_piece()) {
        let piece = fold_str(&text[range]);
        prop_assert!(fold_str(&text).contains(&piece), "{:?} is not in {:?}", piece, fold_str(&text));
    }

    /// Whatever stands in the folded text comes from what the way back names.
    #[test]
    fn the_original_folds_to_what_was_found((text, _) in text_and_piece(), from in 0usize..60, length in 0usize..30) {
        let folded = fold(&text);
        let original = folded.original(from..from + length);
        let found = folded.as_str();
        let (from, to) = (boundary_before(found, from), boundary_after(found, from + length));
        let again = fold_str(&text[original]);
        // White space alone folds to nothing; a space found is one of the original.
        let wanted = found[from..to].trim_matches(' ');
        prop_assert!(again.contains(wanted), "{again:?} has no {wanted:?}");
    }

    #[test]
    fn the_way_back_is_monotone(text in text()) {
        let folded = fold(&text);
        let mut last = 0..0;
        for (at, character) in folded.as_str().char_indices() {
            let original = folded.original(at..at + character.len_utf8());
            prop_assert!(text.get(original.clone()).is_some_and(|original| !original.is_empty()));
            // Neighbours come from the same character or from neighbours.
            prop_assert!(original == last || original.start >= last.end, "{last:?} before {original:?}");
            last = original;
        }
    }

    /// The folded piece, found where it was folded, leads back to the piece (but for what vanished at its edges).
    #[test]
    fn what_is_found_covers_what_was_sought((text, range) in text_and_piece()) {
        let folded = fold(&text);
        let before = fold_str(&text[..range.start]);
        let piece = fold_str(&text[range.clone()]);
        let at = if folded.as_str()[before.len()..].starts_with(' ') && !piece.starts_with(' ') {
            before.len() + 1
        } else {
            before.len()
        };
        prop_assert_eq!(&folded.as_str()[at..at + piece.len()], &piece);
        let original = folded.original(at..at + piece.len());
        if !piece.is_empty() {
            prop_assert!(range.start <= original.start && original.end <= range.end);
            prop_assert_eq!(fold_str(&text[original]), piece);
        }
    }
}
