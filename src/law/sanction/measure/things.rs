//! Things that are called by the word of a penalty (警告标志, 禁入标识), which nobody imposes.

/// What such things are called behind the word.
const THINGS: [&str; 17] = [
    "标志", "标识", "信号", "标牌", "牌", "语", "装置", "灯", "说明", "线", "标示", "标记", "告示", "提示", "警示",
    "图标", "字样",
];
/// Those of them that are told by their name alone, wherever it stands: 禁止未成年人进入标志.
const SIGNS: [&str; 8] = ["标志", "标识", "标牌", "警示", "告示", "图标", "字样", "警戒线"];
/// What is done with them.
const SHOWN: [&str; 11] = ["悬挂", "设置", "张贴", "公示", "标明", "设立", "竖立", "粘贴", "喷涂", "摆放", "标注"];

/// Whether the word of a penalty names a thing here; `words` are those that were taken for a penalty.
pub(in crate::law) fn are(before: &str, words: &str, behind: &str) -> bool {
    THINGS.iter().any(|thing| behind.starts_with(thing))
        || words.starts_with('禁') && SIGNS.iter().any(|thing| words.contains(thing))
        || SHOWN.iter().any(|verb| {
            before.ends_with(verb) || before.strip_suffix('了').is_some_and(|before| before.ends_with(verb))
        })
}

/// Longest title in which the word of a penalty may stand, in bytes.
const TITLE_BYTES: usize = 300;

/// Whether words end inside a title: 《限制生产、停产整治办法》.
pub(in crate::law) fn in_title(before: &str) -> bool {
    let mut from = before.len().saturating_sub(TITLE_BYTES);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let near = &before[from..];
    near.rfind('《').is_some_and(|open| !near[open..].contains(['》', '\n']))
}
