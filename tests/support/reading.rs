//! An invented office through the library, without touching the disk.

use std::collections::BTreeMap;

use tenken::model::{FileName, Media, Office};
use tenken::recognise::{Recognised, Vocabulary, recognise};
use tenken::{normalise, read};

use crate::generator::story::{Story, User};
use crate::generator::{File, Notation, Result, Tables, books_of_the_office};

/// How an office keeps its records, all its users alike.
pub type Layout = (Notation, Tables);

/// An office as written, read, and kept to be compared with altered ones.
pub struct Written {
    layout: Layout,
    story: Story,
    tables: Vec<File>,
    books: Vec<Vec<File>>,
    recognised: BTreeMap<String, (Vec<u8>, Recognised)>,
}

impl Written {
    /// Writes and reads the office.
    pub fn new(story: Story, layout: Layout) -> Result<Self> {
        let (notation, tables) = layout;
        let books = story.users.iter();
        let books = books.map(|user| notation.books(user, &story.months));
        let mut written = Self {
            layout,
            tables: books_of_the_office(&story, tables)?,
            books: books.collect::<Result<_>>()?,
            recognised: BTreeMap::new(),
            story,
        };
        for file in written.tables.iter().chain(written.books.iter().flatten()) {
            let known = (file.bytes.clone(), form(file)?);
            written.recognised.insert(file.path.clone(), known);
        }
        Ok(written)
    }

    /// The files of an altered story of the same users; those of unaltered users are not
    /// written again.
    pub fn files(&self, story: &Story) -> Result<Vec<File>> {
        let (notation, tables) = self.layout;
        let mut files = books_of_the_office(story, tables)?;
        for (at, user) in story.users.iter().enumerate() {
            if self.story.users.get(at) == Some(user) {
                files.extend(self.books[at].iter().cloned());
            } else {
                files.extend(notation.books(user, &story.months)?);
            }
        }
        Ok(files)
    }

    /// The files that are not as they were, with those that are gone.
    pub fn altered(&self, files: &[File]) -> Vec<(String, Vec<u8>)> {
        let is_known = |file: &&File| {
            let known = self.recognised.get(&file.path);
            known.is_some_and(|(bytes, _)| *bytes == file.bytes)
        };
        let new = files.iter().filter(|file| !is_known(file));
        let gone = self.recognised.keys();
        let gone = gone.filter(|path| files.iter().all(|file| file.path != **path));
        new.map(|file| (file.path.clone(), file.bytes.clone()))
            .chain(gone.map(|path| (path.clone(), Vec::new())))
            .collect()
    }

    /// Reads files; what is as it was is not read again.
    pub fn read(&self, files: &[File]) -> Result<Office> {
        let mut books = Vec::new();
        for file in files {
            books.push(match self.recognised.get(&file.path) {
                Some((bytes, known)) if *bytes == file.bytes => known.clone(),
                _ => form(file)?,
            });
        }
        Ok(office(&self.story.name, &books))
    }
}

/// The recordings that the office of the story keeps.
pub fn media(story: &Story) -> Vec<Media> {
    let of_user = |user: &User| {
        let name = user.name();
        let filmed = user.daily.iter().filter(|day| day.is_filmed);
        let files = filmed.map(move |day| Media {
            day: day.day,
            path: format!("{name}/訓練.mp4").into(),
        });
        files.collect::<Vec<_>>()
    };
    story.users.iter().flat_map(of_user).collect()
}

/// The office that these files tell of.
pub fn read_office(name: &str, files: &[File]) -> Result<Office> {
    let books: Vec<Recognised> = files.iter().map(form).collect::<Result<_>>()?;
    Ok(office(name, &books))
}

fn form(file: &File) -> Result<Recognised> {
    let book = read::read_bytes(&file.bytes, FileName::from(file.path.as_str()))?;
    Ok(recognise(&book, Vocabulary::builtin()))
}

fn office(name: &str, books: &[Recognised]) -> Office {
    normalise::office(name, books, Vec::new(), Vec::new())
}
