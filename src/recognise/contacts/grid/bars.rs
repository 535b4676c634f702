//! Names of contacts across the form, each over the boxes down to the next bar as wide.

use std::collections::{BTreeMap, BTreeSet};

use super::{Boxes, Named, Part};
use crate::recognise::explain::looks_like_label;
use crate::recognise::item::Item;
use crate::text::squash;

/// Bars as wide as each other, and no name among them twice.
struct Run {
    cols: (u32, u32),
    names: BTreeSet<String>,
    contacts: Vec<Boxes>,
}

/// The contacts of each such run of bars.
pub fn lists(sheet: &Named) -> Vec<Vec<Boxes>> {
    let mut runs: Vec<Run> = Vec::new();
    for name in alone(sheet) {
        let contact = under(sheet, name);
        if contact.parts.iter().all(|part| part.item != Item::Time) {
            continue;
        }
        let bar = sheet.range(name);
        let cols = (bar.first.col, bar.last.col);
        let text = squash(&sheet.grid.block(name).text);
        // The first name again is the next day's.
        let goes_on = |run: &&mut Run| run.cols == cols && !run.names.contains(&text);
        match runs.last_mut().filter(goes_on) {
            Some(run) => {
                run.names.insert(text);
                run.contacts.push(contact);
            }
            None => runs.push(Run {
                cols,
                names: BTreeSet::from([text]),
                contacts: vec![contact],
            }),
        }
    }
    runs.into_iter().map(|run| run.contacts).collect()
}

/// The names as wide as a bar with nothing else written in their rows.
fn alone(sheet: &Named) -> Vec<usize> {
    const NARROWEST: u32 = 3;
    let mut by_row: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, &name) in &sheet.names {
        by_row.entry(at.row).or_default().push(name);
    }
    let is_bar = |name: &usize| {
        let bar = sheet.range(*name);
        bar.last.col.saturating_sub(bar.first.col) + 1 >= NARROWEST
    };
    let is_alone = |row: u32| {
        let here = sheet.grid.row(row).iter();
        let mut written = here.filter(|&&i| sheet.grid.block(i).stored.is_some());
        written.nth(1).is_none()
    };
    let alone = by_row.into_iter().filter_map(|(row, names)| {
        let [name] = names[..] else { return None };
        (is_bar(&name) && is_alone(row)).then_some(name)
    });
    alone.collect()
}

/// The contact under a bar. What stands at labels that are no part of it is another's.
fn under(sheet: &Named, name: usize) -> Boxes {
    const DEEPEST: u32 = 10;
    let grid = sheet.grid;
    let bar = sheet.range(name);
    let (left, right) = (bar.first.col, bar.last.col);
    let mut parts: Vec<Part> = Vec::new();
    let from = bar.last.row.saturating_add(1);
    for row in grid.rows_between(from, from.saturating_add(DEEPEST)) {
        let blocks = grid.row_within(row, left, right).iter();
        let begin = blocks.filter(|&&i| sheet.range(i).first.row == row);
        let mut open = false;
        for &i in begin {
            let block = grid.block(i);
            if block.stored.is_some()
                && block.range.first.col == left
                && block.range.last.col >= right
            {
                return Boxes { name, parts };
            }
            if let Some(item) = sheet.parts.get(&i) {
                parts.push(Part::new(i, *item));
                open = true;
            } else if looks_like_label(&block.text) {
                open = false;
            } else if let Some(part) = parts.last_mut().filter(|_| open && block.holds()) {
                part.boxes.push(i);
            }
        }
    }
    Boxes { name, parts }
}
