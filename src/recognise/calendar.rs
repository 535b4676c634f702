//! Days of the month in the header of a table, or at the head of its lines.

use serde::Deserialize;

use crate::read::Stored;
use crate::recognise::grid::Grid;
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// How a date names its year.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    eras: Vec<String>,
    letters: String,
}

impl DateWords {
    /// Whether an era is written with the character.
    fn is_of_era(&self, c: char) -> bool {
        match c.is_ascii() {
            true => self.letters.contains(c.to_ascii_uppercase()),
            false => self.eras.iter().any(|era| era.contains(c)),
        }
    }

    /// Whether a text begins with an era, by its name or its letter.
    pub fn begins_with_era(&self, text: &str) -> bool {
        self.eras.iter().any(|era| text.starts_with(era.as_str()))
            || text.starts_with(|c| self.letters.contains(c))
    }

    /// The era that a text ends with, by its name or its letter.
    pub fn era_at_end<'a>(&self, text: &'a str) -> Option<&'a str> {
        let letters = || {
            text.char_indices()
                .next_back()
                .filter(|(_, c)| self.letters.contains(*c))
        };
        let named = self.eras.iter().find(|era| text.ends_with(era.as_str()));
        let from = match named {
            Some(era) => text.len() - era.len(),
            None => letters()?.0,
        };
        text.get(from..)
    }
}

/// Whether an era is written with the character.
pub fn is_of_era(c: char) -> bool {
    layout_words::words().dates.is_of_era(c)
}

/// A run of this many header cells that count up is a calendar.
const SHORTEST_CALENDAR: usize = 7;

/// The day of the month that a header names: `3`, `3日`, `9/3`.
pub fn day_number(text: &str) -> Option<u32> {
    let digits = text.strip_suffix('日').unwrap_or(text);
    let digits = digits.rsplit(['/', '月']).next()?;
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// Whether a cell names one day: a serial, a bare day of the month, or a date in any notation,
/// its weekday in brackets or not.
pub fn is_day(text: &str, stored: &Stored) -> bool {
    if let Stored::Moment(serial) = stored {
        return *serial >= 1.0;
    }
    let text = squash(text);
    let date = match text.split_once('(') {
        Some((date, weekday)) if is_weekday(weekday.trim_end_matches(['曜', '日', ')'])) => date,
        Some((date, weekday)) if is_weekday(weekday.trim_end_matches(')')) => date,
        Some(_) => return false,
        None => text.as_str(),
    };
    // A number behind the letter of an era long past is a code.
    let date = date.trim_start_matches(['令', '和', 'R', 'r']);
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = date
        .trim_end_matches('日')
        .split(['年', '月', '/', '.', '-'])
        .collect();
    day_number(date).is_some() && date.parse::<f64>().is_ok()
        || matches!(parts.len(), 1..=3)
            && parts.iter().all(|part| digits(part))
            && parts.last().is_some_and(|day| day_number(day).is_some())
}

/// Whether a cell among days stands for none: `―`, `／`.
pub fn is_no_day(text: &str) -> bool {
    let text = squash(text);
    !text.is_empty() && text.chars().all(|c| "-ー―—–‐/\\×".contains(c))
}

/// Whether the text is one day of the week, or 祝.
pub fn is_weekday(text: &str) -> bool {
    let text = text.trim_matches(['(', ')']);
    let day = text.strip_suffix('曜').or(text.strip_suffix("曜日"));
    matches!(
        day.unwrap_or(text),
        "月" | "火" | "水" | "木" | "金" | "土" | "日" | "祝"
    )
}

/// `1` `月`: the first line of a table by day, not a level of its header.
pub fn is_day_line(grid: &Grid, blocks: &[usize]) -> bool {
    let text = |at: usize| blocks.get(at).map(|&i| squash(&grid.block(i).text));
    text(0).is_some_and(|day| day_number(&day).is_some())
        && text(1).is_some_and(|weekday| is_weekday(&weekday))
}

/// Whether a run of cells counts up the days of a month.
pub fn counts_up(grid: &Grid, run: &[usize]) -> bool {
    let days: Vec<Option<u32>> = run
        .iter()
        .map(|&i| day_number(&squash(&grid.block(i).text)))
        .collect();
    let follows = |w: &[Option<u32>]| matches!((w[0], w[1]), (Some(a), Some(b)) if a + 1 == b);
    days.windows(SHORTEST_CALENDAR)
        .any(|few| few.windows(2).all(follows))
}

/// Columns whose headers count up day by day.
pub fn calendar(columns: &[((u32, u32), Vec<String>)]) -> Vec<(u32, u32)> {
    let mut runs: Vec<Vec<(u32, u32)>> = vec![Vec::new()];
    let day_of = |texts: &Vec<String>| texts.iter().rev().find_map(|t| day_number(&squash(t)));
    for (n, ((col, _), texts)) in columns.iter().enumerate() {
        // A heading left blank between the 3rd and the 5th is that of the 4th.
        let between = || {
            let before = day_of(&columns.get(n.checked_sub(1)?)?.1)?;
            let after = day_of(&columns.get(n + 1)?.1)?;
            (texts.is_empty() && before + 2 == after).then_some(before + 1)
        };
        let day = day_of(texts).or_else(between);
        match (day, runs.last_mut()) {
            (Some(day), Some(run)) if run.last().is_none_or(|(_, before)| before + 1 == day) => {
                run.push((*col, day))
            }
            (Some(day), _) => runs.push(vec![(*col, day)]),
            (None, _) => runs.push(Vec::new()),
        }
    }
    // A calendar may be cut in two halves of a month.
    runs.into_iter()
        .filter(|run| run.len() >= SHORTEST_CALENDAR)
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_between_two_days_is_the_day_between() {
        let columns = |texts: &[&str]| -> Vec<((u32, u32), Vec<String>)> {
            let filled = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
            let columns = texts.iter().zip(0..);
            columns
                .map(|(text, col)| ((col, col), filled(text).into_iter().collect()))
                .collect()
        };
        let days = |texts: &[&str]| -> Vec<u32> {
            let found = calendar(&columns(texts));
            found.into_iter().map(|(_, day)| day).collect()
        };
        let whole: Vec<u32> = (1..=9).collect();
        assert_eq!(days(&["1", "2", "3", "", "5", "6", "7", "8", "9"]), whole);
        assert!(days(&["1", "2", "3", "", "", "6", "7", "8", "9"]).is_empty());
        assert!(days(&["1", "2", "3", "計", "5", "6", "7", "8", "9"]).is_empty());
    }

    #[test]
    fn a_day_of_the_week_may_be_written_out() {
        for day in ["月", "(火)", "水曜", "木曜日", "(金曜日)", "祝"] {
            assert!(is_weekday(day), "{day}");
        }
        for other in ["曜日", "1月", "月分", "日曜出勤", ""] {
            assert!(!is_weekday(other), "{other}");
        }
    }

    #[test]
    fn a_cell_names_a_day_in_any_notation() {
        let is_day = |text: &str| is_day(text, &Stored::Text(text.to_owned()));
        for day in [
            "3",
            "3日",
            "9/3",
            "9月3日（水）",
            "R7.9.3",
            "令和7年9月3日(水)",
            "2025/9/3",
            "１０月１日（水曜日）",
        ] {
            assert!(is_day(day), "{day}");
        }
        for other in ["", "第1週", "9:30", "電話", "1回目", "45", "9/1～9/5"] {
            assert!(!is_day(other), "{other}");
        }
    }
}
