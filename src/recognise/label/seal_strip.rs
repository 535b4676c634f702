//! The boxes for the seals of an office at the top of a form: 施設長, サビ管 and 担当 beside each
//! other over empty boxes.
//!
//! Where a form asks who confirmed it is another label's.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;

/// Who puts a seal on a form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealWords {
    roles: Vec<Key>,
}

impl SealWords {
    fn is_role(&self, text: &str) -> bool {
        let key = label_key(text);
        self.roles.iter().any(|role| role.is(&key))
    }
}

/// Lets the labels of such boxes ask for nothing.
pub fn mark(grid: &Grid, labels: &mut [Label]) {
    let strip = strip(grid, labels);
    for label in labels
        .iter_mut()
        .filter(|label| strip.contains(&label.block))
    {
        label.meanings = vec![(None, Item::Ignored)];
        label.heading = None;
    }
}

/// The blocks of the first strip, where no label of the form stands above it.
fn strip(grid: &Grid, labels: &[Label]) -> BTreeSet<usize> {
    const FEWEST: usize = 2;
    let words = &layout_words::words().seals;
    let is_role = |i: usize| words.is_role(&grid.block(i).text) && is_over_nothing(grid, i);
    let own = |label: &&Label| {
        let mut meanings = label.meanings.iter();
        label.inline.is_none()
            && !is_role(label.block)
            && meanings.any(|(_, item)| *item != Item::Ignored)
    };
    let top = labels
        .iter()
        .filter(own)
        .map(|label| label.range.first.row)
        .min();
    let last = top.unwrap_or(0);
    for row in grid.rows_between(0, last) {
        let roles: Vec<usize> = grid
            .row(row)
            .iter()
            .copied()
            .filter(|&i| is_role(i))
            .collect();
        let touch = |pair: &[usize]| match pair {
            [left, right] => {
                let (left, right) = (grid.block(*left).range, grid.block(*right).range);
                left.last.col.checked_add(1) == Some(right.first.col)
            }
            _ => false,
        };
        if roles.len() >= FEWEST && roles.windows(2).all(touch) {
            return roles.into_iter().collect();
        }
    }
    BTreeSet::new()
}

/// Whether nothing is written right below a block.
fn is_over_nothing(grid: &Grid, i: usize) -> bool {
    let range = grid.block(i).range;
    let Some(below) = range.last.row.checked_add(1) else {
        return false;
    };
    let mut over = grid
        .row_within(below, range.first.col, range.last.col)
        .iter();
    !over.any(|&i| grid.block(i).stored.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::testing::recognised;

    fn confirmers(cells: &[(&str, &str)]) -> Vec<bool> {
        let week = [
            ("A2", "氏名"),
            ("B2", "森 健太"),
            ("A3", "評価日"),
            ("B3", "令和7年9月5日"),
            ("A4", "評価方法"),
            ("B4", "訪問"),
            ("A5", "対象期間"),
            ("B5", "令和7年9月1日～9月5日"),
            ("A6", "評価内容"),
            ("B6", "順調。"),
            ("A7", "評価者"),
            ("B7", "坂本"),
        ];
        let all = [&[("A1", "週の評価")], &week[..], cells].concat();
        let forms = recognised(Sheet::of_texts("評価", &all)).forms;
        let has = |form: &crate::recognise::Form| form.entries.contains_key(&Item::Confirmer);
        forms.iter().map(has).collect()
    }

    #[test]
    fn empty_boxes_at_the_top_are_for_seals() {
        assert_eq!(confirmers(&[("D1", "施設長"), ("E1", "サビ管")]), [false]);
    }

    #[test]
    fn who_confirms_below_or_has_signed_is_asked_for() {
        assert_eq!(confirmers(&[("A8", "サビ管"), ("B8", "岡")]), [true]);
        let signed = [
            ("D1", "施設長"),
            ("E1", "サビ管"),
            ("D2", "今井"),
            ("E2", "岡"),
        ];
        assert!(confirmers(&signed).contains(&true));
    }
}
