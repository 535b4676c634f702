//! A calendar month.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A calendar month, ordered in time; shown as `2025-09`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// The month, if year and month are a real one.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(Self)
    }

    /// The month that holds `date`.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }

    /// Reads `2025-09`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.next()
            .0
            .checked_sub_days(Days::new(1))
            .unwrap_or(self.0)
    }

    /// The day `day` of it, if there is one.
    pub fn day(self, day: u32) -> Option<NaiveDate> {
        self.0.with_day(day)
    }

    /// The month after it.
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month before it.
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    /// 西暦年
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn number(self) -> u32 {
        self.0.month()
    }

    /// Whether `date` lies in it.
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_turn_over_the_year() {
        let december = Month::new(2025, 12).unwrap();
        assert_eq!(december.next().to_string(), "2026-01");
        assert_eq!(december.last().to_string(), "2025-12-31");
        assert_eq!(Month::parse("2024-02").unwrap().last().day(), 29);
        assert_eq!(Month::parse("2024-13"), None);
    }
}
