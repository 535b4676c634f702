//! Gives each written block to the label that it belongs to.
//!
//! A block belongs to the nearest label on its left that shares a row with it, else to a label
//! right above it that has nothing on its right, else it goes on from the block above it.

use std::collections::BTreeMap;

use super::explain::looks_like_label;
use super::form::Entry;
use super::grid::Grid;
use super::label::{Label, word};
use crate::model::{Cell, CellRange, Grounds};
use crate::text::squash;

/// The entry of each label, in the order of `labels`.
///
/// `closed` says which blocks are spoken for: tables, titles. `free_text` says whether the box
/// of a label may go on over cells below each other.
pub fn entries(grid: &Grid, labels: &[Label], closed: &[bool], free_text: &[bool]) -> Vec<Entry> {
    let owners = owners(grid, labels, closed, free_text);
    let mut entries: Vec<Entry> = labels
        .iter()
        .map(|label| {
            let right = Cell::new(
                label.range.first.row,
                label.range.last.col.saturating_add(1),
            );
            Entry {
                label: grid.block(label.block).text.clone(),
                home: if label.inline.is_some() {
                    label.range.first
                } else {
                    right
                },
                words: label.inline.clone().unwrap_or_default(),
                grounds: Grounds::default(),
            }
        })
        .collect();
    let mut homes = vec![false; labels.len()];
    let mut reach: Vec<u32> = labels.iter().map(|label| label.range.last.col).collect();
    for (index, block) in grid.blocks().iter().enumerate() {
        let Some(owner) = owners[index] else { continue };
        if is_far_off(labels[owner].range, reach[owner], block.range) {
            continue;
        }
        reach[owner] = reach[owner].max(block.range.last.col);
        if block.tick.is_none() && !homes[owner] {
            entries[owner].home = block.range.first;
            homes[owner] = true;
        }
        if block.holds() {
            entries[owner].words.push(word(block));
        }
    }
    entries
}

/// Whether a gap wider than all before it parts a block from its label: a legend beside the form.
fn is_far_off(label: CellRange, reach: u32, block: CellRange) -> bool {
    const NARROWEST_GAP: u32 = 4;
    let gap = block.first.col.saturating_sub(reach + 1);
    gap > NARROWEST_GAP.max(reach - label.first.col.min(reach))
}

/// The label that each block belongs to.
fn owners(
    grid: &Grid,
    labels: &[Label],
    closed: &[bool],
    free_text: &[bool],
) -> Vec<Option<usize>> {
    let mut label_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, label) in labels.iter().enumerate() {
        label_of.insert(label.block, i);
    }
    let closed = with_strangers(grid, labels, &label_of, closed);
    let closed = closed.as_slice();
    let mut owners: Vec<Option<usize>> = vec![None; grid.blocks().len()];
    let mut right_of = vec![false; labels.len()];
    for index in 0..grid.blocks().len() {
        if closed[index] || label_of.contains_key(&index) || is_guide(&grid.block(index).text) {
            continue;
        }
        owners[index] = label_on_the_left(grid, labels, &label_of, closed, index);
        if let Some(owner) = owners[index]
            && grid.block(index).tick.is_none()
        {
            right_of[owner] = true;
        }
    }
    for index in 0..grid.blocks().len() {
        let block = grid.block(index);
        if owners[index].is_some()
            || closed[index]
            || label_of.contains_key(&index)
            || is_guide(&block.text)
        {
            continue;
        }
        owners[index] = match block_above(grid, index) {
            Some(above) => match label_of.get(&above) {
                Some(&label) if !right_of[label] && labels[label].inline.is_none() => Some(label),
                Some(_) => None,
                None => owners[above].filter(|&owner| {
                    free_text[owner]
                        && block.holds()
                        && grid.block(above).range.first.col == block.range.first.col
                        && !label_between(grid, labels[owner].range, block.range.first.row)
                }),
            },
            None => None,
        };
    }
    owners
}

