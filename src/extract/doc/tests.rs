use super::*;
use crate::extract::flow::Paragraph;
use crate::text::table::Table;
use proptest::prelude::*;
use std::io::Write;

/// Text of a file in the making, in pieces; each with its width in bytes and its modifier.
#[derive(Default)]
struct Writer {
    pieces: Vec<(&'static str, usize, u16)>,
    /// Footnote characters at the end.
    footnote: u32,
    /// Changes by the character where they end: lists of character and paragraph properties.
    characters: Vec<(u32, Vec<u8>)>,
    paragraphs: Vec<(u32, Vec<u8>)>,
    changes: Vec<Vec<u8>>,
    data: Vec<u8>,
    /// More tables: the number of their place in the head, their bytes, and how many of these the place counts.
    tables: Vec<(usize, Vec<u8>, usize)>,
}

/// Where the text lies in the stream: behind the head and two pages of properties.
const TEXT_AT: usize = 2048;

impl Writer {
    fn text(text: &'static str) -> Self {
        Writer { pieces: vec![(text, 2, 0)], ..Writer::default() }
    }

    fn length(&self) -> u32 {
        self.pieces.iter().map(|(text, ..)| text.encode_utf16().count() as u32).sum()
    }

    /// A page of properties: places, then where each list lies, the lists from the end on, their number.
    fn page(runs: &[(u32, Vec<u8>)], entry: usize, head: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let mut page = vec![0; 512];
        page[511] = runs.len() as u8;
        let mut at = 510;
        page[..4].copy_from_slice(&(TEXT_AT as u32).to_le_bytes());
        for (index, (end, list)) in runs.iter().enumerate() {
            let place = TEXT_AT as u32 + 2 * end;
            page[4 * (index + 1)..4 * (index + 2)].copy_from_slice(&place.to_le_bytes());
            let bytes = head(list);
            at = (at - bytes.len()) & !1;
            page[at..at + bytes.len()].copy_from_slice(&bytes);
            page[4 * (runs.len() + 1) + entry * index] = (at / 2) as u8;
        }
        page
    }

    /// The streams `WordDocument` and `0Table`.
    fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let mut table = Vec::new();
        for change in &self.changes {
            table.push(1);
            table.extend((change.len() as u16).to_le_bytes());
            table.extend(change);
        }
        table.push(2);
        table.extend((4 + 12 * self.pieces.len() as u32).to_le_bytes());
        let (mut at, mut text, mut places) = (0u32, Vec::<u8>::new(), vec![0u32]);
        let mut entries: Vec<u8> = Vec::new();
        for &(piece, width, modifier) in &self.pieces {
            let offset = (TEXT_AT + text.len()) as u32;
            let place = if width == 1 { (2 * offset) | 0x4000_0000 } else { offset };
            let units: Vec<u16> = piece.encode_utf16().collect();
            at += units.len() as u32;
            places.push(at);
            entries.extend([0, 0]);
            entries.extend(place.to_le_bytes());
            entries.extend(modifier.to_le_bytes());
            units.iter().for_each(|unit| text.extend(&unit.to_le_bytes()[..width]));
        }
        places.iter().for_each(|place| table.extend(place.to_le_bytes()));
        table.extend(entries);
        let clx = (0, table.len());
        let end = (TEXT_AT + text.len()) as u32;
        let mut list = |page: u32| {
            let from = table.len();
            [TEXT_AT as u32, end, page].iter().for_each(|number| table.extend(number.to_le_bytes()));
            (from, 12)
        };
        let mut places = vec![(12, list(2)), (13, list(3)), (33, clx)];
        for (index, bytes, length) in &self.tables {
            places.push((*index, (table.len(), *length)));
            table.extend(bytes);
        }
        let mut stream = vec![0; TEXT_AT];
        stream[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0x00]);
        (stream[0x20], stream[0x3E], stream[0x98]) = (14, 22, 0x5D);
        let main = self.length() - self.footnote;
        stream[0x4C..0x50].copy_from_slice(&main.to_le_bytes());
        stream[0x50..0x54].copy_from_slice(&self.footnote.to_le_bytes());
        for (index, (from, length)) in places {
            let at = 0x9A + 8 * index;
            stream[at..at + 4].copy_from_slice(&(from as u32).to_le_bytes());
            stream[at + 4..at + 8].copy_from_slice(&(length as u32).to_le_bytes());
        }
        let characters = |list: &[u8]| [&[list.len() as u8], list].concat();
        stream[1024..1536].copy_from_slice(&Self::page(&self.characters, 1, characters));
        let paragraphs = |list: &[u8]| [&[0, (list.len() as u8 + 3) / 2, 0, 0], list, &[0]].concat();
        stream[1536..2048].copy_from_slice(&Self::page(&self.paragraphs, 13, paragraphs));
        stream.extend(text);
        (stream, table)
    }

    fn bytes(&self) -> Vec<u8> {
        let (stream, table) = self.streams();
        container(&[("/WordDocument", &stream), ("/0Table", &table), ("/Data", &self.data)])
    }
}

fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for (name, bytes) in streams {
        file.create_stream(name).expect("a stream").write_all(bytes).expect("written");
    }
    file.flush().expect("written");
    file.into_inner().into_inner()
}

fn blocks(writer: &Writer) -> Vec<Block> {
    read(&writer.bytes(), &Limits::default()).expect("a document").blocks
}

fn texts(writer: &Writer) -> Vec<String> {
    let text = |block| match block {
        Block::Paragraph(Paragraph { text, .. }) => text,
        Block::Table(table) => format!("{} rows", table.rows.len()),
    };
    blocks(writer).into_iter().map(text).collect()
}

fn table(writer: &Writer) -> Table {
    let table = blocks(writer).into_iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    table.expect("a table")
}

const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];

/// Properties of a row's end whose cells end at these places and are merged as the flags say.
fn row(cells: &[(i16, u16)]) -> Vec<u8> {
    let mut definition = vec![cells.len() as u8, 0, 0];
    cells.iter().for_each(|(end, _)| definition.extend(end.to_le_bytes()));
    for (_, flags) in cells {
        definition.extend(flags.to_le_bytes());
        definition.extend([0; 18]);
    }
    let length = (definition.len() as u16 + 1).to_le_bytes();
    [&IN_TABLE[..], &[0x17, 0x24, 1, 0x08, 0xD6], &length, &definition].concat()
}

#[test]
fn text_in_pieces_of_both_widths_is_joined() {
    let mut writer = Writer::text("第一条");
    writer.pieces.push((" A\u{93}B\u{94}\u{D7}\u{D7}\r", 1, 0));
    writer.pieces.push(("第二条\u{B}一\t二\u{1E}三\u{1F}四\u{1}\u{8}😀\u{C}附件\r", 2, 0));
    assert_eq!(texts(&writer), ["第一条 A“B”××", "第二条\n一\t二-三四😀\n附件"]);
}

#[test]
fn of_a_field_the_result_stays() {
    let writer = Writer::text(
        "见\u{13} HYPERLINK \u{13} REF \u{14}x\u{15} \u{14}第\u{13} PAGE \u{14}三\u{15}条\u{15}。\u{15}\r",
    );
    assert_eq!(texts(&writer), ["见第三条。"]);
    let open = read(&Writer::text("甲\u{13} REF 乙\r").bytes(), &Limits::default());
    assert_eq!(open.unwrap_err().code(), "doc_damaged");
}

#[test]
fn what_was_deleted_or_hidden_is_left_out_and_signs_are_shown() {
    let mut writer = Writer::text("甲旧乙\r密丙((\r");
    writer.characters = vec![
        (1, vec![]),
        (2, vec![0x00, 0x08, 1]),
        (4, vec![]),
        (5, vec![0x3C, 0x08, 1]),
        (6, vec![]),
        (8, vec![0x09, 0x6A, 3, 0, 0xA8, 0xF0]),
    ];
    assert_eq!(texts(&writer), ["甲乙", "丙□□"]);
}

#[test]
fn a_piece_saved_fast_has_changes_of_its_own() {
    let mut writer = Writer::text("甲");
    // Deleted, in seven bits and by a list.
    writer.pieces.extend([("旧", 2, 0x41 << 1 | 1 << 8), ("陈", 2, 1), ("乙\r", 2, 0)]);
    writer.changes = vec![vec![0x00, 0x08, 1]];
    assert_eq!(texts(&writer), ["甲乙"]);
}

