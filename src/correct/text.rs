//! What each item of a record reads in the corrected workbook.
//!
//! `Safe` changes are in the text; where one is only suggested, and where a text was
//! not understood, the text is as it was written.

use chrono::{NaiveDate, NaiveTime};

use super::{Notation, Reason, certificate, contacts, name, notation, range};
use crate::model::{
    Applicability, Content, DailyRecord, Doubt, Field, Month, Office, UserMention,
    month_in_japanese,
};

/// One item.
pub fn of<T: Notation>(field: &Field<T>) -> String {
    notation::corrected(field)
}

/// Free text, which is never changed; a sign that repeats the row above is put in words.
pub fn free(field: &Field<String>) -> String {
    match &field.content {
        Content::Value(text) if field.raw.trim().is_empty() || is_ditto(field) => text.clone(),
        Content::Value(_) | Content::Unclear(_) => field.raw.clone(),
        Content::Blank | Content::Absent => String::new(),
    }
}

/// 氏名
pub fn name(user: &UserMention, office: &Office) -> String {
    name::corrected(user, office)
}

/// 受給者証番号
pub fn certificate_number(user: &UserMention, office: &Office) -> String {
    match certificate::rewrite(user, office) {
        Some(rewrite) if rewrite.applicability == Applicability::Safe => rewrite.after,
        _ => of(&user.certificate_number),
    }
}

/// 実施時間: the start and the end.
pub fn times(start: &Field<NaiveTime>, end: &Field<NaiveTime>) -> (String, String) {
    range::corrected(start, end, Reason::TimeRange)
}

/// 支給決定期間・対象期間: the first and the last day.
pub fn period(from: &Field<NaiveDate>, to: &Field<NaiveDate>) -> (String, String) {
    range::corrected(from, to, Reason::DateRange)
}

/// 対象月 with its 分: `令和7年9月分`.
pub fn month(field: &Field<Month>) -> String {
    let is_suggested =
        notation::rewrite(field).is_some_and(|it| it.applicability == Applicability::Suggested);
    match field.get() {
        Some(month) if !is_suggested && !is_struck(field) => {
            format!("{}分", month_in_japanese(month))
        }
        _ => of(field),
    }
}

/// 支援内容, each contact on its own line.
pub fn support(record: &DailyRecord) -> String {
    contacts::rewrite(record).map_or_else(|| free(&record.support), |rewrite| rewrite.after)
}

/// Whether a sign stands for the text of the row above.
pub fn is_ditto<T>(field: &Field<T>) -> bool {
    field.doubts.contains(&Doubt::Ditto)
}

/// Whether the text stands struck through (二重線).
pub fn is_struck<T>(field: &Field<T>) -> bool {
    field.doubts.contains(&Doubt::StruckThrough)
}

/// 週評価①, ②, …: the heading of the column of the evaluation at `index` (from zero).
pub fn weekly_column(index: usize) -> String {
    const FIRST: u32 = '①' as u32;
    match u32::try_from(index).ok().filter(|&i| i < 20) {
        Some(i) => format!("週評価{}", char::from_u32(FIRST + i).unwrap_or('　')),
        None => format!("週評価({})", index + 1),
    }
}
