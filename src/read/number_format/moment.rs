//! Dates, times and durations from serial numbers.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::token::{Section, Token};

/// Days from the first day of the 1900 system to that of the 1904 system.
pub(in crate::read) const EPOCH_SHIFT: f64 = 1_462.0;

/// First serial that is no day any more: 10000-01-01.
const END: f64 = 2_958_466.0;
/// Serial of 1900-02-29, a day that only spreadsheets know.
const PHANTOM: i64 = 60;
const SECONDS_OF_DAY: f64 = 86_400.0;

/// 年号: its names by length, and its first day.
struct Era {
    letter: &'static str,
    short: &'static str,
    name: &'static str,
    year: i32,
    month: u32,
    day: u32,
}

/// The eras of spreadsheets, newest first.
const ERAS: [Era; 5] = [
    era("R", "令", "令和", 2019, 5, 1),
    era("H", "平", "平成", 1989, 1, 8),
    era("S", "昭", "昭和", 1926, 12, 25),
    era("T", "大", "大正", 1912, 7, 30),
    era("M", "明", "明治", 1868, 1, 25),
];

const fn era(
    letter: &'static str,
    short: &'static str,
    name: &'static str,
    year: i32,
    month: u32,
    day: u32,
) -> Era {
    Era {
        letter,
        short,
        name,
        year,
        month,
        day,
    }
}

impl Era {
    fn of(date: NaiveDate) -> Option<&'static Self> {
        ERAS.iter().find(|era| {
            NaiveDate::from_ymd_opt(era.year, era.month, era.day).is_some_and(|first| first <= date)
        })
    }
}

/// Whether there is a day or a time of that serial.
pub(super) fn is_serial(number: f64) -> bool {
    (0.0..END).contains(&number)
}

/// Serial in the 1900 system of an ISO 8601 date, time or both.
pub(in crate::read) fn serial_of_iso(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('Z');
    let of_time = |time: NaiveTime| f64::from(time.num_seconds_from_midnight()) / SECONDS_OF_DAY;
    if let Ok(time) = NaiveTime::parse_from_str(text, "%H:%M:%S%.f") {
        return Some(of_time(time));
    }
    let (date, time) = match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(date) => (date, NaiveTime::MIN),
        Err(_) => {
            let both = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
            (both.date(), both.time())
        }
    };
    let days = date.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?);
    let days = match days.num_days() {
        days if days > PHANTOM => days,
        days => days - 1,
    };
    let serial = days as f64 + of_time(time);
    is_serial(serial).then_some(serial)
}

/// Days of an ISO 8601 duration of hours, minutes and seconds, such as `PT09H30M00S`.
pub(in crate::read) fn duration_of_iso(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((amount, after)) = rest.split_once(unit) {
            seconds += amount.replace(',', ".").parse::<f64>().ok()? * length;
            rest = after;
        }
    }
    let days = seconds / SECONDS_OF_DAY;
    (rest.is_empty() && is_serial(days)).then_some(days)
}

/// A number by a section that shows dates or times; `None` where there is no such day.
pub(super) fn show(section: &Section, number: f64) -> Option<String> {
    if !is_serial(number) {
        return None;
    }
    let decimals = section
        .tokens
        .iter()
        .find_map(|token| match token {
            Token::Fraction(length) => Some((*length).min(3)),
            _ => None,
        })
        .unwrap_or(0);
    let moment = Moment::new(number, decimals)?;
    let half_days = section
        .tokens
        .iter()
        .any(|token| matches!(token, Token::HalfDay(_)));
    let mut text = String::new();
    for token in &section.tokens {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Calendar('h', length) => {
                let hour = match moment.hour() {
                    hour if !half_days => hour,
                    0 | 12 => 12,
                    hour => hour % 12,
                };
                text.push_str(&padded(hour, (*length).min(2)));
            }
            Token::Calendar('s', length) => {
                text.push_str(&padded(moment.seconds % 60, (*length).min(2)));
            }
            Token::Minutes(length) => text.push_str(&padded(moment.seconds / 60 % 60, *length)),
            Token::Elapsed(unit, length) => {
                let seconds = moment.all_seconds;
                let amount = match unit {
                    'h' => seconds / 3600,
                    'm' => seconds / 60,
                    _ => seconds,
                };
                text.push_str(&padded(amount, *length));
            }
            Token::Fraction(length) => {
                let digits = format!("{:0width$}", moment.fraction, width = decimals);
                text.push_str(&format!(".{digits:0<length$}"));
            }
            Token::HalfDay(short) => text.push_str(half_day(&moment, *short, section.japanese)),
            Token::Calendar(letter, length) => {
                text.push_str(&moment.date_part(*letter, *length, section)?);
            }
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Percent => text.push('%'),
            Token::Digit(_) | Token::General | Token::Text | Token::Exponent(_) => {}
        }
    }
    Some(text)
}

