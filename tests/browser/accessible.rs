//! Every page under axe-core, by day and by night, enlarged, and with large text.

use super::{all_pages, opened};
use crate::browser;
use serde_json::Value;

/// Runs axe-core on the page and tells what it holds against it.
const RUN: &str = "
  const done = arguments[arguments.length - 1];
  axe.run(document, { resultTypes: ['violations'] }).then(
    found => done(found.violations.map(v => v.id + ': ' + v.help + '\\n' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join('\\n'))),
    problem => done([String(problem)]));";

#[test]
fn axe_finds_no_violation_on_any_page() {
    let test = "axe_finds_no_violation_on_any_page";
    let Some(axe) = browser::axe(test) else { return };
    let Some((browser, server, _folder)) = opened(test) else { return };
    let mut wrong = Vec::new();
    for (scheme, width) in [("light", 1280), ("dark", 390)] {
        browser.prefer(scheme);
        browser.resize(width, 900);
        for page in all_pages(&server) {
            browser.open(&page);
            // Everything that can be opened is looked at open.
            browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })");
            browser.ask(&axe);
            let found = browser.ask_later(RUN);
            let found = found.as_array().cloned().unwrap_or_default();
            wrong.extend(found.iter().map(|one| format!("{scheme} {page}\n{}", one.as_str().unwrap_or_default())));
        }
    }
    assert!(wrong.is_empty(), "{} violations\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn enlarged_and_with_large_text_nothing_is_lost() {
    let Some((browser, server, _folder)) = opened("enlarged_and_with_large_text_nothing_is_lost") else { return };
    // 200 % of 1280 pixels are 640 of them; 32 pixels is twice the size of text that browsers begin with.
    for (width, text) in [(640, ""), (1280, "document.documentElement.style.fontSize = '212.5%'")] {
        browser.resize(width, 800);
        for page in all_pages(&server) {
            browser.open(&page);
            browser.ask(text);
            let lost = browser.ask(
                "return [document.documentElement.scrollWidth - innerWidth,
                   [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main h1, main p')].filter(e => {
                     const box = e.getBoundingClientRect();
                     return box.width && !e.closest('.scroll, .anchor, svg') && !e.matches('.opener, .anchor') && (box.left < -1 || box.right > innerWidth + 1);
                   }).map(e => e.outerHTML.slice(0, 200))]",
            );
            assert!(lost[0].as_i64().is_some_and(|over| over <= 0), "{page} at {width} {text}: {lost}");
            assert_eq!(lost[1].as_array().map(Vec::len), Some(0), "{page} at {width} {text}: {lost}");
        }
    }
}

#[test]
fn what_has_the_focus_is_seen() {
    let Some((browser, server, _folder)) = opened("what_has_the_focus_is_seen") else { return };
    browser.resize(1280, 900);
    for page in all_pages(&server) {
        browser.open(&page);
        for _ in 0..12 {
            browser.keys(super::TAB);
            let seen = browser.ask(
                "const e = document.activeElement, style = getComputedStyle(e), box = e.closest('.box');
                 return e === document.body || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
                   || box !== null && getComputedStyle(box).boxShadow !== 'none' ? null : e.outerHTML.slice(0, 200)",
            );
            assert_eq!(seen, Value::Null, "{page}: the focus is not seen");
        }
    }
}
