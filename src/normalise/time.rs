//! Times of day as offices write them, and Excel's fractions of a day.

use chrono::NaiveTime;

use crate::model::{Month, Wording};

use super::date::date;
use super::time_scan::scan;
use super::words::words;
use crate::text::{compact, squash, unbracketed};

/// The time of day that `text` names: 10:00, 10時5分, 10時半, 午後1時30分, PM1:30, 10.30, 1000, 0.375.
/// A date before it is passed over; 頃, から, まで and ～ may stand at its ends.
///
/// 24:00 and later is no time of day.
pub fn time(text: &str) -> Result<NaiveTime, Wording> {
    let reasons = &words().reasons;
    let compact = compact(text);
    let core = trimmed(&compact);
    if let [only] = scan(core)[..]
        && only.start == 0
        && only.end == core.len()
    {
        return only.time.ok_or_else(|| reasons.no_such_time.clone());
    }
    if let [only] = scan(text)[..]
        && text
            .get(only.end..)
            .is_some_and(|rest| rest.trim().is_empty())
        && text.get(..only.start).is_some_and(is_date)
    {
        return only.time.ok_or_else(|| reasons.no_such_time.clone());
    }
    bare(core)
}

/// Start and end within one text: 10:00～16:00, 10時から16時, two lines. One side may be open.
///
/// What stands in brackets after them is passed over; of two spans (10:00～12:00、13:00～16:00)
/// it is the first start and the last end. `None` if it is no such span.
pub fn range(text: &str) -> Option<(Option<NaiveTime>, Option<NaiveTime>)> {
    let text = compact(text);
    let text = unbracketed(&text);
    let text = text.split('(').next()?;
    let found = scan(text);
    let first = found.first()?;
    let last = found.last()?;
    let before = text.get(..first.start)?.trim_start_matches(['自', ':']);
    let after = after_approximation(text.get(last.end..)?);
    let times = found.iter().map(|f| f.time).collect::<Option<Vec<_>>>()?;
    let gap = |i: usize| {
        let (left, right) = (found.get(i)?, found.get(i + 1)?);
        text.get(left.end..right.start).map(after_approximation)
    };
    match times[..] {
        [only] if is_until(after) && before.is_empty() => Some((Some(only), None)),
        [only] if matches!(after, "" | "まで" | "迄") => {
            let from = before
                .strip_suffix(['~', '-'])
                .or(before.strip_suffix("から"))?;
            match from {
                "" => Some((None, Some(only))),
                hour => Some((Some(hour_alone(hour)?), Some(only))),
            }
        }
        [start, end] if before.is_empty() && is_until(gap(0)?) && is_end(after) => {
            let afternoon = first.meridiem == Some(true) && last.meridiem.is_none() && end < start;
            let end = if afternoon { after_noon(end)? } else { end };
            Some((Some(start), Some(end)))
        }
        [start, _, _, end]
            if before.is_empty()
                && is_until(gap(0)?)
                && matches!(gap(1)?, "、" | "," | "/" | " " | "・" | "及び" | "と")
                && is_until(gap(2)?)
                && is_end(after) =>
        {
            Some((Some(start), Some(end)))
        }
        _ => None,
    }
}

/// Whether `text` is nothing, or only the printed frame of a time or a span of time.
pub fn is_unfilled(text: &str) -> bool {
    let text = squash(text).to_uppercase();
    // One half of the day without anything beside it was written, not printed.
    if ["午前", "午後", "AM", "PM"].contains(&text.as_str()) {
        return false;
    }
    let text = ["午前", "午後", "AM", "PM", "から", "まで"]
        .iter()
        .fold(text, |text, word| text.replace(word, ""));
    without_frames(&text)
        .chars()
        .all(|c| ":時分~-・/()_".contains(c))
}

/// Without brackets in which no number stands: `（休憩　　分）`.
fn without_frames(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('(') {
        let Some((within, after)) = behind.split_once(')') else {
            break;
        };
        kept.push_str(before);
        if within.contains(char::is_numeric) {
            kept.push_str(within);
        }
        rest = after;
    }
    kept + rest
}

