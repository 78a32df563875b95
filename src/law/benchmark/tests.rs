use super::*;
use crate::law::amount::Measure;
use crate::law::sanction::Addressee;
use crate::text::table::{Cell, Row};
use proptest::prelude::*;

/// A table; `<` goes on with the cell left of it, `^` with the one above.
fn table(rows: &[&[&str]]) -> Table {
    let mut table = Table::default();
    for (at, texts) in rows.iter().enumerate() {
        let mut cells: Vec<Cell> = Vec::new();
        for (column, text) in texts.iter().enumerate() {
            let anchor = match *text {
                "<" => match cells[column - 1] {
                    Cell::Covered { row, column } => Some((row, column)),
                    _ => Some((at, column - 1)),
                },
                "^" => Some(table.anchor(at - 1, column)),
                _ => None,
            };
            cells.push(match anchor {
                Some((row, column)) => Cell::Covered { row, column },
                None if text.is_empty() => Cell::Empty,
                None => Cell::single(*text),
            });
            if let Some((row, first)) = anchor {
                let cell = if row == at { &mut cells[first] } else { &mut table.rows[row].cells[first] };
                if let Cell::Text { rows, columns, .. } = cell {
                    (*rows, *columns) = ((at + 1 - row).max(*rows), (column + 1 - first).max(*columns));
                }
            }
        }
        table.rows.push(Row { place: Place::Row(at as u32 + 1), hidden: false, cells });
    }
    table
}

fn money(tier: &Tier) -> Vec<(Option<u64>, Option<u64>)> {
    let value = |fine: &Fine| (fine.amount().lo.map(|lo| lo.value), fine.amount().hi.map(|hi| hi.value));
    tier.outcomes.iter().flat_map(|outcome| &outcome.fines).map(value).collect()
}

#[test]
fn columns_are_recognised_by_their_headings_not_their_order() {
    let reading = read(&table(&[
        &["一、《甲市物料管理条例》", "<", "<", "<", "<", "<"],
        &["备注", "裁量标准", "违法程度", "违法行为", "适用情形", "法律依据"],
        &["责令清除", "处五百元以上一千元以下罚款", "轻微", "擅自堆放物料", "初次", "《甲市物料管理条例》第三条"],
        &["^", "处一千元罚款", "一般", "^", "再次", "^"],
    ]));
    let [one] = reading.benchmarks.as_slice() else { panic!("{reading:?}") };
    assert_eq!((one.violation.as_str(), one.basis.as_deref()), ("擅自堆放物料", Some("《甲市物料管理条例》第三条")));
    assert_eq!(one.section.as_deref(), Some("一、《甲市物料管理条例》"));
    assert_eq!(one.tiers.len(), 2);
    assert_eq!(one.tiers[0].level.as_deref(), Some("轻微"));
    assert_eq!(one.tiers[0].factors, [Factor { name: "适用情形".into(), value: "初次".into() }]);
    assert_eq!(money(&one.tiers[0]), [(Some(50_000), Some(100_000))]);
    assert_eq!(money(&one.tiers[1]), [(Some(100_000), Some(100_000))]);
    assert_eq!(one.tiers[1].note.as_deref(), Some("责令清除"));
}

#[test]
fn labels_stand_for_all_tiers_below() {
    let reading = read(&table(&[
        &["违反条款", "《甲条例》第二条", "<", "<"],
        &["处罚依据", "《甲条例》第九条　处一万元以下的罚款。", "<", "<"],
        &["违法行为", "设备数量", "对单位罚款", "对个人罚款"],
        &["擅自使用设备", "1件", "1000元以上3000元以下", "200元"],
        &["^", "2件以上", "3000元以上5000元以下", "^"],
        &["^", "造成严重后果的", "1万元", "<"],
        &["备注：", "件数按套计算。", "<", "<"],
    ]));
    let [one] = reading.benchmarks.as_slice() else { panic!("{reading:?}") };
    assert_eq!(one.violated.as_deref(), Some("《甲条例》第二条"));
    assert_eq!(one.notes, ["件数按套计算。"]);
    assert_eq!(one.tiers[1].factors[0].name, "设备数量");
    let addressees: Vec<_> = one.tiers[0].outcomes.iter().map(|outcome| outcome.fines[0].addressee).collect();
    assert_eq!(addressees, [Addressee::Organisation, Addressee::Individual]);
    assert_eq!(money(&one.tiers[1]), [(Some(300_000), Some(500_000)), (Some(20_000), Some(20_000))]);
    assert_eq!(one.tiers[2].outcomes.len(), 1);
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
}

#[test]
fn shares_stay_shares() {
    let reading = read(&table(&[
        &["违法行为", "裁量要素", "违法程度", "裁量权重", "<"],
        &["裁量起点", "<", "<", "对单位", "对个人"],
        &["^", "^", "^", "20%", "25%"],
        &["擅自堆放", "数量", "1吨以下", "0%", "<"],
        &["^", "^", "1吨以上", "10%", "<"],
        &["备注", "计算方法为：罚款金额＝裁量百分值总和×10万。", "<", "<", "<"],
    ]));
    let [one] = reading.benchmarks.as_slice() else { panic!("{reading:?}") };
    assert!(one.tiers.is_empty());
    assert_eq!(one.violation, "擅自堆放");
    let shown: Vec<_> =
        one.weights.iter().map(|weight| (weight.factor.as_str(), weight.degree.as_deref(), weight.ppm)).collect();
    assert_eq!(shown[0], ("裁量起点", None, Some(200_000)));
    assert_eq!(one.weights[1].scope, ["对个人"]);
    assert_eq!(shown[3], ("数量", Some("1吨以上"), Some(100_000)));
    assert!(one.method.as_deref().is_some_and(|method| method.contains("×10万")));
}

