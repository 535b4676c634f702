//! A sheet as blocks: what is written, how far it reaches, and what lies beside it.
//!
//! Geometry only; no word is understood here.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Cell, CellRange};
use crate::read::{Footprint, Sheet, Stored};
use crate::recognise::oval::{self, Circled};
use crate::recognise::seal::Pictures;

/// One written cell, empty merged box or check box.
#[derive(Debug, Clone)]
pub struct Block {
    /// The cells that it covers.
    pub range: CellRange,
    /// The text as shown; empty for an empty box and for a check box.
    pub text: String,
    /// What is stored; `None` for an empty box and for a check box.
    pub stored: Option<Stored>,
    /// For a check box: whether it is ticked.
    pub tick: Option<bool>,
    /// The text is struck through.
    pub struck: bool,
    /// The cell cannot be seen in the workbook.
    pub hidden: bool,
    /// Several check boxes lie here.
    pub stacked: bool,
}

impl Block {
    /// Whether something is written or ticked here.
    pub fn holds(&self) -> bool {
        self.stored.is_some() || self.tick.is_some()
    }

    /// The text, up to the length that a label or heading may have.
    pub fn text_in_short(&self) -> String {
        const LONGEST: usize = 120;
        self.text.chars().take(LONGEST).collect()
    }
}

/// All blocks of a sheet, by place.
#[derive(Debug, Default)]
pub struct Grid {
    blocks: Vec<Block>,
    by_row: BTreeMap<u32, Vec<usize>>,
    pictures: Pictures,
}

/// The first of the hidden columns behind all that can be seen, where an empty column parts them
/// from it: a workbook calculates there, and nobody writes a record.
fn helper_columns(sheet: &Sheet) -> Option<u32> {
    let is_hidden = |col: u32| sheet.hidden_cols.contains(&col);
    let written = |hidden: bool| {
        let cells = sheet.cells.keys().map(|cell| cell.col);
        let merged = sheet.merged.iter().map(|range| range.last.col);
        let all = cells.chain(merged);
        all.filter(move |col| is_hidden(*col) == hidden)
    };
    let last = written(false).max()?;
    let first = written(true).filter(|col| *col > last).min()?;
    (first > last.saturating_add(1)).then_some(first)
}

/// A merged range taller than this is looked up by its first rows only; no form is that tall.
const TALLEST: usize = 2_000;
/// Places that the index by row has room for: many tall ranges are looked up by fewer rows each.
const MOST_PLACES: usize = 4_000_000;

impl Grid {
    /// Lays out the sheet.
    pub fn of(sheet: &Sheet) -> Self {
        let merged: HashMap<Cell, CellRange> = sheet
            .merged
            .iter()
            .map(|range| (range.first, *range))
            .collect();
        let sheet_hidden = sheet.visibility != crate::read::Visibility::Visible;
        let hidden = |cell: Cell| {
            sheet_hidden
                || sheet.hidden_rows.contains(&cell.row)
                || sheet.hidden_cols.contains(&cell.col)
        };
        let helpers = helper_columns(sheet);
        let is_seen = |cell: Cell| helpers.is_none_or(|first| cell.col < first);
        let mut blocks = Vec::with_capacity(sheet.cells.len() + sheet.merged.len());
        for (&cell, content) in sheet.cells.iter().filter(|(cell, _)| is_seen(**cell)) {
            let range = merged
                .get(&cell)
                .copied()
                .unwrap_or(CellRange::single(cell));
            let written =
                !content.shown.trim().is_empty() || !matches!(content.stored, Stored::Text(_));
            blocks.push(Block {
                range,
                text: content.shown.clone(),
                stored: written.then(|| content.stored.clone()),
                tick: None,
                struck: content.struck,
                hidden: hidden(cell),
                stacked: false,
            });
        }
        for range in &sheet.merged {
            if !sheet.cells.contains_key(&range.first) && is_seen(range.first) {
                blocks.push(Block {
                    range: *range,
                    text: String::new(),
                    stored: None,
                    tick: None,
                    struck: false,
                    hidden: hidden(range.first),
                    stacked: false,
                });
            }
        }
        let mut boxes: BTreeMap<Cell, Vec<bool>> = BTreeMap::new();
        for check_box in &sheet.check_boxes {
            boxes
                .entry(check_box.center)
                .or_default()
                .push(check_box.checked);
        }
        for (cell, ticks) in boxes {
            blocks.push(Block {
                range: CellRange::single(cell),
                text: String::new(),
                stored: None,
                tick: Some(ticks.contains(&true)),
                struck: false,
                hidden: hidden(cell),
                stacked: ticks.len() > 1 && ticks.contains(&true),
            });
        }
        circle(&mut blocks, sheet);
        Self {
            pictures: Pictures::of(&sheet.shapes),
            ..Self::index(in_order(blocks))
        }
    }

