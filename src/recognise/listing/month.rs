//! The days of a month as heads on a sheet: in one row, in tiers of half a month or ten days,
//! or as a wall calendar of weeks.
//!
//! Only where the days stand; whose month it is and what the marks are is decided elsewhere.

use crate::model::{Cell, CellRange};
use crate::recognise::calendar::{day_number, is_weekday};
use crate::recognise::grid::Grid;
use crate::text::squash;

/// One day's head.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// The day of the month.
    pub day: u32,
    /// Its block.
    pub block: usize,
    /// First and last column of what belongs to the day.
    pub span: (u32, u32),
}

/// Heads that stand in one row.
#[derive(Debug, Clone)]
pub struct Tier {
    /// The row of the numbers.
    pub row: u32,
    /// The last row of the head: weekdays may stand below the numbers.
    pub bottom: u32,
    /// From left to right.
    pub heads: Vec<Head>,
}

/// The days of one month, from its first tier to its last.
#[derive(Debug, Clone)]
pub struct Month {
    /// From top to bottom.
    pub tiers: Vec<Tier>,
}

/// How the tiers of a month lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All days in one row.
    Flat,
    /// Several rows of days right below each other: so many rows has a user too.
    Together,
    /// Marks stand below each tier.
    Apart,
    /// A wall calendar: a week in each tier.
    Weeks,
}

/// Days that a row of a month has at least, somewhere.
const SHORTEST_ROW: usize = 5;
/// Days that a month has at least; the days of work alone may be listed.
const FEWEST_DAYS: usize = 15;
/// Days from one head to the next, where weekends are left out.
const LONGEST_STEP: u32 = 4;
/// Columns from one head to the next.
const WIDEST: u32 = 6;
/// Runs of numbers that are looked through for the next tier.
const NEAR: usize = 200;

impl Month {
    /// How its tiers lie.
    pub fn shape(&self) -> Shape {
        let pairs = || self.tiers.windows(2);
        if self.tiers.len() < 2 {
            Shape::Flat
        } else if self.tiers.len() <= 3 && pairs().all(|w| w[0].bottom + 1 == w[1].row) {
            Shape::Together
        } else if self.tiers.len() >= 4 {
            Shape::Weeks
        } else {
            Shape::Apart
        }
    }

    /// All heads.
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        self.tiers.iter().flat_map(|tier| &tier.heads)
    }

    /// First and last column of the days.
    pub fn columns(&self) -> (u32, u32) {
        let first = self.heads().map(|head| head.span.0).min();
        let last = self.heads().map(|head| head.span.1).max();
        (first.unwrap_or(0), last.unwrap_or(0))
    }

    /// Whether days of the month stand nowhere, those after it on another sheet perhaps.
    pub fn is_cut(&self) -> bool {
        // No month has its last day of work earlier.
        const LAST: u32 = 26;
        self.heads().all(|head| head.day < LAST)
    }

    /// From the first head to the last.
    pub fn range(&self) -> CellRange {
        let (left, right) = self.columns();
        let first = self.tiers.first().map_or(0, |tier| tier.row);
        let last = self.tiers.last().map_or(0, |tier| tier.bottom);
        CellRange::new(Cell::new(first, left), Cell::new(last, right))
    }
}

/// The day that a head names, and what else is written with it: `3`, `3日(水)`, `9/3`,
/// `2025-09-03`, and in a wall calendar `3 在宅`.
pub fn head(text: &str) -> Option<(u32, &str)> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST * 4 {
        return None;
    }
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | '（'));
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    let number = squash(number);
    let dashed = number.matches('-').count() == 2;
    let last = number.rsplit('-').next().filter(|_| dashed);
    let day = day_number(last.unwrap_or(&number))?;
    let rest = rest.trim();
    let said = squash(rest);
    let is_idle = said.is_empty() || is_weekday(&said) || is_weekday(said.trim_end_matches("曜日"));
    Some((day, if is_idle { "" } else { rest }))
}

/// All months of the sheet, in reading order.
pub fn months(grid: &Grid) -> Vec<Month> {
    let runs = runs(grid);
    let mut taken = vec![false; runs.len()];
    let mut found = Vec::new();
    for start in 0..runs.len() {
        let is_first = runs[start].first_day() <= LONGEST_STEP;
        if taken[start] || !is_first {
            continue;
        }
        let mut chain = vec![start];
        let mut last = start;
        while let Some(next) = next(&runs, &taken, &chain, last) {
            chain.push(next);
            last = next;
        }
        let days: usize = chain.iter().map(|&i| runs[i].heads.len()).sum();
        let longest = chain.iter().map(|&i| runs[i].heads.len()).max();
        if days < FEWEST_DAYS || longest < Some(SHORTEST_ROW) {
            continue;
        }
        for &i in &chain {
            taken[i] = true;
        }
        found.push(Month {
            tiers: tiers(grid, chain.iter().map(|&i| &runs[i])),
        });
    }
    found
}

