use super::super::mention::VersionNote;
use super::*;
use crate::text::linear::assert_linear;

/// Each mention as `words -> target | place`.
fn found(text: &str) -> Vec<String> {
    let show = |mention: &Mention| {
        let target = match &mention.target {
            Target::Titled(key) => format!("《{key}》"),
            Target::Named(words) => format!("…{words}"),
            Target::Numbered(words) => format!("#{words}"),
            Target::Own => "own".to_string(),
            Target::Nameless => "?".to_string(),
        };
        let place = mention.place.map_or(String::new(), |place| {
            let base = match place.base {
                Base::Instrument => String::new(),
                other => format!("{other:?} "),
            };
            let to = place.to.map_or(String::new(), |to| format!("~{}", to.label()));
            format!(" {base}{}{to}", place.at.label())
        });
        format!("{} -> {target}{place}", &text[mention.span.clone()])
    };
    find(text, &Bare::Own).iter().map(show).collect()
}

#[test]
fn titles_with_places() {
    assert_eq!(
        found(
            "违反《渡口法》第三条、第五条第一款和《云桥县航道条例》（以下简称航道条例）第七条的，依照航道条例第九条处罚。"
        ),
        [
            "《渡口法》第三条 -> 《渡口法》 第三条",
            "第五条第一款 -> 《渡口法》 第五条第一款",
            "《云桥县航道条例》（以下简称航道条例）第七条 -> 《云桥县航道条例》 第七条",
            "航道条例第九条 -> 《云桥县航道条例》 第九条",
        ]
    );
}

#[test]
fn the_end_of_a_word_is_not_the_text_itself() {
    for text in ["云州特别行政区基本法第二条", "违反云州省基本农田保护条例第二条"] {
        assert!(!found(text)[0].contains("-> own"), "{text}: {:?}", found(text));
    }
    assert!(found("依照本法第二条")[0].contains("-> own"));
}

#[test]
fn the_first_paragraphs_of_an_article() {
    assert_eq!(
        found("依照《渡口法》第三条前两款处罚。"),
        ["《渡口法》第三条前两款 -> 《渡口法》 第三条第一款~第三条第二款"]
    );
    assert_eq!(found("有本法第三条前三款行为的"), ["本法第三条前三款 -> own 第三条第一款~第三条第三款"]);
    assert_eq!(
        found("依照最高人民法院关于适用《渡口法》的解释第三条"),
        ["最高人民法院关于适用《渡口法》的解释第三条 -> 《最高人民法院关于适用渡口法的解释》 第三条"]
    );
}

#[test]
fn several_short_names_stand_for_the_titles_before() {
    assert_eq!(
        found("根据《大渡口法》《大渡口法实施条例》（以下简称《渡口法》《渡口法条例》）处理，依照《渡口法》第三条。"),
        [
            "《大渡口法》 -> 《大渡口法》",
            "《大渡口法实施条例》 -> 《大渡口法实施条例》",
            "《渡口法》 -> 《大渡口法》",
            "《渡口法条例》 -> 《大渡口法实施条例》",
            "《渡口法》第三条 -> 《大渡口法》 第三条",
        ]
    );
}

#[test]
fn a_version_is_noted_in_behind_and_before_a_title() {
    use VersionNote::{BeforeChange, Former, Since, Year};
    let notes = |text: &str| -> Vec<(Option<VersionNote>, Role)> {
        find(text, &Bare::Own).iter().map(|mention| (mention.note, mention.role)).collect()
    };
    for (text, note, role) in [
        ("《渡口法（2017修正）》第三条", Some(Year(2017)), Role::Other),
        ("《渡口法》（2017年修正本）第三条", Some(Year(2017)), Role::Other),
        ("依据2017年修正的《渡口法》第三条", Some(Year(2017)), Role::Basis),
        ("2017年《渡口法》第三条", Some(Year(2017)), Role::Other),
        ("原《渡口法》第三条", Some(Former), Role::Historic),
        ("旧《渡口法》第三条", Some(Former), Role::Historic),
        ("修订前《渡口法》第三条", Some(BeforeChange), Role::Historic),
        ("修正前的《渡口法》第三条", Some(BeforeChange), Role::Historic),
        ("修改后的《渡口法》第三条", Some(Since), Role::Other),
        ("新旧《渡口法》第三条", None, Role::Other),
        ("《渡口法》施行前的行为", None, Role::Historic),
        ("《渡口法》同时废止。", None, Role::Repeal),
        ("《渡口法（试行）》第三条", None, Role::Other),
    ] {
        assert_eq!(notes(text), [(note, role)], "{text}");
    }
}

