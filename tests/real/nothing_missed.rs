//! "Nothing is missed": quoted substrings and unquoted words against a scan that shares no code with the program.

use crate::corpus::{asker, corpus, everything};
use faju::app::Faju;
use faju::app::view::Item;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// How many random substrings are asked (contract: 20,000).
const SUBSTRINGS: usize = 20_000;
/// How many dictionary words are asked.
const WORDS: usize = 2_000;
/// Answers up to this size are compared id by id on one page; larger ones by count, and the first few by paging.
const PAGE: usize = 1_000;
/// How many larger answers are paged through.
const PAGED: usize = 12;
/// Provisions with none of the words that an answer has besides, at most.
const ASSOCIATED: usize = 200;

/// Folding as `docs/folding/README.md` describes it, written again here from its tables.
struct Folding {
    forms: HashMap<char, char>,
    invisible: HashSet<char>,
}

impl Folding {
    fn read() -> Self {
        let lines = |table: &str| {
            let text = std::fs::read_to_string(format!("docs/folding/{table}.tsv")).unwrap();
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
            lines.map(str::to_string).collect::<Vec<_>>()
        };
        let mut forms = HashMap::new();
        for line in ["punctuation", "radicals", "traditional"].iter().flat_map(|table| lines(table)) {
            let mut columns = line.split('\t').map(|column| column.chars().next().unwrap());
            forms.insert(columns.next().unwrap(), columns.next().unwrap());
        }
        let code = |line: String| u32::from_str_radix(line.split('\t').next().unwrap().trim_start_matches("U+"), 16);
        let invisible = lines("invisible").into_iter().map(|line| char::from_u32(code(line).unwrap()).unwrap());
        Folding { forms, invisible: invisible.collect() }
    }

    fn fold(&self, text: &str) -> String {
        let mut out = String::new();
        let mut gap = false;
        for c in text.chars().filter(|c| !self.invisible.contains(c)) {
            let compatible: Vec<char> = std::iter::once(c).nfkc().collect();
            if compatible.iter().all(|c| c.is_whitespace()) {
                gap = true;
                continue;
            }
            for c in compatible.into_iter().filter(|c| !c.is_whitespace()) {
                let c = self.forms.get(&c).copied().unwrap_or(c).to_ascii_lowercase();
                let last = out.chars().next_back();
                if gap && c.is_ascii_alphanumeric() && last.is_some_and(|last| last.is_ascii_alphanumeric()) {
                    out.push(' ');
                }
                gap = false;
                out.push(c);
            }
        }
        out
    }
}

/// All provisions, and for each character and each pair of characters those that contain it: candidates of the scan.
struct Scan {
    provisions: Vec<(String, String)>,
    holding: HashMap<String, Vec<u32>>,
}

impl Scan {
    fn of(folding: &Folding, provisions: &[(String, String)]) -> Self {
        let provisions: Vec<(String, String)> =
            provisions.iter().map(|(id, text)| (id.clone(), folding.fold(text))).collect();
        let mut holding: HashMap<String, Vec<u32>> = HashMap::new();
        for (place, (_, text)) in provisions.iter().enumerate() {
            let chars: Vec<char> = text.chars().collect();
            let mut grams: HashSet<String> = chars.iter().map(char::to_string).collect();
            grams.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
            for gram in grams {
                holding.entry(gram).or_default().push(place as u32);
            }
        }
        Scan { provisions, holding }
    }

    /// Ids of the provisions that contain a folded text.
    fn ids(&self, folded: &str) -> HashSet<&str> {
        let chars: Vec<char> = folded.chars().collect();
        let size = chars.len().min(2);
        let none = Vec::new();
        let rarest =
            chars.windows(size).map(|gram| self.holding.get(&gram.iter().collect::<String>()).unwrap_or(&none));
        let candidates = rarest.min_by_key(|places| places.len()).unwrap_or(&none);
        let found = candidates.iter().map(|place| &self.provisions[*place as usize]);
        found.filter(|(_, text)| text.contains(folded)).map(|(id, _)| id.as_str()).collect()
    }
}

