//! A record as JSON: its values, and where each of them stands.
//!
//! `source.cells` gives the cell of every item that the form has. `source.raw`
//! gives the text of those whose value is `null` because it was not understood.

use chrono::{NaiveDate, NaiveTime};
use serde_json::{Map, Value, json};

use super::UserEntry;
use crate::model::{
    Cell, CertificateNumber, Contact, DailyRecord, Field, Listing, ListingRow, Method, Month,
    MonthlyRecord, Office, RosterEntry, Service, ServiceRecordSheet, Source, UserMention, Weekdays,
    WeeklyRecord,
};

/// 参考様式1
pub fn roster(office: &Office, entry: &RosterEntry) -> Value {
    Row::of(&entry.source)
        .user(office, &entry.user)
        .field("service", &entry.service)
        .field("municipality", &entry.municipality)
        .field("grant_from", &entry.grant_from)
        .field("grant_to", &entry.grant_to)
        .field("annotated_on", &entry.annotated_on)
        .field("consented_on", &entry.consented_on)
        .field("applied_on", &entry.applied_on)
        .field("plan_created_on", &entry.plan_created_on)
        .field("home_start", &entry.home_start)
        .field("home_end", &entry.home_end)
        .field("home_weekdays", &entry.home_weekdays)
        .field("commute_weekdays", &entry.commute_weekdays)
        .field("reason", &entry.reason)
        .field("approved_on", &entry.approved_on)
        .field("home_checked_on", &entry.home_checked_on)
        .field("notes", &entry.notes)
        .end()
}

/// 参考様式2
pub fn daily(office: &Office, record: &DailyRecord) -> Value {
    let contacts = record.contacts.iter().map(contact).collect();
    Row::of(&record.source)
        .user(office, &record.user)
        .field("date", &record.date)
        .field("start", &record.start)
        .field("end", &record.end)
        .field("method", &record.method)
        .field("method_note", &record.method_note)
        .field("work", &record.work)
        .field("support", &record.support)
        .value("contacts", contacts)
        .field("condition_and_advice", &record.condition_and_advice)
        .field("recorder", &record.recorder)
        .end()
}

/// 参考様式2-2
pub fn weekly(office: &Office, record: &WeeklyRecord) -> Value {
    Row::of(&record.source)
        .user(office, &record.user)
        .field("date", &record.date)
        .field("previous_date", &record.previous_date)
        .field("method", &record.method)
        .field("method_note", &record.method_note)
        .field("period_from", &record.period_from)
        .field("period_to", &record.period_to)
        .field("content", &record.content)
        .field("recorder", &record.recorder)
        .field("confirmer", &record.confirmer)
        .end()
}

/// 参考様式3
pub fn monthly(office: &Office, record: &MonthlyRecord) -> Value {
    let signed = is_filled(&record.signature);
    Row::of(&record.source)
        .user(office, &record.user)
        .field("month", &record.month)
        .field("date", &record.date)
        .field("start", &record.start)
        .field("end", &record.end)
        .field("method", &record.method)
        .field("method_note", &record.method_note)
        .field("goal", &record.goal)
        .field("effort", &record.effort)
        .field("achievement", &record.achievement)
        .field("issues", &record.issues)
        .field("improvement", &record.improvement)
        .field("health", &record.health)
        .field("remarks", &record.remarks)
        .field("continuation", &record.continuation)
        .field("evaluator", &record.evaluator)
        .field("previous_date", &record.previous_date)
        .value("signed", signed)
        .cell("signed", record.signature.cell)
        .end()
}

/// 参考様式4
pub fn listing(office: &Office, listing: &Listing) -> Value {
    let rows = listing.rows.iter().map(|row| listing_row(office, row));
    let named = json!({
        "name": value_of(&listing.office_name),
        "number": value_of(&listing.office_number),
        "service": value_of(&listing.service),
    });
    Row::of(&listing.source)
        .field("month", &listing.month)
        .value("office", named)
        .place("office.name", &listing.office_name)
        .place("office.number", &listing.office_number)
        .place("office.service", &listing.service)
        .value("rows", rows.collect())
        .end()
}

fn listing_row(office: &Office, row: &ListingRow) -> Value {
    let days = row
        .days
        .iter()
        .map(|d| json!({"day": d.day, "mark": d.mark}));
    let dates = row.weekly_dates.iter().map(value_of);
    let mut out = Row::of(&row.source)
        .user(office, &row.user)
        .value("days", days.collect())
        .field("home_days", &row.home_days)
        .value("weekly_dates", dates.collect())
        .field("monthly_date", &row.monthly_date);
    for (i, day) in row.days.iter().enumerate() {
        out = out.cell(&format!("days[{i}]"), day.cell);
    }
    for (day, mark) in &row.unread_days {
        out = out.place(&format!("day {day}"), mark);
    }
    for (i, date) in row.weekly_dates.iter().enumerate() {
        out = out.place(&format!("weekly_dates[{i}]"), date);
    }
    out.end()
}

