//! From a book to forms: which cells hold which item of which form.
//!
//! Goes by titles and labels (`templates/labels.toml`), by the words of tables and listings
//! (`templates/layouts.toml`, `templates/listing.toml`) and by geometry, never by fixed
//! addresses or file names. What the words mean as dates or times is not asked here.

mod above;
mod across;
mod around;
mod band;
mod boxes;
mod by_person;
mod calendar;
mod choice_columns;
mod columns;
mod contact_columns;
mod contact_grid;
mod contact_heads;
mod contact_pairs;
mod contact_rows;
mod contact_words;
mod day_heads;
mod evaluation_columns;
mod explain;
mod form;
mod grid;
mod ground;
mod groups;
mod halves;
mod header;
mod header_runs;
mod heading;
mod heads;
mod inline_label;
mod inspection;
mod item;
mod itemised;
mod key;
mod label;
mod landmarks;
mod layout_words;
mod left;
mod lines;
mod listing;
mod mapped;
mod mapped_boxes;
mod mapped_halves;
mod mapped_pages;
mod mapped_text;
mod month_label;
mod office_line;
mod one_day;
mod oval;
mod own_labels;
mod particulars;
mod parts;
mod people;
mod phase_boxes;
mod phases;
mod phrasing;
mod posts;
mod related;
mod rivals;
mod rows;
mod seal;
mod seal_strip;
mod section;
mod spaced;
mod spans;
mod table;
#[cfg(test)]
mod testing;
mod text_box;
mod ticked_below;
mod tiers;
mod undated;
mod unnamed;
mod vocabulary;
mod week_span;
mod weekday_boxes;
mod whose;
mod withdrawn;
mod wordings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use columns::{Columns, DayColumns};
pub use explain::{everywhere, is_advice, looks_like_label};
pub use form::{DayLine, DayWord, Entry, Explained, Form, Heeded, Laid, Recognised, Role, Word};
pub use item::{FormKind, Item};
pub use key::label_key;
pub use landmarks::{Landmarks, Places};
pub use mapped::{Claim, Mapped, Mapping, Shape, mapped};
pub use oval::circled_cell;
pub use vocabulary::Vocabulary;
pub use wordings::MoreWords;

use crate::model::{Cell, Location, Skipped, Wording};
use crate::read::{Book, Sheet};
use contact_rows::ContactList;
use grid::Grid;
use label::Label;

/// Finds the forms of a book.
pub fn recognise(book: &Book, vocabulary: &Vocabulary) -> Recognised {
    let mut found = Recognised {
        file: book.file.clone(),
        ..Recognised::default()
    };
    for sheet in &book.sheets {
        if sheet.unread_drawings {
            let why = Wording::new(
                "図形・テキストボックス・コメントなどのうち読み取れないもの（セルの記載は読み取りました）",
                "drawings or comments that could not be decoded (the cells were read)",
            );
            found.skipped.push(skipped(book, sheet, why));
        }
        let is_empty = sheet.cells.is_empty() && sheet.check_boxes.is_empty();
        if is_empty && !sheet.unread_drawings {
            continue;
        }
        if let Some((lines, explained)) = inspection::lines(sheet, vocabulary) {
            found.forms.extend(lines);
            found.explained.extend(explained);
            continue;
        }
        match no_record(sheet, vocabulary) {
            Some(why) => {
                found.explained.push(explain::whole(sheet, Role::Sample));
                found.skipped.push(skipped(book, sheet, why));
            }
            None => {
                let known = found.explained.len();
                let mut forms = forms(sheet, vocabulary, &mut found);
                text_box::read(sheet, vocabulary, &mut forms);
                let known = found.explained.get(known..).unwrap_or_default();
                let mut left = left::mark(sheet, &mut forms, known);
                if forms.is_empty() {
                    left = filled(sheet);
                    let why = Wording::new(
                        "様式として読み取れる項目がないシート",
                        "no form was recognised on the sheet",
                    );
                    found.skipped.push(skipped(book, sheet, why));
                }
                found.unrecognised.extend(unrecognised(book, sheet, &left));
                found.forms.extend(forms);
            }
        }
    }
    found
}

fn skipped(book: &Book, sheet: &Sheet, reason: Wording) -> Skipped {
    Skipped {
        file: book.file.clone(),
        sheet: Some(sheet.name.clone()),
        reason,
    }
}

