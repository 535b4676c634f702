//! The month that a title, a heading or a file's name speaks of.

use crate::model::{ERAS, Month};

use super::year::{calendar_year, take_era, year_of_era};
use crate::text::squash;

/// The month that `text` names, alone or within other words: 令和7年9月分, R7.09, 2025-09, 202509,
/// 支援記録_2025年9月_第1週.xlsx. A month without a year (9月分) needs `year_hint`.
///
/// A month with its year counts before a whole date, and that before a month without a year.
pub fn month(text: &str, year_hint: Option<i32>) -> Option<Month> {
    let text = squash(text);
    let mut date = None;
    let mut bare = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..)?;
        match mention(rest, before, year_hint) {
            Some(Mention::Month(month)) => return Some(month),
            Some(Mention::Date(month)) => date = date.or(Some(month)),
            Some(Mention::Bare(number)) => bare = bare.or(Some(number)),
            None => {}
        }
        before = Some(c);
    }
    date.or_else(|| Month::new(year_hint?, bare?))
}

/// What begins at one place of a text.
enum Mention {
    Month(Month),
    /// A whole date, of this month.
    Date(Month),
    /// 9月, without a year.
    Bare(u32),
}

fn mention(text: &str, before: Option<char>, year_hint: Option<i32>) -> Option<Mention> {
    if let Some((era, rest)) = take_era(text) {
        // The R of a word is no 令和.
        if text.starts_with(|c: char| c.is_ascii_alphabetic())
            && before.is_some_and(|c| c.is_ascii_alphanumeric())
        {
            return None;
        }
        return month_of_era(era, rest);
    }
    if before.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let (digits, rest) = take_digits(text)?;
    match digits.len() {
        8 => Some(Mention::Date(western(digits.get(..4)?, digits.get(4..6)?)?)),
        6 => Some(Mention::Month(western(digits.get(..4)?, digits.get(4..)?)?)),
        4 => {
            let (number, kind, fiscal) = month_after(rest)?;
            let year = digits.parse().ok().filter(|year| RECORDED.contains(year))?;
            Some(kind(in_year(year, number, fiscal)?))
        }
        1 | 2 => match rest.strip_prefix('月') {
            // Behind 年, the year is written and is none that records can be of.
            Some(after) if !after.starts_with('間') && !matches!(before, Some('年' | '度')) => {
                let number = digits.parse().ok().filter(|n| (1..=12).contains(n))?;
                Some(Mention::Bare(number))
            }
            Some(_) => None,
            None => {
                rest.strip_prefix('年')?;
                let (number, kind, fiscal) = month_after(rest)?;
                let year = calendar_year(digits.parse().ok()?, year_hint)?;
                Some(kind(in_year(year, number, fiscal)?))
            }
        },
        _ => None,
    }
}

/// Years that records can be of; other digits of a file's name are numbers of something else.
const RECORDED: std::ops::RangeInclusive<i32> = 2000..=2099;

fn western(year: &str, month: &str) -> Option<Month> {
    let year = year.parse().ok().filter(|year| RECORDED.contains(year))?;
    Month::new(year, month.parse().ok()?)
}

/// The month after an era's name: `7年9月`, `7.09`, `元年5月`, `0709`.
fn month_of_era(era: usize, text: &str) -> Option<Mention> {
    let (year, rest) = match text.strip_prefix('元') {
        Some(rest) => (1, rest),
        None => {
            let (digits, rest) = take_digits(text.strip_prefix('.').unwrap_or(text))?;
            if let (4 | 6, Some(year), Some(number)) =
                (digits.len(), digits.get(..2), digits.get(2..4))
            {
                let month =
                    Month::new(year_of_era(era, year.parse().ok()?)?, number.parse().ok()?)?;
                let month = within_era(era, month)?;
                return Some(match digits.len() {
                    4 => Mention::Month(month),
                    _ => Mention::Date(month),
                });
            }
            (digits.parse().ok().filter(|_| digits.len() <= 2)?, rest)
        }
    };
    let (number, kind, fiscal) = month_after(rest)?;
    let month = in_year(year_of_era(era, year)?, number, fiscal)?;
    Some(kind(within_era(era, month)?))
}

/// What follows a year: the month's number, how it counts, whether the year is a 年度.
type MonthAfter = (u32, fn(Month) -> Mention, bool);

