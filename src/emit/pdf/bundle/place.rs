//! Which record, and which box of it, a finding is marked at.
//!
//! By the cell that the finding names, else by user and time. Every finding gets
//! exactly one spot, so that the report can name a page for each.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{
    Cell, DailyRecord, Finding, Listing, ListingRow, Month, MonthlyRecord, Office, PersonId,
    Record, RosterEntry, ServiceRecordSheet, Source, Subject, WeeklyRecord, When,
};

/// A printed thing that can carry marks; numbers are positions in the [`Office`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    Office,
    Person(PersonId),
    Month(PersonId, Month),
    Roster(usize),
    Daily(usize),
    Weekly(usize),
    Monthly(usize),
    Listing(usize),
    Row(usize, usize),
    ServiceRecord(usize),
}

/// A finding at its spot; without a cell it belongs to the record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pin {
    /// Position in the assessment.
    pub(super) finding: usize,
    pub(super) cell: Option<Cell>,
}

/// All findings by spot.
#[derive(Debug, Default)]
pub(super) struct Pins(BTreeMap<Spot, Vec<Pin>>);

impl Pins {
    pub(super) fn of(office: &Office, findings: &[Finding]) -> Self {
        let map = Map::of(office);
        let mut pins = Self::default();
        for (index, finding) in findings.iter().enumerate() {
            let cell = finding.location.as_ref().and_then(|at| at.cell);
            pins.0.entry(map.spot(finding)).or_default().push(Pin {
                finding: index,
                cell,
            });
        }
        pins
    }

    /// The findings at a spot, in the order of the assessment.
    pub(super) fn at(&self, spot: Spot) -> &[Pin] {
        self.0.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// The months of a user that carry a mark of their own.
    pub(super) fn months(&self, id: PersonId) -> impl Iterator<Item = Month> {
        self.0.keys().filter_map(move |spot| match spot {
            Spot::Month(person, month) if *person == id => Some(*month),
            _ => None,
        })
    }
}

/// Whom and when a spot is about.
#[derive(Debug, Clone, Copy)]
struct About {
    person: Option<PersonId>,
    date: Option<NaiveDate>,
    period: Option<(NaiveDate, NaiveDate)>,
    month: Option<Month>,
}

impl About {
    /// A user at any time.
    fn of(person: PersonId) -> Self {
        Self {
            person: Some(person),
            date: None,
            period: None,
            month: None,
        }
    }

    /// A user on a day, where it is known.
    fn on(person: PersonId, date: Option<NaiveDate>) -> Self {
        Self {
            date,
            month: date.map(Month::of),
            ..Self::of(person)
        }
    }

    /// How well it fits a finding: its user counts more than its time.
    fn fit(self, finding: &Finding) -> u8 {
        let person = match finding.subject {
            Subject::Person(id) => self.person == Some(id),
            Subject::Office => self.person.is_none(),
        };
        let time = match finding.when {
            When::Always => true,
            When::Date(date) => {
                self.date == Some(date)
                    || self.date.is_none() && self.month == Some(Month::of(date))
            }
            When::Period(from, to) => {
                self.period == Some((from, to))
                    || self.date.is_some_and(|date| from <= date && date <= to)
            }
            When::Month(month) => self.month == Some(month),
        };
        u8::from(person) * 2 + u8::from(time)
    }
}

/// Where each cell and each user's time is printed.
struct Map<'a> {
    people: usize,
    cells: BTreeMap<(&'a str, &'a str, Cell), Vec<Spot>>,
    about: BTreeMap<Spot, About>,
    by_date: BTreeMap<(PersonId, NaiveDate), Spot>,
    by_month: BTreeMap<(PersonId, Month), Spot>,
    rosters: BTreeMap<PersonId, Spot>,
    listings: BTreeMap<Month, Spot>,
}

impl<'a> Map<'a> {
    fn of(office: &'a Office) -> Self {
        let mut map = Self {
            people: office.people.len(),
            cells: BTreeMap::new(),
            about: BTreeMap::new(),
            by_date: BTreeMap::new(),
            by_month: BTreeMap::new(),
            rosters: BTreeMap::new(),
            listings: BTreeMap::new(),
        };
        for (i, entry) in office.roster.iter().enumerate() {
            map.add_roster(i, entry);
        }
        for (i, record) in office.daily.iter().enumerate() {
            map.add_daily(i, record);
        }
        for (i, record) in office.weekly.iter().enumerate() {
            map.add_weekly(i, record);
        }
        for (i, record) in office.monthly.iter().enumerate() {
            map.add_monthly(i, record);
        }
        for (i, listing) in office.listing.iter().enumerate() {
            map.add_listing(i, listing);
        }
        for (i, sheet) in office.service_records.iter().enumerate() {
            map.add_service_record(i, sheet);
        }
        map
    }

