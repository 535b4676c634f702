//! Labels that were guessed and give way to others of their record.

use std::collections::BTreeSet;

use crate::recognise::form::Entry;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::section::Section;
use crate::recognise::section::own_labels;
use crate::recognise::section::parts;
use crate::recognise::table::signs;

/// The labels that were guessed and mean what another label of their section says, or what one
/// guessed before them means. A free text that has a label of the office's own has both boxes, and
/// a heading without a word in its box (`is_blank`) gives way to what is guessed.
pub fn withdrawn(
    sections: &[Section],
    labels: &[Label],
    own_blocks: &BTreeSet<usize>,
    is_blank: impl Fn(usize) -> bool,
) -> BTreeSet<usize> {
    let mut withdrawn = BTreeSet::new();
    for section in sections {
        let Some(kind) = section.kind else { continue };
        let own = || (section.first..section.end).filter_map(|i| Some((i, labels.get(i)?)));
        // What opens the form as its heading need not be the label of its item.
        let is_heading = |i: usize, label: &Label| label.heading == Some(kind) && is_blank(i);
        let opens = |i: usize, label: &Label| {
            i == section.first && label.heading == Some(kind) || is_heading(i, label)
        };
        let mut said: BTreeSet<Item> = own()
            .filter(|(i, label)| !label.guessed && !opens(*i, label))
            .filter_map(|(_, label)| {
                let item = label.item(kind)?;
                let is_part = own_blocks.contains(&label.block) && own_labels::may_be_divided(item);
                (!is_part).then_some(item)
            })
            .collect();
        for (i, label) in own().filter(|(_, label)| label.guessed) {
            // What asks for nothing of its own, or has several boxes, has no rival.
            let has_rivals = |item: &Item| {
                *item != Item::Ignored && !parts::may_be_divided(*item) && !item.repeats()
            };
            let item = label.item(kind).filter(has_rivals);
            let Some(item) = item else { continue };
            if !said.insert(item) {
                withdrawn.insert(i);
            } else if !is_blank(i) {
                let headings = own().filter(|(i, label)| is_heading(*i, label));
                let same = headings.filter(|(_, label)| label.item(kind) == Some(item));
                withdrawn.extend(same.map(|(i, _)| i));
            }
        }
    }
    withdrawn
}

/// The labels that were guessed to ask for words and have nothing but figures and signs: a score
/// beside 報告・連絡・相談.
pub fn of_signs(labels: &[Label], items: &[Option<Item>], entries: &[Entry]) -> BTreeSet<usize> {
    let all = labels.iter().zip(items).zip(entries).enumerate();
    let of_signs = all.filter(|(_, ((label, item), entry))| {
        let mut words = entry.words.iter().filter(|word| word.stored.is_some());
        label.guessed
            && item.is_some_and(signs::is_told)
            && words.next().is_some_and(|word| signs::is_sign(&word.text))
            && words.all(|word| signs::is_sign(&word.text))
    });
    of_signs.map(|(i, _)| i).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::testing::{HEAD, recognised};
    use crate::recognise::{FormKind, Item};

    /// What the form of a day says of an item, with one row more below its contacts.
    fn told(row: [&str; 2], item: Item) -> Vec<String> {
        let more = [
            ("A5", "開始時の連絡"),
            ("B5", "10:05　体調を確認した。"),
            ("A6", "終了時の連絡"),
            ("B6", "14:58　成果の報告を受けた。"),
            ("A7", row[0]),
            ("B7", row[1]),
            ("A8", "記録者"),
            ("B8", "大友"),
        ];
        let sheet = Sheet::of_texts("1日", &[&HEAD[..], &more].concat());
        let found = recognised(sheet);
        let day = found
            .forms
            .iter()
            .find(|f| f.kind == FormKind::Daily)
            .unwrap();
        let entries = day.entries.get(&item).into_iter().flatten();
        let words = entries.flat_map(|entry| &entry.words);
        words.map(|word| word.text.clone()).collect()
    }

    #[test]
    fn a_score_beside_a_head_with_a_known_word_is_no_text() {
        for row in [["報告・連絡・相談", "4"], ["連絡ができた", "○"]] {
            assert!(told(row, Item::Support).is_empty(), "{row:?}");
        }
        assert!(told(["健康の自己採点", "3"], Item::Condition).is_empty());
    }

    #[test]
    fn words_beside_it_are() {
        let row = ["報告・連絡・相談", "12時に電話で進みを聞いた。"];
        assert_eq!(told(row, Item::Support), [row[1]]);
    }
}
