//! The outline of a case: sections by their captions (【主要违法违规事实】, 基本案情, 本院认为 …).

use super::super::document::Document;
use super::super::provision::{HeadingLevel, ProvisionKind};
use super::annexes::{Zone, mark_signatures};
use super::lines::{Line, Mark, is_blank};
use super::titles::mark_titles;
use super::{Opening, Outline, Role, TITLE_BYTES_MAX};

/// Longest caption, in bytes.
const CAPTION_BYTES_MAX: usize = 60;

/// Captions, the key of the section and its label.
const CAPTIONS: &[(&str, &str, &str)] = &[
    ("当事人", "parties", "当事人"),
    ("当事人信息", "parties", "当事人"),
    ("被处罚人", "parties", "当事人"),
    ("申请人请求", "claims", "请求"),
    ("诉讼请求", "claims", "请求"),
    ("原告诉讼请求", "claims", "请求"),
    ("原告诉称", "claims", "请求"),
    ("被告辩称", "defence", "答辩"),
    ("陈述申辩", "defence", "答辩"),
    ("主要违法违规事实", "facts", "事实"),
    ("主要违法事实", "facts", "事实"),
    ("违法事实", "facts", "事实"),
    ("认定事实", "facts", "事实"),
    ("审理查明", "facts", "事实"),
    ("案件事实", "facts", "事实"),
    ("基本案情", "facts", "事实"),
    ("简要案情", "facts", "事实"),
    ("案情简介", "facts", "事实"),
    ("案情回顾", "facts", "事实"),
    ("案情", "facts", "事实"),
    ("案例简介", "facts", "事实"),
    ("事实", "facts", "事实"),
    ("关键词", "keywords", "关键词"),
    ("争议焦点", "issues", "争议焦点"),
    ("案件焦点", "issues", "争议焦点"),
    ("证据", "evidence", "证据"),
    ("裁判理由", "reasons", "理由"),
    ("判决理由", "reasons", "理由"),
    ("理由", "reasons", "理由"),
    ("案例分析", "reasons", "理由"),
    ("案件分析", "reasons", "理由"),
    ("法院认为", "reasons", "理由"),
    ("本院认为", "reasons", "理由"),
    ("审查意见", "reasons", "理由"),
    ("行政处罚依据", "basis", "依据"),
    ("处罚依据", "basis", "依据"),
    ("法律依据", "basis", "依据"),
    ("相关法条", "basis", "依据"),
    ("司法解释相关法条", "basis", "依据"),
    ("相关条文", "basis", "依据"),
    ("司法解释相关条文", "basis", "依据"),
    ("法条链接", "basis", "依据"),
    ("依据", "basis", "依据"),
    ("行政处罚决定", "result", "结果"),
    ("处罚决定", "result", "结果"),
    ("决定", "result", "结果"),
    ("处罚结果", "result", "结果"),
    ("处理结果", "result", "结果"),
    ("查处情况", "result", "结果"),
    ("裁判结果", "result", "结果"),
    ("法院裁判", "result", "结果"),
    ("判决结果", "result", "结果"),
    ("裁决结果", "result", "结果"),
    ("整改情况", "result", "结果"),
    ("结果", "result", "结果"),
    ("裁判要点", "holding", "要点"),
    ("裁判要旨", "holding", "要点"),
    ("裁判规则", "holding", "要点"),
    ("典型意义", "significance", "意义"),
    ("案件评析", "significance", "意义"),
    ("法官解读", "significance", "意义"),
    ("法官说法", "significance", "意义"),
    ("适用解析", "significance", "意义"),
    ("专家点评", "significance", "意义"),
    ("履行方式和期限", "performance", "履行"),
    ("救济途径", "remedy", "救济"),
    ("权利告知", "remedy", "救济"),
];

