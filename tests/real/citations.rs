//! Citations of the whole real corpus: beside a sample labelled by hand, beside an independent exact match of titles, and as
//! counts that must not get worse.
//!
//! `citations/labels.tsv` and `citations/provisions.tsv` were made by reading, before anything was measured: ids and offsets,
//! the text is looked up. How they are to be read stands in `citations/README.md`.

use crate::bless::blessed;
use crate::corpus::{Corpus, asker, corpus};
use faju::app::view::citations::{CitationView, CitesPage};
use faju::app::view::{Item, ReadingView};
use faju::app::{Faju, Found, Outcome, Reason};
use faju::law::Kind;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A labelled citation.
struct Label {
    document: String,
    provision: String,
    start: usize,
    end: usize,
    form: String,
    target: String,
    places: Vec<String>,
    note: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/citations")
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_string).collect()).collect()
}

fn labels(sample: &str) -> Vec<Label> {
    let label = |row: Vec<String>| {
        let cell = |at: usize| row.get(at).cloned().unwrap_or_default();
        Label {
            document: cell(0),
            provision: cell(1),
            start: cell(2).parse().unwrap(),
            end: cell(3).parse().unwrap(),
            form: cell(4),
            target: cell(5),
            places: cell(6).split([',', ';']).filter(|key| !key.is_empty()).map(str::to_string).collect(),
            note: cell(7),
        }
    };
    rows(&format!("{sample}labels.tsv")).into_iter().map(label).collect()
}

impl Label {
    fn notes(&self, word: &str) -> bool {
        self.note.contains(word)
    }

    /// Doubtful, or told twice: no loss and no gain.
    fn is_extra(&self) -> bool {
        ["optional", "attached", "own title", "own number"].iter().any(|word| self.notes(word)) || self.target == "none"
    }

    fn overlaps(&self, citation: &CitationView) -> bool {
        citation.span.start < self.end && self.start < citation.span.end
    }

    /// The instruments that are right.
    fn targets(&self, moved: &HashMap<String, String>) -> Vec<String> {
        let own = self.document.split('@').next().unwrap_or_default().to_string();
        let mut all = vec![if self.target == "self" { own } else { self.target.clone() }];
        let others = self.note.split([';', ' ', '(']).filter_map(|word| word.strip_prefix("or:"));
        all.extend(others.map(str::to_string));
        all.iter().map(|id| moved.get(id).cloned().unwrap_or_else(|| id.clone())).collect()
    }

    fn is_met(&self, citation: &CitationView, moved: &HashMap<String, String>) -> bool {
        let ids: Vec<&str> = citation.instruments.iter().map(|instrument| instrument.id.as_str()).collect();
        match self.target.as_str() {
            "unknown" | "none" => citation.outcome != Outcome::Resolved && ids.is_empty(),
            _ if citation.outcome != Outcome::Resolved && ids.is_empty() => self.notes("or:unknown"),
            _ => {
                let targets = self.targets(moved);
                matches!(ids.as_slice(), [id] if targets.iter().any(|target| target == id)) && self.places_met(citation)
            }
        }
    }

    /// Where the text of that day is not in the corpus or has no such place, the place as written must be right.
    fn places_met(&self, citation: &CitationView) -> bool {
        if self.places.is_empty() {
            return true;
        }
        if citation.outcome != Outcome::Resolved {
            let written = citation.place.as_deref().unwrap_or_default();
            let bare = |place: &str| {
                let parts: Vec<&str> = place.split('/').collect();
                let kept = parts.iter().filter(|part| !(part.starts_with('p') && place.contains("/s")));
                kept.copied().collect::<Vec<_>>().join("/")
            };
            return bare(written) == bare(&self.places.join(","));
        }
        let keys: Vec<&str> = citation
            .provisions
            .iter()
            .filter_map(|provision| provision.id.split_once('/').map(|(_, key)| key))
            .collect();
        if let [range] = self.places.as_slice()
            && let Some((first, last)) = range.split_once("..")
        {
            return keys.first() == Some(&first) && keys.last() == Some(&last);
        }
        let (found, wanted): (BTreeSet<&str>, BTreeSet<&str>) =
            (keys.into_iter().collect(), self.places.iter().map(String::as_str).collect());
        found == wanted
    }
}

/// The citations of a document; `moved` notes where its id led.
fn cites(faju: &Faju, id: &str, moved: &mut HashMap<String, String>) -> Option<CitesPage> {
    let mut at = id.to_string();
    for _ in 0..4 {
        match faju.cites(&at, None, &asker()) {
            Ok(Found::Here(page)) => return Some(page),
            Ok(Found::Moved(to)) => {
                let group = |id: &str| id.split('@').next().unwrap_or_default().to_string();
                moved.insert(group(id), group(&to));
                at = to;
            }
            Err(error) => {
                eprintln!("{id}: {}", error.detail);
                return None;
            }
        }
    }
    None
}

