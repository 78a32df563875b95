//! Benchmarks as text: what a document that came from a table says, and how it is read again.
//!
//! A violation is one numbered unit of the document (一、…), every cell one line behind its caption, so that the text is
//! searched, cited and exported like any other and nothing but the text has to be kept. A line break of a cell becomes an
//! ideographic space: white space is all that is lost.

use super::outcome::fines;
use super::rows::share;
use super::{Benchmark, Factor, Outcome, Place, Tier, Weight};
use crate::text::numerals;
use std::fmt::Write;

const NUMBER: &str = "编号";
const SECTION: &str = "类别";
const VIOLATED: &str = "违反条款";
const BASIS: &str = "处罚依据";
const METHOD: &str = "计算方法";
const TIER: &str = "裁量档次";
const TIER_BASIS: &str = "档次依据";
const CIRCUMSTANCE: &str = "适用情形";
const RANGE: &str = "处罚幅度";
const TIER_NOTE: &str = "档次说明";
const EXEMPT: &str = "处理";
const NO_PENALTY: &str = "不予处罚";
const FACTOR: &str = "裁量要素";
const DEGREE: &str = "违法程度";
const SHARE: &str = "裁量权重";
const NOTE: &str = "备注";
/// With which of them a violation begins.
const HEADS: [&str; 6] = [NUMBER, SECTION, VIOLATED, BASIS, METHOD, TIER];
/// What a tier without a name of its own is called.
const NAMELESS: &str = "未分档";

/// The text of a document with these violations, numbered from `first` on.
pub fn text(benchmarks: &[Benchmark], first: u64) -> String {
    let units = (first..).zip(benchmarks).map(|(number, one)| unit(number, one));
    units.collect::<Vec<_>>().join("\n\n")
}

fn unit(number: u64, one: &Benchmark) -> String {
    let mut out = format!("{}、{}", numerals::chinese(number), line(&one.violation));
    let mut put = |caption: &str, beside: &str, value: &str| {
        let beside =
            if beside.is_empty() { String::new() } else { format!("（{}）", line(beside).replace("）：", "）")) };
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{caption}{beside}：{}", line(value));
    };
    let heads = [(NUMBER, &one.number), (SECTION, &one.section), (VIOLATED, &one.violated), (BASIS, &one.basis)];
    for (caption, value) in heads.into_iter().chain([(METHOD, &one.method)]) {
        value.iter().for_each(|value| put(caption, "", value));
    }
    for tier in &one.tiers {
        put(TIER, "", tier.level.as_deref().unwrap_or(NAMELESS));
        tier.basis.iter().for_each(|basis| put(TIER_BASIS, "", basis));
        for Factor { name, value } in &tier.factors {
            put(CIRCUMSTANCE, if name == CIRCUMSTANCE { "" } else { name }, value);
        }
        for outcome in &tier.outcomes {
            put(RANGE, if outcome.heading == RANGE { "" } else { &outcome.heading }, &outcome.text);
        }
        if tier.exempt {
            put(EXEMPT, "", NO_PENALTY);
        }
        tier.note.iter().for_each(|note| put(TIER_NOTE, "", note));
    }
    for weight in &one.weights {
        put(FACTOR, "", &weight.factor);
        weight.degree.iter().for_each(|degree| put(DEGREE, "", degree));
        put(SHARE, &weight.scope.join("、"), &weight.text);
    }
    one.notes.iter().for_each(|note| put(NOTE, "", note));
    out
}

/// A cell as one line.
fn line(cell: &str) -> String {
    cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\u{3000}")
}

/// The violation of a provision in the form of [`text`]; `None` for any other provision. A violation that is short stands in the
/// heading above the provision. Places count lines, from 1.
pub fn read_text(heading: Option<&str>, provision: &str) -> Option<Benchmark> {
    let mut lines = provision.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()).peekable();
    let begins = |line: &str| captioned(line).is_some_and(|(caption, ..)| HEADS.contains(&caption));
    let own = lines.next_if(|(_, line)| !begins(line)).map(|(_, line)| line);
    let violation = without_number(own.or(heading)?.trim()).to_string();
    let mut one = Benchmark { violation, ..Benchmark::default() };
    for (at, line) in lines {
        let (caption, beside, value) = captioned(line)?;
        take(&mut one, caption, beside, value, Place::Row(u32::try_from(at + 1).ok()?))?;
    }
    let is_one = one.basis.is_some() || one.violated.is_some() || one.tiers.iter().any(|tier| tier.exempt);
    (is_one && !(one.tiers.is_empty() && one.weights.is_empty())).then_some(one)
}

fn without_number(line: &str) -> &str {
    line.split_once('、').filter(|(number, _)| numerals::parse(number).is_some()).map_or(line, |(_, rest)| rest)
}

/// 处罚幅度（对个人）：… in its parts.
fn captioned(line: &str) -> Option<(&str, &str, &str)> {
    let (head, value) = match line.find("）：").filter(|_| line.find('（') < line.find('：')) {
        Some(at) => (line.get(..at)?, line.get(at + "）：".len()..)?),
        None => line.split_once('：')?,
    };
    let (caption, beside) = head.split_once('（').unwrap_or((head, ""));
    Some((caption, beside, value))
}

