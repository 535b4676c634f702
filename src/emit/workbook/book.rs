//! From planned sheets to the bytes of a workbook.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::EmitError;
use super::cell;
use super::entry::Entry;
use super::list_page::ListPage;
use super::marks::Marks;
use super::page::Page;
use super::style::FONT;
use super::template::Words;
use crate::model::{Lang, Location};

/// Pixels of a row and a column of 9-point letters; the writer derives its measures from them.
const DEFAULT_CELL_PX: (u32, u32) = (18, 80);

const LAST_CELL: (u32, u16) = (1_048_575, 16_383);
/// A list may run over several pages.
pub(super) const PAGE_NUMBER: &str = "&R&8&P/&N";

/// A workbook that is still to be written.
pub(super) struct Plan<'t> {
    /// Relative to the office's folder.
    pub file: String,
    pub sheets: Vec<PlannedSheet<'t>>,
}

/// One sheet of it.
pub(super) struct PlannedSheet<'t> {
    /// Made unique within the book when it is written.
    pub name: String,
    pub content: Content<'t>,
}

/// What a sheet holds.
pub(super) enum Content<'t> {
    /// 参考様式2・3
    Page(Page<'t>),
    /// 参考様式1・4
    List(Box<ListPage>),
}

impl Content<'_> {
    fn entries(&mut self) -> Box<dyn Iterator<Item = &mut Entry> + '_> {
        match self {
            Self::Page(page) => Box::new(
                page.sections
                    .iter_mut()
                    .flat_map(|(_, entries)| entries.values_mut()),
            ),
            Self::List(list) => Box::new(list.entries()),
        }
    }
}

impl Plan<'_> {
    /// The places that its items were read from.
    pub(super) fn places(&mut self) -> BTreeSet<Location> {
        self.entries()
            .flat_map(|entry| entry.places.iter().cloned())
            .collect()
    }

    /// Marks the items in question.
    pub(super) fn mark(&mut self, marks: &Marks) {
        for entry in self.entries() {
            if let Some(mark) = marks.on(entry) {
                entry.tone = Some(mark.tone);
                entry.note = mark.note;
            }
        }
    }

    fn entries(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.sheets
            .iter_mut()
            .flat_map(|sheet| sheet.content.entries())
    }
}

/// A workbook being written.
pub(super) struct Book {
    workbook: Workbook,
    names: BTreeSet<String>,
}

impl Book {
    /// An empty workbook, made at midnight of `made_on`.
    pub(super) fn new(made_on: NaiveDate) -> Result<Self, EmitError> {
        let mut workbook = Workbook::new();
        let normal = Format::new()
            .set_font_name(FONT)
            .set_font_charset(128)
            .set_font_size(9);
        workbook.set_default_format(&normal, DEFAULT_CELL_PX.0, DEFAULT_CELL_PX.1)?;
        let (year, month, day) = (made_on.year(), made_on.month(), made_on.day());
        let made_at = ExcelDateTime::from_ymd(
            u16::try_from(year).unwrap_or(0),
            u8::try_from(month).unwrap_or(0),
            u8::try_from(day).unwrap_or(0),
        )?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
        Ok(Self {
            workbook,
            names: BTreeSet::new(),
        })
    }

    /// Writes the sheets of a plan.
    pub(super) fn write(
        &mut self,
        plan: &mut Plan,
        words: &Words,
        lang: Lang,
    ) -> Result<(), EmitError> {
        for planned in &mut plan.sheets {
            let is_marked = planned.content.entries().any(|entry| entry.tone.is_some());
            let sheet = self.sheet(&planned.name)?;
            match &planned.content {
                Content::Page(page) => page.draw(sheet)?,
                Content::List(list) => list.draw(sheet)?,
            }
            let mut footer = String::new();
            if is_marked {
                footer += &cell::print_text("&L", words.marks.legend.say(lang), 7);
            }
            if matches!(planned.content, Content::List(_)) {
                footer += PAGE_NUMBER;
            }
            sheet.set_footer(footer);
        }
        Ok(())
    }

    /// A new sheet on A4.
    pub(super) fn sheet(&mut self, name: &str) -> Result<&mut Worksheet, XlsxError> {
        let mut unique = name.to_owned();
        let mut count = 1;
        while !self.names.insert(unique.clone()) {
            count += 1;
            unique = format!("{name} ({count})");
        }
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(unique)?;
        sheet.set_paper_size(9);
        sheet.set_margins(0.47, 0.47, 0.75, 0.5, 0.35, 0.25);
        sheet.set_print_center_horizontally(true);
        sheet.set_screen_gridlines(false);
        // Certificate numbers are texts on purpose.
        sheet.ignore_error_range(
            0,
            0,
            LAST_CELL.0,
            LAST_CELL.1,
            IgnoreError::NumberStoredAsText,
        )?;
        Ok(sheet)
    }

    /// The whole file.
    pub(super) fn bytes(mut self) -> Result<Vec<u8>, EmitError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}
