//! The day's contacts within a form whose parts have a label each: 1回目 and 2回目 beside each
//! other over 時刻, 方法 and 内容, each of them left of labels of its own, or a bar over them.
//!
//! Rows of contacts under one header are read next door.

mod bars;
mod below;
mod beside;
mod days_above;

use std::collections::{BTreeMap, BTreeSet};

use self::days_above::DaysAbove;
use crate::model::{Cell, CellRange};
use crate::recognise::contacts::list::list;
use crate::recognise::contacts::rows::OfContacts;
use crate::recognise::form::Entry;
use crate::recognise::form::{Role, Word};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, word};
use crate::recognise::table::Table;
use crate::recognise::table::lines::Line;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// Contacts that make a list.
const FEWEST: usize = 2;
/// No day has more, and no form more parts of one.
const MOST: usize = 8;
/// Lists of a sheet that are looked at: one for each day of a month, and some more.
const MOST_LISTS: usize = 64;

/// Finds the lists of a sheet.
pub fn tables(grid: &Grid, labels: &[Label], vocabulary: &Vocabulary) -> Vec<Table> {
    let sheet = Named::of(grid, labels, vocabulary);
    if sheet.names.len() < FEWEST {
        return Vec::new();
    }
    let lists = beside::lists(&sheet)
        .into_iter()
        .chain(below::lists(&sheet))
        .chain(bars::lists(&sheet));
    let mut days = DaysAbove::of(grid);
    let mut found: Vec<Table> = Vec::new();
    for table in lists
        .filter_map(|list| sheet.table(&list))
        .filter(|table| !days.stand_over(table.range))
        .take(MOST_LISTS)
    {
        if !found.iter().any(|known| known.range.overlaps(&table.range)) {
            found.push(table);
        }
    }
    found
}

/// The names of contacts and the labels of their parts on a sheet.
struct Named<'a> {
    grid: &'a Grid,
    /// By first cell.
    names: BTreeMap<Cell, usize>,
    parts: BTreeMap<usize, Item>,
}

/// The boxes of one contact: that of its name, and its parts.
struct Boxes {
    name: usize,
    parts: Vec<Part>,
}

/// The label of a part of a contact, and what stands for it.
struct Part {
    label: usize,
    item: Item,
    boxes: Vec<usize>,
}

impl Part {
    fn new(label: usize, item: Item) -> Self {
        let boxes = Vec::new();
        Self { label, item, boxes }
    }
}

impl<'a> Named<'a> {
    fn of(grid: &'a Grid, labels: &[Label], vocabulary: &Vocabulary) -> Self {
        let words = &layout_words::words().contacts;
        let recorders: BTreeSet<usize> = labels
            .iter()
            .filter(|label| label.inline.is_none())
            .filter(|label| label.item(FormKind::Daily) == Some(Item::Recorder))
            .map(|label| label.block)
            .collect();
        let mut names = BTreeMap::new();
        let mut parts = BTreeMap::new();
        let written =
            |(_, block): &(usize, &Block)| block.stored.is_some() && !is_prose(&block.text);
        for (i, block) in grid.blocks().iter().enumerate().filter(written) {
            if recorders.contains(&i) {
                parts.insert(i, Item::Recorder);
            } else if let Some(part) = words.part(&block.text) {
                parts.insert(i, part);
            } else if words.names_row(vocabulary, &block.text) {
                names.insert(block.range.first, i);
            }
        }
        Self { grid, names, parts }
    }

    fn range(&self, i: usize) -> CellRange {
        self.grid.block(i).range
    }

    /// The list that these contacts are; `None` where they are something else.
    fn table(&self, contacts: &[Boxes]) -> Option<Table> {
        if !self.is_list(contacts) {
            return None;
        }
        let boxes = contacts.iter().flat_map(|contact| {
            let parts = contact.parts.iter();
            let boxes = parts.flat_map(|part| part.boxes.iter().chain([&part.label]));
            boxes.chain([&contact.name])
        });
        let range = boxes.map(|&i| self.range(i)).reduce(|a, b| a.with(b))?;
        let heads = contacts.iter().flat_map(|contact| {
            let labels = contact.parts.iter().map(|part| part.label);
            labels.chain([contact.name])
        });
        let explained = heads.map(|i| (self.range(i), Role::Label)).collect();
        let lines = contacts.iter().map(|contact| self.line(contact)).collect();
        let names = contacts.first().map(|contact| self.range(contact.name));
        let known = OfContacts {
            names: names.map(|name| (name.first.col, name.last.col)),
            fewest: 0,
            in_a_row: false,
        };
        Some(Table {
            kind: FormKind::Daily,
            range,
            lines: Vec::new(),
            legend: String::new(),
            caption: String::new(),
            explained,
            columns: None,
            sideways: false,
            interludes: Vec::new(),
            contacts: Some(list(range, lines, known)?),
        })
    }

