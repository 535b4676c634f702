//! What is drawn on a table: check boxes, whose states stand apart from their places, and shapes.

use std::collections::BTreeMap;

use super::content::read_paragraph;
use crate::model::Cell;
use crate::read::geometry::{Anchor, Grid, Point, length};
use crate::read::limits::Budget;
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{CheckBox, ReadError, Shape};

/// What the controls of a table say, by their id.
#[derive(Debug, Default)]
pub(super) struct Controls(BTreeMap<String, Control>);

#[derive(Debug)]
struct Control {
    checked: bool,
    caption: String,
}

impl Controls {
    /// Reads the forms that were opened last, whatever is nested in them.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>, budget: &mut Budget) -> Result<(), ReadError> {
        let depth = xml.depth();
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    let states = match tag.name() {
                        "checkbox" => ["current-state", "state"],
                        "radio" => ["current-selected", "selected"],
                        _ => continue,
                    };
                    budget.object()?;
                    let state = states.into_iter().find_map(|name| tag.attribute(name));
                    let caption = tag.attribute("label").unwrap_or_default();
                    budget.text(caption.len())?;
                    if let Some(id) = tag.attribute("id") {
                        // A box that is neither on nor off is nobody's answer.
                        let checked = matches!(state.as_deref(), Some("checked" | "true"));
                        self.0.insert(id, Control { checked, caption });
                    }
                }
                Node::Close if xml.depth() < depth => return Ok(()),
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }
}

/// One thing drawn, before the sizes of rows and columns are known.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The cell that it moves with; its place is counted from the sheet's corner without one.
    on: Cell,
    /// Left, top, width and height in EMU.
    frame: [i64; 4],
    what: What,
}

#[derive(Debug)]
enum What {
    Control(String),
    Shape { kind: String, text: String },
}

impl Drawn {
    /// The same, placed from the corner of a cell.
    pub(super) fn on(self, cell: Cell) -> Self {
        Self { on: cell, ..self }
    }
}

/// Reads the element that was opened last, and all in it where it is a group; nothing when it
/// is not drawn.
pub(super) fn read(
    tag: &Tag<'_>,
    xml: &mut Xml<'_>,
    budget: &mut Budget,
    drawn: &mut Vec<Drawn>,
) -> Result<(), ReadError> {
    let depth = xml.depth();
    let kind = match tag.name() {
        "g" => {
            while let Some(tag) = xml.child(depth)? {
                read(&tag, xml, budget, drawn)?;
            }
            return Ok(());
        }
        "control" => String::new(),
        "ellipse" | "circle" => "ellipse".to_owned(),
        "rect" | "custom-shape" | "frame" | "line" | "path" | "polygon" | "polyline" => {
            "rect".to_owned()
        }
        _ => return Ok(()),
    };
    budget.object()?;
    let side = |name| tag.attribute(name).and_then(|side| length(&side));
    let [left, top] = ["x", "y"].map(side);
    let frame = [
        left,
        top,
        side("width").or(Some(0)),
        side("height").or(Some(0)),
    ];
    let what = match tag.name() {
        "control" => What::Control(tag.attribute("control").unwrap_or_default()),
        _ => shape(kind, xml, budget)?,
    };
    // What is turned has no plain place.
    if let [Some(left), Some(top), Some(width), Some(height)] = frame {
        drawn.push(Drawn {
            on: Cell::new(0, 0),
            frame: [left, top, width, height],
            what,
        });
    }
    Ok(())
}

fn shape(mut kind: String, xml: &mut Xml<'_>, budget: &mut Budget) -> Result<What, ReadError> {
    let depth = xml.depth();
    let mut lines: Vec<String> = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "enhanced-geometry" => {
                    if let Some(name) = tag.attribute("type") {
                        kind = name.trim_start_matches("ooxml-").to_owned();
                    }
                }
                "image" => kind = "picture".to_owned(),
                "p" => lines.push(read_paragraph(xml)?),
                _ => {}
            },
            Node::Close if xml.depth() < depth => break,
            Node::End => break,
            _ => {}
        }
    }
    let text = lines.join("\n").trim().to_owned();
    budget.text(text.len())?;
    Ok(What::Shape { kind, text })
}

