//! Ovals that are drawn around a printed choice: which text each one is around.
//!
//! Geometry only; what a circled text says is decided elsewhere.

use crate::model::Cell;
use crate::read::{Merges, Shape, Sheet};

/// What the reader calls shapes that people circle a word with.
const OVALS: [&str; 2] = ["ellipse", "donut"];

/// A text may run over this many cells on its right.
const OVERFLOW: u32 = 3;

/// The cell of the text that an empty oval is drawn around: the one under its middle, or the
/// one that runs over from the left. A single character, such as 印, is a place and no choice.
pub fn circled(sheet: &Sheet, merges: &Merges, shape: &Shape) -> Option<Cell> {
    if !is_oval(shape) {
        return None;
    }
    let [left, top, right, bottom] = shape.insets;
    let (first, last) = (shape.anchor.first, shape.anchor.last);
    let middle = Cell::new(
        between((first.row, top), (last.row, bottom)),
        between((first.col, left), (last.col, right)),
    );
    let under = merges.range_at(middle).first;
    let reach = (0..=OVERFLOW).map_while(|cols| under.col.checked_sub(cols));
    let mut cells = reach.map(|col| merges.range_at(Cell::new(under.row, col)).first);
    let text = |cell: &Cell| sheet.cells.get(cell).map_or("", |cell| cell.shown.trim());
    let cell = cells.find(|cell| !text(cell).is_empty())?;
    (text(&cell).chars().count() > 1).then_some(cell)
}

/// Whether it can be drawn around a word: an oval without a text of its own.
pub fn is_oval(shape: &Shape) -> bool {
    OVALS.contains(&shape.kind.as_str()) && shape.text.trim().is_empty()
}

/// The line of cells halfway between two places, each a line and thousandths of it.
fn between((first, from): (u32, u32), (last, to): (u32, u32)) -> u32 {
    let place = |line: u32, inset: u32| u64::from(line) * 1000 + u64::from(inset);
    let middle = (place(first, from) + place(last, to)) / 2000;
    u32::try_from(middle).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CellRange;
    use crate::read::{SheetCell, Stored};

    fn around(anchor: &str, insets: [u32; 4], kind: &str) -> Option<String> {
        let cell = |(at, text): (&str, &str)| {
            let content = SheetCell {
                stored: Stored::Text(text.to_owned()),
                shown: text.to_owned(),
                struck: false,
            };
            (Cell::parse(at).unwrap(), content)
        };
        let cells = [
            ("B5", "訪問"),
            ("E5", "電話"),
            ("H5", "メール"),
            ("K5", "印"),
        ];
        let sheet = Sheet {
            cells: cells.into_iter().map(cell).collect(),
            merged: vec![CellRange::parse("H5:J5").unwrap()],
            ..Sheet::default()
        };
        let shape = Shape {
            anchor: CellRange::parse(anchor).unwrap(),
            kind: kind.to_owned(),
            text: String::new(),
            insets,
        };
        circled(&sheet, &sheet.merges(), &shape).map(|cell| cell.to_string())
    }

    #[test]
    fn an_oval_is_around_the_text_under_its_middle() {
        assert_eq!(
            around("E5", [100, 100, 900, 900], "ellipse").as_deref(),
            Some("E5")
        );
        assert_eq!(
            around("D4:F6", [800, 900, 200, 100], "ellipse").as_deref(),
            Some("E5")
        );
        assert_eq!(
            around("E5:F5", [500, 100, 900, 900], "ellipse").as_deref(),
            Some("E5")
        );
        assert_eq!(
            around("J5", [100, 100, 900, 900], "donut").as_deref(),
            Some("H5")
        );
    }

    #[test]
    fn other_shapes_and_places_are_around_nothing() {
        assert_eq!(around("E5", [100, 100, 900, 900], "rect"), None);
        assert_eq!(around("E9", [100, 100, 900, 900], "ellipse"), None);
        assert_eq!(around("K5", [100, 100, 900, 900], "ellipse"), None);
        assert_eq!(around("A5", [100, 100, 900, 900], "ellipse"), None);
    }
}
