//! Contacts of a day that are laid out in columns: 開始の連絡 over 時刻, 手段 and 内容.

use crate::model::{Cell, Grounds};
use crate::recognise::contacts::words::Phase;
use crate::recognise::form::{Entry, Word};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds, known_item};
use crate::recognise::table::lines::Line;
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
        [whole] => names_contact(vocabulary, whole),
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
    let is_of_time = part == Item::Time && is_bracketed && words.phase(name).is_some();
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
    let key = label_key(over);
    let asks_contact = |(kind, item): &(Option<FormKind>, Item)| {
        *kind == Some(FormKind::Daily) && matches!(item, Item::Support | Item::Contact)
    };
    let mut meanings = vocabulary.meanings(over).into_iter().flatten();
    let is_over = key.contains("連絡") || meanings.any(asks_contact);
    let is_part = words.part(over).is_some_and(|part| part != Item::Support);
    is_over && !is_part && !key.contains('時') && words.phase(last).is_some()
}

/// Whether a column's only head names one contact with both its time and its words: 連絡①始め.
fn names_contact(vocabulary: &Vocabulary, head: &str) -> bool {
    let key = label_key(head);
    let is_counted = key.contains(|c: char| c.is_ascii_digit());
    key.contains("連絡") && (is_counted || is_contact(vocabulary, head))
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
            is_contact(vocabulary, name).then(|| (name.to_owned(), Some(item)))
        }
        [over @ .., last] => {
            let name = over.iter().find(|text| is_contact(vocabulary, text))?;
            Some((name.clone(), words.part(last)))
        }
    }
}

/// Whether a head is the name of one contact, as 1回目 and 終わりの連絡 are.
pub fn is_contact(vocabulary: &Vocabulary, text: &str) -> bool {
    let means = |text: &str| {
        let mut meanings = vocabulary.meanings(text).into_iter().flatten();
        meanings.any(|meaning| *meaning == (Some(FormKind::Daily), Item::Contact))
    };
    let key = label_key(text);
    let bare = key.trim_matches(|c: char| c.is_ascii_digit());
    let words = &layout_words::words().contacts;
    means(text)
        || means(bare)
        || words.is_of_contact(&key)
        || words.phase(text).is_some()
        || bare.is_empty() && text.contains(|c| ('①'..='⑳').contains(&c))
        || bare == "連絡" && key != *bare
}

/// The words of one contact, by part.
struct Contact {
    label: String,
    home: Cell,
    time: Vec<Word>,
    text: Vec<Word>,
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
    let row = line.at.row;
    let mut contacts: Vec<Contact> = Vec::new();
    let mut means: Vec<Word> = Vec::new();
    let mut means_at: Option<(String, Cell)> = None;
    let heads: Vec<&[String]> = parts.iter().map(|(own, _)| own.heads.as_slice()).collect();
    let name_at = |n: usize| {
        let pair = |first: usize| pair_name(vocabulary, heads.get(first)?, heads.get(first + 1)?);
        pair(n).or_else(|| pair(n.checked_sub(1)?))
    };
    for (n, (column, words)) in parts.into_iter().enumerate() {
        let name = name_at(n).unwrap_or_else(|| name_of(vocabulary, column));
        let home = Cell::new(row, column.span.0);
        if contacts.last().is_none_or(|contact| contact.label != name) {
            contacts.push(Contact {
                label: name,
                home,
                time: Vec::new(),
                text: Vec::new(),
            });
        }
        let Some(contact) = contacts.last_mut() else {
            continue;
        };
        match column.holds {
            Some(Holds::Part(Item::Time)) => contact.time.extend(words),
            Some(Holds::Part(Item::Method)) => {
                means_at.get_or_insert((column.label.clone(), home));
                // The same means in each row of the day is told once.
                for word in words {
                    if means.iter().all(|known| known.text != word.text) {
                        means.push(word);
                    }
                }
            }
            _ => contact.text.extend(words),
        }
    }
    let is_timed = [Item::Time, Item::Start, Item::End, Item::DateTime];
    let is_timed = is_timed.into_iter().any(|item| header.has(item));
    for contact in contacts {
        let item = match layout_words::words().contacts.phase_of_head(&contact.label) {
            Some(Phase::Start) => Some(Item::Start),
            Some(Phase::End) => Some(Item::End),
            _ => None,
        };
        if let Some(item) = item.filter(|_| !is_timed && !contact.time.is_empty()) {
            let entries = line.entries.entry(item).or_default();
            entries.push(entry(
                contact.label.clone(),
                contact.home,
                contact.time.clone(),
            ));
        }
        let words = contact.time.into_iter().chain(contact.text).collect();
        let entries = line.entries.entry(Item::Contact).or_default();
        entries.push(entry(contact.label, contact.home, words));
    }
    if let Some((label, home)) = means_at
        && !header.has(Item::Method)
    {
        let entries = line.entries.entry(Item::Method).or_default();
        entries.push(entry(label, home, means));
    }
}

fn name_of(vocabulary: &Vocabulary, column: &Column) -> String {
    let named = named_part(vocabulary, &column.heads);
    named.map_or_else(|| column.label.clone(), |(name, _)| name)
}

/// What stands for an item of a line.
pub fn entry(label: String, home: Cell, words: Vec<Word>) -> Entry {
    Entry {
        label,
        home,
        words,
        grounds: Grounds::default(),
    }
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
