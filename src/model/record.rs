//! The records that the four reference forms hold (参考様式1–4), and those of the national
//! サービス提供実績記録票.
//!
//! Field names are those of the JSON. A record is as one form says it; what
//! several records say together belongs to the checks.

use chrono::{NaiveDate, NaiveTime};

use super::{
    Cell, CertificateNumber, Contact, Field, Mark, Method, Month, PersonId, Service, Source,
    Weekdays,
};

/// How a form names its user, and whom that was taken to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UserMention {
    /// 氏名, as written.
    pub name: Field<String>,
    /// 受給者証番号; `Unclear` when it is not ten digits as it stands.
    pub certificate_number: Field<CertificateNumber>,
    /// The office's person that this is.
    pub person: PersonId,
}

/// What is about one user and stands in one place.
pub trait Record {
    /// Whom it is about.
    fn user(&self) -> &UserMention;

    /// Where it stands.
    fn source(&self) -> &Source;
}

macro_rules! records {
    ($($kind:ty),*) => {
        $(impl Record for $kind {
            fn user(&self) -> &UserMention {
                &self.user
            }

            fn source(&self) -> &Source {
                &self.source
            }
        })*
    };
}

records!(
    RosterEntry,
    DailyRecord,
    WeeklyRecord,
    MonthlyRecord,
    ListingRow,
    ServiceRecordSheet
);

/// 参考様式1 在宅就労支援対象者リスト: one line of the roster.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RosterEntry {
    /// The user.
    pub user: UserMention,
    /// サービス種別
    pub service: Field<Service>,
    /// 支給決定市町村
    pub municipality: Field<String>,
    /// 支給決定期間の開始
    pub grant_from: Field<NaiveDate>,
    /// 支給決定期間の終了
    pub grant_to: Field<NaiveDate>,
    /// 受給者証記載日
    pub annotated_on: Field<NaiveDate>,
    /// 同意日
    pub consented_on: Field<NaiveDate>,
    /// 区役所申請日
    pub applied_on: Field<NaiveDate>,
    /// 個別支援計画作成日
    pub plan_created_on: Field<NaiveDate>,
    /// 在宅就労開始日
    pub home_start: Field<NaiveDate>,
    /// 在宅就労終了日
    pub home_end: Field<NaiveDate>,
    /// 在宅の曜日
    pub home_weekdays: Field<Weekdays>,
    /// 通所の曜日
    pub commute_weekdays: Field<Weekdays>,
    /// 在宅就労を希望する理由
    pub reason: Field<String>,
    /// 市が適当と認めた日; only where the city asks for a report before the start.
    pub approved_on: Field<NaiveDate>,
    /// 自宅環境の確認日; only where the city asks for it.
    pub home_checked_on: Field<NaiveDate>,
    /// 備考
    pub notes: Field<String>,
    /// Where it stands.
    pub source: Source,
}

/// 参考様式2 在宅における就労支援記録: one day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DailyRecord {
    /// The user.
    pub user: UserMention,
    /// 実施日
    pub date: Field<NaiveDate>,
    /// 実施時間の開始
    pub start: Field<NaiveTime>,
    /// 実施時間の終了
    pub end: Field<NaiveTime>,
    /// 支援方法
    pub method: Field<Method>,
    /// その他（…）: the words for a method that the form has no box for, wherever they stand
    pub method_note: Field<String>,
    /// 作業・訓練内容
    pub work: Field<String>,
    /// 支援内容, as written.
    pub support: Field<String>,
    /// The contacts that `support` tells of, in its order.
    pub contacts: Vec<Contact>,
    /// 対象者の心身の状況及びそれに対する助言の内容
    pub condition_and_advice: Field<String>,
    /// 対応・記録者
    pub recorder: Field<String>,
    /// Where it stands.
    pub source: Source,
}

/// 参考様式2-2 評価: one weekly evaluation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeeklyRecord {
    /// The user.
    pub user: UserMention,
    /// 実施日
    pub date: Field<NaiveDate>,
    /// 前回評価日
    pub previous_date: Field<NaiveDate>,
    /// 方法
    pub method: Field<Method>,
    /// その他（…）: the words for a method that the form has no box for, wherever they stand
    pub method_note: Field<String>,
    /// 対象期間の初日
    pub period_from: Field<NaiveDate>,
    /// 対象期間の末日
    pub period_to: Field<NaiveDate>,
    /// 評価内容
    pub content: Field<String>,
    /// 記録者
    pub recorder: Field<String>,
    /// 確認者（サービス管理責任者）
    pub confirmer: Field<String>,
    /// Where it stands.
    pub source: Source,
}