#[test]
fn rows_end_where_the_properties_say_and_merging_is_kept() {
    // The empty cell behind 类 makes two marks in a row, which are no row's end.
    let mut writer = Writer::text("题\r类\u{7}\u{7}金\r额\u{7}\u{7}旧\u{7}一\u{7}二\u{7}\u{7}末\r");
    writer.paragraphs = vec![
        (2, vec![]),
        (9, IN_TABLE.to_vec()),
        (10, row(&[(1000, 0x60), (2000, 0), (3000, 0)])),
        (16, IN_TABLE.to_vec()),
        (17, row(&[(1000, 0x20), (2000, 0), (3000, 0)])),
        (19, vec![0x40, 0x26, 1]),
    ];
    let table = table(&writer);
    assert_eq!((table.rows.len(), table.text(0, 2), table.text(1, 0)), (2, "金\n额", "类"));
    assert_eq!((table.text(0, 1), table.text(1, 1), table.text(1, 2)), ("", "一", "二"));
    let Some(Block::Paragraph(last)) = blocks(&writer).pop() else { panic!("no paragraph") };
    assert_eq!((last.text.as_str(), last.outline), ("末", Some(2)));
}

#[test]
fn a_wide_row_has_its_properties_in_the_data() {
    let mut writer = Writer::text("甲\u{7}乙\u{7}\u{7}丙\u{7}\u{7}\r");
    let cells = row(&[(500, 0), (900, 0)]);
    writer.data = [&(cells.len() as u16).to_le_bytes()[..], &cells].concat();
    let huge = [&IN_TABLE[..], &[0x46, 0x66, 0, 0, 0, 0]].concat();
    let inside = IN_TABLE.to_vec();
    writer.paragraphs =
        vec![(4, inside.clone()), (5, huge), (7, inside), (8, row(&[(900, 0)])), (9, vec![0x0B, 0x46, 2, 0])];
    let table = table(&writer);
    assert_eq!((table.span(1, 0), table.text(0, 1)), (0..2, "乙"));
    // A list that the file does not have.
    assert_eq!(read(&writer.bytes(), &Limits::default()).unwrap().unread_numbers, 1);
}

#[test]
fn sections_end_paragraphs_and_pages_do_not() {
    let mut writer = Writer::text("甲\u{C}乙\u{C}\u{C}丙\u{E}丁\r");
    // Two sections; the first ends behind 乙.
    let places = [0u32, 4, 9].into_iter().flat_map(u32::to_le_bytes);
    writer.tables = vec![(6, places.chain([0; 24]).collect(), 36)];
    assert_eq!(texts(&writer), ["甲\n乙", "丙\n丁"]);
}

#[test]
fn automatic_numbers_stand_before_their_paragraphs() {
    let mut writer = Writer::text("甲\r乙\r丙\r");
    let numbered = vec![0x0B, 0x46, 1, 0];
    writer.paragraphs = vec![(2, numbered.clone()), (4, vec![]), (6, numbered)];
    // One list with one level, 第一条, and one use of it.
    let mut lists = [&[1, 0, 5, 0, 0, 0][..], &[0; 22], &[1, 0]].concat();
    let mut level = vec![0; 28];
    (level[0], level[4]) = (1, 39);
    level.extend([3, 0]);
    level.extend("第\u{0}条".encode_utf16().flat_map(u16::to_le_bytes));
    let length = lists.len();
    lists.extend(level);
    let uses = [&[1, 0, 0, 0, 5, 0, 0, 0][..], &[0; 12], &[0xFF; 4]].concat();
    writer.tables = vec![(73, lists, length), (74, uses, 24)];
    assert_eq!(texts(&writer), ["第一条\t甲", "乙", "第二条\t丙"]);
}

#[test]
fn footnotes_come_last() {
    let mut writer = Writer::text("正文\u{2}\r\u{2} 脚注\r");
    writer.footnote = 5;
    assert_eq!(texts(&writer), ["正文", " 脚注"]);
}

