//! Published tables of penalties (行政处罚信息公开表) → a case for each row, or for each form whose first column has the captions. A
//! table is one if its captions name a party, a decision, and facts or a basis.

mod layout;
mod piped;
pub(super) mod rewards;
mod sums;

pub use piped::piped;

use super::blocks::Block;
use super::outcome::Extracted;
use super::penalty_row::{PenaltyRow, SHIFTED};
use super::tabular::{heading_row, title_above};
use super::{header, plain};
use crate::law::Document;
use crate::text::table::{Place, Table};
use jiff::civil::Date;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Most columns of a form: the captions may be divided (被处罚当事人 | 单位 | 名称), the last has the values.
const FORM_COLUMNS: usize = 5;
/// Paragraphs above a table among which the unit of its sums is looked for.
const UNIT_LINES: usize = 2;
/// Longest caption of a form with what stands above it, in characters.
const CAPTION_CHARS: usize = 60;

/// What the captions of a table name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Party,
    Facts,
    Basis,
    Decision,
    Authority,
    Date,
    /// A sum of money alone: 罚款金额（万元）.
    Sum,
    /// What is only proposed (拟处罚内容): nobody has imposed it.
    Proposed,
    /// A caption that names something else of the party.
    Other,
}

/// What a caption says, the first that fits.
static COLUMNS: LazyLock<Vec<(Column, Regex)>> = LazyLock::new(|| {
    let columns = [
        (Column::Proposed, "拟[^，。]{0,6}(?:处|罚|没收|决定|内容|金额|数额|种类)"),
        // Captions that name two things, as in the form for 行政许可和行政处罚信息公示 (双公示).
        (Column::Decision, "种类(?:和|及|、|与)(?:依据|金额|数额)"),
        (Column::Authority, "机关(?:的)?名称"),
        (Column::Number, "文书号|决定书.{0,3}号|文号|案号"),
        (Column::Other, "有效期|截止|公示|违法(?:日期|时间)|发生(?:日期|时间)"),
        (Column::Date, "日期|时间"),
        (
            Column::Other,
            "^[^姓名]{0,8}(?:法定代表人|负责人|证件|证号|代码|地址|住所|住址|电话|性别|年龄|职务)|^身份证|案件名称|(?:相对人|当事人|被处罚人|企业|主体).{0,4}(?:类别|类型)",
        ),
        (
            Column::Party,
            "当事人|相对人|被处罚|受处罚|违法主体|违法单位|违法企业|违法人|违法者|违规人|被罚人|处罚对象|姓名|驾驶人|驾驶员|车主|纳税人",
        ),
        (Column::Authority, "机关|机构|执法单位|执法部门|处罚单位|处罚部门"),
        (Column::Party, "(?:企业|单位|公司|经营者|商户|店铺|个体户)名称|^经营者$|^名称$"),
        (Column::Basis, "依据|违反条款"),
        (
            Column::Facts,
            "事实|案由|违法行为|违规行为|事由|违法违规|违法情[况形]|违规情[况形]|违法内容|违规事项|违法事项",
        ),
        (Column::Sum, "(?:罚款|罚没|没收|处罚).{0,16}(?:金额|数额|元)|^罚款$|^罚没款?$"),
        (
            Column::Decision,
            "处罚内容|处罚决定|处罚结果|处罚种类|处罚类别|处罚类型|处罚情况|处罚措施|处罚意见|处罚事项|决定内容|种类和依据|处理(?:结果|决定|意见|情况)|^(?:处罚)?(?:内容|种类|结果)$|^(?:行政)?处罚$",
        ),
    ];
    let pattern = |(column, words): (Column, &str)| (column, Regex::new(words).expect("a constant pattern"));
    columns.into_iter().map(pattern).collect()
});

/// A row that adds up: 合计, 总计3件.
static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:合计|总计|小计|共计)[：:]?[\d件宗起]*$").expect("a constant pattern"));

/// Who publishes a table, in its title.
static PUBLISHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<organ>[\p{Han}]{2,30}?(?:局|委员会|厅|政府|支队|大队|支行|分行))(?:关于)?[\p{Han}\d]{0,12}?(?:行政)?处罚")
        .expect("a constant pattern")
});

