//! Where offices begin, on a disk made for the test.

use super::*;
use std::fs;
use tempfile::TempDir;

/// A folder named 入力 with files of one byte, or none where the name ends in `=0`.
fn folder(files: &[&str]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("入力");
    fs::create_dir(&input).unwrap();
    for file in files {
        let (name, content) = match file.strip_suffix("=0") {
            Some(name) => (name, ""),
            None => (*file, "x"),
        };
        let path = input.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    (dir, input)
}

fn found(inputs: &[PathBuf], office_per_input: bool) -> Vec<(String, Vec<String>)> {
    discover(inputs, office_per_input, None)
        .unwrap()
        .iter()
        .map(|office| {
            let files = office.files.iter().map(|file| file.shown.to_string());
            (office.folder.clone(), files.collect())
        })
        .collect()
}

fn office(folder: &str, files: &[&str]) -> (String, Vec<String>) {
    let files = files.iter().map(|file| (*file).to_owned());
    (folder.to_owned(), files.collect())
}

#[test]
fn each_folder_under_an_input_is_an_office() {
    let (_dir, input) = folder(&[
        "乙/深い/所/a.XLSX",
        "甲/b.csv",
        "甲/メモ.txt",
        "空/メモ.pdf",
    ]);
    assert_eq!(
        found(std::slice::from_ref(&input), false),
        [
            office("乙", &["入力/乙/深い/所/a.XLSX"]),
            office("甲", &["入力/甲/b.csv"])
        ]
    );
    assert_eq!(
        found(&[input], true),
        [office("入力", &["入力/乙/深い/所/a.XLSX", "入力/甲/b.csv"])]
    );
}

#[test]
fn an_input_that_holds_workbooks_is_an_office_itself() {
    let (_dir, input) = folder(&["名簿.xlsx", "利用者/記録.ods"]);
    assert_eq!(
        found(&[input], false),
        [office("入力", &["入力/利用者/記録.ods", "入力/名簿.xlsx"])]
    );
}

#[test]
fn files_given_from_one_folder_are_one_office() {
    let (_dir, input) = folder(&["甲/a.xlsx", "甲/b.xlsx", "乙/a.xlsx"]);
    let files = ["甲/a.xlsx", "甲/b.xlsx", "乙/a.xlsx"].map(|file| input.join(file));
    assert_eq!(
        found(&files, false),
        [
            office("甲", &["b.xlsx", "甲/a.xlsx"]),
            office("乙", &["乙/a.xlsx"])
        ]
    );
    assert_eq!(found(&files, true).len(), 3);
}

#[test]
fn inputs_of_one_name_are_told_apart_and_no_file_is_read_twice() {
    let (_dir, input) = folder(&["甲/記録/a.xlsx", "乙/記録/a.xlsx"]);
    let inputs = ["甲/記録", "乙/記録", "甲/記録/a.xlsx"].map(|name| input.join(name));
    let shown: Vec<String> = found(&inputs, false)
        .into_iter()
        .flat_map(|(_, files)| files)
        .collect();
    assert_eq!(shown, ["甲/記録/a.xlsx", "乙/記録/a.xlsx"]);
}

#[test]
fn what_a_person_would_wonder_about_is_told_and_the_rest_is_not() {
    let (_dir, input) = folder(&[
        "甲/a.xlsx",
        "甲/~$a.xlsx",
        "甲/~$a.docx",
        "甲/.~lock.a.ods#",
        "甲/空.xlsx=0",
        "甲/.隠し.xlsx",
        "甲/.b.xlsx.icloud",
        "甲/._a.xlsx",
        "甲/c.xlsx.bak",
        "甲/d.xlsx~",
        "甲/e.numbers",
        "甲/メモ.txt=0",
        "甲/f.pdf.tmp",
        "甲/.git/g.xlsx",
    ]);
    let offices = discover(&[input], false, None).unwrap();
    let [office] = offices.as_slice() else {
        panic!("one office");
    };
    assert_eq!(office.files.len(), 1);
    let mut skipped: Vec<_> = office
        .skipped
        .iter()
        .map(|entry| entry.file.trim_start_matches("入力/甲/"))
        .collect();
    skipped.sort_unstable();
    assert_eq!(
        skipped,
        [
            ".b.xlsx.icloud",
            ".~lock.a.ods#",
            ".隠し.xlsx",
            "c.xlsx.bak",
            "d.xlsx~",
            "e.numbers",
            "~$a.xlsx",
            "空.xlsx"
        ]
    );
    assert!(
        office
            .skipped
            .iter()
            .all(|entry| !entry.reason.ja.is_empty())
    );
}

#[test]
fn the_output_folder_is_no_input() {
    let (_dir, input) = folder(&["甲/a.xlsx", "出力/甲/b.xlsx"]);
    let offices = discover(
        std::slice::from_ref(&input),
        false,
        Some(&input.join("出力")),
    )
    .unwrap();
    assert_eq!(offices.len(), 1);
    assert_eq!(offices[0].folder, "甲");
}

#[test]
fn names_are_shown_composed() {
    let (_dir, input) = folder(&["か\u{3099}/は\u{309a}.xlsx"]);
    assert_eq!(found(&[input], false), [office("が", &["入力/が/ぱ.xlsx"])]);
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let (_dir, input) = folder(&["甲/a.xlsx"]);
    std::os::unix::fs::symlink(&input, input.join("甲/輪")).unwrap();
    let offices = discover(&[input], false, None).unwrap();
    assert_eq!(offices[0].files.len(), 1);
    assert_eq!(offices[0].skipped.len(), 1);
}

#[test]
fn nothing_to_read_is_an_error_that_names_the_path() {
    let (_dir, input) = folder(&["甲/メモ.txt", "甲/~$a.xlsx"]);
    let none = discover(std::slice::from_ref(&input), false, None).unwrap_err();
    assert_eq!(none.code(), "no-workbook");
    assert!(none.wording().ja.contains("入力"));
    let missing = input.join("ない");
    let error = discover(std::slice::from_ref(&missing), false, None).unwrap_err();
    assert_eq!(error, DiscoverError::InputMissing(missing));
    assert!(error.to_string().contains("ない"));
}

#[test]
fn every_sentence_is_there() {
    for key in [
        "input-missing",
        "no-workbook",
        "lock-file",
        "empty-file",
        "cloud-placeholder",
        "hidden-file",
        "link",
        "backup",
        "other-format",
        "unreadable-directory",
        "archive-damaged",
        "archive-too-large",
        "archive-unreadable",
        "archive-in-archive",
        "archive-without-workbooks",
        "unsafe-name",
    ] {
        let wording = wording(key);
        assert!(!wording.ja.is_empty() && !wording.en.is_empty(), "{key}");
    }
    assert_eq!(WORDINGS.len(), 16);
}
