//! A sheet with one list on it: title, remark and the list, or the words that it is empty.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::PAGE_NUMBER;
use super::cell;
use super::entry::Entry;
use super::style::{Look, Style};
use super::table::{Column, Table};
use super::template::ListWords;
use crate::model::{Lang, Wording};

/// The row of the list's heading.
const HEADING: u32 = 2;

/// What stands on the sheet.
pub(super) struct ListSheet<'a> {
    pub words: &'a ListWords,
    pub lang: Lang,
    pub table: Table,
}

impl<'a> ListSheet<'a> {
    /// The list of `rows`; each column has its least width in pixels and its look.
    pub(super) fn new(
        words: &'a ListWords,
        looks: &[(u32, Look)],
        rows: Vec<Vec<Entry>>,
        size: f64,
        lang: Lang,
    ) -> Self {
        Self {
            words,
            lang,
            table: Table {
                columns: columns(&words.columns, looks, lang),
                rows,
                size,
            },
        }
    }

    /// Draws it and sets up the print.
    pub(super) fn draw(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, table) = (self.words, &self.table);
        let write = |sheet: &mut Worksheet, row, text: &Wording, look| {
            let (text, style) = (text.say(self.lang), Style::new(look, table.size));
            cell::write(sheet, [row, row], [0, table.last_col()], text, style)
        };
        title(sheet, words.title.say(self.lang), table)?;
        sheet.set_row_height(1, 18)?;
        write(sheet, 1, &words.remark, Look::Plain)?;
        let mut end = table.draw(sheet, HEADING)?;
        if table.rows.is_empty() {
            write(sheet, end, &words.none, Look::Line)?;
            end += 1;
        } else {
            sheet.autofilter(HEADING, 0, end - 1, table.last_col())?;
        }
        table.set_up(sheet, HEADING, end)?;
        sheet.set_footer(PAGE_NUMBER);
        Ok(())
    }
}

/// The title over a list, in the first row.
pub(super) fn title(sheet: &mut Worksheet, text: &str, table: &Table) -> Result<(), XlsxError> {
    sheet.set_row_height(0, 24)?;
    let style = Style::new(Look::Heading, table.size);
    cell::write(sheet, [0, 0], [0, table.last_col()], text, style)
}

/// The columns of a list by their titles.
pub(super) fn columns(titles: &[Wording], looks: &[(u32, Look)], lang: Lang) -> Vec<Column> {
    let columns = titles.iter().zip(looks);
    columns
        .map(|(title, &(px, look))| Column::new(title.say(lang), px, look))
        .collect()
}