    /// Whether they are called differently, and each has one time and one text of one day.
    fn is_list(&self, contacts: &[Boxes]) -> bool {
        let name = |contact: &Boxes| squash(&self.grid.block(contact.name).text);
        let names: BTreeSet<String> = contacts.iter().map(name).collect();
        let has_parts = |contact: &Boxes| {
            let parts = |item: Item| contact.parts.iter().filter(move |part| part.item == item);
            let count = |item: Item| parts(item).count();
            count(Item::Time) == 1 && count(Item::Support) == 1 && count(Item::Method) <= 1
        };
        let is_of_one_day = |contact: &Boxes| {
            let times = contact.parts.iter().filter(|part| part.item == Item::Time);
            let boxes = times.flat_map(|part| &part.boxes);
            boxes.filter(|i| is_time(self.grid.block(**i))).count() <= 1
        };
        names.len() == contacts.len()
            && names.len() >= FEWEST
            && contacts.iter().all(|c| has_parts(c) && is_of_one_day(c))
    }

    /// A contact as a row of a list.
    fn line(&self, contact: &Boxes) -> Line {
        let name = self.grid.block(contact.name);
        let at = name.range.first;
        let own = Entry::new(String::new(), at, vec![word(name)]);
        let mut entries = BTreeMap::from([(Item::Usage, vec![own])]);
        for part in &contact.parts {
            let label = self.grid.block(part.label);
            let boxes = part.boxes.iter().map(|&i| self.grid.block(i));
            let words: Vec<Word> = boxes.map(word).collect();
            let beside = Cell::new(
                label.range.first.row,
                label.range.last.col.saturating_add(1),
            );
            let home = words.first().map_or(beside, |word| word.cell);
            entries.insert(
                part.item,
                vec![Entry::new(label.text_in_short(), home, words)],
            );
        }
        Line {
            at,
            entries,
            days: Vec::new(),
            evaluation: BTreeMap::new(),
        }
    }
}

/// A name or a label is short.
fn is_prose(text: &str) -> bool {
    const LONGEST: usize = 24;
    text.chars().nth(LONGEST).is_some()
}

