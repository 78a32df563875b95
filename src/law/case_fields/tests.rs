use super::*;
use crate::law::{CaseKind, Document, Kind};
use crate::text::linear::assert_linear;
use proptest::prelude::*;

fn case(kind: CaseKind, title: &str, text: &str) -> Document {
    let mut document = Document::new(Kind::Case, title, text);
    document.case_kind = Some(kind);
    document
}

const DECISION: &str = "云市监罚〔2024〕12号\n当事人：云州市临江区和顺水果店（个体工商户）\n统一社会信用代码：92210300MA0XYZ123Q\n经营者：孟某\n\
2024年3月5日，本局执法人员对当事人进行现场检查。2024年3月8日，本局予以立案。\n\
经查明，当事人涉嫌销售超过保质期的食品案，货值30元。\n\
上述事实，有以下证据证明：1.现场笔录；2.照片。\n\
2024年4月1日，本局向当事人送达行政处罚告知书。4月9日，本局举行听证会。\n\
本局认为，当事人的行为违反了《中华人民共和国食品安全法》第三十四条第（十）项、第五十四条的规定。当事人积极配合调查，系初次违法，主动消除危害后果，\
根据《云州市市场监管行政处罚裁量基准》，违法行为轻微，予以从轻处罚。\n\
依据《中华人民共和国食品安全法》第一百二十四条第一款第（五）项的规定，决定处罚如下：\n一、没收违法所得30元；\n二、罚款人民币5000元。\n\
如不服本决定，可以申请复议。\n云州市市场监督管理局\n2024年4月20日";

#[test]
fn a_judgment_without_lines_is_read_as_one_with_lines() {
    let lines = "云州市临江区人民法院\n刑事判决书\n（2023）云0103刑初118号\n公诉机关云州市临江区人民检察院。\n被告人孟某，男，1980年出生。\n\
        公诉机关指控：2023年1月2日，被告人孟某盗窃手机一部，提请本院依照《中华人民共和国刑法》第二百六十四条之规定判处。\n\
        本院认为，被告人孟某的行为已构成盗窃罪，依法可以从轻处罚。依照《中华人民共和国刑法》第二百六十四条、第七十三条第一、三款、\
        最高人民法院《关于审理盗窃案件的解释》第一条之规定，判决如下：\n被告人孟某犯盗窃罪，判处有期徒刑六个月，并处罚金人民币二千元。\n\
        随案移送的螺丝刀一把，予以没收。\n审判员何某\n二〇二三年三月四日\n书记员林某\n附：相关法律条文\n\
        《中华人民共和国刑法》第二百六十四条盗窃公私财物，处三年以下有期徒刑、拘役或者管制，并处或者单处罚金。";
    let flat = lines.replace('\n', " ");
    for text in [lines, flat.as_str()] {
        let document = case(CaseKind::Judgment, "刑事判决书", text);
        let fields = read(&document);
        assert_eq!(fields.authority.as_ref().unwrap().value, "云州市临江区人民法院");
        assert_eq!(fields.number.as_ref().unwrap().value, "（2023）云0103刑初118号");
        assert_eq!(fields.decided_on.as_ref().unwrap().value, jiff::civil::date(2023, 3, 4));
        assert_eq!(fields.parties.iter().map(|read| read.value.name.as_str()).collect::<Vec<_>>(), ["孟某"]);
        let basis: Vec<&str> = fields.basis.iter().map(|range| &document.text[range.clone()]).collect();
        assert_eq!(
            basis,
            [
                "《中华人民共和国刑法》第二百六十四条、第七十三条第一、三款、最高人民法院《关于审理盗窃案件的解释》第一条"
            ]
        );
        let imposed = penalties(&document, &fields.sections);
        let found: Vec<_> = imposed.iter().map(|one| (one.kind.name(), one.amount_fen)).collect();
        assert_eq!(found, [("fixed_term_imprisonment", None), ("criminal_fine", Some(200_000))]);
        assert!(imposed.iter().all(|one| document.text[one.span.clone()].contains(['刑', '罚'])));
        assert_eq!(fields.outcomes.iter().map(|read| read.value).collect::<Vec<_>>(), [Outcome::Convicted]);
    }
}

