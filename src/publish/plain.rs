//! Plain text.

use super::{Block, Paper};

/// The paper as plain text: UTF-8, `\n` behind every line.
///
/// Title, subtitle, a line `名称：值` for citation, status and every fact, the text, the colophon; an empty line between
/// these parts and before every heading. Provisions and signatures stand verbatim, the rows of a [`Block::Table`] with
/// tabs between cells.
pub fn plain(paper: &Paper) -> String {
    let mut out = one_line(&paper.full_title());
    out.push('\n');
    for line in paper.subtitle.iter().filter(|line| !line.is_empty()) {
        out.push_str(&one_line(line));
        out.push('\n');
    }
    let particulars = paper.particulars();
    for (number, (name, value)) in particulars.iter().enumerate() {
        out.push_str(if number == 0 { "\n" } else { "" });
        out.push_str(&one_line(&format!("{name}：{value}")));
        out.push('\n');
    }
    let mut after_heading = false;
    for (number, block) in paper.blocks.iter().enumerate() {
        let heading = matches!(block, Block::Heading { .. });
        let apart = number == 0 || heading || after_heading || !matches!(block, Block::Provision { .. });
        out.push_str(if apart { "\n" } else { "" });
        push_block(&mut out, block);
        after_heading = heading;
    }
    if !paper.colophon.is_empty() {
        out.push('\n');
        out.push_str(&one_line(&paper.colophon));
        out.push('\n');
    }
    out
}

fn push_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { text, .. } => out.push_str(&one_line(text)),
        Block::Provision { text, .. } | Block::Signature(text) => out.push_str(text),
        Block::Table(rows) => {
            let lines: Vec<String> = rows
                .iter()
                .map(|row| row.iter().map(|cell| one_line(&cell.replace('\t', " "))).collect::<Vec<_>>().join("\t"))
                .collect();
            out.push_str(&lines.join("\n"));
        }
    }
    out.push('\n');
}

/// The text on one line: what is not a provision must not look like several.
pub(crate) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_in_order() {
        let paper = Paper {
            title: "云桥县渡口管理办法".into(),
            subtitle: vec!["（2020年3月1日公布）".into()],
            facts: vec![("文号".into(), "云政发〔2020〕7号".into()), ("有效期至".into(), String::new())],
            citation: "《云桥县渡口管理办法》第一条".into(),
            status: "现行有效".into(),
            excerpt: true,
            blocks: vec![
                Block::Heading { level: 1, text: "第一章\n总则".into() },
                Block::Provision {
                    id: "a1".into(), label: 9, text: "第一条　为了渡口\t安全。\n\n　　另款。".into()
                },
                Block::Provision { id: "a2".into(), label: 9, text: "第二条　<b>\u{1}\n| a | b |".into() },
                Block::Table(vec![vec!["船".into(), "费\t用".into()], vec!["舟".into(), "2".into()]]),
                Block::Signature("云桥县人民政府\n2020年3月1日".into()),
            ],
            colophon: "法据导出".into(),
        };
        let expected = "云桥县渡口管理办法（节录）\n（2020年3月1日公布）\n\n引用：《云桥县渡口管理办法》第一条\n状态：现行有效\n\
            文号：云政发〔2020〕7号\n\n第一章 总则\n\n第一条　为了渡口\t安全。\n\n　　另款。\n第二条　<b>\u{1}\n| a | b |\n\n\
            船\t费 用\n舟\t2\n\n云桥县人民政府\n2020年3月1日\n\n法据导出\n";
        assert_eq!(plain(&paper), expected);
    }
}
