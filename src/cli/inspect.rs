//! `inspect`: how workbooks were read, and the draft of a profile.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use super::args::{Format, InspectArgs};
use super::screen::{Document, Screen};
use super::work::{heed, leave_out, profile, read_options};
use super::{Failure, Status};
use crate::discover;
use crate::emit::inspect::{self, json};
use crate::emit::terminal;
use crate::inspect::Totals;
use crate::model::Unreadable;
use crate::pipeline::{Inspected, inspect_through};
use crate::profile::Draft;
use crate::recognise::Heeded;

/// Tells how the files were read; a deficiency is none of its business.
pub fn tell(asked: &InspectArgs, screen: &Screen) -> Result<Status, Failure> {
    let lang = screen.lang();
    let profile = profile(&asked.files)?;
    let options = read_options(&asked.files)?;
    let mut offices = discover::discover(&asked.inputs, false, None)?;
    if let Some(list) = &asked.files.password_file {
        leave_out(list, &mut offices);
    }
    let mut document = match asked.format.format {
        Format::Json => Some(json::Document::begin(Document::stdout())?),
        Format::Text => None,
    };
    let mut draft = asked.write_profile.as_ref().map(|_| Draft::default());
    let mut unreadable: Vec<Unreadable> = Vec::new();
    let mut heeded = Heeded::default();
    let (mut files, mut totals) = (0, Totals::default());
    for office in &offices {
        unreadable.extend(office.unreadable.iter().cloned());
    }
    inspect_through(&offices, &options, &profile, |outcome| {
        let Inspected {
            book,
            found,
            reading,
        } = match outcome {
            Ok(inspected) => *inspected,
            Err(entry) => {
                unreadable.push(entry);
                return Ok(());
            }
        };
        screen.say(&inspect::reading(&reading, lang));
        files += 1;
        totals.add(&reading.totals);
        heeded.add(found.heeded.clone());
        if let Some(document) = &mut document {
            document.file(&reading, lang)?;
        }
        if let Some(draft) = &mut draft {
            draft.add(&book, &found, &reading);
        }
        Ok::<(), Failure>(())
    })?;
    if files > 1 {
        screen.say(&inspect::totals(files, &totals, lang));
    }
    if let Some(document) = document {
        document.end(&unreadable, lang)?;
    }
    screen.insist(&terminal::unreadable(&unreadable, lang, screen.columns()));
    heed(&profile, &heeded, &asked.inputs, screen);
    if let (Some(path), Some(draft)) = (&asked.write_profile, draft) {
        write_new(path, &draft.toml(profile.vocabulary()))?;
        screen.say(&inspect::profile_written(&path.display().to_string(), lang));
    }
    Ok(match unreadable.is_empty() {
        true => Status::Clean,
        false => Status::Failed,
    })
}

/// A profile that somebody has worked on is never replaced.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| Failure::ProfileNotWritten(path.to_path_buf(), error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| Failure::ProfileNotWritten(path.to_path_buf(), error))
}
