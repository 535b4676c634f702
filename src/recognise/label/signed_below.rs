//! The user's name below a line that says what it confirms, on the evaluation of a month: ご本人 below
//! 面談の内容を確認しました asks for the signature.

use std::collections::BTreeSet;

use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::layout_words;

/// Makes labels of the signature of such words, where no other label asks for it nearby. What is a
/// label of the user's name is one only where the name is asked for above, too.
pub fn mark(grid: &Grid, labels: &mut Vec<Label>) {
    let words = &layout_words::words().signed_by_user;
    let lines = grid.blocks().iter();
    let lines = lines.filter(|block| block.stored.is_some() && words.is_said(&block.text));
    for line in lines {
        if !is_of_month(labels, line) || is_value(grid, labels, line) {
            continue;
        }
        let Some(index) = asked_below(grid, labels, line) else {
            continue;
        };
        let meanings = vec![(Some(FormKind::Monthly), Item::Signature)];
        match labels.iter_mut().find(|label| label.block == index) {
            Some(label) => label.meanings = meanings,
            None => {
                labels.push(Label::new(index, grid.block(index).range, meanings));
                labels.sort_by_key(|label| (label.range.first, label.block));
            }
        }
    }
}

/// Whether items that only the evaluation of a month has stand above a line, and no label of a
/// signature stands near it.
fn is_of_month(labels: &[Label], line: &Block) -> bool {
    const FEWEST: usize = 2;
    const NEAR: u32 = 4;
    let row = line.range.first.row;
    let of_month: BTreeSet<Item> = labels
        .iter()
        .filter(|label| label.range.first.row < row)
        .filter_map(|label| label.item(FormKind::Monthly))
        .filter(|item| is_of_month_alone(*item))
        .collect();
    let is_signature = |label: &Label| {
        let near = label.range.first.row.abs_diff(row) <= NEAR;
        near && label.item(FormKind::Monthly) == Some(Item::Signature)
    };
    of_month.len() >= FEWEST && !labels.iter().any(is_signature)
}

fn is_of_month_alone(item: Item) -> bool {
    matches!(
        item,
        Item::Goal
            | Item::Effort
            | Item::Achievement
            | Item::Issues
            | Item::Improvement
            | Item::Health
            | Item::Continuation
    )
}

/// Whether a line is what a label on its left asks for, or one right above it that has nothing
/// beside it.
fn is_value(grid: &Grid, labels: &[Label], line: &Block) -> bool {
    let is_label = |i: &usize| labels.iter().any(|label| label.block == *i);
    let first = line.range.first;
    let mut left = grid.row_within(first.row, 0, first.col).iter();
    let above = first.row.checked_sub(1);
    let mut over = above
        .into_iter()
        .flat_map(|row| grid.row_over(row, first.col, first.col));
    let is_alone = |i: usize| {
        let range = grid.block(i).range;
        let right = range.last.col.saturating_add(1);
        let mut beside = grid.row_over(range.first.row, right, right);
        !beside.any(|i| grid.block(i).holds())
    };
    left.any(is_label) || over.any(|i| is_label(&i) && is_alone(i))
}

/// The first block behind a line or in the rows below it that asks for the user's name.
fn asked_below(grid: &Grid, labels: &[Label], line: &Block) -> Option<usize> {
    const REACH: u32 = 2;
    let words = &layout_words::words().signed_by_user;
    let last = line.range.last;
    let begins = |row: u32| move |i: &usize| grid.block(*i).range.first.row == row;
    let behind = grid.row_within(last.row, last.col.saturating_add(1), u32::MAX);
    let behind = behind.iter().copied().filter(begins(last.row));
    let below = grid.rows_between(last.row.saturating_add(1), last.row.saturating_add(REACH));
    let below = below.flat_map(|row| grid.row(row).iter().copied().filter(begins(row)));
    let mut asked = behind.chain(below).filter(|&i| {
        let block = grid.block(i);
        block.stored.is_some() && words.is_asked_below(&block.text)
    });
    let index = asked.next()?;
    let names = |label: &Label| label.item_of_any() == Some(Item::Name);
    let known = labels.iter().find(|label| label.block == index);
    let is_named_above = || {
        let mut above = labels
            .iter()
            .take_while(|label| label.range.first < line.range.first);
        above.any(names)
    };
    let may_sign = known.is_none_or(|label| names(label) && is_named_above());
    may_sign.then_some(index)
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// Who signed the evaluation of a month that ends in these rows, and whose it is.
    fn told(named: &[&'static str], last: &[&[&'static str]]) -> [Vec<String>; 2] {
        let head: [&[&str]; 5] = [
            &["月末面談シート"],
            named,
            &["面談日", "令和7年10月31日", "面談者", "大塚"],
            &["目標", "毎日続ける。"],
            &["改善方針", "午前に休む。"],
        ];
        let rows: Vec<&[&str]> = head.iter().chain(last).copied().collect();
        [Item::Signature, Item::Name].map(|item| testing::told(&rows, FormKind::Monthly, item))
    }

    const NAMED: [&str; 2] = ["利用者氏名", "森 健太"];

    #[test]
    fn the_name_below_what_is_confirmed_is_the_signature() {
        for said in ["面談の内容を確認しました。", "上記の内容に同意します"]
        {
            for asked in ["ご本人", "氏名", "利用者"] {
                let rows: [&[&str]; 2] = [&[said], &["", "", asked, "森 健太"]];
                assert_eq!(
                    told(&NAMED, &rows),
                    [["森 健太"], ["森 健太"]],
                    "{said} {asked}"
                );
            }
        }
        let beside: [&[&str]; 1] = [&["内容を確認しました。", "", "本人", "森"]];
        assert_eq!(told(&NAMED, &beside)[0], ["森"]);
    }

    #[test]
    fn other_names_are_no_signature() {
        let said = "面談の内容を確認しました。";
        let rows: [&[&str]; 2] = [&[said], &["家族", "森 春"]];
        assert!(told(&NAMED, &rows)[0].is_empty());
        for value in [
            [&["特記事項", said][..], &["ご本人", "森 健太"], &[]],
            [&["特記事項"], &[said], &["ご本人", "森 健太"]],
        ] {
            assert!(told(&NAMED, &value)[0].is_empty(), "{value:?}");
        }
        let only: [&[&str]; 2] = [&[said], &["利用者氏名", "森 健太"]];
        assert_eq!(told(&[], &only), [vec![], vec!["森 健太".to_owned()]]);
        let own: [&[&str]; 3] = [&["本人署名", "森"], &[said], &["ご本人", "森 健太"]];
        assert_eq!(told(&NAMED, &own)[0], ["森"]);
    }
}
