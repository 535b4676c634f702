//! The invented office: what its generator promises to every other test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx};
use chrono::{Datelike, Duration};
use tenken::model::{ContactKind, Mark, Method, Month};
use zip::ZipArchive;

use crate::generator::faults::{Fault, faults, within_the_notice};
use crate::generator::story::{Story, User};
use crate::generator::{self, File, Notation, Tables, aozora, invent, office};

const USERS: usize = 6;

/// The fixtures by their path, written once for all tests.
static FIXTURES: LazyLock<Vec<File>> = LazyLock::new(|| generator::fixtures().unwrap());

#[test]
fn the_committed_fixtures_are_what_the_generator_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut committed = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&root).unwrap();
        if entry.file_type().is_file() && !path.starts_with("generator") {
            let path = path.to_string_lossy().replace('\\', "/");
            committed.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
    let generated: BTreeMap<String, &Vec<u8>> = FIXTURES
        .iter()
        .map(|file| (file.path.clone(), &file.bytes))
        .collect();
    assert!(
        committed.keys().eq(generated.keys()),
        "run: cargo run --release --example make-fixtures"
    );
    for (path, bytes) in &generated {
        assert!(committed[path] == **bytes, "{path} differs");
    }
}

#[test]
fn the_same_seed_gives_the_same_office_and_another_seed_another() {
    assert_eq!(invent::clean(7, USERS), invent::clean(7, USERS));
    assert_ne!(invent::clean(7, USERS), invent::clean(8, USERS));
}

#[test]
fn every_layout_opens_and_names_its_users() {
    let story = invent::clean(1, 4);
    let tables = [Tables::Plain, Tables::TwoLevels].into_iter().cycle();
    for (notation, tables) in Notation::ALL.into_iter().zip(tables) {
        let files = office(&story, &[notation], tables).unwrap();
        let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths.len(),
            files.len(),
            "{notation:?}: a path is used twice"
        );
        let mut texts = String::new();
        for file in &files {
            let sheets = sheets(file);
            assert!(!sheets.is_empty(), "{}", file.path);
            for (name, cells) in sheets {
                assert!(!cells.is_empty(), "{} {name} is empty", file.path);
                texts += &cells;
            }
        }
        for user in &story.users {
            assert!(texts.contains(&user.name()), "{notation:?}");
            assert!(texts.contains(&user.certificate_number), "{notation:?}");
            assert!(user.daily.iter().any(|day| !day.contacts.is_empty()));
            assert!(!user.weekly.is_empty());
            for day in &user.daily {
                assert!(texts.contains(&day.work), "{notation:?} {}", day.day);
                for contact in &day.contacts {
                    assert!(texts.contains(&contact.text), "{notation:?} {}", day.day);
                }
            }
            for week in &user.weekly {
                assert!(texts.contains(&week.content), "{notation:?} {}", week.week);
            }
        }
    }
}

#[test]
fn check_boxes_of_the_city_forms_are_ticked_once_a_record() {
    let (story, _) = aozora::story();
    for user in [&story.users[0], &story.users[4]] {
        let mut boxes = 0;
        let mut ticked = 0;
        for file in books_of(&story, user) {
            for (path, text) in parts(file) {
                if path.starts_with("xl/ctrlProps/") {
                    boxes += 1;
                    ticked += usize::from(text.contains("checked=\"Checked\""));
                }
                if path.starts_with("xl/worksheets/sheet") {
                    let controls = text.matches("<control ").count();
                    assert!(controls >= 3 && controls % 3 == 0, "{} {path}", file.path);
                }
            }
        }
        let weeks = user.weekly.len();
        let records = user.daily.len() + weeks + user.monthly.len();
        // The sample sheet left in the book of each week is ticked twice.
        assert_eq!(ticked, records + 2 * weeks, "{}", user.name());
        assert!(boxes > 3 * ticked);
    }
}

#[test]
fn city_forms_keep_their_quirks() {
    let (story, _) = aozora::story();
    let parts = parts(books_of(&story, &story.users[0]).next().unwrap());
    let part = |path: &str| &parts.iter().find(|(name, _)| name == path).unwrap().1;
    assert!(part("xl/styles.xml").contains("&quot;令和&quot;0"));
    assert!(
        part("xl/sharedStrings.xml").contains("<rPh sb=\"0\" eb=\"3\"><t>ジュキュウシャ</t></rPh>")
    );
    assert!(part("xl/worksheets/sheet1.xml").contains("&amp;L（参考様式２－１）"));
    assert!(part("xl/workbook.xml").contains("【記載例】"));
}

