//! Walking an XML part element by element, by local name.
//!
//! Strict and transitional workbooks differ in namespaces only, so prefixes are ignored.
//! `mc:AlternateContent` is seen through: its first choice stands where it stands.
//! Document types are refused, so no entity is ever defined, let alone expanded.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::ReadError;
use super::limits::XML_DEPTH;

/// One step through a part.
pub(super) enum Node<'a> {
    /// `<name …>`
    Open(Tag<'a>),
    /// `</name>`
    Close,
    /// Text between, entities resolved.
    Text(Cow<'a, str>),
    /// The end of the part.
    End,
}

/// An opened element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The attribute of that local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The attribute as a number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether the attribute says yes.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| is_true(&value))
    }

    /// All attributes by local name; broken ones are left out.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| {
            let key = attribute.key.local_name().into_inner();
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok()?;
            Some((key, value))
        })
    }
}

/// `1`, `true` and `on` as XML schemas and VML write them.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on" | "t" | "True")
}

enum Level {
    Element,
    Alternatives { chosen: bool },
    Choice,
}

/// A walk through one part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    levels: Vec<Level>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Stands before the root element.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            levels: Vec::new(),
            depth: 0,
        }
    }

    /// Opened and not yet closed elements.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next step.
    pub(super) fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            match self.reader.read_event().map_err(|_| ReadError::Damaged)? {
                Event::Start(start) => {
                    if let Some(tag) = self.open(start)? {
                        return Ok(Node::Open(tag));
                    }
                }
                Event::End(_) => {
                    if let Some(Level::Element) = self.levels.pop() {
                        self.depth -= 1;
                        return Ok(Node::Close);
                    }
                }
                Event::Text(text) => return Ok(Node::Text(text.xml10_content())),
                Event::CData(data) => return Ok(Node::Text(data.xml10_content())),
                Event::GeneralRef(reference) => return Ok(Node::Text(resolve(&reference)?)),
                Event::DocType(_) => return Err(ReadError::Damaged),
                Event::Eof if self.levels.is_empty() => return Ok(Node::End),
                Event::Eof => return Err(ReadError::Damaged),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The next child of the element at `depth`, whatever was left unread of the one before;
    /// `None` once that element is closed.
    pub(super) fn child(&mut self, depth: usize) -> Result<Option<Tag<'a>>, ReadError> {
        loop {
            match self.next()? {
                Node::Open(tag) if self.depth == depth + 1 => return Ok(Some(tag)),
                Node::Close if self.depth < depth => return Ok(None),
                Node::End => return Ok(None),
                _ => {}
            }
        }
    }

    /// The root element, if it has that name.
    pub(super) fn root(&mut self, name: &str) -> Result<Tag<'a>, ReadError> {
        match self.child(0)? {
            Some(tag) if tag.name() == name => Ok(tag),
            _ => Err(ReadError::Damaged),
        }
    }

    /// All text inside the element that was opened last, up to its end.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let depth = self.depth;
        let mut all = Cow::Borrowed("");
        loop {
            match self.next()? {
                Node::Text(text) if all.is_empty() => all = text,
                Node::Text(text) => all.to_mut().push_str(&text),
                Node::Close if self.depth < depth => return Ok(all),
                Node::End => return Ok(all),
                _ => {}
            }
        }
    }

    fn open(&mut self, start: BytesStart<'a>) -> Result<Option<Tag<'a>>, ReadError> {
        if self.levels.len() >= XML_DEPTH {
            return Err(ReadError::TooLarge);
        }
        let name = start.local_name().into_inner();
        match self.levels.last_mut() {
            Some(Level::Alternatives { chosen }) => {
                if name == "Choice" && !*chosen {
                    *chosen = true;
                    self.levels.push(Level::Choice);
                } else if name == "Fallback" && !*chosen {
                    self.levels.push(Level::Choice);
                } else {
                    self.reader
                        .read_to_end(start.name())
                        .map_err(|_| ReadError::Damaged)?;
                }
                Ok(None)
            }
            _ if name == "AlternateContent" => {
                self.levels.push(Level::Alternatives { chosen: false });
                Ok(None)
            }
            _ => {
                self.levels.push(Level::Element);
                self.depth += 1;
                Ok(Some(Tag(start)))
            }
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, ReadError> {
    let name: &str = reference;
    let text = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            return match reference.resolve_char_ref() {
                Ok(Some(c)) => Ok(Cow::Owned(c.to_string())),
                _ => Err(ReadError::Damaged),
            };
        }
    };
    Ok(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> Result<Vec<String>, ReadError> {
        let mut xml = Xml::new(xml);
        xml.root("r")?;
        let mut found = Vec::new();
        while let Some(tag) = xml.child(1)? {
            let name = tag.name().to_owned();
            found.push(format!("{name}={}", xml.text()?));
        }
        Ok(found)
    }

    #[test]
    fn children_are_found_by_local_name_and_the_first_choice_is_taken() {
        let xml = r#"<x:r xmlns:x="u"><x:a>1&amp;2&#x3042;</x:a><mc:AlternateContent>
            <mc:Choice><b>in</b></mc:Choice><mc:Fallback><b>out</b></mc:Fallback>
            </mc:AlternateContent><c/></x:r>"#;
        assert_eq!(texts(xml).unwrap(), ["a=1&2あ", "b=in", "c="]);
    }

    #[test]
    fn entities_document_types_and_endless_nesting_are_refused() {
        assert_eq!(texts("<r><a>&bomb;</a></r>"), Err(ReadError::Damaged));
        assert_eq!(
            texts("<!DOCTYPE r [<!ENTITY a \"x\">]><r/>"),
            Err(ReadError::Damaged)
        );
        assert_eq!(texts("<r><a>"), Err(ReadError::Damaged));
        let deep = format!("<r>{}", "<a>".repeat(1000));
        assert_eq!(texts(&deep), Err(ReadError::TooLarge));
    }
}
