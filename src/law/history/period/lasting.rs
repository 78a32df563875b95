//! Texts that go on by themselves when their period is over: 期满后自动转为正式施行.

/// How a text goes on by itself behind its period.
const GOES_ON: [&str; 10] = [
    "自动延续",
    "自动延期",
    "自动延长",
    "自动顺延",
    "自动续期",
    "自动转为",
    "转为正式",
    "后正式施行",
    "后正式执行",
    "后正式实施",
];
/// When it goes on: where nobody does anything.
const UNCHANGED: [&str; 9] =
    ["无异议", "无修订", "未修订", "未作修订", "未修改", "未发布", "未出台", "未制定", "没有新"];

/// Whether a sentence says that the text goes on by itself when its period is over: until when then, nobody knows.
pub fn goes_on(sentence: &str) -> bool {
    let is_over = ["期满", "届满", "到期"].iter().any(|word| sentence.contains(word));
    is_over && GOES_ON.iter().any(|word| sentence.contains(word))
        || is_over
            && UNCHANGED.iter().any(|word| sentence.contains(word))
            && ["继续", "延续", "延长", "顺延"].iter().any(|word| sentence.contains(word))
}
