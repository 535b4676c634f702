//! The lines of a table, read under its header.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::calendar::{day_number, is_weekday};
use crate::recognise::contacts;
use crate::recognise::contacts::by_row::ByRow;
use crate::recognise::contacts::list::list;
use crate::recognise::explain::is_legend;
use crate::recognise::form::{DayWord, Entry, Role, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{LabelBlocks, word};
use crate::recognise::seal;
use crate::recognise::table::Table;
use crate::recognise::table::choice_columns;
use crate::recognise::table::columns::Columns;
use crate::recognise::table::day_heads;
use crate::recognise::table::depth::{depth, is_dated};
use crate::recognise::table::halves;
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::table::rows::{Row, Rows, is_key};
use crate::recognise::table::signs;
use crate::recognise::wording::vocabulary::Vocabulary;
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
    /// What stands under each known column of the week's evaluation.
    pub evaluation: BTreeMap<Item, Vec<Entry>>,
}

impl Line {
    /// A record without marks under days and without an evaluation.
    pub fn new(at: Cell, entries: BTreeMap<Item, Vec<Entry>>) -> Line {
        Line {
            at,
            entries,
            days: Vec::new(),
            evaluation: BTreeMap::new(),
        }
    }

    /// Sets right what was read on a sheet that lay on its side.
    pub fn turn(&mut self) {
        self.at = self.at.transposed();
        let entries = self.entries.values_mut();
        let entries = entries.chain(self.evaluation.values_mut());
        entries.flatten().for_each(turn_entry);
        self.days.iter_mut().for_each(|day| turn(&mut day.word));
    }
}

/// Sets an entry right that was read on a sheet that lay on its side.
pub fn turn_entry(entry: &mut Entry) {
    entry.home = entry.home.transposed();
    entry.words.iter_mut().for_each(turn);
}

fn turn(word: &mut Word) {
    word.cell = word.cell.transposed();
}

/// Reads down from the header to the end of the table; `None` for a header without a column.
pub fn lines(
    grid: &Grid,
    labels: &LabelBlocks,
    vocabulary: &Vocabulary,
    header: &Header,
) -> Option<Table> {
    let left = header.columns.first()?.span.0;
    let right = header.columns.iter().map(|column| column.span.1).max()?;
    let rows = Rows {
        grid,
        labels,
        header,
        cols: (left, right),
        by_row: ByRow::under(grid, vocabulary, header),
        vocabulary,
    };
    let mut reader = Reader {
        explained: of_header(grid, labels, header, (left, right)),
        rows,
        lines: Vec::new(),
        interludes: Vec::new(),
        bottom: header.rows.1,
        is_summed: false,
    };
    reader.read();
    reader.table()
}

/// The rows under a header, as far as they are read.
struct Reader<'a> {
    rows: Rows<'a>,
    lines: Vec<Line>,
    interludes: Vec<(u32, u32)>,
    explained: Vec<(CellRange, Role)>,
    /// The last row that is the table's.
    bottom: u32,
    /// Whether a total is the last of them.
    is_summed: bool,
}

