//! From when a user is judged: the start, renewals, the transition and the first month.

use chrono::NaiveDate;

use super::{Context, PersonFile};
use crate::model::{Month, RosterEntry};

/// 移行期間: the last day on which a user who was at home before the notice needs no
/// annotation. That is the day before the first renewal of the grant, or the last day of the
/// transition. `None` where the notice has no transition or the user began under it.
pub fn excused_until(context: &Context, person: &PersonFile) -> Option<NaiveDate> {
    let in_force = context.notice.in_force_from;
    let until = context.notice.transition?.until;
    person.first_home_day().filter(|first| *first < in_force)?;
    let renewals = person.roster.iter().filter_map(|entry| {
        let from = entry.grant_from.get();
        match from.filter(|from| *from >= in_force) {
            Some(from) => from.pred_opt(),
            None => entry
                .grant_to
                .get()
                .filter(|to| *to >= in_force.pred_opt().unwrap_or(in_force)),
        }
    });
    Some(renewals.min().map_or(until, |last| last.min(until)))
}

/// The first day at home that must satisfy a roster entry: not before the notice asks it of
/// this user, and not before the grant that the entry speaks of.
pub fn first_day_under(
    context: &Context,
    person: &PersonFile,
    entry: &RosterEntry,
) -> Option<NaiveDate> {
    let in_force = context.notice.in_force_from;
    let first = person.first_home_day()?;
    let asked = match excused_until(context, person) {
        Some(excused) => excused.succ_opt()?,
        None => in_force,
    };
    let from = asked.max(entry.grant_from.get().unwrap_or(asked));
    let day = if first >= from {
        first
    } else {
        *person.home_days.range(from..).next()?
    };
    (day <= context.as_of).then_some(day)
}

/// Users with days at home whom no roster names, where the notice has no check of its own
/// that says so.
pub fn unlisted<'a>(context: &Context<'a>) -> Vec<&'a PersonFile<'a>> {
    if context.notice.cited("roster-entry-missing").is_some() {
        return Vec::new();
    }
    let people = context.known_people();
    people
        .filter(|person| person.roster.is_empty() && context.home_days(person).next().is_some())
        .collect()
}

/// Whether support at home began in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstMonth {
    /// It did, and the notice asks for no monthly evaluation then.
    Yes,
    /// It did not, or the notice makes no difference.
    No,
    /// The input begins with that month and nothing tells the start.
    Unknown,
}

/// Whether `month` is the one in which the person's support at home began.
pub fn first_month(context: &Context, person: &PersonFile, month: Month) -> FirstMonth {
    let began_then = person
        .first_home_day()
        .is_some_and(|first| month.contains(first));
    if !context.rules().first_month_exempt || !began_then {
        return FirstMonth::No;
    }
    let told = person
        .roster
        .iter()
        .any(|entry| entry.home_start.get().is_some());
    if told || context.index.reaches_before(month) {
        FirstMonth::Yes
    } else {
        FirstMonth::Unknown
    }
}

/// Whether a weekly evaluation in `month` also stands for the monthly one.
pub fn weekly_stands_for_monthly(context: &Context, person: &PersonFile, month: Month) -> bool {
    let methods = &context.rules().weekly_counts_as_monthly;
    person.weekly.iter().any(|record| {
        let in_month = record.date.get().is_some_and(|day| month.contains(day));
        in_month
            && record
                .method
                .get()
                .is_some_and(|method| methods.contains(&method))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Index;
    use crate::check::testing::{date, notice, office, value};
    use crate::model::Office;

    fn days(office: &Office) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let notice = notice("kitakyushu");
        let index = Index::new(office);
        let context = Context::new(&index, &notice, date(2026, 6, 30));
        let person = &index.people[0];
        (
            excused_until(&context, person),
            first_day_under(&context, person, &office.roster[0]),
        )
    }

    #[test]
    fn a_user_who_began_under_the_notice_is_judged_from_the_first_day() {
        assert_eq!(days(&office()), (None, Some(date(2025, 6, 2))));
    }

    #[test]
    fn a_user_from_before_is_excused_until_the_renewal_or_the_end_of_the_transition() {
        let mut office = office();
        office.roster[0].home_start = value(date(2024, 10, 1));
        office.roster[0].grant_to = value(date(2025, 9, 10));
        let renewed = (Some(date(2025, 9, 10)), Some(date(2025, 9, 12)));
        assert_eq!(days(&office), renewed);
        office.roster[0].grant_to = value(date(2027, 3, 31));
        assert_eq!(days(&office), (Some(date(2026, 4, 30)), None));
    }

    #[test]
    fn an_entry_speaks_of_its_own_grant_only() {
        let mut office = office();
        office.roster[0].grant_from = value(date(2025, 9, 13));
        assert_eq!(days(&office), (None, Some(date(2025, 9, 15))));
    }
}
