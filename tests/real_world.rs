//! What offices' workbooks hold and a simple reader trips over, each in a small form of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::made::books::xlsx;
use tenken::model::{Content, DailyRecord, Doubt, Field, Office};
use tenken::normalise;
use tenken::read::read_bytes;
use tenken::recognise::{Vocabulary, recognise};

/// Cell formats: plain, the era in front of a number, a day with its time, struck through, and
/// ten digits.
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="&quot;令和&quot;0"/>
    <numFmt numFmtId="177" formatCode="0000000000"/></numFmts>
    <fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/>
    <xf numFmtId="176" fontId="0"/><xf numFmtId="22" fontId="0"/><xf numFmtId="0" fontId="1"/>
    <xf numFmtId="177" fontId="0"/></cellXfs></styleSheet>"#;
const ERA: &str = "1";
const MOMENT: &str = "2";
const STRUCK: &str = "3";
const TEN_DIGITS: &str = "4";

fn text(text: &str) -> String {
    format!(" t=\"str\"><v>{text}</v>")
}

fn number(number: &str, style: &str) -> String {
    format!(" s=\"{style}\"><v>{number}</v>")
}

/// The usual lines of a form: labels in column A, what belongs to them in column B.
const LINES: [(&str, &str); 6] = [
    ("氏名", "青葉　ひかり"),
    ("受給者証番号", "0123456789"),
    ("実施日", "令和7年9月3日"),
    ("実施時間", "10:00～15:00"),
    ("支援内容", "10:00 開始の連絡　15:00 終了の連絡"),
    ("記録者", "大友"),
];

/// A form with other cells in the place of some of its own, by row and column.
struct Form {
    rows: Vec<Vec<(String, String)>>,
    hidden: Option<usize>,
    name: &'static str,
    merged: &'static [&'static str],
}

impl Form {
    fn new() -> Self {
        let line = |(row, (label, words)): (usize, &(&str, &str))| {
            let row = row + 1;
            vec![
                (format!("A{row}"), text(label)),
                (format!("B{row}"), text(words)),
            ]
        };
        Self {
            rows: LINES.iter().enumerate().map(line).collect(),
            hidden: None,
            name: "記録",
            merged: &[],
        }
    }

    /// With these cells from column B on in the line of `label`.
    fn with(mut self, label: &str, cells: &[String]) -> Self {
        let at = LINES.iter().position(|(line, _)| *line == label).unwrap();
        self.rows[at].truncate(1);
        for (col, cell) in ('B'..).zip(cells) {
            self.rows[at].push((format!("{col}{}", at + 1), cell.clone()));
        }
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let rows = self.rows.iter().enumerate().map(|(at, cells)| {
            let hidden = if self.hidden == Some(at) {
                " hidden=\"1\""
            } else {
                ""
            };
            let cells = cells
                .iter()
                .map(|(at, cell)| format!("<c r=\"{at}\"{cell}</c>"));
            format!(
                "<row r=\"{}\"{hidden}>{}</row>",
                at + 1,
                cells.collect::<String>()
            )
        });
        let merged = self
            .merged
            .iter()
            .map(|range| format!("<mergeCell ref=\"{range}\"/>"));
        let sheet = format!(
            "<sheetData>{}</sheetData><mergeCells>{}</mergeCells>",
            rows.collect::<String>(),
            merged.collect::<String>()
        );
        let book = format!(
            "<workbook><sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            self.name
        );
        xlsx(
            &sheet,
            &[
                ("xl/styles.xml", STYLES.as_bytes()),
                ("xl/workbook.xml", book.as_bytes()),
            ],
        )
    }

    fn office(&self) -> Office {
        let book = read_bytes(&self.bytes(), "事業所/記録.xlsx".into()).unwrap();
        let book = recognise(&book, Vocabulary::builtin());
        let skipped = book.skipped.clone();
        normalise::office("事業所", &[book], skipped, Vec::new())
    }

    fn record(&self) -> DailyRecord {
        let mut records = self.office().daily;
        assert_eq!(records.len(), 1);
        records.remove(0)
    }
}

fn shown<T: std::fmt::Display>(field: &Field<T>) -> String {
    field.value().map(T::to_string).unwrap_or_default()
}

#[test]
fn a_certificate_number_shows_the_zeros_that_its_format_adds() {
    let number = |number_: &str, style| {
        let form = Form::new().with("受給者証番号", &[number(number_, style)]);
        shown(&form.record().user.certificate_number)
    };
    assert_eq!(number("123456789", TEN_DIGITS), "0123456789");
    assert_eq!(number("1234567890", TEN_DIGITS), "1234567890");
}

#[test]
fn the_form_is_read_as_it_is() {
    let record = Form::new().record();
    assert_eq!(shown(&record.date), "2025-09-03");
    assert_eq!(shown(&record.start), "10:00:00");
    assert_eq!(shown(&record.recorder), "大友");
}

