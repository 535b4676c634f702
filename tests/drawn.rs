//! What is drawn on a sheet, whatever kind of workbook it is in: text boxes, ovals, check boxes
//! and comments are read with their places.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::made::books::{package, record, xls_stream};
use crate::made::compound::compound;
use crate::made::drawn::{Drawn, Page, of_each_kind};
use crate::made::{binary, excel97};
use tenken::model::{Cell, CellRange};
use tenken::read::{Book, Sheet, Stored, read_bytes};
use tenken::recognise::{Vocabulary, recognise};

fn sheet(name: &str, bytes: &[u8]) -> Sheet {
    let book = read_bytes(bytes, name.into()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let [sheet] = book.sheets.try_into().unwrap();
    sheet
}

#[test]
fn what_is_drawn_is_read_with_its_place() {
    let page = Page {
        rows: &[["氏名", "青葉　ひかり"], ["作業内容", ""], ["特記事項", ""]],
        drawn: &[
            Drawn::Text("B2", "袋詰め\n30個"),
            Drawn::Oval("B1"),
            Drawn::CheckBox("B3", true, "通所"),
            Drawn::CheckBox("A3", false, ""),
            Drawn::Note("A2", "確認: 要"),
        ],
    };
    for (name, bytes) in of_each_kind(page) {
        let sheet = sheet(name, &bytes);
        assert_eq!(sheet.cells.len(), 4, "{name}");
        let shapes: Vec<_> = sheet
            .shapes
            .iter()
            .map(|shape| {
                (
                    shape.anchor.to_string(),
                    shape.kind.as_str(),
                    shape.text.as_str(),
                )
            })
            .collect();
        let expected = [("B2", "rect", "袋詰め\n30個"), ("B1", "ellipse", "")];
        let expected = expected.map(|(at, kind, text)| (at.to_owned(), kind, text));
        assert_eq!(shapes, expected, "{name}");
        let over = sheet
            .shapes
            .iter()
            .map(|shape| shape.over.as_ref().unwrap());
        let over: Vec<_> = over.map(|over| over.range.to_string()).collect();
        assert_eq!(over, ["B2", "B1"], "{name}");
        let boxes: Vec<_> = sheet
            .check_boxes
            .iter()
            .map(|b| (b.center.to_string(), b.checked, b.caption.as_str()))
            .collect();
        let expected = [
            ("B3".to_owned(), true, "通所"),
            ("A3".to_owned(), false, ""),
        ];
        assert_eq!(boxes, expected, "{name}");
        let comments: Vec<_> = sheet
            .comments
            .iter()
            .map(|comment| (comment.cell.to_string(), comment.text.as_str()))
            .collect();
        assert_eq!(comments, [("A2".to_owned(), "確認: 要")], "{name}");
    }
}

/// A binary workbook of one sheet with these records.
fn xlsb(sheet: &[Vec<u8>]) -> Vec<u8> {
    let relations = "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"sheet1.bin\"/>\
         <Relationship Id=\"t\" Type=\"x/styles\" Target=\"styles.bin\"/></Relationships>";
    let root = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>";
    package(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/workbook.bin", &binary::workbook("記録", "s")),
        ("xl/styles.bin", &binary::styles()),
        ("xl/sheet1.bin", &sheet.concat()),
    ])
}

#[test]
fn a_binary_workbook_is_read_as_any_other() {
    use binary::{cell, merged, row_header};
    let bytes = xlsb(&[
        row_header(0, false),
        cell(2, 0, 1, &(45_903 << 2 | 2_u32).to_le_bytes()),
        cell(5, 1, 2, &7_f64.to_le_bytes()),
        cell(4, 2, 0, &[1]),
        row_header(4, true),
        cell(11, 0, 0, &[0x17]),
        cell(9, 1, 0, &0.5_f64.to_le_bytes()),
        merged("A5:B6"),
    ]);
    let sheet = sheet("a.xlsb", &bytes);
    let seen: Vec<_> = sheet
        .cells
        .iter()
        .map(|(at, cell)| {
            (
                at.to_string(),
                cell.stored.clone(),
                cell.shown.as_str(),
                cell.struck,
            )
        })
        .collect();
    let expected = [
        ("A1", Stored::Moment(45_903.0), "2025/9/3", false),
        ("B1", Stored::Number(7.0), "令和7", true),
        ("C1", Stored::Bool(true), "TRUE", false),
        ("A5", Stored::Error("#REF!".to_owned()), "#REF!", false),
    ];
    let expected =
        expected.map(|(at, stored, shown, struck)| (at.to_owned(), stored, shown, struck));
    assert_eq!(seen, expected);
    assert!(sheet.hidden_rows.iter().eq([&4]));
    let merged: Vec<_> = sheet.merged.iter().map(|range| range.to_string()).collect();
    assert_eq!(merged, ["A5:B6"]);
    assert_eq!(sheet.cells.keys().next(), Some(&Cell::new(0, 0)));
}

