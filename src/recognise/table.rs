//! Tables: header rows of one or more levels, and the lines under them.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Entry, Word};
use super::grid::Grid;
use super::label::{Label, word};
use super::vocabulary::{FormKind, Item, Vocabulary, label_key};
use crate::model::{Cell, CellRange, Grounds};
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
    /// Column spans, from left to right.
    columns: Vec<((u32, u32), Option<Holds>)>,
    legend: String,
}

/// A run of this many header cells that count up is a calendar.
const SHORTEST_CALENDAR: usize = 7;
/// Labels side by side that make a header.
const FEWEST_LABELS: usize = 3;

/// Finds all tables, from top to bottom.
pub fn tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let label_blocks: BTreeSet<usize> = labels
        .iter()
        .filter(|l| l.inline.is_none())
        .map(|l| l.block)
        .collect();
    let rows: BTreeSet<u32> = labels.iter().map(|l| l.range.first.row).collect();
    let mut found: Vec<Table> = Vec::new();
    for row in rows {
        for run in header_runs(grid, &label_blocks, row) {
            let free = |t: &Table| run.iter().all(|&i| !t.range.overlaps(&grid.block(i).range));
            if found.iter().all(free)
                && let Some(header) = header(grid, vocabulary, row, &run, &title)
            {
                found.extend(lines(grid, &label_blocks, &header));
            }
        }
    }
    found
}

/// Runs of written blocks that touch each other and hold labels side by side.
fn header_runs(grid: &Grid, label_blocks: &BTreeSet<usize>, row: u32) -> Vec<Vec<usize>> {
    let begins_here =
        |i: &usize| grid.block(*i).stored.is_some() && grid.block(*i).range.first.row == row;
    let written: Vec<usize> = grid.row(row).iter().copied().filter(begins_here).collect();
    let mut runs = touching_runs(grid, &written);
    runs.retain(|run| {
        let beside = run
            .windows(2)
            .filter(|w| w.iter().all(|i| label_blocks.contains(i)))
            .count();
        let labels = run.iter().filter(|i| label_blocks.contains(i)).count();
        labels >= FEWEST_LABELS && beside + 1 >= FEWEST_LABELS && labels * 2 >= run.len().min(12)
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
        for &i in grid.row(r) {
            let range = grid.block(i).range;
            if range.first.col >= left && range.first.col <= right && grid.block(i).tick.is_none() {
                starts.insert(range.first.col);
            }
        }
    }
    let starts: Vec<u32> = starts.into_iter().collect();
    for (n, &col) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(right, |next| next - 1);
        let mut texts: Vec<String> = Vec::new();
        let mut seen: Option<usize> = None;
        for r in row..=last {
            let over = grid.row(r).iter().copied().find(|&i| {
                let b = grid.block(i);
                b.stored.is_some() && b.range.first.col <= col && col <= b.range.last.col
            });
            if let Some(i) = over
                && seen != Some(i)
            {
                texts.push(grid.block(i).text.clone());
                seen = Some(i);
            }
        }
        columns.push(((col, end), texts));
    }
    for &i in run {
        let text = &grid.block(i).text;
        if text.contains(['＝', '=', '：', ':']) {
            legend.push_str(text);
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
            (
                *span,
                day.or_else(|| item_of(vocabulary, texts, kind).map(Holds::Item)),
            )
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
        let next: Vec<usize> = grid
            .row(last + 1)
            .iter()
            .copied()
            .filter(|&i| {
                let b = grid.block(i);
                b.stored.is_some() && b.range.first.col >= left && b.range.last.col <= right
            })
            .collect();
        let divides = |i: usize| {
            let range = grid.block(i).range;
            grid.row(last).iter().any(|&p| {
                let parent = grid.block(p).range;
                parent.first.col <= range.first.col
                    && range.last.col <= parent.last.col
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
        {
            break;
        }
        last += 1;
    }
    last
}

pub fn day_number(text: &str) -> Option<u32> {
    let digits = text.strip_suffix('日').unwrap_or(text);
    let digits = digits.rsplit(['/', '月']).next()?;
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

pub fn is_weekday(text: &str) -> bool {
    matches!(
        text.trim_matches(['(', ')']),
        "月" | "火" | "水" | "木" | "金" | "土" | "日" | "祝"
    )
}

/// Columns whose headers count up day by day.
fn calendar(columns: &[((u32, u32), Vec<String>)]) -> Vec<(u32, u32)> {
    let mut runs: Vec<Vec<(u32, u32)>> = vec![Vec::new()];
    for ((col, _), texts) in columns {
        let day = texts.iter().rev().find_map(|t| day_number(&squash(t)));
        match (day, runs.last_mut()) {
            (Some(day), Some(run)) if run.last().is_none_or(|(_, before)| before + 1 == day) => {
                run.push((*col, day))
            }
            (Some(day), _) => runs.push(vec![(*col, day)]),
            (None, _) => runs.push(Vec::new()),
        }
    }
    // A calendar may be cut in two halves of a month.
    runs.into_iter()
        .filter(|run| run.len() >= SHORTEST_CALENDAR)
        .flatten()
        .collect()
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
    lookup(&all).or_else(|| texts.iter().rev().find_map(|t| lookup(t)))
}

fn lines(grid: &Grid, label_blocks: &BTreeSet<usize>, header: &Header) -> Option<Table> {
    let left = header.columns.first()?.0.0;
    let right = header.columns.last()?.0.1;
    let mut lines: Vec<Line> = Vec::new();
    let (mut bottom, mut empty) = (header.rows.1, 0u32);
    let mut row = header.rows.1 + 1;
    let last_row = grid.last_row();
    while row <= last_row && empty < 4 {
        let here: Vec<usize> = grid
            .row(row)
            .iter()
            .copied()
            .filter(|&i| {
                let b = grid.block(i);
                b.holds()
                    && b.range.first.row >= row
                    && b.range.first.col >= left
                    && b.range.first.col <= right
            })
            .collect();
        if here.is_empty() {
            empty += 1;
            row += 1;
            continue;
        }
        if here.iter().any(|i| label_blocks.contains(i)) && !is_closing_line(grid, &here) {
            break;
        }
        empty = 0;
        if is_closing_line(grid, &here) || is_note(grid, &here, left, right) {
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
                header.columns.iter().any(|(span, holds)| {
                    span.0 == range.first.col && matches!(holds, Some(Holds::Item(item)) if key_column(item) || *item == Item::Ignored)
                })
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
        if keyed {
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

fn line(grid: &Grid, header: &Header, first: u32, last: u32) -> Line {
    let mut line = Line {
        at: Cell::new(first, header.columns.first().map_or(0, |c| c.0.0)),
        entries: BTreeMap::new(),
        days: Vec::new(),
    };
    for ((from, to), holds) in &header.columns {
        let Some(holds) = holds else { continue };
        let mut words: Vec<Word> = Vec::new();
        for row in grid.rows_between(first, last) {
            for &i in grid.row(row) {
                let block = grid.block(i);
                let starts_here =
                    block.range.first.row == row || (row == first && block.range.first.row < first);
                if starts_here
                    && (*from..=*to).contains(&block.range.first.col)
                    && block.holds()
                    && block.range.first.row >= first
                {
                    words.push(word(block));
                }
            }
        }
        match holds {
            Holds::Day(day) => line
                .days
                .extend(words.into_iter().next().map(|w| (*day, w))),
            Holds::Item(item) => {
                line.entries.entry(*item).or_default().push(Entry {
                    home: Cell::new(first, *from),
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
