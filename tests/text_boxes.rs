//! Text boxes over a form: one over an empty box is its value with a question mark, none takes
//! the place of what is written, and one beside the form is nobody's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::made::drawn::{Drawn, Page, of_each_kind};
use tenken::inspect::{Part, Reading, inspect};
use tenken::model::{DailyRecord, Doubt, Field, Level};
use tenken::normalise;
use tenken::read::read_bytes;
use tenken::recognise::{Vocabulary, recognise};

const FORM: [[&str; 2]; 8] = [
    ["在宅就労支援記録", ""],
    ["氏名", "青葉　ひかり"],
    ["受給者証番号", "0123456789"],
    ["実施日", "令和7年9月3日"],
    ["作業内容", ""],
    ["支援内容", "10:00 開始の連絡　15:00 終了の連絡"],
    ["支援方法", "電話"],
    ["記録者", ""],
];

/// What is read of the form with these things drawn on it, as each kind of workbook.
fn read(drawn: &[Drawn]) -> Vec<(&'static str, DailyRecord, Reading)> {
    let rows = &FORM;
    let kinds = of_each_kind(Page { rows, drawn }).into_iter();
    kinds
        .map(|(name, bytes)| {
            let book = read_bytes(&bytes, name.into()).unwrap();
            let found = recognise(&book, Vocabulary::builtin());
            let alone = std::slice::from_ref(&found);
            let office = normalise::office("事業所", alone, Vec::new(), Vec::new());
            let reading = inspect(&book, &found, &office);
            let [record] = office.daily.try_into().expect("one record");
            (name, record, reading)
        })
        .collect()
}

/// Texts of the shapes that are behind no value.
fn left_over(reading: &Reading) -> Vec<&str> {
    let rest = reading.rest.iter();
    let shapes = rest.filter(|content| content.part == Part::Shape);
    shapes.map(|content| content.text.as_str()).collect()
}

fn said(field: &Field<String>) -> Option<&str> {
    field.value().map(String::as_str)
}

#[test]
fn a_box_over_an_empty_value_is_the_value_and_a_question() {
    for (name, record, reading) in
        read(&[Drawn::Text("B5", "袋詰め30個"), Drawn::Text("B8", "大友")])
    {
        for (field, text) in [(&record.work, "袋詰め30個"), (&record.recorder, "大友")] {
            assert_eq!(said(field), Some(text), "{name}");
            assert_eq!(field.doubts, [Doubt::DrawnText], "{name}");
            let level = field.confidence().unwrap().level();
            assert_eq!(level, Level::Doubtful, "{name}");
        }
        assert_eq!(record.work.cell.unwrap().to_string(), "B5", "{name}");
        assert_eq!(left_over(&reading), [""; 0], "{name}");
        assert!(record.support.doubts.is_empty(), "{name}");
    }
}

#[test]
fn a_box_never_takes_the_place_of_what_is_written() {
    let drawn = [
        Drawn::Text("B6", "連絡なし"),
        Drawn::Text("A7:B7", "支援方法：訪問"),
        Drawn::Text("A5", "検品"),
    ];
    for (name, record, reading) in read(&drawn) {
        let [plain] = &read(&[])[..1] else { panic!() };
        assert_eq!(record.support, plain.1.support, "{name}");
        assert_eq!(record.method, plain.1.method, "{name}");
        assert_eq!(said(&record.work), None, "{name}");
        assert_eq!(left_over(&reading).len(), 3, "{name}");
    }
}

#[test]
fn a_box_that_names_its_item_is_read_wherever_it_stands() {
    for text in ["記録者：大友", "記録者\n大友"] {
        for (name, record, reading) in read(&[Drawn::Text("D6:E6", text)]) {
            assert_eq!(said(&record.recorder), Some("大友"), "{name} {text}");
            assert_eq!(record.recorder.doubts, [Doubt::DrawnText], "{name} {text}");
            assert_eq!(record.recorder.cell.unwrap().to_string(), "D6", "{name}");
            assert_eq!(left_over(&reading), [""; 0], "{name} {text}");
        }
    }
}

#[test]
fn a_box_beside_the_form_is_told_and_is_no_value() {
    let drawn = [
        Drawn::Text("D5:E6", "来月の予定"),
        Drawn::Text("B5", "※作業の内容を記入してください"),
        Drawn::Text("A11:B12", "提出期限は翌月5日"),
    ];
    for (name, record, reading) in read(&drawn) {
        assert_eq!(
            (said(&record.work), said(&record.recorder)),
            (None, None),
            "{name}"
        );
        let told = [
            "来月の予定",
            "※作業の内容を記入してください",
            "提出期限は翌月5日",
        ];
        let mut left = left_over(&reading);
        left.sort_by_key(|text| told.iter().position(|other| other == text));
        assert_eq!(left, told, "{name}");
    }
}
