//! An invented office for the tests of this room.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::model::{
    Applicability, Cell, CertificateNumber, Contact, ContactKind, DailyRecord, DayMark, Doubt,
    Field, Finding, Listing, ListingRow, Mark, Method, Month, MonthlyRecord, Office, Person,
    PersonId, RosterEntry, Service, Source, Subject, UserMention, Verdict, WeeklyRecord, When,
    Wording,
};

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).unwrap()
}

pub(super) fn at(name: &str) -> Option<Cell> {
    Cell::parse(name)
}

pub(super) fn text(words: &str, cell: &str) -> Field<String> {
    Field::read(words, words.to_owned(), at(cell))
}

fn time(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn source(file: &str, sheet: &str) -> Source {
    Source {
        file: file.into(),
        sheet: sheet.into(),
        at: at("A1"),
        unread: None,
    }
}

const NAMES: [(&str, &str); 3] = [
    ("濵﨑　結衣", "0412345678"),
    ("森　健太", "1312345678"),
    ("森　健太", "1312349999"),
];

fn user(id: usize) -> UserMention {
    let (name, number) = NAMES[id];
    UserMention {
        name: text(name, "D2"),
        certificate_number: Field::read(number, CertificateNumber::new(number).unwrap(), at("Q2")),
        person: PersonId(id),
    }
}

pub(super) fn daily(id: usize, month: u32, date: u32) -> DailyRecord {
    let on = day(month, date);
    let sentence = "作業開始の連絡を受けた。前日の続きから始めることを確認し、手順書の該当箇所を一緒に読み合わせたうえで、午前中の目標を二十件とした。";
    DailyRecord {
        user: user(id),
        date: Field::read(format!("2025/{month}/{date}"), on, at("D4")),
        start: Field::read("10時00分", time(10), at("Q4")),
        end: Field::read("16:00", time(16), at("V4")),
        method: Field::read("Zoom", Method::Video, at("D5")),
        work: text(
            "・商品名の一覧への入力（予定百二十件）\n・入力した一覧の見直し",
            "D6",
        ),
        support: text(
            &format!(
                "・10:00　{sentence}・16:00　作業終了の連絡を受けた。成果は百十八件。次回の作業を確かめた。"
            ),
            "D8",
        ),
        contacts: [
            sentence,
            "作業終了の連絡を受けた。成果は百十八件。次回の作業を確かめた。",
        ]
        .map(|words| Contact {
            time: None,
            kind: ContactKind::Other,
            text: words.to_owned(),
        })
        .to_vec(),
        condition_and_advice: text(
            "よく眠れたとのこと。肩のこりがあり、一時間ごとに立って体を伸ばすよう助言した。",
            "D16",
        ),
        recorder: text("秋山　まどか", "D19"),
        source: source("利用者/支援記録_9月.xlsx", &format!("{id}-{month}-{date}")),
        ..DailyRecord::default()
    }
}

pub(super) fn weekly(id: usize, month: u32, date: u32) -> WeeklyRecord {
    WeeklyRecord {
        user: user(id),
        date: Field::read(format!("R7.{month}.{date}"), day(month, date), at("D22")),
        previous_date: Field::blank(at("S22")),
        method: Field::read("通所", Method::Attendance, at("D23")),
        period_from: Field::read("9/1", day(month, date - 3), at("D24")),
        period_to: Field::read("9/4", day(month, date - 1), at("L24")),
        content: text(
            "・目標の件数にはほぼ届いた。\n・午後に集中が途切れるため、休憩の取り方を一緒に考えた。",
            "A26",
        ),
        recorder: text("秋山　まどか", "D34"),
        confirmer: text("大塚　誠", "R34"),
        source: source("利用者/支援記録_9月.xlsx", &format!("評価{id}-{date}")),
        ..WeeklyRecord::default()
    }
}

pub(super) fn monthly(id: usize) -> MonthlyRecord {
    MonthlyRecord {
        user: user(id),
        month: Field::read("R7.9", Month::new(2025, 9).unwrap(), at("U1")),
        date: Field::read("令和7年9月30日", day(9, 30), at("D6")),
        start: Field::read("10:00", time(10), at("Q6")),
        end: Field::unclear("昼ごろ", Wording::default(), at("V6")),
        method: Field::read("訪問", Method::Visit, at("D7")),
        goal: text("一日五時間の作業を週四日続ける", "D8"),
        effort: text("入力と見直しを交互に行った", "D11"),
        achievement: text(
            &"おおむね達成した。数字の誤りが減り、見直しにかかる時間も短くなった。".repeat(6),
            "D14",
        ),
        issues: text("午後に手が止まりやすい", "D18"),
        improvement: text("午後の作業を四十五分ごとに区切る", "D21"),
        health: text("睡眠を六時間以上とる", "D25"),
        remarks: Field::blank(at("D28")),
        continuation: text("妥当", "D31"),
        evaluator: text("秋山　まどか", "D34"),
        previous_date: Field::blank(at("S34")),
        signature: text("濵﨑　結衣", "Q36"),
        source: source("利用者/達成度評価.xlsx", &format!("{id}")),
        ..MonthlyRecord::default()
    }
}

fn roster_entry(id: usize) -> RosterEntry {
    let row = 6 + id;
    let cell = |col: &str| at(&format!("{col}{row}"));
    let on = |col: &str, raw: &str, date| Field::read(raw, date, cell(col));
    let mut user = user(id);
    user.name.cell = cell("B");
    user.certificate_number.cell = cell("C");
    RosterEntry {
        user,
        grant_from: on("D", "2025/4/1", day(4, 1)),
        grant_to: on(
            "E",
            "令和8年3月31日",
            NaiveDate::from_ymd_opt(2026, 3, 31).unwrap(),
        ),
        consented_on: on("F", "R7.5.12", day(5, 12)),
        plan_created_on: on("G", "令和7年5月13日", day(5, 13)),
        applied_on: on("H", "令和7年5月15日", day(5, 15)),
        annotated_on: Field::unclear("手続き中", Wording::default(), cell("I")),
        home_start: on("J", "令和7年6月2日", day(6, 2)),
        home_weekdays: Field::read(
            "月火水木",
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu]
                .into_iter()
                .collect(),
            cell("K"),
        ),
        commute_weekdays: Field::blank(cell("L")),
        reason: Field::read(
            "=人混みが苦手で通所が難しい日が多いため",
            "=人混みが苦手で通所が難しい日が多いため".to_owned(),
            cell("M"),
        ),
        source: Source {
            at: cell("B"),
            ..source("対象者リスト.xlsx", "名簿")
        },
        ..RosterEntry::default()
    }
}

