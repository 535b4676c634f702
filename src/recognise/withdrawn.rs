//! Labels that were guessed and give way to others of their record.

use std::collections::BTreeSet;

use super::item::Item;
use super::label::Label;
use super::parts;
use super::section::Section;

/// The labels that were guessed and mean what another label of their section says, or what one
/// guessed before them means.
pub fn withdrawn(sections: &[Section], labels: &[Label]) -> BTreeSet<usize> {
    let mut withdrawn = BTreeSet::new();
    for section in sections {
        let Some(kind) = section.kind else { continue };
        let own = || (section.first..section.end).filter_map(|i| Some((i, labels.get(i)?)));
        // What opens the form as its heading need not be the label of its item.
        let opens = |i: usize, label: &Label| i == section.first && label.heading == Some(kind);
        let mut said: BTreeSet<Item> = own()
            .filter(|(i, label)| !label.guessed && !opens(*i, label))
            .filter_map(|(_, label)| label.item(kind))
            .collect();
        for (i, label) in own().filter(|(_, label)| label.guessed) {
            let item = label
                .item(kind)
                .filter(|item| !parts::may_be_divided(*item) && !item.repeats());
            if item.is_some_and(|item| !said.insert(item)) {
                withdrawn.insert(i);
            }
        }
    }
    withdrawn
}
