//! The pages in a real browser; their one script adds suggestions to the search box.

#[path = "browser/accessible.rs"]
mod accessible;
#[path = "support/browser.rs"]
mod browser;
#[path = "support/client.rs"]
#[allow(dead_code, reason = "each test program uses its part")]
mod client;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test program uses its part")]
mod program;
#[path = "browser/reading.rs"]
mod reading;
#[path = "browser/review.rs"]
mod review;
#[path = "support/server.rs"]
#[allow(dead_code, reason = "each test program uses its part")]
mod server;

use browser::Browser;
use serde_json::Value;
use server::Server;

/// Widths from a phone to a large screen.
const WIDTHS: [u32; 4] = [390, 768, 1280, 1920];

/// Keys of WebDriver.
const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";
const DOWN: &str = "\u{E015}";
const UP: &str = "\u{E013}";
const ESCAPE: &str = "\u{E00C}";

/// A browser and a server that answers from the sample; `None` where there is no browser.
fn opened(test: &str) -> Option<(Browser, Server, tempfile::TempDir)> {
    let browser = Browser::start(test)?;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[]);
    Some((browser, server, folder))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Finds a law with two versions.
const VERSIONS: &str = "/api/v1/search?q=%E6%A0%87%E9%A2%98:%E5%9F%8E%E4%B9%A1%E5%85%AC%E5%85%B1%E7%A9%BA%E9%97%B4%E7%AE%A1%E7%90%86%E6%B3%95&kind=legislation&limit=1";

/// Addresses of every kind of page.
fn pages(server: &Server) -> Vec<String> {
    let page = server.get("/api/v1/search?q=%E5%A4%84%E7%BD%9A&kind=legislation&limit=1").json();
    let case = server.get("/api/v1/search?kind=case&limit=1").json();
    let versions = server.get(VERSIONS).json();
    let local =
        server.get("/api/v1/search?q=%E7%BD%9A%E6%AC%BE&kind=legislation&level=local_regulation&limit=1").json();
    let id = |page: &Value, place: &str| text(page.pointer(place).expect("a hit")).to_string();
    let paths = [
        "/".to_string(),
        "/?q=%E5%A4%84%E7%BD%9A&status=all".to_string(),
        "/?q=%22%E5%A4%84%E7%BD%9A".to_string(),
        "/?q=zzzz&kind=case".to_string(),
        format!("/i/{}", id(&page, "/items/0/instrument/id")),
        format!("/i/{}", id(&case, "/items/0/instrument/id")),
        format!("/p/{}", id(&page, "/items/0/provisions/0/id")),
        format!("/compare/{}", id(&versions, "/items/0/instrument/id")),
        "/api".to_string(),
        "/match".to_string(),
        "/review".to_string(),
        format!("/impact/{}", id(&versions, "/items/0/instrument/id")),
        format!("/superior/{}", id(&local, "/items/0/instrument/id")),
        "/about".to_string(),
        "/help".to_string(),
        "/catalogue?year=2024".to_string(),
        "/precedents".to_string(),
        format!("/cited-by/{}", id(&page, "/items/0/instrument/id")),
        format!("/similar/{}", id(&case, "/items/0/instrument/id")),
        format!("/i/{}?q=%E7%BD%9A%E6%AC%BE", id(&versions, "/items/0/instrument/id")),
        "/?q=%22%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E9%BD%89%22".to_string(),
        "/i/none".to_string(),
        format!("/why?q=%E5%A4%84%E7%BD%9A&kind=case&provision={}", id(&page, "/items/0/provisions/0/id")),
    ];
    paths.map(|path| format!("http://{}{path}", server.address)).to_vec()
}

