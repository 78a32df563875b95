//! What is told of a document beside its text: the head of an export, the catalogue of a folder, the command line. One table of
//! names for all of them.

mod catalogue;

use super::header;
use super::interchange;
use super::outcome::Extracted;
use crate::law::{AuthorityLevel, Document, EventKind, Kind, Structure, ValidityStatus, ValueSource, history};
use crate::text::fold::fold_str;
pub use catalogue::{Catalogue, may_be_catalogue};
use serde_json::{Map, Value};

/// The fields that can be told, each with the names that people give it; the first is how reports call it.
const NAMES: [(&str, &[&str]); 21] = [
    ("title", &["标题", "名称", "文件名称", "文件标题", "法规名称", "法规标题"]),
    ("document_number", &["文号", "发文字号", "文件编号"]),
    ("issuer", &["制定机关", "发文机关", "发布部门", "发布机关", "发布机构", "制定单位", "发文单位", "处罚机关"]),
    ("promulgation_date", &["公布日期", "发布日期", "发文日期", "印发日期", "公布时间", "发布时间"]),
    ("written_date", &["成文日期", "成文时间"]),
    ("effective_date", &["施行日期", "实施日期", "生效日期", "施行时间", "实施时间", "生效时间"]),
    ("valid_until", &VALID_UNTIL),
    (
        "asserted_status",
        &[
            "时效性",
            "有效性",
            "时效",
            "效力状态",
            "有效状态",
            "文件状态",
            "是否有效",
            "是否现行有效",
            "是否失效",
            "是否废止",
            "时效状态",
            "效力情况",
            "文件时效",
            "文件时效性",
            "文件有效性",
            "文件效力",
            "文件效力状态",
            WEAK_STATUS[0],
            WEAK_STATUS[1],
        ],
    ),
    ("level", &["效力级别", "效力位阶"]),
    ("kind", &["文件类别"]),
    ("subject", &["主题分类", "法规类别"]),
    ("index_number", &["索引号"]),
    (
        "registration_number",
        &[
            "统一登记编号",
            "登记编号",
            "统一登记号",
            "登记号",
            "规范性文件登记号",
            "规范性文件登记编号",
            "规范性文件统一登记号",
            "规范性文件编号",
            "规范性文件统一编号",
            "统一编号",
        ],
    ),
    ("filing_number", &["备案号", "备案编号"]),
    ("filed_on", &["备案日期"]),
    ("drafting_department", &["起草部门", "起草单位"]),
    ("region", &["行政区划代码", "区划代码"]),
    ("access", &["公开范围", "公开属性", "公开方式"]),
    ("case_number", &["案号", "决定书文号"]),
    ("cause", &["案由"]),
    ("source_url", &["来源网址", "网址", "链接"]),
];

/// What the last day of validity is called.
const VALID_UNTIL: [&str; 19] = [
    "有效期至",
    "失效日期",
    "失效时间",
    "有效期限至",
    "有效期限",
    "有效期",
    "有效期止",
    "有效期止于",
    "有效期截至",
    "有效期截止",
    "有效期截止日",
    "有效期截止日期",
    "有效期截止时间",
    "有效期届满日",
    "到期日",
    "到期日期",
    "到期时间",
    "终止日期",
    "终止时间",
];

/// Names of the status that may be that of anything (状态：在建): they count only with a word for validity behind them.
const WEAK_STATUS: [&str; 2] = ["状态", "效力"];
/// What the first day without a text is called; 有效期至 is the last with it.
const OVER_ON: [&str; 2] = ["失效日期", "失效时间"];

/// Words for what stands in no file.
const NOTHING: [&str; 6] = ["", "-", "—", "无", "/", "——"];

/// Whether a text says that there is no value.
pub fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.trim())
}

/// Fields that a text tells better than its head.
const TOLD_BY_TEXT: [&str; 5] =
    ["promulgation_date", "written_date", "effective_date", "valid_until", "asserted_status"];

/// Values of a document that are told outside its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Where, for people.
    pub by: String,
    /// Field → value of the interchange format.
    pub values: Map<String, Value>,
    /// Periods of validity that tell no day (有效期：5年): they stand above the text, which tells its first day.
    pub periods: Vec<String>,
    /// Whether the last day is told by the first day without the text (失效日期).
    pub is_over: bool,
    /// What no field takes (废止日期：2024-03-01).
    pub notes: Vec<String>,
}

impl Told {
    /// Takes the value of a field by what it is called.
    pub fn take(&mut self, label: &str, field: &str, value: Value) {
        self.is_over |= field == "valid_until" && names_over(label);
        self.values.insert(field.to_string(), value);
    }

