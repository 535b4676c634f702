//! How dates and times are written on the reference forms.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::Month;

/// First days of the eras that a living user's papers can name, newest first.
pub(crate) const ERAS: [(&str, i32, u32, u32); 4] = [
    ("令和", 2019, 5, 1),
    ("平成", 1989, 1, 8),
    ("昭和", 1926, 12, 25),
    ("大正", 1912, 7, 30),
];

/// `令和7年9月3日`; the first year of an era is 元年.
pub fn date_in_japanese(date: NaiveDate) -> String {
    format!(
        "{}{}月{}日",
        year_in_japanese(date),
        date.month(),
        date.day()
    )
}

/// `令和7年9月`
pub fn month_in_japanese(month: Month) -> String {
    format!("{}{}月", year_in_japanese(month.first()), month.number())
}

/// `9:05`, without a leading zero, as the forms write it.
pub fn time_of_day(time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

fn year_in_japanese(date: NaiveDate) -> String {
    for (era, year, month, day) in ERAS {
        if NaiveDate::from_ymd_opt(year, month, day).is_some_and(|first| first <= date) {
            return match date.year() - year + 1 {
                1 => format!("{era}元年"),
                n => format!("{era}{n}年"),
            };
        }
    }
    format!("{}年", date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_change_on_their_day() {
        let day = |y, m, d| date_in_japanese(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(day(2019, 4, 30), "平成31年4月30日");
        assert_eq!(day(2019, 5, 1), "令和元年5月1日");
        assert_eq!(day(2025, 9, 3), "令和7年9月3日");
        assert_eq!(day(1900, 1, 1), "1900年1月1日");
    }
}
