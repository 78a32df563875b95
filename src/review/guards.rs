//! Guards (排除情形): why words that look like a defect are none. All of them stand here, each with its reason, and checks
//! name those that hold for them.
//!
//! A guard looks at one cue in one sentence. It lets the finding stand, makes it a reminder, or drops it.

use super::draft::{Draft, Sentence};
use super::words::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a guard says of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ruling {
    /// The finding stands.
    Stands,
    /// Only a reminder is left: 转述上位法, 请核对引用.
    Reminds,
    /// It is none.
    Falls,
}

/// A cue in its sentence.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Bytes of [`Sentence::text`].
    pub cue: &'a Range<usize>,
}

impl<'a> Place<'a> {
    /// The comma clauses in which the cue stands, whole.
    pub fn window(&self) -> &'a str {
        let text = self.sentence.text.as_str();
        let from = self.start();
        // A cue may end with the comma that ends its clause.
        let end = self.cue.start + self.words().trim_end_matches([',', ':']).len();
        let behind = text.get(end..).and_then(|rest| rest.find([',', ';']));
        let to = behind.map_or(text.len(), |at| end + at);
        text.get(from..to).unwrap_or_default()
    }

    /// The words of its comma clause before the cue.
    pub fn before(&self) -> &'a str {
        self.sentence.text.get(self.start()..self.cue.start).unwrap_or_default()
    }

    /// The words of the sentence before the cue.
    pub fn sentence_before(&self) -> &'a str {
        self.sentence.text.get(..self.cue.start).unwrap_or_default()
    }

    /// The words of the sentence behind the cue.
    pub fn behind(&self) -> &'a str {
        self.sentence.text.get(self.cue.end..).unwrap_or_default()
    }

    /// The cue.
    pub fn words(&self) -> &'a str {
        self.sentence.text.get(self.cue.clone()).unwrap_or_default()
    }

    fn start(&self) -> usize {
        let before = self.sentence.text.get(..self.cue.start).unwrap_or_default();
        before.rfind([',', ';', ':']).map_or(0, |at| at + 1)
    }
}

/// A guard.
pub type Guard = fn(&Place<'_>) -> Ruling;

/// Guards of checks that find penalties, coercion and fees.
pub const OF_POWERS: &[Guard] =
    &[lead_in, prohibition, definition, title, condition, already, official, staff, remedy, reference];
/// Guards of checks that find new duties and conditions.
pub const OF_DUTIES: &[Guard] = &[lead_in, prohibition, definition, title, official, staff, by_law];
/// Guards of fair competition: whoever acts, the words count.
pub const OF_COMPETITION: &[Guard] =
    &[lead_in, prohibition, definition, title, heading, remedial, binds_offices, equal];
/// Guards of checks that find a constant or a clause of form.
pub const OF_FORM: &[Guard] = &[lead_in, definition, title];

/// So many sentences before and behind are looked at for the citation of a clause.
const NEAR: usize = 8;
/// So many words for officials are looked at in a sentence.
const MENTIONS_MAX: usize = 8;

/// A pattern of this file, made once.
macro_rules! words {
    ($name:ident, $($written:expr),+) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| pattern(concat!($($written),+)));
    };
}

fn falls(yes: bool) -> Ruling {
    if yes { Ruling::Falls } else { Ruling::Stands }
}

words!(
    FORBIDS,
    "(?:不得|禁止|严禁|不允许|不准|不应|杜绝|防止|避免|清理|纠正|整治|查处|负面清单)#*(?:下列|以下|如下|:$)",
    "|(?:属于|认定为|视为|构成)#*(?:歧视|限制|排斥|不合理|违法|差别待遇)",
    "|(?:下列|以下|如下)#{0,8}(?:行为|情形|情况|内容)#{0,6}之一#*(?:处罚|处分|罚款|责令|追究|处理|不予通过|属于|认定|查处|问责|整改)",
    "|(?:听证|法制审核|集体讨论|处罚的?种类|简易程序|不予处罚|从轻|减轻|裁量)#*(?:下列|以下|如下|:$)|(?:下列|以下|如下)#*(?:听证|处罚的?种类|简易程序)",
    "|(?:重点|着力|主要)?(?:审查|核查|检查|清理|排查|整治)(?:是否|以下|下列)#*$|是否(?:存在|含有|具有)"
);

/// 引导语: items share what their lead-in says. A list of what is forbidden, punished or to be looked for sets nothing.
pub fn lead_in(place: &Place<'_>) -> Ruling {
    falls(place.draft.leads(place.sentence).any(|lead| FORBIDS.is_match(&lead.text)))
}

