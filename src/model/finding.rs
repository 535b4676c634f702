//! What a check says of a record.

use chrono::NaiveDate;

use super::{Location, Month, PersonId, Wording};

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// 不適合: the notice is not met, and the records show it.
    Deficient,
    /// 要確認: the records cannot decide it; a person must look.
    Review,
}

/// When the faulty thing is, or should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// About the user as a whole.
    Always,
    /// About one day.
    Date(NaiveDate),
    /// About days from the first to the last.
    Period(NaiveDate, NaiveDate),
    /// About one month.
    Month(Month),
}

impl When {
    /// The first day it is about.
    pub fn first(self) -> Option<NaiveDate> {
        match self {
            Self::Always => None,
            Self::Date(day) | Self::Period(day, _) => Some(day),
            Self::Month(month) => Some(month.first()),
        }
    }
}

/// Whom a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One user.
    Person(PersonId),
    /// The office as a whole.
    Office,
}

/// Whether a change may be made without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Notation only; no fact changes.
    Safe,
    /// Exactly one reading is possible; shown beside the old one for the office to accept.
    Suggested,
}

/// A change that would mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be made without asking.
    pub applicability: Applicability,
    /// The text as it stands.
    pub from: String,
    /// The text as it would be.
    pub to: String,
}

/// One fault of the record, or one question to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the check.
    pub check: &'static str,
    /// Id of the notice.
    pub notice: String,
    /// The clause by the notice's own numbering, such as `6(3)`.
    pub clause: String,
    /// How sure.
    pub verdict: Verdict,
    /// Whom it is about.
    pub subject: Subject,
    /// When.
    pub when: When,
    /// What is wrong.
    pub message: Wording,
    /// What the office can do.
    pub hint: Wording,
    /// Where; `None` when what is missing has no place.
    pub location: Option<Location>,
    /// A change that would mend it.
    pub fix: Option<Fix>,
}

/// Something that is not there yet and is not due yet: counted, never found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The check that will ask for it.
    pub check: &'static str,
    /// Id of the notice.
    pub notice: String,
    /// Whom it is about.
    pub subject: Subject,
    /// The days or the month that wait.
    pub when: When,
}

/// Days that a notice does not judge, such as those before it was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJudged {
    /// Id of the notice.
    pub notice: String,
    /// Whose days.
    pub subject: Subject,
    /// How many.
    pub days: usize,
    /// Why not.
    pub reason: Wording,
}

/// All that the checks say of one office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessment {
    /// Faults and questions, sorted: worst first, then by user, time and check.
    pub findings: Vec<Finding>,
    /// What is not due yet.
    pub pending: Vec<Pending>,
    /// What was not judged.
    pub not_judged: Vec<NotJudged>,
}
