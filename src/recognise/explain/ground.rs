//! What the reading of each entry rests on: its label, its place, its form.

use std::collections::BTreeMap;

use crate::model::{CellRange, Ground, Grounds};
use crate::recognise::explain::{looks_like_label, stranger};
use crate::recognise::form::{Entry, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::table::Table;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// Fewer labels than this tell a form only together with a title.
const FEW_ITEMS: usize = 3;

/// Notes how each label is known and where its words stand; `entries` are those of `labels`.
pub fn of_labels(grid: &Grid, vocabulary: &Vocabulary, labels: &[Label], entries: &mut [Entry]) {
    for (label, entry) in labels.iter().zip(entries) {
        if label.inline.is_some() {
            entry.grounds.insert(Ground::WithinLabel);
            continue;
        }
        let known = known_as(vocabulary, &grid.block(label.block).text);
        entry.grounds.insert(known);
        place(label.range, entry);
        let short = label.meanings.iter().all(|(_, item)| is_short(*item));
        let is_strange = short && holds_a_stranger(&entry.words);
        if is_strange || stranger::may_be_one(grid, label, entry) {
            entry.grounds.insert(Ground::UnknownBeside);
        }
    }
}

/// Notes how the header of each column is known.
pub fn of_columns(vocabulary: &Vocabulary, tables: &mut [Table]) {
    let mut known: BTreeMap<String, Ground> = BTreeMap::new();
    for table in tables {
        let kind = table.kind;
        let lines = table.lines.iter_mut();
        let entries = lines.flat_map(|line| {
            let own = line.entries.values_mut().flatten();
            let evaluation = line.evaluation.values_mut().flatten();
            let own = own.map(move |entry| (kind, entry));
            own.chain(evaluation.map(|entry| (FormKind::Weekly, entry)))
        });
        for (kind, entry) in entries {
            let ground = match known.get(&entry.label) {
                Some(ground) => *ground,
                None => {
                    let ground = header_known_as(vocabulary, kind, &entry.label);
                    known.insert(entry.label.clone(), ground);
                    ground
                }
            };
            entry.grounds.insert(ground);
            entry.grounds.insert(Ground::Column);
        }
    }
}

/// How the texts over a column are known: all of them together, or one level of them.
fn header_known_as(vocabulary: &Vocabulary, kind: FormKind, texts: &str) -> Ground {
    let levels: Vec<&str> = texts.split_whitespace().collect();
    let parts =
        (0..levels.len()).flat_map(|from| (from + 1..=levels.len()).map(move |to| (from, to)));
    let texts = parts.filter_map(|(from, to)| levels.get(from..to).map(|part| part.concat()));
    let known = texts.map(|text| match vocabulary.column(&text, kind) {
        Some(_) => Ground::LabelExact,
        None => known_as(vocabulary, &text),
    });
    known.min().unwrap_or(Ground::LabelByWord)
}

/// Whether the title above a form is its own: days and weeks share theirs.
pub fn is_titled(title: Option<FormKind>, kind: FormKind) -> bool {
    let paper = |kind| match kind {
        FormKind::Weekly => FormKind::Daily,
        other => other,
    };
    title.map(paper) == Some(paper(kind))
}

/// Notes what a form's own entries owe to the form: its title, the number of its items,
/// and items that it has more than once.
pub fn of_form(own: &mut BTreeMap<Item, Vec<Entry>>, titled: bool, items: usize) {
    for (item, entries) in own.iter_mut() {
        let mut grounds = Grounds::default();
        grounds.insert(if titled {
            Ground::Titled
        } else {
            Ground::Untitled
        });
        if !titled && items < FEW_ITEMS {
            grounds.insert(Ground::FewItems);
        }
        if !item.repeats() && *item != Item::Ignored && differ(entries) {
            grounds.insert(Ground::Repeated);
        }
        for entry in entries {
            for ground in grounds.iter() {
                entry.grounds.insert(ground);
            }
        }
    }
}

fn known_as(vocabulary: &Vocabulary, text: &str) -> Ground {
    if vocabulary.is_whole_label(text) {
        Ground::LabelExact
    } else if vocabulary.meanings(text).is_some() {
        Ground::LabelInPart
    } else {
        Ground::LabelByWord
    }
}

fn place(label: CellRange, entry: &mut Entry) {
    let mut rows = entry.words.iter().map(|word| word.cell.row);
    let Some(first) = rows.next() else { return };
    if first > label.last.row {
        entry.grounds.insert(Ground::Below);
        return;
    }
    entry.grounds.insert(Ground::Beside);
    if rows.any(|row| row > label.last.row) {
        entry.grounds.insert(Ground::Continued);
    }
}

/// Items whose value is one short text, so that a second one with a name before it is
/// likely to be another item.
fn is_short(item: Item) -> bool {
    matches!(
        item,
        Item::Name
            | Item::OfficeName
            | Item::Recorder
            | Item::Confirmer
            | Item::Evaluator
            | Item::Signature
            | Item::Municipality
    )
}

/// Whether behind the first word stands one that looks like a label, with a word behind it.
fn holds_a_stranger(words: &[Word]) -> bool {
    let written: Vec<&Word> = words.iter().filter(|w| w.tick.is_none()).collect();
    let pairs = written.windows(2).skip(1);
    pairs
        .filter(|pair| pair[0].cell.row == pair[1].cell.row)
        .any(|pair| looks_like_label(&pair[0].text))
}

fn differ(entries: &[Entry]) -> bool {
    let text =
        |entry: &Entry| -> String { entry.words.iter().map(|word| squash(&word.text)).collect() };
    let mut texts = entries.iter().map(text).filter(|text| !text.is_empty());
    texts
        .next()
        .is_some_and(|first| texts.any(|other| other != first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;
    use crate::recognise::testing::word;

    fn entry(words: &[(&str, &str)]) -> Entry {
        let words = words.iter().map(|(cell, text)| word(cell, text));
        Entry::new(String::new(), Cell::new(0, 1), words.collect())
    }

    #[test]
    fn a_stranger_is_a_label_with_a_value_behind_another_value() {
        let strange = |words: &[(&str, &str)]| holds_a_stranger(&entry(words).words);
        assert!(strange(&[("B1", "石田"), ("D1", "天候"), ("E1", "晴れ")]));
        assert!(!strange(&[("B1", "石田"), ("C1", "陽子")]));
        assert!(!strange(&[("B1", "石田"), ("D1", "㊞")]));
        assert!(!strange(&[("B1", "石田"), ("D1", "天候"), ("E2", "晴れ")]));
    }

    #[test]
    fn places_are_beside_below_or_going_on() {
        let label = CellRange::parse("A1").unwrap();
        let place = |words: &[(&str, &str)]| {
            let mut entry = entry(words);
            super::place(label, &mut entry);
            entry.grounds.iter().collect::<Vec<_>>()
        };
        assert_eq!(place(&[("B1", "あ")]), [Ground::Beside]);
        assert_eq!(place(&[("A2", "あ"), ("A3", "い")]), [Ground::Below]);
        assert_eq!(
            place(&[("B1", "あ"), ("B2", "い")]),
            [Ground::Beside, Ground::Continued]
        );
        assert_eq!(place(&[]), []);
    }

    #[test]
    fn an_item_with_two_contents_is_noted_and_one_said_twice_is_not() {
        let form = |texts: [&str; 2]| {
            let entries = texts.map(|text| entry(&[("B1", text)])).to_vec();
            let mut own = BTreeMap::from([(Item::Recorder, entries)]);
            of_form(&mut own, false, 2);
            own[&Item::Recorder][0].grounds
        };
        let differing = form(["石田", "原"]);
        assert!(differing.contains(Ground::Repeated) && differing.contains(Ground::FewItems));
        assert!(!form(["石田", "石 田"]).contains(Ground::Repeated));
        assert!(!form(["石田", ""]).contains(Ground::Repeated));
    }
}
