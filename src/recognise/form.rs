//! What recognition gives on: forms, with the words that stand for each item.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::vocabulary::{FormKind, Item};
use crate::model::{Cell, FileName, Location, Skipped};
use crate::read::Stored;

/// One record's worth of a sheet.
#[derive(Debug, Clone)]
pub struct Form {
    /// Which form it is.
    pub kind: FormKind,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Its first cell.
    pub at: Cell,
    /// What stands for each item; an item that the form does not have is not in it.
    pub entries: BTreeMap<Item, Vec<Entry>>,
    /// For a listing: the words under each day of the month.
    pub days: Vec<(u32, Word)>,
    /// The title above it, as written.
    pub title: String,
    /// The text that explains the marks of a listing.
    pub legend: Arc<str>,
    /// Number of the table that it is a line of, where it is one.
    pub table: Option<usize>,
}

/// One label with what belongs to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The label as written.
    pub label: String,
    /// The first cell of the box that belongs to the label.
    pub home: Cell,
    /// What is written there, in reading order.
    pub words: Vec<Word>,
}

/// One cell's text, or one check box.
#[derive(Debug, Clone)]
pub struct Word {
    /// Where.
    pub cell: Cell,
    /// As shown; empty for a check box.
    pub text: String,
    /// As stored; `None` for a check box and for a part of a cell's text.
    pub stored: Option<Stored>,
    /// For a check box: whether it is ticked.
    pub tick: Option<bool>,
    /// Struck through.
    pub struck: bool,
    /// Not to be seen in the workbook.
    pub hidden: bool,
    /// One of several check boxes on one place.
    pub stacked: bool,
}

/// What was recognised in one book.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// The file.
    pub file: FileName,
    /// In the order of the sheets, then of reading.
    pub forms: Vec<Form>,
    /// Sheets without a record, and why.
    pub skipped: Vec<Skipped>,
    /// Those of them that could hold records all the same.
    pub unrecognised: Vec<Location>,
}
