//! When the work was, in a table that also tells when each of its contacts was: both ends of a
//! time in one cell are the work's, whatever the heads call the two columns.
//!
//! What the times are is not read here.

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Lets the column with both ends of a time tell when the work was, where the only other times
/// under the header are those of contacts, one in a cell.
pub fn claim(grid: &Grid, header: &mut Header) {
    let told = [Item::Start, Item::End, Item::DateTime];
    if header.kind != FormKind::Daily || told.into_iter().any(|item| header.has(item)) {
        return;
    }
    let is_span = |column: &Column| holds_spans(grid, header, column);
    let of_contacts = |column: &&Column| {
        matches!(
            column.holds,
            Some(Holds::Item(Item::Time) | Holds::Part(Item::Time))
        )
    };
    let mut contacts = header.columns.iter().filter(of_contacts).peekable();
    if contacts.peek().is_none() || contacts.any(is_span) {
        return;
    }
    let words = &layout_words::words().contacts;
    let mut open = (0..).zip(&header.columns).filter(|(_, column)| {
        let is_else = column.heads.iter().any(|head| words.is_no_work(head));
        column.holds.is_none() && !is_else && is_span(column)
    });
    let only = open.next().filter(|_| open.next().is_none());
    let at: Option<usize> = only.map(|(at, _)| at);
    if let Some(column) = at.and_then(|at| header.columns.get_mut(at)) {
        column.holds = Some(Holds::Item(Item::Time));
    }
}

/// The first column of those that tell when the work was, where several tell a time.
pub fn column(grid: &Grid, header: &Header) -> Option<u32> {
    let words = &layout_words::words().contacts;
    let times = header
        .columns
        .iter()
        .filter(|column| column.holds == Some(Holds::Item(Item::Time)));
    let times: Vec<&Column> = times.collect();
    let of_contacts = |column: &&Column| column.heads.iter().any(|head| words.is_time(head));
    let (named, others): (Vec<&Column>, Vec<&Column>) =
        times.iter().copied().partition(of_contacts);
    if times.len() < 2 {
        return None;
    }
    let mut spans = times
        .iter()
        .filter(|column| holds_spans(grid, header, column));
    let only = spans.next().filter(|_| spans.next().is_none()).copied();
    let first = match named.is_empty() {
        true => None,
        false => others.first().copied(),
    };
    only.or(first).map(|column| column.span.0)
}

/// Whether what is written under the head of a column are times with both ends. Below the table
/// may stand another form, in boxes of its own widths.
fn holds_spans(grid: &Grid, header: &Header, column: &Column) -> bool {
    const MOST_ROWS: usize = 60;
    let rows = grid.rows_between(header.rows.1.saturating_add(1), grid.last_row());
    let (mut spans, mut all) = (0usize, 0usize);
    for row in rows.take(MOST_ROWS) {
        if all > 0 && reaches_out(grid, row, column.span) {
            break;
        }
        for &i in grid.row_within(row, column.span.0, column.span.1) {
            let block = grid.block(i);
            if block.range.first.row == row && block.stored.is_some() {
                all += 1;
                spans += usize::from(is_span(&block.text));
            }
        }
    }
    spans > 0 && spans * 3 >= all * 2
}

/// Whether something is written in `row` in a box that is partly in these columns only.
fn reaches_out(grid: &Grid, row: u32, (first, last): (u32, u32)) -> bool {
    let mut over = grid.row_over(row, first, last);
    over.any(|i| {
        let block = grid.block(i);
        let range = block.range;
        block.stored.is_some() && (range.first.col < first || last < range.last.col)
    })
}

/// `10:00～15:00`, `10時から15時まで`: two times of day and what stands between the ends of a
/// span.
fn is_span(text: &str) -> bool {
    let text = squash(text);
    let is_time =
        |part: &str| part.contains([':', '時']) && part.contains(|c: char| c.is_ascii_digit());
    let parts = text.split_once('~').or_else(|| text.split_once("から"));
    let parts = parts.or_else(|| text.split_once('-'));
    parts.is_some_and(|(from, to)| is_time(from) && is_time(to))
}

