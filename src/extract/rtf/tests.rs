use super::*;
use crate::text::table::Table;
use proptest::prelude::*;
use std::fmt::Write;

fn blocks(body: &str) -> Vec<Block> {
    let head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Arial;}{\f2\fcharset2 Wingdings;}{\f3\fcharset2 Symbol;}}\uc1 ";
    read(format!("{head}{body}}}").as_bytes(), &Limits::default()).expect("a document").0
}

fn texts(body: &str) -> Vec<String> {
    let text = |block| match block {
        Block::Paragraph(paragraph) => paragraph.text,
        Block::Table(table) => format!("{} rows", table.rows.len()),
    };
    blocks(body).into_iter().map(text).collect()
}

fn table(body: &str) -> Table {
    let table = blocks(body).into_iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    table.expect("a table")
}

fn hex(text: &str) -> String {
    encoding_rs::GBK.encode(text).0.iter().fold(String::new(), |mut out, byte| {
        write!(out, "\\'{byte:02x}").expect("written");
        out
    })
}

#[test]
fn bytes_are_read_in_the_code_page_of_their_font() {
    let text = format!(r"{}\f1\'d7\'93 A\f0\'b5{{\b\'da}}\f2\'a8\'fe\f3\'61\par", hex("甲"));
    assert_eq!(texts(&text), ["甲×“ A第□☑\u{F061}"]);
    // The second byte of 乗 and of 亄 looks like a backslash and a brace, written with an escape and as it is.
    assert_eq!(texts(r"\'81\\\'81\{ \'81\'5c"), ["乗亄 乗"]);
    let raw = [&b"{\\rtf1\\ansicpg936 \x81\\\x81{\xb5\xda}"[..]].concat();
    assert!(matches!(&read(&raw, &Limits::default()).unwrap().0[0], Block::Paragraph(p) if p.text == "乗亄第"));
}

#[test]
fn characters_by_number_take_the_place_of_those_behind_them() {
    assert_eq!(texts(r"\u31532?{\uc2\u-26971\'a3\'bf}\u26465 \'3f\u-10179?\u-8704?{\uc0\u20108}a"), ["第隥条😀二a"]);
    assert_eq!(texts(r"\u31532{a}\u19968\par b"), ["第a一", "b"]);
}

#[test]
fn what_is_not_of_the_text_is_left_out() {
    let text = r"{\*\generator x}{\info{\title x}}{\header x\par}a{\pict\bin3 }}}00}{\v x}b{\deleted x\par}c{\*\unknown{x}}
{\upr{x}{\*\ud{d}}}{\field{\*\fldinst REF x}{\fldrslt e}}\~f\_g\-h\par{\listtext\pard\plain  1.\tab}i\line j{\pntext\u8226?\tab}{\stylesheet{x}}\par";
    assert_eq!(texts(text), ["abcde\u{A0}f-gh", "1.\ti\nj"].map(String::from));
}

#[test]
fn deleted_and_hidden_text_is_counted() {
    let text = format!(
        r"{{\rtf1\ansi\ansicpg936 {}{{\deleted {}\u31532? b}}{{\v {}}}{{\info{{\title x}}}}{{\*\unknown\v x}}\par}}",
        hex("甲"),
        hex("旧条"),
        hex("密")
    );
    let (blocks, left_out) = read(text.as_bytes(), &Limits::default()).expect("a document");
    assert!(matches!(&blocks[0], Block::Paragraph(p) if p.text == "甲"), "{blocks:?}");
    assert_eq!(left_out, LeftOut { deleted: 4, hidden: 1, struck: 0 });
    let remarks: Vec<String> = left_out.remarks().collect();
    assert_eq!(remarks, ["隐藏文字 1 字未读入", "修订中删除或移走的文字 4 字未读入"]);
}

#[test]
fn text_struck_through_is_read_and_counted() {
    let text = format!(
        r"{{\rtf1\ansi\ansicpg936 a{{\strike {}\u31532? b}}{{\striked1 c}}\strike d\strike0 e\strike f\plain g\par}}",
        hex("旧")
    );
    let (blocks, left_out) = read(text.as_bytes(), &Limits::default()).expect("a document");
    assert!(matches!(&blocks[0], Block::Paragraph(p) if p.text == "a旧第 bcdefg"), "{blocks:?}");
    assert_eq!(left_out, LeftOut { struck: 6, ..LeftOut::default() });
    assert_eq!(left_out.remarks().collect::<Vec<_>>(), ["带删除线的文字 6 字，原样读入，请核对是否已经删去"]);
}

