//! An invented office without fault, for tests to alter in one thing.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::{assess, names};
use crate::model::{
    Assessment, Cell, CertificateNumber, Contact, ContactKind, DailyRecord, DayMark, Field,
    Finding, Listing, ListingRow, Mark, Media, Method, Month, MonthlyRecord, Office, Person,
    PersonId, RosterEntry, Service, ServiceDay, ServiceRecordSheet, Source, Subject, UserMention,
    Verdict, Weekdays, WeeklyRecord, When, Wording,
};
use crate::notice::Notice;

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// A value as if it were read from D4.
pub fn value<T>(value: T) -> Field<T> {
    Field::read("（記入）", value, Some(Cell::new(3, 3)))
}

pub fn text(words: &str) -> Field<String> {
    Field::read(words, words.to_owned(), Some(Cell::new(3, 3)))
}

pub fn blank<T>() -> Field<T> {
    Field::blank(Some(Cell::new(3, 3)))
}

pub fn unclear<T>(raw: &str) -> Field<T> {
    let reason = Wording::new("読み取れない文字", "unreadable text");
    Field::unclear(raw, reason, Some(Cell::new(3, 3)))
}

pub fn contact(at: &str, kind: ContactKind) -> Contact {
    Contact {
        time: (!at.is_empty()).then(|| time(at)),
        kind,
        text: "電話".to_owned(),
    }
}

pub fn notice(id: &str) -> Notice {
    Notice::builtin(id, &names()).unwrap().unwrap()
}

/// One user at home on Mondays, Wednesdays and Fridays of September 2025, at the office on
/// Tuesdays, evaluated each Friday and on the last day.
pub fn office() -> Office {
    office_in(2025, 9)
}

/// The same in another month.
pub fn office_in(year: i32, month: u32) -> Office {
    let month = Month::new(year, month).unwrap();
    let all: Vec<NaiveDate> = (1..=31).filter_map(|day| month.day(day)).collect();
    let on = |days: &[Weekday]| -> Vec<NaiveDate> {
        let chosen = all.iter().filter(|day| days.contains(&day.weekday()));
        chosen.copied().collect()
    };
    let home = on(&[Weekday::Mon, Weekday::Wed, Weekday::Fri]);
    let commute = on(&[Weekday::Tue]);
    let last_commute = *commute.last().unwrap();
    Office {
        name: "あおぞら作業所".to_owned(),
        number: Some("4010000001".to_owned()),
        service: Some(Service::ContinuationB),
        people: vec![Person {
            name: "白石　みのり".to_owned(),
            certificate_number: CertificateNumber::new("0123456789"),
        }],
        roster: vec![roster_entry()],
        daily: home.iter().map(|day| daily(*day)).collect(),
        weekly: weeks(&home),
        monthly: vec![monthly(month, last_commute)],
        listing: vec![listing(month, &home, &commute, last_commute)],
        media: Some(home.iter().map(|day| film(*day)).collect()),
        ..Office::default()
    }
}

fn film(day: NaiveDate) -> Media {
    Media {
        day,
        path: "白石みのり/訓練.mp4".into(),
    }
}

fn user() -> UserMention {
    UserMention {
        name: text("白石　みのり"),
        certificate_number: value(CertificateNumber::new("0123456789").unwrap()),
        person: PersonId(0),
    }
}

fn source(file: &str) -> Source {
    Source {
        file: file.into(),
        sheet: "記録".into(),
        at: Some(Cell::new(0, 0)),
        ..Source::default()
    }
}

fn roster_entry() -> RosterEntry {
    RosterEntry {
        user: user(),
        service: value(Service::ContinuationB),
        municipality: text("北九州市"),
        grant_from: value(date(2025, 4, 1)),
        grant_to: value(date(2028, 3, 31)),
        annotated_on: value(date(2025, 5, 28)),
        consented_on: value(date(2025, 5, 12)),
        applied_on: value(date(2025, 5, 15)),
        plan_created_on: value(date(2025, 5, 13)),
        home_start: value(date(2025, 6, 2)),
        home_end: blank(),
        approved_on: value(date(2025, 5, 20)),
        home_checked_on: value(date(2025, 5, 10)),
        home_weekdays: value(
            [Weekday::Mon, Weekday::Wed, Weekday::Fri]
                .into_iter()
                .collect(),
        ),
        commute_weekdays: value(Weekdays::from_iter([Weekday::Tue])),
        reason: text("外出に強い不安があるため"),
        notes: blank(),
        source: source("名簿.xlsx"),
    }
}

