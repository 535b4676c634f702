//! The output folder: who may write where, and how files get there whole.
//!
//! A run writes into a hidden part folder inside the output folder. Only when
//! all is there, [`OutputFolder::commit`] moves it into place, so a run that
//! fails leaves the earlier outputs as they were. Nothing is ever written,
//! replaced or removed outside the folder, and inside it nothing but files that
//! the manifest of an earlier run names.

mod error;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use super::manifest::{self, Entry, MANIFEST, Manifest, Run};
use super::safe_name::safe_name;
pub use error::FolderError;
use error::io_at;

/// Begins the name of the part folder.
const PART: &str = ".tenken-part-";

/// A folder that takes the outputs of one run.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    part: TempDir,
    /// What the manifest of an earlier run names.
    earlier: BTreeSet<String>,
    /// Paths given out so far.
    written: BTreeSet<String>,
    /// The same in lower case, as Windows compares them; folders too.
    taken: BTreeSet<String>,
}

impl OutputFolder {
    /// Makes the folder ready for a run over `inputs`, creating it where needed.
    pub fn open(root: &Path, inputs: &[PathBuf], force: bool) -> Result<Self, FolderError> {
        fs::create_dir_all(root).map_err(io_at(root))?;
        let root = &fs::canonicalize(root).map_err(io_at(root))?;
        for input in inputs {
            // An input that is not there is reported by whoever reads it.
            if fs::canonicalize(input).is_ok_and(|input| input.starts_with(root)) {
                return Err(FolderError::IsInput(root.clone()));
            }
        }
        for name in names_in(root)? {
            if !force {
                return Err(FolderError::NotEmpty(root.clone()));
            }
            if name.starts_with(PART) {
                let left_over = root.join(name);
                fs::remove_dir_all(&left_over).map_err(io_at(&left_over))?;
            }
        }
        let earlier = match Manifest::read(root)? {
            Some(manifest) => manifest.outputs.into_iter().map(|e| e.path).collect(),
            None => BTreeSet::new(),
        };
        let part = tempfile::Builder::new()
            .prefix(PART)
            .tempdir_in(root)
            .map_err(io_at(root))?;
        Ok(Self {
            root: root.clone(),
            part,
            earlier,
            written: BTreeSet::new(),
            taken: BTreeSet::from([MANIFEST.to_owned()]),
        })
    }

    /// The folder itself, with links resolved.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// A name for an office's own folder that no other output of the run has.
    pub fn office(&mut self, name: &str) -> String {
        self.claim("", name)
    }

    /// Writes a whole file. `name` may have folders of its own, parted by `/`.
    /// Returns its path below the output folder.
    pub fn write(&mut self, folder: &str, name: &str, bytes: &[u8]) -> Result<String, FolderError> {
        let (path, mut file) = self.create(folder, name)?;
        file.write_all(bytes)
            .and_then(|()| file.flush())
            .map_err(io_at(&self.root.join(&path)))?;
        Ok(path)
    }

    /// Opens a file to be written in pieces; the caller flushes it.
    pub fn create(
        &mut self,
        folder: &str,
        name: &str,
    ) -> Result<(String, BufWriter<File>), FolderError> {
        let (inner, name) = name.rsplit_once('/').unwrap_or(("", name));
        let folder = [folder, inner]
            .into_iter()
            .flat_map(|part| part.split('/'))
            .filter(|part| !part.is_empty())
            .map(safe_name)
            .collect::<Vec<_>>()
            .join("/");
        let path = self.claim(&folder, name);
        let at = self.part.path().join(&path);
        if let Some(parent) = at.parent() {
            fs::create_dir_all(parent).map_err(io_at(&self.root.join(&folder)))?;
        }
        let file = File::create(&at).map_err(io_at(&self.root.join(&path)))?;
        self.written.insert(path.clone());
        Ok((path, BufWriter::new(file)))
    }

