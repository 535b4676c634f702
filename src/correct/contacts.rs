//! 支援内容 with each contact on a line of its own.

use super::Reason;
use super::notation::Rewrite;
use crate::model::{Contact, DailyRecord};

/// The rewriting that the text wants. `None` where each contact has its own line, or
/// where the contacts cannot be found again in the text.
pub fn rewrite(record: &DailyRecord) -> Option<Rewrite> {
    let text = record.support.text()?;
    let lined = on_lines(text, &record.contacts)?;
    if lined == text {
        return None;
    }
    Rewrite::by_doubts(lined, Reason::Contacts, &record.support.doubts)
}

/// Breaks the text after the words of each contact but the last; all else stays.
fn on_lines(text: &str, contacts: &[Contact]) -> Option<String> {
    let mut lined = String::new();
    let mut rest = text;
    for (i, contact) in contacts.iter().enumerate() {
        let words = contact.text.trim();
        if words.is_empty() {
            return None;
        }
        let end = rest.find(words)? + words.len();
        let (own, after) = rest.split_at_checked(end)?;
        lined.push_str(own);
        rest = after;
        let same_line = rest.trim_start_matches([' ', '　', '\t']);
        let is_last = i + 1 == contacts.len();
        if !is_last && !same_line.starts_with(['\n', '\r']) {
            lined.push('\n');
            rest = same_line;
        }
    }
    lined.push_str(rest);
    Some(lined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ContactKind, Field};

    fn record(text: &str, contacts: &[&str]) -> DailyRecord {
        let contact = |words: &&str| Contact {
            time: None,
            kind: ContactKind::Other,
            text: (*words).to_owned(),
        };
        DailyRecord {
            support: Field::read(text, text.to_owned(), None),
            contacts: contacts.iter().map(contact).collect(),
            ..DailyRecord::default()
        }
    }

    #[test]
    fn contacts_on_one_line_are_parted() {
        let record = record(
            "・9:00　開始の電話。 ・12:00　進み具合を確認。・15:00　終了の電話。",
            &["開始の電話。", "進み具合を確認。", "終了の電話。"],
        );
        assert_eq!(
            rewrite(&record).unwrap().after,
            "・9:00　開始の電話。\n・12:00　進み具合を確認。\n・15:00　終了の電話。"
        );
    }

    #[test]
    fn lined_or_unknown_texts_stay() {
        let lined = record(
            "・9:00　開始。\n　続き。\n・15:00　終了。\n以上",
            &["開始。\n　続き。", "終了。"],
        );
        assert_eq!(rewrite(&lined), None);
        let unknown = record("9時に電話した", &["別の文", "9時に電話した"]);
        assert_eq!(rewrite(&unknown), None);
        assert_eq!(rewrite(&record("電話した", &[])), None);
    }
}
