//! First days that count from an event, and those that nobody can count.

use super::*;

fn document(last: &str) -> Document {
    let text = format!("第一条 云。\n第二条 {last}");
    Document {
        promulgation_date: Some(date(2023, 3, 1)), ..Document::new(Kind::Normative, "云桥县渡口办法", text)
    }
}

fn first_day(document: &Document) -> Option<String> {
    let all = events(document, &Structure::default());
    all.iter().find(|event| event.kind == EventKind::Effective).map(|event| event.date.to_string())
}

fn uncounted(document: &Document) -> bool {
    uncounted_first_day(document, &events(document, &Structure::default())).is_some()
}

#[test]
fn days_behind_the_promulgation_are_counted() {
    for (last, day) in [
        ("本办法自公布之日起施行。", "2023-03-01"),
        ("本办法自公布之日起30日后施行。", "2023-03-31"),
        ("本办法自公布之日起满30日后施行。", "2023-03-31"),
        ("本办法自公布之日起30日施行。", "2023-03-31"),
        ("本办法自公布之日起第30日施行。", "2023-03-31"),
        ("本办法自公布之日起届满三十日后施行。", "2023-03-31"),
        ("本办法自公布次日起施行。", "2023-03-02"),
        ("本办法自出台之日起施行。", "2023-03-01"),
        ("自本办法发文之日起施行。", "2023-03-01"),
        ("本办法自公布之次日起施行。", "2023-03-02"),
        ("本办法自公布之日次日起施行。", "2023-03-02"),
        ("本办法自公布之日起一个月后施行。", "2023-04-01"),
        ("本办法自公布之日起半年后施行。", "2023-09-01"),
        ("本办法自公布之日起一年后施行。", "2024-03-01"),
    ] {
        let document = document(last);
        assert_eq!(first_day(&document).as_deref(), Some(day), "{last}");
        assert!(!uncounted(&document), "{last}");
    }
    assert_eq!(
        history(&["2001年6月1日云部令第89号发布　自发布之日起满三十日后施行"]),
        ["Promulgated 2001-06-01", "Effective 2001-07-01"]
    );
    let working_days = history(&["2001年6月1日云部令第89号发布　自发布之日起20个工作日后施行"]);
    assert_eq!(working_days, ["Promulgated 2001-06-01"]);
}

#[test]
fn a_first_day_that_nobody_can_count_is_none_and_told() {
    for last in [
        "本办法自公布之日起30个工作日后施行。",
        "本办法自《云桥县渡口条例》公布之日起施行。",
        "本办法自批准之日起施行。",
        "本办法自2022年6月起施行。",
        "本办法自省实施细则出台之日起施行。",
        "本办法自省厅发文之日起执行。",
    ] {
        let document = document(last);
        assert_eq!(first_day(&document), None, "{last}");
        assert!(uncounted(&document), "{last}");
    }
    // The day of an approval that the history tells.
    let history = vec!["2023年5月1日 云桥市人民政府批准".to_string()];
    let approved = Document { history, ..document("本办法自批准之日起施行。") };
    assert_eq!(first_day(&approved).as_deref(), Some("2023-05-01"));
    for other in ["许可证自2022年6月起施行。", "补贴自《云桥县渡口条例》公布之日起发放。", "许可证自批准之日起生效。"]
    {
        assert!(!uncounted(&document(other)), "{other}");
    }
}

#[test]
fn a_text_is_over_when_a_number_of_years_is_full() {
    let end = |last: &str| {
        let all = events(&document(last), &Structure::default());
        all.iter().find(|event| event.kind == EventKind::Expired).map(|event| event.date.to_string())
    };
    for words in [
        "自施行之日起满三年自动失效。",
        "自施行之日起满三年失效。",
        "届满三年自动失效。",
        "三年后自动失效。",
        "施行满三年后自行废止。",
        "执行三年。",
        "时效为三年。",
        "期限三年。",
    ] {
        let last = format!("本办法自2023年4月1日起施行，{words}");
        assert_eq!(end(&last).as_deref(), Some("2026-04-01"), "{last}");
    }
    let apart = "本办法自2023年4月1日起施行。本办法自施行之日起满三年自动失效。";
    assert_eq!(end(apart).as_deref(), Some("2026-04-01"));
    for other in
        ["许可证自核发之日起满三年自动失效。", "合同自签订之日起满三年失效。", "补贴标准执行三年。", "追诉时效为三年。"]
    {
        for last in [format!("本办法自2023年4月1日起施行，{other}"), format!("本办法自2023年4月1日起施行。{other}")]
        {
            assert_eq!(end(&last), None, "{last}");
        }
    }
}
