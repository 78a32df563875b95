//! Until when a text is valid, by lines of its own, hours, numbers written twice, and days on which it ends.

use super::*;

fn document(text: &str) -> Document {
    let made = Some(date(2022, 12, 20));
    Document { promulgation_date: made, ..Document::new(Kind::Normative, "云桥县渡口办法", text) }
}

/// The first day that no longer is one of a text with these closing words.
fn closing(last: &str) -> Option<String> {
    end(&document(&format!("第一条　渡口由乡镇管。\n第二条　{last}")))
}

fn end(document: &Document) -> Option<String> {
    let all = events(document, &Structure::default());
    all.iter().find(|event| event.kind == EventKind::Expired).map(|event| event.date.to_string())
}

const BEGUN: &str = "第一条　渡口由乡镇管。\n第二条　本办法自2023年1月1日起施行。";

#[test]
fn a_line_of_its_own_tells_the_end() {
    for line in [
        "（本文件有效期至2027年12月31日）",
        "本文件有效期至2027年12月31日",
        "有效期：5年",
        "有效期：自2023年1月1日起至2027年12月31日止",
        "有效期至：2027年12月31日",
        "有效期至2027-12-31",
        "有效期截止日期：2027年12月31日",
        "有效期止于2027年12月31日",
        "有效期截止2027年12月31日",
        "（有效期至2027年12月31日24时）",
        "失效日期：2027年12月31日",
        "失效时间：2027.12.31",
        "本文件到期日：2027/12/31",
    ] {
        for text in [format!("{line}\n{BEGUN}"), format!("{BEGUN}\n{line}")] {
            assert_eq!(end(&document(&text)).as_deref(), Some("2028-01-01"), "{text}");
        }
    }
}

#[test]
fn a_line_on_what_somebody_holds_ends_nothing() {
    for lines in [
        "许可证有效期至2027年12月31日",
        "证书编号：云1号\n有效期至2027年12月31日",
        "项目名称：修桥\n终止日期：2027年12月31日",
        "终止日期：2027年12月31日",
        "有效期：长期",
        "有效期五年",
        "试行期一年",
        "有效期至2027年12月31日的许可证",
    ] {
        for text in [format!("{lines}\n{BEGUN}"), format!("{BEGUN}\n{lines}")] {
            assert_eq!(end(&document(&text)), None, "{text}");
        }
    }
    let far = format!("{}有效期至2027年12月31日\n{}", "渡口。\n".repeat(20), "船只。\n".repeat(20));
    assert_eq!(end(&document(&far)), None, "in the midst of a text");
    let certificate = Document {
        title: "云桥县渡船许可证".into(),
        ..document(&format!("{BEGUN}\n有效期至2027年12月31日"))
    };
    assert_eq!(end(&certificate), None);
    let both = document(&format!("有效期至2026年12月31日\n{BEGUN}\n有效期至2027年12月31日"));
    assert_eq!(end(&both), None, "nobody knows which");
    assert!(unread_period(&both, &events(&both, &Structure::default())).is_some());
}

#[test]
fn hours_end_a_day_or_begin_it() {
    for (words, day) in [
        ("有效期至2027年12月31日24时。", "2028-01-01"),
        ("至2027年12月31日二十四时止。", "2028-01-01"),
        ("2027年12月31日24时失效。", "2028-01-01"),
        ("有效期截止至2028年1月1日零时。", "2028-01-01"),
        ("至2028年1月1日0时止。", "2028-01-01"),
        ("自2028年1月1日零时起失效。", "2028-01-01"),
        ("自2027年12月31日24时起失效。", "2028-01-01"),
    ] {
        let last = format!("本办法自2023年1月1日起施行，{words}");
        assert_eq!(closing(&last).as_deref(), Some(day), "{last}");
    }
    let whole = "自2023年1月1日零时起至2027年12月31日24时止施行。";
    assert_eq!(closing(whole).as_deref(), Some("2028-01-01"));
    assert_eq!(closing("本办法自2023年1月1日起施行，渡口每日6时至20时开放。"), None);
}

#[test]
fn numbers_written_twice_are_one() {
    for words in ["有效期三(3)年。", "有效期为3（三）年。", "有效期三（３）年。", "有效期3年（三年）。"]
    {
        let last = format!("本办法自2023年1月1日起施行，{words}");
        assert_eq!(closing(&last).as_deref(), Some("2026-01-01"), "{last}");
    }
    for words in ["有效期三(5)年。", "有效期五年（3年）。"] {
        let text = document(&format!("第二条　本办法自2023年1月1日起施行，{words}"));
        assert_eq!(end(&text), None, "{words}");
        assert!(unread_period(&text, &events(&text, &Structure::default())).is_some(), "{words}");
    }
}

