//! How a workbook was read, told by the program, and what a profile changes in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fixtures/generator/mod.rs"]
mod generator;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_xlsxwriter::{Note, Workbook};
use serde_json::Value;
use tempfile::TempDir;
use tenken::discover::discover;
use tenken::inspect::{Part, Reading, Why};
use tenken::model::Cell;
use tenken::pipeline::{Inspected, inspect_through};
use tenken::profile::Profile;
use tenken::read::{Book, ReadOptions, SheetCell, Stored};

use generator::{Notation, Tables, invent, office};

fn tenken(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tenken"))
        .args(arguments)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A diary with words of its own: 本日のできごと for 支援内容, 天候 behind the recorder.
fn diary(dir: &Path) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("9月3日").unwrap();
    for (row, col, text) in [
        (0, 0, "おうちワーク日誌"),
        (1, 0, "氏名"),
        (1, 1, "青葉　ひかり"),
        (1, 2, "受給者証番号"),
        (1, 3, "0100000001"),
        (2, 0, "実施日"),
        (2, 1, "R7.9.3"),
        (3, 0, "開始時刻"),
        (3, 1, "9:30"),
        (3, 2, "終了時刻"),
        (3, 3, "15:00"),
        (4, 0, "作業内容"),
        (4, 1, "封入作業"),
        (5, 0, "本日のできごと"),
        (5, 1, "9:30 開始の電話\n15:00 終了の電話"),
        (6, 0, "記録者"),
        (6, 1, "堀内"),
        (6, 2, "天候"),
        (6, 3, "晴れ"),
        (7, 0, "※ 連絡は1日2回以上行うこと"),
    ] {
        sheet.write(row, col, text).unwrap();
    }
    sheet
        .insert_note(4, 1, &Note::new("数は翌日に確認"))
        .unwrap();
    let path = dir.join("日誌.xlsx");
    book.save(&path).unwrap();
    path
}

/// The examples of the README, in order.
fn examples() -> Vec<String> {
    let readme = include_str!("../README.md");
    let blocks = readme.split("```toml\n").skip(1);
    let found: Vec<String> = blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect();
    assert_eq!(found.len(), 2);
    found
}

