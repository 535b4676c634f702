//! A third notice is one more file: the program takes it by its path, beside others, and
//! says what is wrong with one that it cannot use.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::program::command;

const NATIONAL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/templates/notices/national.toml"
);
const OFFICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/あおぞらワークス");

/// `tenken check` of the fixture by these notices.
fn check(notices: &[&str], more: &[&str]) -> Output {
    let mut command = command();
    command
        .args(["check", OFFICE, "--as-of", "2025-12-01"])
        .args(more);
    for notice in notices {
        command.args(["--notice", notice]);
    }
    command.output().unwrap()
}

fn findings(notices: &[&str]) -> Vec<Value> {
    let output = check(notices, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    document["findings"].as_array().unwrap().clone()
}

fn of<'a>(findings: &'a [Value], notice: &str) -> Vec<&'a Value> {
    findings.iter().filter(|f| f["notice"] == notice).collect()
}

#[test]
fn a_notice_is_taken_by_its_path() {
    let found = findings(&[NATIONAL]);
    assert_eq!(of(&found, "national").len(), found.len());
    let cited: BTreeSet<(&str, &str)> = found
        .iter()
        .map(|f| (f["check"].as_str().unwrap(), f["clause"].as_str().unwrap()))
        .collect();
    let wanted = [
        ("daily-field-missing", "3"),
        ("fewer-than-two-contacts", "3"),
        ("weekly-evaluation-missing", "6"),
    ];
    for pair in wanted {
        // A record without its writer is complete by this notice.
        assert_eq!(
            cited.contains(&pair),
            pair.0 != "daily-field-missing",
            "{pair:?}"
        );
    }
    assert!(
        cited
            .iter()
            .all(|(check, _)| *check != "weekly-evaluation-text-only")
    );
}

#[test]
fn each_of_several_notices_has_its_own_findings() {
    let [city, national] = ["kitakyushu", NATIONAL].map(|notice| findings(&[notice]));
    let both = findings(&["kitakyushu", NATIONAL]);
    assert_eq!(of(&both, "kitakyushu"), city.iter().collect::<Vec<_>>());
    assert_eq!(of(&both, "national"), national.iter().collect::<Vec<_>>());
    assert_eq!(both.len(), city.len() + national.len());
    assert!(!national.is_empty() && national.len() < city.len());
}

#[test]
fn the_rules_of_a_notice_are_listed_with_its_own_numbers() {
    let output = command()
        .args(["rules", "--notice", NATIONAL])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let list = String::from_utf8(output.stdout).unwrap();
    assert_eq!(list.lines().count(), 9, "{list}");
}

/// The notice with `from` replaced by `to`, refused: what is said of it, and the line that
/// `to` stands on.
fn refused(from: &str, to: &str) -> (String, usize) {
    let text = std::fs::read_to_string(NATIONAL).unwrap();
    assert!(text.contains(from), "{from}");
    let wrong = text.replacen(from, to, 1);
    let before = &wrong[..wrong.find(to).unwrap()];
    let line = before.matches('\n').count() + 1;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("わが市.toml");
    std::fs::write(&path, wrong).unwrap();
    (said_of(&path), line)
}

fn said_of(path: &Path) -> String {
    let output = check(&["kitakyushu", path.to_str().unwrap()], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_wrong_notice_is_refused_with_its_line_and_what_to_do() {
    for (from, to, why, hint) in [
        (
            "city = \"国\"",
            "colour = \"blue\"\ncity = \"国\"",
            "通知にない項目です",
            "つづりを確かめる",
        ),
        (
            "checks = [\"fewer-than-two-contacts\"]",
            "checks = [\"fewer-contacts\"]",
            "「fewer-contacts」というチェックはありません",
            "tenken rules",
        ),
        (
            "number = \"2\"",
            "number = \"1\" # 2",
            "条項「1」が2回あります",
            "6(6)-2",
        ),
        (
            "in_force_from = 2024-04-01",
            "in_force_from = 2024-03-01",
            "2024-03-01 が 2024-03-29 より前",
            "前後を確かめて",
        ),
    ] {
        let (said, line) = refused(from, to);
        assert!(said.contains("わが市.toml"), "{said}");
        assert!(said.contains(&format!("の{line}行目")), "{line}: {said}");
        assert!(said.contains(why) && said.contains(hint), "{said}");
    }
}

#[test]
fn a_notice_that_is_no_text_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("通知.toml");
    std::fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    assert!(said_of(&path).contains("UTF-8"));
}
