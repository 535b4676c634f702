//! A sheet with one list on it: title, remark and the list, or the words that it is empty.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::PAGE_NUMBER;
use super::cell;
use super::style::{Look, Style};
use super::table::{Column, Table};
use crate::model::{Lang, Wording};

/// The row of the list's heading.
const HEADING: u32 = 2;

/// What stands on the sheet.
pub(super) struct ListSheet<'a> {
    pub title: &'a str,
    pub remark: &'a str,
    pub table: Table,
    /// What is said in place of an empty list.
    pub none: &'a str,
}

impl ListSheet<'_> {
    /// Draws it and sets up the print.
    pub(super) fn draw(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let table = &self.table;
        let remark = Style::new(Look::Plain, table.size);
        let all = [0, table.last_col()];
        title(sheet, self.title, table)?;
        sheet.set_row_height(1, 18)?;
        cell::write(sheet, [1, 1], all, self.remark, remark)?;
        let mut end = table.draw(sheet, HEADING)?;
        if table.rows.is_empty() {
            let style = Style::new(Look::Line, table.size);
            cell::write(sheet, [end, end], all, self.none, style)?;
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

/// The columns of a list: their titles, with the least width in pixels and the look of each.
pub(super) fn columns(titles: &[Wording], looks: &[(u32, Look)], lang: Lang) -> Vec<Column> {
    let columns = titles.iter().zip(looks);
    columns
        .map(|(title, &(px, look))| Column::new(title.say(lang), px, look))
        .collect()
}
