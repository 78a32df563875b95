//! Lines and tables of a PDF → the text of a document: lines that a page broke are put together to paragraphs.

use super::blocks::{self, Paragraph};
use super::pdf::lines::Line;
use super::pdf_table::Block;
use crate::law::structure::numbers::{leading, ordinal};
use std::collections::{BTreeMap, BTreeSet};

/// So much of the font size a line begins further right than its neighbours if a paragraph begins there.
const INDENT: f32 = 0.8;
/// So much before the right edge a line ends if a paragraph ends there.
const SHORT: f32 = 1.6;
/// So much of the font size a line in the middle may be off it.
const CENTRED: f32 = 1.2;
/// Sizes of font that differ by more than this share are of different paragraphs.
const SIZE: f32 = 0.12;

/// So much of the width of the widest line a long one has.
const LONG: f32 = 0.8;
/// Most kinds of pages with edges of their own.
const KINDS_MAX: usize = 4;
/// So many lines reach the right edge of a page of text,
const LINES_MIN: usize = 3;
/// and have so many characters.
const SENTENCE: f32 = 15.0;

/// Characters of which every Chinese text of some length is full.
const COMMON: &str = "的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";
/// So much of the Chinese characters must be common ones.
const COMMON_MIN: f64 = 0.5;
/// One in so many is a digit in disguise.
const SHIFTED_SHARE: usize = 100;
/// Fewer characters tell nothing.
const CHARS_MIN: usize = 200;

/// The paragraphs and tables of a file.
pub fn paragraphs(blocks: &[Block]) -> Vec<blocks::Block> {
    let mut out: Vec<blocks::Block> = Vec::new();
    let layout = Layout::of(blocks);
    let mut before: Option<(&Edges, &Line)> = None;
    for block in blocks {
        match block {
            Block::Line { line, .. } if line.text.trim().is_empty() => {}
            Block::Line { page, line } => {
                let (edges, text) = (layout.edges(*page), line.text.trim());
                match out.last_mut().zip(before) {
                    Some((blocks::Block::Paragraph(last), above)) if edges.goes_on(above, line, text) => {
                        join(&mut last.text, text);
                    }
                    _ => out.push(blocks::Block::Paragraph(Paragraph {
                        text: text.to_string(),
                        centred: edges.is_centred(line),
                        outline: None,
                    })),
                }
                before = Some((edges, line));
            }
            Block::Table(table) => {
                out.push(blocks::Block::Table(table.clone()));
                before = None;
            }
        }
    }
    out
}

/// Whether a font that does not tell its characters gave others: hardly any is one that Chinese texts are full of.
pub fn is_garbled(paragraphs: &[blocks::Block]) -> bool {
    let text = paragraphs.iter().filter_map(|block| match block {
        blocks::Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        blocks::Block::Table(_) => None,
    });
    let han: Vec<char> = text.clone().flat_map(str::chars).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    // A font of the press (方正) that numbers its letters as these characters, and has no digits.
    const SHIFTED: &str = "园员圆猿源缘远苑愿怨郾";
    let digits = text.clone().flat_map(str::chars).filter(char::is_ascii_digit).count();
    let shifted = han.iter().filter(|c| SHIFTED.contains(**c)).count();
    if han.len() >= CHARS_MIN && shifted * SHIFTED_SHARE > han.len() && digits * 4 < shifted {
        return true;
    }
    let all = han.len();
    let common = han.iter().filter(|c| COMMON.contains(**c)).count();
    all >= CHARS_MIN && (common as f64) < COMMON_MIN * all as f64
}

/// Where the lines of each page begin and end: a page that lies across has other edges than one that stands.
struct Layout {
    usual: Edges,
    /// By page.
    own: BTreeMap<u32, Edges>,
}

impl Layout {
    fn of(blocks: &[Block]) -> Layout {
        let mut rest: Vec<(u32, &Line)> = Vec::new();
        rest.extend(blocks.iter().filter_map(|block| match block {
            Block::Line { page, line } => Some((*page, line)),
            Block::Table(_) => None,
        }));
        let mut layout = Layout { usual: Edges::of(&rest), own: BTreeMap::new() };
        // The widest lines tell the edges of their pages; of the pages without such lines the widest ones again.
        for round in 0..KINDS_MAX {
            let width = rest.iter().map(|(_, line)| width(line)).fold(0.0, f32::max);
            let pages: BTreeSet<u32> =
                rest.iter().filter(|(_, line)| width_share(line, width) > LONG).map(|(page, _)| *page).collect();
            let (these, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(page, _)| pages.contains(page));
            let edges = Edges::of(&these);
            if round > 0 && edges.are_text(&these) {
                layout.own.extend(pages.iter().map(|page| (*page, edges)));
            }
            rest = others;
        }
        layout
    }

    fn edges(&self, page: u32) -> &Edges {
        self.own.get(&page).unwrap_or(&self.usual)
    }
}

fn width(line: &Line) -> f32 {
    line.x1 - line.x0
}

fn width_share(line: &Line, whole: f32) -> f32 {
    width(line) / whole.max(1.0)
}

/// Where the lines of a page begin and end.
#[derive(Debug, Clone, Copy)]
struct Edges {
    left: f32,
    right: f32,
}

impl Edges {
    /// The edges that most long lines share.
    fn of(lines: &[(u32, &Line)]) -> Edges {
        let whole = lines.iter().map(|(_, line)| width(line)).fold(0.0, f32::max);
        let long = lines.iter().filter(|(_, line)| width_share(line, whole) > LONG);
        let (mut lefts, mut rights): (Vec<f32>, Vec<f32>) = long.map(|(_, line)| (line.x0, line.x1)).unzip();
        lefts.sort_by(f32::total_cmp);
        rights.sort_by(f32::total_cmp);
        // Most long lines reach both edges; a first line of a paragraph is indented, a last one short.
        let left = lefts.get(lefts.len() / 4).copied().unwrap_or(0.0);
        let right = rights.get(rights.len() * 3 / 4).copied().unwrap_or(0.0);
        Edges { left, right }
    }

