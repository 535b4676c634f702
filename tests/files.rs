//! The same records in other wrappings: protected, packed, misnamed. What is found in them
//! must not change.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::LazyLock;

use crate::made::books::{small_xls_stream, small_xlsx, xlsx};
use crate::made::compound::compound;
use crate::made::encrypted::{self, Binary};
use crate::made::open_document::open_document;
use crate::support::program::{self, stderr, stdout};
use tempfile::TempDir;
use tenken::discover::discover;
use tenken::read::{Passwords, ReadOptions, read_book, read_bytes};
use unicode_normalization::UnicodeNormalization;
use zip::ZipWriter;
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

const OFFICE: &str = "あおぞらワークス";
const PASSWORD: &str = "ひみつ_9";

/// Files by their path.
type Files = Vec<(String, Vec<u8>)>;

/// The workbooks of the invented office, by their path in its folder.
static WORKBOOKS: LazyLock<Files> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(OFFICE);
    let files = walkdir::WalkDir::new(&root).sort_by_file_name();
    let files = files.into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
});

/// What is found in them as they are.
static FINDINGS: LazyLock<String> = LazyLock::new(|| {
    let folder = Folder::new();
    folder.office(OFFICE, &WORKBOOKS);
    let output = folder.check(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    stdout(&output)
});

/// A folder named 入力.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path()).unwrap();
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("入力")
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn office(&self, name: &str, files: &[(String, Vec<u8>)]) {
        for (path, bytes) in files {
            self.put(&format!("{name}/{path}"), bytes);
        }
    }

    /// A list of passwords beside the folder.
    fn list(&self, passwords: &[&str]) -> String {
        let path = self.0.path().join("合言葉.txt");
        fs::write(&path, passwords.join("\r\n")).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn check(&self, more: &[&str]) -> Output {
        let input = self.path();
        let mut arguments = vec!["check", input.to_str().unwrap(), "--format", "json"];
        arguments.extend(more);
        tenken(&arguments)
    }

    fn findings(&self, more: &[&str]) -> String {
        stdout(&self.check(more))
    }
}

fn tenken(arguments: &[&str]) -> Output {
    program::tenken(&[arguments, &["--as-of", "2025-12-01"]].concat())
}

fn zip(files: &[(String, Vec<u8>)], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn plain() -> SimpleFileOptions {
    SimpleFileOptions::default()
}

fn protected(files: &[(String, Vec<u8>)]) -> Files {
    let ways = [encrypted::agile, encrypted::standard];
    files
        .iter()
        .zip(ways.into_iter().cycle())
        .map(|((path, bytes), way)| {
            let streams = way(bytes, PASSWORD);
            let streams: Vec<_> = streams.iter().map(|(n, b)| (*n, b.as_slice())).collect();
            (path.clone(), compound(&streams))
        })
        .collect()
}

#[test]
fn protected_workbooks_say_the_same_once_a_password_fits() {
    let folder = Folder::new();
    folder.office(OFFICE, &protected(&WORKBOOKS));
    let list = folder.list(&["falsch", PASSWORD]);
    assert!(folder.findings(&["--password-file", &list]) == *FINDINGS);

    for (passwords, part) in [
        (&[][..], "--password-file"),
        (&["falsch"], "どれも合いません"),
    ] {
        let list = folder.list(passwords);
        let more = ["--password-file", list.as_str()];
        let output = folder.check(if passwords.is_empty() { &[] } else { &more });
        assert_eq!(output.status.code(), Some(2));
        let count = stderr(&output).matches(part).count();
        assert_eq!(count, WORKBOOKS.len(), "{}", stderr(&output));
        assert!(!stderr(&output).contains("falsch"));
    }
}

#[test]
fn a_password_is_in_no_output() {
    let folder = Folder::new();
    folder.office(OFFICE, &protected(&WORKBOOKS[..1]));
    // Even where the list lies among the records under the name of one.
    let list = folder.put(&format!("{OFFICE}/一覧.csv"), PASSWORD.as_bytes());
    let out = folder.0.path().join("出力");
    let input = folder.path();
    let [input, out, list] = [&input, &out, &list].map(|path| path.to_str().unwrap());
    let output = tenken(&["run", input, "--out", out, "--password-file", list]);
    assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!(stdout(&output) + &stderr(&output)).contains(PASSWORD));
    let mut files = 0;
    for entry in walkdir::WalkDir::new(out) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            files += 1;
            let bytes = fs::read(entry.path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains(PASSWORD) && !text.contains("一覧.csv"),
                "{entry:?}"
            );
        }
    }
    assert!(files > 3);
}

