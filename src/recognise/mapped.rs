//! Forms read by an explicit mapping: which cell, or which column, holds which item.
//!
//! For layouts that labels do not explain. Nothing is searched for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::around::Around;
use super::columns::Columns;
use super::explain::{explained_by_words, titles};
use super::fingerprint::{Places, labels_of};
use super::form::{Entry, Explained, Form, Laid, Word};
use super::grid::Grid;
use super::item::{FormKind, Item};
use super::label::{Label, LabelBlocks, inline_labels, labels, word};
use super::lines::lines;
use super::vocabulary::Vocabulary;
use crate::model::{Cell, CellRange, Ground, Grounds};
use crate::read::Sheet;

/// Where the items of one kind of form stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The kind of form.
    pub kind: FormKind,
    /// Items that a sheet has once, such as the user's name over a table.
    pub page: Places,
    /// The items of a record.
    pub shape: Shape,
}

/// How records lie on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One record, or one wherever the same labels stand again further down.
    Cells {
        /// The cells of each item.
        cells: Places,
        /// Whether there may be more than one.
        repeat: bool,
    },
    /// A record a line.
    Lines(Columns),
}

/// A sheet holds no more records than this.
const MOST_RECORDS: usize = 2_000;

/// What mappings make of one sheet.
pub struct Mapped {
    /// The forms, mapping by mapping.
    pub forms: Vec<Form>,
    /// How the tables are divided whose lines are forms.
    pub tables: Vec<Laid>,
    /// What is known of the other cells.
    pub explained: Vec<Explained>,
}

/// What `mappings` make of the sheet.
pub fn mapped(sheet: &Sheet, mappings: &[&Mapping], vocabulary: &Vocabulary) -> Mapped {
    let grid = Grid::of(sheet);
    let name: Arc<str> = sheet.name.as_str().into();
    let labels = labels(&grid, vocabulary);
    let titles = titles(&grid, &labels, vocabulary);
    let around = Around {
        grid: &grid,
        sheet: &name,
        labels: &labels,
    };
    let reader = Reader {
        grid: &grid,
        vocabulary,
        sheet: &name,
        labels: &labels,
        around,
        titles: &titles,
        legend: super::legend_lines(&grid).into(),
    };
    let mut found = Vec::new();
    let (mut tables, mut explained) = (Vec::new(), Vec::new());
    for (n, mapping) in mappings.iter().enumerate() {
        match &mapping.shape {
            Shape::Cells { cells, repeat } => {
                reader.records(mapping, cells, *repeat, &mut found, &mut explained);
            }
            Shape::Lines(columns) => {
                reader.lines(mapping, columns, n, &mut found, &mut explained);
                tables.push(Laid {
                    sheet: name.clone(),
                    table: n,
                    columns: Some(columns.clone()),
                });
            }
        }
    }
    let mut forms = reader.begun(found);
    // Two mappings may repeat onto the same record; the first one has it.
    let mut seen = BTreeSet::new();
    forms.retain(|form| seen.insert((form.kind, form.at)));
    explained.extend(explained_by_words(&grid, &name, vocabulary));
    Mapped {
        forms,
        tables,
        explained,
    }
}

/// A form, and where the items begin that it shares with others of the page.
struct Found {
    form: Form,
    page: Option<Cell>,
}

struct Reader<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    sheet: &'a Arc<str>,
    labels: &'a [Label],
    around: Around<'a>,
    titles: &'a [(usize, Cell, FormKind)],
    legend: Arc<str>,
}

