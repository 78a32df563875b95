//! What a decision does not decide itself, and what it decides about another one.

use super::*;
use crate::law::case_record;
use crate::law::sanction::PenaltyKind;
use crate::law::{CaseKind, Document, Kind};

fn titled(title: &str, text: &str) -> Document {
    let mut document = Document::new(Kind::Case, title, text);
    document.case_kind = Some(CaseKind::PenaltyDecision);
    document
}

fn decision(text: &str) -> Document {
    titled("云桥县某局行政处罚决定书", &format!("当事人：云桥县大顺商贸有限公司\n{text}"))
}

fn outcomes(document: &Document) -> Vec<Outcome> {
    read(document).outcomes.iter().map(|read| read.value).collect()
}

fn imposed(document: &Document) -> Vec<(PenaltyKind, Option<u64>)> {
    let found = penalties(document, &read(document).sections);
    found.into_iter().filter(|one| !one.repeats).map(|one| (one.kind, one.amount_fen.map(|fen| fen / 100))).collect()
}

fn total(document: &Document) -> Option<u64> {
    case_record::read(document).and_then(|record| record.fines_fen).map(|fen| fen / 100)
}

#[test]
fn what_is_decided_elsewhere_is_no_penalty_of_this_decision() {
    use PenaltyKind::*;
    let fine = (Fine, Some(20_000));
    for (text, want) in [
        ("决定：1.罚款2万元；2.仇某涉嫌犯罪，移送公安机关处以行政拘留。", vec![fine]),
        ("决定罚款2万元；由公安机关依法给予仇某行政拘留。", vec![fine]),
        ("决定罚款2万元；没收违法所得的处罚另行作出。", vec![fine]),
        ("决定罚款2万元，吊销许可证的决定另行作出。", vec![fine]),
        ("决定罚款2万元；对丁某的罚款另案处理。", vec![fine]),
        ("决定罚款2万元；对丁某另案处理，依法给予警告。", vec![fine, (Warning, None)]),
        ("决定罚款2万元；建议公安机关给予仇某行政拘留。", vec![fine]),
        ("决定罚款2万元；提请发证机关吊销许可证。", vec![fine]),
        ("决定罚款2万元；吊销许可证由发证机关另行决定。", vec![fine]),
        ("决定罚款2万元；吊销许可证的建议移送发证机关。", vec![fine]),
        // Look-alikes.
        ("决定罚款2万元；对仇某另处罚款3000元。", vec![fine, (Fine, Some(3000))]),
        ("决定对未报请主管部门批准的行为罚款2万元。", vec![fine]),
        ("决定对未移送司法机关的行为罚款2万元。", vec![fine]),
        ("本机关决定罚款2万元，由本机关吊销许可证。", vec![fine, (RevokeLicence, None)]),
        ("决定没收卷烟5条，没收的卷烟移交烟草专卖部门处理，罚款2万元。", vec![(ConfiscateGoods, None), fine]),
        ("决定给予行政拘留五日，由公安机关执行。", vec![(Detention, None)]),
    ] {
        assert_eq!(imposed(&decision(text)), want, "{text}");
    }
    assert_eq!(outcomes(&decision("决定不予行政处罚，移送公安机关处以行政拘留。")), [Outcome::NotPenalised]);
    let handed = decision("决定罚款2万元。当事人涉嫌犯罪部分，移送公安机关另案处理。");
    assert_eq!((imposed(&handed), read(&handed).cause), (vec![fine], None));
}

