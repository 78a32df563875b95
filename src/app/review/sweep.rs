//! The sweep over the library (清理): every normative document in force is reviewed as a draft would be, and those whose period of
//! validity has ended are named.

mod affected;

use super::super::faju::{Asker, Faju};
use super::super::view::Holding;
use super::super::view::review::{EarlierItem, EarlierSweep, FindingView, SweepItem, SweepPage};
use super::{ReviewRequest, is_grave};
use crate::app::error::AppError;
use crate::law::{EndedBy, Kind, ValidityStatus, level};
use crate::review::Settings;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Which documents are swept.
#[derive(Debug, Clone, Default)]
pub struct SweepRequest {
    /// Only of makers whose names contain this.
    pub issuer: Option<String>,
    /// Only of the region of this code and of those that lie in it.
    pub region: Option<String>,
    /// What the office has set.
    pub settings: Settings,
    /// An earlier sweep that is carried on: only what a change can affect is looked at again.
    pub earlier: Option<EarlierSweep>,
}

impl SweepRequest {
    /// A digest of what is asked for and of the program that answers.
    fn asked(&self) -> String {
        let settings = serde_json::to_string(&self.settings).unwrap_or_default();
        let own = format!("{:?} {:?} {settings} {}", self.issuer, self.region, env!("CARGO_PKG_VERSION"));
        crate::review::finding::id("asked", &own, "", 0)
    }

    fn takes(&self, holding: &Holding) -> bool {
        let instrument = &holding.instrument;
        let of_issuer = |name: &String| instrument.issuer.as_ref().is_some_and(|issuer| issuer.contains(name.as_str()));
        let of_region = |code: &String| instrument.region.as_ref().is_some_and(|own| level::lies_in(own, code));
        instrument.kind == Kind::Normative
            && self.issuer.as_ref().is_none_or(of_issuer)
            && self.region.as_ref().is_none_or(of_region)
    }
}

impl Faju {
    /// Reviews every normative document in force on a day; findings above information are listed, document by document.
    pub fn sweep(&self, request: &SweepRequest, as_of: Option<Date>, asker: &Asker) -> Result<SweepPage, AppError> {
        super::filled("issuer", request.issuer.as_deref())?;
        super::coded(request.region.as_deref())?;
        // The graph is made on all cores under a lock, for which no core may wait inside the parallel loop.
        self.warm(asker)?;
        let state = self.state()?;
        let asked = request.asked();
        let earlier = request.earlier.as_ref().filter(|earlier| earlier.asked == asked);
        let affected = match earlier {
            Some(earlier) => self.affected(earlier, as_of, asker)?,
            None => None,
        };
        let kept = earlier.filter(|_| affected.is_some()).map_or(&[][..], |earlier| &earlier.items);
        let kept: HashMap<&str, &EarlierItem> = kept.iter().map(|item| (item.instrument.id.as_str(), item)).collect();
        let is_affected = |holding: &Holding| affected.as_ref().is_none_or(|ids| ids.contains(&holding.instrument.id));
        let holdings = self.inventory(as_of, asker)?;
        let holdings: Vec<&Holding> = holdings.iter().filter(|holding| request.takes(holding)).collect();
        let looked_at = AtomicU64::new(0);
        let swept: Result<Vec<Option<SweepItem>>, AppError> = holdings
            .par_iter()
            .map(|holding| match is_affected(holding) {
                true => {
                    looked_at.fetch_add(1, Ordering::Relaxed);
                    self.swept(holding, request, as_of, asker)
                }
                false => Ok(carried_on(holding, kept.get(holding.instrument.id.as_str()).copied())),
            })
            .collect();
        let items: Vec<SweepItem> = swept?.into_iter().flatten().collect();
        Ok(SweepPage {
            as_of: as_of.unwrap_or(asker.today),
            cursor: state.cursor,
            asked,
            known_to: state.known_to,
            looked_at: looked_at.into_inner(),
            documents: items.len() as u64,
            findings: items.iter().map(|item| item.findings.len() as u64).sum(),
            items: items.into_iter().filter(|item| item.expired || !item.findings.is_empty()).collect(),
            sample: self.is_sample(),
        })
    }

    /// One document; `None` if it does not stand and has not merely run out.
    fn swept(
        &self,
        holding: &Holding,
        request: &SweepRequest,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Option<SweepItem>, AppError> {
        let instrument = holding.instrument.clone();
        let Some(version) = holding.versions.iter().find(|version| stands(version.status)) else {
            let ran_out = holding.versions.first().filter(|version| version.ended_by == Some(EndedBy::Expiry));
            let item = |version: &super::super::view::VersionView| SweepItem {
                instrument,
                version: version.key.clone(),
                expired: true,
                findings: Vec::new(),
            };
            return Ok(ran_out.map(item));
        };
        let Some(draft) = self.held_draft(&instrument, version, as_of, asker)? else { return Ok(None) };
        let draft = ReviewRequest { settings: request.settings.clone(), ..draft };
        // What has no letter, or is longer than any draft, is no text that people made.
        let Ok(page) = self.review(&draft, as_of, asker) else { return Ok(None) };
        let findings: Vec<FindingView> =
            page.findings.into_iter().filter(|finding| is_grave(finding.severity)).collect();
        Ok(Some(SweepItem { instrument, version: version.key.clone(), expired: false, findings }))
    }
}

/// A document that nothing has affected, as an earlier sweep found it; `None` if it neither stands nor has run out.
fn carried_on(holding: &Holding, earlier: Option<&EarlierItem>) -> Option<SweepItem> {
    let instrument = holding.instrument.clone();
    if let Some(item) = earlier {
        let EarlierItem { version, expired, findings, .. } = item.clone();
        return Some(SweepItem { instrument, version, expired, findings });
    }
    let version = holding.versions.iter().find(|version| stands(version.status))?;
    Some(SweepItem { instrument, version: version.key.clone(), expired: false, findings: Vec::new() })
}

/// What may be in force is reviewed.
fn stands(status: ValidityStatus) -> bool {
    matches!(status, ValidityStatus::InForce | ValidityStatus::Unknown)
}
