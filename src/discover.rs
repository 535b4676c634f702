//! From the paths that a person gives to the offices and their files.
//!
//! Looks at names, sizes, folders and the directories of archives only; what a file holds is
//! for `read` to find out.

mod archived;
mod file_name;
mod label;
mod media;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use walkdir::WalkDir;

use crate::archive::Member;
use crate::model::{FileName, Skipped, Unreadable, Wording};
use file_name::{PassedOver, is_archive, is_candidate, passed_over, without_ending};
use label::{composed, labels, real};
pub use media::media;

/// One office as the folders have it: what is read together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfficeInput {
    /// The folder's name, which stands in where the forms do not name the office.
    pub folder: String,
    /// Its files, by shown name. None where nothing could be looked into.
    pub files: Vec<InputFile>,
    /// What was passed over and a person would wonder about.
    pub skipped: Vec<Skipped>,
    /// What could not be looked into.
    pub unreadable: Vec<Unreadable>,
}

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Its name for people: from the input's own name on, `/` between folders, composed Unicode.
    pub shown: FileName,
    /// Where it is, or where the archive is that holds it.
    pub path: PathBuf,
    /// Which file of the archive it is; `None` for a file of its own.
    pub member: Option<Member>,
}

impl InputFile {
    /// The file on disk that it is read from: its name for people and its place.
    pub fn on_disk(&self) -> (&str, &Path) {
        let inside = self.member.as_ref().map_or("", |member| &member.name);
        let shown = self.shown.strip_suffix(inside).unwrap_or(&self.shown);
        (shown.trim_end_matches('/'), &self.path)
    }
}

/// Why there is nothing to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.wording().en)]
pub enum DiscoverError {
    /// There is no such file or folder.
    InputMissing(PathBuf),
    /// Nothing under the inputs is a workbook; the first input is named.
    NoWorkbook(PathBuf),
}

impl DiscoverError {
    /// Stable name of the cause.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InputMissing(_) => "input-missing",
            Self::NoWorkbook(_) => "no-workbook",
        }
    }

    /// What is wrong and what the person can do.
    pub fn wording(&self) -> Wording {
        let (Self::InputMissing(path) | Self::NoWorkbook(path)) = self;
        let path = path.to_string_lossy();
        let Wording { ja, en } = wording(self.code());
        Wording::new(ja.replace("{path}", &path), en.replace("{path}", &path))
    }
}

/// Finds the offices under `inputs`.
///
/// Each folder directly under an input is an office; an input that holds workbooks directly
/// is one itself, and so are files that are given from one folder. An archive is taken for a
/// folder of its name. With `office_per_input`
/// each input is one office whatever lies under it. Nothing under `exclude`, the output
/// folder, is read. What belongs to no office is told with the first one.
pub fn discover(
    inputs: &[PathBuf],
    office_per_input: bool,
    exclude: Option<&Path>,
) -> Result<Vec<OfficeInput>, DiscoverError> {
    let exclude = exclude.map(real);
    let mut seen = BTreeSet::new();
    let mut offices: Vec<OfficeInput> = Vec::new();
    let mut loose = Finds::default();
    // Files given one by one, by the folder that they lie in.
    let mut given: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (input, label) in inputs.iter().zip(labels(inputs)) {
        let Ok(data) = input.metadata() else {
            return Err(DiscoverError::InputMissing(input.clone()));
        };
        let mut search = Search {
            input,
            label: &label,
            exclude: exclude.as_deref(),
            seen: &mut seen,
        };
        if data.is_dir() {
            let (found, rest) = search.folder(office_per_input);
            offices.extend(found);
            loose.extend(rest);
            continue;
        }
        let finds = search.file(input);
        if finds.is_archive {
            let name = composed(real(input).file_name().unwrap_or(OsStr::new("")));
            offices.push(finds.into_office(name));
            continue;
        }
        let parent = real(input).parent().map(Path::to_path_buf);
        let folder = parent.as_deref().and_then(Path::file_name);
        match given.get(parent.as_deref().unwrap_or(input)) {
            Some(&office) if !office_per_input => finds.give_to(&mut offices[office]),
            _ => {
                let name = folder.or(input.file_stem()).unwrap_or(OsStr::new(""));
                given.insert(parent.clone().unwrap_or(input.clone()), offices.len());
                offices.push(finds.into_office(composed(name)));
            }
        }
    }
    let holds_anything = |office: &OfficeInput| {
        !office.files.is_empty() || !office.unreadable.is_empty() || !office.skipped.is_empty()
    };
    offices.retain(holds_anything);
    match offices.first_mut() {
        Some(first) => loose.give_to(first),
        None => offices.push(loose.into_office(String::new())),
    }
    let nothing_to_tell = offices
        .iter()
        .all(|office| office.files.is_empty() && office.unreadable.is_empty());
    if nothing_to_tell {
        let first = inputs.first().cloned().unwrap_or_default();
        return Err(DiscoverError::NoWorkbook(first));
    }
    for office in &mut offices {
        office.files.sort();
    }
    Ok(offices)
}

/// What was found in one place.
#[derive(Debug, Default)]
struct Finds {
    files: Vec<InputFile>,
    skipped: Vec<Skipped>,
    unreadable: Vec<Unreadable>,
    /// Whether the place is an archive that holds files to read, or cannot be looked into.
    is_archive: bool,
}

