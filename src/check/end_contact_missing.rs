//! end-contact-missing

use super::ends_of_day::{End, look_for_contact};
use super::{Context, Report};

declare_check! {
    /// No contact at the end of a day's work.
    ///
    /// A contact is one at the end when its words say so or its time is within an hour of
    /// the end, before or after.
    ///
    /// ## Why
    /// The time of the end and what was achieved must be settled with the user.
    ///
    /// ## What to do
    /// Look for the day's calls and messages. Never add a contact that nothing shows.
    "end-contact-missing",
    reads: [Daily, EndContact],
    title: "終了の連絡がない",
    what: "作業終了の連絡があるかを見ます。終了と分かる言葉があるか、終了時刻の前後60分以内の連絡を、終了の連絡とします。",
    why: "通知は、作業終了時に終了時間と成果を必ず確かめることを求めています。",
    remedy: "当日の通話履歴などを確かめてください。確かめられない連絡を書き足してはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    let end = End {
        at: |contacts| contacts.at_end,
        name: ["作業終了", "end"],
        settled: ["終了時間と成果", "end and result"],
    };
    look_for_contact(context, report, &end);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{contact, office, on, told};
    use crate::model::ContactKind::{Other, Progress, Start, Undecided};

    #[test]
    fn a_day_without_an_end_contact_is_found() {
        let mut office = office();
        on(&mut office, 5).contacts = vec![contact("10:00", Start), contact("12:00", Progress)];
        assert_eq!(told(&office), ["deficient end-contact-missing 2025-09-05"]);
    }

    #[test]
    fn words_of_the_end_that_may_tell_of_it_are_for_review_and_others_are_not() {
        let of = |text: &str, time: &str| {
            let mut office = office();
            let mut open = contact(time, Undecided);
            open.text = text.to_owned();
            on(&mut office, 5).contacts =
                vec![contact("10:00", Start), contact("12:00", Progress), open];
            told(&office)
        };
        let asked = ["review end-contact-missing 2025-09-05"];
        assert_eq!(of("終わりの連絡は13:00", "13:00"), asked);
        assert_eq!(of("夕方、終了の電話", ""), asked);
        let found = ["deficient end-contact-missing 2025-09-05"];
        assert_eq!(of("12:30 昼休み、様子を聞く", "12:30"), found);
        assert_eq!(of("朝、開始の電話", ""), found);
    }

    #[test]
    fn a_last_contact_at_the_end_need_not_say_so() {
        let mut office = office();
        on(&mut office, 5).contacts = vec![contact("9:00", Start), contact("15:00", Other)];
        assert!(told(&office).is_empty());
    }
}
