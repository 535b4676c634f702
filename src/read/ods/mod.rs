//! OpenDocument spreadsheets (`.ods`), as LibreOffice writes them.
//!
//! They keep the shown text of every cell beside its value, so no format has to be applied.

mod content;
mod drawing;

use std::collections::{BTreeMap, BTreeSet};

use super::geometry::{Grid, length};
use super::limits::{Allowance, Budget, CHOICES, COLS, ROWS, SHEETS};
use super::look::{Look, align, letters};
use super::package::Package;
use super::xml::{Tag, Xml};
use super::{Book, Comment, Merges, ReadError, Sheet, SheetCell, Visibility};
use crate::model::{Cell, CellRange, FileName};
use content::Content;
use drawing::{Controls, Drawn};

/// The part that holds the tables.
pub(super) const CONTENT: &str = "content.xml";

/// Reads the package.
pub(super) fn read(
    package: &mut Package<'_>,
    shown: FileName,
    allowance: Allowance,
) -> Result<Book, ReadError> {
    if let Some(manifest) = package.text("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(ReadError::UnknownEncryption);
    }
    let text = package.text(CONTENT)?.ok_or(ReadError::Damaged)?;
    let mut xml = Xml::new(&text);
    let mut styles = Styles::default();
    let mut sheets = None;
    let mut budget = Budget::new(allowance);
    xml.root("document-content")?;
    while let Some(tag) = xml.child(1)? {
        match tag.name() {
            "automatic-styles" => styles = Styles::read(&mut xml)?,
            "body" => {
                while let Some(tag) = xml.child(2)? {
                    if tag.name() == "spreadsheet" {
                        sheets = Some(read_sheets(&mut xml, &styles, &mut budget)?);
                    }
                }
            }
            _ => {}
        }
    }
    // The same part holds the text of documents and the slides of presentations.
    Ok(Book {
        file: shown,
        sheets: sheets.ok_or(ReadError::NotAWorkbook)?,
    })
}

fn read_sheets(
    xml: &mut Xml<'_>,
    styles: &Styles,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, ReadError> {
    let depth = xml.depth();
    let mut sheets = Vec::new();
    while let Some(tag) = xml.child(depth)? {
        if tag.name() != "table" {
            continue;
        }
        if sheets.len() >= SHEETS {
            return Err(ReadError::TooLarge);
        }
        let is_hidden = tag
            .attribute("style-name")
            .is_some_and(|style| styles.hidden.contains(&style));
        let mut table = Table::default();
        table.read(xml, styles, budget)?;
        let look = |cell| table.looks.get(&cell).copied().unwrap_or_default();
        let under = (&table.merges, look);
        let (check_boxes, shapes) = drawing::place(table.drawn, table.controls, &table.grid, under);
        sheets.push(Sheet {
            name: tag.attribute("name").unwrap_or_default(),
            visibility: match is_hidden {
                true => Visibility::Hidden,
                false => Visibility::Visible,
            },
            merged: table.merges.into_ranges(),
            check_boxes,
            shapes,
            ..table.sheet
        });
    }
    Ok(sheets)
}

/// Names of the styles that say more than how a cell looks.
#[derive(Debug, Default)]
struct Styles {
    /// Of tables that are not shown.
    hidden: BTreeSet<String>,
    /// Of cells, and of parts of their text, that are struck through.
    struck: BTreeSet<String>,
    /// Widths of columns and heights of rows, in EMU.
    sizes: BTreeMap<String, i64>,
    /// How the text of cells is set.
    looks: BTreeMap<String, Look>,
}

impl Styles {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let depth = xml.depth();
        let mut styles = Self::default();
        while let Some(style) = xml.child(depth)? {
            let Some(name) = style.attribute("name") else {
                continue;
            };
            let mut look = Look::default();
            while let Some(tag) = xml.child(depth + 1)? {
                look = looked(&tag, look);
                match tag.name() {
                    "table-properties" if tag.attribute("display").as_deref() == Some("false") => {
                        styles.hidden.insert(name.clone());
                    }
                    "text-properties"
                        if tag
                            .attribute("text-line-through-style")
                            .is_some_and(|line| line != "none") =>
                    {
                        styles.struck.insert(name.clone());
                    }
                    "table-column-properties" | "table-row-properties" => {
                        let size = tag
                            .attribute("column-width")
                            .or(tag.attribute("row-height"));
                        let size = size.and_then(|size| length(&size));
                        styles.sizes.extend(size.map(|size| (name.clone(), size)));
                    }
                    _ => {}
                }
            }
            if look != Look::default() {
                styles.looks.insert(name, look);
            }
        }
        Ok(styles)
    }
}

