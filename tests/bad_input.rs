//! Bad inputs cost themselves and nothing else: each is named with its cause, all other files
//! are checked, and neither memory nor time run away.
//!
//! `cargo test --release bad_input -- --nocapture` prints what each of them took.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::made::bad::{self, Bad, Outcome};
use crate::made::books::{package, small_ods, small_xls, small_xlsx};
use crate::made::drawn::{Drawn, Page, of_each_kind};
use crate::support::program::command;
use proptest::prelude::*;
use tenken::discover::discover;
use tenken::read::{ReadOptions, read_book, read_bytes};

/// Bytes of memory that one run may take at most.
const MEMORY: u64 = 512 << 20;
/// How long one run may take at most, unoptimised and beside others.
const TIME: Duration = Duration::from_secs(180);
const OFFICE: &str = "あおぞらワークス";

/// What one run came to.
struct Ran {
    status: Option<i32>,
    told: String,
    /// Bytes of memory at its height, where the system tells.
    memory: u64,
    time: Duration,
}

fn run(folder: &Path) -> Ran {
    let start = Instant::now();
    let mut child = command()
        .arg("check")
        .arg(folder)
        .args(["--as-of", "2025-12-01", "--no-color"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut outputs = [
        Box::new(child.stdout.take().unwrap()) as Box<dyn Read + Send>,
        Box::new(child.stderr.take().unwrap()),
    ];
    let told = std::thread::spawn(move || {
        let mut told = String::new();
        for output in &mut outputs {
            output.read_to_string(&mut told).unwrap();
        }
        told
    });
    let mut memory = 0;
    let status = loop {
        memory = memory.max(height(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > TIME {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Ran {
        status,
        told: told.join().unwrap(),
        memory,
        time: start.elapsed(),
    }
}

/// The most memory that the process has held so far.
fn height(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

/// A folder with an office whose workbooks are in order.
fn office(root: &Path) -> std::path::PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(OFFICE);
    let office = root.join("入力").join("事業所");
    fs::create_dir_all(&office).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), office.join(entry.file_name())).unwrap();
        }
    }
    office
}

/// Whether the one who runs the tests may read everything.
fn may_read_all() -> bool {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut rights = file.as_file().metadata().unwrap().permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0);
    fs::set_permissions(file.path(), rights).unwrap();
    fs::read(file.path()).is_ok()
}

fn check(bad: &Bad) -> (Ran, Vec<String>) {
    let root = tempfile::tempdir().unwrap();
    let office = office(root.path());
    (bad.put)(&office);
    let ran = run(&root.path().join("入力"));
    let mut faults = Vec::new();
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            faults.push(format!("{}: {what}\n{}", bad.what, shortened(&ran.told)));
        }
    };
    let sentence = sentence(bad);
    match bad.outcome {
        Outcome::Refused(_) | Outcome::Unreadable(_) => {
            expect(ran.told.contains(&sentence), &sentence);
            expect(ran.status == Some(2), "status 2");
        }
        Outcome::Skipped(part) => {
            expect(ran.told.contains(part), part);
            expect(matches!(ran.status, Some(0 | 1)), "status 0 or 1");
        }
        Outcome::Read => expect(matches!(ran.status, Some(0 | 1)), "status 0 or 1"),
    }
    // The name comes from a workbook beside the bad one.
    expect(ran.told.contains(OFFICE), "the other files are read");
    expect(!ran.told.contains("不具合"), "no fault of the program");
    expect(ran.memory < MEMORY, "memory");
    (ran, faults)
}

