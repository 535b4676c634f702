//! How a table is divided into columns, apart from the words of its header: what a mapping
//! says of it, and what can be said of one that was recognised.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::calendar::day_number;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds, LEGEND_SIGNS, texts_over};
use crate::text::squash;

/// How the lines of a table are divided. Rows and columns are exchanged where it lies on its
/// side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The first and last column of each item, from zero. An item may have several.
    pub columns: BTreeMap<Item, Vec<(u32, u32)>>,
    /// The columns of the days of the month, one a day.
    pub days: Option<DayColumns>,
    /// The first row of the headers, from zero.
    pub header: u32,
    /// The first row of records, from zero.
    pub first: u32,
    /// Whether the table lies on its side: a record in each column.
    pub sideways: bool,
}

/// Days of the month in columns, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayColumns {
    /// The day in the first of them.
    pub from: u32,
    /// The first and last column, from zero.
    pub span: (u32, u32),
}

impl Columns {
    /// The layout of a table that was recognised; `None` where its days do not stand in
    /// columns one after the other, or its columns say more than one item each.
    pub fn of(header: &Header, sideways: bool) -> Option<Self> {
        if header.tiers > 1 || !header.common.is_empty() {
            return None;
        }
        let mut columns: BTreeMap<Item, Vec<(u32, u32)>> = BTreeMap::new();
        let mut marks: Vec<(u32, u32)> = Vec::new();
        for column in &header.columns {
            match column.holds {
                Some(Holds::Item(item)) => columns.entry(item).or_default().push(column.span),
                Some(Holds::Day(day)) => marks.push((day, column.span.0)),
                // No mapping says which parts make one contact or evaluation.
                Some(Holds::Part(_) | Holds::Evaluation(_)) => return None,
                None => columns.entry(Item::Ignored).or_default().push(column.span),
            }
        }
        let days = match marks.first() {
            None => None,
            Some((from, first)) => {
                let is_next = |(day, col): &(u32, u32)| {
                    let (days, cols) = (day.checked_sub(*from), col.checked_sub(*first));
                    days.is_some() && days == cols
                };
                let last = marks.iter().map(|(_, col)| *col).max()?;
                marks.iter().all(is_next).then_some(Some(DayColumns {
                    from: *from,
                    span: (*first, last),
                }))?
            }
        };
        Some(Self {
            columns,
            days,
            header: header.rows.0,
            first: header.rows.1.checked_add(1)?,
            sideways,
        })
    }

    /// The day of each column that has one: as printed over it, else counted on from the first.
    pub fn days_by_column(&self, grid: &Grid) -> BTreeMap<u32, u32> {
        // A row of weekdays may stand between the days and what was named as the header.
        const ABOVE: u32 = 2;
        let Some(DayColumns { from, span }) = self.days else {
            return BTreeMap::new();
        };
        let mut rows = (self.header.saturating_sub(ABOVE)..self.first).rev();
        let printed = rows.find_map(|row| printed_days(grid, row, span));
        printed.unwrap_or_else(|| (span.0..=span.1).zip(from..=31).collect())
    }

    /// Whether another day is printed over a column than the one that follows from the first.
    pub fn is_misnumbered(&self, grid: &Grid) -> bool {
        let days = self.days_by_column(grid);
        let counted = |col: u32| self.days.map(|days| col - days.span.0 + days.from);
        days.into_iter().any(|(col, day)| counted(col) != Some(day))
    }

    /// The same, beginning with the day that is printed over the first column.
    pub fn renumbered(&self, grid: &Grid) -> Self {
        let mut columns = self.clone();
        let first = self.days_by_column(grid).into_iter().next();
        if let (Some(days), Some((_, day))) = (&mut columns.days, first) {
            days.from = day;
        }
        columns
    }

