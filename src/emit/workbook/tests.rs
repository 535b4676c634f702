//! The corrected workbooks as they are opened: what stands in their cells.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};

use super::sample::{self, finding};
use super::*;
use crate::correct::changes;
use crate::model::{Applicability, Field, Fix, Verdict, When, Wording};

type Sheets = Vec<(String, BTreeMap<(u32, u32), String>)>;

/// The texts that a person sees, by row and column.
fn open(file: &OutputFile) -> Sheets {
    let book = crate::read::read_bytes(&file.bytes, file.name.as_str().into()).unwrap();
    let sheets = book.sheets.into_iter();
    sheets
        .map(|sheet| {
            let cells = sheet.cells.into_iter();
            let cells = cells.map(|(at, cell)| ((at.row, at.col), cell.shown));
            (
                sheet.name,
                cells.filter(|(_, text)| !text.is_empty()).collect(),
            )
        })
        .collect()
}

/// What is stored in the cell, on the first sheet.
fn stored(file: &OutputFile, row: u32, col: u32) -> Data {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.get_value((row, col)).cloned().unwrap_or_default()
}

fn part(file: &OutputFile, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file.bytes.clone())).unwrap();
    let Ok(part) = zip.by_name(name) else {
        return String::new();
    };
    std::io::read_to_string(part).unwrap()
}

fn office_files(office: &Office, findings: &[Finding]) -> BTreeMap<String, OutputFile> {
    let changes = changes(office);
    let as_of = sample::day(11, 10);
    corrected(office, findings, &[], &changes, as_of, Lang::Ja)
        .unwrap()
        .into_iter()
        .map(|file| (file.name.clone(), file))
        .collect()
}

/// The text right of the label, on the label's row.
fn beside<'s>(sheet: &'s BTreeMap<(u32, u32), String>, label: &str) -> Option<&'s str> {
    let (row, col) = sheet.iter().find(|(_, text)| *text == label)?.0;
    sheet
        .range((*row, col + 1)..(row + 1, 0))
        .next()
        .map(|(_, text)| text.as_str())
}

const SEPTEMBER: &str = "修正済み/参考様式2_濵﨑　結衣_2025-09.xlsx";

#[test]
fn every_record_stands_in_a_workbook() {
    let files = office_files(&sample::office(), &[]);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "修正済み/参考様式1.xlsx",
            "修正済み/参考様式2_森　健太_9999_2025-09.xlsx",
            SEPTEMBER,
            "修正済み/参考様式2_森　健太_5678_2025-09.xlsx",
            "修正済み/参考様式2_濵﨑　結衣_年月不明.xlsx",
            "修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx",
            "修正済み/参考様式4_2025-09.xlsx",
        ]
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
}

#[test]
fn days_share_sheets_and_the_last_goes_with_its_evaluation() {
    let files = office_files(&sample::office(), &[]);
    let sheets = open(&files[SEPTEMBER]);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["9月1日・2日", "9月3日", "9月4日（評価）", "修正履歴"]
    );
    let (_, first) = &sheets[0];
    assert_eq!(first.get(&(0, 0)).unwrap(), "在宅における就労支援記録");
    assert_eq!(beside(first, "対象者名"), Some("濵﨑　結衣"));
    assert_eq!(beside(first, "受給者証番号"), Some("0412345678"));
    assert_eq!(beside(first, "実施日"), Some("令和7年9月1日"));
    assert_eq!(beside(first, "実施時間"), Some("10:00"));
    assert_eq!(
        beside(first, "支援方法"),
        Some("□訪問　□電話　☑その他（Zoom）")
    );
    let contacts = beside(first, "支援内容\n（1日2回以上）").unwrap();
    assert!(contacts.lines().all(|line| line.starts_with("・1")));
    assert_eq!(contacts.lines().count(), 2);
    let (_, evaluation) = &sheets[2];
    assert_eq!(beside(evaluation, "対象期間"), Some("令和7年9月2日"));
    assert_eq!(
        beside(evaluation, "確認者※（サービス管理責任者）"),
        Some("大塚　誠")
    );
    assert_eq!(beside(evaluation, "前回評価日"), None);
}

