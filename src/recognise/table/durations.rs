//! Columns that tell how long, under a head that also asks when: 時間 over `4`, below 賃金 and beside
//! 始業 and 終業.

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::text::squash;

/// Takes from such columns the time of the work.
pub fn leave(grid: &Grid, header: &mut Header) {
    if header.kind != FormKind::Daily || !header.has(Item::Time) {
        return;
    }
    let rows = header.rows.1;
    for column in &mut header.columns {
        if column.holds == Some(Holds::Item(Item::Time)) && holds_counts(grid, rows, column) {
            column.holds = None;
        }
    }
}

/// Whether all that is written below the head of a column are counts of hours: one plain figure a
/// row, of so few digits that it is no time of day.
fn holds_counts(grid: &Grid, head: u32, column: &Column) -> bool {
    const MOST_ROWS: usize = 60;
    let rows = grid.rows_between(head.saturating_add(1), grid.last_row());
    let mut counts = 0usize;
    for row in rows.take(MOST_ROWS) {
        let here = grid.row_within(row, column.span.0, column.span.1).iter();
        let here = here.map(|&i| grid.block(i));
        let written = here.filter(|block| block.range.first.row == row && block.holds());
        let texts: Vec<String> = written.map(|block| squash(&block.text)).collect();
        match &texts[..] {
            [] => {}
            [text] if is_count(text) => counts += 1,
            _ => return false,
        }
    }
    counts > 0
}

fn is_count(text: &str) -> bool {
    const MOST_DIGITS: usize = 3;
    let text = text.trim_end_matches(['h', 'H']);
    let text = text.strip_suffix("時間").unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_figure = |text: &str| {
        !text.is_empty() && text.len() < MOST_DIGITS && text.chars().all(|c| c.is_ascii_digit())
    };
    is_figure(whole) && is_figure(part)
}

#[cfg(test)]
mod tests {
    use crate::recognise::item::Item;
    use crate::recognise::testing::{lines, said};

    /// What two days of a table say of an item, with one more column between the others.
    fn told(hours: [&'static str; 2], item: Item) -> Vec<Vec<String>> {
        let heads: [&str; 6] = ["日付", "始業", "終業", "業務内容", "時間", "記録者"];
        let day = |date, hours| [date, "9:30", "14:30", "入力", hours, "原"];
        let [one, two] = [day("9/1", hours[0]), day("9/2", hours[1])];
        let lines = lines(&[&heads, &one, &two], &[]);
        lines.iter().map(|line| said(line, item)).collect()
    }

    #[test]
    fn hours_that_were_counted_are_no_time_of_the_work() {
        for hours in [["4", "4.5"], ["4時間", "4.5時間"], ["4", ""]] {
            assert_eq!(told(hours, Item::Time), [[""; 0], [""; 0]], "{hours:?}");
            assert_eq!(told(hours, Item::Start), [["9:30"], ["9:30"]]);
        }
    }

    #[test]
    fn times_of_day_are() {
        for hours in [["9:30～14:30", ""], ["0930", "1430"], ["4", "9:30～14:30"]] {
            assert_eq!(told(hours, Item::Time)[0], [hours[0]], "{hours:?}");
        }
    }
}
