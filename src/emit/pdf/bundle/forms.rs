//! The records as they are laid out on the city's reference forms.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::BundleInput;
use super::boxes::{Choice, Filled, Origin, Pen, Remark};
use super::place::{Pin, Pins, Spot};
use crate::emit::pdf::glyphs::Ink;
use crate::emit::pdf::words::Badge;
use crate::model::{
    DailyRecord, Listing, ListingRow, Mark, Method, Month, MonthlyRecord, RosterEntry, Service,
    ServiceDay, ServiceRecordSheet, Source, UserMention, Weekdays, WeeklyRecord, date_in_japanese,
    month_in_japanese,
};

/// A record with more lines than this may go on on the next page; a shorter one stays whole.
/// It is about a third of a page, so that no more than that is left empty.
const KEPT_WHOLE: usize = 18;

/// The same for a form of many boxes, which mostly has a page of its own.
const SHEET_KEPT_WHOLE: usize = 30;

/// A record with all that every form has.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Form<T> {
    name: Filled,
    certificate_number: Filled,
    items: T,
    /// Findings about the record as a whole.
    remarks: Vec<Remark>,
    origin: Origin,
    /// Positions of the findings that are marked here first.
    findings: Vec<usize>,
    /// Too long to be kept on one page.
    long: bool,
}

/// 参考様式1, one line.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct RosterItems {
    service: Filled,
    municipality: Filled,
    grant_from: Filled,
    grant_to: Filled,
    annotated_on: Filled,
    consented_on: Filled,
    applied_on: Filled,
    plan_created_on: Filled,
    home_start: Filled,
    home_end: Filled,
    home_weekdays: Filled,
    commute_weekdays: Filled,
    reason: Filled,
    notes: Filled,
}

/// 参考様式2, one day.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct DailyItems {
    date: Filled,
    start: Filled,
    end: Filled,
    method: Choice,
    work: Filled,
    support: Filled,
    condition_and_advice: Filled,
    recorder: Filled,
}

/// 参考様式2-2, the evaluation.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct WeeklyItems {
    date: Filled,
    previous_date: Filled,
    method: Choice,
    period_from: Filled,
    period_to: Filled,
    content: Filled,
    recorder: Filled,
    confirmer: Filled,
}

/// 参考様式3.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct MonthlyItems {
    month: Filled,
    date: Filled,
    start: Filled,
    end: Filled,
    method: Choice,
    goal: Filled,
    effort: Filled,
    achievement: Filled,
    issues: Filled,
    improvement: Filled,
    health: Filled,
    remarks: Filled,
    continuation: Filled,
    evaluator: Filled,
    previous_date: Filled,
    signature: Filled,
}

/// 参考様式4, one user's line.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct RowItems {
    /// 1 to 31; a day that the month does not have is not marked.
    days: Vec<DayBox>,
    home_days: Filled,
    weekly_dates: Vec<Filled>,
    monthly_date: Filled,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct DayBox {
    mark: Option<Mark>,
    badges: Vec<Badge>,
}

/// 参考様式4, the whole sheet.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct ListingForm {
    month: Filled,
    /// From Sunday (0), the weekday of the first; `None` when the month is not known.
    first_weekday: Option<u32>,
    /// How many days the month has; 31 when it is not known.
    length: u32,
    office_name: Filled,
    office_number: Filled,
    service: Filled,
    rows: Vec<Form<RowItems>>,
    remarks: Vec<Remark>,
    origin: Origin,
    findings: Vec<usize>,
}

/// サービス提供実績記録票, one month.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct SheetItems {
    month: Filled,
    days: Vec<SheetLine>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct SheetLine {
    date: Filled,
    status: Filled,
    start: Filled,
    end: Filled,
    confirmed: Filled,
    remarks: Filled,
}

/// Turns records into forms.
pub(super) struct Printer<'a> {
    pub(super) input: &'a BundleInput<'a>,
    pub(super) pins: &'a Pins,
    pub(super) ink: &'a mut Ink,
}

