//! Files of office programs, from the disk to what is found in them.

use super::*;
use rust_xlsxwriter::Workbook;
use std::io::Write;

const LAW: &str = "{\"kind\":\"legislation\",\"level\":\"law\",\"access\":\"public\",\"title\":\"中华人民共和国渡船管理法\",\
    \"history\":[\"2024年1月2日第十四届渡口大会通过\"],\"effective_date\":\"2024-03-01\",\"text\":\"第一条　渡船不得超载。\\n\
    第二条　渡船违反本法第一条规定超载的，责令改正，处五千元以上五万元以下的罚款。\"}\n";

fn sheet(path: &Path, rows: &[&[&str]]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

#[test]
fn tables_of_benchmarks_and_penalties_stand_beside_the_law() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("law.jsonl"), LAW).unwrap();
    sheet(
        &files.join("临交〔2025〕3号-裁量标准.xlsx"),
        &[
            &["序号", "违法行为", "法律依据", "裁量情节", "裁量标准"],
            &["1", "渡船超载", "《渡船管理法》第二条", "不足十人", "处五千元以上一万元以下罚款"],
            &["", "", "", "十人以上", "处一万元以上五万元以下罚款"],
        ],
    );
    sheet(
        &files.join("公示.xlsx"),
        &[
            &["决定书文号", "被处罚人", "违法事实", "处罚依据", "处罚内容", "处罚机关", "处罚日期"],
            &[
                "临交罚〔2025〕1号",
                "临江县航运有限公司",
                "渡船超载十二人",
                "《渡船管理法》第二条",
                "罚款20000元",
                "临江县交通局",
                "2025-05-06",
            ],
            &[
                "临交罚〔2025〕2号",
                "赵小川",
                "渡船超载三人",
                "《渡船管理法》第二条",
                "罚款6000元",
                "临江县交通局",
                "2025-05-07",
            ],
        ],
    );
    let faju = open(&folder.path().join("data"));
    let report = import(&faju, files);
    assert_eq!((report.new, report.refused), (4, 0), "{:?}", report.files);
    let parameters = [("article", "渡船管理法2条"), ("amount", "2万元")].map(|(n, v)| (n.to_string(), v.to_string()));
    let page = faju.penalty(&parameters, &asker()).unwrap();
    let [benchmark] = page.benchmarks.as_slice() else { panic!("{:?}", page.benchmarks) };
    assert_eq!(benchmark.instrument.document_number.as_deref(), Some("临交〔2025〕3号"));
    let allows: Vec<Option<bool>> = benchmark.tiers.iter().map(|tier| tier.allows).collect();
    assert_eq!(allows, [Some(false), Some(true)]);
    assert_eq!((page.precedents.cases, page.precedents.lower, page.precedents.equal), (2, 1, 1));
    let found = search(&faju, &[("q", "赵小川"), ("kind", "case")]);
    assert_eq!(found.total.value, 0, "names of persons are masked whatever the file");
}

#[test]
fn an_archive_of_texts_and_pages_is_read_and_what_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("上报.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let page = "<html><head><title>通知</title></head><body><nav>首页</nav><article><h1>关于加强渡口安全的通知</h1>\
        <p>各乡镇：渡口经营者应当在显著位置公示票价，渡船应当配备救生设备，并且每季度检查一次渡口设施，做好记录备查。</p></article></body></html>";
    let (gbk, _, _) = encoding_rs::GB18030.encode("云桥县渡口夜间停渡办法\n\n第一条　夜间停渡。\n");
    let broken = "<html><head><title>404 Not Found</title></head><body>没有</body></html>";
    let members: [(&str, &[u8]); 4] = [
        ("下/通知.html", page.as_bytes()),
        ("办法.txt", &gbk),
        ("决定.docx", broken.as_bytes()),
        ("../../逃.md", "# 云桥县渡口收费办法\n\n第一条　按次收费。\n".as_bytes()),
    ];
    for (name, bytes) in members {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let faju = open(&folder.path().join("data"));
    let report = import(&faju, &path);
    assert_eq!((report.new, report.refused), (3, 1), "{:?}", report.files);
    let refused = report.files.iter().find(|file| file.outcome == "refused").unwrap();
    assert!(refused.path.ends_with("上报.zip/决定.docx"), "{}", refused.path);
    for words in ["夜间停渡", "按次收费", "救生设备"] {
        assert_eq!(search(&faju, &[("q", &format!("\"{words}\""))]).total.value, 1, "{words}");
    }
    assert_eq!(search(&faju, &[("q", "首页")]).total.value, 0, "menus are no text");
    assert!(!folder.path().parent().unwrap().join("逃.md").exists());
    assert_eq!(import(&faju, &path).unchanged, 3);
}
