//! Binary workbooks (`.xlsb`), by way of calamine.
//!
//! It offers values and the names of sheets; number formats, merged ranges, check boxes and
//! comments of such workbooks stay unread.

use std::io;
use std::panic::catch_unwind;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::limits::{Budget, COLS, ROWS, SHEETS};
use super::number_format::NumberFormat;
use super::style::Style;
use super::{Book, ReadError, Sheet, SheetCell, Visibility};
use crate::model::{Cell, FileName};

/// Reads a package whose parts are known to inflate within the limits.
pub(super) fn read(bytes: &[u8], shown: FileName) -> Result<Book, ReadError> {
    // Its parser trusts lengths in the file, and stops the hard way where they lie.
    let sheets = catch_unwind(|| read_sheets(bytes)).unwrap_or(Err(ReadError::Damaged))?;
    Ok(Book {
        file: shown,
        sheets,
    })
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut book = Xlsb::new(io::Cursor::new(bytes)).map_err(broken)?;
    let from_1904 = book.has_1904_epoch();
    let tabs: Vec<_> = book
        .sheets_metadata()
        .iter()
        .filter(|tab| tab.typ == SheetType::WorkSheet)
        .map(|tab| (tab.name.clone(), tab.visible))
        .collect();
    if tabs.len() > SHEETS {
        return Err(ReadError::TooLarge);
    }
    let mut budget = Budget::new();
    let styles = Styles::new();
    let mut sheets = Vec::with_capacity(tabs.len());
    for (name, visible) in tabs {
        let mut sheet = Sheet {
            visibility: match visible {
                SheetVisible::Visible => Visibility::Visible,
                SheetVisible::Hidden => Visibility::Hidden,
                SheetVisible::VeryHidden => Visibility::VeryHidden,
            },
            ..Sheet::default()
        };
        let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, col) = cell.get_position();
            let Some(content) = styles.cell(cell.get_value(), from_1904) else {
                continue;
            };
            if row >= ROWS || col >= COLS {
                return Err(ReadError::Damaged);
            }
            budget.cell(&content)?;
            sheet.cells.insert(Cell::new(row, col), content);
        }
        sheet.name = name;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The formats that stand in for those that are not offered.
struct Styles {
    plain: Style,
    date: Style,
    time: Style,
    both: Style,
    elapsed: Style,
}

impl Styles {
    fn new() -> Self {
        let style = |code| Style {
            format: NumberFormat::parse(code).into(),
            struck: false,
        };
        Self {
            plain: Style::default(),
            date: style("yyyy/m/d"),
            time: style("h:mm"),
            both: style("yyyy/m/d h:mm"),
            elapsed: style("[h]:mm"),
        }
    }

    fn cell(&self, value: &DataRef<'_>, from_1904: bool) -> Option<SheetCell> {
        let plain = &self.plain;
        match value {
            DataRef::Empty => None,
            DataRef::Int(number) => Some(plain.number(*number as f64, from_1904)),
            DataRef::Float(number) => Some(plain.number(*number, from_1904)),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                plain.text(text.clone(), None)
            }
            DataRef::SharedString(text) => plain.text((*text).to_owned(), None),
            DataRef::Bool(yes) => Some(plain.bool(*yes)),
            DataRef::Error(error) => Some(plain.error(&error.to_string())),
            DataRef::DateTime(moment) => Some(self.of(moment).number(moment.as_f64(), from_1904)),
        }
    }

    fn of(&self, moment: &ExcelDateTime) -> &Style {
        let serial = moment.as_f64();
        if moment.is_duration() {
            &self.elapsed
        } else if serial < 1.0 {
            &self.time
        } else if serial.fract() == 0.0 {
            &self.date
        } else {
            &self.both
        }
    }
}

fn broken(error: XlsbError) -> ReadError {
    match error {
        XlsbError::Password => ReadError::UnknownEncryption,
        _ => ReadError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Stored;
    use crate::read::testing::package;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    #[test]
    fn values_keep_their_kind() {
        let styles = Styles::new();
        let moment = |serial, kind| DataRef::DateTime(ExcelDateTime::new(serial, kind, false));
        for (value, stored, shown) in [
            (
                moment(45903.0, DateTime),
                Stored::Moment(45903.0),
                "2025/9/3",
            ),
            (moment(0.375, DateTime), Stored::Moment(0.375), "9:00"),
            (moment(1.5, TimeDelta), Stored::Moment(1.5), "36:00"),
            (DataRef::Float(7.0), Stored::Number(7.0), "7"),
            (
                DataRef::SharedString("氏名"),
                Stored::Text("氏名".to_owned()),
                "氏名",
            ),
        ] {
            let cell = styles.cell(&value, false).unwrap();
            assert_eq!((cell.stored, cell.shown.as_str()), (stored, shown));
        }
        assert_eq!(styles.cell(&DataRef::Empty, false), None);
        let shifted = styles.cell(&moment(44441.0, DateTime), true).unwrap();
        assert_eq!(shifted.shown, "2025/9/3");
    }

    #[test]
    fn a_broken_workbook_is_damage() {
        for content in ["", "garbage", "\u{9c}\u{1}\u{0}\u{0}"] {
            let bytes = package(&[("xl/workbook.bin", content)]);
            assert_eq!(read(&bytes, "a.xlsb".into()), Err(ReadError::Damaged));
        }
    }
}
