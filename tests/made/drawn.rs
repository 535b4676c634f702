//! A page with things drawn on it, as a workbook of each kind.

use std::fmt::Write;

use tenken::model::{Cell, CellRange};

use super::books::{ods, package, xls_stream, xlsx};
use super::compound::compound;
use super::{binary, excel97};

/// A sheet of two columns.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Its rows, from the first on; an empty text is an empty cell.
    pub rows: &'a [[&'a str; 2]],
    /// What is drawn on it.
    pub drawn: &'a [Drawn<'a>],
}

/// One thing drawn, and the cells under it.
#[derive(Clone, Copy)]
pub enum Drawn<'a> {
    /// A text box.
    Text(&'a str, &'a str),
    /// An oval without a text.
    Oval(&'a str),
    /// A form-control check box, with its caption.
    CheckBox(&'a str, bool, &'a str),
    /// A comment on a cell.
    Note(&'a str, &'a str),
}

impl Drawn<'_> {
    /// The cells under it.
    pub fn range(&self) -> CellRange {
        let (Self::Text(range, _)
        | Self::Oval(range)
        | Self::CheckBox(range, ..)
        | Self::Note(range, _)) = self;
        CellRange::parse(range).unwrap()
    }
}

/// The page as each kind of workbook that has drawings, under a name of that kind.
pub fn of_each_kind(page: Page) -> [(&'static str, Vec<u8>); 4] {
    [
        ("a.xlsx", as_xlsx(page)),
        ("a.xlsb", as_xlsb(page)),
        ("a.xls", as_xls(page)),
        ("a.ods", as_ods(page)),
    ]
}

const RELATIONS: &str = "<Relationships>\
    <Relationship Id=\"d\" Type=\"x/drawing\" Target=\"../drawings/drawing1.xml\"/>\
    <Relationship Id=\"v\" Type=\"x/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"/>\
    <Relationship Id=\"c\" Type=\"x/comments\" Target=\"../comments1.part\"/></Relationships>";

fn as_xlsx(page: Page) -> Vec<u8> {
    let mut rows = String::new();
    for (n, texts) in page.rows.iter().enumerate() {
        let row = n + 1;
        write!(rows, "<row r=\"{row}\">").unwrap();
        for (col, text) in ["A", "B"].iter().zip(texts) {
            if !text.is_empty() {
                write!(rows, "<c r=\"{col}{row}\" t=\"str\"><v>{text}</v></c>").unwrap();
            }
        }
        rows += "</row>";
    }
    let sheet =
        format!("<sheetData>{rows}</sheetData><drawing r:id=\"d\"/><legacyDrawing r:id=\"v\"/>");
    let relations = RELATIONS.replace(".part", ".xml");
    let mut comments = String::new();
    for drawn in page.drawn {
        if let Drawn::Note(cell, text) = drawn {
            write!(
                comments,
                "<comment ref=\"{cell}\"><text><t>{text}</t></text></comment>"
            )
            .unwrap();
        }
    }
    let comments = format!("<comments><commentList>{comments}</commentList></comments>");
    let (drawing, vml) = (drawing(page), vml(page));
    xlsx(
        &sheet,
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", relations.as_bytes()),
            ("xl/drawings/drawing1.xml", drawing.as_bytes()),
            ("xl/drawings/vmlDrawing1.vml", vml.as_bytes()),
            ("xl/comments1.xml", comments.as_bytes()),
        ],
    )
}

fn as_xlsb(page: Page) -> Vec<u8> {
    let root = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>";
    let book = "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.bin\"/>\
         <Relationship Id=\"t\" Type=\"x/styles\" Target=\"styles.bin\"/></Relationships>";
    let relations = RELATIONS.replace(".part", ".bin");
    let (drawing, vml) = (drawing(page), vml(page));
    package(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/_rels/workbook.bin.rels", book.as_bytes()),
        ("xl/worksheets/_rels/sheet1.bin.rels", relations.as_bytes()),
        ("xl/drawings/drawing1.xml", drawing.as_bytes()),
        ("xl/drawings/vmlDrawing1.vml", vml.as_bytes()),
        ("xl/workbook.bin", &binary::workbook("記録", "s")),
        ("xl/styles.bin", &binary::styles()),
        ("xl/worksheets/sheet1.bin", &binary::sheet(page)),
        ("xl/comments1.bin", &binary::comments(page)),
    ])
}

fn as_xls(page: Page) -> Vec<u8> {
    compound(&[(
        "Workbook",
        &xls_stream(&excel97::globals(), &excel97::sheet(page)),
    )])
}

