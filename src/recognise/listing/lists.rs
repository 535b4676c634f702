//! Listings that name days instead of marking them: `在宅で利用した日 | 2日、4日、9日`.

use std::collections::BTreeMap;

use super::around::{as_days, day_list, is_support};
use super::columns::is_name;
use super::words;
use crate::model::{Cell, CellRange};
use crate::recognise::form::{DayLine, DayWord, Entry, Role};
use crate::recognise::grid::{Block, Grid};
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
    // The headings of one table are read once, however many of them ask for a name.
    let mut read: Option<Heads> = None;
    for label in named {
        let at = label.range.first;
        let is_taken = |table: &Table| table.range.contains(at);
        if read.as_ref().is_some_and(|heads| heads.hold(at)) || found.iter().any(is_taken) {
            continue;
        }
        let heads = read.insert(Heads::around(grid, at));
        found.extend(table(grid, vocabulary, label, heads));
    }
    found
}

fn table(grid: &Grid, vocabulary: &Vocabulary, label: &Label, heads: &Heads) -> Option<Table> {
    let columns = heads.columns(grid, vocabulary);
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

/// Headings of one row that touch each other, by their blocks from left to right.
struct Heads {
    row: u32,
    blocks: Vec<usize>,
    span: (u32, u32),
}

impl Heads {
    /// Those on both sides of the one that begins at a cell.
    fn around(grid: &Grid, at: Cell) -> Self {
        let written = |i: &usize| grid.block(*i).stored.is_some();
        let cols = |i: usize| (grid.block(i).range.first.col, grid.block(i).range.last.col);
        let own = grid.row_within(at.row, at.col, at.col).iter().copied();
        let mut blocks: Vec<usize> = own.filter(written).take(1).collect();
        let mut span = blocks.first().map_or((at.col, at.col), |&i| cols(i));
        let left = at
            .col
            .checked_sub(1)
            .map(|left| grid.row_within(at.row, 0, left));
        for &i in left.unwrap_or_default().iter().rev().filter(|i| written(i)) {
            if cols(i).1.checked_add(1) != Some(span.0) {
                break;
            }
            span.0 = cols(i).0;
            blocks.push(i);
        }
        blocks.reverse();
        let right = grid.row_within(at.row, span.1.saturating_add(1), u32::MAX);
        for &i in right.iter().filter(|i| written(i)) {
            if span.1.checked_add(1) != Some(cols(i).0) {
                break;
            }
            span.1 = cols(i).1;
            blocks.push(i);
        }
        let row = at.row;
        Self { row, blocks, span }
    }

    /// Whether the heading that begins at a cell is one of them.
    fn hold(&self, at: Cell) -> bool {
        self.row == at.row && (self.span.0..=self.span.1).contains(&at.col)
    }

    /// What they ask for.
    fn columns(&self, grid: &Grid, vocabulary: &Vocabulary) -> Vec<Column> {
        const MOST: usize = 40;
        let blocks = self.blocks.iter().take(MOST).map(|&i| grid.block(i));
        let column = |block: &Block| {
            let text = block.text_in_short();
            let item = words::asked(vocabulary, &text);
            let line = words::about(&text).filter(|line| is_support(*line));
            let is_list = matches!(item, Some(Item::Days | Item::Ignored)) && text.contains('日');
            Column {
                span: (block.range.first.col, block.range.last.col),
                label: text,
                item,
                line: line.filter(|_| is_list),
            }
        };
        blocks.map(column).collect()
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Sheet, SheetCell};
    use crate::recognise::label::labels;

    fn lists(sheet: &Sheet) -> Vec<Table> {
        let grid = Grid::of(sheet);
        let vocabulary = Vocabulary::builtin();
        tables(&grid, &labels(&grid, vocabulary), vocabulary)
    }

    #[test]
    fn a_column_that_names_days_is_told_by_its_head() {
        let rows = |head: &'static str| {
            let head = ["No.", "氏名", head];
            let first = ["1", "森 健太", "2日、4日、9日"];
            lists(&Sheet::of_rows(&[
                &head,
                &first,
                &["2", "堀 あかね", "3日"],
            ]))
        };
        let found = rows("在宅で利用した日");
        assert_eq!(found.len(), 1);
        let days: Vec<usize> = found[0].lines.iter().map(|line| line.days.len()).collect();
        assert_eq!(days, [3, 1]);
        assert!(rows("誕生日").is_empty());
    }

    #[test]
    fn headings_apart_are_those_of_tables_apart() {
        let head = ["氏名", "在宅で利用した日", "", "氏名", "在宅で利用した日"];
        let first = ["森 健太", "2日、4日", "", "堀 あかね", "3日、5日"];
        let found = lists(&Sheet::of_rows(&[&head, &first]));
        let ranges: Vec<String> = found.iter().map(|table| table.range.to_string()).collect();
        assert_eq!(ranges, ["A1:B2", "D1:E2"]);
    }

    /// Were each of them read anew for each name, this would take minutes.
    #[test]
    fn a_row_of_many_names_is_read_once() {
        const NAMES: u32 = 20_000;
        let mut sheet = Sheet::default();
        for n in 0..NAMES {
            let texts = ["氏名", "在宅で利用した日"];
            for (col, text) in (n * 2..).zip(texts) {
                sheet
                    .cells
                    .insert(Cell::new(0, col), SheetCell::of_text(text));
            }
        }
        assert!(lists(&sheet).is_empty());
        let grid = Grid::of(&sheet);
        let heads = Heads::around(&grid, Cell::new(0, NAMES));
        assert_eq!(heads.blocks.len(), 2 * NAMES as usize);
        assert_eq!(heads.columns(&grid, Vocabulary::builtin()).len(), 40);
    }
}
