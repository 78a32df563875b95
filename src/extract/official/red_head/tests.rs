use super::*;
use crate::extract::blocks::Paragraph;
use crate::extract::official;
use crate::extract::outcome::Outcome;
use crate::extract::plain;
use crate::law::Document;
use jiff::civil::date;

fn first(outcome: Outcome) -> Document {
    match outcome {
        Outcome::Documents { mut documents, .. } => documents.remove(0).document,
        other => panic!("{other:?}"),
    }
}

/// The document of lines, those that begin with `^` centred.
fn of(lines: &[&str]) -> Document {
    let block = |line: &&str| {
        let text = line.trim_start_matches('^').to_string();
        Block::Paragraph(Paragraph { centred: line.starts_with('^'), text, outline: None })
    };
    let blocks: Vec<Block> = lines.iter().map(block).collect();
    first(official::read("1.docx", &blocks, Vec::new()))
}

/// What stands below a title: addressees, text, signature, the text that is sent, who printed it.
const BELOW: [&str; 9] = [
    "各镇人民政府，县政府各部门：",
    "《云桥县渡口办法》已经县政府同意，现印发给你们。",
    "云桥县人民政府办公室",
    "2025年3月8日",
    "（此件公开发布）",
    "^云桥县渡口办法",
    "第一条　为了规范渡口，制定本办法。",
    "第二条　本办法自2025年4月1日起施行。",
    "　云桥县人民政府办公室　　　2025年3月9日印发",
];

/// The document of a head above [`BELOW`].
fn headed(head: &[&str]) -> Document {
    of(&[head, &BELOW].concat())
}

fn told(document: &Document) -> (&str, Option<&str>, Option<&str>) {
    (&document.title, document.document_number.as_deref(), document.issuer.as_deref())
}

fn assert_told(head: &[&str], title: &str, number: &str, issuer: &str) {
    let found = headed(head);
    assert_eq!(told(&found), (title, Some(number), Some(issuer)));
    assert!(found.text.starts_with("各镇人民政府，县政府各部门：\n"), "{}", found.text);
    assert_eq!((found.history.len(), found.written_date), (0, Some(date(2025, 3, 8))));
}

const OFFICE: &str = "云桥县人民政府办公室";

#[test]
fn a_title_on_one_line_stands_below_mark_and_number() {
    let title = "云桥县人民政府办公室关于印发《云桥县渡口办法》的通知";
    let head = ["^云桥县人民政府办公室文件", "", "^云政办发〔2025〕7号", "", &format!("^{title}"), ""];
    assert_told(&head, title, "云政办发〔2025〕7号", OFFICE);
    let spaces = ["　　　　云桥县人民政府办公室文件", "　　　　云政办发〔2025〕15号", &format!("　　{title}")];
    assert_told(&spaces, title, "云政办发〔2025〕15号", OFFICE);
    let signed = ["^云桥县人民政府办公室文件", "云政办发〔2025〕9号　　　　签发人：王某某", &format!("^{title}")];
    assert_told(&signed, title, "云政办发〔2025〕9号", OFFICE);
    assert!(!headed(&signed).text.contains("签发人"));
}

#[test]
fn a_title_over_lines_is_joined_with_its_organ() {
    let title = "云桥县人民政府办公室关于印发《云桥县渡口办法》的通知";
    let mark = ["^云桥县人民政府办公室文件", "^云政办发﹝２０２５﹞13号", "^云桥县人民政府办公室"];
    let two = [&mark[..], &["^关于印发《云桥县渡口办法》的通知"]].concat();
    assert_told(&two, title, "云政办发〔2025〕13号", OFFICE);
    let three = [&mark[..], &["^关于印发《云桥县渡口办法》", "^的通知"]].concat();
    assert_told(&three, title, "云政办发〔2025〕13号", OFFICE);
    let early = [&mark[..], &["^关于做好渡口建设方案", "^编制工作的通知"]].concat();
    assert_told(&early, "云桥县人民政府办公室关于做好渡口建设方案编制工作的通知", "云政办发〔2025〕13号", OFFICE);
}

#[test]
fn a_mark_without_file_names_the_organ_of_a_title_that_does_not() {
    let title = "关于印发《云桥县渡口办法》的通知";
    let head = ["^云桥县人民政府办公室", "^云政办发〔2025〕10号", &format!("^{title}")];
    assert_told(&head, title, "云政办发〔2025〕10号", OFFICE);
    // With its number below the title the organ is of the title.
    let other = headed(&["^云桥县人民政府办公室", &format!("^{title}"), "^云政办发〔2025〕10号"]);
    assert_eq!(told(&other), (&*format!("{OFFICE}{title}"), Some("云政办发〔2025〕10号"), Some(OFFICE)));
}

