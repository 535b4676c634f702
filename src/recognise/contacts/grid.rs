//! The day's contacts within a form whose parts have a label each: 1回目 and 2回目 beside each
//! other over 時刻, 方法 and 内容, each of them left of labels of its own, or a bar over them.
//!
//! Rows of contacts under one header are read next door.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::calendar::is_day;
use crate::recognise::contacts::columns::entry;
use crate::recognise::contacts::rows::is_name;
use crate::recognise::explain::looks_like_label;
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
    let lists = sheet
        .side_by_side()
        .into_iter()
        .chain(sheet.below_each_other())
        .chain(sheet.under_bars());
    let mut found: Vec<Table> = Vec::new();
    for table in lists
        .filter_map(|contacts| sheet.table(&contacts))
        .filter(|table| !stands_under_days(grid, table.range))
        .take(MOST_LISTS)
    {
        if !found.iter().any(|known| known.range.overlaps(&table.range)) {
            found.push(table);
        }
    }
    found
}

/// Whether days stand beside each other over a list: then each column is one day's, though only
/// one of them may be filled.
fn stands_under_days(grid: &Grid, range: CellRange) -> bool {
    const REACH: u32 = 12;
    let first = range.first.row.saturating_sub(REACH);
    let mut rows = first..range.first.row;
    rows.any(|row| {
        let above = grid.row_within(row, range.first.col, u32::MAX).iter();
        let days = above.map(|&i| grid.block(i)).filter(|block| {
            let stored = block.stored.as_ref();
            block.range.first.row == row && stored.is_some_and(|it| is_day(&block.text, it))
        });
        days.count() > 1
    })
}

/// The names of contacts and the labels of their parts on a sheet.
struct Named<'a> {
    grid: &'a Grid,
    /// By first cell.
    names: BTreeMap<Cell, usize>,
    parts: BTreeMap<usize, Item>,
}

