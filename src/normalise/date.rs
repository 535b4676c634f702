//! Dates as offices write them, and Excel's serial numbers of days.
//!
//! Reads one day out of one text; periods and months have rooms of their own.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::{Doubt, Month, Wording};

use super::method;
use super::weekdays::take_weekday;
use super::words::words;
use super::year::{Year, take_era};
use crate::text::{compact, squash, unbracketed};

/// A value with what a person should look at all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What the text means.
    pub value: T,
    /// Empty in the plain case.
    pub doubts: Vec<Doubt>,
}

/// The day that `text` names: 令和7年9月3日, R7.9.3, 2025/9/3, 20250903, 7/9/3;
/// without a year, 9月3日, 9/3 and 3日, as the day nearest to `month`, the month of the form.
///
/// A weekday, a time, a method in brackets and 付, 時点 or 分 may follow. The error says why it is no day.
pub fn date(text: &str, month: Option<Month>) -> Result<Reading<NaiveDate>, Wording> {
    let reasons = &words().reasons;
    let text = dotted(compact(text).replace('ー', "-"));
    let text = unbracketed(&text);
    let (parts, rest) = parts(text.strip_prefix("西暦").unwrap_or(text))?;
    let weekday = weekday_after(rest)?;

    let mut doubts = Vec::new();
    let value = match parts {
        Parts::Full(year, m, d) => year.day(m, d, month.map(Month::year))?,
        Parts::MonthAndDay(m, d) => {
            doubts.push(Doubt::YearFromContext);
            nearest(month.ok_or_else(|| reasons.year_missing.clone())?, m, d)?
        }
        Parts::Day(d) => {
            doubts.push(Doubt::YearFromContext);
            month
                .ok_or_else(|| reasons.year_missing.clone())?
                .day(d)
                .ok_or_else(|| reasons.no_such_day.clone())?
        }
    };
    if weekday.is_some_and(|written| written != value.weekday()) {
        doubts.push(Doubt::WeekdayDiffers);
    }
    Ok(Reading { value, doubts })
}

/// Whether `text` is nothing, or only the printed frame of a date or a period,
/// such as `令和　年　月　日`; a year printed beforehand belongs to the frame.
pub fn is_unfilled(text: &str) -> bool {
    let text = squash(text);
    let text = text.replace("西暦", "").replace('_', "");
    if text
        .chars()
        .all(|c| "自至からまで年月日曜()/.~-:・、".contains(c))
    {
        return true;
    }
    text.split(['~', '至', '自']).all(|part| {
        let after_era = take_era(part).map_or(part, |(_, rest)| rest);
        let after_year = after_era.trim_start_matches(|c: char| c.is_ascii_digit());
        let has_digits = after_year.len() < after_era.len();
        match after_year.strip_prefix('年') {
            Some(rest) => rest.chars().all(|c| "月日曜()からまで".contains(c)),
            None => !has_digits && after_year.chars().all(|c| "/.-".contains(c)),
        }
    })
}

/// The day of Excel's serial number in the 1900 date system, the time of day left out.
///
/// Day 60 is 29 February 1900, which never was. `None` outside the years 1900 to 2200.
pub fn from_serial(serial: f64) -> Option<NaiveDate> {
    /// 31 December 2200.
    const LAST: f64 = 109_939.0;
    let whole = serial.floor();
    if !(1.0..=LAST).contains(&whole) {
        return None;
    }
    // In range, so the conversion is exact.
    let days = match whole as u64 {
        60 => return None,
        before @ ..60 => before,
        after => after - 1,
    };
    NaiveDate::from_ymd_opt(1899, 12, 31)?.checked_add_days(Days::new(days))
}

/// The numbers of a date, as far as they are written.
enum Parts {
    Full(Year, u32, u32),
    MonthAndDay(u32, u32),
    Day(u32),
}

/// Reads the numbers off the front and gives back what follows them.
fn parts(text: &str) -> Result<(Parts, &str), Wording> {
    let reasons = &words().reasons;
    let not_a_date = || reasons.not_a_date.clone();
    let incomplete = || reasons.incomplete_date.clone();

    let (era, text) = match take_era(text) {
        Some((era, rest)) => (Some(era), rest.strip_prefix('.').unwrap_or(rest)),
        None => (None, text),
    };
    if let Some(era) = era
        && let Some(rest) = text.strip_prefix("元年")
    {
        let (month, day, rest) = month_and_day(rest).ok_or_else(incomplete)?;
        return Ok((Parts::Full(Year::Era(era, 1), month, day), rest));
    }
    let (first, digits, rest) = take_number(text).ok_or_else(not_a_date)?;
    let year = |number: u32, digits: usize| match era {
        Some(era) if digits <= 2 => Ok(Year::Era(era, number as i32)),
        Some(_) => Err(not_a_date()),
        None => Year::from_number(number, digits).ok_or_else(not_a_date),
    };

    // 20250903, R070903
    if digits == if era.is_some() { 6 } else { 8 } {
        let year = year(first / 10_000, digits - 4)?;
        return Ok((Parts::Full(year, first / 100 % 100, first % 100), rest));
    }
    if let Some(rest) = rest.strip_prefix('年') {
        let (month, day, rest) = month_and_day(rest).ok_or_else(incomplete)?;
        return Ok((Parts::Full(year(first, digits)?, month, day), rest));
    }
    if era.is_none() && digits <= 2 {
        // A bare number under 日 or 日付.
        if rest.is_empty() || bracketed_weekday(rest).is_some() {
            return Ok((Parts::Day(first), rest));
        }
        if let Some(rest) = rest.strip_prefix('日') {
            return Ok((Parts::Day(first), rest));
        }
        if let Some(rest) = rest.strip_prefix('月') {
            let (day, rest) = day_of(rest).ok_or_else(incomplete)?;
            return Ok((Parts::MonthAndDay(first, day), rest));
        }
    }
    let rest = take_separator(rest).ok_or_else(not_a_date)?;
    if let Some((month, day, rest)) = month_and_day(rest) {
        return Ok((Parts::Full(year(first, digits)?, month, day), rest));
    }
    let (day, rest) = day_of(rest).ok_or_else(incomplete)?;
    if era.is_some() || digits > 2 {
        return Err(incomplete());
    }
    Ok((Parts::MonthAndDay(first, day), rest))
}

