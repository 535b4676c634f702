//! From records to changes of notation.
//!
//! A change writes the same fact otherwise. What is blank, unclear or missing is left
//! as it is, and nothing here judges a record or writes a file.

mod certificate;
mod contacts;
mod fix;
pub mod method;
mod name;
mod notation;
mod range;
mod reason;
pub mod text;

pub use fix::propose;
pub use notation::{Notation, Rewrite};
pub use reason::Reason;

use chrono::NaiveTime;

use crate::model::{
    Change, DailyRecord, Field, Listing, MonthlyRecord, Office, RosterEntry, Source, UserMention,
    WeeklyRecord,
};

/// What the item is called in changes.
const CERTIFICATE_NUMBER: &str = "受給者証番号";

/// Every change of notation that the office's records want, by file, sheet and cell.
pub fn changes(office: &Office) -> Vec<Change> {
    let mut log = Log {
        office,
        changes: Vec::new(),
    };
    office.roster.iter().for_each(|entry| log.roster(entry));
    office.daily.iter().for_each(|record| log.daily(record));
    office.weekly.iter().for_each(|record| log.weekly(record));
    office.monthly.iter().for_each(|record| log.monthly(record));
    office
        .listing
        .iter()
        .for_each(|listing| log.listing(listing));
    let mut changes = log.changes;
    // Records of one sheet share its heading.
    changes
        .sort_by(|a, b| (&a.location, &a.item, &a.before).cmp(&(&b.location, &b.item, &b.before)));
    changes.dedup();
    changes
}

struct Log<'a> {
    office: &'a Office,
    changes: Vec<Change>,
}