#[test]
fn a_typical_case_tells_the_judgment_it_is_about() {
    let text = "## 基本案情\n\n孟某诉某超市，请求判令赔偿1000元。\n\n## 裁判结果\n\n云南省云州市临江区人民法院于2022年9月10日作出（2022）云0103民初646号民事判决：\
        某超市赔偿孟某1000元。";
    let fields = read(&case(CaseKind::TypicalCase, "孟某诉某超市案", text));
    assert_eq!(fields.authority.unwrap().value, "云南省云州市临江区人民法院");
    assert_eq!(fields.number.unwrap().value, "（2022）云0103民初646号");
    assert_eq!(fields.decided_on.unwrap().value, jiff::civil::date(2022, 9, 10));
}

#[test]
fn a_row_with_shifted_columns_has_no_party() {
    let text = "【当事人】\n云州金融监管分局\n【主要违法违规事实】\n许可证遗失\n【行政处罚决定】\n2025年4月28日";
    let mut document = case(CaseKind::PenaltyDecision, "云州金融监管分局行政处罚信息公开表", text);
    document.parties = vec!["云州金融监管分局".to_string()];
    let fields = read(&document);
    assert!(fields.parties.is_empty(), "{:?}", fields.parties);
    assert_eq!(fields.authority.unwrap().value, "云州金融监管分局");
    assert_eq!(fields.decided_on.unwrap().value, jiff::civil::date(2025, 4, 28));
}

#[test]
fn what_is_violated_goes_on_behind_a_quotation() {
    let text = "当事人的行为违反了修改前的《中华人民共和国反垄断法》第三十二条“行政机关不得滥用行政权力”和第三十七条“不得制定规定”的规定。";
    let document = case(CaseKind::TypicalCase, "某局纠正案", text);
    let fields = read(&document);
    let violated: Vec<&str> = fields.violated.iter().map(|range| &document.text[range.clone()]).collect();
    assert_eq!(violated, ["《中华人民共和国反垄断法》第三十二条", "第三十七条"]);
}

#[test]
fn a_number_is_read_in_every_bracket() {
    for number in ["云市监罚〔2024〕12号", "云市监罚﹝2024﹞第031号", "云市监罚【2024】12号", "云市监罚[2024]12号"]
    {
        let text = DECISION.replace("云市监罚〔2024〕12号", number);
        assert!(text.contains(number));
        let fields = read(&case(CaseKind::PenaltyDecision, "云州市市场监督管理局行政处罚决定书", &text));
        assert_eq!(fields.number.map(|number| number.value).as_deref(), Some(number));
    }
}

#[test]
fn a_decision_is_read() {
    let document = case(CaseKind::PenaltyDecision, "云州市市场监督管理局行政处罚决定书", DECISION);
    let fields = read(&document);
    let text = |range: &Range<usize>| &document.text[range.clone()];
    assert_eq!(fields.parties.len(), 1, "{:?}", fields.parties);
    assert_eq!(fields.parties[0].value.kind, PartyKind::IndividualBusiness);
    assert_eq!(text(&fields.parties[0].span), "云州市临江区和顺水果店");
    assert_eq!(fields.authority.as_ref().unwrap().value, "云州市市场监督管理局");
    assert_eq!(fields.number.as_ref().unwrap().value, "云市监罚〔2024〕12号");
    assert_eq!(fields.decided_on.as_ref().unwrap().value, jiff::civil::date(2024, 4, 20));
    let steps: Vec<(Step, String)> = fields.steps.iter().map(|s| (s.value.step, s.value.date.to_string())).collect();
    let expected = [
        (Step::Inspection, "2024-03-05"),
        (Step::Filing, "2024-03-08"),
        (Step::Notice, "2024-04-01"),
        (Step::Hearing, "2024-04-09"),
    ];
    assert_eq!(steps, expected.map(|(step, date)| (step, date.to_string())));
    assert_eq!(
        fields.violated.iter().map(text).collect::<Vec<_>>(),
        ["《中华人民共和国食品安全法》第三十四条第（十）项、第五十四条"]
    );
    assert_eq!(
        fields.basis.iter().map(text).collect::<Vec<_>>(),
        ["《中华人民共和国食品安全法》第一百二十四条第一款第（五）项"]
    );
    let tiers: Vec<Tier> = fields.discretion.tiers.iter().map(|read| read.value).collect();
    assert_eq!(tiers, [Tier::Slight, Tier::Lighter]);
    let reasons: Vec<Reason> = fields.discretion.reasons.iter().map(|read| read.value).collect();
    assert_eq!(reasons, [Reason::Cooperated, Reason::FirstOffence, Reason::HarmRemoved, Reason::LittleHarm]);
    assert_eq!(fields.discretion.benchmarks[0].value, "《云州市市场监管行政处罚裁量基准》");
    assert_eq!(fields.outcomes.iter().map(|read| read.value).collect::<Vec<_>>(), [Outcome::Penalised]);
    assert_eq!(fields.domain.as_ref().unwrap().value, Domain::Food);
    assert_eq!(fields.cause.as_ref().unwrap().value, "销售超过保质期的食品");
    let kinds: Vec<SectionKind> = fields.sections.iter().map(|section| section.kind).collect();
    for kind in [SectionKind::Facts, SectionKind::Evidence, SectionKind::Reasons, SectionKind::Result] {
        assert!(kinds.contains(&kind), "{kind:?} {kinds:?}");
    }
}

