//! consent-after-start

use super::certainty::{verdict_on, verdict_on_day};
use super::start::first_day_under;
use super::unseen::unread_within;
use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording, date_in_japanese};

declare_check! {
    /// The user's consent is missing on the roster, or later than the first day at home.
    ///
    /// ## Why
    /// The user is shown what the support will be and agrees to it before it begins.
    ///
    /// ## What to do
    /// Look for the paper that was signed, or the minutes of the service managers' meeting.
    "consent-after-start",
    reads: [Consent, Start],
    title: "同意が在宅の開始より後",
    what: "対象者リストの同意日が空欄ではないか、在宅の最初の日より後ではないかを見ます。",
    why: "通知は、支援の効果と内容を示して同意を得たうえで支援を始めることを求めています。",
    remedy: "同意書やサービス担当者会議録で同意の日を確かめてください。同意の日を後から変えてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let fault = person.roster.iter().find_map(|entry| {
            let first = first_day_under(context, person, entry)?;
            let field = &entry.consented_on;
            let said = match field.get() {
                Some(consented) if first < consented => Some(Wording::new(
                    format!(
                        "同意日（{}）が、在宅の最初の日（{}）より後です。",
                        date_in_japanese(consented),
                        date_in_japanese(first)
                    ),
                    format!(
                        "The consent ({consented}) is later than the first day at home ({first})."
                    ),
                )),
                None if field.is_blank() => Some(Wording::new(
                    "在宅の日がありますが、対象者リストの同意日が空欄です。",
                    "There are days at home; the consent is blank on the roster.",
                )),
                _ => None,
            };
            let verdict = verdict_on(field).max(verdict_on_day(person, first));
            said.map(|message| (entry, message, verdict))
        });
        let Some((entry, message, verdict)) = fault else {
            continue;
        };
        let is_blank = entry.consented_on.is_blank();
        let hint = Wording::new(
            "同意書やサービス担当者会議録で同意の日を確かめ、リストに書いてください。開始前の同意を確かめられない場合は、その間の扱いを市に相談してください。",
            "Find the day in the consent or the minutes of the meeting and write it on the roster. If nothing shows a consent before the start, ask the city about the days between.",
        );
        let location = entry.source.locate(entry.consented_on.cell);
        let said = words(message, hint);
        let unread = unread_within(&entry.source).filter(|_| is_blank);
        report.missing_as(verdict, unread, person, When::Always, said, Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, told, value};

    #[test]
    fn a_consent_after_the_start_or_none_is_found() {
        let mut office = office();
        office.roster[0].consented_on = blank();
        assert_eq!(told(&office), ["deficient consent-after-start always"]);
        office.roster[0].consented_on = value(date(2025, 6, 3));
        office.roster[0].applied_on = value(date(2025, 6, 3));
        assert_eq!(told(&office), ["deficient consent-after-start always"]);
    }

    #[test]
    fn a_consent_on_the_first_day_is_in_time() {
        let mut office = office();
        office.roster[0].consented_on = value(date(2025, 6, 2));
        office.roster[0].applied_on = value(date(2025, 6, 2));
        assert!(told(&office).is_empty());
    }
}
