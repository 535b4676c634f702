//! Names of contacts that touch each other in one row, over the boxes of the parts whose labels
//! stand on their left.

use super::{Boxes, FEWEST, MOST, Named, Part};
use crate::recognise::item::Item;

/// The contacts of each such row of names.
pub fn lists(sheet: &Named) -> Vec<Vec<Boxes>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &i in sheet.names.values() {
        let touches = |last: &usize| {
            let (left, right) = (sheet.range(*last), sheet.range(i));
            left.first.row == right.first.row
                && left.last.col.checked_add(1) == Some(right.first.col)
        };
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(touches) => run.push(i),
            _ => runs.push(vec![i]),
        }
    }
    let runs = runs
        .into_iter()
        .filter(|run| (FEWEST..=MOST).contains(&run.len()));
    runs.map(|run| under(sheet, &run)).collect()
}

/// The contacts under a run of names.
fn under(sheet: &Named, run: &[usize]) -> Vec<Boxes> {
    let Some(first) = run.first().map(|&i| sheet.range(i)) else {
        return Vec::new();
    };
    let mut rows: Vec<(usize, Item)> = Vec::new();
    let mut row = first.last.row.saturating_add(1);
    while let Some(part) = part_before(sheet, row, first.first.col)
        && rows.len() < MOST
    {
        rows.push(part);
        row = sheet.range(part.0).last.row.saturating_add(1);
    }
    let part = |name: usize, (label, item): (usize, Item)| Part {
        label,
        item,
        boxes: boxes(sheet, name, label),
    };
    let contact = |&name: &usize| Boxes {
        name,
        parts: rows.iter().map(|row| part(name, *row)).collect(),
    };
    run.iter().map(contact).collect()
}

/// What is written below a name and beside a label.
fn boxes(sheet: &Named, name: usize, label: usize) -> Vec<usize> {
    let (cols, rows) = (sheet.range(name), sheet.range(label));
    let rows = sheet.grid.rows_between(rows.first.row, rows.last.row);
    let begin = rows.flat_map(|row| {
        let here = sheet.grid.row_within(row, cols.first.col, cols.last.col);
        here.iter()
            .filter(move |&&i| sheet.range(i).first.row == row)
    });
    let written = begin.filter(|&&i| sheet.grid.block(i).holds());
    written.copied().collect()
}

/// The label of a part that begins in `row` and ends right before a column.
fn part_before(sheet: &Named, row: u32, col: u32) -> Option<(usize, Item)> {
    let before = col.checked_sub(1)?;
    let mut here = sheet.grid.row_over(row, before, before);
    let label = here.find(|&i| sheet.range(i).first.row == row)?;
    Some((label, *sheet.parts.get(&label)?))
}
