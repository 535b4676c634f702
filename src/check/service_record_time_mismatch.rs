//! service-record-time-mismatch

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::certainty::verdict_on;
use super::items::no_such_item;
use super::service_sheet::{Line, SheetedDay, sheeted_days, unread};
use super::versions::{Versions, versions};
use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Field, Location, Month, Verdict, When, Wording, time_of_day};

declare_check! {
    /// The service record sheet gives other times of a day at home than form 2, or none.
    ///
    /// Several sessions of a day may stand on the sheet one by one or as one span. A day whose
    /// record gives no sound times is left to the checks of form 2. Nothing is found where the
    /// input holds no service record sheet.
    ///
    /// ## Why
    /// The times that were told by telephone go into both; the sheet is what is claimed from,
    /// and the user confirms that it is right.
    ///
    /// ## What to do
    /// See from the day's contacts which is right, mend the other openly, and have the user
    /// confirm a sheet that was mended.
    "service-record-time-mismatch",
    reads: [Daily, WorkingTime, ServiceRecord],
    title: "実績記録票の時間が支援記録と異なる",
    what: "実績記録票の開始・終了時間が、同じ日の支援記録（参考様式2）の実施時間と同じか、記入されているかを見ます。実績記録票が入力にない場合は見ません。",
    why: "通知は、実績記録票に支援時間を記入し、誤りがないかを利用者と双方で確かめることを求めています。",
    remedy: "当日の連絡の記録と照らして正しいほうを確かめ、誤りは直した日と人が分かるように直してください。",
}

type Span = (NaiveTime, NaiveTime);

/// What the times of one day show.
enum Shown<'a> {
    Sound,
    NoItem(Line<'a>),
    Blank(Line<'a>),
    Unclear(Line<'a>),
    Other(Line<'a>, Vec<Span>, Vec<Span>),
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let mut absent: Option<Location> = None;
        let mut unclear: BTreeMap<Month, Location> = BTreeMap::new();
        for day in sheeted_days(context, person) {
            match shown(&day) {
                Shown::Sound => {}
                Shown::NoItem(line) => absent = absent.or(Some(line.locate(&line.day.start))),
                Shown::Unclear(line) => {
                    let at = worst_placed(&line, Field::is_unclear);
                    unclear.entry(Month::of(day.day)).or_insert(at);
                }
                Shown::Blank(line) => report_blank(report, person, &day, &line),
                Shown::Other(line, sheet, record) => {
                    report_other(report, person, &day, &line, &sheet, &record);
                }
            }
        }
        if let Some(location) = absent {
            let said = no_such_item(&["開始時間", "終了時間"], &["start", "end"]);
            report.review(person, When::Always, said, Some(location));
        }
        for (month, location) in unclear {
            let said = unread(month, ("開始時間・終了時間", "time"));
            report.review(person, When::Month(month), said, Some(location));
        }
    }
}

fn shown<'a>(day: &SheetedDay<'a>) -> Shown<'a> {
    let line = |is: fn(&Field<NaiveTime>) -> bool| {
        let mut lines = day.lines.iter().copied();
        lines.find(|line| is(&line.day.start) || is(&line.day.end))
    };
    if let Some(line) = line(Field::is_absent) {
        return Shown::NoItem(line);
    }
    if let Some(line) = line(Field::is_unclear) {
        return Shown::Unclear(line);
    }
    if let Some(line) = line(Field::is_blank) {
        return Shown::Blank(line);
    }
    let on_sheet = day.lines.iter().map(|l| span(&l.day.start, &l.day.end));
    let on_form = day.records.iter().map(|r| span(&r.start, &r.end));
    let (Some(sheet), Some(record)) = (spans(on_sheet), spans(on_form)) else {
        return Shown::Sound;
    };
    let rivals = matches!(
        versions(day.records),
        Versions::Rivals | Versions::Overlapping
    );
    let is_one_of = rivals && hull(&sheet).is_some_and(|span| record.contains(&span));
    let is_unsound = record.iter().any(|(start, end)| end <= start);
    if is_unsound || is_one_of || sheet == record || hull(&sheet) == hull(&record) {
        return Shown::Sound;
    }
    match day.lines.first() {
        Some(line) => Shown::Other(*line, sheet, record),
        None => Shown::Sound,
    }
}

fn span(start: &Field<NaiveTime>, end: &Field<NaiveTime>) -> Option<Span> {
    Some((start.get()?, end.get()?))
}

/// All of them in order, or nothing where one is not known.
fn spans(all: impl Iterator<Item = Option<Span>>) -> Option<Vec<Span>> {
    let mut spans: Vec<Span> = all.collect::<Option<_>>()?;
    spans.sort_unstable();
    spans.dedup();
    (!spans.is_empty()).then_some(spans)
}

/// From the first start to the last end.
fn hull(spans: &[Span]) -> Option<Span> {
    let first = spans.iter().map(|span| span.0).min()?;
    Some((first, spans.iter().map(|span| span.1).max()?))
}

/// The start where `is` holds of it, else the end.
fn worst_placed(line: &Line, is: impl Fn(&Field<NaiveTime>) -> bool) -> Location {
    let (start, end) = (&line.day.start, &line.day.end);
    line.locate(if is(start) { start } else { end })
}

