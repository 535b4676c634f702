//! What a mapped layout is known again by: the printed words around its cells.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::columns::Columns;
use super::grid::Grid;
use super::header::texts_over;
use super::item::Item;
use super::mapped::{Mapping, Shape};
use super::vocabulary::label_key;
use crate::model::{Cell, CellRange};
use crate::read::Sheet;

/// How far above a cell its label is looked for.
const REACH: u32 = 3;

/// The cells of each item; an item may have several boxes.
pub type Places = BTreeMap<Item, Vec<CellRange>>;

/// An item with the rows and columns to the words that name it, and those words.
pub type Named = (Item, Option<(u32, u32, String)>);

impl Mapping {
    /// A short name of the layout around the mapped cells: of the texts beside and above
    /// them and how far off they stand, never of what is filled in.
    pub fn fingerprint(&self, sheet: &Sheet) -> String {
        let grid = Grid::of(sheet);
        let mut text = String::new();
        let (cells, heads) = match &self.shape {
            Shape::Cells { cells, .. } => (cells.clone(), Vec::new()),
            Shape::Lines(columns) => (Places::new(), heads(&grid, columns)),
        };
        // Writing to a String cannot fail.
        for (item, label) in labels_of(&grid, &cells, &self.page) {
            let _ = writeln!(text, "{item:?}\t{label:?}");
        }
        for (item, head) in heads {
            let _ = writeln!(text, "{item:?}\t{head}");
        }
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().take(8).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// Of each item the words that name it, with how far off they stand.
pub fn labels_of(grid: &Grid, cells: &Places, page: &Places) -> Vec<Named> {
    let all = cells.iter().chain(page);
    let fields: Vec<(Item, CellRange)> = all
        .flat_map(|(item, ranges)| ranges.iter().map(|range| (*item, *range)))
        .collect();
    let label = |(item, range): &(Item, CellRange)| {
        let found = anchor(grid, *range, &fields).map(|(at, label)| {
            let first = range.first;
            (
                first.row.abs_diff(at.row),
                first.col.abs_diff(at.col),
                label,
            )
        });
        (*item, found)
    };
    fields.iter().map(label).collect()
}

/// The words over each column.
fn heads(grid: &Grid, columns: &Columns) -> Vec<(Item, String)> {
    let turned = columns.sideways.then(|| grid.transposed());
    let grid = turned.as_ref().unwrap_or(grid);
    let rows = (columns.header, columns.first.saturating_sub(1));
    let head = |item: &Item, (from, _): &(u32, u32)| {
        (*item, printed(&texts_over(grid, rows, *from).concat()))
    };
    let all = columns.columns.iter();
    all.flat_map(|(item, spans)| spans.iter().map(move |span| head(item, span)))
        .collect()
}

/// The nearest text left of `range` on its first row, else above it, that is no mapped item.
fn anchor(grid: &Grid, range: CellRange, fields: &[(Item, CellRange)]) -> Option<(Cell, String)> {
    let is_label = |&i: &usize| {
        let block = grid.block(i);
        block.stored.is_some() && !fields.iter().any(|(_, field)| field.overlaps(&block.range))
    };
    let told = |i: usize| {
        let block = grid.block(i);
        (block.range.first, printed(&block.text))
    };
    let left = grid
        .row(range.first.row)
        .iter()
        .copied()
        .filter(is_label)
        .rfind(|&i| grid.block(i).range.last.col < range.first.col)
        .filter(|&i| grid.block(i).range.first.row <= range.first.row);
    if let Some(i) = left {
        return Some(told(i));
    }
    let above = range.first.row.checked_sub(1)?;
    let rows: Vec<u32> = grid
        .rows_between(above.saturating_sub(REACH - 1), above)
        .collect();
    let mut found = rows.into_iter().rev().flat_map(|row| grid.row(row).iter());
    found
        .find(|&i| is_label(i) && grid.block(*i).range.shares_cols(&range))
        .map(|&i| told(i))
}

/// What stays the same from month to month: the words without their numbers.
fn printed(text: &str) -> String {
    let key = label_key(text);
    key.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::FormKind;

    const DAY: [(&str, &str); 6] = [
        ("A1", "だれ"),
        ("B1", "石田"),
        ("A2", "いつ"),
        ("B2", "9/1"),
        ("A3", "なに"),
        ("B3", "開始"),
    ];

    fn sheet(cells: &[(&str, &str)]) -> Sheet {
        Sheet::of_texts("", cells)
    }

    fn ranges(items: &[(Item, &str)]) -> Places {
        let range = |(item, text): &(Item, &str)| (*item, vec![CellRange::parse(text).unwrap()]);
        items.iter().map(range).collect()
    }

    #[test]
    fn a_fingerprint_is_of_the_layout_and_not_of_what_is_filled_in() {
        let mapping = Mapping {
            kind: FormKind::Daily,
            page: ranges(&[(Item::Name, "B1")]),
            shape: Shape::Cells {
                cells: ranges(&[(Item::Date, "B2"), (Item::Support, "B3")]),
                repeat: false,
            },
        };
        let print = |change: &[(&str, &str)]| {
            let mut sheet = sheet(&DAY);
            for (at, text) in change {
                let cell = sheet.cells.get_mut(&Cell::parse(at).unwrap()).unwrap();
                cell.shown = (*text).to_owned();
            }
            mapping.fingerprint(&sheet)
        };
        let own = print(&[]);
        assert_eq!(own.len(), 16);
        assert_eq!(own, print(&[("B1", "原"), ("B2", "10/1"), ("B3", "休み")]));
        assert_ne!(own, print(&[("A3", "だれが")]));
        let mut moved = sheet(&DAY);
        let label = moved.cells.remove(&Cell::parse("A2").unwrap()).unwrap();
        moved.cells.insert(Cell::parse("A4").unwrap(), label);
        assert_ne!(own, mapping.fingerprint(&moved));
    }
}