impl Finds {
    fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.skipped.extend(other.skipped);
        self.unreadable.extend(other.unreadable);
    }

    fn unreadable(file: FileName, code: &'static str) -> Self {
        let mut finds = Self::default();
        finds.add_unreadable(file, code);
        finds
    }

    fn add_unreadable(&mut self, file: FileName, code: &'static str) {
        self.unreadable.push(Unreadable {
            file,
            code,
            message: wording(code),
        });
    }

    fn skip(&mut self, file: FileName, reason: &str) {
        self.skipped.push(Skipped {
            file,
            sheet: None,
            reason: wording(reason),
        });
    }

    fn give_to(self, office: &mut OfficeInput) {
        office.files.extend(self.files);
        office.skipped.extend(self.skipped);
        office.unreadable.extend(self.unreadable);
    }

    fn into_office(self, folder: String) -> OfficeInput {
        OfficeInput {
            folder: match self.is_archive {
                true => without_ending(&folder).to_owned(),
                false => folder,
            },
            files: self.files,
            skipped: self.skipped,
            unreadable: self.unreadable,
        }
    }
}

/// The search through one input.
struct Search<'a> {
    input: &'a Path,
    /// The input's name, unlike that of any other input.
    label: &'a str,
    exclude: Option<&'a Path>,
    /// Files that were found, so that none is read twice through two inputs.
    seen: &'a mut BTreeSet<PathBuf>,
}

impl Search<'_> {
    /// The offices of a folder, and what lies beside them.
    fn folder(&mut self, office_per_input: bool) -> (Vec<OfficeInput>, Finds) {
        let name = composed(real(self.input).file_name().unwrap_or(OsStr::new("")));
        let mut direct = Finds::default();
        let mut below: BTreeMap<String, Finds> = BTreeMap::new();
        let walk = WalkDir::new(self.input)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !(entry.file_type().is_dir() && self.is_left_out(entry.path())));
        let entries: Vec<_> = walk.collect();
        for entry in entries {
            let (path, depth) = match &entry {
                Ok(entry) => (entry.path(), entry.depth()),
                Err(error) => (error.path().unwrap_or(self.input), error.depth()),
            };
            let found = match &entry {
                Err(_) => Finds::unreadable(self.shown(path), "unreadable-directory"),
                Ok(entry) if !entry.file_type().is_dir() => self.file(entry.path()),
                Ok(_) => continue,
            };
            match self.first_folder(path) {
                Some(folder) if depth > 1 || entry.is_err() => {
                    below.entry(folder).or_default().extend(found);
                }
                Some(name) if found.is_archive => {
                    below.insert(name, found);
                }
                _ => direct.extend(found),
            }
        }
        if office_per_input || !direct.files.is_empty() {
            for finds in below.into_values() {
                direct.extend(finds);
            }
            return (vec![direct.into_office(name)], Finds::default());
        }
        let offices = below
            .into_iter()
            .map(|(folder, finds)| finds.into_office(folder))
            .collect();
        (offices, direct)
    }

    /// One file: to be read, passed over with a word, or no workbook at all.
    fn file(&mut self, path: &Path) -> Finds {
        let mut finds = Finds::default();
        let name = composed(path.file_name().unwrap_or(OsStr::new("")));
        let reason = match passed_over(&name) {
            Some(PassedOver::Silently) => return finds,
            Some(PassedOver::Because(reason)) => Some(reason),
            // A link to a folder could lead anywhere, even back to here.
            None if path.is_dir() => Some("link"),
            None if !is_candidate(&name) && !is_archive(&name) => return finds,
            None => match path.metadata() {
                Ok(data) if data.len() == 0 => Some("empty-file"),
                _ => None,
            },
        };
        if let Some(reason) = reason {
            finds.skip(self.shown(path), reason);
        } else if !self.seen.insert(real(path)) {
            return finds;
        } else if is_archive(&name) {
            return archived::finds(path, &self.shown(path));
        } else {
            finds.files.push(InputFile {
                shown: self.shown(path),
                path: path.to_path_buf(),
                member: None,
            });
        }
        finds
    }

    fn is_left_out(&self, folder: &Path) -> bool {
        let hidden = folder
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        hidden || self.exclude.is_some_and(|exclude| real(folder) == exclude)
    }

    /// The folder directly under the input on the way to `path`.
    fn first_folder(&self, path: &Path) -> Option<String> {
        let first = path.strip_prefix(self.input).ok()?.components().next()?;
        Some(composed(first.as_os_str()))
    }

    fn shown(&self, path: &Path) -> FileName {
        let inside = path.strip_prefix(self.input).unwrap_or(Path::new(""));
        let names = inside.components().map(|part| composed(part.as_os_str()));
        let parts: Vec<String> = std::iter::once(self.label.to_owned())
            .chain(names)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join("/").into()
    }
}

fn wording(key: &str) -> Wording {
    WORDINGS.get(key).cloned().unwrap_or_default()
}

/// `templates/wording/discover.toml`; that it parses and is complete is tested below.
static WORDINGS: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    toml::from_str(include_str!("../templates/wording/discover.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests;
