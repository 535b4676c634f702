//! home-visit-missing

use super::start::{first_day_under, unlisted};
use super::words::words;
use super::{Context, Report};
use crate::model::{Subject, When, Wording, date_in_japanese};

declare_check! {
    /// No check of the user's home before the first day at home.
    ///
    /// The day is 自宅環境の確認日 of the roster. The notice asks the office to do its best, so
    /// it is always a question. Where no roster has the day, the office is asked once, and else
    /// of each user who is not on it, unless it answers for itself.
    ///
    /// ## Why
    /// Before the start somebody sees whether the line, the devices and the place to work will do.
    ///
    /// ## What to do
    /// Find the record of the visit, or of how the home was seen otherwise.
    "home-visit-missing",
    reads: [HomeVisit, Start],
    title: "自宅環境の確認がない",
    what: "対象者リストの自宅環境の確認日が、在宅の最初の日より後ではないか、空欄ではないかを見ます（要確認）。欄がない場合は、自主点検表の答えがなければ要確認とします。",
    why: "通知は、事前の自宅訪問等により、通信環境・機器・作業場所の状況をつかむよう求めています。",
    remedy: "自宅訪問などの記録を探し、確認した日を対象者リストに書いてください。",
}

fn run(context: &Context, report: &mut Report) {
    let unlisted = unlisted(context);
    let (mut is_asked, mut is_told) = (!unlisted.is_empty(), false);
    for person in context.known_people() {
        for entry in &person.roster {
            let Some(first) = first_day_under(context, person, entry) else {
                continue;
            };
            let field = &entry.home_checked_on;
            is_asked = true;
            is_told |= !field.is_absent();
            let message = match field.get() {
                Some(day) if first < day => Wording::new(
                    format!(
                        "自宅環境の確認日（{}）が、在宅の最初の日（{}）より後です。",
                        date_in_japanese(day),
                        date_in_japanese(first)
                    ),
                    format!(
                        "The home was checked on {day}, after the first day at home ({first})."
                    ),
                ),
                None if field.is_unclear() => Wording::new(
                    format!(
                        "自宅環境の確認日に「{}」とあり、読み取れません。",
                        field.raw
                    ),
                    format!(
                        "The day of the check of the home cannot be read: {}.",
                        field.raw
                    ),
                ),
                None if field.is_blank() && !field.is_absent() => Wording::new(
                    "在宅の日がありますが、自宅環境の確認日が空欄です。",
                    "There are days at home; the day of the check of the home is blank.",
                ),
                _ => continue,
            };
            let location = entry.source.locate(field.cell);
            let said = words(message, hint());
            report.review(person, When::Always, said, Some(location));
            break;
        }
    }
    if !is_asked || context.answers_for_itself("home-visit-missing") {
        return;
    }
    if is_told {
        for person in unlisted {
            let message = Wording::new(
                "対象者リストに載っていないため、自宅環境を確認した日を確かめられません。",
                "Not on the roster, so the day of the check of the home cannot be seen.",
            );
            report.review(person, When::Always, words(message, hint()), None);
        }
    } else {
        let message = Wording::new(
            "在宅を始める前に自宅の環境を確かめたかどうかを、入力から確かめられません。",
            "The input does not show whether the homes were checked before the start.",
        );
        report.review(Subject::Office, When::Always, words(message, hint()), None);
    }
}

fn hint() -> Wording {
    Wording::new(
        "自宅訪問などの記録を確かめ、確認した日を対象者リストに書くか、自主点検表で答えてください。",
        "Find the record of the visit and write the day on the roster, or answer in the self-inspection.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, by_hitachi, date, unclear, value};
    use crate::model::Field;

    const CHECK: &str = "home-visit-missing";

    #[test]
    fn a_check_after_the_start_or_none_is_asked() {
        assert!(by_hitachi(CHECK, |_| {}).is_empty());
        for field in [value(date(2026, 3, 20)), blank(), unclear("済")] {
            let told = by_hitachi(CHECK, |o| o.roster[0].home_checked_on = field.clone());
            assert_eq!(told, ["review home-visit-missing always"]);
        }
    }

    #[test]
    fn users_whom_no_roster_names_are_asked_about() {
        let told = by_hitachi(CHECK, |o| o.roster.clear());
        assert_eq!(told, ["review home-visit-missing always office"]);
    }

    #[test]
    fn a_roster_without_the_column_is_one_question_to_the_office() {
        let told = by_hitachi(CHECK, |o| o.roster[0].home_checked_on = Field::absent());
        assert_eq!(told, ["review home-visit-missing always office"]);
    }
}
