//! Periods of validity.

use super::*;

fn closing(last: &str) -> Vec<String> {
    read(&law(&[], &format!("第二条 {last}")))
}

/// Each text ends as told, and begins before that if it tells a day.
fn assert_ends(texts: &[(&str, &str)]) {
    for (last, expected) in texts {
        let found = closing(last);
        assert_eq!(found.last().unwrap(), expected, "{last}");
        let begins = found.first().is_some_and(|first| first.starts_with("Effective 20") || !last.contains("自20"));
        assert!(begins && !found[0].starts_with("Effective 2025"), "{last} {found:?}");
    }
}

#[test]
fn periods_of_validity_are_those_of_the_document() {
    assert_ends(&[
        ("本规定自2022年1月1日起施行，有效期五年。", "Expired 2027-01-01 text"),
        ("本办法自2018年6月1日起施行，有效期至2023年5月31日。", "Expired 2023-06-01 text"),
        ("本通知自2020年1月1日起执行，至2022年12月31日止。", "Expired 2023-01-01 text"),
        ("本办法有效期至2023年5月31日。", "Expired 2023-06-01 text"),
        ("本通告自2023年10月1日起施行，有效期两年。", "Expired 2025-10-01 text"),
        ("本通告自2023年10月1日起施行，有效期限为两年。", "Expired 2025-10-01 text"),
        ("本通告有效期两年，自2023年10月1日起施行。", "Expired 2025-10-01 text"),
        ("有效期贰年，自2023年10月1日起施行。", "Expired 2025-10-01 text"),
        ("本通告自2023年10月1日起施行，施行期限2年。", "Expired 2025-10-01 text"),
        ("本通告自2023年10月1日起施行，有效期18个月。", "Expired 2025-04-01 text"),
        ("本通告自2023年10月1日起施行，有效期一年半。", "Expired 2025-04-01 text"),
        ("本通告自2023年10月1日起施行，有效期100日。", "Expired 2024-01-09 text"),
        ("本通告自2023年10月1日起施行，暂定两年。", "Expired 2025-10-01 text"),
        ("本通告自2023年10月1日起试行两年。", "Expired 2025-10-01 text"),
        ("本通告自2023年10月1日起施行，执行期限至2025年8月31日。", "Expired 2025-09-01 text"),
        ("本通告自2023年10月1日起施行，2025年8月31日自动失效。", "Expired 2025-09-01 text"),
        ("本通告自2023年10月1日起施行，自2025年9月1日起废止。", "Expired 2025-09-01 text"),
        ("本通告自2023年10月1日起施行，有效期至2025年2月29日。", "Expired 2025-03-01 text"),
        ("本通告自2023年9月1日至2025年8月31日施行。", "Expired 2025-09-01 text"),
        ("本通告自2023年9月1日起施行，有效期2023年9月1日至2025年8月31日。", "Expired 2025-09-01 text"),
        ("自2023年9月1日起至2025年8月31日止施行。", "Expired 2025-09-01 text"),
        ("现将清单予以公布，自2023年9月1日起施行，有效期至2025年8月31日。", "Expired 2025-09-01 text"),
        ("现予印发，自2023年9月1日起施行，有效期2年。", "Expired 2025-09-01 text"),
    ]);
    let mistyped = "第二条 本规定自2020年3月1月起施行，有效期三年。";
    let stated = Document { effective_date: Some(jiff::civil::date(2020, 3, 1)), ..law(&[], mistyped) };
    assert_eq!(read(&stated), ["Effective 2020-03-01 stated", "Expired 2023-03-01 text"]);
}

