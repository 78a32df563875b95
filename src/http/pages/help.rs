//! How to search, read, compare and review, with examples that can be tried.

use super::{Frame, html_head, links, rendered};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// What can be typed, and what it means.
const QUERIES: [(&str, &str); 14] = [
    ("违法建设 罚款", "几个词语：含全部词语的在前，只含一部分的在后"),
    ("\"责令限期改正\"", "引号里的整句：一字不差，全库一处不漏"),
    ("没签合同被辞退怎么赔", "日常说法：同时查找同义的法律用语，含义相近的条文另行标明"),
    ("处罚法33条", "引用：简称、俗称、只写数字都行，所指的条文排在最前"),
    ("xzcff33", "拼音首字母"),
    ("国办发2018 37号", "文号"),
    ("原公司法20条", "旧法：用“原”或者写年份"),
    ("许可 -听证", "减号排除（前面空一格）"),
    ("(罚款 OR 拘留) AND 情节严重", "与（AND）、或（OR）、非（NOT）和括号"),
    ("标题:条例 处罚", "只在标题里找"),
    ("文号:国办发", "只在文号里找"),
    ("发布机关:国务院 备案", "只找这一机关发布的"),
    ("引用:行政处罚法33条", "谁引用了这一条"),
    ("第三十三条", "按条文序号"),
];

#[derive(Template)]
#[template(path = "help.html")]
struct Page {
    frame: Frame,
    queries: Vec<(&'static str, String, &'static str)>,
}

/// `GET /help`.
pub fn page(server: &Server, asked: &Asked) -> Answer {
    let query = |(query, says): (&'static str, &'static str)| {
        (query, links::search(&[("q".to_string(), query.to_string())], &[]), says)
    };
    let frame = Frame::of(server.is_sample(), asked);
    Ok((html_head(), rendered(&Page { frame, queries: QUERIES.map(query).to_vec() })?).into_response())
}