/// What the program finds in the labelled provisions, by document and provision as labelled.
fn found(
    faju: &Faju,
    sample: &str,
    moved: &mut HashMap<String, String>,
) -> HashMap<(String, String), Vec<CitationView>> {
    let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(&format!("{sample}provisions.tsv")) {
        asked.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    let mut found = HashMap::new();
    for (document, provisions) in asked {
        let Some(page) = cites(faju, &document, moved) else { continue };
        for item in page.items {
            let key = item.id.as_deref().and_then(|id| id.split_once('/')).map(|(_, key)| key.to_string());
            if let Some(key) = key.filter(|key| provisions.contains(key)) {
                found.insert((document.clone(), key), item.citations);
            }
        }
    }
    found
}

/// Targets that proved to be one instrument with another since they were labelled.
fn moved(faju: &Faju, labels: &[Label]) -> HashMap<String, String> {
    let targets = labels.iter().map(|label| &label.target).filter(|target| target.len() == 16);
    let led = targets.filter_map(|target| match faju.instrument(target, None, &asker()) {
        Ok(Found::Moved(to)) => Some((target.clone(), to)),
        _ => None,
    });
    led.collect()
}

/// Precision over what the program claims to know, recall over what the corpus has.
#[test]
fn the_sample_labelled_by_hand() {
    let Some(corpus) = corpus("the_sample_labelled_by_hand") else { return };
    let (precision, recall) = measured(corpus, "");
    assert!(labels("").len() >= 400);
    assert!(precision >= 0.99, "precision {precision:.4}");
    assert!(recall >= 0.97, "recall {recall:.4}");
}

/// Another sample, drawn and labelled when the grammar was finished; the grammar is not corrected against its errors.
#[test]
fn the_sample_held_out() {
    let Some(corpus) = corpus("the_sample_held_out") else { return };
    let (precision, recall) = measured(corpus, "held-out/");
    assert!(precision >= 0.99, "precision {precision:.4}");
    assert!(recall >= 0.95, "recall {recall:.4}");
}

/// Precision and recall over a sample; every error is printed.
fn measured(corpus: &Corpus, sample: &str) -> (f64, f64) {
    let labels = labels(sample);
    let mut moved = moved(&corpus.faju, &labels);
    let found = found(&corpus.faju, sample, &mut moved);
    let nothing = Vec::new();
    let (mut wanted, mut met) = (0, 0);
    let (mut unknown, mut seen) = (0, 0);
    let mut right: HashSet<*const CitationView> = HashSet::new();
    for label in &labels {
        let citations = found.get(&(label.document.clone(), label.provision.clone())).unwrap_or(&nothing);
        let near: Vec<&CitationView> = citations.iter().filter(|citation| label.overlaps(citation)).collect();
        let hits: Vec<&&CitationView> = near.iter().filter(|citation| label.is_met(citation, &moved)).collect();
        right.extend(hits.iter().map(|citation| std::ptr::from_ref(**citation)));
        if label.is_extra() {
            let open = label.target == "none";
            right.extend(
                near.iter().filter(|c| !open || c.outcome != Outcome::Resolved).map(|c| std::ptr::from_ref(*c)),
            );
            continue;
        }
        if label.target == "unknown" {
            unknown += 1;
            seen += usize::from(!hits.is_empty());
            continue;
        }
        wanted += 1;
        met += usize::from(!hits.is_empty());
        if hits.is_empty() {
            let got: Vec<String> = near.iter().map(|citation| told(citation)).collect();
            let Label { document, provision, start, end, form, target, places, note, .. } = label;
            eprintln!("missed: {document}/{provision} {start}..{end} {form} {target} {places:?} {note}: {got:?}");
        }
    }
    let claimed: Vec<(&(String, String), &CitationView)> = found
        .iter()
        .flat_map(|(place, citations)| citations.iter().map(move |citation| (place, citation)))
        .filter(|(_, citation)| citation.outcome == Outcome::Resolved)
        .collect();
    // The name inside （以下简称《…》） is a link and was not labelled.
    let defines = |citations: &[CitationView], citation: &CitationView| {
        let before = citations.iter().filter(|other| other.span.end < citation.span.start);
        before.max_by_key(|other| other.span.end).is_some_and(|other| {
            citation.span.start - other.span.end <= 12 && citation.place.is_none() && citation.text.starts_with('《')
        })
    };
    let wrong: Vec<_> = claimed
        .iter()
        .filter(|(_, citation)| !right.contains(&std::ptr::from_ref(*citation)))
        .filter(|(place, citation)| !defines(&found[*place], citation))
        .collect();
    for (place, citation) in &wrong {
        eprintln!("wrong: {place:?} {}", told(citation));
    }
    let precision = 1.0 - wrong.len() as f64 / claimed.len() as f64;
    let recall = met as f64 / wanted as f64;
    eprintln!(
        "labelled: {wanted} in the corpus, {met} met, recall {recall:.4}; {} claimed, precision {precision:.4}",
        claimed.len()
    );
    eprintln!("not in the corpus: {unknown}, seen as such {seen}");
    (precision, recall)
}

fn told(citation: &CitationView) -> String {
    let ids: Vec<&str> = citation.instruments.iter().map(|instrument| instrument.id.as_str()).collect();
    let keys: Vec<&str> = citation.provisions.iter().map(|provision| provision.id.as_str()).collect();
    let CitationView { span, text, outcome, reason, place, .. } = citation;
    format!("{}..{} {text} {outcome:?} {reason:?} {ids:?} {place:?} {keys:?}", span.start, span.end)
}

/// Every version of every instrument with its text and citations, read once for the tests below.
struct Read {
    view: ReadingView,
    page: CitesPage,
}

fn everything(corpus: &'static Corpus) -> &'static [Read] {
    static ALL: OnceLock<Vec<Read>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Vec::new();
        for id in instruments(&corpus.faju) {
            let Ok(Found::Here(newest)) = corpus.faju.instrument(&id, None, &asker()) else { panic!("{id}") };
            for version in &newest.versions {
                let id = format!("{id}@{}", version.key);
                let (Ok(Found::Here(view)), Ok(Found::Here(page))) =
                    (corpus.faju.instrument(&id, None, &asker()), corpus.faju.cites(&id, None, &asker()))
                else {
                    panic!("{id}")
                };
                all.push(Read { view, page });
            }
        }
        all
    })
}

