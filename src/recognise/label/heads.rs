//! Rows of labels over rows of boxes: the texts beside known labels there are labels too.

use std::collections::BTreeMap;

use crate::model::CellRange;
use crate::recognise::explain::looks_like_label;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::label::spaced::is_person;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The blocks right of a known label that are labels themselves, known or not: both stand over
/// a box as wide as they are. Only on a sheet where known labels stand so beside each other, with
/// nothing between them that could answer the first.
pub fn unknown(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
) -> Vec<usize> {
    let is_over_box = |range: CellRange| is_over_box(grid, label_of, closed, range);
    let own = |label: &&Label| label.inline.is_none() && is_over_box(label.range);
    let mut beside: Vec<usize> = Vec::new();
    let mut is_usual = false;
    for label in labels.iter().filter(own) {
        let mut range = label.range;
        let mut is_answered = false;
        while let Some(next) = right_of(grid, range) {
            let block = grid.block(next);
            if !is_over_box(block.range) {
                break;
            }
            if label_of.contains_key(&next) {
                is_usual |= !is_answered;
                break;
            }
            is_answered |= range == label.range && could_be_answered(label, &block.text);
            if closed[next] || !looks_like_label(&block.text) {
                break;
            }
            beside.push(next);
            range = block.range;
        }
    }
    beside.sort_unstable();
    beside.dedup();
    if is_usual { beside } else { Vec::new() }
}

/// Those of them that are labels by a word in them; `closed` are the blocks of tables.
pub fn guessed(
    grid: &Grid,
    vocabulary: &Vocabulary,
    labels: &[Label],
    closed: &[bool],
) -> Vec<Label> {
    let blocks = labels.iter().enumerate();
    let label_of: BTreeMap<usize, usize> = blocks.map(|(at, label)| (label.block, at)).collect();
    let unknown = unknown(grid, labels, &label_of, closed).into_iter();
    let found = unknown.map(|index| {
        let block = grid.block(index);
        Label {
            guessed: true,
            ..Label::new(index, block.range, vocabulary.guesses(&block.text))
        }
    });
    found.filter(|label| !label.meanings.is_empty()).collect()
}

/// Whether short words without a number may be what a label asks for: no day and no time is.
fn could_be_answered(label: &Label, text: &str) -> bool {
    let mut asked = label.meanings.iter().map(|(_, item)| *item);
    asked.any(|item| match item {
        Item::Name => is_person(text),
        item if item.is_signed() => is_person(text),
        item => item.is_free_text() || item.offers_choices(),
    })
}

/// The written block that touches `range` on its right, in the same rows.
fn right_of(grid: &Grid, range: CellRange) -> Option<usize> {
    let col = range.last.col.checked_add(1)?;
    let mut here = grid.row_within(range.first.row, col, col).iter().copied();
    here.find(|&i| {
        let block = grid.block(i);
        block.stored.is_some()
            && block.range.first.row == range.first.row
            && block.range.last.row == range.last.row
    })
}

/// Whether a box that is no label and in no table lies right under `range`, in the same columns.
fn is_over_box(
    grid: &Grid,
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
    range: CellRange,
) -> bool {
    let Some(row) = range.last.row.checked_add(1) else {
        return false;
    };
    let mut below = grid
        .row_within(row, range.first.col, range.first.col)
        .iter();
    below.any(|i| {
        let block = grid.block(*i);
        block.stored.is_some()
            && block.range.first.row == row
            && block.range.last.col == range.last.col
            && !label_of.contains_key(i)
            && !closed[*i]
    })
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// What the month's evaluation says of an item, its labels over boxes, two beside each other.
    fn told(last: [&str; 2], item: Item) -> Vec<String> {
        let rows: [&[&str]; 8] = [
            &["達成度評価シート（令和7年9月分）"],
            &["実施日", "令和7年9月30日"],
            &["訓練目標", "達成度"],
            &["4時間の作業を続ける", "概ねできた。"],
            &["取組内容", "課題"],
            &["毎日の報告", "午後の疲れ"],
            &["在宅継続の妥当性", last[0]],
            &["体調が安定した。", last[1]],
        ];
        testing::told(&rows, FormKind::Monthly, item)
    }

    #[test]
    fn a_head_over_a_box_is_a_label_by_a_word_in_it() {
        let last = ["その他", "来月は検品を増やす。"];
        assert_eq!(told(last, Item::Remarks), ["来月は検品を増やす。"]);
        assert_eq!(told(last, Item::Goal), ["4時間の作業を続ける"]);
        assert_eq!(told(last, Item::Continuation), ["体調が安定した。"]);
    }

    #[test]
    fn a_head_that_says_nothing_known_keeps_its_box() {
        let last = ["天候", "晴れ"];
        assert!(told(last, Item::Remarks).is_empty());
        assert_eq!(told(last, Item::Continuation), ["体調が安定した。"]);
    }

    #[test]
    fn a_row_of_labels_and_answers_stands_over_no_boxes() {
        let told = |row: [&str; 4], item: Item| {
            let rows: [&[&str]; 6] = [
                &["達成度評価シート（令和7年9月分）"],
                &["実施日", "令和7年9月30日"],
                &["訓練目標", "毎日続ける。"],
                &["課題", "疲れやすい。"],
                &row,
                &["今月のポイント", "102P", "工賃", "2,550円"],
            ];
            testing::told(&rows, FormKind::Monthly, item)
        };
        let signed = ["評価者", "原田", "本人署名", "松尾　恵子"];
        assert_eq!(told(signed, Item::Evaluator), ["原田"]);
        assert_eq!(told(signed, Item::Signature), ["松尾　恵子"]);
        let words = ["取組内容", "毎日の報告", "方法", "通所"];
        assert_eq!(told(words, Item::Effort), ["毎日の報告"]);
        assert_eq!(told(words, Item::Method), ["通所"]);
    }

    #[test]
    fn what_could_answer_no_date_is_a_head_beside_it() {
        let rows: [&[&str]; 5] = [
            &["在宅支援日報"],
            &["実施日", "天候", "支援方法"],
            &["令和7年9月1日", "晴れ", "電話"],
            &["作業内容", "検品"],
            &["支援内容", "10:00 開始の電話。15:00 終了の電話。"],
        ];
        let told = |item| testing::told(&rows, FormKind::Daily, item);
        assert_eq!(told(Item::Date), ["令和7年9月1日"]);
        assert_eq!(told(Item::Method), ["電話"]);
    }
}
