//! A form that is a list (参考様式1・4): title, office, a line for each user.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell;
use super::entry::Entry;
use super::fit;
use super::style::{Look, Style};
use super::table::Table;

const LABEL_PX: u32 = 84;
const OFFICE_SIZE: f64 = 9.0;
/// Widths of 事業所名, 事業所番号 and サービス種別 in pixels.
const OFFICE_PX: [u32; 3] = [230, 100, 140];

/// One sheet.
pub(super) struct ListPage {
    /// （参考様式１）
    pub header: &'static str,
    pub title: Entry,
    /// 事業所名, 事業所番号, サービス種別
    pub office: [Entry; 3],
    pub table: Table,
}

impl ListPage {
    /// All that is written in it.
    pub(super) fn entries(&mut self) -> impl Iterator<Item = &mut Entry> {
        std::iter::once(&mut self.title)
            .chain(&mut self.office)
            .chain(self.table.rows.iter_mut().flatten())
    }

    /// Draws it and sets up the print.
    pub(super) fn draw(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        const HEADING: u32 = 3;
        let all = [0, self.table.last_col()];
        let title = self.title.style(Look::Title, OFFICE_SIZE);
        sheet.set_row_height(0, 26)?;
        cell::write(sheet, [0, 0], all, &self.title.text, title)?;
        cell::note(sheet, 0, 0, &self.title)?;
        self.draw_office(sheet, 1)?;
        sheet.set_row_height(2, 6)?;
        let end = self.table.draw(sheet, HEADING)?;
        self.table.set_up(sheet, HEADING, end)?;
        sheet.set_header(cell::print_text("&L", self.header, 10));
        Ok(())
    }

    fn draw_office(&self, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
        let labels = ["事業所名", "事業所番号", "サービス種別"];
        let mut left = 0;
        let mut height = 20.0;
        for ((label, entry), px) in labels.iter().zip(&self.office).zip(OFFICE_PX) {
            let label_end = self.table.reach(left, LABEL_PX);
            let style = Style::new(Look::Line, OFFICE_SIZE);
            cell::write(sheet, [row, row], [left, label_end], label, style)?;
            let from = label_end + 1;
            let to = self.table.reach(from, px);
            let style = entry.style(Look::Line, OFFICE_SIZE);
            height = fit::height(&entry.text, px, style.letters()).max(height);
            cell::put(sheet, [row, row], [from, to], entry, &entry.text, style)?;
            cell::note(sheet, row, from, entry)?;
            left = to + 1;
        }
        sheet.set_row_height(row, height.min(200.0))?;
        Ok(())
    }
}
