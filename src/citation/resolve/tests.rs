use super::super::find::{Bare, find};
use super::super::shape::Shape;
use super::*;
use crate::law::{AuthorityLevel, Document, EndedBy, Interval, structure};
use jiff::civil::date;

/// A law whose versions begin on 1 July of a year and end in another (0: never).
fn known(title: &str, versions: &[(i16, i16)]) -> Known {
    let text = "第一条　甲。\n第二条　乙：\n（一）丙；\n（二）丁。\n戊。\n第三条　己。\n第四条　庚。";
    let shape = Shape::of(&structure::parse(&Document::new(Kind::Legislation, title, text)), text);
    let version = |(from, to): &(i16, i16)| super::super::names::KnownVersion {
        id: format!("{title}@{from}"),
        interval: Interval {
            effective_from: Some(date(*from, 7, 1)),
            ended_on: (*to > 0).then(|| date(*to, 7, 1)),
            ended_by: (*to > 0).then_some(EndedBy::Amendment),
            ..Interval::default()
        },
        dated: Some(date(*from, 3, 1)),
        numbers: Vec::new(),
        changed_by: Vec::new(),
        former: Vec::new(),
        replaced: Vec::new(),
        made: None,
        access: Access::Public,
        original: versions.last() == Some(&(*from, *to)),
        shape: shape.clone(),
    };
    Known {
        id: title.to_string(),
        title: format!("中华人民共和国{title}"),
        keys: vec![super::super::names::title_key(title)],
        kind: Kind::Legislation,
        level: Some(AuthorityLevel::Law),
        region: None,
        issuer: None,
        numbers: Vec::new(),
        versions: versions.iter().map(version).collect(),
    }
}

/// The same with the years in which their texts were given as a whole.
fn amended(title: &str, versions: &[(i16, i16, i16)]) -> Known {
    let spans: Vec<(i16, i16)> = versions.iter().map(|(from, to, _)| (*from, *to)).collect();
    let mut known = known(title, &spans);
    for (version, (.., made)) in known.versions.iter_mut().zip(versions) {
        version.made = Some(date(*made, 3, 1));
    }
    known
}

fn names() -> Names {
    let order = Known {
        numbers: vec!["中华人民共和国国务院令第493号".to_string()],
        ..known("虚构事故条例", &[(2007, 0)])
    };
    let numbered = |title: &str, year: i16, number: &str| Known {
        numbers: vec![number.to_string()],
        ..known(title, &[(year, 0)])
    };
    Names::new(vec![
        numbered("渡运应急规定", 1997, "渡运部令第13号"),
        numbered("渡运登记规定", 2005, "渡运部令2005年第12号"),
        known("渡口法", &[(2023, 0), (2018, 2023), (2005, 2018)]),
        // A text between the two is not held.
        known("航道法", &[(2023, 0), (2005, 2018)]),
        known("渡口避碰规则（1991）", &[(1991, 0)]),
        known("渡口名录（2021年版）", &[(2020, 0)]),
        known("行政处罚法", &[(2021, 0)]),
        known("食品安全法", &[(2015, 0)]),
        known("国有土地上房屋征收与补偿条例", &[(2011, 0)]),
        known("最高人民法院关于适用《中华人民共和国渡口法》若干问题的解释（三）", &[(2020, 0)]),
        known("甲解释", &[(2024, 0)]),
        amended("渡运细则", &[(2024, 0, 2001), (2010, 2024, 2001), (1992, 2001, 1992)]),
        amended("摆渡细则", &[(2024, 0, 2001), (2010, 2024, 2001)]),
        known("乙解释", &[(2024, 0), (2019, 2024)]),
        order,
    ])
}

/// `version/places` or the reason, of each citation of a text; with the words of the span.
fn told(text: &str, group: &str) -> Vec<String> {
    let names = names();
    let version = format!("{group}@2024");
    let on = Some(date(2024, 7, 1));
    let here = Here { group, version: &version, on, ..Here::default() };
    let bare = if group.is_empty() { Bare::Nameless } else { Bare::Own };
    let show = |mention: Mention| {
        let found = resolve(&mention, &names, &here)?;
        let words = &text[narrow(text, &mention, &names)];
        Some(match found.reason {
            Some(reason) => format!("{words}: {reason:?}"),
            None => {
                format!("{words}: {} {}", found.version.unwrap_or(found.instruments.join(",")), found.places.join(","))
            }
        })
    };
    find(text, &bare).into_iter().filter_map(show).collect()
}