/// The time of day of Excel's number, whatever day it is of, to the second;
/// a second off a whole minute is an error of rounding and is dropped.
///
/// A whole number of days has no time of day, zero aside, which is midnight.
pub fn from_serial(serial: f64) -> Option<NaiveTime> {
    const DAY: f64 = 86_400.0;
    if !(0.0..3_000_000.0).contains(&serial) || (serial >= 1.0 && serial.fract() == 0.0) {
        return None;
    }
    // Between 0 and 86 400, so the conversion is exact.
    let seconds = (serial.fract() * DAY).round() as u32 % 86_400;
    let seconds = match seconds % 60 {
        59 => (seconds + 1) % 86_400,
        1 => seconds - 1,
        _ => seconds,
    };
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

/// Whether `text` is a date, of whatever year.
fn is_date(text: &str) -> bool {
    date(text.trim_end_matches(['T', 't']), Month::new(2000, 1)).is_ok()
}

/// Times without 時 or a colon, or with minutes of one digit.
fn bare(text: &str) -> Result<NaiveTime, Wording> {
    let reasons = &words().reasons;
    let not_a_time = || reasons.not_a_time.clone();
    if text.starts_with("0.") && text.bytes().skip(2).all(|b| b.is_ascii_digit()) {
        return text
            .parse()
            .ok()
            .and_then(from_serial)
            .ok_or_else(not_a_time);
    }
    let (hour, minute) = match text.len() {
        3 | 4 if text.bytes().all(|b| b.is_ascii_digit()) => {
            let (hour, minute) = text
                .split_at_checked(text.len() - 2)
                .ok_or_else(not_a_time)?;
            if !is_plausible_clock(text) {
                return Err(not_a_time());
            }
            (hour, minute)
        }
        _ => match text.split_once('.') {
            Some((hour, minute)) if minute.len() == 2 => (hour, minute),
            Some(_) => return Err(not_a_time()),
            None => text
                .split_once(':')
                .or_else(|| text.split_once('時'))
                .ok_or_else(not_a_time)?,
        },
    };
    let number = |digits: &str| {
        ((1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse::<u32>().ok())
            .flatten()
            .ok_or_else(not_a_time)
    };
    NaiveTime::from_hms_opt(number(hour)?, number(minute)?, 0)
        .ok_or_else(|| reasons.no_such_time.clone())
}

/// Whether three or four digits are a time of a working day, in steps of five minutes,
/// and no year.
fn is_plausible_clock(digits: &str) -> bool {
    digits.parse::<u32>().is_ok_and(|n| {
        (600..2200).contains(&n) && n % 100 < 60 && n % 5 == 0 && !(2005..2050).contains(&n)
    })
}

/// An hour that leaves 時 to the time after it, as in 10～16時.
fn hour_alone(text: &str) -> Option<NaiveTime> {
    let hour = text.parse().ok().filter(|_| text.len() <= 2)?;
    NaiveTime::from_hms_opt(hour, 0, 0)
}

fn after_noon(time: NaiveTime) -> Option<NaiveTime> {
    use chrono::Timelike;
    time.with_hour(time.hour() + 12)
}

fn is_until(gap: &str) -> bool {
    matches!(
        gap,
        "~" | "-" | "ー" | "から" | "より" | "→" | "⇒" | "至" | "~至" | " " | "から~"
    )
}

fn is_end(after: &str) -> bool {
    matches!(after, "" | "まで" | "迄" | "、" | "。")
}

fn after_approximation(text: &str) -> &str {
    let text = text.strip_prefix('頃').unwrap_or(text);
    text.strip_prefix("ごろ").unwrap_or(text)
}

/// Without brackets around it and the words of a span at its ends.
fn trimmed(text: &str) -> &str {
    let text = unbracketed(text).trim_matches(['~', '-']);
    ["から", "より", "まで", "迄", "頃", "ごろ"]
        .iter()
        .fold(text, |text, word| text.strip_suffix(word).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::time_of_day;

    fn show(time: NaiveTime) -> String {
        time.format("%H:%M").to_string()
    }

    #[test]
    fn a_time_is_written_in_many_ways() {
        for (text, hm) in [
            ("10:00", "10:00"),
            ("9：05", "09:05"),
            ("９：０５", "09:05"),
            ("9:5", "09:05"),
            ("10:00:00", "10:00"),
            ("10時", "10:00"),
            ("10時5分", "10:05"),
            ("10時00分", "10:00"),
            ("１０時半", "10:30"),
            ("10時05", "10:05"),
            ("10 : 00", "10:00"),
            ("午前9時", "09:00"),
            ("午後1時30分", "13:30"),
            ("午後13時", "13:00"),
            ("午後0時15分", "12:15"),
            ("PM1:30", "13:30"),
            ("1:30 PM", "13:30"),
            ("1:30p.m.", "13:30"),
            ("12:30 PM", "12:30"),
            ("正午", "12:00"),
            ("0:00", "00:00"),
            ("1000", "10:00"),
            ("930", "09:30"),
            ("10.30", "10:30"),
            ("0.375", "09:00"),
            ("10:00頃", "10:00"),
            ("10:00～", "10:00"),
            ("～16:00", "16:00"),
            ("（10:00）", "10:00"),
            ("2025-04-08 10:00:00", "10:00"),
            ("2025-04-08T10:00:00", "10:00"),
            ("4月8日 10:00", "10:00"),
        ] {
            assert_eq!(time(text).map(show).unwrap_or_default(), hm, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_of_day_says_why() {
        let reasons = &words().reasons;
        for (text, reason) in [
            ("24:00", &reasons.no_such_time),
            ("25:00", &reasons.no_such_time),
            ("10:60", &reasons.no_such_time),
            ("午前13時", &reasons.no_such_time),
            ("午前12時", &reasons.no_such_time),
            ("10.75", &reasons.no_such_time),
            ("10.3", &reasons.not_a_time),
            ("6時間", &reasons.not_a_time),
            ("2025", &reasons.not_a_time),
            ("1001", &reasons.not_a_time),
            ("10:00～16:00", &reasons.not_a_time),
            ("10", &reasons.not_a_time),
            ("①9:00", &reasons.not_a_time),
            ("110:00", &reasons.not_a_time),
            ("午後", &reasons.not_a_time),
            ("", &reasons.not_a_time),
        ] {
            assert_eq!(time(text), Err(reason.clone()), "{text}");
        }
    }

    #[test]
    fn a_span_has_a_start_and_an_end() {
        let both = |text| match range(text)? {
            (Some(start), Some(end)) => Some(format!("{}-{}", show(start), show(end))),
            _ => None,
        };
        for text in [
            "10:00～16:00",
            "10:00〜16:00",
            "10:00-16:00",
            "１０：００－１６：００",
            "10時から16時",
            "10時から16時まで",
            "10:00\n16:00",
            "10:00～\n16:00",
            "10～16時",
            "午前10時～午後4時",
            "10:00 ～ 16:00（休憩12:00～13:00）",
            "10:00～12:00、13:00～16:00",
            "10:00頃～16:00頃",
            "(10:00～16:00)",
            "10 : 00 ～ 16 : 00",
        ] {
            assert_eq!(both(text).as_deref(), Some("10:00-16:00"), "{text}");
        }
        assert_eq!(both("午後1時～3時").as_deref(), Some("13:00-15:00"));
        assert_eq!(both("15:00～10:00").as_deref(), Some("15:00-10:00"));
        let ten = NaiveTime::from_hms_opt(10, 0, 0);
        assert_eq!(range("10:00～"), Some((ten, None)));
        assert_eq!(range("～10:00"), Some((None, ten)));
    }

    #[test]
    fn what_is_no_span_is_none() {
        for text in [
            "",
            "～",
            "10:00",
            "10:00～25:00",
            "10:00、16:00",
            "9:00開始、10:00終了",
            "3時間",
            "2025/9/3 10:00～16:00",
        ] {
            assert_eq!(range(text), None, "{text}");
        }
    }

    #[test]
    fn a_printed_frame_is_not_filled() {
        for frame in [
            "",
            "：",
            "　時　分",
            "～",
            "　：　～　：　",
            "　時　分から　時　分まで",
            "午前・午後　時　分",
            "AM/PM",
            "　　：　　～　　：　　（休憩　　分）",
            "：～：（実働　時間）",
        ] {
            assert!(is_unfilled(frame), "{frame}");
        }
        for filled in [
            "10:00",
            "10時　分",
            "10",
            "未定",
            "午前",
            "PM",
            "：～：（休憩60分）",
        ] {
            assert!(!is_unfilled(filled), "{filled}");
        }
    }

    #[test]
    fn the_day_of_a_serial_number_does_not_matter() {
        for (serial, hm) in [
            (0.375, Some("09:00")),
            (45_755.416_666_666_664, Some("10:00")),
            (45_755.666_666_67, Some("16:00")),
            (0.416_66, Some("10:00")),
            (0.999_999, Some("00:00")),
            (0.0, Some("00:00")),
            (1.0, None),
            (45_755.0, None),
            (-0.5, None),
            (f64::NAN, None),
        ] {
            assert_eq!(from_serial(serial).map(show).as_deref(), hm, "{serial}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[午前後正PM0-9０-９:：時分半~～から. -]{0,16}") {
            for text in [text, near] {
                let _ = time(&text);
                range(&text);
                is_unfilled(&text);
            }
        }

        #[test]
        fn a_time_of_day_reads_back(minutes in 0u32..1440) {
            let written = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap();
            prop_assert_eq!(time(&time_of_day(written)), Ok(written));
            prop_assert_eq!(from_serial(f64::from(minutes) / 1440.0 + 45_755.0).map(show), (minutes > 0).then(|| show(written)));
        }

        #[test]
        fn any_serial_is_a_time_or_none(serial in any::<f64>()) {
            from_serial(serial);
        }
    }
}
