//! The way through for one office after the other: from its files to all that is
//! made of them.
//!
//! Offices are worked on in parallel, a few at a time, and handed over in order,
//! so that memory does not grow with their number. A fault of the program in one
//! file or one document costs that file or document and nothing else.

mod books;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::check;
use crate::correct;
use crate::discover::{InputFile, OfficeInput};
use crate::emit::manifest::Entry;
use crate::emit::terminal::{self, Tally};
use crate::emit::{OutputFile, file_names, json, pdf, workbook};
use crate::guard::{self, Crash};
use crate::inspect::{self, Reading};
use crate::ledger::{self, Counts, Ledger};
use crate::model::{
    Assessment, Change, FileName, Lang, Media, Office, Skipped, Unreadable, Wording,
};
use crate::normalise;
use crate::notice::Notice;
use crate::profile::Profile;
use crate::read::{self, Book, ReadOptions};
use crate::recognise::{Heeded, Recognised};
use books::{Beside, attempted};

/// What a command makes of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Findings only.
    Check,
    /// Clean workbooks only.
    Convert,
    /// The evidence bundle only.
    Bundle,
    /// Everything.
    Run,
}

impl Task {
    /// Whether the outcome is judged: findings are told and decide the exit status.
    pub fn judges(self) -> bool {
        matches!(self, Self::Check | Self::Run)
    }
}

/// What all offices have in common.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// What to make.
    pub task: Task,
    /// How files are read.
    pub reading: &'a ReadOptions,
    /// 録音・動画・画像, where the person names a folder.
    pub media: Option<&'a [Media]>,
    /// By which notices.
    pub notices: &'a [Notice],
    /// What the office says of its own workbooks.
    pub profile: &'a Profile,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The language of messages.
    pub lang: Lang,
    /// Columns of the terminal that messages are printed on; `None` where lines are not broken.
    pub columns: Option<usize>,
}

/// All that came of one office.
#[derive(Debug, Default)]
pub struct Product {
    /// The office's name, or its folder's where it has none.
    pub name: String,
    /// Its entry of `records.json`; `None` where it could not be worked on at all.
    pub records: Option<Vec<u8>>,
    /// Its entries of `findings.json`.
    pub findings: Vec<Vec<u8>>,
    /// Its findings for the terminal.
    pub report: String,
    /// Its counts.
    pub tally: Tally,
    /// What can be said of the sentences of the notices.
    pub ledger: Counts,
    /// 事業所番号
    pub number: Option<String>,
    /// Users that its forms name.
    pub people: usize,
    /// Whether any record of it was read.
    pub has_records: bool,
    /// Its part of the output folder.
    pub files: Vec<OutputFile>,
    /// The files that it was read from.
    pub inputs: Vec<Entry>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// What became of the entries of the profile.
    pub heeded: Heeded,
    /// What could not be read or made.
    pub unreadable: Vec<Unreadable>,
}

/// Works on every office and hands the products over in the order of the offices.
/// The first error of `take` ends it.
pub fn work_through<E>(
    offices: &[OfficeInput],
    plan: Plan<'_>,
    mut take: impl FnMut(Product) -> Result<(), E>,
) -> Result<(), E> {
    let beside = |input: &OfficeInput| product(input, plan, Beside::Others);
    let alone = |input: &OfficeInput| {
        let made = product(input, plan, Beside::Nobody);
        // Alone it is never put off.
        made.unwrap_or_default()
    };
    in_order(offices, beside, alone, &mut take)
}

/// How one file was read, with what it was read from.
pub struct Inspected {
    /// The file's contents.
    pub book: Book,
    /// The forms in it.
    pub found: Recognised,
    /// What became of all of it.
    pub reading: Reading,
}

/// Reads every file by itself and hands the readings over in the order of the files.
/// The first error of `take` ends it.
pub fn inspect_through<E>(
    offices: &[OfficeInput],
    options: &ReadOptions,
    profile: &Profile,
    mut take: impl FnMut(Result<Box<Inspected>, Unreadable>) -> Result<(), E>,
) -> Result<(), E> {
    let files: Vec<(&str, &InputFile)> = offices
        .iter()
        .flat_map(|office| {
            office
                .files
                .iter()
                .map(|file| (office.folder.as_str(), file))
        })
        .collect();
    let inspected = |folder: &str, book: Book| {
        let found = profile.recognise(&book);
        let alone = std::slice::from_ref(&found);
        let office = normalise::office(folder, alone, Vec::new(), Vec::new());
        let reading = inspect::inspect(&book, &found, &office);
        Box::new(Inspected {
            book,
            found,
            reading,
        })
    };
    let beside = |(folder, file): &(&str, &InputFile)| {
        let read = || read::with_small_book(file, options, |book| inspected(folder, book));
        attempted(file, read).transpose()
    };
    let alone = |(folder, file): &(&str, &InputFile)| {
        attempted(file, || {
            read::with_book(file, options, |book| inspected(folder, book))
        })
    };
    in_order(&files, beside, alone, &mut take)
}

