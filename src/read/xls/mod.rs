//! Workbooks of Excel 97 to 2003 (`.xls`, BIFF8), record by record ([MS-XLS]).

mod drawing;
mod records;

use std::collections::BTreeMap;
use std::rc::Rc;

use drawing::Objects;
use records::{Cursor, Record, Records};

use super::compound::{f64_at, u16_at, u32_at};
use super::limits::{Budget, SHEETS, STYLES};
use super::number_format::NumberFormat;
use super::style::Style;
use super::{Book, Merges, ReadError, Sheet, SheetCell, Visibility, page_header};
use crate::model::{Cell, CellRange, FileName};

/// Kinds of record, as [MS-XLS] 2.3 numbers them.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const HEADER: u16 = 0x0014;
    pub(super) const FOOTER: u16 = 0x0015;
    pub(super) const NOTE: u16 = 0x001C;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const OBJ: u16 = 0x005D;
    pub(super) const COL_INFO: u16 = 0x007D;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const RSTRING: u16 = 0x00D6;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const MERGED_CELLS: u16 = 0x00E5;
    pub(super) const MSO_DRAWING: u16 = 0x00EC;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const TXO: u16 = 0x01B6;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// Version of the records that Excel 97 and later write.
const BIFF8: u16 = 0x0600;
/// `BOUND_SHEET` type of a tab with cells.
const WORKSHEET: u8 = 0;

/// Reads the workbook stream.
pub(super) fn read(stream: &[u8], shown: FileName) -> Result<Book, ReadError> {
    let mut budget = Budget::new();
    let globals = Globals::read(stream, &mut budget)?;
    let mut sheets = Vec::with_capacity(globals.tabs.len());
    for tab in &globals.tabs {
        let stream = stream.get(tab.start..).ok_or(ReadError::Damaged)?;
        let part = SheetPart::read(stream, &globals, &mut budget)?;
        sheets.push(part.finish(tab));
    }
    Ok(Book {
        file: shown,
        sheets,
    })
}

/// What the sheets share.
#[derive(Default)]
struct Globals {
    tabs: Vec<Tab>,
    strings: Vec<String>,
    styles: Vec<Style>,
    plain: Style,
    from_1904: bool,
}

struct Tab {
    name: String,
    visibility: Visibility,
    /// Where in the stream its records begin.
    start: usize,
}

impl Globals {
    fn read(stream: &[u8], budget: &mut Budget) -> Result<Self, ReadError> {
        let mut globals = Self::default();
        let mut fonts = Vec::new();
        let mut codes = BTreeMap::new();
        let mut formats = Vec::new();
        let mut records = Records::new(stream);
        match records.next()? {
            Some(first) if first.kind == kind::BOF => {
                if u16_at(first.data(), 0)? != BIFF8 {
                    return Err(ReadError::OldFormat);
                }
            }
            _ => return Err(ReadError::Damaged),
        }
        while let Some(record) = records.next()? {
            let data = record.data();
            match record.kind {
                kind::EOF => break,
                kind::DATE_MODE => globals.from_1904 = u16_at(data, 0)? == 1,
                kind::FONT => fonts.push(u16_at(data, 2)? & 0x08 != 0),
                kind::FORMAT => {
                    codes.insert(u16_at(data, 0)?, Cursor::new(&record, 2).string()?);
                }
                kind::XF => formats.push((u16_at(data, 0)?, u16_at(data, 2)?)),
                kind::BOUND_SHEET => globals.tabs.extend(Tab::read(&record)?),
                kind::SST => globals.strings = read_strings(&record, budget)?,
                _ => {}
            }
            if formats.len().max(fonts.len()).max(codes.len()) > STYLES {
                return Err(ReadError::TooLarge);
            }
            if globals.tabs.len() > SHEETS {
                return Err(ReadError::TooLarge);
            }
        }
        let mut parsed: BTreeMap<u16, Rc<NumberFormat>> = BTreeMap::new();
        for (font, id) in formats {
            let format = parsed.entry(id).or_insert_with(|| {
                Rc::new(match codes.get(&id) {
                    Some(code) => NumberFormat::parse(code),
                    None => NumberFormat::built_in(id.into()),
                })
            });
            // There is no font of number 4.
            let font = usize::from(if font > 4 { font - 1 } else { font });
            globals.styles.push(Style {
                format: format.clone(),
                struck: fonts.get(font).copied().unwrap_or(false),
            });
        }
        Ok(globals)
    }

    fn style(&self, index: u16) -> &Style {
        self.styles.get(usize::from(index)).unwrap_or(&self.plain)
    }
}

impl Tab {
    /// `None` for tabs without cells, such as charts.
    fn read(record: &Record<'_>) -> Result<Option<Self>, ReadError> {
        let data = record.data();
        let [state, tab_type] = u16_at(data, 4)?.to_le_bytes();
        if tab_type != WORKSHEET {
            return Ok(None);
        }
        Ok(Some(Self {
            name: Cursor::new(record, 6).short_string()?,
            visibility: match state & 3 {
                0 => Visibility::Visible,
                1 => Visibility::Hidden,
                _ => Visibility::VeryHidden,
            },
            start: u32_at(data, 0)? as usize,
        }))
    }
}

