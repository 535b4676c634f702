//! From the bytes of a file to a [`Book`]: everything that later stages need, once.
//!
//! The only room that knows ZIP and XML. It says what is written, not what it means.

mod binary;
mod book;
mod compound;
mod delimited;
mod encryption;
mod error;
mod geometry;
mod limits;
mod look;
mod number_format;
mod ods;
mod ooxml;
mod package;
mod page_header;
mod passwords;
mod style;
#[cfg(test)]
mod testing;
mod turns;
mod xls;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::archive;
use crate::discover::InputFile;
use crate::model::FileName;
use compound::Compound;
use limits::{Allowance, FILE_BYTES};
use package::Package;
use turns::Turn;

pub use book::{
    Align, Book, CheckBox, Comment, Footprint, Merges, Shape, Sheet, SheetCell, Stored, Visibility,
};
pub use error::ReadError;
pub use passwords::{PasswordFileError, Passwords};

/// What a person may say about how files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Tried on every protected file.
    pub passwords: Passwords,
}

/// Reads a file, be it one of its own or one in an archive.
pub fn read_book(file: &InputFile, options: &ReadOptions) -> Result<Book, ReadError> {
    with_book(file, options, |book| book)
}

/// Reads a file and makes something of it. While it is at it, nobody else reads.
pub fn with_book<T>(
    file: &InputFile,
    options: &ReadOptions,
    then: impl FnOnce(Book) -> T,
) -> Result<T, ReadError> {
    let alone = Some(Turn::alone());
    read_file(file, alone, Allowance::Alone, options, then)
}

/// The same for many files at a time; `None` for one that holds more than leaves room for
/// others, or than may be read at all.
pub fn with_small_book<T>(
    file: &InputFile,
    options: &ReadOptions,
    then: impl FnOnce(Book) -> T,
) -> Result<Option<T>, ReadError> {
    match read_file(file, None, Allowance::BesideOthers, options, then) {
        Ok(made) => Ok(Some(made)),
        Err(ReadError::TooLarge) => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_file<T>(
    file: &InputFile,
    turn: Option<Turn>,
    allowance: Allowance,
    options: &ReadOptions,
    then: impl FnOnce(Book) -> T,
) -> Result<T, ReadError> {
    let (bytes, turn) = match &file.member {
        None => bytes_of(&file.path, turn)?,
        Some(member) => {
            let passwords = options.passwords.for_archives();
            let turn = turn.or_else(|| Turn::of_stored(member.size));
            let bytes = archive::bytes(&file.path, member, FILE_BYTES, &passwords)
                .map_err(|error| ReadError::of_archive(error, &options.passwords))?;
            (bytes, turn)
        }
    };
    let reading = Reading {
        shown: file.shown.clone(),
        options,
        allowance,
    };
    let (book, turn) = reading.content(bytes, turn)?;
    let made = then(book);
    drop(turn);
    Ok(made)
}

fn bytes_of(path: &Path, turn: Option<Turn>) -> Result<(Vec<u8>, Option<Turn>), ReadError> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > FILE_BYTES {
        return Err(ReadError::TooLarge);
    }
    let turn = turn.or_else(|| Turn::of_stored(size));
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes, turn))
}

/// Reads the content of a file that nothing protects. What kind it is, the first bytes tell:
/// names lie.
pub fn read_bytes(bytes: &[u8], shown: FileName) -> Result<Book, ReadError> {
    let reading = Reading {
        shown,
        options: &ReadOptions::default(),
        allowance: Allowance::Alone,
    };
    let read = reading.content(bytes.to_vec(), None);
    read.map(|(book, _)| book)
}

/// How one file is read.
struct Reading<'a> {
    shown: FileName,
    options: &'a ReadOptions,
    allowance: Allowance,
}

