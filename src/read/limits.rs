//! How much one file may ask of this machine.
//!
//! A workbook of an office is some tens of kilobytes; a year of stacked sheets some megabytes.
//! The limits are far above that and keep one reading below half a gigabyte of memory,
//! whatever a file declares about itself.

use super::{ReadError, SheetCell, Stored};

/// Bytes of the file as stored.
pub(super) const FILE_BYTES: u64 = 64 << 20;
/// Bytes of one inflated part of a package.
pub(super) const PART_BYTES: u64 = 128 << 20;
/// Bytes of all inflated parts of a package together.
pub(super) const INFLATED_BYTES: u64 = 256 << 20;
/// A part may inflate to this many times its stored size …
pub(super) const INFLATION_RATIO: u64 = 300;
/// … once it is larger than this many bytes. Small parts of blanks inflate a lot and do no harm.
pub(super) const INFLATION_FREE_BYTES: u64 = 4 << 20;
/// Entries in a package's directory: a year of daily sheets has some twenty parts a sheet.
pub(super) const PARTS: usize = 65_536;
/// Tabs of one workbook.
pub(super) const SHEETS: usize = 2_000;
/// Elements inside elements.
pub(super) const XML_DEPTH: usize = 128;
/// Cell formats, fonts and number formats; Excel itself stops at 65,490.
pub(super) const STYLES: usize = 70_000;

/// Bytes of the longest text that may be printed choices.
pub(super) const CHOICES: usize = 240;

/// Rows of a worksheet.
pub(super) const ROWS: u32 = 1_048_576;
/// Columns of a worksheet.
pub(super) const COLS: u32 = 16_384;

/// Cells that hold something, over all sheets: some thousands of days. All that is said of
/// them takes some two kilobytes of memory a cell.
const CELLS: usize = 200_000;
/// Bytes of text, over all cells, comments and shapes, each copy counted.
const TEXT_BYTES: usize = 64 << 20;
/// Strings that cells share.
const STRINGS: usize = 1_000_000;
/// Merged ranges, over all sheets.
const MERGED: usize = 50_000;
/// Check boxes, shapes and comments, over all sheets.
const OBJECTS: usize = 100_000;

/// Workbooks that are read beside each other hold this part of it at most.
const BESIDE_OTHERS: usize = 8;

/// How much a reading may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowance {
    /// As much as leaves room for others: far more than a month of days.
    BesideOthers,
    /// As much as any workbook may hold.
    Alone,
}

/// What one workbook may still add to memory.
#[derive(Debug)]
pub(super) struct Budget {
    cells: usize,
    text: usize,
    merged: usize,
    objects: usize,
    strings: usize,
}

impl Budget {
    /// What the allowance comes to.
    pub(super) fn new(allowance: Allowance) -> Self {
        let part = match allowance {
            Allowance::BesideOthers => BESIDE_OTHERS,
            Allowance::Alone => 1,
        };
        Self {
            cells: CELLS / part,
            text: TEXT_BYTES / part,
            merged: MERGED / part,
            objects: OBJECTS / part,
            strings: STRINGS / part,
        }
    }

    /// Takes one cell and its texts out of it.
    pub(super) fn cell(&mut self, cell: &SheetCell) -> Result<(), ReadError> {
        take(&mut self.cells, 1)?;
        let stored = match &cell.stored {
            Stored::Text(text) | Stored::Error(text) => text.len(),
            _ => 0,
        };
        self.text(stored.saturating_add(cell.shown.len()))
    }

    /// Takes `bytes` of text out of it.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), ReadError> {
        take(&mut self.text, bytes)
    }

    /// Takes one merged range out of it.
    pub(super) fn merged(&mut self) -> Result<(), ReadError> {
        take(&mut self.merged, 1)
    }

    /// Takes one string of the shared table out of it.
    pub(super) fn string(&mut self, text: &str) -> Result<(), ReadError> {
        take(&mut self.strings, 1)?;
        self.text(text.len())
    }

    /// Takes one check box, shape or comment out of it.
    pub(super) fn object(&mut self) -> Result<(), ReadError> {
        take(&mut self.objects, 1)
    }
}

fn take(left: &mut usize, amount: usize) -> Result<(), ReadError> {
    *left = left.checked_sub(amount).ok_or(ReadError::TooLarge)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_refused_once_it_is_spent() {
        let mut budget = Budget::new(Allowance::Alone);
        assert_eq!(budget.text(TEXT_BYTES), Ok(()));
        assert_eq!(budget.text(1), Err(ReadError::TooLarge));
        assert_eq!(budget.object(), Ok(()), "each kind has its own");
    }
}
