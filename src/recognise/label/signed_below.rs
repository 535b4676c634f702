//! The user's name below a line that says what it confirms, on the evaluation of a month: ご本人 below
//! 面談の内容を確認しました asks for the signature.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::layout_words;

/// Makes labels of the signature of such words, where no other label asks for it nearby. What is a
/// label of the user's name is one only where the name is asked for above, too.
pub fn mark(grid: &Grid, labels: &mut Vec<Label>) {
    let Some(known) = Known::of(labels) else {
        return;
    };
    let words = &layout_words::words().signed_by_user;
    let lines = grid.blocks().iter();
    let lines = lines.filter(|block| block.stored.is_some() && words.is_said(&block.text));
    let lines = lines.filter(|line| known.may_be_signed(line) && !known.is_value(grid, line));
    let found: BTreeSet<usize> = lines
        .filter_map(|line| known.asked_below(grid, line))
        .collect();
    if found.is_empty() {
        return;
    }
    labels.retain(|label| !found.contains(&label.block) || label.inline.is_some());
    labels.extend(found.into_iter().map(|index| {
        let meanings = vec![(Some(FormKind::Monthly), Item::Signature)];
        Label::new(index, grid.block(index).range, meanings)
    }));
    labels.sort_by_key(|label| (label.range.first, label.block));
}

/// What is known of a sheet with the evaluation of a month.
struct Known {
    /// The first row by which the items of such an evaluation stand.
    from: u32,
    /// The rows of labels of a signature.
    signed: BTreeSet<u32>,
    /// The first row with a label of the user's name.
    named: Option<u32>,
    /// The blocks of labels, and whether each is one of the user's name alone.
    blocks: BTreeMap<usize, bool>,
}

impl Known {
    /// `None` where fewer than two items stand that only the evaluation of a month has.
    fn of(labels: &[Label]) -> Option<Self> {
        let mut rows: BTreeMap<Item, u32> = BTreeMap::new();
        let mut signed = BTreeSet::new();
        let mut blocks = BTreeMap::new();
        let mut named: Option<u32> = None;
        for label in labels {
            let row = label.range.first.row;
            let names = label.item_of_any() == Some(Item::Name);
            blocks.insert(label.block, names && label.inline.is_none());
            if names {
                named = Some(named.map_or(row, |known| known.min(row)));
            }
            match label.item(FormKind::Monthly) {
                Some(Item::Signature) => {
                    signed.insert(row);
                }
                Some(item) if is_of_month_alone(item) => {
                    let first = rows.entry(item).or_insert(row);
                    *first = row.min(*first);
                }
                _ => {}
            }
        }
        let mut rows: Vec<u32> = rows.into_values().collect();
        rows.sort_unstable();
        let from = *rows.get(1)?;
        Some(Self {
            from,
            signed,
            named,
            blocks,
        })
    }

    /// Whether a line stands below the items of a month, and no label of a signature near it.
    fn may_be_signed(&self, line: &Block) -> bool {
        const NEAR: u32 = 4;
        let row = line.range.first.row;
        let near = row.saturating_sub(NEAR)..=row.saturating_add(NEAR);
        row > self.from && self.signed.range(near).next().is_none()
    }

    /// Whether a line is what a label on its left asks for, or one right above it that has nothing
    /// beside it.
    fn is_value(&self, grid: &Grid, line: &Block) -> bool {
        let is_label = |i: &usize| self.blocks.contains_key(i);
        let first = line.range.first;
        let before = first.col.checked_sub(1);
        let left = before.map(|col| grid.row_within(first.row, 0, col).iter().rev());
        let left = left.and_then(|mut left| left.find(|i| grid.block(**i).stored.is_some()));
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
        left.is_some_and(is_label) || over.any(|i| is_label(&i) && is_alone(i))
    }

    /// The first block behind a line or in the rows below it that asks for the user's name.
    fn asked_below(&self, grid: &Grid, line: &Block) -> Option<usize> {
        const REACH: u32 = 2;
        // A form is no wider.
        const MOST: usize = 24;
        let words = &layout_words::words().signed_by_user;
        let last = line.range.last;
        let begins = |row: u32| move |i: &usize| grid.block(*i).range.first.row == row;
        let behind = grid.row_within(last.row, last.col.saturating_add(1), u32::MAX);
        let behind = behind.iter().copied().filter(begins(last.row)).take(MOST);
        let below = grid.rows_between(last.row.saturating_add(1), last.row.saturating_add(REACH));
        let below =
            below.flat_map(|row| grid.row(row).iter().copied().filter(begins(row)).take(MOST));
        let mut asked = behind.chain(below).filter(|&i| {
            let block = grid.block(i);
            block.stored.is_some() && words.is_asked_below(&block.text)
        });
        let index = asked.next()?;
        let is_named_above = self.named.is_some_and(|row| row < line.range.first.row);
        let may_sign = match self.blocks.get(&index) {
            Some(names) => *names && is_named_above,
            None => true,
        };
        may_sign.then_some(index)
    }
}

/// Whether only the evaluation of a month has an item.
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
