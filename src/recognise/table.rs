//! Tables: header rows of one or more levels, and the lines under them.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{calendar, counts_up, day_number, is_day_line, is_weekday};
use super::form::{Entry, Word};
use super::grid::Grid;
use super::label::{Label, word};
use super::seal;
use super::vocabulary::{FormKind, Item, Vocabulary, label_key};
use crate::model::{Cell, CellRange};
use crate::read::Stored;
use crate::text::squash;

/// One table with its lines.
#[derive(Debug)]
pub struct Table {
    /// The kind of form that its lines are.
    pub kind: FormKind,
    /// All cells of header and lines.
    pub range: CellRange,
    /// One record each.
    pub lines: Vec<Line>,
    /// Texts of the header that are no label, such as a legend of the marks.
    pub legend: String,
}

/// One line of a table.
#[derive(Debug)]
pub struct Line {
    /// Its first cell.
    pub at: Cell,
    /// What stands under each known column.
    pub entries: BTreeMap<Item, Vec<Entry>>,
    /// What stands under each day of the month.
    pub days: Vec<(u32, Word)>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Item(Item),
    Day(u32),
}

#[derive(Debug)]
struct Header {
    kind: FormKind,
    rows: (u32, u32),
    /// From left to right.
    columns: Vec<Column>,
    legend: String,
}

#[derive(Debug)]
struct Column {
    /// First and last sheet column.
    span: (u32, u32),
    /// The header texts above it, joined.
    label: String,
    holds: Option<Holds>,
}

/// Labels side by side that make a header.
const FEWEST_LABELS: usize = 3;
/// Columns that a header has at most: the days of a year and some more.
const MOST_COLUMNS: usize = 512;

/// Finds all tables, from top to bottom.
pub fn tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let own_cell = |l: &&Label| l.inline.is_none();
    let label_blocks: BTreeSet<usize> = labels.iter().filter(own_cell).map(|l| l.block).collect();
    let is_idle = |l: &&Label| l.meanings.iter().all(|(_, item)| *item == Item::Ignored);
    let idle: BTreeSet<usize> = labels
        .iter()
        .filter(own_cell)
        .filter(is_idle)
        .map(|l| l.block)
        .collect();
    // A title, or a line that tells the month or the user, heads the table and is no column of it.
    let above: BTreeSet<usize> = labels
        .iter()
        .filter(|l| l.inline.is_some())
        .map(|l| l.block)
        .collect();
    let is_title =
        |i: usize| !label_blocks.contains(&i) && vocabulary.title(&grid.block(i).text).is_some();
    let rows: BTreeSet<u32> = labels.iter().map(|l| l.range.first.row).collect();
    let mut found: Vec<Table> = Vec::new();
    // Those of them that reach down to the row, side by side.
    let mut open: BTreeMap<u32, CellRange> = BTreeMap::new();
    for row in rows {
        open.retain(|_, range| range.last.row >= row);
        let heads = |i: usize| !above.contains(&i) && !is_title(i);
        for run in header_runs(grid, &label_blocks, heads, row) {
            if overlaps(grid, &open, &run) {
                continue;
            }
            let Some(header) = header(grid, vocabulary, row, &run, &title) else {
                continue;
            };
            let table = lines(grid, &label_blocks, &idle, &header)
                .filter(|t| !is_row_of_boxes(grid, &label_blocks, t));
            if let Some(table) = table {
                open.insert(table.range.first.col, table.range);
                found.push(table);
            }
        }
    }
    found
}

/// Whether a run of blocks shares columns with one of `open`, by their first columns.
fn overlaps(grid: &Grid, open: &BTreeMap<u32, CellRange>, run: &[usize]) -> bool {
    run.iter().any(|&i| {
        let range = grid.block(i).range;
        let mut before = open.range(..=range.last.col);
        before
            .next_back()
            .is_some_and(|(_, other)| other.overlaps(&range))
    })
}

/// Finds the tables that lie on their side: labels down a column, a record in each further column.
pub fn sideways_tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let turned: Vec<Label> = labels
        .iter()
        .map(|l| Label {
            range: l.range.transposed(),
            ..l.clone()
        })
        .collect();
    let mut found = tables(&grid.transposed(), &turned, vocabulary, |cell| {
        title(cell.transposed())
    });
    // Parts of one date beside each other are no records: each must stand under a day of its own.
    found.retain(|table| match table.kind {
        FormKind::Listing => table.lines.iter().any(|line| !line.days.is_empty()),
        _ => table.lines.len() >= 2 && table.lines.iter().all(is_dated_line),
    });
    for table in &mut found {
        table.range = table.range.transposed();
        for line in &mut table.lines {
            line.at = line.at.transposed();
            for entry in line.entries.values_mut().flatten() {
                entry.home = entry.home.transposed();
                entry
                    .words
                    .iter_mut()
                    .for_each(|w| w.cell = w.cell.transposed());
            }
            line.days
                .iter_mut()
                .for_each(|(_, w)| w.cell = w.cell.transposed());
        }
    }
    found
}

