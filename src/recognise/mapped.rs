//! Forms read by an explicit mapping: which cell, or which column, holds which item.
//!
//! For layouts that labels do not explain. Nothing is searched for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::explain::{explained_by_words, titles};
use super::fingerprint::labels_of;
use super::form::{Entry, Explained, Form, Word};
use super::grid::Grid;
use super::label::{inline_labels, labels, word};
use super::table::is_closing_line;
use super::vocabulary::{FormKind, Item, Vocabulary};
use crate::model::{Cell, CellRange, Ground, Grounds};
use crate::read::Sheet;

/// Where the items of one kind of form stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The kind of form.
    pub kind: FormKind,
    /// Items that a sheet has once, such as the user's name over a table.
    pub page: BTreeMap<Item, CellRange>,
    /// The items of a record.
    pub shape: Shape,
}

/// How records lie on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One record, or one wherever the same labels stand again further down.
    Cells {
        /// The cells of each item.
        cells: BTreeMap<Item, CellRange>,
        /// Whether there may be more than one.
        repeat: bool,
    },
    /// A record a row.
    Columns {
        /// The first and last column of each item, from zero.
        columns: BTreeMap<Item, (u32, u32)>,
        /// The columns of the days of the month, from the 1st on, one a day.
        days: Option<(u32, u32)>,
        /// The row of the headers, from zero.
        header_row: u32,
        /// The first row of records, from zero.
        first_row: u32,
    },
}

/// A sheet holds no more records than this.
const MOST_RECORDS: usize = 2_000;

/// The forms that `mappings` find on the sheet, and what is known of its other cells.
pub fn mapped(
    sheet: &Sheet,
    mappings: &[&Mapping],
    vocabulary: &Vocabulary,
) -> (Vec<Form>, Vec<Explained>) {
    let grid = Grid::of(sheet);
    let name: Arc<str> = sheet.name.as_str().into();
    let titles = titles(&grid, &labels(&grid, vocabulary), vocabulary);
    let legend = super::legend_lines(&grid);
    let mut forms = Vec::new();
    for (n, mapping) in mappings.iter().enumerate() {
        let reader = Reader {
            grid: &grid,
            vocabulary,
            mapping,
            sheet: &name,
            titles: &titles,
            legend: &legend,
            number: n,
        };
        reader.forms(&mut forms);
    }
    // Two mappings may repeat onto the same record; the first one has it.
    let mut seen = BTreeSet::new();
    forms.retain(|form| seen.insert((form.kind, form.at)));
    (forms, explained_by_words(&grid, &name, vocabulary))
}

struct Reader<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    mapping: &'a Mapping,
    sheet: &'a Arc<str>,
    titles: &'a [(usize, Cell, FormKind)],
    legend: &'a str,
    number: usize,
}