#[test]
fn a_licence_or_registration_that_is_taken_away_is_no_decision_that_is_quashed() {
    use Outcome::{NotPenalised, Penalised, Revoked};
    for (text, want) in [
        ("决定撤销当事人的公司登记，并处罚款5万元。", vec![Penalised]),
        ("决定撤销食品经营许可，给予警告。", vec![Penalised]),
        ("决定给予以下处罚：1.罚款5万元；2.撤销云桥县大顺商贸有限公司设立登记。", vec![Penalised]),
        // Look-alikes.
        ("决定撤销云市监罚〔2024〕3号行政处罚决定，不予行政处罚。", vec![Revoked, NotPenalised]),
    ] {
        assert_eq!(outcomes(&decision(text)), want, "{text}");
    }
    let mut case = Document::new(
        Kind::Case,
        "仇某诉云桥县某局登记案",
        "裁判结果\n云桥县人民法院判决：撤销某局2024年3月5日的股权变更登记。",
    );
    for kind in [CaseKind::TypicalCase, CaseKind::Judgment, CaseKind::ReconsiderationDecision] {
        case.case_kind = Some(kind);
        assert!(outcomes(&case).contains(&Revoked), "{kind:?}");
    }
}

#[test]
fn a_fine_by_the_rate_of_another_one_has_its_sum_or_none_and_no_wrong_total() {
    let firm = "对云桥县大顺商贸有限公司罚款20万元";
    for (text, second, all) in [
        ("决定：%；对主要负责人仇某处单位罚款数额百分之五的罚款。", Some(10_000), Some(210_000)),
        ("决定：%；对主要负责人仇某处单位罚款的百分之五的罚款。", Some(10_000), Some(210_000)),
        ("决定：%；对主要负责人仇某处罚款数额5％的罚款。", Some(10_000), Some(210_000)),
        ("决定：%；对主要负责人仇某处单位罚款数额百分之五的罚款，计10000元。", Some(10_000), Some(210_000)),
        ("决定：%；对主要负责人仇某处单位罚款数额百分之五的罚款，共计罚款10000元。", Some(10_000), Some(210_000)),
        ("决定：%；对主要负责人仇某处单位罚款数额百分之五的罚款，合计罚款21万元。", Some(10_000), Some(210_000)),
        ("决定：%；对主要负责人仇某处单位罚款数额百分之五的罚款10000元。", Some(10_000), Some(210_000)),
        ("决定：%；对仇某、丁某分别处单位罚款数额百分之五的罚款。", Some(10_000), Some(220_000)),
        ("决定：%；对仇某、丁某分别处单位罚款数额百分之五的罚款，合计罚款22万元。", Some(10_000), Some(220_000)),
        ("决定：%；对仇某处单位罚款数额百分之五以上百分之十以下的罚款。", None, None),
        ("决定：%；对丁某罚款1万元；对仇某处单位罚款数额百分之五的罚款。", None, None),
        ("决定：%；对仇某处违法所得一倍的罚款。", None, None),
        ("决定：%；对仇某处违法所得一倍的罚款，计10000元。", Some(10_000), Some(210_000)),
    ] {
        let document = decision(&text.replace('%', firm));
        let found = penalties(&document, &read(&document).sections);
        let told = found.iter().filter(|one| one.kind == PenaltyKind::Fine && !one.repeats).map(|one| one.amount_fen);
        assert!(told.clone().any(|fen| fen == second.map(|yuan: u64| yuan * 100)), "{text} {found:?}");
        assert_eq!(total(&document), all, "{text} {found:?}");
    }
    for text in [
        "依据《甲条例》第七十三条“对直接负责的主管人员处单位罚款数额百分之五以上百分之十以下的罚款”的规定，决定：%。",
        "依据《甲条例》第七十三条可以对主管人员处单位罚款数额百分之五以上百分之十以下的罚款的规定，决定：%。",
        "决定：%。",
    ] {
        assert_eq!(total(&decision(&text.replace('%', firm))), Some(200_000), "{text}");
    }
}

