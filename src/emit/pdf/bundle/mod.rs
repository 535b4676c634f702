//! 証拠書類綴り.pdf: every record on the city's forms, a user at a time, faults marked.
//!
//! What is printed is what the office wrote; nothing is filled in.

mod boxes;
mod forms;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::glyphs::{Ink, Printable};
use super::typeset::{Job, print};
use super::words::{self, MissingNote, missing_notes, ymd};
use super::{Pdf, PdfError};
use crate::emit::person::called;
use crate::emit::when;
use crate::model::{Assessment, Lang, Month, Office, PersonId, Source};
use crate::notice::Notice;
use boxes::{Pen, Remark};
use forms::{
    DailyItems, Form, ListingForm, MonthlyItems, Printer, RosterItems, SheetItems, WeeklyItems,
};
use place::{Pins, Spot};

const TEMPLATE: &str = include_str!("../../../../templates/pdf/bundle.typ");

/// Label of the landmark that names the page of a finding.
const FINDING: &str = "finding";

/// What the bundle is made from.
#[derive(Debug, Clone, Copy)]
pub struct BundleInput<'a> {
    /// The office with its records.
    pub office: &'a Office,
    /// What the checks said of it. A finding's number is its position here, from 1.
    pub assessment: &'a Assessment,
    /// The notices that were asked for.
    pub notices: &'a [Notice],
    /// 点検基準日
    pub as_of: NaiveDate,
    /// The language of messages; the forms are Japanese.
    pub lang: Lang,
}

/// The bundle, and where each finding is marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The document.
    pub pdf: Pdf,
    /// Page (from 1) by position of the finding in the assessment.
    pub finding_pages: BTreeMap<usize, usize>,
}

/// What `bundle.typ` reads.
#[derive(Serialize)]
struct Data {
    lang: Lang,
    words: BTreeMap<&'static str, &'static str>,
    as_of: Printable,
    as_of_ymd: [i64; 3],
    office: Printable,
    number: Option<Printable>,
    service: Option<&'static str>,
    /// First and last month of the records.
    period: Option<[Printable; 2]>,
    counts: Counts,
    /// Findings about the office that no record carries.
    remarks: Vec<Remark>,
    findings: Vec<usize>,
    people: Vec<PersonPart>,
    listings: Vec<ListingForm>,
    missing: Vec<MissingNote>,
}

/// How many records of each form.
#[derive(Serialize)]
struct Counts {
    users: usize,
    roster: usize,
    daily: usize,
    weekly: usize,
    monthly: usize,
    listing: usize,
    service_records: usize,
}

/// One user's papers.
#[derive(Serialize)]
struct PersonPart {
    name: Printable,
    certificate_number: Option<Printable>,
    remarks: Vec<Remark>,
    findings: Vec<usize>,
    roster: Vec<Form<RosterItems>>,
    months: Vec<MonthPart>,
}

/// One month of a user.
#[derive(Serialize)]
struct MonthPart {
    /// `None` for records whose month is not known.
    title: Option<Printable>,
    remarks: Vec<Remark>,
    findings: Vec<usize>,
    daily: Vec<Form<DailyItems>>,
    weekly: Vec<Form<WeeklyItems>>,
    monthly: Vec<Form<MonthlyItems>>,
    /// The user's line of 参考様式4, on a sheet of its own.
    listings: Vec<ListingForm>,
    service_records: Vec<Form<SheetItems>>,
}

/// Sets 証拠書類綴り.pdf.
///
/// # Errors
/// Only when the document itself cannot be made; no content of a record is an error.
pub fn bundle(input: &BundleInput<'_>) -> Result<Bundle, PdfError> {
    let pins = Pins::of(input.office, &input.assessment.findings);
    let mut ink = Ink::default();
    let data = data(input, &pins, &mut ink);
    let printed = print(&Job {
        template: TEMPLATE,
        data: &data,
        as_of: input.as_of,
        identity: format!(
            "tenken bundle {} {} {}",
            input.office.name,
            input.office.number.as_deref().unwrap_or_default(),
            input.as_of
        ),
        tagged: false,
        landmark: FINDING,
    })?;
    let mut finding_pages = BTreeMap::new();
    for (finding, page) in printed.landmarks {
        finding_pages.entry(finding).or_insert(page);
    }
    Ok(Bundle {
        pdf: Pdf {
            bytes: printed.bytes,
            pages: printed.pages,
            missing: ink.into_missing(),
        },
        finding_pages,
    })
}