#[test]
fn a_mark_of_several_organs_names_them_all() {
    let issuer = "云桥县教育局、云桥县公安局";
    let below = ["^云桥县教育局　云桥县公安局", "^关于加强渡口安全的通知", "各学校：", "一、加强管理。"];
    let signed = ["云桥县教育局　　云桥县公安局", "二〇二五年十月三十一日"];
    for mark in [
        &["^云桥县教育局 云桥县公安局文件"][..],
        &["^云桥县教育局", "^云桥县公安局文件"],
        &["^云桥县教育局", "^文件", "^云桥县公安局"],
    ] {
        let found = of(&[mark, &["^云教发〔２０２５〕１２号"], &below, &signed].concat());
        let title = "云桥县教育局 云桥县公安局关于加强渡口安全的通知";
        assert_eq!(told(&found), (title, Some("云教发〔2025〕12号"), Some(issuer)), "{mark:?}");
        assert_eq!(found.written_date, Some(date(2025, 10, 31)));
        assert!(found.text.starts_with("各学校：\n一、"), "{}", found.text);
    }
}

#[test]
fn an_order_has_the_number_of_its_organ_and_the_title_below() {
    let signed = ["县长　王某某", "2025年3月8日"];
    let text = ["第一条　甲。", "第二条　本办法自2025年4月1日起施行。"];
    let number = Some("云桥县人民政府令第14号");
    for mark in
        [&["^云桥县人民政府令", "^第14号"][..], &["^云桥县人民政府令", "^（第１４号）"], &["云桥县人民政府令　第14号"]]
    {
        let found = of(&[mark, &["^云桥县渡口办法"], &text, &signed].concat());
        assert_eq!(told(&found), ("云桥县渡口办法", number, Some("云桥县人民政府")), "{mark:?}");
        assert!(found.text.starts_with("第一条") && found.history.is_empty(), "{found:?}");
        let notice = ["《云桥县渡口办法》已经县人民政府第3次常务会议通过，现予公布，自2025年4月1日起施行。"];
        let again = of(&[mark, &notice, &signed, &["^云桥县渡口", "^办法"], &text].concat());
        assert_eq!(told(&again), ("云桥县渡口办法", number, Some("云桥县人民政府")));
        assert_eq!((again.text.as_str(), again.history.len()), (&*text.join("\n"), 4));
        assert_eq!(again.written_date, Some(date(2025, 3, 8)));
        let titled = of(&[&["^云桥县渡口办法"], mark, &notice, &signed, &["云桥县渡口办法"], &text].concat());
        assert_eq!((told(&titled), &titled.history, &titled.text), (told(&again), &again.history, &again.text));
        let dated = of(&[&["^云桥县渡口办法(2025)"], mark, &notice, &signed, &["云桥县渡口办法"], &text].concat());
        assert_eq!((dated.history.len(), &dated.text), (4, &again.text));
        let only = of(&[mark, &notice, &signed, &text].concat());
        assert_eq!((only.title.as_str(), only.text.as_str()), ("云桥县渡口办法", &*text.join("\n")));
    }
}

#[test]
fn plain_texts_and_pages_have_red_heads_too() {
    let text = "000012\n特急\n云桥县人民政府办公室文件\n\n云政办发〔2025〕7号\n\n云桥县人民政府办公室\n关于印发《云桥县渡口办法》的通知\n\n各镇人民政府：\n现印发给你们。\n云桥县人民政府办公室\n2025年3月8日\n";
    let title = "云桥县人民政府办公室关于印发《云桥县渡口办法》的通知";
    let found = first(plain::read("r.txt", text));
    assert_eq!(told(&found), (title, Some("云政办发〔2025〕7号"), Some(OFFICE)));
    assert_eq!((found.text.lines().next(), found.written_date), (Some("各镇人民政府："), Some(date(2025, 3, 8))));
    let lines: Vec<String> = text.lines().map(|line| format!("<p align=center>{line}</p>")).collect();
    let page =
        first(crate::extract::html_page::read("r.html", &format!("<html><body>{}</body></html>", lines.concat())));
    assert_eq!(told(&page), told(&found));
}

#[test]
fn a_document_that_begins_with_its_title_has_no_red_head() {
    let heads: [&[&str]; 5] = [
        &["云桥县人民政府关于渡口的通知", "云政发〔2025〕3号", "各镇："],
        &["云桥县人民政府办公室", "关于渡口的通知", "云政办发〔2025〕3号"],
        &["云桥县人民政府通告", "云政告〔2025〕3号", "为了渡口安全，通告如下："],
        &["云桥县渡口招标文件", "第一章　总则"],
        &["云桥县渡口办法", "（2025年3月8日云桥县人民政府令第14号公布）", "第一条　甲。"],
    ];
    for head in heads {
        assert_eq!(read(head), None, "{head:?}");
    }
}

#[test]
fn a_bracketed_line_below_the_title_states_the_number() {
    let line = "（云政发〔2025〕30号，2025年12月1日公布）";
    let found = of(&[
        "^云桥县人民政府关于废止《云桥县旧渡口办法》的决定",
        line,
        "决定废止《云桥县旧渡口办法》（云政发〔2010〕3号）。",
    ]);
    assert_eq!((found.document_number.as_deref(), found.history), (Some("云政发〔2025〕30号"), vec![line.to_string()]));
}
