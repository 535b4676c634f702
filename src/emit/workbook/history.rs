//! 修正履歴: what was written otherwise in this workbook, and why.

use std::collections::BTreeSet;

use super::EmitError;
use super::book::{Book, PAGE_NUMBER};
use super::cell;
use super::entry::Entry;
use super::style::{Look, Style, Tone};
use super::table::{Column, Table};
use super::template::HistoryWords;
use crate::model::{Applicability, Change, Lang, Location, Wording};

/// The sheet's name in any language, so that it can be found.
pub(super) const SHEET: &str = "修正履歴";
const SIZE: f64 = 8.5;
/// The least width of each column in pixels and its look; the last three share the rest.
const COLUMNS: [(u32, Look); 9] = [
    (36, Look::Figure),
    (62, Look::Cell),
    (150, Look::Cell),
    (84, Look::Cell),
    (48, Look::Figure),
    (112, Look::Cell),
    (160, Look::Cell),
    (160, Look::Cell),
    (180, Look::Cell),
];
const GROWING_PX: u32 = 160;
const HEADING: u32 = 2;

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
    let table = Table {
        columns: columns(words, lang),
        rows,
        size: SIZE,
    };
    let sheet = book.sheet(SHEET)?;
    let all = [0, table.last_col()];
    let (title, remark) = (words.title.say(lang), words.remark.say(lang));
    sheet.set_row_height(0, 24)?;
    cell::write(sheet, [0, 0], all, title, Style::new(Look::Heading, SIZE))?;
    sheet.set_row_height(1, 18)?;
    cell::write(sheet, [1, 1], all, remark, Style::new(Look::Plain, SIZE))?;
    let mut end = table.draw(sheet, HEADING)?;
    if table.rows.is_empty() {
        let style = Style::new(Look::Line, SIZE);
        cell::write(sheet, [end, end], all, words.none.say(lang), style)?;
        end += 1;
    } else {
        sheet.autofilter(HEADING, 0, end - 1, table.last_col())?;
    }
    table.set_up(sheet, HEADING, end)?;
    sheet.set_footer(PAGE_NUMBER);
    Ok(())
}

fn columns(words: &HistoryWords, lang: Lang) -> Vec<Column> {
    let column = |(title, (px, look)): (&Wording, (u32, Look))| Column {
        title: title.say(lang).to_owned(),
        group: None,
        px,
        look,
        grow: px >= GROWING_PX,
    };
    words.columns.iter().zip(COLUMNS).map(column).collect()
}

fn line(index: usize, change: &Change, words: &HistoryWords, lang: Lang) -> Vec<Entry> {
    let (kind, tone) = match change.applicability {
        Applicability::Safe => (&words.safe, None),
        Applicability::Suggested => (&words.suggested, Some(Tone::Suggested)),
    };
    let at = &change.location;
    vec![
        Entry::plain((index + 1).to_string()),
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
