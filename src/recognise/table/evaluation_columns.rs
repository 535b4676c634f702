//! The week's evaluation in columns beside the days: 週１回の評価 over 方法, 評価内容 and 評価者,
//! written in the row of the day on which it was made.

use std::collections::BTreeMap;

use crate::model::Ground;
use crate::recognise::form::Entry;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Holds};
use crate::recognise::table::lines::Line;
use crate::recognise::table::meaning::item_of;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Marks the columns that stand under one head for the week's evaluation, its words among them.
pub fn mark(vocabulary: &Vocabulary, columns: &mut [Column]) {
    let over = |column: &Column| match column.heads.as_slice() {
        [over, _, ..] if opens_evaluation(vocabulary, over) => Some(over.clone()),
        _ => None,
    };
    let mut first = 0;
    while first < columns.len() {
        let name = over(&columns[first]);
        let mut end = first + 1;
        while name.is_some() && end < columns.len() && over(&columns[end]) == name {
            end += 1;
        }
        let group = &mut columns[first..end];
        let items: Vec<Option<Item>> = group
            .iter()
            .map(|column| {
                let own = column.heads.get(1..).unwrap_or_default();
                item_of(vocabulary, own, FormKind::Weekly)
            })
            .collect();
        if name.is_some() && items.contains(&Some(Item::Content)) {
            for (column, item) in group.iter_mut().zip(items) {
                column.holds = Some(Holds::Evaluation(item.unwrap_or(Item::Ignored)));
            }
        }
        first = end;
    }
}

/// Whether a head names the evaluation of a week.
fn opens_evaluation(vocabulary: &Vocabulary, head: &str) -> bool {
    let key = label_key(head);
    vocabulary.heading(head) == Some(FormKind::Weekly)
        || vocabulary.title(head) == Some(FormKind::Weekly)
        || key.contains('週') && key.contains("評価")
}

/// The evaluation that the line of a day holds: whose it is and, unless it has a date of its own,
/// when it was made go by the line. `None` where nobody evaluated on that day.
pub fn of_line(line: &Line) -> Option<BTreeMap<Item, Vec<Entry>>> {
    let is_told = |item: Item| {
        let entries = line.evaluation.get(&item).into_iter().flatten();
        entries.flat_map(|entry| &entry.words).next().is_some()
    };
    if !is_told(Item::Content) {
        return None;
    }
    let mut own = line.evaluation.clone();
    own.remove(&Item::Ignored);
    for item in [Item::Name, Item::CertificateNumber] {
        if let Some(entries) = line.entries.get(&item) {
            own.entry(item).or_insert_with(|| entries.clone());
        }
    }
    if !own.contains_key(&Item::Date)
        && let Some(day) = line.entries.get(&Item::Date)
    {
        let mut day = day.clone();
        for entry in &mut day {
            // The row tells the day, and no label does.
            entry.grounds.insert(Ground::LabelByWord);
        }
        own.insert(Item::Date, day);
    }
    Some(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::column;

    fn marked(heads: &[&[&str]]) -> Vec<Option<Holds>> {
        let mut columns: Vec<Column> = heads.iter().map(|heads| column(heads)).collect();
        mark(Vocabulary::builtin(), &mut columns);
        columns.into_iter().map(|column| column.holds).collect()
    }

    #[test]
    fn columns_under_one_head_are_the_evaluation_of_the_week() {
        let week = "週１回の評価（実施した日の行に記入）";
        let heads: [&[&str]; 5] = [
            &["心身の状況"],
            &[week, "方法"],
            &[week, "評価内容"],
            &[week, "評価者"],
            &[week, "サビ管\n確認"],
        ];
        let of = |item| Some(Holds::Evaluation(item));
        let expected = [
            None,
            of(Item::Method),
            of(Item::Content),
            of(Item::Recorder),
            of(Item::Confirmer),
        ];
        assert_eq!(marked(&heads), expected);
    }

    #[test]
    fn what_says_nothing_of_the_week_stays() {
        let date_alone: [&[&str]; 2] = [&["週評価", "実施日"], &["週評価", "方法"]];
        assert_eq!(marked(&date_alone), [None, None]);
        let support: [&[&str]; 2] = [&["支援", "方法"], &["支援", "内容"]];
        assert_eq!(marked(&support), [None, None]);
        assert_eq!(marked(&[&["週の評価"]]), [None]);
    }
}
