//! annotation-missing

use super::start::{excused_until, first_day_under};
use super::unseen::unread_within;
use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording, date_in_japanese};

declare_check! {
    /// A user at home has no annotation on the roster where none is excused any more.
    ///
    /// Users who were at home before the notice are excused until the first renewal of
    /// their grant or the end of the transition, whichever comes first.
    ///
    /// ## Why
    /// Support at home is paid for only once the city has said so on the certificate.
    ///
    /// ## What to do
    /// See the certificate. If it is annotated, write the day on the roster; if not, ask the
    /// city.
    "annotation-missing",
    reads: [Annotation],
    title: "受給者証の記載がない",
    what: "在宅の日がある利用者に、受給者証の記載日があるかを見ます。適用日前からの利用者は、次の更新か移行期間の末日の早いほうまで数えません。",
    why: "通知は、受給者証に在宅就労支援の記載を受けてから支援を始めることを求めています。",
    remedy: "受給者証を確かめ、記載があればリストに記載日を書いてください。なければ市に相談してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let fault = person.roster.iter().find_map(|entry| {
            let first = first_day_under(context, person, entry)?;
            entry.annotated_on.is_blank().then_some((entry, first))
        });
        let Some((entry, first)) = fault else {
            continue;
        };
        let ja = match excused_until(context, person) {
            Some(until) => format!(
                "{}から在宅の日がありますが、受給者証の記載日がありません（記載がなくてもよいのは{}まででした）。",
                date_in_japanese(first),
                date_in_japanese(until)
            ),
            None => format!(
                "{}から在宅の日がありますが、受給者証の記載日がありません。",
                date_in_japanese(first)
            ),
        };
        let message = Wording::new(
            ja,
            format!("At home from {first}, with no day of the annotation on the roster."),
        );
        let hint = Wording::new(
            "受給者証を見て、在宅就労支援の記載があればその日をリストに書いてください。記載がない場合は、区役所の保健福祉課に相談してください。",
            "If the certificate is annotated, write the day on the roster. If not, ask the city's welfare section.",
        );
        let location = entry.source.locate(entry.annotated_on.cell);
        let unseen = unread_within(&entry.source);
        let said = words(message, hint);
        report.missing(unseen, person, When::Always, said, Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, office_in, told, told_on, value};

    #[test]
    fn a_user_at_home_without_an_annotation_is_found() {
        let mut office = office();
        office.roster[0].annotated_on = blank();
        assert_eq!(told(&office), ["deficient annotation-missing always"]);
    }

    #[test]
    fn a_text_that_nobody_understood_may_be_the_annotation() {
        let mut office = office();
        office.roster[0].annotated_on = blank();
        office.roster[0].source.unread = crate::model::Cell::parse("P4");
        assert_eq!(told(&office), ["review annotation-missing always"]);
    }

    #[test]
    fn a_user_from_before_needs_none_until_the_end_of_the_transition() {
        let mut april = office_in(2026, 4);
        april.roster[0].home_start = value(date(2025, 4, 30));
        april.roster[0].annotated_on = blank();
        assert!(told_on(&april, date(2026, 6, 30)).is_empty());
        let mut may = office_in(2026, 5);
        may.roster = april.roster;
        assert_eq!(
            told_on(&may, date(2026, 6, 30)),
            ["deficient annotation-missing always"]
        );
    }

    #[test]
    fn a_user_from_before_needs_one_after_the_renewal() {
        let mut office = office();
        office.roster[0].home_start = value(date(2025, 4, 30));
        office.roster[0].annotated_on = blank();
        office.roster[0].grant_from = value(date(2025, 9, 1));
        assert_eq!(told(&office), ["deficient annotation-missing always"]);
        office.roster[0].grant_from = value(date(2025, 10, 1));
        let told = told(&office);
        assert!(
            !told.iter().any(|line| line.contains("annotation")),
            "{told:?}"
        );
    }
}
