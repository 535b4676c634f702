//! Whether two readings of a sheet say the same: in the same cells, and as records.

use crate::inspect;
use crate::model::Cell;
use crate::normalise;
use crate::read::Book;
use crate::recognise::{Entry, Form, FormKind, Item, Recognised, Word};

/// What one item of a record says, where and as what.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    kind: FormKind,
    at: Cell,
    item: Item,
    text: String,
}

/// All that the forms say, when they are read as records.
pub fn values(found: Recognised) -> Vec<Said> {
    let office = normalise::office("", std::slice::from_ref(&found), Vec::new(), Vec::new());
    let reading = inspect::inspect(&Book::default(), &found, &office);
    let items = reading.forms.iter().flat_map(|form| {
        let of_form = form.items.iter();
        of_form.map(|item| Said {
            kind: form.kind,
            at: form.at,
            item: item.item,
            text: format!(
                "{} {:?} {:?} {} {:?}",
                item.field, item.day, item.cell, item.raw, item.value
            ),
        })
    });
    let contacts = office.daily.iter().map(|day| Said {
        kind: FormKind::Daily,
        at: day.source.at.unwrap_or_default(),
        item: Item::Contact,
        text: format!("{:?}", day.contacts),
    });
    let mut all: Vec<Said> = items.chain(contacts).collect();
    all.sort();
    all
}

/// The first of what is said that is said in one of the two only.
pub fn different_value(own: &[Said], other: &[Said]) -> Option<(FormKind, Option<Item>)> {
    let mut pairs = own.iter().zip(other);
    let first = pairs.find(|(a, b)| a != b).map(|(a, _)| a);
    let more = || own.get(other.len()).or(other.get(own.len()));
    first.or_else(more).map(|said| (said.kind, Some(said.item)))
}

/// The first form that does not say the same in the same cells, by its kind, with the item.
pub fn difference(own: &[Form], other: &[Form]) -> Option<(FormKind, Option<Item>)> {
    let order = |forms: &[Form]| {
        let mut forms = forms.to_vec();
        forms.sort_by_key(|form| (form.kind, form.at));
        forms
    };
    let (own, other) = (order(own), order(other));
    let mut pairs = own.iter().zip(&other);
    let first = pairs.find(|(a, b)| !reads_alike(a, b));
    if let Some((a, b)) = first {
        let mut items = a.entries.keys().chain(b.entries.keys());
        let item = items.find(|item| {
            let said_of = |form: &Form| form.entries.get(item).map(|e| said_owned(**item, e));
            **item != Item::Ignored && said_of(a) != said_of(b)
        });
        return Some((
            a.kind,
            item.copied().filter(|_| (a.kind, a.at) == (b.kind, b.at)),
        ));
    }
    let more = own.get(other.len()).or(other.get(own.len()));
    more.map(|form| (form.kind, None))
}

fn said_owned(item: Item, entries: &[Entry]) -> Vec<(Cell, String, Vec<Word>)> {
    let all = said(item, entries).into_iter();
    let owned = |(home, label, words): (Cell, &str, Vec<&Word>)| {
        (home, label.to_owned(), words.into_iter().cloned().collect())
    };
    all.map(owned).collect()
}

/// What an item says in its boxes: a mapping takes them together, and recognition the first
/// that is filled.
fn said(item: Item, entries: &[Entry]) -> Vec<(Cell, &str, Vec<&Word>)> {
    let filled = entries.iter().filter(|entry| !entry.words.is_empty());
    match item {
        Item::Contact | Item::WeeklyDate => entries
            .iter()
            .map(|e| (e.home, e.label.as_str(), e.words.iter().collect()))
            .collect(),
        _ => {
            let words = filled.clone().flat_map(|entry| &entry.words).collect();
            let home = filled.clone().chain(entries).next().map(|entry| entry.home);
            home.map(|home| (home, "", words)).into_iter().collect()
        }
    }
}

/// Whether two forms say the same in the same cells.
fn reads_alike(a: &Form, b: &Form) -> bool {
    let items = |form: &Form| {
        let asked = form
            .entries
            .iter()
            .filter(|(item, _)| **item != Item::Ignored);
        asked
            .map(|(item, entries)| (*item, entries.clone()))
            .collect::<Vec<_>>()
    };
    let (own, other) = (items(a), items(b));
    (a.kind, a.at, a.table.is_some(), &a.title) == (b.kind, b.at, b.table.is_some(), &b.title)
        && a.days == b.days
        && own.len() == other.len()
        && own
            .iter()
            .zip(&other)
            .all(|((item, a), (again, b))| item == again && said(*item, a) == said(*item, b))
}
