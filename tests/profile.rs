//! What an office's profile changes in what is read, and what it does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;
use tempfile::TempDir;
use tenken::check::names;
use tenken::discover::discover;
use tenken::model::Lang;
use tenken::notice::Notice;
use tenken::pipeline::{Plan, Task, work_through};
use tenken::profile::Profile;
use tenken::read::ReadOptions;
use tenken::recognise::{FormKind, Item, Vocabulary};

use crate::generator::{Notation, Tables, invent, office};
use crate::support::program::{self, stderr, stdout};

/// What `tenken` prints; it must not fail.
fn tenken(arguments: &[&str]) -> String {
    let output = program::tenken(arguments);
    assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
    stdout(&output)
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&tenken(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// The profile that is drafted for the workbooks under `input`.
fn drafted(input: &Path, dir: &Path) -> (PathBuf, String) {
    let path = dir.join("draft.toml");
    let (input, draft) = (input.to_str().unwrap(), path.to_str().unwrap());
    tenken(&["inspect", input, "--write-profile", draft]);
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

/// The records and findings of all offices under `input`.
fn assessed(input: &Path, profile: &Profile) -> (Vec<Option<Vec<u8>>>, Vec<Vec<u8>>) {
    let notices =
        ["kitakyushu", "hitachi"].map(|id| Notice::builtin(id, &names()).unwrap().unwrap());
    let reading = ReadOptions::default();
    let plan = Plan {
        task: Task::Check,
        media: None,
        reading: &reading,
        notices: &notices,
        profile,
        as_of: NaiveDate::from_ymd_opt(2025, 12, 1).unwrap(),
        lang: Lang::Ja,
        columns: None,
    };
    let offices = discover(&[input.to_path_buf()], false, None).unwrap();
    let (mut records, mut findings) = (Vec::new(), Vec::new());
    work_through(&offices, plan, |product| {
        records.push(product.records);
        findings.extend(product.findings);
        Ok::<(), ()>(())
    })
    .unwrap();
    (records, findings)
}

/// Draft for what lies under `input`, apply, compare; the number of layouts in the draft.
fn apply_own_draft(input: &Path, what: &str) -> usize {
    let dir = TempDir::new().unwrap();
    let (_, text) = drafted(input, dir.path());
    let profile = Profile::parse(&text, "draft.toml").unwrap();
    let (records, findings) = assessed(input, &Profile::default());
    let (again, found_again) = assessed(input, &profile);
    assert!(!records.is_empty(), "{what}");
    assert!(records == again, "{what}: other records\n{text}");
    assert!(findings == found_again, "{what}: other findings\n{text}");
    text.matches("[[form]]").count()
}

#[test]
fn a_draft_for_the_fixtures_changes_no_record_and_no_finding() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    assert!(apply_own_draft(&fixtures, "fixtures") >= 10);
}

#[test]
fn a_draft_for_any_layout_changes_no_record_and_no_finding() {
    let tables = [Tables::Plain, Tables::TwoLevels].into_iter().cycle();
    for (seed, (notation, tables)) in (31..).zip(Notation::ALL.into_iter().zip(tables)) {
        let dir = TempDir::new().unwrap();
        let story = invent::clean(seed, 2);
        for file in office(&story, &[notation], tables).unwrap() {
            let path = dir.path().join("みなも").join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
        let layouts = apply_own_draft(dir.path(), &format!("{notation:?} seed {seed}"));
        assert!(layouts >= 2, "{notation:?} seed {seed}: {layouts} layouts");
    }
}

#[test]
fn the_readme_names_all_items_of_each_form() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let row = |kind: &str| {
        let head = format!("| `{kind}`");
        readme
            .lines()
            .find(|line| line.starts_with(&head))
            .unwrap_or_default()
    };
    let plain = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let name = |item: &Item| format!("`{}`", plain(serde_json::to_value(item).unwrap()));
    let words = Vocabulary::builtin();
    let common = words.items(None);
    assert!(!common.is_empty());
    for item in &common {
        assert!(row("any").contains(&name(item)), "any: {}", name(item));
    }
    for kind in FormKind::ALL {
        let items = words.items(Some(kind));
        assert!(items.difference(&common).next().is_some(), "{kind:?}");
        for item in items.difference(&common) {
            let kind = plain(serde_json::to_value(kind).unwrap());
            assert!(row(&kind).contains(&name(item)), "{kind}: {}", name(item));
        }
    }
}

/// A month of cards, one below the other, whose words are the office's own.
fn cards(dir: &Path, month: u32, first_row: u32) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(format!("{month}月")).unwrap();
    let wide = Format::new();
    sheet.write(0, 0, "おうちの日 ノート").unwrap();
    for (col, text) in [
        (0, "なまえ"),
        (1, "雪村　千早"),
        (3, "ばんごう"),
        (4, "0100000009"),
    ] {
        sheet.write(1, col, text).unwrap();
    }
    for (n, day) in (0..).zip([1, 3, 5]) {
        let top = first_row + n * 7;
        for (row, col, text) in [
            (0, 0, "いつ".to_owned()),
            (0, 1, format!("{month}/{day}")),
            (0, 2, "なんじから".to_owned()),
            (0, 3, "9:30".to_owned()),
            (0, 4, "なんじまで".to_owned()),
            (0, 5, format!("1{day}:00")),
            (1, 0, "つながりかた".to_owned()),
            (1, 1, "トコリー".to_owned()),
            (2, 0, "したこと".to_owned()),
            (2, 1, format!("封入 {}部", day * 10)),
            (4, 0, "からだとことば".to_owned()),
            (4, 1, "眠そう。早寝をすすめた".to_owned()),
            (4, 3, "かいた人".to_owned()),
            (4, 4, "堀内".to_owned()),
        ] {
            sheet.write(top + row, col, text).unwrap();
        }
        sheet.write(top + 3, 0, "当日の様子").unwrap();
        let told = format!("9:30 開始の連絡\n1{day}:00 終了の連絡");
        sheet
            .merge_range(top + 3, 1, top + 3, 5, &told, &wide)
            .unwrap();
    }
    let listing = book.add_worksheet().set_name("いちらん").unwrap();
    listing.write(0, 0, format!("2025年{month}月")).unwrap();
    listing.write(2, 0, "だれ").unwrap();
    listing.write(3, 0, "雪村　千早").unwrap();
    listing.write(3, 1, "0100000009").unwrap();
    for (day, mark) in [(1, "◇"), (2, "◆"), (3, "◇"), (5, "◇")] {
        listing.write(3, 1 + day, mark).unwrap();
    }
    listing.write(2, 33, "おうち日").unwrap();
    listing.write(3, 33, 3).unwrap();
    // The evaluation lies on its side: a week in each column.
    let weeks = book.add_worksheet().set_name("ふりかえり").unwrap();
    for (row, texts) in (0..).zip([
        ["だれ", "雪村　千早", ""],
        ["ひにち", "9/5", "9/12"],
        ["いつからいつまで", "9/1～9/5", "9/8～9/12"],
        ["どうだったか", "予定どおり", "少し遅れた"],
        ["かいた人", "堀内", "原"],
        ["みた人", "津田", "津田"],
    ]) {
        for (col, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            weeks.write(row, col, text).unwrap();
        }
    }
    let path = dir.join(format!("ノート{month}.xlsx"));
    book.save(&path).unwrap();
    path
}

const CARDS: &str = r#"
[marks]
"◇" = "home"
"◆" = "attendance"
[methods]
"トコリー" = "video"
[read]
year = 2025

[[form]]
kind = "daily"
sheet = "*月"
repeat = true
page = { name = "B2", certificate_number = "E2" }
[form.cells]
date = "B4"
start = "D4"
end = "F4"
method = "B5"
work = "B6"
support = "B7:F7"
condition = "B8"
recorder = "E8"

[[form]]
kind = "listing"
sheet = "いちらん"
first_row = 4
columns = { name = "A", certificate_number = "B", home_days = "AH" }
days = "C:AG"
page = { month = "A1" }

[[form]]
kind = "weekly"
sheet = "ふりかえり"
first_column = "B"
rows = { date = "2", period = "3", content = "4", recorder = "5", confirmer = "6" }
page = { name = "B1" }
"#;

/// Every value of every form, a line each.
fn values(reading: &Value) -> Vec<String> {
    let files = reading["files"].as_array().unwrap().iter();
    let forms = files.flat_map(|file| file["forms"].as_array().unwrap());
    let items = forms.flat_map(|form| form["items"].as_array().unwrap());
    let filled = items.filter(|item| !item["value"].is_null());
    filled
        .map(|item| {
            let cell = item["cell"].as_str().unwrap();
            format!(
                "{} {cell} {}",
                item["field"].as_str().unwrap(),
                item["value"]
            )
        })
        .collect()
}

#[test]
fn forty_lines_read_a_layout_that_recognition_knows_nothing_of() {
    assert!(CARDS.lines().count() <= 40);
    let dir = TempDir::new().unwrap();
    let path = cards(dir.path(), 9, 3);
    let profile = dir.path().join("office.toml");
    std::fs::write(&profile, CARDS).unwrap();
    let (path, profile) = (path.to_str().unwrap(), profile.to_str().unwrap());
    let before = json(&["inspect", path]);
    assert_eq!(values(&before), Vec::<String>::new());
    assert!(
        before["totals"]["unknown"].as_u64() > Some(50),
        "{}",
        before["totals"]
    );
    let reading = json(&["inspect", path, "--profile", profile]);
    let told = values(&reading).join("\n");
    insta::assert_snapshot!(told);
    let levels: Vec<&Value> = reading["files"][0]["forms"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|form| form["items"].as_array().unwrap())
        .map(|item| &item["confidence"]["level"])
        .filter(|level| *level != "certain")
        .collect();
    assert!(levels.iter().all(|level| level.is_null()), "{levels:?}");
}

#[test]
fn a_layout_that_was_confirmed_is_known_next_month_and_no_other_is() {
    let dir = TempDir::new().unwrap();
    let september = cards(dir.path(), 9, 3);
    let hand = dir.path().join("office.toml");
    std::fs::write(&hand, CARDS).unwrap();
    // Drafted from what the hand-written profile reads, it goes by the words of the layout.
    let draft = dir.path().join("draft.toml");
    let [september, hand, draft] = [&september, &hand, &draft].map(|path| path.to_str().unwrap());
    tenken(&[
        "inspect",
        september,
        "--profile",
        hand,
        "--write-profile",
        draft,
    ]);
    let text = std::fs::read_to_string(draft).unwrap();
    assert_eq!(text.matches("\nwords = ").count(), 3, "{text}");
    let signs = CARDS.split("[[form]]").next().unwrap();
    std::fs::write(draft, format!("{signs}{text}")).unwrap();
    let same = values(&json(&["inspect", september, "--profile", draft]));
    assert_eq!(
        same,
        values(&json(&["inspect", september, "--profile", hand]))
    );
    let october = cards(dir.path(), 10, 3);
    let known = values(&json(&[
        "inspect",
        october.to_str().unwrap(),
        "--profile",
        draft,
    ]));
    assert!(
        known.contains(&"date B4 \"2025-10-01\"".to_owned()),
        "{known:?}"
    );
    assert!(known.contains(&"days C4 \"home\"".to_owned()), "{known:?}");
    // The cards of another layout, a row further down, are not read by it.
    let moved = cards(dir.path(), 11, 4);
    let other = values(&json(&[
        "inspect",
        moved.to_str().unwrap(),
        "--profile",
        draft,
    ]));
    assert!(
        !other.iter().any(|value| value.starts_with("support")),
        "{other:?}"
    );
}

#[test]
fn an_edited_draft_still_fits_and_what_does_not_is_told() {
    let dir = TempDir::new().unwrap();
    let path = cards(dir.path(), 9, 3);
    let hand = dir.path().join("office.toml");
    std::fs::write(&hand, CARDS).unwrap();
    let draft = dir.path().join("draft.toml");
    let [path, hand, draft] = [&path, &hand, &draft].map(|path| path.to_str().unwrap());
    let written = ["inspect", path, "--profile", hand, "--write-profile", draft];
    tenken(&written);
    let signs = CARDS.split("[[form]]").next().unwrap();
    let text = std::fs::read_to_string(draft).unwrap();
    let edited = text.replace("work = \"B6\", ", "");
    assert_ne!(edited, text);
    std::fs::write(draft, format!("{signs}{edited}")).unwrap();
    let told = tenken(&["inspect", path, "--profile", draft]);
    assert!(!told.contains("使われなかった"), "{told}");
    let known = values(&json(&["inspect", path, "--profile", draft]));
    assert!(known.iter().any(|value| value.starts_with("support B7")));
    assert!(!known.iter().any(|value| value.starts_with("work B6")));
    // A word that is not there, and a sheet of another name.
    let line = |text: &str, what: &str| text.lines().position(|l| l.contains(what)).unwrap() + 1;
    let wrong = text.replace("= \"いつ\"", "= \"いつか\"");
    let wrong = format!("{signs}{wrong}\n[[ignore]]\nsheet = \"集計\"\n");
    std::fs::write(draft, &wrong).unwrap();
    let told = tenken(&["inspect", path, "--profile", draft]);
    assert!(told.contains("使われなかった指定 2件"), "{told}");
    let ignore = line(&wrong, "[[ignore]]");
    assert!(
        told.contains(&format!("の{ignore}行目: この [[ignore]]")),
        "{told}"
    );
    // Of a single book, an entry may be for others.
    assert!(told.contains("ほかのブックのための"), "{told}");
    let quiet = program::tenken(&["inspect", path, "--profile", draft, "--quiet"]);
    assert_eq!(stderr(&quiet), "");
    let folder = dir.path().to_str().unwrap();
    let quiet = program::tenken(&["inspect", folder, "--profile", draft, "--quiet"]);
    assert!(stderr(&quiet).contains("[[form]]"), "{}", stderr(&quiet));
}

#[test]
fn the_office_is_called_as_the_profile_says() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("みなも");
    std::fs::create_dir_all(&folder).unwrap();
    cards(&folder, 9, 3);
    let named = format!("{CARDS}\n[office]\nname = \"みなも第二\"\n");
    for (profile, name) in [(CARDS, "みなも"), (named.as_str(), "みなも第二")] {
        let profile = Profile::parse(profile, "office.toml").unwrap();
        let (records, _) = assessed(dir.path(), &profile);
        let records: Value = serde_json::from_slice(records[0].as_ref().unwrap()).unwrap();
        assert_eq!(records["name"], name);
    }
}

