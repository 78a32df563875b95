//! JSON that people wrote: objects without repeated names, and faults told in Chinese.

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Error, Map, Number, Value, error::Category};
use std::fmt;

/// Marks the message about a repeated name, which is Chinese already.
const REPEATED: &str = "字段重复：";

/// Reads one JSON object. A name that occurs twice in an object is a fault: which of the two is meant nobody knows.
pub fn object(text: &str) -> Result<Map<String, Value>, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Strict.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match value {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("不是 JSON 对象".to_string()),
        Err(error) => Err(fault(&error)),
    }
}

/// What is wrong with JSON, and in which column.
pub fn fault(error: &Error) -> String {
    let written = error.to_string();
    // The place stands at the end of the message: it is told in Chinese.
    let message = written.split(" at line ").next().unwrap_or(&written);
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    let what = match error.classify() {
        Category::Io => "不能读取".to_string(),
        Category::Eof => "JSON 没有写完".to_string(),
        Category::Syntax => "不是完整的 JSON".to_string(),
        // What the program says itself is Chinese: serde speaks English.
        Category::Data if !message.starts_with(|first: char| first.is_ascii()) => message.to_string(),
        Category::Data if message.starts_with("missing field") => format!("缺少字段 {}", quoted()),
        Category::Data if message.starts_with("unknown field") => format!("没有字段 {}", quoted()),
        Category::Data if message.starts_with("duplicate field") => format!("{REPEATED}{}", quoted()),
        Category::Data if message.starts_with("unknown variant") => format!("没有取值 {}", quoted()),
        Category::Data => "值的类型或格式不符".to_string(),
    };
    if error.column() == 0 { what } else { format!("{what}（第{}列）", error.column()) }
}

/// Any JSON value whose objects have no name twice.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element_seed(Strict)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Strict)?;
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("{REPEATED}{name}")));
            }
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_not_repeated() {
        assert_eq!(object(r#"{"a":1,"b":{"a":[null,true,-1,1.5,"c"]}}"#).unwrap().len(), 2);
        assert!(object(r#"{"title":"甲","title":"乙"}"#).unwrap_err().starts_with("字段重复：title（第"));
        assert!(object(r#"{"a":{"b":1,"b":1}}"#).unwrap_err().contains('b'));
    }

    #[test]
    fn faults_are_told_in_chinese() {
        assert_eq!(object("[]").unwrap_err(), "不是 JSON 对象");
        assert_eq!(object(r#"{"a":"#).unwrap_err(), "JSON 没有写完（第5列）");
        assert_eq!(object("{'a':1}").unwrap_err(), "不是完整的 JSON（第2列）");
        assert_eq!(object("{} 1").unwrap_err(), "不是完整的 JSON（第4列）");
        #[derive(serde::Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        struct Row {
            #[serde(rename = "id")]
            _id: String,
        }
        let of = |text: &str| fault(&serde_json::from_str::<Row>(text).unwrap_err());
        assert_eq!(of("{}"), "缺少字段 id（第2列）");
        assert!(of(r#"{"name":1}"#).starts_with("没有字段 name（第"));
        assert!(of(r#"{"id":"1","id":"2"}"#).starts_with("字段重复：id（第"));
        assert!(of(r#"{"id":1}"#).starts_with("值的类型或格式不符（第"));
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_serde_reads(text in r#"\{("[ab]":(1|-2|"x"|\[1,null\]|\{"c":true\})(,"c":0\.5)?)?\}|\PC{0,20}"#) {
            let ours = object(&text).ok();
            let theirs = serde_json::from_str::<Value>(&text).ok().and_then(|value| value.as_object().cloned());
            prop_assert_eq!(ours, theirs);
        }
    }
}
