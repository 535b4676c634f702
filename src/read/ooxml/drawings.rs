//! Drawn shapes (`drawing*.xml`), and the captions of controls, which stand there as
//! hidden shapes.

use std::collections::BTreeMap;

use crate::read::geometry::{Anchor, Frame, Grid, Point, emu};
use crate::read::limits::Budget;
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{ReadError, Shape};

/// What a drawing part holds.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// What a person sees drawn on the sheet, with its place.
    pub(super) shapes: Vec<(Anchor, Shape)>,
    /// Captions of controls, by shape id.
    pub(super) captions: BTreeMap<String, String>,
}

/// What the compatibility id of a control's shape begins with.
const SHAPE_PREFIX: &str = "_x0000_s";

impl Drawing {
    /// Reads the part.
    pub(super) fn read(text: &str, grid: &Grid, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut drawing = Self::default();
        let mut xml = Xml::new(text);
        xml.root("wsDr")?;
        while let Some(tag) = xml.child(1)? {
            if matches!(
                tag.name(),
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor"
            ) {
                drawing.read_anchored(&mut xml, grid, budget)?;
            }
        }
        Ok(drawing)
    }

    fn read_anchored(
        &mut self,
        xml: &mut Xml<'_>,
        grid: &Grid,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let depth = xml.depth();
        let mut anchor = Anchor::default();
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "from" => anchor.from = Point::read(xml)?,
                "to" => anchor.to = Point::read(xml)?,
                // Of an absolute anchor.
                "pos" => {
                    let (x, y) = pair(&tag, "x", "y");
                    anchor.from = grid.point(Point::default(), x, y);
                }
                // Of an anchor with one corner.
                "ext" => {
                    let (width, height) = pair(&tag, "cx", "cy");
                    anchor.to = grid.point(anchor.from, width, height);
                }
                "grpSp" => self.read_group(xml, &anchor, grid, budget)?,
                name => {
                    if let Some(drawn) = Drawn::read(name.to_owned(), xml)? {
                        self.add(drawn, &anchor, grid, budget)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Shapes of a group have places of their own inside the group's.
    fn read_group(
        &mut self,
        xml: &mut Xml<'_>,
        anchor: &Anchor,
        grid: &Grid,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let depth = xml.depth();
        let mut inner = Frame::default();
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "grpSpPr" => inner = read_frame(xml)?,
                "grpSp" => {
                    // The frame of a group in a group comes first in it; its place is close
                    // enough to that of the outer one.
                    self.read_group(xml, anchor, grid, budget)?;
                }
                name => {
                    if let Some(drawn) = Drawn::read(name.to_owned(), xml)? {
                        let place = inner.place(&drawn.frame, anchor, grid);
                        self.add(drawn, &place, grid, budget)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        drawn: Drawn,
        anchor: &Anchor,
        grid: &Grid,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        budget.object()?;
        budget.text(drawn.text.len())?;
        match drawn.control {
            Some(id) => {
                self.captions.insert(id, drawn.text);
            }
            None if drawn.hidden => {}
            None => {
                let shape = Shape {
                    anchor: anchor.cells(),
                    kind: drawn.kind,
                    text: drawn.text,
                    insets: grid.insets(anchor),
                    over: None,
                };
                self.shapes.push((*anchor, shape));
            }
        }
        Ok(())
    }
}

/// The coordinates that a group's shapes are placed by, from its `grpSpPr`.
fn read_frame(xml: &mut Xml<'_>) -> Result<Frame, ReadError> {
    let depth = xml.depth();
    let mut frame = Frame::default();
    while let Some(tag) = xml.child(depth)? {
        if tag.name() == "xfrm" {
            while let Some(tag) = xml.child(depth + 1)? {
                match tag.name() {
                    "chOff" => (frame.x, frame.y) = pair(&tag, "x", "y"),
                    "chExt" => (frame.width, frame.height) = pair(&tag, "cx", "cy"),
                    _ => {}
                }
            }
        }
    }
    Ok(frame)
}

/// One shape, picture or line.
#[derive(Debug, Default)]
struct Drawn {
    kind: String,
    text: String,
    hidden: bool,
    /// Id of the form control that it stands for.
    control: Option<String>,
    frame: Frame,
}

impl Drawn {
    /// Reads the element of that name that was opened last; `None` when it is nothing drawn.
    fn read(element: String, xml: &mut Xml<'_>) -> Result<Option<Self>, ReadError> {
        if !matches!(element.as_str(), "sp" | "pic" | "cxnSp") {
            return Ok(None);
        }
        let depth = xml.depth();
        let mut drawn = Self::default();
        let mut paragraphs = 0;
        let mut in_text = false;
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "cNvPr" => drawn.hidden = tag.is_set("hidden"),
                    "compatExt" => {
                        drawn.control = tag
                            .attribute("spid")
                            .map(|id| id.trim_start_matches(SHAPE_PREFIX).to_owned());
                    }
                    "off" => (drawn.frame.x, drawn.frame.y) = pair(&tag, "x", "y"),
                    "ext" if tag.attribute("cx").is_some() => {
                        (drawn.frame.width, drawn.frame.height) = pair(&tag, "cx", "cy");
                    }
                    "prstGeom" => drawn.kind = tag.attribute("prst").unwrap_or_default(),
                    "p" => {
                        if paragraphs > 0 {
                            drawn.text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "br" => drawn.text.push('\n'),
                    "t" => in_text = true,
                    _ => {}
                },
                Node::Text(text) if in_text => drawn.text.push_str(&text),
                Node::Text(_) => {}
                Node::Close if xml.depth() < depth => break,
                Node::Close => in_text = false,
                Node::End => break,
            }
        }
        if element == "pic" {
            drawn.kind = "picture".to_owned();
        }
        drawn.text = drawn.text.trim().to_owned();
        Ok(Some(drawn))
    }
}

fn pair(tag: &Tag<'_>, first: &str, second: &str) -> (i64, i64) {
    let number = |name| tag.number::<f64>(name).map_or(0, emu);
    (number(first), number(second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Allowance;

    const OVAL: &str = r#"<a:prstGeom prst="ellipse"/>"#;

    fn read(anchored: &str) -> Drawing {
        let text = format!(r#"<xdr:wsDr xmlns:xdr="x" xmlns:a="a">{anchored}</xdr:wsDr>"#);
        Drawing::read(&text, &Grid::default(), &mut Budget::new(Allowance::Alone)).unwrap()
    }

    fn two_cells(inside: &str) -> String {
        format!(
            "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff>\
             <xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col>\
             <xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>\
             {inside}</xdr:twoCellAnchor>"
        )
    }

    #[test]
    fn a_shape_has_its_kind_text_and_place() {
        let shape = format!(
            "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id=\"2\" name=\"円\"/></xdr:nvSpPr>\
             <xdr:spPr>{OVAL}</xdr:spPr><xdr:txBody><a:p><a:r><a:t>済</a:t></a:r></a:p>\
             <a:p><a:r><a:t>み</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        );
        let drawing = read(&two_cells(&shape));
        let [(_, shape)] = drawing.shapes.as_slice() else {
            panic!("one shape");
        };
        assert_eq!(
            (shape.kind.as_str(), shape.text.as_str()),
            ("ellipse", "済\nみ")
        );
        assert_eq!(shape.anchor.to_string(), "B3:C3");
        assert_eq!(shape.insets, [0, 0, 1000, 1000]);
    }

    #[test]
    fn controls_and_hidden_shapes_are_not_drawn() {
        let control = "<mc:AlternateContent><mc:Choice>".to_owned()
            + &two_cells(
                "<xdr:sp><xdr:cNvPr id=\"2049\" hidden=\"1\"><a14:compatExt spid=\"_x0000_s2049\"/>\
                 </xdr:cNvPr><a:p><a:r><a:t>通所</a:t></a:r></a:p></xdr:sp>",
            )
            + "</mc:Choice><mc:Fallback/></mc:AlternateContent>";
        let hidden = two_cells("<xdr:sp><xdr:cNvPr id=\"3\" hidden=\"1\"/></xdr:sp>");
        let drawing = read(&(control + &hidden));
        assert_eq!(drawing.shapes, []);
        assert_eq!(
            drawing.captions.get("2049").map(String::as_str),
            Some("通所")
        );
    }

    #[test]
    fn a_shape_of_a_group_lies_in_its_part_of_the_group() {
        let group = format!(
            "<xdr:grpSp><xdr:grpSpPr><a:xfrm><a:chOff x=\"100\" y=\"0\"/>\
             <a:chExt cx=\"200\" cy=\"100\"/></a:xfrm></xdr:grpSpPr><xdr:sp><xdr:spPr><a:xfrm>\
             <a:off x=\"200\" y=\"0\"/><a:ext cx=\"100\" cy=\"100\"/></a:xfrm>{OVAL}</xdr:spPr>\
             </xdr:sp></xdr:grpSp>"
        );
        assert_eq!(
            read(&two_cells(&group)).shapes[0].1.anchor.to_string(),
            "C3"
        );
    }

    #[test]
    fn one_corner_and_a_size_are_enough() {
        let anchored = format!(
            "<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from>\
             <xdr:ext cx=\"700000\" cy=\"1000\"/><xdr:sp><xdr:spPr>{OVAL}</xdr:spPr></xdr:sp>\
             </xdr:oneCellAnchor>"
        );
        assert_eq!(read(&anchored).shapes[0].1.anchor.to_string(), "B3:C3");
    }
}
