//! What of a profile has no effect, or more of one than was meant: told with its line, once for
//! all books.

use std::collections::{BTreeMap, BTreeSet};

use super::key;
use super::rest::Passed;
use crate::model::{Cell, CellRange, FileName, Location, Wording};
use crate::read::{Book, Sheet};
use crate::recognise::{Form, FormKind, Heeded, Item, Slip, label_key};
use crate::text::squash;

/// An entry of a profile that must be for something.
#[derive(Debug, Clone)]
pub struct Named {
    /// Where it stands in the file, in bytes.
    pub at: usize,
    /// Its line, from one.
    pub line: usize,
    /// What it is.
    pub what: What,
}

/// What an entry is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// `[[form]]`, by the words of its sheets where it gives any.
    Form {
        /// Whether it has `words`.
        by_words: bool,
    },
    /// `[[ignore]]`
    LeftOut,
    /// A label of a kind of form, or of all; its key.
    Label(Option<FormKind>, String),
    /// A title or a heading; its key.
    Title(String),
    /// A word of a sample sheet, a method or a service, without white space.
    Word(String),
    /// A sign of a listing, without white space.
    Sign(String),
    /// The place of an item of the `[[form]]` at that byte; as written.
    Place {
        /// The entry of the form.
        form: usize,
        /// As written.
        written: String,
    },
    /// The days of a listing of the `[[form]]` at that byte that says of none.
    NoDays {
        /// The entry of the form.
        form: usize,
    },
}

/// What is to be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Entries that were for nothing.
    pub unused: Vec<Wording>,
    /// What an entry takes away, and where it contradicts the sheet.
    pub notes: Vec<Wording>,
}

/// What is to be told of a profile called `name`, after all books.
pub fn told(name: &str, entries: &[Named], heeded: &Heeded) -> Told {
    let mut told = Told::default();
    let is_used = |at: &usize| heeded.used.contains(at);
    let mut entries: Vec<&Named> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.at);
    for entry in &entries {
        let place = |ja: String, en: String| Wording::new(ja, en).in_file(name, Some(entry.line));
        if heeded.renumbered.contains(&entry.at) {
            told.notes.push(place(
                "days の日にちと、シートに印刷されている日にちが違います。印刷されている日にちで読み取りました。".to_owned(),
                "the sheet prints other days over these columns; those were read.".to_owned(),
            ));
        }
        for ((_, kind), items) in heeded.passed.iter().filter(|((at, _), _)| *at == entry.at) {
            let (kind, items) = (key(kind), listed(items));
            let (ja, en) = (
                format!(
                    "この [[form]] のシートで、{kind} として書かれている次の項目は、番地がないため読み取っていません（{items}）。要るものは書き足してください。"
                ),
                format!(
                    "on sheets of this [[form]] these items of {kind} are filled in and not read, as it does not map them ({items}). Add those that are needed."
                ),
            );
            told.notes.push(place(ja, en));
        }
        let slips = heeded.slips.iter();
        for ((_, slip, kind), items) in slips.filter(|((at, ..), _)| *at == entry.at) {
            let (ja, en) = slipped(*slip, &key(kind), &listed(items));
            told.notes.push(place(ja, en));
        }
        if is_used(&entry.at) {
            continue;
        }
        let (ja, en) = match &entry.what {
            What::Form { by_words: false } => (
                "この [[form]] に当てはまるシートがありません。sheet のシート名を確かめてください。".to_owned(),
                "no sheet fits this [[form]]. Check the sheet's name.".to_owned(),
            ),
            What::Form { by_words: true } => (
                "この [[form]] に当てはまるシートがありません。words の語がそのセルにあるか（sheet もあれば、シート名も）を確かめてください。".to_owned(),
                "no sheet fits this [[form]]. Check that its words stand in their cells, and the sheet's name if it gives one.".to_owned(),
            ),
            What::LeftOut => (
                "この [[ignore]] に当てはまるシートがありません。sheet のシート名を確かめてください。".to_owned(),
                "no sheet fits this [[ignore]]. Check the sheet's name.".to_owned(),
            ),
            What::Label(..) if heeded.idle.contains(&entry.at) => (
                "この項目名は、[[form]] が番地で読むシートにしかないため、使われません。[[form]] に番地を書いてください。".to_owned(),
                "this label stands only on sheets that a [[form]] maps, where it counts for nothing. Map its item there.".to_owned(),
            ),
            What::Label(_, word) | What::Title(word) | What::Word(word) => (
                format!("「{word}」はどのシートにもありません。つづりを確かめてください。"),
                format!("`{word}` stands on no sheet. Check its spelling."),
            ),
            What::Sign(sign) => (
                format!("印「{sign}」は、読み取った実施一覧表のどこにもありません。"),
                format!("the sign `{sign}` stands in no listing that was read."),
            ),
            What::Place { form, written } if is_used(form) => {
                let (ja, en) = (
                    format!("「{written}」は、当てはまるシートの記入のある範囲から外れています。番地を確かめてください。"),
                    format!("`{written}` lies outside all that the sheets hold. Check it."),
                );
                told.notes.push(place(ja, en));
                continue;
            }
            What::NoDays { form } if is_used(form) => {
                let (ja, en) = (
                    "この [[form]] には days がないため、日ごとの印を読み取っていません。日の列を days = \"C:AG\" のように書いてください。".to_owned(),
                    "without days, this [[form]] reads no marks. Give it the columns of the days, such as days = \"C:AG\".".to_owned(),
                );
                told.notes.push(place(ja, en));
                continue;
            }
            What::Place { .. } | What::NoDays { .. } => continue,
        };
        told.unused.push(place(ja, en));
    }
    told
}

