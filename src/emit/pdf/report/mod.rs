//! 点検報告書.pdf: where the office stands, then a user at a time.
//!
//! The first page is for the manager, the rest for whoever mends the records.

mod calendar;
mod groups;
mod summary;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::glyphs::{Ink, MissingGlyph, Printable};
use super::typeset::{Job, print};
use super::words::{MissingNote, missing_notes, ymd};
use super::{Pdf, PdfError};
use crate::model::{Assessment, Lang, Office, PersonId, Subject, date_in_japanese};
use crate::notice::Notice;
use calendar::Calendar;
use groups::Group;
use summary::Summary;

const TEMPLATE: &str = include_str!("../../../../templates/pdf/report.typ");

/// What the report is made from.
#[derive(Clone, Copy)]
pub struct ReportInput<'a> {
    /// The office with its records.
    pub office: &'a Office,
    /// What the checks said of it. A finding's number is its position here, from 1.
    pub assessment: &'a Assessment,
    /// The notices that were asked for.
    pub notices: &'a [Notice],
    /// 点検基準日
    pub as_of: NaiveDate,
    /// The language of messages; the fixed words of the template are Japanese.
    pub lang: Lang,
    /// The short title of a check, in `lang`.
    pub check_title: &'a dyn Fn(&str) -> String,
    /// Page of the evidence bundle (from 1) by position of the finding in the assessment.
    pub bundle_pages: &'a BTreeMap<usize, usize>,
}

/// What `report.typ` reads.
#[derive(Serialize)]
struct Data {
    as_of: Printable,
    as_of_ymd: [i64; 3],
    summary: Summary,
    people: Vec<PersonPart>,
    office_groups: Vec<Group>,
    missing: Vec<MissingNote>,
}

/// One user's pages.
#[derive(Serialize)]
struct PersonPart {
    name: Printable,
    certificate_number: Option<Printable>,
    calendars: Vec<Calendar>,
    groups: Vec<Group>,
}

/// Sets 点検報告書.pdf.
///
/// # Errors
/// Only when the document itself cannot be made; no content of a record is an error.
pub fn report(input: &ReportInput<'_>) -> Result<Pdf, PdfError> {
    let mut ink = Ink::default();
    let data = data(input, &mut ink);
    let printed = print(&Job {
        template: TEMPLATE,
        data: &data,
        as_of: input.as_of,
        identity: format!(
            "tenken report {} {} {}",
            input.office.name,
            input.office.number.as_deref().unwrap_or_default(),
            input.as_of
        ),
        tagged: true,
        landmark: "none",
    })?;
    Ok(Pdf {
        bytes: printed.bytes,
        pages: printed.pages,
        missing: ink.into_missing(),
    })
}

fn data(input: &ReportInput<'_>, ink: &mut Ink) -> Data {
    let people = (0..input.office.people.len())
        .map(|i| person_part(input, PersonId(i), ink))
        .collect();
    let mut data = Data {
        as_of: ink.text(&date_in_japanese(input.as_of), ""),
        as_of_ymd: ymd(input.as_of),
        summary: Summary::of(input, ink),
        people,
        office_groups: Group::of(input, Subject::Office, ink),
        missing: Vec::new(),
    };
    data.missing = missing_notes(ink);
    data
}

fn person_part(input: &ReportInput<'_>, id: PersonId, ink: &mut Ink) -> PersonPart {
    let person = input.office.person(id);
    PersonPart {
        name: ink.text(&person.name, &person.name),
        certificate_number: person
            .certificate_number
            .as_ref()
            .map(|number| ink.text(number.as_str(), &person.name)),
        calendars: Calendar::of(input, id, ink),
        groups: Group::of(input, Subject::Person(id), ink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;
    use crate::model::Finding;

    #[test]
    fn dump() {
        let n = |k: &str, d| {
            std::env::var(k)
                .ok()
                .and_then(|v| v.parse().ok())
                .unwrap_or(d)
        };
        let mut s = Sample::new(n("USERS", 6), n("MONTHS", 2));
        let out = "/tmp/pdfw/out";
        std::fs::create_dir_all(out).unwrap();
        let t = std::time::Instant::now();
        let b = super::super::bundle(&s.bundle_input()).unwrap();
        println!(
            "bundle {} pages {} bytes {:?}; daily {} findings {} placed {}",
            b.pdf.pages,
            b.pdf.bytes.len(),
            t.elapsed(),
            s.office.daily.len(),
            s.assessment.findings.len(),
            b.finding_pages.len()
        );
        std::fs::write(format!("{out}/bundle.pdf"), &b.pdf.bytes).unwrap();
        s.bundle_pages = b.finding_pages;
        let t = std::time::Instant::now();
        let r = report(&s.report_input()).unwrap();
        println!(
            "report {} pages {} bytes {:?}",
            r.pages,
            r.bytes.len(),
            t.elapsed()
        );
        std::fs::write(format!("{out}/report.pdf"), &r.bytes).unwrap();
        let _: Option<Finding> = None;
    }
}
