//! Listings (参考様式4) in any layout: marks of support against the days of a month.
//!
//! Goes by geometry: where the days of a month count up in a row, in tiers, in weeks or down
//! the sheet, who stands beside them, and what is as short as a mark. What a mark means is not
//! asked here, nor is any other form.

mod around;
mod columns;
mod legend;
mod lists;
mod month;
mod rows;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::form::Role;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, LabelBlocks};
use crate::recognise::table::Table;
use crate::recognise::table::columns::{Columns, DayColumns};
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;
use columns::{Beside, Held};
pub use legend::legends;
use month::{Month, Shape};
use rows::Rows;

/// The listings of a sheet.
#[derive(Debug, Default)]
pub struct Listings {
    /// One a month, and a user's days where each user has days of their own.
    pub tables: Vec<Table>,
    /// Whether the sheet looks like a listing, or a part of it does, that was not read.
    pub is_unread: bool,
}

/// Finds the listings of a sheet, upright and on their side.
pub fn listings(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Listings {
    let may_be = |cell: Cell| match title(cell) {
        None | Some(FormKind::Listing) => true,
        Some(FormKind::ServiceRecord | FormKind::SelfInspection) => false,
        // A list of users may be titled as one of people.
        Some(_) => true,
    };
    let mut all = in_one_direction(grid, labels, vocabulary, &may_be, false);
    let turned: Vec<Label> = labels.iter().map(Label::transposed).collect();
    let on_side = |cell: Cell| may_be(cell.transposed());
    let mut sideways = in_one_direction(&grid.transposed(), &turned, vocabulary, &on_side, true);
    sideways.tables.iter_mut().for_each(Table::turn);
    for table in sideways.tables {
        if !all.tables.iter().any(|t| t.range.overlaps(&table.range)) {
            all.tables.push(table);
        }
    }
    all.is_unread |= sideways.is_unread;
    all
}

/// Finds the listings whose users stand below each other.
fn in_one_direction(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    may_be: &dyn Fn(Cell) -> bool,
    is_turned: bool,
) -> Listings {
    let mut found = Listings::default();
    let blocks = LabelBlocks::of(labels);
    let months = month::months(grid);
    let ranges: Vec<CellRange> = months.iter().map(Month::range).collect();
    let mut before: Vec<Beside> = Vec::new();
    for (n, month) in months.iter().enumerate() {
        if !may_be(ranges[n].first) {
            continue;
        }
        let place = Place::of(grid, &ranges, n);
        let all = rows::rows(grid, month, place.rows.1);
        let plain: Vec<u32> = all.iter().map(|(_, row)| *row).collect();
        let columns = match month.shape() {
            Shape::Weeks => Vec::new(),
            _ => columns::beside(grid, vocabulary, month, &plain, &before, place.columns),
        };
        let read = rows::read(grid, &blocks, vocabulary, month, &columns, &all);
        let is_listing = is_listing(&read, is_turned) && !is_of_records(labels, month, &read);
        let own = Own {
            grid,
            vocabulary,
            month,
            columns: &columns,
            place: &place,
        };
        match is_listing {
            true => {
                found.is_unread |= read.is_incomplete || month.is_cut();
                found.tables.push(own.table(read));
                before = columns;
            }
            false => found.is_unread |= !is_turned && marks(&read) > 0 && !read.is_foreign,
        }
    }
    let taken = |range: &CellRange| found.tables.iter().any(|t| t.range.overlaps(range));
    let lists: Vec<Table> = lists::tables(grid, labels, vocabulary)
        .into_iter()
        .filter(|table| !taken(&table.range))
        .collect();
    found.tables.extend(lists);
    // Legends are those of the sheet, whatever listing they stand by.
    let ranges: Vec<CellRange> = found.tables.iter().map(|table| table.range).collect();
    let outside = |cell: Cell| {
        let is_day = |(range, month): (&CellRange, &Month)| {
            let (left, right) = month.columns();
            range.contains(cell) && (left..=right).contains(&cell.col)
        };
        !ranges.iter().zip(&months).any(is_day)
    };
    if !found.tables.is_empty() {
        let (texts, cells) = legends(grid, vocabulary, outside);
        for table in &mut found.tables {
            table.legend.clone_from(&texts);
            let cells = cells.iter().map(|range| (*range, Role::Legend));
            table.explained.extend(cells);
        }
    }
    found
}

fn marks(read: &Rows) -> usize {
    read.lines.iter().map(|line| line.days.len()).sum()
}

/// Whether what stands under the days are marks of users: short, and not items of a form.
fn is_listing(read: &Rows, is_turned: bool) -> bool {
    let texts = || read.lines.iter().flat_map(|line| &line.days);
    let all = texts().count();
    let short = texts().filter(|day| rows::is_short(&day.word.text)).count();
    // Labels across the sheet are the columns of a day's form, whatever stands under them.
    let is_foreign = read.is_foreign && (is_turned || read.lines.is_empty());
    all > 0 && short * 5 >= all * 4 && !is_foreign
}

/// Whether the lines beside the days are the items of a day's record, such as 作業内容 and
/// 支援内容: then each column is a record, whatever stands in it.
fn is_of_records(labels: &[Label], month: &Month, read: &Rows) -> bool {
    const FEWEST: usize = 3;
    let (first, bottom) = (month.range().first, read.bottom);
    let beside = labels.iter().filter(|label| {
        let at = label.range.first;
        at.col < month.columns().0 && at.row >= first.row && at.row <= bottom
    });
    let items: BTreeSet<Item> = beside
        .filter_map(|label| label.item(FormKind::Daily))
        .filter(|item| item.is_of_a_day())
        .collect();
    items.len() >= FEWEST
}

/// Where a month's own rows and columns may lie.
struct Place {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Place {
    /// Between the months above, below and beside.
    fn of(grid: &Grid, ranges: &[CellRange], n: usize) -> Self {
        let own = ranges[n];
        let (mut rows, mut columns) = ((0, grid.last_row()), (0, u32::MAX - 1));
        for (_, other) in ranges.iter().enumerate().filter(|(i, _)| *i != n) {
            if other.shares_cols(&own) {
                if other.last.row < own.first.row {
                    rows.0 = rows.0.max(other.last.row + 1);
                } else if other.first.row > own.last.row {
                    rows.1 = rows.1.min(other.first.row - 1);
                }
            } else if other.shares_rows(&own) {
                if other.last.col < own.first.col {
                    columns.0 = columns.0.max(other.last.col + 1);
                } else {
                    columns.1 = columns.1.min(other.first.col - 1);
                }
            }
        }
        Self { rows, columns }
    }
}

/// One month with what belongs to it.
struct Own<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    month: &'a Month,
    columns: &'a [Beside],
    place: &'a Place,
}

impl Own<'_> {
    fn table(&self, read: Rows) -> Table {
        let (mut left, mut right) = self.month.columns();
        let (mut top, mut bottom) = (self.month.range().first.row, read.bottom);
        let mut explained = read.explained;
        let mut lines = read.lines;
        for column in self.columns.iter().filter(|c| c.holds != Held::Other) {
            left = left.min(column.col);
            right = right.max(column.col);
        }
        for column in self.columns {
            if let Some(i) = column.heading {
                let range = self.grid.block(i).range;
                explained.push((range, Role::Label));
                // 1回目 and 2回目 divide 週評価.
                let tier = self
                    .month
                    .tiers
                    .first()
                    .map_or(range.last.row, |t| t.bottom);
                for row in range.last.row.saturating_add(1)..=tier {
                    let under = self.grid.row_over(row, column.col, column.col);
                    let under = under.map(|i| (self.grid.block(i).range, Role::Label));
                    explained.extend(under.filter(|_| column.holds != Held::Other));
                }
                if column.holds != Held::Other {
                    top = top.min(range.first.row);
                }
            }
        }
        self.heads(&mut explained);
        let is_of_one = lines.len() == 1 && !self.columns.iter().any(|c| c.holds == Held::Name);
        if let Some(line) = lines.first_mut().filter(|_| is_of_one) {
            let range = CellRange::new(Cell::new(top, left), Cell::new(bottom, right));
            let reach = self.reach(range);
            let near = around::zones(range, self.place.columns, reach);
            let near = around::around(self.grid, self.vocabulary, &near);
            for range in &near.cells {
                explained.push((*range, Role::Label));
                if range.first.row > bottom {
                    bottom = range.last.row;
                }
            }
            for (item, entries) in near.entries {
                line.entries.entry(item).or_insert(entries);
            }
            if line.days.is_empty() {
                line.days = near.days;
            }
        }
        let (caption, range) = caption(self.grid, self.month.range().first.row);
        explained.extend(range);
        let range = CellRange::new(Cell::new(top, left), Cell::new(bottom, right));
        Table {
            caption,
            explained,
            columns: self.layout(read.is_plain),
            ..Table::new(FormKind::Listing, range, lines)
        }
    }

    /// How far above and below a month what is written of its user may stand.
    fn reach(&self, range: CellRange) -> (u32, u32) {
        const ABOVE: u32 = 6;
        const BELOW: u32 = 8;
        let (first, last) = self.place.rows;
        // Each side of a gap between two months is the nearer one's.
        let above = match first {
            0 => 0,
            first => range.first.row - (range.first.row.saturating_sub(first)) / 2,
        };
        let below = match last >= self.grid.last_row() {
            true => last,
            false => range.last.row + last.saturating_sub(range.last.row) / 2,
        };
        (
            range.first.row.saturating_sub(ABOVE).max(above),
            range.last.row.saturating_add(BELOW).min(below),
        )
    }

    fn heads(&self, explained: &mut Vec<(CellRange, Role)>) {
        let (left, right) = self.month.columns();
        for tier in &self.month.tiers {
            for row in tier.row..=tier.bottom {
                let within = self.grid.row_within(row, left, right).iter();
                let heads = within.map(|&i| self.grid.block(i));
                let heads = heads.filter(|block| block.stored.is_some());
                explained.extend(heads.map(|block| (block.range, Role::Label)));
            }
        }
        if self.month.shape() == Shape::Weeks {
            let above = self.month.range().first.row.saturating_sub(1);
            let within = self.grid.row_within(above, left, right).iter();
            let weekdays = within.map(|&i| self.grid.block(i));
            let weekdays =
                weekdays.filter(|b| crate::recognise::calendar::is_weekday(b.text.trim()));
            explained.extend(weekdays.map(|block| (block.range, Role::Label)));
        }
    }

    /// The layout for a profile, where one line of columns tells it.
    fn layout(&self, is_plain: bool) -> Option<Columns> {
        let tier = self.month.tiers.first()?;
        let first = tier.heads.first()?;
        let last = tier.heads.last()?;
        let in_order = tier.heads.iter().all(|head| {
            let (day, col) = (head.day.checked_sub(first.day), head.span.0);
            head.span.0 == head.span.1 && day == col.checked_sub(first.span.0)
        });
        let items: BTreeMap<Item, Vec<(u32, u32)>> = columns::by_item(self.columns);
        (is_plain && in_order && items.contains_key(&Item::Name)).then(|| Columns {
            columns: items,
            days: Some(DayColumns {
                from: first.day,
                span: (first.span.0, last.span.0),
            }),
            header: tier.row,
            first: tier.bottom + 1,
            sideways: false,
        })
    }
}

/// The nearest text above a row that names a month with its year, for a listing without a title.
fn caption(grid: &Grid, top: u32) -> (String, Option<(CellRange, Role)>) {
    const LONGEST: usize = 60;
    const FAR: usize = 200;
    let names_month = |text: &str| {
        let text = squash(text);
        let parts = ['年', '月', '.', '/', '-'];
        let has_year = text.contains(['年', 'R', 'r', '令']) || text.contains("20");
        let mut pairs = text.chars().zip(text.chars().skip(1));
        let is_short = text.chars().count() <= LONGEST;
        is_short && has_year && pairs.any(|(a, b)| a.is_ascii_digit() && parts.contains(&b))
    };
    let rows = (0..=top).rev().take(FAR);
    let blocks = rows.flat_map(|row| grid.row(row).iter());
    let mut texts = blocks
        .map(|&i| grid.block(i))
        .filter(|block| block.stored.is_some() && names_month(&block.text))
        .map(|block| (block.text.clone(), Some((block.range, Role::Title))));
    texts.next().unwrap_or_default()
}
