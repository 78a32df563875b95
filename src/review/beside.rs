//! A clause of a draft beside the provisions of superior law on the same matter (条文对照): which are nearest, and in what they differ.

use super::finding::Evidence;
use super::statement::{Statement, other_figures};
use super::theme::Theme;

/// What is less alike is about something else.
const LIKE_MIN: f64 = 0.3;
/// An item of a list that has so little in common with superior law is not in it.
const ITEM_SHARE_MAX: f64 = 0.35;
/// Two clauses with lists are on the same matter from here on.
const SAME_LIST: f64 = 0.4;
/// From here on other figures are shown beside those of superior law, though the sentences are not alike.
const SAME_FIGURES: f64 = 0.55;
/// Differences that are told of one pair.
const DIFFERENCES_MAX: usize = 6;

/// A provision of superior law beside a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The provision.
    pub evidence: Evidence,
    /// How alike they are, from 0 to 1.
    pub likeness: f64,
    /// In what they differ, in Chinese.
    pub differences: Vec<String>,
}

/// The provisions that are on the matter of a clause, most alike first; each once.
pub fn beside(clause: &str, provisions: Vec<Evidence>, most: usize) -> Vec<Beside> {
    let theme = Theme::around(clause);
    if !theme.says_enough() {
        return Vec::new();
    }
    let mut found: Vec<(Evidence, f64)> = Vec::new();
    for evidence in provisions {
        let likeness = theme.likeness(&Theme::around(&evidence.text));
        let known = found.iter().any(|(one, _)| one.title == evidence.title && one.article == evidence.article);
        if likeness >= LIKE_MIN && !known {
            found.push((evidence, likeness));
        }
    }
    found.sort_by(|one, other| other.1.total_cmp(&one.1));
    found.truncate(most);
    let beside = |(evidence, likeness): (Evidence, f64)| {
        let differences = differences(clause, &evidence.text, likeness);
        Beside { evidence, likeness, differences }
    };
    found.into_iter().map(beside).collect()
}

fn differences(clause: &str, superior: &str, likeness: f64) -> Vec<String> {
    let mut told = in_statements(clause, superior);
    if told.is_empty() && likeness >= SAME_FIGURES {
        let figures = other_figures(clause, superior).into_iter();
        told.extend(figures.map(|(own, there)| format!("草案“{own}”，上位法“{there}”，请核对是否同一事项")));
    }
    if likeness >= SAME_LIST {
        told.extend(in_items(clause, superior));
    }
    told.truncate(DIFFERENCES_MAX);
    told
}

/// Figures, organs and duties that differ sentence by sentence.
fn in_statements(clause: &str, superior: &str) -> Vec<String> {
    let read =
        |text: &str| -> Vec<Statement> { text.split(['。', '；', '\n']).filter_map(Statement::read).collect() };
    let there = read(superior);
    let own = read(clause);
    let pairs = own.iter().filter_map(|one| there.iter().find_map(|other| one.against(other)));
    pairs.map(|found| format!("{}不同：草案“{}”，上位法“{}”", found.of, found.first, found.second)).collect()
}

/// Members of a list (conditions, materials) that superior law's list does not have.
fn in_items(clause: &str, superior: &str) -> Vec<String> {
    let there: Vec<&str> = items(superior).collect();
    if there.is_empty() {
        return Vec::new();
    }
    let added = items(clause).filter(|item| {
        let theme = Theme::around(item);
        let nearest = there.iter().map(|other| theme.likeness(&Theme::around(other))).fold(0.0, f64::max);
        theme.says_enough() && nearest <= ITEM_SHARE_MAX && theme.share_in(superior) <= ITEM_SHARE_MAX
    });
    added.map(|item| format!("上位法未列：“{item}”")).collect()
}

/// The members of a list: lines that begin with （一）.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter_map(|line| {
        let (number, rest) = line.strip_prefix(['（', '('])?.split_once(['）', ')'])?;
        let counts = !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c));
        counts.then(|| rest.trim().trim_end_matches(['；', '。', ';']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(article: &str, text: &str) -> Evidence {
        Evidence {
            title: "渡口管理条例".to_string(),
            version: "2020-01-01".to_string(),
            article: article.to_string(),
            text: text.to_string(),
        }
    }

    #[test]
    fn the_nearest_stands_first_with_what_differs() {
        let clause = "申请渡船登记的，应当提交下列材料：\n（一）渡船检验证书；\n（二）船员适任证件；\n（三）村民委员会出具的无欠费证明。\n\
                      渡船登记申请应当自受理之日起二十日内办结。";
        let nearest = law(
            "第六条",
            "申请渡船登记的，应当提交渡船检验证书等下列材料：\n（一）渡船检验证书；\n（二）船员适任证件。\n\
             渡船登记申请应当自受理之日起十五日内办结。",
        );
        let other = law("第九条", "渡口工作人员应当定期参加消防演练，演练每年不少于两次。");
        let found = beside(clause, vec![other, nearest.clone(), nearest], 3);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].differences,
            ["期限、数量不同：草案“二十日”，上位法“十五日”", "上位法未列：“村民委员会出具的无欠费证明”"]
        );
    }
}
