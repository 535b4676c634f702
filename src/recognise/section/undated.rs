//! The day of a record that stands above its boxes without a label: 令和7年10月1日（水）, in one
//! cell or a part in each, or within the title.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::read::Stored;
use crate::recognise::calendar::{is_day, is_of_era, is_weekday};
use crate::recognise::form::{Entry, Word};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::label::{Label, part_of, word};
use crate::recognise::section::Section;
use crate::text::squash;

/// The rows in which a record may open with its day: below its title and the record before, down
/// to its first rows of labels. `labels` are all of the sheet, `section` is the record's run of them.
pub fn rows(labels: &[Label], section: &Section, title: Option<&Block>) -> RangeInclusive<u32> {
    const REACH: u32 = 4;
    const FIRST_ROWS: usize = 3;
    let row = |i: usize| labels.get(i).map(|label| label.range.first.row);
    // Of cards side by side, the last label of one column may be cut with the next column's first.
    let goes_up = |i: &usize| row(*i) > row(i.saturating_add(1));
    let opening = section.first..section.end.saturating_sub(1);
    let opening = opening.take(FIRST_ROWS).rev().find(goes_up);
    let begin = opening.map_or(section.first, |i| i + 1);
    let top = row(begin).unwrap_or_default();
    let before = begin.checked_sub(1).and_then(row);
    let title = title.map(|title| title.range.first.row);
    let above = [before, title].into_iter().flatten();
    let from = above.filter(|row| *row < top).max();
    let first = top.saturating_sub(REACH).max(from.map_or(0, |row| row + 1));
    let own: BTreeSet<u32> = (begin..section.end).filter_map(row).collect();
    let last = own.into_iter().take(FIRST_ROWS).next_back();
    first..=last.unwrap_or(top)
}

/// The only date that opens one of the rows; `is_taken` tells the blocks that are labels, titles
/// or of a table.
pub fn day(
    grid: &Grid,
    rows: RangeInclusive<u32>,
    is_taken: impl Fn(usize) -> bool,
) -> Option<Entry> {
    let rows = grid.rows_between(*rows.start(), *rows.end());
    let mut dates = rows.filter_map(|row| {
        let begins = |i: &&usize| {
            let block = grid.block(**i);
            block.stored.is_some() && block.range.first.row == row
        };
        let written = grid.row(row).iter().filter(begins);
        let free: Vec<usize> = written.copied().take_while(|&i| !is_taken(i)).collect();
        opening_date(grid, &free)
    });
    let words = dates.next().filter(|_| dates.next().is_none())?;
    let home = words.first()?.cell;
    Some(Entry::unlabelled(home, words))
}

/// The date right of a title, in the same row and with nothing else behind it.
pub fn day_beside(grid: &Grid, title: &Block, is_taken: impl Fn(usize) -> bool) -> Option<Entry> {
    let row = title.range.first.row;
    let behind = title.range.last.col.saturating_add(1);
    let begins = |i: &&usize| {
        let block = grid.block(**i);
        block.stored.is_some() && block.range.first.row == row
    };
    let written = grid.row_within(row, behind, u32::MAX).iter().filter(begins);
    let free: Vec<usize> = written.copied().take_while(|&i| !is_taken(i)).collect();
    let words = opening_date(grid, &free)?;
    Some(Entry::unlabelled(words.first()?.cell, words))
}

