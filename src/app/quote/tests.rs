//! Every verdict, on the sample.

use super::super::faju::{Asker, Faju, Settings};
use super::super::view::quotation::QuotationView;
use crate::citation::quote::{DifferenceKind, Verdict};
use crate::law::{Access, Interval};
use jiff::civil::date;

fn quotations(text: &str) -> Vec<QuotationView> {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::of(folder.path().to_path_buf());
    let asker = Asker::of(Access::Public, date(2026, 11, 25));
    let page = Faju::open(settings).unwrap().resolve(&[text.to_string()], None, None, &asker).unwrap();
    page.items.into_iter().flat_map(|item| item.citations).filter_map(|citation| citation.quotation).collect()
}

fn verdicts(text: &str) -> Vec<Verdict> {
    quotations(text).iter().map(|quotation| quotation.verdict).collect()
}

#[test]
fn each_verdict_is_reached() {
    for (text, verdict) in [
        ("《城乡公共空间管理法》第二十条规定：“公示期不少于十五日”。", Verdict::Verbatim),
        ("根据《城乡公共空间管理法》第二十条的规定：利用财政资金建设的公共空间（略）", Verdict::Incomplete),
        ("《城乡公共空间管理法》第四条规定：“公共空间管理坚持以人为本、统一规划的原则。”", Verdict::Altered),
        ("《城乡公共空间管理法》第二十一条规定：“建设方案应当向社会公示，公示期不少于十五日。”", Verdict::Elsewhere),
        ("《城乡公共空间管理法》第三条第二款规定：“本法所称公共空间，是指供不特定公众通行”。", Verdict::Elsewhere),
        ("《城乡公共空间管理法》第九十二条规定：“公示期不少于十五日”。", Verdict::NoSuchArticle),
        ("《城乡公共空间管理法》第二十条规定：“县级人民政府是乡村桥梁安全的责任主体。”", Verdict::NotFound),
        // The text of 2019 as of today.
        ("《城乡公共空间管理法》第七十条规定：“责令限期拆除，可以处五千元以上五万元以下罚款。”", Verdict::Outdated),
        // A regulation that was repealed as a whole.
        ("《城镇临时占道管理条例》第二条规定：“在城市、建制镇道路范围内临时占道，适用本条例。”", Verdict::Outdated),
        ("《城镇临时占道管理条例》第九条规定：“在城市、建制镇道路范围内临时占道，适用本条例。”", Verdict::Outdated),
        ("《乡村桥梁安全法》第三条规定：“县级人民政府是乡村桥梁安全的责任主体。”", Verdict::Premature),
        ("《无人知晓法》第三条规定：“县级人民政府是乡村桥梁安全的责任主体。”", Verdict::Unchecked),
    ] {
        assert_eq!(verdicts(text), [verdict], "{text}: {:?}", quotations(text));
    }
}

#[test]
fn what_a_quotation_leaves_out_before_it_is_told() {
    let message = |text: &str| quotations(text).pop().map(|quotation| quotation.message).unwrap_or_default();
    let told = message("《城乡公共空间管理法》第七十条规定：“责令限期拆除，处一万元以上十万元以下罚款”。");
    assert!(told.starts_with("与原文一致；引自句中，原句以“违反"), "{told}");
    assert_eq!(
        message("《城乡公共空间管理法》第四条规定：“公共空间管理坚持以人为本、统一规划”"),
        "与原文一致；原文接着是“属地管理、共建共享的原则”"
    );
}

#[test]
fn why_nothing_is_compared_is_said() {
    let message = |text: &str| quotations(text).pop().map(|quotation| quotation.message).unwrap_or_default();
    assert_eq!(message("《无人知晓法》第三条规定：“渡口应当公示票价。”"), "无从核对：库中没有所引的文本");
    assert_eq!(message("另外，第三条规定：“渡口应当公示票价。”"), "无从核对：文中未指明是哪一件");
    let series =
        "《城乡公共空间管理法》第二十条“公示期不少于十五日”，第七十条“责令限期拆除，处一万元以上十万元以下罚款”。";
    assert_eq!(verdicts(series), [Verdict::Verbatim, Verdict::Verbatim]);
    // Behind two laws it may be of either.
    for words in ["公示期不少于十五日", "县级人民政府可以随意"] {
        let text =
            format!("依照《城乡公共空间管理法》第二十条和《城乡公共空间管理法实施条例》第三条的规定：“{words}”。");
        let stands = verdicts(&text) == [Verdict::Verbatim];
        assert_eq!(stands, words.starts_with('公'), "{text}: {:?}", quotations(&text));
    }
}

#[test]
fn a_day_by_which_a_text_was_over_is_no_day_on_which_it_ended() {
    use super::wording::{Ending, message};
    let interval = |end_is_latest| Interval { ended_on: Some(date(2025, 4, 5)), end_is_latest, ..Interval::default() };
    let said = |latest| message(Verdict::Outdated, &[], &[], Ending::of(&interval(latest)));
    assert_eq!(said(true), "引文是已失效的文本，至迟 2025-04-05 已失效");
    assert_eq!(said(false), "引文是已失效的文本，自 2025-04-05 起不再有效");
}

