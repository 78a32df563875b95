//! Periods of stages and projects inside a text, periods without fixed days, days that there are not, and periods in titles.

use super::*;

fn normative(title: &str, text: &str) -> Document {
    Document::new(Kind::Normative, title, text)
}

fn told(document: &Document) -> Vec<String> {
    read(document)
}

/// What the last article tells, behind another one.
fn closing(last: &str) -> Vec<String> {
    told(&normative("云桥县渡口办法", &format!("第一条 云。\n第二条 {last}")))
}

fn unread(title: &str, text: &str) -> Option<String> {
    let document = normative(title, text);
    unread_period(&document, &events(&document, &Structure::default())).map(str::to_string)
}

#[test]
fn periods_of_stages_and_projects_end_no_text() {
    for text in [
        "本方案第一阶段实施期限2023年1月至2023年12月；第二阶段实施期限2024年1月至2025年12月。",
        "一、云。\n第一阶段：\n实施期限：2023年至2024年\n第二阶段：\n实施期限：2025年至2026年",
        "（一）第一阶段\n实施时间：2022年1月至2024年12月。\n（二）第二阶段\n实施时间：2025年1月至2026年12月。",
        "项目名称：渡口改造\n实施期限：2023年至2024年\n总投资：5万元",
        "合同编号：5\n执行期限：2023年至2024年",
        "一、甲渡口\n实施期限：2023年至2024年\n二、乙渡口\n实施期限：2023年至2025年",
        "实施期限：2023年至2024年（第一阶段），2025年至2026年（第二阶段）。",
        "试点实施期限为2022年1月至2024年12月。",
        "本项目实施期限为2022年1月至2024年12月。",
        "本方案分两个阶段实施，实施期限2023年1月至2023年12月；第二阶段2024年1月至2024年12月。",
    ] {
        let found = told(&normative("云桥县渡口方案", text));
        assert!(!found.iter().any(|event| event.starts_with("Expired")), "{text} {found:?}");
    }
    for text in [
        "一、云。\n实施期限：2022年至2024年",
        "一、云。\n实施期限：2022年至2024年\n二、雨。\n实施期限：2022年至2024年",
        "本计划实施期限为2022年1月至2024年12月。\n项目名称：渡口\n实施期限：2022年至2023年",
    ] {
        assert_eq!(told(&normative("云桥县渡口方案", text)), ["Expired 2025-01-01 text"], "{text}");
    }
    let staged = "本方案实施期限：第一阶段2023年至2024年；第二阶段2025年至2026年。";
    assert!(unread("云桥县渡口方案", staged).is_some(), "the whole is not told");
}

#[test]
fn periods_that_run_up_to_a_day() {
    for (words, end) in [
        ("执行至2025年12月31日。", "2026-01-01"),
        ("实施至2025年底。", "2026-01-01"),
        ("有效至2025年12月31日。", "2026-01-01"),
        ("至2025年12月31日。", "2026-01-01"),
        ("至2025年12月31日截止。", "2026-01-01"),
        ("2025年12月31日前有效。", "2026-01-01"),
        ("在2025年12月31日前有效。", "2026-01-01"),
        ("于2025年12月31日之前有效。", "2026-01-01"),
        ("2026年1月1日前有效。", "2026-01-01"),
        ("有效期截至2025年12月31日前。", "2026-01-01"),
        ("2025年12月31日以后自动失效。", "2026-01-01"),
        ("暂定试行两年。", "2025-11-01"),
        ("期限为2年。", "2025-11-01"),
        ("国家、省另有规定的从其规定，有效期2年。", "2025-11-01"),
        ("有效期自施行之日起计算，为2年。", "2025-11-01"),
        ("有效期2年（至2025年12月31日）。", "2026-01-01"),
        ("2年后自行失效。", "2025-11-01"),
        ("施行满2年后失效。", "2025-11-01"),
        ("满两年自动失效。", "2025-11-01"),
        ("原有规定与本办法不一致的，以本办法为准，有效期2年。", "2025-11-01"),
        ("试行期满后根据情况修订，试行期二年。", "2025-11-01"),
        ("有效期:2年.", "2025-11-01"),
    ] {
        let found = closing(&format!("本办法自2023年11月1日起施行，{words}"));
        assert_eq!(found, ["Effective 2023-11-01 text".to_string(), format!("Expired {end} text")], "{words}");
    }
    for (last, end) in [
        ("本通知执行至2025年12月31日。", "2026-01-01"),
        ("本办法在2025年12月31日前有效。", "2026-01-01"),
        ("本通知将于2025年12月31日失效。", "2025-12-31"),
        ("本办法自2023年11月1日起执行至2025年12月31日。", "2026-01-01"),
        ("本办法自2023年11月1日起施行有效期两年。", "2025-11-01"),
        ("本办法自2023年11月1日起施行、有效期两年。", "2025-11-01"),
        ("本办法自2023年11月1日起两年内有效，由县民政局解释。", "2025-11-01"),
        ("本办法的有效期为2年，自2023年11月1日起计算。", "2025-11-01"),
        ("本办法自2023年11月1日起施行。本办法试行两年。", "2025-11-01"),
        ("本办法有效期2年（2023年11月1日至2025年10月31日）。", "2025-11-01"),
        ("本办法有效期2年，自2023年11月1日起至2025年10月31日止。", "2025-11-01"),
        ("本办法自2023年11月1日起至2025年10月31日有效。", "2025-11-01"),
        ("本办法自发布之日起至2025年10月31日有效。", "2025-11-01"),
    ] {
        assert_eq!(closing(last).last().map(String::as_str), Some(format!("Expired {end} text").as_str()), "{last}");
    }
}