impl Reader<'_> {
    fn records(
        &self,
        mapping: &Mapping,
        cells: &Places,
        repeat: bool,
        found: &mut Vec<Found>,
        explained: &mut Vec<Explained>,
    ) {
        let Some(first) = corner_of(cells) else {
            return;
        };
        let page = &mapping.page;
        let first_page = corner_of(page).map_or(0, |cell| cell.row);
        let pages = self.places(page, &Places::new(), repeat);
        for top in self.places(cells, page, repeat) {
            let down = top - first.row;
            // A record belongs to the page that begins last above it.
            let page_at = pages.iter().rfind(|at| **at <= top).copied();
            let page_down = page_at.map_or(0, |at| at - first_page);
            let at = self.around.beginning(&all_lowered(cells, down));
            let mut entries = self.entries(mapping.kind, page, page_down);
            entries.extend(self.entries(mapping.kind, cells, down));
            let at = self
                .around
                .headed(mapping.kind, at.unwrap_or(Cell::new(top, first.col)));
            for places in [all_lowered(cells, down), all_lowered(page, page_down)] {
                explained.extend(self.around.names(&places));
            }
            found.push(Found {
                form: self.form(mapping.kind, at, entries),
                page: self.around.beginning(&all_lowered(page, page_down)),
            });
        }
    }

    /// The forms; the first record of a page begins with the page.
    fn begun(&self, found: Vec<Found>) -> Vec<Form> {
        let mut firsts: BTreeMap<Cell, Cell> = BTreeMap::new();
        for Found { form, page } in &found {
            if let Some(page) = page {
                let first = firsts.entry(*page).or_insert(form.at);
                *first = form.at.min(*first);
            }
        }
        let begun = |Found { form, page }: Found| {
            let page = page.filter(|page| {
                form.table.is_none() && *page < form.at && firsts.get(page) == Some(&form.at)
            });
            match page {
                Some(page) => Form {
                    at: self.around.headed(form.kind, page),
                    title: self.title(page),
                    ..form
                },
                None => form,
            }
        };
        found.into_iter().map(begun).collect()
    }

    /// The rows at which these cells begin: their own, and those at which the same labels
    /// stand around them again.
    fn places(&self, cells: &Places, others: &Places, repeat: bool) -> Vec<u32> {
        let top = corner_of(cells).map_or(0, |cell| cell.row);
        let labels = |down: u32| labels_of(self.grid, &all_lowered(cells, down), others);
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

    fn entries(&self, kind: FormKind, cells: &Places, down: u32) -> BTreeMap<Item, Vec<Entry>> {
        let entries = |(item, ranges): (&Item, &Vec<CellRange>)| {
            let entries = ranges
                .iter()
                .map(|range| self.entry(kind, *item, lowered(*range, down)));
            (*item, entries.collect())
        };
        cells.iter().map(entries).collect()
    }

    fn entry(&self, kind: FormKind, item: Item, range: CellRange) -> Entry {
        let blocks = self.blocks(range);
        let mut boxes = blocks.iter().map(|&i| self.grid.block(i));
        // A check box lies beside the box that it is for.
        let home = boxes.find(|block| block.tick.is_none() && range.contains(block.range.first));
        let words = blocks.iter().map(|&i| self.grid.block(i));
        let words = words.filter(|block| block.holds()).map(word);
        Entry {
            label: self.around.label(range).unwrap_or_default(),
            home: home.map_or(range.first, |block| block.range.first),
            words: words
                .map(|word| self.without_label(kind, item, word))
                .collect(),
            grounds: Grounds::from_iter([Ground::Mapped]),
        }
    }

    /// The boxes that reach into the cells, empty ones too.
    fn blocks(&self, range: CellRange) -> Vec<usize> {
        let rows = self.grid.rows_between(range.first.row, range.last.row);
        let mut blocks: Vec<usize> = rows
            .flat_map(|row| self.grid.row(row).iter().copied())
            .filter(|&i| self.grid.block(i).range.overlaps(&range))
            .collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }

    /// The value alone, where the cell is `氏名：山田`.
    fn without_label(&self, kind: FormKind, item: Item, word: Word) -> Word {
        let block = self.grid.blocks().iter().position(|block| {
            block.range.first == word.cell && block.stored.is_some() && block.text == word.text
        });
        let Some(block) = block else { return word };
        let labels = inline_labels(block, self.grid.block(block), self.vocabulary);
        let own = labels
            .into_iter()
            .find(|label| label.item(kind) == Some(item));
        own.and_then(|label| label.inline?.into_iter().next())
            .unwrap_or(word)
    }

    fn lines(
        &self,
        mapping: &Mapping,
        columns: &Columns,
        number: usize,
        found: &mut Vec<Found>,
        explained: &mut Vec<Explained>,
    ) {
        let turned = columns.sideways.then(|| self.grid.transposed());
        let grid = turned.as_ref().unwrap_or(self.grid);
        let header = columns.header(mapping.kind, grid);
        let Some(mut table) = lines(
            grid,
            &LabelBlocks::of(self.labels),
            self.vocabulary,
            &header,
        ) else {
            return;
        };
        if columns.sideways {
            table.turn();
        }
        explained.extend(table.explained.iter().map(|(range, role)| Explained {
            sheet: self.sheet.clone(),
            range: *range,
            role: *role,
        }));
        let page = self.entries(mapping.kind, &mapping.page, 0);
        let page_at = self.around.beginning(&mapping.page);
        explained.extend(self.around.names(&mapping.page));
        for line in table.lines.into_iter().take(MOST_RECORDS) {
            let mut entries = page.clone();
            entries.extend(line.entries.into_iter().map(|(item, mut entries)| {
                for entry in &mut entries {
                    entry.grounds = Grounds::from_iter([Ground::Mapped]);
                }
                (item, entries)
            }));
            found.push(Found {
                form: Form {
                    days: line.days,
                    table: Some(number),
                    ..self.form(mapping.kind, line.at, entries)
                },
                page: page_at,
            });
        }
    }

    fn title(&self, at: Cell) -> String {
        let above = self.titles.iter().rfind(|(_, cell, _)| *cell <= at);
        let title = above.map(|(block, _, _)| self.grid.block(*block).text.clone());
        title.unwrap_or_default()
    }

    fn form(&self, kind: FormKind, at: Cell, entries: BTreeMap<Item, Vec<Entry>>) -> Form {
        Form {
            kind,
            sheet: self.sheet.clone(),
            at,
            entries,
            days: Vec::new(),
            title: self.title(at),
            legend: match kind {
                FormKind::Listing => self.legend.clone(),
                _ => "".into(),
            },
            table: None,
            unread: None,
        }
    }
}