words!(
    PROHIBITS,
    "不得|严禁|禁止|不准|不允许|杜绝|清理|取消|纠正|防止|避免|制止|不应|不能|无权|整治|破除|打破|不再|不要求|不强制|不强求|无需|无须|免于|免予|严肃查处|",
    "坚决防范|防范|严控|遏制|(?:规范|减少|压减|降低|严格)(?:涉企)?(?:~{0,6})$|(?:未|没有|无)(?:被|受过|受到)|(?:变相|违规|违法|擅自|乱|不合理|随意|超范围|非法)$"
);
words!(PROHIBITS_ON, "(?:不得|严禁|禁止|不准|不应|杜绝|防止|避免)~*,(?:或者?|以及|并|也|及|更|亦|和)");

/// 禁止性用语: 不得, 严禁, 取消 … before the cue in its comma clause, or in the clause that it continues with 或者.
pub fn prohibition(place: &Place<'_>) -> Ruling {
    let continued = PROHIBITS_ON.find(place.sentence_before()).is_some_and(|found| {
        !place.sentence.text.get(found.end()..place.cue.start).is_some_and(|between| between.contains(','))
    });
    falls(continued || PROHIBITS.is_match(place.before()))
}

words!(
    BINDS,
    "(?:任何|各|有关|各级)(?:单位|部门|组织|机关|个人|地方|地区|镇街|乡镇)?~{0,6}不得(?:以|要求|强制|限制|阻|与|将|违规|变相|排斥|歧视|设置)|",
    "(?:资金|奖补|补贴|补助|扶持|政策|待遇)~{0,8}不得(?:与|按|以|作为|挂钩)|不得以任何(?:理由|形式|方式)"
);

/// 约束机关自身: 任何单位不得要求…, 奖补资金不得与…挂钩 forbid the offices what the check looks for.
pub fn binds_offices(place: &Place<'_>) -> Ruling {
    falls(BINDS.is_match(&place.sentence.text))
}

words!(
    EQUAL,
    "一个标准|一视同仁|同等对待|同等标准|费用标准一致|平等对待|不分注册地|面向[^,;]{0,8}内外|与本地企业(?:同等|一样)|自愿设立|登记窗口"
);

/// 同等对待: what is said to treat all alike prefers nobody.
pub fn equal(place: &Place<'_>) -> Ruling {
    falls(EQUAL.is_match(&place.sentence.text))
}

words!(OWN_THINGS, "公车|公章|印章|档案|闲置资产|在库|涉案物品|预算单位|强制免疫|另一份|电子数据|电子证据");

/// 机关自己的财物和法定免疫: what an office does with its own things, or with those that it has lawfully seized, is no measure.
pub fn own_things(place: &Place<'_>) -> Ruling {
    falls(OWN_THINGS.is_match(&place.sentence.text))
}

words!(DEFINES, "所称|是指|系指|指的是|包括但不限于");

/// 定义: 本办法所称…是指… says what a word means.
pub fn definition(place: &Place<'_>) -> Ruling {
    falls(DEFINES.is_match(place.sentence_before()))
}

/// 书名号内: the title of a document rules nothing.
pub fn title(place: &Place<'_>) -> Ruling {
    let before = place.sentence_before();
    let ends_in_one = place.words().rfind('《').is_some_and(|open| !place.words()[open..].contains('》'));
    falls(ends_in_one || before.rfind('《').is_some_and(|open| !before[open..].contains('》')))
}

/// Longest heading of an article, in characters.
const HEADING_CHARS_MAX: usize = 16;

/// 条名: 第五条　企业落户扶持 above the words of the article.
pub fn heading(place: &Place<'_>) -> Ruling {
    let own = place.sentence;
    let is_short = own.text.chars().nth(HEADING_CHARS_MAX).is_none();
    let is_said = own.text.contains(['.', ';', '!', ',', ':']) || own.text.chars().any(|c| c.is_ascii_digit());
    let sentences = place.draft.sentences.iter();
    let mut behind = sentences.skip_while(|one| one.span.start <= own.span.start);
    let goes_on = behind.next().is_some_and(|next| !own.clause.is_empty() && next.clause.starts_with(&own.clause));
    falls(is_short && !is_said && goes_on)
}

words!(
    CONDITION,
    "^(?:~{0,14}(?:时|前|过程中)(?:,|$)|或者~{0,10}(?:时|前)|期间|后,|(?:措施|决定|处罚|活动)?的(?:[,:单企当违行案物财场车个公机人被情费]|$))"
);

