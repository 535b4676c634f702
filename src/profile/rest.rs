//! A sheet of which a profile maps records: what the mapping says of them, and what is recognised
//! beside.
//!
//! A mapping says what its cells hold and nothing of any others. Where it and recognition speak of
//! the same record, the mapping is right; what it does not say of that record stays only where it
//! says less than recognition does, and what is given up is told.

use std::collections::{BTreeMap, BTreeSet};

use super::amend::{dates, own_items, share_heading};
use super::by_line::{Lined, lined};
use super::doubted::Printed;
use super::rival::is_shared;
use super::slips::{Slips, corrected, judged, kept, losses};
use super::taken::Taken;
use crate::model::{Cell, CellRange, FileName, Location, Skipped};
use crate::read::{Book, Sheet};
use crate::recognise::{
    Claim, Entry, Explained, Form, FormKind, Item, Laid, Mapped, Mapping, Slip, Vocabulary,
    could_hold_more, everywhere, mapped, recognise,
};
use crate::text::squash;

/// What is read of one sheet.
#[derive(Debug, Default)]
pub struct Whole {
    /// The mapped forms, then those beside them.
    pub forms: Vec<Form>,
    /// How the tables are divided whose lines are forms.
    pub tables: Vec<Laid>,
    /// What is known of the other cells.
    pub explained: Vec<Explained>,
    /// What was recognised in the place of mapped records and is not read.
    pub passed: Vec<Passed>,
    /// Places that cannot be what the mappings say, and what they cost.
    pub slips: Slips,
    /// Mappings, by their number, that made a record.
    pub made: BTreeSet<usize>,
    /// Mappings, by their number, whose days of the month are not those that the sheet prints.
    pub renumbered: BTreeSet<usize>,
    /// What of the sheet could not be decoded.
    pub skipped: Vec<Skipped>,
    /// What it says of the office, where it was recognised as a sheet without a record.
    pub covers: Vec<BTreeMap<Item, Vec<Entry>>>,
    /// The sheet, where what is left of it could hold more records.
    pub unrecognised: Vec<Location>,
}

/// Items of a kind of form that are filled in and given up for a mapping.
#[derive(Debug, PartialEq, Eq)]
pub struct Passed {
    /// The mapping, by its number among those of the sheet.
    pub mapping: usize,
    /// The kind of form that was recognised.
    pub kind: FormKind,
    /// Its items, with the first cell of each.
    pub items: BTreeMap<Item, Cell>,
}

