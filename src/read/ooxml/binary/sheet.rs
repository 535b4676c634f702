//! One worksheet part: the same as [`SheetPart`] holds of an XML one. Form controls stand in
//! VML alone.

use super::records::{Fields, Records};
use super::texts::rich;
use crate::model::{Cell, CellRange};
use crate::read::binary::{error_name, rk};
use crate::read::geometry::{column_width, row_height};
use crate::read::limits::{Budget, COLS, ROWS};
use crate::read::ooxml::sheet::{Shared, SheetPart};
use crate::read::{ReadError, SheetCell, page_header};

/// Kinds of record, as [MS-XLSB] 2.3 numbers them.
mod kind {
    pub(super) const ROW: u16 = 0;
    pub(super) const CELL_RK: u16 = 2;
    pub(super) const CELL_ERROR: u16 = 3;
    pub(super) const CELL_BOOL: u16 = 4;
    pub(super) const CELL_NUMBER: u16 = 5;
    pub(super) const CELL_TEXT: u16 = 6;
    pub(super) const CELL_SHARED: u16 = 7;
    pub(super) const FORMULA_TEXT: u16 = 8;
    pub(super) const FORMULA_NUMBER: u16 = 9;
    pub(super) const FORMULA_BOOL: u16 = 10;
    pub(super) const FORMULA_ERROR: u16 = 11;
    pub(super) const CELL_RICH: u16 = 62;
    pub(super) const COLUMNS: u16 = 60;
    pub(super) const MERGED: u16 = 176;
    pub(super) const PAGE_HEADER: u16 = 479;
    pub(super) const DEFAULTS: u16 = 485;
    pub(super) const DRAWING: u16 = 550;
    pub(super) const LEGACY_DRAWING: u16 = 551;
}

/// Reads the part.
pub(in crate::read::ooxml) fn sheet(
    bytes: &[u8],
    shared: &Shared,
    budget: &mut Budget,
) -> Result<SheetPart, ReadError> {
    let mut sheet = SheetPart::default();
    let mut row = 0;
    let mut records = Records::new(bytes);
    while let Some((kind, mut fields)) = records.next()? {
        match kind {
            kind::DEFAULTS => read_defaults(&mut sheet, &mut fields)?,
            kind::COLUMNS => read_columns(&mut sheet, &mut fields)?,
            kind::ROW => row = read_row(&mut sheet, &mut fields)?,
            kind::CELL_RK..=kind::FORMULA_ERROR | kind::CELL_RICH => {
                let cell = Cell::new(row, fields.u32()?);
                if cell.col >= COLS {
                    return Err(ReadError::Damaged);
                }
                // Three bytes, and one of flags.
                let format = (fields.u32()? & 0x00FF_FFFF) as usize;
                if let Some(content) = content(kind, &mut fields, format, shared)? {
                    sheet.put(cell, format, content, budget)?;
                }
            }
            kind::MERGED => {
                budget.merged()?;
                sheet.merges.insert(read_range(&mut fields)?);
            }
            kind::PAGE_HEADER => sheet.header = read_header(&mut fields, budget)?,
            kind::DRAWING => sheet.drawing = fields.text_or_none()?,
            kind::LEGACY_DRAWING => sheet.legacy_drawing = fields.text_or_none()?,
            _ => {}
        }
    }
    sheet.drop_covered();
    Ok(sheet)
}

fn read_defaults(sheet: &mut SheetPart, fields: &mut Fields<'_>) -> Result<(), ReadError> {
    let width = fields.u32()?;
    let characters = fields.u16()?;
    let height = fields.u16()?;
    let width = match width {
        u32::MAX => f64::from(characters) + 1.0,
        width => f64::from(width) / 256.0,
    };
    sheet.grid.cols.set_default(column_width(width));
    sheet
        .grid
        .rows
        .set_default(row_height(f64::from(height) / 20.0));
    Ok(())
}

fn read_columns(sheet: &mut SheetPart, fields: &mut Fields<'_>) -> Result<(), ReadError> {
    let (first, last, width) = (fields.u32()?, fields.u32()?, fields.u32()?);
    fields.skip(4)?;
    let is_hidden = fields.u16()? & 1 != 0;
    if first <= last && last < COLS {
        sheet.set_columns(first, last, is_hidden, Some(f64::from(width) / 256.0));
    }
    Ok(())
}

fn read_row(sheet: &mut SheetPart, fields: &mut Fields<'_>) -> Result<u32, ReadError> {
    let row = fields.u32()?;
    if row >= ROWS {
        return Err(ReadError::Damaged);
    }
    fields.skip(4)?;
    let height = f64::from(fields.u16()?) / 20.0;
    fields.skip(1)?;
    let is_hidden = fields.u8()? & 0x10 != 0;
    sheet.set_row(row, is_hidden, Some(height));
    Ok(row)
}

fn content(
    kind: u16,
    fields: &mut Fields<'_>,
    format: usize,
    shared: &Shared,
) -> Result<Option<SheetCell>, ReadError> {
    let style = shared.styles.get(format);
    let number = |number| style.number(number, shared.from_1904);
    Ok(match kind {
        kind::CELL_RK => Some(number(rk(fields.u32()?))),
        kind::CELL_NUMBER | kind::FORMULA_NUMBER => Some(number(fields.f64()?)),
        kind::CELL_BOOL | kind::FORMULA_BOOL => Some(style.bool(fields.u8()? != 0)),
        kind::CELL_ERROR | kind::FORMULA_ERROR => Some(style.error(error_name(fields.u8()?))),
        kind::CELL_TEXT | kind::FORMULA_TEXT => style.text(fields.text()?, None),
        kind::CELL_RICH => {
            let rich = rich(fields, &shared.styles)?;
            style.text(rich.text, rich.struck)
        }
        kind::CELL_SHARED => {
            let index = fields.u32()? as usize;
            let rich = shared.strings.get(index).ok_or(ReadError::Damaged)?;
            style.text(rich.text.clone(), rich.struck)
        }
        _ => None,
    })
}

fn read_range(fields: &mut Fields<'_>) -> Result<CellRange, ReadError> {
    let (top, bottom) = (fields.u32()?, fields.u32()?);
    let (left, right) = (fields.u32()?, fields.u32()?);
    if top.max(bottom) >= ROWS || left.max(right) >= COLS {
        return Err(ReadError::Damaged);
    }
    Ok(CellRange::new(
        Cell::new(top, left),
        Cell::new(bottom, right),
    ))
}

/// Headers and footers of odd, even and first pages.
fn read_header(fields: &mut Fields<'_>, budget: &mut Budget) -> Result<String, ReadError> {
    const TEXTS: usize = 6;
    fields.skip(2)?;
    let mut texts = Vec::new();
    for _ in 0..TEXTS {
        if let Some(text) = fields.text_or_none()? {
            let text = page_header::plain(&text);
            budget.text(text.len())?;
            texts.push(text);
        }
    }
    Ok(page_header::join(&texts))
}