fn data(input: &BundleInput<'_>, pins: &Pins, ink: &mut Ink) -> Data {
    let office = input.office;
    let shelf = Shelf::of(office, pins);
    let mut printer = Printer { input, pins, ink };
    let people = (0..office.people.len())
        .map(|i| person_part(&mut printer, &shelf, PersonId(i)))
        .collect();
    let listings = (office.listing.iter().enumerate())
        .map(|(i, listing)| printer.listing(i, listing, |_| true))
        .collect();
    let (remarks, findings) = loose(&mut printer, Spot::Office);
    let mut data = Data {
        lang: input.lang,
        words: words::of_templates(input.lang),
        as_of: ink.text(&when::day(input.as_of, input.lang), ""),
        as_of_ymd: ymd(input.as_of),
        office: ink.text(&office.name, &office.name),
        number: office.number.as_ref().map(|n| ink.text(n, &office.name)),
        service: office.service.map(|service| service.name(input.lang)),
        period: shelf.period(input.as_of).map(|(first, last)| {
            [first, last].map(|month| ink.text(&when::month(month, input.lang), ""))
        }),
        counts: Counts {
            users: office.user_count(),
            roster: office.roster.len(),
            daily: office.daily.len(),
            weekly: office.weekly.len(),
            monthly: office.monthly.len(),
            listing: office.listing.len(),
            service_records: office.service_records.len(),
        },
        remarks,
        findings,
        people,
        listings,
        missing: Vec::new(),
    };
    data.missing = missing_notes(ink);
    data
}

fn person_part(printer: &mut Printer<'_>, shelf: &Shelf, id: PersonId) -> PersonPart {
    let office = printer.input.office;
    let person = office.person(id);
    let (remarks, findings) = loose(printer, Spot::Person(id));
    PersonPart {
        name: (printer.ink).text(called(person, printer.input.lang), &person.name),
        certificate_number: person
            .certificate_number
            .as_ref()
            .map(|number| printer.ink.text(number.as_str(), &person.name)),
        remarks,
        findings,
        roster: (office.roster.iter().enumerate())
            .filter(|(_, entry)| entry.user.person == id)
            .map(|(i, entry)| printer.roster(i, entry))
            .collect(),
        months: shelf
            .0
            .get(&id)
            .into_iter()
            .flatten()
            .map(|(&month, papers)| month_part(printer, id, month.0, papers))
            .collect(),
    }
}

fn month_part(
    printer: &mut Printer<'_>,
    id: PersonId,
    month: Option<Month>,
    papers: &Papers,
) -> MonthPart {
    let office = printer.input.office;
    let (remarks, findings) = match month {
        Some(month) => loose(printer, Spot::Month(id, month)),
        None => Default::default(),
    };
    MonthPart {
        title: month.map(|month| {
            let named = when::month(month, printer.input.lang);
            printer.ink.text(&named, "")
        }),
        remarks,
        findings,
        daily: (papers.daily.iter())
            .filter_map(|&i| Some(printer.daily(i, office.daily.get(i)?)))
            .collect(),
        weekly: (papers.weekly.iter())
            .filter_map(|&i| Some(printer.weekly(i, office.weekly.get(i)?)))
            .collect(),
        monthly: (papers.monthly.iter())
            .filter_map(|&i| Some(printer.monthly(i, office.monthly.get(i)?)))
            .collect(),
        listings: (papers.listings.iter())
            .filter_map(|&i| {
                let listing = office.listing.get(i)?;
                Some(printer.listing(i, listing, |row| row.user.person == id))
            })
            .collect(),
        service_records: (papers.service_records.iter())
            .filter_map(|&i| Some(printer.service_record(i, office.service_records.get(i)?)))
            .collect(),
    }
}

/// The findings of a spot that is no record.
fn loose(printer: &mut Printer<'_>, spot: Spot) -> (Vec<Remark>, Vec<usize>) {
    let pins = printer.pins.at(spot);
    let mut pen = Pen::new(printer.input, printer.ink, &Source::default(), pins);
    (pen.remarks(), pins.iter().map(|pin| pin.finding).collect())
}

/// Positions of a user's records of one month.
#[derive(Default)]
struct Papers {
    daily: Vec<usize>,
    weekly: Vec<usize>,
    monthly: Vec<usize>,
    listings: Vec<usize>,
    service_records: Vec<usize>,
}

/// A month that may be unknown; the unknown one comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot(Option<Month>);

impl PartialOrd for Slot {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Slot {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0.is_none(), self.0).cmp(&(other.0.is_none(), other.0))
    }
}

/// All papers by user and month.
struct Shelf(BTreeMap<PersonId, BTreeMap<Slot, Papers>>);

