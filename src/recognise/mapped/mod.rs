//! Forms read by an explicit mapping: which cell, or which column, holds which item.
//!
//! For layouts that labels do not explain. Nothing is searched for but where the same stands
//! again.

pub mod around;
mod beside;
pub mod boxes;
mod contacts;
pub mod halves;
pub mod in_lines;
pub mod landmarks;
pub mod pages;
mod parts;
pub mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::around::Around;
use self::boxes::{name_weekday, united};
use self::halves::joined;
use self::landmarks::{Landmarks, Places};
use self::pages::{MOST_RECORDS, Pages, again, all_lowered, corner_of};
use self::parts::{by_turns, paired};
use self::text::{Share, share};
use crate::model::{Cell, CellRange, Ground, Grounds};
use crate::read::Sheet;
use crate::recognise::explain::explained_by_words;
use crate::recognise::form::{Entry, Explained, Form, Laid, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, LabelBlocks, labels, word};
use crate::recognise::table::beside_days;
use crate::recognise::table::columns::Columns;
use crate::recognise::table::lines::{Line, lines};
use crate::recognise::titles::Titles;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Where the items of one kind of form stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The kind of form.
    pub kind: FormKind,
    /// Items that several records share, such as the user's name over a table.
    pub page: Places,
    /// The items of a record.
    pub shape: Shape,
    /// Whether the same may stand again further down.
    pub repeat: bool,
    /// The item without which there is no record.
    pub only_if: Option<Item>,
    /// Whether the boxes of contacts are those of a time and of a text by turns.
    pub contacts_in_parts: bool,
}

/// How records lie on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One record: the cells of each item.
    Cells(Places),
    /// A record a line.
    Lines(Columns),
}

/// What mappings make of one sheet.
pub struct Mapped {
    /// The forms, mapping by mapping.
    pub forms: Vec<Form>,
    /// How the tables are divided whose lines are forms.
    pub tables: Vec<Laid>,
    /// What is known of the other cells.
    pub explained: Vec<Explained>,
    /// What each mapping holds of the sheet, whether or not it made a record of it.
    pub claims: Vec<Claim>,
    /// The mappings, by their number, whose days of the month are not those that are printed
    /// over the columns.
    pub renumbered: BTreeSet<usize>,
}

impl Mapping {
    /// Whether it says where the item of a record stands.
    pub fn places_item(&self, item: Item) -> bool {
        match &self.shape {
            Shape::Cells(cells) => cells.contains_key(&item),
            Shape::Lines(columns) => columns.columns.contains_key(&item),
        }
    }

    /// One entry for all boxes of `item`, or one for each where it repeats.
    fn united(&self, item: Item, entries: Vec<Entry>) -> Vec<Entry> {
        match item {
            Item::Contact if self.contacts_in_parts => entries,
            _ => united(item, entries),
        }
    }

    /// Whether it says where the days of the month stand.
    pub fn has_days(&self) -> bool {
        matches!(&self.shape, Shape::Lines(columns) if columns.days.is_some())
    }
}

/// The part of a sheet that one record or one table of a mapping is read from.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The mapping, by its number among those of the sheet.
    pub mapping: usize,
    /// Its kind of form.
    pub kind: FormKind,
    /// From its first cell to its last.
    pub area: CellRange,
    /// The cells of its items, those aside that records share.
    pub cells: Vec<CellRange>,
}

