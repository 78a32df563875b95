//! A draft is reviewed in the browser, with the keyboard alone.

use super::{ENTER, TAB, opened, text};
use serde_json::Value;

const DRAFT: &str =
    "临江县渡口管理办法\n第一条　根据《行政执法通则法》第九百条，制定本办法。\n第二条　随意停靠渡船的，处五百元罚款。";

#[test]
fn the_keyboard_reviews_a_draft_and_decides() {
    let Some((browser, server, _folder)) = opened("the_keyboard_reviews_a_draft_and_decides") else { return };
    browser.resize(1280, 900);
    browser.open(&format!("http://{}/review", server.address));
    browser.ask("document.querySelector('textarea').focus()");
    browser.ask(&format!("document.querySelector('textarea').value = {}", serde_json::json!(DRAFT)));
    browser.ask("document.querySelector('.draft button').focus()");
    browser.leaving(|| browser.keys(ENTER));
    browser.until("return document.querySelector('.found') !== null");
    let beside = browser.ask(
        "const clause = [...document.querySelectorAll('.clauses > .clause')].find(c => c.innerText.includes('五百元罚款'));
         const words = clause.querySelector('.words').getBoundingClientRect(), margin = clause.querySelector('.margin').getBoundingClientRect();
         return words.right <= margin.left && clause.querySelector('mark') !== null",
    );
    assert_eq!(beside, true, "what was found stands in the margin of its clause");
    browser.ask("document.querySelector('.evidence summary').focus()");
    browser.keys(ENTER);
    assert_eq!(browser.ask("return document.querySelector('.evidence').open"), true);
    let open = "return document.querySelectorAll('.found:not(.done)').length";
    let before = browser.ask(open).as_u64().expect("a count");
    browser.ask("document.querySelector('.verdict input[name=note]').focus()");
    browser.keys("另有依据");
    browser.keys(&format!("{TAB}{TAB}"));
    assert_eq!(browser.ask("return document.activeElement.innerText"), "排除");
    browser.leaving(|| browser.keys(ENTER));
    assert_eq!(browser.ask(open).as_u64(), Some(before - 1));
    let done = browser.ask("return document.querySelector('.found.done:target').innerText");
    assert!(text(&done).contains("已排除：另有依据"), "{done}");
    browser.click("[...document.querySelectorAll('.tabs a')].find(a => a.innerText.startsWith('按严重程度'))");
    assert_eq!(browser.ask("return document.querySelector('.found .evidence').open"), true);
    assert_eq!(browser.console(), Vec::<Value>::new(), "nothing was refused");
    browser.resize(390, 800);
    let wide = browser.ask("return document.documentElement.scrollWidth");
    assert!(wide.as_u64() <= Some(390), "{wide}");
}

#[test]
fn a_file_that_is_dropped_is_chosen() {
    let Some((browser, server, _folder)) = opened("a_file_that_is_dropped_is_chosen") else { return };
    browser.open(&format!("http://{}/review", server.address));
    browser.ask(
        "const carried = new DataTransfer();
         carried.items.add(new File([new TextEncoder().encode('第一条　随意停靠渡船的，处五百元罚款。')], '草案.txt'));
         document.querySelector('.draft').dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));",
    );
    assert_eq!(browser.ask("return document.querySelector('input[type=file]').files[0].name"), "草案.txt");
    browser.click("document.querySelector('.draft button')");
    browser.until("return document.querySelector('.found') !== null");
    let words = browser.ask("return document.querySelector('.clauses').innerText");
    assert!(text(&words).contains("五百元罚款"), "{words}");
}