    /// The same, where some blocks cover other cells than their own.
    pub fn reaching(&self, cells: &BTreeMap<usize, CellRange>) -> Self {
        let mut blocks = self.blocks.clone();
        for (&i, range) in cells {
            if let Some(block) = blocks.get_mut(i) {
                block.range = *range;
            }
        }
        Self {
            pictures: self.pictures.clone(),
            ..Self::index(in_order(blocks))
        }
    }

    /// The same blocks, by the same indices, with rows and columns exchanged.
    pub fn transposed(&self) -> Self {
        let turn = |block: &Block| Block {
            range: block.range.transposed(),
            ..block.clone()
        };
        Self {
            pictures: self.pictures.transposed(),
            ..Self::index(self.blocks.iter().map(turn).collect())
        }
    }

    fn index(blocks: Vec<Block>) -> Self {
        let mut by_row: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let tallest = (MOST_PLACES / blocks.len().max(1)).min(TALLEST) as u32;
        for (i, block) in blocks.iter().enumerate() {
            let first = block.range.first.row;
            let last = block.range.last.row.min(first.saturating_add(tallest));
            for row in first..=last {
                by_row.entry(row).or_default().push(i);
            }
        }
        for row in by_row.values_mut() {
            row.sort_by_key(|&i| (blocks[i].range.first.col, blocks[i].range.first.row, i));
        }
        Self {
            blocks,
            by_row,
            pictures: Pictures::default(),
        }
    }

    /// Whether a picture is laid over `range`.
    pub fn has_picture(&self, range: CellRange) -> bool {
        self.pictures.any_over(range)
    }

    /// All blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block of an index.
    pub fn block(&self, index: usize) -> &Block {
        &self.blocks[index]
    }

