//! 保存: until when the records of each month are kept, and which the input does not hold.
//!
//! What a notice asks to keep is kept from the day of service on. Months of which the input
//! holds nothing are told, never found: they may well be kept elsewhere. Months before the
//! notice was in force are not asked for, since another notice spoke of their records.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::check::{Context, Index, PersonFile};
use crate::model::{Month, Office, PersonId};
use crate::notice::Notice;

/// How the records of an office stand to the years for which they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// 保存期間 in years from the day of service.
    pub years: u32,
    /// The months with days at home in the input, in order, as far as they are still kept.
    pub kept: Vec<KeptMonth>,
    /// Users with months of which the input holds nothing.
    pub missing: Vec<MissingMonths>,
}

/// One month of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptMonth {
    /// The month of the service.
    pub month: Month,
    /// The last day on which all of its records are kept, counted from its last day.
    pub until: NaiveDate,
}

/// The months of one user of which the input holds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingMonths {
    /// Whose.
    pub person: PersonId,
    /// First and last month of each gap, in order.
    pub gaps: Vec<(Month, Month)>,
}

impl Retention {
    /// As things stood on `as_of`; `None` when the notice does not say how long records are kept.
    pub(super) fn of(office: &Office, notice: &Notice, as_of: NaiveDate) -> Option<Self> {
        let years = notice.rules.years_kept?;
        let span = Months::new(years.saturating_mul(12));
        let index = Index::new(office);
        let context = Context::new(&index, notice, as_of);
        let people = || context.people();
        let months: BTreeSet<Month> = people()
            .flat_map(|person| &person.home_days)
            .filter(|day| **day <= as_of)
            .map(|day| Month::of(*day))
            .collect();
        let kept = months.into_iter().filter_map(|month| {
            let until = month.last().checked_add_months(span)?;
            (as_of <= until).then_some(KeptMonth { month, until })
        });
        let earliest = as_of.checked_sub_months(span).unwrap_or(NaiveDate::MIN);
        let from = earliest.max(notice.in_force_from);
        let missing = people().filter_map(|person| {
            let gaps = gaps(person, from, as_of);
            (!gaps.is_empty()).then_some(MissingMonths {
                person: person.id,
                gaps,
            })
        });
        Some(Self {
            years,
            kept: kept.collect(),
            missing: missing.collect(),
        })
    }
}

/// Finished months from the start of the support at home on that no form tells of.
fn gaps(person: &PersonFile, from: NaiveDate, as_of: NaiveDate) -> Vec<(Month, Month)> {
    let Some(start) = person.first_home_day() else {
        return Vec::new();
    };
    let last = match ended(person) {
        Some(end) if end < as_of => Month::of(end).min(Month::of(as_of).previous()),
        _ => Month::of(as_of).previous(),
    };
    let told = told_months(person);
    let mut gaps: Vec<(Month, Month)> = Vec::new();
    let mut month = Month::of(start.max(from));
    while month <= last {
        if !told.contains(&month) {
            match gaps.last_mut() {
                Some((_, end)) if end.next() == month => *end = month,
                _ => gaps.push((month, month)),
            }
        }
        let next = month.next();
        if next == month {
            break;
        }
        month = next;
    }
    gaps
}

/// The day on which support at home ended, where every line of the roster tells one.
fn ended(person: &PersonFile) -> Option<NaiveDate> {
    let ends = person.roster.iter().map(|entry| entry.home_end.get());
    ends.collect::<Option<Vec<_>>>()?.into_iter().max()
}

fn told_months(person: &PersonFile) -> BTreeSet<Month> {
    let evaluated = person.weekly.iter().filter_map(|record| record.date.get());
    let days = person.days.keys().copied().chain(evaluated);
    days.map(Month::of)
        .chain(person.monthly.keys().copied())
        .chain(person.rows.keys().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{date, notice, office, value};

    fn month(year: i32, month: u32) -> Month {
        Month::new(year, month).unwrap()
    }

    fn retention(office: &Office, as_of: NaiveDate) -> Retention {
        Retention::of(office, &notice("kitakyushu"), as_of).unwrap()
    }

    #[test]
    fn months_are_kept_for_the_years_of_the_notice() {
        let september = KeptMonth {
            month: month(2025, 9),
            until: date(2030, 9, 30),
        };
        assert_eq!(retention(&office(), date(2025, 10, 5)).kept, [september]);
        assert_eq!(retention(&office(), date(2030, 9, 30)).kept, [september]);
        assert!(retention(&office(), date(2030, 10, 1)).kept.is_empty());
        assert!(Retention::of(&office(), &notice("hitachi"), date(2026, 3, 1)).is_none());
    }

    #[test]
    fn gaps_run_from_the_start_to_the_last_finished_month() {
        let missing = retention(&office(), date(2025, 12, 10)).missing;
        let summer = (month(2025, 6), month(2025, 8));
        let autumn = (month(2025, 10), month(2025, 11));
        assert_eq!(missing[0].gaps, [summer, autumn]);
    }

    #[test]
    fn nothing_is_missing_before_the_notice_or_after_the_end() {
        let mut early = office();
        early.roster[0].home_start = value(date(2020, 1, 6));
        let missing = retention(&early, date(2025, 10, 5)).missing;
        assert_eq!(missing[0].gaps, [(month(2025, 5), month(2025, 8))]);
        let mut ended = office();
        ended.roster[0].home_start = value(date(2025, 9, 1));
        ended.roster[0].home_end = value(date(2025, 9, 30));
        assert!(retention(&ended, date(2026, 9, 1)).missing.is_empty());
    }

    #[test]
    fn nothing_is_missing_longer_than_it_is_kept() {
        let missing = retention(&office(), date(2035, 6, 15)).missing;
        assert_eq!(missing[0].gaps, [(month(2030, 6), month(2035, 5))]);
    }

    #[test]
    fn the_ends_of_time_are_no_trouble() {
        let mut odd = office();
        odd.roster[0].home_start = value(NaiveDate::MIN);
        for as_of in [NaiveDate::MIN, NaiveDate::MAX] {
            retention(&odd, as_of);
        }
    }
}
