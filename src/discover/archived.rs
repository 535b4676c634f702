//! An archive as a folder of its name.

use std::path::Path;

use super::file_name::{PassedOver, is_archive, is_candidate, passed_over};
use super::{Finds, InputFile};
use crate::archive::{ArchiveError, Content, content};
use crate::model::FileName;

/// Bytes that the workbooks of one archive may declare together.
const TOTAL_BYTES: u64 = 1 << 30;
/// Folder in which macOS keeps what other systems have no place for.
const MAC_FOLDER: &str = "__MACOSX";

/// What is in the archive at `path`, shown as `shown`.
pub(super) fn finds(path: &Path, shown: &FileName) -> Finds {
    let mut finds = Finds::default();
    let files = match content(path) {
        Ok(Content::Files(files)) => files,
        Ok(Content::Document) => {
            finds.files.push(InputFile {
                shown: shown.clone(),
                path: path.to_path_buf(),
                member: None,
            });
            return finds;
        }
        Err(error) => {
            finds.add_unreadable(shown.clone(), code(error));
            finds.is_archive = true;
            return finds;
        }
    };
    let mut total: u64 = 0;
    for member in files {
        let inside: FileName = format!("{shown}/{}", member.name).into();
        match verdict(&member.name, member.size) {
            Verdict::Silent => {}
            Verdict::Skip(reason) => finds.skip(inside, reason),
            Verdict::Refuse => finds.add_unreadable(inside, "unsafe-name"),
            Verdict::Read => {
                total = total.saturating_add(member.size);
                finds.files.push(InputFile {
                    shown: inside,
                    path: path.to_path_buf(),
                    member: Some(member),
                });
            }
        }
    }
    if total > TOTAL_BYTES {
        finds = Finds::unreadable(shown.clone(), "archive-too-large");
    }
    finds.is_archive = !finds.files.is_empty() || !finds.unreadable.is_empty();
    if !finds.is_archive && finds.skipped.is_empty() {
        finds.skip(shown.clone(), "archive-without-workbooks");
    }
    finds
}

/// What becomes of a file in an archive.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Read,
    Skip(&'static str),
    Refuse,
    Silent,
}

fn verdict(path: &str, size: u64) -> Verdict {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_left_out =
        |folder: &str| folder == MAC_FOLDER || (folder.starts_with('.') && folder != "..");
    if folders.split('/').any(is_left_out) {
        return Verdict::Silent;
    }
    match passed_over(name) {
        Some(PassedOver::Silently) => return Verdict::Silent,
        Some(PassedOver::Because(reason)) => return Verdict::Skip(reason),
        None if is_archive(name) => return Verdict::Skip("archive-in-archive"),
        None if !is_candidate(name) => return Verdict::Silent,
        None => {}
    }
    if leads_outside(path) {
        Verdict::Refuse
    } else if size == 0 {
        Verdict::Skip("empty-file")
    } else {
        Verdict::Read
    }
}

/// Whether the path begins at a root or a drive, or goes up.
fn leads_outside(path: &str) -> bool {
    path.starts_with('/')
        || path
            .split('/')
            .any(|part| part == ".." || part.ends_with(':'))
}

fn code(error: ArchiveError) -> &'static str {
    match error {
        ArchiveError::Damaged | ArchiveError::Locked => "archive-damaged",
        ArchiveError::TooLarge => "archive-too-large",
        ArchiveError::Unreadable(_) => "archive-unreadable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_of_an_archive_has_its_verdict() {
        for (path, expected) in [
            ("中/様式2.xlsx", Verdict::Read),
            ("a.csv", Verdict::Read),
            ("中/メモ.txt", Verdict::Silent),
            ("__MACOSX/中/._様式2.xlsx", Verdict::Silent),
            ("__MACOSX/様式2.xlsx", Verdict::Silent),
            (".git/a.xlsx", Verdict::Silent),
            ("中/~$様式2.xlsx", Verdict::Skip("lock-file")),
            ("中/箱.zip", Verdict::Skip("archive-in-archive")),
            ("中/箱.lzh", Verdict::Skip("other-format")),
            ("../a.xlsx", Verdict::Refuse),
            ("中/../../a.xlsx", Verdict::Refuse),
            ("/a.xlsx", Verdict::Refuse),
            ("C:/a.xlsx", Verdict::Refuse),
            ("../a.txt", Verdict::Silent),
            ("a..b/c.xlsx", Verdict::Read),
        ] {
            assert_eq!(verdict(path, 1), expected, "{path}");
        }
        assert_eq!(verdict("a.xlsx", 0), Verdict::Skip("empty-file"));
    }
}
