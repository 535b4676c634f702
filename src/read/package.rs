//! The ZIP package of a workbook: its parts by name, and how they refer to each other.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::Encoding;
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use super::limits::{INFLATED_BYTES, INFLATION_FREE_BYTES, INFLATION_RATIO, PART_BYTES, PARTS};
use super::xml::Xml;

/// Endings of parts that are read.
const PARTS_WITH_TEXT: [&str; 4] = [".xml", ".vml", ".rels", ".bin"];

/// An opened package. Parts are inflated only when asked for.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Part names in lower case, `/` between folders, to their place in the archive.
    index: BTreeMap<String, usize>,
    inflated: u64,
}

/// The relationships of one part, by their id.
#[derive(Debug, Default)]
pub(super) struct Relations(BTreeMap<String, Relation>);

/// A part that another part refers to.
#[derive(Debug)]
pub(super) struct Relation {
    /// Last word of the relationship's type, such as `worksheet`: the same in strict
    /// and transitional workbooks.
    pub(super) kind: String,
    /// Name of the part, from the package's root.
    pub(super) part: String,
}

impl<'a> Package<'a> {
    /// Reads the directory of the package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        // Counted before it is parsed: each entry costs memory. An entry has 46 bytes at least.
        if bytes.len() / 46 > PARTS
            && bytes.windows(4).filter(|w| w == b"PK\x01\x02").count() > PARTS
        {
            return Err(ReadError::TooLarge);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let mut index = BTreeMap::new();
        for position in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(position) {
                index.insert(key(&name), position);
            }
        }
        Ok(Self {
            archive,
            index,
            inflated: 0,
        })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.index.contains_key(&key(part))
    }

    /// The text of a part; `None` when there is no such part.
    pub(super) fn text(&mut self, part: &str) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(part)?.map(text_of))
    }

    /// The bytes of a part; `None` when there is no such part.
    pub(super) fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        match self.index.get(&key(part)) {
            Some(&position) => self.inflate(position).map(Some),
            None => Ok(None),
        }
    }

    /// Bytes that the parts hold by their own word, pictures and the like left out.
    pub(super) fn declared(&mut self) -> u64 {
        let mut sum: u64 = 0;
        for (name, position) in &self.index {
            if PARTS_WITH_TEXT.iter().any(|ending| name.ends_with(ending))
                && let Ok(part) = self.archive.by_index_raw(*position)
            {
                sum = sum.saturating_add(part.size());
            }
        }
        sum
    }

    fn inflate(&mut self, position: usize) -> Result<Vec<u8>, ReadError> {
        let file = self.archive.by_index(position).map_err(broken)?;
        let stored = file.compressed_size().max(1);
        let limit = PART_BYTES
            .min(INFLATED_BYTES.saturating_sub(self.inflated))
            .min(INFLATION_FREE_BYTES.max(stored.saturating_mul(INFLATION_RATIO)));
        if file.size() > limit {
            return Err(ReadError::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        // The declared size may lie: one byte more than allowed is enough to know.
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| ReadError::Damaged)?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(ReadError::TooLarge);
        }
        self.inflated = self.inflated.saturating_add(size);
        Ok(bytes)
    }

    /// What `part` refers to; empty when it refers to nothing. The package's own
    /// relationships are those of the part `""`.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let mut relations = BTreeMap::new();
        let Some(text) = self.text(&rels)? else {
            return Ok(Relations::default());
        };
        let mut xml = Xml::new(&text);
        xml.root("Relationships")?;
        while let Some(tag) = xml.child(1)? {
            if tag.attribute("TargetMode").as_deref() == Some("External") {
                continue;
            }
            let (Some(id), Some(kind), Some(target)) = (
                tag.attribute("Id"),
                tag.attribute("Type"),
                tag.attribute("Target"),
            ) else {
                continue;
            };
            // A target outside of the package leads nowhere.
            if let Some(part) = resolve(folder, &target) {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(id, Relation { kind, part });
            }
        }
        Ok(Relations(relations))
    }
}

impl Relations {
    /// The part behind an id.
    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.0.get(id)
    }

    /// The first part of that kind.
    pub(super) fn first(&self, kind: &str) -> Option<&str> {
        self.0
            .values()
            .find(|relation| relation.kind == kind)
            .map(|relation| relation.part.as_str())
    }
}

fn key(part: &str) -> String {
    part.trim_start_matches(['/', '\\'])
        .replace('\\', "/")
        .to_lowercase()
}

/// The part that `target` means, seen from `folder`; `None` when it leaves the package.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let mut names: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|name| !name.is_empty()).collect(),
    };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// The text that a part holds.
pub(super) fn text_of(bytes: Vec<u8>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return encoding.decode(&bytes).0.into_owned();
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn broken(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::UnknownEncryption,
        _ => ReadError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::package;

    #[test]
    fn targets_are_resolved_inside_the_package_only() {
        let from = "xl/worksheets";
        for (target, part) in [
            ("../drawings/d1.xml", Some("xl/drawings/d1.xml")),
            ("/xl/styles.xml", Some("xl/styles.xml")),
            ("./sheet2.xml", Some("xl/worksheets/sheet2.xml")),
            ("..\\ctrlProps\\c1.xml", Some("xl/ctrlProps/c1.xml")),
            ("../../../etc/passwd", None),
        ] {
            assert_eq!(resolve(from, target).as_deref(), part, "{target}");
        }
    }

    #[test]
    fn a_part_is_found_whatever_its_case_and_one_that_inflates_too_far_is_refused() {
        let bomb = " ".repeat(64 << 20);
        let bytes = package(&[("XL/Workbook.xml", "\u{feff}<a/>"), ("bomb.xml", &bomb)]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.text("/xl/workbook.xml").unwrap().unwrap(), "<a/>");
        assert_eq!(package.text("xl/missing.xml").unwrap(), None);
        assert_eq!(package.text("bomb.xml"), Err(ReadError::TooLarge));
    }
}
