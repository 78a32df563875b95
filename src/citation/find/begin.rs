//! Where a name without book brackets begins among the words before a place, as far as the words alone tell.

use super::noted;

/// Words that lead to a name and stand in no name of a law.
const LEADS: [&str; 44] = [
    "认定为",
    "认定是以",
    "对于",
    "具有",
    "主张其为",
    "主张",
    "根据",
    "依据",
    "依照",
    "按照",
    "参照",
    "遵照",
    "对照",
    "比照",
    "违反",
    "触犯",
    "符合",
    "遵守",
    "执行",
    "适用",
    "援引",
    "引用",
    "属于",
    "构成",
    "有关",
    "以及",
    "或者",
    "并且",
    "应当",
    "可以",
    "不得",
    "是否",
    "认为",
    "通过",
    "除了",
    "日起至",
    "时起至",
    "起至",
    "废止",
    "修改",
    "仍然",
    "均系",
    "现行",
    "关于",
];
/// Small words that stand in no name of a law either.
const SMALL: [char; 3] = ['的', '了', '把'];
/// What joins two names.
const JOINS: [char; 4] = ['和', '与', '及', '或'];
/// Names that end so have no clauses in them. Titles of decisions and interpretations do (关于适用…的解释).
const LAWS: [&str; 4] = ["法典", "条例", "办法", "法"];
/// What the joined name before ends in.
const ENDINGS: &str = "法典例定则释知见";
/// 原子能法 and the like begin with 原 themselves.
const NO_FORMER: [&str; 6] = ["原子", "原产", "原料", "原油", "原种", "原木"];
/// Fewest characters of a name.
const NAME_CHARS_MIN: usize = 2;

/// Where the name at the end of words begins: behind what leads to it (当事人违反合同法), behind a name that it is joined to,
/// behind what says the version (原合同法).
pub fn name_begins(words: &str) -> usize {
    let end = clauses_end(words);
    let named = words.get(..end).unwrap_or(words);
    let mut begin = 0;
    for lead in LEADS {
        let found = named.match_indices(lead).map(|(at, lead)| at + lead.len());
        begin = found.filter(|at| is_name(words, *at)).fold(begin, usize::max);
    }
    for (at, c) in named.char_indices() {
        let behind = at + c.len_utf8();
        let joined = JOINS.contains(&c) && named[..at].ends_with(|c| ENDINGS.contains(c));
        if (SMALL.contains(&c) || joined) && is_name(words, behind) {
            begin = begin.max(behind);
        }
    }
    behind_version(words, begin)
}

/// Where clauses may end: titles of decisions and interpretations have them from 关于 on, and where they lack it nothing tells.
fn clauses_end(words: &str) -> usize {
    if LAWS.iter().any(|suffix| words.ends_with(suffix)) {
        return words.len();
    }
    // The court or ministry before 关于 belongs to the title.
    words.find("关于").unwrap_or(words.len())
}

/// Whether what begins there can be a name: more than the word for its kind.
fn is_name(words: &str, at: usize) -> bool {
    let Some(rest) = words.get(at..) else { return false };
    // 涉外民事关系法律适用法, 渡口法实施办法, 行政许可法.
    let kind = ["法", "条例", "办法", "细则", "规定", "法典", "解释"].contains(&rest);
    !kind && rest.chars().nth(NAME_CHARS_MIN - 1).is_some()
}

/// Longest words that tell a version, in characters: 2018年10月26日第四次修正的.
const VERSION_CHARS_MAX: usize = 22;

/// Behind 原, 修改前的, 2018年修正的 at the beginning.
fn behind_version(words: &str, begin: usize) -> usize {
    let rest = words.get(begin..).unwrap_or_default();
    if NO_FORMER.iter().any(|word| rest.starts_with(word)) {
        return begin;
    }
    let mut ends = rest.char_indices().map(|(at, _)| at).skip(1).take(VERSION_CHARS_MAX);
    let said = |at: &usize| rest.get(..*at).is_some_and(|head| noted::before(head).is_some());
    // The longest: 修订前 goes on in 修订前的.
    let version = ends.by_ref().filter(said).last().unwrap_or(0);
    if is_name(words, begin + version) { begin + version } else { begin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_behind_what_leads_to_them() {
        for (words, name) in [
            ("提供格式条款的一方当事人违反渡口法", "渡口法"),
            ("人民法院可以参照渡口法", "渡口法"),
            ("自当事人知道或者应当知道其权利受到侵害之日起至渡口法", "渡口法"),
            ("渡口法和航道法", "航道法"),
            ("原渡口法", "渡口法"),
            ("依照修订前的渡口法", "渡口法"),
            ("2018年修正的渡口法", "渡口法"),
            ("人口与渡口法", "人口与渡口法"),
            ("涉外渡口关系法律适用法", "涉外渡口关系法律适用法"),
            ("最高人民法院关于适用渡口法的解释", "最高人民法院关于适用渡口法的解释"),
            ("违反最高人民法院关于适用渡口法的解释", "最高人民法院关于适用渡口法的解释"),
            ("渡口法实施办法", "渡口法实施办法"),
            ("原子能法", "原子能法"),
            ("渡口法", "渡口法"),
        ] {
            assert_eq!(&words[name_begins(words)..], name, "{words}");
        }
    }
}
