//! Words beside a typed name that say which version is meant.

use super::tests::{TODAY, known};
use super::*;
use crate::law::AuthorityLevel;
use jiff::civil::date;

#[test]
fn a_former_text_is_the_one_before_that_in_force() {
    let names = Names::new(vec![
        known("甲法", AuthorityLevel::Law, &[(2021, 0), (2015, 2021), (2009, 2015)]),
        known("乙条例", AuthorityLevel::AdministrativeRegulation, &[(2009, 2015)]),
        known("丙法", AuthorityLevel::Law, &[(2021, 0)]),
        known("原子能法", AuthorityLevel::Law, &[(2021, 0)]),
        known("渡口避碰规则（1991）", AuthorityLevel::AdministrativeRegulation, &[(2021, 0)]),
    ]);
    let look = |query: &str| {
        let answer = look_up(&read(query).unwrap(), &names, TODAY, Access::Public).unwrap();
        (answer.is_clear(), answer.targets[0].version.clone())
    };
    assert_eq!(look("原甲法3条"), (true, "甲法@2015".to_string()));
    assert_eq!(look("旧乙条例3条"), (true, "乙条例@2009".to_string()));
    assert_eq!(look("原丙法3条"), (false, "丙法@2021".to_string()), "there is none before");
    assert_eq!(look("原子能法3条"), (true, "原子能法@2021".to_string()));
    assert_eq!(look("原甲法（2009）3条"), (true, "甲法@2009".to_string()), "the year goes first");
    let rules = "渡口避碰规则（1991）@2021".to_string();
    assert_eq!(look("《渡口避碰规则（1991）》第3条"), (true, rules), "a year of the title says no version");
}

#[test]
fn a_new_text_that_waits_for_its_day_is_the_new_one() {
    let mut waits = known("渡运法", AuthorityLevel::Law, &[(2027, 0), (2019, 2027)]);
    waits.versions[0].dated = Some(date(2026, 6, 26));
    let names = Names::new(vec![waits]);
    let version = |query: &str| {
        let answer = look_up(&read(query).unwrap(), &names, TODAY, Access::Public).unwrap();
        answer.targets[0].version.clone()
    };
    assert_eq!(version("新渡运法33"), "渡运法@2027");
    assert_eq!(version("渡运法33"), "渡运法@2019");
    assert_eq!(version("现行渡运法33"), "渡运法@2019");
    assert_eq!(version("旧渡运法33"), "渡运法@2019");
    assert_eq!(version("渡运法（新）33"), "渡运法@2027");
    assert_eq!(version("渡运法(修订后)第33条"), "渡运法@2027");
}

#[test]
fn what_begins_like_a_word_for_a_version_may_be_a_name() {
    let names = Names::new(vec![known("虚构省能源条例", AuthorityLevel::LocalRegulation, &[(2021, 0)])]);
    let look = |query: &str| look_up(&read(query).unwrap(), &names, TODAY, Access::Public).map(|answer| answer.fitting);
    assert_eq!(look("能源条例3条"), Some(1));
    assert_eq!(look("新能源条例3条"), Some(0), "nothing of that name");
}