#[test]
fn what_is_quoted_later_in_the_sentence_is_compared_or_said_to_be_not() {
    let law = "《城乡公共空间管理法》第七十条";
    for (words, verdict) in [
        ("“责令限期拆除，处一万元以上十万元以下罚款。”", Verdict::Verbatim),
        ("“责令限期拆除，处一万元以上二十万元以下罚款。”", Verdict::Altered),
        ("“公示期不少于十五日的建设方案”", Verdict::Unchecked),
        ("开展“优化环境，服务群众，提升效能”的行动", Verdict::Unchecked),
    ] {
        let text = format!("根据{law}，未经批准的，{words}");
        assert_eq!(verdicts(&text), [verdict], "{text}: {:?}", quotations(&text));
    }
    for text in [
        format!("{law}规定：“责令限期拆除”，情节严重的，“处一万元以上二十万元以下罚款”。"),
        "《城乡公共空间管理法》第二十条规定，“公示期不少于十日”的方案".to_string(),
    ] {
        assert_eq!(verdicts(&text), [Verdict::Altered], "{text}: {:?}", quotations(&text));
    }
    let second = format!("依照{law}，未经批准的，“责令限期拆除”；“处一万元以上二十万元以下罚款”。");
    assert_eq!(verdicts(&second), [Verdict::Altered], "behind ； too: {:?}", quotations(&second));
    // Terms are no quotations.
    assert_eq!(verdicts(&format!("{law}的处理，不同于“责令限期改正”")), []);
    assert_eq!(verdicts("根据《城乡公共空间管理法》，开展“优化环境，服务群众，提升效能”的行动"), []);
    assert_eq!(
        verdicts(&format!(
            "根据{law}，“建设方案应当向社会公示，公示期不少于十五日。”（《城乡公共空间管理法》第二十条）"
        )),
        [Verdict::Verbatim]
    );
}

#[test]
fn what_stands_behind_a_colon_without_marks_may_be_the_writers_own() {
    let law = "《城乡公共空间管理法》";
    // Decisions, facts, and lists of the writer's own.
    for text in [
        format!("依据{law}第七十条的规定：责令当事人限期拆除广告，罚款五万元。"),
        format!("根据{law}第七十条之规定：决定处一万元罚款。"),
        format!("违反{law}第二十条规定：公示期少于十五日。"),
        format!("违反{law}第二十条规定：建设方案未向社会公示，公示期不少于十日。"),
        format!("不适用{law}第七十条的规定：\n（一）公示期不少于十五日；\n（二）其他。"),
        format!("处罚依据：{law}第七十条：罚款五万元"),
        format!("{law}第二十条规定，当事人应当依法公示并承担费用。"),
        format!("{law}第二十条规定，建设方案应当向社会公示，公示期不少于十五日。其他。"),
        format!("根据{law}第七十条规定，责令限期拆除，处五万元罚款。"),
        format!("依据：{law}第七十条：责令限期拆除，处五万元罚款。"),
    ] {
        assert_eq!(verdicts(&text), [], "{text}: {:?}", quotations(&text));
    }
    for (text, verdict) in [
        (format!("依据{law}第二十条规定：建设方案应当向社会公示，公示期不少于十日。"), Verdict::Altered),
        (format!("依据：{law}第二十条：建设方案应当向社会公示，公示期不少于十日。"), Verdict::Altered),
        (format!("依据：{law}第二十条：建设方案应当向社会公示，公示期不少于十五日。"), Verdict::Verbatim),
        // A few words later in the sentence that are nearly those of the article.
        (format!("根据{law}第二十条，建设方案应当向社会公示的，“公示期少于十五日”。"), Verdict::Unchecked),
        // The writer's own sentence behind the words of the law.
        (
            format!(
                "依据{law}第二十条规定：利用财政资金建设的公共空间，建设方案应当向社会公示，公示期不少于十五日。本案未公示。"
            ),
            Verdict::Unchecked,
        ),
        (format!("适用{law}第二十条。其内容为：“公示期不少于十日”。"), Verdict::Altered),
        (format!("依据{law}第二十条规定：县级以上人民政府应当会同有关部门另行制定办法。"), Verdict::Unchecked),
    ] {
        assert_eq!(verdicts(&text), [verdict], "{text}: {:?}", quotations(&text));
    }
    // What the writer says cites and quotes in its turn.
    let text = format!("依据{law}第七十条的规定：责令当事人改正，{law}第二十条规定“公示期不少于十五日”。");
    assert_eq!(verdicts(&text), [Verdict::Verbatim], "{:?}", quotations(&text));
}

#[test]
fn names_that_people_have_for_an_article_are_no_quotations() {
    let law = "《城乡公共空间管理法》";
    for words in ["第二十条“公开透明原则”", "第二十条“充分公示”的规定", "第二十条第一款“公示优先”原则"]
    {
        let text = format!("{law}{words}");
        assert!(
            verdicts(&text).iter().all(|verdict| *verdict == Verdict::Unchecked),
            "{text}: {:?}",
            quotations(&text)
        );
    }
    assert_eq!(verdicts(&format!("{law}第七十条“责令限期拆除”的规定")), [Verdict::Verbatim]);
    let unheld = quotations("《无人知晓法》第三条“渡口应当公示”的规定").remove(0);
    assert!(unheld.message.contains("库中没有所引的文本"), "{}", unheld.message);
    assert_eq!(verdicts(&format!("将{law}第二十条修改为：“公示期不少于十日”")), []);
}

