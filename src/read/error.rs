//! Why a file could not be read, in words for the person who has it.
//!
//! Nothing of a file's content enters these errors: no names, no numbers.

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use super::passwords::Passwords;
use crate::archive::ArchiveError;
use crate::model::Wording;

/// A file that could not be read. The run goes on without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.wording().en)]
pub enum ReadError {
    /// Some other kind of file, whatever its name says.
    NotAWorkbook,
    /// A web page or XML table under a workbook's name, as web systems export them.
    Markup,
    /// A workbook whose parts are broken or missing.
    Damaged,
    /// Encrypted, and no password was given.
    PasswordProtected,
    /// Encrypted, and none of the passwords that were given fits.
    NoPasswordFits,
    /// Encrypted in a way that is not known here.
    UnknownEncryption,
    /// Beyond a limit that keeps memory bounded.
    TooLarge,
    /// Within the limits, and too much together with the other workbooks of its office.
    NoRoom,
    /// The operating system would not give the bytes.
    UnreadableFile(io::ErrorKind),
    /// Zero bytes.
    EmptyFile,
    /// A workbook of Excel 95 or older.
    OldFormat,
}

impl ReadError {
    /// Stable name of the cause.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkbook | Self::Markup => "not-a-workbook",
            Self::Damaged => "damaged",
            Self::PasswordProtected | Self::NoPasswordFits | Self::UnknownEncryption => {
                "password-protected"
            }
            Self::TooLarge => "too-large",
            Self::NoRoom => "no-room",
            Self::UnreadableFile(_) => "unreadable-file",
            Self::EmptyFile => "empty-file",
            Self::OldFormat => "old-format",
        }
    }

    /// The cause and what the person can do.
    pub fn wording(&self) -> Wording {
        let key = match self {
            Self::Markup => "not-a-workbook-markup",
            Self::NoPasswordFits => "password-protected-no-password-fits",
            Self::UnknownEncryption => "password-protected-unknown-encryption",
            other => other.code(),
        };
        wording(key)
    }

    /// A protected file that these passwords do not open.
    pub(super) fn not_opened_by(passwords: &Passwords) -> Self {
        match passwords.is_empty() {
            true => Self::PasswordProtected,
            false => Self::NoPasswordFits,
        }
    }

    /// A file in an archive that cannot be taken out of it with these passwords.
    pub(super) fn of_archive(error: ArchiveError, passwords: &Passwords) -> Self {
        match error {
            ArchiveError::Damaged => Self::Damaged,
            ArchiveError::TooLarge => Self::TooLarge,
            ArchiveError::Locked => Self::not_opened_by(passwords),
            ArchiveError::Unreadable(kind) => Self::UnreadableFile(kind),
        }
    }
}

/// The sentence of that name.
pub(super) fn wording(key: &str) -> Wording {
    WORDINGS.get(key).cloned().unwrap_or_default()
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::UnreadableFile(error.kind())
    }
}

/// `templates/wording/read.toml`; that it parses and is complete is tested below.
static WORDINGS: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../templates/wording/read.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_a_sentence_in_both_languages_and_no_sentence_is_unused() {
        let causes = [
            ReadError::NotAWorkbook,
            ReadError::Markup,
            ReadError::Damaged,
            ReadError::PasswordProtected,
            ReadError::NoPasswordFits,
            ReadError::UnknownEncryption,
            ReadError::TooLarge,
            ReadError::NoRoom,
            ReadError::UnreadableFile(io::ErrorKind::PermissionDenied),
            ReadError::EmptyFile,
            ReadError::OldFormat,
        ];
        let mut said = std::collections::BTreeSet::new();
        for cause in causes {
            let wording = cause.wording();
            assert!(wording.ja.ends_with('。'), "{cause:?}");
            assert_eq!(cause.to_string(), wording.en);
            assert!(said.insert(wording), "{cause:?} says what another says");
        }
        // The others are of lists of passwords.
        let keys = WORDINGS.keys();
        let of_causes = keys.filter(|key| !key.starts_with("password-file-"));
        assert_eq!(said.len(), of_causes.count());
    }
}
