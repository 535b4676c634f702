//! Whole sheets, each a layout of its own.

use super::*;
use crate::model::Cell;
use crate::read::Sheet;
use crate::recognise::DayLine;
use crate::recognise::label;

/// A sheet of cells by address, with merged ranges.
fn read(cells: &[(String, String)], merged: &[&str]) -> Listings {
    let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
    let sheet = Sheet::of_texts("", &cells).merging(merged);
    let grid = Grid::of(&sheet);
    let vocabulary = Vocabulary::builtin();
    let labels = label::labels(&grid, vocabulary);
    listings(&grid, &labels, vocabulary, |_| None)
}

fn put(cells: &mut Vec<(String, String)>, row: u32, col: u32, text: &str) {
    let at = Cell::new(row, col).to_string();
    cells.push((at, text.to_owned()));
}

/// The cells of these rows.
fn laid<const N: usize>(rows: &[[&str; N]]) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    for (row, texts) in (0..).zip(rows) {
        for (col, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            put(&mut cells, row, col, text);
        }
    }
    cells
}

/// `days` across from `(row, col)`, each `pitch` columns from the other.
fn days(
    cells: &mut Vec<(String, String)>,
    row: u32,
    col: u32,
    days: std::ops::RangeInclusive<u32>,
) {
    for (n, day) in days.enumerate() {
        put(cells, row, col + n as u32, &day.to_string());
    }
}

/// Each line: its name and its marks.
fn told(listings: &Listings) -> Vec<String> {
    let lines = listings.tables.iter().flat_map(|table| &table.lines);
    lines
        .map(|line| {
            let words = |item| {
                let entries = line.entries.get(&item).into_iter().flatten();
                let words = entries.flat_map(|entry| &entry.words);
                words
                    .map(|word| word.text.clone())
                    .collect::<Vec<_>>()
                    .join("+")
            };
            let mark = |day: &crate::recognise::form::DayWord| {
                let line = match day.line {
                    Some(DayLine::Weekly) => "w",
                    Some(DayLine::Attendance) => "a",
                    Some(_) => "h",
                    None => "",
                };
                format!("{}{}{line}", day.day, day.word.text)
            };
            let marks: Vec<String> = line.days.iter().map(mark).collect();
            let (name, count) = (words(Item::Name), words(Item::HomeDays));
            format!("{name} {} [{count}]", marks.join(" "))
        })
        .collect()
}

#[test]
fn a_group_head_over_the_days_names_nobody() {
    let mut cells = Vec::new();
    put(&mut cells, 0, 0, "利用者");
    put(&mut cells, 0, 1, "9月");
    put(&mut cells, 0, 31, "在宅\n回数");
    days(&mut cells, 1, 1, 1..=30);
    put(&mut cells, 2, 1, "月");
    put(&mut cells, 2, 2, "火");
    put(&mut cells, 3, 0, "森下　澪");
    put(&mut cells, 3, 2, "○");
    put(&mut cells, 3, 31, "1");
    put(&mut cells, 4, 0, "合計");
    put(&mut cells, 4, 2, "1");
    put(&mut cells, 5, 0, "※○は在宅です。");
    let read = read(&cells, &["A1:A2", "B1:AE1", "AF1:AF2"]);
    assert_eq!(told(&read), ["森下　澪 2○ [1]"]);
    assert!(!read.is_unread);
}

#[test]
fn users_across_have_their_days_down_the_sheet_and_their_sums_below() {
    let mut cells = Vec::new();
    for (col, text) in ["日", "曜", "森下　澪", "原　拓海"].into_iter().enumerate() {
        put(&mut cells, 0, col as u32, text);
    }
    for day in 1..=30 {
        put(&mut cells, day, 0, &day.to_string());
        put(&mut cells, day, 1, "月");
    }
    put(&mut cells, 2, 2, "在");
    put(&mut cells, 3, 3, "通");
    put(&mut cells, 31, 0, "在宅 計");
    put(&mut cells, 31, 2, "1");
    put(&mut cells, 31, 3, "0");
    let read = read(&cells, &["A32:B32"]);
    assert_eq!(told(&read), ["森下　澪 2在 [1]", "原　拓海 3通 [0]"]);
}

#[test]
fn the_columns_of_a_day_s_form_are_no_users() {
    let mut cells = Vec::new();
    for (col, text) in ["日", "開始", "終了", "作業内容"].into_iter().enumerate() {
        put(&mut cells, 0, col as u32, text);
    }
    for day in 1..=30 {
        put(&mut cells, day, 0, &day.to_string());
        put(&mut cells, day, 1, "9時");
        put(&mut cells, day, 2, "12時");
        put(&mut cells, day, 3, "検品");
    }
    assert!(read(&cells, &[]).tables.is_empty());
}

#[test]
fn numbered_people_are_no_days() {
    let mut cells = Vec::new();
    for (col, text) in ["No", "氏名", "性別"].into_iter().enumerate() {
        put(&mut cells, 0, col as u32, text);
    }
    for n in 1..=30 {
        put(&mut cells, n, 0, &n.to_string());
        put(&mut cells, n, 1, "森下　澪");
        put(&mut cells, n, 2, "女");
    }
    assert!(read(&cells, &[]).tables.is_empty());
}

