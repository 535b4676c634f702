//! The office's records as clean reference forms, and its findings, as workbooks.
//!
//! The only room that knows rust_xlsxwriter. It writes what the records say, in the
//! reference notation as far as a change is safe, and colours what is in question.
//! It judges nothing and touches no file.

mod achievement;
mod book;
mod cell;
mod entry;
mod figure;
mod findings;
mod fit;
mod history;
mod inspection;
mod ledger;
mod list_page;
mod list_sheet;
mod listing;
mod marks;
mod overview;
mod page;
mod people;
mod roster;
mod style;
mod support_record;
mod table;
mod template;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use overview::OfficeLine;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_xlsxwriter::XlsxError;

use self::book::{Book, Plan};
use self::marks::Marks;
use self::people::FileNames;
use self::template::Templates;
use crate::emit::{OutputFile, file_names};
use crate::ledger::Ledger;
use crate::model::{Change, Finding, Lang, Office};
use crate::notice::Notice;

/// Lines for users on the empty lists.
const BLANK_ROWS: usize = 20;
/// The day of the notice that the forms belong to: their date where nothing else is given.
const FORMS_MADE_ON: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 3, 4);

/// Why a workbook was not made.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// The workbook could not be put together.
    #[error("a workbook could not be written")]
    Workbook(#[from] XlsxError),
    /// A built-in template is at fault.
    #[error("a built-in template of the workbooks is at fault")]
    Template(#[from] toml::de::Error),
}

/// The corrected workbooks of an office, each with its 修正履歴, sorted by name.
///
/// Every record stands in one of them: forms 1 to 4 by user and month, those without a
/// month in workbooks of their own. `notices` lend their cities' names to the notes.
pub fn corrected(
    office: &Office,
    findings: &[Finding],
    notices: &[Notice],
    changes: &[Change],
    as_of: NaiveDate,
    lang: Lang,
) -> Result<Vec<OutputFile>, EmitError> {
    let templates = Templates::load()?;
    let words = &templates.words;
    let mut plans = plans(office, &templates);
    let places: BTreeSet<_> = plans.iter_mut().flat_map(|plan| plan.places()).collect();
    let marks = Marks::new(office, &places, findings, notices, changes, words, lang);
    let mut files = Vec::new();
    for plan in &mut plans {
        plan.mark(&marks);
        let mut book = Book::new(as_of)?;
        book.write(plan, words, lang)?;
        history::add(&mut book, &plan.places(), changes, &words.history, lang)?;
        files.push(OutputFile {
            name: plan.file.clone(),
            bytes: book.bytes()?,
        });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// `指摘一覧.xlsx`: all findings of an office, in their order, their counts, and the ledger.
pub fn findings_book(
    office: &Office,
    findings: &[Finding],
    ledgers: &[Ledger],
    notices: &[Notice],
    as_of: NaiveDate,
    lang: Lang,
) -> Result<OutputFile, EmitError> {
    let words = Templates::load()?.words;
    let input = findings::Input {
        office,
        findings,
        notices,
        lang,
    };
    let mut book = Book::new(as_of)?;
    findings::add_list(&mut book, input, &words)?;
    findings::add_summary(&mut book, input, &words)?;
    ledger::add(&mut book, input, ledgers, &words.ledger)?;
    Ok(OutputFile {
        name: file_names::FINDINGS.to_owned(),
        bytes: book.bytes()?,
    })
}

/// `自主点検表.xlsx`: what the notices leave to the office, with what it has answered; `None`
/// where they leave nothing.
pub fn inspection_book(
    office: &Office,
    notices: &[Notice],
    as_of: NaiveDate,
) -> Result<Option<OutputFile>, EmitError> {
    let words = Templates::load()?.words;
    let mut book = Book::new(as_of)?;
    if !inspection::add(&mut book, office, notices, &words.inspection)? {
        return Ok(None);
    }
    Ok(Some(OutputFile {
        name: file_names::INSPECTION.to_owned(),
        bytes: book.bytes()?,
    }))
}

/// `事業所別集計.xlsx`: how each of several offices stands.
pub fn overview_book(
    offices: &[OfficeLine],
    as_of: NaiveDate,
    lang: Lang,
) -> Result<OutputFile, EmitError> {
    let words = Templates::load()?.words;
    let mut book = Book::new(as_of)?;
    overview::add(&mut book, offices, &words, lang)?;
    Ok(OutputFile {
        name: file_names::OVERVIEW.to_owned(),
        bytes: book.bytes()?,
    })
}

/// The empty reference forms 1 to 4.
pub fn blank_forms() -> Result<Vec<OutputFile>, EmitError> {
    let Templates {
        forms,
        lists,
        words,
    } = Templates::load()?;
    let plans = [
        roster::blank(&lists.roster, BLANK_ROWS),
        support_record::blank(&forms),
        achievement::blank(&forms),
        listing::blank(&lists.listing, BLANK_ROWS),
    ];
    let blank = |mut plan: Plan| {
        let mut book = Book::new(FORMS_MADE_ON.unwrap_or_default())?;
        book.write(&mut plan, &words, Lang::Ja)?;
        Ok(OutputFile {
            name: plan.file,
            bytes: book.bytes()?,
        })
    };
    plans.into_iter().map(blank).collect()
}

fn plans<'t>(office: &Office, templates: &'t Templates) -> Vec<Plan<'t>> {
    let Templates { forms, lists, .. } = templates;
    let names = FileNames::of(office);
    let mut plans: Vec<Plan> = roster::plan(office, &lists.roster).into_iter().collect();
    plans.extend(support_record::plans(office, forms, &names));
    plans.extend(achievement::plans(office, forms, &names));
    plans.extend(listing::plans(office, &lists.listing));
    plans
}