/// Items, each with its place.
fn listed(items: &BTreeMap<Item, Location>) -> String {
    let item = |(item, place): (&Item, &Location)| {
        let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("{} {} [{}] {cell}", key(item), place.file, place.sheet)
    };
    items.iter().map(item).collect::<Vec<_>>().join("、")
}

fn slipped(slip: Slip, kind: &str, items: &str) -> (String, String) {
    match slip {
        Slip::Label => (
            format!(
                "次の番地には様式の項目名が印刷されているため、値として読み取っていません（{items}）。記入欄の番地を書いてください。"
            ),
            format!(
                "these cells hold printed labels and were not read as values ({items}). Give the boxes of the values."
            ),
        ),
        Slip::Unlikely => (
            format!(
                "次の番地の文字は、その項目の値ではないと思われるため、読み取っていません（{items}）。番地を確かめてください。"
            ),
            format!(
                "what stands in these cells cannot be the item and was not read ({items}). Check them."
            ),
        ),
        Slip::Blank => (
            format!(
                "次の番地は空欄ですが、番地なしではほかのセルから読み取れる項目です（{items}）。空欄とは判断していません。番地を確かめてください。"
            ),
            format!(
                "these cells are blank, and without them the items are read from others ({items}). They are not held to be blank. Check them."
            ),
        ),
        Slip::Another => (
            format!(
                "次の番地はほかの様式や項目の記入欄として読み取ったため、この {kind} の項目としては読み取っていません（{items}）。kind、シート、番地を確かめてください。"
            ),
            format!(
                "these cells were read as those of another form or item, and not as these of {kind} ({items}). Check the kind, the sheets and the cells."
            ),
        ),
        Slip::Lost => (
            format!(
                "この [[form]] が同じセルをほかの項目としているため、{kind} の次の項目は読み取られなくなりました（{items}）。番地を確かめてください。"
            ),
            format!(
                "this [[form]] gives the cells of these items of {kind} to others, and they are read no more ({items}). Check its cells."
            ),
        ),
    }
}

