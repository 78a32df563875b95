//! What follows the body: 附件 附录 附表, and 落款.

use super::super::provision::{HeadingLevel, ProvisionKind};
use super::lines::{AnnexMark, Line, Mark, is_blank};
use super::{Opening, Role, is_title_like};
use std::ops::Range;

/// Most lines of a list of annexes (附件说明) that are looked through.
const LIST_LINES_MAX: usize = 60;
/// Most lines of organs and persons above the date of a signature.
const SIGNERS_MAX: usize = 6;
/// Most lines that name an annex.
const NAME_LINES_MAX: usize = 4;
/// Length up to which an annex is one provision whatever it is divided into, in bytes (about 2,000 characters).
const ANNEX_BYTES_MAX: usize = 6_000;
/// Longest line of a signature, in bytes.
const SIGNER_BYTES_MAX: usize = 150;
/// How names of organs end.
const ORGANS: [&str; 22] = [
    "法院",
    "检察院",
    "国务院",
    "委员会",
    "常委会",
    "政府",
    "办公厅",
    "办公室",
    "总局",
    "局",
    "部",
    "署",
    "厅",
    "银行",
    "总会",
    "协会",
    "大会",
    "主席团",
    "委",
    "办",
    "中心",
    "公署",
];

/// The main text or one annex.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    /// Its lines, by index.
    pub lines: Range<usize>,
    /// Number and name of the annex.
    annex: Option<(u32, String)>,
}

impl Zone {
    /// The main text of a document without annexes.
    pub fn main(lines: usize) -> Zone {
        Zone { lines: 0..lines, annex: None }
    }

    pub fn is_annex(&self) -> bool {
        self.annex.is_some()
    }

    /// Whether it is an annex so short that it is not divided by its numbers.
    pub fn is_short(&self, lines: &[Line]) -> bool {
        let bytes = lines[self.lines.clone()].last().map_or(0, |last| last.end - lines[self.lines.start].start);
        self.is_annex() && bytes <= ANNEX_BYTES_MAX
    }

    /// Kind, start of the keys and start of the labels of its numbered units.
    pub fn unit_names(&self) -> (ProvisionKind, String, String) {
        match &self.annex {
            None => (ProvisionKind::NumberedUnit, "n".to_string(), String::new()),
            Some((number, name)) => (ProvisionKind::Annex, format!("annex{number}."), format!("{name} ")),
        }
    }

    /// Marks the first lines of an annex: a heading if provisions of its own follow. Returns what its text without
    /// numbers is.
    pub fn open(&self, text: &str, lines: &[Line], divided: bool, roles: &mut [Role]) -> Opening {
        let Some((number, name)) = &self.annex else { return Opening::preamble() };
        let opening = Opening::new(ProvisionKind::Annex, format!("annex{number}"), name.clone());
        let first = self.lines.start;
        let titled =
            lines[first].marked && self.lines.len() > 1 || matches!(roles.get(first + 1), Some(Role::Heading(_)));
        if !divided && !titled {
            roles[first] = Role::Provision(opening.clone());
            return opening;
        }
        roles[first] = Role::Heading(HeadingLevel::Annex);
        for index in first + 1..self.lines.end.min(first + NAME_LINES_MAX) {
            if roles[index] != Role::None || lines[index].mark != Mark::Text || !is_title_like(text, &lines[index]) {
                break;
            }
            roles[index] = Role::Joined;
        }
        opening
    }
}

/// Divides a document into its main text and its annexes. An annex that articles of the running numbering follow is
/// none; a list of annexes above the signature is a provision of its own but no annex.
pub(super) fn zones(text: &str, lines: &[Line], roles: &[Role]) -> Vec<Zone> {
    let mut zones = vec![Zone::main(lines.len())];
    let running = last_running(roles);
    let nameless = nameless(text, lines, roles);
    for (index, line) in lines.iter().enumerate() {
        let mark = match line.mark {
            Mark::Annex(mark) if index >= running && !is_list(text, lines, index, mark) => mark,
            _ if nameless == Some(index) => AnnexMark { number: 0, name_len: 0, colon: false },
            _ => continue,
        };
        if roles[index] != Role::None && nameless != Some(index) {
            continue;
        }
        let place = u32::try_from(zones.len()).unwrap_or(u32::MAX);
        let number = if mark.number > 0 { mark.number } else { place };
        let name: String = line.words(text)[..mark.name_len].chars().filter(|c| !is_blank(*c)).collect();
        let name = if name.is_empty() { "附".to_string() } else { name };
        if let Some(last) = zones.last_mut() {
            last.lines.end = index;
        }
        zones.push(Zone { lines: index..lines.len(), annex: Some((number, name)) });
    }
    zones.retain(|zone| !zone.lines.is_empty() || !zone.is_annex());
    zones
}