/// A small deterministic generator (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// First page of so many and total of a query over every status.
fn ask(faju: &Faju, query: &str, limit: usize) -> (HashSet<String>, usize) {
    let limit = limit.to_string();
    let parameters = [
        ("q", query),
        ("status", "all"),
        ("group", "none"),
        ("limit", &limit),
        ("highlight", "false"),
        ("total", "exact"),
    ];
    let parameters: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    let page = faju.search(&parameters, &asker()).unwrap_or_else(|error| panic!("{query}: {error}"));
    assert_eq!(page.total.relation, "eq", "{query}");
    let ids = page.items.into_iter().map(|item| match item {
        Item::Single(single) => single.provision.id,
        Item::Group(_) => panic!("group=none gave a group"),
    });
    (ids.collect(), page.total.value as usize)
}

/// A page is only asked for where it can hold the whole answer.
fn page_for(expected: usize) -> usize {
    if expected <= PAGE { PAGE } else { 0 }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[test]
fn every_substring_finds_exactly_the_provisions_of_the_scan() {
    let Some(corpus) = corpus("every_substring_finds_exactly_the_provisions_of_the_scan") else { return };
    let provisions = everything(&corpus.faju, &[("status", "all")]);
    let distinct: HashSet<&str> = provisions.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(distinct.len(), provisions.len(), "paging gave every provision once");
    let folding = Folding::read();
    let scan = Scan::of(&folding, &provisions);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut asked, mut paged) = (0, 0);
    while asked < SUBSTRINGS {
        let (_, text) = &provisions[random.below(provisions.len())];
        let chars: Vec<char> = text.chars().collect();
        let length = 1 + random.below(12.min(chars.len()));
        let start = random.below(chars.len() - length + 1);
        let substring: String = chars[start..start + length].iter().collect();
        let folded = folding.fold(&substring);
        if folded.is_empty() {
            continue;
        }
        asked += 1;
        let expected = scan.ids(&folded);
        let (first, total) = ask(&corpus.faju, &quoted(&substring), page_for(expected.len()));
        assert_eq!(total, expected.len(), "{substring:?}");
        assert!(first.iter().all(|id| expected.contains(id.as_str())), "{substring:?} found what the scan did not");
        if total <= PAGE {
            assert_eq!(first.len(), total, "{substring:?}");
        } else if paged < PAGED {
            paged += 1;
            let all = everything(&corpus.faju, &[("q", &quoted(&substring)), ("status", "all")]);
            assert_eq!(all.len(), total, "{substring:?}");
            assert_eq!(all.iter().map(|(id, _)| id.as_str()).collect::<HashSet<_>>(), expected, "{substring:?}");
        }
    }
    eprintln!("{asked} substrings of {} provisions: no difference to the scan", provisions.len());
}

#[test]
fn words_are_found_inside_longer_words() {
    let Some(corpus) = corpus("words_are_found_inside_longer_words") else { return };
    let provisions = everything(&corpus.faju, &[("status", "all")]);
    let folding = Folding::read();
    let scan = Scan::of(&folding, &provisions);
    let data = crate::real_data::real_data("words_are_found_inside_longer_words").unwrap();
    let list = std::fs::read_to_string(data.join("lexicon/THUOCL_law.txt")).unwrap();
    let words: Vec<&str> = list.lines().filter_map(|line| line.split('\t').next()).map(str::trim).collect();
    let step = words.len() / WORDS;
    let (mut asked, mut paged) = (0, 0);
    for word in words.into_iter().step_by(step.max(1)).take(WORDS) {
        let expected = scan.ids(&folding.fold(word));
        let (first, total) = ask(&corpus.faju, word, page_for(expected.len() + ASSOCIATED));
        assert!(total >= expected.len(), "{word}: {total} of {}", expected.len());
        asked += 1;
        let found: HashSet<String> = if total + ASSOCIATED <= PAGE {
            first
        } else if paged < PAGED {
            paged += 1;
            everything(&corpus.faju, &[("q", word), ("status", "all")]).into_iter().map(|(id, _)| id).collect()
        } else {
            continue;
        };
        assert!(expected.iter().all(|id| found.contains(*id)), "{word}");
    }
    assert!(asked >= WORDS.min(1_900), "{asked} words were asked");
}
