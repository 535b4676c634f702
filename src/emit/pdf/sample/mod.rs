//! An invented office for the tests of this room.

mod findings;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::{BundleInput, ReportInput};
use crate::ledger::{Ledger, ledgers};
use crate::model::{
    Assessment, Cell, CertificateNumber, DailyRecord, DayMark, Field, Finding, Lang, Listing,
    ListingRow, Location, Mark, Method, Month, MonthlyRecord, NotJudged, Office, Pending, Person,
    PersonId, RosterEntry, Service, Skipped, Source, Subject, Unreadable, UserMention,
    WeeklyRecord, When, Wording,
};
use crate::notice::Notice;

const NAMES: [&str; 6] = [
    "小倉 はる",
    "門司 健太郎",
    "八幡 みどり",
    "若松 髙志",
    "戸畑 﨑子",
    "遠賀川アレクサンドラ 由美子",
];

/// An office with what the checks said of it.
pub(super) struct Sample {
    pub(super) office: Office,
    pub(super) assessment: Assessment,
    pub(super) notices: Vec<Notice>,
    pub(super) ledgers: Vec<Ledger>,
    pub(super) as_of: NaiveDate,
    pub(super) lang: Lang,
    pub(super) bundle_pages: BTreeMap<usize, usize>,
}

impl Sample {
    /// So many users, each with so many months from September 2025.
    pub(super) fn new(users: usize, months: usize) -> Self {
        let mut sample = Self {
            office: office(),
            assessment: Assessment::default(),
            notices: vec![notice()],
            ledgers: Vec::new(),
            as_of: date(2027, 11, 10),
            lang: Lang::Ja,
            bundle_pages: BTreeMap::new(),
        };
        for i in 0..users {
            sample.add_user(i);
        }
        let mut month = Month::new(2025, 9).unwrap();
        for _ in 0..months {
            sample.add_month(month);
            month = month.next();
        }
        sample.add_rest();
        let key = |f: &Finding| (f.verdict, f.subject, f.when, f.check);
        sample.assessment.findings.sort_by_key(key);
        sample.draw_ledgers();
        sample
    }

    /// Draws the ledgers up anew, after a change.
    pub(super) fn draw_ledgers(&mut self) {
        self.ledgers = ledgers(&self.office, &self.notices, &self.assessment, self.as_of);
    }

