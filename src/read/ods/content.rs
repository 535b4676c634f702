//! What one cell of a table holds: its value as stored and as shown, its note, its drawings.

use std::collections::BTreeMap;

use super::drawing::{self, Drawn};
use crate::read::limits::Budget;
use crate::read::number_format::{duration_of_iso, serial_of_iso};
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{ReadError, Stored};

/// Blanks that one element may stand for.
const BLANKS: usize = 1_000;

/// What a cell holds.
#[derive(Default)]
pub(super) struct Content {
    pub(super) stored: Option<Stored>,
    pub(super) shown: String,
    pub(super) comment: Option<String>,
    /// The styles of parts of its text.
    pub(super) parts: Vec<String>,
    /// What is drawn and moves with the cell.
    pub(super) drawn: Vec<Drawn>,
}

impl Content {
    pub(super) fn is_empty(&self) -> bool {
        self.stored.is_none() && self.comment.is_none() && self.drawn.is_empty()
    }

    /// Reads the cell that was opened last.
    pub(super) fn read(
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        budget: &mut Budget,
    ) -> Result<Self, ReadError> {
        let attributes: BTreeMap<&str, String> = tag
            .attributes()
            .map(|(name, value)| (name, value.into_owned()))
            .collect();
        let value = |name| attributes.get(name).map(String::as_str);
        let depth = xml.depth();
        let mut paragraphs = Vec::new();
        let mut notes = Vec::new();
        let mut parts = Vec::new();
        let mut drawn = Vec::new();
        while let Some(tag) = xml.child(depth)? {
            match tag.name() {
                "p" => paragraphs.push(read_styled(xml, &mut parts)?),
                "annotation" => {
                    while let Some(tag) = xml.child(depth + 1)? {
                        if tag.name() == "p" {
                            notes.push(read_paragraph(xml)?);
                        }
                    }
                }
                _ => drawing::read(&tag, xml, budget, &mut drawn)?,
            }
        }
        let shown = paragraphs.join("\n");
        // The value's type stands twice: for all programs, and for those that know of errors.
        let is_error = tag
            .attributes()
            .any(|(name, value)| name == "value-type" && value == "error");
        let number = |name| {
            value(name)
                .and_then(|value| value.trim().parse::<f64>().ok())
                .filter(|number| number.is_finite())
        };
        let stored = if is_error {
            Some(Stored::Error(shown.clone()))
        } else if let Some(serial) = value("date-value").and_then(serial_of_iso) {
            Some(Stored::Moment(serial))
        } else if let Some(serial) = value("time-value").and_then(duration_of_iso) {
            Some(Stored::Moment(serial))
        } else if let Some(yes) = value("boolean-value") {
            Some(Stored::Bool(yes == "true"))
        } else if let Some(number) = number("value") {
            Some(Stored::Number(number))
        } else if !shown.is_empty() {
            Some(Stored::Text(shown.clone()))
        } else if value("formula").is_some() && value("value-type").is_none() {
            Some(Stored::NotCalculated)
        } else {
            None
        };
        let comment = Some(notes.join("\n")).filter(|note| !note.trim().is_empty());
        Ok(Self {
            stored,
            shown,
            comment,
            parts,
            drawn,
        })
    }
}

/// The text of a paragraph, without furigana.
pub(super) fn read_paragraph(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    read_styled(xml, &mut Vec::new())
}

/// The same, with the names of the styles of its parts.
fn read_styled(xml: &mut Xml<'_>, parts: &mut Vec<String>) -> Result<String, ReadError> {
    let depth = xml.depth();
    let mut text = String::new();
    // Depth of the furigana that is being passed over.
    let mut furigana = None;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "ruby-text" if furigana.is_none() => furigana = Some(xml.depth()),
                "s" => {
                    let count = tag.number::<usize>("c").unwrap_or(1).min(BLANKS);
                    text.extend(std::iter::repeat_n(' ', count));
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "span" => parts.extend(tag.attribute("style-name")),
                _ => {}
            },
            Node::Text(piece) if furigana.is_none() => text.push_str(&piece),
            Node::Text(_) => {}
            Node::Close if xml.depth() < depth => return Ok(text),
            Node::Close => furigana = furigana.filter(|start| xml.depth() >= *start),
            Node::End => return Ok(text),
        }
    }
}
