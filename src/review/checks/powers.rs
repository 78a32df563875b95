//! Which level may set what (设定权): the matrix behind the checks of the S family, and the lists of a county.

use crate::law::kind::AuthorityLevel;
use crate::review::desk::{Budget, Cues, Desk, Hit};
use crate::review::draft::{Draft, Sentence};
use crate::review::finding::{Basis, Confidence, Evidence, Found, Severity};
use crate::review::guards::Guard;
use crate::review::question::{Answer, Answers, Question};
use crate::review::settings::Settings;
use crate::review::theme::Theme;
use crate::review::words::letters;
use std::sync::LazyLock;

/// A power that is reserved to some levels (设定权).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// 行政处罚.
    Penalty,
    /// 行政许可.
    Licence,
    /// 行政强制措施.
    CoerciveMeasure,
    /// 行政强制执行.
    CoerciveExecution,
    /// 收费、基金、保证金.
    Fee,
    /// 证明事项.
    Proof,
    /// 法律保留事项.
    Reserved,
    /// 减损权利、增加义务.
    Right,
    /// 许可条件.
    LicenceCondition,
    /// 执法权的授予和委托.
    Delegation,
    /// 中介服务.
    Intermediary,
}

/// What a level may do with a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may not set it.
    Forbidden,
    /// It may, in limits that the words alone do not show.
    Limited,
    /// It may.
    Allowed,
}

/// What a level may set, as the laws on legislation, penalties, licences and coercion have it; `words` tell the kind.
pub fn standing(level: AuthorityLevel, power: Power, words: &str) -> Standing {
    use AuthorityLevel as Level;
    match level {
        Level::NormativeDocument => Standing::Forbidden,
        Level::DepartmentalRule | Level::LocalGovernmentRule => of_rule(power, words),
        Level::LocalRegulation
        | Level::AutonomousRegulation
        | Level::SeparateRegulation
        | Level::SpecialEconomicZoneRegulation => of_local_regulation(power, words),
        Level::AdministrativeRegulation | Level::SupervisionRegulation => match power {
            Power::Penalty if words.contains("拘留") => Standing::Forbidden,
            Power::Reserved => Standing::Forbidden,
            _ => Standing::Allowed,
        },
        Level::Constitution | Level::Law | Level::JudicialInterpretation => Standing::Allowed,
    }
}

/// 规章: warnings and fines within limits; of other penalties and of licences only the details.
fn of_rule(power: Power, words: &str) -> Standing {
    const OF_LAW: [&str; 8] = ["没收", "吊销", "暂扣", "停产", "停业", "关闭", "资格", "年内"];
    match power {
        Power::Penalty if words.contains("拘留") => Standing::Forbidden,
        Power::Penalty if OF_LAW.iter().any(|kind| words.contains(kind)) => Standing::Limited,
        Power::Penalty => Standing::Allowed,
        Power::CoerciveMeasure | Power::CoerciveExecution | Power::Proof | Power::Reserved | Power::Intermediary => {
            Standing::Forbidden
        }
        Power::Licence | Power::Fee | Power::Right | Power::LicenceCondition | Power::Delegation => Standing::Limited,
    }
}

/// 地方性法规: no detention, no revoking of business licences, no execution; of coercive measures only 查封 and 扣押, and these only where
/// no law has dealt with the matter (行政强制法第十条、第十一条).
fn of_local_regulation(power: Power, words: &str) -> Standing {
    let has = |word: &str| words.contains(word);
    match power {
        Power::Penalty if has("拘留") || has("吊销") && has("营业执照") => Standing::Forbidden,
        Power::CoerciveMeasure if has("冻结") || has("强制") || has("收容") => Standing::Forbidden,
        Power::CoerciveMeasure => Standing::Limited,
        Power::CoerciveExecution | Power::Reserved => Standing::Forbidden,
        _ => Standing::Allowed,
    }
}

/// What the checks of this family share: cues, guards, and the power that they are about.
pub struct Rule {
    /// The power.
    pub power: Power,
    /// Its cues.
    pub cues: &'static LazyLock<Cues>,
    /// Guards of the cues that other checks share.
    pub guards: &'static [Guard],
    /// Guards of this power alone.
    pub own: &'static [Guard],
    /// Message for a normative document, with `{}` where the words go.
    pub message: &'static str,
    /// What to do.
    pub suggestion: &'static str,
}

