use super::*;
use proptest::prelude::*;

fn documents(outcome: Outcome) -> Vec<Extracted> {
    match outcome {
        Outcome::Documents { documents, .. } => documents,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_is_a_law() {
    let text = "---\nsidebar: auto\n---\n\n# 中华人民共和国云法\n\n2020年5月1日第十三届全国人民代表大会第三次会议通过\n\n根据2021年1月2日第十三届全国人民代表大会常务委员会第九次会议《关于修改〈云法〉的决定》修正\n\n## 第一章　总则\n\n**第一条**　为了云。\n\n<table>\n<tr>\n<td>云</td>\n<td>水</td>\n</tr>\n</table>\n\n![图](./a.png)\n";
    assert!(recognises(text));
    assert!(!recognises("---\nkind: normative\n---\n# 甲\n"));
    let page = documents(read("x/economic/cloud-law/README.md", "economic/cloud-law/README.md", text, true)).remove(0);
    assert_eq!(page.document.history.len(), 2);
    assert_eq!(page.document.text, "## 第一章　总则\n\n第一条　为了云。\n\n| 云 | 水 |");
    assert_eq!(page.document.level, Some(AuthorityLevel::Law));
    assert_eq!(page.document.access, Some(Access::Public));
    assert_eq!(page.part, None);
}

#[test]
fn codes_are_joined_and_amendments_are_told_apart() {
    let head = "---\nnext: /x/01.md\n---\n\n# 云法典\n\n2020年5月1日第十三届全国人民代表大会第三次会议通过\n";
    let one = "---\nprev: /x/\n---\n\n# 第一编　总则\n\n**第一条**　甲。\n";
    let two = "# 附则\n\n**第九条**　乙。\n";
    let files = [("p/x/README.md", head), ("p/x/00-supplementary.md", two), ("p/x/01-general.md", one)];
    let parts: Vec<Extracted> =
        files.iter().flat_map(|(path, text)| documents(read(path, &path[2..], text, true))).collect();
    let merged = crate::extract::merge(parts).unwrap();
    assert_eq!(merged.title, "云法典");
    assert_eq!(merged.text, "# 第一编　总则\n\n第一条　甲。\n\n# 附则\n\n第九条　乙。");
    let amendments = "# 修正案\n\n## 云法修正案（一）\n\n*1999年1月1日第九届全国人民代表大会第二次会议通过*\n\n一、甲。\n\n## 云法修正案（二）\n\n*2001年1月1日第九届全国人民代表大会第四次会议通过*\n\n二、乙。\n";
    let found = documents(read("p/x/04-amendment.md", "x/04-amendment.md", amendments, true));
    assert_eq!(found.len(), 2);
    assert_eq!((found[1].document.title.as_str(), found[1].document.text.as_str()), ("云法修正案（二）", "二、乙。"));
    assert_eq!(found[1].document.history, ["2001年1月1日第九届全国人民代表大会第四次会议通过"]);
}

#[test]
fn progress_and_empty_pages_are_no_laws() {
    assert!(matches!(read("LAWS_PROGRESS.md", "LAWS_PROGRESS.md", "# 进度", true), Outcome::Skipped { .. }));
    assert!(matches!(read("a/b/README.md", "a/b/README.md", "# 云法\n", true), Outcome::Refused(_)));
}

proptest! {
    #[test]
    fn never_panics(text in "[#*: \n一-九第条年2019通过<>a-z/|!\\[\\]-]{0,100}") {
        let _ = recognises(&text);
        for path in ["a/b/README.md", "a/b/04-amendment.md", "README.md"] {
            let _ = read(path, path, &text, true);
        }
    }
}
