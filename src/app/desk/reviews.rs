//! Reviews that are kept, with the fate of their findings.

use super::{NAME_MAX, typed};
use crate::app::error::{AppError, ErrorCode};
use crate::app::review::{Mark, Verdict};
use crate::app::service::{Service, own};
use crate::app::who::Who;
use crate::people::KeptVerdict;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes of a kept review at most, packed.
const BYTES_MAX: usize = 16 << 20;

/// Bytes of a kept review at most, unpacked.
const UNPACKED_MAX: usize = 256 << 20;

/// How tightly reviews are packed.
const LEVEL: i32 = 6;

impl Service {
    /// Keeps a review; its number.
    pub fn keep_review(&self, title: &str, report: &impl Serialize, who: &Who, now: i64) -> Result<i64, AppError> {
        let failed = |error: String| AppError::new(ErrorCode::Internal, format!("审查结果不能保存：{error}"));
        let json = serde_json::to_vec(report).map_err(|error| failed(error.to_string()))?;
        let packed = zstd::bulk::compress(&json, LEVEL).map_err(|error| failed(error.to_string()))?;
        if packed.len() > BYTES_MAX || json.len() > UNPACKED_MAX {
            return Err(AppError::new(ErrorCode::TooLarge, "草案和审查结果太大，不能保存；请导出意见书"));
        }
        let title: String = title.chars().take(NAME_MAX).collect();
        let title = typed("title", &title, NAME_MAX, false)?;
        let title = if title.is_empty() { "无标题的草案" } else { &title };
        let (people, account) = (self.some_people()?, own(who)?.number);
        self.made(who, ("review_keep", ""), || {
            let id = people.keep_review(account, title, &packed, now)?;
            Ok((id, id))
        })
    }

    /// A review that is kept, and what was decided.
    pub fn kept_review<T: DeserializeOwned>(&self, id: i64, who: &Who) -> Result<(T, Vec<Mark>), AppError> {
        let broken = |error: String| AppError::new(ErrorCode::Corrupt, format!("保存的审查不能读取：{error}"));
        let (packed, verdicts) = self.some_people()?.kept_review(own(who)?.number, id)?;
        let json = zstd::bulk::decompress(&packed, UNPACKED_MAX).map_err(|error| broken(error.to_string()))?;
        let report = serde_json::from_slice(&json).map_err(|error| broken(error.to_string()))?;
        let marks = verdicts.into_iter().filter_map(|kept| {
            let verdict = Verdict::named(&kept.verdict)?;
            Some(Mark { finding: kept.finding, verdict, note: kept.note })
        });
        Ok((report, marks.collect()))
    }

    /// Writes down what was decided about a finding of a review that is kept.
    pub fn decide_kept(&self, id: i64, mark: &Mark, who: &Who, now: i64) -> Result<(), AppError> {
        let detail = format!("{} {}", mark.finding, mark.verdict.name());
        let verdict = if mark.verdict == Verdict::Open { String::new() } else { mark.verdict.name().to_string() };
        let decided = KeptVerdict { finding: mark.finding.clone(), verdict, note: mark.note.clone() };
        let (people, account) = (self.some_people()?, own(who)?.number);
        self.acted(who, ("finding_decide", &id.to_string(), &detail), || Ok(people.decide(account, id, &decided, now)?))
    }

    /// Forgets a review.
    pub fn forget_review(&self, id: i64, who: &Who) -> Result<(), AppError> {
        let (people, account) = (self.some_people()?, own(who)?.number);
        self.acted(who, ("review_forget", &id.to_string(), ""), || Ok(people.forget_review(account, id)?))
    }
}
