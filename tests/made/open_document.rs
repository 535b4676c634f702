//! A workbook as an OpenDocument spreadsheet, check boxes and pictures included.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use tenken::model::Cell;
use tenken::read::{Book, Sheet, Stored};

use super::books::package;

/// Every column is an inch wide and every row an inch high.
const STYLES: &str = "<office:automatic-styles>\
    <style:style style:name=\"co\"><style:table-column-properties style:column-width=\"1in\"/></style:style>\
    <style:style style:name=\"ro\"><style:table-row-properties style:row-height=\"1in\"/></style:style>\
    <style:style style:name=\"struck\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
    </office:automatic-styles>";

/// The bytes of the spreadsheet.
pub fn open_document(book: &Book) -> Vec<u8> {
    let tables: String = book.sheets.iter().map(table).collect();
    let content = format!(
        "<office:document-content>{STYLES}<office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    package(&[("content.xml", content.as_bytes())])
}

fn table(sheet: &Sheet) -> String {
    let merged = sheet.merged.iter().map(|range| range.last);
    let used: Vec<Cell> = sheet.cells.keys().copied().chain(merged).collect();
    let last = |line: fn(&Cell) -> u32| used.iter().map(line).max().unwrap_or(0);
    let mut table = format!(
        "<table:table table:name=\"{}\">{}<table:table-column table:style-name=\"co\" \
         table:number-columns-repeated=\"16384\"/>",
        escaped(&sheet.name),
        drawings(sheet)
    );
    for row in 0..=last(|cell| cell.row) {
        table += "<table:table-row table:style-name=\"ro\">";
        for col in 0..=last(|cell| cell.col) {
            table += &cell(sheet, Cell::new(row, col));
        }
        table += "</table:table-row>";
    }
    table + "</table:table>"
}

fn drawings(sheet: &Sheet) -> String {
    let (mut forms, mut shapes) = (String::new(), String::new());
    for (id, check_box) in sheet.check_boxes.iter().enumerate() {
        let state = if check_box.checked { "" } else { "un" };
        let label = escaped(&check_box.caption);
        let Cell { row, col } = check_box.center;
        write!(
            forms,
            "<form:checkbox form:id=\"{id}\" form:current-state=\"{state}checked\" form:label=\"{label}\"/>"
        )
        .unwrap();
        write!(
            shapes,
            "<draw:control draw:control=\"{id}\" svg:x=\"{col}.4in\" svg:y=\"{row}.4in\" \
             svg:width=\"0.2in\" svg:height=\"0.2in\"/>"
        )
        .unwrap();
    }
    for shape in sheet.shapes.iter().filter(|shape| shape.kind == "picture") {
        let edge = |line: u32, inset: usize| f64::from(line) + f64::from(shape.insets[inset]) / 1e3;
        let (first, last) = (shape.anchor.first, shape.anchor.last);
        let (left, top) = (edge(first.col, 0), edge(first.row, 1));
        let (right, bottom) = (edge(last.col, 2), edge(last.row, 3));
        write!(
            shapes,
            "<draw:frame svg:x=\"{left}in\" svg:y=\"{top}in\" svg:width=\"{}in\" svg:height=\"{}in\">\
             <draw:image/></draw:frame>",
            right - left,
            bottom - top
        )
        .unwrap();
    }
    format!(
        "<office:forms><form:form>{forms}</form:form></office:forms><table:shapes>{shapes}</table:shapes>"
    )
}

fn cell(sheet: &Sheet, at: Cell) -> String {
    let range = sheet.range_at(at);
    if range.first != at {
        return "<table:covered-table-cell/>".to_owned();
    }
    let span = format!(
        "table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"",
        range.last.col - at.col + 1,
        range.last.row - at.row + 1
    );
    let Some(content) = sheet.cells.get(&at) else {
        return format!("<table:table-cell {span}/>");
    };
    let style = if content.struck { "struck" } else { "" };
    let value = match &content.stored {
        Stored::Text(_) => "office:value-type=\"string\"".to_owned(),
        Stored::Number(number) => format!("office:value-type=\"float\" office:value=\"{number}\""),
        Stored::Moment(serial) => moment(*serial),
        Stored::Bool(yes) => format!("office:boolean-value=\"{yes}\""),
        Stored::Error(_) => "calcext:value-type=\"error\"".to_owned(),
        Stored::NotCalculated => "table:formula=\"of:=A1\"".to_owned(),
    };
    let lines = content.shown.split('\n').map(|line| {
        // White space within a line is written out.
        let line = escaped(line).replace(' ', "<text:s/>");
        format!("<text:p>{line}</text:p>")
    });
    format!(
        "<table:table-cell {span} table:style-name=\"{style}\" {value}>{}</table:table-cell>",
        lines.collect::<String>()
    )
}

fn moment(serial: f64) -> String {
    let seconds = (serial.fract() * 86_400.0).round() as u32;
    let [hour, minute, second] = [seconds / 3_600, seconds / 60 % 60, seconds % 60];
    if serial < 1.0 {
        return format!(
            "office:value-type=\"time\" office:time-value=\"PT{hour:02}H{minute:02}M{second:02}S\""
        );
    }
    let first = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    let day = first + Days::new(serial as u64);
    format!(
        "office:value-type=\"date\" office:date-value=\"{day}T{hour:02}:{minute:02}:{second:02}\""
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('"', "&quot;")
}
