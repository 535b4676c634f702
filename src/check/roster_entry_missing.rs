//! roster-entry-missing

use super::unseen::Form;
use super::words::{add_the_form, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Subject, When, Wording};

declare_check! {
    /// A user in forms 2 to 4 is not on the roster (form 1).
    ///
    /// ## Why
    /// The city asks for a list of all users who are supported at home. Whoever is missing
    /// there has no consent, grant or annotation that could be looked up.
    ///
    /// ## What to do
    /// See whether name and number are written as on the certificate, and add the user to
    /// the roster if the steps before the start were taken.
    "roster-entry-missing",
    reads: [HomeDays],
    title: "対象者リストにない利用者",
    what: "支援記録・評価・一覧表にいる利用者が、対象者リスト（参考様式1）に載っているかを見ます。",
    why: "通知は、在宅就労支援を提供する利用者のリストを作ることを求めています。",
    remedy: "氏名と受給者証番号の書き方を確かめ、開始前の手続きが済んでいればリストに加えてください。",
}

fn run(context: &Context, report: &mut Report) {
    let missing: Vec<&PersonFile> = context
        .known_people()
        .filter(|person| person.roster.is_empty() && context.home_days(person).next().is_some())
        .collect();
    if missing.is_empty() {
        return;
    }
    if context.index.office.roster.is_empty() {
        return report.review(Subject::Office, When::Always, no_roster(), None);
    }
    for person in missing {
        let unseen = context.unseen_of(person, Form::Roster);
        let at = first_mention(person);
        report.missing(unseen, person, When::Always, not_listed(), at);
    }
}

fn first_mention(person: &PersonFile) -> Option<Location> {
    let day = person.days.values().flatten().next();
    let row = person.rows.values().flatten().next();
    day.map(|record| record.source.locate(record.user.name.cell))
        .or_else(|| row.map(|listed| listed.row.source.locate(listed.row.user.name.cell)))
}

fn not_listed() -> super::Words {
    words(
        Wording::new(
            "在宅就労の記録がある利用者が、対象者リスト（参考様式1）に載っていません。",
            "The user has records of support at home and is not on the roster (form 1).",
        ),
        Wording::new(
            "氏名と受給者証番号が受給者証のとおりかを確かめてください。申請や同意などの手続きが済んでいる場合は、リストに加えてください。",
            "See that name and number are as on the certificate. If consent, application and annotation are in place, add the user to the roster.",
        ),
    )
}

fn no_roster() -> super::Words {
    words(
        Wording::new(
            "入力に対象者リスト（参考様式1）がありません。",
            "The input holds no roster (form 1).",
        ),
        add_the_form(),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, told, told_on, unclear};
    use crate::model::{Person, PersonId};

    #[test]
    fn a_user_who_is_not_on_the_roster_is_found_once() {
        let mut office = office();
        office.people.push(Person::default());
        office.roster[0].user.person = PersonId(1);
        assert_eq!(told(&office), ["deficient roster-entry-missing always"]);
        assert!(told_on(&office, date(2025, 4, 30)).is_empty());
    }

    #[test]
    fn without_any_roster_a_person_must_look() {
        let mut office = office();
        office.roster.clear();
        assert_eq!(told(&office), ["review roster-entry-missing always office"]);
    }

    #[test]
    fn a_line_that_holds_several_users_may_hold_the_user() {
        for (number, verdict) in [
            ("0123456789 0123456790", "review"),
            ("01234567890", "deficient"),
        ] {
            let mut office = office();
            office.people.push(Person::default());
            office.roster[0].user.person = PersonId(1);
            office.roster[0].user.certificate_number = unclear(number);
            let found = format!("{verdict} roster-entry-missing always");
            assert!(told(&office).contains(&found), "{:?}", told(&office));
        }
    }

    #[test]
    fn a_roster_that_was_not_read_may_name_the_user() {
        let mut office = office();
        office.people.push(Person::default());
        office.roster[0].user.person = PersonId(1);
        let sheet = office.roster[0].source.locate(None);
        office.unrecognised.push(sheet);
        assert_eq!(told(&office), ["review roster-entry-missing always"]);
    }
}
