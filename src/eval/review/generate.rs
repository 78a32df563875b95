//! Drafts made from the corpus itself, each with one citation that is right or wrong in a known way. The same seed over the same
//! corpus makes the same drafts.

use super::{Expected, Row};
use crate::app::{AppError, Asker, Faju};
use crate::eval::citation::pick::{Moved, Pool};
use crate::rank::random::Random;
use crate::text::numerals::chinese;

/// Provisions looked at for one draft, at most.
const TRIES_MAX: usize = 400;

/// The checks that are measured.
const MEASURED: [&str; 6] = ["C01", "C04", "C05", "C07", "D06", "D10"];

/// Whether what a check finds in a draft is labelled. Words of real law may name organs of old.
pub(super) fn is_measured(id: &str, check: &str) -> bool {
    MEASURED.contains(&check) && (check != "D10" || id.contains("organ"))
}

/// Names of organs before 2018, each with a place in a sentence.
const OLD_ORGANS: [&str; 10] = [
    "工商行政管理局",
    "质量技术监督局",
    "食品药品监督管理局",
    "国土资源局",
    "环境保护局",
    "卫生和计划生育委员会",
    "安全生产监督管理局",
    "旅游局",
    "城乡规划局",
    "扶贫开发办公室",
];
/// Names of organs of today.
const ORGANS: [&str; 8] = [
    "市场监督管理局",
    "自然资源局",
    "生态环境局",
    "卫生健康委员会",
    "应急管理局",
    "农业农村局",
    "文化和旅游局",
    "司法局",
];
/// What an organ does in a sentence.
const DUTIES: [&str; 4] =
    ["负责本办法的监督检查。", "会同有关部门组织实施。", "应当建立台账。", "按照职责分工做好相关工作。"];

/// Drafts with a wrong citation of each kind, and with right ones.
pub(super) fn rows(faju: &Faju, seed: u64, count: usize, asker: &Asker) -> Result<Vec<Row>, AppError> {
    let pool = Pool::of(faju, asker)?;
    let mut rows = Vec::new();
    for (place, kind) in KINDS.iter().enumerate() {
        let mut random = Random(seed.wrapping_mul(64).wrapping_add(place as u64));
        for number in 1..=count {
            let made = (0..TRIES_MAX).find_map(|_| (kind.make)(&pool, &mut random).transpose());
            let Some((text, date)) = made.transpose()? else { break };
            let expected = kind.expected.map(|rule| Expected { rule: rule.to_string(), decidable: true });
            rows.push(Row {
                id: format!("{}-{number}", kind.name),
                draft_text: Some(text),
                draft_date: date,
                expected_findings: expected.into_iter().collect(),
                ..Row::default()
            });
        }
    }
    Ok(rows)
}

/// A text, and its day if it has one.
type Made = (String, Option<String>);

/// A kind of draft.
struct Kind {
    name: &'static str,
    expected: Option<&'static str>,
    make: fn(&Pool<'_>, &mut Random) -> Result<Option<Made>, AppError>,
}

const KINDS: [Kind; 10] = [
    Kind { name: "right", expected: None, make: right },
    Kind { name: "right_whole", expected: None, make: right_whole },
    Kind { name: "right_number", expected: None, make: |pool, random| Ok(number(pool, random, Number::Right)) },
    Kind { name: "right_organ", expected: None, make: |_, random| Ok(organ(&ORGANS, random)) },
    Kind { name: "repealed", expected: Some("C01"), make: repealed },
    Kind { name: "no_such_article", expected: Some("C04"), make: beyond },
    Kind { name: "moved", expected: Some("C05"), make: moved },
    Kind { name: "wrong_number", expected: Some("C07"), make: |pool, random| Ok(number(pool, random, Number::Wrong)) },
    Kind { name: "number_form", expected: Some("D06"), make: |pool, random| Ok(number(pool, random, Number::Form)) },
    Kind { name: "old_organ", expected: Some("D10"), make: |_, random| Ok(organ(&OLD_ORGANS, random)) },
];

fn right(pool: &Pool<'_>, random: &mut Random) -> Result<Option<Made>, AppError> {
    let picked = pool.pick(random, false)?;
    Ok(picked.map(|picked| (format!("依照《{}》{}的规定，{}", picked.title, picked.label, picked.words), None)))
}

fn right_whole(pool: &Pool<'_>, random: &mut Random) -> Result<Option<Made>, AppError> {
    Ok(pool.pick(random, false)?.map(|picked| (format!("根据《{}》，制定本办法。", picked.title), None)))
}

fn repealed(pool: &Pool<'_>, random: &mut Random) -> Result<Option<Made>, AppError> {
    Ok(pool.over(random).map(|title| (format!("根据《{title}》的规定，制定本办法。"), None)))
}

fn beyond(pool: &Pool<'_>, random: &mut Random) -> Result<Option<Made>, AppError> {
    let Some(picked) = pool.pick(random, false)? else { return Ok(None) };
    let number = picked.articles() + 1 + random.below(30);
    let label = format!("第{}条", chinese(number as u64));
    let sure = picked.articles() > 3 && picked.is_counted_through() && !picked.has(&label);
    Ok(sure.then(|| (format!("依照《{}》{label}的规定处理。", picked.title), None)))
}

/// An older draft that cites what stands under another number now.
fn moved(pool: &Pool<'_>, random: &mut Random) -> Result<Option<Made>, AppError> {
    let Some(Moved { title, label, words, day }) = pool.moved(random)? else { return Ok(None) };
    Ok(Some((format!("依照《{title}》{label}的规定，{words}"), Some(day.to_string()))))
}

/// How a number beside a title is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    Right,
    Wrong,
    Form,
}

fn number(pool: &Pool<'_>, random: &mut Random, how: Number) -> Option<Made> {
    let (title, number) = pool.numbered(random)?;
    let (head, rest) = number.split_once('〕')?;
    let digits: u64 = rest.strip_suffix('号')?.parse().ok()?;
    let written = match how {
        Number::Right => number.clone(),
        Number::Wrong => format!("{head}〕{}号", digits + 1 + random.below(50) as u64),
        Number::Form => match random.below(3) {
            0 => number.replace('〔', "[").replace('〕', "]"),
            1 => number.replace('〔', "（").replace('〕', "）"),
            _ => format!("{head}〕第{digits}号"),
        },
    };
    Some((format!("按照《{title}》（{written}）的要求执行。"), None))
}

fn organ(names: &[&str], random: &mut Random) -> Option<Made> {
    Some((format!("县{}{}", random.choose(names)?, random.choose(&DUTIES)?), None))
}
