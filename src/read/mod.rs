//! From the bytes of a file to a [`Book`]: everything that later stages need, once.
//!
//! The only room that knows calamine, ZIP and XML. It says what is written, not what it means.

mod book;
mod compound;
mod delimited;
mod error;
mod limits;
mod number_format;
mod ods;
mod ooxml;
mod package;
mod page_header;
mod style;
#[cfg(test)]
mod testing;
mod xls;
mod xlsb;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::model::FileName;
use compound::Compound;
use limits::FILE_BYTES;
use package::Package;

pub use book::{Book, CheckBox, Comment, Merges, Shape, Sheet, SheetCell, Stored, Visibility};
pub use error::ReadError;

/// Reads a file. `shown` is its name for people.
pub fn read_book(path: &Path, shown: FileName) -> Result<Book, ReadError> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > FILE_BYTES {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes)?;
    read_bytes(&bytes, shown)
}

/// Reads the content of a file. What kind it is, the first bytes tell: names lie.
pub fn read_bytes(bytes: &[u8], shown: FileName) -> Result<Book, ReadError> {
    if bytes.len() as u64 > FILE_BYTES {
        return Err(ReadError::TooLarge);
    }
    match bytes {
        [] => Err(ReadError::EmptyFile),
        [b'P', b'K', 3 | 5 | 7, ..] => read_package(bytes, shown),
        _ if bytes.starts_with(&compound::SIGNATURE) => read_compound(bytes, shown),
        _ => read_text(bytes, shown),
    }
}

fn read_package(bytes: &[u8], shown: FileName) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes)?;
    if package.has(ods::CONTENT) {
        return ods::read(&mut package, shown);
    }
    let part = ooxml::main_part(&mut package)?;
    if !package.has(&part) {
        return Err(ReadError::NotAWorkbook);
    }
    if part.ends_with(".bin") {
        package.check_sizes()?;
        return xlsb::read(bytes, shown);
    }
    ooxml::read(&mut package, &part, shown)
}

fn read_compound(bytes: &[u8], shown: FileName) -> Result<Book, ReadError> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(ReadError::PasswordProtected);
    }
    match file.stream("Workbook")? {
        Some(stream) => xls::read(&stream, shown),
        None if file.has("Book") => Err(ReadError::OldFormat),
        None => Err(ReadError::NotAWorkbook),
    }
}

fn read_text(bytes: &[u8], shown: FileName) -> Result<Book, ReadError> {
    let text = delimited::decode(bytes).ok_or(ReadError::NotAWorkbook)?;
    if is_markup(&text) {
        return Err(ReadError::Markup);
    }
    let name = shown.to_ascii_lowercase();
    let is_named_so = name.ends_with(".csv") || name.ends_with(".tsv");
    if !is_named_so && !delimited::is_delimited(&text) {
        return Err(ReadError::NotAWorkbook);
    }
    delimited::read(&text, shown)
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
