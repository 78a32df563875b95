//! Personal data leave a case before it is recorded: no file of the data directory, no answer and no export has them.

use super::citations::{corpus, here, id};
use super::*;
use std::fs;

/// What must stand nowhere.
const PERSONAL: [&str; 6] =
    ["赵小舟", "210321198001011234", "13900001111", "云州市临江县渡口路9号2单元", "云A12345", "6222020200012345678"];

fn case(number: &str) -> String {
    let [name, card, phone, address, plate, account] = PERSONAL;
    format!(
        "{{\"kind\":\"case\",\"case_kind\":\"penalty_decision\",\"access\":\"public\",\"issuer\":\"临江县交通运输局\",\
         \"title\":\"{name}超载案\",\"case_number\":\"{number}\",\"decided_on\":\"2025-03-04\",\"parties\":[\"{name}\"],\
         \"text\":\"当事人：{name}，男，身份证号码：{card}，住{address}，电话：{phone}。\\n经查明，{name}驾驶{plate}小型货车超载，\
         违法所得转入其银行账户{account}。\\n本机关认为，{name}的行为违反了《临江县渡船管理规定》第一条，决定罚款二千元。\"}}\n"
    )
}

/// Every text file and every decompressed segment under a folder.
fn everything(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all += &everything(&path);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let plain = zstd::decode_all(bytes.as_slice()).unwrap_or_default();
        all += &path.to_string_lossy();
        all += &String::from_utf8_lossy(&plain);
        all += &String::from_utf8_lossy(&bytes);
    }
    all
}

#[test]
fn no_personal_data_of_a_case_are_kept_or_told() {
    let source = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = source.path().join("赵小舟超载案.jsonl");
    fs::write(&file, case("临交罚决〔2025〕7号")).unwrap();
    let faju = open(folder.path());
    let report = import(&faju, &file);
    assert_eq!((report.new, report.refused), (1, 0), "{report:?}");
    assert!(report.masked >= 8, "{}", report.masked);
    let id = report.files[0].instrument.clone().unwrap();
    let mut export = Vec::new();
    faju.export(&mut export).unwrap();
    let changes = faju.changes(None, 10, &asker()).unwrap();
    let shown = here(faju.document(&id, &asker()).unwrap());
    let found = search(&faju, &[("q", "超载"), ("kind", "case")]);
    let told = [
        serde_json::to_string(&report).unwrap(),
        String::from_utf8(export).unwrap(),
        serde_json::to_string(&changes).unwrap(),
        serde_json::to_string(&shown).unwrap(),
        serde_json::to_string(&found).unwrap(),
    ];
    let kept = everything(folder.path());
    for personal in PERSONAL {
        assert!(!kept.contains(personal), "{personal} is in the data directory");
        assert!(told.iter().all(|told| !told.contains(personal)), "{personal} is told");
        assert_eq!(search(&faju, &[("q", &format!("\"{personal}\""))]).total.value, 0, "{personal} is found");
    }
    let record = &shown.records[0];
    let text: Vec<char> = record.document.text.chars().collect();
    assert!(record.masked.len() >= 8 && !record.unmasked);
    for span in record.masked.iter().filter(|span| span.field == faju::law::mask::MaskField::Text) {
        let masked: String = text[span.start..span.end].iter().collect();
        assert!(masked.contains(['某', '×', '*', 'X', '＊']), "{span:?} {masked}");
    }
}

#[test]
fn the_same_case_again_and_its_export_are_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[case("临交罚决〔2025〕7号")]);
    let file = folder.path().join("0.jsonl");
    let again = import(&faju, &file);
    assert_eq!((again.unchanged, again.new, again.updated, again.masked), (1, 0, 0, 0));
    let mut export = Vec::new();
    faju.export(&mut export).unwrap();
    fs::write(&file, export).unwrap();
    let again = import(&faju, &file);
    assert_eq!((again.unchanged, again.new, again.updated), (1, 0, 0), "what is masked once stays as it is");
}

#[test]
fn what_is_not_masked_is_restricted_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("案.jsonl");
    fs::write(&file, case("临交罚决〔2025〕7号")).unwrap();
    let faju = open(folder.path());
    let options = ImportOptions { no_mask: true, ..ImportOptions::default() };
    let report = faju.import(&[file], &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.new, report.masked), (1, 0));
    assert!(report.warnings.iter().any(|warning| warning.contains("未去标识化")), "{:?}", report.warnings);
    let id = report.files[0].instrument.clone().unwrap();
    let internal = Asker { access: Access::Internal, ..asker() };
    assert_eq!(faju.document(&id, &internal).unwrap_err().code, ErrorCode::NotFound);
    let shown = here(faju.document(&id, &asker()).unwrap());
    assert!(shown.records[0].unmasked && shown.records[0].document.text.contains(PERSONAL[0]));
    let wider = Act::Correct {
        id: id.clone(),
        field: "access".to_string(),
        value: "public".into(),
        reason: "公开".to_string(),
        proof: "批示".to_string(),
    };
    let refused = faju.act(wider, &asker()).unwrap_err();
    assert!(refused.detail.contains("未去标识化"), "{}", refused.detail);
}

#[test]
fn what_a_person_corrects_in_a_case_is_masked_too() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[case("临交罚决〔2025〕7号")]);
    let case = search(&faju, &[("q", "超载"), ("kind", "case")]).items.into_iter().next().unwrap();
    let Item::Group(group) = case else { panic!("a group") };
    let correct = Act::Correct {
        id: group.instrument.id.clone(),
        field: "parties".to_string(),
        value: serde_json::json!(["赵小舟", "临江县航运有限公司"]),
        reason: "漏列当事人，当事人：赵小舟，男，身份证号码：210321198001011234".to_string(),
        proof: "决定书第一页，联系电话：13900001111".to_string(),
    };
    faju.act(correct, &asker()).unwrap();
    let shown = serde_json::to_string(&here(faju.document(&group.instrument.id, &asker()).unwrap())).unwrap();
    assert!(shown.contains("临江县航运有限公司"));
    let kept = everything(&folder.path().join("data"));
    for personal in [PERSONAL[0], PERSONAL[1], PERSONAL[2]] {
        assert!(!shown.contains(personal) && !kept.contains(personal), "{personal}");
    }
}

#[test]
fn office_holders_and_offices_of_a_normative_document_stay() {
    let folder = tempfile::tempdir().unwrap();
    let text = "第一条　咨询电话：0412-8200000，联系人：赵小舟，地址：临江县渡口路9号。\\n第二条　来信附身份证210321198001011234。";
    let line = super::citations::line("临江县渡船补贴通知", "临政发〔2025〕7号", super::citations::PUBLIC, text);
    let faju = corpus(folder.path(), &[line]);
    let shown = here(faju.document(&format!("{}@2020-01-10", id(&faju, "临江县渡船补贴通知")), &asker()).unwrap());
    let text = &shown.records[0].document.text;
    assert!(text.contains("0412-8200000，联系人：赵小舟，地址：临江县渡口路9号"), "{text}");
    assert!(!text.contains("210321198001011234"), "{text}");
}