#[test]
fn a_period_from_the_promulgation_is_the_first_day_too() {
    for last in ["本办法自印发之日起有效期三年。", "自印发之日起，有效期为三年。", "本办法自发布之日起有效期三(3)年。"]
    {
        assert_eq!(closing(last).as_deref(), Some("2025-12-20"), "{last}");
        assert!(read(&document(last)).contains(&"Effective 2022-12-20 text".to_string()), "{last}");
    }
    for other in ["许可证自印发之日起有效期三年。", "自核发之日起有效期三年。", "证书自颁发之日起有效期三年。"]
    {
        assert_eq!(closing(other), None, "{other}");
    }
}

#[test]
fn days_beside_a_number_of_years_agree_or_are_remarked() {
    let read = |words: &str| {
        let text = document(&format!("第二条　本办法自2023年1月1日起施行，{words}"));
        let all = events(&text, &Structure::default());
        (end(&text).unwrap_or_default(), disputed_period(&text, &all).is_some())
    };
    for (words, day, is_disputed) in [
        ("有效期5年（2023年1月1日至2027年12月31日）。", "2028-01-01", false),
        ("有效期5年，至2027年12月31日止。", "2028-01-01", false),
        ("有效期5年，即2023年1月1日至2027年12月31日。", "2028-01-01", false),
        ("有效期5年（至2028年1月1日）。", "2028-01-02", false),
        ("有效期5年。", "2028-01-01", false),
        ("有效期5年，至2028年12月31日止。", "2029-01-01", true),
        ("有效期5年（至2028年12月31日）。", "2029-01-01", true),
        ("有效期3年（2023年1月1日至2027年12月31日）。", "2028-01-01", true),
        ("有效期五年，至2025年12月31日各乡镇应当完成换发。", "2028-01-01", false),
    ] {
        assert_eq!(read(words), (day.to_string(), is_disputed), "{words}");
    }
}

#[test]
fn a_text_that_ends_on_a_day_is_in_force_to_the_day_before() {
    for (words, day) in [
        ("于2027年12月15日废止。", "2027-12-15"),
        ("2027年12月15日自动失效。", "2027-12-15"),
        ("于2028年1月1日失效。", "2028-01-01"),
        ("自2027年12月15日起废止。", "2027-12-15"),
        // Up to a day, or behind it.
        ("至2027年12月15日失效。", "2027-12-16"),
        ("至2027年12月15日止。", "2027-12-16"),
        ("2027年12月15日后失效。", "2027-12-16"),
        // Five years are full with the last day of 2027 only.
        ("于2027年12月31日失效。", "2028-01-01"),
    ] {
        let last = format!("本办法自2023年1月1日起施行，{words}");
        assert_eq!(closing(&last).as_deref(), Some(day), "{last}");
    }
    assert_eq!(closing("本通知将于2025年12月15日失效。").as_deref(), Some("2025-12-15"));
}

#[test]
fn days_that_some_count_otherwise_are_not_counted() {
    let uncounted = |last: &str| {
        let text = document(&format!("第二条　{last}"));
        uncounted_first_day(&text, &events(&text, &Structure::default())).is_some()
    };
    assert!(uncounted("本办法自公布满30日之日起施行。"));
    assert!(uncounted("本办法自公布后30日起施行。"));
    for other in ["许可证自公布满30日之日起施行。", "本办法自公布之日起30日后施行。", "公布满30日的名单由县政府撤下。"]
    {
        assert!(!uncounted(other), "{other}");
    }
}

#[test]
fn a_repeal_begins_on_the_day_that_its_sentence_names() {
    for words in [
        "决定废止《云桥县渡口办法》（云政发〔2016〕3号），自2024年6月1日起不再执行。",
        "自2024年6月1日起，《云桥县渡口办法》（云政发〔2016〕3号）不再执行。",
        "《云桥县渡口办法》自2024年6月1日起终止执行。",
        "《云桥县渡口办法》现予以废止，自2024年6月1日起生效。",
    ] {
        assert_eq!(crate::law::history::told_day(words), Some(date(2024, 6, 1)), "{words}");
    }
    let words = "现废止自2016年3月1日起生效的《云桥县渡口办法》。";
    assert_eq!(crate::law::history::told_day(words), None, "{words}");
}

