//! The unit behind a figure: 時間 right of `睡眠時間` `8` asks for nothing.

use crate::recognise::grid::Grid;
use crate::recognise::label::Label;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Leaves out the labels that are such units, those behind a box that nobody has filled in too,
/// where the same stands behind a figure in another row.
pub fn leave_out(grid: &Grid, labels: &mut Vec<Label>) {
    let place = |label: &Label| {
        let (first, last) = (label.range.first.col, label.range.last.col);
        (first, last, label_key(&grid.block(label.block).text))
    };
    let mut open = labels.iter().filter(|label| label.inline.is_none());
    if !open.any(|label| is_unit(&grid.block(label.block).text)) {
        return;
    }
    let measures = |label: &&Label| {
        label.inline.is_none()
            && is_unit(&grid.block(label.block).text)
            && stands_behind_figure(grid, label)
            && !asks_for_time(grid, label)
    };
    let units: Vec<_> = labels.iter().filter(measures).map(place).collect();
    let is_blank = |label: &Label| !asks_for_time(grid, label) && !is_first(grid, label);
    labels.retain(|label| !(units.contains(&place(label)) && is_blank(label)));
}

fn is_unit(text: &str) -> bool {
    let key = label_key(text);
    let words = &layout_words::words().units;
    words.iter().any(|word| word.is(&key))
}

/// What touches a label on its left, where anything does.
fn before(grid: &Grid, label: &Label) -> Option<usize> {
    let col = label.range.first.col.checked_sub(1)?;
    let mut beside = grid.row_over(label.range.first.row, col, col);
    beside.next()
}

/// Whether nothing is written left of a label.
fn is_first(grid: &Grid, label: &Label) -> bool {
    let Some(col) = label.range.first.col.checked_sub(1) else {
        return true;
    };
    let mut beside = grid.row_within(label.range.first.row, 0, col).iter();
    !beside.any(|&i| grid.block(i).holds())
}

fn stands_behind_figure(grid: &Grid, label: &Label) -> bool {
    before(grid, label).is_some_and(|i| is_figure(&grid.block(i).text))
}

fn is_figure(text: &str) -> bool {
    let text = squash(text);
    let text = text.trim_matches(['(', '約']);
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether a time stands right of a label: then a figure before it only counts the rows. `30`
/// `分` goes on with the figure.
fn asks_for_time(grid: &Grid, label: &Label) -> bool {
    let Some(col) = label.range.last.col.checked_add(1) else {
        return false;
    };
    let mut beside = grid
        .row_within(label.range.first.row, col, u32::MAX)
        .iter()
        .map(|&i| squash(&grid.block(i).text))
        .filter(|text| !text.is_empty());
    let Some(next) = beside.next() else {
        return false;
    };
    let goes_on = beside.next().is_some_and(|text| text.starts_with('分'));
    next.starts_with(|c: char| c.is_ascii_digit()) && !(is_figure(&next) && goes_on)
}

#[cfg(test)]
mod tests {
    use crate::recognise::testing::told;
    use crate::recognise::{FormKind, Item};

    fn day(row: &'static [&'static str], item: Item) -> Vec<String> {
        let rows: [&[&str]; 7] = [
            &["在宅就労支援記録"],
            &["氏名", "森 健太"],
            &["実施日", "令和7年9月1日", "実施時間", "10:00～15:00"],
            row,
            &["作業内容", "検品"],
            &["支援内容", "10:00 電話で開始を確認した。"],
            &["記録者", "原"],
        ];
        told(&rows, FormKind::Daily, item)
    }

    #[test]
    fn a_unit_behind_a_figure_asks_for_nothing() {
        for row in [
            &["睡眠時間", "8", "時間", "服薬", "済"][..],
            &["睡眠時間", "8", "時間"],
            &["睡眠時間", "7", "時間", "30", "分"],
            &["作業のめやす", "4.5", "時間"],
        ] {
            assert_eq!(day(row, Item::Time), ["10:00～15:00"], "{row:?}");
            assert_eq!(day(row, Item::Work), ["検品"], "{row:?}");
        }
    }

    #[test]
    fn a_label_behind_the_number_of_a_row_asks_for_its_time() {
        let rows: [&[&str]; 4] = [
            &["在宅就労支援記録"],
            &["1", "時間", "10:00～15:00"],
            &["作業内容", "検品"],
            &["記録者", "原"],
        ];
        assert_eq!(told(&rows, FormKind::Daily, Item::Time), ["10:00～15:00"]);
    }
}