#[test]
fn a_year_before_a_name_without_brackets_is_kept_with_its_words() {
    assert_eq!(
        found("依照2018年修正的渡口法第三条、2018年渡口法第五条；12018年渡口法第三条。"),
        [
            "2018年修正的渡口法第三条 -> …2018年修正的渡口法 第三条",
            "2018年渡口法第五条 -> …2018年渡口法 第五条",
            "年渡口法第三条 -> …年渡口法 第三条",
        ]
    );
}

#[test]
fn a_quotation_does_not_break_a_series() {
    assert_eq!(
        found(
            "违反《渡口法》第二十八条第一款“不得夜间停渡，依照《航道法》第九条办理”和第三十三条“应当公示票价”的规定，以及第四十条的规定。\n\
             渡口法第六条所称‘渡船’、第七条所称‘码头’，《航道法》第三条第一款“甲”、第二款“乙”；《船舶法》“丙”和第五条。"
        ),
        [
            "《渡口法》第二十八条第一款 -> 《渡口法》 第二十八条第一款",
            "《航道法》第九条 -> 《航道法》 第九条",
            "第三十三条 -> 《渡口法》 第三十三条",
            "第四十条 -> own 第四十条",
            "渡口法第六条 -> …渡口法 第六条",
            "第七条 -> …渡口法 第七条",
            "《航道法》第三条第一款 -> 《航道法》 第三条第一款",
            "第二款 -> 《航道法》 第三条第二款",
            "《船舶法》 -> 《船舶法》",
            "第五条 -> own 第五条",
        ]
    );
}

#[test]
fn in_a_case_one_provision_after_the_other_is_of_one_law() {
    let targets = |bare: &Bare, text: &str| -> Vec<Target> {
        find(text, bare).into_iter().map(|mention| mention.target).collect()
    };
    let law = || Target::Titled("渡口法".to_string());
    let text = "《渡口法》第四条规定：“渡船应当检验。”第八条规定：“渡工应当持证。”第九条的渡船停用。";
    assert_eq!(targets(&Bare::Nameless, text), [law(), law(), Target::Nameless]);
    assert_eq!(targets(&Bare::Own, text), [law(), Target::Own, Target::Own]);
}

#[test]
fn one_quoted_article_after_the_other_is_of_one_law() {
    let targets = |bare: &Bare, text: &str| -> Vec<Target> {
        find(text, bare).into_iter().map(|mention| mention.target).collect()
    };
    let law = || Target::Titled("渡口法".to_string());
    for text in [
        "《渡口法》第三条“渡船应当检验”，第五条第一款“渡工应当持证”。",
        "《渡口法》第三条：“渡船应当检验。”第五条：“渡工应当持证。”",
        "《渡口法》第三条规定，“渡船应当检验”；第五条，“渡工应当持证”。",
        "《渡口法》第三条：“渡船应当检验。”\n第五条：“渡工应当持证。”",
    ] {
        assert_eq!(targets(&Bare::Nameless, text), [law(), law()], "{text}");
    }
    for text in [
        "《渡口法》第三条“渡船应当检验”，乙公司第五条“渡工应当持证”。",
        "《渡口法》第三条“渡船应当检验”，第五条的渡船停用。",
    ] {
        assert_eq!(targets(&Bare::Nameless, text), [law(), Target::Nameless], "{text}");
    }
    let own = "《渡口法》第三条：“渡船应当检验。”第五条：“渡工应当持证。”";
    assert_eq!(targets(&Bare::Own, own), [law(), Target::Own]);
}

#[test]
fn the_word_for_a_kind_alone_is_the_only_title_of_that_kind() {
    for (text, last) in [
        ("违反《渡口条例》第三条，《条例》第五条规定", "《条例》第五条 -> 《渡口条例》 第五条"),
        ("违反《渡口条例》和《航道条例》，《条例》第五条规定", "《条例》第五条 -> ? 第五条"),
        ("《航道条例（草案）》与《渡口条例》，《条例》第五条规定", "《条例》第五条 -> ? 第五条"),
        ("违反《渡口条例》第三条，作出《决定书》。", "《决定书》 -> ?"),
        ("送达《受理通知书》后又制作《通知书》。", "《通知书》 -> ?"),
        ("违反《渡口办法》第三条，《细则》第五条", "《细则》第五条 -> ? 第五条"),
        ("《渡口条例》（以下简称《条例》）、《航道条例》。《条例》第五条", "《条例》第五条 -> 《渡口条例》 第五条"),
    ] {
        assert_eq!(found(text).pop().as_deref(), Some(last), "{text}");
    }
}

