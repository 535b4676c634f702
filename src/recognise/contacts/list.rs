//! A list of the day's contacts: what its rows hold, and which form around it they are for.

use std::collections::BTreeMap;

use crate::model::{CellRange, Ground};
use crate::recognise::contacts::contact::Contact;
use crate::recognise::contacts::rows::OfContacts;
use crate::recognise::form::{Entry, Word};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::section::Section;
use crate::recognise::table::lines::{Line, turn_entry};
use crate::text::squash;

/// The contacts of one list.
#[derive(Debug)]
pub struct ContactList {
    /// All cells of its header and rows.
    pub range: CellRange,
    /// What it holds for the form around it.
    pub entries: BTreeMap<Item, Vec<Entry>>,
}

impl ContactList {
    /// Sets right what was read on a sheet that lay on its side.
    pub fn turn(&mut self) {
        self.range = self.range.transposed();
        self.entries.values_mut().flatten().for_each(turn_entry);
    }
}

/// The list of these rows; `None` where they are none by what is known of their header.
pub fn list(range: CellRange, rows: Vec<Line>, known: OfContacts) -> Option<ContactList> {
    if known.in_a_row {
        return in_a_row(range, rows);
    }
    let mut entries: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
    let mut timed = 0;
    for mut row in rows {
        let Some(contact) = contact(&mut row, known.names.is_some()) else {
            continue;
        };
        let is_blank = contact.time.is_empty() && contact.said.is_empty();
        timed += usize::from(!contact.time.is_empty());
        let mut contact = contact.entry();
        contact.grounds.insert(Ground::Column);
        entries.entry(Item::Contact).or_default().push(contact);
        for item in [Item::Method, Item::Recorder] {
            let own = row.entries.remove(&item).unwrap_or_default();
            let Some(mut own) = own.into_iter().next() else {
                continue;
            };
            if is_blank {
                own.words.clear();
            }
            add_once(entries.entry(item).or_default(), own);
        }
    }
    (timed >= known.fewest).then_some(ContactList { range, entries })
}

/// The list of the only row that holds something, with what else it says of the day.
fn in_a_row(range: CellRange, rows: Vec<Line>) -> Option<ContactList> {
    let is_told = |row: &Line| {
        let mut entries = row.entries.values().flatten();
        entries.any(|entry| !entry.words.is_empty())
    };
    let mut told = rows.into_iter().filter(is_told);
    let mut row = told.next().filter(|_| told.next().is_none())?;
    for entry in row.entries.values_mut().flatten() {
        entry.grounds.insert(Ground::Column);
    }
    let mut entries = row.entries;
    let is_blank = |entries: &Vec<Entry>| entries.iter().all(|entry| entry.words.is_empty());
    if entries.get(&Item::Support).is_some_and(is_blank) {
        // 支援内容 beside the contacts is the name of them all.
        entries.remove(&Item::Support);
    }
    Some(ContactList { range, entries })
}

/// The contact that a row is; `None` where nothing is written in it, its name aside unless the
/// list `is_named`.
fn contact(row: &mut Line, is_named: bool) -> Option<Contact> {
    let mut take = |item: Item| row.entries.remove(&item).unwrap_or_default();
    let (time, said, of_kind) = (take(Item::Time), take(Item::Support), take(Item::Usage));
    let home = time.first().or(said.first()).map(|entry| entry.home);
    // 区分 names the contact, where the list has it.
    let mut named = of_kind.iter().flat_map(|entry| &entry.words);
    let named = named.next().map(|word| word.text.clone());
    let is_said_whose = is_named && named.is_some();
    let name = named.or_else(|| said.first().map(|entry| entry.label.clone()));
    let words = |entries: Vec<Entry>| entries.into_iter().flat_map(|entry| entry.words);
    let time = in_one(words(time).filter(|word| !is_frame(&word.text)).collect());
    let said: Vec<Word> = words(said).collect();
    let is_blank = said.is_empty() && time.is_empty();
    (!is_blank || is_said_whose).then(|| Contact {
        name: name.unwrap_or_default(),
        home: home.unwrap_or(row.at),
        time,
        said,
    })
}

