//! Layouts that no city prescribes: what is read of them, and how surely.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;

use tenken::emit::inspect::json::Document;
use tenken::emit::json::office_records;
use tenken::inspect::{self, Reading};
use tenken::model::{Cell, CellRange, Doubt, Lang, Office};
use tenken::normalise;
use tenken::profile::{Draft, Profile};
use tenken::read::{Book, Sheet, SheetCell, Stored};
use tenken::recognise::{Recognised, Vocabulary};

/// A sheet of texts, row by row; an empty text is an empty cell.
pub fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let mut sheet = Sheet {
        name: name.to_owned(),
        ..Sheet::default()
    };
    for (row, texts) in (0..).zip(rows) {
        for (col, text) in (0..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
            sheet.cells.insert(Cell::new(row, col), cell(text));
        }
    }
    sheet
}

/// The same, written as it is laid out: a line for each row, `|` between its cells, `⏎` where a
/// line ends within one.
pub fn page(name: &str, text: &str) -> Sheet {
    let lines = text.trim_matches(' ').trim_matches('\n').split('\n');
    let cell = |text: &str| text.trim_matches(' ').replace('⏎', "\n");
    let row = |line: &str| line.split('|').map(cell).collect();
    let rows: Vec<Vec<String>> = lines.map(row).collect();
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    sheet(name, &rows)
}

/// A cell with a text.
pub fn cell(text: &str) -> SheetCell {
    SheetCell {
        stored: Stored::Text(text.to_owned()),
        shown: text.to_owned(),
        struck: false,
    }
}

/// The same sheet with these merged ranges.
pub fn merged(mut sheet: Sheet, ranges: &[&str]) -> Sheet {
    let ranges = ranges.iter().map(|range| CellRange::parse(range).unwrap());
    sheet.merged = ranges.collect();
    sheet
}

/// What an office of this one sheet has.
fn office(sheet: Sheet) -> Office {
    let book = Book {
        file: "記録.xlsx".into(),
        sheets: vec![sheet],
    };
    let found = Profile::default().recognise(&book);
    normalise::office("", std::slice::from_ref(&found), Vec::new(), Vec::new())
}

/// The draft of a profile for the book, used as one, changes no record.
fn keeps_its_draft(book: &Book, found: &Recognised, reading: &Reading) {
    let mut draft = Draft::default();
    draft.add(book, found, reading);
    let draft = draft.toml(Vocabulary::builtin());
    let profile = Profile::parse(&draft, "draft.toml").unwrap();
    let records = |found: &Recognised| {
        let alone = std::slice::from_ref(found);
        let mut office = normalise::office("", alone, Vec::new(), Vec::new());
        office.skipped.clear();
        String::from_utf8(office_records(&office, Lang::En).unwrap()).unwrap()
    };
    assert_eq!(records(found), records(&profile.recognise(book)), "{draft}");
}

/// Every value that is read, with its cell and how surely, and what nobody knows.
pub fn told(sheet: Sheet) -> String {
    let book = Book {
        file: "記録.xlsx".into(),
        sheets: vec![sheet],
    };
    let found = Profile::default().recognise(&book);
    let alone = std::slice::from_ref(&found);
    let office = normalise::office("", alone, Vec::new(), Vec::new());
    let reading = inspect::inspect(&book, &found, &office);
    keeps_its_draft(&book, &found, &reading);
    let mut document = Document::begin(Vec::new()).unwrap();
    document.file(&reading, Lang::En).unwrap();
    let written = document.end(&[], Lang::En).unwrap();
    let whole: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let mut out = String::new();
    for form in whole["files"][0]["forms"].as_array().unwrap() {
        let (kind, at) = (form["kind"].as_str(), form["cell"].as_str());
        writeln!(out, "{} {}", kind.unwrap(), at.unwrap()).unwrap();
        let items = form["items"].as_array().unwrap().iter();
        for item in items.filter(|item| !item["confidence"].is_null()) {
            let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
            let level = item["confidence"]["level"].as_str().unwrap();
            let (field, cell, value) = (text("field"), text("cell"), &item["value"]);
            writeln!(out, "  {field} {cell} {value} {level}").unwrap();
        }
    }
    for content in reading.rest.iter().filter(|c| c.why.is_unknown()) {
        writeln!(out, "{:?} {} {}", content.why, content.cell, content.text).unwrap();
    }
    out
}

