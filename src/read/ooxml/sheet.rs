//! One worksheet part, in one pass: cells, merged ranges, what is hidden, the page header,
//! and the references to controls and drawings.

use std::collections::{BTreeMap, BTreeSet};

use super::strings::{RichText, read_rich, unescape};
use super::styles::Styles;
use crate::model::{Cell, CellRange};
use crate::read::geometry::{Anchor, Grid, column_width, row_height};
use crate::read::limits::{Budget, CHOICES, COLS, ROWS};
use crate::read::number_format::serial_of_iso;
use crate::read::page_header;
use crate::read::style::Style;
use crate::read::xml::{Tag, Xml, is_true};
use crate::read::{Merges, ReadError, SheetCell, Stored};

/// What the cells of a workbook share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Texts by index.
    pub(super) strings: Vec<RichText>,
    /// Cell formats by index.
    pub(super) styles: Styles,
    /// Whether dates count from 1904.
    pub(super) from_1904: bool,
}

/// A worksheet part as read.
#[derive(Debug, Default)]
pub(super) struct SheetPart {
    pub(super) cells: BTreeMap<Cell, SheetCell>,
    /// Cell formats of short texts, which may be choices.
    pub(super) formats: BTreeMap<Cell, usize>,
    pub(super) merges: Merges,
    pub(super) hidden_rows: BTreeSet<u32>,
    pub(super) hidden_cols: BTreeSet<u32>,
    pub(super) header: String,
    pub(super) grid: Grid,
    pub(super) controls: Vec<ControlRef>,
    /// Relationship of the drawing.
    pub(super) drawing: Option<String>,
    /// Relationship of the VML drawing.
    pub(super) legacy_drawing: Option<String>,
}

/// A form control as the sheet names it.
#[derive(Debug)]
pub(super) struct ControlRef {
    /// Id of its shape in the drawings.
    pub(super) shape: String,
    /// Relationship of its properties.
    pub(super) properties: String,
    pub(super) anchor: Option<Anchor>,
}

impl SheetPart {
    /// Reads the part.
    pub(super) fn read(
        text: &str,
        shared: &Shared,
        budget: &mut Budget,
    ) -> Result<Self, ReadError> {
        let mut sheet = Self::default();
        let mut xml = Xml::new(text);
        xml.root("worksheet")?;
        while let Some(tag) = xml.child(1)? {
            match tag.name() {
                "sheetFormatPr" => sheet.read_defaults(&tag),
                "cols" => sheet.read_cols(&mut xml)?,
                "sheetData" => sheet.read_rows(&mut xml, shared, budget)?,
                "mergeCells" => sheet.read_merges(&mut xml, budget)?,
                "headerFooter" => sheet.header = read_header(&mut xml, budget)?,
                "drawing" => sheet.drawing = tag.attribute("id"),
                "legacyDrawing" => sheet.legacy_drawing = tag.attribute("id"),
                "controls" => sheet.read_controls(&mut xml, budget)?,
                _ => {}
            }
        }
        sheet.drop_covered();
        Ok(sheet)
    }

    /// A merged range shows its first cell; what lies under the rest is not seen.
    pub(super) fn drop_covered(&mut self) {
        let merges = &self.merges;
        self.cells
            .retain(|cell, _| merges.range_at(*cell).first == *cell);
    }

    /// Takes in a cell of that format.
    pub(super) fn put(
        &mut self,
        cell: Cell,
        format: usize,
        content: SheetCell,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        budget.cell(&content)?;
        if matches!(content.stored, Stored::Text(_)) && content.shown.len() <= CHOICES {
            self.formats.insert(cell, format);
        }
        self.cells.insert(cell, content);
        Ok(())
    }

    /// Takes in columns of one width, in characters. They come in order; what comes again is
    /// not worth the time.
    pub(super) fn set_columns(
        &mut self,
        first: u32,
        last: u32,
        is_hidden: bool,
        width: Option<f64>,
    ) {
        if self.hidden_cols.last().is_some_and(|known| *known >= first) {
            return;
        }
        if is_hidden {
            self.hidden_cols.extend(first..=last);
            self.grid.cols.set(first, last, 0);
        } else if let Some(width) = width {
            self.grid.cols.set(first, last, column_width(width));
        }
    }

