//! Columns under one head that each are about a part of it: 始業, 終業 and 休憩 under 勤務時間.
//!
//! What its own head does not say a column may have from the head over it, unless one beside it
//! says so by its own. What stands under the heads must not enter.

use crate::recognise::item::{FormKind, Item};
use crate::recognise::section::parts;
use crate::recognise::table::header::{
    Column, Holds, end_of_span, known_item, own_item, texts_guessed,
};
use crate::recognise::wording::vocabulary::Vocabulary;

/// Takes from the columns what they have from the head over them alone, where another column
/// under that head is about the same, or about an end of it, by its own words.
pub fn settle(vocabulary: &Vocabulary, kind: FormKind, columns: &mut [Column]) {
    let heirs: Vec<usize> = (0..columns.len())
        .filter(|&at| {
            let Some(column) = columns.get(at) else {
                return false;
            };
            inherited(vocabulary, kind, column).is_some_and(|item| {
                let mut others = columns.iter().filter(|other| are_under_one(column, other));
                others.any(|other| is_told(vocabulary, kind, other, item))
            })
        })
        .collect();
    for at in heirs {
        if let Some(column) = columns.get_mut(at) {
            column.holds = None;
        }
    }
}

/// Whether two columns stand under the same heads and have heads of their own.
fn are_under_one(column: &Column, other: &Column) -> bool {
    match (column.heads.split_last(), other.heads.split_last()) {
        (Some((own, over)), Some((its, above))) => !over.is_empty() && over == above && own != its,
        _ => false,
    }
}

/// What a column is about by the heads over its own alone. Of what was said the heads may ask in
/// parts, so that only a guess gives way; beside the work stands how much of it was done.
fn inherited(vocabulary: &Vocabulary, kind: FormKind, column: &Column) -> Option<Item> {
    let Some(Holds::Item(item)) = column.holds else {
        return None;
    };
    let (_, over) = column.heads.split_last()?;
    if own(vocabulary, kind, column) == Some(item) || parts::may_be_divided(item) {
        return None;
    }
    let is_known = known_item(vocabulary, over, kind) == Some(item);
    let is_guessed = || texts_guessed(vocabulary, over, kind, &Default::default()) == Some(item);
    match item.is_free_text() && item != Item::Work {
        true => !is_known && is_guessed(),
        false => is_known || is_guessed(),
    }
    .then_some(item)
}

/// What its own head says a column is about, with those over it or without.
fn own(vocabulary: &Vocabulary, kind: FormKind, column: &Column) -> Option<Item> {
    own_item(vocabulary, &column.heads, kind)
        .or_else(|| end_of_span(vocabulary, &column.heads, kind))
        .or_else(|| {
            let last = column.heads.last()?;
            let last = std::slice::from_ref(last);
            known_item(vocabulary, last, kind)
                .or_else(|| texts_guessed(vocabulary, last, kind, &Default::default()))
        })
}

/// Whether a column is about the item, or about an end of it, by its own words.
fn is_told(vocabulary: &Vocabulary, kind: FormKind, column: &Column, item: Item) -> bool {
    let ends: &[Item] = match item {
        Item::Time => &[Item::Start, Item::End],
        Item::Period => &[Item::PeriodFrom, Item::PeriodTo],
        Item::Grant => &[Item::GrantFrom, Item::GrantTo],
        _ => &[],
    };
    let own = own(vocabulary, kind, column);
    let holds = own.is_some() && column.holds == own.map(Holds::Item);
    holds && own.is_some_and(|own| own == item || ends.contains(&own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::table::header::item_of;

    fn held(kind: FormKind, heads: &[&[&str]]) -> Vec<Option<Item>> {
        let vocabulary = Vocabulary::builtin();
        let column = |(n, heads): (usize, &&[&str])| {
            let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
            Column {
                span: (n as u32, n as u32),
                label: heads.join(" "),
                holds: item_of(vocabulary, &heads, kind).map(Holds::Item),
                heads,
                tier: None,
            }
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
    fn a_pause_beside_start_and_end_is_neither() {
        for over in ["勤務時間", "実施時間", "作業時間"] {
            let heads = [
                &[over, "始業"][..],
                &[over, "終業"],
                &[over, "休憩(分)"],
                &[over, "実働(h)"],
            ];
            let held = held(FormKind::Daily, &heads);
            assert_eq!(held, [Some(Item::Start), Some(Item::End), None, None]);
        }
        let heads = [&["勤務時間", "出社"][..], &["勤務時間", "退社"]];
        let ends = [Some(Item::Start), Some(Item::End)];
        assert_eq!(held(FormKind::Daily, &heads), ends);
        let heads = [&["勤務時間", "時間帯"][..], &["勤務時間", "休憩"]];
        assert_eq!(held(FormKind::Daily, &heads), [Some(Item::Time), None]);
    }

    #[test]
    fn the_days_left_of_a_period_are_no_period() {
        let heads = [
            &["支給決定期間", "開始"][..],
            &["支給決定期間", "終了"],
            &["支給決定期間", "残り"],
        ];
        let ends = [Some(Item::GrantFrom), Some(Item::GrantTo), None];
        assert_eq!(held(FormKind::Roster, &heads), ends);
    }

    #[test]
    fn what_was_made_is_no_work_beside_its_name() {
        let heads = [
            &["作業・出来高", "作業名"][..],
            &["作業・出来高", "目標"],
            &["作業・出来高", "出来高"],
        ];
        assert_eq!(
            held(FormKind::Daily, &heads),
            [Some(Item::Work), None, None]
        );
        let heads = [&["作業", "内容"][..], &["作業", "個数"]];
        assert_eq!(held(FormKind::Daily, &heads), [Some(Item::Work), None]);
    }

    #[test]
    fn columns_of_which_none_says_more_have_all_what_the_head_says() {
        let heads = [&["実施時間", "午前"][..], &["実施時間", "午後"]];
        let both = [Some(Item::Time), Some(Item::Time)];
        assert_eq!(held(FormKind::Daily, &heads), both);
        let heads = [
            &["心身の状況・助言", "様子"][..],
            &["心身の状況・助言", "対応"],
        ];
        let both = [Some(Item::Condition), Some(Item::Condition)];
        assert_eq!(held(FormKind::Daily, &heads), both);
    }
}
