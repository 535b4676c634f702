//! 開始時, 途中 and 終了時 beside one tall label: boxes that are a contact each.

use std::collections::BTreeSet;

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Makes contacts of the words that tell contacts apart where they stand below each other right
/// of a label for what was said; the tall label itself then asks for nothing.
pub fn mark(grid: &Grid, vocabulary: &Vocabulary, labels: &mut Vec<Label>) {
    let mut found: BTreeSet<usize> = BTreeSet::new();
    let tall: Vec<usize> = (0..labels.len())
        .filter(|&at| labels.get(at).is_some_and(is_tall_support))
        .collect();
    for at in tall {
        let Some(label) = labels.get_mut(at) else {
            continue;
        };
        let boxes = boxes(grid, label);
        if boxes.len() >= 2 {
            label.meanings = vec![(None, Item::Ignored)];
            label.heading = None;
            found.extend(boxes);
        }
    }
    if found.is_empty() {
        return;
    }
    labels.retain(|label| !found.contains(&label.block));
    labels.extend(found.into_iter().map(|block| {
        let meanings = vec![(Some(FormKind::Daily), Item::Contact)];
        Label {
            heading: vocabulary.heading(&grid.block(block).text),
            ..Label::new(block, grid.block(block).range, meanings)
        }
    }));
    labels.sort_by_key(|label| (label.range.first, label.block));
}

fn is_tall_support(label: &Label) -> bool {
    let asks = |(kind, item): &(Option<FormKind>, Item)| {
        *kind == Some(FormKind::Daily) && matches!(item, Item::Support | Item::Contact)
    };
    label.inline.is_none()
        && label.range.last.row > label.range.first.row
        && label.meanings.iter().any(asks)
}

/// The boxes right of a label, below each other, if each says which contact it is and has
/// something written or a box beside it.
fn boxes(grid: &Grid, label: &Label) -> Vec<usize> {
    let words = &layout_words::words().contacts;
    let Some(right) = label.range.last.col.checked_add(1) else {
        return Vec::new();
    };
    let rows = grid.rows_between(label.range.first.row, label.range.last.row);
    let mut found = Vec::new();
    for row in rows {
        let mut beside = grid.row_over(row, right, right);
        let Some(at) = beside.find(|&i| grid.block(i).range.first.col == right) else {
            continue;
        };
        let block = grid.block(at);
        if block.range.first.row != row || block.stored.is_none() {
            continue;
        }
        if !words.is_moment(&block.text) {
            return Vec::new();
        }
        found.push(at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label;

    fn items(rows: &[&[&str]], merged: &str) -> Vec<(String, Item)> {
        let grid = Grid::of(&Sheet::of_rows(rows).merging(&[merged]));
        let found = label::labels(&grid, Vocabulary::builtin());
        let text = |label: &Label| grid.block(label.block).text.clone();
        let item = |label: &Label| label.item(FormKind::Daily);
        found
            .iter()
            .filter_map(|label| Some((text(label), item(label)?)))
            .collect()
    }

    #[test]
    fn each_box_beside_the_tall_label_is_a_contact() {
        let rows: [&[&str]; 3] = [
            &["支援内容", "開始時", "10:00", "体調に変わりない。"],
            &["", "途中", "12:30", "15個まで。"],
            &["", "終了時", "15:00", "30個できた。"],
        ];
        let contact = |text: &str| (text.to_owned(), Item::Contact);
        let expected = [
            ("支援内容".to_owned(), Item::Ignored),
            contact("開始時"),
            contact("途中"),
            contact("終了時"),
        ];
        assert_eq!(items(&rows, "A1:A3"), expected);
    }

    #[test]
    fn beside_another_label_they_are_times() {
        let rows: [&[&str]; 2] = [&["作業時間", "開始時", "10:00"], &["", "終了時", "15:00"]];
        let found = items(&rows, "A1:A2");
        assert!(
            found.contains(&("開始時".to_owned(), Item::Start)),
            "{found:?}"
        );
        let rows: [&[&str]; 2] = [&["支援内容", "電話で体調を聞いた。"], &["", "終了時"]];
        let found = items(&rows, "A1:A2");
        assert!(
            found.contains(&("支援内容".to_owned(), Item::Support)),
            "{found:?}"
        );
    }
}