/// The wordings of `entries` that stand in the book, and those that stand only where mappings
/// count before them. `forms` is what was recognised in it, `mapped` the kinds that its sheets map.
pub fn words_in(
    entries: &[Named],
    book: &Book,
    forms: &[Form],
    mapped: &dyn Fn(&Sheet) -> BTreeSet<FormKind>,
) -> Heeded {
    const LONGEST: usize = 400;
    let mut heeded = Heeded::default();
    let is_wording = |entry: &&Named| {
        let what = &entry.what;
        matches!(what, What::Label(..) | What::Title(_) | What::Word(_))
    };
    let wordings: Vec<&Named> = entries.iter().filter(is_wording).collect();
    for sheet in book.sheets.iter().filter(|_| !wordings.is_empty()) {
        let mapped = mapped(sheet);
        let mut open = wordings.clone();
        open.retain(|entry| !heeded.used.contains(&entry.at));
        let cells = sheet.cells.values().map(|cell| cell.shown.as_str());
        let shapes = sheet.shapes.iter().map(|shape| shape.text.as_str());
        let names = [sheet.name.as_str(), sheet.header.as_str()];
        for text in names.into_iter().chain(cells).chain(shapes) {
            if open.is_empty() {
                break;
            }
            if text.len() > LONGEST * 4 {
                continue;
            }
            let (label, plain) = (label_key(text), squash(text).to_lowercase());
            open.retain(|entry| {
                let (stands, is_idle) = match &entry.what {
                    What::Label(kind, word) => {
                        let is_idle = kind.is_some_and(|kind| mapped.contains(&kind));
                        (label.contains(word.as_str()), is_idle)
                    }
                    What::Title(word) => (label.contains(word.as_str()), false),
                    What::Word(word) => (plain.contains(word.as_str()), false),
                    _ => (false, false),
                };
                let into = match is_idle {
                    true => &mut heeded.idle,
                    false => &mut heeded.used,
                };
                if stands {
                    into.insert(entry.at);
                }
                !stands
            });
        }
    }
    for entry in entries {
        if let What::Sign(sign) = &entry.what {
            let mut days = forms.iter().flat_map(|form| &form.days);
            if days.any(|day| {
                squash(&day.word.text)
                    .to_lowercase()
                    .contains(sign.as_str())
            }) {
                heeded.used.insert(entry.at);
            }
        }
    }
    heeded
}

/// Whether the cells lie where the sheet has anything, or right beside it: an empty box at the
/// edge of a form is one of its boxes.
pub fn is_on(sheet: &Sheet, place: CellRange) -> bool {
    const BESIDE: u32 = 3;
    let cells = sheet.cells.keys().map(|cell| CellRange::single(*cell));
    let boxes = sheet
        .check_boxes
        .iter()
        .map(|b| CellRange::single(b.center));
    let shapes = sheet.shapes.iter().map(|shape| shape.anchor);
    let merged = sheet.merged.iter().copied();
    let all = cells.chain(boxes).chain(shapes).chain(merged);
    let Some(all) = all.reduce(CellRange::with) else {
        return false;
    };
    place.first.row <= all.last.row.saturating_add(BESIDE)
        && place.first.col <= all.last.col.saturating_add(BESIDE)
}

/// What was given up for a `[[form]]`, as it is noted.
pub fn note(heeded: &mut Heeded, form: usize, passed: Passed, file: &FileName, sheet: &Sheet) {
    let items = heeded.passed.entry((form, passed.kind)).or_default();
    locate(items, passed.items, file, sheet);
}

/// Adds items with their cells on the sheet; the first place of each stays.
pub fn locate(
    known: &mut BTreeMap<Item, Location>,
    items: BTreeMap<Item, Cell>,
    file: &FileName,
    sheet: &Sheet,
) {
    for (item, cell) in items {
        let place = || location(file, sheet, cell);
        known.entry(item).or_insert_with(place);
    }
}

fn location(file: &FileName, sheet: &Sheet, cell: Cell) -> Location {
    Location {
        file: file.clone(),
        sheet: sheet.name.as_str().into(),
        cell: Some(cell),
    }
}

#[cfg(test)]
mod tests;