/// A list of days whose contacts stand in rows of their own, and what is seen beside it.
fn contact_log(dir: &Path) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("ログ").unwrap();
    let rows: [&[(u16, &str)]; 8] = [
        &[(0, "だれ"), (1, "雪村　千早"), (3, "かいた人　堀内")],
        &[],
        &[
            (0, "いつ"),
            (1, "なに１"),
            (2, "なに２"),
            (3, "何時"),
            (4, "手だて"),
            (5, "やりとり"),
        ],
        &[
            (0, "2025/9/1"),
            (1, "封入"),
            (2, "検品"),
            (3, "9:00"),
            (4, "電話"),
            (5, "7:30に起きた。開始"),
        ],
        &[(3, "12:00"), (4, "電話"), (5, "終了の連絡")],
        &[
            (0, "2025/9/2"),
            (1, "印字"),
            (3, "9:00"),
            (4, "電話"),
            (5, "開始の連絡"),
        ],
        &[(3, "10:30"), (5, "途中の連絡。"), (4, "メール")],
        &[(3, "12:00"), (4, "電話"), (5, "終了の連絡")],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in cells {
            sheet.write(row, *col, *text).unwrap();
        }
    }
    let path = dir.join("ログ.xlsx");
    book.save(&path).unwrap();
    path
}

