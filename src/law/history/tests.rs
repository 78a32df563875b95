use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::time::{Duration, Instant};

mod ends;
mod first_days;
mod parts;
mod periods;
mod stages;

fn law(history: &[&str], text: &str) -> Document {
    let history = history.iter().map(|line| line.to_string()).collect();
    Document { history, ..Document::new(Kind::Legislation, "云法", text) }
}

fn read(document: &Document) -> Vec<String> {
    let source = |source| match source {
        EventSource::History => "",
        EventSource::Stated => " stated",
        EventSource::Text => " text",
        EventSource::Correction => " corrected",
    };
    events(document, &Structure::default())
        .iter()
        .map(|event| format!("{:?} {}{}", event.kind, event.date, source(event.source)))
        .collect()
}

fn history(lines: &[&str]) -> Vec<String> {
    read(&law(lines, ""))
}

#[test]
fn one_statement_a_line() {
    assert_eq!(
        history(&[
            "1982年8月23日 第五届云大会常务委员会第二十四次会议通过",
            "2013年8月30日 第十二届云大会常务委员会第四次会议《关于修改<中华人民共和国云法>的决定》第三次修正",
            "2021年1月22日 第十三届云大会常务委员会第二十五次会议修订",
            "2021年7月15日 施行",
        ]),
        ["Adopted 1982-08-23", "Amended 2013-08-30", "Revised 2021-01-22", "Effective 2021-07-15"]
    );
}

#[test]
fn the_whole_history_in_brackets() {
    assert_eq!(
        history(&[
            "（2002年10月28日云州省人民政府令第149号公布　自2002年12月1日起施行　根据2011年12月15日云州省人民政府令\
                   第269号第一次修正　根据2014年5月6日《云州省人民政府关于修改和废止部分规章的决定》第二次修正）"
        ]),
        ["Promulgated 2002-10-28", "Effective 2002-12-01", "Amended 2011-12-15", "Amended 2014-05-06"]
    );
}

#[test]
fn a_change_of_which_only_the_first_day_in_force_is_told() {
    assert_eq!(
        history(&[
            "（1994年2月26日发布，自1994年9月1日起施行。2022年，云令第752号《云院关于修改和废止部分云规的决定》对\
                   《云办法》的部分条款予以修改，决定自2022年5月1日起施行）"
        ]),
        ["Promulgated 1994-02-26", "Effective 1994-09-01", "Amended 2022-05-01", "Effective 2022-05-01"]
    );
    let effect = "2020年1月2日云会议通过，决定自2020年5月1日起施行";
    assert_eq!(history(&[effect]), ["Adopted 2020-01-02", "Effective 2020-05-01"], "it names no change");
}

#[test]
fn a_later_session_of_a_committee_amends() {
    assert_eq!(
        history(&[
            "2001年6月19日 最高人民法院审判委员会第1180次会议通过",
            "2015年1月19日 最高人民法院审判委员会第1641次会议通过",
            "2020年12月23日 最高人民法院审判委员会第1823次会议通过",
            "2021年1月1日 施行",
        ]),
        ["Adopted 2001-06-19", "Amended 2015-01-19", "Amended 2020-12-23", "Effective 2021-01-01"]
    );
    // Two courts make one text, weeks apart.
    assert_eq!(
        history(&[
            "2018年2月23日 最高人民法院审判委员会第1734次会议、2018年3月11日最高人民检察院第十二届检察委员会第73次会议通过",
            "2018年4月2日 最高人民法院审判委员会第1735次会议通过",
        ]),
        ["Adopted 2018-02-23", "Adopted 2018-03-11", "Adopted 2018-04-02"]
    );
    // Other bodies say so when they amend.
    assert_eq!(
        history(&["2001年6月19日 云州大会第一次会议通过", "2015年1月19日 云州大会第二次会议通过"]),
        ["Adopted 2001-06-19", "Adopted 2015-01-19"]
    );
}

