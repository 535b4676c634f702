//! How many rows the record of a table has: as far as its merged cells reach, unless several
//! records share one of them.
//!
//! Geometry only, and what the columns hold.

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Header, Holds};
use crate::recognise::table::rows::is_key;
use crate::text::squash;

/// The last row of the record that begins in `row` with the blocks `here`.
pub fn depth(grid: &Grid, header: &Header, row: u32, here: &[usize]) -> u32 {
    const DEEPEST: u32 = 30;
    if header.tiers > 1 {
        return row.saturating_add(header.tiers - 1);
    }
    let keys = keys(grid, header, here);
    let deepest = keys.iter().map(|(_, last)| *last).max().unwrap_or(row);
    let deepest = deepest.clamp(row, row.saturating_add(DEEPEST));
    let to_next = |begins: &dyn Fn(u32) -> bool| {
        let next = (row.saturating_add(1)..=deepest).find(|below| begins(*below));
        next.map_or(deepest, |next| next.saturating_sub(1))
    };
    let is_dated = |row: u32| begins_day(grid, header, row);
    let is_named = |row: u32| begins_user(grid, header, row);
    // Days and weeks below each other beside the one user that they share are a record each.
    if header.kind != FormKind::Roster && is_of_a_user(&keys, deepest) && is_dated(row) {
        return to_next(&is_dated);
    }
    // Users below each other beside the one day that they share are a record each.
    if keys.contains(&(Item::Date, deepest)) && is_named(row) {
        return to_next(&is_named);
    }
    let has_halves = header.columns.iter().any(|column| column.tier.is_some());
    let next = row.saturating_add(1);
    let is_half = |next: u32| next <= grid.last_row() && !is_dated(next) && !is_named(next);
    match has_halves && deepest == row && is_half(next) {
        true => next,
        false => deepest,
    }
}

/// Items that say of which day or week a record is.
pub fn is_dated(item: Item) -> bool {
    matches!(
        item,
        Item::Date | Item::DateTime | Item::Period | Item::PeriodFrom
    )
}

/// Those of the blocks that say which record it is, by their items and last rows.
fn keys(grid: &Grid, header: &Header, here: &[usize]) -> Vec<(Item, u32)> {
    let holds = |col: u32| {
        let columns = &header.columns;
        let column = columns.binary_search_by_key(&col, |c| c.span.0);
        match column.ok().and_then(|at| columns.get(at))?.holds {
            Some(Holds::Item(item)) => Some(item),
            _ => None,
        }
    };
    let is_named = header.contacts.is_some();
    let tells =
        |item: Item| is_key(item) || item == Item::Ignored || is_named && item == Item::Usage;
    let blocks = here.iter().map(|&i| grid.block(i).range);
    let keys = blocks.filter_map(|range| Some((holds(range.first.col)?, range.last.row)));
    keys.filter(|(item, _)| tells(*item)).collect()
}

/// Whether nothing but the user's own cells reaches down to `deepest`.
fn is_of_a_user(keys: &[(Item, u32)], deepest: u32) -> bool {
    let is_own = |item: Item| matches!(item, Item::Name | Item::CertificateNumber | Item::Ignored);
    let mut deep = keys.iter().filter(|(_, last)| *last == deepest);
    deep.all(|(item, _)| is_own(*item))
}

/// Whether a user of its own stands at the head of a row.
fn begins_user(grid: &Grid, header: &Header, row: u32) -> bool {
    begins(grid, header, row, |item| item == Item::Name, |_| true)
}

/// Whether a day, a period or a month of its own stands at the head of a row.
fn begins_day(grid: &Grid, header: &Header, row: u32) -> bool {
    let tells_when = |item| is_dated(item) || item == Item::Month;
    let has_digit = |text: &str| squash(text).contains(|c: char| c.is_ascii_digit());
    begins(grid, header, row, tells_when, has_digit)
}

/// Whether a text begins in a row under a column of one of the `items`.
fn begins(
    grid: &Grid,
    header: &Header,
    row: u32,
    items: impl Fn(Item) -> bool,
    is_meant: impl Fn(&str) -> bool,
) -> bool {
    let mut columns = header.columns.iter();
    columns.any(|column| {
        let is_of_items = matches!(column.holds, Some(Holds::Item(item)) if items(item));
        let cells = grid.row_within(row, column.span.0, column.span.1).iter();
        let mut blocks = cells.map(|&i| grid.block(i));
        is_of_items
            && blocks.any(|block| {
                block.range.first.row == row && block.stored.is_some() && is_meant(&block.text)
            })
    })
}

#[cfg(test)]
mod tests {
    use crate::recognise::testing::lines;

    /// The first rows of the records of a table.
    fn begun(rows: &[&[&str]], merged: &[&str]) -> Vec<u32> {
        let lines = lines(rows, merged);
        lines.iter().map(|line| line.at.row + 1).collect()
    }

    #[test]
    fn a_record_is_as_deep_as_its_key() {
        let rows: [&[&str]; 4] = [
            &["日付", "開始時間", "作業内容", "支援内容"],
            &["9/1", "10:00", "検品", "始める。"],
            &["", "", "", "終える。"],
            &["9/2", "10:00", "検品", "始める。"],
        ];
        assert_eq!(begun(&rows, &["A2:A3"]), [2, 4]);
    }

    #[test]
    fn records_that_share_a_key_are_as_deep_as_their_own() {
        let rows: [&[&str]; 4] = [
            &["氏名", "日付", "作業内容", "支援内容"],
            &["森 健太", "9/1", "検品", "始める。"],
            &["", "9/2", "検品", "始める。"],
            &["堀 あかね", "9/1", "検品", "始める。"],
        ];
        assert_eq!(begun(&rows, &["A2:A3"]), [2, 3, 4]);
        let rows: [&[&str]; 4] = [
            &["日付", "氏名", "作業内容", "支援内容"],
            &["9/1", "森 健太", "検品", "始める。"],
            &["", "堀 あかね", "検品", "始める。"],
            &["9/2", "森 健太", "検品", "始める。"],
        ];
        assert_eq!(begun(&rows, &["A2:A3"]), [2, 3, 4]);
    }
}
