//! Suggestions: how long they take to make, how much memory they take, how fast they answer at the whole real corpus.

use crate::child::run as faju;
use crate::{asker, median, open};
use std::path::Path;
use std::time::Instant;

/// What is typed: prefixes, pieces, pinyin, what is nowhere.
const TYPED: [&str; 16] = [
    "行",
    "行政",
    "行政处罚法",
    "处罚",
    "条例",
    "安全生产",
    "xzcff",
    "x",
    "xingzheng",
    "anquan",
    "djaqf",
    "监督检查",
    "法律责任",
    "食品安全发",
    "没有这样的法",
    "qwzz",
];
/// What was typed nearly right, for the whole search with its hint.
const MISTYPED: [&str; 4] = ["行正处罚法", "道路交通按全法", "食品安全发", "消防条列"];
/// How often each is asked.
const ROUNDS: usize = 50;

/// Measures on a data directory; with real data the other packs are imported into it first.
pub fn run(data: &Path, real: Option<&Path>) {
    if let Some(real) = real {
        for pack in ["laws", "normative", "cases"] {
            faju(data, &["import", &real.join(pack).to_string_lossy()]);
        }
    }
    let faju = open(data);
    let began = Instant::now();
    let (counts, [walked, kept]) = faju.suggested(&asker()).expect("suggestions");
    let [names, headings, terms] = counts;
    println!(
        "suggestions: {names} titles and short names, {headings} headings, {terms} terms; {:.1} MB are walked, {:.1} MB are kept to make them again; made with the graph of citations in {:.2} s",
        walked as f64 / 1e6,
        kept as f64 / 1e6,
        began.elapsed().as_secs_f64()
    );
    let mut all = Vec::new();
    for typed in TYPED {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let _ = std::hint::black_box(faju.suggest(typed, 10, &asker()));
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        all.extend_from_slice(&times);
        println!(
            "  {typed}: p50 {:.3} ms, most {:.3} ms",
            median(&mut times),
            times.last().copied().unwrap_or(f64::NAN)
        );
    }
    let middle = median(&mut all);
    println!("  a suggestion: p50 {middle:.3} ms, p99 {:.3} ms", all[all.len() * 99 / 100]);
    for typed in MISTYPED {
        let mut times = Vec::new();
        let parameters = [("q".to_string(), typed.to_string())];
        let mut meant = None;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            meant = faju.search(&parameters, &asker()).ok().and_then(|page| page.did_you_mean);
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        let meant = meant.map_or_else(|| "-".to_string(), |meant| meant.query);
        println!("  {typed} → {meant}: the whole search p50 {:.3} ms", median(&mut times));
    }
}
