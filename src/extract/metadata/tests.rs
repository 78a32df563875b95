use super::*;
use crate::extract::{FileInput, Outcome, Packs};
use crate::text::table::{Cell, Place, Row, Table};
use jiff::civil::date;

fn told(given: &[&str]) -> Told {
    Told::on_command_line(given).unwrap()
}

fn normative() -> Extracted {
    let mut document = Document::new(Kind::Normative, "云桥县渡口管理办法", "第一条　为了管理渡口，制定本办法。");
    document.document_number = Some("云政发〔2024〕3号".to_string());
    Extracted::from(document)
}

#[test]
fn names_and_writings_of_values_are_read() {
    let told = told(&[
        "发文字号=云政发〔2024〕3号",
        "公布日期=2024年3月1日",
        "effective_date=20240401",
        "时效性=现行有效",
        "效力级别=地方规范性文件",
    ]);
    let shown: Vec<String> = told.values.iter().map(|(field, value)| format!("{field}={}", shown(value))).collect();
    assert_eq!(
        shown,
        [
            "document_number=云政发〔2024〕3号",
            "promulgation_date=2024-03-01",
            "effective_date=2024-04-01",
            "asserted_status=in_force",
            "level=normative_document",
        ]
    );
    for (given, reason) in [
        ("文号", "应写作 字段=值"),
        ("字号=1", "没有“字号”这一字段"),
        ("公布日期=2024-13-01", "公布日期“2024-13-01”不是日期"),
        ("时效性=不详", "时效性“不详”不在可用的取值之中"),
        ("区划代码=99", "不合格式"),
        ("文号=", "没有写值"),
    ] {
        let refused = Told::on_command_line(&[given]).unwrap_err();
        assert!(refused.contains(reason), "{given}: {refused}");
    }
    assert!(Told::on_command_line(&["文号=甲", "发文字号=乙"]).unwrap_err().contains("写了两次"));
}

#[test]
fn what_is_told_takes_the_place_of_what_was_read_and_the_difference_is_said() {
    let mut extracted = normative();
    told(&["文号=云政发[2024] 3号", "标题=云桥县渡口管理暂行办法", "制定机关=云桥县人民政府"])
        .fill(&mut extracted)
        .unwrap();
    assert_eq!(extracted.document.title, "云桥县渡口管理暂行办法");
    assert_eq!(extracted.document.issuer.as_deref(), Some("云桥县人民政府"));
    assert_eq!(extracted.differing, ["标题：命令行写“云桥县渡口管理暂行办法”，文件本身为“云桥县渡口管理办法”"]);
    assert_eq!(extracted.document.notes.len(), 1);
    let fields: Vec<&str> = extracted.sources.iter().map(|source| source.field.as_str()).collect();
    assert_eq!(fields, ["document_number", "title", "issuer"]);
}

#[test]
fn a_level_says_the_kind() {
    let mut extracted = normative();
    told(&["效力级别=行政法规"]).fill(&mut extracted).unwrap();
    assert_eq!(
        (extracted.document.kind, extracted.document.level),
        (Kind::Legislation, Some(AuthorityLevel::AdministrativeRegulation))
    );
    told(&["文件类别=案例"]).fill(&mut extracted).unwrap();
    assert_eq!((extracted.document.kind, extracted.document.level), (Kind::Case, None));
    let refused = told(&["文件类别=案例", "效力级别=法律"]).fill(&mut normative()).unwrap_err();
    assert!(refused.starts_with("命令行所写不能采用：案例没有效力位阶"), "{refused}");
}

