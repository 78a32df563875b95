//! Web pages in a folder: a list of papers, and a page for each.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::Paper;
use super::html::page;
use super::xml::{allowed, escaped, push_escaped};

/// The page that lists the others.
const INDEX: &str = "index.html";
/// The folder of the others.
const FOLDER: &str = "texts";
/// The most characters and bytes of a name of a file, without `.html`: Windows counts the first, Linux the second.
const NAME_MAX: usize = 80;
const NAME_BYTES_MAX: usize = 240;
/// The most characters of a line that is not broken: days, numbers of documents, names of issuers.
const SHORT_MAX: usize = 16;

/// A folder of web pages: a list in groups, and the texts it links to. An empty text is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The title of the list.
    pub title: String,
    /// Lines under the title.
    pub remarks: Vec<String>,
    /// The groups, a table each.
    pub groups: Vec<SiteGroup>,
    /// Last line: 法据导出，语料截至……
    pub colophon: String,
}

/// A group of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteGroup {
    /// Its heading: 地方性法规.
    pub name: String,
    /// Its entries, in the order of their numbers.
    pub entries: Vec<SiteEntry>,
}

/// A line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteEntry {
    /// What it is called.
    pub title: String,
    /// A word that makes it stand out: 新增、修改.
    pub mark: String,
    /// What else is said, name and value; a column of the table for each name. Equal names share a cell.
    pub facts: Vec<(String, String)>,
    /// The page that the title links to.
    pub page: Option<SitePage>,
}

/// A page of the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitePage {
    /// The name wanted for its file, without ending; what file systems refuse is left out of it, what is taken gets a
    /// number.
    pub name: String,
    /// What it says.
    pub paper: Paper,
}

/// The files of a static web site, path (`/` between folder and file) and content: `index.html` and
/// `texts/NAME.html` for every page, in the order of the list.
///
/// The site works from a folder by a double click on `index.html`, and without scripts: its links are relative and
/// lead nowhere but to its own files, its style is inside, nothing is loaded. A script of the page adds a box that
/// hides the entries without the words typed. All values are text: no markup and no address in them comes to life.
///
/// Names of files are safe on Windows, macOS and Linux, and differ by more than case. A page is what [`html`] writes,
/// with a link back. Equal sites give equal bytes.
///
/// [`html`]: super::html()
pub fn site(site: &Site) -> Vec<(String, Vec<u8>)> {
    let mut names = Names::default();
    let mut texts = Vec::new();
    let mut tables = String::new();
    for (number, group) in (1..).zip(&site.groups) {
        let mut links = Vec::with_capacity(group.entries.len());
        for entry in &group.entries {
            links.push(entry.page.as_ref().map(|own| {
                let file = names.file(&own.name);
                let link = format!("{FOLDER}/{}", in_address(&file));
                texts.push((format!("{FOLDER}/{file}"), page(&own.paper, Some("../index.html")).into_bytes()));
                link
            }));
        }
        push_group(&mut tables, number, group, &links);
    }
    let mut files = vec![(INDEX.to_owned(), index(site, &tables).into_bytes())];
    files.append(&mut texts);
    files
}