    /// What the user told on the command line, each as `字段=值`, the field by its name in the interchange format or in Chinese.
    /// The error is a Chinese message.
    pub fn on_command_line<S: AsRef<str>>(given: &[S]) -> Result<Told, String> {
        let mut told = Told { by: "命令行".to_string(), ..Told::default() };
        for given in given.iter().map(AsRef::as_ref) {
            let Some((name, text)) = given.split_once(['=', '＝']) else {
                return Err(format!("“{given}”应写作 字段=值，如 制定机关=云桥县人民政府"));
            };
            let Some(field) = field(name) else {
                let known: Vec<&str> = NAMES.iter().map(|(_, names)| names[0]).collect();
                return Err(format!("没有“{name}”这一字段；可用：{}", known.join("、")));
            };
            if told.values.contains_key(field) {
                return Err(format!("字段{name}写了两次"));
            }
            let value = value(name, text)?.ok_or_else(|| format!("字段{name}没有写值"))?;
            told.take(name, field, value);
        }
        Ok(told)
    }

    /// Puts what is told into a document: it takes the place of what was read from the file, and where the two differ, the document
    /// says so. `Err`: the Chinese reason why the two cannot go together.
    pub fn fill(&self, extracted: &mut Extracted) -> Result<(), String> {
        let differing = self.put(extracted)?;
        // A report never names the parties of a case, which may stand in its title.
        let private = extracted.document.kind == Kind::Case;
        let said = |(field, told, read): &(&str, String, String)| match private {
            true => format!("{}：{}所写与文件本身不同", name(field), self.by),
            false => format!("{}：{}写“{told}”，文件本身为“{read}”", name(field), self.by),
        };
        remark(extracted, differing.iter().map(said).collect());
        Ok(())
    }

    /// Completes a document by what stands in the head of its own file: days that the text tells stand. What cannot go together is
    /// left out.
    pub fn complete(mut self, extracted: &mut Extracted) {
        let Ok(stated) = object(&extracted.document) else { return };
        let known = |field: &str| TOLD_BY_TEXT.contains(&field) && stated.contains_key(field);
        let differing = self
            .values
            .iter()
            .filter_map(|(field, told)| Some((field, told, stated.get(field)?)))
            .filter(|(field, told, read)| interchange::is_date(field) && told != read)
            .map(|(field, told, read)| {
                format!("{}：{}写“{}”，正文为“{}”", name(field), self.by, shown(told), shown(read))
            });
        remark(extracted, differing.collect());
        self.values.retain(|field, _| !known(field));
        // Of a name that the text writes otherwise the head only has another writing: that is no difference to tell.
        let _ = self.put(extracted);
    }

    /// Puts what is told into a document; answers where it had another value: field, told, read.
    fn put(&self, extracted: &mut Extracted) -> Result<Vec<(&str, String, String)>, String> {
        let mut differing = Vec::new();
        let text = &mut extracted.document.text;
        for period in self.periods.iter().rev() {
            if text.lines().all(|line| line.trim() != period) {
                *text = format!("{period}\n{text}");
            }
        }
        extracted.document.notes.extend(self.notes.iter().cloned());
        if self.values.is_empty() {
            return Ok(differing);
        }
        let mut stated = object(&extracted.document)?;
        for (field, told) in &self.values {
            let read = stated.insert(field.clone(), told.clone());
            if let Some(read) = read.filter(|read| differs(field, read, told)) {
                differing.push((field.as_str(), shown(told), shown(&read)));
            }
        }
        agree(&mut stated, &self.values);
        extracted.document =
            interchange::record(stated).map_err(|reason| format!("{}所写不能采用：{reason}", self.by))?;
        if self.is_over && self.values.contains_key("valid_until") {
            over_on(&mut extracted.document);
        }
        extracted.sources.retain(|source| !self.values.contains_key(&source.field));
        extracted.sources.extend(self.values.keys().map(|field| ValueSource::new(field, &self.by)));
        Ok(differing)
    }
}

/// Keeps what is told in two ways, in the document and for the report.
fn remark(extracted: &mut Extracted, differing: Vec<String>) {
    extracted.document.notes.extend(differing.iter().map(|differing| format!("元数据不一致——{differing}")));
    extracted.differing.extend(differing);
}

fn object(document: &Document) -> Result<Map<String, Value>, String> {
    match serde_json::to_value(document) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err("文件的内容不能写成记录".to_string()),
    }
}

