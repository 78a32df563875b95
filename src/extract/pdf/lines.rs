//! Characters → lines in reading order, and lines → paragraphs.

use super::Glyph;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its characters, with blanks where the page shows some.
    pub text: String,
    /// Left edge, in points.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Base line.
    pub y: f32,
    /// Height of its largest font.
    pub size: f32,
}

/// Base lines that differ by no more than this share of the font size are one line.
const SAME_LINE: f32 = 0.4;

/// Joins characters to lines, from the upper one to the lower one, each from left to right.
///
/// Blanks are told by gaps: between two letters or digits of Western writing a fifth of the font size is one; beside a
/// Chinese character only a gap of nearly a whole character is, and becomes U+3000, since narrower ones only align. Between
/// two Chinese characters a blank that was written is kept.
/// Characters drawn twice (imitated bold) count once. Turned text is left out.
pub fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut sorted: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.turned).collect();
    sorted.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut lines = Vec::new();
    let mut open: Vec<&Glyph> = Vec::new();
    for glyph in sorted {
        // Compared with the last one, so a line may slope, but not with the first: it would swallow the next.
        let same = open.last().is_none_or(|last| glyph.y - last.y <= SAME_LINE * glyph.size.min(last.size));
        if !same {
            lines.extend(line(std::mem::take(&mut open)));
        }
        open.push(glyph);
    }
    lines.extend(line(open));
    lines
}

fn line(mut glyphs: Vec<&Glyph>) -> Option<Line> {
    glyphs.sort_by(|one, other| one.x0.total_cmp(&other.x0));
    let mut line = Line { text: String::new(), x0: f32::MAX, x1: f32::MIN, y: 0.0, size: 0.0 };
    let mut last: Option<&Glyph> = None;
    let mut written = false;
    for glyph in glyphs {
        if glyph.char == ' ' {
            written = true;
            continue;
        }
        if let Some(before) = last {
            if before.char == glyph.char && glyph.x0 - before.x0 < 0.3 * (glyph.x1 - glyph.x0) {
                continue;
            }
            line.text.push_str(blank(before, glyph, written));
        }
        written = false;
        if glyph.size > line.size {
            (line.size, line.y) = (glyph.size, glyph.y);
        }
        line.text.push(glyph.char);
        (line.x0, line.x1) = (line.x0.min(glyph.x0), line.x1.max(glyph.x1));
        last = Some(glyph);
    }
    let trimmed = line.text.trim();
    if trimmed.is_empty() {
        return None;
    }
    line.text = trimmed.to_string();
    Some(line)
}

fn blank(before: &Glyph, after: &Glyph, written: bool) -> &'static str {
    let (gap, size) = (after.x0 - before.x1, after.size.min(before.size));
    let wide = (is_wide(before.char), is_wide(after.char));
    if wide.0 || wide.1 {
        match gap {
            gap if gap > 0.8 * size => "\u{3000}",
            gap if gap > 0.2 * size && written && wide == (true, true) => " ",
            _ => "",
        }
    } else if gap > 0.2 * size {
        " "
    } else {
        ""
    }
}

/// Whether a character is as wide as it is high: Chinese characters and their punctuation.
fn is_wide(char: char) -> bool {
    matches!(char, '\u{2E80}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Joins lines that stand within `left` and `right` to text: a new line begins only where the one before ends a sentence
/// and leaves room for at least a character and a half. Between Western words a blank is put.
pub fn paragraphs(lines: &[Line], right: f32) -> String {
    let mut text = String::new();
    let mut last: Option<&Line> = None;
    for line in lines {
        if let Some(before) = last {
            let ends_sentence = before.text.ends_with(['。', '；', '：', '！', '？', ';', ':']);
            let western = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
            if ends_sentence && right - before.x1 > 1.5 * before.size {
                text.push('\n');
            } else if western(before.text.chars().last()) && western(line.text.chars().next()) {
                let digits = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
                if !digits(before.text.chars().last()) || !digits(line.text.chars().next()) {
                    text.push(' ');
                }
            }
        }
        text.push_str(&line.text);
        last = Some(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let mut x = x;
        let glyph = |char: char| {
            let width = if is_wide(char) { 10.0 } else { 5.0 };
            x += width;
            (char != ' ').then_some(Glyph { char, x0: x - width, x1: x, y, size: 10.0, turned: false })
        };
        text.chars().filter_map(glyph).collect()
    }

    #[test]
    fn lines_are_in_reading_order() {
        let mut glyphs = row("乙行 12", 0.0, 20.0);
        glyphs.extend(row("甲　行 A bc", 0.0, 5.0));
        let texts: Vec<String> = lines(&glyphs).into_iter().map(|line| line.text).collect();
        assert_eq!(texts, ["甲　行A bc", "乙行12"]);
    }

    #[test]
    fn imitated_bold_counts_once() {
        let mut glyphs = row("罚款", 0.0, 5.0);
        glyphs.extend(row("罚款", 0.4, 5.1));
        assert_eq!(lines(&glyphs)[0].text, "罚款");
    }

    #[test]
    fn a_sentence_that_ends_short_of_the_edge_ends_the_paragraph() {
        let mut glyphs = row("甲乙丙丁，", 0.0, 5.0);
        glyphs.extend(row("戊。", 0.0, 20.0));
        glyphs.extend(row("己庚", 0.0, 35.0));
        assert_eq!(paragraphs(&lines(&glyphs), 50.0), "甲乙丙丁，戊。\n己庚");
    }
}