    /// Moves everything into place, removes what an earlier run left and this one
    /// did not write, and records the run in `manifest.json`.
    pub fn commit(self, run: Run, inputs: Vec<Entry>) -> Result<Manifest, FolderError> {
        let mut outputs = Vec::new();
        for path in &self.written {
            self.check_free(path)?;
            let file = self.part.path().join(path);
            outputs.push(Entry::of_file(path, &file).map_err(io_at(&file))?);
        }
        for path in self.earlier.difference(&self.written) {
            self.remove(path)?;
        }
        // Before the files: should the moves break off, whatever lies in the
        // folder is named in its manifest and may be replaced by the next run.
        let manifest = Manifest::new(run, inputs, outputs);
        self.write_manifest(&manifest)?;
        for path in &self.written {
            let target = self.root.join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(io_at(parent))?;
            }
            fs::rename(self.part.path().join(path), &target).map_err(io_at(&target))?;
        }
        Ok(manifest)
    }

    /// `folder/name` made safe, and numbered where it is taken already.
    fn claim(&mut self, folder: &str, name: &str) -> String {
        let name = safe_name(name);
        let (stem, extension) = match name.rfind('.').and_then(|at| name.split_at_checked(at)) {
            Some((stem, extension)) if !stem.is_empty() && extension.is_ascii() => {
                (stem, extension)
            }
            _ => (name.as_str(), ""),
        };
        let mut number = 1;
        loop {
            let name = match number {
                1 => name.clone(),
                n => format!("{stem} ({n}){extension}"),
            };
            let path = match folder {
                "" => name,
                folder => format!("{folder}/{name}"),
            };
            if self.taken.insert(path.to_lowercase()) {
                return path;
            }
            number += 1;
        }
    }

    /// Fails where anything but a file of an earlier run stands at `path`, or
    /// anything but a folder above it.
    fn check_free(&self, path: &str) -> Result<(), FolderError> {
        let target = self.root.join(path);
        if let Some(obstacle) = self.obstacle_above(path) {
            return Err(FolderError::InTheWay(obstacle));
        }
        match fs::symlink_metadata(&target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(FolderError::Io(target, error)),
            Ok(there) if there.is_file() && self.earlier.contains(path) => Ok(()),
            Ok(_) => Err(FolderError::InTheWay(target)),
        }
    }

    /// The first part above `path` that is there and no real folder, such as a
    /// link that leads elsewhere.
    fn obstacle_above(&self, path: &str) -> Option<PathBuf> {
        let mut at = self.root.clone();
        let (folders, _) = path.rsplit_once('/')?;
        folders.split('/').find_map(|part| {
            at.push(part);
            let there = fs::symlink_metadata(&at).ok()?;
            (!there.is_dir()).then(|| at.clone())
        })
    }

    /// Removes a file that an earlier manifest names, and the folders it leaves
    /// empty. The manifest may have been tampered with: names that lead outside
    /// are passed over.
    fn remove(&self, path: &str) -> Result<(), FolderError> {
        let inside = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !inside || path.contains('\\') || self.obstacle_above(path).is_some() {
            return Ok(());
        }
        let target = self.root.join(path);
        if !fs::symlink_metadata(&target).is_ok_and(|there| there.is_file()) {
            return Ok(());
        }
        fs::remove_file(&target).map_err(io_at(&target))?;
        let folders = target.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != self.root) {
            // Refused where something is left in it, which is as it should be.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), FolderError> {
        let (part, target) = (self.part.path().join(MANIFEST), self.root.join(MANIFEST));
        manifest
            .to_json()
            .and_then(|bytes| fs::write(&part, bytes))
            .and_then(|()| fs::rename(&part, &target))
            .map_err(io_at(&target))
    }
}

