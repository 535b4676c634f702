//! The lines of a table, read under its header.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{day_number, is_weekday};
use super::columns::Columns;
use super::explain::is_legend;
use super::form::{DayWord, Entry, Role, Word};
use super::grid::Grid;
use super::header::{Header, Holds};
use super::item::{FormKind, Item};
use super::label::{LabelBlocks, word};
use super::seal;
use super::table::Table;
use crate::model::{Cell, CellRange, Grounds};
use crate::text::squash;

/// One line of a table.
#[derive(Debug)]
pub struct Line {
    /// Its first cell.
    pub at: Cell,
    /// What stands under each known column.
    pub entries: BTreeMap<Item, Vec<Entry>>,
    /// What stands under each day of the month.
    pub days: Vec<DayWord>,
}

impl Line {
    /// Sets right what was read on a sheet that lay on its side.
    pub fn turn(&mut self) {
        self.at = self.at.transposed();
        let turn = |word: &mut Word| word.cell = word.cell.transposed();
        for entry in self.entries.values_mut().flatten() {
            entry.home = entry.home.transposed();
            entry.words.iter_mut().for_each(turn);
        }
        self.days.iter_mut().for_each(|day| turn(&mut day.word));
    }
}

/// Reads down from the header to the end of the table; `None` for a header without a column.
pub fn lines(grid: &Grid, labels: &LabelBlocks, header: &Header) -> Option<Table> {
    let left = header.columns.first()?.span.0;
    let right = header.columns.last()?.span.1;
    let mut lines: Vec<Line> = Vec::new();
    let mut explained = of_header(grid, labels, header, (left, right));
    let (mut bottom, mut empty) = (header.rows.1, 0u32);
    let mut row = header.rows.1 + 1;
    let last_row = grid.last_row();
    while row <= last_row && empty < 4 {
        let here: Vec<usize> = grid
            .row_within(row, left, right)
            .iter()
            .copied()
            .filter(|&i| grid.block(i).holds() && grid.block(i).range.first.row >= row)
            .collect();
        if here.is_empty() {
            empty += 1;
            row += 1;
            continue;
        }
        // 曜日 before a row of weekdays belongs to the heading; 合計 closes the table.
        let is_closing = is_closing_line(grid, &here);
        let is_idle = here.first().is_some_and(|i| labels.idle.contains(i));
        // 在宅 under a day is its mark, whatever the word means elsewhere.
        let is_mark = |i: &usize| {
            let col = grid.block(*i).range.first.col;
            let mut columns = header.columns.iter();
            columns.any(|c| {
                matches!(c.holds, Some(Holds::Day(_))) && (c.span.0..=c.span.1).contains(&col)
            })
        };
        let speaks = |i: &usize| labels.all.contains(i) && !labels.idle.contains(i) && !is_mark(i);
        if here.iter().any(speaks) && !is_closing && !is_idle {
            break;
        }
        empty = 0;
        let role = match (is_closing, is_idle) {
            (true, _) => Some(Role::Total),
            (_, true) => Some(Role::Label),
            _ => is_note(grid, &here, left, right).then_some(Role::Guide),
        };
        if let Some(role) = role {
            explained.extend(here.iter().map(|&i| (grid.block(i).range, role)));
        }
        if is_closing && header.kind == FormKind::ServiceRecord {
            // Below the total stand sums and notes that begin in the column of the days.
            bottom = row;
            break;
        }
        if role.is_some() {
            bottom = row;
            row += 1;
            continue;
        }
        let key_column =
            |item: &Item| matches!(item, Item::Name | Item::CertificateNumber | Item::Date);
        let depth = here
            .iter()
            .map(|&i| grid.block(i).range)
            .filter(|range| {
                let columns = &header.columns;
                let column = columns.binary_search_by_key(&range.first.col, |c| c.span.0);
                let holds = column.ok().and_then(|at| columns[at].holds);
                matches!(holds, Some(Holds::Item(item)) if key_column(&item) || item == Item::Ignored)
            })
            .map(|range| range.last.row)
            .max()
            .unwrap_or(row)
            .clamp(row, row + 30);
        let line = line(grid, header, row, depth);
        let keyed = line
            .entries
            .iter()
            .any(|(item, entries)| key_column(item) && entries.iter().any(|e| !e.words.is_empty()));
        if keyed
            || lines
                .last()
                .is_some_and(|previous| starts_as(&line, previous))
        {
            lines.push(line);
        } else if let Some(previous) = lines.last_mut() {
            // What stands under a line without a name or date of its own goes on from it.
            for (item, entries) in line.entries {
                for entry in entries {
                    if let Some(into) = previous.entries.get_mut(&item).and_then(|e| e.first_mut())
                    {
                        into.words.extend(entry.words);
                    }
                }
            }
        }
        bottom = depth;
        row = depth + 1;
    }
    let range = CellRange::new(Cell::new(header.rows.0, left), Cell::new(bottom, right));
    Some(Table {
        kind: header.kind,
        range,
        lines,
        legend: header.legend.clone(),
        caption: String::new(),
        explained,
        columns: Columns::of(header, false),
        sideways: false,
    })
}