/// サービス提供実績記録票: `days` holds `date`, `status`, `start`, `end`, `confirmed` (true,
/// false, or null where the sheet has no such item) and `remarks`; `source.cells` names their
/// cells as `days[0].start`.
pub fn service_record(office: &Office, sheet: &ServiceRecordSheet) -> Value {
    let days = sheet.days.iter().map(|day| {
        json!({
            "date": value_of(&day.date),
            "status": value_of(&day.status),
            "start": value_of(&day.start),
            "end": value_of(&day.end),
            "confirmed": is_filled(&day.confirmed),
            "remarks": value_of(&day.remarks),
        })
    });
    let mut out = Row::of(&sheet.source)
        .user(office, &sheet.user)
        .field("month", &sheet.month)
        .value("days", days.collect());
    for (i, day) in sheet.days.iter().enumerate() {
        let key = |item: &str| format!("days[{i}].{item}");
        out = out
            .place(&key("date"), &day.date)
            .place(&key("status"), &day.status)
            .place(&key("start"), &day.start)
            .place(&key("end"), &day.end)
            .place(&key("confirmed"), &day.confirmed)
            .place(&key("remarks"), &day.remarks);
    }
    out.end()
}

/// Whether a signature is there; null where the form does not ask for one.
fn is_filled(field: &Field<String>) -> Value {
    match field.is_absent() {
        true => Value::Null,
        false => Value::Bool(!field.is_blank()),
    }
}

fn contact(contact: &Contact) -> Value {
    json!({
        "time": contact.time.as_ref().map(Item::json),
        "kind": contact.kind,
        "text": contact.text,
    })
}

/// What a form's item can hold.
trait Item {
    fn json(&self) -> Value;
}

impl Item for String {
    fn json(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Item for u32 {
    fn json(&self) -> Value {
        Value::from(*self)
    }
}

impl Item for NaiveDate {
    fn json(&self) -> Value {
        Value::from(self.to_string())
    }
}

impl Item for NaiveTime {
    fn json(&self) -> Value {
        Value::from(self.format("%H:%M").to_string())
    }
}

impl Item for Month {
    fn json(&self) -> Value {
        Value::from(self.to_string())
    }
}

impl Item for Method {
    fn json(&self) -> Value {
        json!(self)
    }
}

impl Item for Service {
    fn json(&self) -> Value {
        json!(self)
    }
}

impl Item for Weekdays {
    fn json(&self) -> Value {
        Value::from(self.keys())
    }
}

impl Item for CertificateNumber {
    fn json(&self) -> Value {
        Value::from(self.as_str())
    }
}

fn value_of<T: Item>(field: &Field<T>) -> Value {
    field.value().map_or(Value::Null, Item::json)
}

/// A record being put together: its values, then its source.
struct Row<'a> {
    source: &'a Source,
    values: Map<String, Value>,
    cells: Map<String, Value>,
    raw: Map<String, Value>,
}

impl<'a> Row<'a> {
    fn of(source: &'a Source) -> Self {
        Self {
            source,
            values: Map::new(),
            cells: Map::new(),
            raw: Map::new(),
        }
    }

    /// The person that the mention was taken for, and where the mention stands.
    fn user(self, office: &Office, mention: &UserMention) -> Self {
        self.value("user", json!(UserEntry::of(office, mention.person)))
            .place("user.name", &mention.name)
            .place("user.certificate_number", &mention.certificate_number)
    }

    /// The item's value and its place.
    fn field<T: Item>(self, key: &str, field: &Field<T>) -> Self {
        self.value(key, value_of(field)).place(key, field)
    }

    fn value(mut self, key: &str, value: Value) -> Self {
        self.values.insert(key.to_owned(), value);
        self
    }

    /// Where the item stands, and its text where that was not understood.
    fn place<T>(mut self, key: &str, field: &Field<T>) -> Self {
        if field.is_unclear() {
            self.raw.insert(key.to_owned(), field.raw.as_str().into());
        }
        self.cell(key, field.cell)
    }

    fn cell(mut self, key: &str, cell: Option<Cell>) -> Self {
        if let Some(cell) = cell {
            self.cells.insert(key.to_owned(), cell.to_string().into());
        }
        self
    }

