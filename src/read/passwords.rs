//! The passwords that a person gave for protected files.
//!
//! They are kept out of every message, output and debug print.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::SHIFT_JIS;

use super::delimited;
use super::error::wording;
use crate::model::Wording;

/// Passwords that one file may list: each costs some hundredths of a second a protected file.
const MOST: usize = 200;
/// Bytes of a list of passwords.
const LIST_BYTES: u64 = 64 << 10;
/// What Excel itself puts on workbooks whose structure is protected, and opens without asking.
const OF_EXCEL: &str = "VelvetSweatshop";

/// Passwords to try on every protected file.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passwords(Vec<String>);

/// Why a list of passwords cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.wording().en)]
pub enum PasswordFileError {
    /// The operating system would not give it.
    Unreadable(PathBuf, io::ErrorKind),
    /// It is no text.
    NotText(PathBuf),
    /// It lists none.
    Empty(PathBuf),
    /// It lists more than can be tried.
    TooMany(PathBuf),
}

impl Passwords {
    /// Reads a list: a password a line, in UTF-8, UTF-16 or cp932; blank lines do not count.
    pub fn from_file(path: &Path) -> Result<Self, PasswordFileError> {
        let at = || path.to_path_buf();
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(LIST_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|error| PasswordFileError::Unreadable(at(), error.kind()))?;
        if bytes.len() as u64 > LIST_BYTES {
            return Err(PasswordFileError::TooMany(at()));
        }
        let text = delimited::decode(&bytes).ok_or_else(|| PasswordFileError::NotText(at()))?;
        let mut passwords = Vec::new();
        for line in text.lines() {
            // A blank at the end may belong to the password, or have slipped in.
            for password in [line, line.trim()] {
                if !line.trim().is_empty() && passwords.iter().all(|known| known != password) {
                    passwords.push(password.to_owned());
                }
            }
        }
        match passwords.len() {
            0 => Err(PasswordFileError::Empty(at())),
            1..=MOST => Ok(Self(passwords)),
            _ => Err(PasswordFileError::TooMany(at())),
        }
    }

    /// Whether the person gave none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that are worth a try on a workbook, Excel's own first.
    pub(super) fn for_workbooks(&self) -> impl Iterator<Item = &str> {
        std::iter::once(OF_EXCEL).chain(self.0.iter().map(String::as_str))
    }

    /// As archives have them: bytes in UTF-8, then in the encoding of Japanese Windows.
    pub(super) fn for_archives(&self) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        for password in &self.0 {
            all.push(password.as_bytes().to_vec());
            let (cp932, _, lossy) = SHIFT_JIS.encode(password);
            if !lossy && !password.is_ascii() {
                all.push(cp932.into_owned());
            }
        }
        all
    }
}

impl<T: Into<String>> FromIterator<T> for Passwords {
    fn from_iter<I: IntoIterator<Item = T>>(passwords: I) -> Self {
        Self(passwords.into_iter().map(Into::into).collect())
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passwords", self.0.len())
    }
}

impl PasswordFileError {
    /// What is wrong and what the person can do.
    pub fn wording(&self) -> Wording {
        let (key, path) = match self {
            Self::Unreadable(path, _) => ("password-file-unreadable", path),
            Self::NotText(path) => ("password-file-not-text", path),
            Self::Empty(path) => ("password-file-empty", path),
            Self::TooMany(path) => ("password-file-too-many", path),
        };
        let path = path.to_string_lossy();
        let fill = |text: String| {
            text.replace("{path}", &path)
                .replace("{most}", &MOST.to_string())
        };
        let Wording { ja, en } = wording(key);
        Wording::new(fill(ja), fill(en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(bytes: &[u8]) -> Result<Vec<String>, PasswordFileError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Passwords::from_file(file.path()).map(|passwords| passwords.0)
    }

    #[test]
    fn a_password_a_line_in_any_encoding_of_offices() {
        let expected = ["ひみつ1", "b c"];
        let text = "ひみつ1\r\n\r\nb c\n";
        let (cp932, ..) = SHIFT_JIS.encode(text);
        for bytes in [
            text.as_bytes(),
            &[b"\xef\xbb\xbf", text.as_bytes()].concat(),
            &cp932,
        ] {
            assert_eq!(listed(bytes).unwrap(), expected);
        }
        assert_eq!(listed(b"a \na\n").unwrap(), ["a ", "a"]);
    }

    #[test]
    fn a_list_that_cannot_be_used_is_named_and_never_quoted() {
        let missing = Passwords::from_file(Path::new("/no/such/list.txt")).unwrap_err();
        assert!(missing.wording().ja.contains("/no/such/list.txt"));
        let many: String = (0..=MOST).map(|i| format!("himitsu{i}\n")).collect();
        for (bytes, part) in [
            (&b"\n \n"[..], "空"),
            (b"\0\x01\x02", "文字"),
            (many.as_bytes(), "200"),
            (&[b'a'; 100_000], "200"),
        ] {
            let error = listed(bytes).unwrap_err();
            let said = error.wording();
            assert!(
                said.ja.contains(part) && said.ja.ends_with('。'),
                "{said:?}"
            );
            assert!(!format!("{error:?} {error} {said:?}").contains("himitsu"));
        }
    }

    #[test]
    fn archives_are_tried_with_the_bytes_of_both_encodings() {
        let passwords: Passwords = ["a", "あ"].into_iter().collect();
        assert_eq!(
            passwords.for_archives(),
            [&b"a"[..], "あ".as_bytes(), b"\x82\xa0"]
        );
        assert_eq!(
            passwords.for_workbooks().collect::<Vec<_>>(),
            [OF_EXCEL, "a", "あ"]
        );
        assert_eq!(format!("{passwords:?}"), "2 passwords");
    }
}
