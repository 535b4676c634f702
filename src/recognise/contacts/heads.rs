//! The heads over the day's contacts that no list of labels has: 連絡時刻, or 助言の内容 beside 方法.
//!
//! Heads only; the rows under them are read next door.

use std::collections::BTreeSet;

use crate::recognise::contacts::words::ContactWords;
use crate::recognise::explain::looks_like_label;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::layout_words;
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

/// Written blocks that begin in one row and touch each other.
fn runs(grid: &Grid, row: u32) -> Vec<Vec<usize>> {
    let begins = |block: &Block| block.stored.is_some() && block.range.first.row == row;
    let touch = |left: &Block, right: &Block| {
        left.range.last.col.checked_add(1) == Some(right.range.first.col)
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
    let part = |i: usize| {
        let text = &grid.block(i).text;
        match label_of(i) {
            Some(label) => label.item(FormKind::Daily),
            None => words.part_or_told(text),
        }
    };
    // Before the heads may stand a box of the form with its label.
    let from = match run.iter().all(fits) {
        true => Some(0),
        false => run.iter().position(|&i| part(i) == Some(Item::Time)),
    };
    let run = from.and_then(|from| run.get(from..)).unwrap_or_default();
    if !WIDTHS.contains(&run.len()) || !run.iter().all(fits) {
        return Vec::new();
    }
    let mut parts: Vec<(usize, Option<Item>)> = run.iter().map(|&i| (i, part(i))).collect();
    // What stands before the time names the contacts: 支援員の返信.
    let before = parts
        .iter()
        .take_while(|(_, part)| *part != Some(Item::Time));
    let before = before.count();
    for (i, part) in parts.iter_mut().take(before) {
        if label_of(*i).is_none() {
            *part = None;
        }
    }
    let asks = |item: Item| parts.iter().any(|(_, part)| *part == Some(item));
    // 回, 時刻, 話したこと and 職員: what no list has is told by the sentences under it.
    let is_open = asks(Item::Recorder) && !asks(Item::Method) && !asks(Item::Support);
    if is_open && run.len() > *WIDTHS.start() {
        let behind = parts.iter_mut().skip(before);
        let mut told = behind.filter(|(i, part)| {
            let block = grid.block(*i);
            let (row, col) = (block.range.last.row, block.range.first.col);
            part.is_none() && words.may_tell(&block.text) && holds_sentences(grid, row, col)
        });
        if let (Some((_, part)), None) = (told.next(), told.next()) {
            *part = Some(Item::Support);
        }
    }
    let count = |item: Item| parts.iter().filter(|(_, part)| *part == Some(item)).count();
    let (times, means, texts) = (count(Item::Time), count(Item::Method), count(Item::Support));
    // What is told follows when and how.
    let is_last = |item: Item| {
        let at = |item: Item| parts.iter().position(|(_, part)| *part == Some(item));
        at(Item::Support) > at(item)
    };
    let unknown = parts.iter().filter(|(_, part)| part.is_none()).count();
    // 時刻, 返信の内容 and 返信者 are one contact's as well as 時刻, 方法 and 内容.
    let is_told_how = means == 1 && is_last(Item::Method);
    let is_told_by = means == 0 && count(Item::Recorder) == 1;
    let is_list = (times, texts) == (1, 1)
        && (is_told_how || is_told_by)
        && is_last(Item::Time)
        && unknown <= 1;
    if !is_list {
        return Vec::new();
    }
    let unlabelled = parts.into_iter().filter(|(i, _)| label_of(*i).is_none());
    let guess = |(i, part): (usize, Option<Item>)| {
        let meanings = vec![(Some(FormKind::Daily), part?)];
        Some(Label {
            guessed: true,
            ..Label::new(i, grid.block(i).range, meanings)
        })
    };
    unlabelled.filter_map(guess).collect()
}

/// Whether what was said stands below a head, whatever the head is called: sentences in the two
/// rows below `row` at least.
pub fn holds_sentences(grid: &Grid, row: u32, col: u32) -> bool {
    const FEWEST: u32 = 2;
    let below = row.saturating_add(1)..=row.saturating_add(FEWEST);
    let mut rows = grid.rows_between(*below.start(), *below.end());
    rows.all(|row| {
        let mut here = grid.row_over(row, col, col);
        here.any(|i| grid.block(i).text.contains('。'))
    })
}

/// A run of touching blocks in two where it holds a box of the form with its label, and behind
/// them the heads of a list: `体調` `良好` `時刻` `方法` `内容`.
pub fn parted(grid: &Grid, label_blocks: &BTreeSet<usize>, run: Vec<usize>) -> Vec<Vec<usize>> {
    let words = &layout_words::words().contacts;
    let part = |i: &usize| words.part_or_told(&grid.block(*i).text);
    let from = run.iter().position(|i| part(i) == Some(Item::Time));
    let Some((form, heads)) = from.and_then(|from| run.split_at_checked(from)) else {
        return vec![run];
    };
    let asks = |item: Item| heads.iter().any(|i| part(i) == Some(item));
    let is_list = asks(Item::Method)
        && asks(Item::Support)
        && WIDTHS.contains(&heads.len())
        && heads.iter().all(|i| part(i).is_some());
    // What stands alone before the heads is one of them: 確認の別.
    let (labels, values): (Vec<usize>, Vec<usize>) =
        form.iter().partition(|i| label_blocks.contains(i));
    let holds_value = !labels.is_empty() && !values.is_empty();
    match is_list && holds_value && goes_on(grid, label_blocks, form) {
        true => vec![form.to_vec(), heads.to_vec()],
        false => vec![run],
    }
}

/// Whether the form's labels go on below the first of these blocks.
fn goes_on(grid: &Grid, label_blocks: &BTreeSet<usize>, blocks: &[usize]) -> bool {
    let first = blocks.first().map(|&i| grid.block(i).range);
    first.is_some_and(|range| {
        let row = range.last.row.saturating_add(1);
        let mut below = grid
            .row_within(row, range.first.col, range.first.col)
            .iter();
        below.any(|i| label_blocks.contains(i))
    })
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
    use crate::recognise::table::tables;

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
    fn a_head_beside_time_and_who_answered_is_what_was_said() {
        let cells = [
            ("A3", "支援員の返信"),
            ("B3", "時刻"),
            ("C3", "返信・やりとりの内容"),
            ("D3", "返信者"),
        ];
        let all = [Some(Item::Time), Some(Item::Support), Some(Item::Recorder)];
        assert_eq!(meant(&cells), all);
        assert_eq!(meant(&cells[1..]), all);
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

    #[test]
    fn what_stands_alone_before_the_heads_is_a_head_and_no_box() {
        let lists = |before: [&str; 2], below: &str| {
            let heads = [
                before[0],
                before[1],
                "時刻",
                "手段",
                "確認した内容・行った支援",
            ];
            let rows: [&[&str]; 3] = [
                &heads,
                &[below, "", "9:30", "電話", "始める。"],
                &["作業終了時", "", "14:00", "電話", "終える。"],
            ];
            let merged = ["A1:B1", "A2:B2", "A3:B3"];
            let merged = if before[1].is_empty() {
                &merged[..]
            } else {
                &[]
            };
            let grid = Grid::of(&Sheet::of_rows(&rows).merging(merged));
            let labels = labels(&grid, Vocabulary::builtin());
            let found = tables(&grid, &labels, Vocabulary::builtin(), |_| None);
            found.first().map(|table| table.range.first.col)
        };
        assert_eq!(lists(["確認の別", ""], "作業開始時"), Some(0));
        assert_eq!(lists(["体調", "良好"], "作業開始時"), Some(2));
    }
}
