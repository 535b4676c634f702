//! municipality-not-covered

use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// A user at home was granted the service by another place.
    ///
    /// The notice does not speak of this user, so nothing else is judged by it; whether the
    /// other place allows support at home, a person must find out.
    ///
    /// ## Why
    /// The notice covers only users whose grant is the city's.
    ///
    /// ## What to do
    /// Ask the place that granted it, and keep its rules.
    "municipality-not-covered",
    reads: [Municipality],
    title: "ほかの市町村の支給決定",
    what: "対象者リストの支給決定市町村が、この通知の市かを見ます。ほかの市町村の利用者は、この通知のほかの項目では判定しません。",
    why: "通知の対象は、その市で支給決定を受けている利用者に限られます。",
    remedy: "支給決定をした市町村に、在宅就労支援の取扱いを確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    let people = context.index.people.iter();
    for person in people.filter(|person| !context.covers(person)) {
        let Some(entry) = person.roster.last() else {
            continue;
        };
        if context.home_days(person).next().is_none() {
            continue;
        }
        let city = &context.notice.city;
        let message = Wording::new(
            format!("支給決定が{city}ではないと読めるため、この通知の対象になりません。"),
            "The grant reads as another place's, so this notice does not cover the user."
                .to_owned(),
        );
        let hint = Wording::new(
            "支給決定市町村の記入を確かめてください。正しい場合は、その市町村に在宅就労支援の取扱いを確かめてください。",
            "See whether the place is right. If it is, ask it how it treats support at home.",
        );
        let location = entry.source.locate(entry.municipality.cell);
        report.review(person, When::Always, words(message, hint), Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{assessed, date, notice, office, on, text, told};

    #[test]
    fn a_user_of_another_place_is_asked_about_and_not_judged() {
        let mut office = office();
        on(&mut office, 1).contacts.clear();
        assert!(!told(&office).is_empty());
        office.roster[0].municipality = text("直方市");
        assert_eq!(told(&office), ["review municipality-not-covered always"]);
        let assessment = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30));
        assert_eq!(assessment.not_judged[0].days, office.daily.len());
    }

    #[test]
    fn a_user_of_the_city_is_not_asked_about() {
        let mut office = office();
        office.roster[0].municipality = text("北九州市八幡西区");
        assert!(told(&office).is_empty());
    }
}