/// The cells in which anything is written.
fn filled(sheet: &Sheet) -> BTreeSet<Cell> {
    let cells = sheet.cells.iter();
    let written = cells.filter(|(_, cell)| !cell.shown.trim().is_empty());
    written.map(|(at, _)| *at).collect()
}

/// Whether what of the sheet is in none of the forms and unexplained could be a record.
pub fn could_hold_more(sheet: &Sheet, forms: &[Form], explained: &[Explained]) -> bool {
    let left = left::mark(sheet, &mut forms.to_vec(), explained);
    is_enough(sheet, &left)
}

/// Where the sheet is, unless what is `left` of it is too little for a record. What drawings that
/// could not be decoded say is not known at all.
fn unrecognised(book: &Book, sheet: &Sheet, left: &BTreeSet<Cell>) -> Option<Location> {
    (is_enough(sheet, left) || sheet.unread_drawings).then(|| Location {
        file: book.file.clone(),
        sheet: sheet.name.as_str().into(),
        cell: None,
    })
}

/// Whether texts are enough for a record: a list of holidays or of choices has neither a sentence
/// nor the width of a calendar.
fn is_enough(sheet: &Sheet, left: &BTreeSet<Cell>) -> bool {
    const FILLED: usize = 12;
    const SENTENCE: usize = 12;
    const CALENDAR: usize = 20;
    let columns: BTreeSet<u32> = left.iter().map(|at| at.col).collect();
    let is_long = |text: &str| text.chars().count() >= SENTENCE;
    let tells = left
        .iter()
        .filter_map(|at| sheet.cells.get(at))
        .any(|cell| is_long(&cell.shown));
    left.len() >= FILLED && (tells || columns.len() >= CALENDAR)
}

/// Whether the sheet's name, or a line at its top, says that it is nobody's record.
pub fn is_sample(sheet: &Sheet, vocabulary: &Vocabulary) -> bool {
    no_record(sheet, vocabulary).is_some()
}

/// Why the sheet is nobody's record, where its name or a line at its top says so.
fn no_record(sheet: &Sheet, vocabulary: &Vocabulary) -> Option<Wording> {
    const TOP_ROWS: u32 = 4;
    const TITLE: usize = 40;
    let top = sheet.cells.range(..Cell::new(TOP_ROWS, 0));
    let top = top.filter(|(_, cell)| cell.shown.chars().count() <= TITLE);
    let titles = || {
        let names = [sheet.name.as_str(), sheet.header.as_str()].into_iter();
        names.chain(top.clone().map(|(_, cell)| cell.shown.as_str()))
    };
    if titles().any(|title| vocabulary.is_output(title)) {
        let ja = "この点検で作成したシート（修正履歴など）";
        return Some(Wording::new(ja, "a sheet that an earlier run wrote"));
    }
    let is_sample = titles().any(|title| vocabulary.is_sample(title));
    is_sample.then(|| Wording::new("記載例・記載要領のシート", "a sample or guide sheet"))
}

