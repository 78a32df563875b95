//! Words that say nothing about what is looked for.

/// Function words and words that only make a question of a sentence. They stay in the index and count in phrases; from
/// plain words they are dropped when others remain, because they stand in a third of all provisions: they make a long
/// question slow and its answer no better. Words that carry meaning in law (应当 可以 不得 必须 未 不) are not among them.
pub const FUNCTION_WORDS: &[&str] = &[
    "的",
    "了",
    "是",
    "在",
    "和",
    "与",
    "或",
    "及",
    "之",
    "其",
    "以",
    "于",
    "对",
    "为",
    "被",
    "把",
    "将",
    "从",
    "到",
    "由",
    "就",
    "都",
    "也",
    "还",
    "又",
    "很",
    "吗",
    "呢",
    "吧",
    "啊",
    "么",
    "呀",
    "嘛",
    "我",
    "你",
    "您",
    "他",
    "她",
    "它",
    "我们",
    "你们",
    "他们",
    "自己",
    "这",
    "那",
    "这个",
    "那个",
    "这样",
    "那么",
    "这种",
    "哪些",
    "哪个",
    "哪里",
    "什么",
    "怎么",
    "怎样",
    "怎么办",
    "如何",
    "为什么",
    "是不是",
    "有没有",
    "能不能",
    "可不可以",
    "是否",
    "请问",
    "一个",
    "一下",
    "一些",
    "如果",
    "因为",
    "所以",
    "但是",
    "然后",
    "想",
    "会",
    "有",
    "上",
    "下",
    "里",
];

/// Whether a folded word is one of [`FUNCTION_WORDS`].
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_short_and_says_each_word_once() {
        assert!(FUNCTION_WORDS.len() <= 80, "{}", FUNCTION_WORDS.len());
        assert_eq!(FUNCTION_WORDS.iter().collect::<BTreeSet<_>>().len(), FUNCTION_WORDS.len());
        assert!(FUNCTION_WORDS.iter().all(|word| crate::text::fold::fold_str(word) == **word), "folded");
        assert!(is_function_word("怎么") && !is_function_word("应当"));
    }
}
