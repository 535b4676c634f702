//! Check boxes in VML drawings (`vmlDrawing*.vml`).
//!
//! VML is often not well-formed XML: attributes without quotes, tags never closed. So it is
//! searched for the few things that are needed, never parsed as a whole.

use crate::read::ReadError;
use crate::read::geometry::{Anchor, PIXEL, Point};
use crate::read::limits::{Budget, COLS, ROWS};
use crate::read::xml::is_true;

/// A check box or option button as VML has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VmlControl {
    /// Id of its shape, without `_x0000_s`.
    pub(super) shape: String,
    pub(super) anchor: Anchor,
    pub(super) checked: bool,
    pub(super) caption: String,
}

/// What VML writes in front of the number of a shape.
const SHAPE_PREFIX: &str = "_x0000_s";

/// The check boxes and option buttons of the drawing, in its order.
pub(super) fn read(text: &str, budget: &mut Budget) -> Result<Vec<VmlControl>, ReadError> {
    let mut controls = Vec::new();
    // What stands before the first shape belongs to none.
    for shape in text.split("<v:shape ").skip(1) {
        if let Some(control) = control(shape) {
            budget.object()?;
            budget.text(control.caption.len())?;
            controls.push(control);
        }
    }
    Ok(controls)
}

fn control(shape: &str) -> Option<VmlControl> {
    let (head, data) = shape.split_once("<x:ClientData")?;
    let (tag, data) = data.split_once('>')?;
    let kind = attribute(tag, "ObjectType")?;
    if !matches!(kind, "Checkbox" | "Radio") {
        return None;
    }
    let data = data.split("</x:ClientData").next().unwrap_or(data);
    let id = attribute(head, "o:spid").or_else(|| attribute(head, "id"))?;
    Some(VmlControl {
        shape: id.trim_start_matches(SHAPE_PREFIX).to_owned(),
        anchor: anchor(element(data, "x:Anchor")?)?,
        checked: element(data, "x:Checked")
            .is_some_and(|value| value.trim().is_empty() || is_true(value)),
        caption: element(head, "v:textbox").map(plain).unwrap_or_default(),
    })
}

/// `name="value"`, with or without quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once(name)?;
        let starts_word = before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\''));
        if let (true, Some(value)) = (starts_word, after.trim_start().strip_prefix('=')) {
            let value = value.trim_start();
            return match value.chars().next()? {
                quote @ ('"' | '\'') => value.split(quote).nth(1),
                _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
            };
        }
        rest = after;
    }
}

/// What stands inside the first element of that name; nothing for `<name/>`.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = text.split_once(&format!("<{name}"))?;
    let (tag, inside) = after.split_once('>')?;
    if tag.ends_with('/') {
        return Some("");
    }
    inside.split(&format!("</{name}")).next()
}

/// Column, pixels into it, row, pixels into it; then the same of the other corner.
fn anchor(text: &str) -> Option<Anchor> {
    let numbers: Vec<i64> = text
        .split(',')
        .map(|number| number.trim().parse::<i32>().map(i64::from))
        .collect::<Result<_, _>>()
        .ok()?;
    let point = |corner: &[i64]| match *corner {
        [col, right, row, below] => Some(Point {
            col: u32::try_from(col).ok()?.min(COLS - 1),
            col_offset: right * PIXEL,
            row: u32::try_from(row).ok()?.min(ROWS - 1),
            row_offset: below * PIXEL,
        }),
        _ => None,
    };
    let (from, to) = numbers.split_at_checked(4)?;
    Some(Anchor {
        from: point(from)?,
        to: point(to)?,
    })
}

/// Text without tags.
fn plain(markup: &str) -> String {
    let mut text = String::new();
    for piece in markup.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Allowance;

    fn shapes(text: &str) -> Vec<VmlControl> {
        read(text, &mut Budget::new(Allowance::Alone)).unwrap()
    }

    #[test]
    fn boxes_are_found_in_vml_that_is_no_xml() {
        let found = shapes(
            "<xml><o:shapelayout v:ext=edit><v:shape id=\"_x0000_s1025\" filled=f>
             <v:textbox style='x'><div><font>通所 &amp; 訪問</font><br></div></v:textbox>
             <x:ClientData ObjectType=\"Checkbox\"><x:Anchor>
             3, 3, 4, 0, 4, 8, 5, 0</x:Anchor><x:Checked>1</x:Checked></x:ClientData></v:shape>
             <v:shape id=shape2 o:spid=_x0000_s1026><br>
             <x:ClientData ObjectType='Checkbox'><x:Anchor>0,0,0,0,1,0,1,0</x:Anchor></x:ClientData>
             <v:shape id=\"_x0000_s1027\"><x:ClientData ObjectType=\"Note\"><x:Anchor>
             0,0,0,0,1,0,1,0</x:Anchor></x:ClientData></v:shape>",
        );
        let seen: Vec<_> = found
            .iter()
            .map(|c| (c.shape.as_str(), c.checked, c.caption.as_str()))
            .collect();
        assert_eq!(seen, [("1025", true, "通所 & 訪問"), ("1026", false, "")]);
        assert_eq!(found[0].anchor.cells().to_string(), "D5:E5");
        assert_eq!(found[0].anchor.from.col_offset, 3 * PIXEL);
    }

    #[test]
    fn broken_boxes_are_left_out() {
        for broken in [
            "<v:shape id=a><x:ClientData ObjectType=\"Checkbox\"",
            "<v:shape id=a><x:ClientData ObjectType=\"Checkbox\"><x:Anchor>1,2,3</x:Anchor>",
            "<v:shape id=a><x:ClientData ObjectType=\"Checkbox\"><x:Anchor>-1,0,0,0,0,0,0,0</x:Anchor>",
            "<v:shape ",
            "",
        ] {
            assert_eq!(shapes(broken), [], "{broken}");
        }
    }
}
