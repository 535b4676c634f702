//! `manifest.json`: what went in, what came out, and whether it is still so.
//!
//! Paths are relative with `/` between parts, sizes in bytes, digests SHA-256 in
//! lower-case hex. The manifest names every file of its folder but itself.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::model::{Lang, Wording};

/// The manifest's own name.
pub const MANIFEST: &str = "manifest.json";

/// Version of the shape.
const SCHEMA: u32 = 1;

/// The record of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    schema: u32,
    program: Program,
    /// What the run was asked for.
    #[serde(flatten)]
    pub run: Run,
    /// Every file read, by path.
    pub inputs: Vec<Entry>,
    /// Every file written but the manifest, by path.
    pub outputs: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Program {
    name: String,
    version: String,
}

/// What decides the outputs besides the inputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The command, such as `run`.
    pub command: String,
    /// The day that counts as today; `None` where nothing was read.
    pub as_of: Option<NaiveDate>,
    /// What was chosen.
    pub options: Options,
}

/// The options that decide the outputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Ids of the notices.
    pub notices: Vec<String>,
    /// The language of the messages.
    pub lang: Lang,
    /// Whether each input was one office.
    pub office_per_input: bool,
}

/// One file with its size and digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The file.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
}

/// How a folder differs from its manifest; paths are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// Number of files that the manifest names.
    pub recorded: usize,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub missing: Vec<String>,
    /// Files that the manifest does not name.
    pub extra: Vec<String>,
}

impl Verification {
    /// Whether all is as recorded.
    pub fn is_as_recorded(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.extra.is_empty()
    }
}

/// Why a manifest could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The path is no folder with a manifest in it.
    #[error("{0}: no manifest.json")]
    NotFound(PathBuf),
    /// A manifest that is damaged or not of this program.
    #[error("{0}: not a manifest of this program")]
    NotAManifest(PathBuf),
    /// A manifest or a file that it names cannot be read.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
}

impl ManifestError {
    /// The error for people.
    pub fn wording(&self) -> Wording {
        match self {
            Self::NotFound(path) => Wording::new(
                format!(
                    "「{}」に manifest.json が見つかりません。点検の出力フォルダを指定してください。",
                    path.display()
                ),
                format!(
                    "{}: there is no manifest.json. Give the output folder of a run.",
                    path.display()
                ),
            ),
            Self::NotAManifest(path) => Wording::new(
                format!(
                    "「{}」は壊れているか、この版の点検が作成したものではありません。",
                    path.display()
                ),
                format!(
                    "{}: damaged, or not written by this version of tenken.",
                    path.display()
                ),
            ),
            Self::Io(path, error) => Wording::new(
                format!("「{}」を読み取れません（{error}）。", path.display()),
                format!("{}: cannot be read ({error}).", path.display()),
            ),
        }
    }
}

impl Manifest {
    /// The manifest of a run by this program; sorts both lists.
    pub fn new(run: Run, mut inputs: Vec<Entry>, mut outputs: Vec<Entry>) -> Self {
        inputs.sort();
        inputs.dedup();
        outputs.sort();
        Self {
            schema: SCHEMA,
            program: Program {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            run,
            inputs,
            outputs,
        }
    }

    /// The bytes of `manifest.json`.
    pub fn to_json(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads the manifest in `folder`; `None` when there is none.
    pub fn read(folder: &Path) -> Result<Option<Self>, ManifestError> {
        let path = folder.join(MANIFEST);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ManifestError::Io(path, error)),
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(manifest) if manifest.schema == SCHEMA => Ok(Some(manifest)),
            _ => Err(ManifestError::NotAManifest(path)),
        }
    }
}

impl Entry {
    /// The entry for bytes that are in memory.
    pub fn of_bytes(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            size: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
        }
    }

    /// The entry for the file at `from`, shown as `path`; reads it in pieces.
    pub fn of_file(path: &str, from: &Path) -> io::Result<Self> {
        let mut file = File::open(from)?;
        let mut sha256 = Sha256::new();
        let mut size = 0;
        let mut piece = vec![0; 1 << 16];
        loop {
            match file.read(&mut piece) {
                Ok(0) => break,
                Ok(n) => {
                    sha256.update(&piece[..n]);
                    size += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self {
            path: path.to_owned(),
            size,
            sha256: hex(&sha256.finalize()),
        })
    }
}

/// Compares an output folder with its manifest; `path` may name the manifest itself.
pub fn verify(path: &Path) -> Result<Verification, ManifestError> {
    let folder = match path.file_name() {
        Some(name) if name == MANIFEST && path.is_file() => path.parent().unwrap_or(Path::new(".")),
        _ => path,
    };
    // An empty parent is the folder the program was started in.
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let manifest =
        Manifest::read(folder)?.ok_or_else(|| ManifestError::NotFound(path.to_owned()))?;
    let mut found = files_under(folder)?;
    let mut result = Verification {
        recorded: manifest.outputs.len(),
        ..Verification::default()
    };
    for entry in manifest.outputs {
        let Ok(at) = found.binary_search_by(|(name, _)| name.cmp(&entry.path)) else {
            result.missing.push(entry.path);
            continue;
        };
        let (_, file) = found.remove(at);
        // A link is not the file that was written, whatever it leads to.
        let changed = file.is_symlink()
            || entry
                != Entry::of_file(&entry.path, &file).map_err(|e| ManifestError::Io(file, e))?;
        if changed {
            result.changed.push(entry.path);
        }
    }
    result.extra = found.into_iter().map(|(name, _)| name).collect();
    Ok(result)
}

/// Every file under `folder` but its manifest, as shown and on disk, sorted. Links
/// are not followed: what lies behind one is not part of the folder.
fn files_under(folder: &Path) -> Result<Vec<(String, PathBuf)>, ManifestError> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|e| {
            let path = e.path().unwrap_or(folder).to_owned();
            ManifestError::Io(path, e.into())
        })?;
        let Ok(inside) = entry.path().strip_prefix(folder) else {
            continue;
        };
        let name = shown(inside);
        if entry.file_type().is_dir() || name == MANIFEST || is_litter(&name) {
            continue;
        }
        files.push((name, entry.path().to_owned()));
    }
    files.sort();
    Ok(files)
}

