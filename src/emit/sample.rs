//! A small invented office for the tests of this room.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::model::{
    Assessment, Cell, CertificateNumber, Contact, ContactKind, DailyRecord, DayMark, Field,
    Finding, Listing, ListingRow, Location, Mark, Method, Month, NotJudged, Office, Pending,
    Person, PersonId, RosterEntry, Service, Skipped, Source, Subject, Unreadable, UserMention,
    Verdict, When, Wording,
};

/// A real day.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn source() -> Source {
    Source {
        file: "記録.xlsx".into(),
        sheet: "9月".into(),
        at: Cell::parse("A1"),
        ..Source::default()
    }
}

fn read<T>(raw: &str, value: T, cell: &str) -> Field<T> {
    Field::read(raw, value, Cell::parse(cell))
}

fn text(raw: &str, cell: &str) -> Field<String> {
    read(raw, raw.to_owned(), cell)
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn hikari() -> UserMention {
    UserMention {
        name: text("青葉　ひかり", "C3"),
        certificate_number: Field::absent(),
        person: PersonId(0),
    }
}

/// One user with a number, one without; a record of each kind that tests ask for.
pub fn office() -> Office {
    Office {
        name: "みなと就労センター".into(),
        number: Some("4019900001".into()),
        service: Some(Service::ContinuationB),
        people: vec![
            Person {
                name: "青葉 ひかり".into(),
                certificate_number: CertificateNumber::new("0100000001"),
            },
            Person {
                name: "若松 みのる".into(),
                certificate_number: None,
            },
        ],
        roster: vec![RosterEntry {
            user: hikari(),
            service: read("B型", Service::ContinuationB, "D5"),
            municipality: Field::blank(Cell::parse("E5")),
            grant_from: read("R7.4.1", day(2025, 4, 1), "F5"),
            home_weekdays: read(
                "月・水",
                [Weekday::Mon, Weekday::Wed].into_iter().collect(),
                "G5",
            ),
            source: source(),
            ..RosterEntry::default()
        }],
        daily: vec![DailyRecord {
            user: hikari(),
            date: read("令和7年9月3日", day(2025, 9, 3), "C4"),
            start: read("9:05", time(9, 5), "C5"),
            end: read("15時", time(15, 0), "F5"),
            method: read("電話", Method::Phone, "C6"),
            work: text("封入作業", "C7"),
            support: text("・9:00 開始の電話", "D8"),
            contacts: vec![Contact {
                time: Some(time(9, 0)),
                kind: ContactKind::Start,
                text: "開始の電話".into(),
            }],
            condition_and_advice: Field::blank(Cell::parse("D16")),
            recorder: Field::unclear("#REF!", Wording::default(), Cell::parse("D20")),
            source: source(),
            ..DailyRecord::default()
        }],
        listing: vec![Listing {
            month: read("令和7年9月", Month::new(2025, 9).unwrap(), "B2"),
            office_name: text("みなと就労センター", "B3"),
            office_number: text("4019900001", "B4"),
            rows: vec![ListingRow {
                user: hikari(),
                days: vec![
                    DayMark {
                        day: 3,
                        mark: Mark::Home,
                        cell: Cell::parse("G6"),
                    },
                    DayMark {
                        day: 10,
                        mark: Mark::Attendance,
                        cell: Cell::parse("N6"),
                    },
                ],
                unread_days: Vec::new(),
                home_days: read("2", 2, "AI6"),
                weekly_dates: vec![
                    read("9/10", day(2025, 9, 10), "AJ6"),
                    Field::unclear("済", Wording::default(), Cell::parse("AK6")),
                ],
                monthly_date: read("9/30", day(2025, 9, 30), "AO6"),
                ..ListingRow::default()
            }],
            source: source(),
            ..Listing::default()
        }],
        skipped: vec![Skipped {
            file: "記録.xlsx".into(),
            sheet: Some("【記載例】".into()),
            reason: Wording::new("記載例のシートです。", "A sample sheet."),
        }],
        ..Office::default()
    }
}

/// One deficiency of a user, one question, one thing waiting, days not judged.
pub fn assessment() -> Assessment {
    let finding = Finding {
        check: "fewer-than-two-contacts",
        notice: "kitakyushu".into(),
        clause: "6(3)".into(),
        verdict: Verdict::Deficient,
        subject: Subject::Person(PersonId(0)),
        when: When::Date(day(2025, 9, 3)),
        message: Wording::new("連絡が1回しかありません。", "Only one contact."),
        hint: Wording::new("1日に2回以上連絡してください。", "Make two contacts a day."),
        location: Some(Location {
            file: "記録.xlsx".into(),
            sheet: "9月".into(),
            cell: Cell::parse("D8"),
        }),
        fix: None,
    };
    Assessment {
        findings: vec![
            finding.clone(),
            Finding {
                check: "listing-missing",
                clause: "4(5)".into(),
                subject: Subject::Office,
                when: When::Month(Month::new(2025, 10).unwrap()),
                message: Wording::new("一覧表がありません。", "There is no listing."),
                hint: Wording::new("一覧表を作成してください。", "Write the listing."),
                location: None,
                ..finding.clone()
            },
            Finding {
                when: When::Period(day(2025, 9, 8), day(2025, 9, 12)),
                message: Wording::new("連絡の時刻が読み取れません。", "The times are unclear."),
                verdict: Verdict::Review,
                ..finding
            },
        ],
        pending: vec![Pending {
            check: "monthly-evaluation-missing",
            notice: "kitakyushu".into(),
            subject: Subject::Person(PersonId(0)),
            when: When::Month(Month::new(2025, 11).unwrap()),
        }],
        not_judged: vec![NotJudged {
            notice: "kitakyushu".into(),
            subject: Subject::Person(PersonId(1)),
            days: 12,
            reason: Wording::new("通知の適用前", "before the notice was in force"),
        }],
    }
}

/// A file behind a password.
pub fn unreadable() -> Unreadable {
    Unreadable {
        file: "名簿.xlsx".into(),
        code: "password-protected",
        message: Wording::new("パスワードで保護されています。", "Protected by a password."),
    }
}