/// What the cells of the header are.
fn of_header(
    grid: &Grid,
    labels: &LabelBlocks,
    header: &Header,
    (left, right): (u32, u32),
) -> Vec<(CellRange, Role)> {
    let known: BTreeSet<u32> = header
        .columns
        .iter()
        .filter(|column| column.holds.is_some())
        .flat_map(|column| column.span.0..=column.span.1)
        .collect();
    let mut found = Vec::new();
    for row in grid.rows_between(header.rows.0, header.rows.1) {
        for &i in grid.row_within(row, left, right) {
            let block = grid.block(i);
            let (first, last) = (block.range.first.col, block.range.last.col);
            if block.range.first.row != row || !block.holds() || is_legend(&block.text) {
                continue;
            }
            let text = squash(&block.text);
            let is_known = labels.all.contains(&i)
                || known.range(first..=last).next().is_some()
                || day_number(&text).is_some()
                || is_weekday(&text);
            let role = match is_known {
                true => Role::Label,
                false => Role::UnknownLabel,
            };
            found.push((block.range, role));
        }
    }
    found
}

/// Whether both begin at the same time of day: then the second is of another day.
fn starts_as(line: &Line, previous: &Line) -> bool {
    let start = |line: &Line| {
        let entries = [Item::Start, Item::Time].map(|item| line.entries.get(&item));
        let mut words = entries
            .into_iter()
            .flatten()
            .flatten()
            .flat_map(|e| &e.words);
        words.next().map(|word| squash(&word.text))
    };
    let time = start(line);
    time.is_some() && time == start(previous)
}

fn line(grid: &Grid, header: &Header, first: u32, last: u32) -> Line {
    let mut line = Line {
        at: Cell::new(first, header.columns.first().map_or(0, |c| c.span.0)),
        entries: BTreeMap::new(),
        days: Vec::new(),
    };
    for column in &header.columns {
        let Some(holds) = &column.holds else { continue };
        let (from, to) = column.span;
        let mut words: Vec<Word> = Vec::new();
        for row in grid.rows_between(first, last) {
            let begin = grid.row_within(row, from, to).iter();
            let begin = begin.map(|&i| grid.block(i));
            let begin = begin.filter(|block| block.range.first.row == row && block.holds());
            words.extend(begin.map(word));
        }
        if *holds == Holds::Item(Item::Confirmation)
            && words.iter().all(|word| word.stored.is_none())
        {
            let range = |cols: (u32, u32)| {
                CellRange::new(Cell::new(first, cols.0), Cell::new(last, cols.1))
            };
            let key = header
                .columns
                .first()
                .map_or(column.span, |column| column.span);
            words.extend(seal::over(grid, range(column.span), range(key)));
        }
        match holds {
            Holds::Day(day) => line
                .days
                .extend(words.into_iter().next().map(|word| DayWord {
                    day: *day,
                    word,
                    line: None,
                })),
            Holds::Item(item) => {
                line.entries.entry(*item).or_default().push(Entry {
                    label: column.label.clone(),
                    home: Cell::new(first, from),
                    words,
                    grounds: Grounds::default(),
                });
            }
        }
    }
    line
}

/// 合計 and the like close a table.
pub fn is_closing_line(grid: &Grid, blocks: &[usize]) -> bool {
    blocks.first().is_some_and(|&i| {
        matches!(
            squash(&grid.block(i).text).as_str(),
            "合計" | "計" | "総計" | "小計"
        )
    })
}

/// A remark under a table: guide text, or one text over most of its width.
pub fn is_note(grid: &Grid, blocks: &[usize], left: u32, right: u32) -> bool {
    blocks.first().is_some_and(|&i| {
        let block = grid.block(i);
        let wide = (block.range.last.col - block.range.first.col) * 3 > (right - left) * 2
            && right > left + 2;
        block
            .text
            .trim_start()
            .starts_with(['※', '＊', '*', '（', '('])
            && blocks.len() == 1
            || wide
    })
}