/// `index.html`.
fn index(site: &Site, tables: &str) -> String {
    let title = escaped(if site.title.is_empty() { "目录" } else { &site.title });
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    out.push_str(&format!(
        "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    ));
    for line in site.remarks.iter().filter(|line| !line.is_empty()) {
        out.push_str(&format!("<p>{}</p>\n", escaped(line)));
    }
    push_contents(&mut out, &site.groups);
    out.push_str(FILTER);
    out.push_str("</header>\n<main>\n");
    out.push_str(tables);
    out.push_str("</main>\n");
    if !site.colophon.is_empty() {
        out.push_str(&format!("<footer><p>{}</p></footer>\n", escaped(&site.colophon)));
    }
    out.push_str(&format!("<script>{SCRIPT}</script>\n</body>\n</html>\n"));
    out
}

/// Links to the groups, where there is more than one.
fn push_contents(out: &mut String, groups: &[SiteGroup]) {
    if groups.len() < 2 {
        return;
    }
    out.push_str("<nav><ul>\n");
    for (number, group) in (1..).zip(groups) {
        let (name, count) = (escaped(&group_name(number, group)), group.entries.len());
        out.push_str(&format!("<li><a href=\"#g{number}\">{name}</a>（{count}）</li>\n"));
    }
    out.push_str("</ul></nav>\n");
}

/// What a group is called: by its number without a name.
fn group_name(number: usize, group: &SiteGroup) -> String {
    if group.name.is_empty() { format!("第 {number} 组") } else { group.name.clone() }
}

/// The table of a group; `links` are those of its entries.
fn push_group(out: &mut String, number: usize, group: &SiteGroup, links: &[Option<String>]) {
    let name = escaped(&group_name(number, group));
    out.push_str(&format!("<section id=\"g{number}\">\n<h2>{name}<small>共 {} 件</small></h2>\n", group.entries.len()));
    if group.entries.is_empty() {
        out.push_str("<p>（无）</p>\n</section>\n");
        return;
    }
    let columns = columns(&group.entries);
    // A box that scrolls must be reached by keyboard, and then be called something.
    out.push_str(&format!(
        "<div class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\">\n<table>\n<thead><tr>"
    ));
    for (index, column) in ["序号", "名称"].iter().chain(&columns).enumerate() {
        let class = ["n", "title"].get(index).map_or(String::new(), |class| format!(" class=\"{class}\""));
        out.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escaped(column)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for ((row, entry), link) in (1..).zip(&group.entries).zip(links) {
        out.push_str(&format!("<tr><td class=\"n\">{row}</td><td class=\"title\">"));
        push_title(out, entry, link.as_deref());
        out.push_str("</td>");
        for column in &columns {
            let value = values(entry, column).join("\n");
            let short = value.split('\n').all(|line| line.chars().count() <= SHORT_MAX);
            out.push_str(if short { "<td class=\"short\">" } else { "<td>" });
            push_escaped(out, &value);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

/// The title of an entry, as a link where it has a page, and its mark.
fn push_title(out: &mut String, entry: &SiteEntry, link: Option<&str>) {
    let of_page = entry.page.as_ref().map(|own| own.paper.full_title()).filter(|title| !title.is_empty());
    let title = if entry.title.is_empty() { of_page.unwrap_or("（无标题）".into()) } else { entry.title.clone() };
    let title = escaped(&title);
    match link {
        Some(link) => out.push_str(&format!("<a href=\"{}\">{title}</a>", escaped(link))),
        None => out.push_str(&title),
    }
    if !entry.mark.is_empty() {
        out.push_str(&format!(" <span class=\"mark\">{}</span>", escaped(&entry.mark)));
    }
}

/// The names of the facts that say something, in the order in which the entries first have them.
fn columns(entries: &[SiteEntry]) -> Vec<&str> {
    let mut found: Vec<(&str, bool)> = Vec::new();
    for (name, value) in entries.iter().flat_map(|entry| &entry.facts) {
        match found.iter_mut().find(|(known, _)| known == name) {
            Some((_, says)) => *says |= !value.is_empty(),
            None => found.push((name, !value.is_empty())),
        }
    }
    found.retain(|(_, says)| *says);
    found.into_iter().map(|(name, _)| name).collect()
}

/// What an entry says by this name.
fn values<'a>(entry: &'a SiteEntry, name: &str) -> Vec<&'a str> {
    let by_name = entry.facts.iter().filter(|(own, value)| own == name && !value.is_empty());
    by_name.map(|(_, value)| value.as_str()).collect()
}

/// The names of files given so far: the last number of each, by the name as the least exact file system sees it.
#[derive(Default)]
struct Names {
    taken: HashMap<String, usize>,
}

impl Names {
    /// The file name for a name wanted, with ending.
    fn file(&mut self, wanted: &str) -> String {
        let plain = plain_name(wanted);
        let mut number = self.taken.get(&alike(&plain)).copied().unwrap_or(0);
        loop {
            number += 1;
            let end = if number == 1 { String::new() } else { format!("（{number}）") };
            let name = safe_name(&plain, &end);
            if !self.taken.contains_key(&alike(&name)) {
                // The number is kept with the name without it: the next equal one need not count from the beginning.
                self.taken.insert(alike(&plain), number);
                self.taken.entry(alike(&name)).or_insert(1);
                return format!("{name}.html");
            }
        }
    }
}

/// What file systems that know no case, and that compose accents, make of a name.
fn alike(name: &str) -> String {
    name.nfc().collect::<String>().to_uppercase().to_lowercase().nfc().collect()
}

/// The name without what no file should be called; never empty.
fn plain_name(wanted: &str) -> String {
    // Signs that are not seen, and those that turn the direction of writing, would make different names look alike.
    let unseen = |letter: &char| {
        let here_and_there = matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}');
        let marks = matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        here_and_there || marks || matches!(letter, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    let refused = |letter: &char| letter.is_control() || unseen(letter) || "/\\:*?\"<>|".contains(*letter);
    let kept: String = wanted.chars().filter(|letter| !refused(letter)).collect();
    let name = trimmed(&safe_name(trimmed(&allowed(&kept)), "")).to_owned();
    if name.is_empty() { "文件".to_owned() } else { name }
}

/// A name without dots and blanks at its ends: a dot hides a file, and Windows drops either from the end.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|letter: char| letter == '.' || letter.is_whitespace())
}

/// As much of a name as there is room for before its end; what Windows takes for a device gets a sign before it.
fn safe_name(plain: &str, end: &str) -> String {
    let begin = if is_device(plain) { "_" } else { "" };
    let mut letters = NAME_MAX - end.chars().count() - begin.len();
    let mut bytes = NAME_BYTES_MAX - end.len() - begin.len();
    let fits = |letter: &char| {
        let enough = letters > 0 && letter.len_utf8() <= bytes;
        letters = letters.saturating_sub(1);
        bytes = bytes.saturating_sub(letter.len_utf8());
        enough
    };
    let middle: String = plain.chars().take_while(fits).collect();
    format!("{begin}{}{end}", trimmed(&middle))
}

/// Whether Windows takes a name for a device: CON, COM1, LPT², with or without an ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let number = |rest: &str| rest.chars().count() == 1 && rest.contains(|letter| "0123456789¹²³".contains(letter));
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"].contains(&stem.as_str()) || numbered.is_some_and(number)
}

/// A file name as an address says it: ASCII but letters, digits and `-._` as `%`; browsers do the rest by themselves.
fn in_address(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii() && !letter.is_ascii_alphanumeric() && !"-._".contains(letter) {
            out.push_str(&format!("%{:02X}", u32::from(letter)));
        } else {
            out.push(letter);
        }
    }
    out
}

/// The look, on screen and on paper. Fonts are named, never loaded.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:72em;margin:2em auto;padding:0 1em;line-height:1.7;\
font-family:\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\
h1,h2,p,td,th,li{white-space:pre-wrap;overflow-wrap:break-word}\
h1{font-size:1.6em;line-height:1.4;margin:0 0 .4em}\
h2{font-size:1.15em;margin:2em 0 .5em}h2 small{font-weight:normal;opacity:.7;margin-left:.8em}\
p{margin:.2em 0}header p{opacity:.85}\
nav ul{display:flex;flex-wrap:wrap;gap:.2em 1.4em;list-style:none;margin:1em 0;padding:0}\
#filter{margin:1em 0}#filter[hidden]{display:none}\
#filter input{font:inherit;width:100%;max-width:26em;box-sizing:border-box;padding:.35em .6em;margin-right:.8em}\
.box{overflow-x:auto}\
table{border-collapse:collapse;width:100%;font-size:.92em}\
td,th{border:1px solid #9996;padding:.35em .6em;text-align:left;vertical-align:top;min-width:5.6em}\
th{background:#8882;white-space:nowrap}\
td.short{white-space:pre}td.n,th.n{width:1%;min-width:2em;text-align:right;white-space:nowrap}\
td.title,th.title{min-width:16em}\
.mark{display:inline-block;border:1px solid;border-radius:.3em;padding:0 .4em;font-size:.8em;line-height:1.5;\
color:#a33a00;color:light-dark(#a33a00,#ffb38a)}\
footer{margin-top:2.5em;border-top:1px solid #9996;font-size:.85em;opacity:.8}\
@page{size:A4 landscape;margin:18mm 16mm}\
@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;font-size:10.5pt}\
nav,#filter{display:none}.box{overflow:visible}a{color:inherit;text-decoration:none}\
td,th{min-width:0}td.title,th.title{min-width:12em}\
thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}";

/// The box for words; without the script it stays hidden.
const FILTER: &str = "<div id=\"filter\" hidden=\"hidden\"><input type=\"search\" autocomplete=\"off\" \
    placeholder=\"输入文字筛选，空格隔开多个词\" aria-label=\"筛选目录\"/><output></output></div>\n";

/// Hides what lacks one of the words. Written without `&` and `<`, so that the page is XML too.
const SCRIPT: &str = "\
(function(){\
var box=document.getElementById('filter'),input=box.querySelector('input'),note=box.querySelector('output');\
function plain(text){return text.normalize('NFKC').toLowerCase()}\
var groups=Array.from(document.querySelectorAll('main section')).map(function(group){\
return{group:group,rows:Array.from(group.querySelectorAll('tbody tr')).map(function(row){\
return{row:row,text:plain(Array.from(row.cells).map(function(cell){return cell.textContent}).join(' '))}})}});\
function show(){\
var words=plain(input.value).split(/\\s+/).filter(Boolean),all=0,shown=0;\
groups.forEach(function(one){\
var here=0;\
one.rows.forEach(function(line){\
var fits=words.every(function(word){return line.text.includes(word)});\
line.row.hidden=!fits;all+=1;if(fits)here+=1});\
one.group.hidden=words.length>0?here===0:false;\
shown+=here});\
note.textContent=words.length>0?'显示 '+shown+' / '+all+' 件':''}\
box.hidden=false;input.addEventListener('input',show);window.addEventListener('pageshow',show)})()";

#[cfg(test)]
mod tests;