/// How paragraphs of decisions and judgments begin that stand without captions.
const CUES: &[(&str, &str, &str)] = &[
    ("当事人：", "parties", "当事人"),
    ("被处罚人：", "parties", "当事人"),
    ("原告：", "parties", "当事人"),
    ("经查明", "facts", "事实"),
    ("现查明", "facts", "事实"),
    ("经查，", "facts", "事实"),
    ("经审理查明", "facts", "事实"),
    ("本院查明", "facts", "事实"),
    ("上述事实，有", "evidence", "证据"),
    ("上述事实有", "evidence", "证据"),
    ("以上事实，有", "evidence", "证据"),
    ("以上事实有", "evidence", "证据"),
    ("证明上述事实的证据", "evidence", "证据"),
    ("本院认为", "reasons", "理由"),
    ("本局认为", "reasons", "理由"),
    ("我局认为", "reasons", "理由"),
    ("本机关认为", "reasons", "理由"),
    ("判决如下：", "result", "结果"),
    ("如不服本", "remedy", "救济"),
    ("当事人如不服", "remedy", "救济"),
];

/// How the line before the result of a decision or judgment ends.
const RESULT_FOLLOWS: &[&str] =
    &["判决如下", "裁定如下", "决定如下", "处罚如下", "处罚决定", "下行政处罚", "下处罚", "列行政处罚", "列处罚"];

/// Gives every line its role.
pub(super) fn outline(document: &Document, lines: Vec<Line>) -> Outline {
    let text = document.text.as_str();
    let mut roles = vec![Role::None; lines.len()];
    mark_titles(&document.title, text, &lines, lines.len(), &mut roles);
    let mut defaults = vec![(0, section("opening", "首部"))];
    let mut current = "opening";
    for index in 0..lines.len() {
        if roles[index] != Role::None {
            continue;
        }
        let line = &lines[index];
        let words = line.words(text);
        let last = index + 1 == lines.len();
        if let Some((key, label, alone)) = captioned(line, words).filter(|(_, _, alone)| !(*alone && last)) {
            current = key;
            let opening = section(key, label);
            if alone {
                roles[index] = Role::Heading(HeadingLevel::Section);
                defaults.push((index + 1, opening));
            } else {
                roles[index] = Role::Provision(opening);
            }
        } else if let Some((key, label)) = cued(text, &lines, index).filter(|(key, _)| *key != current) {
            current = key;
            roles[index] = Role::Provision(section(key, label));
        } else if line.marked && words.len() <= TITLE_BYTES_MAX {
            current = "section";
            roles[index] = Role::Heading(HeadingLevel::Section);
            defaults.push((index + 1, section("section", words)));
        }
    }
    // Under captions an organ or a date at the end is what the caption says, in a decision without them the signature.
    if defaults.len() == 1 {
        mark_signatures(text, &lines, &Zone::main(lines.len()), &mut roles);
    }
    Outline { lines, roles, defaults, issues: Vec::new() }
}

/// Key and label of the section that a line without a caption begins by its first words, or by those before it.
fn cued(text: &str, lines: &[Line], index: usize) -> Option<(&'static str, &'static str)> {
    let before = index.checked_sub(1).map_or("", |before| lines[before].words(text));
    let announced = before.strip_suffix(['：', ':']);
    if announced.is_some_and(|before| RESULT_FOLLOWS.iter().any(|end| before.ends_with(end))) {
        return Some(("result", "结果"));
    }
    let words = lines[index].words(text);
    CUES.iter().find(|(cue, ..)| words.starts_with(cue)).map(|(_, key, label)| (*key, *label))
}

fn section(key: &str, label: &str) -> Opening {
    Opening::new(ProvisionKind::CaseSection, key, label)
}

/// Key and label of the caption that a line begins with, and whether the line is nothing else.
fn captioned<'a>(line: &Line, words: &'a str) -> Option<(&'static str, &'a str, bool)> {
    let (caption, rest, bracketed) = match words.strip_prefix('【').and_then(|inner| inner.split_once('】')) {
        Some((caption, rest)) => (caption, rest, true),
        None => match words.split_once(['：', ':']) {
            Some((caption, rest)) => (caption, rest, false),
            None => (words, "", false),
        },
    };
    if caption.len() > CAPTION_BYTES_MAX || line.mark == Mark::Row {
        return None;
    }
    let bare = caption.trim_start_matches(|c: char| "一二三四五六七八九十（）、.0123456789".contains(c) || is_blank(c));
    let alone = rest.trim_matches(is_blank).is_empty();
    let known = CAPTIONS.iter().find(|(known, ..)| *known == bare);
    match known {
        Some((_, key, label)) => Some((key, label, alone)),
        None if bracketed => Some(("section", caption, alone)),
        None => None,
    }
}