#[test]
fn a_row_of_a_table_states_little_and_nothing_is_guessed() {
    let mut document = case(
        CaseKind::PenaltyDecision,
        "行政处罚信息公开表",
        "【当事人】\n云州银行股份有限公司及相关责任人\n【主要违法违规事实】\n贷款管理不到位\n【行政处罚决定】\n罚款30万元。对张某警告。",
    );
    document.issuer = Some("云州金融监管分局".to_string());
    document.case_number = Some("云金罚决字〔2025〕3号".to_string());
    document.parties = vec!["云州银行股份有限公司及相关责任人".to_string()];
    let fields = read(&document);
    assert_eq!(fields.parties.len(), 1);
    assert_eq!(
        (fields.parties[0].value.name.as_str(), fields.parties[0].value.kind),
        ("云州银行股份有限公司", PartyKind::Organisation)
    );
    assert_eq!(fields.authority.as_ref().unwrap().field, Field::Issuer);
    assert_eq!(fields.number.as_ref().unwrap().field, Field::CaseNumber);
    assert_eq!(fields.domain.as_ref().unwrap().value, Domain::Finance);
    assert!(
        fields.decided_on.is_none()
            && fields.violated.is_empty()
            && fields.basis.is_empty()
            && fields.discretion.tiers.is_empty()
    );
    assert_eq!(fields.outcomes[0].value, Outcome::Penalised);
}

#[test]
fn a_judgment_is_read() {
    let text = "云州市临江区人民法院\n刑事判决书\n（2023）云0103刑初118号\n公诉机关云州市临江区人民检察院。\n被告人张某，男，汉族。因涉嫌犯盗窃罪被刑事拘留。\n\
云州市临江区人民检察院指控被告人张某犯盗窃罪，于2023年3月1日向本院提起公诉。\n经审理查明，张某入户盗窃。\n\
本院认为，被告人张某的行为已构成盗窃罪。被告人张某系自首，依法可以从轻处罚。辩护人请求免予处罚的意见，不予采纳。依照《中华人民共和国刑法》第二百六十四条、第六十七条第一款之规定，判决如下：\n\
被告人张某犯盗窃罪，判处拘役三个月。\n审判员郭明远\n二〇二三年五月六日\n书记员孙小梅";
    let document = case(CaseKind::Judgment, "云州市临江区人民法院刑事判决书", text);
    let fields = read(&document);
    assert_eq!(fields.authority.as_ref().unwrap().value, "云州市临江区人民法院");
    assert_eq!(fields.number.as_ref().unwrap().value, "（2023）云0103刑初118号");
    assert_eq!(fields.decided_on.as_ref().unwrap().value, jiff::civil::date(2023, 5, 6));
    assert_eq!(
        fields.parties.iter().map(|party| (party.value.name.as_str(), party.value.kind)).collect::<Vec<_>>(),
        [("张某", PartyKind::Individual)]
    );
    assert_eq!(&text[fields.basis[0].clone()], "《中华人民共和国刑法》第二百六十四条、第六十七条第一款");
    assert_eq!(fields.discretion.tiers.iter().map(|read| read.value).collect::<Vec<_>>(), [Tier::Lighter]);
    assert_eq!(fields.outcomes.iter().map(|read| read.value).collect::<Vec<_>>(), [Outcome::Convicted]);
    assert_eq!(fields.domain.as_ref().unwrap().value, Domain::Criminal);
    assert_eq!(fields.cause.as_ref().unwrap().value, "盗窃罪");
}