#[test]
fn local_rules_amended_by_a_decision_in_brackets() {
    assert_eq!(
        history(&[
            "2008年11月27日 云州省第十一届大会常务委员会第七次会议通过",
            "2012年1月13日 云州省第十一届大会常务委员会第二十八次会议《关于修改<云州省雨水条例>等二十五件地方性法规的决定修正》",
        ]),
        ["Adopted 2008-11-27", "Amended 2012-01-13"]
    );
    assert_eq!(
        history(&[
            "2008年10月22日 云桥市第十三届大会常务委员会第十二次会议通过",
            "2008年12月19日 云州省第十一届大会常务委员会第八次会议批准根据2020年8月28日云桥市第十五届大会常务委员会第三十二次会议通过",
            "2020年9月24日 云州省第十三届大会常务委员会第二十四次会议通过批准的《云桥市大会常务委员会关于修改〈云桥市渡口条例〉的决定》修正",
        ]),
        ["Adopted 2008-10-22", "Approved 2008-12-19", "Amended 2020-09-24"]
    );
    // A decision whose title only ends in a verb of its own is none of the text.
    assert_eq!(
        history(&["2012年1月13日 云州省大会常务委员会《关于云州省雨水条例的决定》"]),
        ["Promulgated 2012-01-13"]
    );
}

#[test]
fn what_describes_a_decision_is_no_event_of_the_text() {
    let amended = ["Amended 2005-03-31"];
    for line in [
        "2005年3月31日 云州省第十届人大常委会第十五次会议批准的《关于修改〈云法〉的决定》修正",
        "2005年3月31日 云大会常务委员会通过的关于修改《云法》等六件法规的决定第一次修正",
        "根据2005年3月31日云大会通过 2005年4月1日云令第29号公布 自2005年12月1日起施行的《关于修改〈云法〉的决定》第一次修正",
        "2005年3月31日第17次常务会议审议通过《云部关于修改和废止部分规章的决定》修改",
        "2005年3月31日 云大会第一次会议通过的《云宪章修正案》",
    ] {
        let found = history(&[line]);
        let changes: Vec<&String> = found.iter().filter(|event| event.starts_with('A')).collect();
        assert_eq!(changes, amended, "{line}");
    }
    assert!(history(&["《云法》已经通过，现予公布，《雨法》同时废止"]).is_empty());
}

#[test]
fn several_amendments_before_one_verb() {
    assert_eq!(
        history(&[
            "根据1988年4月12日云大会通过的《云宪章修正案》、1993年3月29日云大会通过的《云宪章修正案》和2018年3月11日云大会\
                   通过的《云宪章修正案》修正"
        ]),
        ["Amended 1988-04-12", "Amended 1993-03-29", "Amended 2018-03-11"]
    );
    assert_eq!(
        history(&["（2009年3月24日云部令第20号 自2009年5月1日起施行）"]),
        ["Promulgated 2009-03-24", "Effective 2009-05-01"]
    );
    assert_eq!(history(&["云国务院令", "第713号", "2019年4月20日"]), ["Promulgated 2019-04-20"]);
    assert_eq!(
        read(&law(&[], "（2008年4月17日云院公告公布）\n第一条 云。"))[0],
        "Promulgated 2008-04-17 text",
        "a history inside the text"
    );
}

#[test]
fn joint_acts_and_days_without_a_year() {
    assert_eq!(
        history(&["2024年1月17日云院第1912次会议、2024年1月3日云检第二十次会议通过"]),
        ["Adopted 2024-01-17", "Adopted 2024-01-03"]
    );
    assert_eq!(history(&["2018年3月2日通过，3月5日公布"]), ["Adopted 2018-03-02", "Promulgated 2018-03-05"]);
    assert_eq!(history(&["1982年12月10日云大会通过并于同日公布施行"]).len(), 3);
    assert_eq!(
        history(&["《云规定》已于2022年9月19日由云院第1875次会议通过，现予公布，自2023年1月1日起施行。"]),
        ["Adopted 2022-09-19", "Effective 2023-01-01"]
    );
}

