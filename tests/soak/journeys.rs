//! What one visitor does: searches of every kind, paging to the end, reading, mistakes.

use crate::figures::Times;
use crate::line::{Line, encoded};
use crate::random::Random;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Words that stand in any collection of laws.
const WORDS: [&str; 16] = [
    "罚款", "许可", "公共", "空间", "养护", "审批", "听证", "责任", "登记", "监督", "检查", "公告", "申请", "备案",
    "期限", "处罚",
];

/// Phrases that stand in many provisions.
const PHRASES: [&str; 6] = ["自公布之日起", "责令限期改正", "人民政府", "应当", "以上", "没收违法所得"];

/// Parameters that narrow a search.
const FILTERS: [&str; 8] = [
    "kind=legislation",
    "kind=normative,case",
    "level=law,administrative_regulation",
    "status=all",
    "status=amended,repealed",
    "promulgated_from=2015-01-01&promulgated_to=2024-12-31",
    "as_of=2021-06-30",
    "region=990000",
];

/// Requests that are wrong, and how they are answered.
const MISTAKES: [(&str, u16); 7] = [
    ("/api/v1/search?q=%22%E5%A4%84", 400),
    ("/api/v1/search?never_heard_of=1", 400),
    ("/api/v1/search?q=x&limit=1001", 400),
    ("/api/v1/search?q=x&cursor=nonsense", 400),
    ("/api/v1/instruments/0000000000000000", 404),
    ("/p/0000000000000000@2020-01-01/a1", 404),
    ("/nowhere", 404),
];

/// What every generated document has, so that their count tells how many are seen.
pub const MARK: &str = "试验渡口";

/// Pages in which somebody reads everything that was found.
const PAGES: u64 = 8;

/// How long a reader looks at the first page: longer than from one import to the next.
const PAUSE: Duration = Duration::from_millis(1500);

type Done = Result<(), String>;

type Journey = fn(&mut Visitor) -> Done;

/// Every kind of visit.
const JOURNEYS: [(&str, Journey); 10] = [
    ("words", Visitor::words),
    ("phrase", Visitor::phrase),
    ("filter", Visitor::filter),
    ("facets", Visitor::facets),
    ("sort", Visitor::sort),
    ("page on", Visitor::page_on),
    ("read", Visitor::read),
    ("look at pages", Visitor::look),
    ("mistake", Visitor::mistake),
    ("count", Visitor::count),
];

/// Times of single requests by the kind of visit.
pub type Measured = BTreeMap<&'static str, Times>;

/// A visitor with a connection of its own.
pub struct Visitor {
    line: Line,
    random: Random,
    journey: &'static str,
    measured: Measured,
    counted: u64,
}

impl Visitor {
    /// Visits until told to stop; the first answer that should not be ends it.
    pub fn run(address: &str, number: u64, stop: &AtomicBool) -> Result<Measured, String> {
        let line = Line::connect(address).map_err(|error| format!("no connection: {error}"))?;
        let random = Random::new(number);
        let mut visitor = Visitor { line, random, journey: "", measured: Measured::new(), counted: 0 };
        while !stop.load(Ordering::Relaxed) {
            let (name, journey) = *visitor.random.one_of(&JOURNEYS);
            visitor.journey = name;
            journey(&mut visitor).map_err(|error| format!("visitor {number}, {name}: {error}"))?;
        }
        Ok(visitor.measured)
    }

    fn get(&mut self, target: &str, expected: u16) -> Result<Vec<u8>, String> {
        let began = Instant::now();
        let (status, body) = self.line.get(target).map_err(|error| format!("{target}: {error}"))?;
        self.measured.entry(self.journey).or_default().add(began.elapsed());
        if status == expected {
            return Ok(body);
        }
        Err(format!("{target}: {status} instead of {expected}: {}", String::from_utf8_lossy(&body)))
    }

    fn search(&mut self, query: &str, parameters: &str) -> Result<Value, String> {
        let target = format!("/api/v1/search?q={}&{parameters}", encoded(query));
        let body = self.get(&target, 200)?;
        serde_json::from_slice(&body).map_err(|error| format!("{target}: {error}"))
    }

    /// A few words beside each other.
    fn question(&mut self) -> String {
        let count = 1 + self.random.below(3);
        (0..count).map(|_| *self.random.one_of(&WORDS)).collect::<Vec<_>>().join(" ")
    }

    fn words(&mut self) -> Done {
        let question = self.question();
        let matching = *self.random.one_of(&["any", "all", "exact"]);
        self.search(&question, &format!("match={matching}")).map(drop)
    }