/// The captions of a table and what they name.
#[derive(Debug, Clone)]
struct Captions {
    texts: Vec<String>,
    columns: Vec<Option<Column>>,
    /// Whether the table tells of penalties that were revoked (撤销行政处罚决定).
    revoked: bool,
    /// The unit of money that stands above the table.
    unit: Option<&'static str>,
}

impl Captions {
    /// Captions with those above them before them; `None` if they are not those of penalties. What a caption says alone goes
    /// before what it says with those above.
    fn read(captions: Vec<Vec<String>>) -> Option<Captions> {
        let said = |text: &str| COLUMNS.iter().find(|(_, words)| words.is_match(text)).map(|(column, _)| *column);
        let texts: Vec<String> = captions.iter().map(|parts| parts.concat()).collect();
        if rewards::are(&texts) {
            return None;
        }
        let own = captions.iter().map(|parts| parts.last().and_then(|own| said(own)));
        let columns: Vec<_> = own.zip(&texts).map(|(own, text)| own.or_else(|| said(text))).collect();
        let has = |column: Column| columns.contains(&Some(column));
        // 处理结果 is that of a penalty where something else speaks of one.
        let punishes = texts.iter().any(|text| ["处罚", "违法", "违规", "罚款"].iter().any(|word| text.contains(word)));
        // Lists of powers have 相对人, 违法主体 and 处罚对象 too, as kinds of people.
        let one = |text: &String| {
            ["当事人", "被处罚", "受处罚", "名称", "姓名", "驾驶人", "车主"].iter().any(|word| text.contains(word))
        };
        let named = texts.iter().zip(&columns).any(|(text, column)| *column == Some(Column::Party) && one(text));
        let decides = has(Column::Decision) || has(Column::Sum) || has(Column::Proposed);
        // 案件名称 tells the facts where nothing else does: 某某占道经营案.
        let titled = texts.iter().any(|text| text.contains("案件名称"));
        let are = has(Column::Party)
            && decides
            && (has(Column::Facts) || has(Column::Basis) || titled)
            && (named || has(Column::Number) || has(Column::Date));
        // 姓名 | 车牌号 | 处罚结果: what a person is known by tells it as well as the facts.
        let marked =
            texts.iter().any(|text| ["驾驶证", "车牌", "号牌", "身份证"].iter().any(|word| text.contains(word)));
        let are = are && punishes || named && marked && has(Column::Party) && decides;
        let revoked = texts.iter().any(|text| text.contains("撤销"));
        are.then_some(Captions { texts, columns, revoked, unit: None })
    }

    /// What stands under captions of this kind, each once.
    fn cells<'c>(&self, cells: &[&'c str], wanted: Column) -> Vec<(&str, &'c str)> {
        let under = self.columns.iter().zip(&self.texts).zip(cells);
        let mut found: Vec<(&str, &str)> = Vec::new();
        for ((_, text), cell) in under.filter(|((column, _), _)| **column == Some(wanted)) {
            let cell = cell.trim();
            if !is_blank(cell) && found.iter().all(|(_, known)| *known != cell) {
                found.push((text, cell));
            }
        }
        found
    }

    /// The first of these.
    fn cell<'c>(&self, cells: &[&'c str], wanted: Column) -> &'c str {
        self.cells(cells, wanted).first().map_or("", |(_, cell)| cell)
    }

    /// Whether a row only repeats the captions, as at the head of a page.
    fn are(&self, cells: &[&str]) -> bool {
        self.texts.iter().zip(cells).all(|(text, cell)| *text == bare(cell))
    }
}

/// A text without white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a cell only says that there is nothing.
fn is_blank(cell: &str) -> bool {
    cell.chars().all(|c| c.is_whitespace() || "—-–－/／\\".contains(c)) || cell == "无"
}

/// The cases of a table; `None` if it is none of penalties.
pub fn cases(path: &str, table: &Table) -> Option<Vec<Extracted>> {
    cases_in(path, table, None)
}

/// The same below a line that names the unit of its sums.
fn cases_in(path: &str, table: &Table, unit: Option<&'static str>) -> Option<Vec<Extracted>> {
    let (mut captions, first) = match across(table) {
        Some(found) => found,
        None => return forms(path, table, unit),
    };
    captions.unit = captions.unit.or(unit);
    Some(of_rows(path, table, &captions, first, publisher(table).as_deref()))
}

fn publisher(table: &Table) -> Option<String> {
    organ(&title_above(std::slice::from_ref(table))?)
}

