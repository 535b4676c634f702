//! The parts of a binary workbook (`.xlsb`, [MS-XLSB]): records in place of XML, in a package
//! whose drawings and relationships are those of any other.

mod records;
mod sheet;
mod styles;
mod texts;

pub(super) use sheet::sheet;
pub(super) use styles::styles;
pub(super) use texts::{comments, shared_strings};

use records::Records;

use super::{Tab, Workbook, part_of};
use crate::read::limits::SHEETS;
use crate::read::package::Relations;
use crate::read::{ReadError, Visibility};

/// `BrtWbProp`
const PROPERTIES: u16 = 153;
/// `BrtBundleSh`
const TAB: u16 = 156;

/// Whether the part is one of records.
pub(super) fn is_binary(part: &str) -> bool {
    part.to_ascii_lowercase().ends_with(".bin")
}

/// Reads the main part.
pub(super) fn workbook(bytes: &[u8], relations: &Relations) -> Result<Workbook, ReadError> {
    let mut workbook = Workbook::default();
    let mut records = Records::new(bytes);
    while let Some((kind, mut fields)) = records.next()? {
        match kind {
            PROPERTIES => workbook.from_1904 = fields.u32()? & 1 != 0,
            TAB => {
                let visibility = match fields.u32()? {
                    1 => Visibility::Hidden,
                    2 => Visibility::VeryHidden,
                    _ => Visibility::Visible,
                };
                fields.u32()?;
                let relation = fields.text_or_none()?.unwrap_or_default();
                workbook.tabs.push(Tab {
                    name: fields.text()?,
                    visibility,
                    part: part_of(relations, &relation)?,
                });
                if workbook.tabs.len() > SHEETS {
                    return Err(ReadError::TooLarge);
                }
            }
            _ => {}
        }
    }
    match workbook.tabs.is_empty() {
        true => Err(ReadError::Damaged),
        false => Ok(workbook),
    }
}