#[test]
fn a_circumstance_beside_nothing_leads_to_what_the_one_above_does() {
    let reading = read(&table(&[
        &["序号", "违法行为", "类别", "裁量情节", "裁量标准"],
        &["1-1", "擅自堆放", "1", "一吨以下", "处五百元罚款"],
        &["^", "^", "", "二次以下", ""],
        &["^", "^", "2", "一吨以上", "处货值金额一倍以上二倍的罚款"],
    ]));
    let tiers = &reading.benchmarks[0].tiers;
    assert_eq!((tiers[1].inherited, tiers[1].level.as_deref()), (true, Some("1")));
    assert_eq!(money(&tiers[1]), [(Some(50_000), Some(50_000))]);
    let fine = tiers[2].outcomes[0].fines[0].amount();
    assert_eq!(
        (fine.measure, fine.lo.map(|lo| lo.value), fine.hi.map(|hi| hi.value)),
        (Measure::Multiple, Some(1_000_000), Some(2_000_000))
    );
}

#[test]
fn parts_of_a_basis_hold_for_the_tiers_beside_them() {
    let reading = read(&table(&[
        &["序号", "违法行为", "法律依据", "裁量情节", "裁量标准"],
        &["1", "擅自堆放", "《甲条例》第三条：责令改正，处一千元罚款。", "初次", "处一千元罚款"],
        &["^", "^", "逾期不改正的，处五千元罚款。", "逾期", "处五千元罚款"],
    ]));
    let one = &reading.benchmarks[0];
    assert_eq!(one.basis.as_deref(), Some("《甲条例》第三条：责令改正，处一千元罚款。\n逾期不改正的，处五千元罚款。"));
    assert_eq!(one.tiers[1].basis.as_deref(), Some("逾期不改正的，处五千元罚款。"));
}

#[test]
fn what_is_not_understood_is_told() {
    let reading = read(&table(&[
        &["违法行为", "情节", "处罚标准"],
        &["", "无主之行", "处一千元罚款"],
        &["擅自堆放", "初次", "警告"],
        &["^", "再次", "处七百元以下九百元以下罚款"],
    ]));
    let kinds: Vec<IssueKind> = reading.issues.iter().map(|issue| issue.kind).collect();
    assert_eq!(kinds, [IssueKind::RowOutside, IssueKind::NoAmount, IssueKind::Contradiction]);
    assert_eq!(reading.benchmarks[0].tiers.len(), 2);
}

#[test]
fn lists_of_what_is_not_punished_are_read() {
    let reading = read(&table(&[
        &["序号", "类别", "违法行为", "违反条款", "不予处罚的情节"],
        &["1", "物料类", "擅自堆放", "《甲条例》第二条", "初次且当日清除"],
        &["2", "^", "未挂标牌", "《甲条例》第五条", "三日内改正"],
    ]));
    let shown = |one: &Benchmark| (one.section.clone(), one.tiers[0].exempt, one.tiers[0].factors[0].value.clone());
    assert_eq!(shown(&reading.benchmarks[1]), (Some("物料类".into()), true, "三日内改正".into()));
    assert!(reading.issues.is_empty());
}

#[test]
fn repeated_text_is_bounded() {
    let long = "甲".repeat(20_000);
    let mut rows: Vec<Vec<&str>> = vec![vec!["违法行为", "情节", "罚款"], vec![&long, "初次", "500元"]];
    rows.extend((0..2_000).map(|_| vec!["^", "再次", "500元"]));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let reading = read(&table(&rows));
    assert!(reading.issues.iter().any(|issue| issue.kind == IssueKind::TooMuchText));
    assert!(reading.benchmarks[0].tiers.len() > 500);
}

#[test]
fn other_tables_give_nothing() {
    assert_eq!(read(&table(&[&["序号", "名称", "备注"], &["1", "甲", "乙"]])), Reading::default());
    assert_eq!(read(&Table::default()), Reading::default());
}

proptest! {
    #[test]
    fn any_table_is_read(rows in proptest::collection::vec(proptest::collection::vec(
        "(序号|违法行为|处罚依据|违法程度|情节|罚款|裁量权重|备注|计算方法|10%|500元|甲|<|\\^|)", 1..7), 0..9)) {
        let rows: Vec<Vec<&str>> = rows.iter().enumerate().map(|(at, row)| {
            let above = at.checked_sub(1).map_or(0, |above| rows[above].len());
            let fits = |(column, text): (usize, &String)| !((text == "<" && column == 0) || (text == "^" && column >= above));
            row.iter().enumerate().map(|(column, text)| if fits((column, text)) { text.as_str() } else { "" }).collect()
        }).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let _ = read(&table(&rows));
    }

    #[test]
    fn any_cells_are_read(cells in proptest::collection::vec(proptest::collection::vec((0..9usize, 0..9usize, 0..4u8), 0..6), 0..6)) {
        let cell = |&(row, column, kind): &(usize, usize, u8)| match kind {
            0 => Cell::Empty,
            1 => Cell::Covered { row, column },
            2 => Cell::Text { text: "罚款".into(), rows: row, columns: column },
            _ => Cell::Text { text: "违法行为".into(), rows: row, columns: column },
        };
        let rows = cells.iter().map(|row| Row { place: Place::Page(1), hidden: false, cells: row.iter().map(cell).collect() });
        let _ = read(&Table { rows: rows.collect(), ..Table::default() });
    }
}
