//! What is asked, per class; 500 questions each where there is data.

use crate::yardstick::Article;
use std::path::Path;

/// Questions of one kind.
pub const COUNT: usize = 500;

/// Questions of the public, from the labelled set; without data, sentences of the corpus itself.
pub fn lay(real: Option<&Path>, articles: &[Article]) -> Vec<String> {
    let set = real.and_then(|data| std::fs::read_to_string(data.join("eval/statute-retrieval/stard.jsonl")).ok());
    let questions = set.map(|set| {
        let question = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(row.get("query")?.as_str()?.to_string())
        };
        set.lines().filter_map(question).take(COUNT).collect::<Vec<_>>()
    });
    questions.unwrap_or_else(|| substrings(articles, 24, 24))
}

/// Short questions of officers: two words that stand in one provision.
pub fn short(articles: &[Article]) -> Vec<String> {
    let jieba = jieba_rs::Jieba::new();
    let mut random = Random(7);
    let mut questions = Vec::new();
    while questions.len() < COUNT && !articles.is_empty() {
        let text = &articles[random.below(articles.len())].text;
        let words = jieba.cut(text, false).into_iter().map(|token| token.word);
        let words: Vec<&str> = words.filter(|word| word.chars().count() >= 2 && is_han(word)).collect();
        if words.len() >= 2 {
            let (first, second) = (random.below(words.len()), random.below(words.len()));
            questions.push(format!("{} {}", words[first], words[second]));
        }
    }
    questions
}

fn is_han(word: &str) -> bool {
    word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Verbatim substrings of provisions without quotation marks and line breaks.
pub fn substrings(articles: &[Article], least: usize, most: usize) -> Vec<String> {
    let mut random = Random(11);
    let mut found = Vec::new();
    let mut tried = 0;
    while found.len() < COUNT && !articles.is_empty() && tried < 100 * COUNT {
        tried += 1;
        let text = articles[random.below(articles.len())].text.rsplit('\n').next().unwrap_or_default();
        let chars: Vec<char> = text.chars().collect();
        if chars.len() < least {
            continue;
        }
        let length = least + random.below((most - least + 1).min(chars.len() - least + 1));
        let start = random.below(chars.len() - length + 1);
        let substring: String = chars[start..start + length].iter().collect();
        if !substring.contains(['"', '“', '”', '\\', ' ', '\u{3000}']) {
            found.push(substring);
        }
    }
    found
}

/// A small deterministic generator (xorshift).
pub struct Random(pub u64);

impl Random {
    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
