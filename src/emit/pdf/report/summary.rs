//! The first pages: how the office stands, by check and by user, and what was not checked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::ReportInput;
use crate::emit::pdf::glyphs::{Ink, Printable};
use crate::emit::pdf::words::cite;
use crate::emit::person::called;
use crate::emit::when;
use crate::model::{Finding, Lang, Office, Skipped, Subject, Verdict, Wording};

/// What `report.typ` says before it comes to the users.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    office: Printable,
    number: Option<Printable>,
    service: Option<&'static str>,
    /// First to last day of the records; `None` when no record has a date.
    period: Option<String>,
    users: usize,
    notices: Vec<NoticeLine>,
    counts: Counts,
    /// Files that were read: those that a record came from.
    files: usize,
    has_records: bool,
    records: Records,
    checks: Vec<CheckLine>,
    people: Vec<PersonLine>,
    pending: Vec<PendingLine>,
    not_judged: Vec<NotJudgedLine>,
    unreadable: Vec<UnreadableLine>,
    skipped: Vec<SkippedLine>,
    skipped_count: usize,
}

/// How many of each.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
struct Counts {
    deficient: usize,
    review: usize,
    pending: usize,
}

/// How many records of each form.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Records {
    roster: usize,
    daily: usize,
    weekly: usize,
    monthly: usize,
    listing: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct NoticeLine {
    city: Printable,
    title: Printable,
    in_force_from: String,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct CheckLine {
    title: Printable,
    /// All clauses that its findings name.
    basis: Vec<Printable>,
    deficient: usize,
    review: usize,
    users: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct PersonLine {
    name: Printable,
    counts: Counts,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct PendingLine {
    title: Printable,
    count: usize,
    users: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct NotJudgedLine {
    reason: Printable,
    days: usize,
    users: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct UnreadableLine {
    file: Printable,
    message: Printable,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct SkippedLine {
    /// The first of the files.
    file: Printable,
    /// How many further files have such a sheet.
    more: usize,
    sheet: Option<Printable>,
    reason: Printable,
}

impl Summary {
    pub(super) fn of(input: &ReportInput<'_>, ink: &mut Ink) -> Self {
        let office = input.office;
        Self {
            office: ink.text(&office.name, &office.name),
            number: office
                .number
                .as_ref()
                .map(|number| ink.text(number, &office.name)),
            service: office.service.map(|service| service.name(input.lang)),
            period: period(office, input.as_of, input.lang),
            users: office.user_count(),
            notices: notices(input, ink),
            counts: counts(input, None),
            files: files(office),
            has_records: office.has_records(),
            records: Records {
                roster: office.roster.len(),
                daily: office.daily.len(),
                weekly: office.weekly.len(),
                monthly: office.monthly.len(),
                listing: office.listing.len(),
            },
            checks: checks(input, ink),
            people: people(input, ink),
            pending: pending(input, ink),
            not_judged: not_judged(input, ink),
            unreadable: office
                .unreadable
                .iter()
                .map(|one| UnreadableLine {
                    file: ink.path(&one.file, &one.file),
                    message: ink.text(one.message.say(input.lang), &one.file),
                })
                .collect(),
            skipped: skipped(input, ink),
            skipped_count: office.skipped.len(),
        }
    }
}

/// Each file of an office may hold the same sample sheet: one line for all of them.
fn skipped(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<SkippedLine> {
    let mut groups: BTreeMap<_, Vec<&Skipped>> = BTreeMap::new();
    for one in &input.office.skipped {
        groups
            .entry((&one.reason, &one.sheet))
            .or_default()
            .push(one);
    }
    let line = |((reason, sheet), entries): ((&Wording, &Option<String>), Vec<&Skipped>)| {
        let first = entries.first()?;
        Some(SkippedLine {
            file: ink.path(&first.file, &first.file),
            more: entries.len() - 1,
            sheet: sheet.as_ref().map(|sheet| ink.path(sheet, &first.file)),
            reason: ink.text(reason.say(input.lang), &first.file),
        })
    };
    groups.into_iter().filter_map(line).collect()
}

/// Days after `as_of` are slips of the pen and would stretch the period.
fn period(office: &Office, as_of: NaiveDate, lang: Lang) -> Option<String> {
    let listed = office.listing.iter().flat_map(|listing| {
        let month = listing.month.get();
        let days = listing.rows.iter().flat_map(|row| &row.days);
        days.filter_map(move |day| month?.day(day.day))
    });
    let dates = (office.daily.iter().map(|r| r.date.get()))
        .chain(office.weekly.iter().map(|r| r.date.get()))
        .chain(office.monthly.iter().map(|r| r.date.get()))
        .flatten()
        .chain(listed)
        .filter(|&date| date <= as_of);
    let dates: BTreeSet<NaiveDate> = dates.collect();
    Some(when::days(*dates.first()?, *dates.last()?, lang).concat())
}

fn files(office: &Office) -> usize {
    let sources = (office.roster.iter().map(|r| &r.source))
        .chain(office.daily.iter().map(|r| &r.source))
        .chain(office.weekly.iter().map(|r| &r.source))
        .chain(office.monthly.iter().map(|r| &r.source))
        .chain(office.listing.iter().map(|r| &r.source))
        .chain(office.service_records.iter().map(|r| &r.source));
    sources
        .map(|source| &source.file)
        .collect::<BTreeSet<_>>()
        .len()
}

fn notices(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<NoticeLine> {
    input
        .notices
        .iter()
        .map(|notice| NoticeLine {
            city: ink.text(&notice.city, &notice.id),
            title: ink.text(&notice.title, &notice.id),
            in_force_from: when::day(notice.in_force_from, input.lang),
        })
        .collect()
}

/// Of one subject, or of all.
fn counts(input: &ReportInput<'_>, subject: Option<Subject>) -> Counts {
    let is_about = |other: Subject| subject.is_none_or(|subject| subject == other);
    let findings = input.assessment.findings.iter();
    let pending = input.assessment.pending.iter();
    let mut counts = Counts {
        pending: pending.filter(|p| is_about(p.subject)).count(),
        ..Counts::default()
    };
    for finding in findings.filter(|f| is_about(f.subject)) {
        match finding.verdict {
            Verdict::Deficient => counts.deficient += 1,
            Verdict::Review => counts.review += 1,
        }
    }
    counts
}

/// Most deficiencies first, then most questions.
fn checks(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<CheckLine> {
    let mut by_check: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &input.assessment.findings {
        by_check.entry(finding.check).or_default().push(finding);
    }
    let mut lines: Vec<CheckLine> = by_check
        .into_iter()
        .map(|(check, findings)| {
            let clauses: BTreeSet<String> = findings
                .iter()
                .map(|f| cite(f, input.notices, input.lang))
                .collect();
            let deficient = findings
                .iter()
                .filter(|f| f.verdict == Verdict::Deficient)
                .count();
            CheckLine {
                title: ink.text(&(input.check_title)(check), check),
                basis: clauses.iter().map(|c| ink.text(c, check)).collect(),
                deficient,
                review: findings.len() - deficient,
                users: users(findings.iter().map(|f| f.subject)),
            }
        })
        .collect();
    lines.sort_by_key(|line| (usize::MAX - line.deficient, usize::MAX - line.review));
    lines
}

fn people(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<PersonLine> {
    let people = input.office.people.iter().enumerate();
    people
        .map(|(i, person)| PersonLine {
            name: ink.text(called(person, input.lang), &person.name),
            counts: counts(input, Some(Subject::Person(crate::model::PersonId(i)))),
        })
        .collect()
}

fn pending(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<PendingLine> {
    let mut by_check: BTreeMap<&str, Vec<Subject>> = BTreeMap::new();
    for pending in &input.assessment.pending {
        let subjects = by_check.entry(pending.check).or_default();
        subjects.push(pending.subject);
    }
    by_check
        .into_iter()
        .map(|(check, subjects)| PendingLine {
            title: ink.text(&(input.check_title)(check), check),
            count: subjects.len(),
            users: users(subjects.into_iter()),
        })
        .collect()
}

fn not_judged(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<NotJudgedLine> {
    let mut by_reason: BTreeMap<(&str, &str), (usize, Vec<Subject>)> = BTreeMap::new();
    for one in &input.assessment.not_judged {
        let key = (one.notice.as_str(), one.reason.say(input.lang));
        let entry = by_reason.entry(key).or_default();
        entry.0 = entry.0.saturating_add(one.days);
        entry.1.push(one.subject);
    }
    by_reason
        .into_iter()
        .map(|((notice, reason), (days, subjects))| NotJudgedLine {
            reason: ink.text(reason, notice),
            days,
            users: users(subjects.into_iter()),
        })
        .collect()
}

fn users(subjects: impl Iterator<Item = Subject>) -> usize {
    subjects
        .filter(|subject| matches!(subject, Subject::Person(_)))
        .collect::<BTreeSet<_>>()
        .len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;

    #[test]
    fn the_counts_agree_with_the_assessment() {
        let sample = Sample::new(3, 2);
        let input = sample.report_input();
        let summary = Summary::of(&input, &mut Ink::default());
        let findings = &sample.assessment.findings;
        assert_eq!(
            summary.counts.deficient + summary.counts.review,
            findings.len()
        );
        let by_check: usize = summary.checks.iter().map(|c| c.deficient + c.review).sum();
        assert_eq!(by_check, findings.len());
        let by_person: usize = summary
            .people
            .iter()
            .map(|p| p.counts.deficient + p.counts.review)
            .sum();
        let of_office = findings
            .iter()
            .filter(|f| f.subject == Subject::Office)
            .count();
        assert_eq!(by_person + of_office, findings.len());
        let deficient: Vec<usize> = summary.checks.iter().map(|c| c.deficient).collect();
        assert!(deficient.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn a_date_of_the_future_does_not_stretch_the_period() {
        let mut sample = Sample::new(1, 1);
        let before = period(&sample.office, sample.as_of, Lang::Ja).unwrap();
        assert!(before.starts_with("令和7年9月"));
        let mut late = sample.office.daily[0].clone();
        late.date =
            crate::model::Field::read("", NaiveDate::from_ymd_opt(2205, 9, 1).unwrap(), None);
        sample.office.daily.push(late);
        assert_eq!(
            period(&sample.office, sample.as_of, Lang::Ja).unwrap(),
            before
        );
    }

    #[test]
    fn an_office_without_dates_has_no_period() {
        let as_of = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();
        assert_eq!(period(&Office::default(), as_of, Lang::Ja), None);
    }
}
