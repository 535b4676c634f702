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
    /// All of the text is struck through.
    pub struck: bool,
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
}

/// A comment or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The cell it is attached to.
    pub cell: Cell,
    /// Its text.
    pub text: String,
}

impl Sheet {
    /// The merged range that holds `cell`, else the cell alone.
    pub fn range_at(&self, cell: Cell) -> CellRange {
        self.merged
            .iter()
            .copied()
            .find(|range| range.contains(cell))
            .unwrap_or(CellRange::single(cell))
    }
}
