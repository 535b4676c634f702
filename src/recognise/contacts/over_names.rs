//! 連絡 over 開始 and 終了: a head that asks for nothing by itself, and is no value of the label on its
//! left.

use std::collections::BTreeSet;

use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Adds a label for each such head, over two names of contacts or more, that is none yet.
pub fn mark(grid: &Grid, vocabulary: &Vocabulary, labels: &mut Vec<Label>) {
    let words = &layout_words::words().contacts;
    let known: BTreeSet<usize> = labels.iter().map(|label| label.block).collect();
    let blocks = grid.blocks().iter().enumerate();
    let heads = blocks.filter(|(i, block)| {
        let range = block.range;
        let is_over_names = || {
            let below = range.last.row.saturating_add(1);
            let under = grid.row_within(below, range.first.col, range.last.col);
            let names = |i: &usize| words.names_row(vocabulary, &grid.block(*i).text);
            under.len() > 1 && under.iter().all(names)
        };
        range.first.col < range.last.col
            && block.stored.is_some()
            && !known.contains(i)
            && words.is_about_contacts(&block.text)
            && is_over_names()
    });
    let ignored = vec![(None, Item::Ignored)];
    let found = heads.map(|(i, block)| Label::new(i, block.range, ignored.clone()));
    let found: Vec<Label> = found.collect();
    if !found.is_empty() {
        labels.extend(found);
        labels.sort_by_key(|label| (label.range.first, label.block));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::testing::{lines, said};

    fn marked(rows: &[&[&str]], merged: &[&str]) -> usize {
        let grid = Grid::of(&Sheet::of_rows(rows).merging(merged));
        let mut labels = Vec::new();
        mark(&grid, Vocabulary::builtin(), &mut labels);
        labels.len()
    }

    #[test]
    fn a_head_over_names_is_no_value_of_the_label_beside_it() {
        let rows: [&[&str]; 4] = [
            &["実施日", "作業内容", "連絡", "", "", "", "記録者"],
            &["", "", "開始", "", "終了", "", ""],
            &["", "", "時刻", "内容", "時刻", "内容", ""],
            &[
                "9/1",
                "検品",
                "9:55",
                "始める。",
                "15:00",
                "終える。",
                "大友",
            ],
        ];
        let merged = ["A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2", "G1:G3"];
        assert_eq!(marked(&rows, &merged), 1);
        let lines = lines(&rows, &merged);
        assert_eq!(said(&lines[0], Item::Work), ["検品"]);
        assert_eq!(said(&lines[0], Item::Contact).len(), 2);
    }

    #[test]
    fn a_text_about_contacts_over_other_words_is_left() {
        let over = |below: [&'static str; 2]| {
            let text: &[&str] = &["電話で連絡", ""];
            marked(&[text, &below], &["A1:B1"])
        };
        assert_eq!(over(["開始", "終了"]), 1);
        assert_eq!(over(["検品", "終了"]), 0);
        assert_eq!(over(["", ""]), 0);
        assert_eq!(marked(&[&["電話で連絡"], &["開始"]], &[]), 0);
    }
}
