//! `records.json` and `findings.json`: what was read and what was found, for other programs.
//!
//! Offices are rendered one by one and joined in order, so that memory does not
//! grow with their number. Every record and finding is one line. What is not
//! known is `null`. The shape of a record stands in [`record`], of a finding in
//! [`finding`].

mod finding;
mod record;

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{Assessment, Lang, Office, Skipped, Unreadable};

/// Version of the shape of both documents.
const SCHEMA: u32 = 1;

/// Writes `records.json`.
pub struct RecordsDocument<W: Write> {
    out: W,
    offices: usize,
}

impl<W: Write> RecordsDocument<W> {
    /// Writes the head.
    pub fn begin(mut out: W, as_of: NaiveDate) -> io::Result<Self> {
        write!(
            out,
            r#"{{"schema": {SCHEMA}, "as_of": "{as_of}", "offices": ["#
        )?;
        Ok(Self { out, offices: 0 })
    }

    /// Adds one office as [`office_records`] rendered it.
    pub fn office(&mut self, rendered: &[u8]) -> io::Result<()> {
        separate(&mut self.out, &mut self.offices)?;
        self.out.write_all(rendered)
    }

    /// Names what could not be read, and closes the document.
    pub fn end(mut self, unreadable: &[Unreadable], lang: Lang) -> io::Result<W> {
        write!(self.out, "\n],\n")?;
        let entries = unreadable.iter().map(|u| UnreadableEntry::of(u, lang));
        list(&mut self.out, "unreadable", entries)?;
        writeln!(self.out, "}}")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes `findings.json`.
pub struct FindingsDocument<W: Write> {
    out: W,
    findings: usize,
}

impl<W: Write> FindingsDocument<W> {
    /// Writes the head.
    pub fn begin(mut out: W) -> io::Result<Self> {
        write!(out, r#"{{"schema": {SCHEMA}, "findings": ["#)?;
        Ok(Self { out, findings: 0 })
    }

    /// Adds the findings of one office as [`office_findings`] rendered them.
    pub fn office(&mut self, rendered: &[Vec<u8>]) -> io::Result<()> {
        for finding in rendered {
            separate(&mut self.out, &mut self.findings)?;
            self.out.write_all(finding)?;
        }
        Ok(())
    }

    /// Closes the document.
    pub fn end(mut self) -> io::Result<W> {
        write!(self.out, "\n]}}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// One office as an entry of `offices` in `records.json`.
pub fn office_records(office: &Office, lang: Lang) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    out.extend_from_slice(br#"{"name": "#);
    serde_json::to_writer(&mut out, &office.name)?;
    out.extend_from_slice(br#", "number": "#);
    serde_json::to_writer(&mut out, &office.number)?;
    out.extend_from_slice(br#", "service": "#);
    serde_json::to_writer(&mut out, &office.service)?;
    next(&mut out);
    let roster = office.roster.iter().map(|r| record::roster(office, r));
    list(&mut out, "roster", roster)?;
    next(&mut out);
    let daily = office.daily.iter().map(|r| record::daily(office, r));
    list(&mut out, "daily", daily)?;
    next(&mut out);
    let weekly = office.weekly.iter().map(|r| record::weekly(office, r));
    list(&mut out, "weekly", weekly)?;
    next(&mut out);
    let monthly = office.monthly.iter().map(|r| record::monthly(office, r));
    list(&mut out, "monthly", monthly)?;
    next(&mut out);
    let listings = office.listing.iter().map(|l| record::listing(office, l));
    list(&mut out, "listing", listings)?;
    next(&mut out);
    let sheets = office.service_records.iter();
    let sheets = sheets.map(|sheet| record::service_record(office, sheet));
    list(&mut out, "service_records", sheets)?;
    next(&mut out);
    let skipped = office.skipped.iter().map(|s| SkippedEntry::of(s, lang));
    list(&mut out, "skipped", skipped)?;
    out.push(b'}');
    Ok(out)
}

/// The findings of one office as entries of `findings.json`, in the order given.
pub fn office_findings(
    office: &Office,
    assessment: &Assessment,
    lang: Lang,
) -> io::Result<Vec<Vec<u8>>> {
    assessment
        .findings
        .iter()
        .map(|f| Ok(serde_json::to_vec(&finding::Entry::of(office, f, lang))?))
        .collect()
}

/// `"key": [` with one line for each item.
fn list<T: Serialize>(
    out: &mut impl Write,
    key: &str,
    items: impl Iterator<Item = T>,
) -> io::Result<()> {
    write!(out, "\"{key}\": [")?;
    let mut count = 0;
    for item in items {
        separate(out, &mut count)?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    out.write_all(b"]")
}

fn next(out: &mut Vec<u8>) {
    out.extend_from_slice(b",\n");
}

fn separate(out: &mut impl Write, count: &mut usize) -> io::Result<()> {
    *count += 1;
    out.write_all(if *count == 1 { b"\n" } else { b",\n" })
}

/// The user that a record or finding is about.
#[derive(Serialize)]
struct UserEntry<'a> {
    name: Option<&'a str>,
    certificate_number: Option<&'a str>,
}

impl<'a> UserEntry<'a> {
    fn of(office: &'a Office, id: crate::model::PersonId) -> Self {
        let person = office.person(id);
        Self {
            name: Some(person.name.as_str()).filter(|name| !name.is_empty()),
            certificate_number: person.certificate_number.as_ref().map(|n| n.as_str()),
        }
    }
}

#[derive(Serialize)]
struct SkippedEntry<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    reason: &'a str,
}

impl<'a> SkippedEntry<'a> {
    fn of(skipped: &'a Skipped, lang: Lang) -> Self {
        Self {
            file: &skipped.file,
            sheet: skipped.sheet.as_deref(),
            reason: skipped.reason.say(lang),
        }
    }
}

#[derive(Serialize)]
struct UnreadableEntry<'a> {
    file: &'a str,
    code: &'a str,
    message: &'a str,
}

impl<'a> UnreadableEntry<'a> {
    fn of(unreadable: &'a Unreadable, lang: Lang) -> Self {
        Self {
            file: &unreadable.file,
            code: unreadable.code,
            message: unreadable.message.say(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sample;

    fn records(offices: &[Office], unreadable: &[Unreadable]) -> serde_json::Value {
        let mut document = RecordsDocument::begin(Vec::new(), sample::day(2025, 11, 20)).unwrap();
        for office in offices {
            document
                .office(&office_records(office, Lang::Ja).unwrap())
                .unwrap();
        }
        serde_json::from_slice(&document.end(unreadable, Lang::Ja).unwrap()).unwrap()
    }

    #[test]
    fn a_run_without_offices_is_a_whole_document() {
        assert_eq!(
            records(&[], &[]),
            serde_json::json!({"schema": 1, "as_of": "2025-11-20", "offices": [], "unreadable": []})
        );
        let findings = FindingsDocument::begin(Vec::new()).unwrap().end().unwrap();
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&findings).unwrap(),
            serde_json::json!({"schema": 1, "findings": []})
        );
    }

    #[test]
    fn offices_and_unreadable_files_keep_their_order() {
        let second = Office {
            name: "あさひ".into(),
            ..Office::default()
        };
        let document = records(&[sample::office(), second], &[sample::unreadable()]);
        assert_eq!(document["offices"][0]["name"], "みなと就労センター");
        assert_eq!(document["offices"][0]["number"], "4019900001");
        assert_eq!(document["offices"][0]["service"], "就労継続支援B型");
        assert_eq!(document["offices"][1]["name"], "あさひ");
        assert_eq!(document["offices"][1]["number"], serde_json::Value::Null);
        assert_eq!(document["offices"][1]["daily"], serde_json::json!([]));
        assert_eq!(
            document["unreadable"],
            serde_json::json!([{
                "file": "名簿.xlsx",
                "code": "password-protected",
                "message": "パスワードで保護されています。",
            }])
        );
    }

    #[test]
    fn what_was_passed_over_is_named() {
        assert_eq!(
            records(&[sample::office()], &[])["offices"][0]["skipped"],
            serde_json::json!([{
                "file": "記録.xlsx",
                "sheet": "【記載例】",
                "reason": "記載例のシートです。",
            }])
        );
    }

    #[test]
    fn findings_of_all_offices_are_one_list() {
        let office = sample::office();
        let assessment = sample::assessment();
        let rendered = office_findings(&office, &assessment, Lang::En).unwrap();
        let mut document = FindingsDocument::begin(Vec::new()).unwrap();
        document.office(&rendered).unwrap();
        document.office(&rendered).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&document.end().unwrap()).unwrap();
        let list = document["findings"].as_array().unwrap();
        assert_eq!(list.len(), 2 * assessment.findings.len());
        assert_eq!(list[0]["message"], "Only one contact.");
    }
}
