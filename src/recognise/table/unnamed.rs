//! Users or days at the head of a table's records, where no label says that they are: 項目 or
//! nothing at all stands before them.

use std::collections::BTreeSet;

use crate::recognise::calendar::{is_day, is_no_day, is_weekday};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::LabelBlocks;
use crate::recognise::table::beside_days;
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Finds the column of users or days for a header that has neither: the first one, where its own
/// head is not known, or the one before it.
pub fn complete(grid: &Grid, labels: &LabelBlocks, header: &mut Header) {
    let has = |items: &[Item]| items.iter().any(|item| header.has(*item));
    let is_named = has(&[Item::Name, Item::CertificateNumber]);
    let is_dated = has(&[Item::Date, Item::DateTime]);
    // A day at home has its date; an evaluation with a date of its own may be any user's.
    if header.kind == FormKind::Listing || is_named || is_dated && header.kind == FormKind::Daily {
        return;
    }
    // 曜日 over the days heads them too, where no date does.
    let is_unknown = |column: &&Column| {
        column.holds.is_none()
            || header.kind == FormKind::Daily && column.holds == Some(Holds::Item(Item::Ignored))
    };
    let unknown = header.columns.first().filter(is_unknown);
    let item = unknown.and_then(|column| item_of(grid, labels, header, column.span));
    if let Some(item) = item
        && let Some(column) = header.columns.first_mut()
    {
        column.holds = Some(Holds::Item(item));
        return;
    }
    let before = header
        .columns
        .first()
        .and_then(|column| column.span.0.checked_sub(1));
    if let Some(col) = before
        && let Some(item) = item_of(grid, labels, header, (col, col))
    {
        header.columns.insert(
            0,
            Column::new((col, col), Vec::new(), Some(Holds::Item(item))),
        );
    }
}

/// Whether users or days stand below each other in the columns of `span`.
fn item_of(grid: &Grid, labels: &LabelBlocks, header: &Header, span: (u32, u32)) -> Option<Item> {
    const FEWEST: usize = 2;
    const GAP: u32 = 2;
    let mut below = header.rows.1;
    let mut cells: Vec<(usize, &Block)> = Vec::new();
    for row in grid.rows_between(below.saturating_add(1), grid.last_row()) {
        if row > below.saturating_add(GAP) {
            break;
        }
        let begin = grid.row_within(row, span.0, span.1).iter().copied();
        let begin = begin.map(|i| (i, grid.block(i)));
        let written = begin.filter(|(_, b)| b.stored.is_some() && b.range.first.row == row);
        for (i, block) in written {
            below = block.range.last.row;
            // The days of the week before the first of the month.
            if !is_no_day(&block.text) {
                cells.push((i, block));
            }
        }
    }
    if header.kind == FormKind::Daily {
        beside_days::leave_days(&mut cells);
    }
    let texts: BTreeSet<String> = cells.iter().map(|(_, block)| squash(&block.text)).collect();
    if cells.len() < FEWEST || texts.len() < cells.len() {
        return None;
    }
    let is_day = |(_, block): &(usize, &Block)| {
        let stored = block.stored.as_ref();
        stored.is_some_and(|stored| is_day(&block.text, stored))
    };
    let is_name = |(i, block): &(usize, &Block)| {
        !labels.all.contains(i) && layout_words::words().people.could_be_name(&block.text)
    };
    let is_weekday = |(_, block): &(usize, &Block)| is_weekday(&squash(&block.text));
    let are_days = match header.kind {
        FormKind::Daily => cells.iter().all(is_day) || cells.iter().all(is_weekday),
        FormKind::Weekly => cells.iter().all(is_day),
        _ => false,
    };
    if are_days {
        return (!header.has(Item::Date)).then_some(Item::Date);
    }
    cells.iter().all(is_name).then_some(Item::Name)
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::item::Item;
    use crate::recognise::testing::recognised;

    #[test]
    fn days_at_the_head_of_records_need_no_label() {
        let days = |head: [&'static str; 3]| {
            let rows: [&[&str]; 4] = [
                &head,
                &["開始時間", "10:00", "10:30"],
                &["作業内容", "検品", "箱折り"],
                &["支援内容", "電話をした。", "訪問した。"],
            ];
            let forms = recognised(Sheet::of_rows(&rows)).forms;
            let dated = forms
                .iter()
                .filter_map(|form| form.entries.get(&Item::Date));
            dated.count()
        };
        assert_eq!(days(["", "9/1", "9/2"]), 2);
        assert_eq!(days(["項目", "9/1", "9/2"]), 2);
        assert_eq!(days(["日付", "9/1", "9/2"]), 2);
        assert_eq!(days(["", "箱", "袋"]), 0);
        assert_eq!(days(["品名", "箱", "袋"]), 0);
    }
}
