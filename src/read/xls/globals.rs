//! The records before the first sheet: what the sheets share.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::records::{Cursor, Record, Records};
use super::{BIFF8, kind};
use crate::read::binary::{alignment, is_struck, letters_of};
use crate::read::compound::{u16_at, u32_at};
use crate::read::limits::{Budget, SHEETS, STYLES};
use crate::read::look::Look;
use crate::read::number_format::NumberFormat;
use crate::read::style::Style;
use crate::read::{ReadError, Visibility};

/// `BOUND_SHEET` type of a tab with cells.
const WORKSHEET: u8 = 0;
/// Place of a text whose format does not say: at the bottom.
const BOTTOM: u8 = 0x20;

/// What the sheets share.
#[derive(Default)]
pub(super) struct Globals {
    /// Those with cells, in their order.
    pub(super) tabs: Vec<Tab>,
    /// Texts by index.
    pub(super) strings: Vec<String>,
    styles: Vec<Style>,
    plain: Style,
    looks: Vec<Look>,
    /// Whether dates count from 1904.
    pub(super) from_1904: bool,
}

/// A tab as the workbook lists it.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    /// Where in the stream its records begin.
    pub(super) start: usize,
}

impl Globals {
    /// Reads them.
    pub(super) fn read(stream: &[u8], budget: &mut Budget) -> Result<Self, ReadError> {
        let mut globals = Self::default();
        let mut fonts = Vec::new();
        let mut codes = BTreeMap::new();
        let mut formats = Vec::new();
        let mut records = Records::new(stream);
        match records.next()? {
            Some(first) if first.kind == kind::BOF => {
                if u16_at(first.data(), 0)? != BIFF8 {
                    return Err(ReadError::OldFormat);
                }
            }
            _ => return Err(ReadError::Damaged),
        }
        while let Some(record) = records.next()? {
            let data = record.data();
            match record.kind {
                kind::EOF => break,
                kind::DATE_MODE => globals.from_1904 = u16_at(data, 0)? == 1,
                kind::FONT => fonts.push((u16_at(data, 0)?, is_struck(u16_at(data, 2)?))),
                kind::FORMAT => {
                    codes.insert(u16_at(data, 0)?, Cursor::new(&record, 2).string()?);
                }
                kind::XF => {
                    let place = data.get(6).copied().unwrap_or(BOTTOM);
                    let place = alignment(place & 7, place >> 4 & 7);
                    formats.push((u16_at(data, 0)?, u16_at(data, 2)?, place));
                }
                kind::BOUND_SHEET => globals.tabs.extend(Tab::read(&record)?),
                kind::SST => globals.strings = read_strings(&record, budget)?,
                _ => {}
            }
            if formats.len().max(fonts.len()).max(codes.len()) > STYLES {
                return Err(ReadError::TooLarge);
            }
            if globals.tabs.len() > SHEETS {
                return Err(ReadError::TooLarge);
            }
        }
        let mut parsed: BTreeMap<u16, Rc<NumberFormat>> = BTreeMap::new();
        for (font, id, (across, down)) in formats {
            let format = parsed.entry(id).or_insert_with(|| {
                Rc::new(match codes.get(&id) {
                    Some(code) => NumberFormat::parse(code),
                    None => NumberFormat::built_in(id.into()),
                })
            });
            // There is no font of number 4.
            let font = usize::from(if font > 4 { font - 1 } else { font });
            let font = fonts.get(font).copied();
            globals.styles.push(Style {
                format: format.clone(),
                struck: font.is_some_and(|(_, struck)| struck),
            });
            let letters = font.map(|(height, _)| letters_of(height));
            globals.looks.push(Look {
                letters: letters.unwrap_or(Look::default().letters),
                across,
                down,
            });
        }
        Ok(globals)
    }

    /// How the text of the cell format of that index is set.
    pub(super) fn look(&self, index: u16) -> Look {
        let look = self.looks.get(usize::from(index));
        look.copied().unwrap_or_default()
    }

    /// The cell format of that index; the plain one where there is none.
    pub(super) fn style(&self, index: u16) -> &Style {
        self.styles.get(usize::from(index)).unwrap_or(&self.plain)
    }
}

impl Tab {
    /// `None` for tabs without cells, such as charts.
    fn read(record: &Record<'_>) -> Result<Option<Self>, ReadError> {
        let data = record.data();
        let [state, tab_type] = u16_at(data, 4)?.to_le_bytes();
        if tab_type != WORKSHEET {
            return Ok(None);
        }
        Ok(Some(Self {
            name: Cursor::new(record, 6).short_string()?,
            visibility: match state & 3 {
                0 => Visibility::Visible,
                1 => Visibility::Hidden,
                _ => Visibility::VeryHidden,
            },
            start: u32_at(data, 0)? as usize,
        }))
    }
}

fn read_strings(record: &Record<'_>, budget: &mut Budget) -> Result<Vec<String>, ReadError> {
    let mut cursor = Cursor::new(record, 4);
    cursor.u32()?;
    let mut strings = Vec::new();
    // The count that is declared is wrong in the files of some programs.
    while !cursor.is_at_end() {
        let text = cursor.string()?;
        budget.string(&text)?;
        strings.push(text);
    }
    Ok(strings)
}
