//! monthly-evaluation-not-face-to-face

use super::certainty::verdict_on;
use super::start::{FirstMonth, first_month, weekly_stands_for_monthly};
use super::words::words;
use super::{Context, Report};
use crate::model::{Method, Month, MonthlyRecord, Verdict, When, Wording, month_in_japanese};

declare_check! {
    /// A monthly evaluation by neither 通所 nor 訪問.
    ///
    /// One face to face in the month is enough. A method that is not named is for review.
    ///
    /// ## Why
    /// Once a month staff and user are to meet: at the office as a rule, or at the home.
    ///
    /// ## What to do
    /// If they met, see that the method is ticked as it was. If not, it stays as it is.
    "monthly-evaluation-not-face-to-face",
    reads: [Monthly, MonthlyMethod],
    title: "対面ではない達成度評価",
    what: "達成度評価（参考様式3）の方法が、通所か訪問かを見ます。その月に1回でも対面の評価があれば数えません。",
    why: "通知は、原則として通所、代わりの方法として自宅への訪問による評価を求めています。",
    remedy: "実際に対面で行っていたかを確かめてください。行っていない場合は、方法を書き換えてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (month, records) in &person.monthly {
            if !context.judges_month(*month) || weekly_stands_for_monthly(context, person, *month) {
                continue;
            }
            let first = first_month(context, person, *month);
            if first == FirstMonth::Yes {
                continue;
            }
            let Some((record, method)) = farthest(context, records) else {
                continue;
            };
            let is_named = method != Method::Other;
            let verdict = if is_named && first == FirstMonth::No {
                verdict_on(&record.method)
            } else {
                Verdict::Review
            };
            let location = record.source.locate(record.method.cell);
            let said = not_met(*month, method);
            report.find(verdict, person, When::Month(*month), said, Some(location));
        }
    }
}

/// A record of the month with its method, where none is face to face; one by a method that
/// is not named before others, since it may have been.
fn farthest<'a>(
    context: &Context,
    records: &[&'a MonthlyRecord],
) -> Option<(&'a MonthlyRecord, Method)> {
    let face_to_face = &context.rules().face_to_face;
    let with_method = || {
        let records = records.iter();
        records.filter_map(|record| Some((*record, record.method.get()?)))
    };
    if with_method().any(|(_, method)| face_to_face.contains(&method)) {
        return None;
    }
    with_method()
        .find(|(_, method)| *method == Method::Other)
        .or_else(|| with_method().next())
}

fn not_met(month: Month, method: Method) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}分の達成度評価の方法が「{}」で、通所でも訪問でもありません。",
                month_in_japanese(month),
                method.japanese()
            ),
            format!(
                "The monthly evaluation of {month} was by {}, neither at the office nor at the home.",
                method.english()
            ),
        ),
        Wording::new(
            "実際に対面で行っていたかを、来所や訪問の記録で確かめてください。対面で行っていない場合は、方法を書き換えず、請求の扱いを市に相談してください。",
            "See by the records of visits whether they met. If not, leave the method as it is and ask the city about the claim.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, told, value};
    use crate::model::Method;

    #[test]
    fn an_evaluation_by_telephone_is_found() {
        let mut office = office();
        office.monthly[0].method = value(Method::Phone);
        assert_eq!(
            told(&office),
            ["deficient monthly-evaluation-not-face-to-face 2025-09"]
        );
        office.monthly[0].method = value(Method::Other);
        assert_eq!(
            told(&office),
            ["review monthly-evaluation-not-face-to-face 2025-09"]
        );
    }

    #[test]
    fn one_face_to_face_is_enough() {
        let mut office = office();
        let mut second = office.monthly[0].clone();
        second.method = value(Method::Video);
        office.monthly.push(second);
        assert!(told(&office).is_empty());
    }

    #[test]
    fn the_month_of_the_start_needs_no_evaluation_at_all() {
        let mut office = office();
        office.monthly[0].method = value(Method::Phone);
        office.roster[0].home_start = value(date(2025, 9, 1));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_blank_method_is_a_blank_only() {
        let mut office = office();
        office.monthly[0].method = blank();
        assert_eq!(told(&office), ["deficient monthly-field-missing 2025-09"]);
    }
}
