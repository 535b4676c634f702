//! plan-without-home-support

use super::start::first_day_under;
use super::unseen::unread_within;
use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// There are days at home, and the roster gives no plan or no weekdays at home.
    ///
    /// ## Why
    /// The individual support plan states the aims and the support at home, and how home
    /// and office are combined.
    ///
    /// ## What to do
    /// Copy the day and the weekdays from the plan; if it says nothing of home, revise it.
    "plan-without-home-support",
    reads: [Plan, Weekdays],
    title: "計画に在宅の位置付けがない",
    what: "在宅の日がある利用者に、個別支援計画の作成日と在宅の曜日があるかを見ます。",
    why: "通知は、個別支援計画に在宅就労の目標や支援内容を明記し、計画的に行うことを求めています。",
    remedy: "個別支援計画を見て、作成日と在宅の曜日をリストに書いてください。計画に在宅の記載がなければ、計画を見直してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let fault = person.roster.iter().find_map(|entry| {
            first_day_under(context, person, entry)?;
            let no_day = entry.plan_created_on.is_blank();
            let weekdays = &entry.home_weekdays;
            let no_weekday =
                weekdays.is_blank() || weekdays.get().is_some_and(|days| days.is_empty());
            let cell = match (no_day, no_weekday) {
                (true, _) => entry.plan_created_on.cell,
                (false, true) => weekdays.cell,
                (false, false) => return None,
            };
            Some((no_day, no_weekday, entry.source.locate(cell), &entry.source))
        });
        let Some((no_day, no_weekday, location, source)) = fault else {
            continue;
        };
        let (ja, en) = match (no_day, no_weekday) {
            (true, true) => (
                "個別支援計画の作成日と在宅の曜日",
                "the plan and the weekdays at home are",
            ),
            (true, false) => ("個別支援計画の作成日", "the plan is"),
            _ => ("在宅の曜日", "the weekdays at home are"),
        };
        let message = Wording::new(
            format!("在宅の日がありますが、対象者リストの{ja}が空欄です。"),
            format!("There are days at home; {en} blank on the roster."),
        );
        let hint = Wording::new(
            "個別支援計画を見て、リストに書いてください。計画に在宅での目標や曜日がない場合は、計画を見直してください。",
            "Copy it from the plan. If the plan says nothing of support at home, revise it.",
        );
        let unread = unread_within(source);
        let said = words(message, hint);
        report.missing(unread, person, When::Always, said, Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, told, value};
    use crate::model::Weekdays;

    #[test]
    fn a_blank_plan_is_one_finding() {
        let mut office = office();
        office.roster[0].plan_created_on = blank();
        office.roster[0].home_weekdays = value(Weekdays::default());
        assert_eq!(
            told(&office),
            ["deficient plan-without-home-support always"]
        );
    }

    #[test]
    fn a_user_who_is_not_at_home_yet_needs_no_plan() {
        let mut office = office();
        office.roster[0].home_start = blank();
        office.roster[0].home_weekdays = blank();
        office.daily.clear();
        office.weekly.clear();
        office.monthly.clear();
        office.listing.clear();
        assert!(told(&office).is_empty());
    }
}
