//! Dates, times and counts as the numbers that a spreadsheet reckons with, shown in the
//! notation of the forms.
//!
//! A value becomes a number only where the number is shown as the very text that the record
//! is written with; a text that was left as it is stays a text.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::model::{
    CertificateNumber, Mark, Method, Month, Service, Weekdays, date_in_japanese, time_of_day,
};

const DATE: &str = r#"[$-411]ggge"年"m"月"d"日""#;
const DATE_WITH_WEEKDAY: &str = r#"[$-411]ggge"年"m"月"d"日（"aaa"）""#;
const TIME: &str = "h:mm";
/// What is typed in stays a text, and so keeps its leading zeros.
const DIGITS: &str = "@";
/// Serial 0, as counted from March 1900 on.
const EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);
const SECONDS_OF_DAY: f64 = 86_400.0;

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Words.
    #[default]
    Text,
    /// Digits that are no number, such as 受給者証番号.
    Digits,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// How many.
    Count,
}

impl Kind {
    /// The number format of its cell; `None` for the general one.
    pub(super) fn format(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Count => None,
            Self::Digits => Some(DIGITS),
            Self::Date => Some(DATE),
            Self::Time => Some(TIME),
        }
    }

    /// Whether its numbers are shown as a text of a certain length, which Excel replaces by
    /// `####` where it does not fit.
    pub(super) fn is_moment(self) -> bool {
        matches!(self, Self::Date | Self::Time)
    }
}

/// A number and how it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub number: f64,
    /// `None` for the general format.
    pub format: Option<&'static str>,
}

impl Figure {
    /// How many.
    pub(super) fn count(count: u32) -> Self {
        Self {
            number: f64::from(count),
            format: Kind::Count.format(),
        }
    }
}

/// A kind of value that an item of a form can have.
pub(super) trait Written {
    /// What its cell is for.
    const KIND: Kind = Kind::Text;

    /// The number that is shown as `text`, where there is one.
    fn figure(&self, _text: &str) -> Option<Figure> {
        None
    }
}

impl Written for String {}
impl Written for Mark {}
impl Written for Method {}
impl Written for Month {}
impl Written for Service {}
impl Written for Weekdays {}

impl Written for crate::model::Answer {}

impl Written for CertificateNumber {
    const KIND: Kind = Kind::Digits;
}

impl Written for NaiveDate {
    const KIND: Kind = Kind::Date;

    fn figure(&self, text: &str) -> Option<Figure> {
        let date = date_in_japanese(*self);
        // The first year of an era is 元年 on paper and 1年 in a number format; days before
        // the eras of the forms are written with the year of the West.
        if date.contains('元') || date.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let weekday = Weekdays::from_iter([self.weekday()]).japanese();
        let format = match text.strip_prefix(&date)? {
            "" => DATE,
            rest if rest == format!("（{weekday}）") => DATE_WITH_WEEKDAY,
            _ => return None,
        };
        let days = self.signed_duration_since(EPOCH?).num_days();
        Some(Figure {
            number: days as f64,
            format: Some(format),
        })
    }
}

impl Written for NaiveTime {
    const KIND: Kind = Kind::Time;

    fn figure(&self, text: &str) -> Option<Figure> {
        (text == time_of_day(*self) && self.second() == 0).then(|| Figure {
            number: f64::from(self.num_seconds_from_midnight()) / SECONDS_OF_DAY,
            format: Some(TIME),
        })
    }
}

impl Written for u32 {
    const KIND: Kind = Kind::Count;

    fn figure(&self, text: &str) -> Option<Figure> {
        (text == self.to_string()).then(|| Figure::count(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_date_is_a_number_where_it_is_shown_as_written() {
        let date = day(2025, 9, 1);
        let figure = date.figure("令和7年9月1日").unwrap();
        assert_eq!((figure.number, figure.format), (45_901.0, Some(DATE)));
        let named = date.figure("令和7年9月1日（月）").unwrap();
        assert_eq!(named.format, Some(DATE_WITH_WEEKDAY));
        for other in [
            "令和7年9月1日（火）",
            "9/1",
            "2025/9/1",
            "",
            "令和7年9月1日頃",
        ] {
            assert_eq!(date.figure(other), None, "{other}");
        }
    }

    #[test]
    fn a_day_that_number_formats_show_otherwise_stays_a_text() {
        assert_eq!(day(2019, 5, 1).figure("令和元年5月1日"), None);
        assert!(day(2019, 4, 30).figure("平成31年4月30日").is_some());
        assert_eq!(day(1905, 3, 1).figure("1905年3月1日"), None);
    }

    #[test]
    fn times_and_counts_are_numbers() {
        let time = NaiveTime::from_hms_opt(18, 0, 0).unwrap();
        assert_eq!(time.figure("18:00").unwrap().number, 0.75);
        assert_eq!(time.figure("18時"), None);
        let odd = NaiveTime::from_hms_opt(18, 0, 30).unwrap();
        assert_eq!(odd.figure("18:00"), None);
        assert_eq!(12_u32.figure("12").unwrap().number, 12.0);
        assert_eq!(12_u32.figure("12日"), None);
    }
}