/// Where an annex without a name begins (a table, a supplement): a title after the article on taking effect, the last
/// one, that is no signature.
fn nameless(text: &str, lines: &[Line], roles: &[Role]) -> Option<usize> {
    let is_article = |role: &Role| matches!(role, Role::Provision(opening) if opening.kind == ProvisionKind::Article);
    let last = roles.iter().rposition(is_article)?;
    if !["施行", "生效", "实施", "废止"].iter().any(|word| lines[last].words(text).contains(word)) {
        return None;
    }
    let named = lines.iter().skip(last).position(|line| matches!(line.mark, Mark::Annex(_))).map(|at| last + at);
    let end = named.unwrap_or(lines.len());
    let titled = |index: &usize| {
        let line = &lines[*index];
        (roles[*index] == Role::None || line.marked && roles[*index] == Role::Heading(HeadingLevel::Section))
            && line.mark == Mark::Text
            && is_title_like(text, line)
            && lines[index - 1].words(text).ends_with('。')
    };
    let begin = (last + 1..end).find(titled)?;
    let mut close = lines[begin..end].iter().take(SIGNERS_MAX);
    let signed = is_organ(lines[begin].words(text)) || close.any(|line| is_date(line.words(text)));
    (!signed && begin + 1 < end).then_some(begin)
}

/// Index of the last article before the numbering begins again.
fn last_running(roles: &[Role]) -> usize {
    let mut last = 0;
    for (index, role) in roles.iter().enumerate() {
        match role {
            Role::Provision(opening) if opening.key == "a1" && last > 0 => break,
            Role::Provision(opening) if opening.kind == ProvisionKind::Article => last = index,
            _ => {}
        }
    }
    last
}

/// Whether `附件：` only lists annexes: short lines follow up to the signature or to an annex itself.
fn is_list(text: &str, lines: &[Line], index: usize, mark: AnnexMark) -> bool {
    if !mark.colon {
        return false;
    }
    for line in lines[index + 1..].iter().take(LIST_LINES_MAX) {
        if is_date(line.words(text)) || matches!(line.mark, Mark::Annex(AnnexMark { colon: false, .. })) {
            return true;
        }
        if line.end - line.body > SIGNER_BYTES_MAX || line.mark == Mark::Row || line.words(text).ends_with('。') {
            return false;
        }
    }
    false
}

/// Marks signatures: a date below organs anywhere (a notice may promulgate what follows), a date at the end of the zone,
/// an organ as its last line.
pub(super) fn mark_signatures(text: &str, lines: &[Line], zone: &Zone, roles: &mut [Role]) {
    let tail = zone.lines.end.saturating_sub(SIGNERS_MAX).max(zone.lines.start);
    for index in zone.lines.clone().rev() {
        let words = lines[index].words(text);
        if roles[index] != Role::None || !is_date(words) {
            continue;
        }
        mark_signature(text, lines, zone, index, index >= tail, roles);
    }
    let Some(last) = zone.lines.clone().next_back() else { return };
    let signer = roles[last] == Role::None && is_signer(text, &lines[last]) && is_organ(lines[last].words(text));
    let after_sentence = last > zone.lines.start && lines[last - 1].words(text).ends_with('。');
    if signer && after_sentence {
        roles[last] = Role::Provision(Opening::signature());
    }
}

/// Marks lists of annexes (附件说明).
pub(super) fn mark_lists(text: &str, lines: &[Line], zone: &Zone, roles: &mut [Role]) {
    for index in zone.lines.clone() {
        if let Mark::Annex(mark) = lines[index].mark
            && roles[index] == Role::None
            && is_list(text, lines, index, mark)
        {
            roles[index] = Role::Provision(Opening::new(ProvisionKind::Annex, "annexes", "附件说明"));
        }
    }
}

/// Marks the signature whose date stands in line `date`.
fn mark_signature(text: &str, lines: &[Line], zone: &Zone, date: usize, at_end: bool, roles: &mut [Role]) {
    let mut first = date;
    while first > zone.lines.start
        && date - first < SIGNERS_MAX
        && roles[first - 1] == Role::None
        && is_signer(text, &lines[first - 1])
    {
        first -= 1;
    }
    let known = lines[first..date].iter().any(|line| is_organ(line.words(text)));
    if !known && !at_end {
        return;
    }
    roles[first] = Role::Provision(Opening::signature());
    roles[first + 1..=date].fill(Role::Joined);
    for index in date + 1..zone.lines.end {
        let words = lines[index].words(text);
        let remark = words.starts_with(['（', '(']) && words.ends_with(['）', ')']) && words.len() < SIGNER_BYTES_MAX;
        if !remark || lines[index].mark != Mark::Text || roles[index] != Role::None {
            break;
        }
        roles[index] = Role::Joined;
    }
}

fn is_signer(text: &str, line: &Line) -> bool {
    let words = line.words(text);
    let plain = line.mark == Mark::Text && !line.marked && words.len() <= SIGNER_BYTES_MAX;
    plain && !words.contains(['。', '；', '：', '，', ':', ';', '《']) && !is_date(words)
}

fn is_organ(words: &str) -> bool {
    ORGANS.iter().any(|organ| words.ends_with(organ))
}

/// Whether the line is nothing but a date with year, month and day.
fn is_date(words: &str) -> bool {
    let part = |c: char| "年月日〇○零一二三四五六七八九十Ｏ0123456789０１２３４５６７８９".contains(c) || is_blank(c);
    words.len() <= 60
        && words.ends_with('日')
        && words.contains('年')
        && words.contains('月')
        && words.chars().all(part)
}
