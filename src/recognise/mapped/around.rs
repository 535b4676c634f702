//! What stands around the cells of a mapping: their names, and where their record begins.

use std::sync::Arc;

use crate::recognise::explain::looks_like_label;

use crate::model::{Cell, CellRange};
use crate::recognise::form::{Explained, Role};
use crate::recognise::grid::Grid;
use crate::recognise::item::FormKind;
use crate::recognise::label::Label;
use crate::recognise::mapped::landmarks::Places;

/// A sheet with its known labels.
pub struct Around<'a> {
    /// Its blocks.
    pub grid: &'a Grid,
    /// Its name.
    pub sheet: &'a Arc<str>,
    /// Its labels, in reading order.
    pub labels: &'a [Label],
}

impl Around<'_> {
    /// The first known label of the cells, or the first of those without one.
    pub fn beginning(&self, cells: &Places) -> Option<Cell> {
        let ranges = cells.values().flatten();
        ranges
            .map(|range| self.known_label(*range).unwrap_or(range.first))
            .min()
    }

    /// The known label right before the cells, else over them.
    fn known_label(&self, range: CellRange) -> Option<Cell> {
        const REACH: u32 = 3;
        let known = |i: usize| {
            let mut labels = self.labels.iter();
            labels.any(|label| label.block == i && label.inline.is_none())
        };
        let first = range.first;
        let mut row = self.grid.row(first.row).iter().rev();
        let before = row.find(|&&i| self.grid.block(i).range.last.col < first.col);
        if let Some(&i) = before.filter(|&&i| known(i)) {
            return Some(self.grid.block(i).range.first);
        }
        let above = first.row.saturating_sub(REACH)..first.row;
        let above = above.rev().flat_map(|row| self.grid.row(row).iter());
        above
            .copied()
            .filter(|&i| known(i) && self.grid.block(i).range.shares_cols(&range))
            .map(|i| self.grid.block(i).range.first)
            .next()
    }

    /// Where the record that begins at `at` is headed, if it is.
    pub fn headed(&self, kind: FormKind, at: Cell) -> Cell {
        let before = self.labels.iter().rfind(|label| label.range.first < at);
        let heading = before.filter(|label| label.heading == Some(kind));
        heading.map_or(at, |label| label.range.first)
    }

    /// The text right before the cells.
    pub fn label(&self, range: CellRange) -> Option<String> {
        let row = self.grid.row(range.first.row).iter().rev();
        let mut before = row
            .map(|&i| self.grid.block(i))
            .filter(|block| block.stored.is_some() && block.range.last.col < range.first.col);
        before.next().map(|block| block.text.clone())
    }

    /// The texts right before or over the cells that look like their names.
    pub fn names(&self, cells: &Places) -> Vec<Explained> {
        let named = |range: &CellRange| {
            let (first, grid) = (range.first, self.grid);
            let texts = |row: u32| {
                let blocks = grid.row(row).iter().map(|&i| grid.block(i));
                blocks.filter(|block| block.stored.is_some())
            };
            let mut before = texts(first.row);
            let before = before.find(|block| block.range.last.col + 1 == first.col);
            let over = || {
                let mut over = texts(first.row.checked_sub(1)?);
                over.find(|block| {
                    block.range.last.row + 1 == first.row && block.range.shares_cols(range)
                })
            };
            let name = before.or_else(over)?;
            looks_like_label(&name.text).then(|| Explained {
                sheet: self.sheet.clone(),
                range: name.range,
                role: Role::Label,
            })
        };
        cells.values().flatten().filter_map(named).collect()
    }
}