#[test]
fn decisions_on_decisions_impose_what_they_put_in_the_place_of_others() {
    use Outcome::{Revoked, Varied};
    for (title, text, want, yuan) in [
        (
            "云桥县水利局关于变更云水罚〔2024〕3号行政处罚决定的决定",
            "经查，现决定将云水罚〔2024〕3号行政处罚决定书中罚款二万元变更为罚款五千元。",
            vec![Varied],
            Some(5000),
        ),
        ("云桥县水利局行政处罚决定变更通知书", "本局决定将罚款20000元变更为5000元。", vec![Varied], Some(5000)),
        (
            "云桥县水利局关于撤销行政处罚决定的决定",
            "经查，决定撤销云水罚〔2024〕3号行政处罚决定书（罚款2000元）。",
            vec![Revoked],
            None,
        ),
        ("云桥县水利局关于撤回行政处罚决定的决定", "决定撤回罚款2000元的处罚决定。", vec![Revoked], None),
    ] {
        let document = titled(title, &format!("当事人：仇某\n{text}\n云桥县水利局\n2024年5月6日"));
        assert_eq!((outcomes(&document), total(&document)), (want, yuan), "{title}");
        assert_eq!(read(&document).number, None, "{title}");
    }
    // What somebody did not change is no decision that is changed.
    for title in ["关于大顺公司未依法变更登记的行政处罚决定", "大顺公司住所擅自变更行政处罚决定书"]
    {
        let document = titled(title, "当事人：仇某\n决定罚款5000元。");
        assert_eq!((outcomes(&document), total(&document)), (vec![Outcome::Penalised], Some(5000)), "{title}");
    }
}

#[test]
fn parties_behind_labels_set_with_blanks() {
    for (text, name) in [
        ("当 事 人：仇某\n住址：云桥县", "仇某"),
        ("被 处 罚 人：仇某，男", "仇某"),
        ("当事人（个人）：姓名 仇某 性别 女", "仇某"),
        ("当事人（个人）：姓名：仇某　性别：女", "仇某"),
        ("被处罚人姓名\n仇某\n主要违法事实\n占道经营", "仇某"),
        ("当事人\t仇某\n违法事实\t占道经营", "仇某"),
        ("一、当事人：仇某\n违法事实：占道经营", "仇某"),
        ("当 事 人：云桥县大顺商贸有限公司\n法定代表人：仇某", "云桥县大顺商贸有限公司"),
    ] {
        let document = titled("决定书", text);
        let parties: Vec<String> = read(&document).parties.into_iter().map(|read| read.value.name).collect();
        assert_eq!(parties, [name], "{text}");
    }
    assert_eq!(read(&titled("决定书", "当事人：姓名\n住址：")).parties, []);
}

#[test]
fn what_a_clause_says_of_somebody_else_takes_no_penalty_away() {
    use PenaltyKind::*;
    let fine = (Fine, Some(20_000));
    for (text, want) in [
        ("决定对仇某罚款2万元（同案人丁某另案处理）。", vec![fine]),
        ("决定对伙同丁某（另案处理）非法采砂的仇某罚款2万元。", vec![fine]),
        ("决定对甲公司罚款2万元并对丁某另案处理。", vec![fine]),
        ("决定对甲公司处2万元的罚款并对丁某另案处理。", vec![fine]),
        ("决定：没收卷烟5条另行处理，罚款2万元。", vec![(ConfiscateGoods, None), fine]),
        // Look-alikes.
        ("决定罚款2万元；对丁某的罚款另案处理。", vec![fine]),
        ("决定罚款2万元；由公安机关依法给予仇某罚款。", vec![fine]),
        ("决定罚款2万元；由公安机关依法对仇某罚款200元以上500元以下。", vec![fine]),
    ] {
        assert_eq!(imposed(&decision(text)), want, "{text}");
    }
    let mut case = Document::new(Kind::Case, "妫某非法采砂案", "案发后由云桥县公安局对妫某处以罚款500元。");
    case.case_kind = Some(CaseKind::TypicalCase);
    assert_eq!(total(&case), Some(500));
    let told = decision("决定罚款2万元。案发后由云桥县公安局对妫某处以罚款500元。");
    assert!(imposed(&told).contains(&(Fine, Some(500))), "{:?}", imposed(&told));
}