pub fn daily(day: NaiveDate) -> DailyRecord {
    DailyRecord {
        user: user(),
        date: value(day),
        start: value(time("10:00")),
        end: value(time("15:00")),
        method: value(Method::Phone),
        method_note: Field::absent(),
        work: text(&format!("部品の袋詰め {}個", day.day() * 3)),
        support: text(&format!(
            "10:00 開始の電話\n15:00 終了の電話、{}個",
            day.day() * 3
        )),
        contacts: vec![
            contact("10:00", ContactKind::Start),
            contact("15:00", ContactKind::End),
        ],
        condition_and_advice: text("よく眠れた。水分をとるよう助言。"),
        recorder: text("大友"),
        source: source(&format!("支援記録_{day}.xlsx")),
    }
}

/// One evaluation a week, on the last day at home of the week.
fn weeks(home: &[NaiveDate]) -> Vec<WeeklyRecord> {
    let week = |day: &NaiveDate| day.iso_week();
    home.chunk_by(|a, b| week(a) == week(b))
        .map(|days| weekly(days[0], *days.last().unwrap()))
        .collect()
}

pub fn weekly(first: NaiveDate, last: NaiveDate) -> WeeklyRecord {
    WeeklyRecord {
        user: user(),
        date: value(last),
        previous_date: blank(),
        method: value(Method::Phone),
        method_note: Field::absent(),
        period_from: value(first),
        period_to: value(last),
        content: text("計画どおりに進んだ。"),
        recorder: text("大友"),
        confirmer: text("久保田"),
        source: source(&format!("週評価_{last}.xlsx")),
    }
}

pub fn monthly(month: Month, day: NaiveDate) -> MonthlyRecord {
    MonthlyRecord {
        user: user(),
        month: value(month),
        date: value(day),
        start: value(time("13:00")),
        end: value(time("14:00")),
        method: value(Method::Attendance),
        method_note: Field::absent(),
        goal: text("週3日の作業を続ける"),
        effort: text("袋詰めに取り組んだ"),
        achievement: text("おおむね達成"),
        issues: text("午後の疲れ"),
        improvement: text("休憩を増やす"),
        health: text("睡眠"),
        remarks: text("特になし"),
        continuation: text("妥当"),
        evaluator: text("大友"),
        previous_date: blank(),
        signature: text("白石"),
        source: source(&format!("達成度_{month}.xlsx")),
    }
}

fn listing(month: Month, home: &[NaiveDate], commute: &[NaiveDate], last: NaiveDate) -> Listing {
    let mark = |mark: Mark| {
        move |day: &NaiveDate| DayMark {
            day: day.day(),
            mark,
            cell: Some(Cell::new(6, 2 + day.day())),
        }
    };
    let mut days: Vec<DayMark> = home.iter().map(mark(Mark::Home)).collect();
    days.extend(commute.iter().map(mark(Mark::Attendance)));
    days.sort_by_key(|day| day.day);
    Listing {
        month: value(month),
        office_name: text("あおぞら作業所"),
        office_number: text("4010000001"),
        service: value(Service::ContinuationB),
        rows: vec![ListingRow {
            user: user(),
            days,
            unread_days: Vec::new(),
            home_days: value(home.len() as u32),
            weekly_dates: weeks(home).into_iter().map(|week| week.date).collect(),
            monthly_date: value(last),
            source: source(&format!("一覧_{month}.xlsx")),
        }],
        source: source(&format!("一覧_{month}.xlsx")),
    }
}

/// The office with a service record sheet of the month: each day at home and at the office.
pub fn with_sheet(mut office: Office) -> Office {
    let listing = &office.listing[0];
    let month = listing.month.get().unwrap();
    let line = |marked: &DayMark| ServiceDay {
        date: value(month.day(marked.day).unwrap()),
        status: blank(),
        start: value(time("10:00")),
        end: value(time("15:00")),
        confirmed: text("白石"),
        remarks: match marked.mark {
            Mark::Home => text("在宅就労"),
            _ => blank(),
        },
    };
    let sheet = ServiceRecordSheet {
        user: user(),
        month: value(month),
        days: listing.rows[0].days.iter().map(line).collect(),
        source: source("実績記録票.xlsx"),
    };
    office.service_records.push(sheet);
    office
}

