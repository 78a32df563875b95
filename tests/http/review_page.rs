//! The page of legality review, on the sample: everything without a script.

use crate::client::Reply;
use crate::contract::{assert_shape, problem, sample};
use crate::encoded;

const DRAFT: &str = "临江县渡口管理办法\r\n第一条　根据《行政执法通则法》第九百条，制定本办法。\r\n第二条　随意停靠<b>渡船</b>的，处五百元罚款。";

/// A form as a browser sends it.
fn form(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--b9\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head = "Content-Type: application/octet-stream";
    body.extend(
        format!("--b9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n{head}\r\n\r\n").bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--b9--\r\n");
    ("multipart/form-data; boundary=b9".to_string(), body)
}

fn submit(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Reply {
    let (media, body) = form(fields, file);
    sample().send("POST", "/review", &[("Content-Type", &media)], &body)
}

/// The page to which a form leads, when the report is there.
fn report(reply: &Reply) -> (String, String) {
    assert_eq!(reply.status, 303, "{}", reply.text());
    let place = reply.header("location").to_string();
    for _ in 0..500 {
        let page = sample().get(&place);
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.header("cache-control"), "no-store");
        if page.header("refresh").is_empty() {
            return (place, page.text());
        }
        assert!(page.text().contains("正在审查"), "{}", page.text());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("no report at {place}");
}

fn decide(place: &str, body: &str) -> Reply {
    sample().post(place, "application/x-www-form-urlencoded", body)
}

#[test]
fn a_form_leads_to_the_draft_with_its_findings() {
    let sample = sample();
    assert!(sample.get("/review").text().contains("enctype=\"multipart/form-data\""));
    let (place, page) = report(&submit(&[("text", DRAFT), ("level", ""), ("compare", "true")], None));
    for said in
        ["临江县渡口管理办法", "草案审查", "S01", "建议：", "与原文并列", "审查意见书（Word）", "上位法对同一事项"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("&#60;b&#62;") && !page.contains("<b>渡船"), "the draft is escaped: {page}");
    // Every card in the margin has its mark in the text, and the same by how grave it is.
    let json = sample.get(&place.replace("/review/", "/api/v1/reviews/")).json();
    assert_shape("ReviewPage", &json);
    let findings = json["findings"].as_array().unwrap();
    for finding in findings {
        let id = finding["id"].as_str().unwrap();
        assert!(page.contains(&format!("id=\"f-{id}\"")), "{finding}");
    }
    let by_grade = sample.get(&format!("{place}?order=severity")).text();
    let at = |words: &str| by_grade.find(words).unwrap_or(usize::MAX);
    assert!(
        at("class=\"found high") < at("class=\"found info") && by_grade.contains("<details class=\"evidence\" open>")
    );
    let high = sample.get(&format!("{place}?severity=high&only=findings")).text();
    assert!(high.contains("class=\"found high") && !high.contains("class=\"found info"), "{high}");
    let none = sample.get(&format!("{place}?check=Z99")).text();
    assert!(none.contains("没有这样的发现"), "{none}");
    for (target, begins) in [("format=docx", "PK"), ("format=md", "# 关于"), ("format=html", "<!DOCTYPE html>")] {
        let reply = sample.get(&format!("{}?{target}", place.replace("/review/", "/api/v1/opinions/")));
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(String::from_utf8_lossy(&reply.body).starts_with(begins), "{target}: {}", reply.text());
    }
    let opinion =
        |format: &str| sample.get(&format!("{}?format={format}", place.replace("/review/", "/api/v1/opinions/")));
    problem(&opinion("pdf"), 400, "invalid_parameter");
    problem(&opinion("commented"), 415, "unsupported_format");
}

#[test]
fn findings_are_accepted_dismissed_and_the_draft_is_forgotten() {
    let sample = sample();
    let (place, _) = report(&submit(&[("text", DRAFT)], None));
    let json = || sample.get(&place.replace("/review/", "/api/v1/reviews/")).json();
    let ids: Vec<String> =
        json()["findings"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_string()).collect();
    let kept =
        decide(&format!("{place}?severity=high"), &format!("finding={}&verdict=accept&note={}", ids[0], encoded("改")));
    assert_eq!((kept.status, kept.header("location")), (303, &*format!("{place}?severity=high#f-{}", ids[0])));
    let refused = decide(&place, &format!("finding={}&verdict=dismiss&note=+", ids[1]));
    assert_eq!(refused.status, 400, "a reason is wanted");
    assert_eq!(decide(&place, "finding=0000&verdict=accept").status, 404);
    assert_eq!(decide(&place, &format!("finding={}&verdict=burn", ids[1])).status, 400);
    let reason = encoded("县里另有<规定>");
    assert_eq!(decide(&place, &format!("finding={}&verdict=dismiss&note={reason}", ids[1])).status, 303);
    let page = json();
    assert_shape("ReviewPage", &page);
    assert_eq!(
        (&page["findings"][0]["accepted"], &page["findings"][1]["dismissed"]),
        (&"改".into(), &"县里另有<规定>".into())
    );
    let html = sample.get(&place).text();
    assert!(html.contains("已处理 2 处") && html.contains("县里另有&#60;规定&#62;"), "{html}");
    let dismissed = sample.get(&format!("{place}?state=dismissed")).text();
    assert!(dismissed.contains(&ids[1]) && !dismissed.contains(&format!("f-{}\"", ids[0])), "{dismissed}");
    let opinion = sample.get(&format!("{}?format=txt", place.replace("/review/", "/api/v1/opinions/"))).text();
    assert!(opinion.contains("理由：县里另有<规定>"), "{opinion}");
    // The next draft knows what was said of this one.
    let task = place.trim_start_matches("/review/");
    let (_, second) = report(&submit(&[("text", DRAFT), ("previous", task)], None));
    assert!(second.contains("未改") && second.contains("县里另有&#60;规定&#62;"), "{second}");
    assert_eq!(decide(&place, &format!("finding={}&verdict=reopen", ids[1])).status, 303);
    assert!(json()["findings"][1].get("dismissed").is_none());
    assert_eq!(decide(&place, "verdict=forget").header("location"), "/review");
    assert_eq!(sample.get(&place).status, 404);
    assert_eq!(submit(&[("text", DRAFT), ("previous", task)], None).status, 400);
}

#[test]
fn a_file_is_taken_and_what_cannot_be_read_is_said() {
    let sample = sample();
    let text = DRAFT.replace("\r\n", "\n");
    let (_, page) = report(&submit(&[("text", "")], Some(("草案.txt", text.as_bytes()))));
    assert!(page.contains("S01"), "{page}");
    // A Word file comes back with comments. The opinion on a draft is one.
    let (place, _) = report(&submit(&[("text", DRAFT)], None));
    let opinions = |place: &str| place.replace("/review/", "/api/v1/opinions/");
    let word = sample.get(&opinions(&place)).body;
    let (place, page) = report(&submit(&[], Some(("意见书.docx", &word))));
    assert!(page.contains("草案批注（Word）"), "{page}");
    let commented = sample.get(&format!("{}?format=commented", opinions(&place)));
    assert_eq!(commented.status, 200, "{}", commented.text());
    assert!(commented.body.starts_with(b"PK") && commented.body.len() > word.len());
    for (fields, file, said) in [
        (vec![("text", " ")], None, "没有文字"),
        (vec![("text", "渡口")], Some(("a.txt", "渡口".as_bytes())), "只留一种"),
        (vec![("text", "渡口"), ("region", "临江")], None, "不是六位行政区划代码"),
        (vec![("text", "渡口"), ("date", "明天")], None, "实有的日期"),
        (vec![("text", "渡口"), ("level", "x")], None, "没有“x”这一位阶"),
        (vec![], Some(("a.docx", b"no document".as_slice())), "a.docx"),
    ] {
        let reply = submit(&fields, file);
        assert!((400..500).contains(&reply.status), "{said}: {}", reply.status);
        assert!(reply.text().contains(said) && reply.text().contains("role=\"alert\""), "{said}: {}", reply.text());
    }
    assert_eq!(submit(&[("text", "渡口"), ("q", "x")], None).status, 400);
    let broken = sample.send("POST", "/review", &[("Content-Type", "multipart/form-data; boundary=x")], b"--y--");
    assert_eq!(broken.status, 422, "{}", broken.text());
}

#[test]
fn forms_that_another_site_sends_are_refused() {
    let (media, body) = form(&[("text", DRAFT)], None);
    for foreign in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example"), ("Origin", "null")] {
        for target in ["/review", "/review/00", "/match"] {
            let reply = sample().send("POST", target, &[("Content-Type", &media), foreign], &body);
            assert_eq!(reply.status, 403, "{foreign:?} {target}");
        }
    }
    assert_eq!(sample().get("/review/00112233445566778899aabbccddeeff").status, 404);
}

#[test]
fn the_data_and_the_ways_to_search_are_told() {
    let about = sample().get("/about").text();
    for said in ["关于数据", "法律", "合计", "从哪里来", "已知的缺陷", "示例数据（虚构）", "STARD"]
    {
        assert!(about.contains(said), "{said}: {about}");
    }
    let help = sample().get("/help").text();
    // Every example is a search that is understood.
    let links: Vec<&str> = help.split("<dt><a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 10, "{help}");
    for link in links {
        let reply = sample().get(&link.replace("&#38;", "&"));
        // What the sample does not hold can be cited by nobody there; the page says so.
        let understood = reply.status == 200 && !reply.text().contains("role=\"alert\"");
        assert!(understood || link.contains(&encoded("引用")), "{link}: {}", reply.text());
    }
}
