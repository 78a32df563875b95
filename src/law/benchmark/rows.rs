//! From row to row through a table.

use super::columns::{Heading, Role, role, spans};
use super::outcome::{contradicts, fines};
use super::{Benchmark, Factor, Issue, IssueKind, Outcome, Reading, Tier, Weight};
use crate::law::amount::{self, Measure};
use crate::text::table::{Place, Table};

/// Most bytes of text that the records of one table may take; merged cells and labels are repeated in every record.
const TEXT_BYTES_MAX: usize = 64 << 20;

/// Reads a table.
pub(super) fn read(table: &Table) -> Reading {
    let width = table.columns();
    let mut reader = Reader {
        table,
        width,
        heading: None,
        section: None,
        form: Form::default(),
        first: 0,
        item: None,
        pending: Vec::new(),
        scopes: Vec::new(),
        out: Reading::default(),
        left: TEXT_BYTES_MAX,
        above: table.above.iter().map(String::len).sum(),
    };
    let mut row = 0;
    while row < table.rows.len() {
        if let Some(heading) = Heading::at(table, row, width) {
            row = heading.end;
            reader.begin(heading);
            continue;
        }
        if !reader.take(row) {
            break;
        }
        reader.row(row);
        row += 1;
    }
    reader.end();
    reader.out
}

/// Rows that name what holds for the violations below: label and text.
#[derive(Default)]
struct Form {
    number: Option<String>,
    violated: Option<String>,
    basis: Option<String>,
    /// Row of the anchor of the last label: a label that goes over several rows goes on.
    last: Option<(Role, usize)>,
}

struct Reader<'a> {
    table: &'a Table,
    width: usize,
    heading: Option<Heading>,
    section: Option<String>,
    form: Form,
    /// Index of the first violation below the last heading.
    first: usize,
    /// Anchor of the cell that tells the violation of the rows being read.
    item: Option<(usize, usize)>,
    /// Shares that stand above the first violation.
    pending: Vec<Weight>,
    /// Texts in the columns of shares that are no shares, with their columns: they head those below.
    scopes: Vec<(std::ops::Range<usize>, String)>,
    out: Reading,
    /// Bytes of text that records may still take, and those of the lines above the table.
    left: usize,
    above: usize,
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