/// The words that tell of it; none where it is read like any other.
fn sentence(bad: &Bad) -> String {
    match bad.outcome {
        Outcome::Refused(error) => error.wording().ja,
        Outcome::Unreadable(part) | Outcome::Skipped(part) => part.to_owned(),
        Outcome::Read => String::new(),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(1_500).collect()
}

#[test]
fn each_bad_input_is_named_and_costs_nothing_but_itself() {
    let mut faults = Vec::new();
    println!("| input | exit | told | memory | time |\n|---|---|---|---|---|");
    for bad in bad::all() {
        if bad.what == "a file that may not be read" && may_read_all() {
            println!(
                "| {} | not tried: this user may read every file | | | |",
                bad.what
            );
            continue;
        }
        let (ran, found) = check(&bad);
        println!(
            "| {} | {} | {} | {} MB | {:.1} s |",
            bad.what,
            ran.status
                .map_or("none".to_owned(), |status| status.to_string()),
            sentence(&bad),
            ran.memory >> 20,
            ran.time.as_secs_f64()
        );
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn all_bad_inputs_together_take_no_more() {
    let root = tempfile::tempdir().unwrap();
    let office = office(root.path());
    for (number, bad) in bad::all().iter().enumerate() {
        let folder = office.join(number.to_string());
        fs::create_dir(&folder).unwrap();
        (bad.put)(&folder);
    }
    let ran = run(&root.path().join("入力"));
    println!(
        "all together: exit {:?}, {} MB, {:.1} s",
        ran.status,
        ran.memory >> 20,
        ran.time.as_secs_f64()
    );
    assert_eq!(ran.status, Some(2));
    assert!(ran.told.contains(OFFICE) && !ran.told.contains("不具合"));
    assert!(ran.memory < MEMORY, "{} MB", ran.memory >> 20);
}

#[test]
fn files_that_change_or_go_while_they_are_read_are_no_harm() {
    let root = tempfile::tempdir().unwrap();
    let office = office(root.path());
    let whole = small_xlsx();
    let put = |round: usize| {
        for i in 0..50 {
            let path = office.join(format!("{i}.xlsx"));
            match (i + round) % 3 {
                0 => drop(fs::remove_file(path)),
                1 => fs::write(path, &whole[..whole.len() / 2]).unwrap(),
                _ => fs::write(path, &whole).unwrap(),
            }
        }
    };
    put(1);
    let done = AtomicBool::new(false);
    let runs: Vec<Ran> = std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0.. {
                put(round);
                if done.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let runs = (0..3).map(|_| run(&root.path().join("入力"))).collect();
        done.store(true, Ordering::Relaxed);
        runs
    });
    for ran in runs {
        assert!(matches!(ran.status, Some(0..=2)), "{:?}", ran.status);
        assert!(
            ran.told.contains(OFFICE) && !ran.told.contains("不具合"),
            "{}",
            ran.told
        );
    }
}

/// Reads a file as it would be found in a folder.
fn read_as(name: &str, bytes: &[u8]) -> bool {
    if !name.ends_with(".zip") {
        return read_bytes(bytes, name.into()).is_ok();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    match discover(&[path], false, None) {
        Ok(offices) => offices
            .iter()
            .flat_map(|office| &office.files)
            .all(|file| read_book(file, &ReadOptions::default()).is_ok()),
        Err(_) => false,
    }
}

/// A file of each kind.
fn kinds() -> Vec<(&'static str, Vec<u8>)> {
    let drawn = of_each_kind(Page {
        rows: &[["氏名", "青葉"], ["作業内容", ""]],
        drawn: &[
            Drawn::Text("B2", "袋詰め"),
            Drawn::Oval("B1"),
            Drawn::CheckBox("B2", true, "通所"),
            Drawn::Note("A2", "確認"),
        ],
    });
    let mut kinds = vec![
        ("a.xlsx", small_xlsx()),
        ("a.xls", small_xls()),
        ("a.ods", small_ods()),
        ("a.csv", "氏名,番号\n\"青葉,ひかり\",012\n".into()),
        ("a.zip", package(&[("中/a.xlsx", &small_xlsx())])),
    ];
    kinds.extend(drawn);
    kinds
}

/// How many of them there are.
const KINDS: usize = 9;

#[test]
fn the_files_that_are_changed_below_are_read_as_they_are() {
    assert_eq!(kinds().len(), KINDS);
    for (name, bytes) in kinds() {
        assert!(read_as(name, &bytes), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_is_cut_and_changed_anywhere_is_read_or_refused(
        kind in 0..KINDS,
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let (name, mut bytes) = kinds()[kind].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_as(name, &bytes);
    }
}
