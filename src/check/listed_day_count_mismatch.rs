//! listed-day-count-mismatch

use super::certainty::verdict_on;
use super::words::words;
use super::{Context, ListedRow, Report};
use crate::model::{Mark, Month, When, Wording, month_in_japanese};

declare_check! {
    /// The number of days at home written on the listing differs from its own marks.
    ///
    /// Days marked 訪問 may be counted or not.
    ///
    /// ## Why
    /// The claim is made from the number; it must be what the marks add up to.
    ///
    /// ## What to do
    /// Count the marks against the records and mend the number or the marks.
    "listed-day-count-mismatch",
    reads: [Listing, ListedDayCount],
    title: "在宅日数と印の数の違い",
    what: "一覧表（参考様式4）の在宅就労実施日数が、同じ行の在宅の印の数と合うかを見ます。",
    why: "請求は実績に基づくものとされ、日数は印の数と一致する必要があります。",
    remedy: "支援記録と照らして、日数か印の誤っているほうを直してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (month, rows) in &person.rows {
            if !context.judges_month(*month) || !context.has_ended(*month) {
                continue;
            }
            for listed in rows {
                if let Some((written, marked)) = differing(*listed) {
                    let field = &listed.row.home_days;
                    let said = differs(*month, written, marked);
                    let location = listed.row.source.locate(field.cell);
                    let when = When::Month(*month);
                    match context.unseen_beside(&listed.row.source) {
                        Some(unseen) => {
                            report.missing(Some(unseen), person, when, said, Some(location));
                        }
                        None => {
                            report.find(verdict_on(field), person, when, said, Some(location));
                        }
                    }
                }
            }
        }
    }
}

/// The number as written and the number of marks, where they do not agree.
fn differing(listed: ListedRow) -> Option<(u32, usize)> {
    let has_marks = listed.listing.rows.iter().any(|row| !row.days.is_empty());
    let is_read = has_marks && listed.row.unread_days.is_empty();
    let written = listed.row.home_days.get().filter(|_| is_read)?;
    let count = |mark| {
        listed
            .row
            .days
            .iter()
            .filter(|day| day.mark == mark)
            .count()
    };
    let home = count(Mark::Home);
    let agrees = |marked: usize| u32::try_from(marked) == Ok(written);
    (!agrees(home) && !agrees(home + count(Mark::Visit))).then_some((written, home))
}

fn differs(month: Month, written: u32, marked: usize) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の在宅就労実施日数は{written}日と書かれていますが、在宅の印は{marked}日です。",
                month_in_japanese(month)
            ),
            format!("The listing of {month} says {written} days at home and marks {marked}."),
        ),
        Wording::new(
            "支援記録と照らして数え直し、日数か印の誤っているほうを直してください。請求した日数も確かめてください。",
            "Count again by the records, mend the number or the marks, and check the days claimed.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, mark, office, row, told, told_on, value};
    use crate::model::Mark;

    #[test]
    fn another_number_than_the_marks_is_found() {
        let mut office = office();
        row(&mut office).home_days = value(12);
        assert_eq!(
            told(&office),
            ["deficient listed-day-count-mismatch 2025-09"]
        );
        assert!(told_on(&office, date(2025, 9, 30)).is_empty());
    }

    #[test]
    fn a_number_beside_marks_that_were_not_all_read_is_a_question() {
        let mut office = office();
        row(&mut office).home_days = value(12);
        let listing = row(&mut office).source.locate(None);
        office.unrecognised.push(listing);
        assert_eq!(told(&office), ["review listed-day-count-mismatch 2025-09"]);
    }

    #[test]
    fn visits_may_be_counted_or_not() {
        let mut office = office();
        mark(&mut office, 12, Some(Mark::Visit));
        assert!(told(&office).is_empty());
        row(&mut office).home_days = value(13);
        assert!(told(&office).is_empty());
        row(&mut office).home_days = value(14);
        assert_eq!(
            told(&office),
            ["deficient listed-day-count-mismatch 2025-09"]
        );
    }
}