#[test]
fn from_the_day_of_promulgation() {
    assert_eq!(
        history(&["（2001年6月1日云部令第89号发布　自发布之日起三十日后施行）"]),
        ["Promulgated 2001-06-01", "Effective 2001-07-01"]
    );
    let amended = ["1990年1月2日云令公布", "根据2005年3月31日《关于修改〈云法〉的决定》修正"];
    let found = read(&law(&amended, "第一条 云。\n第二条 本法自公布之日起施行。"));
    assert_eq!(found.last().unwrap(), "Effective 1990-01-02 text", "the amended text still speaks of its first day");
    let revised = ["1990年1月2日云令公布", "2005年3月31日云令修订"];
    assert_eq!(read(&law(&revised, "第二条 本法自公布之日起施行。")).last().unwrap(), "Effective 2005-03-31 text");
    assert!(read(&law(&[], "第二条 本法自公布之日起施行。")).is_empty(), "unknown stays unknown");
    let until = "第二条 本法自印发之日起施行，有效期至2025年12月31日。";
    assert_eq!(read(&law(&[], until)), ["Expired 2026-01-01 text"], "the end is known without the beginning");
    let dated = Document {
        source_date: Some(jiff::civil::date(2025, 3, 23)),
        ..law(&[], "第二条 本法自公布之日起施行。")
    };
    assert_eq!(read(&dated), ["Effective 2025-03-23 text"], "whatever kind of date it is, that day the text was there");
}

#[test]
fn closing_provisions_speak_of_the_text_itself() {
    let text = |last: &str| read(&law(&[], &format!("第一条 云。\n\n第二条 {last}")));
    for (last, expected) in [
        ("本法自2027年1月1日起施行。", "Effective 2027-01-01 text"),
        ("自二〇二七年一月一日起实施", "Effective 2027-01-01 text"),
        ("本规定经云市人大修订，自1989年3月1日起施行。", "Effective 1989-03-01 text"),
        ("1990年1月1日起施行的《雨法》同时废止，本法自1991年1月1日起施行。", "Effective 1991-01-01 text"),
        ("本法从1986年7月1日起生效。1980年2月3日公布的《雨法》同时废止。", "Effective 1986-07-01 text"),
    ] {
        assert_eq!(text(last), [expected], "{last}");
    }
    for none in [
        "依照《雨法》领取的证件，自2013年1月1日起停止使用。",
        "第三条、第四条自2013年1月1日起施行。",
        "1990年1月1日起施行的《雨法》同时废止。",
        "2013年1月1日施行前取得的许可继续有效。",
    ] {
        assert!(text(none).is_empty(), "{none}: {:?}", text(none));
    }
    let early = "第一条 本法自2001年1月1日起施行。\n".to_string() + &"第二条 云。\n".repeat(8);
    assert!(read(&law(&[], &early)).is_empty(), "only the last articles");
}

#[test]
fn stated_dates_contradict_nothing_away() {
    let mut document = law(&["2020年5月1日云大会通过"], "第二条 本法自2020年7月1日起施行。");
    document.effective_date = Some(jiff::civil::date(2020, 6, 1));
    document.valid_until = Some(jiff::civil::date(2025, 12, 31));
    assert_eq!(
        read(&document),
        ["Adopted 2020-05-01", "Effective 2020-06-01 stated", "Expired 2026-01-01 stated", "Effective 2020-07-01 text"]
    );
    let found = events(&document, &Structure::default());
    assert_eq!(found[0].quote, "2020年5月1日云大会通过");
    assert_eq!(found[3].quote, "本法自2020年7月1日起施行");
}

#[test]
fn acts_hold_what_belongs_together() {
    let acts = acts(&events(
        &law(
            &[
                "2017年2月28日云州市第一次会议通过",
                "2017年3月29日云州省人大常委会第二十七次会议批准",
                "根据2019年5月1日云州市《关于修改〈云法〉的决定》修正",
            ],
            "",
        ),
        &Structure::default(),
    ));
    let keys: Vec<String> = acts.iter().map(|act| format!("{:?} {}", act.kind, act.key_date())).collect();
    assert_eq!(keys, ["Adopted 2017-02-28", "Amended 2019-05-01"]);
    assert_eq!(acts[1].decision(), Some("《关于修改〈云法〉的决定》"));
    assert_eq!(acts[0].last_day.to_string(), "2017-03-29");
}

#[test]
fn megabytes_of_half_dates_take_linear_time() {
    for unit in ["年月日（", "《根据〈", "2020年1月1日、", "关于", "公布之日起", "》〉", "第一条 本法自2020年1月1日起"]
    {
        let text = unit.repeat(2_000_000 / unit.len());
        let began = Instant::now();
        let _ = history(&[&text]);
        let _ = read(&law(&[], &text));
        assert!(began.elapsed() < Duration::from_secs(20), "{unit}: {:?}", began.elapsed());
    }
}