/// A relative path with `/` between its parts on every system.
fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Whether the system or Excel left the file while somebody looked at the folder.
pub(super) fn is_litter(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    matches!(name, "Thumbs.db" | "desktop.ini" | ".DS_Store") || name.starts_with("~$")
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Run {
        Run {
            command: "run".into(),
            as_of: NaiveDate::from_ymd_opt(2025, 11, 20),
            options: Options {
                notices: vec!["kitakyushu".into()],
                lang: Lang::Ja,
                office_per_input: false,
            },
        }
    }

    /// A folder with two files and their manifest.
    fn recorded() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("港")).unwrap();
        let mut outputs = Vec::new();
        for (name, bytes) in [("港/b.pdf", "two"), ("a.json", "one")] {
            std::fs::write(dir.path().join(name), bytes).unwrap();
            outputs.push(Entry::of_bytes(name, bytes.as_bytes()));
        }
        let bytes = Manifest::new(run(), vec![], outputs).to_json().unwrap();
        std::fs::write(dir.path().join(MANIFEST), bytes).unwrap();
        dir
    }

    #[test]
    fn the_shape_is_stable_and_sorted() {
        let inputs = vec![
            Entry::of_bytes("b.xlsx", b""),
            Entry::of_bytes("a.xlsx", b"abc"),
        ];
        let manifest = Manifest::new(run(), inputs, vec![]);
        assert_eq!(
            serde_json::to_value(&manifest).unwrap(),
            serde_json::json!({
                "schema": 1,
                "program": {"name": "tenken", "version": env!("CARGO_PKG_VERSION")},
                "command": "run",
                "as_of": "2025-11-20",
                "options": {
                    "notices": ["kitakyushu"],
                    "lang": "ja",
                    "office_per_input": false,
                },
                "inputs": [
                    {
                        "path": "a.xlsx",
                        "size": 3,
                        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                    },
                    {
                        "path": "b.xlsx",
                        "size": 0,
                        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    },
                ],
                "outputs": [],
            })
        );
    }

    #[test]
    fn a_file_and_its_bytes_have_one_digest() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = vec![7; 200_000];
        let path = dir.path().join("x");
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(
            Entry::of_file("x", &path).unwrap(),
            Entry::of_bytes("x", &bytes)
        );
    }

    #[test]
    fn an_untouched_folder_is_as_recorded() {
        let dir = recorded();
        std::fs::write(dir.path().join("港/Thumbs.db"), "").unwrap();
        for path in [dir.path().to_owned(), dir.path().join(MANIFEST)] {
            let result = verify(&path).unwrap();
            assert!(result.is_as_recorded(), "{result:?}");
            assert_eq!(result.recorded, 2);
        }
    }

    #[test]
    fn every_difference_is_named() {
        let dir = recorded();
        std::fs::write(dir.path().join("a.json"), "onE").unwrap();
        std::fs::rename(dir.path().join("港/b.pdf"), dir.path().join("港/c.pdf")).unwrap();
        let result = verify(dir.path()).unwrap();
        assert!(!result.is_as_recorded());
        assert_eq!(result.changed, ["a.json"]);
        assert_eq!(result.missing, ["港/b.pdf"]);
        assert_eq!(result.extra, ["港/c.pdf"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_the_file_that_was_written() {
        let dir = recorded();
        let aside = tempfile::tempdir().unwrap();
        std::fs::rename(dir.path().join("a.json"), aside.path().join("a.json")).unwrap();
        std::os::unix::fs::symlink(aside.path().join("a.json"), dir.path().join("a.json")).unwrap();
        assert_eq!(verify(dir.path()).unwrap().changed, ["a.json"]);
    }

    #[test]
    fn no_manifest_and_a_foreign_one_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            verify(dir.path()),
            Err(ManifestError::NotFound(_))
        ));
        for foreign in ["{}", "", "[1]"] {
            std::fs::write(dir.path().join(MANIFEST), foreign).unwrap();
            assert!(
                matches!(verify(dir.path()), Err(ManifestError::NotAManifest(_))),
                "{foreign}"
            );
        }
    }

    #[test]
    fn a_manifest_cannot_point_outside_its_folder() {
        let dir = recorded();
        let outside = Entry::of_bytes("../outside", b"x");
        let bytes = Manifest::new(run(), vec![], vec![outside])
            .to_json()
            .unwrap();
        std::fs::write(dir.path().join(MANIFEST), bytes).unwrap();
        assert_eq!(verify(dir.path()).unwrap().missing, ["../outside"]);
    }
}