#[test]
fn a_clean_story_meets_the_notice() {
    let seasons = [(2025, 9), (2026, 4)].map(|(year, month)| Month::new(year, month).unwrap());
    for (seed, first) in (0..20).zip(seasons.into_iter().cycle()) {
        let story = invent::clean_from(first, seed, USERS);
        let numbers: BTreeSet<&str> = story
            .users
            .iter()
            .map(|user| user.certificate_number.as_str())
            .collect();
        assert_eq!(numbers.len(), USERS);
        assert!(story.users[0].certificate_number.starts_with('0'));
        for (index, user) in story.users.iter().enumerate() {
            assert_eq!(user.certificate_number.len(), 10);
            roster_is_in_order(user);
            days_are_supported(user);
            weeks_are_evaluated(user);
            months_are_evaluated(user, &story.months);
            listings_agree(&story, index);
        }
    }
}

fn roster_is_in_order(user: &User) {
    let roster = &user.roster;
    let steps = [
        roster.grant_from,
        roster.consented_on,
        roster.plan_created_on,
        roster.applied_on,
        roster.annotated_on,
        roster.home_start,
    ];
    assert!(steps.iter().all(Option::is_some) && steps.is_sorted());
    assert!(Some(user.daily.first().unwrap().day) >= roster.home_start);
    assert!(Some(user.daily.last().unwrap().day) <= roster.grant_to);
}

fn days_are_supported(user: &User) {
    let mut supports: BTreeMap<(u32, String), usize> = BTreeMap::new();
    for record in &user.daily {
        assert_eq!(record.date, Some(record.day));
        assert!(user.roster.home.contains(record.day.weekday()));
        assert!(record.method.is_some());
        let (start, end) = (record.start.unwrap(), record.end.unwrap());
        assert!(start < end);
        let (first, last) = (&record.contacts[0], record.contacts.last().unwrap());
        assert_eq!((first.kind, first.time), (ContactKind::Start, Some(start)));
        assert_eq!((last.kind, last.time), (ContactKind::End, Some(end)));
        for between in &record.contacts[1..record.contacts.len() - 1] {
            assert_eq!(between.kind, ContactKind::Progress);
            let time = between.time.unwrap();
            assert!(time - start > Duration::minutes(60));
            assert!(end - time > Duration::minutes(60));
        }
        let texts: Vec<&str> = record.contacts.iter().map(|c| c.text.as_str()).collect();
        *supports
            .entry((record.day.month(), texts.concat()))
            .or_default() += 1;
    }
    assert!(supports.values().all(|&times| times < 3));
}

fn weeks_are_evaluated(user: &User) {
    for record in &user.daily {
        let covers = |w: &&generator::story::Weekly| {
            let (from, to) = w.period.unwrap();
            from <= record.day && record.day <= to
        };
        assert_eq!(user.weekly.iter().filter(covers).count(), 1);
    }
    let mut before = None;
    for record in &user.weekly {
        let (date, (_, last)) = (record.date.unwrap(), record.period.unwrap());
        assert!(date >= last && date - last <= Duration::days(7));
        let method = record.method.unwrap().method;
        assert!(!matches!(method, Method::Chat | Method::Email));
        assert_eq!(record.previous_date, before);
        before = record.date;
        if record.method.unwrap().method == Method::Attendance {
            assert!(user.attendance.contains(&date));
        }
    }
}

fn months_are_evaluated(user: &User, months: &[Month]) {
    for &month in months {
        let evaluation = user.evaluation_of(month);
        if month.contains(user.roster.home_start.unwrap()) {
            assert!(evaluation.is_none());
            continue;
        }
        let record = evaluation.unwrap();
        let date = record.date.unwrap();
        assert!(month.contains(date) && record.signed);
        match record.method.unwrap().method {
            Method::Attendance => assert!(user.attendance.contains(&date)),
            method => assert_eq!(method, Method::Visit),
        }
    }
}

