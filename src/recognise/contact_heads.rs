//! The heads over the day's contacts that no list of labels has: 連絡時刻, or 助言の内容 beside 方法.
//!
//! Heads only; the rows under them are read next door.

use super::contact_words::ContactWords;
use super::explain::looks_like_label;
use super::grid::{Block, Grid};
use super::item::{FormKind, Item};
use super::label::Label;
use super::layout_words;
use crate::text::squash;

/// Heads of one list at most and at least.
const WIDTHS: std::ops::RangeInclusive<usize> = 3..=7;

/// The heads beside `known` ones that are labels by where they stand: in a row of heads that
/// asks when, how and what of each contact, and for nothing else of a record.
pub fn guessed(grid: &Grid, known: &[Label]) -> Vec<Label> {
    let words = &layout_words::words().contacts;
    let mut labels: Vec<Option<&Label>> = vec![None; grid.blocks().len()];
    for label in known {
        labels[label.block] = Some(label);
    }
    let mut found = Vec::new();
    for row in grid.rows_between(0, grid.last_row()) {
        for run in runs(grid, row) {
            found.extend(of_run(grid, words, &labels, &run));
        }
    }
    found
}

/// Written blocks of one row that touch each other and are as tall.
fn runs(grid: &Grid, row: u32) -> Vec<Vec<usize>> {
    let begins = |block: &Block| block.stored.is_some() && block.range.first.row == row;
    let touch = |left: &Block, right: &Block| {
        left.range.last.col.checked_add(1) == Some(right.range.first.col)
            && left.range.last.row == right.range.last.row
    };
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &i in grid.row(row).iter().filter(|&&i| begins(grid.block(i))) {
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|&last| touch(grid.block(last), grid.block(i))) =>
            {
                run.push(i);
            }
            _ => runs.push(vec![i]),
        }
    }
    runs.retain(|run| WIDTHS.contains(&run.len()));
    runs
}

/// The labels among the heads of a run that are not known as such.
fn of_run(
    grid: &Grid,
    words: &ContactWords,
    labels: &[Option<&Label>],
    run: &[usize],
) -> Vec<Label> {
    let label_of = |i: usize| labels.get(i).copied().flatten();
    let fits = |i: &usize| match label_of(*i) {
        Some(label) => {
            let item = label.item(FormKind::Daily);
            label.inline.is_none() && item.is_some_and(may_be_asked)
        }
        None => is_head(&grid.block(*i).text),
    };
    if !run.iter().all(fits) {
        return Vec::new();
    }
    let part = |i: usize| {
        let text = &grid.block(i).text;
        match label_of(i) {
            Some(label) => label.item(FormKind::Daily),
            None => words
                .part(text)
                .or_else(|| words.tells(text).then_some(Item::Support)),
        }
    };
    let parts: Vec<(usize, Option<Item>)> = run.iter().map(|&i| (i, part(i))).collect();
    let count = |item: Item| parts.iter().filter(|(_, part)| *part == Some(item)).count();
    let (times, means, texts) = (count(Item::Time), count(Item::Method), count(Item::Support));
    // What is told follows when and how.
    let is_last = |item: Item| {
        let at = |item: Item| parts.iter().position(|(_, part)| *part == Some(item));
        at(Item::Support) > at(item)
    };
    let unknown = parts.iter().filter(|(_, part)| part.is_none()).count();
    let is_list = (times, means, texts) == (1, 1, 1)
        && is_last(Item::Time)
        && is_last(Item::Method)
        && unknown <= 1;
    if !is_list {
        return Vec::new();
    }
    let unlabelled = parts.into_iter().filter(|(i, _)| label_of(*i).is_none());
    let guess = |(i, part): (usize, Option<Item>)| {
        Some(Label {
            block: i,
            range: grid.block(i).range,
            meanings: vec![(Some(FormKind::Daily), part?)],
            heading: None,
            inline: None,
            guessed: true,
        })
    };
    unlabelled.filter_map(guess).collect()
}

/// What a list of contacts may ask for.
pub fn may_be_asked(item: Item) -> bool {
    matches!(
        item,
        Item::Time
            | Item::Method
            | Item::Support
            | Item::Contact
            | Item::Recorder
            | Item::Usage
            | Item::Notes
            | Item::Ignored
    )
}

/// Whether a text could head a column: 回 and № are one character long.
fn is_head(text: &str) -> bool {
    looks_like_label(text) || squash(text).chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::Vocabulary;
    use crate::recognise::label::labels;

    /// What the labels of the sheet mean for a day, from left to right.
    fn meant(cells: &[(&str, &str)]) -> Vec<Option<Item>> {
        let sheet = Sheet::of_texts("記録", cells);
        let found = labels(&Grid::of(&sheet), Vocabulary::builtin());
        let daily = found.iter().map(|label| label.item(FormKind::Daily));
        daily.collect()
    }

    #[test]
    fn a_head_beside_time_and_means_is_what_was_said() {
        let all = [Some(Item::Time), Some(Item::Method), Some(Item::Support)];
        for heads in [
            ["時　刻", "方　法", "連絡・助言の内容"],
            ["連絡時刻", "連絡方法", "連絡・助言・進捗確認の内容"],
            ["連絡時間", "手段", "報告を受けたこと"],
        ] {
            let cells = [
                ("A3", "回"),
                ("B3", heads[0]),
                ("C3", heads[1]),
                ("D3", heads[2]),
            ];
            assert_eq!(meant(&cells), all, "{heads:?}");
        }
    }

    #[test]
    fn heads_that_ask_for_something_else_are_left_alone() {
        for heads in [
            ["時刻", "方法", "報告者"],
            ["時刻", "方法", "次回の予定"],
            ["日付", "連絡時刻", "助言したこと"],
            ["連絡時刻", "作業内容", "助言したこと"],
        ] {
            let cells = [("B3", heads[0]), ("C3", heads[1]), ("D3", heads[2])];
            let known = meant(&cells);
            assert!(known.len() < 3, "{heads:?}: {known:?}");
        }
        let apart = [("A3", "時刻"), ("B3", "方法"), ("D3", "助言したこと")];
        assert_eq!(meant(&apart).len(), 2);
    }
}
