//! A form that is a page of boxes (参考様式2・3): blocks drawn one below the other.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell;
use super::entry::{Entries, Entry};
use super::fit;
use super::style::Style;
use super::template::{Block, LabelledBox};

/// Columns of the grid, and their width: together the width of A4 between its margins.
const COLUMNS: u16 = 25;
const COLUMN_PX: u32 = 27;
/// Letters of a page in points.
const SIZE: f64 = 10.0;
/// Points between two blocks.
const GAP: f64 = 5.0;
/// Points of A4 between the upper and the lower margin.
const PAPER: f64 = 752.0;
/// A page is shrunk down to this before it runs over to another.
const LEAST_SCALE: f64 = 0.8;
/// A row higher than Excel shows (409 points) is split into rows of about this height, which
/// fill a page well.
const SPLIT_ROW: f64 = 100.0;
const HIGHEST_ROW: f64 = 400.0;

/// One sheet.
pub(super) struct Page<'t> {
    /// （参考様式２－１）
    pub header: &'static str,
    /// The blocks from top to bottom, with what is written in them.
    pub sections: Vec<(&'t Block, Entries)>,
}

/// The rows of the sheet that one row of a block takes: heights, by part of its longest text.
struct RowPlan {
    parts: Vec<Vec<f64>>,
}

impl RowPlan {
    fn height(&self) -> f64 {
        self.parts.iter().flatten().sum()
    }

    fn rows(&self) -> u32 {
        self.parts.iter().map(|part| part.len() as u32).sum()
    }
}

impl Page<'_> {
    /// Its height on paper in points, before any shrinking.
    fn height(&self) -> f64 {
        let gaps = self.sections.len().saturating_sub(1) as f64 * GAP;
        let rows: f64 = self
            .sections
            .iter()
            .flat_map(|(block, entries)| row_plans(block, entries))
            .map(|plan| plan.height())
            .sum();
        rows + gaps
    }

    /// Whether it goes on one sheet of paper.
    pub(super) fn fits_on_paper(&self) -> bool {
        self.height() <= PAPER / LEAST_SCALE
    }

    /// Draws it and sets up the print.
    pub(super) fn draw(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_column_range_width_pixels(0, COLUMNS - 1, COLUMN_PX)?;
        let mut top = 0;
        for (i, (block, entries)) in self.sections.iter().enumerate() {
            if i > 0 {
                sheet.set_row_height(top, GAP)?;
                top += 1;
            }
            top = draw_block(sheet, block, entries, top)?;
        }
        sheet.set_portrait();
        sheet.set_print_area(0, 0, top.saturating_sub(1), COLUMNS - 1)?;
        sheet.set_print_fit_to_pages(1, if self.fits_on_paper() { 1 } else { 0 });
        sheet.set_header(cell::print_text("&L", self.header, 10));
        Ok(())
    }
}

fn draw_block(
    sheet: &mut Worksheet,
    block: &Block,
    entries: &Entries,
    top: u32,
) -> Result<u32, XlsxError> {
    let plans = row_plans(block, entries);
    let mut next = top;
    for (row, plan) in plans.iter().enumerate() {
        for (i, height) in plan.parts.iter().flatten().enumerate() {
            sheet.set_row_height(next + i as u32, *height)?;
        }
        for boxed in boxes_in(block, row) {
            draw_box(sheet, boxed, entries, plan, next)?;
        }
        next += plan.rows();
    }
    Ok(next)
}

fn draw_box(
    sheet: &mut Worksheet,
    boxed: &LabelledBox,
    entries: &Entries,
    plan: &RowPlan,
    top: u32,
) -> Result<(), XlsxError> {
    let entry = entry_in(boxed, entries);
    let texts = fit::parts(&entry.text);
    let (left, right) = (boxed.at.first.col as u16, boxed.at.last.col as u16);
    let style = entry.style(boxed.look, SIZE);
    // Only the text that the row was planned by has several parts; others have the whole row.
    let spans: Vec<u32> = if texts.len() == plan.parts.len() {
        plan.parts.iter().map(|part| part.len() as u32).collect()
    } else {
        vec![plan.rows()]
    };
    let mut row = top;
    for (i, (text, rows)) in texts.iter().zip(spans).enumerate() {
        cell::put(
            sheet,
            [row, row + rows - 1],
            [left, right],
            &entry,
            text,
            style,
        )?;
        if i == 0 {
            cell::note(sheet, row, left, &entry)?;
        }
        row += rows;
    }
    Ok(())
}

fn row_plans(block: &Block, entries: &Entries) -> Vec<RowPlan> {
    let plan = |(row, least): (usize, &f64)| {
        let longest = boxes_in(block, row)
            .map(|boxed| needed(boxed, entries))
            .max_by(|a, b| a.iter().sum::<f64>().total_cmp(&b.iter().sum()))
            .unwrap_or_default();
        let missing = (least - longest.iter().sum::<f64>()).max(0.0);
        let mut heights = longest;
        match heights.last_mut() {
            Some(last) => *last += missing,
            None => heights.push(*least),
        }
        RowPlan {
            parts: heights.into_iter().map(split_high).collect(),
        }
    };
    block.rows.iter().enumerate().map(plan).collect()
}

/// The height in points that each part of the box's text needs.
fn needed(boxed: &LabelledBox, entries: &Entries) -> Vec<f64> {
    let px = (boxed.at.last.col - boxed.at.first.col + 1) * COLUMN_PX;
    let letters = Style::new(boxed.look, SIZE).letters();
    fit::parts(&entry_in(boxed, entries).text)
        .iter()
        .map(|text| fit::height(text, px, letters))
        .collect()
}

fn split_high(height: f64) -> Vec<f64> {
    let rows = match height > HIGHEST_ROW {
        true => (height / SPLIT_ROW).ceil(),
        false => 1.0,
    };
    vec![height / rows; rows as usize]
}

fn boxes_in(block: &Block, row: usize) -> impl Iterator<Item = &LabelledBox> {
    block
        .boxes
        .iter()
        .filter(move |boxed| boxed.at.first.row as usize == row)
}

fn entry_in(boxed: &LabelledBox, entries: &Entries) -> Entry {
    match boxed.item {
        Some(item) => entries.get(&item).cloned().unwrap_or_default(),
        None => Entry::plain(&boxed.label),
    }
}
