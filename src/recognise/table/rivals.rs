//! Columns of one table that claim the same item: 作業時間 and 提供時間数, 評価内容 and 評価区分.
//!
//! A head that is known gives way to none that is only guessed by a word in it. What stands
//! under the heads must not enter.

use std::collections::BTreeSet;

use crate::recognise::item::{FormKind, Item};
use crate::recognise::section::parts;
use crate::recognise::table::header::{Column, Holds};
use crate::recognise::table::meaning::{known_item, texts_guessed};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Takes from the columns whose heads are only guessed what another column holds by its name;
/// free text is guessed once more, without it.
pub fn settle(vocabulary: &Vocabulary, kind: FormKind, columns: &mut [Column]) {
    let is_known = |column: &&Column| known_item(vocabulary, &column.heads, kind).is_some();
    let known: BTreeSet<Item> = columns
        .iter()
        .filter(is_known)
        .filter_map(|column| match column.holds {
            Some(Holds::Item(item)) => Some(item),
            _ => None,
        })
        .flat_map(|item| std::iter::once(item).chain(also(item)))
        .collect();
    for column in columns {
        let Some(Holds::Item(item)) = column.holds else {
            continue;
        };
        let is_guessed = known_item(vocabulary, &column.heads, kind).is_none();
        if !is_guessed || item == Item::Ignored || !known.contains(&item) {
            continue;
        }
        let contacts = &layout_words::words().contacts;
        let tells_when = |head: &String| contacts.is_time(head);
        if item == Item::Time && column.heads.iter().any(tells_when) {
            continue;
        }
        let other = texts_guessed(vocabulary, &column.heads, kind, &known);
        column.holds = match item.is_free_text() {
            // 心身の状況 may be in one column and 助言 in another.
            true if parts::may_be_divided(item) && other.is_none() => continue,
            true => other.map(Holds::Item),
            false => None,
        };
    }
}

/// What a table has no room for besides: a time of work, where it has start and end.
fn also(item: Item) -> Option<Item> {
    matches!(item, Item::Start | Item::End).then_some(Item::Time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(kind: FormKind, heads: &[&str]) -> Vec<Option<Item>> {
        let vocabulary = Vocabulary::builtin();
        let column = |(n, head): (usize, &&str)| {
            let heads = vec![(*head).to_owned()];
            let known = known_item(vocabulary, &heads, kind);
            let item = known.or_else(|| texts_guessed(vocabulary, &heads, kind, &BTreeSet::new()));
            Column::new((n as u32, n as u32), heads, item.map(Holds::Item))
        };
        let mut columns: Vec<Column> = heads.iter().enumerate().map(column).collect();
        settle(vocabulary, kind, &mut columns);
        let item = |column: Column| match column.holds {
            Some(Holds::Item(item)) => Some(item),
            _ => None,
        };
        columns.into_iter().map(item).collect()
    }

    #[test]
    fn a_guess_gives_way_to_a_name() {
        assert_eq!(
            held(FormKind::Daily, &["開始時間", "終了時間", "提供時間数"]),
            [Some(Item::Start), Some(Item::End), None]
        );
        assert_eq!(
            held(FormKind::Weekly, &["評価日", "評価区分", "評価内容"]),
            [Some(Item::Date), None, Some(Item::Content)]
        );
        assert_eq!(
            held(FormKind::Daily, &["連絡・助言・進捗の内容", "心身の状況"]),
            [Some(Item::Support), Some(Item::Condition)]
        );
    }

    #[test]
    fn a_guess_without_a_rival_stands_and_so_does_a_divided_item() {
        assert_eq!(
            held(FormKind::Daily, &["提供時間数", "記録者"]),
            [Some(Item::Time), Some(Item::Recorder)]
        );
        assert_eq!(
            held(FormKind::Daily, &["心身の状況", "本人への助言事項"]),
            [Some(Item::Condition), Some(Item::Condition)]
        );
    }
}