/// The look, with what one of a style's properties says of it.
fn looked(tag: &Tag<'_>, look: Look) -> Look {
    let named = |name| tag.attribute(name).and_then(|place| align(&place));
    let size = tag.attribute("font-size");
    let points = size.and_then(|size| size.strip_suffix("pt")?.parse().ok());
    Look {
        letters: points.map_or(look.letters, letters),
        across: named("text-align").unwrap_or(look.across),
        down: named("vertical-align").unwrap_or(look.down),
    }
}

/// A table as it is read.
#[derive(Default)]
struct Table {
    sheet: Sheet,
    merges: Merges,
    grid: Grid,
    controls: Controls,
    drawn: Vec<Drawn>,
    /// How short texts are set, which may be choices.
    looks: BTreeMap<Cell, Look>,
    row: u32,
    col: u32,
}

impl Table {
    /// Reads the table, or the group of rows or columns in it, that was opened last.
    fn read(
        &mut self,
        xml: &mut Xml<'_>,
        styles: &Styles,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let depth = xml.depth();
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "table-column" => {
                    let end = self.col.saturating_add(repeats(&tag, "columns")).min(COLS);
                    if is_collapsed(&tag) {
                        self.sheet.hidden_cols.extend(self.col..end);
                    }
                    if let Some(size) = size_of(&tag, styles)
                        && end > self.col
                    {
                        self.grid.cols.set(self.col, end - 1, size);
                    }
                    self.col = end;
                }
                "table-row" => self.read_row(&tag, xml, styles, budget)?,
                "table-rows"
                | "table-row-group"
                | "table-header-rows"
                | "table-columns"
                | "table-column-group"
                | "table-header-columns" => {
                    self.read(xml, styles, budget)?;
                }
                "forms" => self.controls.read(xml, budget)?,
                "shapes" => {
                    while let Some(tag) = xml.child(depth + 1)? {
                        drawing::read(&tag, xml, budget, &mut self.drawn)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_row(
        &mut self,
        row: &Tag<'_>,
        xml: &mut Xml<'_>,
        styles: &Styles,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let depth = xml.depth();
        let first = self.row;
        let end = first.saturating_add(repeats(row, "rows")).min(ROWS);
        let mut col = 0;
        let mut holds_something = false;
        if let Some(size) = size_of(row, styles)
            && end > first
        {
            self.grid.rows.set(first, end - 1, size);
        }
        while let Some(tag) = xml.child(depth)? {
            let is_covered = match tag.name() {
                "table-cell" => false,
                "covered-table-cell" => true,
                _ => continue,
            };
            let end_col = col_end(col, repeats(&tag, "columns"));
            let mut content = Content::read(&tag, xml, budget)?;
            let place = (first..end, col..end_col);
            col = end_col;
            if is_covered {
                continue;
            }
            self.merge(&tag, Cell::new(first, place.1.start), budget)?;
            let style = tag.attribute("style-name").unwrap_or_default();
            let mut set = content.parts.iter().chain([&style]);
            let struck = set.any(|style| styles.struck.contains(style));
            if content.is_empty() {
                continue;
            }
            holds_something = true;
            let cell = Cell::new(first, place.1.start);
            if let Some(look) = styles.looks.get(&style)
                && content.shown.len() <= CHOICES
            {
                self.looks.insert(cell, *look);
            }
            let drawn = content.drawn.drain(..);
            self.drawn.extend(drawn.map(|drawn| drawn.on(cell)));
            for row in place.0 {
                for col in place.1.clone() {
                    self.put(Cell::new(row, col), &content, struck, budget)?;
                }
            }
        }
        // Blank rows are repeated down to the end of the table.
        if is_collapsed(row) && holds_something {
            self.sheet.hidden_rows.extend(first..end);
        }
        self.row = end;
        Ok(())
    }

    fn merge(&mut self, tag: &Tag<'_>, cell: Cell, budget: &mut Budget) -> Result<(), ReadError> {
        let spanned = |name| tag.number::<u32>(name).unwrap_or(1).max(1);
        let (cols, rows) = (
            spanned("number-columns-spanned"),
            spanned("number-rows-spanned"),
        );
        if cols > 1 || rows > 1 {
            budget.merged()?;
            let last = Cell::new(
                cell.row.saturating_add(rows - 1).min(ROWS - 1),
                col_end(cell.col, cols).saturating_sub(1).max(cell.col),
            );
            self.merges.insert(CellRange::new(cell, last));
        }
        Ok(())
    }

    fn put(
        &mut self,
        cell: Cell,
        content: &Content,
        struck: bool,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        if let Some(text) = &content.comment {
            budget.object()?;
            budget.text(text.len())?;
            self.sheet.comments.push(Comment {
                cell,
                text: text.clone(),
            });
        }
        if let Some(stored) = &content.stored {
            let content = SheetCell {
                stored: stored.clone(),
                shown: content.shown.clone(),
                struck,
            };
            budget.cell(&content)?;
            self.sheet.cells.insert(cell, content);
        }
        Ok(())
    }
}

fn repeats(tag: &Tag<'_>, of: &str) -> u32 {
    tag.number(&format!("number-{of}-repeated"))
        .unwrap_or(1)
        .max(1)
}

fn col_end(col: u32, count: u32) -> u32 {
    col.saturating_add(count).min(COLS)
}

/// Width or height of the columns or rows, in EMU, as far as it is known.
fn size_of(tag: &Tag<'_>, styles: &Styles) -> Option<i64> {
    if is_collapsed(tag) {
        return Some(0);
    }
    styles.sizes.get(&tag.attribute("style-name")?).copied()
}

fn is_collapsed(tag: &Tag<'_>) -> bool {
    tag.attribute("visibility")
        .is_some_and(|visibility| visibility != "visible")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::read::Stored;
    use crate::read::testing::package;

    pub(in crate::read::ods) fn sheet(styles: &str, table: &str) -> Sheet {
        let content = format!(
            "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
             <office:body><office:spreadsheet><table:table table:name=\"記録\" \
             table:style-name=\"ta1\">{table}</table:table></office:spreadsheet></office:body>\
             </office:document-content>"
        );
        let bytes = package(&[(CONTENT, content.as_str())]);
        let mut package = Package::open(&bytes).unwrap();
        read(&mut package, "a.ods".into(), Allowance::Alone)
            .unwrap()
            .sheets
            .remove(0)
    }

    fn seen(sheet: &Sheet) -> Vec<(String, Stored, &str)> {
        let cells = sheet.cells.iter();
        cells
            .map(|(cell, content)| {
                (
                    cell.to_string(),
                    content.stored.clone(),
                    content.shown.as_str(),
                )
            })
            .collect()
    }

    #[test]
    fn values_keep_their_kind_and_their_shown_text() {
        let sheet = sheet(
            "<style:style style:name=\"ta1\"><style:table-properties table:display=\"false\"/></style:style>",
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"7\">\
             <text:p>令和7</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"date\" office:date-value=\"2025-09-03\"><text:p>9月3日</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"time\" office:time-value=\"PT09H30M00S\"><text:p>9:30</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"string\"><text:p>山<text:span>田</text:span><text:s text:c=\"2\"/>様</text:p><text:p>二</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#REF!</text:p></table:table-cell>\
             <table:table-cell table:formula=\"of:=A1\"/></table:table-row>",
        );
        assert_eq!(sheet.visibility, Visibility::Hidden);
        let text = "山田  様\n二";
        assert_eq!(
            seen(&sheet),
            [
                ("A1".to_owned(), Stored::Number(7.0), "令和7"),
                ("B1".to_owned(), Stored::Moment(45903.0), "9月3日"),
                (
                    "C1".to_owned(),
                    Stored::Moment(0.395_833_333_333_333_3),
                    "9:30"
                ),
                ("D1".to_owned(), Stored::Text(text.to_owned()), text),
                ("E1".to_owned(), Stored::Error("#REF!".to_owned()), "#REF!"),
                ("F1".to_owned(), Stored::NotCalculated, ""),
            ]
        );
    }

    #[test]
    fn repeats_merges_and_hidden_rows_keep_their_places() {
        let sheet = sheet(
            "",
            "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>\
             <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
             <table:table-row-group><table:table-row table:visibility=\"collapse\"><table:table-cell/>\
             <table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\"><office:annotation><text:p>注</text:p></office:annotation><text:p>あ</text:p></table:table-cell>\
             <table:covered-table-cell><text:p>隠</text:p></table:covered-table-cell>\
             <table:table-cell table:number-columns-repeated=\"2\"><text:p>い</text:p></table:table-cell></table:table-row></table:table-row-group>\
             <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        );
        let cells: Vec<_> = seen(&sheet).into_iter().map(|(cell, ..)| cell).collect();
        assert_eq!(cells, ["B4", "D4", "E4"]);
        assert_eq!(sheet.merged[0].to_string(), "B4:C5");
        assert_eq!(sheet.comments[0].text, "注");
        assert!(sheet.hidden_rows.iter().eq([&3]) && sheet.hidden_cols.iter().eq([&2]));
    }

    #[test]
    fn a_password_is_told_and_furigana_is_no_text() {
        let bytes = package(&[
            (
                "META-INF/manifest.xml",
                "<m><manifest:encryption-data/></m>",
            ),
            (CONTENT, "garbage"),
        ]);
        let mut locked = Package::open(&bytes).unwrap();
        assert_eq!(
            read(&mut locked, "a.ods".into(), Allowance::Alone),
            Err(ReadError::UnknownEncryption)
        );
        let sheet = sheet(
            "",
            "<table:table-row><table:table-cell><text:p><text:ruby><text:ruby-base>山</text:ruby-base>\
             <text:ruby-text>やま</text:ruby-text></text:ruby>田</text:p></table:table-cell></table:table-row>",
        );
        assert_eq!(seen(&sheet)[0].2, "山田");
    }
}