/// What `mappings` and recognition make of a sheet of `file` together.
pub fn together(
    file: &FileName,
    sheet: &Sheet,
    mappings: &[&Mapping],
    vocabulary: &Vocabulary,
) -> Whole {
    let Mapped {
        forms: own,
        tables: own_tables,
        explained: own_explained,
        mut claims,
        renumbered,
    } = mapped(sheet, mappings, vocabulary);
    let mut found = recognise(
        &Book {
            file: file.clone(),
            sheets: vec![sheet.clone()],
        },
        vocabulary,
    );
    // Numbers of tables go on from the mapped ones.
    for table in &mut found.tables {
        table.table += own_tables.len();
    }
    for form in &mut found.forms {
        form.table = form.table.map(|table| table + own_tables.len());
    }
    let mut whole = Whole {
        renumbered,
        covers: std::mem::take(&mut found.covers),
        ..Whole::default()
    };
    // A mapping that reads nothing takes nothing; records without what makes them one are none.
    let is_strict = |claim: &Claim| {
        let mapping = mappings.get(claim.mapping);
        mapping.is_some_and(|mapping| mapping.only_if.is_some())
    };
    let makes = |claim: &Claim| own.iter().any(|form| is_of(claim, form));
    claims.retain(|claim| is_strict(claim) || makes(claim));
    let made = claims.iter().filter(|claim| makes(claim));
    whole.made.extend(made.map(|claim| claim.mapping));
    let printed = Printed::of(&found.explained);
    let own = judged(
        own,
        &mut claims,
        &found.forms,
        &printed,
        vocabulary,
        &mut whole.slips,
    );
    let Lined {
        forms: lines,
        claims: of_lines,
    } = lined(
        sheet,
        mappings,
        &mut found.forms,
        vocabulary,
        &mut whole.slips,
    );
    whole
        .made
        .extend(of_lines.iter().map(|claim| claim.mapping));
    claims.extend(of_lines);
    whole.forms.extend(lines);
    let taken = Taken::of(claims.iter().flat_map(|claim| &claim.cells));
    let (mut beside, mut given_up): (Vec<Form>, Vec<Given>) = (Vec::new(), Vec::new());
    for form in found.forms {
        match claimed(&form, &claims) {
            None => beside.push(form),
            Some(mapping) => given_up.push(Given {
                mapping,
                place: area(&form),
                form,
            }),
        }
    }
    let records: Vec<Form> = own.iter().map(|(form, _)| form.clone()).collect();
    let mut amended: Vec<(usize, CellRange)> = Vec::new();
    for (mut form, left) in own {
        let number = claims.iter().find(|claim| is_of(claim, &form));
        let number = number.map(|claim| claim.mapping);
        let place = place_of(&form);
        let is_there = |given: &Given| given.form.kind == form.kind && given.place.overlaps(&place);
        if !given_up.iter().any(is_there)
            && let Some(known) = joins(&form, &amended, &whole.forms)
        {
            let known = whole.forms.get_mut(known);
            if let Some(known) = known {
                *known = corrected(known.clone(), form, number, &mut whole.slips);
            }
            continue;
        }
        let read = match in_place_of(&form, &mut given_up, &mut beside, &claims) {
            Some(other) if is_alone(&other, &records, &claims) && says_less(&form, &other.form) => {
                amended.push((whole.forms.len(), other.place));
                corrected(other.form, form, number, &mut whole.slips)
            }
            Some(other) => {
                share_heading(&other.form, &mut form, |_| true);
                kept(
                    &other.form,
                    &mut form,
                    &left,
                    number,
                    &taken,
                    &mut whole.slips,
                );
                if !mappings
                    .get(other.mapping)
                    .is_some_and(|mapping| mapping.has_days())
                {
                    form.days.clone_from(&other.form.days);
                }
                given_up.push(other);
                form
            }
            None if says_nothing(&form) => continue,
            None => {
                let nearest = beside.iter().filter(|other| other.at <= form.at);
                let nearest = nearest.max_by_key(|other| other.at).or(beside.first());
                if let Some(other) = nearest {
                    share_heading(other, &mut form, |item| !is_of_user(item));
                }
                form
            }
        };
        whole.forms.push(read);
    }
    let both = whole.forms.clone();
    for mut form in beside {
        let before = form.clone();
        if !without_taken(&mut form, &taken, &both) {
            continue;
        }
        for (item, cell) in losses(&before, &form) {
            if let Some(claim) = claims.iter().find(|claim| holds(claim, cell)) {
                let number = claim.mapping;
                whole.slips.note(number, Slip::Lost, form.kind, item, cell);
            }
        }
        let above = whole.forms.iter().filter(|mapped| mapped.at <= form.at);
        let above = above.max_by_key(|mapped| mapped.at);
        if let Some(mapped) = above.or(whole.forms.first()) {
            let mapped = mapped.clone();
            share_heading(&mapped, &mut form, |_| true);
        }
        whole.forms.push(form);
    }
    whole.forms.sort_by_key(|form| form.at);
    whole.passed = passed(&given_up, &whole.forms, &taken, mappings);
    whole.tables = own_tables;
    whole.tables.extend(found.tables);
    whole.explained = own_explained;
    let is_beside =
        |known: &Explained| known.range != everywhere() && !taken.holds(known.range.first);
    whole
        .explained
        .extend(found.explained.into_iter().filter(is_beside));
    // That no form was recognised says nothing of a sheet that is mapped.
    let undecoded = usize::from(sheet.unread_drawings);
    whole.skipped = found.skipped.into_iter().take(undecoded).collect();
    if !found.unrecognised.is_empty() && could_hold_more(sheet, &whole.forms, &whole.explained) {
        whole.unrecognised = found.unrecognised;
    }
    whole
}

/// Whether the record was read from the cells of the claim.
pub fn is_of(claim: &Claim, form: &Form) -> bool {
    let mut cells = form.entries.values().flatten().flat_map(|entry| {
        let words = entry.words.iter().map(|word| word.cell);
        words.chain([entry.home])
    });
    claim.kind == form.kind && cells.any(|cell| holds(claim, cell))
}

fn holds(claim: &Claim, cell: Cell) -> bool {
    claim.area.contains(cell) && claim.cells.iter().any(|range| range.contains(cell))
}

/// The first cell in which something is written for the item.
pub fn first_cell(form: &Form, item: Item) -> Option<Cell> {
    let entries = form.entries.get(&item)?;
    let mut words = entries.iter().flat_map(|entry| &entry.words);
    words.next().map(|word| word.cell)
}