#[test]
fn a_date_spread_over_cells_is_one_date_and_its_era_may_be_a_format() {
    for year in [number("7", ERA), text("令和7")] {
        let day = ["年", "9", "月", "3", "日"].map(text);
        let cells = [&[year][..], &day].concat();
        let record = Form::new().with("実施日", &cells).record();
        assert_eq!(shown(&record.date), "2025-09-03");
    }
    let unfilled = ["令和", "年", "月", "日"].map(text);
    let record = Form::new().with("実施日", &unfilled).record();
    assert_eq!(record.date.content, Content::Blank);
}

#[test]
fn the_day_of_a_time_does_not_count() {
    // Ten o'clock of 8 April.
    let cells = [
        number("45755.4166666667", MOMENT),
        text("～"),
        text("15:00"),
    ];
    let record = Form::new().with("実施時間", &cells).record();
    assert_eq!(shown(&record.date), "2025-09-03");
    assert_eq!(
        [&record.start, &record.end].map(shown),
        ["10:00:00", "15:00:00"]
    );
}

#[test]
fn a_formula_without_its_result_and_an_error_are_not_blank() {
    for cell in ["><f>A1</f>", " t=\"e\"><v>#REF!</v>"] {
        let record = Form::new().with("記録者", &[cell.to_owned()]).record();
        assert!(record.recorder.is_unclear(), "{cell}");
    }
    let record = Form::new().with("記録者", &[]).record();
    assert_eq!(record.recorder.content, Content::Blank);
}

#[test]
fn what_is_struck_through_or_hidden_is_for_a_person() {
    let struck = format!(" s=\"{STRUCK}\" t=\"str\"><v>大友</v>");
    let record = Form::new().with("記録者", &[struck]).record();
    assert_eq!(record.recorder.doubts, [Doubt::StruckThrough]);
    let run = |look: &str, text: &str| format!("<r><rPr>{look}</rPr><t>{text}</t></r>");
    for (look, doubts) in [("<strike/>", &[Doubt::StruckThrough][..]), ("<b/>", &[])] {
        let (stands, struck) = (run("<b/>", "大友"), run(look, "、別の職員"));
        let in_part = format!(" t=\"inlineStr\"><is>{stands}{struck}</is>");
        let record = Form::new().with("記録者", &[in_part]).record();
        assert_eq!(record.recorder.doubts, doubts, "{look}");
        assert_eq!(record.recorder.raw, "大友、別の職員");
    }
    let mut form = Form::new();
    form.hidden = Some(LINES.len() - 1);
    let record = form.record();
    assert_eq!(record.recorder.doubts, [Doubt::Hidden]);
    assert_eq!(record.date.doubts, []);
}

#[test]
fn a_box_may_begin_above_the_row_of_its_label() {
    let mut form = Form::new();
    // 支援内容 stands in the middle of its box; nothing else is on these rows.
    form.rows.truncate(4);
    let words = "10:00 開始の連絡　15:00 終了の連絡";
    form.rows.push(vec![("D5".to_owned(), text(words))]);
    form.rows.push(Vec::new());
    form.rows.push(vec![("A7".to_owned(), text("支援内容"))]);
    form.rows.extend([Vec::new(), Vec::new()]);
    form.rows.push(vec![
        ("A10".to_owned(), text("記録者")),
        ("D10".to_owned(), text("大友")),
    ]);
    form.merged = &["A7:C8", "D5:Y9", "A10:C10", "D10:Y10"];
    let record = form.record();
    assert_eq!(shown(&record.support), words);
    assert_eq!(shown(&record.recorder), "大友");
}

#[test]
fn a_tab_may_have_no_name_and_a_sample_is_told_and_left_out() {
    let mut form = Form::new();
    form.name = "　";
    assert_eq!(form.office().daily.len(), 1);
    form.name = "記載例";
    let office = form.office();
    assert!(office.daily.is_empty());
    let told = office.skipped.first().unwrap();
    assert_eq!(told.sheet.as_deref(), Some("記載例"));
    assert!(told.reason.ja.contains("記載例"));
}

#[test]
fn what_is_written_is_kept_beside_what_it_means() {
    let written = "①１０時　開始の連絡、㈱の書類　②15時　終了の連絡";
    let record = Form::new().with("支援内容", &[text(written)]).record();
    assert_eq!(record.support.raw, written);
    assert!(record.support.text().unwrap().contains('㈱'));
    assert_eq!(record.contacts.len(), 2);
}

#[test]
fn forms_beside_each_other_are_two() {
    let mut form = Form::new();
    for (at, row) in form.rows.iter_mut().enumerate() {
        let words = LINES[at].1.replace("9月3日", "9月4日");
        row.push((format!("D{}", at + 1), text(LINES[at].0)));
        row.push((format!("E{}", at + 1), text(&words)));
    }
    let days: Vec<String> = form.office().daily.iter().map(|r| shown(&r.date)).collect();
    assert_eq!(days, ["2025-09-03", "2025-09-04"]);
}