impl Reader<'_> {
    fn forms(&self, forms: &mut Vec<Form>) {
        let page = &self.mapping.page;
        match &self.mapping.shape {
            Shape::Cells { cells, repeat } => {
                let Some(left) = cells.values().map(|range| range.first.col).min() else {
                    return;
                };
                let pages = self.places(page, &BTreeMap::new(), *repeat);
                for top in self.places(cells, page, *repeat) {
                    let down = top - top_of(cells);
                    // A record belongs to the page that begins last above it.
                    let first_page = top_of(page);
                    let page_at = pages.iter().rfind(|at| **at <= top);
                    let page_down = page_at.map_or(0, |at| at - first_page);
                    let mut entries = self.entries(page, page_down);
                    entries.extend(self.entries(cells, down));
                    forms.push(self.form(Cell::new(top, left), entries, Vec::new(), None));
                }
            }
            Shape::Columns {
                columns,
                days,
                first_row,
                ..
            } => {
                let page = self.entries(page, 0);
                self.lines(columns, *days, *first_row, &page, forms);
            }
        }
    }

    /// The rows at which these cells begin: their own, and those at which the same labels
    /// stand around them again.
    fn places(
        &self,
        cells: &BTreeMap<Item, CellRange>,
        others: &BTreeMap<Item, CellRange>,
        repeat: bool,
    ) -> Vec<u32> {
        let top = top_of(cells);
        let labels = |down: u32| {
            let here = cells
                .iter()
                .map(|(item, range)| (*item, lowered(*range, down)));
            labels_of(self.grid, &here.collect(), others)
        };
        let mut places = vec![top];
        if !repeat || cells.is_empty() {
            return places;
        }
        let own = labels(0);
        if own.iter().all(|(_, label)| label.is_none()) {
            return places;
        }
        let rows = self
            .grid
            .rows_between(top.saturating_add(1), self.grid.last_row());
        places.extend(
            rows.filter(|row| labels(row - top) == own)
                .take(MOST_RECORDS),
        );
        places
    }

    fn entries(&self, cells: &BTreeMap<Item, CellRange>, down: u32) -> BTreeMap<Item, Vec<Entry>> {
        let entry = |(item, range): (&Item, &CellRange)| {
            (*item, vec![self.entry(*item, lowered(*range, down))])
        };
        cells.iter().map(entry).collect()
    }

    fn lines(
        &self,
        columns: &BTreeMap<Item, (u32, u32)>,
        days: Option<(u32, u32)>,
        first_row: u32,
        page: &BTreeMap<Item, Vec<Entry>>,
        forms: &mut Vec<Form>,
    ) {
        let left = columns.values().map(|(first, _)| *first).min().unwrap_or(0);
        let keyed = |item: &Item| matches!(item, Item::Name | Item::CertificateNumber | Item::Date);
        let mut count = 0;
        for row in self.grid.rows_between(first_row, self.grid.last_row()) {
            if is_closing_line(self.grid, self.grid.row(row)) {
                continue;
            }
            let own: BTreeMap<Item, Entry> = columns
                .iter()
                .map(|(item, (from, to))| {
                    let range = CellRange::new(Cell::new(row, *from), Cell::new(row, *to));
                    (*item, self.entry_beginning_in(*item, range))
                })
                .collect();
            let marks = days.map(|days| self.days(row, days)).unwrap_or_default();
            let keys = own.iter().filter(|(item, _)| keyed(item));
            let mut keys = keys.flat_map(|(_, entry)| &entry.words).peekable();
            let has_key = keys.peek().is_some();
            // Where the names of items begin, another form does.
            if keys.any(|word| self.is_known(&word.text)) {
                return;
            }
            if !has_key {
                // What stands under a line without a name or date of its own goes on from it.
                if let Some(previous) = forms.last_mut().filter(|_| count > 0) {
                    for (item, entry) in own {
                        let into = previous.entries.get_mut(&item).and_then(|e| e.first_mut());
                        if let Some(into) = into {
                            into.words.extend(entry.words);
                        }
                    }
                }
                continue;
            }
            let mut entries = page.clone();
            entries.extend(own.into_iter().map(|(item, entry)| (item, vec![entry])));
            forms.push(self.form(Cell::new(row, left), entries, marks, Some(self.number)));
            count += 1;
            if count >= MOST_RECORDS {
                return;
            }
        }
    }

    fn is_known(&self, text: &str) -> bool {
        self.vocabulary.meanings(text).is_some() || self.vocabulary.heading(text).is_some()
    }

    fn form(
        &self,
        at: Cell,
        entries: BTreeMap<Item, Vec<Entry>>,
        days: Vec<(u32, Word)>,
        table: Option<usize>,
    ) -> Form {
        let above = self.titles.iter().rfind(|(_, cell, _)| *cell <= at);
        let title = above.map(|(block, _, _)| self.grid.block(*block).text.clone());
        Form {
            kind: self.mapping.kind,
            sheet: self.sheet.clone(),
            at,
            entries,
            days,
            title: title.unwrap_or_default(),
            legend: self.legend.to_owned(),
            table,
        }
    }

    fn days(&self, row: u32, (first, last): (u32, u32)) -> Vec<(u32, Word)> {
        let days = (first..=last).zip(1..=31);
        days.filter_map(|(col, day)| {
            let cell = CellRange::single(Cell::new(row, col));
            let written = self.words(cell, |block| block.first == cell.first);
            Some((day, written.into_iter().next()?))
        })
        .collect()
    }

    fn entry(&self, item: Item, range: CellRange) -> Entry {
        self.entry_of(item, range, |block| block.overlaps(&range))
    }

    /// As [`Self::entry`], without what reaches in from a row above.
    fn entry_beginning_in(&self, item: Item, range: CellRange) -> Entry {
        self.entry_of(item, range, |block| range.contains(block.first))
    }

    fn entry_of(&self, item: Item, range: CellRange, of: impl Fn(&CellRange) -> bool) -> Entry {
        let words = self.words(range, of);
        let words = words
            .into_iter()
            .map(|word| self.without_label(item, word))
            .collect();
        Entry {
            home: range.first,
            words,
            grounds: Grounds::from_iter([Ground::Mapped]),
        }
    }

    fn words(&self, range: CellRange, of: impl Fn(&CellRange) -> bool) -> Vec<Word> {
        let rows = self.grid.rows_between(range.first.row, range.last.row);
        let mut blocks: Vec<usize> = rows
            .flat_map(|row| self.grid.row(row).iter().copied())
            .filter(|&i| self.grid.block(i).holds() && of(&self.grid.block(i).range))
            .collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
            .into_iter()
            .map(|i| word(self.grid.block(i)))
            .collect()
    }

    /// The value alone, where the cell is `氏名：山田`.
    fn without_label(&self, item: Item, word: Word) -> Word {
        let block = self.grid.blocks().iter().position(|block| {
            block.range.first == word.cell && block.stored.is_some() && block.text == word.text
        });
        let Some(block) = block else { return word };
        let labels = inline_labels(block, self.grid.block(block), self.vocabulary);
        let own = labels
            .into_iter()
            .find(|label| label.item(self.mapping.kind) == Some(item));
        own.and_then(|label| label.inline?.into_iter().next())
            .unwrap_or(word)
    }
}