#[test]
fn it_says_what_differs_and_where() {
    let text = "按照《城乡公共空间管理法》第七十条，“责令限期拆除，处一万元以上二十万元以下罚款。”";
    let quotation = quotations(text).remove(0);
    assert_eq!(quotation.verdict, Verdict::Altered);
    let difference = &quotation.differences[0];
    let words: String =
        text.chars().skip(difference.span.start).take(difference.span.end - difference.span.start).collect();
    assert_eq!((words.as_str(), difference.stands.as_str()), ("二十万", "十万"));
    assert_eq!((difference.kind, difference.changes_rule), (DifferenceKind::Number, true));
    assert!(quotation.message.contains("“二十万”原文为“十万”"), "{}", quotation.message);
    assert_eq!(quotation.compared_with.map(|place| place.label).as_deref(), Some("第七十条"));
}

#[test]
fn a_series_shares_its_quotation_and_a_quotation_cites_nothing() {
    let text = "《城乡公共空间管理法》第二十条、第二十一条规定：“公示期不少于十五日”。";
    assert_eq!(verdicts(text), [Verdict::Verbatim]);
    let within = "《城乡公共空间管理法》第七十条规定：“违反本法第四十六条规定，未经许可设置大型户外广告的”。";
    assert_eq!(verdicts(within), [Verdict::Verbatim]);
    let whole = "《城乡公共空间管理法》中有关「公示期不少于十五日」的规定";
    assert_eq!(quotations(whole)[0].found_in[0].label, "第二十条");
    assert_eq!(verdicts("《城乡公共空间管理法》第二十条规定的“公示”是指"), []);
    let before = "公示期要够（“公示期不少于十五日。”（《城乡公共空间管理法》第二十条））";
    assert_eq!(verdicts(before), [Verdict::Verbatim]);
    let series = "“建设方案应当公示，公示期不少于五日”（见《城乡公共空间管理法》第二十条、第二十一条）";
    assert_eq!(verdicts(series), [Verdict::Altered]);
}

#[test]
fn of_a_number_that_has_changed_it_says_until_when_it_was_right() {
    let quotation = quotations("《公共空间占用管理条例》第十条规定：“被许可人应当遵守下列规定”。").remove(0);
    assert_eq!(quotation.verdict, Verdict::Elsewhere);
    assert!(quotation.message.contains("第十一条"), "{}", quotation.message);
    assert!(quotation.message.ends_with("以前的文本中是所引的一条"), "{}", quotation.message);
    let never = quotations("《公共空间占用管理条例》第三条规定：“被许可人应当遵守下列规定”。").remove(0);
    assert!(never.verdict == Verdict::Elsewhere && !never.message.contains("以前的文本"), "{}", never.message);
}

#[test]
fn who_names_a_version_and_quotes_it_rightly_is_right() {
    let text = |note: &str| {
        format!("《城乡公共空间管理法》{note}第七十条规定：“责令限期拆除，可以处五千元以上五万元以下罚款。”")
    };
    assert_eq!(verdicts(&text("")), [Verdict::Outdated]);
    let named = quotations(&text("（2019年）")).remove(0);
    assert_eq!(named.verdict, Verdict::Verbatim, "{named:?}");
    // That a newer text exists is told beside.
    assert!(named.ended_on.is_some() && named.message.contains("所注明的文本自"), "{}", named.message);
    assert_eq!(verdicts(&text("（2019年）").replace("五千元", "6000元")), [Verdict::Altered]);
    assert_eq!(verdicts(&text("（2019年）").replace("五千元", "5000元")), [Verdict::Verbatim]);
}

#[test]
fn a_series_with_a_quotation_behind_each_member() {
    let text = "违反《城乡公共空间管理法》第二十条“公示期不少于十五日”和第七十条“责令限期拆除，处一万元以上十万元以下罚款”的规定";
    assert_eq!(verdicts(text), [Verdict::Verbatim, Verdict::Verbatim], "{:?}", quotations(text));
}

#[test]
fn the_text_before_a_change_of_what_is_over_is_not_its_last() {
    let folder = tempfile::tempdir().unwrap();
    let asker = Asker::of(Access::Public, date(2026, 11, 25));
    let faju = Faju::open(Settings::of(folder.path().to_path_buf())).unwrap();
    let version = |words: &str| {
        let text = format!("{words}《城镇临时占道管理条例》第二条");
        let page = faju.resolve(&[text], None, None, &asker).unwrap();
        page.items[0].citations[0].provisions.first().map(|provision| provision.id.clone())
    };
    assert!(version("原").is_some(), "the last text of what is repealed");
    for words in ["修正前的", "修订前的", "修改前的"] {
        assert_eq!(version(words), None, "{words}");
    }
}
