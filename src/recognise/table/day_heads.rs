//! What stands at the head of a day: the day over its weekday or over the heads of its columns,
//! or its weekday alone, where the week stands above.

use crate::model::Ground;
use crate::recognise::calendar::{is_day, is_of_era, is_weekday};
use crate::recognise::form::Word;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::Table;
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Leaves the one day among the words at the head of a record whose others are its weekday or
/// the heads of its columns, 時刻 and 内容.
pub fn leave_day(words: &mut Vec<Word>) {
    let is_day = |word: &Word| {
        let stored = word.stored.as_ref();
        stored.is_some_and(|stored| is_day(&word.text, stored))
    };
    let contacts = &layout_words::words().contacts;
    let is_beside =
        |word: &Word| is_weekday(&squash(&word.text)) || contacts.part(&word.text).is_some();
    let days = words.iter().filter(|word| is_day(word)).count();
    if words.len() > 1 && days == 1 && words.iter().all(|word| is_day(word) || is_beside(word)) {
        words.retain(is_day);
    }
}

/// Puts the week that stands above a table of days before the weekday at the head of each, where
/// nothing but weekdays tells its days.
pub fn name_week(grid: &Grid, tables: &mut [Table]) {
    for table in tables
        .iter_mut()
        .filter(|table| table.kind == FormKind::Daily)
    {
        let dates = || {
            let lines = table.lines.iter();
            lines.flat_map(|line| line.entries.get(&Item::Date).into_iter().flatten())
        };
        let mut words = dates().flat_map(|entry| &entry.words).peekable();
        if words.peek().is_none() || !words.all(|word| is_weekday(&squash(&word.text))) {
            continue;
        }
        let Some(week) = week_above(grid, table.range.first.row) else {
            continue;
        };
        let lines = table.lines.iter_mut();
        let dates = lines.flat_map(|line| line.entries.get_mut(&Item::Date).into_iter().flatten());
        for date in dates {
            // What two cells say together, so that it is never quite sure.
            date.grounds.insert(Ground::LabelByWord);
            for word in &mut date.words {
                word.text = format!("{week} {}", word.text);
                word.stored = None;
            }
        }
    }
}

/// The one period of days in the rows above `row`, as written.
fn week_above(grid: &Grid, row: u32) -> Option<String> {
    const REACH: u32 = 8;
    let rows = grid.rows_between(row.saturating_sub(REACH), row.checked_sub(1)?);
    let blocks = rows.flat_map(|row| grid.row(row).iter().map(move |&i| (row, i)));
    let blocks = blocks.map(|(row, i)| (row, grid.block(i)));
    let here = blocks.filter(|(row, block)| block.range.first.row == *row);
    let mut weeks: Vec<String> = here.filter_map(|(_, block)| week(&block.text)).collect();
    weeks.sort_unstable();
    weeks.dedup();
    match weeks.as_slice() {
        [week] => Some(week.clone()),
        _ => None,
    }
}

/// A period of days in a text: all of it, what stands in its brackets or behind its label.
fn week(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    if text.chars().count() > LONGEST {
        return None;
    }
    let mut parts = text.split(['（', '）', '(', ')', '：', ':']).map(squash);
    parts.find(|part| {
        let Some((from, to)) = part.split_once('~').or(part.split_once("から")) else {
            return false;
        };
        let has_day = |side: &str| side.contains(|c: char| c.is_ascii_digit());
        let is_date = |c: char| c.is_ascii_digit() || is_of_era(c) || "元年月日./-".contains(c);
        let to = to.strip_suffix("まで").unwrap_or(to);
        has_day(from)
            && has_day(to)
            && from.contains(['月', '/', '.'])
            && from.chars().chain(to.chars()).all(is_date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::word;

    fn left(texts: &[&str]) -> Vec<String> {
        let mut words: Vec<Word> = texts.iter().map(|text| word("A1", text)).collect();
        leave_day(&mut words);
        words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_day_is_left_of_what_stands_at_its_head() {
        assert_eq!(left(&["9/1", "(月)"]), ["9/1"]);
        assert_eq!(left(&["9月1日(月)", "時刻", "内容"]), ["9月1日(月)"]);
        for others in [&["9/1", "9/2"][..], &["9/1", "検品"], &["月"]] {
            assert_eq!(left(others), others);
        }
    }

    #[test]
    fn a_week_is_told_by_its_first_and_last_day() {
        for (text, told) in [
            ("2025/9/8～9/12", Some("2025/9/8~9/12")),
            ("対象週：9月8日～12日", Some("9月8日~12日")),
            (
                "令和７年９月　第２週（９月８日～９月１２日）",
                Some("9月8日~9月12日"),
            ),
            ("10:00～15:00", None),
            ("9月8日", None),
            ("月～金", None),
        ] {
            assert_eq!(week(text).as_deref(), told, "{text}");
        }
    }
}
