//! The OpenAPI 3.1 document, made from the table of routes. Shapes of answers are in `schemas.json`; a test holds them
//! against what `app` answers.

use super::routes::{ROUTES, Route};
use crate::app::parameters::Parameter;
use crate::app::service::Right;
use crate::app::{AuthorityLevel, ErrorCode};
use serde_json::{Map, Value, json};

const SCHEMAS: &str = include_str!("schemas.json");
const RECORD: &str = include_str!("../../docs/interchange.schema.json");

/// Errors that every route can answer.
const EVERYWHERE: [ErrorCode; 7] = [
    ErrorCode::UnknownParameter,
    ErrorCode::Unauthenticated,
    ErrorCode::Forbidden,
    ErrorCode::RateLimited,
    ErrorCode::Overloaded,
    ErrorCode::Timeout,
    ErrorCode::Internal,
];

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for row in ROUTES {
        let path = paths.entry(shown_path(row)).or_insert_with(|| json!({}));
        path[row.method.to_lowercase()] = operation(row);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "法据 faju",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "法律、法规、规章、规范性文件和执法案例的全文检索。未知的参数和取值一律是错误。\
                编号中的 / 和 @ 原样写在地址里。日期写作 2024-01-31，位置以 Unicode 码点计。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        // Without accounts nobody needs either.
        "security": [{}, {"key": []}, {"session": []}],
        "components": {"schemas": schemas(), "securitySchemes": {
            "key": {"type": "http", "scheme": "bearer", "description": "密钥：faju key add，或 /account"},
            "session": {"type": "apiKey", "in": "cookie", "name": "faju_session", "description": "在 /login 登录得到"},
        }},
    })
}

/// The path as OpenAPI writes it.
pub fn shown_path(row: &Route) -> String {
    row.path.replace("{*", "{")
}

/// Schemas by name.
pub fn schemas() -> Map<String, Value> {
    // Both are files of this program; a broken one fails every test of this module.
    let parsed = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let mut schemas = parsed(SCHEMAS);
    let mut record = parsed(RECORD);
    record.remove("$schema");
    schemas.insert("Document".into(), Value::Object(record));
    if let Some(code) = schemas.get_mut("Problem").and_then(|problem| problem.pointer_mut("/properties/code")) {
        code["enum"] = ErrorCode::ALL.iter().map(|row| row.1).collect();
    }
    if let Some(rights) = schemas.get_mut("AccountView").and_then(|view| view.pointer_mut("/properties/rights/items")) {
        rights["enum"] = Right::ALL.iter().map(|row| row.1).collect();
    }
    schemas
}

fn operation(row: &Route) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if row.path.contains("{*id}") {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": "编号", "schema": {"type": "string"},
        }));
    }
    parameters.extend(row.takes.all().iter().map(parameter));
    let mut operation = json!({
        "operationId": operation_id(row),
        "tags": [row.tag],
        "summary": row.summary,
        "parameters": parameters,
        "responses": responses(row),
    });
    if let Some(body) = row.body {
        let schema = json!({"schema": {"$ref": format!("#/components/schemas/{}", body.schema)}});
        let content: Map<String, Value> = body.media.iter().map(|media| (media.to_string(), schema.clone())).collect();
        operation["requestBody"] = json!({"required": true, "content": content});
    }
    operation
}

/// `get_api_v1_search`: unique, since method and path are.
fn operation_id(row: &Route) -> String {
    let words = row.path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(row.method.to_lowercase()).chain(words.map(str::to_string)).collect::<Vec<_>>().join("_")
}

fn parameter(parameter: &Parameter) -> Value {
    let one = value_schema(parameter);
    let schema = if parameter.list { json!({"type": "array", "items": one}) } else { one };
    let mut shown = json!({"name": parameter.name, "in": "query", "description": parameter.help, "schema": schema});
    if parameter.list {
        shown["style"] = "form".into();
        shown["explode"] = false.into();
    }
    shown
}

fn value_schema(parameter: &Parameter) -> Value {
    match parameter.value {
        "KEY|YYYY-MM-DD" => json!({"type": "string"}),
        "YYYY-MM-DD" => json!({"type": "string", "format": "date"}),
        "N" => json!({"type": "integer", "minimum": 0}),
        "true|false" => json!({"type": "boolean"}),
        "LEVEL" => json!({"enum": AuthorityLevel::ALL.iter().map(|row| row.1).collect::<Vec<_>>()}),
        values if values.contains(['|', ',']) => json!({"enum": values.split(['|', ',']).collect::<Vec<_>>()}),
        _ => json!({"type": "string"}),
    }
}

fn responses(row: &Route) -> Value {
    let (media, schema) = row.answers;
    let mut content = match schema {
        Some(name) => json!({media: {"schema": {"$ref": format!("#/components/schemas/{name}")}}}),
        None if !row.files.is_empty() => {
            let file = json!({"schema": {"type": "string", "format": "binary"}});
            row.files.iter().map(|media| (media.to_string(), file.clone())).collect()
        }
        None => json!({media: {"schema": {"type": "string"}}}),
    };
    if let Some((media, schema)) = row.also {
        content[media] = json!({"schema": {"$ref": format!("#/components/schemas/{schema}")}});
    }
    let mut responses = Map::new();
    responses.insert("200".into(), json!({"description": "完成", "content": content}));
    if let Some(name) = row.accepts {
        let content = json!({media: {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        responses.insert("202".into(), json!({"description": "已受理，尚未做完；见 Location", "content": content}));
    }
    if row.errors.contains(&ErrorCode::Gone) {
        responses.insert("301".into(), json!({"description": "编号已并入另一编号，见 Location"}));
        responses.insert("307".into(), json!({"description": "编号未写版本，见 Location 所示当日版本"}));
        responses.insert("304".into(), json!({"description": "与 If-None-Match 所示的相同"}));
    }
    if row.answers.0 == "text/html" && (row.method == "POST" || row.needs != Right::Read) {
        responses.insert("303".into(), json!({"description": "转到 Location 所示的网页；未登录的先登录"}));
    }
    let mut statuses: Vec<(u16, Vec<&str>)> = Vec::new();
    for code in row.errors.iter().chain(&EVERYWHERE) {
        match statuses.iter_mut().find(|(status, _)| *status == code.status()) {
            Some((_, names)) if names.contains(&code.name()) => {}
            Some((_, names)) => names.push(code.name()),
            None => statuses.push((code.status(), vec![code.name()])),
        }
    }
    statuses.sort_unstable();
    for (status, names) in statuses {
        let content = if row.answers.0 == "text/html" {
            json!({"text/html": {"schema": {"type": "string"}}})
        } else {
            json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}})
        };
        responses.insert(status.to_string(), json!({"description": names.join("、"), "content": content}));
    }
    Value::Object(responses)
}
