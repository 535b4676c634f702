//! Forms side by side: where one ends and the next begins, and how far down they stand so.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Cell;
use crate::recognise::grid::Grid;
use crate::recognise::label::Label;

/// Distinct labels that must stand again at the same distance before a sheet is cut.
const FEWEST_REPEATS: usize = 3;

/// The orders in which the labels of a sheet may be read. Those of forms side by side come one form
/// after the other; all others stay in reading order, those above the forms too. What lies below
/// the forms may be one form across their columns, which is the first order, or their own.
pub fn orders(grid: &Grid, labels: Vec<Label>) -> Vec<Vec<Label>> {
    let bands = bands(&labels).unwrap_or_default();
    let in_order = |across: u32| {
        let mut labels = labels.clone();
        labels.sort_by_key(|label| {
            let at = label.range.first;
            let band = match at.row {
                row if row < bands.rows.0 => 0,
                row if row < across => bands.of(at.col),
                _ => usize::MAX,
            };
            (band, at.row, at.col)
        });
        labels
    };
    let across = bands.end(grid, &labels).map(in_order);
    across.into_iter().chain([in_order(u32::MAX)]).collect()
}

/// Forms that stand side by side.
#[derive(Debug, Default)]
struct Bands {
    /// The columns where the second and later ones begin.
    starts: Vec<u32>,
    /// The first and the last row in which a label stands in one as in the one before it.
    rows: (u32, u32),
}

impl Bands {
    /// How many of them begin left of a column.
    fn of(&self, col: u32) -> usize {
        self.starts.partition_point(|start| *start <= col)
    }

    /// The first row of what lies below all of them: where other labels stand in several of them,
    /// or a box reaches from one into the next.
    fn end(&self, grid: &Grid, labels: &[Label]) -> Option<u32> {
        if self.starts.is_empty() {
            return None;
        }
        let reaches = |i: usize| {
            let range = grid.block(i).range;
            grid.block(i).holds() && self.of(range.first.col) < self.of(range.last.col)
        };
        let mut rows = grid.rows_between(self.rows.1.saturating_add(1), grid.last_row());
        let reached = rows.find(|row| grid.row(*row).iter().any(|&i| reaches(i)));
        let upto = reached.unwrap_or(u32::MAX);
        let between: Vec<Cell> = labels
            .iter()
            .map(|label| label.range.first)
            .filter(|at| at.row > self.rows.1 && at.row < upto)
            .collect();
        let bands: BTreeSet<usize> = between.iter().map(|at| self.of(at.col)).collect();
        let first = between.iter().map(|at| at.row).min();
        first.filter(|_| bands.len() > 1).or(reached)
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
        rows: (
            repeated.iter().map(|l| l.range.first.row).min()?,
            repeated.iter().map(|l| l.range.first.row).max()?,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CellRange;
    use crate::recognise::wording::vocabulary::Vocabulary;

    /// The labels in the first order.
    fn in_bands(labels: Vec<Label>) -> Vec<Label> {
        orders(&Grid::default(), labels).swap_remove(0)
    }

    fn labels(places: &[(u32, u32, &str)]) -> Vec<Label> {
        let label = |(row, col, text): &(u32, u32, &str)| {
            let range = CellRange::single(Cell::new(*row, *col));
            let meanings = Vocabulary::builtin().meanings(text).cloned();
            Label::new(0, range, meanings.unwrap())
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
        let order = in_bands(days_and_evaluation());
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
    fn what_stands_below_them_may_be_their_own_all_the_same() {
        let orders = orders(&Grid::default(), days_and_evaluation());
        let cols: Vec<u32> = orders[1].iter().map(|l| l.range.first.col).collect();
        assert_eq!(orders.len(), 2);
        assert_eq!(cols, [0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10]);
    }

    #[test]
    fn the_user_above_them_is_of_all_of_them() {
        let mut forms = labels(&[(0, 0, "対象者名"), (0, 10, "受給者証番号")]);
        let days = days_and_evaluation().into_iter().map(|mut label| {
            label.range =
                CellRange::single(Cell::new(label.range.first.row + 2, label.range.first.col));
            label
        });
        forms.extend(days);
        let order = in_bands(forms);
        let cols: Vec<u32> = order.iter().map(|l| l.range.first.col).collect();
        assert_eq!(cols[..8], [0, 10, 0, 0, 0, 10, 10, 10]);
    }

    #[test]
    fn what_only_one_of_them_has_below_is_its_own() {
        let mut forms = days_and_evaluation();
        forms.retain(|label| label.range.first.row < 4);
        forms.extend(labels(&[(3, 0, "記録者")]));
        let cols: Vec<u32> = in_bands(forms).iter().map(|l| l.range.first.col).collect();
        assert_eq!(cols, [0, 0, 0, 0, 10, 10, 10]);
    }
}
