//! monthly-evaluation-unattended

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Mark, Method, Month, MonthlyRecord, When, Wording};

declare_check! {
    /// A monthly evaluation by 通所 on a day that form 4 does not mark 通所, or by 訪問 on a
    /// day that it marks 通所.
    ///
    /// A visit may fall on a day at home. A listing that marks 通所 for nobody is taken to
    /// list days at home only; then just a day marked 在宅 contradicts 通所.
    ///
    /// ## Why
    /// An evaluation face to face leaves its trace in the days of attendance.
    ///
    /// ## What to do
    /// See which is right, and mend the other openly.
    "monthly-evaluation-unattended",
    reads: [Monthly, MonthlyMethod, Listing],
    title: "達成度評価と一覧表の食い違い",
    what: "通所で行った達成度評価の日が一覧表で通所とされているか、訪問で行った日が通所とされていないかを見ます。",
    why: "対面の評価は、通所や訪問の実績と合っている必要があります。",
    remedy: "どちらが事実かを確かめ、誤っているほうを直してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (_, record) in context.monthly(person) {
            let Some(day) = record.date.get().filter(|day| context.judges(*day)) else {
                continue;
            };
            let Some(what) = contradiction(context, person, record, day) else {
                continue;
            };
            let message = Wording::new(
                format!("{}の達成度評価は{}", day_ja(day), what.ja),
                format!("The monthly evaluation of {} {}", day_en(day), what.en),
            );
            let hint = Wording::new(
                "来所や訪問の記録で事実を確かめ、達成度評価シートと一覧表の誤っているほうを、直した日と人が分かるように直してください。",
                "Find out by the records of attendance and visits, and mend the sheet or the listing openly.",
            );
            let location = record.source.locate(record.date.cell);
            let verdict = verdict_on(&record.method).max(verdict_on(&record.date));
            report.find(
                verdict,
                person,
                When::Date(day),
                words(message, hint).resting_on(vec![location.clone()]),
                Some(location),
            );
        }
    }
}

fn contradiction(
    context: &Context,
    person: &PersonFile,
    record: &MonthlyRecord,
    day: chrono::NaiveDate,
) -> Option<Wording> {
    let month = Month::of(day);
    let is_listed = person.rows.contains_key(&month) && !person.mark_is_unread(day);
    if !context.has_ended(month) || !is_listed {
        return None;
    }
    let mark = person.mark(day);
    match record.method.get()? {
        Method::Attendance if mark == Some(Mark::Home) => Some(Wording::new(
            "通所で行ったとされていますが、一覧表では在宅とされています。",
            "was at the office; the listing marks the day as at home.",
        )),
        Method::Attendance if mark.is_none() && marks_attendance(context, month) => {
            Some(Wording::new(
                "通所で行ったとされていますが、一覧表では通所とされていません。",
                "was at the office; the listing does not mark the day.",
            ))
        }
        Method::Visit if mark == Some(Mark::Attendance) => Some(Wording::new(
            "訪問で行ったとされていますが、一覧表では通所とされています。",
            "was at the home; the listing marks the day as at the office.",
        )),
        _ => None,
    }
}

fn marks_attendance(context: &Context, month: Month) -> bool {
    let listings = context.index.listings.get(&month).into_iter().flatten();
    let mut days = listings
        .flat_map(|listing| &listing.rows)
        .flat_map(|row| &row.days);
    days.any(|day| day.mark == Mark::Attendance)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, mark, office, row, told, value};
    use crate::model::{Mark, Method};

    const FOUND: [&str; 1] = ["deficient monthly-evaluation-unattended 2025-09-30"];

    #[test]
    fn an_evaluation_at_the_office_wants_a_day_at_the_office() {
        let mut office = office();
        mark(&mut office, 30, None);
        assert_eq!(told(&office), FOUND);
        row(&mut office).days.retain(|day| day.mark == Mark::Home);
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_visit_falls_on_a_day_at_home_but_not_at_the_office() {
        let mut office = office();
        office.monthly[0].method = value(Method::Visit);
        assert_eq!(told(&office), FOUND);
        office.monthly[0].date = value(date(2025, 9, 29));
        row(&mut office).monthly_date = value(date(2025, 9, 29));
        assert!(told(&office).is_empty());
        office.monthly[0].method = value(Method::Attendance);
        assert_eq!(
            told(&office),
            ["deficient monthly-evaluation-unattended 2025-09-29"]
        );
    }
}