fn report_blank(report: &mut Report, person: &PersonFile, day: &SheetedDay, line: &Line) {
    let message = Wording::new(
        format!(
            "{}の実績記録票に、支援の時間が記入されていません。",
            day_ja(day.day)
        ),
        format!(
            "The service record sheet does not give the times of {}.",
            day_en(day.day)
        ),
    );
    let hint = Wording::new(
        "支援記録や当日の連絡の記録で時間を確かめて記入し、対面のときに利用者の確認を受けてください。",
        "Find the times in the records and contacts of the day, enter them, and have the user confirm them.",
    );
    let location = worst_placed(line, Field::is_blank);
    let said = words(message, hint);
    report.missing(
        day.unread(),
        person,
        When::Date(day.day),
        said,
        Some(location),
    );
}

fn report_other(
    report: &mut Report,
    person: &PersonFile,
    day: &SheetedDay,
    line: &Line,
    sheet: &[Span],
    record: &[Span],
) {
    let message = Wording::new(
        format!(
            "{}の実績記録票の時間（{}）が、支援記録の時間（{}）と異なります。",
            day_ja(day.day),
            told(sheet, "～", "、"),
            told(record, "～", "、"),
        ),
        format!(
            "The service record sheet gives {} for {}; form 2 gives {}.",
            told(sheet, " to ", ", "),
            day_en(day.day),
            told(record, " to ", ", "),
        ),
    );
    let hint = Wording::new(
        "当日の連絡の記録と照らして、どちらが事実かを確かめてください。誤りは直した日と人が分かるように直し、実績記録票を直した場合は利用者の確認を受けてください。請求の時間も確かめてください。",
        "See from the day's contacts which is right and mend the other openly. Have the user confirm a sheet that was mended, and check what was claimed.",
    );
    let starts_apart = record.first().map(|span| span.0) != line.day.start.get();
    let location = worst_placed(line, |_| starts_apart);
    let said = words(message, hint);
    report.find(
        verdict(day),
        person,
        When::Date(day.day),
        said,
        Some(location),
    );
}

/// Every time must be beyond doubt.
fn verdict(day: &SheetedDay) -> Verdict {
    let on_sheet = day.lines.iter().flat_map(|l| [&l.day.start, &l.day.end]);
    let on_form = day.records.iter().flat_map(|r| [&r.start, &r.end]);
    let verdicts = on_sheet.chain(on_form).map(verdict_on);
    verdicts.max().unwrap_or(Verdict::Deficient)
}

fn told(spans: &[Span], to: &str, and: &str) -> String {
    let span = |(start, end): &Span| format!("{}{to}{}", time_of_day(*start), time_of_day(*end));
    spans.iter().map(span).collect::<Vec<_>>().join(and)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, office, on, sheet_day, time, told, unclear, value, with_sheet,
    };
    use crate::model::{Doubt, Field};

    #[test]
    fn other_times_than_the_record_are_found() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 5).end = value(time("15:30"));
        sheet_day(&mut office, 8).start = value(time("9:30"));
        assert_eq!(
            told(&office),
            [
                "deficient service-record-time-mismatch 2025-09-05",
                "deficient service-record-time-mismatch 2025-09-08",
            ]
        );
        let end = &mut sheet_day(&mut office, 5).end;
        end.doubts.push(Doubt::StruckThrough);
        let doubted = "review service-record-time-mismatch 2025-09-05";
        assert!(told(&office).contains(&doubted.to_owned()));
    }

    #[test]
    fn a_day_without_times_is_found_once() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 5).start = blank();
        sheet_day(&mut office, 5).end = blank();
        assert_eq!(
            told(&office),
            ["deficient service-record-time-mismatch 2025-09-05"]
        );
    }

    #[test]
    fn a_record_without_sound_times_is_left_to_its_own_check() {
        let mut office = with_sheet(office());
        on(&mut office, 5).end = value(time("3:00"));
        assert_eq!(told(&office), ["deficient time-range-invalid 2025-09-05"]);
        on(&mut office, 5).end = blank();
        assert_eq!(told(&office), ["deficient daily-field-missing 2025-09-05"]);
    }

    #[test]
    fn sessions_may_stand_as_one_span_or_one_by_one() {
        let mut office = with_sheet(office());
        let mut second = on(&mut office, 5).clone();
        on(&mut office, 5).end = value(time("12:00"));
        on(&mut office, 5).contacts[1].time = Some(time("12:00"));
        second.start = value(time("13:00"));
        second.contacts[0].time = Some(time("13:00"));
        office.daily.push(second);
        // Whether the two are sessions or versions is asked by another check.
        let asked = ["review duplicate-daily-record 2025-09-05"];
        assert_eq!(told(&office), asked);
        let mut line = sheet_day(&mut office, 5).clone();
        sheet_day(&mut office, 5).end = value(time("12:00"));
        line.start = value(time("13:00"));
        office.service_records[0].days.push(line);
        assert_eq!(told(&office), asked);
    }

    #[test]
    fn what_cannot_be_read_or_has_no_item_is_asked_about_once() {
        let mut office = with_sheet(office());
        for day in [5, 8] {
            sheet_day(&mut office, day).start = unclear("午前");
        }
        assert_eq!(
            told(&office),
            ["review service-record-time-mismatch 2025-09"]
        );
        for day in &mut office.service_records[0].days {
            day.start = Field::absent();
            day.end = Field::absent();
        }
        assert_eq!(
            told(&office),
            ["review service-record-time-mismatch always"]
        );
    }
}