impl Log<'_> {
    fn roster(&mut self, entry: &RosterEntry) {
        let at = &entry.source;
        self.user(at, "氏名", &entry.user);
        self.field(at, "サービス種別", &entry.service);
        self.range(
            at,
            [
                "支給決定期間（開始）",
                "支給決定期間（終了）",
                "支給決定期間",
            ],
            [&entry.grant_from, &entry.grant_to],
            Reason::DateRange,
        );
        for (item, field) in [
            ("受給者証記載日", &entry.annotated_on),
            ("同意日", &entry.consented_on),
            ("区役所申請日", &entry.applied_on),
            ("個別支援計画作成日", &entry.plan_created_on),
            ("在宅就労開始日", &entry.home_start),
            ("在宅就労終了日", &entry.home_end),
            ("市の承認日", &entry.approved_on),
            ("自宅環境の確認日", &entry.home_checked_on),
        ] {
            self.field(at, item, field);
        }
        self.field(at, "在宅の曜日", &entry.home_weekdays);
        self.field(at, "通所の曜日", &entry.commute_weekdays);
        self.texts(
            at,
            &[
                ("支給決定市町村", &entry.municipality),
                ("希望理由", &entry.reason),
                ("備考", &entry.notes),
            ],
        );
    }

    fn daily(&mut self, record: &DailyRecord) {
        let at = &record.source;
        self.user(at, "対象者名", &record.user);
        self.field(at, "実施日", &record.date);
        self.hours(at, &record.start, &record.end);
        let method = method::rewrite(&record.method, &record.method_note, &method::SUPPORT);
        self.push(at, "支援方法", &record.method, method);
        self.push(at, "支援内容", &record.support, contacts::rewrite(record));
        self.texts(
            at,
            &[
                ("作業・訓練内容", &record.work),
                ("心身の状況と助言", &record.condition_and_advice),
                ("対応・記録者", &record.recorder),
            ],
        );
    }

    fn weekly(&mut self, record: &WeeklyRecord) {
        let at = &record.source;
        self.user(at, "対象者名", &record.user);
        self.field(at, "実施日（評価）", &record.date);
        self.field(at, "前回評価日", &record.previous_date);
        let method = method::rewrite(&record.method, &record.method_note, &method::EVALUATION);
        self.push(at, "方法", &record.method, method);
        self.range(
            at,
            ["対象期間（初日）", "対象期間（末日）", "対象期間"],
            [&record.period_from, &record.period_to],
            Reason::DateRange,
        );
        self.texts(
            at,
            &[
                ("評価内容", &record.content),
                ("記録者", &record.recorder),
                ("確認者", &record.confirmer),
            ],
        );
    }

    fn monthly(&mut self, record: &MonthlyRecord) {
        let at = &record.source;
        self.user(at, "対象者名", &record.user);
        self.field(at, "対象月", &record.month);
        self.field(at, "実施日", &record.date);
        self.hours(at, &record.start, &record.end);
        let method = method::rewrite(&record.method, &record.method_note, &method::EVALUATION);
        self.push(at, "実施方法", &record.method, method);
        self.field(at, "前回の達成度評価日", &record.previous_date);
        self.texts(
            at,
            &[
                ("訓練目標", &record.goal),
                ("取組内容", &record.effort),
                ("達成度", &record.achievement),
                ("課題", &record.issues),
                ("改善方針", &record.improvement),
                ("健康・体調面での留意事項", &record.health),
                ("その他特記事項", &record.remarks),
                ("在宅就労継続の妥当性", &record.continuation),
                ("評価実施者", &record.evaluator),
            ],
        );
    }

    fn listing(&mut self, listing: &Listing) {
        self.field(&listing.source, "対象月", &listing.month);
        self.field(&listing.source, "サービス種別", &listing.service);
        for row in &listing.rows {
            let at = &row.source;
            self.user(at, "氏名", &row.user);
            self.field(at, "在宅日数", &row.home_days);
            for (i, date) in row.weekly_dates.iter().enumerate() {
                self.field(at, &text::weekly_column(i), date);
            }
            self.field(at, "達成度評価日", &row.monthly_date);
        }
    }

    fn user(&mut self, at: &Source, item: &str, user: &UserMention) {
        let number = certificate::rewrite(user, self.office);
        self.push(at, item, &user.name, name::rewrite(user, self.office));
        self.push(at, CERTIFICATE_NUMBER, &user.certificate_number, number);
    }

    /// Texts that are changed only where a sign repeats the row above.
    fn texts(&mut self, at: &Source, fields: &[(&str, &Field<String>)]) {
        for (item, field) in fields {
            let text = field.text().filter(|_| text::is_ditto(field));
            let rewrite = text
                .and_then(|text| Rewrite::by_doubts(text.to_owned(), Reason::Ditto, &field.doubts));
            self.push(at, item, field, rewrite);
        }
    }

    fn field<T: Notation>(&mut self, at: &Source, item: &str, field: &Field<T>) {
        self.push(at, item, field, notation::rewrite(field));
    }

    fn hours(&mut self, at: &Source, start: &Field<NaiveTime>, end: &Field<NaiveTime>) {
        let items = ["実施時間（開始）", "実施時間（終了）", "実施時間"];
        self.range(at, items, [start, end], Reason::TimeRange);
    }

    /// `items` are the names of the first, of the last and of both in one box.
    fn range<T: Notation>(
        &mut self,
        at: &Source,
        items: [&str; 3],
        [from, to]: [&Field<T>; 2],
        reason: Reason,
    ) {
        if range::is_one_text(from, to) {
            self.push(at, items[2], from, range::rewrite(from, to, reason));
        } else {
            self.field(at, items[0], from);
            self.field(at, items[1], to);
        }
    }

    fn push<T>(&mut self, at: &Source, item: &str, field: &Field<T>, rewrite: Option<Rewrite>) {
        // What was read from no cell, such as a month from the file's name, stands nowhere.
        let (Some(rewrite), Some(cell)) = (rewrite, field.cell) else {
            return;
        };
        self.changes.push(Change {
            location: at.locate(Some(cell)),
            item: item.to_owned(),
            before: field.raw.clone(),
            after: rewrite.after,
            why: rewrite.why,
            applicability: rewrite.applicability,
        });
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;
    use crate::model::{Applicability, Cell, Method, Wording};

    fn source(sheet: &str) -> Source {
        Source {
            file: "記録.xlsx".into(),
            sheet: sheet.into(),
            at: Some(Cell::new(0, 0)),
            ..Source::default()
        }
    }

    fn daily(sheet: &str, date: &str) -> DailyRecord {
        let day = NaiveDate::from_ymd_opt(2025, 9, 3).unwrap();
        let time = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        DailyRecord {
            date: Field::read(date, day, Some(Cell::new(3, 3))),
            start: Field::read("9:00", time, Some(Cell::new(3, 16))),
            end: Field::unclear("夕方", Wording::default(), Some(Cell::new(3, 21))),
            method: Field::read("架電", Method::Phone, Some(Cell::new(4, 3))),
            work: Field::blank(Some(Cell::new(5, 3))),
            source: source(sheet),
            ..DailyRecord::default()
        }
    }

    #[test]
    fn changes_are_sorted_and_told_once() {
        let office = Office {
            daily: vec![
                daily("2日目", "R7.9.3"),
                daily("1日目", "R7.9.3"),
                daily("1日目", "R7.9.3"),
            ],
            ..Office::default()
        };
        let told: Vec<_> = changes(&office)
            .into_iter()
            .map(|c| format!("{} {} {}→{}", c.location.sheet, c.item, c.before, c.after))
            .collect();
        assert_eq!(
            told,
            [
                "1日目 実施日 R7.9.3→令和7年9月3日",
                "1日目 支援方法 架電→電話",
                "2日目 実施日 R7.9.3→令和7年9月3日",
                "2日目 支援方法 架電→電話",
            ]
        );
    }

    #[test]
    fn a_change_says_where_it_stands() {
        let office = Office {
            daily: vec![daily("1日目", "R7.9.3")],
            ..Office::default()
        };
        let change = changes(&office).remove(0);
        assert_eq!(change.location.cell, Some(Cell::new(3, 3)));
        assert_eq!(change.applicability, Applicability::Safe);
        assert!(!change.why.ja.is_empty() && !change.why.en.is_empty());
    }

    #[test]
    fn records_in_reference_notation_have_no_change() {
        let mut record = daily("1日目", "令和7年9月3日");
        record.method.raw = "電話".into();
        record.end = Field::read("16時", NaiveTime::from_hms_opt(16, 0, 0).unwrap(), None);
        let office = Office {
            daily: vec![record],
            ..Office::default()
        };
        assert_eq!(changes(&office), []);
    }
}
