//! previous-date-mismatch

use chrono::NaiveDate;

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Field, Location, Source, When, Wording, date_in_japanese};

declare_check! {
    /// 前回評価日 is not the date of the evaluation before it.
    ///
    /// A date later than the last evaluation in the input may be of one that was not given,
    /// and is not found; nor is a blank.
    ///
    /// ## Why
    /// The forms ask for the date of the evaluation before, so that none is skipped.
    ///
    /// ## What to do
    /// Compare with the evaluation before and mend what is wrong openly.
    "previous-date-mismatch",
    reads: [PreviousDate],
    title: "前回評価日の違い",
    what: "参考様式2の評価と参考様式3の前回評価日が、入力にある1つ前の評価の実施日と合うかを見ます。",
    why: "様式は、評価が途切れていないことが分かるよう、前回の評価日を書くものになっています。",
    remedy: "1つ前の評価の実施日と見比べて、誤っているほうを直してください。",
}

/// One evaluation.
struct Dated<'a> {
    day: NaiveDate,
    date: &'a Field<NaiveDate>,
    previous: &'a Field<NaiveDate>,
    source: &'a Source,
}

impl<'a> Dated<'a> {
    fn new(
        date: &'a Field<NaiveDate>,
        previous: &'a Field<NaiveDate>,
        source: &'a Source,
    ) -> Option<Self> {
        Some(Self {
            day: date.get()?,
            date,
            previous,
            source,
        })
    }

    fn date_at(&self) -> Location {
        self.source.locate(self.date.cell)
    }
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let weekly = person.weekly.iter();
        let weekly = weekly.filter_map(|r| Dated::new(&r.date, &r.previous_date, &r.source));
        let monthly = person.monthly.values().flatten();
        let monthly = monthly.filter_map(|r| Dated::new(&r.date, &r.previous_date, &r.source));
        for mut dated in [weekly.collect::<Vec<_>>(), monthly.collect()] {
            dated.sort_by_key(|one| one.day);
            let mut before: Option<&Dated> = None;
            for same_day in dated.chunk_by(|a, b| a.day == b.day) {
                for one in same_day {
                    report_one(context, report, person, one, before);
                }
                before = same_day.first();
            }
        }
    }
}

fn report_one(
    context: &Context,
    report: &mut Report,
    person: &PersonFile,
    one: &Dated,
    before: Option<&Dated>,
) {
    let day_before = before.map(|before| before.day);
    let written = one.previous.get().filter(|_| context.judges(one.day));
    let wrong = written.filter(|written| {
        *written >= one.day || day_before.is_some_and(|before| *written < before)
    });
    let Some(written) = wrong else {
        return;
    };
    // Either date of the two may be what is wrong.
    let dates = [Some(one), before].into_iter().flatten();
    let dates = dates.map(Dated::date_at).collect();
    let said = differs(one.day, written, day_before).resting_on_either(dates);
    let location = one.source.locate(one.previous.cell);
    let verdict = verdict_on(one.previous);
    report.find(verdict, person, When::Date(one.day), said, Some(location));
}

fn differs(day: NaiveDate, written: NaiveDate, before: Option<NaiveDate>) -> super::Words {
    let (ja, en) = match before {
        Some(before) => (
            format!("1つ前の評価（{}）と合いません", date_in_japanese(before)),
            format!("is not the one before ({before})"),
        ),
        None => (
            "この評価より前ではありません".to_owned(),
            "is not before it".to_owned(),
        ),
    };
    words(
        Wording::new(
            format!(
                "{}の評価の前回評価日（{}）が、{ja}。",
                day_ja(day),
                date_in_japanese(written)
            ),
            format!(
                "The evaluation of {}: the previous date ({written}) {en}.",
                day_en(day)
            ),
        ),
        Wording::new(
            "1つ前の評価の実施日と見比べ、誤っているほうを、直した日と人が分かるように直してください。",
            "Compare with the evaluation before and mend what is wrong openly.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, told, value};

    #[test]
    fn an_older_date_than_the_evaluation_before_is_found() {
        let mut office = office();
        office.weekly[2].previous_date = value(date(2025, 9, 5));
        assert_eq!(
            told(&office),
            ["deficient previous-date-mismatch 2025-09-19"]
        );
        office.weekly[2].previous_date = value(date(2025, 9, 19));
        assert_eq!(
            told(&office),
            ["deficient previous-date-mismatch 2025-09-19"]
        );
    }

    #[test]
    fn the_date_before_and_one_that_was_not_given_are_not_found() {
        let mut office = office();
        office.weekly[2].previous_date = value(date(2025, 9, 12));
        office.monthly[0].previous_date = value(date(2025, 8, 29));
        assert!(told(&office).is_empty());
        office.weekly[2].previous_date = value(date(2025, 9, 16));
        assert!(told(&office).is_empty());
    }
}