#[test]
fn a_day_with_items_of_the_office_s_own_beside_known_ones() {
    insta::assert_snapshot!(told(page(
        "9月2日",
        "
            支援日報
            利用者氏名 | 森下　澪 | 緊急連絡先 | 森下　薫
            受給者証番号 | 0100000031 | 生年月日 | 平成9年2月3日
            実施日 | 令和7年9月2日(火) | 天候 | 晴
            実施時間 | 9:30～12:30 | 休憩 | 10:30～10:45
            支援方法 | 電話
            作業内容 | 宛名書き 40枚 | 目標 | 50枚
            支援内容 | 9:30 開始の電話⏎12:30 終了の電話
            体調 | 良好 | 睡眠 | 6時間
            記録者 | 大友 | 上長 | 津田
        ",
    )));
}

#[test]
fn a_table_with_columns_that_nobody_asks_for() {
    insta::assert_snapshot!(told(page(
        "在宅記録R7.9",
        "
            在宅支援記録（令和7年9月）
            氏名 | 森下　澪 | | 受給者証番号 | 0100000031

            日付 | 天気 | 開始 | 終了 | 連絡方法 | 作業内容 | 支援内容 | 押印
            9/2 | 晴 | 9:30 | 12:30 | 電話 | 宛名書き | 9:30 開始⏎12:30 終了 | 済
            9/4 | 雨 | 9:30 | 12:00 | Zoom | 検品 | 9:30 開始⏎12:00 終了 | 済
        ",
    )));
}

#[test]
fn a_month_s_review_in_everyday_words() {
    insta::assert_snapshot!(told(page(
        "9月",
        "
            月間振り返りシート
            利用者 | 森下　澪 | 対象月 | 2025年9月
            面談日 | 2025/9/29 | 面談方法 | 来所
            今月の目標 | 宛名書きを1日50枚
            取り組んだこと | 毎日続けた
            できたこと | 45枚まで届いた
            次月に向けて | 手順を見直す
            健康面 | 睡眠に注意
            在宅を続けることについて | 続けてよい
            面談者 | 大友
            本人サイン | 森下
        ",
    )));
}

#[test]
fn a_calendar_down_the_sheet_with_its_totals_apart() {
    let days: Vec<String> = (1..=30).map(|day| day.to_string()).collect();
    let mark = |day: usize, days: &[usize]| if days.contains(&day) { "○" } else { "" };
    let rows: Vec<[&str; 3]> = (1..=30)
        .map(|day| {
            let number = days[day - 1].as_str();
            [number, mark(day, &[2, 4]), mark(day, &[3])]
        })
        .collect();
    let mut all: Vec<&[&str]> = vec![
        &["在宅就労支援実施一覧表"],
        &["令和7年9月分"],
        &["氏名"],
        &["日", "森下　澪", "原　拓海"],
    ];
    all.extend(rows.iter().map(|row| row.as_slice()));
    all.extend([&[] as &[&str], &["在宅日数", "2", "1"]]);
    insta::assert_snapshot!(told(sheet("一覧", &all)));
}

#[test]
fn two_users_side_by_side_with_labels_split_from_their_values() {
    let user = |name, number| {
        [
            ["在宅支援記録", "", ""],
            ["お名前", "", name],
            ["番号（受給者証）", "", number],
            ["利用日", "", "2025/9/2"],
            ["始業", "", "9:30"],
            ["終業", "", "12:30"],
            ["連絡手段", "○", "電話"],
            ["業務内容", "", "検品"],
            ["支援の記録", "", "9:30 始業の連絡\n12:30 終業の連絡"],
            ["本人の様子", "", "落ち着いている"],
            ["スタッフ", "", "大友"],
        ]
    };
    let (left, right) = (
        user("森下　澪", "0100000031"),
        user("原　拓海", "0100000032"),
    );
    let rows: Vec<Vec<&str>> = left
        .iter()
        .zip(&right)
        .map(|(left, right)| [left.as_slice(), &["", "", ""], right.as_slice()].concat())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(told(sheet("20250902", &rows)));
}

