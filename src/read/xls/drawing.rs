//! What is drawn on a sheet: drawing records, objects and their texts in turns.
//!
//! The drawing records of a sheet are one stream of containers and atoms ([MS-ODRAW]) that the
//! objects and texts are strewn into. What cannot be decoded is told, and costs nothing else.

use std::collections::BTreeMap;

use super::records::{Cursor, Record};
use crate::model::Cell;
use crate::read::compound::{u16_at, u32_at};
use crate::read::geometry::{Anchor, Frame, Grid};
use crate::read::limits::Budget;
use crate::read::{CheckBox, Comment, ReadError, Shape};

/// Kinds of atom and container, as [MS-ODRAW] numbers them.
mod art {
    pub(super) const GROUP: u16 = 0xF003;
    pub(super) const SHAPE_CONTAINER: u16 = 0xF004;
    pub(super) const GROUP_FRAME: u16 = 0xF009;
    pub(super) const SHAPE: u16 = 0xF00A;
    pub(super) const PROPERTIES: u16 = 0xF00B;
    pub(super) const CHILD_ANCHOR: u16 = 0xF00F;
    pub(super) const CLIENT_ANCHOR: u16 = 0xF010;
}

/// Kinds of object, as [MS-XLS] 2.5.143 numbers them.
mod object {
    pub(super) const GROUP: u16 = 0x00;
    pub(super) const OVAL: u16 = 0x03;
    pub(super) const CHART: u16 = 0x05;
    pub(super) const PICTURE: u16 = 0x08;
    pub(super) const CHECK_BOX: u16 = 0x0B;
    pub(super) const OPTION_BUTTON: u16 = 0x0C;
    pub(super) const LABEL: u16 = 0x0E;
    pub(super) const GROUP_BOX: u16 = 0x13;
    pub(super) const NOTE: u16 = 0x19;
    pub(super) const DRAWING: u16 = 0x1E;
}

/// Sub-record of an object that says what it is.
const COMMON: u16 = 0x15;
/// Sub-record of an object that says whether it is ticked.
const TICK: u16 = 0x12;
/// The older one, which LibreOffice writes instead.
const OLD_TICK: u16 = 0x0A;
/// Flag of a shape that was deleted.
const DELETED: u32 = 0x08;
/// Property of a shape whose bits say, among others, that it cannot be seen.
const GROUP_FLAGS: u16 = 0x03BF;
/// Those bits: that it is so, and that this is said.
const HIDDEN: u32 = 0x0002_0002;
/// Groups inside groups.
const DEPTH: usize = 64;

/// What has been met of a sheet's drawings so far.
#[derive(Default)]
pub(super) struct Objects {
    /// The shape that the next object belongs to.
    shape: Art,
    /// The groups that the stream of the drawing is in.
    groups: Vec<Group>,
    /// How much of that stream has been read.
    offset: u64,
    /// Id of the last object, whose text may follow.
    last: Option<u16>,
    drawn: Vec<Drawn>,
    texts: BTreeMap<u16, String>,
    notes: Vec<(Cell, u16)>,
    /// Something could not be decoded.
    unread: bool,
}

/// What the drawing says of a shape before its object comes.
#[derive(Default)]
struct Art {
    kind: u16,
    anchor: Option<Anchor>,
    hidden: bool,
}

/// A group, and where the stream of the drawing leaves it.
struct Group {
    end: u64,
    frame: Frame,
    anchor: Option<Anchor>,
}

/// An object in its place.
struct Drawn {
    id: u16,
    anchor: Anchor,
    what: What,
}

enum What {
    /// Whether it is ticked.
    Box(bool),
    /// Its kind.
    Shape(&'static str),
    /// The frame or name of controls, which is nothing without a text.
    Caption,
}

/// All that is drawn on a sheet.
pub(super) struct Found {
    pub(super) check_boxes: Vec<CheckBox>,
    pub(super) shapes: Vec<(Anchor, Shape)>,
    pub(super) comments: Vec<Comment>,
    /// Something else is drawn, and could not be decoded.
    pub(super) unread: bool,
}

impl Objects {
    /// Takes note of drawings that could not be decoded; limits stay limits.
    pub(super) fn tolerate(&mut self, read: Result<(), ReadError>) -> Result<(), ReadError> {
        match read {
            Err(ReadError::Damaged) => {
                self.unread = true;
                Ok(())
            }
            other => other,
        }
    }

