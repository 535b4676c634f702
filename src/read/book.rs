//! A workbook as a person would see it, without its file format.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange, FileName};

/// One file's sheets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// The file, as shown.
    pub file: FileName,
    /// In the order of the tabs.
    pub sheets: Vec<Sheet>,
}

/// One sheet, sparse: only cells that hold something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// As written, blanks and all.
    pub name: String,
    /// Whether the tab can be seen.
    pub visibility: Visibility,
    /// What is written, row by row.
    pub cells: BTreeMap<Cell, SheetCell>,
    /// Merged ranges, empty ones too; no two overlap.
    pub merged: Vec<CellRange>,
    /// Form-control check boxes.
    pub check_boxes: Vec<CheckBox>,
    /// Drawn shapes other than controls.
    pub shapes: Vec<Shape>,
    /// Comments and notes.
    pub comments: Vec<Comment>,
    /// Something else is drawn that could not be decoded.
    pub unread_drawings: bool,
    /// Print header and footer, formatting codes removed.
    pub header: String,
    /// Rows that are hidden.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden.
    pub hidden_cols: BTreeSet<u32>,
}

/// Whether a tab can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// An ordinary tab.
    #[default]
    Visible,
    /// Hidden, can be shown from the menu.
    Hidden,
    /// Hidden, can be shown by a macro only.
    VeryHidden,
}

/// One cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell {
    /// What is stored.
    pub stored: Stored,
    /// The text as a person sees it, by the cell's number format: `令和7` for 7 in `"令和"0`.
    pub shown: String,
    /// All of the text, or a part of it, is struck through.
    pub struck: bool,
}

#[cfg(test)]
impl SheetCell {
    /// A cell with a text.
    pub(crate) fn of_text(text: &str) -> Self {
        Self {
            stored: Stored::Text(text.to_owned()),
            shown: text.to_owned(),
            struck: false,
        }
    }
}

/// What a cell stores.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// Text without furigana.
    Text(String),
    /// A plain number.
    Number(f64),
    /// A serial that the number format shows as a date, a time or both, in the 1900 system
    /// (files of the 1904 system are shifted while reading).
    Moment(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula that was saved without its result.
    NotCalculated,
}

/// A form-control check box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckBox {
    /// The cells that its drawing covers.
    pub anchor: CellRange,
    /// The cell under the middle of its drawing.
    pub center: Cell,
    /// Whether it is ticked.
    pub checked: bool,
    /// Its own caption; often empty.
    pub caption: String,
}

/// A drawn shape, such as an oval around a printed choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The cells that it covers.
    pub anchor: CellRange,
    /// Its preset geometry, such as `ellipse`.
    pub kind: String,
    /// The text in it.
    pub text: String,
    /// Left, top, right and bottom edge as thousandths of the cell that each lies in,
    /// to tell which of several printed words an oval is around.
    pub insets: [u32; 4],
    /// How it lies over the text under it; `None` where the reader cannot tell.
    pub over: Option<Footprint>,
}

/// How a shape lies over the text of a cell. Lengths are in hundredths of the size of the
/// text's letters, and known to a few percent only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footprint {
    /// The cell or merged range under the middle of the shape.
    pub range: CellRange,
    /// Its width and its height.
    pub size: [i32; 2],
    /// Left, top, right and bottom edge of the shape, from the upper left corner of the range.
    pub edges: [i32; 4],
    /// Where the text stands across the range.
    pub across: Align,
    /// Where it stands down the range.
    pub down: Align,
}

/// Where a text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// On the left, or at the top.
    Start,
    /// In the middle.
    Middle,
    /// On the right, or at the bottom.
    End,
    /// From edge to edge (均等割り付け).
    Spread,
}

/// A comment or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The cell it is attached to.
    pub cell: Cell,
    /// Its text.
    pub text: String,
}

/// Merged ranges, to be asked many times which of them holds a cell.
#[derive(Debug, Clone, Default)]
pub struct Merges {
    /// All of them, as they came.
    all: Vec<CellRange>,
    /// Every row of each range that is not tall, by the row's first cell.
    by_row: BTreeMap<Cell, CellRange>,
    /// Ranges of more rows than are worth an entry each.
    tall: Vec<CellRange>,
    /// Every column of each of these, by the column and its first row.
    by_col: BTreeMap<(u32, u32), CellRange>,
    /// Those of more columns, too, than are worth an entry each.
    vast: Vec<CellRange>,
}

/// Rows up to which a range has an entry a row, and columns up to which it has one a column.
const TALL: u32 = 64;
/// Vast ranges of one sheet; no form has any.
const VAST: usize = 256;

impl Merges {
    /// Adds a range; `false`, and nothing is added, when it overlaps one that is there,
    /// is a single cell, or is one vast range too many.
    pub fn insert(&mut self, range: CellRange) -> bool {
        if range.first == range.last || self.overlaps(&range) {
            return false;
        }
        self.add(range)
    }

    /// The same of a range that is known to overlap none.
    fn add(&mut self, range: CellRange) -> bool {
        if !is_tall(&range) {
            for row in range.first.row..=range.last.row {
                self.by_row.insert(Cell::new(row, range.first.col), range);
            }
        } else if range.last.col - range.first.col < TALL {
            for col in range.first.col..=range.last.col {
                self.by_col.insert((col, range.first.row), range);
            }
        } else if self.vast.len() < VAST {
            self.vast.push(range);
        } else {
            return false;
        }
        if is_tall(&range) {
            self.tall.push(range);
        }
        self.all.push(range);
        true
    }

    /// The merged range that holds `cell`, else the cell alone.
    pub fn range_at(&self, cell: Cell) -> CellRange {
        self.up_to(cell)
            .into_iter()
            .chain(self.down_to(cell))
            .chain(self.vast.iter().copied())
            .find(|range| range.contains(cell))
            .unwrap_or(CellRange::single(cell))
    }