fn read_strings(record: &Record<'_>, budget: &mut Budget) -> Result<Vec<String>, ReadError> {
    let mut cursor = Cursor::new(record, 4);
    cursor.u32()?;
    let mut strings = Vec::new();
    // The count that is declared is wrong in the files of some programs.
    while !cursor.is_at_end() {
        let text = cursor.string()?;
        budget.string(&text)?;
        strings.push(text);
    }
    Ok(strings)
}

/// One sheet as it is read.
#[derive(Default)]
struct SheetPart {
    sheet: Sheet,
    merges: Merges,
    objects: Objects,
    header: Vec<String>,
    /// The formula whose text comes in the next record.
    waiting: Option<(Cell, u16)>,
}

impl SheetPart {
    fn read(stream: &[u8], globals: &Globals, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut part = Self::default();
        let mut records = Records::new(stream);
        // Charts inside a sheet are streams of their own within its stream.
        let mut depth = 0_usize;
        while let Some(record) = records.next()? {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => break,
                kind::EOF => depth -= 1,
                _ if depth == 1 => part.take(&record, globals, budget)?,
                _ => {}
            }
        }
        Ok(part)
    }

    fn take(
        &mut self,
        record: &Record<'_>,
        globals: &Globals,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let data = record.data();
        match record.kind {
            kind::NUMBER
            | kind::RK
            | kind::LABEL_SST
            | kind::LABEL
            | kind::RSTRING
            | kind::BOOL_ERR
            | kind::FORMULA => self.cell(record, globals, budget)?,
            kind::MUL_RK => self.numbers(data, globals, budget)?,
            kind::STRING => {
                if let Some((cell, style)) = self.waiting.take() {
                    let text = Cursor::new(record, 0).string()?;
                    self.put(cell, globals.style(style).text(text, None), budget)?;
                }
            }
            kind::ROW if u16_at(data, 12)? & 0x20 != 0 => {
                self.sheet.hidden_rows.insert(u16_at(data, 0)?.into());
            }
            kind::COL_INFO if u16_at(data, 8)? & 1 != 0 => {
                // Columns come in order; what comes again is not worth the time.
                let (first, last) = (u32::from(u16_at(data, 0)?), u16_at(data, 2)?);
                let hidden = &mut self.sheet.hidden_cols;
                if hidden.last().is_none_or(|known| *known < first) {
                    hidden.extend(first..=last.into());
                }
            }
            kind::MERGED_CELLS => self.merge(data, budget)?,
            kind::HEADER | kind::FOOTER if !data.is_empty() => {
                let text = page_header::plain(&Cursor::new(record, 0).string()?);
                budget.text(text.len())?;
                self.header.push(text);
            }
            kind::MSO_DRAWING => {
                self.objects.drawing(&record.pieces.concat())?;
            }
            kind::OBJ => self.objects.object(data, budget)?,
            kind::TXO => self.objects.text(record, budget)?,
            kind::NOTE => self.objects.note(data)?,
            _ => {}
        }
        Ok(())
    }

    fn cell(
        &mut self,
        record: &Record<'_>,
        globals: &Globals,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let data = record.data();
        let cell = Cell::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
        let format = u16_at(data, 4)?;
        let style = globals.style(format);
        let number = |number| Some(style.number(number, globals.from_1904));
        let content = match record.kind {
            kind::NUMBER => number(f64_at(data, 6)?),
            kind::RK => number(rk(u32_at(data, 6)?)),
            kind::LABEL_SST => {
                let index = u32_at(data, 6)? as usize;
                let text = globals.strings.get(index).ok_or(ReadError::Damaged)?;
                style.text(text.clone(), None)
            }
            kind::BOOL_ERR => {
                let [value, is_error] = u16_at(data, 6)?.to_le_bytes();
                Some(bool_or_error(value, is_error != 0, style))
            }
            kind::FORMULA if u16_at(data, 12)? == 0xFFFF => {
                let [value_kind, _] = u16_at(data, 6)?.to_le_bytes();
                let [value, _] = u16_at(data, 8)?.to_le_bytes();
                match value_kind {
                    0 => {
                        self.waiting = Some((cell, format));
                        None
                    }
                    1 | 2 => Some(bool_or_error(value, value_kind == 2, style)),
                    _ => None,
                }
            }
            kind::FORMULA => number(f64_at(data, 6)?),
            _ => style.text(Cursor::new(record, 6).string()?, None),
        };
        self.put(cell, content, budget)
    }

    /// `MULRK`: row, first column, then a format and a number for each cell, last column.
    fn numbers(
        &mut self,
        data: &[u8],
        globals: &Globals,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let (row, first) = (u16_at(data, 0)?, u16_at(data, 2)?);
        let cells = data.get(4..).unwrap_or_default().chunks_exact(6);
        for (col, cell) in (u32::from(first)..).zip(cells) {
            let style = globals.style(u16_at(cell, 0)?);
            let number = style.number(rk(u32_at(cell, 2)?), globals.from_1904);
            self.put(Cell::new(row.into(), col), Some(number), budget)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        cell: Cell,
        content: Option<SheetCell>,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        if let Some(content) = content {
            budget.cell(&content)?;
            self.sheet.cells.insert(cell, content);
        }
        Ok(())
    }

    fn merge(&mut self, data: &[u8], budget: &mut Budget) -> Result<(), ReadError> {
        for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
            budget.merged()?;
            let at = |place| u16_at(range, place).map(u32::from);
            self.merges.insert(CellRange::new(
                Cell::new(at(0)?, at(4)?),
                Cell::new(at(2)?, at(6)?),
            ));
        }
        Ok(())
    }

    fn finish(mut self, tab: &Tab) -> Sheet {
        let merges = &self.merges;
        self.sheet
            .cells
            .retain(|cell, _| merges.range_at(*cell).first == *cell);
        let (check_boxes, comments) = self.objects.finish();
        Sheet {
            name: tab.name.clone(),
            visibility: tab.visibility,
            merged: self.merges.into_ranges(),
            check_boxes,
            comments,
            header: page_header::join(&self.header),
            ..self.sheet
        }
    }
}

