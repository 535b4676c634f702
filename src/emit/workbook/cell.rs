//! Writing one cell or merged box, its note, and the print's header and footer.

use rust_xlsxwriter::{Note, Worksheet, XlsxError};

use super::entry::Entry;
use super::fit;
use super::style::{FONT, Look, Style};

const NOTE_PX: u32 = 340;
const NOTE_SIZE: f64 = 9.0;
const LONGEST_NOTE: usize = 3_000;
const TALLEST_NOTE_PX: u32 = 420;

/// Writes an entry into the box: its number, else `text`, which is its text or a part of it.
pub(super) fn put(
    sheet: &mut Worksheet,
    rows: [u32; 2],
    cols: [u16; 2],
    entry: &Entry,
    text: &str,
    style: Style,
) -> Result<(), XlsxError> {
    let Some(figure) = entry.figure else {
        return write(sheet, rows, cols, text, style);
    };
    // A merged range is made of words; the number then takes their place.
    write(sheet, rows, cols, "", style)?;
    sheet.write_number_with_format(rows[0], cols[0], figure.number, &style.format())?;
    Ok(())
}

/// Writes `text` into the box of these first and last rows and columns; never as a formula.
pub(super) fn write(
    sheet: &mut Worksheet,
    [top, bottom]: [u32; 2],
    [left, right]: [u16; 2],
    text: &str,
    style: Style,
) -> Result<(), XlsxError> {
    let format = style.format();
    if top == bottom && left == right {
        sheet.write_string_with_format(top, left, text, &format)?;
    } else {
        sheet.merge_range(top, left, bottom, right, text, &format)?;
    }
    Ok(())
}

/// Attaches the note of an entry in question to the first cell of its box.
pub(super) fn note(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    entry: &Entry,
) -> Result<(), XlsxError> {
    if entry.note.is_empty() {
        return Ok(());
    }
    let text = fit::first_part(&fit::clean(&entry.note), LONGEST_NOTE);
    let letters = Style::new(Look::Plain, NOTE_SIZE).letters();
    let px = fit::height(&text, NOTE_PX, letters) * 96.0 / 72.0 + 8.0;
    let note = Note::new(text)
        .add_author_prefix(false)
        .set_font_name(FONT)
        .set_font_size(NOTE_SIZE)
        .set_width(NOTE_PX)
        .set_height((px as u32).min(TALLEST_NOTE_PX));
    sheet.insert_note(row, col, &note)?;
    Ok(())
}

/// A part of the print's header or footer: `place` is `&L`, `&C` or `&R`.
pub(super) fn print_text(place: &str, text: &str, size: u8) -> String {
    format!("{place}&\"{FONT},標準\"&{size}{}", text.replace('&', "&&"))
}
