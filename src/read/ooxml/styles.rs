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
}

impl Styles {
    /// Reads the part.
    pub(super) fn read(text: &str) -> Result<Self, ReadError> {
        let mut codes = BTreeMap::new();
        let mut fonts = Vec::new();
        let mut formats = Vec::new();
        let mut xml = Xml::new(text);
        xml.root("styleSheet")?;
        while let Some(tag) = xml.child(1)? {
            match tag.name() {
                "numFmts" => {
                    while let Some(tag) = xml.child(2)? {
                        if let (Some(id), Some(code)) =
                            (tag.number::<u32>("numFmtId"), tag.attribute("formatCode"))
                        {
                            codes.insert(id, code);
                        }
                        within_limit(codes.len())?;
                    }
                }
                "fonts" => {
                    while xml.child(2)?.is_some() {
                        fonts.push(Font::read(&mut xml)?);
                        within_limit(fonts.len())?;
                    }
                }
                "cellXfs" => {
                    while let Some(tag) = xml.child(2)? {
                        formats.push((
                            tag.number::<u32>("numFmtId").unwrap_or(0),
                            tag.number::<usize>("fontId").unwrap_or(0),
                            read_alignment(&mut xml)?,
                        ));
                        within_limit(formats.len())?;
                    }
                }
                _ => {}
            }
        }
        let font = |font: usize| fonts.get(font).copied().unwrap_or_default();
        let looks = formats.iter().map(|&(_, id, (across, down))| Look {
            letters: font(id).letters,
            across,
            down,
        });
        let looks = looks.collect();
        let mut parsed: BTreeMap<u32, Rc<NumberFormat>> = BTreeMap::new();
        let styles = formats.iter().map(|&(id, of_font, _)| Style {
            format: parsed
                .entry(id)
                .or_insert_with(|| {
                    Rc::new(match codes.get(&id) {
                        Some(code) => NumberFormat::parse(code),
                        None => NumberFormat::built_in(id),
                    })
                })
                .clone(),
            struck: font(of_font).struck,
        });
        Ok(Self {
            by_index: styles.collect(),
            plain: Style::default(),
            looks,
        })
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
#[derive(Clone, Copy)]
struct Font {
    struck: bool,
    letters: i64,
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

fn within_limit(count: usize) -> Result<(), ReadError> {
    if count > STYLES {
        return Err(ReadError::TooLarge);
    }
    Ok(())
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
