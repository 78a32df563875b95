//! First imports: what leaves the sample behind.

use super::*;

#[test]
fn the_first_import_leaves_the_sample_behind() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let of_the_sample = search(&faju, &[("q", ""), ("status", "all"), ("group", "none"), ("limit", "1000")]);
    let file = folder.path().join("告示.md");
    std::fs::write(&file, "---\nkind: normative\naccess: public\n---\n# 云桥县渡口告示\n\n第一条　渡口夜间停渡。\n")
        .unwrap();
    let report = import(&faju, &file);
    assert_eq!((report.new, report.refused, report.files[0].articles), (1, 0, Some(1)), "{report:?}");
    let page = search(&faju, &[("q", ""), ("status", "all"), ("group", "none"), ("limit", "1000")]);
    assert!(!page.sample);
    assert_eq!(page.total.value, 1);
    for id in ids(&of_the_sample) {
        assert_eq!(faju.show(&id, None, &asker()).unwrap_err().code, ErrorCode::NotFound);
    }
}

#[test]
fn the_first_files_of_an_import_may_all_be_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let paths = [file("空.md", "\n"), file("告示.md", "# 云桥县渡口告示\n\n第一条　渡口夜间停渡。\n")];
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let faju = Faju::open_to_import(Settings::of(data)).unwrap();
    let report = faju.import(&paths, &ImportOptions::default(), &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.read, report.new), (2, 1), "{report:?}");
}
