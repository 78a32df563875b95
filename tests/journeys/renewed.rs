//! New editions of one title, by whatever notice they came, and the ends that other documents give.

use super::citations::{corpus, here, id, line};
use super::*;
use faju::app::view::ReadingView;
use jiff::civil::date;

const BARE: &str = "云桥县渡口办法";
const NOTICE: &str = "临江县人民政府关于印发《云桥县渡口办法》的通知";

fn made(year: i16) -> String {
    format!("\"access\":\"public\",\"promulgation_date\":\"{year}-03-01\"")
}

fn edition(title: &str, number: &str, year: i16, closing: &str) -> String {
    let text = format!("第一条　渡口由乡镇管理，编号{year}。\n第二条　本办法自{year}年4月1日起施行。{closing}");
    line(title, number, &made(year), &text)
}

fn read(lines: &[String], title: &str, version: &str) -> ReadingView {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), lines);
    here(faju.instrument(&format!("{}@{version}", id(&faju, title)), None, &asker()).unwrap())
}

#[test]
fn a_new_edition_under_its_bare_title_ends_the_notice_that_carried_the_old_one() {
    let old = edition(NOTICE, "云政发〔2018〕3号", 2018, "");
    for (closing, is_repealed) in [
        ("《云桥县渡口办法》（云政发〔2018〕3号）同时废止。", true),
        ("《云桥县渡口办法》同时废止。", true),
        ("《云桥县渡口办法》（云政发〔2017〕8号）同时废止。", false),
    ] {
        for first in [true, false] {
            let mut lines = vec![old.clone(), edition(BARE, "云政发〔2023〕5号", 2023, closing)];
            if first {
                lines.reverse();
            }
            let version = read(&lines, NOTICE, "2018-03-01").version.unwrap();
            assert_eq!(version.status == ValidityStatus::Repealed, is_repealed, "{closing}");
            assert_eq!(version.ended_on, is_repealed.then_some(date(2023, 4, 1)), "{closing}");
        }
    }
    // Of another organ elsewhere.
    let other = edition(BARE, "云政发〔2023〕5号", 2023, "《云桥县渡口办法》同时废止。");
    let other = other.replace("临江县人民政府", "云桥县人民政府").replace("990102", "990101");
    assert_eq!(read(&[old.clone(), other], NOTICE, "2018-03-01").version.unwrap().status, ValidityStatus::InForce);
    // Of another organ of the same county, and of the office of the same one.
    for (issuer, status) in
        [("临江县民政局", ValidityStatus::InForce), ("临江县人民政府办公室", ValidityStatus::Repealed)]
    {
        let other = edition(BARE, "云政发〔2023〕5号", 2023, "《云桥县渡口办法》同时废止。");
        let other = other.replace("临江县人民政府", issuer);
        assert_eq!(read(&[old.clone(), other], NOTICE, "2018-03-01").version.unwrap().status, status, "{issuer}");
    }
    // The notice that carries the new one is not what it repeals.
    let closing = "《云桥县渡口办法》同时废止。";
    let both = [edition(NOTICE, "云政发〔2023〕5号", 2023, closing), edition(BARE, "云政发〔2023〕5号", 2023, closing)];
    let page = read(&both, NOTICE, "2023-03-01");
    assert_eq!(page.version.unwrap().status, ValidityStatus::InForce, "{:?}", page.issues);
    // Even if it is in force before, under the same number.
    let notice = edition(NOTICE, "云政发〔2023〕5号", 2023, "").replace("2023年4月1日", "2023年3月1日");
    let both = [notice, edition(BARE, "云政发〔2023〕5号", 2023, "原《云桥县渡口办法》同时废止。")];
    let page = read(&both, NOTICE, "2023-03-01");
    assert_eq!(page.version.unwrap().status, ValidityStatus::InForce, "{:?}", page.issues);
}

