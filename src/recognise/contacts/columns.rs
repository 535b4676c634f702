//! Contacts of a day that are laid out in columns: 開始の連絡 over 時刻, 手段 and 内容.

use crate::model::Cell;
use crate::recognise::contacts::contact::Contact;
use crate::recognise::form::{Entry, Word};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::table::lines::Line;
use crate::recognise::table::meaning::known_item;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Marks the columns that are parts of contacts: side by side under one name, what was said
/// among them. Beside the time, what is not the means is what was said, however it is called.
pub fn mark(vocabulary: &Vocabulary, columns: &mut [Column]) {
    let named: Vec<Option<(String, Option<Item>)>> = columns
        .iter()
        .map(|column| named_part(vocabulary, &column.heads))
        .collect();
    let named = paired(vocabulary, columns, named);
    let name = |i: usize| named.get(i)?.as_ref().map(|(name, _)| name);
    let mut first = 0;
    while first < columns.len() {
        let mut end = first + 1;
        while name(first).is_some() && name(end) == name(first) {
            end += 1;
        }
        let parts = named.get(first..end).unwrap_or_default().iter().flatten();
        let is_part = |wanted: Item| parts.clone().any(|(_, item)| *item == Some(wanted));
        let is_named_otherwise = || parts.clone().any(|(_, item)| item.is_none());
        let tells = is_part(Item::Support) || is_part(Item::Time) && is_named_otherwise();
        if tells && parts.clone().count() >= 2 {
            for (column, (_, item)) in columns[first..end].iter_mut().zip(parts) {
                column.holds = Some(Holds::Part(item.unwrap_or(Item::Support)));
            }
        }
        first = end;
    }
    for column in columns.iter_mut() {
        let is_part = matches!(column.holds, Some(Holds::Part(_)));
        if !is_part && is_phase_of_contacts(vocabulary, &column.heads) {
            column.holds = Some(Holds::Item(Item::Contact));
        }
    }
    let is_guessed = |column: &&mut Column| match column.holds {
        None => true,
        Some(Holds::Item(Item::Support)) => {
            known_item(vocabulary, &column.heads, FormKind::Daily).is_none()
        }
        Some(_) => false,
    };
    let is_one = |column: &&mut Column| match column.heads.as_slice() {
        [whole] => is_whole_contact(vocabulary, whole),
        _ => false,
    };
    let named = columns.iter_mut().filter(is_guessed).filter(is_one);
    let mut named: Vec<&mut Column> = named.collect();
    // A day has several: 連絡・助言・進捗の内容 alone is all that was said.
    if named.len() > 1 {
        named
            .iter_mut()
            .for_each(|column| column.holds = Some(Holds::Item(Item::Contact)));
    }
}

/// The same, where each 始業時（時刻） has the words of its contact beside it, under a head of
/// their own such as 業務の確認.
fn paired(
    vocabulary: &Vocabulary,
    columns: &[Column],
    mut named: Vec<Option<(String, Option<Item>)>>,
) -> Vec<Option<(String, Option<Item>)>> {
    const FEWEST: usize = 2;
    let pairs = columns.windows(2).enumerate().filter_map(|(i, pair)| {
        let [time, text] = pair else {
            return None;
        };
        Some((i, pair_name(vocabulary, &time.heads, &text.heads)?))
    });
    let pairs: Vec<(usize, String)> = pairs.collect();
    if pairs.len() >= FEWEST {
        for (i, name) in pairs {
            for (at, item) in [(i, Item::Time), (i + 1, Item::Support)] {
                if let Some(own) = named.get_mut(at) {
                    *own = Some((name.clone(), Some(item)));
                }
            }
        }
    }
    named
}

