//! An office's records, laid out once by person, day and month.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::form_month::{Fit, filed_month, fit};
use crate::model::{
    DailyRecord, Listing, ListingRow, Mark, Month, MonthlyRecord, Office, Person, PersonId,
    RosterEntry, ServiceRecordSheet, Source, Subject, UserMention, WeeklyRecord,
};

/// All records of an office, laid out for the checks.
pub struct Index<'a> {
    /// The office itself.
    pub office: &'a Office,
    /// One a person, by [`PersonId`].
    pub people: Vec<PersonFile<'a>>,
    /// 参考様式4 by month.
    pub listings: BTreeMap<Month, Vec<&'a Listing>>,
    /// Whether a form 4 does not say its month.
    pub has_unplaced_listing: bool,
    /// Months in which anyone has a record of form 2.
    pub recorded_months: BTreeSet<Month>,
    /// Last day of which form 2 or 2-2 tells anything of anyone.
    pub last_recorded: Option<NaiveDate>,
}

/// All that the forms say of one person.
pub struct PersonFile<'a> {
    /// Who.
    pub id: PersonId,
    /// Name and number.
    pub person: &'a Person,
    /// Whether the user is known; otherwise these are records of nobody known.
    pub known: bool,
    /// 参考様式1; more than one where the roster was renewed.
    pub roster: Vec<&'a RosterEntry>,
    /// 参考様式2 by day; a record that was read twice stands once.
    pub days: BTreeMap<NaiveDate, Vec<&'a DailyRecord>>,
    /// 参考様式2 of a day in another month than that of its file: such a day is not told.
    pub strays: Vec<Stray<'a>>,
    /// 参考様式2 without a day that could be read.
    pub undated_days: Vec<&'a DailyRecord>,
    /// 参考様式2-2, in the order of the input; one that was read twice stands once.
    pub weekly: Vec<&'a WeeklyRecord>,
    /// 参考様式3 by the month that it is for, else by its date.
    pub monthly: BTreeMap<Month, Vec<&'a MonthlyRecord>>,
    /// 参考様式3 without month and date.
    pub unplaced_monthly: Vec<&'a MonthlyRecord>,
    /// The person's lines of 参考様式4.
    pub rows: BTreeMap<Month, Vec<ListedRow<'a>>>,
    /// サービス提供実績記録票 by month; a month may have several pages.
    pub sheets: BTreeMap<Month, Vec<&'a ServiceRecordSheet>>,
    /// サービス提供実績記録票 of which no month could be read.
    pub unplaced_sheets: Vec<&'a ServiceRecordSheet>,
    /// Days at home by form 2 or form 4.
    pub home_days: BTreeSet<NaiveDate>,
}

/// A record of form 2 whose date cannot be right, going by the file that it stands in.
#[derive(Clone, Copy)]
pub struct Stray<'a> {
    /// The date as written.
    pub day: NaiveDate,
    /// The month of the file.
    pub month: Month,
    /// The record.
    pub record: &'a DailyRecord,
}

/// One line of a listing, with the listing.
#[derive(Clone, Copy)]
pub struct ListedRow<'a> {
    /// The form.
    pub listing: &'a Listing,
    /// The line.
    pub row: &'a ListingRow,
}

impl<'a> Index<'a> {
    /// Lays out the records of `office`.
    pub fn new(office: &'a Office) -> Self {
        let people = office.people.iter().enumerate();
        let mut index = Self {
            office,
            people: people
                .map(|(at, person)| {
                    let id = PersonId(at);
                    let known = !office.unplaced.contains_key(&id);
                    PersonFile::new(id, person, known)
                })
                .collect(),
            listings: BTreeMap::new(),
            has_unplaced_listing: false,
            recorded_months: BTreeSet::new(),
            last_recorded: None,
        };
        for entry in &office.roster {
            index.with(entry.user.person, |file| file.roster.push(entry));
        }
        let misnamed = misnamed_files(office);
        for record in &office.daily {
            let stray = stray(record).filter(|_| !misnamed.contains(&*record.source.file));
            if let Some(stray) = stray {
                index.with(record.user.person, |file| file.strays.push(stray));
                continue;
            }
            index.with(record.user.person, |file| file.add_day(record));
            if let Some(day) = record.date.get() {
                index.recorded_months.insert(Month::of(day));
                index.last_recorded = index.last_recorded.max(Some(day));
            }
        }
        for record in &office.weekly {
            index.with(record.user.person, |file| file.add_weekly(record));
            let day = record.date.get().or(record.period_to.get());
            index.last_recorded = index.last_recorded.max(day);
        }
        for record in &office.monthly {
            index.with(record.user.person, |file| file.add_monthly(record));
        }
        for listing in &office.listing {
            index.add_listing(listing);
        }
        for sheet in &office.service_records {
            index.with(sheet.user.person, |file| file.add_sheet(sheet));
        }
        index
    }