    /// Takes in a row and its height in points.
    pub(super) fn set_row(&mut self, row: u32, is_hidden: bool, height: Option<f64>) {
        if is_hidden {
            self.hidden_rows.insert(row);
            self.grid.rows.set(row, row, 0);
        } else if let Some(height) = height {
            self.grid.rows.set(row, row, row_height(height));
        }
    }

    fn read_defaults(&mut self, tag: &Tag<'_>) {
        if let Some(width) = tag.number("defaultColWidth") {
            self.grid.cols.set_default(column_width(width));
        }
        if let Some(height) = tag.number("defaultRowHeight") {
            self.grid.rows.set_default(row_height(height));
        }
    }

    fn read_cols(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let depth = xml.depth();
        while let Some(tag) = xml.child(depth)? {
            let (Some(min), Some(max)) = (tag.number::<u32>("min"), tag.number::<u32>("max"))
            else {
                continue;
            };
            if min < 1 || min > max || max > COLS {
                continue;
            }
            let is_hidden = tag.is_set("hidden");
            self.set_columns(min - 1, max - 1, is_hidden, tag.number("width"));
        }
        Ok(())
    }

    fn read_rows(
        &mut self,
        xml: &mut Xml<'_>,
        shared: &Shared,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let depth = xml.depth();
        let mut next = 0;
        while let Some(tag) = xml.child(depth)? {
            let row = match tag.number::<u32>("r") {
                Some(number) => number.checked_sub(1).ok_or(ReadError::Damaged)?,
                None => next,
            };
            if row >= ROWS {
                return Err(ReadError::Damaged);
            }
            next = row + 1;
            self.set_row(row, tag.is_set("hidden"), tag.number("ht"));
            self.read_cells(xml, row, shared, budget)?;
        }
        Ok(())
    }

    fn read_cells(
        &mut self,
        xml: &mut Xml<'_>,
        row: u32,
        shared: &Shared,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let depth = xml.depth();
        let mut next = Cell::new(row, 0);
        while let Some(tag) = xml.child(depth)? {
            let mut cell = next;
            let mut format = 0;
            let mut kind = Kind::Number;
            for (name, value) in tag.attributes() {
                match name {
                    "r" => cell = parse_reference(&value).ok_or(ReadError::Damaged)?,
                    "s" => format = value.parse().unwrap_or(0),
                    "t" => kind = Kind::parse(&value),
                    _ => {}
                }
            }
            if cell.col >= COLS {
                return Err(ReadError::Damaged);
            }
            next = Cell::new(cell.row, cell.col + 1);
            let Some(raw) = RawValue::read(xml)? else {
                continue;
            };
            let style = shared.styles.get(format);
            if let Some(content) = raw.interpret(kind, style, shared)? {
                self.put(cell, format, content, budget)?;
            }
        }
        Ok(())
    }

    fn read_merges(&mut self, xml: &mut Xml<'_>, budget: &mut Budget) -> Result<(), ReadError> {
        let depth = xml.depth();
        while let Some(tag) = xml.child(depth)? {
            budget.merged()?;
            if let Some(range) = tag.attribute("ref").as_deref().and_then(parse_range) {
                // Of two that overlap, Excel keeps none; the first is the better guess.
                self.merges.insert(range);
            }
        }
        Ok(())
    }

    fn read_controls(&mut self, xml: &mut Xml<'_>, budget: &mut Budget) -> Result<(), ReadError> {
        let depth = xml.depth();
        while let Some(tag) = xml.child(depth)? {
            budget.object()?;
            let mut control = ControlRef {
                shape: tag.attribute("shapeId").unwrap_or_default(),
                properties: tag.attribute("id").unwrap_or_default(),
                anchor: None,
            };
            while let Some(tag) = xml.child(depth + 1)? {
                if tag.name() == "controlPr" {
                    while let Some(tag) = xml.child(depth + 2)? {
                        if tag.name() == "anchor" {
                            control.anchor = Anchor::read(xml)?;
                        }
                    }
                }
            }
            self.controls.push(control);
        }
        Ok(())
    }
}

