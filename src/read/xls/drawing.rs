//! Check boxes and comments of a sheet: drawing records, objects and their texts in turns.

use std::collections::BTreeMap;

use super::records::{Cursor, Record};
use crate::model::{Cell, CellRange};
use crate::read::compound::{u16_at, u32_at};
use crate::read::limits::Budget;
use crate::read::{CheckBox, Comment, ReadError};

/// Type of an object that is a check box.
const CHECK_BOX: u16 = 0x0B;
/// Type of an object that is an option button.
const OPTION_BUTTON: u16 = 0x0C;
/// `msofbtClientAnchor`: where a shape lies on the sheet.
const CLIENT_ANCHOR: u16 = 0xF010;
/// Sub-record of an object that says what it is.
const COMMON: u16 = 0x15;
/// Sub-record of an object that says whether it is ticked.
const TICK: u16 = 0x12;
/// The older one, which LibreOffice writes instead.
const OLD_TICK: u16 = 0x0A;
/// A column is that many units of an anchor wide.
const COLUMN: u32 = 1024;
/// A row is that many units of an anchor high.
const ROW: u32 = 256;

/// What has been met of a sheet's drawings so far.
#[derive(Default)]
pub(super) struct Objects {
    /// Place of the shape that the next object belongs to.
    anchor: Option<Anchor>,
    /// Id of the last object, whose text may follow.
    last: Option<u16>,
    boxes: Vec<(u16, CheckBox)>,
    texts: BTreeMap<u16, String>,
    notes: Vec<(Cell, u16)>,
}

/// Column, units into it, row, units into it; then the same of the other corner.
type Anchor = [u16; 8];

