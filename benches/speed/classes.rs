//! The query classes: the same questions to faju and to the yardstick in turn, medians and p99 of each and their ratios.

use crate::questions;
use crate::yardstick::{Article, Ask, Yardstick};
use crate::{asker, median};
use faju::app::Faju;
use std::path::Path;
use std::time::Instant;

/// Questions named as the slowest of a class.
const SLOWEST: usize = 12;

/// One class of questions.
struct Class {
    name: &'static str,
    questions: Vec<String>,
    /// Parameters of faju beside the question.
    parameters: Vec<(&'static str, &'static str)>,
    /// What the yardstick is asked; `None` where it has no right answer.
    ask: Option<Ask>,
}

/// Proves answers, then times every class.
/// With a name, only the classes whose names begin so, and the slowest questions of each.
pub fn run(faju: &Faju, yardstick: &Yardstick, articles: &[Article], real: Option<&Path>, only: &str) {
    prove(faju, articles);
    println!(
        "\n{:<34}{:>10}{:>10}{:>10}{:>10}{:>8}{:>8}",
        "class (ms)", "p50", "p99", "their p50", "their p99", "p50 ×", "p99 ×"
    );
    for class in classes(articles, real).into_iter().filter(|class| class.name.starts_with(only)) {
        let slowest = time(faju, yardstick, &class);
        if !only.is_empty() {
            slowest.iter().for_each(|(milliseconds, question)| println!("  {milliseconds:>8.3}  {question}"));
        }
    }
}

fn classes(articles: &[Article], real: Option<&Path>) -> Vec<Class> {
    let (lay, short) = (questions::lay(real, articles), questions::short(articles));
    let words: Vec<String> = short.iter().filter_map(|pair| pair.split(' ').next()).map(str::to_string).collect();
    let quoted = |list: Vec<String>| list.into_iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>();
    let boolean = short.iter().map(|pair| pair.replace(' ', " OR ")).collect();
    let count = Ask { count: true, ..Ask::default() };
    // The yardstick ranks by words: so do we where both are asked the same.
    let base = vec![("group", "none"), ("status", "all"), ("highlight", "false"), ("rank", "lexical")];
    let with = |more: &[(&'static str, &'static str)]| [base.clone(), more.to_vec()].concat();
    let class =
        |name, questions: &[String], parameters, ask| Class { name, questions: questions.to_vec(), parameters, ask };
    vec![
        class("lay, top 10", &lay, with(&[("total", "fast")]), Some(Ask::default())),
        class("lay, exact count", &lay, with(&[("total", "exact")]), Some(count)),
        class("short, exact count", &short, with(&[]), Some(count)),
        class("boolean", &Vec::from_iter::<Vec<String>>(boolean), with(&[]), Some(count)),
        class("filter", &short, with(&[("kind", "legislation")]), Some(Ask { kind: Some("legislation"), ..count })),
        class("sort by date", &short, with(&[("sort", "date")]), Some(Ask { by_date: true, ..count })),
        class(
            "highlights",
            &short,
            vec![("group", "none"), ("status", "all"), ("rank", "lexical")],
            Some(Ask { highlights: true, ..count }),
        ),
        class("count only", &short, with(&[("limit", "0")]), Some(count)),
        class(
            "facets (six; they five)",
            &short,
            with(&[("facets", "kind,level,status,issuer,region,year")]),
            Some(Ask { facets: true, ..count }),
        ),
        class("default journey by words", &short, vec![("rank", "lexical")], Some(Ask { highlights: true, ..count })),
        class("default journey, learned", &short, Vec::new(), Some(Ask { highlights: true, ..count })),
        class("lay, top 10, learned", &lay, vec![("group", "none"), ("total", "fast")], None),
        class("phrase of 2 to 12 characters", &quoted(questions::substrings(articles, 2, 12)), with(&[]), None),
        class("one word, inside words too", &words, with(&[]), None),
    ]
}

/// Quoted substrings find what a scan finds: same count.
fn prove(faju: &Faju, articles: &[Article]) {
    let substrings = questions::substrings(articles, 2, 12);
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let texts: Vec<String> = articles.iter().map(|article| bare(&article.text)).collect();
    let mut proved = 0;
    for substring in substrings.iter().take(50) {
        let total = answer(faju, &format!("\"{substring}\""), &[("status", "all"), ("limit", "0"), ("total", "exact")]);
        let raw = texts.iter().filter(|text| text.contains(&bare(substring))).count() as u64;
        // The scan sees titles and headings too, and folds nothing: neither may lie below what stands in the text.
        assert!(total > 0, "{substring} is not found");
        proved += u64::from(raw >= total);
    }
    println!("proof: 50 substrings found, {proved} of them within the count of a raw scan of title, headings and text");
}

fn answer(faju: &Faju, question: &str, parameters: &[(&'static str, &'static str)]) -> u64 {
    let mut asked = vec![("q".to_string(), question.to_string())];
    asked.extend(parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())));
    faju.search(&asked, &asker()).unwrap_or_else(|error| panic!("{question}: {error}")).total.value
}

/// Times a class; answers with its slowest questions, each by the faster of its two rounds.
fn time<'c>(faju: &Faju, yardstick: &Yardstick, class: &'c Class) -> Vec<(f64, &'c str)> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut slowest: Vec<(f64, &str)> = class.questions.iter().map(|question| (f64::MAX, question.as_str())).collect();
    for round in 0..3 {
        for (place, question) in class.questions.iter().enumerate() {
            let began = Instant::now();
            answer(faju, question, &class.parameters);
            let own = began.elapsed().as_secs_f64() * 1e3;
            let began = Instant::now();
            if let Some(ask) = class.ask {
                yardstick.ask(question, ask).expect("an answer of the yardstick");
            }
            // The first round warms up.
            if round > 0 {
                ours.push(own);
                slowest[place].0 = slowest[place].0.min(own);
                theirs.push(began.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    slowest.sort_by(|one, other| other.0.total_cmp(&one.0));
    slowest.truncate(SLOWEST);
    let (p50, p99) = (median(&mut ours), percentile(&ours, 0.99));
    print!("{:<34}{p50:>10.3}{p99:>10.3}", class.name);
    if class.ask.is_none() {
        println!("{:>10}{:>10}", "–", "–");
        return slowest;
    }
    let (other50, other99) = (median(&mut theirs), percentile(&theirs, 0.99));
    println!("{other50:>10.3}{other99:>10.3}{:>8.2}{:>8.2}", p50 / other50, p99 / other99);
    slowest
}

/// A percentile of sorted values.
fn percentile(sorted: &[f64], part: f64) -> f64 {
    let place = ((sorted.len() as f64 - 1.0) * part).ceil();
    sorted.get(place as usize).copied().unwrap_or(f64::NAN)
}
