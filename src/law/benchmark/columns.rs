//! What a column holds, by the words of its heading.

use crate::text::table::Table;
use std::ops::Range;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// 序号, 事项编码.
    Number,
    /// 违法行为.
    Violation,
    /// 违反条款.
    Violated,
    /// 处罚依据, 法律依据.
    Basis,
    /// 违法程度, 裁量等级.
    Level,
    /// 适用情形, 裁量情节; any column whose heading is not known but stands among those of tiers.
    Factor,
    /// 裁量标准, 罚款.
    Outcome,
    /// 裁量权重.
    Weight,
    /// 不予处罚的情节: circumstances that lead to no penalty.
    Exempt,
    /// 类别 in a table without tiers: what kind of violations.
    Section,
    /// 备注.
    Note,
}

/// Headings that are known as a whole; blanks and brackets with what they hold are left out first.
const WHOLE: &[(Role, &[&str])] = &[
    (Role::Number, &["序号", "编号", "编码", "事项编码", "事项编号", "项目编码", "案由编号", "职权编码", "代码"]),
    (
        Role::Violation,
        &[
            "违法行为",
            "违法行为种类",
            "违法行为名称",
            "违法行为表现",
            "违法事项",
            "违法事实",
            "处罚事项",
            "处罚事由",
            "案由",
            "事项名称",
            "行政处罚事项",
        ],
    ),
    (
        Role::Violated,
        &["违反条款", "违反规定", "违反依据", "违法依据", "定性依据", "定性条款", "禁止性规定", "义务条款"],
    ),
    (
        Role::Basis,
        &[
            "处罚依据",
            "法律依据",
            "法定依据",
            "处罚条款",
            "处罚法律依据",
            "行政处罚依据",
            "实施依据",
            "设定依据",
            "法律法规依据",
            "依据",
            "法定处罚标准",
            "罚则",
        ],
    ),
    (
        Role::Level,
        &[
            "违法程度",
            "程度",
            "类别",
            "裁量等级",
            "裁量档次",
            "裁量阶次",
            "档次",
            "等级",
            "阶次",
            "情节程度",
            "违法等级",
            "情节等级",
            "违法情节等级",
            "裁量层级",
        ],
    ),
    (
        Role::Factor,
        &[
            "裁量情节",
            "违法情节",
            "情节",
            "适用情形",
            "适用条件",
            "情形",
            "违法情形",
            "具体情形",
            "具体情节",
            "裁量因素",
            "裁量因子",
            "裁量要素",
            "裁量情形",
            "情节与后果",
            "违法后果",
        ],
    ),
    (Role::Note, &["备注", "说明", "注", "备注说明"]),
];

/// Ends of headings: 对单位罚款, 行政处罚裁量幅度.
const ENDS: &[(Role, &[&str])] = &[
    (
        Role::Outcome,
        &[
            "罚款",
            "罚款金额",
            "罚款数额",
            "罚款幅度",
            "裁量标准",
            "裁量幅度",
            "裁量范围",
            "裁量基准",
            "处罚标准",
            "处罚幅度",
            "处罚裁量",
            "处罚内容",
            "处罚种类",
            "处罚种类及幅度",
            "裁量结果",
            "罚款倍数",
        ],
    ),
    (
        Role::Exempt,
        &[
            "不予处罚的情节",
            "不予处罚情形",
            "不予行政处罚情形",
            "不予处罚适用情形",
            "不予处罚条件",
            "免予处罚情形",
            "免罚情形",
            "不予处罚的情形",
        ],
    ),
    (Role::Weight, &["裁量权重", "权重", "百分值", "裁量比例", "分值", "系数"]),
];

/// What a heading says its column holds; `None` if it is not known.
pub(super) fn role(heading: &str) -> Option<Role> {
    let bare = bare(heading);
    // What has sentences or sums is text.
    let is_text = bare.contains(['，', '。', '；', ';', '《']) || bare.chars().any(|char| char.is_ascii_digit());
    if is_text || bare.chars().count() > HEADING_MAX {
        return None;
    }
    let whole = WHOLE.iter().find(|(_, words)| words.contains(&bare.as_str()));
    let end = || ENDS.iter().find(|(_, words)| words.iter().any(|word| bare.ends_with(word)));
    whole.or_else(end).map(|(role, _)| *role)
}

/// Most columns of a table of benchmarks; real ones have a dozen.
const COLUMNS_MAX: usize = 256;
/// Longest heading, in characters; what is longer is text.
const HEADING_MAX: usize = 40;