#[test]
fn a_former_text_is_the_one_before_where_that_is_sure() {
    for (text, found) in [
        ("依照原渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("依照旧渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("适用修订前的渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("适用修改前渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("修正前《渡口法》第三条", "《渡口法》第三条: 渡口法@2018 a3"),
        ("原《渡口法》第三条", "《渡口法》第三条: 渡口法@2018 a3"),
        ("适用修改前的渡口法", "渡口法: 渡口法@2018 "),
        ("2018年渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("依照2005年修订的渡口法第三条", "渡口法第三条: 渡口法@2005 a3"),
        ("依照2006年渡口法第三条", "渡口法第三条: NoVersionOfThatDay"),
        ("适用修改后的渡口法第三条", "渡口法第三条: 渡口法@2023 a3"),
        ("适用渡口法第三条", "渡口法第三条: 渡口法@2023 a3"),
        ("适用修改后的渡口法第四十一条第二款", "渡口法第四十一条第二款: SeveralChanges"),
        ("新旧渡口法第三条", "渡口法第三条: 渡口法@2023 a3"),
        ("依照原航道法第三条", "航道法第三条: NoVersionOfThatDay"),
        ("适用修改前的航道法", "航道法: NoVersionOfThatDay"),
        ("《渡口法》施行前的行为", "《渡口法》: 渡口法 "),
    ] {
        assert_eq!(told(text, ""), [found], "{text}");
        assert_eq!(told(text, "甲解释"), [found], "{text}");
    }
}

/// 1992年发布的《…》同时废止 stands in the text of 2001 as amended: it repeals none of those that amendments made of that text.
#[test]
fn a_text_repeals_no_version_of_itself() {
    let text = "1992年12月12日批准的《渡运细则》同时废止。";
    assert_eq!(told(text, "渡运细则"), ["《渡运细则》: 渡运细则@1992 "]);
    assert_eq!(told("1992年12月12日批准的《摆渡细则》同时废止。", "摆渡细则"), ["《摆渡细则》: NoVersionOfThatDay"]);
}

/// What was changed since keeps the words of its first day.
#[test]
fn of_which_change_an_amended_text_speaks_nobody_knows() {
    assert_eq!(told("适用修改前的渡口法第三条", "乙解释"), ["渡口法第三条: SeveralChanges"]);
    assert_eq!(told("适用修改后的《渡口法》第三条", "乙解释"), ["《渡口法》第三条: SeveralChanges"]);
    assert_eq!(told("适用修改后的《渡口法》", "乙解释"), ["《渡口法》: SeveralChanges"]);
    assert_eq!(told("现将修订后的《乙解释》公布", "乙解释"), ["《乙解释》: 乙解释@2024 "]);
    assert_eq!(told("适用渡口法第三条", "乙解释"), ["渡口法第三条: 渡口法@2023 a3"]);
}

/// 新《…》 while a change waits for its day is nobody's guess.
#[test]
fn a_new_text_that_waits_for_its_day() {
    let mut waits = known("渡运法", &[(2027, 0), (2019, 2027)]);
    waits.versions[0].dated = Some(date(2026, 6, 26));
    let names = Names::new(vec![waits, known("渡口法", &[(2023, 0), (2018, 2023)])]);
    let told = |text: &str| {
        let mention = find(text, &Bare::Nameless).remove(0);
        let here = Here { on: Some(date(2026, 11, 26)), access: Access::Public, ..Here::default() };
        let found = resolve(&mention, &names, &here).unwrap();
        found.reason.map_or(found.version.unwrap_or_default(), |reason| format!("{reason:?}"))
    };
    for (text, answer) in [
        ("新《渡运法》第三条", "SeveralChanges"),
        ("依照新《渡运法》第三条", "SeveralChanges"),
        ("修订后的《渡运法》第三条", "SeveralChanges"),
        ("旧《渡运法》第三条", "SeveralChanges"),
        ("《渡运法》（新）第三条", "SeveralChanges"),
        ("《渡口法》（修订前）第三条", "渡口法@2018"),
        ("《渡口法》（最新）第三条", "渡口法@2023"),
        ("《渡运法》第三条", "渡运法@2019"),
        ("新《渡口法》第三条", "渡口法@2023"),
        ("新修订的《渡口法》第三条", "渡口法@2023"),
        ("创新《渡口法》第三条", "渡口法@2023"),
    ] {
        assert_eq!(told(text), answer, "{text}");
    }
}

#[test]
fn a_bare_title_means_the_edition_that_stands_when_its_own_is_over() {
    let old = {
        let mut old = known("渡运名录", &[(2015, 2021)]);
        old.versions[0].interval.ended_by = Some(EndedBy::Repeal);
        old
    };
    let names = Names::new(vec![old, known("渡运名录（2021年版）", &[(2021, 0)])]);
    let told = |text: &str, on: Date| {
        let mention = find(text, &Bare::Titled("甲通知".to_string())).remove(0);
        let here = Here { on: Some(on), access: Access::Public, ..Here::default() };
        resolve(&mention, &names, &here).unwrap().instruments
    };
    for (text, day, id) in [
        ("依照《渡运名录》办理。", date(2022, 1, 1), "渡运名录（2021年版）"),
        ("依照《渡运名录》办理。", date(2018, 1, 1), "渡运名录"),
        ("《渡运名录》同时废止。", date(2022, 1, 1), "渡运名录"),
        ("依照《渡运名录》（渡运部令第3号）办理。", date(2022, 1, 1), "渡运名录"),
        ("依照《渡运名录》（2021年版）办理。", date(2022, 1, 1), "渡运名录（2021年版）"),
        ("依照《渡运名录》（2015年）办理。", date(2022, 1, 1), "渡运名录"),
    ] {
        assert_eq!(told(text, day), [id], "{text} {day}");
    }
}

#[test]
fn a_year_in_the_title_is_no_version() {
    assert_eq!(
        told("《渡口避碰规则（1991）》第三条", ""),
        ["《渡口避碰规则（1991）》第三条: 渡口避碰规则（1991）@1991 a3"]
    );
    assert_eq!(told("《行政处罚法（1991）》第三条", ""), ["《行政处罚法（1991）》第三条: NoVersionOfThatDay"]);
    for (text, found) in [
        ("《渡口名录（2021年版）》", "《渡口名录（2021年版）》: 渡口名录（2021年版）@2020 "),
        ("《渡口名录（2021年）》", "《渡口名录（2021年）》: 渡口名录（2021年版）@2020 "),
        ("《渡口名录（2016年版）》", "《渡口名录（2016年版）》: NoVersionOfThatDay"),
        ("《渡口名录》", "《渡口名录》: 渡口名录（2021年版）@2020 "),
        ("《渡口名录》（2021年版）", "《渡口名录》: 渡口名录（2021年版）@2020 "),
        ("《渡口名录》（2021）", "《渡口名录》: 渡口名录（2021年版）@2020 "),
        ("《渡口名录》（2023年）", "《渡口名录》: NoVersionOfThatDay"),
    ] {
        assert_eq!(told(text, ""), [found], "{text}");
    }
}

#[test]
fn a_number_of_another_text_is_not_given_the_one_that_is_held() {
    let order = |title: &str, versions: &[(i16, i16)], numbers: &[&[&str]]| {
        let mut known = known(title, versions);
        for (version, numbers) in known.versions.iter_mut().zip(numbers) {
            version.numbers = numbers.iter().map(|number| super::super::names::number_key(number)).collect();
        }
        known.numbers = numbers.iter().flat_map(|numbers| numbers.iter().map(|number| number.to_string())).collect();
        known
    };
    let mut replacing = order("登记规定", &[(2022, 0)], &[&[]]);
    replacing.versions[0].replaced = vec![super::super::names::number_key("渡运部令第102号")];
    // The order of 2007 promulgated the instrument, that of 2019 gave the text anew.
    let mut anew = order("公开条例", &[(2019, 0)], &[&["国务院令第711号"]]);
    anew.numbers.push("国务院令第492号".to_string());
    // The order of 2000 gave a text before the one of a later meeting, which states no number.
    let mut revised = known("器械条例", &[(2020, 0)]);
    revised.numbers.push("国务院令第276号".to_string());
    revised.versions[0].former = vec![super::super::names::number_key("国务院令第276号")];
    // The order of the last change is that of the text too.
    let mut amended = order("投诉办法", &[(2022, 0)], &[&["渡运部令第20号"]]);
    amended.versions[0].changed_by = vec![super::super::names::number_key("渡运部令第61号")];
    let names = Names::new(vec![
        replacing,
        anew,
        revised,
        amended,
        order("检验规定", &[(2022, 0)], &[&["渡运部令第33号"]]),
        known("船员法", &[(2022, 0), (2010, 2022)]),
        order("名录", &[(2015, 0)], &[&["渡运部令第5号"]]),
        order("名录（2021年版）", &[(2020, 0)], &[&["新渡运部令第16号"]]),
    ]);
    let here = Here { on: Some(date(2024, 7, 1)), ..Here::default() };
    let told = |text: &str| {
        let found = resolve(&find(text, &Bare::Nameless)[0], &names, &here).unwrap();
        found.version.unwrap_or_else(|| format!("{:?}", found.reason))
    };
    let none = "Some(NoVersionOfThatDay)";
    for (text, found) in [
        ("《登记规定》（渡运部令第102号）", none),
        ("《登记规定》（渡运部第102号令）", none),
        ("《登记规定》（渡运部102号令）", none),
        ("《登记规定》（渡运部令第164号）", "登记规定@2022"),
        ("《公开条例》（国务院令第492号）第三条", none),
        ("《公开条例》（国务院令第711号）第三条", "公开条例@2019"),
        ("《器械条例》（国务院令第276号）第三条", none),
        ("《器械条例》（2000年国务院令第276号发布）第三条", none),
        ("《器械条例》第三条", "器械条例@2020"),
        ("《投诉办法》（渡运部令第61号）第三条", "投诉办法@2022"),
        ("《投诉办法》（渡运部令第20号）第三条", "投诉办法@2022"),
        ("《检验规定》（渡运部令第32号）", none),
        ("《检验规定》（渡运部令第33号）", "检验规定@2022"),
        ("《检验规定》（海运部令第7号）", "检验规定@2022"),
        ("《名录》（新渡运部令第16号）", "名录（2021年版）@2020"),
        ("《名录》（渡运部令第5号）", "名录@2015"),
        ("《船员法》（主席令第99号）第三条", "Some(UnknownNumber)"),
    ] {
        assert_eq!(told(text), found, "{text}");
    }
    let whole = resolve(&find("《船员法》（主席令第99号）", &Bare::Nameless)[0], &names, &here).unwrap();
    assert_eq!((whole.outcome, whole.version), (Outcome::Resolved, None), "the law is known, its text is not");
}

#[test]
fn a_year_alone_is_one_in_which_the_text_stood() {
    for (text, found) in [
        ("《渡口法》（2023年）第三条", "《渡口法》（2023年）第三条: 渡口法@2023 a3"),
        ("《渡口法》（2020年）第三条", "《渡口法》（2020年）第三条: 渡口法@2018 a3"),
        ("《渡口法》（2020年修正）第三条", "《渡口法》（2020年修正）第三条: NoVersionOfThatDay"),
        ("《渡口法》（2021年7月15日起施行）第三条", "《渡口法》（2021年7月15日起施行）第三条: 渡口法@2023 a3"),
        ("《渡口法》（旧）第三条", "《渡口法》（旧）第三条: 渡口法@2018 a3"),
    ] {
        assert_eq!(told(text, ""), [found], "{text}");
    }
}

#[test]
fn short_names_before_a_place_are_known() {
    for (text, found) in [
        ("违反食安法第三条", "食安法第三条: 食品安全法@2015 a3"),
        ("处罚法第2条第1项", "处罚法第2条第1项: 行政处罚法@2021 a2/p1/s1"),
        ("原处罚法第三条", "处罚法第三条: NoVersionOfThatDay"),
        ("违反渡口食安法第三条", "渡口食安法第三条: NotInCorpus"),
    ] {
        assert_eq!(told(text, ""), [found], "{text}");
        assert_eq!(told(text, "甲解释"), [found], "{text}");
    }
    assert_eq!(told("依照征收条例第三条", ""), ["征收条例第三条: 国有土地上房屋征收与补偿条例@2011 a3"]);
    assert_eq!(told("依照征收条例第三条", "甲解释"), ["征收条例第三条: NotInCorpus"], "it may be of any place");
    assert_eq!(told("食安法的规定", ""), Vec::<String>::new());
}

#[test]
fn an_order_of_the_state_council_needs_no_year() {
    for text in ["国务院令（2007年）第493号", "中华人民共和国国务院令（第493号）", "国务院第493号令", "国务院令第493号"]
    {
        assert_eq!(told(text, ""), [format!("{text}: 虚构事故条例@2007 ")], "{text}");
    }
    assert_eq!(told("国务院令（2007年）第494号", ""), ["国务院令（2007年）第494号: NotInCorpus"]);
}

/// The orders of a ministry are counted anew, so that a number alone says little.
#[test]
fn an_order_is_of_what_nothing_beside_it_denies() {
    let found = "渡运部令第13号: 渡运应急规定@1997 ";
    assert_eq!(told("按照1997年3月渡运部令第13号", ""), [found]);
    assert_eq!(told("按照渡运部令第13号", ""), [found]);
    assert_eq!(told("中华人民共和国渡运部令第13号", ""), ["中华人民共和国渡运部令第13号: 渡运应急规定@1997 "]);
    let title = |text: &str| told(text, "").last().cloned().unwrap_or_default();
    assert_eq!(title("《渡运应急规定》（渡运部令第13号）"), found);
    assert_eq!(title("《渡船标识办法》（渡运部令第13号）"), "渡运部令第13号: NotInCorpus");
    assert!(told("渡运部令第13号公布的《渡船标识办法》", "")[0].ends_with("渡运部令第13号: NotInCorpus"));
    // A number that nothing held has is that of the title beside it.
    assert_eq!(title("《食品安全法》（渡运部令第99号）"), "渡运部令第99号: 食品安全法@2015 ");
    assert_eq!(title("《渡运登记规定》（渡运部令第99号）"), "渡运部令第99号: NotInCorpus", "it has another");
    assert_eq!(title("《虚构事故条例》（国务院令第888号）"), "国务院令第888号: NotInCorpus", "it has another");
    assert_eq!(
        told("《渡口避碰规则》第33条", ""),
        ["《渡口避碰规则》第33条: NoSuchArticle"],
        "the year need not be said"
    );
    assert_eq!(title("2002年5月24日渡运部令第13号"), "渡运部令第13号: NotInCorpus");
    assert_eq!(title("内河渡运部令第13号"), "渡运部令第13号: NotInCorpus", "of another ministry");
    assert_eq!(title("渡运部令2005年第12号"), "渡运部令2005年第12号: 渡运登记规定@2005 ");
    assert_eq!(title("《渡运登记规定》（渡运部令2005年第12号）"), "渡运部令2005年第12号: 渡运登记规定@2005 ");
}

#[test]
fn a_defined_name_may_be_of_an_earlier_text() {
    let define = "《中华人民共和国渡口法》（以下简称渡口法）。";
    for (text, found) in [
        ("适用修改前渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("依照原渡口法第三条", "渡口法第三条: 渡口法@2018 a3"),
        ("适用修改前的渡口法", "渡口法: 渡口法@2018 "),
        ("依照渡口法第三条", "渡口法第三条: 渡口法@2023 a3"),
    ] {
        assert_eq!(told(&format!("{define}{text}"), "甲解释").pop().as_deref(), Some(found), "{text}");
    }
    let old = "修订前的《渡口法》（自2018年7月1日起施行，以下简称旧法规）第二条。依照旧法规第三条";
    assert_eq!(told(old, "甲解释").pop().as_deref(), Some("旧法规第三条: 渡口法@2018 a3"));
}

#[test]
fn a_short_name_in_brackets_is_known() {
    assert_eq!(told("《食安法》第三条", ""), ["《食安法》第三条: 食品安全法@2015 a3"]);
    assert_eq!(told("《渡口食安法》第三条", ""), ["《渡口食安法》第三条: NotInCorpus"]);
}

#[test]
fn an_interpretation_is_known_by_its_law_and_number() {
    let held = "最高人民法院关于适用《中华人民共和国渡口法》若干问题的解释（三）@2020 a3";
    for name in
        ["《渡口法解释三》", "《渡口法解释（三）》", "《渡口法司法解释（三）》", "渡口法解释三", "渡口法司法解释（三）"]
    {
        for group in ["", "甲解释"] {
            assert_eq!(told(&format!("违反{name}第三条"), group), [format!("{name}第三条: {held}")], "{name}");
        }
    }
    assert_eq!(told("《渡口法解释（四）》第三条", ""), ["《渡口法解释（四）》第三条: NotInCorpus"]);
    assert_eq!(told("渡口法解释四第三条", ""), ["渡口法解释四第三条: NotInCorpus"]);
    assert_eq!(told("就渡口法解释一下", ""), ["渡口法: 渡口法@2023 "]);
}

#[test]
fn a_part_of_the_article_before_or_of_the_own() {
    let text = "第一条　下列船舶：\n（一）甲；\n（二）乙；\n（三）丙。\n第二条　丁：\n（一）戊；\n（二）己。";
    let shape = Shape::of(&structure::parse(&Document::new(Kind::Legislation, "渡口法", text)), text);
    let (group, version) = ("渡口法", "渡口法@2018");
    let here = Here { group, version, shape: Some(&shape), provision: "a2", part: "p1", ..Here::default() };
    let names = names();
    let last = |text: &str| {
        let found = find(text, &Bare::Own).pop().and_then(|mention| resolve(&mention, &names, &here)).unwrap();
        found.reason.map_or_else(|| found.places.join(","), |reason| format!("{reason:?}"))
    };
    assert_eq!(last("违反本法第一条第一项的，罚款；违反第二项规定的"), "a1/p1/s2");
    assert_eq!(last("有本法第一条行为，第三项规定的"), "a1/p1/s3", "there is no such 项 here");
    assert_eq!(last("有本法第一条行为，第二项规定的"), "SeveralPlaces");
    assert_eq!(last("违反本法第一条第一项的，罚款；违反第九项规定的"), "NothingBefore");
    assert_eq!(last("违反第九项规定的"), "NothingBefore");
    assert_eq!(last("违反第二项规定的"), "a2/p1/s2");
    assert_eq!(last("违反本法第一条第九项规定的"), "NoSuchPart");
}

#[test]
fn what_is_not_held_begins_at_its_name() {
    for (text, span) in [
        ("提供格式条款的一方当事人违反虚构法第三条", "虚构法第三条"),
        ("自当事人知道其权利受到侵害之日起至虚构法第三条", "虚构法第三条"),
        ("人民法院可以参照原虚构法第三条", "虚构法第三条"),
        ("转让合同因婚姻法第三条无效", "婚姻法第三条"),
        ("如无中华人民共和国合同法第三条的情形", "中华人民共和国合同法第三条"),
    ] {
        assert_eq!(told(text, ""), [format!("{span}: NotInCorpus")], "{text}");
    }
}

#[test]
fn a_subitem_alone_is_of_the_item_where_it_stands() {
    let text = "第一条　下列船舶：\n（一）渡船，包括：\n1.甲；\n2.与第1目、本项第1目和第3目相似的。";
    let shape = Shape::of(&structure::parse(&Document::new(Kind::Legislation, "渡口法", text)), text);
    let here = Here {
        group: "渡口法",
        version: "渡口法@2018",
        shape: Some(&shape),
        provision: "a1",
        part: "p1/s1/i2",
        ..Here::default()
    };
    let names = names();
    let found = find("与第1目、本项第1目和第3目相似的", &Bare::Own);
    let told: Vec<String> =
        found.iter().filter_map(|mention| resolve(mention, &names, &here)).map(|r| r.places.join(",")).collect();
    assert_eq!(told, ["a1/p1/s1/i1", "a1/p1/s1/i1", ""]);
}