/// What is spoken for, and the texts behind a value that are labels themselves: they look like
/// one, have a box on their right, and stand in a column of labels.
fn with_strangers(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
) -> Vec<bool> {
    const NEAR: u32 = 12;
    let mut spoken_for = closed.to_vec();
    for (index, block) in grid.blocks().iter().enumerate() {
        let is_free = block.stored.is_some() && !closed[index] && !label_of.contains_key(&index);
        if !is_free || !looks_like_label(&block.text) {
            continue;
        }
        let (range, row) = (block.range, grid.row(block.range.first.row));
        let in_column = labels.iter().any(|label| {
            label.inline.is_none()
                && (label.range.first.col, label.range.last.col)
                    == (range.first.col, range.last.col)
                && label.range.first.row.abs_diff(range.first.row) <= NEAR
        });
        let is_box = |i: usize| {
            let other = grid.block(i);
            other.range.first.col == range.last.col + 1 && !label_of.contains_key(&i)
        };
        if !in_column || !row.iter().any(|&i| is_box(i)) {
            continue;
        }
        let owner = label_on_the_left(grid, labels, label_of, closed, index);
        let is_stranger = owner.is_some_and(|owner| {
            let own = &labels[owner];
            let beside = |i: usize| {
                let other = grid.block(i);
                let (first, last) = (other.range.first.col, other.range.last.col);
                other.holds() && own.range.last.col < first && last < range.first.col
            };
            // Printed choices stand beside each other too.
            let offers = own.meanings.iter().any(|(_, item)| item.offers_choices());
            !offers && row.iter().any(|&i| beside(i))
        });
        spoken_for[index] = is_stranger;
    }
    spoken_for
}

/// The nearest label on the left that shares a row; of several as near, the one that shares most rows.
fn label_on_the_left(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
    index: usize,
) -> Option<usize> {
    let range = grid.block(index).range;
    let mut best: Option<(u32, u32, usize)> = None;
    for row in grid.rows_between(range.first.row, range.last.row) {
        // On each row, the last label or closed block before this one.
        let nearest = grid
            .row(row)
            .iter()
            .rev()
            .filter(|&&i| grid.block(i).range.last.col < range.first.col)
            .find(|&&i| label_of.contains_key(&i) || closed[i]);
        let Some(&label) = nearest.and_then(|i| label_of.get(i)) else {
            continue;
        };
        if labels[label].inline.is_some() {
            continue;
        }
        let shared = shared_rows(range, labels[label].range);
        let candidate = (labels[label].range.last.col, shared, label);
        if best.is_none_or(|b| (candidate.0, candidate.1) > (b.0, b.1)) {
            best = Some(candidate);
        }
    }
    best.map(|(_, _, label)| label)
}

fn shared_rows(a: CellRange, b: CellRange) -> u32 {
    (a.last.row.min(b.last.row) + 1).saturating_sub(a.first.row.max(b.first.row))
}

/// The lowest block above that shares the first column, at most three rows away.
fn block_above(grid: &Grid, index: usize) -> Option<usize> {
    const REACH: u32 = 3;
    let first = grid.block(index).range.first;
    let rows: Vec<u32> = grid
        .rows_between(first.row.saturating_sub(REACH), first.row.checked_sub(1)?)
        .collect();
    rows.into_iter().rev().find_map(|row| {
        grid.row(row).iter().copied().find(|&i| {
            let other = grid.block(i).range;
            grid.block(i).tick.is_none()
                && other.last.row < first.row
                && (other.first.col..=other.last.col).contains(&first.col)
        })
    })
}

/// Whether another label, known or not, stands below `label`, in its columns, at or above `row`.
fn label_between(grid: &Grid, own: CellRange, row: u32) -> bool {
    grid.rows_between(own.last.row.saturating_add(1), row)
        .any(|r| {
            grid.row(r).iter().any(|&i| {
                let block = grid.block(i);
                block.stored.is_some()
                    && block.range.first.row > own.last.row
                    && block.range.shares_cols(&own)
            })
        })
}

/// Guide text such as `※ 評価内容は…必ず確認すること` is nobody's value.
pub fn is_guide(text: &str) -> bool {
    text.trim_start().starts_with('※') || squash(text).starts_with("(※")
}
