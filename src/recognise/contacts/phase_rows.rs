//! 開始, 途中 and 終了 below each other within the form of a day, each before a time and what was
//! said: rows that are a contact each, without a head over them.

use std::collections::BTreeSet;

use crate::read::Stored;
use crate::recognise::contacts::timed_names::is_clock;
use crate::recognise::contacts::words::Phase;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Makes contacts of such rows, and of those in the same columns that nobody has filled.
pub fn mark(grid: &Grid, labels: &mut Vec<Label>) {
    let runs = runs(grid);
    let columns = |run: &[usize]| {
        let range = run.first().map(|&i| grid.block(i).range);
        range.map(|range| (range.first.col, range.last.col))
    };
    let is_told = |run: &&Vec<usize>| run.iter().any(|&i| tells(grid, i));
    let told: BTreeSet<_> = runs
        .iter()
        .filter(is_told)
        .map(|run| columns(run))
        .collect();
    let found: BTreeSet<usize> = runs
        .iter()
        .filter(|run| told.contains(&columns(run)))
        .flatten()
        .copied()
        .collect();
    if found.is_empty() {
        return;
    }
    labels.retain(|label| !found.contains(&label.block));
    labels.extend(found.into_iter().map(|block| {
        let meanings = vec![(Some(FormKind::Daily), Item::Contact)];
        Label::new(block, grid.block(block).range, meanings)
    }));
    labels.sort_by_key(|label| (label.range.first, label.block));
}

/// Blocks right below each other, as wide as each other, that name the first and the last contact
/// of a day and maybe some between them.
fn runs(grid: &Grid) -> Vec<Vec<usize>> {
    let words = &layout_words::words().contacts;
    let phase = |i: usize| words.exact_moment(&grid.block(i).text);
    let mut found = Vec::new();
    for (first, block) in grid.blocks().iter().enumerate() {
        if block.stored.is_none() || phase(first) != Some(Phase::Start) {
            continue;
        }
        let mut run = vec![first];
        let mut last = block.range;
        loop {
            let next = last.last.row.saturating_add(1);
            let mut below = grid.row_within(next, last.first.col, last.last.col).iter();
            let below = below.find(|&&i| {
                let range = grid.block(i).range;
                let columns = (range.first.col, range.last.col);
                range.first.row == next && columns == (last.first.col, last.last.col)
            });
            let Some((&i, phase)) = below.and_then(|i| Some((i, phase(*i)?))) else {
                break;
            };
            if phase == Phase::Start {
                break;
            }
            run.push(i);
            last = grid.block(i).range;
            if phase == Phase::End {
                found.push(run);
                break;
            }
        }
    }
    found
}

/// Whether a time stands right of a block, and a text right of the time.
fn tells(grid: &Grid, block: usize) -> bool {
    const SHORTEST: usize = 4;
    let range = grid.block(block).range;
    let row = range.first.row;
    let mut right = grid
        .row_within(row, range.last.col.saturating_add(1), u32::MAX)
        .iter();
    let (Some(&time), Some(&text)) = (right.next(), right.next()) else {
        return false;
    };
    let (time, text) = (grid.block(time), grid.block(text));
    let touch = time.range.first.col == range.last.col.saturating_add(1)
        && text.range.first.col == time.range.last.col.saturating_add(1);
    let is_time = match &time.stored {
        Some(Stored::Moment(serial)) => (0.0..1.0).contains(serial),
        Some(_) => is_clock(&squash(&time.text)),
        None => false,
    };
    let is_said = text.stored.is_some()
        && squash(&text.text).chars().count() >= SHORTEST
        && !squash(&text.text).starts_with(|c: char| c.is_ascii_digit() && text.text.len() < 8);
    touch && is_time && is_said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label;
    use crate::recognise::wording::vocabulary::Vocabulary;

    fn contacts(rows: &[&[&str]]) -> Vec<String> {
        let grid = Grid::of(&Sheet::of_rows(rows));
        let found = label::labels(&grid, Vocabulary::builtin());
        let is_contact = |label: &&Label| label.item(FormKind::Daily) == Some(Item::Contact);
        let found = found.iter().filter(is_contact);
        found
            .map(|label| grid.block(label.block).text.clone())
            .collect()
    }

    #[test]
    fn rows_of_times_and_words_are_contacts() {
        let rows: [&[&str]; 8] = [
            &["利用者", "坂口 一郎"],
            &["開始", "10:00", "開始の電話。体調は良好。"],
            &["途中"],
            &["終了", "12:00", "30部を確認した。"],
            &["利用者", ""],
            &["開始"],
            &["途中"],
            &["終了"],
        ];
        let all = ["開始", "途中", "終了", "開始", "途中", "終了"];
        assert_eq!(contacts(&rows), all);
        let rows: [&[&str]; 2] = [
            &["朝", "9時30分", "今日の目標を聞いた。"],
            &["夕方", "15時", "終了の報告を受けた。"],
        ];
        assert_eq!(contacts(&rows), ["朝", "夕方"]);
    }

    #[test]
    fn times_of_the_work_are_no_contacts() {
        for rows in [
            [&["開始", "10:00"][..], &["終了", "15:00"]],
            [&["開始", "10:00", "終了", "15:00"], &["作業", "検品"]],
            [&["開始", "10:00", "10:05"], &["終了", "15:00", "15:10"]],
        ] {
            assert!(contacts(&rows).is_empty(), "{rows:?}");
        }
    }
}
