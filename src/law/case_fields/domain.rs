//! 执法领域: of the authority, else of the laws that are cited, else of the cause.

use super::{Field, Read};
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// 执法领域.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// 食品.
    Food,
    /// 药品、医疗器械、化妆品.
    Drugs,
    /// 广告.
    Advertising,
    /// 价格.
    Prices,
    /// 公平竞争、反垄断.
    Competition,
    /// 市场监管, what is no more special.
    MarketRegulation,
    /// 城管.
    UrbanManagement,
    /// 交通运输.
    Transport,
    /// 生态环境.
    Environment,
    /// 应急管理、安全生产.
    Safety,
    /// 消防.
    Fire,
    /// 农业农村.
    Agriculture,
    /// 文化、旅游、出版.
    Culture,
    /// 卫生健康.
    Health,
    /// 金融.
    Finance,
    /// 税务.
    Tax,
    /// 自然资源、住房建设.
    LandAndConstruction,
    /// 人力资源、劳动.
    Labour,
    /// 教育.
    Education,
    /// 公安、治安.
    PublicSecurity,
    /// 海关.
    Customs,
    /// 水利、水务.
    Water,
    /// 林业、草原.
    Forestry,
    /// 医疗保障.
    MedicalInsurance,
    /// 烟草专卖.
    Tobacco,
    /// 刑事.
    Criminal,
    /// 民事.
    Civil,
}

/// Words of laws and causes, the special ones before the general.
const WORDS: &[(Domain, &[&str])] = &[
    (Domain::Tobacco, &["烟草专卖", "卷烟", "电子烟"]),
    (Domain::MedicalInsurance, &["医疗保障基金", "医保基金"]),
    (Domain::Food, &["食品安全法", "食品安全", "食品", "食用农产品", "餐饮"]),
    (Domain::Drugs, &["药品管理法", "药品", "医疗器械", "化妆品", "疫苗"]),
    (Domain::Advertising, &["广告法", "虚假广告", "广告"]),
    (Domain::Prices, &["价格法", "明码标价", "价格违法", "价格行政处罚", "哄抬"]),
    (Domain::Competition, &["反垄断法", "公平竞争审查", "反不正当竞争法", "滥用行政权力", "市场准入负面清单"]),
    (
        Domain::MarketRegulation,
        &[
            "产品质量法",
            "商标法",
            "消费者权益保护法",
            "特种设备",
            "计量法",
            "无证无照",
            "市场主体登记",
            "电子商务法",
            "认证认可",
        ],
    ),
    (Domain::UrbanManagement, &["市容", "城市管理", "占道", "违法建设", "建筑垃圾", "户外招牌"]),
    (Domain::Transport, &["道路运输", "公路法", "客运", "超限运输", "网络预约出租", "巡游出租", "港口法"]),
    (Domain::Environment, &["环境保护法", "大气污染", "水污染", "固体废物", "噪声污染", "排污", "环境影响评价"]),
    (Domain::Water, &["共和国水法", "《水法", "防洪法", "水土保持", "河道管理", "河道采砂", "取水许可", "长江保护法"]),
    (Domain::Forestry, &["森林法", "草原法", "野生动物保护", "森林防火", "湿地保护", "林木", "林地"]),
    (Domain::Fire, &["消防法", "消防"]),
    (Domain::Safety, &["安全生产法", "安全生产", "烟花爆竹", "危险化学品"]),
    (Domain::Agriculture, &["农产品质量安全法", "农药", "兽药", "种子法", "动物防疫", "渔业法", "肥料"]),
    (Domain::Culture, &["出版管理", "娱乐场所", "旅游法", "旅行社", "互联网上网服务", "文物保护"]),
    (Domain::Health, &["医疗机构", "传染病防治", "执业医师", "医师法", "公共场所卫生", "职业病防治", "诊疗"]),
    (Domain::Finance, &["银行业监督管理法", "商业银行法", "保险法", "证券法", "反洗钱法", "贷款", "票据"]),
    (Domain::Tax, &["税收征收管理法", "偷税", "发票管理", "增值税"]),
    (Domain::LandAndConstruction, &["土地管理法", "城乡规划法", "建筑法", "建设工程", "招标投标", "矿产资源"]),
    (Domain::Labour, &["劳动合同法", "劳动法", "社会保险法", "工资支付", "加班费", "劳动争议"]),
    (Domain::Education, &["教育法", "校外培训", "民办教育"]),
    (Domain::PublicSecurity, &["治安管理处罚法", "道路交通安全法", "禁毒法"]),
    (Domain::Customs, &["海关法", "海关行政处罚"]),
];
/// Words of the names of authorities.
const AUTHORITIES: &[(Domain, &[&str])] = &[
    (Domain::Finance, &["金融", "银保监", "银监", "保监", "证监", "证券监督", "人民银行", "外汇管理"]),
    (Domain::Drugs, &["药品监督", "药监"]),
    (Domain::Environment, &["生态环境", "环境保护", "环保"]),
    (Domain::Safety, &["应急管理", "安全生产监督"]),
    (Domain::Fire, &["消防"]),
    (Domain::Transport, &["交通运输", "交通局", "交通委", "交通综合", "运输管理", "公路", "海事", "道路运输"]),
    (Domain::Agriculture, &["农业", "农村局", "农牧", "渔业", "渔政", "畜牧", "农机"]),
    (Domain::Water, &["水利", "水务局", "水务和", "水政", "河务局"]),
    (Domain::Forestry, &["林业", "林草", "草原局", "森林"]),
    (Domain::MedicalInsurance, &["医疗保障", "医保局"]),
    (Domain::Tobacco, &["烟草"]),
    (
        Domain::Culture,
        &[
            "文化和旅游",
            "文化广电",
            "文化市场",
            "文化局",
            "文化体育",
            "文体",
            "文旅",
            "旅游",
            "新闻出版",
            "广播电视",
            "文物局",
        ],
    ),
    (Domain::Health, &["卫生健康", "卫健", "卫生局", "卫生和计划", "卫生计生", "卫生监督", "疾病预防控制"]),
    (Domain::Tax, &["税务"]),
    (Domain::LandAndConstruction, &["自然资源", "住房", "住建", "建设局", "建设委", "规划", "国土"]),
    (Domain::Labour, &["人力资源", "劳动", "社会保障"]),
    (Domain::Education, &["教育局", "教育厅", "教育委", "教育体育", "教育和体育"]),
    (Domain::PublicSecurity, &["公安", "交通警察", "交警", "交通管理局", "派出所", "出入境"]),
    (Domain::Customs, &["海关"]),
    (Domain::UrbanManagement, &["城市管理", "城管", "市容", "环境卫生"]),
];
/// The authorities whose field the cited law or the cause divides further.
const GENERAL: &[&str] = &["市场监督管理", "市场监管", "工商行政管理", "工商局"];
/// What many authorities are called, those of other fields too: 交通运输综合行政执法支队. Alone it is that of 城管.
const ENFORCEMENT: &[&str] = &["综合行政执法", "综合执法"];