#[test]
fn periods_of_validity_in_other_words() {
    assert_ends(&[
        ("本办法自2023年9月1日起施行，有效期截至2025年12月31日。", "Expired 2026-01-01 text"),
        ("本办法自2023年9月1日起施行，有效期截止到2025年12月31日。", "Expired 2026-01-01 text"),
        ("本办法自2023年9月1日起施行，有效期截止日期为2025年12月31日。", "Expired 2026-01-01 text"),
        ("本办法自2023年9月1日起施行，有效期至2025年12月31日止。", "Expired 2026-01-01 text"),
        ("本办法自2023年9月1日起施行，有效期至2025年底。", "Expired 2026-01-01 text"),
        ("本办法自2023年9月1日起施行，有效期至2025年6月。", "Expired 2025-07-01 text"),
        ("本办法自2023年9月1日起施行，有效期（2年）。", "Expired 2025-09-01 text"),
        ("本办法自2023年9月1日起施行（有效期2年）。", "Expired 2025-09-01 text"),
        ("本办法自2023年9月1日起施行，两年内有效。", "Expired 2025-09-01 text"),
        ("本办法自2023年9月1日起施行，自施行之日起两年内有效。", "Expired 2025-09-01 text"),
        ("本办法自2023年9月1日起两年内有效。", "Expired 2025-09-01 text"),
        ("本办法自2023年9月1日起施行，试行期两年。", "Expired 2025-09-01 text"),
        ("本办法自2023年9月1日起施行，试行期间为两年。", "Expired 2025-09-01 text"),
        ("本办法试行期间由县民政局解释，自2023年9月1日起施行，有效期两年。", "Expired 2025-09-01 text"),
        ("本办法有效期五年。本办法自2023年9月1日起施行。", "Expired 2028-09-01 text"),
        ("有效期五年。自2023年9月1日起施行。", "Expired 2028-09-01 text"),
        ("本办法自2023年9月1日起施行。本办法由县民政局负责解释，有效期五年。", "Expired 2028-09-01 text"),
        ("本办法有效期自2023年9月1日至2025年8月31日。", "Expired 2025-09-01 text"),
        ("本办法有效期限自2023年9月1日起至2025年8月31日止。", "Expired 2025-09-01 text"),
        ("本办法有效期自2023年9月1日起五年。", "Expired 2028-09-01 text"),
        ("本办法自2024年2月29日起施行，有效期一年。", "Expired 2025-03-01 text"),
        ("本办法自2024年2月29日起施行，有效期四年。", "Expired 2028-02-29 text"),
        ("本办法自2024年1月31日起施行，有效期一个月。", "Expired 2024-03-01 text"),
    ]);
}

#[test]
fn periods_of_something_else_are_none_of_the_document() {
    for none in [
        "本办法自2022年5月1日起施行，2023年5月1日起停止执行原收费标准。",
        "本办法自2022年5月1日起施行，至2023年12月31日止受理申请。",
        "本办法自2022年5月1日起施行，2023年12月31日失效的许可证可以换发。",
        "本办法自2022年5月1日起施行。有效期至2023年12月31日的许可证继续有效。",
        "本办法自2022年5月1日起施行，有效期5年的旧证继续使用。",
        "本许可证有效期至2024年4月30日。",
        "本次补贴执行期限至2023年12月31日。",
        "自2022年5月1日至2022年8月31日施行夏季作息。",
        "本法自2022年1月1日起施行。本法施行前取得的许可证在有效期内继续有效。",
        "许可证有效期五年。",
        "许可证有效期至2023年5月31日。",
        "许可证由县民政局颁发，有效期五年。本办法自2022年1月1日起施行。",
        "本办法自2022年1月1日起施行。许可证由县民政局颁发，有效期五年。",
        "本办法自2022年1月1日起施行。县民政局受理申请，至2023年12月31日止。",
        "本办法自2022年1月1日起施行。许可证两年内有效。",
        "本办法自2022年1月1日起施行，有效期届满前六个月由县民政局评估。",
        "本办法施行时间为2022年1月1日。",
        "项目实施期限：2022-2024年",
        "试行期一年",
    ] {
        assert!(!closing(none).iter().any(|event| event.starts_with("Expired")), "{none}");
    }
}

#[test]
fn a_period_and_its_first_day_may_stand_apart() {
    let read = |text: &str| read(&law(&[], text));
    let apart = "第一条 云。\n第二条 本办法有效期五年。\n第三条 本办法自2023年9月1日起施行。";
    assert_eq!(read(apart), ["Effective 2023-09-01 text", "Expired 2028-09-01 text"]);
    let alone = "第一条 云。\n第二条 有效期五年。\n第三条 本办法自2023年9月1日起施行。";
    assert_eq!(read(alone), ["Effective 2023-09-01 text", "Expired 2028-09-01 text"]);
    for years in [
        "本方案实施期限为2022-2024年。",
        "本方案实施期限2022年至2024年。",
        "实施期限：2022—2024年",
        "三、实施期限\n2022-2024年。",
        "本方案实施期限为2022年1月至2024年12月。",
    ] {
        assert_eq!(read(&format!("一、云。\n{years}")), ["Expired 2025-01-01 text"], "{years}");
    }
}

