use super::*;
use crate::law::{CaseKind, Document, Kind};

fn masked(text: &str) -> String {
    mask_text(text, Profile::Case).text
}

#[test]
fn ordinary_words_are_names_where_a_cue_says_so() {
    for (text, told) in [
        ("被处罚人安全，男。安全违反安全生产规定，安全承认。", "被处罚人安某，男。安某违反安全生产规定，安某承认。"),
        ("驾驶员万年驾驶货车超限。万年签字确认。", "驾驶员万某驾驶货车超限。万某签字确认。"),
        ("法定代表人程序到场接受询问，程序陈述申辩。", "法定代表人程某到场接受询问，程某陈述申辩。"),
        ("当事人高兴于2024年3月5日开店，高兴将货款收下。", "当事人高某于2024年3月5日开店，高某将货款收下。"),
        ("车主万年、驾驶员高兴在场。", "车主万某、驾驶员高某在场。"),
        ("证人白雪、万年、安全的证言。", "证人白某、万某、安某的证言。"),
        ("当事人万幸、程序、高兴三人均到场。", "当事人万某、程某、高某三人均到场。"),
        ("举报人：平安；被举报人：幸福超市", "举报人：平某；被举报人：幸福超市"),
        (
            "被处罚人：安全。安全的违法行为属实，安全生产责任制未落实，安全意识薄弱，安全、环保",
            "被处罚人：安某。安某的违法行为属实，安全生产责任制未落实，安全意识薄弱，安全、环保",
        ),
    ] {
        assert_eq!(masked(text), told);
    }
}

#[test]
fn a_name_that_is_a_word_and_never_used_as_one_is_masked_everywhere() {
    let told = masked(
        "被告人王位，男，汉族。经认定，被告人王位负事故的全部责任，被告人王位血液中检出乙醇，王位因该罪被拘留。",
    );
    assert!(!told.contains("王位") && !told.contains("王某2"), "{told}");
}

