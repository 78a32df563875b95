//! Periods that go on by themselves, and those of what a text holds inside.

use super::*;

fn document(last: &str) -> Document {
    Document::new(Kind::Normative, "云桥县渡口办法", format!("第一条 云。\n第二条 {last}"))
}

fn ends(last: &str) -> Option<Event> {
    let all = events(&document(last), &Structure::default());
    all.into_iter().find(|event| matches!(event.kind, EventKind::Expired))
}

fn unread(last: &str) -> Option<String> {
    let document = document(last);
    unread_period(&document, &events(&document, &Structure::default())).map(str::to_string)
}

#[test]
fn a_period_that_goes_on_by_itself_has_no_known_end() {
    for last in [
        "本办法自2022年6月1日起试行，试行期一年，期满后自动转为正式施行。",
        "本办法自2022年6月1日起施行，试行一年。试行期满后正式施行。",
        "本办法自2022年6月1日起施行，试行期1年，试行期满无异议的，继续执行。",
        "本办法自2022年6月1日起施行，有效期2年，期满后如无修订，有效期自动延续3年。",
        "本办法自2022年6月1日起施行，有效期三年，有效期满后自动延期两年。",
        "本办法自2022年6月1日起施行，有效期三年。有效期届满，未发布新规定的，继续有效。",
    ] {
        assert_eq!(ends(last), None, "{last}");
        assert!(unread(last).is_some(), "{last}");
    }
    // What somebody must do first goes on by nothing.
    for last in [
        "本办法自2022年6月1日起施行，有效期三年，期满自动失效。",
        "本办法自2022年6月1日起施行，有效期三年。有效期届满，需要继续施行的，重新公布。",
    ] {
        assert!(ends(last).is_some(), "{last}");
    }
}

#[test]
fn a_period_of_what_stands_inside_ends_no_text() {
    for part in [
        "本办法补贴标准执行至2023年12月31日。",
        "本办法规定的优惠政策有效期至2023年12月31日。",
        "本办法中的补贴政策有效期至2023年12月31日。",
        "本办法第一条规定有效期至2023年12月31日。",
        "本通知所附清单有效期一年。",
    ] {
        for last in
            [format!("{part}本办法自2022年6月1日起施行。"), format!("本办法自2022年6月1日起施行。\n第三条 {part}")]
        {
            assert_eq!(ends(&last), None, "{last}");
        }
    }
    for own in
        ["本标准有效期至2023年12月31日。", "本实施办法有效期至2023年12月31日。", "本优惠政策有效期至2023年12月31日。"]
    {
        assert!(ends(&format!("本办法自2022年6月1日起施行。\n第三条 {own}")).is_some(), "{own}");
    }
}
