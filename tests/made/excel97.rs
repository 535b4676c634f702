//! A sheet of a workbook of Excel 97 with things drawn on it, as Excel writes them.

use tenken::model::CellRange;

use super::books::record;
use super::drawn::{Drawn, Page};

/// Formats that the sheet needs: one plain cell format.
pub fn globals() -> Vec<u8> {
    record(0x00E0, &[0; 20])
}

fn units(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The records of the sheet.
pub fn sheet(page: Page) -> Vec<u8> {
    let mut sheet = Vec::new();
    for (row, texts) in page.rows.iter().enumerate() {
        for (col, text) in texts.iter().enumerate() {
            if !text.is_empty() {
                let length = text.encode_utf16().count() as u8;
                let cell = [
                    &[row as u8, 0, col as u8, 0, 0, 0, length, 0, 1][..],
                    &units(text),
                ];
                sheet.extend(record(0x0204, &cell.concat()));
            }
        }
    }
    for (n, drawn) in page.drawn.iter().enumerate() {
        sheet.extend(object(n as u16 + 1, drawn));
    }
    sheet
}

/// The record of an art container, of this version and instance.
pub fn art(version: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    [
        &version.to_le_bytes()[..],
        &kind.to_le_bytes(),
        &length,
        data,
    ]
    .concat()
}

/// Type of a shape, and the flag of an anchor.
pub fn shape(kind: u16, range: CellRange) -> Vec<u8> {
    let CellRange { first, last } = range;
    let anchor = [0, first.col, 30, first.row, 8, last.col, 700, last.row, 180];
    let anchor: Vec<u8> = anchor
        .iter()
        .flat_map(|value| (*value as u16).to_le_bytes())
        .collect();
    let parts = [
        art(kind << 4 | 2, 0xF00A, &[1, 4, 0, 0, 0, 10, 0, 0]),
        art(0x0013, 0xF00B, &[0xBF, 0x00, 0, 0, 8, 0]),
        art(0, 0xF010, &anchor),
        art(0, 0xF011, &[]),
    ];
    art(0x000F, 0xF004, &parts.concat())
}

/// `OBJ`
pub fn obj(kind: u16, id: u16, more: &[u8]) -> Vec<u8> {
    let mut data = vec![0x15, 0, 18, 0];
    data.extend(kind.to_le_bytes());
    data.extend(id.to_le_bytes());
    data.extend([0x11, 0x60]);
    data.extend([0; 12]);
    data.extend(more);
    data.extend([0; 4]);
    record(0x005D, &data)
}

/// The text of the object before it, cut in two after its first half.
pub fn text(text: &str) -> Vec<u8> {
    let units = units(text);
    let count = (units.len() / 2) as u16;
    let mut own = vec![0x12, 2, 0, 0, 0, 0, 0, 0, 0, 0];
    own.extend(count.to_le_bytes());
    own.extend([16, 0, 0, 0, 0, 0]);
    let half = units.len() / 4 * 2;
    [
        record(0x00EC, &art(0, 0xF00D, &[])),
        record(0x01B6, &own),
        record(0x003C, &[&[1], &units[..half]].concat()),
        record(0x003C, &[&[1], &units[half..]].concat()),
        record(0x003C, &[0; 16]),
    ]
    .concat()
}

fn object(id: u16, drawn: &Drawn) -> Vec<u8> {
    let range = drawn.range();
    match drawn {
        Drawn::Text(_, words) => [
            record(0x00EC, &shape(202, range)),
            obj(0x06, id, &[]),
            text(words),
        ]
        .concat(),
        Drawn::Oval(_) => [record(0x00EC, &shape(3, range)), obj(0x03, id, &[])].concat(),
        Drawn::CheckBox(_, ticked, caption) => {
            let tick = [0x12, 0, 8, 0, u8::from(*ticked), 0, 0, 0, 0, 0, 0, 0];
            [
                record(0x00EC, &shape(201, range)),
                obj(0x0B, id, &tick),
                text(caption),
            ]
            .concat()
        }
        Drawn::Note(_, words) => {
            let [row, col] = [range.first.row as u8, range.first.col as u8];
            let [low, high] = id.to_le_bytes();
            [
                record(0x00EC, &shape(202, range)),
                obj(0x19, id, &[]),
                text(words),
                record(0x001C, &[row, 0, col, 0, 0, 0, low, high, 0, 0, 0]),
            ]
            .concat()
        }
    }
}
