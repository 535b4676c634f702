//! A table of a mapping whose lines are no records: they are the contacts of the one day that the
//! page is about.

use std::collections::BTreeMap;

use super::Reader;
use super::boxes::united;
use crate::model::{Ground, Grounds};
use crate::recognise::contacts::list::ContactList;
use crate::recognise::contacts::rows::OfContacts;
use crate::recognise::form::{Entry, Form};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::Header;
use crate::recognise::wording::vocabulary::Vocabulary;

/// What is known of the lines under a mapped header. A list that a mapping tells of is one,
/// however few of its rows are filled in.
pub fn told(grid: &Grid, vocabulary: &Vocabulary, header: &Header) -> Option<OfContacts> {
    let known = OfContacts::under(grid, vocabulary, header)?;
    Some(OfContacts { fewest: 0, ..known })
}

impl Reader<'_> {
    /// The record of the day whose contacts these are, above the row in which the `next` table
    /// begins, with what it shares with the page.
    pub(super) fn day_of(
        &self,
        kind: FormKind,
        list: ContactList,
        shared: BTreeMap<Item, Vec<Entry>>,
        next: Option<u32>,
    ) -> Form {
        let is_own = |row: u32| next.is_none_or(|next| row < next);
        let at = list.range.first;
        let blank = Entry {
            label: String::new(),
            home: at,
            words: Vec::new(),
            grounds: Grounds::from_iter([Ground::Mapped]),
        };
        let mut entries = shared;
        for (item, told) in list.entries {
            let told = told.into_iter().filter(|entry| is_own(entry.home.row));
            let told = told.map(|mut entry| {
                entry.words.retain(|word| is_own(word.cell.row));
                Entry {
                    words: self.values(kind, item, entry.words),
                    grounds: Grounds::from_iter([Ground::Mapped]),
                    ..entry
                }
            });
            entries.insert(item, united(item, told.collect()));
        }
        let is_told = |item| entries.get(&item).is_some_and(|told| !told.is_empty());
        if !is_told(Item::Contact) && !is_told(Item::Support) {
            entries.insert(Item::Support, vec![blank]);
        }
        self.form(kind, at, entries)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mapping, Shape, mapped};
    use super::*;
    use crate::model::CellRange;
    use crate::read::Sheet;
    use crate::recognise::table::columns::Columns;

    /// The forms of a page with a day and a table of contacts under it.
    fn forms(rows: &[&[&str]], sideways: bool) -> Vec<Form> {
        let page: &[&[&str]] = &[&["だれ", "石田"], &["いつ", "9/1"], &[]];
        let table = Sheet::of_rows(&[page, rows].concat());
        let cell = |text: &str| vec![CellRange::parse(text).unwrap()];
        let columns = match sideways {
            false => (0, 1, 2),
            true => (3, 4, 5),
        };
        let mapping = Mapping {
            kind: FormKind::Daily,
            page: [(Item::Name, cell("B1")), (Item::Date, cell("B2"))].into(),
            shape: Shape::Lines(Columns {
                columns: [
                    (Item::Time, vec![(columns.0, columns.0)]),
                    (Item::Method, vec![(columns.1, columns.1)]),
                    (Item::Support, vec![(columns.2, columns.2)]),
                ]
                .into(),
                days: None,
                header: if sideways { 0 } else { 3 },
                first: if sideways { 1 } else { 4 },
                sideways,
            }),
            repeat: false,
            only_if: None,
            contacts_in_parts: false,
        };
        mapped(&table, &[&mapping], Vocabulary::builtin()).forms
    }

    fn said(form: &Form, item: Item) -> Vec<String> {
        let entries = form.entries.get(&item).into_iter().flatten();
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        entries.map(text).collect()
    }

    #[test]
    fn contacts_below_each_other_are_those_of_the_page_s_day() {
        let rows: [&[&str]; 3] = [
            &["とき", "すべ", "なに"],
            &["10:00", "電話", "始める。"],
            &["15:00", "電話", "終える。"],
        ];
        let found = forms(&rows, false);
        assert_eq!(found.len(), 1, "{found:#?}");
        let told = ["10:00 始める。", "15:00 終える。"];
        assert_eq!(said(&found[0], Item::Contact), told);
        assert_eq!(said(&found[0], Item::Method), ["電話"]);
        assert_eq!(said(&found[0], Item::Date), ["9/1"]);
        // One of them is fewer than a day needs, and not to be left out.
        let found = forms(&rows[..2], false);
        assert_eq!(said(&found[0], Item::Contact), told[..1]);
        let found = forms(&rows[..1], false);
        assert!(said(&found[0], Item::Contact).is_empty());
        assert_eq!(said(&found[0], Item::Support), [""]);
    }

    #[test]
    fn contacts_beside_each_other_are_too() {
        let rows: [&[&str]; 3] = [
            &["とき", "10:00", "15:00"],
            &["すべ", "電話", "電話"],
            &["なに", "始める。", "終える。"],
        ];
        let found = forms(&rows, true);
        assert_eq!(found.len(), 1, "{found:#?}");
        let told = ["10:00 始める。", "15:00 終える。"];
        assert_eq!(said(&found[0], Item::Contact), told);
        let homes = found[0].entries[&Item::Contact].iter();
        let homes: Vec<String> = homes.map(|entry| entry.home.to_string()).collect();
        assert_eq!(homes, ["B4", "C4"]);
    }
}