    /// All ranges, by their first cell.
    pub fn into_ranges(mut self) -> Vec<CellRange> {
        self.all.sort_unstable();
        self.all
    }

    /// The last entry of the cell's row that does not begin right of it.
    fn up_to(&self, cell: Cell) -> Option<CellRange> {
        let (_, range) = self
            .by_row
            .range(Cell::new(cell.row, 0)..=cell)
            .next_back()?;
        Some(*range)
    }

    /// The last tall entry of the cell's column that does not begin below it.
    fn down_to(&self, cell: Cell) -> Option<CellRange> {
        let mut above = self.by_col.range((cell.col, 0)..=(cell.col, cell.row));
        above.next_back().map(|(_, range)| *range)
    }

    fn overlaps(&self, range: &CellRange) -> bool {
        if is_tall(range) {
            return self.all.iter().any(|other| other.overlaps(range));
        }
        // Ranges of a row lie side by side: the last that begins left of the end decides.
        self.tall.iter().any(|other| other.overlaps(range))
            || (range.first.row..=range.last.row).any(|row| {
                self.up_to(Cell::new(row, range.last.col))
                    .is_some_and(|other| other.overlaps(range))
            })
    }
}

fn is_tall(range: &CellRange) -> bool {
    range.last.row - range.first.row >= TALL
}

impl Sheet {
    /// The merged ranges, prepared for looking up many cells.
    pub fn merges(&self) -> Merges {
        let mut merges = Merges::default();
        for range in self.merged.iter().filter(|range| range.first != range.last) {
            merges.add(*range);
        }
        merges
    }

    /// The merged range that holds `cell`, else the cell alone. Looks at every range:
    /// for more than a few cells ask [`Sheet::merges`] once.
    pub fn range_at(&self, cell: Cell) -> CellRange {
        self.merged
            .iter()
            .copied()
            .find(|range| range.contains(cell))
            .unwrap_or(CellRange::single(cell))
    }

    /// A sheet of that name with these texts, such as `("B2", "9/1")`.
    #[cfg(test)]
    pub(crate) fn of_texts(name: &str, cells: &[(&str, &str)]) -> Self {
        let cells = cells.iter();
        let cells = cells.map(|(at, text)| (Cell::parse(at).unwrap(), SheetCell::of_text(text)));
        Self {
            name: name.to_owned(),
            cells: cells.collect(),
            ..Self::default()
        }
    }

    /// A sheet with these texts, row by row from A1; an empty one is no cell.
    #[cfg(test)]
    pub(crate) fn of_rows(rows: &[&[&str]]) -> Self {
        let mut sheet = Self::default();
        for (row, texts) in (0..).zip(rows) {
            for (col, text) in (0..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
                let at = Cell::new(row, col);
                sheet.cells.insert(at, SheetCell::of_text(text));
            }
        }
        sheet
    }

    /// The same sheet with these merged ranges.
    #[cfg(test)]
    pub(crate) fn merging(mut self, ranges: &[&str]) -> Self {
        let ranges = ranges.iter().map(|range| CellRange::parse(range).unwrap());
        self.merged = ranges.collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> CellRange {
        CellRange::parse(text).unwrap()
    }

    #[test]
    fn merged_ranges_are_found_by_any_of_their_cells() {
        let sheet = Sheet {
            merged: ["D8:Y15", "A11:C12", "Z1:Z1000"].map(range).to_vec(),
            ..Sheet::default()
        };
        let merges = sheet.merges();
        for (cell, expected) in [
            ("D8", "D8:Y15"),
            ("Y15", "D8:Y15"),
            ("C12", "A11:C12"),
            ("Z500", "Z1:Z1000"),
            ("C13", "C13"),
            ("AA8", "AA8"),
            ("A8", "A8"),
        ] {
            let cell = Cell::parse(cell).unwrap();
            assert_eq!(merges.range_at(cell).to_string(), expected);
            assert_eq!(sheet.range_at(cell).to_string(), expected);
        }
        let by_first_cell = ["Z1:Z1000", "D8:Y15", "A11:C12"].map(range);
        assert_eq!(merges.into_ranges(), by_first_cell);
    }

    #[test]
    fn tall_ranges_are_found_however_many_there_are() {
        let column = |n: u32, last: u32| {
            let (first, last) = (Cell::new(0, n * 2), Cell::new(last, n * 2 + 1));
            CellRange::new(first, last)
        };
        let sheet = Sheet {
            merged: (0..8_000).map(|n| column(n, 900_000)).collect(),
            ..Sheet::default()
        };
        let merges = sheet.merges();
        for n in 0..200_000 {
            let cell = Cell::new(n, n % 16_000);
            assert_eq!(merges.range_at(cell), column(n % 16_000 / 2, 900_000));
        }
        let vast = |n: u32| CellRange::new(Cell::new(n * 100, 0), Cell::new(n * 100 + 90, 500));
        let mut merges = Merges::default();
        assert_eq!((0..1_000).filter(|n| merges.insert(vast(*n))).count(), VAST);
        assert_eq!(merges.range_at(Cell::new(150, 300)), vast(1));
    }

    #[test]
    fn overlapping_and_single_ranges_are_refused() {
        let mut merges = Merges::default();
        assert!(merges.insert(range("B2:C3")) && merges.insert(range("E1:E100")));
        for refused in ["A1:B2", "C3:D4", "A1:Z200", "D90:E90", "G7"] {
            assert!(!merges.insert(range(refused)), "{refused}");
        }
        assert!(merges.insert(range("D2:D3")) && merges.insert(range("A1:A80")));
        assert_eq!(merges.into_ranges().len(), 4);
    }
}
