//! Workbooks made by hand, part by part, so that any part of them can be wrong.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::compound::compound;

/// A package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    packed(parts, 1)
}

/// A package of these parts, packed as tightly as the level says.
pub fn packed(parts: &[(&str, &[u8])], level: i64) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_level(Some(level));
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Relationship of a package to its workbook.
const ROOT: &str = r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
/// A workbook of one sheet.
const BOOK: &str =
    r#"<workbook><sheets><sheet name="記録" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
/// What it refers to.
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="x/styles" Target="styles.xml"/>
    <Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
/// Formats of a plain cell and of a date.
const STYLES: &str = r#"<styleSheet><fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
/// Two strings, one with furigana.
const STRINGS: &str =
    r#"<sst><si><t>氏名</t></si><si><t>青葉</t><rPh sb="0" eb="2"><t>アオバ</t></rPh></si></sst>"#;

/// A workbook whose sheet has this content. Parts that are given replace its own.
pub fn xlsx(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!("<worksheet xmlns:r=\"r\">{sheet}</worksheet>");
    let own = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    let is_replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
    let mut parts: Vec<(&str, &[u8])> = own
        .into_iter()
        .filter(|(name, _)| !is_replaced(name))
        .map(|(name, text)| (name, text.as_bytes()))
        .collect();
    parts.extend(more);
    package(&parts)
}

/// A small table that could be anybody's.
pub fn small_xlsx() -> Vec<u8> {
    xlsx(
        "<cols><col min=\"1\" max=\"2\" width=\"9\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
         <c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"3\" hidden=\"1\"><c r=\"A3\" s=\"1\"><v>45903</v></c>\
         <c r=\"C3\"><f>A1</f></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>",
        &[],
    )
}

/// The same as an OpenDocument spreadsheet.
pub fn small_ods() -> Vec<u8> {
    ods(
        "<table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>氏名</text:p></table:table-cell>\
         <table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated=\"3\">\
         <table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2025-09-03\"><text:p>9/3</text:p></table:table-cell>\
         </table:table-row>",
    )
}

/// Columns `co` are an inch wide and rows `ro` an inch high.
const INCHES: &str = "<office:automatic-styles>\
    <style:style style:name=\"co\"><style:table-column-properties style:column-width=\"1in\"/></style:style>\
    <style:style style:name=\"ro\"><style:table-row-properties style:row-height=\"1in\"/></style:style>\
    </office:automatic-styles>";

/// An OpenDocument spreadsheet whose table has this content.
pub fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content>{INCHES}<office:body><office:spreadsheet><table:table table:name=\"記録\">{table}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

/// A record of a workbook stream.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16).to_le_bytes();
    [&kind.to_le_bytes(), &length[..], data].concat()
}

/// The stream of a workbook with these records for all sheets and these on its one sheet.
pub fn xls_stream(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let start = (begin.len() + 4 + 12 + globals.len() + end.len()) as u32;
    let tab = [
        &start.to_le_bytes()[..],
        &[0, 0, 2, 1, 0x18, 0x8A, 0x32, 0x93],
    ]
    .concat();
    let tab = record(0x0085, &tab);
    [begin.as_slice(), &tab, globals, &end, &begin, sheet, &end].concat()
}

/// The stream of the small table.
pub fn small_xls_stream() -> Vec<u8> {
    let strings = [
        &[2, 0, 0, 0, 2, 0, 0, 0][..],
        &[2, 0, 1, 0x0F, 0x6C, 0x0D, 0x54],
        &[2, 0, 0, b'a', b'b'],
    ];
    let globals = [record(0x00E0, &[0; 20]), record(0x00FC, &strings.concat())];
    let sheet = [
        record(0x00FD, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        record(0x00FD, &[0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
        record(
            0x0203,
            &[&[2, 0, 0, 0, 0, 0][..], &7_f64.to_le_bytes()].concat(),
        ),
        record(0x00E5, &[1, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
    ];
    xls_stream(&globals.concat(), &sheet.concat())
}

/// The small table as a workbook of Excel 97.
pub fn small_xls() -> Vec<u8> {
    compound(&[("Workbook", &small_xls_stream())])
}
