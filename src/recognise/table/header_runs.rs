//! Which labels of a row stand side by side as the heads of a table.

use std::collections::BTreeSet;

use crate::recognise::calendar::counts_up;
use crate::recognise::contacts;
use crate::recognise::grid::Grid;
use crate::recognise::table::over_days::stands_over_days;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Labels side by side that make a header.
pub const FEWEST_LABELS: usize = 3;

/// Runs of written blocks that touch each other and hold labels side by side.
pub fn header_runs(
    grid: &Grid,
    vocabulary: &Vocabulary,
    label_blocks: &BTreeSet<usize>,
    heads: impl Fn(usize) -> bool,
    row: u32,
) -> Vec<Vec<usize>> {
    let begins_here = |i: &usize| {
        grid.block(*i).stored.is_some() && grid.block(*i).range.first.row == row && heads(*i)
    };
    let written: Vec<usize> = grid.row(row).iter().copied().filter(begins_here).collect();
    let touching = over_blanks(grid, touching_runs(grid, &written), row);
    let joined = with_totals(grid, label_blocks, touching).into_iter();
    let parted = joined.flat_map(|run| contacts::heads::parted(grid, label_blocks, run));
    let mut runs: Vec<Vec<usize>> = parted.collect();
    for run in &mut runs {
        leave_tall(grid, label_blocks, run);
    }
    runs.retain(|run| {
        let touch =
            |w: &[usize]| grid.block(w[0]).range.last.col + 1 >= grid.block(w[1]).range.first.col;
        let beside = run
            .windows(2)
            .filter(|w| w.iter().all(|i| label_blocks.contains(i)) && touch(w))
            .count();
        let labels = run.iter().filter(|i| label_blocks.contains(i)).count();
        let many = labels >= FEWEST_LABELS
            && beside + 1 >= FEWEST_LABELS
            && (labels * 2 >= run.len().min(12) || stands_over_days(grid, run));
        many || (labels >= 1 && counts_up(grid, run))
    });
    for run in &mut runs {
        extend(grid, &heads, run, row);
    }
    let is_of_contacts =
        |run: &Vec<usize>| contacts::names_above::first_row(grid, vocabulary, run, row) < row;
    let cut = runs.into_iter().flat_map(|run| match is_of_contacts(&run) {
        true => vec![run],
        false => once_each(grid, label_blocks, run),
    });
    cut.collect()
}

/// Leaves the box that reaches down beside the whole table: the label of the box that it is in.
/// A label that is no more than some rows taller is a head of the table.
fn leave_tall(grid: &Grid, label_blocks: &BTreeSet<usize>, run: &mut Vec<usize>) {
    let bottom = |i: &usize| grid.block(*i).range.last.row;
    let Some((first, others)) = run.split_first() else {
        return;
    };
    const TALL: u32 = 3;
    let taller = match label_blocks.contains(first) {
        true => TALL,
        false => 1,
    };
    let lowest = others.iter().map(bottom).max();
    if lowest.is_some_and(|lowest| lowest.saturating_add(taller) <= bottom(first)) {
        run.remove(0);
    }
}

/// Takes in the heads beside a run that begin in a row above and reach down to it.
fn extend(grid: &Grid, heads: &impl Fn(usize) -> bool, run: &mut Vec<usize>, row: u32) {
    const TALLEST: u32 = 4;
    let reaches = |i: &usize| {
        let block = grid.block(*i);
        block.stored.is_some()
            && block.range.first.row < row
            && block.range.last.row - block.range.first.row < TALLEST
            && heads(*i)
    };
    let taller: Vec<usize> = grid.row(row).iter().copied().filter(reaches).collect();
    for &i in taller.iter().rev() {
        let first = run.first().map(|&first| grid.block(first).range.first.col);
        if first == grid.block(i).range.last.col.checked_add(1) {
            run.insert(0, i);
        }
    }
    for &i in &taller {
        let last = run.last().map(|&last| grid.block(last).range.last.col);
        if last == grid.block(i).range.first.col.checked_sub(1) {
            run.push(i);
        }
    }
}

/// Cuts a run where its first label stands again: tables that touch each other.
fn once_each(grid: &Grid, label_blocks: &BTreeSet<usize>, run: Vec<usize>) -> Vec<Vec<usize>> {
    let key = |i: usize| label_key(&grid.block(i).text_in_short());
    let first = run
        .first()
        .filter(|i| label_blocks.contains(i))
        .map(|&i| key(i));
    let mut cut: Vec<Vec<usize>> = Vec::new();
    for i in run {
        match cut.last_mut() {
            Some(now) if now.len() < FEWEST_LABELS || Some(key(i)) != first => now.push(i),
            _ => cut.push(vec![i]),
        }
    }
    // A run that is cut into pieces of other lengths has the word twice for another reason.
    let even = cut.windows(2).all(|pair| pair[0].len() == pair[1].len());
    match even {
        true => cut,
        false => vec![cut.concat()],
    }
}