impl Reader<'_> {
    /// Takes what the record of a row may cost, if it is still there.
    fn take(&mut self, row: usize) -> bool {
        let cells: usize = spans(self.table, row, self.width).iter().map(|(_, text)| text.len()).sum();
        let labels = [&self.form.violated, &self.form.basis, &self.section];
        let labels: usize = labels.into_iter().flatten().map(String::len).sum();
        // A note may be repeated for every violation below the heading.
        let notes = 1 + if self.heading.is_some() { self.out.benchmarks.len() - self.first } else { 0 };
        let is_note = role(self.table.text(row, 0)) == Some(Role::Note)
            || cells > 0 && self.table.span(row, 0).len() == self.width;
        let cost = labels + self.above + if is_note { cells * notes } else { cells };
        match self.left.checked_sub(cost) {
            Some(left) => self.left = left,
            None => {
                let place = self.table.rows[row].place;
                self.out.issues.push(Issue { kind: IssueKind::TooMuchText, place, text: String::new() });
                return false;
            }
        }
        true
    }

    fn begin(&mut self, mut heading: Heading) {
        self.end();
        if self.holds_shares(&heading) {
            heading
                .columns
                .iter_mut()
                .filter(|column| column.role == Role::Outcome)
                .for_each(|column| column.role = Role::Weight);
        }
        self.first = self.out.benchmarks.len();
        self.heading = Some(heading);
        self.item = None;
    }

    /// Whether the cells below headings of outcomes are bare shares: then they are weights, whatever the heading says.
    fn holds_shares(&self, heading: &Heading) -> bool {
        let rows = heading.end..self.table.rows.len().min(heading.end + 40);
        let (mut shares, mut others) = (0, 0);
        for column in heading.of(Role::Outcome).flat_map(|column| column.span.clone()) {
            // Notes below go over all columns.
            let narrow = rows.clone().filter(|&row| self.table.span(row, column).len() <= heading.columns.len() / 2);
            for text in narrow.filter_map(|row| self.table.own_text(row, column)).filter(|text| !text.trim().is_empty())
            {
                *(if share(text).is_some() { &mut shares } else { &mut others }) += 1;
            }
        }
        shares > 1 && others == 0
    }

    /// Ends what stands below one heading.
    fn end(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        match self.out.benchmarks.get_mut(self.first..).and_then(|below| below.last_mut()) {
            Some(last) => last.weights.extend(pending),
            None => {
                let outside =
                    |weight: Weight| Issue { kind: IssueKind::RowOutside, place: weight.place, text: weight.text };
                self.out.issues.extend(pending.into_iter().map(outside));
            }
        }
        self.scopes.clear();
    }

    fn row(&mut self, row: usize) {
        let cells = spans(self.table, row, self.width);
        let mut filled = cells.iter().filter(|(_, text)| !text.trim().is_empty());
        let Some((span, text)) = filled.next() else { return };
        let is_single = filled.next().is_none();
        let from_above = self.table.anchor(row, span.start).0 < row;
        if is_single
            && !from_above
            && (span.len() > 1 || span.start == 0)
            && (self.heading.is_none() || span.len() == self.width)
        {
            return self.single(text);
        }
        if self.is_label(row, &cells) {
            return self.label(row, &cells);
        }
        let place = self.table.rows[row].place;
        match self.heading.take() {
            Some(heading) => {
                self.data(row, place, &heading);
                self.heading = Some(heading);
            }
            None => self.form.last = None,
        }
    }

    /// A row of one cell: a heading of what is below, or a note.
    fn single(&mut self, text: &str) {
        let bare = text.trim_start();
        if bare.starts_with("注：") || bare.starts_with("备注") || bare.starts_with("说明：") {
            return self.note(text);
        }
        // What stands above the first heading is the title; what stands below it heads the rows that follow.
        self.section = some(text);
        self.form = Form::default();
    }

    /// Whether a row is a label and a text that fills the rest.
    fn is_label(&self, row: usize, cells: &[(std::ops::Range<usize>, &str)]) -> bool {
        let [(label, name), .., (last, _)] = cells else { return false };
        let known = matches!(role(name), Some(Role::Violated | Role::Basis | Role::Note | Role::Number));
        // A blank cell between label and text is none.
        let filled = cells.iter().filter(|(_, text)| !text.trim().is_empty()).count();
        let fills = cells.len() == 2 && label.start == 0 && last.end == self.width;
        known && filled == 2 && (fills || self.heading.is_none()) && self.table.anchor(row, label.start).0 <= row
    }

    fn label(&mut self, row: usize, cells: &[(std::ops::Range<usize>, &str)]) {
        let Some((span, name)) = cells.first() else { return };
        let Some(text) = cells.iter().skip(1).find_map(|(_, text)| some(text)) else { return };
        let Some(role) = role(name) else { return };
        let anchor = self.table.anchor(row, span.start).0;
        let goes_on = self.form.last == Some((role, anchor));
        self.form.last = Some((role, anchor));
        let slot = match role {
            Role::Violated => &mut self.form.violated,
            Role::Basis => &mut self.form.basis,
            Role::Number => &mut self.form.number,
            _ => return self.note(&text),
        };
        match slot {
            Some(known) if goes_on => {
                known.push('\n');
                known.push_str(&text);
            }
            _ => *slot = Some(text),
        }
    }

    /// A note to all violations below the last heading.
    fn note(&mut self, text: &str) {
        let Some(text) = some(text) else { return };
        for benchmark in self.out.benchmarks.iter_mut().skip(self.first) {
            if text.contains("计算方法") && !benchmark.weights.is_empty() {
                benchmark.method = Some(text.clone());
            } else {
                benchmark.notes.push(text.clone());
            }
        }
    }

    /// A row below a heading.
    fn data(&mut self, row: usize, place: Place, heading: &Heading) {
        self.item(row, place, heading);
        if heading.first(Role::Weight).is_some() {
            self.weights(row, place, heading);
        } else {
            self.tier(row, place, heading);
        }
    }

    /// Begins another violation if the row has one.
    fn item(&mut self, row: usize, place: Place, heading: &Heading) {
        let table = self.table;
        let violation = heading.first(Role::Violation);
        let Some(key) = heading.first(Role::Number).or(violation).or(heading.first(Role::Basis)) else { return };
        let anchor = table.anchor(row, key.span.start);
        // A cell that goes over into the next columns says something else: 裁量起点.
        let is_own = table.span(row, key.span.start).end <= key.span.end;
        if self.item == Some(anchor) || !is_own || some(table.text(row, key.span.start)).is_none() {
            return;
        }
        self.item = Some(anchor);
        let text = |role: Role| heading.first(role).and_then(|column| some(table.text(row, column.span.start)));
        let mut benchmark = Benchmark {
            number: text(Role::Number).or_else(|| self.form.number.clone()).or_else(|| number_above(&table.above)),
            violation: text(Role::Violation).unwrap_or_default(),
            section: text(Role::Section).or_else(|| self.section.clone()),
            above: table.above.clone(),
            violated: text(Role::Violated).or_else(|| self.form.violated.clone()),
            basis: text(Role::Basis).or_else(|| self.form.basis.clone()),
            place: Some(place),
            ..Benchmark::default()
        };
        benchmark.weights = std::mem::take(&mut self.pending);
        self.out.benchmarks.push(benchmark);
    }

    fn tier(&mut self, row: usize, place: Place, heading: &Heading) {
        let table = self.table;
        let tier_columns = || {
            heading
                .columns
                .iter()
                .filter(|column| matches!(column.role, Role::Level | Role::Factor | Role::Outcome | Role::Exempt))
        };
        let begins = |column: usize| table.anchor(row, column).0 == row && some(table.text(row, column)).is_some();
        // A row in which no cell of a tier begins only makes room for a long text beside it.
        if !tier_columns().any(|column| column.span.clone().any(begins)) {
            return;
        }
        let mut outcomes = self.outcomes(row, heading);
        let mut factors = self.factors(row, heading);
        let spanned =
            heading.first(Role::Level).filter(|column| table.span(row, column.span.start).end <= column.span.end);
        let mut level = spanned.and_then(|column| some(table.text(row, column.span.start)));
        let above = self.out.benchmarks.get(self.first..).and_then(|below| below.last()?.tiers.last());
        // A circumstance beside which nothing stands leads to what the one above leads to.
        let exempt = heading.first(Role::Outcome).is_none() && heading.first(Role::Exempt).is_some();
        let inherits = !exempt && outcomes.is_empty() && level.is_none() && !factors.is_empty();
        let inherited = above.filter(|_| inherits);
        if let Some(above) = inherited {
            (level, outcomes) = (above.level.clone(), above.outcomes.clone());
        }
        let inherited = inherited.is_some();
        // A column of degrees alone tells the circumstances.
        if heading.first(Role::Factor).is_none()
            && let Some(column) = heading.first(Role::Level)
            && let Some(value) = level.take()
        {
            factors.insert(0, Factor { name: column.heading.clone(), value });
        }
        let blank = heading.columns.iter().any(|column| {
            matches!(column.role, Role::Level | Role::Factor)
                && column.span.clone().all(|at| some(table.text(row, at)).is_none())
        });
        let text = || outcomes.iter().map(|outcome| outcome.text.as_str()).collect::<Vec<_>>().join("；");
        let kind = match self.out.benchmarks.get(self.first..) {
            None | Some([]) => Some(IssueKind::RowOutside),
            _ if !exempt && outcomes.iter().all(|outcome| outcome.fines.is_empty()) => Some(IssueKind::NoAmount),
            _ if blank && !inherited => Some(IssueKind::BlankFactor),
            _ if outcomes.iter().any(|outcome| contradicts(&outcome.text)) => Some(IssueKind::Contradiction),
            _ => None,
        };
        if let Some(kind) = kind {
            self.out.issues.push(Issue { kind, place, text: text() });
        }
        let Some(benchmark) = self.out.benchmarks.get_mut(self.first..).and_then(|below| below.last_mut()) else {
            return;
        };
        let beside = |role: Role| heading.first(role).and_then(|column| some(table.text(row, column.span.start)));
        let (note, basis) = (beside(Role::Note), beside(Role::Basis));
        // A basis that goes on in a cell of its own holds for the tiers beside it.
        if let (Some(part), Some(whole)) = (&basis, &mut benchmark.basis)
            && benchmark.tiers.last().is_some_and(|last| last.basis != basis)
        {
            whole.push('\n');
            whole.push_str(part);
        }
        let hidden = table.rows[row].hidden;
        benchmark.tiers.push(Tier { level, factors, exempt, outcomes, note, basis, inherited, hidden, place });
    }

    fn outcomes(&self, row: usize, heading: &Heading) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        let mut seen = Vec::new();
        for column in heading.of(Role::Outcome) {
            for at in column.span.clone() {
                let anchor = self.table.anchor(row, at);
                if seen.contains(&anchor) {
                    continue;
                }
                seen.push(anchor);
                if let Some(text) = some(self.table.text(row, at)) {
                    let fines = fines(&column.heading, &text);
                    outcomes.push(Outcome { heading: column.heading.clone(), text, fines });
                }
            }
        }
        outcomes
    }

    /// The circumstances of a row; one that goes over several columns is one.
    fn factors(&self, row: usize, heading: &Heading) -> Vec<Factor> {
        let mut factors: Vec<(Factor, (usize, usize))> = Vec::new();
        let is_factor = |role| matches!(role, Role::Factor | Role::Level | Role::Exempt);
        for column in heading.columns.iter().filter(|column| is_factor(column.role)) {
            for at in column.span.clone() {
                let anchor = self.table.anchor(row, at);
                let goes_over = self.table.span(row, at).end > column.span.end
                    || self.table.span(row, at).start < column.span.start;
                if column.role == Role::Level && !goes_over {
                    continue;
                }
                if let Some((factor, _)) = factors.iter_mut().find(|(_, known)| *known == anchor) {
                    if !factor.name.split('、').any(|name| name == column.heading) {
                        factor.name = format!("{}、{}", factor.name, column.heading);
                    }
                } else if let Some(value) = some(self.table.text(row, at)) {
                    factors.push((Factor { name: column.heading.clone(), value }, anchor));
                }
            }
        }
        factors.into_iter().map(|(factor, _)| factor).collect()
    }

    fn weights(&mut self, row: usize, place: Place, heading: &Heading) {
        let table = self.table;
        let mut names: Vec<(String, (usize, usize))> = Vec::new();
        let naming = |role| matches!(role, Role::Violation | Role::Factor | Role::Level);
        for column in heading.columns.iter().filter(|column| naming(column.role)) {
            let is_violation =
                column.role == Role::Violation && table.span(row, column.span.start).end <= column.span.end;
            for at in column.span.clone().filter(|_| !is_violation) {
                let anchor = table.anchor(row, at);
                if !names.iter().any(|(_, known)| *known == anchor)
                    && let Some(name) = some(table.text(row, at))
                {
                    names.push((name, anchor));
                }
            }
        }
        let mut names = names.into_iter();
        let Some((factor, anchor)) = names.next() else { return };
        // Headings among the shares hold within one factor.
        if anchor.0 == row {
            self.scopes.clear();
        }
        let degree = names.map(|(name, _)| name).collect::<Vec<_>>().join("，");
        let mut seen = Vec::new();
        for column in heading.of(Role::Weight).flat_map(|column| column.span.clone()) {
            let cell = table.anchor(row, column);
            // What begins among the names belongs to them.
            let begins_before = heading.columns.iter().any(|other| naming(other.role) && other.span.contains(&cell.1));
            if cell.0 != row || begins_before || seen.contains(&cell) {
                continue;
            }
            seen.push(cell);
            let Some(text) = some(table.text(row, column)) else { continue };
            let span = table.span(row, column);
            let ppm = share(&text);
            if ppm.is_none() {
                self.scopes.push((span, text));
                continue;
            }
            let scope = self.scopes.iter().filter(|(head, _)| head.start < span.end && span.start < head.end);
            let scope = scope.map(|(_, text)| text.clone()).collect();
            let weight = Weight { factor: factor.clone(), degree: some(&degree), scope, text, ppm, place };
            match self.out.benchmarks.get_mut(self.first..).and_then(|below| below.last_mut()) {
                Some(benchmark) => benchmark.weights.push(weight),
                None => self.pending.push(weight),
            }
        }
    }
}

/// A cell that is nothing but a share, in millionths.
pub(super) fn share(text: &str) -> Option<u64> {
    let found = amount::amounts(text);
    let [only] = found.as_slice() else { return None };
    (only.amount.measure == Measure::Share && text.chars().count() <= 12).then(|| only.amount.fixed())?
}

/// `§4.3 裁量标准` above a table is its number.
fn number_above(above: &[String]) -> Option<String> {
    let line = above.last()?.trim().strip_prefix('§')?;
    let end = line.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(line.len());
    some(&line[..end])
}
