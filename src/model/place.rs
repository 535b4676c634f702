//! Where something stands: file, sheet and cell.

use std::fmt;
use std::sync::Arc;

/// A file as shown to people and in JSON: relative to the input, `/` between parts.
pub type FileName = Arc<str>;

/// One cell, counted from zero; shown as `D8`. The default is A1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cell {
    /// Row, from zero.
    pub row: u32,
    /// Column, from zero.
    pub col: u32,
}

impl Cell {
    /// The cell at `row` and `col`, both from zero.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// The cell with row and column exchanged.
    pub const fn transposed(self) -> Self {
        Self::new(self.col, self.row)
    }

    /// Reads `D8` or `$D$8`; `None` when it is not a cell of a worksheet.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('$', "");
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 {
            return None;
        }
        let mut col: u32 = 0;
        for c in letters.chars() {
            let c = c.to_ascii_uppercase();
            if !c.is_ascii_uppercase() {
                return None;
            }
            col = col * 26 + (c as u32 - 'A' as u32 + 1);
        }
        let row: u32 = digits.parse().ok()?;
        (row >= 1).then(|| Self::new(row - 1, col - 1))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut n = self.col + 1;
        while n > 0 {
            letters.push(char::from(b'A' + ((n - 1) % 26) as u8));
            n = (n - 1) / 26;
        }
        for c in letters.iter().rev() {
            write!(f, "{c}")?;
        }
        write!(f, "{}", self.row + 1)
    }
}

/// A rectangle of cells, both corners inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRange {
    /// Upper left.
    pub first: Cell,
    /// Lower right.
    pub last: Cell,
}

impl CellRange {
    /// The rectangle between two corners, given in any order.
    pub fn new(a: Cell, b: Cell) -> Self {
        Self {
            first: Cell::new(a.row.min(b.row), a.col.min(b.col)),
            last: Cell::new(a.row.max(b.row), a.col.max(b.col)),
        }
    }

    /// A rectangle of one cell.
    pub fn single(cell: Cell) -> Self {
        Self {
            first: cell,
            last: cell,
        }
    }

    /// The rectangle with rows and columns exchanged.
    pub const fn transposed(self) -> Self {
        Self {
            first: self.first.transposed(),
            last: self.last.transposed(),
        }
    }

    /// Reads `D8:Y15` or `D8`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some((a, b)) => Some(Self::new(Cell::parse(a)?, Cell::parse(b)?)),
            None => Some(Self::single(Cell::parse(text)?)),
        }
    }

    /// Whether the cell lies inside.
    pub fn contains(&self, cell: Cell) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.col..=self.last.col).contains(&cell.col)
    }

    /// Whether the two share a row.
    pub fn shares_rows(&self, other: &Self) -> bool {
        self.first.row <= other.last.row && other.first.row <= self.last.row
    }

    /// Whether the two share a column.
    pub fn shares_cols(&self, other: &Self) -> bool {
        self.first.col <= other.last.col && other.first.col <= self.last.col
    }

    /// The smallest rectangle that holds both.
    pub fn with(self, other: Self) -> Self {
        let rows = (
            self.first.row.min(other.first.row),
            self.last.row.max(other.last.row),
        );
        let cols = (
            self.first.col.min(other.first.col),
            self.last.col.max(other.last.col),
        );
        Self {
            first: Cell::new(rows.0, cols.0),
            last: Cell::new(rows.1, cols.1),
        }
    }

    /// Whether the two share a cell.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.shares_rows(other) && self.shares_cols(other)
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}:{}", self.first, self.last)
        }
    }
}

/// The sheet that a record was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Source {
    /// The file, as shown.
    pub file: FileName,
    /// The sheet's name as written, blanks and all.
    pub sheet: Arc<str>,
    /// The first cell that belongs to the record.
    pub at: Option<Cell>,
    /// A text within the record that nobody understood, and that may be what it seems to lack.
    pub unread: Option<Cell>,
}

/// The exact spot that a finding or a change points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file, as shown.
    pub file: FileName,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cell, where it is about one.
    pub cell: Option<Cell>,
}

impl Source {
    /// The location of `cell`, or of the record itself where there is none.
    pub fn locate(&self, cell: Option<Cell>) -> Location {
        Location {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            cell: cell.or(self.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_names_go_both_ways() {
        for (name, row, col) in [
            ("A1", 0, 0),
            ("Z9", 8, 25),
            ("AA10", 9, 26),
            ("XFD1048576", 1_048_575, 16_383),
        ] {
            assert_eq!(Cell::parse(name), Some(Cell::new(row, col)));
            assert_eq!(Cell::new(row, col).to_string(), name);
        }
        for wrong in ["", "A", "1", "A0", "ÄB1", "AAAA1", "A1x"] {
            assert_eq!(Cell::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ranges_overlap_by_rows_and_columns() {
        let label = CellRange::parse("A11:C12").unwrap();
        let content = CellRange::parse("D8:Y15").unwrap();
        assert!(
            label.shares_rows(&content)
                && !label.shares_cols(&content)
                && !label.overlaps(&content)
        );
        assert_eq!(content.to_string(), "D8:Y15");
    }
}
