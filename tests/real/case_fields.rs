//! What is read of 210 real cases and masked in them, against labels made by hand before the readers saw the records.
//!
//! `cases/labels.jsonl` has one record a line: source and id, the places of its personal data, and what it states, as bytes of
//! its text; no texts. Drawn at random: sixty with seed 6060, a hundred with
//! 7070, and fifty with 8080 that were labelled and measured once before anything was mended by them. What counts as right:
//! - authority, number, date, parties (with their kind): the same value;
//! - violated, basis: a stretch read right overlaps a labelled one and names the same articles of the same names;
//! - penalty kinds: each kind once a record; amounts: each kind and sum once a record, sums of sums (决定执行) count neither way;
//! - masking: a labelled place is masked when no byte of it is left in its place.

use super::real_data::real_data;
use faju::law::case_fields::{self, Field, Tier, read};
use faju::law::mask::{MaskField, MaskedSpan, mask};
use faju::law::sanction::Imposed;
use faju::law::{CaseKind, Document, Kind};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Label {
    source: String,
    id: String,
    personal: Vec<Personal>,
    /// Who acts in an office of the court and stays.
    office: Vec<(usize, usize)>,
    /// Bytes of the text or of the title, or the name of the field that states it.
    #[serde(default)]
    authority: Value,
    #[serde(default)]
    number: Value,
    #[serde(default)]
    date: Option<String>,
    parties: Vec<(usize, usize, String)>,
    violated: Vec<(usize, usize)>,
    basis: Vec<(usize, usize)>,
    /// One outcome, or several.
    #[serde(default)]
    outcome: Value,
    /// `lighter`, `both` (lighter and heavier), or a list.
    #[serde(default)]
    tier: Value,
    /// Tiers that the text names beside (从轻或者减轻): they count neither way.
    #[serde(default)]
    tier_also: Vec<String>,
    penalties: Vec<Penalty>,
}

