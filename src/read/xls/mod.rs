//! Workbooks of Excel 97 to 2003 (`.xls`, BIFF8), record by record ([MS-XLS]).

mod drawing;
mod globals;
mod records;

use std::collections::BTreeMap;

use drawing::Objects;
use globals::{Globals, Tab};
use records::{Cursor, Record, Records};

use super::binary::{error_name, rk};
use super::compound::{f64_at, u16_at, u32_at};
use super::geometry::{Anchor, Grid, column_width, row_height};
use super::limits::{Allowance, Budget, CHOICES};
use super::look::Look;
use super::style::Style;
use super::{Book, Merges, ReadError, Shape, Sheet, SheetCell, Stored, page_header};
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
    pub(super) const DEFAULT_WIDTH: u16 = 0x0055;
    pub(super) const OBJ: u16 = 0x005D;
    pub(super) const COL_INFO: u16 = 0x007D;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const STANDARD_WIDTH: u16 = 0x0099;
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
    pub(super) const DEFAULT_HEIGHT: u16 = 0x0225;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// How often the stream may be read over, all sheets together.
const REREAD: usize = 4;

/// Version of the records that Excel 97 and later write.
const BIFF8: u16 = 0x0600;

/// Reads the workbook stream.
pub(super) fn read(
    stream: &[u8],
    shown: FileName,
    allowance: Allowance,
) -> Result<Book, ReadError> {
    let mut budget = Budget::new(allowance);
    let globals = Globals::read(stream, &mut budget)?;
    let mut sheets = Vec::with_capacity(globals.tabs.len());
    // Sheets stand one after the other; tabs that begin at one place would be read again and again.
    let mut left = stream.len().saturating_mul(REREAD);
    for tab in &globals.tabs {
        let stream = stream.get(tab.start..).ok_or(ReadError::Damaged)?;
        let part = SheetPart::read(stream, &globals, &mut budget, &mut left)?;
        sheets.push(part.finish(tab, &globals));
    }
    Ok(Book {
        file: shown,
        sheets,
    })
}

/// One sheet as it is read.
#[derive(Default)]
struct SheetPart {
    sheet: Sheet,
    merges: Merges,
    grid: Grid,
    /// Cell formats of short texts, which may be choices.
    formats: BTreeMap<Cell, u16>,
    objects: Objects,
    header: Vec<String>,
    /// The formula whose text comes in the next record.
    waiting: Option<(Cell, u16)>,
}

impl SheetPart {
    /// `left` is how many bytes of records may yet be read.
    fn read(
        stream: &[u8],
        globals: &Globals,
        budget: &mut Budget,
        left: &mut usize,
    ) -> Result<Self, ReadError> {
        let mut part = Self::default();
        let mut records = Records::new(stream);
        let mut before = records.left();
        // Charts inside a sheet are streams of their own within its stream.
        let mut depth = 0_usize;
        while let Some(record) = records.next()? {
            let read = before.saturating_sub(records.left());
            before = records.left();
            *left = left.checked_sub(read).ok_or(ReadError::TooLarge)?;
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
                    self.put(cell, style, globals.style(style).text(text, None), budget)?;
                }
            }
            kind::DEFAULT_WIDTH => {
                let width = f64::from(u16_at(data, 0)?) + 1.0;
                self.grid.cols.set_default(column_width(width));
            }
            kind::STANDARD_WIDTH => {
                let width = f64::from(u16_at(data, 0)?) / 256.0;
                self.grid.cols.set_default(column_width(width));
            }
            kind::DEFAULT_HEIGHT => {
                let height = f64::from(u16_at(data, 2)?) / 20.0;
                self.grid.rows.set_default(row_height(height));
            }
            kind::ROW => self.row(data)?,
            kind::COL_INFO => self.columns(data)?,
            kind::MERGED_CELLS => self.merge(data, budget)?,
            kind::HEADER | kind::FOOTER if !data.is_empty() => {
                let text = page_header::plain(&Cursor::new(record, 0).string()?);
                budget.text(text.len())?;
                self.header.push(text);
            }
            kind::MSO_DRAWING | kind::OBJ | kind::TXO | kind::NOTE => {
                let (objects, grid) = (&mut self.objects, &self.grid);
                let read = match record.kind {
                    kind::MSO_DRAWING => objects.drawing(&record.pieces.concat(), grid),
                    kind::OBJ => objects.object(record, grid, budget),
                    kind::TXO => objects.text(record, grid, budget),
                    _ => objects.note(data),
                };
                self.objects.tolerate(read)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let row = u32::from(u16_at(data, 0)?);
        if u16_at(data, 12)? & 0x20 != 0 {
            self.sheet.hidden_rows.insert(row);
            self.grid.rows.set(row, row, 0);
            return Ok(());
        }
        let height = u16_at(data, 6)?;
        // The upper bit leaves it at the default.
        if height & 0x8000 == 0 {
            self.grid
                .rows
                .set(row, row, row_height(f64::from(height) / 20.0));
        }
        Ok(())
    }

