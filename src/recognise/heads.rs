//! Rows of labels over rows of boxes: the texts beside known labels there are labels too.

use std::collections::BTreeMap;

use super::explain::looks_like_label;
use super::grid::Grid;
use super::label::Label;
use crate::model::CellRange;

/// The blocks right of a known label that are labels themselves, known or not: both stand over
/// a box as wide as they are. Only on a sheet where known labels stand so beside each other.
pub fn unknown(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
) -> Vec<usize> {
    let is_over_box = |range: CellRange| is_over_box(grid, label_of, closed, range);
    let own = |label: &&Label| label.inline.is_none() && is_over_box(label.range);
    let mut beside: Vec<usize> = Vec::new();
    let mut is_usual = false;
    for label in labels.iter().filter(own) {
        let mut range = label.range;
        while let Some(next) = right_of(grid, range) {
            let block = grid.block(next);
            if !is_over_box(block.range) {
                break;
            }
            if label_of.contains_key(&next) {
                is_usual = true;
                break;
            }
            if closed[next] || !looks_like_label(&block.text) {
                break;
            }
            beside.push(next);
            range = block.range;
        }
    }
    beside.sort_unstable();
    beside.dedup();
    if is_usual { beside } else { Vec::new() }
}

/// The written block that touches `range` on its right, in the same rows.
fn right_of(grid: &Grid, range: CellRange) -> Option<usize> {
    let col = range.last.col.checked_add(1)?;
    let mut here = grid.row_within(range.first.row, col, col).iter().copied();
    here.find(|&i| {
        let block = grid.block(i);
        block.stored.is_some()
            && block.range.first.row == range.first.row
            && block.range.last.row == range.last.row
    })
}

/// Whether a box that is no label and in no table lies right under `range`, in the same columns.
fn is_over_box(
    grid: &Grid,
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
    range: CellRange,
) -> bool {
    let Some(row) = range.last.row.checked_add(1) else {
        return false;
    };
    let mut below = grid
        .row_within(row, range.first.col, range.first.col)
        .iter();
    below.any(|i| {
        let block = grid.block(*i);
        block.stored.is_some()
            && block.range.first.row == row
            && block.range.last.col == range.last.col
            && !label_of.contains_key(i)
            && !closed[*i]
    })
}