#[test]
fn the_workbooks_read_back_as_the_same_forms() {
    use crate::recognise::{FormKind, Item, Vocabulary, recognise};
    let files = office_files(&sample::office(), &[]);
    let read = |name: &str| {
        let book = crate::read::read_bytes(&files[name].bytes, name.into()).unwrap();
        let found = recognise(&book, Vocabulary::builtin());
        let skipped: Vec<_> = found
            .skipped
            .iter()
            .filter_map(|s| s.sheet.clone())
            .collect();
        assert_eq!(skipped, ["修正履歴"]);
        assert!(found.skipped[0].reason.ja.contains("この点検で作成した"));
        found.forms
    };
    let kinds = |name: &str| -> Vec<FormKind> { read(name).iter().map(|f| f.kind).collect() };
    assert_eq!(kinds("修正済み/参考様式1.xlsx"), [FormKind::Roster; 3]);
    assert_eq!(
        kinds("修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx"),
        [FormKind::Monthly]
    );
    let records = read(SEPTEMBER);
    let kinds: Vec<FormKind> = records.iter().map(|form| form.kind).collect();
    assert_eq!(kinds[..4], [FormKind::Daily; 4]);
    assert_eq!(kinds[4..], [FormKind::Weekly]);
    let words = |item: Item| -> Vec<String> {
        let entries = records[1].entries[&item].iter();
        entries
            .flat_map(|it| it.words.iter().map(|w| w.text.clone()))
            .collect()
    };
    assert_eq!(words(Item::Date), ["令和7年9月2日"]);
    assert_eq!(words(Item::Time), ["10:00", "～", "16:00"]);
    assert_eq!(words(Item::CertificateNumber), ["0412345678"]);
    assert_eq!(words(Item::Support)[0].lines().count(), 2);

    let listing = read("修正済み/参考様式4_2025-09.xlsx");
    let days: Vec<(u32, &str)> = listing[0]
        .days
        .iter()
        .filter(|day| !day.word.text.is_empty())
        .map(|day| (day.day, day.word.text.as_str()))
        .collect();
    let home = |day| (day, "○");
    assert_eq!(
        days,
        [home(1), home(2), home(3), home(4), (5, "半"), (30, "訪")]
    );
}

#[test]
fn dates_times_and_counts_are_numbers_and_all_else_is_text() {
    let files = office_files(&sample::office(), &[]);
    let september = &files[SEPTEMBER];
    let moment = |row, col| match stored(september, row, col) {
        Data::DateTime(moment) => moment.as_f64(),
        other => panic!("{other:?} is no date or time"),
    };
    assert_eq!(moment(4, 3), 45_901.0);
    assert_eq!(moment(4, 16), 10.0 / 24.0);
    assert!(stored(september, 2, 16).is_string(), "受給者証番号");
    let listing = &files["修正済み/参考様式4_2025-09.xlsx"];
    assert_eq!(stored(listing, 5, 34), Data::Float(5.0));
    assert!(stored(listing, 5, 2).is_string(), "受給者証番号");
    assert!(stored(listing, 5, 35).is_string(), "9/5");
    assert!(stored(listing, 5, 40).is_datetime());
    let evaluation = &files["修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx"];
    let sheets = open(evaluation);
    let (row, col) = sheets[0]
        .1
        .iter()
        .find(|(_, text)| *text == "昼ごろ")
        .unwrap()
        .0;
    assert!(stored(evaluation, *row, *col).is_string());
    assert!(files.len() > 1);
    for file in files.values() {
        let sheet = part(file, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("numberStoredAsText=\"1\""), "{}", file.name);
    }
}

#[test]
fn a_weekday_is_shown_only_where_it_is_that_of_the_date() {
    let mut office = sample::office();
    let monday = sample::day(9, 1);
    for (weekday, is_date) in [("月", true), ("火", false)] {
        let raw = format!("令和7年9月1日（{weekday}）");
        office.daily[0].date = Field::read(raw.clone(), monday, sample::at("D4"));
        let file = &office_files(&office, &[])[SEPTEMBER];
        assert_eq!(beside(&open(file)[0].1, "実施日"), Some(raw.as_str()));
        assert_eq!(stored(file, 4, 3).is_datetime(), is_date);
    }
}

#[test]
fn unclear_texts_and_suggestions_stay_as_written() {
    let files = office_files(&sample::office(), &[]);
    let roster = open(&files["修正済み/参考様式1.xlsx"]);
    let cells: Vec<&str> = roster[0].1.values().map(String::as_str).collect();
    for text in [
        "手続き中",
        "令和7年5月12日",
        "月・火・水・木",
        "=人混みが苦手で通所が難しい日が多いため",
    ] {
        assert!(cells.contains(&text), "{text}");
    }
    assert!(!cells.contains(&"支給決定市町村"));

    let listing = &files["修正済み/参考様式4_2025-09.xlsx"];
    let sheets = open(listing);
    let cells: Vec<&str> = sheets[0].1.values().map(String::as_str).collect();
    for text in [
        "浜﨑 結衣",
        "412345678",
        "9/5",
        "5",
        "○",
        "訪",
        "就労継続支援B型",
    ] {
        assert!(cells.contains(&text), "{text}");
    }
    assert!(cells.contains(&"在宅就労支援実施一覧表（令和7年9月分）"));
    let notes = part(listing, "xl/comments1.xml");
    assert!(notes.contains("0412345678") && notes.contains("濵﨑　結衣"));

    let sheet = open(&files["修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx"]);
    let cells: Vec<&str> = sheet[0].1.values().map(String::as_str).collect();
    assert!(cells.contains(&"昼ごろ") && cells.contains(&"令和7年9月分"));
}