impl Shelf {
    fn of(office: &Office, pins: &Pins) -> Self {
        let mut shelf = Self(BTreeMap::new());
        for (i, record) in office.daily.iter().enumerate() {
            let month = record.date.get().map(Month::of);
            shelf.papers(record.user.person, month).daily.push(i);
        }
        for (i, record) in office.weekly.iter().enumerate() {
            let date = record.date.get().or(record.period_to.get());
            let month = date.map(Month::of);
            shelf.papers(record.user.person, month).weekly.push(i);
        }
        for (i, record) in office.monthly.iter().enumerate() {
            let month = record.month.get().or(record.date.get().map(Month::of));
            shelf.papers(record.user.person, month).monthly.push(i);
        }
        for (i, listing) in office.listing.iter().enumerate() {
            let users: BTreeSet<PersonId> = listing.rows.iter().map(|r| r.user.person).collect();
            for id in users {
                let month = listing.month.get();
                shelf.papers(id, month).listings.push(i);
            }
        }
        for (i, sheet) in office.service_records.iter().enumerate() {
            let papers = shelf.papers(sheet.user.person, sheet.month.get());
            papers.service_records.push(i);
        }
        for i in 0..office.people.len() {
            for month in pins.months(PersonId(i)) {
                shelf.papers(PersonId(i), Some(month));
            }
        }
        shelf
    }

    fn papers(&mut self, id: PersonId, month: Option<Month>) -> &mut Papers {
        let months = self.0.entry(id).or_default();
        months.entry(Slot(month)).or_default()
    }