/// Who publishes, by a title.
fn organ(title: &str) -> Option<String> {
    PUBLISHER.captures(title.trim_start_matches('#')).map(|found| found["organ"].to_string())
}

/// The captions that stand above columns, and the row behind them.
fn across(table: &Table) -> Option<(Captions, usize)> {
    let row = heading_row(table)?;
    let columns = || 0..table.columns();
    // 被处罚人 above 姓名 and 住址: the captions of some columns are divided, the others go down over both rows.
    let spans = |column: usize| table.span(row, column).len() > 1;
    let goes_down = |column: usize| table.anchor(row + 1, column) == table.anchor(row, column);
    let is_divided = columns().any(spans) && columns().all(|column| spans(column) || goes_down(column));
    let rows = row..=row + usize::from(is_divided);
    let parts = |column: usize| {
        let mut parts: Vec<String> = rows.clone().map(|row| bare(table.text(row, column))).collect();
        parts.dedup();
        parts
    };
    let mut captions = Captions::read(columns().map(parts).collect())?;
    captions.unit = layout::unit_above(table, row);
    Some((captions, rows.end() + 1))
}

fn of_rows(path: &str, table: &Table, captions: &Captions, first: usize, publisher: Option<&str>) -> Vec<Extracted> {
    let mut whole: Vec<(Option<usize>, Vec<String>)> = Vec::new();
    let column = |wanted: Column| captions.columns.iter().position(|column| *column == Some(wanted));
    let listed = captions.texts.iter().position(|text| text == "序号");
    let keys: Vec<usize> = listed.into_iter().chain(column(Column::Number)).collect();
    for row in first..table.rows.len() {
        let own = |column: usize| if table.span(row, column).start == column { table.text(row, column) } else { "" };
        let cells: Vec<&str> = (0..table.columns()).map(own).collect();
        if captions.are(&cells) {
            continue;
        }
        if let Some((_, above)) = whole.last_mut()
            && layout::goes_on(above, &cells, &keys, column(Column::Party))
        {
            above.iter_mut().zip(&cells).for_each(|(above, cell)| above.push_str(cell.trim()));
            continue;
        }
        let line = match table.rows.get(row).map(|row| row.place) {
            Some(Place::Row(row)) => Some(row as usize),
            _ => None,
        };
        let above = whole.last().map(|(_, above)| above.as_slice()).unwrap_or_default();
        let cells = layout::repeated(&cells, above);
        whole.push((line, cells));
    }
    let case = |(line, cells): (Option<usize>, Vec<String>)| {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        Some(Extracted { line, ..case(path, captions, &cells, publisher)? })
    };
    numbered(whole.into_iter().filter_map(case).collect())
}

/// The cases of a table with its captions in front: one in each column behind them, or one form.
fn forms(path: &str, table: &Table, unit: Option<&'static str>) -> Option<Vec<Extracted>> {
    let unit = layout::unit_above(table, table.rows.len().min(UNIT_LINES)).or(unit);
    let rows = 0..table.rows.len();
    if let Some(one) = of_pairs(path, table, unit) {
        return Some(vec![one]);
    }
    let captions = rows.clone().map(|row| vec![bare(table.text(row, 0))]).collect();
    if let Some(mut captions) = Captions::read(captions) {
        captions.unit = unit;
        // What stands before the values of one form (个人姓名, 单位) is a caption too.
        let is_caption = |cell: &str| COLUMNS.iter().any(|(_, words)| words.is_match(cell)) || cell == "单位";
        let column = |column: usize| {
            let own = |row: usize| if table.span(row, column).start == column { table.text(row, column) } else { "" };
            let cells: Vec<&str> = rows.clone().map(own).collect();
            let is_named = !is_caption(captions.cell(&cells, Column::Party));
            case(path, &captions, &cells, publisher(table).as_deref()).filter(|_| is_named)
        };
        let cases: Vec<Extracted> = (1..table.columns()).filter_map(column).collect();
        if cases.len() > 1 {
            return Some(numbered(cases));
        }
    }
    Some(vec![form(path, table, unit)?])
}

/// The case of a form with two captions and values in a row.
fn of_pairs(path: &str, table: &Table, unit: Option<&'static str>) -> Option<Extracted> {
    let is_caption = |text: &str| COLUMNS.iter().any(|(_, words)| words.is_match(text));
    let (captions, values): (Vec<String>, Vec<&str>) = layout::pairs(table, is_caption)?.into_iter().unzip();
    let mut captions = Captions::read(captions.into_iter().map(|caption| vec![caption]).collect())?;
    captions.unit = unit;
    case(path, &captions, &values, publisher(table).as_deref())
}

