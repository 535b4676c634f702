//! Where on the sheet a drawing lies: from anchors and sizes in EMU to cells.
//!
//! EMU are the English Metric Units of drawings: 12,700 to a point, 9,525 to a pixel.
//! Column widths depend on the fonts of the machine and are known to a few percent only.

use crate::model::{Cell, CellRange};
use crate::read::limits::{COLS, ROWS};
use crate::read::look::Look;
use crate::read::xml::Xml;
use crate::read::{Footprint, Merges, ReadError};

/// EMU of a pixel.
pub(in crate::read) const PIXEL: i64 = 9_525;
const POINT: f64 = 12_700.0;
/// Width of a digit in the fonts that Japanese Excel starts with.
const PIXELS_PER_CHARACTER: f64 = 8.0;
/// Larger than any sheet: keeps sums far from overflow.
const FARTHEST: i64 = 1 << 44;
/// Larger than any row or column.
const LARGEST: i64 = 1 << 32;

/// A point of the sheet: a cell and how far into it, in EMU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct Point {
    pub(in crate::read) col: u32,
    pub(in crate::read) col_offset: i64,
    pub(in crate::read) row: u32,
    pub(in crate::read) row_offset: i64,
}

/// Upper left and lower right corner of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct Anchor {
    pub(in crate::read) from: Point,
    pub(in crate::read) to: Point,
}

/// A rectangle, in EMU or in the units of a group.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct Frame {
    pub(in crate::read) x: i64,
    pub(in crate::read) y: i64,
    pub(in crate::read) width: i64,
    pub(in crate::read) height: i64,
}

/// Sizes of the sheet's columns and rows.
#[derive(Debug)]
pub(in crate::read) struct Grid {
    /// Columns, from left to right.
    pub(in crate::read) cols: Axis,
    /// Rows, from top to bottom.
    pub(in crate::read) rows: Axis,
}

/// Sizes along one direction.
#[derive(Debug)]
pub(in crate::read) struct Axis {
    default: i64,
    count: u32,
    /// Lines that are set on their own, in order.
    runs: Vec<Run>,
}

/// Lines of one size.
#[derive(Debug)]
struct Run {
    first: u32,
    last: u32,
    size: i64,
    /// From the edge of the sheet to its first line.
    start: i64,
}

impl Run {
    /// From the edge of the sheet to the line after its last.
    fn end(&self) -> i64 {
        self.start + (i64::from(self.last - self.first) + 1) * self.size
    }
}

impl Default for Grid {
    fn default() -> Self {
        Self {
            cols: Axis::new(column_width(9.0), COLS),
            rows: Axis::new(row_height(13.5), ROWS),
        }
    }
}

/// EMU of a column that is that many characters wide.
pub(in crate::read) fn column_width(characters: f64) -> i64 {
    emu(characters * PIXELS_PER_CHARACTER * PIXEL as f64)
}

/// EMU of a row of that many points.
pub(in crate::read) fn row_height(points: f64) -> i64 {
    emu(points * POINT)
}

/// EMU of a length with its unit, such as `0.4165in` or `12pt`.
pub(in crate::read) fn length(text: &str) -> Option<i64> {
    let text = text.trim();
    let end = text
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len();
    let (number, unit) = text.split_at(end);
    let unit = match unit {
        "in" => 72.0 * POINT,
        "cm" => 72.0 / 2.54 * POINT,
        "mm" => 7.2 / 2.54 * POINT,
        "pt" => POINT,
        "pc" => 12.0 * POINT,
        "px" => PIXEL as f64,
        _ => return None,
    };
    Some(emu(number.trim().parse::<f64>().ok()? * unit))
}

/// An EMU value from untrusted numbers.
pub(in crate::read) fn emu(value: f64) -> i64 {
    // `as` saturates and turns NaN into zero.
    (value.round() as i64).clamp(-FARTHEST, FARTHEST)
}

impl Axis {
    fn new(default: i64, count: u32) -> Self {
        Self {
            default,
            count,
            runs: Vec::new(),
        }
    }

