//! Forms side by side: where one ends and the next begins.

use std::collections::BTreeMap;

use super::label::Label;

/// Distinct labels that must stand again at the same distance before a sheet is cut.
const FEWEST_REPEATS: usize = 3;

/// Puts the labels of forms side by side one form after the other; all others stay in reading order.
pub fn in_bands(labels: Vec<Label>) -> Vec<Label> {
    let starts = starts(&labels);
    let mut labels = labels;
    labels.sort_by_key(|label| {
        let col = label.range.first.col;
        (
            starts.partition_point(|start| *start <= col),
            label.range.first.row,
            col,
        )
    });
    labels
}

/// The columns where the second and later forms begin.
fn starts(labels: &[Label]) -> Vec<u32> {
    let mut rows: BTreeMap<u32, Vec<&Label>> = BTreeMap::new();
    for label in labels.iter().filter(|l| !l.meanings.is_empty()) {
        rows.entry(label.range.first.row).or_default().push(label);
    }
    // How far to the right the same wording stands again, and which labels do so.
    let mut offsets: BTreeMap<u32, Vec<&Label>> = BTreeMap::new();
    for row in rows.values() {
        for (i, label) in row.iter().enumerate() {
            if let Some(again) = row[i + 1..]
                .iter()
                .find(|other| other.meanings == label.meanings)
            {
                offsets
                    .entry(again.range.first.col - label.range.first.col)
                    .or_default()
                    .push(again);
            }
        }
    }
    let distinct = |labels: &[&Label]| {
        let mut meanings: Vec<_> = labels.iter().map(|l| &l.meanings).collect();
        meanings.sort();
        meanings.dedup();
        meanings.len()
    };
    let Some((offset, repeated)) = offsets.iter().max_by_key(|(_, labels)| labels.len()) else {
        return Vec::new();
    };
    if *offset < 2 || distinct(repeated) < FEWEST_REPEATS {
        return Vec::new();
    }
    let Some(second) = repeated.iter().map(|l| l.range.first.col).min() else {
        return Vec::new();
    };
    let last = labels
        .iter()
        .map(|l| l.range.first.col)
        .max()
        .unwrap_or(second);
    (0..)
        .map_while(|n: u32| second.checked_add(offset.checked_mul(n)?))
        .take_while(|col| *col <= last)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, CellRange};
    use crate::recognise::vocabulary::Vocabulary;

    fn labels(places: &[(u32, u32, &str)]) -> Vec<Label> {
        let label = |(row, col, text): &(u32, u32, &str)| Label {
            block: 0,
            range: CellRange::single(Cell::new(*row, *col)),
            meanings: Vocabulary::builtin().meanings(text).cloned().unwrap(),
            heading: None,
            inline: None,
        };
        places.iter().map(label).collect()
    }

    #[test]
    fn two_forms_beside_each_other_are_read_one_after_the_other() {
        let both = labels(&[
            (0, 0, "実施日"),
            (0, 10, "実施日"),
            (1, 0, "作業内容"),
            (1, 10, "作業内容"),
            (2, 0, "支援内容"),
            (2, 10, "支援内容"),
        ]);
        let cols: Vec<u32> = in_bands(both).iter().map(|l| l.range.first.col).collect();
        assert_eq!(cols, [0, 0, 0, 10, 10, 10]);
    }

    #[test]
    fn one_form_with_a_word_twice_stays_whole() {
        let one = labels(&[
            (0, 0, "実施日"),
            (0, 10, "実施時間"),
            (1, 0, "記録者"),
            (1, 10, "確認者"),
            (2, 0, "備考"),
            (2, 10, "備考"),
        ]);
        let rows: Vec<u32> = in_bands(one).iter().map(|l| l.range.first.row).collect();
        assert_eq!(rows, [0, 0, 1, 1, 2, 2]);
    }
}
