//! `run`, `check`, `convert` and `bundle`: from inputs to outputs and exit status.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{FileArgs, Format, NoticeArgs, OutArgs, ReadingArgs};
use super::screen::{Document, Screen};
use super::{Failure, Status};
use crate::check;
use crate::discover::{self, OfficeInput};
use crate::emit::folder::{FolderError, OutputFolder};
use crate::emit::json::{FindingsDocument, RecordsDocument};
use crate::emit::manifest::{Entry, MANIFEST, Manifest, Options, Run};
use crate::emit::terminal::{self, Tally};
use crate::emit::workbook::{self, OfficeLine};
use crate::ledger::Counts;
use crate::model::{Skipped, Unreadable};
use crate::notice::Notice;
use crate::pipeline::{Plan, Product, Task, joined, work_through};
use crate::profile::Profile;
use crate::read::{Passwords, ReadOptions};
use crate::recognise::Heeded;

/// Name of the document with the findings.
const FINDINGS: &str = "findings.json";
/// Name of the document with what was read.
const RECORDS: &str = "records.json";

/// What the person asked for.
pub struct Order {
    /// What to make.
    pub task: Task,
    /// Of what.
    pub reading: ReadingArgs,
    /// Where to; `None` where nothing is written.
    pub out: Option<OutArgs>,
    /// What goes to standard output.
    pub format: Format,
}

/// Does it.
pub fn work(order: &Order, screen: &Screen) -> Result<Status, Failure> {
    let reading = &order.reading;
    let notices = notices(&reading.notices)?;
    let options = read_options(&reading.files)?;
    let profile = profile(&reading.files)?;
    let as_of = reading
        .as_of
        .unwrap_or_else(|| chrono::Local::now().date_naive());
    // Before anything is read: a folder that is refused should be known at once.
    let folder = match &order.out {
        Some(out) => Some(OutputFolder::open(&out.out, &reading.inputs, out.force)?),
        None => None,
    };
    let mut offices = discover::discover(
        &reading.inputs,
        reading.office_per_input,
        folder.as_ref().map(OutputFolder::path),
    )?;
    if let Some(list) = &reading.files.password_file {
        leave_out(list, &mut offices);
    }
    let offices = if reading.office_per_input {
        offices
    } else {
        joined(offices, &options, &profile)
    };
    let media = reading.media.as_deref().map(discover::media).transpose()?;
    let plan = Plan {
        task: order.task,
        reading: &options,
        media: media.as_deref(),
        notices: &notices,
        profile: &profile,
        as_of,
        lang: screen.lang(),
        columns: screen.columns(),
    };
    let sink = Sink::open(order, folder, plan)?;
    screen.begin(offices.len());
    let outcome = at_once(reading.jobs, || through(&offices, plan, sink, screen));
    screen.end();
    let (mut sum, folder) = outcome?;
    tell(&sum, offices.len(), order.task, screen);
    heed(&profile, &sum.heeded, &reading.inputs, screen);
    if let (Some(folder), Some(out)) = (folder, &order.out) {
        let run = Run {
            command: name_of(order.task).to_owned(),
            as_of: Some(as_of),
            options: Options {
                notices: notices.iter().map(|notice| notice.id.clone()).collect(),
                lang: screen.lang(),
                office_per_input: reading.office_per_input,
            },
        };
        if let Some(path) = &reading.files.profile {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            sum.inputs.extend(Entry::of_file(&name, path).ok());
        }
        let manifest = folder.commit(run, std::mem::take(&mut sum.inputs))?;
        written(&manifest, &out.out, screen);
        if order.format == Format::Json {
            copy_to_stdout(&out.out.join(FINDINGS))?;
        }
    }
    Ok(sum.status(order.task))
}

