//! Characters that nobody sees: of no width, or of the direction of writing. Editors and web pages leave them between the
//! characters of a word, where 第一条 would be no number and no word would be found. They are no part of a text, and go.

use super::blocks::{Block, Paragraph};
use crate::text::table::{Cell, Table};
use std::borrow::Cow;

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| is_unseen(*c)).count()
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

fn remark(count: usize) -> Option<String> {
    (count > 0).then(|| format!("不可见字符（零宽字符、书写方向控制符）{count} 个，已去掉"))
}

/// A text without them, with the remark on it.
pub fn text(text: &str) -> (Cow<'_, str>, Option<String>) {
    match count(text) {
        0 => (Cow::Borrowed(text), None),
        several => (Cow::Owned(seen(text)), remark(several)),
    }
}

/// Paragraphs and tables without them.
pub fn blocks(blocks: &[Block]) -> (Cow<'_, [Block]>, Option<String>) {
    let of_block = |block: &Block| match block {
        Block::Paragraph(paragraph) => count(&paragraph.text),
        Block::Table(table) => of_table(table),
    };
    let several = blocks.iter().map(of_block).sum();
    if several == 0 {
        return (Cow::Borrowed(blocks), None);
    }
    let cleaned = blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => Block::Paragraph(Paragraph { text: seen(&paragraph.text), ..paragraph.clone() }),
        Block::Table(table) => Block::Table(cleaned(table)),
    });
    (Cow::Owned(cleaned.collect()), remark(several))
}

/// Tables without them.
pub fn tables(tables: &[Table]) -> (Cow<'_, [Table]>, Option<String>) {
    let several = tables.iter().map(of_table).sum();
    if several == 0 {
        return (Cow::Borrowed(tables), None);
    }
    (Cow::Owned(tables.iter().map(cleaned).collect()), remark(several))
}

fn of_table(table: &Table) -> usize {
    let cell = |cell: &Cell| if let Cell::Text { text, .. } = cell { count(text) } else { 0 };
    let cells = table.rows.iter().flat_map(|row| &row.cells).map(cell);
    cells.chain(table.above.iter().map(|line| count(line))).sum()
}

fn cleaned(table: &Table) -> Table {
    let mut table = table.clone();
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let Cell::Text { text, .. } = cell {
            *text = seen(text);
        }
    }
    table.above.iter_mut().for_each(|line| *line = seen(line));
    table
}

#[cfg(test)]
mod tests {
    use super::super::{FileInput, Outcome, Packs};

    #[test]
    fn what_nobody_sees_goes_with_one_remark() {
        let text = "云桥县渡口办法\n\n第\u{200b}一条　渡\u{2060}船不得\u{202e}超载。\n第二条　甲\u{feff}乙。\n";
        let page = format!("<html><body><h1>云桥县渡口办法</h1><p>{}</p></body></html>", text.replace('\n', "</p><p>"));
        for (path, bytes) in [("办法.txt", text.to_string()), ("办法.md", text.to_string()), ("办法.html", page)]
        {
            let file = FileInput { path, bytes: bytes.as_bytes() };
            let Outcome::Documents { documents, .. } = Packs::default().read(&file) else { panic!("{path}") };
            let document = &documents[0].document;
            assert!(document.text.contains("第一条　渡船不得超载。"), "{path}: {}", document.text);
            assert!(document.text.contains("甲乙"), "{path}");
            let told = document.notes.iter().filter(|note| note.starts_with("不可见字符")).count();
            assert_eq!(told, 1, "{path}: {:?}", document.notes);
        }
    }
}