    /// The header that it says to stand over the lines.
    pub fn header(&self, kind: FormKind, grid: &Grid) -> Header {
        let rows = (self.header, self.first.saturating_sub(1));
        let items = self
            .columns
            .iter()
            .flat_map(|(item, spans)| spans.iter().map(|span| (*span, Some(Holds::Item(*item)))));
        let days = self.days_by_column(grid).into_iter();
        let days = days.map(|(col, day)| ((col, col), Some(Holds::Day(day))));
        let mut columns: Vec<Column> = items
            .chain(days)
            .map(|(span, holds)| {
                let mut heads = texts_over(grid, rows, span.0);
                let label = heads.join(" ");
                if let (Some(Holds::Item(item)), [_]) = (holds, heads.as_slice())
                    && item.offers_choices()
                    && self.is_divided(item)
                {
                    // The mapping is what these heads have in common above them.
                    heads.insert(0, String::new());
                }
                Column {
                    label,
                    ..Column::new(span, heads, holds)
                }
            })
            .collect();
        columns.sort_by_key(|column| column.span);
        let over = grid.rows_between(rows.0, rows.1);
        let over = over.flat_map(|row| grid.row(row).iter());
        let texts = over.map(|&i| grid.block(i).text.as_str());
        let legend: Vec<&str> = texts.filter(|text| text.contains(LEGEND_SIGNS)).collect();
        Header {
            kind,
            rows,
            columns,
            legend: legend.concat(),
            common: BTreeMap::new(),
            tiers: 1,
            own: None,
            beside: BTreeSet::new(),
        }
    }

    /// Whether the item has several columns.
    fn is_divided(&self, item: Item) -> bool {
        self.columns.get(&item).is_some_and(|spans| spans.len() > 1)
    }

    /// The words over each column of an item, by their cells on the sheet as it lies.
    pub fn heads(&self, grid: &Grid) -> Vec<(Cell, String)> {
        let turned = self.sideways.then(|| grid.transposed());
        let grid = turned.as_ref().unwrap_or(grid);
        let spans = self.columns.values().flatten();
        let rows = || grid.rows_between(self.header, self.first.saturating_sub(1));
        let heads = spans.flat_map(|(col, _)| {
            let over = rows().flat_map(|row| grid.row_over(row, *col, *col));
            over.map(|i| grid.block(i))
                .filter(|block| block.stored.is_some())
        });
        let told = heads.map(|block| {
            let first = block.range.first;
            let cell = match self.sideways {
                true => first.transposed(),
                false => first,
            };
            (cell, block.text.clone())
        });
        told.collect()
    }

    /// The cells of its items on the sheet as it lies, within `range` and no lower than the row
    /// `last`.
    pub fn cells(&self, range: CellRange, last: u32) -> Vec<CellRange> {
        let days = self.days.iter().map(|days| days.span);
        let spans = self.columns.values().flatten().copied().chain(days);
        let bottom = range.last.row.min(last);
        let cells = spans.map(|(from, to)| match self.sideways {
            false => (Cell::new(self.first, from), Cell::new(bottom, to)),
            true => (
                Cell::new(from, self.first),
                Cell::new(to.min(bottom), range.last.col),
            ),
        });
        let is_there =
            |(first, last): &(Cell, Cell)| first.row <= last.row && first.col <= last.col;
        let cells = cells.filter(is_there);
        cells
            .map(|(first, last)| CellRange::new(first, last))
            .collect()
    }

    /// The same table as many rows further down the sheet.
    pub fn lowered(&self, rows: u32) -> Self {
        let mut lower = self.clone();
        let down = |row: &mut u32| *row = row.saturating_add(rows);
        match self.sideways {
            false => [&mut lower.header, &mut lower.first]
                .into_iter()
                .for_each(down),
            true => {
                let days = lower.days.iter_mut().map(|days| &mut days.span);
                for span in lower.columns.values_mut().flatten().chain(days) {
                    down(&mut span.0);
                    down(&mut span.1);
                }
            }
        }
        lower
    }

    /// The first row of the table on the sheet as it lies.
    pub fn top(&self) -> u32 {
        let rows = self.columns.values().flatten().map(|span| span.0);
        match self.sideways {
            false => self.header,
            true => rows.min().unwrap_or(0),
        }
    }
}

/// The days of the month that head the columns in a row, where they count up over most of them.
fn printed_days(grid: &Grid, row: u32, (first, last): (u32, u32)) -> Option<BTreeMap<u32, u32>> {
    const FEWEST: usize = 3;
    let day = |col: u32| {
        let texts = texts_over(grid, (row, row), col);
        let text = texts.first()?;
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | '（'));
        day_number(&squash(text.get(..end.unwrap_or(text.len()))?))
    };
    let days: BTreeMap<u32, u32> = (first..=last)
        .filter_map(|col| Some((col, day(col)?)))
        .collect();
    let counts_up = days.values().zip(days.values().skip(1)).all(|(a, b)| a < b);
    let all = usize::try_from(last - first).unwrap_or(usize::MAX);
    (counts_up && days.len() >= FEWEST && days.len() * 2 > all).then_some(days)
}