/// What lies in the folder, but for what the system left there.
fn names_in(folder: &Path) -> Result<Vec<String>, FolderError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(io_at(folder))? {
        let name = entry.map_err(io_at(folder))?.file_name();
        let name = name.to_string_lossy().into_owned();
        if !manifest::is_litter(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::manifest::{ManifestError, Options, verify};
    use crate::model::Lang;

    fn a_run() -> Run {
        Run {
            command: "run".into(),
            as_of: None,
            options: Options {
                notices: vec![],
                lang: Lang::Ja,
                office_per_input: false,
            },
        }
    }

    /// A finished run that wrote these files.
    fn run(root: &Path, files: &[&str], force: bool) -> Result<(), FolderError> {
        let mut out = OutputFolder::open(root, &[], force)?;
        for name in files {
            out.write("", name, name.as_bytes())?;
        }
        out.commit(a_run(), vec![]).map(|_| ())
    }

    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<_> = walkdir::WalkDir::new(root)
            .min_depth(1)
            .into_iter()
            .map(|e| e.unwrap())
            .filter(|e| !e.file_type().is_dir())
            .map(|e| e.path().strip_prefix(root).unwrap().display().to_string())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_run_leaves_its_files_and_the_manifest_alone() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("new/out");
        run(&root, &["records.json", "港/b.pdf"], false).unwrap();
        assert_eq!(names(&root), ["manifest.json", "records.json", "港/b.pdf"]);
        assert_eq!(
            fs::read(root.join("港/b.pdf")).unwrap(),
            "港/b.pdf".as_bytes()
        );
        assert!(verify(&root).unwrap().is_as_recorded());
    }

    #[test]
    fn without_commit_nothing_appears() {
        let dir = tempfile::tempdir().unwrap();
        let mut out = OutputFolder::open(dir.path(), &[], false).unwrap();
        out.write("", "a", b"x").unwrap();
        drop(out);
        assert_eq!(names(dir.path()), [""; 0]);
    }

    #[test]
    fn a_folder_that_is_not_empty_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(".DS_Store"), "").unwrap();
        OutputFolder::open(dir.path(), &[], false).unwrap();
        fs::write(dir.path().join("memo.txt"), "").unwrap();
        let refused = OutputFolder::open(dir.path(), &[], false);
        assert!(matches!(refused, Err(FolderError::NotEmpty(_))));
    }

    #[test]
    fn force_replaces_an_earlier_run_and_keeps_foreign_files() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        run(root, &["a", "gone", "旧/gone", "旧/kept"], false).unwrap();
        fs::write(root.join("memo.txt"), "mine").unwrap();
        fs::write(root.join("旧/memo.txt"), "mine").unwrap();
        run(root, &["a", "new", "旧/kept"], true).unwrap();
        assert_eq!(
            names(root),
            [
                "a",
                "manifest.json",
                "memo.txt",
                "new",
                "旧/kept",
                "旧/memo.txt"
            ]
        );
        run(root, &["a"], true).unwrap();
        assert_eq!(
            names(root),
            ["a", "manifest.json", "memo.txt", "旧/memo.txt"]
        );
        assert_eq!(fs::read(root.join("memo.txt")).unwrap(), b"mine");
    }

    #[test]
    fn a_folder_that_an_earlier_run_emptied_goes() {
        let dir = tempfile::tempdir().unwrap();
        run(dir.path(), &["旧/x/a", "b"], false).unwrap();
        run(dir.path(), &["b"], true).unwrap();
        assert!(!dir.path().join("旧").exists());
    }

    #[test]
    fn a_foreign_file_in_the_way_stops_the_run_before_anything_changes() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        run(root, &["a", "gone"], false).unwrap();
        let before = fs::read(root.join(MANIFEST)).unwrap();
        fs::write(root.join("b"), "mine").unwrap();
        let refused = run(root, &["a", "b"], true);
        assert!(matches!(refused, Err(FolderError::InTheWay(_))));
        assert_eq!(names(root), ["a", "b", "gone", "manifest.json"]);
        assert_eq!(fs::read(root.join("b")).unwrap(), b"mine");
        assert_eq!(fs::read(root.join(MANIFEST)).unwrap(), before);
    }

    #[test]
    fn a_foreign_manifest_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(MANIFEST), r#"{"name": "app"}"#).unwrap();
        assert!(matches!(
            OutputFolder::open(dir.path(), &[], true),
            Err(FolderError::Manifest(ManifestError::NotAManifest(_)))
        ));
    }

    #[test]
    fn what_a_broken_off_run_left_goes_with_force() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(".tenken-part-abc")).unwrap();
        fs::write(dir.path().join(".tenken-part-abc/x"), "").unwrap();
        run(dir.path(), &["a"], true).unwrap();
        assert_eq!(names(dir.path()), ["a", "manifest.json"]);
    }

    #[test]
    fn inputs_are_never_outputs() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir(&input).unwrap();
        let inputs = [input.clone()];
        for refused in [&input, dir.path()] {
            assert!(
                matches!(
                    OutputFolder::open(refused, &inputs, true),
                    Err(FolderError::IsInput(_))
                ),
                "{}",
                refused.display()
            );
        }
        for taken in [input.join("out"), dir.path().join("in2")] {
            OutputFolder::open(&taken, &inputs, false).unwrap();
        }
    }

    #[test]
    fn an_earlier_manifest_cannot_remove_files_outside() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("out");
        fs::create_dir(&root).unwrap();
        fs::write(dir.path().join("mine"), "").unwrap();
        let entries = ["../mine", "/etc/hostname", "./a"].map(|p| Entry::of_bytes(p, b""));
        let manifest = Manifest::new(a_run(), vec![], entries.to_vec());
        fs::write(root.join(MANIFEST), manifest.to_json().unwrap()).unwrap();
        run(&root, &["a"], true).unwrap();
        assert!(dir.path().join("mine").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_outputs_elsewhere() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("out");
        run(&root, &["港/a"], false).unwrap();
        let elsewhere = dir.path().join("elsewhere");
        fs::rename(root.join("港"), &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, root.join("港")).unwrap();
        let refused = run(&root, &["港/a", "港/b"], true);
        assert!(matches!(refused, Err(FolderError::InTheWay(_))));
        run(&root, &["c"], true).unwrap();
        assert_eq!(names(&elsewhere), ["a"]);
    }

    #[test]
    fn offices_of_one_name_get_folders_of_their_own() {
        let dir = tempfile::tempdir().unwrap();
        let mut out = OutputFolder::open(dir.path(), &[], false).unwrap();
        assert_eq!(out.office("Minato"), "Minato");
        assert_eq!(out.office("MINATO"), "MINATO (2)");
        assert_eq!(out.office("../x"), "..／x");
        assert_eq!(out.write("港", "a.pdf", b"").unwrap(), "港/a.pdf");
        assert_eq!(out.write("港", "a.pdf", b"").unwrap(), "港/a (2).pdf");
        assert_eq!(out.write("港", "../../a.pdf", b"").unwrap(), "港/_/_/a.pdf");
        assert_eq!(out.office("manifest.json"), "manifest (2).json");
    }
}
