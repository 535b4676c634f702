//! Why outputs were not written, and what the person can do.

use std::io;
use std::path::{Path, PathBuf};

use crate::emit::manifest::ManifestError;
use crate::model::Wording;

/// Why the outputs could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something is in the folder, and replacing was not allowed.
    #[error("{0}: the output folder is not empty")]
    NotEmpty(PathBuf),
    /// The folder is an input, or holds one.
    #[error("{0}: the output folder is an input or holds one")]
    IsInput(PathBuf),
    /// A file that no earlier run wrote stands where an output would go.
    #[error("{0}: a file of another origin is in the way")]
    InTheWay(PathBuf),
    /// The manifest in the folder is of no use.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The system refused.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
}

impl FolderError {
    /// The error for people.
    pub fn wording(&self) -> Wording {
        match self {
            Self::NotEmpty(path) => Wording::new(
                format!(
                    "出力フォルダ「{}」は空ではありません。別のフォルダを指定するか、前回の出力を置き換える場合は --force を付けてください。",
                    path.display()
                ),
                format!(
                    "{}: the output folder is not empty. Give another one, or --force to replace the outputs of an earlier run.",
                    path.display()
                ),
            ),
            Self::IsInput(path) => Wording::new(
                format!(
                    "「{}」は入力のフォルダ、または入力を含むフォルダのため、出力先にできません。別のフォルダを指定してください。",
                    path.display()
                ),
                format!(
                    "{}: is an input or holds one, and inputs are never written to. Give another output folder.",
                    path.display()
                ),
            ),
            Self::InTheWay(path) => Wording::new(
                format!(
                    "「{}」は以前の点検の出力ではないため、置き換えません。移動するか、別の出力フォルダを指定してください。",
                    path.display()
                ),
                format!(
                    "{}: was not written by an earlier run and is not replaced. Move it, or give another output folder.",
                    path.display()
                ),
            ),
            Self::Manifest(error) => error.wording(),
            Self::Io(path, error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Wording::new(
                    format!(
                        "「{}」に書き込めません。Excelなどで開いている場合は閉じてから、もう一度実行してください。",
                        path.display()
                    ),
                    format!(
                        "{}: cannot be written. Close it in Excel or elsewhere and try again.",
                        path.display()
                    ),
                )
            }
            Self::Io(path, error) => Wording::new(
                format!("「{}」に書き込めません（{error}）。", path.display()),
                format!("{}: cannot be written ({error}).", path.display()),
            ),
        }
    }
}

/// The system's refusal at `path`.
pub(super) fn io_at(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    move |error| FolderError::Io(path.to_owned(), error)
}
