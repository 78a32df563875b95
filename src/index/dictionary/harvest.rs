//! What becomes a word: titles, terms that a text defines, headings.

use super::{Growth, Titles};
use crate::index::function_words::is_function_word;
use crate::law::{Access, identity};
use crate::text::fold::fold_str;
use crate::text::words::Segmenter;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a title that is a word at most; longer ones are sentences.
const TITLE_CHARS_MAX: usize = 16;
/// The same for a defined term and a heading.
const TERM_CHARS_MAX: usize = 8;
/// A heading stands in so many instruments, else it is a phrase of one of them.
const HEADING_TEXTS_MIN: usize = 3;
/// What a text that defines a term calls itself before 所称.
const SELVES: [&str; 10] = ["法", "条例", "办法", "规定", "细则", "规则", "决定", "解释", "规程", "意见"];
/// What ends a defined term.
const TERM_ENDS: [&str; 11] = [",", ")", "\"", ";", ".", ":", "是指", "是", "包括", "、", "的"];
/// What joins and neither begins nor ends a word of ours, beside function words.
const JOINING: [&str; 16] = [
    "等", "关于", "以及", "若干", "有关", "第", "应当", "可以", "不得", "按照", "依照", "根据", "并", "所", "该", "本",
];

/// A standing text of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// Its instrument.
    pub instrument: &'a str,
    /// Title as received.
    pub title: &'a str,
    /// Text as received.
    pub text: &'a str,
    /// Who may read it.
    pub access: Access,
}

/// Gathers words from texts: the same ones in whatever order the texts come.
#[derive(Default)]
pub struct Harvest {
    public: Gathered,
    internal: Gathered,
}

impl Harvest {
    /// Takes texts in.
    pub fn take(&mut self, sources: &[Source<'_>]) {
        let read: Vec<(&Source<'_>, Read)> = sources.par_iter().map(|source| (source, Read::of(source))).collect();
        for (source, read) in read {
            match source.access {
                Access::Public => self.public.add(source, read),
                // Held in case that nothing is public.
                Access::Internal if self.public.titles.is_empty() => self.internal.add(source, read),
                Access::Internal => drop(self.internal.titles.insert(read.title)),
                Access::Restricted => {}
            }
        }
    }

    /// The words, in order, and the titles they are of; `short_names` are those of titles, each with its title.
    pub fn words<'n>(self, short_names: impl Iterator<Item = (&'n str, &'n str)>) -> (Vec<String>, Growth) {
        let internal = self.internal.titles.difference(&self.public.titles).count() as u64;
        let known = Titles { public: self.public.titles.len() as u64, internal };
        let gathered = if known.public > 0 { self.public } else { self.internal };
        (gathered.words(short_names), Growth { known, ..Growth::default() })
    }
}

/// What one text offers.
#[derive(Default)]
struct Read {
    title: String,
    terms: BTreeSet<String>,
    headings: BTreeSet<String>,
}

impl Read {
    fn of(source: &Source<'_>) -> Read {
        let mut read = Read { title: identity::title_words(source.title), ..Read::default() };
        // Line by line, because folding joins them.
        for line in source.text.lines() {
            let line = fold_str(line);
            defined(&line, &mut read.terms);
            read.headings.extend(heading(&line).map(str::to_owned));
        }
        read
    }
}

/// What the texts of one access offer.
#[derive(Default)]
struct Gathered {
    titles: BTreeSet<String>,
    terms: BTreeSet<String>,
    /// Headings and the instruments that have them.
    headings: BTreeMap<String, BTreeSet<String>>,
}

impl Gathered {
    fn add(&mut self, source: &Source<'_>, read: Read) {
        self.titles.insert(read.title);
        self.terms.extend(read.terms);
        for heading in read.headings {
            self.headings.entry(heading).or_default().insert(source.instrument.to_owned());
        }
    }

    fn words<'n>(self, short_names: impl Iterator<Item = (&'n str, &'n str)>) -> Vec<String> {
        let mut words: BTreeSet<String> = BTreeSet::new();
        words.extend(short_names.filter(|(_, title)| self.titles.contains(*title)).map(|(name, _)| name.to_owned()));
        words.extend(self.titles.into_iter().filter(|title| is_whole(title, TITLE_CHARS_MAX)));
        words.extend(self.terms);
        let common = self.headings.into_iter().filter(|(_, texts)| texts.len() >= HEADING_TEXTS_MIN);
        words.extend(common.map(|(heading, _)| heading));
        words.retain(|word| !Segmenter::shared().knows(word));
        words.into_iter().collect()
    }
}

/// The terms that a folded line defines: 本法所称X，是指; 以下简称X; 简称“X”.
fn defined(folded: &str, terms: &mut BTreeSet<String>) {
    for (sign, named) in [("所称", true), ("以下简称", false), ("以下统称", false), ("简称\"", false)] {
        for (at, _) in folded.match_indices(sign) {
            let (before, after) = (&folded[..at], &folded[at + sign.len()..]);
            if named && !SELVES.iter().any(|own| before.strip_suffix(own).is_some_and(|rest| rest.ends_with('本'))) {
                continue;
            }
            let after = after.trim_start_matches(['的', '"', ':', ' ']);
            let end = TERM_ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(0);
            if is_term(&after[..end]) {
                terms.insert(after[..end].to_owned());
            }
        }
    }
}

