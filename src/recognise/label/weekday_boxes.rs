//! 在宅 and 通所 beside 曜日: boxes that name the weekdays of each place.

use std::collections::BTreeSet;

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::key::label_key;

/// The boxes on the left of a place that say 曜日 for it, past another place and its days.
fn head(grid: &Grid, row: u32, left: u32) -> Option<usize> {
    const FARTHEST: usize = 4;
    let mut col = Some(left);
    for _ in 0..FARTHEST {
        let mut beside = grid.row_over(row, col?, col?);
        let at = beside.find(|&i| grid.block(i).stored.is_some())?;
        let block = grid.block(at);
        let key = label_key(&block.text);
        if key.ends_with("曜日") && key.chars().count() <= LONGEST {
            return Some(at);
        }
        if place(&block.text).is_none() && !names_weekdays(&block.text) {
            return None;
        }
        col = block.range.first.col.checked_sub(1);
    }
    None
}

fn place(text: &str) -> Option<Item> {
    match label_key(text).as_str() {
        "在宅" | "自宅" | "在宅日" => Some(Item::HomeWeekdays),
        "通所" | "来所" | "事業所" | "通所日" => Some(Item::CommuteWeekdays),
        _ => None,
    }
}

/// The boxes that say 曜日 for such labels; they hold nothing themselves.
pub fn heads(grid: &Grid, labels: &[Label]) -> BTreeSet<usize> {
    let left = |label: &Label| {
        let first = label.range.first;
        head(grid, first.row, first.col.checked_sub(1)?)
    };
    labels.iter().filter_map(left).collect()
}

/// The labels that 在宅 and 通所 are where they stand right of 曜日.
pub fn labels(grid: &Grid) -> Vec<Label> {
    let blocks = grid.blocks().iter().enumerate();
    let found = blocks.filter_map(|(index, block)| {
        let item = place(&block.text)?;
        let first = block.range.first;
        let left = first.col.checked_sub(1)?;
        let beside = |col: u32| {
            let mut beside = grid.row_over(first.row, col, col);
            beside.find(|&i| grid.block(i).stored.is_some())
        };
        let is_of_weekdays = head(grid, first.row, left).is_some();
        let right = beside(block.range.last.col.checked_add(1)?);
        let has_box = right.is_some_and(|i| names_weekdays(&grid.block(i).text));
        (is_of_weekdays && has_box)
            .then(|| Label::new(index, block.range, vec![(Some(FormKind::Roster), item)]))
    });
    found.collect()
}

const LONGEST: usize = 8;

fn names_weekdays(text: &str) -> bool {
    let key = label_key(text);
    key.starts_with(|c: char| "月火水木金土日毎平".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    fn told(rows: &[&[&str]]) -> Vec<Item> {
        let sheet = Sheet::of_rows(rows);
        let found = labels(&Grid::of(&sheet));
        found.iter().map(|label| label.meanings[0].1).collect()
    }

    #[test]
    fn the_places_beside_the_weekdays_are_labels() {
        let rows: [&[&str]; 2] = [&["曜日", "在宅", "火，水，金"], &["利用曜日", "通所", "木"]];
        assert_eq!(told(&rows), [Item::HomeWeekdays, Item::CommuteWeekdays]);
        let row: [&[&str]; 1] = [&["利用する曜日", "在宅", "月・水", "通所", "金"]];
        assert_eq!(told(&row), [Item::HomeWeekdays, Item::CommuteWeekdays]);
    }

    #[test]
    fn a_place_elsewhere_is_a_value() {
        let rows: [&[&str]; 3] = [
            &["利用形態", "在宅", "火"],
            &["曜日", "在宅", "9:00"],
            &["曜日", "在宅", ""],
        ];
        assert!(told(&rows).is_empty());
    }
}
