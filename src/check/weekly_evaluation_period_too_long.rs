//! weekly-evaluation-period-too-long

use super::certainty::verdict_on;
use super::weekly_field_missing::title;
use super::words::{days_en, days_ja, look_at_the_text, words};
use super::{Context, Report};
use crate::model::Wording;

declare_check! {
    /// A weekly evaluation speaks of more than seven days.
    ///
    /// A period whose first day lies after its last cannot be told and is for review.
    ///
    /// ## Why
    /// The evaluation is made once a week or more; the city's form says so in its margin.
    ///
    /// ## What to do
    /// See whether the period is right. If it is, evaluate each week from now on.
    "weekly-evaluation-period-too-long",
    reads: [Weekly, WeeklyPeriod],
    title: "1週間を超える対象期間",
    what: "週の評価の対象期間が7日以内かを見ます。",
    why: "通知は1週間に1回以上の評価を求め、市の様式の欄外にも1週間ごとに行うと書かれています。",
    remedy: "対象期間の書き誤りがないかを確かめてください。今後は1週間ごとに評価してください。",
}

fn run(context: &Context, report: &mut Report) {
    let allowed = i64::from(context.rules().evaluation_days);
    for person in context.people() {
        for evaluation in context.weekly(person) {
            let record = evaluation.record;
            let (Some(first), Some(last)) = (record.period_from.get(), record.period_to.get())
            else {
                continue;
            };
            let days = (last - first).num_days() + 1;
            let location = Some(record.source.locate(record.period_from.cell));
            let called = title(record);
            if days < 1 {
                let message = Wording::new(
                    format!(
                        "{}の対象期間の初日が、末日より後になっています。",
                        called.ja
                    ),
                    format!("{}: its first day lies after its last.", called.en),
                );
                let said = words(message, look_at_the_text());
                report.review(person, evaluation.when(), said, location);
            } else if days > allowed {
                let message = Wording::new(
                    format!(
                        "{}の対象期間が{days}日あります（{}）。",
                        called.ja,
                        days_ja(first, last)
                    ),
                    format!(
                        "{}: its period is {days} days ({}).",
                        called.en,
                        days_en(first, last)
                    ),
                );
                let hint = Wording::new(
                    "対象期間の書き誤りがないかを確かめてください。まとめて評価していた場合は、そのまま残し、今後は1週間ごとに評価してください。",
                    "See whether the period is right. If weeks were taken together, leave it as it is and evaluate each week from now on.",
                );
                let verdict = verdict_on(&record.period_from).max(verdict_on(&record.period_to));
                let said = words(message, hint);
                report.find(verdict, person, evaluation.when(), said, location);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, told, value};

    #[test]
    fn more_than_seven_days_are_found() {
        let mut office = office();
        office.weekly[1].period_from = value(date(2025, 9, 5));
        assert_eq!(
            told(&office),
            ["deficient weekly-evaluation-period-too-long 2025-09-12"]
        );
        office.weekly[1].period_from = value(date(2025, 9, 6));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_for_review() {
        let mut office = office();
        office.weekly[1].period_from = value(date(2025, 9, 15));
        assert_eq!(
            told(&office),
            ["review weekly-evaluation-period-too-long 2025-09-12"]
        );
    }
}
