//! S01 规范性文件设定行政处罚：规范性文件出现罚则，或者规章设定只有法律、法规才能设定的处罚种类。
//!
//! # 检查什么
//!
//! 对行为人科以处罚种类或者金额的句子：罚款及其数额、警告、没收、责令停产停业、吊销或者暂扣证照、限制从业和投标。草案为规章的，只报规章不得设定的种类。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第九条
//! - 《中华人民共和国行政处罚法》第十六条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `第三条　违规养犬的，处五百元罚款。犬只伤人的，依照《中华人民共和国民法典》的规定承担责任。`
//! - `携犬进入公园的，由城管执法人员处五百元罚款。`
//! - `随意倾倒生活垃圾的，由镇人民政府处五百元以上五千元以下罚款。`
//! - `屡教不改的摊贩，没收经营工具，两年内不得参加摊位招租。`
//! - `违规渣土车一次罚款2000元。`
//! - `对拒不整改的作坊，责令停业整顿。`
//! - `未按要求清扫门前卫生的农户，扣除其当年惠农补贴。`
//!
//! # 不应报
//!
//! - `罚款、没收违法所得必须全部上缴国库。`
//! - `违反前款规定的，由县城市管理部门依照《城市市容和环境卫生管理条例》第三十四条的规定处罚。`
//! - `其他规范性文件不得设定行政处罚。`
//! - `对工作不力的乡镇予以通报批评。`
//! - `行政处罚决定应当依法公示。`
//! - `作出下列决定前应当告知听证的权利：⏎（一）较大数额罚款；⏎（二）吊销许可证件。`
//! - `对公民处二百元以下罚款、对单位处三千元以下罚款的行政处罚，适用简易程序。`
//! - `到期不缴纳罚款的，每日加处罚款，加处罚款的数额不得超出罚款的数额。`
//! - `骗取补贴的，取消其补贴。`
//! - `构成违法的，由公安机关依法给予处罚。`
//!
//! # 例外
//!
//! - 裁量基准、裁量标准、裁量表只细化上位法的罚则，不在此列，由 N04 检查。
//! - 写明依照某法某条处罚的，只提示核对引用。
//! - 对行政机关及其工作人员的处分、问责不是行政处罚。
//! - 追回补助资金、解除合同、移送有权机关处理不是行政处罚。
//! - 法律、行政法规、地方性法规草案的罚则由与上位法比对的检查处理。
//! - 规章的罚款限额由设置项 fine_caps_yuan 给定；没有给定的，不核对限额。

use super::Check;
use super::powers::{Power, Rule};
use crate::law::sanction::{Bases, FEN_A_YUAN, legal_range};
use crate::review::aligned;
use crate::review::desk::{Cues, Desk};
use crate::review::finding::{Basis, Confidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::guards;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "S01",
    name: "规范性文件设定行政处罚",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("s01_penalty.rs"),
    questions: |draft, settings| RULE.questions(draft, settings),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第九条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十六条" },
    NOTICE_ON_DOCUMENTS,
];
const MESSAGE: &str =
    "本句规定“{}”，涉嫌设定行政处罚，请核对。规范性文件不得设定行政处罚；如系转述上位法，请写明依据条款。";