    fn end(mut self) -> Value {
        let mut source = json!({
            "file": &*self.source.file,
            "sheet": &*self.source.sheet,
            "cells": self.cells,
        });
        if !self.raw.is_empty() {
            source["raw"] = Value::Object(self.raw);
        }
        self.values.insert("source".into(), source);
        Value::Object(self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sample;
    use crate::model::{ServiceDay, Wording};

    #[test]
    fn a_daily_record_keeps_values_and_cells() {
        let office = sample::office();
        assert_eq!(
            daily(&office, &office.daily[0]),
            json!({
                "user": {"name": "青葉 ひかり", "certificate_number": "0100000001"},
                "date": "2025-09-03",
                "start": "09:05",
                "end": "15:00",
                "method": "phone",
                "method_note": null,
                "work": "封入作業",
                "support": "・9:00 開始の電話",
                "contacts": [{"time": "09:00", "kind": "start", "text": "開始の電話"}],
                "condition_and_advice": null,
                "recorder": null,
                "source": {
                    "file": "記録.xlsx",
                    "sheet": "9月",
                    "cells": {
                        "user.name": "C3",
                        "date": "C4",
                        "start": "C5",
                        "end": "F5",
                        "method": "C6",
                        "work": "C7",
                        "support": "D8",
                        "condition_and_advice": "D16",
                        "recorder": "D20",
                    },
                    "raw": {"recorder": "#REF!"},
                },
            })
        );
    }

    #[test]
    fn raw_text_is_given_only_where_it_was_not_understood() {
        let office = sample::office();
        let mut record = office.daily[0].clone();
        record.recorder = Field::blank(None);
        let value = daily(&office, &record);
        assert_eq!(value["source"].get("raw"), None);
        record.date = Field::unclear("9月31日", Wording::default(), Cell::parse("C4"));
        let value = daily(&office, &record);
        assert_eq!(value["date"], Value::Null);
        assert_eq!(value["source"]["raw"], json!({"date": "9月31日"}));
    }

    #[test]
    fn the_keys_keep_the_order_of_the_form() {
        let office = sample::office();
        let text = serde_json::to_string(&daily(&office, &office.daily[0])).unwrap();
        let at = |key: &str| text.find(&format!("\"{key}\":")).unwrap();
        assert!(at("user") < at("date") && at("date") < at("recorder"));
        assert!(at("recorder") < at("source"));
    }

    #[test]
    fn a_signature_is_true_false_or_not_asked_for() {
        let office = Office {
            people: sample::office().people,
            ..Office::default()
        };
        let signed = |signature| {
            let record = MonthlyRecord {
                signature,
                ..MonthlyRecord::default()
            };
            monthly(&office, &record)["signed"].clone()
        };
        assert_eq!(
            signed(Field::read("青葉", "青葉".to_owned(), None)),
            json!(true)
        );
        assert_eq!(signed(Field::blank(None)), json!(false));
        assert_eq!(signed(Field::absent()), Value::Null);
    }

    #[test]
    fn a_listing_gives_marks_dates_and_the_number_as_written() {
        let office = sample::office();
        let value = listing(&office, &office.listing[0]);
        assert_eq!(value["month"], "2025-09");
        assert_eq!(
            value["office"],
            json!({"name": "みなと就労センター", "number": "4019900001", "service": null})
        );
        let row = &value["rows"][0];
        assert_eq!(
            row["days"],
            json!([{"day": 3, "mark": "home"}, {"day": 10, "mark": "attendance"}])
        );
        assert_eq!(row["home_days"], 2);
        assert_eq!(row["weekly_dates"], json!(["2025-09-10", null]));
        assert_eq!(row["monthly_date"], "2025-09-30");
        assert_eq!(row["source"]["cells"]["days[1]"], "N6");
        assert_eq!(row["source"]["cells"]["weekly_dates[0]"], "AJ6");
        assert_eq!(row["source"]["raw"], json!({"weekly_dates[1]": "済"}));
    }

    #[test]
    fn a_service_record_sheet_gives_its_days() {
        let office = sample::office();
        let day = ServiceDay {
            date: Field::read("3", sample::day(2025, 9, 3), Cell::parse("A9")),
            start: Field::unclear("十時", Wording::default(), Cell::parse("D9")),
            confirmed: Field::read("（印影）", "（印影）".to_owned(), Cell::parse("G9")),
            remarks: Field::read("在宅就労", "在宅就労".to_owned(), None),
            ..ServiceDay::default()
        };
        let unsigned = ServiceDay {
            confirmed: Field::blank(None),
            ..ServiceDay::default()
        };
        let sheet = ServiceRecordSheet {
            days: vec![day, unsigned, ServiceDay::default()],
            ..ServiceRecordSheet::default()
        };
        let value = service_record(&office, &sheet);
        assert_eq!(value["month"], Value::Null);
        assert_eq!(
            value["days"][0],
            json!({
                "date": "2025-09-03",
                "status": null,
                "start": null,
                "end": null,
                "confirmed": true,
                "remarks": "在宅就労",
            })
        );
        assert_eq!(value["days"][1]["confirmed"], json!(false));
        assert_eq!(value["days"][2]["confirmed"], Value::Null);
        assert_eq!(value["source"]["cells"]["days[0].start"], "D9");
        assert_eq!(value["source"]["raw"], json!({"days[0].start": "十時"}));
    }

    #[test]
    fn a_roster_entry_gives_weekdays_and_service_by_name() {
        let office = sample::office();
        let value = roster(&office, &office.roster[0]);
        assert_eq!(value["service"], "就労継続支援B型");
        assert_eq!(value["home_weekdays"], json!(["mon", "wed"]));
        assert_eq!(value["commute_weekdays"], Value::Null);
        assert_eq!(value["municipality"], Value::Null);
        assert_eq!(value["grant_from"], "2025-04-01");
    }
}
