//! Seals that are pictures: which box one is laid over.
//!
//! Geometry only; whether the box asks for a seal is decided elsewhere.

use std::collections::BTreeMap;

use crate::model::CellRange;
use crate::read::Shape;
use crate::recognise::form::Word;
use crate::recognise::grid::Grid;

/// How a picture over a box is told where its words would stand.
const SEAL: &str = "（印影）";

/// What the reader calls a picture.
const PICTURE: &str = "picture";

/// Rows, or columns, over which a picture may be a seal: it confirms a month of days at most.
const LONGEST: u32 = 64;

/// The pictures of a sheet that may be seals.
#[derive(Debug, Default, Clone)]
pub struct Pictures {
    all: Vec<Shape>,
    by_row: BTreeMap<u32, Vec<usize>>,
}

impl Pictures {
    /// Those among the drawn shapes.
    pub fn of(shapes: &[Shape]) -> Self {
        let length = |first: u32, last: u32| last.saturating_sub(first);
        let may_be_seal = |shape: &&Shape| {
            let (first, last) = (shape.anchor.first, shape.anchor.last);
            shape.kind == PICTURE
                && length(first.row, last.row) < LONGEST
                && length(first.col, last.col) < LONGEST
        };
        Self::index(shapes.iter().filter(may_be_seal).cloned().collect())
    }

    /// The same pictures with rows and columns exchanged.
    pub fn transposed(&self) -> Self {
        let turn = |shape: &Shape| {
            let [left, top, right, bottom] = shape.insets;
            Shape {
                anchor: shape.anchor.transposed(),
                insets: [top, left, bottom, right],
                ..shape.clone()
            }
        };
        Self::index(self.all.iter().map(turn).collect())
    }

    fn index(all: Vec<Shape>) -> Self {
        let mut by_row: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (i, shape) in all.iter().enumerate() {
            for row in shape.anchor.first.row..=shape.anchor.last.row {
                by_row.entry(row).or_default().push(i);
            }
        }
        Self { all, by_row }
    }

    /// Whether one is laid over `range`.
    pub fn any_over(&self, range: CellRange) -> bool {
        let rows = self.by_row.range(range.first.row..=range.last.row);
        let mut near = rows.flat_map(|(_, pictures)| pictures);
        near.any(|&i| covers(&self.all[i], range))
    }
}

/// The seal that is drawn over the box of a line. A picture over its `key` too, such as a
/// watermark, is none.
pub fn over(grid: &Grid, range: CellRange, key: CellRange) -> Option<Word> {
    let is_sealed = grid.has_picture(range) && !grid.has_picture(key);
    is_sealed.then(|| Word {
        cell: range.first,
        text: SEAL.to_owned(),
        ..Word::default()
    })
}

/// Whether the shape lies over the box: along both sides, the two share at least half of
/// the shorter. A seal reaches over the edges of its box, and may touch the next.
fn covers(shape: &Shape, range: CellRange) -> bool {
    let [left, top, right, bottom] = shape.insets;
    let (first, last) = (shape.anchor.first, shape.anchor.last);
    let across = share(
        (place(first.col, left), place(last.col, right)),
        (place(range.first.col, 0), place(range.last.col, 1000)),
    );
    let down = share(
        (place(first.row, top), place(last.row, bottom)),
        (place(range.first.row, 0), place(range.last.row, 1000)),
    );
    across && down
}

/// A place within a line of cells, in thousandths of cells from the first.
fn place(line: u32, inset: u32) -> i64 {
    i64::from(line) * 1000 + i64::from(inset)
}

fn share(a: (i64, i64), b: (i64, i64)) -> bool {
    let common = a.1.min(b.1) - a.0.max(b.0);
    common > 0 && common * 2 >= (a.1 - a.0).min(b.1 - b.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(anchor: &str, insets: [u32; 4], range: &str) -> bool {
        let shape = Shape {
            anchor: CellRange::parse(anchor).unwrap(),
            kind: PICTURE.to_owned(),
            text: String::new(),
            insets,
            over: None,
        };
        covers(&shape, CellRange::parse(range).unwrap())
    }

    #[test]
    fn a_seal_belongs_to_the_box_that_most_of_it_lies_in() {
        assert!(covered("H8", [300, 100, 700, 900], "H8"));
        assert!(covered("H8:H9", [100, 200, 900, 100], "H8"));
        assert!(!covered("H8:H9", [100, 200, 900, 100], "H9"));
        assert!(covered("H8:I9", [100, 700, 200, 900], "H9"));
        assert!(!covered("G8", [0, 0, 1000, 1000], "H8"));
    }

    #[test]
    fn one_drawn_over_several_days_confirms_each() {
        for row in 8..=10 {
            assert!(covered("H8:H10", [200, 300, 800, 700], &format!("H{row}")));
        }
        assert!(!covered("H8:H10", [200, 300, 800, 700], "H11"));
    }
}