const SUGGESTION: &str = "删除罚则，或者改为“依照《……》第……条的规定处罚”。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:处|罚|按)~{0,30}<数>(?:余|多)?~{0,4}(?:元|倍)~{0,16}(?:罚款|罚金|处罚|的罚)",
            r"(?:处|罚)~{0,24}(?:百分之<数>|<数>%)~{0,16}(?:罚款|罚金)",
            r"(?:罚款|罚金|经济处罚)~{0,10}?<数>~{0,8}?元|罚<数>元|<数>元~{0,6}(?:罚款|的?处罚)",
            r"(?:给予|处以|予以|并处|可以处|可处|处|视情节~{0,6})~{0,10}?(?:警告|通报批评|罚款|经济处罚|行政处罚|没收|行政拘留|拘留)|(?:进行|实施)~{0,10}(?:罚款|经济处罚)",
            r"首次~{0,6}警告|(?:再次|二次|三次)~{0,8}罚款",
            r"没收~{1,24}",
            r"(?:责令|勒令)~{0,8}(?:停产|停业|关闭|歇业|停止(?:生产|营业|经营))|(?:并?予以|一律)(?:关闭|关停)",
            r"(?:吊销|暂扣|收回|注销|撤销|扣减|降低)~{0,16}(?:<执照>|资格证)",
            r"(?:取消|限制|禁止|暂停)~{0,20}(?:从业|投标|经营|准入)资格|(?:取消|限制|禁止|暂停)[^,;外变]{0,20}(?:市场准入|参加~{0,8}投标)",
            r"(?:拒不|不按|未按|违反|随意|乱~{1,6}|屡教不改|逾期|不服从|不配合|不整改|焚烧|私搭)#{0,40}(?:扣除|扣减|扣发|停发|取消|核减|暂停发放)~{0,14}(?:补贴|补助|惠农|低保|奖补|待遇)|(?:扣除|扣减|扣发|停发|取消)~{0,6}(?:违规|违法|违章)~{0,12}(?:补贴|补助|惠农|低保)",
            r"<数>年(?:之)?内~{0,6}(?:不得|禁止|不予|不准|限制)~{0,24}(?:从事|承接|参与|参加|投标|招租|申请|申报|受理|经营|承揽)",
        ],
        &[
            r"(?:人民币|预算|补助|补贴|奖励|赔偿)~{0,6}<数>元$",
            r"合计~{0,12}(?:元|万元)及?以上的|没收(?:的|非法财物的?处理|财物管理|程序|清单|物品)",
            r"罚没(?:收入|财物|指标)|上缴~{0,4}(?:国库|财政)|罚缴分离|收支两条线|足额上缴",
            r"罚款~{0,4}(?:代替|为目的|挂钩|标准|事项)|(?:缓缴|减免|不予|免予|从轻|减轻)~{0,10}(?:处罚|罚款)",
            r"(?:工商|营业|商事)登记~{0,8}注销|注销登记|依申请~{0,8}注销|(?:注销|撤销|收回)~{0,6}(?:户口|残疾人证|身份证|低保证|不动产)",
            r"骗取|套取|虚报|冒领|弄虚作假|重复|不(?:再)?符合|绩效",
            r"党内|校规|厂规|村规民约|保证金|中标人",
        ],
        &[],
    )
    .or(
        &[
            r"罚款(?:的)?(?:标准|数额|金额)~{0,8}(?:如下|为|:)#{0,40}<数>元",
            r"开(?:具|出)?罚单|扣缴罚款|罚款~{0,10}从~{0,16}(?:抵扣|扣除|扣缴)",
            r"(?:每次|首次|再次|第<数>次|<数>次以上|每处|每个|每头|每辆)~{0,8}(?:罚|处|扣)~{0,4}<数>元",
            r"(?:按|每)~{0,8}每?(?:座|处|亩|户|人|次|车|头)~{0,6}<数>元~{0,6}(?:作|给予)~{0,2}(?:经济处理|处理)|扣罚~{0,16}<数>元",
            r"(?:停止|暂停)~{0,6}(?:其|该)~{0,12}(?:业务|承运|经营|营业|作业)~{0,6}<数>(?:个月|天|日|年)|清出~{0,6}(?:⌂|[县市区])~{0,10}市场|不再受理其~{0,8}申请",
            r"(?:责成|责令|勒令)~{0,6}关门~{0,6}(?:整改|停业)?|点名通报",
        ],
        &[
            r"不得|禁止|严禁|指标|挂钩|收缴分离|补贴|奖励|工作人员|保证金|会议|例会|工作人员|党内|考核|督查",
        ],
    )
});

