//! What the texts over a column, from top to bottom, mean together.
//!
//! Only words; which texts stand over a column is found next door.

use std::collections::BTreeSet;

use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The item that they ask for, by name or by a word in one of them.
pub fn item_of(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    known_item(vocabulary, texts, kind)
        .or_else(|| texts_guessed(vocabulary, texts, kind, &BTreeSet::new()))
}

/// What they may mean by a word in one of them, none of `taken`.
pub fn texts_guessed(
    vocabulary: &Vocabulary,
    texts: &[String],
    kind: FormKind,
    taken: &BTreeSet<Item>,
) -> Option<Item> {
    let mut texts = texts.iter().rev();
    texts.find_map(|text| vocabulary.guess_but(text, kind, taken))
}

/// What one text means by the name of an item.
fn named_item(vocabulary: &Vocabulary, text: &str, kind: FormKind) -> Option<Item> {
    let meanings = vocabulary.meanings(text)?;
    let of = |wanted| {
        meanings
            .iter()
            .find(|(k, _)| *k == wanted)
            .map(|(_, item)| *item)
    };
    of(Some(kind)).or_else(|| of(None))
}

/// The items that one head names beside each other, as 評価日・方法 does.
pub fn joint_items(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Vec<Item> {
    let Some(last) = texts.last() else {
        return Vec::new();
    };
    let parts = last.split(['・', '･', '／', '/', '、', '\n', '　', ' ', '＆', '&']);
    let parts: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 || known_item(vocabulary, texts, kind).is_some() {
        return Vec::new();
    }
    let items = parts
        .iter()
        .map(|part| match vocabulary.is_whole_label(part) {
            true => named_item(vocabulary, part, kind).filter(|item| *item != Item::Ignored),
            false => None,
        });
    let items: Option<Vec<Item>> = items.collect();
    items
        .filter(|items| items.windows(2).all(|pair| pair[0] != pair[1]))
        .unwrap_or_default()
}

/// Which end of a period or time a head names under the one that it divides: 自 under 支給決定期間.
pub fn end_of_span(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let (last, over) = texts.split_last()?;
    let mut over = over.iter().rev();
    let whole = over.find_map(|text| named_item(vocabulary, text, kind))?;
    layout_words::words().spans.end_of(whole, last)
}

/// What they mean together, as one label that is known word for word.
pub fn own_item(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let all: String = texts.iter().map(|text| label_key(text)).collect();
    let is_whole = vocabulary.is_whole_label(&all);
    is_whole.then(|| named_item(vocabulary, &all, kind))?
}

/// What they mean by the names of items.
pub fn known_item(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let all: String = texts.iter().map(|t| label_key(t)).collect();
    let lookup = |text: &str| named_item(vocabulary, text, kind);
    let divided = || {
        let (last, over) = texts.split_last()?;
        let whole = over.iter().rev().find_map(|text| lookup(text))?;
        // 在宅 and 通所 under 利用する曜日.
        let place = || {
            let own = vocabulary.column(last, kind)?;
            let is_place = |item| matches!(item, Item::HomeWeekdays | Item::CommuteWeekdays);
            // 曜日 alone asks for nothing.
            let may_be = is_place(whole) || whole == Item::Ignored;
            (may_be && is_place(own)).then_some(own)
        };
        place()
    };
    // 対象期間（自） beside 対象期間（至）
    let bracketed = || {
        let (whole, end) = texts.last()?.split_once(['（', '('])?;
        let end = end.trim_end_matches(['）', ')']);
        layout_words::words().spans.end_of(lookup(whole)?, end)
    };
    own_item(vocabulary, texts, kind)
        .or_else(bracketed)
        .or_else(|| lookup(&all))
        .or_else(|| end_of_span(vocabulary, texts, kind))
        .or_else(divided)
        .or_else(|| texts.iter().rev().find_map(|t| lookup(t)))
        .or_else(|| texts.iter().rev().find_map(|t| vocabulary.column(t, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn heads_below_each_other_are_read_together() {
        let item = |heads: &[&str]| item_of(Vocabulary::builtin(), &texts(heads), FormKind::Daily);
        assert_eq!(item(&["作業時間", "開始"]), Some(Item::Start));
        assert_eq!(item(&["実施", "作業内容"]), Some(Item::Work));
        assert_eq!(item(&["本日の心身の様子"]), Some(Item::Condition));
        assert_eq!(item(&["商品番号"]), None);
        assert_eq!(item(&[]), None);
    }

    #[test]
    fn a_guess_is_none_of_what_is_taken() {
        let heads = texts(&["健康のための作業"]);
        let guess = |taken: &[Item]| {
            let taken = taken.iter().copied().collect();
            texts_guessed(Vocabulary::builtin(), &heads, FormKind::Daily, &taken)
        };
        let first = guess(&[]).unwrap();
        let second = guess(&[first]).unwrap();
        assert_ne!(first, second);
        assert_eq!(guess(&[first, second]), None);
    }

    #[test]
    fn one_head_may_name_two_items() {
        let joint =
            |head: &str| joint_items(Vocabulary::builtin(), &texts(&[head]), FormKind::Weekly);
        assert_eq!(joint("評価日・方法"), [Item::Date, Item::Method]);
        assert!(joint("評価日").is_empty());
        assert!(joint("評価日・備品").is_empty());
    }
}