impl Rule {
    /// What it asks: a draft may repeat what superior law has set, so its nearest provisions are wanted.
    pub fn questions(&self, draft: &Draft, settings: &Settings) -> Vec<Question> {
        let answers = Answers::default();
        let mut desk = Desk { draft, answers: &answers, settings, budget: Budget::new(settings.steps_max) };
        let hits = self.hits(&mut desk);
        let asked = hits.iter().filter(|hit| !hit.reminds).take(ASKED_MAX);
        asked.filter_map(|hit| Some(repeated(draft.sentences.get(hit.sentence)?))).collect()
    }

    /// What it finds.
    pub fn judge(&self, desk: &mut Desk<'_>) -> Vec<Found> {
        let hits = self.hits(desk);
        self.found(desk, &hits)
    }

    /// What it finds, and what another one finds elsewhere: one place is reported once.
    pub fn judge_with(&self, desk: &mut Desk<'_>, other: &Rule) -> Vec<Found> {
        let mut found = self.judge(desk);
        let apart = |one: &Found, more: &Found| one.span.end <= more.span.start || more.span.end <= one.span.start;
        for more in other.judge(desk) {
            if found.iter().all(|one| apart(one, &more)) {
                found.push(more);
            }
        }
        found
    }

    /// Findings for cues, by the level of the draft and the lists of the county.
    pub fn found(&self, desk: &Desk<'_>, hits: &[Hit]) -> Vec<Found> {
        hits.iter().filter_map(|hit| self.one(desk, hit)).collect()
    }

    /// Of every sentence the first cue whose words the level of the draft may not set without more.
    fn hits(&self, desk: &mut Desk<'_>) -> Vec<Hit> {
        let level = desk.draft.level;
        if self.power == Power::Penalty && refines_discretion(desk.draft) {
            return Vec::new();
        }
        let guards = [self.guards, self.own].concat();
        desk.hits_of(self.cues, &guards, |words| standing(level, self.power, words) != Standing::Allowed)
    }

    fn one(&self, desk: &Desk<'_>, hit: &Hit) -> Option<Found> {
        let sentence = desk.draft.sentences.get(hit.sentence)?;
        let standing = standing(desk.draft.level, self.power, sentence.text.get(hit.cue.clone())?);
        let mut found = desk.found(hit, &self.spoken(desk.draft.level), self.suggestion);
        match standing {
            Standing::Allowed => return None,
            Standing::Limited => {
                found.severity = found.severity.max(Some(Severity::Medium));
                found.confidence = Confidence::Low;
            }
            Standing::Forbidden => {}
        }
        if let Some(copied) = copied(desk.answers, sentence, desk.draft.level, self.power) {
            found.severity = Some(Severity::Info);
            let (title, article) = (&copied.title, &copied.article);
            found.message.push_str(&format!("（与上位法《{title}》{article}的规定基本一致，请写明依据。）"));
            found.evidence.push(copied.clone());
        }
        if let Some(listed) =
            listed(desk.settings, self.power).iter().find(|name| sentence.folded().contains(name.as_str()))
        {
            found.severity = Some(Severity::Info);
            found.message.push_str(&format!("（“{listed}”已列入本地清单，请核对依据是否一致。）"));
        }
        Some(found)
    }

    /// The message for a level: that for normative documents up to 请核对, and what the law says of the level of the draft.
    fn spoken(&self, level: AuthorityLevel) -> String {
        const ASKS: &str = "请核对。";
        let law = of_level(level, self.power);
        match self.message.find(ASKS) {
            _ if law.is_empty() => self.message.to_string(),
            Some(at) => format!("{}{law}", &self.message[..at + ASKS.len()]),
            None => format!("{}{law}", self.message),
        }
    }
}

/// Whether a draft is a benchmark of discretion (裁量基准): its tables say again which fines the law has.
fn refines_discretion(draft: &Draft) -> bool {
    let title = draft.head.title.as_deref().unwrap_or_default();
    let is_table = ["基准", "标准", "表", "幅度"].iter().any(|word| title.contains(word));
    title.contains("裁量") && is_table
}

/// So many sentences of one check are held against superior law.
const ASKED_MAX: usize = 100;
/// Provisions of superior law that are looked at for one sentence.
const CANDIDATES: usize = 3;
/// A sentence of which superior law has so much repeats it.
const SAME: f64 = 0.8;
/// So much of a sentence on a licence.
const SAME_LICENCE: f64 = 0.88;
/// Shorter sentences stand in some law by chance.
const WHOLE_CHARS_MIN: usize = 15;

fn repeated(sentence: &Sentence) -> Question {
    Question::Verbatim { words: sentence.folded().to_string(), most: CANDIDATES }
}