/// The one sheet of a workbook of Excel 97 with these records on it.
fn excel97_sheet(records: &[Vec<u8>]) -> Sheet {
    let cell = record(0x0203, &[&[0; 6][..], &7_f64.to_le_bytes()].concat());
    let records = [&[cell], records].concat().concat();
    let stream = xls_stream(&excel97::globals(), &records);
    sheet("a.xls", &compound(&[("Workbook", &stream)]))
}

fn seen(sheet: &Sheet) -> Vec<(String, &str)> {
    let shapes = sheet.shapes.iter();
    shapes
        .map(|shape| (shape.anchor.to_string(), shape.text.as_str()))
        .collect()
}

/// `MSODRAWING`
fn art(data: &[u8]) -> Vec<u8> {
    record(0x00EC, data)
}

#[test]
fn a_shape_of_a_group_lies_in_its_part_of_the_group() {
    let numbers = |numbers: [i32; 4]| numbers.map(i32::to_le_bytes).concat();
    let whole = excel97::shape(0, CellRange::parse("B3:E6").unwrap());
    let frame = excel97::art(1, 0xF009, &numbers([1_000, 0, 5_000, 400]));
    // The shape that stands for the group has its frame before all else.
    let whole = excel97::art(0x000F, 0xF004, &[frame, whole[8..].to_vec()].concat());
    let child = |corners| {
        let parts = [
            excel97::art(202 << 4 | 2, 0xF00A, &[2, 4, 0, 0, 2, 10, 0, 0]),
            excel97::art(0, 0xF00F, &numbers(corners)),
        ];
        excel97::art(0x000F, 0xF004, &parts.concat())
    };
    let [first, second] = [[1_000, 0, 2_000, 90], [4_300, 330, 4_900, 390]].map(child);
    let length = whole.len() + first.len() + second.len();
    let group = [
        &[0x0F, 0, 3, 0xF0][..],
        &(length as u32).to_le_bytes(),
        &whole,
    ]
    .concat();
    let sheet_group = [&[0x0F, 0, 3, 0xF0][..], &[0xFF, 0xFF, 0, 0]].concat();
    let outside = excel97::shape(202, CellRange::parse("A9").unwrap());
    let sheet = excel97_sheet(&[
        art(&[sheet_group, group].concat()),
        excel97::obj(0, 1, &[]),
        art(&first),
        excel97::obj(6, 2, &[]),
        excel97::text("左上"),
        art(&second),
        excel97::obj(6, 3, &[]),
        excel97::text("右下"),
        art(&outside),
        excel97::obj(6, 4, &[]),
        excel97::text("外"),
    ]);
    let expected = [("B3", "左上"), ("E6", "右下"), ("A9", "外")];
    assert_eq!(
        seen(&sheet),
        expected.map(|(at, text)| (at.to_owned(), text))
    );
    assert!(!sheet.unread_drawings);
}

#[test]
fn what_cannot_be_seen_is_not_drawn_and_what_cannot_be_decoded_is_told() {
    let place = CellRange::parse("B2:C3").unwrap();
    let mut hidden = excel97::shape(202, place);
    let flags = hidden.windows(2).position(|two| two == [0xBF, 0x00]);
    let at = flags.unwrap();
    hidden[at..at + 6].copy_from_slice(&[0xBF, 0x03, 2, 0, 2, 0]);
    let box_on = |shape: &[u8]| vec![art(shape), excel97::obj(6, 1, &[])];
    let of_hidden = excel97_sheet(&box_on(&hidden));
    assert_eq!(
        (seen(&of_hidden), of_hidden.unread_drawings),
        (vec![], false)
    );

    let whole = excel97::shape(202, place);
    let plain = excel97_sheet(&box_on(&whole));
    assert_eq!((plain.shapes.len(), plain.unread_drawings), (1, false));
    let cut_text = record(
        0x01B6,
        &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 16, 0, 0, 0, 0, 0],
    );
    for (what, records) in [
        ("no place", vec![excel97::obj(6, 1, &[])]),
        (
            "no object",
            vec![art(&whole), art(&whole), excel97::obj(6, 1, &[])],
        ),
        ("half a place", box_on(&whole[..whole.len() - 12])),
        ("no text", [box_on(&whole), vec![cut_text]].concat()),
    ] {
        let mut book = Book::default();
        book.sheets.push(excel97_sheet(&records));
        assert!(book.sheets[0].unread_drawings, "{what}");
        assert_eq!(book.sheets[0].cells.len(), 1, "{what}");
        let found = recognise(&book, Vocabulary::builtin());
        let reasons = found.skipped.iter().map(|skipped| &skipped.reason.ja);
        assert!(
            reasons.into_iter().any(|reason| reason.contains("図形")),
            "{what}"
        );
    }
}

#[test]
fn a_drawing_may_go_on_behind_a_text() {
    let [first, second] = ["B2", "C5"].map(|at| CellRange::parse(at).unwrap());
    let sheet = excel97_sheet(&[
        art(&excel97::shape(202, first)),
        excel97::obj(6, 1, &[]),
        excel97::text("一"),
        record(0x003C, &excel97::shape(202, second)),
        excel97::obj(6, 2, &[]),
        excel97::text("二"),
    ]);
    assert_eq!(
        seen(&sheet),
        [("B2".to_owned(), "一"), ("C5".to_owned(), "二")]
    );
}