#[test]
fn one_line_a_contact_with_a_legend_beside_the_form() {
    insta::assert_snapshot!(told(page(
        "様式６",
        "
            （様式６） | | 在宅就労における支援記録
            利用者：森下　澪 | | | 受給者証番号：0100000031
            | | | | | | | 【凡例】
            日時 | 令和7年9月2日（火）　9時30分 ～ 12時30分 | | | | | | ○：良好　△：やや不調
            支援の方法 | 訪問 ・ ○電話 ・ メール ・ その他（　　）
            作業 | 宛名書き
            ①開始時の連絡 | 9:30　体調と作業内容を確認
            ②終了時の連絡 | 12:30　40枚の成果を確認
            健康状態・助言 | 良好。休憩を助言
            記録者氏名 | 大友
        ",
    )));
}

#[test]
fn start_above_end_and_printed_choices() {
    let mut week = page(
        "9月",
        "
            在宅支援記録表及びアセスメント表
            氏名 | 森下　澪 | | 受給者証番号 | 0100000031 | | 令和7年9月

            日付 | 曜日 | 利用 | 時間 | 作業内容 | 支援内容
            9/2 | 火 | 通所　☑在宅　欠席 | 9:30 | 検品 | 9:30 開始⏎12:30 終了
            | | | 12:30
            9/3 | 水 | ☑通所　在宅　欠席 | 10:00 | 軽作業
            | | | 15:00
            9/4 | 木 | 通所　在宅　欠席

            アセスメント（週） | 予定どおり進んだ。
        ",
    );
    let spans = ["A", "B", "C", "E", "F"].into_iter().flat_map(|col| {
        let rows = [(5, 6), (7, 8), (9, 10)].into_iter();
        rows.map(move |(from, to)| CellRange::parse(&format!("{col}{from}:{col}{to}")).unwrap())
    });
    week.merged = spans.collect();
    insta::assert_snapshot!(told(week));
}

#[test]
fn a_heading_left_blank_does_not_end_its_table() {
    let roster = |blank: usize| {
        let mut head = [
            "氏名",
            "受給者証番号",
            "支給決定開始日",
            "支給決定終了日",
            "同意日",
            "申請日",
            "在宅就労開始日",
            "希望理由",
        ];
        head[blank] = "";
        let line = [
            "有村　その",
            "0123456789",
            "令和7年4月1日",
            "令和8年3月31日",
            "令和7年5月7日",
            "令和7年5月8日",
            "令和7年6月2日",
            "通勤が難しい",
        ];
        office(sheet("名簿", &[&["対象者リスト"], &head, &line]))
    };
    for blank in [3, 4, 5] {
        let read = roster(blank);
        let entry = &read.roster[0];
        assert_eq!(entry.user.name.text(), Some("有村　その"), "{blank}");
        assert!(entry.home_start.value().is_some() && entry.reason.text().is_some());
        assert!(entry.grant_from.value().is_some());
        assert_eq!(entry.grant_to.is_absent(), blank == 3);
        assert_eq!(entry.consented_on.is_absent(), blank == 4);
        assert_eq!(entry.applied_on.is_absent(), blank == 5);
    }
}

