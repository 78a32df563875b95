use super::*;
use proptest::prelude::*;

const PAGE: &str = "---\ntitle: 云州省云气条例\nshortTitle: 云气条例\nicon: article\ndate: 2017-07-16\nauthor: 云州省人民代表大会常务委员会\ncategory:\n  - 地方性法规\ntag:\n  - 云\n---\n\n::: tip 修订信息\n\n(1998年11月29日云州省人民代表大会通过&emsp;根据2017年7月16日《关于修改&lt;云气条例&gt;的决定》修订)\n\n:::\n\n::: details 目录\n\n::: tabs\n\n@tab 章节\n\n[[toc]]\n\n[1](#t1)\n\n---\n\n:::\n\n## 第一章&emsp;总则{align=center}\n\n<p id=\"t1\">&emsp;&emsp;<b>第一条</b>&emsp;为了云，制定本条例：<br>\n&emsp;&emsp;（一）甲。</p>\n\n::: info 附件\n\n[1、表](/static/a.pdf){target=\"_blank\"}\n\n:::\n\n---\n\n::: warning 原文链接\n\n<https://example.invalid/1>\n\n:::\n";

#[test]
fn a_page_is_taken_apart() {
    assert!(recognises(PAGE));
    let Outcome::Documents { documents, .. } = read("P3/a.md", PAGE, true) else { panic!() };
    let document = &documents[0].document;
    assert_eq!(document.title, "云州省云气条例");
    assert_eq!(
        document.history,
        ["(1998年11月29日云州省人民代表大会通过\u{3000}根据2017年7月16日《关于修改<云气条例>的决定》修订)"]
    );
    assert_eq!(document.effective_date, Some(jiff::civil::date(2017, 7, 16)));
    assert_eq!(document.source_url.as_deref(), Some("https://example.invalid/1"));
    assert_eq!(document.level, Some(AuthorityLevel::LocalRegulation));
    assert!(document.text.starts_with("## 第一章\u{3000}总则\n"), "{}", document.text);
    assert!(document.text.contains("第一条\u{3000}为了云，制定本条例：\n\u{3000}\u{3000}（一）甲。"));
    assert!(document.text.ends_with("附件\n\n1、表"));
    assert!(!document.text.contains("toc") && !document.text.contains("目录"));
}

#[test]
fn catalogues_and_pages_that_only_link_are_skipped() {
    let catalogue = "---\ntitle: 规章\nicon: leaf\narticle: false\n---\n## 甲";
    let linked = "---\ntitle: 云标准\nicon: repo\ndate: 2015-07-01\nauthor: 云部\ncategory:\n  - 标准规范\n---\n::: warning\n\n看[全文](/a.pdf)\n\n:::\n\n<PDF url=\"/a.pdf\" />\n";
    assert!(recognises(catalogue) && recognises(linked));
    for page in [catalogue, linked, "没有文首"] {
        assert!(matches!(read("P8/a.md", page, true), Outcome::Skipped { .. }));
    }
}

proptest! {
    #[test]
    fn never_panics(body in "[:#<>/&;{}=a-z\\[\\]() \n第一条目录]{0,120}") {
        let _ = read("P1/a.md", &format!("---\ntitle: 甲\nicon: a\ncategory:\n  - 法律\n---\n{body}"), true);
        let _ = recognises(&body);
    }
}
