//! Amounts and shifted columns on the 10,158 published penalties of the financial regulator.

use super::real_data::real_data;
use faju::law::case_columns::{CaseColumns, shifts};
use faju::law::sanction::{PenaltyKind, fines_fen, imposed};
use serde_json::Value;

fn rows(test: &str) -> Option<Vec<Value>> {
    let data = real_data(test)?;
    let bytes = std::fs::read(data.join("cases/nfra-penalties.jsonl.zst")).unwrap();
    let text = String::from_utf8(zstd::decode_all(bytes.as_slice()).unwrap()).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or_default()
}

/// The label is one fine of the text, mostly the first, also where several parties are fined: of texts with one fine the sum is
/// that fine, of the others it is among those read.
#[test]
fn fines_are_those_of_the_text() {
    let Some(rows) = rows("fines_are_those_of_the_text") else { return };
    let (mut labelled, mut one, mut one_right, mut sum_right, mut among) = (0, 0, 0, 0, 0);
    for row in rows.iter().filter(|row| !row["suspect"].as_bool().unwrap_or(false)) {
        let Some(label) = row["fine_yuan"].as_u64() else { continue };
        let found = imposed(text(row, "decision"));
        let is_fine = |kind| matches!(kind, PenaltyKind::Fine | PenaltyKind::FineAndConfiscation);
        let fines: Vec<u64> = found
            .iter()
            .filter(|one| is_fine(one.kind))
            .filter_map(|one| one.amount_fen)
            .map(|fen| fen / 100)
            .collect();
        let sum = fines_fen(&found).map(|fen| fen / 100);
        labelled += 1;
        sum_right += u32::from(sum == Some(label));
        among += u32::from(fines.contains(&label));
        if fines.len() == 1 {
            one += 1;
            one_right += u32::from(sum == Some(label));
        }
    }
    println!(
        "{labelled} labelled, {among} among the fines read, {sum_right} the sum; {one_right} of {one} texts with one fine"
    );
    assert!(f64::from(among) >= 0.999 * f64::from(labelled));
    assert!(f64::from(one_right) >= 0.998 * f64::from(one));
}

#[test]
fn shifted_rows_are_recognised_without_the_flag() {
    let Some(rows) = rows("shifted_rows_are_recognised_without_the_flag") else { return };
    let (mut flagged, mut found, mut alarms) = (0, 0, 0);
    for row in &rows {
        let columns = CaseColumns {
            party: text(row, "party"),
            facts: text(row, "facts"),
            basis: text(row, "basis"),
            decision: text(row, "decision"),
            authority: text(row, "authority"),
        };
        let is_shifted = !shifts(&columns).is_empty();
        match row["suspect"].as_bool().unwrap_or(false) {
            true => (flagged, found) = (flagged + 1, found + u32::from(is_shifted)),
            false => alarms += u32::from(is_shifted),
        }
    }
    println!("{found} of {flagged} flagged rows, {alarms} others");
    assert!(f64::from(found) >= 0.95 * f64::from(flagged));
    // Each of the thirty was read: heads of tables and rows that are shifted.
    assert!(alarms <= 30, "{alarms}");
}
