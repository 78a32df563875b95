//! Reading drafts.

use super::*;
use proptest::prelude::*;

const DRAFT: &str = "云溪县人民政府关于印发摊位管理办法的通知\n云政发〔2025〕3号\n第一章　总则\n第一条　为了管理摊位，制定本办法。\n\
    第二条　摊主不得有下列行为：\n（一）占道经营；\n（二）乱倒垃圾。\n云溪本地摊主优先。\n云溪县人民政府\n2025年6月1日\n";

fn read(text: &str) -> Draft {
    Draft::read(text, &Given::default())
}

fn sentence<'d>(draft: &'d Draft, words: &str) -> &'d Sentence {
    draft.sentences.iter().find(|one| draft.quote(&one.span).contains(words)).expect("a sentence of the draft")
}

#[test]
fn head_and_signature_are_read() {
    let head = read(DRAFT).head;
    assert_eq!(head.title.as_deref(), Some("云溪县人民政府关于印发摊位管理办法的通知"));
    assert_eq!(head.issuer.as_deref(), Some("云溪县人民政府"));
    assert_eq!(head.number.as_deref(), Some("云政发〔2025〕3号"));
    assert_eq!(head.written, Some(jiff::civil::date(2025, 6, 1)));
}

#[test]
fn sentences_know_clause_part_and_lead_in() {
    let draft = read(DRAFT);
    let item = sentence(&draft, "乱倒垃圾");
    assert_eq!(item.clause, "第二条第一款第二项");
    let leads: Vec<&str> = draft.leads(item).map(|lead| draft.quote(&lead.span)).collect();
    assert_eq!(leads, ["第二条　摊主不得有下列行为："]);
    assert!(sentence(&draft, "优先").lead.is_none(), "a paragraph behind a list is none of it");
    assert_eq!(sentence(&draft, "总则").part, Part::Heading);
    assert_eq!(sentence(&draft, "6月1日").part, Part::Signature);
    assert_eq!(draft.sentences[0].part, Part::Title);
}

#[test]
fn names_of_places_are_one_sign_and_lead_back() {
    let draft = read(DRAFT);
    let own = sentence(&draft, "优先");
    assert_eq!(own.text, "⌂⌂摊主优先.");
    let at = own.text.find("摊主").expect("the words");
    assert_eq!(draft.quote(&own.original(&(at..at + "摊主".len()))), "摊主");
    assert_eq!(draft.quote(&own.original(&(0..'⌂'.len_utf8()))), "云溪");
    assert_eq!(own.words(&(0..own.text.len())), "云溪本地摊主优先.");
}

#[test]
fn a_draft_of_a_county_is_a_normative_document() {
    assert_eq!(read(DRAFT).level, AuthorityLevel::NormativeDocument);
    assert_eq!(read("浙江省摊位管理条例\n第一条　甲。\n").level, AuthorityLevel::LocalRegulation);
    let given = Given { level: Some(AuthorityLevel::DepartmentalRule), ..Given::default() };
    assert_eq!(Draft::read(DRAFT, &given).level, AuthorityLevel::DepartmentalRule);
}

proptest! {
    #[test]
    fn spans_lead_back_whatever_the_text(text in "[\\PC\n。；（一）某县内罚款1０]{0,80}") {
        let draft = read(&text);
        for one in &draft.sentences {
            prop_assert!(draft.text.get(one.span.clone()).is_some());
            prop_assert!(draft.text.get(one.original(&(0..one.text.len()))).is_some());
            prop_assert!(one.lead.is_none_or(|lead| lead < draft.sentences.len()));
        }
    }
}

/// A notice is signed, and the document that it promulgates stands behind the signature.
#[test]
fn what_stands_behind_the_signature_is_read() {
    for annex in ["", "附件：云溪县犬只管理办法\n"] {
        let text = format!(
            "云溪县人民政府关于印发犬只管理办法的通知\n各乡镇人民政府：\n现印发给你们，请遵照执行。\n云溪县人民政府\n\
             2026年10月20日\n{annex}第一条　为了管理犬只，制定本办法。\n第二条　养犬每年缴纳管理费三百元。"
        );
        let draft = Draft::read(&text, &Given::default());
        assert_eq!(draft.head.written, Some(jiff::civil::date(2026, 10, 20)));
        assert_eq!(sentence(&draft, "2026年10月20日").part, Part::Signature);
        assert_eq!(sentence(&draft, "管理费").part, Part::Body);
    }
    let said = Draft::read("请于以下日期前上报：\n2026年10月20日\n一、违者罚款。", &Given::default());
    assert_eq!((said.head.written, sentence(&said, "罚款").part), (None, Part::Body));
}