/// Whether a box holds a whole time, and no part of one: of several, each is another day's.
pub fn is_time(block: &Block) -> bool {
    let text = squash(&block.text);
    let is_hour = |before: &str| before.ends_with(|c: char| c.is_ascii_digit());
    [':', '時'].iter().any(|sign| {
        text.split_once(*sign)
            .is_some_and(|(before, _)| is_hour(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::Form;
    use crate::recognise::testing::{HEAD, recognised, said_in};

    const BELOW: [(&str, &str); 4] = [
        ("A19", "心身の状況"),
        ("B19", "良好"),
        ("A20", "記録者"),
        ("B20", "坂本"),
    ];

    /// The forms of a day's sheet with these cells, and boxes that reach over several.
    fn forms(cells: &[(&str, &str)], merged: &[&str]) -> Vec<Form> {
        let cells = [&HEAD[..], &BELOW[..], cells].concat();
        recognised(Sheet::of_texts("記録", &cells).merging(merged)).forms
    }

    fn is_whole(forms: &[Form], contacts: &[&str]) {
        assert_eq!(forms.len(), 1, "{forms:#?}");
        assert_eq!(said_in(&forms[0], Item::Contact), contacts);
        assert_eq!(said_in(&forms[0], Item::Time), ["10:00～15:00"]);
        assert_eq!(said_in(&forms[0], Item::Method), ["電話"]);
        assert_eq!(said_in(&forms[0], Item::Condition), ["良好"]);
        assert_eq!(said_in(&forms[0], Item::Recorder), ["坂本"]);
    }

    #[test]
    fn contacts_may_stand_beside_each_other() {
        let cells = [
            ("B6", "１回目"),
            ("C6", "２回目"),
            ("A7", "時刻"),
            ("B7", "10:00"),
            ("C7", "15:00"),
            ("A8", "方法"),
            ("B8", "電話"),
            ("C8", "電話"),
            ("A9", "内容"),
            ("B9", "作業を始める。"),
            ("C9", "作業を終える。"),
        ];
        let told = ["１回目:10:00 作業を始める。", "２回目:15:00 作業を終える。"];
        is_whole(&forms(&cells, &[]), &told);
    }

    #[test]
    fn each_contact_may_have_its_own_labels() {
        let below = [
            ("A6", "開始時の連絡"),
            ("B6", "時刻"),
            ("C6", "10:00"),
            ("B7", "手段"),
            ("C7", "電話"),
            ("B8", "内容"),
            ("C8", "作業を始める。"),
            ("A9", "終了時の連絡"),
            ("B9", "時刻"),
            ("C9", "15:00"),
            ("B10", "手段"),
            ("C10", "電話"),
            ("B11", "内容"),
            ("C11", "作業を終える。"),
        ];
        let told = [
            "開始時の連絡:10:00 作業を始める。",
            "終了時の連絡:15:00 作業を終える。",
        ];
        is_whole(&forms(&below, &["A6:A8", "A9:A11"]), &told);
        let beside = [
            ("A6", "朝"),
            ("B6", "時刻"),
            ("C6", "10:00"),
            ("D6", "方法"),
            ("E6", "電話"),
            ("F6", "内容"),
            ("G6", "作業を始める。"),
            ("A7", "夕"),
            ("B7", "時刻"),
            ("D7", "方法"),
            ("F7", "内容"),
        ];
        is_whole(&forms(&beside, &[]), &["朝:10:00 作業を始める。", "夕:"]);
    }

    #[test]
    fn the_contacts_of_several_days_are_not_of_one() {
        let days = [
            ("A6", "開始時の連絡"),
            ("B6", "時刻"),
            ("C6", "10:00"),
            ("D6", "10:05"),
            ("B7", "内容"),
            ("C7", "始める。"),
            ("D7", "始める。"),
            ("A8", "終了時の連絡"),
            ("B8", "時刻"),
            ("C8", "15:00"),
            ("D8", "15:05"),
            ("B9", "内容"),
            ("C9", "終える。"),
            ("D9", "終える。"),
        ];
        let found = |cells: &[(&str, &str)]| {
            let grid = Grid::of(&Sheet::of_texts("記録", cells));
            tables(&grid, &[], Vocabulary::builtin()).len()
        };
        assert_eq!(found(&days), 0);
        let list = CellRange::parse("A6:D9").unwrap();
        let under = |dates: &[(&str, &str)]| {
            DaysAbove::of(&Grid::of(&Sheet::of_texts("記録", dates))).stand_over(list)
        };
        assert!(under(&[("C2", "9/29（月）"), ("D2", "9/30（火）")]));
        assert!(!under(&[("C2", "9/29（月）"), ("D2", "森下　澪")]));
        let without_parts = [("A6", "１回目"), ("B6", "10:00 電話。"), ("A7", "２回目")];
        let grid = Grid::of(&Sheet::of_texts("記録", &without_parts));
        assert!(tables(&grid, &[], Vocabulary::builtin()).is_empty());
    }

    #[test]
    fn a_bar_names_the_contact_whose_boxes_stand_below_it() {
        let cells = [
            ("A6", "◆ 作業開始時の確認"),
            ("A7", "連絡時刻"),
            ("B7", "9:55"),
            ("C7", "体温"),
            ("D7", "36.2"),
            ("A8", "確認内容"),
            ("B8", "作業を始める。"),
            ("A9", "◆ 途中の確認（必要に応じて）"),
            ("A10", "連絡時刻"),
            ("C10", "確認内容"),
            ("A11", "◆ 作業終了時の確認"),
            ("A12", "連絡時刻"),
            ("B12", "15:00"),
            ("A13", "確認内容"),
            ("B13", "作業を終える。"),
            ("A14", "◆ その他"),
            ("A15", "備考"),
        ];
        let bars = ["A6:E6", "A9:E9", "A11:E11", "A14:E14", "B8:E8", "B13:E13"];
        let wide = forms(&cells, &bars);
        assert_eq!(wide.len(), 1, "{wide:#?}");
        let told = said_in(&wide[0], Item::Contact);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("9:55 作業を始める。"), "{told:?}");
        assert!(told[2].contains("15:00 作業を終える。"), "{told:?}");
        assert_eq!(said_in(&wide[0], Item::Condition).len(), 1);
        // In narrow cells they may be anything.
        assert!(said_in(&forms(&cells, &[])[0], Item::Contact).len() < 3);
    }
}
