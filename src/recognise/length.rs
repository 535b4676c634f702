//! How long the work took, beside when it began and ended: 作業時間 with 5:00 under はじめ and おわり
//! is no time of day.
//!
//! What the times are is not read here.

use super::form::{Entry, Form};
use super::item::Item;
use crate::text::squash;

/// Leaves out the time of forms that have a box for its start and one for its end, where it tells
/// no more than one figure: how long that was.
pub fn leave_out(forms: &mut [Form]) {
    for form in forms {
        let told = |item: Item| form.entries.get(&item).map(|entries| text(entries));
        let ends = told(Item::Start).zip(told(Item::End));
        let is_length = told(Item::Time).is_some_and(|time| is_length(&time));
        if is_length && ends.is_some_and(|(start, end)| are_ends(&start, &end)) {
            form.entries.remove(&Item::Time);
        }
    }
}

/// What is written in the boxes of an item.
fn text(entries: &[Entry]) -> String {
    let words = entries.iter().flat_map(|entry| &entry.words);
    let texts: Vec<String> = words.map(|word| squash(&word.text)).collect();
    texts.join(" ")
}

/// Whether both are times of day, or both are still to be filled in.
fn are_ends(start: &str, end: &str) -> bool {
    let is_time = |text: &str| clocks(text) == 1;
    is_time(start) && is_time(end) || start.is_empty() && end.is_empty()
}

/// `5:00`, `5時間`, `5.0`: one figure, and not from when to when.
fn is_length(text: &str) -> bool {
    let is_span = text.contains(['~', '-']) || text.contains("から") || clocks(text) > 1;
    !is_span && text.contains(|c: char| c.is_ascii_digit())
}

/// How many times of day, or lengths written as such, a text has.
fn clocks(text: &str) -> usize {
    text.matches([':', '時']).count()
}

#[cfg(test)]
mod tests {
    use crate::recognise::item::{FormKind, Item};
    use crate::recognise::testing::told;

    /// The time, the start and the end of a day whose form has these rows.
    fn times(rows: &[&[&str]]) -> [Vec<String>; 3] {
        let day: [&[&str]; 4] = [
            &["在宅支援日報"],
            &["実施日", "令和7年9月1日"],
            &["作業内容", "検品"],
            &["支援内容", "10:00 開始の電話。15:00 終了の電話。"],
        ];
        let rows: Vec<&[&str]> = day.iter().chain(rows).copied().collect();
        [Item::Time, Item::Start, Item::End].map(|item| told(&rows, FormKind::Daily, item))
    }

    #[test]
    fn a_length_is_no_time_of_the_work() {
        for length in ["5:00", "5時間", "5.0"] {
            let rows: [&[&str]; 3] = [
                &["開始", "10:00"],
                &["終了", "15:00"],
                &["作業時間", length],
            ];
            let [time, start, end] = times(&rows);
            assert!(time.is_empty(), "{length}");
            assert_eq!([start, end], [["10:00"], ["15:00"]], "{length}");
        }
    }

    #[test]
    fn a_length_is_none_on_a_day_that_nobody_filled() {
        let rows: [&[&str]; 3] = [&["開始", ""], &["終了", ""], &["作業時間", "0:00"]];
        assert_eq!(times(&rows), [vec![], vec![], Vec::<String>::new()]);
    }

    #[test]
    fn from_when_to_when_stays_the_time() {
        for time in ["10:00～15:00", "10時から15時", "9-15"] {
            let rows: [&[&str]; 3] = [&["開始", "9:55"], &["終了", "15:05"], &["実施時間", time]];
            assert_eq!(times(&rows)[0], [time]);
        }
        let rows: [&[&str]; 2] = [&["開始", "9:55"], &["実施時間", "10:00"]];
        assert_eq!(times(&rows)[0], ["10:00"]);
        let rows: [&[&str]; 3] = [
            &["開始", "声は明るい。"],
            &["終了", "疲れた様子。"],
            &["実施時間", "10:00"],
        ];
        assert_eq!(times(&rows)[0], ["10:00"]);
    }
}
