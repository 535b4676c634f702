//! What the checks say of an office, in the words of the stories.

use chrono::{Datelike, Days, NaiveDate};
use tenken::check;
use tenken::model::{Office, Subject, When};
use tenken::notice::Notice;

use crate::generator::Result;
use crate::generator::story::Story;
use crate::generator::truth::Expected;

/// The findings, each as a story expects it.
pub fn findings(office: &Office, notice: &Notice, as_of: NaiveDate) -> Vec<Expected> {
    let assessment = check::assess(office, std::slice::from_ref(notice), as_of);
    let told = assessment.findings.iter().map(|finding| Expected {
        check: finding.check,
        certificate_number: match finding.subject {
            Subject::Person(id) => number_of(office, id),
            Subject::Office => String::new(),
        },
        key: key(finding.when),
        verdict: finding.verdict,
    });
    told.collect()
}

/// The notice that most stories keep.
pub fn kitakyushu() -> Result<Notice> {
    builtin("kitakyushu")
}

/// A notice that is built in.
pub fn builtin(id: &str) -> Result<Notice> {
    let notice = Notice::builtin(id, &check::names());
    Ok(notice.ok_or("the notice is built in")??)
}

/// A day on which everything that a story tells of is due.
pub fn day_of_the_check(story: &Story) -> NaiveDate {
    let last = story.months.last().map(|month| month.last());
    let due = last.and_then(|day| day.checked_add_days(Days::new(31)));
    due.unwrap_or(NaiveDate::MAX)
}

fn number_of(office: &Office, id: tenken::model::PersonId) -> String {
    let number = office.person(id).certificate_number.as_ref();
    number.map(|n| n.as_str().to_owned()).unwrap_or_default()
}

fn key(when: When) -> String {
    match when {
        When::Always => "roster".to_owned(),
        When::Date(day) => day.to_string(),
        When::Month(month) => month.to_string(),
        When::Period(first, _) => {
            let weekday = u64::from(first.weekday().num_days_from_monday());
            let monday = first.checked_sub_days(Days::new(weekday));
            monday.unwrap_or(first).to_string()
        }
    }
}
