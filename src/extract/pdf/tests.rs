use super::fixture::{Drawing, file};
use super::lines::lines;
use super::*;
use proptest::prelude::*;

fn page(bytes: &[u8]) -> Page {
    Pdf::open(bytes, &Limits::default()).expect("a file").page(0).expect("a page")
}

fn texts(page: &Page) -> Vec<String> {
    lines(&page.glyphs).into_iter().map(|line| line.text).collect()
}

#[test]
fn text_and_lines_have_places_from_the_upper_left() {
    let mut drawing = Drawing::default();
    drawing.text(100.0, 50.0, "第一条　甲类物料").text(100.0, 70.0, "不得擅自堆放。").across(80.0, 100.0, 200.0);
    let page = page(&file(&[drawing]));
    assert_eq!(texts(&page), ["第一条　甲类物料", "不得擅自堆放。"]);
    let first = page.glyphs[0];
    assert!((first.x0 - 100.0).abs() < 0.01 && (first.y - 50.0).abs() < 0.01 && (first.x1 - 110.0).abs() < 0.01);
    assert_eq!(page.rules, [Rule { vertical: false, at: 80.0, from: 100.0, to: 200.0 }]);
    assert_eq!((page.number, page.unmapped), (1, 0));
}

#[test]
fn a_turned_page_is_read_as_it_is_shown() {
    let mut drawing = Drawing::default();
    // Written upwards along the left side, shown upright after a quarter turn to the right.
    drawing.raw("BT /F1 10 Tf 0 1 -1 0 50 100 Tm <75324E59> Tj ET");
    drawing.turn = 90;
    let page = page(&file(&[drawing]));
    assert_eq!((page.width, page.height), (842.0, 595.0));
    assert_eq!(texts(&page), ["甲乙"]);
}

#[test]
fn white_and_clipping_paths_draw_nothing() {
    let mut drawing = Drawing::default();
    drawing.raw(
        "1 1 1 rg 10 10 100 0.5 re f 0 g 10 30 100 0.5 re W n 10 60 100 0.5 re f 10 90 2 2 re f 10 200 80 80 re f",
    );
    let page = page(&file(&[drawing]));
    assert_eq!(page.rules.len(), 1);
    assert!((page.rules[0].at - (842.0 - 60.25)).abs() < 0.01);
}

#[test]
fn what_the_font_does_not_tell_is_counted() {
    let mut drawing = Drawing::default();
    drawing.raw("BT /F2 10 Tf 1 0 0 1 100 700 Tm <00010002> Tj ET");
    let page = page(&file(&[drawing]));
    assert_eq!((page.unmapped, page.glyphs.len()), (2, 2));
    assert!(page.glyphs.iter().all(|glyph| glyph.char == '\u{FFFD}'));
}

#[test]
fn errors_say_what_to_do() {
    let error = Pdf::open(b"<html>", &Limits::default()).err().expect("no file");
    assert_eq!(error.code(), "pdf_not_a_pdf");
    let error = Pdf::open(b"%PDF-1.7\n1 0 obj <<>> endobj", &Limits::default()).err().expect("no pages");
    assert_eq!(error.code(), "pdf_damaged");
    assert!(error.to_string().contains("另存"));
}

#[test]
fn limits_hold() {
    let mut drawing = Drawing::default();
    drawing.text(100.0, 50.0, "甲乙丙").across(80.0, 100.0, 200.0).across(90.0, 100.0, 200.0);
    let bytes = file(&[drawing]);
    let first =
        |limits: Limits| Pdf::open(&bytes, &limits).and_then(|mut pdf| pdf.page(0)).err().map(|error| error.code());
    let few = Limits::default();
    assert_eq!(first(Limits { glyphs_max: 2, ..few }), Some("pdf_too_large"));
    assert_eq!(first(Limits { rules_max: 1, ..few }), Some("pdf_too_large"));
    assert_eq!(first(Limits { operators_max: 3, ..few }), Some("pdf_too_large"));
    assert_eq!(first(Limits { work_max: 10, ..few }), Some("pdf_too_large"));
    assert_eq!(first(Limits { pages_max: 0, ..few }), Some("pdf_too_large"));
    assert_eq!(first(few), None);
}

#[test]
fn a_form_that_draws_itself_ends() {
    let mut drawing = Drawing::default();
    drawing.raw("/X1 Do");
    assert!(page(&file(&[drawing])).glyphs.len() < 100);
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..1_000)) {
        let _ = crate::extract::pdf_table::read(&[b"%PDF-1.4\n", bytes.as_slice()].concat(), &Limits::default());
    }

    #[test]
    fn changed_files_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut drawing = Drawing::default();
        drawing.text(100.0, 50.0, "甲乙丙").across(40.0, 90.0, 200.0).across(60.0, 90.0, 200.0).down(90.0, 40.0, 60.0).down(150.0, 40.0, 60.0).raw("/X1 Do");
        let mut bytes = file(&[drawing]);
        changes.iter().for_each(|(at, byte)| { let at = at.index(bytes.len()); bytes[at] = *byte; });
        let _ = crate::extract::pdf_table::read(&bytes, &Limits::default());
    }

    #[test]
    fn any_operators_do_no_harm(
        operations in proptest::collection::vec((proptest::collection::vec(-1e9f64..1e9, 0..7), "(q|Q|cm|m|l|c|re|h|S|f|B|n|W|Tf|Td|TD|Tm|T\\*|Tc|Tw|Tz|TL|Ts|g|rg|BT|ET|Tj|TJ|Do|'|\")"), 0..60),
    ) {
        let content: Vec<String> = operations.iter().map(|(numbers, operator)| {
            let numbers: Vec<String> = numbers.iter().map(|number| format!("{number:.3}")).collect();
            format!("{} {operator} (a) Tj", numbers.join(" "))
        }).collect();
        let mut drawing = Drawing::default();
        drawing.raw(&format!("BT /F1 10 Tf {}", content.join(" ")));
        let _ = crate::extract::pdf_table::read(&file(&[drawing]), &Limits::default());
    }
}
