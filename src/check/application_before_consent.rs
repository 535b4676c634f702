//! application-before-consent

use super::certainty::verdict_on;
use super::start::first_day_under;
use super::words::words;
use super::{Context, Report};
use crate::model::{RosterEntry, Verdict, When, Wording, date_in_japanese};

declare_check! {
    /// The application lies before the consent, or before the plan.
    ///
    /// The city takes a draft of the plan with the application, and the roster does not tell
    /// when the draft was made; so an application before the plan is for review.
    ///
    /// ## Why
    /// Assessment and consent come first, then the application.
    ///
    /// ## What to do
    /// Compare the days with the papers of the application.
    "application-before-consent",
    reads: [Application, Consent, Plan],
    title: "同意や計画より前の申請",
    what: "区役所への申請日が、同意日や個別支援計画の作成日より前ではないかを見ます。計画は原案でもよいため、計画より前の申請は要確認とします。",
    why: "通知は、申出とアセスメント、同意の後に申請することを求めています。",
    remedy: "申請の控えと同意書、計画の原案で、それぞれの日付を確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let fault = person.roster.iter().find_map(|entry| {
            first_day_under(context, person, entry)?;
            fault(entry).map(|(verdict, message)| (entry, verdict, message))
        });
        let Some((entry, verdict, message)) = fault else {
            continue;
        };
        let hint = Wording::new(
            "申請の控え、同意書、計画の原案で日付を確かめてください。リストの書き誤りであれば直してください。",
            "Compare with the copy of the application, the consent and the draft of the plan; mend the roster if it is wrong.",
        );
        let location = entry.source.locate(entry.applied_on.cell);
        report.find(
            verdict,
            person,
            When::Always,
            words(message, hint),
            Some(location),
        );
    }
}

fn fault(entry: &RosterEntry) -> Option<(Verdict, Wording)> {
    let applied = entry.applied_on.get()?;
    if let Some(consented) = entry.consented_on.get().filter(|day| applied < *day) {
        let verdict = verdict_on(&entry.applied_on).max(verdict_on(&entry.consented_on));
        let message = Wording::new(
            format!(
                "申請日（{}）が、同意日（{}）より前です。",
                date_in_japanese(applied),
                date_in_japanese(consented)
            ),
            format!("The application ({applied}) lies before the consent ({consented})."),
        );
        return Some((verdict, message));
    }
    let planned = entry.plan_created_on.get().filter(|day| applied < *day)?;
    let message = Wording::new(
        format!(
            "申請日（{}）が、個別支援計画の作成日（{}）より前です。原案で申請していれば問題ありません。",
            date_in_japanese(applied),
            date_in_japanese(planned)
        ),
        format!(
            "The application ({applied}) lies before the plan ({planned}); a draft of it would do."
        ),
    );
    Some((Verdict::Review, message))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, told, value};

    #[test]
    fn an_application_before_the_consent_is_found() {
        let mut office = office();
        office.roster[0].applied_on = value(date(2025, 5, 11));
        assert_eq!(
            told(&office),
            ["deficient application-before-consent always"]
        );
    }

    #[test]
    fn an_application_before_the_plan_may_have_had_a_draft() {
        let mut office = office();
        office.roster[0].plan_created_on = value(date(2025, 5, 16));
        assert_eq!(told(&office), ["review application-before-consent always"]);
        office.roster[0].plan_created_on = value(date(2025, 5, 15));
        assert!(told(&office).is_empty());
    }
}