/// The case of a form: a caption in front of every value.
fn form(path: &str, table: &Table, unit: Option<&'static str>) -> Option<Extracted> {
    let last = table.columns().checked_sub(1).filter(|last| (1..FORM_COLUMNS).contains(last))?;
    let rows = (0..table.rows.len()).filter(|row| table.span(*row, last).start > 0);
    let (captions, values): (Vec<Vec<String>>, Vec<&str>) = rows
        .map(|row| {
            let value = table.span(row, last).start;
            let parts = (0..value).filter(|column| table.span(row, *column).start == *column);
            (parts.map(|column| bare(table.text(row, column))).collect(), table.text(row, value))
        })
        .unzip();
    let chars = |caption: &Vec<String>| caption.iter().map(|part| part.chars().count()).sum::<usize>();
    if captions.iter().any(|caption| chars(caption) > CAPTION_CHARS) {
        return None;
    }
    let captions = Captions { unit, ..Captions::read(captions)? };
    case(path, &captions, &values, publisher(table).as_deref())
}

/// The cases of the tables of penalties among the blocks of a document, and what stands beside these; `None` if there are none.
pub fn split(path: &str, blocks: &[Block]) -> Option<(Vec<Extracted>, Vec<Block>)> {
    let (mut found, mut rest): (Vec<Extracted>, Vec<Block>) = (Vec::new(), Vec::new());
    let mut before: Option<Captions> = None;
    for block in blocks {
        let Block::Table(table) = block else {
            before = None;
            rest.push(block.clone());
            continue;
        };
        // A table is broken at the end of a page: its captions stand above the first part alone.
        let going_on = before.clone().filter(|captions| captions.texts.len() == table.columns());
        let said = rest.iter().rev().take(UNIT_LINES).find_map(|block| match block {
            Block::Paragraph(paragraph) => layout::unit(&paragraph.text),
            Block::Table(_) => None,
        });
        match cases_in(path, table, said) {
            Some(cases) => {
                before = across(table).map(|(captions, _)| Captions { unit: captions.unit.or(said), ..captions });
                found.extend(cases);
            }
            None => match going_on {
                Some(captions) => found.extend(of_rows(path, table, &captions, 0, None)),
                None => rest.push(block.clone()),
            },
        }
    }
    let publisher = rest.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) => organ(&bare(&paragraph.text)),
        Block::Table(_) => None,
    });
    for case in &mut found {
        // The rows of a table inside a text are no lines of the file.
        case.line = None;
        if case.document.issuer.is_none() {
            case.document.issuer.clone_from(&publisher);
            plain::locate(&mut case.document);
        }
    }
    (!found.is_empty()).then(|| (numbered(found), rest))
}

