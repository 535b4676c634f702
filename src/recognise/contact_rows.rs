//! A list of the day's contacts within the form of a day: 時刻, 手段 and 内容 over a row each.

use std::collections::BTreeMap;

use super::contact_columns::entry;
use super::form::{Entry, Word};
use super::header::{Header, Holds};
use super::item::{FormKind, Item};
use super::label::Label;
use super::lines::Line;
use super::section::Section;
use crate::model::{Cell, CellRange, Ground};
use crate::text::squash;

/// The contacts of one list.
#[derive(Debug)]
pub struct ContactList {
    /// All cells of its header and rows.
    pub range: CellRange,
    /// What it holds for the form around it.
    pub entries: BTreeMap<Item, Vec<Entry>>,
}

/// Whether the rows under a header are contacts of one day: it asks when, and what was said,
/// and for nothing that a record needs beside.
pub fn is_header(header: &Header) -> bool {
    let asks = |item| header.has(item);
    let fits = header.columns.iter().all(|column| {
        matches!(
            column.holds,
            None | Some(Holds::Item(
                Item::Time
                    | Item::Method
                    | Item::Support
                    | Item::Contact
                    | Item::Recorder
                    | Item::Usage
                    | Item::Notes
                    | Item::Ignored
            ))
        )
    });
    header.kind == FormKind::Daily && fits && asks(Item::Time) && asks(Item::Support)
}

/// The list of these rows; `None` where fewer than two have a time: then they are boxes under
/// their labels.
pub fn list(range: CellRange, rows: Vec<Line>) -> Option<ContactList> {
    const FEWEST: usize = 2;
    let mut entries: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
    let mut timed = 0;
    for mut row in rows {
        let mut take = |item: Item| row.entries.remove(&item).unwrap_or_default();
        let (time, said) = (take(Item::Time), take(Item::Support));
        let home = time.first().or(said.first()).map(|entry| entry.home);
        // 区分 names the contact, where the list has it.
        let of_kind = take(Item::Usage);
        let named = of_kind.iter().flat_map(|entry| &entry.words);
        let named = named.map(|word| word.text.clone()).next();
        let label = named.or_else(|| said.first().map(|entry| entry.label.clone()));
        let words = |entries: Vec<Entry>| entries.into_iter().flat_map(|entry| entry.words);
        let time: Vec<Word> = words(time).collect();
        let said: Vec<Word> = words(said).collect();
        if said.is_empty() && time.is_empty() {
            continue;
        }
        timed += usize::from(!time.is_empty());
        let home = home.unwrap_or(Cell::new(row.at.row, row.at.col));
        let words = time.into_iter().chain(said).collect();
        let mut contact = entry(label.unwrap_or_default(), home, words);
        contact.grounds.insert(Ground::Column);
        entries.entry(Item::Contact).or_default().push(contact);
        for item in [Item::Method, Item::Recorder] {
            let Some(own) = row.entries.remove(&item).and_then(|e| e.into_iter().next()) else {
                continue;
            };
            let known = entries.entry(item).or_default();
            match known.first_mut() {
                None => known.push(own),
                Some(first) => {
                    for word in own.words {
                        let text = squash(&word.text);
                        if first.words.iter().all(|w| squash(&w.text) != text) {
                            first.words.push(word);
                        }
                    }
                }
            }
        }
    }
    (timed >= FEWEST).then_some(ContactList { range, entries })
}

/// Which of the sections, each with its labels, holds a list: the last that begins above it
/// and has a label over its columns.
pub fn holder(list: &ContactList, sections: &[Section], labels: &[Label]) -> Option<usize> {
    let first = list.range.first;
    let begins = |section: &Section| labels.get(section.first).map(|label| label.range.first);
    let is_over = |(_, section): &(usize, &Section)| {
        let own = labels.get(section.first..section.end).unwrap_or_default();
        section.kind == Some(FormKind::Daily)
            && begins(section).is_some_and(|at| at.row < first.row)
            && own.iter().any(|label| label.range.shares_cols(&list.range))
    };
    let sections = sections.iter().enumerate().filter(is_over);
    let last = sections.max_by_key(|(_, section)| begins(section));
    last.map(|(at, _)| at)
}

/// Puts a list into the form around it, where the form does not say the same elsewhere.
pub fn put_into(list: &ContactList, own: &mut BTreeMap<Item, Vec<Entry>>) {
    let says = |item: Item| {
        let entries = own.get(&item).into_iter().flatten();
        entries.flat_map(|entry| &entry.words).next().is_some()
    };
    if says(Item::Support) || says(Item::Contact) {
        return;
    }
    // The label of the whole list stands beside it, without a box of its own.
    own.remove(&Item::Support);
    for (item, entries) in &list.entries {
        own.entry(*item).or_insert_with(|| entries.clone());
    }
}