    fn phrase(&mut self) -> Done {
        let phrase = format!("\"{}\" -{}", self.random.one_of(&PHRASES), self.random.one_of(&WORDS));
        self.search(&phrase, "total=exact").map(drop)
    }

    fn filter(&mut self) -> Done {
        let (question, filter) = (self.question(), *self.random.one_of(&FILTERS));
        self.search(&question, filter).map(drop)
    }

    fn facets(&mut self) -> Done {
        let question = self.question();
        let page = self.search(&question, "facets=kind,level,status,issuer,region,year&limit=5")?;
        let counted = page["facets"].as_object().is_some_and(|facets| !facets.is_empty());
        if counted { Ok(()) } else { Err(format!("no facets: {page}")) }
    }

    fn sort(&mut self) -> Done {
        let (question, sort) = (self.question(), *self.random.one_of(&["date", "date_asc", "authority"]));
        self.search(&question, &format!("sort={sort}&limit=50")).map(drop)
    }

    /// Every hit exactly once, whatever is imported meanwhile; some turn the first page late.
    fn page_on(&mut self) -> Done {
        let phrase = format!("\"{}\"", self.random.one_of(&PHRASES[..2]));
        let page = self.search(&phrase, "status=all&limit=0&total=exact")?;
        let limit = (page["total"]["value"].as_u64().unwrap_or(0) / PAGES).clamp(1, 1000);
        let pause = if self.random.below(8) == 0 { PAUSE } else { Duration::ZERO };
        let mut seen = HashSet::new();
        let (mut total, mut cursor) = (None, String::new());
        loop {
            let parameters = format!("status=all&group=none&highlight=false&total=exact&limit={limit}&cursor={cursor}");
            let page = self.search(&phrase, &parameters)?;
            if total.is_none() {
                std::thread::sleep(pause);
                total = page["total"]["value"].as_u64();
            }
            for item in page["items"].as_array().into_iter().flatten() {
                let id = text(&item["id"])?;
                if !seen.insert(id.to_string()) {
                    return Err(format!("{id} stands on two pages"));
                }
            }
            match page["next"].as_str() {
                Some(next) => cursor = encoded(next),
                None => break,
            }
        }
        if total == Some(seen.len() as u64) { Ok(()) } else { Err(format!("{} of {total:?} hits", seen.len())) }
    }

    /// Reads what a search found, through the interface.
    fn read(&mut self) -> Done {
        let (instrument, provision) = self.found()?;
        let reading: Value = serde_json::from_slice(&self.get(&format!("/api/v1/instruments/{instrument}"), 200)?)
            .map_err(|error| format!("{instrument}: {error}"))?;
        let document = text(&reading["documents"][0]["id"])?.to_string();
        self.get(&format!("/api/v1/provisions/{provision}"), 200)?;
        self.get(&format!("/api/v1/documents/{document}"), 200).map(drop)
    }

    /// Reads what a search found, as pages for people.
    fn look(&mut self) -> Done {
        let question = self.question();
        self.get("/", 200)?;
        self.get(&format!("/?q={}&status=all", encoded(&question)), 200)?;
        let (instrument, provision) = self.found()?;
        self.get(&format!("/i/{instrument}"), 200)?;
        self.get(&format!("/p/{provision}"), 200).map(drop)
    }

    /// An instrument or case and a provision of it.
    fn found(&mut self) -> Result<(String, String), String> {
        let (word, offset) = (*self.random.one_of(&WORDS), self.random.below(20));
        let mut page = self.search(word, &format!("status=all&limit=1&offset={offset}"))?;
        if page["items"].as_array().is_some_and(Vec::is_empty) {
            page = self.search(word, "status=all&limit=1")?;
        }
        let item = &page["items"][0];
        Ok((text(&item["instrument"]["id"])?.to_string(), text(&item["provisions"][0]["id"])?.to_string()))
    }

    fn mistake(&mut self) -> Done {
        let (target, status) = *self.random.one_of(&MISTAKES);
        self.get(target, status).map(drop)
    }

    /// What was imported stays.
    fn count(&mut self) -> Done {
        let page = self.search(&format!("\"{MARK}\""), "status=all&limit=0&total=exact")?;
        let counted = page["total"]["value"].as_u64().ok_or_else(|| format!("no count: {page}"))?;
        if counted < self.counted {
            return Err(format!("{counted} after {}", self.counted));
        }
        self.counted = counted;
        Ok(())
    }
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("no text: {value}"))
}
