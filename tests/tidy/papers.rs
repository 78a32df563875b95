//! What the papers and all other files must and must not say.

use crate::Findings;
use crate::tree::Text;

/// Marks of one machine and hosts of package registries, split so that this file does not hold them.
const TRACES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tmp", "/wt/"),
    concat!("/tmp", "/bash_jobs"),
    concat!("crates", ".io"),
    concat!("py", "pi.org"),
    concat!("npm", "js.org"),
    concat!("npm", "js.com"),
    concat!("deb.", "debian.org"),
    concat!("proxy.", "golang.org"),
];

/// Written by cargo, which names the source of each package.
const WRITTEN_BY_CARGO: &str = "Cargo.lock";

/// Lines that hold a trace.
pub fn traces(texts: &[Text]) -> Findings {
    let mut findings = Vec::new();
    for text in texts.iter().filter(|text| !text.path.ends_with(WRITTEN_BY_CARGO)) {
        for (number, line) in text.body.lines().enumerate() {
            let found = TRACES.iter().filter(|trace| holds(line, trace));
            findings.extend(found.map(|trace| format!("{}:{}: {trace}", text.path, number + 1)));
        }
    }
    findings
}

/// A path counts only from its start: a folder of the same name inside another one is no trace.
fn holds(line: &str, trace: &str) -> bool {
    let inside = |at: usize| line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-}*".contains(before));
    line.match_indices(trace).any(|(at, _)| !trace.starts_with('/') || !inside(at))
}

/// What stands first in both.
const FIRST: [&str; 2] = ["cargo run --release -- serve", "cargo test"];

/// Differences between the commands of the two READMEs.
pub fn readmes(english: &str, chinese: &str) -> Findings {
    let (english, chinese) = (commands(english), commands(chinese));
    let missing = |these: &[String], those: &[String], name: &str| {
        let absent = these.iter().filter(|command| !those.contains(command));
        absent.map(|command| format!("{name} lacks: {command}")).collect::<Findings>()
    };
    let mut findings = missing(&english, &chinese, "README.zh-CN.md");
    findings.extend(missing(&chinese, &english, "README.md"));
    if findings.is_empty() && english != chinese {
        findings.push("the same commands, in another order".to_owned());
    }
    if !english.iter().take(2).eq(FIRST.iter()) {
        findings.push(format!("README.md does not begin with {FIRST:?}"));
    }
    findings
}

/// The lines of fenced `sh` blocks without comments.
pub fn commands(markdown: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut fence: Option<bool> = None;
    for line in markdown.lines().map(str::trim) {
        match (fence, line.strip_prefix("```")) {
            (None, Some(language)) => fence = Some(language == "sh"),
            (Some(_), Some(_)) => fence = None,
            (Some(true), None) => {
                let command = if line.starts_with('#') { "" } else { line.split(" # ").next().unwrap_or(line).trim() };
                commands.extend((!command.is_empty()).then(|| command.to_owned()));
            }
            _ => {}
        }
    }
    commands
}

/// Dependencies without a line in DESIGN.md (a table row that begins with the name), and lines without a dependency.
pub fn dependencies(manifest: &str, design: &str) -> Findings {
    let declared = declared(manifest);
    let rows = design.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let justified: Vec<&str> = rows.filter(|name| !name.contains([':', '/', ' ', '.'])).collect();
    let missing = declared.iter().filter(|name| !justified.contains(&name.as_str()));
    let stale = justified.iter().filter(|name| !declared.iter().any(|declared| declared == *name));
    missing
        .map(|name| format!("no line for {name}"))
        .chain(stale.map(|name| format!("a line for {name}, which is no dependency")))
        .collect()
}

/// Names under the tables of dependencies of a manifest.
fn declared(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(table) = line.strip_prefix('[') {
            inside = table.trim_end_matches(']').ends_with("dependencies");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.push(name.split('.').next().unwrap_or(name).trim().to_owned());
        }
    }
    names
}

#[test]
fn a_trace_is_found() {
    let text = |body: String| [Text { path: "docs/x.md".to_owned(), body }];
    for trace in TRACES {
        assert_eq!(traces(&text(format!("a\nsee {trace}x"))), [format!("docs/x.md:2: {trace}")]);
    }
    assert!(traces(&text(format!("docs{}x", TRACES[0]))).is_empty());
    let lock = Text { path: WRITTEN_BY_CARGO.to_owned(), body: TRACES[6].to_owned() };
    assert!(traces(&[lock]).is_empty());
}

#[test]
fn a_difference_of_readmes_is_found() {
    let text = |lines: &str| {
        format!("# x\n```sh\ncargo run --release -- serve   # {lines}\ncargo test\n```\n```json\n{{}}\n```\n")
    };
    let (one, other) = (text("serves"), text("提供服务"));
    assert!(readmes(&one, &other).is_empty());
    let more = format!("{other}```sh\nfaju verify\n```\n");
    assert_eq!(readmes(&one, &more), ["README.md lacks: faju verify"]);
    assert_eq!(readmes(&more, &one), ["README.zh-CN.md lacks: faju verify"]);
    assert_eq!(readmes("```sh\nmake\n```", "```sh\nmake\n```").len(), 1, "other commands first");
}

#[test]
fn an_unjustified_dependency_is_found() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na = \"1\"\nb.workspace = true\n[dev-dependencies]\nc = { version = \"1\" }\n";
    assert!(dependencies(manifest, "| `a` | x |\n| `b` | y |\n| `c` | z |\n| `src/x` | path |").is_empty());
    assert_eq!(dependencies(manifest, "| `a` | x |\n| `b` | y |"), ["no line for c"]);
    assert_eq!(dependencies(manifest, "| `a` |\n| `b` |\n| `c` |\n| `d` |"), ["a line for d, which is no dependency"]);
}