#[test]
fn the_catalogue_of_a_folder_tells_of_its_files() {
    let table = "文件名,标题,发文字号,公布日期,有效期至,备注\r\n一.txt,云桥县渡口管理办法,云政发〔2024〕3号,2024/3/1,2029-02-28,甲\r\n\
                 子/二,,-,2024年13月1日,,\r\n三.txt,\"云桥县,渡船办法\",,,,\r\n一.txt,又一,,,,\r\n";
    let paths = ["公文/目录.csv", "公文/一.txt", "公文/子/二.txt", "别处/一.txt"];
    let mut packs = Packs::of(&paths);
    let own = FileInput { path: paths[0], bytes: table.as_bytes() };
    assert!(packs.is_companion(paths[0]));
    packs.load(&own).unwrap();
    let read = |path: &str| {
        let text = "云桥县渡口若干规定\n第一条　为了管理渡口，制定本规定。\n";
        match packs.read(&FileInput { path, bytes: text.as_bytes() }) {
            Outcome::Documents { mut documents, .. } => documents.remove(0),
            other => panic!("{other:?}"),
        }
    };
    let one = read("公文/一.txt");
    assert_eq!(one.document.title, "云桥县渡口管理办法");
    assert_eq!(one.document.document_number.as_deref(), Some("云政发〔2024〕3号"));
    assert_eq!(
        (one.document.promulgation_date, one.document.valid_until),
        (Some(date(2024, 3, 1)), Some(date(2029, 2, 28)))
    );
    assert_eq!(one.sources[0].told_by, "目录第2行");
    assert_eq!(one.differing, ["标题：目录第2行写“云桥县渡口管理办法”，文件本身为“云桥县渡口若干规定”"]);
    assert_eq!(read("公文/子/二.txt").sources, []);
    assert_eq!(read("别处/一.txt").sources, []);
    let Outcome::Documents { documents, refused } = packs.read(&own) else { panic!() };
    assert!(documents.is_empty());
    let refused: Vec<String> = refused
        .iter()
        .map(|refusal| format!("{} {}", refusal.place.clone().unwrap_or_default(), refusal.message))
        .collect();
    assert_eq!(
        refused,
        [
            "第3行 公布日期“2024年13月1日”不是日期，应写作 2024-01-31；这一格没有采用",
            "第5行 “一.txt”已在前面的行写过；这一行没有采用",
            " 目录第4行所写的文件“三.txt”不在这一文件夹中",
        ]
    );
}

#[test]
fn a_name_of_several_files_tells_of_none_and_a_path_goes_first() {
    let table =
        "文件名,发文字号\n附件.txt,云政发〔2025〕88号\n正文.txt,云政发〔2025〕77号\n二/正文.txt,云政发〔2025〕78号\n";
    let mut catalogue = Catalogue::read("目录.csv", table.as_bytes()).unwrap();
    catalogue.compare(&["附件.txt", "一/附件.txt", "一/正文.txt", "二/正文.txt", "三/正文.txt"].into_iter().collect());
    let number = |path: &str| catalogue.told(path).map(|told| told.by.as_str());
    assert_eq!(number("附件.txt"), Some("目录第2行"));
    assert_eq!(number("一/附件.txt"), None);
    assert_eq!(number("一/正文.txt"), None);
    assert_eq!(number("二/正文.txt"), Some("目录第4行"));
    let Outcome::Documents { refused, .. } = catalogue.outcome() else { panic!() };
    assert_eq!(refused.len(), 1);
    assert!(
        refused[0].message.starts_with("目录第3行所写的“正文.txt”有3个文件（一/正文.txt、"),
        "{}",
        refused[0].message
    );
}

#[test]
fn what_a_table_cannot_mean_is_said_and_merged_cells_count_for_every_row() {
    let table = "文件名;成文日期;公布日期;发布日期\n一.txt;;2024-03-01;2024-03-02\n;;2024-04-01;\n";
    let Outcome::Documents { refused, .. } = Catalogue::read("目录.csv", table.as_bytes()).unwrap().outcome() else {
        panic!()
    };
    let refused: Vec<&str> = refused.iter().map(|refusal| refusal.message.as_str()).collect();
    let differing = "两列写的公布日期不同（“2024-03-01”“2024-03-02”）；采用了前一列";
    assert_eq!(refused, [differing, "这一行没有写文件名，没有采用"]);
    let text = |text: &str, rows| Cell::Text { text: text.to_string(), rows, columns: 1 };
    let row = |place, cells: Vec<Cell>| Row { place: Place::Row(place), hidden: false, cells };
    let table = Table {
        rows: vec![
            row(1, vec![Cell::single("文件名"), Cell::single("制定机关")]),
            row(2, vec![Cell::single("一.txt"), text("云桥县人民政府", 2)]),
            row(3, vec![Cell::single("二.txt"), Cell::Covered { row: 1, column: 1 }]),
        ],
        ..Table::default()
    };
    let mut catalogue = Catalogue::default();
    assert!(catalogue.table(&table));
    catalogue.compare(&["一.txt", "二.txt"].into_iter().collect());
    for file in ["一.txt", "二.txt"] {
        assert_eq!(catalogue.told(file).map(|told| &told.values["issuer"]), Some(&"云桥县人民政府".into()), "{file}");
    }
}