#[test]
fn what_a_new_edition_repeals_by_its_own_title_is_repealed_and_not_amended() {
    let old = edition(BARE, "云政发〔2018〕3号", 2018, "");
    let of = |closing: &str| {
        let page = read(&[old.clone(), edition(BARE, "云政发〔2023〕5号", 2023, closing)], BARE, "2018-03-01");
        let doubted = page.issues.iter().any(|issue| issue.contains("标题相同而文号不同"));
        let version = page.version.unwrap();
        let quote = version.proof.and_then(|proofs| proofs.to).map(|proof| proof.quote).unwrap_or_default();
        (version.status, version.ended_on, quote.contains("同时废止"), doubted)
    };
    let on = Some(date(2023, 4, 1));
    for closing in ["《云桥县渡口办法》（云政发〔2018〕3号）同时废止。", "原《云桥县渡口办法》同时废止。"]
    {
        assert_eq!(of(closing), (ValidityStatus::Repealed, on, true, false), "{closing}");
    }
    assert_eq!(of(""), (ValidityStatus::Amended, on, false, true), "nobody says that it ends");
    // The older text said the same of what was before it: with its own first day the sentence is a new one.
    let closing = "《云桥县渡口办法》同时废止。";
    let both = [edition(BARE, "云政发〔2018〕3号", 2018, closing), edition(BARE, "云政发〔2023〕5号", 2023, closing)];
    assert_eq!(read(&both, BARE, "2018-03-01").version.unwrap().status, ValidityStatus::Repealed);
}

#[test]
fn an_extension_by_number_alone_and_a_new_clause_move_the_end() {
    let own = line(
        "云桥县临时救助办法",
        "云民发〔2021〕6号",
        &made(2021),
        "第一条　救助应当及时。\n第二条　本办法自2021年4月1日起施行，有效期2年。",
    );
    for (title, words, end) in [
        (
            "云桥县民政局关于延长部分文件有效期的通知",
            "云民发〔2021〕6号文件有效期延长至2028年9月30日。",
            date(2028, 10, 1),
        ),
        (
            "云桥县民政局关于延长部分文件有效期的通知",
            "云民发〔2021〕7号文件有效期延长至2028年9月30日。",
            date(2023, 4, 1),
        ),
        (
            // By title and by number it is extended once.
            "云桥县民政局关于延长部分文件有效期的通知",
            "一、《云桥县临时救助办法》有效期延长2年。\n二、云民发〔2021〕6号文件有效期延长2年。",
            date(2025, 4, 1),
        ),
        (
            "云桥县民政局关于调整部分文件的通知",
            "将《云桥县临时救助办法》第二条修改为：“本办法自2021年4月1日起施行，有效期至2028年9月30日。”",
            date(2028, 10, 1),
        ),
    ] {
        let notice = line(title, "云民发〔2022〕9号", &made(2022), words);
        let version = read(&[own.clone(), notice], "云桥县临时救助办法", "2021-03-01").version.unwrap();
        assert_eq!(version.ended_on, Some(end), "{words}");
    }
}

#[test]
fn a_suspension_is_told_and_ends_nothing() {
    let own = edition(BARE, "云政发〔2018〕3号", 2018, "");
    for (words, is_told) in [
        ("《云桥县渡口办法》（云政发〔2018〕3号）自2023年10月1日起暂停执行。", true),
        ("《云桥县渡口办法》（云政发〔2017〕8号）自2023年10月1日起暂停执行。", false),
        ("《云桥县渡口办法》第一条暂停执行。", false),
    ] {
        let notice = line("云桥县人民政府关于渡口收费的通知", "云政发〔2023〕9号", &made(2023), words);
        let page = read(&[own.clone(), notice], BARE, "2018-03-01");
        assert_eq!(page.issues.iter().any(|issue| issue.contains("载明暂停执行本件")), is_told, "{words}");
        let version = page.version.unwrap();
        assert_eq!((version.status, version.ended_on), (ValidityStatus::InForce, None), "{words}");
    }
}
