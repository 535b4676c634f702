//! Labels that were guessed and give way to others of their record.

use std::collections::BTreeSet;

use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::section::Section;
use crate::recognise::section::own_labels;
use crate::recognise::section::parts;

/// The labels that were guessed and mean what another label of their section says, or what one
/// guessed before them means. A free text that has a label of the office's own has both boxes.
pub fn withdrawn(
    sections: &[Section],
    labels: &[Label],
    own_blocks: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut withdrawn = BTreeSet::new();
    for section in sections {
        let Some(kind) = section.kind else { continue };
        let own = || (section.first..section.end).filter_map(|i| Some((i, labels.get(i)?)));
        // What opens the form as its heading need not be the label of its item.
        let opens = |i: usize, label: &Label| i == section.first && label.heading == Some(kind);
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
            if item.is_some_and(|item| !said.insert(item)) {
                withdrawn.insert(i);
            }
        }
    }
    withdrawn
}
