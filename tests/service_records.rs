//! Offices that hand in their service record sheets: what is found by them, and what is not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use tenken::model::{Office, Verdict};

use crate::generator::faults::{Fault, faults};
use crate::generator::story::Story;
use crate::generator::truth::Expected;
use crate::generator::{Notation, Tables, invent, office};
use crate::support::findings::{day_of_the_check, findings, kitakyushu};
use crate::support::reading::{Written, read_office};

/// Users of an office that is read again and again.
const FEW: usize = 3;

/// What is read of the story's workbooks, and what Kitakyushu's notice says of it.
fn assessed(story: &Story, notations: &[Notation]) -> (Office, Vec<Expected>) {
    let files = office(story, notations, Tables::TwoLevels).unwrap();
    let office = read_office(&story.name, &files).unwrap();
    let told = told(story, &office);
    (office, told)
}

fn told(story: &Story, office: &Office) -> Vec<Expected> {
    let mut told = findings(office, &kitakyushu().unwrap(), day_of_the_check(story));
    told.sort();
    told
}

/// Reads stories that are but little altered, quickly.
fn written(story: &Story) -> Written {
    Written::new(story.clone(), (Notation::Stacked, Tables::TwoLevels)).unwrap()
}

fn told_after(written: &Written, story: &Story) -> Vec<Expected> {
    let files = written.files(story).unwrap();
    told(story, &written.read(&files).unwrap())
}

fn with_sheets(seed: u64, users: usize) -> Story {
    let mut story = invent::clean(seed, users);
    invent::keep_service_sheets(&mut story);
    story
}

#[test]
fn a_clean_office_with_its_sheets_has_no_findings() {
    let story = with_sheets(11, 6);
    let (office, told) = assessed(&story, &Notation::ALL);
    assert_eq!(told, []);
    assert_eq!(office.people.len(), 6);
    assert_eq!(office.service_records.len(), story.service_sheets.len());
    assert!(!story.service_sheets.is_empty());
    for sheet in &story.service_sheets {
        let number = &story.users[sheet.user].certificate_number;
        let read = office.service_records.iter().find(|read| {
            let person = office.person(read.user.person).certificate_number.as_ref();
            person.is_some_and(|n| n.as_str() == number) && read.month.get() == Some(sheet.month)
        });
        let read = read.unwrap_or_else(|| panic!("{number} {}", sheet.month));
        assert_eq!(read.days.len(), sheet.days.len());
        for (read, day) in read.days.iter().zip(&sheet.days) {
            assert_eq!(read.date.get(), Some(day.day));
            assert_eq!((read.start.get(), read.end.get()), (day.start, day.end));
            assert_eq!(read.remarks.text().unwrap_or_default(), day.remarks);
            assert!(read.confirmed.value().is_some(), "{} {}", number, day.day);
        }
    }
}

#[test]
fn each_fault_of_a_sheet_is_found_by_its_check_and_by_nothing_else() {
    let clean = with_sheets(7, FEW);
    let written = written(&clean);
    let of_sheets = faults().filter(|f| f.name.starts_with("service-record"));
    assert!(of_sheets.count() > 3);
    for fault in faults().filter(|f| f.name.starts_with("service-record")) {
        for user in 0..FEW {
            let mut story = clean.clone();
            let expected = fault.apply(&mut story, user);
            let told = told_after(&written, &story);
            assert_eq!(told, expected, "{} user {user}", fault.name);
        }
    }
}

#[test]
fn a_fault_elsewhere_is_not_found_again_in_the_sheets() {
    let clean = with_sheets(5, FEW);
    let written = written(&clean);
    for fault in faults().filter(|f| !f.name.starts_with("service-record")) {
        let mut story = clean.clone();
        fault.apply(&mut story, 1);
        let told = told_after(&written, &story);
        let of_sheets = told.iter().find(|e| e.check.starts_with("service-record"));
        assert_eq!(of_sheets, None, "{}", fault.name);
    }
}

#[test]
fn one_sheet_that_is_not_there_is_one_question() {
    let mut story = with_sheets(3, FEW);
    let gone = story.service_sheets.remove(4);
    let expected = Expected {
        check: "service-record-day-missing",
        certificate_number: story.users[gone.user].certificate_number.clone(),
        key: gone.month.to_string(),
        verdict: Verdict::Review,
    };
    assert_eq!(assessed(&story, &[Notation::Stacked]).1, [expected]);
}

#[test]
fn an_office_without_sheets_answers_for_itself() {
    let mut story = invent::clean(3, FEW);
    let fault = Fault::named("recorded-day-not-listed:day").unwrap();
    let expected = fault.apply(&mut story, 0);
    assert_eq!(assessed(&story, &[Notation::Stacked]).1, expected);
}
