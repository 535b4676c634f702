//! A day of the week within a period of days: `9/8～9/12 水`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::period::period;
use super::weekdays::take_weekday;
use crate::model::Month;
use crate::text::{squash, unbracketed};

/// The day that a period and a weekday behind it name together; `None` where the period is of
/// more than a week, or has no such day.
pub fn week_day(text: &str, month: Option<Month>) -> Option<NaiveDate> {
    const LONGEST: i64 = 7;
    let (week, day) = text.trim().rsplit_once(char::is_whitespace)?;
    let day = squash(day);
    let (weekday, rest) = take_weekday(unbracketed(&day))?;
    let (Some(from), Some(to)) = period(week, month).ok()? else {
        return None;
    };
    let days = (to - from).num_days();
    (rest.is_empty() && (0..LONGEST).contains(&days))
        .then(|| on(weekday, from))
        .flatten()
        .filter(|day| *day <= to)
}

/// The first such day from `from` on.
fn on(weekday: Weekday, from: NaiveDate) -> Option<NaiveDate> {
    from.iter_days()
        .take(7)
        .find(|day| day.weekday() == weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        week_day(text, Month::new(2025, 9)).map(|day| day.to_string())
    }

    #[test]
    fn a_weekday_of_a_week_is_one_day() {
        assert_eq!(told("2025/9/8~9/12 水").as_deref(), Some("2025-09-10"));
        assert_eq!(told("9月8日~14日 日曜日").as_deref(), Some("2025-09-14"));
        assert_eq!(told("9/29~10/3 (金)").as_deref(), Some("2025-10-03"));
    }

    #[test]
    fn what_names_no_one_day_is_none() {
        for text in [
            "9/8~9/12 土",
            "9/1~9/30 水",
            "9/8 水",
            "水",
            "9/8~9/12",
            "9/8~9/12 水木",
            "",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
