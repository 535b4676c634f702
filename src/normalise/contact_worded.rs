//! Contacts that a text tells of in words alone, beside others that have their times.
//!
//! Nobody can say whether 夕方、終了の電話 is one more contact than those counted by their
//! times, so a person must look.

use crate::model::ContactKind;

use super::contact_kind::ends_told;
use super::contacts::Part;
use super::time_scan::Found;
use super::words::{ContactWords, holds_any, is_planned};

/// The sentences of `text` without a time that tell of a contact at the start or the end of the
/// work, where none of those `decided` is that one.
pub(super) fn worded(
    text: &str,
    times: &[Found],
    decided: &[(ContactKind, Part)],
    list: &ContactWords,
) -> Vec<Part> {
    if times.is_empty() {
        return Vec::new();
    }
    let has = |kind| decided.iter().any(|(known, _)| *known == kind);
    let (has_start, has_end) = (has(ContactKind::Start), has(ContactKind::End));
    let mut found = Vec::new();
    let mut times = times.iter().peekable();
    let mut from = 0;
    for sentence in text.split_inclusive(['。', '\n']) {
        let at = from;
        from += sentence.len();
        let mut is_timed = false;
        while times.next_if(|time| time.start < from).is_some() {
            is_timed = true;
        }
        if is_timed || !tells_of_contact(sentence, list) {
            continue;
        }
        let ends = ends_told(sentence);
        if (ends.start && !has_start) || (ends.end && !has_end) {
            found.push(Part {
                at,
                time: None,
                text: sentence.trim().to_owned(),
            });
        }
    }
    found
}

fn tells_of_contact(sentence: &str, list: &ContactWords) -> bool {
    holds_any(&sentence.to_uppercase(), &list.talk)
        && !is_planned(sentence, list)
        && !holds_any(sentence, &list.unanswered)
        && !holds_any(sentence, &list.elsewhen)
}

#[cfg(test)]
mod tests {
    use crate::model::ContactKind::{self, End, Start, Undecided};
    use crate::normalise::contacts::contacts;

    fn kinds(text: &str) -> Vec<ContactKind> {
        let found = contacts(text, None, None).into_iter();
        found.map(|contact| contact.kind).collect()
    }

    #[test]
    fn a_contact_in_words_beside_one_with_a_time_is_undecided() {
        for text in [
            "9:00 開始の電話\n夕方、終了の電話",
            "9:00 開始の電話。その後、作業終了の報告を受ける。",
        ] {
            assert_eq!(kinds(text), [Start, Undecided], "{text}");
        }
        assert_eq!(kinds("朝、開始の電話\n15:00 終了の電話"), [Undecided, End]);
    }

    #[test]
    fn what_is_told_of_a_counted_contact_or_of_none_is_not() {
        for text in [
            "9:00 開始の電話\n作業開始を確認。体調は良好",
            "9:00 開始の電話\n終了したら電話するよう伝えた",
            "9:00 開始の電話\n昨日の終了の報告を聞く",
            "9:00 開始の電話\n予定の個数を終える",
        ] {
            assert_eq!(kinds(text), [Start], "{text}");
        }
        assert_eq!(
            kinds("9:00 開始\n15:00 終了\n終了の電話で成果を確認"),
            [Start, End]
        );
    }
}
