//! Where a check tells what it found.

use super::implied::Found;
use super::unseen::Unseen;
use crate::model::{Finding, Location, Pending, Subject, Verdict, When, Wording};
use crate::notice::Notice;

/// Takes the findings of one check under one notice.
pub struct Report<'a> {
    check: &'static str,
    notice: &'a Notice,
    clause: &'a str,
    found: &'a mut Vec<Found>,
    pending: &'a mut Vec<Pending>,
}

/// What a finding says.
pub struct Words {
    /// What is wrong.
    pub message: Wording,
    /// What the office can do.
    pub hint: Wording,
    /// Faulty values that it tells of, besides the finding's location.
    pub about: Vec<Location>,
    /// Values without whose fault it would not stand, of each group one.
    pub rests_on: Vec<Vec<Location>>,
}

impl Words {
    /// The same, telling of these values as well.
    pub fn telling_of(mut self, about: Vec<Location>) -> Self {
        self.about = about;
        self
    }

    /// The same, left out where each of these values is the fault of another finding.
    pub fn resting_on(mut self, values: Vec<Location>) -> Self {
        self.rests_on = values.into_iter().map(|value| vec![value]).collect();
        self
    }

    /// The same, left out where one of these values is the fault of another finding.
    pub fn resting_on_either(mut self, values: Vec<Location>) -> Self {
        self.rests_on = vec![values];
        self
    }
}

impl<'a> Report<'a> {
    /// A report for `check`, whose findings cite `clause` of `notice`.
    pub fn new(
        check: &'static str,
        notice: &'a Notice,
        clause: &'a str,
        found: &'a mut Vec<Found>,
        pending: &'a mut Vec<Pending>,
    ) -> Self {
        Self {
            check,
            notice,
            clause,
            found,
            pending,
        }
    }

    /// The same report, whose findings cite another clause.
    pub fn citing<'b>(&'b mut self, clause: &'b str) -> Report<'b> {
        Report {
            check: self.check,
            notice: self.notice,
            clause,
            found: self.found,
            pending: self.pending,
        }
    }

    /// Something is not there: the records show it only where nothing that could be it is
    /// unseen.
    pub fn missing(
        &mut self,
        unseen: Option<Unseen>,
        subject: impl Into<Subject>,
        when: When,
        words: Words,
        location: Option<Location>,
    ) {
        self.missing_as(Verdict::Deficient, unseen, subject, when, words, location);
    }

    /// The same, as sure as `verdict` says at most.
    pub fn missing_as(
        &mut self,
        verdict: Verdict,
        unseen: Option<Unseen>,
        subject: impl Into<Subject>,
        when: When,
        mut words: Words,
        location: Option<Location>,
    ) {
        let Some(unseen) = unseen else {
            return self.find(verdict, subject, when, words, location);
        };
        words.message.ja.push_str(&unseen.because.ja);
        words.message.en.push(' ');
        words.message.en.push_str(&unseen.because.en);
        let said = words.resting_on(unseen.rests_on);
        self.review(subject, when, said, location);
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
        let finding = Finding {
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
        };
        self.found.push(Found {
            finding,
            about: words.about,
            rests_on: words.rests_on,
        });
    }

    /// It is missing and not due yet.
    pub fn pending(&mut self, subject: impl Into<Subject>, when: When) {
        self.pending.push(Pending {
            check: self.check,
            notice: self.notice.id.clone(),
            subject: subject.into(),
            when,
        });
    }
}