impl Reading<'_> {
    /// The book, and the turn that was taken for it: the one that came with the bytes, or one
    /// by what is inside of them.
    fn content(self, bytes: Vec<u8>, turn: Option<Turn>) -> Result<(Book, Turn), ReadError> {
        if bytes.len() as u64 > FILE_BYTES {
            return Err(ReadError::TooLarge);
        }
        match bytes.as_slice() {
            [] => Err(ReadError::EmptyFile),
            [b'P', b'K', 3 | 5 | 7, ..] => self.package(&bytes, turn),
            _ if bytes.starts_with(&compound::SIGNATURE) => self.compound(bytes, turn),
            _ => {
                let turn = turn.unwrap_or_else(|| Turn::wait(bytes.len() as u64));
                Ok((read_text(&bytes, self.shown, self.allowance)?, turn))
            }
        }
    }

    fn package(self, bytes: &[u8], turn: Option<Turn>) -> Result<(Book, Turn), ReadError> {
        let mut package = Package::open(bytes)?;
        let turn = turn.unwrap_or_else(|| Turn::wait(package.declared()));
        if package.has(ods::CONTENT) {
            return Ok((ods::read(&mut package, self.shown, self.allowance)?, turn));
        }
        let part = ooxml::main_part(&mut package)?;
        if !package.has(&part) {
            return Err(ReadError::NotAWorkbook);
        }
        let book = ooxml::read(&mut package, &part, self.shown, self.allowance)?;
        Ok((book, turn))
    }

    fn compound(self, bytes: Vec<u8>, turn: Option<Turn>) -> Result<(Book, Turn), ReadError> {
        let file = Compound::open(&bytes)?;
        let passwords = &self.options.passwords;
        if file.has(encryption::PACKAGE) {
            let package = encryption::package(&file, passwords)?;
            drop(file);
            drop(bytes);
            return self.package(&package, turn);
        }
        let turn = turn.unwrap_or_else(|| Turn::wait(bytes.len() as u64));
        match file.stream("Workbook")? {
            Some(stream) => {
                let stream = encryption::workbook(stream, passwords)?;
                Ok((xls::read(&stream, self.shown, self.allowance)?, turn))
            }
            None if file.has("Book") => Err(ReadError::OldFormat),
            None => Err(ReadError::NotAWorkbook),
        }
    }
}

fn read_text(bytes: &[u8], shown: FileName, allowance: Allowance) -> Result<Book, ReadError> {
    let text = delimited::decode(bytes).ok_or(ReadError::NotAWorkbook)?;
    if is_markup(&text) {
        return Err(ReadError::Markup);
    }
    let name = shown.to_ascii_lowercase();
    let is_named_so = name.ends_with(".csv") || name.ends_with(".tsv");
    if !is_named_so && !delimited::is_delimited(&text) {
        return Err(ReadError::NotAWorkbook);
    }
    delimited::read(&text, shown, allowance)
}

/// Web pages and the XML tables of Excel 2003, which systems export under Excel's names.
fn is_markup(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(4_096).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with('<')
        && [
            "<!doctype",
            "<html",
            "<head",
            "<body",
            "<table",
            "<?xml",
            "<meta",
            "<div",
        ]
        .iter()
        .any(|tag| start.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use testing::{compound, package, workbook};

    fn code(bytes: &[u8], name: &str) -> Result<usize, &'static str> {
        read_bytes(bytes, name.into())
            .map(|book| book.sheets.len())
            .map_err(|error| error.code())
    }

    #[test]
    fn the_first_bytes_decide_and_not_the_name() {
        let xlsx = workbook("<sheetData/>", &[]);
        for name in ["a.xlsx", "a.xls", "a.csv"] {
            assert_eq!(code(&xlsx, name), Ok(1), "{name}");
        }
        assert_eq!(code("氏名,番号\n".as_bytes(), "a.xlsx"), Ok(1));
        assert_eq!(code("ただの文".as_bytes(), "a.csv"), Ok(1));
    }

    #[test]
    fn other_files_are_told_by_their_cause() {
        let word = package(&[
            (
                "_rels/.rels",
                r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#,
            ),
            ("word/document.xml", "<document/>"),
        ]);
        let html = b"\xef\xbb\xbf\n<html><table><tr><td>1</td></tr></table></html>";
        for (bytes, expected) in [
            (&b""[..], "empty-file"),
            (b"PK\x03\x04 cut short", "damaged"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0", "not-a-workbook"),
            (html, "not-a-workbook"),
            ("ただの文".as_bytes(), "not-a-workbook"),
            (&word, "not-a-workbook"),
            (&package(&[("a.txt", "a")]), "not-a-workbook"),
            (&compound(&[("WordDocument", b"x")]), "not-a-workbook"),
            (&compound(&[("Book", b"x")]), "old-format"),
        ] {
            assert_eq!(code(bytes, "a.xlsx"), Err(expected));
        }
        assert_eq!(read_bytes(html, "a.xls".into()), Err(ReadError::Markup));
        let missing = InputFile {
            shown: "a.xlsx".into(),
            path: "/no/such/file.xlsx".into(),
            member: None,
        };
        let missing = read_book(&missing, &ReadOptions::default());
        assert_eq!(missing.unwrap_err().code(), "unreadable-file");
    }

    #[test]
    fn a_workbook_that_is_cut_or_changed_anywhere_does_no_harm() {
        let whole = workbook(
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>",
            &[],
        );
        for end in 0..whole.len() {
            let _ = code(&whole[..end], "a.xlsx");
        }
        for place in 0..whole.len() {
            for change in [0x01, 0x80, 0xFF] {
                let mut bytes = whole.clone();
                bytes[place] ^= change;
                let _ = code(&bytes, "a.xlsx");
            }
        }
    }
}
