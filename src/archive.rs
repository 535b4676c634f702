//! Archives of files (`.zip`), as offices send their records: what is in one, and the bytes
//! of a file in it.
//!
//! Nothing is unpacked to disk. What the files hold is not looked at.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use encoding_rs::SHIFT_JIS;
use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;
use zip::read::ZipReadOptions;
use zip::result::ZipError;

/// Bytes of an archive.
const ARCHIVE_BYTES: u64 = 1 << 30;
/// Files that are looked at in one.
const MEMBERS: usize = 10_000;
/// Headers that are parsed at all. Books that are stored as they are bring their own along.
const HEADERS: usize = 300_000;
/// Begins the header of a file in the directory.
const HEADER: [u8; 4] = *b"PK\x01\x02";
/// A file may inflate to this many times its stored size …
const RATIO: u64 = 300;
/// … once it is larger than this many bytes.
const FREE_BYTES: u64 = 4 << 20;

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its path in the archive as written, `/` between folders, composed Unicode.
    pub name: String,
    /// Its bytes by its own word.
    pub size: u64,
    /// Its place in the directory.
    index: usize,
}

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The parts of one workbook or document: the file is no archive but for its format.
    Document,
    /// Files of their own, in the order of the archive.
    Files(Vec<Member>),
}

/// Why an archive, or a file in it, cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveError {
    /// No ZIP archive, or broken.
    Damaged,
    /// Beyond a limit that keeps memory bounded.
    TooLarge,
    /// Encrypted, and none of the passwords fits.
    Locked,
    /// The operating system would not give the bytes.
    Unreadable(io::ErrorKind),
}

/// Looks what is in the archive at `path`.
pub fn content(path: &Path) -> Result<Content, ArchiveError> {
    let mut archive = open(path, true)?;
    let has = |name| archive.index_for_name(name).is_some();
    if has("[Content_Types].xml") || (has("mimetype") && has("content.xml")) {
        return Ok(Content::Document);
    }
    if archive.len() > MEMBERS {
        return Err(ArchiveError::TooLarge);
    }
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(broken)?;
        let name = decode(file.name_raw());
        if !name.ends_with('/') {
            let size = file.size();
            files.push(Member { name, size, index });
        }
    }
    Ok(Content::Files(files))
}

/// The bytes of a file in the archive at `path`, `most` of them at most. Passwords are tried
/// where it is encrypted.
pub fn bytes(
    path: &Path,
    member: &Member,
    most: u64,
    passwords: &[Vec<u8>],
) -> Result<Vec<u8>, ArchiveError> {
    let mut archive = open(path, false)?;
    let file = archive.by_index_raw(member.index).map_err(broken)?;
    // The archive may be another one by now.
    if decode(file.name_raw()) != member.name {
        return Err(ArchiveError::Damaged);
    }
    let limit = most.min(FREE_BYTES.max(file.compressed_size().saturating_mul(RATIO)));
    if file.size() > limit {
        return Err(ArchiveError::TooLarge);
    }
    let is_encrypted = file.encrypted();
    drop(file);
    if !is_encrypted {
        return inflate(&mut archive, member.index, limit, None);
    }
    for password in passwords {
        // A wrong password is known by its first byte or by a content that makes no sense.
        match inflate(&mut archive, member.index, limit, Some(password)) {
            Err(ArchiveError::Damaged | ArchiveError::Locked) => {}
            outcome => return outcome,
        }
    }
    Err(ArchiveError::Locked)
}

fn open(path: &Path, checked: bool) -> Result<ZipArchive<BufReader<File>>, ArchiveError> {
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > ARCHIVE_BYTES {
        return Err(ArchiveError::TooLarge);
    }
    let mut file = BufReader::new(file);
    if checked {
        // Counted before it is parsed: each header costs memory.
        if headers(&mut file).map_err(unreadable)? > HEADERS {
            return Err(ArchiveError::TooLarge);
        }
        file.rewind().map_err(unreadable)?;
    }
    ZipArchive::new(file).map_err(broken)
}

/// How often a header seems to begin.
fn headers(file: &mut impl Read) -> io::Result<usize> {
    let mut count = 0;
    let mut piece = vec![0; 1 << 16];
    let mut kept = 0;
    loop {
        let read = match file
            .take((piece.len() - kept) as u64)
            .read(&mut piece[kept..])
        {
            Ok(0) => return Ok(count),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let filled = kept + read;
        let piece = &mut piece[..filled];
        count += piece
            .windows(HEADER.len())
            .filter(|w| **w == HEADER)
            .count();
        // A header may begin in one piece and end in the next.
        kept = filled.min(HEADER.len() - 1);
        piece.copy_within(filled - kept.., 0);
    }
}

fn inflate(
    archive: &mut ZipArchive<BufReader<File>>,
    index: usize,
    limit: u64,
    password: Option<&[u8]>,
) -> Result<Vec<u8>, ArchiveError> {
    let options = ZipReadOptions::new().password(password);
    let file = archive
        .by_index_with_options(index, options)
        .map_err(broken)?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(limit)).unwrap_or(0));
    // The declared size may lie: one byte more than allowed is enough to know.
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| ArchiveError::Damaged)?;
    match bytes.len() as u64 > limit {
        true => Err(ArchiveError::TooLarge),
        false => Ok(bytes),
    }
}

/// A name in the encoding it was written in: Windows in Japan wrote cp932 without saying so.
fn decode(name: &[u8]) -> String {
    let text = match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => SHIFT_JIS.decode(name).0.into_owned(),
    };
    text.replace('\\', "/")
        .chars()
        .filter(|c| !c.is_control())
        .nfc()
        .collect()
}

