//! The month that the names of a record's sheet and file tell.

use chrono::{Datelike, Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use crate::model::{Month, Source};

/// Days by which a week can reach out of its month.
const REACH: u64 = 6;

/// How a record's date goes with the names of its sheet and file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// In the month that they tell, or they tell none.
    Inside,
    /// In the file's month, and the sheet is named after another.
    OtherSheet,
    /// In another month than either tells.
    Outside,
}

/// How `day` goes with the names. In a name that speaks of a week, the days of a week that
/// crosses the month belong to it.
pub fn fit(source: &Source, day: NaiveDate) -> Fit {
    match names(source) {
        (Some(sheet), _) if sheet.holds(day) => Fit::Inside,
        (Some(_), Some(file)) if file.holds(day) => Fit::OtherSheet,
        (Some(_), _) => Fit::Outside,
        (None, Some(file)) if !file.holds(day) => Fit::Outside,
        (None, _) => Fit::Inside,
    }
}

/// The month that the names tell, the sheet's before the file's; its year as `day` has it
/// where they tell none.
pub fn filed_month(source: &Source, day: NaiveDate) -> Option<Month> {
    let (sheet, file) = names(source);
    let named = sheet.or(file)?;
    Month::new(named.year.unwrap_or(day.year()), *named.months.first()?)
}

fn names(source: &Source) -> (Option<Named>, Option<Named>) {
    let file = named(source.file.rsplit('/').next().unwrap_or_default());
    let mut sheet = named(&source.sheet);
    // A sheet called 9月 takes its year from the file, if that speaks of the same month.
    if let (Some(sheet), Some(file)) = (&mut sheet, &file)
        && sheet.year.is_none()
        && sheet.months.iter().any(|month| file.months.contains(month))
    {
        sheet.year = file.year;
    }
    (sheet, file)
}

/// What a name tells.
struct Named {
    year: Option<i32>,
    months: Vec<u32>,
    /// Days that still belong to it on either side.
    spares: u64,
}

impl Named {
    fn holds(&self, day: NaiveDate) -> bool {
        let spares = Days::new(self.spares);
        let days = [
            day.checked_sub_days(spares).unwrap_or(day),
            day,
            day.checked_add_days(spares).unwrap_or(day),
        ];
        days.iter().any(|day| {
            self.months.contains(&day.month()) && self.year.is_none_or(|year| year == day.year())
        })
    }
}

/// `2025年9月`, `2025-09`, `202509`, `令和7年9月`, `R7.09`, or `9月` and `9月29日～10月3日`
/// without the year.
fn named(name: &str) -> Option<Named> {
    let plain: Vec<char> = name.nfkc().filter(|c| !c.is_whitespace()).collect();
    let spares = if name.contains('週') { REACH } else { 0 };
    let numbers = numbers(&plain);
    let follows = |number: &Number, c: char| plain.get(number.end) == Some(&c);
    for (at, number) in numbers.iter().enumerate() {
        if number.length == 6 {
            let (year, month) = (number.value / 100, number.value % 100);
            if let Some(named) = with_year(year, month, spares) {
                return Some(named);
            }
        }
        let next = numbers
            .get(at + 1)
            .filter(|next| next.start == number.end + 1);
        let joined = ['年', '-', '.', '/', '_']
            .iter()
            .any(|c| follows(number, *c));
        if let Some(next) = next.filter(|next| joined && next.length <= 2) {
            let year = match number.length {
                4 => Some(number.value),
                1 | 2 if is_reiwa(&plain, number.start) => Some(number.value + 2018),
                _ => None,
            };
            if let Some(named) = year.and_then(|year| with_year(year, next.value, spares)) {
                return Some(named);
            }
        }
    }
    let alone = numbers
        .iter()
        .filter(|number| follows(number, '月') && (1..=12).contains(&number.value));
    let months: Vec<u32> = alone.map(|number| number.value).collect();
    (!months.is_empty()).then_some(Named {
        year: None,
        months,
        spares,
    })
}

fn with_year(year: u32, month: u32, spares: u64) -> Option<Named> {
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (2000..2100).contains(year))?;
    Month::new(year, month)?;
    Some(Named {
        year: Some(year),
        months: vec![month],
        spares,
    })
}

fn is_reiwa(plain: &[char], start: usize) -> bool {
    let before = plain.get(..start).unwrap_or_default();
    matches!(before, [.., 'R' | 'r'] | [.., '令', '和'])
}

struct Number {
    start: usize,
    end: usize,
    length: usize,
    value: u32,
}

/// The runs of up to six digits.
fn numbers(plain: &[char]) -> Vec<Number> {
    let mut all = Vec::new();
    let mut start = 0;
    for run in plain.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        let end = start + run.len();
        let digits: String = run.iter().collect();
        if run.len() <= 6
            && let Ok(value) = digits.parse()
        {
            let length = run.len();
            all.push(Number {
                start,
                end,
                length,
                value,
            });
        }
        start = end;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::date;

    fn source(file: &str, sheet: &str) -> Source {
        Source {
            file: file.into(),
            sheet: sheet.into(),
            at: None,
            ..Source::default()
        }
    }

    #[test]
    fn a_week_may_cross_the_month() {
        let week = source("支援記録_2025年9月_第5週.xlsx", "");
        assert_eq!(fit(&week, date(2025, 10, 3)), Fit::Inside);
        assert_eq!(fit(&week, date(2025, 10, 8)), Fit::Outside);
        let month = source("支援記録_2025年9月.xlsx", "");
        assert_eq!(fit(&month, date(2025, 10, 3)), Fit::Outside);
        let days = source("記録.xlsx", "9月29日～10月3日");
        assert_eq!(fit(&days, date(2025, 10, 3)), Fit::Inside);
    }

    #[test]
    fn the_year_of_the_file_counts_for_its_sheets() {
        let sheet = source("記録_2025-09.xlsx", "9月1日・3日");
        assert_eq!(fit(&sheet, date(2025, 9, 3)), Fit::Inside);
        assert_eq!(fit(&sheet, date(2024, 9, 3)), Fit::Outside);
        assert_eq!(filed_month(&sheet, date(2024, 9, 3)), Month::new(2025, 9));
        let other = source("記録_2025-04.xlsx", "1月");
        assert_eq!(fit(&other, date(2026, 1, 8)), Fit::Inside);
    }

    #[test]
    fn of_sheet_and_file_either_may_be_right() {
        let odd = source("記録_2025-09.xlsx", "8月");
        assert_eq!(fit(&odd, date(2025, 9, 5)), Fit::OtherSheet);
        assert_eq!(fit(&odd, date(2025, 8, 5)), Fit::Inside);
        assert_eq!(fit(&odd, date(2025, 7, 5)), Fit::Outside);
    }

    #[test]
    fn months_are_read_from_names() {
        let read = |name: &str| named(name).map(|named| (named.year, named.months));
        for name in [
            "2025年9月",
            "記録_2025-09",
            "202509",
            "令和７年９月分",
            "R7.09",
            "2025-09-05",
        ] {
            assert_eq!(read(name), Some((Some(2025), vec![9])), "{name}");
        }
        assert_eq!(read("9月"), Some((None, vec![9])));
        for name in ["記録", "1-2", "様式2-2", "13月", "20251301", "3日目"] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