fn touching_runs(grid: &Grid, blocks: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &i in blocks {
        let first = grid.block(i).range.first.col;
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|&l| grid.block(l).range.last.col + 1 >= first) =>
            {
                run.push(i)
            }
            _ => runs.push(vec![i]),
        }
    }
    runs
}

/// A heading that was left blank parts no table: its column is written in below, and what
/// stands beyond it is no second table with the same headings.
fn over_blanks(grid: &Grid, runs: Vec<Vec<usize>>, row: u32) -> Vec<Vec<usize>> {
    let keys = |run: &Vec<usize>| -> BTreeSet<String> {
        run.iter()
            .map(|&i| label_key(&grid.block(i).text))
            .collect()
    };
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for run in runs {
        let start = run.first().map(|&i| grid.block(i).range.first.col);
        let before = joined.last_mut().filter(|before| {
            let end = before.last().map(|&i| grid.block(i).range.last.col);
            let gap = end.zip(start).map(|(end, start)| (end + 1, start - 1));
            gap.is_some_and(|gap| is_blank_heading(grid, row, gap))
                && keys(before).is_disjoint(&keys(&run))
        });
        match before {
            Some(before) => before.extend(run),
            None => joined.push(run),
        }
    }
    joined
}

/// Whether the columns are one, or one merged box, and hold something right below `row`.
fn is_blank_heading(grid: &Grid, row: u32, (first, last): (u32, u32)) -> bool {
    const NEAR: u32 = 3;
    let is_one_box = || {
        let mut over = grid.row_over(row, first, last);
        let fills = |i: usize| {
            let range = grid.block(i).range;
            (range.first.col, range.last.col) == (first, last)
        };
        over.next().is_some_and(fills)
    };
    let holds = |below: u32| {
        let mut blocks = grid.row_within(row + below, first, last).iter();
        blocks.any(|&i| grid.block(i).stored.is_some() && grid.block(i).range.last.col <= last)
    };
    (first == last || is_one_box()) && (1..=NEAR).any(holds)
}

/// Labels behind a calendar belong to it over a gap of one column, as 在宅日数 often stands.
fn with_totals(
    grid: &Grid,
    label_blocks: &BTreeSet<usize>,
    runs: Vec<Vec<usize>>,
) -> Vec<Vec<usize>> {
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for run in runs {
        let end = |run: &Vec<usize>| run.last().map(|&i| grid.block(i).range.last.col);
        let start = run.first().map(|&i| grid.block(i).range.first.col);
        match joined.last_mut() {
            Some(before)
                if end(before).map(|col| col + 2) == start
                    && counts_up(grid, before)
                    && run.iter().all(|i| label_blocks.contains(i)) =>
            {
                before.extend(run);
            }
            _ => joined.push(run),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label::{LabelBlocks, labels};

    /// The lengths of the runs of heads in the first row.
    fn runs(rows: &[&[&str]]) -> Vec<usize> {
        let grid = Grid::of(&Sheet::of_rows(rows));
        let blocks = LabelBlocks::of(&labels(&grid, Vocabulary::builtin()));
        let runs = header_runs(&grid, Vocabulary::builtin(), &blocks.all, |_| true, 0);
        runs.iter().map(Vec::len).collect()
    }

    #[test]
    fn labels_that_touch_each_other_are_heads() {
        assert_eq!(runs(&[&["日付", "作業内容", "支援内容", "連番"]]), [4]);
        assert!(runs(&[&["日付", "作業内容"]]).is_empty());
        assert!(runs(&[&["日付", "9/1", "作業内容", "検品", "記録者", "原"]]).is_empty());
    }

    #[test]
    fn heads_that_stand_again_under_the_next_contact_are_one_table_s() {
        let parts = ["時刻", "手段", "内容"];
        let heads: &[&str] = &[parts, parts].concat();
        let runs_under = |names: &[&str]| {
            let sheet = Sheet::of_rows(&[names, heads]).merging(&["A1:C1", "D1:F1"]);
            let grid = Grid::of(&sheet);
            let vocabulary = Vocabulary::builtin();
            let blocks = LabelBlocks::of(&labels(&grid, vocabulary));
            let runs = header_runs(&grid, vocabulary, &blocks.all, |_| true, 1);
            runs.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(runs_under(&["開始の連絡", "", "", "終了の連絡"]), [6]);
        assert_eq!(runs_under(&["森下　澪 様", "", "", "原　拓海 様"]), [3, 3]);
    }

    #[test]
    fn the_first_label_again_begins_the_next_table() {
        let heads = ["日付", "作業内容", "支援内容"];
        assert_eq!(runs(&[&[heads, heads].concat()]), [3, 3]);
        assert_eq!(runs(&[&[&heads[..], &heads[..2]].concat()]), [5]);
    }
}
