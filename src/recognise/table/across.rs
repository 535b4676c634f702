//! Days across a sheet: which of the labels below each other head a row with a box a day, and
//! which belong to the forms above and below the days.
//!
//! Works on a sheet that lies on its side, as its tables do: a head's row is a column here.

use std::collections::BTreeMap;

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::table::beside_days;
use crate::recognise::wording::layout_words;

/// The labels of a sheet by their block; a block may hold several with their values.
pub type LabelsByBlock<'a> = BTreeMap<usize, Vec<&'a Label>>;

/// The labels by their block.
pub fn by_block(labels: &[Label]) -> LabelsByBlock<'_> {
    let mut found = LabelsByBlock::new();
    for label in labels {
        found.entry(label.block).or_default().push(label);
    }
    found
}

/// Cuts a run of heads at those that open a form of their own: the line of the user above the
/// days, the evaluation of the week below them, the date of the next record.
pub fn cut(grid: &Grid, labels: &LabelsByBlock, run: &[usize]) -> Vec<Vec<usize>> {
    let mut pieces: Vec<Vec<usize>> = vec![Vec::new()];
    let mut is_dated = false;
    for &i in run {
        let own = labels.get(&i).and_then(|own| own.first());
        let is_date = own.is_some_and(|label| label.item(FormKind::Daily) == Some(Item::Date));
        if own.is_some_and(|label| opens_form(grid, labels, label)) {
            pieces.push(Vec::new());
            is_dated = false;
            continue;
        }
        if is_date && is_dated {
            pieces.push(Vec::new());
        }
        is_dated = is_date || is_dated && !pieces.last().is_none_or(Vec::is_empty);
        if let Some(piece) = pieces.last_mut() {
            piece.push(i);
        }
    }
    let pieces = pieces.into_iter();
    let trimmed = pieces.map(|piece| without_strangers(labels, piece));
    trimmed.filter(|piece| !piece.is_empty()).collect()
}

/// Whether a label is no head of a row of days: a heading of another form, or one of several
/// labels in its row.
fn opens_form(grid: &Grid, labels: &LabelsByBlock, head: &Label) -> bool {
    let is_other = |kind: FormKind| kind != FormKind::Daily;
    if head.heading.is_some_and(is_other) && head.item(FormKind::Daily).is_none() {
        return true;
    }
    // 開始 and 終了 beside 時間, which is as high as both, divide it.
    let height = |label: &Label| label.range.last.col - label.range.first.col;
    let divides = |other: &&&Label| height(other) < height(head);
    let mut beside = beside(grid, labels, head).filter(|other| !divides(other));
    let is_free = |(_, item): &(Option<FormKind>, Item)| item.is_free_text();
    if head.meanings.iter().any(is_free) {
        // Words such as 作業 are values there.
        return false;
    }
    // The days' own columns may have heads, 時刻 and 内容.
    let is_of_days = head.item(FormKind::Daily) == Some(Item::Date);
    let contacts = &layout_words::words().contacts;
    let heads_column =
        |other: &Label| is_of_days && contacts.part(&grid.block(other.block).text).is_some();
    beside.any(|other| {
        let is_beside = || is_of_days && beside_days::is_head(grid, head, other);
        !(heads_column(other) || is_beside())
            && other.meanings.iter().any(|(kind, item)| {
                let shared = |(of, own): &(Option<FormKind>, Item)| {
                    (kind.is_none() || of == kind) && own != item
                };
                *item != Item::Ignored && head.meanings.iter().any(shared)
            })
    })
}

/// The labels in the row of a head.
fn beside<'a>(
    grid: &'a Grid,
    labels: &'a LabelsByBlock<'a>,
    head: &Label,
) -> impl Iterator<Item = &'a &'a Label> {
    const MOST_DAYS: usize = 40;
    let (first, last) = (head.range.first.col, head.range.last.col);
    let below = head.range.last.row.saturating_add(1);
    let rows = grid.rows_between(below, grid.last_row()).take(MOST_DAYS);
    let blocks = rows.flat_map(move |row| {
        let here = grid.row_within(row, first, last).iter();
        here.filter(move |&&i| grid.block(i).range.first.row == row)
    });
    blocks.filter_map(|i| labels.get(i)).flatten()
}

/// Without the labels at either end that no record of a day has, in a run that has some.
fn without_strangers(labels: &LabelsByBlock, mut run: Vec<usize>) -> Vec<usize> {
    let own = |i: &usize| labels.get(i).and_then(|own| own.first());
    let is_of_a_day = |i: &usize| {
        let item = own(i).and_then(|label| label.item(FormKind::Daily));
        item.is_some_and(|item| item.is_of_a_day() || item == Item::Date)
    };
    const FEWEST: usize = 3;
    if run.iter().filter(|i| is_of_a_day(i)).count() < FEWEST {
        return run;
    }
    let is_stranger = |i: &usize| {
        own(i).is_some_and(|label| {
            !label.meanings.is_empty() && label.item(FormKind::Daily).is_none()
        })
    };
    while run.last().is_some_and(is_stranger) {
        run.pop();
    }
    let first = run.iter().position(|i| !is_stranger(i)).unwrap_or(0);
    run.split_off(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label;
    use crate::recognise::wording::vocabulary::Vocabulary;

    /// The heads down the first column of a sheet, cut; texts row by row.
    fn heads(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let sheet = Sheet::of_rows(rows);
        let grid = Grid::of(&sheet);
        let found = label::labels(&grid, Vocabulary::builtin());
        let turned: Vec<Label> = found.iter().map(Label::transposed).collect();
        let grid = grid.transposed();
        let run: Vec<usize> = grid.row(0).to_vec();
        let text = |i: &usize| grid.block(*i).text.clone();
        let cut = cut(&grid, &by_block(&turned), &run).into_iter();
        cut.map(|piece| piece.iter().map(text).collect()).collect()
    }

    const DAYS: [&[&str]; 5] = [
        &["月日", "9/1", "9/2"],
        &["利用区分", "在宅", "通所"],
        &["作業時間", "10:00～12:00"],
        &["作業内容", "作業", "作業"],
        &["記録者", "大友"],
    ];

    #[test]
    fn the_user_above_and_the_week_below_are_no_heads_of_days() {
        let days: Vec<String> = DAYS.iter().map(|row| row[0].to_owned()).collect();
        let mut rows: Vec<&[&str]> = vec![&["氏名", "森下　澪", "受給者証番号", "0100000031"]];
        rows.extend(DAYS);
        rows.push(&["評価内容", "予定どおり"]);
        rows.push(&["週の評価", "評価日：9月5日", "方法：電話"]);
        rows.push(&["月日", "9/8", "9/9"]);
        assert_eq!(heads(&rows), [days.clone(), vec!["月日".to_owned()]]);
        assert_eq!(heads(&DAYS), [days]);
    }

    #[test]
    fn users_across_keep_all_their_heads() {
        let rows: [&[&str]; 4] = [
            &["氏名", "森下　澪", "原　拓海"],
            &["受給者証番号", "0100000031", "0100000032"],
            &["同意日", "R7.4.1", "R7.4.2"],
            &["希望理由", "通院", "体力"],
        ];
        assert_eq!(heads(&rows)[0].len(), 4);
    }
}
