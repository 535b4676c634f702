//! What a mapped layout is known again by: the printed words around its cells.

use std::collections::BTreeMap;

use crate::model::{Cell, CellRange};
use crate::read::Sheet;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::mapped::{Mapping, Shape};
use crate::recognise::wording::key::label_key;

/// How far above a cell its label is looked for.
const REACH: u32 = 3;

/// The cells of each item; an item may have several boxes.
pub type Places = BTreeMap<Item, Vec<CellRange>>;

/// An item with the rows and columns to the words that name it, and those words.
pub type Named = (Item, Option<(u32, u32, String)>);

/// Words that stand in certain cells wherever a layout is used, whatever is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Landmarks(BTreeMap<Cell, String>);

impl Landmarks {
    /// Words as they are written in their cells; `None` where one of them says nothing that
    /// stays the same from month to month.
    pub fn new(words: BTreeMap<Cell, String>) -> Option<Self> {
        let stays = |word: &String| !printed(word).is_empty();
        words.values().all(stays).then_some(Self(words))
    }

    /// The words beside and above the cells that `mapping` reads on `sheet`.
    pub fn of(mapping: &Mapping, sheet: &Sheet) -> Self {
        let grid = Grid::of(sheet);
        let cells = match &mapping.shape {
            Shape::Cells(cells) => cells.clone(),
            Shape::Lines(_) => Places::new(),
        };
        let fields = fields(&cells, &mapping.page);
        let beside = fields.iter().map(|(_, range)| *range);
        let mut words: BTreeMap<Cell, String> = beside
            .filter_map(|range| anchor(&grid, range, &fields))
            .collect();
        if let Shape::Lines(columns) = &mapping.shape {
            words.extend(columns.heads(&grid));
        }
        words.retain(|_, word| !printed(word).is_empty());
        Self(words)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words by their cells.
    pub fn words(&self) -> impl Iterator<Item = (Cell, &str)> {
        self.0.iter().map(|(cell, word)| (*cell, word.as_str()))
    }

    /// The first word that does not stand in its cell on `sheet`, with what stands there.
    pub fn missing_on<'a>(&'a self, sheet: &'a Sheet) -> Option<(Cell, &'a str, &'a str)> {
        let mut words = self.words().map(|(cell, word)| {
            let there = sheet.cells.get(&cell);
            (cell, word, there.map_or("", |there| there.shown.as_str()))
        });
        words.find(|(_, word, there)| printed(word) != printed(there))
    }

    /// Whether all of them stand on `sheet` as many rows further down.
    pub fn stand_lower(&self, sheet: &Grid, down: u32) -> bool {
        let stands = |(cell, word): (Cell, &str)| {
            let row = cell.row.saturating_add(down);
            let mut over = sheet.row_within(row, cell.col, cell.col).iter();
            let first = Cell::new(row, cell.col);
            let there = over.find(|&&i| sheet.block(i).range.first == first);
            there.is_some_and(|&i| printed(&sheet.block(i).text) == printed(word))
        };
        !self.is_empty() && self.words().all(stands)
    }
}

fn fields(cells: &Places, page: &Places) -> Vec<(Item, CellRange)> {
    let all = cells.iter().chain(page);
    all.flat_map(|(item, ranges)| ranges.iter().map(|range| (*item, *range)))
        .collect()
}

/// Of each item the words that name it, with how far off they stand.
pub fn labels_of(grid: &Grid, cells: &Places, page: &Places) -> Vec<Named> {
    let fields = fields(cells, page);
    let label = |(item, range): &(Item, CellRange)| {
        let found = anchor(grid, *range, &fields).map(|(at, label)| {
            let first = range.first;
            (
                first.row.abs_diff(at.row),
                first.col.abs_diff(at.col),
                printed(&label),
            )
        });
        (*item, found)
    };
    fields.iter().map(label).collect()
}

/// The nearest text left of `range` on its first row, else above it, that is no mapped item.
fn anchor(grid: &Grid, range: CellRange, fields: &[(Item, CellRange)]) -> Option<(Cell, String)> {
    let is_label = |&i: &usize| {
        let block = grid.block(i);
        block.stored.is_some() && !fields.iter().any(|(_, field)| field.overlaps(&block.range))
    };
    let told = |i: usize| {
        let block = grid.block(i);
        (block.range.first, block.text.clone())
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

    fn mapping() -> Mapping {
        Mapping {
            kind: FormKind::Daily,
            page: ranges(&[(Item::Name, "B1")]),
            shape: Shape::Cells(ranges(&[(Item::Date, "B2"), (Item::Support, "B3")])),
            repeat: false,
            only_if: None,
            contacts_in_parts: false,
        }
    }

    fn fits(landmarks: &Landmarks, change: &[(&str, &str)]) -> bool {
        let mut sheet = sheet(&DAY);
        for (at, text) in change {
            let cell = sheet.cells.get_mut(&Cell::parse(at).unwrap()).unwrap();
            cell.shown = (*text).to_owned();
        }
        landmarks.missing_on(&sheet).is_none()
    }

    #[test]
    fn landmarks_are_of_the_layout_and_not_of_what_is_filled_in() {
        let own = Landmarks::of(&mapping(), &sheet(&DAY));
        let words: Vec<String> = own
            .words()
            .map(|(at, word)| format!("{at} {word}"))
            .collect();
        assert_eq!(words, ["A1 だれ", "A2 いつ", "A3 なに"]);
        assert!(fits(&own, &[("B1", "原"), ("B2", "10/1"), ("B3", "休み")]));
        assert!(!fits(&own, &[("A3", "だれが")]));
        let mut moved = sheet(&DAY);
        let label = moved.cells.remove(&Cell::parse("A2").unwrap()).unwrap();
        moved.cells.insert(Cell::parse("A4").unwrap(), label);
        let (cell, word, there) = own.missing_on(&moved).unwrap();
        assert_eq!((cell.to_string().as_str(), word, there), ("A2", "いつ", ""));
    }

    #[test]
    fn landmarks_stay_where_the_mapped_items_change() {
        let own = Landmarks::of(&mapping(), &sheet(&DAY));
        let known: Vec<Cell> = own.words().map(|(cell, _)| cell).collect();
        let more = Landmarks::new([(known[0], "だれ".to_owned())].into()).unwrap();
        assert!(fits(&more, &[("A3", "なにか")]) && !fits(&own, &[("A3", "なにか")]));
        assert!(Landmarks::new([(known[0], "9/1".to_owned())].into()).is_none());
    }

    #[test]
    fn landmarks_are_found_again_further_down() {
        let own = Landmarks::of(&mapping(), &sheet(&DAY));
        let twice = [
            &DAY[..],
            &[
                ("A6", "だれ"),
                ("A7", "いつ"),
                ("A8", "なに"),
                ("A9", "いつ"),
            ],
        ];
        let grid = Grid::of(&sheet(&twice.concat()));
        let found: Vec<u32> = (1..9)
            .filter(|down| own.stand_lower(&grid, *down))
            .collect();
        assert_eq!(found, [5]);
    }
}
