//! Tables of one day, a user in each line: the day stands once, above the table.

use super::calendar::is_day;
use super::contact_columns::entry;
use super::form::Entry;
use super::grid::Grid;
use super::item::{FormKind, Item};
use super::label::{Label, word};
use super::table::Table;

/// Rows above a table in which its day is looked for.
const REACH: u32 = 6;

/// Gives each line of a table without a column of dates the day above the table: what stands
/// beside a label for it, else the one date that stands there by itself. `entries` are those
/// of `labels`.
pub fn share(grid: &Grid, labels: &[Label], entries: &[Entry], tables: &mut [Table]) {
    for table in tables {
        let is_daily = table.kind == FormKind::Daily;
        let mut items = table.lines.iter().flat_map(|line| line.entries.keys());
        if !is_daily || items.any(|item| matches!(item, Item::Date | Item::DateTime)) {
            continue;
        }
        let top = table.range.first.row;
        let rows = top.saturating_sub(REACH)..top;
        let labelled = labels.iter().zip(entries).rev().find(|(label, entry)| {
            rows.contains(&label.range.first.row)
                && label.item(FormKind::Daily) == Some(Item::Date)
                && !entry.words.is_empty()
        });
        let day = labelled.map(|(_, entry)| entry.clone());
        let Some(day) = day.or_else(|| alone(grid, rows)) else {
            continue;
        };
        for line in &mut table.lines {
            line.entries.insert(Item::Date, vec![day.clone()]);
        }
    }
}

/// The only whole date among the cells of these rows.
fn alone(grid: &Grid, rows: std::ops::Range<u32>) -> Option<Entry> {
    let last = rows.end.checked_sub(1)?;
    let blocks = grid.rows_between(rows.start, last);
    let blocks = blocks.flat_map(|row| {
        let blocks = grid.row(row).iter().map(|&i| grid.block(i));
        blocks.filter(move |block| block.range.first.row == row)
    });
    let mut dates = blocks.filter(|block| {
        let stored = block.stored.as_ref();
        let is_whole = block.text.contains(['月', '/']);
        is_whole && stored.is_some_and(|stored| is_day(&block.text, stored))
    });
    let date = dates.next().filter(|_| dates.next().is_none())?;
    Some(entry(String::new(), date.range.first, vec![word(date)]))
}