#[test]
fn boxes_are_joined_and_each_row_is_a_contact() {
    let dir = TempDir::new().unwrap();
    let office = dir.path().join("みなも");
    std::fs::create_dir_all(&office).unwrap();
    contact_log(&office);
    let profile = "[[form]]\nkind = \"daily\"\nsheet = \"ログ\"\nfirst_row = 4\n\
        page = { name = \"B1\", recorder = \"D1\" }\n\
        columns = { date = \"A\", work = \"B, C\", contact = \"D:F\" }\n";
    let profile = Profile::parse(profile, "office.toml").unwrap();
    let (records, _) = assessed(dir.path(), &profile);
    let records: Value = serde_json::from_slice(records[0].as_ref().unwrap()).unwrap();
    let days = records["daily"].as_array().unwrap();
    let times = |day: &Value| -> Vec<String> {
        let contacts = day["contacts"].as_array().unwrap().iter();
        contacts
            .map(|c| format!("{} {}", c["time"], c["kind"]))
            .collect()
    };
    assert_eq!(days.len(), 2);
    assert_eq!(days[0]["work"], "封入 検品");
    assert_eq!(days[1]["work"], "印字");
    assert_eq!(
        times(&days[0]),
        ["\"09:00\" \"start\"", "\"12:00\" \"end\""]
    );
    assert_eq!(times(&days[1])[1], "\"10:30\" \"progress\"");
    assert_eq!(times(&days[1]).len(), 3);
}