static RULE: Rule = Rule {
    power: Power::Penalty,
    cues: &CUES,
    guards: guards::OF_POWERS,
    own: &[guards::procedure],
    message: MESSAGE,
    suggestion: SUGGESTION,
};

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = RULE.judge(desk);
    found.extend(beyond_cap(desk));
    found
}

/// Fines of rules beyond what the office says is their limit (罚款限额), where the provision names no law that has set them.
fn beyond_cap(desk: &mut Desk<'_>) -> Vec<Found> {
    let level = desk.draft.level;
    let Some(cap) = desk.settings.fine_caps_yuan.get(level.name()).copied() else { return Vec::new() };
    let mut found = Vec::new();
    for clause in aligned::clauses(desk.draft) {
        if !desk.budget.spend(clause.act.len()) {
            break;
        }
        let range = legal_range(&clause.tier, &Bases::default()).ok();
        let max = range.and_then(|range| range.max_fen).map(|fen| fen / FEN_A_YUAN);
        if let Some(max) = max.filter(|max| *max > cap && !clause.names_law()) {
            let (words, level) = (clause.words(), level.chinese());
            found.push(Found {
                span: clause.span.clone(),
                severity: None,
                confidence: Confidence::Medium,
                certain: false,
                message: format!(
                    "“{words}”最高 {max} 元，超过{level}的罚款限额 {cap} 元（设置项 fine_caps_yuan），请核对有无法律、法规依据。"
                ),
                suggestion: "降到限额以内，或者写明所依据的法律、法规条款。",
                evidence: Vec::new(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::law::AuthorityLevel;
    use crate::review::finding::Severity;
    use crate::review::{Answers, Draft, Given, Settings, review};

    #[test]
    fn the_graver_tiers_of_a_cited_article_are_of_it_too() {
        let graves = |text: &str| {
            let draft =
                Draft::read(text, &Given { level: Some(AuthorityLevel::NormativeDocument), ..Given::default() });
            let report = review(&draft, &Answers::default(), &Settings::default());
            report.findings.iter().filter(|one| one.check == "S01" && one.severity < Severity::Info).count()
        };
        let cited = "擅自停渡的，由县交通运输局依照《渡口法》第九条的规定责令改正，处一百元以上五百元以下罚款；拒不改正的，处五百元以上一千元以下罚款；\
                     情节严重的，处一千元以上五千元以下罚款。";
        assert_eq!(graves(cited), 0);
        let own = "擅自停渡的，由县交通运输局责令改正；拒不改正的，处五百元以上一千元以下罚款；情节严重的，处一千元以上五千元以下罚款。";
        assert_eq!(graves(own), 2);
    }

    #[test]
    fn fines_of_rules_beyond_the_limit_of_the_office_are_told() {
        let told = |text: &str, level: AuthorityLevel, cap: Option<u64>| {
            let draft = Draft::read(text, &Given { level: Some(level), ..Given::default() });
            let caps = cap.map(|cap| ("local_government_rule".to_string(), cap)).into_iter().collect();
            let settings = Settings { fine_caps_yuan: caps, ..Settings::default() };
            let report = review(&draft, &Answers::default(), &settings);
            report.findings.iter().filter(|one| one.check == "S01" && one.message.contains("限额")).count()
        };
        let rule = AuthorityLevel::LocalGovernmentRule;
        let text = "第一条　渡口经营者擅自停渡的，处一万元以上五万元以下罚款。";
        assert_eq!(told(text, rule, Some(30_000)), 1);
        assert_eq!(told(text, rule, Some(50_000)), 0);
        assert_eq!(told(text, rule, None), 0);
        assert_eq!(told(text, AuthorityLevel::LocalRegulation, Some(30_000)), 0);
        let cited = "第一条　渡口经营者擅自停渡的，依照《渡口法》第三条的规定，处一万元以上五万元以下罚款。";
        assert_eq!(told(cited, rule, Some(30_000)), 0);
    }
}