impl Objects {
    /// `MSODRAWING`
    pub(super) fn drawing(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let mut rest = data;
        while rest.len() >= 8 {
            let is_container = u16_at(rest, 0)? & 0x0F == 0x0F;
            let kind = u16_at(rest, 2)?;
            let length = u32_at(rest, 4)? as usize;
            rest = rest.get(8..).unwrap_or_default();
            if is_container {
                continue;
            }
            if kind == CLIENT_ANCHOR {
                let mut anchor = [0; 8];
                for (i, value) in anchor.iter_mut().enumerate() {
                    *value = u16_at(rest, 2 + i * 2)?;
                }
                self.anchor = Some(anchor);
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        Ok(())
    }

    /// `OBJ`
    pub(super) fn object(&mut self, data: &[u8], budget: &mut Budget) -> Result<(), ReadError> {
        budget.object()?;
        let (mut kind, mut id, mut tick, mut old_tick) = (0, 0, None, None);
        let mut rest = data;
        while rest.len() >= 4 {
            let sub = u16_at(rest, 0)?;
            let length = usize::from(u16_at(rest, 2)?);
            match sub {
                COMMON => (kind, id) = (u16_at(rest, 4)?, u16_at(rest, 6)?),
                TICK => tick = Some(u16_at(rest, 4)?),
                OLD_TICK => old_tick = Some(u16_at(rest, 4)?),
                _ => {}
            }
            rest = rest.get(4 + length..).unwrap_or_default();
        }
        self.last = Some(id);
        if let (CHECK_BOX | OPTION_BUTTON, Some(anchor)) = (kind, self.anchor.take()) {
            let (anchor, center) = place(anchor);
            let check_box = CheckBox {
                anchor,
                center,
                // 2 is neither on nor off.
                checked: tick.or(old_tick) == Some(1),
                caption: String::new(),
            };
            self.boxes.push((id, check_box));
        }
        Ok(())
    }

    /// `TXO`: the text of the object before it stands in the first continuation.
    pub(super) fn text(
        &mut self,
        record: &Record<'_>,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let length = usize::from(u16_at(record.data(), 10)?);
        let (Some(id), true) = (self.last, length > 0 && record.pieces.len() > 1) else {
            return Ok(());
        };
        // As if the text began where the record's own bytes end.
        let mut cursor = Cursor::new(record, usize::MAX);
        let text = cursor.chars(length, false)?;
        budget.text(text.len())?;
        self.texts.insert(id, text);
        Ok(())
    }

    /// `NOTE`
    pub(super) fn note(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let cell = Cell::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
        self.notes.push((cell, u16_at(data, 6)?));
        Ok(())
    }

    /// All boxes with their captions, and all comments.
    pub(super) fn finish(self) -> (Vec<CheckBox>, Vec<Comment>) {
        let text = |id| self.texts.get(id).map_or("", |text| text.trim()).to_owned();
        let boxes = self.boxes.iter().map(|(id, check_box)| CheckBox {
            caption: text(id),
            ..check_box.clone()
        });
        let mut comments: Vec<Comment> = self
            .notes
            .iter()
            .map(|(cell, id)| Comment {
                cell: *cell,
                text: text(id),
            })
            .filter(|comment| !comment.text.is_empty())
            .collect();
        comments.sort_by_key(|comment| comment.cell);
        (boxes.collect(), comments)
    }
}

/// The cells that an anchor covers, and the one under its middle, all columns and all rows
/// taken to be of one size.
fn place(anchor: Anchor) -> (CellRange, Cell) {
    let [
        left,
        right_in,
        top,
        below_in,
        end_col,
        end_x,
        end_row,
        end_y,
    ] = anchor.map(u32::from);
    let last = |from: u32, to: u32, into: u32| match into {
        0 if to > from => to - 1,
        _ => to,
    };
    let middle = |a: u32, a_in: u32, b: u32, b_in: u32, unit: u32| {
        (a * unit + a_in.min(unit) + b * unit + b_in.min(unit)) / (2 * unit)
    };
    let range = CellRange::new(
        Cell::new(top, left),
        Cell::new(last(top, end_row, end_y), last(left, end_col, end_x)),
    );
    let center = Cell::new(
        middle(top, below_in, end_row, end_y, ROW),
        middle(left, right_in, end_col, end_x, COLUMN),
    );
    (range, center)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_lies_under_the_middle_of_its_anchor() {
        let (range, center) = place([3, 100, 4, 0, 4, 300, 5, 0]);
        assert_eq!(range.to_string(), "D5:E5");
        assert_eq!(center.to_string(), "D5");
        let (_, center) = place([3, 900, 4, 0, 5, 100, 5, 0]);
        assert_eq!(center.to_string(), "E5");
        place([u16::MAX; 8]);
    }

    #[test]
    fn a_tick_and_a_caption_come_from_their_records() {
        let mut anchor = vec![0, 0, 0x10, 0xF0, 18, 0, 0, 0, 0, 0];
        for value in [3_u16, 0, 4, 0, 4, 0, 5, 0] {
            anchor.extend(value.to_le_bytes());
        }
        let object = |kind: u8, tick: u8| {
            [
                &[0x15, 0, 18, 0, 0x0B, 0, 7, 0][..],
                &[0; 14],
                &[kind, 0, 8, 0, tick, 0, 0, 0, 0, 0, 0, 0],
            ]
            .concat()
        };
        for (kind, tick, checked) in [
            (0x12, 1, true),
            (0x12, 0, false),
            (0x12, 2, false),
            (0x0A, 1, true),
            (0x0A, 0, false),
        ] {
            let mut budget = Budget::new();
            let mut objects = Objects::default();
            objects.drawing(&anchor).unwrap();
            objects.object(&object(kind, tick), &mut budget).unwrap();
            let text = Record {
                kind: 0x01B6,
                pieces: vec![
                    &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0],
                    &[1, 0x1A, 0x90, 0x40, 0x62],
                ],
            };
            objects.text(&text, &mut budget).unwrap();
            let (boxes, comments) = objects.finish();
            assert_eq!(comments, []);
            assert_eq!(boxes[0].checked, checked);
            assert_eq!(boxes[0].caption, "通所");
            assert_eq!(boxes[0].center.to_string(), "D5");
        }
    }
}
