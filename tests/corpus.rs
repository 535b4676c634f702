//! Other people's workbooks, kept beside the project and not in it: how much of them is read
//! and found. Where they are not there, nothing is tried.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};
use serde_json::{Value, json};
use tenken::model::{ContactKind, FileName, Lang, Method, Office};
use tenken::notice::Notice;
use tenken::recognise::{Vocabulary, recognise};
use tenken::{check, discover, emit, normalise, read};

use crate::support::truth::{Layout, Score, score};

/// A folder beside the project; `None`, with a word about it, where it is not there.
fn beside(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let path = path.join("shared").join(folder);
    if !path.exists() {
        println!("{} is not there: nothing was tried", path.display());
        return None;
    }
    Some(path)
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn scored(corpus: &str, layout: Layout) -> Option<Score> {
    let root = beside(&format!("corpus/{corpus}"))?;
    let truth = std::fs::read(root.join("truth.json")).unwrap();
    let truth: Value = serde_json::from_slice(&truth).unwrap();
    let inputs = discover::discover(&[root], false, None).unwrap();
    assert_eq!(inputs.len(), 1);
    let input = &inputs[0];
    let books: Vec<_> = input
        .files
        .iter()
        .map(|file| {
            let book = read::read_book(file, &read::ReadOptions::default()).unwrap();
            recognise(&book, Vocabulary::builtin())
        })
        .collect();
    let office = normalise::office(&input.folder, &books, Vec::new(), Vec::new());
    let notice = Notice::builtin("kitakyushu", &check::names());
    let notice = notice.unwrap().unwrap();
    let assessment = check::assess(&office, &[notice], day(2025, 11, 20).unwrap());
    let records = emit::json::office_records(&office, Lang::Ja).unwrap();
    let findings = emit::json::office_findings(&office, &assessment, Lang::Ja).unwrap();
    let findings: Vec<Value> = findings
        .iter()
        .map(|finding| serde_json::from_slice(finding).unwrap())
        .collect();
    let records = serde_json::from_slice(&records).unwrap();
    Some(score(&truth, &records, &findings, layout))
}

fn holds(score: &Score) {
    assert!(score.fields > 500, "only {} fields", score.fields);
    assert!(score.right == score.fields, "{}", score.misread.join("\n"));
    assert!(score.missed.is_empty(), "{:?}", score.missed);
    assert!(score.alarms.is_empty(), "{:?}", score.alarms);
}

#[test]
fn the_citys_forms_with_faults() {
    if let Some(score) = scored("city-defects", Layout::Whole) {
        holds(&score);
        assert!(score.found > 0);
    }
}

#[test]
fn the_citys_forms_without_faults() {
    if let Some(score) = scored("city-clean", Layout::Whole) {
        holds(&score);
        assert_eq!(score.found, 0);
    }
}

#[test]
fn forms_under_each_other_with_faults() {
    if let Some(score) = scored("stacked-defects", Layout::WithoutWeeklyMethod) {
        holds(&score);
        assert!(score.found > 0);
    }
}

/// The sample that the city filled in itself, read as if it were somebody's record.
fn sample() -> Option<Office> {
    let folder = beside("real-forms/city")?;
    let path = folder.join("参考様式2_在宅における就労支援記録.xlsx");
    let mut book =
        read::read_bytes(&std::fs::read(&path).unwrap(), FileName::from("様式2.xlsx")).unwrap();
    book.sheets.retain(|sheet| sheet.name.contains("記載例"));
    assert_eq!(book.sheets.len(), 1);
    assert!(recognise(&book, Vocabulary::builtin()).forms.is_empty());
    book.sheets[0].name = "第2週".to_owned();
    let recognised = recognise(&book, Vocabulary::builtin());
    Some(normalise::office("", &[recognised], Vec::new(), Vec::new()))
}

#[test]
fn the_citys_own_sample_is_read_as_a_person_reads_it() {
    let Some(office) = sample() else { return };
    assert_eq!((office.daily.len(), office.weekly.len()), (1, 1));
    let (daily, weekly) = (&office.daily[0], &office.weekly[0]);

    assert_eq!(daily.date.get(), day(2025, 4, 16));
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
    assert_eq!(
        (daily.start.get(), daily.end.get()),
        (time(10, 0), time(16, 0))
    );
    assert_eq!(daily.method.get(), Some(Method::Phone));
    let contacts: Vec<_> = daily.contacts.iter().map(|c| (c.time, c.kind)).collect();
    assert_eq!(
        contacts,
        [
            (time(9, 0), ContactKind::Start),
            (time(12, 0), ContactKind::Progress),
            (time(13, 0), ContactKind::Progress),
            (time(15, 20), ContactKind::Progress),
            (time(16, 0), ContactKind::End),
        ]
    );

    assert_eq!(weekly.date.get(), day(2025, 4, 17));
    assert_eq!(weekly.previous_date.get(), day(2025, 4, 10));
    assert_eq!(weekly.method.get(), Some(Method::Visit));
    assert_eq!(weekly.period_from.get(), day(2025, 4, 11));
    assert_eq!(weekly.period_to.get(), day(2025, 4, 16));
    assert_eq!(json!(weekly.recorder.text()), "○○○　○○");
    assert_eq!(json!(weekly.confirmer.text()), "▲▲　▲▲");
}