fn month_after(text: &str) -> Option<MonthAfter> {
    let fiscal = text.strip_prefix("年度");
    let rest = match fiscal {
        Some(rest) => rest.trim_start_matches(['_', '-', '・', '(']),
        None => text
            .strip_prefix(['年', '.', '/', '-', '_'])?
            .trim_start_matches('_'),
    };
    let (digits, rest) = take_digits(rest).filter(|(digits, _)| digits.len() <= 2)?;
    let number = digits.parse().ok()?;
    if fiscal.is_some() && !rest.starts_with('月') {
        return None;
    }
    let day = rest
        .strip_prefix(['月', '.', '/', '-'])
        .and_then(take_digits);
    let kind = match day {
        Some(_) => Mention::Date,
        None => Mention::Month,
    };
    Some((number, kind, fiscal.is_some()))
}

/// A 年度 runs from April to March.
fn in_year(year: i32, month: u32, fiscal: bool) -> Option<Month> {
    Month::new(year + i32::from(fiscal && month <= 3), month)
}

/// The month, if the era has a day of it and records can be of it.
fn within_era(era: usize, month: Month) -> Option<Month> {
    let first_of = |era: usize| {
        let &(_, year, number, _) = ERAS.get(era)?;
        Month::new(year, number)
    };
    let begun = first_of(era)? <= month;
    let over = era
        .checked_sub(1)
        .and_then(first_of)
        .is_some_and(|next| next < month);
    (begun && !over && RECORDED.contains(&month.year())).then_some(month)
}

/// All digits at the front; the rest.
fn take_digits(text: &str) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0).then(|| text.split_at_checked(count))?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::month_in_japanese;

    fn read(text: &str, hint: Option<i32>) -> Option<String> {
        month(text, hint).map(|month| month.to_string())
    }

    #[test]
    fn a_month_is_found_where_it_is_named() {
        for text in [
            "令和7年9月分",
            "令和７年９月",
            "令和 7 年 9 月分",
            "R7.9",
            "R7.09",
            "R7/9",
            "Ｒ７年９月",
            "R0709",
            "2025年9月",
            "2025-09",
            "2025/09",
            "2025.9",
            "202509",
            "2025_09",
            "令和7年度9月分",
            "在宅就労支援実施一覧表（令和7年9月分）",
            "支援記録_2025年9月_第1週.xlsx",
            "実施一覧表_R7.09",
            "実施一覧表_R7.09.xlsx",
            "達成度評価シート_2025-09.xlsx",
            "202509_支援記録_第2週-1.xlsx",
            "7年9月分",
            "令和7年9月3日～令和7年9月30日",
            "支援記録20250903.xlsx",
            "R7.9.3",
            "4010100045_R7.9",
        ] {
            assert_eq!(read(text, None).as_deref(), Some("2025-09"), "{text}");
        }
        assert_eq!(read("令和7年度2月分", None).as_deref(), Some("2026-02"));
        assert_eq!(read("令和元年5月", None).as_deref(), Some("2019-05"));
        assert_eq!(read("H31.4", None).as_deref(), Some("2019-04"));
        assert_eq!(
            read("R7.9.3 作成　2025年8月分", None).as_deref(),
            Some("2025-08")
        );
    }

    #[test]
    fn a_month_without_a_year_needs_a_hint() {
        for text in ["9月分", "９月", "一覧表 9月", "9月3日"] {
            assert_eq!(read(text, None), None, "{text}");
            assert_eq!(read(text, Some(2025)).as_deref(), Some("2025-09"), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_month() {
        for text in [
            "",
            "第1週",
            "支援記録_第1週.xlsx",
            "利用者12",
            "4010100045",
            "様式4",
            "Ver2.1",
            "3か月",
            "6月間",
            "13月",
            "令和7年度",
            "令和7年13月",
            "令和元年4月",
            "1899年4月",
            "H31.6",
            "S2-9",
            "2025年 第1週",
            "123456",
            "10:00",
            "１回目",
            "VR7.9",
        ] {
            assert_eq!(read(text, Some(2025)), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[令和RH元0-9年度月分_./ -]{0,20}") {
            month(&text, None);
            month(&near, Some(2025));
        }

        #[test]
        fn a_month_in_japanese_reads_back(year in 2000i32..2100, number in 1u32..=12) {
            let written = Month::new(year, number).unwrap();
            prop_assert_eq!(month(&month_in_japanese(written), None), Some(written));
        }
    }
}
