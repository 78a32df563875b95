//! The command line from outside: help, exit status, one JSON value, and the round trip of an export.

#[path = "cli/backup.rs"]
mod backup;
#[path = "support/program.rs"]
mod program;

use program::{faju, run};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Output, Stdio};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The one JSON value on standard output.
fn value(output: &Output) -> Value {
    let out = text(&output.stdout);
    assert_eq!(out.lines().count(), 1, "{out}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A text of two articles without access: internal.
fn write_text(folder: &Path, name: &str) -> String {
    let file = folder.join(name);
    let body = "---\nkind: normative\nissuer: 云桥县人民政府\npromulgation_date: 2024-03-01\n---\n\
                # 云桥县渡口办法\n\n第一条　渡口夜间停渡。\n第二条　本办法自2024年4月1日起施行。\n";
    std::fs::write(&file, body).expect("a file");
    file.display().to_string()
}

#[test]
fn the_help_changes_only_on_purpose() {
    let folder = folder();
    let mut all = text(&run(folder.path(), &["--help"]).stdout);
    let commands: Vec<String> = all
        .lines()
        .skip_while(|line| !line.starts_with("命令"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_string))
        .collect();
    assert_eq!(commands.len(), 31, "{all}");
    for command in &commands {
        let help = run(folder.path(), &[command, "--help"]);
        assert_eq!((status(&help), text(&help.stderr)), (0, String::new()));
        all.push_str(&format!("\n======== faju {command} --help\n\n{}", text(&help.stdout)));
    }
    insta::assert_snapshot!("help", all);
}

#[test]
fn a_diff_without_colours_marks_what_is_gone_and_what_is_new() {
    let folder = folder();
    let found = value(&run(folder.path(), &["search", "标题:城乡公共空间管理法", "--kind", "legislation", "--json"]));
    let id = found["items"][0]["instrument"]["id"].as_str().expect("an id").to_string();
    let shown = run(folder.path(), &["diff", &id, "--only-changes"]);
    let out = text(&shown.stdout);
    assert_eq!(status(&shown), 0, "{}", text(&shown.stderr));
    for said in ["示例数据（虚构）", "旧  ", "新  ", "修改", "[-", "-]", "{+", "+}"] {
        assert!(out.contains(said), "{said}: {out}");
    }
    assert!(!out.contains('\u{1b}') && !out.contains("  未变"), "{out}");
    let answer = value(&run(folder.path(), &["diff", &id, "--json"]));
    assert!(answer["counts"]["kept"].as_u64() > Some(0) && answer["only_changes"] == false);
    let wrong = run(folder.path(), &["diff", &id, "--from", "前年"]);
    assert_eq!(status(&wrong), 2);
    assert!(text(&wrong.stderr).contains("参数 from"), "{}", text(&wrong.stderr));
}

#[test]
fn every_search_parameter_is_a_flag() {
    let folder = folder();
    for parameter in faju::app::parameters::SEARCH {
        let flag = format!("--{}", parameter.name.replace('_', "-"));
        let wrong = run(folder.path(), &["search", "x", &flag, "错"]);
        let free = ["issuer", "instrument", "cause"].contains(&parameter.name);
        assert_eq!(status(&wrong), if free { 0 } else { 2 }, "{flag}: {}", text(&wrong.stderr));
        assert!(free || text(&wrong.stderr).contains(parameter.name), "{}", text(&wrong.stderr));
    }
}

#[test]
fn wrong_usage_is_said_in_chinese_and_ends_with_two() {
    let folder = folder();
    for (arguments, said) in [
        (&["serach"] as &[&str], "没有 serach 这个命令"),
        (&["search", "--knd", "x"], "没有 --knd 这个选项"),
        (&["search", "--kind"], "缺少取值"),
        (&["search", "--limit", "1", "--limit", "2"], "只能写一次"),
        (&["import"], "缺少 <PATH>"),
        (&["import", "--wait", "x", "y"], "须为 0 或正整数"),
        (&["import", "--access", "all", "y"], "只能是 public、internal 或 restricted"),
        (&["show", "x", "--as-of", "2024-2-1"], "2024-01-31"),
        (&["serve", "--listen", "here"], "须为 IP 地址和端口"),
        (&["serve", "--access", "restricted"], "只能是 public 或 internal"),
        (&["serve", "--access", "internal", "--listen", "0.0.0.0:0"], "只能在本机地址"),
        (&["serve", "--allow-import", "--listen", "0.0.0.0:0"], "只能在本机地址"),
        (&["completions", "tcsh"], "可用的有 bash"),
        (&["--json", "export"], "--out"),
        (&["eval"], "citation"),
        (&["eval", "citation"], "缺少 [FILE]"),
        (&["eval", "citation", "x", "--seed", "1"], "--generated"),
        (&["eval", "citation", "没有.jsonl"], "没有这个文件"),
        (&["correct", "x", "title"], "缺少"),
    ] {
        let output = run(folder.path(), arguments);
        let complaint = text(&output.stderr);
        assert!(status(&output) == 2 && complaint.contains(said), "{arguments:?}: {complaint}");
        assert!(!complaint.contains("error") && !complaint.contains("Usage"), "{complaint}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn an_empty_directory_answers_from_the_sample() {
    let folder = folder();
    let people = run(folder.path(), &["search", "处罚"]);
    let shown = text(&people.stdout);
    assert!(status(&people) == 0 && shown.starts_with("示例数据（虚构）") && shown.contains("〔现行有效〕"), "{shown}");
    assert!(shown.contains("--status all") && !shown.contains('\u{1b}'), "{shown}");

    let machine = run(folder.path(), &["--json", "search", "处罚", "--limit", "2", "--facets", "kind"]);
    let page = value(&machine);
    let names: Vec<&str> = page.as_object().expect("an object").keys().map(String::as_str).collect();
    let envelope =
        ["query", "total", "items", "facets", "next", "corpus", "sample", "warnings", "took_ms", "request_id"];
    assert_eq!(names, envelope);
    assert!(page["sample"] == true && page["took_ms"].as_f64() > Some(0.0) && page["request_id"] != "", "{page}");
    assert_eq!(page["items"].as_array().map(Vec::len), Some(2));

    let id = page["items"][0]["provisions"][0]["id"].as_str().expect("an id");
    let shown = text(&run(folder.path(), &["show", id]).stdout);
    assert!(shown.contains("示例数据（虚构）") && shown.contains("处罚"), "{shown}");
    let none = run(folder.path(), &["search", "\"没有这样的句子\""]);
    assert_eq!(status(&none), 0, "no hits is also done");
    assert_eq!(status(&run(folder.path(), &["verify"])), 0);
}

#[test]
fn a_case_is_shown_with_its_elements() {
    let folder = folder();
    let file = folder.path().join("决定.txt");
    let decision = "云桥县综合行政执法局\n行政处罚决定书\n云综执罚决字〔2024〕第33号\n当事人：云桥县清水商店\n\
                    经查，当事人占道经营。本局决定对当事人处罚款人民币叁仟元整。";
    std::fs::write(&file, decision).unwrap();
    run(folder.path(), &["import", &file.display().to_string()]);
    let page = value(&run(folder.path(), &["--json", "search", "占道经营", "--kind", "case"]));
    let id = page["items"][0]["instrument"]["id"].as_str().expect("an id");
    let shown = text(&run(folder.path(), &["show", id]).stdout);
    assert!(
        shown.contains("案例要素") && shown.contains("处罚：罚款3000元") && shown.contains("文号：云综执罚决字"),
        "{shown}"
    );
}

#[test]
fn a_query_that_cannot_be_understood_names_its_place() {
    let folder = folder();
    let output = run(folder.path(), &["--json", "search", "甲 \"乙"]);
    let problem = value(&output);
    assert_eq!((status(&output), &problem["code"]), (2, &json!("invalid_query")));
    assert_eq!(problem["errors"][0]["position"], 2, "{problem}");
    assert!(text(&output.stderr).starts_with("faju: "));
}

#[test]
fn an_import_says_what_became_of_each_file() {
    let folder = folder();
    let good = write_text(folder.path(), "渡口.md");
    let whole = run(folder.path(), &["--json", "import", &good]);
    let report = value(&whole);
    assert_eq!((status(&whole), &report["new"], &report["files"][0]["articles"]), (0, &json!(1), &json!(2)));
    assert!(text(&run(folder.path(), &["import", &good]).stdout).contains("未变 1"));

    let bad = folder.path().join("坏.txt");
    std::fs::write(&bad, b"\xff\xfe\x00").expect("a file");
    let part = run(folder.path(), &["import", &good, &bad.display().to_string()]);
    let shown = text(&part.stdout);
    assert!(status(&part) == 1 && shown.contains("拒收 1") && shown.contains("坏.txt"), "{shown}");
    let none = run(folder.path(), &["import", "没有这个文件"]);
    assert_ne!(status(&none), 0, "{}", text(&none.stdout));
}

#[test]
fn an_interrupted_import_says_so_and_the_next_one_goes_on() {
    let folder = folder();
    let texts = folder.path().join("texts");
    std::fs::create_dir(&texts).expect("a folder");
    let count = 12;
    // An import ends between two batches, and a batch takes some megabytes: blank lines make them at little cost.
    let blank = "\n".repeat(1 << 20);
    for at in 0..count {
        let body = format!(
            "---\nkind: normative\nissuer: 云桥县人民政府\n---\n# 云桥县第{at}号渡口办法\n\n第一条　渡口{at}停渡。\n{blank}第二条　灯塔长明。\n"
        );
        std::fs::write(texts.join(format!("{at}.md")), body).expect("a file");
    }
    let arguments = ["--json", "import", &texts.display().to_string()];
    let mut command = faju(folder.path(), &arguments);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // The first directory it makes; from then on it imports.
    while !folder.path().join("corpus").exists() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let told = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(told.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("it ends");
    assert!(status(&output) == 1 && text(&output.stderr).contains("已中断"), "{}", text(&output.stderr));
    let first = value(&output)["new"].as_u64().expect("a count");
    assert!(first < count, "it was not interrupted");
    assert_eq!(status(&run(folder.path(), &["verify"])), 0);

    let rest = value(&run(folder.path(), &arguments));
    assert_eq!((rest["new"].as_u64(), rest["unchanged"].as_u64()), (Some(count - first), Some(first)));
    let page = value(&run(folder.path(), &["--json", "search", "停渡", "--limit", "0"]));
    assert_eq!(page["total"]["groups"].as_u64(), Some(count), "{page}");
}

#[test]
fn the_environment_names_the_data_unless_an_option_does() {
    let (named, other) = (folder(), folder());
    let file = write_text(named.path(), "渡口.md");
    run(named.path(), &["import", &file]);
    let found = |command: &mut std::process::Command| value(&command.output().expect("it runs"))["sample"].clone();
    let bare = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_faju"));
        command
            .args(["--json", "search", "渡口"])
            .current_dir(other.path())
            .env_remove("FAJU_DATA")
            .stdin(Stdio::null());
        command
    };
    assert_eq!(found(&mut bare()), true, "the working directory");
    assert_eq!(found(bare().env("FAJU_DATA", named.path())), false);
    assert_eq!(found(bare().env("FAJU_DATA", other.path()).arg("--data").arg(named.path())), false);
}

#[test]
fn the_node_stands_in_the_origin() {
    let folder = folder();
    let file = write_text(folder.path(), "渡口.md");
    assert!(faju(folder.path(), &["import", &file]).env("FAJU_NODE", "yunqiao").output().is_ok());
    let page = value(&run(folder.path(), &["--json", "search", "渡口"]));
    let origin = page["items"][0]["version"]["origins"][0].as_str().expect("an origin");
    assert!(origin.starts_with("yunqiao/"), "{origin}");
}

#[test]
fn what_is_exported_can_be_imported_and_is_the_same() {
    let (first, second) = (folder(), folder());
    let file = write_text(first.path(), "渡口.md");
    assert_eq!(status(&run(first.path(), &["import", &file])), 0);
    let plain = text(&run(first.path(), &["export"]).stdout);
    assert_eq!(plain.lines().count(), 1);
    for name in ["全部.jsonl", "全部.jsonl.zst"] {
        let out = first.path().join(name).display().to_string();
        let report = value(&run(first.path(), &["--json", "export", "--out", &out]));
        assert_eq!(report["documents"], 1, "{report}");
        assert_eq!(status(&run(second.path(), &["import", &out])), 0);
    }
    assert_eq!(text(&run(second.path(), &["export"]).stdout), plain);
}

#[test]
fn a_dump_that_is_not_as_its_manifest_says_is_refused_whole() {
    let (first, second) = (folder(), folder());
    let file = write_text(first.path(), "渡口.md");
    run(first.path(), &["import", &file]);
    let dump = first.path().join("全部.jsonl.zst");
    let (out, beside) = (dump.display().to_string(), first.path().join("全部.jsonl.zst.manifest.json"));
    let report = value(&run(first.path(), &["--json", "--node", "yunqiao", "export", "--out", &out]));
    assert_eq!(report["manifest"], beside.display().to_string());
    let said: Value = serde_json::from_slice(&std::fs::read(&beside).expect("a manifest")).expect("JSON");
    assert_eq!(
        (&said["documents"], &said["kinds"], &said["node"]),
        (&json!(1), &json!({"normative": 1}), &json!("yunqiao"))
    );
    let whole = std::fs::read(&dump).expect("a dump");
    let line = zstd::decode_all(whole.as_slice()).expect("lines");
    assert_eq!((&said["bytes"], &said["lines_bytes"]), (&json!(whole.len()), &json!(line.len())));
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let other = zstd::encode_all(text(&line).replace("停渡", "通航").as_bytes(), 3).expect("packed");
    let import = || run(second.path(), &["--json", "import", &out]);
    for (bytes, differs) in [
        (whole[..middle].to_vec(), "不完整"),
        (altered, "SHA-256"),
        ([&whole[..], b"x"].concat(), "多出"),
        (other, "字节"),
    ] {
        std::fs::write(&dump, bytes).expect("a file");
        let refused = import();
        let row = &value(&refused)["files"][0];
        let message = row["message"].as_str().unwrap_or("");
        assert_eq!((status(&refused), &row["code"]), (1, &json!("corrupt")), "{row}");
        assert!(
            message.contains("全部.jsonl.zst") && message.contains(differs) && message.contains("重新"),
            "{message}"
        );
        assert!(!second.path().join("corpus/journal").exists(), "nothing was imported");
    }
    std::fs::write(&dump, &whole).expect("a file");
    let mut wrong = said.clone();
    wrong["documents"] = json!(2);
    for text in ["{".to_string(), wrong.to_string()] {
        std::fs::write(&beside, text).expect("a file");
        assert_eq!(status(&import()), 1);
    }
    std::fs::write(&beside, said.to_string()).expect("a file");
    let names = run(second.path(), &["--json", "import", &out, &beside.display().to_string()]);
    let report = value(&names);
    assert_eq!((status(&names), &report["new"], &report["skipped"]), (0, &json!(1), &json!(1)), "{report}");
    // The round trip, with a manifest of the same lines.
    let again = second.path().join("again.jsonl.zst");
    run(second.path(), &["--node", "yunqiao", "export", "--out", &again.display().to_string()]);
    let back = std::fs::read(second.path().join("again.jsonl.zst.manifest.json")).expect("a manifest");
    let back: Value = serde_json::from_slice(&back).expect("JSON");
    assert_eq!((&back["lines_sha256"], &back["kinds"]), (&said["lines_sha256"], &said["kinds"]));
}

#[test]
fn a_path_that_cannot_be_read_does_not_stop_the_others() {
    let folder = folder();
    let file = write_text(folder.path(), "告示.md");
    let gone = folder.path().join("无此.md").display().to_string();
    let pipe = folder.path().join("管道.jsonl");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let output = run(folder.path(), &["--json", "import", &gone, &file, &pipe.display().to_string()]);
    let report = value(&output);
    assert_eq!((status(&output), &report["new"], &report["refused"]), (1, &json!(1), &json!(2)));
    let paths: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|row| row["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&gone.as_str()), "{paths:?}");
    let alone = run(folder.path(), &["import", &gone]);
    assert!(status(&alone) == 2 && text(&alone.stderr).contains("无此.md"));
    let inside = value(&run(folder.path(), &["--json", "import", &folder.path().display().to_string()]));
    let told = |row: &&Value| row["path"].as_str().is_some_and(|path| path.ends_with("管道.jsonl"));
    let row = inside["files"].as_array().unwrap().iter().find(told).cloned().unwrap_or_default();
    assert_eq!(row["outcome"], "refused", "{inside}");
    // Nobody writes into it: reading it would never end.
    assert_eq!(status(&run(folder.path(), &["import", &pipe.display().to_string()])), 1);
}

#[cfg(unix)]
#[test]
fn an_export_follows_links_and_says_what_it_leaves_out() {
    let folder = folder();
    run(folder.path(), &["import", &write_text(folder.path(), "告示.md")]);
    let (real, link) = (folder.path().join("真.jsonl"), folder.path().join("链.jsonl"));
    std::fs::write(&real, "").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let out = link.display().to_string();
    let report = value(&run(folder.path(), &["--json", "export", "--out", &out]));
    assert_eq!((&report["documents"], &report["acts"]), (&json!(1), &json!(0)));
    assert!(link.is_symlink() && std::fs::metadata(&real).unwrap().len() > 0);
    let (own, mode) = (std::fs::metadata(folder.path().join("告示.md")).unwrap(), std::fs::metadata(&real).unwrap());
    assert_eq!(own.permissions(), mode.permissions(), "as any new file");
    let (later, dangling) = (folder.path().join("后.jsonl"), folder.path().join("悬.jsonl"));
    std::os::unix::fs::symlink("后.jsonl", &dangling).unwrap();
    assert_eq!(status(&run(folder.path(), &["export", "--out", &dangling.display().to_string()])), 0);
    assert!(dangling.is_symlink() && later.is_file());
    assert_eq!(status(&run(folder.path(), &["export", "--out", "/dev/null"])), 0);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());

    let found = value(&run(folder.path(), &["--json", "search", "渡口"]));
    let id = found["items"][0]["instrument"]["id"].as_str().unwrap().to_string();
    let corrected = run(folder.path(), &["correct", &id, "subject", "\"渡口\"", "--reason", "补", "--proof", "原件"]);
    assert_eq!(status(&corrected), 0, "{}", text(&corrected.stderr));
    assert!(text(&run(folder.path(), &["export"]).stderr).contains("另有 1 条更正、关系、撤回记录"));
    let report = value(&run(folder.path(), &["--json", "export", "--out", &out]));
    assert_eq!(report["acts"], json!(1));
}

#[test]
fn a_false_quotation_is_no_success() {
    let folder = folder();
    run(folder.path(), &["import", &write_text(folder.path(), "渡口.md")]);
    let resolve = |text: &str| run(folder.path(), &["resolve", text]);
    let right = resolve("《云桥县渡口办法》第一条规定：“渡口夜间停渡。”");
    assert!(status(&right) == 0 && text(&right.stdout).contains("✓") && text(&right.stdout).contains("引文："));
    let wrong = resolve("《云桥县渡口办法》第一条规定：“渡口夜间可以停渡。”");
    let shown = text(&wrong.stdout);
    assert!(status(&wrong) == 1 && !shown.contains('✓') && shown.contains("引文与原文不一致"), "{shown}");
}

#[test]
fn a_damaged_journal_or_index_ends_with_one() {
    let folder = folder();
    run(folder.path(), &["import", &write_text(folder.path(), "甲.md")]);
    let segment = folder.path().join("corpus/journal/00000001.jsonl.zst");
    let mut bytes = std::fs::read(&segment).unwrap();
    let middle = bytes.len() * 2 / 3;
    bytes[middle] ^= 0xff;
    std::fs::write(&segment, &bytes).unwrap();
    let rebuilt = run(folder.path(), &["rebuild"]);
    assert!(status(&rebuilt) != 0, "{}", text(&rebuilt.stdout));
    assert_eq!(status(&run(folder.path(), &["verify"])), 1);
}

#[test]
fn a_person_corrects_relates_and_withdraws() {
    let folder = folder();
    let file = write_text(folder.path(), "渡口.md");
    run(folder.path(), &["import", &file]);
    let page = value(&run(folder.path(), &["--json", "search", "渡口"]));
    let instrument = page["items"][0]["instrument"]["id"].as_str().expect("an id").to_string();
    let reading = value(&run(folder.path(), &["--json", "show", &instrument]));
    let document = reading["documents"][0]["id"].as_str().expect("an id").to_string();
    let why = ["--reason", "漏写", "--proof", "原件"];
    let correct = [&["correct", &document, "subject", "水运"] as &[&str], &why].concat();
    let corrected = run(folder.path(), &correct);
    assert!(status(&corrected) == 0 && text(&corrected.stdout).starts_with("已完成"), "{}", text(&corrected.stderr));
    let wrong = run(folder.path(), &[&["correct", &document, "no_such_field", "x"] as &[&str], &why].concat());
    assert_eq!(status(&wrong), 2, "{}", text(&wrong.stdout));
    let withdrawn = run(folder.path(), &["--json", "withdraw", &document, "--reason", "误传"]);
    assert_eq!(value(&withdrawn)["documents"], 0);
    let gone = run(folder.path(), &["--json", "show", &document]);
    assert_eq!((status(&gone), &value(&gone)["code"]), (2, &json!("gone")));
    assert_eq!(status(&run(folder.path(), &["rebuild"])), 0);
    assert_eq!(value(&run(folder.path(), &["--json", "verify"]))["records"]["withdraw"], 1);
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let folder = folder();
    let file = write_text(folder.path(), "渡口.md");
    run(folder.path(), &["import", &file]);
    for arguments in
        [&["search", "渡口"] as &[&str], &["--json", "search", "渡口"], &["export"], &["completions", "bash"]]
    {
        let mut command = faju(folder.path(), arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((status(&output), text(&output.stderr)), (0, String::new()), "{arguments:?}");
    }
}

#[test]
fn every_shell_gets_its_completions() {
    let folder = folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = text(&run(folder.path(), &["completions", shell]).stdout);
        assert!(script.contains("as-of") && script.contains("withdraw"), "{shell}");
    }
}

#[test]
fn what_is_found_is_saved_as_a_table() {
    let folder = folder();
    let saved = run(folder.path(), &["search", "占道", "--format", "csv", "-o", "-"]);
    assert!(text(&saved.stdout).starts_with("\u{feff}序号,标题,"), "{}", text(&saved.stdout));
    let book = folder.path().join("表.xlsx");
    let path = book.to_str().expect("a path");
    assert_eq!(status(&run(folder.path(), &["search", "占道", "--format", "xlsx", "-o", path])), 0);
    assert!(std::fs::read(&book).expect("a file").starts_with(b"PK"));
    let again = run(folder.path(), &["search", "占道", "--format", "xlsx", "-o", path]);
    assert_eq!(status(&again), 2);
    assert!(text(&again.stderr).contains("已经存在"), "{}", text(&again.stderr));
}

#[test]
fn the_paper_on_settings_is_made_from_the_declarations_and_a_file_is_checked() {
    let folder = folder();
    let table = text(&run(folder.path(), &["config", "reference"]).stdout);
    let paper = std::fs::read_to_string("docs/settings.md").expect("the paper");
    assert!(paper.contains(table.trim()), "`faju config reference` says now:\n{table}");
    assert_eq!(status(&run(folder.path(), &["config", "check"])), 0);
    let file = folder.path().join("faju.toml");
    std::fs::write(&file, "listen = \"127.0.0.1:83\"\nnode = \"yunqiao\"\n").expect("a file");
    let right = run(folder.path(), &["config", "check"]);
    assert_eq!(status(&right), 0, "{}", text(&right.stderr));
    assert!(text(&right.stdout).contains("127.0.0.1:83"), "{}", text(&right.stdout));
    for (wrong, told) in [("listen = \"nowhere\"", "listen"), ("lissten = \"x\"", "lissten"), ("access = 3", "引号")]
    {
        std::fs::write(&file, wrong).expect("a file");
        let refused = run(folder.path(), &["config", "check"]);
        let said = text(&refused.stderr);
        assert!(status(&refused) == 2 && said.contains(told) && said.contains("faju.toml"), "{wrong}: {said}");
    }
}
