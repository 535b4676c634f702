//! The program as a person or a script meets it: exit status, language, streams.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use tenken::emit::folder::OutputFolder;
use tenken::emit::manifest::{Options, Run};
use tenken::model::Lang;

use crate::support::program::{command, stderr, stdout, tenken};

/// The folder of a finished run with one file.
fn finished_run(root: &Path) {
    let mut out = OutputFolder::open(root, &[], false).unwrap();
    out.write("港", "a.pdf", b"as it was").unwrap();
    let run = Run {
        command: "run".into(),
        as_of: None,
        options: Options {
            notices: vec![],
            lang: Lang::Ja,
            office_per_input: false,
        },
    };
    out.commit(run, vec![]).unwrap();
}

#[test]
fn without_arguments_it_explains_itself() {
    let output = tenken(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("はじめての方へ"));
}

#[test]
fn help_and_version_succeed() {
    let help = tenken(&["check", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("使い方: tenken check"));
    let english = tenken(&["check", "--help", "--lang", "en"]);
    assert!(stdout(&english).contains("Usage: tenken check"));
    let version = tenken(&["--version"]);
    assert_eq!(
        stdout(&version),
        format!("tenken {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_usage_error_is_told_in_the_language_asked_for() {
    let output = tenken(&["chekc"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("もしかして: check"));
    let english = tenken(&["--lang", "en", "chekc"]);
    assert_eq!(english.status.code(), Some(2));
    assert!(stderr(&english).contains("unrecognized subcommand"));
}

#[test]
fn rules_are_listed_and_explained() {
    let list = tenken(&["rules"]);
    assert_eq!(list.status.code(), Some(0));
    assert!(stdout(&list).contains("fewer-than-two-contacts"));
    let one = tenken(&["rules", "fewer-than-two-contacts", "--lang", "en"]);
    assert!(stdout(&one).contains("kitakyushu 6(3)"));
    let wrong = tenken(&["rules", "fewer-than-2-contacts"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("もしかして: fewer-than-two-contacts"));
}

#[test]
fn a_notice_that_is_not_there_is_an_error() {
    let output = tenken(&["rules", "--notice", "nowhere.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere.toml"));
}

#[test]
fn verify_tells_whether_a_folder_is_as_recorded() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_str().unwrap();
    assert_eq!(tenken(&["verify", root]).status.code(), Some(2));
    finished_run(dir.path());
    assert_eq!(tenken(&["verify", root]).status.code(), Some(0));
    std::fs::write(dir.path().join("港/a.pdf"), "otherwise").unwrap();
    let changed = tenken(&["verify", root]);
    assert_eq!(changed.status.code(), Some(1));
    assert!(stdout(&changed).contains("港/a.pdf"));
    assert_eq!(stdout(&tenken(&["verify", root, "--quiet"])), "");
}

#[test]
fn an_output_folder_in_use_is_refused_before_anything_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    finished_run(&out);
    let input = dir.path().join("in");
    std::fs::create_dir(&input).unwrap();
    let [input, out] = [&input, &out].map(|path| path.to_str().unwrap());
    let output = tenken(&["run", input, "--out", out]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--force"));
    assert_eq!(tenken(&["verify", out]).status.code(), Some(0));
    let inside = tenken(&["run", out, "--out", out, "--force"]);
    assert_eq!(inside.status.code(), Some(2));
    assert_eq!(tenken(&["verify", out]).status.code(), Some(0));
}

#[test]
fn an_input_without_records_is_no_success() {
    let dir = tempfile::tempdir().unwrap();
    let [forms, out, empty] = ["forms", "out", "empty"].map(|name| dir.path().join(name));
    std::fs::create_dir(&empty).unwrap();
    std::fs::write(empty.join("memo.txt"), "お知らせ").unwrap();
    let [forms, out, empty] = [&forms, &out, &empty].map(|path| path.to_str().unwrap());
    assert_eq!(tenken(&["forms", "--out", forms]).status.code(), Some(0));
    let blank = tenken(&["run", forms, "--out", out]);
    assert_eq!(blank.status.code(), Some(2));
    assert!(stdout(&blank).contains("点検できる記録がありませんでした"));
    assert!(!stdout(&blank).contains("指摘はありません"));
    assert!(!Path::new(out).join("forms/証拠書類綴り.pdf").exists());
    assert!(Path::new(out).join("forms/点検報告書.pdf").exists());
    let quiet = tenken(&["check", forms, "--quiet", "--lang", "en"]);
    assert_eq!(quiet.status.code(), Some(2));
    assert!(stderr(&quiet).contains("no records to check"));
    assert_eq!(tenken(&["check", empty]).status.code(), Some(2));
}

#[test]
fn what_to_read_first_is_named_first() {
    let dir = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let out = dir.path().join("out");
    let [root, out] = [&root, &out].map(|path| path.to_str().unwrap());
    let output = tenken(&["run", root, "--out", out, "--as-of", "2025-12-01"]);
    assert_eq!(output.status.code(), Some(1));
    let told = stdout(&output);
    let (_, list) = told.split_once("出力先").unwrap();
    let first = list.lines().nth(1).unwrap();
    assert!(
        first.contains("点検報告書.pdf") && first.contains("まずこちら"),
        "{list}"
    );
    assert!(list.contains("修正済み/（") && list.contains("manifest.json"));
}

#[test]
fn text_has_no_colours_when_it_is_not_read_on_a_terminal() {
    let output = tenken(&["rules"]);
    assert!(!stdout(&output).contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::Stdio;
    let mut child = command()
        .arg("rules")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}