#[test]
fn a_typical_case_names_who_acts_and_what_became_of_it() {
    let text = "2022年5月20日，云南云州市市场监管局依法对云州市临江区城乡建设局涉嫌滥用行政权力行为立案调查。上述行为违反了《中华人民共和国反垄断法》第三十七条的规定。目前，该局已废止相关文件。";
    let mut document = case(CaseKind::TypicalCase, "云州市市场监管局依法调查处理临江区城乡建设局滥用行政权力案", text);
    document.issuer = Some("国家市场监督管理总局".to_string());
    let fields = read(&document);
    assert_eq!(fields.authority.as_ref().unwrap().value, "云南云州市市场监管局");
    assert_eq!(fields.parties[0].value.name, "云州市临江区城乡建设局");
    assert_eq!(fields.domain.as_ref().unwrap().value, Domain::Competition);
    assert_eq!(fields.outcomes.iter().map(|read| read.value).collect::<Vec<_>>(), [Outcome::Rectified]);
    assert_eq!(fields.steps[0].value.step, Step::Filing);
}

#[test]
fn instruments_state_no_case() {
    assert_eq!(read(&Document::new(Kind::Legislation, "云州市条例", "第一条 甲。")), CaseFields::default());
}

#[test]
fn time_is_linear() {
    for unit in [
        "请求判决赔偿",
        "书 ",
        "附本案适用的",
        "违反《法》第三条“甲”和",
        "当事人：甲公司、乙公司、",
        "审判员甲2024年1月1日 书记员",
        "，判决如下：罚款1元",
        "违反《甲法》第一条、",
        "2024年1月1日",
        "当事人：甲，",
        "依据",
        "《",
        "（2024）",
        "本院认为，",
        "对甲局",
        "经查，",
    ] {
        for kind in [CaseKind::PenaltyDecision, CaseKind::TypicalCase, CaseKind::Judgment] {
            let run = |size: usize| drop(read(&case(kind, "决定书", &unit.repeat(size / unit.len()))));
            assert_linear(unit, run, 60_000, 1_000_000);
        }
    }
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(text in "(违反《甲法》第一条|依据|第十条|当事人：|2024年13月9日|二〇二四年一月一日|\n|本院认为，|判决如下：|罚款|从轻处罚|\\PC){0,60}", number in 0u8..3) {
        let kind = [CaseKind::PenaltyDecision, CaseKind::TypicalCase, CaseKind::Judgment][number as usize];
        let document = case(kind, &text, &text);
        let fields = read(&document);
        let ranges = fields.violated.iter().chain(&fields.basis).chain(fields.sections.iter().map(|section| &section.span));
        for range in ranges.chain(fields.parties.iter().filter(|read| read.field == Field::Text).map(|read| &read.span)) {
            prop_assert!(text.get(range.clone()).is_some());
        }
    }
}

#[test]
fn a_decision_in_running_text_imposes_what_it_says() {
    let told = |decision: &str| {
        let text = format!(
            "云桥县市场监督管理局行政处罚决定书\n云市监罚〔2023〕15号\n当事人：云桥鑫源有限公司\n经查明，当事人于2023年3月2日销售过期食品，\
             曾于2020年被罚款2000元。\n当事人的行为违反了《食品管理条例》第三十四条的规定。\n{decision}\n云桥县市场监督管理局\n2023年5月18日"
        );
        let document = case(CaseKind::PenaltyDecision, "云桥县市场监督管理局行政处罚决定书", &text);
        let fields = read(&document);
        let imposed = penalties(&document, &fields.sections);
        let found: Vec<String> =
            imposed.iter().map(|one| format!("{} {}", one.kind.name(), one.amount_fen.unwrap_or(0) / 100)).collect();
        assert_eq!(fields.outcomes.iter().map(|read| read.value).next(), Some(Outcome::Penalised), "{decision}");
        found.join(", ")
    };
    for (decision, found) in [
        (
            "依据《食品管理条例》第一百二十四条的规定，决定给予以下行政处罚：1.没收违法所得300元；2.罚款50000元。",
            "confiscate_gains 300, fine 50000",
        ),
        ("根据《食品管理条例》第三条，决定给予如下行政处罚：罚款3万元。", "fine 30000"),
        ("本局决定对当事人作出如下行政处罚：\n罚款3万元。", "fine 30000"),
        ("依照《食品管理条例》第三条的规定，决定对当事人罚款3万元。", "fine 30000"),
        ("依照《食品管理条例》第三条的规定，决定作出罚款3万元的行政处罚。", "fine 30000"),
        ("根据《食品管理条例》第三条，经集体讨论，本局现决定处以罚款3万元。", "fine 30000"),
        ("给予当事人警告并处罚金5万元，决定如下：\n警告并处罚金5万元。", "warning 0, fine 50000"),
    ] {
        assert_eq!(told(decision), found, "{decision}");
    }
}