#[test]
fn a_line_tells_since_when_a_text_is_over() {
    let over = |line: &str, is_above: bool| {
        let text = if is_above { format!("{line}\n{BEGUN}") } else { format!("{BEGUN}\n{line}") };
        let all = events(&document(&text), &Structure::default());
        let ended = all.into_iter().find(|event| matches!(event.kind, EventKind::Expired | EventKind::Repealed));
        ended.map(|event| format!("{:?} {}", event.kind, event.date))
    };
    for (line, told) in [
        ("本办法已于2025年3月10日自动失效。", "Expired 2025-03-10"),
        ("（本文件已于2025年3月10日废止）", "Repealed 2025-03-10"),
        ("备注：本办法已于2025年3月10日起停止执行", "Expired 2025-03-10"),
        ("本办法自2025年3月10日起废止", "Repealed 2025-03-10"),
        ("该文件已于2025年3月10日到期，自动失效。", "Expired 2025-03-11"),
        ("本办法已于2025-03-10失效", "Expired 2025-03-10"),
        // Three years are full with that day only.
        ("本办法已于2025年12月31日失效。", "Expired 2026-01-01"),
        ("（本文件已于2025年12月31日废止）", "Repealed 2025-12-31"),
    ] {
        for is_above in [true, false] {
            assert_eq!(over(line, is_above).as_deref(), Some(told), "{line}");
        }
    }
    for other in [
        "《云桥县航道办法》已于2025年3月10日废止。",
        "本办法已于2025年3月10日废止的条款不再执行。",
        "许可证已于2025年3月10日失效",
        "本办法已废止。",
        "本办法自2025年3月10日起废止收费项目",
    ] {
        assert_eq!((over(other, true), over(other, false)), (None, None), "{other}");
    }
}

#[test]
fn a_notice_that_ends_others_speaks_of_itself_only_by_name() {
    let told = |title: &str, line: &str| {
        let document = Document { title: title.to_string(), ..document(&format!("{BEGUN}\n{line}")) };
        let all = events(&document, &Structure::default());
        let is_over = all.iter().any(|event| matches!(event.kind, EventKind::Expired | EventKind::Repealed));
        (is_over, suspended_line(&document).is_some())
    };
    let notice = "云桥县人民政府关于停止执行《云桥县渡口办法》的通知";
    for line in ["该文件自2025年3月10日起停止执行。", "文件已于2025年3月10日废止"] {
        assert_eq!(told(notice, line), (false, false), "{line}");
        assert_eq!(told("云桥县渡口办法", line), (true, false), "{line}");
    }
    assert_eq!(told(notice, "本通知自2025年3月10日起停止执行。"), (true, false));
    let paused = "该文件自2025年3月10日起暂停执行。";
    assert_eq!(told("关于清理渡口文件的通知", paused), (false, false));
    assert_eq!(told("云桥县渡口办法", paused), (false, true));
}

#[test]
fn the_first_day_without_a_text_is_not_its_last() {
    for (line, day) in [
        ("失效日期：2027年6月15日", "2027-06-15"),
        ("失效日期：2028年1月1日", "2028-01-01"),
        ("失效日期：2027年12月31日", "2028-01-01"),
        ("本文件到期日：2027年6月15日", "2027-06-16"),
        ("有效期至：5年", "2028-01-01"),
    ] {
        assert_eq!(end(&document(&format!("{line}\n{BEGUN}"))).as_deref(), Some(day), "{line}");
    }
}

#[test]
fn a_period_may_count_from_an_event_without_a_word_before() {
    for (last, day) in [
        ("本办法自印发之日起施行，有效期为印发之日起三年。", "2025-12-20"),
        ("本办法自印发之日起施行，有效期为本办法印发之日起3年。", "2025-12-20"),
        ("本办法自2023年1月1日起施行，有效期为施行之日起五年。", "2028-01-01"),
        ("本办法自发文之日起施行，有效期三年。", "2025-12-20"),
    ] {
        assert_eq!(closing(last).as_deref(), Some(day), "{last}");
    }
    for last in [
        "本办法自2023年1月1日起施行，渡船证有效期为核发之日起三年。",
        "本办法自2023年1月1日起施行，有效期为核发之日起三年。",
    ] {
        assert_eq!(closing(last), None, "{last}");
    }
}
