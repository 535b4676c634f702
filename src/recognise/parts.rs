//! Two items of a form for one field of the record: 心身の状況 in one cell, 助言 in another.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::form::Entry;
use super::item::Item;
use super::key::Key;
use super::key::label_key;
use super::layout_words;

/// The words of the parts of 心身の状況及び助言.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionWords {
    state: Vec<Key>,
    advice: Vec<Key>,
}

impl ConditionWords {
    /// Whether a label asks for the state and for the advice.
    fn is_both(&self, label: &str) -> bool {
        let key = label_key(label);
        let asks = |words: &[Key]| words.iter().any(|word| key.contains(word.as_str()));
        asks(&self.state) && asks(&self.advice)
    }
}

/// Puts the words of such items together, in the order in which they stand.
pub fn join(own: &mut BTreeMap<Item, Vec<Entry>>) {
    let Some(entries) = own.get_mut(&Item::Condition) else {
        return;
    };
    let mut labels: Vec<String> = entries
        .iter()
        .map(|entry| label_key(&entry.label))
        .collect();
    labels.sort_unstable();
    labels.dedup();
    // The same item twice is another matter: only one of them can be right.
    if labels.len() < entries.len() || entries.len() < 2 {
        return;
    }
    // 体調 that the user chose at the top is no part of 心身の状況・助言 that staff wrote below.
    let words = &layout_words::words().condition;
    let is_whole = |entry: &Entry| !entry.words.is_empty() && words.is_both(&entry.label);
    if entries.iter().filter(|entry| is_whole(entry)).count() == 1 {
        entries.retain(is_whole);
        return;
    }
    let mut rest = entries.split_off(1).into_iter();
    if let Some(first) = entries.first_mut() {
        if first.words.is_empty()
            && let Some(next) = rest.as_slice().first().cloned()
        {
            first.home = next.home;
        }
        for entry in rest.by_ref() {
            first.words.extend(entry.words);
            for ground in entry.grounds.iter() {
                first.grounds.insert(ground);
            }
        }
    }
}

/// Whether a form may hold the item in several cells, each under a label of its own.
pub fn may_be_divided(item: Item) -> bool {
    item == Item::Condition
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Grounds};
    use crate::recognise::form::Word;

    fn entry(label: &str, row: u32, text: &str) -> Entry {
        let cell = Cell::new(row, 1);
        let word = Word {
            cell,
            text: text.to_owned(),
            ..Word::default()
        };
        Entry {
            label: label.to_owned(),
            home: cell,
            words: vec![word],
            grounds: Grounds::default(),
        }
    }

    fn joined(entries: &[Entry]) -> Vec<Vec<String>> {
        let mut own = BTreeMap::from([(Item::Condition, entries.to_vec())]);
        join(&mut own);
        let texts = |entry: &Entry| entry.words.iter().map(|word| word.text.clone()).collect();
        own[&Item::Condition].iter().map(texts).collect()
    }

    #[test]
    fn state_and_advice_are_both_kept() {
        let both = [entry("体調", 1, "良好"), entry("助言", 2, "早めに休む")];
        assert_eq!(joined(&both), [["良好", "早めに休む"]]);
    }

    #[test]
    fn a_label_that_asks_for_both_needs_no_other() {
        let both = [
            entry("体調", 1, "良い　普通　○不調"),
            entry(
                "心身の状況・助言",
                9,
                "眠そうだったので早めに休むよう助言。",
            ),
        ];
        assert_eq!(joined(&both), [["眠そうだったので早めに休むよう助言。"]]);
        let mut blank = both.clone();
        blank[1].words.clear();
        assert_eq!(joined(&blank), [["良い　普通　○不調"]]);
    }

    #[test]
    fn the_same_item_twice_is_not_joined() {
        let twice = [entry("体調", 1, "良好"), entry("体調", 2, "不調")];
        assert_eq!(joined(&twice), [["良好"], ["不調"]]);
    }
}
