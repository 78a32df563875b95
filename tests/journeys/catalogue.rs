//! The yearly catalogue: what is in force on its day, and what became of it since the year before.

use super::citations::corpus;
use super::*;
use faju::app::CatalogueFormat;
use faju::app::view::catalogue::{CatalogueStanding, YearChange};

fn notice(title: &str, number: &str, day: &str, text: &str) -> String {
    let fields = format!(
        "\"access\":\"public\",\"issuer\":\"云桥县人民政府\",\"region\":\"990101\",\"promulgation_date\":\"{day}\""
    );
    let text = serde_json::to_string(text).unwrap();
    format!(
        "{{\"kind\":\"normative\",\"title\":\"{title}\",\"document_number\":\"{number}\",{fields},\"text\":{text}}}\n"
    )
}

fn county() -> [String; 6] {
    [
        notice(
            "云桥县渡口办法",
            "云政发〔2019〕1号",
            "2019-03-01",
            "第一条　渡船不得超载。\n第二条　本办法自2019年4月1日起施行。",
        ),
        notice(
            "云桥县渡口办法",
            "云政发〔2026〕3号",
            "2026-05-01",
            "第一条　渡船不得超载，不得超速。\n第二条　本办法自2026年6月1日起施行。",
        ),
        notice(
            "云桥县桥梁办法",
            "云政发〔2021〕2号",
            "2021-03-01",
            "第一条　桥梁应当安全。\n第二条　本办法自2021年4月1日起施行。",
        ),
        notice(
            "云桥县桥梁安全规定",
            "云政发〔2026〕1号",
            "2026-02-01",
            "第一条　桥梁必须安全。\n第二条　本规定自2026年3月1日起施行，《云桥县桥梁办法》同时废止。",
        ),
        notice(
            "云桥县集市办法",
            "云政发〔2023〕5号",
            "2023-06-01",
            "第一条　集市应当整洁。\n第二条　本办法自2023年7月1日起施行，有效期至2026年6月30日。",
        ),
        notice(
            "云桥县水渠规定",
            "云政发〔2026〕9号",
            "2026-11-01",
            "第一条　水渠应当畅通。\n第二条　本规定自2027年1月1日起施行。",
        ),
    ]
}

#[test]
fn a_catalogue_tells_what_stands_and_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &county());
    let told = |year: &str| {
        let page = faju.catalogue(&pairs(&[("year", year)]), &asker()).unwrap();
        let mut told = Vec::new();
        for list in &page.lists {
            for entry in &list.entries {
                told.push((list.standing, entry.instrument.title.clone(), entry.version.key.clone(), entry.change));
            }
        }
        (page, told)
    };
    use CatalogueStanding::{Ended, InForce, NotYetEffective};
    let row = |standing, title: &str, key: &str, change| (standing, title.to_string(), key.to_string(), change);
    let (page, now) = told("2026");
    assert_eq!((page.as_of.to_string(), page.compared_with.to_string()), ("2026-11-25".into(), "2025-12-31".into()));
    assert!(page.warnings[0].contains("还没有结束"), "{:?}", page.warnings);
    assert_eq!(
        now,
        [
            row(InForce, "云桥县渡口办法", "2026-05-01", Some(YearChange::Amended)),
            row(InForce, "云桥县桥梁安全规定", "2026-02-01", Some(YearChange::New)),
            row(NotYetEffective, "云桥县水渠规定", "2026-11-01", Some(YearChange::New)),
            row(Ended, "云桥县集市办法", "2023-06-01", Some(YearChange::Expired)),
            row(Ended, "云桥县桥梁办法", "2021-03-01", Some(YearChange::Repealed)),
        ]
    );
    let repealed = page.lists.last().unwrap().entries.last().unwrap();
    assert!(repealed.quote.as_ref().unwrap().contains("《云桥县桥梁办法》同时废止"), "{repealed:?}");
    let (_, then) = told("2023");
    assert_eq!(
        then,
        [
            row(InForce, "云桥县集市办法", "2023-06-01", Some(YearChange::New)),
            row(InForce, "云桥县桥梁办法", "2021-03-01", None),
            row(InForce, "云桥县渡口办法", "2019-03-01", None),
        ]
    );
    assert_eq!(faju.catalogue(&pairs(&[("issuer", "他县人民政府")]), &asker()).unwrap().lists.len(), 0);
    assert_eq!(faju.catalogue(&pairs(&[("region", "990100")]), &asker()).unwrap().lists.len(), 3);
    for wrong in [("year", "2027"), ("year", "去年"), ("kind", "case"), ("region", "99"), ("q", "x")] {
        assert!(faju.catalogue(&pairs(&[wrong]), &asker()).is_err(), "{wrong:?}");
    }
}

#[test]
fn what_began_and_ended_within_the_year_is_listed_as_ended() {
    let folder = tempfile::tempdir().unwrap();
    let text = "第一条　渡口应当消毒。\n第二条　本办法自2026年3月15日起施行，有效期至2026年8月31日。";
    let faju = corpus(folder.path(), &[notice("云桥县渡口消毒办法", "云政发〔2026〕2号", "2026-03-10", text)]);
    let page = faju.catalogue(&pairs(&[("year", "2026")]), &asker()).unwrap();
    let [list] = page.lists.as_slice() else { panic!("{:?}", page.lists) };
    assert_eq!((list.standing, list.entries[0].change), (CatalogueStanding::Ended, Some(YearChange::Expired)));
    assert_eq!(faju.catalogue(&pairs(&[("year", "2025")]), &asker()).unwrap().lists.len(), 0);
}

#[test]
fn a_catalogue_leaves_as_files() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &county());
    let asked = pairs(&[("year", "2026")]);
    let file = |format| faju.catalogue_file(&asked, format, &asker()).unwrap();
    let text = String::from_utf8(file(CatalogueFormat::Csv).bytes).unwrap();
    assert_eq!(text.lines().count(), 6, "{text}");
    assert!(
        text.contains(
            "现行有效,1,云桥县渡口办法,云政发〔2026〕3号,云桥县人民政府,2026-05-01,2026-06-01,,现行有效,修改"
        ),
        "{text}"
    );
    for format in [CatalogueFormat::Xlsx, CatalogueFormat::Docx] {
        let file = file(format);
        assert_eq!(file.name, format!("2026年规范性文件目录.{}", format.name()));
        assert!(file.bytes.starts_with(b"PK"));
        let again = folder.path().join(&file.name);
        std::fs::write(&again, &file.bytes).unwrap();
        let other = open(&folder.path().join(format.name()));
        let report = import(&other, again);
        assert_eq!(report.read, 1, "{report:?}");
    }
    let site = faju.catalogue_site(&asked, &asker()).unwrap();
    assert_eq!(site.len(), 1 + 5, "{:?}", site.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let of = |name: &str| {
        let found = site.iter().find(|(known, _)| known == name);
        String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1.clone()).unwrap()
    };
    let index = of("index.html");
    for (name, bytes) in &site {
        assert!(!bytes.is_empty());
        let linked = name == "index.html" || index.contains("href=\"texts/");
        assert!(linked && !name.starts_with('/') && !name.contains(".."), "{name}");
    }
    assert!(of("texts/云桥县渡口办法.html").contains("渡船不得超载，不得超速。"));
    for foreign in ["http://", "https://", "<link", "src="] {
        assert!(!index.contains(foreign), "{foreign}");
    }
}