#[test]
fn other_files_are_refused_by_name() {
    let code = |bytes: &[u8]| read(bytes, &Limits::default()).unwrap_err().code();
    assert_eq!(code(b"{\\rtf1 }"), "doc_not_a_doc");
    assert_eq!(code(&container(&[("/Workbook", b"x")])), "doc_not_a_doc");
    assert_eq!(code(&container(&[("/EncryptedPackage", b"x")])), "doc_encrypted");
    assert_eq!(code(&container(&[("/MatOST", b"x")])), "doc_old_format");
    assert_eq!(code(&[0xDB, 0xA5, 0x2D, 0x00, 0, 0]), "doc_old_format");
    let head = |at: usize, value: u8| {
        let (mut stream, table) = Writer::text("甲\r").streams();
        stream[at] = value;
        code(&container(&[("/WordDocument", &stream), ("/0Table", &table)]))
    };
    assert_eq!((head(0, 0xDC), head(2, 0x65), head(0x0B, 1)), ("doc_old_format", "doc_old_format", "doc_encrypted"));
    assert_eq!((head(0, 0), head(0x4F, 0x7F), head(0x4F, 0xFF)), ("doc_damaged", "doc_too_large", "doc_damaged"));
    // A row's end without properties is not guessed.
    assert_eq!(code(&Writer::text("甲\u{7}\u{7}\r").bytes()), "doc_damaged");
}

#[test]
fn sectors_in_a_circle_are_refused() {
    let mut bytes = Writer::text("甲\r").bytes();
    let at = (0..bytes.len() / 512).find(|page| bytes[page * 512..].starts_with(&[0xFD, 0xFF, 0xFF, 0xFF]));
    let fat = at.expect("a table of sectors") * 512;
    for at in (fat + 4..fat + 64).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&1u32.to_le_bytes());
    }
    assert_eq!(read(&bytes, &Limits::default()).unwrap_err().code(), "doc_damaged");
}

#[test]
fn long_properties_looked_at_again_and_again_are_counted() {
    // Two pieces of one character each in turn, so that nothing found last helps, with a long list for each.
    let mut writer = Writer::text("甲乙");
    writer.characters = vec![(1, vec![0x00; 220]), (2, vec![0x02; 220])];
    let (stream, table) = writer.streams();
    let parts = Parts { fib: Fib::read(&stream).unwrap(), stream, table, data: Vec::new() };
    let pieces = pieces::read(&parts.table[parts.fib.pieces.clone()], parts.stream.len()).unwrap();
    let mut properties = properties::Properties::new(&parts);
    let places = [TEXT_AT, TEXT_AT + 2].into_iter().cycle().take(1_000_000);
    let error = places.map(|at| properties.characters(at, &pieces[0])).find_map(Result::err);
    assert_eq!(error.expect("too much").code(), "doc_too_large");
}

fn sample() -> Vec<u8> {
    let mut writer = Writer::text("题\r甲\u{7}乙\u{7}\u{7}见\u{13} REF \u{14}三\u{15}\r");
    writer.characters = vec![(3, vec![]), (13, vec![0x3C, 0x08, 1])];
    writer.paragraphs = vec![(2, vec![]), (6, IN_TABLE.to_vec()), (7, row(&[(500, 0x60), (900, 1)])), (17, vec![])];
    writer.bytes()
}

proptest! {
    #[test]
    fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, &Limits::default());
        let _ = read(&[&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &bytes].concat(), &Limits::default());
        let _ = read(&container(&[("/WordDocument", &bytes), ("/0Table", &bytes)]), &Limits::default());
    }

    #[test]
    fn mutated_files_never_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        prop_assert!(read(&bytes, &Limits::default()).is_ok());
        for (at, value) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        let _ = read(&bytes, &Limits::default());
        let _ = read(&bytes[..cut.index(bytes.len())], &Limits::default());
    }

    #[test]
    fn mutated_streams_never_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut writer = Writer::text("甲\u{7}乙\u{7}\u{7}见\u{13} REF \u{14}三\u{15}\r");
        writer.paragraphs = vec![(4, IN_TABLE.to_vec()), (5, row(&[(500, 0x60), (900, 1)])), (15, vec![])];
        let (mut stream, mut table) = writer.streams();
        for (at, value) in &changes {
            let at = at.index(stream.len() + 8 * table.len());
            match at.checked_sub(stream.len()) {
                Some(at) => { let length = table.len(); table[at % length] = *value }
                None => stream[at] = *value,
            }
        }
        let _ = read(&container(&[("/WordDocument", &stream), ("/0Table", &table)]), &Limits::default());
    }
}
