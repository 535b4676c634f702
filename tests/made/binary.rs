//! The parts of a binary workbook (`.xlsb`), record by record.

use tenken::model::{Cell, CellRange};

use super::drawn::{Drawn, Page};

/// A record of that kind.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = match kind {
        0..0x80 => vec![kind as u8],
        _ => vec![kind as u8 | 0x80, (kind >> 7) as u8],
    };
    let mut length = data.len();
    while length >= 0x80 {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(data);
    bytes
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [numbers(&[units.len() as u32 / 2]), units].concat()
}

/// The main part, with one tab.
pub fn workbook(tab: &str, relation: &str) -> Vec<u8> {
    let tab = [numbers(&[0, 1]), text(relation), text(tab)].concat();
    [
        record(131, &[]),
        record(153, &numbers(&[0, 0])),
        record(156, &tab),
        record(132, &[]),
    ]
    .concat()
}

/// Three formats: a plain one, a date, and text that is struck through.
pub fn styles() -> Vec<u8> {
    let font = |flags: u8| record(43, &[220, 0, flags, 0, 0, 0, 0, 0]);
    let format = |code: u8, font: u8| {
        record(
            47,
            &[
                0,
                0,
                code,
                0,
                font,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0b0000_1010,
                0,
                0,
                0,
            ],
        )
    };
    let code = [&[176, 0][..], &text("\"令和\"0")].concat();
    [
        record(44, &code),
        font(0),
        font(8),
        // Of a named style, which no cell has.
        format(14, 1),
        record(617, &numbers(&[3])),
        format(0, 0),
        format(14, 0),
        format(176, 1),
        record(618, &[]),
    ]
    .concat()
}

/// The sheet, with `more` after its rows.
pub fn sheet(page: Page) -> Vec<u8> {
    let mut sheet = record(129, &[]);
    for (row, texts) in page.rows.iter().enumerate() {
        sheet.extend(row_header(row as u32, false));
        for (col, content) in texts.iter().enumerate() {
            if !content.is_empty() {
                sheet.extend(cell(6, col as u32, 0, &text(content)));
            }
        }
    }
    sheet.extend(record(550, &text("d")));
    sheet.extend(record(551, &text("v")));
    [sheet, record(130, &[])].concat()
}

/// A row of 13.5 points.
pub fn row_header(row: u32, hidden: bool) -> Vec<u8> {
    let flags = [14, 1, 0, u8::from(hidden) << 4, 0];
    record(0, &[numbers(&[row, 0]), flags.to_vec()].concat())
}

/// A cell of the row before it.
pub fn cell(kind: u16, col: u32, format: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[numbers(&[col, format]), value.to_vec()].concat())
}

/// A merged range.
pub fn merged(range: &str) -> Vec<u8> {
    let CellRange { first, last } = CellRange::parse(range).unwrap();
    record(176, &numbers(&[first.row, last.row, first.col, last.col]))
}

/// The comments of the page.
pub fn comments(page: Page) -> Vec<u8> {
    let mut comments = record(628, &[]);
    for drawn in page.drawn {
        if let Drawn::Note(_, note) = drawn {
            let Cell { row, col } = drawn.range().first;
            let place = [numbers(&[0, row, row, col, col]), vec![0; 16]].concat();
            comments.extend(record(635, &place));
            comments.extend(record(637, &[vec![0], text(note)].concat()));
        }
    }
    comments
}
