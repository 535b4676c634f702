//! What became of every cell, check box, shape and comment: the account adds up, and only what
//! a value came from is called used.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;
use tenken::discover::discover;
use tenken::emit::inspect::{json::Document, reading as told};
use tenken::inspect::{self, Part, Reading, Why};
use tenken::model::{Cell, CellRange, Lang};
use tenken::normalise;
use tenken::pipeline::{Inspected, inspect_through};
use tenken::profile::Profile;
use tenken::read::{Align, Book, Footprint, ReadOptions, Shape, Sheet, SheetCell, Stored};

use crate::generator::{Notation, Tables, invent, office};
use crate::layouts;

fn is_written(cell: &SheetCell) -> bool {
    !cell.shown.trim().is_empty() || !matches!(cell.stored, Stored::Text(_))
}

/// Cells that show something, check boxes, shapes and comments.
fn contents(book: &Book) -> usize {
    let of_sheet = |sheet: &tenken::read::Sheet| {
        let cells = sheet.cells.values().filter(|cell| is_written(cell));
        cells.count() + sheet.check_boxes.len() + sheet.shapes.len() + sheet.comments.len()
    };
    book.sheets.iter().map(of_sheet).sum()
}

/// Without white space, which a reading may add or take away.
fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a value of the sheet came from the cell, as far as its text can tell.
fn is_behind_a_value(reading: &Reading, sheet: &str, text: &str) -> bool {
    let text = plain(text);
    let forms = reading.forms.iter().filter(|form| *form.sheet == *sheet);
    let mut items = forms.flat_map(|form| &form.items);
    items.any(|item| {
        let raw = plain(&item.raw);
        let is_mark = !text.contains(char::is_alphanumeric);
        let is_said = raw.contains(&text) || !raw.is_empty() && text.contains(&raw);
        item.value.is_some() && (is_said || is_mark)
    })
}

/// Holds one office to its account: the parts are the whole, nothing is unknown, and whatever
/// is called used stands in a value.
fn hold_to_account(dir: &Path, what: &str) {
    let offices = discover(&[dir.to_path_buf()], true, None).unwrap();
    let mut files = 0;
    let (options, profile) = (ReadOptions::default(), Profile::default());
    inspect_through(&offices, &options, &profile, |outcome| {
        let Inspected { book, reading, .. } = *outcome.unwrap();
        let totals = &reading.totals;
        let what = format!("{what} {}", reading.file);
        assert_eq!(totals.contents, contents(&book), "{what}");
        let parts = totals.used + totals.explained() + totals.unknown();
        assert_eq!(parts, totals.contents, "{what}");
        assert_eq!(totals.used + reading.rest.len(), totals.contents, "{what}");
        let unknown = reading.rest.iter().find(|content| content.why.is_unknown());
        assert_eq!(unknown, None, "{what}");
        assert!(totals.used > 0, "{what}");
        let told: BTreeSet<(&str, Cell)> = reading
            .rest
            .iter()
            .filter(|content| content.part == Part::Cell)
            .map(|content| (&*content.sheet, content.cell))
            .collect();
        for sheet in &book.sheets {
            let cells = sheet.cells.iter().filter(|(_, cell)| is_written(cell));
            for (at, cell) in cells.filter(|(at, _)| !told.contains(&(&sheet.name, **at))) {
                let is_used = is_behind_a_value(&reading, &sheet.name, &cell.shown);
                assert!(is_used, "{what} {} {at} {}", sheet.name, cell.shown);
            }
        }
        files += 1;
        Ok::<(), ()>(())
    })
    .unwrap();
    assert!(files > 1, "{what}");
}

#[test]
fn every_content_of_every_layout_is_used_or_explained() {
    let tables = [Tables::Plain, Tables::TwoLevels].into_iter().cycle();
    for (seed, (notation, tables)) in (11..).zip(Notation::ALL.into_iter().zip(tables)) {
        let dir = TempDir::new().unwrap();
        for file in office(&invent::clean(seed, 2), &[notation], tables).unwrap() {
            let path = dir.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
        hold_to_account(dir.path(), &format!("{notation:?} seed {seed}"));
    }
}

#[test]
fn every_content_of_the_fixtures_is_used_or_explained() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    hold_to_account(&fixtures, "fixtures");
}