#[test]
fn the_former_text_is_that_of_the_law_named_last() {
    let last = |text: &str| {
        let mention = find(text, &Bare::Own).pop().unwrap();
        (text[mention.span.clone()].to_string(), mention.target, mention.note)
    };
    let law = Target::Titled("渡口法".to_string());
    let former = Some(VersionNote::Former);
    assert_eq!(last("《渡口法》第七条与原法第六条"), ("原法第六条".to_string(), law, former));
    assert_eq!(last("《渡口条例》第七条与原法第六条").1, Target::Nameless);
    assert_eq!(last("原法第三十条"), ("原法第三十条".to_string(), Target::Nameless, None));
    assert_eq!(last("依照草原法第三十条").1, Target::Named("依照草原法".to_string()));
    assert_eq!(
        found("《渡口法》第三条，参见同法第七条第三项、第九条").pop().as_deref(),
        Some("第九条 -> 《渡口法》 第九条")
    );
}

#[test]
fn own_places_and_relative_ones() {
    assert_eq!(
        found(
            "违反本条例第三条规定，有前款第二项、第三项情形，或者前两款、本条第一款、第二款所列行为的，依照前条处罚。"
        ),
        [
            "本条例第三条 -> own 第三条",
            "前款第二项 -> own Before(Paragraph, 1) 第二项",
            "第三项 -> own Before(Paragraph, 1) 第三项",
            "前两款 -> own Before(Paragraph, 2) ",
            "本条第一款 -> own ThisArticle 第一款",
            "第二款 -> own ThisArticle 第二款",
            "前条 -> own Before(Article, 1) ",
        ]
    );
}

#[test]
fn names_without_brackets_keep_their_words() {
    assert_eq!(
        found("依照渡口法第三条、第四条处罚；依法处理的，适用内河航道条例的规定。刑法另有规定的除外。"),
        [
            "依照渡口法第三条 -> …依照渡口法 第三条",
            "第四条 -> …依照渡口法 第四条",
            "适用内河航道条例 -> …适用内河航道条例",
            "刑法 -> …刑法",
        ]
    );
}

#[test]
fn numbers_of_documents() {
    assert_eq!(
        found("按照《渡口管理办法》（云政发〔2018〕3号）和云政办发[2019]12号，依据国务院令第752号。"),
        [
            "《渡口管理办法》 -> 《渡口管理办法》",
            "云政发〔2018〕3号 -> #云政发(2018)3号",
            "和云政办发[2019]12号 -> #和云政办发(2019)12号",
            "国务院令第752号 -> #国务院令752号",
        ]
    );
}

#[test]
fn a_place_inside_the_brackets_of_a_title_is_read() {
    let of = |text: &str| found(text).join(" ");
    assert_eq!(of("依据《渡口法第三条》处罚"), "《渡口法第三条》 -> 《渡口法》 第三条");
    assert_eq!(
        of("《渡口法第三条之一第二款第（三）项》"),
        "《渡口法第三条之一第二款第（三）项》 -> 《渡口法》 第三条之一第二款第三项"
    );
    assert_eq!(of("《关于渡口法第三条的解释》"), "《关于渡口法第三条的解释》 -> 《关于渡口法第三条的解释》");
    assert_eq!(of("《关于第三条》"), "《关于第三条》 -> 《关于第三条》");
}

#[test]
fn that_law_and_that_article() {
    assert_eq!(
        found("《渡口法》第三条和同法第九条，违反合同法第四条"),
        [
            "《渡口法》第三条 -> 《渡口法》 第三条",
            "同法第九条 -> 《渡口法》 第九条",
            "违反合同法第四条 -> …违反合同法 第四条"
        ]
    );
    assert_eq!(found("《渡口法》第0条"), ["《渡口法》第0条 -> 《渡口法》 第零条"]);
    assert_eq!(
        found("《渡口法》第三条第二款规定的，依照该款第一项、该法第九条处理。"),
        [
            "《渡口法》第三条第二款 -> 《渡口法》 第三条第二款",
            "该款第一项 -> 《渡口法》 第三条第二款第一项",
            "该法第九条 -> 《渡口法》 第九条",
        ]
    );
}

#[test]
fn the_numbers_of_provisions_are_no_mentions() {
    assert_eq!(found("第一条　为了规范渡口，制定本法。\n第二条　依照第一条。"), ["第一条 -> own 第一条"]);
}

#[test]
fn the_text_itself_may_stand_in_brackets() {
    assert_eq!(
        found(
            "违反本《实施细则》第九至第十四条规定的，处罚。违反《条例》和本《细则》的，依照文本《渡口条例》第三条处罚。"
        ),
        [
            "本《实施细则》第九至第十四条 -> own 第九条~第十四条",
            "《条例》 -> ?",
            "《渡口条例》第三条 -> 《渡口条例》 第三条"
        ]
    );
}