/// 参考様式3 在宅における就労達成度評価シート: one month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MonthlyRecord {
    /// The user.
    pub user: UserMention,
    /// 令和 年 月分
    pub month: Field<Month>,
    /// 実施日
    pub date: Field<NaiveDate>,
    /// 実施時間の開始
    pub start: Field<NaiveTime>,
    /// 実施時間の終了
    pub end: Field<NaiveTime>,
    /// 実施方法
    pub method: Field<Method>,
    /// その他（…）: the words for a method that the form has no box for, wherever they stand
    pub method_note: Field<String>,
    /// 訓練目標
    pub goal: Field<String>,
    /// 取組内容
    pub effort: Field<String>,
    /// 訓練目標に対する達成度
    pub achievement: Field<String>,
    /// 課題
    pub issues: Field<String>,
    /// 今後における課題の改善方針
    pub improvement: Field<String>,
    /// 健康・体調面での留意事項
    pub health: Field<String>,
    /// その他特記事項
    pub remarks: Field<String>,
    /// 在宅就労継続の妥当性
    pub continuation: Field<String>,
    /// 評価実施者
    pub evaluator: Field<String>,
    /// 前回の達成度評価日
    pub previous_date: Field<NaiveDate>,
    /// 対象者署名, the name as signed.
    pub signature: Field<String>,
    /// Where it stands.
    pub source: Source,
}

/// 参考様式4 在宅就労支援実施一覧表: one month of the office.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// The month it is for.
    pub month: Field<Month>,
    /// 事業所名
    pub office_name: Field<String>,
    /// 事業所番号
    pub office_number: Field<String>,
    /// サービス種別
    pub service: Field<Service>,
    /// One a user.
    pub rows: Vec<ListingRow>,
    /// Where it stands.
    pub source: Source,
}

/// One user's line of the listing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListingRow {
    /// The user.
    pub user: UserMention,
    /// The marked days, in order of the day.
    pub days: Vec<DayMark>,
    /// Days with a mark that is not known, as written.
    pub unread_days: Vec<(u32, Field<Mark>)>,
    /// 在宅就労実施日数, the number as written.
    pub home_days: Field<u32>,
    /// 週評価の実施日, blanks left out.
    pub weekly_dates: Vec<Field<NaiveDate>>,
    /// 達成度評価日
    pub monthly_date: Field<NaiveDate>,
    /// Where it stands.
    pub source: Source,
}

/// One marked day of a user's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMark {
    /// Day of the month.
    pub day: u32,
    /// What it is marked as.
    pub mark: Mark,
    /// Where.
    pub cell: Option<Cell>,
}

/// サービス提供実績記録票: one user's month, the sheet that is claimed from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ServiceRecordSheet {
    /// The user.
    pub user: UserMention,
    /// 令和 年 月分
    pub month: Field<Month>,
    /// The days on which anything is written, in the order of the sheet; a day may have two lines.
    pub days: Vec<ServiceDay>,
    /// Where it stands.
    pub source: Source,
}

/// One line of the sheet: a day at home, at the office, or one of absence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ServiceDay {
    /// 日付; the day of the month is printed and the rest taken from the sheet's month.
    pub date: Field<NaiveDate>,
    /// サービス提供の状況
    pub status: Field<String>,
    /// 開始時間
    pub start: Field<NaiveTime>,
    /// 終了時間
    pub end: Field<NaiveTime>,
    /// 利用者確認: the signature or sign, or `（印影）` where a seal is laid over as a picture.
    /// A sign that is printed on every line is `Blank`.
    pub confirmed: Field<String>,
    /// 備考
    pub remarks: Field<String>,
}

impl ListingRow {
    /// The mark of a day of the month.
    pub fn mark(&self, day: u32) -> Option<Mark> {
        self.days.iter().find(|d| d.day == day).map(|d| d.mark)
    }
}