fn listing() -> Listing {
    let row = |id: usize| {
        let line = 7 + id;
        let cell = |col: &str| at(&format!("{col}{line}"));
        let mut user = user(id);
        user.name = Field::read("浜﨑 結衣", "浜﨑 結衣".to_owned(), cell("B"));
        user.certificate_number = Field::unclear("412345678", Wording::default(), cell("C"));
        let mut inferred = Field::read("9/5", day(9, 5), cell("AJ"));
        inferred.doubts.push(Doubt::YearFromContext);
        ListingRow {
            user,
            days: [1, 2, 3, 4, 30]
                .map(|d| DayMark {
                    day: d,
                    mark: if d == 30 { Mark::Visit } else { Mark::Home },
                    cell: Some(Cell::new(line as u32 - 1, 2 + d)),
                })
                .to_vec(),
            home_days: Field::read("5日", 5, cell("AI")),
            weekly_dates: vec![inferred],
            unread_days: vec![(5, Field::unclear("半", Wording::default(), cell("H")))],
            monthly_date: Field::read("令和7年9月30日", day(9, 30), cell("AO")),
            source: Source {
                at: cell("B"),
                ..source("一覧.xlsx", "9月")
            },
        }
    };
    Listing {
        month: Field::read("令和7年9月分", Month::new(2025, 9).unwrap(), at("A2")),
        office_name: text("なぎさ作業所", "B3"),
        office_number: text("4019999999", "F3"),
        service: Field::read("B型", Service::ContinuationB, at("J3")),
        rows: vec![row(0)],
        source: source("一覧.xlsx", "9月"),
    }
}

pub(super) fn office() -> Office {
    let mut undated = daily(0, 9, 1);
    undated.date = Field::unclear("先週の月曜", Wording::default(), at("D4"));
    undated.source = source("利用者/メモ.xlsx", "控え");
    let mut days: Vec<_> = [1, 2, 3, 4].map(|d| daily(0, 9, d)).to_vec();
    days.extend([daily(1, 9, 1), daily(2, 9, 1), undated]);
    Office {
        name: "なぎさ作業所".to_owned(),
        number: Some("4019999999".to_owned()),
        service: Some(Service::ContinuationB),
        people: NAMES
            .map(|(name, number)| Person {
                name: name.to_owned(),
                certificate_number: CertificateNumber::new(number),
            })
            .to_vec(),
        roster: (0..3).map(roster_entry).collect(),
        daily: days,
        weekly: vec![weekly(0, 9, 5)],
        monthly: vec![monthly(0)],
        listing: vec![listing()],
        ..Office::default()
    }
}

pub(super) fn finding(verdict: Verdict, when: When, cell: Option<(&Source, &str)>) -> Finding {
    Finding {
        check: "fewer-than-two-contacts",
        notice: "kitakyushu".to_owned(),
        clause: "6(3)".to_owned(),
        verdict,
        subject: Subject::Person(PersonId(0)),
        when,
        message: Wording::new(
            "連絡が1回しか記録されていません。",
            "Only one contact is recorded.",
        ),
        hint: Wording::new("記録を確かめてください。", "Check the record."),
        location: cell.map(|(source, name)| source.locate(at(name))),
        fix: None,
    }
}

/// Whether a change is only suggested.
pub(super) fn is_suggested(change: &crate::model::Change) -> bool {
    change.applicability == Applicability::Suggested
}