impl Printer<'_> {
    pub(super) fn roster(&mut self, index: usize, entry: &RosterEntry) -> Form<RosterItems> {
        self.form(
            Spot::Roster(index),
            &entry.user,
            &entry.source,
            SHEET_KEPT_WHOLE,
            |pen| RosterItems {
                service: pen.fill(&entry.service, service),
                municipality: pen.text(&entry.municipality),
                grant_from: pen.date(&entry.grant_from),
                grant_to: pen.date(&entry.grant_to),
                annotated_on: pen.date(&entry.annotated_on),
                consented_on: pen.date(&entry.consented_on),
                applied_on: pen.date(&entry.applied_on),
                plan_created_on: pen.date(&entry.plan_created_on),
                home_start: pen.date(&entry.home_start),
                home_end: pen.date(&entry.home_end),
                home_weekdays: pen.fill(&entry.home_weekdays, weekdays),
                commute_weekdays: pen.fill(&entry.commute_weekdays, weekdays),
                reason: pen.text(&entry.reason),
                notes: pen.text(&entry.notes),
            },
        )
    }

    pub(super) fn daily(&mut self, index: usize, record: &DailyRecord) -> Form<DailyItems> {
        self.form(
            Spot::Daily(index),
            &record.user,
            &record.source,
            KEPT_WHOLE,
            |pen| DailyItems {
                date: pen.date(&record.date),
                start: pen.time(&record.start),
                end: pen.time(&record.end),
                method: pen.choice(
                    &[Method::Visit, Method::Phone],
                    &record.method,
                    &record.method_note,
                ),
                work: pen.text(&record.work),
                support: pen.text(&record.support),
                condition_and_advice: pen.text(&record.condition_and_advice),
                recorder: pen.text(&record.recorder),
            },
        )
    }

    pub(super) fn weekly(&mut self, index: usize, record: &WeeklyRecord) -> Form<WeeklyItems> {
        self.form(
            Spot::Weekly(index),
            &record.user,
            &record.source,
            KEPT_WHOLE,
            |pen| WeeklyItems {
                date: pen.date(&record.date),
                previous_date: pen.date(&record.previous_date),
                method: pen.choice(
                    &[Method::Attendance, Method::Visit],
                    &record.method,
                    &record.method_note,
                ),
                period_from: pen.date(&record.period_from),
                period_to: pen.date(&record.period_to),
                content: pen.text(&record.content),
                recorder: pen.text(&record.recorder),
                confirmer: pen.text(&record.confirmer),
            },
        )
    }

    pub(super) fn monthly(&mut self, index: usize, record: &MonthlyRecord) -> Form<MonthlyItems> {
        self.form(
            Spot::Monthly(index),
            &record.user,
            &record.source,
            SHEET_KEPT_WHOLE,
            |pen| MonthlyItems {
                month: pen.fill(&record.month, |month| month_in_japanese(*month)),
                date: pen.date(&record.date),
                start: pen.time(&record.start),
                end: pen.time(&record.end),
                method: pen.choice(
                    &[Method::Attendance, Method::Visit],
                    &record.method,
                    &record.method_note,
                ),
                goal: pen.text(&record.goal),
                effort: pen.text(&record.effort),
                achievement: pen.text(&record.achievement),
                issues: pen.text(&record.issues),
                improvement: pen.text(&record.improvement),
                health: pen.text(&record.health),
                remarks: pen.text(&record.remarks),
                continuation: pen.text(&record.continuation),
                evaluator: pen.text(&record.evaluator),
                previous_date: pen.date(&record.previous_date),
                signature: pen.text(&record.signature),
            },
        )
    }

    pub(super) fn service_record(
        &mut self,
        index: usize,
        sheet: &ServiceRecordSheet,
    ) -> Form<SheetItems> {
        let day = |date: &NaiveDate| format!("{}日（{}）", date.day(), weekday(*date));
        let line = |pen: &mut Pen<'_>, line: &ServiceDay| SheetLine {
            date: pen.fill(&line.date, day),
            status: pen.text(&line.status),
            start: pen.time(&line.start),
            end: pen.time(&line.end),
            confirmed: pen.text(&line.confirmed),
            remarks: pen.text(&line.remarks),
        };
        self.form(
            Spot::ServiceRecord(index),
            &sheet.user,
            &sheet.source,
            KEPT_WHOLE,
            |pen| SheetItems {
                month: pen.fill(&sheet.month, |month| month_in_japanese(*month)),
                days: sheet.days.iter().map(|day| line(pen, day)).collect(),
            },
        )
    }

    /// The sheet with these of its rows.
    pub(super) fn listing(
        &mut self,
        index: usize,
        listing: &Listing,
        is_wanted: impl Fn(&ListingRow) -> bool,
    ) -> ListingForm {
        let rows = listing.rows.iter().enumerate();
        let rows = rows
            .filter(|(_, row)| is_wanted(row))
            .map(|(j, row)| self.row(Spot::Row(index, j), listing.month.get(), row))
            .collect();
        let pins = self.pins.at(Spot::Listing(index));
        let mut pen = Pen::new(self.input, self.ink, &listing.source, pins);
        let month = listing.month.get();
        ListingForm {
            month: pen.fill(&listing.month, |month| month_in_japanese(*month)),
            first_weekday: month.map(|m| m.first().weekday().num_days_from_sunday()),
            length: month.map_or(31, |m| m.last().day()),
            office_name: pen.text(&listing.office_name),
            office_number: pen.text(&listing.office_number),
            service: pen.fill(&listing.service, service),
            rows,
            remarks: pen.remarks(),
            origin: pen.origin(&listing.source),
            findings: positions(pins),
        }
    }

    fn row(&mut self, spot: Spot, month: Option<Month>, row: &ListingRow) -> Form<RowItems> {
        let short = |date: &NaiveDate| match month {
            Some(month) if month.year() == date.year() => {
                format!("{}/{}", date.month(), date.day())
            }
            _ => date_in_japanese(*date),
        };
        self.form(spot, &row.user, &row.source, KEPT_WHOLE, |pen| {
            let days = (1..=31)
                .map(|day| {
                    let mark = row.days.iter().find(|d| d.day == day);
                    DayBox {
                        mark: mark.map(|d| d.mark),
                        badges: pen.badges(mark.and_then(|d| d.cell)),
                    }
                })
                .collect();
            RowItems {
                days,
                home_days: pen.fill(&row.home_days, u32::to_string),
                weekly_dates: row
                    .weekly_dates
                    .iter()
                    .map(|d| pen.fill(d, short))
                    .collect(),
                monthly_date: pen.fill(&row.monthly_date, short),
            }
        })
    }

    fn form<T>(
        &mut self,
        spot: Spot,
        user: &UserMention,
        source: &Source,
        kept_whole: usize,
        items: impl FnOnce(&mut Pen<'_>) -> T,
    ) -> Form<T> {
        let pins = self.pins.at(spot);
        let mut pen = Pen::new(self.input, self.ink, source, pins);
        Form {
            name: pen.text(&user.name),
            certificate_number: pen.fill(&user.certificate_number, ToString::to_string),
            items: items(&mut pen),
            remarks: pen.remarks(),
            origin: pen.origin(source),
            findings: positions(pins),
            long: pen.lines() > kept_whole,
        }
    }
}