#[test]
fn a_period_that_nobody_can_read_is_told() {
    let unread = |last: &str, events: &[Event]| {
        let document = Document::new(Kind::Normative, "云桥县渡口办法", format!("第一条 云。\n第二条 {last}"));
        let told =
            events.iter().cloned().chain(super::super::events(&document, &Structure::default())).collect::<Vec<_>>();
        unread_period(&document, &told).map(str::to_string)
    };
    for last in [
        "本办法自2023年9月1日起施行，有效期至2025年。",
        "本办法自2023年9月1日起施行，有效期三至五年。",
        "本办法自2023年9月1日起施行，有效期不超过五年。",
        "本办法有效期五年。",
        "本办法自2023年9月1日起施行，有效期与县渡口规划一致。",
    ] {
        assert_eq!(unread(last, &[]).as_deref(), Some(last));
    }
    for last in [
        "本办法自2023年9月1日起施行，有效期两年。",
        "本办法自2023年9月1日起施行，长期有效。",
        "本办法自2023年9月1日起施行，有效期届满前评估。",
        "本办法自2023年9月1日起施行。许可证有效期三至五年。",
        "本办法自2023年9月1日起施行。",
        "本办法试行期间，由县民政局每2年评估。",
    ] {
        assert_eq!(unread(last, &[]), None, "{last}");
    }
}

#[test]
fn periods_of_something_else_behind_the_first_day_end_nothing() {
    for words in [
        "此前核发的渡口经营许可证继续有效，有效期至2024年12月31日。",
        "渡口经营许可证同时换发，有效期五年。",
        "此前签订的承包合同继续履行，至2025年3月31日止。",
        "原收费标准，2025年3月31日停止执行。",
        "审批时限一律压缩，期限30日。",
        "符合条件的予以补助，实施期限2年。",
        "许可证的式样由县交通局解释，有效期2年。",
    ] {
        let found = closing(&format!("本办法自2024年4月1日起施行，{words}"));
        assert_eq!(found, ["Effective 2024-04-01 text"], "{words}");
    }
    for (words, end) in [
        ("暂定两年，有效期满前六个月由县交通局评估。", "2026-04-01"),
        ("至2025年12月31日止，有效期满自动失效。", "2026-01-01"),
        ("原《云桥县旧办法》同时废止，有效期五年。", "2029-04-01"),
        ("由县交通局负责解释，有效期五年。", "2029-04-01"),
    ] {
        let found = closing(&format!("本办法自2024年4月1日起施行，{words}"));
        assert_eq!(found.last().map(String::as_str), Some(format!("Expired {end} text").as_str()), "{words}");
    }
}

#[test]
fn what_is_told_of_another_document_is_no_history_of_this_one() {
    let mut notice = law(&[], "《云桥县甲一管理办法》（2021年9月1日云政发〔2021〕61号发布）自2025年1月1日起废止。");
    notice.title = "云桥县人民政府关于废止一件规范性文件的通知".into();
    assert!(!read(&notice).iter().any(|event| event.contains("2021-09-01")), "{:?}", read(&notice));
    let mut own = law(&[], "《云桥县甲一管理办法》已于2021年9月1日经县政府常务会议通过，现予公布。\n第一条 略。");
    own.title = "云桥县甲一管理办法".into();
    assert!(read(&own).iter().any(|event| event.contains("2021-09-01")), "{:?}", read(&own));
}

#[test]
fn periods_of_what_somebody_holds_are_not_those_of_the_text() {
    for last in [
        "本许可决定有效期一年，到期须重新申请。",
        "本办法自2024年4月1日起施行。许可证的式样、有效期由县交通局解释，有效期2年。",
    ] {
        assert!(!closing(last).iter().any(|event| event.starts_with("Expired")), "{last}");
    }
}
