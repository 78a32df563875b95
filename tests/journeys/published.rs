//! Documents and provisions that leave as files, and come back as the same.

use super::citations::{corpus, id};
use super::*;
use faju::app::{FileFormat, ListFormat, Told};

const TEXT: &str = "第一章　总则\n第一条　为了管理渡口，制定本办法。\n第二条　渡口应当：\n（一）公示“票价”；\n（二）不得超载。\n\
                    第二章　附则\n第三条　本办法自2020年2月1日起施行。\n临江县人民政府\n2020年1月10日";

fn ferry() -> String {
    let fields = "\"access\":\"public\",\"promulgation_date\":\"2020-01-10\",\"history\":[\"（2020年1月10日公布）\"]";
    super::citations::line("临江县渡口办法", "临政发〔2020〕1号", fields, TEXT)
}

fn exported(faju: &Faju) -> Vec<serde_json::Value> {
    let mut out = Vec::new();
    faju.export(&mut out).unwrap();
    let lines = String::from_utf8(out).unwrap();
    let record = |line: &str| {
        let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
        record.as_object_mut().unwrap().remove("origin");
        record
    };
    lines.lines().map(record).collect()
}

/// A file imported into a corpus of its own.
fn again(name: &str, bytes: &[u8]) -> (tempfile::TempDir, Faju, ImportReport) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let faju = open(&folder.path().join("data"));
    let report = import(&faju, path);
    (folder, faju, report)
}

#[test]
fn what_leaves_whole_comes_back_as_the_same_document() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry()]);
    let ferry = id(&faju, "临江县渡口办法");
    let leave = |format| faju.written(std::slice::from_ref(&ferry), format, None, &asker()).unwrap();
    for format in [FileFormat::Markdown, FileFormat::Interchange] {
        let file = leave(format);
        assert_eq!(file.name, format!("临江县渡口办法.{}", format.name()));
        let (_folder, back, report) = again(&file.name, &file.bytes);
        assert_eq!((report.new, report.refused), (1, 0), "{report:?}");
        assert_eq!(exported(&back), exported(&faju), "{format:?}");
    }
    let file = leave(FileFormat::Docx);
    assert_eq!(file, leave(FileFormat::Docx), "equal bytes for equal texts");
    let (_folder, back, report) = again(&file.name, &file.bytes);
    assert_eq!((report.new, report.files[0].articles), (1, Some(3)), "{report:?}");
    let text = exported(&back)[0]["text"].as_str().unwrap().to_string();
    for line in TEXT.lines() {
        assert!(text.contains(line.trim()), "{line}: {text}");
    }
    for format in [FileFormat::Html, FileFormat::Plain] {
        let text = String::from_utf8(leave(format).bytes).unwrap();
        for said in ["《临江县渡口办法》", "现行有效（核对日 2026-11-25）", "临政发〔2020〕1号", "公示“票价”；"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

#[test]
fn chosen_provisions_leave_as_an_excerpt() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry()]);
    let ferry = id(&faju, "临江县渡口办法");
    let place = |key: &str| format!("{ferry}@2020-01-10/{key}");
    let leave = |ids: &[String], format| faju.written(ids, format, None, &asker());
    let file = leave(&[place("a2"), place("a3")], FileFormat::Plain).unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let file = leave(&[place("a2"), place("a3")], FileFormat::Json).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    let provisions = told["blocks"].as_array().unwrap().iter().filter(|block| block["type"] == "provision");
    assert_eq!(provisions.map(|block| block["label"].as_str().unwrap()).collect::<Vec<_>>(), ["第二条", "第三条"]);
    assert_eq!(told["citation"], "《临江县渡口办法》第二条；《临江县渡口办法》第三条");
    assert_eq!((&told["excerpt"], told["status"].as_str().unwrap().starts_with("现行有效")), (&true.into(), true));
    for said in [
        "临江县渡口办法（节录）",
        "《临江县渡口办法》第二条；《临江县渡口办法》第三条",
        "第一章　总则",
        "（二）不得超载。",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("第一条"), "{text}");
    let refused = leave(&[place("a2")], FileFormat::Interchange).unwrap_err();
    assert!(format!("{refused:?}").contains("只能导出整件文件"), "{refused:?}");
    let refused = leave(&[place("a2"), ferry.clone()], FileFormat::Plain).unwrap_err();
    assert!(format!("{refused:?}").contains("只能是同一版本的规定"), "{refused:?}");
    assert_eq!(leave(&["nothing".to_string()], FileFormat::Docx).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn what_a_catalogue_and_the_user_tell_is_recorded_with_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("公文");
    std::fs::create_dir(&docs).unwrap();
    std::fs::write(docs.join("一.txt"), "临江县渡口办法\n第一条　为了管理渡口，制定本办法。\n").unwrap();
    let table = "文件名,发文字号,公布日期,标题\n一.txt,临政发〔2020〕1号,2020年1月10日,临江县渡口暂行办法\n二.txt,,,\n";
    std::fs::write(docs.join("目录.csv"), table).unwrap();
    let faju = open(&folder.path().join("data"));
    let told = Told::on_command_line(&["制定机关=临江县人民政府"]).unwrap();
    let options = ImportOptions { told, ..ImportOptions::default() };
    let report = faju.import(&[docs], &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.new, report.refused), (1, 1), "{report:?}");
    let of = |name: &str| report.files.iter().find(|file| file.path.ends_with(name)).unwrap();
    assert!(of("目录.csv").message.as_ref().unwrap().contains("“二.txt”不在这一文件夹中"));
    let said = "标题：目录第2行写“临江县渡口暂行办法”，文件本身为“临江县渡口办法”";
    assert_eq!(of("一.txt").message.as_deref(), Some(said));
    let ferry = id(&faju, "临江县渡口暂行办法");
    let view = super::citations::here(faju.document(&format!("{ferry}@2020-01-10"), &asker()).unwrap());
    let sources: Vec<String> =
        view.records[0].sources.iter().map(|source| format!("{} {}", source.field, source.told_by)).collect();
    assert_eq!(
        sources,
        ["document_number 目录第2行", "promulgation_date 目录第2行", "title 目录第2行", "issuer 命令行"]
    );
    assert_eq!(view.records[0].document.notes, [format!("元数据不一致——{said}")]);
}