/// 条件分句: 受到罚款处罚的, … names a case; what follows from it stands elsewhere.
pub fn condition(place: &Place<'_>) -> Ruling {
    let ends_sentence = place.behind().trim_end_matches(['.', ';', '!']).trim_end_matches("的处罚").len() <= "的".len();
    falls(!ends_sentence && CONDITION.is_match(place.behind()))
}

words!(
    ALREADY,
    "(?:被|已被?|曾|因|经人民法院|法院|依法(?:应当)?被|解除|申请|对依法|凡被|违反|需要?采取|建议|提请|移送~{0,12}|申请人民法院~{0,8})$"
);

/// 已经发生、由他人作出: 被吊销…, 法院依法查封…, 移送公安机关….
pub fn already(place: &Place<'_>) -> Ruling {
    falls(ALREADY.is_match(place.before()))
}

words!(
    OFFICIAL,
    "(?:处罚|罚款|查封|扣押|扣留|强制(?:执行|措施)?|收费|许可|审批|备案|登记|滞纳金|保证金|没收)~{0,6}(?:决定书?|案卷|裁量|信息|事项|权力?|程序|种类|文书|公示|听证|告知|",
    "清单|目录|收缴|缴纳|数额|票据|结果|制度建设|标准化|管理办法|条例|职责|体制|机关|人员|工作|收入|流程|平台|系统|案件|行为|平均|水平|应当(?:制作|交付|出具|全部|全额|上缴|妥善|立即))"
);

/// 程序和管理: 处罚决定书, 罚款收缴, 查封清单 speak of how a power is used that superior law has set.
pub fn official(place: &Place<'_>) -> Ruling {
    let text = place.sentence.text.as_str();
    let near = text.get(place.cue.start..).unwrap_or_default();
    falls(OFFICIAL.find(near).is_some_and(|found| found.start() < place.words().len()))
}

words!(
    STAFF,
    "工作人员|执法人员|公职人员|公务员|党员|领导干部|领导班子|国家机关|监管人员|审批人员|村干部|责任人(?:员)?(?:依法|依规)?给予|",
    "(?:分管|主要)(?:负责人|负责同志|领导)|评先|评优|(?:失职|渎职|玩忽职守|滥用职权|徇私舞弊|履职不力|监管不力|工作不力|落实不力|推进不力|落实不到位|推诿|不作为|慢作为|瞒报|漏报|迟报)|",
    "(?:各|有关|相关|责任)(?:镇|乡镇|街道|部门|单位|科室|成员单位)|党纪|政务处分|政纪|纪检监察|问责|约谈|效能|考核(?:结果|排名|倒数)|河长|网格员"
);

words!(
    AGAINST,
    "(?:拒绝|拒不(?:接受|配合)|阻碍|阻挠|妨碍|妨害|抗拒|干扰|辱骂|侮辱|殴打|围攻|威胁|恐吓|诽谤|报复|伤害|暴力|欺骗|贿赂|行贿|冒充|假冒)[^,;]{0,16}$"
);

// 由县城市管理部门执法人员处: they act.
words!(BY_WHOM, "由[^,;由]{0,16}$");

/// 对内: officials, agencies and village cadres who do their work badly are no addressees of penalties. Whoever acts against
/// others (由…处, 网格员可以…) is not meant, nor those against whom somebody acts (拒绝、阻碍执法人员检查的).
pub fn staff(place: &Place<'_>) -> Ruling {
    let before = place.sentence_before();
    let acts =
        |from: usize| before.get(from..).is_some_and(|rest| rest.contains(['可', '将']) || rest.contains("有权"));
    let is_addressee = |found: &regex::Match<'_>| {
        let ahead = &before[..found.start()];
        !ahead.ends_with(['由', '、', '经'])
            && !BY_WHOM.is_match(ahead)
            && !acts(found.end())
            && !AGAINST.is_match(ahead)
    };
    falls(STAFF.find_iter(before).take(MENTIONS_MAX).any(|found| is_addressee(&found)))
}

words!(REMEDY, "申请(?:人民法院|法院)?(?:强制执行)|(?:申请|提起)(?:行政)?(?:复议|诉讼)|当事人对~{0,12}不服");

/// 救济和申请法院执行: rights of the party and the way by the court are what the law wants.
pub fn remedy(place: &Place<'_>) -> Ruling {
    let text = place.sentence.text.as_str();
    falls(REMEDY.find(text).is_some_and(|found| found.end() >= place.cue.start))
}

