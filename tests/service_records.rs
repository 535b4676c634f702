//! Offices that hand in their service record sheets: what is found by them, and what is not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fixtures/generator/mod.rs"]
mod generator;

use std::fs;

use chrono::{Datelike, Days, NaiveDate};
use tenken::check;
use tenken::model::{Assessment, Finding, Office, Subject, Verdict, When};
use tenken::normalise;
use tenken::notice::Notice;
use tenken::read::read_book;
use tenken::recognise::{Vocabulary, recognise};

use generator::faults::{FAULTS, Fault};
use generator::story::Story;
use generator::truth::Expected;
use generator::{Notation, Tables, invent, office};

/// Users of an office that is read again and again.
const FEW: usize = 3;

/// What is read of the story's workbooks, and what Kitakyushu's notice says of it.
fn assessed(story: &Story) -> (Office, Assessment) {
    assessed_in(story, &[Notation::Stacked])
}

fn assessed_in(story: &Story, notations: &[Notation]) -> (Office, Assessment) {
    let folder = tempfile::tempdir().unwrap();
    let mut books = Vec::new();
    for file in office(story, notations, Tables::TwoLevels).unwrap() {
        let path = folder.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &file.bytes).unwrap();
        let book = read_book(&path, file.path.as_str().into()).unwrap();
        books.push(recognise(&book, Vocabulary::builtin()));
    }
    let office = normalise::office("港", &books, Vec::new(), Vec::new());
    let notice = Notice::builtin("kitakyushu", &check::names())
        .unwrap()
        .unwrap();
    let as_of = NaiveDate::from_ymd_opt(2025, 12, 1).unwrap();
    let assessment = check::assess(&office, &[notice], as_of);
    (office, assessment)
}

fn with_sheets(seed: u64, users: usize) -> Story {
    let mut story = invent::clean(seed, users);
    invent::keep_service_sheets(&mut story);
    story
}

/// The findings of that verdict as the generator would expect them.
fn told(office: &Office, findings: &[Finding], verdict: Verdict) -> Vec<Expected> {
    let monday = |day: NaiveDate| {
        let days = u64::from(day.weekday().num_days_from_monday());
        day.checked_sub_days(Days::new(days)).unwrap()
    };
    let mut told: Vec<Expected> = findings
        .iter()
        .filter(|finding| finding.verdict == verdict)
        .map(|finding| Expected {
            check: finding.check,
            certificate_number: match finding.subject {
                Subject::Person(id) => office.person(id).certificate_number.clone(),
                Subject::Office => None,
            }
            .map(|number| number.to_string())
            .unwrap_or_default(),
            key: match finding.when {
                When::Always => "roster".to_owned(),
                When::Date(day) => day.to_string(),
                When::Period(first, _) => monday(first).to_string(),
                When::Month(month) => month.to_string(),
            },
        })
        .collect();
    told.sort();
    told
}

#[test]
fn a_clean_office_with_its_sheets_has_no_findings() {
    let story = with_sheets(11, 6);
    let (office, assessment) = assessed_in(&story, &Notation::ALL);
    assert_eq!(assessment.findings, []);
    assert_eq!(office.people.len(), 6);
    assert_eq!(office.service_records.len(), story.service_sheets.len());
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
    let faults = FAULTS
        .iter()
        .filter(|f| f.name.starts_with("service-record"));
    for (user, fault) in faults.enumerate() {
        for user in [user, user + 1] {
            let mut story = with_sheets(7, FEW);
            let expected = fault.apply(&mut story, user % FEW);
            let (office, assessment) = assessed(&story);
            let found = told(&office, &assessment.findings, Verdict::Deficient);
            assert_eq!(found, expected, "{} user {user}", fault.name);
            let asked = told(&office, &assessment.findings, Verdict::Review);
            assert_eq!(asked, [], "{} user {user}", fault.name);
        }
    }
}

#[test]
fn a_fault_elsewhere_is_not_found_again_in_the_sheets() {
    for fault in FAULTS
        .iter()
        .filter(|f| !f.name.starts_with("service-record"))
    {
        let mut story = with_sheets(5, FEW);
        fault.apply(&mut story, 1);
        let (_, assessment) = assessed(&story);
        let of_sheets = assessment
            .findings
            .iter()
            .find(|finding| finding.check.starts_with("service-record"));
        assert_eq!(of_sheets, None, "{}", fault.name);
    }
}

#[test]
fn one_sheet_that_is_not_there_is_one_question() {
    let mut story = with_sheets(3, FEW);
    let gone = story.service_sheets.remove(4);
    let (office, assessment) = assessed(&story);
    let expected = Expected {
        check: "service-record-day-missing",
        certificate_number: story.users[gone.user].certificate_number.clone(),
        key: gone.month.to_string(),
    };
    assert_eq!(
        told(&office, &assessment.findings, Verdict::Review),
        [expected]
    );
    assert_eq!(told(&office, &assessment.findings, Verdict::Deficient), []);
}

#[test]
fn an_office_without_sheets_answers_for_itself() {
    let mut story = invent::clean(3, FEW);
    let fault = Fault::named("recorded-day-not-listed").unwrap();
    let expected = fault.apply(&mut story, 0);
    let (office, assessment) = assessed(&story);
    assert_eq!(
        told(&office, &assessment.findings, Verdict::Deficient),
        expected
    );
    assert_eq!(told(&office, &assessment.findings, Verdict::Review), []);
}