/// Adds what a row says of all contacts of the day, where no row above says the same.
fn add_once(known: &mut Vec<Entry>, own: Entry) {
    let Some(first) = known.first_mut() else {
        known.push(own);
        return;
    };
    for word in own.words {
        let text = squash(&word.text);
        if first.words.iter().all(|w| squash(&w.text) != text) {
            first.words.push(word);
        }
    }
}

/// The printed frame of a time that nobody has filled in: 時　　分.
fn is_frame(text: &str) -> bool {
    let text = squash(text);
    !text.is_empty() && text.chars().all(|c| "午前後時分頃:~-・_".contains(c))
}

/// The boxes of one time, `10` `時` `00` `分`, as one word.
fn in_one(words: Vec<Word>) -> Vec<Word> {
    let is_plain = |word: &Word| word.tick.is_none();
    match words.split_first() {
        Some((first, others)) if !others.is_empty() && words.iter().all(is_plain) => {
            let text = words.iter().map(|word| word.text.trim()).collect();
            vec![Word {
                text,
                stored: None,
                ..first.clone()
            }]
        }
        _ => words,
    }
}

/// Which of the sections, each with its labels, holds a list: the last that begins above it and
/// has a label over its columns, else the last that has one left of its rows.
pub fn holder(list: &ContactList, sections: &[Section], labels: &[Label]) -> Option<usize> {
    let first = list.range.first;
    let rows = first.row..=list.range.last.row;
    let begins = |section: &Section| labels.get(section.first).map(|label| label.range.first);
    let over = |label: &Label| label.range.shares_cols(&list.range);
    let beside =
        |label: &Label| rows.contains(&label.range.first.row) && label.range.last.col < first.col;
    let last = |holds: &dyn Fn(&Label) -> bool| {
        let sections = sections.iter().enumerate().filter(|(_, section)| {
            let own = labels.get(section.first..section.end).unwrap_or_default();
            section.kind == Some(FormKind::Daily)
                && begins(section).is_some_and(|at| at.row < first.row)
                && own.iter().any(holds)
        });
        sections.max_by_key(|(_, section)| begins(section))
    };
    last(&over).or_else(|| last(&beside)).map(|(at, _)| at)
}