    pub(super) fn report_input(&self) -> ReportInput<'_> {
        ReportInput {
            office: &self.office,
            assessment: &self.assessment,
            ledgers: &self.ledgers,
            notices: &self.notices,
            as_of: self.as_of,
            lang: self.lang,
            check_title: &findings::title,
            bundle_pages: &self.bundle_pages,
        }
    }

    pub(super) fn bundle_input(&self) -> BundleInput<'_> {
        BundleInput {
            office: &self.office,
            assessment: &self.assessment,
            notices: &self.notices,
            as_of: self.as_of,
            lang: self.lang,
        }
    }

    fn add_user(&mut self, i: usize) {
        let name = match NAMES.get(i) {
            Some(name) => (*name).to_owned(),
            None => format!("利用者 {i}号"),
        };
        let number = CertificateNumber::new(&format!("40{i:08}"));
        self.office.people.push(Person {
            name,
            certificate_number: number,
        });
        let source = source(
            "在宅就労支援対象者リスト.xlsx",
            "対象者リスト",
            i as u32 + 3,
        );
        let on = |month, day, col| {
            let value = date(2025, month, day);
            Field::read(value.to_string(), value, Some(Cell::new(i as u32 + 3, col)))
        };
        self.office.roster.push(RosterEntry {
            user: self.mention(i, i as u32 + 3),
            service: Field::read("B型", Service::ContinuationB, None),
            grant_from: on(4, 1, 4),
            grant_to: Field::blank(Some(Cell::new(i as u32 + 3, 5))),
            annotated_on: on(8, 20, 6),
            consented_on: on(8, 1, 7),
            applied_on: on(8, 5, 8),
            plan_created_on: on(8, 3, 9),
            home_start: on(9, 1, 10),
            home_end: Field::blank(None),
            home_weekdays: Field::read(
                "月・火・木・金",
                [Weekday::Mon, Weekday::Tue, Weekday::Thu, Weekday::Fri]
                    .into_iter()
                    .collect(),
                None,
            ),
            reason: text(
                "対人緊張が強く、毎日の通所が負担になるため、在宅での作業を希望された。",
                Some(Cell::new(i as u32 + 3, 12)),
            ),
            source: source.clone(),
            ..RosterEntry::default()
        });
        let cell = Some(Cell::new(i as u32 + 3, 5));
        let (subject, location) = (Subject::Person(PersonId(i)), Some(source.locate(cell)));
        self.find("roster-field-missing", subject, When::Always, location);
    }

    fn mention(&self, i: usize, row: u32) -> UserMention {
        let person = &self.office.people[i];
        UserMention {
            name: text(&person.name, Some(Cell::new(row, 1))),
            certificate_number: match &person.certificate_number {
                Some(n) => Field::read(n.as_str(), n.clone(), Some(Cell::new(row, 2))),
                None => Field::blank(None),
            },
            person: PersonId(i),
        }
    }

    fn add_month(&mut self, month: Month) {
        let days: Vec<NaiveDate> = month
            .first()
            .iter_days()
            .take_while(|day| month.contains(*day))
            .filter(|day| day.weekday().num_days_from_monday() < 5)
            .collect();
        let sheet = source(&format!("実施一覧表_{month}.xlsx"), "一覧表", 0);
        let mut listing = Listing {
            month: Field::read("", month, Some(Cell::new(1, 1))),
            office_name: text(&self.office.name, None),
            office_number: text("4010000001", None),
            service: Field::read("", Service::ContinuationB, None),
            rows: Vec::new(),
            source: sheet.clone(),
        };
        for i in 0..self.office.people.len() {
            let mut row = ListingRow {
                user: self.mention(i, i as u32 + 5),
                home_days: Field::read("12", 12, Some(Cell::new(i as u32 + 5, 40))),
                source: sheet.clone(),
                ..ListingRow::default()
            };
            for (n, &day) in days.iter().enumerate() {
                let mark = if day.weekday() == Weekday::Wed {
                    Mark::Attendance
                } else {
                    Mark::Home
                };
                let cell = Some(Cell::new(i as u32 + 5, 5 + day.day()));
                row.days.push(DayMark {
                    day: day.day(),
                    mark,
                    cell,
                });
                if mark == Mark::Home {
                    self.add_day(i, n, day, sheet.locate(cell));
                }
                if day.weekday() == Weekday::Fri {
                    self.add_week(i, n, day);
                    row.weekly_dates
                        .push(Field::read(day.to_string(), day, None));
                }
            }
            self.add_evaluation(i, month);
            listing.rows.push(row);
        }
        self.office.listing.push(listing);
    }

    fn add_day(&mut self, i: usize, n: usize, day: NaiveDate, listed: Location) {
        let subject = Subject::Person(PersonId(i));
        if (n + i).is_multiple_of(11) {
            self.find(
                "daily-record-missing",
                subject,
                When::Date(day),
                Some(listed),
            );
            return;
        }
        let source = self.file(i, "在宅就労支援記録", day, n as u32 * 20);
        let at = |col| Some(Cell::new(n as u32 * 20 + 7, col));
        let faulty = (n + i).is_multiple_of(5);
        let support = if faulty {
            "・9:00　利用者から作業開始の電話。体調は良好とのこと。"
        } else {
            "・9:00　利用者から作業開始の電話。体調は良好、睡眠は7時間とのこと。\n・12:00　午前の進み具合をテレビ電話で確認し、入力の桁ずれを一緒に直した。\n・16:00　作業終了の報告を受け、成果物60件を確認した。"
        };
        let record = DailyRecord {
            user: self.mention(i, n as u32 * 20),
            date: Field::read(day.to_string(), day, at(1)),
            start: Field::read("10:00", clock(10), at(2)),
            end: Field::read("16:00", clock(16), at(3)),
            method: Field::read("電話", Method::Phone, at(4)),
            method_note: Field::blank(at(5)),
            work: text("商品データの入力、通販サイトの画像の切り抜き", at(6)),
            support: text(support, at(7)),
            contacts: Vec::new(),
            condition_and_advice: text(
                "表情は明るく、作業への意欲も見られる。休憩を忘れがちなため、1時間に1度は席を立つよう助言した。",
                at(8),
            ),
            recorder: match n % 9 {
                0 => Field::blank(at(9)),
                _ => text("支援員 折尾", at(9)),
            },
            source: source.clone(),
        };
        if faulty {
            let location = Some(source.locate(at(7)));
            self.find(
                "fewer-than-two-contacts",
                subject,
                When::Date(day),
                location.clone(),
            );
            self.find("end-contact-missing", subject, When::Date(day), location);
        }
        if record.recorder.is_blank() {
            let location = Some(source.locate(at(9)));
            self.find("daily-field-missing", subject, When::Date(day), location);
        }
        self.office.daily.push(record);
    }

    fn add_week(&mut self, i: usize, n: usize, day: NaiveDate) {
        let source = self.file(i, "評価", day, n as u32 * 20);
        let from = day - chrono::Days::new(4);
        let at = |col| Some(Cell::new(n as u32 * 20 + 7, col));
        let by_mail = (n + i).is_multiple_of(4);
        let method = if by_mail {
            Method::Email
        } else {
            Method::Attendance
        };
        self.office.weekly.push(WeeklyRecord {
            user: self.mention(i, n as u32 * 20),
            date: Field::read("", day, at(1)),
            previous_date: Field::blank(at(2)),
            method: Field::read("", method, at(3)),
            method_note: Field::blank(at(4)),
            period_from: Field::read("", from, at(5)),
            period_to: Field::read("", day, at(5)),
            content: text(
                "今週は4日間、計画どおりに作業できた。入力の誤りは前週の半分に減っている。来週は画像の切り抜きの手順書を見直し、分からない所をその日のうちに質問することを目標とする。",
                at(6),
            ),
            recorder: text("支援員 折尾", at(7)),
            confirmer: text("サービス管理責任者 香春", at(8)),
            source: source.clone(),
        });
        if by_mail {
            let location = Some(source.locate(at(3)));
            let subject = Subject::Person(PersonId(i));
            self.find(
                "weekly-evaluation-text-only",
                subject,
                When::Date(day),
                location,
            );
        }
    }

    fn add_evaluation(&mut self, i: usize, month: Month) {
        let subject = Subject::Person(PersonId(i));
        let when = When::Month(month);
        if i % 3 == 2 {
            self.find("monthly-evaluation-missing", subject, when, None);
            return;
        }
        let source = self.file(i, "達成度評価シート", month.first(), 0);
        let at = |row| Some(Cell::new(row, 3));
        self.office.monthly.push(MonthlyRecord {
            user: self.mention(i, 2),
            month: Field::read("", month, at(1)),
            date: Field::read("", month.last(), at(4)),
            start: Field::read("", clock(13), at(4)),
            end: Field::unclear(
                "二時ごろ",
                Wording::new("時刻として読み取れません", "not a time of day"),
                at(4),
            ),
            method: Field::read("", Method::Attendance, at(5)),
            goal: text("1日6時間の作業を休まず続ける。", at(6)),
            effort: text(
                "作業前に手順を声に出して確認し、終業時に件数を記録した。",
                at(7),
            ),
            achievement: text("おおむね達成。欠勤は1日のみであった。", at(8)),
            issues: text("疲れを言い出せず、午後に作業が遅れる日がある。", at(9)),
            improvement: text("14時に短い電話を入れ、体調を数字で答えてもらう。", at(10)),
            health: text("通院は月1回。服薬は変わりない。", at(11)),
            remarks: Field::blank(at(12)),
            continuation: text("在宅での就労の継続が妥当と判断する。", at(13)),
            evaluator: text("支援員 折尾", at(14)),
            previous_date: Field::blank(at(15)),
            signature: Field::blank(at(16)),
            source: source.clone(),
            ..MonthlyRecord::default()
        });
        let location = Some(source.locate(at(16)));
        self.find("monthly-evaluation-unsigned", subject, when, location);
    }

    fn add_rest(&mut self) {
        let week = When::Period(date(2025, 9, 8), date(2025, 9, 12));
        if !self.office.people.is_empty() {
            let subject = Subject::Person(PersonId(0));
            self.find("weekly-evaluation-missing", subject, week, None);
            self.find("municipality-not-covered", subject, When::Always, None);
            self.assessment.not_judged.push(NotJudged {
                notice: "kitakyushu".to_owned(),
                subject,
                days: 12,
                reason: Wording::new(
                    "通知の適用日（令和7年5月1日）より前の日です。",
                    "before the notice was in force",
                ),
            });
            self.assessment.pending.push(Pending {
                check: "weekly-evaluation-missing",
                notice: "kitakyushu".to_owned(),
                subject,
                when: week,
            });
        }
        let month = Month::new(2025, 8).unwrap();
        self.find("listing-missing", Subject::Office, When::Month(month), None);
    }

    fn file(&self, i: usize, kind: &str, day: NaiveDate, row: u32) -> Source {
        let name = &self.office.people[i].name;
        let month = Month::of(day);
        source(
            &format!("令和7年度在宅就労支援関係書類/{name}/{kind}_{month}_final_ver2.xlsx"),
            &format!("第{}週", day.day().div_ceil(7)),
            row,
        )
    }
}

