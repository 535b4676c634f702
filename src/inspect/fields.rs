//! The items of each record as one list, whatever their kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::{FormReading, ItemReading};
use crate::model::{
    Cell, CertificateNumber, Content, DailyRecord, Field, Listing, ListingRow, Mark, Method, Month,
    MonthlyRecord, Office, RosterEntry, Service, Source, UserMention, Weekdays, WeeklyRecord,
};
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
    Row(&'a ListingRow, Option<&'a Listing>),
}

/// The records by kind, sheet and first cell.
pub type Records<'a> = BTreeMap<(FormKind, Arc<str>, Option<Cell>), Record<'a>>;

/// Lays out the records of one file.
pub fn by_place(office: &Office) -> Records<'_> {
    let mut records = Records::new();
    let mut put = |kind, source: &Source, record| {
        records.insert((kind, source.sheet.clone(), source.at), record);
    };
    for entry in &office.roster {
        put(FormKind::Roster, &entry.source, Record::Roster(entry));
    }
    for record in &office.daily {
        put(FormKind::Daily, &record.source, Record::Daily(record));
    }
    for record in &office.weekly {
        put(FormKind::Weekly, &record.source, Record::Weekly(record));
    }
    for record in &office.monthly {
        put(FormKind::Monthly, &record.source, Record::Monthly(record));
    }
    for listing in &office.listing {
        for (n, row) in listing.rows.iter().enumerate() {
            let head = (n == 0).then_some(listing);
            put(FormKind::Listing, &row.source, Record::Row(row, head));
        }
    }
    records
}

/// Each form with the items that were read from it.
pub fn forms(found: &Recognised, records: &Records) -> Vec<FormReading> {
    let reading = |form: &Form| {
        let record = records.get(&(form.kind, form.sheet.clone(), Some(form.at)));
        FormReading {
            kind: form.kind,
            sheet: form.sheet.clone(),
            at: form.at,
            title: form.title.clone(),
            items: record
                .map(|record| items(form, *record))
                .unwrap_or_default(),
        }
    };
    found.forms.iter().map(reading).collect()
}

fn items(form: &Form, record: Record) -> Vec<ItemReading> {
    let mut list = List {
        form,
        items: Vec::new(),
    };
    match record {
        Record::Roster(r) => list.roster(r),
        Record::Daily(r) => list.daily(r),
        Record::Weekly(r) => list.weekly(r),
        Record::Monthly(r) => list.monthly(r),
        Record::Row(row, listing) => {
            if let Some(listing) = listing {
                list.listing(listing);
            }
            list.row(row);
        }
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
        self.add("notes", Item::Notes, &r.notes);
    }

    fn daily(&mut self, r: &DailyRecord) {
        self.user(&r.user);
        self.add("date", Item::Date, &r.date);
        self.times(&r.start, &r.end);
        self.method(&r.method, &r.method_note);
        self.add("work", Item::Work, &r.work);
        self.add("support", Item::Support, &r.support);
        let condition = &r.condition_and_advice;
        self.add("condition_and_advice", Item::Condition, condition);
        self.add("recorder", Item::Recorder, &r.recorder);
    }

    fn weekly(&mut self, r: &WeeklyRecord) {
        self.user(&r.user);
        self.add("date", Item::Date, &r.date);
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
        self.add("date", Item::Date, &r.date);
        self.times(&r.start, &r.end);
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

    fn listing(&mut self, l: &Listing) {
        self.add("month", Item::Month, &l.month);
        self.add("office.name", Item::OfficeName, &l.office_name);
        self.add("office.number", Item::OfficeNumber, &l.office_number);
        self.add("office.service", Item::Service, &l.service);
    }

    fn row(&mut self, r: &ListingRow) {
        self.user(&r.user);
        let words = self.form.days.iter();
        let raw: BTreeMap<u32, String> = words.map(|(d, w)| (*d, w.text.clone())).collect();
        for day in &r.days {
            let raw = raw.get(&day.day).cloned().unwrap_or_default();
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
trait Shown {
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
