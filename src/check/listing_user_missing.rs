//! listing-user-missing

use std::collections::BTreeSet;

use super::unseen::Form;
use super::words::{look_at_the_text, words};
use super::{Context, Report};
use crate::model::{Month, Subject, When, Wording, month_in_japanese};

declare_check! {
    /// A user with days at home has no line on the month's listing (form 4).
    ///
    /// ## Why
    /// The listing gathers all users of the month; whoever is not on it is claimed, if at
    /// all, without it.
    ///
    /// ## What to do
    /// See whether the name is written otherwise, and add the user's line if not.
    "listing-user-missing",
    reads: [Daily, Listing],
    title: "一覧表に載っていない利用者",
    what: "支援記録のある利用者が、その月の一覧表（参考様式4）に載っているかを見ます。",
    why: "通知は、支援を行った月ごとに対象者を一覧にまとめることを求めています。",
    remedy: "氏名や受給者証番号の書き方が違わないかを確かめ、載っていなければ加えてください。",
}

fn run(context: &Context, report: &mut Report) {
    let mut empty: BTreeSet<Month> = BTreeSet::new();
    for person in context.known_people() {
        let days = context.recorded_days(person);
        let months: BTreeSet<Month> = days.map(|(day, _)| Month::of(day)).collect();
        for month in months {
            let Some(listings) = context.index.listings.get(&month) else {
                continue;
            };
            if person.rows.contains_key(&month) || !context.has_ended(month) {
                continue;
            }
            if listings.iter().all(|listing| listing.rows.is_empty()) {
                empty.insert(month);
                continue;
            }
            let message = Wording::new(
                format!(
                    "{}に支援記録がありますが、一覧表（参考様式4）に載っていません。",
                    month_in_japanese(month)
                ),
                format!(
                    "There are records in {month}; the listing (form 4) does not name the user."
                ),
            );
            let hint = Wording::new(
                "一覧表の氏名と受給者証番号の書き方を確かめてください。載っていない場合は、支援記録をもとに加え、請求も確かめてください。",
                "See how the listing writes name and number. If the user is not there, add the line from the records and check the claim.",
            );
            let location = listings.first().map(|listing| listing.source.locate(None));
            let unseen = context.unseen_of(person, Form::Listing);
            let said = words(message, hint);
            report.missing(unseen, person, When::Month(month), said, location);
        }
    }
    for month in empty {
        let message = Wording::new(
            format!(
                "{}の一覧表（参考様式4）から利用者を読み取れません。",
                month_in_japanese(month)
            ),
            format!("No user can be read from the listing (form 4) of {month}."),
        );
        let said = words(message, look_at_the_text());
        report.review(Subject::Office, When::Month(month), said, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, row, told, told_on};
    use crate::model::PersonId;

    #[test]
    fn a_user_without_a_line_is_found() {
        let mut office = office();
        office.people.push(crate::model::Person::default());
        let line = row(&mut office);
        line.user.person = PersonId(1);
        line.days.clear();
        line.weekly_dates.clear();
        line.home_days = crate::check::testing::blank();
        assert_eq!(told(&office), ["deficient listing-user-missing 2025-09"]);
        assert!(told_on(&office, date(2025, 9, 30)).is_empty());
    }

    #[test]
    fn a_listing_of_nobody_is_one_question() {
        let mut office = office();
        office.listing[0].rows.clear();
        assert_eq!(
            told(&office),
            ["review listing-user-missing 2025-09 office"]
        );
    }
}
