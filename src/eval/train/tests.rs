//! Trained on the sample.

use super::*;
use crate::app::{Access, Settings};
use jiff::civil::date;

const ROWS: [&str; 6] = [
    r#"{"id":"1","query":"政府花钱修广场要不要先给大家看图纸","keywords":"广场 公示","answer":"应当公示，不少于十五日","gold":[{"law":"城乡公共空间管理法","number":20}]}"#,
    r#"{"id":"2","query":"没办证就挂了个大广告牌会罚多少","gold":[{"law":"城乡公共空间管理法","number":70},{"law":"城乡公共空间管理法","number":46}]}"#,
    r#"{"id":"3","query":"大牌子要谁同意才能挂","silver":true,"gold":[{"law":"城乡公共空间管理法","number":46}]}"#,
    r#"{"id":"4","query":"修公园的钱从哪里来","gold":[{"law":"城乡公共空间管理法","number":20}]}"#,
    r#"{"id":"5","query":"这个法是为了什么","gold":[{"law":"城乡公共空间管理法","number":1}]}"#,
    r#"{"id":"6","query":"无人知晓","answer":NaN,"gold":[{"law":"无人知晓法","number":1}]}"#,
];

fn trained(rows: &str, folds: bool, seed: u64) -> Result<(tempfile::TempDir, Trained, Vec<Told>), AppError> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let faju = Faju::open(Settings::of(data)).unwrap();
    let asker = Asker::of(Access::Restricted, date(2026, 11, 25));
    let path = folder.path().join("rows.jsonl");
    std::fs::write(&path, rows).unwrap();
    let learning = Learning { seed, dimension: 16, corpus_epochs: 1, epochs: 2, ..Learning::default() };
    let mut told = Vec::new();
    let options = Options { folds, learning };
    let out = folder.path().join("model.bin");
    let report = files(&faju, &[path], &out, &options, &asker, &mut |step| told.push(step));
    assert_eq!(out.exists(), report.is_ok(), "nothing is left of what failed");
    Ok((folder, report?, told))
}

#[test]
fn a_model_is_learned_and_written() {
    let (folder, report, told) = trained(&ROWS.join("\n"), true, 1).unwrap();
    let bytes = std::fs::read(folder.path().join("model.bin")).unwrap();
    assert_eq!(report.bytes, bytes.len() as u64);
    let model = Model::read(&bytes).unwrap();
    let about = model.about();
    assert_eq!((about.sets.as_slice(), about.questions, about.dimension), (["rows".to_string()].as_slice(), 5, 16));
    assert_eq!(report.sets, [TrainedSet { name: "rows".to_string(), rows: 6, used: 5 }]);
    assert_eq!(report.held_out[0].alone.questions, 5, "every question is held out once");
    assert!(report.held_out[0].new_alone.questions < 5);
    assert!((1..=5).all(|fold| folder.path().join(format!("model.bin.fold-{fold}")).exists()));
    assert!(matches!(told[0], Told::Read { questions: 5, .. }), "{told:?}");
    let rounds = told.iter().filter(|told| matches!(told, Told::Round(_))).count();
    assert_eq!(rounds, report.rounds.len());
}

#[test]
fn the_same_seed_gives_the_same_file() {
    let digest = |seed| trained(&ROWS.join("\n"), false, seed).unwrap().1.sha256;
    let first = digest(1);
    assert_eq!(first, digest(1));
    assert_ne!(first, digest(2));
}

#[test]
fn what_cannot_be_learned_from_is_told() {
    let told = |rows: &str| trained(rows, false, 1).map(|_| ()).unwrap_err();
    assert_eq!(told(ROWS[5]).code, ErrorCode::BadRecord);
    assert!(told("{}").detail.contains("第 1 行"), "{:?}", told("{}"));
}
