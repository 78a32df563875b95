use super::*;
use crate::law::{CaseKind, Document, Kind};
use crate::text::linear::assert_linear;
use proptest::prelude::*;

fn case(title: &str, text: &str) -> Document {
    let mut document = Document::new(Kind::Case, title, text);
    document.case_kind = Some(CaseKind::PenaltyDecision);
    document
}

fn masked(text: &str) -> String {
    mask_text(text, Profile::Case).text
}

const DECISION: &str = "当事人：云州市临江区孟广成水果店（个体工商户）\n统一社会信用代码：92210300MA0XYZ123Q\n经营者：孟广成\n\
身份证件号码：210302197605021234\n住址：辽宁省云州市柳溪县河湾镇前进路12号3幢2单元501室\n联系电话：13812345678\n\
2024年3月5日，本局执法人员对当事人进行检查。经查，孟广成与妻子何静将货款转入银行卡（卡号6222021234567890123）。\
孟广成驾驶辽B12345号货车送货，邮箱 meng.gc@example.com。孟广成水果店已停业。如不服本决定，咨询电话：0412-12345678。";

#[test]
fn a_decision_loses_what_is_personal_and_keeps_the_rest() {
    let mut document = case("对孟广成作出的行政处罚决定书", DECISION);
    document.parties = vec!["孟广成".to_string()];
    document.notes = vec!["孟广成为经营者".to_string()];
    let masked = mask(&document);
    let text = &masked.document.text;
    for gone in
        ["何静", "210302197605021234", "河湾镇", "501室", "13812345678", "6222021234567890123", "12345号", "meng.gc"]
    {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    assert_eq!(text.matches("孟广成").count(), 2, "the shop keeps its name: {text}");
    for kept in
        ["92210300MA0XYZ123Q", "辽宁省云州市柳溪县某处", "0412-12345678", "2024年3月5日", "辽B×××号货车", "妻子何某"]
    {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert_eq!(masked.document.title, "对孟某作出的行政处罚决定书");
    assert_eq!((masked.document.parties[0].as_str(), masked.document.notes[0].as_str()), ("孟某", "孟某为经营者"));
    for span in &masked.spans {
        let field = match (span.field, span.index) {
            (MaskField::Text, None) => text,
            (MaskField::Title, None) => &masked.document.title,
            (MaskField::Parties, Some(0)) => &masked.document.parties[0],
            (MaskField::Notes, Some(0)) => &masked.document.notes[0],
            other => panic!("{other:?}"),
        };
        let mask = &field[span.start..span.end];
        assert!(mask.ends_with('某') || mask == "×××" || mask == "某处", "{span:?} {mask}");
    }
    let kinds: std::collections::HashSet<MaskKind> = masked.spans.iter().map(|span| span.kind).collect();
    assert_eq!(kinds.len(), 7, "every kind once at least");
    assert!(mask(&masked.document).spans.is_empty());
}

#[test]
fn what_a_party_does_on_a_day_is_no_name() {
    for text in ["当事人于收到本决定书之日起十五日内缴款。", "当事人于接到通知后改正。", "被处罚人于规定期限内履行。"]
    {
        assert_eq!(masked(text), text);
    }
    for name in ["饲养员漆雕小燕", "证人：上官婉、达奚明、万俟春。", "证人夏侯霸的证言"] {
        let told = masked(name);
        assert!(["小燕", "达奚明", "上官婉", "夏侯霸"].iter().all(|name| !told.contains(name)), "{told}");
    }
}

#[test]
fn words_of_the_language_are_no_names_and_listed_parties_are() {
    for text in [
        "约定由被告代理费及养老金一并支付，原告代理费另计。",
        "被告人销售假冒的茅台酒和保健品。",
        "二原告未分得补偿款，原告曾多次要求。",
    ] {
        assert_eq!(masked(text), text);
    }
    let mut document = case("云州监管分局行政处罚信息公开表", "对甲银行云州分行罚款三万元，对马兢海、何某警告。");
    document.parties = vec!["甲银行云州分行、马兢海（时任行长）、何某、云州支行".to_string()];
    let masked = mask(&document).document;
    assert!(!masked.text.contains("兢海") && !masked.parties[0].contains("兢海"), "{masked:?}");
    assert!(
        masked.parties[0].starts_with("甲银行云州分行、马某") && masked.parties[0].ends_with("云州支行"),
        "{masked:?}"
    );
}

#[test]
fn names_whose_characters_stand_apart_are_names() {
    for (text, names) in [
        ("当事人：张 伟，男\n经查明，张伟于2024年2月3日销售过期食品。", &["张 伟", "张伟"][..]),
        ("负责人：李　娜\n执法人员：王 强、赵 敏\n", &["李　娜", "王 强", "赵 敏"]),
        ("经 营 者：战 北 野\n战北野销售过期食品。", &["战 北 野", "战北野"]),
        ("法定代表人：公 良 铁 柱\n联系人：慕容 雪", &["公 良", "铁 柱", "慕容 雪"]),
        ("当 事 人：张阿牛，男", &["张阿牛"]),
        ("关于陈 静、周 涛违法一案的处罚决定", &["陈 静"]),
    ] {
        let told = masked(text);
        for name in names {
            assert!(!told.contains(name), "{name}: {told}");
        }
    }
    for text in ["姓 名：某\n单 位：云桥县粮库\n时 间：三月\n金 额（元）：5\n方 式：公开\n", "高 中 低 三档"]
    {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn plates_and_cards_in_every_form_are_masked() {
    for text in [
        "驾驶辽ＣＢ５６７８小型客车",
        "驾驶辽Ｃ８５６７８小型客车",
        "驾驶辽C－B5678小型客车",
        "驾驶辽 C B5678 小型客车",
        "驾驶辽C临12345小型客车",
        "身份证号：二一〇三二一一九八八〇三〇七一二三七",
        "道路运输从业资格证号：210321198803071237",
    ] {
        let told = masked(text);
        assert!(told.contains("×××"), "{told}");
    }
    // A code of credit is none of a person.
    let code = "统一社会信用代码：91210321MA0ABCDE1X";
    assert_eq!(masked(code), code);
}

#[test]
fn words_behind_the_parties_are_no_names() {
    for text in [
        "原、被告双方于2014年签约，期满后被告未向原告偿还，原告未与被告对账，被告应向原告付款。",
        "被告曾接到通知，原告陆续向被告供货，被告应依约付款，第三人曾系股东，原告负主责。",
        "甲方农行卡、医保卡各一张，柳溪县公安局洪凝派出所出警，陈姓邻居在场。",
        "晋升是指三个晋升阶段，范围内的商户按期付清，商议后二人离开，房内无人。",
        "宣传地址：http//yc.example.com/49564.html；治疗费、住院护理费4350元由被告承担。",
        "陕西省2015年农村居民人均收入；居住在该涉案房屋的原告核发了编号为011479号的证书。",
    ] {
        assert_eq!(masked(text), text);
    }
    let told = masked("对严某、黄鹤、董某警告，对黎某、陈贺男、林岩社、陈某某罚款。");
    for name in ["黄鹤", "贺男", "岩社"] {
        assert!(!told.contains(name), "{told}");
    }
    let told = masked("胡某与刘慧系夫妻关系，刘慧系车主。证人李明、丁亮于2011年到场。证人王原、于国庆、张宁签字。");
    for name in ["刘慧", "李明", "丁亮", "于国庆"] {
        assert!(!told.contains(name), "{told}");
    }
}

#[test]
fn an_address_begins_where_it_begins() {
    for (text, kept) in [
        ("被告人宫1某将高某带领到依泉小区1号楼601室，加工。", "将高某带领到某处"),
        ("2015年10月，刘某将其购买的云庆市恒大小区10栋1单元402室房子抵债。", "购买的云庆市某处"),
        ("与被告李某的房屋坐落于云口市桥西区新村路11号楼一单元301号房屋。", "坐落于云口市桥西区某处"),
        (
            "原告居住于云宁市硖东社区一里95号，2016年10月28日起居住在云宁市金星三区39号。",
            "2016年10月28日起居住在云宁市",
        ),
    ] {
        let told = masked(text);
        assert!(told.contains(kept) && !told.contains("号楼") && !told.contains("402室"), "{told}");
    }
}

#[test]
fn two_persons_of_one_name_are_told_apart() {
    let text = "被告人张建国，男，汉族。被告人张志强，男，回族。被害人李梅。张建国伙同张志强殴打李梅。证人欧阳海证实，张某在场。";
    let masked = masked(text);
    assert!(masked.contains("被告人张某1，男") && masked.contains("张某1伙同张某2殴打李某"), "{masked}");
    assert!(masked.contains("证人欧阳某证实，张某在场"), "{masked}");
}

#[test]
fn amounts_stay_apart_from_masks() {
    assert_eq!(masked("被害人王小丽，女，30岁。骗取王小丽2万元。"), "被害人王某，女，30岁。骗取王某 2万元。");
}

#[test]
fn names_of_other_forms_are_found_behind_labels() {
    for (text, gone) in [
        ("当事人：阿不都·热西提，男，维吾尔族。", "热西提"),
        ("姓名：John Smith，性别：男", "Smith"),
        ("姓名：扎西多吉\n性别：男", "扎西多吉"),
        ("当事人：尉迟敬之\n性别：男", "敬之"),
        ("| 姓名 | 贺兰英 |", "兰英"),
    ] {
        assert!(!masked(text).contains(gone), "{}", masked(text));
    }
}

#[test]
fn who_acts_in_an_office_and_who_is_masked_already_stay() {
    for text in [
        "审判员郭明远　书记员孙小梅",
        "检察员林立、高青出庭支持公诉，被告人张某到庭参加诉讼。",
        "被害人李××、王某某、赵某1的陈述，证人钱*的证言。",
        "被告人XXX犯危险驾驶罪。",
        "要求周先生赔偿。宋先生不服。",
        "云州市市场监督管理局云市监罚〔2024〕12号",
        "当事人云州和顺贸易有限公司，住所地：云州市临江区和平路8号，法定代表人：某。",
        "当事人应当于收到决定书之日起十五日内缴纳罚款，当事人陈述申辩权利已告知。",
        "学习贯彻习近平新时代中国特色社会主义思想。",
        "营业执照号441302000030428，订单编号2024030512345678901。",
        "云南陈爱民律师事务所出具意见。",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn hidden_numbers_are_hidden_whole() {
    for text in [
        "身份证号：210302********1234。",
        "公民身份号码：×××1234",
        "护照号码：E12345678",
        "联系电话138****5678",
        "证件号码 210302197605021234",
        "其身份证为210302760502123",
    ] {
        let masked = mask_text(text, Profile::Case);
        assert_eq!(masked.spans.len(), 1, "{text} {}", masked.text);
        assert!(
            masked.text.contains("×××") && !masked.text.contains("1234") && !masked.text.contains("5678"),
            "{}",
            masked.text
        );
    }
}

#[test]
fn where_somebody_lives_is_masked_wherever_it_is_told() {
    for (text, gone) in [
        ("被告人孟某在云州市柳溪县河湾镇横塘53号暂住处被抓获。", "横塘"),
        ("在其租住的盛星东海岸1-1-302号房间内。后又带到云州市临江区盛星东海岸1-1-302号房间内。", "东海岸"),
        ("房屋坐落于柳溪县河湾镇前进村桥头并登记在孟某名下。", "前进村"),
        ("孟某在其位于柳溪县河湾镇石场路口的住处吸毒。", "石场"),
    ] {
        let masked = masked(text);
        assert!(!masked.contains(gone) && masked.contains("某处"), "{masked}");
    }
    let hidden = "其居住的云州市临江区XX镇XX村XX组。";
    assert_eq!(masked(hidden), hidden);
}

#[test]
fn names_beside_titles_and_by_their_sound_are_masked() {
    for (text, gone) in [
        ("从河湾乡财政所孟永红处领来存折。", "永红"),
        ("以村委会秘书孟举辉名字办理。", "举辉"),
        ("对时任总经理助理孟强警告并罚款。", "孟强"),
        ("被害人吉乃各胡1800元、退赔被害人阿木尔卡1260元。", "各胡"),
        ("车牌号为QM5367的货车。", "5367"),
        ("对周某、孟俊辉终身禁止进入保险业。", "俊辉"),
    ] {
        assert!(!masked(text).contains(gone), "{}", masked(text));
    }
    for text in [
        "当事人：华凯保险销售股份有限公司",
        "民警从王1某处查获。",
        "被害人吴某某的陈述与辨认笔录。",
        "荣达公司工作人员到场。",
        "清徐县人民法院。被告人马某，出生于清徐县人，汉族。",
        "吊销保险中介许可证",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn instruments_lose_only_cards_and_mobile_numbers() {
    let text = "局长张建国签发，地址：云州市和平路8号501室，电话0412-12345678，手机13812345678，卡号6222600260001072444，辽B12345。";
    let masked = mask_text(text, Profile::Norm).text;
    assert_eq!(masked, "局长张建国签发，地址：云州市和平路8号501室，电话0412-12345678，手机×××，卡号×××，辽B12345。");
    let law = "第十三条 罚款20000元以上200000元以下，统一社会信用代码为十八位，编号20240305123456。";
    assert_eq!(mask_text(law, Profile::Norm).text, law);
}

#[test]
fn a_file_name_is_masked_with_the_names_of_its_document() {
    let document = case("行政处罚决定书", "当事人：孟广成，男，汉族。");
    let (_, beside) = mask_beside(&document, &["行政处罚决定书-孟广成.docx", "孟广成诉某局案.pdf"]);
    assert_eq!(beside[0].text, "行政处罚决定书-孟某.docx");
    assert_eq!(beside[1].text, "孟某诉某局案.pdf");
    assert_eq!(mask_text("孟广成诉云州市某局行政处罚案.pdf", Profile::Case).text, "孟某诉云州市某局行政处罚案.pdf");
}

/// The rows of the table of invented decisions: title, text, parties, what must go, what must stay.
fn invented() -> impl Iterator<Item = (Document, Vec<&'static str>, Vec<&'static str>)> {
    let marked = |row: &'static str, open: char, close: char| {
        row.split(open).skip(1).filter_map(move |part| part.split(close).next()).collect::<Vec<_>>()
    };
    let rows = include_str!("fiction.tsv").lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.filter_map(move |row| {
        let plain: String = row.chars().filter(|c| !"{}<>".contains(*c)).collect();
        let mut cells = plain.split('\t');
        let document = match (cells.next()?, cells.next()?, cells.next()) {
            ("party", party, Some(result)) => {
                let text = format!("【当事人】\n{party}\n【行政处罚决定】\n{result}");
                let mut document = case("云州监管分局行政处罚信息公开表", &text);
                document.parties = vec![party.to_string()];
                document
            }
            (_, text, _) => case("行政处罚决定书", text),
        };
        Some((document, marked(row, '{', '}'), marked(row, '<', '>')))
    })
}

#[test]
fn invented_persons_are_masked_and_things_stay() {
    let (mut all, mut left, mut wrong) = (0, Vec::new(), Vec::new());
    for (document, gone, kept) in invented() {
        let masked = mask(&document).document;
        let whole = format!("{}\n{}", masked.text, masked.parties.join("\n"));
        all += gone.len();
        left.extend(gone.into_iter().filter(|name| whole.contains(name)));
        wrong.extend(kept.into_iter().filter(|word| !whole.contains(word)));
        assert_eq!(mask(&masked).document, masked);
    }
    assert_eq!(wrong, Vec::<&str>::new());
    // Those that are left are nearly all words of the language beside a word like 司机 (平安, 谈笑): as likely no name.
    assert!(all > 200 && left.len() * 100 <= all * 22, "{} of {all}: {left:?}", left.len());
}

#[test]
fn one_person_bears_one_mask_under_the_given_name_too() {
    let told =
        masked("经营者：上官建业。上官建业称，烧烤店由其哥哥上官建民看管，建民不清楚规定。绰号“小铁锤”，小铁锤逃跑。");
    assert!(told.contains("上官某1") && told.contains("看管，上官某2不清楚"), "{told}");
    assert!(!told.contains("铁锤"), "{told}");
    let told = masked("当事人：阿依古丽·库尔班，女。阿依古丽承认违法事实，阿依古丽·库尔班签字。");
    assert_eq!(told, "当事人：阿某，女。阿某承认违法事实，阿某签字。");
}

#[test]
fn prosecutors_and_firms_stay_and_landlines_go() {
    for text in [
        "云州市人民检察院指派检察员边巴卓嘎、次旦央措出庭支持公诉。",
        "举报电话：（0412）4823400。",
        "云州市宁海理财有限责任公司、康盛（武汉）保险销售有限公司。",
        "会计操作账目。其居民楼院坝内停车。原告支付给未中标的三家公司。",
    ] {
        assert_eq!(masked(text), text);
    }
    assert_eq!(masked("固话：（0412）4823456，家中（0412）482-3457。"), "固话：×××，家中×××。");
    let head = "云州市市场监督管理局\n云市监罚〔2024〕12号\n当事人住所：云州市柳溪县台东街道中心路118-3号。";
    assert!(masked(head).ends_with("柳溪县某处。"), "{}", masked(head));
}

#[test]
fn time_is_linear_and_hostile_texts_end() {
    let texts = [
        "被告人张建国、李志强、".to_string(),
        "张".to_string(),
        "1".to_string(),
        "62 ".to_string(),
        "住址：".to_string(),
        "王李张".to_string(),
        "对甲、".to_string(),
        "阿·".to_string(),
        "（".to_string(),
        "路1号".to_string(),
        "位于云州市甲村1号住处".to_string(),
        "被害人阿木尔卡".to_string(),
        "住址：甲村1组乙村2号，".to_string(),
        "由王建国转让给".to_string(),
        "扎西次仁·".to_string(),
        "买买提·艾力、".to_string(),
        "禁止王建国、".to_string(),
        "绰号“阿大”".to_string(),
        "（0412）1234567".to_string(),
        "，王建国、李和平被".to_string(),
    ];
    for unit in &texts {
        let run = |size: usize| drop(mask(&case("决定书", &unit.repeat(size / unit.len()))));
        assert_linear(unit, run, 60_000, 1_000_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn masking_twice_is_masking_once(text in "(被告人|当事人：|证人|住址：|身份证号|电话|、|，男，|和|张三|李建国|欧阳海|某|[0-9×X*]{1,19}|云州市|和平路8号|辽B12345|\n|，|。|[王李张高于][一-龥]{1,2}|a@b.cn|[ -~]){0,40}", title in "[王李张][一-龥]{1,2}(诉|等人)[一-龥]{0,5}") {
        let mut document = case(&title, &text);
        document.parties = vec![title.clone()];
        let once = mask(&document);
        let twice = mask(&once.document);
        prop_assert_eq!(&once.document, &twice.document);
        prop_assert!(twice.spans.is_empty());
        for span in once.spans.iter().filter(|span| span.field == MaskField::Text) {
            prop_assert!(once.document.text.get(span.start..span.end).is_some_and(|mask| !mask.is_empty()));
        }
        // What no span covers stood in the text before, in the same order.
        let (mut rest, mut from) = (text.as_str(), 0);
        let spans: Vec<MaskedSpan> = once.spans.iter().filter(|span| span.field == MaskField::Text).copied().collect();
        for (start, next) in spans.iter().map(|span| (span.start, span.end)).chain([(once.document.text.len(), 0)]) {
            let between = &once.document.text[from..start];
            let found = rest.find(between);
            prop_assert!(found.is_some(), "{between:?} in {text:?} -> {:?}", once.document.text);
            rest = &rest[found.unwrap_or(0) + between.len()..];
            from = next;
        }
    }

    #[test]
    fn never_panics(text in "\\PC{0,120}") {
        let _ = mask_text(&text, Profile::Case);
        let _ = mask_text(&text, Profile::Norm);
    }
}

#[test]
fn numbers_and_addresses_that_a_fresh_eye_found_in_clear() {
    for (text, gone) in [
        ("联系电话：(0412)4866123/18642201234", &["4866123", "18642201234"][..]),
        ("手机：13842201111/13842202222、15904120000 或 0412-4811111", &["13842202222", "15904120000", "4811111"]),
        ("经营者：濮阳春生，手机号一三八四一二〇七七八八", &["一三八四一二〇七七八八", "春生"]),
        ("以现金购进（转账至6228 4812 3456 7890 123农行卡，户名皇甫端）。", &["6228", "7890", "皇甫端"]),
        ("将款转入账户46227003812990911230。", &["46227003812990911230"]),
        (
            "收款账户为农行卡6228480402564890018，备用卡号为6222 0202 0000 1234 567",
            &["6228480402564890018", "6222 0202"],
        ),
        ("夏侯龙伙同淳于峰、“小辉”（真名宗政辉）在店内打斗。", &["宗政辉", "淳于峰"]),
        ("法定代表人（负责人）：成龙   职务：厂长   联系电话：13700001234", &["13700001234"]),
        ("驾驶辽03-A1234铲车采砂。", &["03-A1234"]),
        ("现住台安县阳光花园小区C3栋1-702，工作单位：无。", &["1-702", "C3栋"]),
        ("店员陈小二（住八角台街道惠民里12号3-201）承认。", &["3-201", "惠民里"]),
        ("经营者：濮阳春生，1965年生，住富家镇下河村，已到案。", &["富家镇", "下河村"]),
        ("被告人王位，男，汉族。被告人王位犯危险驾驶罪，未将被告人王位于2014年行政拘留。", &["王位"]),
    ] {
        let masked = masked(text);
        for word in gone {
            assert!(!masked.contains(word), "{word}: {masked}");
        }
    }
    for kept in ["国道2024年5月6日检查，查获编号2024/18642201234的材料。", "一九七八年三月，二〇二四年罚款一万三千元。"]
    {
        assert_eq!(masked(kept), kept);
    }
}