#[test]
fn findings_colour_the_cell_that_they_name_or_the_date() {
    let office = sample::office();
    let source = office.daily[0].source.clone();
    let findings = [
        finding(
            Verdict::Deficient,
            When::Date(sample::day(9, 1)),
            Some((&source, "D8")),
        ),
        finding(Verdict::Review, When::Date(sample::day(9, 2)), None),
    ];
    let plain = office_files(&office, &[]);
    let marked = office_files(&office, &findings);
    let (before, after) = (&plain[SEPTEMBER], &marked[SEPTEMBER]);
    assert_eq!(part(before, "xl/comments1.xml"), "");
    let notes = part(after, "xl/comments1.xml");
    assert_eq!(notes.matches("<comment ref=").count(), 2, "{notes}");
    assert!(notes.contains("【不適合】kitakyushu 6(3)") && notes.contains("【要確認】"));
    assert!(part(after, "xl/styles.xml").contains("FFF8CBCB"));
    assert!(!part(before, "xl/styles.xml").contains("FFF8CBCB"));
    assert!(part(after, "xl/worksheets/sheet1.xml").contains("着色"));
    assert!(!part(before, "xl/worksheets/sheet1.xml").contains("着色"));
}

#[test]
fn what_was_not_understood_keeps_its_text_and_is_marked() {
    let mut office = sample::office();
    let reason = Wording::new("時刻として読み取れません", "no time of day");
    office.monthly[0].end = Field::unclear("昼ごろ", reason, sample::at("V6"));
    let file = &office_files(&office, &[])["修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx"];
    assert!(part(file, "xl/comments1.xml").contains("【読み取れない記載】時刻として"));
    assert!(part(file, "xl/styles.xml").contains("FFFFF2B3"));
    office.monthly[0].end = Field::blank(sample::at("V6"));
    let file = &office_files(&office, &[])["修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx"];
    assert_eq!(part(file, "xl/comments1.xml"), "");
}

#[test]
fn each_workbook_tells_its_own_changes() {
    let office = sample::office();
    let all = changes(&office);
    assert!(all.iter().any(sample::is_suggested));
    let files = office_files(&office, &[]);
    let history = |name: &str| open(&files[name]).pop().unwrap().1;
    let september = history(SEPTEMBER);
    let texts: Vec<&str> = september.values().map(String::as_str).collect();
    assert!(texts.contains(&"2025/9/1") && texts.contains(&"令和7年9月1日"));
    assert!(texts.contains(&"修正済み") && !texts.contains(&"提案"));
    let listing = history("修正済み/参考様式4_2025-09.xlsx");
    let texts: Vec<&str> = listing.values().map(String::as_str).collect();
    assert!(texts.contains(&"提案") && texts.contains(&"0412345678"));
    assert!(!texts.contains(&"2025/9/1"));

    let clean = Office {
        daily: Vec::new(),
        weekly: Vec::new(),
        listing: Vec::new(),
        ..office
    };
    let files = corrected(&clean, &[], &[], &[], sample::day(11, 10), Lang::Ja).unwrap();
    let texts = open(&files[0]).pop().unwrap().1;
    assert!(
        texts
            .values()
            .any(|text| text == "この帳票に修正した箇所はありません。")
    );
}

#[test]
fn an_overlong_text_is_written_whole() {
    let mut office = sample::office();
    let text = "進み具合を確認した。".repeat(5_000);
    office.daily.truncate(1);
    office.weekly.clear();
    office.daily[0].support = Field::read(text.clone(), text.clone(), sample::at("D8"));
    office.daily[0].contacts.clear();
    let files = office_files(&office, &[]);
    let (_, sheet) = &open(&files[SEPTEMBER])[0];
    let written: String = sheet
        .values()
        .filter(|cell| cell.starts_with("進み") || cell.len() > 1_000)
        .map(String::as_str)
        .collect();
    assert_eq!(written, text);
}

