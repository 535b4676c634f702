//! Values that may be another item's label: what stands behind an empty box, or below a label that
//! has a name beside it.

use crate::recognise::explain::looks_like_label;
use crate::recognise::form::Entry;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::label::spaced::is_person;

/// Whether what stands for a label may be a label that nobody knows.
pub fn may_be_one(grid: &Grid, label: &Label, entry: &Entry) -> bool {
    let Some(first) = entry.words.first() else {
        return false;
    };
    let is_label = entry.words.iter().all(|word| looks_like_label(&word.text));
    let mut items = label.meanings.iter().map(|(_, item)| *item);
    is_label
        && match first.cell.row > label.range.last.row {
            true => {
                items.all(|item| item.is_signed() || item == Item::Ignored) && has_name(grid, label)
            }
            false => items.any(Item::is_free_text) && is_behind_empty_box(grid, label, entry),
        }
}

/// 出来高 behind 作業 and its empty box of several cells.
fn is_behind_empty_box(grid: &Grid, label: &Label, entry: &Entry) -> bool {
    let box_of = right_of(grid, label.range.first.row, label.range.last.col);
    box_of.is_some_and(|own| {
        let is_wide = own.range.first.col < own.range.last.col;
        let is_before = |col: u32| own.range.last.col < col;
        !own.holds() && is_wide && entry.words.iter().all(|word| is_before(word.cell.col))
    })
}

/// Whether a name stands beside a label, over a figure: `評価者` `原田` over `工賃` `2,550円`.
fn has_name(grid: &Grid, label: &Label) -> bool {
    let row = label.range.first.row;
    let Some(beside) = right_of(grid, row, label.range.last.col) else {
        return false;
    };
    let below = beside.range.last.row.checked_add(1);
    let below = below.and_then(|row| right_of(grid, row, label.range.last.col));
    let is_figure = |block: &Block| block.text.contains(char::is_numeric);
    beside.holds() && is_person(&beside.text) && below.is_some_and(is_figure)
}

/// The block that begins right of a column in a row.
fn right_of(grid: &Grid, row: u32, col: u32) -> Option<&Block> {
    let right = col.checked_add(1)?;
    let here = grid.row_within(row, right, right);
    here.iter()
        .map(|&i| grid.block(i))
        .find(|block| block.range.first.row == row)
}

#[cfg(test)]
mod tests {
    use crate::model::Ground;
    use crate::read::Sheet;
    use crate::recognise::testing::recognised;
    use crate::recognise::{FormKind, Item};

    /// Whether what a form says of an item may be another's label.
    fn is_doubted(rows: &[&[&str]], merged: &[&str], kind: FormKind, item: Item) -> bool {
        let found = recognised(Sheet::of_rows(rows).merging(merged));
        let form = found.forms.iter().find(|form| form.kind == kind).unwrap();
        let mut entries = form.entries[&item].iter();
        entries.any(|entry| entry.grounds.contains(Ground::UnknownBeside))
    }

    #[test]
    fn what_stands_behind_an_empty_box_may_be_a_label() {
        let doubted = |work: [&str; 4]| {
            let rows: [&[&str]; 5] = [
                &["業務日誌"],
                &["利用者", "森 健太", "", "実施日", "令和7年9月1日"],
                &["時間", "10:00～15:00", "", "方法", "電話"],
                &work,
                &["支援内容", "10:00 開始の電話。15:00 終了の電話。"],
            ];
            is_doubted(&rows, &["B4:C4"], FormKind::Daily, Item::Work)
        };
        assert!(doubted(["作業", "", "", "出来高"]));
        assert!(!doubted(["作業", "検品", "", ""]));
        assert!(!doubted(["作業", "", "", "検品 20枚"]));
    }

    #[test]
    fn what_stands_below_a_label_with_a_name_beside_it_may_be_a_label() {
        let doubted = |last: [[&str; 4]; 2]| {
            let rows: [&[&str]; 6] = [
                &["達成度評価シート（令和7年9月分）"],
                &["実施日", "令和7年9月30日", "実施方法", "通所"],
                &["目標", "達成度"],
                &["毎日出る", "できた"],
                &last[0],
                &last[1],
            ];
            is_doubted(&rows, &[], FormKind::Monthly, Item::Evaluator)
        };
        let names = ["評価者", "原田", "本人署名", "森 健太"];
        assert!(doubted([names, ["工賃", "2,550円", "日数", "12日"]]));
        let heads = ["評価者", "天候", "本人署名", "場所"];
        assert!(!doubted([heads, ["原田", "晴れ", "森 健太", "相談室"]]));
    }
}