#[test]
fn only_what_a_value_came_from_is_called_used() {
    let book = book(
        &[
            ("A1", "在宅における就労支援記録"),
            ("A2", "実施日"),
            ("B2", "あした"),
            ("A3", "支援方法"),
            ("B3", "訪問 電話 その他（　　）"),
            ("A4", "作業内容"),
            ("B4", "封入作業"),
            ("A5", "対象期間"),
            ("B5", "～"),
            ("U31", "りんご 3個"),
        ],
        Sheet::default(),
    );
    let reading = read(&book);
    let totals = &reading.totals;
    assert_eq!((totals.contents, totals.used, totals.unknown()), (10, 1, 1));
    let rest = reading.rest.iter();
    let whys: Vec<String> = rest
        .filter(|c| !matches!(c.why, Why::Label | Why::Title))
        .map(|c| format!("{} {:?}", c.cell, c.why))
        .collect();
    assert_eq!(
        whys,
        [
            "B2 NotUnderstood",
            "B3 PrintedChoice",
            "B5 Unread",
            "U31 Unknown"
        ]
    );
    let told = told(&reading, Lang::Ja);
    assert!(told.contains("U31 りんご 3個"), "{told}");
}

/// A workbook of one sheet with these cells.
fn book(cells: &[(&str, &str)], sheet: Sheet) -> Book {
    let cell = |(at, text): &(&str, &str)| (Cell::parse(at).unwrap(), layouts::cell(text));
    Book {
        file: "記録.xlsx".into(),
        sheets: vec![Sheet {
            name: "9月3日".to_owned(),
            cells: cells.iter().map(cell).collect(),
            ..sheet
        }],
    }
}

fn read(book: &Book) -> Reading {
    let found = Profile::default().recognise(book);
    let alone = std::slice::from_ref(&found);
    let office = normalise::office("", alone, Vec::new(), Vec::new());
    inspect::inspect(book, &found, &office)
}

/// The method of a day's form on which C3 is circled, as JSON, and how much is unknown.
fn circled(words: &[(&str, &str)]) -> (Value, usize) {
    let mut cells = vec![
        ("A1", "在宅における就労支援記録"),
        ("A2", "実施日"),
        ("B2", "2025/9/3"),
        ("A3", "支援方法"),
        ("A4", "作業内容"),
        ("B4", "封入作業"),
        ("A5", "支援内容"),
        ("B5", "9:30 開始の連絡"),
    ];
    cells.extend(words);
    let oval = Shape {
        anchor: CellRange::parse("C3").unwrap(),
        kind: "ellipse".to_owned(),
        text: String::new(),
        insets: [100, 100, 900, 900],
        over: Some(Footprint {
            range: CellRange::parse("C3").unwrap(),
            size: [600, 150],
            edges: [10, 10, 220, 140],
            across: Align::Start,
            down: Align::Middle,
        }),
    };
    let sheet = Sheet {
        shapes: vec![oval],
        ..Sheet::default()
    };
    let reading = read(&book(&cells, sheet));
    let mut document = Document::begin(Vec::new()).unwrap();
    document.file(&reading, Lang::Ja).unwrap();
    let whole: Value = serde_json::from_slice(&document.end(&[], Lang::Ja).unwrap()).unwrap();
    let items = whole["files"][0]["forms"][0]["items"].as_array().unwrap();
    let method = items.iter().find(|item| item["field"] == "method");
    (method.unwrap().clone(), reading.totals.unknown())
}

#[test]
fn an_oval_around_a_choice_makes_it_and_is_accounted_for() {
    let apart = [("B3", "訪問"), ("C3", "電話"), ("D3", "メール")];
    let (method, unknown) = circled(&apart);
    assert_eq!((&method["value"], unknown), (&"phone".into(), 0));
}

#[test]
fn a_sample_sheet_is_explained_as_a_whole() {
    let dir = TempDir::new().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("【記載例】").unwrap();
    sheet.write(0, 0, "実施日").unwrap();
    sheet.write(0, 1, "2025/9/1").unwrap();
    let path = dir.path().join("例.xlsx");
    book.save(&path).unwrap();
    let offices = discover(&[path], false, None).unwrap();
    inspect_through(
        &offices,
        &ReadOptions::default(),
        &Profile::default(),
        |outcome| {
            let reading = outcome.unwrap().reading;
            let samples = reading
                .rest
                .iter()
                .filter(|c| c.why == Why::Sample && c.part == Part::Cell);
            assert_eq!((samples.count(), reading.totals.contents), (2, 2));
            Ok::<(), ()>(())
        },
    )
    .unwrap();
}
