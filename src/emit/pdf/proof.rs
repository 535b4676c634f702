//! Reads a set document back, for the tests of this room.

use chrono::NaiveDate;
use serde::Serialize;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::world::Desk;

/// The text of each page, in the order of its setting, without the breaks that are not printed.
pub(super) fn pages<T: Serialize>(template: &str, data: &T, as_of: NaiveDate) -> Vec<String> {
    let data = serde_json::to_vec(data).unwrap();
    let desk = Desk::new(template, data, as_of).unwrap();
    let compiled = typst::compile::<PagedDocument>(&desk);
    let warnings: Vec<_> = compiled.warnings.iter().map(|w| &w.message).collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    compiled
        .output
        .unwrap()
        .pages()
        .iter()
        .map(|page| {
            let mut text = String::new();
            read(&page.frame, Point::zero(), &page.frame, &mut text);
            text.retain(|c| c != '\u{200b}');
            text
        })
        .collect()
}

/// Nothing may stand outside of its page: it would be cut off in print.
fn read(frame: &Frame, at: Point, page: &Frame, text: &mut String) {
    for (offset, item) in frame.items() {
        let at = at + *offset;
        match item {
            FrameItem::Group(group) => {
                let shift = Point::new(group.transform.tx, group.transform.ty);
                read(&group.frame, at + shift, page, text);
            }
            FrameItem::Text(run) => {
                let right = at.x + run.width();
                let inside = at.x >= Abs::zero()
                    && right <= page.width()
                    && at.y >= Abs::zero()
                    && at.y <= page.height();
                assert!(inside, "{:?} stands outside of its page", run.text);
                let printed = run.glyphs.iter().all(|glyph| glyph.id != 0);
                assert!(printed, "{:?} has a character without a glyph", run.text);
                text.push_str(&run.text);
            }
            _ => {}
        }
    }
}