#[test]
fn roles_of_a_series_are_those_of_its_first() {
    let mentions = find(
        "根据《渡口法》《航道法》和《船舶法》，制定本办法。违反《桥梁法》的，处罚。原《堤坝法》废止。",
        &Bare::Own,
    );
    let roles: Vec<Role> = mentions.iter().map(|mention| mention.role).collect();
    assert_eq!(roles, [Role::Basis, Role::Basis, Role::Basis, Role::Violation, Role::Historic]);
}

#[test]
fn brackets_and_ordinals_without_end_take_linear_time() {
    let read = |text: &str| {
        let _ = (find(text, &Bare::Own), find(text, &Bare::Nameless));
    };
    for unit in [
        "《",
        "第",
        "条",
        "第第第条条条",
        "（以下简称",
        "《〈",
        "前款第",
        "第一、",
        "（一）、",
        "依照中华人民共和国",
        "〔2018〕",
        "令第1号",
        "“甲”和第一条",
        "”、第一条",
        "法",
        "合同编",
        "第一章",
        "〈",
        "第1-",
        "第十－",
        "第一项规定的甲或者",
        "2018年",
        "《条例》",
        "《渡口条例》《条例》",
        "与原法第一条",
        "依据第一条，",
        "“甲”，第一条“乙”",
        "渡口法1条1款1项",
    ] {
        assert_linear(unit, |count| read(&unit.repeat(count)), 2_000, 32_000);
    }
}

proptest::proptest! {
    #[test]
    fn nothing_panics_and_spans_fit(text in "[《》〈〉第前款条项目（）()一二三十0-9〔〕号法例令本该、至和\\n 甲乙以下简称]{0,200}") {
        let mentions = find(&text, &Bare::Own);
        for mention in &mentions {
            proptest::prop_assert!(text.get(mention.span.clone()).is_some());
            proptest::prop_assert!(text.get(mention.name.clone()).is_some());
            proptest::prop_assert!(!mention.span.is_empty());
        }
    }
}

#[test]
fn what_officers_leave_out_is_read() {
    for (text, mentions) in [
        ("依据云政发2018年42号办理", vec!["云政发2018年42号 -> #云政发(2018)42号"]),
        ("依照云释〔2020〕22号第三条", vec!["云释〔2020〕22号第三条 -> #云释(2020)22号 第三条"]),
        ("依照云州令第12号第三条第二款", vec!["云州令第12号第三条第二款 -> #云州令12号 第三条第二款"]),
        ("违反《渡口法》一百二十四条第一款", vec!["《渡口法》一百二十四条第一款 -> 《渡口法》 第一百二十四条第一款"]),
        ("《渡口法》33条、第34条", vec!["《渡口法》33条 -> 《渡口法》 第三十三条", "第34条 -> 《渡口法》 第三十四条"]),
        ("渡口法54条1款处罚", vec!["渡口法54条1款 -> …渡口法 第五十四条第一款"]),
        ("渡口法124条1款5项处罚", vec!["渡口法124条1款5项 -> …渡口法 第一百二十四条第一款第五项"]),
        (
            "渡口法60条1款3项、61条的规定",
            vec!["渡口法60条1款3项 -> …渡口法 第六十条第一款第三项", "61条 -> …渡口法 第六十一条"],
        ),
        ("《渡口法》4条2款的规定", vec!["《渡口法》4条2款 -> 《渡口法》 第四条第二款"]),
        ("渡口法54条5项处罚", vec!["渡口法54条5项 -> …渡口法 第五十四条第五项"]),
        ("《渡口法》54条1款项", vec!["《渡口法》 -> 《渡口法》"]),
        ("《渡口法》十条二项措施", vec!["《渡口法》 -> 《渡口法》"]),
        ("《渡口法》十条措施", vec!["《渡口法》 -> 《渡口法》"]),
        ("《渡口法》三条规定", vec!["《渡口法》 -> 《渡口法》"]),
        ("《渡口法》第三十四条第（一）款", vec!["《渡口法》第三十四条第（一）款 -> 《渡口法》 第三十四条第一款"]),
        ("编号2018年42号", vec![]),
    ] {
        assert_eq!(found(text), mentions, "{text}");
    }
}

