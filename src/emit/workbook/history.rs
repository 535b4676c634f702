//! 修正履歴: what was written otherwise in this workbook, and why.

use std::collections::BTreeSet;

use super::EmitError;
use super::book::Book;
use super::entry::Entry;
use super::list_sheet::{ListSheet, columns};
use super::style::{Look, Tone};
use super::table::Table;
use super::template::HistoryWords;
use crate::model::{Applicability, Change, Lang, Location};

/// The sheet's name in any language, so that it can be found.
pub(super) const SHEET: &str = "修正履歴";
const SIZE: f64 = 8.5;
/// The least width of each column in pixels and its look; the last three share the rest.
const COLUMNS: [(u32, Look); 9] = [
    (36, Look::Figure),
    (62, Look::Cell),
    (148, Look::Cell),
    (84, Look::Cell),
    (48, Look::Figure),
    (112, Look::Cell),
    (160, Look::Cell),
    (160, Look::Cell),
    (180, Look::Cell),
];

/// Adds the sheet with the changes of the items that the book was made from.
pub(super) fn add(
    book: &mut Book,
    places: &BTreeSet<Location>,
    changes: &[Change],
    words: &HistoryWords,
    lang: Lang,
) -> Result<(), EmitError> {
    let own = changes
        .iter()
        .filter(|change| places.contains(&change.location));
    let rows: Vec<Vec<Entry>> = own
        .enumerate()
        .map(|(i, change)| line(i, change, words, lang))
        .collect();
    let list = ListSheet {
        title: words.title.say(lang),
        remark: words.remark.say(lang),
        table: Table {
            columns: columns(&words.columns, &COLUMNS, lang),
            rows,
            size: SIZE,
        },
        none: words.none.say(lang),
    };
    list.draw(book.sheet(SHEET)?)?;
    Ok(())
}

fn line(index: usize, change: &Change, words: &HistoryWords, lang: Lang) -> Vec<Entry> {
    let (kind, tone) = match change.applicability {
        Applicability::Safe => (&words.safe, None),
        Applicability::Suggested => (&words.suggested, Some(Tone::Suggested)),
    };
    let at = &change.location;
    vec![
        Entry::count(index + 1),
        Entry::colored(kind.say(lang), tone),
        Entry::plain(&at.file),
        Entry::plain(&at.sheet),
        Entry::plain(at.cell.map(|cell| cell.to_string()).unwrap_or_default()),
        // In brackets, so that nobody takes it for the label of a form.
        Entry::plain(format!("「{}」欄", change.item)),
        Entry::plain(&change.before),
        Entry::plain(&change.after),
        Entry::plain(change.why.say(lang)),
    ]
}