    fn columns(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let (first, last) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
        let width = f64::from(u16_at(data, 4)?) / 256.0;
        // Columns come in order; what comes again is not worth the time.
        let hidden = &mut self.sheet.hidden_cols;
        if hidden.last().is_some_and(|known| *known >= first) {
            return Ok(());
        }
        if u16_at(data, 8)? & 1 != 0 {
            hidden.extend(first..=last);
            self.grid.cols.set(first, last, 0);
        } else {
            self.grid.cols.set(first, last, column_width(width));
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
        self.put(cell, format, content, budget)
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
            let format = u16_at(cell, 0)?;
            let style = globals.style(format);
            let number = style.number(rk(u32_at(cell, 2)?), globals.from_1904);
            self.put(Cell::new(row.into(), col), format, Some(number), budget)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        cell: Cell,
        format: u16,
        content: Option<SheetCell>,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        if let Some(content) = content {
            budget.cell(&content)?;
            if matches!(content.stored, Stored::Text(_)) && content.shown.len() <= CHOICES {
                self.formats.insert(cell, format);
            }
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

    fn finish(mut self, tab: &Tab, globals: &Globals) -> Sheet {
        let merges = &self.merges;
        self.sheet
            .cells
            .retain(|cell, _| merges.range_at(*cell).first == *cell);
        let drawn = self.objects.finish(&self.grid);
        let look = |cell: Cell| {
            let format = self.formats.get(&cell);
            format.map_or_else(Look::default, |format| globals.look(*format))
        };
        let place = |(anchor, shape): (Anchor, Shape)| Shape {
            over: Some(self.grid.footprint(&anchor, merges, look)),
            ..shape
        };
        Sheet {
            name: tab.name.clone(),
            visibility: tab.visibility,
            shapes: drawn.shapes.into_iter().map(place).collect(),
            check_boxes: drawn.check_boxes,
            comments: drawn.comments,
            unread_drawings: drawn.unread,
            merged: self.merges.into_ranges(),
            header: page_header::join(&self.header),
            ..self.sheet
        }
    }
}

fn bool_or_error(value: u8, is_error: bool, style: &Style) -> SheetCell {
    if !is_error {
        return style.bool(value != 0);
    }
    style.error(error_name(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Visibility;

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
        let book = read(&stream, "a.xls".into(), Allowance::Alone).unwrap();
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
    fn tabs_that_begin_at_one_place_are_not_read_again_and_again() {
        let sheet = record(0x0999, &[0; 50]).repeat(1_000);
        let tabs = |more: usize| {
            let name = text(&[2], "控え");
            let own = 4 + 6 + name.len();
            let from_start = sheet.len() + 8 + 4;
            let start = workbook(&[], &sheet).len() - from_start + more * own;
            let tab = [&(start as u32).to_le_bytes()[..], &[0, 0], &name].concat();
            let tabs = record(kind::BOUND_SHEET, &tab).repeat(more);
            read(&workbook(&tabs, &sheet), "a.xls".into(), Allowance::Alone)
        };
        assert_eq!(tabs(1).unwrap().sheets.len(), 2);
        assert_eq!(tabs(40), Err(ReadError::TooLarge));
    }

    #[test]
    fn an_older_excel_is_told() {
        let old = record(kind::BOF, &[0, 5, 5, 0]);
        assert_eq!(
            read(&old, "a.xls".into(), Allowance::Alone),
            Err(ReadError::OldFormat)
        );
        assert_eq!(
            read(&[], "a.xls".into(), Allowance::Alone),
            Err(ReadError::Damaged)
        );
    }
}
