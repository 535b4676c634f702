//! One sheet: its labels and titles, then its tables, then the sections of what stands outside
//! them, and the forms that all these are.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contacts;
use super::contacts::list::{self as contact_list, ContactList};
use super::explain::{self, ground};
use super::form::{Entry, Form, Laid, Recognised};
use super::grid::Grid;
use super::item::{FormKind, Item};
use super::label::{self, Label};
use super::length;
use super::listing;
use super::section::outside::Outside;
use super::section::{cut, heading, one_day, own_labels, parts, unfilled, week_span};
use super::table::{self, Table, above, day_heads, evaluation_columns, itemised, signs};
use super::titles::Titles;
use super::wording::vocabulary::Vocabulary;
use super::wording::whose;
use crate::model::{Cell, Location};
use crate::read::Sheet;

/// The forms of a sheet, in reading order. What else is known of it is noted in `found`.
pub fn forms(sheet: &Sheet, shared: &Vocabulary, found: &mut Recognised) -> Vec<Form> {
    let grid = Grid::of(sheet);
    let name: Arc<str> = sheet.name.as_str().into();
    let of_sheet = whose::vocabulary(&grid, shared);
    let vocabulary = of_sheet.as_ref().unwrap_or(shared);
    let mut labels = label::labels(&grid, vocabulary);
    let titles = Titles::of(&grid, &labels, vocabulary, &name);
    let listings = listing::listings(&grid, &labels, vocabulary, |at| titles.kind(at));
    if listings.is_unread {
        found.unrecognised.push(Location {
            file: found.file.clone(),
            sheet: name.clone(),
            cell: None,
        });
    }
    if labels.is_empty() && listings.tables.is_empty() {
        let explained = explain::explained_by_words(&grid, &name, vocabulary);
        found.explained.extend(explained);
        return Vec::new();
    }
    let has_listing = !listings.tables.is_empty();
    let mut tables = tables(&grid, &labels, vocabulary, &titles, listings.tables);
    // How surely a label is known is told by the wordings that all sheets share.
    ground::of_columns(shared, &mut tables);
    let outside = Outside::of(&grid, (vocabulary, shared), &titles, &tables, &mut labels);
    above::share(&grid, &outside.labels, &outside.entries, &mut tables);

    found
        .tables
        .extend((0..).zip(&tables).map(|(number, table)| Laid {
            sheet: name.clone(),
            table: number,
            columns: table.columns.clone(),
        }));
    found.explained.extend(explain::explain(&explain::Seen {
        sheet: &name,
        vocabulary,
        grid: &grid,
        labels: &labels,
        titles: &titles,
        tables: &tables,
        items: &outside.items,
        entries: &outside.entries,
    }));
    let lists = tables.iter().filter_map(|table| table.contacts.as_ref());
    let within = |list| contact_list::holder(list, &outside.sections, &outside.labels);
    let lists = lists.filter_map(|list| Some((within(list)?, list)));
    let seen = Seen {
        lists: lists.collect(),
        sheet: name,
        vocabulary,
        grid: &grid,
        titles: &titles,
        tables: &tables,
        outside: &outside,
        has_listing,
    };
    let (mut forms, heading) = seen.forms();
    if forms.is_empty() {
        let cover = heading.into_iter().filter(|(item, _)| is_of_office(*item));
        let cover: BTreeMap<Item, Vec<Entry>> = cover.collect();
        found.covers.extend((!cover.is_empty()).then_some(cover));
    }
    one_day::share(&mut forms);
    length::leave_out(&mut forms);
    unfilled::empty(&mut forms);
    forms
}

/// The tables of a sheet, each outside those before it: the listings, lists with an item a row,
/// contacts in a grid, tables under a header, tables beside one.
fn tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    titles: &Titles,
    listings: Vec<Table>,
) -> Vec<Table> {
    let title = |at: Cell| titles.kind(at);
    let mut tables = listings;
    let add = |tables: &mut Vec<Table>, more: Vec<Table>| {
        let more = table::disjoint(more, tables);
        tables.extend(more);
    };
    add(&mut tables, itemised::tables(grid, labels, title));
    add(
        &mut tables,
        contacts::grid::tables(grid, labels, vocabulary),
    );
    let is_apart = |label: &&Label| {
        !tables
            .iter()
            .any(|table| table.range.overlaps(&label.range))
    };
    let apart: Vec<Label> = labels.iter().filter(is_apart).cloned().collect();
    add(&mut tables, table::tables(grid, &apart, vocabulary, title));
    let mut sideways = table::sideways_tables(grid, &apart, vocabulary, title);
    day_heads::name_week(grid, &mut sideways);
    add(&mut tables, sideways);
    tables
}