fn listings_agree(story: &Story, index: usize) {
    let user = &story.users[index];
    assert!(!story.listings.is_empty());
    for listing in &story.listings {
        let row = listing.rows.iter().find(|row| row.user == index).unwrap();
        let marked = |mark: Mark| {
            let days = row.marks.iter().filter(move |(_, m)| **m == mark);
            days.map(|(day, _)| *day)
        };
        let recorded = user.days_in(listing.month).map(|d| d.day.day());
        assert!(marked(Mark::Home).eq(recorded));
        assert_eq!(marked(Mark::Home).count(), row.home_days);
        let attended = user
            .attendance
            .iter()
            .filter(|d| listing.month.contains(**d));
        assert!(marked(Mark::Attendance).eq(attended.map(|d| d.day())));
        let evaluated = user.weekly.iter().filter_map(|w| w.date);
        assert!(
            evaluated
                .filter(|d| listing.month.contains(*d))
                .eq(row.weekly_dates.iter().copied())
        );
        let monthly = user.evaluation_of(listing.month).and_then(|m| m.date);
        assert_eq!(monthly, row.monthly_date);
    }
}

#[test]
fn each_fault_alters_the_story_and_says_where() {
    let names: BTreeSet<&str> = faults().map(|fault| fault.name).collect();
    assert_eq!(names.len(), faults().count());
    for fault in faults() {
        let clean = fault.clean_story(3, USERS);
        // The fifth user starts within the first month.
        for user in [0, 1, 2, 3, 5] {
            let mut story = clean.clone();
            let expected = fault.apply(&mut story, user);
            assert_ne!(story, clean, "{} user {user}", fault.name);
            assert_eq!(expected[0].check, fault.check());
            for (index, (before, after)) in clean.users.iter().zip(&story.users).enumerate() {
                let is_meant = index == user || fault.is_of_the_office();
                assert!(is_meant || before == after, "{}", fault.name);
            }
            for finding in &expected {
                assert!(!finding.key.is_empty(), "{} user {user}", fault.name);
                let owner = story.users[user].known_number();
                let owner = if fault.is_of_the_office() { "" } else { owner };
                assert_eq!(finding.certificate_number, owner, "{}", fault.name);
            }
        }
    }
}

#[test]
fn changes_within_the_notice_alter_the_story_and_expect_nothing() {
    assert!(within_the_notice().next().is_some());
    for change in within_the_notice() {
        let clean = change.clean_story(3, USERS);
        let mut story = clean.clone();
        assert!(change.apply(&mut story, 0).is_empty(), "{}", change.name);
        assert_ne!(story, clean, "{}", change.name);
    }
}

#[test]
fn a_late_evaluation_keeps_the_order_and_is_the_only_late_one() {
    let fault = Fault::named("weekly-evaluation-late").unwrap();
    for user in 0..USERS {
        let mut story = invent::clean(3, USERS);
        fault.apply(&mut story, user);
        let weekly = &story.users[user].weekly;
        assert!(weekly.iter().map(|w| w.date).is_sorted());
        let late = weekly
            .iter()
            .filter(|w| w.date.unwrap() - w.period.unwrap().1 > Duration::days(7));
        assert_eq!(late.count(), 1, "user {user}");
    }
}

#[test]
fn the_faults_of_the_fixture_do_not_hide_each_other() {
    let (_, expected) = aozora::story();
    let distinct: BTreeSet<_> = expected.iter().collect();
    assert_eq!(distinct.len(), expected.len());
    assert_eq!(expected.len(), 13);
}

/// The fixtures in the user's own folder.
fn books_of(story: &Story, user: &User) -> impl Iterator<Item = &'static File> {
    let folder = format!("{}/{}/", story.name, user.name());
    let files = FIXTURES.iter();
    files.filter(move |file| file.path.starts_with(&folder))
}

/// The name and all text of each sheet, as calamine reads them.
fn sheets(file: &File) -> Vec<(String, String)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&file.bytes)).unwrap();
    book.worksheets()
        .into_iter()
        .map(|(name, range)| {
            let texts = range.used_cells().map(|(_, _, cell)| match cell {
                Data::String(text) => format!("{text}\n"),
                other => format!("{other}\n"),
            });
            (name, texts.collect())
        })
        .collect()
}

/// The parts of a package as text.
fn parts(file: &File) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}
