//! What stands around a text: the lines in which an export program states 文号, days and status, and its trailers.

use super::bare;
use crate::extract::blocks::Block;
use crate::extract::header;
use crate::law::{AuthorityLevel, Document, ValidityStatus};
use regex::Regex;
use std::sync::LazyLock;

/// A line of the head of an exported text: 发文字号 : 国发[2017]15号.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    let labels = "发布部门|发文机关|制定机关|发文字号|文号|发布日期|公布日期|成文日期|实施日期|施行日期|生效日期|失效日期|有效期至|时效性|有效性|效力级别|法规类别|主题分类|主题词|索引号|标题|名称";
    Regex::new(&format!(r"^(?P<label>{labels})[:：](?P<value>.*)$")).expect("a constant pattern")
});
/// Lines that programs put behind an exported text.
static TRAILER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:查看原文|元典智库.*|打印本页|关闭窗口|【?打印】?.*|责任编辑[:：].*|扫一扫.*|分享到.*|相关链接.*)$")
        .expect("a constant pattern")
});
/// A line of a table of contents, with its dots and page.
static CONTENTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:[.．…·‥]{4,}|…{2,})[0-9（()）-]*$").expect("a constant pattern"));
/// A line that says that what follows is attached to something.
static ATTACHED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^附[件表录][0-9一二三四五六七八九十]*[:：]?$").expect("a constant pattern"));
/// What the lines of a head say, by their labels.
#[derive(Debug, Default)]
pub struct Stated(Vec<(String, String)>);

impl Stated {
    pub fn take(&mut self, label: &str) -> Option<String> {
        let at = self.0.iter().position(|(own, value)| own == label && !["", "-", "无"].contains(&value.as_str()))?;
        Some(self.0.swap_remove(at).1)
    }

    fn any(&mut self, labels: &[&str]) -> Option<String> {
        labels.iter().find_map(|label| self.take(label))
    }

    /// The 文号 stated.
    pub fn number(&self) -> Option<&str> {
        let found = self.0.iter().find(|(label, _)| ["发文字号", "文号"].contains(&label.as_str()));
        found.map(|(_, value)| value.as_str())
    }

    /// Takes in the 文号 that stands among lines above a title.
    pub fn number_in(&mut self, lines: &[String]) {
        let number = lines.iter().find_map(|line| header::document_number(line));
        self.0.extend(number.map(|number| ("文号".to_string(), number.to_string())));
    }

    /// Puts what was stated into its fields; what the text itself says stands.
    pub fn fill(mut self, document: &mut Document) {
        let day = |value: String| header::numeric_date(&value).or_else(|| header::chinese_date(&value));
        document.issuer = self.any(&["发布部门", "发文机关", "制定机关"]).or(document.issuer.take());
        document.document_number = self.any(&["发文字号", "文号"]).or(document.document_number.take());
        document.promulgation_date =
            document.promulgation_date.or_else(|| self.any(&["发布日期", "公布日期"]).and_then(day));
        document.written_date = document.written_date.or_else(|| self.take("成文日期").and_then(day));
        document.effective_date =
            document.effective_date.or_else(|| self.any(&["实施日期", "施行日期", "生效日期"]).and_then(day));
        document.valid_until = document.valid_until.or_else(|| self.any(&["失效日期", "有效期至"]).and_then(day));
        let status = self.any(&["时效性", "有效性"]).and_then(|value| status(&value));
        document.asserted_status = document.asserted_status.take().or(status);
        let level = self.take("效力级别").and_then(|value| level(&value));
        document.level = level.or(document.level);
        document.subject = self.any(&["主题分类", "法规类别"]).or(document.subject.take());
        document.index_number = self.take("索引号").or(document.index_number.take());
    }
}

fn status(value: &str) -> Option<String> {
    let of = |status: ValidityStatus| Some(status.name().to_string());
    match value {
        "现行有效" | "有效" => of(ValidityStatus::InForce),
        "已被修改" | "已修改" => of(ValidityStatus::Amended),
        "已废止" | "废止" => of(ValidityStatus::Repealed),
        "失效" | "已失效" => of(ValidityStatus::Expired),
        "尚未生效" | "尚未施行" => of(ValidityStatus::NotYetEffective),
        _ => None,
    }
}

fn level(value: &str) -> Option<AuthorityLevel> {
    let of = |ending: &str| value.ends_with(ending);
    match () {
        () if value == "法律" => Some(AuthorityLevel::Law),
        () if value == "行政法规" => Some(AuthorityLevel::AdministrativeRegulation),
        () if of("地方性法规") => Some(AuthorityLevel::LocalRegulation),
        () if of("地方政府规章") => Some(AuthorityLevel::LocalGovernmentRule),
        () if value == "部门规章" => Some(AuthorityLevel::DepartmentalRule),
        () if value == "司法解释" => Some(AuthorityLevel::JudicialInterpretation),
        () if of("规范性文件") => Some(AuthorityLevel::NormativeDocument),
        () => None,
    }
}

/// Whether a line without white space is one of a head, or its label alone.
pub fn is_stated(line: &str) -> bool {
    STATED.is_match(line)
}

/// Takes the lines of a head and of trailers out.
pub fn stated(blocks: &[Block]) -> (Stated, Vec<&Block>) {
    let mut stated = Stated::default();
    let kept = blocks.iter().enumerate().filter(|(at, block)| {
        let Block::Paragraph(paragraph) = block else { return true };
        let line = bare(&paragraph.text);
        if let Some(found) = STATED.captures(&line).filter(|_| *at < 30) {
            stated.0.push((found["label"].to_string(), found["value"].to_string()));
            return false;
        }
        !line.is_empty() && !TRAILER.is_match(&line) && !CONTENTS.is_match(&line)
    });
    let is_attached =
        |block: &&Block| matches!(block, Block::Paragraph(first) if ATTACHED.is_match(&bare(&first.text)));
    let kept = kept.map(|(_, block)| block).skip_while(is_attached).collect();
    (stated, kept)
}
