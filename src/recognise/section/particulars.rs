//! Labels that ask for the words behind an answer in few signs: 達成度の具体的内容 below 達成度,
//! 判断理由 below 在宅継続の妥当性. What stands there belongs to the answer.

use serde::Deserialize;

use crate::model::CellRange;
use crate::recognise::explain::looks_like_label;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::section::Section;
use crate::recognise::section::joined::go_on;
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::{Meanings, Vocabulary};

/// What such labels are called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticularWords {
    /// Behind the words of the answer's own label.
    ends: Vec<Key>,
    /// Below or beside it, by themselves.
    alone: Vec<Key>,
}

/// Kinds of form in which answers in few signs have their words apart.
const KINDS: [FormKind; 3] = [FormKind::Daily, FormKind::Weekly, FormKind::Monthly];

/// Adds the labels of this sort to those that are known. They ask for nothing of their own.
pub fn add(grid: &Grid, vocabulary: &Vocabulary, labels: &mut Vec<Label>) {
    let words = &layout_words::words().particulars;
    let mut more: Vec<Label> = Vec::new();
    for (index, block) in grid.blocks().iter().enumerate() {
        if block.stored.is_none() || !looks_like_label(&block.text) {
            continue;
        }
        let key = label_key(&block.text);
        if !words.may_be(&key) || !has_box(grid, block.range) {
            continue;
        }
        let found = labels.binary_search_by_key(&(block.range.first, index), |label| {
            (label.range.first, label.block)
        });
        let before = found.unwrap_or_else(|at| at);
        let before = labels.get(..before).unwrap_or_default();
        let meant = match words.by_words(vocabulary, &key) {
            meant if !meant.is_empty() => meant.into_iter().filter(|m| has(before, m)).collect(),
            _ if words.is_alone(&key) => by_place(before, block.range),
            _ => Meanings::new(),
        };
        let ignored = meant.iter().map(|(kind, _)| (*kind, Item::Ignored));
        let known = found.ok().and_then(|at| labels.get_mut(at));
        match known {
            // 理由 is the label of another form; what was guessed gives way.
            Some(label) if label.inline.is_none() => {
                let guessed = label.guessed;
                let of_kind =
                    |wanted: &Option<FormKind>| meant.iter().any(|(kind, _)| kind == wanted);
                label
                    .meanings
                    .retain(|(kind, _)| !(guessed && of_kind(kind)));
                for (kind, item) in ignored {
                    if !label.meanings.iter().any(|(known, _)| *known == kind) {
                        label.meanings.push((kind, item));
                    }
                }
            }
            Some(_) => {}
            None if meant.is_empty() => {}
            None => more.push(Label {
                guessed: true,
                ..Label::new(index, block.range, ignored.collect())
            }),
        }
    }
    if !more.is_empty() {
        labels.extend(more);
        labels.sort_by_key(|label| (label.range.first, label.block));
    }
}

/// Puts what stands beside such labels to the words of the answer in the same section.
/// `entries` are those of `labels`.
pub fn join(
    grid: &Grid,
    vocabulary: &Vocabulary,
    sections: &[Section],
    labels: &[Label],
    entries: &mut [Entry],
) {
    let words = &layout_words::words().particulars;
    for section in sections {
        let Some(kind) = section.kind else { continue };
        let mut answer: Option<usize> = None;
        for at in section.first..section.end {
            let Some(label) = labels.get(at) else { break };
            let item = label.item(kind);
            if item.is_some_and(Item::is_free_text) {
                answer = Some(at);
            }
            let key = label_key(&grid.block(label.block).text);
            if item != Some(Item::Ignored) || !words.may_be(&key) {
                continue;
            }
            let meant = words.by_words(vocabulary, &key);
            let meant = meant.iter().find(|(of, _)| *of == Some(kind));
            let own = (section.first..at).rev();
            let target = match meant {
                Some((_, item)) => {
                    let is_it =
                        |i: &usize| labels.get(*i).and_then(|l| l.item(kind)) == Some(*item);
                    own.into_iter().find(is_it)
                }
                None => answer,
            };
            if let Some(target) = target {
                hand_over(entries, at, target);
            }
        }
    }
}

/// Puts the words of one entry behind those of another.
fn hand_over(entries: &mut [Entry], from: usize, to: usize) {
    let handed = entries.get_mut(from).map(|entry| Entry {
        words: std::mem::take(&mut entry.words),
        ..entry.clone()
    });
    if let (Some(handed), Some(entry)) = (handed, entries.get_mut(to)) {
        go_on(entry, vec![handed]);
    }
}

