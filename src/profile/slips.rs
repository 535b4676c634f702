//! Places of a mapping that cannot be what it says: what becomes of the values there, and what
//! is to be told of them.
//!
//! A value that was recognised is given up only for another one.

use std::collections::{BTreeMap, BTreeSet};

use super::amend::{amended, dates, is_instead, own_items};
use super::doubted::Printed;
use super::rest::{first_cell, is_of};
use super::rival::{held_elsewhere, of_heading};
use super::taken::Taken;
use crate::model::{Cell, Ground};
use crate::recognise::{Claim, Form, FormKind, Item, Slip, Vocabulary};

/// Slips by mapping, with the first cell of each item.
#[derive(Debug, Default)]
pub struct Slips(BTreeMap<(usize, Slip, FormKind), BTreeMap<Item, Cell>>);

impl Slips {
    /// Notes one of the mapping of that number.
    pub fn note(&mut self, mapping: usize, slip: Slip, kind: FormKind, item: Item, cell: Cell) {
        let items = self.0.entry((mapping, slip, kind)).or_default();
        items.entry(item).or_insert(cell);
    }

    /// All of them.
    pub fn into_all(self) -> impl Iterator<Item = ((usize, Slip, FormKind), BTreeMap<Item, Cell>)> {
        self.0.into_iter()
    }
}

/// The mapped records without what their cells cannot be, each with the items that went. One of
/// which nothing is left is none.
pub fn judged(
    own: Vec<Form>,
    claims: &mut Vec<Claim>,
    found: &[Form],
    printed: &Printed,
    vocabulary: &Vocabulary,
    slips: &mut Slips,
) -> Vec<(Form, BTreeSet<Item>)> {
    let mut judged = Vec::new();
    for mut form in own {
        let mut left: BTreeMap<Item, (Slip, Cell)> = BTreeMap::new();
        if form.table.is_none() {
            for (item, entries) in &form.entries {
                let slip = printed.slip(*item, entries, vocabulary);
                left.extend(slip.map(|slip| (*item, slip)));
            }
            form.entries.retain(|item, _| !left.contains_key(item));
            let held = held_elsewhere(&form, found, claims);
            let held = held.into_iter().chain(of_heading(&form, found));
            left.extend(held.map(|(item, cell)| (item, (Slip::Another, cell))));
        }
        if !left.is_empty() {
            let cells: BTreeSet<Cell> = left.values().map(|(_, cell)| *cell).collect();
            let own = claims.iter_mut().filter(|claim| {
                let ranges = &claim.cells;
                claim.kind == form.kind
                    && cells
                        .iter()
                        .any(|cell| ranges.iter().any(|r| r.contains(*cell)))
            });
            let mut number = None;
            for claim in own {
                number = number.or(Some(claim.mapping));
                claim
                    .cells
                    .retain(|r| !cells.iter().any(|cell| r.contains(*cell)));
                let area = claim.cells.iter().copied().reduce(|a, b| a.with(b));
                claim.area = area.unwrap_or(claim.area);
            }
            claims.retain(|claim| !claim.cells.is_empty());
            let of_form = || claims.iter().find(|claim| is_of(claim, &form));
            let number = number.or_else(|| of_form().map(|claim| claim.mapping));
            for (item, (slip, cell)) in &left {
                if let Some(number) = number {
                    slips.note(number, *slip, form.kind, *item, *cell);
                }
            }
            form.entries.retain(|item, _| !left.contains_key(item));
            let is_filled = own_items(&form).values().any(|filled| *filled);
            if !is_filled && form.days.is_empty() && !dates(&form) {
                continue;
            }
        }
        judged.push((form, left.into_keys().collect()));
    }
    judged
}

/// `found` with the items of `mapped`; where a mapped box is empty, what was recognised stays as
/// a question.
pub fn corrected(
    mut found: Form,
    mut mapped: Form,
    number: Option<usize>,
    slips: &mut Slips,
) -> Form {
    let kind = found.kind;
    let mut note = |slip: Slip, item: Item, cell: Cell| {
        if let Some(number) = number {
            slips.note(number, slip, kind, item, cell);
        }
    };
    mapped.entries.retain(|item, entries| {
        let is_blank = entries.iter().all(|entry| entry.words.is_empty());
        let keeps = is_blank && first_cell(&found, *item).is_some();
        if let (true, Some(entry)) = (keeps, entries.first()) {
            note(Slip::Blank, *item, entry.home);
        }
        for entry in found
            .entries
            .get_mut(item)
            .into_iter()
            .flatten()
            .filter(|_| keeps)
        {
            entry.grounds.insert(Ground::Repeated);
        }
        !keeps
    });
    let said: BTreeSet<Item> = mapped.entries.keys().copied().collect();
    let before = found.clone();
    let after = amended(found, mapped);
    let is_said = |item: Item| said.contains(&item) || said.iter().any(|s| is_instead(*s, item));
    let lost = losses(&before, &after).into_iter();
    for (item, cell) in lost.filter(|(item, _)| !is_said(*item)) {
        note(Slip::Lost, item, cell);
    }
    after
}

/// The items of the first form of which the second one has lost a word, with its cell.
pub fn losses(before: &Form, after: &Form) -> BTreeMap<Item, Cell> {
    let cells = |form: &Form, item: Item| -> BTreeSet<Cell> {
        let entries = form.entries.get(&item).into_iter().flatten();
        let words = entries.flat_map(|entry| &entry.words);
        words.map(|word| word.cell).collect()
    };
    let own = own_items(before).into_keys();
    let lost = own.filter_map(|item| {
        let (had, has) = (cells(before, item), cells(after, item));
        had.difference(&has).next().map(|cell| (item, *cell))
    });
    lost.collect()
}

/// Keeps in a record that is mapped as a whole what was recognised for the items that went from
/// it, and notes the boxes that are empty against what was recognised.
pub fn kept(
    found: &Form,
    mapped: &mut Form,
    left: &BTreeSet<Item>,
    number: Option<usize>,
    taken: &Taken,
    slips: &mut Slips,
) {
    for item in left {
        if let Some(entries) = found.entries.get(item) {
            let known = mapped.entries.entry(*item);
            known.or_insert_with(|| entries.clone());
        }
    }
    if found.kind != mapped.kind {
        return;
    }
    for (item, entries) in &mapped.entries {
        let is_blank = entries.iter().all(|entry| entry.words.is_empty());
        let other = first_cell(found, *item).filter(|cell| !taken.holds(*cell));
        if let (true, Some(cell), Some(entry)) = (is_blank, other, entries.first()) {
            // What is written there may be the item, and no blank is held against anybody.
            mapped.unread = mapped.unread.or(Some(cell));
            if let Some(number) = number {
                slips.note(number, Slip::Blank, mapped.kind, *item, entry.home);
            }
        }
    }
}