/// Text boxes and ovals.
fn drawing(page: Page) -> String {
    let mut drawing = String::from("<xdr:wsDr>");
    for drawn in page.drawn {
        let (kind, text) = match drawn {
            Drawn::Text(_, text) => ("rect", *text),
            Drawn::Oval(_) => ("ellipse", ""),
            _ => continue,
        };
        let CellRange { first, last } = drawn.range();
        let point = |at: Cell, offset: u32| {
            format!(
                "<xdr:col>{}</xdr:col><xdr:colOff>{offset}</xdr:colOff><xdr:row>{}</xdr:row>\
                 <xdr:rowOff>{offset}</xdr:rowOff>",
                at.col, at.row
            )
        };
        let paragraphs: String = text
            .lines()
            .map(|line| format!("<a:p><a:r><a:t>{line}</a:t></a:r></a:p>"))
            .collect();
        write!(
            drawing,
            "<xdr:twoCellAnchor><xdr:from>{}</xdr:from><xdr:to>{}</xdr:to><xdr:sp><xdr:spPr>\
             <a:prstGeom prst=\"{kind}\"/></xdr:spPr><xdr:txBody>{paragraphs}</xdr:txBody></xdr:sp>\
             </xdr:twoCellAnchor>",
            point(first, 9_525),
            point(last, 150_000)
        )
        .unwrap();
    }
    drawing + "</xdr:wsDr>"
}

/// Check boxes, and what comments are drawn as.
fn vml(page: Page) -> String {
    let mut vml = String::from("<xml>");
    for (n, drawn) in page.drawn.iter().enumerate() {
        let (kind, state, caption) = match drawn {
            Drawn::CheckBox(_, ticked, caption) => ("Checkbox", u8::from(*ticked), *caption),
            Drawn::Note(_, text) => ("Note", 0, *text),
            _ => continue,
        };
        let CellRange { first, last } = drawn.range();
        write!(
            vml,
            "<v:shape id=\"_x0000_s{}\"><v:textbox><div>{caption}</div></v:textbox>\
             <x:ClientData ObjectType=\"{kind}\"><x:Anchor>{},2,{},2,{},40,{},12</x:Anchor>\
             <x:Checked>{state}</x:Checked></x:ClientData></v:shape>",
            1025 + n,
            first.col,
            first.row,
            last.col,
            last.row
        )
        .unwrap();
    }
    vml + "</xml>"
}

/// An inch a column and a row.
fn as_ods(page: Page) -> Vec<u8> {
    let (mut forms, mut shapes) = (String::new(), String::new());
    for (n, drawn) in page.drawn.iter().enumerate() {
        let CellRange { first, last } = drawn.range();
        let frame = format!(
            "svg:x=\"{}.02in\" svg:y=\"{}.02in\" svg:width=\"{}.9in\" svg:height=\"{}.9in\"",
            first.col,
            first.row,
            last.col - first.col,
            last.row - first.row
        );
        match drawn {
            Drawn::Text(_, text) => {
                let lines: String = text
                    .lines()
                    .map(|line| format!("<text:p>{line}</text:p>"))
                    .collect();
                write!(
                    shapes,
                    "<draw:frame {frame}><draw:text-box>{lines}</draw:text-box></draw:frame>"
                )
                .unwrap();
            }
            Drawn::Oval(_) => write!(shapes, "<draw:ellipse {frame}/>").unwrap(),
            Drawn::CheckBox(_, ticked, caption) => {
                let state = if *ticked { "checked" } else { "unchecked" };
                write!(
                    forms,
                    "<form:checkbox form:id=\"c{n}\" form:current-state=\"{state}\" form:label=\"{caption}\"/>"
                )
                .unwrap();
                write!(shapes, "<draw:control {frame} draw:control=\"c{n}\"/>").unwrap();
            }
            Drawn::Note(..) => {}
        }
    }
    let mut rows = String::new();
    for (row, texts) in page.rows.iter().enumerate() {
        rows += "<table:table-row table:style-name=\"ro\">";
        for (col, text) in texts.iter().enumerate() {
            let at = Cell::new(row as u32, col as u32);
            rows += "<table:table-cell office:value-type=\"string\">";
            for drawn in page.drawn.iter().filter(|drawn| drawn.range().first == at) {
                if let Drawn::Note(_, note) = drawn {
                    write!(
                        rows,
                        "<office:annotation><text:p>{note}</text:p></office:annotation>"
                    )
                    .unwrap();
                }
            }
            write!(rows, "<text:p>{text}</text:p></table:table-cell>").unwrap();
        }
        rows += "</table:table-row>";
    }
    let table = format!(
        "<office:forms><form:form>{forms}</form:form></office:forms><table:shapes>{shapes}</table:shapes>\
         <table:table-column table:style-name=\"co\" table:number-columns-repeated=\"99\"/>{rows}"
    );
    ods(&table)
}
