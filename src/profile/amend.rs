//! A record that was recognised, with the items that a profile says to stand elsewhere.

use std::collections::BTreeMap;

use crate::model::Cell;
use crate::recognise::{Form, Item};

/// Items that say the same in other boxes: where the one is mapped, the others are not asked.
const INSTEAD: [(Item, &[Item]); 10] = [
    (
        Item::DateTime,
        &[Item::Date, Item::Time, Item::Start, Item::End],
    ),
    (Item::Time, &[Item::Start, Item::End]),
    (Item::Start, &[Item::Time]),
    (Item::End, &[Item::Time]),
    (Item::Period, &[Item::PeriodFrom, Item::PeriodTo]),
    (Item::PeriodFrom, &[Item::Period]),
    (Item::PeriodTo, &[Item::Period]),
    (Item::Grant, &[Item::GrantFrom, Item::GrantTo]),
    (Item::GrantFrom, &[Item::Grant]),
    (Item::GrantTo, &[Item::Grant]),
];

/// Whether `item` says what `other` does, so that the other is not asked beside it.
pub fn is_instead(item: Item, other: Item) -> bool {
    let mut all = INSTEAD.iter();
    all.any(|(one, others)| *one == item && others.contains(&other))
}

/// The items of the record itself, and whether anything is written for them.
pub fn own_items(form: &Form) -> BTreeMap<Item, bool> {
    let own = form.entries.iter();
    let own = own.filter(|(item, _)| !item.is_heading() && **item != Item::Ignored);
    own.map(|(item, entries)| (*item, entries.iter().any(|entry| !entry.words.is_empty())))
        .collect()
}

/// Whether the form says of which day or week it is.
pub fn dates(form: &Form) -> bool {
    let dates = [
        Item::Date,
        Item::DateTime,
        Item::Period,
        Item::PeriodFrom,
        Item::PeriodTo,
    ];
    dates.iter().any(|item| form.entries.contains_key(item))
}

/// The hours of a day's work, at which a contact may be made.
fn is_time(item: Item) -> bool {
    matches!(item, Item::Start | Item::End | Item::Time | Item::DateTime)
}

/// `found` with the items of `mapped` in the place of its own; a box that the mapping gives to
/// one item is that of no other, but for a time of the day at which a contact was made.
pub fn amended(mut found: Form, mapped: Form) -> Form {
    for (item, others) in INSTEAD {
        if mapped.entries.contains_key(&item) {
            found.entries.retain(|other, _| !others.contains(other));
        }
    }
    let taken: Vec<(Item, Cell)> = mapped
        .entries
        .iter()
        .flat_map(|(item, entries)| entries.iter().map(|entry| (*item, entry)))
        .flat_map(|(item, entry)| {
            let words = entry.words.iter().map(|word| word.cell);
            words.chain([entry.home]).map(move |cell| (item, cell))
        })
        .collect();
    found.entries.retain(|item, entries| {
        let takes = |by: Item| !(by == Item::Contact && is_time(*item));
        let is_there = |cell| taken.iter().any(|(by, at)| *at == cell && takes(*by));
        let is_taken = |cell| !item.is_heading() && is_there(cell);
        let was_written = entries.iter().any(|entry| !entry.words.is_empty());
        for entry in entries.iter_mut() {
            entry.words.retain(|word| !is_taken(word.cell));
        }
        entries.retain(|entry| !(entry.words.is_empty() && is_taken(entry.home)));
        let is_written = entries.iter().any(|entry| !entry.words.is_empty());
        !entries.is_empty() && (is_written || !was_written)
    });
    found.entries.extend(mapped.entries);
    let is_known = |cell: &Cell| taken.iter().any(|(_, at)| at == cell);
    found.unread = found.unread.filter(|cell| !is_known(cell));
    found.unread = found.unread.or(mapped.unread);
    found
}

/// Gives the form what it does not say of its user, its office and its month, of the items that
/// are `asked`.
pub fn share_heading(other: &Form, form: &mut Form, asked: impl Fn(Item) -> bool) {
    let of_user = |item: &Item| matches!(item, Item::Name | Item::CertificateNumber);
    let names_user = form.entries.keys().any(of_user);
    let heading = other.entries.iter().filter(|(item, _)| item.is_heading());
    let heading = heading.filter(|(item, _)| asked(**item) && !(names_user && of_user(item)));
    for (item, entries) in heading {
        let entries = || entries.clone();
        form.entries.entry(*item).or_insert_with(entries);
    }
}
