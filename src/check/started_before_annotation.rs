//! started-before-annotation

use super::certainty::{verdict_on, verdict_on_day};
use super::start::{excused_until, first_day_under};
use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording, date_in_japanese};

declare_check! {
    /// The first day at home lies before the day on which the certificate was annotated.
    ///
    /// Users who were at home before the notice are excused until the first renewal of
    /// their grant or the end of the transition, whichever comes first.
    ///
    /// ## Why
    /// Support at home is paid for only once the city has found it effective and has said so
    /// on the certificate.
    ///
    /// ## What to do
    /// Compare the two days with the certificate. If they are right, ask the city how to
    /// treat the days before.
    "started-before-annotation",
    reads: [Annotation, Start],
    title: "受給者証の記載より前の在宅",
    what: "在宅の最初の日が、受給者証に在宅就労の記載を受けた日以後かを見ます。適用日前からの利用者は、次の更新か移行期間の末日の早いほうまで数えません。",
    why: "通知は、受給者証に記載を受けた後に在宅でのサービスを始めることを求めています。",
    remedy: "受給者証の記載日と在宅の最初の日を確かめてください。日付が正しい場合は、記載前の日の扱いを市に相談してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let early = person.roster.iter().find_map(|entry| {
            let annotated = entry.annotated_on.get()?;
            let first = first_day_under(context, person, entry)?;
            (first < annotated).then_some((entry, first, annotated))
        });
        let Some((entry, first, annotated)) = early else {
            continue;
        };
        let (ja, en) = if excused_until(context, person).is_some() {
            (
                "移行期間の扱いが終わった後の在宅の日",
                "The first day at home after the transition",
            )
        } else {
            ("在宅の最初の日", "The first day at home")
        };
        let message = Wording::new(
            format!(
                "{ja}（{}）が、受給者証の記載日（{}）より前です。",
                date_in_japanese(first),
                date_in_japanese(annotated)
            ),
            format!("{en} ({first}) lies before the annotation ({annotated})."),
        );
        let hint = Wording::new(
            "受給者証と記録で2つの日付を確かめてください。日付が正しい場合は、記載前の在宅の日を請求に含めてよいかを市に相談してください。",
            "Compare both days with the certificate and the records. If they are right, ask the city about the days before the annotation.",
        );
        let location = entry.source.locate(entry.annotated_on.cell);
        let verdict = verdict_on(&entry.annotated_on).max(verdict_on_day(person, first));
        report.find(
            verdict,
            person,
            When::Always,
            words(message, hint),
            Some(location),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, told, told_on, value};

    const FOUND: [&str; 1] = ["deficient started-before-annotation always"];

    #[test]
    fn a_start_before_the_annotation_is_found_once() {
        let mut office = office();
        office.roster[0].annotated_on = value(date(2025, 6, 3));
        assert_eq!(told(&office), FOUND);
        office.roster[0].annotated_on = value(date(2025, 6, 2));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn the_records_tell_of_an_earlier_start_than_the_roster() {
        let mut office = office();
        office.roster[0].home_start = value(date(2025, 9, 8));
        office.roster[0].annotated_on = value(date(2025, 9, 5));
        assert_eq!(told(&office), FOUND);
    }

    #[test]
    fn a_user_from_before_is_excused_until_the_renewal() {
        let mut office = office();
        office.roster[0].home_start = value(date(2024, 4, 1));
        office.roster[0].annotated_on = value(date(2025, 9, 16));
        assert!(told(&office).is_empty());
        office.roster[0].grant_to = value(date(2025, 8, 31));
        let told = told_on(&office, date(2025, 11, 30));
        assert!(told.contains(&FOUND[0].to_owned()), "{told:?}");
    }
}