/// Puts a line in its place; `None` for one that is no line of a benchmark.
fn take(one: &mut Benchmark, caption: &str, beside: &str, value: &str, place: Place) -> Option<()> {
    let owned = || value.to_string();
    match caption {
        NUMBER => one.number = Some(owned()),
        SECTION => one.section = Some(owned()),
        VIOLATED => one.violated = Some(owned()),
        BASIS => one.basis = Some(owned()),
        METHOD => one.method = Some(owned()),
        NOTE => one.notes.push(owned()),
        TIER => one.tiers.push(Tier {
            level: Some(owned()).filter(|level| level != NAMELESS),
            factors: Vec::new(),
            exempt: false,
            outcomes: Vec::new(),
            note: None,
            basis: None,
            inherited: false,
            hidden: false,
            place,
        }),
        TIER_BASIS => one.tiers.last_mut()?.basis = Some(owned()),
        TIER_NOTE => one.tiers.last_mut()?.note = Some(owned()),
        EXEMPT => one.tiers.last_mut()?.exempt = value == NO_PENALTY,
        CIRCUMSTANCE => {
            let name = if beside.is_empty() { CIRCUMSTANCE } else { beside }.to_string();
            one.tiers.last_mut()?.factors.push(Factor { name, value: owned() });
        }
        RANGE => {
            let heading = if beside.is_empty() { RANGE } else { beside };
            let outcome = Outcome { heading: heading.to_string(), fines: fines(heading, value), text: owned() };
            one.tiers.last_mut()?.outcomes.push(outcome);
        }
        FACTOR => one.weights.push(Weight {
            factor: owned(),
            degree: None,
            scope: Vec::new(),
            text: String::new(),
            ppm: None,
            place,
        }),
        DEGREE => one.weights.last_mut()?.degree = Some(owned()),
        SHARE => {
            let last = one.weights.last_mut()?;
            last.scope = beside.split('、').filter(|scope| !scope.is_empty()).map(str::to_string).collect();
            (last.ppm, last.text) = (share(value), owned());
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tier(level: Option<&str>, fine: &str) -> Tier {
        Tier {
            level: level.map(str::to_string),
            factors: vec![
                Factor { name: CIRCUMSTANCE.into(), value: "堆放不足五立方米".into() },
                Factor { name: "持续时间（日）".into(), value: "三日以下\n（含本数）".into() },
            ],
            exempt: false,
            outcomes: vec![Outcome { heading: "对个人".into(), text: fine.into(), fines: fines("对个人", fine) }],
            note: Some("责令清除".into()),
            basis: None,
            inherited: false,
            hidden: false,
            place: Place::Row(1),
        }
    }

    fn benchmark() -> Benchmark {
        Benchmark {
            number: Some("4-22".into()),
            violation: "擅自堆放物料".into(),
            violated: Some("《甲市物料管理条例》第二条".into()),
            basis: Some("《甲市物料管理条例》第三条：处五百元以上\n二千元以下罚款。".into()),
            tiers: vec![tier(Some("轻微"), "处五百元以上一千元以下罚款"), tier(None, "处二千元罚款")],
            notes: vec!["首次不罚".into()],
            ..Benchmark::default()
        }
    }

    /// What the text keeps: places are lines, line breaks are spaces.
    fn told(one: &Benchmark) -> Benchmark {
        let mut one = one.clone();
        let flat = |value: &mut String| *value = line(value);
        one.basis.iter_mut().for_each(flat);
        one.place = None;
        for tier in &mut one.tiers {
            tier.place = Place::Row(1);
            tier.factors.iter_mut().for_each(|factor| flat(&mut factor.value));
        }
        one.weights.iter_mut().for_each(|weight| weight.place = Place::Row(1));
        one
    }

    #[test]
    fn what_is_written_is_read_again() {
        let one = benchmark();
        let written = text(std::slice::from_ref(&one), 1);
        assert!(
            written.starts_with("一、擅自堆放物料\n编号：4-22\n违反条款：《甲市物料管理条例》第二条\n"),
            "{written}"
        );
        assert!(
            written.contains("\n适用情形（持续时间（日））：三日以下\u{3000}（含本数）\n处罚幅度（对个人）：处五百元")
        );
        assert_eq!(told(&read_text(None, &written).unwrap()), told(&one));
        let (heading, below) = written.split_once('\n').unwrap();
        assert_eq!(told(&read_text(Some(heading), below).unwrap()), told(&one), "the violation is a heading");
    }

    #[test]
    fn shares_and_what_is_not_punished_are_kept() {
        let weight = |degree: Option<&str>, text: &str| Weight {
            factor: "排放量".into(),
            degree: degree.map(str::to_string),
            scope: vec!["对单位".into()],
            text: text.into(),
            ppm: share(text),
            place: Place::Row(1),
        };
        let shares = Benchmark {
            weights: vec![weight(None, "10%"), weight(Some("较重"), "25%")],
            method: Some("权重相加乘以上限".into()),
            tiers: Vec::new(),
            ..benchmark()
        };
        assert_eq!(told(&read_text(None, &text(std::slice::from_ref(&shares), 1)).unwrap()), told(&shares));
        let exempt = Benchmark {
            basis: None,
            violated: None,
            tiers: vec![Tier { exempt: true, outcomes: Vec::new(), ..tier(None, "") }],
            ..benchmark()
        };
        assert_eq!(told(&read_text(None, &text(std::slice::from_ref(&exempt), 1)).unwrap()), told(&exempt));
    }

    #[test]
    fn other_provisions_are_none() {
        for other in [
            "第三条 处五百元罚款。",
            "一、总体要求\n坚持：公正。",
            "一、甲\n裁量档次：轻微",
            "",
            "一、甲\n处罚依据：乙",
        ] {
            assert_eq!(read_text(None, other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(一、|裁量档次|处罚幅度|（|）|：|处罚依据|\n|甲|百分之十|5%|裁量权重){0,40}") {
            let _ = read_text(Some("甲"), &text);
        }
    }
}
