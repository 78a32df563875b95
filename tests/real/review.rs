//! Legality review beside the real corpus.

use crate::corpus::{asker, corpus};
use crate::real_data::{real_data, review_specification};
use faju::app::view::review::{FindingView, ReviewPage};
use faju::app::{AuthorityLevel, Faju, ReviewRequest, checks, draft_of, is_grave};
use faju::eval::review;
use faju::review::decision::DECISION_CHECKS;
use faju::review::{Basis, CHECKS, Check, Draft, Given, Settings};
use std::path::PathBuf;

/// What a check finds in an example of its manual; a day may stand before it.
fn finds(faju: &Faju, code: &str, example: &str) -> bool {
    let (date, text) = example.split_once('｜').map_or((None, example), |(day, text)| (day.parse().ok(), text));
    let request = ReviewRequest { text: text.to_string(), date, ..ReviewRequest::default() };
    let page = faju.review(&request, None, &asker()).unwrap();
    let informs = checks().iter().any(|check| check.code == code && !is_grave(check.severity));
    let counts = |finding: &&FindingView| finding.check == code && (informs || is_grave(finding.severity));
    page.findings.iter().any(|finding| counts(&finding))
}

#[test]
fn the_examples_of_checks_that_ask_the_corpus_hold() {
    let Some(corpus) = corpus("the_examples_of_checks_that_ask_the_corpus_hold") else { return };
    let draft = Draft::read(
        "转让渡船证书的，依照《渡口条例》第三条处五百元以上一千元以下罚款，并由县交通运输局责令限期改正，逾期不改正的加重处罚。",
        &Given::default(),
    );
    let mut wrong = Vec::new();
    let asks = |check: &Check| !(check.questions)(&draft, &Settings::default()).is_empty();
    // Its documents of the same level are no real ones; its own tests hand them over.
    for check in CHECKS.iter().filter(|check| asks(check) && check.code != "D09") {
        let manual = check.manual();
        for (heading, expected) in [("应报", true), ("不应报", false)] {
            let examples = manual.examples(heading);
            assert!(examples.len() >= 2, "{} {heading}", check.code);
            let missed = examples.iter().filter(|example| finds(&corpus.faju, check.code, example) != expected);
            wrong.extend(missed.map(|example| format!("{} {heading} {example}", check.code)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every provision on which a check rests is in the corpus, with its text.
#[test]
fn the_basis_of_every_check_is_held() {
    let Some(corpus) = corpus("the_basis_of_every_check_is_held") else { return };
    let mut unheld = Vec::new();
    let of_drafts = CHECKS.iter().map(|check| (check.code, check.basis));
    let of_decisions = DECISION_CHECKS.iter().map(|check| (check.code, check.basis));
    for (code, rests) in of_drafts.chain(of_decisions) {
        for basis in rests {
            let Basis::Provision { title, place } = basis else { continue };
            let texts = [format!("《{title}》{place}")];
            let page = corpus.faju.resolve(&texts, None, None, &asker()).unwrap();
            let citation = page.items[0].citations.first();
            if citation.is_none_or(|citation| citation.provisions.is_empty()) {
                unheld.push(format!("{code} {basis}"));
            }
        }
    }
    assert!(unheld.is_empty(), "{}", unheld.join("\n"));
}

#[test]
fn labelled_conflicts_are_found_and_clean_sentences_are_not() {
    let Some(corpus) = corpus("labelled_conflicts_are_found_and_clean_sentences_are_not") else { return };
    let test = "labelled_conflicts_are_found_and_clean_sentences_are_not";
    let Some(cases) = review_specification(test, "cases.jsonl") else { return };
    let set = review::files(&corpus.faju, &[cases], &asker()).unwrap().sets.remove(0);
    println!(
        "{} of {} decidable, {} of {} clean",
        set.decidable_found, set.decidable, set.clean_with_finding, set.clean
    );
    assert!(set.decidable_found * 100 >= set.decidable * DECIDABLE_PERCENT, "{:#?}", set.errors);
    assert!(set.clean_with_finding * 100 <= set.clean * 3, "{:#?}", set.errors);
}

/// Of the decidable expectations, floor.
const DECIDABLE_PERCENT: u64 = 90;

#[test]
fn real_conflicts_of_fair_competition_are_found() {
    let Some(corpus) = corpus("real_conflicts_of_fair_competition_are_found") else { return };
    let file: PathBuf = real_data("rows").unwrap().join("eval/conflict/fair-competition-cases.jsonl");
    let set = review::files(&corpus.faju, &[file], &asker()).unwrap().sets.remove(0);
    println!("{} of {}, {:?}", set.decidable_found, set.decidable, set.conflicts);
    assert!(set.decidable_found * 100 >= set.decidable * 75, "{} of {}", set.decidable_found, set.decidable);
}

#[test]
fn the_same_draft_gives_the_same_report() {
    let Some(corpus) = corpus("the_same_draft_gives_the_same_report") else { return };
    let text = "云桥县渡口管理办法\n第一条　根据《中华人民共和国行政处罚法》第四十二条，制定本办法。\n第二条　违者处五百元罚款。";
    let request = ReviewRequest { text: text.to_string(), ..ReviewRequest::default() };
    let report = || serde_json::to_string(&corpus.faju.review(&request, None, &asker()).unwrap()).unwrap();
    assert_eq!(report(), report());
}

/// What people said of each finding in whole documents, by file, check and first code point. What nobody has looked at counts as
/// wrong.
struct Verdicts(Vec<[&'static str; 3]>, u64, Vec<String>);

impl Verdicts {
    fn new() -> Verdicts {
        let rows = include_str!("../review/verdicts.tsv").lines().filter(|line| !line.starts_with('#'));
        let cells = |line: &'static str| line.split('\t').collect::<Vec<_>>();
        let right = rows.map(cells).filter(|row| matches!(row[4], "true" | "unclear"));
        Verdicts(right.map(|row| [row[0], row[1], row[2]]).collect(), 0, Vec::new())
    }

    /// Counts the sentences of a report and its findings that nobody calls right.
    fn take(&mut self, file: &str, page: &ReviewPage) {
        self.1 += page.sentences;
        for finding in page.findings.iter().filter(|finding| is_grave(finding.severity)) {
            let start = finding.span.start.to_string();
            let (check, quote) = (&finding.check, &finding.quote);
            if !self.0.contains(&[file, check, &start]) {
                self.2.push(format!("{file} {check} {start} {quote}"));
            }
        }
    }

    /// At most one false alarm in a hundred sentences.
    fn are_few(self) {
        let Verdicts(_, sentences, wrong) = self;
        println!("{} false alarms in {sentences} sentences", wrong.len());
        assert!(wrong.len() as u64 * 100 <= sentences, "{wrong:#?}");
    }
}

#[test]
fn false_alarms_in_whole_documents_are_few() {
    let Some(corpus) = corpus("false_alarms_in_whole_documents_are_few") else { return };
    let Some(folder) = review_specification("false_alarms_in_whole_documents_are_few", "documents") else { return };
    let mut verdicts = Verdicts::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".txt") {
            let request = ReviewRequest { text: std::fs::read_to_string(&path).unwrap(), ..ReviewRequest::default() };
            verdicts.take(&name, &corpus.faju.review(&request, None, &asker()).unwrap());
        }
    }
    verdicts.are_few();
}

/// Real normative documents of a province, a city and a district, most of them older than the reform of the organs of 2018.
#[test]
fn false_alarms_in_real_documents_are_few() {
    let Some(corpus) = corpus("false_alarms_in_real_documents_are_few") else { return };
    let mut verdicts = Verdicts::new();
    for entry in std::fs::read_dir(real_data("documents").unwrap().join("office/docx-normative")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Four of them have no body.
        let Ok(request) = draft_of(&name, &std::fs::read(&path).unwrap()) else { continue };
        let page = corpus.faju.review(&request, None, &asker()).unwrap();
        if page.level == AuthorityLevel::NormativeDocument {
            verdicts.take(&name, &page);
        }
    }
    verdicts.are_few();
}

/// Characters of a page of an official document (GB/T 9704: 22 lines of 28 characters), pages of a long draft, and the longest
/// time that its review may take, in seconds.
const PAGE_CHARS: usize = 22 * 28;
const PAGES: usize = 50;
const LONG_DRAFT_MAX: f64 = 3.0;

/// Whole documents one behind the other, until they are as long as a long draft.
#[test]
#[ignore = "measures, with optimising: just soak"]
fn a_draft_of_fifty_pages_takes_seconds() {
    let test = "a_draft_of_fifty_pages_takes_seconds";
    let Some(corpus) = corpus(test) else { return };
    let Some(folder) = review_specification(test, "documents") else { return };
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "txt"));
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let mut text = String::new();
    for next in texts.iter().cycle() {
        if text.chars().count() >= PAGE_CHARS * PAGES {
            break;
        }
        text += next;
    }
    let request = ReviewRequest { text, ..ReviewRequest::default() };
    let began = std::time::Instant::now();
    let page = corpus.faju.review(&request, None, &asker()).unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let chars = request.text.chars().count();
    println!("{chars} characters, {} sentences, {} findings in {seconds:.2} s", page.sentences, page.findings.len());
    assert!(seconds <= LONG_DRAFT_MAX, "{seconds} s");
}

/// What people said of each pair of penalty clauses that N01 calls certain, by version and first code point. What nobody has looked
/// at counts as wrong.
#[test]
fn certain_pairs_of_fines_are_right() {
    let Some(corpus) = corpus("certain_pairs_of_fines_are_right") else { return };
    let judged = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/review/pairs.tsv")).unwrap();
    let right = |pair: &review::Pair| {
        let row = format!("{}\t{}\ttrue", pair.version, pair.at);
        judged.lines().any(|line| line == row)
    };
    let pairs = review::pairs(&corpus.faju, 1, PAIRS_DRAWN, &asker()).unwrap();
    let certain: Vec<&review::Pair> = pairs.iter().filter(|pair| pair.certain).collect();
    let wrong: Vec<String> = certain
        .iter()
        .filter(|pair| !right(pair))
        .map(|pair| format!("{} {} {} {}", pair.version, pair.at, pair.title, pair.clause))
        .collect();
    println!("{} of {} pairs are certain, {} of them wrong", certain.len(), pairs.len(), wrong.len());
    assert!(!certain.is_empty() && wrong.len() * 10 <= certain.len(), "{wrong:#?}");
}

/// Texts that are drawn for that.
const PAIRS_DRAWN: usize = 1500;