#[test]
fn a_history_of_a_hundred_thousand_days_takes_linear_time() {
    let mut text = String::new();
    for day in 0..60_000 {
        let (year, month, day) = (1900 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        text.push_str(&format!("{year}年{month}月{day}日公布，自公布之日起施行。\n"));
    }
    let began = Instant::now();
    assert!(history(&[&text]).len() <= EVENTS_MAX);
    let _ = read(&law(&[&text], &text));
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

proptest! {
    #[test]
    fn never_panics_and_quotes_verbatim(line in "[0-9一二十年月日《》〈〉通过公布修正施行废止根据关于的决定之起、，。 a]{0,60}") {
        let document = law(&[&line], &line);
        for event in events(&document, &Structure::default()) {
            prop_assert!(line.contains(&event.quote));
        }
    }
}

#[test]
fn orders_in_a_row_behind_their_basis_are_changes_of_their_own() {
    assert_eq!(
        history(&["（2005年10月12日云部令第142号公布 根据2013年10月16日云部令第14号、2015年5月4日雨部令第24号修正）"]),
        ["Promulgated 2005-10-12", "Amended 2013-10-16", "Amended 2015-05-04"]
    );
    assert_eq!(
        history(&["根据2013年3月11日云委会议、2013年3月12日雨委会议《关于修改〈云法〉的决定》修正"]),
        ["Amended 2013-03-11"],
        "one joint change"
    );
}

#[test]
fn an_order_that_names_a_decision_to_change_is_a_change() {
    let line = "（2002年12月14日云令第367号发布，自2003年1月20日起施行。2016年2月6，云令第666号《云院关于修改部分法规的决定》删去第二十条。）";
    assert_eq!(history(&[line]), ["Promulgated 2002-12-14", "Effective 2003-01-20", "Amended 2016-02-06"]);
}

#[test]
fn decisions_name_what_they_change() {
    let titles = |line: &str| amended_titles(&[line.to_string()]).join("|");
    assert_eq!(titles("根据2020年1月1日《云院关于修改〈中华人民共和国云法〉的决定》修正"), "中华人民共和国云法");
    assert_eq!(titles("《关于修改<云州实施《云法》办法>的决定》第一次修正"), "云州实施《云法》办法");
    assert_eq!(titles("会议通过的关于修改《云法》的决定修正"), "云法");
    assert_eq!(
        titles("《关于修改〈云法〉等八部法律的决定》修正，《关于修改〈云法〉〈雨法〉的决定》修正，《关于云法的决定》"),
        ""
    );
    let named = |title: &str, line: &str| {
        let document = Document { title: title.into(), ..law(&[line], "") };
        other_title(&document).map(str::to_string)
    };
    let line = "根据2020年1月1日《关于修改〈中华人民共和国云法〉的决定》修正";
    assert_eq!(named("云法", line), None);
    assert_eq!(named("云州实施《云法》办法", line), None, "a title in the title");
    assert_eq!(named("雨法", line).as_deref(), Some("中华人民共和国云法"));
}

#[test]
fn a_change_without_a_day_of_its_own_has_that_of_its_effect() {
    assert_eq!(
        history(&[
            "（2003年12月30日云部会议通过 2004年1月9日云部令第23号公布 自2004年3月1日起施行 根据《云部关于废止和修改规章的决定》修订 自2020年5月1日起施行）"
        ]),
        [
            "Adopted 2003-12-30",
            "Promulgated 2004-01-09",
            "Effective 2004-03-01",
            "Revised 2020-05-01",
            "Effective 2020-05-01"
        ]
    );
}

#[test]
fn remarks_before_a_list_speak_of_the_document() {
    let text =
        "备注\n\n一、所称初次，是指两年内第一次。\n\n五、本清单自2022年2月1日起施行，有效期三年。\n\n甲项\n乙项\n";
    let list = Document {
        effective_date: Some(date(2022, 1, 1)),
        ..Document::new(Kind::Normative, "云桥县免罚清单", text)
    };
    let long = format!("{text}{}", "1、未公示票价\n不予处罚的情节\n".repeat(30));
    for document in [list.clone(), Document { text: long, ..list }] {
        let structure = crate::law::structure::parse(&document);
        let found: Vec<String> = events(&document, &structure)
            .iter()
            .filter(|event| event.source == EventSource::Text)
            .map(|event| format!("{:?} {}", event.kind, event.date))
            .collect();
        assert_eq!(found, ["Effective 2022-02-01", "Expired 2025-02-01"]);
    }
}