/// The name of the contact of which one column has the time, 始業時（時刻）, and the next one the
/// words.
fn pair_name(vocabulary: &Vocabulary, time: &[String], text: &[String]) -> Option<String> {
    let words = &layout_words::words().contacts;
    let (time, over) = time.split_last()?;
    let (text, over_text) = text.split_last()?;
    let (name, part) = words.named_part(time)?;
    let is_bracketed = time.trim_end().ends_with([')', '）']);
    let is_of_time = part == Item::Time && is_bracketed && words.is_moment(name);
    let asks_else = || {
        let mut meanings = vocabulary.meanings(text).into_iter().flatten();
        meanings.any(|(kind, item)| {
            *kind == Some(FormKind::Daily) && !matches!(item, Item::Support | Item::Contact)
        })
    };
    let key = label_key(text);
    let tells =
        words.tells(text) || words.part(text) == Some(Item::Support) || key.ends_with("確認");
    let is_of_text = tells && !vocabulary.is_whole_label(text) && !asks_else();
    (is_of_time && is_of_text && over == over_text).then(|| name.to_owned())
}

/// Whether a column is one contact of those that a head over it names: 連絡 over 開始 and 終了.
/// 連絡時刻 over them has nothing but times.
fn is_phase_of_contacts(vocabulary: &Vocabulary, heads: &[String]) -> bool {
    let words = &layout_words::words().contacts;
    let [.., over, last] = heads else {
        return false;
    };
    let asks_contact = |(kind, item): &(Option<FormKind>, Item)| {
        *kind == Some(FormKind::Daily) && matches!(item, Item::Support | Item::Contact)
    };
    let mut meanings = vocabulary.meanings(over).into_iter().flatten();
    let is_over = words.is_about_contacts(over) || meanings.any(asks_contact);
    let is_part = words.part(over).is_some_and(|part| part != Item::Support);
    is_over && !is_part && !words.asks_when(over) && words.is_moment(last)
}

/// Whether a column's only head names one contact with both its time and its words: 連絡①始め.
fn is_whole_contact(vocabulary: &Vocabulary, head: &str) -> bool {
    let words = &layout_words::words().contacts;
    let is_numbered = label_key(head).contains(|c: char| c.is_ascii_digit());
    words.is_about_contacts(head) && (is_numbered || words.names_contact(vocabulary, head))
}

/// The name of the contact that the head texts over a column, from top to bottom, are about,
/// and the part of it where its own head tells.
fn named_part(vocabulary: &Vocabulary, texts: &[String]) -> Option<(String, Option<Item>)> {
    let words = &layout_words::words().contacts;
    match texts {
        [] => None,
        [whole] if vocabulary.is_whole_label(whole) => None,
        [whole] => {
            let (name, item) = words.named_part(whole)?;
            words
                .names_contact(vocabulary, name)
                .then(|| (name.to_owned(), Some(item)))
        }
        [over @ .., last] => {
            let name = over
                .iter()
                .find(|text| words.names_contact(vocabulary, text))?;
            Some((name.clone(), words.part(last)))
        }
    }
}

/// Puts what stands in the columns of each contact together: when and what as one entry, the
/// means as the method of the day. Where the table has no column for the time of the work,
/// the contacts at its start and its end tell it.
pub fn join(
    header: &Header,
    vocabulary: &Vocabulary,
    line: &mut Line,
    parts: Vec<(&Column, Vec<Word>)>,
) {
    if parts.is_empty() {
        return;
    }
    let (contacts, means) = joined(vocabulary, line.at.row, parts);
    let is_timed = [Item::Time, Item::Start, Item::End, Item::DateTime];
    let is_timed = is_timed.into_iter().any(|item| header.has(item));
    for contact in contacts {
        let of_work = contact.end_of_work();
        if let Some((item, entry)) = of_work.filter(|(_, own)| !is_timed && !own.words.is_empty()) {
            line.entries.entry(item).or_default().push(entry);
        }
        let entries = line.entries.entry(Item::Contact).or_default();
        entries.push(contact.entry());
    }
    if let Some(means) = means.filter(|_| !header.has(Item::Method)) {
        line.entries.entry(Item::Method).or_default().push(means);
    }
}