/// The `t` of a cell.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    Error,
    IsoDate,
}

impl Kind {
    fn parse(value: &str) -> Self {
        match value {
            "s" => Self::Shared,
            "str" | "inlineStr" => Self::Text,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::IsoDate,
            _ => Self::Number,
        }
    }
}

/// The children of a cell.
#[derive(Default)]
struct RawValue {
    formula: bool,
    value: Option<String>,
    inline: Option<RichText>,
}

impl RawValue {
    /// Reads the `c` element that was opened last; `None` when it has no content.
    fn read(xml: &mut Xml<'_>) -> Result<Option<Self>, ReadError> {
        let depth = xml.depth();
        let mut raw = Self::default();
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "f" => raw.formula = true,
                "v" => raw.value = Some(xml.text()?.into_owned()),
                "is" => raw.inline = Some(read_rich(xml)?),
                _ => {}
            }
        }
        let empty = !raw.formula && raw.value.is_none() && raw.inline.is_none();
        Ok((!empty).then_some(raw))
    }

    fn interpret(
        self,
        kind: Kind,
        style: &Style,
        shared: &Shared,
    ) -> Result<Option<SheetCell>, ReadError> {
        if let Some(rich) = self.inline {
            return Ok(style.text(rich.text, rich.struck));
        }
        let Some(value) = self.value else {
            return Ok(self.formula.then(|| style.not_calculated()));
        };
        let trimmed = value.trim();
        let cell = match kind {
            // A formula may have come to an empty text: that is nothing to see.
            Kind::Text => return Ok(style.text(unescape(&value), None)),
            _ if trimmed.is_empty() => return Ok(self.formula.then(|| style.not_calculated())),
            Kind::Shared => {
                let rich = trimmed
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| shared.strings.get(index))
                    .ok_or(ReadError::Damaged)?;
                return Ok(style.text(rich.text.clone(), rich.struck));
            }
            Kind::Bool => style.bool(is_true(trimmed)),
            Kind::Error => style.error(trimmed),
            Kind::IsoDate => match serial_of_iso(trimmed) {
                Some(serial) => {
                    let shown = match style.format.is_moment(serial) {
                        true => style.format.show(serial),
                        false => trimmed.to_owned(),
                    };
                    style.plain(Stored::Moment(serial), shown)
                }
                None => return Ok(style.text(value, None)),
            },
            Kind::Number => match trimmed.parse::<f64>() {
                Ok(number) if number.is_finite() => style.number(number, shared.from_1904),
                _ => return Ok(style.text(value, None)),
            },
        };
        Ok(Some(cell))
    }
}

/// `D8`, inside the bounds of a worksheet.
fn parse_reference(text: &str) -> Option<Cell> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (col, row) = text.split_at_checked(letters)?;
    let mut number: u32 = 0;
    for letter in col.bytes().map(|b| b.to_ascii_uppercase()) {
        number = number
            .checked_mul(26)?
            .checked_add(u32::from(letter - b'A') + 1)?;
    }
    let (col, row) = (
        number.checked_sub(1)?,
        row.parse::<u32>().ok()?.checked_sub(1)?,
    );
    (col < COLS && row < ROWS).then(|| Cell::new(row, col))
}

fn parse_range(text: &str) -> Option<CellRange> {
    let text = text.replace('$', "");
    match text.split_once(':') {
        Some((a, b)) => Some(CellRange::new(parse_reference(a)?, parse_reference(b)?)),
        None => Some(CellRange::single(parse_reference(&text)?)),
    }
}

