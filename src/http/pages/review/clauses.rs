//! A draft cut into its clauses, and its lines into runs of text, so that what was found stands where it is.

use crate::app::view::Range;

/// Longest number of an article, in characters.
const NUMBER_MAX: usize = 12;

/// A clause (条), or a paragraph of a draft without articles.
#[derive(Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What was found in it: places in the list of spans.
    pub found: Vec<usize>,
}

/// A line of the draft.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Its runs.
    pub runs: Vec<Run>,
}

/// A run of text inside or outside of what was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// The text, verbatim.
    pub text: String,
    /// What was found here: the first place in the list of spans is the one that shows.
    pub found: Vec<usize>,
    /// Those of them that end here.
    pub ending: Vec<usize>,
}

/// Cuts a draft. Spans count code points; each belongs to the clause in which it begins.
pub fn cut(text: &str, spans: &[Range]) -> Vec<Clause> {
    let has_articles = text.lines().any(begins_article);
    let mut clauses: Vec<Clause> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        let end = at + chars.len();
        let begins = if has_articles { begins_article(line) } else { !line.trim().is_empty() };
        if begins || clauses.is_empty() {
            clauses.push(Clause { lines: Vec::new(), found: Vec::new() });
        }
        if let Some(clause) = clauses.last_mut() {
            clause.found.extend((0..spans.len()).filter(|place| (at..=end).contains(&spans[*place].start)));
            if !line.trim().is_empty() {
                clause.lines.push(Line { runs: runs(at, &chars, spans) });
            }
        }
        at = end + 1;
    }
    clauses.retain(|clause| !clause.lines.is_empty() || !clause.found.is_empty());
    clauses
}

/// 第五条, at the beginning of a line.
fn begins_article(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('第') else { return false };
    let is_digit = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千０１２３４５６７８９".contains(c);
    let number = rest.chars().take_while(|c| is_digit(*c)).count();
    (1..=NUMBER_MAX).contains(&number) && rest.chars().nth(number) == Some('条')
}

fn runs(at: usize, chars: &[char], spans: &[Range]) -> Vec<Run> {
    let end = at + chars.len();
    let here: Vec<usize> =
        (0..spans.len()).filter(|place| spans[*place].start < end && at < spans[*place].end).collect();
    let mut cuts: Vec<usize> = here
        .iter()
        .flat_map(|place| [spans[*place].start, spans[*place].end])
        .map(|cut| cut.saturating_sub(at).min(chars.len()))
        .collect();
    cuts.extend([0, chars.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let run = |pair: &[usize]| {
        let [from, to] = pair else { return None };
        let over = |place: &&usize| spans[**place].start <= at + from && at + to <= spans[**place].end;
        let found: Vec<usize> = here.iter().filter(over).copied().collect();
        // A finding that goes on over several lines is named at the end of each.
        let ends = |place: &&usize| at + to == spans[**place].end.min(end);
        let ending = found.iter().filter(ends).copied().collect();
        Some(Run { text: chars.get(*from..*to)?.iter().collect(), found, ending })
    };
    cuts.windows(2).filter_map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_found_stands_in_its_clause() {
        let text = "渡口办法\n第一条　甲乙丙。\n（一）丁。\n第二条　第三条规定的除外。";
        let place = |words: &str| {
            let start = text.find(words).map(|at| text[..at].chars().count()).unwrap();
            Range { start, end: start + words.chars().count() }
        };
        let clauses = cut(text, &[place("乙丙"), place("丙。\n（一）丁"), place("除外")]);
        let found: Vec<&[usize]> = clauses.iter().map(|clause| clause.found.as_slice()).collect();
        assert_eq!(found, [&[][..], &[0, 1], &[2]]);
        let runs: Vec<(&str, &[usize])> =
            clauses[1].lines[0].runs.iter().map(|run| (run.text.as_str(), run.found.as_slice())).collect();
        assert_eq!(runs, [("第一条　甲", &[][..]), ("乙", &[0]), ("丙", &[0, 1]), ("。", &[1])]);
        assert_eq!(clauses[1].lines[0].runs[2].ending, [0]);
        // 第三条 inside a line begins nothing.
        assert_eq!(clauses.len(), 3);
        assert_eq!(cut("一、甲。\n\n二、乙。", &[]).len(), 2);
    }

    proptest! {
        #[test]
        fn no_character_and_no_finding_is_lost(
            text in "[甲\n 第一条]{0,40}",
            spans in proptest::collection::vec((0usize..50, 0usize..9), 0..6),
        ) {
            let most = text.chars().count();
            let spans: Vec<Range> = spans
                .iter()
                .map(|(start, long)| Range { start: (*start).min(most), end: (start + long).min(most) })
                .collect();
            let clauses = cut(&text, &spans);
            let shown: Vec<String> = clauses
                .iter()
                .flat_map(|clause| &clause.lines)
                .map(|line| line.runs.iter().map(|run| run.text.as_str()).collect())
                .collect();
            let lines: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
            prop_assert_eq!(shown, lines);
            let mut found: Vec<usize> = clauses.iter().flat_map(|clause| clause.found.clone()).collect();
            found.sort_unstable();
            prop_assert_eq!(found, (0..spans.len()).collect::<Vec<_>>());
        }
    }
}
