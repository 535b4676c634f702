//! Files for tests, made in memory.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "../../tests/made/compound.rs"]
mod made;

pub(super) use made::compound;

/// A package of these parts.
pub(super) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet; `sheet` is the content of its `worksheet` element. A part named
/// `xl/…` is added, or replaces the one that is there.
pub(super) fn workbook(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let sheet =
        format!("<worksheet xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:xdr=\"xdr\">{sheet}</worksheet>");
    let standard = [
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="記録" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="x/styles" Target="/xl/styles.xml"/>
            <Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    let mut parts: Vec<(&str, &str)> = standard
        .into_iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name))
        .collect();
    parts.extend(more);
    package(&parts)
}
