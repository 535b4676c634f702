//! Whatever layout an office writes in, its corrected workbooks read as the same records.

#[path = "../fixtures/generator/mod.rs"]
mod generator;
#[path = "support/reading.rs"]
mod reading;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;

use generator::{File, Notation, Tables, invent};
use tenken::correct;
use tenken::emit::{json, workbook};
use tenken::model::{Lang, Office};

const USERS: usize = 2;

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn corrected_workbooks_read_as_the_same_records(seed in any::<u64>()) {
        for (at, notation) in Notation::ALL.into_iter().enumerate() {
            let tables = [Tables::Plain, Tables::TwoLevels][(at + seed as usize) % 2];
            let story = invent::clean(seed, USERS);
            let written = generator::office(&story, &[notation], tables).unwrap();
            let once = reading::read_office(&story.name, &written).unwrap();
            let again = reading::read_office(&story.name, &corrected(&once)).unwrap();
            let (once, again) = (values(&once), values(&again));
            for kind in ["roster", "daily", "weekly", "monthly", "listing"] {
                let lists = [&once, &again].map(|office| office[kind].as_array().unwrap());
                prop_assert!(!lists[0].is_empty(), "{:?}: no {}", notation, kind);
                prop_assert_eq!(lists[0].len(), lists[1].len(), "{:?} {}", notation, kind);
                for (before, after) in lists[0].iter().zip(lists[1]) {
                    prop_assert_eq!(before, after, "{:?} {}", notation, kind);
                }
            }
            prop_assert_eq!(&once["name"], &again["name"]);
            prop_assert_eq!(&once["number"], &again["number"]);
        }
    }
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
