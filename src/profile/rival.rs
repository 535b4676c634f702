//! A mapping of few items whose cells another kind of form holds.
//!
//! Where a form is recognised, one or two cells of it are no form of another kind: those are
//! meant for another sheet, or the kind is wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::amend::own_items;
use crate::model::Cell;
use crate::recognise::{Claim, Form, FormKind, Item};

/// The items of a mapped `form` whose cells stay those of a recognised form of another kind.
/// What a mapping of that kind claims too is said to be both.
pub fn held_elsewhere(form: &Form, found: &[Form], claims: &[Claim]) -> BTreeMap<Item, Cell> {
    const MOST: usize = 2;
    let is_corrected = || found.iter().any(|other| other.kind == form.kind);
    let filled = count(form);
    if form.table.is_some() || filled > MOST || is_corrected() {
        return BTreeMap::new();
    }
    let rivals = found.iter().filter(|other| count(other) > filled + 1);
    let held: BTreeSet<Cell> = rivals
        .flat_map(|other| {
            let words = other.entries.values().flatten().flat_map(|e| &e.words);
            let is_claimed = |cell: Cell| {
                let mut same = claims.iter().filter(|claim| claim.kind == other.kind);
                same.any(|claim| claim.cells.iter().any(|range| range.contains(cell)))
            };
            words
                .map(|word| word.cell)
                .filter(move |cell| !is_claimed(*cell))
        })
        .collect();
    let own = form.entries.iter().filter(|(item, _)| !item.is_heading());
    own.filter_map(|(item, entries)| {
        let mut words = entries.iter().flat_map(|entry| &entry.words);
        let word = words.find(|word| held.contains(&word.cell))?;
        Some((*item, word.cell))
    })
    .collect()
}

/// The items of a mapped `form` whose cells say whose record or of which office it is.
pub fn of_heading(form: &Form, found: &[Form]) -> BTreeMap<Item, Cell> {
    let headings = found.iter().flat_map(|other| {
        let entries = other.entries.iter().filter(|(item, _)| item.is_heading());
        entries.filter(|(item, _)| !form.entries.contains_key(item))
    });
    let words: BTreeMap<Cell, (Item, &str)> = headings
        .flat_map(|(item, entries)| {
            let words = entries.iter().flat_map(|entry| &entry.words);
            words.map(|word| (word.cell, (*item, word.text.as_str())))
        })
        .collect();
    // The day of the record stands in its title too, and whose it is may be the signature.
    let may_be = |item: Item, heading: Item| {
        heading == Item::Month && !item.is_free_text() && !item.is_signed()
            || heading == Item::Name && item == Item::Signature
            || item == Item::Ignored
    };
    let own = form.entries.iter().filter(|(item, _)| !item.is_heading());
    own.filter_map(|(item, entries)| {
        let [word] = entries
            .iter()
            .flat_map(|entry| &entry.words)
            .collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let (heading, text) = words.get(&word.cell)?;
        (*text == word.text && !may_be(*item, *heading)).then_some((*item, word.cell))
    })
    .collect()
}

fn count(form: &Form) -> usize {
    own_items(form).values().filter(|filled| **filled).count()
}

/// Dates that two kinds of form have in common: one box may be that of both.
pub fn is_shared(kind: FormKind, item: Item, other: FormKind, theirs: Item) -> bool {
    let is_date = |item: Item| matches!(item, Item::Date | Item::DateTime);
    match (kind, item) {
        (FormKind::Listing, Item::MonthlyDate) => other == FormKind::Monthly && is_date(theirs),
        (FormKind::Listing, Item::WeeklyDate) => other == FormKind::Weekly && is_date(theirs),
        _ if is_date(item) && other == FormKind::Listing => {
            matches!(
                (kind, theirs),
                (FormKind::Monthly, Item::MonthlyDate) | (FormKind::Weekly, Item::WeeklyDate)
            )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_evaluation_is_that_of_the_listing_too() {
        use FormKind::{Daily, Listing, Monthly, Weekly};
        assert!(is_shared(Listing, Item::MonthlyDate, Monthly, Item::Date));
        assert!(is_shared(Monthly, Item::Date, Listing, Item::MonthlyDate));
        assert!(is_shared(Weekly, Item::Date, Listing, Item::WeeklyDate));
        assert!(!is_shared(Listing, Item::MonthlyDate, Weekly, Item::Date));
        assert!(!is_shared(Daily, Item::Date, Listing, Item::MonthlyDate));
    }
}
