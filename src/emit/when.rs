//! The time that a finding is about, as all outputs say it.

use chrono::{Datelike, NaiveDate};

use crate::model::{Lang, Month, When, date_in_japanese, month_in_japanese};

/// `令和7年9月1日～7日`; empty when the finding is about the user as a whole.
pub fn when(when: When, lang: Lang) -> String {
    parts(when, lang).concat()
}

/// The same in its parts, between which a line may be broken.
pub fn parts(when: When, lang: Lang) -> Vec<String> {
    match (when, lang) {
        (When::Always, _) => Vec::new(),
        (When::Date(day), _) => days(day, day, lang),
        (When::Period(from, to), _) => days(from, to, lang),
        (When::Month(about), Lang::Ja) => vec![format!("{}分", month(about, lang))],
        (When::Month(about), Lang::En) => vec![month(about, lang)],
    }
}

/// `令和7年9月1日` or `2025-09-01`.
pub fn day(date: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Ja => date_in_japanese(date),
        Lang::En => date.to_string(),
    }
}

/// `令和7年9月` or `2025-09`.
pub fn month(month: Month, lang: Lang) -> String {
    match lang {
        Lang::Ja => month_in_japanese(month),
        Lang::En => month.to_string(),
    }
}

/// `令和7年6月～8月` or `2025-06 to 2025-08`; or the one month.
pub fn months(from: Month, to: Month, lang: Lang) -> String {
    let first = month(from, lang);
    match lang {
        _ if from == to => first,
        Lang::En => format!("{first} to {to}"),
        Lang::Ja if from.year() == to.year() => format!("{first}～{}月", to.number()),
        Lang::Ja => format!("{first}～{}", month(to, lang)),
    }
}

/// The first day, and the last without what it shares with the first; or the one day.
pub fn days(from: NaiveDate, to: NaiveDate, lang: Lang) -> Vec<String> {
    let day = |date| day(date, lang);
    if from == to {
        return vec![day(from)];
    }
    match lang {
        Lang::En => vec![format!("{} to ", day(from)), day(to)],
        Lang::Ja => {
            let last = if from.year() != to.year() {
                day(to)
            } else if from.month() != to.month() {
                format!("{}月{}日", to.month(), to.day())
            } else {
                format!("{}日", to.day())
            };
            vec![format!("{}～", day(from)), last]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sample::day;
    use crate::model::Month;

    #[test]
    fn a_period_is_written_short() {
        let period = |from, to| when(When::Period(from, to), Lang::Ja);
        for (from, to, told) in [
            (day(2025, 9, 1), day(2025, 9, 7), "令和7年9月1日～7日"),
            (
                day(2025, 9, 29),
                day(2025, 10, 5),
                "令和7年9月29日～10月5日",
            ),
            (
                day(2025, 12, 29),
                day(2026, 1, 4),
                "令和7年12月29日～令和8年1月4日",
            ),
            (day(2025, 9, 29), day(2025, 9, 29), "令和7年9月29日"),
        ] {
            assert_eq!(period(from, to), told);
        }
    }

    #[test]
    fn months_name_the_year_where_it_changes() {
        let month = |year, number| Month::new(year, number).unwrap();
        for (from, to, ja, en) in [
            ((2025, 6), (2025, 6), "令和7年6月", "2025-06"),
            (
                (2025, 6),
                (2025, 8),
                "令和7年6月～8月",
                "2025-06 to 2025-08",
            ),
            (
                (2025, 12),
                (2026, 1),
                "令和7年12月～令和8年1月",
                "2025-12 to 2026-01",
            ),
        ] {
            let [from, to] = [from, to].map(|(year, number)| month(year, number));
            let told = [Lang::Ja, Lang::En].map(|lang| months(from, to, lang));
            assert_eq!(told, [ja, en]);
        }
    }

    #[test]
    fn times_are_told_in_both_languages() {
        let date = day(2025, 9, 4);
        let month = Month::new(2025, 9).unwrap();
        for (about, ja, en) in [
            (When::Always, "", ""),
            (When::Date(date), "令和7年9月4日", "2025-09-04"),
            (When::Month(month), "令和7年9月分", "2025-09"),
            (
                When::Period(date, day(2025, 9, 5)),
                "令和7年9月4日～5日",
                "2025-09-04 to 2025-09-05",
            ),
        ] {
            assert_eq!([when(about, Lang::Ja), when(about, Lang::En)], [ja, en]);
        }
    }
}