#[test]
fn a_list_of_passwords_that_is_not_there_is_told_before_anything_is_read() {
    let folder = Folder::new();
    folder.put("甲/a.csv", b"a,b");
    let output = folder.check(&["--password-file", "/no/such/list.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("/no/such/list.txt"));
    assert_eq!(stdout(&output), "");
}

#[test]
fn an_xls_is_opened_whichever_way_it_is_protected() {
    let stream = small_xls_stream();
    let open = compound(&[("Workbook", &stream)]);
    let read = |bytes: &[u8], passwords: &[&str]| {
        let folder = Folder::new();
        let path = folder.put("a.xls", bytes);
        let office = discover(&[path], false, None).unwrap().remove(0);
        let passwords: Passwords = passwords.iter().copied().collect();
        read_book(&office.files[0], &ReadOptions { passwords })
    };
    let expected = read(&open, &[]).unwrap();
    assert_eq!(expected.sheets[0].cells.len(), 3);
    for way in [Binary::Old, Binary::CryptoApi(40), Binary::CryptoApi(128)] {
        let locked = encrypted::workbook(&stream, PASSWORD, way);
        let locked = compound(&[("Workbook", &locked)]);
        assert_eq!(
            read(&locked, &["x", PASSWORD]).unwrap(),
            expected,
            "{way:?}"
        );
        assert_eq!(
            read(&locked, &["x"]).unwrap_err().code(),
            "password-protected"
        );
    }
}

#[test]
fn an_archive_is_a_folder_of_its_name() {
    let within = |folder: &str| -> Files {
        let files = WORKBOOKS.iter().cloned();
        files
            .map(|(path, bytes)| (format!("{folder}{path}"), bytes))
            .collect()
    };
    let unpacked = FINDINGS.replace("入力/あおぞらワークス/", "");
    for (options, passwords) in [
        (plain(), &[][..]),
        (
            plain()
                .with_deprecated_encryption(PASSWORD.as_bytes())
                .unwrap(),
            &[PASSWORD][..],
        ),
    ] {
        let folder = Folder::new();
        let path = folder.put("箱.ZIP", &zip(&within(""), options));
        let list = folder.list(passwords);
        let more = ["--password-file", list.as_str()];
        let more = if passwords.is_empty() { &[][..] } else { &more };
        assert!(folder.findings(more).replace("入力/箱.ZIP/", "") == unpacked);
        // Given itself it is an office.
        let mut arguments = vec!["check", path.to_str().unwrap(), "--format", "json"];
        arguments.extend(more);
        assert!(stdout(&tenken(&arguments)).replace("箱.ZIP/", "") == unpacked);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
    let folder = Folder::new();
    folder.put(
        &format!("{OFFICE}/中/箱.zip"),
        &zip(&within("深い/"), plain()),
    );
    let found = folder.findings(&[]);
    assert!(found.replace("入力/あおぞらワークス/中/箱.zip/深い/", "") == unpacked);
}

#[test]
fn an_archive_is_recorded_as_the_one_file_it_is() {
    let folder = Folder::new();
    let archive = folder.put("箱.zip", &zip(&WORKBOOKS, plain()));
    let out = folder.0.path().join("出力");
    let input = folder.path();
    let [input, out_path] = [&input, &out].map(|path| path.to_str().unwrap());
    tenken(&["convert", input, "--out", out_path]);
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 1, "{inputs:?}");
    assert_eq!(inputs[0]["path"], "入力/箱.zip");
    assert_eq!(inputs[0]["size"], fs::metadata(archive).unwrap().len());
}

#[test]
fn what_an_archive_holds_besides_is_told_or_passed_over() {
    let folder = Folder::new();
    let small = small_xlsx();
    let files: Files = [
        ("良い.xlsx", small.clone()),
        ("中/~$良い.xlsx", small.clone()),
        ("__MACOSX/._良い.xlsx", small.clone()),
        (
            "中/箱.zip",
            zip(&[("a.xlsx".to_owned(), small.clone())], plain()),
        ),
        ("中/../../逃げる.xlsx", small.clone()),
        ("壊れた.xlsx", small[..300].to_vec()),
        ("空.xlsx", Vec::new()),
        ("メモ.txt", b"x".to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .to_vec();
    folder.put("箱.zip", &zip(&files, plain()));
    folder.put("写真.zip", &zip(&[("a.jpg".to_owned(), vec![1])], plain()));
    folder.put("壊れた.zip", b"PK\x03\x04");
    let output = tenken(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let told = stdout(&output) + &stderr(&output);
    for (file, part) in [
        ("入力/箱.zip/中/~$良い.xlsx", "一時ファイル"),
        ("入力/箱.zip/中/箱.zip", "ZIPファイルの中のZIPファイル"),
        ("入力/箱.zip/中/../../逃げる.xlsx", "置き場所"),
        ("入力/箱.zip/壊れた.xlsx", "壊れている"),
        ("入力/箱.zip/空.xlsx", "0バイト"),
        ("入力/写真.zip", "点検できるファイル"),
        ("入力/壊れた.zip", "壊れている"),
    ] {
        assert!(told.contains(file) && told.contains(part), "{file}\n{told}");
    }
    for silent in ["__MACOSX", "メモ", "a.jpg"] {
        assert!(!told.contains(silent), "{silent}");
    }
    // A workbook that is only named like an archive is a workbook.
    let folder = Folder::new();
    let (name, bytes) = &WORKBOOKS[0];
    folder.office(OFFICE, &WORKBOOKS[1..]);
    folder.put(
        &format!("{OFFICE}/{}", name.replace(".xlsx", ".zip")),
        bytes,
    );
    let renamed = name.replace(".xlsx", ".zip");
    assert!(folder.findings(&[]).replace(&renamed, name) == *FINDINGS);
}

#[test]
fn names_of_macs_and_wrong_endings_change_nothing() {
    let folder = Folder::new();
    let decomposed = |name: &str| name.nfd().collect::<String>();
    assert_ne!(decomposed(OFFICE), OFFICE);
    for (path, bytes) in WORKBOOKS.iter() {
        folder.put(&decomposed(&format!("{OFFICE}/{path}")), bytes);
    }
    folder.put(&format!("{OFFICE}/~$様式2.xlsx"), b"lock");
    folder.put(&format!("{OFFICE}/空.xlsx"), b"");
    folder.put(&format!("{OFFICE}/雲.xlsx.icloud"), b"placeholder");
    assert!(folder.findings(&[]) == *FINDINGS);

    let folder = Folder::new();
    for (path, bytes) in WORKBOOKS.iter() {
        folder.put(
            &format!("{OFFICE}/{}", path.replace(".xlsx", ".xls")),
            bytes,
        );
    }
    assert!(folder.findings(&[]).replace(".xls\"", ".xlsx\"") == *FINDINGS);
}

#[test]
fn the_same_in_open_document_spreadsheets_is_the_same() {
    let folder = Folder::new();
    let mut ticked = 0;
    for (path, bytes) in WORKBOOKS.iter() {
        let book = read_bytes(bytes, path.as_str().into()).unwrap();
        let boxes = book.sheets.iter().flat_map(|sheet| &sheet.check_boxes);
        ticked += boxes.filter(|check_box| check_box.checked).count();
        folder.put(
            &format!("{OFFICE}/{}", path.replace(".xlsx", ".ods")),
            &open_document(&book),
        );
    }
    assert!(ticked > 0);
    assert!(folder.findings(&[]).replace(".ods\"", ".xlsx\"") == *FINDINGS);
}

#[test]
fn the_content_decides_and_the_name_does_not() {
    let folder = Folder::new();
    folder.put("甲/表.xlsx", "氏名,番号\n青葉,1\n".as_bytes());
    folder.put(
        "甲/頁.xls",
        "<html><table><tr><td>氏名</td></tr></table></html>".as_bytes(),
    );
    folder.put(
        "甲/古い.xlsx",
        &compound(&[("Workbook", &small_xls_stream())]),
    );
    folder.put(
        "甲/宣言.csv",
        &xlsx("<dimension ref=\"A1:XFD1048576\"/><sheetData/>", &[]),
    );
    let office = discover(&[folder.path()], false, None).unwrap().remove(0);
    let outcomes: Vec<_> = office
        .files
        .iter()
        .map(|file| {
            let read = read_book(file, &ReadOptions::default());
            let cells = read.map(|book| book.sheets[0].cells.len());
            (file.shown.to_string(), cells.map_err(|error| error.code()))
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            ("入力/甲/古い.xlsx".to_owned(), Ok(3)),
            ("入力/甲/宣言.csv".to_owned(), Ok(0)),
            ("入力/甲/表.xlsx".to_owned(), Ok(4)),
            ("入力/甲/頁.xls".to_owned(), Err("not-a-workbook")),
        ]
    );
}