/// A heading without blanks, brackets and what they hold, and a colon at its end.
fn bare(heading: &str) -> String {
    let mut depth = 0usize;
    let mut bare = String::new();
    for char in heading.chars() {
        match char {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            char if depth == 0 && !char.is_whitespace() && char != '\u{3000}' => bare.push(char),
            _ => {}
        }
    }
    bare.trim_end_matches(['：', ':']).to_string()
}

/// A column, or several that stand under one heading.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// What it holds.
    pub role: Role,
    /// Its heading.
    pub heading: String,
    /// The columns of the table.
    pub span: Range<usize>,
}

/// The heading of a table.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// The first row below it.
    pub end: usize,
}

impl Heading {
    /// The heading that begins at a row: it names what follows of a violation (ranges or shares), and the violation or its
    /// circumstances.
    pub(super) fn at(table: &Table, row: usize, width: usize) -> Option<Heading> {
        if width > COLUMNS_MAX {
            return None;
        }
        let spans = spans(table, row, width);
        let known = |at: usize| {
            spans.iter().filter(|(span, _)| own_row(table, row, span.start)).filter_map(|(_, text)| role(text)).nth(at)
        };
        // Two known headings, quickly told, before anything is made.
        known(1)?;
        let depth = spans.iter().map(|(span, _)| rows_of(table, row, span.start)).max().unwrap_or(1).clamp(1, 3);
        let mut columns: Vec<Column> = Vec::new();
        for column in 0..width {
            let heading = heading(table, row..row + depth, column);
            match columns.last_mut() {
                Some(last) if last.heading == heading && !starts(table, row..row + depth, column) => {
                    last.span.end = column + 1
                }
                _ => columns.push(Column { role: Role::Factor, heading, span: column..column + 1 }),
            }
        }
        columns.retain(|column| !column.heading.is_empty());
        let roles: Vec<Option<Role>> = columns.iter().map(|column| role(&column.heading)).collect();
        let has = |role: Role| roles.contains(&Some(role));
        let tiers = has(Role::Outcome) || has(Role::Weight);
        let says = tiers || has(Role::Exempt);
        let of = has(Role::Violation) || has(Role::Level) || has(Role::Factor);
        for (column, role) in columns.iter_mut().zip(&roles) {
            column.role = role.unwrap_or(Role::Factor);
        }
        if !tiers {
            columns
                .iter_mut()
                .filter(|column| column.role == Role::Level)
                .for_each(|column| column.role = Role::Section);
        }
        // A second column of the same name divides the first: 违法行为 | 违法行为 | … | 罚款.
        for one in [Role::Number, Role::Violation] {
            columns
                .iter_mut()
                .filter(|column| column.role == one)
                .skip(1)
                .for_each(|column| column.role = Role::Factor);
        }
        let is_one = says && of && columns.len() >= 3;
        is_one.then_some(Heading { columns, end: row + depth })
    }

    /// The columns of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.role == role)
    }

    /// The first column of a role.
    pub(super) fn first(&self, role: Role) -> Option<&Column> {
        self.of(role).next()
    }
}

/// The cells seen in a row, from left to right: the columns they cover, and their texts.
pub(super) fn spans(table: &Table, row: usize, width: usize) -> Vec<(Range<usize>, &str)> {
    let mut spans: Vec<(Range<usize>, &str)> = Vec::new();
    let mut column = 0;
    while column < width {
        let span = table.span(row, column);
        let end = span.end.clamp(column + 1, width);
        spans.push((column..end, table.text(row, column)));
        column = end;
    }
    spans
}

fn own_row(table: &Table, row: usize, column: usize) -> bool {
    table.anchor(row, column).0 == row
}

/// Rows that the cell seen at a place covers from this row on.
fn rows_of(table: &Table, row: usize, column: usize) -> usize {
    let anchor = table.anchor(row, column);
    (row..table.rows.len().min(row + 4)).take_while(|&row| table.anchor(row, column) == anchor).count()
}

/// Whether a cell of the heading begins at a column.
fn starts(table: &Table, mut rows: Range<usize>, column: usize) -> bool {
    rows.any(|row| table.anchor(row, column).1 == column)
}

/// The texts above a column, each once.
fn heading(table: &Table, rows: Range<usize>, column: usize) -> String {
    let mut texts: Vec<String> = Vec::new();
    for row in rows {
        let text: String = table.text(row, column).split_whitespace().collect();
        if !text.is_empty() && texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    texts.join("：")
}
