//! How lines begin that name a party.

use regex::Regex;
use std::sync::LazyLock;

/// What may stand between the characters of a label that is set with blanks: 当 事 人.
const BETWEEN: &str = r"[ \u{3000}]{0,4}";
/// Labels of parties of an administrative procedure; a sign follows.
const PARTIES: [&str; 25] = [
    "当事人",
    "被处罚人",
    "被处罚单位",
    "被处罚者",
    "被处罚对象",
    "被处罚当事人",
    "受处罚人",
    "受处罚单位",
    "被处罚人（单位）",
    "被处罚单位（人）",
    "违法行为人",
    "违法单位",
    "违法企业",
    "违法主体",
    "违法当事人",
    "被检查单位",
    "被检查人",
    "行政相对人",
    "相对人",
    "纳税人",
    "申请人",
    "被申请人",
    "复议申请人",
    "申请执行人",
    "被执行人",
];
/// What stands in fields of a form beside the name.
const FIELDS: [&str; 16] = [
    "姓名",
    "名称",
    "姓名或名称",
    "名称或姓名",
    "性别",
    "年龄",
    "地址",
    "住址",
    "住所",
    "职务",
    "电话",
    "个人姓名",
    "案由",
    "事由",
    "时间",
    "金额",
];

/// How lines begin that name a party.
pub(super) static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let spread = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(BETWEEN);
    let labels = PARTIES.map(spread).join("|");
    let name = ["姓名或名称", "名称或姓名", "姓名", "名称"].map(spread).join("|");
    let bracket = r"(?:[（(][^（）()\n]{1,16}[）)])?";
    let who = r"[☑☒√✓✔■]?[\s　]*(?:个人|公民|自然人|单位|法人)";
    // 当事人：姓名 仇某, 当事人：个人姓名：仇某: the field of a form within.
    let field =
        format!(r"(?:{who}[\s　]*(?:{name})[：:][\s　]*|(?:{name})(?:[：:][\s　]*|[ 　\t]+)(?:{who}[\s　：:]+)?)?");
    // 被处罚人姓名\n仇某: the name alone in the line below.
    let sign = format!(r"[\s　]*[：:\t]\s*(?:[0-9]{{1,2}}[.、．])?{field}");
    let suits = "原告人?|被告单位|被告人?|附带民事诉讼原告人|上诉人|被上诉人|原审被告人?|原审原告|再审申请人|第三人|自诉人|申诉人";
    Regex::new(&format!(
        r"(?m)(?:^[\s　#]*|[号书表][ 　]+)(?:【当事人】\s*\n?|(?:[0-9一二三四五六七八九十]{{1,3}}[.、．])?(?:行政)?(?:{labels})[一二三四五六七八九十0-9]{{0,2}}(?:{name})?{bracket}(?:{name})?{sign}|(?:被处罚(?:当事)?人|当事人|行政相对人|相对人)(?:{name})[ 　]*\n[ 　]*|(?:{suits})(?:[（(][^（）()\n]{{1,20}}[）)])?[：:]?[\s　]*(?:自报姓名|自报|名叫)?)([^，,。；;（(：:\n\s、\[［〔]{{2,60}})"
    ))
    .expect("a constant pattern")
});

/// Whether what stands behind a label is the next label: 当事人：姓名　性别.
pub(super) fn is_field(name: &str) -> bool {
    FIELDS.contains(&name)
}