    /// Sets the size of all lines that are not set on their own. Comes before them.
    pub(in crate::read) fn set_default(&mut self, size: i64) {
        self.default = size.clamp(0, LARGEST);
    }

    /// Sets the size of the lines `first` to `last`; runs come in order.
    pub(in crate::read) fn set(&mut self, first: u32, last: u32, size: i64) {
        let after_the_last_run = self.runs.last().is_none_or(|run| run.last < first);
        if after_the_last_run && first <= last && last < self.count {
            self.runs.push(Run {
                first,
                last,
                size: size.clamp(0, LARGEST),
                start: self.start(first),
            });
        }
    }

    fn size(&self, line: u32) -> i64 {
        match self.run_before(line) {
            Some(run) if line <= run.last => run.size,
            _ => self.default,
        }
    }

    /// From the edge of the sheet to a line.
    fn start(&self, line: u32) -> i64 {
        match self.run_before(line) {
            Some(run) if line <= run.last => run.start + i64::from(line - run.first) * run.size,
            Some(run) => run.end() + i64::from(line - run.last - 1) * self.default,
            None => i64::from(line) * self.default,
        }
    }

    /// The last run that does not begin after the line.
    fn run_before(&self, line: u32) -> Option<&Run> {
        let before = self.runs.partition_point(|run| run.first <= line);
        self.runs[..before].last()
    }

    /// From one place to another further on; a place is a line and how far into it.
    fn distance(&self, from: (u32, i64), to: (u32, i64)) -> i64 {
        (self.start(to.0) + to.1 - self.start(from.0) - from.1).max(0)
    }

    /// The place that lies `distance` further on.
    fn advance(&self, from: (u32, i64), distance: i64) -> (u32, i64) {
        let left = from.1 + distance;
        if left < self.size(from.0) {
            return (from.0, left);
        }
        let target = self.start(from.0) + left;
        let before = self.runs.partition_point(|run| run.start <= target);
        // The lines that the target is among: their first, its place and their size.
        let (first, start, size) = match self.runs[..before].last() {
            Some(run) if target < run.end() => (run.first, run.start, run.size),
            Some(run) => (run.last + 1, run.end(), self.default),
            None => (0, 0, self.default),
        };
        let lines = u32::try_from((target - start) / size.max(1)).unwrap_or(u32::MAX);
        let line = first.saturating_add(lines).min(self.count - 1);
        (line, target - self.start(line))
    }

    /// How far into its line a point lies, in thousandths.
    fn thousandths(&self, line: u32, offset: i64) -> u32 {
        let size = self.size(line).max(1);
        u32::try_from((offset.max(0) * 1000 / size).min(1000)).unwrap_or(1000)
    }
}

impl Anchor {
    /// Reads the anchor element that was opened last, of a control or of a drawing;
    /// `None` when a corner is missing. Stops at its end.
    pub(in crate::read) fn read(xml: &mut Xml<'_>) -> Result<Option<Self>, ReadError> {
        let depth = xml.depth();
        let (mut from, mut to) = (None, None);
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "from" => from = Some(Point::read(xml)?),
                "to" => to = Some(Point::read(xml)?),
                _ => {}
            }
        }
        Ok(from.zip(to).map(|(from, to)| Self { from, to }))
    }

    /// The cells that it covers. A drawing that ends on the edge of a cell does not cover
    /// the next one.
    pub(in crate::read) fn cells(&self) -> CellRange {
        let last = |from: u32, to: u32, offset: i64| match offset {
            ..=0 if to > from => to - 1,
            _ => to,
        };
        CellRange::new(
            Cell::new(self.from.row, self.from.col),
            Cell::new(
                last(self.from.row, self.to.row, self.to.row_offset),
                last(self.from.col, self.to.col, self.to.col_offset),
            ),
        )
    }
}

