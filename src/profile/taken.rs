//! Which cells of a sheet mappings speak of, however many records they have.

use std::collections::HashMap;

use crate::model::{Cell, CellRange};

/// Cells, looked up by their row.
#[derive(Debug, Default)]
pub struct Taken {
    /// The first and last column of each range that reaches into the row.
    rows: HashMap<u32, Vec<(u32, u32)>>,
    /// Columns of tables.
    tall: Vec<CellRange>,
}

impl Taken {
    /// The cells of all ranges.
    pub fn of<'a>(ranges: impl Iterator<Item = &'a CellRange>) -> Self {
        const TALL: u32 = 64;
        let mut taken = Self::default();
        for range in ranges {
            if range.last.row - range.first.row >= TALL {
                taken.tall.push(*range);
                continue;
            }
            for row in range.first.row..=range.last.row {
                let span = (range.first.col, range.last.col);
                taken.rows.entry(row).or_default().push(span);
            }
        }
        taken
    }

    /// Whether the cell is one of them.
    pub fn holds(&self, cell: Cell) -> bool {
        let mut spans = self.rows.get(&cell.row).into_iter().flatten();
        spans.any(|(first, last)| (*first..=*last).contains(&cell.col))
            || self.tall.iter().any(|range| range.contains(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_short_and_tall_ranges_are_held_and_no_others() {
        let ranges = ["B2:C3", "E1:E200"].map(|text| CellRange::parse(text).unwrap());
        let taken = Taken::of(ranges.iter());
        for (cell, holds) in [
            ("B2", true),
            ("C3", true),
            ("D3", false),
            ("B4", false),
            ("E150", true),
            ("E201", false),
        ] {
            assert_eq!(taken.holds(Cell::parse(cell).unwrap()), holds, "{cell}");
        }
    }
}
