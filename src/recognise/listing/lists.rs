//! Listings that name days instead of marking them: `在宅で利用した日 | 2日、4日、9日`.

use std::collections::BTreeMap;

use super::around::{as_days, day_list, is_support};
use super::columns::is_name;
use super::words;
use crate::model::{Cell, CellRange};
use crate::recognise::form::{DayLine, DayWord, Entry, Role};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, word};
use crate::recognise::table::Table;
use crate::recognise::table::lines::Line;
use crate::recognise::wording::vocabulary::Vocabulary;

/// One column of such a table.
struct Column {
    span: (u32, u32),
    label: String,
    item: Option<Item>,
    line: Option<DayLine>,
}

/// All such tables, by the heading of the users' names.
pub fn tables(grid: &Grid, labels: &[Label], vocabulary: &Vocabulary) -> Vec<Table> {
    let named = labels.iter().filter(|label| {
        let mut meanings = label.meanings.iter();
        label.inline.is_none() && meanings.any(|(_, item)| *item == Item::Name)
    });
    let mut found: Vec<Table> = Vec::new();
    for label in named {
        let is_taken = |table: &Table| table.range.contains(label.range.first);
        if !found.iter().any(is_taken) {
            found.extend(table(grid, vocabulary, label));
        }
    }
    found
}

fn table(grid: &Grid, vocabulary: &Vocabulary, label: &Label) -> Option<Table> {
    let columns = columns(grid, vocabulary, label.range);
    let is_list = |column: &Column| column.line == Some(DayLine::Home);
    if !columns.iter().any(is_list) {
        return None;
    }
    let (left, right) = (columns.first()?.span.0, columns.last()?.span.1);
    let header = (label.range.first.row, label.range.last.row);
    let mut lines: Vec<Line> = Vec::new();
    let mut explained: Vec<(CellRange, Role)> = Vec::new();
    for row in header.0..=header.1 {
        let heads = grid.row_within(row, left, right).iter();
        let heads = heads.map(|&i| grid.block(i)).filter(|b| b.stored.is_some());
        explained.extend(heads.map(|block| (block.range, Role::Label)));
    }
    let mut bottom = header.1;
    for row in header.1.saturating_add(1)..=grid.last_row() {
        let line = line(grid, vocabulary, &columns, row);
        let Some(line) = line else { break };
        bottom = row;
        lines.push(line);
    }
    let (caption, range) = super::caption(grid, header.0);
    explained.extend(range);
    let lists = lines.iter().any(|line| line.days.len() >= 2);
    let range = CellRange::new(Cell::new(header.0, left), Cell::new(bottom, right));
    lists.then(|| Table {
        caption,
        explained,
        ..Table::new(FormKind::Listing, range, lines)
    })
}

/// The headings in the row of the names' one, as far as they touch each other.
fn columns(grid: &Grid, vocabulary: &Vocabulary, at: CellRange) -> Vec<Column> {
    const MOST: usize = 40;
    let mut columns: Vec<Column> = Vec::new();
    for &i in grid.row(at.first.row) {
        let block = grid.block(i);
        if block.stored.is_none() {
            continue;
        }
        let span = (block.range.first.col, block.range.last.col);
        let touches = columns.last().is_none_or(|c| c.span.1 + 1 == span.0);
        if !touches && span.0 > at.last.col || columns.len() == MOST {
            break;
        }
        if !touches {
            columns.clear();
        }
        let text = block.text_in_short();
        let item = words::asked(vocabulary, &text);
        let line = words::about(&text).filter(|line| is_support(*line));
        let is_list = matches!(item, Some(Item::Days | Item::Ignored)) && text.contains('日');
        columns.push(Column {
            span,
            label: text,
            item,
            line: line.filter(|_| is_list),
        });
    }
    columns
}

/// One user's line; `None` where the table has ended.
fn line(grid: &Grid, vocabulary: &Vocabulary, columns: &[Column], row: u32) -> Option<Line> {
    let mut entries: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
    let mut days: Vec<DayWord> = Vec::new();
    let mut is_named = false;
    for column in columns {
        let (first, last) = column.span;
        let begin = grid.row_within(row, first, last).iter();
        let begin = begin.map(|&i| grid.block(i));
        let mut begin = begin.filter(|b| b.range.first.row == row && b.stored.is_some());
        let written = begin.next();
        if let (Some(line), Some(block)) = (column.line, written) {
            // Anything else under such a heading makes it another one.
            days.extend(as_days(&day_list(&block.text)?, &word(block), line));
            continue;
        }
        let kept = [
            Item::Name,
            Item::CertificateNumber,
            Item::HomeDays,
            Item::WeeklyDate,
            Item::MonthlyDate,
        ];
        if let Some(item) = column.item.filter(|item| kept.contains(item)) {
            if let (Item::Name, Some(block)) = (item, written) {
                is_named |= is_name(vocabulary, &block.text);
            }
            entries.entry(item).or_default().push(Entry::new(
                column.label.clone(),
                Cell::new(row, first),
                written.map(word).into_iter().collect(),
            ));
        }
    }
    let at = Cell::new(row, columns.first()?.span.0);
    is_named.then_some(Line {
        days,
        ..Line::new(at, entries)
    })
}