#[test]
fn half_months_under_each_other_are_one() {
    let mut cells = Vec::new();
    put(&mut cells, 0, 0, "氏名");
    for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
        let row = 1 + 4 * n as u32;
        put(&mut cells, row, 0, name);
        days(&mut cells, row, 1, 1..=16);
        put(&mut cells, row + 1, 2, "在");
        days(&mut cells, row + 2, 1, 17..=31);
        put(&mut cells, row + 3, 1, "通");
    }
    let by_user = read(&cells, &["A2:A5", "A6:A9"]);
    assert_eq!(
        told(&by_user),
        ["森下　澪 2在 17通 []", "原　拓海 2在 17通 []"]
    );

    let mut cells = Vec::new();
    put(&mut cells, 0, 0, "氏名");
    days(&mut cells, 0, 1, 1..=16);
    days(&mut cells, 1, 1, 17..=31);
    for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
        let row = 2 + 2 * n as u32;
        put(&mut cells, row, 0, name);
        put(&mut cells, row, 2, "在");
        put(&mut cells, row + 1, 1, "通");
    }
    let heads_once = read(&cells, &["A1:A2", "A3:A4", "A5:A6"]);
    assert_eq!(
        told(&heads_once),
        ["森下　澪 2在 17通 []", "原　拓海 2在 17通 []"]
    );
}

#[test]
fn lines_of_a_kind_each_belong_to_one_user() {
    let mut cells = Vec::new();
    put(&mut cells, 0, 0, "氏名");
    put(&mut cells, 0, 1, "区分");
    days(&mut cells, 0, 2, 1..=30);
    put(&mut cells, 0, 32, "計");
    for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
        let row = 1 + 3 * n as u32;
        put(&mut cells, row, 0, name);
        for (k, kind) in ["在宅", "通所", "週評価"].into_iter().enumerate() {
            let row = row + k as u32;
            put(&mut cells, row, 1, kind);
            put(&mut cells, row, 3 + k as u32, "○");
            put(&mut cells, row, 32, &(k + 1).to_string());
        }
    }
    let users = ["森下　澪 2○h 3○a 4○w [1]", "原　拓海 2○h 3○a 4○w [1]"];

    assert_eq!(told(&read(&cells, &["A2:A4", "A5:A7"])), users);
    assert_eq!(told(&read(&cells, &[])), users);
}

#[test]
fn a_wall_calendar_is_its_user_s_month() {
    let mut cells = Vec::new();
    put(
        &mut cells,
        0,
        0,
        "2025年10月　利用カレンダー　　森下　澪 様",
    );
    for (col, day) in ["日", "月", "火", "水", "木", "金", "土"]
        .into_iter()
        .enumerate()
    {
        put(&mut cells, 1, col as u32, day);
    }
    let mut day = 1;
    for week in 0..5 {
        for col in 0..7 {
            if (week > 0 || col >= 3) && day <= 31 {
                put(&mut cells, 2 + 2 * week, col, &day.to_string());
                day += 1;
            }
        }
    }
    put(&mut cells, 3, 5, "在宅");
    put(&mut cells, 11, 0, "通所");
    put(&mut cells, 13, 0, "在宅利用日数　1日");
    let read = read(&cells, &["A1:G1"]);
    assert_eq!(told(&read), ["森下　澪 3在宅 26通所 [1日]"]);
    assert_eq!(
        read.tables[0].caption,
        "2025年10月　利用カレンダー　　森下　澪 様"
    );
}

#[test]
fn days_may_be_listed_by_number() {
    let rows = [
        ["利用者名", "在宅で利用した日", "在宅日数", "通所した日"],
        ["森下　澪", "２日、４日", "２日", "５日"],
        ["原　拓海", "9/3・9/8", "２日", ""],
    ];
    let told = told(&read(&laid(&rows), &[]));
    assert_eq!(
        told,
        [
            "森下　澪 2２日h 4４日h 5５日a [２日]",
            "原　拓海 39/3h 89/8h [２日]"
        ]
    );
    let roster: Vec<(String, String)> = [
        ("A1", "氏名"),
        ("B1", "在宅利用日"),
        ("A2", "森下　澪"),
        ("B2", "火・木"),
    ]
    .map(|(at, text)| (at.to_owned(), text.to_owned()))
    .to_vec();
    assert!(read(&roster, &[]).tables.is_empty());
}

#[test]
fn marks_of_nobody_make_the_sheet_unread() {
    let mut cells = Vec::new();
    put(&mut cells, 0, 0, "氏名");
    days(&mut cells, 0, 1, 1..=30);
    put(&mut cells, 1, 0, "森下　澪");
    put(&mut cells, 1, 2, "○");
    put(&mut cells, 2, 0, "12");
    put(&mut cells, 2, 3, "○");
    assert!(read(&cells, &[]).is_unread);
}

