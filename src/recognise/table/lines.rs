//! The lines of a table, read under its header.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::calendar::{day_number, is_weekday};
use crate::recognise::contacts;
use crate::recognise::contacts::columns::entry;
use crate::recognise::contacts::phases::{self, Phases};
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
        let turn = |word: &mut Word| word.cell = word.cell.transposed();
        let entries = self.entries.values_mut();
        for entry in entries.chain(self.evaluation.values_mut()).flatten() {
            entry.home = entry.home.transposed();
            entry.words.iter_mut().for_each(turn);
        }
        self.days.iter_mut().for_each(|day| turn(&mut day.word));
    }
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
    let phases = Phases::under(grid, vocabulary, header);
    let rows = Rows {
        grid,
        labels,
        header,
        cols: (left, right),
        names: contacts::rows::names(grid, vocabulary, header),
        phases: phases.as_ref(),
        vocabulary,
    };
    let is_list = contacts::rows::is_header(header);
    let mut lines: Vec<Line> = Vec::new();
    let mut interludes = Vec::new();
    let mut explained = of_header(grid, labels, header, (left, right));
    let (mut bottom, mut empty) = (header.rows.1, 0u32);
    let mut is_summed = false;
    let mut row = header.rows.1 + 1;
    let last_row = grid.last_row();
    while row <= last_row && empty < 4 {
        let here = rows.written(row);
        if here.is_empty() {
            empty += 1;
            row += 1;
            continue;
        }
        let role = match rows.what(row, &here, lines.len()) {
            Row::End => break,
            Row::Interlude(last) => {
                interludes.push((row, last));
                row = last + 1;
                continue;
            }
            Row::Line => None,
            Row::Total => Some(Role::Total),
            Row::Idle => Some(Role::Label),
            Row::Note => Some(Role::Guide),
        };
        empty = 0;
        if let Some(role) = role {
            explained.extend(here.iter().map(|&i| (grid.block(i).range, role)));
            bottom = row;
            is_summed |= role == Role::Total;
            if role == Role::Total && header.kind == FormKind::ServiceRecord {
                // Below the total stand sums and notes that begin in the column of the days.
                break;
            }
            row += 1;
            continue;
        }
        let depth = depth(grid, header, row, &here);
        let mut line = line(grid, vocabulary, header, row, depth);
        match phases {
            None => contacts::pairs::divide(header, &mut line),
            Some(phases) => {
                // What says again whose contact it is stands for no value of its own.
                explained.extend(here.iter().map(|&i| (grid.block(i).range, Role::Beside)));
                phases.divide(grid, vocabulary, &mut line, (row, depth));
            }
        }
        let is_keyed = |(item, entries): (&Item, &Vec<Entry>)| {
            let mut words = entries.iter().flat_map(|entry| &entry.words);
            let says_which = is_key(*item) || header.kind == FormKind::Weekly && is_dated(*item);
            says_which && words.any(|word| word.cell.row >= row)
        };
        let is_keyed = line.entries.iter().any(is_keyed);
        if is_summed && !is_keyed && header.kind != FormKind::Listing {
            // 管理者 below the total is of the sheet, not of the last record.
            break;
        }
        is_summed = false;
        if is_keyed
            || phases.is_some()
            || is_list
            || lines
                .last()
                .is_some_and(|previous| starts_as(&line, previous))
        {
            for (item, entry) in &header.common {
                line.entries
                    .entry(*item)
                    .or_insert_with(|| vec![entry.clone()]);
            }
            lines.push(line);
        } else if let Some(previous) = lines.last_mut() {
            // What stands under a line without a name or date of its own goes on from it.
            for (item, entries) in line.entries {
                for mut entry in entries {
                    entry.words.retain(|word| word.cell.row >= row);
                    if let Some(into) = previous.entries.get_mut(&item).and_then(|e| e.first_mut())
                    {
                        // Two numbers below each other are no number of days.
                        if item != Item::HomeDays || into.words.is_empty() {
                            into.words.extend(entry.words);
                        }
                    }
                }
            }
        }
        bottom = depth;
        row = depth + 1;
    }
    if phases.is_some() {
        lines = phases::joined(lines);
    }
    signs::leave_out(vocabulary, header, &mut lines);
    let range = CellRange::new(Cell::new(header.rows.0, left), Cell::new(bottom, right));
    let contacts = match is_list {
        true => {
            let is_named = rows.names.is_some();
            Some(contacts::rows::list(
                range,
                std::mem::take(&mut lines),
                is_named,
            )?)
        }
        false => None,
    };
    let columns = Columns::of(header, false);
    Some(Table {
        kind: header.kind,
        range,
        lines,
        legend: header.legend.clone(),
        caption: String::new(),
        explained,
        // A mapping knows of no rows that are parts of records.
        columns: columns.filter(|_| phases.is_none()),
        sideways: false,
        interludes,
        contacts,
    })
}