fn profile(dir: &Path, text: &str) -> PathBuf {
    let path = dir.join("office.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn json(arguments: &[&str]) -> Value {
    let output = tenken(&[arguments, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

/// Of the first form, the item of that field.
fn item<'a>(reading: &'a Value, field: &str) -> &'a Value {
    let items = reading["files"][0]["forms"][0]["items"].as_array().unwrap();
    items.iter().find(|item| item["field"] == field).unwrap()
}

#[test]
fn a_reading_tells_values_and_the_rest() {
    let dir = TempDir::new().unwrap();
    let path = diary(dir.path());
    let output = tenken(&["inspect", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    insta::assert_snapshot!(text);
}

#[test]
fn json_stands_alone_and_adds_up() {
    let dir = TempDir::new().unwrap();
    let path = diary(dir.path());
    let reading = json(&["inspect", path.to_str().unwrap()]);
    let totals = &reading["totals"];
    let count = |key: &str| totals[key].as_u64().unwrap();
    // Twenty cells and a note.
    assert_eq!(count("contents"), 21);
    assert_eq!(count("used") + count("explained") + count("unknown"), 21);
    assert_eq!(item(&reading, "date")["value"], "2025-09-03");
    assert_eq!(item(&reading, "date")["cell"], "B3");
    assert_eq!(item(&reading, "date")["confidence"]["level"], "certain");
    assert_eq!(
        item(&reading, "recorder")["confidence"]["level"],
        "doubtful"
    );
    let rest = reading["files"][0]["rest"].as_array().unwrap();
    let why = |cell: &str, part: &str| {
        let content = rest.iter().find(|c| c["cell"] == cell && c["part"] == part);
        content.map(|c| c["why"].as_str().unwrap().to_owned())
    };
    assert_eq!(why("A6", "cell").as_deref(), Some("unknown-label"));
    assert_eq!(why("A8", "cell").as_deref(), Some("guide"));
    assert_eq!(why("B5", "comment").as_deref(), Some("comment"));
    assert_eq!(why("B5", "cell"), None);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("壊れた.xlsx");
    std::fs::write(&path, "PK\u{3}\u{4} broken").unwrap();
    let output = tenken(&["inspect", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("壊れた.xlsx"));
    let quiet = tenken(&["inspect", path.to_str().unwrap(), "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&stdout(&quiet)).is_ok());
    assert!(stderr(&quiet).contains("壊れた.xlsx"));
}

#[test]
fn the_documented_wordings_mend_the_reading() {
    let dir = TempDir::new().unwrap();
    let path = diary(dir.path());
    let profile = profile(dir.path(), &examples()[0]);
    let (path, profile) = (path.to_str().unwrap(), profile.to_str().unwrap());
    let reading = json(&["inspect", path, "--profile", profile]);
    assert_eq!(reading["totals"]["unknown"], 0);
    assert_eq!(item(&reading, "recorder")["value"], "堀内");
    assert_eq!(item(&reading, "recorder")["confidence"]["level"], "certain");
    assert_eq!(item(&reading, "support")["cell"], "B6");
    let grounds = item(&reading, "support")["grounds"].to_string();
    assert!(grounds.contains("\"titled\""), "{grounds}");
}

#[test]
fn the_documented_mappings_read_an_unknown_layout() {
    let dir = TempDir::new().unwrap();
    let mut book = Workbook::new();
    let day = book.add_worksheet().set_name("9月3日").unwrap();
    for (row, col, text) in [
        (0, 0, "なまえ"),
        (0, 1, "青葉　ひかり"),
        (1, 0, "いつ"),
        (1, 1, "2025/9/3"),
        (2, 0, "しごと"),
        (2, 1, "封入作業"),
        (3, 0, "やりとり"),
        (3, 1, "9:30 開始の電話"),
        (9, 0, "いつ"),
        (9, 1, "2025/9/4"),
        (10, 0, "しごと"),
        (10, 1, "検品"),
        (11, 0, "やりとり"),
        (11, 1, "9:30 開始の電話"),
    ] {
        day.write(row, col, text).unwrap();
    }
    let listing = book.add_worksheet().set_name("一覧").unwrap();
    listing.write(0, 0, "2025年9月").unwrap();
    listing.write(3, 0, "なまえ").unwrap();
    listing.write(4, 0, "青葉　ひかり").unwrap();
    listing.write(4, 3, "○").unwrap();
    listing.write(4, 4, "通").unwrap();
    listing.write(4, 33, 1).unwrap();
    let path = dir.path().join("独自.xlsx");
    book.save(&path).unwrap();
    let profile = profile(dir.path(), &examples()[1]);
    let (path, profile) = (path.to_str().unwrap(), profile.to_str().unwrap());
    let before = json(&["inspect", path]);
    assert_eq!(before["files"][0]["forms"], serde_json::json!([]));
    let reading = json(&["inspect", path, "--profile", profile]);
    let forms = reading["files"][0]["forms"].as_array().unwrap();
    let told: Vec<String> = forms
        .iter()
        .flat_map(|form| form["items"].as_array().unwrap())
        .filter(|item| {
            ["date", "work", "days", "home_days"].contains(&item["field"].as_str().unwrap())
        })
        .map(|item| format!("{} {}", item["cell"].as_str().unwrap(), item["value"]))
        .collect();
    assert_eq!(
        told,
        [
            "B2 \"2025-09-03\"",
            "B3 \"封入作業\"",
            "B10 \"2025-09-04\"",
            "B11 \"検品\"",
            "D5 \"home\"",
            "E5 \"attendance\"",
            "AH5 1",
        ]
    );
}

#[test]
fn a_draft_reads_the_workbook_as_before_and_is_never_written_over() {
    let dir = TempDir::new().unwrap();
    let path = diary(dir.path());
    let draft = dir.path().join("draft.toml");
    let (path, draft) = (path.to_str().unwrap(), draft.to_str().unwrap());
    let written = tenken(&["inspect", path, "--write-profile", draft]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let text = std::fs::read_to_string(draft).unwrap();
    assert!(text.contains("\"本日のできごと\"]"), "{text}");
    assert!(
        !text.contains("ひかり") && !text.contains("0100000001"),
        "{text}"
    );
    let values = |reading: &Value| {
        let items = reading["files"][0]["forms"][0]["items"].as_array().unwrap();
        let value = |i: &Value| format!("{} {} {}", i["field"], i["cell"], i["value"]);
        items.iter().map(value).collect::<Vec<_>>()
    };
    let as_recognised = json(&["inspect", path]);
    let as_mapped = json(&["inspect", path, "--profile", draft]);
    assert_eq!(values(&as_recognised), values(&as_mapped));
    let mapped = item(&as_mapped, "date")["grounds"].to_string();
    assert!(mapped.contains("\"mapped\""), "{mapped}");
    let again = tenken(&["inspect", path, "--write-profile", draft]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("すでにあります"));
    assert_eq!(std::fs::read_to_string(draft).unwrap(), text);
}

#[test]
fn a_wrong_profile_is_refused_with_line_and_hint() {
    let dir = TempDir::new().unwrap();
    let path = diary(dir.path());
    let wrong = profile(
        dir.path(),
        "[labels.daily]\nsuport = [\"本日のできごと\"]\n",
    );
    let (path, wrong) = (path.to_str().unwrap(), wrong.to_str().unwrap());
    for command in ["inspect", "check"] {
        let output = tenken(&[command, path, "--profile", wrong]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        let told = stderr(&output);
        assert!(
            told.contains("2行目") && told.contains("もしかして: support"),
            "{told}"
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_doubtful_value_is_a_question_and_a_mended_one_is_not() {
    let dir = TempDir::new().unwrap();
    let path = diary(dir.path());
    let profile = profile(dir.path(), &examples()[0]);
    let (path, profile) = (path.to_str().unwrap(), profile.to_str().unwrap());
    let asked = |more: &[&str]| {
        let check = ["check", path, "--as-of", "2025-09-04", "--format", "json"];
        stdout(&tenken(&[&check, more].concat())).contains("doubtful-reading")
    };
    assert!(asked(&[]));
    assert!(!asked(&["--profile", profile]));
}

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
    let dir = TempDir::new().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("9月3日").unwrap();
    for (row, col, text) in [
        (0, 0, "在宅における就労支援記録"),
        (1, 0, "実施日"),
        (1, 1, "あした"),
        (2, 0, "支援方法"),
        (2, 1, "訪問 電話 その他（　　）"),
        (3, 0, "作業内容"),
        (3, 1, "封入作業"),
        (4, 0, "対象期間"),
        (4, 1, "～"),
        (30, 20, "りんご 3個"),
    ] {
        sheet.write(row, col, text).unwrap();
    }
    let path = dir.path().join("記録.xlsx");
    book.save(&path).unwrap();
    let reading = json(&["inspect", path.to_str().unwrap()]);
    assert_eq!(reading["totals"]["contents"], 10);
    assert_eq!(
        (&reading["totals"]["used"], &reading["totals"]["unknown"]),
        (&1.into(), &1.into())
    );
    let rest = reading["files"][0]["rest"].as_array().unwrap();
    let whys: Vec<String> = rest
        .iter()
        .filter(|c| c["why"] != "label" && c["why"] != "title")
        .map(|c| {
            format!(
                "{} {}",
                c["cell"].as_str().unwrap(),
                c["why"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        whys,
        [
            "B2 not-understood",
            "B3 printed-choice",
            "B5 unread",
            "U31 unknown"
        ]
    );
    let told = stdout(&tenken(&["inspect", path.to_str().unwrap()]));
    assert!(told.contains("U31 りんご 3個"), "{told}");
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