/// The day at the head of a card, over or between its `labels`: the only date with its year in a
/// row of short words without a label, such as `No.1` `2日` `2025年9月2日` `火` `在宅`.
pub fn day_at_head(
    grid: &Grid,
    rows: RangeInclusive<u32>,
    labels: &[Label],
    is_taken: impl Fn(usize) -> bool,
) -> Option<Entry> {
    const LONGEST_REMARK: usize = 6;
    let is_whole = |block: &Block| {
        let text = squash(&block.text);
        let names_year = text.contains('年') || text.starts_with("20");
        names_year && is_whole_date(&text, block)
    };
    let mut found = None;
    for row in grid.rows_between(*rows.start(), *rows.end()) {
        // What stands above all cards of a sheet may be as wide as the sheet.
        let below = || labels.iter().filter(|label| label.range.last.row >= row);
        let left = below().map(|label| label.range.first.col).min();
        let right = below().map(|label| label.range.last.col).max();
        let Some((left, right)) = left.zip(right) else {
            continue;
        };
        let here = grid.row_within(row, left, right).iter().copied();
        let written = here.filter(|&i| {
            let block = grid.block(i);
            block.stored.is_some() && block.range.first.row == row
        });
        let written: Vec<usize> = written.collect();
        let mut dates = written.iter().filter(|i| is_whole(grid.block(**i)));
        let (Some(&date), second) = (dates.next(), dates.next()) else {
            continue;
        };
        let is_short = |i: &usize| {
            let text = squash(&grid.block(*i).text);
            // No.1 counts the cards; a word is the label of the date.
            let counts = || text.ends_with(|c: char| c.is_ascii_digit());
            (!is_taken(*i) || counts()) && (*i == date || text.chars().count() <= LONGEST_REMARK)
        };
        if second.is_some() || found.is_some() || !written.iter().all(is_short) {
            return None;
        }
        found = Some(date);
    }
    let word = word(grid.block(found?));
    Some(Entry::unlabelled(word.cell, vec![word]))
}

/// The date within the text of a title: `在宅日報（令和7年10月1日）`.
pub fn day_of_title(title: &Block) -> Option<Entry> {
    let text = squash(&title.text);
    let date = |c: char| c.is_ascii_digit() || is_of_era(c) || "年月日".contains(c);
    let found = text.match_indices('日').find_map(|(at, day)| {
        let before = text.get(..at + day.len())?;
        let signs = before.char_indices().rev().take_while(|(_, c)| date(*c));
        let written = before.get(signs.last()?.0..)?;
        let is_whole = written.contains('年') && is_day(written, &Stored::Text(written.to_owned()));
        is_whole.then_some(written)
    })?;
    Some(Entry::unlabelled(
        title.range.first,
        vec![part_of(title, found)],
    ))
}

/// The blocks that a row opens with, as far as they are one date.
fn opening_date(grid: &Grid, free: &[usize]) -> Option<Vec<Word>> {
    const MOST_PARTS: usize = 9;
    const LONGEST: usize = 20;
    let mut joined = String::new();
    let mut found = None;
    for (n, &i) in free.iter().take(MOST_PARTS).enumerate() {
        let block = grid.block(i);
        if block.text.chars().count() > LONGEST {
            break;
        }
        let text = squash(&block.text);
        let is_beside = found.is_some() && is_weekday(text.trim_matches(['(', ')', '曜', '日']));
        joined.push_str(&text);
        if is_whole_date(&joined, block) || is_beside {
            found = Some(n);
        }
    }
    // What follows the date belongs to nobody and says that this is no line of its own.
    let last = found.filter(|n| n + 1 == free.len())?;
    let parts = free.get(..=last)?.iter();
    Some(parts.map(|&i| word(grid.block(i))).collect())
}

