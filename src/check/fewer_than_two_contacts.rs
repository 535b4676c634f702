//! fewer-than-two-contacts

use super::contact::{Told, told_days};
use super::items::{no_such_item, shown};
use super::words::{day_en, day_ja, look_at_the_text, words};
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// A day at home with fewer contacts than the notice asks for.
    ///
    /// Contacts are counted by the times in 支援内容; words without times are for review, and
    /// so are days that fall short because nobody answered, or because the text does not say
    /// whether a time is that of a contact.
    ///
    /// ## Why
    /// Support at home is support only if the office is in touch: at least twice a day, by
    /// telephone or other means.
    ///
    /// ## What to do
    /// Look for calls and messages of the day. Never add a contact that nothing shows.
    "fewer-than-two-contacts",
    reads: [Daily, Support],
    title: "連絡が1日2回に満たない",
    what: "支援内容に書かれた連絡が、1日に2回以上あるかを見ます。時刻のない文章は、要確認とします。",
    why: "通知は、1日に2回以上の連絡と必要な支援を求めています。",
    remedy: "当日の通話履歴などを確かめてください。確かめられない連絡を書き足してはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    let needed = context.rules().contacts_a_day;
    for person in context.people() {
        let mut lacking = None;
        for told_day in told_days(context, person) {
            let day = told_day.day;
            let (when, location) = (When::Date(day), Some(told_day.place()));
            match told_day.told {
                Told::NoItem => lacking = lacking.or(location),
                Told::Nothing => {}
                Told::Unclear => report.review(person, when, no_times(day), location),
                Told::Unanswered => report.review(person, when, unanswered(day, needed), location),
                Told::Undecided(clause) => {
                    report.review(person, when, undecided(day, clause, needed), location);
                }
                Told::Counted(contacts) if contacts.count < needed => {
                    let said = too_few(day, contacts.count, needed);
                    let (verdict, unread) = (told_day.on_support, told_day.unread);
                    report.missing_as(verdict, unread, person, when, said, location);
                }
                Told::Counted(_) => {}
            }
        }
        // Where the notice asks for the item itself, daily-field-missing says that it is lacking.
        let is_asked = context.notice.cited("daily-field-missing").is_some();
        if let (Some(location), false) = (lacking, is_asked) {
            let said = no_such_item(&["支援内容"], &["support"]);
            report.review(person, When::Always, said, Some(location));
        }
    }
}

fn too_few(day: chrono::NaiveDate, count: usize, needed: usize) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の記録には連絡が{count}回しかありません（1日{needed}回以上が必要です）。",
                day_ja(day)
            ),
            format!(
                "{} tells of {count} contact(s); {needed} a day are needed.",
                day_en(day)
            ),
        ),
        Wording::new(
            "当日の通話履歴などで連絡の事実を確かめられる場合は、追記した日と人を明らかにして補ってください。確かめられない日は、請求の対象から外すことを検討してください。",
            "Where the day's calls or messages show a contact, add it with the day and name of whoever adds it. Where nothing does, consider leaving the day out of the claim.",
        ),
    )
}

fn unanswered(day: chrono::NaiveDate, needed: usize) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の記録には、連絡がつかなかった、または連絡しなかったと読める記載があり、それを除くと{needed}回に足りません。",
                day_ja(day)
            ),
            format!(
                "{}: it seems that some contacts did not come about; without them there are fewer than {needed}.",
                day_en(day)
            ),
        ),
        Wording::new(
            "その後に連絡がついたか、どのように支援したかを、当日の通話履歴などで確かめてください。",
            "Find out from the day's calls whether the user was reached later, and what was done.",
        ),
    )
}

fn undecided(day: chrono::NaiveDate, clause: &str, needed: usize) -> super::Words {
    let clause = shown(clause);
    words(
        Wording::new(
            format!(
                "{}の支援内容には、連絡かどうかを決められない記載があり（「{clause}」）、それを除くと{needed}回に足りません。",
                day_ja(day)
            ),
            format!(
                "{}: it cannot be told whether \"{clause}\" is a contact; without it there are fewer than {needed}.",
                day_en(day)
            ),
        ),
        look_at_the_text(),
    )
}