#[test]
fn the_head_of_a_table_names_the_law_of_its_articles() {
    let table = "如下：\n\n| 渡口法条文 |名称 |\n|-----|-----|\n| 第12条之一 （《修正案》第3条） |超载 |\n| 第13条 |停渡（第14条） |\n";
    assert_eq!(
        found(table),
        [
            "渡口法 -> …渡口法",
            "第12条之一 -> …渡口法 第十二条之一",
            "《修正案》第3条 -> 《修正案》 第三条",
            "第13条 -> …渡口法 第十三条",
            "第14条 -> own 第十四条",
        ]
    );
    assert_eq!(found("| 第13条 |停渡 |"), ["第13条 -> own 第十三条"]);
}

#[test]
fn a_law_to_be_made_is_planned() {
    let roles = |text: &str| find(text, &Bare::Own).iter().map(|mention| mention.role).collect::<Vec<_>>();
    assert_eq!(roles("推动《渡口法》立法，制定《航道条例》。"), [Role::Planned, Role::Planned]);
    assert_eq!(roles("根据《渡口法》制定本办法。"), [Role::Basis]);
}

#[test]
fn a_further_part_behind_what_the_first_provides_is_of_the_same_article() {
    assert_eq!(
        found(
            "以本法第九十五条第一款第一项至第三项规定的船只或者第五项规定的码头抵押的，有第三十六条第三项规定的替考，以及第四项规定的行为。依照第一项处罚。"
        ),
        [
            "本法第九十五条第一款第一项至第三项 -> own 第九十五条第一款第一项~第九十五条第一款第三项",
            "第五项 -> own 第九十五条第一款第五项",
            "第三十六条第三项 -> own 第三十六条第三项",
            "第四项 -> own 第三十六条第四项",
            "第一项 -> own HereElse 第三十六条第一项",
        ]
    );
    assert_eq!(
        found("有《渡口法》第三条第一项规定的情形。第二项规定的情形；《渡口法》第三条第三项规定的甲和第二项规定的乙"),
        [
            "《渡口法》第三条第一项 -> 《渡口法》 第三条第一项",
            "第二项 -> own ThisArticle 第二项",
            "《渡口法》第三条第三项 -> 《渡口法》 第三条第三项",
            "第二项 -> own ThisArticle 第二项",
        ]
    );
}

#[test]
fn brackets_divisions_and_orders_in_every_form() {
    for (text, mentions) in [
        ("《渡口法》》第三条", vec!["《渡口法》》第三条 -> 《渡口法》 第三条"]),
        ("依照〈渡口法〉第33条", vec!["〈渡口法〉第33条 -> 《渡口法》 第三十三条"]),
        ("〈渡口法〉的规定", vec!["渡口法 -> …渡口法"]),
        (
            "《关于适用〈渡口法〉的解释第九十二条",
            vec!["《关于适用〈渡口法〉的解释第九十二条 -> 《关于适用渡口法的解释》 第九十二条"],
        ),
        ("《渡口法典》渡船编第五百零二条", vec!["《渡口法典》渡船编第五百零二条 -> 《渡口法典》 第五百零二条"]),
        ("《渡口法》第三编第二章第五十条", vec!["《渡口法》第三编第二章第五十条 -> 《渡口法》 第五十条"]),
        ("《渡口法》第三编的规定", vec!["《渡口法》 -> 《渡口法》"]),
        ("渡口法第三十三條第二款", vec!["渡口法第三十三條第二款 -> …渡口法 第三十三条第二款"]),
        ("渡口法33条", vec!["渡口法33条 -> …渡口法 第三十三条"]),
        ("国务院令（第493号）", vec!["国务院令（第493号） -> #国务院令493号"]),
        ("国务院第493号令", vec!["国务院第493号令 -> #国务院令493号"]),
        ("国务院令（2007年）第493号", vec!["国务院令（2007年）第493号 -> #国务院令(2007)493号"]),
        ("《渡口法》第3-5条", vec!["《渡口法》第3-5条 -> 《渡口法》 第三条~第五条"]),
    ] {
        assert_eq!(found(text), mentions, "{text}");
    }
}

#[test]
fn a_number_broken_by_the_end_of_a_line_is_one() {
    let text = "依据《渡口法》第一千\n零四十三条，第三十\r\n三条第\n二款。\n第四条 其他。";
    let read = unbroken(text);
    assert_eq!(read.len(), text.len(), "every place is where it was");
    let spans: Vec<&str> = find(&read, &Bare::Nameless).iter().map(|mention| &text[mention.span.clone()]).collect();
    assert_eq!(spans, ["《渡口法》第一千\n零四十三条", "第三十\r\n三条第\n二款"]);
    assert!(matches!(unbroken("第三条\n第四条\n\n一、第\n\n\n三条"), Cow::Borrowed(_)), "what is no number is left");
}
