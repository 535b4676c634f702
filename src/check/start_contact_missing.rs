//! start-contact-missing

use super::contact::{At, DayTold, Told, told_days, undecided};
use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// No contact at the start of a day's work.
    ///
    /// A contact is one at the start when its words say so or its time is within an hour of
    /// the start, before or after.
    ///
    /// ## Why
    /// The time of the start and the work to be done must be settled with the user.
    ///
    /// ## What to do
    /// Look for the day's calls and messages. Never add a contact that nothing shows.
    "start-contact-missing",
    reads: [Daily, StartContact],
    title: "開始の連絡がない",
    what: "作業開始の連絡があるかを見ます。開始と分かる言葉があるか、開始時刻の前後60分以内の連絡を、開始の連絡とします。",
    why: "通知は、作業開始時に開始時間と作業内容を必ず確かめることを求めています。",
    remedy: "当日の通話履歴などを確かめてください。確かめられない連絡を書き足してはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for told_day in told_days(context, person) {
            let DayTold {
                day,
                record,
                told,
                unread,
                ..
            } = told_day;
            let Told::Counted(contacts) = told else {
                continue;
            };
            let when = When::Date(day);
            let location = Some(record.source.locate(record.support.cell));
            if let At::Undecided(clause) = contacts.at_start {
                let said = undecided(day, Wording::new("作業開始", "start"), clause);
                report.review(person, when, said, location);
            } else if contacts.at_start == At::Missed {
                let message = Wording::new(
                    format!("{}の記録に、作業開始の連絡が見当たりません。", day_ja(day)),
                    format!(
                        "{} tells of no contact at the start of the work.",
                        day_en(day)
                    ),
                );
                let hint = Wording::new(
                    "当日の通話履歴などで、開始時間と作業内容を確かめた事実が分かる場合は、追記した日と人を明らかにして補ってください。",
                    "Where the day's calls or messages show that start and work were settled, add it with the day and name of whoever adds it.",
                );
                let verdict = told_day.on_support.max(told_day.on_hours);
                let said = words(message, hint);
                report.missing_as(verdict, unread, person, when, said, location);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{contact, office, on, told};
    use crate::model::ContactKind::{End, Other, Start};

    #[test]
    fn a_day_without_a_start_contact_is_found() {
        let mut office = office();
        on(&mut office, 5).contacts = vec![contact("12:00", Other), contact("15:00", End)];
        assert_eq!(
            told(&office),
            ["deficient start-contact-missing 2025-09-05"]
        );
    }

    #[test]
    fn an_hour_before_is_near_enough_and_words_are_enough() {
        let mut office = office();
        on(&mut office, 5).contacts = vec![contact("9:00", Other), contact("15:00", End)];
        on(&mut office, 8).contacts = vec![contact("8:00", Start), contact("15:00", End)];
        assert!(told(&office).is_empty());
    }
}