    /// First and last month with a record; months after `as_of` are slips of the pen.
    fn period(&self, as_of: NaiveDate) -> Option<(Month, Month)> {
        let months = self.0.values().flatten();
        let months: BTreeSet<Month> = months
            .filter_map(|(slot, _)| slot.0)
            .filter(|month| month.first() <= as_of)
            .collect();
        Some((*months.first()?, *months.last()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::proof;
    use crate::emit::pdf::sample::Sample;
    use crate::model::{
        Cell, Field, ServiceDay, ServiceRecordSheet, Subject, Verdict, When, Wording,
    };

    fn pages(sample: &Sample) -> Vec<String> {
        let input = sample.bundle_input();
        let pins = Pins::of(&sample.office, &sample.assessment.findings);
        let data = data(&input, &pins, &mut Ink::default());
        proof::pages(TEMPLATE, &data, sample.as_of)
    }

    #[test]
    fn every_finding_is_marked_on_the_page_that_is_told() {
        let sample = Sample::new(3, 1);
        let done = bundle(&sample.bundle_input()).unwrap();
        let pages = pages(&sample);
        assert_eq!(done.pdf.pages, pages.len());
        let findings = &sample.assessment.findings;
        assert!(done.finding_pages.keys().copied().eq(0..findings.len()));
        for (index, page) in &done.finding_pages {
            let letter = match findings[*index].verdict {
                Verdict::Deficient => "不",
                Verdict::Review => "要",
            };
            let mark = format!("{letter}{}", index + 1);
            assert!(pages[page - 1].contains(&mark), "{mark} on page {page}");
        }
    }

    #[test]
    fn every_record_is_printed_with_its_source() {
        let sample = Sample::new(2, 1);
        let text = pages(&sample).concat();
        let records = sample.office.daily.iter().map(|r| &r.source);
        for source in records.chain(sample.office.weekly.iter().map(|r| &r.source)) {
            let at = source.at.unwrap();
            let origin = format!("出典：{}　シート「{}」{at}", source.file, source.sheet);
            assert!(text.contains(&origin), "{origin}");
        }
    }

    #[test]
    fn a_record_longer_than_a_page_is_printed_to_its_end() {
        let mut sample = Sample::new(1, 1);
        for (i, lines) in [(0, 20), (1, 30), (2, 45), (3, 300)] {
            let body = "・連絡をした。長い一日の記録である。\n".repeat(lines);
            sample.office.daily[i].support.raw = format!("{body}終わり{i}");
        }
        sample.office.daily[4].support.raw = "W".repeat(4000) + "終わり4";
        sample.office.daily[5].recorder.raw = "記録者".repeat(2000) + "終わり5";
        sample.office.monthly[0].health.raw = "健康".repeat(3000) + "終わり6";
        sample.office.roster[0].reason.raw = "理由".repeat(3000) + "終わり7";
        let text = pages(&sample).concat();
        for i in 0..8 {
            assert!(text.contains(&format!("終わり{i}")), "{i}");
        }
    }

    #[test]
    fn every_page_of_records_says_whose_of_when_and_on_which_form() {
        let sample = Sample::new(2, 2);
        let pages = pages(&sample);
        let boxes: Vec<&String> = (pages.iter())
            .filter(|page| page.contains("作業・訓練内容"))
            .collect();
        assert!(boxes.len() > 10);
        for page in boxes {
            let head: String = page.chars().take(80).collect();
            let form = head.contains("就労支援記録（参考様式2）")
                || head.contains("対象者リスト（参考様式1）")
                || head.contains("実施一覧表（本人の行）");
            assert!(form && head.contains("証拠書類綴り　"), "{head}");
            assert!(
                sample
                    .office
                    .people
                    .iter()
                    .any(|it| head.contains(&it.name))
            );
        }
        let evaluations: Vec<&String> = (pages.iter())
            .filter(|page| page.contains("評価内容") && !page.contains("作業・訓練内容"))
            .collect();
        assert!(!evaluations.is_empty());
        for page in evaluations {
            let head: String = page.chars().take(80).collect();
            assert!(head.contains("（評価）（参考様式2-2）"), "{head}");
        }
    }

    #[test]
    fn a_record_that_goes_on_says_its_day_again() {
        let date = "令和7年9月1日";
        let days_on = |lines: usize| {
            let mut sample = Sample::new(1, 1);
            let office = &mut sample.office;
            office.daily.truncate(1);
            office.weekly.clear();
            let record = &mut office.daily[0];
            record.date = Field::read("", NaiveDate::from_ymd_opt(2025, 9, 1).unwrap(), None);
            record.support.raw = "・連絡をした。\n".repeat(10);
            record.condition_and_advice.raw = "よく眠れたとのこと。\n".repeat(lines);
            let pages = pages(&sample);
            pages
                .iter()
                .filter(|page| page.contains(date) && page.contains("実施日"))
                .count()
        };
        let (whole, parted) = (days_on(1), days_on(29));
        assert_eq!(parted, whole + 1);
    }

    #[test]
    fn a_service_record_sheet_is_printed_with_its_marks() {
        let mut sample = Sample::new(1, 1);
        let daily = sample.office.daily[0].clone();
        let confirmed = Field::blank(Cell::parse("I9"));
        let day = ServiceDay {
            date: daily.date.clone(),
            confirmed: confirmed.clone(),
            remarks: Field::read("在宅就労", "在宅就労".to_owned(), None),
            ..ServiceDay::default()
        };
        let mut source = daily.source.clone();
        source.file = "実績記録票.xlsx".into();
        let finding = &mut sample.assessment.findings[0];
        finding.subject = Subject::Person(daily.user.person);
        finding.when = When::Date(daily.date.get().unwrap());
        finding.location = Some(source.locate(confirmed.cell));
        sample.office.service_records.push(ServiceRecordSheet {
            user: daily.user.clone(),
            month: Field::blank(None),
            days: vec![day],
            source,
        });
        let pages = pages(&sample);
        let page = pages
            .iter()
            .find(|page| page.contains("利用者確認"))
            .unwrap();
        assert!(page.contains("在宅就労") && page.contains("実績記録票.xlsx"));
        let done = bundle(&sample.bundle_input()).unwrap();
        assert!(pages[done.finding_pages[&0] - 1].contains("利用者確認"));
    }

    #[test]
    fn a_record_of_an_unknown_day_is_not_left_out() {
        let mut sample = Sample::new(1, 1);
        let reason = Wording::new("日付として読み取れません", "not a date");
        sample.office.daily[0].date = Field::unclear("九月吉日", reason, None);
        let text = pages(&sample).concat();
        assert!(text.contains("年月の分からない記録"));
        assert!(text.contains("九月吉日") && text.contains("日付として読み取れません"));
    }

    #[test]
    fn the_same_office_gives_the_same_bytes() {
        let sample = Sample::new(2, 1);
        let one = bundle(&sample.bundle_input()).unwrap();
        assert_eq!(one, bundle(&sample.bundle_input()).unwrap());
        assert!(one.pdf.missing.is_empty());
    }

    #[test]
    fn a_character_without_a_glyph_is_told_with_its_file() {
        let mut sample = Sample::new(1, 1);
        sample.office.daily[0].work.raw = "袋詰め𓀀".to_owned();
        let done = bundle(&sample.bundle_input()).unwrap();
        let file = &*sample.office.daily[0].source.file;
        assert_eq!(done.pdf.missing.len(), 1);
        assert!(done.pdf.missing[0].place.starts_with(file));
        assert!(pages(&sample).concat().contains("袋詰め〓"));
    }

    #[test]
    fn an_office_without_anything_has_a_bundle() {
        let mut sample = Sample::new(0, 0);
        sample.office = Office::default();
        sample.assessment = Assessment::default();
        let done = bundle(&sample.bundle_input()).unwrap();
        assert!(done.finding_pages.is_empty());
        assert!(pages(&sample)[0].contains("月の分かる記録がありません"));
    }

    #[test]
    fn months_that_are_not_known_come_last() {
        let month = Month::new(2025, 9).unwrap();
        let mut slots = [Slot(None), Slot(Some(month.next())), Slot(Some(month))];
        slots.sort();
        assert_eq!(slots.map(|s| s.0), [Some(month), Some(month.next()), None]);
    }
}
