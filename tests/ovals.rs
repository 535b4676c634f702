//! Ovals that somebody drew around printed choices: the word under one is the answer, and one
//! that is on two words is a question.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::made::books::xlsx;
use tenken::model::{DailyRecord, Doubt, Method};
use tenken::normalise;
use tenken::read::read_bytes;
use tenken::recognise::{Vocabulary, recognise};

const FORM: [[&str; 2]; 8] = [
    ["氏名", "青葉　ひかり"],
    ["受給者証番号", "0123456789"],
    ["実施日", "令和7年9月3日"],
    ["利用", "通所　在宅　欠席"],
    ["実施時間", "10:00～15:00"],
    ["支援方法", "訪問　電話　その他（　　　）"],
    ["支援内容", "10:00 開始の連絡　15:00 終了の連絡"],
    ["記録者", "大友"],
];
const USAGE: usize = 3;
const METHOD: usize = 5;

/// EMU of a letter, and of the edge of a cell before its text.
const LETTER: f64 = 22.0 * 12_700.0;
const EDGE: f64 = 4.0 * 12_700.0;

/// An oval over the second column of a row, from one letter to another.
struct Oval(usize, f64, f64);

/// Letters of 22 points in a column of 60 characters and rows of 30 points.
const STYLES: &str = r#"<styleSheet><fonts><font><sz val="22"/></font></fonts>
    <cellXfs><xf fontId="0"><alignment vertical="center"/></xf></cellXfs></styleSheet>"#;

fn workbook(ovals: &[Oval]) -> Vec<u8> {
    let rows = FORM.iter().enumerate().map(|(row, texts)| {
        let row = row + 1;
        let cells = ["A", "B"].iter().zip(texts);
        let cells = cells
            .map(|(col, text)| format!("<c r=\"{col}{row}\" s=\"0\" t=\"str\"><v>{text}</v></c>"));
        format!(
            "<row r=\"{row}\" ht=\"30\">{}</row>",
            cells.collect::<String>()
        )
    });
    let sheet = format!(
        "<cols><col min=\"1\" max=\"1\" width=\"20\"/><col min=\"2\" max=\"2\" width=\"60\"/></cols>\
         <sheetData>{}</sheetData><drawing r:id=\"d\"/>",
        rows.collect::<String>()
    );
    let shapes = ovals.iter().enumerate().map(|(n, Oval(row, from, to))| {
        let left = (from * LETTER + EDGE) as i64;
        let width = ((to - from) * LETTER) as i64;
        let shape = "<xdr:sp><xdr:spPr><a:prstGeom prst=\"ellipse\"/></xdr:spPr></xdr:sp>";
        let from = format!(
            "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>{left}</xdr:colOff><xdr:row>{row}</xdr:row>\
             <xdr:rowOff>12700</xdr:rowOff></xdr:from>"
        );
        // Both kinds of anchors that Excel writes.
        if n % 2 == 0 {
            let right = left + width;
            format!(
                "<xdr:twoCellAnchor>{from}<xdr:to><xdr:col>1</xdr:col><xdr:colOff>{right}</xdr:colOff>\
                 <xdr:row>{row}</xdr:row><xdr:rowOff>368300</xdr:rowOff></xdr:to>{shape}</xdr:twoCellAnchor>"
            )
        } else {
            format!(
                "<xdr:oneCellAnchor>{from}<xdr:ext cx=\"{width}\" cy=\"355600\"/>{shape}</xdr:oneCellAnchor>"
            )
        }
    });
    let drawing = format!("<xdr:wsDr>{}</xdr:wsDr>", shapes.collect::<String>());
    let relations = "<Relationships><Relationship Id=\"d\" Type=\"x/drawing\" Target=\"../drawings/drawing1.xml\"/></Relationships>";
    xlsx(
        &sheet,
        &[
            ("xl/styles.xml", STYLES.as_bytes()),
            ("xl/worksheets/_rels/sheet1.xml.rels", relations.as_bytes()),
            ("xl/drawings/drawing1.xml", drawing.as_bytes()),
        ],
    )
}

fn records(ovals: &[Oval]) -> Vec<DailyRecord> {
    let book = read_bytes(&workbook(ovals), "記録.xlsx".into()).unwrap();
    let book = recognise(&book, Vocabulary::builtin());
    normalise::office("事業所", &[book], Vec::new(), Vec::new()).daily
}

#[test]
fn the_word_under_an_oval_is_the_answer() {
    for (from, to, method) in [
        (-0.2, 2.2, Method::Visit),
        (2.8, 5.3, Method::Phone),
        (5.9, 9.2, Method::Other),
    ] {
        let [record] = &records(&[Oval(USAGE, 2.9, 5.2), Oval(METHOD, from, to)])[..] else {
            panic!("one record");
        };
        assert_eq!(record.method.value(), Some(&method));
        assert!(record.method.doubts.is_empty() && record.date.doubts.is_empty());
    }
}

#[test]
fn a_day_that_is_circled_as_another_is_no_day_at_home() {
    for (from, to) in [(-0.2, 2.2), (5.8, 8.3)] {
        assert!(records(&[Oval(USAGE, from, to)]).is_empty());
    }
}

#[test]
fn without_an_oval_nothing_is_chosen() {
    let [record] = &records(&[])[..] else {
        panic!("one record");
    };
    assert_eq!(record.method.value(), None);
    assert!(record.date.doubts.is_empty());
}

#[test]
fn an_oval_on_two_words_or_between_them_is_a_question() {
    for (from, to) in [(1.0, 4.2), (2.1, 2.8)] {
        let [record] = &records(&[Oval(USAGE, from, to), Oval(METHOD, from, to)])[..] else {
            panic!("one record");
        };
        assert_eq!(record.date.doubts, [Doubt::SeveralChoices]);
        assert_eq!(record.method.doubts, [Doubt::SeveralChoices]);
    }
}