#[test]
fn the_findings_book_lists_and_counts() {
    let office = sample::office();
    let source = office.daily[0].source.clone();
    let findings = [
        finding(
            Verdict::Deficient,
            When::Date(sample::day(9, 1)),
            Some((&source, "D8")),
        ),
        Finding {
            fix: Some(Fix {
                applicability: Applicability::Suggested,
                from: "7.8E+08".to_owned(),
                to: "0776572763".to_owned(),
            }),
            ..finding(Verdict::Review, When::Always, None)
        },
    ];
    let book = |findings: &[Finding]| {
        open(&findings_book(&office, findings, &[], &[], sample::day(11, 10), Lang::Ja).unwrap())
    };
    let sheets = book(&findings);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["指摘一覧", "集計", "条項台帳"]);
    let row = |row: u32| -> Vec<&str> {
        let cells = sheets[0].1.range((row, 0)..(row + 1, 0));
        cells.map(|(_, text)| text.as_str()).collect()
    };
    assert_eq!(
        row(3),
        [
            "1",
            "不適合",
            "濵﨑　結衣",
            "0412345678",
            "令和7年9月1日",
            "kitakyushu",
            "6(3)",
            "連絡が1回しか記録されていません。",
            "記録を確かめてください。",
            "利用者/支援記録_9月.xlsx",
            "0-9-1",
            "D8",
        ]
    );
    assert_eq!(row(4)[1], "要確認");
    assert!(row(4).contains(&"記録を確かめてください。\n修正案：「7.8E+08」→「0776572763」"));
    let title = crate::check::by_name("fewer-than-two-contacts")
        .unwrap()
        .ja
        .title;
    assert!(sheets[1].1.values().any(|text| text == title));
    assert!(
        book(&[])[0]
            .1
            .values()
            .any(|text| text == "指摘はありません。")
    );
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let office = sample::office();
    let findings = [finding(Verdict::Review, When::Always, None)];
    assert_eq!(
        office_files(&office, &findings),
        office_files(&office, &findings)
    );
    let later = corrected(&office, &[], &[], &[], sample::day(11, 11), Lang::Ja).unwrap();
    let earlier = corrected(&office, &[], &[], &[], sample::day(11, 10), Lang::Ja).unwrap();
    assert_ne!(later, earlier);
}

#[test]
fn blank_forms_hold_titles_and_labels_only() {
    let files = blank_forms().unwrap();
    assert_eq!(files.len(), 4);
    let sheets: Vec<_> = files.iter().flat_map(open).collect();
    let all: Vec<&str> = sheets
        .iter()
        .flat_map(|(_, cells)| cells.values().map(String::as_str))
        .collect();
    for words in [
        "在宅就労支援対象者リスト",
        "在宅における就労支援記録",
        "在宅における就労支援記録（評価）",
        "在宅における就労達成度評価シート",
        "在宅就労支援実施一覧表（令和　　年　　月分）",
        "週評価⑤",
        "31",
        "対象者署名",
        "□通所　□訪問　□その他（　　　　　　　　　　　　）",
    ] {
        assert!(all.contains(&words), "{words}");
    }
    assert!(!all.iter().any(|text| text.contains('☑')));
    assert_eq!(files, blank_forms().unwrap());
}

#[test]
fn a_finding_without_a_cell_goes_to_the_nearest_record() {
    let office = sample::office();
    let september = crate::model::Month::new(2025, 9).unwrap();
    let notes = |finding: Finding, file: &str| {
        part(&office_files(&office, &[finding])[file], "xl/comments1.xml").contains("【要確認】")
    };
    let about = |when| finding(Verdict::Review, when, None);
    let form3 = "修正済み/参考様式3_濵﨑　結衣_2025-09.xlsx";
    assert!(notes(about(When::Always), "修正済み/参考様式1.xlsx"));
    assert!(notes(about(When::Month(september)), form3));
    assert!(!notes(about(When::Month(september.next())), form3));
    let week = When::Period(sample::day(9, 1), sample::day(9, 7));
    assert!(notes(about(week), SEPTEMBER) && !notes(about(week), form3));
    let mut of_office = about(When::Month(september));
    of_office.subject = crate::model::Subject::Office;
    assert!(notes(of_office, "修正済み/参考様式4_2025-09.xlsx"));
}

#[test]
fn a_struck_text_stays_struck() {
    let mut office = sample::office();
    let strikes = |office: &Office| {
        part(&office_files(office, &[])[SEPTEMBER], "xl/styles.xml").contains("<strike/>")
    };
    assert!(!strikes(&office));
    office.daily[0]
        .work
        .doubts
        .push(crate::model::Doubt::StruckThrough);
    assert!(strikes(&office));
}
