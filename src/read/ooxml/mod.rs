//! Workbooks of Excel 2007 and later (`.xlsx`, `.xlsm`, `.xlsb`), part by part.
//!
//! Only the parts that hold something to read are inflated: themes, printer settings and
//! pictures never are, VML only where nothing else tells of a check box.

mod binary;
mod comments;
mod controls;
mod drawings;
mod sheet;
mod strings;
mod styles;
mod vml;

use binary::is_binary;
use drawings::Drawing;
use sheet::{Shared, SheetPart};
use strings::read_shared;
use styles::Styles;

use super::geometry::Anchor;
use super::limits::{Allowance, Budget, SHEETS};
use super::look::Look;
use super::package::{Package, Relations, text_of};
use super::xml::{Tag, Xml};
use super::{Book, ReadError, Shape, Sheet, Visibility};
use crate::model::{Cell, FileName};

/// Name of the main part where the package does not say.
const WORKBOOK: &str = "xl/workbook.xml";

/// What the main part says.
#[derive(Default)]
struct Workbook {
    tabs: Vec<Tab>,
    /// Whether dates count from 1904.
    from_1904: bool,
}

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
    allowance: Allowance,
) -> Result<Book, ReadError> {
    let relations = package.relations(part)?;
    let bytes = package.bytes(part)?.ok_or(ReadError::NotAWorkbook)?;
    let Workbook { tabs, from_1904 } = match is_binary(part) {
        true => binary::workbook(&bytes, &relations)?,
        false => Workbook::read(&text_of(bytes), &relations)?,
    };
    let mut budget = Budget::new(allowance);
    let mut shared = Shared {
        from_1904,
        ..Shared::default()
    };
    if let Some(part) = relations.first("styles")
        && let Some(bytes) = package.bytes(part)?
    {
        shared.styles = match is_binary(part) {
            true => binary::styles(&bytes)?,
            false => Styles::read(&text_of(bytes))?,
        };
    }
    if let Some(part) = relations.first("sharedStrings")
        && let Some(bytes) = package.bytes(part)?
    {
        shared.strings = match is_binary(part) {
            true => binary::shared_strings(&bytes, &shared.styles, &mut budget)?,
            false => read_shared(&text_of(bytes), &mut budget)?,
        };
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

impl Workbook {
    fn read(text: &str, relations: &Relations) -> Result<Self, ReadError> {
        let mut workbook = Self::default();
        let mut xml = Xml::new(text);
        match xml.child(0)? {
            Some(root) if root.name() == "workbook" => {}
            _ => return Err(ReadError::NotAWorkbook),
        }
        while let Some(tag) = xml.child(1)? {
            match tag.name() {
                "workbookPr" => workbook.from_1904 = tag.is_set("date1904"),
                "sheets" => {
                    while let Some(tag) = xml.child(2)? {
                        workbook.tabs.push(tab(&tag, relations)?);
                        if workbook.tabs.len() > SHEETS {
                            return Err(ReadError::TooLarge);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(workbook)
    }
}

fn tab(tag: &Tag<'_>, relations: &Relations) -> Result<Tab, ReadError> {
    Ok(Tab {
        name: tag.attribute("name").unwrap_or_default(),
        visibility: match tag.attribute("state").as_deref() {
            Some("hidden") => Visibility::Hidden,
            Some("veryHidden") => Visibility::VeryHidden,
            _ => Visibility::Visible,
        },
        part: part_of(relations, &tag.attribute("id").unwrap_or_default())?,
    })
}

/// The part of a tab; `None` for tabs without cells.
fn part_of(relations: &Relations, id: &str) -> Result<Option<String>, ReadError> {
    // A tab that leads nowhere would be lost without a word.
    let relation = relations.get(id).ok_or(ReadError::Damaged)?;
    Ok((relation.kind == "worksheet").then(|| relation.part.clone()))
}

fn read_sheet(
    package: &mut Package<'_>,
    part: &str,
    shared: &Shared,
    budget: &mut Budget,
) -> Result<Sheet, ReadError> {
    let bytes = package.bytes(part)?.ok_or(ReadError::Damaged)?;
    let read = match is_binary(part) {
        true => binary::sheet(&bytes, shared, budget)?,
        false => SheetPart::read(&text_of(bytes), shared, budget)?,
    };
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
        && let Some(bytes) = package.bytes(part)?
    {
        comments = match is_binary(part) {
            true => binary::comments(&bytes, &shared.styles, budget)?,
            false => comments::read(&text_of(bytes), budget)?,
        };
    }
    let look = |cell: Cell| {
        let format = read.formats.get(&cell);
        format.map_or_else(Look::default, |format| shared.styles.look(*format))
    };
    let place = |(anchor, shape): (Anchor, Shape)| Shape {
        over: Some(read.grid.footprint(&anchor, &read.merges, look)),
        ..shape
    };
    let shapes = drawing.shapes.into_iter().map(place).collect();
    Ok(Sheet {
        cells: read.cells,
        shapes,
        merged: read.merges.into_ranges(),
        check_boxes: controls::place(controls, &vml, &drawing.captions, &read.grid),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::{package, workbook};
    use crate::read::{Stored, read_bytes};

    fn sheet(content: &str, parts: &[(&str, &str)]) -> Sheet {
        let book = read_bytes(&workbook(content, parts), "a.xlsx".into()).unwrap();
        let [sheet] = book.sheets.try_into().unwrap();
        sheet
    }

    fn boxes(sheet: &Sheet) -> Vec<(String, bool, &str)> {
        let boxes = sheet.check_boxes.iter();
        boxes
            .map(|b| (b.center.to_string(), b.checked, b.caption.as_str()))
            .collect()
    }

    /// A control of the sheet; `anchor` is its `controlPr`.
    fn control(shape: u32, relation: &str, anchor: &str) -> String {
        format!(
            "<mc:AlternateContent><mc:Choice Requires=\"x14\"><control shapeId=\"{shape}\" \
             r:id=\"{relation}\">{anchor}</control></mc:Choice></mc:AlternateContent>"
        )
    }

    const ANCHOR: &str = "<controlPr><anchor><from><xdr:col>3</xdr:col><xdr:row>4</xdr:row></from>\
         <to><xdr:col>4</xdr:col><xdr:row>5</xdr:row></to></anchor></controlPr>";

    const RELATIONS: (&str, &str) = (
        "xl/worksheets/_rels/sheet1.xml.rels",
        r#"<Relationships><Relationship Id="c1" Type="x/ctrlProp" Target="../ctrlProps/1.xml"/>
        <Relationship Id="c2" Type="x/ctrlProp" Target="../ctrlProps/2.xml"/>
        <Relationship Id="c3" Type="x/ctrlProp" Target="../ctrlProps/gone.xml"/>
        <Relationship Id="v" Type="x/vmlDrawing" Target="../drawings/v.vml"/>
        <Relationship Id="d" Type="x/drawing" Target="../drawings/d.xml"/></Relationships>"#,
    );

    const VML: (&str, &str) = (
        "xl/drawings/v.vml",
        "<v:shape id=\"_x0000_s7\"><v:textbox>訪問</v:textbox><x:ClientData ObjectType=\"Checkbox\">\
         <x:Anchor>0,0,0,0,1,0,1,0</x:Anchor><x:Checked>1</x:Checked></x:ClientData></v:shape>",
    );

    #[test]
    fn a_box_is_ticked_where_its_part_says_so() {
        let controls = control(5, "c1", ANCHOR) + &control(6, "c2", ANCHOR) + &control(9, "c3", "");
        let content = format!(
            "<sheetData/><drawing r:id=\"d\"/><legacyDrawing r:id=\"v\"/><controls>{controls}</controls>"
        );
        let sheet = sheet(
            &content,
            &[
                RELATIONS,
                VML,
                (
                    "xl/ctrlProps/1.xml",
                    r#"<formControlPr objectType="CheckBox" checked="Checked"/>"#,
                ),
                (
                    "xl/ctrlProps/2.xml",
                    r#"<formControlPr objectType="CheckBox" checked="Mixed"/>"#,
                ),
                (
                    "xl/drawings/d.xml",
                    r#"<wsDr><twoCellAnchor><sp><cNvPr hidden="1"><compatExt spid="_x0000_s6"/></cNvPr>
                    <p><t>通所</t></p></sp></twoCellAnchor></wsDr>"#,
                ),
            ],
        );
        assert_eq!(
            boxes(&sheet),
            [
                ("D5".to_owned(), true, ""),
                ("D5".to_owned(), false, "通所")
            ]
        );
        assert_eq!(sheet.shapes, []);
    }

    #[test]
    fn vml_tells_of_boxes_that_nothing_else_tells_of() {
        let by_vml = [("A1".to_owned(), true, "訪問")];
        let content = "<sheetData/><legacyDrawing r:id=\"v\"/>";
        assert_eq!(boxes(&sheet(content, &[RELATIONS, VML])), by_vml);
        // The part says whether it is ticked, VML where it is.
        let content = format!("{content}<controls>{}</controls>", control(7, "c1", ""));
        let properties = (
            "xl/ctrlProps/1.xml",
            "<formControlPr objectType=\"CheckBox\"/>",
        );
        assert_eq!(
            boxes(&sheet(&content, &[RELATIONS, VML, properties])),
            [("A1".to_owned(), false, "訪問")]
        );
    }

    #[test]
    fn days_of_the_1904_system_are_shifted_and_times_are_not() {
        let styles = (
            "xl/styles.xml",
            r#"<styleSheet><cellXfs><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="0"/></cellXfs></styleSheet>"#,
        );
        let book = (
            "xl/workbook.xml",
            r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>"#,
        );
        let content = "<sheetData><row><c s=\"0\"><v>44441</v></c><c s=\"1\"><v>0.375</v></c>\
             <c s=\"2\"><v>44441</v></c></row></sheetData>";
        let sheet = sheet(content, &[styles, book]);
        let seen: Vec<_> = sheet
            .cells
            .values()
            .map(|cell| (cell.stored.clone(), cell.shown.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                (Stored::Moment(45903.0), "2025/9/3"),
                (Stored::Moment(0.375), "9:00"),
                (Stored::Number(44441.0), "44441"),
            ]
        );
    }

    #[test]
    fn a_strict_workbook_reads_as_any_other() {
        let strict = "http://purl.oclc.org/ooxml";
        let relations = |content: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{content}</Relationships>"
            )
        };
        let package_relations = relations(&format!(
            "<Relationship Id=\"a\" Type=\"{strict}/officeDocument/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/>"
        ));
        let book_relations = relations(&format!(
            "<Relationship Id=\"rId1\" Type=\"{strict}/officeDocument/relationships/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"{strict}/officeDocument/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>"
        ));
        let book = format!(
            "<x:workbook xmlns:x=\"{strict}/spreadsheetml/main\" xmlns:r=\"{strict}/officeDocument/relationships\" \
             conformance=\"strict\"><x:workbookPr date1904=\"false\"/><x:sheets>\
             <x:sheet name=\"記録\" sheetId=\"1\" r:id=\"rId1\"/></x:sheets></x:workbook>"
        );
        let sheet = format!(
            "<x:worksheet xmlns:x=\"{strict}/spreadsheetml/main\"><x:sheetData><x:row r=\"1\">\
             <x:c r=\"A1\" t=\"d\"><x:v>2025-09-03T09:30:00</x:v></x:c>\
             <x:c r=\"B1\" t=\"s\"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        );
        let strings = format!(
            "<x:sst xmlns:x=\"{strict}/spreadsheetml/main\"><x:si><x:t>氏名</x:t></x:si></x:sst>"
        );
        let bytes = package(&[
            ("_rels/.rels", &package_relations),
            ("xl/workbook.xml", &book),
            ("xl/_rels/workbook.xml.rels", &book_relations),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/sharedStrings.xml", &strings),
        ]);
        let book = read_bytes(&bytes, "a.xlsx".into()).unwrap();
        let cells: Vec<_> = book.sheets[0].cells.values().collect();
        assert!(
            matches!(cells[0].stored, Stored::Moment(day) if (day - 45_903.395_833).abs() < 1e-4)
        );
        assert_eq!(cells[1].shown, "氏名");
    }

    #[test]
    fn tabs_keep_their_order_and_charts_are_left_out() {
        let bytes = package(&[
            (
                "xl/workbook.xml",
                r#"<workbook><sheets><sheet name=" 二 " r:id="b" state="veryHidden"/>
                <sheet name="図" r:id="c"/><sheet name="一" r:id="a" state="hidden"/></sheets></workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/>
                <Relationship Id="b" Type="x/worksheet" Target="s.xml"/>
                <Relationship Id="c" Type="x/chartsheet" Target="c.xml"/></Relationships>"#,
            ),
            ("xl/s.xml", "<worksheet/>"),
        ]);
        let book = read_bytes(&bytes, "a.xlsx".into()).unwrap();
        let tabs: Vec<_> = book
            .sheets
            .iter()
            .map(|sheet| (sheet.name.as_str(), sheet.visibility))
            .collect();
        assert_eq!(
            tabs,
            [(" 二 ", Visibility::VeryHidden), ("一", Visibility::Hidden)]
        );
    }

    #[test]
    fn a_sheet_that_is_lost_is_damage() {
        for relations in [
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="gone.xml"/></Relationships>"#,
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../out.xml"/></Relationships>"#,
            "<Relationships/>",
        ] {
            let bytes = workbook("", &[("xl/_rels/workbook.xml.rels", relations)]);
            let read = read_bytes(&bytes, "a.xlsx".into());
            assert_eq!(read, Err(ReadError::Damaged), "{relations}");
        }
    }

    #[test]
    fn a_workbook_of_another_hand_reads_the_same() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("記録").unwrap();
        let era = rust_xlsxwriter::Format::new().set_num_format("\"令和\"0");
        let struck = rust_xlsxwriter::Format::new().set_font_strikethrough();
        sheet.write_with_format(3, 3, 7, &era).unwrap();
        sheet.write_with_format(0, 0, "氏名", &struck).unwrap();
        sheet
            .merge_range(7, 3, 14, 24, "内容", &rust_xlsxwriter::Format::new())
            .unwrap();
        sheet
            .insert_note(1, 1, &rust_xlsxwriter::Note::new("注"))
            .unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let read = read_bytes(&bytes, "a.xlsx".into()).unwrap();
        let sheet = &read.sheets[0];
        assert_eq!(sheet.cells[&Cell::new(3, 3)].shown, "令和7");
        assert!(sheet.cells[&Cell::new(0, 0)].struck);
        assert_eq!(sheet.merged[0].to_string(), "D8:Y15");
        assert!(sheet.comments[0].text.ends_with('注'));
        assert_eq!(sheet.check_boxes, []);
    }
}