fn top_of(cells: &BTreeMap<Item, CellRange>) -> u32 {
    let rows = cells.values().map(|range| range.first.row);
    rows.min().unwrap_or(0)
}

fn lowered(range: CellRange, rows: u32) -> CellRange {
    let lower = |cell: Cell| Cell::new(cell.row.saturating_add(rows), cell.col);
    CellRange::new(lower(range.first), lower(range.last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{SheetCell, Stored};

    fn sheet(cells: &[(&str, &str)]) -> Sheet {
        let cell = |(at, text): &(&str, &str)| {
            let content = SheetCell {
                stored: Stored::Text((*text).to_owned()),
                shown: (*text).to_owned(),
                struck: false,
            };
            (Cell::parse(at).unwrap(), content)
        };
        Sheet {
            name: "日誌".to_owned(),
            cells: cells.iter().map(cell).collect(),
            ..Sheet::default()
        }
    }

    fn ranges(items: &[(Item, &str)]) -> BTreeMap<Item, CellRange> {
        let range = |(item, text): &(Item, &str)| (*item, CellRange::parse(text).unwrap());
        items.iter().map(range).collect()
    }

    fn texts(forms: &[Form], item: Item) -> Vec<String> {
        let text = |form: &Form| {
            let words = form.entries[&item].iter().flat_map(|entry| &entry.words);
            words.map(|w| w.text.as_str()).collect::<Vec<_>>().join("/")
        };
        forms.iter().map(text).collect()
    }

    fn read(sheet: &Sheet, mapping: &Mapping) -> Vec<Form> {
        mapped(sheet, &[mapping], Vocabulary::builtin()).0
    }

    fn pages(repeat: bool) -> Mapping {
        Mapping {
            kind: FormKind::Daily,
            page: ranges(&[(Item::Name, "B1")]),
            shape: Shape::Cells {
                cells: ranges(&[(Item::Date, "B2"), (Item::Support, "B3:C3")]),
                repeat,
            },
        }
    }

    const TWO_DAYS: [(&str, &str); 12] = [
        ("A1", "だれ"),
        ("B1", "石田"),
        ("A2", "いつ"),
        ("B2", "9/1"),
        ("A3", "なに"),
        ("B3", "開始"),
        ("C3", "終了"),
        ("A6", "いつ"),
        ("B6", "9/2"),
        ("A7", "なに"),
        ("B7", "再び"),
        ("A9", "いつか"),
    ];

    #[test]
    fn cells_are_read_where_they_are_said_to_be() {
        let forms = read(&sheet(&TWO_DAYS), &pages(false));
        assert_eq!(texts(&forms, Item::Date), ["9/1"]);
        assert_eq!(texts(&forms, Item::Support), ["開始/終了"]);
        assert_eq!(texts(&forms, Item::Name), ["石田"]);
        assert!(
            forms[0].entries[&Item::Date][0]
                .grounds
                .contains(Ground::Mapped)
        );
    }

    #[test]
    fn a_record_repeats_where_its_labels_do_and_nowhere_else() {
        let forms = read(&sheet(&TWO_DAYS), &pages(true));
        assert_eq!(texts(&forms, Item::Date), ["9/1", "9/2"]);
        assert_eq!(texts(&forms, Item::Name), ["石田", "石田"]);
    }

    #[test]
    fn a_label_in_the_cell_itself_is_no_part_of_the_value() {
        let mapping = Mapping {
            kind: FormKind::Daily,
            page: BTreeMap::new(),
            shape: Shape::Cells {
                cells: ranges(&[(Item::Name, "A1"), (Item::Recorder, "A2")]),
                repeat: false,
            },
        };
        let sheet = sheet(&[("A1", "氏名：石田　陽子"), ("A2", "10:00 原")]);
        let forms = read(&sheet, &mapping);
        assert_eq!(texts(&forms, Item::Name), ["石田　陽子"]);
        assert_eq!(texts(&forms, Item::Recorder), ["10:00 原"]);
    }

    #[test]
    fn lines_are_read_down_to_the_next_form() {
        let mapping = Mapping {
            kind: FormKind::Listing,
            page: BTreeMap::new(),
            shape: Shape::Columns {
                columns: [(Item::Name, (0, 0)), (Item::HomeDays, (4, 4))].into(),
                days: Some((1, 3)),
                header_row: 0,
                first_row: 1,
            },
        };
        let sheet = sheet(&[
            ("A1", "だれ"),
            ("A2", "石田"),
            ("B2", "○"),
            ("D2", "×"),
            ("E2", "1"),
            ("A3", "原"),
            ("A4", "合計"),
            ("E4", "1"),
            ("A6", "評価日"),
            ("A7", "9/5"),
        ]);
        let forms = read(&sheet, &mapping);
        assert_eq!(texts(&forms, Item::Name), ["石田", "原"]);
        let marks: Vec<(u32, &str)> = forms[0]
            .days
            .iter()
            .map(|(day, word)| (*day, word.text.as_str()))
            .collect();
        assert_eq!(marks, [(1, "○"), (3, "×")]);
    }
}