fn no_times(day: chrono::NaiveDate) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の支援内容に時刻がなく、連絡の回数を数えられません。",
                day_ja(day)
            ),
            format!(
                "{}: the text gives too few times to count contacts.",
                day_en(day)
            ),
        ),
        look_at_the_text(),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn attempts_that_nobody_answered_are_for_review() {
        use crate::check::testing::{contact, office, on, told};
        use crate::model::ContactKind::{End, Start, Unanswered};
        let mut office = office();
        on(&mut office, 5).contacts =
            vec![contact("10:00", Unanswered), contact("15:00", Unanswered)];
        let expected = ["review fewer-than-two-contacts 2025-09-05"];
        assert_eq!(told(&office), expected);
        on(&mut office, 5).contacts[1].kind = End;
        assert_eq!(told(&office), expected);
        on(&mut office, 5)
            .contacts
            .insert(1, contact("10:20", Start));
        assert!(told(&office).is_empty());
    }

    use crate::check::testing::{
        assessed, contact, date, notice, office, on, text, time, told, told_on, value,
    };
    use crate::model::{ContactKind, Field};

    #[test]
    fn a_time_that_may_be_a_contact_is_for_review_and_quoted() {
        let mut office = office();
        on(&mut office, 5).contacts[1].kind = ContactKind::Undecided;
        on(&mut office, 5).contacts[1].text = "終わりの連絡は15:00".to_owned();
        assert_eq!(told(&office), ["review fewer-than-two-contacts 2025-09-05"]);
        let found = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30)).findings;
        assert!(found[0].message.ja.contains("「終わりの連絡は15:00」"));
        let more = contact("11:00", ContactKind::Progress);
        on(&mut office, 5).contacts.insert(1, more);
        on(&mut office, 5).contacts[0].time = Some(time("10:00"));
        assert_eq!(told(&office), ["review end-contact-missing 2025-09-05"]);
        on(&mut office, 5).contacts[2].time = Some(time("12:00"));
        assert_eq!(told(&office), ["review end-contact-missing 2025-09-05"]);
        on(&mut office, 5).contacts[2].text = "様子を聞いたのは12:00".to_owned();
        assert_eq!(told(&office), ["deficient end-contact-missing 2025-09-05"]);
    }

    #[test]
    fn one_contact_is_too_few_and_the_other_end_is_missing() {
        let mut office = office();
        on(&mut office, 5).contacts.pop();
        assert_eq!(
            told(&office),
            [
                "deficient end-contact-missing 2025-09-05",
                "deficient fewer-than-two-contacts 2025-09-05",
            ]
        );
        assert!(told_on(&office, date(2025, 4, 30)).is_empty());
    }

    #[test]
    fn a_text_that_nobody_understood_may_be_the_other_contact() {
        let mut office = office();
        on(&mut office, 5).contacts.pop();
        on(&mut office, 5).source.unread = crate::model::Cell::parse("F9");
        assert_eq!(
            told(&office),
            [
                "review end-contact-missing 2025-09-05",
                "review fewer-than-two-contacts 2025-09-05",
            ]
        );
    }

    #[test]
    fn words_without_times_are_one_question() {
        let mut office = office();
        let record = on(&mut office, 5);
        record.support = text("開始と終了に電話をした。");
        record.contacts.clear();
        assert_eq!(told(&office), ["review fewer-than-two-contacts 2025-09-05"]);
        on(&mut office, 5).contacts = vec![
            contact("10:00", ContactKind::Start),
            contact("", ContactKind::End),
        ];
        assert_eq!(told(&office), ["review fewer-than-two-contacts 2025-09-05"]);
    }

    #[test]
    fn a_line_without_time_and_kind_is_no_contact() {
        let mut office = office();
        on(&mut office, 5).contacts[1] = contact("", ContactKind::Other);
        assert_eq!(told(&office).len(), 2);
    }

    #[test]
    fn a_form_without_the_item_is_asked_about_once() {
        let mut office = office();
        for record in &mut office.daily {
            record.support = Field::absent();
            record.contacts.clear();
        }
        assert_eq!(told(&office), ["review daily-field-missing always"]);
    }

    #[test]
    fn sessions_of_a_day_are_counted_together() {
        let mut office = office();
        let mut afternoon = on(&mut office, 5).clone();
        let morning = on(&mut office, 5);
        morning.end = value(time("12:00"));
        morning.contacts.pop();
        afternoon.start = value(time("13:00"));
        afternoon.contacts.remove(0);
        office.daily.push(afternoon);
        let told = told(&office);
        assert!(
            !told.iter().any(|line| line.contains("contact")),
            "{told:?}"
        );
    }
}