    /// `MSODRAWING`
    pub(super) fn drawing(&mut self, data: &[u8], grid: &Grid) -> Result<(), ReadError> {
        let mut rest = data;
        while rest.len() >= 8 {
            let header = u16_at(rest, 0)?;
            let kind = u16_at(rest, 2)?;
            let length = u32_at(rest, 4)?;
            rest = rest.get(8..).unwrap_or_default();
            self.offset += 8;
            if header & 0x0F == 0x0F {
                self.enter(kind, u64::from(length))?;
                continue;
            }
            let taken = rest.len().min(length as usize);
            let (atom, after) = rest.split_at_checked(taken).ok_or(ReadError::Damaged)?;
            self.atom(kind, header >> 4, atom, grid)?;
            self.offset += taken as u64;
            rest = after;
        }
        Ok(())
    }

    /// A container begins; those that the stream has left are forgotten.
    fn enter(&mut self, kind: u16, length: u64) -> Result<(), ReadError> {
        while self
            .groups
            .last()
            .is_some_and(|group| group.end < self.offset)
        {
            self.groups.pop();
        }
        match kind {
            art::GROUP if self.groups.len() >= DEPTH => return Err(ReadError::Damaged),
            art::GROUP => self.groups.push(Group {
                end: self.offset + length,
                frame: Frame::default(),
                anchor: None,
            }),
            art::SHAPE_CONTAINER => {
                // The one before had no object.
                self.unread |= self.shape.anchor.is_some() && !self.shape.hidden;
                self.shape = Art::default();
            }
            _ => {}
        }
        Ok(())
    }

    fn atom(
        &mut self,
        kind: u16,
        instance: u16,
        data: &[u8],
        grid: &Grid,
    ) -> Result<(), ReadError> {
        match kind {
            art::GROUP_FRAME => {
                let [left, top, right, bottom] = corners(data)?;
                if let Some(group) = self.groups.last_mut() {
                    group.frame = Frame {
                        x: left,
                        y: top,
                        width: right - left,
                        height: bottom - top,
                    };
                }
            }
            art::SHAPE => {
                self.shape.kind = instance;
                self.shape.hidden |= u32_at(data, 4)? & DELETED != 0;
            }
            art::PROPERTIES => {
                let properties = data.chunks_exact(6).take(instance.into());
                for property in properties {
                    let is_flags = u16_at(property, 0)? & 0x3FFF == GROUP_FLAGS;
                    self.shape.hidden |= is_flags && u32_at(property, 2)? & HIDDEN == HIDDEN;
                }
            }
            art::CLIENT_ANCHOR => {
                let mut values = [0; 8];
                for (n, value) in values.iter_mut().enumerate() {
                    *value = u32::from(u16_at(data, 2 + n * 2)?);
                }
                let [
                    left,
                    left_in,
                    top,
                    top_in,
                    right,
                    right_in,
                    bottom,
                    bottom_in,
                ] = values;
                self.place(Anchor {
                    from: grid.point_in((left, left_in), (top, top_in)),
                    to: grid.point_in((right, right_in), (bottom, bottom_in)),
                });
            }
            art::CHILD_ANCHOR => {
                let [left, top, right, bottom] = corners(data)?;
                let inner = Frame {
                    x: left,
                    y: top,
                    width: right - left,
                    height: bottom - top,
                };
                // The anchor of a group itself is of the group around it.
                let mut around = self.groups.iter().rev();
                let placed = around.find_map(|group| Some((group.frame, group.anchor?)));
                let (frame, anchor) = placed.ok_or(ReadError::Damaged)?;
                self.place(frame.place(&inner, &anchor, grid));
            }
            _ => {}
        }
        Ok(())
    }

    /// The first shape of a group gives the group its place.
    fn place(&mut self, anchor: Anchor) {
        self.shape.anchor = Some(anchor);
        // The outermost group is the sheet.
        if let [_, .., group] = self.groups.as_mut_slice()
            && group.anchor.is_none()
        {
            group.anchor = Some(anchor);
        }
    }

