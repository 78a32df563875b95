//! The opening of a text: its first articles, by which one and the same text is known under whatever title.

use crate::law::identity;
use crate::law::provision::{ProvisionKind, Structure};
use crate::text::fold::fold_str;

/// Articles that make an opening: the first ones name the purpose and the scope, which no two instruments share word for word.
const ARTICLES: usize = 5;
/// Letters that they have at least.
const CHARS_MIN: usize = 200;
/// Hexadecimal digits of a digest.
const DIGITS: usize = 16;

/// Digest of the words of the first articles of a text, whatever its white space, punctuation and widths; `None` of a text
/// with few articles or short ones.
pub fn opening(text: &str, structure: &Structure) -> Option<String> {
    let articles = structure.provisions().filter(|(provision, _)| provision.kind == ProvisionKind::Article);
    let first: Vec<&str> = articles.take(ARTICLES).filter_map(|(_, span)| text.get(span.clone())).collect();
    let words: String = fold_str(&first.concat()).chars().filter(|c| c.is_alphanumeric()).collect();
    let is_enough = first.len() == ARTICLES && words.chars().nth(CHARS_MIN - 1).is_some();
    is_enough.then(|| identity::digest(&words, DIGITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{Document, Kind, structure};

    fn of(articles: &[&str]) -> Option<String> {
        let line = |(at, words): (usize, &&str)| {
            format!("第{}条　{}。\n", ["一", "二", "三", "四", "五"][at], words.repeat(9))
        };
        let text: String = articles.iter().enumerate().map(line).collect();
        opening(&text, &structure::parse(&Document::new(Kind::Legislation, "云桥县渡口条例", &text)))
    }

    #[test]
    fn one_text_is_known_by_its_first_articles() {
        let articles = ["为了保护渡口", "本县渡口适用", "渡口由乡镇管", "船工应当持证", "严禁超载开船"];
        let own = of(&articles);
        assert!(own.is_some());
        assert_eq!(of(&articles.map(|words| words)), own);
        assert_ne!(of(&["为了保护渡口", "本县渡口适用", "渡口由乡镇管", "船工应当持证", "严禁酒后开船"]), own);
        assert_eq!(of(&articles[..4]), None, "four articles");
        assert_eq!(of(&["一", "二", "三", "四", "五"]), None, "short ones");
    }
}
