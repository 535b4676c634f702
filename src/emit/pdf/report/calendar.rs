//! One month of a user as a calendar: what the listing marks, what is recorded, what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::ReportInput;
use crate::emit::pdf::glyphs::{Ink, Printable};
use crate::emit::pdf::words::Badge;
use crate::emit::when;
use crate::model::{Mark, Month, PersonId, Subject, When};

/// One month; the week begins on Monday, as the checks count it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Calendar {
    title: Printable,
    /// Empty boxes before the first day.
    lead: u32,
    days: Vec<Day>,
    /// Findings about the month as a whole.
    faults: Vec<Badge>,
}

/// One day of it.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Day {
    day: u32,
    /// 参考様式4
    mark: Option<Mark>,
    /// 参考様式2
    recorded: bool,
    weekly: bool,
    monthly: bool,
    /// Before any of the notices was in force.
    before: bool,
    faults: Vec<Badge>,
}

impl Calendar {
    /// Every month that has a record of the user or a finding about them.
    pub(super) fn of(input: &ReportInput<'_>, id: PersonId, ink: &mut Ink) -> Vec<Self> {
        let diary = Diary::of(input, id);
        let in_force = input.notices.iter().map(|n| n.in_force_from).min();
        diary
            .months()
            .into_iter()
            .map(|month| diary.page(input, month, in_force, ink))
            .collect()
    }
}

/// All that is known of a user's days.
#[derive(Default)]
struct Diary {
    marks: BTreeMap<NaiveDate, Mark>,
    recorded: BTreeSet<NaiveDate>,
    weekly: BTreeSet<NaiveDate>,
    monthly: BTreeSet<NaiveDate>,
    faults: BTreeMap<NaiveDate, Vec<usize>>,
    month_faults: BTreeMap<Month, Vec<usize>>,
}

impl Diary {
    fn of(input: &ReportInput<'_>, id: PersonId) -> Self {
        let office = input.office;
        let mut diary = Self {
            recorded: office
                .daily
                .iter()
                .filter(|record| record.user.person == id)
                .filter_map(|record| record.date.get())
                .collect(),
            weekly: office
                .weekly
                .iter()
                .filter(|record| record.user.person == id)
                .filter_map(|record| record.date.get())
                .collect(),
            monthly: office
                .monthly
                .iter()
                .filter(|record| record.user.person == id)
                .filter_map(|record| record.date.get())
                .collect(),
            ..Self::default()
        };
        for listing in &office.listing {
            let Some(month) = listing.month.get() else {
                continue;
            };
            for row in listing.rows.iter().filter(|row| row.user.person == id) {
                let days = row.days.iter();
                diary
                    .marks
                    .extend(days.filter_map(|d| Some((month.day(d.day)?, d.mark))));
            }
        }
        for (index, finding) in input.assessment.findings.iter().enumerate() {
            if finding.subject != Subject::Person(id) {
                continue;
            }
            match finding.when {
                When::Always => {}
                When::Date(date) | When::Period(date, _) => {
                    diary.faults.entry(date).or_default().push(index);
                }
                When::Month(month) => diary.month_faults.entry(month).or_default().push(index),
            }
        }
        diary
    }

    fn months(&self) -> BTreeSet<Month> {
        let records = self
            .recorded
            .iter()
            .chain(&self.weekly)
            .chain(&self.monthly);
        records
            .chain(self.marks.keys())
            .chain(self.faults.keys())
            .map(|&date| Month::of(date))
            .chain(self.month_faults.keys().copied())
            .collect()
    }

    fn page(
        &self,
        input: &ReportInput<'_>,
        month: Month,
        in_force: Option<NaiveDate>,
        ink: &mut Ink,
    ) -> Calendar {
        let mut badges = |indices: Option<&Vec<usize>>| -> Vec<Badge> {
            let findings = &input.assessment.findings;
            indices
                .into_iter()
                .flatten()
                .filter_map(|&i| {
                    Some(Badge::of(
                        i,
                        findings.get(i)?,
                        input.notices,
                        input.lang,
                        ink,
                    ))
                })
                .collect()
        };
        let faults = badges(self.month_faults.get(&month));
        let days = month
            .first()
            .iter_days()
            .take_while(|&date| month.contains(date))
            .map(|date| Day {
                day: date.day(),
                mark: self.marks.get(&date).copied(),
                recorded: self.recorded.contains(&date),
                weekly: self.weekly.contains(&date),
                monthly: self.monthly.contains(&date),
                before: in_force.is_some_and(|first| date < first),
                faults: badges(self.faults.get(&date)),
            })
            .collect();
        Calendar {
            title: ink.text(&when::month(month, input.lang), ""),
            lead: month.first().weekday().num_days_from_monday(),
            days,
            faults,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;

    fn calendars(sample: &Sample, person: usize) -> Vec<Calendar> {
        Calendar::of(
            &sample.report_input(),
            PersonId(person),
            &mut Ink::default(),
        )
    }

    #[test]
    fn a_day_shows_the_listing_the_record_and_the_faults() {
        let sample = Sample::new(1, 2);
        let all = calendars(&sample, 0);
        assert_eq!(all.len(), 2);
        let september = &all[0];
        assert_eq!((september.lead, september.days.len()), (0, 30));
        let record = sample.office.daily[0].date.get().unwrap();
        let day = &september.days[record.day() as usize - 1];
        assert!(day.recorded && day.mark == Some(Mark::Home));
        let dated = sample
            .assessment
            .findings
            .iter()
            .filter(|f| matches!(f.when, When::Date(_) | When::Period(..)))
            .count();
        let shown: usize = all
            .iter()
            .flat_map(|c| &c.days)
            .map(|d| d.faults.len())
            .sum();
        assert_eq!(shown, dated);
    }

    #[test]
    fn a_user_without_records_has_no_calendar() {
        let mut sample = Sample::new(1, 1);
        sample.office.people.push(Default::default());
        assert!(calendars(&sample, 1).is_empty());
    }

    #[test]
    fn days_before_the_notice_are_told_apart() {
        let mut sample = Sample::new(1, 1);
        sample.notices[0].in_force_from = NaiveDate::from_ymd_opt(2025, 9, 3).unwrap();
        let days = &calendars(&sample, 0)[0].days;
        assert!(days[1].before && !days[2].before);
    }
}