/// The first row and the first column of all.
fn corner_of(cells: &Places) -> Option<Cell> {
    let ranges = || cells.values().flatten();
    let row = ranges().map(|range| range.first.row).min()?;
    let col = ranges().map(|range| range.first.col).min()?;
    Some(Cell::new(row, col))
}

fn all_lowered(cells: &Places, rows: u32) -> Places {
    let lowered = |range: &CellRange| lowered(*range, rows);
    let all = cells.iter();
    all.map(|(item, ranges)| (*item, ranges.iter().map(lowered).collect()))
        .collect()
}

fn lower(cell: Cell, rows: u32) -> Cell {
    Cell::new(cell.row.saturating_add(rows), cell.col)
}

fn lowered(range: CellRange, rows: u32) -> CellRange {
    CellRange::new(lower(range.first, rows), lower(range.last, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(&str, &str)]) -> Sheet {
        Sheet::of_texts("日誌", cells)
    }

    fn ranges(items: &[(Item, &str)]) -> Places {
        let range = |(item, text): &(Item, &str)| (*item, vec![CellRange::parse(text).unwrap()]);
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
        mapped(sheet, &[mapping], Vocabulary::builtin()).forms
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
            shape: Shape::Lines(Columns {
                columns: [(Item::Name, vec![(0, 0)]), (Item::HomeDays, vec![(4, 4)])].into(),
                days: Some((1, 3)),
                header: 0,
                first: 1,
                sideways: false,
            }),
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
            .map(|day| (day.day, day.word.text.as_str()))
            .collect();
        assert_eq!(marks, [(1, "○"), (3, "×")]);
    }
}