/// A level says the kind, and a kind may leave no level: what was only inferred from the text gives way.
fn agree(stated: &mut Map<String, Value>, told: &Map<String, Value>) {
    let level = stated
        .get("level")
        .and_then(Value::as_str)
        .and_then(|word| AuthorityLevel::ALL.iter().find(|(_, name, _)| *name == word).map(|(level, ..)| *level));
    if let Some(level) = level.filter(|_| told.contains_key("level") && !told.contains_key("kind")) {
        stated.insert("kind".to_string(), Value::String(level.kind().name().to_string()));
    }
    let kind = stated.get("kind").and_then(Value::as_str).map(str::to_string);
    if level.is_some_and(|level| Some(level.kind().name()) != kind.as_deref()) && !told.contains_key("level") {
        stated.remove("level");
    }
    if kind.as_deref() != Some(Kind::Case.name()) {
        stated.remove("case_kind");
    }
}

/// Whether a value that was read is another than what is told. Kind and level are inferred from the text, never stated in it.
fn differs(field: &str, read: &Value, told: &Value) -> bool {
    let same = |one: &Value, other: &Value| match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => bare(one) == bare(other),
        _ => one == other,
    };
    !["kind", "level", "access", "region"].contains(&field) && !same(read, told)
}

/// A text without what two writings of one name differ in.
fn bare(text: &str) -> String {
    fold_str(text).chars().filter(|c| !c.is_whitespace() && !"《》〈〉[]()〔〕".contains(*c)).collect()
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

/// The field that a name means: 发文字号, document_number.
pub fn field(name: &str) -> Option<&'static str> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let named = NAMES.iter().find(|(field, names)| *field == name || names.contains(&name.as_str()));
    named.map(|(field, _)| *field)
}

/// How reports call a field.
pub fn name(field: &str) -> &str {
    NAMES.iter().find(|(own, _)| *own == field).map_or(field, |(_, names)| names[0])
}

/// Every name of some fields, the longest first.
pub fn names_of(fields: &[&str]) -> Vec<&'static str> {
    let own = NAMES.iter().filter(|(field, _)| fields.contains(field));
    let mut names: Vec<&str> = own.flat_map(|(_, names)| names.iter().copied()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// Whether a value may be that of a label: 状态：在建 is no status of a text.
pub fn may_be_of(label: &str, text: &str) -> bool {
    !is_weak_status(label) || text.is_empty() || is_nothing(text) || status(text).is_some()
}

/// Whether a label may name the state of anything.
pub fn is_weak_status(label: &str) -> bool {
    WEAK_STATUS.contains(&label)
}

/// Whether a label names the first day without a text: 失效日期.
pub fn names_over(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    OVER_ON.contains(&label.as_str())
}

/// Whether a value is a period and no day: 5年, 三年, 自施行之日起五年.
pub fn is_period(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c);
    let unit = |unit: &str| {
        text.match_indices(unit).any(|(at, _)| text.get(..at).is_some_and(|before| before.ends_with(number)))
    };
    text.chars().count() <= PERIOD_CHARS_MAX && ["年", "个月"].iter().any(|word| unit(word)) && last_day(text).is_none()
}

/// Characters of the longest period that a cell tells.
const PERIOD_CHARS_MAX: usize = 20;

/// The last day of a document whose field for it holds the first day without it ([`names_over`]): the day before, but where whole
/// months since its first day are full only with the end of the day that is told, that one.
pub fn over_on(document: &mut Document) {
    let Some(day) = document.valid_until else { return };
    let told = Document { valid_until: None, ..document.clone() };
    let events = history::events(&told, &Structure::default());
    let mut first = events.into_iter().filter(|event| event.kind == EventKind::Effective).map(|event| event.date);
    let is_full = first.any(|first| history::is_full(first, day));
    document.valid_until = if is_full { Some(day) } else { day.yesterday().ok() };
}

/// A text as the value of what a label or a field names; `None` where it says that there is none. The error is a Chinese message.
pub fn value(label: &str, text: &str) -> Result<Option<Value>, String> {
    let field = field(label).unwrap_or(label);
    let text = text.trim();
    if is_nothing(text) || !may_be_of(label, text) || field == "asserted_status" && answer(label, text) == Some(None) {
        return Ok(None);
    }
    let wrong = |what: &str| Err(format!("{}“{text}”{what}", name(field)));
    let word = match field {
        "level" => level(text),
        "asserted_status" => status(text).or_else(|| answer(label, text).flatten().map(ValidityStatus::name)),
        "kind" => Kind::ALL.iter().find(|(_, name, chinese)| text == *name || text == *chinese).map(|found| found.1),
        "access" => access(text),
        _ => None,
    };
    let value = match field {
        "level" | "asserted_status" | "kind" | "access" if word.is_none() => return wrong("不在可用的取值之中"),
        "level" | "asserted_status" | "kind" | "access" => word.unwrap_or_default().to_string(),
        "valid_until" => match last_day(text) {
            Some(date) => date.to_string(),
            None => return wrong("不是日期，应写作 2024-01-31"),
        },
        _ if interchange::is_date(field) => match date(text) {
            Some(date) => date.to_string(),
            None => return wrong("不是日期，应写作 2024-01-31"),
        },
        _ => text.to_string(),
    };
    let value = Value::String(value);
    interchange::check_field(field, &value).map_err(|_| format!("{}“{text}”不合格式", name(field)))?;
    Ok(Some(value))
}

