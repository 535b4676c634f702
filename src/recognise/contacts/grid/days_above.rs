//! Days beside each other over boxes: then each column is one day's, though only one of them may
//! be filled.

use std::collections::BTreeMap;

use crate::model::CellRange;
use crate::recognise::calendar::is_day;
use crate::recognise::grid::Grid;

/// Where days stand beside each other on a sheet.
pub struct DaysAbove<'a> {
    grid: &'a Grid,
    /// The first column of the last day but one of a row, by row, as far as it was asked for.
    last_but_one: BTreeMap<u32, Option<u32>>,
}

impl<'a> DaysAbove<'a> {
    /// Those of a sheet.
    pub fn of(grid: &'a Grid) -> Self {
        let last_but_one = BTreeMap::new();
        Self { grid, last_but_one }
    }

    /// Whether several stand in one row near above boxes, none of them before the boxes begin.
    pub fn stand_over(&mut self, boxes: CellRange) -> bool {
        const REACH: u32 = 12;
        let top = boxes.first.row;
        let mut rows = top.saturating_sub(REACH)..top;
        rows.any(|row| {
            let second = self.last_but_one.entry(row);
            let second = *second.or_insert_with(|| last_day_but_one(self.grid, row));
            second.is_some_and(|col| boxes.first.col <= col)
        })
    }
}

fn last_day_but_one(grid: &Grid, row: u32) -> Option<u32> {
    let blocks = grid.row(row).iter().rev().map(|&i| grid.block(i));
    let mut days = blocks.filter(|block| {
        let stored = block.stored.as_ref();
        block.range.first.row == row && stored.is_some_and(|it| is_day(&block.text, it))
    });
    days.nth(1).map(|block| block.range.first.col)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    #[test]
    fn days_over_boxes_stand_right_above_and_no_further_left() {
        let days = ["", "9/29（月）", "9/30（火）", "森下　澪"];
        let grid = Grid::of(&Sheet::of_rows(&[&days]));
        let mut above = DaysAbove::of(&grid);
        let mut over = |boxes| above.stand_over(CellRange::parse(boxes).unwrap());
        assert!(over("A5:D9") && over("B2:D9"));
        assert!(!over("C5:D9") && !over("A1:D9") && !over("A14:D20"));
    }
}