fn broken(error: ZipError) -> ArchiveError {
    match error {
        ZipError::Io(error) => match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => ArchiveError::Damaged,
            kind => ArchiveError::Unreadable(kind),
        },
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            ArchiveError::Locked
        }
        _ => ArchiveError::Damaged,
    }
}

fn unreadable(error: io::Error) -> ArchiveError {
    ArchiveError::Unreadable(error.kind())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use tempfile::NamedTempFile;
    use zip::unstable::write::FileOptionsExt;
    use zip::write::SimpleFileOptions;
    use zip::{AesMode, ZipWriter};

    use super::*;

    fn archive(files: &[(&str, &[u8], SimpleFileOptions)]) -> NamedTempFile {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes, options) in files {
            zip.start_file(*name, *options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        saved(&zip.finish().unwrap().into_inner())
    }

    fn saved(bytes: &[u8]) -> NamedTempFile {
        let file = NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file
    }

    fn members(file: &NamedTempFile) -> Vec<Member> {
        match content(file.path()).unwrap() {
            Content::Files(files) => files,
            Content::Document => panic!("a document"),
        }
    }

    fn plain() -> SimpleFileOptions {
        SimpleFileOptions::default()
    }

    /// The same archive with other bytes for its names, of the same length.
    fn renamed(file: &NamedTempFile, from: &[u8], to: &[u8]) -> NamedTempFile {
        let mut bytes = std::fs::read(file.path()).unwrap();
        for at in 0..bytes.len() - from.len() {
            if bytes[at..].starts_with(from) {
                bytes[at..at + to.len()].copy_from_slice(to);
            }
        }
        saved(&bytes)
    }

    #[test]
    fn names_are_read_in_the_encoding_they_were_written_in() {
        let utf_8 = archive(&[("中/か\u{3099}.xlsx", b"1", plain()), ("中/", b"", plain())]);
        let [member] = members(&utf_8).try_into().unwrap();
        assert_eq!(member.name, "中/が.xlsx");
        assert_eq!(bytes(utf_8.path(), &member, 9, &[]), Ok(b"1".to_vec()));
        // The second byte of 表 is that of a backslash.
        let ascii = archive(&[("abcd/e.xlsx", b"2", plain())]);
        let cp932 = renamed(&ascii, b"abcd/e", b"\x95\x5c\x8e\xa6\\e");
        assert_eq!(members(&cp932)[0].name, "表示/e.xlsx");
    }

    #[test]
    fn a_workbook_is_no_archive() {
        for parts in [
            &["[Content_Types].xml", "xl/workbook.xml"],
            &["mimetype", "content.xml"],
        ] {
            let file = archive(&parts.map(|name| (name, &b"x"[..], plain())));
            assert_eq!(content(file.path()), Ok(Content::Document));
        }
        let file = archive(&[("中/[Content_Types].xml", b"x", plain())]);
        assert_eq!(members(&file).len(), 1);
    }

    #[test]
    fn each_way_to_encrypt_is_tried_with_every_password() {
        for options in [
            plain().with_deprecated_encryption(b"himitsu").unwrap(),
            plain().with_aes_encryption(AesMode::Aes256, "himitsu"),
        ] {
            let file = archive(&[("a.csv", "氏名,番号".as_bytes(), options)]);
            let [member] = members(&file).try_into().unwrap();
            let read = |passwords: &[&str]| {
                let passwords: Vec<_> = passwords.iter().map(|p| p.as_bytes().to_vec()).collect();
                bytes(file.path(), &member, 1_000, &passwords)
            };
            assert_eq!(read(&["falsch", "himitsu"]), Ok("氏名,番号".into()));
            assert_eq!(read(&["falsch"]), Err(ArchiveError::Locked));
            assert_eq!(read(&[]), Err(ArchiveError::Locked));
        }
    }

    #[test]
    fn what_inflates_too_far_or_is_another_file_by_now_is_refused() {
        let bomb = archive(&[("a.csv", &vec![b' '; 16 << 20], plain())]);
        let [member] = members(&bomb).try_into().unwrap();
        let read = bytes(bomb.path(), &member, u64::MAX, &[]);
        assert_eq!(read, Err(ArchiveError::TooLarge));
        let other = archive(&[("b.csv", b"1", plain())]);
        assert_eq!(
            bytes(other.path(), &member, 9, &[]),
            Err(ArchiveError::Damaged)
        );
        let [member] = members(&other).try_into().unwrap();
        assert_eq!(
            bytes(other.path(), &member, 0, &[]),
            Err(ArchiveError::TooLarge)
        );
    }

    #[test]
    fn too_many_files_and_broken_archives_are_refused() {
        let names: Vec<String> = (0..=MEMBERS).map(|i| format!("{i}.csv")).collect();
        let many: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), &b""[..], plain()))
            .collect();
        assert_eq!(content(archive(&many).path()), Err(ArchiveError::TooLarge));
        let headers = HEADER.repeat(HEADERS + 1);
        assert_eq!(content(saved(&headers).path()), Err(ArchiveError::TooLarge));
        assert_eq!(
            content(saved(b"PK\x03\x04 cut").path()),
            Err(ArchiveError::Damaged)
        );
        let missing = content(Path::new("/no/such.zip"));
        assert_eq!(
            missing,
            Err(ArchiveError::Unreadable(io::ErrorKind::NotFound))
        );
    }
}
