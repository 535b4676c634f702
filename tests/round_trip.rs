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
use tenken::model::{Field, Lang, Method, Office};

const USERS: usize = 2;
const LAYOUTS: [(Notation, Tables); 4] = [
    (Notation::City, Tables::Plain),
    (Notation::Stacked, Tables::TwoLevels),
    (Notation::DaySheets, Tables::TwoLevels),
    (Notation::Weeks, Tables::Plain),
];
/// Items that the corrected forms may hold in another place.
const MAY_MOVE: [&str; 2] = ["source", "method_note"];

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
            let written = generator::office(&story, &[notation], tables).unwrap();
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
            for (before, after) in methods(&once).into_iter().zip(methods(&again)) {
                prop_assert!(is_kept(before, after), "{:?}: {:?}, {:?}", notation, before, after);
            }
        }
    }
}

/// 方法 and その他（…）
type Means<'a> = (&'a Field<Method>, &'a Field<String>);

/// The methods of all records, in order.
fn methods(office: &Office) -> Vec<Means<'_>> {
    let daily = office.daily.iter().map(|r| (&r.method, &r.method_note));
    let weekly = office.weekly.iter().map(|r| (&r.method, &r.method_note));
    let monthly = office.monthly.iter().map(|r| (&r.method, &r.method_note));
    daily.chain(weekly).chain(monthly).collect()
}

/// Whether the second keeps the office's word for a method: Zoom in a column of its own goes
/// into その他（Zoom）.
fn is_kept(before: Means, after: Means) -> bool {
    match (before.1.text(), after.1.text()) {
        (None, Some(word)) => before.0.raw.contains(word),
        (before, after) => before == after,
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

/// The records without what may move.
fn values(office: &Office) -> Value {
    let rendered = json::office_records(office, Lang::Ja).unwrap();
    let mut office: Value = serde_json::from_slice(&rendered).unwrap();
    forget_what_may_move(&mut office);
    office
}

fn forget_what_may_move(value: &mut Value) {
    match value {
        Value::Object(items) => {
            MAY_MOVE.map(|item| items.remove(item));
            items.values_mut().for_each(forget_what_may_move);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_what_may_move),
        _ => {}
    }
}