/// Numbers in one row that count up day by day at one distance.
struct Run {
    row: u32,
    heads: Vec<Head>,
}

impl Run {
    fn first_day(&self) -> u32 {
        self.heads.first().map_or(0, |head| head.day)
    }

    fn last_day(&self) -> u32 {
        self.heads.last().map_or(0, |head| head.day)
    }

    fn columns(&self) -> (u32, u32) {
        let first = self.heads.first().map_or(0, |head| head.span.0);
        (first, self.heads.last().map_or(0, |head| head.span.1))
    }
}

fn runs(grid: &Grid) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for row in grid.rows_between(0, grid.last_row()) {
        let mut open: Option<(Run, Option<u32>)> = None;
        for &i in grid.row(row) {
            let block = grid.block(i);
            if block.range.first.row != row || block.stored.is_none() {
                continue;
            }
            let Some((day, _)) = head(&block.text) else {
                continue;
            };
            let span = (block.range.first.col, block.range.last.col);
            let head = Head {
                day,
                block: i,
                span,
            };
            if let Some((run, pitch)) = &mut open {
                let before = run.heads.last().map_or((0, 0), |h| (h.day, h.span.0));
                let step = day.saturating_sub(before.0);
                let distance = span.0.saturating_sub(before.1);
                let goes_on = (1..=LONGEST_STEP).contains(&step)
                    && (1..=WIDEST).contains(&distance)
                    && pitch.is_none_or(|pitch| pitch == distance);
                if goes_on {
                    *pitch = Some(distance);
                    run.heads.push(head);
                    continue;
                }
            }
            found.extend(open.take().map(|(run, pitch)| spread(run, pitch)));
            let heads = vec![head];
            open = Some((Run { row, heads }, None));
        }
        found.extend(open.take().map(|(run, pitch)| spread(run, pitch)));
    }
    found
}

/// Gives each head the columns up to the next one.
fn spread(mut run: Run, pitch: Option<u32>) -> Run {
    let width = pitch.unwrap_or(1).saturating_sub(1);
    for head in &mut run.heads {
        head.span.1 = head.span.1.max(head.span.0.saturating_add(width));
    }
    run
}

/// The run that goes on where the chain ends: beside it, or below in the same columns.
fn next(runs: &[Run], taken: &[bool], chain: &[usize], last: usize) -> Option<usize> {
    let (row, day) = (runs[last].row, runs[last].last_day());
    let left = chain.iter().map(|&i| runs[i].columns().0).min()?;
    let right = chain.iter().map(|&i| runs[i].columns().1).max()?;
    let weeks = chain.len() > 1 || runs[last].heads.len() <= 7;
    for i in (last + 1..runs.len()).take(NEAR) {
        let run = &runs[i];
        let (first, end) = run.columns();
        let below = run.row > row && first <= right && end >= left;
        let beside = run.row == row && first > runs[last].columns().1;
        // The first week of a calendar may be but a day at the right end.
        let wider = weeks && run.row > row && first <= right && first + 7 * WIDEST >= right;
        if !taken[i] && (below || beside || wider) {
            let step = run.first_day().saturating_sub(day);
            let most = if run.heads.len() >= 2 {
                LONGEST_STEP
            } else {
                1
            };
            if (1..=most).contains(&step) {
                return Some(i);
            }
            // Another month begins here.
            if run.first_day() <= LONGEST_STEP && run.heads.len() >= SHORTEST_ROW {
                return None;
            }
        }
    }
    None
}

fn tiers<'a>(grid: &Grid, runs: impl Iterator<Item = &'a Run>) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    for run in runs {
        match tiers.last_mut() {
            Some(tier) if tier.row == run.row => tier.heads.extend(&run.heads),
            _ => tiers.push(Tier {
                row: run.row,
                bottom: run.row,
                heads: run.heads.clone(),
            }),
        }
    }
    for tier in &mut tiers {
        tier.bottom = bottom(grid, tier);
    }
    tiers
}

/// The last row of a tier's head: merged cells reach down, and weekdays stand below.
fn bottom(grid: &Grid, tier: &Tier) -> u32 {
    const MOST: u32 = 4;
    let heads = tier.heads.iter().map(|head| grid.block(head.block).range);
    let deepest = heads.map(|range| range.last.row).max().unwrap_or(tier.row);
    let mut bottom = deepest.min(tier.row + MOST);
    let left = tier.heads.first().map_or(0, |head| head.span.0);
    let right = tier.heads.last().map_or(0, |head| head.span.1);
    while bottom - tier.row < MOST {
        let below = grid.row_within(bottom + 1, left, right).iter();
        let texts: Vec<String> = below
            .map(|&i| grid.block(i))
            .filter(|block| block.stored.is_some())
            .map(|block| squash(&block.text))
            .collect();
        if texts.len() < 2 || !texts.iter().all(|text| is_weekday(text)) {
            break;
        }
        bottom += 1;
    }
    bottom
}