/// What `mappings` make of the sheet.
pub fn mapped(sheet: &Sheet, mappings: &[&Mapping], vocabulary: &Vocabulary) -> Mapped {
    let grid = Grid::of(sheet);
    let labels = labels(&grid, vocabulary);
    let titles = Titles::of(&grid, &labels, vocabulary, "");
    let name: Arc<str> = sheet.name.as_str().into();
    let mut reader = Reader::of(&grid, &name, &labels, &titles, vocabulary);
    for (number, mapping) in mappings.iter().enumerate() {
        reader.mapping = number;
        match &mapping.shape {
            Shape::Cells(cells) => reader.records(mapping, cells),
            Shape::Lines(columns) => reader.tables(mapping, columns, sheet),
        }
    }
    let Reader {
        found,
        tables,
        mut explained,
        claims,
        renumbered,
        around,
        ..
    } = reader;
    let mut forms = begun(found, &around, &|at| titles.text_above(&grid, at));
    // Two mappings may repeat onto the same record; the first one has it.
    let mut seen = BTreeSet::new();
    forms.retain(|form| seen.insert((form.kind, form.at)));
    let forms = joined(forms, &tables);
    explained.extend(explained_by_words(&grid, &name, vocabulary));
    Mapped {
        forms,
        tables,
        explained,
        claims,
        renumbered,
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
    titles: &'a Titles,
    found: Vec<Found>,
    tables: Vec<Laid>,
    explained: Vec<Explained>,
    claims: Vec<Claim>,
    renumbered: BTreeSet<usize>,
    /// The mapping that is read by, by its number.
    mapping: usize,
}

impl<'a> Reader<'a> {
    fn of(
        grid: &'a Grid,
        sheet: &'a Arc<str>,
        labels: &'a [Label],
        titles: &'a Titles,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        Self {
            grid,
            vocabulary,
            sheet,
            labels,
            around: Around {
                grid,
                sheet,
                labels,
            },
            titles,
            found: Vec::new(),
            tables: Vec::new(),
            explained: Vec::new(),
            claims: Vec::new(),
            renumbered: BTreeSet::new(),
            mapping: 0,
        }
    }

    fn records(&mut self, mapping: &Mapping, cells: &Places) {
        let Some(first) = corner_of(cells) else {
            return;
        };
        let downs = match mapping.repeat {
            true => again(self.grid, cells, &mapping.page),
            false => vec![0],
        };
        let pages = Pages::of(self.grid, &mapping.page, mapping.repeat);
        for down in downs {
            let own = all_lowered(cells, down);
            let page = pages.of_record(first.row, down);
            let mut entries = self.entries(mapping, &page);
            entries.extend(self.entries(mapping, &own));
            let lone = mapping.contacts_in_parts.then(|| paired(&mut entries));
            let top = Cell::new(first.row.saturating_add(down), first.col);
            let at = self.around.beginning(&own).unwrap_or(top);
            let at = self.around.headed(mapping.kind, at);
            for places in [&own, &page] {
                self.explained.extend(self.around.names(places));
            }
            self.claim(mapping.kind, own.values().flatten().copied().collect());
            let form = Form {
                unread: lone.flatten(),
                ..self.form(mapping.kind, at, entries)
            };
            self.keep(mapping, form, &page);
        }
    }

    /// Notes whose the cells are.
    fn claim(&mut self, kind: FormKind, cells: Vec<CellRange>) {
        if let Some(area) = cells.iter().copied().reduce(|a, b| a.with(b)) {
            self.claims.push(Claim {
                mapping: self.mapping,
                kind,
                area,
                cells,
            });
        }
    }

    /// Takes the form unless it lacks what makes it a record.
    fn keep(&mut self, mapping: &Mapping, form: Form, page: &Places) {
        let is_filled = |item: Item| {
            let entries = form.entries.get(&item).into_iter().flatten();
            entries.flat_map(|entry| &entry.words).any(is_answered)
        };
        if mapping.only_if.is_none_or(is_filled) {
            let page = self.around.beginning(page);
            self.found.push(Found { form, page });
        }
    }

    fn entries(&self, mapping: &Mapping, cells: &Places) -> BTreeMap<Item, Vec<Entry>> {
        let entries = |(item, ranges): (&Item, &Vec<CellRange>)| {
            let entries = ranges.iter();
            let entries = entries.map(|range| self.entry(mapping.kind, *item, *range));
            (*item, mapping.united(*item, entries.collect()))
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
        let mut words = self.values(kind, item, words.collect());
        if matches!(item, Item::HomeWeekdays | Item::CommuteWeekdays) {
            name_weekday(self.grid, range, &mut words);
        }
        Entry {
            grounds: Grounds::from_iter([Ground::Mapped]),
            ..Entry::new(
                self.around.label(range).unwrap_or_default(),
                home.map_or(range.first, |block| block.range.first),
                words,
            )
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

    /// The words without the item's name, where it stands in the same cell.
    fn values(&self, kind: FormKind, item: Item, words: Vec<Word>) -> Vec<Word> {
        let value = |word: Word| {
            if word.stored.is_none() {
                return Some(word);
            }
            let at = word.cell;
            let mut there = self.grid.row_within(at.row, at.col, at.col).iter().copied();
            let block = there.find(|&i| {
                let block = self.grid.block(i);
                block.stored.is_some() && block.range.first == at && block.text == word.text
            });
            let own = |label: &&Label| Some(label.block) == block && label.inline.is_some();
            let labels: Vec<&Label> = self.labels.iter().filter(own).collect();
            match share(&word.text, &labels, (kind, item), self.vocabulary) {
                Share::Whole => Some(word),
                Share::Part(text) if text == word.text => Some(word),
                Share::Nothing => None,
                Share::Part(text) => Some(Word {
                    text,
                    stored: None,
                    ..word
                }),
            }
        };
        words.into_iter().filter_map(value).collect()
    }

    /// The table, and those below it with the same heads where it repeats.
    fn tables(&mut self, mapping: &Mapping, columns: &Columns, sheet: &Sheet) {
        let alone = Mapping {
            page: Places::new(),
            ..mapping.clone()
        };
        let heads = Landmarks::of(&alone, sheet);
        let top = columns.top();
        let mut downs = vec![0];
        if mapping.repeat {
            let rows = self.grid.rows_between(top + 1, self.grid.last_row());
            let rows = rows.map(|row| row - top);
            let again = rows.filter(|down| heads.stand_lower(self.grid, *down));
            downs.extend(again.take(MOST_RECORDS));
        }
        let pages = Pages::of(self.grid, &mapping.page, mapping.repeat);
        let page_top = corner_of(&mapping.page).map_or(top, |cell| cell.row.min(top));
        let turned = columns.sideways.then(|| self.grid.transposed());
        if columns.is_misnumbered(turned.as_ref().unwrap_or(self.grid)) {
            self.renumbered.insert(self.mapping);
        }
        for (n, down) in downs.iter().enumerate() {
            let next = downs.get(n + 1).map(|next| page_top.saturating_add(*next));
            let page = pages.of_record(top, *down);
            self.lines(mapping, &columns.lowered(*down), &page, next);
        }
    }

    /// The lines of one table, above the row in which the `next` one begins.
    fn lines(&mut self, mapping: &Mapping, columns: &Columns, page: &Places, next: Option<u32>) {
        let turned = columns.sideways.then(|| self.grid.transposed());
        let grid = turned.as_ref().unwrap_or(self.grid);
        let columns = &columns.renumbered(grid);
        let mut header = columns.header(mapping.kind, grid);
        header.contacts = contacts::told(grid, self.vocabulary, &header);
        let blocks = LabelBlocks::of(&self.labels_beside(columns));
        if columns.sideways {
            header.beside = beside_days::rows(grid, &blocks, &header);
        }
        let Some(mut table) = lines(grid, &blocks, self.vocabulary, &header) else {
            return;
        };
        if columns.sideways {
            table.turn();
        }
        let is_own = |row: u32| next.is_none_or(|next| row < next);
        let explained = table.explained.iter().map(|(range, role)| Explained {
            sheet: self.sheet.clone(),
            range: *range,
            role: *role,
        });
        self.explained.extend(explained);
        self.explained.extend(self.around.names(page));
        let last = next.map_or(table.range.last.row, |next| {
            table.range.last.row.min(next.saturating_sub(1))
        });
        self.claim(mapping.kind, columns.cells(table.range, last));
        let shared = self.entries(mapping, page);
        if let Some(list) = table.contacts {
            let form = self.day_of(mapping.kind, list, shared, next);
            self.keep(mapping, form, page);
            return;
        }
        let number = self.tables.len();
        self.tables.push(Laid {
            sheet: self.sheet.clone(),
            table: number,
            columns: Some(columns.clone()),
        });
        let legend = self.legend(mapping.kind, columns);
        let lines = table.lines.into_iter().take(MOST_RECORDS);
        for mut line in lines.take_while(|line| is_own(line.at.row)) {
            let mut entries = shared.clone();
            for (item, own) in std::mem::take(&mut line.entries) {
                let own = own.into_iter().map(|mut entry| {
                    entry.words.retain(|word| is_own(word.cell.row));
                    Entry {
                        words: self.values(mapping.kind, item, entry.words),
                        grounds: Grounds::from_iter([Ground::Mapped]),
                        ..entry
                    }
                });
                entries.insert(item, mapping.united(item, own.collect()));
            }
            let lone = mapping.contacts_in_parts.then(|| {
                let spans = columns.columns.get(&Item::Contact);
                let contacts = entries.entry(Item::Contact).or_default();
                by_turns(contacts, spans.map_or(&[], Vec::as_slice), columns.sideways);
                paired(&mut entries)
            });
            let Line { at, days, .. } = line;
            let form = Form {
                days,
                unread: lone.flatten(),
                table: Some(number),
                legend: legend.clone(),
                ..self.form(mapping.kind, at, entries)
            };
            self.keep(mapping, form, page);
        }
    }

    fn form(&self, kind: FormKind, at: Cell, entries: BTreeMap<Item, Vec<Entry>>) -> Form {
        Form {
            title: self.titles.text_above(self.grid, at),
            ..Form::new(kind, self.sheet.clone(), at, entries)
        }
    }
}

/// The forms; the first record of a page begins with the page.
fn begun(found: Vec<Found>, around: &Around, title: &dyn Fn(Cell) -> String) -> Vec<Form> {
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
                at: around.headed(form.kind, page),
                title: title(page),
                ..form
            },
            None => form,
        }
    };
    found.into_iter().map(begun).collect()
}

/// Whether a word is an answer: a text, or a tick.
fn is_answered(word: &Word) -> bool {
    match word.tick {
        Some(tick) => tick,
        None => !word.text.trim().is_empty(),
    }
}

#[cfg(test)]
mod tests;
