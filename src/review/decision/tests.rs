//! Every example of every manual is tried on its check, in a decision that is otherwise in order; what the corpus says is fictional.

use super::*;
use crate::citation::Reason;
use crate::law::benchmark;
use crate::review::cited::{Ended, Missing, Noted};
use crate::review::manual::HEADINGS;
use jiff::civil::date;
use proptest::prelude::*;

/// The paragraphs of a decision; examples take the place of one.
#[derive(Clone)]
pub struct Frame {
    filed: String,
    gains: String,
    evidence: String,
    notice: String,
    basis: String,
    discretion: String,
    result: String,
    payment: String,
    remedy: String,
    date: String,
}

impl Default for Frame {
    fn default() -> Self {
        let words = |text: &str| text.to_string();
        Frame {
            filed: words("2024年3月8日，本局予以立案。"),
            gains: words("当事人没有违法所得。"),
            evidence: words("上述事实，有现场笔录、照片等证据证明。"),
            notice: words(
                "2024年4月1日，本局向当事人送达行政处罚告知书，告知陈述、申辩和要求听证的权利，当事人没有提出。",
            ),
            basis: words(
                "当事人的行为违反了《云桥渡口管理条例》第五条的规定。依据《云桥渡口管理条例》第二十条的规定，",
            ),
            discretion: words("当事人积极配合调查。"),
            result: words("罚款人民币2000元。"),
            payment: words("当事人应当自收到本决定书之日起十五日内，将罚款缴至指定银行。"),
            remedy: words(
                "如不服本决定，可以自收到本决定书之日起六十日内向云桥县人民政府申请行政复议，也可以在六个月内向云桥县人民法院提起行政诉讼。",
            ),
            date: words("2024年4月20日"),
        }
    }
}

impl Frame {
    fn text(&self) -> String {
        format!(
            "云桥县交通运输局行政处罚决定书\n云交罚〔2024〕12号\n当事人：云桥县平水渡运有限公司\n住所：云桥县平水镇河街3号\n{}\n\
             经查明，当事人于2024年3月1日在平水渡口用渡船运送二十名乘客，超过核定载客人数五名。{}\n{}\n{}\n\
             本局认为，当事人超载渡运，事实清楚。{}{}决定对当事人处罚如下：\n{}\n{}\n{}\n云桥县交通运输局\n{}\n",
            self.filed,
            self.gains,
            self.evidence,
            self.notice,
            self.discretion,
            self.basis,
            self.result,
            self.payment,
            self.remedy,
            self.date
        )
    }

    /// The decision with an example in the place that it is labelled with.
    fn with(label: &str, example: &str) -> Frame {
        let mut frame = Frame::default();
        let (first, rest) = example.split_once('\n').unwrap_or((example, ""));
        let (first, rest) = (first.to_string(), rest.to_string());
        match label {
            "立案" => frame.filed = first,
            "证据" => frame.evidence = first,
            "告知" => frame.notice = first,
            "依据" => frame.basis = first,
            "结果" => frame.result = example.to_string(),
            "履行" => frame.payment = first,
            "救济" => frame.remedy = first,
            "裁量" => (frame.discretion, frame.result) = (first, rest),
            "所得" => (frame.gains, frame.result) = (first, rest),
            other => panic!("no paragraph {other}"),
        }
        frame
    }
}

const FERRY: &str = "第二十条　渡船超载的，责令改正，处一千元以上五千元以下的罚款。";

fn evidence(title: &str, article: &str, text: &str) -> Evidence {
    let version = "2019-01-01".to_string();
    Evidence { title: title.to_string(), version, article: article.to_string(), text: text.to_string() }
}

fn held(title: &str, standing: Standing, article: Article) -> Law {
    Law::Held(Box::new(HeldLaw { title: title.to_string(), standing, named: None, article, later: None }))
}