#[cfg(test)]
mod tests {
    use crate::recognise::item::Item;
    use crate::recognise::testing::{lines, said};

    /// The time of the work, its start and its end as the first day under these heads has them.
    fn told(heads: [&str; 2], work: &str) -> [Vec<String>; 3] {
        let heads = [
            "日付",
            heads[0],
            "作業内容",
            "区分",
            heads[1],
            "方法",
            "内容",
        ];
        let day: [&[&str]; 3] = [
            &["9/1", work, "検品", "開始", "9:55", "電話", "始める。"],
            &["", "", "", "途中", "", "", ""],
            &["", "", "", "終了", "14:57", "電話", "終える。"],
        ];
        let rows: Vec<&[&str]> = std::iter::once(&heads[..]).chain(day).collect();
        let found = lines(&rows, &["A2:A4", "B2:B4", "C2:C4"]);
        assert_eq!(found.len(), 1, "{found:#?}");
        [Item::Time, Item::Start, Item::End].map(|item| said(&found[0], item))
    }

    #[test]
    fn a_span_tells_when_the_work_was_whatever_it_is_called() {
        for head in [
            "提供時間",
            "実施時間",
            "開始～終了",
            "支援の時間帯",
            "就労した時",
            "時間",
        ] {
            for time in ["時刻", "連絡時刻", "時間"] {
                let [work, start, end] = told([head, time], "10:00～15:00");
                assert_eq!(work, ["10:00～15:00"], "{head} {time}");
                assert!(start.is_empty() && end.is_empty(), "{head} {time}");
            }
        }
    }

    #[test]
    fn boxes_of_another_form_below_say_nothing_of_a_column() {
        let heads = ["日付", "支援時間", "作業", "区分", "時刻", "方法", "内容"];
        let rows: [&[&str]; 9] = [
            &heads,
            &["9/1", "10:00～15:00", "検品", "始業", "9:55", "電話", "始"],
            &["", "", "", "終業", "14:57", "電話", "終"],
            &["9/2", "10:00～15:00", "検品", "始業", "9:55", "電話", "始"],
            &["", "", "", "終業", "14:57", "電話", "終"],
            &["週間評価"],
            &["評価日", "令和7年9月5日"],
            &["評価方法", "来所"],
            &["評価者", "森 健太"],
        ];
        let days = ["A2:A3", "B2:B3", "C2:C3", "A4:A5", "B4:B5", "C4:C5"];
        let times = |below: &str| {
            let found = lines(&rows, &[&days[..], &[below]].concat());
            found
                .iter()
                .map(|line| said(line, Item::Time))
                .collect::<Vec<_>>()
        };
        let of_work = vec![vec!["10:00～15:00".to_owned()]; 2];
        assert_eq!(times("A6:G6"), of_work);
        assert_ne!(times("C6:G6"), of_work);
    }

    #[test]
    fn a_pause_is_no_time_of_the_work() {
        for head in ["昼休み", "休憩", "予定時間帯"] {
            let [work, start, end] = told([head, "時刻"], "12:00～13:00");
            assert!(work.is_empty(), "{head}");
            assert_eq!([start, end], [["9:55"], ["14:57"]], "{head}");
        }
    }

    #[test]
    fn contacts_in_columns_leave_the_time_of_the_work_too() {
        let rows: [&[&str]; 3] = [
            &[
                "日付",
                "コアタイム",
                "開始時の連絡",
                "",
                "終了時の連絡",
                "",
                "作業内容",
            ],
            &["", "", "時刻", "内容", "時刻", "内容", ""],
            &[
                "9/1",
                "10:00～15:00",
                "9:55",
                "始める。",
                "14:57",
                "終える。",
                "検品",
            ],
        ];
        let merged = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"];
        let found = lines(&rows, &merged);
        assert_eq!(said(&found[0], Item::Time), ["10:00～15:00"]);
        assert!(said(&found[0], Item::Start).is_empty());
    }
}
