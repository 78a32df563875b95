//! Structure of fictional texts.

use super::parse;
use crate::law::{Document, Kind, Structure};

fn read(text: &str) -> Structure {
    parse(&Document::new(Kind::Legislation, "云州条例", text))
}

#[test]
fn blocks_are_a_partition() {
    let text = "  \n第一章 总 则\n\n第一条　甲。\n第二条　乙。\n";
    let structure = read(text);
    let spans: Vec<_> = structure.blocks.iter().map(|block| &text[block.span.clone()]).collect();
    assert_eq!(spans.concat(), text);
    assert_eq!(structure.article_count(), 2);
}
