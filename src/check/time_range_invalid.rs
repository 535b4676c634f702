//! time-range-invalid

use chrono::NaiveTime;
use unicode_normalization::UnicodeNormalization;

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, look_at_the_text, words};
use super::{Context, Report};
use crate::model::{DailyRecord, Field, Location, Verdict, When, Wording, time_of_day};

declare_check! {
    /// A day's end is not after its start, or one of them is no time of day.
    ///
    /// A time that cannot be read at all is for review.
    ///
    /// ## Why
    /// The hours of support go into the record sheet that is claimed from, and must be right.
    ///
    /// ## What to do
    /// Compare with the record sheet and the contacts of the day, and mend it openly.
    "time-range-invalid",
    reads: [Daily, WorkingTime],
    title: "実施時間の誤り",
    what: "終了時刻が開始時刻より後か、実在する時刻かを見ます。",
    why: "支援時間は実績記録票に記入し、誤りがないことを利用者と確かめることになっています。",
    remedy: "実績記録票や当日の連絡と照らし、直した日と人が分かるように直してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (day, records) in context.recorded_days(person) {
            for record in records {
                if let Some((verdict, what, location)) = fault(record) {
                    let message = Wording::new(
                        format!("{}の{}", day_ja(day), what.ja),
                        format!("{}: {}", day_en(day), what.en),
                    );
                    let hint = match verdict {
                        Verdict::Deficient => compare(),
                        Verdict::Review => look_at_the_text(),
                    };
                    let said = words(message, hint);
                    report.find(verdict, person, When::Date(day), said, Some(location));
                }
            }
        }
    }
}

fn fault(record: &DailyRecord) -> Option<(Verdict, Wording, Location)> {
    for (ja, en, field) in [
        ("開始時刻", "the start", &record.start),
        ("終了時刻", "the end", &record.end),
    ] {
        if field.is_unclear() {
            let raw = &field.raw;
            let location = record.source.locate(field.cell);
            let (verdict, what) = if is_no_time_of_day(raw) {
                (
                    Verdict::Deficient,
                    Wording::new(
                        format!("{ja}「{raw}」は、実在しない時刻です。"),
                        format!("{en} `{raw}` is no time of day."),
                    ),
                )
            } else {
                (
                    Verdict::Review,
                    Wording::new(
                        format!("{ja}「{raw}」を読み取れません。"),
                        format!("{en} `{raw}` cannot be read."),
                    ),
                )
            };
            return Some((verdict, what, location));
        }
    }
    let (start, end) = (record.start.get()?, record.end.get()?);
    if start < end {
        return None;
    }
    let what = Wording::new(
        format!(
            "終了時刻（{}）が、開始時刻（{}）より後ではありません。",
            time_of_day(end),
            time_of_day(start)
        ),
        format!(
            "the end ({}) is not after the start ({}).",
            time_of_day(end),
            time_of_day(start)
        ),
    );
    let location = record.source.locate(record.end.cell.or(record.start.cell));
    Some((worst(&record.start, &record.end), what, location))
}

/// Both values must be beyond doubt.
fn worst(start: &Field<NaiveTime>, end: &Field<NaiveTime>) -> Verdict {
    verdict_on(start).max(verdict_on(end))
}

/// Whether the text is hours and minutes, and yet none that a day has. 24:00 may be meant
/// as midnight and is left to a person.
fn is_no_time_of_day(raw: &str) -> bool {
    let plain: String = raw.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_end_matches('分').replace('時', ":");
    let Some((hours, minutes)) = plain.split_once(':') else {
        return false;
    };
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let is_number = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) {
        return false;
    }
    match (hours.parse::<u32>(), minutes.parse::<u32>()) {
        (Ok(24), Ok(0)) => false,
        (Ok(hours), Ok(minutes)) => hours > 23 || minutes > 59,
        _ => false,
    }
}

fn compare() -> Wording {
    Wording::new(
        "実績記録票や当日の連絡の時刻と照らしてください。誤りと分かる場合は、直した日と人を明らかにして直してください。",
        "Compare with the record sheet and the day's contacts. If it is wrong, mend it with the day and name of whoever does.",
    )
}

#[cfg(test)]
mod tests {
    use super::is_no_time_of_day;
    use crate::check::testing::{office, on, time, told, unclear, value};

    #[test]
    fn an_end_before_the_start_is_one_finding() {
        let mut office = office();
        let record = on(&mut office, 5);
        record.start = value(time("15:00"));
        record.end = value(time("10:00"));
        assert_eq!(told(&office), ["deficient time-range-invalid 2025-09-05"]);
    }

    #[test]
    fn no_time_of_day_is_found_and_no_time_at_all_is_for_review() {
        let mut office = office();
        on(&mut office, 5).end = unclear("25:00");
        on(&mut office, 8).start = unclear("昼ごろ");
        assert_eq!(
            told(&office),
            [
                "deficient time-range-invalid 2025-09-05",
                "review time-range-invalid 2025-09-08",
            ]
        );
    }

    #[test]
    fn hours_and_minutes_beyond_the_day_are_told_from_other_texts() {
        for wrong in ["25:00", "１０：７５", "10時60分", "30時"] {
            assert!(is_no_time_of_day(wrong), "{wrong}");
        }
        for other in ["24:00", "10:00", "10:", "午後", "1:2:3", "100:00", ":"] {
            assert!(!is_no_time_of_day(other), "{other}");
        }
    }
}