/// The same, and the page of a draft under review.
fn all_pages(server: &Server) -> Vec<String> {
    let form = "compare=true&text=%E7%AC%AC%E4%B8%80%E6%9D%A1%E3%80%80%E6%A0%B9%E6%8D%AE%E3%80%8A%E8%A1%8C%E6%94%BF%E6%89%A7%E6%B3%95%E9%80%9A%E5%88%99%E6%B3%95%E3%80%8B%E7%AC%AC%E4%B9%9D%E7%99%BE%E6%9D%A1%EF%BC%8C%E5%A4%84%E4%BA%94%E7%99%BE%E5%85%83%E7%BD%9A%E6%AC%BE%E3%80%82";
    let reply = server.post("/review", "application/x-www-form-urlencoded", form);
    let place = reply.header("location").to_string();
    assert_eq!(reply.status, 303);
    for _ in 0..500 {
        if server.get(&place).header("refresh").is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let desk = ["", "?order=severity"].map(|query| format!("http://{}{place}{query}", server.address));
    [pages(server).as_slice(), &desk].concat()
}

#[test]
fn every_page_fits_every_width_and_loads_nothing_foreign() {
    let Some((browser, server, _folder)) = opened("every_page_fits_every_width_and_loads_nothing_foreign") else {
        return;
    };
    for page in all_pages(&server) {
        for width in WIDTHS {
            browser.resize(width, 900);
            browser.open(&page);
            let wide = browser.ask("return document.documentElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{page} is {wide} wide in {width}");
            let lost = browser.ask(
                "return [...document.querySelectorAll('main a, main button, main input, main h1')].filter(e => {
                   const box = e.getBoundingClientRect();
                   return box.width && !e.closest('.scroll, .anchor') && !e.matches('.anchor, .opener')
                     && (box.left < -1 || box.right > innerWidth + 1);
                 }).map(e => e.outerHTML)",
            );
            assert_eq!(lost.as_array().map(Vec::len), Some(0), "{page} at {width}: {lost}");
        }
        let banner = browser.ask("return document.querySelector('.sample').innerText");
        assert!(text(&banner).contains("示例数据（虚构）"), "{page}");
        let foreign = browser.ask(
            "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))",
        );
        assert_eq!(foreign.as_array().map(Vec::len), Some(0), "{page}: {foreign}");
        let said = browser.console();
        assert!(said.is_empty() || page.ends_with("/none"), "{page}: {said:?}");
    }
}

#[test]
fn a_person_finds_a_provision_and_reads_it_in_its_text() {
    let Some((browser, server, _folder)) = opened("a_person_finds_a_provision_and_reads_it_in_its_text") else {
        return;
    };
    browser.resize(1280, 900);
    browser.open(&format!("http://{}/", server.address));
    browser.leaving(|| browser.keys(&format!("\"责令限期改正\"{ENTER}")));
    let counts = browser.ask("return document.querySelector('.counts').innerText");
    assert!(text(&counts).contains("找到"), "{counts}");
    let marked = browser.ask("return [...document.querySelectorAll('.hit mark')].map(e => e.innerText)");
    let marked = marked.as_array().expect("marks");
    assert!(!marked.is_empty() && marked.iter().all(|mark| mark == "责令限期改正"), "{marked:?}");
    let kept = browser.ask("return document.querySelector('input[name=q]').value");
    assert_eq!(kept, "\"责令限期改正\"");

    browser.click("document.querySelector('.hit .where a')");
    let target = browser.ask("return document.querySelector(':target').innerText");
    assert!(text(&target).contains("责令限期改正"), "{target}");
    let seen = browser.ask("return document.querySelector(':target').getBoundingClientRect().top");
    assert!(seen.as_f64().is_some_and(|top| (0.0..900.0).contains(&top)), "{seen}");
    let outline = browser.ask("return document.querySelector('.outline a').getBoundingClientRect().height > 0");
    assert_eq!(outline, true, "the outline stands open beside the text");

    browser.click("document.querySelector('.provision.at .anchor, .provision:target .anchor')");
    let alone = browser.ask("return document.querySelector('blockquote').innerText");
    assert!(text(&alone).contains("责令限期改正"), "{alone}");
}

#[test]
fn an_earlier_day_shows_the_text_of_that_day() {
    let Some((browser, server, _folder)) = opened("an_earlier_day_shows_the_text_of_that_day") else { return };
    let page = server.get(VERSIONS).json();
    let id = text(&page["items"][0]["instrument"]["id"]).to_string();
    browser.resize(1280, 900);
    browser.open(&format!("http://{}/i/{id}", server.address));
    let now = browser.ask("return document.querySelector('.versions .shown a').innerText");
    browser.ask("document.querySelector('#as_of').value = '2015-01-01'");
    browser.click("document.querySelector('.day button')");
    let then = browser.ask("return document.querySelector('.versions .shown a').innerText");
    assert_ne!(now, then);
    assert_eq!(browser.ask("return document.querySelector('.title .badge').innerText"), "现行有效");
    browser.resize(390, 800);
    let folded = browser.ask("return document.querySelector('.versions ol').checkVisibility()");
    let title = browser.ask("return document.querySelector('h1').getBoundingClientRect().top");
    assert!(title.as_f64() < Some(500.0), "the title stands on the first screen of a phone: {title}, {folded}");
}

