//! Workbooks of Excel 2007 and later (`.xlsx`, `.xlsm`), part by part.
//!
//! Only the parts that hold something to read are inflated: themes, printer settings and
//! pictures never are, VML only where nothing else tells of a check box.

mod comments;
mod controls;
mod drawings;
mod geometry;
mod sheet;
mod strings;
mod styles;
mod vml;

use drawings::Drawing;
use sheet::{Shared, SheetPart};
use strings::read_shared;
use styles::Styles;

use super::limits::{Budget, SHEETS};
use super::package::{Package, Relations};
use super::xml::{Tag, Xml};
use super::{Book, ReadError, Sheet, Visibility};
use crate::model::FileName;

/// Name of the main part where the package does not say.
const WORKBOOK: &str = "xl/workbook.xml";

/// A tab as the workbook lists it.
struct Tab {
    name: String,
    visibility: Visibility,
    /// Its part; `None` for tabs without cells, such as charts.
    part: Option<String>,
}

/// The main part of the package, such as `xl/workbook.xml` or `word/document.xml`.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    let relations = package.relations("")?;
    Ok(match relations.first("officeDocument") {
        Some(part) if package.has(part) => part.to_owned(),
        _ => WORKBOOK.to_owned(),
    })
}

/// Reads the workbook whose main part is `part`.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    shown: FileName,
) -> Result<Book, ReadError> {
    let text = package.text(part)?.ok_or(ReadError::NotAWorkbook)?;
    let relations = package.relations(part)?;
    let mut budget = Budget::new();
    let mut shared = Shared::default();
    let mut tabs = Vec::new();
    let mut xml = Xml::new(&text);
    match xml.child(0)? {
        Some(root) if root.name() == "workbook" => {}
        _ => return Err(ReadError::NotAWorkbook),
    }
    while let Some(tag) = xml.child(1)? {
        match tag.name() {
            "workbookPr" => shared.from_1904 = tag.is_set("date1904"),
            "sheets" => {
                while let Some(tag) = xml.child(2)? {
                    tabs.push(tab(&tag, &relations)?);
                    if tabs.len() > SHEETS {
                        return Err(ReadError::TooLarge);
                    }
                }
            }
            _ => {}
        }
    }
    drop(text);
    if let Some(part) = relations.first("styles")
        && let Some(text) = package.text(part)?
    {
        shared.styles = Styles::read(&text)?;
    }
    if let Some(part) = relations.first("sharedStrings")
        && let Some(text) = package.text(part)?
    {
        shared.strings = read_shared(&text, &mut budget)?;
    }
    let mut sheets = Vec::with_capacity(tabs.len());
    for tab in tabs {
        if let Some(part) = &tab.part {
            let sheet = read_sheet(package, part, &shared, &mut budget)?;
            sheets.push(Sheet {
                name: tab.name,
                visibility: tab.visibility,
                ..sheet
            });
        }
    }
    Ok(Book {
        file: shown,
        sheets,
    })
}

fn tab(tag: &Tag<'_>, relations: &Relations) -> Result<Tab, ReadError> {
    // A tab that leads nowhere would be lost without a word.
    let relation = tag
        .attribute("id")
        .and_then(|id| relations.get(&id))
        .ok_or(ReadError::Damaged)?;
    Ok(Tab {
        name: tag.attribute("name").unwrap_or_default(),
        visibility: match tag.attribute("state").as_deref() {
            Some("hidden") => Visibility::Hidden,
            Some("veryHidden") => Visibility::VeryHidden,
            _ => Visibility::Visible,
        },
        part: (relation.kind == "worksheet").then(|| relation.part.clone()),
    })
}

fn read_sheet(
    package: &mut Package<'_>,
    part: &str,
    shared: &Shared,
    budget: &mut Budget,
) -> Result<Sheet, ReadError> {
    let text = package.text(part)?.ok_or(ReadError::Damaged)?;
    let read = SheetPart::read(&text, shared, budget)?;
    drop(text);
    let relations = package.relations(part)?;
    let mut drawing = Drawing::default();
    if let Some(text) = related(package, &relations, read.drawing.as_deref())? {
        drawing = Drawing::read(&text, &read.grid, budget)?;
    }
    let controls = controls::read(read.controls, &relations, package)?;
    let mut vml = Vec::new();
    if controls::needs_vml(&controls)
        && let Some(text) = related(package, &relations, read.legacy_drawing.as_deref())?
    {
        vml = vml::read(&text, budget)?;
    }
    let mut comments = Vec::new();
    if let Some(part) = relations.first("comments")
        && let Some(text) = package.text(part)?
    {
        comments = comments::read(&text, budget)?;
    }
    Ok(Sheet {
        cells: read.cells,
        merged: read.merges.into_ranges(),
        check_boxes: controls::place(controls, &vml, &drawing.captions, &read.grid),
        shapes: drawing.shapes,
        comments,
        header: read.header,
        hidden_rows: read.hidden_rows,
        hidden_cols: read.hidden_cols,
        ..Sheet::default()
    })
}

/// The text of the part behind a relationship, where there is one.
fn related(
    package: &mut Package<'_>,
    relations: &Relations,
    id: Option<&str>,
) -> Result<Option<String>, ReadError> {
    match id.and_then(|id| relations.get(id)) {
        Some(relation) => package.text(&relation.part),
        None => Ok(None),
    }
}