/// The provision of superior law that a sentence repeats. A rule may say it in other words, and who repeats a licence of the law in
/// other words sets none; else a normative document, which may set nothing, only word for word.
fn copied<'a>(answers: &'a Answers, sentence: &Sentence, level: AuthorityLevel, power: Power) -> Option<&'a Evidence> {
    let Answer::Provisions(provisions) = answers.to(&repeated(sentence)) else { return None };
    let (theme, own) = (Theme::around(sentence.folded()), letters(sentence.folded()));
    let is_whole = own.chars().count() >= WHOLE_CHARS_MIN;
    let same = |evidence: &&Evidence| match level {
        AuthorityLevel::NormativeDocument if power == Power::Licence => {
            is_whole && theme.says_enough() && theme.share_in(&evidence.text) >= SAME_LICENCE
        }
        AuthorityLevel::NormativeDocument => is_whole && letters(&evidence.text).contains(&own),
        _ => theme.says_enough() && theme.share_in(&evidence.text) >= SAME,
    };
    provisions.iter().find(same)
}

/// What the law says of a power of a level above normative documents; empty for these.
fn of_level(level: AuthorityLevel, power: Power) -> &'static str {
    use AuthorityLevel as Level;
    let is_rule = matches!(level, Level::DepartmentalRule | Level::LocalGovernmentRule);
    match power {
        _ if level == Level::NormativeDocument => "",
        Power::Penalty if is_rule => {
            "规章只能在法律、法规规定的行为、种类和幅度内作出具体规定；尚未制定法律、法规的，只能设定警告、通报批评或者限额内的罚款。"
        }
        Power::Penalty => "限制人身自由的行政处罚只能由法律设定；地方性法规不得设定吊销营业执照的行政处罚。",
        Power::Licence | Power::LicenceCondition => {
            "规章只能在上位法设定的行政许可事项范围内作出具体规定，不得增设许可和违反上位法的其他条件；省级政府规章可以设定临时性的行政许可。"
        }
        Power::CoerciveMeasure if is_rule => "规章不得设定行政强制措施。",
        Power::CoerciveMeasure => {
            "地方性法规只能对尚未制定法律、行政法规的地方性事务设定查封场所、设施或者财物和扣押财物；法律已有规定的，不得扩大对象、条件和种类。"
        }
        Power::CoerciveExecution => {
            "行政强制执行由法律设定，法规、规章不得设定；不得对居民生活采取停止供水、供电、供热、供燃气等方式迫使当事人履行行政决定。"
        }
        Power::Fee => "规章设立收费、基金、保证金，应当有法律、行政法规依据或者经国务院批准。",
        Power::Proof => "规章不得设定没有法律、法规或者国务院决定依据的证明事项。",
        Power::Reserved => "只能制定法律的事项，法规、规章无权规定。",
        Power::Right => "没有法律、法规依据，规章不得设定减损权利或者增加义务的规范。",
        Power::Delegation => "规章委托实施处罚、许可须有法律、法规依据，行政强制措施权不得委托。",
        Power::Intermediary => "规章不得把没有法律、法规或者国务院决定依据的中介服务作为办理行政审批的条件。",
    }
}

/// On what a check rests at a level above normative documents, where that is not what it rests on below.
pub fn basis(code: &str, level: AuthorityLevel) -> Option<&'static [Basis]> {
    use AuthorityLevel as Level;
    match (code, level) {
        ("S01", Level::LocalGovernmentRule) => Some(PENALTY_LOCAL_RULE),
        ("S01", Level::DepartmentalRule) => Some(PENALTY_DEPARTMENTAL),
        ("S01", level) if level != Level::NormativeDocument => Some(PENALTY_REGULATION),
        ("S02", Level::LocalGovernmentRule | Level::DepartmentalRule) => Some(LICENCE_RULE),
        _ => None,
    }
}

const PENALTY_LOCAL_RULE: &[Basis] =
    &[Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十四条" }];
const PENALTY_DEPARTMENTAL: &[Basis] =
    &[Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十三条" }];
const PENALTY_REGULATION: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十一条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十二条" },
];
const LICENCE_RULE: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第十五条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第十六条" },
];

/// The list of a county that concerns a power.
fn listed(settings: &Settings, power: Power) -> &[String] {
    match power {
        Power::Licence | Power::LicenceCondition => &settings.licences,
        Power::Fee => &settings.fees,
        Power::Proof => &settings.proofs,
        Power::Delegation => &settings.delegated,
        _ => &[],
    }
}
