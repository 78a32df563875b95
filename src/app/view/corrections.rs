//! A person's correction as it is shown, beside what was received.

use serde::Serialize;
use serde_json::Value;

/// One corrected field: what stood there, what holds, why, and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorrectionShown {
    /// Name of the field of the interchange format.
    pub field: String,
    /// What stood there before; `null` if nothing.
    pub before: Value,
    /// What the person says; `null` if it is not known.
    pub value: Value,
    /// Why.
    pub reason: String,
    /// The evidence.
    pub proof: String,
    /// When it was recorded, RFC 3339.
    pub recorded_at: String,
}

impl CorrectionShown {
    /// In Chinese: 施行日期 2021-03-01（原为 2021-02-01）.
    pub fn says(&self) -> String {
        let name = NAMES.iter().find(|(field, _)| *field == self.field).map_or(self.field.as_str(), |(_, name)| name);
        format!("{name}：{}（原为{}）", said(&self.value), said(&self.before))
    }

    /// In Chinese, the evidence and the reason.
    pub fn proved(&self) -> String {
        let day = self.recorded_at.get(..10).unwrap_or_default();
        format!("人工更正，依据：{}；理由：{}（{day} 记录）", self.proof, self.reason)
    }
}

const NAMES: [(&str, &str); 10] = [
    ("title", "标题"),
    ("level", "效力位阶"),
    ("issuer", "制定机关"),
    ("region", "行政区划"),
    ("document_number", "文号"),
    ("adoption_date", "通过日期"),
    ("promulgation_date", "公布日期"),
    ("effective_date", "施行日期"),
    ("written_date", "成文日期"),
    ("valid_until", "有效期至"),
];

fn said(value: &Value) -> String {
    match value {
        Value::Null => "未载明".to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
