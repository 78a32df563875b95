//! Proposals of the public to review a normative document (行政规范性文件审查建议), and their answers.

use super::{NAME_MAX, typed};
use crate::app::asker::{Asker, follow};
use crate::app::error::{AppError, ErrorCode};
use crate::app::faju::Faju;
use crate::app::service::Service;
use crate::app::who::Who;
use crate::law::Kind;
use crate::people::{Proposal, ProposalState, Proposed};

/// Characters of the reason at most.
pub const REASON_MAX: usize = 5000;

/// Characters of an answer at most.
pub const ANSWER_MAX: usize = 5000;

/// Proposals in the queue that are shown at once, and answered at once at most.
pub const QUEUE_PAGE: usize = 50;

impl Service {
    /// The id and title of a document that may be proposed for review.
    ///
    /// # Errors
    /// Nobody is there to answer; no such document; a document of another kind.
    pub fn proposable(&self, app: &Faju, id: &str, asker: &Asker) -> Result<(String, String), AppError> {
        if !self.is_guarded()? {
            return Err(AppError::new(ErrorCode::Forbidden, "本服务没有人处理审查建议"));
        }
        let head = follow(id, |id| app.instrument(id, None, asker))?.instrument;
        if head.kind != Kind::Normative {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", "审查建议只针对行政规范性文件"));
        }
        Ok((head.id, head.title))
    }

    /// Takes a proposal in; the receipt by which its answer is read, shown once.
    pub fn propose(
        &self,
        app: &Faju,
        given: &Proposed,
        (asker, who): (&Asker, &Who),
        now: i64,
    ) -> Result<String, AppError> {
        let (document, title) = self.proposable(app, &given.document, asker)?;
        let proposed = Proposed {
            document,
            title,
            provision: typed("provision", &given.provision, NAME_MAX, false)?,
            reason: typed("reason", &given.reason, REASON_MAX, true)?,
            name: typed("name", &given.name, NAME_MAX, false)?,
            contact: typed("contact", &given.contact, NAME_MAX, false)?,
        };
        // That one came is noted; from where is nobody's business.
        let who = &Who { from: String::new(), ..who.clone() };
        let people = self.some_people()?;
        let receipt = self.made(who, ("proposal", &proposed.document), || Ok(people.propose(&proposed, now)?))?;
        Ok(receipt.shown().to_string())
    }

    /// The proposal of a receipt, without who made it.
    pub fn proposal_of(&self, receipt: &str) -> Result<Proposal, AppError> {
        let unknown = || AppError::new(ErrorCode::NotFound, "没有这个回执号的建议，请核对");
        let people = self.people()?.ok_or_else(unknown)?;
        let mut found = people.proposal_of(receipt)?.ok_or_else(unknown)?;
        (found.proposed.name, found.proposed.contact) = (String::new(), String::new());
        Ok(found)
    }

    /// A page of the queue behind so many, what waits first; how many there are, and how many of them wait.
    pub fn proposals(&self, behind: usize) -> Result<(Vec<Proposal>, u64, u64), AppError> {
        let people = self.some_people()?;
        let behind = i64::try_from(behind).unwrap_or(i64::MAX);
        let (all, waiting) = people.count_proposals()?;
        Ok((people.proposals(behind, QUEUE_PAGE as i64)?, all, waiting))
    }

    /// Gives many proposals one state and answer: all of them or, where one is unknown, none.
    pub fn answer_proposals(
        &self,
        ids: &[i64],
        state: ProposalState,
        answer: &str,
        who: &Who,
        now: i64,
    ) -> Result<(), AppError> {
        if ids.is_empty() || ids.len() > QUEUE_PAGE {
            let message = format!("请选 1 至 {QUEUE_PAGE} 件建议");
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message));
        }
        ids.iter().try_for_each(|id| self.proposal(*id).map(drop))?;
        ids.iter().try_for_each(|id| self.answer_proposal(*id, state, answer, who, now))
    }

    /// One proposal, with who made it.
    pub fn proposal(&self, id: i64) -> Result<Proposal, AppError> {
        Ok(self.some_people()?.proposal(id)?)
    }

    /// Changes state and answer of a proposal. An end needs an answer.
    pub fn answer_proposal(
        &self,
        id: i64,
        state: ProposalState,
        answer: &str,
        who: &Who,
        now: i64,
    ) -> Result<(), AppError> {
        let answer = typed("answer", answer, ANSWER_MAX, state.is_final())?;
        let people = self.some_people()?;
        self.acted(who, ("proposal_answer", &id.to_string(), state.name()), || {
            Ok(people.answer_proposal(id, state, &answer, now)?)
        })
    }

    /// Takes names and addresses out of proposals that ended long ago; of how many.
    pub fn forget_contacts(&self, now: i64) -> Result<usize, AppError> {
        Ok(self.people()?.map(|people| people.forget_contacts(now)).transpose()?.unwrap_or_default())
    }
}