#[test]
fn what_is_found_leaves_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let several: Vec<String> = (1..=12)
        .map(|n| {
            let fields = "\"access\":\"public\",\"promulgation_date\":\"2020-01-10\"";
            let text = format!("第一条　渡船不得超载{n}人。\n第二条　=公示票价，渡船“挂牌”。");
            super::citations::line(&format!("临江县渡口办法（{n}）"), &format!("临政发〔2020〕{n}号"), fields, &text)
        })
        .collect();
    let faju = corpus(folder.path(), &several);
    let list = |parameters: &[(&str, &str)], format| faju.listed(&pairs(parameters), format, &asker()).unwrap();
    for group in ["instrument", "none"] {
        let file = list(&[("q", "渡船"), ("group", group)], ListFormat::Csv);
        assert_eq!(file.name, "检索结果.csv");
        let text = String::from_utf8(file.bytes).unwrap();
        let mut rows: Vec<&str> = text.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
        assert!(rows.remove(0).starts_with("序号,标题,类别,文号,机关,"), "{text}");
        let found = search(&faju, &[("q", "渡船"), ("group", group), ("limit", "100")]);
        assert_eq!(rows.len(), found.items.len());
        for (row, item) in rows.iter().zip(&found.items) {
            let best = match item {
                Item::Group(group) => &group.provisions[0].id,
                Item::Single(single) => &single.provision.id,
            };
            assert!(row.ends_with(best), "{row} {best}");
        }
        assert!(text.contains("时效未知") && text.contains("临政发〔2020〕12号"), "{text}");
    }
    let book = list(&[("q", "渡船"), ("limit", "1")], ListFormat::Xlsx);
    assert_eq!((book.name.as_str(), &book.bytes[..2]), ("检索结果.xlsx", b"PK".as_slice()));
    assert_eq!(book, list(&[("q", "渡船")], ListFormat::Xlsx), "a list has no pages, and equal bytes");
    let refused = faju.listed(&pairs(&[("q", "渡船"), ("kind", "x")]), ListFormat::Csv, &asker()).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidParameter);
}

#[test]
fn originals_are_kept_and_given_back_here_alone() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("公文");
    std::fs::create_dir(&docs).unwrap();
    let bytes = "\u{feff}临江县渡口办法\r\n第一条　为了管理渡口，制定本办法。\r\n".as_bytes();
    std::fs::write(docs.join("一.txt"), bytes).unwrap();
    std::fs::write(docs.join("空.txt"), "").unwrap();
    let data = folder.path().join("data");
    let faju = open(&data);
    let options = ImportOptions { keep_originals: true, access: Some(Access::Public), ..ImportOptions::default() };
    let report = faju.import(&[docs], &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.new, report.refused), (1, 1), "{report:?}");
    let ferry = id(&faju, "临江县渡口办法");
    let here = Asker { access: Access::Restricted, ..asker() };
    let file = faju.original(&ferry, &here).unwrap();
    assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("一.txt", bytes));
    let public = Asker { access: Access::Public, ..asker() };
    assert_eq!(faju.original(&ferry, &public).unwrap_err().code, ErrorCode::Forbidden);
    let verified = faju.verify().unwrap();
    assert_eq!((verified.originals, verified.originals_damage.len()), (1, 0), "what is refused is not kept");
    let kept = walk(&data.join("corpus/originals"));
    assert_eq!(kept.len(), 1);
    std::fs::write(&kept[0], b"x").unwrap();
    assert_eq!(faju.verify().unwrap().originals_damage.len(), 1);
    assert!(faju.original(&ferry, &here).is_err());
    std::fs::remove_file(&kept[0]).unwrap();
    let gone = faju.original(&ferry, &here).unwrap_err();
    assert!(gone.detail.contains("曾经留存"), "{gone:?}");
    assert_eq!(faju.verify().unwrap().originals_damage.len(), 1, "what is gone is missed");
}

/// The files below a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