words!(
    CITES,
    "(?:^|[^未不违])(?:依照|依据|根据|按照|适用|遵照|按|依)~{0,40}(?:《|法律|法规|规章|国家|省级?|上级|有关规定|相关规定|合同|招标文件|约定|规定)"
);
words!(LAWFUL, "依法|依规|法律、|法定|合法");
words!(AMOUNT, "<数>(?:元|倍|%|日|个月|年)|百分之");

/// 引用上位法: a sentence that cites the law and repeats what it says is to be compared with it, not a setting of its own.
/// 依法 alone drops only a cue without an amount.
pub fn reference(place: &Place<'_>) -> Ruling {
    let before = place.sentence.text.get(..place.cue.end).unwrap_or_default();
    let has_amount = AMOUNT.is_match(place.words());
    if CITES.is_match(before) {
        return if has_amount || before.contains('《') { Ruling::Reminds } else { Ruling::Falls };
    }
    let leads = || place.draft.leads(place.sentence).any(|lead| CITES.is_match(&lead.text));
    if in_citing_clause(place) || has_amount && leads() {
        return Ruling::Reminds;
    }
    falls(!has_amount && (LAWFUL.is_match(place.before()) || LAWFUL.is_match(place.words())))
}

words!(GOES_ON, "^(?:情节|性质|拒不|逾期|仍不|造成|构成|经责令|后果|有违法所得|没有违法所得|违法所得|货值)");
words!(PUNISHES, "处罚|罚款|处以|查封|扣押|没收|强制|暂扣|拘留|许可|审批|收费|征收");

/// Whether another sentence of the same clause cites a law by its title for the same matter: an article that applies a law says so once.
/// A sentence with an act of its own (犬只伤人的，依照…) applies it to that alone.
fn in_citing_clause(place: &Place<'_>) -> bool {
    let clause = place.sentence.clause.as_str();
    let sentences = &place.draft.sentences;
    let here = sentences.partition_point(|one| one.span.start < place.sentence.span.start);
    let cites = |one: &Sentence| CITES.find_iter(&one.text).any(|cited| cited.as_str().contains('《'));
    // 依照《…》第…条，处…；拒不改正的，处…；情节严重的，处…: the graver tiers are of the same act.
    let above = sentences.get(..here).unwrap_or_default().iter().rev().take(NEAR);
    let mut above = above.take_while(|one| one.clause == clause);
    if GOES_ON.is_match(&place.sentence.text)
        && above.find(|one| !GOES_ON.is_match(&one.text) || cites(one)).is_some_and(cites)
    {
        return true;
    }
    let near = sentences.iter().skip(here.saturating_sub(NEAR)).take(2 * NEAR + 1);
    !clause.is_empty()
        && near.filter(|one| one.clause == clause).any(|one| {
            let cited = CITES.find(&one.text).filter(|cited| cited.as_str().contains('《'));
            let is_own = |at: usize| one.text.get(..at).is_some_and(|before| before.contains("的,"));
            one.span == place.sentence.span && cited.is_some()
                || cited.is_some_and(|cited| PUNISHES.is_match(&one.text) && !is_own(cited.start()))
        })
}

words!(BY_LAW, "(?:依照|依据|根据|按照|符合)~{0,30}(?:《|法律|法规|国家|省|规定|有关)|依法");

/// 依照上位法: duties that the sentence takes from superior law. With a title they are reminded of, else dropped.
pub fn by_law(place: &Place<'_>) -> Ruling {
    let before = place.sentence.text.get(..place.cue.end).unwrap_or_default();
    match BY_LAW.find(before) {
        Some(found) if found.as_str().contains('《') => Ruling::Reminds,
        Some(_) => Ruling::Falls,
        None => Ruling::Stands,
    }
}

words!(
    PROCEDURE,
    "简易程序|当场(?:作出|处罚)|加处(?:的)?罚款|听证|法制审核|集体讨论|重大~{0,4}处罚|较大数额|一事不再罚|",
    "同一(?:个)?违法行为~{0,10}(?:不得|两次)|(?:行使|实施)~{0,6}处罚(?:权|时)"
);

/// 程序: 简易程序, 听证, 加处罚款 speak of how a penalty is imposed that superior law has set.
pub fn procedure(place: &Place<'_>) -> Ruling {
    falls(PROCEDURE.is_match(&place.sentence.text))
}

words!(
    MEASURES,
    "(?:查封|扣押|扣留|冻结|强制措施)#{0,40}(?:决定书|通知书|清单|笔录|凭证|封条|届满|期间不|手续|解除)|延长~{0,4}(?:查封|扣押)|",
    "(?:查封|扣押)~{0,20}与违法行为无关|(?:查封|扣押)期限内|收缴的?罚款|罚款~{0,10}收缴"
);
words!(EMPOWERS, "可以|有权|一律|予以|可(?:先行|依法)?$|直接");