fn positions(pins: &[Pin]) -> Vec<usize> {
    pins.iter().map(|pin| pin.finding).collect()
}

fn service(service: &Service) -> String {
    service.japanese().to_owned()
}

/// `水`
fn weekday(date: NaiveDate) -> String {
    Weekdays::from_iter([date.weekday()]).japanese()
}

fn weekdays(days: &Weekdays) -> String {
    days.japanese()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;

    #[test]
    fn only_a_long_record_may_be_broken() {
        let mut sample = Sample::new(1, 1);
        sample.office.daily[1].support.raw = "長い記録です。".repeat(400);
        let input = sample.bundle_input();
        let pins = Pins::default();
        let mut ink = Ink::default();
        let mut printer = Printer {
            input: &input,
            pins: &pins,
            ink: &mut ink,
        };
        assert!(!printer.daily(0, &sample.office.daily[0]).long);
        assert!(printer.daily(1, &sample.office.daily[1]).long);
    }

    #[test]
    fn a_listing_can_be_cut_to_one_user() {
        let sample = Sample::new(3, 1);
        let input = sample.bundle_input();
        let pins = Pins::default();
        let mut ink = Ink::default();
        let mut printer = Printer {
            input: &input,
            pins: &pins,
            ink: &mut ink,
        };
        let listing = &sample.office.listing[0];
        let whole = printer.listing(0, listing, |_| true);
        let one = printer.listing(0, listing, |row| row.user.person.0 == 1);
        assert_eq!((whole.rows.len(), one.rows.len()), (3, 1));
        assert_eq!(one.rows[0], whole.rows[1]);
        assert_eq!((whole.first_weekday, whole.length), (Some(1), 30));
    }
}