/// Ids of all instruments, by paging to the end.
fn instruments(faju: &Faju) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut cursor: Option<String> = None;
    loop {
        let fixed = [
            ("q", ""),
            ("status", "all"),
            ("kind", "legislation,normative"),
            ("limit", "1000"),
            ("highlight", "false"),
        ];
        let mut asked: Vec<(String, String)> = fixed.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        asked.extend(cursor.take().map(|cursor| ("cursor".to_string(), cursor)));
        let page = faju.search(&asked, &asker()).unwrap();
        for item in page.items {
            if let Item::Group(group) = item {
                ids.insert(group.instrument.id);
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return ids;
        }
    }
}

/// An independent reading of a title: without the name of the state, brackets, quotation marks and spaces, and without a
/// remark on the version at its end.
fn plain(title: &str) -> String {
    let mut key: String = title
        .replace("中华人民共和国", "")
        .chars()
        .filter(|c| !"《》〈〉<>“”\"‘’ \u{3000}\n，,".contains(*c))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .collect();
    while let Some(open) = key.strip_suffix(')').and_then(|inner| inner.rfind('('))
        && ["修正", "修订", "修改"].iter().any(|word| key[open..].contains(word))
    {
        key.truncate(open);
    }
    key
}

/// The titles in book brackets of a text, by a scan of its own: code points and the words inside.
fn titles(text: &str) -> Vec<(usize, usize, String)> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at] == '《'
            && let Some(len) = characters[at + 1..].iter().take(100).position(|c| matches!(c, '》' | '《' | '\n'))
            && characters[at + 1 + len] == '》'
        {
            found.push((at, at + len + 2, characters[at + 1..at + 1 + len].iter().collect()));
            at += len + 2;
        } else {
            at += 1;
        }
    }
    found
}

/// 第X条 directly behind a title, as a key.
fn article(text: &str, from: usize) -> Option<String> {
    let rest: String = text.chars().skip(from).take(16).collect();
    let inner = rest.strip_prefix('第')?;
    let (number, behind) = inner.split_once('条')?;
    if behind.starts_with(['例', '件', '款', '约', '之']) {
        return None;
    }
    faju::text::numerals::parse(number).map(|number| format!("a{number}"))
}