/// Whether a line stands under one day and says something of it.
fn is_dated_line(line: &Line) -> bool {
    let words = |entries: &Vec<Entry>| {
        entries
            .iter()
            .flat_map(|e| e.words.clone())
            .collect::<Vec<Word>>()
    };
    let dates = line.entries.get(&Item::Date).map(words).unwrap_or_default();
    let is_day = |w: &Word| {
        matches!(w.stored, Some(Stored::Moment(_))) || day_number(&squash(&w.text)).is_some()
    };
    let others = line
        .entries
        .iter()
        .filter(|(item, entries)| **item != Item::Date && !words(entries).is_empty());
    dates.len() == 1 && dates.iter().all(is_day) && others.count() >= 2
}

/// Labels over their boxes, with more labels right below: a form, not a table.
fn is_row_of_boxes(grid: &Grid, label_blocks: &BTreeSet<usize>, table: &Table) -> bool {
    let next = table.range.last.row + 1;
    let (left, right) = (table.range.first.col, table.range.last.col);
    let mut below = grid.row_within(next, left, right).iter();
    table.lines.len() == 1 && below.any(|i| label_blocks.contains(i))
}

/// Runs of written blocks that touch each other and hold labels side by side.
fn header_runs(
    grid: &Grid,
    label_blocks: &BTreeSet<usize>,
    heads: impl Fn(usize) -> bool,
    row: u32,
) -> Vec<Vec<usize>> {
    let begins_here = |i: &usize| {
        grid.block(*i).stored.is_some() && grid.block(*i).range.first.row == row && heads(*i)
    };
    let written: Vec<usize> = grid.row(row).iter().copied().filter(begins_here).collect();
    let mut runs = touching_runs(grid, &written);
    runs.retain(|run| {
        let beside = run
            .windows(2)
            .filter(|w| w.iter().all(|i| label_blocks.contains(i)))
            .count();
        let labels = run.iter().filter(|i| label_blocks.contains(i)).count();
        let many = labels >= FEWEST_LABELS
            && beside + 1 >= FEWEST_LABELS
            && labels * 2 >= run.len().min(12);
        many || (labels >= 1 && counts_up(grid, run))
    });
    runs
}

fn header(
    grid: &Grid,
    vocabulary: &Vocabulary,
    row: u32,
    run: &[usize],
    title: &impl Fn(Cell) -> Option<FormKind>,
) -> Option<Header> {
    let left = grid.block(*run.first()?).range.first.col;
    let right = grid.block(*run.last()?).range.last.col;
    let last = last_header_row(grid, run, row, left, right);
    let mut columns: Vec<((u32, u32), Vec<String>)> = Vec::new();
    let mut legend = String::new();
    let mut starts: BTreeSet<u32> = BTreeSet::new();
    for r in row..=last {
        let blocks = grid.row_within(r, left, right).iter();
        let blocks = blocks.map(|&i| grid.block(i));
        starts.extend(
            blocks
                .filter(|b| b.tick.is_none())
                .map(|b| b.range.first.col),
        );
    }
    if starts.len() > MOST_COLUMNS {
        return None;
    }
    let starts: Vec<u32> = starts.into_iter().collect();
    for (n, &col) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(right, |next| next - 1);
        let mut texts: Vec<String> = Vec::new();
        let mut seen: Option<usize> = None;
        for r in row..=last {
            let mut over = grid.row_over(r, col, col);
            let over = over.find(|&i| grid.block(i).stored.is_some());
            if let Some(i) = over
                && seen != Some(i)
            {
                texts.push(grid.block(i).text_in_short());
                seen = Some(i);
            }
        }
        columns.push(((col, end), texts));
    }
    for &i in run {
        let text = &grid.block(i).text;
        if text.contains(['＝', '=', '：', ':']) {
            legend.push_str(&grid.block(i).text_in_short());
        }
    }
    let days = calendar(&columns);
    let mut kinds: Vec<(i32, FormKind)> = FormKind::ALL
        .into_iter()
        .map(|kind| {
            let known = columns
                .iter()
                .filter_map(|(_, t)| item_of(vocabulary, t, kind))
                .filter(|i| *i != Item::Ignored);
            let mut items: Vec<Item> = known.collect();
            items.sort_unstable();
            items.dedup();
            let mut score = items.len() as i32 * 2;
            score += if title(Cell::new(row, left)) == Some(kind) {
                3
            } else {
                0
            };
            score += if kind == FormKind::Listing && !days.is_empty() {
                20
            } else {
                0
            };
            score -= if kind == FormKind::Listing && days.is_empty() {
                6
            } else {
                0
            };
            let is_named = || title(Cell::new(row, left)) == Some(kind);
            let is_plain = || items.contains(&Item::Status) && items.contains(&Item::Confirmation);
            // A log of the days at home may have the same columns.
            score -= if kind == FormKind::ServiceRecord && !is_named() && !is_plain() {
                6
            } else {
                0
            };
            score -= if kind == FormKind::Roster
                && title(Cell::new(row, left)).is_some_and(|t| t != kind)
            {
                2
            } else {
                0
            };
            (score, kind)
        })
        .collect();
    kinds.sort_by_key(|(score, kind)| (-score, *kind));
    let (score, kind) = *kinds.first()?;
    if score < 2 * FEWEST_LABELS as i32 {
        return None;
    }
    let columns = columns
        .iter()
        .map(|(span, texts)| {
            let day = days
                .iter()
                .find(|(col, _)| *col == span.0)
                .map(|(_, day)| Holds::Day(*day));
            let day = if kind == FormKind::Listing { day } else { None };
            Column {
                span: *span,
                label: texts.join(" "),
                holds: day.or_else(|| item_of(vocabulary, texts, kind).map(Holds::Item)),
            }
        })
        .collect();
    Some(Header {
        kind,
        rows: (row, last),
        columns,
        legend,
    })
}

