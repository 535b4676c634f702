//! Whatever layout an office writes in, its corrected workbooks read as the same records.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;

use crate::generator::faults::faults;
use crate::generator::{File, Notation, Tables, invent};
use crate::support::{findings, reading};
use tenken::correct;
use tenken::emit::{json, workbook};
use tenken::model::{Lang, Office};

const USERS: usize = 2;
const LAYOUTS: [(Notation, Tables); 4] = [
    (Notation::City, Tables::Plain),
    (Notation::Stacked, Tables::TwoLevels),
    (Notation::DaySheets, Tables::TwoLevels),
    (Notation::Weeks, Tables::Plain),
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 5,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn corrected_workbooks_read_as_the_same_records(seed in any::<u64>()) {
        for (notation, tables) in LAYOUTS {
            let story = invent::clean(seed, USERS);
            let written = crate::generator::office(&story, &[notation], tables).unwrap();
            let once = reading::read_office(&story.name, &written).unwrap();
            let again = reading::read_office(&story.name, &corrected(&once)).unwrap();
            let [before, after] = [&once, &again].map(values);
            for kind in ["roster", "daily", "weekly", "monthly", "listing"] {
                let [before, after] = [&before, &after].map(|o| o[kind].as_array().unwrap());
                prop_assert!(!before.is_empty(), "{:?}: no {}", notation, kind);
                prop_assert_eq!(before.len(), after.len(), "{:?} {}", notation, kind);
                for (before, after) in before.iter().zip(after) {
                    prop_assert_eq!(before, after, "{:?} {}", notation, kind);
                }
            }
            for office in ["name", "number", "service"] {
                prop_assert_eq!(&before[office], &after[office]);
            }
        }
    }
}

#[test]
fn what_is_found_in_corrected_workbooks_is_what_was_found_before() {
    let notice = findings::kitakyushu().unwrap();
    let mut differing = Vec::new();
    // A day on the sheet of another month is mended by its place in the corrected workbooks.
    let lasting = faults().filter(|fault| fault.name != "date-outside-month");
    for fault in lasting.step_by(4) {
        let mut story = fault.clean_story(7, USERS);
        fault.apply(&mut story, 0);
        let written = crate::generator::office(&story, &[Notation::City], Tables::Plain).unwrap();
        let once = reading::read_office(&story.name, &written).unwrap();
        let mut files = corrected(&once);
        // Sheets of the service record are evidence, and stay as they are.
        let is_evidence = |file: &File| file.path.starts_with("サービス提供実績記録票");
        files.extend(written.into_iter().filter(is_evidence));
        let again = reading::read_office(&story.name, &files).unwrap();
        let as_of = findings::day_of_the_check(&story);
        let [before, after] =
            [&once, &again].map(|office| findings::findings(office, &notice, as_of));
        if before != after {
            differing.push(format!("{}: {before:?}\n    {after:?}", fault.name));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The corrected workbooks of an office.
fn corrected(office: &Office) -> Vec<File> {
    let as_of = NaiveDate::from_ymd_opt(2025, 12, 1).unwrap();
    let changes = correct::changes(office);
    let files = workbook::corrected(office, &[], &[], &changes, as_of, Lang::Ja).unwrap();
    let files = files.into_iter().map(|file| File {
        path: file.name,
        bytes: file.bytes,
    });
    files.collect()
}

/// The records without their places.
fn values(office: &Office) -> Value {
    let rendered = json::office_records(office, Lang::Ja).unwrap();
    let mut office: Value = serde_json::from_slice(&rendered).unwrap();
    forget_places(&mut office);
    office
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(items) => {
            items.remove("source");
            items.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}
