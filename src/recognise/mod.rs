//! From a book to forms: which cells hold which item of which form.
//!
//! Goes by titles and labels (`templates/labels.toml`), by the words of tables and listings
//! (`templates/layouts.toml`, `templates/listing.toml`) and by geometry, never by fixed
//! addresses or file names. What the words mean as dates or times is not asked here.
//!
//! To be read in this order: `wording` (what things are called), `grid` (a sheet as blocks),
//! `label` and `titles` (where the words stand), `unmerged` (heads that hold beyond their cell),
//! `sheet` (the way from these to forms). The sheet is divided among `listing`, `contacts` and
//! `table`, and `section` has what they leave; `form` is what comes out. `mapped` reads by a
//! profile instead; `explain` tells what every other cell is, and what a value rests on.

mod calendar;
mod contacts;
mod explain;
mod form;
mod grid;
mod inspection;
mod item;
mod label;
mod length;
mod listing;
mod mapped;
mod oval;
mod seal;
mod section;
mod sheet;
mod table;
#[cfg(test)]
mod testing;
mod titles;
mod unmerged;
mod wording;

use std::collections::BTreeSet;

pub use explain::{everywhere, is_advice, looks_like_label};
pub use form::{
    DayLine, DayWord, Entry, Explained, Form, Heeded, Laid, Recognised, Role, Slip, Word,
};
pub use item::{FormKind, Item};
pub use mapped::in_lines::boxes_of;
pub use mapped::landmarks::{Landmarks, Places};
pub use mapped::{Claim, Mapped, Mapping, Shape, mapped};
pub use oval::circled_cell;
pub use table::columns::{Columns, DayColumns};
pub use wording::key::label_key;
pub use wording::ticks::ticks;
pub use wording::vocabulary::Vocabulary;
pub use wording::wordings::MoreWords;

use crate::model::{Cell, Location, Skipped, Wording};
use crate::read::{Book, Sheet};
use explain::left;
use section::text_box;
use wording::layout_words;

/// What follows the name of a person: 様, さん.
pub fn honorifics() -> &'static [String] {
    &layout_words::words().people.honorifics
}

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
                let mut forms = sheet::forms(sheet, vocabulary, &mut found);
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