/// Whether a cell only says that the row above goes on.
fn goes_on(party: &str) -> bool {
    ["续", "接上"].contains(&party.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Rows that share the number of a notice are told apart by their place among them; rows without one that differ in nothing but whom
/// they punish, which masking makes alike, by theirs.
fn numbered(mut cases: Vec<Extracted>) -> Vec<Extracted> {
    let mut rows: HashMap<String, u32> = HashMap::new();
    for case in &cases {
        *rows.entry(shared(&case.document)).or_default() += 1;
    }
    rows.retain(|_, count| *count > 1);
    rows.values_mut().for_each(|count| *count = 0);
    for case in &mut cases {
        let own = rows.get_mut(&shared(&case.document));
        case.document.row_number = own.map(|row| {
            *row += 1;
            *row
        });
    }
    cases
}

/// What several rows may share: the number of their notice, else what was done and decided.
fn shared(document: &Document) -> String {
    if let Some(number) = &document.case_number {
        return format!("号{number}");
    }
    let sections = document.text.split("\n【").map(|section| section.trim_start_matches('【'));
    sections.filter(|section| !section.starts_with("当事人") && !section.starts_with("备注")).collect()
}

fn case(path: &str, captions: &Captions, cells: &[&str], publisher: Option<&str>) -> Option<Extracted> {
    let cell = |wanted: Column| captions.cell(cells, wanted);
    let all = |wanted: Column| captions.cells(cells, wanted).into_iter().map(|(_, cell)| cell).collect::<Vec<&str>>();
    let decided = captions.cells(cells, Column::Decision);
    let in_unit = |heading: &str, cell: &str| {
        let named = ["亿元", "万元", "千元", "元"].into_iter().find(|unit| heading.contains(unit));
        named.or(captions.unit).map_or_else(|| cell.to_string(), |unit| layout::with_unit(cell, unit))
    };
    let said = decided.iter().map(|(heading, cell)| in_unit(heading, cell)).collect::<Vec<_>>().join("；");
    let (sums, mut others) = sums::besides(captions, cells, &said);
    let decision = std::iter::once(said).filter(|said| !said.is_empty()).chain(sums);
    let mut decision = decision.collect::<Vec<_>>().join("；");
    if captions.revoked {
        // 撤销行政处罚决定公示表: what was imposed is not any more.
        others.push(format!("处罚已被撤销，原处罚：{}", std::mem::take(&mut decision)));
    }
    let facts = all(Column::Facts).join("\n");
    let parties = captions.cells(cells, Column::Party).into_iter();
    let told = parties.map(|(caption, party)| {
        let (party, plate) = layout::without_plate(party);
        others.extend(plate.map(|plate| format!("车牌号：{plate}")));
        (caption, layout::name(party))
    });
    let parties: Vec<(&str, String)> = told.collect();
    let name = parties.iter().map(|(_, party)| party.as_str()).collect::<Vec<&str>>().join("、");
    let party = parties.iter().map(|(caption, party)| personal(caption, party, captions, cells));
    let party = party.collect::<Vec<_>>().join("\n");
    let (number, authority) = (layout::line(cell(Column::Number)), layout::line(cell(Column::Authority)));
    let authority = Some(authority.as_str()).filter(|authority| !authority.is_empty()).or(publisher);
    let row = PenaltyRow {
        number: &number,
        party: &party,
        organisation: "",
        facts: &facts,
        basis: cell(Column::Basis),
        decision: &decision,
        authority: authority.unwrap_or(""),
    };
    // A row below the last one that only says who made the table, or adds it up.
    let is_total = cells.iter().any(|cell| TOTAL.is_match(&bare(cell)));
    if is_total || name.is_empty() || goes_on(&name) || row.decision.is_empty() && row.facts.is_empty() {
        return None;
    }
    let number = if row.number.is_empty() { header::stem(path) } else { row.number };
    let mut document = row.document(&format!("{name}行政处罚案（{number}）"))?;
    document.parties = parties.into_iter().map(|(_, party)| party).collect();
    if !others.is_empty() {
        document.text.push_str(&format!("\n【备注】\n{}", others.join("\n")));
    }
    document.decided_on = if captions.revoked { None } else { day(&layout::line(cell(Column::Date))) };
    if !row.shifts().is_empty() {
        document.notes.push(SHIFTED.to_string());
    }
    plain::locate(&mut document);
    Some(document.into())
}

/// A party as its cell has it; under 姓名, or beside 自然人, with the caption that tells a name, whatever it looks like.
fn personal(caption: &str, party: &str, captions: &Captions, cells: &[&str]) -> String {
    let kinds = captions.texts.iter().zip(cells).filter(|(text, _)| text.contains("类别") || text.contains("类型"));
    let is_person = kinds.into_iter().any(|(_, cell)| ["自然人", "个人", "公民"].contains(&cell.trim()));
    let is_name = caption.contains("姓名") && !caption.contains("名称") || caption.ends_with("个人姓名");
    // 被处罚人姓名 heads firms too.
    let is_firm =
        party.chars().count() > 4 && party.ends_with(['司', '店', '厂', '行', '社', '院', '部', '心', '馆', '场']);
    if is_person || is_name && !is_firm { format!("姓名：{party}") } else { party.to_string() }
}

fn day(cell: &str) -> Option<Date> {
    let digits = || Date::strptime("%Y%m%d", cell.trim()).ok().filter(|_| cell.trim().len() == 8);
    if let Some(date) = layout::serial_day(cell) {
        return Some(date);
    }
    header::chinese_date(cell)
        .or_else(|| header::numeric_date(cell))
        .or_else(digits)
        .or_else(|| crate::law::history::first_date(cell))
}

#[cfg(test)]
mod cells_tests;
#[cfg(test)]
mod layouts_tests;
#[cfg(test)]
mod tests;