    /// Whether anything in the input tells of a time before `month`.
    pub fn reaches_before(&self, month: Month) -> bool {
        let first = [
            self.recorded_months.first(),
            self.listings.first_key_value().map(|(month, _)| month),
        ];
        first
            .into_iter()
            .flatten()
            .any(|earliest| *earliest < month)
    }

    fn with(&mut self, person: PersonId, add: impl FnOnce(&mut PersonFile<'a>)) {
        if let Some(file) = self.people.get_mut(person.0) {
            add(file);
        }
    }

    fn add_listing(&mut self, listing: &'a Listing) {
        let Some(month) = listing.month.get() else {
            self.has_unplaced_listing = true;
            return;
        };
        self.listings.entry(month).or_default().push(listing);
        for row in &listing.rows {
            self.with(row.user.person, |file| {
                let home = row.days.iter().filter(|day| day.mark == Mark::Home);
                file.home_days
                    .extend(home.filter_map(|day| month.day(day.day)));
                let rows = file.rows.entry(month).or_default();
                rows.push(ListedRow { listing, row });
            });
        }
    }
}

fn stray(record: &DailyRecord) -> Option<Stray<'_>> {
    let day = record.date.get()?;
    let outside = fit(&record.source, day) == Fit::Outside;
    Some(Stray {
        day,
        month: filed_month(&record.source, day).filter(|_| outside)?,
        record,
    })
}

/// Files most of whose records lie outside their month: there the name is wrong, not the dates.
fn misnamed_files(office: &Office) -> BTreeSet<&str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for record in office.daily.iter().filter(|r| r.date.value().is_some()) {
        let (outside, all) = counts.entry(&record.source.file).or_default();
        *outside += usize::from(stray(record).is_some());
        *all += 1;
    }
    counts.retain(|_, (outside, all)| *outside * 2 > *all);
    counts.into_keys().collect()
}

impl<'a> PersonFile<'a> {
    fn new(id: PersonId, person: &'a Person, known: bool) -> Self {
        Self {
            id,
            person,
            known,
            strays: Vec::new(),
            roster: Vec::new(),
            days: BTreeMap::new(),
            undated_days: Vec::new(),
            weekly: Vec::new(),
            monthly: BTreeMap::new(),
            unplaced_monthly: Vec::new(),
            rows: BTreeMap::new(),
            sheets: BTreeMap::new(),
            unplaced_sheets: Vec::new(),
            home_days: BTreeSet::new(),
        }
    }

    /// Everywhere that a form names the person, form 1 first.
    pub fn mentions(&self) -> impl Iterator<Item = (&'a UserMention, &'a Source)> {
        let roster = self.roster.iter().map(|r| (&r.user, &r.source));
        let days = self.days.values().flatten().chain(&self.undated_days);
        let strays = self.strays.iter().map(|stray| stray.record);
        let weekly = self.weekly.iter().map(|r| (&r.user, &r.source));
        let monthly = self
            .monthly
            .values()
            .flatten()
            .chain(&self.unplaced_monthly);
        let rows = self.rows.values().flatten();
        let sheets = self.sheets.values().flatten().chain(&self.unplaced_sheets);
        roster
            .chain(days.map(|r| (&r.user, &r.source)))
            .chain(strays.map(|r| (&r.user, &r.source)))
            .chain(weekly)
            .chain(monthly.map(|r| (&r.user, &r.source)))
            .chain(rows.map(|listed| (&listed.row.user, &listed.row.source)))
            .chain(sheets.map(|sheet| (&sheet.user, &sheet.source)))
    }

    /// The first day at home that any form tells of.
    pub fn first_home_day(&self) -> Option<NaiveDate> {
        let told = self
            .roster
            .iter()
            .filter_map(|entry| entry.home_start.get());
        told.chain(self.home_days.first().copied()).min()
    }

    /// What form 4 marks for a day.
    pub fn mark(&self, day: NaiveDate) -> Option<Mark> {
        use chrono::Datelike;
        let rows = self.rows.get(&Month::of(day))?;
        rows.iter().find_map(|listed| listed.row.mark(day.day()))
    }