impl Reader<'_> {
    /// Reads row by row until the table ends, or nothing is written in several.
    fn read(&mut self) {
        const MOST_EMPTY: u32 = 4;
        let (mut row, mut empty) = (self.rows.header.rows.1.saturating_add(1), 0);
        let last_row = self.rows.grid.last_row();
        while row <= last_row && empty < MOST_EMPTY {
            let here = self.rows.written(row);
            if here.is_empty() {
                empty += 1;
                row += 1;
                continue;
            }
            let role = match self.rows.what(row, &here, self.lines.len()) {
                Row::End => break,
                Row::Interlude(last) => {
                    self.interludes.push((row, last));
                    row = last.saturating_add(1);
                    continue;
                }
                Row::Line => None,
                Row::Total => Some(Role::Total),
                Row::Idle => Some(Role::Label),
                Row::Note => Some(Role::Guide),
            };
            empty = 0;
            match role {
                None if !self.record(row, &here) => break,
                None => {}
                Some(role) => {
                    self.explain(&here, role);
                    self.bottom = row;
                    self.is_summed |= role == Role::Total;
                }
            }
            // Below the total stand sums and notes that begin in the column of the days.
            if role == Some(Role::Total) && self.rows.header.kind == FormKind::ServiceRecord {
                break;
            }
            row = self.bottom.saturating_add(1);
        }
    }

    fn explain(&mut self, blocks: &[usize], role: Role) {
        let grid = self.rows.grid;
        let of_role = blocks.iter().map(|&i| (grid.block(i).range, role));
        self.explained.extend(of_role);
    }

    /// Takes in the record that begins in `row`, or what goes on from the one above; `false` where
    /// the table has ended.
    fn record(&mut self, row: u32, here: &[usize]) -> bool {
        let Rows {
            grid,
            header,
            vocabulary,
            by_row,
            ..
        } = self.rows;
        let last = depth(grid, header, row, here);
        let mut line = line(grid, vocabulary, header, row, last);
        if by_row.is_named() {
            // What says again whose contact it is stands for no value of its own.
            self.explain(here, Role::Beside);
        }
        by_row.divide(grid, vocabulary, header, &mut line, (row, last));
        let is_keyed = is_keyed(header, &line, row);
        if self.is_summed && !is_keyed && header.kind != FormKind::Listing {
            // 管理者 below the total is of the sheet, not of the last record.
            return false;
        }
        self.is_summed = false;
        let is_of_another_day = |previous| starts_as(&line, previous);
        let is_record = is_keyed
            || by_row.is_named()
            || header.contacts.is_some()
            || self.lines.last().is_some_and(is_of_another_day);
        if is_record {
            for (item, entry) in &header.common {
                let known = line.entries.entry(*item);
                known.or_insert_with(|| vec![entry.clone()]);
            }
            self.lines.push(line);
        } else if let Some(previous) = self.lines.last_mut() {
            go_on(previous, line, row);
        }
        self.bottom = last;
        true
    }

    /// The table that was read; `None` where its rows are no list of contacts, though its heads
    /// are those of one.
    fn table(self) -> Option<Table> {
        let header = self.rows.header;
        let (left, right) = self.rows.cols;
        let last = Cell::new(self.bottom, right);
        let range = CellRange::new(Cell::new(header.rows.0, left), last);
        let by_row = self.rows.by_row;
        let mut records = by_row.records(self.lines);
        signs::leave_out(self.rows.vocabulary, header, &mut records);
        let (lines, contacts) = match header.contacts {
            Some(known) => (Vec::new(), Some(list(range, records, known)?)),
            None => (records, None),
        };
        Some(Table {
            kind: header.kind,
            range,
            lines,
            legend: header.legend.clone(),
            caption: String::new(),
            explained: self.explained,
            // A mapping knows of no rows that are parts of records.
            columns: Columns::of(header, false).filter(|_| !by_row.is_named()),
            sideways: false,
            interludes: self.interludes,
            contacts,
        })
    }
}

/// Whether the line that begins in `row` says itself which record it is.
fn is_keyed(header: &Header, line: &Line, row: u32) -> bool {
    let mut entries = line.entries.iter();
    entries.any(|(item, entries)| {
        let mut words = entries.iter().flat_map(|entry| &entry.words);
        let says_which = is_key(*item) || header.kind == FormKind::Weekly && is_dated(*item);
        says_which && words.any(|word| word.cell.row >= row)
    })
}

