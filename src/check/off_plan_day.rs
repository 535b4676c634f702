//! off-plan-day

use chrono::Datelike;

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Weekdays, When, Wording};

declare_check! {
    /// A day's record stands on a weekday that the plan does not give to support at home.
    ///
    /// ## Why
    /// Home and office may be combined, but as planned beforehand, not as the day's health
    /// or the office's needs would have it.
    ///
    /// ## What to do
    /// If the plan was changed, write the new weekdays on the roster. If not, note why the
    /// day was taken.
    "off-plan-day",
    reads: [Daily, Weekdays],
    title: "計画にない曜日の在宅",
    what: "支援記録の日が、対象者リストの在宅の曜日に当たるかを見ます。曜日が書かれている利用者だけを見ます。",
    why: "通知は、在宅と通所の組合せをその日の都合で変えず、個別支援計画に位置付けて計画的に行うことを求めています。",
    remedy: "計画を変更している場合は、リストの曜日を直してください。変更していない場合は、その日を在宅とした経緯を確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let Some(planned) = planned_weekdays(person) else {
            continue;
        };
        for (day, records) in context.recorded_days(person) {
            let Some(record) = records.first().filter(|_| !planned.contains(day.weekday())) else {
                continue;
            };
            let message = Wording::new(
                format!(
                    "{}は計画の在宅の曜日（{}）ではありません。",
                    day_ja(day),
                    planned.japanese()
                ),
                format!(
                    "{} is not one of the planned weekdays at home ({}).",
                    day_en(day),
                    planned.keys().join(", ")
                ),
            );
            let hint = Wording::new(
                "個別支援計画を変更している場合は、対象者リストの曜日を変更後のものに直してください。変更していない場合は、この日を在宅とした経緯を確かめてください。",
                "If the plan was changed, bring the roster's weekdays up to date. If not, find out why this day was at home.",
            );
            let location = record.source.locate(record.date.cell);
            let verdict = verdict_on(&record.date);
            report.find(
                verdict,
                person,
                When::Date(day),
                words(message, hint),
                Some(location),
            );
        }
    }
}

/// The weekdays of all the person's entries; `None` where one of them does not tell.
fn planned_weekdays(person: &PersonFile) -> Option<Weekdays> {
    let mut all = Weekdays::default();
    for entry in &person.roster {
        let days = entry.home_weekdays.get().filter(|days| !days.is_empty())?;
        for position in days.positions() {
            all.insert(chrono::Weekday::try_from(u8::try_from(position).ok()?).ok()?);
        }
    }
    (!all.is_empty()).then_some(all)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use crate::check::testing::{office, told, unclear, value};

    #[test]
    fn a_record_on_another_weekday_is_found() {
        let mut office = office();
        let planned = [Weekday::Mon, Weekday::Fri].into_iter().collect();
        office.roster[0].home_weekdays = value(planned);
        assert_eq!(
            told(&office),
            [
                "deficient off-plan-day 2025-09-03",
                "deficient off-plan-day 2025-09-10",
                "deficient off-plan-day 2025-09-17",
                "deficient off-plan-day 2025-09-24",
            ]
        );
    }

    #[test]
    fn weekdays_that_cannot_be_read_judge_nothing() {
        let mut office = office();
        office.roster[0].home_weekdays = unclear("応相談");
        let told = told(&office);
        assert!(
            !told.iter().any(|line| line.contains("off-plan-day")),
            "{told:?}"
        );
    }
}
