//! What stands beside the days that lie across a sheet and is none of them: 週平均, 合計 or 備考 in
//! the row of the days, and a column under no head at all.
//!
//! Works on a sheet that lies on its side, as its tables do: the days stand below each other here.

use std::collections::BTreeSet;

use crate::recognise::calendar::{is_day, is_no_day, is_weekday};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, LabelBlocks};
use crate::recognise::table::header::{Header, Holds};
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Days that make a row of days.
const FEWEST: usize = 2;

/// Cells in a row of days that are looked at.
const MOST: usize = 40;

/// The rows under a header that are beside its days. A row with labels in it may be another form.
pub fn rows(grid: &Grid, labels: &LabelBlocks, header: &Header) -> BTreeSet<u32> {
    let mut columns = header.columns.iter();
    let dates = columns.find(|column| column.holds == Some(Holds::Item(Item::Date)));
    let Some(dates) = dates.filter(|_| header.kind == FormKind::Daily) else {
        return BTreeSet::new();
    };
    let left = header.columns.first().map_or(0, |column| column.span.0);
    let right = header.columns.iter().map(|column| column.span.1).max();
    let asks = |i: &usize| {
        let is_head = grid.block(*i).range.first.col <= dates.span.1;
        labels.all.contains(i) && !labels.idle.contains(i) && !is_head
    };
    let is_plain = |row: &u32| {
        let mut here = grid.row_within(*row, left, right.unwrap_or(left)).iter();
        !here.any(asks)
    };
    let heads = Heads::under(grid, dates.span, header.rows.1);
    let mut found: BTreeSet<u32> = heads.others.iter().map(|(row, _)| *row).collect();
    found.extend(heads.blank());
    found.retain(is_plain);
    found
}

/// Whether a label that stands in the row of a head of days heads what is beside them: behind
/// some days, and with no value of its own.
pub fn is_head(grid: &Grid, dates: &Label, label: &Label) -> bool {
    const SURE: usize = 3;
    let range = dates.range;
    let at = label.range.first.row;
    let span = (range.first.col, range.last.col);
    let heads = Heads::under(grid, span, range.last.row);
    let before = heads.days.iter().filter(|(_, last)| *last < at).count();
    let is_last = || {
        let behind = label.range.last.row.saturating_add(1);
        let mut rows = grid.rows_between(behind, grid.last_row()).take(MOST);
        !rows.any(|row| {
            let mut here = grid.row_within(row, span.0, span.1).iter();
            here.any(|&i| grid.block(i).stored.is_some())
        })
    };
    heads.others.iter().any(|(row, _)| *row == at)
        && (before >= SURE || before >= FEWEST && is_last())
}

/// Leaves the days at the head of records where something else stands behind them.
pub fn leave_days(cells: &mut Vec<(usize, &Block)>) {
    let days = cells.iter().take_while(|(_, block)| is_of_days(block));
    let days = days.count();
    let others = cells.get(days..).unwrap_or_default();
    if days >= FEWEST && others.iter().all(|(_, block)| is_other(block)) {
        cells.truncate(days);
    }
}

/// What stands in the column of the days.
#[derive(Default)]
struct Heads {
    /// The first and the last row of each day.
    days: Vec<(u32, u32)>,
    /// The first and the last row of each other text.
    others: Vec<(u32, u32)>,
}

impl Heads {
    /// What stands below `above`; nothing but days where there are too few of them.
    fn under(grid: &Grid, span: (u32, u32), above: u32) -> Self {
        const GAP: u32 = 4;
        let mut heads = Self::default();
        let mut last = above;
        for row in grid
            .rows_between(above.saturating_add(1), grid.last_row())
            .take(MOST)
        {
            if row > last.saturating_add(GAP) {
                break;
            }
            let here = grid.row_within(row, span.0, span.0).iter();
            let head = here
                .map(|&i| grid.block(i))
                .find(|block| block.stored.is_some() && block.range.first.row == row);
            let Some(block) = head else { continue };
            let rows = (row, block.range.last.row);
            last = rows.1;
            if is_of_days(block) {
                heads.days.push(rows);
            } else if is_other(block) {
                heads.others.push(rows);
            }
        }
        // Between the parts of one date stand 年 and 月.
        let first = heads.days.first().map(|(row, _)| *row);
        let last = heads.days.last().map(|(row, _)| *row);
        let is_between = |row: u32| first.is_some_and(|f| f < row) && last.is_some_and(|l| row < l);
        let mut others = heads.others.iter();
        if heads.days.len() < FEWEST || others.any(|(row, _)| is_between(*row)) {
            return Self::default();
        }
        heads
    }

