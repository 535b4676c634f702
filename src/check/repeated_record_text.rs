//! repeated-record-text

use std::collections::BTreeMap;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{DailyRecord, Month, When, Wording};

/// Days of a month with one text from which a person should look.
const MANY: usize = 3;

declare_check! {
    /// The text of the support is the same, times aside, on three or more days of a month.
    ///
    /// Always for review: days can be alike.
    ///
    /// ## Why
    /// A record tells what was done on its day; texts that repeat look copied.
    ///
    /// ## What to do
    /// See whether each is of its day, and write down what was different.
    "repeated-record-text",
    reads: [Daily, Support],
    title: "同じ文章の繰り返し",
    what: "支援内容の文章が、時刻を除いて同じ日が、1か月に3日以上ないかを見ます（必ず要確認）。",
    why: "記録はその日に行った支援を示すもので、同じ文章が続くと、写したものではないかを確かめる必要があります。",
    remedy: "それぞれの日の記録かを確かめ、今後はその日の様子が分かるように書いてください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let mut same: BTreeMap<(Month, String), Vec<(NaiveDate, &DailyRecord)>> = BTreeMap::new();
        for (day, records) in context.recorded_days(person) {
            for record in records {
                if let Some(text) = record.support.text() {
                    let key = (Month::of(day), without_times(text));
                    same.entry(key).or_default().push((day, record));
                }
            }
        }
        for ((month, text), mut days) in same {
            days.dedup_by_key(|(day, _)| *day);
            let Some((first, record)) = days.first().filter(|_| days.len() >= MANY) else {
                continue;
            };
            if text.is_empty() {
                continue;
            }
            let count = days.len();
            let message = Wording::new(
                format!(
                    "{}など{count}日の支援内容が、時刻を除いて同じ文章です。",
                    day_ja(*first)
                ),
                format!(
                    "{} and other days, {count} in all, have the same text of support.",
                    day_en(*first)
                ),
            );
            let hint = Wording::new(
                "それぞれの日に行った支援の記録かを確かめてください。今後は、その日の様子や助言が分かるように書いてください。",
                "See whether each tells of its own day; from now on write what each day was like.",
            );
            let location = record.source.locate(record.support.cell);
            report.review(
                person,
                When::Month(month),
                words(message, hint),
                Some(location),
            );
        }
    }
}

/// The text without blanks and without times of day (`9:00`, `9時30分`).
fn without_times(text: &str) -> String {
    let plain: Vec<char> = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let mut rest = plain.as_slice();
    let mut kept = String::new();
    while let Some((first, after)) = rest.split_first() {
        match time_length(rest) {
            0 => {
                kept.push(*first);
                rest = after;
            }
            length => rest = rest.get(length..).unwrap_or_default(),
        }
    }
    kept
}

/// How many characters at the front are a time of day; all digits of a longer number are kept.
fn time_length(text: &[char]) -> usize {
    let digits = |from: usize| {
        let rest = text.iter().skip(from);
        rest.take_while(|c| c.is_ascii_digit()).count()
    };
    let hours = digits(0);
    if !(1..=2).contains(&hours) {
        return 0;
    }
    let minutes = digits(hours + 1);
    match text.get(hours) {
        Some(':') if minutes == 2 => hours + 3,
        Some('時') if minutes == 0 => hours + 1,
        Some('時') if text.get(hours + 1 + minutes) == Some(&'分') => hours + minutes + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::without_times;
    use crate::check::testing::{office, on, text, told};

    #[test]
    fn the_same_text_on_three_days_is_for_review() {
        let mut office = office();
        for (day, words) in [
            (1, "10:00 開始を確認。15:00 終了を確認。"),
            (3, "１０：３０　開始を確認。15時30分 終了を確認。"),
        ] {
            on(&mut office, day).support = text(words);
        }
        assert!(told(&office).is_empty());
        on(&mut office, 5).support = text("9:00 開始を確認。\n16:00 終了を確認。");
        assert_eq!(told(&office), ["review repeated-record-text 2025-09"]);
    }

    #[test]
    fn numbers_that_are_no_times_are_kept() {
        assert_eq!(without_times("9:00 袋詰め120個 10時"), "袋詰め120個");
        assert_eq!(without_times("比は1:2、9時間"), "比は1:2、間");
    }
}
