//! Labels below each other over their boxes, all with the same sign before them: 【今月の目標】 over what
//! the goal is, 【その他】 over the rest.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::wording::vocabulary::Vocabulary;

/// What a label and those like it have alike: the columns, and the sign that they open with.
type Look = (u32, u32, char);

/// The blocks that look as several known labels over boxes do, stand over a box themselves, and
/// are labels by a word in them.
pub fn guessed(grid: &Grid, known: &[Label], vocabulary: &Vocabulary) -> Vec<Label> {
    const FEWEST: usize = 3;
    let mut looks: BTreeMap<Look, usize> = BTreeMap::new();
    for label in known.iter().filter(|label| asks(label)) {
        let block = grid.block(label.block);
        if let Some(look) = look(block).filter(|_| is_over_box(grid, block)) {
            *looks.entry(look).or_default() += 1;
        }
    }
    looks.retain(|_, count| *count >= FEWEST);
    if looks.is_empty() {
        return Vec::new();
    }
    let taken: BTreeSet<usize> = known.iter().map(|label| label.block).collect();
    let blocks = grid.blocks().iter().enumerate();
    let open = blocks.filter(|(index, block)| {
        let is_like = look(block).is_some_and(|look| looks.contains_key(&look));
        block.stored.is_some() && !taken.contains(index) && is_like && is_over_box(grid, block)
    });
    let found = open.map(|(index, block)| Label {
        guessed: true,
        ..Label::new(index, block.range, vocabulary.guesses(&block.text))
    });
    found.filter(|label| !label.meanings.is_empty()).collect()
}

/// Whether a label with its value in another cell asks for anything.
fn asks(label: &Label) -> bool {
    let mut items = label.meanings.iter().map(|(_, item)| *item);
    label.inline.is_none() && items.any(|item| item != Item::Ignored)
}

fn look(block: &Block) -> Option<Look> {
    let sign = block.text.trim_start().chars().next()?;
    let columns = (block.range.first.col, block.range.last.col);
    "【［〔■◆●▼▶◎・"
        .contains(sign)
        .then_some((columns.0, columns.1, sign))
}

/// Whether a box as wide as the block, with another look, begins right below it, and nothing is
/// written on its right.
fn is_over_box(grid: &Grid, block: &Block) -> bool {
    let range = block.range;
    let Some(row) = range.last.row.checked_add(1) else {
        return false;
    };
    let right = range.last.col.saturating_add(1);
    let mut beside = grid.row_over(range.first.row, right, right);
    let mut below = grid
        .row_within(row, range.first.col, range.first.col)
        .iter();
    let is_box = |i: &usize| {
        let other = grid.block(*i);
        other.range.first.row == row
            && other.range.last.col == range.last.col
            && look(other) != look(block)
    };
    !beside.any(|i| grid.block(i).holds()) && below.any(is_box)
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// What the month's evaluation says of an item, this label over the last of its boxes.
    fn told(label: &str, item: Item) -> Vec<String> {
        let rows: [&[&str]; 10] = [
            &["達成度評価シート（令和7年9月分）"],
            &["実施日", "令和7年9月30日"],
            &["【訓練目標】"],
            &["毎日続ける。"],
            &["【課題】"],
            &["その他の作業で疲れやすい。"],
            &["【改善方針】"],
            &["休みを増やす。"],
            &[label],
            &["来月は検品を増やす。"],
        ];
        testing::told(&rows, FormKind::Monthly, item)
    }

    #[test]
    fn what_looks_as_the_labels_over_boxes_do_is_one() {
        assert_eq!(told("【その他】", Item::Remarks), ["来月は検品を増やす。"]);
        assert_eq!(
            told("【その他】", Item::Issues),
            ["その他の作業で疲れやすい。"]
        );
        assert_eq!(told("【その他】", Item::Improvement), ["休みを増やす。"]);
    }

    #[test]
    fn what_looks_otherwise_or_says_nothing_known_is_none() {
        for label in ["その他", "■その他", "【天候】"] {
            assert!(told(label, Item::Remarks).is_empty(), "{label}");
        }
    }
}
