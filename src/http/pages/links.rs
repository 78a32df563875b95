//! Addresses of searches that differ from this one in some parameters.

use crate::app::list_takes;
use crate::http::query_string::{encode, encode_id};

/// The search of `parameters` with some of them changed (`None` takes one away). A change of anything but the cursor
/// goes back to the first page.
pub fn search(parameters: &[(String, String)], changes: &[(&str, Option<&str>)]) -> String {
    let pairs: Vec<String> = changed(parameters, changes)
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value, "").replace("%20", "+")))
        .collect();
    if pairs.is_empty() { "/".to_string() } else { format!("/?{}", pairs.join("&")) }
}

/// The numbers over the cases of a search.
pub fn precedents(parameters: &[(String, String)]) -> String {
    let search = search(parameters, &[("sort", None), ("group", None), ("limit", None), ("explain", None)]);
    format!("/precedents{}", search.trim_start_matches('/'))
}

/// The results of a search as a file.
pub fn list(parameters: &[(String, String)], format: &'static str) -> String {
    let listed: Vec<_> = parameters.iter().filter(|(name, _)| list_takes(name)).cloned().collect();
    format!("/api/v1/list{}", search(&listed, &[("format", Some(format))]).trim_start_matches('/'))
}

/// A face of the catalogue with some parameters changed.
pub fn catalogue(path: &str, parameters: &[(String, String)], changes: &[(&str, &str)]) -> String {
    let changes: Vec<(&str, Option<&str>)> = changes.iter().map(|(name, value)| (*name, Some(*value))).collect();
    format!("{path}{}", search(parameters, &changes).trim_start_matches('/'))
}

/// A document or a provision as files: name and address.
pub fn files(id: &str, day: &str) -> Vec<(&'static str, String)> {
    let named = [("Word", "docx"), ("网页", "html"), ("Markdown", "md"), ("文本", "txt")];
    let day = day.trim_start_matches('?');
    let link = |format: &str| {
        let day = if day.is_empty() { String::new() } else { format!("&{day}") };
        format!("/api/v1/files/{}?format={format}{day}", encode_id(id))
    };
    named.into_iter().map(|(name, format)| (name, link(format))).collect()
}

/// The parameters after a change.
pub fn changed(parameters: &[(String, String)], changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
    let untouched =
        |name: &str| !["cursor", "offset"].contains(&name) && changes.iter().all(|(known, _)| *known != name);
    let kept = parameters.iter().filter(|(name, _)| untouched(name)).cloned();
    let set = changes.iter().filter_map(|(name, value)| Some((name.to_string(), value.as_ref()?.to_string())));
    kept.chain(set).collect()
}

#[test]
fn a_change_keeps_the_rest_and_leaves_the_page() {
    let now = [("q", "处 罚"), ("kind", "case"), ("cursor", "x")].map(|(a, b)| (a.to_string(), b.to_string()));
    assert_eq!(search(&now, &[("kind", None)]), "/?q=%E5%A4%84+%E7%BD%9A");
    assert_eq!(search(&now, &[("cursor", Some("y"))]), "/?q=%E5%A4%84+%E7%BD%9A&kind=case&cursor=y");
    assert_eq!(search(&[], &[]), "/");
}
