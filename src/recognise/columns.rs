//! How a table is divided into columns, apart from the words of its header: what a mapping
//! says of it, and what can be said of one that was recognised.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::header::{Column, Header, Holds, LEGEND_SIGNS, texts_over};
use super::item::{FormKind, Item};

/// How the lines of a table are divided. Rows and columns are exchanged where it lies on its
/// side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The first and last column of each item, from zero. An item may have several.
    pub columns: BTreeMap<Item, Vec<(u32, u32)>>,
    /// The columns of the days of the month, from the 1st on, one a day.
    pub days: Option<(u32, u32)>,
    /// The first row of the headers, from zero.
    pub header: u32,
    /// The first row of records, from zero.
    pub first: u32,
    /// Whether the table lies on its side: a record in each column.
    pub sideways: bool,
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
        // The column of the 1st, and that of the last day.
        let first = |(day, col): &(u32, u32)| (col + 1).checked_sub(*day);
        let days = match marks.first() {
            None => None,
            Some(mark) => {
                let start = first(mark)?;
                let in_order = marks.iter().all(|mark| first(mark) == Some(start));
                let last = marks.iter().map(|(_, col)| *col).max()?;
                in_order.then_some(Some((start, last)))?
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

    /// The header that it says to stand over the lines.
    pub fn header(&self, kind: FormKind, grid: &Grid) -> Header {
        let rows = (self.header, self.first.saturating_sub(1));
        let items = self
            .columns
            .iter()
            .flat_map(|(item, spans)| spans.iter().map(|span| (*span, Some(Holds::Item(*item)))));
        let days = self.days.into_iter().flat_map(|(first, last)| {
            let days = (first..=last).zip(1..=31);
            days.map(|(col, day)| ((col, col), Some(Holds::Day(day))))
        });
        let mut columns: Vec<Column> = items
            .chain(days)
            .map(|(span, holds)| {
                let heads = texts_over(grid, rows, span.0);
                Column {
                    span,
                    label: heads.join(" "),
                    heads,
                    holds,
                    tier: None,
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
        }
    }
}