/// One contact: its name, and each part's label with what stands for it.
struct Contact {
    name: usize,
    parts: Vec<(usize, Item, Vec<usize>)>,
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
            } else if is_name(vocabulary, &block.text) {
                names.insert(block.range.first, i);
            }
        }
        Self { grid, names, parts }
    }

    fn range(&self, i: usize) -> CellRange {
        self.grid.block(i).range
    }

    /// Names that touch each other in one row, over the boxes of the parts that stand on their left.
    fn side_by_side(&self) -> Vec<Vec<Contact>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for &i in self.names.values() {
            let touches = |last: &usize| {
                let (left, right) = (self.range(*last), self.range(i));
                left.first.row == right.first.row
                    && left.last.col.checked_add(1) == Some(right.first.col)
            };
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(touches) => run.push(i),
                _ => runs.push(vec![i]),
            }
        }
        let runs = runs
            .into_iter()
            .filter(|run| (FEWEST..=MOST).contains(&run.len()));
        runs.map(|run| self.under(&run)).collect()
    }

    /// The contacts under a run of names.
    fn under(&self, run: &[usize]) -> Vec<Contact> {
        let Some(first) = run.first().map(|&i| self.range(i)) else {
            return Vec::new();
        };
        let mut rows: Vec<(usize, Item)> = Vec::new();
        let mut row = first.last.row.saturating_add(1);
        while let Some(part) = self.part_before(row, first.first.col)
            && rows.len() < MOST
        {
            rows.push(part);
            row = self.range(part.0).last.row.saturating_add(1);
        }
        let boxes = |name: usize, label: usize| {
            let (cols, rows) = (self.range(name), self.range(label));
            let rows = self.grid.rows_between(rows.first.row, rows.last.row);
            let begin = rows.flat_map(|row| {
                let here = self.grid.row_within(row, cols.first.col, cols.last.col);
                here.iter()
                    .filter(move |&&i| self.range(i).first.row == row)
            });
            let written = begin.filter(|&&i| self.grid.block(i).holds());
            written.copied().collect()
        };
        let contact = |&name: &usize| Contact {
            name,
            parts: rows
                .iter()
                .map(|&(label, item)| (label, item, boxes(name, label)))
                .collect(),
        };
        run.iter().map(contact).collect()
    }

    /// The label of a part that begins in `row` and ends right before a column.
    fn part_before(&self, row: u32, col: u32) -> Option<(usize, Item)> {
        let before = col.checked_sub(1)?;
        let mut here = self.grid.row_over(row, before, before);
        let label = here.find(|&i| self.range(i).first.row == row)?;
        Some((label, *self.parts.get(&label)?))
    }

    /// Names below each other, each with the labels of its parts in the rows on its right.
    fn below_each_other(&self) -> Vec<Vec<Contact>> {
        let mut runs: Vec<Vec<Contact>> = Vec::new();
        // The last one that begins in each column.
        let mut open: BTreeMap<u32, usize> = BTreeMap::new();
        for &name in self.names.values() {
            let Some(contact) = self.beside(name) else {
                continue;
            };
            let follows = |last: &Contact| {
                let (above, below) = (self.range(last.name), self.range(name));
                above.last.row.checked_add(1) == Some(below.first.row)
            };
            let col = self.range(name).first.col;
            let run = open.get(&col).and_then(|at| runs.get_mut(*at));
            match run.filter(|run| run.last().is_some_and(follows)) {
                Some(run) => run.push(contact),
                None => {
                    open.insert(col, runs.len());
                    runs.push(vec![contact]);
                }
            }
        }
        runs
    }

    /// The contact that a name opens, where the label of a part touches it.
    fn beside(&self, name: usize) -> Option<Contact> {
        let own = self.range(name);
        let from = own.last.col.checked_add(1)?;
        let mut parts: Vec<(usize, Item, Vec<usize>)> = Vec::new();
        for row in self.grid.rows_between(own.first.row, own.last.row) {
            let mut open = false;
            for &i in self.grid.row_within(row, from, u32::MAX) {
                let block = self.grid.block(i);
                if block.range.first.row != row {
                    continue;
                }
                match self.parts.get(&i) {
                    Some(item) => {
                        parts.push((i, *item, Vec::new()));
                        open = true;
                    }
                    None if !open => return None,
                    None if block.holds() => {
                        if let Some((_, _, boxes)) = parts.last_mut() {
                            boxes.push(i);
                        }
                    }
                    None => {}
                }
            }
        }
        let touches = parts
            .first()
            .is_some_and(|(i, _, _)| self.range(*i).first.col == from);
        (touches && parts.len() <= MOST).then_some(Contact { name, parts })
    }

    /// Names across the form, each over the boxes down to the next bar as wide.
    fn under_bars(&self) -> Vec<Vec<Contact>> {
        const NARROWEST: u32 = 3;
        let mut runs: Vec<Vec<Contact>> = Vec::new();
        for &name in self.names.values() {
            let bar = self.range(name);
            let here = self.grid.row_within(bar.first.row, 0, u32::MAX).iter();
            let is_alone = here
                .filter(|&&i| self.grid.block(i).stored.is_some())
                .count()
                == 1;
            if !is_alone || bar.last.col.saturating_sub(bar.first.col) + 1 < NARROWEST {
                continue;
            }
            let contact = self.under_bar(name);
            if contact.parts.iter().all(|part| part.1 != Item::Time) {
                continue;
            }
            let text = |contact: &Contact| squash(&self.grid.block(contact.name).text);
            // The first name again is the next day's.
            let goes_on = |run: &&mut Vec<Contact>| {
                let is_as_wide = run.iter().all(|one| {
                    let range = self.range(one.name);
                    (range.first.col, range.last.col) == (bar.first.col, bar.last.col)
                });
                is_as_wide && run.iter().all(|one| text(one) != text(&contact))
            };
            match runs.last_mut().filter(goes_on) {
                Some(run) => run.push(contact),
                None => runs.push(vec![contact]),
            }
        }
        runs
    }

    /// The contact under a bar. What stands at labels that are no part of it is another's.
    fn under_bar(&self, name: usize) -> Contact {
        const DEEPEST: u32 = 10;
        let bar = self.range(name);
        let (left, right) = (bar.first.col, bar.last.col);
        let mut parts: Vec<(usize, Item, Vec<usize>)> = Vec::new();
        let from = bar.last.row.saturating_add(1);
        for row in self.grid.rows_between(from, from.saturating_add(DEEPEST)) {
            let blocks = self.grid.row_within(row, left, right).iter();
            let begin = blocks.filter(|&&i| self.range(i).first.row == row);
            let mut open = false;
            for &i in begin {
                let block = self.grid.block(i);
                if block.stored.is_some()
                    && block.range.first.col == left
                    && block.range.last.col >= right
                {
                    return Contact { name, parts };
                }
                if let Some(item) = self.parts.get(&i) {
                    parts.push((i, *item, Vec::new()));
                    open = true;
                } else if looks_like_label(&block.text) {
                    open = false;
                } else if let Some((_, _, boxes)) =
                    parts.last_mut().filter(|_| open && block.holds())
                {
                    boxes.push(i);
                }
            }
        }
        Contact { name, parts }
    }

    /// The list that these contacts are; `None` where they are something else.
    fn table(&self, contacts: &[Contact]) -> Option<Table> {
        let mut names: Vec<String> = contacts
            .iter()
            .map(|contact| squash(&self.grid.block(contact.name).text))
            .collect();
        names.sort_unstable();
        names.dedup();
        let has_parts = |contact: &Contact| {
            let count = |item: Item| contact.parts.iter().filter(|part| part.1 == item).count();
            count(Item::Time) == 1 && count(Item::Support) == 1 && count(Item::Method) <= 1
        };
        let is_of_one_day = |contact: &Contact| {
            let times = contact.parts.iter().filter(|part| part.1 == Item::Time);
            let boxes = times.flat_map(|part| &part.2);
            boxes.filter(|i| is_time(self.grid.block(**i))).count() <= 1
        };
        let is_list = names.len() == contacts.len()
            && names.len() >= FEWEST
            && contacts.iter().all(|c| has_parts(c) && is_of_one_day(c));
        if !is_list {
            return None;
        }
        let blocks = contacts.iter().flat_map(|contact| {
            let parts = contact.parts.iter();
            let boxes = parts.flat_map(|(label, _, boxes)| boxes.iter().chain([label]));
            boxes.chain([&contact.name])
        });
        let range = blocks.map(|&i| self.range(i)).reduce(|a, b| {
            CellRange::new(
                Cell::new(a.first.row.min(b.first.row), a.first.col.min(b.first.col)),
                Cell::new(a.last.row.max(b.last.row), a.last.col.max(b.last.col)),
            )
        })?;
        let heads = contacts.iter().flat_map(|contact| {
            let labels = contact.parts.iter().map(|(label, _, _)| *label);
            labels.chain([contact.name])
        });
        let explained = heads.map(|i| (self.range(i), Role::Label)).collect();
        let lines = contacts.iter().map(|contact| self.line(contact)).collect();
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
            contacts: Some(super::rows::list(range, lines, true)?),
        })
    }

    /// A contact as a row of a list.
    fn line(&self, contact: &Contact) -> Line {
        let name = self.grid.block(contact.name);
        let at = name.range.first;
        let own = entry(String::new(), at, vec![word(name)]);
        let mut entries = BTreeMap::from([(Item::Usage, vec![own])]);
        for (label, item, boxes) in &contact.parts {
            let label = self.grid.block(*label);
            let words: Vec<Word> = boxes.iter().map(|&i| word(self.grid.block(i))).collect();
            let beside = Cell::new(
                label.range.first.row,
                label.range.last.col.saturating_add(1),
            );
            let home = words.first().map_or(beside, |word| word.cell);
            entries.insert(*item, vec![entry(label.text_in_short(), home, words)]);
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
    use crate::recognise::testing::{HEAD, recognised};

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

    fn said(form: &Form, item: Item) -> Vec<String> {
        let entries = form.entries.get(&item).into_iter().flatten();
        let text = |entry: &crate::recognise::form::Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            let words = words.collect::<Vec<_>>().join(" ");
            match item {
                Item::Contact => format!("{}:{words}", entry.label),
                _ => words,
            }
        };
        entries.map(text).collect()
    }

    fn is_whole(forms: &[Form], contacts: &[&str]) {
        assert_eq!(forms.len(), 1, "{forms:#?}");
        assert_eq!(said(&forms[0], Item::Contact), contacts);
        assert_eq!(said(&forms[0], Item::Time), ["10:00～15:00"]);
        assert_eq!(said(&forms[0], Item::Method), ["電話"]);
        assert_eq!(said(&forms[0], Item::Condition), ["良好"]);
        assert_eq!(said(&forms[0], Item::Recorder), ["坂本"]);
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
            stands_under_days(&Grid::of(&Sheet::of_texts("記録", dates)), list)
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
        let told = said(&wide[0], Item::Contact);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("9:55 作業を始める。"), "{told:?}");
        assert!(told[2].contains("15:00 作業を終える。"), "{told:?}");
        assert_eq!(said(&wide[0], Item::Condition).len(), 1);
        // In narrow cells they may be anything.
        assert!(said(&forms(&cells, &[])[0], Item::Contact).len() < 3);
    }
}