#[test]
fn a_last_day_is_no_first_day() {
    let hours = "本通告自2023年3月1日零时起至2023年9月30日24时止施行。";
    assert_eq!(closing(hours), ["Effective 2023-03-01 text", "Expired 2023-10-01 text"]);
    assert_eq!(closing("申请至2023年9月30日止执行。"), [""; 0]);
}

#[test]
fn what_runs_up_to_a_day_may_be_something_else() {
    for last in [
        "原收费标准执行至2025年12月31日。",
        "本办法自2023年11月1日起施行，原收费标准执行至2025年12月31日。",
        "本办法自2023年11月1日起施行，许可证在2025年12月31日前有效。",
        "本办法自2023年11月1日起施行，2025年12月31日前申请的有效。",
        "本办法自2023年11月1日起施行，至2025年12月31日，各乡镇应当完成登记。",
        "本办法自2023年11月1日起施行，执行至新办法出台之日。",
        "本办法自2023年11月1日起施行，夏季作息试行两个月。",
        "本办法自2023年11月1日起施行，夏季作息试行两个采暖季。",
        "本办法自2023年11月1日起施行。本许可证执行至2025年12月31日。",
        "许可证有效期自核发之日起三年。",
        "有效期自核发之日起三年。",
        "本办法自2023年11月1日起施行，许可证满两年自动失效。",
        "本办法自2023年11月1日起施行，两年后换发许可证。",
        "本办法自2023年11月1日起施行，到期的许可证同时换发，有效期五年。",
        "自2023年11月1日起至2025年10月31日止。",
        "有效期自发证之日至2025年12月31日。",
        "本办法自2023年11月1日起施行。许可证自2023年11月1日起两年内有效。",
    ] {
        let found = closing(last);
        assert!(!found.iter().any(|event| event.starts_with("Expired")), "{last} {found:?}");
        assert_eq!(unread("云桥县渡口办法", &format!("第一条 云。\n第二条 {last}")), None, "{last}");
    }
}

#[test]
fn periods_and_days_that_nobody_can_know_are_told() {
    for last in [
        "本办法自2023年11月1日起试行两个采暖季。",
        "本办法自2023年11月1日起施行，试行一个采暖季，期满后评估。",
        "本办法自2023年11月1日起施行，试行期两个学年。",
        "本办法自印发之日起两年内有效，由县民政局解释。",
        "本办法自2023年11月1日起施行，自印发之日起两年内有效。",
        "本办法自2023年11月1日起施行，有效期至2025年2月30日。",
        "本办法自2023年11月1日起施行，执行至2025年11月31日。",
    ] {
        assert!(!closing(last).iter().any(|event| event.starts_with("Expired")), "{last}");
        assert!(unread("云桥县渡口办法", &format!("第一条 云。\n第二条 {last}")).is_some(), "{last}");
    }
    let impossible = |last: &str| {
        let document = normative("云桥县渡口办法", &format!("第一条 云。\n第二条 {last}"));
        impossible_first_day(&document).is_some()
    };
    assert!(impossible("本办法自2023年2月30日起施行。"));
    assert!(impossible("本办法自2023年11月31日起施行，有效期2年。"));
    for last in [
        "本办法自2023年2月28日起施行。",
        "依照2023年2月30日起施行的《雨办法》办理。",
        "许可证自2023年2月30日起实施。",
        "本办法自2023年2月30日申请。",
    ] {
        assert!(!impossible(last), "{last}");
    }
}

#[test]
fn a_period_may_stand_in_the_title() {
    let first = "第一条 本办法自2023年1月1日起施行。";
    let ends = |title: &str, text: &str| told(&normative(title, text)).last().cloned().unwrap_or_default();
    for (title, text) in [
        ("云桥县渡口办法（有效期2年）", first.to_string()),
        ("云桥县渡口办法", format!("（有效期2年）\n{first}")),
        ("云桥县渡口办法", format!("云桥县渡口办法（有效期至2024年12月31日）\n{first}")),
    ] {
        assert_eq!(ends(title, &text), "Expired 2025-01-01 text", "{title} {text}");
    }
    for title in ["云桥县渡口办法（试行）", "云桥县渡口办法（2022-2024年）", "云桥县（有效期2年）证件办法"]
    {
        assert_eq!(ends(title, first), "Effective 2023-01-01 text", "{title}");
        assert_eq!(unread(title, first), None, "{title}");
    }
    assert!(unread("云桥县渡口办法P（2年）", first).is_some(), "of what two years are, nobody can tell");
    let own = "第一条 本办法自2023年1月1日起施行，有效期五年。";
    assert_eq!(ends("云桥县渡口办法（有效期5年）", own), "Expired 2028-01-01 text");
}