    /// Indices of the blocks that reach into `row`, from left to right.
    pub fn row(&self, row: u32) -> &[usize] {
        self.by_row.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Those of [`Grid::row`] that begin in the columns `first` to `last`.
    pub fn row_within(&self, row: u32, first: u32, last: u32) -> &[usize] {
        let row = self.row(row);
        let from = row.partition_point(|&i| self.blocks[i].range.first.col < first);
        let to = row.partition_point(|&i| self.blocks[i].range.first.col <= last);
        row.get(from..to).unwrap_or_default()
    }

    /// Those of [`Grid::row`] that reach into the columns `first` to `last`, from right to left;
    /// check boxes, which lie over others, left out.
    pub fn row_over(&self, row: u32, first: u32, last: u32) -> impl Iterator<Item = usize> {
        let up_to = self.row_within(row, 0, last).iter().rev().copied();
        up_to
            .filter(|&i| self.blocks[i].tick.is_none())
            .take_while(move |&i| self.blocks[i].range.last.col >= first)
    }

    /// All blocks that share a cell with `range`.
    pub fn within(&self, range: CellRange) -> impl Iterator<Item = usize> {
        let (first, last) = (range.first.col, range.last.col);
        let rows = self.rows_between(range.first.row, range.last.row);
        rows.flat_map(move |row| {
            let begin = self.row_within(row, first, last).iter().copied();
            begin.chain(self.row_over(row, first, first))
        })
    }

    /// The rows that hold a block, from the first to the last of the two.
    pub fn rows_between(&self, first: u32, last: u32) -> impl Iterator<Item = u32> {
        let rows = if first <= last {
            Some(self.by_row.range(first..=last))
        } else {
            None
        };
        rows.into_iter().flatten().map(|(&row, _)| row)
    }

    /// The last row that holds a block.
    pub fn last_row(&self) -> u32 {
        self.by_row.keys().next_back().copied().unwrap_or(0)
    }
}

/// Blocks in reading order. A check box lies over a cell: it comes before the text that shares its
/// place.
fn in_order(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by_key(|b| {
        (
            b.range.first.row,
            b.range.first.col,
            b.tick.is_none(),
            b.range.last,
        )
    });
    blocks
}

/// Marks the words that ovals are drawn around: in a text with a sign, on a word that is
/// alone in its cell with a tick.
fn circle(blocks: &mut Vec<Block>, sheet: &Sheet) {
    let mut ovals: HashMap<Cell, Vec<&Footprint>> = HashMap::new();
    for footprint in sheet.shapes.iter().filter_map(oval::footprint) {
        let on = ovals.entry(footprint.range.first).or_default();
        on.push(footprint);
    }
    let mut ticks = Vec::new();
    for block in blocks.iter_mut().filter(|block| block.stored.is_some()) {
        let at = block.range.first;
        match ovals.get(&at).and_then(|on| oval::circled(on, &block.text)) {
            Some(Circled::Words(text)) => block.text = text,
            Some(Circled::Whole) => ticks.push(Block {
                range: CellRange::single(at),
                text: String::new(),
                stored: None,
                tick: Some(true),
                struck: false,
                ..block.clone()
            }),
            None => {}
        }
    }
    blocks.extend(ticks);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{CheckBox, SheetCell};

    #[test]
    fn merged_boxes_reach_into_all_their_rows() {
        let mut sheet = Sheet::default();
        sheet
            .cells
            .insert(Cell::new(0, 0), SheetCell::of_text("支援内容"));
        sheet.merged.push(CellRange::parse("A1:A3").unwrap());
        sheet.merged.push(CellRange::parse("B1:D3").unwrap());
        let grid = Grid::of(&sheet);
        assert_eq!(grid.row(2).len(), 2);
        assert!(grid.block(grid.row(2)[0]).holds() && !grid.block(grid.row(2)[1]).holds());
    }

    #[test]
    fn hidden_columns_apart_from_all_others_are_left_out() {
        let cells = [("A1", "実施日"), ("B1", "9/1"), ("E1", "時間"), ("F1", "5")];
        let written = |hidden: &[u32]| {
            let mut sheet = Sheet::of_texts("1日", &cells);
            sheet.hidden_cols.extend(hidden);
            let grid = Grid::of(&sheet);
            grid.blocks().iter().filter(|block| block.holds()).count()
        };
        assert_eq!(written(&[4, 5]), 2);
        // What can be seen behind them makes them a part of the form.
        assert_eq!(written(&[4]), 4);
        assert_eq!(written(&[0, 1]), 4);
        let mut beside = Sheet::of_texts("1日", &[("A1", "実施日"), ("B1", "9/1"), ("C1", "5")]);
        beside.hidden_cols.insert(2);
        assert_eq!(Grid::of(&beside).blocks().len(), 3);
    }

    #[test]
    fn a_row_is_searched_by_columns() {
        let mut sheet = Sheet::default();
        for (cell, words) in [("A1", "a"), ("D1", "d"), ("F1", "f")] {
            sheet
                .cells
                .insert(Cell::parse(cell).unwrap(), SheetCell::of_text(words));
        }
        sheet.merged.push(CellRange::parse("B1:C2").unwrap());
        sheet.check_boxes.push(CheckBox {
            anchor: CellRange::parse("C1").unwrap(),
            center: Cell::parse("C1").unwrap(),
            checked: true,
            caption: String::new(),
        });
        let grid = Grid::of(&sheet);
        let places = |found: Vec<usize>| -> Vec<String> {
            let found = found.into_iter();
            found.map(|i| grid.block(i).range.to_string()).collect()
        };
        assert_eq!(places(grid.row_within(0, 2, 4).to_vec()), ["C1", "D1"]);
        assert_eq!(places(grid.row_over(0, 2, 4).collect()), ["D1", "B1:C2"]);
        assert_eq!(places(grid.row_over(1, 0, 9).collect()), ["B1:C2"]);
        assert_eq!(places(grid.row_over(0, 4, 4).collect()), [""; 0]);
        let within = places(grid.within(CellRange::parse("C1:D2").unwrap()).collect());
        assert_eq!(within, ["C1", "D1", "B1:C2", "B1:C2"]);
    }

    #[test]
    fn boxes_on_one_place_count_as_one() {
        let mut sheet = Sheet::default();
        for checked in [false, true] {
            let cell = Cell::new(4, 3);
            let anchor = CellRange::single(cell);
            sheet.check_boxes.push(CheckBox {
                anchor,
                center: cell,
                checked,
                caption: String::new(),
            });
        }
        let grid = Grid::of(&sheet);
        assert_eq!(grid.blocks().len(), 1);
        assert!(grid.block(0).stacked && grid.block(0).tick == Some(true));
    }
}