/// The last row of the record that begins in `row`: as far as its merged cells reach.
fn depth(grid: &Grid, header: &Header, row: u32, here: &[usize]) -> u32 {
    const DEEPEST: u32 = 30;
    if header.tiers > 1 {
        return row.saturating_add(header.tiers - 1);
    }
    let holds = |col: u32| {
        let columns = &header.columns;
        let column = columns.binary_search_by_key(&col, |c| c.span.0);
        match column.ok().and_then(|at| columns.get(at))?.holds {
            Some(Holds::Item(item)) => Some(item),
            _ => None,
        }
    };
    let blocks = here.iter().map(|&i| grid.block(i).range);
    let keys: Vec<(Item, u32)> = blocks
        .filter_map(|range| Some((holds(range.first.col)?, range.last.row)))
        .filter(|(item, _)| {
            let is_name = *item == Item::Usage && contacts::rows::is_header(header);
            is_key(*item) || *item == Item::Ignored || is_name
        })
        .collect();
    let deepest = keys.iter().map(|(_, last)| *last).max().unwrap_or(row);
    let deepest = deepest.clamp(row, row.saturating_add(DEEPEST));
    // Days and weeks below each other beside the one user that they share are a record each.
    let begins = |row: u32| rows_begin(grid, header, row);
    let is_own = |item: Item| matches!(item, Item::Name | Item::CertificateNumber | Item::Ignored);
    let is_of_a_user = keys
        .iter()
        .filter(|(_, last)| *last == deepest)
        .all(|(item, _)| is_own(*item));
    if header.kind != FormKind::Roster && is_of_a_user && begins(row) {
        let next = (row + 1..=deepest).find(|below| begins(*below));
        return next.map_or(deepest, |next| next - 1);
    }
    // Users below each other beside the one day that they share are a record each.
    let names = header
        .columns
        .iter()
        .filter(|column| column.holds == Some(Holds::Item(Item::Name)));
    let spans: Vec<(u32, u32)> = names.map(|column| column.span).collect();
    let is_named = |row: u32| {
        let mut spans = spans.iter();
        spans.any(|span| {
            let mut cells = grid.row_within(row, span.0, span.1).iter();
            cells.any(|&i| grid.block(i).range.first.row == row && grid.block(i).stored.is_some())
        })
    };
    let is_of_a_day = keys
        .iter()
        .any(|(item, last)| *item == Item::Date && *last == deepest);
    if is_of_a_day && is_named(row) {
        let next = (row + 1..=deepest).find(|below| is_named(*below));
        return next.map_or(deepest, |next| next - 1);
    }
    let has_halves = header.columns.iter().any(|column| column.tier.is_some());
    let next = row.saturating_add(1);
    let is_half = |next: u32| next <= grid.last_row() && !begins(next) && !is_named(next);
    match has_halves && deepest == row && is_half(next) {
        true => next,
        false => deepest,
    }
}

/// Whether a day, a period or a month of its own stands at the head of a row.
fn rows_begin(grid: &Grid, header: &Header, row: u32) -> bool {
    let columns = header.columns.iter().filter(|column| {
        let item = match column.holds {
            Some(Holds::Item(item)) => item,
            _ => return false,
        };
        is_dated(item) || item == Item::Month
    });
    let mut columns = columns.map(|column| column.span);
    columns.any(|span| {
        let mut cells = grid.row_within(row, span.0, span.1).iter();
        cells.any(|&i| {
            let block = grid.block(i);
            block.range.first.row == row
                && block.stored.is_some()
                && squash(&block.text).contains(|c: char| c.is_ascii_digit())
        })
    })
}

/// Items that say of which day or week a record is.
fn is_dated(item: Item) -> bool {
    matches!(
        item,
        Item::Date | Item::DateTime | Item::Period | Item::PeriodFrom
    )
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
        let Some(holds) = &column.holds else { continue };
        let rows = match column.tier {
            Some(tier) if header.tiers > 1 => {
                let row = first.saturating_add(tier);
                (row, row)
            }
            Some(tier) => halves::rows(tier, first, last),
            None => (first, last),
        };
        let mut words = words(grid, header, column, rows);
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
        if *holds == Holds::Item(Item::Date) {
            day_heads::leave_day(&mut words);
        }
        if matches!(holds, Holds::Item(item) if item.offers_choices()) {
            // The same means in each row of a day is said once, and no list of printed choices.
            words.dedup_by(|next, word| {
                next.tick.is_none() && word.tick.is_none() && next.text == word.text
            });
        }
        match holds {
            Holds::Day(day) => line
                .days
                .extend(words.into_iter().next().map(|word| DayWord {
                    day: *day,
                    word,
                    line: None,
                })),
            Holds::Part(_) => parts.push((column, words)),
            Holds::Evaluation(item) => {
                let home = Cell::new(rows.0, column.span.0);
                let entries = line.evaluation.entry(*item).or_default();
                entries.push(entry(column.label.clone(), home, words));
            }
            Holds::Item(item) => {
                let home = Cell::new(rows.0, column.span.0);
                let item = choice_columns::chosen(column, *item, &mut words);
                let entries = line.entries.entry(item).or_default();
                match entries.first_mut() {
                    // A column a weekday, all of them one answer.
                    Some(known) if matches!(item, Item::HomeWeekdays | Item::CommuteWeekdays) => {
                        known.words.extend(words);
                    }
                    _ => entries.push(entry(column.label.clone(), home, words)),
                }
            }
        }
    }
    contacts::columns::join(header, vocabulary, &mut line, parts);
    line
}

#[cfg(test)]
mod tests {
    use crate::recognise::form::Entry;
    use crate::recognise::item::Item;
    use crate::recognise::testing::lines;

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

    #[test]
    fn a_row_without_a_day_goes_on_from_the_record_above() {
        let day: &[&str] = &["9/1", "森 健太", "検品", "始める。"];
        let more: &[&str] = &["", "", "箱折り", "終える。"];
        assert_eq!(work(&[day, more]), ["検品 箱折り"]);
    }
}
