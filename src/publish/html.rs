//! One web page that stands on its own.

use std::collections::HashSet;

use super::pieces::{Piece, pieces, table};
use super::xml::{escaped, push_escaped};
use super::{Block, Paper};

/// The look, on screen and on paper. Fonts are named, never loaded.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.8;\
font-family:FangSong,STFangsong,\"Noto Serif CJK SC\",\"Songti SC\",SimSun,serif}\
h1,h2,h3,h4,h5,h6,p,dd,dt,td,th{white-space:pre-wrap;overflow-wrap:anywhere}\
h1{text-align:center;font-size:1.7em;line-height:1.4;margin:0 0 .5em}\
h2,h3,h4,h5,h6{font-family:SimHei,\"Heiti SC\",\"Noto Sans CJK SC\",sans-serif;margin:1.6em 0 .6em}\
h2{text-align:center;font-size:1.25em}h3{text-align:center;font-size:1.1em}h4,h5,h6{font-size:1em}\
p{margin:0}main p{text-indent:2em}main p.asis{text-indent:0}\
main p:empty{min-height:1.8em}\
.subtitle{text-align:center}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:1.5em 0;padding:.6em 1em;\
border:1px solid #9996;font-size:.9em}dt{opacity:.7}dd{margin:0}\
b{font-family:SimHei,\"Heiti SC\",\"Noto Sans CJK SC\",sans-serif;font-weight:normal}\
section:target{background:#fc03}\
table{border-collapse:collapse;margin:.8em 0;width:100%}\
td,th{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}\
.signature{margin:1.5em 2em 0 0}main .signature p{text-align:right;text-indent:0}\
footer{margin-top:2.5em;border-top:1px solid #9996;font-size:.8em;opacity:.8}\
@page{size:A4;margin:37mm 26mm 35mm 28mm}\
@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;font-size:16pt;line-height:28pt}\
h1{font-size:22pt;line-height:35pt}h2,h3,h4,h5,h6{font-size:16pt;break-after:avoid}tr{break-inside:avoid}\
thead{display:table-header-group}table{font-size:12pt;line-height:1.5}\
section:target{background:none}}";

/// The look of the link back.
const BACK_STYLE: &str = "nav{margin-bottom:1.5em;font-size:.9em}@media print{nav{display:none}}";

/// The paper as one page of HTML: style inside, no scripts, nothing loaded from elsewhere.
///
/// A provision is a `section` whose `id` is the provision's (blanks in it as `_`; only the first of equal ones), a line
/// a `p`, its number in `b`. The page is well-formed XML too. Lines `| a | b |` are tables. Characters that XML forbids
/// become U+FFFD.
pub fn html(paper: &Paper) -> String {
    page(paper, None)
}

/// The page; with the address of the page that lists it, a link back stands above its title, but not on paper.
pub(crate) fn page(paper: &Paper, back: Option<&str>) -> String {
    let title = escaped(&paper.full_title());
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    let style = if back.is_some() { BACK_STYLE } else { "" };
    out.push_str(&format!("<title>{title}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n"));
    if let Some(back) = back {
        out.push_str(&format!("<nav><a href=\"{}\">← 返回目录</a></nav>\n", escaped(back)));
    }
    out.push_str(&format!("<header>\n<h1>{title}</h1>\n"));
    for line in paper.subtitle.iter().filter(|line| !line.is_empty()) {
        element(&mut out, "p class=\"subtitle\"", line);
        out.push('\n');
    }
    let particulars = paper.particulars();
    if !particulars.is_empty() {
        out.push_str("<dl>\n");
        for (name, value) in particulars {
            element(&mut out, "dt", name);
            element(&mut out, "dd", value);
            out.push('\n');
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</header>\n<main>\n");
    let mut ids = HashSet::new();
    for block in &paper.blocks {
        push_block(&mut out, block, &mut ids);
    }
    out.push_str("</main>\n");
    if !paper.colophon.is_empty() {
        out.push_str("<footer>");
        element(&mut out, "p", &paper.colophon);
        out.push_str("</footer>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn push_block(out: &mut String, block: &Block, ids: &mut HashSet<String>) {
    match block {
        Block::Heading { level, text } => {
            let level = (*level).clamp(1, 6) + 1;
            // HTML ends at h6.
            let tag = if level > 6 { "h6 aria-level=\"7\"".to_owned() } else { format!("h{level}") };
            element(out, &tag, text);
        }
        Block::Provision { id, label, text } => {
            let id: String = id.chars().map(|letter| if letter.is_whitespace() { '_' } else { letter }).collect();
            out.push_str("<section");
            if !id.is_empty() && ids.insert(id.clone()) {
                out.push_str(&format!(" id=\"{}\"", escaped(&id)));
            }
            out.push('>');
            push_provision(out, *label, text);
            out.push_str("</section>");
        }
        Block::Table(rows) => push_table(out, true, rows),
        Block::Signature(text) => {
            out.push_str("<div class=\"signature\">");
            text.split('\n').for_each(|line| element(out, "p", line));
            out.push_str("</div>");
        }
    }
    out.push('\n');
}

fn push_provision(out: &mut String, label: usize, text: &str) {
    for piece in pieces(label, text) {
        match piece {
            Piece::Line { label, rest } => {
                // A line that brings its own blanks is not set in a second time.
                let own = label.is_empty() && rest.starts_with(char::is_whitespace);
                out.push_str(if own { "<p class=\"asis\">" } else { "<p>" });
                if !label.is_empty() {
                    element(out, "b", label);
                }
                push_escaped(out, rest);
                out.push_str("</p>");
            }
            Piece::Table(lines) => {
                let (header, rows) = table(&lines);
                push_table(out, header, &rows);
            }
        }
    }
}

fn push_table(out: &mut String, header: bool, rows: &[Vec<String>]) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return;
    }
    let (head, body) = rows.split_at(usize::from(header).min(rows.len()));
    out.push_str("<table>");
    for (part, tag, rows) in [("thead", "th", head), ("tbody", "td", body)] {
        if rows.is_empty() {
            continue;
        }
        out.push_str(&format!("<{part}>"));
        for row in rows {
            out.push_str("<tr>");
            (0..width).for_each(|column| element(out, tag, row.get(column).map_or("", String::as_str)));
            out.push_str("</tr>");
        }
        out.push_str(&format!("</{part}>"));
    }
    out.push_str("</table>");
}

/// An element with text; `tag` may carry attributes.
fn element(out: &mut String, tag: &str, text: &str) {
    out.push_str(&format!("<{tag}>"));
    push_escaped(out, text);
    out.push_str(&format!("</{}>", tag.split(' ').next().unwrap_or(tag)));
}

#[cfg(test)]
mod tests;