/// What an office says of itself on any sheet.
fn is_of_office(item: Item) -> bool {
    matches!(item, Item::OfficeName | Item::OfficeNumber | Item::Service)
}

/// A sheet of which all parts are known.
struct Seen<'a> {
    sheet: Arc<str>,
    vocabulary: &'a Vocabulary,
    grid: &'a Grid,
    titles: &'a Titles,
    tables: &'a [Table],
    outside: &'a Outside,
    has_listing: bool,
    /// The lists of contacts that stand within the form of a section.
    lists: Vec<(usize, &'a ContactList)>,
}

enum Piece {
    Section(usize),
    Table(usize),
}

type Entries = BTreeMap<Item, Vec<Entry>>;

impl Seen<'_> {
    /// The forms, and what the lines of the sheet say for all that follow them.
    fn forms(&self) -> (Vec<Form>, Entries) {
        let legends = explain::legend_lines(self.grid);
        let taken = week_span::taken(self.grid, self.titles, self.outside);
        let mut heading = Entries::new();
        let mut forms = Vec::new();
        for (at, piece) in self.pieces() {
            match piece {
                Piece::Section(number) => {
                    let own = self.section(number, &taken);
                    heading::follow(&mut heading, &own);
                    forms.extend(self.form(number, own, &heading));
                }
                Piece::Table(number) => {
                    forms.extend(self.lines(number, at, &legends, &heading));
                }
            }
        }
        (forms, heading)
    }

    /// Sections and tables in reading order, so that a line about the user holds for what follows
    /// it.
    fn pieces(&self) -> Vec<(Cell, Piece)> {
        let sections = self.outside.sections.iter().enumerate();
        let sections =
            sections.map(|(n, section)| (self.outside.begin(section), Piece::Section(n)));
        let tables = self.tables.iter().enumerate();
        let tables = tables.map(|(n, table)| (table.range.first, Piece::Table(n)));
        let mut pieces: Vec<(Cell, Piece)> = sections.chain(tables).collect();
        pieces.sort_by_key(|(at, _)| *at);
        pieces
    }

    /// What the labels of a section say, with what stands around them.
    fn section(&self, number: usize, taken: &[bool]) -> Entries {
        let section = &self.outside.sections[number];
        let labels = self.outside.labels_of(section);
        let mut own = self.outside.entries_of(section);
        contacts::timed_names::put(self.grid, labels, &mut own);
        own_labels::join(&mut own, self.vocabulary);
        if let Some(kind) = section.kind {
            leave_opening(&mut own, labels, kind);
        }
        parts::join(&mut own);
        for (item, entries) in own.iter_mut().filter(|(item, _)| item.is_signed()) {
            take_printed(*item, entries, labels, self.grid);
        }
        for (_, list) in self.lists.iter().filter(|(holder, _)| *holder == number) {
            contact_list::put_into(list, &mut own);
        }
        if let Some(kind) = section.kind {
            drop_opening(&mut own, labels, kind);
        }
        let is_dated = own.contains_key(&Item::Date) || own.contains_key(&Item::DateTime);
        match section.kind {
            Some(FormKind::Daily) if !is_dated => {
                let day = self.outside.day_above(self.grid, self.titles, section);
                own.extend(day.map(|day| (Item::Date, vec![day])));
            }
            Some(FormKind::Weekly) => {
                week_span::add(self.grid, self.outside, number, taken, &mut own);
            }
            _ => {}
        }
        own
    }

    /// The form that a section is; a line that only says whose form follows is none.
    fn form(&self, number: usize, mut own: Entries, heading: &Entries) -> Option<Form> {
        let section = &self.outside.sections[number];
        let at = self.outside.begin(section);
        // Sums beside a listing are no listing of their own.
        let kind = section
            .kind
            .filter(|kind| !(self.has_listing && *kind == FormKind::Listing))
            .filter(|_| section.items >= 2 || speaks_for_itself(&own))?;
        let titled = ground::is_titled(self.titles.kind(at), kind);
        ground::of_form(&mut own, titled, section.items);
        signs::doubt(&mut own);
        let entries = heading::with(heading, own);
        Some(Form {
            title: self.titles.text_above(self.grid, at),
            ..Form::new(kind, self.sheet.clone(), at, entries)
        })
    }

    /// The forms that the lines of a table are.
    fn lines(&self, number: usize, at: Cell, legends: &str, heading: &Entries) -> Vec<Form> {
        let table = &self.tables[number];
        let legend: Arc<str> = format!("{}\n{legends}", table.legend).into();
        let title = match table.caption.is_empty() {
            true => self.titles.text_above(self.grid, at),
            false => table.caption.clone(),
        };
        let form = |kind: FormKind, at: Cell, mut own: Entries, items: usize| {
            let titled = ground::is_titled(self.titles.kind(table.range.first), kind);
            ground::of_form(&mut own, titled, items);
            Form {
                title: title.clone(),
                legend: legend.clone(),
                table: Some(number),
                ..Form::new(kind, self.sheet.clone(), at, heading::with(heading, own))
            }
        };
        let mut forms = Vec::new();
        for line in &table.lines {
            let mut own = line.entries.clone();
            own_labels::join(&mut own, self.vocabulary);
            parts::join(&mut own);
            let items = own.len() + line.days.len();
            forms.push(Form {
                days: line.days.clone(),
                ..form(table.kind, line.at, own, items)
            });
            if let Some(own) = evaluation_columns::of_line(line) {
                let items = own.len();
                forms.push(form(FormKind::Weekly, line.at, own, items));
            }
        }
        forms
    }
}

