//! Contacts that a mapping reads from two boxes each, that of the time and that of the text.
//!
//! Without a text there is no contact, whatever time is written.

use std::collections::BTreeMap;

use crate::model::Cell;
use crate::recognise::form::Entry;
use crate::recognise::item::Item;

/// Puts the entries of columns in the order in which a mapping names their spans.
pub fn by_turns(entries: &mut [Entry], spans: &[(u32, u32)], sideways: bool) {
    let along = |entry: &Entry| match sideways {
        true => entry.home.row,
        false => entry.home.col,
    };
    entries.sort_by_key(|entry| spans.iter().position(|span| span.0 == along(entry)));
}

/// Makes one contact of each time with the text that follows it, named as the text is. Gives the
/// first of them whose time or text alone is written.
pub fn paired(entries: &mut BTreeMap<Item, Vec<Entry>>) -> Option<Cell> {
    let contacts = entries.get_mut(&Item::Contact)?;
    let mut lone = None;
    let pair = |parts: &[Entry]| {
        let [time, text] = parts else { return None };
        let (is_timed, is_told) = (!time.words.is_empty(), !text.words.is_empty());
        match (is_timed, is_told) {
            (true, false) => lone = lone.or(Some(text.home)),
            (false, true) => lone = lone.or(Some(time.home)),
            _ => {}
        }
        let words = time.words.iter().chain(&text.words).cloned();
        Some(Entry {
            words: if is_told { words.collect() } else { Vec::new() },
            ..text.clone()
        })
    };
    *contacts = contacts.chunks(2).filter_map(pair).collect();
    lone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::word;

    fn entry(home: &str, text: &str) -> Entry {
        let words = (!text.is_empty()).then(|| word(home, text));
        let home = Cell::parse(home).unwrap();
        Entry::new(home.to_string(), home, words.into_iter().collect())
    }

    fn told(entries: Vec<Entry>) -> (Vec<String>, Option<String>) {
        let mut all = [(Item::Contact, entries)].into();
        let lone = paired(&mut all);
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            let words = words.collect::<Vec<_>>().join(" ");
            format!("{}: {words}", entry.label)
        };
        let contacts = all[&Item::Contact].iter().map(text).collect();
        (contacts, lone.map(|cell| cell.to_string()))
    }

    #[test]
    fn a_time_and_its_text_are_one_contact() {
        let pairs = vec![
            entry("C6", "10:00"),
            entry("G6", "始める。"),
            entry("D6", "15:00"),
            entry("J6", "終える。"),
        ];
        let (contacts, lone) = told(pairs);
        assert_eq!(contacts, ["G6: 10:00 始める。", "J6: 15:00 終える。"]);
        assert_eq!(lone, None);
    }

    #[test]
    fn a_time_without_a_text_is_no_contact_and_neither_is_left_in_silence() {
        let halves = vec![
            entry("C6", "10:00"),
            entry("G6", ""),
            entry("H6", ""),
            entry("I6", ""),
            entry("D6", ""),
            entry("J6", "終える。"),
        ];
        let (contacts, lone) = told(halves.clone());
        assert_eq!(contacts, ["G6: ", "I6: ", "J6: 終える。"]);
        assert_eq!(lone.as_deref(), Some("G6"));
        let (_, lone) = told(halves[2..].to_vec());
        assert_eq!(lone.as_deref(), Some("D6"));
        let (_, lone) = told(halves[2..4].to_vec());
        assert_eq!(lone, None);
    }

    #[test]
    fn columns_stand_in_the_order_of_the_mapping() {
        let mut entries = [entry("C6", "a"), entry("D6", "b"), entry("G6", "c")];
        by_turns(&mut entries, &[(2, 2), (6, 6), (3, 3)], false);
        let order: Vec<String> = entries.iter().map(|entry| entry.home.to_string()).collect();
        assert_eq!(order, ["C6", "G6", "D6"]);
    }
}