/// 程序: how a seizure is recorded, told and ended. Whoever is given the power (可以扣押…) is another thing.
pub fn measure_procedure(place: &Place<'_>) -> Ruling {
    falls(MEASURES.is_match(&place.sentence.text) && !EMPOWERS.is_match(place.sentence_before()))
}

words!(
    EMERGENCY,
    "(?:发生|出现|遇有?|因)~{0,12}(?:火灾|火情|险情|事故|泄漏|爆炸|台风|洪水|地震|灾害|故障|紧急)|紧急(?:情况|情形|避险|状态)|",
    "危及~{0,6}(?:人身|公共|生命|安全)|抢险|应急处置|灭火"
);
words!(WORKS, "因~{0,20}(?:更换|检修|维修|施工|改造|抢修|检测)~{0,40}停[水电气暖热]");
words!(UNWILLING, "拒不|逾期|仍不|不缴|未缴|欠缴|不整改|不履行|不配合|违法建|拒绝");

/// 紧急情况: to cut off supply in a fire or a leak saves lives and forces nobody. Whoever is unwilling is forced.
pub fn emergency(place: &Place<'_>) -> Ruling {
    let text = place.sentence.text.as_str();
    falls((EMERGENCY.is_match(text) || WORKS.is_match(text)) && !UNWILLING.is_match(text))
}

words!(RELIEVES, "不再(?:要求|索要|提供|提交)|无需|无须|不得(?:要求|索要)|不予(?:认可|采信)|取消|告知承诺");

/// 免除: 不再要求…, 不予认可… ask for nothing.
pub fn relieved(place: &Place<'_>) -> Ruling {
    falls(RELIEVES.is_match(&place.sentence.text))
}

words!(
    STATUTORY,
    "(?:占用|挖掘|跨越|穿越)~{0,10}(?:道路|公路|河道|绿地|耕地|农用地|林地|草原|海域|农田|土地)|采伐|驾驶(?:机动车|证)|消防验收|竣工验收|野外用火|",
    "(?:施工|排污|取水|采矿|采伐|捕捞|食品(?:生产|经营)|建设(?:工程|用地)规划|安全生产|道路运输|烟草~{0,6}|药品~{0,6}|医疗机构~{0,4}|爆破~{0,6}|危险化学品~{0,6}|特种~{0,8}|     烟花爆竹~{0,6}|民用爆炸物品~{0,6}|燃气经营|动物诊疗|动物防疫条件|种子生产经营|旅行社~{0,6}|印刷~{0,4}|出版~{0,4}|采砂|排水)许可|     营业执照|执业证书|检疫(?:合格)?|大型群众性活动"
);

words!(BY_LAW_AHEAD, "依法~{0,2}(?:办理|取得|申请|申领|履行)~{0,20}(?:手续|许可|审批|批准|评价|证)$");

/// 法定许可: what law makes depend on a licence of its own is repeated, not set; so is what is to be obtained 依法.
pub fn statutory(place: &Place<'_>) -> Ruling {
    let by_law = place.sentence_before().split(',').any(|clause| BY_LAW_AHEAD.is_match(clause));
    if by_law || STATUTORY.is_match(place.window()) { Ruling::Reminds } else { Ruling::Stands }
}

words!(SYSTEM, "(?:制度|管理|制)$");
words!(BY_LAW_BEHIND, "^~{0,8}[,]?~{0,4}(?:依照|按照|依据|适用)~{0,20}(?:法律|法规|国家|规定|《)");

/// 制度依照…: a system of licences that goes by the law is the law's.
pub fn system_by_law(place: &Place<'_>) -> Ruling {
    falls(SYSTEM.is_match(place.words()) && BY_LAW_BEHIND.is_match(place.behind()))
}

words!(REMEDIAL, "^~{0,16}(?:的)?(?:行为|做法|问题|规定|政策措施|隐性壁垒|现象)|不受~{0,10}限制");

/// 整改语境: …的行为、做法, spoken of as what is to be ended.
pub fn remedial(place: &Place<'_>) -> Ruling {
    let fights = ["清理", "纠正", "破除", "打破", "消除", "查处", "整治", "废除", "治理"];
    let text = place.sentence.text.as_str();
    falls(fights.iter().any(|verb| text.contains(verb)) && REMEDIAL.is_match(place.behind()))
}
