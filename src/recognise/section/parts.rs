//! Several boxes of a form for one field of the record: 心身の状況 in one, 助言 in another.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::Ground;
use crate::recognise::form::Entry;
use crate::recognise::item::Item;
use crate::recognise::section::joined::go_on;
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;

/// The words of the parts of 心身の状況及び助言.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionWords {
    state: Vec<Key>,
    advice: Vec<Key>,
    own: Vec<Key>,
}

impl ConditionWords {
    /// Whether a label asks for the state and for the advice.
    fn is_both(&self, label: &str) -> bool {
        let key = label_key(label);
        let asks = |words: &[Key]| words.iter().any(|word| key.contains(word.as_str()));
        asks(&self.state) && asks(&self.advice)
    }

    /// Whether a label asks the user for it: 体調.
    fn is_own(&self, label: &str) -> bool {
        let key = label_key(label);
        self.own.iter().any(|word| word.is(&key))
    }

    /// Whether a label asks staff for the state.
    fn is_state(&self, label: &str) -> bool {
        let key = label_key(label);
        !self.is_own(label) && self.state.iter().any(|word| key.contains(word.as_str()))
    }
}

/// Puts the words of such boxes together, in the order in which they stand.
pub fn join(own: &mut BTreeMap<Item, Vec<Entry>>) {
    join_condition(own);
    join_content(own);
}

/// Where nothing is written as 評価内容 by its name, 今週の様子 and 次週に向けて are the evaluation together.
fn join_content(own: &mut BTreeMap<Item, Vec<Entry>>) {
    let parts = own.remove(&Item::ContentPart).unwrap_or_default();
    let is_filled = |entry: &Entry| !entry.words.is_empty();
    let mut parts: Vec<Entry> = parts.into_iter().filter(is_filled).collect();
    if parts.is_empty() {
        return;
    }
    let content = own.get_mut(&Item::Content);
    match content.and_then(|own| own.iter_mut().find(|entry| is_filled(entry))) {
        Some(content) if content.grounds.contains(Ground::LabelByWord) => go_on(content, parts),
        Some(_) => {}
        None => {
            let rest = parts.split_off(1);
            if let Some(mut first) = parts.pop() {
                go_on(&mut first, rest);
                own.insert(Item::Content, vec![first]);
            }
        }
    }
}

fn join_condition(own: &mut BTreeMap<Item, Vec<Entry>>) {
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
    // 状況に対する助言 beside 心身の状況 is the advice alone.
    let is_told_apart = |entry: &Entry| {
        !entry.words.is_empty() && words.is_state(&entry.label) && !words.is_both(&entry.label)
    };
    if entries.iter().filter(|entry| is_whole(entry)).count() == 1
        && !entries.iter().any(is_told_apart)
    {
        entries.retain(is_whole);
        return;
    }
    let (told, blank): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .filter(|entry| words.is_state(&entry.label))
        .partition(|entry| !entry.words.is_empty());
    match (told.is_empty(), blank.is_empty()) {
        (false, _) => entries.retain(|entry| !words.is_own(&entry.label)),
        // What the user answered may not be all that was to be written down.
        (true, false) => entries.iter_mut().for_each(|entry| {
            entry.grounds.insert(Ground::Repeated);
        }),
        (true, true) => {}
    }
    let rest = entries.split_off(1);
    if let Some(first) = entries.first_mut() {
        go_on(first, rest);
    }
}

/// Whether a form may hold the item in several cells, each under a label of its own.
pub fn may_be_divided(item: Item) -> bool {
    item == Item::Condition
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::word;

    fn entry(label: &str, cell: &str, text: &str) -> Entry {
        let word = word(cell, text);
        Entry::new(label.to_owned(), word.cell, vec![word])
    }

    fn joined(entries: &[Entry]) -> Vec<Vec<String>> {
        let mut own = BTreeMap::from([(Item::Condition, entries.to_vec())]);
        join(&mut own);
        let texts = |entry: &Entry| entry.words.iter().map(|word| word.text.clone()).collect();
        own[&Item::Condition].iter().map(texts).collect()
    }

    #[test]
    fn state_and_advice_are_both_kept() {
        let both = [
            entry("体調", "B2", "良好"),
            entry("助言", "B3", "早めに休む"),
        ];
        assert_eq!(joined(&both), [["良好", "早めに休む"]]);
    }

    #[test]
    fn a_label_that_asks_for_both_needs_no_other() {
        let both = [
            entry("体調", "B2", "良い　普通　○不調"),
            entry(
                "心身の状況・助言",
                "B10",
                "眠そうだったので早めに休むよう助言。",
            ),
        ];
        assert_eq!(joined(&both), [["眠そうだったので早めに休むよう助言。"]]);
        let mut blank = both.clone();
        blank[1].words.clear();
        assert_eq!(joined(&blank), [["良い　普通　○不調"]]);
    }

    #[test]
    fn the_advice_on_the_state_is_no_whole() {
        let both = [
            entry("心身の状況", "B2", "だるい。"),
            entry("状況に対する助言", "B3", "休む。"),
        ];
        assert_eq!(joined(&both), [["だるい。", "休む。"]]);
    }

    #[test]
    fn what_the_user_answers_is_no_part_of_what_staff_write_down() {
        let own = [entry("体調", "B2", "良い"), entry("助言", "B4", "休む。")];
        assert_eq!(joined(&own), [["良い", "休む。"]]);
        let staff = entry("スタッフコメント（心身の状況）", "B3", "落ち着いている。");
        let [own, advice] = own;
        assert_eq!(
            joined(&[own, staff, advice]),
            [["落ち着いている。", "休む。"]]
        );
    }

    #[test]
    fn a_week_without_a_box_for_the_evaluation_has_it_in_others() {
        let parts = || {
            vec![
                entry("今週の様子", "B2", "ミスが減った。"),
                entry("次週に向けて", "B3", "速さを上げる。"),
            ]
        };
        let joined = |content: Option<Entry>| {
            let mut own = BTreeMap::from([(Item::ContentPart, parts())]);
            own.extend(content.map(|content| (Item::Content, vec![content])));
            join(&mut own);
            assert!(!own.contains_key(&Item::ContentPart));
            let content = own[&Item::Content].first().unwrap().clone();
            content
                .words
                .into_iter()
                .map(|word| word.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(joined(None), ["ミスが減った。", "速さを上げる。"]);
        let named = entry("評価内容", "B1", "順調。");
        assert_eq!(joined(Some(named.clone())), ["順調。"]);
        let mut blank = named.clone();
        blank.words.clear();
        assert_eq!(joined(Some(blank)), joined(None));
        let mut guessed = named;
        guessed.grounds.insert(Ground::LabelByWord);
        assert_eq!(
            joined(Some(guessed)),
            ["順調。", "ミスが減った。", "速さを上げる。"]
        );
    }

    #[test]
    fn the_same_item_twice_is_not_joined() {
        let twice = [entry("体調", "B2", "良好"), entry("体調", "B3", "不調")];
        assert_eq!(joined(&twice), [["良好"], ["不調"]]);
    }
}
