//! Forms side by side: where one ends and the next begins, and how far down they stand so.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use super::label::Label;

/// Distinct labels that must stand again at the same distance before a sheet is cut.
const FEWEST_REPEATS: usize = 3;

/// Puts the labels of forms side by side one form after the other; all others stay in reading order,
/// those of a form below them that lies across their columns too.
pub fn in_bands(grid: &Grid, labels: Vec<Label>) -> Vec<Label> {
    let bands = bands(&labels).unwrap_or_default();
    let across = bands.end(grid, &labels).unwrap_or(u32::MAX);
    let mut labels = labels;
    labels.sort_by_key(|label| {
        let at = label.range.first;
        let band = match at.row >= across {
            true => usize::MAX,
            false => bands.of(at.col),
        };
        (band, at.row, at.col)
    });
    labels
}

/// Forms that stand side by side.
#[derive(Debug, Default)]
struct Bands {
    /// The columns where the second and later ones begin.
    starts: Vec<u32>,
    /// The last row in which a label stands in one as in the one before it.
    last: u32,
}

impl Bands {
    /// How many of them begin left of a column.
    fn of(&self, col: u32) -> usize {
        self.starts.partition_point(|start| *start <= col)
    }

    /// The first row of what lies below all of them: where a box reaches from one into the next,
    /// or, without one, where other labels stand in several of them.
    fn end(&self, grid: &Grid, labels: &[Label]) -> Option<u32> {
        if self.starts.is_empty() {
            return None;
        }
        let below = labels
            .iter()
            .map(|label| label.range.first)
            .filter(|at| at.row > self.last);
        let first = below.clone().map(|at| at.row).min()?;
        let reaches = |i: usize| {
            let range = grid.block(i).range;
            grid.block(i).holds() && self.of(range.first.col) < self.of(range.last.col)
        };
        let mut rows = grid.rows_between(self.last.saturating_add(1), grid.last_row());
        let reached = rows.find(|row| grid.row(*row).iter().any(|&i| reaches(i)));
        let bands: BTreeSet<usize> = below.map(|at| self.of(at.col)).collect();
        reached.or((bands.len() > 1).then_some(first))
    }
}

/// The forms that have the same labels at the same distance.
fn bands(labels: &[Label]) -> Option<Bands> {
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
    let (offset, repeated) = offsets.iter().max_by_key(|(_, labels)| labels.len())?;
    if *offset < 2 || distinct(repeated) < FEWEST_REPEATS {
        return None;
    }
    let second = repeated.iter().map(|l| l.range.first.col).min()?;
    let last = labels.iter().map(|l| l.range.first.col).max()?;
    let starts = (0..)
        .map_while(|n: u32| second.checked_add(offset.checked_mul(n)?))
        .take_while(|col| *col <= last);
    Some(Bands {
        starts: starts.collect(),
        last: repeated.iter().map(|l| l.range.first.row).max()?,
    })
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
            guessed: false,
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
        let cols: Vec<u32> = in_bands(&Grid::default(), both)
            .iter()
            .map(|l| l.range.first.col)
            .collect();
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
        let rows: Vec<u32> = in_bands(&Grid::default(), one)
            .iter()
            .map(|l| l.range.first.row)
            .collect();
        assert_eq!(rows, [0, 0, 1, 1, 2, 2]);
    }

    /// Two days side by side, with an evaluation below both of them.
    fn days_and_evaluation() -> Vec<Label> {
        labels(&[
            (0, 0, "実施日"),
            (0, 10, "実施日"),
            (1, 0, "作業内容"),
            (1, 10, "作業内容"),
            (2, 0, "支援内容"),
            (2, 10, "支援内容"),
            (4, 0, "実施日"),
            (4, 10, "前回評価日"),
            (5, 0, "評価内容"),
            (6, 0, "記録者"),
            (6, 10, "確認者"),
        ])
    }

    #[test]
    fn a_form_below_those_beside_each_other_stays_whole() {
        let order = in_bands(&Grid::default(), days_and_evaluation());
        let places: Vec<(u32, u32)> = order
            .iter()
            .map(|l| (l.range.first.row, l.range.first.col))
            .collect();
        assert_eq!(places[..3], [(0, 0), (1, 0), (2, 0)]);
        assert_eq!(
            places[6..],
            [(4, 0), (4, 10), (5, 0), (6, 0), (6, 10)],
            "{places:?}"
        );
    }

    #[test]
    fn what_only_one_of_them_has_below_is_its_own() {
        let mut forms = days_and_evaluation();
        forms.retain(|label| label.range.first.row < 4);
        forms.extend(labels(&[(3, 0, "記録者")]));
        let cols: Vec<u32> = in_bands(&Grid::default(), forms)
            .iter()
            .map(|l| l.range.first.col)
            .collect();
        assert_eq!(cols, [0, 0, 0, 0, 10, 10, 10]);
    }
}