#[test]
fn two_versions_stand_beside_each_other_and_on_a_phone_below() {
    let Some((browser, server, _folder)) = opened("two_versions_stand_beside_each_other_and_on_a_phone_below") else {
        return;
    };
    let id = text(&server.get(VERSIONS).json()["items"][0]["instrument"]["id"]).to_string();
    browser.resize(1280, 900);
    browser.open(&format!("http://{}/i/{id}", server.address));
    browser.click("document.querySelector('.versions .compare')");
    assert_eq!(browser.ask("return document.querySelector('.kind').innerText"), "新旧对照");
    let beside = "const [was, is] = ['was', 'is'].map(c => document.querySelector('.pair:has(.was):has(.is) .' + c).getBoundingClientRect());
      return [was.right <= is.left, was.bottom <= is.top]";
    assert_eq!(browser.ask(beside), serde_json::json!([true, false]));
    // Struck out and underlined: seen without colours.
    let line = |tag: &str| {
        browser.ask(&format!("return getComputedStyle(document.querySelector('.pair {tag}')).textDecorationLine"))
    };
    assert_eq!((line("del"), line("ins")), ("line-through".into(), "underline".into()));
    let rows = "return document.querySelectorAll('.pair').length";
    let kept = "return document.querySelectorAll('.pair.kept').length";
    let all = browser.ask(rows).as_u64();
    assert!(browser.ask(kept).as_u64() > Some(0));
    browser.click("[...document.querySelectorAll('.sorts a')].find(a => a.innerText.includes('变化'))");
    assert!(browser.ask(rows).as_u64() < all && browser.ask(kept) == 0, "only what changed is left");
    browser.resize(390, 800);
    assert_eq!(browser.ask(beside), serde_json::json!([false, true]));
}

#[test]
fn the_keyboard_is_enough() {
    let Some((browser, server, _folder)) = opened("the_keyboard_is_enough") else { return };
    browser.resize(1280, 900);
    browser.open(&format!("http://{}/?q=%E5%A4%84%E7%BD%9A", server.address));
    browser.keys(TAB);
    assert_eq!(browser.ask("return document.activeElement.innerText"), "跳到正文");
    let seen = browser.ask("return document.activeElement.getBoundingClientRect().left >= 0");
    assert_eq!(seen, true, "the way to the text is seen when it is reached");
    browser.keys(ENTER);
    browser.keys(TAB);
    assert_eq!(browser.ask("return document.activeElement.closest('main') !== null"), true);
    let nameless = browser.ask(
        "return [...document.querySelectorAll('input:not([type=hidden]), button, a')]
           .filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)",
    );
    assert_eq!(nameless.as_array().map(Vec::len), Some(0), "{nameless}");
}

#[test]
fn the_keyboard_asks_why_and_matches_facts() {
    let Some((browser, server, _folder)) = opened("the_keyboard_asks_why_and_matches_facts") else { return };
    browser.open(&format!("http://{}/?q=%E5%A4%84%E7%BD%9A&kind=case", server.address));
    browser.ask("document.querySelector('.whynot summary').focus()");
    browser.keys(ENTER);
    browser.keys(TAB);
    browser.keys("行政执法通则法3条");
    browser.leaving(|| browser.keys(ENTER));
    assert_eq!(browser.ask("return location.pathname"), "/why");
    let said = browser.ask("return document.querySelector('main').innerText");
    assert!(text(&said).contains("它不在结果中") && text(&said).contains("去掉这一筛选"), "{said}");
    browser.open(&format!("http://{}/match", server.address));
    browser.ask("document.querySelector('textarea').focus()");
    browser.keys("当事人在人行道上堆放建筑材料，拒不清理。");
    browser.ask("document.querySelector('.facts button').focus()");
    browser.leaving(|| browser.keys(ENTER));
    assert_eq!(browser.ask("return document.querySelector('.matched') !== null"), true);
    let kept = browser.ask("return document.querySelector('textarea').value");
    assert_eq!(text(&kept), "当事人在人行道上堆放建筑材料，拒不清理。");
    assert_eq!(browser.console(), Vec::<Value>::new(), "nothing was refused");
}