    /// `OBJ`
    pub(super) fn object(
        &mut self,
        record: &Record<'_>,
        grid: &Grid,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        budget.object()?;
        let (mut kind, mut id, mut tick, mut old_tick) = (0, 0, None, None);
        let mut rest = record.data();
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
        let shape = std::mem::take(&mut self.shape);
        let what = match kind {
            object::GROUP | object::NOTE => None,
            // 2 is neither on nor off.
            object::CHECK_BOX | object::OPTION_BUTTON => {
                Some(What::Box(tick.or(old_tick) == Some(1)))
            }
            ..object::CHECK_BOX | object::DRAWING => Some(What::Shape(name(kind, shape.kind))),
            object::LABEL | object::GROUP_BOX => Some(What::Caption),
            _ => None,
        };
        if let Some(what) = what.filter(|_| !shape.hidden) {
            match shape.anchor {
                Some(anchor) => self.drawn.push(Drawn { id, anchor, what }),
                None => self.unread = true,
            }
        }
        // Long drawings go on where an object is continued.
        let more = record.pieces.get(1..).unwrap_or_default();
        self.drawing(&more.concat(), grid)
    }

    /// `TXO`: the text of the object before it stands in the first continuations.
    pub(super) fn text(
        &mut self,
        record: &Record<'_>,
        grid: &Grid,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let length = usize::from(u16_at(record.data(), 10)?);
        let runs = usize::from(u16_at(record.data(), 12).unwrap_or(0));
        // As if the text began where the record's own bytes end.
        let mut cursor = Cursor::new(record, usize::MAX);
        if let (Some(id), true) = (self.last, length > 0) {
            let text = cursor.chars(length, false)?;
            budget.text(text.len())?;
            self.texts.insert(id, text);
            if cursor.skip(runs).is_err() {
                return Ok(());
            }
        }
        // Long drawings go on behind a text too.
        self.drawing(&cursor.pieces_left().concat(), grid)
    }

    /// `NOTE`
    pub(super) fn note(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let cell = Cell::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
        self.notes.push((cell, u16_at(data, 6)?));
        Ok(())
    }

    /// All of it, with captions and texts.
    pub(super) fn finish(self, grid: &Grid) -> Found {
        let text = |id: &u16| self.texts.get(id).map_or("", |text| text.trim()).to_owned();
        let (mut check_boxes, mut shapes) = (Vec::new(), Vec::new());
        for Drawn { id, anchor, what } in &self.drawn {
            let (kind, text) = match what {
                What::Box(checked) => {
                    check_boxes.push(CheckBox {
                        anchor: anchor.cells(),
                        center: grid.center(anchor),
                        checked: *checked,
                        caption: text(id),
                    });
                    continue;
                }
                What::Shape(kind) => (*kind, text(id)),
                What::Caption => ("rect", text(id)),
            };
            if matches!(what, What::Caption) && text.is_empty() {
                continue;
            }
            let shape = Shape {
                anchor: anchor.cells(),
                kind: kind.to_owned(),
                text,
                insets: grid.insets(anchor),
                over: None,
            };
            shapes.push((*anchor, shape));
        }
        let comment = |(cell, id): &(Cell, u16)| Comment {
            cell: *cell,
            text: text(id),
        };
        let mut comments: Vec<Comment> = self.notes.iter().map(comment).collect();
        comments.retain(|comment| !comment.text.is_empty());
        comments.sort_by_key(|comment| comment.cell);
        Found {
            check_boxes,
            shapes,
            comments,
            unread: self.unread,
        }
    }
}

/// What the shape is called elsewhere, by its object and by the shape type of its drawing.
fn name(object: u16, shape: u16) -> &'static str {
    match (object, shape) {
        (object::CHART, _) => "chart",
        (object::OVAL, _) | (_, 3) => "ellipse",
        (object::PICTURE, _) | (_, 75) => "picture",
        (_, 2) => "roundRect",
        (_, 23) => "donut",
        (_, 120) => "flowChartConnector",
        (_, 1 | 202) => "rect",
        _ => "shape",
    }
}

fn corners(data: &[u8]) -> Result<[i64; 4], ReadError> {
    let mut corners = [0; 4];
    for (n, corner) in corners.iter_mut().enumerate() {
        *corner = i64::from(u32_at(data, n * 4)?.cast_signed());
    }
    Ok(corners)
}
