//! Choices as columns of their own under one heading: 支援方法 over 電話, 訪問 and Zoom, with a
//! sign in the one that was chosen; weekdays with 在 or 通 below them.

use serde::Deserialize;

use crate::recognise::calendar::is_weekday;
use crate::recognise::form::Word;
use crate::recognise::item::Item;
use crate::recognise::table::header::{Column, Holds};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::ticks::is_sign;
use crate::text::squash;

/// The wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    home: Vec<String>,
    office: Vec<String>,
}

/// What the words under a column say of its item: where they only choose, its name.
pub fn chosen(column: &Column, item: Item, words: &mut [Word]) -> Item {
    let Some(name) = name(column) else {
        return item;
    };
    // No head above need say what the days are for where each cell does: 在, 通.
    let is_asked = matches!(
        item,
        Item::HomeWeekdays | Item::CommuteWeekdays | Item::Ignored
    );
    let of_weekday = is_weekday(&squash(name)) && is_asked;
    if !of_weekday && !item.offers_choices() {
        return item;
    }
    let all = |holds: &dyn Fn(&str) -> bool| {
        let mut written = words.iter().filter(|word| word.stored.is_some());
        written.all(|word| holds(&squash(&word.text)))
    };
    if item == Item::Ignored && words.iter().all(|word| word.stored.is_none()) {
        return item;
    }
    let places = &layout_words::words().places;
    let begins = |text: &str, words: &[String]| words.iter().any(|word| text.starts_with(word));
    let chosen = if item != Item::Ignored && all(&is_sign) {
        item
    } else if of_weekday && all(&|text| begins(text, &places.home)) {
        Item::HomeWeekdays
    } else if of_weekday && all(&|text| begins(text, &places.office)) {
        Item::CommuteWeekdays
    } else {
        return item;
    };
    for word in words.iter_mut().filter(|word| word.stored.is_some()) {
        name.clone_into(&mut word.text);
    }
    chosen
}

/// Marks the columns of a roster that are a weekday each, whatever the head over them says.
pub fn mark_weekdays(columns: &mut [Column]) {
    const FEWEST: usize = 5;
    let is_free = |column: &Column| {
        let named = column
            .heads
            .last()
            .is_some_and(|head| is_weekday(&squash(head)));
        column.holds.is_none() && column.heads.len() > 1 && named
    };
    let week = |columns: &&mut [Column]| columns.len() >= FEWEST;
    let runs =
        columns.chunk_by_mut(|a, b| is_free(a) && is_free(b) && a.heads.first() == b.heads.first());
    for column in runs.filter(week).flatten() {
        column.holds = Some(Holds::Item(Item::HomeWeekdays));
    }
}

/// The head of the column itself, where others share the one above it.
fn name(column: &Column) -> Option<&str> {
    match column.heads.as_slice() {
        [_, .., own] => Some(own.as_str()),
        [own] if is_weekday(&squash(own)) => Some(own.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::{column, word};

    fn told(heads: [&str; 2], item: Item, text: &str) -> (Item, String) {
        let mut words = [word("A1", text)];
        let item = chosen(&column(&heads), item, &mut words);
        (item, words[0].text.clone())
    }

    #[test]
    fn a_sign_chooses_the_head_of_its_column() {
        let method = told(["支援の方法", "電\n話"], Item::Method, "○");
        assert_eq!(method, (Item::Method, "電\n話".to_owned()));
        let usage = told(["利用区分", "在宅"], Item::Usage, "レ");
        assert_eq!(usage, (Item::Usage, "在宅".to_owned()));
    }

    #[test]
    fn a_weekday_is_of_what_stands_under_it() {
        let home = told(["利用曜日", "月"], Item::HomeWeekdays, "在");
        assert_eq!(home, (Item::HomeWeekdays, "月".to_owned()));
        let commute = told(["利用曜日", "金"], Item::HomeWeekdays, "通所");
        assert_eq!(commute, (Item::CommuteWeekdays, "金".to_owned()));
    }

    #[test]
    fn five_weekdays_of_a_roster_are_those_at_home() {
        let marked = |heads: &[&[&str]]| -> Vec<bool> {
            let mut columns: Vec<Column> = heads.iter().map(|heads| column(heads)).collect();
            mark_weekdays(&mut columns);
            columns
                .iter()
                .map(|column| column.holds.is_some())
                .collect()
        };
        let days = ["月", "火", "水", "木", "金"];
        let week: Vec<[&str; 2]> = days.iter().map(|day| ["利用予定", day]).collect();
        let heads: Vec<&[&str]> = week.iter().map(|heads| heads.as_slice()).collect();
        assert_eq!(marked(&heads), [true; 5]);
        assert_eq!(marked(&heads[..3]), [false; 3]);
        assert_eq!(
            marked(&[&["月"], &["火"], &["水"], &["木"], &["金"]]),
            [false; 5]
        );
    }

    #[test]
    fn weekdays_without_a_head_above_are_told_by_their_cells() {
        let mut words = [word("A1", "在")];
        let column = column(&["木"]);
        let item = chosen(&column, Item::Ignored, &mut words);
        assert_eq!((item, words[0].text.as_str()), (Item::HomeWeekdays, "木"));
        words[0].text = "○".to_owned();
        assert_eq!(chosen(&column, Item::Ignored, &mut words), Item::Ignored);
    }

    #[test]
    fn words_and_signs_of_other_items_stay() {
        for (heads, item, text) in [
            (["支援の方法", "その他"], Item::Method, "FAX"),
            (["支援内容", "開始時"], Item::Support, "○"),
            (["利用曜日", "月"], Item::HomeWeekdays, "午後"),
            (["備考", "合計"], Item::Ignored, "在"),
        ] {
            assert_eq!(told(heads, item, text), (item, text.to_owned()));
        }
    }
}