fn forms(sheet: &Sheet, vocabulary: &Vocabulary, found: &mut Recognised) -> Vec<Form> {
    let grid = Grid::of(sheet);
    // How surely a label is known is told by the wordings that all sheets share.
    let shared = vocabulary;
    let of_sheet = whose::vocabulary(&grid, vocabulary);
    let vocabulary = of_sheet.as_ref().unwrap_or(shared);
    let mut all = label::labels(&grid, vocabulary);
    let titles = explain::titles(&grid, &all, vocabulary);
    // Titles are in reading order, as blocks are.
    let title_above = |at: Cell| titles[..titles.partition_point(|title| title.1 <= at)].last();
    let named_by_tab = vocabulary.title(&sheet.name);
    let title_kind = |at: Cell| title_above(at).map(|title| title.2).or(named_by_tab);
    let listings = listing::listings(&grid, &all, vocabulary, title_kind);
    if listings.is_unread {
        found.unrecognised.push(Location {
            file: found.file.clone(),
            sheet: sheet.name.as_str().into(),
            cell: None,
        });
    }
    if all.is_empty() && listings.tables.is_empty() {
        let name = sheet.name.as_str().into();
        let explained = explain::explained_by_words(&grid, &name, vocabulary);
        found.explained.extend(explained);
        return Vec::new();
    }
    let title_text = |at: Cell| {
        title_above(at)
            .map(|title| grid.block(title.0).text.clone())
            .unwrap_or_default()
    };
    let has_listing = !listings.tables.is_empty();
    let mut tables = listings.tables;
    tables.extend(table::disjoint(
        itemised::tables(&grid, &all, title_kind),
        &tables,
    ));
    tables.extend(table::disjoint(
        contact_grid::tables(&grid, &all, vocabulary),
        &tables,
    ));
    let is_apart = |l: &&Label| !tables.iter().any(|table| table.range.overlaps(&l.range));
    let apart: Vec<Label> = all.iter().filter(is_apart).cloned().collect();
    let upright = table::tables(&grid, &apart, vocabulary, title_kind);
    tables.extend(table::disjoint(upright, &tables));
    let mut sideways = table::sideways_tables(&grid, &apart, vocabulary, title_kind);
    day_heads::name_week(&grid, &mut sideways);
    tables.extend(table::disjoint(sideways, &tables));
    ground::of_columns(shared, &mut tables);
    let mut closed = vec![false; grid.blocks().len()];
    for block in tables.iter().flat_map(|table| table.blocks(&grid)) {
        closed[block] = true;
    }
    let is_loose = |l: &&Label| l.may_stand_alone() && !closed[l.block];
    let known: Vec<Label> = all.iter().filter(is_loose).cloned().collect();
    let heads = heads::guessed(&grid, vocabulary, &known, &closed);
    if !heads.is_empty() {
        all.extend(heads);
        all.sort_by_key(|label| (label.range.first, label.block));
    }
    let orders = band::orders(&grid, all.iter().filter(is_loose).cloned().collect());
    for (i, _, _) in &titles {
        closed[*i] = true;
    }
    let marks: Vec<section::Title> = titles
        .iter()
        .map(|(_, cell, kind)| (*cell, *kind))
        .collect();
    let walls: Vec<Cell> = tables.iter().flat_map(table::Table::walls).collect();
    let own_blocks = own_labels::blocks(&grid, &all, vocabulary);
    let (loose, cut) = section::cheapest(orders, &marks, &walls, &own_blocks);
    let mut free_text = vec![false; loose.len()];
    let mut items = vec![None; loose.len()];
    for section in &cut {
        for i in section.first..section.end {
            items[i] = section.kind.and_then(|kind| loose[i].item(kind));
            free_text[i] = items[i].is_some_and(Item::is_free_text);
        }
    }
    let withdrawn = withdrawn::withdrawn(&cut, &loose, &own_blocks);
    let mut entries = boxes::entries(&grid, &loose, &closed, &free_text);
    for &i in &withdrawn {
        (items[i], entries[i].words) = (None, Vec::new());
    }
    ticked_below::mark(&loose, &mut entries);
    particulars::join(&grid, vocabulary, &cut, &loose, &mut entries);
    ground::of_labels(&grid, shared, &loose, &mut entries);
    above::share(&grid, &loose, &entries, &mut tables);

    let name: Arc<str> = sheet.name.as_str().into();
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
        labels: &all,
        titles: &titles,
        tables: &tables,
        items: &items,
        entries: &entries,
    }));
    // Sections and lines in reading order, so that a line about the user holds for what follows it.
    let mut pieces: Vec<(Cell, Piece)> = Vec::new();
    for (n, section) in cut.iter().enumerate() {
        pieces.push((loose[section.first].range.first, Piece::Section(n, section)));
    }
    let lists: Vec<(usize, &ContactList)> = tables
        .iter()
        .filter_map(|table| table.contacts.as_ref())
        .filter_map(|list| Some((contact_rows::holder(list, &cut, &loose)?, list)))
        .collect();
    for (n, table) in tables.iter().enumerate() {
        pieces.push((table.range.first, Piece::Table(n)));
    }
    pieces.sort_by_key(|(at, _)| *at);
    let legends: String = explain::legend_lines(&grid);
    let taken = week_span::taken(&grid, &closed, &titles, &loose, (&entries, &items));
    let mut heading: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
    let mut forms = Vec::new();
    for (at, piece) in pieces {
        match piece {
            Piece::Section(number, section) => {
                let mut own: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
                for i in (section.first..section.end).filter(|i| !withdrawn.contains(i)) {
                    let item = match section.kind {
                        Some(kind) => loose[i].item(kind),
                        None => loose[i]
                            .meanings
                            .iter()
                            .find(|(kind, _)| kind.is_none())
                            .map(|(_, item)| *item),
                    };
                    let Some(item) = item.filter(|item| *item != Item::Ignored) else {
                        continue;
                    };
                    own.entry(item).or_default().push(entries[i].clone());
                }
                own_labels::join(&mut own, vocabulary);
                parts::join(&mut own);
                for (item, entries) in own.iter_mut().filter(|(item, _)| item.is_signed()) {
                    take_printed(*item, entries, &loose[section.first..section.end], &grid);
                }
                for (_, list) in lists.iter().filter(|(holder, _)| *holder == number) {
                    contact_rows::put_into(list, &mut own);
                }
                if let Some(kind) = section.kind {
                    drop_opening(&mut own, &loose[section.first..section.end], kind);
                }
                if section.kind == Some(FormKind::Daily)
                    && !own.contains_key(&Item::Date)
                    && !own.contains_key(&Item::DateTime)
                {
                    let title = title_above(at).map(|title| title.0);
                    let rows = undated::rows(&loose, section, title.map(|i| grid.block(i)));
                    let is_taken =
                        |i: usize| closed[i] || loose.iter().any(|label| label.block == i);
                    let day = undated::day(&grid, rows, is_taken);
                    let titled = || undated::day_of_title(grid.block(title?));
                    if let Some(day) = day.or_else(titled) {
                        own.insert(Item::Date, vec![day]);
                    }
                }
                if section.kind == Some(FormKind::Weekly) {
                    week_span::add(&grid, &loose, &cut, number, &taken, &mut own);
                }
                heading::follow(&mut heading, &own);
                // Sums beside a listing are no listing of their own.
                let Some(kind) = section
                    .kind
                    .filter(|kind| !(has_listing && *kind == FormKind::Listing))
                    .filter(|_| section.items >= 2 || speaks_for_itself(&own))
                else {
                    continue;
                };
                let titled = ground::is_titled(title_kind(at), kind);
                ground::of_form(&mut own, titled, section.items);
                let entries = heading::with(&heading, own);
                let title = title_text(at);
                forms.push(Form {
                    kind,
                    sheet: name.clone(),
                    at,
                    entries,
                    days: Vec::new(),
                    title,
                    legend: "".into(),
                    table: None,
                    unread: None,
                });
            }
            Piece::Table(n) => {
                let table = &tables[n];
                let titled = ground::is_titled(title_kind(at), table.kind);
                let legend: Arc<str> = format!("{}\n{legends}", table.legend).into();
                let title = match table.caption.is_empty() {
                    true => title_text(at),
                    false => table.caption.clone(),
                };
                for line in &table.lines {
                    let mut own = line.entries.clone();
                    own_labels::join(&mut own, vocabulary);
                    parts::join(&mut own);
                    let items = own.len() + line.days.len();
                    ground::of_form(&mut own, titled, items);
                    forms.push(Form {
                        kind: table.kind,
                        sheet: name.clone(),
                        at: line.at,
                        entries: heading::with(&heading, own),
                        days: line.days.clone(),
                        title: title.clone(),
                        legend: legend.clone(),
                        table: Some(n),
                        unread: None,
                    });
                    if let Some(mut own) = evaluation_columns::of_line(line) {
                        let titled = ground::is_titled(title_kind(at), FormKind::Weekly);
                        let items = own.len();
                        ground::of_form(&mut own, titled, items);
                        forms.push(Form {
                            kind: FormKind::Weekly,
                            sheet: name.clone(),
                            at: line.at,
                            entries: heading::with(&heading, own),
                            days: Vec::new(),
                            title: title.clone(),
                            legend: legend.clone(),
                            table: Some(n),
                            unread: None,
                        });
                    }
                }
            }
        }
    }
    if forms.is_empty() {
        heading.retain(|item, _| {
            matches!(item, Item::OfficeName | Item::OfficeNumber | Item::Service)
        });
        found
            .covers
            .extend((!heading.is_empty()).then_some(heading));
    }
    one_day::share(&mut forms);
    forms
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
        && section::opens_with(labels, kind, item)
        && let Some(entries) = own.get_mut(&item)
        && entries.len() > 1
    {
        entries.remove(0);
    }
}

/// A weekly evaluation may be nothing but its words.
fn speaks_for_itself(own: &BTreeMap<Item, Vec<Entry>>) -> bool {
    own.get(&Item::Content)
        .is_some_and(|entries| entries.iter().any(|e| !e.words.is_empty()))
}

enum Piece<'a> {
    Section(usize, &'a section::Section),
    Table(usize),
}
