//! How workbooks were read, for other programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::inspect::{Content, FormReading, ItemReading, Part, Reading, Totals, Value, Why};
use crate::model::{Doubt, Ground, Lang, Level, Skipped, Unreadable};
use crate::recognise::FormKind;

/// Version of the shape of the document.
const SCHEMA: u32 = 1;

/// Writes the document, a line a file.
pub struct Document<W: Write> {
    out: W,
    files: usize,
    totals: Totals,
}

impl<W: Write> Document<W> {
    /// Writes the head.
    pub fn begin(mut out: W) -> io::Result<Self> {
        write!(out, r#"{{"schema": {SCHEMA}, "files": ["#)?;
        Ok(Self {
            out,
            files: 0,
            totals: Totals::default(),
        })
    }

    /// Adds one file.
    pub fn file(&mut self, reading: &Reading, lang: Lang) -> io::Result<()> {
        let separator: &[u8] = if self.files == 0 { b"\n" } else { b",\n" };
        self.files += 1;
        self.totals.add(&reading.totals);
        self.out.write_all(separator)?;
        serde_json::to_writer(&mut self.out, &FileEntry::of(reading, lang))?;
        Ok(())
    }

    /// Writes the counts over all files, names what could not be read, and closes the document.
    pub fn end(mut self, unreadable: &[Unreadable], lang: Lang) -> io::Result<W> {
        write!(self.out, "\n],\n\"totals\": ")?;
        serde_json::to_writer(&mut self.out, &TotalsEntry::of(&self.totals))?;
        write!(self.out, ",\n\"unreadable\": ")?;
        let entries: Vec<_> = unreadable
            .iter()
            .map(|entry| UnreadableEntry {
                file: &entry.file,
                code: entry.code,
                message: entry.message.say(lang),
            })
            .collect();
        serde_json::to_writer(&mut self.out, &entries)?;
        writeln!(self.out, "}}")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[derive(Serialize)]
struct FileEntry<'a> {
    file: &'a str,
    forms: Vec<FormEntry<'a>>,
    rest: Vec<ContentEntry<'a>>,
    skipped: Vec<SkippedEntry<'a>>,
    totals: TotalsEntry<'a>,
}

impl<'a> FileEntry<'a> {
    fn of(reading: &'a Reading, lang: Lang) -> Self {
        let forms = reading.forms.iter().map(|form| FormEntry::of(form, lang));
        let skipped = reading.skipped.iter();
        Self {
            file: &reading.file,
            forms: forms.collect(),
            rest: reading.rest.iter().map(ContentEntry::of).collect(),
            skipped: skipped.map(|entry| SkippedEntry::of(entry, lang)).collect(),
            totals: TotalsEntry::of(&reading.totals),
        }
    }
}

#[derive(Serialize)]
struct FormEntry<'a> {
    kind: FormKind,
    sheet: &'a str,
    cell: String,
    title: Option<&'a str>,
    filled: bool,
    items: Vec<ItemEntry<'a>>,
}

impl<'a> FormEntry<'a> {
    fn of(form: &'a FormReading, lang: Lang) -> Self {
        Self {
            kind: form.kind,
            sheet: &form.sheet,
            cell: form.at.to_string(),
            title: Some(form.title.as_str()).filter(|title| !title.is_empty()),
            filled: form.filled,
            items: form.items.iter().map(|i| ItemEntry::of(i, lang)).collect(),
        }
    }
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    field: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u32>,
    cell: Option<String>,
    raw: &'a str,
    value: Option<&'a Value>,
    problem: Option<&'a str>,
    confidence: Option<ConfidenceEntry>,
    grounds: &'a [Ground],
    doubts: &'a [Doubt],
}

#[derive(Serialize)]
struct ConfidenceEntry {
    level: Level,
    score: u8,
}

impl<'a> ItemEntry<'a> {
    fn of(item: &'a ItemReading, lang: Lang) -> Self {
        Self {
            field: item.field,
            day: item.day,
            cell: item.cell.map(|cell| cell.to_string()),
            raw: &item.raw,
            value: item.value.as_ref(),
            problem: item.problem.as_ref().map(|problem| problem.say(lang)),
            confidence: item.confidence.map(|confidence| ConfidenceEntry {
                level: confidence.level(),
                score: confidence.score(),
            }),
            grounds: &item.grounds,
            doubts: &item.doubts,
        }
    }
}

#[derive(Serialize)]
struct ContentEntry<'a> {
    sheet: &'a str,
    cell: String,
    part: Part,
    text: &'a str,
    why: Why,
}

impl<'a> ContentEntry<'a> {
    fn of(content: &'a Content) -> Self {
        Self {
            sheet: &content.sheet,
            cell: content.cell.to_string(),
            part: content.part,
            text: &content.text,
            why: content.why,
        }
    }
}

#[derive(Serialize)]
struct SkippedEntry<'a> {
    sheet: Option<&'a str>,
    reason: &'a str,
}

impl<'a> SkippedEntry<'a> {
    fn of(skipped: &'a Skipped, lang: Lang) -> Self {
        Self {
            sheet: skipped.sheet.as_deref(),
            reason: skipped.reason.say(lang),
        }
    }
}

#[derive(Serialize)]
struct TotalsEntry<'a> {
    contents: usize,
    used: usize,
    explained: usize,
    unknown: usize,
    /// The last two, by what they are.
    by_why: BTreeMap<&'a Why, usize>,
}

impl<'a> TotalsEntry<'a> {
    fn of(totals: &'a Totals) -> Self {
        let whys = totals.explained.iter().chain(&totals.unknown);
        Self {
            contents: totals.contents,
            used: totals.used,
            explained: totals.explained(),
            unknown: totals.unknown(),
            by_why: whys.map(|(why, n)| (why, *n)).collect(),
        }
    }
}

#[derive(Serialize)]
struct UnreadableEntry<'a> {
    file: &'a str,
    code: &'a str,
    message: &'a str,
}
