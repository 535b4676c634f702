//! A list on landscape paper: a heading, and a line for each entry.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell;
use super::entry::Entry;
use super::fit;
use super::style::{Look, Style};
use super::template::ListColumn;

/// Pixels of A4 across, between its margins.
const PAPER_PX: u32 = 1_040;
const HIGHEST_ROW: f64 = 400.0;
/// The most characters that a cell of a list shows; no printed row holds more.
const MOST_IN_A_CELL: usize = 4_000;
const LEAST_ROW: f64 = 20.0;

/// One column of a list.
#[derive(Clone)]
pub(super) struct Column {
    pub title: String,
    /// The heading above several columns.
    pub group: Option<String>,
    /// The least width in pixels.
    pub px: u32,
    pub look: Look,
    /// Takes a share of the width that is left.
    pub grow: bool,
}

/// Columns as wide as this share what is left of the page.
const GROWING_PX: u32 = 150;

impl Column {
    /// A column of a list; a wide one grows.
    pub(super) fn new(title: &str, px: u32, look: Look) -> Self {
        Self {
            title: title.to_owned(),
            group: None,
            px,
            look,
            grow: px >= GROWING_PX,
        }
    }

    /// A column of a form's list.
    pub(super) fn of(column: &ListColumn) -> Self {
        Self {
            title: column.title.clone(),
            group: None,
            px: column.px,
            look: column.look,
            grow: column.grow,
        }
    }
}

/// The list itself.
pub(super) struct Table {
    pub columns: Vec<Column>,
    /// One entry a column.
    pub rows: Vec<Vec<Entry>>,
    /// Letters in points.
    pub size: f64,
}

impl Table {
    /// The width of each column in pixels.
    pub(super) fn widths(&self) -> Vec<u32> {
        let least: u32 = self.columns.iter().map(|column| column.px).sum();
        let growing = self.columns.iter().filter(|column| column.grow).count() as u32;
        let share = PAPER_PX.saturating_sub(least).checked_div(growing);
        self.columns
            .iter()
            .map(|column| column.px + share.filter(|_| column.grow).unwrap_or(0))
            .collect()
    }

    /// The last column.
    pub(super) fn last_col(&self) -> u16 {
        self.columns.len().saturating_sub(1) as u16
    }

    /// Draws heading and rows from `top` on; gives the row below.
    pub(super) fn draw(&self, sheet: &mut Worksheet, top: u32) -> Result<u32, XlsxError> {
        let widths = self.widths();
        for (col, px) in (0..).zip(&widths) {
            sheet.set_column_width_pixels(col, *px)?;
        }
        let body = self.draw_heading(sheet, top, &widths)?;
        for (row, entries) in (body..).zip(&self.rows) {
            let cells = || (0u16..).zip(self.columns.iter().zip(&widths).zip(entries));
            let height = cells()
                .map(|(_, ((column, &px), entry))| {
                    if entry.is_on_one_line() {
                        return LEAST_ROW;
                    }
                    let letters = entry.style(column.look, self.size).letters();
                    fit::height(&shown(entry), px, letters)
                })
                .fold(LEAST_ROW, f64::max);
            sheet.set_row_height(row, height.min(HIGHEST_ROW))?;
            for (col, ((column, _), entry)) in cells() {
                let style = entry.style(column.look, self.size);
                cell::put(sheet, [row, row], [col, col], entry, &shown(entry), style)?;
                cell::note(sheet, row, col, entry)?;
            }
        }
        Ok(body + self.rows.len() as u32)
    }

    /// How the heading of a column looks: day numbers are narrow, words are not.
    fn head(&self, column: &Column) -> Style {
        let is_number = column.title.bytes().all(|b| b.is_ascii_digit());
        let look = match is_number {
            true => Look::FigureHead,
            false => Look::Head,
        };
        Style::new(look, self.size)
    }

    /// Rows of the heading.
    fn heading_rows(&self) -> u32 {
        1 + u32::from(self.columns.iter().any(|column| column.group.is_some()))
    }

    fn draw_heading(
        &self,
        sheet: &mut Worksheet,
        top: u32,
        widths: &[u32],
    ) -> Result<u32, XlsxError> {
        let last = top + self.heading_rows() - 1;
        let height = self
            .columns
            .iter()
            .zip(widths)
            .map(|(column, &px)| fit::height(&column.title, px, self.head(column).letters()))
            .fold(LEAST_ROW, f64::max);
        sheet.set_row_height(last, height)?;
        let mut col = 0usize;
        while let Some(column) = self.columns.get(col) {
            let at = col as u16;
            let Some(group) = &column.group else {
                cell::write(
                    sheet,
                    [top, last],
                    [at, at],
                    &column.title,
                    self.head(column),
                )?;
                col += 1;
                continue;
            };
            let grouped = self.columns.iter().skip(col);
            let grouped = grouped.take_while(|other| other.group.as_ref() == Some(group));
            let members: Vec<&Column> = grouped.collect();
            let end = at + members.len() as u16 - 1;
            let style = Style::new(Look::Head, self.size);
            cell::write(sheet, [top, top], [at, end], group, style)?;
            for (member_col, member) in (at..).zip(&members) {
                let cols = [member_col, member_col];
                cell::write(sheet, [last, last], cols, &member.title, self.head(member))?;
            }
            col += members.len();
        }
        Ok(last + 1)
    }

    /// Paper, headings on every page, and what stays in sight; `top` is the heading's row.
    pub(super) fn set_up(
        &self,
        sheet: &mut Worksheet,
        top: u32,
        end: u32,
    ) -> Result<(), XlsxError> {
        let body = top + self.heading_rows();
        sheet.set_landscape();
        sheet.set_repeat_rows(top, body - 1)?;
        sheet.set_freeze_panes(body, 0)?;
        sheet.set_print_area(0, 0, end.saturating_sub(1), self.last_col())?;
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// The columns from `from` on that together are `px` wide or more: the last of them.
    pub(super) fn reach(&self, from: u16, px: u32) -> u16 {
        let mut wide = 0;
        (0u16..)
            .zip(self.widths())
            .skip(usize::from(from))
            .find(|(_, width)| {
                wide += width;
                wide >= px
            })
            .map_or(self.last_col(), |(col, _)| col)
    }
}

fn shown(entry: &Entry) -> String {
    fit::first_part(&entry.text, MOST_IN_A_CELL)
}