/// The notice that the findings cite.
pub(super) fn notice() -> Notice {
    Notice::builtin("kitakyushu", &crate::check::names())
        .unwrap()
        .unwrap()
}

fn office() -> Office {
    Office {
        name: "就労継続支援事業所 ひびきの丘ワークステーション".to_owned(),
        number: Some("4010000001".to_owned()),
        service: Some(Service::ContinuationB),
        skipped: vec![Skipped {
            file: Arc::from("様式/在宅就労支援記録_様式と記載例.xlsx"),
            sheet: Some("【記載例】".to_owned()),
            reason: Wording::new("記載例のシートです。", "a sample"),
        }],
        unreadable: vec![Unreadable {
            file: Arc::from("若松/支援記録_2025年10月_パスワード付き.xlsx"),
            code: "password-protected",
            message: Wording::new(
                "パスワードがかかっています。パスワードを外したものを入れ直してください。",
                "protected by a password",
            ),
        }],
        ..Office::default()
    }
}

fn source(file: &str, sheet: &str, row: u32) -> Source {
    Source {
        file: Arc::from(file),
        sheet: Arc::from(sheet),
        at: Some(Cell::new(row, 0)),
        ..Source::default()
    }
}

fn text(value: &str, cell: Option<Cell>) -> Field<String> {
    Field::read(value, value.to_owned(), cell)
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}
