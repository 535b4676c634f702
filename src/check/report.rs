//! Where a check tells what it found.

use crate::model::{
    Assessment, Doubt, Field, Finding, Location, Pending, Subject, Verdict, When, Wording,
};
use crate::notice::Notice;

/// Takes the findings of one check under one notice.
pub struct Report<'a> {
    check: &'static str,
    notice: &'a Notice,
    clause: &'a str,
    assessment: &'a mut Assessment,
}

/// What a finding says.
pub struct Words {
    /// What is wrong.
    pub message: Wording,
    /// What the office can do.
    pub hint: Wording,
}

impl<'a> Report<'a> {
    /// A report for `check`, whose findings cite `clause` of `notice`.
    pub fn new(
        check: &'static str,
        notice: &'a Notice,
        clause: &'a str,
        assessment: &'a mut Assessment,
    ) -> Self {
        Self {
            check,
            notice,
            clause,
            assessment,
        }
    }

    /// The same report, whose findings cite another clause.
    pub fn citing<'b>(&'b mut self, clause: &'b str) -> Report<'b> {
        Report {
            check: self.check,
            notice: self.notice,
            clause,
            assessment: self.assessment,
        }
    }

    /// The records show that the notice is not met.
    pub fn deficient(
        &mut self,
        subject: impl Into<Subject>,
        when: When,
        words: Words,
        location: Option<Location>,
    ) {
        self.find(Verdict::Deficient, subject, when, words, location);
    }

    /// The records cannot decide it.
    pub fn review(
        &mut self,
        subject: impl Into<Subject>,
        when: When,
        words: Words,
        location: Option<Location>,
    ) {
        self.find(Verdict::Review, subject, when, words, location);
    }

    /// As sure as `verdict` says.
    pub fn find(
        &mut self,
        verdict: Verdict,
        subject: impl Into<Subject>,
        when: When,
        words: Words,
        location: Option<Location>,
    ) {
        self.assessment.findings.push(Finding {
            check: self.check,
            notice: self.notice.id.clone(),
            clause: self.clause.to_owned(),
            verdict,
            subject: subject.into(),
            when,
            message: words.message,
            hint: words.hint,
            location,
            fix: None,
        });
    }

    /// It is missing and not due yet.
    pub fn pending(&mut self, subject: impl Into<Subject>, when: When) {
        self.assessment.pending.push(Pending {
            check: self.check,
            notice: self.notice.id.clone(),
            subject: subject.into(),
            when,
        });
    }
}

/// How sure a verdict against the value of `field` can be: a text struck through, or one
/// of several ticked choices, shows nothing by itself.
pub(super) fn verdict_on<T>(field: &Field<T>) -> Verdict {
    let unsure = |doubt: &Doubt| matches!(doubt, Doubt::StruckThrough | Doubt::SeveralChoices);
    if field.doubts.iter().any(unsure) {
        Verdict::Review
    } else {
        Verdict::Deficient
    }
}