/// The check boxes and the shapes on the sheet.
pub(super) fn place(
    drawn: Vec<Drawn>,
    controls: Controls,
    grid: &Grid,
) -> (Vec<CheckBox>, Vec<Shape>) {
    let (mut boxes, mut shapes) = (Vec::new(), Vec::new());
    for Drawn { on, frame, what } in drawn {
        let [left, top, width, height] = frame;
        let corner = Point {
            col: on.col,
            row: on.row,
            ..Point::default()
        };
        let from = grid.point(corner, left, top);
        let anchor = Anchor {
            from,
            to: grid.point(from, width, height),
        };
        match what {
            What::Control(id) => boxes.extend(controls.0.get(&id).map(|control| CheckBox {
                anchor: anchor.cells(),
                center: grid.center(&anchor),
                checked: control.checked,
                caption: control.caption.trim().to_owned(),
            })),
            What::Shape { kind, text } => shapes.push(Shape {
                anchor: anchor.cells(),
                kind,
                text,
                insets: grid.insets(&anchor),
            }),
        }
    }
    (boxes, shapes)
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::read::ods::tests::sheet;

    /// Columns of an inch and rows of half an inch; the second column cannot be seen.
    const STYLES: &str = "<style:style style:name=\"co\"><style:table-column-properties style:column-width=\"1in\"/></style:style>\
        <style:style style:name=\"ro\"><style:table-row-properties style:row-height=\"0.5in\"/></style:style>";
    const COLUMNS: &str = "<table:table-column table:style-name=\"co\"/>\
        <table:table-column table:style-name=\"co\" table:visibility=\"collapse\"/>\
        <table:table-column table:style-name=\"co\" table:number-columns-repeated=\"9\"/>";

    fn drawn(forms: &str, shapes: &str, cell: &str) -> Sheet {
        sheet(
            STYLES,
            &format!(
                "<office:forms><form:form>{forms}</form:form></office:forms><table:shapes>{shapes}</table:shapes>{COLUMNS}\
                 <table:table-row table:style-name=\"ro\" table:number-rows-repeated=\"4\"><table:table-cell/></table:table-row>\
                 <table:table-row table:style-name=\"ro\"><table:table-cell/><table:covered-table-cell/><table:table-cell>{cell}</table:table-cell></table:table-row>"
            ),
        )
    }

    fn at(x: &str, y: &str) -> String {
        format!("svg:x=\"{x}\" svg:y=\"{y}\" svg:width=\"0.4in\" svg:height=\"5mm\"")
    }

    #[test]
    fn check_boxes_lie_where_they_are_drawn() {
        let forms = "<form:checkbox form:id=\"a\" form:label=\"通所\" form:current-state=\"checked\"><form:properties/></form:checkbox>\
            <form:form><form:checkbox form:id=\"b\" form:state=\"checked\" form:current-state=\"unchecked\"/></form:form>\
            <form:radio form:id=\"c\" form:current-selected=\"true\"/><form:checkbox form:id=\"d\" form:current-state=\"unknown\"/>\
            <form:button form:id=\"e\"/>";
        let control = |id, x, y| format!("<draw:control draw:control=\"{id}\" {}/>", at(x, y));
        let shapes = [
            control("a", "0.1in", "0.1in"),
            // Beyond the hidden column.
            control("b", "1.1in", "0.1in"),
            format!("<draw:g>{}</draw:g>", control("c", "2.54cm", "36pt")),
            control("e", "5in", "1in"),
            control("none", "5in", "1in"),
        ];
        let cell = control("d", "1.1in", "0.52in");
        let sheet = drawn(forms, &shapes.concat(), &cell);
        let boxes: Vec<_> = sheet
            .check_boxes
            .iter()
            .map(|b| (b.center.to_string(), b.checked, b.caption.as_str()))
            .collect();
        assert_eq!(
            boxes,
            [
                ("A1".to_owned(), true, "通所"),
                ("C1".to_owned(), false, ""),
                ("C2".to_owned(), true, ""),
                ("D6".to_owned(), false, ""),
            ]
        );
    }

    #[test]
    fn shapes_are_told_by_kind_and_a_turned_one_has_no_place() {
        let shapes = [
            format!(
                "<draw:custom-shape {}><text:p>済</text:p><text:p>み</text:p><draw:enhanced-geometry draw:type=\"ellipse\"/></draw:custom-shape>",
                at("0in", "0in")
            ),
            format!(
                "<draw:frame {}><draw:image/></draw:frame>",
                at("0in", "1in")
            ),
            "<draw:ellipse draw:transform=\"rotate (1) translate (1in 1in)\"/>".to_owned(),
            format!("<table:table-source {}/>", at("0in", "0in")),
        ];
        let sheet = drawn("", &shapes.concat(), "");
        let shapes: Vec<_> = sheet
            .shapes
            .iter()
            .map(|s| (s.anchor.to_string(), s.kind.as_str(), s.text.as_str()))
            .collect();
        assert_eq!(
            shapes,
            [
                ("A1".to_owned(), "ellipse", "済\nみ"),
                ("A3".to_owned(), "picture", "")
            ]
        );
    }
}