fn half_day(moment: &Moment, short: bool, japanese: bool) -> &'static str {
    match (moment.hour() < 12, short, japanese) {
        (true, _, true) => "午前",
        (false, _, true) => "午後",
        (true, false, _) => "AM",
        (false, false, _) => "PM",
        (true, true, _) => "A",
        (false, true, _) => "P",
    }
}

/// A serial taken apart, rounded to what is shown.
struct Moment {
    day: i64,
    /// Seconds of the day.
    seconds: i64,
    /// Seconds since serial zero.
    all_seconds: i64,
    /// Decimals of the second, as many as were asked for.
    fraction: i64,
}

impl Moment {
    fn new(number: f64, decimals: usize) -> Option<Self> {
        let unit = 10_i64.checked_pow(u32::try_from(decimals).ok()?)?;
        let units = (number * SECONDS_OF_DAY * unit as f64).round() as i64;
        let all_seconds = units / unit;
        Some(Self {
            day: all_seconds / 86_400,
            seconds: all_seconds % 86_400,
            all_seconds,
            fraction: units % unit,
        })
    }

    fn hour(&self) -> i64 {
        self.seconds / 3600
    }

    /// The day in the calendar; the phantom day is taken for the one before it.
    fn date(&self) -> Option<NaiveDate> {
        let days = match self.day {
            PHANTOM => PHANTOM,
            day if day < PHANTOM => day + 1,
            day => day,
        };
        let days = u64::try_from(days).ok()?;
        NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
    }

    fn date_part(&self, letter: char, length: usize, section: &Section) -> Option<String> {
        let date = self.date()?;
        let day = if self.day == PHANTOM { 29 } else { date.day() };
        // Serial zero is shown as the zeroth of January.
        let (month, day) = match self.day {
            0 => (1, 0),
            PHANTOM => (2, day),
            _ => (date.month(), day),
        };
        let year = if self.day == 0 { 1900 } else { date.year() };
        let era = Era::of(date);
        Some(match (letter, length) {
            ('y', 1..=2) => format!("{:02}", year.rem_euclid(100)),
            ('y', _) => format!("{year:04}"),
            ('m', 1..=2) => padded(i64::from(month), length),
            ('m', 3) => ENGLISH_MONTHS[index(month)].get(..3)?.to_owned(),
            ('m', 5) => ENGLISH_MONTHS[index(month)].get(..1)?.to_owned(),
            ('m', _) => ENGLISH_MONTHS[index(month)].to_owned(),
            ('d', 1..=2) => padded(i64::from(day), length),
            ('d', 3) => weekday(date, &ENGLISH_DAYS)?.get(..3)?.to_owned(),
            ('d', _) => weekday(date, &ENGLISH_DAYS)?.to_owned(),
            ('a', 1..=3) => weekday(date, &JAPANESE_DAYS)?.to_owned(),
            ('a', _) => format!("{}曜日", weekday(date, &JAPANESE_DAYS)?),
            ('g', 1) => era.map_or("", |era| era.letter).to_owned(),
            ('g', 2) => era.map_or("", |era| era.short).to_owned(),
            ('g', _) => era.map_or("", |era| era.name).to_owned(),
            ('e', _) => match era.map(|era| year - era.year + 1) {
                Some(1) if section.first_year_by_name => "元".to_owned(),
                Some(of_era) => padded(i64::from(of_era), length.min(2)),
                None => format!("{year}"),
            },
            _ => String::new(),
        })
    }
}

fn weekday(date: NaiveDate, names: &[&'static str; 7]) -> Option<&'static str> {
    let monday_first = date.weekday().days_since(Weekday::Mon);
    names.get(usize::try_from(monday_first).ok()?).copied()
}

const JAPANESE_DAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
const ENGLISH_DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn index(month: u32) -> usize {
    month.clamp(1, 12) as usize - 1
}

fn padded(number: i64, length: usize) -> String {
    let length = length.min(20);
    format!("{number:0length$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_become_serials() {
        for (text, serial) in [
            ("2025-09-03", 45903.0),
            ("2025-09-03T12:00:00", 45903.5),
            ("2025-09-03T12:00:00.000Z", 45903.5),
            ("09:00:00", 0.375),
            ("1900-01-01", 1.0),
        ] {
            assert_eq!(serial_of_iso(text), Some(serial), "{text}");
        }
        for wrong in ["", "2025-13-01", "1800-01-01", "令和7年"] {
            assert_eq!(serial_of_iso(wrong), None, "{wrong}");
        }
        assert_eq!(duration_of_iso("PT09H00M00S"), Some(0.375));
        assert_eq!(duration_of_iso("PT36H0M0.000000000S"), Some(1.5));
        for wrong in ["", "PT", "P1D", "PTxH", "PT1Hx", "PT-9H"] {
            let days = duration_of_iso(wrong);
            assert!(days.is_none_or(|days| days == 0.0), "{wrong}");
        }
    }
}