/// The contacts of the record that begins in `row`, and the means of them all.
fn joined(
    vocabulary: &Vocabulary,
    row: u32,
    parts: Vec<(&Column, Vec<Word>)>,
) -> (Vec<Contact>, Option<Entry>) {
    let mut contacts: Vec<Contact> = Vec::new();
    let mut means: Option<Entry> = None;
    let heads: Vec<&[String]> = parts.iter().map(|(own, _)| own.heads.as_slice()).collect();
    let name_at = |n: usize| {
        let pair = |first: usize| pair_name(vocabulary, heads.get(first)?, heads.get(first + 1)?);
        pair(n).or_else(|| pair(n.checked_sub(1)?))
    };
    for (n, (column, words)) in parts.into_iter().enumerate() {
        let name = name_at(n).unwrap_or_else(|| name_of(vocabulary, column));
        let home = Cell::new(row, column.span.0);
        if contacts.last().is_none_or(|contact| contact.name != name) {
            contacts.push(Contact {
                name,
                home,
                time: Vec::new(),
                said: Vec::new(),
            });
        }
        let Some(contact) = contacts.last_mut() else {
            continue;
        };
        match column.holds {
            Some(Holds::Part(Item::Time)) => contact.time.extend(words),
            Some(Holds::Part(Item::Method)) => {
                let means =
                    means.get_or_insert_with(|| Entry::new(column.label.clone(), home, vec![]));
                // The same means in each row of the day is told once.
                for word in words {
                    if means.words.iter().all(|known| known.text != word.text) {
                        means.words.push(word);
                    }
                }
            }
            _ => contact.said.extend(words),
        }
    }
    (contacts, means)
}

fn name_of(vocabulary: &Vocabulary, column: &Column) -> String {
    let named = named_part(vocabulary, &column.heads);
    named.map_or_else(|| column.label.clone(), |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(heads: &[&[&str]]) -> Vec<bool> {
        let column = |heads: &&[&str]| Column {
            span: (0, 0),
            label: heads.join(" "),
            heads: heads.iter().map(|head| (*head).to_owned()).collect(),
            holds: None,
            tier: None,
        };
        let mut columns: Vec<Column> = heads.iter().map(column).collect();
        mark(Vocabulary::builtin(), &mut columns);
        let contact = Some(Holds::Item(Item::Contact));
        columns
            .iter()
            .map(|column| column.holds == contact)
            .collect()
    }

    #[test]
    fn a_column_may_be_one_whole_contact() {
        assert_eq!(marked(&[&["連絡①\n始め"], &["連絡②\n終り"]]), [true, true]);
        assert_eq!(
            marked(&[&["連絡", "開始"], &["連絡", "終了"]]),
            [true, true]
        );
    }

    #[test]
    fn a_time_in_brackets_and_the_head_beside_it_are_one_contact() {
        for [over, time, text] in [
            ["連絡・支援", "始業時（時刻）", "業務の確認"],
            ["", "開始（時刻）", "体調の報告"],
        ] {
            let heads = |head: &str| {
                let heads = [over, head].into_iter().filter(|head| !head.is_empty());
                heads.map(str::to_owned).collect::<Vec<_>>()
            };
            let named = pair_name(Vocabulary::builtin(), &heads(time), &heads(text));
            assert!(named.is_some(), "{time} {text}");
        }
        for (time, text) in [
            ("開始（時刻）", "作業内容"),
            ("開始時刻", "業務の確認"),
            ("始業時（時刻）", "記録者"),
        ] {
            let heads = [time, text].map(|head| vec![head.to_owned()]);
            let named = pair_name(Vocabulary::builtin(), &heads[0], &heads[1]);
            assert_eq!(named, None, "{time} {text}");
        }
    }

    #[test]
    fn times_of_contacts_and_other_heads_are_none() {
        assert_eq!(
            marked(&[&["連絡時刻", "開始"], &["連絡時刻", "終了"]]),
            [false, false]
        );
        assert_eq!(
            marked(&[&["作業時間", "開始"], &["緊急連絡先"]]),
            [false, false]
        );
    }
}