#[test]
fn calendars_below_each_other_keep_their_own_names_and_sums() {
    let mut cells = Vec::new();
    for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
        let top = 13 * n as u32;
        put(&mut cells, top, 0, &format!("{name} さん"));
        for week in 0..5 {
            for col in 0..7 {
                let day = 7 * week + col + 1;
                let text = match (day as usize, day <= 30) {
                    (3, _) => "3\n在宅".to_owned(),
                    (day, true) => day.to_string(),
                    (_, false) => continue,
                };
                put(&mut cells, top + 2 + week, col, &text);
            }
        }
        put(&mut cells, top + 8, 0, "在宅日数");
        put(&mut cells, top + 8, 2, &(n + 1).to_string());
    }
    let told = told(&read(&cells, &[]));
    assert_eq!(told, ["森下　澪 3在宅 [1]", "原　拓海 3在宅 [2]"]);
}

#[test]
fn lists_of_days_may_have_their_users_across() {
    let rows = [
        ["氏名", "森下　澪", "原　拓海"],
        ["在宅利用日", "2日、4日", "3日、8日"],
        ["通所日", "5日", ""],
        ["在宅日数", "2日", "2日"],
    ];
    let told = told(&read(&laid(&rows), &[]));
    assert_eq!(
        told,
        [
            "森下　澪 22日h 44日h 55日a [2日]",
            "原　拓海 33日h 88日h [2日]"
        ]
    );
}

#[test]
fn what_stands_in_each_row_of_a_user_is_said_once() {
    let mut cells = Vec::new();
    for (col, text) in ["氏名", "受給者証番号", "内容"].into_iter().enumerate() {
        put(&mut cells, 0, col as u32, text);
    }
    days(&mut cells, 0, 3, 1..=30);
    put(&mut cells, 0, 33, "合計");
    for (row, (kind, sum)) in [("在宅", "1"), ("通所", "2"), ("計", "3")]
        .into_iter()
        .enumerate()
    {
        let row = row as u32 + 1;
        put(&mut cells, row, 0, "森下　澪");
        put(&mut cells, row, 1, "0100000031");
        put(&mut cells, row, 2, kind);
        put(&mut cells, row, 3 + row, "1");
        put(&mut cells, row, 33, sum);
    }
    let read = read(&cells, &[]);
    assert_eq!(told(&read), ["森下　澪 21h 31a [1]"]);
    let numbers = &read.tables[0].lines[0].entries[&Item::CertificateNumber];
    assert_eq!(numbers[0].words.len(), 1);
}

#[test]
fn a_row_that_says_what_the_marks_are_is_of_the_one_user_above() {
    for row in ["実施", "出欠"] {
        let mut cells = Vec::new();
        put(&mut cells, 0, 0, "氏名");
        put(&mut cells, 0, 1, "森下　澪");
        put(&mut cells, 2, 0, "日");
        days(&mut cells, 2, 1, 1..=30);
        put(&mut cells, 3, 0, row);
        put(&mut cells, 3, 2, "在");
        put(&mut cells, 3, 4, "通");
        put(&mut cells, 5, 0, "今月の目標");
        put(&mut cells, 5, 2, "毎日の報告を続ける。");
        let read = read(&cells, &[]);
        assert_eq!(read.tables.len(), 1, "{row}: {read:#?}");
        let lines = &read.tables[0].lines;
        assert_eq!(lines.len(), 1, "{row}: {lines:#?}");

        let name = &lines[0].entries[&Item::Name][0].words[0].text;
        assert_eq!(
            (name.as_str(), lines[0].days.len()),
            ("森下　澪", 2),
            "{row}"
        );
    }
}

/// A month in halves, the name and so many columns of sums beside each: `heads` over them, by half.
fn in_halves(heads: [&[&str]; 2], sums: [&[&str]; 2]) -> Vec<String> {
    let mut cells = Vec::new();
    for (half, from) in [(0, 1), (1, 16)] {
        let row = half as u32 * 4;
        put(&mut cells, row, 0, "氏名");
        days(&mut cells, row, 1, from..=from + 14);
        for (n, head) in heads[half].iter().enumerate() {
            put(&mut cells, row, 17 + n as u32, head);
        }
        put(&mut cells, row + 1, 0, "森下　澪");
        put(&mut cells, row + 1, 2, "在");
        for (n, sum) in sums[half].iter().enumerate() {
            put(&mut cells, row + 1, 17 + n as u32, sum);
        }
    }
    told(&read(&cells, &[]))
}

#[test]
fn sums_may_stand_beside_the_second_half_of_a_month_alone() {
    let expected = ["森下　澪 2在 17在 [2]"];
    assert_eq!(in_halves([&[], &["在宅日数"]], [&[], &["2"]]), expected);
    assert_eq!(
        in_halves([&["前半計"], &["在宅日数"]], [&["1"], &["2"]]),
        expected
    );
    assert_eq!(
        in_halves([&["在宅日数"], &["摘要"]], [&["2"], &["遅刻"]]),
        expected
    );
}
