//! `styles.bin`: number formats, fonts and cell formats.

use super::records::Records;
use crate::read::ReadError;
use crate::read::binary::{alignment, is_struck, letters_of};
use crate::read::ooxml::styles::{Font, Format, Parts, Styles};

/// `BrtFont`
const FONT: u16 = 43;
/// `BrtFmt`
const NUMBER_FORMAT: u16 = 44;
/// `BrtXF`
const FORMAT: u16 = 47;
/// `BrtBeginCellXFs`
const BEGIN_FORMATS: u16 = 617;
/// `BrtEndCellXFs`
const END_FORMATS: u16 = 618;

/// Reads the part.
pub(in crate::read::ooxml) fn styles(bytes: &[u8]) -> Result<Styles, ReadError> {
    let mut parts = Parts::default();
    // The formats of named styles are records of the same kind.
    let mut of_cells = false;
    let mut records = Records::new(bytes);
    while let Some((kind, mut fields)) = records.next()? {
        match kind {
            BEGIN_FORMATS => of_cells = true,
            END_FORMATS => of_cells = false,
            NUMBER_FORMAT => {
                parts.codes.insert(fields.u16()?.into(), fields.text()?);
            }
            FONT => {
                let letters = letters_of(fields.u16()?);
                let struck = is_struck(fields.u16()?);
                parts.fonts.push(Font { struck, letters });
            }
            FORMAT if of_cells => {
                fields.skip(2)?;
                let (code, font) = (fields.u16()?, fields.u16()?);
                fields.skip(6)?;
                let place = fields.u8()?;
                let (across, down) = alignment(place & 7, place >> 3 & 7);
                parts.formats.push(Format {
                    code: code.into(),
                    font: font.into(),
                    across,
                    down,
                });
            }
            _ => {}
        }
        parts.within_limits()?;
    }
    Ok(parts.into())
}