    /// Whether form 4 marks a day in a way that is not known.
    pub fn mark_is_unread(&self, day: NaiveDate) -> bool {
        use chrono::Datelike;
        let rows = self.rows.get(&Month::of(day)).into_iter().flatten();
        let mut unread = rows.flat_map(|listed| &listed.row.unread_days);
        unread.any(|(unread, _)| *unread == day.day())
    }

    fn add_day(&mut self, record: &'a DailyRecord) {
        let Some(day) = record.date.get() else {
            self.undated_days.push(record);
            return;
        };
        self.home_days.insert(day);
        let records = self.days.entry(day).or_default();
        if !records
            .iter()
            .rev()
            .take(NEAR)
            .any(|known| same_day(known, record))
        {
            records.push(record);
        }
    }

    fn add_weekly(&mut self, record: &'a WeeklyRecord) {
        let twice = |known: &&WeeklyRecord| same_weekly(known, record);
        if !self.weekly.iter().rev().take(NEAR).any(twice) {
            self.weekly.push(record);
        }
    }

    fn add_sheet(&mut self, sheet: &'a ServiceRecordSheet) {
        let dated = || sheet.days.iter().find_map(|day| day.date.get());
        match sheet.month.get().or_else(|| dated().map(Month::of)) {
            Some(month) => self.sheets.entry(month).or_default().push(sheet),
            None => self.unplaced_sheets.push(sheet),
        }
    }

    fn add_monthly(&mut self, record: &'a MonthlyRecord) {
        let month = record.month.get().or(record.date.get().map(Month::of));
        let Some(month) = month else {
            self.unplaced_monthly.push(record);
            return;
        };
        let records = self.monthly.entry(month).or_default();
        if !records
            .iter()
            .rev()
            .take(NEAR)
            .any(|known| same_monthly(known, record))
        {
            records.push(record);
        }
    }
}

impl From<&PersonFile<'_>> for Subject {
    fn from(file: &PersonFile<'_>) -> Self {
        Self::Person(file.id)
    }
}

/// Records come by user and date, so one that was read twice is not far away.
const NEAR: usize = 8;

fn same_day(a: &DailyRecord, b: &DailyRecord) -> bool {
    a.start.content == b.start.content
        && a.end.content == b.end.content
        && a.method.content == b.method.content
        && a.work.content == b.work.content
        && a.support.content == b.support.content
        && a.condition_and_advice.content == b.condition_and_advice.content
        && a.recorder.content == b.recorder.content
}

fn same_weekly(a: &WeeklyRecord, b: &WeeklyRecord) -> bool {
    (a.date.value().is_some() || a.period_to.value().is_some())
        && a.date.content == b.date.content
        && a.period_from.content == b.period_from.content
        && a.period_to.content == b.period_to.content
        && a.method.content == b.method.content
        && a.content.content == b.content.content
        && a.recorder.content == b.recorder.content
        && a.confirmer.content == b.confirmer.content
}

fn same_monthly(a: &MonthlyRecord, b: &MonthlyRecord) -> bool {
    a.date.content == b.date.content
        && a.method.content == b.method.content
        && a.goal.content == b.goal.content
        && a.effort.content == b.effort.content
        && a.achievement.content == b.achievement.content
        && a.evaluator.content == b.evaluator.content
        && a.signature.content == b.signature.content
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{date, office};

    #[test]
    fn a_record_read_twice_stands_once() {
        let mut twice = office();
        twice.daily.push(twice.daily[0].clone());
        twice.weekly.insert(1, twice.weekly[0].clone());
        twice.monthly.push(twice.monthly[0].clone());
        let index = Index::new(&twice);
        let person = &index.people[0];
        assert_eq!(person.days[&date(2025, 9, 1)].len(), 1);
        assert_eq!(person.weekly.len(), office().weekly.len());
        assert_eq!(person.monthly.values().map(Vec::len).sum::<usize>(), 1);
    }

    #[test]
    fn two_versions_of_a_day_both_stand() {
        let mut two = office();
        let mut other = two.daily[0].clone();
        other.work.content = crate::model::Content::Value("別の作業".to_owned());
        two.daily.push(other);
        assert_eq!(Index::new(&two).people[0].days[&date(2025, 9, 1)].len(), 2);
    }

    #[test]
    fn a_person_that_the_office_does_not_know_is_passed_over() {
        let mut stray = office();
        stray.daily[0].user.person = PersonId(99);
        assert_eq!(
            Index::new(&stray).people[0].days.len(),
            stray.daily.len() - 1
        );
    }
}