#[derive(Deserialize)]
struct Personal {
    field: MaskField,
    index: Option<u32>,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Penalty {
    kind: String,
    fen: Option<u64>,
    /// A sum of sums that are labelled too.
    #[serde(default)]
    total: bool,
}

/// Right, missed and wrong by field and source.
#[derive(Default)]
struct Sums(BTreeMap<(&'static str, String), [usize; 3]>);

impl Sums {
    fn note(&mut self, field: &'static str, label: &Label, counts: [usize; 3]) {
        for source in [label.source.as_str(), "total"] {
            let row = self.0.entry((field, source.to_string())).or_default();
            row.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        if counts[1] + counts[2] > 0 {
            println!("  {field} {}: {} missed, {} wrong", label.id, counts[1], counts[2]);
        }
    }

    /// Compares two sets.
    fn sets<T: Ord + std::fmt::Debug>(
        &mut self,
        field: &'static str,
        label: &Label,
        want: &BTreeSet<T>,
        got: &BTreeSet<T>,
    ) {
        let right = want.intersection(got).count();
        if want != got {
            println!("    {field} {}: want {want:?} got {got:?}", label.id);
        }
        self.note(field, label, [right, want.len() - right, got.len() - right]);
    }

    fn figures(&self, field: &'static str, source: &str) -> (f64, f64, f64, usize) {
        let [right, missed, wrong] = self.0.get(&(field, source.to_string())).copied().unwrap_or_default();
        let part = |all: usize| if all == 0 { 1.0 } else { right as f64 / all as f64 };
        let (precision, recall) = (part(right + wrong), part(right + missed));
        let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        (precision, recall, f1, right + missed)
    }

    fn print(&self) {
        for ((field, source), [right, missed, wrong]) in &self.0 {
            let (precision, recall, f1, _) = self.figures(field, source);
            println!(
                "{field:11} {source:8} P {precision:.4} R {recall:.4} F1 {f1:.4} (right {right}, missed {missed}, wrong {wrong})"
            );
        }
    }
}

#[test]
fn cases_are_read_and_masked_as_labelled() {
    let Some(data) = real_data("cases_are_read_and_masked_as_labelled") else { return };
    check(&documents(&data));
}

/// The set of judgments joined its paragraphs by blanks; as published each stands in a line of its own.
#[test]
fn judgments_in_lines_are_read_alike() {
    let Some(data) = real_data("judgments_in_lines_are_read_alike") else { return };
    let mut documents = documents(&data);
    let joint = Regex::new("([。：；号院书]) ").unwrap();
    for (_, document) in documents.iter_mut().filter(|(id, _)| id.starts_with("judge-")) {
        document.text = joint.replace_all(&document.text, "$1\n").into_owned();
    }
    check(&documents);
}

fn check(documents: &HashMap<String, Document>) {
    let labels: Vec<Label> =
        include_str!("cases/labels.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut sums = Sums::default();
    let mut seen = 0;
    for label in &labels {
        // The lists of a PDF were labelled on another reader's text.
        let Some(document) = documents.get(&label.id) else { continue };
        seen += 1;
        fields(label, document, &mut sums);
        masking(label, document, &mut sums);
    }
    println!("{seen} of {} labelled records", labels.len());
    sums.print();
    assert!(seen >= 209);
    for (field, least) in [
        ("kind", 0.97),
        ("amount", 0.97),
        ("authority", 0.97),
        ("date", 0.97),
        ("number", 0.97),
        ("violated", 0.93),
        ("basis", 0.93),
    ] {
        let (_, _, f1, many) = sums.figures(field, "total");
        assert!(many > 0 && f1 >= least, "{field}: F1 {f1:.4} below {least}");
    }
    let (_, recall, _, many) = sums.figures("masking", "total");
    assert!(many > 400 && recall >= 0.99, "masking recall {recall:.4}");
}

/// What is read of a case, against its label.
fn fields(label: &Label, document: &Document, sums: &mut Sums) {
    let text = document.text.as_str();
    let fields = read(document);
    let stated = |want: &Value| match want {
        Value::Null => None,
        Value::String(field) if field == "issuer" => document.issuer.clone(),
        Value::String(_) => document.case_number.clone(),
        Value::Object(field) => Some(document.title[bytes(&field["title"][0])..bytes(&field["title"][1])].to_string()),
        range => Some(text[bytes(&range[0])..bytes(&range[1])].to_string()),
    };
    // Where the text names no authority, the publisher or the title stands for it.
    let authority = fields.authority.as_ref().filter(|read| !label.authority.is_null() || read.field == Field::Text);
    sums.sets("authority", label, &one(stated(&label.authority)), &one(authority.map(|read| read.value.clone())));
    let number = fields.number.as_ref().map(|read| read.value.clone());
    sums.sets("number", label, &one(stated(&label.number)), &one(number));
    let date = fields.decided_on.as_ref().map(|read| read.value.to_string());
    sums.sets("date", label, &one(label.date.clone()), &one(date));
    let parties = label.parties.iter().map(|(start, end, kind)| (text[*start..*end].to_string(), kind.clone()));
    let found = fields.parties.iter().map(|read| (read.value.name.clone(), name(&read.value.kind)));
    sums.sets("parties", label, &parties.collect(), &found.collect());
    for (field, want, got) in [("violated", &label.violated, &fields.violated), ("basis", &label.basis, &fields.basis)]
    {
        let want: Vec<Range<usize>> = want.iter().map(|(start, end)| *start..*end).collect();
        let counts = stretches(text, &want, got);
        if counts[1] + counts[2] > 0 {
            let words = |list: &[Range<usize>]| list.iter().map(|r| text[r.clone()].to_string()).collect::<Vec<_>>();
            println!("    {field} {}: want {:?} got {:?}", label.id, words(&want), words(got));
        }
        sums.note(field, label, counts);
    }
    sums.sets(
        "outcome",
        label,
        &several(&label.outcome),
        &fields.outcomes.iter().map(|read| name(&read.value)).collect(),
    );
    let acts = [Tier::Lighter, Tier::Heavier, Tier::Reduced, Tier::NoPenalty];
    let tiers = fields.discretion.tiers.iter().filter(|read| acts.contains(&read.value)).map(|read| name(&read.value));
    let tiers = tiers.filter(|tier| !label.tier_also.contains(tier)).collect();
    let want =
        if label.tier == "both" { several(&serde_json::json!(["lighter", "heavier"])) } else { several(&label.tier) };
    sums.sets("tier", label, &want, &tiers);
    penalties(label, &case_fields::penalties(document, &fields.sections), sums);
}

fn penalties(label: &Label, found: &[Imposed], sums: &mut Sums) {
    let want: BTreeSet<&str> = label.penalties.iter().map(|penalty| penalty.kind.as_str()).collect();
    sums.sets("kind", label, &want, &found.iter().map(|penalty| penalty.kind.name()).collect());
    let sum = |penalty: &&Penalty| !penalty.total && penalty.fen.is_some();
    let want = label.penalties.iter().filter(sum).map(|penalty| (penalty.kind.as_str(), penalty.fen));
    let totals: Vec<_> =
        label.penalties.iter().filter(|one| one.total).map(|one| (one.kind.as_str(), one.fen)).collect();
    let got = found.iter().filter(|penalty| penalty.amount_fen.is_some() && !penalty.repeats);
    let got = got.map(|penalty| (penalty.kind.name(), penalty.amount_fen)).filter(|one| !totals.contains(one));
    sums.sets("amount", label, &want.collect(), &got.collect());
}

/// What of the labelled places is masked, and what is masked beside them; what stays of those who hold an office.
fn masking(label: &Label, document: &Document, sums: &mut Sums) {
    let masked = mask(document);
    assert_eq!(
        mask(&masked.document),
        faju::law::mask::Masked { document: masked.document.clone(), spans: Vec::new() }
    );
    let parties = document.parties.iter().zip(&masked.document.parties).zip(0u32..);
    let parties = parties.map(|((before, after), index)| (MaskField::Parties, Some(index), before, after));
    let text = (MaskField::Text, None, &document.text, &masked.document.text);
    let mut counts = [0; 3];
    for (field, index, before, after) in std::iter::once(text).chain(parties) {
        let spans: Vec<&MaskedSpan> =
            masked.spans.iter().filter(|span| span.field == field && span.index == index).collect();
        let found = originals(before, after, &spans);
        let gold: Vec<Range<usize>> = label
            .personal
            .iter()
            .filter(|one| one.field == field && one.index == index)
            .map(|one| one.start..one.end)
            .collect();
        let hidden =
            |range: &&Range<usize>| (range.start..range.end).all(|byte| found.iter().any(|one| one.contains(&byte)));
        let right = gold.iter().filter(hidden).count();
        let wrong = found.iter().filter(|one| !gold.iter().any(|range| overlap(one, range)));
        for range in gold.iter().filter(|range| !hidden(range)) {
            println!("    masking {} missed {}", label.id, around(before, range));
        }
        for range in wrong.clone() {
            println!("    masking {} wrong {}", label.id, around(before, range));
        }
        counts = [counts[0] + right, counts[1] + gold.len() - right, counts[2] + wrong.count()];
        if field == MaskField::Text {
            let office: Vec<Range<usize>> = label.office.iter().map(|(start, end)| *start..*end).collect();
            let lost = office.iter().filter(|range| found.iter().any(|one| overlap(one, range))).count();
            sums.note("office", label, [office.len() - lost, lost, 0]);
        }
    }
    sums.note("masking", label, counts);
}

fn around(text: &str, range: &Range<usize>) -> String {
    let left: String = text[..range.start].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let right: String = text[range.end..].chars().take(10).collect();
    format!("{left}⟦{}⟧{right}", &text[range.clone()]).replace('\n', "⏎")
}

/// What the masks of a text stand for, as bytes of the text before.
fn originals(before: &str, after: &str, spans: &[&MaskedSpan]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from_before, mut from_after) = (0, 0);
    for (at, span) in spans.iter().enumerate() {
        let start = from_before + span.start - from_after;
        let next_start = spans.get(at + 1).map_or(after.len(), |next| next.start);
        let next = &after[span.end..next_start];
        let first = before[start..].chars().next().map_or(0, char::len_utf8);
        let end = match at + 1 == spans.len() {
            true => before.len() - next.len(),
            false if next.is_empty() => start + first,
            false => start + first + before[start + first..].find(next).unwrap(),
        };
        found.push(start..end);
        (from_before, from_after) = (end, span.end);
    }
    found
}

/// Right, missed and wrong stretches.
fn stretches(text: &str, want: &[Range<usize>], got: &[Range<usize>]) -> [usize; 3] {
    let same = |one: &Range<usize>, other: &Range<usize>| {
        overlap(one, other) && articles(&text[one.clone()]) == articles(&text[other.clone()])
    };
    let right = want.iter().filter(|one| got.iter().any(|other| same(one, other))).count();
    let wrong = got.iter().filter(|one| !want.iter().any(|other| same(other, one))).count();
    [right, want.len() - right, wrong]
}

/// The articles that a stretch names, each with the name in marks before it.
fn articles(words: &str) -> BTreeSet<(String, String)> {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"《([^》]+)》|(第[^《》第条款项]{1,12}条(?:之[一二三四五六七八九十]+)?)").unwrap()
    });
    let mut name = String::new();
    let mut found = BTreeSet::new();
    for part in PART.captures_iter(words) {
        match (part.get(1), part.get(2)) {
            (Some(title), _) => name = title.as_str().to_string(),
            (_, Some(article)) => {
                found.insert((name.clone(), article.as_str().to_string()));
            }
            _ => {}
        }
    }
    found
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn one(value: Option<String>) -> BTreeSet<String> {
    value.into_iter().collect()
}

/// The names that a label lists, be it none, one or several.
fn several(value: &Value) -> BTreeSet<String> {
    let name = |one: &Value| one.as_str().unwrap().to_string();
    match value {
        Value::Null => BTreeSet::new(),
        Value::Array(list) => list.iter().map(name).collect(),
        one => BTreeSet::from([name(one)]),
    }
}

/// The name of a value in JSON.
fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_string()
}

fn bytes(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The cases of all sources by their ids, put together as for the labels: bare texts, no field that import reads from them.
fn documents(data: &Path) -> HashMap<String, Document> {
    let file = |path: &str| std::fs::read(data.join(path)).unwrap();
    let unpacked = |path: &str| zstd::decode_all(file(path).as_slice()).unwrap();
    let rows = |bytes: Vec<u8>| -> Vec<Value> {
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let mut found = HashMap::new();
    for row in rows(unpacked("cases/nfra-penalties.jsonl.zst")) {
        found.extend(penalty_row(&row));
    }
    let mut put = |id: String, kind: CaseKind, title: &str, text: &str, issuer: Option<&str>| {
        let mut document = Document::new(Kind::Case, title, text);
        document.case_kind = Some(kind);
        document.issuer = issuer.filter(|issuer| !issuer.is_empty()).map(str::to_string);
        found.insert(id, document);
    };
    for row in rows(unpacked("cases/judgment-facts-cail2019.jsonl.zst")) {
        put(string(&row, "id"), CaseKind::Judgment, &string(&row, "cause"), &string(&row, "text"), None);
    }
    for row in rows(file("eval/statute-retrieval/judge-criminal-facts.jsonl")) {
        put(string(&row, "id"), CaseKind::Judgment, "刑事判决书", &string(&row, "full_document"), None);
    }
    for row in rows(file("eval/conflict/fair-competition-cases.jsonl")) {
        let issuer = string(&row, "report_department");
        put(string(&row, "id"), CaseKind::TypicalCase, &string(&row, "title"), &string(&row, "content"), Some(&issuer));
    }
    let archive = unpacked("laws/lawrefbook.tar.zst");
    for entry in tar::Archive::new(archive.as_slice()).entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_string_lossy().into_owned();
        let Some((_, path)) = path.split_once("案例/").filter(|_| path.ends_with(".md")) else { continue };
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let Some((head, body)) = text.split_once("<!-- INFO END -->") else { continue };
        let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
        let title = lines.next().unwrap_or_default().trim_start_matches(['#', ' ']);
        let issuer = lines.find_map(|line| line.strip_suffix("发布"));
        put(format!("lrb-{path}"), CaseKind::TypicalCase, title, body.trim(), issuer);
    }
    for name in ["beijing_cases.html", "samr_cases.html"] {
        let text = paragraphs(&String::from_utf8(file(&format!("office/html/{name}"))).unwrap());
        let title = text.lines().next().unwrap_or_default().to_string();
        put(format!("office-{name}"), CaseKind::TypicalCase, &title, &text, None);
    }
    found
}

/// A row of published penalties, under the captions that import gives it.
fn penalty_row(row: &Value) -> Option<(String, Document)> {
    let (party, org) = (string(row, "party"), string(row, "org"));
    let named = if org.trim().is_empty() { party.clone() } else { format!("{party}（{org}）") };
    let sections = [
        ("当事人", named),
        ("主要违法违规事实", string(row, "facts")),
        ("行政处罚依据", string(row, "basis")),
        ("行政处罚决定", string(row, "decision")),
    ];
    let stated = sections.iter().filter(|(_, text)| !text.trim().is_empty());
    let text: Vec<String> = stated.map(|(caption, text)| format!("【{caption}】\n{}", text.trim())).collect();
    let mut document = Document::new(Kind::Case, string(row, "title").trim(), text.join("\n"));
    let filled = |field: &str| Some(string(row, field).trim().to_string()).filter(|value| !value.is_empty());
    document.case_kind = Some(CaseKind::PenaltyDecision);
    document.case_number = filled("doc_number");
    document.issuer = filled("authority");
    document.parties = filled("party").into_iter().collect();
    (!document.text.is_empty()).then(|| (string(row, "id"), document))
}

/// The text of a page, one paragraph a line.
fn paragraphs(page: &str) -> String {
    let broken = Regex::new(r"(?i)</p>|<br[^>]*>").unwrap().replace_all(page, "\n");
    let bare = Regex::new(r"<[^>]+>").unwrap().replace_all(&broken, "");
    let text = [("&nbsp;", "\u{a0}"), ("&ldquo;", "“"), ("&rdquo;", "”"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(bare.into_owned(), |text, (name, mark)| text.replace(name, mark));
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn string(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_string()
}