#[test]
fn words_that_only_look_like_names_stay() {
    for text in [
        "当事人程序违法，要求纠正。处罚程序合法。",
        "高兴地看到安全生产形势好转，白雪覆盖道路，万年县市场监管局检查。",
        "驾驶员安全驾驶，司机高速驾驶，当事人安全意识淡薄，负责人安全责任不落实，经营者高兴地接受。",
        "从业人员安全培训不到位，当事人万年青种植基地，经营者白雪公主蛋糕店。",
        "工人安全帽未佩戴；员工安全教育；负责人安全生产职责；当事人程序性权利；被告程序异议。",
        "当事人书面陈述申辩；被处罚人当场签字；经营者口头承认；当事人公开承认；当事人高声称。",
        "抓获经过，身份证明；被害人陈述、证人李某的证言；被告人供述、证人证言。",
        "高某、安全员到场。经营者方便面销售；店主白酒一箱；驾驶员高度近视。",
        "当事人和平饭店；当事人万年红大药房；被处罚人明亮眼镜店。",
        "当事人Apple Store Yunqiao；经营者Happy Coffee店；当事人ABC公司。",
        "当事人白音敖包苏木嘎查，白音华煤矿，白音淖尔镇。",
        "其住院治疗三个月；其住宅小区；其住房公积金；现住宅面积；户籍所在地派出所。",
        "微信公众号“云桥发布”；微信支付88元；微信小程序yunqiaoshop；QQ浏览器。",
        "车主从德兴将货车开回，由建德市经过。",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn names_of_other_peoples_are_masked_behind_any_cue() {
    for (text, told) in [
        ("驾驶员 Nguyen Van Thanh 驾驶货车。", "驾驶员 N某 驾驶货车。"),
        ("车主NGUYEN THI HOA将车出租；驾驶人Pham Minh Tuan签字。", "车主N某将车出租；驾驶人P某签字。"),
        ("当事人Tran Thi Hoa、Le Van Nam在云桥县务工。", "当事人T某、L某在云桥县务工。"),
        ("当事人白音宝力格在草原放牧。白音宝力格承认。", "当事人白某在草原放牧。白某承认。"),
        ("当事人额尔敦巴图擅自开垦；经营者孟和乌力吉称。", "当事人额某擅自开垦；经营者孟某称。"),
        ("车主单德兴将货车出租。", "车主单某将货车出租。"),
    ] {
        assert_eq!(masked(text), told);
    }
}

#[test]
fn who_is_masked_already_stays_apart() {
    let text = "张某1、韦某1、韦某2和韦某某三人均在场，韦某某称其与韦某1不是同一人。";
    assert_eq!(masked(text), text);
    let told = masked("韦大明与韦小明、韦某某三人在场，证人韦大明、韦小明、韦某某的证言。");
    assert_eq!(told, "韦某1与韦某2、韦某某三人在场，证人韦某1、韦某2、韦某某的证言。");
}

#[test]
fn addresses_accounts_and_plates_in_parts() {
    for (text, told) in [
        ("其住阳光小区3号楼2单元501室，从业。", "某处，从业。"),
        ("其住在前进路12号。", "其住在某处。"),
        ("李某现住和平小区3栋2单元502，户籍所在地云梨县孤树镇四新村五社", "李某现住某处，户籍所在地云梨县某处"),
        ("其住处位于阳光小区3号楼5单元；暂住和平里小区7号楼3门201", "其住处位于某处；暂住某处"),
        ("现住址阳光花园12-3-401。", "现住址某处。"),
        ("住云州市临江区和平街道建设路88号院3号楼4单元502。", "住云州市临江区某处。"),
        ("微信号为zhangsan_hello，微信号码：yun-qiao-li，抖音号：dyabcdefg", "微信号为×××，微信号码：×××，抖音号：×××"),
        (
            "邮箱为zhang.san＠yun.example，电子邮箱：zs @ yun.example，邮箱zhangs#yun.example",
            "邮箱为×××，电子邮箱：×××，邮箱×××",
        ),
        (
            "车牌照为云A·12 345与云B·67 890，车牌为云A(12345)，车牌云 A · 1 2 3 4 5",
            "车牌照为云A×××与云B×××，车牌为云A(×××)，车牌云 A · ×××",
        ),
        ("车牌照为“云A·D1 2345”，号牌云A-1-2345，驾驶云-A12345", "车牌照为“云A×××”，号牌云A-×××，驾驶云-A×××"),
    ] {
        assert_eq!(masked(text), told);
    }
    let office = "邮箱：li-ming@yunqiao.gov.cn，云桥县市场监管局地址：云桥县城北路7号。";
    assert_eq!(masked(office), office);
}

fn from(url: &str, id: Option<&str>) -> Document {
    let mut document = Document::new(Kind::Case, "行政处罚决定书", "当事人：濮阳春生，男，汉族。");
    document.case_kind = Some(CaseKind::PenaltyDecision);
    document.source_url = Some(url.to_string());
    document.source_id = id.map(str::to_string);
    document
}

#[test]
fn where_a_case_came_from_names_nobody() {
    let encoded = "%E6%BF%AE%E9%98%B3%E6%98%A5%E7%94%9F";
    let told = mask(&from(&format!("https://yun.example/penalty/{encoded}.html"), None)).document;
    assert_eq!(told.source_url, None);
    assert_eq!(told.notes, ["来源网址含有个人信息，已略去：https://yun.example/penalty/"]);
    let told = mask(&from(&format!("https://yun.example/show?id=33&name={encoded}"), None)).document;
    assert_eq!(told.source_url.as_deref(), Some("https://yun.example/show?id=33"));
    let told = mask(&from("https://yun.example/濮阳春生", Some("濮阳春生案#3"))).document;
    assert_eq!((told.source_url, told.source_id.as_deref()), (None, Some("濮阳某案#3")));
    assert_eq!(mask(&from("https://yun.example/1", Some("濮阳春生"))).document.source_id, None);
    for url in
        ["https://yun.example/%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A/33.html", "https://yun.example/a?b=13800001111"]
    {
        let told = mask(&from(url, Some("2024-001"))).document;
        assert_eq!((told.source_url.as_deref(), told.source_id.as_deref()), (Some(url), Some("2024-001")));
        assert!(told.notes.is_empty());
    }
    assert_eq!(sources::readable("/%D1%F4%C9%BD/1%2"), "/阳山/1%2", "what is no UTF-8 is read as GBK");
}

#[test]
fn the_last_of_a_list_of_persons_is_one_whatever_words_it_makes() {
    for (text, name) in [
        ("对机构罚款24万元，对陈某、陈某1、左娓等责任人员警告并罚款共计6万元。", "左娓"),
        ("对谢某某、尹某、王家思等责任人员警告。", "王家思"),
        ("对傅某、严俏等责任人员给予警告。", "严俏"),
        ("对覃某、黄海等相关责任人警告。", "黄海"),
    ] {
        let masked = crate::law::mask::mask_text(text, crate::law::mask::Profile::Case).text;
        assert!(!masked.contains(name), "{masked}");
    }
    let places = "检查了甲镇、黄海等相关责任区域，覆盖渤海、黄海等海域。";
    assert_eq!(crate::law::mask::mask_text(places, crate::law::mask::Profile::Case).text, places);
}