    fn add(&mut self, spot: Spot, about: About, source: &'a Source, cells: &[Option<Cell>]) {
        self.about.insert(spot, about);
        for &cell in cells.iter().chain([&source.at]).flatten() {
            let key = (&*source.file, &*source.sheet, cell);
            let spots = self.cells.entry(key).or_default();
            if spots.last() != Some(&spot) {
                spots.push(spot);
            }
        }
    }

    /// A record with these boxes beside name and number.
    fn add_record(
        &mut self,
        spot: Spot,
        about: About,
        record: &'a impl Record,
        boxes: &[Option<Cell>],
    ) {
        let user = record.user();
        if let Some(date) = about.date {
            self.by_date.entry((user.person, date)).or_insert(spot);
        }
        let head = [user.name.cell, user.certificate_number.cell];
        self.add(spot, about, record.source(), &[&head, boxes].concat());
    }

    fn add_roster(&mut self, i: usize, entry: &'a RosterEntry) {
        let spot = Spot::Roster(i);
        self.rosters.entry(entry.user.person).or_insert(spot);
        let boxes = [
            entry.service.cell,
            entry.municipality.cell,
            entry.grant_from.cell,
            entry.grant_to.cell,
            entry.annotated_on.cell,
            entry.consented_on.cell,
            entry.applied_on.cell,
            entry.plan_created_on.cell,
            entry.home_start.cell,
            entry.home_end.cell,
            entry.home_weekdays.cell,
            entry.commute_weekdays.cell,
            entry.reason.cell,
            entry.approved_on.cell,
            entry.home_checked_on.cell,
            entry.notes.cell,
        ];
        self.add_record(spot, About::of(entry.user.person), entry, &boxes);
    }

    fn add_daily(&mut self, i: usize, record: &'a DailyRecord) {
        let boxes = [
            record.date.cell,
            record.start.cell,
            record.end.cell,
            record.method.cell,
            record.method_note.cell,
            record.work.cell,
            record.support.cell,
            record.condition_and_advice.cell,
            record.recorder.cell,
        ];
        let about = About::on(record.user.person, record.date.get());
        self.add_record(Spot::Daily(i), about, record, &boxes);
    }

    fn add_weekly(&mut self, i: usize, record: &'a WeeklyRecord) {
        let boxes = [
            record.date.cell,
            record.previous_date.cell,
            record.method.cell,
            record.method_note.cell,
            record.period_from.cell,
            record.period_to.cell,
            record.content.cell,
            record.recorder.cell,
            record.confirmer.cell,
        ];
        let about = About {
            period: record.period_from.get().zip(record.period_to.get()),
            ..About::on(record.user.person, record.date.get())
        };
        self.add_record(Spot::Weekly(i), about, record, &boxes);
    }

    fn add_monthly(&mut self, i: usize, record: &'a MonthlyRecord) {
        let (spot, person) = (Spot::Monthly(i), record.user.person);
        let on = About::on(person, record.date.get());
        let month = record.month.get().or(on.month);
        if let Some(month) = month {
            self.by_month.entry((person, month)).or_insert(spot);
        }
        let boxes = [
            record.month.cell,
            record.date.cell,
            record.start.cell,
            record.end.cell,
            record.method.cell,
            record.method_note.cell,
            record.goal.cell,
            record.effort.cell,
            record.achievement.cell,
            record.issues.cell,
            record.improvement.cell,
            record.health.cell,
            record.remarks.cell,
            record.continuation.cell,
            record.evaluator.cell,
            record.previous_date.cell,
            record.signature.cell,
        ];
        self.add_record(spot, About { month, ..on }, record, &boxes);
    }

    fn add_listing(&mut self, i: usize, listing: &'a Listing) {
        let spot = Spot::Listing(i);
        let month = listing.month.get();
        if let Some(month) = month {
            self.listings.entry(month).or_insert(spot);
        }
        let about = About {
            person: None,
            date: None,
            period: None,
            month,
        };
        let cells = [
            listing.month.cell,
            listing.office_name.cell,
            listing.office_number.cell,
            listing.service.cell,
        ];
        self.add(spot, about, &listing.source, &cells);
        for (j, row) in listing.rows.iter().enumerate() {
            self.add_row(Spot::Row(i, j), month, row);
        }
    }

    fn add_row(&mut self, spot: Spot, month: Option<Month>, row: &'a ListingRow) {
        let person = row.user.person;
        if let Some(month) = month {
            self.by_month.entry((person, month)).or_insert(spot);
        }
        let mut boxes = vec![row.home_days.cell, row.monthly_date.cell];
        boxes.extend(row.days.iter().map(|day| day.cell));
        boxes.extend(row.unread_days.iter().map(|(_, field)| field.cell));
        boxes.extend(row.weekly_dates.iter().map(|date| date.cell));
        let about = About {
            month,
            ..About::of(person)
        };
        self.add_record(spot, about, row, &boxes);
    }