impl Frame {
    /// Where a shape of a group lies, by the group's own frame and the place of all of it.
    pub(in crate::read) fn place(&self, shape: &Self, anchor: &Anchor, grid: &Grid) -> Anchor {
        if self.width <= 0 || self.height <= 0 {
            return *anchor;
        }
        let (width, height) = grid.size(anchor);
        let scaled = |part: i64, whole: i64, size: i64| {
            emu(part as f64 / whole as f64 * size as f64).clamp(0, size)
        };
        let corner = |x: i64, y: i64| {
            grid.point(
                anchor.from,
                scaled(x - self.x, self.width, width),
                scaled(y - self.y, self.height, height),
            )
        };
        Anchor {
            from: corner(shape.x, shape.y),
            to: corner(shape.x + shape.width, shape.y + shape.height),
        }
    }
}

impl Point {
    /// Reads the `from` or `to` element that was opened last.
    pub(in crate::read) fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let depth = xml.depth();
        let mut point = Self::default();
        while let Some(tag) = xml.child(depth)? {
            let name = tag.name().to_owned();
            let value = xml.text()?.trim().parse().map_or(0, emu);
            let line = |count: u32| u32::try_from(value).map_or(0, |line| line.min(count - 1));
            match name.as_str() {
                "col" => point.col = line(COLS),
                "colOff" => point.col_offset = value,
                "row" => point.row = line(ROWS),
                "rowOff" => point.row_offset = value,
                _ => {}
            }
        }
        Ok(point)
    }
}

impl Grid {
    /// The cell under the middle of an anchor.
    pub(in crate::read) fn center(&self, anchor: &Anchor) -> Cell {
        let (width, height) = self.size(anchor);
        let middle = self.point(anchor.from, width / 2, height / 2);
        Cell::new(middle.row, middle.col)
    }

    /// Width and height of what lies between the corners.
    pub(in crate::read) fn size(&self, anchor: &Anchor) -> (i64, i64) {
        let Anchor { from, to } = anchor;
        (
            self.cols
                .distance((from.col, from.col_offset), (to.col, to.col_offset)),
            self.rows
                .distance((from.row, from.row_offset), (to.row, to.row_offset)),
        )
    }

    /// The point to the right of and below `from` by that much.
    pub(in crate::read) fn point(&self, from: Point, right: i64, below: i64) -> Point {
        let (col, col_offset) = self.cols.advance((from.col, from.col_offset), right);
        let (row, row_offset) = self.rows.advance((from.row, from.row_offset), below);
        Point {
            col,
            col_offset,
            row,
            row_offset,
        }
    }

    /// The point that lies so many 1024ths into a column and so many 256ths into a row.
    pub(in crate::read) fn point_in(&self, col: (u32, u32), row: (u32, u32)) -> Point {
        let part = |axis: &Axis, (line, part): (u32, u32), whole: u32| {
            let line = line.min(axis.count - 1);
            let size = axis.size(line);
            (line, size * i64::from(part.min(whole)) / i64::from(whole))
        };
        let (col, col_offset) = part(&self.cols, col, 1_024);
        let (row, row_offset) = part(&self.rows, row, 256);
        Point {
            col,
            col_offset,
            row,
            row_offset,
        }
    }

    /// How a drawing lies over the text under its middle; `look` tells how that is set.
    pub(in crate::read) fn footprint(
        &self,
        anchor: &Anchor,
        merges: &Merges,
        look: impl Fn(Cell) -> Look,
    ) -> Footprint {
        let range = merges.range_at(self.center(anchor));
        let look = look(range.first);
        let hundredths = |length: i64| {
            let length = length.saturating_mul(100) / look.letters.max(1);
            length.clamp(-1_000_000, 1_000_000) as i32
        };
        let (first, last) = (range.first, range.last);
        let (left, top) = (self.cols.start(first.col), self.rows.start(first.row));
        let across = |col, offset| hundredths(self.cols.start(col) + offset - left);
        let down = |row, offset| hundredths(self.rows.start(row) + offset - top);
        let Anchor { from, to } = anchor;
        Footprint {
            range,
            size: [across(last.col + 1, 0), down(last.row + 1, 0)],
            edges: [
                across(from.col, from.col_offset),
                down(from.row, from.row_offset),
                across(to.col, to.col_offset),
                down(to.row, to.row_offset),
            ],
            across: look.across,
            down: look.down,
        }
    }

