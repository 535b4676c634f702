//! listing-mark-unread

use super::words::{look_at_the_text, words};
use super::{Context, Report};
use crate::model::{When, Wording, month_in_japanese};

declare_check! {
    /// The listing (form 4) holds marks of which the meaning is not known: one finding a line.
    ///
    /// The days so marked are not compared with the records, nor is their number.
    ///
    /// ## Why
    /// The listing must tell which days were at home, and whoever reads it must know its signs.
    ///
    /// ## What to do
    /// See what the sign means; write it in the legend of the form, or use those of the city.
    "listing-mark-unread",
    reads: [Listing],
    title: "一覧表の分からない印",
    what: "一覧表（参考様式4）の印が、在宅・通所・訪問のどれかに読み取れるかを見ます（利用者と月ごとに1件、要確認）。",
    why: "一覧表は、どの日が在宅かを示すものです。印の意味が分からなければ、記録と照らし合わせられません。",
    remedy: "印の意味を確かめ、様式の凡例に書くか、市の様式の印に改めてください。",
}

/// Marks that a message names.
const SHOWN: usize = 3;

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let months = person.rows.iter();
        for (month, rows) in months.filter(|(month, _)| context.judges_month(**month)) {
            for listed in rows {
                let unread = &listed.row.unread_days;
                let Some((_, first)) = unread.first() else {
                    continue;
                };
                let mut marks: Vec<&str> = Vec::new();
                for (_, mark) in unread {
                    if !marks.contains(&mark.raw.as_str()) {
                        marks.push(&mark.raw);
                    }
                }
                let days: Vec<String> = unread.iter().map(|(day, _)| day.to_string()).collect();
                let (count, all) = (days.len(), marks.len());
                marks.truncate(SHOWN);
                let quoted: String = marks.iter().map(|mark| format!("「{mark}」")).collect();
                let more = if all > SHOWN { "など" } else { "" };
                let message = Wording::new(
                    format!(
                        "{}の一覧表の印{quoted}{more}が、在宅・通所・訪問のどれか分かりません（{}日）。{count}日分は記録と照らし合わせていません。",
                        month_in_japanese(*month),
                        days.join("・")
                    ),
                    format!(
                        "The listing of {month} has marks that are not known ({}; days {}). They were not compared with the records.",
                        marks.join(", "),
                        days.join(", ")
                    ),
                );
                let location = listed.row.source.locate(first.cell);
                let said = words(message, look_at_the_text());
                report.review(person, When::Month(*month), said, Some(location));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{mark, office, row, told, unclear, value};

    #[test]
    fn a_mark_that_is_not_known_is_one_question_and_no_missing_mark() {
        let mut office = office();
        for day in [12, 15] {
            mark(&mut office, day, None);
            row(&mut office).unread_days.push((day, unclear("△")));
        }
        row(&mut office).home_days = value(13);
        let expected = ["review listing-mark-unread 2025-09"];
        assert_eq!(told(&office), expected);
        for day in row(&mut office).days.split_off(0) {
            row(&mut office).unread_days.push((day.day, unclear("1")));
        }
        assert_eq!(told(&office), expected);
    }

    #[test]
    fn a_day_that_is_blank_beside_it_is_found() {
        let mut office = office();
        mark(&mut office, 12, None);
        mark(&mut office, 15, None);
        row(&mut office).unread_days.push((15, unclear("△")));
        assert_eq!(
            told(&office),
            [
                "deficient recorded-day-not-listed 2025-09-12",
                "review listing-mark-unread 2025-09",
            ]
        );
    }
}