#[test]
fn parties_of_tables_are_told_apart() {
    let parties = |entry: &str, title: &str| {
        let mut document = case(CaseKind::PenaltyDecision, title, "【行政处罚决定】\n罚款三万元");
        document.parties = vec![entry.to_string()];
        let shown = |read: &Read<Party>| format!("{} {:?}", read.value.name, read.value.kind);
        read(&document).parties.iter().map(shown).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(parties("国家金融监督管理总局云州监管分局", "云州金融监管分局行政处罚信息公开表"), "");
    assert_eq!(parties("孟某[时任甲保险公司总经理助理（主持工作）]", "表"), "孟某 Individual");
    assert_eq!(parties("甲财产保险（中国）有限公司", "表"), "甲财产保险（中国）有限公司 Organisation");
    assert_eq!(
        parties("甲银行云州分行、孟某、何甲乙（时任行长）", "表"),
        "甲银行云州分行 Organisation, 孟某 Individual, 何甲乙 Individual"
    );
    assert_eq!(parties("甲保险公司云州支公司及相关责任人", "表"), "甲保险公司云州支公司 Organisation");
}

#[test]
fn branches_agents_and_lists_of_persons_are_told() {
    use PartyKind::{Individual, Organisation};
    for (entry, parties) in [
        ("甲银行股份有限公司、云湖支行", vec![("甲银行股份有限公司", Organisation), ("云湖支行", Organisation)]),
        ("甲人寿保险股份有限公司云州中心支公司个人代理人侯某、殷某", vec![("侯某", Individual), ("殷某", Individual)]),
        ("罗某某、湛某某、王某", vec![("罗某某", Individual), ("湛某某", Individual), ("王某", Individual)]),
        ("丰原经纪深分及相关责任人", vec![("丰原经纪深分", Organisation)]),
    ] {
        let mut document = Document::new(
            Kind::Case,
            "云州监管分局行政处罚信息公开表",
            format!("【当事人】\n{entry}\n【行政处罚决定】\n警告"),
        );
        document.case_kind = Some(CaseKind::PenaltyDecision);
        document.parties = vec![entry.to_string()];
        let read: Vec<(String, PartyKind)> =
            read(&document).parties.into_iter().map(|party| (party.value.name, party.value.kind)).collect();
        let told: Vec<(&str, PartyKind)> = read.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        assert_eq!(told, parties, "{entry}");
    }
}

/// The penalties of a decision, shortly, and how it ended.
fn ordered(text: &str) -> (Vec<(&'static str, Option<u64>)>, Vec<Outcome>) {
    let document = case(CaseKind::PenaltyDecision, "行政处罚决定书", text);
    let fields = read(&document);
    let found = penalties(&document, &fields.sections);
    let outcomes = fields.outcomes.iter().map(|read| read.value).collect();
    (found.iter().filter(|one| !one.repeats).map(|one| (one.kind.name(), one.amount_fen)).collect(), outcomes)
}

#[test]
fn the_penalty_is_read_however_it_is_introduced() {
    let head = "云综执罚字〔2024〕第051号\n当事人：张某，男。\n经查，2024年6月1日，当事人在人行道摆摊。违反了《城市道路管理条例》第二十七条第（一）项，依据《城市道路管理条例》第四十二条，";
    for (said, fen) in [
        ("决定：罚款人民币301元。", 30_100),
        ("决定给予罚款人民币302元。", 30_200),
        ("决定处以罚款303元。", 30_300),
        ("作出如下决定：罚款304元。", 30_400),
        ("处罚决定：罚款305元。", 30_500),
        ("现决定：处罚款306元。", 30_600),
        ("责令停止违法行为，处违法所得六倍的罚款，计人民币307元。", 30_700),
        ("决定如下：1.警告；2.罚款308元。", 30_800),
    ] {
        let (found, outcomes) = ordered(&format!("{head}{said}\n云桥县综合行政执法局\n2024年6月8日"));
        assert!(found.contains(&("fine", Some(fen))), "{said}: {found:?}");
        assert_eq!(found.iter().filter(|(kind, _)| *kind == "fine").count(), 1, "{said}: {found:?}");
        assert_eq!(outcomes, [Outcome::Penalised], "{said}");
    }
}

#[test]
fn whole_decisions_of_other_fields_lose_no_penalty() {
    let health = "云卫医罚〔2025〕3号\n被处罚人：公某（系诊所实际经营者）\n经查，为患者提供诊疗服务，收取费用共计人民币38,600.00元，违法所得38600元。\n以上事实有：现场笔录、收款流水等为证。\n\
        以上行为违反了《中华人民共和国基本医疗卫生与健康促进法》第三十八条第一款的规定。依据《中华人民共和国基本医疗卫生与健康促进法》第九十九条第一款的规定，\
        责令停止执业活动，没收违法所得38600元和药品、医疗器械（详见清单），并处违法所得六倍的罚款，计人民币231,600元。\n罚没款共计人民币贰拾柒万零贰佰元整（270200.00元）。\n\
        到期不缴纳罚款，依据《中华人民共和国行政处罚法》第七十二条第一款第（一）项每日按罚款数额的3%加处罚款。\n云桥县卫生健康局（公章）\n2025年3月26日";
    let (found, _) = ordered(health);
    assert!(found.contains(&("confiscate_gains", Some(3_860_000))), "{found:?}");
    assert!(found.contains(&("fine", Some(23_160_000))), "{found:?}");
    let culture = "（云）文综罚字〔2023〕0007号\n行政处罚决定书\n当事人名称：云桥网络会所\n2023年7月19日，本机关执法人员检查时发现你单位接纳未成年人。\n\
        你单位的行为违反了《互联网上网服务营业场所管理条例》第二十一条第一款之规定。依据《互联网上网服务营业场所管理条例》第三十一条第（二）项、第三十二条第（四）项之规定，合并处罚，决定：\n\
        （一）对接纳未成年人进入营业场所的行为，给予警告，并处罚款12000元；\n（二）对未悬挂禁入标志行为，给予警告，并处罚款3000元；\n（三）责令停业整顿15日。\n\
        合并执行：警告，罚款15000元，责令停业整顿15日。\n云桥县文化旅游和广播电视局\n2023年8月21日";
    let (found, _) = ordered(culture);
    let fines: Vec<Option<u64>> = found.iter().filter(|(kind, _)| *kind == "fine").map(|(_, fen)| *fen).collect();
    assert_eq!(fines, [Some(1_200_000), Some(300_000)], "{found:?}");
    assert!(found.iter().any(|(kind, _)| *kind == "suspend_business"), "{found:?}");
    let water = "云水罚字[2019]第8号\n当事人姓名：东某，男。\n经查，你擅自采砂210立方米。\n以上事实违反了《中华人民共和国水法》第三十九条、《河道管理条例》第二十五条第（一）项。\
        依据《云州省河道管理条例》第三十七条，决定：1.责令停止违法行为；2.没收违法所得1.05万元；3.处以罚款一万五千元。\n同时，对雇员漆某另案处理。\n云桥市水利局\n2019.6.3";
    let (found, outcomes) = ordered(water);
    assert!(
        found.contains(&("confiscate_gains", Some(1_050_000))) && found.contains(&("fine", Some(1_500_000))),
        "{found:?}"
    );
    assert_eq!(outcomes, [Outcome::Penalised]);
}

#[test]
fn what_is_denied_is_neither_tier_nor_outcome() {
    let text = "当事人：云桥药业有限公司\n依据《中华人民共和国药品管理法》第一百一十七条第一款，决定：\n1、没收违法所得肆万伍仟元整（￥45,000元）；\n2、处货值金额十倍罚款，计1200000元。\n\
        鉴于当事人主动供述，属于从轻情形，未予从重处罚；本案不存在《行政处罚法》第三十三条规定的不予处罚情形。\n云桥县市场监督管理局\n2024年5月6日";
    let fields = read(&case(CaseKind::PenaltyDecision, "行政处罚决定书", text));
    let tiers: Vec<Tier> = fields.discretion.tiers.iter().map(|read| read.value).collect();
    assert_eq!(tiers, [Tier::Lighter]);
    assert_eq!(fields.outcomes.iter().map(|read| read.value).collect::<Vec<_>>(), [Outcome::Penalised]);
}

#[test]
fn heads_signatures_and_degrees_of_written_decisions() {
    let of = |title: &str, text: &str| read(&case(CaseKind::PenaltyDecision, title, text));
    let read = of(
        "云桥县市场监督管理局",
        "不予行政处罚决定书\n云市监不罚〔2025〕22号\n当事人：钟某\n决定不予行政处罚。\n2025年6月3日\n云桥县市场监督管理局",
    );
    assert_eq!(read.authority.unwrap().value, "云桥县市场监督管理局");
    assert_eq!(read.decided_on.unwrap().value, jiff::civil::date(2025, 6, 3));
    for (number, title, text) in [
        ("（云）应急罚〔2022〕6-2号", "行政处罚决定书（个人）", "（云）应急罚〔2022〕6-2号\n被处罚人：令某"),
        ("云农（农药）罚〔2024〕5号", "云桥县农业农村局行政处罚决定书", "云农（农药）罚〔2024〕5号\n当事人：某店"),
        ("（云）文综罚字〔2023〕0007号", "文旅", "（云）文综罚字〔2023〕0007号\n行政处罚决定书\n当事人：某店"),
        (
            "云公（桥头）行罚决字〔2025〕256号",
            "云桥县公安局",
            "行政处罚决定书\n云公（桥头）行罚决字〔2025〕256号\n违法行为人夏某",
        ),
        (
            "云住建罚字（2021）第12号",
            "云桥县住房和城乡建设局行政处罚决定书  云住建罚字（2021）第12号",
            "被处罚单位：某公司",
        ),
        (
            "210321-1900234567",
            "云桥县公安局交通警察大队",
            "公安交通管理行政处罚决定书\n编号：210321-1900234567\n被处罚人：单某",
        ),
    ] {
        assert_eq!(of(title, text).number.map(|read| read.value).as_deref(), Some(number));
    }
    for (day, end) in [
        ((2025, 2, 4), "云桥县公安局（印）\n二0二五年二月四日"),
        ((2019, 6, 3), "云桥市水利局\n2019.6.3"),
        ((2025, 6, 5), "处罚机关：云桥县公安局交通警察大队\n2025-06-05"),
        ((2024, 11, 3), "云桥市交通运输局（印章）  2024年11月3日"),
    ] {
        let read = of("决定书", &format!("当事人：某甲\n决定给予警告。\n{end}"));
        let (year, month, date) = day;
        assert_eq!(read.decided_on.map(|read| read.value), Some(jiff::civil::date(year, month, date)), "{end}");
        assert!(read.authority.is_some_and(|read| read.value.starts_with("云桥")), "{end}");
    }
    for (tier, words) in [(Tier::Middling, "系初次违法，属一般情形"), (Tier::Minor, "参照《裁量基准》第5项“较轻”档次")]
    {
        let text = format!(
            "当事人：某甲\n本局认为，当事人{words}，决定给予以下行政处罚：\n罚款800元。\n云桥县公安局\n2024年2月2日"
        );
        assert_eq!(of("决定书", &text).discretion.tiers.iter().map(|read| read.value).collect::<Vec<_>>(), [tier]);
    }
}

#[test]
fn what_is_added_for_late_payment_is_no_fine() {
    let text = "【行政处罚决定】\n对云桥渡口公司罚款1万元。逾期不缴纳的，每日加处罚款300元。";
    let document = case(CaseKind::PenaltyDecision, "云桥渡口公司行政处罚案", text);
    let imposed = penalties(&document, &read(&document).sections);
    assert_eq!(imposed.iter().map(|one| one.amount_fen).collect::<Vec<_>>(), [Some(1_000_000)]);
}
