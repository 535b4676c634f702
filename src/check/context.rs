//! What a check sees: an office's records under one notice on one day.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::coverage::{Evaluation, evaluations};
use super::index::Stray;
use super::{Index, PersonFile};
use crate::model::{DailyRecord, Month, MonthlyRecord};
use crate::notice::{Notice, Rules};

/// One office under one notice, as things stood on one day.
pub struct Context<'a> {
    /// The records.
    pub index: &'a Index<'a>,
    /// The notice that judges.
    pub notice: &'a Notice,
    /// 基準日: nothing after it is known yet.
    pub as_of: NaiveDate,
}

impl<'a> Context<'a> {
    /// The records of `index` under `notice`.
    pub fn new(index: &'a Index<'a>, notice: &'a Notice, as_of: NaiveDate) -> Self {
        Self {
            index,
            notice,
            as_of,
        }
    }

    /// The limits of the notice.
    pub fn rules(&self) -> &'a Rules {
        &self.notice.rules
    }

    /// Whether the notice judges what happened on `day`.
    pub fn judges(&self, day: NaiveDate) -> bool {
        self.notice.in_force_from <= day && day <= self.as_of
    }

    /// Whether some of `month` is judged.
    pub fn judges_month(&self, month: Month) -> bool {
        self.notice.in_force_from <= month.last() && month.first() <= self.as_of
    }

    /// Whether `month` is over, so that what is made once a month is due.
    pub fn has_ended(&self, month: Month) -> bool {
        month.last() < self.as_of
    }

    /// The people whom the notice covers.
    pub fn people(&self) -> impl Iterator<Item = &'a PersonFile<'a>> {
        self.index
            .people
            .iter()
            .filter(|person| self.covers(person))
    }

    /// Those of them who are known: not the ones that stand for records of nobody known, of
    /// whom nothing can be missing.
    pub fn known_people(&self) -> impl Iterator<Item = &'a PersonFile<'a>> {
        self.people().filter(|person| person.known)
    }

    /// Whether the notice covers the person: not when the roster names another place.
    pub fn covers(&self, person: &PersonFile) -> bool {
        let places = &self.rules().covered_municipalities;
        let elsewhere = |written: &str| {
            let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
            plain.ends_with(['市', '区', '町', '村'])
                && !places.iter().any(|place| plain.contains(place.as_str()))
        };
        places.is_empty()
            || person.roster.is_empty()
            || !person
                .roster
                .iter()
                .all(|entry| entry.municipality.text().is_some_and(elsewhere))
    }

    /// The person's days at home that the notice judges.
    pub fn home_days(&self, person: &'a PersonFile<'a>) -> impl Iterator<Item = NaiveDate> {
        let days = person.home_days.iter().copied();
        days.filter(|day| self.judges(*day))
    }

    /// The months of those days.
    pub fn home_months(&self, person: &'a PersonFile<'a>) -> BTreeSet<Month> {
        self.home_days(person).map(Month::of).collect()
    }

    /// The days of form 2 that the notice judges, each with its records.
    pub fn recorded_days(
        &self,
        person: &'a PersonFile<'a>,
    ) -> impl Iterator<Item = (NaiveDate, &'a [&'a DailyRecord])> {
        let days = person.days.iter();
        days.filter(|(day, _)| self.judges(**day))
            .map(|(day, records)| (*day, records.as_slice()))
    }

    /// The records of form 2 whose date cannot be right, where the date or the month of their
    /// file is judged. A day to come is a question of its own.
    pub fn strays(&self, person: &'a PersonFile<'a>) -> impl Iterator<Item = &'a Stray<'a>> {
        person.strays.iter().filter(|stray| {
            stray.day <= self.as_of && (self.judges(stray.day) || self.judges_month(stray.month))
        })
    }

    /// The weekly evaluations that the notice judges: by their date, else by the days they cover.
    /// One that tells neither is judged if any day at home is.
    pub fn weekly(&self, person: &'a PersonFile<'a>) -> Vec<Evaluation<'a>> {
        let any = self.home_days(person).next().is_some();
        let mut all = evaluations(person, self.rules().evaluation_days);
        all.retain(|evaluation| evaluation.day().map_or(any, |day| self.judges(day)));
        all
    }

    /// The monthly evaluations that the notice judges.
    pub fn monthly(
        &self,
        person: &'a PersonFile<'a>,
    ) -> impl Iterator<Item = (Month, &'a MonthlyRecord)> {
        let months = person.monthly.iter();
        months
            .filter(|(month, _)| self.judges_month(**month))
            .flat_map(|(month, records)| records.iter().map(|record| (*month, *record)))
    }

    /// Whether `day` may still wait for its weekly evaluation.
    pub fn may_wait(&self, day: NaiveDate) -> bool {
        let waiting = u64::from(self.rules().waiting_days);
        self.as_of
            .checked_sub_days(Days::new(waiting))
            .is_none_or(|due| day > due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{date, notice, office, text};

    #[test]
    fn a_notice_judges_from_its_first_day_to_the_day_of_the_check() {
        let (office, notice) = (office(), notice("kitakyushu"));
        let index = Index::new(&office);
        let context = Context::new(&index, &notice, date(2025, 9, 30));
        assert!(!context.judges(date(2025, 4, 30)) && context.judges(date(2025, 5, 1)));
        assert!(context.judges(date(2025, 9, 30)) && !context.judges(date(2025, 10, 1)));
        assert!(!context.has_ended(Month::new(2025, 9).unwrap()));
        assert!(context.has_ended(Month::new(2025, 8).unwrap()));
        assert!(context.may_wait(date(2025, 9, 23)) && !context.may_wait(date(2025, 9, 22)));
    }

    #[test]
    fn only_a_place_that_is_named_and_another_is_not_covered() {
        let notice = notice("kitakyushu");
        let covered = |place: &str| {
            let mut office = office();
            office.roster[0].municipality = text(place);
            let index = Index::new(&office);
            Context::new(&index, &notice, date(2025, 9, 30)).covers(&index.people[0])
        };
        assert!(covered("北九州市") && covered("小倉北区") && covered("北九州") && covered("同上"));
        assert!(!covered("中間市") && !covered("遠賀郡 芦屋町"));
    }
}