#[test]
fn a_ledger_of_all_users_tells_who_is_at_home() {
    let named = |head: &'static str, line: [&'static str; 2]| {
        let heads = [
            "氏名",
            "受給者証番号",
            head,
            "在宅開始日",
            "在宅曜日",
            "通所曜日",
        ];
        let home = [
            "有村　その",
            "0123456789",
            "○",
            "令和7年6月2日",
            "月・水",
            "火",
        ];
        let other = ["久保　理", "0123456780", line[0], line[1], "", "月・火"];
        let read = office(sheet("名簿", &[&["利用者名簿"], &heads, &home, &other]));
        assert_eq!(read.roster[0].home_weekdays.raw, "月・水", "{head}");
        read.roster.len()
    };
    for head in ["在宅", "在宅の有無"] {
        assert_eq!(named(head, ["－", ""]), 1, "{head}");
        assert_eq!(named(head, ["○", ""]), 2, "{head}");
        assert_eq!(named(head, ["", ""]), 2, "{head}");
        // Who began is on the list, whatever the sign says of today.
        assert_eq!(named(head, ["－", "令和7年7月1日"]), 2, "{head}");
    }
}

#[test]
fn labels_before_empty_boxes_are_no_header() {
    let read = office(page(
        "9月1日",
        "
            在宅における就労支援記録
            対象者名 | | 受給者証番号 | | 事業所名
            実施日 | 令和7年9月1日 | 開始 | 10:00 | 終了 | 15:00
            作業内容 | 封入
            支援内容 | 10:00 開始の電話⏎15:00 終了の電話
            記録者 | 大友
        ",
    ));
    assert_eq!(read.daily.len(), 1);
    assert_eq!(read.daily[0].work.text(), Some("封入"));
    assert!(read.daily[0].date.value().is_some() && read.roster.is_empty());
}

#[test]
fn a_blank_column_still_parts_two_tables() {
    let head = ["実施日", "開始", "終了", "作業内容", "支援内容", "記録者"];
    let line = [
        "令和7年9月1日",
        "10:00",
        "15:00",
        "封入",
        "10:00 開始\n15:00 終了",
        "大友",
    ];
    let other = [
        "令和7年9月2日",
        "10:00",
        "15:00",
        "検品",
        "10:00 開始\n15:00 終了",
        "小平",
    ];
    let beside = |left: &[&'static str], right: &[&'static str]| -> Vec<&'static str> {
        left.iter().chain(&[""]).chain(right).copied().collect()
    };
    let read = office(sheet(
        "9月",
        &[
            &["在宅支援記録　令和7年9月分"],
            &["氏名", "有村　その"],
            &beside(&head, &head),
            &beside(&line, &other),
        ],
    ));
    let days = read.daily.iter().filter(|day| day.work.text().is_some());
    assert_eq!(days.count(), 2);
}

#[test]
fn a_sign_that_repeats_the_line_above_is_read_with_a_doubt() {
    let head = [
        "実施日",
        "開始",
        "終了",
        "作業内容",
        "支援内容",
        "心身の状況・助言",
        "記録者",
    ];
    let line = |date, work, recorder| {
        [
            date,
            "10:00",
            "15:00",
            work,
            "10:00 開始の電話\n15:00 終了の電話",
            "良好",
            recorder,
        ]
    };
    let read = office(sheet(
        "9月",
        &[
            &["在宅支援記録　令和7年9月分"],
            &["氏名", "有村　その"],
            &head,
            &line("令和7年9月1日", "封入", "－"),
            &line("令和7年9月2日", "〃", "大友"),
            &line("令和7年9月3日", "同上", "〃"),
        ],
    ));
    let works: Vec<_> = read
        .daily
        .iter()
        .map(|day| (day.work.text(), &day.work.doubts))
        .collect();
    let ditto = vec![Doubt::Ditto];
    assert_eq!(
        works,
        [
            (Some("封入"), &vec![]),
            (Some("封入"), &ditto),
            (Some("封入"), &ditto)
        ]
    );
    let recorders: Vec<_> = read.daily.iter().map(|day| day.recorder.text()).collect();
    assert_eq!(recorders, [None, Some("大友"), Some("大友")]);
    assert!(read.daily[0].recorder.is_unclear());
}