/// How many pieces of work are done at a time at most: each takes memory.
const AT_ONCE: usize = 8;

/// Does as many pieces of work at a time as there are threads, and takes the outcomes in order
/// before it goes on. What comes to nothing `beside` others is done `alone` in its turn.
fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    beside: impl Fn(&T) -> Option<R> + Sync,
    alone: impl Fn(&T) -> R,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if let [item] = items {
        return take(alone(item));
    }
    for few in items.chunks(at_once()) {
        let outcomes: Vec<Option<R>> = few.par_iter().map(&beside).collect();
        for (item, outcome) in few.iter().zip(outcomes) {
            take(outcome.unwrap_or_else(|| alone(item)))?;
        }
    }
    Ok(())
}

fn at_once() -> usize {
    rayon::current_num_threads().clamp(1, AT_ONCE)
}

/// Joins the folders whose forms carry the same office number. The first few books of a folder
/// tell its number; their order stays, each office standing where its first folder was.
pub fn joined(
    offices: Vec<OfficeInput>,
    options: &ReadOptions,
    profile: &Profile,
) -> Vec<OfficeInput> {
    if offices.len() < 2 {
        return offices;
    }
    let numbers: Vec<Option<String>> = offices
        .par_iter()
        .map(|office| number_of(office, options, profile))
        .collect();
    let mut joined: Vec<(Option<String>, OfficeInput)> = Vec::new();
    for (office, number) in offices.into_iter().zip(numbers) {
        let known = joined
            .iter_mut()
            .find(|(other, _)| number.is_some() && *other == number);
        match known {
            Some((_, first)) => {
                first.files.extend(office.files);
                first.skipped.extend(office.skipped);
                first.unreadable.extend(office.unreadable);
            }
            None => joined.push((number, office)),
        }
    }
    joined.into_iter().map(|(_, office)| office).collect()
}

/// The office number that the first book to name one gives; the books nearest to the top are asked first.
fn number_of(input: &OfficeInput, options: &ReadOptions, profile: &Profile) -> Option<String> {
    const ASKED: usize = 12;
    let mut files: Vec<&InputFile> = input.files.iter().collect();
    files.sort_by_key(|file| file.shown.matches('/').count());
    let number = |book: Book| {
        let recognised = profile.recognise(&book);
        normalise::office("", &[recognised], Vec::new(), Vec::new()).number
    };
    files.into_iter().take(ASKED).find_map(|file| {
        let read = guard::attempt(|| match read::with_small_book(file, options, number)? {
            Some(number) => Ok(number),
            None => read::with_book(file, options, number),
        });
        read.ok()?.ok()?
    })
}

/// `None` where there is more of it than may be worked on beside others.
fn product(input: &OfficeInput, plan: Plan<'_>, beside: Beside) -> Option<Product> {
    let made = guard::attempt(|| {
        let books = books::read(input, plan.reading, plan.profile, beside)?;
        let unreadable = input.unreadable.iter().cloned().chain(books.unreadable);
        let skipped = input.skipped.clone();
        let mut office =
            normalise::office(&input.folder, &books.read, skipped, unreadable.collect());
        office.media = plan.media.map(<[Media]>::to_vec);
        let mut heeded = Heeded::default();
        for book in &books.read {
            heeded.add(book.heeded.clone());
        }
        // Neither is small, and all that is made of the office comes on top.
        drop(books.read);
        Some(Product {
            heeded,
            ..of_office(office, plan)
        })
    });
    let mut product = made.unwrap_or_else(|crash| {
        Some(Product {
            name: input.folder.clone(),
            unreadable: vec![broken_off(input.folder.as_str().into(), &crash)],
            ..Product::default()
        })
    })?;
    if plan.task != Task::Check {
        // A file that cannot be opened stands among the unreadable already.
        let files: BTreeSet<_> = input.files.iter().map(InputFile::on_disk).collect();
        let entries = files.into_iter();
        let entries = entries.filter_map(|(shown, path)| Entry::of_file(shown, path).ok());
        product.inputs.extend(entries);
    }
    Some(product)
}

/// All that the task asks for, from an office that has been read.
fn of_office(office: Office, plan: Plan<'_>) -> Product {
    let mut assessment = match plan.task {
        Task::Convert => Assessment::default(),
        _ => check::assess(&office, plan.notices, plan.as_of),
    };
    let changes = correct::changes(&office);
    correct::propose(&mut assessment.findings, &changes);
    let ledgers = match plan.task.judges() {
        true => ledger::ledgers(&office, plan.notices, &assessment, plan.as_of),
        false => Vec::new(),
    };
    let mut product = Product {
        name: office.name.clone(),
        number: office.number.clone(),
        people: office.user_count(),
        has_records: office.has_records(),
        skipped: office.skipped.clone(),
        unreadable: office.unreadable.clone(),
        ..Product::default()
    };
    product.ledger = Counts::of(&ledgers);
    product.records = json::office_records(&office, plan.lang).ok();
    if plan.task.judges() {
        product.findings =
            json::office_findings(&office, &assessment, plan.lang).unwrap_or_default();
        product.report = terminal::office_report(&office, &assessment, plan.lang, plan.columns);
        product.tally = Tally::of(&assessment);
    }
    let said = Said {
        assessment,
        changes,
        ledgers,
    };
    documents(&mut product, &office, &said, plan);
    product
}

