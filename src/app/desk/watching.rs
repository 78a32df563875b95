//! Watching: what is known of an instrument or case today, what of it is new, and telling those who watch it.

use super::seen::UNSEEN;
use crate::app::asker::{Asker, Found, follow};
use crate::app::error::{AppError, ErrorCode};
use crate::app::faju::Faju;
use crate::app::service::{Account, Service, own};
use crate::app::view::{ReadingView, VersionView};
use crate::app::who::{Who, seen_by};
use crate::law::{Access, Kind, ValidityStatus};
use crate::people::{News, People, Watch};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Days before the end of a validity from which on it is told.
const ENDING_DAYS: i32 = 90;

/// One look at what people watch, and one delivery of what was noticed.
pub struct Round<'a> {
    /// What is looked at.
    pub app: &'a Faju,
    /// The widest access that this server shows.
    pub ceiling: Access,
    /// Today.
    pub today: Date,
    /// Now, in seconds since 1970.
    pub now: i64,
}

impl Round<'_> {
    /// What each account sees, by its number.
    pub(super) fn askers(&self, people: &People) -> Result<HashMap<i64, Asker>, AppError> {
        let accounts = people.accounts()?;
        Ok(accounts.iter().map(|account| (account.number, asker_of(account, self.ceiling, self.today))).collect())
    }
}

/// What is known: each fact by a key that changes with it.
type Facts = BTreeMap<String, News>;

/// What is known of something, and how it is called.
#[derive(Clone)]
struct Known {
    id: String,
    title: String,
    facts: Facts,
}

impl Service {
    /// Begins to watch an instrument or case; whether it is new, and what it is called. What is known today is no news, but that
    /// a validity ends soon.
    pub fn watch(&self, app: &Faju, id: &str, asker: &Asker, who: &Who, now: i64) -> Result<(bool, String), AppError> {
        let known = known(app, id, asker)?;
        let keys = known.facts.iter().filter(|(_, news)| news.kind != "ending").map(|(key, _)| key.clone()).collect();
        let (people, account) = (self.some_people()?, own(who)?.number);
        let new = people.add_watch(account, (&known.id, &known.title), &keys, now)?;
        let news: Vec<News> = known.facts.values().filter(|news| news.kind == "ending").cloned().collect();
        if new
            && !news.is_empty()
            && let Some(watch) = people.watches(account)?.iter().find(|watch| watch.target == known.id)
        {
            people.notice(watch, &news, &known.facts.into_keys().collect(), now)?;
        }
        Ok((new, known.title))
    }

    /// Looks at everything that is watched and writes down what is new; how many watches had news.
    ///
    /// # Errors
    /// Accounts that cannot be read or written. What cannot be looked at now is looked at the next time.
    pub fn look(&self, round: &Round<'_>) -> Result<usize, AppError> {
        let Some(people) = self.people()? else { return Ok(0) };
        let accounts = round.askers(people)?;
        let mut looked: HashMap<(String, Asker), Option<Known>> = HashMap::new();
        let mut told = 0;
        for watch in people.every_watch()? {
            let Some(asker) = accounts.get(&watch.account) else { continue };
            let of = looked.entry((watch.target.clone(), asker.clone()));
            let Some(known) = of.or_insert_with(|| facts_of(round.app, &watch, asker)) else { continue };
            let keys: BTreeSet<String> = known.facts.keys().cloned().collect();
            if keys == watch.known {
                continue;
            }
            let new = known.facts.iter().filter(|(key, _)| !watch.known.contains(*key));
            let news: Vec<News> = new.map(|(_, news)| news.clone()).collect();
            told += usize::from(!news.is_empty());
            people.notice(&watch, &news, &keys, round.now)?;
        }
        Ok(told)
    }
}

/// What an account sees: nothing but what is public while something must be done with it first.
fn asker_of(account: &Account, ceiling: Access, today: Date) -> Asker {
    let unsettled = account.must_change || account.second_demanded && !account.second_factor;
    if unsettled { Asker::of(Access::Public, today) } else { seen_by(account, ceiling, today) }
}

/// What is known of what is watched; `None` where it cannot be looked at just now.
fn facts_of(app: &Faju, watch: &Watch, asker: &Asker) -> Option<Known> {
    match known(app, &watch.target, asker) {
        Ok(known) => Some(known),
        Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Gone) => {
            let gone = News { kind: "gone", text: UNSEEN.to_string() };
            let facts = Facts::from([("gone".to_string(), gone)]);
            Some(Known { id: watch.target.clone(), title: watch.title.clone(), facts })
        }
        Err(_) => None,
    }
}

fn known(app: &Faju, id: &str, asker: &Asker) -> Result<Known, AppError> {
    let id = id.split('@').next().unwrap_or(id);
    let view = follow(id, |id| app.instrument(id, None, asker))?;
    let mut facts = Facts::new();
    if view.instrument.kind == Kind::Case {
        of_case(app, &view.instrument.id, asker, &mut facts)?;
    } else {
        of_law(&view, &mut facts);
    }
    Ok(Known { id: view.instrument.id, title: view.instrument.title, facts })
}

fn of_law(view: &ReadingView, facts: &mut Facts) {
    let mut add = |key: String, kind: &'static str, text: String| facts.insert(key, News { kind, text });
    for version in &view.versions {
        let from = version.effective_from.map_or_else(|| "施行日期不详".to_string(), |day| format!("{day} 起施行"));
        let dated = version.dated.map(|day| format!("，{day} 公布或者决定")).unwrap_or_default();
        add(
            format!("version {} {:?}", version.key, version.effective_from),
            "version",
            format!("有一个文本：{from}{dated}"),
        );
        if let Some(ended) = version.ended() {
            add(format!("ended {} {:?}", version.key, version.ended_on), "status", format!("{from}的文本：{ended}"));
        }
    }
    let Some(current) = &view.version else { return };
    add(
        format!("status {}", current.status.name()),
        "status",
        format!("时效现为：{}（核对日 {}）", current.status.chinese(), view.as_of),
    );
    if let Some((day, days)) = ends_soon(current, view.as_of) {
        add(format!("ending {day}"), "ending", format!("效力即将终止：{day} 起不再有效，还有 {days} 天"));
    }
}

/// When a text that is in force soon is no longer, and in how many days.
fn ends_soon(version: &VersionView, today: Date) -> Option<(Date, i32)> {
    let day = version.ended_on.filter(|_| version.status == ValidityStatus::InForce)?;
    let days = day.since((jiff::Unit::Day, today)).ok()?.get_days();
    (1..=ENDING_DAYS).contains(&days).then_some((day, days))
}

/// Which of the articles that a case rests on are no longer what they were.
fn of_case(app: &Faju, id: &str, asker: &Asker, facts: &mut Facts) -> Result<(), AppError> {
    let Found::Here(page) = app.case(id, None, asker)? else { return Ok(()) };
    for provision in &page.provisions {
        if let (Some(state), Some(message)) = (provision.state, &provision.message) {
            let text = format!("所引“{}”：{message}", provision.text);
            facts.insert(format!("law {} {}", provision.text, state.name()), News { kind: "law", text });
        }
    }
    Ok(())
}