/// Puts a list into the form around it, where the form does not say the same elsewhere.
pub fn put_into(list: &ContactList, own: &mut BTreeMap<Item, Vec<Entry>>) {
    let says = |own: &BTreeMap<Item, Vec<Entry>>, item: Item| {
        let mut entries = own.get(&item).into_iter().flatten();
        entries.any(|entry| !entry.words.is_empty())
    };
    if says(own, Item::Support) || says(own, Item::Contact) {
        return;
    }
    // A heading over the list asks for what the list holds.
    own.remove(&Item::Support);
    // The time of the work, where the form has a label for it, is no contact's.
    let times = [Item::Time, Item::Start, Item::End, Item::DateTime];
    let is_timed = times.iter().any(|item| own.contains_key(item));
    for (item, entries) in &list.entries {
        let is_known = says(own, *item) || is_timed && times.contains(item);
        if !is_known {
            own.insert(*item, entries.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Grounds};

    fn entries(text: &str) -> Vec<Entry> {
        let word = Word {
            text: text.to_owned(),
            ..Word::default()
        };
        vec![Entry {
            label: "内容".to_owned(),
            home: Cell::default(),
            words: Some(word)
                .filter(|_| !text.is_empty())
                .into_iter()
                .collect(),
            grounds: Grounds::default(),
        }]
    }

    fn row(items: &[(Item, &str)]) -> Line {
        Line {
            at: Cell::default(),
            entries: items
                .iter()
                .map(|(item, text)| (*item, entries(text)))
                .collect(),
            days: Vec::new(),
            evaluation: BTreeMap::new(),
        }
    }

    fn told(rows: Vec<Line>, known: OfContacts) -> Option<Vec<String>> {
        let range = CellRange::single(Cell::default());
        let list = list(range, rows, known)?;
        let contacts = list.entries.get(&Item::Contact).into_iter().flatten();
        Some(contacts.map(|entry| entry.label.clone()).collect())
    }

    const BY_HEADS: OfContacts = OfContacts {
        names: None,
        fewest: 2,
        in_a_row: false,
    };
    const BY_NAMES: OfContacts = OfContacts {
        names: Some((0, 0)),
        fewest: 0,
        in_a_row: false,
    };

    #[test]
    fn rows_without_names_are_a_list_where_two_have_a_time() {
        let rows = |times: &[&str]| {
            let row = |time: &&str| row(&[(Item::Time, time), (Item::Support, "電話。")]);
            told(times.iter().map(row).collect(), BY_HEADS)
        };
        assert_eq!(rows(&["10:00", "15:00"]).map(|told| told.len()), Some(2));
        assert_eq!(rows(&["10:00", "時　　分"]), None);
        assert_eq!(rows(&["10:00"]), None);
    }

    #[test]
    fn a_name_alone_is_a_contact_in_a_list_of_names_only() {
        let rows = || {
            let blank = [(Item::Usage, "終了"), (Item::Time, "")];
            let told = [(Item::Usage, "開始"), (Item::Time, "10:00")];
            vec![row(&told), row(&blank)]
        };
        let names = ["開始".to_owned(), "終了".to_owned()];
        assert_eq!(told(rows(), BY_NAMES), Some(names.to_vec()));
        let fewest = OfContacts {
            fewest: 1,
            ..BY_HEADS
        };
        assert_eq!(told(rows(), fewest), Some(names[..1].to_vec()));
    }

    #[test]
    fn one_row_may_hold_all_contacts_of_the_day() {
        let known = OfContacts {
            in_a_row: true,
            ..BY_NAMES
        };
        let filled = || row(&[(Item::Contact, "9:55 始める。"), (Item::Support, "")]);
        let list_of = |rows| list(CellRange::single(Cell::default()), rows, known);
        let blank = || row(&[(Item::Contact, "")]);
        let found = list_of(vec![filled(), blank()]).unwrap();
        let items: Vec<&Item> = found.entries.keys().collect();
        assert_eq!(items, [&Item::Contact]);
        // Two such rows are those of two days.
        assert!(list_of(vec![filled(), filled()]).is_none());
        assert!(list_of(vec![blank()]).is_none());
    }

    #[test]
    fn the_time_of_a_contact_is_that_of_the_work_where_the_form_asks_for_none() {
        let range = CellRange::single(Cell::default());
        let start = |form: &[(Item, &str)]| {
            let mut own = row(form).entries;
            let told = row(&[(Item::Contact, "9:55 始める。"), (Item::Start, "9:55")]);
            let entries = told.entries;
            put_into(&ContactList { range, entries }, &mut own);
            own.contains_key(&Item::Start)
        };
        assert!(start(&[]) && start(&[(Item::Work, "検品")]));
        assert!(!start(&[(Item::Time, "10:00～15:00")]) && !start(&[(Item::Time, "")]));
    }

    #[test]
    fn a_form_that_tells_of_its_contacts_elsewhere_keeps_them() {
        let range = CellRange::single(Cell::default());
        let rows = vec![row(&[(Item::Usage, "開始"), (Item::Time, "10:00")])];
        let list = list(range, rows, BY_NAMES).unwrap();
        let put = |support: &str| {
            let mut own = BTreeMap::from([(Item::Support, entries(support))]);
            put_into(&list, &mut own);
            own.contains_key(&Item::Contact)
        };
        assert!(put("") && !put("10:00 電話。"));
    }
}