fn touching_runs(grid: &Grid, blocks: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &i in blocks {
        let first = grid.block(i).range.first.col;
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|&l| grid.block(l).range.last.col + 1 >= first) =>
            {
                run.push(i)
            }
            _ => runs.push(vec![i]),
        }
    }
    runs
}

/// The header goes on while rows hold only what divides a wider cell above, days or weekdays.
fn last_header_row(grid: &Grid, run: &[usize], row: u32, left: u32, right: u32) -> u32 {
    const MOST_LEVELS: u32 = 4;
    let mut last = run
        .iter()
        .map(|&i| grid.block(i).range)
        .filter(|range| range.last.row - row < MOST_LEVELS)
        .map(|range| range.last.row)
        .max()
        .unwrap_or(row);
    while last - row + 1 < MOST_LEVELS {
        let next = grid.row_within(last + 1, left, right).iter().copied();
        let next: Vec<usize> = next
            .filter(|&i| grid.block(i).stored.is_some() && grid.block(i).range.last.col <= right)
            .collect();
        let divides = |i: usize| {
            let range = grid.block(i).range;
            let at = range.first.col;
            grid.row_over(last, at, at).any(|p| {
                let parent = grid.block(p).range;
                range.last.col <= parent.last.col
                    && parent.last.col - parent.first.col > range.last.col - range.first.col
            })
        };
        let plain = |i: usize| {
            let text = squash(&grid.block(i).text);
            day_number(&text).is_some() || is_weekday(&text)
        };
        if next.is_empty()
            || !next.iter().all(|&i| divides(i) || plain(i))
            || (next.len() < 2 && !divides(next[0]))
            || is_day_line(grid, &next)
        {
            break;
        }
        last += 1;
    }
    last
}

/// What a column's header texts, from top to bottom, mean together.
fn item_of(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let all: String = texts.iter().map(|t| label_key(t)).collect();
    let lookup = |text: &str| {
        let meanings = vocabulary.meanings(text)?;
        let of = |wanted| {
            meanings
                .iter()
                .find(|(k, _)| *k == wanted)
                .map(|(_, item)| *item)
        };
        of(Some(kind)).or_else(|| of(None))
    };
    lookup(&all)
        .or_else(|| texts.iter().rev().find_map(|t| lookup(t)))
        .or_else(|| texts.iter().rev().find_map(|t| vocabulary.column(t, kind)))
        .or_else(|| texts.iter().rev().find_map(|t| vocabulary.guess(t, kind)))
}

fn lines(
    grid: &Grid,
    label_blocks: &BTreeSet<usize>,
    idle: &BTreeSet<usize>,
    header: &Header,
) -> Option<Table> {
    let left = header.columns.first()?.span.0;
    let right = header.columns.last()?.span.1;
    let mut lines: Vec<Line> = Vec::new();
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
        let is_aside = is_closing || here.first().is_some_and(|i| idle.contains(i));
        let speaks = |i: &usize| label_blocks.contains(i) && !idle.contains(i);
        if here.iter().any(speaks) && !is_aside {
            break;
        }
        empty = 0;
        if is_closing && header.kind == FormKind::ServiceRecord {
            // Below the total stand sums and notes that begin in the column of the days.
            bottom = row;
            break;
        }
        if is_aside || is_note(grid, &here, left, right) {
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
    })
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
                .extend(words.into_iter().next().map(|w| (*day, w))),
            Holds::Item(item) => {
                line.entries.entry(*item).or_default().push(Entry {
                    label: column.label.clone(),
                    home: Cell::new(first, from),
                    words,
                });
            }
        }
    }
    line
}

/// 合計 and the like close a table.
fn is_closing_line(grid: &Grid, blocks: &[usize]) -> bool {
    blocks.first().is_some_and(|&i| {
        matches!(
            squash(&grid.block(i).text).as_str(),
            "合計" | "計" | "総計" | "小計"
        )
    })
}

/// A remark under a table: guide text, or one text over most of its width.
fn is_note(grid: &Grid, blocks: &[usize], left: u32, right: u32) -> bool {
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