/// A day as people write it in tables: 2024-01-31, 2024.1.31, 2024年1月31日, 20240131.
fn date(text: &str) -> Option<jiff::civil::Date> {
    let whole = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole(text) {
        return header::numeric_date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    header::numeric_date(text).or_else(|| header::chinese_date(text))
}

/// The last day of validity as tables and heads write it: a day, perhaps with its hour (24时, 零时), or the second of two
/// (2023年1月1日至2027年12月31日). Of 自2023年1月1日起五年 and 5年 no day is known here.
fn last_day(text: &str) -> Option<jiff::civil::Date> {
    let of_two = ["至", "到", "—", "～", "~", "–", " - ", " "].iter().find_map(|sign| {
        let (first, last) = text.split_once(sign)?;
        let is_day = last.contains(['年', '月', '-', '.', '/']);
        date(first.trim().trim_start_matches('自').trim_end_matches('起')).filter(|_| is_day).map(|_| last)
    });
    let bare = of_two.unwrap_or(text).trim().trim_start_matches(['—', '-', '到', '至']).trim();
    let bare = ["截止至", "截止到", "截止", "截至", "至", "到", "于"]
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare);
    let behind_time = bare.split_once(' ').filter(|(_, time)| time.contains(':')).map_or(bare, |(day, _)| day);
    if let Some(day) =
        date(behind_time).filter(|_| behind_time.starts_with(|c: char| c.is_ascii_digit()) && !bare.contains('年'))
    {
        return Some(day);
    }
    crate::law::history::whole_last_day(bare)
}

/// What 是 or 否 says below a label that asks: 是否有效, 是否失效. `Some(None)` if it says nothing of validity (是否废止：否); below any
/// other label nobody knows what is meant.
fn answer(label: &str, text: &str) -> Option<Option<ValidityStatus>> {
    let asked: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let asked = asked.strip_prefix("是否")?;
    let is_yes = match text {
        "是" => true,
        "否" => false,
        _ => return None,
    };
    Some(match (asked, is_yes) {
        ("失效", true) => Some(ValidityStatus::Expired),
        ("废止", true) => Some(ValidityStatus::Repealed),
        ("废止", false) => None,
        ("失效", false) | (_, true) => Some(ValidityStatus::InForce),
        (_, false) => Some(ValidityStatus::Expired),
    })
}

/// The name of what a source says of validity.
pub fn status(text: &str) -> Option<&'static str> {
    let of = |status: ValidityStatus| Some(status.name());
    // 已废止（2022年5月1日）.
    let text = text.split(['（', '(']).next().map_or(text, str::trim);
    match text {
        "现行有效" | "有效" | "继续有效" | "现行" | "全文有效" => of(ValidityStatus::InForce),
        "已被修改" | "已修改" | "修改" => of(ValidityStatus::Amended),
        "已废止" | "废止" | "已被废止" | "全文废止" | "作废" | "已作废" => {
            of(ValidityStatus::Repealed)
        }
        "失效" | "已失效" | "全文失效" | "已过有效期" | "已过期" | "到期失效" | "无效" => {
            of(ValidityStatus::Expired)
        }
        "尚未生效" | "尚未施行" | "未生效" => of(ValidityStatus::NotYetEffective),
        _ => ValidityStatus::ALL
            .iter()
            .find(|(status, name, _)| *name == text && *status != ValidityStatus::Unknown)
            .map(|found| found.1),
    }
}

/// The name of a level as sources call it.
pub fn level(text: &str) -> Option<&'static str> {
    let of = |level: AuthorityLevel| Some(level.name());
    let exact = AuthorityLevel::ALL.iter().find(|(_, name, chinese)| text == *name || text == *chinese);
    match exact {
        Some(found) => Some(found.1),
        None if text.ends_with("地方性法规") => of(AuthorityLevel::LocalRegulation),
        None if text.ends_with("地方政府规章") => of(AuthorityLevel::LocalGovernmentRule),
        None if text.ends_with("规范性文件") => of(AuthorityLevel::NormativeDocument),
        None => None,
    }
}

fn access(text: &str) -> Option<&'static str> {
    match text {
        "公开" | "主动公开" | "public" => Some("public"),
        "内部" | "不公开" | "不予公开" | "依申请公开" | "internal" => Some("internal"),
        "限制" | "受限" | "restricted" => Some("restricted"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
