//! Tables: which there are on a sheet, upright or on their side.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::day_number;
use super::columns::Columns;
use super::form::{Entry, Role, Word};
use super::grid::Grid;
use super::header::{header, header_runs};
use super::item::{FormKind, Item};
use super::label::{Label, LabelBlocks};
use super::lines::{Line, lines};
use super::vocabulary::Vocabulary;
use crate::model::{Cell, CellRange};
use crate::read::Stored;
use crate::text::squash;

/// One table with its lines.
#[derive(Debug)]
pub struct Table {
    /// The kind of form that its lines are.
    pub kind: FormKind,
    /// All cells of header and lines.
    pub range: CellRange,
    /// One record each.
    pub lines: Vec<Line>,
    /// Texts of the header that are no label, such as a legend of the marks.
    pub legend: String,
    /// A text near it that names its month, where it has no title.
    pub caption: String,
    /// What its cells are that hold no value.
    pub explained: Vec<(CellRange, Role)>,
    /// How it is divided; `None` where no mapping can tell it.
    pub columns: Option<Columns>,
    /// Whether it lies on its side: labels down a column, a record in each further column.
    pub sideways: bool,
}

impl Table {
    /// Sets right what was read on a sheet that lay on its side.
    pub fn turn(&mut self) {
        self.sideways = true;
        if let Some(columns) = &mut self.columns {
            columns.sideways = true;
        }
        self.range = self.range.transposed();
        self.lines.iter_mut().for_each(Line::turn);
        for (range, _) in &mut self.explained {
            *range = range.transposed();
        }
    }
}

/// Finds all tables, from top to bottom.
pub fn tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let blocks = LabelBlocks::of(labels);
    let is_title =
        |i: usize| !blocks.all.contains(&i) && vocabulary.title(&grid.block(i).text).is_some();
    let rows: BTreeSet<u32> = labels.iter().map(|l| l.range.first.row).collect();
    let mut found: Vec<Table> = Vec::new();
    // Those of them that reach down to the row, side by side.
    let mut open: BTreeMap<u32, CellRange> = BTreeMap::new();
    for row in rows {
        open.retain(|_, range| range.last.row >= row);
        let heads = |i: usize| !blocks.above.contains(&i) && !is_title(i);
        for run in header_runs(grid, &blocks.all, heads, row) {
            if overlaps(grid, &open, &run) {
                continue;
            }
            let Some(header) = header(grid, vocabulary, row, &run, &title) else {
                continue;
            };
            let table =
                lines(grid, &blocks, &header).filter(|t| !is_row_of_boxes(grid, &blocks.all, t));
            if let Some(table) = table {
                open.insert(table.range.first.col, table.range);
                found.push(table);
            }
        }
    }
    found
}

/// Whether a run of blocks shares columns with one of `open`, by their first columns.
fn overlaps(grid: &Grid, open: &BTreeMap<u32, CellRange>, run: &[usize]) -> bool {
    run.iter().any(|&i| {
        let range = grid.block(i).range;
        let mut before = open.range(..=range.last.col);
        before
            .next_back()
            .is_some_and(|(_, other)| other.overlaps(&range))
    })
}

/// Finds the tables that lie on their side: labels down a column, a record in each further column.
pub fn sideways_tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let turned: Vec<Label> = labels
        .iter()
        .map(|l| Label {
            range: l.range.transposed(),
            ..l.clone()
        })
        .collect();
    let mut found = tables(&grid.transposed(), &turned, vocabulary, |cell| {
        title(cell.transposed())
    });
    // Parts of one date beside each other are no records: each must stand under a day of its own.
    found.retain(|table| match table.kind {
        FormKind::Listing => table.lines.iter().any(|line| !line.days.is_empty()),
        _ => table.lines.len() >= 2 && table.lines.iter().all(is_dated_line),
    });
    found.iter_mut().for_each(Table::turn);
    found
}

/// Whether a line stands under one day and says something of it.
fn is_dated_line(line: &Line) -> bool {
    let words = |entries: &Vec<Entry>| {
        entries
            .iter()
            .flat_map(|e| e.words.clone())
            .collect::<Vec<Word>>()
    };
    let dates = line.entries.get(&Item::Date).map(words).unwrap_or_default();
    let is_day = |w: &Word| {
        matches!(w.stored, Some(Stored::Moment(_))) || day_number(&squash(&w.text)).is_some()
    };
    let others = line
        .entries
        .iter()
        .filter(|(item, entries)| **item != Item::Date && !words(entries).is_empty());
    dates.len() == 1 && dates.iter().all(is_day) && others.count() >= 2
}

/// Labels over their boxes, with more labels right below: a form, not a table.
fn is_row_of_boxes(grid: &Grid, label_blocks: &BTreeSet<usize>, table: &Table) -> bool {
    let next = table.range.last.row + 1;
    let (left, right) = (table.range.first.col, table.range.last.col);
    let mut below = grid.row_within(next, left, right).iter();
    table.lines.len() == 1 && below.any(|i| label_blocks.contains(i))
}
