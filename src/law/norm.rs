//! What a provision does to those it speaks to: commands, forbids, punishes, orders a procedure, defines (规范性质).
//!
//! Read from the words by one table of patterns. It is a first order for people who look for the law that fits facts, no
//! reading of the law: a provision that does several things bears the name of the one that it says first, or of the sanction.

use regex::Regex;
use serde::Serialize;
use std::sync::LazyLock;

/// 规范性质 of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "规范性质")]
pub enum Norm {
    /// 禁止性规定: what one must not do.
    Prohibition,
    /// 义务性规定: what one must do.
    Duty,
    /// 罚则: what follows where one does it nevertheless.
    Penalty,
    /// 程序性规定: how authorities and parties proceed.
    Procedure,
    /// 定义: what a word means.
    Definition,
    /// Anything else: principles, competences, permissions, dates.
    Other,
}

impl Norm {
    /// Every norm with its name in JSON and in Chinese: the one table of them, in the order in which they are shown.
    pub const ALL: [(Norm, &'static str, &'static str); 6] = [
        (Self::Prohibition, "prohibition", "禁止性规定"),
        (Self::Duty, "duty", "义务性规定"),
        (Self::Penalty, "penalty", "罚则"),
        (Self::Procedure, "procedure", "程序性规定"),
        (Self::Definition, "definition", "定义"),
        (Self::Other, "other", "其他"),
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// That of a provision by its text; its number may stand before it.
    pub fn of(text: &str) -> Norm {
        let mut best: Option<(u8, usize, Norm)> = None;
        for (rank, norm, pattern) in PATTERNS.iter() {
            if best.is_some_and(|(known, ..)| known < *rank) {
                break;
            }
            let Some(found) = pattern.find(text) else { continue };
            if best.is_none_or(|(known, at, _)| (*rank, found.start()) < (known, at)) {
                best = Some((*rank, found.start(), *norm));
            }
        }
        best.map_or(Norm::Other, |(.., norm)| norm)
    }
}

/// What tells a norm. Rows of one rank stand beside each other, and what is said first decides among them; a lower rank
/// counts only where no row of a higher one fits.
const TABLE: [(u8, Norm, &str); 14] = [
    // A sanction behind the act that it follows, or a punishment by its measure.
    (0, Norm::Penalty, r"处(?:以)?[^，。；]{0,40}?(?:罚款|罚金|拘留|有期徒刑|无期徒刑|拘役|管制|死刑)"),
    (
        0,
        Norm::Penalty,
        r"(?:给予|处以|予以|处)(?:[^，。；的]{0,8})(?:警告|处分|处罚|通报批评|罚款|治安管理处罚|开除|撤职|降级|记过)",
    ),
    (
        0,
        Norm::Penalty,
        r"(?:的|之一|行为|严重|后果|严重的)[，：,:](?:[^。]{0,60}?)(?:责令|警告|没收|吊销|暂扣|取缔|处分|罚款|从重处罚|依法追究|追究[^，。；]{0,12}刑事责任|予以撤销|强制拆除)",
    ),
    (0, Norm::Penalty, r"(?:依照|按照|依)[^。；]{0,40}(?:定罪处罚|论处|(?:的规定|规定)(?:给予)?(?:从重)?处罚)"),
    (0, Norm::Penalty, r"(?:构成犯罪的，|依法)[^。；]{0,6}追究[^，。；]{0,12}刑事责任"),
    (0, Norm::Penalty, r"处罚规定的，从其规定|依法追究法律责任"),
    (1, Norm::Other, r"^[^。]*制定本(?:法|条例|办法|规定|细则|规则|规程)。"),
    (
        1,
        Norm::Definition,
        r"(?:所称|所指|称)[^。；]{1,60}?(?:，|、)?(?:是指|系指|包括|指)|(?:下列|以下)(?:用语|术语)|[，》”]是指",
    ),
    (
        2,
        Norm::Procedure,
        r"听证|立案|立卷|归档|移送|管辖|信访事项|征收决定|审查建议|提案人|审议后|交付表决|答辩|签收|签名或者盖章|复核结果|(?:鉴定书|通知书|决定书|裁定书)|提交下列(?:文件|材料)|出示[^，。；]{0,10}证|[^，。；]{0,14}书面申请|送达|行政复议|提起(?:行政)?诉讼|陈述和?、?申辩|陈述权|申辩权|(?:之日起|在|于)[^，。；]{0,14}?(?:日|个月|小时)(?:以)?内[^。]{0,40}?(?:决定|通知|告知|答复|审查|受理|作出|报送|移送|提出|申请|办理|批准|核准)|(?:受理|收到)[^，。；]{0,12}申请|(?:制作|出具|填写|出示)[^，。；]{0,20}(?:决定书|笔录|证件|清单|通知书|文书|收据)|不予受理|执法人员不得少于|调查终结|(?:提出|提交)[^，。；]{0,20}申请",
    ),
    (2, Norm::Other, r"^[^。]{0,40}坚持[^。]*(?:原则|相结合)"),
    (3, Norm::Prohibition, r"不得|禁止|严禁|不准|不许|不允许"),
    (3, Norm::Duty, r"应当|必须|有[^，。；]{0,10}义务|应(?:[由在按依于将对以])|须(?:经|报|向|在|持|由|按)|负有"),
    // Who does what, without a word of duty.
    (4, Norm::Procedure, r"(?:申请|审查|审批|备案|登记|公告|公示|调查|鉴定|检验)[^。；]{0,20}程序"),
    (4, Norm::Definition, r"(?:含义|定义)(?:是|如下|：)"),
];

static PATTERNS: LazyLock<Vec<(u8, Norm, Regex)>> = LazyLock::new(|| {
    let row = |(rank, norm, pattern): &(u8, Norm, &str)| (*rank, *norm, Regex::new(pattern).expect("a fixed pattern"));
    TABLE.iter().map(row).collect()
});

/// The acts that sanctions follow: behind 违反…规定 up to the 的 before the comma, and the members of a list.
pub fn punished_acts(text: &str) -> impl Iterator<Item = &str> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        let broken = r"违反[^，。；]{0,40}?规定，([^。；：]{4,120}?)的[，：]";
        let listed = r"（[一二三四五六七八九十]{1,3}）([^。；：]{4,120}?)的?[；。]";
        Regex::new(&format!("{broken}|{listed}")).expect("a fixed pattern")
    });
    ACT.captures_iter(text).filter_map(|found| found.get(1).or_else(|| found.get(2))).map(|act| act.as_str())
}

#[cfg(test)]
mod tests;