/// The place of a mapped record; one that has nothing but what records share is there.
fn place_of(form: &Form) -> CellRange {
    let entries = form.entries.values().flatten();
    match own_items(form).is_empty() {
        true => entries.fold(CellRange::single(form.at), |place, entry| {
            place.with(CellRange::single(entry.home))
        }),
        false => area(form),
    }
}

/// The record that a mapping of other items has corrected in the same place.
fn joins(form: &Form, amended: &[(usize, CellRange)], read: &[Form]) -> Option<usize> {
    let place = place_of(form);
    let is_mapped = |known: &Form, item: &Item| {
        let mut entries = known.entries.get(item).into_iter().flatten();
        entries.any(|entry| entry.grounds.contains(crate::model::Ground::Mapped))
    };
    let mut known = amended.iter().filter(|(at, there)| {
        let known = read.get(*at).filter(|known| known.kind == form.kind);
        known.is_some_and(|known| {
            let is_free = !form.entries.keys().any(|item| is_mapped(known, item));
            is_free && (there.overlaps(&place) || amended.len() == 1 && !dates(form))
        })
    });
    known
        .next()
        .map(|(at, _)| *at)
        .filter(|_| form.table.is_none())
}

/// Whether nothing is filled in that would tell a record from an empty form.
fn says_nothing(form: &Form) -> bool {
    let mut entries = form.entries.values().flatten();
    form.table.is_none()
        && form.days.is_empty()
        && !dates(form)
        && entries.all(|entry| entry.words.is_empty())
}

/// A form that was recognised where a mapping is right.
struct Given {
    mapping: usize,
    form: Form,
    place: CellRange,
}

fn is_of_user(item: Item) -> bool {
    matches!(item, Item::Name | Item::CertificateNumber)
}

/// The cells in which the record has something, and the boxes that are empty.
fn own_cells(form: &Form) -> Vec<Cell> {
    let entries = form.entries.iter();
    let own = entries.filter(|(item, _)| !item.is_heading() && **item != Item::Ignored);
    let own = own.flat_map(|(_, entries)| entries).flat_map(|entry| {
        let words = entry.words.iter().map(|word| word.cell);
        let home = entry.words.is_empty().then_some(entry.home);
        words.chain(home)
    });
    own.chain(form.days.iter().map(|day| day.word.cell))
        .collect()
}

/// From the first cell of the record to its last.
fn area(form: &Form) -> CellRange {
    let cells = own_cells(form).into_iter().map(CellRange::single);
    cells.fold(CellRange::single(form.at), CellRange::with)
}

/// The mapping that speaks of the same record: of one of its kind in the same place, or of most
/// of the cells of one that was taken for another kind.
fn claimed(form: &Form, claims: &[Claim]) -> Option<usize> {
    let place = area(form);
    let there = || claims.iter().filter(|claim| claim.area.overlaps(&place));
    if let Some(claim) = there().find(|claim| claim.kind == form.kind) {
        return Some(claim.mapping);
    }
    let cells = own_cells(form);
    let shared = |claim: &&Claim| {
        let ranges = || claim.cells.iter();
        let in_claim = |cell: &&Cell| ranges().any(|range| range.contains(**cell));
        cells.iter().filter(in_claim).count()
    };
    let most = there().max_by_key(shared)?;
    let (shared, is_within) = (shared(&most), most.area.contains(form.at));
    (shared > 0 && (is_within || shared * 2 >= cells.len())).then_some(most.mapping)
}

/// The form that was recognised in the place of a mapped record.
/// A mapping that gives no record a date goes with the only form of its kind, wherever that is.
fn in_place_of(
    form: &Form,
    given_up: &mut Vec<Given>,
    beside: &mut Vec<Form>,
    claims: &[Claim],
) -> Option<Given> {
    let place = place_of(form);
    let is_there = |given: &Given| given.form.kind == form.kind && given.place.overlaps(&place);
    if let Some(at) = given_up.iter().position(is_there) {
        return Some(given_up.swap_remove(at));
    }
    if form.table.is_some() || dates(form) {
        return None;
    }
    let of_kind = |claim: &&Claim| claim.kind == form.kind;
    let [claim] = claims.iter().filter(of_kind).collect::<Vec<_>>()[..] else {
        return None;
    };
    let is_line = |other: &&Form| {
        other.kind == form.kind && other.table.is_some() && area(other).shares_rows(&place)
    };
    // A line of a table, by its row.
    let is_in_row = beside.iter().filter(is_line).count() == 1;
    let is_same = |other: &&Form| match is_in_row {
        true => is_line(other),
        false => other.kind == form.kind,
    };
    let is_only = beside.iter().filter(is_same).count() == 1;
    let at = beside.iter().position(|other| is_same(&other))?;
    is_only.then(|| {
        let form = beside.remove(at);
        Given {
            mapping: claim.mapping,
            place: area(&form),
            form,
        }
    })
}