fn is_whole_date(text: &str, block: &Block) -> bool {
    let is_written_out = text.contains('月') && text.contains('日');
    let is_parted = text.matches('/').count() == 2 || text.matches('.').count() == 2;
    (is_written_out || is_parted)
        && is_day(text, &Stored::Text(text.to_owned()))
        && block.tick.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, CellRange};
    use crate::read::Sheet;

    fn grid(rows: &[&[&str]]) -> Grid {
        let sheet = Sheet::of_rows(rows);
        Grid::of(&sheet)
    }

    fn told(rows: &[&[&str]]) -> Option<String> {
        let grid = grid(rows);
        let is_taken = |i: usize| grid.block(i).text.starts_with('［');
        let found = day(&grid, 0..=9, is_taken)?;
        Some(found.words.iter().map(|word| word.text.as_str()).collect())
    }

    #[test]
    fn a_date_that_opens_a_row_is_the_day() {
        for row in [
            &["令和", "7", "年", "10", "月", "1", "日", "（水）"][..],
            &["令和7年10月1日（水）"],
            &["10月1日", "水曜日"],
            &["2025/10/1"],
        ] {
            assert_eq!(told(&[row]), Some(row.concat()), "{row:?}");
        }
    }

    #[test]
    fn what_is_labelled_or_not_alone_is_no_day_of_the_record() {
        assert_eq!(told(&[&["［作成日］", "令和7年10月1日"]]), None);
        assert_eq!(told(&[&["令和7年10月分"]]), None);
        assert_eq!(told(&[&["10月1日"], &["10月2日"]]), None);
        assert_eq!(told(&[&["10月1日", "電話で確認"]]), None);
        assert_eq!(told(&[&["10", "3"]]), None);
    }

    #[test]
    fn the_day_may_stand_beside_the_title() {
        let told = |row: &[&str]| {
            let grid = grid(&[row]);
            let is_taken = |i: usize| grid.block(i).text.starts_with('［');
            let found = day_beside(&grid, grid.block(0), is_taken)?;
            Some(
                found
                    .words
                    .iter()
                    .map(|w| w.text.as_str())
                    .collect::<String>(),
            )
        };
        let day = "令和7年9月1日（月）";
        assert_eq!(told(&["在宅訓練日誌", "", day]).as_deref(), Some(day));
        assert_eq!(told(&["在宅訓練日誌", "［作成日］", day]), None);
        assert_eq!(told(&["在宅訓練日誌", "令和7年9月分"]), None);
        assert_eq!(told(&["在宅訓練日誌", day, "晴れ、暑い"]), None);
    }

    #[test]
    fn the_day_may_stand_among_short_words_at_the_head_of_a_card() {
        let told = |rows: &[&[&str]]| {
            let grid = grid(rows);
            let label = |cell: Cell| Label::new(0, CellRange::single(cell), Vec::new());
            let labels = [label(Cell::new(1, 0)), label(Cell::new(1, 4))];
            let is_taken = |i: usize| grid.block(i).text.starts_with(['［', 'N']);
            let found = day_at_head(&grid, 0..=9, &labels, is_taken)?;
            Some(found.words[0].text.clone())
        };
        let day = "2025年9月2日";
        let card = ["No.1", "2日", day, "火", "在宅"];
        let beside = ["No.1", "2日", day, "火", "在宅", "", "2025年9月3日"];
        for row in [&card[..], &beside] {
            assert_eq!(told(&[row]).as_deref(), Some(day), "{row:?}");
        }
        assert_eq!(told(&[&card, &card]), None);
        assert_eq!(told(&[&["［作成日］", day]]), None);
        assert_eq!(
            told(&[&["No.1", day, "上の日までに提出してください"]]),
            None
        );
        assert_eq!(told(&[&["No.1", "9月2日", "火"]]), None);
    }

    #[test]
    fn the_head_of_a_card_is_above_its_own_labels() {
        let rows = |places: &[(u32, u32)]| {
            let label = |(row, col): &(u32, u32)| {
                let at = CellRange::single(Cell::new(*row, *col));
                Label::new(0, at, Vec::new())
            };
            let labels: Vec<Label> = places.iter().map(label).collect();
            let section = Section {
                kind: None,
                first: 1,
                end: labels.len(),
                items: 0,
            };
            super::rows(&labels, &section, None)
        };
        let below = [(10, 0), (12, 4), (15, 0), (15, 3), (16, 0), (17, 0)];
        assert_eq!(rows(&below), 11..=16);
        let beside = [(40, 0), (44, 4), (3, 8), (3, 11), (4, 8), (5, 8), (6, 8)];
        assert_eq!(rows(&beside), 0..=5);
    }

    #[test]
    fn a_title_may_name_the_day() {
        let told = |title: &str| {
            let grid = grid(&[&[title]]);
            let found = day_of_title(grid.block(0))?;
            found.words.first().map(|word| word.text.clone())
        };
        assert_eq!(
            told("在宅日報（令和７年10月1日）"),
            Some("令和7年10月1日".to_owned())
        );
        assert_eq!(told("在宅日報　令和７年10月分"), None);
        assert_eq!(told("在宅日報"), None);
    }
}
