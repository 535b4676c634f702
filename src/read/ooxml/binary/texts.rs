//! `sharedStrings.bin` and `comments*.bin`.

use super::records::{Fields, Records};
use crate::model::Cell;
use crate::read::limits::{Budget, COLS, ROWS};
use crate::read::ooxml::strings::{RichText, struck_by_runs};
use crate::read::ooxml::styles::Styles;
use crate::read::{Comment, ReadError};

/// `BrtSSTItem`
const STRING: u16 = 19;
/// `BrtBeginComment`
const COMMENT: u16 = 635;
/// `BrtCommentText`
const COMMENT_TEXT: u16 = 637;
/// Bit of a text that has runs.
const HAS_RUNS: u8 = 1;

/// The strings that cells share.
pub(in crate::read::ooxml) fn shared_strings(
    bytes: &[u8],
    styles: &Styles,
    budget: &mut Budget,
) -> Result<Vec<RichText>, ReadError> {
    let mut strings = Vec::new();
    let mut records = Records::new(bytes);
    while let Some((kind, mut fields)) = records.next()? {
        if kind == STRING {
            let string = rich(&mut fields, styles)?;
            budget.string(&string.text)?;
            strings.push(string);
        }
    }
    Ok(strings)
}

/// All comments that say something, by cell.
pub(in crate::read::ooxml) fn comments(
    bytes: &[u8],
    styles: &Styles,
    budget: &mut Budget,
) -> Result<Vec<Comment>, ReadError> {
    let mut comments = Vec::new();
    let mut at = None;
    let mut records = Records::new(bytes);
    while let Some((kind, mut fields)) = records.next()? {
        match kind {
            COMMENT => {
                fields.skip(4)?;
                let row = fields.u32()?;
                fields.skip(4)?;
                let cell = Cell::new(row, fields.u32()?);
                at = Some(cell).filter(|cell| cell.row < ROWS && cell.col < COLS);
            }
            COMMENT_TEXT => {
                let text = rich(&mut fields, styles)?.text;
                if let Some(cell) = at.take().filter(|_| !text.trim().is_empty()) {
                    budget.object()?;
                    budget.text(text.len())?;
                    comments.push(Comment { cell, text });
                }
            }
            _ => {}
        }
    }
    comments.sort_by_key(|comment| comment.cell);
    Ok(comments)
}

/// A text with its runs, without its furigana.
pub(super) fn rich(fields: &mut Fields<'_>, styles: &Styles) -> Result<RichText, ReadError> {
    let flags = fields.u8()?;
    let text = fields.text()?;
    if flags & HAS_RUNS == 0 {
        return Ok(RichText { text, struck: None });
    }
    // Each run begins at a character; what stands before the first has the font of its cell.
    let mut runs = vec![(0, None)];
    for _ in 0..fields.u32()? {
        let begin = usize::from(fields.u16()?);
        let struck = styles.strikes(fields.u16()?.into());
        if runs.last().is_none_or(|(known, _)| *known <= begin) {
            runs.push((begin, Some(struck)));
        }
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    let ends = runs.iter().skip(1).map(|(begin, _)| *begin);
    let ends = ends.chain([units.len()]);
    let runs = runs.iter().zip(ends).filter(|((begin, _), end)| {
        let run = units.get(*begin..*end).unwrap_or_default();
        !String::from_utf16_lossy(run).trim().is_empty()
    });
    let struck = struck_by_runs(runs.map(|((_, struck), _)| *struck));
    Ok(RichText { text, struck })
}
