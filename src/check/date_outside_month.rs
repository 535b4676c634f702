//! date-outside-month

use chrono::{Datelike, Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{Month, Source, When, Wording};

declare_check! {
    /// A record is dated outside the month that its sheet or file is named after.
    ///
    /// A name can be wrong as well as a date, so it is for review. In a name that speaks of
    /// a week, the days of a week that crosses the month belong to it.
    ///
    /// ## Why
    /// A record stands for its day; in another month's file the date or the file is wrong.
    ///
    /// ## What to do
    /// See which is right, and mend the date openly or move the record.
    "date-outside-month",
    reads: [Daily],
    title: "シートやファイルの月と違う日付",
    what: "支援記録の実施日が、シート名やファイル名にある月のうちかを見ます（要確認）。",
    why: "記録は日ごとのものなので、別の月のファイルにあれば、日付か置き場所のどちらかが誤っています。",
    remedy: "日付と置き場所のどちらが正しいかを確かめてください。",
}

/// Days by which a week can reach out of its month.
const REACH: u64 = 6;

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (day, records) in context.recorded_days(person) {
            for record in records {
                if !is_outside(&record.source, day) {
                    continue;
                }
                let message = Wording::new(
                    format!(
                        "{}の支援記録が、別の月の名前のシートかファイルにあります。",
                        day_ja(day)
                    ),
                    format!(
                        "The record of {} stands in a sheet or file of another month.",
                        day_en(day)
                    ),
                );
                let hint = Wording::new(
                    "日付の書き誤りか、置き場所の誤りかを確かめてください。日付の誤りであれば、直した日と人を明らかにして直してください。",
                    "See whether the date or the place is wrong. A wrong date is to be mended openly.",
                );
                let location = record.source.locate(record.date.cell);
                report.review(
                    person,
                    When::Date(day),
                    words(message, hint),
                    Some(location),
                );
            }
        }
    }
}

/// Whether the sheet's name, else the file's, names a month that `day` is not in.
fn is_outside(source: &Source, day: NaiveDate) -> bool {
    let file = source.file.rsplit('/').next().unwrap_or_default();
    let named = [&*source.sheet, file]
        .into_iter()
        .find_map(|name| Some((name, named_month(name)?)));
    let Some((name, named)) = named else {
        return false;
    };
    let spares = if name.contains('週') { REACH } else { 0 };
    let days = [
        day.checked_sub_days(Days::new(spares)).unwrap_or(day),
        day,
        day.checked_add_days(Days::new(spares)).unwrap_or(day),
    ];
    !days.into_iter().any(|day| named.holds(day))
}

/// A month as a name tells it, with or without the year.
struct NamedMonth {
    year: Option<i32>,
    month: u32,
}

impl NamedMonth {
    fn holds(&self, day: NaiveDate) -> bool {
        self.month == day.month() && self.year.is_none_or(|year| year == day.year())
    }
}

/// `2025年9月`, `2025-09`, `202509`, `令和7年9月`, `R7.09` or `9月` in a name.
fn named_month(name: &str) -> Option<NamedMonth> {
    let plain: Vec<char> = name.nfkc().filter(|c| !c.is_whitespace()).collect();
    let numbers = numbers(&plain);
    let follows = |number: &Number, c: char| plain.get(number.end) == Some(&c);
    for (at, number) in numbers.iter().enumerate() {
        if number.length == 6 {
            let (year, month) = (number.value / 100, number.value % 100);
            if let Some(named) = with_year(year, month) {
                return Some(named);
            }
        }
        let next = numbers
            .get(at + 1)
            .filter(|next| next.start == number.end + 1);
        let joined = ['年', '-', '.', '/', '_']
            .iter()
            .any(|c| follows(number, *c));
        if let Some(next) = next.filter(|next| joined && next.length <= 2) {
            let year = match number.length {
                4 => Some(number.value),
                1 | 2 if is_reiwa(&plain, number.start) => Some(number.value + 2018),
                _ => None,
            };
            if let Some(named) = year.and_then(|year| with_year(year, next.value)) {
                return Some(named);
            }
        }
    }
    let alone = numbers
        .iter()
        .find(|n| follows(n, '月') && (1..=12).contains(&n.value))?;
    Some(NamedMonth {
        year: None,
        month: alone.value,
    })
}

fn with_year(year: u32, month: u32) -> Option<NamedMonth> {
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (2000..2100).contains(year))?;
    Month::new(year, month)?;
    Some(NamedMonth {
        year: Some(year),
        month,
    })
}

fn is_reiwa(plain: &[char], start: usize) -> bool {
    let before = plain.get(..start).unwrap_or_default();
    matches!(before, [.., 'R' | 'r'] | [.., '令', '和'])
}

struct Number {
    start: usize,
    end: usize,
    length: usize,
    value: u32,
}

/// The runs of up to six digits.
fn numbers(plain: &[char]) -> Vec<Number> {
    let mut all = Vec::new();
    let mut start = 0;
    for run in plain.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        let end = start + run.len();
        let digits: String = run.iter().collect();
        if run.len() <= 6
            && let Ok(value) = digits.parse()
        {
            let length = run.len();
            all.push(Number {
                start,
                end,
                length,
                value,
            });
        }
        start = end;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{date, office, on, told};

    #[test]
    fn a_record_in_another_months_file_is_for_review() {
        let mut office = office();
        on(&mut office, 5).source.file = "利用者/支援記録_2025年10月.xlsx".into();
        assert_eq!(told(&office), ["review date-outside-month 2025-09-05"]);
        on(&mut office, 5).source.sheet = "9月".into();
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_week_may_cross_the_month() {
        let source = |file: &str| Source {
            file: file.into(),
            ..Source::default()
        };
        let week = source("支援記録_2025年9月_第5週.xlsx");
        assert!(!is_outside(&week, date(2025, 10, 3)));
        assert!(is_outside(&week, date(2025, 10, 8)));
        assert!(is_outside(
            &source("支援記録_2025年9月.xlsx"),
            date(2025, 10, 3)
        ));
    }

    #[test]
    fn months_are_read_from_names() {
        let read = |name: &str| named_month(name).map(|named| (named.year, named.month));
        for name in [
            "2025年9月",
            "記録_2025-09",
            "202509",
            "令和７年９月分",
            "R7.09",
            "2025-09-05",
        ] {
            assert_eq!(read(name), Some((Some(2025), 9)), "{name}");
        }
        assert_eq!(read("9月"), Some((None, 9)));
        for name in ["記録", "1-2", "様式2-2", "13月", "20251301", "3日目"] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
