//! A word such as 支援員 down the side of several labels: the heading of what the staff write, and
//! not the label of who wrote it.

use std::collections::BTreeSet;

use crate::model::CellRange;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;

/// Lets such words ask for nothing: labels of a person that reach down beside two labels or more,
/// one of which asks for words or for a person itself.
pub fn mark(grid: &Grid, labels: &mut [Label]) {
    let beside: BTreeSet<usize> = labels
        .iter()
        .filter(|label| label.inline.is_none())
        .map(|label| label.block)
        .collect();
    let asking: BTreeSet<usize> = labels
        .iter()
        .filter(|label| {
            let mut items = label.meanings.iter().map(|(_, item)| *item);
            items.any(|item| item.is_free_text() || item.is_signed())
        })
        .map(|label| label.block)
        .collect();
    for label in labels.iter_mut().filter(|label| label.inline.is_none()) {
        let mut items = label.meanings.iter().map(|(_, item)| *item);
        let asks_who = items.all(|item| item.is_signed() || item == Item::Ignored);
        let rows = right_of(grid, label.range);
        let is_heading = rows.len() > 1
            && rows.iter().all(|i| beside.contains(i))
            && rows.iter().any(|i| asking.contains(i));
        if asks_who && is_heading {
            label.meanings = vec![(None, Item::Ignored)];
        }
    }
}

/// What stands right beside some cells and begins in their rows.
fn right_of(grid: &Grid, range: CellRange) -> Vec<usize> {
    let Some(col) = range.last.col.checked_add(1) else {
        return Vec::new();
    };
    let rows = grid.rows_between(range.first.row, range.last.row);
    let blocks = rows.flat_map(|row| {
        let here = grid.row_within(row, col, col).iter().copied();
        here.filter(move |&i| grid.block(i).range.first.row == row)
    });
    blocks.filter(|&i| grid.block(i).stored.is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label::labels;
    use crate::recognise::wording::vocabulary::Vocabulary;

    /// Whether the first label of a sheet asks who signed.
    fn asks_who(rows: &[&[&str]], merged: &[&str]) -> bool {
        let grid = Grid::of(&Sheet::of_rows(rows).merging(merged));
        let found = labels(&grid, Vocabulary::builtin());
        found[0].meanings.iter().any(|(_, item)| item.is_signed())
    }

    #[test]
    fn who_writes_down_the_side_of_labels_heads_them() {
        let rows: [&[&str]; 2] = [
            &["支援員", "心身の状況・助言", "良好"],
            &["", "記録者", "大友"],
        ];
        assert!(!asks_who(&rows, &["A1:A2"]));
        let rows: [&[&str]; 3] = [
            &["職員名", "支援内容", ""],
            &["", "助言", ""],
            &["", "記録者", ""],
        ];
        assert!(!asks_who(&rows, &["A1:A3"]));
    }

    #[test]
    fn who_writes_beside_a_name_is_asked_for() {
        let rows: [&[&str]; 2] = [&["支援員", "大友"], &["", "津田"]];
        assert!(asks_who(&rows, &["A1:A2"]));
        let rows: [&[&str]; 2] = [
            &["支援員", "心身の状況", "良好"],
            &["大友", "記録者", "津田"],
        ];
        assert!(asks_who(&rows, &[]));
        let rows: [&[&str]; 2] = [&["記録者", "フリガナ", "オオトモ"], &["", "氏名", "大友"]];
        assert!(asks_who(&rows, &["A1:A2"]));
    }
}