#[test]
fn text_boxes_come_last() {
    let shape = r"{\shp{\*\shpinst\shpleft1{\sp{\sn fLine}{\sv 0}}{\shptxt \pard x\par y\par}}{\shprslt{\*\do z}}}";
    assert_eq!(texts(&format!(r"a{shape}b\par c")), ["ab", "c", "x", "y"]);
    assert_eq!(texts(r"a{\*\do\dobxcolumn\dptxbx{\dptxbxtext \pard x\par}\dpx1}b\par"), ["ab", "x"]);
    assert_eq!(texts(&format!(r"\trowd\cellx900\pard\intbl a{shape}\cell\row\pard c\par")), ["1 rows", "c", "x", "y"]);
}

#[test]
fn sections_end_paragraphs_and_pages_do_not() {
    assert_eq!(texts(r"a\page b\page\par\page c\sect d"), ["a\nb", "c", "d"]);
}

#[test]
fn footnotes_come_last() {
    assert_eq!(texts(r"a{\footnote\pard x\par y}b\par c"), ["ab", "c", "x", "y"]);
}

#[test]
fn outline_levels_are_told() {
    let found = blocks(r"\pard\outlinelevel0 a\par\pard b\par");
    let levels: Vec<_> =
        found.iter().map(|block| matches!(block, Block::Paragraph(p) if p.outline == Some(1))).collect();
    assert_eq!(levels, [true, false]);
}

#[test]
fn merged_cells_and_widths_are_kept() {
    let text = r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl a\cell b\par c\cell x\cell\row
        \trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl x\cell d\cell{\pard\intbl\itap2 e\nestcell f\nestcell{\nonesttables x}}\cell\row
        \trowd\cellx3000\pard\intbl g\cell\row\pard\par\trowd\cellx900\pard\intbl h\cell\row\pard i\par";
    let table = table(text);
    assert_eq!((table.text(1, 0), table.own_text(1, 0), table.text(0, 2)), ("a", None, "b\nc"));
    assert_eq!((table.text(1, 2), table.span(2, 1)), ("e\nf", 0..3));
    assert_eq!(texts(text), ["3 rows", "1 rows", "i"]);
}

#[test]
fn a_row_that_is_cut_off_is_not_lost() {
    assert_eq!(texts(r"\trowd\cellx900\pard\intbl a\cell b\pard c\row d"), ["1 rows", "d"]);
}

#[test]
fn broken_and_large_files_are_refused_by_name() {
    let code = |bytes: &[u8]| read(bytes, &Limits::default()).unwrap_err().code();
    assert_eq!(code(b"PK\x03\x04"), "rtf_not_rtf");
    assert_eq!(code(br"{\rtf1 a\par"), "rtf_damaged");
    assert_eq!(code(br"{\rtf1 \bin2000000000 a}"), "rtf_damaged");
    assert_eq!(code(&[&br"{\rtf1 "[..], &vec![b'{'; 1 << 20]].concat()), "rtf_too_large");
    let limits = Limits { cells_max: 100, ..Limits::default() };
    let cells = format!(r"{{\rtf1 {}}}", r"\cell".repeat(200));
    assert_eq!(read(cells.as_bytes(), &limits).unwrap_err().code(), "rtf_too_large");
}

proptest! {
    #[test]
    fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let _ = read(&bytes, &Limits::default());
        let _ = read(&[&b"{\\rtf1"[..], &bytes, b"}"].concat(), &Limits::default());
    }

    #[test]
    fn any_words_are_read(words in proptest::collection::vec(
        prop::sample::select(vec![
            "{", "}", "\\par ", "\\cell ", "\\row", "\\trowd", "\\cellx900", "\\cellx-5", "\\clvmrg", "\\clvmgf", "\\clmrg",
            "\\intbl", "\\pard", "\\'b5", "\\'da", "a", "\\u-10179?", "\\u20108?", "\\uc9", "\\*", "\\footnote", "\\upr", "\\ud",
            "\\fonttbl", "\\f2", "\\fcharset2", "\\bin3", "\\v", "\\deleted", "\\plain", "\\pict", "\\nestcell", "\\sect", "\u{b5}",
        ]), 0..80)) {
        let _ = read(format!("{{\\rtf1\\ansicpg936{}}}", words.concat()).as_bytes(), &Limits::default());
        let _ = read(format!("{{\\rtf1\\ansicpg936{}", words.concat()).as_bytes(), &Limits::default());
    }
}
