//! The workbooks of one office, read within what one office may take of memory.
//!
//! Small ones are read several at a time, the others after them one by one, and each as long as
//! there is room left: which are read depends on nothing but the office.

use rayon::prelude::*;

use super::broken_off;
use crate::discover::{InputFile, OfficeInput};
use crate::guard;
use crate::model::Unreadable;
use crate::profile::Profile;
use crate::read::{self, ReadError, ReadOptions};
use crate::recognise::{Entry, Form, Recognised, Word};

/// Bytes of memory that the forms of one office may come to, with all that is made of them:
/// the largest workbook that is read at all, or more than two years of days of fifty users.
const ROOM: usize = 300 << 20;
/// Bytes that the record and the findings of one form come to.
const RECORD: usize = 8_000;

/// What else is worked on in the meantime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Other offices, each of which takes its share.
    Others,
    /// Nothing.
    Nobody,
}

/// What came of the files of an office.
pub(super) struct Books {
    /// Those that were read, in the order of the files.
    pub(super) read: Vec<Recognised>,
    /// The others.
    pub(super) unreadable: Vec<Unreadable>,
}

/// Reads the files of an office; `None` where they take more than leaves room for others.
pub(super) fn read(
    input: &OfficeInput,
    options: &ReadOptions,
    profile: &Profile,
    beside: Beside,
) -> Option<Books> {
    let mut room = match beside {
        Beside::Others => ROOM / super::at_once(),
        Beside::Nobody => ROOM,
    };
    let files = &input.files;
    let mut outcomes: Vec<Option<Outcome>> = files.iter().map(|_| None).collect();
    let small = |file: &InputFile| {
        attempted(file, || {
            read::with_small_book(file, options, |book| profile.recognise(&book))
        })
        .transpose()
    };
    for (few, into) in files
        .chunks(super::AT_ONCE)
        .zip(outcomes.chunks_mut(super::AT_ONCE))
    {
        let read: Vec<Option<Outcome>> = few.par_iter().map(small).collect();
        for ((file, outcome), into) in few.iter().zip(read).zip(into) {
            *into = outcome.map(|outcome| admitted(file, outcome, &mut room));
        }
    }
    let is_put_off = |outcome: &Option<Outcome>| match outcome {
        None => true,
        Some(outcome) => outcome.as_ref().is_err_and(has_no_room),
    };
    if beside == Beside::Others && outcomes.iter().any(is_put_off) {
        return None;
    }
    for (file, into) in files.iter().zip(&mut outcomes) {
        if into.is_none() {
            let large = attempted(file, || {
                read::with_book(file, options, |book| profile.recognise(&book))
            });
            *into = Some(admitted(file, large, &mut room));
        }
    }
    let mut books = Books {
        read: Vec::new(),
        unreadable: Vec::new(),
    };
    for outcome in outcomes.into_iter().flatten() {
        match outcome {
            Ok(book) => books.read.push(book),
            Err(entry) => books.unreadable.push(entry),
        }
    }
    Some(books)
}

type Outcome = Result<Recognised, Unreadable>;

/// The same as long as there is room for it.
fn admitted(file: &InputFile, outcome: Outcome, room: &mut usize) -> Outcome {
    let book = outcome?;
    match room.checked_sub(weight(&book)) {
        Some(left) => {
            *room = left;
            Ok(book)
        }
        None => Err(refused(file, ReadError::NoRoom)),
    }
}

fn has_no_room(entry: &Unreadable) -> bool {
    entry.code == ReadError::NoRoom.code()
}

/// Bytes that a book and all that is made of it come to, roughly.
fn weight(book: &Recognised) -> usize {
    let of_word = |word: &Word| size_of::<Word>() + 2 * word.text.len();
    let of_entry = |entry: &Entry| {
        let words: usize = entry.words.iter().map(of_word).sum();
        size_of::<Entry>() + entry.label.len() + words
    };
    let of_form = |form: &Form| {
        let entries: usize = form.entries.values().flatten().map(of_entry).sum();
        let days: usize = form.days.iter().map(|day| of_word(&day.word)).sum();
        RECORD + entries + days
    };
    book.forms.iter().map(of_form).sum()
}

/// What the work makes of one file, or why it makes nothing.
pub(super) fn attempted<T>(
    file: &InputFile,
    work: impl FnOnce() -> Result<T, ReadError>,
) -> Result<T, Unreadable> {
    match guard::attempt(work) {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(error)) => Err(refused(file, error)),
        Err(crash) => Err(broken_off(file.shown.clone(), &crash)),
    }
}

fn refused(file: &InputFile, error: ReadError) -> Unreadable {
    Unreadable {
        file: file.shown.clone(),
        code: error.code(),
        message: error.wording(),
    }
}