/// What stands under a line without a name or date of its own goes on from it.
fn go_on(previous: &mut Line, line: Line, row: u32) {
    for (item, entries) in line.entries {
        let Some(into) = previous.entries.get_mut(&item) else {
            continue;
        };
        // Two numbers below each other are no number of days.
        let is_open = |into: &&mut Entry| item != Item::HomeDays || into.words.is_empty();
        if let Some(into) = into.first_mut().filter(is_open) {
            let words = entries.into_iter().flat_map(|entry| entry.words);
            into.words.extend(words.filter(|word| word.cell.row >= row));
        }
    }
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

/// The words that stand under the column of a record in the rows `first` to `last`; what is
/// merged with the record above holds for it too.
fn words(grid: &Grid, header: &Header, column: &Column, (first, last): (u32, u32)) -> Vec<Word> {
    let (from, to) = column.span;
    let mut words: Vec<Word> = Vec::new();
    for row in grid.rows_between(first, last) {
        let blocks = grid.row_within(row, from, to).iter();
        let blocks = blocks.map(|&i| grid.block(i)).filter(|block| {
            let top = block.range.first.row;
            block.holds() && (top == row || row == first && top > header.rows.1)
        });
        words.extend(blocks.map(word));
    }
    words
}

/// The record in the rows `first` to `last`.
fn line(grid: &Grid, vocabulary: &Vocabulary, header: &Header, first: u32, last: u32) -> Line {
    let left = header.columns.first().map(|column| column.span.0);
    let mut line = Line {
        at: Cell::new(first, header.own.or(left).unwrap_or(0)),
        entries: BTreeMap::new(),
        days: Vec::new(),
        evaluation: BTreeMap::new(),
    };
    let mut parts = Vec::new();
    for column in &header.columns {
        let Some(holds) = column.holds else { continue };
        let rows = rows_of(header, column, (first, last));
        let mut words = words(grid, header, column, rows);
        if let Holds::Item(item) = holds {
            set_right(grid, header, column, (first, last), item, &mut words);
        }
        match holds {
            Holds::Part(_) => parts.push((column, words)),
            _ => put(&mut line, column, holds, rows.0, words),
        }
    }
    contacts::columns::join(header, vocabulary, &mut line, parts);
    line
}

/// Those of a record's rows that a column is about.
fn rows_of(header: &Header, column: &Column, (first, last): (u32, u32)) -> (u32, u32) {
    match column.tier {
        Some(tier) if header.tiers > 1 => {
            let row = first.saturating_add(tier);
            (row, row)
        }
        Some(tier) => halves::rows(tier, first, last),
        None => (first, last),
    }
}

/// Sets right what was found under the column of an item in the record of these rows.
fn set_right(
    grid: &Grid,
    header: &Header,
    column: &Column,
    (first, last): (u32, u32),
    item: Item,
    words: &mut Vec<Word>,
) {
    if item == Item::Confirmation && words.iter().all(|word| word.stored.is_none()) {
        let range =
            |cols: (u32, u32)| CellRange::new(Cell::new(first, cols.0), Cell::new(last, cols.1));
        let key = header.columns.first();
        let key = key.map_or(column.span, |column| column.span);
        words.extend(seal::over(grid, range(column.span), range(key)));
    }
    if item == Item::Date {
        day_heads::leave_day(words);
    }
    if item.offers_choices() {
        // The same means in each row of a day is said once, and no list of printed choices.
        words.dedup_by(|next, word| {
            next.tick.is_none() && word.tick.is_none() && next.text == word.text
        });
    }
}

/// Puts what stands under a column into the line.
fn put(line: &mut Line, column: &Column, holds: Holds, row: u32, mut words: Vec<Word>) {
    let home = Cell::new(row, column.span.0);
    match holds {
        Holds::Day(day) => {
            let word = words.into_iter().next();
            let word = word.map(|word| DayWord {
                day,
                word,
                line: None,
            });
            line.days.extend(word);
        }
        // Several of them make one contact.
        Holds::Part(_) => {}
        Holds::Evaluation(item) => {
            let entries = line.evaluation.entry(item).or_default();
            entries.push(Entry::new(column.label.clone(), home, words));
        }
        Holds::Item(item) => {
            let item = choice_columns::chosen(column, item, &mut words);
            let entries = line.entries.entry(item).or_default();
            match entries.first_mut() {
                // A column a weekday, all of them one answer.
                Some(known) if matches!(item, Item::HomeWeekdays | Item::CommuteWeekdays) => {
                    known.words.extend(words);
                }
                _ => entries.push(Entry::new(column.label.clone(), home, words)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::lines;

    const HEAD: [&str; 4] = ["日付", "開始時間", "作業内容", "支援内容"];

    fn said(line: &Line, item: Item) -> Vec<&str> {
        let entries = line.entries.get(&item).into_iter().flatten();
        let words = entries.flat_map(|entry| &entry.words);
        words.map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn a_row_without_a_day_goes_on_from_the_one_above() {
        let below = ["", "", "", "終える。"];
        let found = lines(&[&HEAD, &["9/1", "10:00", "検品", "始める。"], &below], &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(said(&found[0], Item::Support), ["始める。", "終える。"]);
        // Nothing stands above the first.
        assert!(lines(&[&HEAD, &below], &[]).is_empty());
    }

    #[test]
    fn a_row_that_begins_at_the_same_time_is_of_another_day() {
        let rows = |time: &'static str| {
            let day = ["9/1", "10:00", "検品", "始める。"];
            lines(&[&HEAD, &day, &["", time, "検品", "終える。"]], &[]).len()
        };
        assert_eq!((rows("10:00"), rows("15:00")), (2, 1));
    }

    #[test]
    fn a_table_ends_after_some_empty_rows() {
        let (first, next) = (["9/1", "10:00", "検品", "始める。"], ["9/2", "10:00"]);
        let table = |empty: usize| {
            let rows: [&[&str]; 2] = [&HEAD, &first];
            let gap: Vec<&[&str]> = vec![&[]; empty];
            lines(&[&rows[..], &gap, &[&next]].concat(), &[]).len()
        };
        assert_eq!((table(3), table(4)), (2, 1));
    }

    /// The work of each line of a table with these rows below its header.
    fn work(rows: &[&'static [&'static str]]) -> Vec<String> {
        let heads: &[&str] = &["日付", "氏名", "作業内容", "支援内容"];
        let rows: Vec<&[&str]> = std::iter::once(heads).chain(rows.iter().copied()).collect();
        let lines = lines(&rows, &[]);
        let text = |entries: &Vec<Entry>| {
            let words = entries.iter().flat_map(|entry| &entry.words);
            let texts: Vec<&str> = words.map(|word| word.text.as_str()).collect();
            texts.join(" ")
        };
        let told = lines.iter();
        told.map(|line| line.entries.get(&Item::Work).map(text).unwrap_or_default())
            .collect()
    }

    #[test]
    fn what_stands_below_the_total_goes_on_from_no_record() {
        let day: &[&str] = &["9/1", "森 健太", "検品", "始める。"];
        let total: &[&str] = &["計", "1", "", ""];
        let footer: &[&str] = &["", "", "確認", "大野"];
        assert_eq!(work(&[day, total, &[], footer]), ["検品"]);
        let next: &[&str] = &["9/2", "森 健太", "箱折り", "始める。"];
        assert_eq!(work(&[day, total, next]), ["検品", "箱折り"]);
    }
}