#[test]
fn the_box_suggests_and_the_keyboard_chooses() {
    let Some((browser, server, _folder)) = opened("the_box_suggests_and_the_keyboard_chooses") else { return };
    let open =
        "return document.querySelector('.suggestions li') !== null && !document.querySelector('.suggestions').hidden";
    let active = "return document.getElementById(document.querySelector('input[name=q]').getAttribute('aria-activedescendant'))?.querySelector('.what').innerText ?? null";
    for (width, home) in [(390, "/"), (1280, "/?q=x")] {
        browser.resize(width, 900);
        browser.open(&format!("http://{}{home}", server.address));
        browser.ask("const box = document.querySelector('input[name=q]'); box.focus(); box.select()");
        browser.keys("cxgg");
        browser.until(open);
        let list = browser.ask("const box = document.querySelector('.suggestions').getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth && box.height > 30");
        assert_eq!(list, true, "the list fits {width}");
        assert_eq!(browser.ask("return document.querySelector('[role=combobox]').ariaExpanded"), "true");
        assert_eq!(browser.ask(active), Value::Null, "nothing is chosen before somebody chooses");
        browser.keys(DOWN);
        assert_eq!(browser.ask(active), "城乡公共空间管理法");
        browser.keys(UP);
        assert_eq!(browser.ask(active), Value::Null);
        browser.keys(ESCAPE);
        assert_eq!(browser.ask("return document.querySelector('.suggestions').hidden"), true);
        browser.keys("kj");
        browser.until(open);
        browser.leaving(|| browser.keys(&format!("{DOWN}{ENTER}")));
        assert!(text(&browser.ask("return location.pathname")).starts_with("/i/"));
        assert_eq!(browser.ask("return document.querySelector('h1').innerText"), "城乡公共空间管理法");
        assert!(browser.console().is_empty());
    }
    browser.open(&format!(
        "http://{}/?q=%E5%9F%8E%E4%B9%A1%E5%85%AC%E5%85%B1%E7%A9%BA%E9%97%B4%E7%AE%A1%E9%87%8C%E6%B3%95",
        server.address
    ));
    assert_eq!(browser.ask("return document.querySelector('.meant').innerText"), "您是不是要找：城乡公共空间管理法");
    browser.click("document.querySelector('.meant a')");
    assert_eq!(browser.ask("return document.querySelector('.meant')"), Value::Null);
}

/// For every element with text of its own: the contrast (WCAG) of its colour with what lies behind it.
const CONTRASTS: &str = r"
  const parse = colour => { const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = ([r, g, b, a], [s, t, u]) => [r * a + s * (1 - a), g * a + t * (1 - a), b * a + u * (1 - a), 1];
  const behind = e => {
    if (!e) return [255, 255, 255, 1];
    const colour = parse(getComputedStyle(e).backgroundColor);
    return colour[3] === 1 ? colour : over(colour, behind(e.parentElement));
  };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z; };
  const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.body.querySelectorAll('*')].filter(e => own(e) && e.checkVisibility() && !e.matches('.anchor, .skip') && !e.closest('svg')).map(e => {
    const back = behind(e), front = over(parse(getComputedStyle(e).color), back);
    const [low, high] = [light(front), light(back)].sort((a, b) => a - b);
    return [(high + .05) / (low + .05), e.className + ' ' + e.innerText.slice(0, 20)];
  }).filter(([ratio]) => ratio < 4.5);";

#[test]
fn text_stands_out_by_day_and_by_night() {
    let Some((browser, server, _folder)) = opened("text_stands_out_by_day_and_by_night") else { return };
    browser.resize(1280, 900);
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        for page in all_pages(&server) {
            browser.open(&page);
            let pale = browser.ask(CONTRASTS);
            assert_eq!(pale.as_array().map(Vec::len), Some(0), "{scheme} {page}: {pale}");
        }
    }
}
