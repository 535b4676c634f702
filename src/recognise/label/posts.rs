//! A person with the post they hold, in the box of a label that asks for a person:
//! `評価者職氏名` with `サービス管理責任者　執行` beside it.

use std::collections::BTreeSet;

use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;

/// What a label has of a word that asks for the post, too.
const POST: char = '職';

/// Leaves out the labels that are the post of the person whom the label on their left asks for.
pub fn leave_out(grid: &Grid, labels: &mut Vec<Label>) {
    let posts = &layout_words::words().people.posts;
    let asking: BTreeSet<usize> = labels
        .iter()
        .filter(|label| label.inline.is_none() && asks_for_person(label))
        .map(|label| label.block)
        .collect();
    if asking.is_empty() {
        return;
    }
    let known: BTreeSet<usize> = labels.iter().map(|label| label.block).collect();
    labels.retain(|label| {
        let block = grid.block(label.block);
        let Some(left) = block.range.first.col.checked_sub(1) else {
            return true;
        };
        let mut before = grid.row_over(block.range.first.row, left, left);
        let Some(asked) = before.find(|i| asking.contains(i)) else {
            return true;
        };
        let key = label_key(&block.text);
        let is_post = match label.inline.is_some() {
            true => posts.iter().any(|post| key.starts_with(post.as_str())),
            // Beside 評価者 alone it is the label of another box.
            false => {
                let right = block.range.last.col.saturating_add(1);
                let mut beside = grid.row_within(block.range.first.row, right, right).iter();
                grid.block(asked).text.contains(POST)
                    && posts.iter().any(|post| post.is(&key))
                    && beside.any(|i| grid.block(*i).holds() && !known.contains(i))
            }
        };
        !is_post
    });
}

fn asks_for_person(label: &Label) -> bool {
    let mut meanings = label.meanings.iter();
    meanings.any(|(_, item)| item.is_signed() && *item != Item::Signature)
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// What the form says of who evaluated, below the head of one.
    fn evaluator(row: &[&str]) -> Vec<String> {
        let head: [&[&str]; 4] = [
            &["達成度評価シート（令和7年9月分）"],
            &["実施日", "令和7年9月30日"],
            &["訓練目標", "毎日続ける。"],
            &["課題", "疲れやすい。"],
        ];
        let rows: Vec<&[&str]> = head.into_iter().chain([row]).collect();
        testing::told(&rows, FormKind::Monthly, Item::Evaluator)
    }

    #[test]
    fn the_post_of_a_person_is_no_label_of_its_own() {
        let named = "サービス管理責任者　執行";
        assert_eq!(evaluator(&["評価者職氏名", named]), [named]);
        assert_eq!(evaluator(&["評価者", "支援員　坂梨"]), ["支援員　坂梨"]);
        assert_eq!(
            evaluator(&["評価者職・氏名", "管理者", "執行"]),
            ["管理者", "執行"]
        );
    }

    #[test]
    fn another_box_beside_it_keeps_its_label() {
        assert!(evaluator(&["評価者", "サービス管理責任者", "執行"]).is_empty());
        assert_eq!(
            evaluator(&["評価者", "坂梨", "サービス管理責任者　執行"]),
            ["坂梨"]
        );
    }
}