/// All page headers and footers, a section a line, without formatting codes.
fn read_header(xml: &mut Xml<'_>, budget: &mut Budget) -> Result<String, ReadError> {
    let depth = xml.depth();
    let mut texts = Vec::new();
    while xml.child(depth)?.is_some() {
        let text = page_header::plain(&unescape(&xml.text()?));
        budget.object()?;
        budget.text(text.len())?;
        texts.push(text);
    }
    Ok(page_header::join(&texts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Allowance;

    fn read(content: &str) -> Result<SheetPart, ReadError> {
        let shared = Shared {
            strings: vec![RichText {
                text: "共有".to_owned(),
                struck: Some(true),
            }],
            ..Shared::default()
        };
        let text = format!("<worksheet>{content}</worksheet>");
        SheetPart::read(&text, &shared, &mut Budget::new(Allowance::Alone))
    }

    fn stored(cells: &str) -> Vec<(String, Stored)> {
        let sheet = read(&format!(
            "<sheetData><row r=\"2\">{cells}</row></sheetData>"
        ))
        .unwrap();
        let cells = sheet.cells.into_iter();
        cells
            .map(|(cell, content)| (cell.to_string(), content.stored))
            .collect()
    }

    #[test]
    fn each_kind_of_cell_keeps_its_kind() {
        let text = |text: &str| Stored::Text(text.to_owned());
        for (cell, expected) in [
            ("<c t=\"s\"><v>0</v></c>", text("共有")),
            ("<c t=\"inlineStr\"><is><t>中</t></is></c>", text("中")),
            ("<c t=\"str\"><f>A1</f><v>式</v></c>", text("式")),
            ("<c><v>4241553283</v></c>", Stored::Number(4_241_553_283.0)),
            ("<c t=\"b\"><v>1</v></c>", Stored::Bool(true)),
            (
                "<c t=\"e\"><v>#REF!</v></c>",
                Stored::Error("#REF!".to_owned()),
            ),
            ("<c t=\"d\"><v>2025-09-03</v></c>", Stored::Moment(45903.0)),
            ("<c><f>A1</f></c>", Stored::NotCalculated),
            ("<c><f>A1</f><v/></c>", Stored::NotCalculated),
            ("<c><v>NaN</v></c>", text("NaN")),
        ] {
            assert_eq!(stored(cell), [("A2".to_owned(), expected)], "{cell}");
        }
        for nothing in [
            "<c s=\"3\"/>",
            "<c t=\"str\"><f>A1</f><v></v></c>",
            "<c t=\"inlineStr\"><is><t/></is></c>",
            "<c><v/></c>",
        ] {
            assert_eq!(stored(nothing), [], "{nothing}");
        }
    }

    #[test]
    fn cells_stand_where_they_say_or_after_the_one_before() {
        let cells = "<c><v>1</v></c><c r=\"C2\"><v>2</v></c><c><v>3</v></c>";
        let places: Vec<_> = stored(cells).into_iter().map(|(cell, _)| cell).collect();
        assert_eq!(places, ["A2", "C2", "D2"]);
        let far = stored("<c r=\"XFD1048576\"><v>1</v></c>");
        assert_eq!(far[0].0, "XFD1048576");
        for beyond in ["XFE1", "A1048577", "A0", "1", "A", "あ1", "AAAAAAAAAA1"] {
            let row = format!("<sheetData><row><c r=\"{beyond}\"><v>1</v></c></row></sheetData>");
            assert_eq!(read(&row).err(), Some(ReadError::Damaged), "{beyond}");
        }
        let unknown = "<sheetData><row><c t=\"s\"><v>9</v></c></row></sheetData>";
        assert_eq!(read(unknown).err(), Some(ReadError::Damaged));
    }

    #[test]
    fn what_lies_under_a_merged_range_is_not_seen() {
        let sheet = read(
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row></sheetData>\
             <mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"B2:C3\"/><mergeCell ref=\"x\"/></mergeCells>",
        )
        .unwrap();
        assert_eq!(sheet.cells.len(), 1);
        assert_eq!(sheet.merges.into_ranges().len(), 1);
    }

    #[test]
    fn hidden_lines_and_the_page_header_are_kept() {
        let sheet = read(
            "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"1\" max=\"99999\" hidden=\"1\"/></cols>\
             <sheetData><row r=\"5\" hidden=\"1\"/><row r=\"6\" hidden=\"0\"/></sheetData>\
             <headerFooter><oddHeader>&amp;L（参考様式３）</oddHeader><oddFooter>&amp;C&amp;P</oddFooter></headerFooter>",
        )
        .unwrap();
        assert!(sheet.hidden_cols.iter().eq([&1, &2]));
        assert!(sheet.hidden_rows.iter().eq([&4]));
        assert_eq!(sheet.header, "（参考様式３）");
    }
}