/// The notices by name or by path.
pub fn notices(asked: &NoticeArgs) -> Result<Vec<Notice>, Failure> {
    let checks = check::names();
    let mut notices: Vec<Notice> = Vec::new();
    for name in &asked.notices {
        let notice = Notice::builtin(name, &checks)
            .unwrap_or_else(|| Notice::from_path(Path::new(name), &checks))?;
        if notices.iter().all(|known| known.id != notice.id) {
            notices.push(notice);
        }
    }
    Ok(notices)
}

/// The profile, where one was given.
pub fn profile(asked: &FileArgs) -> Result<Profile, Failure> {
    match &asked.profile {
        Some(path) => Ok(Profile::from_path(path)?),
        None => Ok(Profile::default()),
    }
}

/// How files are read.
pub fn read_options(asked: &FileArgs) -> Result<ReadOptions, Failure> {
    let list = asked.password_file.as_deref();
    Ok(ReadOptions {
        passwords: list
            .map(Passwords::from_file)
            .transpose()?
            .unwrap_or_default(),
    })
}

/// A list of passwords is no record, even if it lies among them.
pub fn leave_out(list: &Path, offices: &mut [OfficeInput]) {
    let Ok(list) = list.canonicalize() else {
        return;
    };
    for office in offices {
        office.files.retain(|file| {
            file.path.file_name() != list.file_name()
                || file.path.canonicalize().ok().as_ref() != Some(&list)
        });
    }
}

/// What an output folder holds now, for people.
pub fn written(manifest: &Manifest, root: &Path, screen: &Screen) {
    let paths = manifest.outputs.iter().map(|entry| entry.path.as_str());
    let paths = paths.chain([MANIFEST]);
    screen.say(&terminal::outputs(root, paths, screen.lang()));
}

/// Tells which entries of the profile had no effect, and what they took away. Where single files
/// were given, an entry may be for others.
pub fn heed(profile: &Profile, heeded: &Heeded, inputs: &[PathBuf], screen: &Screen) {
    let (lang, columns) = (screen.lang(), screen.columns());
    let told = profile.told(heeded);
    match inputs.iter().all(|input| input.is_file()) {
        true => screen.say(&terminal::unfitted_here(&told.unused, lang, columns)),
        false => screen.insist(&terminal::unfitted(&told.unused, lang, columns)),
    }
    screen.insist(&terminal::profile_notes(&told.notes, lang, columns));
}

/// Runs the work on its own number of threads, where one was asked for.
fn at_once<T: Send>(
    jobs: Option<std::num::NonZeroUsize>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    match jobs {
        None => work(),
        Some(jobs) => rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.get())
            .build()
            .map_err(|error| Failure::Threads(error.to_string()))?
            .install(work),
    }
}

fn through(
    offices: &[OfficeInput],
    plan: Plan<'_>,
    mut sink: Sink,
    screen: &Screen,
) -> Result<(Sum, Option<OutputFolder>), Failure> {
    let mut sum = Sum::default();
    work_through(offices, plan, |product| {
        screen.say(&product.report);
        screen.step();
        sink.take(&product)?;
        sum.add(product);
        Ok::<(), Failure>(())
    })?;
    let mut folder = sink.close(&sum.unreadable, plan)?;
    if let Some(folder) = &mut folder
        && plan.task == Task::Run
        && sum.offices.len() > 1
    {
        let overview = workbook::overview_book(&sum.offices, plan.as_of, plan.lang)?;
        folder.write("", &overview.name, &overview.bytes)?;
    }
    Ok((sum, folder))
}

/// Where products go, one after the other.
struct Sink {
    folder: Option<OutputFolder>,
    records: Option<RecordsDocument<Box<dyn Write + Send>>>,
    findings: Option<FindingsDocument<Box<dyn Write + Send>>>,
}