/// The words of a heading 第X章 in a folded line, without its number.
fn heading(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches(['#', ' ']);
    let (number, rest) = line.strip_prefix('第')?.split_once(['编', '章', '节'])?;
    let numbered =
        !number.is_empty() && number.chars().all(|sign| "零一二三四五六七八九十百0123456789分".contains(sign));
    let words = rest.trim();
    (numbered && is_term(words)).then_some(words)
}

/// Whether a text may be a word: of Han characters, neither too long nor a sentence nor begun or ended by what only joins.
fn is_whole(text: &str, chars_max: usize) -> bool {
    if !(2..=chars_max).contains(&text.chars().count()) || !text.chars().all(is_han) {
        return false;
    }
    let words = Segmenter::shared().words(text);
    let bounds = [words.first(), words.last()];
    bounds.into_iter().flatten().all(|word| !is_joining(word))
        && !words.iter().any(|word| matches!(*word, "的" | "是" | "应当" | "不得"))
}

/// The same for a term or heading: what joins two things is a phrase.
fn is_term(text: &str) -> bool {
    is_whole(text, TERM_CHARS_MAX) && !text.contains(['和', '与', '或', '及'])
}

fn is_joining(word: &str) -> bool {
    is_function_word(word) || JOINING.contains(&word)
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "第一章　总则\n第一条　本条例所称河道采砂，是指在河道内挖取砂石的行为。\n\
        第二章　采砂规划\n第二条　县水行政主管部门（以下简称河务站）负责采砂。本条所称的费用包括押金。\n\
        第三条　依照《云州省河道采砂管理办法》（简称“采砂办法”）执行的应当。";

    fn source<'a>(instrument: &'a str, title: &'a str, text: &'a str, access: Access) -> Source<'a> {
        Source { instrument, title, text, access }
    }

    fn words(sources: &[Source<'_>]) -> Vec<String> {
        let mut harvest = Harvest::default();
        sources.chunks(2).for_each(|round| harvest.take(round));
        harvest.words(std::iter::empty()).0
    }

    #[test]
    fn what_a_text_names_is_a_word() {
        let sources = [
            source("a", "中华人民共和国河道采砂条例（2020年修订）", TEXT, Access::Public),
            source("b", "云桥县采砂规划办法", "第三章 采砂规划\n第一条 略。", Access::Public),
            source(
                "c",
                "关于进一步规范全县各乡镇河道采砂秩序有关工作的若干意见",
                "## 第 1 章 采砂规划",
                Access::Public,
            ),
            source("d", "采砂规定", "第一节 采砂规划\n第二节 只有一件写的", Access::Public),
        ];
        let mut harvest = Harvest::default();
        harvest.take(&sources);
        let short = [("采砂例", "河道采砂条例"), ("无此法", "没有的法")];
        let (words, growth) = harvest.words(short.into_iter());
        let expected =
            ["云桥县采砂规划办法", "河务站", "河道采砂", "河道采砂条例", "采砂例", "采砂办法", "采砂规划", "采砂规定"];
        let mut expected: Vec<String> = expected.iter().map(|word| (*word).to_owned()).collect();
        expected.sort();
        assert_eq!(words, expected);
        assert_eq!(growth.known, Titles { public: 4, internal: 0 });
    }

    #[test]
    fn the_order_of_import_changes_nothing() {
        let titles: Vec<String> = (1..20).map(|number| format!("云桥县{}采砂办法", "甲".repeat(number % 7))).collect();
        let ids: Vec<String> = (1..20).map(|number| format!("i{number}")).collect();
        let each = titles.iter().zip(&ids);
        let mut sources: Vec<Source<'_>> = each.map(|(title, id)| source(id, title, TEXT, Access::Public)).collect();
        let first = words(&sources);
        assert!(first.contains(&"河务站".to_owned()), "{first:?}");
        sources.reverse();
        assert_eq!(words(&sources), first);
        sources.rotate_left(7);
        assert_eq!(words(&sources), first);
    }

    #[test]
    fn only_public_texts_give_words_where_there_are_any() {
        let secret =
            source("a", "云桥县密室办法", "第一条　本办法所称密室，是指密室。（以下简称暗间房）", Access::Internal);
        let open = source("b", "云桥县渡口办法", TEXT, Access::Public);
        let hidden = source("c", "云桥县禁区办法", "（以下简称禁区房）", Access::Restricted);
        for sources in [[secret.clone(), open.clone(), hidden.clone()], [hidden.clone(), open, secret.clone()]] {
            let words = words(&sources);
            assert!(words.contains(&"河务站".to_owned()) && !words.iter().any(|word| word.contains('密')), "{words:?}");
        }
        let alone = words(&[secret, hidden]);
        assert!(alone.contains(&"云桥县密室办法".to_owned()) && alone.contains(&"暗间房".to_owned()), "{alone:?}");
        assert!(!alone.iter().any(|word| word.contains("禁区")));
    }

    #[test]
    fn a_word_is_no_sentence() {
        for wrong in [
            "的费用",
            "和平台",
            "甲",
            "应当缴纳",
            "关于费用",
            "费用，押金",
            "A类费用",
            "负责的费用",
            "很长很长很长很长的",
        ] {
            assert!(!is_term(wrong), "{wrong}");
        }
        assert!(is_term("河道采砂") && is_whole("器官捐献和移植条例", TITLE_CHARS_MAX));
        assert_eq!(heading("第三章 监督检查"), Some("监督检查"));
        for wrong in ["第三条 监督检查", "第三章", "第甲章 监督检查", "监督检查", "第三章 监督检查,罚则"]
        {
            assert_eq!(heading(wrong), None, "{wrong}");
        }
    }
}