/// What a small corpus says to a citation of a decision.
fn answer(decision: &Decision, asked: &Asked) -> Law {
    let title = "云桥渡口管理条例";
    let words = decision.quote(&asked.span);
    let found = |text: &str| Article::Found(evidence(title, words, text));
    let missing = |reason| Missing { reason, label: words.to_string(), articles: 30, article: None, later: None };
    let ended = Ended { on: Some(date(2020, 1, 1)), is_latest: false, by: None, proof: None };
    match () {
        () if words.contains("舢板") => held("云桥舢板条例", Standing::Ended(ended), found(FERRY)),
        () if words.contains("浮桥") => held("云桥浮桥条例", Standing::NotYet(Some(date(2025, 1, 1))), found(FERRY)),
        () if words.contains("第九十条") => {
            held(title, Standing::InForce, Article::Missing(missing(Reason::NoSuchArticle)))
        }
        () if words.contains("第八款") => {
            held(title, Standing::InForce, Article::Missing(missing(Reason::NoSuchPart)))
        }
        () if words.contains("渡口管理条例》第二十条") => held(title, Standing::InForce, found(FERRY)),
        () if words.contains("渡口管理条例》第五条") => {
            held(title, Standing::InForce, found("第五条　渡船不得超载。"))
        }
        () if words.contains("行政处罚法") => Law::Untold,
        () => Law::Unheld("云桥木筏条例".to_string()),
    }
}

fn benchmark() -> BenchmarkAnswer {
    let text = "一、渡船超载\n处罚依据：《云桥渡口管理条例》第二十条\n裁量档次：较轻\n处罚幅度：处1000元以上2000元以下罚款\n裁量档次：一般\n处罚幅度：处2000元以上3500元以下罚款\n裁量档次：较重\n处罚幅度：处3500元以上5000元以下罚款";
    let benchmark = benchmark::read_text(None, text).expect("a benchmark");
    BenchmarkAnswer { evidence: evidence("云桥渡口处罚裁量基准", "一", text), benchmark }
}

fn answers(decision: &Decision) -> DecisionAnswers {
    let asked = questions(decision);
    let benchmarks = if decision.text().contains("裁量基准》") { vec![benchmark()] } else { Vec::new() };
    let laws = asked.into_iter().filter(|asked| asked.purpose != Purpose::Benchmark);
    DecisionAnswers { laws: laws.map(|asked| (asked.clone(), answer(decision, &asked))).collect(), benchmarks }
}

fn report(text: &str) -> Report {
    let decision = Decision::of_text(text).expect("a decision");
    review(&decision, &answers(&decision), &Settings::default())
}

fn told(text: &str) -> Vec<String> {
    report(text).findings.iter().map(|one| format!("{} {}", one.check, one.message)).collect()
}

#[test]
fn a_decision_in_order_has_no_findings() {
    assert_eq!(told(&Frame::default().text()), Vec::<String>::new());
}