    fn add_service_record(&mut self, i: usize, sheet: &'a ServiceRecordSheet) {
        let mut boxes = vec![sheet.month.cell];
        for day in &sheet.days {
            boxes.extend([day.date.cell, day.status.cell, day.start.cell]);
            boxes.extend([day.end.cell, day.confirmed.cell, day.remarks.cell]);
        }
        let about = About {
            month: sheet.month.get(),
            ..About::of(sheet.user.person)
        };
        self.add_record(Spot::ServiceRecord(i), about, sheet, &boxes);
    }

    fn spot(&self, finding: &Finding) -> Spot {
        self.by_cell(finding)
            .unwrap_or_else(|| self.by_subject(finding))
    }

    /// A cell can stand over several records, such as the name over two days.
    fn by_cell(&self, finding: &Finding) -> Option<Spot> {
        let at = finding.location.as_ref()?;
        let spots = self.cells.get(&(&*at.file, &*at.sheet, at.cell?))?;
        let fit = |spot: &Spot| self.about.get(spot).map_or(0, |about| about.fit(finding));
        let best = spots.iter().map(fit).max()?;
        let spot = spots.iter().find(|spot| fit(spot) == best).copied()?;
        // Another user's record is no place for it, whatever the cell.
        let is_foreign = matches!(finding.subject, Subject::Person(_)) && best < 2;
        let is_listing = matches!(spot, Spot::Listing(_));
        (!is_foreign || is_listing).then_some(spot)
    }

    fn by_subject(&self, finding: &Finding) -> Spot {
        let id = match finding.subject {
            Subject::Person(id) if id.0 < self.people => id,
            Subject::Person(_) => return Spot::Office,
            Subject::Office => {
                let month = finding.when.first().map(Month::of);
                let listing = month.and_then(|month| self.listings.get(&month));
                return listing.copied().unwrap_or(Spot::Office);
            }
        };
        let in_month = |month: Month| Spot::Month(id, month);
        match finding.when {
            When::Always => self.rosters.get(&id).copied().unwrap_or(Spot::Person(id)),
            When::Date(date) => self
                .by_date
                .get(&(id, date))
                .copied()
                .unwrap_or_else(|| in_month(Month::of(date))),
            When::Period(from, _) => in_month(Month::of(from)),
            When::Month(month) => self
                .by_month
                .get(&(id, month))
                .copied()
                .unwrap_or_else(|| in_month(month)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;

    fn spot_of(sample: &Sample, finding: &Finding) -> Spot {
        Map::of(&sample.office).spot(finding)
    }

    fn daily_finding(sample: &Sample) -> Finding {
        let record = &sample.office.daily[1];
        let mut finding = sample.assessment.findings[0].clone();
        finding.subject = Subject::Person(record.user.person);
        finding.when = When::Date(record.date.get().unwrap());
        finding.location = Some(record.source.locate(record.support.cell));
        finding
    }

    #[test]
    fn a_finding_goes_to_the_record_of_its_cell() {
        let sample = Sample::new(2, 1);
        assert_eq!(spot_of(&sample, &daily_finding(&sample)), Spot::Daily(1));
    }

    #[test]
    fn a_cell_over_two_records_goes_to_the_one_of_the_day() {
        let mut sample = Sample::new(1, 1);
        let shared = sample.office.daily[0].user.name.cell;
        let source = sample.office.daily[0].source.clone();
        sample.office.daily[1].user.name.cell = shared;
        sample.office.daily[1].source = source;
        let mut finding = daily_finding(&sample);
        finding.location.as_mut().unwrap().cell = shared;
        assert_eq!(spot_of(&sample, &finding), Spot::Daily(1));
        finding.when = When::Date(sample.office.daily[0].date.get().unwrap());
        assert_eq!(spot_of(&sample, &finding), Spot::Daily(0));
    }

    #[test]
    fn without_a_cell_user_and_time_decide() {
        let sample = Sample::new(2, 1);
        let mut finding = daily_finding(&sample);
        finding.location = None;
        assert_eq!(spot_of(&sample, &finding), Spot::Daily(1));
        let id = PersonId(0);
        finding.when = When::Always;
        assert_eq!(spot_of(&sample, &finding), Spot::Roster(0));
        let month = Month::new(2024, 1).unwrap();
        finding.when = When::Month(month);
        assert_eq!(spot_of(&sample, &finding), Spot::Month(id, month));
    }

    #[test]
    fn another_users_cell_is_no_place() {
        let sample = Sample::new(2, 1);
        let mut finding = daily_finding(&sample);
        finding.subject = Subject::Person(PersonId(1));
        finding.when = When::Always;
        assert_eq!(spot_of(&sample, &finding), Spot::Roster(1));
        finding.subject = Subject::Person(PersonId(99));
        assert_eq!(spot_of(&sample, &finding), Spot::Office);
    }

    #[test]
    fn every_finding_has_one_spot() {
        let sample = Sample::new(3, 2);
        let pins = Pins::of(&sample.office, &sample.assessment.findings);
        let mut placed: Vec<usize> = pins.0.values().flatten().map(|pin| pin.finding).collect();
        placed.sort_unstable();
        assert!(placed.into_iter().eq(0..sample.assessment.findings.len()));
    }
}
