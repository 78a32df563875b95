//! Reading with the help of the script: hits, outline, what is cited; and what the search page keeps.

use super::{VERSIONS, opened, text};
use serde_json::Value;

#[test]
fn hits_are_marked_and_walked_and_the_outline_follows() {
    let Some((browser, server, _folder)) = opened("hits_are_marked_and_walked_and_the_outline_follows") else { return };
    let id = text(&server.get(VERSIONS).json()["items"][0]["instrument"]["id"]).to_string();
    browser.resize(1280, 700);
    browser.open(&format!("http://{}/i/{id}?q=%E7%BD%9A%E6%AC%BE", server.address));
    let marks = browser.ask("return [...document.querySelectorAll('.body mark')].map(e => e.innerText)");
    let marks = marks.as_array().expect("marks").clone();
    assert!(marks.len() > 1 && marks.iter().all(|mark| text(mark).contains('罚')), "{marks:?}");
    browser.keys("n");
    browser.keys("n");
    let at = browser.ask("return [...document.querySelectorAll('.body mark')].findIndex(e => e.matches('.here'))");
    browser.keys("p");
    let back = browser.ask("return [...document.querySelectorAll('.body mark')].findIndex(e => e.matches('.here'))");
    assert_eq!(at.as_i64(), back.as_i64().map(|back| back + 1));
    let seen = browser.ask("const box = document.querySelector('mark.here').getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight");
    assert_eq!(seen, true);
    browser.ask("scrollTo(0, document.body.scrollHeight)");
    let last = "return document.querySelector('.outline a[aria-current]')?.innerText === [...document.querySelectorAll('.outline a')].pop().innerText";
    browser.until(last);
    assert_eq!(browser.console(), Vec::<Value>::new());
}

#[test]
fn what_is_cited_is_shown_to_who_points_at_it() {
    let Some((browser, server, _folder)) = opened("what_is_cited_is_shown_to_who_points_at_it") else { return };
    let id = text(&server.get(VERSIONS).json()["items"][0]["instrument"]["id"]).to_string();
    browser.open(&format!("http://{}/i/{id}", server.address));
    browser.ask("document.querySelector(\"a.cite[href^='/p/']\").focus()");
    browser.until("const tip = document.querySelector('#tip'); return tip !== null && !tip.hidden && tip.innerText.includes('第')");
    assert_eq!(browser.ask("return document.activeElement.getAttribute('aria-describedby')"), "tip");
    browser.keys(super::ESCAPE);
    assert_eq!(browser.ask("return document.querySelector('#tip').hidden"), true);
    assert_eq!(browser.console(), Vec::<Value>::new());
}

#[test]
fn a_provision_is_copied_with_its_citation() {
    let Some((browser, server, _folder)) = opened("a_provision_is_copied_with_its_citation") else { return };
    let id = text(&server.get(VERSIONS).json()["items"][0]["instrument"]["id"]).to_string();
    browser.resize(1280, 900);
    browser.open(&format!("http://{}/i/{id}", server.address));
    browser.ask("Object.defineProperty(navigator, 'clipboard', { value: { writeText: words => { window.copied = words; return Promise.resolve(); } } })");
    browser.ask("document.querySelectorAll('.provision .anchor')[1].focus()");
    browser.until("return document.querySelector('.quote-it') !== null");
    browser.ask("document.querySelector('.quote-it').click()");
    browser.until("return typeof window.copied === 'string'");
    let copied = browser.ask("return window.copied");
    let (citation, words) = text(&copied).split_once("：\n").expect("a citation and its words");
    assert!(citation.starts_with('《') && citation.contains("第二条"), "{citation}");
    assert!(!words.starts_with('第') && words.ends_with('。'), "{words}");
    assert_eq!(browser.ask("return document.querySelector('.quote-it').innerText"), "✓");
    assert_eq!(browser.console(), Vec::<Value>::new());
}

#[test]
fn a_part_of_an_article_is_shown_where_it_is() {
    let Some((browser, server, _folder)) = opened("a_part_of_an_article_is_shown_where_it_is") else { return };
    let id = text(&server.get(VERSIONS).json()["items"][0]["instrument"]["id"]).to_string();
    browser.open(&format!("http://{}/i/{id}", server.address));
    browser.ask("location.hash = document.querySelector('.provision span[id]').id");
    browser.until("return document.querySelector('.provision.at') !== null");
}

#[test]
fn earlier_queries_stay_in_the_browser_and_filters_go_one_by_one() {
    let Some((browser, server, _folder)) = opened("earlier_queries_stay_in_the_browser_and_filters_go_one_by_one")
    else {
        return;
    };
    browser.resize(1366, 900);
    browser.open(&format!("http://{}/?q=%E5%A4%84%E7%BD%9A&status=in_force,unknown", server.address));
    let chips = "return document.querySelectorAll('.chips a').length";
    assert_eq!(browser.ask(chips), 2);
    let preview = "return document.querySelector('.preview p:last-child')?.innerText.length > 10";
    browser.until(preview);
    browser.click("document.querySelector('.chips a')");
    assert_eq!(browser.ask(chips), 1);
    browser.click("[...document.querySelectorAll('.kinds a')].find(a => a.innerText.startsWith('案例'))");
    let counts = browser.ask("return [...document.querySelectorAll('.kinds .count')].map(e => Number(e.innerText))");
    let counts: Vec<u64> = counts.as_array().expect("counts").iter().filter_map(Value::as_u64).collect();
    assert!(counts.len() == 4 && counts[0] == counts[1..].iter().sum::<u64>(), "{counts:?}");
    browser.open(&format!("http://{}/", server.address));
    browser.ask("document.querySelector('input[name=q]').click()");
    browser.until("return document.querySelector('.suggestions [data-kind=own] .what')?.innerText === '处罚'");
    browser.open(&format!("http://{}/?q=%22%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E9%BD%89%22", server.address));
    let proof = browser.ask("return document.querySelector('.proofs')?.innerText ?? ''");
    assert!(text(&proof).contains("条中无此文字"), "{proof}");
}