#[test]
fn a_printed_seal_is_asked_about_and_an_empty_box_is_empty() {
    let evaluation = |signature: &'static str| {
        let rows: [&[&str]; 7] = [
            &["在宅における就労達成度評価シート　令和7年9月分"],
            &["対象者名", "有村　その"],
            &["実施日", "令和7年9月30日"],
            &["訓練目標", "毎日続ける"],
            &["取組内容", "封入"],
            &["評価実施者", "大友"],
            &["対象者署名", signature],
        ];
        office(sheet("達成度評価", &rows))
            .monthly
            .remove(0)
            .signature
    };
    for print in ["印", "㊞", "（署名欄）"] {
        let field = evaluation(print);
        assert!(
            field.is_unclear() && field.raw == print,
            "{print}: {field:?}"
        );
    }
    assert!(evaluation("").is_blank());
    assert_eq!(evaluation("有村").text(), Some("有村"));
}

#[test]
fn a_letter_in_the_place_of_a_circle_is_one_where_circles_stand_beside_it() {
    let listing = |marks: [&'static str; 3], legend: &'static str| {
        let mut head = vec!["氏名", "受給者証番号"];
        head.extend(["1", "2", "3", "4", "5", "6", "7", "8"]);
        head.push("在宅日数");
        let mut line = vec!["有村　その", "0123456789"];
        line.extend(marks);
        line.extend(["", "", "", "", "", "3"]);
        let rows: [&[&str]; 4] = [
            &["在宅就労支援実施一覧表　令和7年9月分"],
            &[legend],
            &head,
            &line,
        ];
        let row = office(sheet("一覧", &rows))
            .listing
            .remove(0)
            .rows
            .remove(0);
        (row.days.len(), row.unread_days.len())
    };
    assert_eq!(listing(["○", "O", "０"], ""), (3, 0));
    assert_eq!(listing(["O", "o", "０"], "○＝在宅　通＝通所"), (3, 0));
    assert_eq!(listing(["O", "o", "０"], ""), (0, 3));
    assert_eq!(listing(["○", "O", "在"], "○＝通所　在＝在宅"), (2, 1));
    assert_eq!(listing(["○", "半", "○"], ""), (2, 1));
}

#[test]
fn a_listing_with_a_line_a_kind_and_one_with_evaluations_among_its_signs() {
    let days: Vec<String> = (1..=30).map(|day| format!("{day}日")).collect();
    let line = |head: [&'static str; 2], marks: &[(usize, &'static str)], sum: &'static str| {
        let mut row = vec![""; 33];
        row[..2].copy_from_slice(&head);
        for (day, mark) in marks {
            row[day + 1] = mark;
        }
        row[32] = sum;
        row
    };
    let mut heads = vec!["氏名", "区分"];
    heads.extend(days.iter().map(String::as_str));
    heads.push("計");
    let of_kinds = [
        vec!["在宅・通所の実績　令和7年9月"],
        vec![],
        heads.clone(),
        line(["森下　澪", "在宅"], &[(2, "○"), (4, "○")], "2"),
        line(["", "通所"], &[(3, "○")], "1"),
        line(["", "週評価"], &[(5, "済")], "1"),
        line(["原　拓海", "在宅"], &[(9, "○")], "1"),
        line(["", "通所"], &[(9, "○")], "1"),
    ];
    heads[1] = "";
    let of_signs = [
        vec!["在宅・通所の実績　令和7年9月"],
        vec!["○在宅　△通所　★その日に週の評価　◆達成度評価"],
        heads,
        line(["森下　澪", ""], &[(2, "○"), (5, "△★"), (30, "○★◆")], "2"),
        line(["原　拓海", ""], &[(3, "△○"), (8, "☆")], "0"),
        line(["利用者数計", ""], &[(2, "1"), (3, "1")], ""),
    ];
    let [of_kinds, of_signs] = [of_kinds.to_vec(), of_signs.to_vec()].map(|rows| {
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        told(sheet("実績", &rows))
    });
    insta::assert_snapshot!(format!("{of_kinds}\n{of_signs}"));
}
