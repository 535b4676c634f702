//! report-missing

use super::certainty::{verdict_on, verdict_on_day};
use super::start::{first_day_under, unlisted};
use super::unseen::unread_within;
use super::words::words;
use super::{Context, Report};
use crate::model::{Field, Subject, Verdict, When, Wording, date_in_japanese};

declare_check! {
    /// No report to the city before the first day at home, or approved only after it.
    ///
    /// The report (届出) is 申請日 of the roster, the approval 市の承認日. Where no roster has
    /// the one or the other, the office is asked once, and else of each user who is not on it,
    /// unless it answers for itself.
    ///
    /// ## Why
    /// The city pays for support at home only if it was reported before the start and found
    /// to be right.
    ///
    /// ## What to do
    /// Look for the copy of the report and the city's answer, and write both days on the roster.
    "report-missing",
    reads: [Report, Start],
    title: "市への届出がない",
    what: "対象者リストの届出（申請）日と市の承認日が、在宅の最初の日より後ではないか、空欄ではないかを見ます。欄がない場合は、自主点検表の答えがなければ要確認とします。",
    why: "通知は、事前に市へ届け出て、適当と認められた場合に限り報酬の対象になるとしています。",
    remedy: "届出書の控えと市の回答を確かめ、届出の日と認められた日を対象者リストに書いてください。",
}

fn run(context: &Context, report: &mut Report) {
    let unlisted = unlisted(context);
    let mut is_told = false;
    let mut is_asked = !unlisted.is_empty();
    for person in context.known_people() {
        for entry in &person.roster {
            let Some(first) = first_day_under(context, person, entry) else {
                continue;
            };
            is_asked = true;
            is_told |= !entry.applied_on.is_absent() && !entry.approved_on.is_absent();
            let faults = [
                ("届出", "report", &entry.applied_on, Verdict::Deficient),
                ("市の承認", "approval", &entry.approved_on, Verdict::Review),
            ];
            let fault = faults.into_iter().find_map(|(ja, en, field, blank)| {
                let (message, verdict) = fault((ja, en), field, blank, first)?;
                Some((message, verdict, field))
            });
            if let Some((message, verdict, field)) = fault {
                let location = Some(entry.source.locate(field.cell));
                let unread = unread_within(&entry.source).filter(|_| field.is_blank());
                let said = words(message, hint());
                let verdict = verdict.max(verdict_on_day(person, first));
                report.missing_as(verdict, unread, person, When::Always, said, location);
                break;
            }
        }
    }
    if !is_asked || context.answers_for_itself("report-missing") {
        return;
    }
    if is_told {
        for person in unlisted {
            let message = Wording::new(
                "対象者リストに載っていないため、市への届出の日と市が認めた日を確かめられません。",
                "Not on the roster, so the report to the city and its approval cannot be seen.",
            );
            report.review(person, When::Always, words(message, hint()), None);
        }
    } else {
        let message = Wording::new(
            "市への届出の日と、市が認めた日を、入力から確かめられません。",
            "The input does not show when support at home was reported to the city and approved.",
        );
        report.review(Subject::Office, When::Always, words(message, hint()), None);
    }
}

/// What is wrong with one of the days, and how surely.
fn fault(
    (ja, en): (&str, &str),
    field: &Field<chrono::NaiveDate>,
    blank: Verdict,
    first: chrono::NaiveDate,
) -> Option<(Wording, Verdict)> {
    let day = match field.get() {
        Some(day) => day,
        None if field.is_unclear() => {
            let message = Wording::new(
                format!(
                    "対象者リストの{ja}の日に「{}」とあり、読み取れません。",
                    field.raw
                ),
                format!(
                    "The day of the {en} on the roster cannot be read: {}.",
                    field.raw
                ),
            );
            return Some((message, Verdict::Review));
        }
        None if field.is_blank() && !field.is_absent() => {
            let message = Wording::new(
                format!("在宅の日がありますが、対象者リストの{ja}の日が空欄です。"),
                format!("There are days at home; the day of the {en} is blank on the roster."),
            );
            return Some((message, blank));
        }
        None => return None,
    };
    (first < day).then(|| {
        let message = Wording::new(
            format!(
                "{ja}の日（{}）が、在宅の最初の日（{}）より後です。",
                date_in_japanese(day),
                date_in_japanese(first)
            ),
            format!("The day of the {en} ({day}) is later than the first day at home ({first})."),
        );
        (message, verdict_on(field))
    })
}

fn hint() -> Wording {
    Wording::new(
        "届出書の控えと市の回答を確かめ、届出の日と認められた日を対象者リストに書くか、自主点検表で答えてください。届出の前の日の扱いは、市に相談してください。",
        "Find the copy of the report and the city's answer, and write the days on the roster or answer in the self-inspection. Ask the city about days before the report.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, by_hitachi, date, unclear, value};

    const CHECK: &str = "report-missing";

    #[test]
    fn a_report_or_an_approval_after_the_start_is_found() {
        let late = date(2026, 3, 20);
        assert!(by_hitachi(CHECK, |_| {}).is_empty());
        let found = ["deficient report-missing always"];
        assert_eq!(
            by_hitachi(CHECK, |o| o.roster[0].applied_on = value(late)),
            found
        );
        assert_eq!(
            by_hitachi(CHECK, |o| o.roster[0].approved_on = value(late)),
            found
        );
        assert_eq!(
            by_hitachi(CHECK, |o| o.roster[0].applied_on = blank()),
            found
        );
    }

    #[test]
    fn what_is_not_clear_is_asked() {
        let asked = ["review report-missing always"];
        assert_eq!(
            by_hitachi(CHECK, |o| o.roster[0].approved_on = blank()),
            asked
        );
        assert_eq!(
            by_hitachi(CHECK, |o| o.roster[0].applied_on = unclear("済")),
            asked
        );
    }

    #[test]
    fn users_whom_no_roster_names_are_asked_about() {
        let told = by_hitachi(CHECK, |o| o.roster.clear());
        assert_eq!(told, ["review report-missing always office"]);
    }

    #[test]
    fn a_roster_without_the_columns_is_one_question_to_the_office() {
        let told = by_hitachi(CHECK, |o| {
            o.roster[0].approved_on = crate::model::Field::absent();
        });
        assert_eq!(told, ["review report-missing always office"]);
    }
}
