//! What typst may see while it sets a document: two fonts, two templates, one
//! data file and a fixed date. No disk, no network, no clock.

use std::sync::{LazyLock, OnceLock};

use chrono::{Datelike, NaiveDate};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInstance, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const REGULAR: &[u8] = include_bytes!("../../../templates/fonts/BIZUDPGothic-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../templates/fonts/BIZUDPGothic-Bold.ttf");
const COMMON: &str = include_str!("../../../templates/pdf/common.typ");

/// The embedded fonts, parsed once.
pub(super) struct Fonts {
    book: LazyHash<FontBook>,
    /// Regular and bold, in the order of the book.
    pub(super) faces: Vec<Font>,
    /// The same, to be asked for single glyphs.
    pub(super) instances: Vec<FontInstance>,
}

impl Fonts {
    pub(super) fn embedded() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| {
            let faces: Vec<Font> = [REGULAR, BOLD]
                .into_iter()
                .filter_map(|data| Font::new(Bytes::new(data), 0))
                .collect();
            let plain = FontVariations::default();
            let instances = faces.iter().cloned().map(|face| {
                let variant = face.info().variant;
                face.instantiate(variant, Abs::pt(9.0), &plain)
            });
            Self {
                book: LazyHash::new(FontBook::from_fonts(&faces)),
                instances: instances.collect(),
                faces,
            }
        })
    }
}

/// One document's world.
pub(super) struct Desk {
    fonts: &'static Fonts,
    main: Source,
    common: Source,
    data_id: FileId,
    data: Bytes,
    today: Option<Datetime>,
}

impl Desk {
    /// Lays out the template and, as `/data.json`, the JSON that it reads.
    ///
    /// `None` only if typst does not take the fixed file names.
    pub(super) fn new(template: &str, data: Vec<u8>, as_of: NaiveDate) -> Option<Self> {
        Some(Self {
            fonts: Fonts::embedded(),
            main: Source::new(file_id("/main.typ")?, template.to_owned()),
            common: Source::new(file_id("/common.typ")?, COMMON.to_owned()),
            data_id: file_id("/data.json")?,
            data: Bytes::new(data),
            today: datetime(as_of),
        })
    }
}

/// The date for typst; `None` for a year that it cannot hold.
fn datetime(date: NaiveDate) -> Option<Datetime> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Datetime::from_ymd(date.year(), month, day)
}

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: LazyLock<LazyHash<Library>> =
            LazyLock::new(|| LazyHash::new(Library::default()));
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.common]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            Ok(self.data.clone())
        } else {
            Err(not_found(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fonts_are_there() {
        let fonts = Fonts::embedded();
        assert_eq!(fonts.faces.len(), 2);
        assert!(fonts.book.contains_family("biz udpgothic"));
    }

    #[test]
    fn nothing_but_its_own_files_is_seen() {
        let day = NaiveDate::from_ymd_opt(2025, 11, 1).unwrap();
        let desk = Desk::new("", b"{}".to_vec(), day).unwrap();
        assert!(desk.file(file_id("/data.json").unwrap()).is_ok());
        assert!(desk.source(file_id("/common.typ").unwrap()).is_ok());
        assert!(desk.file(file_id("/etc/passwd").unwrap()).is_err());
        assert_eq!(desk.today(None).and_then(|d| d.day()), Some(1));
    }
}
