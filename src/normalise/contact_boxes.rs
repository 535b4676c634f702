//! 支援内容 that is divided into boxes, a contact each.

use super::contact_kind::ends_told;
use super::fields::{Entries, text};
use super::time_scan::{Found, scan};
use crate::model::{Field, Ground};
use crate::recognise::Entry;
use crate::text::{clean, squash};

/// One text, each part under its label.
pub fn joined(entries: Entries) -> Field<String> {
    let Some(entries) = entries else {
        return Field::absent();
    };
    let parts: Vec<(&Entry, Field<String>)> = entries
        .iter()
        .map(|e| (e, text(Some(&vec![e.clone()]))))
        .collect();
    let written = parts
        .iter()
        .filter_map(|(entry, field)| Some(under_label(entry, field.text()?)));
    let joined = written.collect::<Vec<_>>().join("\n");
    let first = parts
        .iter()
        .find(|(_, field)| field.value().is_some())
        .or(parts.first());
    let cell = first.and_then(|(_, field)| field.cell);
    if let Some((_, unclear)) = parts.iter().find(|(_, field)| field.is_unclear()) {
        return unclear.clone();
    }
    match joined.is_empty() {
        true => Field::blank(cell),
        false => Field {
            doubts: parts
                .iter()
                .flat_map(|(_, field)| field.doubts.clone())
                .collect(),
            grounds: parts
                .iter()
                .flat_map(|(_, field)| field.grounds.iter())
                .collect(),
            ..Field::read(joined.clone(), joined, cell)
        },
    }
}

/// A label without the advice on what to write that stands in brackets behind it.
fn without_advice(label: &str) -> &str {
    const LONGEST_NOTE: usize = 8;
    let parts = label
        .find(['（', '('])
        .and_then(|at| label.split_at_checked(at));
    match parts {
        Some((words, advice)) if !words.is_empty() && advice.chars().count() > LONGEST_NOTE => {
            words.trim_end()
        }
        _ => label,
    }
}

/// Whether a word in its label alone tells what a box is for.
pub fn is_guessed(entry: &Entry) -> bool {
    entry.grounds.contains(Ground::LabelByWord)
}

/// The texts of contacts that a profile keeps apart, or of which only some begin with their time,
/// each under its label; empty where there is but one box, which may hold them all.
pub fn apart(entries: &[Entry]) -> Vec<String> {
    let is_mapped = |entry: &Entry| entry.grounds.contains(Ground::Mapped);
    let are_apart = entries.iter().all(is_mapped) || are_partly_timed(entries);
    if entries.len() < 2 || !are_apart {
        return Vec::new();
    }
    let told = entries.iter().filter_map(|entry| {
        let text = text(Some(&vec![entry.clone()]));
        let said = text.text().filter(|said| !is_frame(said))?;
        Some(under_label(entry, said))
    });
    told.collect()
}

/// Whether some boxes begin with their only time, and the others have none and say by their label
/// which contact they are: 開始時の確認 beside 途中 13:00.
fn are_partly_timed(entries: &[Entry]) -> bool {
    let timed = entries.iter().filter_map(|entry| {
        let text = text(Some(&vec![entry.clone()]));
        let said = text.text().filter(|said| !is_frame(said))?;
        let times: Vec<Found> = scan(said)
            .into_iter()
            .filter(|it| it.time.is_some())
            .collect();
        let ends = ends_told(&entry.label);
        Some(match times.as_slice() {
            [] if ends.start != ends.end => Some(false),
            [only]
                if said
                    .get(..only.start)
                    .is_some_and(|it| it.trim().is_empty()) =>
            {
                Some(true)
            }
            _ => None,
        })
    });
    let timed: Option<Vec<bool>> = timed.collect();
    timed.is_some_and(|timed| timed.contains(&true) && timed.contains(&false))
}

/// `　時　　分`, `:`: what is printed for a time that nobody has filled in.
fn is_frame(text: &str) -> bool {
    let text = squash(text);
    text.chars().all(|c| "時分年月日午前後:~-()".contains(c))
}

/// `【開始時の連絡】9:00 電話`
fn under_label(entry: &Entry, text: &str) -> String {
    let label = clean(&entry.label).replace('\n', "");
    match without_advice(&label) {
        "" => text.to_owned(),
        label => format!("【{label}】{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Grounds};
    use crate::recognise::Word;

    fn entry(label: &str, text: &str, ground: Ground) -> Entry {
        Entry {
            label: label.to_owned(),
            home: Cell::default(),
            words: vec![Word {
                text: text.to_owned(),
                ..Word::default()
            }],
            grounds: Grounds::from_iter([ground]),
        }
    }

    #[test]
    fn a_printed_frame_is_no_contact_and_words_without_a_time_are_one() {
        let boxes = |third: &str| {
            let texts = [("１回目", "10時00分 開始"), ("２回目", "15:00 終了")];
            let texts = texts.into_iter().chain([("３回目", third)]);
            let boxes = texts.map(|(label, text)| entry(label, text, Ground::Mapped));
            apart(&boxes.collect::<Vec<_>>()).len()
        };
        assert_eq!(boxes("　時　　分"), 2);
        assert_eq!(boxes("："), 2);
        assert_eq!(boxes("昼に電話"), 3);
        let partly = |start: &str| {
            let boxes = [
                ("開始時の確認", start),
                ("途中", "13:00 電話"),
                ("終了時の確認", "連絡を受けた。"),
            ];
            let boxes = boxes.map(|(label, text)| entry(label, text, Ground::LabelExact));
            apart(&boxes).len()
        };
        assert_eq!(partly("Zoomで挨拶。"), 3);
        // A time within the words may be another contact's.
        assert_eq!(partly("挨拶。次は11:00に電話。"), 0);
        let recognised = [
            entry("１回目", "10:00 開始", Ground::LabelExact),
            entry("２回目", "15:00 終了", Ground::LabelExact),
        ];
        assert!(apart(&recognised).is_empty());
    }
}
