//! A mapping of columns that name no record: items of the lines that are recognised there.
//!
//! `columns = { home_days = "AG" }` says where an item of each line stands, and not which lines
//! there are.

use super::slips::{Slips, corrected};
use crate::model::{Cell, CellRange};
use crate::read::Sheet;
use crate::recognise::{Claim, Columns, Form, Item, Mapping, Places, Shape, Vocabulary, boxes_of};

/// What was put into lines.
pub struct Lined {
    /// The lines, with the items of the mapping.
    pub forms: Vec<Form>,
    /// The cells that were read for them.
    pub claims: Vec<Claim>,
}

/// Takes the lines that `mappings` speak of out of what was recognised, with their items.
pub fn lined(
    sheet: &Sheet,
    mappings: &[&Mapping],
    found: &mut Vec<Form>,
    vocabulary: &Vocabulary,
    slips: &mut Slips,
) -> Lined {
    let mut lined = Lined {
        forms: Vec::new(),
        claims: Vec::new(),
    };
    for (number, mapping) in mappings.iter().enumerate() {
        let Shape::Lines(columns) = &mapping.shape else {
            continue;
        };
        if !is_keyless(columns) {
            continue;
        }
        let is_line = |form: &Form| {
            form.kind == mapping.kind && form.table.is_some() && begins(columns, form)
        };
        let before = lined.forms.len();
        // A line may have items of several mappings.
        let known: Vec<usize> = (0..before)
            .filter(|at| lined.forms.get(*at).is_some_and(is_line))
            .collect();
        let (lines, others) = std::mem::take(found).into_iter().partition(is_line);
        *found = others;
        let lines: Vec<Form> = lines;
        lined.forms.extend(lines);
        let at = known.into_iter().chain(before..lined.forms.len());
        let at: Vec<usize> = at.collect();
        let starts: Vec<u32> = at
            .iter()
            .filter_map(|at| Some(start(columns, lined.forms.get(*at)?)))
            .collect();
        let places: Vec<Places> = at
            .iter()
            .filter_map(|at| Some(cells(columns, lined.forms.get(*at)?, &starts)))
            .collect();
        let boxes = boxes_of(sheet, mapping, columns, &places, vocabulary);
        for ((at, (entries, unread)), places) in at.into_iter().zip(boxes).zip(places) {
            let Some(form) = lined.forms.get_mut(at) else {
                continue;
            };
            let mapped = Form {
                entries,
                unread,
                ..Form::new(form.kind, form.sheet.clone(), form.at, Default::default())
            };
            *form = corrected(form.clone(), mapped, Some(number), slips);
            let cells: Vec<CellRange> = places.into_values().flatten().collect();
            if let Some(area) = cells.iter().copied().reduce(CellRange::with) {
                lined.claims.push(Claim {
                    mapping: number,
                    kind: mapping.kind,
                    area,
                    cells,
                });
            }
        }
    }
    lined
}

/// Whether no column says which record a line is.
pub fn is_keyless(columns: &Columns) -> bool {
    const KEYS: [Item; 8] = [
        Item::Name,
        Item::CertificateNumber,
        Item::Date,
        Item::DateTime,
        Item::Period,
        Item::PeriodFrom,
        Item::Start,
        Item::Time,
    ];
    columns.days.is_none() && !KEYS.iter().any(|key| columns.columns.contains_key(key))
}

/// The row, or the column, in which the line begins.
fn start(columns: &Columns, form: &Form) -> u32 {
    match columns.sideways {
        true => form.at.col,
        false => form.at.row,
    }
}

fn begins(columns: &Columns, form: &Form) -> bool {
    start(columns, form) >= columns.first
}

/// The cells of the items in the line: as far as its own reach, or to the next line.
fn cells(columns: &Columns, form: &Form, starts: &[u32]) -> Places {
    let first = start(columns, form);
    let words = form.entries.iter().filter(|(item, _)| !item.is_heading());
    let words = words
        .flat_map(|(_, entries)| entries)
        .flat_map(|e| &e.words);
    let along = |cell: Cell| match columns.sideways {
        true => cell.col,
        false => cell.row,
    };
    let own = words.map(|word| along(word.cell)).max().unwrap_or(first);
    let next = starts.iter().filter(|start| **start > first).min();
    let last = next.map_or(own, |next| own.min(next.saturating_sub(1)));
    let last = last.max(first);
    let range = |(from, to): &(u32, u32)| {
        let range = CellRange::new(Cell::new(first, *from), Cell::new(last, *to));
        match columns.sideways {
            true => range.transposed(),
            false => range,
        }
    };
    let items = columns.columns.iter();
    items
        .map(|(item, spans)| (*item, spans.iter().map(range).collect()))
        .collect()
}
