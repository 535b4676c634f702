//! The names of contacts in a row above all other heads of a table: 開始の連絡 over 時刻 and 内容, with
//! nothing over 日付 beside them.

use std::collections::BTreeSet;

use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::Item;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The first row of a header whose run of heads begins in `top`: the one above where that names
/// several contacts over some of the heads each, and says nothing else.
pub fn first_row(grid: &Grid, vocabulary: &Vocabulary, run: &[usize], top: u32) -> u32 {
    const FEWEST: usize = 2;
    let Some(above) = top.checked_sub(1) else {
        return top;
    };
    let words = &layout_words::words().contacts;
    let heads = run.iter().map(|&i| grid.block(i));
    let heads: Vec<&Block> = heads.filter(|head| head.range.first.row == top).collect();
    let starts: BTreeSet<u32> = heads.iter().map(|head| head.range.first.col).collect();
    let ends: BTreeSet<u32> = heads.iter().map(|head| head.range.last.col).collect();
    let (Some(first), Some(last)) = (starts.first(), ends.last()) else {
        return top;
    };
    let is_name = |block: &Block| {
        let (from, to) = (block.range.first, block.range.last);
        let is_own = |head: &&&Block| (from.col..=to.col).contains(&head.range.first.col);
        let own = || heads.iter().filter(is_own);
        let mut parts = own().filter_map(|head| words.part(&head.text));
        from.row == above
            && to.row == above
            && starts.contains(&from.col)
            && ends.contains(&to.col)
            && own().count() > 1
            && words.names_row(vocabulary, &block.text)
            && parts.any(|part| matches!(part, Item::Time | Item::Support))
    };
    let over: Vec<usize> = grid.row_over(above, *first, *last).collect();
    let is_row_of_names = over.len() >= FEWEST && over.iter().all(|&i| is_name(grid.block(i)));
    if is_row_of_names { above } else { top }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    fn first(over: &[&str], merged: &[&str]) -> u32 {
        let heads = ["日付", "時刻", "内容", "時刻", "内容", "記録者"];
        let grid = Grid::of(&Sheet::of_rows(&[over, &heads]).merging(merged));
        first_row(&grid, Vocabulary::builtin(), grid.row(1), 1)
    }

    #[test]
    fn names_over_the_parts_of_contacts_are_heads() {
        let names = ["", "開始の連絡", "", "終了の連絡"];
        assert_eq!(first(&names, &["B1:C1", "D1:E1"]), 0);
        assert_eq!(first(&["", "1回目", "", "2回目"], &["B1:C1", "D1:E1"]), 0);
    }

    #[test]
    fn other_words_above_a_table_are_none() {
        let merged = ["B1:C1", "D1:E1"];
        assert_eq!(first(&["", "森下　澪 様", "", "原　拓海 様"], &merged), 1);
        assert_eq!(first(&["9月", "開始の連絡", "", "終了の連絡"], &merged), 1);
        assert_eq!(first(&["", "開始の連絡", "", "終了の連絡"], &[]), 1);
        assert_eq!(first(&["支援記録"], &["A1:F1"]), 1);
        assert_eq!(first(&["連絡・進捗の確認"], &["A1:F1"]), 1);
        assert_eq!(first(&[], &[]), 1);
    }
}
