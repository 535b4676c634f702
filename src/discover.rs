//! From the paths that a person gives to the offices and their files.
//!
//! Looks at names, sizes and folders only; what a file holds is for `read` to find out.

mod file_name;
mod label;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use walkdir::WalkDir;

use crate::model::{FileName, Skipped, Unreadable, Wording};
use file_name::{PassedOver, is_candidate, passed_over};
use label::{composed, labels, real};

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
    /// Where it is.
    pub path: PathBuf,
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
/// is one itself, and so are files that are given from one folder. With `office_per_input`
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
        let parent = real(input).parent().map(Path::to_path_buf);
        let folder = parent.as_deref().and_then(Path::file_name);
        let finds = search.file(input);
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
}

impl Finds {
    fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.skipped.extend(other.skipped);
        self.unreadable.extend(other.unreadable);
    }

    fn give_to(self, office: &mut OfficeInput) {
        office.files.extend(self.files);
        office.skipped.extend(self.skipped);
        office.unreadable.extend(self.unreadable);
    }

    fn into_office(self, folder: String) -> OfficeInput {
        OfficeInput {
            folder,
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
            let finds = match self.first_folder(path) {
                Some(folder) if depth > 1 || entry.is_err() => below.entry(folder).or_default(),
                _ => &mut direct,
            };
            match &entry {
                Err(_) => finds.unreadable.push(Unreadable {
                    file: self.shown(path),
                    code: "unreadable-directory",
                    message: wording("unreadable-directory"),
                }),
                Ok(entry) if !entry.file_type().is_dir() => {
                    let found = self.file(entry.path());
                    finds.extend(found);
                }
                Ok(_) => {}
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
            None if !is_candidate(&name) => return finds,
            None => match path.metadata() {
                Ok(data) if data.len() == 0 => Some("empty-file"),
                _ => None,
            },
        };
        if let Some(reason) = reason {
            finds.skipped.push(Skipped {
                file: self.shown(path),
                sheet: None,
                reason: wording(reason),
            });
        } else if self.seen.insert(real(path)) {
            finds.files.push(InputFile {
                shown: self.shown(path),
                path: path.to_path_buf(),
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
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    /// A folder named 入力 with files of one byte, or none where the name ends in `=0`.
    fn folder(files: &[&str]) -> (TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("入力");
        fs::create_dir(&input).unwrap();
        for file in files {
            let (name, content) = match file.strip_suffix("=0") {
                Some(name) => (name, ""),
                None => (*file, "x"),
            };
            let path = input.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        (dir, input)
    }

    fn found(inputs: &[PathBuf], office_per_input: bool) -> Vec<(String, Vec<String>)> {
        discover(inputs, office_per_input, None)
            .unwrap()
            .iter()
            .map(|office| {
                let files = office.files.iter().map(|file| file.shown.to_string());
                (office.folder.clone(), files.collect())
            })
            .collect()
    }

    fn office(folder: &str, files: &[&str]) -> (String, Vec<String>) {
        let files = files.iter().map(|file| (*file).to_owned());
        (folder.to_owned(), files.collect())
    }

    #[test]
    fn each_folder_under_an_input_is_an_office() {
        let (_dir, input) = folder(&[
            "乙/深い/所/a.XLSX",
            "甲/b.csv",
            "甲/メモ.txt",
            "空/メモ.pdf",
        ]);
        assert_eq!(
            found(std::slice::from_ref(&input), false),
            [
                office("乙", &["入力/乙/深い/所/a.XLSX"]),
                office("甲", &["入力/甲/b.csv"])
            ]
        );
        assert_eq!(
            found(&[input], true),
            [office("入力", &["入力/乙/深い/所/a.XLSX", "入力/甲/b.csv"])]
        );
    }

    #[test]
    fn an_input_that_holds_workbooks_is_an_office_itself() {
        let (_dir, input) = folder(&["名簿.xlsx", "利用者/記録.ods"]);
        assert_eq!(
            found(&[input], false),
            [office("入力", &["入力/利用者/記録.ods", "入力/名簿.xlsx"])]
        );
    }

    #[test]
    fn files_given_from_one_folder_are_one_office() {
        let (_dir, input) = folder(&["甲/a.xlsx", "甲/b.xlsx", "乙/a.xlsx"]);
        let files = ["甲/a.xlsx", "甲/b.xlsx", "乙/a.xlsx"].map(|file| input.join(file));
        assert_eq!(
            found(&files, false),
            [
                office("甲", &["b.xlsx", "甲/a.xlsx"]),
                office("乙", &["乙/a.xlsx"])
            ]
        );
        assert_eq!(found(&files, true).len(), 3);
    }

    #[test]
    fn inputs_of_one_name_are_told_apart_and_no_file_is_read_twice() {
        let (_dir, input) = folder(&["甲/記録/a.xlsx", "乙/記録/a.xlsx"]);
        let inputs = ["甲/記録", "乙/記録", "甲/記録/a.xlsx"].map(|name| input.join(name));
        let shown: Vec<String> = found(&inputs, false)
            .into_iter()
            .flat_map(|(_, files)| files)
            .collect();
        assert_eq!(shown, ["甲/記録/a.xlsx", "乙/記録/a.xlsx"]);
    }

    #[test]
    fn what_a_person_would_wonder_about_is_told_and_the_rest_is_not() {
        let (_dir, input) = folder(&[
            "甲/a.xlsx",
            "甲/~$a.xlsx",
            "甲/~$a.docx",
            "甲/.~lock.a.ods#",
            "甲/空.xlsx=0",
            "甲/.隠し.xlsx",
            "甲/.b.xlsx.icloud",
            "甲/._a.xlsx",
            "甲/c.xlsx.bak",
            "甲/d.xlsx~",
            "甲/e.numbers",
            "甲/メモ.txt=0",
            "甲/f.pdf.tmp",
            "甲/.git/g.xlsx",
        ]);
        let offices = discover(&[input], false, None).unwrap();
        let [office] = offices.as_slice() else {
            panic!("one office");
        };
        assert_eq!(office.files.len(), 1);
        let mut skipped: Vec<_> = office
            .skipped
            .iter()
            .map(|entry| entry.file.trim_start_matches("入力/甲/"))
            .collect();
        skipped.sort_unstable();
        assert_eq!(
            skipped,
            [
                ".b.xlsx.icloud",
                ".~lock.a.ods#",
                ".隠し.xlsx",
                "c.xlsx.bak",
                "d.xlsx~",
                "e.numbers",
                "~$a.xlsx",
                "空.xlsx"
            ]
        );
        assert!(
            office
                .skipped
                .iter()
                .all(|entry| !entry.reason.ja.is_empty())
        );
    }

    #[test]
    fn the_output_folder_is_no_input() {
        let (_dir, input) = folder(&["甲/a.xlsx", "出力/甲/b.xlsx"]);
        let offices = discover(
            std::slice::from_ref(&input),
            false,
            Some(&input.join("出力")),
        )
        .unwrap();
        assert_eq!(offices.len(), 1);
        assert_eq!(offices[0].folder, "甲");
    }

    #[test]
    fn names_are_shown_composed() {
        let (_dir, input) = folder(&["か\u{3099}/は\u{309a}.xlsx"]);
        assert_eq!(found(&[input], false), [office("が", &["入力/が/ぱ.xlsx"])]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_are_not_followed() {
        let (_dir, input) = folder(&["甲/a.xlsx"]);
        std::os::unix::fs::symlink(&input, input.join("甲/輪")).unwrap();
        let offices = discover(&[input], false, None).unwrap();
        assert_eq!(offices[0].files.len(), 1);
        assert_eq!(offices[0].skipped.len(), 1);
    }

    #[test]
    fn nothing_to_read_is_an_error_that_names_the_path() {
        let (_dir, input) = folder(&["甲/メモ.txt", "甲/~$a.xlsx"]);
        let none = discover(std::slice::from_ref(&input), false, None).unwrap_err();
        assert_eq!(none.code(), "no-workbook");
        assert!(none.wording().ja.contains("入力"));
        let missing = input.join("ない");
        let error = discover(std::slice::from_ref(&missing), false, None).unwrap_err();
        assert_eq!(error, DiscoverError::InputMissing(missing));
        assert!(error.to_string().contains("ない"));
    }

    #[test]
    fn every_sentence_is_there() {
        for key in [
            "input-missing",
            "no-workbook",
            "lock-file",
            "empty-file",
            "cloud-placeholder",
            "hidden-file",
            "link",
            "backup",
            "other-format",
            "unreadable-directory",
        ] {
            let wording = wording(key);
            assert!(!wording.ja.is_empty() && !wording.en.is_empty(), "{key}");
        }
        assert_eq!(WORDINGS.len(), 10);
    }
}
