//! N06 文内数额、期限、比例前后矛盾：同一事项在不同条款中的数字不一致。
//!
//! # 检查什么
//!
//! 事项名称相同（……时限、标准、比例、限额等）而数字不同的两个句子。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `第五条 备案办理时限为10个工作日。⏎第九条 备案办理时限为15个工作日。`
//! - `第三条 种植补贴标准为每亩200元。⏎第八条 种植补贴标准为每亩220元。`
//!
//! # 不应报
//!
//! - `第五条 备案办理时限为10个工作日。⏎第九条 备案办理时限为10个工作日。`
//! - `第五条 个人补贴标准为500元。⏎第六条 单位补贴标准为1000元。`
//!
//! # 例外
//!
//! - 对象、档次不同的。
//! - 附件示例。

use super::{Check, nothing};
use crate::review::desk::Desk;
use crate::review::draft::Part;
use crate::review::finding::{Basis, Confidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::words::pattern;
use crate::text::numerals;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "N06",
    name: "文内数额、期限、比例前后矛盾",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("n06_contradiction.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^第[一二三四五六七八九十百]+条|^\([一二三四五六七八九十]+\)|^[一二三四五六七八九十]+、)?(?P<key>\p{Han}{2,14}(?:时限|期限|标准|比例|金额|限额|额度|次数|上限|下限))(?:为|是|:|不超过|不得超过|不少于)(?P<per>每\p{Han}{1,3})?(?P<d>[0-9一二三四五六七八九十百千万零〇两]+)(?P<u>个工作日|日|天|个月|年|万元|元|%|次)",
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut seen: HashMap<(String, String), (u64, String, String)> = HashMap::new();
    let mut found = Vec::new();
    for sentence in desk.draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len()) {
            break;
        }
        for words in FIGURE.captures_iter(sentence.folded()) {
            let part = |name| words.name(name).map_or("", |part| part.as_str());
            let Some(number) = numerals::parse(part("d")) else { continue };
            let key = (part("key").to_string(), format!("{}{}", part("per"), part("u")));
            let told = format!("{}{}", part("d"), part("u"));
            let Some((first, clause, words_there)) = seen.get(&key) else {
                seen.insert(key, (number, sentence.clause.clone(), told));
                continue;
            };
            let Some(range) = words.name("key").zip(words.name("u")).map(|(key, unit)| key.start()..unit.end()) else {
                continue;
            };
            if *first != number && *clause != sentence.clause {
                found.push(Found {
                    span: sentence.original_of_folded(range),
                    severity: None,
                    confidence: Confidence::Medium,
                    certain: false,
                    message: format!(
                        "{clause}与{}对“{}”的规定不一致：{words_there}／{told}，请核对。",
                        sentence.clause, key.0
                    ),
                    suggestion: "统一前后数字；对象或者档次不同的，分别写明。",
                    evidence: Vec::new(),
                });
            }
        }
    }
    found
}