    /// Whether text runs between the edges: several lines end at the right one, and they have room for a sentence. Captions
    /// between tables do not.
    fn are_text(&self, lines: &[(u32, &Line)]) -> bool {
        let reach = |line: &Line| (line.x1 - self.right).abs() < line.size && width(line) > SENTENCE * line.size;
        lines.iter().filter(|(_, line)| reach(line)).count() >= LINES_MIN
    }

    /// Whether a line stands in the middle, well within the edges.
    fn is_centred(&self, line: &Line) -> bool {
        let off = ((line.x0 + line.x1) - (self.left + self.right)).abs() / 2.0;
        off < CENTRED * line.size && line.x0 > self.left + 2.0 * line.size
    }

    /// Whether a line goes on with the paragraph of the one above it, which stands between edges of its own.
    fn goes_on(&self, (edges, above): (&Edges, &Line), line: &Line, text: &str) -> bool {
        let size = line.size.max(1.0);
        let same_size = (above.size - line.size).abs() <= SIZE * size;
        let indented = line.x0 > self.left + INDENT * size;
        let ended = above.x1 < edges.right - SHORT * size;
        same_size && !indented && !ended && !begins_unit(text)
    }
}

/// Whether a line begins with a number of its own: 第三条, 一、, （二）, 3.
fn begins_unit(text: &str) -> bool {
    let behind = |number: usize| text.get(number..).unwrap_or_default();
    let article = ordinal(text).is_some_and(|number| behind(number.len).starts_with(['条', '章', '节', '编']));
    let listed = leading(text).is_some_and(|number| behind(number.len).starts_with(['、', '．', '.']));
    let bracketed = text.starts_with(['（', '(']) && leading(text.get('（'.len_utf8()..).unwrap_or_default()).is_some();
    article || listed || bracketed
}

fn join(last: &mut String, text: &str) {
    let western = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if western(last.chars().next_back()) && western(text.chars().next()) {
        last.push(' ');
    }
    last.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, x1: f32) -> Block {
        Block::Line { page: 1, line: Line { text: text.into(), x0, x1, y: 0.0, size: 12.0 } }
    }

    #[test]
    fn what_a_page_broke_is_put_together() {
        let blocks = [
            line("云桥县渡口管理办法", 225.0, 345.0),
            line("第一条 为了加强渡口管理，保障人民群众生命", 94.0, 500.0),
            line("财产安全，制定本办法。", 70.0, 220.0),
            line("第二条 渡口经营者应当取得许可，并且符合下列", 70.0, 500.0),
            line("条件，但是乡镇渡口除外：", 70.0, 200.0),
            line("（一）有船；", 94.0, 160.0),
        ];
        let found = paragraphs(&blocks);
        let texts: Vec<&str> = found.iter().filter_map(text_of).collect();
        assert!(matches!(&found[0], blocks::Block::Paragraph(Paragraph { centred: true, .. })));
        assert_eq!(
            texts.join("\n"),
            "云桥县渡口管理办法\n第一条 为了加强渡口管理，保障人民群众生命财产安全，制定本办法。\n\
             第二条 渡口经营者应当取得许可，并且符合下列条件，但是乡镇渡口除外：\n（一）有船；"
        );
    }

    #[test]
    fn a_page_that_lies_across_does_not_set_the_edges_of_the_others() {
        let on = |page, text: &str, x0, x1| {
            let Block::Line { line, .. } = line(text, x0, x1) else { unreachable!() };
            Block::Line { page, line }
        };
        let mut blocks = vec![
            on(1, "第一条　为了加强渡口管理，保障人民群众生命", 94.0, 500.0),
            on(1, "财产安全，促进渡口的安全，保护船舶和它的环", 70.0, 500.0),
            on(1, "境，制定本办法。", 70.0, 220.0),
            on(1, "渡口的设置、经营、管理和监督，适用本办法的", 94.0, 500.0),
            on(1, "规定。", 70.0, 110.0),
            on(2, "表一　渡口", 200.0, 300.0),
            on(2, "表二　渡船", 200.0, 300.0),
        ];
        let across = |text: &str| on(3, text, 57.0, 785.0);
        blocks.extend([across("说明：渡口以县人民政府公布的为准，渡船"), across("以登记的为准")]);
        let found = paragraphs(&blocks);
        let texts: Vec<&str> = found.iter().filter_map(text_of).collect();
        let article =
            "第一条　为了加强渡口管理，保障人民群众生命财产安全，促进渡口的安全，保护船舶和它的环境，制定本办法。";
        assert_eq!(
            texts,
            [
                article,
                "渡口的设置、经营、管理和监督，适用本办法的规定。",
                "表一　渡口",
                "表二　渡船",
                "说明：渡口以县人民政府公布的为准，渡船以登记的为准",
            ]
        );
    }

    fn text_of(block: &blocks::Block) -> Option<&str> {
        if let blocks::Block::Paragraph(paragraph) = block { Some(&paragraph.text) } else { None }
    }

    fn is_garbled(text: &str) -> bool {
        super::is_garbled(&[blocks::Block::text(text)])
    }

    #[test]
    fn characters_of_a_broken_font_are_told() {
        assert!(is_garbled(&"陨悦杂员猿郾园园栽猿圆怨缘酝晕粤".repeat(20)));
        assert!(!is_garbled(&"生活垃圾填埋场应当符合国家规定的污染物排放标准。".repeat(20)));
        assert!(!is_garbled("陨悦杂"));
    }
}