#[test]
fn a_table_that_names_no_files_is_no_catalogue() {
    assert_eq!(Catalogue::read("目录.csv", "序号,标题,文号\n1,甲,乙\n".as_bytes()), None);
    assert_eq!(Catalogue::read("目录.csv", "文件名,序号\n一.txt,1\n".as_bytes()), None);
    assert_eq!(Catalogue::read("目录.xlsx", b"not a sheet"), None);
}

#[test]
fn the_last_day_of_validity_is_a_day_or_the_second_of_two() {
    for text in [
        "2027-12-31",
        "2027年12月31日",
        "2027年12月31日24时",
        "2028年1月1日零时",
        "至2027年12月31日止",
        "截止到2027-12-31",
        "2027-12-31 23:59:59",
        "2023年1月1日至2027年12月31日",
        "自2023年1月1日起至2027年12月31日止",
        "2023-01-01至2027-12-31",
        "2023-01-01 - 2027-12-31",
        "2023.1.1—2027.12.31",
    ] {
        let told = value("有效期", text).map(|told| told.map(|told| shown(&told)));
        assert_eq!(told, Ok(Some("2027-12-31".to_string())), "{text}");
    }
    for text in ["5年", "自2023年1月1日起五年", "长期", "自2027年12月31日起", "2027年12月31日起失效", "2027年2月30日"]
    {
        assert!(value("有效期限", text).is_err(), "{text}");
    }
}

#[test]
fn yes_and_no_answer_only_what_asks() {
    for (label, text, status) in [
        ("是否有效", "是", Some("in_force")),
        ("是否有效", "否", Some("expired")),
        ("是否失效", "是", Some("expired")),
        ("是否失效", "否", Some("in_force")),
        ("是否废止", "是", Some("repealed")),
        ("是否废止", "否", None),
        ("时效性", "有效", Some("in_force")),
    ] {
        let told = value(label, text).unwrap().map(|told| shown(&told));
        assert_eq!(told.as_deref(), status, "{label} {text}");
    }
    for label in ["时效性", "有效性", "文件状态", "asserted_status"] {
        assert!(value(label, "是").is_err() && value(label, "否").is_err(), "{label}");
    }
}

#[test]
fn a_catalogue_tells_periods_and_days_of_being_over() {
    let table = "文件名,施行日期,有效期至,失效日期,发布日期,状态,废止日期\n\
                 一.txt,2023-01-01,5年,,2022-12-20 10:20,现行有效,\n\
                 二.txt,2023-01-01,,2027-12-31,,归档,\n\
                 三.txt,,,2027-12-31,,,\n四.txt,,长期,,,,\n五.txt,2023-01-01,,,,,2024-03-01\n";
    let paths = ["公文/目录.csv", "公文/一.txt", "公文/二.txt", "公文/三.txt", "公文/四.txt", "公文/五.txt"];
    let mut packs = Packs::of(&paths);
    let own = FileInput { path: paths[0], bytes: table.as_bytes() };
    packs.load(&own).unwrap();
    let read = |path: &str| {
        let text = "云桥县渡口规定\n第一条　渡口由乡镇管理。\n";
        match packs.read(&FileInput { path, bytes: text.as_bytes() }) {
            Outcome::Documents { mut documents, .. } => documents.remove(0).document,
            other => panic!("{other:?}"),
        }
    };
    let one = read(paths[1]);
    assert!(one.text.starts_with("有效期：5年\n第一条"), "{}", one.text);
    assert_eq!(one.promulgation_date, Some(date(2022, 12, 20)));
    assert_eq!(one.asserted_status.as_deref(), Some("in_force"));
    let ends: Vec<String> = history::events(&one, &Structure::default())
        .into_iter()
        .filter(|event| event.kind == EventKind::Expired)
        .map(|event| event.date.to_string())
        .collect();
    assert_eq!(ends, ["2028-01-01"]);
    assert_eq!(read(paths[2]).valid_until, Some(date(2027, 12, 31)), "five years are full with that day");
    assert_eq!(read(paths[3]).valid_until, Some(date(2027, 12, 30)));
    let five = read(paths[5]);
    assert_eq!((five.asserted_status.as_deref(), five.asserted_on), (Some("repealed"), Some(date(2024, 3, 1))));
    assert_eq!(five.notes.iter().filter(|note| note.starts_with("废止日期：")).count(), 1, "{:?}", five.notes);
    let Outcome::Documents { refused, .. } = packs.read(&own) else { panic!() };
    let refused: Vec<&str> = refused.iter().map(|refusal| refusal.message.as_str()).collect();
    assert_eq!(refused, ["有效期至“长期”不是日期，应写作 2024-01-31；这一格没有采用"]);
}