/// Whether no more than one mapped record of the kind stands where the form was recognised, or
/// all of them have other items of it.
fn is_alone(given: &Given, records: &[Form], claims: &[Claim]) -> bool {
    let same = claims.iter().filter(|claim| claim.kind == given.form.kind);
    let there = same
        .filter(|claim| claim.area.overlaps(&given.place))
        .count();
    let mut seen = BTreeSet::new();
    let mut parts = 0;
    let of_kind = records.iter().filter(|form| form.kind == given.form.kind);
    let is_divided = of_kind
        .filter(|form| place_of(form).overlaps(&given.place))
        .inspect(|_| parts += 1)
        .flat_map(|form| own_items(form).into_keys())
        .all(|item| seen.insert(item));
    there <= 1 || is_divided && parts >= there
}

/// Whether fewer items are mapped than were recognised besides: then those are corrected, and
/// the rest stays.
fn says_less(form: &Form, other: &Form) -> bool {
    let mapped = own_items(form);
    let more = own_items(other);
    let more = more
        .iter()
        .filter(|(item, filled)| **filled && !mapped.contains_key(item));
    form.table.is_none() && mapped.len() < more.count()
}

/// Takes the words of mapped cells out of the form, but those that `mapped` forms have in common
/// with it; whether it says anything of its own then.
fn without_taken(form: &mut Form, taken: &Taken, mapped: &[Form]) -> bool {
    let mut says = !form.days.is_empty();
    let kind = form.kind;
    for (item, entries) in &mut form.entries {
        let is_common = |cell: Cell| {
            let mut entries = mapped.iter().flat_map(|other| {
                let same = other.entries.iter();
                same.filter(move |(theirs, _)| is_shared(kind, *item, other.kind, **theirs))
                    .flat_map(|(_, entries)| entries)
            });
            entries.any(|entry| entry.words.iter().any(|word| word.cell == cell))
        };
        for entry in entries {
            let before = entry.words.len();
            let is_own = |cell| item.is_heading() || !taken.holds(cell) || is_common(cell);
            entry.words.retain(|word| is_own(word.cell));
            says |= before > 0 && !entry.words.is_empty() && !item.is_heading();
        }
    }
    form.unread = form.unread.filter(|cell| !taken.holds(*cell));
    says
}

/// What is filled in and read nowhere, of the forms that were given up.
fn passed(given_up: &[Given], read: &[Form], taken: &Taken, mappings: &[&Mapping]) -> Vec<Passed> {
    let words = |form: &Form| {
        let entries = form.entries.values().flatten();
        let words: Vec<Cell> = entries
            .flat_map(|e| e.words.iter().map(|w| w.cell))
            .collect();
        words
    };
    let read: BTreeSet<Cell> = read.iter().flat_map(words).collect();
    let mut passed: BTreeMap<(usize, FormKind), BTreeMap<Item, Cell>> = BTreeMap::new();
    for Given { mapping, form, .. } in given_up {
        let by = mappings.get(*mapping).filter(|by| by.kind == form.kind);
        let is_mapped = |item: Item| by.is_some_and(|by| by.places_item(item));
        let own = form.entries.iter();
        let own = own.filter(|(item, _)| !item.is_heading() && **item != Item::Ignored);
        for (item, entries) in own.filter(|(item, _)| !is_mapped(**item)) {
            let mut words = entries.iter().flat_map(|entry| &entry.words);
            let lost = words.find(|word| {
                let is_said = squash(&word.text).contains(char::is_alphanumeric);
                is_said && !read.contains(&word.cell) && !taken.holds(word.cell)
            });
            if let Some(word) = lost {
                let items = passed.entry((*mapping, form.kind)).or_default();
                items.entry(*item).or_insert(word.cell);
            }
        }
    }
    let passed = passed.into_iter();
    passed
        .map(|((mapping, kind), items)| Passed {
            mapping,
            kind,
            items,
        })
        .collect()
}

#[cfg(test)]
mod tests;
