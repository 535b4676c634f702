//! The items of each record as one list, whatever their kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::{FormReading, ItemReading};
use crate::model::{
    Answer, Cell, CertificateNumber, Content, DailyRecord, Field, ListingRow, Mark, Method, Month,
    MonthlyRecord, Office, RosterEntry, SelfInspection, Service, ServiceDay, ServiceRecordSheet,
    Source, UserMention, Weekdays, WeeklyRecord,
};
use crate::normalise::{self, Heading};
use crate::recognise::{Form, FormKind, Item, Recognised};

/// A value as it stands in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text, a date, a time, a word.
    Text(String),
    /// A count.
    Number(u32),
    /// Weekdays.
    List(Vec<&'static str>),
}

/// One record of an office, by its kind.
#[derive(Clone, Copy)]
pub enum Record<'a> {
    Roster(&'a RosterEntry),
    Daily(&'a DailyRecord),
    Weekly(&'a WeeklyRecord),
    Monthly(&'a MonthlyRecord),
    Row(&'a ListingRow),
    ServiceDay(&'a ServiceDay, &'a ServiceRecordSheet),
    Inspection(&'a SelfInspection),
}

/// The records by kind, sheet and first cell; lines of service record sheets by the cell of
/// their day.
pub type Records<'a> = BTreeMap<(FormKind, Arc<str>, Option<Cell>), Record<'a>>;

/// Lays out the records of one file.
pub fn by_place(office: &Office) -> Records<'_> {
    let mut records = Records::new();
    let mut put = |kind, source: &Source, at, record| {
        records.insert((kind, source.sheet.clone(), at), record);
    };
    for entry in &office.roster {
        let source = &entry.source;
        put(FormKind::Roster, source, source.at, Record::Roster(entry));
    }
    for record in &office.daily {
        let source = &record.source;
        put(FormKind::Daily, source, source.at, Record::Daily(record));
    }
    for record in &office.weekly {
        let source = &record.source;
        put(FormKind::Weekly, source, source.at, Record::Weekly(record));
    }
    for record in &office.monthly {
        let source = &record.source;
        let at = source.at;
        put(FormKind::Monthly, source, at, Record::Monthly(record));
    }
    for row in office.listing.iter().flat_map(|listing| &listing.rows) {
        let source = &row.source;
        put(FormKind::Listing, source, source.at, Record::Row(row));
    }
    for sheet in &office.service_records {
        for day in &sheet.days {
            let record = Record::ServiceDay(day, sheet);
            let at = day.date.cell;
            put(FormKind::ServiceRecord, &sheet.source, at, record);
        }
    }
    for line in &office.self_inspection {
        let (source, record) = (&line.source, Record::Inspection(line));
        put(FormKind::SelfInspection, source, source.at, record);
    }
    records
}

/// Each form with the items that were read from it.
pub fn forms(found: &Recognised, records: &Records) -> Vec<FormReading> {
    let reading = |form: &Form| {
        let at = match form.kind {
            FormKind::ServiceRecord => first_cell(form, Item::Date),
            _ => Some(form.at),
        };
        let record = records.get(&(form.kind, form.sheet.clone(), at));
        let heading = normalise::heading(found, form);
        FormReading {
            kind: form.kind,
            sheet: form.sheet.clone(),
            at: form.at,
            title: form.title.clone(),
            filled: record.is_some(),
            items: items(form, &heading, record.copied()),
        }
    };
    found.forms.iter().map(reading).collect()
}

/// The cell that an item of the form is read from.
fn first_cell(form: &Form, item: Item) -> Option<Cell> {
    let entries = form.entries.get(&item)?;
    let written = entries.iter().find(|entry| !entry.words.is_empty());
    let entry = written.or(entries.first())?;
    Some(entry.words.first().map_or(entry.home, |word| word.cell))
}

fn items(form: &Form, heading: &Heading, record: Option<Record>) -> Vec<ItemReading> {
    let mut list = List {
        form,
        items: Vec::new(),
    };
    list.heading(heading);
    match record {
        Some(Record::Roster(r)) => list.roster(r),
        Some(Record::Daily(r)) => list.daily(r),
        Some(Record::Weekly(r)) => list.weekly(r),
        Some(Record::Monthly(r)) => list.monthly(r),
        Some(Record::Row(r)) => list.row(r),
        Some(Record::ServiceDay(r, sheet)) => list.service_day(r, sheet),
        Some(Record::Inspection(r)) => list.inspection(r),
        None => {}
    }
    list.items
}

struct List<'a> {
    form: &'a Form,
    items: Vec<ItemReading>,
}

impl List<'_> {
    /// Adds one item, unless the form does not have it.
    fn add<T: Shown>(&mut self, field: &'static str, item: Item, read: &Field<T>) {
        if read.is_absent() {
            return;
        }
        self.items.push(ItemReading {
            field,
            item,
            day: None,
            cell: read.cell,
            raw: read.raw.clone(),
            value: read.value().map(Shown::shown),
            problem: match &read.content {
                Content::Unclear(problem) => Some(problem.reason.clone()),
                _ => None,
            },
            confidence: read.confidence(),
            grounds: read.grounds.iter().collect(),
            doubts: read.doubts.clone(),
        });
    }

    /// The item that stands for both ends, where the form has it, else that of the one end.
    fn either(&self, both: Item, one: Item) -> Item {
        match self.form.entries.contains_key(&both) {
            true => both,
            false => one,
        }
    }

    fn user(&mut self, user: &UserMention) {
        self.add("user.name", Item::Name, &user.name);
        let number = &user.certificate_number;
        self.add("user.certificate_number", Item::CertificateNumber, number);
    }

    fn times(&mut self, start: &Field<NaiveTime>, end: &Field<NaiveTime>) {
        self.add("start", self.either(Item::Time, Item::Start), start);
        self.add("end", self.either(Item::Time, Item::End), end);
    }

    fn method(&mut self, method: &Field<Method>, note: &Field<String>) {
        self.add("method", Item::Method, method);
        if note.value().is_some() {
            self.add("method_note", Item::Method, note);
        }
    }

    fn roster(&mut self, r: &RosterEntry) {
        self.user(&r.user);
        self.add("service", Item::Service, &r.service);
        self.add("municipality", Item::Municipality, &r.municipality);
        let has_ends = self.form.entries.contains_key(&Item::GrantFrom)
            || self.form.entries.contains_key(&Item::GrantTo);
        let end = |one| if has_ends { one } else { Item::Grant };
        self.add("grant_from", end(Item::GrantFrom), &r.grant_from);
        self.add("grant_to", end(Item::GrantTo), &r.grant_to);
        self.add("annotated_on", Item::AnnotatedOn, &r.annotated_on);
        self.add("consented_on", Item::ConsentedOn, &r.consented_on);
        self.add("applied_on", Item::AppliedOn, &r.applied_on);
        self.add("plan_created_on", Item::PlanCreatedOn, &r.plan_created_on);
        self.add("home_start", Item::HomeStart, &r.home_start);
        self.add("home_end", Item::HomeEnd, &r.home_end);
        self.add("home_weekdays", Item::HomeWeekdays, &r.home_weekdays);
        let commuting = &r.commute_weekdays;
        self.add("commute_weekdays", Item::CommuteWeekdays, commuting);
        self.add("reason", Item::Reason, &r.reason);
        self.add("approved_on", Item::ApprovedOn, &r.approved_on);
        let checked = &r.home_checked_on;
        self.add("home_checked_on", Item::HomeCheckedOn, checked);
        self.add("notes", Item::Notes, &r.notes);
    }

    fn daily(&mut self, r: &DailyRecord) {
        self.user(&r.user);
        self.date_and_times(&r.date, &r.start, &r.end);
        self.method(&r.method, &r.method_note);
        self.add("work", Item::Work, &r.work);
        let contacts = self.form.entries.contains_key(&Item::Contact);
        let in_boxes = contacts && !self.form.entries.contains_key(&Item::Support);
        let item = if in_boxes {
            Item::Contact
        } else {
            Item::Support
        };
        self.add("support", item, &r.support);
        let condition = &r.condition_and_advice;
        self.add("condition_and_advice", Item::Condition, condition);
        self.add("recorder", Item::Recorder, &r.recorder);
    }

    /// Whether the date stands in one box with the times.
    fn is_in_one_box(&self) -> bool {
        let has = |item| self.form.entries.contains_key(&item);
        has(Item::DateTime) && !has(Item::Date)
    }

    fn date_and_times(
        &mut self,
        date: &Field<NaiveDate>,
        start: &Field<NaiveTime>,
        end: &Field<NaiveTime>,
    ) {
        if self.is_in_one_box() {
            self.add("date", Item::DateTime, date);
            self.add("start", Item::DateTime, start);
            self.add("end", Item::DateTime, end);
        } else {
            self.add("date", Item::Date, date);
            self.times(start, end);
        }
    }

    fn weekly(&mut self, r: &WeeklyRecord) {
        self.user(&r.user);
        let date = match self.is_in_one_box() {
            true => Item::DateTime,
            false => Item::Date,
        };
        self.add("date", date, &r.date);
        self.add("previous_date", Item::PreviousDate, &r.previous_date);
        self.method(&r.method, &r.method_note);
        let from = self.either(Item::Period, Item::PeriodFrom);
        self.add("period_from", from, &r.period_from);
        let to = self.either(Item::Period, Item::PeriodTo);
        self.add("period_to", to, &r.period_to);
        self.add("content", Item::Content, &r.content);
        self.add("recorder", Item::Recorder, &r.recorder);
        self.add("confirmer", Item::Confirmer, &r.confirmer);
    }

    fn monthly(&mut self, r: &MonthlyRecord) {
        self.user(&r.user);
        self.add("month", Item::Month, &r.month);
        self.date_and_times(&r.date, &r.start, &r.end);
        self.method(&r.method, &r.method_note);
        self.add("goal", Item::Goal, &r.goal);
        self.add("effort", Item::Effort, &r.effort);
        self.add("achievement", Item::Achievement, &r.achievement);
        self.add("issues", Item::Issues, &r.issues);
        self.add("improvement", Item::Improvement, &r.improvement);
        self.add("health", Item::Health, &r.health);
        self.add("remarks", Item::Remarks, &r.remarks);
        self.add("continuation", Item::Continuation, &r.continuation);
        self.add("evaluator", Item::Evaluator, &r.evaluator);
        self.add("previous_date", Item::PreviousDate, &r.previous_date);
        self.add("signed", Item::Signature, &r.signature);
    }

    /// What every form may say of its office, its month and its place. Months and services
    /// that are fields of the record itself are left to it.
    fn heading(&mut self, heading: &Heading) {
        self.add("office.name", Item::OfficeName, &heading.office_name);
        self.add("office.number", Item::OfficeNumber, &heading.office_number);
        if self.form.kind != FormKind::Roster {
            self.add("office.service", Item::Service, &heading.service);
        }
        if self.form.kind != FormKind::Monthly {
            self.add("month", Item::Month, &heading.month);
        }
        self.add("usage", Item::Usage, &heading.at_home);
    }

    fn service_day(&mut self, day: &ServiceDay, sheet: &ServiceRecordSheet) {
        self.user(&sheet.user);
        self.add("date", Item::Date, &day.date);
        self.add("status", Item::Status, &day.status);
        self.times(&day.start, &day.end);
        self.add("confirmed", Item::Confirmation, &day.confirmed);
        self.add("remarks", Item::Remarks, &day.remarks);
    }

    fn inspection(&mut self, line: &SelfInspection) {
        let cell = first_cell(self.form, Item::Sentence);
        let id = line.sentence.to_string();
        let sentence = Field::read(id.clone(), id, cell);
        self.add("sentence", Item::Sentence, &sentence);
        self.add("answer", Item::Answer, &line.answer);
        self.add("inspected_on", Item::InspectedOn, &line.inspected_on);
        self.add("inspector", Item::Inspector, &line.inspector);
        self.add("note", Item::Notes, &line.note);
    }

    fn row(&mut self, r: &ListingRow) {
        self.user(&r.user);
        let words = self.form.days.iter();
        let raw: BTreeMap<Option<Cell>, String> = words
            .map(|day| (Some(day.word.cell), day.word.text.clone()))
            .collect();
        for day in &r.days {
            let raw = raw.get(&day.cell).cloned().unwrap_or_default();
            self.add("days", Item::Days, &Field::read(raw, day.mark, day.cell));
            self.name_day(day.day);
        }
        for (day, mark) in &r.unread_days {
            self.add("days", Item::Days, mark);
            self.name_day(*day);
        }
        self.add("home_days", Item::HomeDays, &r.home_days);
        for date in &r.weekly_dates {
            self.add("weekly_dates", Item::WeeklyDate, date);
        }
        self.add("monthly_date", Item::MonthlyDate, &r.monthly_date);
    }

    fn name_day(&mut self, day: u32) {
        if let Some(last) = self.items.last_mut() {
            last.day = Some(day);
        }
    }
}

/// What a form's item can hold.
pub trait Shown {
    /// As it stands in JSON.
    fn shown(&self) -> Value;
}

impl Shown for String {
    fn shown(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Shown for u32 {
    fn shown(&self) -> Value {
        Value::Number(*self)
    }
}

impl Shown for NaiveDate {
    fn shown(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl Shown for NaiveTime {
    fn shown(&self) -> Value {
        Value::Text(self.format("%H:%M").to_string())
    }
}

impl Shown for Month {
    fn shown(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl Shown for Method {
    fn shown(&self) -> Value {
        let word = match self {
            Self::Visit => "visit",
            Self::Attendance => "attendance",
            Self::Phone => "phone",
            Self::Video => "video",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::Other => "other",
        };
        Value::Text(word.to_owned())
    }
}

impl Shown for Mark {
    fn shown(&self) -> Value {
        let word = match self {
            Self::Home => "home",
            Self::Attendance => "attendance",
            Self::Visit => "visit",
        };
        Value::Text(word.to_owned())
    }
}

impl Shown for bool {
    fn shown(&self) -> Value {
        let word = if *self { "home" } else { "elsewhere" };
        Value::Text(word.to_owned())
    }
}

impl Shown for Answer {
    fn shown(&self) -> Value {
        Value::Text(self.japanese().to_owned())
    }
}

impl Shown for Service {
    fn shown(&self) -> Value {
        Value::Text(self.japanese().to_owned())
    }
}

impl Shown for Weekdays {
    fn shown(&self) -> Value {
        Value::List(self.keys())
    }
}

impl Shown for CertificateNumber {
    fn shown(&self) -> Value {
        Value::Text(self.as_str().to_owned())
    }
}
