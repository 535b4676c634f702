//! What a line says of the user, the office and the month for all forms below it.

use std::collections::BTreeMap;

use crate::recognise::form::Entry;
use crate::recognise::item::Item;

/// A new user replaces the old one as a whole; office and month hold until they change.
pub fn follow(heading: &mut BTreeMap<Item, Vec<Entry>>, own: &BTreeMap<Item, Vec<Entry>>) {
    if own.contains_key(&Item::Name) || own.contains_key(&Item::CertificateNumber) {
        heading.remove(&Item::Name);
        heading.remove(&Item::CertificateNumber);
    }
    // Every form that follows has a copy: a page of prose is nobody's name or number.
    const LONGEST: usize = 1_000;
    let is_short = |entries: &[Entry]| {
        let words = entries.iter().flat_map(|entry| &entry.words);
        words.map(|word| word.text.len()).sum::<usize>() <= LONGEST
    };
    for (item, entries) in own {
        if item.is_heading() && is_short(entries) {
            heading.insert(*item, entries.clone());
        }
    }
}

/// A form's own entries with what the lines above say for it.
pub fn with(
    heading: &BTreeMap<Item, Vec<Entry>>,
    own: BTreeMap<Item, Vec<Entry>>,
) -> BTreeMap<Item, Vec<Entry>> {
    let mut all = own;
    let names_its_user =
        all.contains_key(&Item::Name) || all.contains_key(&Item::CertificateNumber);
    for (item, entries) in heading {
        let of_user = matches!(item, Item::Name | Item::CertificateNumber);
        if !(of_user && names_its_user) {
            all.entry(*item).or_insert_with(|| entries.clone());
        }
    }
    all
}
