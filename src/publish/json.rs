//! A paper as one JSON object, for other programs: every text as it stands, with citation and status.

use super::paper::{Block, Paper};
use serde_json::{Value, json};

/// One object: `title`, `subtitle`, `citation`, `status`, `facts` (name and value), `excerpt`, `blocks` in order (`type` is
/// heading, provision, table or signature), `colophon`.
pub fn json(paper: &Paper) -> String {
    let fact = |(name, value): &(String, String)| json!({ "name": name, "value": value });
    let object = json!({
        "title": paper.title,
        "subtitle": paper.subtitle,
        "citation": paper.citation,
        "status": paper.status,
        "facts": paper.facts.iter().map(fact).collect::<Vec<_>>(),
        "excerpt": paper.excerpt,
        "blocks": paper.blocks.iter().map(block).collect::<Vec<_>>(),
        "colophon": paper.colophon,
    });
    format!("{object:#}\n")
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading { level, text } => json!({ "type": "heading", "level": level, "text": text }),
        Block::Provision { id, label, text } => {
            let label = text.get(..*label).unwrap_or_default();
            json!({ "type": "provision", "id": id, "label": label, "text": text })
        }
        Block::Table(rows) => json!({ "type": "table", "rows": rows }),
        Block::Signature(text) => json!({ "type": "signature", "text": text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_as_it_was() {
        let text = "第三条　渡口“夜间”停渡。\n（一）\u{1}甲；";
        let paper = Paper {
            title: "渡口条例".to_string(),
            citation: "《渡口条例》第三条".to_string(),
            status: "现行有效".to_string(),
            blocks: vec![Block::Provision { id: "a3".to_string(), label: "第三条".len(), text: text.to_string() }],
            ..Paper::default()
        };
        let read: Value = serde_json::from_str(&json(&paper)).unwrap();
        assert_eq!(read["blocks"][0], json!({ "type": "provision", "id": "a3", "label": "第三条", "text": text }));
        assert_eq!((&read["citation"], &read["status"]), (&json!("《渡口条例》第三条"), &json!("现行有效")));
    }
}