    /// The row right behind the last day, where each day has one row and nothing parts them.
    fn blank(&self) -> Option<u32> {
        let touch =
            |pair: &[(u32, u32)]| matches!(pair, [one, two] if one.0.checked_add(1) == Some(two.0));
        let (last, _) = self.days.last()?;
        let next = last.checked_add(1)?;
        let is_taken = self.others.iter().any(|(row, _)| *row == next);
        (self.days.len() >= FEWEST && self.days.windows(2).all(touch) && !is_taken).then_some(next)
    }
}

/// A day, or a weekday that stands for one.
fn is_of_days(block: &Block) -> bool {
    let stored = block.stored.as_ref();
    stored.is_some_and(|stored| is_day(&block.text, stored)) || is_weekday(&squash(&block.text))
}

/// A text that is neither a day, however it is written, nor the head of a day's own column.
fn is_other(block: &Block) -> bool {
    let text = squash(&block.text);
    let words = layout_words::words();
    let may_be_day =
        text.starts_with(|c: char| c.is_ascii_digit()) || words.dates.begins_with_era(&text);
    !text.is_empty()
        && !may_be_day
        && !is_of_days(block)
        && !is_no_day(&text)
        && words.contacts.part(&block.text).is_none()
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::testing::recognised;
    use crate::recognise::{FormKind, Item};

    /// The date and the work of each day on a sheet with a column more beside its days.
    fn days(more: [&str; 6]) -> Vec<(String, String)> {
        let rows: [[&str; 5]; 6] = [
            ["日付", "9/1", "9/2", "9/3", more[0]],
            ["開始時刻", "9:30", "10:00", "9:30", more[1]],
            ["終了時刻", "12:30", "15:00", "12:30", more[2]],
            ["作業内容", "検品", "宛名書き", "入力", more[3]],
            ["心身の状況", "良好", "眠気", "良好", more[4]],
            ["記録者", "大友", "津田", "大友", more[5]],
        ];
        let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
        let found = recognised(Sheet::of_rows(&rows));
        let days = found.forms.iter().filter(|f| f.kind == FormKind::Daily);
        let text = |form: &crate::recognise::Form, item: Item| {
            let entries = form.entries.get(&item).into_iter().flatten();
            let words = entries.flat_map(|entry| &entry.words);
            words.map(|word| word.text.as_str()).collect::<String>()
        };
        days.map(|form| (text(form, Item::Date), text(form, Item::Work)))
            .collect()
    }

    fn three() -> Vec<(String, String)> {
        let days = [("9/1", "検品"), ("9/2", "宛名書き"), ("9/3", "入力")];
        days.map(|(day, work)| (day.to_owned(), work.to_owned()))
            .to_vec()
    }

    #[test]
    fn a_column_beside_the_days_breaks_no_row_of_days() {
        for more in [
            ["週平均", "", "", "", "良", ""],
            ["平均", "9:40", "13:20", "", "", ""],
            ["備考", "", "", "連休あり", "", ""],
            ["今週のひとこと", "", "", "入力が速くなった", "", ""],
            ["確認", "", "", "", "", "岡"],
            ["", "", "", "まとめ", "", ""],
            ["合計", "", "11時間", "", "", ""],
        ] {
            assert_eq!(days(more), three(), "{more:?}");
        }
    }

    #[test]
    fn the_parts_of_one_date_are_no_days() {
        let rows: [&[&str]; 4] = [
            &["実施日", "7", "年", "9", "月", "1", "日", "（月）", "時間"],
            &["作業内容", "検品"],
            &["心身の状況", "良好"],
            &["記録者", "大友"],
        ];
        let found = recognised(Sheet::of_rows(&rows));
        let days = found.forms.iter().filter(|f| f.kind == FormKind::Daily);
        assert_eq!(days.count(), 1);
    }

    #[test]
    fn a_fourth_day_is_a_day_however_it_is_written() {
        for day in ["9/4", "9月4日（木）", "令和7年9月4日"] {
            let all = days([day, "9:30", "12:30", "検品", "良好", "津田"]);
            assert_eq!(all.len(), 4, "{day}");
        }
    }
}