/// A number in four bytes: a whole one or the upper half of a double, maybe in hundredths.
fn rk(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    match bits & 1 {
        0 => number,
        _ => number / 100.0,
    }
}

fn bool_or_error(value: u8, is_error: bool, style: &Style) -> SheetCell {
    if !is_error {
        return style.bool(value != 0);
    }
    style.error(match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_whole_or_hundredths_or_halves_of_doubles() {
        assert_eq!(rk(7 << 2 | 2), 7.0);
        assert_eq!(rk(750 << 2 | 3), 7.5);
        assert_eq!(rk((-7_i32 << 2).cast_unsigned() | 2), -7.0);
        assert_eq!(rk((0.375_f64.to_bits() >> 32) as u32), 0.375);
    }

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend((data.len() as u16).to_le_bytes());
        bytes.extend(data);
        bytes
    }

    fn text(length: &[u8], text: &str) -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        length.iter().copied().chain([1]).chain(units).collect()
    }

    /// A workbook of one sheet 記録 with the format `"令和"0` as the only one.
    fn workbook(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
        let bof = record(kind::BOF, &[0, 6, 5, 0]);
        let format = [&[200, 0][..], &text(&[5, 0], "\"令和\"0")].concat();
        let middle = [
            record(kind::FORMAT, &format),
            record(kind::FONT, &[0, 0, 8, 0]),
            record(kind::XF, &[0, 0, 200, 0]),
            globals.to_vec(),
        ]
        .concat();
        let name = text(&[2], "記録");
        let start = bof.len() + middle.len() + 4 + 6 + name.len() + 4;
        let tab = [&(start as u32).to_le_bytes()[..], &[1, 0], &name].concat();
        [
            bof,
            middle,
            record(kind::BOUND_SHEET, &tab),
            record(kind::EOF, &[]),
            record(kind::BOF, &[0, 6, 16, 0]),
            sheet.to_vec(),
            record(kind::EOF, &[]),
        ]
        .concat()
    }

    #[test]
    fn cells_are_shown_by_their_format() {
        let mut number = vec![3, 0, 2, 0, 0, 0];
        number.extend(7.0_f64.to_le_bytes());
        let strings = [&[1, 0, 0, 0, 1, 0, 0, 0][..], &text(&[2, 0], "氏名")].concat();
        let sheet = [
            record(kind::NUMBER, &number),
            record(kind::LABEL_SST, &[0, 0, 0, 0, 9, 9, 0, 0, 0, 0]),
            record(kind::MERGED_CELLS, &[1, 0, 0, 0, 1, 0, 0, 0, 1, 0]),
            record(kind::LABEL_SST, &[1, 0, 1, 0, 9, 9, 0, 0, 0, 0]),
        ]
        .concat();
        let stream = workbook(&record(kind::SST, &strings), &sheet);
        let book = read(&stream, "a.xls".into()).unwrap();
        let sheet = &book.sheets[0];
        assert_eq!(
            (sheet.name.as_str(), sheet.visibility),
            ("記録", Visibility::Hidden)
        );
        let cells: Vec<_> = sheet
            .cells
            .iter()
            .map(|(cell, content)| (cell.to_string(), content.shown.as_str(), content.struck))
            .collect();
        assert_eq!(
            cells,
            [
                ("A1".to_owned(), "氏名", false),
                ("C4".to_owned(), "令和7", true)
            ]
        );
    }

    #[test]
    fn an_older_excel_is_told() {
        let old = record(kind::BOF, &[0, 5, 5, 0]);
        assert_eq!(read(&old, "a.xls".into()), Err(ReadError::OldFormat));
        assert_eq!(read(&[], "a.xls".into()), Err(ReadError::Damaged));
    }
}