impl ParticularWords {
    /// Whether a key has the words of such a label.
    fn may_be(&self, key: &str) -> bool {
        self.is_alone(key) || self.ends.iter().any(|end| key.ends_with(end.as_str()))
    }

    fn is_alone(&self, key: &str) -> bool {
        self.alone.iter().any(|word| word.is(key))
    }

    /// The answers to which a key asks for more: 達成度 where it is 達成度の具体的内容.
    fn by_words(&self, vocabulary: &Vocabulary, key: &str) -> Meanings {
        let ends = self
            .ends
            .iter()
            .filter_map(|end| key.strip_suffix(end.as_str()));
        let answers = ends.map(|answer| answer.strip_suffix('の').unwrap_or(answer));
        let found = answers.filter_map(|answer| vocabulary.meanings(answer));
        let mut meant: Meanings = found.flatten().copied().filter(could_be_in_signs).collect();
        meant.sort_unstable();
        meant.dedup();
        meant
    }
}

/// Whether the item of a form may be answered by a sign, a grade or a ticked word.
fn could_be_in_signs((kind, item): &(Option<FormKind>, Item)) -> bool {
    use Item::*;
    let is_answer = matches!(
        item,
        Condition
            | Content
            | Goal
            | Effort
            | Achievement
            | Issues
            | Improvement
            | Health
            | Continuation
    );
    is_answer && kind.is_some_and(|kind| KINDS.contains(&kind))
}

/// Rows between an answer and the label that asks for its words at most.
const NEAR: u32 = 3;

/// Whether the last few labels hold one of this meaning.
fn has(before: &[Label], meant: &(Option<FormKind>, Item)) -> bool {
    const FEW: usize = 4;
    let mut last = before.iter().rev().take(FEW);
    last.any(|label| label.meanings.contains(meant))
}

/// What the label right above, or the last one in the same row, means.
fn by_place(before: &[Label], range: CellRange) -> Meanings {
    let last = before.last().filter(|label| {
        let (own, at) = (label.range, range.first);
        let is_beside = (own.first.row..=own.last.row).contains(&at.row);
        let is_above = own.first.col == at.col && own.last.row.saturating_add(NEAR) >= at.row;
        label.inline.is_none() && (is_beside || is_above)
    });
    let meanings = last.iter().flat_map(|label| &label.meanings);
    meanings.copied().filter(could_be_in_signs).collect()
}

/// Whether something is written, or a box is drawn, right beside a label.
fn has_box(grid: &Grid, label: CellRange) -> bool {
    let Some(right) = label.last.col.checked_add(1) else {
        return false;
    };
    let mut beside = grid.row_over(label.first.row, right, right);
    beside.next().is_some()
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// What a month's evaluation with these further rows says of an item.
    fn told(rows: &[&[&str]], item: Item) -> Vec<String> {
        let head: [&[&str]; 4] = [
            &["達成度評価シート（令和7年9月分）"],
            &["実施日", "令和7年9月30日"],
            &["実施方法", "通所"],
            &["訓練目標", "毎日続ける。"],
        ];
        let rows: Vec<&[&str]> = head.into_iter().chain(rows.iter().copied()).collect();
        testing::told(&rows, FormKind::Monthly, item)
    }

    #[test]
    fn the_words_behind_an_answer_belong_to_it() {
        for (label, reason) in [
            ("達成度", "達成度の具体的内容"),
            ("達成度", "具体的内容"),
            ("目標の達成度", "達成度の説明"),
        ] {
            let rows: [&[&str]; 3] = [
                &[label, "■達成　□一部達成"],
                &[reason, "8日とも続けた。"],
                &["課題", "疲れ"],
            ];
            let both = ["■達成　□一部達成", "8日とも続けた。"];
            assert_eq!(told(&rows, Item::Achievement), both, "{reason}");
            assert_eq!(told(&rows, Item::Issues), ["疲れ"], "{reason}");
        }
        let beside: [&[&str]; 2] = [
            &["在宅継続の妥当性", "■妥当", "理由", "体調が安定している。"],
            &["評価者", "坂梨"],
        ];
        let both = ["■妥当", "体調が安定している。"];
        assert_eq!(told(&beside, Item::Continuation), both);
    }

    #[test]
    fn words_that_no_answer_stands_before_are_not_joined_to_one() {
        let rows: [&[&str]; 3] = [
            &["達成度", "80％"],
            &["評価者", "坂梨"],
            &["理由", "担任が休みのため"],
        ];
        assert_eq!(told(&rows, Item::Achievement), ["80％"]);
        assert_eq!(told(&rows, Item::Evaluator), ["坂梨"]);
    }
}
