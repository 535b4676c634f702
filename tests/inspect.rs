//! How a workbook was read, told by the program, and what a profile changes in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Note, Workbook};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{stderr, stdout, tenken};

/// A diary with words of its own: 本日のできごと for 支援内容, 持ち物 behind the recorder.
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
        (6, 4, "持ち物"),
        (6, 5, "弁当"),
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
