//! The checks, one file each, and the table of all of them.

mod c01_repealed;
mod c02_version;
mod c03_not_yet;
mod c04_no_such_place;
mod c05_renumbered;
mod c06_title;
mod c07_number;
mod c08_not_held;
mod c09_content;
mod c10_internal;
mod cited;
mod d01_issuer;
mod d02_title;
mod d03_validity;
mod d04_effective_date;
mod d05_interpretation;
mod d06_document_number;
mod d07_override;
mod d08_quota;
mod d09_peers;
mod d10_agency;
mod d11_materials;
mod d12_restated;
mod f01_designated;
mod f02_local_protection;
mod f03_exit;
mod f04_tax_subsidy;
mod f05_lists;
mod f06_price;
mod f07_branch;
mod f08_fee_relief;
mod n01_fine_range;
mod n02_added_penalty;
mod n03_period;
mod n04_tiers;
mod n05_constant;
mod n06_contradiction;
pub mod powers;
mod s01_penalty;
mod s02_licence;
mod s03_coercive_measure;
mod s04_coercive_execution;
mod s05_fee;
mod s06_proof;
mod s07_reserved;
mod s08_rights;
mod s09_licence_condition;
mod s10_delegation;
mod s11_intermediary;
#[cfg(test)]
mod tests;

use super::desk::Desk;
use super::draft::Draft;
use super::finding::{Basis, Found, Severity};
use super::manual::Manual;
use super::question::Question;
use super::settings::Settings;

/// A check (审查规则): what `faju checks` lists.
pub struct Check {
    /// Its code: S01.
    pub code: &'static str,
    /// Its Chinese name.
    pub name: &'static str,
    /// How grave its findings are as a rule.
    pub severity: Severity,
    /// On what it rests.
    pub basis: &'static [Basis],
    /// The source of its file, whose first lines are its manual.
    pub manual: &'static str,
    /// What it asks of the corpus.
    pub questions: fn(&Draft, &Settings) -> Vec<Question>,
    /// What it finds.
    pub judge: fn(&mut Desk<'_>) -> Vec<Found>,
}

impl Check {
    /// Its manual.
    pub fn manual(&self) -> Manual {
        Manual::read(self.manual)
    }
}

/// The questions of a check that needs no corpus.
fn nothing(_: &Draft, _: &Settings) -> Vec<Question> {
    Vec::new()
}

/// All checks, in the order of their codes.
pub static CHECKS: &[&Check] = &[
    &c01_repealed::CHECK,
    &c02_version::CHECK,
    &c03_not_yet::CHECK,
    &c04_no_such_place::CHECK,
    &c05_renumbered::CHECK,
    &c06_title::CHECK,
    &c07_number::CHECK,
    &c08_not_held::CHECK,
    &c09_content::CHECK,
    &c10_internal::CHECK,
    &d01_issuer::CHECK,
    &d02_title::CHECK,
    &d03_validity::CHECK,
    &d04_effective_date::CHECK,
    &d05_interpretation::CHECK,
    &d06_document_number::CHECK,
    &d07_override::CHECK,
    &d08_quota::CHECK,
    &d09_peers::CHECK,
    &d10_agency::CHECK,
    &d11_materials::CHECK,
    &d12_restated::CHECK,
    &f01_designated::CHECK,
    &f02_local_protection::CHECK,
    &f03_exit::CHECK,
    &f04_tax_subsidy::CHECK,
    &f05_lists::CHECK,
    &f06_price::CHECK,
    &f07_branch::CHECK,
    &f08_fee_relief::CHECK,
    &n01_fine_range::CHECK,
    &n02_added_penalty::CHECK,
    &n03_period::CHECK,
    &n04_tiers::CHECK,
    &n05_constant::CHECK,
    &n06_contradiction::CHECK,
    &s01_penalty::CHECK,
    &s02_licence::CHECK,
    &s03_coercive_measure::CHECK,
    &s04_coercive_execution::CHECK,
    &s05_fee::CHECK,
    &s06_proof::CHECK,
    &s07_reserved::CHECK,
    &s08_rights::CHECK,
    &s09_licence_condition::CHECK,
    &s10_delegation::CHECK,
    &s11_intermediary::CHECK,
];