/// `令7・9・3` and `R7,9,3` as `令7.9.3`; without an era or four digits of a year, `9・3・10`
/// may be three days.
fn dotted(text: String) -> String {
    let (has_era, rest) = match take_era(&text) {
        Some((_, rest)) => (true, rest),
        None => (false, text.as_str()),
    };
    let parts_date = |sign: &char| {
        let parts: Vec<&str> = rest.split(*sign).take(4).collect();
        let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let has_year = has_era || parts.first().is_some_and(|year| year.len() == 4);
        parts.len() == 3 && has_year && parts.iter().take(2).all(is_number)
    };
    match ['・', ',', '、', ' '].into_iter().find(parts_date) {
        Some(sign) => text.replacen(sign, ".", 2),
        None => text,
    }
}

/// `9月3日`, `9/3`, `9.3`
fn month_and_day(text: &str) -> Option<(u32, u32, &str)> {
    let (month, _, rest) = take_number(text).filter(|(_, digits, _)| *digits <= 2)?;
    let rest = rest.strip_prefix('月').or_else(|| take_separator(rest))?;
    let (day, rest) = day_of(rest)?;
    Some((month, day, rest))
}

/// `3日`, `3`
fn day_of(text: &str) -> Option<(u32, &str)> {
    let (day, _, rest) = take_number(text).filter(|(_, digits, _)| *digits <= 2)?;
    Some((day, rest.strip_prefix('日').unwrap_or(rest)))
}

/// Takes up to eight digits off the front: the number, how many digits, the rest.
fn take_number(text: &str) -> Option<(u32, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits.min(9))?;
    (1..=8)
        .contains(&digits)
        .then(|| Some((number.parse().ok()?, digits, rest)))?
}

fn take_separator(text: &str) -> Option<&str> {
    text.strip_prefix(['/', '.', '-'])
}

/// The day of `month` and `day` whose month lies nearest to `context`; of two as near, the earlier.
fn nearest(context: Month, month: u32, day: u32) -> Result<NaiveDate, Wording> {
    let reasons = &words().reasons;
    let count = |m: Month| m.year() * 12 + m.number() as i32;
    (-1..=1)
        .filter_map(|years| Month::new(context.year() + years, month))
        .min_by_key(|m| count(*m).abs_diff(count(context)))
        .and_then(|m| m.day(day))
        .ok_or_else(|| reasons.no_such_day.clone())
}

/// Reads what follows the numbers of a date: a weekday, a time, 付 and the like.
fn weekday_after(mut text: &str) -> Result<Option<Weekday>, Wording> {
    let mut weekday = None;
    loop {
        text = text.trim_start_matches([' ', '、', ',', '.', '。']);
        // A bracket may be left open, or its end stand in a cell that is none of the date's.
        if let Some(inner) = text.strip_prefix('(')
            && !text.contains(')')
        {
            text = inner;
        }
        if text.is_empty() || is_time_part(text) || is_method(text) {
            return Ok(weekday);
        }
        if let Some(rest) = ["付け", "付", "時点", "現在", "分", "午前", "午後"]
            .iter()
            .find_map(|word| text.strip_prefix(word))
        {
            text = rest;
        } else {
            let (day, rest) = bracketed_weekday(text)
                .or_else(|| take_weekday(text))
                .filter(|_| weekday.is_none())
                .ok_or_else(|| words().reasons.not_a_date.clone())?;
            weekday = Some(day);
            text = rest;
        }
    }
}

/// `(水)`, `[水曜]`, `(月・祝)`
fn bracketed_weekday(text: &str) -> Option<(Weekday, &str)> {
    let (inner, rest) = text
        .strip_prefix(['(', '[', '〔', '<'])?
        .split_once([')', ']', '〕', '>'])?;
    let (day, after) = take_weekday(inner)?;
    let after = after.trim_start_matches(['・', '/', ',', '、']);
    matches!(after, "" | "祝" | "祝日").then_some((day, rest))
}

/// `(電話)`: how the user was met on that day.
fn is_method(text: &str) -> bool {
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|inner| method::method(inner).is_some())
}

/// `10:00`, `T10:00:00+09:00`, `午前10時`
fn is_time_part(text: &str) -> bool {
    let text = text.strip_prefix('T').unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_digit() || "午AP".contains(c))
        && text.contains([':', '時'])
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "午前後AMP時分秒半:.+-Z".contains(c))
}

#[cfg(test)]
mod tests;
