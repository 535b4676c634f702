//! `styles.xml`: the number format, the strike and the look of each cell format.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::read::limits::STYLES;
use crate::read::look::{self, Look};
use crate::read::number_format::NumberFormat;
use crate::read::style::Style;
use crate::read::xml::{Tag, Xml};
use crate::read::{Align, ReadError};

/// The cell formats of a workbook, by their index.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_index: Vec<Style>,
    plain: Style,
    looks: Vec<Look>,
    fonts: Vec<Font>,
}

/// What formats are made of, as parts of either kind give it.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Number formats, by their id.
    pub(super) codes: BTreeMap<u32, String>,
    /// Fonts, by their index.
    pub(super) fonts: Vec<Font>,
    /// Cell formats, by their index.
    pub(super) formats: Vec<Format>,
}

/// One cell format.
#[derive(Debug)]
pub(super) struct Format {
    /// Id of its number format.
    pub(super) code: u32,
    /// Index of its font.
    pub(super) font: usize,
    /// Where the text stands across the cell.
    pub(super) across: Align,
    /// Where it stands down the cell.
    pub(super) down: Align,
}

impl Parts {
    /// Refuses what grew beyond all workbooks.
    pub(super) fn within_limits(&self) -> Result<(), ReadError> {
        let most = self.codes.len().max(self.fonts.len());
        match most.max(self.formats.len()) > STYLES {
            true => Err(ReadError::TooLarge),
            false => Ok(()),
        }
    }
}

impl From<Parts> for Styles {
    fn from(parts: Parts) -> Self {
        let font = |font: usize| parts.fonts.get(font).copied().unwrap_or_default();
        let looks = parts.formats.iter().map(|format| Look {
            letters: font(format.font).letters,
            across: format.across,
            down: format.down,
        });
        let looks = looks.collect();
        let mut parsed: BTreeMap<u32, Rc<NumberFormat>> = BTreeMap::new();
        let styles = parts.formats.iter().map(|format| Style {
            format: parsed
                .entry(format.code)
                .or_insert_with(|| {
                    Rc::new(match parts.codes.get(&format.code) {
                        Some(code) => NumberFormat::parse(code),
                        None => NumberFormat::built_in(format.code),
                    })
                })
                .clone(),
            struck: font(format.font).struck,
        });
        Self {
            by_index: styles.collect(),
            plain: Style::default(),
            looks,
            fonts: parts.fonts,
        }
    }
}

impl Styles {
    /// Reads the part.
    pub(super) fn read(text: &str) -> Result<Self, ReadError> {
        let mut parts = Parts::default();
        let mut xml = Xml::new(text);
        xml.root("styleSheet")?;
        while let Some(tag) = xml.child(1)? {
            match tag.name() {
                "numFmts" => {
                    while let Some(tag) = xml.child(2)? {
                        if let (Some(id), Some(code)) =
                            (tag.number::<u32>("numFmtId"), tag.attribute("formatCode"))
                        {
                            parts.codes.insert(id, code);
                        }
                        parts.within_limits()?;
                    }
                }
                "fonts" => {
                    while xml.child(2)?.is_some() {
                        parts.fonts.push(Font::read(&mut xml)?);
                        parts.within_limits()?;
                    }
                }
                "cellXfs" => {
                    while let Some(tag) = xml.child(2)? {
                        let code = tag.number("numFmtId").unwrap_or(0);
                        let font = tag.number("fontId").unwrap_or(0);
                        let (across, down) = read_alignment(&mut xml)?;
                        parts.formats.push(Format {
                            code,
                            font,
                            across,
                            down,
                        });
                        parts.within_limits()?;
                    }
                }
                _ => {}
            }
        }
        Ok(parts.into())
    }

    /// Whether the font of that index strikes its text through.
    pub(super) fn strikes(&self, font: usize) -> bool {
        self.fonts.get(font).is_some_and(|font| font.struck)
    }

    /// How the text of the cell format of that index is set.
    pub(super) fn look(&self, index: usize) -> Look {
        self.looks.get(index).copied().unwrap_or_default()
    }

    /// The cell format of that index; the plain one where there is none.
    pub(super) fn get(&self, index: usize) -> &Style {
        self.by_index.get(index).unwrap_or(&self.plain)
    }
}

/// What a font says of its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Font {
    /// The text is struck through.
    pub(super) struck: bool,
    /// Size of its letters in EMU.
    pub(super) letters: i64,
}

impl Default for Font {
    fn default() -> Self {
        Self {
            struck: false,
            letters: Look::default().letters,
        }
    }
}

impl Font {
    /// Reads the font that was opened last.
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let depth = xml.depth();
        let mut font = Self::default();
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "strike" => font.struck = strikes(&tag),
                "sz" => font.letters = tag.number("val").map_or(font.letters, look::letters),
                _ => {}
            }
        }
        Ok(font)
    }
}

/// Where the text stands by the cell format that was opened last, across and down.
fn read_alignment(xml: &mut Xml<'_>) -> Result<(Align, Align), ReadError> {
    let depth = xml.depth();
    let plain = Look::default();
    let mut found = (plain.across, plain.down);
    while let Some(tag) = xml.child(depth)? {
        if tag.name() == "alignment" {
            let named = |name| tag.attribute(name).and_then(|place| look::align(&place));
            found = (
                named("horizontal").unwrap_or(plain.across),
                named("vertical").unwrap_or(plain.down),
            );
        }
    }
    Ok(found)
}

fn strikes(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none() || tag.is_set("val")
}

/// Whether the font or run properties that were opened last strike the text through.
pub(super) fn is_struck(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    let depth = xml.depth();
    let mut struck = false;
    while let Some(tag) = xml.child(depth)? {
        if tag.name() == "strike" {
            struck = strikes(&tag);
        }
    }
    Ok(struck)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_format_brings_its_number_format_and_its_strike() {
        let styles = Styles::read(
            r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="&quot;令和&quot;0"/></numFmts>
            <fonts><font><sz val="11"/></font><font><strike/></font><font><strike val="0"/></font></fonts>
            <cellStyleXfs><xf numFmtId="9" fontId="1"/></cellStyleXfs>
            <cellXfs><xf numFmtId="176" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="31" fontId="2"/></cellXfs>
            </styleSheet>"#,
        )
        .unwrap();
        assert_eq!(styles.get(0).format.show(7.0), "令和7");
        assert!(!styles.get(0).struck && styles.get(1).struck && !styles.get(2).struck);
        assert_eq!(styles.get(2).format.show(45903.0), "2025年9月3日");
        assert_eq!(styles.get(99).format.show(7.0), "7");
    }

    #[test]
    fn a_cell_format_tells_how_its_text_is_set() {
        let styles = Styles::read(
            r#"<styleSheet><fonts><font><sz val="11"/></font><font><sz val="22"/></font></fonts>
            <cellXfs><xf fontId="1"><alignment horizontal="center" vertical="top"/></xf><xf fontId="0"/></cellXfs>
            </styleSheet>"#,
        )
        .unwrap();
        let look = styles.look(0);
        assert_eq!((look.across, look.down), (Align::Middle, Align::Start));
        assert_eq!(look.letters, 2 * Look::default().letters);
        assert_eq!(
            (styles.look(1), styles.look(9)),
            (Look::default(), Look::default())
        );
    }
}