/// All that is said of an office.
struct Said {
    assessment: Assessment,
    changes: Vec<Change>,
    ledgers: Vec<Ledger>,
}

/// The office's part of the output folder.
fn documents(product: &mut Product, office: &Office, said: &Said, plan: Plan<'_>) {
    let (task, findings) = (plan.task, &said.assessment.findings);
    if matches!(task, Task::Run | Task::Convert) {
        let made = product.made(file_names::CORRECTED, || {
            workbook::corrected(
                office,
                findings,
                plan.notices,
                &said.changes,
                plan.as_of,
                plan.lang,
            )
        });
        product.files.extend(made.unwrap_or_default());
    }
    if task == Task::Run {
        let made = product.made(file_names::FINDINGS, || {
            workbook::findings_book(
                office,
                findings,
                &said.ledgers,
                plan.notices,
                plan.as_of,
                plan.lang,
            )
        });
        product.files.extend(made);
        let made = product.made(file_names::INSPECTION, || {
            workbook::inspection_book(office, plan.notices, plan.as_of)
        });
        product.files.extend(made.flatten());
    }
    let mut bundle_pages = BTreeMap::new();
    // A bundle of nothing would look like evidence.
    if matches!(task, Task::Run | Task::Bundle) && office.has_records() {
        let made = product.made(file_names::BUNDLE, || {
            pdf::bundle(&pdf::BundleInput {
                office,
                assessment: &said.assessment,
                notices: plan.notices,
                as_of: plan.as_of,
                lang: plan.lang,
            })
        });
        if let Some(bundle) = made {
            bundle_pages = bundle.finding_pages;
            product.put(file_names::BUNDLE, bundle.pdf.bytes);
        }
    }
    if task == Task::Run {
        let made = product.made(file_names::REPORT, || {
            pdf::report(&pdf::ReportInput {
                office,
                assessment: &said.assessment,
                ledgers: &said.ledgers,
                notices: plan.notices,
                as_of: plan.as_of,
                lang: plan.lang,
                check_title: &|name| {
                    let title = check::by_name(name).map(|check| check.title(plan.lang));
                    title.map_or_else(|| name.to_owned(), Cow::into_owned)
                },
                bundle_pages: &bundle_pages,
            })
        });
        if let Some(report) = made {
            product.put(file_names::REPORT, report.bytes);
        }
    }
}

impl Product {
    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        let name = name.to_owned();
        self.files.push(OutputFile { name, bytes });
    }

    /// What the work makes; where it fails, `document` is named among what could
    /// not be made.
    fn made<T, E: std::fmt::Display>(
        &mut self,
        document: &str,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Option<T> {
        let shown: FileName = format!("{}/{document}", self.name).into();
        match guard::attempt(work) {
            Ok(Ok(made)) => return Some(made),
            Ok(Err(error)) => self.unreadable.push(Unreadable {
                file: shown,
                code: "not-written",
                message: Wording::new(
                    format!("作成できませんでした（{error}）。"),
                    format!("Could not be made ({error})."),
                ),
            }),
            Err(crash) => self.unreadable.push(broken_off(shown, &crash)),
        }
        None
    }
}

fn broken_off(file: FileName, crash: &Crash) -> Unreadable {
    Unreadable {
        file,
        code: Crash::CODE,
        message: crash.wording(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_order() {
        let items: Vec<u64> = (0..50).collect();
        let mut taken = Vec::new();
        let work = |n: &u64| {
            std::thread::sleep(std::time::Duration::from_micros(500 - n * 10));
            // What is put off comes in its place all the same.
            (!n.is_multiple_of(7)).then_some(*n)
        };
        let outcome: Result<(), ()> = in_order(
            &items,
            work,
            |n| *n,
            |n| {
                taken.push(n);
                Ok(())
            },
        );
        assert_eq!((outcome, taken), (Ok(()), items));
    }

    #[test]
    fn an_error_ends_the_work() {
        let mut taken = 0;
        let outcome = in_order(
            &[1, 2, 3],
            |n| Some(*n),
            |n| *n,
            |n| {
                taken += 1;
                if n == 2 { Err(n) } else { Ok(()) }
            },
        );
        assert_eq!((outcome, taken), (Err(2), 2));
    }
}
