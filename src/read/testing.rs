//! Files for tests, made in memory.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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

/// A compound file of these streams. Sectors: allocation table, directory, table of the mini
/// stream, mini stream, then the long streams.
pub(super) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    let mut mini: Vec<u8> = Vec::new();
    let mut mini_next: Vec<u32> = Vec::new();
    let mut long: Vec<u8> = Vec::new();
    let mut long_next: Vec<u32> = Vec::new();
    let mut entries = Vec::new();
    let first_long = 4;
    for (name, bytes) in streams {
        let (store, next, unit, first) = match bytes.len() {
            ..4096 => (&mut mini, &mut mini_next, 64, 0),
            _ => (&mut long, &mut long_next, SECTOR, first_long),
        };
        let start = first + next.len() as u32;
        entries.push((*name, start, bytes.len(), 2));
        store.extend_from_slice(bytes);
        store.resize(store.len().next_multiple_of(unit), 0);
        let count = bytes.len().div_ceil(unit) as u32;
        next.extend((1..count).map(|i| start + i));
        next.push(END);
    }
    assert!(mini.len() <= SECTOR && entries.len() <= 3, "keep it small");
    entries.insert(0, ("Root Entry", 3, mini.len(), 5));
    let sector = |mut bytes: Vec<u8>, fill: u8| {
        bytes.resize(SECTOR, fill);
        bytes
    };
    let numbers = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    let mut directory = Vec::new();
    for (name, start, size, kind) in entries {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.push(kind);
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend((size as u64).to_le_bytes());
        directory.extend(entry);
    }
    let mut next = vec![0xFFFF_FFFD, END, END, END];
    next.extend(long_next);
    let mut header = vec![0; 76];
    header[..8].copy_from_slice(&super::compound::SIGNATURE);
    for (at, value) in [
        (30, 9_u32),
        (44, 1),
        (48, 1),
        (56, 4096),
        (60, 2),
        (64, 1),
        (68, END),
    ] {
        header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    header.extend(0_u32.to_le_bytes());
    [
        sector(header, 0xFF),
        sector(numbers(&next), 0xFF),
        sector(directory, 0),
        sector(numbers(&mini_next), 0xFF),
        sector(mini, 0),
        long,
    ]
    .concat()
}
