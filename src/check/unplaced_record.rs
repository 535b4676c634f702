//! unplaced-record

use std::collections::BTreeMap;

use super::unseen::place;
use super::words::words;
use super::{Context, Report};
use crate::model::{Location, PersonId, Subject, When, Wording};

declare_check! {
    /// Records of which the name and the number do not tell whose they are.
    ///
    /// They are judged for what stands in them. Nothing is called missing for the users whose
    /// they may be.
    ///
    /// ## Why
    /// A record that cannot be matched with a user shows nothing of anyone's support.
    ///
    /// ## What to do
    /// Find out whose they are, write name and number as on the certificate, and check again.
    "unplaced-record",
    reads: [HomeDays],
    title: "だれのものか分からない記録",
    what: "氏名と受給者証番号から、だれの記録かが分かるかを見ます（要確認）。",
    why: "記録は利用者ごとに作るもので、だれのものか分からなければ、支援を行ったことを示せません。",
    remedy: "だれの記録かを確かめ、氏名と受給者証番号を受給者証のとおりに書いて、もう一度点検してください。",
}

fn run(context: &Context, report: &mut Report) {
    let mut lots: BTreeMap<PersonId, (usize, Location)> = BTreeMap::new();
    for person in context.people().filter(|person| !person.known) {
        for (user, source) in person.mentions() {
            let at = || (0, source.locate(user.name.cell));
            lots.entry(person.id).or_insert_with(at).0 += 1;
        }
    }
    for (lot, (count, location)) in lots {
        let may_be = context.index.office.unplaced.get(&lot);
        let users = may_be.map_or(0, Vec::len);
        let (ja, en) = match users {
            0 => (
                "氏名と受給者証番号が読み取れません".to_owned(),
                "neither name nor number can be read".to_owned(),
            ),
            1 => (
                "氏名の近い利用者が対象者リストにいますが、受給者証番号か氏名の文字が違います"
                    .to_owned(),
                "a user of much the same name has another number, or the name is written otherwise"
                    .to_owned(),
            ),
            _ => (
                format!("当てはまる利用者が{users}人います"),
                format!("{users} users fit"),
            ),
        };
        let at = place(&location);
        let message = Wording::new(
            format!("だれの記録か分からない記録が{count}件あります（{at}）。{ja}。"),
            format!("{count} record(s) ({at}) do not tell whose they are: {en}."),
        );
        let hint = Wording::new(
            "だれの記録かを確かめ、氏名と受給者証番号を受給者証のとおりに書いて、もう一度点検してください。分かるまでは、その利用者の記録の不足を判定しません。",
            "Find out whose they are, write name and number as on the certificate, and check again. Until then nothing is called missing for that user.",
        );
        let subject = Subject::Person(lot);
        report.review(subject, When::Always, words(message, hint), Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, on, told, without_day};
    use crate::model::{Office, Person, PersonId};

    /// The office with one record that may be the user's, or anyone's.
    fn with_lot(may_be: Vec<PersonId>) -> Office {
        let mut office = office();
        office.people.push(Person::default());
        office.unplaced.insert(PersonId(1), may_be);
        on(&mut office, 10).user.person = PersonId(1);
        office
    }

    #[test]
    fn a_record_of_nobody_known_is_one_question() {
        let expected = [
            "review unplaced-record always",
            "review daily-record-missing 2025-09-10",
        ];
        for may_be in [vec![], vec![PersonId(0)]] {
            let mut told = told(&with_lot(may_be));
            told.sort_by(|a, b| b.cmp(a));
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn what_stands_in_it_is_judged() {
        let mut office = with_lot(vec![PersonId(0)]);
        on(&mut office, 10).recorder = crate::check::testing::blank();
        let found = "deficient daily-field-missing 2025-09-10".to_owned();
        assert!(told(&office).contains(&found));
    }

    #[test]
    fn it_is_no_other_users() {
        let mut office = with_lot(vec![PersonId(7)]);
        without_day(&mut office, 12);
        let found = "deficient daily-record-missing 2025-09-12".to_owned();
        assert!(told(&office).contains(&found));
    }
}