#[test]
fn titles_that_the_corpus_has_are_resolved() {
    let Some(corpus) = corpus("titles_that_the_corpus_has_are_resolved") else { return };
    let all = everything(corpus);
    let mut bearers: HashMap<String, BTreeSet<&str>> = HashMap::new();
    let mut articles: HashMap<&str, HashSet<String>> = HashMap::new();
    for Read { view, .. } in all {
        bearers.entry(plain(&view.instrument.title)).or_default().insert(&view.instrument.id);
        let keys = articles.entry(&view.instrument.id).or_default();
        keys.extend(view.blocks.iter().filter_map(|block| match block {
            faju::app::view::BlockView::Provision { key, .. } => Some(key.clone()),
            faju::app::view::BlockView::Heading { .. } => None,
        }));
    }
    let (mut mentions, mut known, mut resolved, mut with_article, mut exists, mut found) = (0, 0, 0, 0, 0, 0);
    let (mut reasons, mut shown) = (BTreeMap::new(), 0);
    for Read { view, page } in all {
        let items: HashMap<&str, &Vec<CitationView>> =
            page.items.iter().filter_map(|item| Some((item.id.as_deref()?, &item.citations))).collect();
        for block in &view.blocks {
            let faju::app::view::BlockView::Provision { id, text, .. } = block else { continue };
            for (start, end, title) in titles(text) {
                mentions += 1;
                let Some(ids) = bearers.get(&plain(&title)) else { continue };
                known += 1;
                let mut near = items.get(id.as_str()).into_iter().flat_map(|c| c.iter());
                let citation = near.find(|c| c.span.start == start && c.span.end >= end);
                let right = citation
                    .is_some_and(|c| matches!(c.instruments.as_slice(), [one] if ids.contains(one.id.as_str())));
                resolved += usize::from(right);
                if !right && shown < 60 {
                    shown += 1;
                    eprintln!("title not resolved: {id} {start}: {title}: {:?}", citation.map(told));
                }
                let Some(article) = article(text, end) else { continue };
                with_article += 1;
                if !ids.iter().any(|id| articles.get(id).is_some_and(|keys| keys.contains(&article))) {
                    continue;
                }
                exists += 1;
                match citation {
                    Some(c)
                        if c.outcome == Outcome::Resolved
                            && c.provisions.iter().any(|p| p.id.contains(&format!("/{article}"))) =>
                    {
                        found += 1;
                    }
                    other => *reasons.entry(format!("{:?}", other.and_then(|c| c.reason))).or_insert(0) += 1,
                }
            }
        }
    }
    eprintln!(
        "titles: {mentions} mentions, {known} whose title is in the corpus, {resolved} resolved to the right instrument ({:.4}); \
         {with_article} with an article, {exists} of which exist in some version, {found} resolved to it ({:.4}); not: {reasons:?}",
        f64::from(u32::try_from(resolved).unwrap()) / f64::from(u32::try_from(known).unwrap()),
        f64::from(u32::try_from(found).unwrap()) / f64::from(u32::try_from(exists).unwrap()),
    );
    assert!(known > 5000, "{known}");
    assert!(resolved * 1000 >= known * 995, "{resolved} of {known}");
    // What is missing is the text of that day, and it is said so.
    let because = |reason: Reason| reasons.get(&format!("{:?}", Some(reason))).copied().unwrap_or(0);
    let of_that_day = because(Reason::NoVersionOfThatDay) + because(Reason::NoDay);
    assert!(
        found * 100 >= (exists - of_that_day) * 99,
        "{found} of {exists}, {of_that_day} without the text of that day"
    );
}

/// How far the citations of the whole corpus came; what is not resolved may not become more.
#[test]
fn unresolved_references_do_not_grow() {
    let Some(corpus) = corpus("unresolved_references_do_not_grow") else { return };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for Read { view, page } in everything(corpus) {
        let kind = if view.instrument.kind == Kind::Normative { "normative" } else { "legislation" };
        for citation in page.items.iter().flat_map(|item| &item.citations) {
            let reason = citation.reason.map_or("-".to_string(), |reason| format!("{reason:?}"));
            *counts.entry(format!("{kind}\t{}\t{:?}\t{reason}", citation.form, citation.outcome)).or_default() += 1;
        }
    }
    let path = folder().join("counts.tsv");
    let told: String = counts.iter().map(|(row, count)| format!("{row}\t{count}\n")).collect();
    if blessed() {
        std::fs::write(&path, format!("kind\tform\toutcome\treason\tcount\n{told}")).unwrap();
        return;
    }
    let expected: HashMap<String, u64> =
        rows("counts.tsv").into_iter().map(|row| (row[..4].join("\t"), row[4].parse().unwrap())).collect();
    for (row, count) in &counts {
        let known = expected.get(row).copied().unwrap_or(0);
        if row.contains("Resolved") {
            assert!(*count >= known, "fewer resolved: {row} {count}, were {known}");
        } else {
            assert!(*count <= known, "more unresolved: {row} {count}, were {known}");
        }
    }
}
