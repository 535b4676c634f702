//! Where the cells of a mapping stand again further down a sheet, and which page a record there
//! belongs to.
//!
//! Each item of a page counts by its own label: an office that is named once, at the top, stays
//! when the user changes.

use std::collections::BTreeSet;

use crate::model::{Cell, CellRange};
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::mapped::landmarks::{Named, Places, labels_of};

/// A sheet holds no more records than this.
pub const MOST_RECORDS: usize = 2_000;

/// How many rows further down the cells stand again, `0` for where they were mapped: wherever
/// all words that name them stand around them. `page` is what may lie between them.
pub fn again(grid: &Grid, cells: &Places, page: &Places) -> Vec<u32> {
    let own = labels_of(grid, cells, page);
    let is_again = |down: &u32| {
        let cells = all_lowered(cells, *down);
        let stand = |page: &Places| {
            let labels = labels_of(grid, &cells, page);
            all_stand(&own, &labels)
        };
        stand(page) || stand(&all_lowered(page, *down))
    };
    let further = below(grid, cells).into_iter().filter(is_again);
    let further = further.take(MOST_RECORDS);
    [0].into_iter().chain(further).collect()
}

/// The items that records share, wherever they stand on the sheet.
pub struct Pages<'a> {
    places: &'a Places,
    /// Rows down at which a page begins, with the items that it does not have.
    begins: Vec<(u32, BTreeSet<Item>)>,
    /// Items that stay until they stand again: rows down at which they do.
    staying: Vec<(Item, Vec<u32>)>,
    grid: &'a Grid,
}

impl<'a> Pages<'a> {
    /// The pages of a sheet; only the one that was mapped where nothing repeats.
    pub fn of(grid: &'a Grid, places: &'a Places, repeat: bool) -> Self {
        let mut pages = Self {
            places,
            begins: vec![(0, BTreeSet::new())],
            staying: Vec::new(),
            grid,
        };
        if !repeat {
            return pages;
        }
        let own = labels_of(grid, places, &Places::new());
        let users: Vec<&Named> = own.iter().filter(|named| is_of_user(named.0)).collect();
        let names_user = users.iter().any(|(_, label)| label.is_some());
        let begins_page = |item: Item| match names_user {
            true => is_of_user(item),
            false => !stays(item),
        };
        let mut staying: Vec<(Item, Vec<u32>)> = places
            .keys()
            .filter(|item| stays(**item))
            .map(|item| (*item, vec![0]))
            .collect();
        for down in below(grid, places) {
            let there = labels_of(grid, &all_lowered(places, down), &Places::new());
            let pairs = || own.iter().zip(&there).filter(|(own, _)| own.1.is_some());
            if pairs().any(|(own, there)| begins_page(own.0) && own == there) {
                let lacks = pairs().filter(|(own, there)| is_of_user(own.0) && own != there);
                let lacks = lacks.map(|(own, _)| own.0).collect();
                pages.begins.push((down, lacks));
            }
            for (item, rows) in &mut staying {
                let mut pairs = pairs().filter(|(own, _)| own.0 == *item).peekable();
                if pairs.peek().is_some() && pairs.all(|(own, there)| own == there) {
                    rows.push(down);
                }
            }
            if pages.begins.len() >= MOST_RECORDS {
                break;
            }
        }
        pages.staying = staying;
        pages
    }

    /// The items that hold for a record whose first row was mapped as `first` and which stands
    /// `down` rows lower.
    pub fn of_record(&self, first: u32, down: u32) -> Places {
        let Some(top) = corner_of(self.places).map(|cell| cell.row) else {
            return Places::new();
        };
        let record = first.saturating_add(down);
        // A page that is mapped below its record ends with it.
        let holds = |rows: &mut dyn Iterator<Item = u32>, own: u32| {
            let is_above = own <= first;
            let mut rows = rows.filter(|down| match own.saturating_add(*down) {
                row if is_above => row <= record,
                row => row >= record,
            });
            match is_above {
                true => rows.last(),
                false => rows.next(),
            }
        };
        let begin = holds(&mut self.begins.iter().map(|(down, _)| *down), top).unwrap_or(0);
        let lacks = self.begins.iter().find(|(down, _)| *down == begin);
        let mut found = Places::new();
        for (item, ranges) in self.places {
            let staying = self.staying.iter().find(|(stays, _)| stays == item);
            let down = match staying {
                Some((_, rows)) => {
                    let own = ranges.iter().map(|range| range.first.row).min();
                    holds(&mut rows.iter().copied(), own.unwrap_or(top)).unwrap_or(0)
                }
                None => begin,
            };
            let lower: Vec<CellRange> = ranges.iter().map(|r| lowered(*r, down)).collect();
            let is_lacking = lacks.is_some_and(|(_, lacks)| lacks.contains(item));
            // A month that is written once holds for the pages below it.
            let is_unwritten = *item == Item::Month && !lower.iter().any(|r| self.is_written(*r));
            match is_unwritten {
                true => found.insert(*item, ranges.clone()),
                false if is_lacking => None,
                false => found.insert(*item, lower),
            };
        }
        found
    }

    fn is_written(&self, range: CellRange) -> bool {
        let mut blocks = self.grid.within(range);
        blocks.any(|i| self.grid.block(i).stored.is_some())
    }
}

