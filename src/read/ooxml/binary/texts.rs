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
    let units: Vec<u16> = text.encode_utf16().collect();
    // Each run begins at a character; what stands before the first has the font of its cell.
    let mut runs = vec![(0, None)];
    for _ in 0..fields.u32()? {
        let begin = usize::from(fields.u16()?);
        let struck = styles.strikes(fields.u16()?.into());
        match runs.last_mut() {
            Some(last) if last.0 == begin => last.1 = Some(struck),
            Some(last) if last.0 < begin && begin < units.len() => runs.push((begin, Some(struck))),
            _ => {}
        }
    }
    let ends = runs.iter().skip(1).map(|(begin, _)| *begin);
    let ends = ends.chain([units.len()]);
    let runs = runs.iter().zip(ends).filter(|((begin, _), end)| {
        let run = units.get(*begin..*end).unwrap_or_default();
        !String::from_utf16_lossy(run).trim().is_empty()
    });
    let struck = struck_by_runs(runs.map(|((_, struck), _)| *struck));
    Ok(RichText { text, struck })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Allowance;

    /// Whether a text with these runs, each its first character and its font, is struck through.
    fn struck(text: &str, runs: &[(u16, u16)]) -> Option<bool> {
        const FONTS: &str = "<styleSheet><fonts><font/><font><strike/></font></fonts></styleSheet>";
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let count = |count: usize| (count as u32).to_le_bytes();
        let mut item = [&[HAS_RUNS][..], &count(units.len() / 2), &units].concat();
        item.extend(count(runs.len()));
        for (begin, font) in runs {
            item.extend([begin.to_le_bytes(), font.to_le_bytes()].concat());
        }
        let bytes = [&[STRING as u8, item.len() as u8][..], &item].concat();
        let styles = Styles::read(FONTS).unwrap();
        let mut budget = Budget::new(Allowance::Alone);
        let strings = shared_strings(&bytes, &styles, &mut budget).unwrap();
        strings[0].struck
    }

    #[test]
    fn of_runs_that_begin_at_one_character_the_last_counts() {
        assert_eq!(struck("電話", &[(0, 1)]), Some(true));
        assert_eq!(struck("電話", &[(0, 1), (0, 0)]), Some(false));
        assert_eq!(struck("電話", &[(0, 0), (0, 0), (0, 1)]), Some(true));
    }

    #[test]
    fn runs_beyond_the_text_or_before_the_last_are_none() {
        assert_eq!(struck("電話", &[(0, 0), (2, 1), (900, 1)]), Some(false));
        assert_eq!(struck("電話", &[(0, 0), (1, 1), (0, 0)]), Some(true));
    }
}
