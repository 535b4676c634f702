//! Times beside the words of a contact that begin none plainly.
//!
//! Nobody can say of them whether each is a contact, so a person must look.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::contact_else::Tells;
use super::contact_opening::{After, is_span, is_within_quotation};
use super::contacts::Part;
use super::time_scan::Found;
use super::words::{ContactWords, holds_any};

/// A span at least this long is one of work, of which the end may have been a contact too.
const LONG: TimeDelta = TimeDelta::hours(2);

/// Signs that end a clause.
const BREAKS: [char; 7] = ['。', '、', '，', ',', '（', '(', '\n'];

/// The times of `text` that none of `parts` begins and that may be contacts all the same,
/// each with its clause: those that `others` calls undecided, and those beside the words of a
/// contact. What is told as to come, of another day or as a limit is none.
pub(super) fn left_open(
    text: &str,
    times: &[Found],
    parts: &[Part],
    others: &BTreeMap<usize, Tells>,
    list: &ContactWords,
) -> Vec<Part> {
    let opened: BTreeMap<usize, &Part> = parts.iter().map(|part| (part.at, part)).collect();
    let mut left = Vec::new();
    let mut done = 0;
    let mut is_quoted = false;
    for (i, found) in times.iter().enumerate() {
        let before = text.get(done..found.start).unwrap_or_default();
        let next = times.get(i + 1).map_or(text.len(), |next| next.start);
        let after = text.get(found.end..next).unwrap_or_default();
        let last = i.checked_sub(1).and_then(|last| times.get(last));
        done = found.end;
        if before.contains(['「', '」']) {
            is_quoted = is_within_quotation(before);
        }
        if opened.contains_key(&found.start) {
            continue;
        }
        let first = last.filter(|_| is_span(before));
        let is_open = match first {
            Some(first) => opened
                .get(&first.start)
                .is_some_and(|part| lasts(part, first, found, list)),
            None => match others.get(&found.start) {
                Some(told) => *told == Tells::Undecided,
                None => !is_quoted && !is_span(after) && may_be_contact(before, after, list),
            },
        };
        if is_open {
            let clause = before.rsplit(BREAKS).next().unwrap_or_default();
            let rest = after.split(['。', '\n']).next().unwrap_or_default();
            let from = first.map_or(found.start - clause.len(), |first| first.start);
            let whole = text.get(from..found.end + rest.len()).unwrap_or_default();
            left.push(Part {
                at: found.start,
                time: found.time,
                text: whole.trim().to_owned(),
            });
        }
    }
    left
}

/// 10:00～15:00 Zoomを接続して支援: one contact that lasts, or one at either end.
fn lasts(part: &Part, first: &Found, second: &Found, list: &ContactWords) -> bool {
    let is_long = first
        .time
        .zip(second.time)
        .is_some_and(|(from, to)| to - from >= LONG);
    is_long
        && holds_any(&part.text.to_uppercase(), &list.talk)
        && !holds_any(&part.text, &list.pauses)
}

fn may_be_contact(before: &str, after: &str, list: &ContactWords) -> bool {
    let clause = before.rsplit(BREAKS).next().unwrap_or_default();
    let follows = After::a_time(after);
    let own = follows
        .sentence
        .split(['）', ')'])
        .next()
        .unwrap_or_default();
    let told = format!("{clause}{own}").to_uppercase();
    let names = [&list.talk, &list.start, &list.end];
    follows.may_be_told()
        && follows.is_told(list)
        && names.iter().any(|words| holds_any(&told, words))
        && !holds_any(clause, &list.elsewhen)
        && !holds_any(clause, &list.planned)
}

#[cfg(test)]
mod tests {
    use crate::model::ContactKind::{self, Undecided};
    use crate::normalise::contacts::contacts;

    fn left(text: &str) -> Vec<String> {
        let is_left = |kind: ContactKind| kind == Undecided;
        let found = contacts(text, None, None).into_iter();
        let left = found.filter(|contact| is_left(contact.kind));
        left.map(|contact| contact.text).collect()
    }

    #[test]
    fn a_time_beside_words_of_a_contact_is_left_open() {
        for (text, clause) in [
            (
                "10:00 開始の電話。終わりの連絡は15:00",
                "終わりの連絡は15:00",
            ),
            (
                "10:00 電話。本人が15:00頃、連絡をくれたとのこと",
                "本人が15:00頃、連絡をくれたとのこと",
            ),
            (
                "10:00～15:00 Zoomをつないで支援。",
                "10:00～15:00 Zoomをつないで支援",
            ),
        ] {
            assert_eq!(left(text), [clause], "{text}");
        }
    }

    #[test]
    fn a_time_that_opens_its_line_for_something_else_is_left_open_or_none() {
        let kinds = |text: &str| -> Vec<ContactKind> {
            let found = contacts(text, None, None).into_iter();
            found.map(|contact| contact.kind).collect()
        };
        use ContactKind::{Other, Start};
        for text in [
            "10:00 開始の電話\n12:00 昼食",
            "10:00 開始の電話\n15:00 終了予定",
            "10:00 開始の電話\n・12:00～13:00 昼休憩",
            "7:00 起床\n10:00 開始の電話",
            "10:00 開始の電話／12:00 昼休み",
            "10:00 開始の電話。 12:00 昼食。",
        ] {
            assert_eq!(kinds(text), [Start], "{text}");
        }
        for (text, clause) in [
            (
                "10:00 開始の電話\n12:00 昼休み、様子を聞く",
                "12:00 昼休み、様子を聞く",
            ),
            (
                "10:00 開始の電話\n15:00 終了予定と連絡あり",
                "15:00 終了予定と連絡あり",
            ),
        ] {
            assert_eq!(left(text), [clause], "{text}");
        }
        assert_eq!(kinds("10:00 開始の電話\n12:00 昼休憩の電話").len(), 2);
        assert_eq!(kinds("10:00 体調良好\n12:00 作業目標を伝える"), [Other; 2]);
    }

    #[test]
    fn a_time_of_work_of_a_plan_or_of_another_day_is_no_contact() {
        for text in [
            "10:00開始の電話、10:30から封入作業、12:00昼休み",
            "10:00 電話。15:00に再度連絡するよう伝えた",
            "10:00開始、15:00終了の予定と連絡を受けた。",
            "10:00 電話。前日15:00の電話の件を話す",
            "10:00 電話。作業時間は10:00～15:00と伝える",
            "10:00 電話（本人9:30起床）、服薬9:45",
            "[10:00] 開始: 起床7時、朝食済みとのこと。",
            "10:00 電話。7時に起床、と報告。昼食は12:30頃の予定と連絡あり",
            "10:00 電話。「15:00に連絡します」とのこと",
            "10:00～10:20 電話",
            "12:00～14:30 昼休憩の連絡",
            "10:00 電話\n15:00 電話",
        ] {
            assert!(left(text).is_empty(), "{text}");
        }
    }
}