/// The line of that day of the month on the service record sheet.
pub fn sheet_day(office: &mut Office, day: u32) -> &mut ServiceDay {
    let is_day = |line: &&mut ServiceDay| line.date.get().unwrap().day() == day;
    office.service_records[0]
        .days
        .iter_mut()
        .find(is_day)
        .unwrap()
}

/// The record of that day of the month.
pub fn on(office: &mut Office, day: u32) -> &mut DailyRecord {
    let is_day = |record: &&mut DailyRecord| record.date.get().unwrap().day() == day;
    office.daily.iter_mut().find(is_day).unwrap()
}

/// Takes a record of that day out.
pub fn without_day(office: &mut Office, day: u32) {
    office
        .daily
        .retain(|record| record.date.get().unwrap().day() != day);
}

/// The user's line of form 4.
pub fn row(office: &mut Office) -> &mut ListingRow {
    &mut office.listing[0].rows[0]
}

/// Marks a day otherwise, or not at all.
pub fn mark(office: &mut Office, day: u32, mark: Option<Mark>) {
    let row = row(office);
    row.days.retain(|marked| marked.day != day);
    row.days.extend(mark.map(|mark| DayMark {
        day,
        mark,
        cell: None,
    }));
    row.days.sort_by_key(|marked| marked.day);
    let home = row
        .days
        .iter()
        .filter(|marked| marked.mark == Mark::Home)
        .count();
    row.home_days = value(home as u32);
}

pub fn assessed(office: &Office, notices: &[Notice], as_of: NaiveDate) -> Assessment {
    let assessment = assess(office, notices, as_of);
    for finding in &assessment.findings {
        for text in [&finding.message, &finding.hint] {
            assert!(!text.ja.is_ascii() && !text.en.is_empty(), "{finding:?}");
            assert!(!text.ja.contains("白石"), "{finding:?}");
        }
    }
    assessment
}

/// What is found by Kitakyushu's notice at the end of November 2025.
pub fn told(office: &Office) -> Vec<String> {
    told_by(office, "kitakyushu", date(2025, 11, 30))
}

/// The same on another day, leaving aside that the records after it are of days to come.
pub fn told_on(office: &Office, as_of: NaiveDate) -> Vec<String> {
    let mut told = told_by(office, "kitakyushu", as_of);
    told.retain(|line| !line.contains("date-in-future"));
    told
}

/// One finding a line: verdict, check, when, and `office` where it is about the office.
pub fn told_by(office: &Office, id: &str, as_of: NaiveDate) -> Vec<String> {
    let findings = assessed(office, &[notice(id)], as_of).findings;
    findings.iter().map(line).collect()
}

/// What is counted as waiting, in the same way.
pub fn waiting(office: &Office, as_of: NaiveDate) -> Vec<String> {
    let pending = assessed(office, &[notice("kitakyushu")], as_of).pending;
    pending
        .iter()
        .map(|p| format!("{} {}", p.check, place(p.when, p.subject)))
        .collect()
}

fn line(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Deficient => "deficient",
        Verdict::Review => "review",
    };
    let place = place(finding.when, finding.subject);
    format!("{verdict} {} {place}", finding.check)
}

fn place(when: When, subject: Subject) -> String {
    let when = match when {
        When::Always => "always".to_owned(),
        When::Date(day) => day.to_string(),
        When::Period(first, last) => format!("{first}..{last}"),
        When::Month(month) => month.to_string(),
    };
    match subject {
        Subject::Person(_) => when,
        Subject::Office => format!("{when} office"),
    }
}

/// What `check` says under Hitachi's notice of March 2026, when a clean office is altered.
pub fn by_hitachi(check: &str, alter: impl FnOnce(&mut Office)) -> Vec<String> {
    let mut office = office_in(2026, 3);
    alter(&mut office);
    let told = told_by(&office, "hitachi", date(2026, 4, 30));
    told.into_iter()
        .filter(|line| line.contains(check))
        .collect()
}