#[test]
fn every_example_of_every_manual_holds() {
    let mut wrong = Vec::new();
    for check in DECISION_CHECKS {
        let manual = check.manual();
        for (heading, expected) in [("应报", true), ("不应报", false)] {
            for line in manual.lines(heading) {
                let label = line.trim_start_matches("- ").split('：').next().unwrap_or_default();
                let examples =
                    Manual { sections: vec![(heading.to_string(), vec![line.clone()])], ..Manual::default() };
                let example = examples.examples(heading).remove(0);
                let found = report(&Frame::with(label, &example).text()).findings;
                if found.iter().any(|one| one.check == check.code && one.severity != Severity::Info) != expected {
                    wrong.push(format!("{} {heading} {example}", check.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_manual_has_its_headings_and_names_its_basis() {
    for check in DECISION_CHECKS {
        let manual = check.manual();
        let headings: Vec<&str> = manual.sections.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(headings, HEADINGS, "{}", check.code);
        assert!(manual.summary.starts_with(check.code), "{}", check.code);
        assert!(manual.examples("应报").len() >= 2 && manual.examples("不应报").len() >= 2, "{}", check.code);
        let told = manual.lines("依据").join("\n");
        for basis in check.basis {
            assert!(told.contains(&basis.to_string()), "{}: {basis}", check.code);
        }
    }
    assert!(DECISION_CHECKS.windows(2).all(|pair| pair[0].code < pair[1].code));
}

#[test]
fn citations_are_asked_with_the_day_of_the_act() {
    let basis = "依据《云桥渡口管理条例》第二十条、第二十一条和《中华人民共和国行政处罚法》第三十二条的规定，";
    let frame = Frame { basis: basis.to_string(), ..Frame::default() };
    let decision = Decision::of_text(&frame.text()).unwrap();
    let asked = questions(&decision);
    let words: Vec<&str> = asked.iter().map(|one| decision.quote(&one.span)).collect();
    assert_eq!(words, ["《云桥渡口管理条例》第二十条", "第二十一条", "《中华人民共和国行政处罚法》第三十二条"]);
    let (act, decided) = (OnDay::Act(date(2024, 3, 1)), OnDay::Decision(date(2024, 4, 20)));
    assert_eq!(asked.iter().map(|one| one.on).collect::<Vec<_>>(), [Some(act), Some(act), Some(decided)]);
    assert!(asked[2].procedural && asked[2].decided == Some(date(2024, 4, 20)));
}

#[test]
fn an_abstract_lacks_nothing() {
    let row = "【当事人】\n云桥平水渡运有限公司\n【主要违法违规事实】\n超载渡运\n【行政处罚决定】\n罚款2万元\n【作出决定机关】\n云桥县交通运输局";
    assert_eq!(Decision::of_text(row).unwrap().form, Form::Abstract);
    assert_eq!(told(row), Vec::<String>::new());
    let line = "云桥县交通运输局对平水渡运有限公司超载渡运行为罚款2万元。";
    assert_eq!(told(line), Vec::<String>::new());
}

#[test]
fn an_old_decision_is_judged_by_the_law_of_its_day() {
    let mut frame = Frame { date: "2020年4月20日".to_string(), ..Frame::default() };
    frame.filed = "2019年3月8日，本局予以立案。".to_string();
    frame.notice = frame.notice.replace("2024", "2020");
    let text = frame.text().replace("2024年3月1日", "2019年3月1日").replace("十五日内", "十日内");
    let findings = told(&text);
    assert_eq!(findings.len(), 1, "no ninety days before 2021-07-15: {findings:?}");
    assert!(findings[0].contains("（2017年修正）第四十六条第三款"), "{findings:?}");
    let mut older = Frame { date: "2015年4月1日".to_string(), ..frame };
    older.filed = "2014年3月8日，本局予以立案。".to_string();
    older.notice = older.notice.replace("2020年4月1日", "2015年3月1日");
    older.remedy = older.remedy.replace("六个月", "三个月");
    assert_eq!(told(&older.text().replace("2024年3月1日", "2014年3月1日")), Vec::<String>::new());
}

#[test]
fn a_lighter_later_law_is_a_reminder() {
    let decision = Decision::of_text(&Frame::default().text()).unwrap();
    let mut all = answers(&decision);
    for (asked, law) in &mut all.laws {
        let Law::Held(own) = law else { continue };
        if asked.purpose == Purpose::Basis {
            let text = "第二十二条　渡船超载的，责令改正，处五百元以上三千元以下的罚款。";
            own.later = Some(Later::Changed(evidence(&own.title, "第二十二条", text)));
            own.named = Some(Noted { said: "2012年".to_string(), current: "2019-01-01".to_string() });
        }
    }
    let findings = review(&decision, &all, &Settings::default()).findings;
    let told: Vec<(Severity, bool)> = findings.iter().map(|one| (one.severity, one.certain)).collect();
    assert_eq!(told, [(Severity::Medium, false), (Severity::Info, false)], "{findings:?}");
    assert!(findings[1].message.contains("第二十二条的处罚轻于行为时的规定"), "{}", findings[1].message);
    assert_eq!(findings[1].evidence.len(), 2);
}

#[test]
fn a_basis_that_is_not_held_keeps_the_range_silent() {
    let frame = Frame {
        basis: "依据《云桥渡口管理条例》第二十条、《云桥木筏条例》第三条的规定，".to_string(),
        result: "罚款人民币60000元。".to_string(),
        ..Frame::default()
    };
    let graver = |one: &Finding| one.check == "P04" && one.severity != Severity::Info;
    assert!(!report(&frame.text()).findings.iter().any(graver));
}

#[test]
fn multiples_are_taken_of_the_sums_of_the_text() {
    let frame =
        Frame { gains: "违法所得3000元，货值金额人民币1万元。".to_string(), ..Frame::default() };
    let bases = Decision::of_text(&frame.text()).unwrap().bases;
    use crate::law::amount::BaseKind::{GoodsValue, IllegalGains};
    assert_eq!((bases.0.get(&IllegalGains), bases.0.get(&GoodsValue)), (Some(&300_000), Some(&1_000_000)));
}

#[test]
fn an_act_of_long_ago_and_steps_the_wrong_way_round_are_found() {
    let text = Frame::default().text().replace("于2024年3月1日", "于2021年1月5日");
    assert!(told(&text).iter().any(|one| one.starts_with("P08") && one.contains("追责时效")), "{:?}", told(&text));
    let text = Frame::default().text().replace("2024年4月1日", "2024年5月1日");
    assert!(told(&text).iter().any(|one| one.contains("晚于作出决定")), "{:?}", told(&text));
    let text = Frame::default().text().replace("2024年4月1日", "2024年4月17日").replace("，当事人没有提出", "");
    assert!(told(&text).iter().any(|one| one.contains("可能没有届满")), "{:?}", told(&text));
}

#[test]
fn a_text_without_its_end_is_not_judged_by_what_it_lacks() {
    let text = Frame::default().text();
    let cut = &text[..text.find("罚款人民币").unwrap() + "罚款人民币2000元".len()];
    let found = report(cut).findings;
    assert!(found.iter().all(|one| one.check != "P06" || one.severity == Severity::Info), "{found:?}");
}

#[test]
fn a_span_that_was_inspected_is_no_day_of_inspection() {
    let text = Frame::default().text().replace(
        "2024年3月8日，本局予以立案",
        "本局对2021年1月1日至2021年12月31日期间的情况进行了检查，2024年3月8日立案",
    );
    assert_eq!(Decision::of_text(&text).unwrap().days.found.map(|day| day.date), Some(date(2024, 3, 8)));
}

#[test]
fn two_acts_in_one_sum_have_two_limits() {
    let judge = |violated: &str, sum: &str| {
        let basis = format!("当事人的行为违反了{violated}的规定。依据《云桥渡口管理条例》第二十条的规定，");
        let frame = Frame { basis, result: format!("罚款人民币{sum}元。"), ..Frame::default() };
        report(&frame.text()).findings.iter().any(|one| one.check == "P04")
    };
    assert!(judge("《云桥渡口管理条例》第五条", "8000"));
    assert!(!judge("《云桥渡口管理条例》第五条、第六条", "8000"));
    assert!(judge("《云桥渡口管理条例》第五条、第六条", "12000"));
}

#[test]
fn the_day_of_the_act_is_read_without_a_section_of_facts() {
    let text = Frame::default().text().replace("经查明，当事人于2024年3月1日", "当事人于2024年3月1日");
    assert_eq!(Decision::of_text(&text).unwrap().days.of_act(), Some(OnDay::Act(date(2024, 3, 1))));
}

#[test]
fn a_spot_decision_is_reconsidered_first() {
    let text = Frame::default().text().replace("行政处罚决定书", "当场行政处罚决定书");
    let findings = told(&text);
    assert!(findings.len() == 1 && findings[0].contains("应当先申请行政复议"), "{findings:?}");
}

#[test]
fn grave_penalties_need_a_hearing() {
    let frame = Frame { result: "责令停业整顿。".to_string(), ..Frame::default() };
    let text = frame.text().replace("和要求听证的权利", "的权利");
    assert!(told(&text).iter().any(|one| one.contains("应当告知听证权")), "{:?}", told(&text));
}

#[test]
fn judgments_are_no_decisions_and_checks_can_be_switched_off() {
    let mut document = crate::law::Document::new(crate::law::Kind::Case, "判决书", Frame::default().text());
    document.case_kind = Some(crate::law::CaseKind::Judgment);
    assert!(Decision::read(&document).is_none());
    let decision = Decision::of_text(&Frame::with("告知", "本案审理终结。").text()).unwrap();
    let settings = Settings { off: ["P08".to_string()].into(), ..Settings::default() };
    assert!(review(&decision, &answers(&decision), &settings).findings.is_empty());
}

#[test]
fn time_grows_with_the_text() {
    let unit = Frame::default().text();
    let run = |size: usize| {
        let decision = Decision::of_text(&unit.repeat(size)).unwrap();
        let _ = review(&decision, &answers(&decision), &Settings::default());
    };
    crate::text::linear::assert_linear("a decision", run, 10, 160);
}

proptest! {
    #[test]
    fn never_panics_and_repeats_itself(text in "[\\PC\n。；：《》第条款项罚款元年月日决定书当事人违反依据]{0,200}") {
        let text = format!("行政处罚决定书\n{text}");
        let Some(decision) = Decision::of_text(&text) else { return Ok(()) };
        let first = review(&decision, &answers(&decision), &Settings::default());
        prop_assert_eq!(&first, &review(&decision, &answers(&decision), &Settings::default()));
        for one in &first.findings {
            prop_assert_eq!(text.get(one.span.clone()), Some(one.quote.as_str()));
        }
    }
}
