//! weekly-evaluation-late

use chrono::Days;

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// A weekly evaluation later than a week after the last day of its period.
    ///
    /// ## Why
    /// The city's form says in its margin that the evaluation is made within a week of the
    /// last day of the period.
    ///
    /// ## What to do
    /// See whether date and period are right. What was late stays late; evaluate in time from
    /// now on.
    "weekly-evaluation-late",
    reads: [Weekly, WeeklyDate],
    title: "週の評価の遅れ",
    what: "週の評価の実施日が、対象期間の末日から7日以内かを見ます。",
    why: "市の様式の欄外に、期間の最終日から1週間以内に実施すると書かれています。",
    remedy: "日付と対象期間の書き誤りがないかを確かめてください。遅れた評価の日付を変えてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    let allowed = context.rules().evaluation_late_days;
    for person in context.people() {
        for evaluation in context.weekly(person) {
            let record = evaluation.record;
            let (Some(date), Some(last)) = (record.date.get(), record.period_to.get()) else {
                continue;
            };
            let due = last.checked_add_days(Days::new(u64::from(allowed)));
            if due.is_none_or(|due| date <= due) {
                continue;
            }
            let message = Wording::new(
                format!(
                    "{}の週の評価は、対象期間の末日（{}）から{}日後です（{allowed}日以内が必要です）。",
                    day_ja(date),
                    day_ja(last),
                    (date - last).num_days()
                ),
                format!(
                    "The evaluation of {} is {} days after its period's last day ({}); {allowed} are allowed.",
                    day_en(date),
                    (date - last).num_days(),
                    day_en(last)
                ),
            );
            let hint = Wording::new(
                "実施日と対象期間の書き誤りがないかを確かめてください。遅れて行った場合は、日付を変えず、遅れた理由を残してください。",
                "See whether date and period are right. If it was late, leave the date and note why.",
            );
            let location = record.source.locate(record.date.cell);
            let verdict = verdict_on(&record.date).max(verdict_on(&record.period_to));
            report.find(
                verdict,
                person,
                When::Date(date),
                words(message, hint),
                Some(location),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, told, value};

    #[test]
    fn an_evaluation_after_more_than_a_week_is_found() {
        let mut office = office();
        office.weekly[0].date = value(date(2025, 9, 13));
        office.listing[0].rows[0].weekly_dates.clear();
        assert_eq!(
            told(&office),
            ["deficient weekly-evaluation-late 2025-09-13"]
        );
    }

    #[test]
    fn a_week_after_is_in_time_and_without_a_period_nothing_is_late() {
        let mut office = office();
        office.weekly[0].date = value(date(2025, 9, 12));
        office.listing[0].rows[0].weekly_dates.clear();
        assert!(told(&office).is_empty());
        office.weekly[0].date = value(date(2025, 9, 30));
        office.weekly[0].period_to = blank();
        let told = told(&office);
        assert!(!told.iter().any(|line| line.contains("late")), "{told:?}");
    }
}
