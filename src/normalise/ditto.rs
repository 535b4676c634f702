//! 〃 and 同上 in a column of a table: the value of the row above, which a record of several rows
//! may hold itself.

use std::collections::BTreeMap;

use super::joined::shown;
use super::words::words;
use crate::recognise::{Entry, Form, FormKind, Item, Word};
use crate::text::squash;

/// What stood last in each column of each table of a book.
#[derive(Default)]
pub struct Above(BTreeMap<(String, usize), BTreeMap<Item, Entry>>);

impl Above {
    /// The row with what its signs repeat; `None` where it repeats nothing. A sign under an
    /// empty box, or that stands for contacts, whose times are no other day's, stays a sign.
    pub fn repeated(&mut self, row: &Form) -> Option<Form> {
        let whole = without_signs_below(row);
        self.repeated_in(whole.as_ref().unwrap_or(row)).or(whole)
    }

    fn repeated_in(&mut self, row: &Form) -> Option<Form> {
        let table = row.table.filter(|_| row.kind != FormKind::ServiceRecord)?;
        let above = self.0.entry((row.sheet.to_string(), table)).or_default();
        let mut repeated: Option<Form> = None;
        for (item, entries) in &row.entries {
            let [entry] = entries.as_slice() else {
                continue;
            };
            let text = squash(&shown(&entry.words));
            if !words().ditto.contains(&text) {
                if text.is_empty() {
                    above.remove(item);
                } else {
                    above.insert(*item, entry.clone());
                }
                continue;
            }
            if let Some(source) = above.get(item).filter(|_| may_repeat(*item)) {
                let row = repeated.get_or_insert_with(|| row.clone());
                row.entries.insert(*item, vec![taken(source, entry)]);
            }
        }
        repeated
    }
}

/// The record of several rows without the signs that repeat its own first row: they say nothing
/// that is not written above them. `None` where there are none.
fn without_signs_below(row: &Form) -> Option<Form> {
    row.table?;
    let is_sign = |word: &Word| words().ditto.contains(&squash(&word.text));
    let below = |entries: &[Entry]| {
        let mut words = entries.iter().flat_map(|entry| &entry.words);
        words.next().is_some_and(|word| !is_sign(word)) && words.any(is_sign)
    };
    let items = row.entries.iter();
    let items = items.filter(|(item, entries)| may_repeat(**item) && below(entries));
    let items: Vec<Item> = items.map(|(item, _)| *item).collect();
    let mut whole = (!items.is_empty()).then(|| row.clone())?;
    let repeating = whole.entries.iter_mut();
    for (_, entries) in repeating.filter(|(item, _)| items.contains(item)) {
        for entry in entries.iter_mut() {
            entry.words.retain(|word| !is_sign(word));
        }
        entries.retain(|entry| !entry.words.is_empty());
    }
    Some(whole)
}

fn may_repeat(item: Item) -> bool {
    !matches!(item, Item::Support | Item::Contact | Item::Signature)
}

/// The words of `source` in the place of `entry`.
fn taken(source: &Entry, entry: &Entry) -> Entry {
    let sign = shown(&entry.words);
    let place = entry.words.first();
    let words = source.words.iter().map(|word| Word {
        cell: place.map_or(word.cell, |place| place.cell),
        struck: place.is_some_and(|place| place.struck),
        hidden: place.is_some_and(|place| place.hidden),
        written: Some(sign.clone()),
        ..word.clone()
    });
    Entry {
        words: words.collect(),
        ..entry.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Grounds};
    use crate::normalise::fields;

    fn row(number: u32, table: Option<usize>, items: &[(Item, &str)]) -> Form {
        let cell = Cell::new(number, 3);
        let word = |text: &str| Word {
            cell,
            text: text.to_owned(),
            ..Word::default()
        };
        let entry = |text: &str| Entry {
            label: String::new(),
            home: cell,
            words: (!text.is_empty()).then(|| word(text)).into_iter().collect(),
            grounds: Grounds::default(),
        };
        Form {
            kind: FormKind::Daily,
            sheet: "9月".into(),
            at: cell,
            entries: items
                .iter()
                .map(|(item, text)| (*item, vec![entry(text)]))
                .collect(),
            days: Vec::new(),
            title: String::new(),
            legend: "".into(),
            table,
            unread: None,
        }
    }

    fn works(rows: &[Form]) -> Vec<(String, String, usize)> {
        let mut above = Above::default();
        let read = rows.iter().map(|row| {
            let repeated = above.repeated(row);
            let row = repeated.as_ref().unwrap_or(row);
            let field = fields::text(row.entries.get(&Item::Work));
            let text = field.text().unwrap_or_default().to_owned();
            (text, field.raw, field.doubts.len())
        });
        read.collect()
    }

    fn told(text: &str, raw: &str, doubts: usize) -> (String, String, usize) {
        (text.to_owned(), raw.to_owned(), doubts)
    }

    #[test]
    fn a_sign_in_a_table_is_the_value_above_with_a_doubt() {
        let work = |number, text| row(number, Some(0), &[(Item::Work, text)]);
        assert_eq!(
            works(&[
                work(1, "封入"),
                work(2, "〃"),
                work(3, "同上"),
                work(4, "検品")
            ]),
            [
                told("封入", "封入", 0),
                told("封入", "〃", 1),
                told("封入", "同上", 1),
                told("検品", "検品", 0),
            ]
        );
    }

    #[test]
    fn a_sign_below_the_value_of_its_own_record_adds_nothing() {
        let work = |table, texts: &[&str]| {
            let mut form = row(1, table, &[(Item::Work, "")]);
            let words = texts.iter().enumerate().map(|(n, text)| Word {
                cell: Cell::new(n as u32, 3),
                text: (*text).to_owned(),
                ..Word::default()
            });
            form.entries.get_mut(&Item::Work).unwrap()[0].words = words.collect();
            works(&[form])[0].0.clone()
        };
        assert_eq!(work(Some(0), &["封入（41枚）", "〃", "〃"]), "封入（41枚）");
        assert_eq!(work(Some(0), &["封入", "検品"]), "封入\n検品");
        assert_eq!(work(None, &["封入", "〃"]), "封入\n〃");
        assert_eq!(work(Some(0), &["〃", "封入"]), "〃\n封入");
    }

    #[test]
    fn a_sign_without_a_value_above_or_outside_a_table_stays_a_sign() {
        let work = |number, table, text| row(number, table, &[(Item::Work, text)]);
        for rows in [
            [work(1, Some(0), ""), work(2, Some(0), "〃")],
            [work(1, Some(1), "封入"), work(2, Some(0), "〃")],
            [work(1, None, "封入"), work(2, None, "〃")],
        ] {
            assert_eq!(works(&rows)[1], told("〃", "〃", 0));
        }
        let contacts = |number, text| row(number, Some(0), &[(Item::Support, text)]);
        let mut above = Above::default();
        assert!(above.repeated(&contacts(1, "10:00 電話")).is_none());
        assert!(above.repeated(&contacts(2, "〃")).is_none());
    }
}
