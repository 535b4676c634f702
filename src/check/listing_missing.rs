//! listing-missing

use std::collections::BTreeSet;

use super::words::{add_the_form, words};
use super::{Context, Report};
use crate::model::{Month, Subject, When, Wording, month_in_japanese};

declare_check! {
    /// A month with days at home has no listing (form 4).
    ///
    /// Where the input holds no listing of any month, or one without a month, a person must
    /// look instead.
    ///
    /// ## Why
    /// For each month of support the users are listed, and the claim is made from the list.
    ///
    /// ## What to do
    /// Add the listing to the input, or make it from the records.
    "listing-missing",
    reads: [Daily, Listing],
    title: "一覧表のない月",
    what: "支援記録のある月に、一覧表（参考様式4）があるかを見ます。月が終わるまでは数えません。",
    why: "通知は、支援を行った月ごとに対象者を一覧にまとめて保管することを求めています。",
    remedy: "一覧表があれば入力に加えてください。なければ、支援記録をもとに作成してください。",
}

fn run(context: &Context, report: &mut Report) {
    let index = context.index;
    let mut none_given = false;
    let months: BTreeSet<Month> = context
        .people()
        .flat_map(|person| context.recorded_days(person))
        .map(|(day, _)| Month::of(day))
        .collect();
    for month in months {
        if index.listings.contains_key(&month) {
            continue;
        }
        let when = When::Month(month);
        if !context.has_ended(month) {
            report.pending(Subject::Office, when);
        } else if index.office.listing.is_empty() {
            none_given = true;
        } else if index.has_unplaced_listing {
            report.review(Subject::Office, when, not_given(month), None);
        } else {
            let unseen = context.unseen();
            report.missing(unseen, Subject::Office, when, not_made(month), None);
        }
    }
    if none_given {
        let message = Wording::new(
            "一覧表（参考様式4）が、入力に1枚もありません。",
            "The input holds no listing (form 4) at all.",
        );
        let said = words(message, add_the_form());
        report.review(Subject::Office, When::Always, said, None);
    }
}

fn not_made(month: Month) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の一覧表（参考様式4）がありません。",
                month_in_japanese(month)
            ),
            format!("There is no listing (form 4) of {month}."),
        ),
        Wording::new(
            "作成済みの場合は、入力に加えてください。作成していない場合は、支援記録をもとに作成し、作成した日が分かるようにしてください。",
            "If it was made, add it to the input. If not, make it from the records and show when it was made.",
        ),
    )
}

fn not_given(month: Month) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の一覧表（参考様式4）が、入力から見つかりません。",
                month_in_japanese(month)
            ),
            format!("The input shows no listing (form 4) of {month}."),
        ),
        add_the_form(),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, office_in, told, told_on, waiting};

    #[test]
    fn a_month_without_a_listing_is_found_once() {
        let mut office = office();
        office.listing = office_in(2025, 8).listing;
        let told = told(&office);
        assert!(told.contains(&"deficient listing-missing 2025-09 office".to_owned()));
        assert!(
            !told
                .iter()
                .any(|l| l.contains("listing-user") || l.contains("not-listed"))
        );
    }

    #[test]
    fn without_any_listing_a_person_must_look() {
        let mut office = office();
        office.listing[0].month = blank();
        assert_eq!(told(&office), ["review listing-missing 2025-09 office"]);
        office.listing.clear();
        assert_eq!(told(&office), ["review listing-missing always office"]);
    }

    #[test]
    fn a_month_that_has_not_ended_waits() {
        let mut office = office();
        office.listing.clear();
        assert!(told_on(&office, date(2025, 9, 30)).is_empty());
        let waiting = waiting(&office, date(2025, 9, 30));
        assert!(
            waiting.contains(&"listing-missing 2025-09 office".to_owned()),
            "{waiting:?}"
        );
    }
}
