//! start-contact-missing

use super::ends_of_day::{End, look_for_contact};
use super::{Context, Report};

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
    let start = End {
        at: |contacts| contacts.at_start,
        name: ["作業開始", "start"],
        settled: ["開始時間と作業内容", "start and work"],
    };
    look_for_contact(context, report, &start);
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
