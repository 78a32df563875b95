//! How a query was read, in Chinese, for whoever asked it.

use super::parse::field_name;
use super::{Field, Matching, Node};

/// Characters of a text that are repeated to the asker; the rest is `…`.
const SHOWN_CHARACTERS_MAX: usize = 60;

/// Says how a query was read: `含“责令改正”，并含任一词：违法建设；不含：听证`.
pub fn interpreted(node: &Node, matching: Matching) -> String {
    match node {
        Node::Or(members) => {
            members.iter().map(|member| member_of_or(member, matching)).collect::<Vec<_>>().join("，或")
        }
        Node::And(members) => conjunction(members, matching),
        Node::Not(inner) => conjunction(&[Node::Not(inner.clone())], matching),
        Node::All => "全部".to_owned(),
        Node::Words { field: Field::Cites, text }
        | Node::Phrase { field: Field::Cites, text }
        | Node::Provisions { text, .. } => format!("引用了“{}”", shown(text)),
        Node::Words { .. } | Node::Phrase { .. } => term(node, matching, "含"),
    }
}

/// All of these: phrases first, then words, then the rest; what is excluded last.
fn conjunction(members: &[Node], matching: Matching) -> String {
    let order = |node: &&Node| match node {
        Node::Phrase { .. } => 0,
        Node::Words { .. } => 1,
        _ => 2,
    };
    let mut wanted: Vec<&Node> = members.iter().filter(|node| !matches!(node, Node::All | Node::Not(_))).collect();
    wanted.sort_by_key(order);
    let wanted: Vec<String> = wanted.into_iter().map(|node| member_of_and(node, matching)).collect();
    let unwanted: Vec<String> = members.iter().filter_map(|node| excluded(node, matching)).collect();
    let wanted = if wanted.is_empty() { "全部".to_owned() } else { wanted.join("，并") };
    if unwanted.is_empty() { wanted } else { format!("{wanted}；{}", unwanted.join("；")) }
}

fn member_of_and(node: &Node, matching: Matching) -> String {
    match node {
        Node::Or(_) => format!("满足（{}）", interpreted(node, matching)),
        _ => interpreted(node, matching),
    }
}

fn member_of_or(node: &Node, matching: Matching) -> String {
    match node {
        Node::And(_) => format!("满足（{}）", interpreted(node, matching)),
        _ => interpreted(node, matching),
    }
}

fn excluded(node: &Node, matching: Matching) -> Option<String> {
    let Node::Not(inner) = node else { return None };
    Some(match &**inner {
        Node::Words { .. } | Node::Phrase { .. } => term(inner, matching, "不含"),
        other => format!("不满足（{}）", interpreted(other, matching)),
    })
}

/// One word or phrase: `含“…”`, `标题含任一词：…`, `不含：…`.
fn term(node: &Node, matching: Matching, verb: &str) -> String {
    match node {
        Node::Phrase { field, text } => format!("{}{verb}“{}”", place(*field), shown(text)),
        Node::Words { field, text } => {
            let which = match (verb, matching) {
                ("不含", Matching::All) => "（同时出现的）",
                ("不含", _) => "",
                (_, Matching::All) => "全部词",
                _ => "任一词",
            };
            format!("{}{verb}{which}：{}", place(*field), shown(text))
        }
        other => interpreted(other, matching),
    }
}

/// The field as a subject; the text of provisions goes without saying.
fn place(field: Field) -> &'static str {
    if field == Field::Text { "" } else { field_name(field) }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn queries_are_read_out_in_chinese() {
        let cases = [
            ("", "全部"),
            ("违法建设", "含任一词：违法建设"),
            ("\"责令改正\"", "含“责令改正”"),
            ("违法建设 \"责令改正\" -听证", "含“责令改正”，并含任一词：违法建设；不含：听证"),
            ("-听证 -\"责令改正\"", "全部；不含：听证；不含“责令改正”"),
            ("标题：处罚", "标题含任一词：处罚"),
            ("标题:\"行政处罚法\" 听证", "标题含“行政处罚法”，并含任一词：听证"),
            ("罚款 OR 没收", "含任一词：罚款，或含任一词：没收"),
            ("(罚款 OR 没收) AND 烟草", "含任一词：烟草，并满足（含任一词：罚款，或含任一词：没收）"),
            ("罚款 OR 没收 AND 烟草", "含任一词：罚款，或满足（含任一词：没收，并含任一词：烟草）"),
            ("罚款 NOT (听证 OR 复议)", "含任一词：罚款；不满足（含任一词：听证，或含任一词：复议）"),
        ];
        for (raw, text) in cases {
            assert_eq!(interpreted(&parse(raw, Matching::Any).unwrap(), Matching::Any), text, "{raw}");
        }
        assert_eq!(interpreted(&parse("罚款 没收", Matching::All).unwrap(), Matching::All), "含全部词：罚款 没收");
        let long = "长".repeat(61);
        let told = interpreted(&parse(&long, Matching::Any).unwrap(), Matching::Any);
        assert_eq!(told, format!("含任一词：{}…", "长".repeat(60)));
    }
}