    /// Left, top, right and bottom edge, each in thousandths of the cell of
    /// [`Anchor::cells`] that it lies in.
    pub(in crate::read) fn insets(&self, anchor: &Anchor) -> [u32; 4] {
        let last = anchor.cells().last;
        let end = |axis: &Axis, line: u32, at: u32, offset: i64| match at == line {
            true => axis.thousandths(line, offset),
            false => 1000,
        };
        [
            self.cols
                .thousandths(anchor.from.col, anchor.from.col_offset),
            self.rows
                .thousandths(anchor.from.row, anchor.from.row_offset),
            end(&self.cols, last.col, anchor.to.col, anchor.to.col_offset),
            end(&self.rows, last.row, anchor.to.row, anchor.to.row_offset),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(col: u32, col_offset: i64, row: u32, row_offset: i64) -> Point {
        Point {
            col,
            col_offset,
            row,
            row_offset,
        }
    }

    #[test]
    fn a_box_lies_in_the_cell_under_its_middle() {
        let mut grid = Grid::default();
        grid.cols.set(0, 24, column_width(3.125));
        grid.rows.set(4, 4, row_height(22.5));
        let anchor = Anchor {
            from: point(3, 28_575, 4, 0),
            to: point(4, 76_200, 5, 0),
        };
        assert_eq!(grid.center(&anchor).to_string(), "D5");
        assert_eq!(anchor.cells().to_string(), "D5:E5");
        assert_eq!(grid.insets(&anchor), [120, 0, 320, 1000]);
        // Nearly all of it in the next column.
        let anchor = Anchor {
            from: point(3, 230_000, 4, 0),
            to: point(5, 10_000, 5, 0),
        };
        assert_eq!(grid.center(&anchor).to_string(), "E5");
    }

    #[test]
    fn hidden_lines_take_no_room_and_wild_anchors_do_no_harm() {
        let mut grid = Grid::default();
        grid.rows.set(1, 5, 0);
        let row = row_height(13.5);
        assert_eq!(grid.point(Point::default(), 0, row - 1).row, 0);
        assert_eq!(grid.point(Point::default(), 0, row + 1).row, 6);
        let wild = Anchor {
            from: point(COLS - 1, FARTHEST, ROWS - 1, -FARTHEST),
            to: point(0, -FARTHEST, 0, FARTHEST),
        };
        let cell = grid.center(&wild);
        assert!(cell.row < ROWS && cell.col < COLS);
        assert!(grid.insets(&wild).iter().all(|inset| *inset <= 1000));
    }

    #[test]
    fn lengths_are_read_with_their_units() {
        for (text, expected) in [
            ("1in", Some(914_400)),
            ("2.54cm", Some(914_400)),
            ("25.4mm", Some(914_400)),
            ("72pt", Some(914_400)),
            (" 6pc ", Some(914_400)),
            ("96px", Some(914_400)),
            ("-1in", Some(-914_400)),
            ("1", None),
            ("in", None),
            ("1em", None),
        ] {
            assert_eq!(length(text), expected, "{text}");
        }
    }

    #[test]
    fn size_and_point_are_inverse() {
        let mut grid = Grid::default();
        grid.cols.set(2, 4, column_width(20.0));
        grid.cols.set(5, 5, 0);
        for to in [point(1, 0, 2, 0), point(3, 100, 7, 200), point(6, 5, 9, 0)] {
            let anchor = Anchor {
                from: point(1, 7, 2, 9),
                to,
            };
            let (width, height) = grid.size(&anchor);
            if to.col > 1 {
                assert_eq!(grid.point(anchor.from, width, height), to);
            } else {
                assert_eq!((width, height), (0, 0), "corners in the wrong order");
            }
        }
    }
}