/// The field that the name of an authority tells.
fn of_authority(authority: &str) -> Option<Domain> {
    let has = |words: &[&str]| words.iter().any(|word| authority.contains(word));
    let named = AUTHORITIES.iter().find(|(_, words)| has(words)).map(|(domain, _)| *domain);
    named.or_else(|| (has(ENFORCEMENT) && !has(GENERAL)).then_some(Domain::UrbanManagement))
}

/// The field of a case.
pub(super) fn find(
    document: &Document,
    authority: Option<&str>,
    violated: &[Range<usize>],
    basis: &[Range<usize>],
) -> Option<Read<Domain>> {
    let text = document.text.as_str();
    let authority = authority.unwrap_or("");
    let special = of_authority(authority);
    let court = authority.contains("法院") || document.case_kind == Some(CaseKind::Judgment);
    if let Some(domain) = special.filter(|_| !court) {
        return Some(Read::whole(domain, Field::Issuer, 0));
    }
    if court {
        return of_courts(document);
    }
    let cited = violated.iter().chain(basis).find_map(|range| {
        let (domain, at) = of_words(&text[range.clone()])?;
        Some(Read::text(domain, range.start + at.start..range.start + at.end))
    });
    let titled = || of_words(&document.title).map(|(domain, span)| Read { value: domain, field: Field::Title, span });
    let caused = || {
        document.cause.as_deref().and_then(of_words).map(|(domain, span)| Read {
            value: domain,
            field: Field::Cause,
            span,
        })
    };
    let told = || of_words(text).map(|(domain, span)| Read::text(domain, span));
    let general = || {
        GENERAL
            .iter()
            .any(|word| authority.contains(word))
            .then(|| Read::whole(Domain::MarketRegulation, Field::Issuer, 0))
    };
    cited.or_else(titled).or_else(caused).or_else(general).or_else(told)
}

/// The field of a judgment: criminal, of the authority that is sued, or civil.
fn of_courts(document: &Document) -> Option<Read<Domain>> {
    let title = document.title.as_str();
    let whole = |domain| Some(Read::whole(domain, Field::Title, title.len()));
    let cause = document.cause.as_deref().unwrap_or("");
    if title.contains("刑事") || cause.ends_with('罪') {
        return whole(Domain::Criminal);
    }
    if title.contains("民事") || cause.ends_with("纠纷") {
        return whole(Domain::Civil);
    }
    of_words(&document.text).filter(|_| title.contains("行政")).map(|(domain, span)| Read::text(domain, span))
}

/// The field that the first of the words in a stretch names, and where.
fn of_words(stretch: &str) -> Option<(Domain, Range<usize>)> {
    WORDS.iter().find_map(|(domain, words)| {
        let found = words.iter().find_map(|word| Some((stretch.find(word)?, word.len())));
        found.map(|(at, length)| (*domain, at..at + length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_that_of_the_authority_however_it_enforces() {
        for (authority, domain) in [
            ("云桥市交通运输综合行政执法支队", Some(Domain::Transport)),
            ("云桥市文化市场综合行政执法队", Some(Domain::Culture)),
            ("云桥县农业综合行政执法大队", Some(Domain::Agriculture)),
            ("云桥市生态环境保护综合行政执法队", Some(Domain::Environment)),
            ("云桥县市场监管综合行政执法队", None),
            ("云桥县综合行政执法局", Some(Domain::UrbanManagement)),
            ("云桥县环境卫生管理处", Some(Domain::UrbanManagement)),
            ("云桥市公安局交通警察支队", Some(Domain::PublicSecurity)),
            ("云桥县文化路街道办事处", None),
            ("云桥县医疗保障局", Some(Domain::MedicalInsurance)),
            ("云桥县水利局", Some(Domain::Water)),
            ("云桥市水务局", Some(Domain::Water)),
            ("云桥县林业和草原局", Some(Domain::Forestry)),
            ("云桥县烟草专卖局", Some(Domain::Tobacco)),
            ("云桥县农业农村和水利局", Some(Domain::Agriculture)),
            ("中国证券监督管理委员会云桥监管局", Some(Domain::Finance)),
        ] {
            assert_eq!(of_authority(authority), domain, "{authority}");
        }
    }
}
