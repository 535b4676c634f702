//! The year of a book's days that are written without one.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::fields;
use super::record::month_of;
use crate::recognise::{Form, FormKind, Item, Recognised};

/// The year of months that a book writes without one: that of the office, else the only year in
/// which the days and months of its records lie that are written out.
pub fn year_of(book: &Recognised) -> Option<i32> {
    if book.dialect.year.is_some() {
        return book.dialect.year;
    }
    let is_open = |form: &Form| is_of_a_month(form) && month_of(form, &book.file, None).is_none();
    if !book.forms.iter().any(is_open) {
        return None;
    }
    let written = |form: &Form| {
        let day = fields::date(form.entries.get(&Item::Date), None).get();
        let timed = || {
            fields::date_time(form.entries.get(&Item::DateTime), None)
                .0
                .get()
        };
        let month = || month_of(form, &book.file, None);
        let day = day.or_else(timed);
        day.map(|day| day.year()).or_else(|| Some(month()?.year()))
    };
    let records = book.forms.iter().filter(|form| is_of_a_month(form));
    let years: BTreeSet<i32> = records.filter_map(written).collect();
    match (years.first(), years.len()) {
        (Some(year), 1) => Some(*year),
        _ => None,
    }
}

/// Whether the form is of one day, week or month; 対象者リスト speaks of years.
fn is_of_a_month(form: &Form) -> bool {
    !matches!(form.kind, FormKind::Roster | FormKind::SelfInspection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Book, Sheet};
    use crate::recognise::{Vocabulary, recognise};

    /// The year of a book with a week whose title names a month only, and these days.
    fn year(days: &[&str]) -> Option<i32> {
        let week = [
            ("A1", "週間評価（10月）"),
            ("A2", "氏名：森 健太"),
            ("A3", "評価日"),
            ("B3", "10月3日"),
            ("A4", "評価内容"),
            ("B4", "よくできた。"),
            ("A5", "記録者"),
            ("B5", "坂本"),
        ];
        let day = |date: &&str| {
            let cells = [
                ("A1", "在宅訓練日報"),
                ("A2", "氏名"),
                ("B2", "森 健太"),
                ("A3", "実施日"),
                ("B3", *date),
                ("A4", "作業内容"),
                ("B4", "検品"),
            ];
            Sheet::of_texts("日報", &cells)
        };
        let sheets = [Sheet::of_texts("週", &week)];
        let book = Book {
            sheets: sheets.into_iter().chain(days.iter().map(day)).collect(),
            ..Book::default()
        };
        year_of(&recognise(&book, Vocabulary::builtin()))
    }

    #[test]
    fn the_only_year_that_is_written_out_is_that_of_the_others() {
        assert_eq!(year(&["令和7年10月1日", "2025/10/2"]), Some(2025));
    }

    #[test]
    fn a_day_with_its_time_tells_the_year_too() {
        let told = |moment: &str| {
            let month = [
                ("A1", "10月 月末面談シート"),
                ("A2", "氏名"),
                ("B2", "森 健太"),
                ("A3", "面談日時"),
                ("B3", moment),
                ("A4", "訓練目標"),
                ("B4", "毎日続ける。"),
                ("A5", "達成度"),
                ("B5", "続けられた。"),
            ];
            let book = Book {
                sheets: vec![Sheet::of_texts("面談", &month)],
                ..Book::default()
            };
            year_of(&recognise(&book, Vocabulary::builtin()))
        };
        assert_eq!(told("令和7年10月31日 13:30～14:15"), Some(2025));
        assert_eq!(told("10月31日 13:30～14:15"), None);
    }

    #[test]
    fn no_year_or_several_tell_nothing() {
        assert_eq!(year(&["10月1日"]), None);
        assert_eq!(year(&["令和7年10月1日", "令和6年10月2日"]), None);
    }
}
