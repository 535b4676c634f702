//! Which days a weekly evaluation speaks of.

use chrono::{Days, NaiveDate};

use super::PersonFile;
use crate::model::{Cell, WeeklyRecord, When};

/// One weekly evaluation and the days it covers.
pub struct Evaluation<'a> {
    /// 参考様式2-2
    pub record: &'a WeeklyRecord,
    /// First and last day; `None` when nothing tells.
    pub covers: Option<(NaiveDate, NaiveDate)>,
}

impl Evaluation<'_> {
    /// Its date, else the last day that it covers.
    pub fn day(&self) -> Option<NaiveDate> {
        let last = self.covers.map(|(_, last)| last);
        self.record.date.get().or(last)
    }

    /// When it is, for a finding.
    pub fn when(&self) -> When {
        match (self.record.date.get(), self.covers) {
            (Some(day), _) => When::Date(day),
            (None, Some((first, last))) => When::Period(first, last),
            (None, None) => When::Always,
        }
    }
}

/// The person's evaluations, each with its days; one covers `length` days where the form
/// gives less than a whole period.
pub fn evaluations<'a>(person: &'a PersonFile<'a>, length: u32) -> Vec<Evaluation<'a>> {
    let standing = Standing::new(person);
    let covered = |record: &'a WeeklyRecord| Evaluation {
        record,
        covers: written_days(record, length).or_else(|| standing.days_before(record, length)),
    };
    person.weekly.iter().map(|record| covered(record)).collect()
}

/// By the period, else by the date: within a week up to the evaluation.
fn written_days(record: &WeeklyRecord, length: u32) -> Option<(NaiveDate, NaiveDate)> {
    let rest = Days::new(u64::from(length.saturating_sub(1)));
    match (record.period_from.get(), record.period_to.get()) {
        (Some(first), Some(last)) if first <= last => return Some((first, last)),
        (None, Some(last)) => return Some((last.checked_sub_days(rest)?, last)),
        (Some(first), None) => return Some((first, first.checked_add_days(rest)?)),
        _ => {}
    }
    let date = record.date.get()?;
    let first = date.checked_sub_days(Days::new(u64::from(length)))?;
    Some((first, date))
}

/// Where the person's dated records stand, for an evaluation that tells no date itself.
struct Standing<'a> {
    /// File, sheet, cell and day, sorted.
    days: Vec<(&'a str, &'a str, Option<Cell>, NaiveDate)>,
}

impl<'a> Standing<'a> {
    fn new(person: &'a PersonFile<'a>) -> Self {
        let mut days: Vec<_> = person
            .days
            .iter()
            .flat_map(|(day, records)| {
                records.iter().map(|record| {
                    let at = &record.source;
                    (&*at.file, &*at.sheet, at.at, *day)
                })
            })
            .collect();
        days.sort_unstable();
        Self { days }
    }

    /// The week up to the last record that stands before the evaluation on its sheet,
    /// or, where none does, up to the last record of the sheet.
    fn days_before(&self, record: &WeeklyRecord, length: u32) -> Option<(NaiveDate, NaiveDate)> {
        let at = &record.source;
        let sheet = (&*at.file, &*at.sheet);
        let from = self.days.partition_point(|(f, s, ..)| (*f, *s) < sheet);
        let to = self.days.partition_point(|(f, s, ..)| (*f, *s) <= sheet);
        let on_sheet = self.days.get(from..to)?;
        let row = at.at.map(|cell| cell.row);
        let before = on_sheet
            .iter()
            .rev()
            .find(|(_, _, cell, _)| cell.map(|c| c.row) <= row);
        let last = match before {
            Some((.., day)) => *day,
            None => on_sheet.iter().map(|(.., day)| *day).max()?,
        };
        let rest = Days::new(u64::from(length.saturating_sub(1)));
        Some((last.checked_sub_days(rest)?, last))
    }
}

/// Asks, for days in order, whether an evaluation covers them.
pub struct Coverage {
    /// First days with the furthest last day of all that begin no later; sorted.
    reach: Vec<(NaiveDate, NaiveDate)>,
}

impl Coverage {
    /// Over the periods of `evaluations`.
    pub fn of(evaluations: &[Evaluation]) -> Self {
        let mut reach: Vec<_> = evaluations.iter().filter_map(|e| e.covers).collect();
        reach.sort_unstable();
        let mut furthest = NaiveDate::MIN;
        for (_, last) in &mut reach {
            furthest = furthest.max(*last);
            *last = furthest;
        }
        Self { reach }
    }

    /// Whether `day` lies in one of them.
    pub fn contains(&self, day: NaiveDate) -> bool {
        let begun = self.reach.partition_point(|(first, _)| *first <= day);
        let last = begun.checked_sub(1).and_then(|at| self.reach.get(at));
        last.is_some_and(|(_, last)| day <= *last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Index;
    use crate::check::testing::{date, office};
    use crate::model::{Cell, Field, Office};

    fn covers(office: &Office, at: usize) -> Option<(NaiveDate, NaiveDate)> {
        let index = Index::new(office);
        evaluations(&index.people[0], 7)[at].covers
    }

    #[test]
    fn the_period_says_it_else_the_date() {
        let mut office = office();
        let (monday, friday) = (date(2025, 9, 1), date(2025, 9, 5));
        assert_eq!(covers(&office, 0), Some((monday, friday)));
        office.weekly[0].period_from = Field::blank(None);
        assert_eq!(covers(&office, 0), Some((date(2025, 8, 30), friday)));
        office.weekly[0].period_to = Field::blank(None);
        assert_eq!(covers(&office, 0), Some((date(2025, 8, 29), friday)));
    }

    #[test]
    fn without_any_date_the_records_above_say_it() {
        let mut office = office();
        for record in &mut office.daily {
            record.source.file = "9月.xlsx".into();
            let row = record.date.get().map(|day| chrono::Datelike::day(&day));
            record.source.at = row.map(|row| Cell::new(row * 10, 0));
        }
        let weekly = &mut office.weekly[1];
        weekly.source.file = "9月.xlsx".into();
        weekly.source.at = Some(Cell::new(125, 0));
        weekly.date = Field::absent();
        weekly.period_from = Field::absent();
        weekly.period_to = Field::absent();
        let week = (date(2025, 9, 6), date(2025, 9, 12));
        assert_eq!(covers(&office, 1), Some(week));
        office.weekly[1].source.sheet = "評価".into();
        assert_eq!(covers(&office, 1), None);
    }

    #[test]
    fn overlapping_periods_cover_together() {
        let mut office = office();
        office.weekly[0].period_to = crate::check::testing::value(date(2025, 9, 12));
        let index = Index::new(&office);
        let coverage = Coverage::of(&evaluations(&index.people[0], 7));
        assert!(coverage.contains(date(2025, 9, 1)) && coverage.contains(date(2025, 9, 12)));
        assert!(!coverage.contains(date(2025, 9, 13)) && !coverage.contains(date(2025, 8, 31)));
    }
}
