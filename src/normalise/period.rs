//! Periods from one day to another, written in one cell.

use chrono::{Datelike, Months, NaiveDate};

use crate::model::{Month, Wording};

use super::date::{Reading, date};
use super::words::words;
use crate::text::{compact, unbracketed};

/// First and last day of a period: 令和7年4月1日～令和8年3月31日, 自 R7.4.1 至 R8.3.31,
/// 9/1～9/5, 9月1日から5日まで. The last day takes from the first what it leaves out,
/// and the first takes its year from `month`, the month of the form, as a date does.
///
/// One side may be open. A lone day without ～ is no period.
pub fn period(
    text: &str,
    month: Option<Month>,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Wording> {
    let not_a_period = || words().reasons.not_a_period.clone();
    let lines = text.trim().lines().collect::<Vec<_>>();
    let text = compact(text).replace('ー', "-");
    let text = without_length(unbracketed(&text));
    let split = split(text).or_else(|| match lines[..] {
        [first, last] => Some((compact(first), compact(last))),
        _ => None,
    });
    let (first, last) = split.ok_or_else(not_a_period)?;
    match (first.is_empty(), last.is_empty()) {
        (true, true) => Err(not_a_period()),
        (false, true) => Ok((Some(day(&first, month)?.value), None)),
        (true, false) => Ok((None, Some(day(&last, month)?.value))),
        (false, false) => {
            let from = match day(&first, month) {
                Ok(from) => from.value,
                // Only the last day may name the year.
                Err(reason) => {
                    let to = day(&last, None).map_err(|_| reason)?.value;
                    day(&first, Some(Month::of(to)))?.value
                }
            };
            let to = last_day(&last, from, month)?;
            Ok((Some(from), Some(to)))
        }
    }
}

/// The last day of a period that begins on `from`, on the form of a `month` or of no month.
fn last_day(text: &str, from: NaiveDate, month: Option<Month>) -> Result<NaiveDate, Wording> {
    let to = day(text, Some(Month::of(from)))?;
    let year_written = to.doubts.is_empty() || day(text, None).is_ok();
    let month_written = text.contains(['月', '/', '.', '-']);
    // A month's form has no period of a year: one that ends earlier in its own month runs backward.
    let runs_backward = month.is_some() && Month::of(from).contains(to.value);
    // Otherwise a year left out is the first in which the period runs forward.
    if to.value < from && !year_written && month_written && !runs_backward {
        return to
            .value
            .checked_add_months(Months::new(12))
            .filter(|later| later.day() == to.value.day())
            .ok_or_else(|| words().reasons.no_such_day.clone());
    }
    Ok(to.value)
}

/// A day of a period, where 日 may be left to the other day to write.
fn day(text: &str, month: Option<Month>) -> Result<Reading<NaiveDate>, Wording> {
    date(text, month).or_else(|reason| {
        if text.ends_with(|c: char| c.is_ascii_digit()) && !text.contains('日') {
            date(&format!("{text}日"), month).map_err(|_| reason)
        } else {
            Err(reason)
        }
    })
}

/// The two sides of a period, without the words and signs that part them.
fn split(text: &str) -> Option<(String, String)> {
    let text = text.trim_start_matches(['自', ':']);
    let (first, last) = text
        .split_once('~')
        .or_else(|| text.split_once('至'))
        .or_else(|| text.split_once("から"))
        .or_else(|| text.split_once("より"))
        .or_else(|| text.split_once('→'))
        .or_else(|| text.strip_suffix("まで").map(|last| ("", last)))
        .or_else(|| split_at_dash(text))?;
    let first = first.trim_end_matches(['、', ' ', '至']);
    let first = first.strip_suffix("から").unwrap_or(first);
    let last = last.trim_start_matches(['、', ' ', '至', ':']);
    let last = last.strip_suffix("まで").unwrap_or(last);
    let last = last.strip_suffix('迄').unwrap_or(last);
    Some((first.to_owned(), last.to_owned()))
}

/// A dash parts two days where it is the only one, or the middle one of five.
fn split_at_dash(text: &str) -> Option<(&str, &str)> {
    let dashes: Vec<usize> = text.match_indices('-').map(|(at, _)| at).take(6).collect();
    let middle = match dashes[..] {
        [only] => only,
        [_, _, middle, _, _] => middle,
        _ => return None,
    };
    Some((text.get(..middle)?, text.get(middle + 1..)?))
}

/// Drops a length in brackets at the end, such as `(1年間)` or `(5日間)`.
fn without_length(text: &str) -> &str {
    let Some((period, inner)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) else {
        return text;
    };
    let unit = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_length = unit.len() < inner.len()
        && matches!(
            unit,
            "年" | "年間"
                | "日"
                | "日間"
                | "か月"
                | "ヶ月"
                | "カ月"
                | "ヵ月"
                | "か月間"
                | "ヶ月間"
                | "週"
                | "週間"
        );
    if is_length { period } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, month: &str) -> Option<String> {
        let side = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        period(text, Month::parse(month))
            .ok()
            .map(|(from, to)| format!("{}..{}", side(from), side(to)))
    }

    #[test]
    fn a_period_is_written_in_many_ways() {
        for text in [
            "令和7年4月1日～令和8年3月31日",
            "令和7年4月1日 〜 令和8年3月31日",
            "R7.4.1-R8.3.31",
            "R7.4.1ーR8.3.31",
            "2025-04-01－2026-03-31",
            "2025-04-01～2026-03-31",
            "2025/4/1から2026/3/31まで",
            "自 R7.4.1 至 R8.3.31",
            "自　令和7年4月1日\n至　令和8年3月31日",
            "R7.4.1\nR8.3.31",
            "2025/4/1～3/31",
            "R7.4.1～R8.3.31（1年間）",
            "（R7.4.1～R8.3.31）",
            "4/1～R8.3.31",
        ] {
            assert_eq!(
                read(text, "2025-04").as_deref(),
                Some("2025-04-01..2026-03-31"),
                "{text}"
            );
        }
    }

    #[test]
    fn the_last_day_takes_what_it_leaves_out_from_the_first() {
        for text in [
            "9/1～9/5",
            "2025/9/1〜9/5",
            "2025/9/1～5",
            "9月1日から5日まで",
            "9/1-9/5",
            "9月1日～5日",
            "9月1～5日",
            "1日～5日",
            "1～5日",
            "9月1日（月）～9月5日（金）",
            "令和7年9月1日～5日(5日間)",
        ] {
            assert_eq!(
                read(text, "2025-09").as_deref(),
                Some("2025-09-01..2025-09-05"),
                "{text}"
            );
        }
        assert_eq!(
            read("12/29～1/4", "2025-12").as_deref(),
            Some("2025-12-29..2026-01-04")
        );
        assert_eq!(
            read("9/1～2025/9/5", "").as_deref(),
            Some("2025-09-01..2025-09-05")
        );
    }

    #[test]
    fn a_period_may_be_open_on_one_side() {
        for (text, sides) in [
            ("R7.4.1～", "2025-04-01.."),
            ("令和7年4月1日から", "2025-04-01.."),
            ("～R8.3.31", "..2026-03-31"),
            ("令和8年3月31日まで", "..2026-03-31"),
        ] {
            assert_eq!(read(text, "").as_deref(), Some(sides), "{text}");
        }
    }

    #[test]
    fn a_period_that_runs_backward_is_kept_as_written() {
        assert_eq!(
            read("R8.3.31～R7.4.1", "").as_deref(),
            Some("2026-03-31..2025-04-01")
        );
        assert_eq!(
            read("9/19～9/15", "2025-09").as_deref(),
            Some("2025-09-19..2025-09-15")
        );
        assert_eq!(
            read("R7.9.19～9.15", "").as_deref(),
            Some("2025-09-19..2026-09-15")
        );
    }

    #[test]
    fn what_is_no_period_is_an_error() {
        for text in [
            "",
            "～",
            "R7.4.1",
            "9/1",
            "1年間",
            "R7.4.1～未定",
            "2025/2/30～3/1",
            "9/1～9/5～9/8",
        ] {
            assert_eq!(read(text, "2025-09"), None, "{text}");
        }
        assert_eq!(read("9/1～9/5", ""), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[令和R0-9年月日/.~～自至からまで\n-]{0,24}") {
            let _ = period(&text, None);
            let _ = period(&near, Month::parse("2025-09"));
        }
    }
}