/// Whom the page is about.
fn is_of_user(item: Item) -> bool {
    matches!(item, Item::Name | Item::CertificateNumber)
}

/// What all users of an office have in common.
fn stays(item: Item) -> bool {
    matches!(item, Item::OfficeName | Item::OfficeNumber | Item::Service)
}

/// Whether all words of `own` stand there too, as far off as they do.
fn all_stand(own: &[Named], there: &[Named]) -> bool {
    let mut named = own.iter().zip(there).filter(|(own, _)| own.1.is_some());
    let first = named.next();
    first
        .into_iter()
        .chain(named)
        .all(|(own, there)| own == there)
        && first.is_some()
}

/// As many rows further down as there may be something again for one of the cells.
fn below(grid: &Grid, cells: &Places) -> BTreeSet<u32> {
    let tops = cells.values().flatten().map(|range| range.first.row);
    let tops: BTreeSet<u32> = tops.collect();
    let rows = tops.into_iter().flat_map(|top| {
        let rows = grid.rows_between(top.saturating_add(1), grid.last_row());
        rows.map(move |row| row - top)
    });
    rows.collect()
}

/// The first row and the first column of all.
pub fn corner_of(cells: &Places) -> Option<Cell> {
    let ranges = || cells.values().flatten();
    let row = ranges().map(|range| range.first.row).min()?;
    let col = ranges().map(|range| range.first.col).min()?;
    Some(Cell::new(row, col))
}

/// The cells as many rows further down.
pub fn all_lowered(cells: &Places, rows: u32) -> Places {
    let lowered = |range: &CellRange| lowered(*range, rows);
    let all = cells.iter();
    all.map(|(item, ranges)| (*item, ranges.iter().map(lowered).collect()))
        .collect()
}

fn lowered(range: CellRange, rows: u32) -> CellRange {
    let lower = |cell: Cell| Cell::new(cell.row.saturating_add(rows), cell.col);
    CellRange::new(lower(range.first), lower(range.last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    const TWO_USERS: [(&str, &str); 12] = [
        ("A1", "おうちノート 2025年9月"),
        ("C1", "みなも"),
        ("A2", "だれ"),
        ("B2", "石田"),
        ("C2", "ばんごう"),
        ("D2", "0100000009"),
        ("A3", "いつ"),
        ("B3", "9/1"),
        ("A7", "だれ"),
        ("B7", "原"),
        ("A8", "いつ"),
        ("B8", "9/2"),
    ];

    fn places(items: &[(Item, &str)]) -> Places {
        let range = |(item, text): &(Item, &str)| (*item, vec![CellRange::parse(text).unwrap()]);
        items.iter().map(range).collect()
    }

    fn told(places: &Places) -> Vec<String> {
        let ranges = places.iter().map(|(item, ranges)| (item, &ranges[0]));
        ranges
            .map(|(item, range)| format!("{item:?} {range}"))
            .collect()
    }

    #[test]
    fn an_office_named_once_stays_when_the_user_changes() {
        let grid = Grid::of(&Sheet::of_texts("", &TWO_USERS));
        let page = places(&[
            (Item::Name, "B2"),
            (Item::CertificateNumber, "D2"),
            (Item::OfficeName, "C1"),
        ]);
        let cells = places(&[(Item::Date, "B3")]);
        assert_eq!(again(&grid, &cells, &page), [0, 5]);
        let pages = Pages::of(&grid, &page, true);
        let all = ["Name B2", "CertificateNumber D2", "OfficeName C1"];
        assert_eq!(told(&pages.of_record(2, 0)), all);
        // The second user has no number, and the first one's is none of theirs.
        assert_eq!(told(&pages.of_record(2, 5)), ["Name B7", "OfficeName C1"]);
        let once = Pages::of(&grid, &page, false);
        assert_eq!(told(&once.of_record(2, 5)), all);
    }

    #[test]
    fn a_page_at_the_foot_belongs_to_the_records_above_it() {
        let sheet = Sheet::of_texts(
            "",
            &[
                ("A1", "いつ"),
                ("B1", "9/1"),
                ("A2", "だれ"),
                ("B2", "石田"),
                ("A5", "いつ"),
                ("B5", "9/2"),
                ("A6", "だれ"),
                ("B6", "原"),
            ],
        );
        let grid = Grid::of(&sheet);
        let page = places(&[(Item::Name, "B2")]);
        let pages = Pages::of(&grid, &page, true);
        assert_eq!(told(&pages.of_record(0, 0)), ["Name B2"]);
        assert_eq!(told(&pages.of_record(0, 4)), ["Name B6"]);
    }

    #[test]
    fn cells_stand_again_where_all_their_labels_do() {
        let grid = Grid::of(&Sheet::of_texts("", &TWO_USERS));
        let with_number = places(&[(Item::Name, "B2"), (Item::CertificateNumber, "D2")]);
        assert_eq!(again(&grid, &with_number, &Places::new()), [0]);
        // Without any label nothing says where they stand again.
        let alone = places(&[(Item::Work, "F9")]);
        assert_eq!(again(&grid, &alone, &Places::new()), [0]);
    }
}