/// 印 in the box of a signature, which is a label elsewhere, is what stands in the box.
fn take_printed(item: Item, entries: &mut [Entry], labels: &[Label], grid: &Grid) {
    let is_print = |label: &&Label| {
        let mut meanings = label.meanings.iter();
        label.inline.is_none() && meanings.all(|(_, of)| *of == Item::Ignored || *of == item)
    };
    for entry in entries.iter_mut().filter(|entry| entry.words.is_empty()) {
        let mut printed = labels.iter().filter(is_print);
        if let Some(label) = printed.find(|label| label.range.first == entry.home) {
            entry.words.push(label::word(grid.block(label.block)));
        }
    }
}

/// A heading that is also the label of an item gives way where the item has a label of its own.
fn drop_opening(own: &mut BTreeMap<Item, Vec<Entry>>, labels: &[Label], kind: FormKind) {
    let item = labels.first().and_then(|label| label.item(kind));
    if let Some(item) = item
        && cut::opens_with(labels, kind, item)
        && let Some(entries) = own.get_mut(&item)
        && entries.len() > 1
    {
        entries.remove(0);
    }
}

/// 1週間の評価 over a form is its heading, and no box that was left blank, where できたこと below it
/// holds the evaluation.
fn leave_opening(own: &mut BTreeMap<Item, Vec<Entry>>, labels: &[Label], kind: FormKind) {
    let is_told = |entries: &Vec<Entry>| entries.iter().any(|entry| !entry.words.is_empty());
    let is_in_parts = own.get(&Item::ContentPart).is_some_and(is_told);
    let is_blank = own.get(&Item::Content).is_some_and(|own| !is_told(own));
    let opened = labels
        .iter()
        .filter(|label| label.item(kind) == Some(Item::Content));
    let mut opened = opened.map(|label| label.heading == Some(kind));
    if is_in_parts && is_blank && opened.all(|is_heading| is_heading) {
        own.remove(&Item::Content);
    }
}

/// A weekly evaluation may be nothing but its words.
fn speaks_for_itself(own: &BTreeMap<Item, Vec<Entry>>) -> bool {
    own.get(&Item::Content)
        .is_some_and(|entries| entries.iter().any(|e| !e.words.is_empty()))
}