impl Sink {
    fn open(
        order: &Order,
        mut folder: Option<OutputFolder>,
        plan: Plan<'_>,
    ) -> Result<Self, Failure> {
        let mut records: Option<Box<dyn Write + Send>> = None;
        let mut findings: Option<Box<dyn Write + Send>> = None;
        match (order.task, &mut folder) {
            (Task::Run, Some(folder)) => {
                records = Some(Box::new(folder.create("", RECORDS)?.1));
                findings = Some(Box::new(folder.create("", FINDINGS)?.1));
            }
            (Task::Check, _) if order.format == Format::Json => {
                findings = Some(Box::new(Document::stdout()));
            }
            _ => {}
        }
        Ok(Self {
            folder,
            records: records
                .map(|out| RecordsDocument::begin(out, plan.as_of))
                .transpose()?,
            findings: findings.map(FindingsDocument::begin).transpose()?,
        })
    }

    fn take(&mut self, product: &Product) -> Result<(), Failure> {
        if let (Some(document), Some(records)) = (&mut self.records, &product.records) {
            document.office(records)?;
        }
        if let Some(document) = &mut self.findings {
            document.office(&product.findings)?;
        }
        if let Some(folder) = &mut self.folder
            && !product.files.is_empty()
        {
            let office = folder.office(&product.name);
            for file in &product.files {
                folder.write(&office, &file.name, &file.bytes)?;
            }
        }
        Ok(())
    }

    fn close(
        self,
        unreadable: &[Unreadable],
        plan: Plan<'_>,
    ) -> Result<Option<OutputFolder>, Failure> {
        if let Some(document) = self.records {
            document.end(unreadable, plan.lang)?;
        }
        if let Some(document) = self.findings {
            document.end()?;
        }
        Ok(self.folder)
    }
}

/// What is kept of all products.
#[derive(Default)]
struct Sum {
    tally: Tally,
    ledger: Counts,
    offices: Vec<OfficeLine>,
    skipped: Vec<Skipped>,
    heeded: Heeded,
    unreadable: Vec<Unreadable>,
    inputs: Vec<Entry>,
    has_records: bool,
}

impl Sum {
    fn add(&mut self, product: Product) {
        self.has_records |= product.has_records;
        self.offices.push(OfficeLine {
            name: product.name,
            number: product.number,
            people: product.people,
            deficient: product.tally.deficient,
            review: product.tally.review,
            waiting: product.tally.waiting,
            unreadable: product.unreadable.len(),
        });
        self.tally.add(product.tally);
        self.ledger.add(&product.ledger);
        self.skipped.extend(product.skipped);
        self.heeded.add(product.heeded);
        self.unreadable.extend(product.unreadable);
        self.inputs.extend(product.inputs);
    }

    fn status(&self, task: Task) -> Status {
        // An input without a record is one that could not be read.
        if !self.unreadable.is_empty() || !self.has_records {
            Status::Failed
        } else if task.judges() && self.tally.deficient > 0 {
            Status::Deficient
        } else {
            Status::Clean
        }
    }
}

fn tell(sum: &Sum, offices: usize, task: Task, screen: &Screen) {
    let (lang, columns) = (screen.lang(), screen.columns());
    screen.say(&terminal::skipped(&sum.skipped, lang, columns));
    screen.insist(&terminal::unreadable(&sum.unreadable, lang, columns));
    if task.judges() {
        screen.say(&terminal::ledger(&sum.ledger, lang));
        screen.say(&terminal::totals(offices, sum.tally, lang));
    }
    if !sum.has_records {
        screen.insist(&terminal::no_records(lang));
    }
}

fn name_of(task: Task) -> &'static str {
    match task {
        Task::Run => "run",
        Task::Check => "check",
        Task::Convert => "convert",
        Task::Bundle => "bundle",
    }
}

fn copy_to_stdout(path: &PathBuf) -> Result<(), Failure> {
    let mut out = Document::stdout();
    File::open(path)
        .and_then(|mut file| io::copy(&mut file, &mut out))
        .and_then(|_| out.flush())
        .map_err(|error| FolderError::Io(path.clone(), error))?;
    Ok(())
}
